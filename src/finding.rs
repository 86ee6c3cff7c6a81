//! Findings: everything about the inputs that a person should know.
//!
//! A finding has a stable code, an address and what was seen there. What it means, what follows for
//! the figures and what to do stand once for each code in `findings.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::registers::RegisterId;
use crate::source::{FileId, SheetId};
use crate::text::column_letters;

/// How much a finding weighs (contract §2). Ordered from the heaviest.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize, serde::Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is not counted because of it.
    Error,
    /// Counted, on an assumption that is named.
    Warning,
    /// Read differently from how it was written; nothing is lost.
    Note,
}

impl Severity {
    /// The word a user reads.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Error => "ошибка",
            Self::Warning => "предупреждение",
            Self::Note => "примечание",
        }
    }
}

/// A stable code: the letter of its severity and three digits, the first of them the layer
/// (1 files, 2 sheets and headers, 3 cells, 4 people, 5 organisations, 6 positions, 7 records,
/// 8 survey, road map and plans).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Code(pub &'static str);

impl Code {
    /// The severity that the first letter names.
    #[must_use]
    pub fn severity(self) -> Severity {
        severity_of(self.0)
    }
}

/// Where a finding stands: as much of the address as is known. Rows and columns count from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Place {
    /// The file.
    pub file: Option<FileId>,
    /// The sheet.
    pub sheet: Option<SheetId>,
    /// The row of the sheet, from 0.
    pub row: Option<u32>,
    /// The column of the sheet, from 0.
    pub column: Option<u32>,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(file: FileId) -> Self {
        Self {
            file: Some(file),
            ..Self::default()
        }
    }

    /// A whole sheet.
    #[must_use]
    pub fn sheet(sheet: SheetId) -> Self {
        Self {
            sheet: Some(sheet),
            ..Self::default()
        }
    }

    /// A row of a sheet.
    #[must_use]
    pub fn row(sheet: SheetId, row: u32) -> Self {
        Self {
            row: Some(row),
            ..Self::sheet(sheet)
        }
    }

    /// A cell of a sheet.
    #[must_use]
    pub fn cell(sheet: SheetId, row: u32, column: u32) -> Self {
        Self {
            column: Some(column),
            ..Self::row(sheet, row)
        }
    }

    /// The place within the sheet as spreadsheets show it: `C17`, `строка 17`, or nothing.
    #[must_use]
    pub fn within_sheet(&self) -> Option<String> {
        match (self.row, self.column) {
            (Some(row), Some(column)) => {
                Some(format!("{}{}", column_letters(column), u64::from(row) + 1))
            }
            (Some(row), None) => Some(format!("строка {}", u64::from(row) + 1)),
            (None, Some(column)) => Some(format!("столбец {}", column_letters(column))),
            (None, None) => None,
        }
    }
}

/// A text made of parts, some of which are personal data and stand only where they may.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Message(Vec<(bool, Box<str>)>);

impl Message {
    /// A text with no personal data.
    #[must_use]
    pub fn plain(text: impl Into<Box<str>>) -> Self {
        Self(vec![(false, text.into())])
    }

    /// Adds text with no personal data.
    #[must_use]
    pub fn then(mut self, text: impl Into<Box<str>>) -> Self {
        self.0.push((false, text.into()));
        self
    }

    /// Adds text that may be personal: a name, a date of birth, a СНИЛС, any cell that may hold one.
    #[must_use]
    pub fn personal(mut self, text: impl Into<Box<str>>) -> Self {
        self.0.push((true, text.into()));
        self
    }

    /// The whole text.
    #[must_use]
    pub fn full(&self) -> String {
        self.0.iter().map(|(_, text)| &**text).collect()
    }

    /// The text with «…» in place of personal data.
    #[must_use]
    pub fn redacted(&self) -> String {
        self.0
            .iter()
            .map(|(personal, text)| if *personal { "…" } else { text })
            .collect()
    }

    /// The text with names, and with «…» in place of personal data that hold a digit: a date of
    /// birth, a СНИЛС.
    #[must_use]
    pub fn with_names(&self) -> String {
        let withheld = |text: &str| text.chars().any(|c| c.is_ascii_digit());
        self.0
            .iter()
            .map(|(personal, text)| {
                if *personal && withheld(text) {
                    "…"
                } else {
                    text
                }
            })
            .collect()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.is_empty())
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

/// One finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Which kind it is.
    pub code: Code,
    /// The register whose figures it may touch; none when it touches none or all.
    pub register: Option<RegisterId>,
    /// Where it stands.
    pub place: Place,
    /// What was seen there, with the cell's own words: «„32.01.2024“ — не дата».
    pub seen: Message,
    /// What to do in this very case, in addition to the code's own advice.
    pub advice: Message,
}

/// Collects the findings of a run.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    all: Vec<Finding>,
    deaf: bool,
}

impl Findings {
    /// Keeps nothing: for figures that are computed once more, of another date.
    #[must_use]
    pub fn unheard() -> Self {
        Self {
            all: Vec::new(),
            deaf: true,
        }
    }

    /// Whether findings are kept.
    #[must_use]
    pub fn are_heard(&self) -> bool {
        !self.deaf
    }

    /// Adds a finding.
    pub fn add(
        &mut self,
        code: Code,
        register: Option<RegisterId>,
        place: Place,
        seen: impl Into<Message>,
    ) {
        self.push(Finding {
            code,
            register,
            place,
            seen: seen.into(),
            advice: Message::default(),
        });
    }

    /// Adds a finding with advice of its own.
    pub fn add_with_advice(
        &mut self,
        code: Code,
        register: Option<RegisterId>,
        place: Place,
        seen: impl Into<Message>,
        advice: impl Into<Message>,
    ) {
        self.push(Finding {
            code,
            register,
            place,
            seen: seen.into(),
            advice: advice.into(),
        });
    }

    /// Adds a ready finding.
    pub fn push(&mut self, finding: Finding) {
        if !self.deaf {
            self.all.push(finding);
        }
    }

    /// Takes over the findings of `other`.
    pub fn absorb(&mut self, other: Findings) {
        self.all.extend(other.all);
    }

    /// All findings, in the order they were added.
    #[must_use]
    pub fn all(&self) -> &[Finding] {
        &self.all
    }

    /// All findings, to renumber files and sheets.
    pub fn all_mut(&mut self) -> &mut [Finding] {
        &mut self.all
    }

    /// Orders the findings by weight, then code, then place, and drops exact repetitions.
    pub fn sort(&mut self) {
        self.all
            .sort_by_cached_key(|f| (f.code.severity(), f.code, f.place, f.seen.full()));
        self.all.dedup();
    }

    /// How many findings there are of each code.
    #[must_use]
    pub fn by_code(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for finding in &self.all {
            *counts.entry(finding.code.0).or_insert(0) += 1;
        }
        counts
    }

    /// How many findings there are of one severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.all
            .iter()
            .filter(|f| f.code.severity() == severity)
            .count()
    }
}

/// The page of a code: what `mms check --explain CODE` prints.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodePage {
    /// The code.
    pub code: String,
    /// The kind in a few words: «дата не прочитана».
    pub title: String,
    /// What was met.
    pub meaning: String,
    /// What follows for the figures.
    pub effect: String,
    /// What to do.
    pub remedy: String,
    /// An example of what causes it.
    pub example: String,
}

#[derive(Deserialize)]
struct Catalogue {
    finding: Vec<CodePage>,
}

/// All kinds of findings, from `findings.toml`, by code.
#[must_use]
pub fn catalogue() -> &'static BTreeMap<String, CodePage> {
    static PAGES: OnceLock<BTreeMap<String, CodePage>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let parsed: Catalogue =
            crate::text::data_file("findings.toml", include_str!("findings.toml"));
        parsed
            .finding
            .into_iter()
            .map(|page| (page.code.clone(), page))
            .collect()
    })
}

/// The page of one code.
#[must_use]
pub fn page(code: Code) -> Option<&'static CodePage> {
    catalogue().get(code.0)
}

/// The severity that a code's first letter names.
#[must_use]
pub fn severity_of(code: &str) -> Severity {
    match code.as_bytes().first() {
        Some(b'E') => Severity::Error,
        Some(b'W') => Severity::Warning,
        _ => Severity::Note,
    }
}
