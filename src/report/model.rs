//! Everything the report prints, in plain values: the writer of the workbook sees this alone.
//!
//! Texts that may stand in print stand here as they are printed. Personal data are here only where
//! the settings ask for them ([`ReportModel::names`]); without that no field holds a name.

use chrono::NaiveDate;

use crate::finding::Severity;
use crate::indicators::catalogue::{Scope, Unit};
use crate::indicators::figure::{RoadmapConditions, Status};
use crate::indicators::verdict::Reason;
use crate::period::{Period, Window, russian_date};
use crate::registers::phrase::AnswerMeaning;
use crate::target::{Outcome, Target};

/// The whole report.
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
    /// «Динамика».
    pub dynamics: Dynamics,
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

/// Where someone or something stands in one indicator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Not in the denominator.
    Outside,
    /// In the denominator alone.
    Missing,
    /// In the numerator.
    Counted,
}

impl State {
    /// 1 in the numerator, 0 in the denominator alone, none outside.
    #[must_use]
    pub fn mark(self) -> Option<u8> {
        match self {
            Self::Outside => None,
            Self::Missing => Some(0),
            Self::Counted => Some(1),
        }
    }
}

/// The verdict on one person or organisation for one indicator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Where it stands.
    pub state: State,
    /// Why; none outside the denominator.
    pub reason: Option<Reason>,
    /// The date of the row that decided it.
    pub date: Option<NaiveDate>,
    /// The row that decided it, or came nearest.
    pub row: Option<Source>,
    /// The second row that decided it: the diagnostics by which a course was chosen.
    pub support: Option<Source>,
}

impl Mark {
    /// Outside the denominator.
    pub const OUTSIDE: Self = Self {
        state: State::Outside,
        reason: None,
        date: None,
        row: None,
        support: None,
    };

    /// «учтён (12.03.2024)», «вне окна: раньше (12.11.2023)»; empty outside the denominator.
    #[must_use]
    pub fn reason_text(&self) -> String {
        match (self.reason, self.date) {
            (None, _) => String::new(),
            (Some(reason), None) => reason.title().to_owned(),
            (Some(reason), Some(date)) => format!("{} ({})", reason.title(), russian_date(date)),
        }
    }
}

/// An organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Whether it is one of general education.
    pub general_education: bool,
    /// Whether it is open on D.
    pub open: bool,
    /// Where it stands in the mentoring model (4.1.3.5).
    pub mentoring: Mark,
    /// Its rows of «Организации».
    pub rows: Vec<Source>,
    /// The registers that are there and hold no record of it, by title.
    pub silent: Vec<String>,
}

/// One indicator by organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BreakdownColumn {
    /// The indicator.
    pub id: String,
    /// Numerator and denominator of each organisation, in the order of
    /// [`ReportModel::organisations`]; none where the indicator does not speak of it.
    pub cells: Vec<Option<(u64, u64)>>,
    /// The same for those whose organisation is not given.
    pub unnamed: Option<(u64, u64)>,
    /// Whether small denominators are hidden: not where organisations are counted, who are no people.
    pub personal: bool,
}

/// The people of one scope, one row for each person and employing organisation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct People {
    /// The indicators judged.
    pub columns: Vec<PersonColumn>,
    /// The rows, those of one person next to each other.
    pub rows: Vec<PersonRow>,
}

/// An indicator that people are judged by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonColumn {
    /// The indicator.
    pub id: String,
    /// The header of its column: letters, digits and spaces alone, so that formulas can name it.
    pub header: String,
    /// Its short title.
    pub short: String,
}

/// A person in one organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonRow {
    /// The person's running number.
    pub person: u32,
    /// The full name, where names are asked for.
    pub name: Option<String>,
    /// The organisation's place in [`ReportModel::organisations`].
    pub organisation: Option<u32>,
    /// Whether this is the person's first row.
    pub first: bool,
    /// The staff row.
    pub row: Source,
    /// The verdicts, in the order of [`People::columns`].
    pub marks: Box<[Mark]>,
}

/// A person named in another table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonRef {
    /// The running number.
    pub person: u32,
    /// The full name, where names are asked for.
    pub name: Option<String>,
    /// The organisation's place in [`ReportModel::organisations`].
    pub organisation: Option<u32>,
}

/// A management team that took part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// Its members with the rows by which they took part.
    pub members: Vec<(PersonRef, Source)>,
}

/// A regional methodist.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Methodist {
    /// Who.
    pub person: PersonRef,
    /// The row that gives the status.
    pub status_row: Source,
    /// The teachers assigned, each once.
    pub teachers: Vec<(PersonRef, Source)>,
}

/// An assignment that makes no pair.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOutPair {
    /// The row.
    pub row: Source,
    /// Why.
    pub reason: String,
}

/// The survey.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Survey {
    /// The satisfaction questions with the scale each was read on.
    pub questions: Vec<(String, String)>,
    /// The categories of respondents.
    pub categories: Vec<String>,
    /// Respondents: rows in W.
    pub respondents: u64,
    /// People of T or M, whom the response rate is taken against.
    pub invited: u64,
    /// The 95 % Wilson interval in per cent.
    pub interval: Option<(String, String)>,
    /// The answers, in the order of the respondents.
    pub answers: Vec<Answer>,
}

/// An answer to one question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The respondent's row.
    pub row: Source,
    /// The respondent's organisation.
    pub organisation: Option<u32>,
    /// Which of [`Survey::categories`].
    pub category: u32,
    /// Which of [`Survey::questions`].
    pub question: u32,
    /// What it means.
    pub meaning: AnswerMeaning,
    /// Where it stands in 4.1.4.
    pub state: State,
}

/// The meaning of an answer in words.
#[must_use]
pub fn meaning_title(meaning: AnswerMeaning) -> &'static str {
    match meaning {
        AnswerMeaning::Positive => "положительный",
        AnswerMeaning::Neutral => "нейтральный",
        AnswerMeaning::Negative => "отрицательный",
        AnswerMeaning::Undecided => "затруднились",
        AnswerMeaning::Absent => "нет ответа",
    }
}

/// A measure of the road map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measure {
    /// Its title.
    pub title: String,
    /// Its level as written.
    pub level: String,
    /// The last day of its deadline.
    pub deadline: Option<NaiveDate>,
    /// Its status as written.
    pub status: String,
    /// The date of completion.
    pub done_on: Option<NaiveDate>,
    /// Of the regional level.
    pub regional: bool,
    /// Of the federal level.
    pub federal: bool,
    /// Done or under way by D.
    pub under_way: bool,
    /// Due by D.
    pub due: bool,
    /// Done by D.
    pub done: bool,
    /// Its rows.
    pub rows: Vec<Source>,
}

/// The figures of each quarter.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dynamics {
    /// The quarters, the earliest first.
    pub quarters: Vec<String>,
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
    pub code: String,
    /// The kind in a few words.
    pub title: String,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cell or row.
    pub place: String,
    /// What was seen.
    pub seen: String,
    /// What follows for the figures.
    pub effect: String,
    /// What to do.
    pub advice: String,
    /// The indicators that it may touch.
    pub indicators: String,
}

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
    /// The same for programs: settings, inputs, figures, as JSON. Holds no personal data.
    pub manifest: String,
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

/// «П-0012»: a person without a name.
#[must_use]
pub fn person_code(person: u32) -> String {
    format!("П-{person:04}")
}

impl People {
    /// The place of an indicator's column.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<&PersonColumn> {
        self.columns.iter().find(|column| column.id == id)
    }
}
