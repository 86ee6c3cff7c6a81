//! Taking a result apart: who is counted and why, whether a report still stands, what changed.

pub mod diff;
pub mod explain;
pub mod verify;
pub mod workbook;
