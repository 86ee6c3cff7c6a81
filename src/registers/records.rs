//! A row of each register as its typed record.

use super::cell::{PlanCell, plan, text};
use super::cells_of_row::{Cells, is_nothing};
use super::fate::reason;
use super::record::{
    Answer, AssignmentRow, CourseRow, DateCell, DiagnosticsRow, IomRow, KeptDate, LinkRow,
    MeasureRow, MethodistRow, OrganisationRow, PersonCells, RegistryRow, RowRef, StaffRow,
    SupportRow, SurveyRow, TargetRow,
};
use super::{Dataset, Field, RegisterId};
use crate::finding::{Code, Message};
use crate::intern::Sym;
use crate::source::Value;

/// What the rows above give to a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Above {
    /// The organisation of the section row above.
    pub section: Sym,
    /// The last «ФИО методиста» above.
    pub methodist: Sym,
}

/// A record that was read, and whether its own column gave its organisation.
pub type Read = Result<bool, &'static str>;

/// Reads a row into the records of its register, or says why it is none.
pub fn record(cells: &mut Cells<'_, '_>, above: Above, out: &mut Records<'_>) -> Read {
    match cells.context.register {
        RegisterId::Staff => staff(cells, above, out),
        RegisterId::Organizations => organisation(cells, out),
        RegisterId::Diagnostics => diagnostics(cells, above, out),
        RegisterId::Courses => course(cells, above, out),
        RegisterId::Ioms => iom(cells, above, out),
        RegisterId::Methodists => methodist(cells, above, out),
        RegisterId::Assignments => assignment(cells, above, out),
        RegisterId::Support => support(cells, above, out),
        RegisterId::Roadmap => measure(cells, out),
        RegisterId::Survey => answer(cells, above, out),
        RegisterId::Registry => registry(cells, out),
        RegisterId::Links => link(cells, out),
        RegisterId::Targets => target(cells, out),
    }
}

/// Where records go.
#[derive(Debug)]
pub struct Records<'d> {
    /// The rows of all registers.
    pub data: &'d mut Dataset,
}

fn at(cells: &Cells<'_, '_>) -> RowRef {
    RowRef {
        sheet: cells.context.sheet,
        row: cells.row.number,
    }
}

/// The organisation of the row's own column, else that of the section row above.
fn organisation_of(cells: &mut Cells<'_, '_>, above: Above) -> (Sym, bool) {
    let own = match cells.text(Field::Organisation) {
        Some(text) if !is_nothing(&text) => cells.texts.intern(&text),
        _ => Sym::EMPTY,
    };
    if own.is_empty() {
        (above.section, false)
    } else {
        (own, true)
    }
}

fn person(
    cells: &mut Cells<'_, '_>,
    above: Above,
    partial: bool,
) -> Result<(PersonCells, bool), &'static str> {
    let name = cells.name();
    if name.is_empty() {
        cells.say(
            Code("E310"),
            Some(Field::Name),
            "в строке есть данные, но нет ФИО",
        );
        return Err(reason::MISSING_REQUIRED);
    }
    let (organisation, own) = organisation_of(cells, above);
    let person = PersonCells {
        name,
        organisation,
        snils: cells.snils(),
        birth: cells.date(Field::BirthDate, partial),
    };
    Ok((person, own))
}

fn staff(cells: &mut Cells<'_, '_>, above: Above, out: &mut Records<'_>) -> Read {
    let (person, own) = person(cells, above, true)?;
    let position = position(cells);
    if position.is_empty() {
        cells.say(Code("E311"), Some(Field::Position), "должность не указана");
    }
    let (experience, since) = cells.experience();
    let start = cells.date(Field::TeachingSince, true);
    let row = StaffRow {
        at: at(cells),
        person,
        position,
        category: cells.sym(Field::Category),
        hired: cells.date(Field::Hired, true),
        dismissed: cells.date(Field::Dismissed, true),
        employment: cells.sym(Field::Employment),
        leave: cells.flag(Field::Leave),
        teaching_since: if start.is_empty() {
            since.into()
        } else {
            start
        },
        experience,
        methodist: cells.flag_or_date(Field::RegionalMethodist),
        assigned_to: cells.sym_unless_no(Field::AssignedTo),
        support_form: cells.sym_unless_no(Field::SupportForm),
    };
    out.data.staff.push(row);
    Ok(own)
}

/// The position; beside a column of managerial positions that one first, so that both are seen.
fn position(cells: &mut Cells<'_, '_>) -> Sym {
    let managerial = cells.sym_unless_no(Field::ManagerialPosition);
    let position = cells.sym(Field::Position);
    if managerial.is_empty() || managerial == position {
        return position;
    }
    if position.is_empty() {
        return managerial;
    }
    let both = format!(
        "{}, {}",
        cells.texts.text(managerial),
        cells.texts.text(position)
    );
    cells.texts.intern(&both)
}

fn organisation(cells: &mut Cells<'_, '_>, out: &mut Records<'_>) -> Read {
    let name = cells.sym(Field::Organisation);
    if name.is_empty() {
        return missing(cells, Field::Organisation);
    }
    let row = OrganisationRow {
        at: at(cells),
        name,
        kind: cells.sym(Field::OrganisationType),
        mentoring: cells.mentoring_flag(),
        included_on: cells.date(Field::IncludedOn, false),
        other_names: cells.sym(Field::OtherNames),
        opened: cells.date(Field::Opened, false),
        closed: cells.date(Field::Closed, false),
    };
    out.data.organisations.push(row);
    Ok(true)
}

/// A row that has data but not the cell without which it is no record.
fn missing(cells: &mut Cells<'_, '_>, field: Field) -> Read {
    let seen = format!(
        "в строке есть данные, но пуст столбец {}",
        cells.header(field)
    );
    cells.say(Code("E312"), Some(field), seen);
    Err(reason::MISSING_REQUIRED)
}

fn diagnostics(cells: &mut Cells<'_, '_>, above: Above, out: &mut Records<'_>) -> Read {
    let (person, own) = person(cells, above, false)?;
    let row = DiagnosticsRow {
        at: at(cells),
        person,
        date: cells.date(Field::DiagnosticsDate, false),
        kind: cells.sym(Field::DiagnosticsKind),
        status: cells.phrase(Field::Status),
    };
    out.data.diagnostics.push(row);
    Ok(own)
}

fn course(cells: &mut Cells<'_, '_>, above: Above, out: &mut Records<'_>) -> Read {
    let (person, own) = person(cells, above, false)?;
    let programme = cells.sym(Field::Programme);
    let number = cells.sym(Field::ProgrammeNumber);
    if programme.is_empty() && number.is_empty() {
        cells.say(Code("W313"), Some(Field::Programme), "программа не указана");
    }
    let (first, last) = cells.study_dates();
    let or = |own: KeptDate, other: DateCell| if own.is_empty() { other.into() } else { own };
    let start = cells.date(Field::Start, false);
    let end = cells.date(Field::End, false);
    let row = CourseRow {
        at: at(cells),
        person,
        programme,
        number,
        start: or(start, first),
        end: or(end, last),
        certificate: cells.date(Field::CertificateDate, false),
        in_registry: cells.registry_flag(),
        chosen: cells.flag(Field::ChosenByDiagnostics),
        status: cells.phrase(Field::Status),
        team: cells.team(),
    };
    out.data.courses.push(row);
    Ok(own)
}

fn iom(cells: &mut Cells<'_, '_>, above: Above, out: &mut Records<'_>) -> Read {
    let (person, own) = person(cells, above, false)?;
    let row = IomRow {
        at: at(cells),
        person,
        kind: cells.phrase(Field::IomKind),
        developed: cells.date(Field::Developed, false),
        status: cells.phrase(Field::Status),
        completed: cells.date(Field::Completed, false),
    };
    out.data.ioms.push(row);
    Ok(own)
}

fn methodist(cells: &mut Cells<'_, '_>, above: Above, out: &mut Records<'_>) -> Read {
    let (person, own) = person(cells, above, false)?;
    let row = MethodistRow {
        at: at(cells),
        person,
        awarded: cells.date(Field::Awarded, false),
        end: cells.date(Field::End, false),
    };
    out.data.methodists.push(row);
    Ok(own)
}

fn assignment(cells: &mut Cells<'_, '_>, above: Above, out: &mut Records<'_>) -> Read {
    let (person, own) = person(cells, above, false)?;
    let methodist = match cells.sym(Field::MethodistName) {
        Sym::EMPTY => above.methodist,
        methodist => methodist,
    };
    if methodist.is_empty() {
        return missing(cells, Field::MethodistName);
    }
    let row = AssignmentRow {
        at: at(cells),
        person,
        methodist,
        start: cells.date(Field::Start, false),
        end: cells.date(Field::End, false),
    };
    out.data.assignments.push(row);
    Ok(own)
}

fn support(cells: &mut Cells<'_, '_>, above: Above, out: &mut Records<'_>) -> Read {
    let (person, own) = person(cells, above, false)?;
    let form = cells.sym_unless_no(Field::SupportForm);
    if form.is_empty() {
        let written = cells.text(Field::SupportForm).map(|text| text.into_owned());
        if let Some(written) = written {
            let seen = Message::plain(format!("{}: «", cells.header(Field::SupportForm)))
                .personal(written)
                .then("» — поддержки нет, строка не считается записью о ней");
            cells.say(Code("N315"), Some(Field::SupportForm), seen);
            return Err(reason::NO_RECORD);
        }
        cells.say(
            Code("W314"),
            Some(Field::SupportForm),
            "форма поддержки не указана",
        );
    }
    let row = SupportRow {
        at: at(cells),
        person,
        form,
        start: cells.date(Field::Start, false),
        end: cells.date(Field::End, false),
    };
    out.data.support.push(row);
    Ok(own)
}

fn measure(cells: &mut Cells<'_, '_>, out: &mut Records<'_>) -> Read {
    let title = cells.sym(Field::Measure);
    if title.is_empty() {
        return missing(cells, Field::Measure);
    }
    let row = MeasureRow {
        at: at(cells),
        title,
        level: cells.sym(Field::Level),
        deadline: cells.deadline(),
        status: cells.phrase(Field::Status),
        done_on: cells.date(Field::DoneOn, false),
    };
    out.data.measures.push(row);
    Ok(true)
}

fn answer(cells: &mut Cells<'_, '_>, above: Above, out: &mut Records<'_>) -> Read {
    let (organisation, own) = organisation_of(cells, above);
    let respondent = match cells.sym(Field::Category) {
        Sym::EMPTY => cells.sym(Field::Position),
        category => category,
    };
    let date = cells.date(Field::Timestamp, false);
    let questions = out.data.surveys.last().map(|survey| &survey.questions);
    let answers = questions
        .into_iter()
        .flatten()
        .map(|(column, _)| cells.answer(*column));
    let kept = &mut out.data.answer_cells;
    let from = place(kept);
    kept.extend(answers);
    let answers = from..place(kept);
    let row = SurveyRow {
        at: at(cells),
        organisation,
        respondent,
        date,
        answers,
    };
    out.data.answers.push(row);
    Ok(own)
}

/// Where the next answer comes to stand.
fn place(answers: &[Answer]) -> u32 {
    u32::try_from(answers.len()).unwrap_or(u32::MAX)
}

fn registry(cells: &mut Cells<'_, '_>, out: &mut Records<'_>) -> Read {
    let row = RegistryRow {
        at: at(cells),
        number: cells.sym(Field::ProgrammeNumber),
        programme: cells.sym(Field::Programme),
    };
    if row.number.is_empty() && row.programme.is_empty() {
        return missing(cells, Field::Programme);
    }
    out.data.registry.push(row);
    Ok(true)
}

fn link(cells: &mut Cells<'_, '_>, out: &mut Records<'_>) -> Read {
    let row = LinkRow {
        at: at(cells),
        recorded_as: cells.sym(Field::RecordedAs),
        who: cells.sym(Field::WhoIs),
        organisation: cells.sym(Field::Organisation),
    };
    if row.recorded_as.is_empty() {
        return missing(cells, Field::RecordedAs);
    }
    if row.who.is_empty() {
        return missing(cells, Field::WhoIs);
    }
    out.data.links.push(row);
    Ok(true)
}

fn target(cells: &mut Cells<'_, '_>, out: &mut Records<'_>) -> Read {
    let indicator = match cells.row.get(Field::Indicator) {
        // «4.1.1» typed into a cell that takes it for the 4th of January 2001.
        Some(Value::Date(day)) => {
            use chrono::Datelike;
            let id = format!("{}.{}.{}", day.day(), day.month(), day.year() % 100);
            cells.texts.intern(&id)
        }
        _ => cells.sym(Field::Indicator),
    };
    if indicator.is_empty() {
        return missing(cells, Field::Indicator);
    }
    let plan = match cells.row.get(Field::Plan) {
        None => return Err(reason::NO_PLAN),
        Some(value) => match plan(value) {
            PlanCell::Empty => return Err(reason::NO_PLAN),
            PlanCell::Is(plan) => cells.texts.intern(&plan),
            PlanCell::Unreadable => {
                let seen = format!("{}: «{}» — не план", cells.header(Field::Plan), text(value));
                cells.say(Code("E309"), Some(Field::Plan), seen);
                return Err(reason::UNREADABLE);
            }
        },
    };
    let row = TargetRow {
        at: at(cells),
        indicator,
        plan,
        period: cells.sym(Field::PlanPeriod),
    };
    out.data.targets.push(row);
    Ok(true)
}
