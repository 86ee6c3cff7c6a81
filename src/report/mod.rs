//! What a run gives to people and programs: the Excel report, JSON, the terminal.

pub mod findings;
pub mod json;
pub mod terminal;
