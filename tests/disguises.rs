//! The same truth gives the same result (methodology §6, 2): in every encoding and format, with
//! columns and rows in another order, split over files.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "helpers of tests"
)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// A table: its file's name without the ending, and its rows, the header first.
type Table = (String, Vec<Vec<String>>);

const CASES: [&str; 4] = [
    "diagnostics-teachers-window",
    "courses-federal-registry",
    "iom-completed",
    "young-supported",
];

fn tables(case: &str) -> Vec<Table> {
    let folder = format!("{}/tests/cases/{case}/data", env!("CARGO_MANIFEST_DIR"));
    let mut tables: Vec<Table> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let rows = text
                .lines()
                .map(|line| line.split(';').map(str::to_owned).collect())
                .collect();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), rows)
        })
        .collect();
    tables.sort();
    assert!(!tables.is_empty(), "{case} has no csv tables");
    tables
}

fn text(rows: &[Vec<String>], delimiter: &str) -> String {
    rows.iter()
        .map(|row| row.join(delimiter) + "\r\n")
        .collect()
}

/// The result without the list of inputs and the findings, whose addresses are others.
fn result(folder: &Path) -> Value {
    let out = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mms"))
        .arg("report")
        .arg(folder)
        .args(["--period", "2024-Q3", "--json", "-", "-q"])
        .current_dir(out.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let result = value.as_object_mut().unwrap();
    result.remove("inputs");
    result.remove("issues");
    value
}

fn written(tables: &[Table], write: impl Fn(&Path, &str, &[Vec<String>])) -> Value {
    let folder = tempfile::tempdir().unwrap();
    for (name, rows) in tables {
        write(folder.path(), name, rows);
    }
    result(folder.path())
}

fn csv(folder: &Path, name: &str, rows: &[Vec<String>]) {
    fs::write(folder.join(format!("{name}.csv")), text(rows, ";")).unwrap();
}

fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

#[test]
fn encodings_delimiters_and_formats_change_nothing() {
    for case in CASES {
        let tables = tables(case);
        let truth = written(&tables, csv);
        let windows = written(&tables, |folder, name, rows| {
            let text = text(rows, ";");
            let (bytes, _, lost) = encoding_rs::WINDOWS_1251.encode(&text);
            assert!(!lost);
            fs::write(folder.join(format!("{name}.csv")), bytes).unwrap();
        });
        let tabs = written(&tables, |folder, name, rows| {
            fs::write(folder.join(format!("{name}.tsv")), utf16(&text(rows, "\t"))).unwrap();
        });
        let book = written(&tables, |folder, name, rows| {
            let mut book = Workbook::new();
            let sheet = book.add_worksheet();
            for (row, cells) in (3u32..).zip(rows) {
                for (column, cell) in (2u16..).zip(cells) {
                    sheet.write_string(row, column, cell).unwrap();
                }
            }
            sheet.write_string(0, 2, "Сводная таблица").unwrap();
            book.save(folder.join(format!("{name}.xlsx"))).unwrap();
        });
        assert_eq!(truth, windows, "{case}: windows-1251");
        assert_eq!(truth, tabs, "{case}: tabs in UTF-16");
        assert_eq!(
            truth, book,
            "{case}: a workbook with a title and empty rows and columns"
        );
    }
}

#[test]
fn order_and_splitting_change_nothing() {
    for case in CASES {
        let tables = tables(case);
        let truth = written(&tables, csv);
        let columns: Vec<Table> = tables
            .iter()
            .map(|(name, rows)| {
                let turned = rows
                    .iter()
                    .map(|row| row.iter().rev().cloned().collect())
                    .collect();
                (name.clone(), turned)
            })
            .collect();
        assert_eq!(
            truth,
            written(&columns, csv),
            "{case}: columns turned round"
        );
        let rows: Vec<Table> = tables
            .iter()
            .map(|(name, rows)| {
                let below = rows[1..].iter().rev().cloned();
                (
                    name.clone(),
                    rows[..1].iter().cloned().chain(below).collect(),
                )
            })
            .collect();
        assert_eq!(truth, written(&rows, csv), "{case}: rows turned round");
        let split: Vec<Table> = tables
            .iter()
            .flat_map(|(name, rows)| {
                let middle = 1 + (rows.len() - 1) / 2;
                let first = rows[..middle].to_vec();
                let second = rows[..1].iter().chain(&rows[middle..]).cloned().collect();
                [(format!("{name} 1"), first), (format!("{name} 2"), second)]
            })
            .collect();
        assert_eq!(
            truth,
            written(&split, csv),
            "{case}: each table in two files"
        );
    }
}
