//! Results read back: what `--json` wrote for one municipality (`mms-result/1`, contract §3), for
//! one that could not be computed (`mms-failure/1`), and for many together (`mms-summary/1`).
//!
//! Only what «Свод» needs is kept. Unknown keys are passed over, so that later versions may add
//! some; what is there is checked, because a sum over a broken result would be a wrong figure.

use std::fs;
use std::io;
use std::path::Path;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::json::SCHEMA;
use crate::failure::Failure;
use crate::indicators::catalogue::{Unit, catalogue};
use crate::indicators::figure::Status;
use crate::period::Period;
use crate::ratio::Ratio;
use crate::target::Outcome;

/// The format of a municipality that could not be computed.
pub const FAILURE_SCHEMA: &str = "mms-failure/1";
/// The format of many municipalities together.
pub const SUMMARY_SCHEMA: &str = "mms-summary/1";

/// The result of one municipality for one period.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TownResult {
    /// The name in «Свод», where the municipality's own does not tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub town: Option<String>,
    /// The municipality as its settings name it; may be empty.
    pub municipality: String,
    /// The period.
    pub period: PeriodRead,
    /// The window of events.
    pub window: WindowRead,
    /// How many people and organisations.
    pub population: PopulationRead,
    /// The fourteen figures in the order of the source.
    pub indicators: Vec<IndicatorRead>,
    /// How many findings.
    pub issues: IssuesRead,
}

/// A period.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PeriodRead {
    /// `2024-Q3`
    pub label: String,
    /// The first day.
    pub from: NaiveDate,
    /// The as-of date D.
    pub to: NaiveDate,
}

/// A window.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WindowRead {
    /// `ytd`
    pub kind: String,
    /// The first day; none for `all`.
    pub from: Option<NaiveDate>,
    /// D.
    pub to: NaiveDate,
}

/// How many people and organisations a result speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PopulationRead {
    /// T.
    pub teachers: u64,
    /// M.
    pub managers: u64,
    /// Organisations.
    pub organizations: u64,
}

/// One figure.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct IndicatorRead {
    /// `4.1.2.1`
    pub id: String,
    /// The unit.
    pub unit: Unit,
    /// Whether it stands.
    pub status: Status,
    /// Above the line.
    pub numerator: Option<u64>,
    /// Below the line.
    pub denominator: Option<u64>,
    /// The value: a decimal with a point, `yes`, `no`, or none.
    pub value: Option<String>,
    /// The plan as written.
    pub target: Option<String>,
    /// How the figure stands to the plan.
    pub outcome: Option<Outcome>,
    /// What else a reader must know.
    pub note: Option<String>,
}

/// How many findings a result has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct IssuesRead {
    /// Errors.
    pub errors: u64,
    /// Warnings.
    pub warnings: u64,
}

/// A municipality that could not be computed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TownFailure {
    /// Its name in «Свод».
    pub town: String,
    /// The period.
    pub period: PeriodRead,
    /// What stopped it and what to do.
    pub reason: String,
}

/// What a file of results holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Held {
    /// Results.
    pub results: Vec<TownResult>,
    /// Municipalities that could not be computed.
    pub failures: Vec<TownFailure>,
}

#[derive(Deserialize)]
struct Head {
    schema: String,
}

#[derive(Deserialize)]
struct SummaryRead {
    results: Vec<TownResult>,
    failures: Vec<TownFailure>,
}

#[derive(Serialize)]
struct FailureJson<'a> {
    schema: &'static str,
    tool: &'static str,
    #[serde(flatten)]
    failure: &'a TownFailure,
}

/// The most bytes that a file of results may have; a result of a million people has fewer.
const MOST_BYTES: u64 = 1 << 30;

/// More people, records or answers than any municipality has.
const MOST_COUNTED: u64 = 1_000_000_000_000;

/// The most decimals that a value has (setting `decimals`).
const MOST_DECIMALS: u32 = 4;

/// Reads a file of results. A result that names neither its town nor its municipality gets the name
/// of the file.
///
/// # Errors
/// [`Failure::Input`] with what is wrong and what to do.
pub fn read(path: &Path) -> Result<Held, Failure> {
    let unread = |error: &io::Error| Failure::input(path, unreadable(error));
    let facts = fs::metadata(path).map_err(|error| unread(&error))?;
    // Whoever opens a pipe waits for its other end.
    if !facts.is_file() {
        return Err(unread(&io::ErrorKind::IsADirectory.into()));
    }
    if facts.len() > MOST_BYTES {
        return Err(Failure::input(path, "файл больше 1 ГБ, это не результат"));
    }
    let bytes = fs::read(path).map_err(|error| unread(&error))?;
    let mut held = parse(&bytes).map_err(|message| Failure::input(path, message))?;
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    for result in &mut held.results {
        if result.name().is_empty() {
            result.town.clone_from(&stem);
        }
    }
    Ok(held)
}

/// Reads the text of a file of results.
///
/// # Errors
/// What is wrong and what to do, in Russian.
pub fn parse(bytes: &[u8]) -> Result<Held, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Head { schema } = typed(bytes)?;
    let held = match schema.as_str() {
        SCHEMA => Held {
            results: vec![typed(bytes)?],
            failures: Vec::new(),
        },
        FAILURE_SCHEMA => Held {
            results: Vec::new(),
            failures: vec![typed(bytes)?],
        },
        SUMMARY_SCHEMA => {
            let SummaryRead { results, failures } = typed(bytes)?;
            Held { results, failures }
        }
        other => {
            return Err(format!(
                "формат «{other}» неизвестен, читаются {SCHEMA}, {FAILURE_SCHEMA} и {SUMMARY_SCHEMA}: \
                 получите результат этой версией программы (mms report … --json)"
            ));
        }
    };
    held.results.iter().try_for_each(TownResult::check)?;
    held.failures
        .iter()
        .try_for_each(|failure| failure.period.period().map(|_| ()))?;
    Ok(held)
}

/// The text of a result that could not be computed, with a line break at the end.
///
/// # Errors
/// Never for these types; the error is serde's.
pub fn render_failure(failure: &TownFailure) -> serde_json::Result<String> {
    let json = FailureJson {
        schema: FAILURE_SCHEMA,
        tool: super::json::TOOL,
        failure,
    };
    serde_json::to_string_pretty(&json).map(|text| text + "\n")
}

fn typed<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|error| refusal(&error))
}

/// What serde has against a text, in Russian.
fn refusal(error: &serde_json::Error) -> String {
    let place = format!("строка {}, столбец {}", error.line(), error.column());
    let advice = "получите результат заново: mms report … --json";
    if !error.is_data() {
        return format!("это не JSON или файл оборван ({place}); {advice}");
    }
    let text = error.to_string();
    let named = text.split('`').nth(1);
    match named {
        Some(key) if text.starts_with("missing field") => {
            format!("нет поля «{key}», это не результат mms; {advice}")
        }
        _ => format!("поле не того вида, чем в результате mms ({place}); {advice}"),
    }
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "файла нет: проверьте имя".to_owned(),
        io::ErrorKind::PermissionDenied => "нет прав на чтение".to_owned(),
        io::ErrorKind::IsADirectory => "это папка, канал или устройство, а не файл".to_owned(),
        _ => match error.raw_os_error() {
            Some(code) => format!("файл не читается, код ошибки системы {code}"),
            None => "файл не читается".to_owned(),
        },
    }
}

impl PeriodRead {
    /// A period as results write it.
    #[must_use]
    pub fn of(period: &Period) -> Self {
        Self {
            label: period.label.clone(),
            from: period.from,
            to: period.to,
        }
    }

    /// The period that is meant.
    ///
    /// # Errors
    /// The label is no period, or its dates are others.
    pub fn period(&self) -> Result<Period, String> {
        Period::parse(&self.label)
            .ok()
            .filter(|period| period.from == self.from && period.to == self.to)
            .ok_or_else(|| {
                format!(
                    "период «{}» с {} по {} не сходится сам с собой: файл изменён, получите результат заново",
                    self.label, self.from, self.to
                )
            })
    }
}

impl TownResult {
    /// The name in «Свод».
    #[must_use]
    pub fn name(&self) -> &str {
        self.town.as_deref().unwrap_or(&self.municipality)
    }

    /// Whether the result says what a result of this program can say.
    fn check(&self) -> Result<(), String> {
        self.period.period()?;
        let PopulationRead {
            teachers,
            managers,
            organizations,
        } = self.population;
        if teachers.max(managers).max(organizations) > MOST_COUNTED {
            return Err(
                "столько людей не бывает: файл изменён, получите результат заново".to_owned(),
            );
        }
        let ids: Vec<&str> = catalogue()
            .indicators
            .iter()
            .map(|definition| definition.id.as_str())
            .collect();
        let found: Vec<&str> = self
            .indicators
            .iter()
            .map(|indicator| indicator.id.as_str())
            .collect();
        if found != ids {
            return Err(format!(
                "показатели не те или не в том порядке: нужны все {} от {} до {}; получите результат этой \
                 версией программы",
                ids.len(),
                ids.first().unwrap_or(&""),
                ids.last().unwrap_or(&"")
            ));
        }
        for (indicator, definition) in self.indicators.iter().zip(&catalogue().indicators) {
            if indicator.unit != definition.unit || !indicator.is_sound() {
                return Err(format!(
                    "показатель {}: единица, числитель, знаменатель и значение не сходятся; файл изменён, получите \
                     результат заново",
                    indicator.id
                ));
            }
        }
        Ok(())
    }
}

impl IndicatorRead {
    /// Whether it can be summed and compared.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.status == Status::Ok
    }

    fn is_sound(&self) -> bool {
        // The value is the fraction, rounded once to the decimals that it has.
        let is_value = |times: i128, below: u64| {
            let value = self.value.as_deref().unwrap_or_default();
            let decimals = value.split_once('.').map_or(0, |(_, digits)| digits.len());
            let (Some(above), Ok(decimals)) = (self.numerator, u32::try_from(decimals)) else {
                return false;
            };
            decimals <= MOST_DECIMALS
                && Ratio::new(times * i128::from(above), below.into())
                    .is_some_and(|exact| exact.rounded(decimals) == value)
        };
        if self.numerator.max(self.denominator) > Some(MOST_COUNTED) {
            return false;
        }
        match (self.status, self.unit) {
            (Status::Ok, Unit::Percent) => {
                self.numerator <= self.denominator && is_value(100, self.denominator.unwrap_or(0))
            }
            (Status::Ok, Unit::PerOne) => is_value(1, self.denominator.unwrap_or(0)),
            (Status::Ok, Unit::Count) => is_value(1, 1),
            (Status::Ok, Unit::YesNo) => matches!(self.value.as_deref(), Some("yes" | "no")),
            (Status::NoData | Status::Undefined, _) => self.value.is_none(),
        }
    }
}
