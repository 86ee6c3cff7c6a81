//! Regional methodists and young teachers: 4.1.3.1, 4.1.3.2, 4.1.3.6 (methodology 2.5, 2.6).

use std::collections::BTreeSet;

use super::calendar::{When, bounds, later, when};
use super::link::{self, Said};
use super::staff::Person;
use super::{Figure, Status, World};
use crate::towns::town::{Means, Name, Register};

impl World<'_> {
    /// Those who hold the status as of D; none where neither the sheet nor the column is there.
    fn status_holders(&self, teachers: &[usize]) -> Option<BTreeSet<usize>> {
        let column = "Региональный методист";
        if !self.there(Register::Methodists) && !self.any_has(Register::Staff, column) {
            return None;
        }
        let mut holders = BTreeSet::new();
        for (table, row) in self.records(Register::Methodists) {
            let (start, end) = (
                when(table.cell(row, "Дата присвоения")),
                when(table.cell(row, "Дата окончания")),
            );
            if self.window.as_of(start, end) {
                holders.extend(self.person(table, row, "ФИО"));
            }
        }
        for (who, person) in self.people.iter().enumerate() {
            // «the staff column (yes, or a date)»
            let says = person.rows.iter().any(|row| match row.cell(column) {
                Means::Yes => true,
                Means::Day(day) => *day <= self.window.to,
                _ => false,
            });
            if says {
                holders.insert(who);
            }
        }
        Some(
            holders
                .into_iter()
                .filter(|who| teachers.contains(who))
                .collect(),
        )
    }

    /// 4.1.3.1.
    pub fn holders(&self, teachers: &[usize]) -> Figure {
        self.status_holders(teachers)
            .map_or_else(Figure::no_data, |holders| {
                self.share(teachers, &holders, false)
            })
    }

    /// 4.1.3.2: «distinct pairs (teacher of T, methodist) as of D» to the holders.
    pub fn assigned(&self, teachers: &[usize]) -> Figure {
        let column = "Закреплён за методистом";
        let source = self.there(Register::Assignments) || self.any_has(Register::Staff, column);
        let Some(holders) = self.status_holders(teachers).filter(|_| source) else {
            return Figure::no_data();
        };
        let mut pairs = BTreeSet::new();
        for table in self.tables(Register::Assignments) {
            let mut above = &Means::Nothing;
            for row in &table.rows {
                // «An empty «ФИО методиста» takes the one above it.»
                if *table.cell(row, "ФИО методиста") != Means::Nothing {
                    above = table.cell(row, "ФИО методиста");
                }
                let (start, end) = (
                    when(table.cell(row, "Дата начала")),
                    when(table.cell(row, "Дата окончания")),
                );
                let said = super::said(table, row, "ФИО педагога");
                let who = link::find(self.town, &self.people, said);
                let methodist = self.methodist(&holders, above, said.organisation);
                if self.window.as_of(start, end) {
                    pairs.extend(who.zip(methodist));
                }
            }
        }
        for (who, person) in self.people.iter().enumerate() {
            for row in &person.rows {
                let methodist = self.methodist(&holders, row.cell(column), Some(row.organisation));
                pairs.extend(methodist.map(|methodist| (who, methodist)));
            }
        }
        // «only when the named methodist resolves to a status holder and is not the teacher»
        pairs.retain(|(who, methodist)| who != methodist && teachers.contains(who));
        let (numerator, denominator) = (pairs.len() as u64, holders.len() as u64);
        let there = denominator > 0;
        let exact = super::Fraction::new(i128::from(numerator), i128::from(denominator));
        Figure {
            status: if there { Status::Ok } else { Status::Undefined },
            numerator,
            denominator: Some(denominator),
            // «4.1.3.2 to one decimal»
            value: there.then(|| exact.rounded(1)),
            exact: there.then_some(exact),
            ..Figure::no_data()
        }
    }

    /// «looked for among the status holders alone, by full name or by initials that one of them fits»
    fn methodist(
        &self,
        holders: &BTreeSet<usize>,
        spelled: &Means,
        organisation: Option<usize>,
    ) -> Option<usize> {
        let said = Said {
            spelled,
            organisation,
            snils: None,
            birth: None,
        };
        let among = || holders.iter().copied();
        let by_name = |name: Name| link::only(among().filter(|&who| self.people[who].bears(name)));
        if let Some(settled) = link::settled(self.town, &self.people, said, by_name) {
            return settled.filter(|who| holders.contains(who));
        }
        match spelled {
            Means::Name(name) => by_name(*name),
            Means::Initials(name) => {
                link::only(among().filter(|&who| link::fits(&self.people[who], *name)))
            }
            _ => None,
        }
    }

    /// 4.1.3.6: young teachers in their first years, those with a support record that overlaps W.
    pub fn young(&self, teachers: &[usize]) -> Figure {
        let column = "Форма поддержки";
        if !self.there(Register::Support) && !self.any_has(Register::Staff, column) {
            return Figure::no_data();
        }
        // «an indicator is «нет данных» only when no sheet of its register has the column that it
        // cannot do without»
        let born = self.any_has(Register::Staff, "Дата рождения");
        let started = [
            "Дата начала педагогической деятельности",
            "Педагогический стаж",
        ]
        .iter()
        .any(|column| self.any_has(Register::Staff, column));
        if !born || self.town.options.first_years && !started {
            return Figure::no_data();
        }
        let mut supported = BTreeSet::new();
        for (table, row) in self.records(Register::Support) {
            let undated = !table.has("Дата начала") && !table.has("Дата окончания");
            let (start, end) = (
                when(table.cell(row, "Дата начала")),
                when(table.cell(row, "Дата окончания")),
            );
            if undated || self.window.overlaps(start, end) {
                supported.extend(self.person(table, row, "ФИО"));
            }
        }
        for (who, person) in self.people.iter().enumerate() {
            // «when filled and no «нет», is a support record without dates: it counts»
            if person
                .rows
                .iter()
                .any(|row| *row.cell(column) == Means::Remark)
            {
                supported.insert(who);
            }
        }
        let options = &self.town.options;
        let scope: Vec<usize> = teachers
            .iter()
            .copied()
            .filter(|&who| self.is_young(&self.people[who]))
            .filter(|&who| !options.first_years || self.in_first_years(&self.people[who]))
            .collect();
        self.share(&scope, &supported, false)
    }

    /// «younger than 35 full years on D»; `young.inclusive`: «aged exactly max_age counts».
    fn is_young(&self, person: &Person<'_>) -> bool {
        let options = &self.town.options;
        let limit = options.max_age + i32::from(options.inclusive);
        let written: BTreeSet<_> = match person.birth {
            Some(day) => [(day, day)].into(),
            None if person.rows.iter().any(|row| row.birth.is_some()) => BTreeSet::new(),
            None => person
                .rows
                .iter()
                .filter_map(|row| bounds(row.cell("Дата рождения")))
                .collect(),
        };
        // A bare year or month: «decided when all its days give one answer».
        written.len() == 1
            && written
                .iter()
                .all(|(first, _)| self.window.to < later(*first, limit))
    }

    /// «D earlier than the third anniversary of the start of pedagogical work»
    fn in_first_years(&self, person: &Person<'_>) -> bool {
        let (options, to) = (&self.town.options, self.window.to);
        let cells = || {
            person
                .rows
                .iter()
                .map(|row| row.cell("Дата начала педагогической деятельности"))
        };
        // «the earliest start and the greatest experience count»
        let firsts = cells().filter_map(bounds).map(|(first, _)| first);
        let lasts = cells().filter_map(bounds).map(|(_, last)| last);
        if let (Some(first), Some(last)) = (firsts.min(), lasts.min()) {
            let answers = [
                to < later(first, options.years),
                to < later(last, options.years),
            ];
            return answers == [true, true];
        }
        if cells().any(|cell| when(cell) == When::Bad) {
            return false;
        }
        let experience =
            person
                .rows
                .iter()
                .filter_map(|row| match row.cell("Педагогический стаж") {
                    Means::Experience(hundredths) => Some(*hundredths),
                    _ => None,
                });
        // «without it, from «Педагогический стаж»; without either, left out»
        experience
            .max()
            .is_some_and(|hundredths| hundredths < i64::from(options.years) * 1200)
    }
}
