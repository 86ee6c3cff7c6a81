//! The result as JSON, `mms-result/1` (contract §3). Keys are never renamed; new ones may be added.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::Severity;
use crate::indicators::catalogue::{Scope, Unit};
use crate::indicators::figure::{Figure, Outcome, Part, Status};
use crate::people::privacy::Privacy;
use crate::pipeline::Run;
use crate::registers::RegisterId;

/// The format's name and version.
pub const SCHEMA: &str = "mms-result/1";

/// The program's name and version.
pub const TOOL: &str = concat!("mms ", env!("CARGO_PKG_VERSION"));

#[derive(Serialize)]
struct ResultJson<'a> {
    schema: &'static str,
    tool: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    town: Option<&'a str>,
    municipality: &'a str,
    period: PeriodJson<'a>,
    window: WindowJson,
    population: Population,
    indicators: Vec<Indicator<'a>>,
    issues: Issues,
    inputs: Vec<Input<'a>>,
}

#[derive(Serialize)]
struct PeriodJson<'a> {
    label: &'a str,
    from: String,
    to: String,
}

#[derive(Serialize)]
struct WindowJson {
    kind: String,
    from: Option<String>,
    to: String,
}

#[derive(Serialize)]
struct Population {
    teachers: u64,
    managers: u64,
    organizations: u64,
}

#[derive(Serialize)]
struct Indicator<'a> {
    id: &'a str,
    title: &'a str,
    unit: Unit,
    status: &'static str,
    numerator: Option<u64>,
    denominator: Option<u64>,
    value: Option<&'a str>,
    target: Option<&'a str>,
    deviation: Option<&'a str>,
    outcome: Option<Outcome>,
    rule: Cow<'a, str>,
    note: Option<Cow<'a, str>>,
    /// Of 4.1.1 alone; null where there is no figure, as the two of 4.1.4 below.
    #[serde(skip_serializing_if = "Option::is_none")]
    conditions: Option<Option<Conditions>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    respondents: Option<Option<u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<Option<[&'a str; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organizations: Option<Vec<Organization<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<DoubtJson>,
}

/// What the errors among the findings leave open; absent where nothing is.
#[derive(Serialize)]
struct DoubtJson {
    findings: u64,
    at_most: Option<String>,
}

#[derive(Serialize)]
struct Conditions {
    developed: bool,
    under_way: bool,
    regional: bool,
    federal: bool,
}

#[derive(Serialize)]
struct Organization<'a> {
    name: Cow<'a, str>,
    numerator: Option<u64>,
    denominator: Option<u64>,
    value: Option<&'a str>,
}

#[derive(Serialize)]
struct Issues {
    errors: usize,
    warnings: usize,
    notes: usize,
    by_code: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Input<'a> {
    path: Cow<'a, str>,
    sha256: &'a str,
    sheets: Vec<Sheet<'a>>,
}

#[derive(Serialize)]
struct Sheet<'a> {
    name: Cow<'a, str>,
    register: Option<RegisterId>,
    rows: u64,
    used: u64,
    left_out: &'a BTreeMap<&'static str, u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hidden_rows: Option<u32>,
}

/// The result of a run as pretty JSON with a line break at the end.
///
/// # Errors
/// Never for a run of this program; the error is serde's.
pub fn render(run: &Run) -> serde_json::Result<String> {
    render_of_town(run, None)
}

/// [`render`] with the key `town`: the name in «Свод», where `municipality` does not tell it.
///
/// # Errors
/// As [`render`].
pub fn render_of_town(run: &Run, town: Option<&str>) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(&result_of_town(run, town))?;
    text.push('\n');
    Ok(text)
}

/// The result of a run as a JSON value.
///
/// # Errors
/// As [`render`].
pub fn value(run: &Run) -> serde_json::Result<serde_json::Value> {
    serde_json::to_value(result(run))
}

/// The result of a run, to be written as a part of something else.
pub(super) fn result(run: &Run) -> impl Serialize {
    result_of_town(run, None)
}

fn result_of_town<'a>(run: &'a Run, town: Option<&'a str>) -> ResultJson<'a> {
    let assessment = &run.assessment;
    let privacy = run.privacy(run.settings.privacy.names);
    let (period, window) = (&assessment.period, &assessment.window);
    ResultJson {
        schema: SCHEMA,
        tool: TOOL,
        town,
        municipality: &run.settings.municipality,
        period: PeriodJson {
            label: &period.label,
            from: period.from.to_string(),
            to: period.to.to_string(),
        },
        window: WindowJson {
            kind: window.kind.to_string(),
            from: window.from.map(|day| day.to_string()),
            to: window.to.to_string(),
        },
        population: Population {
            teachers: assessment.teachers,
            managers: assessment.managers,
            organizations: assessment.organisations,
        },
        indicators: assessment
            .figures
            .iter()
            .map(|figure| indicator(run, figure, privacy))
            .collect(),
        issues: Issues {
            errors: run.findings.count(Severity::Error),
            warnings: run.findings.count(Severity::Warning),
            notes: run.findings.count(Severity::Note),
            by_code: run.findings.by_code(),
        },
        inputs: inputs(run, privacy),
    }
}

fn indicator<'r>(run: &'r Run, figure: &'r Figure, privacy: &Privacy) -> Indicator<'r> {
    let min_group = run.settings.privacy.min_group;
    let scope = figure.definition.scope;
    Indicator {
        id: &figure.definition.id,
        title: &figure.definition.text,
        unit: figure.definition.unit,
        status: match figure.status {
            Status::Ok => "ok",
            Status::NoData => "no-data",
            Status::Undefined => "undefined",
        },
        numerator: figure.numerator,
        denominator: figure.denominator,
        value: figure.value.as_deref(),
        target: figure.plan.as_ref().map(|plan| plan.target.written()),
        deviation: figure
            .plan
            .as_ref()
            .and_then(|plan| plan.deviation.as_deref()),
        outcome: figure.plan.as_ref().map(|plan| plan.outcome),
        rule: privacy.clean(&figure.rule),
        note: figure.note.as_deref().map(|note| privacy.clean(note)),
        conditions: (scope == Scope::Measures).then(|| {
            figure.conditions.map(|conditions| Conditions {
                developed: conditions.developed,
                under_way: conditions.under_way,
                regional: conditions.regional,
                federal: conditions.federal,
            })
        }),
        respondents: (scope == Scope::Answers).then_some(figure.respondents),
        interval: (scope == Scope::Answers).then(|| {
            let interval = figure.interval.as_ref();
            interval.map(|(low, high)| [low.as_str(), high.as_str()])
        }),
        organizations: figure.parts.as_ref().map(|parts| {
            parts
                .iter()
                .map(|part| organization(part, min_group, privacy))
                .collect()
        }),
        doubt: run.doubt(figure).map(|doubt| DoubtJson {
            findings: doubt.findings,
            at_most: doubt.at_most,
        }),
    }
}

/// One organisation; its figures are withheld where `privacy.min_group` asks for it.
fn organization<'p>(part: &'p Part, min_group: u32, privacy: &Privacy) -> Organization<'p> {
    let withheld = part
        .denominator
        .is_some_and(|denominator| denominator < u64::from(min_group));
    Organization {
        name: privacy.clean(&part.name),
        numerator: (!withheld).then_some(part.numerator),
        denominator: part.denominator.filter(|_| !withheld),
        value: (!withheld).then_some(part.value.as_str()),
    }
}

fn inputs<'r>(run: &'r Run, privacy: &Privacy) -> Vec<Input<'r>> {
    (0u32..)
        .zip(&run.dataset.files)
        .map(|(number, file)| Input {
            path: privacy.clean(&file.path),
            sha256: &file.sha256,
            sheets: run
                .dataset
                .sheets
                .iter()
                .filter(|sheet| sheet.file.0 == number)
                .map(|sheet| Sheet {
                    name: privacy.clean(&sheet.name),
                    register: sheet.register,
                    rows: sheet.rows,
                    used: sheet.used,
                    left_out: &sheet.left_out,
                    hidden_rows: sheet.hidden_rows.filter(|&rows| rows > 0),
                })
                .collect(),
        })
        .collect()
}
