//! Merged cells and hidden rows of a sheet, found before its cells are read.
//!
//! Merged cells stand behind the cells, so that the whole part must be unpacked for them. Nothing of
//! it is taken apart: two words are searched for, which costs little more than the unpacking.

use std::io::{ErrorKind, Read};

use memchr::memmem::Finder;

use super::super::Merge;
use super::super::file::BLOCK;
use super::super::xml::{Trouble, local, whole_number};
use super::cells::address;

/// What is known of a sheet before its cells are read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Its merged cells, ordered by their first row.
    pub merges: Vec<Merge>,
    /// How many rows that hold something are hidden.
    pub hidden_rows: u32,
}

/// A text between two tags is kept up to this length; no tag that is searched for is longer.
const TAG: usize = 4_096;

/// Reads the whole part.
pub(super) fn facts(input: &mut dyn Read) -> Result<Facts, Trouble> {
    let mut facts = Facts::default();
    let words = [Finder::new(b"hidden="), Finder::new(b"mergeCell ")];
    let mut buffer = vec![0; 2 * BLOCK];
    let mut kept = 0;
    loop {
        let room = buffer.get_mut(kept..).unwrap_or_default();
        let read = match input.read(room) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(Trouble::Io(error)),
        };
        let until = kept + read;
        let block = buffer.get(..until).unwrap_or_default();
        // No further than the last tag that is sure to be followed by a letter of the next one.
        let sure = block.get(..until.saturating_sub(3)).unwrap_or_default();
        let end = memchr::memrchr(b'<', sure).unwrap_or(0);
        for word in &words {
            for at in word.find_iter(block.get(..end).unwrap_or_default()) {
                facts.tag_around(block, at);
            }
        }
        let rest = end.max(until.saturating_sub(TAG));
        buffer.copy_within(rest..until, 0);
        kept = until - rest;
    }
    // The last tags of the part are the ends of elements.
    facts.merges.sort_by_key(|merge| (merge.top, merge.left));
    Ok(facts)
}

impl Facts {
    /// Takes the tag that holds the place `at`.
    fn tag_around(&mut self, block: &[u8], at: usize) {
        let (before, after) = block.split_at(at);
        let (Some(start), Some(end)) = (
            memchr::memrchr(b'<', before),
            memchr::memchr(b'>', after).map(|end| at + end),
        ) else {
            return;
        };
        let tag = block.get(start + 1..end).unwrap_or_default();
        let name = tag.split(u8::is_ascii_whitespace).next();
        match local(name.unwrap_or_default()) {
            b"row" if !tag.ends_with(b"/") => {
                let hidden = matches!(value(tag, b"hidden="), Some(b"1" | b"true"));
                let rest = block.get(end..).unwrap_or_default();
                // Blank cells are none; a row that the end of a block cuts is taken to hold some.
                let blank = Finder::new(b"row>").find(rest).is_some_and(|end| {
                    let cells = rest.get(..end).unwrap_or_default();
                    Finder::new(b"v>").find(cells).is_none()
                        && Finder::new(b"is>").find(cells).is_none()
                });
                self.hidden_rows += u32::from(hidden && !blank);
            }
            b"mergeCell" => self.merges.extend(value(tag, b"ref=").and_then(area)),
            _ => {}
        }
    }
}

/// The value of the attribute that `name=` begins.
fn value<'t>(tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let at = memchr::memmem::find(tag, name)?;
    let (quote, rest) = tag.get(at + name.len()..)?.split_first()?;
    rest.get(..rest.iter().position(|byte| byte == quote)?)
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

/// `B5` as row 4 and column 1.
fn corner(text: &[u8]) -> Option<(u32, u32)> {
    let (column, row) = address(text)?;
    Some((whole_number(row)?.checked_sub(1)?, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_merges() {
        let text = "<worksheet><cols><col min=\"1\" hidden=\"1\"/></cols><sheetData>\
            <row r=\"1\" hidden=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\" hidden=\"0\"><c><v>2</v></c></row>\
            <row r=\"3\" hidden=\"true\"><c><is><t>а</t></is></c></row><row r=\"9\" hidden=\"1\"/>\
            <row r=\"10\" hidden=\"1\"><c s=\"1\"/></row></sheetData>\
            <mergeCells count=\"2\"><mergeCell ref=\"B5:C7\"/><mergeCell ref=\"A1:D1\" /></mergeCells></worksheet>";
        let facts = facts(&mut text.as_bytes()).unwrap();
        assert_eq!(facts.hidden_rows, 2);
        let first = Merge {
            top: 0,
            left: 0,
            bottom: 0,
            right: 3,
        };
        let second = Merge {
            top: 4,
            left: 1,
            bottom: 6,
            right: 2,
        };
        assert_eq!(facts.merges, [first, second]);
    }

    #[test]
    fn tags_cut_by_the_end_of_a_block() {
        for pad in 0..200 {
            let text = format!(
                "<s>{}<t>{}</t><row r=\"1\" hidden=\"1\"><c><v>1</v></c></row><mergeCell ref=\"A1:B2\"/></s>",
                "<c/>".repeat(BLOCK / 2 - 30),
                "x".repeat(pad)
            );
            let facts = facts(&mut text.as_bytes()).unwrap();
            assert_eq!((facts.hidden_rows, facts.merges.len()), (1, 1), "{pad}");
        }
    }
}
