//! Any file as sheets of addressed cells. Nothing here knows a register or an indicator.
//!
//! xlsx, xlsb, xls and ods are read by calamine; what it does not tell comes from a look through each
//! sheet before. Rows are handed over as they are read, and no layer keeps a whole sheet: a table of a
//! million rows costs no more memory than one of a hundred. Of xls and ods calamine itself lays all
//! cells out; what they will take is worked out before and bounded.

mod bounds;
mod convert;
mod dates;
mod delimiter;
mod discover;
mod encoding;
mod file;
mod formats;
mod guard;
mod marks;
mod ods;
mod opc;
mod open;
mod package;
mod quotes;
mod rows;
mod text;
mod xls;
mod xlsb;
mod xlsx;

use std::num::NonZeroU32;
use std::ops::ControlFlow;

use chrono::NaiveDate;

pub(crate) use guard::{guarded, internal_error, quietly, words};

pub use discover::{Discovered, InputPath, Passed, discover};
pub use encoding::Encoding;
pub use open::{Opened, open};
pub use package::{is_own_report, within_bounds};
pub use text::TextOptions;

use crate::failure::Failure;

/// An input file of a run, in the order in which files are read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// A sheet of a run, counted over all files in their order. Kept from 1, so that one that may be
/// missing takes no more room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SheetId(NonZeroU32);

impl SheetId {
    /// The sheet of this number, counted from 0.
    #[must_use]
    pub fn of(number: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(number))
    }

    /// Its number, counted from 0.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0.get() - 1
    }

    /// The number as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.number() as usize
    }
}

/// What one cell holds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value<'a> {
    /// A text, as stored: neither trimmed nor folded.
    Text(&'a str),
    /// A number in a cell that is not formatted as a date.
    Number(f64),
    /// A number in a cell formatted as per cent (0.5 is 50 %).
    Percent(f64),
    /// A date of a date-formatted cell, its epoch (1900 or 1904) and time of day already resolved.
    Date(NaiveDate),
    /// A truth value.
    Bool(bool),
    /// An error value, as Excel shows it: `#Н/Д`, `#N/A`, `#REF!`.
    Error(&'a str),
    /// A formula whose result was never stored.
    Uncalculated,
}

/// A cell that is not empty, with its column from 0.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cell<'a> {
    /// The column, from 0.
    pub column: u32,
    /// What it holds; empty cells are never handed over.
    pub value: Value<'a>,
}

/// A rectangle of merged cells, both ends included, from 0. Its value stands in the top left cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Merge {
    /// The first row.
    pub top: u32,
    /// The first column.
    pub left: u32,
    /// The last row.
    pub bottom: u32,
    /// The last column.
    pub right: u32,
}

/// What a file turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Office Open XML: xlsx or xlsm.
    Xlsx,
    /// The binary workbook of Excel 2007 and later.
    Xlsb,
    /// Excel 97–2003.
    Xls,
    /// OpenDocument.
    Ods,
    /// Delimited text.
    Csv,
}

/// Facts of a sheet that are known before its rows are read.
#[derive(Clone, PartialEq, Debug)]
pub struct SheetInfo {
    /// Its name; of delimited text the file's name without the ending.
    pub name: String,
    /// Whether it is shown when the file is opened.
    pub visible: bool,
    /// Its merged cells, ordered by their first row; empty where the format does not tell.
    pub merges: Vec<Merge>,
    /// How many of its rows are hidden or filtered out of sight; none where the format does not tell.
    pub hidden_rows: Option<u32>,
}

/// How a file of delimited text was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextForm {
    /// The encoding's usual name: `UTF-8`, `UTF-16LE`, `windows-1251`.
    pub encoding: &'static str,
    /// The delimiter: `;`, `,` or tab.
    pub delimiter: u8,
}

/// An open file: its facts, and its rows on demand.
pub trait Workbook: Send {
    /// What the contents turned out to be, whatever the file's name says.
    fn format(&self) -> Format;

    /// How delimited text was read; none for workbooks.
    fn text_form(&self) -> Option<TextForm>;

    /// Whether a bare serial number in a column of dates counts from 1904 instead of 1900.
    fn dates_from_1904(&self) -> bool {
        false
    }

    /// The sheets in the order of the file.
    fn sheets(&self) -> &[SheetInfo];

    /// Reads one sheet from its first row to its last. `row` gets the row's number from 0 and its
    /// cells that are not empty, from left to right; rows without any are not handed over. It ends
    /// early when `row` breaks.
    ///
    /// # Errors
    /// The file is damaged, or larger than the limits allow.
    fn read(
        &mut self,
        sheet: usize,
        row: &mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
    ) -> Result<(), Failure>;
}
