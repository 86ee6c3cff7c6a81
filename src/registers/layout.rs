//! A sheet that was matched: where its columns are, and one row of it.

use super::Field;
use super::catalogue::{Catalogue, Register};
use super::cell::with_errors;
use super::held::{HeldRow, is_filled};
use super::key::HeaderKey;
use super::matching::Matched;
use crate::source::{Cell, Value};

/// A recognised column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slot {
    /// Where it is.
    pub column: u32,
    /// What it means.
    pub field: Field,
    /// Its header as written.
    pub header: String,
    /// Whether a cell merged over several rows holds for all of them.
    pub fills: bool,
}

/// Where the columns of a sheet are.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The recognised columns, from left to right.
    pub slots: Vec<Slot>,
    /// The columns that number the rows.
    pub row_numbers: Vec<u32>,
    /// The columns with a header that are not recognised, with it, from left to right.
    pub others: Vec<(u32, String)>,
    /// The texts of the header's rows, folded.
    header: Vec<Vec<(u32, HeaderKey)>>,
}

impl Layout {
    /// The layout of a matched sheet of which `rows` are the first.
    #[must_use]
    pub fn new(
        matched: &Matched,
        register: &Register,
        catalogue: &Catalogue,
        rows: &[HeldRow],
    ) -> Self {
        let mut slots = Vec::new();
        let mut others = Vec::new();
        let mut row_numbers = Vec::new();
        let assignment = &matched.assignment;
        for (caption, field) in assignment.captions.iter().zip(&assignment.fields) {
            let header = caption.text();
            match field {
                Some(field) => slots.push(Slot {
                    column: caption.column,
                    field: *field,
                    header,
                    fills: register.column(*field).is_some_and(|column| column.fills),
                }),
                None => {
                    if caption.lowest().any(|key| catalogue.is_row_number(key)) {
                        row_numbers.push(caption.column);
                    }
                    others.push((caption.column, header));
                }
            }
        }
        let header = rows
            .get(matched.header.start..matched.header.end())
            .unwrap_or_default()
            .iter()
            .map(|row| {
                row.filled()
                    .filter_map(|cell| match cell.value {
                        Value::Text(text) => Some((cell.column, HeaderKey::new(text))),
                        _ => None,
                    })
                    .collect()
            })
            .collect();
        Self {
            slots,
            row_numbers,
            others,
            header,
        }
    }

    /// Whether there is a column of this meaning.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.slots.iter().any(|slot| slot.field == field)
    }

    /// Whether a row repeats one of the header's rows. A row of a single text does so only right
    /// below another such row.
    #[must_use]
    pub fn repeats_header(&self, row: &Row<'_>, after_header: bool) -> bool {
        self.header.iter().any(|header| {
            let same = row.cells.iter().all(|cell| {
                matches!(cell.value, Value::Text(text)
                if header.iter().any(|(column, key)| {
                    *column == cell.column
                        && key.may_be(text)
                        && key.same(&HeaderKey::new(text))
                }))
            });
            same && (row.cells.len() >= 2 || (row.cells.len() == header.len() && after_header))
        })
    }
}

/// One row of a sheet: its cells that hold something, and the values of the recognised columns.
#[derive(Debug)]
pub struct Row<'a> {
    /// Its number, from 0.
    pub number: u32,
    /// Its own cells that hold something, from left to right.
    pub cells: Vec<Cell<'a>>,
    values: Vec<(Field, u32, Value<'a>)>,
}

impl<'a> Row<'a> {
    /// A row, with what merged cells above it give to its empty cells.
    #[must_use]
    pub fn new(
        number: u32,
        cells: impl Iterator<Item = Cell<'a>>,
        layout: &Layout,
        merged: impl Fn(u32) -> Option<Value<'a>>,
    ) -> Self {
        let cells: Vec<Cell<'a>> = cells
            .filter(is_filled)
            .map(|cell| Cell {
                value: with_errors(cell.value),
                ..cell
            })
            .collect();
        let mut values = Vec::with_capacity(layout.slots.len());
        let mut at = 0;
        for slot in &layout.slots {
            while cells.get(at).is_some_and(|cell| cell.column < slot.column) {
                at += 1;
            }
            let own = cells
                .get(at)
                .filter(|cell| cell.column == slot.column)
                .map(|cell| cell.value);
            if let Some(value) = own.or_else(|| merged(slot.column)) {
                values.push((slot.field, slot.column, value));
            }
        }
        Self {
            number,
            cells,
            values,
        }
    }

    /// The value of a column, where it holds something.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<Value<'a>> {
        self.at(field).map(|(_, value)| value)
    }

    /// The value of a column, with the column's number.
    #[must_use]
    pub fn at(&self, field: Field) -> Option<(u32, Value<'a>)> {
        self.values
            .iter()
            .find(|(known, ..)| *known == field)
            .map(|(_, column, value)| (*column, *value))
    }

    /// The text of a column; none where it holds no text.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&'a str> {
        match self.get(field)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of its own in a column of the sheet.
    #[must_use]
    pub fn of_column(&self, column: u32) -> Option<Value<'a>> {
        let at = self
            .cells
            .binary_search_by_key(&column, |cell| cell.column)
            .ok()?;
        self.cells.get(at).map(|cell| cell.value)
    }

    /// How many recognised columns hold something.
    #[must_use]
    pub fn known(&self) -> usize {
        self.values.len()
    }

    /// The leftmost text of its own.
    #[must_use]
    pub fn first_text(&self) -> Option<(u32, &'a str)> {
        self.cells.iter().find_map(|cell| match cell.value {
            Value::Text(text) => Some((cell.column, text)),
            _ => None,
        })
    }
}
