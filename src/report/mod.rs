//! What a run gives to people and programs: the Excel report, JSON, the terminal.

pub mod findings;
pub mod guard;
pub mod html;
pub mod json;
pub mod model;
pub mod output;
pub mod result;
pub mod seal;
pub mod steady;
pub mod summary;
pub mod terminal;
pub mod xlsx;
