//! General-education organisations in the mentoring model (methodology §2.8, 4.1.3.5).

use super::context::Context;
use super::order;
use super::verdict::{Reason, SchoolVerdict};
use crate::people::OrgId;
use crate::people::organisation::{Mentoring, NotIncluded};
use crate::registers::RegisterId;

/// The verdicts on general-education organisations open on D, ordered by name.
#[must_use]
pub fn verdicts(context: &Context<'_>) -> Vec<SchoolVerdict> {
    let mut all: Vec<SchoolVerdict> = context
        .directory
        .all()
        .filter(|(_, organisation)| {
            organisation.in_sheet && organisation.general_education && organisation.open
        })
        .map(|(id, organisation)| {
            let (reason, date) = match organisation.mentoring {
                Mentoring::Included { since } => (Reason::Counted, since),
                Mentoring::NotIncluded(why) => match why {
                    NotIncluded::NotYet(day) => (Reason::AfterPeriod, Some(day)),
                    NotIncluded::No | NotIncluded::NoColumn | NotIncluded::NotListed => {
                        (Reason::NotIncluded, None)
                    }
                    NotIncluded::UnreadableDate => (Reason::UnreadableDate, None),
                    NotIncluded::Contradiction => (Reason::Contradicted, None),
                },
            };
            SchoolVerdict {
                organisation: id,
                reason,
                rows: organisation.rows.clone(),
                date,
            }
        })
        .collect();
    let name = |id: OrgId| context.directory.name(id);
    all.sort_by_cached_key(|verdict| order::natural(name(verdict.organisation)));
    all
}

/// `population.organizations` of contract §3: rows of «Организации» open on D, branches not, or
/// without that sheet the organisations of the people employed on D.
#[must_use]
pub fn population(context: &Context<'_>) -> u64 {
    if context.dataset.has_register(RegisterId::Organizations) {
        return context.directory.open_count().unwrap_or(0) as u64;
    }
    let mut employers: Vec<OrgId> = context
        .roster
        .persons
        .iter()
        .flat_map(|person| person.organisations(|post| post.employed()))
        .collect();
    employers.sort_unstable();
    employers.dedup();
    employers.len() as u64
}
