//! `mms demo`: the same seed gives the same bytes, and what the list says is planted is what
//! `mms check` finds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own small inputs"
)]

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

/// Runs a command line; the exit code and what was printed.
fn mms(args: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let line = std::iter::once("mms")
        .chain(args.iter().copied())
        .map(OsString::from);
    let code = mms::cli::run(line, &mut out, &mut err);
    (
        code,
        String::from_utf8(out).unwrap(),
        String::from_utf8(err).unwrap(),
    )
}

/// A made-up municipality in a folder of its own.
fn demo(staff: &str, seed: &str, format: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    let (code, _, err) = mms(&[
        "demo", dir, "--staff", staff, "--seed", seed, "--format", format,
    ]);
    assert_eq!(code, 0, "{err}");
    folder
}

/// The files of a folder with their bytes, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (
                entry.file_name().into_string().unwrap(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    for format in ["csv", "xlsx"] {
        let first = files(demo("300", "7", format).path());
        let names: Vec<&str> = first.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), 15, "{names:?}");
        assert!(names.contains(&"mms.toml") && names.contains(&"Что заложено.txt"));
        assert!(first == files(demo("300", "7", format).path()), "{format}");
        let other = files(demo("300", "8", format).path());
        let staff = |files: &[(String, Vec<u8>)]| {
            files
                .iter()
                .find(|(name, _)| name.starts_with("Сотрудники"))
                .unwrap()
                .1
                .clone()
        };
        assert!(staff(&first) != staff(&other), "{format}");
    }
}

#[test]
fn text_is_utf8_with_semicolons_and_there_are_about_four_records_for_each_of_the_staff() {
    let folder = demo("2000", "1", "csv");
    let mut records = 0;
    for (name, bytes) in files(folder.path()) {
        let text = String::from_utf8(bytes).unwrap();
        if name.ends_with(".csv") {
            assert!(text.lines().next().unwrap().contains(';'), "{name}");
            records += text.lines().count() - 1;
        }
    }
    let records = records - 2000;
    assert!((7000..9000).contains(&records), "{records}");
}

/// A place with a code.
type Spot = (String, u64, String);

/// What the list of a folder says: file, row, code; no code where there is no finding.
fn planted(folder: &Path) -> BTreeSet<Spot> {
    let list = std::fs::read_to_string(folder.join("Что заложено.txt")).unwrap();
    list.lines()
        .filter_map(|line| {
            let (file, rest) = line.split_once(", строка ")?;
            let (row, rest) = rest.split_once(": ")?;
            let (code, _) = rest.split_once(" - ")?;
            Some((file.to_owned(), row.parse().unwrap(), code.to_owned()))
        })
        .collect()
}

/// The findings of a folder: file, row, code.
fn found(folder: &Path) -> BTreeSet<Spot> {
    let (_, out, err) = mms(&[
        "check",
        folder.to_str().unwrap(),
        "--period",
        "2024-Q3",
        "--format",
        "json",
    ]);
    let value: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = value["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            (
                text(&finding["file"]),
                finding["row"].as_u64().unwrap_or_default(),
                text(&finding["code"]),
            )
        })
        .collect()
}

#[test]
fn what_is_planted_is_found_at_its_row_by_its_code_and_nothing_else_is_wrong() {
    for (seed, format) in [("1", "csv"), ("2", "xlsx")] {
        let folder = demo("1000", seed, format);
        let (planted, found) = (planted(folder.path()), found(folder.path()));
        assert_eq!(planted.len(), 41, "{planted:?}");
        for spot in &planted {
            let (file, row, code) = spot;
            if code == "без замечания" {
                let here: Vec<_> = found
                    .iter()
                    .filter(|(f, r, _)| (f, r) == (file, row))
                    .collect();
                assert!(here.is_empty(), "{here:?}");
            } else {
                assert!(found.contains(spot), "{format}: {spot:?}");
            }
        }
        let rows: BTreeSet<(&str, u64)> = planted
            .iter()
            .map(|(file, row, _)| (file.as_str(), *row))
            .collect();
        for (file, row, code) in &found {
            if code.starts_with('N') {
                continue;
            }
            // Two answers about one school are reported at both of its rows.
            let next = row + u64::from(code == "E503");
            assert!(
                rows.contains(&(file.as_str(), *row)) || rows.contains(&(file.as_str(), next)),
                "{format}: {file}, {row}: {code}"
            );
        }
    }
}

#[test]
fn there_is_a_figure_for_each_of_the_fourteen() {
    let folder = demo("1000", "1", "csv");
    let out = folder.path().join("out.xlsx");
    let dir = folder.path().to_str().unwrap();
    let (code, json, err) = mms(&[
        "report",
        dir,
        "--period",
        "2024-Q3",
        "--json",
        "-",
        "-o",
        out.to_str().unwrap(),
    ]);
    assert_eq!(code, 0, "{err}");
    let result: Value = serde_json::from_str(&json).unwrap();
    let indicators = result["indicators"].as_array().unwrap();
    assert_eq!(indicators.len(), 14);
    for indicator in indicators {
        assert_eq!(indicator["status"], "ok", "{indicator}");
        assert_ne!(indicator["numerator"], 0, "{indicator}");
    }
    assert_eq!(result["population"]["organizations"], 40);
}

#[test]
fn the_smallest_town_is_one_of_one() {
    let folder = demo("1", "1", "xlsx");
    let (code, _, err) = mms(&[
        "check",
        folder.path().to_str().unwrap(),
        "--period",
        "2024-Q3",
    ]);
    // The road map and the plans are wrong in every town.
    assert_eq!(code, 1, "{err}");
}

#[test]
fn a_folder_that_holds_something_is_left_alone_without_force() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    std::fs::write(folder.path().join("Сотрудники.csv"), "свои").unwrap();
    let (code, out, err) = mms(&["demo", dir, "--staff", "10", "--format", "csv"]);
    assert_eq!((code, out.as_str()), (4, ""));
    assert!(
        err.contains("папка не пуста") && err.contains("--force"),
        "{err}"
    );
    assert_eq!(files(folder.path()).len(), 1);
    let (code, _, err) = mms(&["demo", dir, "--staff", "10", "--format", "csv", "--force"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(files(folder.path()).len(), 15);
}

#[test]
fn a_file_is_no_folder() {
    let file = tempfile::NamedTempFile::new().unwrap();
    for command in ["demo", "init"] {
        let (code, _, err) = mms(&[command, file.path().to_str().unwrap()]);
        assert_eq!(code, 4);
        assert!(err.contains("это файл, а не папка"), "{err}");
    }
}

#[test]
fn more_than_a_sheet_holds_is_refused_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("новая");
    let (code, _, err) = mms(&["demo", dir.to_str().unwrap(), "--staff", "1000001"]);
    assert_eq!(code, 2);
    assert!(err.contains("--format csv"), "{err}");
    assert!(!dir.exists());
}
