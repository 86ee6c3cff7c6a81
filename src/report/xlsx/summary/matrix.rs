//! «Свод»: a row for each municipality, a column for each indicator, the totals, and for each period
//! who is best and who is worst ([`overview`](super::overview)).

use rust_xlsxwriter::{ColNum, FormatAlign, RowNum, XlsxError};

use super::super::page::{Fit, Page, Stored};
use super::super::style::{self, PLAIN};
use super::super::width::Type;
use super::by_indicator::{ALL, Places};
use super::{NOT_COMPUTED, digits, head, overview, print_heading, stored};
use crate::indicators::catalogue::{Unit, catalogue};
use crate::indicators::figure::Status;
use crate::report::result::{IndicatorRead, PopulationRead};
use crate::report::summary::{PeriodSummary, Summary, Town};
use crate::text::{column_letters, plural};

/// The first row of the first period.
const TOP: RowNum = 3;
/// The columns of the population and of findings.
const POPULATION: [&str; 4] = [
    "Педагогов",
    "Управленцев",
    "Организаций",
    "Ошибок в таблицах",
];
/// The first column of figures.
const FIGURES: ColNum = 5;
/// Bounds of the widths of columns.
const TOWN: (f64, f64) = (20.0, 34.0);
const FIGURE: (f64, f64) = (9.0, 20.0);
/// Column headings are long words in narrow columns.
const SMALL: Type = Type::calibri(9.0).bold();
/// In place of «нет данных» and «не определено», which narrow columns would wrap.
const SHORT_NO_DATA: &str = "н/д";
const SHORT_UNDEFINED: &str = "н/о";

/// The last column.
pub(super) fn last() -> ColNum {
    FIGURES + ColNum::try_from(catalogue().indicators.len()).unwrap_or(0) - 1
}

fn column(indicator: usize) -> ColNum {
    FIGURES + ColNum::try_from(indicator).unwrap_or(0)
}

/// The widths of the columns: names on one line, headings with their longest word whole.
fn widths(summary: &Summary) -> Vec<f64> {
    let names = summary
        .periods
        .iter()
        .flat_map(|period| &period.towns)
        .map(|town| town.name.as_str());
    let words = |title: &str| SMALL.column(title.split([' ', '-']), FIGURE.0, FIGURE.1);
    let titles = catalogue()
        .indicators
        .iter()
        .map(|definition| definition.short.as_str());
    std::iter::once(PLAIN.column(names, TOWN.0, TOWN.1))
        .chain(POPULATION.into_iter().chain(titles).map(words))
        .collect()
}

/// Writes the sheet.
pub(super) fn write(page: &mut Page<'_>, summary: &Summary, at: &Places) -> Result<(), XlsxError> {
    let widths = widths(summary);
    page.widths(&widths)?;
    head(
        page,
        "Свод показателей муниципальных методических служб",
        "Показатели-доли – в процентах. Итог – сумма числителей к сумме знаменателей, не среднее. \
         н/д – нет данных, н/о – не определено (знаменатель равен нулю). Числители, знаменатели, места и примечания – \
         на листе «По показателям»; чего не хватило – на листе «Не посчитано».",
        last(),
        widths.iter().sum(),
    )?;
    let mut row = TOP;
    let mut breaks = Vec::new();
    // The latest is what is looked for.
    for (number, period) in summary.periods.iter().enumerate().rev() {
        if row > TOP {
            breaks.push(row);
        }
        row = section(page, summary, at, (number, period), (row, &widths))?;
        row = overview::write(page, summary, at, (number, period), (row + 1, &widths))? + 1;
    }
    page.sheet
        .set_freeze_panes(0, 1)?
        .set_page_breaks(&breaks)?;
    page.print(&print_heading(summary), Fit::across(widths.iter().sum()));
    Ok(())
}

/// One period's table. Gives the row below it.
fn section(
    page: &mut Page<'_>,
    summary: &Summary,
    at: &Places,
    (number, period): (usize, &PeriodSummary),
    (top, widths): (RowNum, &[f64]),
) -> Result<RowNum, XlsxError> {
    let styles = page.styles;
    let all = period.towns.len() as u64;
    let counted = format!(
        "{}: посчитано {} из {all} {}. {}",
        period.period.title(),
        period.computed().count(),
        plural(
            all,
            "муниципального образования",
            "муниципальных образований",
            "муниципальных образований"
        ),
        period.window()
    );
    page.text(top, 0, &counted, &styles.title.clone().set_font_size(12))?;
    let header = top + 1;
    let small = styles.header.clone().set_font_size(9);
    page.text(header, 0, "Муниципальное образование", &small)?;
    for (column, title) in (1..).zip(POPULATION) {
        page.text(header, column, title, &small)?;
    }
    let titles: Vec<String> = catalogue()
        .indicators
        .iter()
        .map(|definition| format!("{}\n{}", definition.id, definition.short))
        .collect();
    for (place, title) in titles.iter().enumerate() {
        page.text(header, column(place), title, &small)?;
    }
    let figures = widths.iter().skip(usize::from(FIGURES)).copied();
    page.fit(
        header,
        SMALL,
        titles.iter().map(String::as_str).zip(figures),
    )?;
    let mut computed = 0;
    let mut row = header + 1;
    for town in &period.towns {
        if line(page, summary, at, (number, computed), town, row)? {
            computed += 1;
        }
        row += 1;
    }
    totals(page, summary, at, number, period, (header + 1, row))?;
    Ok(row + 1)
}

/// The row of one municipality; whether it was computed.
fn line(
    page: &mut Page<'_>,
    summary: &Summary,
    at: &Places,
    (number, computed): (usize, usize),
    town: &Town,
    row: RowNum,
) -> Result<bool, XlsxError> {
    let styles = page.styles;
    page.text(row, 0, &town.name, &styles.text)?;
    page.fit(row, PLAIN, [(town.name.as_str(), TOWN.1)])?;
    let Ok(result) = &town.outcome else {
        let text = format!("не посчитано: причина – на листе «{NOT_COMPUTED}»");
        let format = styles.text.clone().set_italic();
        page.across(row, (1, last()), &text, &format)?;
        return Ok(false);
    };
    let PopulationRead {
        teachers,
        managers,
        organizations,
    } = result.population;
    for (column, count) in (1..).zip([teachers, managers, organizations, result.issues.errors]) {
        page.count(row, column, count, &styles.count)?;
    }
    for (place, figure) in result.indicators.iter().enumerate() {
        value(
            page,
            summary,
            figure,
            at.row(number, place, computed),
            (row, column(place)),
        )?;
    }
    Ok(true)
}

/// A figure, taken from «По показателям».
fn value(
    page: &mut Page<'_>,
    summary: &Summary,
    figure: &IndicatorRead,
    from: RowNum,
    (row, column): (RowNum, ColNum),
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let words = match figure.status {
        Status::NoData => SHORT_NO_DATA,
        Status::Undefined => SHORT_UNDEFINED,
        Status::Ok => {
            let digits = digits(figure.unit, summary);
            let (stored, format) = match figure.unit {
                Unit::YesNo => (
                    stored(figure.status, figure.value.as_deref()),
                    styles.centre.clone(),
                ),
                Unit::Percent => (
                    super::super::formula::stored_share(
                        figure.numerator.unwrap_or_default(),
                        figure.denominator.unwrap_or_default(),
                        digits,
                        SHORT_UNDEFINED,
                    ),
                    styles
                        .centre
                        .clone()
                        .set_num_format(style::decimals(digits)),
                ),
                _ => (
                    stored(figure.status, figure.value.as_deref()),
                    styles
                        .centre
                        .clone()
                        .set_num_format(style::decimals(digits)),
                ),
            };
            return page.formula(row, column, &Places::value(from), &stored, &format);
        }
    };
    page.text(row, column, words, &styles.centre)
}

fn totals(
    page: &mut Page<'_>,
    summary: &Summary,
    at: &Places,
    number: usize,
    period: &PeriodSummary,
    (first, row): (RowNum, RowNum),
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.text(row, 0, ALL, &styles.total_text)?;
    let PopulationRead {
        teachers,
        managers,
        organizations,
    } = period.population;
    let errors = period
        .computed()
        .map(|(_, result)| result.issues.errors)
        .sum();
    for (column, sum) in (1..).zip([teachers, managers, organizations, errors]) {
        let letter = column_letters(u32::from(column));
        let formula = format!("SUM({letter}{}:{letter}{row})", first + 1);
        page.formula(
            row,
            column,
            &formula,
            &Stored::count(sum),
            &styles.total_count,
        )?;
    }
    let centre = styles.total_text.clone().set_align(FormatAlign::Center);
    for (place, total) in period.totals.iter().enumerate() {
        let column = column(place);
        let format = centre
            .clone()
            .set_num_format(style::decimals(digits(total.definition.unit, summary)));
        let from = Places::value(at.total(number, place));
        match (total.status, total.yes) {
            (Status::NoData, _) => page.text(row, column, SHORT_NO_DATA, &centre)?,
            (Status::Undefined, _) => page.text(row, column, SHORT_UNDEFINED, &centre)?,
            (Status::Ok, Some(yes)) => {
                let words = format!("да: {yes} из {}", total.counted);
                let formula = rust_xlsxwriter::Formula::new(from).set_result(words);
                page.sheet
                    .write_formula_with_format(row, column, formula, &centre)?;
            }
            (Status::Ok, None) => {
                page.formula(
                    row,
                    column,
                    &from,
                    &stored(total.status, total.value.as_deref()),
                    &format,
                )?;
            }
        }
    }
    Ok(())
}
