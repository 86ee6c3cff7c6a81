//! Near-misses: how few days kept a record from being counted, so that a small difference between
//! two reports explains itself.

use chrono::NaiveDate;

use super::verdict::Reason;
use crate::period::{Window, russian_date};
use crate::text::plural;

/// The most days by which a miss is near.
pub const NEAR_DAYS: i64 = 14;

/// How many days a record lies outside the window: after its last day, or before its first. None
/// where the reason is no matter of the window, or the day is not known.
#[must_use]
pub fn days_outside(reason: Reason, date: Option<NaiveDate>, window: &Window) -> Option<i64> {
    let day = date?;
    match reason {
        Reason::AfterPeriod => Some((day - window.to).num_days()),
        Reason::BeforeWindow => Some((window.from? - day).num_days()),
        Reason::Ended => Some((window.to - day).num_days()),
        _ => None,
    }
}

/// A reason with its date, and with the days that were missing where they are at most
/// [`NEAR_DAYS`]: «вне окна: после отчётной даты (03.10.2024, через 3 дня после неё)».
#[must_use]
pub fn reason_text(reason: Reason, date: Option<NaiveDate>, window: &Window) -> String {
    let Some(day) = date else {
        return reason.title().to_owned();
    };
    let near = days_outside(reason, date, window)
        .and_then(|days| u64::try_from(days).ok())
        .filter(|days| i64::try_from(*days).is_ok_and(|days| days <= NEAR_DAYS))
        .map(|days| {
            let word = plural(days, "день", "дня", "дней");
            match (reason, days) {
                (Reason::AfterPeriod, _) => format!(", через {days} {word} после неё"),
                (Reason::BeforeWindow, _) => format!(", за {days} {word} до начала окна"),
                (_, 0) => ", в саму отчётную дату".to_owned(),
                (_, _) => format!(", за {days} {word} до отчётной даты"),
            }
        })
        .unwrap_or_default();
    format!("{} ({}{near})", reason.title(), russian_date(day))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::reason_text;
    use crate::indicators::verdict::Reason;
    use crate::period::{Period, Window};

    #[test]
    fn a_miss_by_a_few_days_says_by_how_many() {
        // 1 January to 30 September 2024.
        let window = Window::of(&Period::parse("2024-Q3").unwrap(), None);
        let text =
            |reason, (y, m, d)| reason_text(reason, NaiveDate::from_ymd_opt(y, m, d), &window);
        for (reason, day, expected) in [
            (
                Reason::AfterPeriod,
                (2024, 10, 3),
                "вне окна: после отчётной даты (03.10.2024, через 3 дня после неё)",
            ),
            (
                Reason::AfterPeriod,
                (2024, 10, 14),
                "вне окна: после отчётной даты (14.10.2024, через 14 дней после неё)",
            ),
            (
                Reason::AfterPeriod,
                (2024, 10, 15),
                "вне окна: после отчётной даты (15.10.2024)",
            ),
            (
                Reason::BeforeWindow,
                (2023, 12, 31),
                "вне окна: раньше (31.12.2023, за 1 день до начала окна)",
            ),
            (
                Reason::BeforeWindow,
                (2023, 11, 12),
                "вне окна: раньше (12.11.2023)",
            ),
            (
                Reason::Ended,
                (2024, 9, 28),
                "статус закончился (28.09.2024, за 2 дня до отчётной даты)",
            ),
            (
                Reason::Ended,
                (2024, 9, 30),
                "статус закончился (30.09.2024, в саму отчётную дату)",
            ),
            (Reason::Counted, (2024, 9, 30), "учтён (30.09.2024)"),
        ] {
            assert_eq!(text(reason, day), expected);
        }
        assert_eq!(reason_text(Reason::NoDate, None, &window), "нет даты");
    }
}
