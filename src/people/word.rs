//! The words of a position cell: where each stands, what parts it from the one before, and in which
//! other cases, numbers and genders it may be written.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
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
    /// Whether it is written in capitals, and the word before it is not: «мастер ПО».
    pub capitals: bool,
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
                    capitals: false,
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
    let mut shouted = true;
    for word in &mut found {
        let upper = word.text.chars().all(char::is_uppercase);
        word.capitals = upper && !shouted;
        shouted = upper;
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
/// How many letters the longest ending has.
const LONGEST: usize = 3;
const ADJECTIVE: &[&str] = &[
    "ый", "ий", "ой", "ая", "яя", "ое", "ее", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем",
    "ей", "ую", "юю", "ые", "ие", "ых", "их", "ыми", "ими",
];

/// The declensions that have an ending, one bit each; none for what is no ending.
fn declensions(ending: &str) -> u8 {
    static ENDINGS: OnceLock<FxHashMap<&str, u8>> = OnceLock::new();
    let all = ENDINGS.get_or_init(|| {
        let mut all = FxHashMap::default();
        for (place, endings) in DECLENSIONS.iter().enumerate() {
            for ending in *endings {
                *all.entry(*ending).or_default() |= 1 << place;
            }
        }
        all
    });
    all.get(ending).copied().unwrap_or_default()
}

/// A text parted into a stem and an ending of any declension, in all ways.
pub fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let last = text.char_indices().rev().map(|(at, _)| at);
    let ends = std::iter::once(text.len()).chain(last).take(LONGEST + 1);
    ends.filter_map(|at| text.split_at_checked(at))
        .filter(|(_, ending)| declensions(ending) != 0)
}

/// A word with its possible stems, by which other spellings of it are known.
#[derive(Debug)]
pub struct Paradigm {
    word: String,
    adjective: bool,
    /// The length of each stem and the declensions that have it.
    stems: Vec<(usize, u8)>,
}

impl Paradigm {
    /// The paradigm of `word` in all declensions that it may belong to.
    pub fn of(word: &str) -> Self {
        let adjective = ["ый", "ий", "ой"].iter().any(|e| word.ends_with(e));
        let mut paradigm = Self {
            word: word.to_owned(),
            adjective,
            stems: Vec::new(),
        };
        if word.chars().count() < 3 {
            return paradigm;
        }
        for (stem, ending) in splits(word) {
            let open = stem.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'ь', 'э', 'ю', 'я', 'й']);
            let fits = match ending {
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
            if fits && stem.chars().count() >= shortest {
                paradigm.stems.push((stem.len(), declensions(ending)));
            }
        }
        paradigm
    }

    /// Its stems.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems
            .iter()
            .filter_map(|(length, _)| self.word.get(..*length))
    }

    /// How a spelling stands for the word, if it does.
    pub fn form(&self, spelling: &str) -> Option<Form> {
        if spelling == self.word {
            return Some(Form::Base);
        }
        let forms = self.stems.iter().filter_map(|&(length, have)| {
            let ending = spelling.strip_prefix(self.word.get(..length)?)?;
            let feminine = self.adjective && matches!(ending, "ая" | "яя");
            (declensions(ending) & have != 0).then_some(if feminine {
                Form::Base
            } else {
                Form::Inflected
            })
        });
        forms.min()
    }
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
        let form = |word: &str, spelling: &str| Paradigm::of(word).form(spelling);
        for spelling in ["учителя", "учителем", "учителей"] {
            assert_eq!(
                form("учитель", spelling),
                Some(Form::Inflected),
                "{spelling}"
            );
        }
        assert_eq!(form("учитель", "учитель"), Some(Form::Base));
        for misspelt in ["учител", "учителъ", "учтель", "учителями-", ""]
        {
            assert_eq!(form("учитель", misspelt), None, "{misspelt}");
        }
        assert_eq!(form("библиотекой", "библиотека"), Some(Form::Inflected));
        assert_eq!(form("библиотекой", "библиотекарь"), None);
        assert_eq!(form("заведующий", "заведующая"), Some(Form::Base));
        assert_eq!(form("заведующий", "заведующей"), Some(Form::Inflected));
        assert_eq!(form("иной", "иная"), Some(Form::Base));
        assert_eq!(form("по", "по"), Some(Form::Base));
        assert_eq!(form("по", "пом"), None);
        for endings in DECLENSIONS {
            assert!(
                endings
                    .iter()
                    .all(|ending| ending.chars().count() <= LONGEST)
            );
        }
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

    #[test]
    fn capitals_stand_out_only_beside_small_letters() {
        let capitals =
            |cell: &str| -> Vec<bool> { tokens(cell).iter().map(|token| token.capitals).collect() };
        assert_eq!(capitals("мастер ПО"), [false, true]);
        assert_eq!(capitals("Мастер по ПО"), [false, false, true]);
        assert_eq!(capitals("МАСТЕР ПО"), [false, false]);
    }
}
