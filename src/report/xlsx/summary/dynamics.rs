//! «Динамика»: the totals of every period with line charts, then each municipality's figures.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::super::charts;
use super::super::layouts::rows;
use super::super::page::{Fit, Page, Stored};
use super::super::style::{self, PLAIN};
use super::by_indicator::Places;
use super::{DYNAMICS, NONE, digits, head, print_heading, stored};
use crate::indicators::catalogue::{Definition, Unit, catalogue};
use crate::indicators::figure::Status;
use crate::ratio::Ratio;
use crate::report::summary::Summary;

/// The row of the header of the totals.
const TOP: RowNum = 4;
/// The first column of figures.
const FIGURES: ColNum = 3;
const WIDTHS: [f64; 3] = [10.0, 58.0, 9.0];
const PERIOD: f64 = 15.0;
/// The fewest columns of figures that the sheet is laid out for: two charts stand side by side.
const FEWEST: usize = 6;
/// Rows that a chart takes.
const CHART: RowNum = 20;

/// A figure at one period: its cell and the stored result, or words in their place.
enum Point {
    Figure(String, String),
    Words(&'static str),
    /// «да: 2 из 3», a formula with words.
    Answers(String, String),
}

/// Writes the sheet.
pub(super) fn write(page: &mut Page<'_>, summary: &Summary, at: &Places) -> Result<(), XlsxError> {
    let columns = (summary.periods.len() + 1).max(FEWEST);
    page.widths(&WIDTHS)?;
    for place in 0..columns {
        page.sheet.set_column_width(column(place), PERIOD)?;
    }
    let width = WIDTHS.iter().sum::<f64>() + PERIOD * f64::from(rows(columns));
    head(
        page,
        "Динамика показателей",
        "Каждый период посчитан отдельно на свой последний день. Итоги складывают те муниципальные образования, у \
         которых показатель посчитан: если их состав менялся, сравнивайте с оглядкой на лист «Не посчитано». \
         Изменение – последний период минус первый, доли – в процентных пунктах.",
        column(columns) - 1,
        width,
    )?;
    page.text(
        TOP - 1,
        0,
        "Все вместе",
        &page.styles.title.clone().set_font_size(12),
    )?;
    header(page, summary, TOP, "Показатель")?;
    for (place, definition) in catalogue().indicators.iter().enumerate() {
        let points: Vec<Point> = (0..summary.periods.len())
            .map(|number| total_point(summary, at, number, place))
            .collect();
        line(
            page,
            summary,
            (TOP + 1 + rows(place), definition, &definition.short),
            &points,
        )?;
    }
    let below = drawings(page, summary, TOP + 2 + rows(catalogue().indicators.len()))?;
    page.text(
        below,
        0,
        "По муниципальным образованиям",
        &page.styles.title.clone().set_font_size(12),
    )?;
    towns(page, summary, at, below + 1)?;
    page.sheet
        .set_page_breaks(&[TOP + 1 + rows(catalogue().indicators.len()), below])?;
    page.sheet.set_freeze_panes(0, FIGURES)?;
    page.print(&print_heading(summary), Fit::across(width));
    Ok(())
}

fn column(place: usize) -> ColNum {
    FIGURES + ColNum::try_from(place).unwrap_or(0)
}

fn header(
    page: &mut Page<'_>,
    summary: &Summary,
    row: RowNum,
    what: &str,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    for (column, title) in (0..).zip(["№ п/п", what, "Ед. изм."]) {
        page.text(row, column, title, &styles.header)?;
    }
    let titles: Vec<String> = summary
        .periods
        .iter()
        .map(|period| period.period.title())
        .chain(["Изменение".to_owned()])
        .collect();
    for (place, title) in titles.iter().enumerate() {
        page.text(row, column(place), title, &styles.header)?;
    }
    page.fit(
        row,
        PLAIN.bold(),
        titles.iter().map(|title| (title.as_str(), PERIOD)),
    )
}

/// The total of an indicator at a period.
fn total_point(summary: &Summary, at: &Places, number: usize, place: usize) -> Point {
    let Some(total) = summary
        .periods
        .get(number)
        .and_then(|period| period.totals.get(place))
    else {
        return Point::Words(NONE);
    };
    let cell = Places::value(at.total(number, place));
    match (total.status, &total.value, total.yes) {
        (Status::Ok, Some(value), _) => Point::Figure(cell, value.clone()),
        (Status::Ok, None, Some(yes)) => {
            Point::Answers(cell, format!("да: {yes} из {}", total.counted))
        }
        (Status::NoData, ..) => Point::Words("н/д"),
        _ => Point::Words("н/о"),
    }
}

/// One municipality's figures: a heading and a row for each municipality under each indicator.
fn towns(
    page: &mut Page<'_>,
    summary: &Summary,
    at: &Places,
    top: RowNum,
) -> Result<(), XlsxError> {
    header(page, summary, top, "Муниципальное образование")?;
    let names: Vec<&str> = summary
        .latest()
        .map(|period| period.towns.iter().map(|town| town.name.as_str()).collect())
        .unwrap_or_default();
    let last = column(summary.periods.len());
    let mut row = top + 1;
    for (place, definition) in catalogue().indicators.iter().enumerate() {
        let heading = format!("{} {}", definition.id, definition.short);
        page.across(row, (0, last), &heading, &page.styles.total_text)?;
        row += 1;
        for name in &names {
            let points: Vec<Point> = (0..summary.periods.len())
                .map(|number| town_point(summary, at, number, place, name))
                .collect();
            line(page, summary, (row, definition, name), &points)?;
            row += 1;
        }
    }
    Ok(())
}

fn town_point(summary: &Summary, at: &Places, number: usize, place: usize, name: &str) -> Point {
    let Some(period) = summary.periods.get(number) else {
        return Point::Words(NONE);
    };
    let Some((town, (_, result))) = period
        .computed()
        .enumerate()
        .find(|(_, (known, _))| *known == name)
    else {
        return Point::Words(NONE);
    };
    let Some(figure) = result.indicators.get(place) else {
        return Point::Words(NONE);
    };
    match (figure.status, figure.unit, &figure.value) {
        (Status::NoData, ..) => Point::Words("н/д"),
        (Status::Undefined, ..) | (_, _, None) => Point::Words("н/о"),
        (_, Unit::YesNo, Some(value)) => {
            Point::Words(if value == "yes" { "да" } else { "нет" })
        }
        (_, unit, Some(value)) => {
            let share = figure
                .numerator
                .zip(figure.denominator)
                .filter(|_| unit == Unit::Percent)
                .and_then(|(above, below)| {
                    Some(
                        Ratio::new(100 * i128::from(above), below.into())?
                            .rounded(summary.decimals),
                    )
                });
            Point::Figure(
                Places::value(at.row(number, place, town)),
                share.unwrap_or_else(|| value.clone()),
            )
        }
    }
}

fn line(
    page: &mut Page<'_>,
    summary: &Summary,
    (row, definition, name): (RowNum, &Definition, &str),
    points: &[Point],
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.text(row, 0, &definition.id, &styles.centre)?;
    page.text(row, 1, name, &styles.text)?;
    page.text(row, 2, definition.unit.title(), &styles.centre)?;
    let digits = digits(definition.unit, summary);
    let format = styles.share.clone().set_num_format(style::decimals(digits));
    for (place, point) in points.iter().enumerate() {
        match point {
            Point::Figure(cell, value) => {
                page.formula(
                    row,
                    column(place),
                    cell,
                    &stored(Status::Ok, Some(value)),
                    &format,
                )?;
            }
            Point::Words(words) => page.text(row, column(place), words, &styles.centre)?,
            Point::Answers(cell, words) => {
                let formula = rust_xlsxwriter::Formula::new(cell).set_result(words.as_str());
                page.sheet.write_formula_with_format(
                    row,
                    column(place),
                    formula,
                    &styles.centre,
                )?;
            }
        }
    }
    change(page, row, points, digits)?;
    page.fit(row, PLAIN, [(name, WIDTHS[1])])
}

/// The last period less the first, where both have a figure.
fn change(
    page: &mut Page<'_>,
    row: RowNum,
    points: &[Point],
    digits: u32,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let at = column(points.len());
    let (Some(Point::Figure(_, first)), Some(Point::Figure(_, last))) =
        (points.first(), points.last())
    else {
        return page.text(row, at, NONE, &styles.centre);
    };
    let difference = Ratio::parse(last)
        .zip(Ratio::parse(first))
        .map(|(last, first)| last.minus(first).rounded(digits));
    let letters = |column: ColNum| crate::text::column_letters(column.into());
    let formula = format!(
        "ROUND({}{}-{}{},{digits})",
        letters(at - 1),
        row + 1,
        letters(FIGURES),
        row + 1
    );
    let zeros = style::decimals(digits);
    let format = styles
        .share
        .clone()
        .set_num_format(format!("+{zeros};-{zeros};{zeros}"));
    let stored = difference.map_or(Stored::Text(NONE), Stored::Number);
    page.formula(row, at, &formula, &stored, &format)
}

/// Line charts of the totals: the shares of each paragraph, and what is no share. Gives the row
/// below them.
fn drawings(page: &mut Page<'_>, summary: &Summary, top: RowNum) -> Result<RowNum, XlsxError> {
    let drawn = |place: usize| {
        summary
            .periods
            .iter()
            .any(|period| period.totals.get(place).is_some_and(|t| t.value.is_some()))
    };
    let chosen = |keep: &dyn Fn(&Definition) -> bool| -> Vec<RowNum> {
        let all = catalogue().indicators.iter().enumerate();
        all.filter(|(place, definition)| keep(definition) && drawn(*place))
            .map(|(place, _)| TOP + 1 + rows(place))
            .collect()
    };
    let share = |definition: &Definition, of: &str| {
        definition.unit == Unit::Percent && definition.id.starts_with(of)
    };
    let plans = [
        (
            "Показатели 4.1.2, %",
            chosen(&|definition| share(definition, "4.1.2")),
            summary.decimals,
        ),
        (
            "Показатели 4.1.3, %",
            chosen(&|definition| share(definition, "4.1.3")),
            summary.decimals,
        ),
        (
            "Показатель 4.1.4, %",
            chosen(&|definition| share(definition, "4.1.4")),
            summary.decimals,
        ),
        (
            "Команды и нагрузка методистов",
            chosen(&|definition| matches!(definition.unit, Unit::Count | Unit::PerOne)),
            1,
        ),
    ];
    let mut count = 0;
    let last = column(summary.periods.len()) - 1;
    for (title, lines, digits) in plans {
        if lines.is_empty() {
            continue;
        }
        let mut chart = charts::lines(DYNAMICS, title, &lines, (TOP, FIGURES, last), digits);
        chart.set_alt_text(format!(
            "{title}: линии по периодам; числа – в таблице «Все вместе» этого листа"
        ));
        let column = if count % 2 == 0 { 0 } else { FIGURES };
        page.sheet
            .insert_chart(top + count / 2 * CHART, column, &chart)?;
        count += 1;
    }
    Ok(top + count.div_ceil(2) * CHART + 1)
}
