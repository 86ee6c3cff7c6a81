//! The input files of a run: what the given files and folders hold, in a fixed order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::file::io_failure;
use super::open::expected;
use super::package::is_own_report;
use crate::failure::Failure;

/// An input file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct InputPath {
    /// Where it is.
    pub path: PathBuf,
    /// How it is named to the user: its path inside the given folder with `/`, or its name where
    /// the file itself was given.
    pub shown: String,
}

/// Why a file of a folder is not read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Passed {
    /// A report that this program wrote.
    OwnReport,
    /// The ending of its name is none of a table.
    NoTable,
}

/// What the given files and folders hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Discovered {
    /// The files to read, ordered by `shown`.
    pub files: Vec<InputPath>,
    /// The files of the folders that are passed over and worth a word, ordered by `shown`. Lock
    /// files, hidden files and `*.toml` are passed over without one.
    pub passed: Vec<(InputPath, Passed)>,
}

/// Finds the input files. A folder is searched with all its subfolders; a file that is named itself is
/// taken whatever its ending. A file that is reached twice is read once.
///
/// # Errors
/// An input is missing, cannot be read, or is neither a file nor a folder.
pub fn discover(inputs: &[PathBuf]) -> Result<Discovered, Failure> {
    let mut found = Found::default();
    for input in inputs {
        let facts = std::fs::metadata(input).map_err(|error| io_failure(input, &error))?;
        if facts.is_dir() {
            found.folder(input, input, &mut Vec::new())?;
        } else if facts.is_file() {
            found.given(input);
        } else {
            return Err(Failure::input(
                input,
                "это не файл и не папка, а канал или устройство. Сохраните таблицу в файл и укажите его",
            ));
        }
    }
    Ok(found.sorted())
}

#[derive(Default)]
struct Found {
    /// What was taken already, by its real path.
    known: BTreeSet<PathBuf>,
    /// With the folder that tells it from another of the same name.
    files: Vec<(InputPath, String)>,
    passed: Vec<(InputPath, Passed)>,
}

impl Found {
    /// `above` are the real paths of the folders on the way here, so that a link back ends.
    fn folder(
        &mut self,
        given: &Path,
        folder: &Path,
        above: &mut Vec<PathBuf>,
    ) -> Result<(), Failure> {
        let real = std::fs::canonicalize(folder).map_err(|error| io_failure(folder, &error))?;
        if above.contains(&real) {
            return Ok(());
        }
        above.push(real);
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| io_failure(folder, &error))? {
            entries.push(entry.map_err(|error| io_failure(folder, &error))?.path());
        }
        entries.sort();
        for path in entries {
            let name = name(&path);
            if name.starts_with('.') || name.starts_with("~$") {
                continue;
            }
            let Ok(facts) = std::fs::metadata(&path) else {
                // A link that leads nowhere.
                continue;
            };
            if facts.is_dir() {
                self.folder(given, &path, above)?;
            } else if facts.is_file() {
                self.file(given, &path);
            }
        }
        above.pop();
        Ok(())
    }

    /// A file that is named itself, perhaps by `*` of a shell: what a folder would pass over without
    /// a word and what this program wrote is passed over here too, all else is read.
    fn given(&mut self, path: &Path) {
        let shown = name(path);
        if shown.starts_with("~$") || is_settings(path) {
            return;
        }
        if is_own_report(path) {
            let path = path.to_owned();
            self.passed
                .push((InputPath { path, shown }, Passed::OwnReport));
        } else {
            self.take(path, path.parent(), shown);
        }
    }

    /// A file of a folder.
    fn file(&mut self, given: &Path, path: &Path) {
        let shown = relative(given, path);
        if is_settings(path) {
            return;
        }
        let reason = if expected(path).is_none() {
            Passed::NoTable
        } else if is_own_report(path) {
            Passed::OwnReport
        } else {
            self.take(path, Some(given), shown);
            return;
        };
        let path = path.to_owned();
        self.passed.push((InputPath { path, shown }, reason));
    }

    fn take(&mut self, path: &Path, folder: Option<&Path>, shown: String) {
        let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if !self.known.insert(real.clone()) {
            return;
        }
        let folder = folder
            .and_then(|folder| std::fs::canonicalize(folder).ok())
            .or_else(|| real.parent().map(Path::to_owned));
        let folder = folder.as_deref().map(name).unwrap_or_default();
        let path = path.to_owned();
        self.files.push((InputPath { path, shown }, folder));
    }

    /// In order, with different names for different files.
    fn sorted(self) -> Discovered {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (file, _) in &self.files {
            *counts.entry(file.shown.clone()).or_default() += 1;
        }
        let mut files: Vec<InputPath> = self
            .files
            .into_iter()
            .map(|(mut file, folder)| {
                if counts.get(&file.shown).is_some_and(|count| *count > 1) && !folder.is_empty() {
                    file.shown = format!("{folder}/{}", file.shown);
                }
                file
            })
            .collect();
        files.sort_by(|left, right| (&left.shown, &left.path).cmp(&(&right.shown, &right.path)));
        // Folders of one name in different places: a number tells them apart.
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for file in &mut files {
            let time = times.entry(file.shown.clone()).or_default();
            *time += 1;
            if *time > 1 {
                file.shown = format!("{} ({time})", file.shown);
            }
        }
        let mut passed = self.passed;
        passed.sort_by(|left, right| left.0.shown.cmp(&right.0.shown));
        passed.dedup();
        Discovered { files, passed }
    }
}

/// Whether the file is one of settings.
fn is_settings(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

/// The last part of a path.
fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The path inside a folder, with `/` on every system.
fn relative(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder)
        .unwrap_or(path)
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with files of these names, each with a byte in it.
    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let mut file = std::fs::File::options()
                .create(true)
                .append(true)
                .open(path)
                .unwrap();
            std::io::Write::write_all(&mut file, b"x").unwrap();
        }
        folder
    }

    fn shown(inputs: &[PathBuf]) -> Vec<String> {
        let found = discover(inputs).unwrap();
        found.files.into_iter().map(|file| file.shown).collect()
    }

    #[test]
    fn a_folder_is_read_with_its_subfolders_in_order() {
        let folder = folder(&["б.csv", "а/2.XLSX", "а/1.ods", "в.txt", "а/б/3.xlsb"]);
        let given = [folder.path().to_owned()];
        assert_eq!(
            shown(&given),
            ["а/1.ods", "а/2.XLSX", "а/б/3.xlsb", "б.csv", "в.txt"]
        );
    }

    #[test]
    fn what_is_no_input_is_passed_over() {
        let folder = folder(&[
            "a.csv",
            "~$a.xlsx",
            ".скрытый.csv",
            ".git/b.csv",
            "mms.toml",
            "приказ.docx",
            "expected.json",
        ]);
        let found = discover(&[folder.path().to_owned()]).unwrap();
        assert_eq!(found.files.len(), 1);
        let passed: Vec<_> = found
            .passed
            .iter()
            .map(|(file, why)| (file.shown.as_str(), *why))
            .collect();
        assert_eq!(
            passed,
            [
                ("expected.json", Passed::NoTable),
                ("приказ.docx", Passed::NoTable)
            ]
        );
    }

    #[test]
    fn a_file_reached_twice_is_read_once() {
        let folder = folder(&["a/1.csv", "2.csv"]);
        let root = folder.path();
        let given = [
            root.to_owned(),
            root.join("a"),
            root.join("2.csv"),
            root.join("a/../2.csv"),
        ];
        assert_eq!(shown(&given), ["2.csv", "a/1.csv"]);
    }

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders() {
        let folder = folder(&["январь/курсы.csv", "март/курсы.csv", "март/опрос.csv"]);
        let root = folder.path();
        let given = [
            root.join("январь"),
            root.join("март/курсы.csv"),
            root.join("март/опрос.csv"),
        ];
        assert_eq!(
            shown(&given),
            ["март/курсы.csv", "опрос.csv", "январь/курсы.csv"]
        );
    }

    #[test]
    fn order_and_names_do_not_depend_on_the_order_of_inputs() {
        let folder = folder(&["a/x/1.csv", "b/x/1.csv"]);
        let (a, b) = (folder.path().join("a/x"), folder.path().join("b/x"));
        assert_eq!(shown(&[a.clone(), b.clone()]), ["x/1.csv", "x/1.csv (2)"]);
        assert_eq!(
            discover(&[a.clone(), b.clone()]).unwrap(),
            discover(&[b, a]).unwrap()
        );
    }

    #[test]
    fn a_named_file_is_taken_whatever_its_ending() {
        let folder = folder(&["данные", "~$данные.xlsx", "mms.toml"]);
        let root = folder.path();
        let given = [
            root.join("данные"),
            root.join("~$данные.xlsx"),
            root.join("mms.toml"),
        ];
        assert_eq!(shown(&given), ["данные"]);
    }

    #[test]
    fn a_missing_input_is_named() {
        let failure = discover(&[PathBuf::from("нет такой папки")]).unwrap_err();
        assert_eq!(failure.exit_code(), 3);
        let text = failure.to_string();
        assert!(
            text.contains("нет такой папки: такого файла или папки нет"),
            "{text}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_in_circles_and_to_nowhere_end() {
        let folder = folder(&["a/1.csv"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/back")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("a/lost.csv")).unwrap();
        assert_eq!(shown(&[folder.path().to_owned()]), ["a/1.csv"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_refused() {
        let failure = discover(&[PathBuf::from("/dev/null")]).unwrap_err();
        assert!(
            failure.to_string().contains("канал или устройство"),
            "{failure}"
        );
    }
}
