//! What the records of an xls tell and calamine does not: hidden rows, percentages, formulas that
//! were never calculated, and how much memory its cells will take, before they take it.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::UTF_16LE;

use super::super::formats::NumberKind;
use super::ole::{u16_at, u32_at};

/// What is known of one sheet.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// How many rows with cells are hidden.
    pub hidden_rows: u32,
    /// The cells formatted as per cent.
    pub percents: BTreeSet<(u16, u16)>,
    /// The formulas whose stored value is an empty text.
    pub blanks: BTreeSet<(u16, u16)>,
    /// How many formulas have another stored value.
    calculated: u32,
    /// The corners of what calamine will lay out in memory.
    cells: Option<Area>,
    formulas: Option<Area>,
}

/// What is known of the whole file.
#[derive(Debug)]
pub(super) struct Book {
    /// Whether a password protects it.
    pub protected: bool,
    /// Its sheets in the order of the file.
    pub sheets: Vec<Facts>,
}

#[derive(Clone, Copy, Debug)]
struct Area {
    top: u16,
    left: u16,
    bottom: u16,
    right: u16,
}

impl Area {
    fn with(area: Option<Self>, (row, column): (u16, u16)) -> Self {
        let area = area.unwrap_or(Self {
            top: row,
            left: column,
            bottom: row,
            right: column,
        });
        Self {
            top: area.top.min(row),
            left: area.left.min(column),
            bottom: area.bottom.max(row),
            right: area.right.max(column),
        }
    }

    fn cells(self) -> u64 {
        (u64::from(self.bottom - self.top) + 1) * (u64::from(self.right - self.left) + 1)
    }
}

impl Book {
    /// None when the stream does not hold together.
    pub(super) fn new(stream: &[u8]) -> Option<Self> {
        let mut book = Self {
            protected: false,
            sheets: Vec::new(),
        };
        let mut wide = true;
        let mut formats: BTreeMap<u16, NumberKind> = BTreeMap::new();
        let mut kinds = Vec::new();
        let mut places = Vec::new();
        for (kind, data) in Records(stream) {
            match kind {
                0x000A => break,
                // The beginning of the file: before version 8 texts have one byte a letter.
                0x0809 => wide = u16_at(data, 0)? == 0x0600,
                // What follows cannot be read.
                0x002F if u16_at(data, 0)? != 0 => {
                    book.protected = true;
                    return Some(book);
                }
                0x041E => {
                    let code = code(data, wide).unwrap_or_default();
                    formats.insert(u16_at(data, 0)?, NumberKind::of_code(&code));
                }
                0x00E0 => {
                    let format = u16_at(data, 2)?;
                    let own = formats.get(&format).copied();
                    kinds.push(own.unwrap_or_else(|| NumberKind::builtin(u32::from(format))));
                }
                0x0085 => places.push(u32_at(data, 0)? as usize),
                _ => {}
            }
        }
        for place in places {
            book.sheets.push(sheet(stream.get(place..)?, &kinds)?);
        }
        // Programs that cannot calculate store an empty text for every formula.
        if book.sheets.iter().any(|sheet| sheet.calculated > 0) {
            for sheet in &mut book.sheets {
                sheet.blanks.clear();
            }
        }
        Some(book)
    }

    /// How many bytes calamine will take for the cells.
    pub(super) fn memory(&self) -> u64 {
        let bytes = |area: Option<Area>, size: usize| area.map_or(0, Area::cells) * size as u64;
        let sheets = self.sheets.iter().map(|sheet| {
            bytes(sheet.cells, size_of::<calamine::Data>())
                + bytes(sheet.formulas, size_of::<String>())
        });
        sheets.sum()
    }
}

/// The records of a stream: their kinds and contents.
struct Records<'s>(&'s [u8]);

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.0, 0)?;
        let end = 4 + usize::from(u16_at(self.0, 2)?);
        let data = self.0.get(4..end)?;
        self.0 = self.0.get(end..)?;
        Some((kind, data))
    }
}

/// The code of a number format.
fn code(data: &[u8], wide: bool) -> Option<String> {
    if !wide {
        return Some(latin(data.get(3..)?));
    }
    let letters = usize::from(u16_at(data, 2)?);
    let text = data.get(5..)?;
    Some(if data.get(4)? & 1 == 0 {
        latin(text.get(..letters)?)
    } else {
        let (text, _) = UTF_16LE.decode_without_bom_handling(text.get(..letters * 2)?);
        text.into_owned()
    })
}

/// Bytes as letters: of a format's code only Latin ones matter.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// Reads one sheet.
fn sheet(stream: &[u8], kinds: &[NumberKind]) -> Option<Facts> {
    let mut facts = Facts::default();
    let mut hidden = BTreeSet::new();
    let mut rows = BTreeSet::new();
    // Charts inside the sheet have cells of their own.
    let mut depth = 0_u32;
    for (kind, data) in Records(stream) {
        match kind {
            0x0809 => depth += 1,
            0x000A => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            _ if depth > 1 => {}
            0x0200 => dimensions(data)?,
            0x0208 if u32_at(data, 12)? & 0x20 != 0 => {
                hidden.insert(u16_at(data, 0)?);
            }
            0x0208 => {}
            // Several numbers in a row.
            0x00BD => {
                let row = u16_at(data, 0)?;
                let first = u16_at(data, 2)?;
                let cells = data.get(4..data.len().checked_sub(2)?)?;
                for (column, cell) in (first..=u16::MAX).zip(cells.chunks_exact(6)) {
                    facts.cell((row, column), u16_at(cell, 0)?, true, kinds);
                }
                rows.insert(row);
            }
            // A number, its short form, a formula.
            0x0203 | 0x027E | 0x0006 | 0x0204 | 0x00D6 | 0x00FD | 0x0205 => {
                let place = (u16_at(data, 0)?, u16_at(data, 2)?);
                let number = matches!(kind, 0x0203 | 0x027E | 0x0006);
                facts.cell(place, u16_at(data, 4)?, number, kinds);
                if kind == 0x0006 {
                    facts.formula(place, data)?;
                }
                rows.insert(place.0);
            }
            _ => {}
        }
    }
    facts.hidden_rows = u32::try_from(hidden.intersection(&rows).count()).ok()?;
    Some(facts)
}

impl Facts {
    fn cell(&mut self, place: (u16, u16), style: u16, number: bool, kinds: &[NumberKind]) {
        self.cells = Some(Area::with(self.cells, place));
        if number && kinds.get(usize::from(style)) == Some(&NumberKind::Percent) {
            self.percents.insert(place);
        }
    }

    fn formula(&mut self, place: (u16, u16), data: &[u8]) -> Option<()> {
        self.formulas = Some(Area::with(self.formulas, place));
        match data.get(6..14)? {
            [3, .., 0xFF, 0xFF] => {
                self.blanks.insert(place);
            }
            _ => self.calculated = self.calculated.saturating_add(1),
        }
        Some(())
    }
}

/// None when the sheet claims to be larger than the format can hold: calamine makes room for what
/// is claimed.
fn dimensions(data: &[u8]) -> Option<()> {
    let (top, bottom, left, right) = if data.len() == 10 {
        let row = |at| u16_at(data, at).map(u32::from);
        (row(0)?, row(2)?, u16_at(data, 4)?, u16_at(data, 6)?)
    } else {
        (
            u32_at(data, 0)?,
            u32_at(data, 4)?,
            u16_at(data, 8)?,
            u16_at(data, 10)?,
        )
    };
    let sound = bottom <= 65_536 && right <= 256 && (bottom == 0 || top < bottom);
    // As calamine reads it: a first column that cannot be is the first.
    let columns = right == 0 || left < right || left > 255;
    (sound && columns).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn claims_of_size() {
        let claim = |top: u32, bottom: u32, left: u16, right: u16| {
            let mut data = [top.to_le_bytes(), bottom.to_le_bytes()].concat();
            data.extend([left.to_le_bytes(), right.to_le_bytes(), [0, 0]].concat());
            dimensions(&data).is_some()
        };
        assert!(claim(0, 10, 0, 5));
        assert!(claim(0, 0, 0, 0));
        assert!(claim(0, 65_536, 0, 256));
        assert!(!claim(0, u32::MAX, 0, 256));
        assert!(!claim(9, 3, 0, 5));
        assert!(!claim(0, 9, 0, 300));
    }

    #[test]
    fn memory_is_what_lies_between_the_corners() {
        let cell = |row: u16, column: u16| {
            record(
                0x0203,
                &[
                    row.to_le_bytes(),
                    column.to_le_bytes(),
                    [0, 0],
                    [0, 0],
                    [0, 0],
                    [0, 0],
                    [0, 0],
                ]
                .concat(),
            )
        };
        let mut stream = record(0x0809, &[0, 6, 0, 0]);
        stream.extend(cell(0, 0));
        stream.extend(cell(65_535, 255));
        stream.extend(record(0x000A, &[]));
        let facts = sheet(&stream, &[]).unwrap();
        let book = Book {
            protected: false,
            sheets: vec![facts],
        };
        assert_eq!(
            book.memory(),
            65_536 * 256 * size_of::<calamine::Data>() as u64
        );
    }

    #[test]
    fn codes_in_one_byte_and_in_two() {
        assert_eq!(code(&[164, 0, 2, 0, 0, b'0', b'%'], true).unwrap(), "0%");
        assert_eq!(
            code(&[164, 0, 2, 0, 1, b'0', 0, b'%', 0], true).unwrap(),
            "0%"
        );
        assert_eq!(code(&[164, 0, 2, b'0', b'%'], false).unwrap(), "0%");
        assert!(code(&[164, 0, 9, 0, 0, b'0'], true).is_none());
    }
}
