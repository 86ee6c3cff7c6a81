//! The road map: 4.1.1 (methodology 2.1).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::calendar::{When, when};
use super::{Figure, Status, World};
use crate::towns::town::{self, Cell, Means, Register, Table};

/// A measure, by all its rows.
#[derive(Default)]
struct Measure {
    due: bool,
    done: bool,
    active: bool,
    regional: bool,
    federal: bool,
}

impl World<'_> {
    /// 4.1.1: the four conditions, and of the measures due by D those done by D.
    pub fn roadmap(&self) -> Figure {
        if !self.there(Register::Roadmap) {
            return Figure::no_data();
        }
        // «A measure with the same title, level and deadline twice counts once, as done if one of the two is.»
        let mut measures: BTreeMap<String, Measure> = BTreeMap::new();
        for (table, row) in self.records(Register::Roadmap) {
            // «A row with one filled cell is a heading.»
            if row
                .iter()
                .filter(|cell| !cell.text.trim().is_empty())
                .count()
                < 2
            {
                continue;
            }
            let cell = |column| table.cell(row, column);
            let key = format!(
                "{:?} {:?} {:?}",
                cell("Мероприятие"),
                cell("Уровень"),
                cell("Срок")
            );
            let measure = measures.entry(key).or_default();
            measure.due |= self
                .deadline(cell("Срок"))
                .is_some_and(|day| day <= self.window.to);
            measure.done |= self.done(table, row);
            measure.active |= *cell("Статус") == Means::Status(town::Status::Active);
            measure.regional |= *cell("Уровень") == Means::Regional;
            measure.federal |= *cell("Уровень") == Means::Federal;
        }
        let any = |says: fn(&Measure) -> bool| measures.values().any(says);
        let conditions = [
            !measures.is_empty(),
            any(|own| own.done || own.active),
            any(|own| own.regional),
            any(|own| own.federal),
        ];
        let due = measures.values().filter(|own| own.due);
        Figure {
            status: Status::Ok,
            numerator: due.clone().filter(|own| own.done).count() as u64,
            denominator: Some(due.count() as u64),
            value: Some(if conditions == [true; 4] { "yes" } else { "no" }.to_owned()),
            conditions: Some(conditions),
            ..Figure::no_data()
        }
    }

    /// «a date, or a month, quarter, half-year or year, of which the last day counts; «в течение
    /// года» and the like are 31 December of D's year»
    fn deadline(&self, means: &Means) -> Option<NaiveDate> {
        match means {
            Means::Day(day) | Means::Deadline(day) | Means::Part(_, day) => Some(*day),
            Means::WholeYear => NaiveDate::from_ymd_opt(self.window.to.year(), 12, 31),
            _ => None,
        }
    }

    /// «done when its status says so, or is empty beside a date of completion, and that date, if
    /// given, is ≤ D»
    fn done(&self, table: &Table, row: &[Cell]) -> bool {
        let date = when(table.cell(row, "Дата выполнения"));
        let says = match table.cell(row, "Статус") {
            Means::Status(status) => *status == town::Status::Done,
            _ => date != When::Empty,
        };
        says && self.window.as_of(date, When::Empty)
    }
}
