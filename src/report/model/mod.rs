//! Everything the report prints, in plain values: the writer of the workbook sees this alone.
//!
//! Texts that may stand in print stand here as they are printed. Personal data are here only where
//! the settings ask for them ([`ReportModel::names`]); without that no field holds a name.

mod build;
mod build_evidence;
mod evidence;
mod manifest;
mod passport;
mod scrub;
mod silent;

use std::borrow::Cow;
use std::sync::Arc;

pub use build::Origins;
pub use evidence::{
    Answer, BreakdownColumn, LeftOutPair, Mark, Marks, Measure, Methodist, Organisation, People,
    PersonColumn, PersonRef, PersonRow, State, Survey, Team, meaning_title, person_code,
};
pub use manifest::{FORMAT, Manifest, manifest_of};
pub use passport::{InputRow, Passport, SettingRow, SheetRow};

use crate::finding::Severity;
use crate::indicators::catalogue::{Scope, Unit};
use crate::indicators::figure::{RoadmapConditions, Status};
use crate::period::{Period, Window};
use crate::target::{Outcome, Target};

/// The whole report but «Динамика»: [`Dynamics`].
#[derive(Clone, PartialEq, Debug)]
pub struct ReportModel {
    /// The heading and the signatures.
    pub heading: Heading,
    /// Digits after the point of shares, 0 to 4.
    pub decimals: u32,
    /// Whether full names stand in the evidence.
    pub names: bool,
    /// An organisation's share with a smaller denominator is hidden; 0 hides none.
    pub min_group: u64,
    /// The headings of the groups of indicators.
    pub paragraphs: Vec<Paragraph>,
    /// The indicators in the order of the source.
    pub lines: Vec<Line>,
    /// The input sheets that [`Source`] speaks of.
    pub sources: Vec<SheetName>,
    /// The organisations; their code is their place in this list, counted from 1.
    pub organisations: Vec<Organisation>,
    /// The figures by organisation.
    pub breakdown: Vec<BreakdownColumn>,
    /// «Педагоги».
    pub teachers: People,
    /// «Управленцы».
    pub managers: People,
    /// «Команды».
    pub teams: Vec<Team>,
    /// «Методисты».
    pub methodists: Vec<Methodist>,
    /// Assignments in force on D that make no pair.
    pub left_out_pairs: Vec<LeftOutPair>,
    /// «Опрос»; none where 4.1.4 is «нет данных».
    pub survey: Option<Survey>,
    /// «Дорожная карта».
    pub measures: Vec<Measure>,
    /// «Замечания», the heaviest first.
    pub findings: Vec<FindingRow>,
    /// «Паспорт».
    pub passport: Passport,
}

/// What stands above and below the official table.
#[derive(Clone, PartialEq, Debug)]
pub struct Heading {
    /// «город Кузнецк»; empty where the settings name none.
    pub municipality: String,
    /// The period.
    pub period: Period,
    /// The window of events.
    pub window: Window,
    /// The document that names the indicators.
    pub source: String,
    /// «Исполнитель», with a telephone; empty leaves a blank to fill in.
    pub executor: String,
    /// The head of the service; empty leaves a blank.
    pub head: String,
}

/// A group of indicators.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// `4.1.2`: the indicators whose id is this or starts with it and a point.
    pub number: String,
    /// Its heading in the words of the source.
    pub text: String,
}

/// One of the fourteen figures.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// `4.1.2.1`
    pub id: String,
    /// The order's own words.
    pub text: String,
    /// A short title.
    pub short: String,
    /// The unit.
    pub unit: Unit,
    /// Whom or what it counts: names the evidence that its formulas count.
    pub scope: Scope,
    /// Whether it could be computed.
    pub status: Status,
    /// Above the line.
    pub numerator: Option<u64>,
    /// Below the line.
    pub denominator: Option<u64>,
    /// The value: a decimal with a point, `yes` or `no`.
    pub value: Option<String>,
    /// The plan.
    pub plan: Option<PlanLine>,
    /// The rule that was used.
    pub rule: String,
    /// What else a reader must know.
    pub note: Option<String>,
    /// The conditions of the road map.
    pub conditions: Option<RoadmapConditions>,
}

/// A plan and how the figure stands to it.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanLine {
    /// The plan.
    pub target: Target,
    /// Fact minus plan, rounded, with a point.
    pub deviation: Option<String>,
    /// The outcome.
    pub outcome: Outcome,
}

/// An input sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetName {
    /// The file as it is shown.
    pub file: String,
    /// The sheet's name; empty where the file has no sheets (csv).
    pub sheet: String,
}

/// A row of an input sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Source {
    /// Which of [`ReportModel::sources`].
    pub sheet: u32,
    /// The row, from 0.
    pub row: u32,
}

/// «Динамика»: the figures of each quarter.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dynamics {
    /// The quarters, the earliest first.
    pub quarters: Vec<String>,
    /// Their window, in words; empty where there are none.
    pub window: String,
    /// The indicators.
    pub series: Vec<Series>,
}

/// One indicator over the quarters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Series {
    /// The indicator.
    pub id: String,
    /// One figure for each quarter.
    pub points: Vec<Point>,
}

/// The figure of one quarter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Point {
    /// There is none.
    None,
    /// Two whole numbers; the denominator may be 0.
    Ratio(u64, u64),
    /// A number of things.
    Count(u64),
    /// Yes or no.
    Answer(bool),
}

/// A finding as it is printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FindingRow {
    /// Its weight.
    pub severity: Severity,
    /// Its code.
    pub code: &'static str,
    /// The kind in a few words.
    pub title: Cow<'static, str>,
    /// The file.
    pub file: Arc<str>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The cell or row.
    pub place: String,
    /// What was seen.
    pub seen: String,
    /// What follows for the figures.
    pub effect: Cow<'static, str>,
    /// What to do.
    pub advice: Cow<'static, str>,
    /// The indicators that it may touch.
    pub indicators: Arc<str>,
}

impl ReportModel {
    /// The line of an indicator.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// The line that counts this scope alone (not teachers or managers, whom several count).
    #[must_use]
    pub fn line_of(&self, scope: Scope) -> Option<&Line> {
        self.lines.iter().find(|line| line.scope == scope)
    }

    /// What every printed page belongs to: «город Кузнецк, III квартал 2024 года».
    #[must_use]
    pub fn print_heading(&self) -> String {
        let period = self.heading.period.title();
        if self.heading.municipality.is_empty() {
            return format!("Показатели ММС, {period}");
        }
        format!("Показатели ММС, {}, {period}", self.heading.municipality)
    }

    /// «Диагностика.xlsx, Лист1, строка 15».
    #[must_use]
    pub fn address(&self, source: Source) -> String {
        let row = u64::from(source.row) + 1;
        match self.sources.get(source.sheet as usize) {
            Some(name) if name.sheet.is_empty() => format!("{}, строка {row}", name.file),
            Some(name) => format!("{}, {}, строка {row}", name.file, name.sheet),
            None => format!("строка {row}"),
        }
    }

    /// The addresses of several rows.
    #[must_use]
    pub fn addresses(&self, sources: &[Source]) -> String {
        let all: Vec<String> = sources.iter().map(|source| self.address(*source)).collect();
        all.join("; ")
    }

    /// An organisation's code: its place from 1; 0 where it is not given.
    #[must_use]
    pub fn code(organisation: Option<u32>) -> u32 {
        organisation.map_or(0, |place| place + 1)
    }

    /// An organisation's name.
    #[must_use]
    pub fn organisation(&self, organisation: Option<u32>) -> &str {
        organisation
            .and_then(|place| self.organisations.get(place as usize))
            .map_or(NOT_GIVEN, |organisation| &organisation.name)
    }
}

/// In place of an organisation that is not given.
pub const NOT_GIVEN: &str = "не указана";
