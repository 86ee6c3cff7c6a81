//! Tables that are not of people: organisations, the road map, the survey, the federal registry, plans.

use std::io;

use mms::demo::chance::{Draw, Series};
use mms::demo::table::{Cell, Column, Table};
use mms::demo::town::day;
use mms::demo::words::words;

use super::SEED;
use super::people::{Role, all, organisation, organisations};

/// The columns of «Организации».
pub const ORGANISATIONS: [Column; 5] = [
    ("Организация", 40),
    ("Тип", 28),
    ("Целевая модель наставничества", 18),
    ("Дата включения", 13),
    ("Дата открытия", 13),
];

/// Writes the rows of «Организации».
pub fn write_organisations(staff: u64, table: &mut Table<'_>) -> io::Result<()> {
    for index in 0..organisations(staff) {
        let mut draw = Draw::new(SEED, Series::Organisation, index);
        let (name, kind, _) = organisation(index);
        let included = draw
            .happens(62)
            .then(|| draw.day(day(2021, 9, 1), day(2024, 12, 1)));
        let opened = draw.day(day(1961, 1, 1), day(2019, 12, 31));
        let yes = if included.is_some() { "да" } else { "нет" };
        let cells = [
            name.into(),
            kind.into(),
            yes.into(),
            included.into(),
            opened.into(),
        ];
        table.row(&cells, None)?;
    }
    Ok(())
}

/// The columns of «Дорожная карта».
pub const ROADMAP: [Column; 6] = [
    ("Мероприятие", 56),
    ("Уровень", 18),
    ("Срок", 20),
    ("Статус", 18),
    ("Дата выполнения", 14),
    ("Ответственный", 26),
];

/// Writes the rows of «Дорожная карта».
pub fn roadmap(_: u64, table: &mut Table<'_>) -> io::Result<()> {
    for measure in &words().roadmap.measures {
        table.row(&measure.each_ref().map(|text| text.as_str().into()), None)?;
    }
    Ok(())
}

/// The columns of «Опрос».
pub const SURVEY: [Column; 6] = [
    ("Отметка времени", 18),
    ("Организация", 34),
    ("Категория", 26),
    (
        "Насколько Вы удовлетворены работой методической службы (от 1 до 5)?",
        30,
    ),
    ("Удовлетворены ли Вы методической помощью?", 30),
    ("Ваши пожелания", 40),
];

/// Writes the rows of «Опрос».
pub fn survey(staff: u64, table: &mut Table<'_>) -> io::Result<()> {
    let words = &words().survey;
    for (person, index) in all(staff).zip(0..) {
        let mut draw = Draw::new(SEED, Series::Survey, index);
        if !person.has_records() || !draw.happens(70) {
            continue;
        }
        let date = draw.day(day(2024, 3, 1), day(2024, 10, 25));
        let mark = [5, 5, 5, 5, 4, 4, 4, 3, 2, 1][draw.index(10)];
        let answer = [0, 0, 0, 1, 1, 1, 2, 2, 3, 4][draw.index(10)];
        let category = if person.role == Role::Manager {
            "Управленческие кадры"
        } else {
            "Педагогические работники"
        };
        let cells = [
            Cell::Moment(date, 8 * 60 + draw.below(12 * 60)),
            person.organisation.into(),
            category.into(),
            Cell::Number(mark),
            words.words[answer].as_str().into(),
            draw.pick(&words.wishes).into(),
        ];
        table.row(&cells, None)?;
    }
    Ok(())
}

/// How many programmes the registry has.
pub const PROGRAMMES: usize = 500;

/// The title and the number of a programme of the registry.
pub fn programme(index: usize) -> [String; 2] {
    let titles = &words().courses.listed;
    let title = &titles[index % titles.len()];
    let part = index / titles.len() + 1;
    [
        format!("{title}. Модуль {part}"),
        format!("{}", 10_501 + index * 37),
    ]
}

/// The columns of «Федеральный реестр».
pub const REGISTRY: [Column; 2] = [("Номер программы", 16), ("Программа", 70)];

/// Writes the rows of «Федеральный реестр».
pub fn registry(_: u64, table: &mut Table<'_>) -> io::Result<()> {
    for index in 0..PROGRAMMES {
        let [title, number] = programme(index);
        table.row(&[number.into(), title.into()], None)?;
    }
    Ok(())
}

/// The columns of «Плановые значения».
pub const TARGETS: [Column; 3] = [("Показатель", 14), ("План", 12), ("Период", 12)];

/// Writes the rows of «Плановые значения».
pub fn targets(_: u64, table: &mut Table<'_>) -> io::Result<()> {
    for [indicator, plan] in &words().targets.plans {
        let cells = [indicator, plan, "2024"].map(Cell::from);
        table.row(&cells, None)?;
    }
    Ok(())
}
