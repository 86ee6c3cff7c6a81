//! The type of an organisation: by the cell «Тип», else by its name (methodology §2.8).

use crate::people::organisation_name::read;
use crate::people::organisation_places::Home;
use crate::people::organisation_tokens::tokens;
use crate::people::organisation_words::{Class, vocabulary};

/// What a cell «Тип» says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TypeCell {
    /// Nothing, or that it is an educational organisation («ОО»): the name decides.
    Untold,
    /// A type.
    Told(Class),
    /// That the row is a branch.
    Branch,
    /// Something that is no type; the name decides, and it is reported.
    Unclear,
}

/// Reads a cell «Тип».
#[must_use]
pub fn type_cell(cell: &str) -> TypeCell {
    let v = vocabulary();
    let words = tokens(cell);
    if words.is_empty() {
        return TypeCell::Untold;
    }
    if v.untold_cells
        .at(&words, 0)
        .is_some_and(|(length, ())| length == words.len())
    {
        return TypeCell::Untold;
    }
    if words.iter().any(|t| v.branch_cells.word(&t.word)) {
        return TypeCell::Branch;
    }
    // «дополнительная общеобразовательная» and «дошкольное общеобразовательное» are what the first
    // word says.
    if let Some(class) = (0..words.len()).find_map(|at| v.type_cells.at(&words, at)) {
        return TypeCell::Told(*class.1);
    }
    match name_class(cell, true) {
        Some(class) => TypeCell::Told(class),
        None => TypeCell::Unclear,
    }
}

fn name_class(text: &str, bare_school: bool) -> Option<Class> {
    let name = read(text, &Home::default());
    let school = || {
        name.key
            .kind
            .and_then(|kind| vocabulary().kind(kind))
            .map(|kind| kind.class)
    };
    name.told
        .or_else(|| if bare_school { school() } else { None })
}

/// What the name of an organisation tells of its type; none where it tells nothing.
#[must_use]
pub fn type_by_name(name: &str) -> Option<Class> {
    name_class(name, false)
}

/// Whether an organisation is of general education, by the cell «Тип» or, where that names no type,
/// by its name; none where neither tells.
#[must_use]
pub fn general_education(cell: &str, name: &str) -> Option<bool> {
    let class = match type_cell(cell) {
        TypeCell::Told(class) => Some(class),
        TypeCell::Branch => return Some(false),
        TypeCell::Untold | TypeCell::Unclear => type_by_name(name),
    };
    class.map(|class| class == Class::General)
}
