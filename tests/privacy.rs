//! Nothing personal in what a report writes: every part of the workbook and the JSON are searched
//! for every name, СНИЛС and date of birth of the inputs, those of the example and those of tables
//! where personal data stand in every wrong column.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use mms::period::Period;
use mms::pipeline::Request;
use mms::registers::record::PersonCells;
use mms::settings::load;
use mms::source::TextOptions;
use zip::ZipArchive;

/// The texts of a workbook's parts, of the files beside it and of the JSON.
fn written(inputs: &Path, flags: &[&str]) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new(assert_cmd::cargo::cargo_bin!("mms"))
        .arg("report")
        .arg(inputs)
        .args([
            "--period", "2024-Q3", "-o", "r.xlsx", "--json", "r.json", "--html", "r.html", "-q",
        ])
        .args(flags)
        .current_dir(folder.path())
        .env("USER", "пользователь-машины")
        .env("HOSTNAME", "имя-машины")
        .output()
        .unwrap();
    assert!(
        status.status.success(),
        "{}",
        String::from_utf8_lossy(&status.stderr)
    );
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name != "r.xlsx" {
            texts.insert(name, fs::read_to_string(&path).unwrap());
            continue;
        }
        let mut archive = ZipArchive::new(File::open(&path).unwrap()).unwrap();
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            texts.insert(part.name().unwrap().into_owned(), text);
        }
    }
    assert!(texts.len() > 15, "{:?}", texts.keys());
    texts
}

/// What must not be found.
#[derive(Default)]
struct Personal {
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

/// Everybody of the inputs, as the program reads them.
fn personal(inputs: &Path) -> Personal {
    let inputs = vec![inputs.to_owned()];
    let request = Request {
        settings: load(&inputs, None).unwrap().settings,
        inputs,
        period: Period::parse("2024-Q3").unwrap(),
        text: TextOptions::default(),
    };
    let data = request.read().unwrap();
    let mut all: Vec<PersonCells> = data.staff.iter().map(|row| row.person).collect();
    all.extend(data.diagnostics.iter().map(|row| row.person));
    all.extend(data.courses.iter().map(|row| row.person));
    all.extend(data.ioms.iter().map(|row| row.person));
    all.extend(data.methodists.iter().map(|row| row.person));
    all.extend(data.assignments.iter().map(|row| row.person));
    all.extend(data.support.iter().map(|row| row.person));
    let mut personal = Personal::default();
    let methodists = data.assignments.iter().map(|row| row.methodist);
    let assigned = data.staff.iter().map(|row| row.assigned_to);
    for name in all
        .iter()
        .map(|who| who.name)
        .chain(methodists)
        .chain(assigned)
    {
        let name = data.text(name);
        if name.contains(' ') {
            personal.names.insert(name.to_owned());
            let words: Vec<&str> = name.split_whitespace().collect();
            personal.names.insert(format!("{} {}", words[0], words[1]));
        }
    }
    for who in &all {
        if let Some(snils) = who.snils {
            let digits = format!("{:011}", snils.digits());
            let (a, b, c, d) = (&digits[..3], &digits[3..6], &digits[6..9], &digits[9..]);
            personal.numbers.insert(format!("{a}-{b}-{c} {d}"));
            personal.numbers.insert(format!("{a}-{b}-{c}-{d}"));
            personal.numbers.insert(digits);
        }
        if let Some(day) = who.birth.day() {
            personal.numbers.insert(day.format("%d.%m.%Y").to_string());
            personal.numbers.insert(day.format("%Y-%m-%d").to_string());
        }
    }
    personal
}

/// Looks at every place of every text where a name or a number could begin.
fn search(texts: &BTreeMap<String, String>, what: &BTreeSet<String>) {
    let wanted: HashSet<&str> = what.iter().map(String::as_str).collect();
    let lengths: BTreeSet<usize> = what.iter().map(String::len).collect();
    let mut found = BTreeSet::new();
    for (part, text) in texts {
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            let begins = c.is_uppercase() || c.is_ascii_digit() || !before.is_alphanumeric();
            before = c;
            if !begins {
                continue;
            }
            for &length in &lengths {
                let piece = text.get(at..at + length);
                if piece.is_some_and(|piece| wanted.contains(piece)) {
                    found.insert(format!("{part}: {}", &text[at..at + length]));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/kuznetsk")
}

fn nasty() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/privacy_data")
}

#[test]
fn the_example_tells_nothing_of_anybody() {
    let personal = personal(&example());
    assert!(personal.names.len() > 500 && personal.numbers.len() > 500);
    let texts = written(&example(), &[]);
    search(&texts, &personal.names);
    search(&texts, &personal.numbers);
}

#[test]
fn personal_data_in_wrong_columns_are_withheld() {
    let mut personal = personal(&nasty());
    // Numbers with wrong check digits, which nobody holds.
    for number in ["999-888-777 66", "99988877766"] {
        personal.numbers.insert(number.to_owned());
    }
    assert!(personal.names.contains("Незнамова Фёкла"));
    assert!(personal.numbers.contains("112-233-445 95") && personal.numbers.contains("03.04.1979"));
    let texts = written(&nasty(), &[]);
    search(&texts, &personal.names);
    search(&texts, &personal.numbers);
}

#[test]
fn with_names_there_are_names_alone() {
    for inputs in [example(), nasty()] {
        let personal = personal(&inputs);
        let texts = written(&inputs, &["--names"]);
        search(&texts, &personal.numbers);
        // A page for everybody names nobody.
        let page = texts.iter().filter(|(part, _)| part.as_str() == "r.html");
        let page = page.map(|(part, text)| (part.clone(), text.clone()));
        search(&page.collect(), &personal.names);
        let named = |name: &String| texts.values().any(|text| text.contains(name.as_str()));
        assert!(personal.names.iter().any(named));
    }
}

#[test]
fn properties_name_no_user_and_no_machine() {
    let texts = written(&nasty(), &[]);
    let core = &texts["docProps/core.xml"];
    assert!(
        core.contains("<dc:creator></dc:creator>") || !core.contains("<dc:creator>"),
        "{core}"
    );
    let home = std::env::temp_dir().display().to_string();
    let folder = env!("CARGO_MANIFEST_DIR").to_owned();
    let machine = [
        "пользователь-машины".to_owned(),
        "имя-машины".to_owned(),
        home,
        folder,
    ];
    search(&texts, &machine.into_iter().collect());
}
