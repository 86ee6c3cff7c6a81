//! Tables that are not of people: organisations, the road map, the survey, the federal registry,
//! correspondences, plans.

use std::io;

use super::chance::{Draw, Series};
use super::faults::{FaultId, fault};
use super::organisation::count;
use super::person::Role;
use super::records::programme_number;
use super::table::{Cell, Column, Table};
use super::town::{Town, day};
use super::who::misspelt;
use super::words::words;
use crate::registers::RegisterId;

/// The columns of «Организации».
pub const ORGANISATIONS: &[Column] = &[
    ("Краткое наименование ОО", 40),
    ("Тип организации", 28),
    ("Целевая модель наставничества", 18),
    ("Дата включения", 13),
    ("Дата открытия", 13),
];

/// Writes the rows of «Организации».
///
/// # Errors
/// The disk fails.
pub fn organisations(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    let wrong: Vec<_> = town
        .planted
        .organisations(RegisterId::Organizations)
        .collect();
    for index in 0..count(town.staff) {
        let here = town.organisation(index);
        let yes = if here.included.is_some() {
            "да"
        } else {
            "нет"
        };
        let mut cells = [
            here.name().into(),
            here.kind.title().into(),
            yes.into(),
            here.included.into(),
            here.opened.into(),
        ];
        let fault = wrong
            .iter()
            .find(|(organisation, _)| *organisation == index)
            .map(|(_, fault)| *fault);
        match fault.map(|fault| fault.id) {
            Some(FaultId::OrganisationTwice) => {
                table.row(&cells, None)?;
                let [_, _, answer, date, _] = &mut cells;
                (*answer, *date) = match here.included {
                    Some(_) => ("нет".into(), "".into()),
                    None => ("да".into(), day(2023, 9, 1).into()),
                };
            }
            Some(_) => {
                let [_, _, answer, date, _] = &mut cells;
                (*answer, *date) = ("да".into(), "30.02.2024".into());
            }
            None => {}
        }
        table.row(&cells, fault)?;
    }
    Ok(())
}

/// The columns of «Дорожная карта».
pub const ROADMAP: &[Column] = &[
    ("Мероприятие", 56),
    ("Уровень", 18),
    ("Срок исполнения", 20),
    ("Статус", 18),
    ("Дата выполнения", 14),
    ("Ответственный", 26),
];

/// Writes the rows of «Дорожная карта».
///
/// # Errors
/// The disk fails.
pub fn roadmap(_: &Town, table: &mut Table<'_>) -> io::Result<()> {
    let measures = &words().roadmap.measures;
    for measure in measures {
        table.row(&measure.each_ref().map(|text| text.as_str().into()), None)?;
    }
    if let Some(measure) = measures.first() {
        table.row(
            &measure.each_ref().map(|text| text.as_str().into()),
            fault(FaultId::MeasureTwice),
        )?;
    }
    let wrong = [
        (
            "Выездной семинар",
            "муниципальный",
            "под вопросом",
            FaultId::MeasureStatusUnknown,
        ),
        (
            "Методический десант",
            "дворовый",
            "запланировано",
            FaultId::MeasureLevelUnknown,
        ),
    ];
    for (title, level, status, id) in wrong {
        let cells = [title, level, "15.10.2024", status, "", "Методисты ММС"].map(Cell::from);
        table.row(&cells, fault(id))?;
    }
    Ok(())
}

/// The columns of «Опрос».
#[must_use]
pub fn survey_columns() -> Vec<Column> {
    let words = &words().survey;
    vec![
        ("Отметка времени", 18),
        ("Ваша организация", 34),
        ("Категория", 26),
        (words.question.as_str(), 30),
        (words.second.as_str(), 30),
        ("Ваши пожелания", 40),
    ]
}

/// Writes the rows of «Опрос».
///
/// # Errors
/// The disk fails.
pub fn survey(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    let words = &words().survey;
    for (index, person) in town.people() {
        let fault = town.planted.of(RegisterId::Survey, index);
        let mut draw = Draw::new(town.seed, Series::Survey, index);
        if person.role == Role::Other
            || !person.is_employed()
            || (fault.is_none() && !draw.happens(60))
        {
            continue;
        }
        let date = draw.day(day(2024, 3, 1), day(2024, 10, 25));
        let minutes = 8 * 60 + draw.below(12 * 60);
        let answer = match draw.below(10) {
            0..4 => 0,
            4..7 => 1,
            7 => 2,
            8 => 3,
            _ => 4,
        };
        let mark = match draw.below(10) {
            0..4 => 5,
            4..8 => 4,
            8 => 3,
            _ => 2,
        };
        let category = if person.role == Role::Manager {
            "Управленческие кадры"
        } else {
            "Педагогические работники"
        };
        let mut cells = [
            Cell::Moment(date, minutes),
            town.spelling(&person, &mut draw).into(),
            category.into(),
            Cell::Number(mark),
            words.words.get(answer).map_or("", String::as_str).into(),
            draw.pick(&words.wishes).into(),
        ];
        let [time, _, _, mark, answer, _] = &mut cells;
        if fault.is_some() {
            // Within the window, so that what is wrong matters.
            *time = Cell::Moment(day(2024, 9, 12), 600);
        }
        match fault.map(|fault| fault.id) {
            Some(FaultId::AnswerUnknown) => *answer = "как когда".into(),
            Some(FaultId::AnswerOutsideScale) => *mark = Cell::Number(7),
            Some(FaultId::AnswerUndated) => *time = "".into(),
            Some(FaultId::AnswerDateUnreadable) => *time = "31.06.2024".into(),
            _ => {}
        }
        table.row(&cells, fault)?;
    }
    Ok(())
}

/// The columns of «Федеральный реестр».
pub const REGISTRY: &[Column] = &[
    ("Номер программы в реестре", 16),
    ("Наименование программы", 70),
];

/// Writes the rows of «Федеральный реестр».
///
/// # Errors
/// The disk fails.
pub fn registry(_: &Town, table: &mut Table<'_>) -> io::Result<()> {
    let words = &words().courses;
    for (index, title) in words.listed.iter().chain(&words.managers).enumerate() {
        table.row(
            &[programme_number(index).into(), title.as_str().into()],
            None,
        )?;
    }
    Ok(())
}

/// The columns of «Соответствия».
pub const LINKS: &[Column] = &[("Как записано", 38), ("Кто это", 38), ("Организация", 34)];

/// Writes the rows of «Соответствия»: the record under a former surname.
///
/// # Errors
/// The disk fails.
pub fn links(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    if let Some(index) = town.planted.place(FaultId::NameSettled) {
        table.row(
            &[
                misspelt(&town.person(index)).into(),
                town.snils(index).into(),
                "".into(),
            ],
            None,
        )?;
    }
    Ok(())
}

/// The columns of «Плановые значения».
pub const TARGETS: &[Column] = &[("Показатель", 14), ("План", 12), ("Период", 12)];

/// Writes the rows of «Плановые значения».
///
/// # Errors
/// The disk fails.
pub fn targets(_: &Town, table: &mut Table<'_>) -> io::Result<()> {
    for [indicator, plan] in &words().targets.plans {
        table.row(
            &[
                indicator.as_str().into(),
                plan.as_str().into(),
                "2024".into(),
            ],
            None,
        )?;
    }
    table.row(
        &["4.1.9", "50", "2024"].map(Cell::from),
        fault(FaultId::IndicatorUnknown),
    )
}
