//! The sheet «Соответствия»: the last word on whose a record is (methodology §4, 2).

use rustc_hash::{FxHashMap, FxHashSet};

use super::OrgId;
use super::PersonId;
use super::name::Names;
use super::organisation::{Directory, Resolution};
use super::organisation_key::Key;
use crate::buckets::Buckets;
use crate::finding::{Code, Findings, Message};
use crate::intern::Sym;
use crate::registers::record::{LinkRow, Snils};
use crate::registers::{Dataset, Field, RegisterId, cell};
use crate::source::Value;

const E_CONFLICT: Code = Code("E408");
const E_NOBODY: Code = Code("E409");
const N_UNUSED: Code = Code("N426");

/// What a line says of a spelling.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settled {
    /// It is this person.
    Is(PersonId),
    /// It is nobody of the staff.
    Nobody,
    /// It is one of several people of the staff who bear this folded name: the record's date of
    /// birth and organisation decide among them.
    OneOf(Sym),
    /// It is somebody whom the staff table does not have.
    Unknown(Stranger),
}

/// Somebody who is not of the staff, as a line names them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stranger {
    /// By СНИЛС.
    Snils(Snils),
    /// By a folded name.
    Name(Sym),
}

/// The organisation of a line, by what its spelling stands for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum At {
    /// The cell is empty: any organisation.
    Any,
    /// One of the directory.
    Known(OrgId),
    /// One that the directory does not have, or cannot tell from others.
    Unknown(Key),
}

impl At {
    fn of(directory: &Directory, text: &str) -> Self {
        let resolution = directory.resolve(text);
        match resolution.id() {
            Some(id) => Self::Known(id),
            None if resolution == Resolution::Empty => Self::Any,
            None => Self::Unknown(directory.key(text)),
        }
    }
}

/// The lines by the folded spelling.
#[derive(Clone, Debug, Default)]
pub struct LinkSheet {
    lines: FxHashMap<Sym, Vec<Line>>,
}

#[derive(Clone, Debug)]
struct Line {
    organisation: At,
    settled: Settled,
}

impl LinkSheet {
    /// Reads the lines. Two that say different things of one spelling settle nothing and are
    /// reported. A line that names nobody of the staff is reported too, and its records are lost:
    /// the sheet decides first.
    pub fn read(
        dataset: &Dataset,
        directory: &Directory,
        names: &mut Names,
        by_snils: &FxHashMap<Snils, PersonId>,
        by_name: &Buckets<PersonId>,
        findings: &mut Findings,
    ) -> Self {
        let mut grouped: FxHashMap<(Sym, At), Vec<(&LinkRow, Settled)>> = FxHashMap::default();
        let mut order = Vec::new();
        for row in &dataset.links {
            let spelling = names.fold(&dataset.texts, row.recorded_as);
            let key = (spelling, At::of(directory, dataset.text(row.organisation)));
            let who = who(dataset, row, names, by_snils, by_name);
            if matches!(who, Settled::Unknown(_)) {
                report(
                    E_NOBODY,
                    dataset,
                    row,
                    "«Кто это» не называет никого из сотрудников: такие записи не учтены",
                    findings,
                );
            }
            if !grouped.contains_key(&key) {
                order.push(key.clone());
            }
            grouped.entry(key).or_default().push((row, who));
        }
        let mut lines: FxHashMap<Sym, Vec<Line>> = FxHashMap::default();
        for key in order {
            let group = &grouped[&key];
            let (_, settled) = group[0];
            if group.iter().any(|&(_, who)| who != settled) {
                for (row, _) in group {
                    report(
                        E_CONFLICT,
                        dataset,
                        row,
                        "строки говорят об одном написании разное и не действуют",
                        findings,
                    );
                }
                continue;
            }
            let (spelling, organisation) = key;
            lines.entry(spelling).or_default().push(Line {
                organisation,
                settled,
            });
        }
        Self { lines }
    }

    /// What the sheet says of a record's spelling; a line with the record's organisation before one
    /// without any.
    #[must_use]
    pub fn settle(
        &self,
        spelling: Sym,
        organisation: Sym,
        dataset: &Dataset,
        directory: &Directory,
    ) -> Option<Settled> {
        let lines = self.lines.get(&spelling)?;
        let of = |at: &At| lines.iter().find(|line| line.organisation == *at);
        of(&At::of(directory, dataset.text(organisation)))
            .or_else(|| of(&At::Any))
            .map(|line| line.settled)
    }
}

/// Reports the lines whose spelling no record has: mistyped, or left from another period.
pub fn report_unused(
    dataset: &Dataset,
    directory: &Directory,
    names: &mut Names,
    findings: &mut Findings,
) {
    if dataset.links.is_empty() || !findings.are_heard() {
        return;
    }
    let mut organisations: FxHashMap<Sym, FxHashSet<Sym>> = FxHashMap::default();
    for row in &dataset.links {
        let spelling = names.fold(&dataset.texts, row.recorded_as);
        organisations.entry(spelling).or_default();
    }
    for (name, organisation) in spelt(dataset) {
        let spelling = names.fold(&dataset.texts, name);
        if let Some(known) = organisations.get_mut(&spelling) {
            known.insert(organisation);
        }
    }
    for row in &dataset.links {
        let spelling = names.fold(&dataset.texts, row.recorded_as);
        let at = At::of(directory, dataset.text(row.organisation));
        let is_meant = |&organisation: &Sym| {
            at == At::Any || at == At::of(directory, dataset.text(organisation))
        };
        let used = organisations.get(&spelling);
        if !used.is_some_and(|known| known.iter().any(is_meant)) {
            report(
                N_UNUSED,
                dataset,
                row,
                "такого написания нет ни в одной записи",
                findings,
            );
        }
    }
}

/// The names of people that «Соответствия» may settle, with the organisations of their records.
fn spelt(dataset: &Dataset) -> impl Iterator<Item = (Sym, Sym)> {
    let people = (dataset.diagnostics.iter().map(|row| row.person))
        .chain(dataset.courses.iter().map(|row| row.person))
        .chain(dataset.ioms.iter().map(|row| row.person))
        .chain(dataset.methodists.iter().map(|row| row.person))
        .chain(dataset.support.iter().map(|row| row.person))
        .chain(dataset.assignments.iter().map(|row| row.person));
    let assigned = dataset.assignments.iter();
    let of_staff = dataset.staff.iter();
    people
        .map(|person| (person.name, person.organisation))
        .chain(assigned.map(|row| (row.methodist, row.person.organisation)))
        .chain(of_staff.map(|row| (row.assigned_to, row.person.organisation)))
}

/// «Кто это»: a full name or a СНИЛС of the staff, or «нет».
fn who(
    dataset: &Dataset,
    row: &LinkRow,
    names: &mut Names,
    by_snils: &FxHashMap<Snils, PersonId>,
    by_name: &Buckets<PersonId>,
) -> Settled {
    let text = dataset.text(row.who);
    let key = names.fold(&dataset.texts, row.who);
    if matches!(names.text(key), "нет" | "никто" | "-") {
        return Settled::Nobody;
    }
    if let cell::SnilsCell::Valid(snils) = cell::snils(Value::Text(text)) {
        return by_snils
            .get(&snils)
            .map_or(Settled::Unknown(Stranger::Snils(snils)), |&person| {
                Settled::Is(person)
            });
    }
    match by_name.of(key.index()) {
        [only] => Settled::Is(*only),
        [_, ..] => Settled::OneOf(key),
        [] => Settled::Unknown(Stranger::Name(key)),
    }
}

fn report(code: Code, dataset: &Dataset, row: &LinkRow, what: &str, findings: &mut Findings) {
    let place = dataset.place(row.at, Field::RecordedAs);
    let seen = Message::plain("«")
        .personal(dataset.text(row.recorded_as))
        .then("» → «")
        .personal(dataset.text(row.who))
        .then(format!("»: {what}"));
    findings.add(code, Some(RegisterId::Links), place, seen);
}
