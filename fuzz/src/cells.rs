//! Single cells, names and settings.

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use mms::finding::Findings;
use mms::people::name::{first_letters, fold_name, initials, readings};
use mms::people::organisation::{Directory, Resolution};
use mms::people::organisation_kind::{general_education, type_by_name, type_cell};
use mms::people::position::Nomenclature;
use mms::period::{Period, WindowKind};
use mms::registers::answer::{Scale, scale_in_header};
use mms::registers::cell::{self, DateRules, ExperienceCell, FlagCell, SnilsCell, StudyDates};
use mms::registers::phrase::Phrases;
use mms::registers::record::{DateCell, Deadline, Flag, OrganisationRow, RowRef};
use mms::registers::{Dataset, RegisterId};
use mms::settings::{self, Settings};
use mms::source::{SheetId, Value};
use mms::target::Target;
use mms::text::{fold, fold_lookalikes};

/// Every reading of one cell: its text, and its first eight bytes as a number. The text also ends
/// as a header of experience and of a scale.
pub fn cell(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut values = vec![Value::Text(&text), Value::Error(&text), Value::Uncalculated];
    if let Some(Ok(number)) = bytes.get(..8).map(<[u8; 8]>::try_from) {
        let number = f64::from_le_bytes(number);
        values.extend([
            Value::Number(number),
            Value::Percent(number),
            Value::Bool(number > 0.0),
        ]);
    }
    if let Ok(number) = text.trim().parse::<f64>() {
        values.extend([Value::Number(number), Value::Percent(number)]);
    }
    // One set of rules and one table of phrases for each text, by its length: all would be slow.
    let turn = bytes.len();
    let rules = DateRules {
        as_of_year: [1900, 2024, 2100][turn % 3],
        partial: turn.is_multiple_of(2),
    };
    for value in values {
        one_cell(value, &text, &rules);
    }
    let _ = scale_in_header(&text);
    let _ = Scale::named(&text).map(|scale| scale.judge(3.0, true));
    let _ = Target::parse(&text);
    let _ = Period::parse(&text);
    let _ = WindowKind::parse(&text);
    PHRASES.with(|phrases| match turn % 8 {
        0 => drop(phrases.diagnostics(&text)),
        1 => drop(phrases.course(&text)),
        2 => drop(phrases.iom(&text)),
        3 => drop(phrases.measure(&text)),
        4 => drop(phrases.levels(&text)),
        5 => drop(phrases.answer(&text)),
        6 if turn < 64 => drop(phrases.nearest(RegisterId::Courses, &text)),
        _ => {}
    });
}

fn one_cell(value: Value<'_>, text: &str, rules: &DateRules) {
    let sane = |day: NaiveDate| {
        assert!((1900..=2200).contains(&day.year()), "{day} of {value:?}");
    };
    let read = cell::date(value, rules);
    assert!(
        rules.partial || !matches!(read, DateCell::Month(..) | DateCell::Year(_)),
        "{read:?}"
    );
    if let Some((first, last)) = read.span() {
        assert!(first <= last);
        sane(first);
        sane(last);
    }
    if let Some(day) = read.day() {
        let written = day.format("%d.%m.%Y").to_string();
        assert_eq!(cell::date(Value::Text(&written), rules), read, "{written}");
    }
    match cell::study_dates(value, rules) {
        StudyDates::One(day) => sane(day),
        StudyDates::Both(first, last) => [first, last].into_iter().for_each(sane),
        StudyDates::Empty | StudyDates::Unreadable => {}
    }
    if let Deadline::Day(day) = cell::deadline(value, rules) {
        sane(day);
    }
    if let Some(number) = cell::number(value) {
        assert!(number.is_finite(), "{value:?}");
    }
    if let SnilsCell::Valid(snils) = cell::snils(value) {
        let written = format!("{:011}", snils.digits());
        assert_eq!(cell::snils(Value::Text(&written)), SnilsCell::Valid(snils));
    }
    if let ExperienceCell::Since(since) = cell::experience(value, text, rules) {
        assert!(since.span().is_some(), "{since:?}");
    }
    for flag in [
        cell::flag(value, rules),
        cell::registry_flag(value, rules),
        cell::mentoring_flag(value, rules),
    ] {
        if let FlagCell::Date(day) = flag {
            sane(day);
        }
    }
    let _ = cell::plan(value);
    let _ = cell::is_blank(&cell::text(value));
    let _ = cell::is_blank_status(&cell::text(value));
}

thread_local! {
    static PHRASES: Phrases = Phrases::new(&Default::default()).expect("the tables of phrases");
    static NOMENCLATURE: Nomenclature =
        Nomenclature::new(&Default::default()).expect("the nomenclature");
}

/// Names of people, positions and organisations: each line is each of them. The organisations of all
/// lines make a directory, in which every line is looked for.
pub fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.split('\n').take(16).collect();
    let mut dataset = Dataset::default();
    for (row, line) in (0..).zip(&lines) {
        let folded = fold_name(line);
        assert_eq!(fold_name(&folded), folded, "folded twice: «{line}»");
        let folds = [fold(line), fold_lookalikes(line)];
        assert_eq!(
            [fold(&folds[0]), fold_lookalikes(&folds[1])],
            folds,
            "«{line}»"
        );
        let _ = (initials(&folded), first_letters(&folded), readings(line));
        let _ = (
            type_cell(line),
            type_by_name(line),
            general_education(line, line),
        );
        NOMENCLATURE.with(|nomenclature| {
            let cell = nomenclature.read_cell(line);
            assert!(
                cell.positions
                    .iter()
                    .all(|position| !position.text.is_empty())
            );
            let _ = nomenclature.read_category(line);
        });
        let name = dataset.texts.intern(line);
        let empty = dataset.texts.intern("");
        dataset.organisations.push(OrganisationRow {
            at: RowRef {
                sheet: SheetId::of(0),
                row,
            },
            name,
            kind: empty,
            mentoring: Flag::Empty,
            included_on: DateCell::Empty.into(),
            other_names: name,
            opened: DateCell::Empty.into(),
            closed: DateCell::Empty.into(),
        });
    }
    let municipality = lines.first().copied().unwrap_or_default();
    let mut findings = Findings::default();
    let day = NaiveDate::from_ymd_opt(2024, 9, 30).expect("a day");
    let directory = Directory::build(&dataset, municipality, day, &mut findings);
    for line in lines {
        let found = directory.resolve(line);
        assert_eq!(found, directory.resolve(line));
        if line.trim().is_empty() {
            assert_eq!(found, Resolution::Empty);
        }
        if let Some(id) = found.id() {
            assert!(directory.get(id).is_some());
        }
    }
}

/// The text of `mms.toml`: what is read is written and read back the same.
pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match settings::parse(&text, Path::new("mms.toml")) {
        Ok(read) => {
            let written = read.settings.to_toml().expect("checked settings");
            let again = Settings::from_toml(&written, "mms.toml").expect("written settings");
            assert_eq!(again, read.settings);
            let _ = read.entries().expect("entries");
            let _ = Phrases::new(&again.phrases).map(|_| ());
            let _ = Nomenclature::new(&again.positions).map(|_| ());
        }
        Err(failure) => {
            assert_eq!(failure.exit_code(), 2);
            let failure = failure.to_string();
            assert!(
                failure.lines().all(|line| line.contains("mms.toml")),
                "{failure}"
            );
        }
    }
}
