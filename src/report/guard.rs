//! Texts from inputs that must not act where they are shown: as formulas of a csv opened in a
//! spreadsheet, or as commands to a terminal.

use std::borrow::Cow;

pub use crate::text::{one_line, turns_writing};

/// A field of a csv file: a text that a spreadsheet would take for a formula gets an apostrophe.
#[must_use]
pub fn csv_field(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A text of several lines that does nothing to a terminal: as [`one_line`], but line breaks and
/// tabs stay.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    let stays = |c: char| matches!(c, '\n' | '\t') || !c.is_control() && !turns_writing(c);
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter(|c| !turns_writing(*c));
    let shown = shown.map(|c| if stays(c) { c } else { ' ' });
    Cow::Owned(shown.collect())
}

/// JSON that does nothing to a terminal and says the same: what JSON lets stand in its texts and a
/// terminal obeys is written as `\u009b`.
#[must_use]
pub fn json(text: &str) -> Cow<'_, str> {
    let acts = |c: char| c.is_control() && c != '\n' || turns_writing(c);
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if acts(c) {
            // Of one unit of UTF-16 all of them.
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{csv_field, json, lines, one_line};

    #[test]
    fn formulas_stay_texts() {
        for text in ["=1+1", "+7", "-2", "@sum", "\tx", "\rx"] {
            assert_eq!(csv_field(text), format!("'{text}"));
        }
        assert_eq!(csv_field("СОШ №1"), "СОШ №1");
    }

    #[test]
    fn nothing_steers_a_terminal() {
        let text = "a\u{1b}[31mб\u{202e}в\u{9b}2J\r\nг\tд\u{7f}";
        assert_eq!(one_line(text), "a [31mбв 2J  г д ");
        assert_eq!(lines(text), "a [31mбв 2J \nг\tд ");
        assert_eq!(lines("две\nстроки"), "две\nстроки");
    }

    #[test]
    fn json_says_the_same() {
        let text = "a\u{1b}[31mб\u{202e}в\u{9b}\u{7f}\u{61c}";
        let written = serde_json::to_string_pretty(&[text]).unwrap();
        let shown = json(&written);
        assert_eq!(
            shown,
            "[\n  \"a\\u001b[31mб\\u202eв\\u009b\\u007f\\u061c\"\n]"
        );
        assert_eq!(serde_json::from_str::<[String; 1]>(&shown).unwrap(), [text]);
    }
}
