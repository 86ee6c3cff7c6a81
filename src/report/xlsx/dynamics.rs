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
use crate::report::model::{Dynamics, Line, Point, ReportModel, Series};
use crate::text::column_letters;

const TOP: RowNum = 5;
/// The first column of figures.
const FIGURES: ColNum = 3;
const WIDTHS: [f64; 3] = [10.0, 58.0, 9.0];
const QUARTER: f64 = 15.0;
/// The fewest columns of figures that the sheet is laid out for: two charts stand side by side.
const FEWEST: u32 = 6;
/// Rows that a chart takes.
const CHART: RowNum = 20;

/// One of the three tables of the sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Values,
    Numerators,
    Denominators,
}

/// A chart to draw.
struct Drawing {
    title: String,
    rows: Vec<RowNum>,
    digits: u32,
}

/// The sheet from top to bottom: values, charts, numerators, denominators.
struct Plan {
    series: u32,
    charts: Vec<Drawing>,
}

impl Plan {
    fn of(model: &ReportModel, dynamics: &Dynamics) -> Self {
        Self {
            series: rows(dynamics.series.len()),
            charts: drawings(model, dynamics),
        }
    }

    /// The first row of the charts.
    fn charts_top(&self) -> RowNum {
        TOP + self.series + 2
    }

    /// The row of a table's header.
    fn top(&self, part: Part) -> RowNum {
        let charts = rows(self.charts.len().div_ceil(2)) * CHART;
        let below = self.charts_top() + charts + 1;
        match part {
            Part::Values => TOP,
            Part::Numerators => below,
            Part::Denominators => below + self.series + 3,
        }
    }
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    dynamics: &Dynamics,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.widths(&WIDTHS)?;
    let quarters = rows(dynamics.quarters.len()).max(FEWEST);
    for place in 0..quarters {
        page.sheet.set_column_width(figure_column(place), QUARTER)?;
    }
    let width = WIDTHS.iter().sum::<f64>() + QUARTER * f64::from(quarters);
    let own = model.heading.window.kind.title();
    let other = if dynamics.window == own || dynamics.window.is_empty() {
        String::new()
    } else {
        format!(
            "События – {}, а в самом отчёте – {own}: соседние цифры могут не совпасть. ",
            dynamics.window
        )
    };
    page.head(
        "Динамика показателей по кварталам",
        &format!(
            "Каждый квартал посчитан по тем же датированным записям и тем же правилам, на последний день квартала. \
             {other}Пустая ячейка – нет данных или знаменатель равен нулю."
        ),
        (0, figure_column(quarters) - 1),
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
    let plan = Plan::of(model, dynamics);
    for (part, title) in [
        (Part::Values, "Значения"),
        (Part::Numerators, "Числители"),
        (Part::Denominators, "Знаменатели"),
    ] {
        table(page, (model, dynamics), &plan, part, title)?;
    }
    for (place, drawing) in (0..).zip(&plan.charts) {
        let last = figure_column(rows(dynamics.quarters.len())) - 1;
        let chart = charts::lines(
            DYNAMICS,
            &drawing.title,
            &drawing.rows,
            (TOP, FIGURES, last),
            drawing.digits,
        );
        let column = if place % 2 == 0 { 0 } else { FIGURES };
        page.sheet
            .insert_chart(plan.charts_top() + place / 2 * CHART, column, &chart)?;
    }
    let mut breaks = vec![plan.top(Part::Numerators) - 1];
    if !plan.charts.is_empty() {
        breaks.insert(0, plan.charts_top() - 1);
    }
    page.sheet
        .set_freeze_panes(TOP, FIGURES)?
        .set_page_breaks(&breaks)?;
    page.print(&model.print_heading(), Fit::across(width));
    Ok(())
}

fn figure_column(place: u32) -> ColNum {
    FIGURES + ColNum::try_from(place).unwrap_or(0)
}

fn table(
    page: &mut Page<'_>,
    (model, dynamics): (&ReportModel, &Dynamics),
    plan: &Plan,
    part: Part,
    title: &str,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let top = plan.top(part);
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
        points(page, model, plan, part, (line, series), row)?;
    }
    Ok(())
}

fn points(
    page: &mut Page<'_>,
    model: &ReportModel,
    plan: &Plan,
    part: Part,
    (line, series): (&Line, &Series),
    row: RowNum,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let digits = digits(line, model);
    let value = styles.share.clone().set_num_format(style::decimals(digits));
    let place = row - plan.top(part);
    for (column, point) in (FIGURES..).zip(&series.points) {
        let letters = column_letters(column.into());
        let cell = |part: Part| format!("{letters}{}", plan.top(part) + place + 1);
        match (part, *point) {
            (Part::Values, Point::Ratio(above, below)) if below > 0 => {
                let (factor, times) = match line.unit {
                    Unit::Percent => (100, "100*"),
                    _ => (1, ""),
                };
                let formula = format!(
                    "ROUND({times}{}/{},{digits})",
                    cell(Part::Numerators),
                    cell(Part::Denominators)
                );
                let stored = Ratio::new(factor * i128::from(above), below.into())
                    .map_or(Stored::Text(NONE), |r| Stored::Number(r.rounded(digits)));
                page.formula(row, column, &formula, &stored, &value)?;
            }
            (Part::Values, Point::Count(count)) => {
                let stored = Stored::count(count);
                page.formula(row, column, &cell(Part::Numerators), &stored, &value)?;
            }
            (Part::Values, Point::Answer(yes)) => {
                let word = if yes { "да" } else { "нет" };
                page.text(row, column, word, &styles.centre)?;
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
fn drawings(model: &ReportModel, dynamics: &Dynamics) -> Vec<Drawing> {
    let chosen = |keep: &dyn Fn(&Line) -> bool| -> Vec<RowNum> {
        let drawn = |point: &Point| matches!(point, Point::Count(_) | Point::Ratio(_, 1..));
        (TOP + 1..)
            .zip(&dynamics.series)
            .filter(|(_, series)| series.points.iter().any(drawn))
            .filter(|(_, series)| model.line(&series.id).is_some_and(keep))
            .map(|(row, _)| row)
            .collect()
    };
    let shares = model.paragraphs.iter().map(|paragraph| Drawing {
        title: format!("Показатели {}, %", paragraph.number),
        rows: chosen(&|line| line.unit == Unit::Percent && line.id.starts_with(&paragraph.number)),
        digits: model.decimals,
    });
    let rest = Drawing {
        title: "Команды и нагрузка методистов".to_owned(),
        rows: chosen(&|line| matches!(line.unit, Unit::Count | Unit::PerOne)),
        digits: 1,
    };
    shares
        .chain([rest])
        .filter(|drawing| !drawing.rows.is_empty())
        .collect()
}
