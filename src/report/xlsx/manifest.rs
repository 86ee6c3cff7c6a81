//! The hidden sheet that programs read: settings, inputs and figures of the report as JSON, for
//! `mms verify` and `mms diff`.

use std::path::Path;

use calamine::{DataType, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::failure::Failure;
use crate::report::model::Manifest;

/// The name of the sheet.
pub const SHEET: &str = "_mms";
/// Characters in a cell; Excel keeps 32,767.
const CHUNK: usize = 32_000;

/// Writes the manifest down the first column, one piece in a cell.
pub(super) fn write(sheet: &mut Worksheet, manifest: &str) -> Result<(), XlsxError> {
    sheet.set_name(SHEET)?.set_very_hidden(true);
    let mut row = 0;
    let mut piece = String::new();
    let mut units = 0;
    for c in manifest.chars() {
        if units + c.len_utf16() > CHUNK {
            sheet.write_string(row, 0, &piece)?;
            piece.clear();
            units = 0;
            row += 1;
        }
        units += c.len_utf16();
        piece.push(c);
    }
    sheet.write_string(row, 0, &piece)?;
    Ok(())
}

/// Reads the manifest of a report.
///
/// # Errors
/// [`Failure::Input`]: the file is no report of this program, or of a version that wrote another
/// manifest.
pub fn read(path: &Path) -> Result<Manifest, Failure> {
    let refused = |what: &str| Failure::input(path, what);
    let mut book: Xlsx<_> =
        open_workbook(path).map_err(|_| refused("это не книга Excel, которую можно прочитать"))?;
    let sheet = book
        .worksheet_range(SHEET)
        .map_err(|_| refused("это не отчёт программы mms: в книге нет сведений о расчёте"))?;
    let text: String = sheet
        .used_cells()
        .filter(|(_, column, _)| *column == 0)
        .filter_map(|(_, _, value)| value.get_string())
        .collect();
    serde_json::from_str(&text)
        .map_err(|_| refused("сведения о расчёте записаны другой версией программы или повреждены"))
}
