//! The header of a sheet: one row or more, next to each other.

use std::sync::Arc;

use super::caption::{Caption, compose, within};
use super::held::HeldRow;
use crate::source::{Merge, Value};

/// The most rows of a header.
pub const TALLEST: u32 = 4;

/// A header: some rows next to each other, and what stands over each column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// Its first row, as an index of the rows at hand.
    pub start: usize,
    /// How many rows it has.
    pub height: usize,
    /// The captions, by column.
    pub captions: Arc<[Caption]>,
}

impl Header {
    /// The header of these very rows.
    #[must_use]
    pub fn at(rows: &[HeldRow], start: usize, height: usize, merges: &[Merge]) -> Option<Self> {
        let captions = compose(rows.get(start..start + height)?, merges);
        Some(Self {
            start,
            height,
            captions: captions.into(),
        })
    }

    /// The index of the first row below it.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.height
    }
}

/// The headers that the first rows of a sheet may have: from each row, of one row and more, where
/// `may` says of one of the rows that it may belong to a header.
#[must_use]
pub fn candidates(
    rows: &[HeldRow],
    merges: &[Merge],
    tallest: usize,
    may: impl Fn(&HeldRow) -> bool,
) -> Vec<Header> {
    let may: Vec<bool> = rows.iter().map(may).collect();
    let mut found = Vec::new();
    for start in 0..rows.len() {
        for height in 1..=tallest.min(TALLEST as usize) {
            let Some(block) = rows.get(start..start + height) else {
                break;
            };
            if !block.is_sorted_by(|upper, lower| lower.number == upper.number + 1)
                || !may_stand(block)
            {
                break;
            }
            let some = may.get(start..start + height).unwrap_or_default();
            if height > 1 && is_whole(block, merges) {
                break;
            }
            if !some.contains(&true) || reaches_below(block, rows.get(start + height), merges) {
                continue;
            }
            let captions = compose(block, merges);
            if !captions.is_empty() {
                found.push(Header {
                    start,
                    height,
                    captions: captions.into(),
                });
            }
        }
    }
    found
}

/// Whether the rows hold nothing that no header holds: dates anywhere, numbers below the first row.
fn may_stand(block: &[HeldRow]) -> bool {
    block.iter().enumerate().all(|(index, row)| {
        row.cells().all(|cell| match cell.value {
            Value::Text(_) => true,
            Value::Number(_) => index == 0,
            _ => false,
        })
    })
}

/// Whether the first row alone is a header: a text in each of its columns, and none merged. What
/// stands below it is no second row of captions then.
fn is_whole(block: &[HeldRow], merges: &[Merge]) -> bool {
    let [first, lower @ ..] = block else {
        return false;
    };
    let reach = |row: &HeldRow| {
        let mut columns = row.cells().map(|cell| cell.column);
        let left = columns.next()?;
        Some((left, columns.last().unwrap_or(left)))
    };
    let Some((left, right)) = reach(first) else {
        return false;
    };
    let filled = first.cells().count() as u64;
    // A caption that stands twice heads several columns.
    let mut texts: Vec<_> = first
        .cells()
        .map(|cell| format!("{:?}", cell.value))
        .collect();
    texts.sort_unstable();
    let twice = texts.windows(2).any(|pair| pair[0] == pair[1]);
    filled > 1
        && !twice
        && filled == u64::from(right - left) + 1
        && lower
            .iter()
            .filter_map(reach)
            .all(|(from, to)| from >= left && to <= right)
        && !merges
            .iter()
            .any(|merge| merge.top <= first.number && first.number <= merge.bottom)
}

/// Whether a merged cell of these rows reaches below them: the header has more rows then.
/// A cell merged over more rows than a header has stands beside the table, not over it.
fn reaches_below(block: &[HeldRow], next: Option<&HeldRow>, merges: &[Merge]) -> bool {
    let Some(next) = next else {
        return false;
    };
    within(block, merges)
        .any(|merge| merge.bottom >= next.number && (merge.bottom - merge.top) < TALLEST)
}

/// Whether `lower` goes on with the header that ends right above it: texts alone, each under a
/// caption that stands over several columns or under no caption, and nothing under the others.
#[must_use]
pub fn goes_on(block: &[HeldRow], lower: &HeldRow, merges: &[Merge]) -> bool {
    let Some(last) = block.last() else {
        return false;
    };
    if lower.number != last.number + 1
        || lower
            .filled()
            .any(|cell| !matches!(cell.value, Value::Text(_)))
    {
        return false;
    }
    let mut whole = block.to_vec();
    whole.push(lower.clone());
    let below: Vec<u32> = lower.filled().map(|cell| cell.column).collect();
    let captions = compose(&whole, merges);
    let mut spanning = false;
    for caption in captions
        .iter()
        .filter(|caption| below.contains(&caption.column))
    {
        match caption.spanning_above() {
            None => {}
            Some(true) => spanning = true,
            Some(false) => return false,
        }
    }
    spanning
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Cell;

    fn row(number: u32, texts: &[&str]) -> HeldRow {
        let cells: Vec<Cell<'_>> = (0u32..)
            .zip(texts)
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| Cell {
                column,
                value: Value::Text(text),
            })
            .collect();
        HeldRow::new(number, &cells)
    }

    fn merge(top: u32, left: u32, bottom: u32, right: u32) -> Merge {
        Merge {
            top,
            left,
            bottom,
            right,
        }
    }

    #[test]
    fn a_merged_cell_that_reaches_below_is_not_cut() {
        let rows = [
            row(0, &["ФИО", "Должность"]),
            row(1, &["", "по штату"]),
            row(2, &["Иванова Мария Петровна", "учитель"]),
        ];
        let merges = [merge(0, 0, 1, 0)];
        assert!(
            candidates(&rows, &merges, 4, |_| true)
                .iter()
                .all(|header| header.start != 0 || header.height > 1)
        );
    }

    #[test]
    fn a_header_goes_on_under_its_captions() {
        let upper = [row(0, &["ФИО", "Образование", "", "СНИЛС"])];
        assert!(goes_on(
            &upper,
            &row(1, &["", "уровень", "специальность", ""]),
            &[]
        ));
        assert!(!goes_on(
            &upper,
            &row(1, &["Иванова Мария", "высшее", "физика", ""]),
            &[]
        ));
        assert!(!goes_on(&upper, &row(1, &["МБОУ СОШ №1", "", "", ""]), &[]));
    }
}
