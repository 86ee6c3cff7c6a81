//! The settings in force, and where each of them came from.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::check::join;
use super::keys::{keys, nearest_or_all};
use super::{Settings, register_named};
use crate::failure::Failure;
use crate::period::WindowKind;
use crate::registers::RegisterId;

/// Where the value of a setting came from. A flag beats the file, the file beats the default.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The default.
    Default,
    /// A line, from 1, of the settings file.
    File(PathBuf, u32),
    /// A flag of the command line: `--window`.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("по умолчанию"),
            Self::File(path, line) => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                write!(f, "{}, строка {line}", Path::new(name).display())
            }
            Self::Flag(flag) => write!(f, "флаг {flag}"),
        }
    }
}

/// One setting to show: `key = value`, both as TOML, and where it came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The dotted key: `staff.external`, `targets."4.1.2.1"`.
    pub key: String,
    /// The value as TOML.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
}

/// Settings with the origin of each.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct InForce {
    /// The settings.
    pub settings: Settings,
    /// The settings file, if there is one.
    pub file: Option<PathBuf>,
    origins: BTreeMap<String, Origin>,
}

impl InForce {
    /// Settings of which it is not known where they came from.
    #[must_use]
    pub fn of(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// The settings of a file, with the line of every key that it has.
    pub(super) fn from_file(settings: Settings, file: &Path, lines: BTreeMap<String, u32>) -> Self {
        let origins = lines
            .into_iter()
            .map(|(key, line)| (key, Origin::File(file.to_owned(), line)))
            .collect();
        Self {
            settings,
            file: Some(file.to_owned()),
            origins,
        }
    }

    /// Where the value of a key came from; the key as [`Entry::key`] has it.
    #[must_use]
    pub fn origin(&self, key: &str) -> Origin {
        self.origins.get(key).cloned().unwrap_or(Origin::Default)
    }

    /// Takes the window of `--window`.
    pub fn set_window(&mut self, window: WindowKind) {
        self.settings.window = window.to_string();
        self.flag("window".to_owned(), "--window");
    }

    /// Takes `--names`.
    pub fn set_names(&mut self) {
        self.settings.privacy.names = true;
        self.flag("privacy.names".to_owned(), "--names");
    }

    /// Takes one `--source`: the file or `file#sheet` and its register.
    ///
    /// # Errors
    /// The register is unknown.
    pub fn pin_source(&mut self, place: &str, register: &str) -> Result<(), Failure> {
        register_named(register).map_err(Failure::Usage)?;
        self.settings
            .sources
            .insert(place.to_owned(), register.to_owned());
        self.flag(join("sources", place), "--source");
        Ok(())
    }

    fn flag(&mut self, key: String, flag: &'static str) {
        self.origins.insert(key, Origin::Flag(flag));
    }

    /// All settings in the order of contract §5. A table whose keys the user chooses gives one
    /// entry for each value in it, or one empty table.
    ///
    /// # Errors
    /// A number is too large for TOML, which no checked settings have.
    pub fn entries(&self) -> Result<Vec<Entry>, Failure> {
        let table = toml::Table::try_from(&self.settings)
            .map_err(|error| Failure::Usage(format!("настройки не записываются: {error}")))?;
        let mut entries = Vec::new();
        for key in &keys().key {
            let (section, name) = key.parts();
            let home = match section {
                "" => Some(&table),
                section => table.get(section).and_then(toml::Value::as_table),
            };
            if let Some(value) = home.and_then(|home| home.get(name)) {
                self.add(&mut entries, &key.path, value);
            }
        }
        Ok(entries)
    }

    fn add(&self, entries: &mut Vec<Entry>, path: &str, value: &toml::Value) {
        match value {
            toml::Value::Table(table) if !table.is_empty() => {
                for (name, value) in table {
                    self.add(entries, &join(path, name), value);
                }
            }
            _ => entries.push(Entry {
                key: path.to_owned(),
                value: value.to_string(),
                origin: self.origin(path),
            }),
        }
    }

    /// Checks the columns that `[columns]` and `[aliases]` name; `known` gives the canonical
    /// columns of a register.
    ///
    /// # Errors
    /// A column is unknown: with its origin and the nearest known column.
    pub fn check_columns(&self, known: &dyn Fn(RegisterId) -> Vec<String>) -> Result<(), Failure> {
        let mut problems = Vec::new();
        let mut check = |path: &str, column: &str, columns: &[String]| {
            if !columns.iter().any(|known| known == column) {
                let advice = nearest_or_all(column, columns.iter().map(String::as_str));
                let place = match self.origin(path) {
                    Origin::File(path, line) => format!("{}, строка {line}", path.display()),
                    other => other.to_string(),
                };
                problems.push(format!("{place}: неизвестный столбец «{column}»; {advice}"));
            }
        };
        for (register, aliases) in &self.settings.aliases {
            let columns = register_named(register).map(known).unwrap_or_default();
            let path = join("aliases", register);
            for column in aliases.keys() {
                check(&join(&path, column), column, &columns);
            }
        }
        let mut all: Vec<String> = Vec::new();
        if !self.settings.columns.is_empty() {
            let registers = super::register_names().filter_map(|name| register_named(name).ok());
            all.extend(registers.flat_map(known));
            all.sort();
            all.dedup();
        }
        for (place, pins) in &self.settings.columns {
            let path = join("columns", place);
            for (header, column) in pins {
                check(&join(&path, header), column, &all);
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Failure::Usage(problems.join("\n")))
        }
    }
}
