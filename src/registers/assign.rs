//! Which column of a header means what in one register.

use std::borrow::Cow;
use std::sync::Arc;

use super::Field;
use super::caption::{By, Caption};
use super::catalogue::{Catalogue, Meaning, Register};
use super::choices::Pin;
use super::header::Header;
use super::key::HeaderKey;

/// One header read as that of one register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assignment {
    /// The captions, by column, those of pinned columns without a caption among them.
    pub captions: Arc<[Caption]>,
    /// What each caption means.
    pub fields: Vec<Option<Field>>,
    /// Meanings that two columns claim, with both columns.
    pub conflicts: Vec<(Field, u32, u32)>,
    /// Meanings taken by a weak alias, or by a caption over several columns: they say nothing about the register.
    pub weak: Vec<Field>,
    /// The pins that found their column, by index.
    pub pins: Vec<usize>,
    /// Whether the lowest row of the header is a row of data, by what stands under required columns.
    pub swallows_data: bool,
}

impl Assignment {
    /// How many columns were understood.
    #[must_use]
    pub fn known(&self) -> usize {
        self.fields.iter().flatten().count()
    }

    /// Whether a column of this meaning is there.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.fields.contains(&Some(field))
    }

    /// The columns that say something about the register (contract §1).
    #[must_use]
    pub fn own(&self, register: &Register) -> usize {
        let claimed_again = self.conflicts.iter().map(|(field, ..)| field);
        self.fields
            .iter()
            .flatten()
            .chain(claimed_again)
            .filter(|field| register.is_own(**field) && !self.weak.contains(field))
            .count()
    }

    /// Those of them beyond the required ones.
    #[must_use]
    pub fn own_beyond_required(&self, register: &Register) -> usize {
        let needed = register
            .required
            .iter()
            .filter(|set| {
                let mut there = set.iter().filter(|field| self.has(**field)).peekable();
                there.peek().is_some()
                    && there.all(|field| register.is_own(*field) && !self.weak.contains(field))
            })
            .count();
        self.own(register).saturating_sub(needed)
    }

    /// The columns beyond the required ones that are no common ones, weak aliases too: where the name
    /// of a sheet speaks of the register, they need not tell it.
    #[must_use]
    pub fn beyond_required(&self, register: &Register) -> usize {
        let required = |field: &Field| register.required.iter().any(|set| set.contains(field));
        self.fields
            .iter()
            .flatten()
            .filter(|field| register.is_own(**field) && !required(field))
            .count()
    }

    /// The required sets of which no column is there.
    #[must_use]
    pub fn missing<'a>(&self, register: &'a Register) -> Vec<&'a [Field]> {
        register
            .required
            .iter()
            .filter(|set| !set.iter().any(|field| self.has(*field)))
            .map(Vec::as_slice)
            .collect()
    }
}

/// Reads a header as that of a register. A pinned column has the meaning that the pin gives it, and
/// no other column may claim that meaning; a weak alias is taken where no other column does.
#[must_use]
pub fn assign(
    register: &Register,
    catalogue: &Catalogue,
    header: &Header,
    pins: &[Pin],
) -> Assignment {
    let mut captions = Cow::Borrowed(&*header.captions);
    let mut found_pins = Vec::new();
    let mut pinned: Vec<(u32, Field)> = Vec::new();
    for (index, pin) in pins.iter().enumerate() {
        let Some(field) = register.find_column(&pin.column) else {
            continue;
        };
        let key = HeaderKey::new(&pin.header);
        let by_name = captions
            .iter()
            .find(|caption| caption.names().any(|name| name.same(&key)));
        let column = match by_name {
            Some(caption) => caption.column,
            None => match column_of_letters(&pin.header) {
                Some(column) => column,
                None => continue,
            },
        };
        found_pins.push(index);
        pinned.push((column, field));
        if !captions.iter().any(|caption| caption.column == column) {
            add_nameless(&mut captions, [column]);
        }
    }
    let parts = parts_of_name(register, catalogue, &mut captions);
    pinned.extend(parts);

    let mut strong: Vec<(Field, usize)> = Vec::new();
    let mut weak: Vec<(Field, usize, usize)> = Vec::new();
    let mut either: Vec<(usize, usize, Field, Field)> = Vec::new();
    let mut split: Vec<(Field, usize)> = Vec::new();
    let mut swallows_data = false;
    for (index, caption) in captions.iter().enumerate() {
        if let Some((_, field)) = pinned.iter().find(|(column, _)| *column == caption.column) {
            strong.push((*field, index));
            continue;
        }
        let Some((meaning, by)) = caption.meaning(register, catalogue) else {
            continue;
        };
        if let (Meaning::Column(field), By::Split) = (meaning, by) {
            split.push((field, index));
            continue;
        }
        let field = match meaning {
            Meaning::Column(field) => {
                strong.push((field, index));
                field
            }
            Meaning::Weak(field, rank) => {
                weak.push((field, rank, index));
                field
            }
            Meaning::Either(field, other, rank) => {
                either.push((rank, index, field, other));
                field
            }
            Meaning::Nothing => continue,
        };
        let required = register.required.iter().any(|set| set.contains(&field));
        swallows_data |= by == By::Upper && required;
    }

    let mut fields = vec![None; captions.len()];
    let mut conflicts = Vec::new();
    let column = |index: usize| captions.get(index).map_or(0, |caption| caption.column);
    for &(field, index) in &strong {
        let is_pin = pinned.iter().any(|(at, _)| *at == column(index));
        if !is_pin && pinned.iter().any(|(_, taken)| *taken == field) {
            continue;
        }
        match fields.iter().position(|known| *known == Some(field)) {
            Some(first) => conflicts.push((field, column(first), column(index))),
            None => set(&mut fields, index, field),
        }
    }
    either.sort_unstable();
    let mut taken_either: Vec<(Field, usize)> = Vec::new();
    for &(rank, index, field, other) in &either {
        let free = [field, other]
            .into_iter()
            .find(|field| !fields.contains(&Some(*field)));
        match (taken_either.iter().find(|(_, taken)| *taken == rank), free) {
            (Some((field, _)), _) => again(&mut conflicts, &fields, *field, column(index), column),
            (None, Some(field)) => {
                set(&mut fields, index, field);
                taken_either.push((field, rank));
            }
            (None, None) => {}
        }
    }
    weak.sort_unstable();
    let mut taken_weakly: Vec<(Field, usize)> = Vec::new();
    for &(field, rank, index) in &weak {
        if taken_weakly.contains(&(field, rank)) {
            again(&mut conflicts, &fields, field, column(index), column);
        } else if !fields.contains(&Some(field)) {
            set(&mut fields, index, field);
            taken_weakly.push((field, rank));
        }
    }
    // Where no other column claims the meaning, the first of those below the caption has it.
    let mut taken_by_split: Vec<Field> = Vec::new();
    for &(field, index) in &split {
        if !fields.contains(&Some(field)) {
            set(&mut fields, index, field);
            taken_by_split.push(field);
        }
    }
    Assignment {
        captions: match captions {
            Cow::Borrowed(_) => Arc::clone(&header.captions),
            Cow::Owned(captions) => captions.into(),
        },
        fields,
        conflicts,
        weak: taken_weakly
            .iter()
            .map(|(field, _)| *field)
            .chain(taken_by_split)
            .collect(),
        pins: found_pins,
        swallows_data,
    }
}

/// A caption of the full name that is merged over two or three columns stands over its parts. A full
/// name in the first of them reads the same.
fn parts_of_name(
    register: &Register,
    catalogue: &Catalogue,
    captions: &mut Cow<'_, [Caption]>,
) -> Vec<(u32, Field)> {
    let is_name = |caption: &Caption| {
        matches!(
            caption.meaning(register, catalogue),
            Some((Meaning::Column(Field::Name), _))
        )
    };
    let Some(name) = captions.iter().find(|caption| is_name(caption)) else {
        return Vec::new();
    };
    let first = name.column;
    let fields: &[Field] = match name.last_column - first {
        1 => &[Field::Surname, Field::GivenAndPatronymic],
        2 => &[Field::Surname, Field::GivenName, Field::Patronymic],
        _ => return Vec::new(),
    };
    let parts: Vec<(u32, Field)> = (first..).zip(fields.iter().copied()).collect();
    let free = |column: u32| !captions.iter().any(|caption| caption.column == column);
    if !parts.iter().skip(1).all(|(column, _)| free(*column)) {
        return Vec::new();
    }
    add_nameless(captions, parts.iter().skip(1).map(|(column, _)| *column));
    parts
}

/// Adds columns without a caption.
fn add_nameless(captions: &mut Cow<'_, [Caption]>, columns: impl IntoIterator<Item = u32>) {
    let captions = captions.to_mut();
    captions.extend(columns.into_iter().map(Caption::nameless));
    captions.sort_by_key(|caption| caption.column);
}

/// The same header a second time: a conflict with the column that was taken.
fn again(
    conflicts: &mut Vec<(Field, u32, u32)>,
    fields: &[Option<Field>],
    field: Field,
    second: u32,
    column: impl Fn(usize) -> u32,
) {
    if let Some(first) = fields.iter().position(|known| *known == Some(field)) {
        conflicts.push((field, column(first), second));
    }
}

fn set(fields: &mut [Option<Field>], index: usize, field: Field) {
    if let Some(slot) = fields.get_mut(index) {
        *slot = Some(field);
    }
}

/// The column of its letters, `A` for 0, also in Cyrillic letters that look the same.
pub(super) fn column_of_letters(text: &str) -> Option<u32> {
    let text = text.trim();
    let count = text.chars().count();
    if count == 0 || count > 3 {
        return None;
    }
    let mut column = 0_u32;
    for c in text.chars() {
        let letter = match c.to_uppercase().next()? {
            'А' => 'A',
            'В' => 'B',
            'С' => 'C',
            'Е' => 'E',
            'Н' => 'H',
            'К' => 'K',
            'М' => 'M',
            'О' => 'O',
            'Р' => 'P',
            'Т' => 'T',
            'Х' => 'X',
            'У' => 'Y',
            c => c,
        };
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + (u32::from(letter) - u32::from('A') + 1);
    }
    (column <= 16_384).then(|| column - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_name_columns() {
        assert_eq!(column_of_letters("A"), Some(0));
        assert_eq!(column_of_letters("d"), Some(3));
        assert_eq!(column_of_letters("AA"), Some(26));
        assert_eq!(column_of_letters("С"), Some(2));
        assert_eq!(column_of_letters("XFD"), Some(16_383));
        assert_eq!(column_of_letters("XFE"), None);
        assert_eq!(column_of_letters("Дата"), None);
        assert_eq!(column_of_letters("ФИО"), None);
    }
}
