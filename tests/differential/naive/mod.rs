//! A second engine, short and slow, written from the methodology alone. It reads what the cells
//! mean, goes through everything again for each figure, and shares nothing with `mms`.

pub mod calendar;
mod courses;
pub mod exact;
mod ioms;
mod link;
mod methodists;
mod places;
pub mod plans;
mod roadmap;
mod staff;
mod survey;

use std::collections::{BTreeMap, BTreeSet};

use calendar::{When, Window, when};
use exact::Fraction;
use link::Said;
use staff::Person;

use super::options::IDS;
use super::town::{Cell, Means, Register, Table, Town};

/// What stands in the result.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub teachers: usize,
    pub managers: usize,
    pub organizations: usize,
    pub figures: Vec<Figure>,
    /// Whether somebody of T or M works in several organisations.
    pub shared: bool,
}

/// Whether there is a figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    Ok,
    NoData,
    Undefined,
}

/// Whom a line of the breakdown stands for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    Organisation(usize),
    Team(usize),
    /// «не указана»
    Nowhere,
}

/// A line of the breakdown: numerator and denominator.
pub type Parts = BTreeMap<Part, (u64, Option<u64>)>;

/// One of the fourteen.
#[derive(Clone, Debug)]
pub struct Figure {
    pub status: Status,
    pub numerator: u64,
    pub denominator: Option<u64>,
    pub value: Option<String>,
    /// The figure as it is before rounding.
    pub exact: Option<Fraction>,
    pub parts: Option<Parts>,
    pub conditions: Option<[bool; 4]>,
    pub respondents: Option<u64>,
    pub interval: Option<(f64, f64)>,
    pub plan: Option<plans::Fate>,
}

impl Figure {
    /// «нет данных»
    fn no_data() -> Self {
        Self {
            status: Status::NoData,
            numerator: 0,
            denominator: None,
            value: None,
            exact: None,
            parts: None,
            conditions: None,
            respondents: None,
            interval: None,
            plan: None,
        }
    }

    /// «Share = 100 × numerator / denominator»; «the denominator is 0: «не определено»».
    fn share(numerator: u64, denominator: u64, decimals: u32, parts: Parts) -> Self {
        let exact = Fraction::new(100 * i128::from(numerator), i128::from(denominator));
        let there = denominator > 0;
        Self {
            status: if there { Status::Ok } else { Status::Undefined },
            numerator,
            denominator: Some(denominator),
            value: there.then(|| exact.rounded(decimals)),
            exact: there.then_some(exact),
            parts: Some(parts),
            ..Self::no_data()
        }
    }
}

/// A town seen on D.
pub struct World<'a> {
    pub town: &'a Town,
    pub window: Window,
    pub people: Vec<Person<'a>>,
}

impl<'a> World<'a> {
    fn tables(&self, register: Register) -> impl Iterator<Item = &'a Table> {
        self.town
            .tables
            .iter()
            .filter(move |table| table.register == register)
    }

    /// All rows of a register with their tables.
    fn records(&self, register: Register) -> impl Iterator<Item = (&'a Table, &'a [Cell])> {
        self.tables(register)
            .flat_map(|table| table.rows.iter().map(move |row| (table, row.as_slice())))
    }

    fn there(&self, register: Register) -> bool {
        self.tables(register).next().is_some()
    }

    /// Whether a table of the register has the column.
    fn any_has(&self, register: Register, column: &str) -> bool {
        self.tables(register).any(|table| table.has(column))
    }

    /// The person of a record; its name stands in `column`.
    fn person(&self, table: &Table, row: &[Cell], column: &str) -> Option<usize> {
        link::find(self.town, &self.people, said(table, row, column))
    }

    /// T.
    fn teachers(&self) -> Vec<usize> {
        (0..self.people.len())
            .filter(|&who| self.people[who].teacher())
            .collect()
    }

    /// M.
    fn managers(&self) -> Vec<usize> {
        (0..self.people.len())
            .filter(|&who| self.people[who].manager())
            .collect()
    }

    /// A share of people with its breakdown «by the organisations that employ them».
    fn share(&self, scope: &[usize], counted: &BTreeSet<usize>, managers: bool) -> Figure {
        let mut parts = Parts::new();
        for &who in scope {
            for home in self.people[who].homes(managers) {
                let part = parts
                    .entry(Part::Organisation(home))
                    .or_insert((0, Some(0)));
                part.0 += u64::from(counted.contains(&who));
                part.1 = part.1.map(|all| all + 1);
            }
        }
        let numerator = scope.iter().filter(|who| counted.contains(who)).count();
        Figure::share(
            numerator as u64,
            scope.len() as u64,
            self.town.options.decimals,
            parts,
        )
    }
}

/// What a row says of its person.
fn said<'a>(table: &Table, row: &'a [Cell], column: &str) -> Said<'a> {
    Said {
        spelled: table.cell(row, column),
        organisation: match table.cell(row, "Организация") {
            Means::Organisation(place) => Some(*place),
            _ => None,
        },
        snils: match table.cell(row, "СНИЛС") {
            Means::Snils(number) => Some(*number),
            _ => None,
        },
        birth: match when(table.cell(row, "Дата рождения")) {
            When::Day(day) => Some(day),
            _ => None,
        },
    }
}

/// The fourteen figures of a town.
pub fn outcome(town: &Town) -> Outcome {
    let window = Window {
        from: calendar::window(&town.period, town.options.frame),
        to: town.period.to,
    };
    let people = staff::people(town, window);
    let world = World {
        town,
        window,
        people,
    };
    let (teachers, managers) = (world.teachers(), world.managers());
    let mut figures: Vec<Figure> = IDS
        .iter()
        .map(|id| match *id {
            "4.1.1" => world.roadmap(),
            "4.1.2.1" => world.diagnosed(&teachers, false),
            "4.1.2.2" => world.diagnosed(&managers, true),
            "4.1.2.3" => world.courses(&teachers),
            "4.1.2.4" => world.continuous_ioms(&teachers, false),
            "4.1.2.5" => world.continuous_ioms(&managers, true),
            "4.1.2.6" => world.teams(&managers),
            "4.1.3.1" => world.holders(&teachers),
            "4.1.3.2" => world.assigned(&teachers),
            "4.1.3.3" => world.ioms(&teachers),
            "4.1.3.4" => world.completed_ioms(&teachers),
            "4.1.3.5" => world.mentoring(),
            "4.1.3.6" => world.young(&teachers),
            _ => world.survey(),
        })
        .collect();
    for (place, figure) in figures.iter_mut().enumerate() {
        figure.plan = world.plan(place, figure);
    }
    Outcome {
        teachers: teachers.len(),
        managers: managers.len(),
        organizations: world.organisations(),
        figures,
        shared: world
            .people
            .iter()
            .any(|person| person.homes(false).len() > 1 || person.homes(true).len() > 1),
    }
}
