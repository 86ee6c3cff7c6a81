//! The words of a position cell: where each stands, what parts it from the one before, and in which
//! other cases, numbers and genders it may be written.

use unicode_normalization::UnicodeNormalization;

use crate::text::{fold_lookalikes, is_hyphen, is_letter, is_space, lookalike};

/// What stands between a word and the one before it, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Break {
    /// A comma, a semicolon or a plus.
    Hard,
    /// A line break, or a slash beside a space.
    Line,
    /// A full stop, or a slash with no space, which stand in abbreviations too.
    Soft,
    /// Spaces, hyphens, brackets, nothing.
    None,
}

/// One word of a cell: a run of letters or of digits.
#[derive(Clone, Debug)]
pub struct Token {
    /// The folded word.
    pub text: String,
    /// Where it begins in the cleaned cell, in bytes.
    pub start: usize,
    /// What stands before it.
    pub before: Break,
    /// Whether it stands in brackets.
    pub bracketed: bool,
}

impl Token {
    /// Whether it is a run of digits.
    pub fn is_number(&self) -> bool {
        !self.text.starts_with(char::is_alphabetic)
    }
}

/// The cell in composed characters and without invisible ones.
pub fn clean(cell: &str) -> String {
    cell.nfc()
        .filter(|c| {
            !matches!(
                c,
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
            )
        })
        .collect()
}

/// The words of a cleaned cell.
pub fn tokens(cell: &str) -> Vec<Token> {
    let balanced = cell.matches('(').count() == cell.matches(')').count();
    let mut found: Vec<Token> = Vec::new();
    let (mut before, mut depth) = (Break::None, 0_i32);
    let mut kind = None;
    for (at, c) in cell.char_indices() {
        let next = if is_letter(c) {
            Some(true)
        } else if c.is_numeric() {
            Some(false)
        } else {
            None
        };
        match (next, found.last_mut()) {
            (Some(_), Some(word)) if kind == next => word.text.push(c),
            (Some(_), _) => {
                found.push(Token {
                    text: c.to_string(),
                    start: at,
                    before,
                    bracketed: depth > 0,
                });
                before = Break::None;
            }
            // The decimal sign of «0,5 ст.» separates nothing.
            (None, _)
                if matches!(c, ',' | '.')
                    && kind == Some(false)
                    && cell[at + 1..].starts_with(char::is_numeric) => {}
            (None, _) => match c {
                '(' if balanced => depth += 1,
                ')' if balanced => depth -= 1,
                ',' | ';' | '+' if depth == 0 => before = Break::Hard,
                // «педагог-⏎психолог» is one word broken at its hyphen.
                '\n' | '\r' | '\u{2028}'
                    if depth == 0 && !cell[..at].trim_end().ends_with(is_hyphen) =>
                {
                    before = before.min(Break::Line);
                }
                '/' | '\\' if depth == 0 => {
                    let spaced =
                        cell[..at].ends_with(is_space) || cell[at + 1..].starts_with(is_space);
                    before = before.min(if spaced { Break::Line } else { Break::Soft });
                }
                '.' if depth == 0 => before = before.min(Break::Soft),
                _ => {}
            },
        }
        kind = next;
    }
    for word in &mut found {
        word.text = fold_lookalikes(&word.text);
        // «и.o.» with a Latin «o»: a word of nothing but look-alikes is Cyrillic here.
        if let Some(cyrillic) = word.text.chars().map(lookalike).collect::<Option<String>>() {
            word.text = cyrillic;
        }
    }
    found
}

/// How a word of a cell stands for a word of a pattern.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// As written in the pattern, or its feminine: «заведующая».
    Base,
    /// Another case or number: «заведующей».
    Inflected,
    /// A listed abbreviation: «зав.».
    Short,
    /// An abbreviation that begins no position after a full stop or a slash: «восп.» may stand for
    /// «воспитательной».
    Weak,
}

/// Endings that change places within one declension.
const DECLENSIONS: [&[&str]; 8] = [
    &[
        "", "а", "у", "ом", "ем", "е", "ы", "и", "ов", "ев", "ей", "ам", "ами", "ах",
    ],
    &["ь", "я", "ю", "ем", "е", "и", "ей", "ям", "ями", "ях", "ью"],
    &["й", "я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях"],
    &[
        "а", "ы", "и", "е", "у", "ой", "ою", "ей", "ею", "ам", "ами", "ах",
    ],
    &["я", "и", "е", "ю", "ей", "ею", "ям", "ями", "ях"],
    &["о", "а", "у", "ом", "е", "ам", "ами", "ах"],
    &["е", "я", "ю", "ем", "и", "й", "ям", "ями", "ях"],
    ADJECTIVE,
];
const ADJECTIVE: &[&str] = &[
    "ый", "ий", "ой", "ая", "яя", "ое", "ее", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем",
    "ей", "ую", "юю", "ые", "ие", "ых", "их", "ыми", "ими",
];

/// All spellings of `word` in its possible declensions, itself first.
pub fn inflections(word: &str) -> Vec<(String, Form)> {
    let mut spellings = vec![(word.to_owned(), Form::Base)];
    if word.chars().count() < 3 {
        return spellings;
    }
    let adjective = ["ый", "ий", "ой"].iter().any(|e| word.ends_with(e));
    for endings in DECLENSIONS {
        for ending in endings {
            let Some(stem) = word.strip_suffix(ending) else {
                continue;
            };
            let open = stem.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'ь', 'э', 'ю', 'я', 'й']);
            let fits = match *ending {
                "" => !open,
                "й" => !adjective,
                _ => true,
            };
            // «иной» is the shortest word with an ending of two letters.
            let shortest = if ending.chars().count() > 1 && adjective {
                2
            } else {
                3
            };
            if !fits || stem.chars().count() < shortest {
                continue;
            }
            for other in endings {
                let feminine = adjective && matches!(*other, "ая" | "яя");
                let form = if feminine {
                    Form::Base
                } else {
                    Form::Inflected
                };
                spellings.push((format!("{stem}{other}"), form));
            }
        }
    }
    spellings
}

/// Whether a word ends as an adjective does.
pub fn ends_as_adjective(word: &str) -> bool {
    ADJECTIVE.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_forms_of_its_declension_and_no_others() {
        let forms = |word: &str| -> Vec<String> {
            inflections(word)
                .into_iter()
                .map(|(form, _)| form)
                .collect()
        };
        let teacher = forms("учитель");
        for form in ["учитель", "учителя", "учителем", "учителей"] {
            assert!(teacher.contains(&form.to_owned()), "{form}");
        }
        for misspelt in ["учител", "учителъ", "учтель"] {
            assert!(!teacher.contains(&misspelt.to_owned()), "{misspelt}");
        }
        let library = forms("библиотекой");
        assert!(library.contains(&"библиотека".to_owned()));
        assert!(!library.contains(&"библиотекарь".to_owned()));
        assert!(inflections("заведующий").contains(&("заведующая".to_owned(), Form::Base)));
        assert!(inflections("заведующий").contains(&("заведующей".to_owned(), Form::Inflected)));
    }

    #[test]
    fn separators_stand_before_the_words_they_part() {
        let breaks =
            |cell: &str| -> Vec<Break> { tokens(cell).iter().map(|token| token.before).collect() };
        use Break::{Hard, Line, None, Soft};
        assert_eq!(breaks("а, б; в + г"), [None, Hard, Hard, Hard]);
        assert_eq!(breaks("а. б/в / г\nд"), [None, Soft, Soft, Line, Line]);
        assert_eq!(breaks("а-б (в, г) д"), [None, None, None, None, None]);
        assert_eq!(breaks("а 0,5 б-\nв"), [None, None, None, None, None]);
    }
}
