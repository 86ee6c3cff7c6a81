//! OpenDocument spreadsheets.
//!
//! These are read here and not by calamine, which keeps every cell of every sheet in memory, does
//! not tell merged cells, hidden rows, percentages and formulas without a value, and reads on for
//! ever where the document breaks off inside a table.

mod table;

use std::ops::ControlFlow;

use super::bounds::Bounds;
use super::file::{BLOCK, DAMAGED, InputFile};
use super::guard::Guarded;
use super::package::{Archive, zip_failure};
use super::rows::Row;
use super::xml::{Token, Trouble, Xml, local};
use super::{Cell, Format, Merge, SheetInfo, TextForm, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;
use table::{Table, TableRow};

/// The contents of the package, as a document.
type Content<'a> = Xml<Guarded<zip::read::ZipFile<'a, std::io::BufReader<std::fs::File>>>>;

/// An open ods.
pub(super) struct OdsBook {
    file: InputFile,
    limits: Limits,
    archive: Archive,
    from_1904: bool,
    sheets: Vec<SheetInfo>,
}

impl OdsBook {
    /// Reads the whole document once, for its sheets, merged cells and hidden rows.
    pub(super) fn open(
        file: &InputFile,
        archive: Archive,
        limits: &Limits,
    ) -> Result<Self, Failure> {
        let mut book = Self {
            file: file.clone(),
            limits: limits.clone(),
            archive,
            from_1904: false,
            sheets: Vec::new(),
        };
        book.read_facts()?;
        Ok(book)
    }

    fn read_facts(&mut self) -> Result<(), Failure> {
        let bounds = Bounds::new(self.file.path(), "", &self.limits);
        let trouble = |trouble| bounds.trouble(trouble);
        let mut sheets = Vec::new();
        let mut from_1904 = false;
        // Styles of tables that are not shown.
        let mut hidden = Vec::new();
        let mut style = None;
        let mut xml = content(&mut self.archive, &self.file, &bounds)?;
        loop {
            match xml.next().map_err(trouble)? {
                Token::End => break,
                Token::Open(tag) => match tag.local() {
                    b"style" => style = tag.text(b"name"),
                    b"table-properties" if tag.attribute(b"display") == Some(b"false") => {
                        hidden.extend(style.take());
                    }
                    b"null-date" => {
                        from_1904 = tag.attribute(b"date-value") == Some(b"1904-01-01");
                    }
                    b"tracked-changes" if !tag.empty => xml.skip().map_err(trouble)?,
                    b"table" => {
                        let name = tag.text(b"name").unwrap_or_default();
                        let visible = tag
                            .text(b"style-name")
                            .is_none_or(|style| !hidden.contains(&style));
                        let mut info = SheetInfo {
                            name,
                            visible,
                            merges: Vec::new(),
                            hidden_rows: Some(0),
                        };
                        if !tag.empty {
                            sheet_facts(&mut xml, &bounds, &mut info)?;
                        }
                        sheets.push(info);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        drop(xml);
        self.sheets = sheets;
        self.from_1904 = from_1904;
        Ok(())
    }
}

/// Opens the document inside the package.
fn content<'a>(
    archive: &'a mut Archive,
    file: &InputFile,
    bounds: &Bounds,
) -> Result<Content<'a>, Failure> {
    match archive.by_name("content.xml") {
        Ok(part) => Ok(Xml::new(Guarded(part), bounds.longest().max(BLOCK))),
        Err(zip::result::ZipError::FileNotFound) => Err(Failure::input(file.path(), DAMAGED)),
        Err(error) => Err(zip_failure(file.path(), error)),
    }
}

/// Reads a table for its merged cells and hidden rows.
fn sheet_facts(
    xml: &mut Content<'_>,
    bounds: &Bounds,
    info: &mut SheetInfo,
) -> Result<(), Failure> {
    let mut table = Table::new(bounds);
    let mut hidden = 0_u32;
    while let Some(row) = table.next(xml)? {
        for span in &row.spans {
            info.merges.push(Merge {
                top: row.number,
                left: span.column,
                bottom: row.number.saturating_add(span.rows - 1),
                right: span.column.saturating_add(span.columns - 1),
            });
        }
        if row.hidden && !row.cells.is_empty() {
            hidden = hidden.saturating_add(row.repeated);
        }
    }
    info.hidden_rows = Some(hidden);
    Ok(())
}

impl Workbook for OdsBook {
    fn format(&self) -> Format {
        Format::Ods
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
        let Some(info) = self.sheets.get(sheet) else {
            return Ok(());
        };
        let bounds = Bounds::new(self.file.path(), &info.name, &self.limits);
        let mut xml = content(&mut self.archive, &self.file, &bounds)?;
        if !go_to(&mut xml, sheet).map_err(|trouble| bounds.trouble(trouble))? {
            return Ok(());
        }
        let mut table = Table::new(&bounds);
        let mut line = Row::new();
        // What rows and cells that are written once and stand many times may come to.
        let mut room = self.limits.unpacked_bytes / std::mem::size_of::<Cell<'_>>() as u64;
        while let Some(found) = table.next(&mut xml)? {
            let cells: u64 = found
                .cells
                .iter()
                .map(|cell| u64::from(cell.repeated))
                .sum();
            room = room
                .checked_sub(cells.saturating_mul(u64::from(found.repeated)))
                .ok_or_else(|| bounds.repeated())?;
            if hand_over(found, &bounds, &mut line, row)?.is_break() {
                break;
            }
        }
        self.file.unchanged()
    }
}

/// Goes to the first row of a table; false when that table is empty.
fn go_to(xml: &mut Content<'_>, sheet: usize) -> Result<bool, Trouble> {
    let mut before = sheet;
    loop {
        match xml.next()? {
            Token::End => return Err(Trouble::Broken),
            Token::Open(tag) => match (tag.local(), before) {
                (b"table", 0) => return Ok(!tag.empty),
                (b"table", _) => {
                    before -= 1;
                    if !tag.empty {
                        let name = local(tag.name).len();
                        let prefix = tag.name.get(..tag.name.len() - name);
                        let end = [b"</", prefix.unwrap_or_default(), b"table>"].concat();
                        xml.skip_past(&end)?;
                    }
                }
                (b"tracked-changes", _) if !tag.empty => xml.skip()?,
                _ => {}
            },
            _ => {}
        }
    }
}

/// Hands a row over as many times as it stands there.
fn hand_over(
    found: &TableRow,
    bounds: &Bounds,
    line: &mut Row<'static>,
    row: &mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Failure> {
    if found.cells.is_empty() {
        return Ok(ControlFlow::Continue(()));
    }
    for time in 0..found.repeated {
        let number = found.number.saturating_add(time);
        for cell in &found.cells {
            for again in 0..cell.repeated {
                let column = cell.column.saturating_add(again);
                line.push(bounds, number, column, cell.held.clone())?;
            }
        }
        if line.finish(row).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
