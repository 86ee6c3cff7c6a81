//! What each fuzz target does with the bytes it is given. The targets of cargo-fuzz and the replay
//! in `cargo test` call the same functions: each must end, without a panic, and what it gives must
//! keep the promises that are asserted here.

mod cells;
mod files;
mod folder;
pub mod seeds;
mod whole;

pub use cells::{cell, names, settings};
pub use files::{header, parts, text, workbook};
pub use whole::{result, town};

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 9] = [
    ("text", text),
    ("header", header),
    ("cell", cell),
    ("names", names),
    ("settings", settings),
    ("workbook", workbook),
    ("parts", parts),
    ("result", result),
    ("town", town),
];
