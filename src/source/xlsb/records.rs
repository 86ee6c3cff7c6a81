//! The records of the binary parts of an xlsb ([MS-XLSB]).

use std::io::{ErrorKind, Read};

use encoding_rs::UTF_16LE;

use super::super::xml::Trouble;

/// The kinds of records that are read.
pub(super) mod kind {
    pub const ROW: u16 = 0;
    pub const RK: u16 = 2;
    pub const ERROR: u16 = 3;
    pub const BOOL: u16 = 4;
    pub const REAL: u16 = 5;
    pub const TEXT: u16 = 6;
    pub const SHARED: u16 = 7;
    pub const FORMULA_TEXT: u16 = 8;
    pub const FORMULA_NUMBER: u16 = 9;
    pub const FORMULA_BOOL: u16 = 10;
    pub const FORMULA_ERROR: u16 = 11;
    pub const SHARED_TEXT: u16 = 0x13;
    pub const NUMBER_FORMAT: u16 = 0x2C;
    pub const STYLE: u16 = 0x2F;
    pub const SHEET_DATA_END: u16 = 0x92;
    pub const WORKBOOK_PROPERTIES: u16 = 0x99;
    pub const SHEET: u16 = 0x9C;
    pub const MERGE: u16 = 0xB0;
    pub const CELL_STYLES: u16 = 0x269;
    pub const CELL_STYLES_END: u16 = 0x26A;
}

/// Reads a part record by record.
pub(super) struct Records<R> {
    input: R,
    data: Vec<u8>,
    longest: usize,
}

impl<R: Read> Records<R> {
    /// `longest` bounds one record, in bytes.
    pub(super) fn new(input: R, longest: usize) -> Self {
        Self {
            input,
            data: Vec::new(),
            longest,
        }
    }

    /// The next record: its kind and contents; none at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<(u16, &[u8])>, Trouble> {
        let Some(first) = self.byte()? else {
            return Ok(None);
        };
        let mut kind = u16::from(first);
        if first & 0x80 != 0 {
            kind = u16::from(first & 0x7F) | u16::from(self.must()? & 0x7F) << 7;
        }
        let mut length = 0_usize;
        for shift in [0, 7, 14, 21] {
            let byte = self.must()?;
            length |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > self.longest {
            return Err(Trouble::TooLong);
        }
        if self.data.len() < length {
            self.data.resize(length, 0);
        }
        let data = self.data.get_mut(..length).unwrap_or_default();
        self.input.read_exact(data).map_err(trouble)?;
        Ok(Some((kind, data)))
    }

    fn must(&mut self) -> Result<u8, Trouble> {
        self.byte()?.ok_or(Trouble::Broken)
    }

    fn byte(&mut self) -> Result<Option<u8>, Trouble> {
        let mut byte = [0];
        loop {
            match self.input.read(&mut byte) {
                Ok(0) => return Ok(None),
                Ok(_) => return Ok(Some(byte[0])),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(trouble(error)),
            }
        }
    }
}

fn trouble(error: std::io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::UnexpectedEof => Trouble::Broken,
        _ => Trouble::Io(error),
    }
}

/// The contents of a record, taken from the front.
#[derive(Clone, Copy)]
pub(super) struct Fields<'d>(pub &'d [u8]);

impl<'d> Fields<'d> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn real(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }

    /// A number in its short form.
    pub(super) fn rk(&mut self) -> Option<f64> {
        let bits = self.u32()?;
        let whole = bits & 2 != 0;
        let number = if whole {
            f64::from(bits.cast_signed() >> 2)
        } else {
            f64::from_bits(u64::from(bits & !3) << 32)
        };
        Some(if bits & 1 == 0 {
            number
        } else {
            number / 100.0
        })
    }

    /// A text with its length before it; none also where it is said to be absent.
    pub(super) fn text(&mut self) -> Option<String> {
        let letters = usize::try_from(self.u32()?).ok()?;
        let (text, rest) = self.0.split_at_checked(letters.checked_mul(2)?)?;
        self.0 = rest;
        Some(UTF_16LE.decode_without_bom_handling(text).0.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_their_lengths() {
        // A kind of two bytes (0x269), a length of two bytes (130).
        let mut bytes = vec![0xE9, 0x04, 0x82, 0x01];
        bytes.extend([7; 130]);
        bytes.extend([0x05, 0x00]);
        let mut records = Records::new(&bytes[..], 1_000);
        assert_eq!(records.next().unwrap(), Some((0x269, &[7; 130][..])));
        assert_eq!(records.next().unwrap(), Some((5, &[][..])));
        assert_eq!(records.next().unwrap(), None);
    }

    #[test]
    fn a_record_that_breaks_off_and_one_that_is_too_long() {
        assert!(matches!(
            Records::new(&[5, 9, 1][..], 1_000).next(),
            Err(Trouble::Broken)
        ));
        assert!(matches!(
            Records::new(&[5, 9, 1][..], 8).next(),
            Err(Trouble::TooLong)
        ));
    }

    #[test]
    fn short_numbers() {
        let rk = |bits: u32| Fields(&bits.to_le_bytes()).rk().unwrap();
        assert_eq!(rk(44_197 << 2 | 2), 44_197.0);
        assert_eq!(rk((-5_i32 << 2).cast_unsigned() | 3), -0.05);
        assert_eq!(rk(u32::try_from(1.5_f64.to_bits() >> 32).unwrap()), 1.5);
    }

    #[test]
    fn texts() {
        let mut fields = Fields(&[2, 0, 0, 0, 0x10, 4, 0x11, 4, 9]);
        assert_eq!(fields.text().as_deref(), Some("АБ"));
        assert_eq!(fields.byte(), Some(9));
        assert_eq!(Fields(&[0xFF; 4]).text(), None);
    }
}
