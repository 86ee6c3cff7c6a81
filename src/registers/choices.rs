//! What the settings say of files and sheets: `[sources]` (also `--source`) and `[columns]`.

use super::RegisterId;
use super::catalogue::Catalogue;
use super::refusals::unknown_register;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::source::InputPath;
use crate::text::{fold, nearest};

/// A pin of `[columns]`: a header or a letter, and the column of the register that it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pin {
    /// The key of `[columns]`, for messages.
    pub key: String,
    /// The header as written, or the column's letter.
    pub header: String,
    /// The canonical name of the register's column.
    pub column: String,
}

/// A register that was named for a file or for one sheet of it.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Source {
    key: String,
    sheet: Option<String>,
    register: RegisterId,
}

/// What was said of one file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FileChoices {
    sources: Vec<Source>,
    pins: Vec<(Option<String>, Pin)>,
}

/// What was said of one sheet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SheetChoices {
    /// The register that was named for this very sheet.
    pub register: Option<RegisterId>,
    /// The register that was named for the whole file: it is that of each sheet that has its columns.
    pub file_register: Option<RegisterId>,
    /// The pins, those for this very sheet and those for the whole file.
    pub pins: Vec<Pin>,
    /// Which pins are for this very sheet.
    of_sheet: Vec<bool>,
}

impl SheetChoices {
    /// Whether a pin is for this very sheet and must find its column there.
    #[must_use]
    pub fn is_of_sheet(&self, pin: usize) -> bool {
        self.of_sheet.get(pin).copied().unwrap_or(false)
    }
}

impl FileChoices {
    /// What was said of a sheet.
    #[must_use]
    pub fn sheet(&self, name: &str) -> SheetChoices {
        let named = |sheet: &Option<String>| sheet.as_deref().is_some_and(|s| s == fold(name));
        let pins: Vec<_> = self
            .pins
            .iter()
            .filter(|(sheet, _)| sheet.is_none() || named(sheet))
            .collect();
        SheetChoices {
            register: self
                .sources
                .iter()
                .find(|source| named(&source.sheet))
                .map(|source| source.register),
            file_register: self.file_register(),
            pins: pins.iter().map(|(_, pin)| pin.clone()).collect(),
            of_sheet: pins.iter().map(|(sheet, _)| sheet.is_some()).collect(),
        }
    }

    /// The register that was named for the whole file.
    #[must_use]
    pub fn file_register(&self) -> Option<RegisterId> {
        self.sources
            .iter()
            .find(|source| source.sheet.is_none())
            .map(|source| source.register)
    }

    /// The pins that were set for the whole file.
    pub fn file_pins(&self) -> impl Iterator<Item = &Pin> {
        self.pins
            .iter()
            .filter(|(sheet, _)| sheet.is_none())
            .map(|(_, pin)| pin)
    }

    /// Checks that the sheets that were named are there.
    ///
    /// # Errors
    /// One is not.
    pub fn check(&self, shown: &str, sheets: &[&str]) -> Result<(), Failure> {
        let sources = self
            .sources
            .iter()
            .map(|source| ("[sources]", &source.key, &source.sheet));
        let pins = self
            .pins
            .iter()
            .map(|(sheet, pin)| ("[columns]", &pin.key, sheet));
        for (place, key, sheet) in sources.chain(pins) {
            let Some(sheet) = sheet else { continue };
            if sheets.iter().any(|name| fold(name) == *sheet) {
                continue;
            }
            let near = nearest(sheet, sheets.iter().copied());
            return Err(Failure::Usage(match near {
                Some(near) => format!(
                    "{place}: «{key}»: в файле «{shown}» нет такого листа. Возможно, имелся в виду «{near}»"
                ),
                None => format!(
                    "{place}: «{key}»: в файле «{shown}» нет такого листа. Есть: {}",
                    sheets.join(", ")
                ),
            }));
        }
        Ok(())
    }
}

/// What the settings say of each of the files.
///
/// # Errors
/// A setting names a file or a register that there is not.
pub fn choices(
    settings: &Settings,
    files: &[InputPath],
    catalogue: &Catalogue,
) -> Result<Vec<FileChoices>, Failure> {
    let mut all = vec![FileChoices::default(); files.len()];
    for (key, register) in &settings.sources {
        let id = catalogue
            .find_register(register)
            .ok_or_else(|| unknown_register("[sources]", register, catalogue))?;
        let (indices, sheet) = find_files("[sources]", key, files)?;
        for index in indices {
            if let Some(choices) = all.get_mut(index) {
                choices.sources.push(Source {
                    key: key.clone(),
                    sheet: sheet.clone(),
                    register: id,
                });
            }
        }
    }
    for (key, pins) in &settings.columns {
        let (indices, sheet) = find_files("[columns]", key, files)?;
        for index in indices {
            if let Some(choices) = all.get_mut(index) {
                for (header, column) in pins {
                    known_column(key, column, catalogue)?;
                    choices.pins.push((
                        sheet.clone(),
                        Pin {
                            key: key.clone(),
                            header: header.clone(),
                            column: column.clone(),
                        },
                    ));
                }
            }
        }
    }
    Ok(all)
}

/// Checks that some register has a column.
fn known_column(key: &str, column: &str, catalogue: &Catalogue) -> Result<(), Failure> {
    let known = catalogue
        .registers
        .iter()
        .any(|register| register.find_column(column).is_some());
    if known {
        return Ok(());
    }
    let titles = catalogue
        .registers
        .iter()
        .flat_map(|register| &register.columns)
        .map(|column| column.title.as_str());
    let advice = nearest(column, titles).map_or_else(String::new, |near| {
        format!(". Возможно, имелся в виду «{near}»")
    });
    Err(Failure::Usage(format!(
        "[columns] «{key}»: ни в одной таблице нет столбца «{column}»{advice}"
    )))
}

/// The files that a key names, and the folded name of the sheet after `#`.
fn find_files(
    place: &str,
    key: &str,
    files: &[InputPath],
) -> Result<(Vec<usize>, Option<String>), Failure> {
    let find = |name: &str| -> Vec<usize> {
        (0..)
            .zip(files)
            .filter(|(_, file)| is_named(file, name))
            .map(|(index, _)| index)
            .collect()
    };
    let whole = find(key);
    if !whole.is_empty() {
        return Ok((whole, None));
    }
    let mut name = key;
    for (at, _) in key.match_indices('#') {
        name = key.get(..at).unwrap_or(key);
        let found = find(name);
        if !found.is_empty() {
            return Ok((found, key.get(at + 1..).map(fold)));
        }
    }
    let near = nearest(name, files.iter().map(|file| file.shown.as_str()));
    Err(Failure::Usage(match near {
        Some(near) => format!(
            "{place}: «{key}»: среди входных файлов такого нет. Возможно, имелся в виду «{near}»"
        ),
        None => format!("{place}: «{key}»: среди входных файлов такого нет"),
    }))
}

/// Whether a name is that of a file: its shown path, its end, or the path it was given by.
fn is_named(file: &InputPath, name: &str) -> bool {
    let name = fold(&name.replace('\\', "/"));
    let name = name.strip_prefix("./").unwrap_or(&name);
    if name.is_empty() {
        return false;
    }
    let shown = fold(&file.shown);
    let path = fold(&file.path.to_string_lossy().replace('\\', "/"));
    [shown, path].iter().any(|path| {
        path == name
            || path
                .strip_suffix(name)
                .is_some_and(|before| before.ends_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::catalogue;
    use super::*;

    fn files(names: &[&str]) -> Vec<InputPath> {
        names
            .iter()
            .map(|name| InputPath {
                path: format!("data/{name}").into(),
                shown: (*name).to_owned(),
            })
            .collect()
    }

    fn settings(toml: &str) -> Settings {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn a_sheet_and_a_file_are_named() {
        let settings = settings(
            "[sources]\n\"Список.xlsx#Лист2\" = \"diagnostics\"\n\"b.csv\" = \"Курсы\"\n\
             [columns]\n\"список.xlsx\" = { \"D\" = \"Статус\" }",
        );
        let files = files(&["Список.xlsx", "папка/b.csv"]);
        let all = choices(&settings, &files, catalogue()).unwrap();
        let first = all.first().unwrap();
        assert_eq!(first.sheet("лист2").register, Some(RegisterId::Diagnostics));
        assert_eq!(first.sheet("Лист1").register, None);
        assert_eq!(first.sheet("Лист1").pins.len(), 1);
        assert_eq!(
            all.get(1).unwrap().sheet("b").file_register,
            Some(RegisterId::Courses)
        );
        assert!(first.check("Список.xlsx", &["Лист1", "Лист2"]).is_ok());
        let failure = first.check("Список.xlsx", &["Лист1"]).unwrap_err();
        assert_eq!(failure.exit_code(), 2);
        assert!(failure.to_string().contains("Лист1"), "{failure}");
    }

    #[test]
    fn what_is_not_there_is_refused_with_the_nearest() {
        let given = files(&["Список.xlsx"]);
        for (toml, expected) in [
            ("[sources]\n\"Спсок.xlsx\" = \"courses\"", "Список.xlsx"),
            ("[sources]\n\"Список.xlsx\" = \"course\"", "courses"),
            (
                "[columns]\n\"Другое.ods\" = { \"D\" = \"Статус\" }",
                "Другое.ods",
            ),
        ] {
            let failure = choices(&settings(toml), &given, catalogue()).unwrap_err();
            assert_eq!(failure.exit_code(), 2, "{toml}");
            assert!(failure.to_string().contains(expected), "{failure}");
        }
    }
}
