//! What the rows of «Организации» say of one organisation as of D: whether it is open, its type, and
//! whether it is included in the mentoring model (methodology §2.8).

use chrono::NaiveDate;

use crate::finding::{Code, Findings, Place};
use crate::people::organisation::{Mentoring, NotIncluded, TypeFrom};
use crate::people::organisation_kind::{TypeCell, type_by_name, type_cell};
use crate::people::organisation_words::Class;
use crate::registers::record::{DateCell, Flag, OrganisationRow};
use crate::registers::{Dataset, Field, RegisterId};

const REGISTER: Option<RegisterId> = Some(RegisterId::Organizations);

/// The facts of one organisation.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Whether it is open on D.
    pub open: bool,
    /// Its type, where one is told.
    pub class: Option<Class>,
    /// What told the type.
    pub type_from: TypeFrom,
    /// Whether it is in the mentoring model on D.
    pub mentoring: Mentoring,
}

/// Reads the facts of one organisation from its rows.
pub struct FactsReader<'a> {
    /// The inputs.
    pub dataset: &'a Dataset,
    /// D.
    pub as_of: NaiveDate,
    /// Where doubts go.
    pub findings: &'a mut Findings,
}

impl FactsReader<'_> {
    fn has(&self, row: &OrganisationRow, field: Field) -> bool {
        self.dataset
            .sheet(row.at.sheet)
            .is_some_and(|sheet| sheet.has(field))
    }

    fn name<'b>(&'b self, row: &OrganisationRow) -> &'b str {
        self.dataset.text(row.name).trim()
    }

    /// The facts of the organisation of `rows`, which is called `name`.
    pub fn read(&mut self, rows: &[&OrganisationRow], name: &str) -> Facts {
        // A row that knows no date says nothing of opening and closing beside one that does.
        let dated =
            |row: &&OrganisationRow| row.opened != DateCell::Empty || row.closed != DateCell::Empty;
        let any_dated = rows.iter().any(dated);
        let mut live: Vec<&OrganisationRow> = Vec::new();
        let mut open = false;
        for row in rows {
            let is_open = self.is_open(row);
            open |= is_open && (!any_dated || dated(row));
            if is_open {
                live.push(row);
            }
        }
        let said = if open { &live[..] } else { rows };
        let (class, type_from) = self.type_of(said, name);
        let mentoring = self.mentoring(said);
        Facts {
            open,
            class,
            type_from,
            mentoring,
        }
    }

    /// Whether the row is open on D. A bare year or month decides where all its days give one answer.
    fn is_open(&mut self, row: &OrganisationRow) -> bool {
        let opened = match row.opened.cell() {
            DateCell::Empty => true,
            cell => match cell.span() {
                Some((_, last)) if last <= self.as_of => true,
                Some((first, _)) if first > self.as_of => false,
                _ => {
                    let seen = format!(
                        "«{}»: по дате открытия не видно, открыта ли организация на отчётную дату",
                        self.name(row)
                    );
                    let place = self.dataset.place(row.at, Field::Opened);
                    self.findings.add(Code("W509"), REGISTER, place, seen);
                    true
                }
            },
        };
        let closed = match row.closed.cell() {
            DateCell::Empty => false,
            cell => match cell.span() {
                Some((first, _)) if first > self.as_of => false,
                Some((_, last)) if last <= self.as_of => true,
                _ => {
                    let seen = format!(
                        "«{}»: по дате закрытия не видно, закрыта ли организация на отчётную дату",
                        self.name(row)
                    );
                    let place = self.dataset.place(row.at, Field::Closed);
                    self.findings.add(Code("E508"), REGISTER, place, seen);
                    true
                }
            },
        };
        opened && !closed
    }

    fn type_of(&mut self, rows: &[&OrganisationRow], name: &str) -> (Option<Class>, TypeFrom) {
        let mut told: Vec<Class> = Vec::new();
        let mut first = None;
        for row in rows {
            first = first.or(Some(*row));
            match type_cell(self.dataset.text(row.kind)) {
                TypeCell::Told(class) => told.push(class),
                TypeCell::Untold | TypeCell::Branch => {}
                TypeCell::Unclear => {
                    let seen = format!(
                        "«{}» — не тип организации",
                        self.dataset.text(row.kind).trim()
                    );
                    let place = self.dataset.place(row.at, Field::OrganisationType);
                    self.findings.add(Code("W507"), REGISTER, place, seen);
                }
            }
        }
        told.sort_unstable();
        told.dedup();
        let place = first.map_or_else(Place::default, |row| {
            self.dataset.place(row.at, Field::OrganisationType)
        });
        let by_name = type_by_name(name);
        match (&told[..], by_name) {
            (&[class], _) => (Some(class), TypeFrom::Cell),
            (&[], Some(class)) => {
                if class == Class::General {
                    let seen = format!("«{name}»: по названию — общеобразовательная");
                    self.findings.add(Code("N505"), REGISTER, place, seen);
                }
                (Some(class), TypeFrom::Name)
            }
            (&[], None) => {
                let seen = format!("«{name}»: ни столбец «Тип», ни название не говорят о типе");
                self.findings.add(Code("E506"), REGISTER, place, seen);
                (None, TypeFrom::None)
            }
            (_, class) => {
                let seen = format!("«{name}»: в строках названы разные типы");
                self.findings.add(Code("E515"), REGISTER, place, seen);
                let from = class.map_or(TypeFrom::None, |_| TypeFrom::Name);
                (class, from)
            }
        }
    }

    fn mentoring(&mut self, rows: &[&OrganisationRow]) -> Mentoring {
        let answers: Vec<Mentoring> = rows.iter().map(|row| self.answer(row)).collect();
        let mut said: Vec<Mentoring> = answers
            .into_iter()
            .filter(|&answer| answer != Mentoring::NotIncluded(NotIncluded::NoColumn))
            .collect();
        said.sort_unstable();
        let included = said.iter().any(|answer| answer.is_included());
        if included && said.iter().any(|answer| !answer.is_included()) {
            for row in rows {
                let seen = format!("«{}»: в строках разные ответы", self.name(row));
                let place = self.dataset.place(row.at, Field::MentoringModel);
                self.findings.add(Code("E503"), REGISTER, place, seen);
            }
            return Mentoring::NotIncluded(NotIncluded::Contradiction);
        }
        said.first()
            .copied()
            .unwrap_or(Mentoring::NotIncluded(NotIncluded::NoColumn))
    }

    /// What one row says of the mentoring model as of D.
    fn answer(&mut self, row: &OrganisationRow) -> Mentoring {
        let no = |why| Mentoring::NotIncluded(why);
        let has_flag = self.has(row, Field::MentoringModel);
        let has_date = self.has(row, Field::IncludedOn);
        let since = match (has_flag, row.mentoring) {
            (false, _) if !has_date => return no(NotIncluded::NoColumn),
            (false, _) => None,
            (true, Flag::Yes) => None,
            (true, Flag::Since(day)) => Some(day),
            (true, Flag::Empty | Flag::No) => {
                if row.included_on.day().is_some_and(|day| day <= self.as_of) {
                    let seen = format!("«{}»: дата включения без «да»", self.name(row));
                    let place = self.dataset.place(row.at, Field::IncludedOn);
                    self.findings.add(Code("E512"), REGISTER, place, seen);
                }
                return no(NotIncluded::No);
            }
        };
        let since = match row.included_on.cell() {
            DateCell::Day(day) => Some(day),
            DateCell::Empty => since,
            DateCell::Month(..) | DateCell::Year(_) | DateCell::Unreadable => {
                let seen = format!("«{}»: дата включения не прочитана", self.name(row));
                let place = self.dataset.place(row.at, Field::IncludedOn);
                self.findings.add(Code("E510"), REGISTER, place, seen);
                return no(NotIncluded::UnreadableDate);
            }
        };
        match since {
            Some(day) if day > self.as_of => no(NotIncluded::NotYet(day)),
            Some(day) => Mentoring::Included { since: Some(day) },
            None if has_flag => Mentoring::Included { since: None },
            None => no(NotIncluded::No),
        }
    }
}
