//! Opening an input file: its contents decide what it is, not the ending of its name.

use std::io::Read;
use std::path::Path;

use super::discover::InputPath;
use super::file::{DAMAGED, InputFile, io_failure};
use super::guard::guarded;
use super::ods::OdsBook;
use super::package::{self, Kind};
use super::text::{TextBook, TextOptions};
use super::xls::XlsBook;
use super::xlsb::XlsbBook;
use super::xlsx::XlsxBook;
use super::{Format, Workbook};
use crate::failure::Failure;
use crate::settings::Limits;

/// An open input file.
pub struct Opened {
    /// Its facts, and its rows on demand.
    pub workbook: Box<dyn Workbook>,
    /// The SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Whether the ending of its name speaks of another format than its contents.
    pub renamed: bool,
}

/// How many bytes at the start of a file tell what it is.
const HEAD: usize = 4_096;

/// Opens an input file, whatever its name says it is.
///
/// # Errors
/// The file is missing or unreadable, damaged, protected by a password, larger than `limits` allow,
/// or no table; the message says what to do.
pub fn open(input: &InputPath, limits: &Limits, options: &TextOptions) -> Result<Opened, Failure> {
    let file = InputFile::look(&input.path)?;
    let path = file.path();
    if file.size() == 0 {
        return Err(Failure::input(
            path,
            "файл пустой: сохраните таблицу в него заново или удалите его",
        ));
    }
    if file.size() > limits.unpacked_bytes {
        return Err(package::refused(
            path,
            &format!(
                "размер файла {}, а допускается не больше {}",
                package::bytes(file.size()),
                package::bytes(limits.unpacked_bytes)
            ),
            "unpacked_bytes",
        ));
    }
    let head = head(&file)?;
    let (workbook, sha256): (Box<dyn Workbook>, String) = match content(&head) {
        Content::Package => {
            let (archive, kind) = guarded(path, || package::open(&file, limits))?;
            let sha256 = file.hash(|_| Ok(()))?;
            let workbook: Box<dyn Workbook> = match kind {
                Kind::Xlsx => Box::new(XlsxBook::open(&file, archive, limits)?),
                Kind::Xlsb => Box::new(XlsbBook::open(&file, archive, limits)?),
                Kind::Ods => Box::new(OdsBook::open(&file, archive, limits)?),
            };
            (workbook, sha256)
        }
        Content::Ole => {
            let sha256 = file.hash(|_| Ok(()))?;
            (Box::new(XlsBook::open(&file, limits)?), sha256)
        }
        Content::Refused(message) => return Err(Failure::input(path, message)),
        Content::Text => {
            if expected(path).is_some_and(|format| format != Format::Csv) && !plain_text(&head) {
                return Err(Failure::input(path, DAMAGED));
            }
            let (workbook, sha256) = guarded(path, || TextBook::open(&file, limits, options))?;
            (Box::new(workbook), sha256)
        }
    };
    let renamed = expected(path).is_some_and(|format| format != workbook.format());
    Ok(Opened {
        workbook,
        sha256,
        size: file.size(),
        renamed,
    })
}

fn head(file: &InputFile) -> Result<Vec<u8>, Failure> {
    let mut head = Vec::new();
    file.open()?
        .take(HEAD as u64)
        .read_to_end(&mut head)
        .map_err(|error| io_failure(file.path(), &error))?;
    Ok(head)
}

/// The format that the ending of a name speaks of; none for endings that no table has.
pub(super) fn expected(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match ending.as_str() {
        "xlsx" | "xlsm" => Format::Xlsx,
        "xlsb" => Format::Xlsb,
        "xls" => Format::Xls,
        "ods" => Format::Ods,
        "csv" | "tsv" | "txt" => Format::Csv,
        _ => return None,
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Content {
    Package,
    Ole,
    Text,
    Refused(&'static str),
}

fn content(head: &[u8]) -> Content {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Content::Package;
    }
    if head.starts_with(OLE) {
        return Content::Ole;
    }
    for (magic, message) in [
        (
            &b"%PDF"[..],
            "это файл PDF, а не таблица. Нужна сама таблица: Excel, LibreOffice или csv",
        ),
        (
            b"{\\rtf",
            "это текстовый документ RTF, а не таблица. Скопируйте таблицу в Excel и сохраните как .xlsx",
        ),
        (b"\x89PNG", "это картинка, а не таблица"),
        (b"\xFF\xD8\xFF", "это картинка, а не таблица"),
        (
            b"Rar!",
            "это архив, а не таблица. Распакуйте его и укажите файлы из него",
        ),
        (
            b"7z\xBC\xAF",
            "это архив, а не таблица. Распакуйте его и укажите файлы из него",
        ),
        (
            b"\x1F\x8B",
            "это архив, а не таблица. Распакуйте его и укажите файлы из него",
        ),
    ] {
        if head.starts_with(magic) {
            return Content::Refused(message);
        }
    }
    let markup = markup(head);
    for (opening, message) in [
        ("<!doctype html", HTML),
        ("<html", HTML),
        ("<head", HTML),
        ("<meta", HTML),
        ("<style", HTML),
        ("<body", HTML),
        ("<table", HTML),
        ("mime-version:", HTML),
        ("<?xml", XML),
        ("<!--", XML),
    ] {
        if markup.starts_with(opening) {
            let page = opening != "<!--" || !markup.contains("<html");
            return Content::Refused(if page && !markup.contains("<html") {
                message
            } else {
                HTML
            });
        }
    }
    Content::Text
}

const HTML: &str = "это веб-страница, сохранённая под именем таблицы: так выгружают некоторые программы. \
    Откройте файл в Excel или LibreOffice и сохраните как .xlsx";

const XML: &str = "это файл XML: так выгружают некоторые программы. \
    Откройте его в Excel или LibreOffice и сохраните как .xlsx";

/// The start of the file as folded markup: without a mark of encoding, NULs of UTF-16 and blanks.
fn markup(head: &[u8]) -> String {
    let bytes: Vec<u8> = head
        .iter()
        .copied()
        .filter(|byte| *byte != 0 && byte.is_ascii())
        .collect();
    String::from_utf8_lossy(&bytes)
        .trim_start()
        .to_ascii_lowercase()
}

/// Whether a file named as a workbook may be a text: no control characters but those of tables.
fn plain_text(head: &[u8]) -> bool {
    super::text::is_marked(head)
        || !head
            .iter()
            .any(|byte| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C))
}
