//! Organisations: those open on D, and mentoring, 4.1.3.5 (methodology 2.8).

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{When, when};
use super::{Figure, Part, Parts, World};
use crate::towns::town::{Cell, Means, Register, Table};

const MODEL: &str = "Целевая модель наставничества";
const INCLUDED: &str = "Дата включения";

impl World<'_> {
    /// «counts the rows of «Организации» open on D, branches not, or without that sheet the
    /// organisations of the people employed on D»
    pub fn organisations(&self) -> usize {
        if self.there(Register::Organizations) {
            return self.open().len();
        }
        let rows = self.people.iter().flat_map(|person| &person.rows);
        rows.filter(|row| row.employed)
            .map(|row| row.organisation)
            .collect::<BTreeSet<usize>>()
            .len()
    }

    /// The organisations open on D with their rows.
    fn open(&self) -> BTreeMap<usize, Vec<(&Table, &[Cell])>> {
        let mut open: BTreeMap<usize, Vec<(&Table, &[Cell])>> = BTreeMap::new();
        for (table, row) in self.records(Register::Organizations) {
            let Means::Organisation(place) = table.cell(row, "Организация") else {
                continue;
            };
            let (opened, closed) = (
                when(table.cell(row, "Дата открытия")),
                when(table.cell(row, "Дата закрытия")),
            );
            if self.window.as_of(opened, closed) {
                open.entry(*place).or_default().push((table, row));
            }
        }
        open
    }

    /// 4.1.3.5: general-education organisations included in the mentoring model as of D.
    pub fn mentoring(&self) -> Figure {
        let tells = self.any_has(Register::Organizations, MODEL)
            || self.any_has(Register::Organizations, INCLUDED);
        if !self.there(Register::Organizations) || !tells {
            return Figure::no_data();
        }
        let mut parts = Parts::new();
        for (place, rows) in self.open() {
            // «by the cell «Тип» or, where it is empty, by the name»
            let school = rows
                .iter()
                .any(|(table, row)| match table.cell(row, "Тип") {
                    Means::School(school) => *school,
                    _ => self.town.organisations[place].school,
                });
            if school {
                // «An organisation that stands twice with different answers is not included.»
                let included = rows.iter().all(|(table, row)| self.included(table, row));
                parts.insert(Part::Organisation(place), (u64::from(included), Some(1)));
            }
        }
        let numerator = parts.values().map(|part| part.0).sum();
        Figure::share(
            numerator,
            parts.len() as u64,
            self.town.options.decimals,
            parts,
        )
    }

    /// «A yes with no date of inclusion counts; where there is no yes/no column, a date is the yes.»
    fn included(&self, table: &Table, row: &[Cell]) -> bool {
        let date = when(table.cell(row, INCLUDED));
        let yes = if table.has(MODEL) {
            *table.cell(row, MODEL) == Means::Yes
        } else {
            date != When::Empty
        };
        yes && self.window.as_of(date, When::Empty)
    }
}
