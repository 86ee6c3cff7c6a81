//! The model of a report out of a run: headings, figures, dynamics, findings, passport.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;

use super::build_evidence::Evidence;
use super::scrub::scrub;
use super::{
    Dynamics, FindingRow, Heading, InputRow, Line, Paragraph, Passport, PlanLine, Point,
    ReportModel, Series, SettingRow, SheetName, SheetRow,
};
use crate::failure::Failure;
use crate::finding::{self, Code, Finding, Place};
use crate::indicators::catalogue::{Unit, catalogue};
use crate::indicators::doubt::speaks_of;
use crate::indicators::figure::{Figure, Status};
use crate::period::{Period, PeriodKind};
use crate::pipeline::Run;
use crate::registers::{FileMeta, RegisterId, SheetMeta, fate};
use crate::report::json;
use crate::settings::InForce;
use crate::source::{FileId, Format, SheetId};

/// What the command knows beside the run.
#[derive(Clone, Copy, Debug)]
pub struct Origins<'a> {
    /// The settings with where each came from.
    pub in_force: &'a InForce,
    /// The command that makes the report again, as it would be typed.
    pub command: &'a str,
}

impl ReportModel {
    /// Everything that the report of a run prints but the quarters of «Динамика».
    ///
    /// # Errors
    /// A setting cannot be written, which no checked settings are.
    pub fn build(run: &Run, origins: &Origins<'_>) -> Result<Self, Failure> {
        let assessment = &run.assessment;
        let settings = &run.settings;
        let evidence = Evidence::gather(run);
        let mut model = Self {
            heading: Heading {
                municipality: settings.municipality.clone(),
                period: assessment.period.clone(),
                window: assessment.window,
                source: catalogue().source.clone(),
                executor: settings.executor.clone(),
                head: settings.head.clone(),
            },
            decimals: settings.decimals.0,
            names: settings.privacy.names,
            min_group: settings.privacy.min_group.into(),
            paragraphs: paragraphs(),
            lines: assessment
                .figures
                .iter()
                .map(|figure| line(run, figure))
                .collect(),
            sources: sources(run),
            organisations: evidence.organisations,
            breakdown: evidence.breakdown,
            teachers: evidence.teachers,
            managers: evidence.managers,
            teams: evidence.teams,
            methodists: evidence.methodists,
            left_out_pairs: evidence.left_out_pairs,
            survey: evidence.survey,
            measures: evidence.measures,
            findings: findings(run),
            passport: passport(run, origins, evidence.remarks)?,
        };
        scrub(&mut model, run.privacy(settings.privacy.names));
        Ok(model)
    }
}

fn paragraphs() -> Vec<Paragraph> {
    catalogue()
        .paragraphs
        .iter()
        .map(|paragraph| Paragraph {
            number: paragraph.number.clone(),
            text: paragraph.text.clone(),
        })
        .collect()
}

fn line(run: &Run, figure: &Figure) -> Line {
    let definition = figure.definition;
    let doubt = run.doubt(figure).map(|doubt| doubt.text());
    let notes: Vec<String> = figure.note.iter().cloned().chain(doubt).collect();
    Line {
        id: definition.id.clone(),
        text: definition.text.clone(),
        short: definition.short.clone(),
        unit: definition.unit,
        scope: definition.scope,
        status: figure.status,
        numerator: figure.numerator,
        denominator: figure.denominator,
        value: figure.value.clone(),
        plan: figure.plan.as_ref().map(|plan| PlanLine {
            target: plan.target.clone(),
            deviation: plan.deviation.clone(),
            outcome: plan.outcome,
        }),
        rule: figure.rule.clone(),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        conditions: figure.conditions,
    }
}

fn file_of<'r>(run: &'r Run, sheet: &SheetMeta) -> Option<&'r FileMeta> {
    run.dataset.files.get(sheet.file.0 as usize)
}

/// The name of a sheet as an address says it: nothing for delimited text, whose only sheet bears
/// the file's name.
fn sheet_name(file: Option<&FileMeta>, sheet: &SheetMeta) -> String {
    match file {
        Some(file) if file.format == Format::Csv => String::new(),
        _ => sheet.name.clone(),
    }
}

fn sources(run: &Run) -> Vec<SheetName> {
    run.dataset
        .sheets
        .iter()
        .map(|sheet| {
            let file = file_of(run, sheet);
            SheetName {
                file: file.map(|file| file.path.clone()).unwrap_or_default(),
                sheet: sheet_name(file, sheet),
            }
        })
        .collect()
}

/// «III кв. 2024», so that it fits a narrow column and an axis.
fn quarter_title(period: &Period) -> String {
    if period.kind != PeriodKind::Quarter {
        return period.title();
    }
    let quarter = match period.to.month0() / 3 {
        0 => "I",
        1 => "II",
        2 => "III",
        _ => "IV",
    };
    format!("{quarter} кв. {}", period.to.year())
}

impl Dynamics {
    /// The quarters of a run ([`Run::dynamics`]).
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let quarters = run.dynamics();
        Self {
            quarters: quarters
                .iter()
                .map(|quarter| quarter_title(&quarter.period))
                .collect(),
            window: quarters
                .first()
                .map(|quarter| quarter.window.kind.title())
                .unwrap_or_default(),
            series: (0..)
                .zip(&catalogue().indicators)
                .map(|(place, definition)| Series {
                    id: definition.id.clone(),
                    points: quarters
                        .iter()
                        .map(|quarter| quarter.figures.get(place).map_or(Point::None, point))
                        .collect(),
                })
                .collect(),
        }
    }
}

fn point(figure: &Figure) -> Point {
    match (figure.definition.unit, figure.numerator, figure.denominator) {
        _ if figure.status == Status::NoData => Point::None,
        (Unit::YesNo, _, _) => Point::Answer(figure.value.as_deref() == Some("yes")),
        (Unit::Count, Some(count), _) => Point::Count(count),
        (_, Some(above), Some(below)) => Point::Ratio(above, below),
        _ => Point::None,
    }
}

/// The indicators that a finding of a register and a code may touch.
fn touched(run: &Run, register: RegisterId, code: Code) -> Arc<str> {
    let ids: Vec<&str> = catalogue()
        .indicators
        .iter()
        .filter(|definition| definition.registers().contains(&register))
        .filter(|definition| speaks_of(code.0, definition, &run.dataset))
        .map(|definition| definition.id.as_str())
        .collect();
    ids.join(", ").into()
}

fn findings(run: &Run) -> Vec<FindingRow> {
    let mut ids = BTreeMap::new();
    // Many findings are of one sheet.
    let mut sources = BTreeMap::new();
    run.findings
        .all()
        .iter()
        .map(|finding| {
            let Place { file, sheet, .. } = finding.place;
            let source = sources
                .entry((file, sheet))
                .or_insert_with(|| source_of(run, file, sheet));
            let indicators = finding.register.map_or_else(
                || "".into(),
                |register| {
                    let touched = || touched(run, register, finding.code);
                    let ids = ids.entry((register, finding.code)).or_insert_with(touched);
                    Arc::clone(ids)
                },
            );
            finding_row(run, finding, source.clone(), indicators)
        })
        .collect()
}

/// The file and the sheet of a place, by name.
fn source_of(run: &Run, file: Option<FileId>, sheet: Option<SheetId>) -> (Arc<str>, Arc<str>) {
    let sheet = sheet.and_then(|sheet| run.dataset.sheet(sheet));
    let file = file.or(sheet.map(|sheet| sheet.file));
    let file = file.and_then(|file| run.dataset.files.get(file.0 as usize));
    let path = file.map_or("", |file| file.path.as_str());
    let name = sheet.map(|sheet| sheet_name(file, sheet));
    (path.into(), name.unwrap_or_default().into())
}

fn finding_row(
    run: &Run,
    finding: &Finding,
    (file, sheet): (Arc<str>, Arc<str>),
    indicators: Arc<str>,
) -> FindingRow {
    let page = finding::page(finding.code);
    let names = run.settings.privacy.names;
    let said = |message: &finding::Message| {
        if names {
            message.with_names()
        } else {
            message.redacted()
        }
    };
    FindingRow {
        severity: finding.code.severity(),
        code: finding.code.0,
        title: page.map_or(Cow::Borrowed(""), |page| Cow::Borrowed(page.title.as_str())),
        file,
        sheet,
        place: finding.place.within_sheet().unwrap_or_default(),
        seen: said(&finding.seen),
        effect: page.map_or(Cow::Borrowed(""), |page| {
            Cow::Borrowed(page.effect.as_str())
        }),
        advice: if finding.advice.is_empty() {
            page.map_or(Cow::Borrowed(""), |page| {
                Cow::Borrowed(page.remedy.as_str())
            })
        } else {
            Cow::Owned(said(&finding.advice))
        },
        indicators,
    }
}

fn passport(run: &Run, origins: &Origins<'_>, remarks: Vec<String>) -> Result<Passport, Failure> {
    Ok(Passport {
        tool: json::TOOL.to_owned(),
        schema: json::SCHEMA.to_owned(),
        settings: origins
            .in_force
            .entries()?
            .into_iter()
            .map(|entry| SettingRow {
                key: entry.key,
                value: entry.value,
                origin: entry.origin.to_string(),
            })
            .collect(),
        inputs: run.dataset.files.iter().map(input).collect(),
        sheets: run
            .dataset
            .sheets
            .iter()
            .map(|sheet| sheet_row(run, sheet))
            .collect(),
        command: origins.command.to_owned(),
        remarks,
    })
}

fn input(file: &FileMeta) -> InputRow {
    let format = match file.format {
        Format::Xlsx => "xlsx",
        Format::Xlsb => "xlsb",
        Format::Xls => "xls",
        Format::Ods => "ods",
        Format::Csv => "csv",
    };
    let format = match &file.text {
        None => format.to_owned(),
        Some(text) => {
            let delimiter = match text.delimiter {
                b'\t' => "табуляция".to_owned(),
                byte => format!("«{}»", char::from(byte)),
            };
            format!("{format}, {}, разделитель {delimiter}", text.encoding)
        }
    };
    InputRow {
        path: file.path.clone(),
        format,
        size: file.size,
        sha256: file.sha256.clone(),
    }
}

fn sheet_row(run: &Run, sheet: &SheetMeta) -> SheetRow {
    SheetRow {
        file: file_of(run, sheet)
            .map(|file| file.path.clone())
            .unwrap_or_default(),
        sheet: sheet.name.clone(),
        register: sheet.register.map(|register| register.title().to_owned()),
        header_row: sheet.header_row.map(|row| u64::from(row) + 1),
        read: sheet.rows,
        used: sheet.used,
        left_out: sheet
            .left_out
            .iter()
            .map(|(reason, count)| (fate::title(reason).to_owned(), *count))
            .collect(),
        hidden_rows: sheet.hidden_rows,
    }
}
