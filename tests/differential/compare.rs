//! `mms` and the naive engine on the same town, and what must hold whatever the town is.

use std::path::Path;

use mms::indicators::figure::{self, Assessment};
use mms::period::Period;
use mms::pipeline::{Request, Run};
use mms::settings::Settings;
use mms::source::TextOptions;
use serde_json::Value;

use super::files;
use super::naive::plans::Fate;
use super::naive::{Figure, Outcome, Part, Parts, Status, outcome};
use super::options::IDS;
use super::town::{Means, Plan, Register, Town};

/// What `mms` makes of a folder, as JSON.
pub fn result(town: &Town, folder: &Path) -> Result<Value, String> {
    json(&request(town, folder)?.run().map_err(said)?)
}

fn request(town: &Town, folder: &Path) -> Result<Request, String> {
    let settings = Settings::from_toml(&town.options.toml(), "mms.toml").map_err(said)?;
    Ok(Request {
        inputs: vec![folder.to_owned()],
        settings,
        period: Period::parse(&town.period.label)?,
        text: TextOptions::default(),
    })
}

fn json(run: &Run) -> Result<Value, String> {
    let text = mms::report::json::render(run).map_err(said)?;
    serde_json::from_str(&text).map_err(said)
}

fn said(error: impl ToString) -> String {
    error.to_string()
}

/// The result as JSON, and what differs in the quarters.
fn found(town: &Town, folder: &Path) -> Result<(Value, Vec<String>), String> {
    let request = request(town, folder)?;
    let run = request.run().map_err(said)?;
    Ok((json(&run)?, quarters(&run, &request)?))
}

/// «Динамика» takes persons, links and names from the run; a run of a quarter's own takes nothing.
fn quarters(run: &Run, request: &Request) -> Result<Vec<String>, String> {
    let mut differences = Vec::new();
    for quarter in run.dynamics() {
        let request = Request {
            period: quarter.period.clone(),
            ..request.clone()
        };
        let own = request.assess(run.dataset.clone());
        let own = own.map_err(said)?.assessment;
        let label = &quarter.period.label;
        let people = |of: &Assessment| (of.teachers, of.managers, of.organisations);
        if people(quarter) != people(&own) {
            let (shared, own) = (people(quarter), people(&own));
            differences.push(format!("dynamics {label}: {shared:?}, alone {own:?}"));
        }
        for (shared, own) in quarter.figures.iter().zip(&own.figures) {
            let of = |figure: &figure::Figure| {
                let (plan, value) = (figure.plan.clone(), figure.value.clone());
                let counts = (figure.numerator, figure.denominator);
                (figure.status, counts, value, plan)
            };
            if of(shared) != of(own) {
                let id = &shared.definition.id;
                let (shared, own) = (of(shared), of(own));
                differences.push(format!("{id} dynamics {label}: {shared:?}, alone {own:?}"));
            }
        }
    }
    Ok(differences)
}

/// What differs between the two engines on a town; nothing where they agree. Each line begins with
/// the id of the indicator, or with what it is about.
pub fn differences(town: &Town) -> Vec<String> {
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => return vec![format!("folder: {error}")],
    };
    if let Err(error) = files::write(town, folder.path()) {
        return vec![format!("files: {error}")];
    }
    let (json, quarters) = match found(town, folder.path()) {
        Ok(found) => found,
        Err(failure) => {
            let failure = failure.replace(&folder.path().display().to_string(), "");
            return vec![format!(
                "failure {}: {failure}",
                failure
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .take(40)
                    .collect::<String>()
            )];
        }
    };
    let naive = outcome(town);
    let mut said = Said(quarters);
    for (key, own) in [
        ("teachers", naive.teachers),
        ("managers", naive.managers),
        ("organizations", naive.organizations),
    ] {
        said.unless_equal(
            "population",
            key,
            &json["population"][key],
            &Value::from(own),
        );
    }
    let no_figures = Vec::new();
    let figures = json["indicators"].as_array().unwrap_or(&no_figures);
    if figures.len() != IDS.len() {
        said.say("indicators", "fourteen", &figures.len(), &IDS.len());
    }
    for ((id, own), figure) in IDS.iter().zip(&naive.figures).zip(figures) {
        said.figure(town, id, own, figure);
    }
    said.invariants(town, &naive, &json);
    said.0
}

struct Said(Vec<String>);

impl Said {
    fn say(&mut self, id: &str, key: &str, mms: &dyn std::fmt::Debug, naive: &dyn std::fmt::Debug) {
        self.0
            .push(format!("{id} {key}: mms {mms:?}, naive {naive:?}"));
    }

    fn unless_equal(&mut self, id: &str, key: &str, mms: &Value, naive: &Value) {
        if mms != naive {
            self.0.push(format!("{id} {key}: mms {mms}, naive {naive}"));
        }
    }

    fn figure(&mut self, town: &Town, id: &str, own: &Figure, json: &Value) {
        self.unless_equal(id, "id", &json["id"], &Value::from(id));
        let status = match own.status {
            Status::Ok => "ok",
            Status::NoData => "no-data",
            Status::Undefined => "undefined",
        };
        self.unless_equal(id, "status", &json["status"], &Value::from(status));
        self.unless_equal(id, "value", &json["value"], &Value::from(own.value.clone()));
        if own.status == Status::Ok {
            self.unless_equal(
                id,
                "numerator",
                &json["numerator"],
                &Value::from(own.numerator),
            );
            self.unless_equal(
                id,
                "denominator",
                &json["denominator"],
                &Value::from(own.denominator),
            );
            if let Some(parts) = &own.parts {
                self.parts(town, id, parts, &json["organizations"]);
            }
        }
        if let Some(conditions) = own.conditions {
            for (key, own) in ["developed", "under_way", "regional", "federal"]
                .into_iter()
                .zip(conditions)
            {
                self.unless_equal(id, key, &json["conditions"][key], &Value::from(own));
            }
        }
        if own.status != Status::NoData {
            self.unless_equal(
                id,
                "respondents",
                &json["respondents"],
                &Value::from(own.respondents),
            );
        }
        if let Some((low, high)) = own.interval {
            for (place, own) in [low, high].into_iter().enumerate() {
                let written = json["interval"][place].as_str().unwrap_or_default();
                let decimals = written.split_once('.').map_or(0, |(_, after)| after.len()) as i32;
                let near = |number: f64| (number - own).abs() <= 0.5 * 10f64.powi(-decimals) + 1e-6;
                if !written.parse().is_ok_and(near) {
                    self.say(id, "interval", &written, &own);
                }
            }
        }
        self.plan(id, own.plan.as_ref(), json);
    }

    fn plan(&mut self, id: &str, own: Option<&Fate>, json: &Value) {
        self.unless_equal(
            id,
            "outcome",
            &json["outcome"],
            &Value::from(own.map(|fate| fate.outcome)),
        );
        let deviation = own.and_then(|fate| fate.deviation.clone());
        self.unless_equal(id, "deviation", &json["deviation"], &Value::from(deviation));
        let written = own.map(|fate| match fate.plan {
            Plan::Yes => "yes".to_owned(),
            plan => plan.text('.'),
        });
        let mms = json["target"]
            .as_str()
            .map(|target| target.replace(',', "."));
        if mms != written {
            self.say(id, "target", &mms, &written);
        }
    }

    fn parts(&mut self, town: &Town, id: &str, own: &Parts, json: &Value) {
        let no_parts = Vec::new();
        let mut theirs = Parts::new();
        for part in json.as_array().unwrap_or(&no_parts) {
            let name = part["name"].as_str().unwrap_or_default();
            let Some(who) = bearer(town, id, name) else {
                self.say(id, "organizations: a name of nobody", &name, &"");
                continue;
            };
            if let Part::Organisation(place) = who {
                self.name(town, id, name, place);
            }
            let counts = (
                part["numerator"].as_u64().unwrap_or_default(),
                part["denominator"].as_u64(),
            );
            if theirs.insert(who, counts).is_some() {
                self.say(id, "organizations: twice", &name, &"once");
            }
        }
        for part in own
            .keys()
            .chain(theirs.keys())
            .collect::<std::collections::BTreeSet<_>>()
        {
            if own.get(part) != theirs.get(part) {
                self.say(
                    id,
                    &format!("organizations {}", shown(town, part)),
                    &theirs.get(part),
                    &own.get(part),
                );
            }
        }
    }

    /// «Its name is that of «Организации», else its commonest spelling.»
    fn name(&mut self, town: &Town, id: &str, name: &str, place: usize) {
        let listed = town
            .tables
            .iter()
            .filter(|table| table.register == Register::Organizations)
            .any(|table| {
                table
                    .rows
                    .iter()
                    .any(|row| *table.cell(row, "Организация") == Means::Organisation(place))
            });
        let canonical = &town.organisations[place].spellings[0];
        if listed && name != canonical {
            self.say(id, "organizations: name", &name, canonical);
        }
    }

    /// The invariants 1, 3 and 7 of methodology §6, from the JSON alone.
    fn invariants(&mut self, town: &Town, naive: &Outcome, json: &Value) {
        let number = |value: &Value| value.as_u64().unwrap_or_default();
        let no_parts = Vec::new();
        for figure in json["indicators"].as_array().unwrap_or(&no_parts) {
            let id = figure["id"].as_str().unwrap_or_default();
            if figure["unit"] != "percent" || figure["status"] != "ok" {
                continue;
            }
            let (numerator, denominator) =
                (number(&figure["numerator"]), number(&figure["denominator"]));
            if numerator > denominator || denominator == 0 {
                self.say(id, "invariant 1", &numerator, &denominator);
            }
            let parts = figure["organizations"].as_array().unwrap_or(&no_parts);
            let sum = |key: &str| parts.iter().map(|part| number(&part[key])).sum::<u64>();
            if !naive.shared && (sum("numerator"), sum("denominator")) != (numerator, denominator) {
                self.say(
                    id,
                    "invariant 7",
                    &(sum("numerator"), sum("denominator")),
                    &(numerator, denominator),
                );
            }
        }
        let mut rows = 0;
        for sheet in json["inputs"]
            .as_array()
            .unwrap_or(&no_parts)
            .iter()
            .flat_map(|file| file["sheets"].as_array())
            .flatten()
        {
            let left: u64 = sheet["left_out"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(_, count)| number(count))
                .sum();
            if number(&sheet["rows"]) != number(&sheet["used"]) + left {
                self.say(
                    "inputs",
                    "invariant 3",
                    &sheet.to_string(),
                    &"rows = used + left out",
                );
            }
            rows += number(&sheet["rows"]);
        }
        let written: usize = town.tables.iter().map(|table| table.rows.len()).sum();
        if rows != written as u64 {
            self.say("inputs", "rows", &rows, &written);
        }
    }
}

/// Who bears a name of the breakdown.
fn bearer(town: &Town, id: &str, name: &str) -> Option<Part> {
    if name == "не указана" {
        return Some(Part::Nowhere);
    }
    let mut cells = town.tables.iter().flat_map(|table| &table.rows).flatten();
    let team = cells.find_map(|cell| match cell.means {
        Means::Team(team) if id == "4.1.2.6" && cell.text == name => Some(Part::Team(team)),
        _ => None,
    });
    if team.is_some() {
        return team;
    }
    let bears = |own: &&String| own.eq_ignore_ascii_case(name) || *own == name;
    town.organisations
        .iter()
        .position(|own| {
            own.spellings
                .iter()
                .chain(&own.further)
                .chain(&own.short)
                .any(|own| bears(&own))
        })
        .map(Part::Organisation)
}

fn shown(town: &Town, part: &Part) -> String {
    match part {
        Part::Organisation(place) => town.organisations[*place].spellings[0].clone(),
        Part::Team(team) => format!("team {team}"),
        Part::Nowhere => "не указана".to_owned(),
    }
}
