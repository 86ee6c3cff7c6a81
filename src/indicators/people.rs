//! Figures whose verdicts are on people: who is in scope, and the best of each person's records.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::catalogue::{Condition, Definition, Scope};
use super::context::Context;
use super::judge::Judged;
use super::near;
use super::verdict::{PersonVerdict, Reason};
use super::young::Young;
use crate::people::PersonId;
use crate::people::roster::flag_on;
use crate::registers::record::RowRef;

/// The verdicts of one indicator on people, in the order of the roster.
pub fn verdicts(
    context: &Context<'_>,
    definition: &Definition,
    young: &Young,
) -> impl Iterator<Item = PersonVerdict> {
    scope(context, definition.scope, young)
        .into_iter()
        .map(|person| best(context, definition, person))
}

/// The people of the denominator.
fn scope(context: &Context<'_>, scope: Scope, young: &Young) -> Vec<PersonId> {
    match scope {
        Scope::Managers => context.roster.managers().collect(),
        Scope::Young => young.people.clone(),
        Scope::WithIom => context
            .roster
            .teachers()
            .filter(|&person| has_iom(context, person))
            .collect(),
        _ => context.roster.teachers().collect(),
    }
}

fn has_iom(context: &Context<'_>, person: PersonId) -> bool {
    context
        .links
        .ioms
        .of(person)
        .any(|record| context.iom_overlaps(&context.dataset.ioms[record]).reason == Reason::Counted)
}

/// The verdict on one person: by the record that counts, or by the one that came nearest.
fn best(context: &Context<'_>, definition: &Definition, person: PersonId) -> PersonVerdict {
    let mut best = PersonVerdict {
        person,
        reason: Reason::NoRecord,
        row: None,
        support: None,
        date: None,
    };
    let nearness = |reason, date, at: RowRef| {
        // Of records outside the window, on whichever side, the one that missed by the fewest days.
        let (level, days) = match reason {
            Reason::AfterPeriod | Reason::BeforeWindow => (
                Reason::BeforeWindow,
                near::days_outside(reason, date, &context.window).map(Reverse),
            ),
            _ => (reason, None),
        };
        (level, days, reason, date, Reverse(at))
    };
    // Says whether to look on: where nobody asks which row decided it, one that counts is enough.
    let mut offer = |at: RowRef, judged: Judged| {
        let better = |verdict: &PersonVerdict| {
            nearness(judged.reason, judged.date, at)
                > nearness(verdict.reason, verdict.date, verdict.row.unwrap_or(at))
        };
        if best.row.is_none() || better(&best) {
            best = PersonVerdict {
                person,
                reason: judged.reason,
                row: Some(at),
                support: judged.support,
                date: judged.date,
            };
        }
        context.evidence || judged.reason != Reason::Counted
    };
    let data = context.dataset;
    let links = context.links;
    let says = |condition| definition.conditions.contains(&condition);
    if says(Condition::Diagnosed) {
        for row in links
            .diagnostics
            .of(person)
            .map(|record| &data.diagnostics[record])
        {
            if !offer(row.at, context.diagnostics_in_window(row)) {
                return best;
            }
        }
    }
    if says(Condition::CourseCompleted) {
        for row in links.courses.of(person).map(|record| &data.courses[record]) {
            if !offer(row.at, context.course(person, row)) {
                return best;
            }
        }
    }
    if says(Condition::IomDeveloped) || says(Condition::IomSucceeded) {
        for row in links.ioms.of(person).map(|record| &data.ioms[record]) {
            let judged = if says(Condition::IomSucceeded) {
                context.iom_succeeded(row)
            } else if says(Condition::ContinuousKind) {
                context.continuous_iom(row)
            } else {
                context.iom_overlaps(row)
            };
            if !offer(row.at, judged) {
                return best;
            }
        }
    }
    if says(Condition::Methodist) {
        for row in links
            .methodists
            .of(person)
            .map(|record| &data.methodists[record])
        {
            offer(row.at, context.methodist(row));
        }
        for row in staff_rows(context, person) {
            let staff = &data.staff[row];
            if staff.methodist.is_yes() {
                let counted = flag_on(staff.methodist, context.as_of());
                let reason = if counted {
                    Reason::Counted
                } else {
                    Reason::AfterPeriod
                };
                offer(
                    staff.at,
                    Judged {
                        reason,
                        date: since(staff.methodist),
                        support: None,
                    },
                );
            }
        }
    }
    if says(Condition::Supported) {
        for row in links.support.of(person).map(|record| &data.support[record]) {
            offer(row.at, context.supported(row));
        }
        for row in staff_rows(context, person) {
            let staff = &data.staff[row];
            if !staff.support_form.is_empty() {
                offer(
                    staff.at,
                    Judged {
                        reason: Reason::Counted,
                        date: None,
                        support: None,
                    },
                );
            }
        }
    }
    best
}

fn staff_rows<'a>(context: &'a Context<'_>, person: PersonId) -> impl Iterator<Item = usize> + 'a {
    context
        .roster
        .person(person)
        .posts
        .iter()
        .map(|post| post.row as usize)
}

fn since(flag: crate::registers::record::Flag) -> Option<NaiveDate> {
    match flag {
        crate::registers::record::Flag::Since(day) => Some(day),
        _ => None,
    }
}
