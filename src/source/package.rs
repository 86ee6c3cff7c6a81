//! Workbooks that are zip packages: what kind they are, and the bounds on what they unpack to.
//! All of it comes from the package's table of contents, before anything is unpacked.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::file::{DAMAGED, InputFile, io_failure};
use super::guard::guarded;
use super::opc::Package;
use crate::failure::Failure;
use crate::settings::Limits;

/// A package on disk.
pub(super) type Archive = ZipArchive<BufReader<File>>;

/// What a package holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// xlsx, xlsm.
    Xlsx,
    /// xlsb.
    Xlsb,
    /// ods.
    Ods,
}

/// What is said of a workbook that a password protects.
pub(super) const PROTECTED: &str = "файл защищён паролем. Откройте его, снимите пароль \
    («Файл» → «Сведения» → «Защита книги» → «Зашифровать с использованием пароля») и сохраните";

/// Parts smaller than this are never refused for their ratio: short runs of one letter pack well.
const RATIO_FLOOR: u64 = 64 << 20;

/// Opens the package and tells its kind, within the bounds.
pub(super) fn open(file: &InputFile, limits: &Limits) -> Result<(Archive, Kind), Failure> {
    let path = file.path();
    let mut archive = ZipArchive::new(file.reader()?).map_err(|error| zip_failure(path, error))?;
    check_bounds(path, &mut archive, file.size(), limits)?;
    let kind = kind(path, &mut archive)?;
    Ok((archive, kind))
}

/// Whether a workbook that another reader is about to unpack is within the bounds.
///
/// # Errors
/// It is missing, no workbook, protected, damaged, or out of bounds.
pub fn within_bounds(path: &Path, limits: &Limits) -> Result<(), Failure> {
    let file = InputFile::look(path)?;
    guarded(path, || {
        let (archive, kind) = open(&file, limits)?;
        match kind {
            Kind::Xlsx => Package::new(&file, archive)?
                .check_workbook(limits)
                .map(|_| ()),
            Kind::Xlsb | Kind::Ods => Ok(()),
        }
    })
}

fn check_bounds(
    path: &Path,
    archive: &mut Archive,
    archive_size: u64,
    limits: &Limits,
) -> Result<(), Failure> {
    let parts = archive.len() as u64;
    if parts > limits.parts {
        return Err(refused(
            path,
            &format!(
                "в файле {parts} частей, а допускается не больше {}",
                limits.parts
            ),
            "parts",
        ));
    }
    let (mut packed, mut unpacked) = (0_u64, 0_u64);
    let too_dense = |what: &str, packed: u64, unpacked: u64| {
        let found = format!(
            "{what} распаковывается из {} в {}, больше чем в {} раз",
            bytes(packed),
            bytes(unpacked),
            limits.ratio
        );
        refused(path, &found, "ratio")
    };
    let is_dense = |packed: u64, unpacked: u64| {
        unpacked > RATIO_FLOOR && unpacked > packed.max(1).saturating_mul(limits.ratio)
    };
    for index in 0..archive.len() {
        let part = archive
            .by_index_raw(index)
            .map_err(|error| zip_failure(path, error))?;
        if part.encrypted() {
            return Err(Failure::input(path, PROTECTED));
        }
        packed = packed.saturating_add(part.compressed_size());
        unpacked = unpacked.saturating_add(part.size());
        if is_dense(part.compressed_size(), part.size()) {
            return Err(too_dense(
                "часть файла",
                part.compressed_size(),
                part.size(),
            ));
        }
    }
    // Many parts that are each small enough, or that share the same packed bytes.
    packed = packed.min(archive_size);
    if is_dense(packed, unpacked) {
        return Err(too_dense("файл", packed, unpacked));
    }
    if unpacked > limits.unpacked_bytes {
        return Err(refused(
            path,
            &format!(
                "файл распаковывается в {}, а допускается не больше {}",
                bytes(unpacked),
                bytes(limits.unpacked_bytes)
            ),
            "unpacked_bytes",
        ));
    }
    Ok(())
}

/// A failure by a bound of `[limits]` on a whole file.
pub(super) fn refused(path: &Path, found: &str, key: &str) -> Failure {
    Failure::input(
        path,
        format!(
            "{found}. Такие файлы бывают вредоносными. Если файл надёжный, скопируйте нужные листы \
             в новую книгу или увеличьте {key} в разделе [limits] файла mms.toml"
        ),
    )
}

/// «1,5 ГБ», «20 МБ», «300 КБ».
pub(super) fn bytes(count: u64) -> String {
    let (unit, name) = match count {
        0..1_048_576 => (1_024, "КБ"),
        1_048_576..1_073_741_824 => (1_048_576, "МБ"),
        _ => (1_073_741_824, "ГБ"),
    };
    let tenths = count.saturating_mul(10).div_ceil(unit);
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        rest => format!("{},{rest} {name}", tenths / 10),
    }
}

fn kind(path: &Path, archive: &mut Archive) -> Result<Kind, Failure> {
    let mut other = None;
    for name in archive.file_names() {
        let name = name.map_err(|error| zip_failure(path, error))?;
        let name = name.replace('\\', "/").to_ascii_lowercase();
        if name.ends_with("workbook.xml") {
            return Ok(Kind::Xlsx);
        }
        if name.ends_with("workbook.bin") {
            return Ok(Kind::Xlsb);
        }
        if name == "word/document.xml" {
            other = Some("документ Word");
        }
        if name == "ppt/presentation.xml" {
            other = Some("презентация");
        }
    }
    if let Some(mimetype) = small_part(path, archive, "mimetype", 256)? {
        if mimetype.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            let manifest = small_part(path, archive, "META-INF/manifest.xml", 1 << 20)?;
            let encrypted = manifest
                .is_some_and(|text| memchr::memmem::find(&text, b"encryption-data").is_some());
            return match encrypted {
                true => Err(Failure::input(path, PROTECTED)),
                false => Ok(Kind::Ods),
            };
        }
        if mimetype.starts_with(b"application/vnd.oasis.opendocument.text") {
            other = Some("текстовый документ");
        }
    }
    Err(Failure::input(
        path,
        match other {
            Some(what) => format!(
                "это {what}, а не таблица. Скопируйте таблицу из него в Excel или LibreOffice и сохраните как .xlsx"
            ),
            None => {
                "это архив zip, а не таблица. Распакуйте его и укажите файлы из него".to_owned()
            }
        },
    ))
}

/// The first `most` bytes of a part; none when there is no such part.
pub(super) fn small_part(
    path: &Path,
    archive: &mut Archive,
    name: &str,
    most: u64,
) -> Result<Option<Vec<u8>>, Failure> {
    let part = match archive.by_name(name) {
        Ok(part) => part,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(zip_failure(path, error)),
    };
    let mut contents = Vec::new();
    part.take(most)
        .read_to_end(&mut contents)
        .map_err(|error| part_failure(path, &error))?;
    Ok(Some(contents))
}

/// Whether the workbook is a report that this program wrote: it carries a document property
/// `mms-report`. Anything that cannot be looked at is none.
#[must_use]
pub fn is_own_report(path: &Path) -> bool {
    let Ok(file) = InputFile::look(path) else {
        return false;
    };
    let properties = guarded(path, || {
        let mut archive =
            ZipArchive::new(file.reader()?).map_err(|error| zip_failure(path, error))?;
        small_part(path, &mut archive, "docProps/custom.xml", 1 << 20)
    });
    matches!(
        properties,
        Ok(Some(text)) if memchr::memmem::find(&text, b"name=\"mms-report\"").is_some()
    )
}

/// What the zip library said, in words for a user.
pub(super) fn zip_failure(path: &Path, error: ZipError) -> Failure {
    match error {
        ZipError::Io(error) => part_failure(path, &error),
        ZipError::InvalidPassword => Failure::input(path, PROTECTED),
        _ => Failure::input(path, DAMAGED),
    }
}

/// What went wrong while a part was unpacked.
pub(super) fn part_failure(path: &Path, error: &std::io::Error) -> Failure {
    if error.raw_os_error().is_some() {
        io_failure(path, error)
    } else {
        Failure::input(path, DAMAGED)
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_read_as_people_write_them() {
        assert_eq!(bytes(1_536), "1,5 КБ");
        assert_eq!(bytes(2 << 20), "2 МБ");
        assert_eq!(bytes(3 << 30), "3 ГБ");
        assert_eq!(bytes((4 << 30) - (1 << 29)), "3,5 ГБ");
    }
}
