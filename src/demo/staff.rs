//! «Сотрудники»: one row for everybody, and those that faults add.

use std::io;

use super::chance::later;
use super::faults::FaultId;
use super::person::Person;
use super::snils;
use super::table::{Cell, Column, Table};
use super::town::Town;

/// The columns.
pub const COLUMNS: &[Column] = &[
    ("№ п/п", 8),
    ("ФИО", 38),
    ("Наименование ОО", 34),
    ("Должность", 44),
    ("СНИЛС", 16),
    ("Дата рождения", 13),
    ("Дата приёма на работу", 13),
    ("Дата увольнения", 13),
    ("Вид занятости", 26),
    ("В длительном отпуске", 13),
    ("Дата начала педагогической деятельности", 18),
];

/// Writes the rows.
///
/// # Errors
/// The disk fails.
pub fn write(town: &Town, table: &mut Table<'_>) -> io::Result<()> {
    let mut number = 0;
    for (index, person) in town.people() {
        let fault = town.planted.on(index);
        let mut row = Row::new(town, index, &person);
        match fault.map(|fault| fault.id) {
            Some(FaultId::PositionMisspelt) => row.position = "педогог-психолог".into(),
            Some(FaultId::OrganisationMisspelt) => {
                row.organisation = town.organisation(person.organisation).misspelt().into();
            }
            Some(FaultId::HiredUnreadable) => row.hired = "32.01.2019".into(),
            Some(FaultId::DismissedUnreadable) => row.dismissed = "31.09.2024".into(),
            Some(FaultId::PartTimerBare) => row.employment = "совместитель".into(),
            Some(FaultId::BirthMissing) => row.birth = "".into(),
            Some(FaultId::StartMissing) => row.teaching_since = "".into(),
            Some(FaultId::SnilsWrong) => row.snils = snils::wrong(&town.snils(index)).into(),
            _ => {}
        }
        let added = second_row(town, index, &person, fault.map(|fault| fault.id));
        let here = fault.filter(|fault| fault.register == crate::registers::RegisterId::Staff);
        number += 1;
        // Of two rows the finding stands at the first.
        row.write(number, table, here)?;
        if let Some(row) = added {
            number += 1;
            row.write(number, table, None)?;
        }
    }
    Ok(())
}

/// The second row of a fault that is one of two rows.
fn second_row<'a>(
    town: &Town,
    index: u64,
    person: &'a Person,
    fault: Option<FaultId>,
) -> Option<Row<'a>> {
    let mut row = Row::new(town, index, person);
    match fault? {
        FaultId::BirthsDiffer => {
            row.birth = later(person.birth, 1).into();
            row.employment = "внутреннее совместительство".into();
        }
        FaultId::SameName => {
            row.snils = "".into();
            row.birth = "".into();
            let elsewhere = person.organisation.checked_sub(1).unwrap_or(1);
            row.organisation = town.organisation(elsewhere).name().into();
        }
        _ => return None,
    }
    Some(row)
}

struct Row<'a> {
    name: Cell<'a>,
    organisation: Cell<'a>,
    position: Cell<'a>,
    snils: Cell<'a>,
    birth: Cell<'a>,
    hired: Cell<'a>,
    dismissed: Cell<'a>,
    employment: Cell<'a>,
    leave: Cell<'a>,
    teaching_since: Cell<'a>,
}

impl<'a> Row<'a> {
    fn new(town: &Town, index: u64, person: &'a Person) -> Self {
        Self {
            name: person.name().into(),
            organisation: town.organisation(person.organisation).name().into(),
            position: person.position.into(),
            snils: town.snils(index).into(),
            birth: person.birth.into(),
            hired: person.hired.into(),
            dismissed: person.dismissed.into(),
            employment: person.employment.into(),
            leave: if person.leave { "да" } else { "" }.into(),
            teaching_since: person.teaching_since.into(),
        }
    }

    fn write(
        self,
        number: u32,
        table: &mut Table<'_>,
        fault: Option<&'static super::faults::Fault>,
    ) -> io::Result<()> {
        let cells = [
            Cell::Number(number),
            self.name,
            self.organisation,
            self.position,
            self.snils,
            self.birth,
            self.hired,
            self.dismissed,
            self.employment,
            self.leave,
            self.teaching_since,
        ];
        table.row(&cells, fault)
    }
}
