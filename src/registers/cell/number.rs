//! Numbers as people write them, and plans.

use super::text::{is_blank, number_text, trim};
use crate::source::Value;
use crate::target::{AT_LEAST, AT_MOST};
use crate::text::{fold, is_hyphen, is_space};

/// The number of a cell: decimal comma or point, spaces between thousands; per cent as the share
/// that is stored (0.5). None when it is empty or no number.
#[must_use]
pub fn number(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Number(number) | Value::Percent(number) => number.is_finite().then_some(number),
        Value::Text(text) => decimal(trim(text))?.parse().ok(),
        _ => None,
    }
}

/// What a cell of «План» says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlanCell {
    /// Nothing, or «-», «нет», «н/д».
    Empty,
    /// A plan: a number with a point, `<= 10`, `5..15` or `да`.
    Is(String),
    /// Something else.
    Unreadable,
}

/// Reads «План»: a number, also with «%»; a bound (`<= 10`, `≤ 10`, «не более 10»; `>= 50` is the
/// plain `50`, since a plan means «at least»); a range (`5..15`, `5–15`, «от 5 до 15»); «да». A per
/// cent cell holds a hundredth of the plan (methodology §5).
#[must_use]
pub fn plan(value: Value<'_>) -> PlanCell {
    let read = match value {
        Value::Number(number) => plan_number(number),
        Value::Percent(share) => plan_number(share * 100.0),
        Value::Bool(true) => Some("да".to_owned()),
        Value::Text(text) if is_blank(text) => return PlanCell::Empty,
        Value::Text(text) => plan_text(&fold(text)),
        _ => None,
    };
    read.map_or(PlanCell::Unreadable, PlanCell::Is)
}

fn plan_number(number: f64) -> Option<String> {
    (number.is_finite() && number >= 0.0).then(|| number_text(number))
}

fn plan_text(text: &str) -> Option<String> {
    if text == "да" {
        return Some(text.to_owned());
    }
    for most in AT_MOST {
        if let Some(rest) = text.strip_prefix(most) {
            return Some(format!("<= {}", amount(rest)?));
        }
    }
    for least in AT_LEAST {
        if let Some(rest) = text.strip_prefix(least) {
            return amount(rest);
        }
    }
    if let Some(number) = amount(text) {
        return Some(number);
    }
    let (low, high) = match text.strip_prefix("от ") {
        Some(range) => range.split_once(" до ")?,
        None => ["..", "…", "-"]
            .iter()
            .find_map(|mark| text.split_once(mark))?,
    };
    let (low, high) = (amount(low)?, amount(high)?);
    let ordered = low.parse::<f64>().ok()? <= high.parse::<f64>().ok()?;
    ordered.then(|| format!("{low}..{high}"))
}

/// A number that is not negative, perhaps with «%».
fn amount(text: &str) -> Option<String> {
    let text = trim(text);
    let number = decimal(trim(text.strip_suffix('%').unwrap_or(text)))?;
    (!number.starts_with('-')).then_some(number)
}

/// A decimal number in the shortest plain form, with a point: «1 234,50» is `1234.5`. Spaces stand
/// between digits only where they part thousands.
pub(super) fn decimal(text: &str) -> Option<String> {
    let negative = text.starts_with(is_hyphen);
    let unsigned = text
        .strip_prefix(|c| is_hyphen(c) || c == '+')
        .unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once([',', '.']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    if !whole.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut digits = String::with_capacity(text.len());
    for (place, group) in whole.split(is_space).enumerate() {
        let grouped = if place > 0 {
            group.len() == 3
        } else {
            !whole.contains(is_space) || group.len() <= 3
        };
        if group.is_empty() || !grouped || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    let start = digits
        .bytes()
        .take_while(|b| *b == b'0')
        .count()
        .min(digits.len() - 1);
    let mut number = digits.split_off(start);
    if let Some(fraction) = fraction {
        if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        if !fraction.is_empty() {
            number.push('.');
            number.push_str(fraction);
        }
    }
    if negative && number != "0" {
        number.insert(0, '-');
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<f64> {
        number(Value::Text(text))
    }

    #[test]
    fn comma_or_point() {
        assert_eq!(of("3,5"), Some(3.5));
        assert_eq!(of("3.5"), Some(3.5));
        assert_eq!(of(" 72 "), Some(72.0));
        assert_eq!(of("-4"), Some(-4.0));
        assert_eq!(of("−4"), Some(-4.0));
        assert_eq!(of("007"), Some(7.0));
        assert_eq!(of("0"), Some(0.0));
        assert_eq!(of("4,0"), Some(4.0));
    }

    #[test]
    fn spaces_part_thousands() {
        assert_eq!(of("1 234,5"), Some(1234.5));
        assert_eq!(of("1\u{a0}234\u{202f}567"), Some(1_234_567.0));
        assert_eq!(of("12 34"), None);
        assert_eq!(of("1234 567"), None);
        assert_eq!(of("1  234"), None);
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "", "-", "нет", "н/д", "72 ч", "1,2,3", "1.234,5", "1e5", "inf", "NaN", ",5", "5,", "+",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(number(Value::Number(f64::NAN)), None);
        assert_eq!(number(Value::Bool(true)), None);
        assert_eq!(number(Value::Number(4.0)), Some(4.0));
        assert_eq!(number(Value::Percent(0.5)), Some(0.5));
    }

    fn planned(text: &str) -> PlanCell {
        plan(Value::Text(text))
    }

    fn is(text: &str) -> PlanCell {
        PlanCell::Is(text.to_owned())
    }

    #[test]
    fn plans_of_numbers() {
        assert_eq!(plan(Value::Number(50.0)), is("50"));
        assert_eq!(plan(Value::Number(49.5)), is("49.5"));
        assert_eq!(planned("50"), is("50"));
        assert_eq!(planned("49,50"), is("49.5"));
        assert_eq!(planned("50%"), is("50"));
        assert_eq!(planned("50 %"), is("50"));
        assert_eq!(planned("≥ 50"), is("50"));
        assert_eq!(planned("не менее 50 %"), is("50"));
        assert_eq!(planned("0"), is("0"));
    }

    #[test]
    fn a_per_cent_cell_holds_a_hundredth() {
        assert_eq!(plan(Value::Percent(0.5)), is("50"));
        assert_eq!(plan(Value::Percent(0.07)), is("7"));
        assert_eq!(plan(Value::Percent(0.505)), is("50.5"));
    }

    #[test]
    fn bounds_and_ranges() {
        for text in [
            "<= 10",
            "<=10",
            "≤ 10",
            "не более 10",
            "не выше 10",
            "<= 10,0",
        ] {
            assert_eq!(planned(text), is("<= 10"), "{text}");
        }
        for text in [
            "5..15",
            "5–15",
            "5 - 15",
            "5…15",
            "от 5 до 15",
            "5% – 15%",
            "5.0..15",
        ] {
            assert_eq!(planned(text), is("5..15"), "{text}");
        }
        assert_eq!(planned("2,5–7,5"), is("2.5..7.5"));
    }

    #[test]
    fn yes_is_a_plan_and_nothing_is_none() {
        assert_eq!(planned("Да"), is("да"));
        assert_eq!(plan(Value::Bool(true)), is("да"));
        for text in ["", "-", "нет", "н/д"] {
            assert_eq!(planned(text), PlanCell::Empty, "{text}");
        }
    }

    #[test]
    fn what_is_no_plan() {
        for text in [
            "много",
            "15..5",
            "< 10",
            "-5",
            "5..",
            "..5",
            "<=",
            "50 чел.",
            "1..2..3",
        ] {
            assert_eq!(planned(text), PlanCell::Unreadable, "{text}");
        }
        assert_eq!(plan(Value::Number(-1.0)), PlanCell::Unreadable);
        assert_eq!(plan(Value::Bool(false)), PlanCell::Unreadable);
        assert_eq!(plan(Value::Error("#Н/Д")), PlanCell::Unreadable);
        let day = chrono::NaiveDate::from_ymd_opt(2024, 5, 15).unwrap();
        assert_eq!(
            plan(Value::Date(day)),
            PlanCell::Unreadable,
            "5.15 that became a date"
        );
    }
}
