//! The workbook «Свод»: municipalities × indicators. One file for each sheet.
//!
//! It is written from [`Summary`] alone, so that `batch` and `merge` give the same bytes; the
//! creation date is the latest D. Totals are live formulas over the rows of «По показателям», with
//! their stored results.

mod by_indicator;
mod charts;
mod dynamics;
mod matrix;
mod not_computed;
mod overview;

use std::io::{self, Seek, Write};
use std::path::Path;

use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use self::by_indicator::Places;
use super::io_error;
use super::page::{Page, Stored};
use super::style::{PLAIN, Styles};
use crate::indicators::catalogue::Unit;
use crate::indicators::figure::Status;
use crate::report::result::SUMMARY_SCHEMA;
use crate::report::seal;
use crate::report::steady::Steady;
use crate::report::summary::Summary;
use crate::report::summary::totals::PER_ONE_DECIMALS;

const MATRIX: &str = "Свод";
const BY_INDICATOR: &str = "По показателям";
const DYNAMICS: &str = "Динамика";
const CHARTS: &str = "Графики";
const NOT_COMPUTED: &str = "Не посчитано";
const NO_DATA: &str = "нет данных";
const UNDEFINED: &str = "не определено";
/// In place of what does not apply.
const NONE: &str = "–";

/// Writes the workbook with its seal to `out`. `scratch` is a folder for an unnamed temporary file.
///
/// # Errors
/// The disk fails, or a limit of Excel is broken.
pub fn write(summary: &Summary, out: &mut (impl Write + Seek), scratch: &Path) -> io::Result<()> {
    let mut workbook = Workbook::new();
    fill(&mut workbook, summary).map_err(io_error)?;
    let mut raw = Steady::new(tempfile::tempfile_in(scratch)?);
    workbook.save_to_writer(&mut raw).map_err(io_error)?;
    drop(workbook);
    seal::seal(raw.finish()?, out)
}

fn fill(workbook: &mut Workbook, summary: &Summary) -> Result<(), XlsxError> {
    properties(workbook, summary)?;
    let styles = Styles::new(summary.decimals);
    let places = Places::of(summary);
    for name in [MATRIX, BY_INDICATOR, DYNAMICS, CHARTS, NOT_COMPUTED] {
        if name == DYNAMICS && summary.periods.len() < 2 {
            continue;
        }
        let sheet = workbook.add_worksheet();
        sheet
            .set_name(name)?
            .set_formula_result_default("")
            .set_screen_gridlines(false);
        let page = &mut Page::new(sheet, &styles, false);
        match name {
            MATRIX => matrix::write(page, summary, &places)?,
            BY_INDICATOR => by_indicator::write(page, summary, &places)?,
            DYNAMICS => dynamics::write(page, summary, &places)?,
            CHARTS => charts::write(page, summary, &places)?,
            _ => not_computed::write(page, summary)?,
        }
    }
    Ok(())
}

fn properties(workbook: &mut Workbook, summary: &Summary) -> Result<(), XlsxError> {
    let mut properties = DocProperties::new()
        .set_title("Свод показателей эффективности деятельности муниципальных методических служб")
        .set_subject(print_heading(summary))
        .set_custom_property(seal::REPORT, SUMMARY_SCHEMA)
        .set_custom_property(seal::SEAL, seal::BLANK);
    if let Some(day) = summary.as_of() {
        let created = ExcelDateTime::from_ymd(
            u16::try_from(day.year()).unwrap_or(1900),
            u8::try_from(day.month()).unwrap_or(1),
            u8::try_from(day.day()).unwrap_or(1),
        )?;
        properties = properties.set_creation_datetime(&created);
    }
    workbook.set_properties(&properties);
    workbook.set_default_format(
        &Format::new().set_font_name("Calibri").set_font_size(11),
        20,
        64,
    )?;
    Ok(())
}

/// What every printed page belongs to.
fn print_heading(summary: &Summary) -> String {
    let periods: Vec<String> = summary
        .periods
        .iter()
        .map(|period| period.period.title())
        .collect();
    format!("Свод показателей ММС, {}", periods.join(", "))
}

/// The title of a sheet and what it shows, over `width`. Takes the first two rows.
fn head(
    page: &mut Page<'_>,
    title: &str,
    explanation: &str,
    last: rust_xlsxwriter::ColNum,
    width: f64,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.text(0, 0, title, &styles.title)?;
    page.set_height(0, 21.0)?;
    page.across(1, (0, last), explanation, &styles.subtitle)?;
    page.fit(1, PLAIN, [(explanation, width)])
}

/// Digits after the point of an indicator's values.
fn digits(unit: Unit, summary: &Summary) -> u32 {
    match unit {
        Unit::Percent => summary.decimals,
        Unit::PerOne => PER_ONE_DECIMALS,
        Unit::Count | Unit::YesNo => 0,
    }
}

/// The stored result of a value, as a municipality's result has it.
fn stored(status: Status, value: Option<&str>) -> Stored {
    match (status, value) {
        (Status::NoData, _) => Stored::Text(NO_DATA),
        (Status::Ok, Some("yes")) => Stored::Text("да"),
        (Status::Ok, Some("no")) => Stored::Text("нет"),
        (Status::Ok, Some(value)) => Stored::Number(value.to_owned()),
        _ => Stored::Text(UNDEFINED),
    }
}
