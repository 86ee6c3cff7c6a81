//! Single cells: what the value of one cell says, given what its column is for (contract §1
//! «Cells»). Nothing here knows a row, a sheet or a finding: a cell that cannot be read is given
//! back as such, and the caller says so with its address.

mod date;
mod deadline;
mod experience;
mod fault;
mod flag;
mod moment;
mod number;
mod snils;
mod text;
mod words;

pub use date::{DateRules, StudyDates, date, study_dates};
pub use deadline::deadline;
pub use experience::{ExperienceCell, experience};
pub use fault::{FAULT, is_fault, with_errors};
pub use flag::{FlagCell, flag, mentoring_flag, registry_flag};
pub use number::{PlanCell, number, plan};
pub use snils::{SnilsCell, snils};
pub use text::{is_blank, is_blank_status, text};

#[cfg(test)]
mod properties;
