//! Nearest names, for advice alone: nothing is ever taken by likeness (methodology §3 and §4).

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use smallvec::SmallVec;

use super::PersonId;
use super::name::{Initials, Names};
use super::roster::Roster;

/// How many people are named.
const NAMED: usize = 3;
/// How many people of one surname, or of one pair of words, are looked at.
const LOOKED_AT: usize = 100;
/// How many words of a name are looked at.
const WORDS: usize = 6;
/// How alike names, or words of names, have to be, from 0 to 1.
const ALIKE: f64 = 0.7;

/// Nearest names for messages: people of whom a surname, or two words in whatever order, stand in the
/// name. Indexed when the first name is lost.
#[derive(Default)]
pub struct Nearest {
    /// The people by the hash of each surname and of each two words of their names, in order.
    by_words: Vec<(u64, PersonId)>,
    indexed: bool,
}

type Words<'n> = SmallVec<[&'n str; 4]>;

/// The words of a folded name: «Салтыков-Щедрин» and «Иванова (Петрова)» are two each.
fn words(folded: &str) -> Words<'_> {
    let words = folded.split([' ', '.', ',', '-', '(', ')']);
    words.filter(|word| !word.is_empty()).take(WORDS).collect()
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The hash of two words in whatever order.
fn hash_of_pair(one: &str, other: &str) -> u64 {
    hash(&[one.min(other), one.max(other)])
}

/// The hashes of all pairs of words.
fn pairs(words: &[&str]) -> impl Iterator<Item = u64> {
    let numbered = words.iter().enumerate();
    numbered.flat_map(|(at, one)| {
        let others = words.iter().skip(at + 1);
        others.map(|other| hash_of_pair(one, other))
    })
}

/// How alike two names are, from 0 to 1: as texts, or by their words in whatever order.
fn likeness(one: &str, other: &str) -> f64 {
    let (a, b) = (words(one), words(other));
    let nearest = |word: &str| {
        let alike = b.iter().map(|known| match *known == word {
            true => 1.0,
            false => strsim::normalized_damerau_levenshtein(word, known),
        });
        alike.filter(|alike| *alike >= ALIKE).fold(0.0, f64::max)
    };
    let shared: f64 = a.iter().map(|word| nearest(word)).sum();
    #[expect(clippy::cast_precision_loss, reason = "a name has few words")]
    let by_words = 2.0 * shared / (a.len() + b.len()) as f64;
    by_words.max(strsim::normalized_damerau_levenshtein(one, other))
}

impl Nearest {
    /// The nearest three, nearest first.
    pub fn names(&mut self, roster: &Roster, folded: &str, names: &Names) -> Vec<PersonId> {
        self.index(roster, names);
        let wanted = words(folded);
        let surnames = wanted.iter().map(|word| hash(&[word]));
        let mut found: Vec<PersonId> = pairs(&wanted)
            .chain(surnames)
            .flat_map(|key| self.of(key).take(LOOKED_AT))
            .collect();
        found.sort_unstable();
        found.dedup();
        let mut near: Vec<(i64, PersonId)> = found
            .into_iter()
            .filter_map(|id| {
                let likeness = likeness(folded, text_of(roster, id, names));
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a likeness from 0 to 1 in millionths"
                )]
                (likeness >= ALIKE).then_some((-(likeness * 1e6) as i64, id))
            })
            .collect();
        near.sort_unstable();
        near.into_iter().take(NAMED).map(|(_, id)| id).collect()
    }

    /// The first three whom initials fit, wherever they work.
    pub fn initials(&mut self, roster: &Roster, wanted: &Initials, names: &Names) -> Vec<PersonId> {
        self.index(roster, names);
        let surname = words(&wanted.surname).first().map(|word| hash(&[word]));
        let of_surname = surname.into_iter().flat_map(|key| self.of(key));
        of_surname
            .filter(|&id| wanted.fit(text_of(roster, id, names)))
            .take(NAMED)
            .collect()
    }

    fn index(&mut self, roster: &Roster, names: &Names) {
        if std::mem::replace(&mut self.indexed, true) {
            return;
        }
        for (id, _) in roster.iter() {
            let folded = text_of(roster, id, names);
            let words = words(folded);
            // A surname ends where the given name and the patronymic begin.
            let surnames = words.len().saturating_sub(2).max(1);
            let surnames = words.iter().take(surnames).map(|word| hash(&[word]));
            self.by_words
                .extend(surnames.chain(pairs(&words)).map(|key| (key, id)));
        }
        self.by_words.sort_unstable();
        self.by_words.dedup();
    }

    /// The people of a hash, in order.
    fn of(&self, key: u64) -> impl Iterator<Item = PersonId> {
        let from = self.by_words.partition_point(|&(known, _)| known < key);
        let of_key = self.by_words.iter().skip(from);
        of_key
            .take_while(move |&&(known, _)| known == key)
            .map(|&(_, id)| id)
    }
}

fn text_of<'n>(roster: &Roster, id: PersonId, names: &'n Names) -> &'n str {
    let key = names.known(roster.person(id).name);
    key.map_or("", |key| names.text(key))
}

#[cfg(test)]
mod tests {
    use super::{ALIKE, likeness};

    #[test]
    fn names_are_alike_by_their_words_too() {
        for (lost, known, alike) in [
            (
                "салтыков щедрин лев львович",
                "салтыков-щедрин лев львович",
                true,
            ),
            ("волков олег", "волков олег олегович", true),
            (
                "наталья петровна артемова",
                "артемова наталья петровна",
                true,
            ),
            ("учитель волков олег олегович", "волков олег олегович", true),
            (
                "иванова анна игоревна",
                "иванова (петрова) анна игоревна",
                true,
            ),
            ("егоров максим андреич", "егоров максим андреевич", true),
            ("волков", "волков олег олегович", false),
            ("волков петр ильич", "волков олег олегович", false),
            ("сидоров олег олегович", "волков петр олегович", false),
        ] {
            assert_eq!(likeness(lost, known) >= ALIKE, alike, "{lost} / {known}");
        }
    }
}
