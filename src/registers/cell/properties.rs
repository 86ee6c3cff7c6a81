//! Whatever stands in a cell, it is read or refused, and nothing breaks.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::registers::record::{DateCell, Deadline, Experience};
use crate::source::Value;

const RULES: DateRules = DateRules {
    as_of_year: 2024,
    partial: true,
};

/// Texts like those of cells: figures, separators, the words of the data, and anything at all.
fn cell_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[-–./,: ;()№%+«»\n\u{a0}]",
        prop::sample::select(vec![
            "г.",
            "года",
            "сентября",
            "март",
            "квартал",
            "полугодие",
            "II",
            "до",
            "с ",
            " по ",
            "мес.",
            "лет",
            "да",
            "нет",
            "не",
            "н/д",
            "постоянно",
            "в течение",
            "учебный",
            "T",
            "gmt+3",
            "от ",
            "≤",
            "<=",
            "..",
        ])
        .prop_map(str::to_owned),
        ".{0,3}",
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

fn read_every_way(value: Value<'_>, header: &str) {
    let _ = date(value, &RULES);
    let _ = study_dates(value, &RULES);
    let _ = deadline(value, &RULES);
    let _ = flag(value, &RULES);
    let _ = registry_flag(value, &RULES);
    let _ = mentoring_flag(value, &RULES);
    let _ = experience(value, header, &RULES);
    let _ = snils(value);
    let _ = number(value);
    let _ = plan(value);
    let _ = is_blank(&text(value));
    let _ = is_blank_status(&text(value));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_breaks_it(text in cell_text(), header in cell_text()) {
        read_every_way(Value::Text(&text), &header);
    }

    #[test]
    fn no_number_breaks_it(number in any::<f64>(), whole in -100_000i32..100_000) {
        for number in [number, f64::from(whole), f64::from(whole) / 16.0] {
            read_every_way(Value::Number(number), "Стаж");
            read_every_way(Value::Percent(number), "Стаж");
        }
    }

    #[test]
    fn a_day_is_the_same_in_every_spelling(serial in 2_000i32..73_416) {
        let day = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap() + chrono::Days::new(u64::try_from(serial).unwrap());
        prop_assume!(!(1900..=2100).contains(&serial));
        let (y, m, d) = (day.year(), day.month(), day.day());
        let month = &super::words::words().months.names[usize::try_from(m).unwrap() - 1][1];
        for text in [
            format!("{d:02}.{m:02}.{y}"),
            format!("{d}.{m}.{y}"),
            format!("{d}/{m}/{y} 10:15"),
            format!("{y}-{m:02}-{d:02}T00:00:00"),
            format!("{d} {month} {y} г."),
            format!("{serial}"),
        ] {
            prop_assert_eq!(date(Value::Text(&text), &RULES), DateCell::Day(day), "{}", text);
        }
        prop_assert_eq!(date(Value::Number(f64::from(serial)), &RULES), DateCell::Day(day));
        prop_assert_eq!(deadline(Value::Text(&format!("до {d}.{m}.{y}")), &RULES), Deadline::Day(day));
    }

    #[test]
    fn a_range_is_its_two_days(first in 0u64..70_000, length in 1u64..3_000) {
        let epoch = NaiveDate::from_ymd_opt(1900, 3, 1).unwrap();
        let (a, b) = (epoch + chrono::Days::new(first), epoch + chrono::Days::new(first + length));
        let text = format!("{}–{}", a.format("%d.%m.%Y"), b.format("%d.%m.%Y"));
        prop_assert_eq!(study_dates(Value::Text(&text), &RULES), StudyDates::Both(a, b));
    }

    #[test]
    fn years_and_months_add_up(years in 0u32..60, months in 0u32..12) {
        let is = ExperienceCell::Is(Experience(years * 360 + months * 30));
        for text in [format!("{years}/{months}"), format!("{years} г. {months} мес."), format!("{years} лет {months} месяцев")] {
            prop_assert_eq!(experience(Value::Text(&text), "Стаж", &RULES), is, "{}", text);
        }
    }
}
