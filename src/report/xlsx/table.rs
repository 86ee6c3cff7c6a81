//! Tables of evidence, and the names by which formulas speak of their columns.
//!
//! Below [`Scale::table_rows`](super::scale::Scale) a table is an Excel table and formulas say
//! `Педагоги[Диагностика]`; above, it is a plain range with a filter, and formulas say
//! `'Педагоги'!$H$6:$H$200005`.

use rust_xlsxwriter::{ColNum, Format, RowNum, Table, TableColumn, TableStyle, XlsxError};

use super::page::{Cell, Page, clean, number};
use super::style::PLAIN;
use crate::text::column_letters;

/// What a column holds, which decides its format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Text that wraps.
    Text,
    /// A code, a short word.
    Code,
    /// 0, 1 or nothing.
    Mark,
    /// A number of things.
    Count,
    /// A date.
    Date,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The header: letters, digits and spaces alone, unique in the table.
    pub header: String,
    /// What it holds.
    pub kind: Kind,
    /// Its width where the table sets the widths of its sheet.
    pub width: f64,
}

impl Column {
    pub(super) fn new(header: impl Into<String>, kind: Kind, width: f64) -> Self {
        Self {
            header: header.into(),
            kind,
            width,
        }
    }
}

/// A table's place in the workbook.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// The sheet.
    pub sheet: &'static str,
    /// The table's name.
    pub name: &'static str,
    /// The row of its header.
    pub top: RowNum,
    /// The columns, from the sheet's first.
    pub columns: Vec<Column>,
    /// Its rows; an empty table still has one, which says so.
    pub rows: u32,
    /// Whether it is an Excel table.
    pub structured: bool,
}

impl Layout {
    /// The first row of data.
    pub(super) fn first(&self) -> RowNum {
        self.top + 1
    }

    /// The row below the last.
    pub(super) fn end(&self) -> RowNum {
        self.first() + self.rows.max(1)
    }

    /// The last column.
    pub(super) fn last_column(&self) -> ColNum {
        ColNum::try_from(self.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX)
    }

    /// The width of all columns together.
    pub(super) fn width(&self) -> f64 {
        self.columns.iter().map(|column| column.width).sum()
    }

    /// The cells of one column, as a formula names them.
    pub(super) fn range(&self, header: &str) -> String {
        if self.structured {
            return format!("{}[{header}]", self.name);
        }
        let place = self
            .columns
            .iter()
            .position(|column| column.header == header)
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or_default();
        let letters = column_letters(place);
        format!(
            "'{}'!${letters}${}:${letters}${}",
            self.sheet,
            self.first() + 1,
            self.end()
        )
    }

    /// Writes the header and makes the table, or the filter in place of one.
    pub(super) fn open(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let bottom = self.end() - 1;
        let header = &page.styles.header;
        if self.structured {
            let columns: Vec<TableColumn> = self
                .columns
                .iter()
                .map(|column| {
                    TableColumn::new()
                        .set_header(&column.header)
                        .set_header_format(header)
                })
                .collect();
            let table = Table::new()
                .set_name(self.name)
                .set_columns(&columns)
                .set_style(TableStyle::None)
                .set_banded_rows(false)
                .set_alt_text(format!("Таблица «{}»", self.name));
            page.sheet
                .add_table(self.top, 0, bottom, self.last_column(), &table)?;
            if page.streams {
                self.set_formats(page, |page, column| page.styles.of(column.kind))?;
            }
        } else {
            for (place, column) in (0..).zip(&self.columns) {
                page.text(self.top, place, &column.header, header)?;
            }
            self.set_formats(page, |page, _| &page.styles.plain)?;
            page.sheet
                .autofilter(self.top, 0, bottom, self.last_column())?;
        }
        page.sheet.set_repeat_rows(self.top, self.top)?;
        let kind = PLAIN.bold();
        page.fit(
            self.top,
            kind,
            self.columns
                .iter()
                // The filter's button takes room.
                .map(|column| (column.header.as_str(), column.width - 2.5)),
        )
    }

    /// Sets the widths of the sheet's columns.
    pub(super) fn set_widths(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let widths: Vec<f64> = self.columns.iter().map(|column| column.width).collect();
        page.widths(&widths)
    }

    /// Sets the formats of the columns. Where rows are written out as they come, cells without a
    /// format of their own take these, at less cost.
    fn set_formats<'s>(
        &self,
        page: &mut Page<'s>,
        of: impl Fn(&Page<'s>, &Column) -> &'s Format,
    ) -> Result<(), XlsxError> {
        for (place, column) in (0..).zip(&self.columns) {
            let format = of(page, column);
            page.sheet.set_column_format(place, format)?;
        }
        Ok(())
    }

    /// Writes one row of data, counted from 0. In a plain range nothing is drawn around cells and no
    /// text wraps: it is for filters and formulas, not for print.
    pub(super) fn row(
        &self,
        page: &mut Page<'_>,
        place: u32,
        cells: &[Cell<'_>],
    ) -> Result<(), XlsxError> {
        let row = self.first() + place;
        let styles = page.styles;
        // The last row is written out when the columns have lost their formats.
        let last = place + 1 == self.rows;
        let own_formats = last || !page.streams;
        let format = |kind| {
            if self.structured {
                styles.of(kind)
            } else {
                styles.bare(kind)
            }
        };
        page.passed(row);
        let mut lines = 1;
        for ((at, column), cell) in (0..).zip(&self.columns).zip(cells) {
            match cell {
                Cell::Text(text) if !text.is_empty() && !own_formats => {
                    page.sheet.write_string(row, at, clean(text))?;
                }
                Cell::Count(count) if !own_formats => {
                    page.sheet.write_number(row, at, number(*count))?;
                }
                Cell::Empty if !self.structured => {}
                Cell::Text(text) if !self.structured && text.is_empty() => {}
                cell => page.cell(row, at, cell, format(column.kind))?,
            }
            if let (true, Kind::Text, Cell::Text(text)) = (self.structured, column.kind, cell) {
                lines = lines.max(PLAIN.lines(text, column.width));
            }
        }
        if lines > 1 {
            page.set_height(row, PLAIN.height(lines))?;
        }
        if last && page.streams {
            self.set_formats(page, |page, _| &page.styles.plain)?;
        }
        Ok(())
    }

    /// The one row of an empty table.
    pub(super) fn nothing(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let styles = page.styles;
        for (at, column) in (1..).zip(self.columns.iter().skip(1)) {
            page.cell(self.first(), at, &Cell::Empty, styles.of(column.kind))?;
        }
        page.text(self.first(), 0, "нет строк", &styles.centre)?;
        if page.streams {
            self.set_formats(page, |page, _| &page.styles.plain)?;
        }
        Ok(())
    }
}
