//! What calamine does not tell of a sheet in one pass: merged cells, hidden rows, formulas without a
//! result, and error values that it does not know.
//!
//! The part is unpacked once more and looked through tag by tag; nothing of it is taken apart but
//! the few tags that tell.

use std::io::{ErrorKind, Read};

use super::super::Merge;
use super::super::bounds::Bounds;
use super::super::file::BLOCK;
use super::super::marks::{Facts, What};
use crate::failure::Failure;

/// Reads the whole part.
pub(super) fn facts(part: &mut dyn Read, bounds: &Bounds) -> Result<Facts, Failure> {
    let mut scan = Scan::default();
    let mut buffer = vec![0; 2 * BLOCK];
    let mut kept = 0;
    loop {
        let read = match part.read(buffer.get_mut(kept..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(bounds.io(&error)),
        };
        let block = buffer.get(..kept + read).unwrap_or_default();
        // Each tag comes with the text behind it: the last one may not be whole yet.
        let mut from = 0;
        for at in memchr::memchr_iter(b'<', block) {
            scan.tag(block.get(from..at).unwrap_or_default());
            from = at;
        }
        let until = block.len();
        buffer.copy_within(from..until, 0);
        kept = until - from;
        if kept == buffer.len() {
            if kept >= bounds.longest() {
                return Err(bounds.too_long());
            }
            buffer.resize(2 * kept, 0);
        }
    }
    scan.tag(buffer.get(..kept).unwrap_or_default());
    Ok(scan.facts.sorted())
}

#[derive(Default)]
struct Scan {
    facts: Facts,
    /// The place of the cell at hand where it names none itself.
    row: u32,
    column: u32,
    /// Whether the row at hand is hidden and was found empty up to here.
    hidden: bool,
    /// The opening tag of the cell at hand; empty before the first of its row.
    cell: Vec<u8>,
    formula: bool,
    value: bool,
}

impl Scan {
    /// Takes a tag and the text behind it.
    fn tag(&mut self, piece: &[u8]) {
        // Nearly all tags are these, and they have nothing to tell.
        match piece {
            [b'<', b'/', b'v', b'>', ..] => return,
            [b'<', b'v', b'>', b'0'..=b'9', ..] if !self.hidden => {
                self.value = true;
                return;
            }
            [b'<', b'/', b'c', b'>', ..] if self.value || !self.formula => return,
            _ => {}
        }
        let Some(end) = memchr::memchr(b'>', piece) else {
            return;
        };
        let (tag, text) = piece.split_at(end);
        let tag = tag.get(1..).unwrap_or_default();
        let (close, tag) = match tag.strip_prefix(b"/") {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let empty = close || tag.ends_with(b"/");
        match (close, name(tag)) {
            (false, b"c") => {
                if !tag.starts_with(b"c r=") && attribute(tag, b"r").is_none() {
                    self.column = match self.cell.is_empty() {
                        true => 0,
                        false => self.place().1.saturating_add(1),
                    };
                }
                self.cell.clear();
                self.cell.extend_from_slice(tag);
                (self.formula, self.value) = (false, false);
            }
            // The result of a formula may be an empty text.
            (true, b"c")
                if self.formula && !self.value && attribute(&self.cell, b"t") != Some(b"str") =>
            {
                let (row, column) = self.place();
                self.facts.mark(row, column, What::Uncalculated);
            }
            (false, b"v") if !empty => self.value(text.get(1..).unwrap_or_default()),
            (false, b"is") => self.value(b" "),
            (false, b"f") => self.formula = true,
            (false, b"row") => {
                if let Some(row) = attribute(tag, b"r").and_then(number) {
                    self.row = row.saturating_sub(1);
                }
                self.cell.clear();
                self.hidden = matches!(attribute(tag, b"hidden"), Some(b"1" | b"true"));
            }
            (true, b"row") => self.row = self.row.saturating_add(1),
            (false, b"mergeCell") => {
                self.facts
                    .merges
                    .extend(attribute(tag, b"ref").and_then(area));
            }
            _ => {}
        }
    }

    /// A stored value of the cell at hand.
    fn value(&mut self, text: &[u8]) {
        self.value |= !text.is_empty();
        self.facts.hidden_rows += u32::from(self.value && self.hidden);
        self.hidden &= !self.value;
        let number = text
            .first()
            .is_none_or(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'.'));
        if number || attribute(&self.cell, b"t") != Some(b"e") {
            return;
        }
        let text = String::from_utf8_lossy(text);
        if text.parse::<calamine::CellErrorType>().is_err() {
            let (row, column) = self.place();
            self.facts.mark(row, column, What::Error(text.into()));
        }
    }

    /// The place of the cell at hand.
    fn place(&self) -> (u32, u32) {
        let named = attribute(&self.cell, b"r").and_then(corner);
        named.unwrap_or((self.row, self.column))
    }
}

/// The name of a tag without its prefix.
fn name(tag: &[u8]) -> &[u8] {
    let end = tag
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b':' | b'/'));
    match end.and_then(|end| tag.split_at_checked(end)) {
        Some((_, [b':', local @ ..])) => name(local),
        Some((name, _)) => name,
        None => tag,
    }
}

/// The value of an attribute that has no prefix.
fn attribute<'t>(mut tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    loop {
        let equals = memchr::memchr(b'=', tag)?;
        let (before, after) = tag.split_at(equals);
        let (quote, rest) = after.get(1..)?.trim_ascii_start().split_first()?;
        let end = memchr::memchr(*quote, rest)?;
        let found = before.trim_ascii_end();
        if found
            .strip_suffix(name)
            .is_some_and(|before| before.last().is_some_and(u8::is_ascii_whitespace))
        {
            return rest.get(..end);
        }
        tag = rest.get(end + 1..)?;
    }
}

/// Digits as a number.
fn number(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// `B5` as row 4 and column 1.
fn corner(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic());
    let (letters, digits) = text.split_at_checked(letters.count())?;
    let column = letters.iter().try_fold(0_u32, |column, letter| {
        let letter = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column.checked_mul(26)?.checked_add(letter)
    });
    Some((number(digits)?.checked_sub(1)?, column?.checked_sub(1)?))
}

/// `A1:B2` as merged cells; one cell alone is none.
fn area(text: &[u8]) -> Option<Merge> {
    let colon = memchr::memchr(b':', text)?;
    let (top, left) = corner(text.get(..colon)?)?;
    let (bottom, right) = corner(text.get(colon + 1..)?)?;
    (top <= bottom && left <= right).then_some(Merge {
        top,
        left,
        bottom,
        right,
    })
}

#[cfg(test)]
#[path = "facts_tests.rs"]
mod tests;
