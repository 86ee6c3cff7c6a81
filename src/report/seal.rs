//! The seal of a report: how the program knows its own workbook, and whether anybody has changed
//! it since.
//!
//! Two custom properties of the file (`docProps/custom.xml`): `mms-report` names the format of the
//! result, by which input discovery passes the file over; `mms-seal` is a SHA-256 over all parts of
//! the workbook in the order of their names, each as the length of its name, the name, its method of
//! packing (2 bytes), the length of its contents as they stand packed in the file, and these. The
//! part with the seal itself takes part unpacked, with [`BLANK`] in the seal's place. Lengths are 8
//! bytes, all numbers little-endian. A spreadsheet program that saves the file writes every part
//! anew, so that an edited report never fits its seal.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::steady::Steady;
use crate::failure::Failure;
use crate::settings::Limits;
use crate::source::{guarded, within_bounds};

/// The property that names the format of the result.
pub const REPORT: &str = "mms-report";
/// The property that holds the seal.
pub const SEAL: &str = "mms-seal";
/// What stands in place of the seal while it is computed.
pub const BLANK: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The part that holds the custom properties.
const PART: &str = "docProps/custom.xml";
/// More than that part ever is.
const PART_LIMIT: u64 = 1 << 20;

/// Copies a workbook, its seal computed and set.
///
/// # Errors
/// The workbook cannot be read, or the copy cannot be written.
pub fn seal(raw: impl Read + Seek, out: &mut (impl Write + Seek)) -> io::Result<()> {
    let mut archive = ZipArchive::new(raw)?;
    let properties = properties(&mut archive)?;
    let seal = digest(&mut archive, &properties)?;
    let mut copy = ZipWriter::new(Steady::new(out));
    for place in 0..archive.len() {
        let part = archive.by_index_raw(place)?;
        if part.name()? == PART {
            copy.start_file(PART, SimpleFileOptions::default())?;
            copy.write_all(properties.replace(BLANK, &seal).as_bytes())?;
        } else {
            copy.raw_copy_file(part)?;
        }
    }
    copy.finish()?.finish().map(|_| ())
}

/// The format of the result, if the file is a report of this program: `mms-result/1`.
#[must_use]
pub fn report_format(path: &Path) -> Option<String> {
    // Whoever opens a pipe waits for its other end.
    if !path.is_file() {
        return None;
    }
    let properties = guarded(path, || {
        let unread = |_| Failure::input(path, "");
        let archive = File::open(path).and_then(|file| Ok(ZipArchive::new(file)?));
        properties(&mut archive.map_err(unread)?).map_err(unread)
    });
    value(&properties.ok()?, REPORT).map(str::to_owned)
}

/// Whether the file is a report of this program that nobody has changed since it was written.
#[must_use]
pub fn is_unchanged(path: &Path) -> bool {
    within_bounds(path, &Limits::default()).is_ok()
        && guarded(path, || {
            let fits = File::open(path).and_then(fits);
            fits.map_err(|_| Failure::input(path, ""))
        })
        .unwrap_or(false)
}

fn fits(file: impl Read + Seek) -> io::Result<bool> {
    let mut archive = ZipArchive::new(file)?;
    let properties = properties(&mut archive)?;
    let (Some(_), Some(seal)) = (value(&properties, REPORT), value(&properties, SEAL)) else {
        return Ok(false);
    };
    if seal.len() != BLANK.len() || seal == BLANK {
        return Ok(false);
    }
    let blank = properties.replace(seal, BLANK);
    Ok(digest(&mut archive, &blank)? == seal)
}

fn properties(archive: &mut ZipArchive<impl Read + Seek>) -> io::Result<String> {
    let mut text = String::new();
    archive
        .by_name(PART)?
        .take(PART_LIMIT)
        .read_to_string(&mut text)?;
    Ok(text)
}

/// The text of a property.
fn value<'a>(properties: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = properties.split_once(&format!("name=\"{name}\""))?;
    let (_, rest) = rest.split_once("<vt:lpwstr>")?;
    rest.split_once("</vt:lpwstr>").map(|(value, _)| value)
}

/// The digest of all parts, with `properties` in place of the part that holds the seal.
fn digest(archive: &mut ZipArchive<impl Read + Seek>, properties: &str) -> io::Result<String> {
    let mut names: Vec<String> = archive
        .file_names()
        .map(|name| Ok(name?.into_owned()))
        .collect::<io::Result<_>>()?;
    names.sort_unstable();
    let mut hash = Sha256::new();
    for name in names {
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name.as_bytes());
        if name == PART {
            hash.update((properties.len() as u64).to_le_bytes());
            hash.update(properties.as_bytes());
            continue;
        }
        let place = archive
            .index_for_name(&name)
            .ok_or(io::ErrorKind::NotFound)?;
        let mut part = archive.by_index_raw(place)?;
        let method: u16 = match part.compression() {
            CompressionMethod::Stored => 0,
            CompressionMethod::Deflated => 8,
            _ => return Err(io::ErrorKind::Unsupported.into()),
        };
        hash.update(method.to_le_bytes());
        hash.update(part.compressed_size().to_le_bytes());
        let mut piece = [0_u8; 1 << 16];
        loop {
            let read = part.read(&mut piece)?;
            let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            hash.update(bytes);
        }
    }
    Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
}
