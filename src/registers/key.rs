//! Headers and names of sheets, folded for comparison.

use crate::text::{fold_lookalikes, is_letter_or_digit, is_quote, lookalike};

/// The longest header that is compared; a longer text is no header of a known column.
const LONGEST: usize = 400;

/// Units after the last comma of a header, which say nothing of what the column is: «Пед. стаж, лет».
const UNITS: [&str; 10] = [
    "лет",
    "год",
    "года",
    "годы",
    "годов",
    "г",
    "гг",
    "полных лет",
    "кол-во лет",
    "число лет",
];

/// A header folded with and without its bracketed remark.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HeaderKey {
    /// With the remark's words.
    pub full: String,
    /// Without the remark; the same as `full` where there is none.
    pub bare: String,
    /// Without the remark and a unit after a comma; none where there is no unit.
    pub unitless: Option<String>,
}

impl HeaderKey {
    /// Folds case, ё, spaces, punctuation, line breaks and Latin look-alikes; № is «номер».
    #[must_use]
    pub fn new(header: &str) -> Self {
        if header.len() > 4 * LONGEST {
            return Self::default();
        }
        let folded = fold_lookalikes(header);
        let full = letters(&folded);
        if !folded.contains(['(', '[', ',']) {
            return Self {
                bare: full.clone(),
                full,
                unitless: None,
            };
        }
        let plain = without_remarks(&folded);
        let bare = letters(&plain);
        Self {
            bare: if bare.is_empty() { full.clone() } else { bare },
            full,
            unitless: without_unit(&plain).map(letters),
        }
    }

    /// Whether there is nothing to compare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.full.is_empty()
    }

    /// Whether a text may be this header: a cheap look at its first letter.
    #[must_use]
    pub fn may_be(&self, text: &str) -> bool {
        let first = text.chars().find(|c| is_letter_or_digit(*c) || *c == '№');
        let Some(first) = first.and_then(|c| c.to_lowercase().next()) else {
            return false;
        };
        let first = match first {
            'ё' => 'е',
            '№' => 'н',
            c => c,
        };
        [Some(first), lookalike(first)]
            .into_iter()
            .flatten()
            .any(|first| self.full.starts_with(first) || self.bare.starts_with(first))
    }

    /// Whether two headers are equal but for their remarks.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        !self.is_empty() && (self.full == other.full || self.bare == other.bare)
    }
}

/// Letters, digits and the sign of per cent alone; № is «номер».
fn letters(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '№' => out.push_str("номер"),
            c if is_letter_or_digit(c) || c == '%' => out.push(c),
            _ => {}
        }
    }
    out
}

fn without_remarks(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut depth = 0_u32;
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn without_unit(folded: &str) -> Option<&str> {
    let (name, unit) = folded.rsplit_once(',')?;
    UNITS
        .contains(&unit.trim().trim_end_matches('.'))
        .then_some(name)
}

/// The words of a text, folded: runs of letters and digits.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    fold_lookalikes(text)
        .split(|c: char| !is_letter_or_digit(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The first three letters of the first word of a text or phrase, folded; none where they are not
/// told at a glance.
#[must_use]
pub fn opening(text: &str) -> Option<[char; 3]> {
    let plain = |c: char| match c {
        'ё' | 'Ё' => Some('е'),
        'а'..='я' | '0'..='9' => Some(c),
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20),
        'a'..='z' | 'A'..='Z' => {
            let small = c.to_ascii_lowercase();
            Some(lookalike(small).unwrap_or(small))
        }
        _ => None,
    };
    let mut letters = text.chars().skip_while(|&c| !is_letter_or_digit(c));
    let mut letter = || plain(letters.next()?);
    Some([letter()?, letter()?, letter()?])
}

/// A phrase of whole words, of which a `*` at the end stands for any ending.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phrase(Vec<(String, bool)>);

impl Phrase {
    /// Reads a phrase as data files write it.
    #[must_use]
    pub fn new(phrase: &str) -> Self {
        Self(
            phrase
                .split_whitespace()
                .flat_map(|part| {
                    let open = part.ends_with('*');
                    let mut words = words(part);
                    let last = words.pop();
                    words
                        .into_iter()
                        .map(|word| (word, false))
                        .chain(last.map(|word| (word, open)))
                })
                .collect(),
        )
    }

    /// How many words it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of its words is `word`.
    #[must_use]
    pub fn has_word(&self, word: &str) -> bool {
        self.0.iter().any(|(part, open)| {
            if *open {
                word.starts_with(part.as_str())
            } else {
                word == part
            }
        })
    }

    /// Whether `words` start with it.
    #[must_use]
    pub fn starts(&self, words: &[String]) -> bool {
        !self.0.is_empty()
            && words.len() >= self.0.len()
            && self.0.iter().zip(words).all(|((part, open), word)| {
                if *open {
                    word.starts_with(part.as_str())
                } else {
                    word == part
                }
            })
    }

    /// The first of `words` from which it stands there.
    #[must_use]
    pub fn find(&self, words: &[String]) -> Option<usize> {
        (0..words.len()).find(|&from| self.starts(words.get(from..).unwrap_or_default()))
    }
}

/// Whether a text has a name in quotes.
#[must_use]
pub fn has_quotes(text: &str) -> bool {
    text.chars().filter(|c| is_quote(*c)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_compare_after_folding() {
        let name = HeaderKey::new("ФИО");
        for header in [
            "Ф.И.О.",
            "ф. и. о.",
            " ФИО: ",
            "ФИО (полностью)",
            "Ф\nИ\nО",
            "ФИO",
        ] {
            assert!(HeaderKey::new(header).same(&name), "{header}");
        }
        assert!(HeaderKey::new("Дата приема").same(&HeaderKey::new("ДАТА\u{a0}ПРИЁМА")));
        assert!(HeaderKey::new("Органи-\nзация").same(&HeaderKey::new("Организация")));
        assert!(HeaderKey::new("№ СНИЛС").same(&HeaderKey::new("Номер СНИЛС")));
        assert!(!HeaderKey::new("ФИО руководителя").same(&name));
    }

    #[test]
    fn a_unit_after_a_comma_may_be_left_out() {
        for header in ["Пед. стаж, лет", "Пед. стаж (на 1 сентября), лет"]
        {
            let key = HeaderKey::new(header);
            assert_eq!(key.unitless.as_deref(), Some("педстаж"), "{header}");
        }
        for header in ["Пед. стаж", "Дата, место рождения", "Предмет, класс"]
        {
            assert_eq!(HeaderKey::new(header).unitless, None, "{header}");
        }
    }

    #[test]
    fn a_remark_stays_known() {
        let key = HeaderKey::new("Стаж (пед.)");
        assert_eq!(key.full, "стажпед");
        assert_eq!(key.bare, "стаж");
        assert_eq!(HeaderKey::new("(ФИО)").bare, "фио");
    }

    #[test]
    fn phrases_stand_as_whole_words() {
        let phrase = Phrase::new("региональн* методист*");
        assert_eq!(
            phrase.find(&words("Список_региональных методистов 2024")),
            Some(1)
        );
        assert_eq!(phrase.find(&words("региональный центр")), None);
        assert_eq!(Phrase::new("оо").find(&words("школа")), None);
    }
}
