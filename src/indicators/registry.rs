//! The Federal registry: the course's own cell, else the sheet by number or title (methodology §2.2).

use rustc_hash::FxHashSet;

use crate::intern::Sym;
use crate::registers::Dataset;
use crate::registers::record::{CourseRow, YesNo};
use crate::text::{fold, is_quote};

/// Which programmes of the course records the sheet «Федеральный реестр» lists.
#[derive(Clone, Debug, Default)]
pub struct FederalRegistry {
    numbers: FxHashSet<Sym>,
    titles: FxHashSet<Sym>,
}

impl FederalRegistry {
    /// Looks each number and title of the course records up once.
    #[must_use]
    pub fn new(dataset: &Dataset) -> Self {
        let (registry, courses) = (&dataset.registry, &dataset.courses);
        let listed = |sheet: &mut dyn Iterator<Item = Sym>,
                      records: &mut dyn Iterator<Item = Sym>| {
            let keys: FxHashSet<String> = sheet
                .map(|text| key(dataset.text(text)))
                .filter(|key| !key.is_empty())
                .collect();
            let asked: FxHashSet<Sym> = records.collect();
            let is_listed = |text: &Sym| keys.contains(&key(dataset.text(*text)));
            asked.into_iter().filter(is_listed).collect()
        };
        Self {
            numbers: listed(
                &mut registry.iter().map(|row| row.number),
                &mut courses.iter().map(|row| row.number),
            ),
            titles: listed(
                &mut registry.iter().map(|row| row.programme),
                &mut courses.iter().map(|row| row.programme),
            ),
        }
    }

    /// Whether the course's programme is in the registry: its cell decides when filled.
    #[must_use]
    pub fn holds(&self, row: &CourseRow) -> bool {
        match row.in_registry {
            YesNo::Yes => true,
            YesNo::No => false,
            YesNo::Empty => self.lists(row),
        }
    }

    /// Whether the sheet lists the programme, by number or by title.
    #[must_use]
    pub fn lists(&self, row: &CourseRow) -> bool {
        self.numbers.contains(&row.number) || self.titles.contains(&row.programme)
    }
}

/// A number or title for comparison: quotes and a dot at the end never tell two apart, nor does the
/// «.0» of programs that write a column of numbers with gaps.
fn key(text: &str) -> String {
    let bare: String = fold(text).chars().filter(|&c| !is_quote(c)).collect();
    let bare = bare.replace("№ ", "№");
    let bare = bare.trim_start_matches('№').trim_end_matches('.').trim();
    let whole = bare
        .strip_suffix(".0")
        .filter(|whole| !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit()));
    whole.unwrap_or(bare).to_owned()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn numbers_compare_whatever_stands_around_them() {
        for number in ["123", "№ 123", "№123.", "123.0", "«123»"] {
            assert_eq!(key(number), "123", "{number}");
        }
        assert_eq!(key("РПК-2024.0"), "рпк-2024.0");
        assert_eq!(key("12.5"), "12.5");
    }
}
