//! Verdicts counted: numerator, denominator and the breakdown by organisation (methodology §3).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::catalogue::{Condition, Definition, Scope, Unit};
use super::context::Context;
use super::figure::Part;
use super::people;
use super::verdict::PersonVerdict;
use super::young::Young;
use crate::people::OrgId;
use crate::ratio::Ratio;

/// The exact value; none when the denominator is 0 (§3).
pub(super) fn exact(unit: Unit, numerator: u64, denominator: Option<u64>) -> Option<Ratio> {
    let above = i128::from(numerator);
    match (unit, denominator) {
        (Unit::Percent, Some(below)) => Ratio::new(100 * above, below.into()),
        (_, Some(below)) => Ratio::new(above, below.into()),
        (_, None) => Ratio::new(above, 1),
    }
}

/// What the verdicts of one indicator on people come to.
pub(super) struct Counted {
    pub numerator: u64,
    pub denominator: u64,
    /// The breakdown, where evidence is wanted.
    pub parts: Option<Vec<Part>>,
    /// The verdicts, where evidence or another figure wants them.
    pub verdicts: Arc<Vec<PersonVerdict>>,
}

impl Counted {
    /// Judges the people of an indicator that has data.
    pub(super) fn of(context: &Context<'_>, definition: &Definition, young: &Young) -> Self {
        let managers = definition.scope == Scope::Managers;
        let evidence = context.evidence;
        let kept = evidence || definition.conditions.contains(&Condition::Methodist);
        let mut tally = Tally::default();
        let (mut numerator, mut denominator) = (0, 0);
        let judged = people::verdicts(context, definition, young);
        let mut verdicts = Vec::new();
        if kept {
            verdicts.reserve_exact(judged.size_hint().0);
        }
        for verdict in judged {
            numerator += u64::from(verdict.counted());
            denominator += 1;
            if evidence {
                let person = context.roster.person(verdict.person);
                let employers = if managers {
                    person.managing_organisations()
                } else {
                    person.teaching_organisations()
                };
                for organisation in employers {
                    tally.add(Some(organisation), verdict.counted());
                }
            }
            if kept {
                verdicts.push(verdict);
            }
        }
        Self {
            numerator,
            denominator,
            parts: evidence.then(|| tally.parts(context)),
            verdicts: Arc::new(verdicts),
        }
    }
}

/// Counts by organisation.
#[derive(Default)]
pub(super) struct Tally(FxHashMap<Option<OrgId>, (u64, u64)>);

impl Tally {
    pub(super) fn add(&mut self, organisation: Option<OrgId>, counted: bool) {
        let (numerator, denominator) = self.0.entry(organisation).or_default();
        *numerator += u64::from(counted);
        *denominator += 1;
    }

    /// The shares of organisations, ordered by name, «не указана» last.
    pub(super) fn parts(self, context: &Context<'_>) -> Vec<Part> {
        let decimals = context.settings.decimals.0;
        let shown = |organisation| context.shown().get(organisation);
        let mut counts: Vec<_> = self.0.into_iter().collect();
        counts.sort_unstable_by_key(|&(organisation, _)| {
            let place = organisation.and_then(shown).map(|(_, place)| *place);
            (place.is_none(), place)
        });
        counts
            .into_iter()
            .filter_map(|(organisation, (numerator, denominator))| {
                let share = exact(Unit::Percent, numerator, Some(denominator))?;
                let name = organisation
                    .and_then(shown)
                    .map_or_else(|| "не указана".into(), |(name, _)| Arc::clone(name));
                Some(Part {
                    organisation,
                    name,
                    numerator,
                    denominator: Some(denominator),
                    value: share.rounded(decimals),
                })
            })
            .collect()
    }
}
