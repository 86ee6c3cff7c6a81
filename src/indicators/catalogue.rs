//! The fourteen indicators as data: `section_4_1.toml`, read once.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::registers::RegisterId;

/// The unit of a figure (contract §3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// 100 × numerator / denominator.
    Percent,
    /// A number of things.
    Count,
    /// Numerator / denominator.
    PerOne,
    /// Yes or no.
    YesNo,
}

impl Unit {
    /// The unit as the official form prints it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Count => "команд",
            Self::PerOne => "чел.",
            Self::YesNo => "да/нет",
        }
    }
}

/// Whom or what a figure speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// T.
    Teachers,
    /// M.
    Managers,
    /// T with an IOM (the numerator of 4.1.3.3).
    WithIom,
    /// T, young and in the first years of work (methodology §2.6).
    Young,
    /// T who hold the status of a regional methodist.
    Methodists,
    /// General-education organisations open on D.
    Schools,
    /// Management teams.
    Teams,
    /// Measures of the road map.
    Measures,
    /// Answers of the survey.
    Answers,
}

impl Scope {
    /// Whether each verdict is on the records of one person.
    #[must_use]
    pub fn is_people(self) -> bool {
        matches!(
            self,
            Self::Teachers | Self::Managers | Self::WithIom | Self::Young
        )
    }
}

/// How a record meets the window (methodology §1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Time {
    /// Its date is in W.
    InWindow,
    /// It overlaps W.
    Overlaps,
    /// It holds as of D.
    AsOf,
}

/// What else a record must satisfy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// A diagnostics record whose status allows (methodology §2).
    Diagnosed,
    /// Completed by status and date (§2.2).
    CourseCompleted,
    /// In the Federal registry (§2.2).
    InRegistry,
    /// Chosen with regard to diagnostics (§2.2).
    ChosenByDiagnostics,
    /// No draft (§2.3).
    IomDeveloped,
    /// Of the kind «непрерывное повышение профессионального мастерства», or of none (§2.3).
    ContinuousKind,
    /// Ended with success (§2.3).
    IomSucceeded,
    /// The status of a regional methodist (§2.5).
    Methodist,
    /// A record of support (§2.6).
    Supported,
}

/// One indicator as the data file defines it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// `4.1.2.1`
    pub id: String,
    /// The paragraph of the source and the bullet in it.
    pub paragraph: String,
    /// The order's own words.
    pub text: String,
    /// A short title for narrow columns.
    pub short: String,
    /// The header of its column in the evidence: letters, digits and spaces alone, so that formulas
    /// can name it; empty where people are not judged.
    #[serde(default)]
    pub header: String,
    /// The unit.
    pub unit: Unit,
    /// Whom it speaks of.
    pub scope: Scope,
    /// The register of its records.
    pub register: RegisterId,
    /// How a record meets the window; none for the road map.
    pub time: Option<Time>,
    /// What else a record must satisfy.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// What is counted above the line, in words.
    pub numerator: String,
    /// What is counted below the line, in words; none for a count.
    pub denominator: Option<String>,
}

impl Definition {
    /// The registers whose findings can move this figure.
    #[must_use]
    pub fn registers(&self) -> Vec<RegisterId> {
        let mut all = vec![self.register];
        match self.scope {
            Scope::Measures | Scope::Schools | Scope::Answers => {}
            Scope::Methodists => {
                all.extend([RegisterId::Methodists, RegisterId::Staff, RegisterId::Links])
            }
            _ => all.extend([RegisterId::Staff, RegisterId::Links]),
        }
        if self.conditions.contains(&Condition::InRegistry) {
            all.push(RegisterId::Registry);
        }
        if self.conditions.contains(&Condition::ChosenByDiagnostics) {
            all.push(RegisterId::Diagnostics);
        }
        all
    }
}

/// The heading of a group of indicators.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// `4.1.2`
    pub number: String,
    /// The order's own words.
    pub text: String,
}

/// The list of indicators with its source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The document that names the indicators.
    pub source: String,
    /// The groups of indicators.
    #[serde(rename = "paragraph")]
    pub paragraphs: Vec<Heading>,
    /// The indicators in the order of the source.
    #[serde(rename = "indicator")]
    pub indicators: Vec<Definition>,
}

/// The indicators of section 4.1.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        crate::text::data_file("section_4_1.toml", include_str!("section_4_1.toml"))
    })
}
