//! The evidence of a report: people, organisations, teams, methodists, answers and measures with
//! where each stands and the rows that say so.

use std::iter::Peekable;
use std::slice::Iter;
use std::sync::Arc;

use chrono::NaiveDate;
use smallvec::SmallVec;

use super::Source;
use crate::indicators::near::reason_text;
use crate::indicators::verdict::{AnswerVerdict, PersonVerdict, Reason, valid};
use crate::period::Window;
use crate::registers::phrase::AnswerMeaning;

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
    /// Where somebody judged for this reason stands.
    pub(super) fn of(reason: Reason) -> Self {
        if reason == Reason::Counted {
            Self::Counted
        } else {
            Self::Missing
        }
    }

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

    /// Of a verdict.
    fn of(verdict: &PersonVerdict) -> Self {
        Self {
            state: State::of(verdict.reason),
            reason: Some(verdict.reason),
            date: verdict.date,
            row: verdict.row.map(Source::from),
            support: verdict.support.map(Source::from),
        }
    }

    /// «учтён (12.03.2024)», «вне окна: раньше (30.12.2023, за 2 дня до начала окна)»; empty outside
    /// the denominator.
    #[must_use]
    pub fn reason_text(&self, window: &Window) -> String {
        self.reason
            .map_or_else(String::new, |reason| reason_text(reason, self.date, window))
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
    /// [`super::ReportModel::organisations`]; none where the indicator does not speak of it.
    pub cells: Vec<Option<(u64, u64)>>,
    /// The same for those whose organisation is not given.
    pub unnamed: Option<(u64, u64)>,
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
    /// The verdicts that the figure counts, in the order of persons.
    pub verdicts: Arc<Vec<PersonVerdict>>,
}

/// A person in one organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonRow {
    /// The person's running number.
    pub person: u32,
    /// The full name, where names are asked for.
    pub name: Option<String>,
    /// The organisation's place in [`super::ReportModel::organisations`].
    pub organisation: Option<u32>,
    /// Whether this is the person's first row.
    pub first: bool,
    /// The staff row.
    pub row: Source,
}

/// A person named in another table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonRef {
    /// The running number.
    pub person: u32,
    /// The full name, where names are asked for.
    pub name: Option<String>,
    /// The organisation's place in [`super::ReportModel::organisations`].
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
    /// The verdicts on the answers, in the order of the respondents.
    pub verdicts: Arc<Vec<AnswerVerdict>>,
    /// Whether «затрудняюсь ответить» is among the valid answers.
    pub undecided_counts: bool,
    /// The place of each organisation in [`super::ReportModel::organisations`], by its number.
    pub places: Vec<Option<u32>>,
}

impl Survey {
    /// The answers, in the order of the respondents.
    pub fn answers(&self) -> impl Iterator<Item = Answer> {
        self.verdicts.iter().map(|answer| {
            let place = answer
                .organisation
                .and_then(|id| self.places.get(id.index()).copied().flatten());
            let state = match answer.meaning {
                meaning if !valid(meaning, self.undecided_counts) => State::Outside,
                AnswerMeaning::Positive => State::Counted,
                _ => State::Missing,
            };
            Answer {
                row: Source::from(answer.row),
                organisation: place,
                category: answer.category,
                question: answer.question,
                meaning: answer.meaning,
                state,
            }
        })
    }
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

    /// The rows, each with where its person stands in the indicators of [`Self::columns`].
    pub fn marked(&self) -> impl Iterator<Item = (&PersonRow, Marks)> {
        let mut columns: Vec<Walk<'_>> = self.columns.iter().map(PersonColumn::walk).collect();
        self.rows.iter().map(move |row| {
            let marks = columns.iter_mut().map(|column| column.of(row.person));
            (row, marks.collect())
        })
    }
}

/// Where a person stands in each of several indicators.
pub type Marks = SmallVec<[Mark; 8]>;

impl PersonColumn {
    fn walk(&self) -> Walk<'_> {
        Walk(self.verdicts.iter().peekable())
    }
}

/// The verdicts of one indicator, walked along the rows: both are in the order of persons.
struct Walk<'v>(Peekable<Iter<'v, PersonVerdict>>);

impl Walk<'_> {
    /// The mark of a person, by the running number, who is not before the last one asked for.
    fn of(&mut self, person: u32) -> Mark {
        let number = |verdict: &PersonVerdict| verdict.person.0 + 1;
        while self.0.next_if(|verdict| number(verdict) < person).is_some() {}
        match self.0.peek() {
            Some(verdict) if number(verdict) == person => Mark::of(verdict),
            _ => Mark::OUTSIDE,
        }
    }
}
