//! The order in which names are shown: numbers inside them by their size, «№2» before «№10».

use std::cmp::Ordering;

use crate::text::fold;

/// Compares two names so that numbers inside them go by size.
#[must_use]
pub fn natural(a: &str, b: &str) -> Ordering {
    parts(a).cmp(&parts(b)).then_with(|| a.cmp(b))
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u128),
    Text(String),
}

fn parts(name: &str) -> Vec<Part> {
    let mut all = Vec::new();
    let mut text = String::new();
    let mut digits = String::new();
    let flush = |all: &mut Vec<Part>, text: &mut String, digits: &mut String| {
        if !digits.is_empty() {
            all.push(
                digits
                    .parse()
                    .map_or_else(|_| Part::Text(digits.clone()), Part::Number),
            );
            digits.clear();
        }
        if !text.is_empty() {
            all.push(Part::Text(std::mem::take(text)));
        }
    };
    for c in fold(name).chars() {
        if c.is_ascii_digit() {
            if !text.is_empty() {
                flush(&mut all, &mut text, &mut digits);
            }
            digits.push(c);
        } else {
            if !digits.is_empty() {
                flush(&mut all, &mut text, &mut digits);
            }
            text.push(c);
        }
    }
    flush(&mut all, &mut text, &mut digits);
    all
}

#[cfg(test)]
mod tests {
    use super::natural;
    use std::cmp::Ordering::Less;

    #[test]
    fn numbers_go_by_size() {
        assert_eq!(natural("МБОУ СОШ №2", "МБОУ СОШ №10"), Less);
        assert_eq!(natural("МБОУ гимназия №1", "МБОУ СОШ №1"), Less);
    }
}
