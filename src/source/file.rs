//! One input file on disk: opened, hashed, and known to be the same while it is read.

use std::fs::{File, Metadata};
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::failure::Failure;

/// How much is read from a file at once.
pub(super) const BLOCK: usize = 1 << 16;

/// A regular file, with the size and the time of its last change when it was first opened.
#[derive(Clone, Debug)]
pub(super) struct InputFile {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
}

impl InputFile {
    /// Looks at the file; nothing is read yet. A pipe, a device and a folder are refused.
    pub(super) fn look(path: &Path) -> Result<Self, Failure> {
        let facts = std::fs::metadata(path).map_err(|error| io_failure(path, &error))?;
        if facts.is_dir() {
            return Err(Failure::input(path, "это папка, а нужен файл с таблицей"));
        }
        if !facts.is_file() {
            return Err(Failure::input(
                path,
                "это не обычный файл, а канал или устройство. Сохраните таблицу в файл и укажите его",
            ));
        }
        Ok(Self {
            path: path.to_owned(),
            size: facts.len(),
            modified: facts.modified().ok(),
        })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Its size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Opens it for reading from the start.
    pub(super) fn open(&self) -> Result<File, Failure> {
        let file = File::open(&self.path).map_err(|error| io_failure(&self.path, &error))?;
        let facts = file
            .metadata()
            .map_err(|error| io_failure(&self.path, &error))?;
        self.compare(&facts)?;
        Ok(file)
    }

    /// As [`open`](Self::open), with a buffer.
    pub(super) fn reader(&self) -> Result<BufReader<File>, Failure> {
        Ok(BufReader::with_capacity(BLOCK, self.open()?))
    }

    /// Fails when the file is no longer what it was when it was first looked at.
    pub(super) fn unchanged(&self) -> Result<(), Failure> {
        let facts =
            std::fs::metadata(&self.path).map_err(|error| io_failure(&self.path, &error))?;
        self.compare(&facts)
    }

    fn compare(&self, facts: &Metadata) -> Result<(), Failure> {
        if facts.len() == self.size && facts.modified().ok() == self.modified {
            return Ok(());
        }
        Err(Failure::input(
            &self.path,
            "файл изменился, пока его читали. Закройте его в других программах и запустите команду снова",
        ))
    }

    /// Reads the whole file once: its SHA-256, with every block shown to `look` on the way.
    pub(super) fn hash(
        &self,
        mut look: impl FnMut(&[u8]) -> Result<(), Failure>,
    ) -> Result<String, Failure> {
        let mut file = self.open()?;
        let mut hasher = Sha256::new();
        let mut block = vec![0; BLOCK];
        loop {
            let read = match file.read(&mut block) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(io_failure(&self.path, &error)),
            };
            let bytes = block.get(..read).unwrap_or_default();
            hasher.update(bytes);
            look(bytes)?;
        }
        Ok(hex(&hasher.finalize()))
    }
}

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| DIGITS.get(usize::from(digit)).copied())
        .map(char::from)
        .collect()
}

/// What the operating system said, in words for a user.
pub(super) fn io_failure(path: &Path, error: &std::io::Error) -> Failure {
    let message = match error.kind() {
        ErrorKind::NotFound => "такого файла или папки нет. Проверьте имя и путь".to_owned(),
        ErrorKind::PermissionDenied => {
            "нет права читать этот файл. Попросите доступ или скопируйте файл к себе".to_owned()
        }
        ErrorKind::NotADirectory => {
            "такого файла нет: часть пути – не папка. Проверьте имя и путь".to_owned()
        }
        ErrorKind::UnexpectedEof => DAMAGED.to_owned(),
        _ if path.is_symlink() => "ссылка не ведёт к файлу. Укажите сам файл".to_owned(),
        _ => match error.raw_os_error() {
            Some(code) => format!("файл не читается, код ошибки системы {code}"),
            None => format!("файл не читается: {error}"),
        },
    };
    Failure::input(path, message)
}

/// What is said of a file that breaks off or does not hold together.
pub(super) const DAMAGED: &str = "файл повреждён или скопирован не до конца. \
    Откройте его в Excel или LibreOffice и сохраните заново";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::io::Write::write_all(&mut tempfile_at(&path), b"abc").unwrap();
        let file = InputFile::look(&path).unwrap();
        let mut seen = Vec::new();
        let hash = file
            .hash(|block| {
                seen.extend_from_slice(block);
                Ok(())
            })
            .unwrap();
        // FIPS 180-4, appendix B.1.
        assert_eq!(
            hash,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(seen, b"abc");
    }

    #[test]
    fn a_file_that_grew_meanwhile_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::io::Write::write_all(&mut tempfile_at(&path), b"abc").unwrap();
        let file = InputFile::look(&path).unwrap();
        std::io::Write::write_all(&mut tempfile_at(&path), b"abcd").unwrap();
        let failure = file.unchanged().unwrap_err();
        assert!(failure.to_string().contains("изменился"), "{failure}");
        assert!(file.open().is_err());
    }

    fn tempfile_at(path: &Path) -> File {
        File::options()
            .create(true)
            .write(true)
            .truncate(true)
            .open(path)
            .unwrap()
    }
}
