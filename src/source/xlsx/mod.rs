//! xlsx and xlsm.
//!
//! These are read here and not by calamine, for what it does not give: whether a formula was ever
//! calculated, percentages, hidden rows, error values that it does not know (one of them ends its
//! reading of the file), and memory that depends on no number in the file. It also takes a quarter
//! of the time, and sheets are most of the work of a run. The reader corpus compares the two.

mod cells;
mod facts;
mod parts;
mod strings;

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;

use super::bounds::Bounds;
use super::file::{DAMAGED, InputFile};
use super::formats::NumberKind;
use super::guard::Guarded;
use super::package::{self, Archive, part_failure, zip_failure};
use super::xml::{Trouble, Xml};
use super::{Cell, Format, SheetInfo, TextForm, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;
use cells::Context;
use parts::Relation;
use strings::Strings;

/// An open xlsx or xlsm.
pub(super) struct XlsxBook {
    file: InputFile,
    limits: Limits,
    archive: Archive,
    /// The parts by their names in lower case: programs differ in case.
    parts: BTreeMap<String, usize>,
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
        let mut parts = BTreeMap::new();
        for (index, name) in archive.file_names().enumerate() {
            let name = name.map_err(|error| zip_failure(file.path(), error))?;
            parts.insert(name.replace('\\', "/").to_ascii_lowercase(), index);
        }
        let mut book = Self {
            file: file.clone(),
            limits: limits.clone(),
            archive,
            parts,
            strings: Strings::default(),
            kinds: Vec::new(),
            from_1904: false,
            sheets: Vec::new(),
            places: Vec::new(),
        };
        book.read_parts()?;
        Ok(book)
    }

    fn read_parts(&mut self) -> Result<(), Failure> {
        let package = self
            .part("_rels/.rels", |part| parts::relations(part, ""))?
            .unwrap_or_default();
        let workbook = package
            .into_values()
            .find(|relation| relation.kind == "officeDocument")
            .map_or_else(|| "xl/workbook.xml".to_owned(), |found| found.target);
        let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
        let relations = self
            .part(&format!("{folder}/_rels/{name}.rels"), |part| {
                parts::relations(part, folder)
            })?
            .unwrap_or_default();
        let Some((listed, from_1904)) = self.part(&workbook, parts::workbook)? else {
            return Err(Failure::input(self.file.path(), DAMAGED));
        };
        self.from_1904 = from_1904;
        if let Some(styles) = target(&relations, "styles") {
            self.kinds = self.part(styles, parts::styles)?.unwrap_or_default();
        }
        if let Some(strings) = target(&relations, "sharedStrings") {
            self.check_strings(strings)?;
            let longest = Bounds::new(self.file.path(), "", &self.limits).longest();
            self.strings = self
                .part(strings, |part| Strings::read(part, longest))?
                .unwrap_or_default();
        }
        for sheet in listed {
            // Sheets of charts and macros hold no cells.
            let place = relations
                .get(&sheet.relation)
                .filter(|relation| relation.kind == "worksheet")
                .map(|relation| &relation.target);
            let Some(place) = place else { continue };
            let facts = self
                .part(place, facts::facts)?
                .ok_or_else(|| Failure::input(self.file.path(), DAMAGED))?;
            self.places.extend(self.index(place));
            self.sheets.push(SheetInfo {
                name: sheet.name,
                visible: sheet.visible,
                merges: facts.merges,
                hidden_rows: Some(facts.hidden_rows),
            });
        }
        Ok(())
    }

    fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/').to_ascii_lowercase();
        self.parts.get(&name).copied()
    }

    /// The shared texts are kept in memory, so that their size is bounded by itself.
    fn check_strings(&mut self, name: &str) -> Result<(), Failure> {
        let path = self.file.path();
        let Some(index) = self.index(name) else {
            return Ok(());
        };
        let part = self
            .archive
            .by_index_raw(index)
            .map_err(|error| zip_failure(path, error))?;
        if part.size() <= self.limits.text_bytes {
            return Ok(());
        }
        Err(package::refused(
            path,
            &format!(
                "тексты ячеек занимают {}, а допускается не больше {}",
                package::bytes(part.size()),
                package::bytes(self.limits.text_bytes)
            ),
            "text_bytes",
        ))
    }

    /// Reads a part; none when there is no such part.
    fn part<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, Trouble>,
    ) -> Result<Option<T>, Failure> {
        let path = self.file.path();
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let part = self
            .archive
            .by_index(index)
            .map_err(|error| zip_failure(path, error))?;
        read(&mut Guarded(part))
            .map(Some)
            .map_err(|trouble| failure(&self.file, &self.limits, trouble))
    }
}

fn target<'r>(relations: &'r BTreeMap<String, Relation>, kind: &str) -> Option<&'r str> {
    let found = relations.values().find(|relation| relation.kind == kind);
    found.map(|relation| relation.target.as_str())
}

/// Trouble in a part that is no sheet.
fn failure(file: &InputFile, limits: &Limits, trouble: Trouble) -> Failure {
    match trouble {
        Trouble::Io(error) => part_failure(file.path(), &error),
        trouble => Bounds::new(file.path(), "", limits).trouble(trouble),
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
        let bounds = Bounds::new(self.file.path(), &info.name, &self.limits);
        let part = self
            .archive
            .by_index(*place)
            .map_err(|error| zip_failure(self.file.path(), error))?;
        let context = Context {
            strings: &self.strings,
            kinds: &self.kinds,
            from_1904: self.from_1904,
            bounds: &bounds,
        };
        cells::read(
            &mut Xml::new(Guarded(part), bounds.longest()),
            &context,
            row,
        )?;
        self.file.unchanged()
    }
}
