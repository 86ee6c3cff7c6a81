//! The hidden sheet that programs read: settings, inputs and figures of the report as JSON, for
//! `mms verify` and `mms diff`.

use std::io::{self, Write};

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use super::io_error;

/// The name of the sheet.
pub const SHEET: &str = "_mms";
/// Characters in a cell; Excel keeps 32,767.
const CHUNK: usize = 32_000;

/// What writes the manifest as JSON.
pub type Manifest<'m> = &'m (dyn Fn(&mut dyn Write) -> io::Result<()> + Sync);

/// Writes the manifest down the first column, one piece in a cell.
pub(super) fn write(sheet: &mut Worksheet, manifest: Manifest<'_>) -> Result<(), XlsxError> {
    sheet.set_name(SHEET)?.set_very_hidden(true);
    let mut pieces = Pieces {
        sheet,
        row: 0,
        piece: String::new(),
        units: 0,
    };
    manifest(&mut pieces)?;
    pieces.put()
}

/// Text on its way into cells.
struct Pieces<'s> {
    sheet: &'s mut Worksheet,
    row: RowNum,
    piece: String,
    /// The UTF-16 units of the piece.
    units: usize,
}

impl Pieces<'_> {
    fn put(&mut self) -> Result<(), XlsxError> {
        self.sheet.write_string(self.row, 0, &self.piece)?;
        self.piece.clear();
        self.units = 0;
        self.row += 1;
        Ok(())
    }
}

impl Write for Pieces<'_> {
    /// Takes whole characters, as JSON is written.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        for c in text.chars() {
            if self.units + c.len_utf16() > CHUNK {
                self.put().map_err(io_error)?;
            }
            self.units += c.len_utf16();
            self.piece.push(c);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
