//! The binary workbook of Excel 2007 and later by calamine's streaming reader, with what it does not
//! tell from a look through the sheet's records before. Formulas without a result are not told.

mod facts;

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::bounds::Bounds;
use super::file::{DAMAGED, InputFile};
use super::guard::guarded;
use super::marks::{BATCH, Given, Lines, Mark};
use super::opc::Package;
use super::package::{Archive, PROTECTED, part_failure};
use super::{Cell, Format, SheetInfo, TextForm, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;

/// An open xlsb.
pub(super) struct XlsbBook {
    file: InputFile,
    limits: Limits,
    book: Xlsb<BufReader<File>>,
    sheets: Vec<SheetInfo>,
    marks: Vec<Vec<Mark>>,
}

impl XlsbBook {
    /// Reads all parts, and of the sheets what is no cell.
    pub(super) fn open(
        file: &InputFile,
        archive: Archive,
        limits: &Limits,
    ) -> Result<Self, Failure> {
        guarded(file.path(), || Self::read_parts(file, archive, limits))
    }

    fn read_parts(file: &InputFile, archive: Archive, limits: &Limits) -> Result<Self, Failure> {
        let damaged = || Failure::input(file.path(), DAMAGED);
        let whole = Bounds::new(file.path(), "", limits);
        let mut package = Package::new(file, archive)?;
        package.check_memory("xl", limits)?;
        // calamine knows these parts by their usual names alone.
        let main = "xl/workbook.bin";
        let relations = package.relations(main)?;
        let parts = package
            .part(main, |part| facts::workbook(part, &whole))?
            .ok_or_else(damaged)?;
        let kinds = package
            .part("xl/styles.bin", |part| facts::styles(part, &whole))?
            .unwrap_or_default();
        let book = Xlsb::new(file.reader()?).map_err(|error| failure(file, &error))?;
        let listed = book.sheets_metadata().to_vec();
        let mut open = Self {
            file: file.clone(),
            limits: limits.clone(),
            book,
            sheets: Vec::new(),
            marks: Vec::new(),
        };
        if listed.len() != parts.len() {
            return Err(damaged());
        }
        for (sheet, part) in listed.into_iter().zip(parts) {
            // Sheets of charts hold no tables.
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let bounds = Bounds::new(file.path(), &sheet.name, limits);
            let part = relations.get(&part).ok_or_else(damaged)?;
            let facts = package
                .take(part, |part| facts::facts(part, &bounds, &kinds))?
                .ok_or_else(damaged)?;
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

fn failure(file: &InputFile, error: &XlsbError) -> Failure {
    match error {
        XlsbError::Password => Failure::input(file.path(), PROTECTED),
        XlsbError::Io(error) => part_failure(file.path(), error),
        _ => Failure::input(file.path(), DAMAGED),
    }
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
        let (Some(info), Some(marks)) = (self.sheets.get(sheet), self.marks.get(sheet)) else {
            return Ok(());
        };
        let (file, path) = (&self.file, self.file.path());
        let bounds = Bounds::new(path, &info.name, &self.limits);
        let from_1904 = self.book.has_1904_epoch();
        let mut cells = guarded(path, || {
            let cells = self.book.worksheet_cells_reader(&info.name);
            cells.map_err(|error| failure(file, &error))
        })?;
        Lines::new(&bounds, marks, row).read(from_1904, |batch| {
            guarded(path, || {
                for _ in 0..BATCH {
                    match cells.next_cell() {
                        Ok(Some(cell)) => batch.push(Given {
                            place: cell.get_position(),
                            value: cell.get_value().clone(),
                            percent: false,
                        }),
                        Ok(None) => return Ok(false),
                        // The mark of the cell tells what error it is.
                        Err(XlsbError::CellError(_)) => {}
                        Err(error) => return Err(failure(file, &error)),
                    }
                }
                Ok(true)
            })
        })?;
        file.unchanged()
    }
}
