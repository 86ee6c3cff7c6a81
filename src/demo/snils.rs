//! Valid, unique СНИЛС for everybody. They are from 900-000-000 on.

use crate::registers::record::check_digits;

/// The first of them.
const FIRST: u64 = 900_000_000;

/// A power of three: it shares no divisor with 10⁸, so every number comes once.
const STRIDE: u64 = 387_420_489;

/// The СНИЛС of a number below 10⁸, written with its separators. Different numbers have different ones.
#[must_use]
pub fn of(number: u64, seed: u64) -> String {
    let shift = seed % 100_000_000;
    let place = (number % 100_000_000 * (STRIDE % 100_000_000) + shift) % 100_000_000;
    let digits = FIRST + place;
    let [high, middle, low] = [digits / 1_000_000, digits / 1000 % 1000, digits % 1000];
    format!("{high:03}-{middle:03}-{low:03} {:02}", check_digits(digits))
}

/// The same with wrong check digits.
#[must_use]
pub fn wrong(snils: &str) -> String {
    let (digits, control) = snils.split_once(' ').unwrap_or((snils, "00"));
    let control = control.parse::<u64>().unwrap_or_default();
    format!("{digits} {:02}", (control + 7) % 100)
}

#[cfg(test)]
mod tests {
    use super::{of, wrong};
    use crate::registers::cell::{SnilsCell, snils};
    use crate::source::Value;
    use std::collections::BTreeSet;

    #[test]
    fn every_number_has_a_valid_one_of_its_own() {
        let all: BTreeSet<String> = (0..5000).map(|number| of(number, 3)).collect();
        assert_eq!(all.len(), 5000);
        for text in &all {
            assert!(
                matches!(snils(Value::Text(text)), SnilsCell::Valid(_)),
                "{text}"
            );
            let wrong = wrong(text);
            assert_eq!(snils(Value::Text(&wrong)), SnilsCell::Invalid, "{wrong}");
        }
    }
}
