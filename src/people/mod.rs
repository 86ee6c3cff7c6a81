//! Persons, positions and organisations, and the person of each record (methodology §1 and §4).

pub mod employment;
pub mod identity;
pub mod linking;
pub mod links;
pub mod name;
mod nearest;
mod nomenclature;
pub mod organisation;
mod organisation_branch;
mod organisation_build;
mod organisation_facts;
mod organisation_groups;
mod organisation_index;
mod organisation_key;
pub mod organisation_kind;
mod organisation_name;
mod organisation_patterns;
mod organisation_places;
mod organisation_strangers;
mod organisation_tokens;
mod organisation_words;
mod phrase;
pub mod position;
pub mod privacy;
pub mod roster;
mod staff_cells;
mod word;

pub use organisation::OrgId;
pub use organisation_words::Class;

/// Makes the tables of words ready that take a while the first time they are asked for.
pub fn prepare() {
    let _ = nomenclature::Catalogue::get();
    let _ = organisation_words::vocabulary();
}

/// A person of the staff table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(pub u32);
