//! The period of a report, its as-of date and the window of events (methodology §1).

use chrono::{Datelike, Days, NaiveDate};

/// What a report is for: a quarter, half-year, nine months, year, school year, month or two dates.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Period {
    /// The canonical label: `2024-Q3`.
    pub label: String,
    /// What kind of period it is.
    pub kind: PeriodKind,
    /// The first day.
    pub from: NaiveDate,
    /// The last day: the as-of date D.
    pub to: NaiveDate,
}

/// The kinds of periods.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PeriodKind {
    /// `2024-09`
    Month,
    /// `2024-Q3`
    Quarter,
    /// `2024-H1`
    HalfYear,
    /// `2024-9M`
    NineMonths,
    /// `2024`
    Year,
    /// `2023/2024`
    SchoolYear,
    /// `2024-07-01..2024-09-30`
    Dates,
}

/// From which day events count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WindowKind {
    /// From 1 January of D's year.
    Ytd,
    /// The period itself.
    Period,
    /// From the 1 September on or before D.
    SchoolYear,
    /// So many years ending on D.
    RollingYears(u32),
    /// Everything up to D.
    All,
}

/// The days from which events count, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// How it was chosen.
    pub kind: WindowKind,
    /// The first day; none for `all`.
    pub from: Option<NaiveDate>,
    /// The last day: D.
    pub to: NaiveDate,
}

impl Window {
    /// Whether `day` is in W (methodology §1).
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| day >= from) && day <= self.to
    }

    /// Whether something that starts and perhaps ends on these days overlaps W (methodology §1).
    #[must_use]
    pub fn overlaps(&self, start: NaiveDate, end: Option<NaiveDate>) -> bool {
        start <= self.to && end.is_none_or(|end| self.from.is_none_or(|from| end >= from))
    }
}

/// The last day of the month of `day`.
#[must_use]
pub fn last_of_month(day: NaiveDate) -> NaiveDate {
    let next = match day.month() {
        12 => NaiveDate::from_ymd_opt(day.year() + 1, 1, 1),
        month => NaiveDate::from_ymd_opt(day.year(), month + 1, 1),
    };
    next.and_then(|first| first.checked_sub_days(Days::new(1)))
        .unwrap_or(day)
}

/// The day `years` after `day`; what falls on a missing 29 February falls on 1 March (methodology §2.6).
#[must_use]
pub fn anniversary(day: NaiveDate, years: i32) -> NaiveDate {
    let year = day.year() + years;
    NaiveDate::from_ymd_opt(year, day.month(), day.day())
        .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
        .unwrap_or(day)
}

/// ДД.ММ.ГГГГ, as people read dates.
#[must_use]
pub fn russian_date(day: NaiveDate) -> String {
    format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year())
}
