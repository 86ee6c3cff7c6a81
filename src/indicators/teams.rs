//! Management teams (methodology §2.4).

use rustc_hash::FxHashMap;

use super::context::Context;
use super::verdict::{Reason, TeamVerdict};
use crate::intern::Sym;
use crate::people::{OrgId, PersonId};
use crate::registers::record::{CourseRow, RowRef};
use crate::registers::{Field, RegisterId};
use crate::text::{fold_lookalikes, is_quote};

/// The rule by which teams were found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TeamRule {
    /// By the column «Управленческая команда».
    Named,
    /// By organisation and programme (`teams.derive`).
    Derived,
}

/// The rule that applies; none when there is no such column and `teams.derive` is off.
#[must_use]
pub fn rule(context: &Context<'_>) -> Option<TeamRule> {
    if context.dataset.any_has(RegisterId::Courses, Field::Team) {
        Some(TeamRule::Named)
    } else {
        context.settings.teams.derive.then_some(TeamRule::Derived)
    }
}

/// The teams that took part, ordered by name.
#[must_use]
pub fn teams(context: &Context<'_>, rule: TeamRule) -> Vec<TeamVerdict> {
    match rule {
        TeamRule::Named => named(context),
        TeamRule::Derived => derived(context),
    }
}

/// Course records in which somebody took part in W.
fn taking_part<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (PersonId, &'a CourseRow)> {
    context
        .dataset
        .courses
        .iter()
        .zip(&context.links.course_persons)
        .filter_map(move |(row, link)| {
            let person = link.person()?;
            (context.took_part(row) && context.course_overlaps(row).reason == Reason::Counted)
                .then_some((person, row))
        })
}

fn named(context: &Context<'_>) -> Vec<TeamVerdict> {
    let mut members: FxHashMap<String, Vec<(PersonId, RowRef)>> = FxHashMap::default();
    for (person, row) in taking_part(context) {
        if row.team.is_empty() || !context.roster.person(person).is_employed() {
            continue;
        }
        let key = team_key(context.dataset.text(row.team));
        if !key.is_empty() {
            members.entry(key).or_default().push((person, row.at));
        }
    }
    let mut written: FxHashMap<Sym, usize> = FxHashMap::default();
    for row in &context.dataset.courses {
        *written.entry(row.team).or_default() += 1;
    }
    let mut spellings: FxHashMap<String, FxHashMap<&str, usize>> = FxHashMap::default();
    for (team, count) in written {
        let text = context.dataset.text(team);
        let key = team_key(text);
        if members.contains_key(&key) {
            *spellings.entry(key).or_default().entry(text).or_default() += count;
        }
    }
    let commonest = |key: &str| {
        let of_key = spellings.get(key);
        let best = of_key.and_then(|all| {
            all.iter()
                .max_by_key(|(text, count)| (**count, std::cmp::Reverse(**text)))
        });
        best.map_or_else(|| key.to_owned(), |(text, _)| (*text).to_owned())
    };
    let all = members
        .into_iter()
        .map(|(key, members)| TeamVerdict {
            name: commonest(&key),
            members,
        })
        .collect();
    ordered(all)
}

fn derived(context: &Context<'_>) -> Vec<TeamVerdict> {
    let mut groups: FxHashMap<(OrgId, String), Vec<(PersonId, RowRef)>> = FxHashMap::default();
    for (person, row) in taking_part(context) {
        // A programme is told by its title, else by its number; without either nobody knows which.
        let titles = [row.programme, row.number].map(|told| team_key(context.dataset.text(told)));
        let Some(programme) = titles.into_iter().find(|told| !told.is_empty()) else {
            continue;
        };
        for organisation in context.roster.person(person).managing_organisations() {
            groups
                .entry((organisation, programme.clone()))
                .or_default()
                .push((person, row.at));
        }
    }
    let mut teams: FxHashMap<OrgId, Vec<(PersonId, RowRef)>> = FxHashMap::default();
    for ((organisation, _), members) in groups {
        let mut people: Vec<PersonId> = members.iter().map(|(person, _)| *person).collect();
        people.sort_unstable();
        people.dedup();
        if people.len() >= context.settings.teams.min_members as usize {
            teams.entry(organisation).or_default().extend(members);
        }
    }
    let name = |organisation: OrgId| context.directory.name(organisation).to_owned();
    ordered(
        teams
            .into_iter()
            .map(|(id, members)| TeamVerdict {
                name: name(id),
                members,
            })
            .collect(),
    )
}

fn ordered(mut teams: Vec<TeamVerdict>) -> Vec<TeamVerdict> {
    for team in &mut teams {
        team.members.sort_unstable();
    }
    teams.sort_by_cached_key(|team| (super::order::natural(&team.name), team.members.clone()));
    teams
}

/// A team's name for comparison: spaces, case, quotes and № folded (§2.4).
fn team_key(text: &str) -> String {
    let bare: String = fold_lookalikes(text)
        .chars()
        .filter(|&c| !is_quote(c))
        .collect();
    let words: Vec<&str> = bare.split_whitespace().collect();
    // «N 1» is «№ 1»; the sign itself says nothing beside the number.
    let sign = |word: &str| matches!(word, "n" | "№");
    words
        .iter()
        .filter(|word| !sign(word))
        .map(|word| {
            word.strip_prefix(['№', 'n'])
                .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
                .unwrap_or(word)
        })
        .collect::<Vec<_>>()
        .join(" ")
}
