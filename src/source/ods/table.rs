//! The rows and cells of one table of an OpenDocument spreadsheet.

use std::io::Read;

use super::super::Value;
use super::super::bounds::Bounds;
use super::super::dates::iso_day;
use super::super::rows::Held;
use super::super::xml::{Tag, Token, Trouble, Xml, push_text};
use crate::failure::Failure;

/// A row as it is written, which may stand several times.
#[derive(Debug, Default)]
pub(super) struct TableRow {
    /// The number of the first time, from 0.
    pub number: u32,
    /// How many times it stands there.
    pub repeated: u32,
    /// Whether it is hidden or filtered out.
    pub hidden: bool,
    /// The cells that hold something.
    pub cells: Vec<TableCell>,
    /// The cells that reach over others.
    pub spans: Vec<Span>,
}

/// A cell as it is written, which may stand several times.
#[derive(Debug)]
pub(super) struct TableCell {
    pub column: u32,
    pub repeated: u32,
    pub held: Held<'static>,
}

/// A merged cell and how far it reaches.
#[derive(Debug)]
pub(super) struct Span {
    pub column: u32,
    pub rows: u32,
    pub columns: u32,
}

/// Reads one table whose opening tag came last.
pub(super) struct Table<'a> {
    bounds: &'a Bounds,
    row: TableRow,
}

/// What the tag of a cell says.
#[derive(Default)]
struct Opening {
    repeated: u32,
    columns: u32,
    rows: u32,
    value: Option<Held<'static>>,
    /// Whether its text is its value.
    text: bool,
    error: bool,
    formula: bool,
    covered: bool,
    empty: bool,
}

impl<'a> Table<'a> {
    pub(super) fn new(bounds: &'a Bounds) -> Self {
        Self {
            bounds,
            row: TableRow::default(),
        }
    }

    /// The next row; none at the end of the table.
    pub(super) fn next<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<Option<&TableRow>, Failure> {
        let bounds = self.bounds;
        let trouble = |trouble| bounds.trouble(trouble);
        loop {
            match xml.next().map_err(trouble)? {
                Token::Open(tag) => match tag.local() {
                    b"table-row" => {
                        let empty = tag.empty;
                        self.start(tag);
                        if !empty {
                            self.read_cells(xml)?;
                        }
                        return Ok(Some(&self.row));
                    }
                    b"table-header-rows" | b"table-row-group" | b"table-rows" => {}
                    _ if tag.empty => {}
                    // Columns, shapes, forms.
                    _ => xml.skip().map_err(trouble)?,
                },
                Token::Close(name) if super::local(name) == b"table" => return Ok(None),
                Token::End => return Err(trouble(Trouble::Broken)),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        self.row.number = self.row.number.saturating_add(self.row.repeated);
        self.row.repeated = tag.number(b"number-rows-repeated").unwrap_or(1).max(1);
        self.row.hidden = matches!(tag.attribute(b"visibility"), Some(b"collapse" | b"filter"));
        self.row.cells.clear();
        self.row.spans.clear();
    }

    fn read_cells<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), Failure> {
        let bounds = self.bounds;
        let trouble = |trouble| bounds.trouble(trouble);
        let mut column = 0_u32;
        loop {
            let opening = match xml.next().map_err(trouble)? {
                Token::Open(tag) => match tag.local() {
                    b"table-cell" | b"covered-table-cell" => {
                        Opening::new(tag).ok_or_else(|| trouble(Trouble::Broken))?
                    }
                    _ if tag.empty => continue,
                    _ => {
                        xml.skip().map_err(trouble)?;
                        continue;
                    }
                },
                Token::Close(_) => return Ok(()),
                Token::End => return Err(trouble(Trouble::Broken)),
                _ => continue,
            };
            let (repeated, columns, rows) = (opening.repeated, opening.columns, opening.rows);
            if let Some(held) = opening.held(xml, bounds).map_err(trouble)? {
                self.row.cells.push(TableCell {
                    column,
                    repeated,
                    held,
                });
            }
            if rows > 1 || columns > 1 {
                self.row.spans.push(Span {
                    column,
                    rows,
                    columns,
                });
            }
            column = column.saturating_add(repeated);
        }
    }
}

impl Opening {
    /// None when the tag holds what it must not.
    fn new(tag: Tag<'_>) -> Option<Self> {
        let mut opening = Self {
            repeated: 1,
            columns: 1,
            rows: 1,
            covered: tag.local() == b"covered-table-cell",
            empty: tag.empty,
            ..Self::default()
        };
        let (mut kind, mut number, mut value) = (None, None, None);
        for (name, found) in tag.attributes() {
            match name {
                b"number-columns-repeated" => {
                    opening.repeated = super::super::xml::whole_number(found)?
                }
                b"number-columns-spanned" => {
                    opening.columns = super::super::xml::whole_number(found)?
                }
                b"number-rows-spanned" => opening.rows = super::super::xml::whole_number(found)?,
                b"formula" => opening.formula = true,
                // LibreOffice says of itself what the standard has no word for.
                b"value-type" if found == b"error" => opening.error = true,
                b"value-type" => kind = kind.or(Some(found)),
                b"value" => number = std::str::from_utf8(found).ok()?.trim().parse::<f64>().ok(),
                b"string-value" | b"date-value" | b"time-value" | b"boolean-value" => {
                    let mut text = String::new();
                    push_text(&mut text, found).then_some(())?;
                    value = Some(text);
                }
                _ => {}
            }
        }
        opening.repeated = opening.repeated.max(1);
        let plain = |value| Some(Held::Plain(value));
        opening.value = match (kind, number, value) {
            (Some(b"percentage"), Some(number), _) => plain(Value::Percent(number)),
            (Some(b"float" | b"currency"), Some(number), _) => plain(Value::Number(number)),
            (Some(b"date"), _, Some(text)) => Some(match iso_day(&text) {
                Some(day) => Held::Plain(Value::Date(day)),
                None => Held::Owned(text),
            }),
            (Some(b"time"), _, Some(text)) => Some(match days(&text) {
                Some(days) => Held::Plain(Value::Number(days)),
                None => Held::Owned(text),
            }),
            (Some(b"boolean"), _, Some(text)) => {
                plain(Value::Bool(text.eq_ignore_ascii_case("true")))
            }
            (Some(b"string"), _, Some(text)) => Some(Held::Owned(text)),
            (Some(b"string"), _, None) => {
                opening.text = true;
                None
            }
            _ => None,
        };
        Some(opening)
    }

    /// Reads the cell to its end: what it holds.
    fn held<R: Read>(
        self,
        xml: &mut Xml<R>,
        bounds: &Bounds,
    ) -> Result<Option<Held<'static>>, Trouble> {
        let mut text = String::new();
        let mut paragraphs = 0;
        if !self.empty {
            if self.text || self.error || self.value.is_none() {
                paragraphs = read_text(xml, &mut text, bounds.longest())?;
            } else {
                xml.skip()?;
            }
        }
        // What stands under a merged cell is not seen.
        if self.covered {
            return Ok(None);
        }
        Ok(match self.value {
            _ if self.error && !text.is_empty() => Some(Held::Error(text)),
            Some(Held::Owned(text)) if text.is_empty() => None,
            Some(held) => Some(held),
            None if self.text => (!text.is_empty()).then_some(Held::Owned(text)),
            // An empty text that was calculated leaves an empty paragraph.
            None => (self.formula && paragraphs == 0).then_some(Held::Plain(Value::Uncalculated)),
        })
    }
}

/// The paragraphs of a cell, one a line, without its notes and shapes; how many there are.
fn read_text<R: Read>(xml: &mut Xml<R>, text: &mut String, longest: usize) -> Result<u32, Trouble> {
    let mut paragraphs = 0_u32;
    // How deep inside a paragraph.
    let mut depth = 0_u32;
    loop {
        if text.len() > longest {
            return Err(Trouble::TooLong);
        }
        match xml.next()? {
            Token::Text(piece) | Token::Literal(piece) if depth > 0 => {
                if !push_text(text, piece) {
                    return Err(Trouble::Broken);
                }
            }
            Token::Open(tag) => match tag.local() {
                b"p" | b"h" if depth == 0 => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    depth = u32::from(!tag.empty);
                }
                b"s" if depth > 0 => {
                    let spaces = tag.number(b"c").unwrap_or(1) as usize;
                    text.extend(std::iter::repeat_n(' ', spaces.min(longest)));
                    depth += u32::from(!tag.empty);
                }
                b"tab" if depth > 0 => {
                    text.push('\t');
                    depth += u32::from(!tag.empty);
                }
                b"line-break" if depth > 0 => {
                    text.push('\n');
                    depth += u32::from(!tag.empty);
                }
                b"span" | b"a" if depth > 0 => depth += u32::from(!tag.empty),
                _ if tag.empty => {}
                _ => xml.skip()?,
            },
            Token::Close(_) => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return Ok(paragraphs),
            },
            Token::End => return Err(Trouble::Broken),
            Token::Text(_) | Token::Literal(_) => {}
        }
    }
}

/// `PT12H30M00S` as a part of a day.
fn days(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let number: f64 = rest.get(..end)?.parse().ok()?;
        seconds += number
            * match rest.as_bytes().get(end)? {
                b'H' => 3_600.0,
                b'M' => 60.0,
                b'S' => 1.0,
                _ => return None,
            };
        rest = rest.get(end + 1..)?;
    }
    rest.is_empty().then_some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::settings::Limits;

    /// The rows of a table, in words.
    fn rows(table: &str) -> Vec<String> {
        let bounds = Bounds::new(Path::new("a.ods"), "Лист1", &Limits::default());
        let text = format!("{table}</table:table>");
        let mut xml = Xml::new(text.as_bytes(), 0);
        let mut table = Table::new(&bounds);
        let mut rows = Vec::new();
        while let Some(row) = table.next(&mut xml).unwrap() {
            let cells: Vec<_> = row
                .cells
                .iter()
                .map(|c| (c.column, c.repeated, &c.held))
                .collect();
            rows.push(format!("{}x{} {cells:?}", row.number, row.repeated));
        }
        rows
    }

    fn row(cells: &str) -> String {
        rows(&format!("<table:table-row>{cells}</table:table-row>")).remove(0)
    }

    #[test]
    fn values_by_their_types() {
        assert_eq!(
            row(
                "<table:table-cell office:value-type='percentage' office:value='0.5'><text:p>50%</text:p></table:table-cell>"
            ),
            "0x1 [(0, 1, Plain(Percent(0.5)))]"
        );
        assert_eq!(
            row(
                "<table:table-cell office:value-type='date' office:date-value='2024-09-30T10:00:00'/>"
            ),
            "0x1 [(0, 1, Plain(Date(2024-09-30)))]"
        );
        assert_eq!(
            row("<table:table-cell office:value-type='time' office:time-value='PT06H00M00S'/>"),
            "0x1 [(0, 1, Plain(Number(0.25)))]"
        );
        assert_eq!(
            row("<table:table-cell office:value-type='boolean' office:boolean-value='true'/>"),
            "0x1 [(0, 1, Plain(Bool(true)))]"
        );
        assert_eq!(
            row(
                "<table:table-cell table:formula='of:=1/0' office:value-type='string' office:string-value='' calcext:value-type='error'><text:p>#ДЕЛ/0!</text:p></table:table-cell>"
            ),
            "0x1 [(0, 1, Error(\"#ДЕЛ/0!\"))]"
        );
        assert_eq!(
            row("<table:table-cell table:formula='of:=[.A1]'/>"),
            "0x1 [(0, 1, Plain(Uncalculated))]"
        );
        assert_eq!(
            row("<table:table-cell table:formula='of:=&quot;&quot;'><text:p/></table:table-cell>"),
            "0x1 []"
        );
    }

    #[test]
    fn texts_without_notes_and_shapes() {
        assert_eq!(
            row("<table:table-cell office:value-type='string'>\
                 <office:annotation><text:p>прим.</text:p></office:annotation>\
                 <text:p>А<text:s text:c='2'/><text:span>Б<text:tab/></text:span></text:p><text:p>В &amp; Г</text:p>\
                 <draw:frame><text:p>нет</text:p></draw:frame></table:table-cell>"),
            "0x1 [(0, 1, Owned(\"А  Б\\t\\nВ & Г\"))]"
        );
    }

    #[test]
    fn what_is_written_once_and_stands_many_times() {
        let found = rows(
            "<table:table-column/><table:table-header-rows><table:table-row table:number-rows-repeated='3'>\
             <table:table-cell table:number-columns-repeated='2'/>\
             <table:table-cell table:number-columns-repeated='2' office:value-type='float' office:value='7'/>\
             </table:table-row></table:table-header-rows>\
             <table:table-row><table:covered-table-cell office:value-type='float' office:value='1'/>\
             <table:table-cell office:value-type='float' office:value='2'/></table:table-row>",
        );
        assert_eq!(
            found,
            [
                "0x3 [(2, 2, Plain(Number(7.0)))]",
                "3x1 [(1, 1, Plain(Number(2.0)))]"
            ]
        );
    }

    #[test]
    fn a_table_that_breaks_off_ends() {
        let bounds = Bounds::new(Path::new("a.ods"), "Лист1", &Limits::default());
        let text =
            "<table:table-row><table:table-cell office:value-type='string'><office:annotation>";
        let mut xml = Xml::new(text.as_bytes(), 0);
        assert!(Table::new(&bounds).next(&mut xml).is_err());
    }
}
