//! A row of captions below the header: the header once more in other words, or that of another table.

use super::RegisterId;
use super::assign::assign;
use super::catalogue::{Catalogue, Meaning, Register};
use super::header::Header;
use super::held::HeldRow;
use super::key::HeaderKey;
use super::layout::{Layout, Row};
use crate::source::{Cell, Value};
use crate::text::is_letter;

/// Whose captions stand in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Again {
    /// Those of the sheet's own columns, each over its column.
    Same,
    /// Those of another table: the rows below have not the meaning of the columns.
    Other,
}

/// Whether a row holds captions; none where it may be a record. The answers of a survey may be
/// anything.
#[must_use]
pub fn header_again(
    row: &Row<'_>,
    register: RegisterId,
    layout: &Layout,
    catalogue: &Catalogue,
) -> Option<Again> {
    let is_text = |cell: &Cell<'_>| matches!(cell.value, Value::Text(_));
    if register == RegisterId::Survey
        || row.cells.len() < 2
        || !row.cells.iter().all(is_text)
        || !may_be_captions(row, catalogue)
    {
        return None;
    }
    if is_same(row, layout, catalogue.get(register)?) {
        Some(Again::Same)
    } else if is_other(row, layout, catalogue) {
        Some(Again::Other)
    } else {
        None
    }
}

/// A cheap look at how the first two texts start: nearly all rows are no captions by them.
fn may_be_captions(row: &Row<'_>, catalogue: &Catalogue) -> bool {
    row.cells.iter().take(2).all(|cell| {
        matches!(cell.value, Value::Text(text)
            if text.chars().any(is_letter) && catalogue.may_know(text))
    })
}

/// Whether the cells of two recognised columns or more are captions of those columns, and no other
/// recognised column holds anything else.
fn is_same(row: &Row<'_>, layout: &Layout, register: &Register) -> bool {
    let mut known = 0;
    row.cells.iter().all(|cell| {
        let slot = layout.slots.iter().find(|slot| slot.column == cell.column);
        let (Some(slot), Value::Text(text)) = (slot, cell.value) else {
            return true;
        };
        known += 1;
        match register.meaning(&HeaderKey::new(text)) {
            Some(Meaning::Column(field) | Meaning::Weak(field, _)) => field == slot.field,
            Some(Meaning::Either(first, second, _)) => [first, second].contains(&slot.field),
            Some(Meaning::Nothing) | None => false,
        }
    }) && known >= 2
}

/// Whether the row is a whole header of some register by itself, and every recognised column of the
/// sheet that it fills holds one of its captions.
fn is_other(row: &Row<'_>, layout: &Layout, catalogue: &Catalogue) -> bool {
    let rows = [HeldRow::new(row.number, &row.cells)];
    let Some(header) = Header::at(&rows, 0, 1, &[]) else {
        return false;
    };
    catalogue
        .registers
        .iter()
        .filter(|register| register.id != RegisterId::Survey)
        .any(|register| {
            let assignment = assign(register, catalogue, &header, &[]);
            let captioned =
                assignment
                    .captions
                    .iter()
                    .zip(&assignment.fields)
                    .all(|(caption, field)| {
                        field.is_some()
                            || caption.lowest().any(|key| catalogue.is_row_number(key))
                            || !layout
                                .slots
                                .iter()
                                .any(|slot| slot.column == caption.column)
                    });
            captioned && assignment.known() >= 2 && assignment.missing(register).is_empty()
        })
}
