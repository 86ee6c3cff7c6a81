//! A table of phrases and the search for them: the longest phrase that stands in a cell as whole
//! words decides (methodology §2).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::{fold_lookalikes, is_letter_or_digit, is_space};

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

/// The phrases of one kind of cell, in small words with one space between.
pub(super) struct Table<T> {
    phrases: BTreeMap<String, T>,
    /// The most words of a phrase.
    most_words: usize,
}

/// A phrase that stands in a cell: its words from the first to before the last, and its characters.
struct Found<T> {
    words: Range<usize>,
    length: usize,
    meaning: T,
}

impl<T: Meaning> Table<T> {
    /// The built-in phrases, by the name of their meaning.
    pub fn new(data: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let mut table = Self {
            phrases: BTreeMap::new(),
            most_words: 0,
        };
        for (name, patterns) in data {
            let meaning = T::named(name).ok_or_else(|| format!("phrases.toml: {name}"))?;
            for phrase in patterns.iter().flat_map(|pattern| expand(pattern)) {
                table.insert(phrase, meaning);
            }
        }
        Ok(table)
    }

    /// Adds a phrase as people write it; one of the same words gives way. Whether it holds a word at
    /// all.
    pub fn add(&mut self, phrase: &str, meaning: T) -> bool {
        let words = Words::of(&without_endings(&fold_lookalikes(phrase)));
        let some = !words.text.is_empty();
        if some {
            self.insert(words.text, meaning);
        }
        some
    }

    fn insert(&mut self, phrase: String, meaning: T) {
        self.most_words = self.most_words.max(phrase.split(' ').count());
        self.phrases.insert(phrase, meaning);
    }

    /// The meaning of the longest phrase that stands in a cell, of equally long ones the first
    /// (methodology §2); brackets part words like any mark.
    pub fn longest(&self, text: &str) -> Option<T> {
        let mut best: Option<Found<T>> = None;
        for found in self.all_found(&without_endings(&fold_lookalikes(text))) {
            if best
                .as_ref()
                .is_none_or(|known| found.length > known.length)
            {
                best = Some(found);
            }
        }
        best.map(|found| found.meaning)
    }

    /// The meanings of all phrases of a cell. What stands in brackets is heard only when nothing outside
    /// them is known.
    pub fn all(&self, text: &str) -> Vec<T> {
        let folded = without_endings(&fold_lookalikes(text));
        let of = |text: &str| -> Vec<T> {
            let found = self.all_found(text);
            found.into_iter().map(|found| found.meaning).collect()
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
            let words = Words::of(text).text;
            self.phrases.get(&words).copied().or_else(|| {
                let (number, rest) = words.split_once(' ')?;
                let is_number = number.bytes().all(|b| b.is_ascii_digit());
                is_number.then(|| self.phrases.get(rest).copied()).flatten()
            })
        })
    }

    /// A phrase as the table keeps it.
    #[cfg(test)]
    pub fn folded(phrase: &str) -> String {
        Words::of(&without_endings(&fold_lookalikes(phrase))).text
    }

    /// All phrases in full.
    #[cfg(test)]
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.phrases.keys().map(String::as_str)
    }

    /// The phrase nearest to a text, for advice.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        crate::text::nearest(
            &without_remarks(text),
            self.phrases.keys().map(String::as_str),
        )
    }

    /// Every phrase that stands in a folded text. One that directly follows «не» is the opposite of
    /// itself: it does not count, nor do the shorter ones within it.
    fn all_found(&self, text: &str) -> Vec<Found<T>> {
        let words = Words::of(text);
        let count = words.spans.len();
        let mut found: Vec<Found<T>> = Vec::new();
        let mut denied: Vec<Range<usize>> = Vec::new();
        for first in 0..count {
            let after_not =
                first > 0 && words.joined[first] && words.slice(first - 1..first) == "не";
            for end in first + 1..=count.min(first + self.most_words) {
                let phrase = words.slice(first..end);
                let Some(meaning) = self.phrases.get(phrase) else {
                    continue;
                };
                if after_not {
                    denied.push(first..end);
                } else {
                    found.push(Found {
                        words: first..end,
                        length: phrase.chars().count(),
                        meaning: *meaning,
                    });
                }
            }
        }
        found.retain(|found| {
            let within = |denied: &Range<usize>| {
                denied.start <= found.words.start && found.words.end <= denied.end
            };
            !denied.iter().any(within)
        });
        found
    }
}

/// The words of a folded text. Marks of yes and per cent are words too.
#[derive(Default)]
struct Words {
    /// All words with one space between.
    text: String,
    /// Where each word stands in `text`.
    spans: Vec<Range<usize>>,
    /// Of each word, whether only spaces or a hyphen part it from the one before.
    joined: Vec<bool>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        let mut inside = false;
        let mut joined = true;
        for c in text.chars() {
            let letter = is_letter_or_digit(c);
            if !letter && !matches!(c, '+' | '✓' | '✔' | '%') {
                inside = false;
                joined &= is_space(c) || c == '-';
                continue;
            }
            if !(inside && letter) {
                if !words.spans.is_empty() {
                    words.text.push(' ');
                }
                words.spans.push(words.text.len()..words.text.len());
                words.joined.push(joined);
            }
            words.text.push(c);
            if let Some(span) = words.spans.last_mut() {
                span.end = words.text.len();
            }
            inside = letter;
            joined = true;
        }
        words
    }

    /// The text of these words, which are there.
    fn slice(&self, words: Range<usize>) -> &str {
        &self.text[self.spans[words.start].start..self.spans[words.end - 1].end]
    }
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

/// The phrases that a pattern of the data stands for. All words with `~` take the same ending.
fn expand(pattern: &str) -> Vec<String> {
    let pattern = pattern.replace('@', "{ый,ий,ой,ая,яя,ое,ее,ые,ие,ого,его,ом,ем,ых,их}");
    if !pattern.contains('~') {
        return expand_braces(&pattern);
    }
    ["", "а", "о", "ы", "и"]
        .iter()
        .flat_map(|ending| expand_braces(&pattern.replace('~', ending)))
        .collect()
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
        assert_eq!(
            expand("не сдал~ и не прошел~")[..2],
            ["не сдал и не прошел", "не сдала и не прошела"]
        );
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
        let words = Words::of("в чем-то да, 50%");
        assert_eq!(words.text, "в чем то да 50 %");
        assert_eq!(words.joined, [true, true, true, true, false, true]);
        assert_eq!(words.slice(1..3), "чем то");
    }
}
