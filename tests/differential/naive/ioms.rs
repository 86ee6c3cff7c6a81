//! IOMs: 4.1.2.4, 4.1.2.5, 4.1.3.3 and 4.1.3.4 (methodology 2.3).

use std::collections::BTreeSet;

use super::calendar::{When, when};
use super::{Figure, World};
use crate::towns::town::{Cell, Means, Register, Status, Table};

impl World<'_> {
    /// 4.1.2.4, 4.1.2.5: «take the rows whose kind speaks of «непрерывное повышение профессионального
    /// мастерства», and rows with an empty kind».
    pub fn continuous_ioms(&self, scope: &[usize], managers: bool) -> Figure {
        let of_the_kind = |table: &Table, row: &[Cell]| {
            matches!(
                table.cell(row, "Вид ИОМ"),
                Means::Continuous | Means::Nothing
            )
        };
        self.with_iom(scope, managers, of_the_kind)
    }

    /// 4.1.3.3: «T with an IOM of any kind that overlaps W».
    pub fn ioms(&self, teachers: &[usize]) -> Figure {
        self.with_iom(teachers, false, |_, _| true)
    }

    fn with_iom(
        &self,
        scope: &[usize],
        managers: bool,
        of_the_kind: impl Fn(&Table, &[Cell]) -> bool,
    ) -> Figure {
        if !self.there(Register::Ioms) {
            return Figure::no_data();
        }
        let mut counted = BTreeSet::new();
        for (table, row) in self.records(Register::Ioms) {
            if of_the_kind(table, row) && self.iom_overlaps(table, row) {
                counted.extend(self.person(table, row, "ФИО"));
            }
        }
        self.share(scope, &counted, managers)
    }

    fn iom_overlaps(&self, table: &Table, row: &[Cell]) -> bool {
        let status = table.cell(row, "Статус");
        // ««Проект» and «черновик» are not IOMs yet.»
        if *status == Means::Status(Status::Draft) {
            return false;
        }
        if undated(table) {
            return true;
        }
        let end = when(table.cell(row, "Дата завершения"));
        // «starts on its date of development (its date of completion where that is empty)»
        let start = match when(table.cell(row, "Дата разработки")) {
            When::Empty => end,
            given => given,
        };
        // «One that is over by its status but has no such date overlaps W only when its start is in W.»
        let over = matches!(status, Means::Status(Status::Done | Status::Failed));
        if over && end == When::Empty {
            self.window.holds(start)
        } else {
            self.window.overlaps(start, end)
        }
    }

    /// 4.1.3.4: «T with an IOM successfully completed in W» of «the numerator of 4.1.3.3».
    pub fn completed_ioms(&self, teachers: &[usize]) -> Figure {
        // «where dates are kept but no date of completion, or neither dates nor statuses»
        let tells =
            |table: &Table| table.has("Дата завершения") || undated(table) && table.has("Статус");
        if !self.tables(Register::Ioms).any(tells) {
            return Figure::no_data();
        }
        let (mut with_one, mut completed) = (BTreeSet::new(), BTreeSet::new());
        for (table, row) in self.records(Register::Ioms) {
            let Some(who) = self.person(table, row, "ФИО") else {
                continue;
            };
            if self.iom_overlaps(table, row) {
                with_one.insert(who);
            }
            if self.iom_completed(table, row) {
                completed.insert(who);
            }
        }
        let scope: Vec<usize> = teachers
            .iter()
            .copied()
            .filter(|who| with_one.contains(who))
            .collect();
        self.share(&scope, &completed, false)
    }

    fn iom_completed(&self, table: &Table, row: &[Cell]) -> bool {
        let in_window = self.window.holds(when(table.cell(row, "Дата завершения")));
        match table.cell(row, "Статус") {
            // ««завершён» ends it with success»; «a completed IOM with no date of completion is not
            // counted as completed in W».
            Means::Status(Status::Done) => undated(table) || in_window,
            // «Where the table has no status column, or the cell is empty, a date of completion means success.»
            Means::Nothing => in_window,
            _ => false,
        }
    }
}

fn undated(table: &Table) -> bool {
    !table.has("Дата разработки") && !table.has("Дата завершения")
}
