//! Serial numbers of spreadsheets as days.

use chrono::{Days, NaiveDate};

/// The day of a serial number; its time of day is dropped. None for a time without a day (below 1),
/// for the 29 February 1900 that never was, and beyond the year 9999.
pub(super) fn day(serial: f64, from_1904: bool) -> Option<NaiveDate> {
    /// 31 December 9999 in the system of 1900.
    const LAST: f64 = 2_958_465.0;
    if !(1.0..LAST + 1.0).contains(&serial) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and LAST; the time of day is dropped on purpose"
    )]
    let days = serial as u64;
    let zero = if from_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?
    } else if days < 60 {
        NaiveDate::from_ymd_opt(1899, 12, 31)?
    } else if days == 60 {
        return None;
    } else {
        // The day that never was pushes all later ones on by one.
        NaiveDate::from_ymd_opt(1899, 12, 30)?
    };
    zero.checked_add_days(Days::new(days))
        .filter(|day| chrono::Datelike::year(day) <= 9999)
}

/// The day of an ISO date, with or without a time after it: `2024-09-30`, `2024-09-30T10:15:00`.
pub(super) fn iso_day(text: &str) -> Option<NaiveDate> {
    let date = text.split_once('T').map_or(text, |(date, _)| date);
    NaiveDate::parse_from_str(date.trim(), "%Y-%m-%d").ok()
}

/// The days of an ISO length of time: `PT12H30M00S` is about half a day.
pub(super) fn iso_days(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let number: f64 = rest.get(..end)?.parse().ok()?;
        seconds += number
            * match rest.as_bytes().get(end)? {
                b'H' => 3_600.0,
                b'M' => 60.0,
                b'S' => 1.0,
                _ => return None,
            };
        rest = rest.get(end + 1..)?;
    }
    rest.is_empty().then_some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn serials_of_1900() {
        assert_eq!(day(1.0, false), ymd(1900, 1, 1));
        assert_eq!(day(59.0, false), ymd(1900, 2, 28));
        assert_eq!(day(60.0, false), None);
        assert_eq!(day(61.0, false), ymd(1900, 3, 1));
        // Excel shows 45292 as 01.01.2024.
        assert_eq!(day(45_292.0, false), ymd(2024, 1, 1));
        assert_eq!(day(45_292.999_9, false), ymd(2024, 1, 1));
        assert_eq!(day(2_958_465.0, false), ymd(9999, 12, 31));
        assert_eq!(day(2_958_466.0, false), None);
    }

    #[test]
    fn serials_of_1904_lie_1462_days_apart() {
        assert_eq!(day(45_292.0 - 1_462.0, true), ymd(2024, 1, 1));
        assert_eq!(day(1.0, true), ymd(1904, 1, 2));
    }

    #[test]
    fn a_time_without_a_day_is_no_day() {
        assert_eq!(day(0.5, false), None);
        assert_eq!(day(0.0, true), None);
        assert_eq!(day(-5.0, false), None);
        assert_eq!(day(f64::NAN, false), None);
    }

    #[test]
    fn iso() {
        assert_eq!(iso_day("2024-09-30"), ymd(2024, 9, 30));
        assert_eq!(iso_day("2024-09-30T10:15:00.5"), ymd(2024, 9, 30));
        assert_eq!(iso_day("30.09.2024"), None);
        assert_eq!(iso_day("PT10H"), None);
        assert_eq!(iso_days("PT06H00M00S"), Some(0.25));
        assert_eq!(iso_days("06:00"), None);
    }
}
