//! xlsb by calamine's streaming reader.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;

use calamine::{DataRef, Reader, SheetVisible, Xlsb, XlsbError};

use super::bounds::Bounds;
use super::convert;
use super::file::{DAMAGED, InputFile};
use super::guard::guarded;
use super::package::PROTECTED;
use super::rows::{Held, Row};
use super::{Cell, Format, SheetInfo, TextForm, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;

pub(super) struct XlsbBook {
    file: InputFile,
    limits: Limits,
    book: Xlsb<BufReader<File>>,
    sheets: Vec<SheetInfo>,
}

impl XlsbBook {
    pub(super) fn open(file: &InputFile, limits: &Limits) -> Result<Self, Failure> {
        let path = file.path();
        let reader = file.reader()?;
        let (book, sheets) = guarded(path, || {
            let book = Xlsb::new(reader).map_err(|error| failure(file, &error))?;
            let mut sheets = Vec::new();
            for sheet in book.sheets_metadata().to_vec() {
                sheets.push(SheetInfo {
                    visible: sheet.visible == SheetVisible::Visible,
                    merges: Vec::new(),
                    name: sheet.name,
                    hidden_rows: None,
                });
            }
            Ok((book, sheets))
        })?;
        Ok(Self {
            file: file.clone(),
            limits: limits.clone(),
            book,
            sheets,
        })
    }
}

fn failure(file: &InputFile, error: &XlsbError) -> Failure {
    let message = match error {
        XlsbError::Password => PROTECTED,
        _ => DAMAGED,
    };
    Failure::input(file.path(), message)
}

impl Workbook for XlsbBook {
    fn format(&self) -> Format {
        Format::Xlsb
    }

    fn text_form(&self) -> Option<TextForm> {
        None
    }

    fn dates_from_1904(&self) -> bool {
        self.book.has_1904_epoch()
    }

    fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    fn read(
        &mut self,
        sheet: usize,
        row: &mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let Some(info) = self.sheets.get(sheet) else {
            return Ok(());
        };
        let path = self.file.path();
        let bounds = Bounds::new(path, &info.name, &self.limits);
        let file = &self.file;
        let from_1904 = self.book.has_1904_epoch();
        let mut cells = guarded(path, || {
            self.book
                .worksheet_cells_reader(&info.name)
                .map_err(|error| failure(file, &error))
        })?;
        let mut line = Row::new();
        loop {
            let next = guarded(path, || {
                cells.next_cell().map_err(|error| failure(file, &error))
            })?;
            let Some(cell) = next else { break };
            let (number, column) = cell.get_position();
            if line.differs(number) && line.finish(row).is_break() {
                return self.file.unchanged();
            }
            let value = match cell.get_value() {
                DataRef::SharedString(text) => Held::Shared(text),
                other => match convert::held(other.clone().into(), from_1904) {
                    Some(held) => held,
                    None => continue,
                },
            };
            line.push(&bounds, number, column, value)?;
        }
        let _ = line.finish(row);
        self.file.unchanged()
    }
}
