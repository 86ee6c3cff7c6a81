//! xlsx and xlsm by calamine's streaming reader, with what it does not tell from a look through the
//! sheet's part before.

mod facts;

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;

use calamine::{Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::bounds::Bounds;
use super::file::{DAMAGED, InputFile};
use super::formats::NumberKind;
use super::guard::guarded;
use super::marks::{BATCH, Given, Lines, Mark};
use super::opc::{Package, attribute};
use super::package::{Archive, PROTECTED, part_failure};
use super::{Cell, Format, SheetInfo, TextForm, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;

/// An open xlsx or xlsm.
pub(super) struct XlsxBook {
    file: InputFile,
    limits: Limits,
    book: Xlsx<BufReader<File>>,
    sheets: Vec<SheetInfo>,
    marks: Vec<Vec<Mark>>,
}

impl XlsxBook {
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
        let mut package = Package::new(file, archive)?;
        let workbook = package.check_workbook(limits)?;
        let relations = package.relations(&workbook)?;
        let mut parts = Vec::new();
        package.elements(&workbook, |element| {
            if element.local_name().as_ref() == "sheet" {
                parts.push(attribute(element, "id").and_then(|id| relations.get(&id)));
            }
            Some(true)
        })?;
        let book = Xlsx::new(file.reader()?).map_err(|error| failure(file, &error))?;
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
            let part = part.ok_or_else(damaged)?;
            let facts = facts::facts(&mut package, part, &bounds)?.ok_or_else(damaged)?;
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

fn failure(file: &InputFile, error: &XlsxError) -> Failure {
    match error {
        XlsxError::Password => Failure::input(file.path(), PROTECTED),
        XlsxError::Io(error) => part_failure(file.path(), error),
        _ => Failure::input(file.path(), DAMAGED),
    }
}

/// Whether numbers of a style are shares.
fn is_percent(style: &Style) -> bool {
    let format = style.number_format.as_ref();
    format.is_some_and(|format| NumberKind::of_code(&format.format_code) == NumberKind::Percent)
}

impl Workbook for XlsxBook {
    fn format(&self) -> Format {
        Format::Xlsx
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
        let percents: Vec<bool> = cells.styles().iter().map(is_percent).collect();
        Lines::new(&bounds, marks, row).read(from_1904, |batch| {
            guarded(path, || {
                for _ in 0..BATCH {
                    match cells.next_cell_with_style_id() {
                        Ok(Some((cell, style))) => batch.push(Given {
                            place: cell.get_position(),
                            value: cell.get_value().clone(),
                            percent: percents.get(style) == Some(&true),
                        }),
                        Ok(None) => return Ok(false),
                        // The mark of the cell tells what error it is.
                        Err(XlsxError::CellError(_)) => {}
                        Err(error) => return Err(failure(file, &error)),
                    }
                }
                Ok(true)
            })
        })?;
        file.unchanged()
    }
}
