//! Records of people: diagnostics, courses, ИОМ, methodists, assignments, support.

use std::io;

use chrono::NaiveDate;

use super::chance::{Draw, Series, later};
use super::faults::{Fault, FaultId};
use super::organisation::BLOCK;
use super::person::{METHODIST, Person, Role};
use super::table::{Cell, Column, Table};
use super::town::{Town, day};
use super::who::{Who, who, wrong};
use super::words::words;
use crate::registers::RegisterId;

/// Writes a record: the cells that name the person, then its own.
fn record<const N: usize>(
    table: &mut Table<'_>,
    person: Who<'_>,
    own: [Cell<'_>; N],
    fault: Option<&'static Fault>,
) -> io::Result<()> {
    let cells: Vec<Cell<'_>> = person.into_iter().chain(own).collect();
    table.row(&cells, fault)
}

/// Those of whom records are kept, with what is wrong in this table: in either category, and no
/// external part-timers, whose records are with their main employer.
fn people(
    town: &Town,
    register: RegisterId,
    series: Series,
) -> impl Iterator<Item = (u64, Person, Option<&'static Fault>, Draw)> + '_ {
    town.people()
        .filter(|(_, person)| person.role != Role::Other && person.is_own())
        .map(move |(index, person)| {
            (
                index,
                person,
                town.planted.of(register, index),
                Draw::new(town.seed, series, index),
            )
        })
}

/// The columns of «Диагностика» after those that name the person.
pub const DIAGNOSTICS: [Column; 4] = [
    ("Дата прохождения", 13),
    ("Вид диагностики", 34),
    ("Статус", 16),
    ("Результат", 18),
];

/// Writes the rows of «Диагностика».
///
/// # Errors
/// The disk fails.
pub fn diagnostics(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    let words = &words().diagnostics;
    for (index, person, fault, mut draw) in
        people(town, RegisterId::Diagnostics, Series::Diagnostics)
    {
        let kinds = if person.role == Role::Manager {
            &words.managers
        } else {
            &words.kinds
        };
        if let Some(fault) = fault {
            let name = wrong(town, index, &person, fault, &mut draw);
            let date = match fault.id {
                FaultId::DiagnosticsDateUnreadable => "31.06.2024".into(),
                _ => Cell::from(day(2024, 4, 16)),
            };
            let status = match fault.id {
                FaultId::DiagnosticsStatusUnknown => "под вопросом",
                _ => "пройдена",
            };
            let own = [
                date,
                kinds.first().map_or("", String::as_str).into(),
                status.into(),
                "средний уровень".into(),
            ];
            if fault.id == FaultId::RecordTwice {
                record(table, name.clone(), own.clone(), None)?;
            }
            record(table, name, own, Some(fault))?;
            continue;
        }
        for (year, share) in [(2022, 20), (2023, 42), (2024, 62)] {
            if !draw.happens(share) {
                continue;
            }
            let date = draw.day(day(year, 1, 15), day(year, 12, 15));
            let kind = draw.pick(kinds);
            let done = draw.happens(94);
            let status = draw.pick(if done { &words.done } else { &words.undone });
            let result = if done { draw.pick(&words.results) } else { "" };
            let name = who(town, index, &person, &mut draw);
            record(
                table,
                name,
                [date.into(), kind.into(), status.into(), result.into()],
                None,
            )?;
        }
    }
    Ok(())
}

/// The columns of «Курсы» after those that name the person.
pub const COURSES: [Column; 10] = [
    ("Наименование программы", 56),
    ("№ программы", 12),
    ("Дата начала обучения", 13),
    ("Дата окончания обучения", 13),
    ("Дата выдачи удостоверения", 13),
    ("Количество часов", 8),
    ("В Федеральном реестре", 12),
    ("Подобрана по диагностике", 13),
    ("Статус", 20),
    ("Управленческая команда", 34),
];

/// The number of a programme in the federal registry.
#[must_use]
pub fn programme_number(index: usize) -> String {
    format!("{}", 10_501 + index * 37)
}

/// Writes the rows of «Курсы».
///
/// # Errors
/// The disk fails.
pub fn courses(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    for (index, person, fault, mut draw) in people(town, RegisterId::Courses, Series::Courses) {
        if let Some(fault) = fault {
            let name = wrong(town, index, &person, fault, &mut draw);
            let title = words().courses.listed.first().map_or("", String::as_str);
            let (start, end, listed): (Cell<'_>, Cell<'_>, &str) = match fault.id {
                FaultId::EndsBeforeStart => (day(2024, 4, 22).into(), day(2024, 4, 8).into(), "да"),
                FaultId::CourseUndated => ("".into(), "".into(), "да"),
                FaultId::ChosenUnclear => (day(2024, 4, 8).into(), day(2024, 4, 22).into(), "да"),
                _ => (day(2024, 4, 8).into(), day(2024, 4, 22).into(), "нет"),
            };
            let [number, hours] = [programme_number(0).into(), Cell::Number(36)];
            let chosen = if fault.id == FaultId::ChosenUnclear {
                "возможно"
            } else {
                "да"
            };
            let [chosen, done, team] = [chosen, "завершено", ""].map(Cell::from);
            let own = [
                title.into(),
                number,
                start,
                end,
                "".into(),
                hours,
                listed.into(),
                chosen,
                done,
                team,
            ];
            record(table, name, own, Some(fault))?;
            continue;
        }
        for (year, share) in [(2022, 20), (2023, 50), (2024, 52)] {
            if draw.happens(share) {
                let own = course(town, &person, year, &mut draw);
                record(table, who(town, index, &person, &mut draw), own, None)?;
            }
        }
    }
    Ok(())
}

fn course<'a>(town: &Town, person: &Person, year: i32, draw: &mut Draw) -> [Cell<'a>; 10] {
    let words = &words().courses;
    let manager = person.role == Role::Manager;
    // The registry holds the programmes for teachers first, then those for managers.
    let (title, number) = if manager {
        let index = draw.index(words.managers.len());
        (words.managers.get(index), Some(words.listed.len() + index))
    } else if draw.happens(75) {
        let index = draw.index(words.listed.len());
        (words.listed.get(index), Some(index))
    } else {
        (words.unlisted.get(draw.index(words.unlisted.len())), None)
    };
    let title = title.map_or("", String::as_str);
    let start = draw.day(day(year, 1, 15), day(year, 11, 15));
    let end = later(start, 3 + draw.below(25));
    let hours = [18, 24, 36, 72, 108]
        .get(draw.index(5))
        .copied()
        .unwrap_or(36);
    let listed = match (number, draw.below(10)) {
        (None, _) => "нет",
        (Some(_), 0..6) => "да",
        (Some(_), _) => "",
    };
    let chosen = if draw.happens(55) { "да" } else { "нет" };
    let team = if manager && draw.happens(60) {
        format!("Команда {}", town.organisation(person.organisation).name())
    } else {
        String::new()
    };
    let number = number
        .filter(|_| draw.happens(80))
        .map_or(String::new(), programme_number);
    let (end, certificate, status): (Cell<'_>, Option<NaiveDate>, &str) = match draw.below(100) {
        0..2 => (end.into(), None, &words.dropped),
        2..5 if year == 2024 => ("".into(), None, &words.studying),
        _ => (
            end.into(),
            Some(later(end, draw.below(5))),
            draw.pick(&words.done),
        ),
    };
    [
        title.into(),
        number.into(),
        start.into(),
        end,
        certificate.into(),
        Cell::Number(hours),
        listed.into(),
        chosen.into(),
        status.into(),
        team.into(),
    ]
}

/// The columns of «ИОМ» after those that name the person.
pub const IOMS: [Column; 4] = [
    ("Вид ИОМ", 48),
    ("Дата разработки ИОМ", 13),
    ("Статус ИОМ", 18),
    ("Дата завершения", 13),
];

/// Writes the rows of «ИОМ».
///
/// # Errors
/// The disk fails.
pub fn ioms(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    let words = &words().ioms;
    for (index, person, fault, mut draw) in people(town, RegisterId::Ioms, Series::Ioms) {
        if let Some(fault) = fault {
            let name = wrong(town, index, &person, fault, &mut draw);
            let (status, completed) = match fault.id {
                FaultId::IomCompletedUndated => ("завершён", None),
                FaultId::IomActiveCompleted => ("в работе", Some(day(2024, 8, 30))),
                _ => ("под вопросом", None),
            };
            let kind = words.kinds.first().map_or("", String::as_str);
            let own = [
                kind.into(),
                day(2024, 2, 5).into(),
                status.into(),
                completed.into(),
            ];
            record(table, name, own, Some(fault))?;
            continue;
        }
        for (year, share) in [(2023, 40), (2024, 55)] {
            if !draw.happens(share) {
                continue;
            }
            let developed = draw.day(day(year, 1, 20), day(year, 10, 31));
            let completed = draw.day(later(developed, 30), day(year, 12, 25));
            let (status, completed) = match draw.below(10) {
                0 => (words.failed.as_str(), Some(completed)),
                1..5 if year == 2024 => (draw.pick(&words.active), None),
                _ => (draw.pick(&words.done), Some(completed)),
            };
            let own = [
                draw.pick(&words.kinds).into(),
                developed.into(),
                status.into(),
                completed.into(),
            ];
            record(table, who(town, index, &person, &mut draw), own, None)?;
        }
    }
    Ok(())
}

/// The columns of «Региональные методисты» after those that name the person.
pub const METHODISTS: [Column; 2] = [("Дата присвоения статуса", 13), ("Приказ", 24)];

/// Writes the rows of «Региональные методисты».
///
/// # Errors
/// The disk fails.
pub fn methodists(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    let all = (METHODIST..town.staff).step_by(usize::try_from(BLOCK).unwrap_or(usize::MAX));
    for index in all {
        let mut draw = Draw::new(town.seed, Series::Methodists, index);
        let awarded = draw.day(day(2021, 9, 1), day(2023, 9, 30));
        let order = format!(
            "№ {} от {}",
            100 + draw.below(800),
            awarded.format("%d.%m.%Y")
        );
        let name = who(town, index, &town.person(index), &mut draw);
        record(table, name, [awarded.into(), order.into()], None)?;
    }
    Ok(())
}

/// The columns of «Закрепление» after those that name the person.
pub const ASSIGNMENTS: [Column; 3] = [
    ("ФИО методиста", 38),
    ("Дата закрепления", 13),
    ("Дата окончания", 13),
];

/// Writes the rows of «Закрепление»: the methodist of a hundred has a good half of its teachers.
///
/// # Errors
/// The disk fails.
pub fn assignments(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    for (index, person, fault, mut draw) in
        people(town, RegisterId::Assignments, Series::Assignments)
    {
        let methodist = index / BLOCK * BLOCK + METHODIST;
        if person.methodist || methodist >= town.staff || !person.teaches() {
            continue;
        }
        // The neighbour has the name of no methodist, but for the rarest of chances.
        let to = if fault.is_some() {
            index + 1
        } else {
            methodist
        };
        if fault.is_some() || draw.happens(55) {
            let start = draw.day(day(2023, 10, 2), day(2024, 9, 20));
            let end = draw.happens(5).then(|| later(start, 60 + draw.below(300)));
            let own = [
                town.person(to).name().into(),
                start.into(),
                end.filter(|_| fault.is_none()).into(),
            ];
            record(table, who(town, index, &person, &mut draw), own, fault)?;
        }
    }
    Ok(())
}

/// The columns of «Поддержка молодых педагогов» after those that name the person.
pub const SUPPORT: [Column; 3] = [
    ("Форма поддержки", 40),
    ("Дата начала", 13),
    ("Дата окончания", 13),
];

/// Writes the rows of «Поддержка молодых педагогов».
///
/// # Errors
/// The disk fails.
pub fn support(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    let forms = &words().support.forms;
    for (index, person, fault, mut draw) in people(town, RegisterId::Support, Series::Support) {
        if !person.young || (fault.is_none() && !draw.happens(78)) {
            continue;
        }
        let start = later(person.hired, draw.below(60));
        let end = draw
            .happens(40)
            .then(|| later(start, 200 + draw.below(400)));
        let (start, end): (Cell<'_>, Cell<'_>) = match fault.map(|fault| fault.id) {
            Some(FaultId::SupportUndated) => ("".into(), "".into()),
            Some(FaultId::SupportEndsBeforeStart) => {
                (day(2024, 5, 20).into(), day(2024, 2, 1).into())
            }
            _ => (start.into(), end.into()),
        };
        let own = [draw.pick(forms).into(), start, end];
        record(table, who(town, index, &person, &mut draw), own, fault)?;
    }
    Ok(())
}
