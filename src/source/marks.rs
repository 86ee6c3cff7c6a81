//! What calamine does not tell of a sheet, found before its cells are read and joined to them.

use std::ops::ControlFlow;

use calamine::DataRef;

use super::bounds::Bounds;
use super::convert;
use super::rows::{Held, Row};
use super::{Cell, Merge, Value};
use crate::failure::Failure;

/// What is known of a sheet before its cells are read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Its merged cells, ordered by their first row.
    pub merges: Vec<Merge>,
    /// How many rows that hold something are hidden.
    pub hidden_rows: u32,
    /// What to make of single cells, by row and column.
    pub marks: Vec<Mark>,
}

/// What to make of one cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub row: u32,
    pub column: u32,
    pub what: What,
}

/// What calamine does not say of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Its number is a share.
    Percent,
    /// A formula whose result was never stored.
    Uncalculated,
    /// An error value that calamine passes over.
    Error(Box<str>),
    /// Its text is an error value.
    ErrorText,
    /// It lies under a merged cell and is not seen.
    Covered,
}

impl Facts {
    /// Puts all in order.
    pub(super) fn sorted(mut self) -> Self {
        self.merges.sort_by_key(|merge| (merge.top, merge.left));
        self.marks.sort_by_key(|mark| (mark.row, mark.column));
        self
    }

    /// Marks a cell.
    pub(super) fn mark(&mut self, row: u32, column: u32, what: What) {
        self.marks.push(Mark { row, column, what });
    }
}

impl What {
    /// What the cell holds in truth; `held` is what calamine gave.
    fn of<'a>(&self, held: Option<Held<'a>>) -> Option<Held<'a>> {
        match (self, held) {
            (Self::Percent, Some(Held::Plain(Value::Number(number)))) => {
                Some(Held::Plain(Value::Percent(number)))
            }
            (Self::Uncalculated, None) => Some(Held::Plain(Value::Uncalculated)),
            (Self::Error(text), _) => Some(Held::Error(text.to_string())),
            (Self::ErrorText, Some(Held::Shared(text))) => Some(Held::Error(text.to_owned())),
            (Self::Covered, _) => None,
            (_, held) => held,
        }
    }
}

/// A cell as calamine's streaming readers give it.
pub(super) struct Given<'a> {
    /// Its row and column.
    pub place: (u32, u32),
    /// What it holds.
    pub value: DataRef<'a>,
    /// Whether a number in it is a share.
    pub percent: bool,
}

/// How many cells are asked for at once.
pub(super) const BATCH: usize = 256;

/// Puts rows together from cells that come one by one and from the marks of their sheet, and hands
/// them over.
pub(super) struct Lines<'a, 'f> {
    bounds: &'f Bounds,
    marks: &'f [Mark],
    line: Row<'a>,
    number: Option<u32>,
    row: &'f mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
}

impl<'a, 'f> Lines<'a, 'f> {
    /// `row` gets the rows.
    pub(super) fn new(
        bounds: &'f Bounds,
        marks: &'f [Mark],
        row: &'f mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
    ) -> Self {
        Self {
            bounds,
            marks,
            line: Row::new(),
            number: None,
            row,
        }
    }

    /// The next cell.
    pub(super) fn cell(
        &mut self,
        number: u32,
        column: u32,
        held: Held<'a>,
    ) -> Result<ControlFlow<()>, Failure> {
        if self.number != Some(number) {
            if self.number.is_some_and(|before| number < before) {
                return Err(self.bounds.failure(
                    "строки записаны не по порядку. Откройте файл в Excel или LibreOffice и сохраните заново",
                ));
            }
            if self.finish(number)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.number = Some(number);
        }
        self.line.push(self.bounds, number, column, held)?;
        Ok(ControlFlow::Continue(()))
    }

    /// All cells that calamine gives, until none comes or the rows are not wanted any more. `next`
    /// adds some cells and says whether there may be more.
    pub(super) fn read(
        mut self,
        from_1904: bool,
        mut next: impl FnMut(&mut Vec<Given<'a>>) -> Result<bool, Failure>,
    ) -> Result<(), Failure> {
        let mut batch = Vec::with_capacity(BATCH);
        let mut more = true;
        while more {
            more = next(&mut batch)?;
            for cell in batch.drain(..) {
                let held = match cell.value {
                    DataRef::SharedString(text) => Held::Shared(text),
                    DataRef::Float(number) if cell.percent => Held::Plain(Value::Percent(number)),
                    value => match convert::held(value.into(), from_1904) {
                        Some(held) => held,
                        None => continue,
                    },
                };
                if self.cell(cell.place.0, cell.place.1, held)?.is_break() {
                    return Ok(());
                }
            }
        }
        self.end()
    }

    /// There are no more cells.
    pub(super) fn end(mut self) -> Result<(), Failure> {
        self.finish(u32::MAX).map(|_| ())
    }

    /// Hands over the row at hand, and the rows of marks alone before the row `next`.
    fn finish(&mut self, next: u32) -> Result<ControlFlow<()>, Failure> {
        let mut number = self.number.take();
        loop {
            let marked = self.marks.first().map(|mark| mark.row);
            let marked = marked.filter(|row| *row < next);
            let Some(here) = number.into_iter().chain(marked).min() else {
                return Ok(ControlFlow::Continue(()));
            };
            let count = self.marks.iter().take_while(|mark| mark.row == here);
            let (marks, rest) = self.marks.split_at(count.count());
            self.marks = rest;
            number.take_if(|number| *number == here);
            let known = self.line.sort();
            for mark in marks {
                let changed = self
                    .line
                    .change(known, mark.column, |held| mark.what.of(Some(held)));
                if !changed && let Some(held) = mark.what.of(None) {
                    self.line.push(self.bounds, here, mark.column, held)?;
                }
            }
            if self.line.finish(self.row).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
}
