//! Places in the names of organisations: the town or district that lies around it, the village that
//! it is the school of, and the municipality's own name, which tells nothing apart.

use rustc_hash::FxHashSet;

use crate::people::organisation_patterns::Patterns;
use crate::people::organisation_tokens::{Token, tokens};
use crate::people::organisation_words::vocabulary;

/// Endings that declension changes, the longest first; three letters always stay. The instrumental
/// case has none here: no name stands in it, and «Поим» and «Ишим» only look so.
const ENDINGS: [&str; 29] = [
    "ого", "его", "ому", "ему", "ый", "ий", "ой", "ей", "ая", "яя", "ое", "ее", "ую", "юю", "ые",
    "ие", "ых", "их", "ия", "ию", "ии", "а", "я", "ы", "и", "у", "ю", "е", "о",
];

/// The part of a place's name that stays when it is declined: «Кузнецк», «Кузнецка» and «Кузнецкого»
/// have the same, and so have «Елец» and «Ельца». `word` is folded. It is for comparison alone.
#[must_use]
pub fn stem(word: &str) -> String {
    let long_enough = |stem: &&str| stem.chars().count() >= 3;
    let stem = ENDINGS
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(long_enough))
        .unwrap_or(word);
    let stem = stem.strip_suffix('ь').filter(long_enough).unwrap_or(stem);
    let mut letters: Vec<char> = stem.chars().collect();
    // A vowel that comes and goes before the last consonant.
    if let [_, _, .., 'е' | 'о' | 'ь', _] = letters[..] {
        letters.remove(letters.len() - 2);
    }
    letters.into_iter().collect()
}

/// A place that a name speaks of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// A town: «г. Кузнецка».
    Town(String),
    /// A district or the like: «Кузнецкого района».
    District(String),
    /// A village or the like: «с. Анненково».
    Settlement(String),
    /// A region; it tells nothing apart within a municipality.
    Region,
}

/// The municipality's own name, by its stems.
#[derive(Clone, Debug, Default)]
pub struct Home(FxHashSet<String>);

impl Home {
    /// From the setting `municipality`: «город Кузнецк», «Кузнецкий район Пензенской области».
    #[must_use]
    pub fn read(municipality: &str) -> Self {
        let words = tokens(municipality);
        let mut stems = FxHashSet::default();
        let mut at = 0;
        while at < words.len() {
            if let Some((length, place)) = place_at(&words, at) {
                match place {
                    Place::Town(name) | Place::District(name) | Place::Settlement(name) => {
                        stems.insert(name);
                    }
                    Place::Region => {}
                }
                at += length;
            } else {
                if words[at].word.chars().count() > 2 && !is_mark(&words, at) {
                    stems.insert(stem(&words[at].word));
                }
                at += 1;
            }
        }
        Self(stems)
    }

    /// From the only town that a directory names.
    #[must_use]
    pub fn town(stem: String) -> Self {
        Self([stem].into_iter().collect())
    }

    /// Whether it is not known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a place of this stem is the municipality.
    #[must_use]
    pub fn is(&self, stem: &str) -> bool {
        self.0.contains(stem)
    }
}

fn is_mark(words: &[Token], at: usize) -> bool {
    let v = vocabulary();
    [
        &v.towns,
        &v.settlements,
        &v.districts,
        &v.districts_before,
        &v.regions,
        &v.regions_before,
    ]
    .iter()
    .any(|marks| marks.at(words, at).is_some())
}

/// Whether the mark of one letter at `at` is a mark and not a letter of something else.
fn sure_mark(words: &[Token], at: usize, length: usize) -> bool {
    let mark = &words[at];
    let next_capital = words.get(at + length).is_some_and(|t| t.capital);
    let year = at > 0 && words[at - 1].number && words[at - 1].word.chars().count() == 4;
    match mark.word.chars().count() {
        1 if length == 1 && mark.word == "а" => mark.dot && !mark.capital && next_capital,
        1 if length == 1 && mark.word == "г" => !year,
        1 if length == 1 => mark.dot || (next_capital && !mark.capital),
        _ => true,
    }
}

fn is_name(words: &[Token], at: usize) -> bool {
    words
        .get(at)
        .is_some_and(|t| !t.number && t.word.chars().count() > 2)
        && vocabulary().kind_names.at(words, at).is_none()
        && !is_mark(words, at)
}

fn adjective(word: &str) -> bool {
    [
        "ий", "ый", "ой", "ая", "яя", "ое", "ее", "ого", "его", "ые", "ие", "их", "ых",
    ]
    .iter()
    .any(|ending| word.ends_with(ending))
}

/// Whether the word at `at` is the name of a district or region whose mark follows.
fn before_mark(words: &[Token], at: usize) -> bool {
    let v = vocabulary();
    v.districts.at(words, at + 1).is_some() || v.regions.at(words, at + 1).is_some()
}

/// The name that begins at `at`: how many words, and its stem.
fn name_at(words: &[Token], at: usize) -> Option<(usize, String)> {
    if !is_name(words, at) {
        return None;
    }
    let mut end = at + 1;
    while words.get(end).is_some_and(|t| t.hyphen && !t.number) {
        end += 1;
    }
    if end == at + 1
        && adjective(&words[at].word)
        && !words[at].comma
        && is_name(words, end)
        && words[end].capital
        && words[end].bracket == words[at].bracket
        && words[end].quoted == words[at].quoted
        && !before_mark(words, end)
        && !vocabulary().form_nouns.word(&words[end].word)
    {
        end += 1;
    }
    let stems: Vec<String> = words[at..end].iter().map(|t| stem(&t.word)).collect();
    Some((end - at, stems.join(" ")))
}

/// The place that begins at `at`: how many words, and which.
#[must_use]
pub fn place_at(words: &[Token], at: usize) -> Option<(usize, Place)> {
    let v = vocabulary();
    if is_name(words, at) {
        if let Some((mark, ())) = v.districts.at(words, at + 1) {
            return Some((1 + mark, Place::District(stem(&words[at].word))));
        }
        if let Some((mark, ())) = v.regions.at(words, at + 1) {
            return Some((1 + mark, Place::Region));
        }
        return None;
    }
    if let Some((mark, ())) = v.regions_before.at(words, at)
        && let Some((length, _)) = name_at(words, at + mark)
    {
        return Some((mark + length, Place::Region));
    }
    let before = |marks: &Patterns<()>| {
        let (mark, ()) = marks.at(words, at)?;
        if !sure_mark(words, at, mark) || before_mark(words, at + mark) {
            return None;
        }
        let (length, name) = name_at(words, at + mark)?;
        Some((mark + length, name))
    };
    if let Some((length, name)) = before(&v.towns) {
        return Some((length, Place::Town(name)));
    }
    if let Some((length, name)) = before(&v.settlements) {
        return Some((length, Place::Settlement(name)));
    }
    if let Some((length, name)) = before(&v.districts_before) {
        return Some((length, Place::District(name)));
    }
    None
}

/// The stems of the towns that a text names with a mark («г. Кузнецк»).
#[must_use]
pub fn towns(text: &str) -> Vec<String> {
    let words = tokens(text);
    (0..words.len())
        .filter_map(|at| match place_at(&words, at) {
            Some((_, Place::Town(name))) => Some(name),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declined_name_keeps_its_stem() {
        for (a, b) in [
            ("кузнецк", "кузнецка"),
            ("кузнецк", "кузнецкого"),
            ("кузнецкий", "кузнецкого"),
            ("пенза", "пензы"),
            ("бессоновка", "бессоновки"),
            ("заречный", "заречного"),
            ("казань", "казани"),
            ("анненково", "анненкова"),
            ("верхозим", "верхозима"),
            ("елец", "ельца"),
            ("орел", "орла"),
            ("торжок", "торжка"),
            ("ростов", "ростова"),
            ("пролетарий", "пролетария"),
        ] {
            assert_eq!(stem(a), stem(b));
        }
        for (a, b) in [
            ("кузнецк", "каменск"),
            ("анненково", "анненка"),
            ("поим", "пойма"),
        ] {
            assert_ne!(stem(a), stem(b));
        }
    }

    #[test]
    fn the_municipality_is_read_in_its_usual_forms() {
        for text in [
            "город Кузнецк",
            "г. Кузнецк",
            "Кузнецк",
            "город Кузнецк Пензенской области",
            "городской округ Кузнецк",
            "Муниципальное образование «город Кузнецк»",
            "Кузнецкий район",
        ] {
            let home = Home::read(text);
            assert!(home.is("кузнецк"), "{text}: {home:?}");
            assert!(!home.is("пензенск"), "{text}: {home:?}");
        }
        assert!(Home::read("").is_unknown());
    }

    #[test]
    fn places_by_their_marks() {
        let at = |text: &str| {
            let words = tokens(text);
            place_at(&words, 0)
        };
        assert_eq!(at("г. Кузнецка"), Some((2, Place::Town("кузнецк".into()))));
        assert_eq!(at("г.Кузнецк"), Some((2, Place::Town("кузнецк".into()))));
        assert_eq!(
            at("города Кузнецка"),
            Some((2, Place::Town("кузнецк".into())))
        );
        assert_eq!(
            at("г. Нижнего Новгорода"),
            Some((
                3,
                Place::Town(format!("{} {}", stem("нижний"), stem("новгород")))
            ))
        );
        assert_eq!(
            at("с. Анненково Кузнецкого района"),
            Some((2, Place::Settlement(stem("анненково"))))
        );
        assert_eq!(
            at("Кузнецкого района"),
            Some((2, Place::District("кузнецк".into())))
        );
        assert_eq!(at("Пензенской области"), Some((2, Place::Region)));
        assert_eq!(at("с углублённым"), None);
        assert_eq!(
            at("С. Пушкина"),
            Some((2, Place::Settlement(stem("пушкина"))))
        );
    }
}
