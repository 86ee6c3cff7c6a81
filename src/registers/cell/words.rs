//! The words of single cells, from `cells.toml`.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub blank: Blank,
    pub flag: FlagWords,
    pub mentoring: Mentoring,
    pub months: Months,
    pub spans: Spans,
    pub experience: ExperienceWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Blank {
    pub values: Vec<String>,
    pub statuses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlagWords {
    pub yes: Vec<String>,
    pub no: Vec<String>,
    pub empty: Vec<String>,
    pub denial: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mentoring {
    pub roles: Vec<String>,
    pub models: Vec<String>,
    pub orders: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Months {
    pub names: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spans {
    pub year: Vec<String>,
    pub school: Vec<String>,
    pub quarter: Vec<String>,
    pub half: Vec<String>,
    pub ordinals: Vec<Vec<String>>,
    pub endings: Vec<String>,
    pub before_deadline: Vec<String>,
    pub always: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExperienceWords {
    pub zero: Vec<String>,
    pub years: Vec<String>,
    pub months: Vec<String>,
    pub days: Vec<String>,
}

/// The words, read once.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| crate::text::data_file("cells.toml", include_str!("cells.toml")))
}

/// Whether a text may be a word for nothing, by its first character: a look that spares the folding
/// of nearly every cell.
pub(super) fn may_be_blank(text: &str) -> bool {
    static STARTS: OnceLock<FxHashSet<char>> = OnceLock::new();
    let starts = STARTS.get_or_init(|| {
        let blank = &words().blank;
        let all = blank.values.iter().chain(&blank.statuses);
        all.filter_map(|word| word.chars().next()).collect()
    });
    match text.chars().next() {
        Some(c @ ('а'..='я' | '0'..='9')) => starts.contains(&c),
        Some(c @ 'А'..='Я') => {
            char::from_u32(u32::from(c) + 0x20).is_some_and(|c| starts.contains(&c))
        }
        _ => true,
    }
}

/// Whether `word` is one of `list`.
pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|known| known == word)
}

/// The place, counted from 1, of the list of `lists` that holds `word`.
pub(super) fn place(lists: &[Vec<String>], word: &str) -> Option<u32> {
    (1u32..)
        .zip(lists)
        .find(|(_, list)| has(list, word))
        .map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_words_are_there() {
        assert_eq!(words().months.names.len(), 12);
        assert_eq!(words().spans.ordinals.len(), 4);
    }

    #[test]
    fn every_word_is_written_folded() {
        let w = words();
        let lists = [
            &w.blank.values,
            &w.blank.statuses,
            &w.flag.yes,
            &w.flag.no,
            &w.flag.empty,
            &w.flag.denial,
            &w.mentoring.roles,
            &w.mentoring.models,
            &w.mentoring.orders,
            &w.spans.year,
            &w.spans.school,
            &w.spans.quarter,
            &w.spans.half,
            &w.spans.endings,
            &w.spans.before_deadline,
            &w.spans.always,
            &w.experience.zero,
            &w.experience.years,
            &w.experience.months,
            &w.experience.days,
        ];
        for word in lists
            .into_iter()
            .flatten()
            .chain(w.months.names.iter().flatten())
        {
            assert_eq!(&crate::text::fold(word), word);
        }
    }
}
