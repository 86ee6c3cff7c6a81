//! Records of people: diagnostics, courses, ИОМ, methodists, assignments, support.

use std::io;

use mms::demo::chance::{Draw, Series, later};
use mms::demo::table::{Cell, Column, Table};
use mms::demo::town::{AS_OF, day};
use mms::demo::words::words;

use super::people::{Person, Role, methodist, of, organisations};
use super::{SEED, things};

/// The columns that name a person.
pub const WHO: [Column; 3] = [("ФИО", 38), ("Организация", 34), ("СНИЛС", 16)];

/// Writes a record of a person: one in seven without the СНИЛС, by name and organisation.
fn record<const N: usize>(
    table: &mut Table<'_>,
    person: &Person,
    draw: &mut Draw,
    own: [Cell<'_>; N],
) -> io::Result<()> {
    let snils = person.snils.as_deref().filter(|_| draw.happens(86));
    let [name, organisation, snils] = [
        &person.name,
        &person.organisation,
        snils.unwrap_or_default(),
    ]
    .map(Cell::from);
    let cells: Vec<Cell<'_>> = [name, organisation, snils].into_iter().chain(own).collect();
    table.row(&cells, None)
}

/// Hands over those of whom records are kept, with the index of the organisation.
fn each(
    staff: u64,
    series: Series,
    mut write: impl FnMut(u64, &Person, &mut Draw) -> io::Result<()>,
) -> io::Result<()> {
    for home in 0..organisations(staff) {
        for (person, place) in of(home, staff).iter().zip(0..) {
            if person.has_records() {
                let mut draw = Draw::new(SEED, series, home * super::people::SIZE + place);
                write(home, person, &mut draw)?;
            }
        }
    }
    Ok(())
}

/// The columns of «Диагностика» after those that name the person.
pub const DIAGNOSTICS: [Column; 4] = [
    ("Дата диагностики", 13),
    ("Вид диагностики", 34),
    ("Статус", 16),
    ("Результат", 18),
];

/// Writes the rows of «Диагностика».
pub fn diagnostics(staff: u64, table: &mut Table<'_>) -> io::Result<()> {
    let words = &words().diagnostics;
    each(staff, Series::Diagnostics, |_, person, draw| {
        for (year, share) in [(2022, 25), (2023, 50), (2024, 70)] {
            if !draw.happens(share) {
                continue;
            }
            let manager = person.role == Role::Manager;
            let kind = draw.pick(if manager {
                &words.managers
            } else {
                &words.kinds
            });
            let done = draw.happens(94);
            let status = draw.pick(if done { &words.done } else { &words.undone });
            let result = if done { draw.pick(&words.results) } else { "" };
            let date = draw.day(day(year, 1, 15), day(year, 12, 15));
            let own = [date.into(), kind.into(), status.into(), result.into()];
            record(table, person, draw, own)?;
        }
        Ok(())
    })
}

/// The columns of «Курсы» after those that name the person.
pub const COURSES: [Column; 10] = [
    ("Программа", 56),
    ("Номер программы", 12),
    ("Дата начала", 13),
    ("Дата окончания", 13),
    ("Дата выдачи удостоверения", 13),
    ("Часы", 8),
    ("В Федеральном реестре", 12),
    ("Подобрана по диагностике", 13),
    ("Статус", 20),
    ("Управленческая команда", 34),
];

/// Writes the rows of «Курсы».
pub fn courses(staff: u64, table: &mut Table<'_>) -> io::Result<()> {
    let words = &words().courses;
    each(staff, Series::Courses, |_, person, draw| {
        for (year, share) in [(2022, 30), (2023, 55), (2024, 65)] {
            if !draw.happens(share) {
                continue;
            }
            let start = draw.day(day(year, 1, 15), day(year, 11, 15));
            let end = later(start, 3 + draw.below(25));
            let programme = draw.index(things::PROGRAMMES);
            let (title, number, listed) = if draw.happens(78) {
                let [title, number] = things::programme(programme);
                (title, number, if draw.happens(60) { "да" } else { "" })
            } else {
                (draw.pick(&words.unlisted).to_owned(), String::new(), "нет")
            };
            let (end, certificate, status) = match draw.below(100) {
                0..2 => (Some(end), None, words.dropped.as_str()),
                2..5 if year == 2024 => (None, None, words.studying.as_str()),
                _ => (
                    Some(end),
                    Some(later(end, draw.below(5))),
                    draw.pick(&words.done),
                ),
            };
            let chosen = if draw.happens(55) { "да" } else { "нет" };
            let team = if person.role == Role::Manager && draw.happens(60) {
                format!("Команда {}", person.organisation)
            } else {
                String::new()
            };
            let hours = [18, 24, 36, 72, 108][draw.index(5)];
            let own = [
                title.into(),
                number.into(),
                start.into(),
                end.into(),
                certificate.into(),
                Cell::Number(hours),
                listed.into(),
                chosen.into(),
                status.into(),
                team.into(),
            ];
            record(table, person, draw, own)?;
        }
        Ok(())
    })
}

/// The columns of «ИОМ» after those that name the person.
pub const IOMS: [Column; 4] = [
    ("Вид ИОМ", 48),
    ("Дата разработки", 13),
    ("Статус", 18),
    ("Дата завершения", 13),
];

/// Writes the rows of «ИОМ».
pub fn ioms(staff: u64, table: &mut Table<'_>) -> io::Result<()> {
    let words = &words().ioms;
    each(staff, Series::Ioms, |_, person, draw| {
        for (year, share) in [(2023, 50), (2024, 65)] {
            if !draw.happens(share) {
                continue;
            }
            let developed = draw.day(day(year, 1, 20), day(year, 10, 31));
            let completed = draw.day(later(developed, 30), day(year, 12, 25));
            let (status, completed) = match draw.below(10) {
                0 => (words.failed.as_str(), Some(completed)),
                1..4 if year == 2024 => (draw.pick(&words.active), None),
                4 => ("", Some(completed)),
                _ => (draw.pick(&words.done), Some(completed)),
            };
            let kind = draw.pick(&words.kinds);
            let own = [
                kind.into(),
                developed.into(),
                status.into(),
                completed.into(),
            ];
            record(table, person, draw, own)?;
        }
        Ok(())
    })
}

/// The columns of «Региональные методисты» after those that name the person.
pub const METHODISTS: [Column; 2] = [("Дата присвоения", 13), ("Приказ", 24)];

/// Writes the rows of «Региональные методисты».
pub fn methodists(staff: u64, table: &mut Table<'_>) -> io::Result<()> {
    each(staff, Series::Methodists, |_, person, draw| {
        if !person.methodist {
            return Ok(());
        }
        let awarded = draw.day(day(2021, 9, 1), day(2023, 9, 30));
        let order = format!("№ {}", 100 + draw.below(800));
        record(table, person, draw, [awarded.into(), order.into()])
    })
}

/// The columns of «Закрепление» after those that name the teacher.
pub const ASSIGNMENTS: [Column; 3] = [
    ("ФИО методиста", 38),
    ("Дата начала", 13),
    ("Дата окончания", 13),
];

/// Writes the rows of «Закрепление»: the methodist of two organisations has half of their teachers.
pub fn assignments(staff: u64, table: &mut Table<'_>) -> io::Result<()> {
    each(staff, Series::Assignments, |home, person, draw| {
        if person.methodist || !person.teaches() || !draw.happens(55) {
            return Ok(());
        }
        let start = draw.day(day(2023, 10, 2), AS_OF);
        let end = draw.happens(5).then(|| later(start, 60 + draw.below(300)));
        record(
            table,
            person,
            draw,
            [methodist(home).into(), start.into(), end.into()],
        )
    })
}

/// The columns of «Поддержка молодых педагогов» after those that name the person.
pub const SUPPORT: [Column; 3] = [
    ("Форма поддержки", 40),
    ("Дата начала", 13),
    ("Дата окончания", 13),
];

/// Writes the rows of «Поддержка молодых педагогов».
pub fn support(staff: u64, table: &mut Table<'_>) -> io::Result<()> {
    each(staff, Series::Support, |_, person, draw| {
        if !person.young || !draw.happens(78) {
            return Ok(());
        }
        let start = later(person.hired, draw.below(60));
        let end = draw
            .happens(40)
            .then(|| later(start, 200 + draw.below(400)));
        let form = draw.pick(&words().support.forms);
        record(table, person, draw, [form.into(), start.into(), end.into()])
    })
}
