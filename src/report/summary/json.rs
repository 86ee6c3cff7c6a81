//! The consolidated JSON, `mms-summary/1`: the totals, and every result as «Свод» needs it (without
//! the breakdown by organisation and the inputs, which the results themselves have). `merge` reads
//! it back.

use serde::Serialize;

use super::totals::{Extreme, Total};
use super::{PeriodSummary, Summary};
use crate::indicators::catalogue::Unit;
use crate::indicators::figure::Status;
use crate::report::json::TOOL;
use crate::report::result::{PeriodRead, PopulationRead, SUMMARY_SCHEMA, TownFailure, TownResult};

#[derive(Serialize)]
struct SummaryJson<'a> {
    schema: &'static str,
    tool: &'static str,
    periods: Vec<PeriodJson<'a>>,
    results: Vec<&'a TownResult>,
    failures: Vec<TownFailure>,
}

#[derive(Serialize)]
struct PeriodJson<'a> {
    period: PeriodRead,
    computed: usize,
    failed: usize,
    population: PopulationRead,
    indicators: Vec<TotalJson<'a>>,
}

#[derive(Serialize)]
struct TotalJson<'a> {
    id: &'a str,
    title: &'a str,
    unit: Unit,
    status: Status,
    counted: usize,
    numerator: Option<u64>,
    denominator: Option<u64>,
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    yes: Option<usize>,
    highest: Option<ExtremeJson<'a>>,
    lowest: Option<ExtremeJson<'a>>,
    planned: usize,
    met: usize,
}

#[derive(Serialize)]
struct ExtremeJson<'a> {
    value: &'a str,
    towns: &'a [String],
}

/// The summary as pretty JSON with a line break at the end.
///
/// # Errors
/// Never for these types; the error is serde's.
pub fn render(summary: &Summary) -> serde_json::Result<String> {
    let failures = summary.periods.iter().flat_map(|period| {
        period.failed().map(|(town, reason)| TownFailure {
            town: town.to_owned(),
            period: PeriodRead::of(&period.period),
            reason: reason.to_owned(),
        })
    });
    let json = SummaryJson {
        schema: SUMMARY_SCHEMA,
        tool: TOOL,
        periods: summary.periods.iter().map(period_json).collect(),
        results: summary
            .periods
            .iter()
            .flat_map(|period| period.computed().map(|(_, result)| result))
            .collect(),
        failures: failures.collect(),
    };
    serde_json::to_string_pretty(&json).map(|text| text + "\n")
}

fn period_json(period: &PeriodSummary) -> PeriodJson<'_> {
    PeriodJson {
        period: PeriodRead::of(&period.period),
        computed: period.computed().count(),
        failed: period.failed().count(),
        population: period.population,
        indicators: period.totals.iter().map(total_json).collect(),
    }
}

fn total_json(total: &Total) -> TotalJson<'_> {
    TotalJson {
        id: &total.definition.id,
        title: &total.definition.text,
        unit: total.definition.unit,
        status: total.status,
        counted: total.counted,
        numerator: total.numerator,
        denominator: total.denominator,
        value: total.value.as_deref(),
        yes: total.yes,
        highest: total.highest.as_ref().map(extreme_json),
        lowest: total.lowest.as_ref().map(extreme_json),
        planned: total.planned,
        met: total.met,
    }
}

fn extreme_json(extreme: &Extreme) -> ExtremeJson<'_> {
    ExtremeJson {
        value: &extreme.value,
        towns: &extreme.towns,
    }
}
