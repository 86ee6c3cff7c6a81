//! Outputs appear whole or not at all: written beside their place under a temporary name, brought
//! to the disk, then renamed. What stands there already is replaced only where that is safe.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::seal;
use crate::failure::Failure;

/// Windows: another program holds the file open.
const SHARING_VIOLATION: i32 = 32;

/// What may be replaced.
#[derive(Clone, Copy, Debug)]
pub struct Guard<'a> {
    /// Whether `--force` was given.
    pub force: bool,
    /// The input files: none of them is ever replaced.
    pub inputs: &'a [PathBuf],
}

impl Guard<'_> {
    /// Refuses a place where something stands that must not be replaced. It is asked before the
    /// work begins, so that nobody waits for a refusal.
    ///
    /// # Errors
    /// [`Failure::Output`]: the place is an input; or a file stands there, is not an unchanged
    /// report of this program, and `--force` was not given; or the place is a folder.
    pub fn check(&self, path: &Path) -> Result<(), Failure> {
        let Ok(there) = fs::metadata(path) else {
            return Ok(());
        };
        if there.is_dir() {
            return Err(Failure::output(
                path,
                "это папка, а не файл: укажите имя файла",
            ));
        }
        let same = fs::canonicalize(path).ok();
        let is_input = self
            .inputs
            .iter()
            .any(|input| input == path || same.is_some() && fs::canonicalize(input).ok() == same);
        if is_input {
            return Err(Failure::output(
                path,
                "это исходный файл, он не заменяется: укажите другое имя",
            ));
        }
        if self.force || seal::is_unchanged(path) {
            return Ok(());
        }
        let what = if seal::report_format(path).is_some() {
            "здесь стоит отчёт, который изменили после создания"
        } else {
            "файл уже есть"
        };
        Err(Failure::output(
            path,
            format!("{what}; укажите другое имя или --force, чтобы заменить"),
        ))
    }
}

/// Writes a file whole or not at all. `write` gets the temporary file, which stands in the folder
/// of the output.
///
/// # Errors
/// [`Failure::Output`] with what happened and what to do; the failure of `write` itself.
pub fn write_whole(
    path: &Path,
    guard: &Guard<'_>,
    write: impl FnOnce(&mut File) -> Result<(), io::Error>,
) -> Result<(), Failure> {
    guard.check(path)?;
    let failed = |error: &io::Error| Failure::output(path, explain(path, error));
    let mut file = NamedTempFile::new_in(folder(path)).map_err(|e| failed(&e))?;
    write(file.as_file_mut()).map_err(|e| failed(&e))?;
    file.as_file().sync_all().map_err(|e| failed(&e))?;
    keep_mode(file.as_file(), path).map_err(|e| failed(&e))?;
    file.persist(path).map_err(|e| failed(&e.error))?;
    Ok(())
}

/// The folder of an output.
#[must_use]
pub fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A temporary file is closed to others; an output is as open as other files, or as the one that
/// it replaces.
#[cfg(unix)]
fn keep_mode(file: &File, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_or(0o644, |there| there.permissions().mode());
    file.set_permissions(fs::Permissions::from_mode(mode & 0o777))
}

#[cfg(not(unix))]
fn keep_mode(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

/// What happened and what to do.
fn explain(path: &Path, error: &io::Error) -> String {
    if cfg!(windows) && error.raw_os_error() == Some(SHARING_VIOLATION) {
        return "файл открыт в другой программе: закройте его в Excel и повторите".to_owned();
    }
    let folder = folder(path).display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("папки «{folder}» нет: создайте её или укажите другую"),
        io::ErrorKind::NotADirectory => format!("«{folder}» – не папка: укажите другую"),
        io::ErrorKind::PermissionDenied => {
            "нет права записи: закройте файл, если он открыт в Excel, или укажите другую папку"
                .to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            format!("диск с папкой «{folder}» доступен только для чтения: укажите другую")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::WriteZero => {
            "на диске не хватает места: освободите его и повторите".to_owned()
        }
        _ => format!("запись не удалась: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{Guard, write_whole};

    const NO_INPUTS: Guard<'static> = Guard {
        force: false,
        inputs: &[],
    };

    fn put(path: &std::path::Path, guard: &Guard<'_>, text: &str) -> Result<(), String> {
        write_whole(path, guard, |file| file.write_all(text.as_bytes())).map_err(|e| e.to_string())
    }

    #[test]
    fn a_file_is_replaced_only_with_force_and_an_input_never() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("отчёт.xlsx");
        put(&path, &NO_INPUTS, "1").unwrap();
        assert!(put(&path, &NO_INPUTS, "2").unwrap_err().contains("--force"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "1");
        let force = Guard {
            force: true,
            inputs: &[],
        };
        put(&path, &force, "2").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "2");
        let inputs = [folder.path().join("./отчёт.xlsx")];
        let guard = Guard {
            force: true,
            inputs: &inputs,
        };
        assert!(
            put(&path, &guard, "3")
                .unwrap_err()
                .contains("исходный файл")
        );
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("отчёт.xlsx");
        let failed = write_whole(&path, &NO_INPUTS, |file| {
            file.write_all(b"half")?;
            Err(std::io::ErrorKind::StorageFull.into())
        });
        let failed = failed.unwrap_err();
        assert_eq!(failed.exit_code(), 4);
        assert!(failed.to_string().contains("не хватает места"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("нет/отчёт.xlsx");
        let failed = put(&path, &NO_INPUTS, "1").unwrap_err();
        assert!(failed.contains("нет: создайте её"), "{failed}");
    }
}
