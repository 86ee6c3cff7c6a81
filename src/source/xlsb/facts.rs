//! What calamine does not tell of an xlsb: percentages, errors of formulas, merged cells and hidden
//! rows; and which part holds which sheet ([MS-XLSB]).

use std::collections::BTreeMap;
use std::io::{BufReader, ErrorKind, Read};

use encoding_rs::UTF_16LE;

use super::super::Merge;
use super::super::bounds::Bounds;
use super::super::file::BLOCK;
use super::super::formats::NumberKind;
use super::super::marks::{Facts, What};
use crate::failure::Failure;

/// Shows every record of a part to `each`: its kind and contents; none from `each` is a damaged part.
fn records(
    part: &mut dyn Read,
    bounds: &Bounds,
    mut each: impl FnMut(u16, Fields<'_>) -> Option<()>,
) -> Result<(), Failure> {
    let mut bytes = BufReader::with_capacity(BLOCK, part).bytes();
    let mut data = Vec::new();
    let failure = |error: std::io::Error| match error.kind() {
        ErrorKind::UnexpectedEof => bounds.damaged(),
        _ => bounds.io(&error),
    };
    while let Some(first) = bytes.next() {
        let mut byte = || bytes.next().unwrap_or(Err(ErrorKind::UnexpectedEof.into()));
        let first = first.map_err(failure)?;
        let mut kind = u16::from(first);
        if first & 0x80 != 0 {
            kind = u16::from(first & 0x7F) | u16::from(byte().map_err(failure)? & 0x7F) << 7;
        }
        let mut length = 0_usize;
        for shift in [0, 7, 14, 21] {
            let byte = byte().map_err(failure)?;
            length |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > bounds.longest() {
            return Err(bounds.too_long());
        }
        data.clear();
        for _ in 0..length {
            data.push(byte().map_err(failure)?);
        }
        each(kind, Fields(&data)).ok_or_else(|| bounds.damaged())?;
    }
    Ok(())
}

/// The ids of the relations that lead to the sheets, in their order.
pub(super) fn workbook(part: &mut dyn Read, bounds: &Bounds) -> Result<Vec<String>, Failure> {
    let mut sheets = Vec::new();
    records(part, bounds, |kind, mut fields| {
        if kind == 0x9C {
            fields.take::<8>()?;
            sheets.extend(fields.text());
        }
        Some(())
    })?;
    Ok(sheets)
}

/// What the number format of each cell style makes of a number.
pub(super) fn styles(part: &mut dyn Read, bounds: &Bounds) -> Result<Vec<NumberKind>, Failure> {
    let mut codes = BTreeMap::new();
    let mut kinds = Vec::new();
    let mut in_cells = false;
    records(part, bounds, |kind, mut fields| {
        match kind {
            0x2C => {
                let id = fields.u16()?;
                codes.insert(id, NumberKind::of_code(&fields.text()?));
            }
            0x269 | 0x26A => in_cells = kind == 0x269,
            0x2F if in_cells => {
                fields.u16()?;
                let id = fields.u16()?;
                let own = codes.get(&id).copied();
                kinds.push(own.unwrap_or_else(|| NumberKind::builtin(u32::from(id))));
            }
            _ => {}
        }
        Some(())
    })?;
    Ok(kinds)
}

/// Reads the whole part of a sheet.
pub(super) fn facts(
    part: &mut dyn Read,
    bounds: &Bounds,
    kinds: &[NumberKind],
) -> Result<Facts, Failure> {
    let mut facts = Facts::default();
    let (mut row, mut hidden) = (0, false);
    records(part, bounds, |kind, mut fields| {
        match kind {
            0 => {
                row = fields.u32()?;
                // The flags stand behind the style, the height and a byte of others.
                hidden = fields.0.get(7).is_some_and(|flags| flags & 0x10 != 0);
            }
            // Cells: numbers, errors, truth values, texts; those of formulas from 8 on.
            2..=11 => {
                facts.hidden_rows += u32::from(std::mem::take(&mut hidden));
                let column = fields.u32()?;
                // The lower three bytes; the fourth holds flags.
                let style = usize::try_from(fields.u32()? & 0xFF_FFFF).ok()?;
                match kind {
                    2 | 5 | 9 if kinds.get(style) == Some(&NumberKind::Percent) => {
                        facts.mark(row, column, What::Percent);
                    }
                    3 | 11 => {
                        let [code] = fields.take()?;
                        facts.mark(row, column, What::Error(error(code).into()));
                    }
                    _ => {}
                }
            }
            0xB0 => {
                let (top, bottom) = (fields.u32()?, fields.u32()?);
                let (left, right) = (fields.u32()?, fields.u32()?);
                facts.merges.push(Merge {
                    top,
                    left,
                    bottom,
                    right,
                });
            }
            _ => {}
        }
        Some(())
    })?;
    Ok(facts.sorted())
}

/// An error value by its number.
fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#UNKNOWN!",
    }
}

/// The contents of a record, taken from the front.
struct Fields<'d>(&'d [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    /// A text with its length before it; none also where it is said to be absent.
    fn text(&mut self) -> Option<String> {
        let letters = usize::try_from(self.u32()?).ok()?;
        let (text, rest) = self.0.split_at_checked(letters.checked_mul(2)?)?;
        self.0 = rest;
        Some(UTF_16LE.decode_without_bom_handling(text).0.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::settings::Limits;

    fn read(mut part: &[u8]) -> Result<Facts, Failure> {
        let bounds = Bounds::new(Path::new("a.xlsb"), "Лист1", &Limits::default());
        facts(
            &mut part,
            &bounds,
            &[NumberKind::Plain, NumberKind::Percent],
        )
    }

    #[test]
    fn percentages_errors_and_rows_by_their_records() {
        let mut part = Vec::new();
        let mut record = |kind: u8, data: &[u8]| {
            part.extend([kind, u8::try_from(data.len()).unwrap()]);
            part.extend(data);
        };
        // Row 4, hidden.
        record(0, &[4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0]);
        // C5, a share; D5, a plain number; E5, the error of a formula.
        record(2, &[2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
        record(2, &[3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        record(11, &[4, 0, 0, 0, 0, 0, 0, 0, 0x2A, 0, 0]);
        let facts = read(&part).unwrap();
        assert_eq!(facts.hidden_rows, 1);
        let marks: Vec<_> = facts
            .marks
            .iter()
            .map(|mark| (mark.row, mark.column, &mark.what))
            .collect();
        let error = What::Error("#N/A".into());
        assert_eq!(marks, [(4, 2, &What::Percent), (4, 4, &error)]);
    }

    #[test]
    fn a_part_that_breaks_off_or_claims_too_much() {
        assert!(read(&[5, 9, 1]).is_err());
        assert!(read(&[2, 4, 1, 0, 0, 0]).is_err());
        let message = read(&[5, 0xFF, 0xFF, 0xFF, 0x7F]).unwrap_err().to_string();
        assert!(message.contains("cell_length"), "{message}");
    }
}
