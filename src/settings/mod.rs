//! Settings: `mms.toml` of contract §5, with their defaults.
//!
//! [`load`] finds and reads the file and checks every key of it; [`InForce`] keeps, beside the
//! settings, where each came from; [`schema`] and [`template`] describe the file to editors and
//! to people.

mod check;
mod keys;
mod load;
mod origin;
mod schema;
mod template;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;

pub use keys::{indicator_ids, register_named, register_names};
pub use load::{FILE_NAME, find, load, parse};
pub use origin::{Entry, InForce, Origin};
pub use schema::schema;
pub use template::template;

/// All settings in force. The keys and defaults are those of contract §5.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// «город Кузнецк»: heading, and its forms are folded at the end of organisations' names.
    pub municipality: String,
    /// «Исполнитель», with a telephone.
    pub executor: String,
    /// Who signs.
    pub head: String,
    /// `ytd`, `period`, `school-year`, `rolling-years:N`, `all`; empty: by the period.
    pub window: String,
    /// Digits after the point of shares, 0 to 4.
    pub decimals: Decimals,
    /// Plans by indicator: a number, `<= 10`, `5..15`; for 4.1.1 «да».
    pub targets: BTreeMap<String, TargetSetting>,
    /// Who counts as staff.
    pub staff: StaffSettings,
    /// Young teachers.
    pub young: YoungSettings,
    /// Management teams.
    pub teams: TeamSettings,
    /// Mentoring.
    pub mentoring: MentoringSettings,
    /// The survey.
    pub survey: SurveySettings,
    /// Privacy.
    pub privacy: PrivacySettings,
    /// Bounds on inputs.
    pub limits: Limits,
    /// File or `file#sheet` → register.
    pub sources: BTreeMap<String, String>,
    /// File or `file#sheet` → header or letter → column of the register.
    pub columns: BTreeMap<String, BTreeMap<String, String>>,
    /// Register → column → further headers.
    pub aliases: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Register → status or answer → meaning.
    pub phrases: BTreeMap<String, BTreeMap<String, String>>,
    /// Own positions → `teacher`, `manager`, `other`.
    pub positions: BTreeMap<String, String>,
}

impl Settings {
    /// The settings as TOML, all keys included; [`Settings::from_toml`] reads them back.
    ///
    /// # Errors
    /// A number is too large for TOML, which no checked settings have.
    pub fn to_toml(&self) -> Result<String, Failure> {
        toml::to_string(self)
            .map_err(|error| Failure::Usage(format!("настройки не записываются в TOML: {error}")))
    }

    /// Reads settings that were kept by [`Settings::to_toml`], with all the checks of a file.
    ///
    /// # Errors
    /// The text is not TOML, or has unknown keys or wrong values; `place` says where it stands.
    pub fn from_toml(text: &str, place: &str) -> Result<Self, Failure> {
        Ok(parse(text, std::path::Path::new(place))?.settings)
    }
}

/// Digits after the point of shares.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decimals(pub u32);

impl Default for Decimals {
    fn default() -> Self {
        Self(1)
    }
}

/// A plan as written in `[targets]`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TargetSetting {
    /// `50`
    Whole(i64),
    /// `49.5`
    Decimal(f64),
    /// `"<= 10"`, `"5..15"`, `"да"`
    Text(String),
}

impl fmt::Display for TargetSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Decimal(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// `[staff]`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StaffSettings {
    /// Count external part-timers.
    pub external: bool,
    /// Count civil contracts and hourly pay.
    pub contract: bool,
    /// Count those on long leave.
    pub leave: bool,
    /// Every position of a combined cell, not the first alone.
    pub all_positions: bool,
}

impl Default for StaffSettings {
    fn default() -> Self {
        Self {
            external: false,
            contract: false,
            leave: true,
            all_positions: false,
        }
    }
}

/// `[young]`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct YoungSettings {
    /// The age in full years that is no longer young.
    pub max_age: u32,
    /// Aged exactly `max_age` counts.
    pub inclusive: bool,
    /// The first years of work.
    pub years: u32,
    /// Whether the condition of experience holds.
    pub first_years: bool,
}

impl Default for YoungSettings {
    fn default() -> Self {
        Self {
            max_age: 35,
            inclusive: false,
            years: 3,
            first_years: true,
        }
    }
}

/// `[teams]`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TeamSettings {
    /// Teams from organisation and programme where no column names them.
    pub derive: bool,
    /// The fewest members of a derived team.
    pub min_members: u32,
}

impl Default for TeamSettings {
    fn default() -> Self {
        Self {
            derive: false,
            min_members: 2,
        }
    }
}

/// `[mentoring]`
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MentoringSettings {
    /// Printed with the figure: «Р-145», «АЗ-1128/08».
    pub model: String,
}

/// `[survey]`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SurveySettings {
    /// Headers of the satisfaction questions.
    pub questions: Vec<String>,
    /// `1-5`, `1-10`, …, for all questions of numbers.
    pub scale: String,
    /// Headers of questions where 1 is best.
    pub reverse: Vec<String>,
    /// `include` or `exclude`.
    pub undecided: String,
}

impl Default for SurveySettings {
    fn default() -> Self {
        Self {
            questions: Vec::new(),
            scale: String::new(),
            reverse: Vec::new(),
            undecided: "include".to_owned(),
        }
    }
}

/// `[privacy]`
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PrivacySettings {
    /// As `--names`.
    pub names: bool,
    /// Hide an organisation's share with a smaller denominator.
    pub min_group: u32,
}

/// `[limits]`: bounds that national registers pass and hostile files do not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one file, and of all parts of a workbook unpacked.
    pub unpacked_bytes: u64,
    /// Bytes of one workbook that are kept in memory: texts that cells share and styles; of xls and ods
    /// all cells.
    pub memory_bytes: u64,
    /// How many times larger a part may be unpacked than packed, once it is large (64 MB).
    pub ratio: u64,
    /// Parts of a workbook.
    pub parts: u64,
    /// Rows of a sheet.
    pub rows: u32,
    /// Columns of a sheet.
    pub columns: u32,
    /// Characters of a cell.
    pub cell_length: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked_bytes: 4 << 30,
            memory_bytes: 1 << 30,
            ratio: 200,
            parts: 10_000,
            rows: 20_000_000,
            columns: 16_384,
            cell_length: 100_000,
        }
    }
}
