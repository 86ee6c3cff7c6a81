//! Rows put together from cells that come one by one.

use std::ops::ControlFlow;

use super::bounds::Bounds;
use super::{Cell, Value};
use crate::failure::Failure;

/// What a cell holds until its row is whole.
#[derive(Clone, Debug)]
pub(super) enum Held<'a> {
    /// A text that is kept elsewhere.
    Shared(&'a str),
    /// A text of its own.
    Owned(String),
    /// An error value.
    Error(String),
    /// Anything else.
    Plain(Value<'static>),
}

impl Held<'_> {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Shared(text) => Value::Text(text),
            Self::Owned(text) => Value::Text(text),
            Self::Error(text) => Value::Error(text),
            Self::Plain(value) => *value,
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Shared(text) => Some(text),
            Self::Owned(text) | Self::Error(text) => Some(text),
            Self::Plain(_) => None,
        }
    }
}

/// The cells of one row, checked against the bounds.
#[derive(Debug)]
pub(super) struct Row<'a> {
    number: Option<u32>,
    cells: Vec<(u32, Held<'a>)>,
}

impl<'a> Row<'a> {
    /// No row yet.
    pub(super) fn new() -> Self {
        Self {
            number: None,
            cells: Vec::new(),
        }
    }

    /// Adds a cell.
    pub(super) fn push(
        &mut self,
        bounds: &Bounds,
        number: u32,
        column: u32,
        held: Held<'a>,
    ) -> Result<(), Failure> {
        if self.number.is_none() {
            bounds.row(number)?;
        }
        bounds.column(number, column)?;
        if let Some(text) = held.text() {
            if text.is_empty() {
                return Ok(());
            }
            bounds.text(number, column, text)?;
        }
        self.number = Some(number);
        self.cells.push((column, held));
        Ok(())
    }

    /// Hands the row over and starts the next one. Cells out of order are put in order.
    pub(super) fn finish(
        &mut self,
        row: &mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(number) = self.number.take() else {
            return ControlFlow::Continue(());
        };
        if !self
            .cells
            .is_sorted_by(|(left, _), (right, _)| left < right)
        {
            self.cells.sort_by_key(|(column, _)| *column);
            self.cells.dedup_by_key(|(column, _)| *column);
        }
        let cells: Vec<Cell<'_>> = self
            .cells
            .iter()
            .map(|(column, held)| Cell {
                column: *column,
                value: held.value(),
            })
            .collect();
        let flow = row(number, &cells);
        drop(cells);
        self.cells.clear();
        flow
    }
}
