//! The binary workbook of Excel 2007 and later.
//!
//! It is read here and not by calamine, which passes over the errors of formulas and tells neither
//! percentages nor merged cells and hidden rows; the records themselves are few.

mod records;

use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use super::bounds::Bounds;
use super::file::{BLOCK, DAMAGED, InputFile};
use super::formats::NumberKind;
use super::opc::{Package, target};
use super::package::Archive;
use super::rows::{Held, Row};
use super::strings::Strings;
use super::xml::Trouble;
use super::{Cell, Format, Merge, SheetInfo, TextForm, Value, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;
use records::{Fields, Records, kind};

/// A record of the small parts is never longer.
const LONGEST: usize = 1 << 20;

/// An open xlsb.
pub(super) struct XlsbBook {
    package: Package,
    strings: Strings,
    kinds: Vec<NumberKind>,
    from_1904: bool,
    sheets: Vec<SheetInfo>,
    /// The part of each sheet.
    places: Vec<usize>,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    visible: bool,
    relation: String,
}

impl XlsbBook {
    /// Reads all parts but the cells.
    pub(super) fn open(
        file: &InputFile,
        archive: Archive,
        limits: &Limits,
    ) -> Result<Self, Failure> {
        let mut package = Package::new(file, archive, limits)?;
        let damaged = || Failure::input(file.path(), DAMAGED);
        let longest = Bounds::new(file.path(), "", limits).longest();
        let (name, relations) = package.workbook("xl/workbook.bin")?;
        let (listed, from_1904) = package.part(&name, workbook)?.ok_or_else(damaged)?;
        let kinds = match target(&relations, "styles") {
            Some(name) => package.part(name, styles)?.unwrap_or_default(),
            None => Vec::new(),
        };
        let mut strings = Strings::default();
        if let Some(name) = target(&relations, "sharedStrings") {
            package.check_memory(name)?;
            let read = package.part(name, |part| texts(part, longest))?;
            strings = read.unwrap_or_default();
        }
        let mut book = Self {
            package,
            strings,
            kinds,
            from_1904,
            sheets: Vec::new(),
            places: Vec::new(),
        };
        for sheet in listed {
            let Some(relation) = relations.get(&sheet.relation) else {
                continue;
            };
            // Sheets of charts and macros hold no tables.
            if relation.kind != "worksheet" {
                continue;
            }
            let place = book.package.index(&relation.target).ok_or_else(damaged)?;
            let (merges, hidden_rows) = book
                .package
                .part(&relation.target, |part| facts(part, longest))?
                .ok_or_else(damaged)?;
            book.places.push(place);
            book.sheets.push(SheetInfo {
                name: sheet.name,
                visible: sheet.visible,
                merges,
                hidden_rows: Some(hidden_rows),
            });
        }
        Ok(book)
    }
}

/// A part with a buffer.
fn buffered(part: &mut dyn Read, longest: usize) -> Records<BufReader<&mut dyn Read>> {
    Records::new(BufReader::with_capacity(BLOCK, part), longest)
}

/// The sheets of the workbook, and whether its dates count from 1904.
fn workbook(part: &mut dyn Read) -> Result<(Vec<Listed>, bool), Trouble> {
    let mut records = buffered(part, LONGEST);
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    while let Some((record, data)) = records.next()? {
        let mut fields = Fields(data);
        match record {
            kind::WORKBOOK_PROPERTIES => {
                from_1904 = fields.u32().is_some_and(|flags| flags & 1 != 0);
            }
            kind::SHEET => {
                let state = fields.u32().ok_or(Trouble::Broken)?;
                fields.u32();
                if let (Some(relation), Some(name)) = (fields.text(), fields.text()) {
                    sheets.push(Listed {
                        name,
                        visible: state == 0,
                        relation,
                    });
                }
            }
            _ => {}
        }
    }
    Ok((sheets, from_1904))
}

/// What the number format of each cell style makes of a number.
fn styles(part: &mut dyn Read) -> Result<Vec<NumberKind>, Trouble> {
    let mut records = buffered(part, LONGEST);
    let mut codes = BTreeMap::new();
    let mut kinds = Vec::new();
    let mut in_cells = false;
    while let Some((record, data)) = records.next()? {
        let mut fields = Fields(data);
        match record {
            kind::NUMBER_FORMAT => {
                if let (Some(id), Some(code)) = (fields.u16(), fields.text()) {
                    codes.insert(id, NumberKind::of_code(&code));
                }
            }
            kind::CELL_STYLES => in_cells = true,
            kind::CELL_STYLES_END => in_cells = false,
            kind::STYLE if in_cells => {
                fields.u16();
                let id = fields.u16().ok_or(Trouble::Broken)?;
                let own = codes.get(&id).copied();
                kinds.push(own.unwrap_or_else(|| NumberKind::builtin(u32::from(id))));
            }
            _ => {}
        }
    }
    Ok(kinds)
}

/// The texts that cells share.
fn texts(part: &mut dyn Read, longest: usize) -> Result<Strings, Trouble> {
    let mut records = buffered(part, longest);
    let mut strings = Strings::default();
    while let Some((record, data)) = records.next()? {
        if record == kind::SHARED_TEXT {
            let mut fields = Fields(data);
            fields.byte();
            strings.push(&fields.text().ok_or(Trouble::Broken)?);
        }
    }
    Ok(strings)
}

/// The merged cells of a sheet, ordered by their first row, and how many of its rows with cells are
/// hidden.
fn facts(part: &mut dyn Read, longest: usize) -> Result<(Vec<Merge>, u32), Trouble> {
    let mut records = buffered(part, longest);
    let mut merges = Vec::new();
    let mut hidden_rows = 0;
    let mut hidden = false;
    while let Some((record, data)) = records.next()? {
        match record {
            // The flags stand behind the row, its style, its height and a byte of others.
            kind::ROW => hidden = data.get(11).is_some_and(|flags| flags & 0x10 != 0),
            kind::RK..=kind::FORMULA_ERROR => {
                hidden_rows += u32::from(hidden);
                hidden = false;
            }
            kind::MERGE => {
                let mut fields = Fields(data);
                let mut next = || fields.u32().ok_or(Trouble::Broken);
                let (top, bottom, left, right) = (next()?, next()?, next()?, next()?);
                merges.push(Merge {
                    top,
                    left,
                    bottom,
                    right,
                });
            }
            _ => {}
        }
    }
    merges.sort_by_key(|merge| (merge.top, merge.left));
    Ok((merges, hidden_rows))
}

impl Workbook for XlsbBook {
    fn format(&self) -> Format {
        Format::Xlsb
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
        let (Some(info), Some(place)) = (self.sheets.get(sheet), self.places.get(sheet)) else {
            return Ok(());
        };
        let file = self.package.file.clone();
        let bounds = Bounds::new(file.path(), &info.name, &self.package.limits);
        let trouble = |trouble| bounds.trouble(trouble);
        let mut part = self.package.open(*place)?;
        let mut records = buffered(&mut part, bounds.longest());
        let mut line = Row::new();
        let mut number = None;
        loop {
            let Some((record, data)) = records.next().map_err(trouble)? else {
                return Err(trouble(Trouble::Broken));
            };
            match record {
                kind::ROW => {
                    let next = Fields(data).u32().ok_or_else(|| trouble(Trouble::Broken))?;
                    if number.is_some_and(|before| next <= before) {
                        return Err(trouble(Trouble::Broken));
                    }
                    number = Some(next);
                    if line.finish(row).is_break() {
                        return file.unchanged();
                    }
                }
                kind::RK..=kind::FORMULA_ERROR => {
                    let number = number.ok_or_else(|| trouble(Trouble::Broken))?;
                    let (column, held) =
                        cell(record, data, &self.strings, &self.kinds, self.from_1904)
                            .ok_or_else(|| trouble(Trouble::Broken))?;
                    line.push(&bounds, number, column, held)?;
                }
                kind::SHEET_DATA_END => break,
                _ => {}
            }
        }
        let _ = line.finish(row);
        file.unchanged()
    }
}

/// What a cell holds, and its column; none where the record does not hold together.
fn cell<'s>(
    record: u16,
    data: &[u8],
    strings: &'s Strings,
    kinds: &[NumberKind],
    from_1904: bool,
) -> Option<(u32, Held<'s>)> {
    let mut fields = Fields(data);
    let column = fields.u32()?;
    // The lower three bytes; the fourth holds flags.
    let style = fields.u32()? & 0xFF_FFFF;
    let kind = kinds
        .get(usize::try_from(style).ok()?)
        .copied()
        .unwrap_or_default();
    let held = match record {
        kind::RK => Held::Plain(kind.value(fields.rk()?, from_1904)),
        kind::REAL | kind::FORMULA_NUMBER => Held::Plain(kind.value(fields.real()?, from_1904)),
        kind::BOOL | kind::FORMULA_BOOL => Held::Plain(Value::Bool(fields.byte()? != 0)),
        kind::ERROR | kind::FORMULA_ERROR => Held::Plain(Value::Error(error(fields.byte()?))),
        kind::SHARED => Held::Shared(strings.get(fields.u32()?)?),
        kind::TEXT | kind::FORMULA_TEXT => Held::Owned(fields.text()?),
        _ => return None,
    };
    Some((column, held))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_formulas_are_told() {
        let mut data = vec![3, 0, 0, 0, 0, 0, 0, 0, 0x2A];
        data.extend([0; 8]);
        let strings = Strings::default();
        let (column, held) = cell(kind::FORMULA_ERROR, &data, &strings, &[], false).unwrap();
        assert_eq!(column, 3);
        assert!(
            matches!(held, Held::Plain(Value::Error("#N/A"))),
            "{held:?}"
        );
    }

    #[test]
    fn a_cell_that_breaks_off_is_none() {
        assert!(cell(kind::REAL, &[0; 10], &Strings::default(), &[], false).is_none());
        assert!(cell(kind::SHARED, &[0; 12], &Strings::default(), &[], false).is_none());
    }
}
