//! The Federal registry: the course's own cell, else the sheet by number or title (methodology §2.2).

use rustc_hash::FxHashSet;

use crate::registers::Dataset;
use crate::registers::record::{CourseRow, Flag};
use crate::text::{fold, is_quote};

/// The programmes of the sheet «Федеральный реестр».
#[derive(Clone, Debug, Default)]
pub struct FederalRegistry<'a> {
    dataset: Option<&'a Dataset>,
    numbers: FxHashSet<String>,
    titles: FxHashSet<String>,
}

impl<'a> FederalRegistry<'a> {
    /// Indexes the sheet.
    #[must_use]
    pub fn new(dataset: &'a Dataset) -> Self {
        let keys = |texts: &mut dyn Iterator<Item = &str>| {
            texts.map(key).filter(|key| !key.is_empty()).collect()
        };
        Self {
            dataset: Some(dataset),
            numbers: keys(&mut dataset.registry.iter().map(|row| dataset.text(row.number))),
            titles: keys(
                &mut dataset
                    .registry
                    .iter()
                    .map(|row| dataset.text(row.programme)),
            ),
        }
    }

    /// Whether the course's programme is in the registry: its cell decides when filled.
    #[must_use]
    pub fn holds(&self, row: &CourseRow) -> bool {
        match row.in_registry {
            Flag::Yes | Flag::Since(_) => true,
            Flag::No => false,
            Flag::Empty => self.lists(row),
        }
    }

    /// Whether the sheet lists the programme, by number or by title.
    #[must_use]
    pub fn lists(&self, row: &CourseRow) -> bool {
        let Some(dataset) = self.dataset else {
            return false;
        };
        self.numbers.contains(&key(dataset.text(row.number)))
            || self.titles.contains(&key(dataset.text(row.programme)))
    }
}

/// A number or title for comparison: quotes and a dot at the end never tell two apart.
fn key(text: &str) -> String {
    let bare: String = fold(text).chars().filter(|&c| !is_quote(c)).collect();
    bare.replace("№ ", "№")
        .trim_start_matches('№')
        .trim_end_matches('.')
        .trim()
        .to_owned()
}
