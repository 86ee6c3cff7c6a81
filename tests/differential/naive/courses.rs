//! Diagnostics and courses: 4.1.2.1 to 4.1.2.3 and 4.1.2.6 (methodology 2, 2.2, 2.4).

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{When, later, when};
use super::{Figure, Part, Parts, Status, World};
use crate::towns::town::{self, Cell, Means, Register, Table};

const DATES: [&str; 4] = [
    "Дата начала",
    "Дата окончания",
    "Дата выдачи удостоверения",
    "Сроки обучения",
];

impl World<'_> {
    /// 4.1.2.1, 4.1.2.2: «T (M) with a diagnostics record in W».
    pub fn diagnosed(&self, scope: &[usize], managers: bool) -> Figure {
        if !self.there(Register::Diagnostics) {
            return Figure::no_data();
        }
        let mut counted = BTreeSet::new();
        for (table, row) in self.records(Register::Diagnostics) {
            // «a table has no date column at all: its records count as belonging to W»
            let in_window = !table.has("Дата диагностики")
                || self.window.holds(when(table.cell(row, "Дата диагностики")));
            if in_window && self.diagnostics_counts(table, row) {
                counted.extend(self.person(table, row, "ФИО"));
            }
        }
        self.share(scope, &counted, managers)
    }

    /// «counts whatever its result; one whose status says «не завершил» or the like does not»;
    /// «an empty status allows»; «an unknown phrase does not count where the status matters».
    fn diagnostics_counts(&self, table: &Table, row: &[Cell]) -> bool {
        match table.cell(row, "Статус") {
            Means::Status(town::Status::Own) => self.town.options.own_status,
            Means::Status(status) => *status == town::Status::Done,
            _ => true,
        }
    }

    /// 4.1.2.3: completed in W, in the federal registry, chosen with regard to diagnostics (2.2).
    pub fn courses(&self, teachers: &[usize]) -> Figure {
        // «the registry (neither a column nor the sheet), the choice by diagnostics (neither a
        // column nor a table of diagnostics)»
        let registry = self.any_has(Register::Courses, "В Федеральном реестре")
            || self.there(Register::Registry);
        let choice = self.any_has(Register::Courses, "Подобрана по диагностике")
            || self.there(Register::Diagnostics);
        if !self.there(Register::Courses) || !registry || !choice {
            return Figure::no_data();
        }
        let mut counted = BTreeSet::new();
        for (table, row) in self.records(Register::Courses) {
            let Some(who) = self.person(table, row, "ФИО") else {
                continue;
            };
            if self.completed(table, row)
                && self.in_registry(table, row)
                && self.chosen(table, row, who)
            {
                counted.insert(who);
            }
        }
        self.share(teachers, &counted, false)
    }

    /// «its end date (the date of its certificate where that is empty) is in W, and its status, if
    /// given, is not «отчислен», «обучается» or the like»
    fn completed(&self, table: &Table, row: &[Cell]) -> bool {
        let done = !matches!(table.cell(row, "Статус"), Means::Status(status) if *status != town::Status::Done);
        done && (undated(table) || self.window.holds(end(table, row)))
    }

    /// «the cell, when filled, decides; where it is empty or absent, the sheet decides by the number
    /// of the programme or by its title»
    fn in_registry(&self, table: &Table, row: &[Cell]) -> bool {
        match table.cell(row, "В Федеральном реестре") {
            Means::Yes => true,
            Means::No => false,
            _ => self.records(Register::Registry).any(|(sheet, entry)| {
                ["Номер программы", "Программа"].iter().any(|column| {
                    let own = table.cell(row, column);
                    matches!(own, Means::Programme(_)) && own == sheet.cell(entry, column)
                })
            }),
        }
    }

    /// «the cell «Подобрана по диагностике» says yes; where the table has no such column, the person
    /// has a diagnostics record on or before the course's start date (end date when no start is
    /// given), at most 3 years earlier»
    fn chosen(&self, table: &Table, row: &[Cell], who: usize) -> bool {
        if table.has("Подобрана по диагностике") {
            return *table.cell(row, "Подобрана по диагностике") == Means::Yes;
        }
        let course = match start(table, row) {
            When::Empty => end(table, row),
            given => given,
        };
        self.records(Register::Diagnostics).any(|(sheet, record)| {
            let before = match (when(sheet.cell(record, "Дата диагностики")), course)
            {
                // «An undated diagnostics record, of a table without dates, comes before any course.»
                _ if !sheet.has("Дата диагностики") => true,
                (When::Day(day), When::Day(course)) => day <= course && later(day, 3) >= course,
                _ => false,
            };
            before
                && self.diagnostics_counts(sheet, record)
                && self.person(sheet, record, "ФИО") == Some(who)
        })
    }

    /// 4.1.2.6: «distinct teams with a course record that overlaps W» (2.4).
    pub fn teams(&self, managers: &[usize]) -> Figure {
        if !self.there(Register::Courses) {
            return Figure::no_data();
        }
        let named = self.any_has(Register::Courses, "Управленческая команда");
        let teams: BTreeSet<Part> = if named {
            self.named_teams()
        } else if self.town.options.derive {
            self.derived_teams(managers)
        } else {
            // «Where the table has no such column the value is «нет данных»»
            return Figure::no_data();
        };
        let parts: Parts = teams.into_iter().map(|team| (team, (1, None))).collect();
        let count = parts.len() as u64;
        Figure {
            status: Status::Ok,
            numerator: count,
            denominator: None,
            value: Some(count.to_string()),
            exact: Some(super::Fraction::new(i128::from(count), 1)),
            parts: Some(parts),
            ..Figure::no_data()
        }
    }

    /// «counts by the record of anyone employed on D, whatever the position»
    fn named_teams(&self) -> BTreeSet<Part> {
        let mut teams = BTreeSet::new();
        for (table, row) in self.records(Register::Courses) {
            let Means::Team(team) = table.cell(row, "Управленческая команда")
            else {
                continue;
            };
            let employed = self
                .person(table, row, "ФИО")
                .is_some_and(|who| self.people[who].employed());
            if employed && self.took_part(table, row) {
                teams.insert(Part::Team(*team));
            }
        }
        teams
    }

    /// «a team is an organisation from which at least `teams.min_members` people of M took the same
    /// programme, with records that overlap W»
    fn derived_teams(&self, managers: &[usize]) -> BTreeSet<Part> {
        let mut members: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
        for (table, row) in self.records(Register::Courses) {
            let Means::Programme(programme) = table.cell(row, "Программа") else {
                continue;
            };
            let Some(who) = self
                .person(table, row, "ФИО")
                .filter(|who| managers.contains(who))
            else {
                continue;
            };
            if self.took_part(table, row) {
                for home in self.people[who].homes(true) {
                    members.entry((home, *programme)).or_default().insert(who);
                }
            }
        }
        let enough = |members: &BTreeSet<usize>| members.len() >= self.town.options.min_members;
        members
            .iter()
            .filter(|(_, people)| enough(people))
            .map(|((home, _), _)| Part::Organisation(*home))
            .collect()
    }

    /// «Taking part is enough»; «не приступал», «зарегистрирован», «записан», «заявка», «отказ» did
    /// not; «a course of an unknown status still has its participants».
    fn took_part(&self, table: &Table, row: &[Cell]) -> bool {
        if *table.cell(row, "Статус") == Means::Status(town::Status::Absent) {
            return false;
        }
        match (start(table, row), end(table, row)) {
            _ if undated(table) => true,
            // «A course record with one date alone overlaps W when that date is in W.»
            (When::Empty, alone) | (alone, When::Empty) => self.window.holds(alone),
            (start, end) => self.window.overlaps(start, end),
        }
    }
}

fn undated(table: &Table) -> bool {
    !DATES.iter().any(|column| table.has(column))
}

fn start(table: &Table, row: &[Cell]) -> When {
    match table.cell(row, "Сроки обучения") {
        Means::Period(from, _) => When::Day(*from),
        _ => when(table.cell(row, "Дата начала")),
    }
}

fn end(table: &Table, row: &[Cell]) -> When {
    match (
        table.cell(row, "Сроки обучения"),
        when(table.cell(row, "Дата окончания")),
    ) {
        (Means::Period(_, to), _) => When::Day(*to),
        (_, When::Empty) => when(table.cell(row, "Дата выдачи удостоверения")),
        (_, given) => given,
    }
}
