//! A town that differs, made as small as it goes while it still differs in the same thing.

use super::compare::differences;
use super::options::Options;
use super::spelling::full_name;
use super::town::{Cell, Means, Register, Town};

/// What a difference is about: the indicator and the key.
fn subject(difference: &str) -> String {
    difference
        .split(':')
        .next()
        .unwrap_or_default()
        .split(' ')
        .take(2)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The smallest town found that still differs as `town` first does, with its differences.
pub fn smallest(town: &Town) -> (Town, Vec<String>) {
    let first = differences(town);
    let about = first
        .first()
        .map(|difference| subject(difference))
        .unwrap_or_default();
    let differs = |town: &Town| {
        sound(town)
            && differences(town)
                .first()
                .is_some_and(|difference| subject(difference) == about)
    };
    let mut best = town.clone();
    let mut size = usize::MAX;
    while measure(&best) < size {
        size = measure(&best);
        tables(&mut best, &differs);
        rows(&mut best, &differs);
        columns(&mut best, &differs);
        cells(&mut best, &differs);
        settings(&mut best, &differs);
    }
    let left = differences(&best);
    (best, left)
}

fn measure(town: &Town) -> usize {
    let cells = town.tables.iter().flat_map(|table| &table.rows).flatten();
    cells.map(|cell| 1 + cell.text.len()).sum::<usize>()
        + town
            .tables
            .iter()
            .map(|table| 10 + table.columns.len())
            .sum::<usize>()
        + town.options.toml().len()
}

/// Takes the change where the town still differs.
fn attempt(
    best: &mut Town,
    differs: &impl Fn(&Town) -> bool,
    change: impl FnOnce(&mut Town),
) -> bool {
    let mut next = best.clone();
    change(&mut next);
    let taken = differs(&next);
    if taken {
        *best = next;
    }
    taken
}

fn tables(best: &mut Town, differs: &impl Fn(&Town) -> bool) {
    for place in (0..best.tables.len()).rev() {
        attempt(best, differs, |town| drop(town.tables.remove(place)));
    }
}

/// Stretches of rows, by halves, down to single ones.
fn rows(best: &mut Town, differs: &impl Fn(&Town) -> bool) {
    for place in 0..best.tables.len() {
        let mut step = best.tables[place].rows.len().max(1);
        while step > 0 {
            let mut end = best.tables[place].rows.len();
            while end > 0 {
                let start = end.saturating_sub(step);
                attempt(best, differs, |town| {
                    drop(town.tables[place].rows.drain(start..end))
                });
                end = start.min(best.tables[place].rows.len());
            }
            step /= 2;
        }
    }
}

fn columns(best: &mut Town, differs: &impl Fn(&Town) -> bool) {
    for place in 0..best.tables.len() {
        attempt(best, differs, |town| town.tables[place].three_names = false);
        for column in (0..best.tables[place].columns.len()).rev() {
            let table = &best.tables[place];
            if table.columns.len() < 2
                || table
                    .register
                    .required()
                    .contains(&table.columns[column].as_str())
            {
                continue;
            }
            attempt(best, differs, |town| {
                town.tables[place].columns.remove(column);
                town.tables[place]
                    .rows
                    .iter_mut()
                    .for_each(|row| drop(row.remove(column)));
            });
        }
    }
}

fn cells(best: &mut Town, differs: &impl Fn(&Town) -> bool) {
    for place in 0..best.tables.len() {
        for row in 0..best.tables[place].rows.len() {
            for column in 0..best.tables[place].columns.len() {
                let table = &best.tables[place];
                let cell = table.rows[row][column].clone();
                let required = table
                    .register
                    .required()
                    .contains(&table.columns[column].as_str());
                if cell.text.is_empty() {
                    continue;
                }
                let put = |town: &mut Town, cell: Cell| town.tables[place].rows[row][column] = cell;
                let blank = Cell {
                    text: String::new(),
                    means: Means::Nothing,
                };
                if !required && attempt(best, differs, |town| put(town, blank)) {
                    continue;
                }
                let plain = plain(best, &cell);
                if plain != cell {
                    attempt(best, differs, |town| put(town, plain));
                }
            }
        }
    }
}

/// The same meaning in its plainest spelling.
fn plain(town: &Town, cell: &Cell) -> Cell {
    let text = match &cell.means {
        Means::Nothing => String::new(),
        Means::Name(name) => full_name(*name),
        Means::Organisation(place) => town.organisations[*place].spellings[0].clone(),
        Means::Day(day) => day.format("%d.%m.%Y").to_string(),
        Means::Yes => "да".to_owned(),
        Means::No => "нет".to_owned(),
        _ => cell.text.clone(),
    };
    Cell {
        text,
        means: cell.means.clone(),
    }
}

fn settings(best: &mut Town, differs: &impl Fn(&Town) -> bool) {
    let default = Options::default;
    type Change = fn(&mut Options, Options);
    let changes: [Change; 14] = [
        |own, default| own.municipality = default.municipality,
        |own, default| own.frame = default.frame,
        |own, default| own.decimals = default.decimals,
        |own, default| own.external = default.external,
        |own, default| own.contract = default.contract,
        |own, default| own.leave = default.leave,
        |own, default| own.all_positions = default.all_positions,
        |own, default| {
            (own.max_age, own.inclusive, own.years, own.first_years) = (
                default.max_age,
                default.inclusive,
                default.years,
                default.first_years,
            );
        },
        |own, default| (own.derive, own.min_members) = (default.derive, default.min_members),
        |own, default| own.questions = default.questions,
        |own, default| (own.scale, own.reverse) = (default.scale, default.reverse),
        |own, default| own.exclude = default.exclude,
        |own, default| own.own_posts = default.own_posts,
        |own, default| own.own_status = default.own_status,
    ];
    for change in changes {
        attempt(best, differs, |town| change(&mut town.options, default()));
    }
    for place in (0..best.options.targets.len()).rev() {
        attempt(best, differs, |town| {
            town.options.targets.remove(place);
        });
    }
}

/// Whether every cell still means what it says: further and shortened names of organisations have
/// the sheet that gives them, the town's name its setting, the settings their columns.
fn sound(town: &Town) -> bool {
    let listed = |place: usize, text: Option<&str>| {
        town.tables
            .iter()
            .filter(|table| table.register == Register::Organizations)
            .any(|table| {
                table.rows.iter().any(|row| {
                    *table.cell(row, "Организация") == Means::Organisation(place)
                        && text.is_none_or(|text| {
                            table.has("Другие названия")
                                && row.iter().any(|cell| cell.text.contains(text))
                        })
                })
            })
    };
    let cells = town.tables.iter().flat_map(|table| &table.rows).flatten();
    let cells_hold = cells.into_iter().all(|cell| {
        let Means::Organisation(place) = cell.means else {
            return true;
        };
        let own = &town.organisations[place];
        let named = !cell.text.contains("Кузнецк") || town.options.municipality;
        let further = !own.further.contains(&cell.text) || listed(place, Some(&cell.text));
        let short = own.short.as_ref() != Some(&cell.text) || listed(place, None);
        named && further && short
    });
    let rows_hold = town.tables.iter().all(|table| {
        table
            .rows
            .iter()
            .all(|row| row.iter().any(|cell| !cell.text.trim().is_empty()))
    });
    let headers = town.options.questions.iter().chain(&town.options.reverse);
    let mut headers = headers.into_iter();
    cells_hold
        && rows_hold
        && headers.all(|header| town.tables.iter().any(|table| table.has(header)))
}
