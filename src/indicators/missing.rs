//! «Нет данных»: the table or the column that an indicator cannot do without (methodology §2, §3).

use super::catalogue::{Condition, Definition, Scope};
use super::context::Context;
use super::judge::{COURSE_DATES, IOM_DATES};
use crate::registers::{Dataset, Field, RegisterId};

/// What is missing, in words; none when the indicator can be computed.
#[must_use]
pub fn missing(context: &Context<'_>, definition: &Definition) -> Option<String> {
    let data = context.dataset;
    let says = |condition| definition.conditions.contains(&condition);
    let column = |field| data.any_has(RegisterId::Staff, field);
    let in_staff = match definition.register {
        RegisterId::Methodists => column(Field::RegionalMethodist),
        RegisterId::Assignments => column(Field::AssignedTo),
        RegisterId::Support => column(Field::SupportForm),
        _ => false,
    };
    if !data.has_register(definition.register) && !in_staff {
        return Some(format!("нет таблицы «{}»", definition.register.title()));
    }
    if definition.scope == Scope::Methodists
        && !data.has_register(RegisterId::Methodists)
        && !column(Field::RegionalMethodist)
    {
        return Some(format!("нет таблицы «{}»", RegisterId::Methodists.title()));
    }
    if says(Condition::InRegistry)
        && !data.has_register(RegisterId::Registry)
        && !data.any_has(RegisterId::Courses, Field::InRegistry)
    {
        return Some(
            "нет ни столбца «В Федеральном реестре», ни листа «Федеральный реестр»".to_owned(),
        );
    }
    if says(Condition::ChosenByDiagnostics)
        && !data.has_register(RegisterId::Diagnostics)
        && !data.any_has(RegisterId::Courses, Field::ChosenByDiagnostics)
    {
        return Some(
            "нет ни столбца «Подобрана по диагностике», ни таблицы «Диагностика»".to_owned(),
        );
    }
    if says(Condition::IomSucceeded) && !completion_can_be_told(data) {
        return Some("нет столбца «Дата завершения» ИОМ".to_owned());
    }
    if definition.scope == Scope::Schools
        && !data.any_has(RegisterId::Organizations, Field::MentoringModel)
        && !data.any_has(RegisterId::Organizations, Field::IncludedOn)
    {
        return Some("нет столбца «Целевая модель наставничества»".to_owned());
    }
    if definition.scope == Scope::Young {
        if !column(Field::BirthDate) {
            return Some("нет столбца «Дата рождения» в таблице сотрудников".to_owned());
        }
        if context.settings.young.first_years
            && !column(Field::TeachingSince)
            && !column(Field::Experience)
        {
            return Some(
                "нет ни столбца «Дата начала педагогической деятельности», ни столбца «Педагогический стаж»"
                    .to_owned(),
            );
        }
    }
    None
}

/// Whether any table of IOMs tells their completion: by a date of completion, or, where it keeps no
/// dates at all, by a status.
fn completion_can_be_told(data: &Dataset) -> bool {
    data.sheets_of(RegisterId::Ioms).any(|(_, sheet)| {
        sheet.has(Field::Completed)
            || (!IOM_DATES.iter().any(|&field| sheet.has(field)) && sheet.has(Field::Status))
    })
}

/// The date columns that tables of a register lack altogether, for the rule printed beside a figure.
#[must_use]
pub fn undated(data: &Dataset, register: RegisterId) -> bool {
    let fields: &[Field] = match register {
        RegisterId::Diagnostics => &[Field::DiagnosticsDate],
        RegisterId::Courses => COURSE_DATES,
        RegisterId::Ioms => IOM_DATES,
        RegisterId::Support => &[Field::Start, Field::End],
        RegisterId::Survey => &[Field::Timestamp],
        _ => return false,
    };
    data.sheets_of(register)
        .any(|(_, sheet)| !fields.iter().any(|&field| sheet.has(field)))
}
