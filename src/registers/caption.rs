//! What stands over each column of a header: texts of several rows, merged or not, put together.

use std::collections::BTreeMap;

use super::Field;
use super::catalogue::{Catalogue, Meaning, Register};
use super::held::HeldRow;
use super::key::HeaderKey;
use crate::source::{Merge, Value};

/// One text over a column.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Part {
    text: String,
    key: HeaderKey,
    /// The row it stands in.
    row: u32,
    /// Whether it stands over several columns.
    spanning: bool,
    /// Whether it stands in this very column.
    own: bool,
}

/// Everything that stands over one column, from top to bottom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caption {
    /// The column, from 0.
    pub column: u32,
    /// The last column that its lowest text is merged over, with nothing below it.
    pub last_column: u32,
    parts: Vec<Part>,
    /// The names that several parts make together, the longest first.
    together: Vec<HeaderKey>,
}

/// How a caption came to its meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// All its rows, or the lowest of them.
    Lower,
    /// An upper row, with other text below it.
    Upper,
    /// An upper row that stands over several columns; the lowest says little.
    Split,
}

impl Caption {
    fn new(column: u32, last_column: u32, parts: Vec<Part>) -> Self {
        let join = |parts: &[&Part]| {
            let texts: Vec<_> = parts.iter().map(|part| part.text.as_str()).collect();
            HeaderKey::new(&texts.join(" "))
        };
        let all: Vec<&Part> = parts.iter().collect();
        let mut together = Vec::new();
        if let [first, .., last] = all.as_slice() {
            together.push(join(&all));
            if all.len() > 2 {
                together.push(join(all.get(all.len() - 2..).unwrap_or_default()));
                together.push(join(&[first, last]));
            }
        }
        Self {
            column,
            last_column,
            parts,
            together,
        }
    }

    /// A column without a caption.
    #[must_use]
    pub fn nameless(column: u32) -> Self {
        Self::new(column, column, Vec::new())
    }

    /// The texts over the column, joined by a space.
    #[must_use]
    pub fn text(&self) -> String {
        let texts: Vec<_> = self.parts.iter().map(|part| part.text.as_str()).collect();
        texts.join(" ")
    }

    /// Whether the text right above the lowest one stands over several columns; none where the lowest
    /// is the only one.
    #[must_use]
    pub fn spanning_above(&self) -> Option<bool> {
        match self.parts.as_slice() {
            [.., upper, _] => Some(upper.spanning),
            _ => None,
        }
    }

    /// The row of its lowest text.
    #[must_use]
    pub fn row(&self) -> Option<u32> {
        self.parts.last().map(|part| part.row)
    }

    /// The names by which the column may be called: all rows, the lowest row, the others.
    pub fn names(&self) -> impl Iterator<Item = &HeaderKey> {
        self.together
            .iter()
            .chain(self.parts.iter().rev().map(|part| &part.key))
    }

    /// The lowest text over the column, or all of them together, folded.
    pub fn lowest(&self) -> impl Iterator<Item = &HeaderKey> {
        self.together
            .iter()
            .chain(self.parts.last().map(|part| &part.key))
    }

    /// What the caption means in a register: all its rows together first, then the lowest alone,
    /// then one above it that stands over this column only, or over several where the lowest says
    /// little. A caption over the columns of another
    /// person or over the particulars of a paper keeps the names below it from speaking alone.
    #[must_use]
    pub fn meaning(&self, register: &Register, catalogue: &Catalogue) -> Option<(Meaning, By)> {
        if let Some(meaning) = self.together.iter().find_map(|key| register.meaning(key)) {
            return Some((meaning, By::Lower));
        }
        let (last, above) = self.parts.split_last()?;
        if above.iter().any(|part| {
            register.is_other(&part.key) || catalogue.is_paper_part(&part.key, &last.key)
        }) {
            return None;
        }
        if let Some(meaning) = register.meaning(&last.key) {
            return Some((meaning, By::Lower));
        }
        let split = |part: &Part| part.spanning.then(|| register.split(&part.key))?;
        if catalogue.is_tick(&last.key)
            && let Some(field) = above.iter().rev().find_map(split)
        {
            return Some((Meaning::Column(field), By::Split));
        }
        let years = catalogue.is_years(&last.key);
        above
            .iter()
            .rev()
            .filter(|part| years || (part.own && !part.spanning))
            .find_map(|part| {
                let meaning = register.meaning(&part.key)?;
                let of_years = matches!(meaning, Meaning::Column(Field::Experience));
                (!years || of_years).then_some((meaning, if years { By::Lower } else { By::Upper }))
            })
    }
}

/// What stands over each column of the rows of a header.
#[must_use]
pub fn compose(block: &[HeldRow], merges: &[Merge]) -> Vec<Caption> {
    let rows: Vec<BTreeMap<u32, String>> = block.iter().map(texts).collect();
    let merges: Vec<&Merge> = within(block, merges).collect();
    let mut parts: BTreeMap<u32, Vec<Part>> = BTreeMap::new();
    let mut wide: BTreeMap<u32, u32> = BTreeMap::new();
    for (index, (row, texts)) in block.iter().zip(&rows).enumerate() {
        let below = rows.get(index + 1..).unwrap_or_default();
        for (&column, text) in texts {
            let merge = merges.iter().find(|merge| {
                merge.left == column && merge.top == row.number && merge.right > column
            });
            let last = match merge {
                Some(merge) => merge.right.min(column + 16_384),
                None => spread(column, texts, below),
            };
            if last > column && !(column..=last).any(|covered| has_text(covered, below)) {
                wide.insert(column, last);
            }
            for covered in column..=last {
                if covered > column && texts.contains_key(&covered) {
                    continue;
                }
                let own = covered == column;
                if !own && !has_text(covered, below) {
                    continue;
                }
                parts.entry(covered).or_default().push(Part {
                    text: text.clone(),
                    key: HeaderKey::new(text),
                    row: row.number,
                    spanning: last > column && has_text(column, below),
                    own,
                });
            }
        }
    }
    parts
        .into_iter()
        .map(|(column, parts)| {
            let last = wide.get(&column).copied().unwrap_or(column);
            Caption::new(column, last, parts)
        })
        .collect()
}

/// The texts of a row, by column.
fn texts(row: &HeldRow) -> BTreeMap<u32, String> {
    row.filled()
        .filter_map(|cell| {
            let text = match cell.value {
                Value::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            Some((cell.column, text))
        })
        .collect()
}

fn has_text(column: u32, rows: &[BTreeMap<u32, String>]) -> bool {
    rows.iter().any(|texts| texts.contains_key(&column))
}

/// How far to the right a text reaches where merged cells are not known: over the empty cells after
/// it that have text below them, if it has text below itself.
fn spread(column: u32, texts: &BTreeMap<u32, String>, below: &[BTreeMap<u32, String>]) -> u32 {
    if !has_text(column, below) {
        return column;
    }
    let mut last = column;
    while !texts.contains_key(&(last + 1)) && has_text(last + 1, below) {
        last += 1;
    }
    last
}

/// The merged cells that start in these rows.
pub fn within<'a>(block: &[HeldRow], merges: &'a [Merge]) -> impl Iterator<Item = &'a Merge> {
    let first = block.first().map_or(0, |row| row.number);
    let last = block.last().map_or(0, |row| row.number);
    let from = merges.partition_point(|merge| merge.top < first);
    merges
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(move |merge| merge.top <= last)
}

#[cfg(test)]
mod tests {
    use super::super::RegisterId;
    use super::super::catalogue::catalogue;
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

    fn fields(id: RegisterId, block: &[HeldRow], merges: &[Merge]) -> Vec<(u32, Option<Field>)> {
        let register = catalogue().get(id).unwrap();
        compose(block, merges)
            .iter()
            .map(|caption| {
                let field = match caption.meaning(register, catalogue()) {
                    Some((
                        Meaning::Column(field)
                        | Meaning::Weak(field, _)
                        | Meaning::Either(field, ..),
                        _,
                    )) => Some(field),
                    _ => None,
                };
                (caption.column, field)
            })
            .collect()
    }

    #[test]
    fn rows_make_a_name_together() {
        let block = [
            row(0, &["ФИО", "Программа", "Дата", ""]),
            row(1, &["", "", "начала", "окончания"]),
        ];
        let expected = vec![
            (0, Some(Field::Name)),
            (1, Some(Field::Programme)),
            (2, Some(Field::Start)),
            (3, Some(Field::End)),
        ];
        let merges = [merge(0, 0, 1, 0), merge(0, 1, 1, 1), merge(0, 2, 0, 3)];
        assert_eq!(fields(RegisterId::Courses, &block, &merges), expected);
        assert_eq!(fields(RegisterId::Courses, &block, &[]), expected);
    }

    #[test]
    fn a_group_caption_adds_nothing() {
        let block = [
            row(0, &["ФИО", "Сведения о работнике", "", "СНИЛС"]),
            row(1, &["", "ОО", "Должность по штатному расписанию", ""]),
        ];
        assert_eq!(
            fields(RegisterId::Staff, &block, &[]),
            vec![
                (0, Some(Field::Name)),
                (1, Some(Field::Organisation)),
                (2, Some(Field::Position)),
                (3, Some(Field::Snils)),
            ]
        );
    }

    #[test]
    fn three_rows() {
        let block = [
            row(0, &["ФИО", "Сведения о курсах", "", ""]),
            row(1, &["", "Программа", "Дата", ""]),
            row(2, &["", "", "начала", "окончания"]),
        ];
        assert_eq!(
            fields(RegisterId::Courses, &block, &[]),
            vec![
                (0, Some(Field::Name)),
                (1, Some(Field::Programme)),
                (2, Some(Field::Start)),
                (3, Some(Field::End)),
            ]
        );
    }

    #[test]
    fn columns_of_another_person_are_not_taken() {
        let block = [
            row(
                0,
                &["Наставник", "", "Молодой педагог", "", "Форма поддержки"],
            ),
            row(1, &["ФИО", "Организация", "ФИО", "Организация", ""]),
        ];
        assert_eq!(
            fields(RegisterId::Support, &block, &[]),
            vec![
                (0, None),
                (1, None),
                (2, Some(Field::Name)),
                (3, Some(Field::Organisation)),
                (4, Some(Field::SupportForm)),
            ]
        );
    }

    #[test]
    fn the_date_of_an_order_is_no_date_of_the_record() {
        let block = [
            row(0, &["ФИО", "Приказ", "", "Дата завершения"]),
            row(1, &["", "номер", "дата", ""]),
        ];
        assert_eq!(
            fields(RegisterId::Ioms, &block, &[]),
            vec![
                (0, Some(Field::Name)),
                (1, None),
                (2, None),
                (3, Some(Field::Completed)),
            ]
        );
    }

    #[test]
    fn a_cell_merged_both_ways_is_one_column() {
        let block = [row(0, &["ФИО", "", "Должность"]), row(1, &["", "", ""])];
        let merges = [merge(0, 0, 1, 1)];
        assert_eq!(
            fields(RegisterId::Staff, block.get(..1).unwrap(), &merges),
            vec![(0, Some(Field::Name)), (2, Some(Field::Position))]
        );
    }
}
