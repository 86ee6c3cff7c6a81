//! A cell as text, and the words for nothing.

use std::borrow::Cow;

use super::words::{has, may_be_blank, words};
use crate::period::russian_date;
use crate::source::Value;
use crate::text::{fold, is_space};

/// The cell as text: trimmed, its inner line breaks kept; numbers as a spreadsheet shows them, with
/// a point and no `.0`; per cent as `50%`; dates as ДД.ММ.ГГГГ; errors as they are shown; a formula
/// without a stored result as nothing.
#[must_use]
pub fn text(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::Text(text) => Cow::Borrowed(trim(text)),
        Value::Number(number) => Cow::Owned(number_text(number)),
        Value::Percent(share) => Cow::Owned(format!("{}%", number_text(share * 100.0))),
        Value::Date(day) => Cow::Owned(russian_date(day)),
        Value::Bool(true) => Cow::Borrowed("ИСТИНА"),
        Value::Bool(false) => Cow::Borrowed("ЛОЖЬ"),
        Value::Error(error) => Cow::Borrowed(error),
        Value::Uncalculated => Cow::Borrowed(""),
    }
}

/// Whether a cell of a date, a number or a СНИЛС with this text is empty: nothing, «-», «нет»,
/// «н/д» and their spellings (methodology §1).
#[must_use]
pub fn is_blank(text: &str) -> bool {
    let text = trim(text);
    text.is_empty() || may_be_blank(text) && has(&words().blank.values, &fold(text))
}

/// Whether a cell of a status with this text is empty: nothing, «-» or «н/д» (methodology §1).
/// «нет» is a word of its own there.
#[must_use]
pub fn is_blank_status(text: &str) -> bool {
    let text = trim(text);
    text.is_empty() || may_be_blank(text) && has(&words().blank.statuses, &fold(text))
}

/// Without spaces of any kind and marks of no width at both ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c| {
        is_space(c) || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
    })
}

/// A number with the fifteen digits that spreadsheets keep.
pub(super) fn number_text(number: f64) -> String {
    let fifteen = format!("{number:.14e}").parse().unwrap_or(number);
    if fifteen == 0.0 {
        return "0".to_owned();
    }
    format!("{fifteen}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn texts_are_trimmed_and_keep_their_lines() {
        assert_eq!(text(Value::Text(" \u{a0}СОШ\n№ 1\u{feff} ")), "СОШ\n№ 1");
    }

    #[test]
    fn numbers_have_no_empty_fraction() {
        assert_eq!(text(Value::Number(12.0)), "12");
        assert_eq!(text(Value::Number(12.5)), "12.5");
        assert_eq!(text(Value::Number(0.1 + 0.2)), "0.3");
        assert_eq!(text(Value::Number(-0.0)), "0");
        assert_eq!(text(Value::Number(12_345_678_901.0)), "12345678901");
        assert_eq!(text(Value::Percent(0.07)), "7%");
    }

    #[test]
    fn dates_errors_and_truth() {
        let day = NaiveDate::from_ymd_opt(2024, 9, 3).unwrap();
        assert_eq!(text(Value::Date(day)), "03.09.2024");
        assert_eq!(text(Value::Error("#Н/Д")), "#Н/Д");
        assert_eq!(text(Value::Bool(true)), "ИСТИНА");
        assert_eq!(text(Value::Bool(false)), "ЛОЖЬ");
        assert_eq!(text(Value::Uncalculated), "");
    }

    #[test]
    fn words_for_nothing() {
        for nothing in [
            "", " ", "-", "–", "—", "нет", "НЕТ", "н/д", "Н/Д ", "\u{a0}",
        ] {
            assert!(is_blank(nothing), "{nothing:?}");
        }
        for something in ["0", "да", "нету", "1", "н"] {
            assert!(!is_blank(something), "{something:?}");
        }
    }

    #[test]
    fn the_first_character_hides_no_word_for_nothing() {
        let blank = &words().blank;
        for word in &blank.values {
            assert!(is_blank(word) && is_blank(&word.to_uppercase()), "{word}");
        }
        for word in &blank.statuses {
            assert!(is_blank_status(&word.to_uppercase()), "{word}");
        }
    }

    #[test]
    fn no_is_a_word_of_a_status() {
        assert!(is_blank_status("-"));
        assert!(is_blank_status("—"));
        assert!(is_blank_status("н/д"));
        assert!(is_blank_status("  "));
        assert!(!is_blank_status("нет"));
    }
}
