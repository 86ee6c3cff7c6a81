//! Rows linked to persons, positions and organisations (methodology §4).

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
mod organisation_tokens;
mod organisation_words;

pub use organisation_words::Class;
