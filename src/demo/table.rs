//! The tables as files: delimited text row by row, or a workbook whose rows do not stay in memory.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use super::faults::Fault;
use crate::report::steady::Steady;

/// The form of the files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Workbooks.
    Xlsx,
    /// Delimited text: UTF-8, `;`.
    Csv,
}

impl Form {
    /// The ending of the files' names.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// A cell.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// Text; an empty cell where it is empty.
    Text(Cow<'a, str>),
    /// A date.
    Day(NaiveDate),
    /// A date and the minutes since midnight.
    Moment(NaiveDate, u64),
    /// A number.
    Number(u32),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<Option<NaiveDate>> for Cell<'_> {
    fn from(day: Option<NaiveDate>) -> Self {
        day.map_or_else(|| Self::from(""), Self::Day)
    }
}

impl Cell<'_> {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Day(day) => Cow::Owned(day.format("%d.%m.%Y").to_string()),
            Self::Moment(day, minutes) => Cow::Owned(format!(
                "{} {:02}:{:02}",
                day.format("%d.%m.%Y"),
                minutes / 60,
                minutes % 60
            )),
            Self::Number(number) => Cow::Owned(number.to_string()),
        }
    }
}

/// A column: its header and its width in characters.
pub type Column = (&'static str, u32);

/// The row of a fault: the file, the row as spreadsheets number it, what is wrong.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The file's name.
    pub file: String,
    /// The row, from 1.
    pub row: u64,
    /// The fault.
    pub fault: &'static Fault,
}

/// A table that is being written.
pub struct Table<'a> {
    sink: Sink<'a>,
    file: String,
    rows: u64,
    spots: &'a mut Vec<Spot>,
}

enum Sink<'a> {
    Csv(Box<csv::Writer<BufWriter<&'a mut File>>>),
    Xlsx(Box<Book>, &'a mut File),
}

struct Book {
    workbook: Workbook,
    day: Format,
    moment: Format,
}

impl<'a> Table<'a> {
    /// Begins a table with its header. `file` is the name of the file without its ending, `folder`
    /// where temporary files go; the rows of faults are added to `spots`.
    ///
    /// # Errors
    /// The disk fails.
    pub fn begin(
        form: Form,
        file: &str,
        columns: &[Column],
        out: &'a mut File,
        folder: &Path,
        spots: &'a mut Vec<Spot>,
    ) -> io::Result<Self> {
        let sink = match form {
            Form::Csv => {
                let mut writer = csv::WriterBuilder::new()
                    .delimiter(b';')
                    .from_writer(BufWriter::new(out));
                writer.write_record(columns.iter().map(|(title, _)| title))?;
                Sink::Csv(Box::new(writer))
            }
            Form::Xlsx => Sink::Xlsx(
                Box::new(Book::new(file, columns, folder).map_err(io::Error::other)?),
                out,
            ),
        };
        Ok(Self {
            sink,
            file: format!("{file}.{}", form.ending()),
            rows: 1,
            spots,
        })
    }

    /// Writes a row, with what is wrong in it.
    ///
    /// # Errors
    /// The disk fails.
    pub fn row(&mut self, cells: &[Cell<'_>], fault: Option<&'static Fault>) -> io::Result<()> {
        match &mut self.sink {
            Sink::Csv(writer) => {
                for cell in cells {
                    writer.write_field(cell.text().as_bytes())?;
                }
                writer.write_record(None::<&[u8]>)?;
            }
            Sink::Xlsx(book, _) => book.row(self.rows, cells).map_err(io::Error::other)?,
        }
        self.rows += 1;
        if let Some(fault) = fault {
            self.spots.push(Spot {
                file: self.file.clone(),
                row: self.rows,
                fault,
            });
        }
        Ok(())
    }

    /// Ends the table and gives the number of its rows below the header.
    ///
    /// # Errors
    /// The disk fails.
    pub fn end(self) -> io::Result<u64> {
        match self.sink {
            Sink::Csv(writer) => writer
                .into_inner()
                .map_err(|error| io::Error::other(error.to_string()))?
                .flush()?,
            Sink::Xlsx(mut book, out) => {
                let mut out = Steady::new(out);
                let saved = book.workbook.save_to_writer(&mut out);
                saved.map_err(io::Error::other)?;
                out.finish()?;
            }
        }
        Ok(self.rows - 1)
    }
}

impl Book {
    fn new(title: &str, columns: &[Column], folder: &Path) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        let made = ExcelDateTime::from_ymd(2024, 10, 1)?;
        workbook.set_properties(
            &DocProperties::new()
                .set_title(title)
                .set_creation_datetime(&made),
        );
        let header = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0xDCE6F1))
            .set_border(FormatBorder::Thin);
        let sheet = workbook.add_worksheet_with_low_memory()?;
        sheet.set_name(title)?.set_freeze_panes(1, 0)?;
        for ((header_text, width), column) in columns.iter().zip(0..) {
            sheet.set_column_width(column, *width)?;
            sheet.write_with_format(0, column, *header_text, &header)?;
        }
        Ok(Self {
            workbook,
            day: Format::new().set_num_format("dd.mm.yyyy"),
            moment: Format::new().set_num_format("dd.mm.yyyy hh:mm"),
        })
    }

    fn row(&mut self, row: u64, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (cell, column) in cells.iter().zip(0..) {
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    sheet.write_string(row, column, text.as_ref())?;
                }
                Cell::Day(day) => {
                    sheet.write_datetime_with_format(row, column, excel(*day)?, &self.day)?;
                }
                Cell::Moment(day, minutes) => {
                    let minutes = u16::try_from(*minutes).unwrap_or_default();
                    let hour = minutes / 60;
                    let minute = u8::try_from(minutes % 60).unwrap_or_default();
                    sheet.write_datetime_with_format(
                        row,
                        column,
                        excel(*day)?.and_hms(hour, minute, 0)?,
                        &self.moment,
                    )?;
                }
                Cell::Number(number) => {
                    sheet.write_number(row, column, *number)?;
                }
            }
        }
        Ok(())
    }
}

fn excel(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or_default(),
        u8::try_from(day.month()).unwrap_or_default(),
        u8::try_from(day.day()).unwrap_or_default(),
    )
}
