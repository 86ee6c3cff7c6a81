//! «Не посчитано»: the municipalities without figures and the figures without data, with reasons.

use std::collections::BTreeMap;

use rust_xlsxwriter::{RowNum, XlsxError};

use super::super::page::{Fit, Page};
use super::super::style::PLAIN;
use super::{NO_DATA, UNDEFINED, head, print_heading};
use crate::indicators::catalogue::catalogue;
use crate::indicators::figure::Status;
use crate::report::summary::Summary;

const TOP: RowNum = 3;
const COLUMNS: [(&str, f64); 5] = [
    ("Муниципальное образование", 34.0),
    ("Период", 18.0),
    ("Показатель", 44.0),
    ("Что", 16.0),
    ("Причина и что делать", 60.0),
];

/// Writes the sheet.
pub(super) fn write(page: &mut Page<'_>, summary: &Summary) -> Result<(), XlsxError> {
    let widths = COLUMNS.map(|(_, width)| width);
    page.widths(&widths)?;
    head(
        page,
        "Что не посчитано",
        "Сначала муниципальные образования, по которым нет отчёта, затем показатели, которые в итог не вошли.",
        4,
        widths.iter().sum(),
    )?;
    let styles = page.styles;
    let lines = lines(summary);
    if lines.is_empty() {
        page.across(
            TOP,
            (0, 4),
            "Посчитано всё: все муниципальные образования и все показатели.",
            &styles.subtitle,
        )?;
    } else {
        for (column, (title, _)) in (0..).zip(COLUMNS) {
            page.text(TOP, column, title, &styles.header)?;
        }
        let mut row = TOP;
        for line in &lines {
            row += 1;
            for (column, text) in (0..).zip(line) {
                page.text(row, column, text, &styles.text)?;
            }
            page.fit(row, PLAIN, line.iter().map(String::as_str).zip(widths))?;
        }
        page.sheet
            .autofilter(TOP, 0, row, 4)?
            .set_freeze_panes(TOP + 1, 1)?
            .set_repeat_rows(TOP, TOP)?;
    }
    page.print(&print_heading(summary), Fit::Width);
    Ok(())
}

/// A municipality, an indicator, what is wrong, and why.
type Line = [String; 4];

/// What was not computed, each once with all its periods: first whole reports, then figures.
fn lines<'a>(summary: &'a Summary) -> Vec<[String; 5]> {
    let mut lines: Vec<(Line, Vec<&str>)> = Vec::new();
    let mut places: BTreeMap<Line, usize> = BTreeMap::new();
    let mut put = |line: Line, label: &'a str| {
        let place = *places.entry(line.clone()).or_insert(lines.len());
        match lines.get_mut(place) {
            Some((_, labels)) => labels.push(label),
            None => lines.push((line, vec![label])),
        }
    };
    for period in &summary.periods {
        for (town, reason) in period.failed() {
            let line = [
                town.to_owned(),
                "все".to_owned(),
                "нет отчёта".to_owned(),
                reason.to_owned(),
            ];
            put(line, &period.period.label);
        }
    }
    for period in &summary.periods {
        for (town, result) in period.computed() {
            for (figure, definition) in result.indicators.iter().zip(&catalogue().indicators) {
                let what = match figure.status {
                    Status::Ok => continue,
                    Status::NoData => NO_DATA,
                    Status::Undefined => UNDEFINED,
                };
                let title = format!("{} {}", definition.id, definition.short);
                let reason = figure
                    .note
                    .clone()
                    .unwrap_or_else(|| "знаменатель равен нулю".to_owned());
                put(
                    [town.to_owned(), title, what.to_owned(), reason],
                    &period.period.label,
                );
            }
        }
    }
    lines
        .into_iter()
        .map(|([town, title, what, reason], labels)| [town, labels.join(", "), title, what, reason])
        .collect()
}
