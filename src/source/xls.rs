//! xls by calamine, which reads a whole sheet before it gives a cell.

use std::ops::ControlFlow;

use calamine::{Data, Range, Reader, SheetVisible, Xls, XlsError};

use super::bounds::Bounds;
use super::convert;
use super::file::{DAMAGED, InputFile};
use super::guard::guarded;
use super::package::PROTECTED;
use super::rows::Row;
use super::{Cell, Format, SheetInfo, TextForm, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;

pub(super) struct XlsBook {
    file: InputFile,
    limits: Limits,
    from_1904: bool,
    sheets: Vec<SheetInfo>,
    ranges: Vec<Range<Data>>,
}

impl XlsBook {
    pub(super) fn open(file: &InputFile, limits: &Limits) -> Result<Self, Failure> {
        let path = file.path();
        let reader = file.reader()?;
        guarded(path, || {
            let mut book = Xls::new(reader).map_err(|error| {
                Failure::input(
                    path,
                    match error {
                        XlsError::Password => PROTECTED,
                        _ => DAMAGED,
                    },
                )
            })?;
            let from_1904 = book.has_1904_epoch();
            let mut sheets = Vec::new();
            let mut ranges = Vec::new();
            for sheet in book.sheets_metadata().to_vec() {
                let merges = book
                    .merge_cells_by_sheet_name(&sheet.name)
                    .unwrap_or_default();
                ranges.push(book.worksheet_range(&sheet.name).unwrap_or_default());
                sheets.push(SheetInfo {
                    visible: sheet.visible == SheetVisible::Visible,
                    merges: convert::merges(&merges),
                    name: sheet.name,
                    hidden_rows: None,
                });
            }
            Ok(Self {
                file: file.clone(),
                limits: limits.clone(),
                from_1904,
                sheets,
                ranges,
            })
        })
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
        let (Some(info), Some(range)) = (self.sheets.get(sheet), self.ranges.get(sheet)) else {
            return Ok(());
        };
        let Some((top, left)) = range.start() else {
            return Ok(());
        };
        let bounds = Bounds::new(self.file.path(), &info.name, &self.limits);
        let mut line = Row::new();
        for (number, cells) in (top..).zip(range.rows()) {
            for (column, value) in (left..).zip(cells) {
                if let Some(held) = convert::held(value.clone(), self.from_1904) {
                    line.push(&bounds, number, column, held)?;
                }
            }
            if line.finish(row).is_break() {
                break;
            }
        }
        self.file.unchanged()
    }
}
