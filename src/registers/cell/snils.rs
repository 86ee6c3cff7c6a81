//! СНИЛС: eleven digits, the last two of which check the others.

use super::text::{is_blank, trim};
use crate::registers::record::Snils;
use crate::source::Value;
use crate::text::{is_hyphen, is_space};

/// What a cell of a СНИЛС column says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SnilsCell {
    /// Nothing, or «-», «нет», «н/д».
    Empty,
    /// A СНИЛС whose check digits are right.
    Valid(Snils),
    /// Something else.
    Invalid,
}

/// Reads a СНИЛС: with or without separators, or as a number that lost its leading zeros. Numbers up
/// to 001-001-998 carry no check digits; they are taken only when all eleven digits stand there.
#[must_use]
pub fn snils(value: Value<'_>) -> SnilsCell {
    let read = match value {
        Value::Text(text) if is_blank(text) => return SnilsCell::Empty,
        Value::Text(text) => from_text(trim(text)),
        Value::Number(number) => from_number(number),
        _ => None,
    };
    read.map_or(SnilsCell::Invalid, SnilsCell::Valid)
}

fn from_text(text: &str) -> Option<Snils> {
    let mut digits = 0u32;
    let mut number = 0u64;
    let mut separated = false;
    for c in text.chars() {
        if let Some(digit) = c.to_digit(10) {
            digits += 1;
            if digits > 11 {
                return None;
            }
            number = number * 10 + u64::from(digit);
        } else if is_space(c) || is_hyphen(c) || matches!(c, '.' | '_' | '/') {
            separated = true;
        } else {
            return None;
        }
    }
    let whole = digits == 11;
    if digits == 0 || (separated && !whole) {
        return None;
    }
    Snils::checked(number, whole)
}

fn from_number(number: f64) -> Option<Snils> {
    if number.fract() != 0.0 || !(1.0..1e11).contains(&number) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, from 1 to 10^11"
    )]
    Snils::checked(number as u64, number >= 1e10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid(digits: u64) -> SnilsCell {
        SnilsCell::Valid(Snils::checked(digits, true).unwrap())
    }

    // 112-233-445: 1·9+1·8+2·7+2·6+3·5+3·4+4·3+4·2+5·1 = 95.
    #[test]
    fn separators_of_any_kind_or_none() {
        for text in [
            "112-233-445 95",
            "11223344595",
            "112 233 445 95",
            " 112–233–445\u{a0}95 ",
            "112-233-445-95",
        ] {
            assert_eq!(snils(Value::Text(text)), valid(11_223_344_595), "{text}");
        }
        assert_eq!(
            snils(Value::Number(11_223_344_595.0)),
            valid(11_223_344_595)
        );
    }

    #[test]
    fn wrong_check_digits() {
        assert_eq!(snils(Value::Text("112-233-445 96")), SnilsCell::Invalid);
        assert_eq!(snils(Value::Number(11_223_344_596.0)), SnilsCell::Invalid);
    }

    // 087-654-303: 0·9+8·8+7·7+6·6+5·5+4·4+3·3+0·2+3·1 = 64+49+36+25+16+9+3 = 202 = 2·101, so 00.
    #[test]
    fn a_number_that_lost_its_zeros() {
        assert_eq!(snils(Value::Number(8_765_430_300.0)), valid(8_765_430_300));
        assert_eq!(snils(Value::Text("8765430300")), valid(8_765_430_300));
        assert_eq!(snils(Value::Text("087-654-303 00")), valid(8_765_430_300));
        assert_eq!(
            snils(Value::Text("87-654-303 00")),
            SnilsCell::Invalid,
            "separators and a digit too few"
        );
    }

    #[test]
    fn sums_of_100_and_101_are_00() {
        // 9·9 + 2·8 + 1·3 = 100
        assert_eq!(snils(Value::Text("920-000-100 00")), valid(92_000_010_000));
        // 9·9 + 2·8 + 1·4 = 101
        assert_eq!(snils(Value::Text("920-001-000 00")), valid(92_000_100_000));
        // 9·9 + 2·8 + 1·5 = 102 → 1
        assert_eq!(snils(Value::Text("920-010-000 01")), valid(92_001_000_001));
        // 9·9 + 9·8 + 6·7 + 1·5 + 1·1 = 201 → 201 − 101 = 100 → 00
        assert_eq!(snils(Value::Text("996-010-001 00")), valid(99_601_000_100));
    }

    #[test]
    fn nothing_and_what_is_no_number() {
        for text in ["", "-", "нет", "н/д"] {
            assert_eq!(snils(Value::Text(text)), SnilsCell::Empty, "{text}");
        }
        for text in [
            "000-000-000 00",
            "абв",
            "112-233-445",
            "112-233-445 955",
            "1,1E+10",
            "снилс",
        ] {
            assert_eq!(snils(Value::Text(text)), SnilsCell::Invalid, "{text}");
        }
        for number in [0.0, -1.0, 1.5, 1e11, f64::NAN, f64::INFINITY] {
            assert_eq!(snils(Value::Number(number)), SnilsCell::Invalid);
        }
        assert_eq!(snils(Value::Bool(true)), SnilsCell::Invalid);
        assert_eq!(snils(Value::Error("#Н/Д")), SnilsCell::Invalid);
    }

    #[test]
    fn the_first_numbers_carry_no_check_digits() {
        assert_eq!(snils(Value::Text("001-001-998 99")), valid(100_199_899));
        assert_eq!(snils(Value::Text("001-001-999 99")), SnilsCell::Invalid);
        assert_eq!(
            snils(Value::Number(17.0)),
            SnilsCell::Invalid,
            "a row number is no СНИЛС"
        );
        assert_eq!(snils(Value::Number(5012.0)), SnilsCell::Invalid);
    }
}
