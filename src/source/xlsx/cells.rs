//! The cells of a sheet, row by row.

use std::io::Read;
use std::ops::ControlFlow;

use super::super::bounds::Bounds;
use super::super::formats::NumberKind;
use super::super::strings::{Strings, unescape};
use super::super::xml::{Tag, Token, Trouble, Xml, local, push_text, whole_number};
use super::super::{Cell, Value, dates};

use crate::failure::Failure;

/// What the cells of a sheet refer to.
pub(super) struct Context<'a> {
    pub strings: &'a Strings,
    pub kinds: &'a [NumberKind],
    pub from_1904: bool,
    pub bounds: &'a Bounds,
}

/// What a cell holds until its row is whole.
#[derive(Clone, Copy)]
enum Held {
    Shared(u32),
    /// A text of the row's own, from one place to another.
    Own(usize, usize),
    Error(usize, usize),
    Plain(Value<'static>),
}

/// The row at hand.
struct Row<'a> {
    context: &'a Context<'a>,
    /// Its number from 0; none before the first row.
    number: Option<u32>,
    /// The column of the next cell that does not name its own.
    next: u32,
    cells: Vec<(u32, Held)>,
    /// The texts that its cells do not share.
    texts: String,
    /// The value of the cell at hand, as it stands.
    raw: Vec<u8>,
}

/// Reads the sheet from its first row to its last, or until `row` breaks.
pub(super) fn read<R: Read>(
    xml: &mut Xml<R>,
    context: &Context<'_>,
    row: &mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
) -> Result<(), Failure> {
    let trouble = |trouble| context.bounds.trouble(trouble);
    let mut line = Row {
        context,
        number: None,
        next: 0,
        cells: Vec::new(),
        texts: String::new(),
        raw: Vec::new(),
    };
    loop {
        // The outcome is taken apart where it lies: moving it costs more than reading the tag.
        match xml.next() {
            Ok(Token::Open(tag)) => match tag.local() {
                b"c" => line.cell(tag)?.read(xml, &mut line)?,
                b"row" => line.start(tag)?,
                b"sheetData" if tag.empty => return Ok(()),
                _ => {}
            },
            Ok(Token::Close(name)) => match local(name) {
                b"row" if line.finish(row).is_break() => return Ok(()),
                b"sheetData" => return Ok(()),
                _ => {}
            },
            Ok(Token::End) => return Err(trouble(Trouble::Broken)),
            Ok(Token::Text(_) | Token::Literal(_)) => {}
            Err(error) => return Err(trouble(error)),
        }
    }
}

/// The letters of an address as a column from 0, and the digits behind them.
pub(super) fn address(text: &[u8]) -> Option<(u32, &[u8])> {
    let letters = text
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let (letters, digits) = text.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 4 {
        return None;
    }
    let column = letters.iter().fold(0, |column, letter| {
        column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    Some((column - 1, digits))
}

/// What the tag of a cell says.
struct Opening {
    column: u32,
    kind: NumberKind,
    type_: Type,
    empty: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Number,
    Shared,
    /// The text of a formula.
    Text,
    Inline,
    Bool,
    Error,
    IsoDate,
}

impl<'a> Row<'a> {
    fn start(&mut self, tag: Tag<'_>) -> Result<(), Failure> {
        let bounds = self.context.bounds;
        let next = match tag.attribute(b"r") {
            Some(digits) => whole_number(digits).and_then(|row| row.checked_sub(1)),
            None => Some(self.number.map_or(0, |row| row + 1)),
        };
        let number = next.ok_or_else(|| bounds.trouble(Trouble::Broken))?;
        if self.number.is_some_and(|before| number <= before) {
            return Err(bounds.failure(
                "строки записаны не по порядку. Откройте файл в Excel или LibreOffice и сохраните заново",
            ));
        }
        self.number = Some(number);
        self.next = 0;
        Ok(())
    }

    fn cell(&mut self, tag: Tag<'_>) -> Result<Opening, Failure> {
        let bounds = self.context.bounds;
        let mut opening = Opening {
            column: self.next,
            kind: NumberKind::Plain,
            type_: Type::Number,
            empty: tag.empty,
        };
        for (name, value) in tag.attributes() {
            match name {
                b"r" => {
                    let (column, _) =
                        address(value).ok_or_else(|| bounds.trouble(Trouble::Broken))?;
                    opening.column = column;
                }
                b"s" => {
                    let style = whole_number(value).unwrap_or(0) as usize;
                    opening.kind = self.context.kinds.get(style).copied().unwrap_or_default();
                }
                b"t" => {
                    opening.type_ = match value {
                        b"s" => Type::Shared,
                        b"str" => Type::Text,
                        b"inlineStr" => Type::Inline,
                        b"b" => Type::Bool,
                        b"e" => Type::Error,
                        b"d" => Type::IsoDate,
                        _ => Type::Number,
                    }
                }
                _ => {}
            }
        }
        self.next = opening.column.saturating_add(1);
        Ok(opening)
    }

    /// Adds what a cell holds.
    fn push(&mut self, column: u32, held: Held) -> Result<(), Failure> {
        let bounds = self.context.bounds;
        let number = self.number.unwrap_or(0);
        if self.cells.is_empty() {
            bounds.row(number)?;
        }
        bounds.column(number, column)?;
        let text = match held {
            Held::Shared(text) => self.context.strings.get(text),
            Held::Own(from, to) => self.texts.get(from..to),
            Held::Error(..) | Held::Plain(_) => {
                self.cells.push((column, held));
                return Ok(());
            }
        };
        let text = text.ok_or_else(|| bounds.trouble(Trouble::Broken))?;
        if !text.is_empty() {
            bounds.text(number, column, text)?;
            self.cells.push((column, held));
        }
        Ok(())
    }

    /// Hands the row over.
    fn finish(
        &mut self,
        row: &mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if self.cells.is_empty() {
            return ControlFlow::Continue(());
        }
        if !self
            .cells
            .is_sorted_by(|(left, _), (right, _)| left < right)
        {
            self.cells.sort_by_key(|(column, _)| *column);
            self.cells.dedup_by_key(|(column, _)| *column);
        }
        let own = |from, to| self.texts.get(from..to).unwrap_or_default();
        let value = |held: Held| match held {
            Held::Shared(text) => Value::Text(self.context.strings.get(text).unwrap_or_default()),
            Held::Own(from, to) => Value::Text(own(from, to)),
            Held::Error(from, to) => Value::Error(own(from, to)),
            Held::Plain(value) => value,
        };
        let cells: Vec<Cell<'_>> = self
            .cells
            .iter()
            .map(|(column, held)| Cell {
                column: *column,
                value: value(*held),
            })
            .collect();
        let flow = row(self.number.unwrap_or(0), &cells);
        self.cells.clear();
        self.texts.clear();
        flow
    }

    /// What `raw` stands for.
    fn number(&self, kind: NumberKind) -> Option<Value<'static>> {
        let number = std::str::from_utf8(&self.raw).ok()?.trim().parse().ok()?;
        Some(kind.value(number, self.context.from_1904))
    }

    /// `raw` among the texts of the row.
    fn own(&mut self) -> Result<(usize, usize), Failure> {
        let from = self.texts.len();
        if !push_text(&mut self.texts, &self.raw) {
            return Err(self.context.bounds.trouble(Trouble::Broken));
        }
        unescape(&mut self.texts, from);
        Ok((from, self.texts.len()))
    }
}

impl Opening {
    /// Reads the cell to its end and adds what it holds to the row.
    fn read<R: Read>(self, xml: &mut Xml<R>, row: &mut Row<'_>) -> Result<(), Failure> {
        if self.empty {
            return Ok(());
        }
        let bounds = row.context.bounds;
        let trouble = |trouble| bounds.trouble(trouble);
        let most = bounds.longest();
        row.raw.clear();
        let (mut taking, mut formula) = (false, false);
        loop {
            match xml.next() {
                Ok(Token::Text(text) | Token::Literal(text)) if taking => {
                    row.raw.extend_from_slice(text);
                    if row.raw.len() > most {
                        return Err(trouble(Trouble::TooLong));
                    }
                }
                Ok(Token::Open(tag)) => match (tag.local(), self.type_) {
                    (b"v", Type::Inline) => {}
                    (b"v", _) | (b"t", Type::Inline) => taking = !tag.empty,
                    (b"f", _) => formula = true,
                    (b"rPh", _) if !tag.empty => xml.skip().map_err(trouble)?,
                    _ => {}
                },
                Ok(Token::Close(name)) => match local(name) {
                    b"v" | b"t" => taking = false,
                    b"c" => break,
                    _ => {}
                },
                Ok(Token::End) => return Err(trouble(Trouble::Broken)),
                Ok(Token::Text(_) | Token::Literal(_)) => {}
                Err(error) => return Err(trouble(error)),
            }
        }
        if row.raw.is_empty() {
            // A formula whose text is empty has a value; one without a value was never calculated.
            return match formula && self.type_ != Type::Text {
                true => row.push(self.column, Held::Plain(Value::Uncalculated)),
                false => Ok(()),
            };
        }
        let held = match self.type_ {
            Type::Shared => match whole_number(row.raw.trim_ascii()) {
                Some(text) => Held::Shared(text),
                None => return Err(trouble(Trouble::Broken)),
            },
            Type::Bool => Held::Plain(Value::Bool(matches!(
                row.raw.trim_ascii(),
                b"1" | b"true" | b"TRUE"
            ))),
            Type::Error => {
                let (from, to) = row.own()?;
                Held::Error(from, to)
            }
            Type::Text | Type::Inline => {
                let (from, to) = row.own()?;
                Held::Own(from, to)
            }
            Type::IsoDate => {
                let (from, to) = row.own()?;
                let day = row.texts.get(from..to).and_then(dates::iso_day);
                day.map_or(Held::Own(from, to), |day| Held::Plain(Value::Date(day)))
            }
            Type::Number => match row.number(self.kind) {
                Some(value) => Held::Plain(value),
                None => {
                    let (from, to) = row.own()?;
                    Held::Own(from, to)
                }
            },
        };
        row.push(self.column, held)
    }
}
