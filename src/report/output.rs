//! Outputs appear whole or not at all: written beside their place under a temporary name, brought
//! to the disk, then renamed. What stands there already is replaced only where that is safe.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::seal;
use crate::failure::Failure;

/// Windows: another program holds the file open.
const SHARING_VIOLATION: i32 = 32;

/// Which existing files may be replaced. An input never is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Replace {
    /// Only a report of this program that nobody has changed since it was written.
    OwnUnchanged,
    /// Any (`--force`).
    Always,
}

/// A place to write to that was found free, or safe to replace.
#[derive(Clone, Debug)]
pub struct Output {
    path: PathBuf,
    replace: Replace,
    inputs: Vec<PathBuf>,
}

impl Output {
    /// Looks at the place before the work begins, so that nobody waits for a refusal.
    ///
    /// # Errors
    /// [`Failure::Output`]: the place is an input or a folder; its folder is missing; a file stands
    /// there that must not be replaced.
    pub fn new(path: &Path, replace: Replace, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let output = Self {
            path: path.to_owned(),
            replace,
            inputs: inputs.to_vec(),
        };
        output.check()?;
        Ok(output)
    }

    /// An output of this name beside this one, with the same rules.
    ///
    /// # Errors
    /// As of [`Output::new`].
    pub fn beside(&self, name: &str) -> Result<Self, Failure> {
        Self::new(&folder(&self.path).join(name), self.replace, &self.inputs)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that it stands in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        folder(&self.path)
    }

    /// Whether it is the place of another; names that differ in case alone are one on some disks.
    fn is_at(&self, other: &Self) -> bool {
        let place = |output: &Self| {
            let folder = fs::canonicalize(output.folder()).ok();
            let name = output.path.file_name();
            (
                folder,
                name.map(|name| name.to_string_lossy().to_lowercase()),
            )
        };
        place(self) == place(other)
    }

    fn check(&self) -> Result<(), Failure> {
        let path = &self.path;
        let refused = |message: &str| Err(Failure::output(path, message));
        let Ok(there) = fs::metadata(path) else {
            let place = folder(path);
            return match fs::metadata(place) {
                Ok(facts) if facts.is_dir() => Ok(()),
                Ok(_) => Err(self.failure(&io::ErrorKind::NotADirectory.into())),
                Err(error) => Err(self.failure(&error)),
            };
        };
        if there.is_dir() {
            return refused("это папка, а не файл: укажите имя файла");
        }
        if !there.is_file() {
            return refused("это не файл, а канал или устройство: укажите имя файла");
        }
        let same = fs::canonicalize(path).ok();
        let is_input = self
            .inputs
            .iter()
            .any(|input| input == path || same.is_some() && fs::canonicalize(input).ok() == same);
        if is_input {
            return refused("это исходный файл, он не заменяется: укажите другое имя");
        }
        if self.replace == Replace::Always || seal::is_unchanged(path) {
            return Ok(());
        }
        if seal::report_format(path).is_some() {
            return refused(
                "здесь стоит отчёт, который изменили после создания; укажите другое имя или --force, чтобы заменить",
            );
        }
        refused("файл уже есть; укажите другое имя или --force, чтобы заменить")
    }

    /// Writes these bytes, whole or not at all.
    ///
    /// # Errors
    /// [`Failure::Output`] with what happened and what to do.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.write_with(|file| file.write_all(bytes))
    }

    /// Writes what `fill` puts into the file, whole or not at all.
    ///
    /// # Errors
    /// [`Failure::Output`] with what happened and what to do.
    pub fn write_with(
        &self,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<(), Failure> {
        self.check()?;
        self.replace_by(fill).map_err(|error| self.failure(&error))
    }

    fn replace_by(&self, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
        // What a link leads to is replaced, and the link stays.
        let place = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let mut file = beside(&place)?;
        fill(file.as_file_mut())?;
        file.as_file().sync_all()?;
        keep_mode(file.as_file(), &place)?;
        if cfg!(windows) {
            file.as_file().unlock()?;
        }
        file.persist(&place).map_err(|refused| refused.error)?;
        // The file is whole by now; that its name is on the disk too is more than some systems give.
        let _ = File::open(folder(&place)).and_then(|folder| folder.sync_all());
        Ok(())
    }

    fn failure(&self, error: &io::Error) -> Failure {
        Failure::output(&self.path, explain(&self.path, error))
    }
}

/// A temporary file beside a place, hidden and with no name of a table, so that no folder of inputs
/// has it. One that a killed run has left there for this place goes first: a run that still writes
/// its own holds a lock on it.
fn beside(place: &Path) -> io::Result<NamedTempFile> {
    let folder = folder(place);
    let name = place.file_name().unwrap_or_default();
    let hash = Sha256::digest(name.as_encoded_bytes());
    let hash = hash.iter().take(6).map(|byte| format!("{byte:02x}"));
    let prefix = format!(".mms-{}-", hash.collect::<String>());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let left = entry.file_name().to_string_lossy().starts_with(&prefix)
            && entry.file_type().is_ok_and(|kind| kind.is_file());
        if left && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            // What cannot be removed harms nobody.
            let _ = fs::remove_file(entry.path());
        }
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As open as the user's other files are.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.prefix(&prefix).suffix(".tmp").tempfile_in(folder)?;
    // Some network disks know no locks; there two runs for one place at once may hinder each other.
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// Fails when two outputs are to stand in one place: the later would replace the earlier.
///
/// # Errors
/// [`Failure::Output`] with the second of them.
pub fn all_apart(files: &[&Output]) -> Result<(), Failure> {
    for (number, file) in files.iter().enumerate() {
        if files.iter().take(number).any(|other| other.is_at(file)) {
            return Err(Failure::output(
                file.path(),
                "сюда записался бы и другой результат этой команды: дайте им разные имена",
            ));
        }
    }
    Ok(())
}

/// Makes a folder for outputs, and those above it, where there is none.
///
/// # Errors
/// [`Failure::Output`]: a file stands there, or the folder cannot be made.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    if fs::metadata(path).is_ok_and(|there| !there.is_dir()) {
        return Err(Failure::output(path, "это файл, а не папка: укажите папку"));
    }
    fs::create_dir_all(path).map_err(|error| Failure::output(path, explain(path, &error)))
}

/// The folder of a path.
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// An output is as open as the file that it replaces.
#[cfg(unix)]
fn keep_mode(file: &File, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    match fs::metadata(path) {
        Ok(there) => {
            let mode = there.permissions().mode() & 0o777;
            file.set_permissions(fs::Permissions::from_mode(mode))
        }
        Err(_) => Ok(()),
    }
}

#[cfg(not(unix))]
fn keep_mode(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

const OPEN: &str =
    "файл открыт в другой программе: закройте его в Excel или LibreOffice и повторите";

/// The system's own error, where a library has wrapped it.
fn system(error: &io::Error) -> Option<io::Error> {
    let mut code = error.raw_os_error();
    let mut inside = error.get_ref().map(|inside| inside as &dyn Error);
    while let Some(error) = inside {
        code = code.or(error.downcast_ref().and_then(io::Error::raw_os_error));
        inside = error.source();
    }
    code.map(io::Error::from_raw_os_error)
}

/// What happened and what to do.
fn explain(path: &Path, error: &io::Error) -> String {
    let system = system(error);
    let error = system.as_ref().unwrap_or(error);
    if cfg!(windows) && error.raw_os_error() == Some(SHARING_VIOLATION) {
        return OPEN.to_owned();
    }
    let folder = folder(path).display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("папки «{folder}» нет: создайте её или укажите другую"),
        io::ErrorKind::NotADirectory => format!("«{folder}» – не папка: укажите другую"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy if is_open(path) => {
            OPEN.to_owned()
        }
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
        io::ErrorKind::FileTooLarge => {
            "файл больше, чем здесь разрешено: укажите другую папку или снимите ограничение"
                .to_owned()
        }
        _ => match error.raw_os_error() {
            Some(code) => format!("запись не удалась, код ошибки системы {code}"),
            None => format!("запись не удалась: {error}"),
        },
    }
}

/// Whether Excel or LibreOffice have put beside the file what says that they have it open.
fn is_open(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let marks = [format!("~${name}"), format!(".~lock.{name}#")];
    marks.iter().any(|mark| path.with_file_name(mark).exists())
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "what stands in the way of an output is put there by hand"
)]
mod tests {
    use std::io::Write;
    use std::path::Path;

    use super::{Output, Replace, explain};

    fn put(path: &Path, replace: Replace, inputs: &[std::path::PathBuf]) -> Result<(), String> {
        Output::new(path, replace, inputs)
            .and_then(|output| output.write(b"new"))
            .map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_file_is_replaced_only_with_force_and_an_input_never() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("отчёт.xlsx");
        std::fs::write(&path, "old").unwrap();
        let refused = put(&path, Replace::OwnUnchanged, &[]).unwrap_err();
        assert!(refused.contains("--force"), "{refused}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        let inputs = [folder.path().join("./отчёт.xlsx")];
        let refused = put(&path, Replace::Always, &inputs).unwrap_err();
        assert!(refused.contains("исходный файл"), "{refused}");
        put(&path, Replace::Always, &[]).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn what_appears_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("отчёт.xlsx");
        let output = Output::new(&path, Replace::OwnUnchanged, &[]).unwrap();
        std::fs::write(&path, "someone's").unwrap();
        assert!(output.write(b"new").is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "someone's");
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::new(&folder.path().join("a.xlsx"), Replace::Always, &[]).unwrap();
        let failed = output
            .write_with(|file| {
                file.write_all(b"half")?;
                Err(std::io::ErrorKind::StorageFull.into())
            })
            .unwrap_err();
        assert_eq!(failed.exit_code(), 4);
        assert!(failed.to_string().contains("не хватает места"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_a_spreadsheet_has_open_is_named_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("отчёт.xlsx");
        let denied = std::io::ErrorKind::PermissionDenied.into();
        assert!(explain(&path, &denied).contains("нет права записи"));
        for mark in ["~$отчёт.xlsx", ".~lock.отчёт.xlsx#"] {
            let mark = folder.path().join(mark);
            std::fs::write(&mark, "").unwrap();
            assert!(explain(&path, &denied).contains("закройте его в Excel"));
            std::fs::remove_file(&mark).unwrap();
        }
    }

    #[test]
    fn a_missing_folder_and_a_folder_in_the_place_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("нет/отчёт.xlsx");
        let failed = put(&path, Replace::Always, &[]).unwrap_err();
        assert!(failed.contains("нет: создайте её"), "{failed}");
        let failed = put(folder.path(), Replace::Always, &[]).unwrap_err();
        assert!(failed.contains("это папка"), "{failed}");
    }
}
