//! Every spelling of a date that the contract lists, and those next to it.

use super::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

const WHOLE: DateRules = DateRules {
    as_of_year: 2024,
    partial: false,
};
const PARTIAL: DateRules = DateRules {
    as_of_year: 2024,
    partial: true,
};

fn read(text: &str) -> DateCell {
    date(Value::Text(text), &WHOLE)
}

fn partial(text: &str) -> DateCell {
    date(Value::Text(text), &PARTIAL)
}

#[test]
fn spellings_of_the_contract() {
    for text in [
        "30.09.2024",
        "30.9.24",
        "30/09/2024",
        "2024-09-30",
        "30 сентября 2024 г.",
        " 30.09.2024\u{a0}",
        "30.09.2024 г.",
        "30.09.2024г",
        "30.09.2024 года",
        "30.09.2024.",
        "30. 09. 2024",
        "30-09-2024",
        "30,09,2024",
        "2024.09.30",
        "2024/09/30",
        "30 сентября 2024",
        "30 Сентября 2024 года",
        "«30» сентября 2024 г.",
        "30 сент. 2024 г.",
        "30 сен 2024",
        "30.сен.24",
        "30-сен-24",
        "30-го сентября 2024",
        "30\u{a0}сентября\u{a0}2024\u{a0}г.",
        "с 30.09.2024",
        "от 30.09.2024 г.",
        "30 cентября 2024",
        "45565",
        "45565.75",
        "45565,75",
    ] {
        assert_eq!(read(text), DateCell::Day(day(2024, 9, 30)), "{text}");
    }
    assert_eq!(
        date(Value::Date(day(2024, 9, 30)), &WHOLE),
        DateCell::Day(day(2024, 9, 30))
    );
}

#[test]
fn every_month_by_its_names() {
    for (number, names) in (1u32..).zip(&super::super::words::words().months.names) {
        for name in names {
            assert_eq!(
                read(&format!("5 {name} 2024")),
                DateCell::Day(day(2024, number, 5)),
                "{name}"
            );
        }
    }
}

#[test]
fn a_time_may_follow() {
    for text in [
        "30.09.2024 14:05",
        "30.09.2024 14:05:33",
        "30.09.2024, 14:05",
        "30.09.2024 в 9:05",
        "30.09.2024 г. 14:05",
        "2024-09-30T14:05:33",
        "2024-09-30T14:05:33.250Z",
        "2024-09-30T14:05:33+03:00",
        "2024-09-30 14:05:33+0300",
        "2024/09/30 2:05:33 PM GMT+3",
        "30.9.24 0:00",
        "30 сентября 2024 г. 14:05",
    ] {
        assert_eq!(read(text), DateCell::Day(day(2024, 9, 30)), "{text}");
    }
    for text in [
        "30.09.2024 25:00",
        "30.09.2024 14:60",
        "14:05",
        "30.09.2024 14:",
        "30.09.2024 1:2:3:4",
    ] {
        assert_eq!(read(text), DateCell::Unreadable, "{text}");
    }
}

#[test]
fn two_digit_years_turn_ten_years_after_the_report() {
    assert_eq!(read("01.01.34"), DateCell::Day(day(2034, 1, 1)));
    assert_eq!(read("01.01.35"), DateCell::Day(day(1935, 1, 1)));
    assert_eq!(read("01.01.00"), DateCell::Day(day(2000, 1, 1)));
    assert_eq!(read("01.01.99"), DateCell::Day(day(1999, 1, 1)));
    let later = DateRules {
        as_of_year: 2025,
        partial: false,
    };
    assert_eq!(
        date(Value::Text("01.01.35"), &later),
        DateCell::Day(day(2035, 1, 1))
    );
}

#[test]
fn serials_of_the_1900_system() {
    let of = |number| date(Value::Number(number), &WHOLE);
    assert_eq!(of(45_565.0), DateCell::Day(day(2024, 9, 30)));
    assert_eq!(of(45_565.99), DateCell::Day(day(2024, 9, 30)));
    assert_eq!(of(1.0), DateCell::Day(day(1900, 1, 1)));
    assert_eq!(of(59.0), DateCell::Day(day(1900, 2, 28)));
    assert_eq!(of(60.0), DateCell::Unreadable, "29 February 1900 never was");
    assert_eq!(of(61.0), DateCell::Day(day(1900, 3, 1)));
    assert_eq!(of(73_415.0), DateCell::Day(day(2100, 12, 31)));
    for number in [0.0, -1.0, 73_416.0, 1e300, f64::NAN, f64::INFINITY, 30.09] {
        assert_eq!(of(number), DateCell::Unreadable, "{number}");
    }
}

/// 2005 typed into a cell that shows dates: 27.06.1905.
#[test]
fn a_year_in_a_cell_of_dates_is_that_year() {
    let shown = day(1905, 6, 27);
    assert_eq!(date(Value::Date(shown), &PARTIAL), DateCell::Year(2005));
    assert_eq!(date(Value::Date(shown), &WHOLE), DateCell::Unreadable);
    let known = day(1955, 6, 27);
    assert_eq!(date(Value::Date(known), &PARTIAL), DateCell::Day(known));
}

#[test]
fn a_bare_year_or_month_is_partial() {
    for text in ["2005", "2005 г.", "2005 год", "2005 года", "2005г"] {
        assert_eq!(partial(text), DateCell::Year(2005), "{text}");
        assert_eq!(read(text), DateCell::Unreadable, "{text}");
    }
    for text in [
        "09.2024",
        "9.2024",
        "09/2024",
        "09-2024",
        "2024-09",
        "сентябрь 2024",
        "сентябрь 2024 г.",
        "Сент. 2024",
        "сентября 2024 года",
    ] {
        assert_eq!(partial(text), DateCell::Month(2024, 9), "{text}");
        assert_eq!(read(text), DateCell::Unreadable, "{text}");
    }
    assert_eq!(partial("10.2010"), DateCell::Month(2010, 10));
    assert_eq!(date(Value::Number(2005.0), &PARTIAL), DateCell::Year(2005));
    assert_eq!(date(Value::Number(2005.0), &WHOLE), DateCell::Unreadable);
    assert_eq!(
        date(Value::Number(9.2024), &PARTIAL),
        DateCell::Month(2024, 9)
    );
    assert_eq!(
        date(Value::Number(10.201), &PARTIAL),
        DateCell::Month(2010, 10)
    );
    assert_eq!(date(Value::Number(13.2024), &PARTIAL), DateCell::Unreadable);
}

#[test]
fn words_for_nothing() {
    for text in ["", "-", "–", "нет", "н/д", " "] {
        assert_eq!(read(text), DateCell::Empty, "{text}");
    }
}

#[test]
fn what_is_no_date() {
    for text in [
        "32.01.2024",
        "31.06.2024",
        "29.02.2023",
        "09/30/2024",
        "30.13.2024",
        "00.09.2024",
        "30.09.202",
        "30.09.20244",
        "30.09.1899",
        "30.09.2101",
        "30.09",
        "30 сентября",
        "сентябрь",
        "в прошлом году",
        "30.09/2024",
        "12-16.02.2024",
        "01.09.2024, 02.09.2024",
        "30.09.2024 (приказ № 5)",
        "III квартал 2024",
        "2023/2024",
        "1.2.3.4",
        "300924",
        "20240930",
        "24-09-30",
        "#Н/Д",
        "5 5 2024",
        "г.",
        "1.5",
    ] {
        assert_eq!(partial(text), DateCell::Unreadable, "{text}");
    }
    assert_eq!(read("29.02.2024"), DateCell::Day(day(2024, 2, 29)));
    for value in [
        Value::Bool(true),
        Value::Percent(0.5),
        Value::Error("#Н/Д"),
        Value::Uncalculated,
    ] {
        assert_eq!(date(value, &PARTIAL), DateCell::Unreadable, "{value:?}");
    }
    assert_eq!(
        date(Value::Date(day(1899, 12, 31)), &WHOLE),
        DateCell::Unreadable
    );
}

fn study(text: &str) -> StudyDates {
    study_dates(Value::Text(text), &PARTIAL)
}

#[test]
fn both_dates_in_one_cell() {
    for text in [
        "12.02.2024-01.03.2024",
        "12.02.2024 – 01.03.2024",
        "с 12.02.2024 по 01.03.2024",
        "c 12.02.2024 по 01.03.2024", // a Latin c
        "12.02.2024...01.03.2024",
        "с 12.02.2024 г. по 01.03.2024 г.",
        "с 12.02.2024г. до 01.03.2024г.",
        "в период с 12.02.2024 по 01.03.2024",
        "12.02-01.03.2024",
        "12.02.24-01.03.24",
        "12.02.2024 г. - 01.03.2024 г.",
        "2024-02-12 - 2024-03-01",
        "12 февраля – 1 марта 2024 г.",
        "с 12 февраля по 1 марта 2024 года",
        "12.02.2024\n01.03.2024",
        "12.02.2024; 01.03.2024",
        "12.02.2024/01.03.2024",
        "12/02/2024-01/03/2024",
        "от 12.02.2024 до 01.03.2024",
        "12.02.2024 - 01.03.2024 (72 ч)",
        "12.02.2024…01.03.2024",
        "12.02.2024 - 01.03",
    ] {
        assert_eq!(
            study(text),
            StudyDates::Both(day(2024, 2, 12), day(2024, 3, 1)),
            "{text}"
        );
    }
    for text in [
        "12-16.02.2024",
        "12–16 февраля 2024 г.",
        "с 12 по 16 февраля 2024",
        "12-16.02.24",
    ] {
        assert_eq!(
            study(text),
            StudyDates::Both(day(2024, 2, 12), day(2024, 2, 16)),
            "{text}"
        );
    }
}

#[test]
fn studies_over_new_year() {
    assert_eq!(
        study("12.12-01.03.2024"),
        StudyDates::Both(day(2023, 12, 12), day(2024, 3, 1))
    );
    assert_eq!(
        study("12.12.2023-01.03"),
        StudyDates::Both(day(2023, 12, 12), day(2024, 3, 1))
    );
}

#[test]
fn an_end_before_its_start_stands_as_it_is() {
    assert_eq!(
        study("01.03.2024-12.02.2024"),
        StudyDates::Both(day(2024, 3, 1), day(2024, 2, 12))
    );
}

#[test]
fn one_date_alone_or_none() {
    assert_eq!(study("12.02.2024"), StudyDates::One(day(2024, 2, 12)));
    assert_eq!(study("12-02-2024"), StudyDates::One(day(2024, 2, 12)));
    assert_eq!(
        study_dates(Value::Date(day(2024, 2, 12)), &WHOLE),
        StudyDates::One(day(2024, 2, 12))
    );
    assert_eq!(
        study_dates(Value::Number(45_565.0), &WHOLE),
        StudyDates::One(day(2024, 9, 30))
    );
    assert_eq!(study("нет"), StudyDates::Empty);
    assert_eq!(study(""), StudyDates::Empty);
}

#[test]
fn what_is_no_study_dates() {
    for text in [
        "февраль 2024",
        "февраль-март 2024",
        "2024",
        "12.02",
        "12.02-01.03",
        "32.01-01.03.2024",
        "16-12.13.2024",
        "72 часа",
        "12 02.2024",
    ] {
        assert_eq!(study(text), StudyDates::Unreadable, "{text}");
    }
    assert_eq!(
        study_dates(Value::Bool(true), &WHOLE),
        StudyDates::Unreadable
    );
}
