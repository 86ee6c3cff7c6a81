//! Folding of texts for comparison, shared by headers, names, organisations and phrases.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Folds what never tells two texts apart: Unicode composition (NFC), case, ё and е, every kind of
/// space to one space, every kind of hyphen and dash to `-`, every kind of quote to `"`; trims.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Nearly every text is composed already.
    if text.chars().all(is_composed) {
        fold_into(&mut folded, text.chars());
    } else {
        fold_into(&mut folded, text.nfc());
    }
    folded
}

/// Whether a character stands in NFC as it is, whatever stands beside it but a combining mark, which
/// is none of these.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{400}'..='\u{47f}' | '\u{2010}'..='\u{203f}' | '№')
}

fn fold_into(folded: &mut String, chars: impl Iterator<Item = char>) {
    let mut space = false;
    for c in chars {
        let c = match c {
            'а'..='я' | 'a'..='z' | '0'..='9' => c,
            // The capital letters stand in the order of the small ones.
            'А'..='Я' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
            c if is_space(c) => {
                space = !folded.is_empty();
                continue;
            }
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => continue,
            c if is_hyphen(c) => '-',
            c if is_quote(c) => '"',
            'Ё' | 'ё' => 'е',
            c => c,
        };
        if space {
            folded.push(' ');
            space = false;
        }
        match c {
            'а'..='я' | ' '..='@' | 'a'..='z' => folded.push(c),
            c => folded.extend(c.to_lowercase()),
        }
    }
}

/// [`fold`], then Latin letters that look Cyrillic become Cyrillic in words that hold a Cyrillic
/// letter (methodology §4).
#[must_use]
pub fn fold_lookalikes(text: &str) -> String {
    let folded = fold(text);
    if !folded.bytes().any(|b| b.is_ascii_alphabetic()) {
        return folded;
    }
    let mut out = String::with_capacity(folded.len());
    let mut word = String::new();
    for c in folded.chars() {
        if is_letter(c) {
            word.push(c);
        } else {
            push_word(&mut out, &mut word);
            out.push(c);
        }
    }
    push_word(&mut out, &mut word);
    out
}

fn push_word(out: &mut String, word: &mut String) {
    if word.chars().any(is_cyrillic) {
        out.extend(word.chars().map(|c| lookalike(c).unwrap_or(c)));
    } else {
        out.push_str(word);
    }
    word.clear();
}

/// The Cyrillic letter that the lower-case Latin letter `c` looks like, in either case.
#[must_use]
pub fn lookalike(c: char) -> Option<char> {
    Some(match c {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}

/// Whether `c` is a letter of any script; the letters of this program's texts are told at once.
#[must_use]
pub fn is_letter(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё') || c.is_alphabetic()
}

/// Whether `c` is a letter or a digit of any script.
#[must_use]
pub fn is_letter_or_digit(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё') || c.is_alphanumeric()
}

/// Whether `c` is a Cyrillic letter.
#[must_use]
pub fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

/// Whether `c` is a space of any kind, line breaks and tabs included.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}' || c == '\u{2007}'
}

/// Whether `c` is a hyphen, dash or minus of any kind.
#[must_use]
pub fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Whether `c` is a quotation mark of any kind.
#[must_use]
pub fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '«'
            | '»'
            | '„'
            | '“'
            | '”'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‹'
            | '›'
            | '″'
            | '′'
    )
}

/// Whether a character turns the direction of writing, so that a text reads as another.
#[must_use]
pub fn turns_writing(c: char) -> bool {
    matches!(
        c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}'
    )
}

/// A text as one line that does nothing to a terminal: control characters become spaces, and what
/// turns the direction of writing goes.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.chars()
        .filter(|c| !turns_writing(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// The letter or letters of a column, `A` for 0, as spreadsheets show it.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// At most `most` characters of a text, with «…» where it was longer.
#[must_use]
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// The nearest of `candidates` to `text` by edit distance over folded texts, if it is near enough
/// to be worth naming. It is for advice alone: nothing is ever taken by it.
#[must_use]
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LEAST: f64 = 0.6;
    let folded = fold(text);
    let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let own = length(&folded);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let known = fold(candidate);
        // Texts are never more alike than their lengths are; a long one costs the square of it.
        let (shorter, longer) = (own.min(length(&known)), own.max(length(&known)));
        if f64::from(shorter) < LEAST * f64::from(longer) {
            continue;
        }
        let likeness = strsim::normalized_damerau_levenshtein(&folded, &known);
        if likeness >= LEAST && best.is_none_or(|(known, _)| likeness > known) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// «1 строка», «2 строки», «5 строк»: the form of a noun that goes with `count`.
#[must_use]
pub fn plural<'a>(count: u64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (count % 10, count % 100) {
        (1, n) if n != 11 => one,
        (2..=4, n) if !(12..=14).contains(&n) => few,
        _ => many,
    }
}

/// Reads a data file that is built into the program. Its contents are fixed at build time and every
/// one of them is read by a test, so that a mistake in it never reaches a user.
#[must_use]
pub fn data_file<T: serde::de::DeserializeOwned>(name: &str, contents: &str) -> T {
    match toml::from_str(contents) {
        Ok(data) => data,
        #[expect(
            clippy::panic,
            reason = "built-in data, read by tests; there is nothing to go on with"
        )]
        Err(error) => panic!("{name}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{cut, fold, is_composed, is_letter, is_letter_or_digit, nearest};

    #[test]
    fn what_is_nearest_is_alike_in_length_too() {
        let known = ["завершён", "в работе"];
        assert_eq!(nearest("завершон", known), Some("завершён"));
        assert_eq!(nearest(&"завершён ".repeat(4000), known), None);
        assert_eq!(cut("абвг", 3), "абв…");
        assert_eq!(cut("абв", 3), "абв");
    }

    #[test]
    fn what_is_taken_for_composed_is() {
        for c in ('\0'..=char::MAX).filter(|&c| is_composed(c)) {
            assert!(std::iter::once(c).nfc().eq([c]), "{c:?}");
        }
        // A combining mark sends the whole text the long way.
        assert_eq!(fold("и\u{306}Е\u{308}"), "йе");
    }

    #[test]
    fn letters_told_at_once_are_those_of_unicode() {
        for c in '\0'..='\u{2fff}' {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
        }
        for c in ('А'..='я').filter(|&c| c != 'ё') {
            let small: String = c.to_lowercase().collect();
            assert_eq!(fold(&c.to_string()), small);
        }
    }
}
