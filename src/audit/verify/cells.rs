//! The cells of a report against those of the same report written anew.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::{Covered, Verification};
use crate::audit::workbook::{Cells, Held, Sheets};
use crate::failure::Failure;
use crate::indicators::catalogue::catalogue;
use crate::text::{column_letters, cut, plural};

const INDICATORS: &str = "Показатели";
const BY_ORGANISATION: &str = "По организациям";
/// The most differences that are named for one sheet.
const NAMED: usize = 20;
/// The most characters of a text that are quoted.
const QUOTED: usize = 80;

/// A cell of a figure: found by what its row and its column are called, wherever it stands.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub sheet: &'static str,
    pub row: u32,
    pub column: u32,
    held: Held,
    formula: String,
}

type Figures = BTreeMap<(String, String), Shown>;

/// Compares the figures of «Показатели» and «По организациям», and their formulas where `formulas`
/// asks for it. Gives the figures that were named.
pub(super) fn figures(
    report: &mut Sheets<impl Read + Seek>,
    anew: &mut Sheets<impl Read + Seek>,
    formulas: bool,
    found: &mut Verification,
) -> Result<Covered, Failure> {
    let mut covered = Covered::new();
    for (sheet, read) in [
        (INDICATORS, of_indicators as fn(&Cells) -> Figures),
        (BY_ORGANISATION, of_organisations),
    ] {
        let (Some(shown), Some(right)) = (report.cells(sheet)?, anew.cells(sheet)?) else {
            found.differs(format!("Листа «{sheet}» в отчёте нет"));
            continue;
        };
        let (shown, right) = (read(&shown), read(&right));
        let mut differences: Vec<(u32, u32, String)> = Vec::new();
        let mut unseen: BTreeMap<&str, u64> = BTreeMap::new();
        for (key, expected) in &right {
            let Some(cell) = shown.get(key) else {
                *unseen.entry(&key.0).or_default() += 1;
                covered.insert(key.clone());
                continue;
            };
            let what = format!("{}, {}", key.0, key.1);
            if let Some(difference) = difference(cell, expected, formulas) {
                let line = format!("{}: {difference} ({what})", cell.address());
                differences.push((cell.row, cell.column, line));
                covered.insert(key.clone());
            }
        }
        let mut extra: BTreeMap<&str, u64> = BTreeMap::new();
        for key in shown.keys().filter(|key| !right.contains_key(*key)) {
            *extra.entry(&key.0).or_default() += 1;
            covered.insert(key.clone());
        }
        differences.sort();
        found
            .differences
            .extend(differences.into_iter().map(|(_, _, line)| line));
        for (rows, what) in [(unseen, "в отчёте нет"), (extra, "по таблицам нет")]
        {
            for (row, cells) in rows {
                let word = plural(cells, "ячейки", "ячеек", "ячеек");
                found.differs(format!("{sheet}: {what} {cells} {word} строки «{row}»"));
            }
        }
    }
    Ok(covered)
}

/// Compares every cell of every sheet by its place, but for figures that were named.
pub(super) fn all(
    report: &mut Sheets<impl Read + Seek>,
    anew: &mut Sheets<impl Read + Seek>,
    covered: &Covered,
    found: &mut Verification,
) -> Result<(), Failure> {
    let names = anew.names();
    for name in report.names().iter().filter(|name| !names.contains(name)) {
        found.differs(format!("Лист «{name}» добавлен в отчёт"));
    }
    for name in names {
        let Some(shown) = report.cells(&name)? else {
            if ![INDICATORS, BY_ORGANISATION].contains(&name.as_str()) {
                found.differs(format!("Листа «{name}» в отчёте нет"));
            }
            continue;
        };
        let right = anew.cells(&name)?.unwrap_or_default();
        let named: Vec<(u32, u32)> = match name.as_str() {
            INDICATORS => of_indicators(&shown),
            BY_ORGANISATION => of_organisations(&shown),
            _ => Figures::new(),
        }
        .into_iter()
        .filter(|(key, _)| covered.contains(key))
        .map(|(_, cell)| (cell.row, cell.column))
        .collect();
        let (rows, columns) = (
            shown.size().max(right.size()),
            shown.size().1.max(right.size().1),
        );
        let mut more = 0;
        let mut lines = 0;
        for row in 0..rows.0 {
            for column in 0..columns {
                if named.contains(&(row, column)) {
                    continue;
                }
                let cell = |cells: &Cells| Shown {
                    sheet: INDICATORS,
                    row,
                    column,
                    held: cells.held(row, column),
                    formula: cells.formula(row, column),
                };
                let Some(difference) = difference(&cell(&shown), &cell(&right), true) else {
                    continue;
                };
                lines += 1;
                if lines > NAMED {
                    more += 1;
                } else {
                    found.differs(format!("{}: {difference}", address(&name, row, column)));
                }
            }
        }
        if more > 0 {
            let word = plural(more, "ячейка", "ячейки", "ячеек");
            found.differs(format!("{name}: и ещё {more} {word}"));
        }
    }
    Ok(())
}

/// How a cell differs from what it should be.
fn difference(cell: &Shown, expected: &Shown, formulas: bool) -> Option<String> {
    let mut parts = Vec::new();
    if !cell.held.same(&expected.held) {
        let (is, should) = words(&cell.held, &expected.held);
        parts.push(format!("в отчёте {is}, по таблицам {should}"));
    }
    if formulas && !same_formula(&cell.formula, &expected.formula) {
        parts.push(match (cell.formula.as_str(), expected.formula.as_str()) {
            ("", right) => format!("вместо формулы «{}» стоит значение", short(right)),
            (now, "") => format!("вместо значения стоит формула «{}»", short(now)),
            (now, right) => format!(
                "формула изменена: «{}» вместо «{}»",
                short(now),
                short(right)
            ),
        });
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Whether formulas are the same, whatever a spreadsheet program adds when it writes them anew.
fn same_formula(a: &str, b: &str) -> bool {
    let plain = |formula: &str| -> String {
        formula
            .replace("[[#Data],", "[")
            .chars()
            .filter(|c| !matches!(c, '\'' | '$' | '[' | ']') && !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    a == b || plain(a) == plain(b)
}

/// Both contents in words, numbers with as many decimals as either has.
fn words(a: &Held, b: &Held) -> (String, String) {
    let decimals = |held: &Held| match held {
        Held::Number(number) => {
            let text = number.to_string();
            text.split_once('.')
                .map_or(0, |(_, digits)| digits.len().min(6))
        }
        _ => 0,
    };
    let digits = decimals(a).max(decimals(b));
    let word = |held: &Held| match held {
        Held::Empty => "пусто".to_owned(),
        Held::Number(number) => format!("{number:.digits$}").replace('.', ","),
        Held::Text(text) => format!("«{}»", short(text)),
    };
    if let (Held::Text(a), Held::Text(b)) = (a, b) {
        let quoted = |text: &str| format!("«{text}»");
        let (a, b) = apart(a, b);
        return (quoted(&a), quoted(&b));
    }
    (word(a), word(b))
}

/// The beginnings of two texts; where these are the same, the parts in which they differ.
fn apart(a: &str, b: &str) -> (String, String) {
    let (first, second) = (short(a), short(b));
    if first != second {
        return (first, second);
    }
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(QUOTED / 4);
    let part = |text: &str| {
        let rest: String = text.chars().skip(from).collect();
        format!("…{}", short(&rest))
    };
    (part(a), part(b))
}

/// The beginning of a text in one line.
pub(super) fn short(text: &str) -> String {
    cut(text, QUOTED).replace(char::is_control, " ")
}

/// «Показатели, E12».
pub(super) fn address(sheet: &str, row: u32, column: u32) -> String {
    format!("{sheet}, {}{}", column_letters(column), u64::from(row) + 1)
}

fn shown(cells: &Cells, sheet: &'static str, row: u32, column: u32) -> Shown {
    Shown {
        sheet,
        row,
        column,
        held: cells.held(row, column),
        formula: cells.formula(row, column),
    }
}

/// The row whose first cell says so.
fn row_of(cells: &Cells, word: &str) -> Option<u32> {
    (0..cells.size().0).find(|&row| cells.text(row, 0) == word)
}

/// «Показатели»: by the indicator, or the condition, and the column's title.
fn of_indicators(cells: &Cells) -> Figures {
    let mut all = Figures::new();
    let Some(header) = row_of(cells, "№ п/п") else {
        return all;
    };
    let known = |id: &str| catalogue().indicators.iter().any(|known| known.id == id);
    for row in header + 1..cells.size().0 {
        let (id, text) = (cells.text(row, 0), cells.text(row, 1));
        let label = if known(&id) {
            id
        } else if id.is_empty() && cells.text(row, 2) == "да/нет" {
            text
        } else {
            continue;
        };
        for column in 3..10 {
            let title = cells.text(header, column).to_lowercase();
            all.entry((label.clone(), title))
                .or_insert_with(|| shown(cells, INDICATORS, row, column));
        }
    }
    all
}

/// «По организациям»: by the organisation, and the indicator with the column's title.
fn of_organisations(cells: &Cells) -> Figures {
    let mut all = Figures::new();
    let Some(header) = row_of(cells, "Код") else {
        return all;
    };
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for row in header + 1..cells.size().0 {
        let name = cells.text(row, 1);
        if name.is_empty() {
            continue;
        }
        let time = times.entry(name.clone()).or_default();
        *time += 1;
        let label = if *time > 1 {
            format!("{name} ({time})")
        } else {
            name
        };
        let mut group = String::new();
        for column in 2..cells.size().1 {
            let above = cells.text(header.saturating_sub(1), column);
            if let Some((id, _)) = above.split_once(' ') {
                id.clone_into(&mut group);
            }
            let title = cells.text(header, column);
            if ["числитель", "знаменатель", "доля, %"].contains(&title.as_str())
            {
                all.insert(
                    (label.clone(), format!("{group}, {title}")),
                    shown(cells, BY_ORGANISATION, row, column),
                );
            }
        }
    }
    all
}
