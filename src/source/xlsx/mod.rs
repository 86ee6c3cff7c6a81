//! xlsx and xlsm.
//!
//! These are read here and not by calamine, for what it does not give: whether a formula was ever
//! calculated, percentages, hidden rows, error values that it does not know (one of them ends its
//! reading of the file), and memory that depends on no number in the file. It also takes little more
//! than half the time, and sheets are most of the work of a run.

mod cells;
mod facts;
mod parts;

use std::ops::ControlFlow;

use super::bounds::Bounds;
use super::file::{DAMAGED, InputFile};
use super::formats::NumberKind;
use super::opc::{Package, target};
use super::package::Archive;
use super::strings::Strings;
use super::xml::Xml;
use super::{Cell, Format, SheetInfo, TextForm, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;
use cells::Context;

/// An open xlsx or xlsm.
pub(super) struct XlsxBook {
    package: Package,
    strings: Strings,
    kinds: Vec<NumberKind>,
    from_1904: bool,
    sheets: Vec<SheetInfo>,
    /// The part of each sheet.
    places: Vec<usize>,
}

impl XlsxBook {
    /// Reads all parts but the cells.
    pub(super) fn open(
        file: &InputFile,
        archive: Archive,
        limits: &Limits,
    ) -> Result<Self, Failure> {
        let mut package = Package::new(file, archive, limits)?;
        let damaged = || Failure::input(file.path(), DAMAGED);
        let (workbook, relations) = package.workbook("xl/workbook.xml")?;
        let (listed, from_1904) = package
            .part(&workbook, parts::workbook)?
            .ok_or_else(damaged)?;
        let kinds = match target(&relations, "styles") {
            Some(styles) => package.part(styles, parts::styles)?.unwrap_or_default(),
            None => Vec::new(),
        };
        let mut strings = Strings::default();
        if let Some(name) = target(&relations, "sharedStrings") {
            package.check_memory(name)?;
            let longest = Bounds::new(file.path(), "", limits).longest();
            let read = package.part(name, |part| Strings::read(part, longest))?;
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
                return Err(damaged());
            };
            // Sheets of charts and macros hold no tables.
            if relation.kind != "worksheet" {
                continue;
            }
            let place = book.package.index(&relation.target).ok_or_else(damaged)?;
            let facts = book
                .package
                .part(&relation.target, facts::facts)?
                .ok_or_else(damaged)?;
            book.places.push(place);
            book.sheets.push(SheetInfo {
                name: sheet.name,
                visible: sheet.visible,
                merges: facts.merges,
                hidden_rows: Some(facts.hidden_rows),
            });
        }
        Ok(book)
    }
}

impl Workbook for XlsxBook {
    fn format(&self) -> Format {
        Format::Xlsx
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
        let context = Context {
            strings: &self.strings,
            kinds: &self.kinds,
            from_1904: self.from_1904,
            bounds: &bounds,
        };
        let part = self.package.open(*place)?;
        cells::read(&mut Xml::new(part, bounds.longest()), &context, row)?;
        file.unchanged()
    }
}
