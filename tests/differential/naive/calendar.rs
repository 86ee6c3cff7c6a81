//! Days: the window, anniversaries, and cells that hold dates.

use chrono::{Datelike, NaiveDate};

use crate::towns::options::Frame;
use crate::towns::town::{Means, Span};

/// So many years after a day; what falls on a missing 29 February is 1 March (2.6).
pub fn later(day: NaiveDate, years: i32) -> NaiveDate {
    let year = day.year() + years;
    match day.with_year(year) {
        Some(same) => same,
        None => NaiveDate::from_ymd_opt(year, 3, 1).unwrap_or(day),
    }
}

/// The first day of the window; none for `all` (§1: window).
pub fn window(period: &Span, frame: Frame) -> Option<NaiveDate> {
    let to = period.to;
    let january = NaiveDate::from_ymd_opt(to.year(), 1, 1);
    match frame {
        // «by default from 1 January of D's year to D; for a school year and for two dates the period itself»
        Frame::Default if period.own_window => Some(period.from),
        Frame::Default | Frame::Ytd => january,
        Frame::Period => Some(period.from),
        // «from the 1 September on or before D»
        Frame::SchoolYear => {
            let september = |year| NaiveDate::from_ymd_opt(year, 9, 1);
            september(to.year())
                .filter(|first| *first <= to)
                .or_else(|| september(to.year() - 1))
        }
        // «N years ending on D»
        Frame::Rolling(years) => to.succ_opt().map(|next| later(next, -years)),
        Frame::All => None,
    }
}

/// What a date cell says: nothing, a day, or something that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    Empty,
    Day(NaiveDate),
    /// «A bare month or year is not a date: unreadable» too.
    Bad,
}

/// Reads a date cell that takes whole dates alone.
pub fn when(means: &Means) -> When {
    match means {
        Means::Nothing => When::Empty,
        Means::Day(day) => When::Day(*day),
        _ => When::Bad,
    }
}

/// The first and the last day that a date cell of the staff table may mean.
pub fn bounds(means: &Means) -> Option<(NaiveDate, NaiveDate)> {
    match means {
        Means::Day(day) => Some((*day, *day)),
        Means::Part(first, last) => Some((*first, *last)),
        _ => None,
    }
}

/// W and D.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub from: Option<NaiveDate>,
    pub to: NaiveDate,
}

impl Window {
    /// «in W: the record's date is within W, both ends included»
    pub fn holds(self, when: When) -> bool {
        matches!(when, When::Day(day) if day <= self.to && self.from.is_none_or(|from| day >= from))
    }

    /// «overlaps W: the start is ≤ D and the end is empty or ≥ the first day of W; an empty start is a missing date»
    pub fn overlaps(self, start: When, end: When) -> bool {
        let ends_in_time = match end {
            When::Empty => true,
            When::Day(day) => self.from.is_none_or(|from| day >= from),
            When::Bad => false,
        };
        matches!(start, When::Day(day) if day <= self.to) && ends_in_time
    }

    /// «as of D: the start is empty or ≤ D and the end is empty or > D»
    pub fn as_of(self, start: When, end: When) -> bool {
        let started = match start {
            When::Empty => true,
            When::Day(day) => day <= self.to,
            When::Bad => false,
        };
        let goes_on = match end {
            When::Empty => true,
            When::Day(day) => day > self.to,
            When::Bad => false,
        };
        started && goes_on
    }
}
