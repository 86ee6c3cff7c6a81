//! Spellings and types of `cases.toml`, each with its reason there.

use mms::people::organisation_kind::general_education;
use serde::Deserialize;

use crate::{answer, dataset, directory};

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
    toml::from_str(include_str!("cases.toml")).expect("cases.toml")
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
