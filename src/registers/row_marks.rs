//! How rows that are no records start: totals, signatures, remarks, places that nobody holds.

use rustc_hash::FxHashSet;

use super::key::{Phrase, opening, words};

/// The phrases of `registers.toml` by which such rows are known.
#[derive(Clone, Debug)]
pub struct RowMarks {
    totals: Vec<Phrase>,
    signatures: Vec<Phrase>,
    remarks: Vec<Phrase>,
    vacancies: Vec<Phrase>,
    /// How any of them may start.
    openings: FxHashSet<[char; 3]>,
}

/// The beginning of a text, enough to tell what it starts with.
fn head(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(60)
        .map_or(text.len(), |(index, _)| index);
    text.get(..end).unwrap_or(text)
}

impl RowMarks {
    /// Takes the phrases as the data file writes them.
    pub(super) fn new(
        totals: &[String],
        signatures: &[String],
        remarks: &[String],
        vacancies: &[String],
    ) -> Self {
        let phrases = |texts: &[String]| texts.iter().map(|text| Phrase::new(text)).collect();
        let all = [totals, signatures, remarks, vacancies];
        let openings = all.into_iter().flatten();
        Self {
            totals: phrases(totals),
            signatures: phrases(signatures),
            remarks: phrases(remarks),
            vacancies: phrases(vacancies),
            openings: openings.filter_map(|phrase| opening(phrase)).collect(),
        }
    }

    /// Whether a row whose first text is `words` is a total.
    #[must_use]
    pub fn is_total(&self, words: &[String]) -> bool {
        self.totals.iter().any(|phrase| phrase.starts(words))
    }

    /// The words of the beginning of a text, for the questions below; none where no phrase of
    /// theirs can start it, as with nearly all cells.
    #[must_use]
    pub fn opening_words(&self, text: &str) -> Vec<String> {
        match opening(text) {
            Some(letters) if !self.openings.contains(&letters) => Vec::new(),
            _ => words(head(text)),
        }
    }

    /// Whether a text of these words stands among signatures.
    #[must_use]
    pub fn is_signature(&self, words: &[String]) -> bool {
        self.signatures.iter().any(|phrase| phrase.starts(words))
    }

    /// Whether a name of these words is a place that nobody holds.
    #[must_use]
    pub fn is_vacancy(&self, words: &[String]) -> bool {
        self.vacancies.iter().any(|phrase| phrase.starts(words))
    }

    /// Whether a text of these words is a remark.
    #[must_use]
    pub fn is_remark(&self, text: &str, words: &[String]) -> bool {
        text.trim_start().starts_with('*') || self.remarks.iter().any(|phrase| phrase.starts(words))
    }
}
