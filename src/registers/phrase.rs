//! What statuses, levels and answers mean: tables of phrases from `phrases.toml`, which `[phrases]`
//! of the settings extends (methodology §2, 2.1–2.4, 2.7).
//!
//! Reading a phrase costs a little; texts repeat, so that callers do well to keep what was read.

mod table;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::RegisterId;
use super::cell::is_blank_status;
use crate::text::{fold, nearest};
use table::{Meaning, Table};

/// What a cell of phrases says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading<T> {
    /// Nothing, or «-», «н/д».
    Empty,
    /// A known phrase.
    Known(T),
    /// A text that holds no known phrase.
    Unknown,
}

impl<T> Reading<T> {
    /// The meaning, where it is known.
    #[must_use]
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(meaning) => Some(meaning),
            Self::Empty | Self::Unknown => None,
        }
    }
}

/// A status of diagnostics.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DiagnosticsStatus {
    /// The person went through it, whatever the result.
    Done,
    /// Not, or not yet.
    NotDone,
}

/// A status of a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CourseStatus {
    /// Completed.
    Done,
    /// Took part, did not complete: «отчислен», «зачислен», «обучается».
    NotDone,
    /// Did not take part: «не приступал», «зарегистрирован», «заявка», «отказ».
    Absent,
}

/// A status of an IOM.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IomStatus {
    /// No IOM yet: «проект», «черновик».
    Draft,
    /// Developed or under way.
    Active,
    /// Completed with success.
    Done,
    /// Over without success: «прекращён», «аннулирован», «не завершён».
    Failed,
}

/// A status of a measure of the road map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MeasureStatus {
    /// Done.
    Done,
    /// Under way.
    Active,
    /// Neither.
    Planned,
}

/// What an answer of a survey says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnswerMeaning {
    /// Satisfied.
    Positive,
    /// In between.
    Neutral,
    /// Not satisfied.
    Negative,
    /// «затрудняюсь ответить»
    Undecided,
    /// «отказ»: no answer.
    Absent,
}

/// One level of a measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MeasureLevel {
    /// Also областной, краевой, республиканский.
    Regional,
    /// Also всероссийский.
    Federal,
    /// Муниципальный, школьный and others.
    Other,
}

/// The levels that one cell names: «региональный, федеральный» is both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MeasureLevels {
    /// It names the regional level.
    pub regional: bool,
    /// It names the federal level.
    pub federal: bool,
}

impl Meaning for DiagnosticsStatus {
    const NAMED: &'static [(&'static str, Self)] =
        &[("done", Self::Done), ("not-done", Self::NotDone)];
}

impl Meaning for CourseStatus {
    const NAMED: &'static [(&'static str, Self)] = &[
        ("done", Self::Done),
        ("not-done", Self::NotDone),
        ("absent", Self::Absent),
    ];
}

impl Meaning for IomStatus {
    const NAMED: &'static [(&'static str, Self)] = &[
        ("draft", Self::Draft),
        ("active", Self::Active),
        ("done", Self::Done),
        ("failed", Self::Failed),
    ];
}

impl Meaning for MeasureStatus {
    const NAMED: &'static [(&'static str, Self)] = &[
        ("done", Self::Done),
        ("active", Self::Active),
        ("planned", Self::Planned),
    ];
}

impl Meaning for AnswerMeaning {
    const NAMED: &'static [(&'static str, Self)] = &[
        ("positive", Self::Positive),
        ("neutral", Self::Neutral),
        ("negative", Self::Negative),
        ("undecided", Self::Undecided),
        ("absent", Self::Absent),
    ];
}

impl Meaning for MeasureLevel {
    const NAMED: &'static [(&'static str, Self)] = &[
        ("regional", Self::Regional),
        ("federal", Self::Federal),
        ("other", Self::Other),
    ];
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    diagnostics: BTreeMap<String, Vec<String>>,
    courses: BTreeMap<String, Vec<String>>,
    ioms: BTreeMap<String, Vec<String>>,
    roadmap: BTreeMap<String, Vec<String>>,
    survey: BTreeMap<String, Vec<String>>,
    levels: BTreeMap<String, Vec<String>>,
}

fn data() -> Data {
    crate::text::data_file("phrases.toml", include_str!("phrases.toml"))
}

/// The registers that `[phrases]` may name.
const REGISTERS: [&str; 5] = ["diagnostics", "courses", "ioms", "roadmap", "survey"];

/// All tables of phrases in force.
pub struct Phrases {
    diagnostics: Table<DiagnosticsStatus>,
    courses: Table<CourseStatus>,
    ioms: Table<IomStatus>,
    measures: Table<MeasureStatus>,
    answers: Table<AnswerMeaning>,
    levels: Table<MeasureLevel>,
}

impl Phrases {
    /// The built-in tables with those of `[phrases]`: register → phrase → meaning. An own phrase
    /// beats a built-in one of the same words.
    ///
    /// # Errors
    /// A register or meaning that is none, or a phrase without a word: the text for the user, in
    /// Russian, with what is allowed.
    pub fn new(own: &BTreeMap<String, BTreeMap<String, String>>) -> Result<Self, String> {
        if let Some(unknown) = own.keys().find(|name| !REGISTERS.contains(&name.as_str())) {
            return Err(format!(
                "[phrases]: нет такого реестра: «{unknown}»{}; можно: {}",
                perhaps(unknown, &REGISTERS),
                REGISTERS.join(", ")
            ));
        }
        let data = data();
        Ok(Self {
            diagnostics: extended("diagnostics", &data.diagnostics, own)?,
            courses: extended("courses", &data.courses, own)?,
            ioms: extended("ioms", &data.ioms, own)?,
            measures: extended("roadmap", &data.roadmap, own)?,
            answers: extended("survey", &data.survey, own)?,
            levels: Table::new(&data.levels)?,
        })
    }

    /// [`Phrases::new`], the built-in tables alone made once for the program.
    ///
    /// # Errors
    /// As [`Phrases::new`].
    pub fn in_force(own: &BTreeMap<String, BTreeMap<String, String>>) -> Result<Arc<Self>, String> {
        static USUAL: OnceLock<Result<Arc<Phrases>, String>> = OnceLock::new();
        if !own.is_empty() {
            return Self::new(own).map(Arc::new);
        }
        USUAL.get_or_init(|| Self::new(own).map(Arc::new)).clone()
    }

    /// The status of a diagnostics record.
    #[must_use]
    pub fn diagnostics(&self, text: &str) -> Reading<DiagnosticsStatus> {
        read(&self.diagnostics, text)
    }

    /// The status of a course record (methodology §2.2, 2.4).
    #[must_use]
    pub fn course(&self, text: &str) -> Reading<CourseStatus> {
        read(&self.courses, text)
    }

    /// The status of an IOM (methodology §2.3). «выполнен на 60 %» is under way.
    #[must_use]
    pub fn iom(&self, text: &str) -> Reading<IomStatus> {
        match (read(&self.ioms, text), share(text)) {
            (Reading::Known(IomStatus::Done) | Reading::Unknown, Some(share)) if share < 100.0 => {
                Reading::Known(IomStatus::Active)
            }
            (Reading::Unknown, Some(_)) => Reading::Known(IomStatus::Done),
            (reading, _) => reading,
        }
    }

    /// The status of a measure (methodology §2.1). «выполнено на 60 %» is under way.
    #[must_use]
    pub fn measure(&self, text: &str) -> Reading<MeasureStatus> {
        match (read(&self.measures, text), share(text)) {
            (Reading::Known(MeasureStatus::Done) | Reading::Unknown, Some(share))
                if share < 100.0 =>
            {
                Reading::Known(if share > 0.0 {
                    MeasureStatus::Active
                } else {
                    MeasureStatus::Planned
                })
            }
            (Reading::Unknown, Some(_)) => Reading::Known(MeasureStatus::Done),
            (reading, _) => reading,
        }
    }

    /// The levels that a cell of «Уровень» names (methodology §2.1).
    #[must_use]
    pub fn levels(&self, text: &str) -> Reading<MeasureLevels> {
        if is_blank_status(text) {
            return Reading::Empty;
        }
        let found = self.levels.all(text);
        if found.is_empty() {
            return Reading::Unknown;
        }
        Reading::Known(MeasureLevels {
            regional: found.contains(&MeasureLevel::Regional),
            federal: found.contains(&MeasureLevel::Federal),
        })
    }

    /// An answer in words (methodology §2.7).
    #[must_use]
    pub fn answer(&self, text: &str) -> Reading<AnswerMeaning> {
        read(&self.answers, text)
    }

    /// An answer that is, whole, one of a word scale, a leading number and a bracketed ending aside:
    /// such answers tell a question of satisfaction from others (methodology §2.7).
    #[must_use]
    pub fn whole_answer(&self, text: &str) -> Option<AnswerMeaning> {
        self.answers.whole(text)
    }

    /// The known phrase of a register that is nearest to a text, for advice; none when none is near
    /// or the register has no phrases.
    #[must_use]
    pub fn nearest(&self, register: RegisterId, text: &str) -> Option<&str> {
        match register {
            RegisterId::Diagnostics => self.diagnostics.nearest(text),
            RegisterId::Courses => self.courses.nearest(text),
            RegisterId::Ioms => self.ioms.nearest(text),
            RegisterId::Roadmap => self.measures.nearest(text),
            RegisterId::Survey => self.answers.nearest(text),
            _ => None,
        }
    }

    /// The known level that is nearest to a text, for advice.
    #[must_use]
    pub fn nearest_level(&self, text: &str) -> Option<&str> {
        self.levels.nearest(text)
    }
}

/// Whether a text is, whole, an answer of a usual word scale, whatever the settings add: no header is.
#[must_use]
pub fn is_usual_answer(text: &str) -> bool {
    Phrases::in_force(&BTreeMap::new()).is_ok_and(|phrases| phrases.whole_answer(text).is_some())
}

fn read<T: Meaning>(table: &Table<T>, text: &str) -> Reading<T> {
    if is_blank_status(text) {
        return Reading::Empty;
    }
    table.longest(text).map_or(Reading::Unknown, Reading::Known)
}

fn extended<T: Meaning>(
    register: &str,
    data: &BTreeMap<String, Vec<String>>,
    own: &BTreeMap<String, BTreeMap<String, String>>,
) -> Result<Table<T>, String> {
    let mut table = Table::new(data)?;
    for (phrase, name) in own.get(register).into_iter().flatten() {
        let Some(meaning) = T::named(name) else {
            let names: Vec<&str> = T::NAMED.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "[phrases] {register}, «{phrase}»: нет такого значения: «{name}»{}; можно: {}",
                perhaps(name, &names),
                names.join(", ")
            ));
        };
        if !table.add(phrase, meaning) {
            return Err(format!(
                "[phrases] {register}: во фразе «{phrase}» нет ни одного слова"
            ));
        }
    }
    Ok(table)
}

fn perhaps(name: &str, known: &[&str]) -> String {
    nearest(name, known.iter().copied())
        .map(|near| format!(" (возможно, «{near}»)"))
        .unwrap_or_default()
}

/// The number before «%» in a text.
fn share(text: &str) -> Option<f64> {
    let folded = fold(text);
    let before = folded.split_once('%')?.0.trim_end();
    let start = before
        .rfind(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
    before[start..].replace(',', ".").parse().ok()
}

#[cfg(test)]
mod tests;
