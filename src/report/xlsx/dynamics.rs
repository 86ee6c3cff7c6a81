//! «Динамика»: every indicator over the quarters up to the period, with line charts.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::charts;
use super::indicators::digits;
use super::layouts::rows;
use super::page::{Fit, Page, Stored};
use super::style::{self, PLAIN};
use super::{DYNAMICS, NONE};
use crate::indicators::catalogue::Unit;
use crate::ratio::Ratio;
use crate::report::model::{Line, Point, ReportModel, Series};
use crate::text::column_letters;

const TOP: RowNum = 4;
/// The first column of figures.
const FIGURES: ColNum = 3;
const WIDTHS: [f64; 3] = [10.0, 58.0, 9.0];
const QUARTER: f64 = 15.0;
/// Rows that a chart takes.
const CHART: RowNum = 20;

/// One of the three tables of the sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Values,
    Numerators,
    Denominators,
}

impl Part {
    /// The row of its header.
    fn top(self, series: u32) -> RowNum {
        let place = match self {
            Self::Values => 0,
            Self::Numerators => 1,
            Self::Denominators => 2,
        };
        TOP + place * (series + 3)
    }
}

/// Writes the sheet.
pub(super) fn write(page: &mut Page<'_>, model: &ReportModel) -> Result<(), XlsxError> {
    let styles = page.styles;
    let dynamics = &model.dynamics;
    page.widths(&WIDTHS)?;
    let quarters = rows(dynamics.quarters.len());
    for place in 0..quarters.max(6) {
        page.sheet.set_column_width(figure_column(place), QUARTER)?;
    }
    let width = WIDTHS.iter().sum::<f64>() + QUARTER * f64::from(quarters.max(6));
    page.head(
        "Динамика показателей по кварталам",
        "Каждый квартал посчитан по тем же датированным записям с тем же правилом, нарастающим итогом по правилу окна. \
         Пустая ячейка – нет данных или знаменатель равен нулю. Состав организаций и людей – на последний день квартала.",
        figure_column(quarters.max(6)) - 1,
        width,
    )?;
    if dynamics.quarters.is_empty() {
        page.across(
            TOP,
            (0, FIGURES),
            "До конца периода нет ни одного полного квартала.",
            &styles.subtitle,
        )?;
        page.print(&model.print_heading(), Fit::Width);
        return Ok(());
    }
    for (part, title) in [
        (Part::Values, "Значения"),
        (Part::Numerators, "Числители"),
        (Part::Denominators, "Знаменатели"),
    ] {
        table(page, model, part, title)?;
    }
    let end = Part::Denominators.top(rows(dynamics.series.len())) + rows(dynamics.series.len()) + 2;
    line_charts(page, model, end)?;
    page.sheet
        .set_freeze_panes(TOP, FIGURES)?
        .set_page_breaks(&[end])?;
    page.print(&model.print_heading(), Fit::Width);
    Ok(())
}

fn figure_column(place: u32) -> ColNum {
    FIGURES + ColNum::try_from(place).unwrap_or(0)
}

fn table(
    page: &mut Page<'_>,
    model: &ReportModel,
    part: Part,
    title: &str,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let dynamics = &model.dynamics;
    let top = part.top(rows(dynamics.series.len()));
    page.text(top - 1, 0, title, &styles.title)?;
    for (column, word) in (0..).zip(["№ п/п", "Показатель", "Ед. изм."]) {
        page.text(top, column, word, &styles.header)?;
    }
    for (column, quarter) in (FIGURES..).zip(&dynamics.quarters) {
        page.text(top, column, quarter, &styles.header)?;
    }
    let quarters: Vec<(&str, f64)> = dynamics
        .quarters
        .iter()
        .map(|quarter| (quarter.as_str(), QUARTER))
        .collect();
    page.fit(top, PLAIN.bold(), quarters)?;
    for (row, series) in (top + 1..).zip(&dynamics.series) {
        let Some(line) = model.line(&series.id) else {
            continue;
        };
        page.text(row, 0, &series.id, &styles.centre)?;
        page.text(row, 1, &line.short, &styles.text)?;
        let unit = if part == Part::Values {
            line.unit.title()
        } else {
            NONE
        };
        page.text(row, 2, unit, &styles.centre)?;
        page.fit(row, PLAIN, [(line.short.as_str(), WIDTHS[1])])?;
        points(page, model, part, (line, series), row)?;
    }
    Ok(())
}

fn points(
    page: &mut Page<'_>,
    model: &ReportModel,
    part: Part,
    (line, series): (&Line, &Series),
    row: RowNum,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let all = rows(model.dynamics.series.len());
    let digits = digits(line, model);
    let value = styles.share.clone().set_num_format(style::decimals(digits));
    let place = row - part.top(all);
    for (column, point) in (FIGURES..).zip(&series.points) {
        let letters = column_letters(column.into());
        let cell = |part: Part| format!("{letters}{}", part.top(all) + place + 1);
        match (part, *point) {
            (Part::Values, Point::Ratio(above, below)) if below > 0 => {
                let factor = if line.unit == Unit::Percent { 100 } else { 1 };
                let times = if factor == 1 { "" } else { "100*" };
                let formula = format!(
                    "ROUND({times}{}/{},{digits})",
                    cell(Part::Numerators),
                    cell(Part::Denominators)
                );
                let stored = Ratio::new(factor * i128::from(above), below.into())
                    .map_or_else(|| Stored::Text(NONE), |r| Stored::Number(r.rounded(digits)));
                page.formula(row, column, &formula, &stored, &value)?;
            }
            (Part::Values, Point::Count(count)) => {
                page.formula(
                    row,
                    column,
                    &cell(Part::Numerators),
                    &Stored::count(count),
                    &value,
                )?;
            }
            (Part::Values, Point::Answer(yes)) => {
                page.text(row, column, if yes { "да" } else { "нет" }, &styles.centre)?;
            }
            (Part::Numerators, Point::Ratio(count, _) | Point::Count(count))
            | (Part::Denominators, Point::Ratio(_, count)) => {
                page.count(row, column, count, &styles.count)?;
            }
            _ => page.text(row, column, "", &styles.centre)?,
        }
    }
    Ok(())
}

/// One chart for the shares of each group of indicators, and one for what is no share.
fn line_charts(page: &mut Page<'_>, model: &ReportModel, top: RowNum) -> Result<(), XlsxError> {
    let dynamics = &model.dynamics;
    let last = figure_column(rows(dynamics.quarters.len())) - 1;
    let chosen = |keep: &dyn Fn(&Line) -> bool| -> Vec<RowNum> {
        (TOP + 1..)
            .zip(&dynamics.series)
            .filter(|(_, series)| {
                let drawn = series
                    .points
                    .iter()
                    .any(|p| matches!(p, Point::Count(_) | Point::Ratio(_, 1..)));
                drawn && model.line(&series.id).is_some_and(keep)
            })
            .map(|(row, _)| row)
            .collect()
    };
    let mut groups = Vec::new();
    for paragraph in &model.paragraphs {
        let rows =
            chosen(&|line| line.unit == Unit::Percent && line.id.starts_with(&paragraph.number));
        groups.push((
            format!("Показатели {}, %", paragraph.number),
            rows,
            model.decimals,
        ));
    }
    let rest = chosen(&|line| matches!(line.unit, Unit::Count | Unit::PerOne));
    groups.push(("Команды и нагрузка методистов".to_owned(), rest, 1));
    let mut place = 0;
    for (title, rows, digits) in groups {
        if rows.is_empty() {
            continue;
        }
        let chart = charts::lines(DYNAMICS, &title, &rows, (TOP, FIGURES, last), digits);
        let column = if place % 2 == 0 { 0 } else { FIGURES };
        page.sheet
            .insert_chart(top + (place / 2) * CHART, column, &chart)?;
        place += 1;
    }
    Ok(())
}
