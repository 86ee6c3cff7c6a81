//! Who came in and who went out of each indicator, by the evidence of two reports that carry names.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use crate::audit::workbook::{Cells, Held, Sheets};
use crate::failure::Failure;
use crate::indicators::catalogue::{Scope, catalogue};
use crate::people::name::fold_name;

/// The sheets of people, with whether an indicator of this scope stands there.
const SHEETS: [&str; 2] = ["Педагоги", "Управленцы"];

/// A person of a report: the name as written and the marks by indicator with their reasons.
#[derive(Clone, Debug, Default)]
struct Person {
    name: String,
    marks: BTreeMap<String, (bool, String)>,
}

/// The people of one sheet by what tells them apart.
type People = BTreeMap<String, Person>;

/// Who moved, by indicator.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Moves(BTreeMap<String, Vec<String>>);

impl Moves {
    /// The lines of one indicator.
    pub(super) fn of(&self, id: &str) -> Vec<String> {
        self.0.get(id).cloned().unwrap_or_default()
    }
}

/// Who moved between two reports; none where one of them carries no names.
///
/// # Errors
/// A sheet is damaged.
pub(super) fn moves(
    old: &mut Sheets<impl Read + Seek>,
    new: &mut Sheets<impl Read + Seek>,
) -> Result<Option<Moves>, Failure> {
    let mut moves = Moves::default();
    let mut named = false;
    for sheet in SHEETS {
        let (Some(before), Some(after)) = (old.cells(sheet)?, new.cells(sheet)?) else {
            continue;
        };
        let (Some(mut before), Some(mut after)) = (people(&before, sheet), people(&after, sheet))
        else {
            continue;
        };
        named = true;
        let namesakes: BTreeSet<String> = [&before, &after].into_iter().flat_map(double).collect();
        before = keyed(before, &namesakes);
        after = keyed(after, &namesakes);
        compare(&before, &after, &mut moves);
    }
    Ok(named.then_some(moves))
}

fn compare(before: &People, after: &People, moves: &mut Moves) {
    let ids: BTreeSet<&String> = [before, after]
        .into_iter()
        .flat_map(|people| people.values().flat_map(|person| person.marks.keys()))
        .collect();
    for id in ids {
        let mark = |people: &People, key: &str| -> Option<(bool, String)> {
            people.get(key)?.marks.get(id).cloned()
        };
        let mut came = Vec::new();
        let mut went = Vec::new();
        let mut listed = Vec::new();
        let mut gone = Vec::new();
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys {
            let name = after
                .get(key)
                .or_else(|| before.get(key))
                .map_or("", |person| person.name.as_str());
            match (mark(before, key), mark(after, key)) {
                (None, Some((true, _))) => {
                    came.push(format!("{name} (раньше не входил в знаменатель)"))
                }
                (Some((false, _)), Some((true, _))) => came.push(name.to_owned()),
                (Some((true, _)), Some((false, reason))) => went.push(format!("{name} ({reason})")),
                (Some((true, _)), None) => {
                    went.push(format!("{name} (больше не входит в знаменатель)"))
                }
                (None, Some((false, _))) => listed.push(name.to_owned()),
                (Some((false, _)), None) => gone.push(name.to_owned()),
                _ => {}
            }
        }
        let lines = moves.0.entry(id.clone()).or_default();
        for (title, names) in [
            ("вошли в числитель", came),
            ("вышли из числителя", went),
            ("вошли только в знаменатель", listed),
            ("вышли из знаменателя", gone),
        ] {
            if !names.is_empty() {
                lines.push(format!("{title}: {} — {}", names.len(), names.join("; ")));
            }
        }
    }
}

/// The names that several people of one report bear.
fn double(people: &People) -> Vec<String> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for person in people.values() {
        *counts.entry(fold_name(&person.name)).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(name, _)| name)
        .collect()
}

/// People by their name alone where it tells them apart in both reports, so that who changes the
/// school stays the same person.
fn keyed(people: People, namesakes: &BTreeSet<String>) -> People {
    people
        .into_iter()
        .map(|(key, person)| {
            let name = fold_name(&person.name);
            if namesakes.contains(&name) {
                (key, person)
            } else {
                (name, person)
            }
        })
        .collect()
}

/// The people of a sheet; none where it carries no names.
fn people(cells: &Cells, sheet: &str) -> Option<People> {
    let (rows, columns) = cells.size();
    let header = (0..rows).find(|&row| cells.text(row, 0) == "Номер")?;
    let titles: Vec<String> = (0..columns)
        .map(|column| cells.text(header, column))
        .collect();
    let column = |title: &str| -> Option<u32> {
        let place = titles.iter().position(|known| known == title)?;
        u32::try_from(place).ok()
    };
    let (name, organisation, first) = (column("ФИО")?, column("Организация")?, column("Учёт")?);
    let marks: Vec<(&str, u32, Option<u32>)> = catalogue()
        .indicators
        .iter()
        .filter(|definition| {
            let managers = definition.scope == Scope::Managers;
            !definition.header.is_empty() && managers == (sheet == SHEETS[1])
        })
        .filter_map(|definition| {
            let mark = column(&definition.header)?;
            let reason = column(&format!("{} причина", definition.header));
            Some((definition.id.as_str(), mark, reason))
        })
        .collect();
    let mut people = People::new();
    for row in header + 1..rows {
        if cells.held(row, first) != Held::Number(1.0) {
            continue;
        }
        let mut person = Person {
            name: cells.text(row, name),
            ..Person::default()
        };
        for (id, mark, reason) in &marks {
            if let Held::Number(mark) = cells.held(row, *mark) {
                let reason = reason.map_or_else(String::new, |reason| cells.text(row, reason));
                person.marks.insert((*id).to_owned(), (mark > 0.5, reason));
            }
        }
        let plain = format!(
            "{}|{}",
            fold_name(&person.name),
            cells.text(row, organisation)
        );
        let mut key = plain.clone();
        let mut time = 1;
        while people.contains_key(&key) {
            time += 1;
            key = format!("{plain}|{time}");
        }
        people.insert(key, person);
    }
    Some(people)
}
