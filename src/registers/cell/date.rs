//! Days: cells of date columns, and «Сроки обучения» with two of them in one cell.

use chrono::{Datelike, Days, NaiveDate};

use super::moment::{Moment, moment, sane_year};
use super::text::{is_blank, trim};
use crate::registers::record::DateCell;
use crate::source::Value;
use crate::text::fold_lookalikes;

/// How dates of a column are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DateRules {
    /// The year of the as-of date: two-digit years up to ten years after it are 20xx, else 19xx.
    pub as_of_year: i32,
    /// Whether a bare year or month may stand there (methodology §1); else it is unreadable.
    pub partial: bool,
}

/// Reads a cell of a date column (contract §1): an Excel date; `30.09.2024`, `30.9.24`,
/// `30/09/2024`, `2024-09-30`, `30 сентября 2024 г.` and their kin, a time after them; a bare number
/// is a serial of the 1900 system, but one from 1900 to 2100 is a bare year, and 9.2024 a month.
#[must_use]
pub fn date(value: Value<'_>, rules: &DateRules) -> DateCell {
    let read = match value {
        Value::Text(text) => {
            let text = trim(text);
            if let Some(day) = plain(text) {
                return DateCell::Day(day);
            }
            if is_blank(text) {
                return DateCell::Empty;
            }
            from_text(text, rules)
        }
        Value::Number(number) => from_number(number),
        Value::Date(day) => from_day(day),
        _ => None,
    };
    match read {
        Some(DateCell::Month(..) | DateCell::Year(_)) if !rules.partial => DateCell::Unreadable,
        Some(read) => read,
        None => DateCell::Unreadable,
    }
}

/// A date-formatted cell. A year that was typed into one shows as a day of 1905, when nobody of today
/// was born or hired: it is that year.
fn from_day(day: NaiveDate) -> Option<DateCell> {
    let serial = NaiveDate::from_ymd_opt(1899, 12, 30)
        .and_then(|epoch| i32::try_from(day.signed_duration_since(epoch).num_days()).ok())
        .filter(|serial| (1900..=2100).contains(serial));
    match serial {
        Some(year) => Some(DateCell::Year(year)),
        None => sane_year(day.year()).then_some(DateCell::Day(day)),
    }
}

/// `30.09.2024` and `2024-09-30`, the commonest spellings, without a detour.
fn plain(text: &str) -> Option<NaiveDate> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |from: usize, to: usize| {
        bytes[from..to].iter().try_fold(0u32, |number, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + u32::from(byte - b'0'))
        })
    };
    let (year, month, day) = match (bytes[2], bytes[5], bytes[4], bytes[7]) {
        (b'.', b'.', ..) => (number(6, 10)?, number(3, 5)?, number(0, 2)?),
        (_, _, b'-', b'-') => (number(0, 4)?, number(5, 7)?, number(8, 10)?),
        _ => return None,
    };
    let year = i32::try_from(year).ok()?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| sane_year(year))
}

/// A bare number as a serial, a year or a month.
pub(super) fn from_number(number: f64) -> Option<DateCell> {
    if number.fract() == 0.0 {
        if (1900.0..=2100.0).contains(&number) {
            return Some(DateCell::Year(whole(number)?));
        }
    } else if number < 367.0 {
        // No date of the year 1900 carries a time of day: it is a month and a year (9.2024), or a
        // day and a month that lost their year (30.09).
        return month_and_year(number);
    }
    serial(number).map(DateCell::Day)
}

fn month_and_year(number: f64) -> Option<DateCell> {
    let tenths = number * 10_000.0;
    if (tenths - tenths.round()).abs() > 1e-6 {
        return None;
    }
    let all = whole(tenths.round())?;
    let (month, year) = (u8::try_from(all / 10_000).ok()?, all % 10_000);
    ((1..=12).contains(&month) && sane_year(year)).then_some(DateCell::Month(year, month))
}

/// The day of a serial of the 1900 system, in which 60 is 29 February 1900, a day that never was.
fn serial(number: f64) -> Option<NaiveDate> {
    let days = u64::try_from(whole(number.floor())?).ok()?;
    let before_first = match days {
        0 | 60 => return None,
        1..60 => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        _ => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    before_first
        .checked_add_days(Days::new(days))
        .filter(|day| sane_year(day.year()))
}

fn whole(number: f64) -> Option<i32> {
    #[expect(clippy::cast_possible_truncation, reason = "in the range of i32")]
    (number.abs() < 1e9).then_some(number as i32)
}

fn from_text(text: &str, rules: &DateRules) -> Option<DateCell> {
    let folded = fold_lookalikes(text);
    if let Some(number) = bare_number(&folded) {
        return number;
    }
    // «с», or a Latin «c» in its place.
    let folded = ["с ", "c ", "со ", "от "]
        .iter()
        .find_map(|from| folded.strip_prefix(from))
        .unwrap_or(&folded);
    match moment(folded, rules)? {
        Moment::Day { day, month, year } => {
            NaiveDate::from_ymd_opt(year?, month, day).map(DateCell::Day)
        }
        Moment::Month { month, year } => Some(DateCell::Month(year?, u8::try_from(month).ok()?)),
        Moment::Year(year) => Some(DateCell::Year(year)),
        _ => None,
    }
}

/// What a text says that is a bare number: none when it is not one.
fn bare_number(text: &str) -> Option<Option<DateCell>> {
    if !text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
    {
        return None;
    }
    let number: f64 = text.replace(',', ".").parse().ok()?;
    Some(from_number(number))
}

/// What a cell of «Сроки обучения» says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StudyDates {
    /// Nothing, or «-», «нет», «н/д».
    Empty,
    /// One date alone.
    One(NaiveDate),
    /// The first and the last day, as they stand there.
    Both(NaiveDate, NaiveDate),
    /// Something else.
    Unreadable,
}

/// Reads «Сроки обучения»: `12.02.2024-01.03.2024`, `с 12.02.2024 по 01.03.2024`,
/// `12.02-01.03.2024`, `12-16.02.2024`, «12–16 февраля 2024 г.», two dates on two lines, or one date;
/// a short remark in brackets after two dates, as «(72 ч)», says nothing.
/// A day without a year has that of the other; where that would put the end before the start, the
/// studies run over New Year.
#[must_use]
pub fn study_dates(value: Value<'_>, rules: &DateRules) -> StudyDates {
    let rules = DateRules {
        partial: false,
        ..*rules
    };
    match date(value, &rules) {
        DateCell::Empty => return StudyDates::Empty,
        DateCell::Day(day) => return StudyDates::One(day),
        _ => {}
    }
    let Value::Text(text) = value else {
        return StudyDates::Unreadable;
    };
    let folded = fold_lookalikes(text);
    // «(72 ч)», «(очно)»
    let days = match folded
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
    {
        Some((days, remark)) if remark.bytes().filter(u8::is_ascii_digit).count() <= 3 => {
            days.trim_end()
        }
        _ => &folded,
    };
    match range(days, &rules) {
        Some((start @ Moment::Day { .. }, end @ Moment::Day { .. })) => {
            match (start.first(), end.last()) {
                (Some(start), Some(end)) => StudyDates::Both(start, end),
                _ => StudyDates::Unreadable,
            }
        }
        _ => StudyDates::Unreadable,
    }
}

/// More bytes than any range of two moments has.
const LONGEST_RANGE: usize = 500;

/// Reads a folded text wholly as a range of two moments of known years. Every place where it may be
/// parted is tried; readings that differ make it unreadable.
pub(super) fn range(text: &str, rules: &DateRules) -> Option<(Moment, Moment)> {
    // Two moments are never so long, and a long text may be parted at very many places.
    if text.len() > LONGEST_RANGE {
        return None;
    }
    let text = ["в период с ", "период с ", "с ", "c ", "со ", "от "]
        .iter()
        .find_map(|from| text.strip_prefix(from))
        .unwrap_or(text);
    let mut read = None;
    for mark in [" по ", " до ", "-", "…", "...", "..", ";", ",", "/", " "] {
        // Two dates side by side are a range only when each is whole.
        let whole_only = matches!(mark, ";" | "," | "/" | " ");
        for (at, _) in text.match_indices(mark) {
            let (left, right) = (text[..at].trim(), text[at + mark.len()..].trim());
            let (Some(left), Some(right)) = (moment(left, rules), moment(right, rules)) else {
                continue;
            };
            if whole_only && !(is_whole_day(left) && is_whole_day(right)) {
                continue;
            }
            let Some(pair) = joined(left, right) else {
                continue;
            };
            if read.is_some_and(|known| known != pair) {
                return None;
            }
            read = Some(pair);
        }
    }
    read
}

fn is_whole_day(moment: Moment) -> bool {
    matches!(moment, Moment::Day { year: Some(_), .. })
}

/// The two ends of a range, each with what it leaves to the other.
fn joined(left: Moment, right: Moment) -> Option<(Moment, Moment)> {
    let left = match (left, right) {
        (Moment::Number(day), Moment::Day { month, year, .. }) => Moment::Day { day, month, year },
        (Moment::Number(quarter @ 1..=4), Moment::Quarter { year, .. }) => {
            Moment::Quarter { quarter, year }
        }
        (Moment::Number(half @ 1..=2), Moment::Half { year, .. }) => Moment::Half { half, year },
        (Moment::Number(_), _) => return None,
        (left, _) => left,
    };
    let pair = match (left.year(), right.year()) {
        (None, None) => return None,
        (Some(_), Some(_)) => (left, right),
        (None, Some(year)) => {
            let same = left.in_year(year);
            let over_new_year = same.first()? > right.last()?;
            (
                if over_new_year {
                    left.in_year(year - 1)
                } else {
                    same
                },
                right,
            )
        }
        (Some(year), None) => {
            let same = right.in_year(year);
            let over_new_year = left.first()? > same.last()?;
            (
                left,
                if over_new_year {
                    right.in_year(year + 1)
                } else {
                    same
                },
            )
        }
    };
    (pair.0.first().is_some() && pair.1.last().is_some()).then_some(pair)
}

#[cfg(test)]
mod tests;
