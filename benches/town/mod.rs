//! A clean town of any size for measurements: a file for each register in the contract's columns,
//! every cell readable, every record with its person, all fourteen figures computable.
//!
//! Unlike the town of `mms demo` nothing is wrong in it, so that plain scripts, which check nothing,
//! reach the same figures. As there, nothing of the people is kept: each organisation is drawn anew
//! for each table, and the same size gives the same files on every machine.
#![allow(
    dead_code,
    clippy::disallowed_methods,
    reason = "each program takes what it needs; these files are no outputs of the program"
)]

pub mod layers;
pub mod people;
pub mod records;
pub mod things;

use std::fs::{self, File};
use std::io;
use std::path::Path;

use mms::demo::table::{Column, Form, Table};

/// The seed of all draws.
pub const SEED: u64 = 20_240_930;

/// The period for which everything is arranged.
pub const PERIOD: &str = "2024-Q3";

type Rows = fn(u64, &mut Table<'_>) -> io::Result<()>;

/// The tables: the name of the file, the columns, what writes the rows.
fn tables() -> [(&'static str, Vec<Column>, Rows); 12] {
    let of_people = |own: &[Column]| [&records::WHO[..], own].concat();
    let (diagnostics, courses) = (&records::DIAGNOSTICS, &records::COURSES);
    let assignments = [
        &[("ФИО педагога", 38)],
        &records::WHO[1..],
        &records::ASSIGNMENTS,
    ]
    .concat();
    [
        (
            "Организации",
            things::ORGANISATIONS.to_vec(),
            things::write_organisations,
        ),
        ("Сотрудники", people::COLUMNS.to_vec(), people::write),
        ("Диагностика", of_people(diagnostics), records::diagnostics),
        ("Курсы", of_people(courses), records::courses),
        ("ИОМ", of_people(&records::IOMS), records::ioms),
        (
            "Региональные методисты",
            of_people(&records::METHODISTS),
            records::methodists,
        ),
        ("Закрепление", assignments, records::assignments),
        (
            "Поддержка молодых педагогов",
            of_people(&records::SUPPORT),
            records::support,
        ),
        ("Дорожная карта", things::ROADMAP.to_vec(), things::roadmap),
        ("Опрос", things::SURVEY.to_vec(), things::survey),
        (
            "Федеральный реестр",
            things::REGISTRY.to_vec(),
            things::registry,
        ),
        (
            "Плановые значения",
            things::TARGETS.to_vec(),
            things::targets,
        ),
    ]
}

/// Writes a town whose staff table has so many rows into a folder, and gives the rows of each file.
///
/// # Errors
/// The disk fails.
pub fn write(folder: &Path, staff: u64, form: Form) -> io::Result<Vec<(String, u64)>> {
    fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    for (name, columns, rows) in tables() {
        let file = format!("{name}.{}", form.ending());
        let (mut out, mut faults) = (File::create(folder.join(&file))?, Vec::new());
        let mut table = Table::begin(form, name, &columns, &mut out, folder, &mut faults)?;
        rows(staff, &mut table)?;
        written.push((file, table.end()?));
    }
    Ok(written)
}
