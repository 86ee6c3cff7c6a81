//! Organisations of fifty, and who works in them: a tenth managers, seven tenths teachers.

use std::collections::BTreeSet;
use std::io;

use chrono::{Months, NaiveDate};
use mms::demo::chance::{Draw, Series, later};
use mms::demo::snils;
use mms::demo::table::{Cell, Column, Table};
use mms::demo::town::{AS_OF, day};
use mms::demo::words::{Staff, words};

use super::SEED;

/// How many rows of the staff table an organisation has.
pub const SIZE: u64 = 50;

/// What a position is counted as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Teacher,
    Manager,
    Other,
}

/// A row of the staff table.
#[derive(Clone)]
pub struct Person {
    pub name: String,
    pub organisation: String,
    pub position: &'static str,
    pub role: Role,
    pub snils: Option<String>,
    pub birth: NaiveDate,
    pub hired: NaiveDate,
    pub dismissed: Option<NaiveDate>,
    pub employment: &'static str,
    pub leave: bool,
    pub since: Option<NaiveDate>,
    pub methodist: bool,
    pub young: bool,
    /// Whether it is the second row of a manager who also teaches.
    pub second: bool,
}

impl Person {
    /// Whether records are kept of this row: a teacher or manager of the organisation's own.
    pub fn has_records(&self) -> bool {
        self.role != Role::Other
            && !self.second
            && self.hired <= AS_OF
            && self.employment == EMPLOYMENTS[0]
    }

    /// Whether a teacher of the organisation's own who has not left by the as-of date.
    pub fn teaches(&self) -> bool {
        self.role == Role::Teacher
            && self.has_records()
            && self.dismissed.is_none_or(|day| day > AS_OF)
    }
}

const EMPLOYMENTS: [&str; 4] = [
    "основное место работы",
    "внутреннее совместительство",
    "внешнее совместительство",
    "договор ГПХ",
];

/// How many organisations a staff of this size has.
pub fn organisations(staff: u64) -> u64 {
    staff.div_ceil(SIZE)
}

/// The name of an organisation, what stands in «Тип», and who works there.
pub fn organisation(index: u64) -> (String, &'static str, &'static Staff) {
    let (words, number) = (words(), index + 1);
    let school = |name: String| (name, "общеобразовательная", &words.school);
    match index % 10 {
        3 => school(format!("МАОУ гимназия № {number}")),
        6 => school(format!("МБОУ лицей № {number}")),
        1 | 5 | 8 => {
            let proper =
                Draw::new(SEED, Series::Organisation, index).pick(&words.kindergarten.names);
            let name = format!("МБДОУ детский сад № {number} «{proper}»");
            (name, "дошкольная", &words.kindergarten)
        }
        9 => {
            let name = format!("МБУДО ЦДТ № {number}");
            (name, "дополнительное образование", &words.extra)
        }
        _ => school(format!("МБОУ СОШ № {number}")),
    }
}

/// The regional methodist of an organisation's teachers: one for every two organisations, by name.
pub fn methodist(organisation: u64) -> String {
    let number = organisation / 2;
    let mut draw = Draw::new(SEED, Series::Methodists, number);
    let surnames = surnames();
    let count = surnames.len() as u64;
    let part = |place: u64| surnames[usize::try_from(place % count).unwrap_or(0)];
    let ([_, first], [_, second]) = (part(number), part(number / count));
    let [given, patronymic] =
        [&words().women.given, &words().patronymics.stems].map(|list| draw.pick(list));
    format!("{first}-{second} {given} {patronymic}на")
}

/// The rows of one organisation in the staff table. No two of its people share a name.
pub fn of(index: u64, staff: u64) -> Vec<Person> {
    let (organisation, kind, positions) = organisation(index);
    let school = kind == "общеобразовательная";
    let mut names = BTreeSet::new();
    let mut people: Vec<Person> = Vec::new();
    for place in 0..SIZE.min(staff - index * SIZE) {
        let number = index * SIZE + place;
        let mut draw = Draw::new(SEED, Series::Person, number);
        let deputy = usize::try_from(place).unwrap_or(0).checked_sub(45);
        if let Some(deputy) = deputy.filter(|_| school && draw.happens(30)) {
            let mut second = people[deputy].clone();
            second.position = draw.pick(&positions.teachers);
            second.role = Role::Teacher;
            second.employment = EMPLOYMENTS[1];
            second.second = true;
            people.push(second);
            continue;
        }
        let methodist_here = place == 5 && index.is_multiple_of(2);
        let (role, position) = match place {
            0 => (Role::Manager, positions.head.as_str()),
            1..5 if school => (Role::Manager, draw.pick(&positions.deputies)),
            1..3 => (Role::Manager, "заместитель заведующего"),
            5..40 => (Role::Teacher, draw.pick(&positions.teachers)),
            3..5 => (Role::Teacher, "методист"),
            _ => (Role::Other, draw.pick(&positions.others)),
        };
        let position = match (role, position) {
            (Role::Manager, "заместитель заведующего") if kind != "дошкольная" => {
                "заместитель директора"
            }
            (_, position) => position,
        };
        let mut name = name(&mut draw);
        if methodist_here {
            name = methodist(index);
        }
        while !names.insert(name.clone()) {
            name = self::name(&mut draw);
        }
        people.push(life(
            Person {
                name,
                organisation: organisation.clone(),
                position,
                role,
                snils: draw.happens(92).then(|| snils::of(number, SEED)),
                birth: AS_OF,
                hired: AS_OF,
                dismissed: None,
                employment: EMPLOYMENTS[0],
                leave: draw.happens(2),
                since: None,
                methodist: methodist_here,
                young: role == Role::Teacher && !methodist_here && draw.happens(12),
                second: false,
            },
            &mut draw,
        ));
    }
    people
}

/// All rows of the staff table.
pub fn all(staff: u64) -> impl Iterator<Item = Person> {
    (0..organisations(staff)).flat_map(move |index| of(index, staff))
}

/// The dates of a person.
fn life(mut person: Person, draw: &mut Draw) -> Person {
    let after =
        |date: NaiveDate, months| date.checked_add_months(Months::new(months)).unwrap_or(date);
    let start = if person.young {
        person.birth = draw.day(day(1991, 1, 1), day(2002, 6, 30));
        draw.day(
            after(person.birth, 240).max(day(2021, 3, 1)),
            day(2024, 9, 2),
        )
    } else {
        person.birth = draw.day(day(1955, 1, 1), day(1996, 12, 31));
        let grown = after(person.birth, 21 * 12);
        draw.day(grown, after(grown, 30))
    };
    person.since = (person.role != Role::Other).then_some(start);
    person.hired = match draw.below(100) {
        _ if person.methodist || person.young => start,
        0..3 => draw.day(day(2024, 7, 1), day(2024, 9, 30)),
        3..5 => draw.day(day(2024, 10, 1), day(2024, 12, 20)),
        _ => draw.day(start, day(2024, 6, 30)),
    };
    if !person.methodist && person.hired < day(2024, 1, 1) && draw.happens(5) {
        person.dismissed = Some(later(person.hired.max(day(2023, 9, 1)), draw.below(450)));
    }
    if !person.methodist && person.role != Role::Manager {
        person.employment = match draw.below(100) {
            0..3 => EMPLOYMENTS[2],
            3 => EMPLOYMENTS[3],
            _ => EMPLOYMENTS[0],
        };
    }
    person
}

/// Surnames, his and hers.
fn surnames() -> &'static [[&'static str; 2]] {
    static SURNAMES: std::sync::OnceLock<Vec<[&'static str; 2]>> = std::sync::OnceLock::new();
    SURNAMES.get_or_init(|| {
        let mut all = Vec::new();
        for group in &words().surnames {
            for stem in &group.stems {
                for endings in &group.endings {
                    let whole = endings
                        .each_ref()
                        .map(|ending| &*format!("{stem}{ending}").leak());
                    all.push(whole);
                }
            }
        }
        all
    })
}

fn name(draw: &mut Draw) -> String {
    let (words, surnames) = (words(), surnames());
    let woman = draw.happens(86);
    let [his, hers] = surnames[draw.index(surnames.len())];
    let patronymic = draw.pick(&words.patronymics.stems);
    if woman {
        format!("{hers} {} {patronymic}на", draw.pick(&words.women.given))
    } else {
        format!("{his} {} {patronymic}ич", draw.pick(&words.men.given))
    }
}

/// The columns of «Сотрудники».
pub const COLUMNS: [Column; 10] = [
    ("ФИО", 38),
    ("Организация", 34),
    ("Должность", 44),
    ("СНИЛС", 16),
    ("Дата рождения", 13),
    ("Дата приёма", 13),
    ("Дата увольнения", 13),
    ("Вид занятости", 26),
    ("В длительном отпуске", 13),
    ("Дата начала педагогической деятельности", 18),
];

/// Writes the rows of «Сотрудники».
pub fn write(staff: u64, table: &mut Table<'_>) -> io::Result<()> {
    for person in all(staff) {
        let cells: [Cell<'_>; COLUMNS.len()] = [
            person.name.as_str().into(),
            person.organisation.as_str().into(),
            person.position.into(),
            person.snils.as_deref().unwrap_or_default().into(),
            person.birth.into(),
            person.hired.into(),
            person.dismissed.into(),
            person.employment.into(),
            if person.leave { "да" } else { "нет" }.into(),
            person.since.into(),
        ];
        table.row(&cells, None)?;
    }
    Ok(())
}
