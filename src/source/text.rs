//! Delimited text (csv, tsv, txt) by the csv crate, row by row.

use std::fmt;
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::bounds::Bounds;
use super::delimiter;
use super::encoding::{Encoding, Survey, Transcoder, evident_utf16, mark};
use super::file::{InputFile, io_failure};
use super::guard::guarded;
use super::quotes::Watch;
use super::{Cell, Format, SheetInfo, TextForm, Value, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;

/// What a user says of delimited texts; what is not said is found out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TextOptions {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// The delimiter.
    pub delimiter: Option<u8>,
}

/// How much of a text tells its delimiter: a table is the same throughout.
const SAMPLE: u64 = 4 << 20;

/// A file of delimited text, which is one sheet.
///
/// A row's number counts lines from 0 as a spreadsheet shows them: blank lines are rows, a quoted
/// field with line breaks is part of one row, a first line `sep=;` is none.
pub(super) struct TextBook {
    file: InputFile,
    limits: Limits,
    encoding: Encoding,
    delimiter: u8,
    /// How many bytes of the file come before the text: its mark.
    mark: u64,
    /// How many bytes of the text, as UTF-8, come before its first row: a line `sep=;`.
    skip: u64,
    /// Whether lines end with a carriage return alone.
    old_mac: bool,
    sheets: Vec<SheetInfo>,
}

impl TextBook {
    /// Reads the whole file once, for its encoding and its hash, and a part of it for its delimiter.
    pub(super) fn open(
        file: &InputFile,
        limits: &Limits,
        options: &TextOptions,
    ) -> Result<(Self, String), Failure> {
        let path = file.path();
        let mut head = Vec::new();
        file.open()?
            .take(1 << 16)
            .read_to_end(&mut head)
            .map_err(|error| io_failure(path, &error))?;
        let marked = mark(&head);
        let known = options
            .encoding
            .or(marked.map(|(encoding, _)| encoding))
            .or_else(|| evident_utf16(&head));
        let (encoding, sha256) = match known {
            Some(encoding) => (encoding, file.hash(|_| Ok(()))?),
            None => {
                let mut survey = Survey::default();
                let sha256 = file.hash(|block| {
                    survey.block(block);
                    Ok(())
                })?;
                let encoding = survey
                    .finish()
                    .map_err(|message| Failure::input(path, message))?;
                (encoding, sha256)
            }
        };
        let mark = match marked {
            Some((found, length)) if found == encoding => length as u64,
            _ => 0,
        };
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut book = Self {
            file: file.clone(),
            limits: limits.clone(),
            encoding,
            delimiter: b';',
            mark,
            skip: 0,
            old_mac: false,
            sheets: vec![SheetInfo {
                name: name.into_owned(),
                visible: true,
                merges: Vec::new(),
                hidden_rows: None,
            }],
        };
        let mut sample = Vec::new();
        book.utf8()?
            .take(SAMPLE)
            .read_to_end(&mut sample)
            .map_err(|error| book.read_failure(error))?;
        let named = delimiter::named(&sample);
        book.skip = named.map_or(0, |(_, length)| length as u64);
        book.old_mac = memchr::memchr(b'\n', &sample).is_none() && sample.contains(&b'\r');
        book.delimiter = match (options.delimiter, named) {
            (Some(delimiter), _) | (None, Some((delimiter, _))) => delimiter,
            (None, None) => {
                let whole = match memchr::memrchr(b'\n', &sample) {
                    Some(end) if sample.len() as u64 == SAMPLE => sample.get(..end),
                    _ => Some(&sample[..]),
                };
                let mut whole = whole.unwrap_or_default().to_vec();
                if book.old_mac {
                    line_feeds(&mut whole);
                }
                delimiter::detect(&whole)
            }
        };
        Ok((book, sha256))
    }

    /// The text as UTF-8, without a mark.
    fn utf8(&self) -> Result<Box<dyn Read>, Failure> {
        let mut file = self.file.open()?;
        file.seek(SeekFrom::Start(self.mark))
            .map_err(|error| io_failure(self.file.path(), &error))?;
        Ok(match self.encoding {
            Encoding::Utf8 => Box::new(file),
            encoding => Box::new(Transcoder::new(file, encoding)),
        })
    }

    fn read_failure(&self, error: std::io::Error) -> Failure {
        let path = self.file.path();
        match error.downcast::<Fault>() {
            Ok(fault) => Failure::input(path, fault.to_string()),
            Err(error) => io_failure(path, &error),
        }
    }
}

/// What can be wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not in the encoding it should be in.
    Encoding(Encoding),
    /// The line, from 1, of a quote that is never closed.
    OpenQuote(u64),
    /// The line, from 1, of a quote that closes lines later, where no field ends.
    StrayQuote(u64),
    /// The line, from 1, with a NUL.
    Nul(u64),
}

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding(encoding) => write!(
                f,
                "текст не читается в кодировке {}: файл повреждён, или кодировка указана неверно. \
                 Сохраните таблицу заново в UTF-8 или как .xlsx",
                encoding.name()
            ),
            Self::OpenQuote(line) | Self::StrayQuote(line) => write!(
                f,
                "кавычка \" в строке {line} не закрыта, и строки после неё слились бы в одну ячейку. \
                 Закройте кавычку или уберите её (внутри ячейки в кавычках пишут две подряд)"
            ),
            Self::Nul(line) => write!(
                f,
                "в строке {line} двоичные данные (нулевой байт): это не текстовая таблица, или файл повреждён. \
                 Сохраните таблицу заново в csv (UTF-8) или как .xlsx"
            ),
        }
    }
}

/// Carriage returns as line feeds.
fn line_feeds(bytes: &mut [u8]) {
    for byte in bytes {
        if *byte == b'\r' {
            *byte = b'\n';
        }
    }
}

struct LineFeeds<R>(R);

impl<R: Read> Read for LineFeeds<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(out)?;
        line_feeds(out.get_mut(..read).unwrap_or_default());
        Ok(read)
    }
}

impl Workbook for TextBook {
    fn format(&self) -> Format {
        Format::Csv
    }

    fn text_form(&self) -> Option<TextForm> {
        Some(TextForm {
            encoding: self.encoding.name(),
            delimiter: self.delimiter,
        })
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
        let mut text = self.utf8()?;
        let mut skipped = vec![0; usize::try_from(self.skip).unwrap_or(0)];
        text.read_exact(&mut skipped)
            .map_err(|error| self.read_failure(error))?;
        if self.old_mac {
            text = Box::new(LineFeeds(text));
        }
        // A line break at the very end, so that every row ends with one.
        let text = Watch::new(text, self.delimiter).chain(&b"\n"[..]);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .terminator(Terminator::Any(b'\n'))
            .buffer_capacity(super::file::BLOCK)
            .from_reader(text);
        let mut record = ByteRecord::new();
        // Line breaks inside the fields of the rows so far.
        let mut inner = 0;
        loop {
            let more = guarded(self.file.path(), || {
                let more = reader.read_byte_record(&mut record);
                more.map_err(|error| match error.into_kind() {
                    csv::ErrorKind::Io(error) => self.read_failure(error),
                    _ => Failure::input(self.file.path(), super::file::DAMAGED),
                })
            })?;
            if !more {
                break;
            }
            let Ok(fields) = simdutf8::basic::from_utf8(record.as_slice()) else {
                let fault = Fault::Encoding(self.encoding);
                return Err(Failure::input(self.file.path(), fault.to_string()));
            };
            inner += memchr::memchr_iter(b'\n', record.as_slice()).count() as u64;
            // The reader counts from 1 the line it stands on after the row.
            let number = (reader.position().line() - 2).saturating_sub(inner);
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            bounds.row(number)?;
            let mut cells = Vec::with_capacity(record.len());
            for (column, index) in (0_u32..).zip(0..record.len()) {
                let field = record.range(index).and_then(|range| fields.get(range));
                let mut field = field.unwrap_or_default();
                if index + 1 == record.len() {
                    field = field.strip_suffix('\r').unwrap_or(field);
                }
                if field.is_empty() {
                    continue;
                }
                bounds.column(number, column)?;
                bounds.text(number, column, field)?;
                cells.push(Cell {
                    column,
                    value: Value::Text(field),
                });
            }
            if !cells.is_empty() && row(number, &cells).is_break() {
                break;
            }
        }
        self.file.unchanged()
    }
}

/// Whether the text starts with a mark of its encoding, or evidently is UTF-16.
pub(super) fn is_marked(head: &[u8]) -> bool {
    mark(head).is_some() || evident_utf16(head).is_some()
}
