//! A made-up municipality: a file for each register, with faults that are planted and listed. It
//! shows what the program does, and feeds its benchmarks.
//!
//! Nothing of the people is kept in memory: each fact of each person is drawn anew from the seed
//! and the person's index ([`chance`]), so two million of them take as little as two hundred. The
//! same seed gives the same bytes on every machine.

pub mod chance;
pub mod faults;
pub mod list;
pub mod organisation;
pub mod person;
pub mod records;
pub mod snils;
pub mod staff;
pub mod table;
pub mod things;
pub mod town;
pub mod who;
pub mod words;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use self::table::{Column, Form, Table};
use self::town::Town;
use crate::failure::Failure;
use crate::report::output::{Output, Replace, make_folder};

/// The largest staff of workbooks: every register then fits the 1 048 576 rows of a sheet.
pub const XLSX_STAFF: u64 = 1_000_000;

/// What is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many people the staff table has.
    pub staff: u64,
    /// What everything follows from.
    pub seed: u64,
    /// The form of the files.
    pub form: Form,
}

/// A file that was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// Its name.
    pub file: String,
    /// Its rows below the header; none of a file that is no table.
    pub rows: Option<u64>,
}

type Rows = fn(&Town, &mut Table<'_>) -> io::Result<()>;

/// The tables: the name of the file, the columns, what writes the rows.
fn tables() -> Vec<(&'static str, Vec<Column>, Rows)> {
    let of_people = |own: &[Column]| [&who::COLUMNS[..], own].concat();
    vec![
        (
            "Организации",
            things::ORGANISATIONS.to_vec(),
            things::organisations,
        ),
        ("Сотрудники", staff::COLUMNS.to_vec(), staff::write),
        (
            "Диагностика",
            of_people(&records::DIAGNOSTICS),
            records::diagnostics,
        ),
        ("Курсы", of_people(&records::COURSES), records::courses),
        ("ИОМ", of_people(&records::IOMS), records::ioms),
        (
            "Региональные методисты",
            of_people(&records::METHODISTS),
            records::methodists,
        ),
        (
            "Закрепление",
            of_people(&records::ASSIGNMENTS),
            records::assignments,
        ),
        (
            "Поддержка молодых педагогов",
            of_people(&records::SUPPORT),
            records::support,
        ),
        ("Дорожная карта", things::ROADMAP.to_vec(), things::roadmap),
        ("Опрос", things::survey_columns(), things::survey),
        (
            "Федеральный реестр",
            things::REGISTRY.to_vec(),
            things::registry,
        ),
        ("Соответствия", things::LINKS.to_vec(), things::links),
        (
            "Плановые значения",
            things::TARGETS.to_vec(),
            things::targets,
        ),
    ]
}

/// Writes the municipality into a folder, made where there is none. `written` hears of each file.
///
/// # Errors
/// [`Failure::Usage`]: workbooks cannot hold so many. [`Failure::Output`]: the folder is not empty
/// and `force` was not given, or the disk fails.
pub fn write(
    plan: Plan,
    folder: &Path,
    force: bool,
    mut written: impl FnMut(Written),
) -> Result<(), Failure> {
    if plan.form == Form::Xlsx && plan.staff > XLSX_STAFF {
        return Err(Failure::Usage(
            "на листе Excel не больше 1 048 576 строк: больше 1 000 000 сотрудников пишется только с --format csv".to_owned(),
        ));
    }
    prepare(folder, force)?;
    let town = Town::new(plan.seed, plan.staff);
    let mut spots = Vec::new();
    for (name, columns, rows) in tables() {
        let file = format!("{name}.{}", plan.form.ending());
        let mut count = 0;
        whole(&folder.join(&file), |out| {
            let mut table = Table::begin(plan.form, name, &columns, out, folder, &mut spots)?;
            rows(&town, &mut table)?;
            count = table.end()?;
            Ok(())
        })?;
        written(Written {
            file,
            rows: Some(count),
        });
    }
    let list = list::text(&town, plan.form, &spots);
    for (file, text) in [("mms.toml", settings()), (list::NAME, list)] {
        whole(&folder.join(file), |out| out.write_all(text.as_bytes()))?;
        written(Written {
            file: file.to_owned(),
            rows: None,
        });
    }
    Ok(())
}

/// The settings of the municipality.
fn settings() -> String {
    format!(
        "# Настройки вымышленного муниципального образования.\n\
         municipality = \"{}\"\n\
         executor = \"Выдумщикова А. А., тел. 0-00-00\"\n\
         head = \"Б. Б. Небывалова\"\n\n\
         [mentoring]\n\
         model = \"АЗ-1128/08\"\n",
        words::words().municipality
    )
}

/// Writes one file; what may be replaced was asked of the folder.
fn whole(path: &Path, write: impl FnOnce(&mut fs::File) -> io::Result<()>) -> Result<(), Failure> {
    Output::new(path, Replace::Always, &[])?.write_with(write)
}

/// Makes the folder, and refuses one that holds something.
fn prepare(folder: &Path, force: bool) -> Result<(), Failure> {
    make_folder(folder)?;
    let mut entries = fs::read_dir(folder)
        .map_err(|_| Failure::output(folder, "папка не читается: проверьте права"))?;
    if !force && entries.next().is_some() {
        let message = "папка не пуста: укажите новую или --force, чтобы заменить в ней файлы с теми же именами";
        return Err(Failure::output(folder, message));
    }
    Ok(())
}
