//! The period of a report, its as-of date and the window of events (methodology §1).

mod parse;
mod window;

use chrono::{Datelike, Days, NaiveDate};

pub use window::{Window, WindowKind};

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

/// The months of a title: «сентябрь 2024 года».
const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// The numbers of quarters and half-years.
const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];

impl Period {
    /// A month of a year, both as numbers; none where there is no such month.
    #[must_use]
    pub fn month(year: i32, month: u32) -> Option<Self> {
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some(Self {
            label: format!("{year:04}-{month:02}"),
            kind: PeriodKind::Month,
            from,
            to: last_of_month(from),
        })
    }

    /// A quarter of a year, counted from 1; none where there is no such quarter.
    #[must_use]
    pub fn quarter(year: i32, quarter: u32) -> Option<Self> {
        let last = (1..=4).contains(&quarter).then_some(quarter * 3)?;
        let label = format!("{year:04}-Q{quarter}");
        Self::months(year, last - 2, last, PeriodKind::Quarter, label)
    }

    /// A half of a year, counted from 1; none where there is no such half.
    #[must_use]
    pub fn half_year(year: i32, half: u32) -> Option<Self> {
        let last = (1..=2).contains(&half).then_some(half * 6)?;
        let label = format!("{year:04}-H{half}");
        Self::months(year, last - 5, last, PeriodKind::HalfYear, label)
    }

    /// January to September.
    #[must_use]
    pub fn nine_months(year: i32) -> Option<Self> {
        let label = format!("{year:04}-9M");
        Self::months(year, 1, 9, PeriodKind::NineMonths, label)
    }

    /// A calendar year.
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        Self::months(year, 1, 12, PeriodKind::Year, format!("{year:04}"))
    }

    /// The school year that starts on 1 September of `year` and ends on 31 August.
    #[must_use]
    pub fn school_year(year: i32) -> Option<Self> {
        Some(Self {
            label: format!("{year:04}/{:04}", year + 1),
            kind: PeriodKind::SchoolYear,
            from: NaiveDate::from_ymd_opt(year, 9, 1)?,
            to: NaiveDate::from_ymd_opt(year + 1, 8, 31)?,
        })
    }

    /// Two dates, both included; none where they are reversed.
    #[must_use]
    pub fn dates(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        (from <= to).then(|| Self {
            label: format!("{from}..{to}"),
            kind: PeriodKind::Dates,
            from,
            to,
        })
    }

    fn months(year: i32, first: u32, last: u32, kind: PeriodKind, label: String) -> Option<Self> {
        Some(Self {
            label,
            kind,
            from: NaiveDate::from_ymd_opt(year, first, 1)?,
            to: last_of_month(NaiveDate::from_ymd_opt(year, last, 1)?),
        })
    }

    /// The period as people write it: «III квартал 2024 года». [`Period::parse`] reads it back.
    #[must_use]
    pub fn title(&self) -> String {
        let year = self.to.year();
        let month = self.from.month0() as usize;
        let roman = |length: usize| ROMAN.get(month / length).copied().unwrap_or_default();
        match self.kind {
            PeriodKind::Month => {
                format!(
                    "{} {year} года",
                    MONTHS.get(month).copied().unwrap_or_default()
                )
            }
            PeriodKind::Quarter => format!("{} квартал {year} года", roman(3)),
            PeriodKind::HalfYear => format!("{} полугодие {year} года", roman(6)),
            PeriodKind::NineMonths => format!("январь – сентябрь {year} года (9 месяцев)"),
            PeriodKind::Year => format!("{year} год"),
            PeriodKind::SchoolYear => format!("{}/{year} учебный год", year - 1),
            PeriodKind::Dates => {
                format!("{} – {}", russian_date(self.from), russian_date(self.to))
            }
        }
    }

    /// Whether every day of `other` is a day of this period.
    #[must_use]
    pub fn contains_period(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// How many days it has, both ends included.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// The as-of date D: the last day.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.to
    }
}

/// The quarters of «Динамика» (contract §4), the earliest first: every whole quarter that ends on
/// or before D, within the default window of the period and the year before that window.
///
/// A period that does not end with a quarter is not among them.
#[must_use]
pub fn quarters_for_dynamics(period: &Period) -> Vec<Period> {
    let window = Window::of(period, None);
    let earliest = anniversary(window.from.unwrap_or(period.from), -1);
    (earliest.year()..=period.to.year())
        .flat_map(|year| (1..=4).filter_map(move |quarter| Period::quarter(year, quarter)))
        .filter(|quarter| (earliest..=period.to).contains(&quarter.to))
        .collect()
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

#[cfg(test)]
mod tests {
    use super::{Period, quarters_for_dynamics};

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    #[test]
    fn a_plan_is_chosen_among_periods_by_what_holds_what_and_how_long() {
        let quarter = period("2024-Q3");
        for holder in ["2024-Q3", "2024-9M", "2024-H2", "2024"] {
            assert!(period(holder).contains_period(&quarter), "{holder}");
        }
        for other in ["2024-Q2", "2024-H1", "2023", "2024-09", "2023/2024"] {
            assert!(!period(other).contains_period(&quarter), "{other}");
        }
        assert_eq!(quarter.days(), 92); // 31 + 31 + 30
        assert_eq!(period("2024").days(), 366);
        assert_eq!(period("2024-09-30..2024-09-30").days(), 1);
        assert!(period("2024-H2").days() < period("2024-9M").days());
    }

    #[test]
    fn titles_are_those_of_official_papers() {
        for (label, title) in [
            ("2024-Q1", "I квартал 2024 года"),
            ("2024-Q3", "III квартал 2024 года"),
            ("2024-Q4", "IV квартал 2024 года"),
            ("2024-H1", "I полугодие 2024 года"),
            ("2024-H2", "II полугодие 2024 года"),
            ("2024-9M", "январь – сентябрь 2024 года (9 месяцев)"),
            ("2024", "2024 год"),
            ("2023/2024", "2023/2024 учебный год"),
            ("2024-09", "сентябрь 2024 года"),
            ("2024-07-01..2024-09-30", "01.07.2024 – 30.09.2024"),
        ] {
            assert_eq!(period(label).title(), title);
        }
    }

    #[test]
    fn a_title_is_read_back_as_its_own_period() {
        let mut labels = vec!["2024-9M", "2024", "2023/2024", "2024-07-01..2024-09-30"]
            .into_iter()
            .map(String::from)
            .collect::<Vec<_>>();
        labels.extend((1..=12).map(|month| format!("2024-{month:02}")));
        labels.extend((1..=4).map(|quarter| format!("2024-Q{quarter}")));
        labels.extend((1..=2).map(|half| format!("2024-H{half}")));
        for label in labels {
            assert_eq!(period(&period(&label).title()).label, label);
        }
    }

    #[test]
    fn dynamics_shows_whole_quarters_of_the_window_and_of_the_year_before() {
        let labels = |text: &str| {
            quarters_for_dynamics(&period(text))
                .into_iter()
                .map(|quarter| quarter.label)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            labels("2024-Q3"),
            "2023-Q1 2023-Q2 2023-Q3 2023-Q4 2024-Q1 2024-Q2 2024-Q3"
        );
        assert_eq!(labels("2024-Q1"), "2023-Q1 2023-Q2 2023-Q3 2023-Q4 2024-Q1");
        // The third quarter is not over on 31 August.
        assert_eq!(
            labels("2024-08"),
            "2023-Q1 2023-Q2 2023-Q3 2023-Q4 2024-Q1 2024-Q2"
        );
        // A school year is a window of its own: 1 September 2023 to 31 August 2024.
        assert_eq!(
            labels("2023/2024"),
            "2022-Q3 2022-Q4 2023-Q1 2023-Q2 2023-Q3 2023-Q4 2024-Q1 2024-Q2"
        );
        assert_eq!(
            labels("2024-07-01..2024-09-30"),
            "2023-Q3 2023-Q4 2024-Q1 2024-Q2 2024-Q3"
        );
    }
}
