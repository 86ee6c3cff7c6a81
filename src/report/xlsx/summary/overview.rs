//! The second table of each period on «Свод»: the total of each indicator with what it was counted
//! from, who is best and who is worst, whose plan is met. It stands in the columns of the first.

use rust_xlsxwriter::{ColNum, Format, FormatAlign, RowNum, XlsxError};

use super::super::page::{Page, Stored};
use super::super::style::{self, PLAIN};
use super::super::width::Type;
use super::by_indicator::Places;
use super::{NONE, digits, stored};
use crate::indicators::catalogue::Unit;
use crate::indicators::figure::Status;
use crate::report::summary::terminal::extreme_words;
use crate::report::summary::totals::{Extreme, Total};
use crate::report::summary::{PeriodSummary, Summary};

/// The cells: title, first and last column.
const CELLS: [(&str, ColNum, ColNum); 8] = [
    ("Показатель", 0, 2),
    ("Все вместе", 3, 3),
    ("Числитель", 4, 4),
    ("Знаменатель", 5, 5),
    ("Посчитано у", 6, 6),
    ("Лучше всех (4.1.3.2: больше всего; 4.1.1: да)", 7, 11),
    ("Хуже всех (4.1.3.2: меньше всего; 4.1.1: нет)", 12, 16),
    ("План достигнут", 17, 18),
];
/// Of headings.
const SMALL: Type = Type::calibri(9.0).bold();
/// How many names stand in a cell before «и ещё N».
const NAMES: usize = 5;

/// The width of columns together.
fn over(widths: &[f64], first: ColNum, last: ColNum) -> f64 {
    let (first, last) = (usize::from(first), usize::from(last));
    widths.iter().take(last + 1).skip(first).sum()
}

/// Writes the table from its heading in `top`. Gives the row below it.
pub(super) fn write(
    page: &mut Page<'_>,
    summary: &Summary,
    at: &Places,
    (number, period): (usize, &PeriodSummary),
    (top, widths): (RowNum, &[f64]),
) -> Result<RowNum, XlsxError> {
    if at.computed(number) == 0 {
        return Ok(top);
    }
    let styles = page.styles;
    let header = styles.header.clone().set_font_size(9);
    for (title, first, last) in CELLS {
        page.across(top, (first, last), title, &header)?;
    }
    page.fit(
        top,
        SMALL,
        CELLS.map(|(title, first, last)| (title, over(widths, first, last))),
    )?;
    let mut row = top + 1;
    for (place, total) in period.totals.iter().enumerate() {
        line(page, summary, total, at.total(number, place), (row, widths))?;
        row += 1;
    }
    Ok(row)
}

fn line(
    page: &mut Page<'_>,
    summary: &Summary,
    total: &Total,
    from: RowNum,
    (row, widths): (RowNum, &[f64]),
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let unit = total.definition.unit;
    let title = match unit {
        Unit::YesNo => format!("{} {}", total.definition.id, total.definition.short),
        _ => format!(
            "{} {}, {}",
            total.definition.id,
            total.definition.short,
            unit.title()
        ),
    };
    page.across(row, (0, 2), &title, &styles.text)?;
    value(page, summary, total, from, row)?;
    for (column, cell, sum) in [
        (4, Places::numerator(from), total.numerator),
        (5, Places::denominator(from), total.denominator),
    ] {
        match sum {
            Some(sum) => page.formula(row, column, &cell, &Stored::count(sum), &styles.count)?,
            None => page.text(row, column, NONE, &styles.centre)?,
        }
    }
    page.count(row, 6, total.counted as u64, &styles.centre)?;
    let words = |extreme: Option<&Extreme>| {
        extreme.map_or_else(
            || NONE.to_owned(),
            |extreme| extreme_words(unit, extreme, NAMES),
        )
    };
    let (highest, lowest) = match (unit, total.highest.as_ref(), total.lowest.as_ref()) {
        // One answer alone: it is «да» or «нет» everywhere.
        (Unit::YesNo, Some(one), None) if one.value == "no" => (NONE.to_owned(), words(Some(one))),
        (_, Some(_), None) if total.counted > 1 && unit != Unit::YesNo => {
            ("у всех одинаково".to_owned(), NONE.to_owned())
        }
        (_, highest, lowest) => (words(highest), words(lowest)),
    };
    page.across(row, (7, 11), &highest, &styles.text)?;
    page.across(row, (12, 16), &lowest, &styles.text)?;
    let plan = if total.planned == 0 {
        "планов нет".to_owned()
    } else {
        format!("у {} из {}", total.met, total.planned)
    };
    page.across(row, (17, 18), &plan, &styles.centre)?;
    let ends = over(widths, 7, 11).min(over(widths, 12, 16));
    page.fit(
        row,
        PLAIN,
        [
            (title.as_str(), over(widths, 0, 2)),
            (highest.as_str(), ends),
            (lowest.as_str(), ends),
        ],
    )
}

fn value(
    page: &mut Page<'_>,
    summary: &Summary,
    total: &Total,
    from: RowNum,
    row: RowNum,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let cell = Places::value(from);
    let centre: Format = styles
        .centre
        .clone()
        .set_bold()
        .set_align(FormatAlign::Center);
    match (total.status, total.yes) {
        (Status::Ok, Some(yes)) => {
            let formula = rust_xlsxwriter::Formula::new(cell)
                .set_result(format!("да: {yes} из {}", total.counted));
            page.sheet
                .write_formula_with_format(row, 3, formula, &centre)?;
            Ok(())
        }
        (Status::Ok, None) => {
            let digits = digits(total.definition.unit, summary);
            let format = styles
                .share
                .clone()
                .set_bold()
                .set_num_format(style::decimals(digits));
            page.formula(
                row,
                3,
                &cell,
                &stored(total.status, total.value.as_deref()),
                &format,
            )
        }
        (Status::NoData, _) => page.text(row, 3, "н/д", &centre),
        (Status::Undefined, _) => page.text(row, 3, "н/о", &centre),
    }
}
