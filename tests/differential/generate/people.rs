//! The staff table, and how records name their people.

use chrono::{Datelike, NaiveDate};

use super::{Builder, Person};
use crate::towns::naive::calendar::later;
use crate::towns::options::OWN_POSTS;
use crate::towns::spelling::{self, blank, cell};
use crate::towns::town::{Cell, Employment, Means, Name, Post, Register};

use Post::{Manager, Other, Own, Teacher, Unknown};

/// Cells of «Должность» with the positions that stand in them.
const POSITIONS: &[(&str, &[Post])] = &[
    ("учитель", &[Teacher]),
    ("учитель математики", &[Teacher]),
    ("Учитель русского языка и литературы", &[Teacher]),
    ("учитель физики, астрономии", &[Teacher]),
    ("воспитатель", &[Teacher]),
    ("старший воспитатель", &[Teacher]),
    ("педагог-психолог", &[Teacher]),
    ("педагог - психолог", &[Teacher]),
    ("психолог", &[Teacher]),
    ("учитель-логопед", &[Teacher]),
    ("муз. рук.", &[Teacher]),
    ("методист", &[Teacher]),
    ("социальный педагог", &[Teacher]),
    ("педагог дополнительного образования", &[Teacher]),
    ("советник директора по воспитанию", &[Teacher]),
    ("заведующий кафедрой", &[Teacher]),
    ("тьютор", &[Teacher]),
    ("директор", &[Manager]),
    ("Директор", &[Manager]),
    ("заместитель директора по УВР", &[Manager]),
    ("зам. директора по ВР", &[Manager]),
    ("завуч", &[Manager]),
    ("заведующий", &[Manager]),
    ("заместитель директора по АХЧ", &[Manager]),
    ("заместитель директора по безопасности", &[Manager]),
    ("заведующий структурным подразделением", &[Manager]),
    ("младший воспитатель", &[Other]),
    ("помощник воспитателя", &[Other]),
    ("бухгалтер", &[Other]),
    ("главный бухгалтер", &[Other]),
    ("повар", &[Other]),
    ("библиотекарь", &[Other]),
    ("заведующий библиотекой", &[Other]),
    ("заведующий столовой", &[Other]),
    ("заведующий хозяйством", &[Other]),
    ("звездочёт", &[Unknown]),
    ("учитиль математики", &[Unknown]),
    (OWN_POSTS[0].0, &[Own(0)]),
    (OWN_POSTS[1].0, &[Own(1)]),
    (
        "зам. директора по УВР, учитель истории",
        &[Manager, Teacher],
    ),
    (
        "учитель химии / заместитель директора по ВР",
        &[Teacher, Manager],
    ),
    ("повар; учитель технологии", &[Other, Teacher]),
    ("учитель информатики + бухгалтер", &[Teacher, Other]),
    ("директор. Учитель географии", &[Manager, Teacher]),
    ("классный руководитель, учитель физики", &[Teacher]),
    ("учитель физики, классный руководитель", &[Teacher]),
    ("руководитель ШМО, учитель биологии", &[Teacher]),
    ("наставник, воспитатель", &[Teacher]),
    ("звездочёт, учитель истории", &[Unknown, Teacher]),
];

const GROUPS: &[(&str, Post)] = &[
    ("педагогические работники", Teacher),
    ("педагог", Teacher),
    ("ПР", Teacher),
    ("управленческие кадры", Manager),
    ("руководитель", Manager),
    ("управленец", Manager),
    ("УК", Manager),
    ("АУП", Manager),
    ("прочие", Other),
    ("иные", Other),
    ("УВП", Other),
    ("МОП", Other),
    ("обслуживающий персонал", Other),
];

const EMPLOYMENTS: &[(&str, Employment)] = &[
    ("основное место работы", Employment::Main),
    ("штатный", Employment::Main),
    ("внутренний совместитель", Employment::Main),
    ("внешний совместитель", Employment::External),
    ("совместитель", Employment::External),
    ("внеш. совм.", Employment::External),
    ("ГПХ", Employment::Contract),
    ("договор ГПХ", Employment::Contract),
    ("почасовая", Employment::Contract),
];

impl Builder {
    /// The people of the town and the staff table.
    pub fn staff(&mut self) {
        let most = if self.dice.chance(40) { 8 } else { 58 };
        let rows = 3 + self.dice.below(most);
        for _ in 0..rows {
            let person = self.somebody();
            self.people.push(person);
        }
        self.experience = self.dice.chance(65);
        let others = [
            ("СНИЛС", 55),
            ("Дата рождения", 75),
            ("Категория", 25),
            ("Дата приёма", 60),
            ("Дата увольнения", 60),
            ("Вид занятости", 50),
            ("В длительном отпуске", 40),
            ("Дата начала педагогической деятельности", 70),
            ("Педагогический стаж", if self.experience { 75 } else { 0 }),
            ("Региональный методист", 30),
            ("Закреплён за методистом", 30),
            ("Форма поддержки", 25),
        ];
        for (first, rows) in [
            (true, rows),
            (false, if self.dice.chance(15) { rows / 3 } else { 0 }),
        ] {
            if rows == 0 && !first {
                continue;
            }
            let columns = self.columns(Register::Staff, &others);
            let mut written: Vec<Vec<Cell>> = Vec::new();
            for number in 0..rows {
                // Most rows are a person's only one.
                let place = if first && self.dice.chance(75) {
                    number
                } else {
                    self.dice.below(self.people.len())
                };
                let person = self.people[place].clone();
                written.push(
                    columns
                        .iter()
                        .map(|column| self.staff_cell(column, &person))
                        .collect(),
                );
            }
            let three_names = self.dice.chance(15);
            self.table(Register::Staff, columns, 0, |_, _| blank());
            if let Some(table) = self.tables.last_mut() {
                table.rows = written;
                table.three_names = three_names;
            }
        }
    }

    fn somebody(&mut self) -> Person {
        let dice = &mut self.dice;
        let name = Name {
            surname: dice.below(6),
            given: dice.below(5),
            patronymic: dice.below(4),
        };
        let (max_age, to) = (35, self.period.to);
        let birth = match dice.below(6) {
            0 | 1 => {
                later(to, -max_age) + chrono::Days::new(1) - chrono::Days::new(dice.below(3) as u64)
            }
            2 => {
                later(to, -(dice.between(28, 42) as i32)) + chrono::Days::new(1)
                    - chrono::Days::new(dice.below(3) as u64)
            }
            3 => NaiveDate::from_ymd_opt(*dice.pick(&[1988, 1992]), 2, 29).unwrap_or(to),
            _ => to - chrono::Days::new(dice.between(22 * 365, 60 * 365) as u64),
        };
        Person {
            name,
            snils: dice
                .chance(75)
                .then(|| dice.between(2_000_000, 199_999_999) as u32),
            birth: dice.chance(85).then_some(birth),
            home: dice.below(self.organisations.len()),
        }
    }

    fn staff_cell(&mut self, column: &str, person: &Person) -> Cell {
        match column {
            "ФИО" => spelling::name(&mut self.dice, person.name),
            "Организация" => {
                let place = if self.dice.chance(88) {
                    person.home
                } else {
                    self.dice.below(self.organisations.len())
                };
                spelling::organisation(&mut self.dice, &self.organisations, place)
            }
            "Должность" => {
                // Plain positions come more often than odd ones.
                let (text, posts) = match self.dice.below(4) {
                    0 => POSITIONS[self.dice.below(POSITIONS.len())],
                    1 => POSITIONS[17 + self.dice.below(9)],
                    _ => POSITIONS[self.dice.below(17)],
                };
                cell(text, Means::Posts(posts.to_vec()))
            }
            "СНИЛС" => self.snils_cell(person.snils, 80),
            "Дата рождения" => self.birth_cell(person.birth, 85),
            "Категория" => match self.dice.below(4) {
                0 => cell(
                    *self
                        .dice
                        .pick(&["высшая", "первая", "СЗД", "без категории"]),
                    Means::Remark,
                ),
                1 => {
                    let (text, group) = *self.dice.pick(GROUPS);
                    cell(text, Means::Group(group))
                }
                _ => blank(),
            },
            "Дата приёма" => self.past_date(35),
            "Дата увольнения" => {
                if self.dice.chance(75) {
                    spelling::empty_value(&mut self.dice)
                } else {
                    self.past_date(0)
                }
            }
            "Вид занятости" => {
                if self.dice.chance(40) {
                    return blank();
                }
                let range = if self.dice.chance(60) {
                    3
                } else {
                    EMPLOYMENTS.len()
                };
                let (text, kind) = EMPLOYMENTS[self.dice.below(range)];
                cell(text, Means::Employment(kind))
            }
            "В длительном отпуске" => self.yes_no(12),
            "Дата начала педагогической деятельности" => {
                self.start_cell()
            }
            "Педагогический стаж" => self.experience_cell(),
            "Региональный методист" => match self.dice.below(12) {
                0 | 1 => cell("да", Means::Yes),
                2 | 3 => {
                    let day = self.day();
                    self.written(day)
                }
                4 => cell("нет", Means::No),
                _ => blank(),
            },
            "Закреплён за методистом" => {
                if self.dice.chance(55) {
                    blank()
                } else {
                    self.methodist_cell()
                }
            }
            _ => match self.dice.below(6) {
                0 => cell("наставничество", Means::Remark),
                1 => cell("нет", Means::No),
                _ => blank(),
            },
        }
    }

    /// A date of hire or dismissal; a part of one now and then.
    fn past_date(&mut self, empty: usize) -> Cell {
        if self.dice.chance(empty) {
            return spelling::empty_value(&mut self.dice);
        }
        let day = self.day();
        match self.dice.below(14) {
            0 => spelling::part_of_date(&mut self.dice, day),
            1 => spelling::unreadable(&mut self.dice),
            2 => spelling::part_of_date(&mut self.dice, later(day, -8)),
            3..6 => self.written(day),
            _ => self.written(later(day, -5)),
        }
    }

    fn start_cell(&mut self) -> Cell {
        let (day, years) = (self.day(), self.dice.between(1, 5) as i32);
        let edge = later(self.period.to, -years) + chrono::Days::new(1)
            - chrono::Days::new(self.dice.below(3) as u64);
        // Whether an unreadable start leaves the word to the experience, the methodology does not say.
        let throw = match self.dice.below(16) {
            5 | 7 if self.experience => 0,
            throw => throw,
        };
        match throw {
            0..5 => spelling::empty_value(&mut self.dice),
            5 => spelling::part_of_date(&mut self.dice, edge),
            6 => spelling::part_of_date(&mut self.dice, later(day, -10)),
            7 => spelling::unreadable(&mut self.dice),
            8..=11 => self.written(edge),
            12 => self.written(later(day, -12)),
            _ => self.written(day),
        }
    }

    fn experience_cell(&mut self) -> Cell {
        const WRITTEN: &[(&str, i64)] = &[
            ("0", 0),
            ("1", 1200),
            ("2", 2400),
            ("3", 3600),
            ("2,9", 3480),
            ("3,5", 4200),
            ("2.5", 3000),
            ("2 г. 11 мес.", 3500),
            ("3 г. 0 мес.", 3600),
            ("2 года 11 месяцев", 3500),
            ("2/11", 3500),
            ("4/3", 5100),
            ("менее года", 0),
            ("б/с", 0),
            ("12", 14_400),
            ("25 лет", 30_000),
        ];
        if self.dice.chance(35) {
            return spelling::empty_value(&mut self.dice);
        }
        let (text, hundredths) = *self.dice.pick(WRITTEN);
        cell(text, Means::Experience(hundredths))
    }

    /// A СНИЛС, empty, wrong, or somebody else's.
    fn snils_cell(&mut self, own: Option<u32>, written: usize) -> Cell {
        let throw = self.dice.below(100);
        match own {
            Some(own) if throw < written => spelling::snils(&mut self.dice, own),
            Some(own) if throw < written + 4 => spelling::wrong_snils(own),
            _ if throw >= 98 => {
                let other = self.dice.below(self.people.len());
                match self.people.get(other).and_then(|person| person.snils) {
                    Some(other) => spelling::snils(&mut self.dice, other),
                    None => blank(),
                }
            }
            _ if throw >= 96 => {
                let nobody = self.dice.between(200_000_000, 299_999_999) as u32;
                spelling::snils(&mut self.dice, nobody)
            }
            _ => spelling::empty_value(&mut self.dice),
        }
    }

    fn birth_cell(&mut self, own: Option<NaiveDate>, written: usize) -> Cell {
        let Some(own) = own else {
            return spelling::empty_value(&mut self.dice);
        };
        let throw = self.dice.below(100);
        if throw < written {
            return self.written(own);
        }
        match throw {
            99 => self.written(own.with_day(1).unwrap_or(own)),
            97 | 98 => spelling::part_of_date(&mut self.dice, own),
            96 => spelling::unreadable(&mut self.dice),
            _ => spelling::empty_value(&mut self.dice),
        }
    }

    /// Somebody of the staff, or now and then a stranger.
    pub fn whose(&mut self) -> Person {
        let known = self.dice.below(self.people.len());
        match self.dice.below(25) {
            0 => self.somebody(),
            1 => Person {
                snils: None,
                ..self.people[known].clone()
            },
            _ => self.people[known].clone(),
        }
    }

    /// A cell of a common column of a record.
    pub fn whose_cell(&mut self, column: &str, person: &Person) -> Cell {
        match column {
            "СНИЛС" => self.snils_cell(person.snils, 60),
            "Дата рождения" => self.birth_cell(person.birth, 65),
            "Организация" => match self.dice.below(10) {
                0 => blank(),
                1 => {
                    let place = self.dice.below(self.organisations.len());
                    spelling::organisation(&mut self.dice, &self.organisations, place)
                }
                2 => self.short_cell(person.home),
                _ => spelling::organisation(&mut self.dice, &self.organisations, person.home),
            },
            _ if self.dice.chance(12) => spelling::initials(&mut self.dice, person.name),
            _ => spelling::name(&mut self.dice, person.name),
        }
    }

    /// The shortened spelling where the sheet «Организации» lists the organisation.
    fn short_cell(&mut self, place: usize) -> Cell {
        let listed = self.tables.iter().any(|table| {
            table.register == Register::Organizations
                && table
                    .rows
                    .iter()
                    .any(|row| *table.cell(row, "Организация") == Means::Organisation(place))
        });
        match self.organisations[place].short.clone().filter(|_| listed) {
            Some(short) => cell(short, Means::Organisation(place)),
            None => spelling::organisation(&mut self.dice, &self.organisations, place),
        }
    }

    /// The name of a methodist: one of the first few people.
    pub fn methodist_cell(&mut self) -> Cell {
        let few = self.people.len().min(6);
        let name = match self.dice.chance(85) {
            true => self.people[self.dice.below(few)].name,
            false => self.people[self.dice.below(self.people.len())].name,
        };
        if self.dice.chance(25) {
            spelling::initials(&mut self.dice, name)
        } else {
            spelling::name(&mut self.dice, name)
        }
    }

    /// The year of D.
    pub fn report_year(&self) -> i32 {
        self.period.to.year()
    }
}
