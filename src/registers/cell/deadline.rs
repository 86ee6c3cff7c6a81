//! The deadline of a measure (methodology §2.1).

use chrono::Datelike;

use super::date::{DateRules, date, range};
use super::moment::{Moment, moment};
use super::words::words;
use crate::registers::record::{DateCell, Deadline};
use crate::source::Value;
use crate::text::fold_lookalikes;

/// The year before which no measure was due: a small number in «Срок» is no serial.
const EARLIEST: i32 = 1950;

/// Reads «Срок»: a date, also after «до»; a month, quarter, half-year, school year or year, of which
/// the last day counts, also of a range; «в течение года», «постоянно», «ежегодно», «ежемесячно».
/// Whatever else stands there, also a month or quarter without its year, is unreadable.
#[must_use]
pub fn deadline(value: Value<'_>, rules: &DateRules) -> Deadline {
    let rules = DateRules {
        partial: true,
        ..*rules
    };
    match date(value, &rules) {
        DateCell::Empty => return Deadline::None,
        DateCell::Unreadable => {}
        read => {
            return read
                .span()
                .filter(|(_, last)| last.year() >= EARLIEST)
                .map_or(Deadline::Unreadable, |(_, last)| Deadline::Day(last));
        }
    }
    match value {
        Value::Text(text) => {
            from_text(&fold_lookalikes(text), &rules).unwrap_or(Deadline::Unreadable)
        }
        _ => Deadline::Unreadable,
    }
}

fn from_text(text: &str, rules: &DateRules) -> Option<Deadline> {
    let text = text.trim_end_matches(['.', ',', ';']).trim_end();
    if is_always(text) {
        return Some(Deadline::Always);
    }
    let text = text.strip_suffix(" включительно").unwrap_or(text);
    let bare = without_preposition(text);
    let last = match moment(bare, rules) {
        Some(Moment::Number(_)) => None,
        Some(read) => read.last(),
        None => range(text, rules)
            .or_else(|| range(bare, rules))
            .and_then(|(_, end)| end.last()),
    };
    last.map(Deadline::Day)
}

/// Whether a text is made only of such words as «постоянно».
fn is_always(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let Some(after) = words().spans.always.iter().find_map(|phrase| {
            rest.strip_prefix(phrase.as_str())
                .filter(|after| !after.starts_with(char::is_alphanumeric))
        }) else {
            return false;
        };
        rest = after.trim_start_matches([' ', ',', ';', '.', '(', ')']);
    }
    !text.is_empty()
}

fn without_preposition(text: &str) -> &str {
    words()
        .spans
        .before_deadline
        .iter()
        .find_map(|word| text.strip_prefix(word.as_str())?.strip_prefix(' '))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    const RULES: DateRules = DateRules {
        as_of_year: 2024,
        partial: false,
    };

    fn read(text: &str) -> Deadline {
        deadline(Value::Text(text), &RULES)
    }

    fn day(y: i32, m: u32, d: u32) -> Deadline {
        Deadline::Day(NaiveDate::from_ymd_opt(y, m, d).unwrap())
    }

    #[test]
    fn a_date_also_after_until() {
        for text in [
            "30.09.2024",
            "до 30.09.2024",
            "до 30 сентября 2024 г.",
            "не позднее 30.09.2024",
            "в срок до 30.09.24",
            "к 30.09.2024",
            "до 30.09.2024 включительно",
            "45565",
        ] {
            assert_eq!(read(text), day(2024, 9, 30), "{text}");
        }
        let date = NaiveDate::from_ymd_opt(2024, 9, 30).unwrap();
        assert_eq!(deadline(Value::Date(date), &RULES), day(2024, 9, 30));
        assert_eq!(deadline(Value::Number(45_565.0), &RULES), day(2024, 9, 30));
    }

    #[test]
    fn the_last_day_of_a_month_quarter_half_year_or_year() {
        for text in [
            "сентябрь 2024",
            "сентябрь 2024 г.",
            "в сентябре 2024 года",
            "до конца сентября 2024 г.",
            "09.2024",
            "III квартал 2024",
            "III кв. 2024 г.",
            "3 кв. 2024",
            "3 кв.2024г.",
            "3-й квартал 2024 года",
            "третий квартал 2024",
            "в III квартале 2024 г.",
            "в течение III квартала 2024 года",
            "Ш квартал 2024",
            "2024 год, III квартал",
        ] {
            assert_eq!(read(text), day(2024, 9, 30), "{text}");
        }
        for text in [
            "1 полугодие 2024",
            "I полугодие 2024 г.",
            "первое полугодие 2024 года",
            "1-е полугодие 2024",
            "1 п/г 2024",
            "II квартал 2024",
            "П квартал 2024",
            "июнь 2024",
        ] {
            assert_eq!(read(text), day(2024, 6, 30), "{text}");
        }
        for text in [
            "2024",
            "2024 год",
            "2024 г.",
            "в течение 2024 года",
            "в 2024 году",
            "до конца 2024 года",
            "IV квартал 2024",
            "2 полугодие 2024",
        ] {
            assert_eq!(read(text), day(2024, 12, 31), "{text}");
        }
        assert_eq!(deadline(Value::Number(2024.0), &RULES), day(2024, 12, 31));
        assert_eq!(read("февраль 2024"), day(2024, 2, 29));
        assert_eq!(read("2023/2024 учебный год"), day(2024, 8, 31));
        assert_eq!(read("2023-2024 уч. год"), day(2024, 8, 31));
    }

    #[test]
    fn the_last_day_of_a_range() {
        for text in [
            "сентябрь–октябрь 2024",
            "сентябрь - октябрь 2024 г.",
            "с сентября по октябрь 2024 года",
            "01.09-31.10.2024",
            "с 01.09.2024 по 31.10.2024",
            "сентябрь 2023 – октябрь 2024",
            "1–31 октября 2024 г.",
        ] {
            assert_eq!(read(text), day(2024, 10, 31), "{text}");
        }
        for text in [
            "I–II квартал 2024",
            "I-II кварталы 2024 г.",
            "1-2 кв. 2024",
            "ноябрь–июнь 2024",
        ] {
            assert_eq!(read(text), day(2024, 6, 30), "{text}");
        }
        assert_eq!(read("2024-2025 гг."), day(2025, 12, 31));
        assert_eq!(read("2024–2025 годы"), day(2025, 12, 31));
        assert_eq!(read("1-2 полугодие 2024"), day(2024, 12, 31));
    }

    #[test]
    fn all_the_year_long() {
        for text in [
            "в течение года",
            "В течение года.",
            "постоянно",
            "Ежегодно",
            "ежемесячно",
            "в течение всего года",
            "ежемесячно, в течение года",
            "постоянно (в течение года)",
        ] {
            assert_eq!(read(text), Deadline::Always, "{text}");
        }
    }

    #[test]
    fn nothing() {
        for text in ["", "-", "нет", "н/д"] {
            assert_eq!(read(text), Deadline::None, "{text}");
        }
    }

    #[test]
    fn what_is_no_deadline() {
        for text in [
            "сентябрь",
            "III квартал",
            "до 25 декабря",
            "1 полугодие",
            "сентябрь–октябрь",
            "ежеквартально",
            "в течение учебного года",
            "весь период",
            "по мере необходимости",
            "постоянно до 2025",
            "V квартал 2024",
            "3 полугодие 2024",
            "13.2024",
            "9 месяцев 2024",
            "до",
            "5",
            "ежегодно до 1 сентября",
            "в течение годашнего",
        ] {
            assert_eq!(read(text), Deadline::Unreadable, "{text}");
        }
        assert_eq!(deadline(Value::Bool(true), &RULES), Deadline::Unreadable);
        assert_eq!(deadline(Value::Error("#Н/Д"), &RULES), Deadline::Unreadable);
    }
}
