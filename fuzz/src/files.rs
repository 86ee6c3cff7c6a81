//! Files: delimited text, headers, workbooks as they are and by their parts.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use mms::audit::workbook::Report;
use mms::failure::Failure;
use mms::registers::{Dataset, read};
use mms::report::seal;
use mms::settings::{Limits, Settings, register_names};
use mms::source::{Encoding, InputPath, Opened, TextOptions, Value, is_own_report, open};

use super::folder::{split, with_files};

/// Bounds small enough that no input takes long.
pub fn limits() -> Limits {
    Limits {
        unpacked_bytes: 16 << 20,
        memory_bytes: 16 << 20,
        rows: 100_000,
        ..Limits::default()
    }
}

/// Delimited text and its encoding. The first byte is what a user says of it, mostly nothing.
pub fn text(bytes: &[u8]) {
    let Some((said, bytes)) = bytes.split_first() else {
        return;
    };
    let options = TextOptions {
        encoding: Encoding::ALL
            .get(usize::from(said >> 4))
            .copied()
            .filter(|_| said & 8 > 0),
        delimiter: [None, Some(b';'), Some(b','), Some(b'\t')][usize::from(said & 3)],
    };
    with_files(&[("a.csv".to_owned(), bytes)], |_, paths| {
        let path = &paths[0];
        let first = table(path, &options);
        let again = table(path, &options);
        assert_eq!(
            first.as_ref().map_err(ToString::to_string),
            again.as_ref().map_err(ToString::to_string)
        );
        if let Err(failure) = first {
            names_the_file(path, &failure);
        }
    });
}

/// A workbook of any format as bytes, and as a report of this program.
pub fn workbook(bytes: &[u8]) {
    with_files(&[("a.xlsx".to_owned(), bytes)], |_, paths| {
        let path = &paths[0];
        if let Err(failure) = table(path, &TextOptions::default()) {
            names_the_file(path, &failure);
        }
        let _ = is_own_report(path);
        let _ = seal::is_unchanged(path);
        if let Err(failure) = Report::open(path) {
            names_the_file(path, &failure);
        }
        registers(paths, None);
    });
}

/// A workbook out of its parts, `%%% name` before each: past the packing, which a mutation of bytes
/// would only break.
pub fn parts(bytes: &[u8]) {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, contents) in split(bytes) {
        if zip.start_file(name, stored).is_err() || zip.write_all(contents).is_err() {
            return;
        }
    }
    if let Ok(packed) = zip.finish() {
        workbook(packed.get_ref());
    }
}

/// Where the header is and what the columns mean. The first byte pins a register, or none.
pub fn header(bytes: &[u8]) {
    let Some((register, bytes)) = bytes.split_first() else {
        return;
    };
    let register = register_names().nth(usize::from(register % 32));
    with_files(&[("a.csv".to_owned(), bytes)], |_, paths| {
        registers(paths, register);
    });
}

/// Reads a file to its end twice over: what it gives is in order and within the bounds.
fn table(path: &Path, options: &TextOptions) -> Result<Vec<String>, Failure> {
    let input = InputPath {
        path: path.to_owned(),
        shown: String::new(),
    };
    let limits = limits();
    let Opened {
        mut workbook,
        sha256,
        ..
    } = open(&input, &limits, options)?;
    assert_eq!(sha256.len(), 64);
    let mut all = Vec::new();
    for sheet in 0..workbook.sheets().len() {
        let mut last = None;
        workbook.read(sheet, &mut |row, cells| {
            assert!(last.is_none_or(|last| last < row), "rows out of order");
            last = Some(row);
            assert!(!cells.is_empty(), "a row without cells");
            assert!(
                cells.is_sorted_by(|left, right| left.column < right.column),
                "cells out of order"
            );
            assert!(row < limits.rows && cells.iter().all(|cell| cell.column < limits.columns));
            for cell in cells {
                if let Value::Text(text) = cell.value {
                    assert!(!text.is_empty(), "an empty text");
                    assert!(text.chars().count() <= limits.cell_length as usize);
                }
                if all.len() < 10_000 {
                    all.push(format!("{row} {} {:?}", cell.column, cell.value));
                }
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(all)
}

/// Reads files as registers: every row is accounted for.
fn registers(paths: &[std::path::PathBuf], register: Option<&str>) {
    let mut settings = Settings {
        limits: limits(),
        ..Settings::default()
    };
    if let (Some(register), Some(path)) = (register, paths.first()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        settings
            .sources
            .insert(name.into_owned(), register.to_owned());
    }
    match read(paths, &settings, 2024, &TextOptions::default()) {
        Ok(dataset) => accounted(&dataset),
        Err(failure) => assert!(matches!(failure.exit_code(), 2 | 3), "{failure}"),
    }
}

/// Rows read are rows used and rows left out (methodology §6, 3).
pub fn accounted(dataset: &Dataset) {
    for sheet in &dataset.sheets {
        let left_out: u64 = sheet.left_out.values().sum();
        assert_eq!(
            sheet.rows,
            sheet.used + left_out,
            "rows of «{}»",
            sheet.name
        );
    }
}

fn names_the_file(path: &Path, failure: &Failure) {
    assert_eq!(failure.exit_code(), 3);
    assert!(
        failure.to_string().starts_with(&path.display().to_string()),
        "{failure}"
    );
}
