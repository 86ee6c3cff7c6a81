//! Which organisation a text names, and what the sheet «Организации» says of it
//! (methodology §2.8 and §4, last paragraph).
#![allow(
    clippy::expect_used,
    reason = "a test stops where its ground is missing"
)]

mod facts;
mod order;
mod spellings;

use chrono::NaiveDate;
use mms::finding::Findings;
use mms::people::organisation::{Directory, Organisation, Resolution};
use mms::registers::record::{
    Flag, KeptDate, OrganisationRow, PersonCells, RowRef, StaffRow, YesNo,
};
use mms::registers::{ColumnMeta, Dataset, Field, RegisterId, SheetMeta};
use mms::source::{FileId, SheetId};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn sheet(register: RegisterId, fields: &[Field]) -> SheetMeta {
    SheetMeta {
        file: FileId(0),
        name: String::new(),
        visible: true,
        register: Some(register),
        header_row: Some(0),
        columns: (0u32..)
            .zip(fields)
            .map(|(column, &field)| ColumnMeta {
                column,
                header: String::new(),
                field: Some(field),
            })
            .collect(),
        rows: 0,
        used: 0,
        left_out: std::collections::BTreeMap::new(),
        hidden_rows: None,
    }
}

/// The columns of «Организации».
const ALL_COLUMNS: [Field; 7] = [
    Field::Organisation,
    Field::OrganisationType,
    Field::MentoringModel,
    Field::IncludedOn,
    Field::OtherNames,
    Field::Opened,
    Field::Closed,
];

/// Inputs with the sheet «Организации» (where it has rows) and the staff table.
fn dataset(listed: &[String], staff: &[String]) -> Dataset {
    let mut data = Dataset::default();
    data.sheets.push(sheet(
        RegisterId::Staff,
        &[Field::Name, Field::Organisation, Field::Position],
    ));
    if !listed.is_empty() {
        data.sheets
            .push(sheet(RegisterId::Organizations, &ALL_COLUMNS));
    }
    for (row, text) in (1u32..).zip(listed) {
        // «name = other; names»
        let (name, others) = text.split_once(" = ").unwrap_or((text, ""));
        let row = OrganisationRow {
            at: RowRef {
                sheet: SheetId::of(1),
                row,
            },
            name: data.texts.intern(name),
            kind: data.texts.intern(""),
            mentoring: Flag::Empty,
            included_on: KeptDate::default(),
            other_names: data.texts.intern(others),
            opened: KeptDate::default(),
            closed: KeptDate::default(),
        };
        data.organisations.push(row);
    }
    for (row, text) in (1u32..).zip(staff) {
        let empty = data.texts.intern("");
        let row = StaffRow {
            at: RowRef {
                sheet: SheetId::of(0),
                row,
            },
            person: PersonCells {
                name: empty,
                organisation: data.texts.intern(text),
                snils: None,
                birth: KeptDate::default(),
            },
            position: empty,
            category: empty,
            hired: KeptDate::default(),
            dismissed: KeptDate::default(),
            employment: empty,
            leave: YesNo::Empty,
            teaching_since: KeptDate::default(),
            experience: None,
            methodist: Flag::Empty,
            assigned_to: empty,
            support_form: empty,
        };
        data.staff.push(row);
    }
    data
}

fn directory(data: &Dataset, municipality: &str) -> (Directory, Findings) {
    let mut findings = Findings::default();
    let built = Directory::build(data, municipality, day("2024-09-30"), &mut findings);
    (built, findings)
}

/// The answer as the data file writes it: the name, «~» before it where it is noted, «?» with the
/// names where several fit, «-» where none does.
fn answer(directory: &Directory, text: &str) -> String {
    let name = |id| directory.get(id).map_or("", |o| &o.name).to_owned();
    match directory.resolve(text) {
        Resolution::Empty => String::new(),
        Resolution::Is(id) => name(id),
        Resolution::Taken(id, _) => format!("~{}", name(id)),
        Resolution::Several(_) => "?".to_owned(),
        Resolution::Unknown => "-".to_owned(),
    }
}

/// The organisation that a text names.
fn named<'a>(directory: &'a Directory, text: &str) -> &'a Organisation {
    let id = directory.resolve(text).id().expect(text);
    directory.get(id).expect(text)
}
