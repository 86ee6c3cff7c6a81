//! What must change nothing (methodology §6, 2): the order of rows, columns, sheets and files, how a
//! table is parted over files, the same record twice, people and tables that no figure asks for,
//! encodings, delimiters, csv against xlsx. Towns come from the generator of the differential test.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test writes its own inputs"
)]

#[path = "differential/mod.rs"]
mod towns;

#[path = "metamorphic/changes.rs"]
mod changes;
#[path = "metamorphic/forms.rs"]
mod forms;

use std::path::Path;

use serde_json::Value;

use forms::Trouble;
use towns::compare::result;
use towns::dice::Dice;
use towns::files::{printed, put, write};
use towns::generate;
use towns::town::Town;

/// How many towns each promise is tried on.
const TOWNS: u64 = 10;

/// What is compared.
#[derive(Clone, Copy)]
enum What {
    /// All of the result but the list of inputs.
    Everything,
    /// All but the findings, the notes and the doubts: what is split or doubled or of no use is
    /// reported, and rightly so.
    Figures,
}

/// The result of a town that `write` writes, as far as it is compared.
fn seen(town: &Town, what: What, write: impl Fn(&Town, &Path) -> Result<(), Trouble>) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    write(town, folder.path()).expect("the town is written");
    let mut json = result(town, folder.path()).expect("the town is computed");
    let fields = json.as_object_mut().expect("an object");
    fields.remove("inputs");
    if matches!(what, What::Figures) {
        fields.remove("issues");
        for figure in json["indicators"].as_array_mut().into_iter().flatten() {
            if let Some(figure) = figure.as_object_mut() {
                figure.remove("note");
                figure.remove("doubt");
            }
        }
    }
    json
}

fn as_csv(town: &Town, folder: &Path) -> Result<(), Trouble> {
    Ok(write(town, folder)?)
}

/// Tries a change of the town on some seeds of its own.
fn unchanged(from: u64, what: What, change: impl Fn(&Town, &mut Dice) -> Town) {
    for seed in from..from + TOWNS {
        let town = generate::town(seed);
        let changed = change(&town, &mut Dice::new(seed));
        let (one, other) = (seen(&town, what, as_csv), seen(&changed, what, as_csv));
        same(seed, &one, &other, &town, &changed);
    }
}

/// Tries another form of the files on some seeds of its own.
fn in_form(from: u64, what: What, form: impl Fn(&Town, &Path) -> Result<(), Trouble>) {
    for seed in from..from + TOWNS {
        let town = generate::town(seed);
        let (one, other) = (seen(&town, what, as_csv), seen(&town, what, &form));
        same(seed, &one, &other, &town, &town);
    }
}

fn same(seed: u64, one: &Value, other: &Value, town: &Town, changed: &Town) {
    let mut told = Vec::new();
    differ("", one, other, &mut told);
    assert!(
        told.is_empty(),
        "seed {seed}\n{}\n===== the town\n{}\n===== changed\n{}",
        told.join("\n"),
        printed(town),
        printed(changed)
    );
}

/// The places where two values differ.
fn differ(place: &str, one: &Value, other: &Value, told: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(left), Value::Object(right)) if left.keys().eq(right.keys()) => {
            for (key, value) in left {
                differ(&format!("{place}/{key}"), value, &right[key], told);
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (number, (one, other)) in left.iter().zip(right).enumerate() {
                differ(&format!("{place}/{number}"), one, other, told);
            }
        }
        _ if one == other => {}
        _ => told.push(format!("{place}: {one} became {other}")),
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    unchanged(20_000, What::Everything, changes::shuffled_rows);
}

#[test]
fn the_order_of_columns_changes_nothing() {
    unchanged(20_100, What::Everything, changes::shuffled_columns);
}

#[test]
fn the_order_of_tables_changes_nothing() {
    unchanged(20_200, What::Everything, changes::shuffled_tables);
}

#[test]
fn a_table_over_several_files_is_one_table() {
    unchanged(20_300, What::Figures, changes::split);
}

#[test]
fn the_same_record_twice_counts_once() {
    unchanged(20_400, What::Figures, changes::doubled);
}

#[test]
fn people_whom_no_figure_asks_for_change_nothing() {
    unchanged(20_500, What::Figures, changes::with_strangers);
}

#[test]
fn tables_of_other_things_change_nothing() {
    in_form(20_600, What::Figures, |town, folder| {
        put(
            folder,
            "Инвентарь.csv",
            "Предмет;Кабинет\nдоска;12\nпарта;14\n".as_bytes(),
        )?;
        as_csv(town, folder)
    });
}

#[test]
fn windows_1251_reads_as_utf_8() {
    in_form(20_700, What::Everything, forms::windows_1251);
}

#[test]
fn utf_16_reads_as_utf_8() {
    in_form(20_800, What::Everything, forms::utf_16);
}

#[test]
fn the_mark_and_the_line_ends_of_windows_change_nothing() {
    in_form(20_900, What::Everything, forms::utf_8_of_windows);
}

#[test]
fn commas_read_as_semicolons() {
    in_form(21_000, What::Everything, forms::commas);
}

#[test]
fn tabs_read_as_semicolons() {
    in_form(21_100, What::Everything, forms::tabs);
}

#[test]
fn a_workbook_of_texts_reads_as_csv() {
    in_form(21_200, What::Everything, forms::workbook_of_texts);
}

#[test]
fn a_workbook_of_dates_and_numbers_reads_as_csv() {
    in_form(21_300, What::Everything, forms::workbook_of_values);
}
