//! Verdicts: for each person, organisation, team, measure or answer in the scope of an indicator,
//! whether it is counted, why, and the rows that decided it.
//!
//! Only what is in the denominator gets a verdict, so that a numerator outside its denominator
//! cannot be expressed.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::intern::Sym;
use crate::people::{OrgId, PersonId};
use crate::registers::phrase::AnswerMeaning;
use crate::registers::record::RowRef;

/// Why a verdict is what it is: a closed list. Ordered from the farthest from being counted to the
/// nearest, so that of several records the nearest is named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reason {
    /// No record of this person.
    NoRecord,
    /// The record's status says that it has not taken place.
    NotTakenPlace,
    /// A draft is no route yet.
    Draft,
    /// The record's status is an unknown phrase.
    UnknownStatus,
    /// The record has no date though its table has a date column.
    NoDate,
    /// The date could not be read.
    UnreadableDate,
    /// It lies after D.
    AfterPeriod,
    /// It lies before the window.
    BeforeWindow,
    /// The status ended by D.
    Ended,
    /// The course or route is not completed.
    NotCompleted,
    /// A completed route with no date of completion.
    NoCompletionDate,
    /// Ended without success.
    Failed,
    /// Not of the kind «непрерывное повышение профессионального мастерства».
    OtherKind,
    /// The programme is not in the Federal registry.
    NotInRegistry,
    /// The programme was not chosen with regard to diagnostics.
    NotChosen,
    /// The organisation is not included in the model.
    NotIncluded,
    /// The organisation stands twice with different answers.
    Contradicted,
    /// Nobody is assigned.
    NoPairs,
    /// Counted.
    Counted,
}

impl Reason {
    /// The reason as a user reads it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NoRecord => "нет записи",
            Self::NotTakenPlace => "по статусу не состоялось",
            Self::Draft => "проект, ещё не ИОМ",
            Self::UnknownStatus => "статус не распознан",
            Self::NoDate => "нет даты",
            Self::UnreadableDate => "дата не прочитана",
            Self::AfterPeriod => "вне окна: после отчётной даты",
            Self::BeforeWindow => "вне окна: раньше",
            Self::Ended => "статус закончился",
            Self::NotCompleted => "не завершён",
            Self::NoCompletionDate => "завершён без даты завершения",
            Self::Failed => "прекращён без успеха",
            Self::OtherKind => "ИОМ другого вида",
            Self::NotInRegistry => "программа не в Федеральном реестре",
            Self::NotChosen => "программа подобрана не по диагностике",
            Self::NotIncluded => "не включена в целевую модель",
            Self::Contradicted => "две строки с разными ответами",
            Self::NoPairs => "никто не закреплён",
            Self::Counted => "учтён",
        }
    }
}

/// The verdict on one person of the denominator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PersonVerdict {
    /// Who.
    pub person: PersonId,
    /// Why; [`Reason::Counted`] puts the person in the numerator.
    pub reason: Reason,
    /// The row that decided it, or the one that came nearest.
    pub row: Option<RowRef>,
    /// The second row that decided it: the diagnostics by which a course was chosen.
    pub support: Option<RowRef>,
    /// The date of the row that decided it.
    pub date: Option<NaiveDate>,
}

impl PersonVerdict {
    /// Whether the person is in the numerator.
    #[must_use]
    pub fn counted(&self) -> bool {
        self.reason == Reason::Counted
    }
}

/// The verdict on one general-education organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchoolVerdict {
    /// Which.
    pub organisation: OrgId,
    /// Why.
    pub reason: Reason,
    /// Its rows of «Организации».
    pub rows: Vec<RowRef>,
    /// The date of inclusion, where given.
    pub date: Option<NaiveDate>,
}

/// A management team that took part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamVerdict {
    /// Its commonest spelling.
    pub name: String,
    /// Its members with the rows by which they took part.
    pub members: Vec<(PersonId, RowRef)>,
}

/// A regional methodist of the denominator of 4.1.3.2, with the teachers assigned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MethodistVerdict {
    /// The methodist.
    pub methodist: PersonId,
    /// The row that gives the status.
    pub status_row: RowRef,
    /// The teachers, each once, with the row of the assignment.
    pub teachers: Vec<(PersonId, RowRef)>,
}

/// Why an assignment in force on D makes no pair.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOutPair {
    /// The row.
    pub row: RowRef,
    /// Why, in words.
    pub reason: &'static str,
}

/// A measure of the road map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeasureVerdict {
    /// Its rows (two where the same measure stands twice).
    pub rows: Vec<RowRef>,
    /// Its title.
    pub title: Sym,
    /// Its level as written.
    pub level: Sym,
    /// The last day of its deadline; none when it is never due.
    pub deadline: Option<NaiveDate>,
    /// Its status as written.
    pub status: Sym,
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
}

/// One answer to one satisfaction question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AnswerVerdict {
    /// The respondent's row.
    pub row: RowRef,
    /// The question: an index into [`SurveyVerdicts::questions`].
    pub question: u32,
    /// The respondent's organisation; none where it is not given or not known.
    pub organisation: Option<OrgId>,
    /// The respondent's category: an index into [`SurveyVerdicts::categories`].
    pub category: u32,
    /// What the answer means; absent ones are not valid.
    pub meaning: AnswerMeaning,
}

/// All answers to the satisfaction questions, of rows in W.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SurveyVerdicts {
    /// The satisfaction questions, each once, by their commonest spelling.
    pub questions: Vec<String>,
    /// The scale that each question was read on, in words.
    pub scales: Vec<String>,
    /// The categories of respondents; the first is «не указана».
    pub categories: Vec<String>,
    /// Respondents: rows in W.
    pub respondents: u64,
    /// The answers, absent ones included.
    pub answers: Arc<Vec<AnswerVerdict>>,
    /// Whether «затрудняюсь ответить» is among the valid answers.
    pub undecided_counts: bool,
}

impl SurveyVerdicts {
    /// Whether an answer stands in the denominator.
    #[must_use]
    pub fn valid(&self, answer: &AnswerVerdict) -> bool {
        valid(answer.meaning, self.undecided_counts)
    }
}

/// Whether an answer of this meaning stands in the denominator (§2.7).
#[must_use]
pub fn valid(meaning: AnswerMeaning, undecided_counts: bool) -> bool {
    match meaning {
        AnswerMeaning::Positive | AnswerMeaning::Neutral | AnswerMeaning::Negative => true,
        AnswerMeaning::Undecided => undecided_counts,
        AnswerMeaning::Absent => false,
    }
}

/// The verdicts of one indicator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdicts {
    /// Nothing could be judged: «нет данных».
    None,
    /// One for each person of the denominator, in the order of the roster.
    People(Arc<Vec<PersonVerdict>>),
    /// One for each general-education organisation open on D.
    Schools(Vec<SchoolVerdict>),
    /// The teams that took part.
    Teams(Vec<TeamVerdict>),
    /// The methodists of the denominator, and the assignments that make no pair.
    Methodists(Vec<MethodistVerdict>, Vec<LeftOutPair>),
    /// The measures of the road map.
    Measures(Vec<MeasureVerdict>),
    /// The answers of the survey.
    Survey(SurveyVerdicts),
}
