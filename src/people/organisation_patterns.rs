//! Rows of words to look for in a name.

use rustc_hash::FxHashMap;

use crate::people::organisation_tokens::Token;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    None,
    Short,
    Any,
}

#[derive(Debug, Clone)]
struct Part {
    stem: Box<str>,
    ending: Ending,
}

impl Part {
    fn read(word: &str) -> Self {
        let (stem, ending) = match (word.strip_suffix('*'), word.strip_suffix('~')) {
            (Some(stem), _) => (stem, Ending::Any),
            (None, Some(stem)) => (stem, Ending::Short),
            (None, None) => (word, Ending::None),
        };
        Self {
            stem: stem.into(),
            ending,
        }
    }

    fn fits(&self, word: &str) -> bool {
        word.strip_prefix(&*self.stem)
            .is_some_and(|rest| match self.ending {
                Ending::None => rest.is_empty(),
                Ending::Short => rest.chars().count() <= 2,
                Ending::Any => true,
            })
    }
}

/// Rows of words to look for, each with what it means.
#[derive(Debug)]
pub struct Patterns<T> {
    by_letter: FxHashMap<char, Vec<(Vec<Part>, T)>>,
}

impl<T> Patterns<T> {
    /// Reads rows of words: `*` at a word's end stands for any ending, `~` for one of at most two letters.
    pub fn new<'a>(rows: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut by_letter: FxHashMap<char, Vec<(Vec<Part>, T)>> = FxHashMap::default();
        for (row, meaning) in rows {
            let parts: Vec<Part> = row.split_whitespace().map(Part::read).collect();
            if let Some(letter) = row.chars().next() {
                by_letter.entry(letter).or_default().push((parts, meaning));
            }
        }
        for rows in by_letter.values_mut() {
            rows.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len()));
        }
        Self { by_letter }
    }

    /// The longest row of words that stands at `at`: how many words, and what it means.
    pub fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let first = tokens.get(at)?;
        let rows = self.by_letter.get(&first.word.chars().next()?)?;
        rows.iter()
            .find(|(parts, _)| {
                parts.iter().enumerate().all(|(i, part)| {
                    tokens
                        .get(at + i)
                        .is_some_and(|t| !t.number && part.fits(&t.word))
                })
            })
            .map(|(parts, meaning)| (parts.len(), meaning))
    }

    /// Whether a row of one word fits `word`.
    pub fn word(&self, word: &str) -> bool {
        word.chars()
            .next()
            .and_then(|letter| self.by_letter.get(&letter))
            .is_some_and(|rows| {
                rows.iter()
                    .any(|(parts, _)| matches!(&parts[..], [part] if part.fits(word)))
            })
    }
}
