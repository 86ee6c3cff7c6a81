//! What «Паспорт» prints: how the report came about.

/// How the report came about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Passport {
    /// `mms 0.1.0`
    pub tool: String,
    /// `mms-result/1`
    pub schema: String,
    /// The settings in force.
    pub settings: Vec<SettingRow>,
    /// The input files.
    pub inputs: Vec<InputRow>,
    /// The sheets of the input files.
    pub sheets: Vec<SheetRow>,
    /// The command that makes the report again.
    pub command: String,
    /// What else must be said of the whole: tables without dates, people in several organisations.
    pub remarks: Vec<String>,
}

/// A setting in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingRow {
    /// `survey.undecided`
    pub key: String,
    /// Its value.
    pub value: String,
    /// Where it came from.
    pub origin: String,
}

/// An input file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputRow {
    /// The path as it is shown.
    pub path: String,
    /// What it turned out to be: «xlsx», «csv, windows-1251, разделитель ;».
    pub format: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A sheet of an input file and the fate of its rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetRow {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The register by title; none where it was passed over.
    pub register: Option<String>,
    /// The header's row, from 1.
    pub header_row: Option<u64>,
    /// Rows read below the header.
    pub read: u64,
    /// Rows that became records.
    pub used: u64,
    /// Rows that did not, by reason in words.
    pub left_out: Vec<(String, u64)>,
    /// Rows hidden or filtered out of sight, read like any other.
    pub hidden_rows: Option<u32>,
}
