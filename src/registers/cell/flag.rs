//! Yes/no cells, and the columns in which a date, a number or a name is a yes.

use chrono::NaiveDate;

use super::date::{DateRules, date};
use super::text::trim;
use super::words::{has, words};
use crate::registers::record::DateCell;
use crate::source::Value;
use crate::text::{fold_lookalikes, is_letter};

/// What a yes/no cell says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FlagCell {
    /// Nothing, or «н/д».
    Empty,
    /// A no.
    No,
    /// A yes, or what the column takes as one.
    Yes,
    /// A day: whether that is a yes is the column's affair.
    Date(NaiveDate),
    /// Other text: reported, and a no.
    Other,
}

/// Serials that a yes/no column takes for days: from 1954 on. Smaller numbers are no days there.
const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=73_415.0;

/// Reads a yes/no cell (contract §1). The words of yes and no stand alone, or before a remark after a
/// comma or a bracket («да, приказ № 5»); «да, с 01.09.2023» is the day.
#[must_use]
pub fn flag(value: Value<'_>, rules: &DateRules) -> FlagCell {
    match value {
        Value::Bool(true) => FlagCell::Yes,
        Value::Bool(false) => FlagCell::No,
        Value::Date(_) => day(value, rules),
        Value::Number(1.0) => FlagCell::Yes,
        Value::Number(0.0) => FlagCell::No,
        Value::Number(number) if SERIALS.contains(&number) => day(value, rules),
        Value::Text(text) => match trim(text) {
            "" => FlagCell::Empty,
            "да" | "Да" => FlagCell::Yes,
            "нет" | "Нет" => FlagCell::No,
            text => from_text(text, rules),
        },
        _ => FlagCell::Other,
    }
}

/// Reads «В Федеральном реестре», where a registry number (a text with digits that is no date) is a
/// yes, while «1» and «0» are yes and no (methodology §2.2). It never gives a day.
#[must_use]
pub fn registry_flag(value: Value<'_>, rules: &DateRules) -> FlagCell {
    if let Value::Number(number) = value
        && number != 0.0
    {
        return if number > 0.0 {
            FlagCell::Yes
        } else {
            FlagCell::Other
        };
    }
    match flag(value, rules) {
        FlagCell::Date(_) if is_digits(value) => FlagCell::Yes,
        FlagCell::Date(_) => FlagCell::Other,
        FlagCell::Other => match value {
            Value::Text(text) if has_digits(text) && !denies(text) && !is_date(value, rules) => {
                FlagCell::Yes
            }
            _ => FlagCell::Other,
        },
        read => read,
    }
}

/// Reads «Целевая модель наставничества», where a cell that names a form («педагог – педагог»), a
/// model («Р-145», «АЗ-1128») or an order's number is a yes (methodology §2.8).
#[must_use]
pub fn mentoring_flag(value: Value<'_>, rules: &DateRules) -> FlagCell {
    match (flag(value, rules), value) {
        (FlagCell::Other, Value::Number(number)) if number > 0.0 => FlagCell::Yes,
        (FlagCell::Other, Value::Text(text)) if !is_date(value, rules) && names_mentoring(text) => {
            FlagCell::Yes
        }
        (read, _) => read,
    }
}

fn day(value: Value<'_>, rules: &DateRules) -> FlagCell {
    match date(
        value,
        &DateRules {
            partial: false,
            ..*rules
        },
    ) {
        DateCell::Day(day) => FlagCell::Date(day),
        _ => FlagCell::Other,
    }
}

fn is_date(value: Value<'_>, rules: &DateRules) -> bool {
    !is_digits(value)
        && matches!(
            date(
                value,
                &DateRules {
                    partial: true,
                    ..*rules
                }
            ),
            DateCell::Day(_) | DateCell::Month(..)
        )
}

fn from_text(text: &str, rules: &DateRules) -> FlagCell {
    let folded = fold_lookalikes(text);
    let folded = folded.trim_end_matches(['.', ',', ';', '!']).trim_end();
    let flag = &words().flag;
    if folded.is_empty() || has(&flag.empty, folded) {
        return FlagCell::Empty;
    }
    if has(&flag.yes, folded) {
        return FlagCell::Yes;
    }
    if has(&flag.no, folded) {
        return FlagCell::No;
    }
    // «1.0», as programs write a column of numbers with gaps.
    if let Ok(number) = folded.replace(',', ".").parse::<f64>() {
        if number == 1.0 {
            return FlagCell::Yes;
        }
        if number == 0.0 {
            return FlagCell::No;
        }
        let serial = folded.len() == 5 && SERIALS.contains(&number);
        return if serial {
            day(Value::Text(folded), rules)
        } else {
            FlagCell::Other
        };
    }
    if let FlagCell::Date(date) = day(Value::Text(folded), rules) {
        return FlagCell::Date(date);
    }
    if let Some(remark) = after_word(folded, &flag.no)
        && after_word(remark, &flag.yes).is_none()
        && !has(&flag.yes, remark)
    {
        return FlagCell::No;
    }
    if let Some(remark) = after_word(folded, &flag.yes)
        && !denies(remark)
    {
        return match day(Value::Text(remark), rules) {
            FlagCell::Date(date) => FlagCell::Date(date),
            _ => FlagCell::Yes,
        };
    }
    FlagCell::Other
}

/// The remark after a word of `list` that is parted from it by a comma or the like.
fn after_word<'a>(text: &'a str, list: &[String]) -> Option<&'a str> {
    list.iter().find_map(|word| {
        let rest = text.strip_prefix(word.as_str())?.trim_start();
        let remark = rest.strip_prefix([',', ';', '(', '.', ':'])?;
        let worded = word.chars().all(|c| is_letter(c) || c == ' ');
        worded.then(|| remark.trim_matches([' ', ')', '.']))
    })
}

fn has_digits(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

fn is_digits(value: Value<'_>) -> bool {
    matches!(value, Value::Text(text) if trim(text).bytes().all(|b| b.is_ascii_digit()))
}

fn folded_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '№')
        .filter(|word| !word.is_empty())
}

/// Whether a text speaks of what is not, or not yet.
fn denies(text: &str) -> bool {
    folded_words(&fold_lookalikes(text)).any(|word| has(&words().flag.denial, word))
}

fn names_mentoring(text: &str) -> bool {
    if denies(text) {
        return false;
    }
    let folded = fold_lookalikes(text)
        .replace(" - ", "-")
        .replace("- ", "-")
        .replace(" -", "-");
    let mentoring = &words().mentoring;
    if mentoring
        .models
        .iter()
        .any(|model| stands_in(&folded, model))
    {
        return true;
    }
    let is_form = mentoring.roles.iter().any(|first| {
        mentoring
            .roles
            .iter()
            .any(|second| stands_in(&folded, &format!("{first}-{second}")))
    });
    if is_form {
        return true;
    }
    let order =
        folded.contains('№') || folded_words(&folded).any(|word| has(&mentoring.orders, word));
    has_digits(&folded) && (order || is_number_of_order(&folded))
}

/// Whether a text is a number as orders have it and nothing else: «158», «12/3», «01-05/77-од».
fn is_number_of_order(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && !text.contains(' ')
        && folded_words(text)
            .all(|word| word.bytes().all(|b| b.is_ascii_digit()) || word.chars().count() <= 3)
}

/// Whether `part` stands in `text` between what is no letter or digit.
fn stands_in(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        !text[..at].ends_with(char::is_alphanumeric)
            && !text[at + part.len()..].starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: DateRules = DateRules {
        as_of_year: 2024,
        partial: false,
    };

    fn read(text: &str) -> FlagCell {
        flag(Value::Text(text), &RULES)
    }

    fn day(y: i32, m: u32, d: u32) -> FlagCell {
        FlagCell::Date(NaiveDate::from_ymd_opt(y, m, d).unwrap())
    }

    #[test]
    fn the_words_of_yes() {
        for text in [
            "да",
            "Да",
            "ДА",
            "да.",
            " да ",
            "+",
            "1",
            "1.0",
            "1,0",
            "входит",
            "true",
            "TRUE",
            "истина",
            "ИСТИНА",
            "v",
            "V",
            "✓",
            "х",
            "Х",
            "x",
            "X",
            "имеется",
            "имеются",
            "включена",
            "Включён",
            "включено",
            "включены",
            "дa",
            "да (приказ № 5)",
            "да, приказ № 12",
        ] {
            assert_eq!(read(text), FlagCell::Yes, "{text}");
        }
        assert_eq!(flag(Value::Bool(true), &RULES), FlagCell::Yes);
        assert_eq!(flag(Value::Number(1.0), &RULES), FlagCell::Yes);
    }

    #[test]
    fn the_words_of_no() {
        for text in [
            "нет",
            "Нет",
            "НЕТ.",
            "-",
            "–",
            "—",
            "0",
            "0.0",
            "0,0",
            "не входит",
            "false",
            "FALSE",
            "ложь",
            "не включена",
            "не включён",
            "не имеется",
            "отсутствует",
            "нет, в 2025 году",
            "нет (планируется)",
        ] {
            assert_eq!(read(text), FlagCell::No, "{text}");
        }
        assert_eq!(flag(Value::Bool(false), &RULES), FlagCell::No);
        assert_eq!(flag(Value::Number(0.0), &RULES), FlagCell::No);
    }

    #[test]
    fn nothing_is_empty() {
        for text in ["", " ", "\u{a0}", "н/д"] {
            assert_eq!(read(text), FlagCell::Empty, "{text}");
        }
    }

    #[test]
    fn days() {
        assert_eq!(read("01.09.2023"), day(2023, 9, 1));
        assert_eq!(read("с 01.09.2023 г."), day(2023, 9, 1));
        assert_eq!(read("да, с 01.09.2023"), day(2023, 9, 1));
        assert_eq!(read("да (01.09.2023)"), day(2023, 9, 1));
        assert_eq!(read("45170"), day(2023, 9, 1));
        assert_eq!(flag(Value::Number(45_170.0), &RULES), day(2023, 9, 1));
    }

    #[test]
    fn other_text() {
        for text in [
            "возможно",
            "да/нет",
            "да, нет",
            "нет, да",
            "+/-",
            "уточняется",
            "2",
            "2023",
            "дата",
            "нетто",
            "да, но не включена",
            "данет",
            "#Н/Д",
        ] {
            assert_eq!(read(text), FlagCell::Other, "{text}");
        }
        for value in [
            Value::Number(2.0),
            Value::Number(-1.0),
            Value::Percent(1.0),
            Value::Error("#Н/Д"),
            Value::Uncalculated,
        ] {
            assert_eq!(flag(value, &RULES), FlagCell::Other, "{value:?}");
        }
    }

    #[test]
    fn a_registry_number_is_a_yes() {
        let of = |text| registry_flag(Value::Text(text), &RULES);
        for text in [
            "№ 1234",
            "0123-45",
            "да",
            "1",
            "12345",
            "45170",
            "рег. № 77",
            "2024",
            "включена 12.03.2024",
        ] {
            assert_eq!(of(text), FlagCell::Yes, "{text}");
        }
        for text in ["0", "нет", "-", "не включена"] {
            assert_eq!(of(text), FlagCell::No, "{text}");
        }
        for text in [
            "12.03.2024",
            "12 марта 2024 г.",
            "03.2024",
            "неизвестно",
            "не найдена, проверено в 2024",
        ] {
            assert_eq!(of(text), FlagCell::Other, "{text}");
        }
        assert_eq!(of(""), FlagCell::Empty);
        assert_eq!(registry_flag(Value::Number(1.0), &RULES), FlagCell::Yes);
        assert_eq!(registry_flag(Value::Number(0.0), &RULES), FlagCell::No);
        assert_eq!(
            registry_flag(Value::Number(45_170.0), &RULES),
            FlagCell::Yes
        );
        let date = NaiveDate::from_ymd_opt(2024, 3, 12).unwrap();
        assert_eq!(registry_flag(Value::Date(date), &RULES), FlagCell::Other);
    }

    #[test]
    fn a_form_a_model_or_an_order_of_mentoring_is_a_yes() {
        let of = |text| mentoring_flag(Value::Text(text), &RULES);
        for text in [
            "педагог – педагог",
            "педагог-педагог",
            "Ученик – ученик",
            "студент – ученик",
            "работодатель — ученик",
            "«педагог - педагог», «ученик - ученик»",
            "форма «педагог-педагог»",
            "Р-145",
            "P-145",
            "р – 145",
            "АЗ-1128",
            "АЗ-1128/08",
            "письмо АЗ-1128/08",
            "приказ № 12",
            "Приказ № 158 от 09.07.2024",
            "№ 12",
            "пр. 12-ОД",
            "158",
            "158-од",
            "01-05/77",
            "да",
            "включена",
        ] {
            assert_eq!(of(text), FlagCell::Yes, "{text}");
        }
        assert_eq!(mentoring_flag(Value::Number(158.0), &RULES), FlagCell::Yes);
        for text in ["нет", "0", "-", "нет, с 2025 года"] {
            assert_eq!(of(text), FlagCell::No, "{text}");
        }
        for text in [
            "педагог",
            "планируется, приказ № 5",
            "без приказа № 5",
            "в 2025 году",
            "уточняется",
            "Р-1456",
            "педагог-педагогика",
        ] {
            assert_eq!(of(text), FlagCell::Other, "{text}");
        }
        assert_eq!(of("01.09.2023"), day(2023, 9, 1));
        assert_eq!(of(""), FlagCell::Empty);
    }
}
