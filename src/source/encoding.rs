//! The encoding of a text file, told from the whole of it, and its reading as UTF-8.

use std::io::{Error, ErrorKind, Read};

use super::file::BLOCK;

/// The encodings of delimited text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// windows-1251.
    Windows1251,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1251];

    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1251 => "windows-1251",
        }
    }

    /// The encoding that a user names: `utf-8`, `cp1251`, `windows-1251`, `utf-16`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name
            .trim()
            .to_ascii_lowercase()
            .replace(['-', '_', ' '], "")
            .as_str()
        {
            "utf8" => Some(Self::Utf8),
            "utf16" | "utf16le" | "unicode" => Some(Self::Utf16Le),
            "utf16be" => Some(Self::Utf16Be),
            "windows1251" | "cp1251" | "win1251" | "1251" | "ansi" => Some(Self::Windows1251),
            _ => None,
        }
    }

    fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1251 => encoding_rs::WINDOWS_1251,
        }
    }
}

/// The encoding that a mark at the start of the file names, and the length of the mark.
pub(super) fn mark(head: &[u8]) -> Option<(Encoding, usize)> {
    if head.starts_with(b"\xEF\xBB\xBF") {
        Some((Encoding::Utf8, 3))
    } else if head.starts_with(b"\xFF\xFE") {
        Some((Encoding::Utf16Le, 2))
    } else if head.starts_with(b"\xFE\xFF") {
        Some((Encoding::Utf16Be, 2))
    } else {
        None
    }
}

/// The kind of UTF-16 that a text without a mark evidently is in: nearly all its characters are
/// Latin or Cyrillic then, and every other byte is 0 or 4.
pub(super) fn evident_utf16(head: &[u8]) -> Option<Encoding> {
    let pairs = head.as_chunks::<2>().0;
    let latin = |high: u8, low: u8| high == 0 && low != 0;
    let known = |high: u8, low: u8| latin(high, low) || high == 4;
    for (encoding, flip) in [(Encoding::Utf16Le, false), (Encoding::Utf16Be, true)] {
        let order = |pair: &[u8; 2]| match flip {
            true => (pair[0], pair[1]),
            false => (pair[1], pair[0]),
        };
        let good = pairs
            .iter()
            .map(order)
            .filter(|(h, l)| known(*h, *l))
            .count();
        let some = pairs.iter().map(order).any(|(h, l)| latin(h, l));
        if some && pairs.len() >= 2 && good * 10 >= pairs.len() * 9 {
            return Some(encoding);
        }
    }
    None
}

/// What the whole of a text of one byte a character, or of UTF-8, told.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Lines before the one at hand.
    lines: u64,
    /// The part of the last line seen so far.
    rest: Vec<u8>,
    /// The first line that is surely UTF-8: it holds Cyrillic letters in it, and nothing else.
    utf8_line: Option<u64>,
    /// The first line that is no UTF-8.
    other_line: Option<u64>,
    /// The first line that is no UTF-8 and has the byte that windows-1251 does not have.
    unknown_line: Option<u64>,
}

/// How many Cyrillic letters in UTF-8 make a line without faults surely UTF-8.
const SURE: usize = 4;

impl Survey {
    /// Looks at the next block of the file.
    pub(super) fn block(&mut self, mut block: &[u8]) {
        if let Some(end) = memchr::memrchr(b'\n', block) {
            let (lines, rest) = block.split_at(end + 1);
            if self.rest.is_empty() {
                self.whole_lines(lines);
            } else {
                let mut joined = std::mem::take(&mut self.rest);
                joined.extend_from_slice(lines);
                self.whole_lines(&joined);
            }
            block = rest;
        }
        self.rest.extend_from_slice(block);
        // A line without an end must not grow without bound.
        if self.rest.len() > 64 * BLOCK {
            let cut = self.rest.len() - utf8_tail(&self.rest);
            let rest = self.rest.split_off(cut);
            let part = std::mem::replace(&mut self.rest, rest);
            self.line(&part);
        }
    }

    /// The encoding, or the line that no encoding fits and why.
    pub(super) fn finish(mut self) -> Result<Encoding, String> {
        let rest = std::mem::take(&mut self.rest);
        self.whole_lines(&rest);
        match (self.other_line, self.utf8_line, self.unknown_line) {
            (None, _, _) => Ok(Encoding::Utf8),
            (Some(other), Some(utf8), _) => Err(format!(
                "в файле смешаны кодировки: строка {utf8} записана в UTF-8, а строка {other} нет. \
                 Сохраните таблицу заново целиком в одной кодировке"
            )),
            (_, _, Some(line)) => Err(format!(
                "кодировка не распознана: строка {line} не читается ни как UTF-8, ни как windows-1251. \
                 Сохраните файл в UTF-8 или как .xlsx"
            )),
            _ => Ok(Encoding::Windows1251),
        }
    }

    fn whole_lines(&mut self, lines: &[u8]) {
        if lines.is_ascii()
            || (simdutf8::basic::from_utf8(lines).is_ok() && self.utf8_line.is_some())
        {
            self.lines += memchr::memchr_iter(b'\n', lines).count() as u64;
            return;
        }
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            self.line(line);
            self.lines += u64::from(line.ends_with(b"\n"));
        }
    }

    fn line(&mut self, line: &[u8]) {
        let number = self.lines + 1;
        if simdutf8::basic::from_utf8(line).is_ok() {
            if self.utf8_line.is_none()
                && line
                    .iter()
                    .filter(|byte| matches!(byte, 0xD0 | 0xD1))
                    .count()
                    >= SURE
            {
                self.utf8_line = Some(number);
            }
            return;
        }
        self.other_line.get_or_insert(number);
        if line.contains(&0x98) {
            self.unknown_line.get_or_insert(number);
        }
    }
}

/// How many bytes at the end of `bytes` belong to a character that may go on after them.
fn utf8_tail(bytes: &[u8]) -> usize {
    let tail = bytes.iter().rev().take(3).position(|byte| *byte >= 0xC0);
    tail.map_or(0, |back| back + 1)
}

/// Reads a text as UTF-8, whatever its encoding.
pub(super) struct Transcoder<R> {
    inner: R,
    encoding: Encoding,
    decoder: encoding_rs::Decoder,
    input: Block,
    output: Block,
    ended: bool,
}

/// Bytes of which those up to `at` are used up.
struct Block {
    bytes: Vec<u8>,
    at: usize,
    until: usize,
}

impl Block {
    fn new(size: usize) -> Self {
        Self {
            bytes: vec![0; size],
            at: 0,
            until: 0,
        }
    }

    fn left(&self) -> &[u8] {
        self.bytes.get(self.at..self.until).unwrap_or_default()
    }
}

impl<R: Read> Transcoder<R> {
    pub(super) fn new(inner: R, encoding: Encoding) -> Self {
        Self {
            inner,
            encoding,
            decoder: encoding.codec().new_decoder_without_bom_handling(),
            input: Block::new(BLOCK),
            output: Block::new(BLOCK),
            ended: false,
        }
    }

    /// Decodes the next block; nothing is left of the one before.
    fn decode(&mut self) -> std::io::Result<()> {
        while self.output.left().is_empty() {
            if self.input.left().is_empty() {
                if self.ended {
                    return Ok(());
                }
                self.input.until = self.inner.read(&mut self.input.bytes)?;
                self.input.at = 0;
                self.ended = self.input.until == 0;
            }
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                self.input.left(),
                &mut self.output.bytes,
                self.ended,
            );
            self.input.at += read;
            self.output.at = 0;
            self.output.until = written;
            if let encoding_rs::DecoderResult::Malformed(..) = result {
                let fault = super::text::Fault::Encoding(self.encoding);
                return Err(Error::new(ErrorKind::InvalidData, fault));
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        self.decode()?;
        let read = self.output.left().read(out)?;
        self.output.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(blocks: &[&[u8]]) -> Result<Encoding, String> {
        let mut survey = Survey::default();
        for block in blocks {
            survey.block(block);
        }
        survey.finish()
    }

    #[test]
    fn utf8_is_strict_over_the_whole_file() {
        assert_eq!(
            survey(&["ФИО;Дата\nИванов;1".as_bytes()]),
            Ok(Encoding::Utf8)
        );
        assert_eq!(survey(&[b"a;b\n"]), Ok(Encoding::Utf8));
        // A letter cut in two by the end of a block.
        let text = "ФИО\n".as_bytes();
        assert_eq!(survey(&[&text[..3], &text[3..]]), Ok(Encoding::Utf8));
    }

    #[test]
    fn what_is_no_utf8_is_windows_1251() {
        // «№;ФИО» in windows-1251.
        assert_eq!(
            survey(&[b"\xB9;\xD4\xC8\xCE\r\n"]),
            Ok(Encoding::Windows1251)
        );
    }

    #[test]
    fn a_byte_of_neither_is_refused_with_its_line() {
        let message = survey(&[b"\xB9;\xD4\xC8\xCE\n\xD4\xC8\x98\n"]).unwrap_err();
        assert!(message.contains("строка 2"), "{message}");
    }

    #[test]
    fn mixed_encodings_are_refused_with_both_lines() {
        let message = survey(&["Организация\n".as_bytes(), b"\xD4\xC8\xCE\n"]).unwrap_err();
        assert!(
            message.contains("строка 1 записана в UTF-8, а строка 2"),
            "{message}"
        );
    }

    #[test]
    fn utf16_without_a_mark_is_evident() {
        let le: Vec<u8> = "ФИО;Дата\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let be: Vec<u8> = "ФИО;Дата\r\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(evident_utf16(&le), Some(Encoding::Utf16Le));
        assert_eq!(evident_utf16(&be), Some(Encoding::Utf16Be));
        assert_eq!(evident_utf16("ФИО;Дата".as_bytes()), None);
        assert_eq!(evident_utf16(b"a;b;c\n1;2;3\n"), None);
    }

    #[test]
    fn the_transcoder_gives_utf8() {
        let bytes: Vec<u8> = "№ п/п;ФИО😀"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        let mut text = String::new();
        Transcoder::new(&bytes[..], Encoding::Utf16Be)
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "№ п/п;ФИО😀");
        let mut text = String::new();
        Transcoder::new(&b"\xB9 \xD4"[..], Encoding::Windows1251)
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "№ Ф");
    }

    #[test]
    fn half_a_character_is_a_fault() {
        let mut text = String::new();
        assert!(
            Transcoder::new(&b"a\0b"[..], Encoding::Utf16Le)
                .read_to_string(&mut text)
                .is_err()
        );
    }

    #[test]
    fn names_as_people_write_them() {
        assert_eq!(Encoding::from_name("CP1251"), Some(Encoding::Windows1251));
        assert_eq!(Encoding::from_name("utf_8"), Some(Encoding::Utf8));
        assert_eq!(Encoding::from_name("koi8-r"), None);
    }
}
