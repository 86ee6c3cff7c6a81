//! The names of persons, and an index of the employed by surname and initial (methodology §4, 4).

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::intern::Sym;
use crate::people::name::{self, Names};
use crate::people::roster::{Person, Roster};
use crate::people::{OrgId, PersonId};
use crate::registers::Dataset;

/// The employed people by organisation, surname and the first letter of the given name.
pub(super) type ByInitials = FxHashMap<(OrgId, String, char), Vec<PersonId>>;

/// The employed people by organisation, surname and the first letter of the given name (§4, 4).
pub(super) fn index_of_initials(dataset: &Dataset, roster: &Roster, names: &Names) -> ByInitials {
    let mut index = ByInitials::default();
    for (id, person) in roster.iter() {
        let employers = person.organisations(|post| post.employed());
        for key in known_names(dataset, person, names) {
            let Some(letters) = name::first_letters(names.text(key)) else {
                continue;
            };
            for &organisation in &employers {
                let fits = index
                    .entry((organisation, letters.surname.clone(), letters.given))
                    .or_default();
                if fits.last() != Some(&id) {
                    fits.push(id);
                }
            }
        }
    }
    index
}

/// The folded names of a person, over all rows, each once.
pub(super) fn person_names(
    dataset: &Dataset,
    person: &Person,
    names: &mut Names,
) -> SmallVec<[Sym; 1]> {
    for post in &person.posts {
        names.fold(&dataset.texts, dataset.staff[post.row as usize].person.name);
    }
    known_names(dataset, person, names)
}

/// [`person_names`] of a person whose names are folded.
fn known_names(dataset: &Dataset, person: &Person, names: &Names) -> SmallVec<[Sym; 1]> {
    let mut keys = SmallVec::new();
    for post in &person.posts {
        let Some(key) = names.known(dataset.staff[post.row as usize].person.name) else {
            continue;
        };
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}
