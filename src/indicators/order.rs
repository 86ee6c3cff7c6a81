//! The order in which names are shown: numbers inside them by their size, «№2» before «№10».

use std::sync::Arc;

use crate::people::OrgId;
use crate::people::organisation::Directory;
use crate::text::fold;

/// The organisations of a run as breakdowns show them: the name of each, and its place by that.
#[derive(Debug)]
pub struct Organisations(Vec<(Arc<str>, u32)>);

impl Organisations {
    /// All organisations of a directory.
    #[must_use]
    pub fn of(directory: &Directory) -> Self {
        let mut all: Vec<(Arc<str>, u32)> = directory
            .all()
            .map(|(_, organisation)| (organisation.name.as_str().into(), 0))
            .collect();
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_cached_key(|&at| natural(&all[at].0));
        for (place, at) in (0..).zip(order) {
            all[at].1 = place;
        }
        Self(all)
    }

    /// The name of an organisation and its place.
    #[must_use]
    pub fn get(&self, id: OrgId) -> Option<&(Arc<str>, u32)> {
        self.0.get(id.index())
    }
}

/// What names are ordered by, so that numbers inside them go by size. To be made once for each name
/// of a list (`sort_by_cached_key`).
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Debug)]
pub struct Natural(Vec<Part>, String);

/// The place of a name among others.
#[must_use]
pub fn natural(name: &str) -> Natural {
    Natural(parts(name), name.to_owned())
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Debug)]
enum Part {
    Number(u128),
    Text(String),
}

fn parts(name: &str) -> Vec<Part> {
    let mut all = Vec::new();
    let mut text = String::new();
    let mut digits = String::new();
    let flush = |all: &mut Vec<Part>, text: &mut String, digits: &mut String| {
        if !digits.is_empty() {
            all.push(
                digits
                    .parse()
                    .map_or_else(|_| Part::Text(digits.clone()), Part::Number),
            );
            digits.clear();
        }
        if !text.is_empty() {
            all.push(Part::Text(std::mem::take(text)));
        }
    };
    for c in fold(name).chars() {
        if c.is_ascii_digit() {
            if !text.is_empty() {
                flush(&mut all, &mut text, &mut digits);
            }
            digits.push(c);
        } else {
            if !digits.is_empty() {
                flush(&mut all, &mut text, &mut digits);
            }
            text.push(c);
        }
    }
    flush(&mut all, &mut text, &mut digits);
    all
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_go_by_size() {
        assert!(natural("МБОУ СОШ №2") < natural("МБОУ СОШ №10"));
        assert!(natural("МБОУ гимназия №1") < natural("МБОУ СОШ №1"));
    }
}
