//! The table of shared texts, kept in one piece of memory.

use std::io::Read;

use super::xml::{Token, Trouble, Xml, local, push_text};

/// The texts that cells share, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Strings {
    all: String,
    ends: Vec<usize>,
}

impl Strings {
    /// Reads the part; `longest` bounds a piece of text, in bytes. The number of texts that the part
    /// declares is not asked for.
    pub(super) fn read(input: &mut dyn Read, longest: usize) -> Result<Self, Trouble> {
        let mut xml = Xml::new(input, longest);
        let mut strings = Self::default();
        let mut in_text = false;
        loop {
            match xml.next()? {
                Token::Text(text) | Token::Literal(text) if in_text => {
                    if !push_text(&mut strings.all, text) {
                        return Err(Trouble::Broken);
                    }
                }
                Token::Open(tag) => match tag.local() {
                    b"t" => in_text = !tag.empty,
                    b"si" if tag.empty => strings.end(),
                    // How a text is read aloud.
                    b"rPh" if !tag.empty => xml.skip()?,
                    _ => {}
                },
                Token::Close(name) => match local(name) {
                    b"t" => in_text = false,
                    b"si" => strings.end(),
                    _ => {}
                },
                Token::End => return Ok(strings),
                Token::Text(_) | Token::Literal(_) => {}
            }
        }
    }

    /// Adds a text.
    pub(super) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    fn end(&mut self) {
        let from = self.ends.last().copied().unwrap_or(0);
        unescape(&mut self.all, from);
        self.ends.push(self.all.len());
    }

    /// A text by its number.
    pub(super) fn get(&self, number: u32) -> Option<&str> {
        let number = number as usize;
        let end = *self.ends.get(number)?;
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.all.get(start..end)
    }
}

/// Resolves what XML cannot hold and Excel writes as `_x000D_`, in the text from `from` on.
pub(super) fn unescape(text: &mut String, from: usize) {
    let tail = text.get(from..).unwrap_or_default();
    if memchr::memchr(b'_', tail.as_bytes()).is_none() {
        return;
    }
    let mut out = String::with_capacity(tail.len());
    let mut rest = tail;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let character = escape
            .get(2..7)
            .and_then(|digits| digits.strip_suffix('_'))
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32);
        let (piece, length) = match character {
            Some(_) => ("", 7),
            None => ("_x", 2),
        };
        out.push_str(piece);
        out.extend(character);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    text.truncate(from);
    text.push_str(&out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_by_number() {
        let text = "<sst uniqueCount=\"99999999999\"><si><t>Иванов</t></si><si/>\
            <si><r><t xml:space=\"preserve\">А </t></r><r><t>&amp; Б</t></r><rPh><t>мимо</t></rPh></si>\
            <si><t>a_x000D_b_x005F_x</t></si></sst>";
        let strings = Strings::read(&mut text.as_bytes(), 0).unwrap();
        assert_eq!(strings.get(0), Some("Иванов"));
        assert_eq!(strings.get(1), Some(""));
        assert_eq!(strings.get(2), Some("А & Б"));
        assert_eq!(strings.get(3), Some("a\rb_x"));
        assert_eq!(strings.get(4), None);
    }

    #[test]
    fn what_is_no_escape_stays() {
        let mut text = "_x00 _xZZZZ_ _x".to_owned();
        unescape(&mut text, 0);
        assert_eq!(text, "_x00 _xZZZZ_ _x");
    }
}
