//! Judging one record for one indicator: is it counted, and if not, why (methodology §2).

use chrono::NaiveDate;

use super::context::Context;
use super::verdict::Reason;
use crate::people::PersonId;
use crate::period::anniversary;
use crate::registers::Field;
use crate::registers::cell::is_blank_status;
use crate::registers::phrase::{CourseStatus, DiagnosticsStatus, IomStatus, Reading};
use crate::registers::record::{
    CourseRow, DateCell, DiagnosticsRow, IomRow, KeptDate, MethodistRow, RowRef, SupportRow, YesNo,
};

/// The date columns of a course table.
pub const COURSE_DATES: &[Field] = &[
    Field::Start,
    Field::End,
    Field::CertificateDate,
    Field::StudyDates,
];
/// The date columns of an IOM table.
pub const IOM_DATES: &[Field] = &[Field::Developed, Field::Completed];

/// The judgement on one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Judged {
    /// Counted, or why not.
    pub reason: Reason,
    /// The date that decided it.
    pub date: Option<NaiveDate>,
    /// A second row that decided it.
    pub support: Option<RowRef>,
}

impl Judged {
    fn no(reason: Reason, date: Option<NaiveDate>) -> Self {
        Self {
            reason,
            date,
            support: None,
        }
    }

    fn yes(date: Option<NaiveDate>) -> Self {
        Self::no(Reason::Counted, date)
    }

    fn then(self, next: impl FnOnce(Option<NaiveDate>) -> Judged) -> Judged {
        if self.reason == Reason::Counted {
            next(self.date)
        } else {
            self
        }
    }
}

impl Context<'_> {
    /// An event's date in W (methodology §1, «in W»).
    fn in_window(&self, date: KeptDate) -> Judged {
        match date.cell() {
            DateCell::Empty => Judged::no(Reason::NoDate, None),
            DateCell::Unreadable | DateCell::Month(..) | DateCell::Year(_) => {
                Judged::no(Reason::UnreadableDate, None)
            }
            DateCell::Day(day) if self.window.contains(day) => Judged::yes(Some(day)),
            DateCell::Day(day) => Judged::no(self.outside(day), Some(day)),
        }
    }

    fn outside(&self, day: NaiveDate) -> Reason {
        if day > self.as_of() {
            Reason::AfterPeriod
        } else {
            Reason::BeforeWindow
        }
    }

    /// Something from a start to an end overlapping W (§1); an empty start is a missing date.
    fn overlaps(&self, start: KeptDate, end: KeptDate) -> Judged {
        let start = match start.cell() {
            DateCell::Day(day) => day,
            DateCell::Empty => return Judged::no(Reason::NoDate, None),
            _ => return Judged::no(Reason::UnreadableDate, None),
        };
        if start > self.as_of() {
            return Judged::no(Reason::AfterPeriod, Some(start));
        }
        let end = match end.cell() {
            DateCell::Day(day) => Some(day),
            DateCell::Empty => None,
            _ => return Judged::no(Reason::UnreadableDate, Some(start)),
        };
        if self.window.overlaps(start, end) {
            Judged::yes(Some(start))
        } else {
            Judged::no(Reason::BeforeWindow, end)
        }
    }

    /// Something that holds as of D (§1); an empty start is no fault.
    #[must_use]
    pub fn as_of_d(&self, start: KeptDate, end: KeptDate) -> Judged {
        let start = match start.cell() {
            DateCell::Day(day) if day > self.as_of() => {
                return Judged::no(Reason::AfterPeriod, Some(day));
            }
            DateCell::Day(day) => Some(day),
            DateCell::Empty => None,
            _ => return Judged::no(Reason::UnreadableDate, None),
        };
        match end.cell() {
            DateCell::Day(day) if day <= self.as_of() => Judged::no(Reason::Ended, Some(day)),
            DateCell::Day(_) | DateCell::Empty => Judged::yes(start),
            _ => Judged::no(Reason::UnreadableDate, start),
        }
    }

    /// A diagnostics record, whatever its date: does its status allow it to count (§2)?
    #[must_use]
    pub fn diagnosed(&self, row: &DiagnosticsRow) -> Judged {
        match self.statuses.diagnostics(row.status) {
            Reading::Empty | Reading::Known(DiagnosticsStatus::Done) => Judged::yes(row.date.day()),
            Reading::Known(DiagnosticsStatus::NotDone) => {
                Judged::no(Reason::NotTakenPlace, row.date.day())
            }
            Reading::Unknown => Judged::no(Reason::UnknownStatus, row.date.day()),
        }
    }

    /// A diagnostics record in W (§2, 4.1.2.1 and 4.1.2.2).
    #[must_use]
    pub fn diagnostics_in_window(&self, row: &DiagnosticsRow) -> Judged {
        self.diagnosed(row).then(|date| {
            if self.has(row.at, Field::DiagnosticsDate) {
                self.in_window(row.date)
            } else {
                Judged::yes(date)
            }
        })
    }

    /// A course that counts for 4.1.2.3 (§2.2): completed in W, in the registry, chosen with regard
    /// to the diagnostics of its person.
    #[must_use]
    pub fn course(&self, person: PersonId, row: &CourseRow) -> Judged {
        let completed = match self.statuses.course(row.status) {
            Reading::Empty | Reading::Known(CourseStatus::Done) => Judged::yes(None),
            Reading::Known(CourseStatus::NotDone) => {
                Judged::no(Reason::NotCompleted, self.completion(row).day())
            }
            Reading::Known(CourseStatus::Absent) => {
                Judged::no(Reason::NotTakenPlace, self.completion(row).day())
            }
            Reading::Unknown => Judged::no(Reason::UnknownStatus, self.completion(row).day()),
        };
        completed
            .then(|_| {
                if self.has_any(row.at, COURSE_DATES) {
                    self.in_window(self.completion(row))
                } else {
                    Judged::yes(None)
                }
            })
            .then(|date| {
                if self.registry.holds(row) {
                    Judged::yes(date)
                } else {
                    Judged::no(Reason::NotInRegistry, date)
                }
            })
            .then(|date| self.chosen(person, row, date))
    }

    /// The date of completion: the end, or the certificate's date where it is empty (§2.2).
    #[must_use]
    pub fn completion(&self, row: &CourseRow) -> KeptDate {
        if row.end.is_empty() {
            row.certificate
        } else {
            row.end
        }
    }

    /// Chosen with regard to diagnostics (§2.2): by the cell, or by a diagnostics record on or
    /// before the start, at most 3 years earlier.
    fn chosen(&self, person: PersonId, row: &CourseRow, date: Option<NaiveDate>) -> Judged {
        if self.has(row.at, Field::ChosenByDiagnostics) {
            return if row.chosen == YesNo::Yes {
                Judged::yes(date)
            } else {
                Judged::no(Reason::NotChosen, date)
            };
        }
        // The days on which the course may have started: one, or all of W for a table without dates.
        let start = if row.start.is_empty() {
            self.completion(row)
        } else {
            row.start
        };
        let (earliest, latest) = match start.cell() {
            DateCell::Day(day) => (Some(day), Some(day)),
            DateCell::Empty if !self.has_any(row.at, COURSE_DATES) => {
                (self.window.from, Some(self.window.to))
            }
            _ => (None, None),
        };
        let before = |diagnostics: &DiagnosticsRow| {
            if !self.has(diagnostics.at, Field::DiagnosticsDate) {
                return true;
            }
            match (diagnostics.date.day(), earliest, latest) {
                (Some(day), Some(earliest), Some(latest)) => {
                    day <= earliest && anniversary(day, 3) >= latest
                }
                _ => false,
            }
        };
        let nearest = self
            .links
            .diagnostics
            .of(person)
            .map(|record| &self.dataset.diagnostics[record])
            .filter(|row| self.diagnosed(row).reason == Reason::Counted && before(row))
            .max_by_key(|row| (row.date.day(), std::cmp::Reverse(row.at)));
        match nearest {
            Some(diagnostics) => Judged {
                reason: Reason::Counted,
                date,
                support: Some(diagnostics.at),
            },
            None => Judged::no(Reason::NotChosen, date),
        }
    }

    /// Whether a course record overlaps W, for teams (§2.4): with one date alone, when it is in W.
    #[must_use]
    pub fn course_overlaps(&self, row: &CourseRow) -> Judged {
        if !self.has_any(row.at, COURSE_DATES) {
            return Judged::yes(None);
        }
        match (row.start, self.completion(row)) {
            (only, none) | (none, only) if none.is_empty() => self.in_window(only),
            (start, end) => self.overlaps(start, end),
        }
    }

    /// Whether the person of a course record took part (§2.4): completion is not asked.
    #[must_use]
    pub fn took_part(&self, row: &CourseRow) -> bool {
        self.statuses.course(row.status) != Reading::Known(CourseStatus::Absent)
    }

    /// An IOM that overlaps W (§2.3, 4.1.3.3).
    #[must_use]
    pub fn iom_overlaps(&self, row: &IomRow) -> Judged {
        let status = self.statuses.iom(row.status);
        if status == Reading::Known(IomStatus::Draft) {
            return Judged::no(Reason::Draft, row.developed.day());
        }
        if !self.has_any(row.at, IOM_DATES) {
            return Judged::yes(None);
        }
        let start = if row.developed.is_empty() {
            row.completed
        } else {
            row.developed
        };
        let over = matches!(status, Reading::Known(IomStatus::Done | IomStatus::Failed));
        if over && row.completed.is_empty() {
            self.in_window(start)
        } else {
            self.overlaps(start, row.completed)
        }
    }

    /// An IOM of continuous improvement that overlaps W (§2.3, 4.1.2.4 and 4.1.2.5).
    #[must_use]
    pub fn continuous_iom(&self, row: &IomRow) -> Judged {
        self.iom_overlaps(row).then(|date| {
            let other = self.has(row.at, Field::IomKind) && !self.statuses.is_continuous(row.kind);
            if other {
                Judged::no(Reason::OtherKind, date)
            } else {
                Judged::yes(date)
            }
        })
    }

    /// An IOM successfully completed in W (§2.3, 4.1.3.4).
    #[must_use]
    pub fn iom_succeeded(&self, row: &IomRow) -> Judged {
        let date = row.completed.day();
        let says_done = match self.statuses.iom(row.status) {
            Reading::Known(IomStatus::Done) => true,
            Reading::Empty => false,
            Reading::Known(IomStatus::Draft) => return Judged::no(Reason::Draft, date),
            Reading::Known(IomStatus::Active) => return Judged::no(Reason::NotCompleted, date),
            Reading::Known(IomStatus::Failed) => return Judged::no(Reason::Failed, date),
            Reading::Unknown => return Judged::no(Reason::UnknownStatus, date),
        };
        if !self.has_any(row.at, IOM_DATES) {
            return if says_done {
                Judged::yes(None)
            } else {
                Judged::no(Reason::NotCompleted, None)
            };
        }
        if !row.completed.is_empty() {
            return self.in_window(row.completed);
        }
        let missing = if says_done {
            Reason::NoCompletionDate
        } else {
            Reason::NotCompleted
        };
        Judged::no(missing, row.developed.day())
    }

    /// A row of «Региональные методисты» as of D (§2.5).
    #[must_use]
    pub fn methodist(&self, row: &MethodistRow) -> Judged {
        self.as_of_d(row.awarded, row.end)
    }

    /// A record of support that overlaps W (§2.6).
    #[must_use]
    pub fn supported(&self, row: &SupportRow) -> Judged {
        if self.has_any(row.at, &[Field::Start, Field::End]) {
            self.overlaps(row.start, row.end)
        } else {
            Judged::yes(None)
        }
    }
}

/// Whether «Вид ИОМ» speaks of «непрерывное повышение профессионального мастерства», or is empty (§2.3).
#[must_use]
pub fn is_continuous(kind: &str) -> bool {
    if is_blank_status(kind) {
        return true;
    }
    let folded = crate::text::fold_lookalikes(kind);
    let mut words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .peekable();
    if words.peek().is_none() {
        return true;
    }
    let words: Vec<&str> = words.collect();
    let speaks = words.contains(&"нппм")
        || words.iter().any(|word| word.starts_with("непрерывн"))
            && words.iter().any(|word| word.contains("мастерств"));
    speaks && !words.contains(&"не")
}

#[cfg(test)]
mod tests {
    use super::is_continuous;

    #[test]
    fn kinds_of_continuous_improvement_and_empty_ones() {
        for kind in [
            "",
            "-",
            "н/д",
            "НППМ",
            "ИОМ непрерывного повышения профессионального мастерства",
        ] {
            assert!(is_continuous(kind), "{kind}");
        }
        for kind in ["не НППМ", "по адаптации молодого педагога", "нет"]
        {
            assert!(!is_continuous(kind), "{kind}");
        }
    }
}
