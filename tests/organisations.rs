//! Which organisation a text names, and what the sheet «Организации» says of it
//! (methodology §2.8 and §4, last paragraph).

use chrono::NaiveDate;
use mms::finding::Findings;
use mms::people::organisation::{Directory, Resolution};
use mms::people::organisation_kind::general_education;
use mms::registers::record::{DateCell, Flag, OrganisationRow, PersonCells, RowRef, StaffRow};
use mms::registers::{ColumnMeta, Dataset, Field, RegisterId, SheetMeta};
use mms::source::{FileId, SheetId};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    town: Vec<Town>,
    #[serde(rename = "type")]
    types: Vec<(String, String, String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Town {
    why: String,
    #[serde(default)]
    municipality: String,
    #[serde(default)]
    listed: Vec<String>,
    #[serde(default)]
    staff: Vec<String>,
    spellings: Vec<(String, String, String)>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("data/organisations.toml")).expect("tests/data/organisations.toml")
}

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

/// Inputs with the sheet «Организации» (where it has rows) and the staff table.
fn dataset(listed: &[String], staff: &[String]) -> Dataset {
    let mut data = Dataset::default();
    data.sheets.push(sheet(
        RegisterId::Staff,
        &[Field::Name, Field::Organisation, Field::Position],
    ));
    if !listed.is_empty() {
        data.sheets.push(sheet(
            RegisterId::Organizations,
            &[
                Field::Organisation,
                Field::OrganisationType,
                Field::MentoringModel,
                Field::IncludedOn,
                Field::OtherNames,
                Field::Opened,
                Field::Closed,
            ],
        ));
    }
    for (row, text) in (1u32..).zip(listed) {
        // «name = other; names»
        let (name, others) = text.split_once(" = ").unwrap_or((text, ""));
        let row = OrganisationRow {
            at: RowRef {
                sheet: SheetId(1),
                row,
            },
            name: data.texts.intern(name),
            kind: data.texts.intern(""),
            mentoring: Flag::Empty,
            included_on: DateCell::Empty,
            other_names: data.texts.intern(others),
            opened: DateCell::Empty,
            closed: DateCell::Empty,
        };
        data.organisations.push(row);
    }
    for (row, text) in (1u32..).zip(staff) {
        let empty = data.texts.intern("");
        let row = StaffRow {
            at: RowRef {
                sheet: SheetId(0),
                row,
            },
            person: PersonCells {
                name: empty,
                organisation: data.texts.intern(text),
                snils: None,
                birth: DateCell::Empty,
            },
            position: empty,
            category: empty,
            hired: DateCell::Empty,
            dismissed: DateCell::Empty,
            employment: empty,
            leave: Flag::Empty,
            teaching_since: DateCell::Empty,
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

#[test]
fn spellings_find_their_organisation() {
    let mut wrong = Vec::new();
    for town in cases().town {
        let data = dataset(&town.listed, &town.staff);
        let (directory, _) = directory(&data, &town.municipality);
        for (text, expected, why) in &town.spellings {
            let found = answer(&directory, text);
            if found != *expected {
                wrong.push(format!(
                    "{}: «{text}» is {found}, not {expected} ({why})",
                    town.why
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn types_by_cell_and_name() {
    let mut wrong = Vec::new();
    for (cell, name, expected, why) in cases().types {
        let found = match general_education(&cell, &name) {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        };
        if found != expected {
            wrong.push(format!(
                "«{cell}», «{name}»: {found}, not {expected} ({why})"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
