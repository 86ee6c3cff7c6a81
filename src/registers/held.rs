//! Cells kept after their row has gone by: the first rows of a sheet, and the tops of merged cells.

use crate::source::{Cell, Value};
use crate::text::is_space;

/// A value that owns its text.
#[derive(Clone, PartialEq, Debug)]
enum Held {
    Text(Box<str>),
    Error(Box<str>),
    Plain(Value<'static>),
}

/// A value kept from a row that has gone by.
#[derive(Clone, PartialEq, Debug)]
pub struct HeldValue(Held);

impl HeldValue {
    /// Keeps a value.
    #[must_use]
    pub fn new(value: Value<'_>) -> Self {
        Self(match value {
            Value::Text(text) => Held::Text(text.into()),
            Value::Error(text) => Held::Error(text.into()),
            Value::Number(number) => Held::Plain(Value::Number(number)),
            Value::Percent(number) => Held::Plain(Value::Percent(number)),
            Value::Date(day) => Held::Plain(Value::Date(day)),
            Value::Bool(truth) => Held::Plain(Value::Bool(truth)),
            Value::Uncalculated => Held::Plain(Value::Uncalculated),
        })
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> Value<'_> {
        match &self.0 {
            Held::Text(text) => Value::Text(text),
            Held::Error(text) => Value::Error(text),
            Held::Plain(value) => *value,
        }
    }
}

/// A row kept whole.
#[derive(Clone, PartialEq, Debug)]
pub struct HeldRow {
    /// Its number, from 0.
    pub number: u32,
    cells: Vec<(u32, HeldValue)>,
}

impl HeldRow {
    /// Keeps a row.
    #[must_use]
    pub fn new(number: u32, cells: &[Cell<'_>]) -> Self {
        Self {
            number,
            cells: cells
                .iter()
                .map(|cell| (cell.column, HeldValue::new(cell.value)))
                .collect(),
        }
    }

    /// Its cells, from left to right.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.cells.iter().map(|(column, value)| Cell {
            column: *column,
            value: value.value(),
        })
    }

    /// Its texts, from left to right.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells
            .iter()
            .filter_map(|(_, value)| match value.value() {
                Value::Text(text) => Some(text),
                _ => None,
            })
    }

    /// Its first text that is more than spaces.
    #[must_use]
    pub fn first_text(&self) -> Option<&str> {
        self.cells
            .iter()
            .find_map(|(_, value)| match value.value() {
                Value::Text(text) if !text.trim().is_empty() => Some(text),
                _ => None,
            })
    }

    /// Its cells that hold more than spaces.
    pub fn filled(&self) -> impl Iterator<Item = Cell<'_>> {
        self.cells().filter(is_filled)
    }
}

/// Whether a cell holds more than spaces.
#[must_use]
pub fn is_filled(cell: &Cell<'_>) -> bool {
    match cell.value {
        Value::Text(text) => !text.chars().all(|c| {
            is_space(c)
                || matches!(
                    c,
                    '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
                )
        }),
        _ => true,
    }
}
