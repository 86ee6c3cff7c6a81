//! The promises of the methodology as case folders: `tests/cases/<name>/` holds the inputs
//! (`data/`), the figures worked out by hand (`expected.json`) and the working-out (`README.md`);
//! `args.txt` holds further arguments, one a line.
//!
//! `expected.json` names what the case is about, and only that is compared: `period`, `window`,
//! `teachers`, `managers`, `organizations` (those open), and for each indicator any keys of the
//! result. `organizations` of an indicator is name → [numerator, denominator] and compared as a
//! whole; `conditions` are named or, as a list, sorted; `interval` is rounded to two decimals;
//! `has_note` asks only whether there is a note. `reported` gives the fewest findings by severity
//! (`E`, `W`, `N`, `any`), `silent` the severities without any, `exit` the exit code (with another
//! than 0 no figures are compared), `stderr_contains` words on standard error.
#![allow(
    clippy::expect_used,
    reason = "a test that cannot read its own folder has to stop"
)]

mod worked;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use worked::{Run, indicator, report_args, run};

/// Names of the cases to run while working on one; empty: all.
const ONLY: &[&str] = &[];

#[test]
fn every_case_gives_the_figures_worked_out_by_hand() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root)
        .expect("tests/cases")
        .map(|entry| entry.expect("an entry of tests/cases").path())
        .filter(|path| path.is_dir())
        .filter(|path| ONLY.is_empty() || ONLY.iter().any(|name| path.ends_with(name)))
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "no case was found");

    let mut failed = 0;
    let mut text = String::new();
    for folder in &folders {
        let differences = case(folder);
        if !differences.is_empty() {
            failed += 1;
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            text += &format!("\n{name}\n    {}\n", differences.join("\n    "));
        }
    }
    assert!(
        failed == 0,
        "{failed} of {} cases differ\n{text}",
        folders.len()
    );
}

/// Runs one case and says what differs.
fn case(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("expected.json")).expect("expected.json");
    let expected: Value = serde_json::from_str(&text).expect("expected.json is JSON");
    let extra: Vec<String> = fs::read_to_string(folder.join("args.txt"))
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect();
    let out = tempfile::tempdir().expect("a temporary folder");
    let run = run(folder, report_args(out.path(), &extra));

    let mut found = Differences::default();
    let exit = expected["exit"].as_i64().unwrap_or(0);
    if i64::from(run.code) != exit {
        found.note(format!("exit: expected {exit}, got {}", run.code));
        found.note(format!(
            "stderr: {}",
            run.stderr.lines().take(6).collect::<Vec<_>>().join(" / ")
        ));
    }
    for words in expected["stderr_contains"].as_array().into_iter().flatten() {
        let words = words.as_str().unwrap_or_default();
        if !run.stderr.contains(words) {
            found.note(format!("stderr lacks «{words}»"));
        }
    }
    if exit == 0 && run.code == 0 {
        result(&expected, &run, &mut found);
    }
    found.0
}

/// What differs, one line each.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn note(&mut self, line: String) {
        self.0.push(line);
    }

    fn compare(&mut self, what: &str, expected: &Value, got: &Value) {
        if expected != got {
            self.note(format!("{what}: expected {expected}, got {got}"));
        }
    }
}

/// Compares a whole result.
fn result(expected: &Value, run: &Run, found: &mut Differences) {
    let got = &run.json;
    if got.is_null() {
        found.note("standard output is not JSON".to_owned());
        return;
    }
    for key in ["period", "window"] {
        if let Some(days) = expected.get(key) {
            found.compare(key, days, &json!([got[key]["from"], got[key]["to"]]));
        }
    }
    for key in ["teachers", "managers", "organizations"] {
        if let Some(count) = expected.get(key) {
            found.compare(key, count, &got["population"][key]);
        }
    }
    for (severity, fewest) in expected["reported"].as_object().into_iter().flatten() {
        let count = findings(got, severity);
        if count < fewest.as_u64().unwrap_or(0) {
            found.note(format!(
                "findings {severity}: at least {fewest}, got {count}"
            ));
        }
    }
    for severity in expected["silent"].as_array().into_iter().flatten() {
        let count = findings(got, severity.as_str().unwrap_or_default());
        if count > 0 {
            found.note(format!("findings {severity}: none, got {count}"));
        }
    }
    for wanted in expected["indicators"].as_array().into_iter().flatten() {
        let id = wanted["id"].as_str().unwrap_or_default();
        match (wanted.as_object(), indicator(got, id)) {
            (Some(wanted), Some(got)) => figure(id, wanted, got, found),
            _ => found.note(format!("{id}: not in the result")),
        }
    }
}

/// How many findings of a severity (the first letter of their code, or `any`) a result counts.
fn findings(got: &Value, severity: &str) -> u64 {
    got["issues"]["by_code"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(code, _)| severity == "any" || code.starts_with(severity))
        .filter_map(|(_, count)| count.as_u64())
        .sum()
}

/// Compares the keys that the case lists for one indicator.
fn figure(id: &str, wanted: &Map<String, Value>, got: &Value, found: &mut Differences) {
    for (key, value) in wanted {
        let what = format!("{id} {key}");
        match key.as_str() {
            "organizations" => by_organisation(&what, value, &breakdown(got), found),
            "conditions" if value.is_array() => {
                let mut values: Vec<bool> = got["conditions"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter_map(|(_, holds)| holds.as_bool())
                    .collect();
                values.sort_unstable();
                found.compare(&what, value, &json!(values));
            }
            "interval" => {
                let bounds = [0, 1].map(|i| hundredths(&got["interval"][i]));
                let wanted = [0, 1].map(|i| hundredths(&value[i]));
                found.compare(&what, &json!(wanted), &json!(bounds));
            }
            "has_note" => found.compare(&what, value, &json!(!got["note"].is_null())),
            _ => found.compare(&what, value, &got[key]),
        }
    }
}

/// The breakdown of an indicator as name → [numerator, denominator].
fn breakdown(indicator: &Value) -> Value {
    let Some(list) = indicator["organizations"].as_array() else {
        return Value::Null;
    };
    let by_name: BTreeMap<&str, Value> = list
        .iter()
        .map(|row| {
            let name = row["name"].as_str().unwrap_or_default();
            (name, json!([row["numerator"], row["denominator"]]))
        })
        .collect();
    json!(by_name)
}

/// Compares a breakdown as a whole, naming only the organisations that differ.
fn by_organisation(what: &str, wanted: &Value, got: &Value, found: &mut Differences) {
    let none = Map::new();
    let wanted = wanted.as_object().unwrap_or(&none);
    let got = got.as_object().unwrap_or(&none);
    for (name, share) in wanted {
        found.compare(
            &format!("{what} «{name}»"),
            share,
            got.get(name).unwrap_or(&Value::Null),
        );
    }
    for (name, share) in got {
        if !wanted.contains_key(name) {
            found.note(format!("{what} «{name}»: not expected, got {share}"));
        }
    }
}

/// A decimal as hundredths, from a number or a string.
fn hundredths(value: &Value) -> Option<i64> {
    let number = match value {
        Value::String(text) => text.parse::<f64>().ok()?,
        other => other.as_f64()?,
    };
    #[allow(clippy::cast_possible_truncation, reason = "a percentage")]
    Some((number * 100.0).round() as i64)
}
