//! From which days events count: the window W (methodology §1).

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

use super::{Period, PeriodKind, anniversary};
use crate::text::plural;

/// From which day events count. Its text (`ytd`, `rolling-years:3`) is that of the settings and of
/// the JSON result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WindowKind {
    /// From 1 January of D's year.
    Ytd,
    /// The period itself.
    Period,
    /// From the 1 September on or before D.
    SchoolYear,
    /// So many years ending on D, from 1 to [`WindowKind::MOST_YEARS`].
    RollingYears(u32),
    /// Everything up to D.
    All,
}

impl WindowKind {
    /// The most years of `rolling-years:N`; longer than any working life, `all` serves instead.
    pub const MOST_YEARS: u32 = 100;

    /// Reads a setting or flag: `ytd`, `period`, `school-year`, `rolling-years:N`, `all`.
    ///
    /// # Errors
    /// A Russian sentence that names the accepted forms.
    pub fn parse(text: &str) -> Result<Self, String> {
        let folded = crate::text::fold(text);
        match folded.as_str() {
            "ytd" => return Ok(Self::Ytd),
            "period" => return Ok(Self::Period),
            "school-year" => return Ok(Self::SchoolYear),
            "all" => return Ok(Self::All),
            _ => {}
        }
        if let Some(years) = folded.strip_prefix("rolling-years") {
            return years
                .strip_prefix(':')
                .and_then(|years| years.trim().parse().ok())
                .filter(|years| (1..=Self::MOST_YEARS).contains(years))
                .map(Self::RollingYears)
                .ok_or_else(|| {
                    format!(
                        "окно «{text}» не распознано: после «rolling-years:» пишется число лет \
                         от 1 до {}, например rolling-years:3",
                        Self::MOST_YEARS
                    )
                });
        }
        Err(format!(
            "окно «{text}» не распознано; принимаются ytd (с начала года), period (сам период), \
             school-year (с 1 сентября), rolling-years:N (N лет по дату отчёта), all (всё по дату отчёта)"
        ))
    }

    /// What the window is, in words for the report.
    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::Ytd => "нарастающим итогом с начала года".to_owned(),
            Self::Period => "за период".to_owned(),
            Self::SchoolYear => "с 1 сентября".to_owned(),
            Self::RollingYears(years) => format!(
                "за {years} {} по дату отчёта",
                plural(years.into(), "год", "года", "лет")
            ),
            Self::All => "всё по дату отчёта".to_owned(),
        }
    }
}

impl fmt::Display for WindowKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ytd => f.write_str("ytd"),
            Self::Period => f.write_str("period"),
            Self::SchoolYear => f.write_str("school-year"),
            Self::RollingYears(years) => write!(f, "rolling-years:{years}"),
            Self::All => f.write_str("all"),
        }
    }
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
    /// The window of a period. Without a kind it is the default: for a school year and for two
    /// dates the period itself, otherwise from 1 January of D's year.
    #[must_use]
    pub fn of(period: &Period, kind: Option<WindowKind>) -> Self {
        let to = period.to;
        let kind = kind.unwrap_or(match period.kind {
            PeriodKind::SchoolYear | PeriodKind::Dates => WindowKind::Period,
            _ => WindowKind::Ytd,
        });
        let from = match kind {
            WindowKind::Ytd => NaiveDate::from_ymd_opt(to.year(), 1, 1),
            WindowKind::Period => Some(period.from),
            WindowKind::SchoolYear => {
                let year = to.year() - i32::from(to.month() < 9);
                NaiveDate::from_ymd_opt(year, 9, 1)
            }
            // From the day after D so many years ago, so that windows that follow each other
            // neither overlap nor leave out a 29 February.
            WindowKind::RollingYears(years) => to
                .checked_add_days(Days::new(1))
                .zip(i32::try_from(years).ok())
                .map(|(next, years)| anniversary(next, -years)),
            WindowKind::All => None,
        };
        Self { kind, from, to }
    }

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

#[cfg(test)]
mod tests {
    use super::{Window, WindowKind};
    use crate::period::Period;

    fn window(period: &str, kind: Option<&str>) -> String {
        let kind = kind.map(|kind| WindowKind::parse(kind).unwrap());
        let window = Window::of(&Period::parse(period).unwrap(), kind);
        let from = window.from.map(|from| from.to_string()).unwrap_or_default();
        format!("{} {from}..{}", window.kind, window.to)
    }

    #[test]
    fn events_count_from_the_first_of_january_by_default() {
        for (period, to) in [
            ("2024-Q3", "2024-09-30"),
            ("2024-09", "2024-09-30"),
            ("2024-H2", "2024-12-31"),
            ("2024-9M", "2024-09-30"),
            ("2024", "2024-12-31"),
        ] {
            assert_eq!(window(period, None), format!("ytd 2024-01-01..{to}"));
        }
    }

    #[test]
    fn a_school_year_and_two_dates_are_their_own_window_by_default() {
        assert_eq!(window("2023/2024", None), "period 2023-09-01..2024-08-31");
        assert_eq!(
            window("2024-07-01..2024-09-30", None),
            "period 2024-07-01..2024-09-30"
        );
    }

    #[test]
    fn a_named_window_beats_the_default() {
        assert_eq!(
            window("2023/2024", Some("ytd")),
            "ytd 2024-01-01..2024-08-31"
        );
        assert_eq!(
            window("2024-Q3", Some("period")),
            "period 2024-07-01..2024-09-30"
        );
        assert_eq!(window("2024-Q3", Some("all")), "all ..2024-09-30");
    }

    #[test]
    fn a_school_year_window_starts_on_the_first_of_september_on_or_before_d() {
        assert_eq!(
            window("2024-Q3", Some("school-year")),
            "school-year 2024-09-01..2024-09-30"
        );
        assert_eq!(
            window("2024-08", Some("school-year")),
            "school-year 2023-09-01..2024-08-31"
        );
        assert_eq!(
            window("2024-09-01..2024-09-01", Some("school-year")),
            "school-year 2024-09-01..2024-09-01"
        );
    }

    #[test]
    fn rolling_years_end_on_d_and_are_whole() {
        assert_eq!(
            window("2024-Q3", Some("rolling-years:3")),
            "rolling-years:3 2021-10-01..2024-09-30"
        );
        assert_eq!(
            window("2024", Some("rolling-years:1")),
            "rolling-years:1 2024-01-01..2024-12-31"
        );
        // Ending on 29 February, on the day before it, and on 28 February of a common year.
        assert_eq!(
            window("2024-02", Some("rolling-years:1")),
            "rolling-years:1 2023-03-01..2024-02-29"
        );
        assert_eq!(
            window("2024-02-01..2024-02-28", Some("rolling-years:1")),
            "rolling-years:1 2023-03-01..2024-02-28"
        );
        assert_eq!(
            window("2023-02", Some("rolling-years:3")),
            "rolling-years:3 2020-03-01..2023-02-28"
        );
    }

    #[test]
    fn an_unknown_window_is_refused_with_the_known_ones() {
        for text in ["год", "", "rolling-years", "rolling-year:3"] {
            let error = WindowKind::parse(text).unwrap_err();
            assert!(error.contains("rolling-years:"), "{error}");
        }
        for text in ["rolling-years:0", "rolling-years:-1", "rolling-years:101"] {
            let error = WindowKind::parse(text).unwrap_err();
            assert!(error.contains("от 1 до 100"), "{error}");
        }
    }

    #[test]
    fn a_kind_is_read_back_from_its_own_text() {
        for text in ["ytd", "period", "school-year", "rolling-years:3", "all"] {
            assert_eq!(WindowKind::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(WindowKind::parse(" YTD ").unwrap(), WindowKind::Ytd);
        assert_eq!(
            WindowKind::RollingYears(3).title(),
            "за 3 года по дату отчёта"
        );
    }

    #[test]
    fn both_ends_of_the_window_are_in_it() {
        let window = Window::of(&Period::parse("2024-Q3").unwrap(), None);
        let day = |text: &str| text.parse().unwrap();
        assert!(window.contains(day("2024-01-01")) && window.contains(day("2024-09-30")));
        assert!(!window.contains(day("2023-12-31")) && !window.contains(day("2024-10-01")));
        assert!(window.overlaps(day("2020-01-01"), None));
        assert!(window.overlaps(day("2020-01-01"), Some(day("2024-01-01"))));
        assert!(!window.overlaps(day("2020-01-01"), Some(day("2023-12-31"))));
        assert!(window.overlaps(day("2024-09-30"), None));
        assert!(!window.overlaps(day("2024-10-01"), None));
    }
}
