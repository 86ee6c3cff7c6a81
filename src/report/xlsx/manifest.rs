//! The hidden sheet that programs read: settings, inputs and figures of the report as JSON, for
//! `mms verify` and `mms diff`.

use rust_xlsxwriter::{Worksheet, XlsxError};

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
