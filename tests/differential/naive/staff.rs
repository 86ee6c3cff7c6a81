//! The people of the staff table: employment, positions, and which rows are one person
//! (methodology §1 and §4, 1).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::calendar::{Window, bounds};
use crate::towns::options::Options;
use crate::towns::town::{Cell, Employment, Means, Name, Post, Register, Table, Town};

/// A row of the staff table.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Its place among all rows.
    number: usize,
    pub name: Name,
    pub organisation: usize,
    pub snils: Option<u32>,
    pub birth: Option<NaiveDate>,
    pub employed: bool,
    pub teacher: bool,
    pub manager: bool,
    pub table: &'a Table,
    pub cells: &'a [Cell],
}

impl<'a> Row<'a> {
    /// What a cell of the row means.
    pub fn cell(&self, column: &str) -> &'a Means {
        self.table.cell(self.cells, column)
    }
}

/// A person: all rows that are one.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    pub rows: Vec<Row<'a>>,
    pub snils: Option<u32>,
    /// The date of birth; none where the rows differ.
    pub birth: Option<NaiveDate>,
    /// The rows of those whom the person fits beside others, and so stays apart from.
    kept_from: BTreeSet<usize>,
}

impl Person<'_> {
    pub fn employed(&self) -> bool {
        self.rows.iter().any(|row| row.employed)
    }

    /// «people with at least one pedagogical position employed on D»
    pub fn teacher(&self) -> bool {
        self.rows.iter().any(|row| row.employed && row.teacher)
    }

    /// «people with at least one managerial position employed on D»
    pub fn manager(&self) -> bool {
        self.rows.iter().any(|row| row.employed && row.manager)
    }

    /// The organisations that employ the person as a teacher (as a manager).
    pub fn homes(&self, managers: bool) -> BTreeSet<usize> {
        let counts =
            |row: &&Row<'_>| row.employed && if managers { row.manager } else { row.teacher };
        self.rows
            .iter()
            .filter(counts)
            .map(|row| row.organisation)
            .collect()
    }

    pub fn bears(&self, name: Name) -> bool {
        self.rows.iter().any(|row| row.name == name)
    }

    pub fn works_in(&self, organisation: usize) -> bool {
        self.rows.iter().any(|row| row.organisation == organisation)
    }
}

/// Everybody of the staff table.
pub fn people<'a>(town: &'a Town, window: Window) -> Vec<Person<'a>> {
    let mut rows = Vec::new();
    for table in town
        .tables
        .iter()
        .filter(|table| table.register == Register::Staff)
    {
        for cells in &table.rows {
            rows.extend(row(rows.len(), table, cells, &town.options, window));
        }
    }
    join(rows)
}

/// One row; none where it is left out.
fn row<'a>(
    number: usize,
    table: &'a Table,
    cells: &'a [Cell],
    options: &Options,
    window: Window,
) -> Option<Row<'a>> {
    let cell = |column: &str| table.cell(cells, column);
    let (Means::Name(name), Means::Organisation(organisation)) = (cell("ФИО"), cell("Организация"))
    else {
        return None;
    };
    let snils = match cell("СНИЛС") {
        Means::Snils(number) => Some(*number),
        _ => None,
    };
    let birth = match cell("Дата рождения") {
        Means::Day(day) => Some(*day),
        _ => None,
    };
    // «date of hire is empty or ≤ D»; «an unreadable date of hire counts as empty»; a bare year or
    // month is decided «when all its days give one answer, else the date is unreadable».
    let hired = bounds(cell("Дата приёма")).is_none_or(|(first, _)| first <= window.to);
    // «date of dismissal is empty or > D»; «an unreadable date of dismissal leaves the row out».
    let stays = match (cell("Дата увольнения"), bounds(cell("Дата увольнения")))
    {
        (Means::Nothing, _) => true,
        (_, Some((first, _))) if first > window.to => true,
        (_, Some((_, last))) if last <= window.to => false,
        _ => return None,
    };
    // «not an external part-timer or a civil contract»
    let kind = match cell("Вид занятости") {
        Means::Employment(Employment::External) => options.external,
        Means::Employment(Employment::Contract) => options.contract,
        _ => true,
    };
    // «staff.leave = false leaves out those on long leave»
    let present = options.leave || *cell("В длительном отпуске") != Means::Yes;
    let posts = posts(cell("Категория"), cell("Должность"), options);
    Some(Row {
        number,
        name: *name,
        organisation: *organisation,
        snils,
        birth,
        employed: hired && stays && kind && present,
        teacher: posts.contains(&Post::Teacher),
        manager: posts.contains(&Post::Manager),
        table,
        cells,
    })
}

/// The categories of a row's position: «the «Категория» cell when it names one; otherwise the
/// position's»; «of several positions in one cell the first decides», `staff.all_positions` counts each.
fn posts(category: &Means, position: &Means, options: &Options) -> Vec<Post> {
    match (category, position) {
        (Means::Group(group), _) => vec![*group],
        (_, Means::Posts(posts)) => {
            let most = if options.all_positions {
                posts.len()
            } else {
                1
            };
            posts
                .iter()
                .take(most)
                .map(|post| options.post(*post))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// «Staff rows are one person when they share a valid СНИЛС, else a full name and a date of birth,
/// else a full name and an organisation.»
fn join(rows: Vec<Row<'_>>) -> Vec<Person<'_>> {
    let mut people: Vec<Person<'_>> = rows
        .into_iter()
        .map(|row| Person {
            snils: row.snils,
            birth: row.birth,
            rows: vec![row],
            kept_from: BTreeSet::new(),
        })
        .collect();
    people = merge(people, |one, other| {
        one.snils.is_some() && one.snils == other.snils
    });
    people = merge(people, |one, other| {
        shares(one, other, |a, b| a.name == b.name)
            && one.birth.is_some()
            && one.birth == other.birth
    });
    merge(people, |one, other| {
        shares(one, other, |a, b| {
            a.name == b.name && a.organisation == b.organisation
        })
    })
}

fn shares(one: &Person<'_>, other: &Person<'_>, same: impl Fn(&Row<'_>, &Row<'_>) -> bool) -> bool {
    one.rows
        .iter()
        .any(|a| other.rows.iter().any(|b| same(a, b)))
}

/// «Different valid СНИЛС or dates of birth keep rows apart.»
fn apart(one: &Person<'_>, other: &Person<'_>) -> bool {
    let differ = |one: Option<u32>, other: Option<u32>| {
        one.zip(other).is_some_and(|(one, other)| one != other)
    };
    let births = one
        .birth
        .zip(other.birth)
        .is_some_and(|(one, other)| one != other);
    let kept = |one: &Person<'_>, other: &Person<'_>| {
        other
            .rows
            .iter()
            .any(|row| one.kept_from.contains(&row.number))
    };
    differ(one.snils, other.snils)
        || births && !(one.snils.is_some() && one.snils == other.snils)
        || kept(one, other)
        || kept(other, one)
}

/// Makes one of those that `same` says are one. «A row that fits two people stays apart»: who fits
/// two that are kept apart from each other, joins neither.
fn merge<'a>(
    people: Vec<Person<'a>>,
    same: impl Fn(&Person<'a>, &Person<'a>) -> bool,
) -> Vec<Person<'a>> {
    let fits = |one: usize, other: usize| {
        one != other && same(&people[one], &people[other]) && !apart(&people[one], &people[other])
    };
    let fitting = |one: usize| (0..people.len()).filter(move |&other| fits(one, other));
    let torn =
        |one: usize| fitting(one).any(|a| fitting(one).any(|b| apart(&people[a], &people[b])));
    let torn: Vec<bool> = (0..people.len()).map(torn).collect();
    // Rows that say the very same of themselves are one, whether torn or not.
    let alike = |one: usize, other: usize| {
        (people[one].snils, people[one].birth) == (people[other].snils, people[other].birth)
    };
    let kept_from = |one: usize| -> BTreeSet<usize> {
        let others = fitting(one).filter(|&other| torn[one] && !alike(one, other));
        let numbers = others
            .flat_map(|other| &people[other].rows)
            .map(|row| row.number);
        people[one]
            .kept_from
            .iter()
            .copied()
            .chain(numbers)
            .collect()
    };
    let mut group: Vec<usize> = (0..people.len()).collect();
    for one in 0..people.len() {
        for other in 0..one {
            let free = !torn[one] && !torn[other];
            if fits(one, other) && (free || alike(one, other)) {
                let (from, to) = (group[one].max(group[other]), group[one].min(group[other]));
                group
                    .iter_mut()
                    .filter(|own| **own == from)
                    .for_each(|own| *own = to);
            }
        }
    }
    (0..people.len())
        .map(|first| {
            (0..people.len())
                .filter(|&own| group[own] == first)
                .collect::<Vec<usize>>()
        })
        .filter(|members| !members.is_empty())
        .map(|members| {
            let rows: Vec<Row<'a>> = members
                .iter()
                .flat_map(|&member| people[member].rows.clone())
                .collect();
            let births: BTreeSet<NaiveDate> = rows.iter().filter_map(|row| row.birth).collect();
            Person {
                snils: rows.iter().find_map(|row| row.snils),
                // «differing dates of birth count as none»
                birth: births.first().copied().filter(|_| births.len() == 1),
                kept_from: members
                    .iter()
                    .flat_map(|&member| kept_from(member))
                    .collect(),
                rows,
            }
        })
        .collect()
}
