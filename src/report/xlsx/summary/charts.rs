//! «Графики»: for each share of the last period the municipalities by place, as a table and bars.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLine, ChartPoint, ChartSolidFill,
    ChartType, RowNum, XlsxError,
};

use super::super::formula::stored_share;
use super::super::layouts::rows;
use super::super::page::{Fit, Page, Stored};
use super::super::style::{self, PLAIN};
use super::by_indicator::{ALL, Places};
use super::{CHARTS, NONE, UNDEFINED, head, print_heading, stored};
use crate::indicators::catalogue::Unit;
use crate::report::result::IndicatorRead;
use crate::report::summary::totals::{Total, places};
use crate::report::summary::{PeriodSummary, Summary};

const TOP: RowNum = 3;
const WIDTHS: [f64; 4] = [8.0, 36.0, 12.0, 3.0];
/// The width of a chart in units of column width, and in pixels.
const CHART: f64 = 84.0;
const PIXELS: u32 = 590;
/// How many municipalities are drawn; of more, the first half and the last.
const MOST: usize = 30;
/// The fewest rows that a block takes: a chart of two bars is still a chart.
const LEAST: u32 = 10;
/// Rows on a printed page.
const PAGE: u32 = 36;
/// A row in pixels.
const ROW: u32 = 20;
const BAR: u32 = 0x1F_4E79;
const TOTAL: u32 = 0xC5_5A11;
const GRID: u32 = 0xD9_D9D9;

/// A municipality with its figure, and the row of it on «По показателям».
struct Bar<'a> {
    place: u32,
    name: &'a str,
    figure: &'a IndicatorRead,
    row: RowNum,
}

/// Writes the sheet.
pub(super) fn write(page: &mut Page<'_>, summary: &Summary, at: &Places) -> Result<(), XlsxError> {
    page.widths(&WIDTHS)?;
    let width = WIDTHS.iter().sum::<f64>() + CHART;
    page.sheet.set_column_range_width(4, 12, CHART / 9.0)?;
    let Some(period) = summary.latest() else {
        return Ok(());
    };
    let number = summary.periods.len() - 1;
    let explanation = format!(
        "Показатели-доли за {}, в процентах, по месту. Верхняя полоса – все вместе. Если муниципальных образований \
         больше {MOST}, показаны первые и последние {}.",
        period.period.title(),
        MOST / 2
    );
    head(
        page,
        "Сравнение муниципальных образований",
        &explanation,
        12,
        width,
    )?;
    let mut row = TOP;
    let mut page_start = 0;
    let mut breaks = Vec::new();
    for (place, total) in period.totals.iter().enumerate() {
        let bars = bars(period, at, number, place);
        if total.definition.unit != Unit::Percent || bars.is_empty() {
            continue;
        }
        let height = (rows(bars.len()) + 3).max(LEAST) + 1;
        if row > TOP && row + height - page_start > PAGE {
            breaks.push(row);
            page_start = row;
        }
        block(
            page,
            summary,
            total,
            at.total(number, place),
            &bars,
            (row, height - 2),
        )?;
        row += height;
    }
    if row == TOP {
        page.text(TOP, 0, "Ни одной доли не посчитано.", &page.styles.subtitle)?;
    }
    page.sheet.set_page_breaks(&breaks)?;
    page.print(&print_heading(summary), Fit::across(width));
    Ok(())
}

/// The municipalities by place, those in the middle of a long list left out.
fn bars<'a>(period: &'a PeriodSummary, at: &Places, number: usize, place: usize) -> Vec<Bar<'a>> {
    let figures: Vec<(&str, &IndicatorRead)> = period
        .computed()
        .filter_map(|(name, result)| Some((name, result.indicators.get(place)?)))
        .collect();
    let only: Vec<&IndicatorRead> = figures.iter().map(|(_, figure)| *figure).collect();
    let mut bars: Vec<Bar<'_>> = figures
        .iter()
        .zip(places(&only))
        .enumerate()
        .filter_map(|(town, ((name, figure), rank))| {
            Some(Bar {
                place: rank?,
                name,
                figure,
                row: at.row(number, place, town),
            })
        })
        .collect();
    // A stable sort: municipalities that share a place stay in the order of their names.
    bars.sort_by_key(|bar| bar.place);
    if bars.len() > MOST {
        let last = bars.split_off(bars.len() - MOST / 2);
        bars.truncate(MOST / 2);
        bars.extend(last);
    }
    bars
}

fn block(
    page: &mut Page<'_>,
    summary: &Summary,
    total: &Total,
    from: RowNum,
    bars: &[Bar<'_>],
    (top, chart_rows): (RowNum, u32),
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let title = format!("{} {}, %", total.definition.id, total.definition.short);
    page.text(top, 0, &title, &styles.title.clone().set_font_size(11))?;
    for (column, word) in (0..).zip(["Место", "Муниципальное образование", "Значение, %"])
    {
        page.text(top + 1, column, word, &styles.header)?;
    }
    let digits = summary.decimals;
    let first = top + 2;
    page.text(first, 0, NONE, &styles.total_text)?;
    page.text(first, 1, ALL, &styles.total_text)?;
    let share = styles
        .total_share
        .clone()
        .set_num_format(style::decimals(digits));
    page.formula(
        first,
        2,
        &Places::value(from),
        &stored(total.status, total.value.as_deref()),
        &share,
    )?;
    let mut row = first;
    for bar in bars {
        row += 1;
        page.count(row, 0, bar.place.into(), &styles.centre)?;
        page.text(row, 1, bar.name, &styles.text)?;
        let (above, below) = (
            bar.figure.numerator.unwrap_or_default(),
            bar.figure.denominator.unwrap_or_default(),
        );
        let stored: Stored = stored_share(above, below, digits, UNDEFINED);
        page.formula(row, 2, &Places::value(bar.row), &stored, &styles.share)?;
        page.fit(row, PLAIN, [(bar.name, WIDTHS[1])])?;
    }
    page.sheet
        .insert_chart(top + 1, 4, &chart(&title, digits, (first, row), chart_rows))?;
    Ok(())
}

fn chart(title: &str, digits: u32, (first, last): (RowNum, RowNum), height: u32) -> Chart {
    let mut label = ChartDataLabel::new();
    let mut small = ChartFont::new();
    small.set_size(8.0);
    label
        .show_value()
        .set_num_format(style::decimals(digits))
        .set_font(&small);
    let fill = |colour: u32| {
        let mut format = ChartFormat::new();
        format.set_solid_fill(ChartSolidFill::new().set_color(colour));
        format
    };
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_categories((CHARTS, first, 1, last, 1))
        .set_values((CHARTS, first, 2, last, 2))
        .set_format(&mut fill(BAR))
        .set_points(&[ChartPoint::new().set_format(&mut fill(TOTAL))])
        .set_data_label(&label)
        .set_gap(40);
    // Of a bar chart the vertical axis holds the categories.
    chart.y_axis().set_reverse().set_font(&small);
    chart
        .x_axis()
        .set_min(0)
        .set_max(100)
        .set_num_format("0")
        .set_font(&small);
    let mut grid = ChartLine::new();
    grid.set_color(GRID).set_width(0.75);
    chart.x_axis().set_major_gridlines_line(&grid);
    chart.title().set_hidden();
    chart.legend().set_hidden();
    chart.set_width(PIXELS).set_height(height * ROW);
    chart.set_alt_text(format!(
        "{title}: полосы муниципальных образований по месту; числа – в таблице слева"
    ));
    chart
}
