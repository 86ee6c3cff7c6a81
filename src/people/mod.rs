//! Persons, positions and organisations, and the person of each record.

mod phrase;
pub mod position;
