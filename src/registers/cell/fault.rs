//! Errors of calculation, as spreadsheets show them: in delimited text and in pasted values they are texts.

use super::text::trim;
use crate::source::Value;

/// What Excel and LibreOffice show in place of a value, in Russian and in English.
const SHOWN: &[&str] = &[
    "#Н/Д",
    "#ЗНАЧ!",
    "#ССЫЛКА!",
    "#ДЕЛ/0!",
    "#ИМЯ?",
    "#ПУСТО!",
    "#ЧИСЛО!",
    "#ССЫЛ!",
    "#ЗНАЧЕН!",
    "#ПЕРЕНОС!",
    "#ВЫЧИСЛ!",
    "#N/A",
    "#VALUE!",
    "#REF!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    FAULT,
];

/// How a record keeps a status that is an error or a formula without a result: a phrase nobody knows.
pub const FAULT: &str = "#ОШИБКА!";

/// A text that shows an error as the error that it is.
#[must_use]
pub fn with_errors(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Text(text) if may_show(text) && SHOWN.contains(&trim(text)) => {
            Value::Error(trim(text))
        }
        value => value,
    }
}

/// A look at the first byte: neither a digit nor a letter, Latin or Cyrillic, begins an error.
fn may_show(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, 0xd0 | 0xd1);
    text.bytes().next().is_some_and(|byte| !letter(byte))
}

/// Whether a cell holds an error, or a formula without a result.
#[must_use]
pub fn is_fault(value: Value<'_>) -> bool {
    matches!(value, Value::Error(_) | Value::Uncalculated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::phrase::{Phrases, Reading};
    use std::collections::BTreeMap;

    #[test]
    fn a_text_that_shows_an_error_is_one() {
        assert_eq!(
            with_errors(Value::Text(" #Н/Д\u{a0}")),
            Value::Error("#Н/Д")
        );
        for text in ["Н/Д", "#", "#1", "№ #Н/Д", ""] {
            assert_eq!(with_errors(Value::Text(text)), Value::Text(text));
        }
    }

    // Methodology §2: an unknown phrase does not count where the status matters.
    #[test]
    fn no_error_is_a_known_phrase_nor_an_empty_status() {
        let phrases = Phrases::in_force(&BTreeMap::new()).unwrap();
        assert_eq!(phrases.diagnostics(FAULT), Reading::Unknown);
        assert_eq!(phrases.course(FAULT), Reading::Unknown);
        assert_eq!(phrases.iom(FAULT), Reading::Unknown);
        assert_eq!(phrases.measure(FAULT), Reading::Unknown);
    }
}
