//! «По показателям»: one row for each municipality and indicator, and the totals over them. All
//! other sheets take their figures from here.

use rust_xlsxwriter::{ColNum, FormatAlign, RowNum, XlsxError};

use super::super::layouts::rows;
use super::super::page::{Fit, Page, Stored};
use super::super::style::{self, PLAIN};
use super::{BY_INDICATOR, NO_DATA, NONE, UNDEFINED, digits, head, print_heading, stored};
use crate::indicators::catalogue::{Definition, Unit, catalogue};
use crate::indicators::figure::Status;
use crate::report::result::{IndicatorRead, TownResult};
use crate::report::summary::totals::{Total, places};
use crate::report::summary::{PeriodSummary, Summary};
use crate::target::{Outcome, Target};

/// The row of the header.
const TOP: RowNum = 3;
const COLUMNS: [(&str, f64); 11] = [
    ("Период", 12.0),
    ("№ п/п", 9.0),
    ("Показатель", 38.0),
    ("Муниципальное образование", 30.0),
    ("Числитель", 12.0),
    ("Знаменатель", 13.5),
    ("Значение", 14.0),
    ("Место", 9.0),
    ("План", 14.0),
    ("Выполнение", 23.0),
    ("Примечание", 42.0),
];
const LAST: ColNum = 10;
/// What stands in the column of municipalities on a row of totals.
pub(super) const ALL: &str = "Все вместе";

/// Where every figure stands.
pub(super) struct Places {
    /// The first row of each period.
    first: Vec<RowNum>,
    /// How many municipalities of each period were computed.
    towns: Vec<u32>,
}

impl Places {
    pub(super) fn of(summary: &Summary) -> Self {
        let mut next = TOP + 1;
        let (mut first, mut towns) = (Vec::new(), Vec::new());
        for period in &summary.periods {
            let computed = rows(period.computed().count());
            first.push(next);
            towns.push(computed);
            if computed > 0 {
                next += rows(catalogue().indicators.len()) * (computed + 1);
            }
        }
        Self { first, towns }
    }

    /// The row of a municipality's figure; `town` counts those that were computed.
    pub(super) fn row(&self, period: usize, indicator: usize, town: usize) -> RowNum {
        let computed = self.towns.get(period).copied().unwrap_or_default();
        self.first.get(period).copied().unwrap_or_default()
            + rows(indicator) * (computed + 1)
            + rows(town)
    }

    /// The row of a total.
    pub(super) fn total(&self, period: usize, indicator: usize) -> RowNum {
        self.row(
            period,
            indicator,
            self.towns.get(period).copied().unwrap_or_default() as usize,
        )
    }

    /// How many municipalities of a period were computed.
    pub(super) fn computed(&self, period: usize) -> u32 {
        self.towns.get(period).copied().unwrap_or_default()
    }

    /// The cell of a value, as other sheets name it.
    pub(super) fn value(row: RowNum) -> String {
        cell("G", row)
    }

    /// The cell of a numerator.
    pub(super) fn numerator(row: RowNum) -> String {
        cell("E", row)
    }

    /// The cell of a denominator.
    pub(super) fn denominator(row: RowNum) -> String {
        cell("F", row)
    }
}

fn cell(column: &str, row: RowNum) -> String {
    format!("'{BY_INDICATOR}'!{column}{}", row + 1)
}

/// Writes the sheet.
pub(super) fn write(page: &mut Page<'_>, summary: &Summary, at: &Places) -> Result<(), XlsxError> {
    let widths = COLUMNS.map(|(_, width)| width);
    let width: f64 = widths.iter().sum();
    page.widths(&widths)?;
    head(
        page,
        "Показатели по муниципальным образованиям",
        "Итог – сумма числителей к сумме знаменателей тех муниципальных образований, у которых показатель посчитан, \
         а не среднее их долей. Место – по точной доле, равные доли делят место; у 4.1.1 и 4.1.3.2 мест нет.",
        LAST,
        width,
    )?;
    let styles = page.styles;
    for (column, (title, _)) in (0..).zip(COLUMNS) {
        page.text(TOP, column, title, &styles.header)?;
    }
    page.fit(
        TOP,
        PLAIN.bold(),
        COLUMNS.map(|(title, width)| (title, width - 2.5)),
    )?;
    let mut last = TOP;
    for (number, period) in summary.periods.iter().enumerate() {
        let results: Vec<(&str, &TownResult)> = period.computed().collect();
        if results.is_empty() {
            continue;
        }
        for (place, total) in period.totals.iter().enumerate() {
            let figures: Vec<&IndicatorRead> = results
                .iter()
                .filter_map(|(_, result)| result.indicators.get(place))
                .collect();
            let block = Block {
                period,
                definition: total.definition,
                first: at.row(number, place, 0),
                summary,
            };
            let ranks = self::places(&figures);
            for (town, (((name, _), figure), rank)) in
                results.iter().zip(&figures).zip(ranks).enumerate()
            {
                block.town(page, rows(town), name, figure, rank, rows(figures.len()))?;
            }
            last = at.total(number, place);
            block.total(page, last, total)?;
        }
    }
    if last == TOP {
        page.across(
            TOP + 1,
            (0, LAST),
            "Ни одно муниципальное образование не посчитано.",
            &styles.subtitle,
        )?;
    } else {
        page.sheet.autofilter(TOP, 0, last, LAST)?;
    }
    page.sheet
        .set_freeze_panes(TOP + 1, 4)?
        .set_repeat_rows(TOP, TOP)?;
    page.print(&print_heading(summary), Fit::Width);
    Ok(())
}

/// The rows of one indicator for one period.
struct Block<'a> {
    period: &'a PeriodSummary,
    definition: &'static Definition,
    first: RowNum,
    summary: &'a Summary,
}

impl Block<'_> {
    fn town(
        &self,
        page: &mut Page<'_>,
        place: u32,
        name: &str,
        figure: &IndicatorRead,
        rank: Option<u32>,
        towns: u32,
    ) -> Result<(), XlsxError> {
        let styles = page.styles;
        let row = self.first + place;
        self.names(page, row, name, false)?;
        for (column, count) in [(4, figure.numerator), (5, figure.denominator)] {
            match count.filter(|_| figure.stands()) {
                Some(count) => page.count(row, column, count, &styles.count)?,
                None => page.text(row, column, "", &styles.count)?,
            }
        }
        self.value(page, row, figure)?;
        match rank {
            Some(rank) => {
                let formula = self.rank(row, towns);
                page.formula(
                    row,
                    7,
                    &formula,
                    &Stored::count(rank.into()),
                    &styles.centre,
                )?;
            }
            None => page.text(row, 7, NONE, &styles.centre)?,
        }
        let plan = figure
            .target
            .as_deref()
            .map_or_else(|| NONE.to_owned(), |written| plan(figure, written));
        page.text(row, 8, &plan, &styles.centre)?;
        page.text(
            row,
            9,
            figure.outcome.map_or(NONE, Outcome::title),
            &styles.centre,
        )?;
        let note = figure.note.as_deref().unwrap_or_default();
        page.text(row, 10, note, &styles.text)?;
        let texts = [
            (self.definition.short.as_str(), COLUMNS[2].1),
            (name, COLUMNS[3].1),
            (note, COLUMNS[10].1),
        ];
        page.fit(row, PLAIN, texts)
    }

    /// Period, indicator and municipality.
    fn names(
        &self,
        page: &mut Page<'_>,
        row: RowNum,
        name: &str,
        total: bool,
    ) -> Result<(), XlsxError> {
        let styles = page.styles;
        let text = if total {
            &styles.total_text
        } else {
            &styles.text
        };
        let centre = if total {
            &styles.total_text.clone().set_align(FormatAlign::Center)
        } else {
            &styles.centre
        };
        page.text(row, 0, &self.period.period.label, centre)?;
        page.text(row, 1, &self.definition.id, centre)?;
        page.text(row, 2, &self.definition.short, text)?;
        page.text(row, 3, name, text)
    }

    fn value(
        &self,
        page: &mut Page<'_>,
        row: RowNum,
        figure: &IndicatorRead,
    ) -> Result<(), XlsxError> {
        let styles = page.styles;
        let stored = stored(figure.status, figure.value.as_deref());
        let digits = digits(figure.unit, self.summary);
        let (above, below) = (format!("E{}", row + 1), format!("F{}", row + 1));
        let formula = match (figure.status, figure.unit) {
            (Status::Ok, Unit::Percent) => format!("ROUND(100*{above}/{below},{digits})"),
            (Status::Ok, Unit::PerOne) => format!("ROUND({above}/{below},{digits})"),
            (Status::Ok, Unit::Count) => above,
            _ => {
                let Stored::Text(words) = stored else {
                    return Ok(());
                };
                return page.text(row, 6, words, &styles.centre);
            }
        };
        // Shares of a municipality that rounds otherwise are rounded here as all others.
        let stored = match (figure.unit, figure.numerator, figure.denominator) {
            (Unit::Percent, Some(above), Some(below)) => {
                super::super::formula::stored_share(above, below, digits, UNDEFINED)
            }
            _ => stored,
        };
        let format = styles.share.clone().set_num_format(style::decimals(digits));
        page.formula(row, 6, &formula, &stored, &format)
    }

    /// The place by the exact figure: how many are above it.
    fn rank(&self, row: RowNum, towns: u32) -> String {
        let range = |column: &str| {
            format!(
                "${column}${}:${column}${}",
                self.first + 1,
                self.first + towns
            )
        };
        let (above, below) = (range("E"), range("F"));
        let own = row + 1;
        match self.definition.unit {
            Unit::Percent => format!("1+SUMPRODUCT(({above}*F{own}>E{own}*{below})*1)"),
            _ => format!("1+COUNTIFS({above},\">\"&E{own})"),
        }
    }

    fn total(&self, page: &mut Page<'_>, row: RowNum, total: &Total) -> Result<(), XlsxError> {
        let styles = page.styles;
        self.names(page, row, ALL, true)?;
        let range = |column: &str| format!("{column}{}:{column}{row}", self.first + 1);
        for (column, letter, sum) in [(4, "E", total.numerator), (5, "F", total.denominator)] {
            let cells = range(letter);
            let formula = format!("IF(COUNT({cells})=0,\"{NONE}\",SUM({cells}))");
            page.formula(
                row,
                column,
                &formula,
                &sum.map_or(Stored::Text(NONE), Stored::count),
                &styles.total_count,
            )?;
        }
        let (above, below) = (format!("E{}", row + 1), format!("F{}", row + 1));
        let values = range("G");
        let digits = digits(total.definition.unit, self.summary);
        let quotient = |factor: &str| {
            format!(
                "IF(COUNT({values})=0,\"{}\",ROUND({factor}{above}/{below},{digits}))",
                if total.status == Status::NoData {
                    NO_DATA
                } else {
                    UNDEFINED
                }
            )
        };
        let format = styles
            .total_share
            .clone()
            .set_num_format(style::decimals(digits));
        let words;
        let (formula, stored) = match total.definition.unit {
            Unit::Percent => (
                quotient("100*"),
                stored(total.status, total.value.as_deref()),
            ),
            Unit::PerOne => (quotient(""), stored(total.status, total.value.as_deref())),
            Unit::Count => (
                format!("IF(COUNT({values})=0,\"{NO_DATA}\",SUM({values}))"),
                stored(total.status, total.value.as_deref()),
            ),
            Unit::YesNo => {
                let yes = format!("COUNTIFS({values},\"да\")");
                words = total.yes.map_or_else(
                    || NO_DATA.to_owned(),
                    |yes| format!("да: {yes} из {}", total.counted),
                );
                let formula = format!(
                    "IF({yes}+COUNTIFS({values},\"нет\")=0,\"{NO_DATA}\",\"да: \"&{yes}&\" из \"&({yes}+COUNTIFS({values},\"нет\")))"
                );
                return self.end(page, row, total, &formula, &words, &format);
            }
        };
        page.formula(row, 6, &formula, &stored, &format)?;
        self.rest(page, row, total)
    }

    fn end(
        &self,
        page: &mut Page<'_>,
        row: RowNum,
        total: &Total,
        formula: &str,
        words: &str,
        format: &rust_xlsxwriter::Format,
    ) -> Result<(), XlsxError> {
        let formula = rust_xlsxwriter::Formula::new(formula).set_result(words);
        page.sheet
            .write_formula_with_format(row, 6, formula, format)?;
        self.rest(page, row, total)
    }

    /// What stands beside a total: whose plan is met, how many have the figure.
    fn rest(&self, page: &mut Page<'_>, row: RowNum, total: &Total) -> Result<(), XlsxError> {
        let styles = page.styles;
        let centre = styles.total_text.clone().set_align(FormatAlign::Center);
        page.text(row, 7, NONE, &centre)?;
        page.text(row, 8, NONE, &centre)?;
        let outcome = if total.planned == 0 {
            NONE.to_owned()
        } else {
            format!("у {} из {}", total.met, total.planned)
        };
        page.text(row, 9, &outcome, &centre)?;
        let counted = format!(
            "посчитано у {} из {}",
            total.counted,
            self.period.towns.len()
        );
        page.text(row, 10, &counted, &styles.total_text)?;
        page.fit(
            row,
            PLAIN.bold(),
            [(self.definition.short.as_str(), COLUMNS[2].1)],
        )
    }
}

/// The plan as the report prints it.
fn plan(figure: &IndicatorRead, written: &str) -> String {
    if figure.unit == Unit::YesNo {
        return "да".to_owned();
    }
    Target::parse_for(&figure.id, written)
        .map_or_else(|_| written.to_owned(), |target| target.title())
}
