//! Towns from a seed: small, but with something on every edge that the methodology draws.

mod organisations;
mod people;
mod registers;
mod settings;
mod survey;

use chrono::{Days, NaiveDate};

use super::dice::Dice;
use super::naive::calendar::{later, window};
use super::spelling;
use super::town::{Cell, Means, Name, Organisation, Register, Span, Table, Town};

/// A town for a seed: the same seed gives the same town.
pub fn town(seed: u64) -> Town {
    let mut dice = Dice::new(seed);
    let period = settings::period(&mut dice);
    let mut options = settings::options(&mut dice);
    let organisations = organisations::all(&mut dice, options.municipality);
    let from = window(&period, options.frame).unwrap_or(later(period.to, -2));
    let mut builder = Builder {
        dice,
        period,
        from,
        organisations,
        people: Vec::new(),
        tables: Vec::new(),
        experience: false,
    };
    builder.organisations_table();
    builder.staff();
    builder.records();
    builder.roadmap();
    builder.survey(&mut options);
    builder.plans(&mut options);
    let Builder {
        period,
        organisations,
        tables,
        ..
    } = builder;
    Town {
        period,
        options,
        organisations,
        tables,
    }
}

/// Somebody of whom the tables speak.
#[derive(Clone, Debug)]
struct Person {
    name: Name,
    snils: Option<u32>,
    birth: Option<NaiveDate>,
    home: usize,
}

struct Builder {
    dice: Dice,
    period: Span,
    /// The first day of the window, or some day in the past.
    from: NaiveDate,
    organisations: Vec<Organisation>,
    people: Vec<Person>,
    tables: Vec<Table>,
    /// Whether staff tables may have «Педагогический стаж».
    experience: bool,
}

impl Builder {
    /// A day on or near an edge, or anywhere.
    fn day(&mut self) -> NaiveDate {
        let (from, to) = (self.from, self.period.to);
        let edge = match self.dice.below(14) {
            0 | 1 => from,
            2 | 3 => to,
            4 => self.period.from,
            5 => later(to, -3),
            6 => later(from, -3),
            7 | 8 => {
                return from
                    + Days::new(self.dice.below((to - from).num_days() as usize + 1) as u64);
            }
            _ => return to + Days::new(120) - Days::new(self.dice.below(1500) as u64),
        };
        edge + Days::new(1) - Days::new(self.dice.below(3) as u64)
    }

    /// A cell of a date: mostly a day, now and then empty or unreadable.
    fn date(&mut self, empty: usize) -> Cell {
        let day = self.day();
        if self.dice.chance(empty) {
            return spelling::empty_value(&mut self.dice);
        }
        match self.dice.below(60) {
            0 => spelling::unreadable(&mut self.dice),
            1 => spelling::part_of_date(&mut self.dice, day),
            _ => self.written(day),
        }
    }

    /// A date of a day.
    fn written(&mut self, day: NaiveDate) -> Cell {
        use chrono::Datelike;
        spelling::date(&mut self.dice, day, self.period.to.year())
    }

    /// A cell of a yes/no column.
    fn yes_no(&mut self, yes: usize) -> Cell {
        if self.dice.chance(yes) {
            let words = [
                "да",
                "Да",
                "+",
                "1",
                "true",
                "истина",
                "v",
                "✓",
                "х",
                "x",
                "имеется",
                "включена",
            ];
            spelling::cell(*self.dice.pick(&words), Means::Yes)
        } else if self.dice.chance(40) {
            spelling::blank()
        } else {
            spelling::cell(
                *self.dice.pick(&["нет", "Нет", "0", "false", "ложь"]),
                Means::No,
            )
        }
    }

    /// The required columns, and each of the others so many times of a hundred, in any order.
    fn columns(&mut self, register: Register, others: &[(&str, usize)]) -> Vec<String> {
        let mut columns: Vec<String> = register
            .required()
            .iter()
            .map(|&column| column.to_owned())
            .collect();
        for &(column, percent) in others {
            if self.dice.chance(percent) {
                columns.push(column.to_owned());
            }
        }
        self.dice.shuffle(&mut columns);
        columns
    }

    /// Adds a table whose cells `write` makes, column by column.
    fn table(
        &mut self,
        register: Register,
        columns: Vec<String>,
        rows: usize,
        mut write: impl FnMut(&mut Self, &str) -> Cell,
    ) {
        let rows = (0..rows)
            .map(|_| columns.iter().map(|column| write(self, column)).collect())
            .collect();
        self.tables.push(Table {
            register,
            columns,
            rows,
            three_names: false,
        });
    }

    /// How many tables a register has here: mostly one.
    fn how_many(&mut self, none: usize) -> usize {
        match self.dice.below(100) {
            throw if throw < none => 0,
            throw if throw < 85 => 1,
            _ => 2,
        }
    }
}
