//! Excel 97–2003 by calamine, which lays all cells out in memory: what they will take is worked out
//! before.

mod biff;
mod ole;

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use calamine::{Data, Range, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::bounds::Bounds;
use super::convert;
use super::file::{DAMAGED, InputFile, io_failure};
use super::guard::guarded;
use super::package::{PROTECTED, bytes, refused};
use super::rows::{Held, Row};
use super::{Cell, Format, SheetInfo, TextForm, Value, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;
use biff::{Book, Facts};
use ole::Compound;

/// An open xls.
pub(super) struct XlsBook {
    file: InputFile,
    limits: Limits,
    from_1904: bool,
    sheets: Vec<SheetInfo>,
    contents: Vec<(Range<Data>, Facts)>,
}

impl XlsBook {
    /// Reads the whole file.
    pub(super) fn open(file: &InputFile, limits: &Limits) -> Result<Self, Failure> {
        let path = file.path();
        let mut contents = Vec::new();
        file.open()?
            .read_to_end(&mut contents)
            .map_err(|error| io_failure(path, &error))?;
        let book = guarded(path, || {
            examine(&contents).map_err(|message| Failure::input(path, message))
        })?;
        let memory = book.memory();
        if memory > limits.memory_bytes {
            return Err(refused(
                path,
                &format!(
                    "листы файла заняли бы {} памяти, а допускается не больше {}: где-то далеко от таблицы стоит заполненная ячейка",
                    bytes(memory),
                    bytes(limits.memory_bytes)
                ),
                "memory_bytes",
            ));
        }
        guarded(path, || Self::read_book(file, limits, contents, book))
    }

    fn read_book(
        file: &InputFile,
        limits: &Limits,
        contents: Vec<u8>,
        book: Book,
    ) -> Result<Self, Failure> {
        let path = file.path();
        let mut workbook = Xls::new(Cursor::new(contents)).map_err(|error| {
            let message = match error {
                XlsError::Password => PROTECTED,
                _ => DAMAGED,
            };
            Failure::input(path, message)
        })?;
        let mut open = Self {
            file: file.clone(),
            limits: limits.clone(),
            from_1904: workbook.has_1904_epoch(),
            sheets: Vec::new(),
            contents: Vec::new(),
        };
        let listed = workbook.sheets_metadata().to_vec();
        for (sheet, facts) in listed.into_iter().zip(book.sheets) {
            // Sheets of charts and macros hold no tables.
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let damaged = |_| Failure::input(path, DAMAGED);
            let merges = workbook
                .merge_cells_by_sheet_name(&sheet.name)
                .map_err(damaged)?;
            let range = workbook.worksheet_range(&sheet.name).map_err(damaged)?;
            open.sheets.push(SheetInfo {
                visible: sheet.visible == SheetVisible::Visible,
                merges: convert::merges(&merges),
                name: sheet.name,
                hidden_rows: Some(facts.hidden_rows),
            });
            open.contents.push((range, facts));
        }
        Ok(open)
    }
}

/// Looks into the compound file before calamine does.
fn examine(contents: &[u8]) -> Result<Book, &'static str> {
    let compound = Compound::new(contents).ok_or(DAMAGED)?;
    if compound.holds("EncryptedPackage") || compound.holds("EncryptionInfo") {
        return Err(PROTECTED);
    }
    let Some(stream) = compound
        .stream("Workbook")
        .or_else(|| compound.stream("Book"))
    else {
        return Err(match compound.holds("WordDocument") {
            true => {
                "это документ Word, а не таблица. Скопируйте таблицу из него в Excel или LibreOffice и сохраните как .xlsx"
            }
            false => DAMAGED,
        });
    };
    let book = Book::new(&stream).ok_or(DAMAGED)?;
    if book.protected {
        Err(PROTECTED)
    } else {
        Ok(book)
    }
}

impl Workbook for XlsBook {
    fn format(&self) -> Format {
        Format::Xls
    }

    fn text_form(&self) -> Option<TextForm> {
        None
    }

    fn dates_from_1904(&self) -> bool {
        self.from_1904
    }

    fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    fn read(
        &mut self,
        sheet: usize,
        row: &mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let (Some(info), Some((range, facts))) = (self.sheets.get(sheet), self.contents.get(sheet))
        else {
            return Ok(());
        };
        let Some((top, left)) = range.start() else {
            return Ok(());
        };
        let bounds = Bounds::new(self.file.path(), &info.name, &self.limits);
        let mut line = Row::new();
        for (number, cells) in (top..).zip(range.rows()) {
            for (column, value) in (left..).zip(cells) {
                let held = match value {
                    Data::String(text) if !text.is_empty() => Held::Shared(text),
                    value => match held(value, number, column, facts, self.from_1904) {
                        Some(held) => held,
                        None => continue,
                    },
                };
                line.push(&bounds, number, column, held)?;
            }
            if line.finish(row).is_break() {
                break;
            }
        }
        self.file.unchanged()
    }
}

/// What a cell that is no text holds.
fn held(
    value: &Data,
    row: u32,
    column: u32,
    facts: &Facts,
    from_1904: bool,
) -> Option<Held<'static>> {
    let place = (u16::try_from(row).ok()?, u16::try_from(column).ok()?);
    if matches!(value, Data::String(_)) {
        let blank = facts.blanks.contains(&place);
        return blank.then_some(Held::Plain(Value::Uncalculated));
    }
    match convert::held(value.clone(), from_1904)? {
        Held::Plain(Value::Number(number)) if facts.percents.contains(&place) => {
            Some(Held::Plain(Value::Percent(number)))
        }
        held => Some(held),
    }
}
