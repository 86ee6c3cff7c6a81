//! Which organisations have no record at all in which table (methodology §3): they are listed as
//! not having reported.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::intern::Sym;
use crate::people::roster::Post;
use crate::people::{OrgId, PersonId};
use crate::pipeline::Run;
use crate::registers::RegisterId;
use crate::registers::record::PersonCells;

/// The organisations that a register speaks of.
type Spoken = FxHashSet<OrgId>;

/// The titles of the tables that are there and hold no record of an organisation.
pub(super) fn silent(run: &Run, organisations: &[OrgId]) -> FxHashMap<OrgId, Vec<String>> {
    let data = &run.dataset;
    let mut staff = Spoken::default();
    for (_, person) in run.roster.iter() {
        staff.extend(person.organisations(Post::employed));
    }
    let mut resolved = FxHashMap::default();
    let mut registers = vec![(RegisterId::Staff, staff)];
    if data.has_register(RegisterId::Diagnostics) {
        let cells = data.diagnostics.iter().map(|row| &row.person);
        let mut spoken = named(run, cells, &mut resolved);
        linked(
            run,
            |person| run.links.diagnostics.of(person).next().is_some(),
            &mut spoken,
        );
        registers.push((RegisterId::Diagnostics, spoken));
    }
    if data.has_register(RegisterId::Courses) {
        let cells = data.courses.iter().map(|row| &row.person);
        let mut spoken = named(run, cells, &mut resolved);
        linked(
            run,
            |person| run.links.courses.of(person).next().is_some(),
            &mut spoken,
        );
        registers.push((RegisterId::Courses, spoken));
    }
    if data.has_register(RegisterId::Ioms) {
        let cells = data.ioms.iter().map(|row| &row.person);
        let mut spoken = named(run, cells, &mut resolved);
        linked(
            run,
            |person| run.links.ioms.of(person).next().is_some(),
            &mut spoken,
        );
        registers.push((RegisterId::Ioms, spoken));
    }
    // A survey without a column of organisations says nothing of any.
    let answers: Spoken = run
        .links
        .answer_organisations
        .iter()
        .copied()
        .flatten()
        .collect();
    if data.has_register(RegisterId::Survey) && !answers.is_empty() {
        registers.push((RegisterId::Survey, answers));
    }
    let mut all = FxHashMap::default();
    for id in organisations {
        let titles = registers
            .iter()
            .filter(|(_, spoken)| !spoken.contains(id))
            .map(|(register, _)| register.title().to_owned());
        all.insert(*id, titles.collect());
    }
    all
}

/// The organisations that the records name themselves.
fn named<'r>(
    run: &Run,
    cells: impl Iterator<Item = &'r PersonCells>,
    resolved: &mut FxHashMap<Sym, Option<OrgId>>,
) -> Spoken {
    let texts: FxHashSet<Sym> = cells.map(|cells| cells.organisation).collect();
    texts
        .into_iter()
        .filter_map(|text| {
            *resolved
                .entry(text)
                .or_insert_with(|| run.directory.resolve(run.dataset.text(text)).id())
        })
        .collect()
}

/// The organisations that employ a person with a record.
fn linked(run: &Run, has: impl Fn(PersonId) -> bool, spoken: &mut Spoken) {
    for (id, person) in run.roster.iter() {
        if has(id) {
            spoken.extend(person.organisations(Post::employed));
        }
    }
}
