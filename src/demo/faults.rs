//! What is wrong on purpose, from `faults.toml`, and on whom it is planted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::chance::{Draw, Series};
use super::organisation::{count, organisation, seat};
use super::person::{MAIN, Person, person};
use crate::registers::RegisterId;
use crate::text::data_file;

/// Which fault.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "faults.toml says what each is")]
pub enum FaultId {
    PositionMisspelt,
    OrganisationMisspelt,
    HiredUnreadable,
    DismissedUnreadable,
    BirthsDiffer,
    PartTimerBare,
    SnilsWrong,
    SameName,
    BirthMissing,
    StartMissing,
    OrganisationTwice,
    IncludedUnreadable,
    PersonUnknown,
    Namesakes,
    BirthOther,
    SnilsForeign,
    Initials,
    InitialsAlone,
    NameChanged,
    NameSettled,
    DiagnosticsDateUnreadable,
    DiagnosticsStatusUnknown,
    RecordTwice,
    EndsBeforeStart,
    AgainstRegistry,
    CourseUndated,
    ChosenUnclear,
    IomCompletedUndated,
    IomActiveCompleted,
    IomStatusUnknown,
    NoMethodist,
    SupportUndated,
    SupportEndsBeforeStart,
    MeasureTwice,
    MeasureStatusUnknown,
    MeasureLevelUnknown,
    AnswerUnknown,
    AnswerOutsideScale,
    AnswerUndated,
    AnswerDateUnreadable,
    IndicatorUnknown,
}

/// On whom a fault is planted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Needs {
    Teacher,
    Elsewhere,
    Young,
    Pair,
    School,
    Nobody,
}

/// A fault.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Which one.
    pub id: FaultId,
    /// The table it stands in.
    #[serde(rename = "where")]
    pub register: RegisterId,
    needs: Needs,
    /// The code of the finding at its row; empty where there is none.
    pub code: String,
    /// What is wrong.
    pub text: String,
}

#[derive(Deserialize)]
struct Data {
    fault: Vec<Fault>,
}

/// All faults.
#[must_use]
pub fn faults() -> &'static [Fault] {
    static FAULTS: OnceLock<Data> = OnceLock::new();
    &FAULTS
        .get_or_init(|| data_file("demo/faults.toml", include_str!("faults.toml")))
        .fault
}

/// The faults of one town by the index of the person on whom they are planted.
#[derive(Debug, Default)]
pub struct Planted(BTreeMap<u64, &'static Fault>);

impl Planted {
    /// Spreads the faults over a staff of this size. A fault for which nobody fits is left out.
    #[must_use]
    pub fn new(seed: u64, staff: u64) -> Self {
        let mut planted = Self::default();
        let mut taken = BTreeSet::new();
        let mut schools = BTreeSet::new();
        let share = staff / (faults().len() as u64 + 1);
        for (fault, number) in faults().iter().zip(0..) {
            if fault.needs == Needs::Nobody {
                continue;
            }
            let first =
                (share * number + Draw::new(seed, Series::Faults, number).below(share)).min(staff);
            let found = (first..staff).chain(0..first).find(|&index| {
                !taken.contains(&index)
                    && !taken.contains(&(index + 1))
                    && fits(seed, staff, index, fault.needs)
                    && (fault.needs != Needs::School || !schools.contains(&seat(index).0))
            });
            if let Some(index) = found {
                taken.extend([index, index + 1]);
                schools.insert(seat(index).0);
                planted.0.insert(index, fault);
            }
        }
        planted
    }

    /// The fault on this person.
    #[must_use]
    pub fn on(&self, index: u64) -> Option<&'static Fault> {
        self.0.get(&index).copied()
    }

    /// The fault on this person, where it is one of this table.
    #[must_use]
    pub fn of(&self, register: RegisterId, index: u64) -> Option<&'static Fault> {
        self.on(index).filter(|fault| fault.register == register)
    }

    /// Where a fault is planted.
    #[must_use]
    pub fn place(&self, id: FaultId) -> Option<u64> {
        self.0
            .iter()
            .find(|(_, fault)| fault.id == id)
            .map(|(index, _)| *index)
    }

    /// The faults of this table with the organisations of those on whom they are planted.
    pub fn organisations(
        &self,
        register: RegisterId,
    ) -> impl Iterator<Item = (u64, &'static Fault)> {
        let here = self
            .0
            .iter()
            .filter(move |(_, fault)| fault.register == register);
        here.map(|(index, fault)| (seat(*index).0, *fault))
    }
}

/// A fault of a table that is not one of people.
#[must_use]
pub fn fault(id: FaultId) -> Option<&'static Fault> {
    faults().iter().find(|fault| fault.id == id)
}

fn fits(seed: u64, staff: u64, index: u64, needs: Needs) -> bool {
    let plain = |person: &Person| {
        person.teaches() && person.employment == MAIN && !person.leave && !person.methodist
    };
    let person_here = person(seed, index);
    if !plain(&person_here) || seat(index).1 < 3 {
        return false;
    }
    match needs {
        Needs::Teacher => !person_here.young && person_here.dismissed.is_none(),
        Needs::Elsewhere => count(staff) > 1 && fits(seed, staff, index, Needs::Teacher),
        Needs::Young => {
            person_here.young && person_here.teaching_since >= Some(super::town::day(2022, 1, 1))
        }
        Needs::School => !person_here.young && organisation(seed, seat(index).0).kind.is_school(),
        Needs::Pair => {
            let next = person(seed, index + 1);
            index + 1 < staff && next.organisation == person_here.organisation && plain(&next)
        }
        Needs::Nobody => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Needs, Planted, faults};
    use crate::finding;

    #[test]
    fn every_code_is_known() {
        for fault in faults().iter().filter(|fault| !fault.code.is_empty()) {
            assert!(
                finding::catalogue().contains_key(&fault.code),
                "{:?}",
                fault.id
            );
        }
    }

    #[test]
    fn every_fault_is_planted_in_a_usual_town_and_a_small_one_takes_what_fits() {
        let people = faults()
            .iter()
            .filter(|fault| fault.needs != Needs::Nobody)
            .count();
        for seed in 0..20 {
            assert_eq!(Planted::new(seed, 1000).0.len(), people);
            assert!(Planted::new(seed, 40).0.len() < people);
            assert!(Planted::new(seed, 1).0.is_empty());
        }
    }
}
