//! Persons, positions and organisations, and the person of each record.

mod nomenclature;
mod phrase;
pub mod position;
mod word;
