//! The sheet «Соответствия»: the last word on whose a record is (methodology §4, 2).

use rustc_hash::FxHashMap;

use super::OrgId;
use super::PersonId;
use super::name::Names;
use super::organisation::Directory;
use crate::finding::{Code, Findings, Message, Place};
use crate::intern::Sym;
use crate::registers::record::{LinkRow, Snils};
use crate::registers::{Dataset, Field, RegisterId, cell};
use crate::source::Value;
use crate::text::fold;

const E_CONFLICT: Code = Code("E408");
const E_NOBODY: Code = Code("E409");

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
    Unknown,
}

/// The lines by the folded spelling, each with the record's organisation as written (empty: any).
#[derive(Clone, Debug, Default)]
pub struct LinkSheet {
    lines: FxHashMap<Sym, Vec<Line>>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    organisation: Sym,
    resolved: Option<OrgId>,
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
        by_name: &FxHashMap<Sym, Vec<PersonId>>,
        findings: &mut Findings,
    ) -> Self {
        let mut grouped: FxHashMap<(Sym, String), Vec<(&LinkRow, Settled)>> = FxHashMap::default();
        let mut order = Vec::new();
        for row in &dataset.links {
            let spelling = names.fold(&dataset.texts, row.recorded_as);
            let key = (
                spelling,
                organisation_key(dataset, directory, row.organisation),
            );
            let who = who(dataset, row, names, by_snils, by_name);
            if who == Settled::Unknown {
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
            let first = group[0];
            let differs = |row: &LinkRow, who: Settled| {
                who != first.1
                    || who == Settled::Unknown && names.known(row.who) != names.known(first.0.who)
            };
            if group.iter().any(|&(row, who)| differs(row, who)) {
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
            let resolved = directory.resolve(dataset.text(first.0.organisation)).id();
            lines.entry(key.0).or_default().push(Line {
                organisation: first.0.organisation,
                resolved,
                settled: first.1,
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
        resolved: Option<OrgId>,
        dataset: &Dataset,
    ) -> Option<Settled> {
        let lines = self.lines.get(&spelling)?;
        let of_this = |line: &&Line| {
            !line.organisation.is_empty()
                && (line.resolved.is_some() && line.resolved == resolved
                    || fold(dataset.text(line.organisation)) == fold(dataset.text(organisation)))
        };
        lines
            .iter()
            .find(of_this)
            .or_else(|| lines.iter().find(|line| line.organisation.is_empty()))
            .map(|line| line.settled)
    }
}

fn organisation_key(dataset: &Dataset, directory: &Directory, text: Sym) -> String {
    match directory.resolve(dataset.text(text)).id() {
        Some(OrgId(number)) => format!("#{number}"),
        None => fold(dataset.text(text)),
    }
}

/// «Кто это»: a full name or a СНИЛС of the staff, or «нет».
fn who(
    dataset: &Dataset,
    row: &LinkRow,
    names: &mut Names,
    by_snils: &FxHashMap<Snils, PersonId>,
    by_name: &FxHashMap<Sym, Vec<PersonId>>,
) -> Settled {
    let text = dataset.text(row.who);
    let key = names.fold(&dataset.texts, row.who);
    if matches!(names.text(key), "нет" | "никто" | "-") {
        return Settled::Nobody;
    }
    if let cell::SnilsCell::Valid(snils) = cell::snils(Value::Text(text)) {
        return by_snils
            .get(&snils)
            .map_or(Settled::Unknown, |&person| Settled::Is(person));
    }
    match by_name.get(&key).map(Vec::as_slice) {
        Some([only]) => Settled::Is(*only),
        Some([_, ..]) => Settled::OneOf(key),
        _ => Settled::Unknown,
    }
}

fn report(code: Code, dataset: &Dataset, row: &LinkRow, what: &str, findings: &mut Findings) {
    let column = dataset
        .sheet(row.at.sheet)
        .and_then(|sheet| sheet.column(Field::RecordedAs));
    let place = Place {
        column,
        ..Place::row(row.at.sheet, row.at.row)
    };
    let seen = Message::plain("«")
        .personal(dataset.text(row.recorded_as))
        .then("» → «")
        .personal(dataset.text(row.who))
        .then(format!("»: {what}"));
    findings.add(code, Some(RegisterId::Links), place, seen);
}
