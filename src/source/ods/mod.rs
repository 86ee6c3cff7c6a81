//! OpenDocument spreadsheets by calamine, which lays all tables out in memory and reads on for ever
//! where one breaks off: the document is looked through before, for that and for what calamine does
//! not tell.

mod facts;

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;

use calamine::{Data, Ods, OdsError, Reader, SheetVisible};

use super::bounds::Bounds;
use super::convert;
use super::file::{DAMAGED, InputFile};
use super::guard::guarded;
use super::marks::{Lines, Mark};
use super::opc::Package;
use super::package::{Archive, PROTECTED, bytes, part_failure, refused};
use super::rows::Held;
use super::{Cell, Format, SheetInfo, TextForm, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;

/// An open ods.
pub(super) struct OdsBook {
    file: InputFile,
    limits: Limits,
    book: Ods<BufReader<File>>,
    from_1904: bool,
    sheets: Vec<SheetInfo>,
    marks: Vec<Vec<Mark>>,
}

impl OdsBook {
    /// Reads the whole file.
    pub(super) fn open(
        file: &InputFile,
        archive: Archive,
        limits: &Limits,
    ) -> Result<Self, Failure> {
        guarded(file.path(), || Self::read_book(file, archive, limits))
    }

    fn read_book(file: &InputFile, archive: Archive, limits: &Limits) -> Result<Self, Failure> {
        let path = file.path();
        let damaged = || Failure::input(path, DAMAGED);
        let bounds = Bounds::new(path, "", limits);
        let document = Package::new(file, archive)?
            .part("content.xml", |part| {
                facts::document(part, &bounds, limits.memory_bytes)
            })?
            .ok_or_else(damaged)?;
        if document.memory > limits.memory_bytes {
            return Err(refused(
                path,
                &format!(
                    "листы файла заняли бы {} памяти, а допускается не больше {}: где-то далеко от таблицы стоит заполненная ячейка",
                    bytes(document.memory),
                    bytes(limits.memory_bytes)
                ),
                "memory_bytes",
            ));
        }
        let book = Ods::new(file.reader()?).map_err(|error| match error {
            OdsError::Password => Failure::input(path, PROTECTED),
            OdsError::Io(error) => part_failure(path, &error),
            _ => damaged(),
        })?;
        let listed = book.sheets_metadata().to_vec();
        if listed.len() != document.tables.len() {
            return Err(damaged());
        }
        let mut open = Self {
            file: file.clone(),
            limits: limits.clone(),
            book,
            from_1904: document.from_1904,
            sheets: Vec::new(),
            marks: Vec::new(),
        };
        for (sheet, facts) in listed.into_iter().zip(document.tables) {
            open.marks.push(facts.marks);
            open.sheets.push(SheetInfo {
                visible: sheet.visible == SheetVisible::Visible,
                merges: facts.merges,
                name: sheet.name,
                hidden_rows: Some(facts.hidden_rows),
            });
        }
        Ok(open)
    }
}

impl Workbook for OdsBook {
    fn format(&self) -> Format {
        Format::Ods
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
        let (Some(info), Some(marks)) = (self.sheets.get(sheet), self.marks.get(sheet)) else {
            return Ok(());
        };
        let path = self.file.path();
        let range = guarded(path, || {
            let range = self.book.worksheet_range(&info.name);
            range.map_err(|_| Failure::input(path, DAMAGED))
        })?;
        let bounds = Bounds::new(path, &info.name, &self.limits);
        let mut lines = Lines::new(&bounds, marks, row);
        let (top, left) = range.start().unwrap_or_default();
        for (number, cells) in (top..).zip(range.rows()) {
            for (column, value) in (left..).zip(cells) {
                let held = match value {
                    Data::String(text) => Held::Shared(text),
                    value => match convert::held(value.clone(), self.from_1904) {
                        Some(held) => held,
                        None => continue,
                    },
                };
                if lines.cell(number, column, held)?.is_break() {
                    return self.file.unchanged();
                }
            }
        }
        lines.end()?;
        self.file.unchanged()
    }
}
