//! Figures in the words and marks of the page: decimal commas, signs, what a plan came to.

use crate::indicators::catalogue::Unit;
use crate::indicators::figure::{Figure, Part, Plan, Status};
use crate::target::Outcome;

/// A space that does not break a line.
pub(super) const NBSP: &str = "\u{a0}";
/// What stands in an empty cell.
pub(super) const NONE: &str = "—";

/// «нет данных», where a table or a column is absent.
pub(super) const NO_DATA: &str = "нет данных";
/// «не определено», where the denominator is 0.
pub(super) const UNDEFINED: &str = "не определено";

/// A decimal as people read it: `-8.8` is «−8,8».
pub(super) fn decimal(text: &str) -> String {
    text.replace('.', ",").replace('-', "−")
}

/// A whole number; from five digits on its thousands stand apart.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(NBSP);
        }
        out.push(digit);
    }
    out
}

/// The fact without its unit, which has a column of its own.
pub(super) fn fact(figure: &Figure) -> String {
    match (figure.status, figure.value.as_deref()) {
        (Status::NoData, _) => NO_DATA.to_owned(),
        (Status::Undefined, _) | (_, None) => UNDEFINED.to_owned(),
        (Status::Ok, Some("yes")) => "да".to_owned(),
        (Status::Ok, Some("no")) => "нет".to_owned(),
        (Status::Ok, Some(value)) => decimal(value),
    }
}

/// The fact with its unit: «41,2 %».
pub(super) fn fact_with_unit(figure: &Figure) -> String {
    if figure.status == Status::Ok {
        with_unit(fact(figure), figure.definition.unit)
    } else {
        fact(figure)
    }
}

/// A number with its unit.
pub(super) fn with_unit(number: String, unit: Unit) -> String {
    match unit {
        Unit::Percent => number + NBSP + "%",
        Unit::PerOne => number + NBSP + "чел.",
        Unit::Count | Unit::YesNo => number,
    }
}

/// Fact minus plan with its sign: «−8,8 п. п.».
pub(super) fn deviation(plan: &Plan, unit: Unit) -> String {
    let Some(written) = plan.deviation.as_deref() else {
        return NONE.to_owned();
    };
    let signless =
        written.starts_with('-') || written.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let number = if signless {
        decimal(written)
    } else {
        format!("+{}", decimal(written))
    };
    if unit == Unit::Percent {
        format!("{number}{NBSP}п.{NBSP}п.")
    } else {
        number
    }
}

/// The class of an outcome's mark, and the mark itself.
pub(super) fn mark(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Met => ("met", "✓"),
        Outcome::Missed => ("missed", "✗"),
        Outcome::Undefined => ("unknown", "?"),
    }
}

/// The figure of one organisation: «30,0 %».
pub(super) fn part(part: &Part, unit: Unit) -> String {
    with_unit(decimal(&part.value), unit)
}

/// Words on lines of at most `width` characters.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{count, decimal, wrapped};

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!(decimal("-8.8"), "−8,8");
        assert_eq!(count(1015), "1015");
        assert_eq!(count(12_345_678), "12\u{a0}345\u{a0}678");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("один два три", 8), ["один два", "три"]);
        assert_eq!(wrapped("", 8), Vec::<String>::new());
    }
}
