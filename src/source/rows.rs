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

    /// Puts the cells in order; of two in one place the first stays. Gives how many there are.
    pub(super) fn sort(&mut self) -> usize {
        if !self
            .cells
            .is_sorted_by(|(left, _), (right, _)| left < right)
        {
            self.cells.sort_by_key(|(column, _)| *column);
            self.cells.dedup_by_key(|(column, _)| *column);
        }
        self.cells.len()
    }

    /// Changes what a cell holds; false when none of the first `known` cells, which are in order,
    /// stands in that column.
    pub(super) fn change(
        &mut self,
        known: usize,
        column: u32,
        change: impl FnOnce(Held<'a>) -> Option<Held<'a>>,
    ) -> bool {
        let cells = self.cells.get_mut(..known).unwrap_or_default();
        let place = cells.binary_search_by_key(&column, |(column, _)| *column);
        let Some((_, held)) = place.ok().and_then(|place| cells.get_mut(place)) else {
            return false;
        };
        let before = std::mem::replace(held, Held::Shared(""));
        if let Some(after) = change(before) {
            *held = after;
        }
        true
    }

    /// Hands the row over and starts the next one. Cells out of order are put in order.
    pub(super) fn finish(
        &mut self,
        row: &mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(number) = self.number.take() else {
            return ControlFlow::Continue(());
        };
        self.sort();
        let cells: Vec<Cell<'_>> = self
            .cells
            .iter()
            .filter(|(_, held)| held.text() != Some(""))
            .map(|(column, held)| Cell {
                column: *column,
                value: held.value(),
            })
            .collect();
        let flow = match cells.is_empty() {
            true => ControlFlow::Continue(()),
            false => row(number, &cells),
        };
        drop(cells);
        self.cells.clear();
        flow
    }
}
