//! A small pull reader of XML: one buffer, no tree, nothing resolved but the five entities and
//! character numbers.
//!
//! Sheets are nearly all of what a workbook unpacks to, and reading them is nearly all of the work
//! of a run. This reader does no more for a cell than finding the ends of its tags; a document type
//! with entities of its own is refused, and a token is never longer than the bound that is set.

use std::io::{ErrorKind, Read};

use super::file::BLOCK;

/// What is wrong with a document.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It breaks off, or is no XML.
    Broken,
    /// A text or a tag is longer than the bound.
    TooLong,
    /// It declares a document type, which may name other files.
    Doctype,
    /// It cannot be read or unpacked.
    Io(std::io::Error),
}

/// A piece of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `<name …>`, or `<name …/>`.
    Open(Tag<'b>),
    /// `</name>`.
    Close(&'b [u8]),
    /// A text with its entities as they stand.
    Text(&'b [u8]),
    /// A text of a CDATA section, to be taken as it stands.
    Literal(&'b [u8]),
    /// The end of the document.
    End,
}

/// An opening tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'b> {
    /// Its name with its prefix.
    pub name: &'b [u8],
    /// Whether it closes itself.
    pub empty: bool,
    attributes: &'b [u8],
}

impl<'b> Tag<'b> {
    /// Its name without a prefix.
    pub(super) fn local(&self) -> &'b [u8] {
        local(self.name)
    }

    /// Its attributes, each with its name without a prefix and its value as it stands.
    pub(super) fn attributes(&self) -> Attributes<'b> {
        Attributes(self.attributes)
    }

    /// The value of an attribute, named without its prefix.
    pub(super) fn attribute(&self, name: &[u8]) -> Option<&'b [u8]> {
        self.attributes()
            .find_map(|(found, value)| (found == name).then_some(value))
    }

    /// The value of an attribute as a text.
    pub(super) fn text(&self, name: &[u8]) -> Option<String> {
        let mut text = String::new();
        push_text(&mut text, self.attribute(name)?).then_some(text)
    }

    /// The value of an attribute as a whole number.
    pub(super) fn number(&self, name: &[u8]) -> Option<u32> {
        whole_number(self.attribute(name)?)
    }
}

/// A name without its prefix.
pub(super) fn local(name: &[u8]) -> &[u8] {
    match name.iter().position(|byte| *byte == b':') {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    }
}

/// Digits as a number.
pub(super) fn whole_number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u32, |number, digit| {
        let digit = digit.wrapping_sub(b'0');
        (digit < 10).then_some(())?;
        number.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

/// The attributes of a tag.
pub(super) struct Attributes<'b>(&'b [u8]);

impl<'b> Iterator for Attributes<'b> {
    type Item = (&'b [u8], &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let equals = self.0.iter().position(|byte| *byte == b'=')?;
        let name = self.0.get(..equals)?.trim_ascii();
        let rest = self.0.get(equals + 1..)?.trim_ascii_start();
        let (quote, rest) = rest.split_first()?;
        let end = rest.iter().position(|byte| byte == quote)?;
        self.0 = rest.get(end + 1..)?;
        Some((local(name), rest.get(..end)?))
    }
}

/// Reads a document token by token.
pub(super) struct Xml<R> {
    input: R,
    buffer: Vec<u8>,
    at: usize,
    until: usize,
    ended: bool,
    longest: usize,
}

/// What stands at the place in the buffer.
enum Found {
    Text,
    Open {
        empty: bool,
    },
    Close,
    Literal,
    /// A comment or an instruction.
    Nothing,
}

impl<R: Read> Xml<R> {
    /// `longest` bounds one text and one tag, in bytes.
    pub(super) fn new(input: R, longest: usize) -> Self {
        Self {
            input,
            buffer: vec![0; BLOCK],
            at: 0,
            until: 0,
            ended: false,
            longest: longest.max(BLOCK),
        }
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Result<Token<'_>, Trouble> {
        let (found, from, to) = loop {
            let Some((found, length)) = self.whole()? else {
                return Ok(Token::End);
            };
            let from = self.at;
            self.at += length;
            if !matches!(found, Found::Nothing) {
                break (found, from, self.at);
            }
        };
        let bytes = self.buffer.get(from..to).unwrap_or_default();
        let inside = |open: usize, close: usize| {
            bytes
                .get(open..bytes.len().saturating_sub(close))
                .unwrap_or_default()
        };
        Ok(match found {
            Found::Text | Found::Nothing => Token::Text(bytes),
            Found::Literal => Token::Literal(inside(9, 3)),
            Found::Close => Token::Close(inside(2, 1).trim_ascii_end()),
            Found::Open { empty } => {
                let whole = inside(1, 1 + usize::from(empty));
                let end = whole.iter().position(u8::is_ascii_whitespace);
                let (name, attributes) = whole.split_at(end.unwrap_or(whole.len()));
                Token::Open(Tag {
                    name,
                    empty,
                    attributes,
                })
            }
        })
    }

    /// Goes on behind the end of the element whose opening tag came last.
    pub(super) fn skip(&mut self) -> Result<(), Trouble> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next()? {
                Token::Open(tag) if !tag.empty => depth += 1,
                Token::Close(_) => depth -= 1,
                Token::End => return Err(Trouble::Broken),
                _ => {}
            }
        }
        Ok(())
    }

    /// Goes on behind the next place where `bytes` stand.
    pub(super) fn skip_past(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        let finder = memchr::memmem::Finder::new(bytes);
        loop {
            let left = self.buffer.get(self.at..self.until).unwrap_or_default();
            if let Some(found) = finder.find(left) {
                self.at += found + bytes.len();
                return Ok(());
            }
            self.at = self.until.saturating_sub(bytes.len().min(left.len()));
            if !self.fill()? {
                return Err(Trouble::Broken);
            }
        }
    }

    /// What stands at the place, whole in the buffer, and its length; none at the end.
    fn whole(&mut self) -> Result<Option<(Found, usize)>, Trouble> {
        loop {
            let left = self.buffer.get(self.at..self.until).unwrap_or_default();
            if let Some(found) = find(left)? {
                return Ok(Some(found));
            }
            if !self.fill()? {
                let left = self.buffer.get(self.at..self.until).unwrap_or_default();
                return match left.first() {
                    None => Ok(None),
                    Some(b'<') => Err(Trouble::Broken),
                    Some(_) => Ok(Some((Found::Text, left.len()))),
                };
            }
        }
    }

    /// Reads more behind what is left; false at the end of the input.
    fn fill(&mut self) -> Result<bool, Trouble> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.copy_within(self.at..self.until, 0);
        self.until -= self.at;
        self.at = 0;
        if self.until == self.buffer.len() {
            if self.until >= self.longest {
                return Err(Trouble::TooLong);
            }
            self.buffer.resize(self.until * 2, 0);
        }
        let room = self.buffer.get_mut(self.until..).unwrap_or_default();
        loop {
            match self.input.read(room) {
                Ok(0) => {
                    self.ended = true;
                    return Ok(false);
                }
                Ok(read) => {
                    self.until += read;
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Trouble::Io(error)),
            }
        }
    }
}

/// What `bytes` begin with, and its length; none when its end is not there yet.
fn find(bytes: &[u8]) -> Result<Option<(Found, usize)>, Trouble> {
    let Some(first) = bytes.first() else {
        return Ok(None);
    };
    if *first != b'<' {
        return Ok(memchr::memchr(b'<', bytes).map(|end| (Found::Text, end)));
    }
    let Some(second) = bytes.get(1) else {
        return Ok(None);
    };
    let until = |ending: &[u8], found: Found| {
        memchr::memmem::find(bytes, ending).map(|at| (found, at + ending.len()))
    };
    Ok(match second {
        b'/' => {
            let end = bytes.iter().position(|byte| *byte == b'>');
            end.map(|end| (Found::Close, end + 1))
        }
        b'?' => until(b"?>", Found::Nothing),
        b'!' => match bytes.get(2..9) {
            None => None,
            Some(b"[CDATA[") => until(b"]]>", Found::Literal),
            Some([b'-', b'-', ..]) => until(b"-->", Found::Nothing),
            Some(_) => return Err(Trouble::Doctype),
        },
        _ => {
            let mut quote = 0;
            let end = bytes.iter().position(|byte| match (quote, *byte) {
                (0, b'>') => true,
                (0, b'"' | b'\'') => {
                    quote = *byte;
                    false
                }
                (open, byte) => {
                    if open == byte {
                        quote = 0;
                    }
                    false
                }
            });
            end.map(|end| {
                let empty = bytes.get(end - 1) == Some(&b'/');
                (Found::Open { empty }, end + 1)
            })
        }
    })
}

/// Adds a text with its entities resolved and its line ends as line feeds; false when it is no
/// UTF-8. An entity that XML does not know stays as it stands.
pub(super) fn push_text(out: &mut String, raw: &[u8]) -> bool {
    let Ok(mut text) = simdutf8::basic::from_utf8(raw) else {
        return false;
    };
    if memchr::memchr2(b'&', b'\r', raw).is_none() {
        out.push_str(text);
        return true;
    }
    while let Some(at) = text.find(['&', '\r']) {
        let (before, rest) = text.split_at(at);
        out.push_str(before);
        if let Some(rest) = rest.strip_prefix('\r') {
            if !rest.starts_with('\n') {
                out.push('\n');
            }
            text = rest;
            continue;
        }
        let entity = rest.get(1..).and_then(|rest| rest.split_once(';'));
        match entity.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((character, after)) => {
                out.push(character);
                text = after;
            }
            None => {
                out.push('&');
                text = rest.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(text);
    true
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that every token comes in pieces.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let (Some((first, rest)), Some(room)) = (self.0.split_first(), out.first_mut()) else {
                return Ok(0);
            };
            *room = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn tokens(text: &str) -> Result<Vec<String>, Trouble> {
        let mut xml = Xml::new(Drip(text.as_bytes()), 0);
        let mut all = Vec::new();
        loop {
            all.push(match xml.next()? {
                Token::Open(tag) => format!(
                    "{}{}",
                    String::from_utf8_lossy(tag.name),
                    if tag.empty { "/" } else { "" }
                ),
                Token::Close(name) => format!("/{}", String::from_utf8_lossy(name)),
                Token::Text(text) | Token::Literal(text) => {
                    format!("'{}'", String::from_utf8_lossy(text))
                }
                Token::End => return Ok(all),
            });
        }
    }

    #[test]
    fn every_kind_of_token() {
        let all =
            tokens("<?xml version='1.0'?><a b='>'>x<!-- <no/> --><c/><![CDATA[<&]]></a >").unwrap();
        assert_eq!(all, ["a", "'x'", "c/", "'<&'", "/a"]);
    }

    #[test]
    fn a_document_that_breaks_off() {
        assert!(matches!(tokens("<a><b"), Err(Trouble::Broken)));
        assert!(matches!(tokens("<a><!-- "), Err(Trouble::Broken)));
        assert!(matches!(tokens("<"), Err(Trouble::Broken)));
    }

    #[test]
    fn entities_of_its_own_are_refused() {
        let text = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        assert!(matches!(tokens(text), Err(Trouble::Doctype)));
    }

    #[test]
    fn attributes_and_their_prefixes() {
        let tag = "<c r=\"B5\" x:s = '12' t=\"a&amp;b\"/>";
        let mut xml = Xml::new(tag.as_bytes(), 0);
        let Token::Open(tag) = xml.next().unwrap() else {
            panic!()
        };
        assert_eq!(tag.attribute(b"r"), Some(&b"B5"[..]));
        assert_eq!(tag.number(b"s"), Some(12));
        assert_eq!(tag.text(b"t"), Some("a&b".to_owned()));
        assert_eq!(tag.attribute(b"q"), None);
    }

    #[test]
    fn texts() {
        let text = |raw: &str| {
            let mut out = String::new();
            assert!(push_text(&mut out, raw.as_bytes()));
            out
        };
        assert_eq!(text("a &lt;&#1071;&#x44F;&gt; b"), "a <Яя> b");
        assert_eq!(text("&unknown; & c"), "&unknown; & c");
        assert_eq!(text("a\r\nb\rc"), "a\nb\nc");
        assert!(!push_text(&mut String::new(), b"\xFF"));
    }

    #[test]
    fn skipping() {
        let mut xml = Xml::new(Drip(b"<a><b><b>x</b></b><c/></a>"), 0);
        xml.next().unwrap();
        xml.next().unwrap();
        xml.skip().unwrap();
        assert!(matches!(xml.next().unwrap(), Token::Open(tag) if tag.name == b"c"));
        let mut xml = Xml::new(Drip(b"<a><b>x</b><c/></a>"), 0);
        xml.skip_past(b"</b>").unwrap();
        assert!(matches!(xml.next().unwrap(), Token::Open(tag) if tag.name == b"c"));
        assert!(matches!(xml.skip_past(b"</b>"), Err(Trouble::Broken)));
    }

    #[test]
    fn a_text_beyond_the_bound() {
        let text = format!("<a>{}</a>", "x".repeat(3 * BLOCK));
        let mut xml = Xml::new(text.as_bytes(), BLOCK);
        xml.next().unwrap();
        assert!(matches!(xml.next(), Err(Trouble::TooLong)));
    }
}
