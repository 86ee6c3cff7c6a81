//! Nearest names, for advice alone: nothing is ever taken by likeness (methodology §4).

use rustc_hash::FxHashMap;

use super::PersonId;
use super::name::Names;
use super::roster::Roster;

/// Nearest names for messages: people of the same surname, or of the same given name and
/// patronymic. Indexed when the first name is lost.
#[derive(Default)]
pub struct Nearest {
    by_surname: FxHashMap<String, Vec<PersonId>>,
    by_rest: FxHashMap<String, Vec<PersonId>>,
    indexed: bool,
}

impl Nearest {
    /// The nearest three, nearest first.
    pub fn names(&mut self, roster: &Roster, folded: &str, names: &Names) -> Vec<PersonId> {
        const LOOKED_AT: usize = 100;
        const NAMED: usize = 3;
        let text_of = |id: PersonId| {
            names
                .known(roster.person(id).name)
                .map_or("", |key| names.text(key))
        };
        if !self.indexed {
            self.indexed = true;
            for (id, _) in roster.iter() {
                if let Some((surname, rest)) = text_of(id).split_once(' ') {
                    self.by_surname
                        .entry(surname.to_owned())
                        .or_default()
                        .push(id);
                    self.by_rest.entry(rest.to_owned()).or_default().push(id);
                }
            }
        }
        let (surname, rest) = folded.split_once(' ').unwrap_or((folded, ""));
        let of = |index: &FxHashMap<String, Vec<PersonId>>, key: &str| {
            index.get(key).cloned().unwrap_or_default()
        };
        let mut near: Vec<(i64, PersonId)> = of(&self.by_surname, surname)
            .into_iter()
            .take(LOOKED_AT)
            .chain(of(&self.by_rest, rest).into_iter().take(LOOKED_AT))
            .filter_map(|id| {
                let likeness = strsim::normalized_damerau_levenshtein(folded, text_of(id));
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a likeness from 0 to 1 in millionths"
                )]
                (likeness >= 0.7).then_some((-(likeness * 1e6) as i64, id))
            })
            .collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().take(NAMED).map(|(_, id)| id).collect()
    }
}
