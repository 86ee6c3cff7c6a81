//! «Замечания»: how many problems there are of each kind, then every one of them.

use std::collections::BTreeMap;

use rust_xlsxwriter::{RowNum, XlsxError};

use super::page::{Cell, Fit, Page, Stored};
use super::scale::Manner;
use super::style::PLAIN;
use super::table::{Column, Kind, Layout};
use crate::finding::Severity;
use crate::report::model::{FindingRow, ReportModel};

const SHEET: &str = "Замечания";
const TOP: RowNum = 5;

/// The weight in a word, with a sign that needs no colour.
fn weight(severity: Severity) -> String {
    let sign = match severity {
        Severity::Error => "×",
        Severity::Warning => "!",
        Severity::Note => "i",
    };
    format!("{sign} {}", severity.title())
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("Вес", Kind::Code, 17.0),
        Column::new("Код", Kind::Code, 8.0),
        Column::new("Замечание", Kind::Text, 24.0),
        Column::new("Файл", Kind::Text, 20.0),
        Column::new("Лист", Kind::Text, 13.0),
        Column::new("Место", Kind::Code, 12.0),
        Column::new("Что видно", Kind::Text, 34.0),
        Column::new("Что следует", Kind::Text, 30.0),
        Column::new("Что сделать", Kind::Text, 30.0),
        Column::new("Показатели", Kind::Text, 14.0),
    ]
}

/// One kind of findings.
struct Group<'a> {
    example: &'a FindingRow,
    count: u64,
}

fn groups(findings: &[FindingRow]) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<(Severity, &str), Group<'_>> = BTreeMap::new();
    for finding in findings {
        groups
            .entry((finding.severity, finding.code))
            .or_insert(Group {
                example: finding,
                count: 0,
            })
            .count += 1;
    }
    groups.into_values().collect()
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    manner: &Manner,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let groups = groups(&model.findings);
    let kinds = super::layouts::rows(groups.len());
    let shown = model
        .findings
        .len()
        .min(manner.scale.sheet_rows as usize / 2);
    let layout = Layout {
        sheet: SHEET,
        name: SHEET,
        top: TOP + kinds + 3,
        columns: columns(),
        rows: super::layouts::rows(shown),
        structured: manner.structured(shown as u64),
    };
    layout.set_widths(page)?;
    page.head(
        "Замечания к исходным таблицам",
        "Ошибка – из-за неё что-то не учтено. Предупреждение – учтено при названном допущении. Примечание – прочитано не так, \
         как записано, ничего не потеряно. «Показатели» – те, которые замечание могло затронуть.",
        (0, layout.last_column()),
        layout.width(),
    )?;
    if model.findings.is_empty() {
        page.across(TOP, (0, 6), "Замечаний нет.", &styles.subtitle)?;
        page.print(&model.print_heading(), Fit::Width);
        return Ok(());
    }
    summary(page, &groups, &layout, shown == model.findings.len())?;
    let mut title = "Все замечания".to_owned();
    if shown < model.findings.len() {
        title = format!(
            "Первые {shown} замечаний из {}: остальные не помещаются на лист, их печатает mms check",
            model.findings.len()
        );
    }
    page.text(layout.top - 1, 0, &title, &styles.title)?;
    layout.open(page)?;
    for (place, finding) in (0..).zip(model.findings.iter().take(shown)) {
        layout.row(
            page,
            place,
            &[
                Cell::text(weight(finding.severity)),
                Cell::text(finding.code),
                Cell::text(&*finding.title),
                Cell::text(&*finding.file),
                Cell::text(&*finding.sheet),
                Cell::text(&finding.place),
                Cell::text(&finding.seen),
                Cell::text(&*finding.effect),
                Cell::text(&*finding.advice),
                Cell::text(&*finding.indicators),
            ],
        )?;
    }
    page.sheet.set_freeze_panes(TOP, 0)?;
    page.print(&model.print_heading(), Fit::Width);
    Ok(())
}

/// How many findings there are of each kind.
fn summary(
    page: &mut Page<'_>,
    groups: &[Group<'_>],
    layout: &Layout,
    live: bool,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.text(TOP - 1, 0, "Вес", &styles.header)?;
    page.text(TOP - 1, 1, "Код", &styles.header)?;
    page.text(TOP - 1, 2, "Количество", &styles.header)?;
    page.across(TOP - 1, (3, 6), "Замечание", &styles.header)?;
    page.across(TOP - 1, (7, 9), "Что следует", &styles.header)?;
    for (row, group) in (TOP..).zip(groups) {
        let example = group.example;
        page.text(row, 0, &weight(example.severity), &styles.centre)?;
        page.text(row, 1, example.code, &styles.centre)?;
        if live {
            let formula = format!("COUNTIFS({},$B{})", layout.range("Код"), row + 1);
            page.formula(row, 2, &formula, &Stored::count(group.count), &styles.count)?;
        } else {
            page.count(row, 2, group.count, &styles.count)?;
        }
        page.across(row, (3, 6), &example.title, &styles.text)?;
        page.across(row, (7, 9), &example.effect, &styles.text)?;
        page.fit(
            row,
            PLAIN,
            [(&*example.title, 79.0), (&*example.effect, 74.0)],
        )?;
    }
    Ok(())
}
