//! Rows linked to persons, positions and organisations (methodology §4).

pub mod organisation;
mod organisation_build;
mod organisation_facts;
mod organisation_index;
pub mod organisation_kind;
mod organisation_name;
mod organisation_places;
mod organisation_tokens;
mod organisation_words;

pub use organisation_words::Class;
