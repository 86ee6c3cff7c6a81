//! The rule that a figure was computed by, in words, printed beside it (methodology, preamble).

use super::catalogue::{Condition, Definition, Scope, Time};
use super::context::Context;
use super::missing;
use super::teams::{self, TeamRule};
use crate::period::russian_date;
use crate::registers::{Field, RegisterId};

/// The rule of one indicator, with the settings in force.
#[must_use]
pub fn rule(context: &Context<'_>, definition: &Definition) -> String {
    let mut parts = vec![time(context, definition)];
    let says = |condition| definition.conditions.contains(&condition);
    if says(Condition::Diagnosed) {
        parts.push(
            "учитывается любой результат; не учитываются записи, по статусу не состоявшиеся"
                .to_owned(),
        );
    }
    if says(Condition::CourseCompleted) {
        parts.push("курс завершён; программа в Федеральном реестре".to_owned());
        parts.push(chosen_rule(context));
    }
    if says(Condition::ContinuousKind) {
        let by_kind = context.dataset.any_has(RegisterId::Ioms, Field::IomKind);
        parts.push(
            if by_kind {
                "ИОМ непрерывного повышения мастерства и ИОМ без указанного вида"
            } else {
                "ИОМ любого вида"
            }
            .to_owned(),
        );
    }
    if says(Condition::IomSucceeded) {
        parts
            .push("успешным считается статус «завершён», без статуса — дата завершения".to_owned());
    }
    match definition.scope {
        Scope::Young => parts.push(young_rule(context)),
        Scope::Teams => parts.push(team_rule(context)),
        Scope::Methodists => {
            parts.push("пара считается, когда методист имеет статус на отчётную дату и не закреплён сам за собой".to_owned());
        }
        Scope::Schools => {
            let model = &context.settings.mentoring.model;
            if !model.is_empty() {
                parts.push(format!("целевая модель наставничества: {model}"));
            }
        }
        Scope::Answers => {
            let undecided = if context.settings.survey.undecided == "exclude" {
                "не входят"
            } else {
                "входят"
            };
            parts.push(format!("«затрудняюсь ответить» в знаменатель {undecided}"));
        }
        _ => {}
    }
    if missing::undated(context.dataset, definition.register) {
        parts.push("в таблице без столбца даты все записи относятся к окну".to_owned());
    }
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

fn time(context: &Context<'_>, definition: &Definition) -> String {
    let to = russian_date(context.as_of());
    let window = match context.window.from {
        Some(from) => format!("с {} по {to}", russian_date(from)),
        None => format!("по {to}"),
    };
    match definition.time {
        Some(Time::InWindow) => format!("дата {window}"),
        Some(Time::Overlaps) => format!("действует в окне {window}"),
        Some(Time::AsOf) => format!("на {to}"),
        None => {
            format!("разработана, реализуется, есть региональные и федеральные мероприятия на {to}")
        }
    }
}

fn chosen_rule(context: &Context<'_>) -> String {
    let sheets: Vec<bool> = context
        .dataset
        .sheets_of(RegisterId::Courses)
        .map(|(_, sheet)| sheet.has(Field::ChosenByDiagnostics))
        .collect();
    let by_cell = "подобрана по диагностике — по столбцу «Подобрана по диагностике»";
    let by_record = "подобрана по диагностике — по записи о диагностике не позднее начала курса и не ранее чем за 3 года";
    match (sheets.contains(&true), sheets.contains(&false)) {
        (true, true) => format!(
            "{by_cell}, где столбца нет — по записи о диагностике за 3 года до начала курса"
        ),
        (true, false) => by_cell.to_owned(),
        _ => by_record.to_owned(),
    }
}

fn young_rule(context: &Context<'_>) -> String {
    let rules = &context.settings.young;
    let age = if rules.inclusive {
        format!("возраст до {} лет включительно", rules.max_age)
    } else {
        format!("моложе {} полных лет", rules.max_age)
    };
    if rules.first_years {
        let years = rules.years;
        let word = crate::text::plural(years.into(), "полного года", "полных лет", "полных лет");
        format!("{age}, педагогический стаж менее {years} {word}")
    } else {
        age
    }
}

fn team_rule(context: &Context<'_>) -> String {
    match teams::rule(context) {
        Some(TeamRule::Named) => "команды — по столбцу «Управленческая команда»".to_owned(),
        Some(TeamRule::Derived) => format!(
            "команда — организация, из которой одну программу проходили не менее {} управленцев",
            context.settings.teams.min_members
        ),
        None => String::new(),
    }
}

/// Why 4.1.2.4 and 4.1.3.3 are equal, where no table of IOMs tells their kind (§2.3).
#[must_use]
pub fn kind_note(context: &Context<'_>, definition: &Definition) -> Option<String> {
    let untold = definition.conditions.contains(&Condition::ContinuousKind)
        && !context.dataset.any_has(RegisterId::Ioms, Field::IomKind);
    untold.then(|| "в таблице ИОМ нет столбца «Вид ИОМ», поэтому учтены ИОМ любого вида".to_owned())
}
