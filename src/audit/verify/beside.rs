//! The csv files beside a report, which hold the evidence that does not fit a sheet: each is written
//! anew and compared as it comes, byte by byte.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use super::Verification;
use crate::failure::Failure;
use crate::report::model::ReportModel;
use crate::report::xlsx::scale::Manner;
use crate::report::xlsx::spill;

/// Compares the files beside the report at `path`.
///
/// # Errors
/// A file that is there cannot be read.
pub(super) fn compare(
    path: &Path,
    model: &ReportModel,
    manner: &Manner,
    found: &mut Verification,
) -> Result<(), Failure> {
    for evidence in manner.spilled(model) {
        let name = spill::file_name(path, evidence);
        let file = match File::open(path.with_file_name(&name)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                found.differs(format!(
                    "«{name}»: файла рядом с отчётом нет, а в нём расшифровка «{}»",
                    evidence.name()
                ));
                continue;
            }
            Err(error) => return Err(unread(path, &name, &error)),
        };
        let mut against = Against {
            file: BufReader::new(file),
            line: 1,
            differs: None,
            failed: None,
        };
        let written = spill::write(evidence, model, &mut against);
        against.nothing_more();
        if let Some(error) = against.failed.or(written.err()) {
            return Err(unread(path, &name, &error));
        }
        if let Some(line) = against.differs {
            found.differs(format!(
                "«{name}», строка {line}: не то, что дают исходные таблицы"
            ));
        }
    }
    Ok(())
}

fn unread(path: &Path, name: &str, error: &io::Error) -> Failure {
    Failure::input(
        path.with_file_name(name),
        format!("файл не читается: {error}"),
    )
}

/// Takes what should stand in a file, and looks whether it stands there.
struct Against<R> {
    file: R,
    line: u64,
    /// The first line that differs.
    differs: Option<u64>,
    failed: Option<io::Error>,
}

impl<R: Read> Against<R> {
    /// The file must end here.
    fn nothing_more(&mut self) {
        if self.differs.is_none() && self.failed.is_none() {
            match self.file.read(&mut [0]) {
                Ok(0) => {}
                Ok(_) => self.differs = Some(self.line),
                Err(error) => self.failed = Some(error),
            }
        }
    }
}

impl<R: Read> Write for Against<R> {
    fn write(&mut self, expected: &[u8]) -> io::Result<usize> {
        if self.differs.is_some() || self.failed.is_some() {
            return Ok(expected.len());
        }
        let mut there = Vec::with_capacity(expected.len());
        let wanted = (&mut self.file).take(expected.len() as u64);
        match { wanted }.read_to_end(&mut there) {
            Ok(_) => {
                let same = expected.iter().zip(&there).take_while(|(a, b)| a == b);
                let same = same.count();
                let lines = expected.iter().take(same).filter(|byte| **byte == b'\n');
                self.line += lines.count() as u64;
                if same < expected.len() {
                    self.differs = Some(self.line);
                }
            }
            Err(error) => self.failed = Some(error),
        }
        Ok(expected.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
