//! The outputs of a run: the Excel report, JSON, the terminal.

pub mod model;
pub mod output;
pub mod seal;
pub mod xlsx;
