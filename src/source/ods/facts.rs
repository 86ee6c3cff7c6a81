//! A look through the document of an ods before calamine reads it: that it is whole, what it will
//! take in memory, and what calamine does not tell of it.

use std::io::{BufReader, Read};

use quick_xml::events::{BytesStart, Event};

use super::super::Merge;
use super::super::bounds::Bounds;
use super::super::file::BLOCK;
use super::super::marks::{Facts, What};
use super::super::opc::attribute;
use crate::failure::Failure;

/// What is known of the document before calamine reads it.
#[derive(Default)]
pub(super) struct Document {
    /// Whether its dates count from 1904.
    pub from_1904: bool,
    /// Its tables in their order.
    pub tables: Vec<Facts>,
    /// What calamine will take in memory, in bytes, at most.
    pub memory: u64,
}

/// Reads the whole document, or until it would take more than `most` bytes of memory.
pub(super) fn document(
    part: &mut dyn Read,
    bounds: &Bounds,
    most: u64,
) -> Result<Document, Failure> {
    let leash = Leash {
        part,
        since: 0,
        longest: bounds.longest(),
    };
    let mut xml = quick_xml::Reader::from_reader(BufReader::with_capacity(BLOCK, leash));
    xml.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut scan = Scan::default();
    let mut depth = 0_u32;
    loop {
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => {
                depth += 1;
                scan.start(&element, depth, bounds)
                    .ok_or_else(|| bounds.damaged())?;
            }
            Ok(Event::End(element)) => {
                scan.end(element.name().as_ref(), depth, most);
                depth = depth.saturating_sub(1);
                if scan.memory() > most {
                    break;
                }
            }
            Ok(Event::Text(text)) => scan.text(text.len()),
            Ok(Event::CData(text)) => scan.text(text.len()),
            Ok(Event::GeneralRef(_)) => scan.text(1),
            // A table that breaks off would keep calamine reading for ever.
            Ok(Event::Eof) if depth > 0 => return Err(bounds.damaged()),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(quick_xml::Error::Io(error)) if error.kind() == TOO_LONG => {
                return Err(bounds.too_long());
            }
            Err(quick_xml::Error::Io(error)) => return Err(bounds.io(&error)),
            Err(_) => return Err(bounds.damaged()),
        }
        buffer.clear();
    }
    scan.document.memory = scan.memory();
    Ok(scan.document)
}

/// What the leash says of a text or tag that is too long.
const TOO_LONG: std::io::ErrorKind = std::io::ErrorKind::FileTooLarge;

/// Fails where no tag begins for longer than it may take.
struct Leash<'p> {
    part: &'p mut dyn Read,
    since: usize,
    longest: usize,
}

impl Read for Leash<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.part.read(out)?;
        let bytes = out.get(..read).unwrap_or_default();
        let first = memchr::memchr(b'<', bytes).unwrap_or(read);
        if self.since + first > self.longest {
            return Err(TOO_LONG.into());
        }
        self.since = match memchr::memrchr(b'<', bytes) {
            Some(last) => read - last,
            None => self.since + read,
        };
        Ok(read)
    }
}

#[derive(Default)]
struct Scan {
    document: Document,
    /// What is read of the table, the row and the cell at hand.
    table: Option<Table>,
    row: Option<Row>,
    cell: Option<Opening>,
}

#[derive(Default)]
struct Table {
    facts: Facts,
    /// The number of the next row.
    next: u32,
    /// The first row and column that hold something, and the ends of the last ones.
    top: Option<u32>,
    left: Option<u32>,
    bottom: u32,
    right: u32,
    /// How many cells are written, and the bytes of all texts.
    written: u64,
    texts: u64,
}

struct Row {
    repeated: u32,
    hidden: bool,
    /// The column of the next cell.
    next: u32,
    /// The end of the last cell that holds something.
    end: u32,
    /// Whether a cell in it is seen to hold something.
    filled: bool,
}

struct Opening {
    /// How many elements deep it stands.
    depth: u32,
    repeated: u32,
    covered: bool,
    kind: Option<String>,
    value: bool,
    error: bool,
    formula: bool,
    paragraphs: bool,
    /// The bytes of its text, and of its value and formula.
    text: usize,
    attributes: usize,
}

impl Scan {
    fn memory(&self) -> u64 {
        let table = self.table.as_ref().map_or(0, Table::memory);
        self.document.memory.saturating_add(table)
    }

    /// Takes an opening tag; none where it holds what it must not.
    fn start(&mut self, element: &BytesStart<'_>, depth: u32, bounds: &Bounds) -> Option<()> {
        let count = |name| match attribute(element, name) {
            Some(count) => count.trim().parse::<u32>().ok(),
            None => Some(1),
        };
        let name = element.name();
        if let Some(cell) = &mut self.cell {
            match name.as_ref() {
                "text:p" => cell.paragraphs = true,
                // Spaces that calamine writes one by one.
                "text:s" => {
                    let spaces = usize::try_from(count("c")?).ok()?;
                    (spaces <= bounds.longest()).then_some(())?;
                    cell.text += spaces;
                }
                _ => {}
            }
            return Some(());
        }
        match name.as_ref() {
            "table:null-date" => {
                self.document.from_1904 =
                    attribute(element, "date-value").as_deref() == Some("1904-01-01");
            }
            "table:table" if self.table.is_none() && attribute(element, "name").is_some() => {
                self.table = Some(Table::default());
            }
            "table:table-row" if self.table.is_some() => {
                let visibility = attribute(element, "visibility");
                self.row = Some(Row {
                    repeated: count("number-rows-repeated")?.max(1),
                    hidden: matches!(visibility.as_deref(), Some("collapse" | "filter")),
                    next: 0,
                    end: 0,
                    filled: false,
                });
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let (Some(table), Some(row)) = (&mut self.table, &self.row) else {
                    return Some(());
                };
                let (rows, columns) = (
                    count("number-rows-spanned")?.max(1),
                    count("number-columns-spanned")?.max(1),
                );
                if rows > 1 || columns > 1 {
                    table.facts.merges.push(Merge {
                        top: table.next,
                        left: row.next,
                        bottom: table.next.saturating_add(rows - 1),
                        right: row.next.saturating_add(columns - 1),
                    });
                }
                self.cell = Some(Opening::new(
                    element,
                    depth,
                    count("number-columns-repeated")?,
                ));
            }
            _ => {}
        }
        Some(())
    }

    fn text(&mut self, length: usize) {
        if let Some(cell) = &mut self.cell {
            cell.text += length;
        }
    }

    /// Takes a closing tag.
    fn end(&mut self, name: &str, depth: u32, most: u64) {
        if self.cell.as_ref().is_some_and(|cell| cell.depth == depth) {
            if let (Some(cell), Some(row), Some(table)) =
                (self.cell.take(), &mut self.row, &mut self.table)
            {
                table.cell(row, &cell, most.saturating_sub(self.document.memory));
            }
        } else if self.cell.is_none() && name == "table:table-row" {
            if let (Some(row), Some(table)) = (self.row.take(), &mut self.table) {
                table.row(&row);
            }
        } else if self.cell.is_none()
            && name == "table:table"
            && let Some(table) = self.table.take()
        {
            self.document.memory = self.document.memory.saturating_add(table.memory());
            self.document.tables.push(table.facts.sorted());
        }
    }
}

impl Opening {
    fn new(element: &BytesStart<'_>, depth: u32, repeated: u32) -> Self {
        let mut cell = Self {
            depth,
            repeated: repeated.max(1),
            covered: element.name().as_ref() == "table:covered-table-cell",
            kind: None,
            value: false,
            error: false,
            formula: false,
            paragraphs: false,
            text: 0,
            attributes: 0,
        };
        for found in element.attributes().flatten() {
            match found.key.as_ref() {
                "office:value-type" => cell.kind = Some(found.value.into_owned()),
                // LibreOffice says of itself what the standard has no word for.
                "calcext:value-type" => cell.error = &*found.value == "error",
                "table:formula" => {
                    cell.formula = true;
                    cell.attributes += found.value.len();
                }
                "office:value"
                | "office:string-value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value" => {
                    cell.value = true;
                    cell.attributes += found.value.len();
                }
                _ => {}
            }
        }
        cell
    }

    /// What calamine does not tell of it.
    fn what(&self) -> Option<What> {
        let text = self.kind.as_deref() == Some("string");
        match self.kind.as_deref() {
            _ if self.covered && (self.value || text || self.formula) => Some(What::Covered),
            _ if self.error => Some(What::ErrorText),
            Some("percentage") => Some(What::Percent),
            // An empty text that was calculated leaves an empty paragraph.
            _ if self.formula && !self.value && !text && !self.paragraphs => {
                Some(What::Uncalculated)
            }
            _ => None,
        }
    }
}

impl Table {
    /// Every cell between the first and the last that hold something, with its formula, once as
    /// written, once as they stand, and once when they are read; and the texts.
    fn memory(&self) -> u64 {
        let cell = std::mem::size_of::<calamine::Data>() + std::mem::size_of::<String>();
        let rows = u64::from(self.bottom - self.top.unwrap_or(self.bottom));
        let columns = u64::from(self.right - self.left.unwrap_or(self.right));
        let cells = rows.saturating_mul(columns).saturating_mul(2);
        self.written
            .saturating_add(cells)
            .saturating_mul(cell as u64)
            .saturating_add(self.texts)
    }

    /// Takes a cell, unless the table comes to take more than `most` bytes by it.
    fn cell(&mut self, row: &mut Row, cell: &Opening, most: u64) {
        let from = row.next;
        row.next = from.saturating_add(cell.repeated);
        let text = cell.kind.as_deref() == Some("string");
        if !(cell.value || cell.formula || text) {
            return;
        }
        row.end = row.next;
        let what = cell.what();
        let seen = cell.value || cell.text > 0 || what == Some(What::Uncalculated);
        row.filled |= seen && !cell.covered;
        let cells = u64::from(cell.repeated).saturating_mul(u64::from(row.repeated));
        let bytes = 3 * (cell.text + cell.attributes) as u64;
        self.texts = self.texts.saturating_add(cells.saturating_mul(bytes));
        self.left = Some(self.left.map_or(from, |left| left.min(from)));
        self.top.get_or_insert(self.next);
        self.right = self.right.max(row.end);
        self.bottom = self.next.saturating_add(row.repeated);
        let Some(what) = what.filter(|_| self.memory() <= most) else {
            return;
        };
        for number in self.next..self.bottom {
            for column in from..row.next {
                self.facts.mark(number, column, what.clone());
            }
        }
    }

    fn row(&mut self, row: &Row) {
        self.written = self.written.saturating_add(row.end.into());
        if row.hidden && row.filled {
            let hidden = &mut self.facts.hidden_rows;
            *hidden = hidden.saturating_add(row.repeated);
        }
        self.next = self.next.saturating_add(row.repeated);
    }
}

#[cfg(test)]
#[path = "facts_tests.rs"]
mod tests;
