//! A sheet as it is written: texts are always texts, formulas carry their stored results, and
//! every page prints with its heading and number.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Worksheet, XlsxError};

use super::style::Styles;
use super::width::Type;

/// The most characters that Excel keeps in a cell, with room for the mark of a cut.
const LONGEST: usize = 32_700;
/// What ends a text that was cut.
const CUT: &str = "… (обрезано)";
/// A4 in Excel's list of papers.
const A4: u8 = 9;

/// How a sheet fits its pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fit {
    /// All columns on one page.
    Width,
    /// So many per cent, where pages break at chosen rows or columns: a sheet that is fitted to
    /// pages loses its breaks in Excel.
    Scale(u16),
}

/// Units of column width on a landscape page of A4 at 100 %.
const PAGE: f64 = 130.0;

impl Fit {
    /// Columns of this width together on one page, with breaks between rows.
    pub(super) fn across(width: f64) -> Self {
        let scale = (100.0 * PAGE / width).floor().clamp(30.0, 100.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "30 to 100"
        )]
        let scale = scale as u16;
        Self::Scale(scale)
    }
}

/// The result that stands beside a formula.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Stored {
    /// A number, as its decimal digits with a point.
    Number(String),
    /// A text that does not look like a number.
    Text(&'static str),
}

impl Stored {
    /// A whole number.
    pub(super) fn count(count: u64) -> Self {
        Self::Number(count.to_string())
    }
}

/// What a cell holds.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Count(u64),
    /// A date.
    Date(NaiveDate),
    /// A formula with its result.
    Formula(String, Stored),
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// 0, 1 or nothing.
    pub(super) fn mark(mark: Option<u8>) -> Self {
        mark.map_or(Self::Empty, |mark| Self::Count(mark.into()))
    }

    pub(super) fn date(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

/// A text as a cell may hold it: no control characters, and no longer than Excel allows.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    // Nearly every text is short, and holds none of them.
    if text.len() <= LONGEST && !text.bytes().any(may_be_forbidden) {
        return Cow::Borrowed(text);
    }
    let units: usize = text.chars().map(char::len_utf16).sum();
    if units <= LONGEST && !text.chars().any(forbidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let c = match c {
            '\t' => ' ',
            c if forbidden(c) => continue,
            c => c,
        };
        used += c.len_utf16();
        if used > LONGEST {
            out.push_str(CUT);
            break;
        }
        out.push(c);
    }
    Cow::Owned(out)
}

/// Whether a byte may belong to a character that no cell holds: controls, and those of U+FFFE.
fn may_be_forbidden(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xef)
}

/// The serial number of a date in Excel's 1900 system.
pub(super) fn serial(date: NaiveDate) -> f64 {
    let days = NaiveDate::from_ymd_opt(1899, 12, 30)
        .map_or(0, |epoch| date.signed_duration_since(epoch).num_days());
    // A day's number is far below 2^53.
    #[expect(clippy::cast_precision_loss, reason = "days of a calendar")]
    let serial = days as f64;
    serial
}

/// A count as a number of a cell: counts of rows are far below 2^53.
pub(super) fn number(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
    let number = count as f64;
    number
}

/// A sheet under the pen.
pub(super) struct Page<'a> {
    pub sheet: &'a mut Worksheet,
    pub styles: &'a Styles,
    /// Whether rows are written out as the next ones begin, and are not kept. Cells of such a sheet
    /// have a format of [`Styles::all`] and no other: those of all sheets share one list of formats
    /// while they are written side by side, and a format new to it would take its number in the
    /// order of the threads.
    pub streams: bool,
    /// The row below the last one that has cells, and the one below the last with a height.
    written: RowNum,
    tall: RowNum,
}

impl<'a> Page<'a> {
    pub(super) fn new(sheet: &'a mut Worksheet, styles: &'a Styles, streams: bool) -> Self {
        Self {
            sheet,
            styles,
            streams,
            written: 0,
            tall: 0,
        }
    }

    /// Cells of this format come to a row; see [`Page::streams`].
    fn reach(&mut self, row: RowNum, format: &Format) {
        debug_assert!(
            !self.streams || self.styles.all().any(|known| known == format),
            "a format without a fixed number: {format:?}"
        );
        self.passed(row);
    }

    /// Cells have come to a row by another way than this page.
    pub(super) fn passed(&mut self, row: RowNum) {
        self.written = self.written.max(row + 1);
    }

    pub(super) fn set_height(&mut self, row: RowNum, height: f64) -> Result<(), XlsxError> {
        self.tall = self.tall.max(row + 1);
        self.sheet.set_row_height(row, height)?;
        Ok(())
    }

    /// Ends the sheet. The library writes the last of the rows that go out as they come twice where
    /// it has a height, so that such a row must not be the last one.
    pub(super) fn finish(self) -> Result<(), XlsxError> {
        if self.streams && self.tall >= self.written {
            self.sheet.write_blank(self.tall, 0, &self.styles.plain)?;
        }
        Ok(())
    }

    pub(super) fn text(
        &mut self,
        row: RowNum,
        column: ColNum,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.reach(row, format);
        if text.is_empty() {
            self.sheet.write_blank(row, column, format)?;
        } else {
            self.sheet
                .write_string_with_format(row, column, clean(text), format)?;
        }
        Ok(())
    }

    /// A text over several columns of one row.
    pub(super) fn across(
        &mut self,
        row: RowNum,
        columns: (ColNum, ColNum),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if columns.0 == columns.1 {
            return self.text(row, columns.0, text, format);
        }
        self.reach(row, format);
        self.sheet
            .merge_range(row, columns.0, row, columns.1, &clean(text), format)?;
        Ok(())
    }

    pub(super) fn count(
        &mut self,
        row: RowNum,
        column: ColNum,
        count: u64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.reach(row, format);
        self.sheet
            .write_number_with_format(row, column, number(count), format)?;
        Ok(())
    }

    pub(super) fn formula(
        &mut self,
        row: RowNum,
        column: ColNum,
        formula: &str,
        stored: &Stored,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.reach(row, format);
        let result = match stored {
            Stored::Number(digits) => digits.as_str(),
            Stored::Text(text) => text,
        };
        self.sheet.write_formula_with_format(
            row,
            column,
            Formula::new(formula).set_result(result),
            format,
        )?;
        Ok(())
    }

    pub(super) fn cell(
        &mut self,
        row: RowNum,
        column: ColNum,
        cell: &Cell<'_>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.reach(row, format);
        match cell {
            Cell::Empty => {
                self.sheet.write_blank(row, column, format)?;
                Ok(())
            }
            Cell::Text(text) => self.text(row, column, text, format),
            Cell::Count(count) => self.count(row, column, *count, format),
            Cell::Date(date) => {
                self.sheet
                    .write_number_with_format(row, column, serial(*date), format)?;
                Ok(())
            }
            Cell::Formula(formula, stored) => self.formula(row, column, formula, stored, format),
        }
    }

    /// A link to another sheet of the workbook.
    pub(super) fn link(
        &mut self,
        row: RowNum,
        column: ColNum,
        sheet: &str,
        text: &str,
    ) -> Result<(), XlsxError> {
        self.passed(row);
        let url = format!("internal:'{sheet}'!A1");
        self.sheet.write_url_with_options(
            row,
            column,
            url.as_str(),
            text,
            "",
            Some(&self.styles.link),
        )?;
        Ok(())
    }

    /// The title of a sheet that is no official form, what it shows (over `columns`, which are
    /// `width` wide), and the way back. Takes the first three rows.
    ///
    /// Where columns repeat on every printed page, the columns named here start after them: what
    /// stands in repeated columns is printed, and cut, on each page.
    pub(super) fn head(
        &mut self,
        title: &str,
        explanation: &str,
        columns: (ColNum, ColNum),
        width: f64,
    ) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.text(0, columns.0, title, &styles.title)?;
        self.set_height(0, 21.0)?;
        self.across(1, columns, explanation, &styles.subtitle)?;
        let lines = super::style::PLAIN.lines(explanation, width);
        self.set_height(1, super::style::PLAIN.height(lines))?;
        self.link(2, 0, super::INDICATORS, "← Показатели")
    }

    /// Widths of columns from the first one.
    pub(super) fn widths(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(widths) {
            self.sheet.set_column_width(column, *width)?;
        }
        Ok(())
    }

    /// Makes a row as high as its tallest wrapped text needs.
    pub(super) fn fit<'t>(
        &mut self,
        row: RowNum,
        kind: Type,
        texts: impl IntoIterator<Item = (&'t str, f64)>,
    ) -> Result<(), XlsxError> {
        let lines = texts
            .into_iter()
            .map(|(text, width)| kind.lines(text, width))
            .max()
            .unwrap_or(1);
        self.set_height(row, kind.height(lines))
    }

    /// A4 landscape, with the page's number and what it belongs to.
    pub(super) fn print(&mut self, heading: &str, fit: Fit) {
        let heading: String = heading.chars().take(120).collect();
        self.sheet
            .set_paper_size(A4)
            .set_landscape()
            .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3)
            .set_header(format!("&L&9 {}&R&9 &A", heading.replace('&', "&&")))
            .set_footer("&R&9Страница &P из &N");
        match fit {
            Fit::Width => self.sheet.set_print_fit_to_pages(1, 0),
            Fit::Scale(scale) => self.sheet.set_print_scale(scale),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{CUT, clean, serial};
    use chrono::NaiveDate;

    #[test]
    fn control_characters_go_and_long_texts_are_cut_with_a_mark() {
        assert_eq!(clean("а\u{0}б\tв\nг"), "аб в\nг");
        let long = clean(&"ы".repeat(40_000)).into_owned();
        assert!(long.ends_with(CUT));
        assert!(long.chars().count() <= 32_767);
        assert_eq!(clean("=1+1"), "=1+1");
    }

    #[test]
    fn dates_have_excels_numbers() {
        let day = |y, m, d| serial(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert!((day(1900, 3, 1) - 61.0).abs() < f64::EPSILON);
        assert!((day(2024, 9, 30) - 45565.0).abs() < f64::EPSILON);
    }
}
