//! Values of flags that are one word of a few.

use clap::ValueEnum;

/// Text for people or JSON for programs.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TextFormat {
    /// Text.
    #[default]
    Text,
    /// JSON.
    Json,
}

/// The form of a list of people.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PeopleFormat {
    /// A table for the terminal.
    #[default]
    Table,
    /// Delimited text.
    Csv,
    /// JSON.
    Json,
}

/// Whom `explain` lists.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Who {
    /// Those in the numerator.
    Counted,
    /// Those in the denominator alone.
    Missing,
    /// Both.
    #[default]
    All,
}

/// The files of `demo`.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DemoFormat {
    /// Workbooks.
    #[default]
    Xlsx,
    /// Delimited text.
    Csv,
}
