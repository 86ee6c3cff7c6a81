//! Texts from inputs that must not act where they are shown: as formulas of a csv opened in a
//! spreadsheet.

use std::borrow::Cow;

/// A field of a csv file: a text that a spreadsheet would take for a formula gets an apostrophe.
#[must_use]
pub fn csv_field(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::csv_field;

    #[test]
    fn formulas_stay_texts() {
        for text in ["=1+1", "+7", "-2", "@sum", "\tx", "\rx"] {
            assert_eq!(csv_field(text), format!("'{text}"));
        }
        assert_eq!(csv_field("СОШ №1"), "СОШ №1");
    }
}
