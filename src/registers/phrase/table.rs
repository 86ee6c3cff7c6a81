//! A table of phrases and the search for them: the longest phrase that stands in a cell as whole
//! words decides (methodology §2).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::text::{fold_lookalikes, is_space};

/// Meanings as the data and the settings name them.
pub(super) trait Meaning: Copy + PartialEq + 'static {
    /// Every meaning with its name.
    const NAMED: &'static [(&'static str, Self)];

    /// The meaning of this name.
    fn named(name: &str) -> Option<Self> {
        Self::NAMED
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, meaning)| *meaning)
    }
}

struct Phrase<T> {
    words: Vec<String>,
    /// Its characters, spaces between words included.
    length: usize,
    meaning: T,
}

/// The phrases of one kind of cell.
pub(super) struct Table<T> {
    phrases: Vec<Phrase<T>>,
    /// Phrases as written in full, in the order of `phrases`.
    written: Vec<String>,
    by_first_word: FxHashMap<String, Vec<usize>>,
}

/// A phrase that stands in a cell: from which word, and how many.
struct Found<T> {
    first: usize,
    words: usize,
    length: usize,
    meaning: T,
}

impl<T: Meaning> Table<T> {
    /// The built-in phrases, by the name of their meaning.
    pub fn new(data: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let mut table = Self {
            phrases: Vec::new(),
            written: Vec::new(),
            by_first_word: FxHashMap::default(),
        };
        for (name, patterns) in data {
            let meaning = T::named(name).ok_or_else(|| format!("{name}?"))?;
            for phrase in patterns.iter().flat_map(|pattern| expand(pattern)) {
                table.add(&phrase, meaning);
            }
        }
        Ok(table)
    }

    /// Adds a phrase; one of the same words gives way. Whether it holds a word at all.
    pub fn add(&mut self, phrase: &str, meaning: T) -> bool {
        let (words, _) = words_of(&without_endings(&fold_lookalikes(phrase)));
        let Some(first) = words.first() else {
            return false;
        };
        let same = self.by_first_word.entry(first.clone()).or_default();
        match same
            .iter()
            .find(|known| self.phrases[**known].words == words)
        {
            Some(known) => self.phrases[*known].meaning = meaning,
            None => {
                same.push(self.phrases.len());
                let written = words.join(" ");
                let length = written.chars().count();
                self.written.push(written);
                self.phrases.push(Phrase {
                    words,
                    length,
                    meaning,
                });
            }
        }
        true
    }

    /// The meaning of the longest phrase of a cell, of equally long ones the first. What stands in
    /// brackets is heard only when nothing outside them is known.
    pub fn longest(&self, text: &str) -> Option<T> {
        let folded = without_endings(&fold_lookalikes(text));
        let of = |text: &str| {
            let mut best: Option<Found<T>> = None;
            for found in self.all_found(text) {
                if best
                    .as_ref()
                    .is_none_or(|known| found.length > known.length)
                {
                    best = Some(found);
                }
            }
            best.map(|found| found.meaning)
        };
        of(&without_remarks(&folded)).or_else(|| of(&folded))
    }

    /// The meanings of all phrases of a cell, brackets as in [`Self::longest`].
    pub fn all(&self, text: &str) -> Vec<T> {
        let folded = without_endings(&fold_lookalikes(text));
        let of = |text: &str| -> Vec<T> {
            self.all_found(text)
                .into_iter()
                .map(|found| found.meaning)
                .collect()
        };
        let outside = of(&without_remarks(&folded));
        if outside.is_empty() {
            of(&folded)
        } else {
            outside
        }
    }

    /// The meaning of a cell that is wholly one phrase, a leading number and remarks in brackets aside.
    pub fn whole(&self, text: &str) -> Option<T> {
        let folded = without_endings(&fold_lookalikes(text));
        [without_remarks(&folded), folded].iter().find_map(|text| {
            let (words, _) = words_of(text);
            self.exactly(&words).or_else(|| {
                let (number, rest) = words.split_first()?;
                let is_number = number.bytes().all(|b| b.is_ascii_digit());
                is_number.then(|| self.exactly(rest)).flatten()
            })
        })
    }

    fn exactly(&self, words: &[String]) -> Option<T> {
        let candidates = self.by_first_word.get(words.first()?)?;
        let mut phrases = candidates.iter().map(|known| &self.phrases[*known]);
        phrases
            .find(|phrase| phrase.words == words)
            .map(|phrase| phrase.meaning)
    }

    /// All phrases in full.
    #[cfg(test)]
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.written.iter().map(String::as_str)
    }

    /// The phrase nearest to a text, for advice.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        crate::text::nearest(
            &without_remarks(text),
            self.written.iter().map(String::as_str),
        )
    }

    /// Every phrase that stands in a folded text. One that directly follows «не» is the opposite of
    /// itself: it does not count, nor do the shorter ones within it.
    fn all_found(&self, text: &str) -> Vec<Found<T>> {
        let (words, joined) = words_of(text);
        let mut found: Vec<Found<T>> = Vec::new();
        let mut denied: Vec<(usize, usize)> = Vec::new();
        for first in 0..words.len() {
            let Some(candidates) = self.by_first_word.get(&words[first]) else {
                continue;
            };
            let after_not = first > 0 && joined[first] && words[first - 1] == "не";
            for phrase in candidates.iter().map(|known| &self.phrases[*known]) {
                if !words[first..].starts_with(&phrase.words) {
                    continue;
                }
                if after_not {
                    denied.push((first, first + phrase.words.len()));
                } else {
                    found.push(Found {
                        first,
                        words: phrase.words.len(),
                        length: phrase.length,
                        meaning: phrase.meaning,
                    });
                }
            }
        }
        found.retain(|f| {
            !denied
                .iter()
                .any(|(from, to)| *from <= f.first && f.first + f.words <= *to)
        });
        found
    }
}

/// The words of a folded text, and of each whether only spaces or a hyphen part it from the one
/// before. Marks of yes and per cent are words too.
fn words_of(text: &str) -> (Vec<String>, Vec<bool>) {
    let mut words: Vec<String> = Vec::new();
    let mut joined: Vec<bool> = Vec::new();
    let mut inside = false;
    let mut near = true;
    for c in text.chars() {
        if c.is_alphanumeric() {
            match words.last_mut() {
                Some(word) if inside => word.push(c),
                _ => {
                    words.push(c.to_string());
                    joined.push(near);
                }
            }
            inside = true;
            near = true;
            continue;
        }
        inside = false;
        if matches!(c, '+' | '✓' | '✔' | '%') {
            words.push(c.to_string());
            joined.push(near);
            near = true;
        } else if !is_space(c) && c != '-' {
            near = false;
        }
    }
    (words, joined)
}

/// A folded text without the endings in brackets of «завершил(а)», «удовлетворен(-а)».
fn without_endings(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let (before, inside) = rest.split_at(open);
        out.push_str(before);
        let ending = inside
            .find(')')
            .map(|close| (&inside[1..close], &inside[close + 1..]));
        match ending {
            Some((ending, after))
                if out.ends_with(char::is_alphabetic)
                    && ending.chars().count() <= 4
                    && ending.chars().all(|c| c.is_alphabetic() || c == '-') =>
            {
                rest = after;
            }
            _ => {
                out.push('(');
                rest = &inside[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A text without what stands in brackets, unless a letter follows them at once.
fn without_remarks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let (before, inside) = rest.split_at(open);
        out.push_str(before);
        let (remark, after) = inside
            .find(')')
            .map_or((inside, ""), |close| inside.split_at(close + 1));
        if after.starts_with(char::is_alphabetic) {
            out.push_str(remark);
        } else {
            out.push(' ');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The phrases that a pattern of the data stands for.
fn expand(pattern: &str) -> Vec<String> {
    let pattern = pattern
        .replace('~', "{,а,о,ы,и}")
        .replace('@', "{ый,ий,ой,ая,ое,ее,ые,ие,ого,его,ом,ем,ых,их}");
    expand_braces(&pattern)
}

fn expand_braces(pattern: &str) -> Vec<String> {
    let Some(open) = pattern.find('{') else {
        return vec![pattern.to_owned()];
    };
    let (before, inside) = pattern.split_at(open);
    let mut depth = 0;
    let mut choices = vec![String::new()];
    let mut after = "";
    for (at, c) in inside.char_indices() {
        match c {
            '{' if depth == 0 => depth = 1,
            '}' if depth == 1 => {
                after = &inside[at + 1..];
                break;
            }
            ',' if depth == 1 => choices.push(String::new()),
            _ => {
                depth += match c {
                    '{' => 1,
                    '}' => -1,
                    _ => 0,
                };
                if let Some(choice) = choices.last_mut() {
                    choice.push(c);
                }
            }
        }
    }
    choices
        .iter()
        .flat_map(|choice| expand_braces(&format!("{before}{choice}{after}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_stand_for_their_forms() {
        assert_eq!(expand("да"), ["да"]);
        assert_eq!(expand("прош{ел,ла}"), ["прошел", "прошла"]);
        assert_eq!(
            expand("сдан~"),
            ["сдан", "сдана", "сдано", "сданы", "сдани"]
        );
        assert_eq!(expand("a{b,c{d,e}}f"), ["abf", "acdf", "acef"]);
        assert_eq!(expand("{x,}y"), ["xy", "y"]);
    }

    #[test]
    fn endings_and_remarks_in_brackets() {
        assert_eq!(without_endings("завершил(а) обучение"), "завершил обучение");
        assert_eq!(without_endings("удовлетворен(-а)"), "удовлетворен");
        assert_eq!(without_endings("завершил (да)"), "завершил (да)");
        assert_eq!(without_endings("а(б"), "а(б");
        assert_eq!(without_remarks("завершен (приказ № 5)"), "завершен  ");
        assert_eq!(without_remarks("(не)удовлетворен"), "(не)удовлетворен");
        assert_eq!(without_remarks("завершен (без скобки"), "завершен  ");
    }

    #[test]
    fn words_know_what_parts_them() {
        let (words, joined) = words_of("в чем-то да, 50%");
        assert_eq!(words, ["в", "чем", "то", "да", "50", "%"]);
        assert_eq!(joined, [true, true, true, true, false, true]);
    }
}
