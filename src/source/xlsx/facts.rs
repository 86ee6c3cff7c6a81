//! What calamine does not tell of a sheet in one pass: merged cells, hidden rows, formulas without a
//! result, and error values that it does not know.
//!
//! The part is unpacked once more and looked through. Most sheets have nothing to tell but their
//! merged cells, which a glance finds out; the others are looked through tag by tag, and nothing of
//! them is taken apart but the few tags that tell.

use std::io::{ErrorKind, Read};

use memchr::memmem;

use super::super::Merge;
use super::super::bounds::Bounds;
use super::super::file::BLOCK;
use super::super::marks::{Facts, What};
use super::super::opc::Package;
use crate::failure::Failure;

/// What stands before the end of the rows of every sheet that has more to tell than merged cells:
/// hidden rows, formulas, errors; merged cells in a place that is not theirs, comments.
const TELLING: [&str; 7] = ["hidden", "<f", ":f", "\"e\"", "'e'", "mergeCell", "<!"];
/// The end of the tag behind the rows.
const ROWS_END: &str = "sheetData>";
/// More than any of these, with the opening of a tag that has a prefix.
const OVERLAP: usize = 64;

/// What there is to tell of a sheet; none where it has no such part.
pub(super) fn facts(
    package: &mut Package,
    name: &str,
    bounds: &Bounds,
) -> Result<Option<Facts>, Failure> {
    match package.part(name, |part| glance(part, bounds))? {
        Some(Some(facts)) => {
            package.done(name);
            Ok(Some(facts))
        }
        _ => package.take(name, |part| look(part, bounds)),
    }
}

/// Looks through a part tag by tag.
fn look(part: &mut dyn Read, bounds: &Bounds) -> Result<Facts, Failure> {
    let mut scan = Scan::default();
    let rest = blocks(part, bounds, |block| Some(scan.tags(block)))?;
    scan.tag(&rest.unwrap_or_default());
    Ok(scan.facts.sorted())
}

/// Looks through a part that has nothing to tell but its merged cells; none where it may have more.
fn glance(part: &mut dyn Read, bounds: &Bounds) -> Result<Option<Facts>, Failure> {
    let telling = TELLING.map(memmem::Finder::new);
    let end = memmem::Finder::new(ROWS_END);
    let mut behind: Option<Scan> = None;
    let mut text = 0;
    let rest = blocks(part, bounds, |block| {
        if let Some(scan) = &mut behind {
            return Some(scan.tags(block));
        }
        let mut ends = end.find_iter(block).filter(|at| closes(block, *at));
        let rows = ends.next();
        let looked_at = block.get(..rows.unwrap_or(block.len())).unwrap_or_default();
        text = match memchr::memrchr(b'<', block) {
            Some(at) => block.len() - at,
            None => text + block.len(),
        };
        if text > bounds.longest() || telling.iter().any(|found| found.find(looked_at).is_some()) {
            return None;
        }
        match rows {
            Some(at) => {
                let scan = behind.insert(Scan::default());
                Some(at + scan.tags(block.get(at..).unwrap_or_default()))
            }
            None => Some(block.len().saturating_sub(OVERLAP)),
        }
    })?;
    let (Some(rest), Some(mut scan)) = (rest, behind) else {
        return Ok(None);
    };
    scan.tag(&rest);
    Ok(Some(scan.facts.sorted()))
}

/// Whether a closing tag, perhaps with a prefix, has its name at `at`.
fn closes(block: &[u8], at: usize) -> bool {
    let before = block.get(..at).unwrap_or_default();
    let open = memchr::memrchr(b'<', before);
    let tag = open.and_then(|open| before.get(open + 1..)?.strip_prefix(b"/"));
    tag.is_some_and(|prefix| !prefix.contains(&b'>') && prefix.last().is_none_or(|c| *c == b':'))
}

/// Hands a part over in blocks; each answer tells how much of its block is done with, or, by none,
/// that no more is wanted. Gives what is left of the last block.
fn blocks(
    part: &mut dyn Read,
    bounds: &Bounds,
    mut take: impl FnMut(&[u8]) -> Option<usize>,
) -> Result<Option<Vec<u8>>, Failure> {
    let mut buffer = vec![0; 2 * BLOCK];
    let mut kept = 0;
    loop {
        let read = match part.read(buffer.get_mut(kept..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(bounds.io(&error)),
        };
        let until = kept + read;
        let Some(done) = take(buffer.get(..until).unwrap_or_default()) else {
            return Ok(None);
        };
        buffer.copy_within(done..until, 0);
        kept = until - done;
        if kept == buffer.len() {
            if kept >= bounds.longest() {
                return Err(bounds.too_long());
            }
            buffer.resize(2 * kept, 0);
        }
    }
    buffer.truncate(kept);
    Ok(Some(buffer))
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
    /// Takes the tags of a block, each with the text behind it; the last one may not be whole yet.
    /// Gives where it begins.
    fn tags(&mut self, block: &[u8]) -> usize {
        let mut from = 0;
        for at in memchr::memchr_iter(b'<', block) {
            self.tag(block.get(from..at).unwrap_or_default());
            from = at;
        }
        from
    }

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
