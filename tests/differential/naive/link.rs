//! Whose a record is (methodology §4, 2 to 4).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::staff::Person;
use crate::towns::spelling::{GIVEN, PATRONYMICS};
use crate::towns::town::{Means, Name, Register, Town};

/// What a record says of its person.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    pub spelled: &'a Means,
    pub organisation: Option<usize>,
    pub snils: Option<u32>,
    pub birth: Option<NaiveDate>,
}

/// The person of a record among `people`; none where nobody fits, or two.
pub fn find(town: &Town, people: &[Person<'_>], said: Said<'_>) -> Option<usize> {
    // 2. «The sheet «Соответствия» decides first, where it names the record's spelling.»
    // The line gives the name; among several of that name the record decides.
    let by_name = |name: Name| {
        let bearers = (0..people.len()).filter(|&who| people[who].bears(name));
        among(people, bearers.collect(), said)
    };
    if let Some(settled) = settled(town, people, said, by_name) {
        return settled;
    }
    // 3. «by a valid СНИЛС»
    if let Some(number) = said.snils
        && let Some(bearer) = people
            .iter()
            .position(|person| person.snils == Some(number))
    {
        return Some(bearer);
    }
    let could_be = |person: &Person<'_>| {
        // «A valid СНИЛС that nobody has lets the name decide only when its bearer has no valid СНИЛС.»
        let number = said.snils.is_none() || person.snils.is_none();
        // «A date of birth that contradicts the person's own refuses a match by name.»
        let birth = said
            .birth
            .zip(person.birth)
            .is_none_or(|(said, own)| said == own);
        number && birth
    };
    match said.spelled {
        Means::Name(name) => {
            let bearers =
                (0..people.len()).filter(|&who| people[who].bears(*name) && could_be(&people[who]));
            among(people, bearers.collect(), said)
        }
        // 4. «taken when exactly one employed person of the record's organisation fits; without an
        // organisation it is not taken»
        Means::Initials(name) => {
            let here = said.organisation?;
            only((0..people.len()).filter(|&who| {
                let person = &people[who];
                let works = person
                    .rows
                    .iter()
                    .any(|row| row.employed && row.organisation == here);
                works && fits(person, *name) && could_be(person)
            }))
        }
        _ => None,
    }
}

/// «Among several people of that name, date of birth and then organisation decide.»
fn among(people: &[Person<'_>], bearers: Vec<usize>, said: Said<'_>) -> Option<usize> {
    let several = bearers.len() > 1;
    let birth = |who: &usize| said.birth.zip(people[*who].birth);
    let same = bearers
        .iter()
        .copied()
        .filter(|who| birth(who).is_some_and(|(said, own)| said == own));
    let other = bearers
        .iter()
        .copied()
        .filter(|who| birth(who).is_none_or(|(said, own)| said == own));
    let (born, unborn): (Vec<usize>, Vec<usize>) = (same.collect(), other.collect());
    let left = match several {
        true if !born.is_empty() => born,
        true => unborn,
        false => bearers,
    };
    if left.len() > 1 {
        let here = said.organisation;
        return only(
            left.into_iter()
                .filter(|&who| here.is_some_and(|here| people[who].works_in(here))),
        );
    }
    only(left.into_iter())
}

/// What «Соответствия» say of a spelling: none where they are silent, or settle nothing. `by_name`
/// finds the one of a full name.
pub fn settled(
    town: &Town,
    people: &[Person<'_>],
    said: Said<'_>,
    by_name: impl Fn(Name) -> Option<usize>,
) -> Option<Option<usize>> {
    let mut told: BTreeSet<(Option<usize>, String)> = BTreeSet::new();
    for table in town
        .tables
        .iter()
        .filter(|table| table.register == Register::Links)
    {
        for row in &table.rows {
            let cell = |column: &str| table.cell(row, column);
            // «Организация» is the record's.
            let here = match cell("Организация") {
                Means::Organisation(place) => said.organisation == Some(*place),
                _ => true,
            };
            if !here || !same_spelling(cell("Как записано"), said.spelled) {
                continue;
            }
            let who = match cell("Кто это") {
                Means::Name(name) => by_name(*name),
                Means::Snils(number) => people
                    .iter()
                    .position(|person| person.snils == Some(*number)),
                // «Кто это» = «нет» says that it is nobody of the staff.
                _ => None,
            };
            // Two lines say the same when they lead to one person, or use the same words.
            let words = if who.is_some() {
                String::new()
            } else {
                format!("{:?}", cell("Кто это"))
            };
            told.insert((who, words));
        }
    }
    // «two lines that say different things of one spelling settle nothing»
    told.first()
        .map(|(who, _)| *who)
        .filter(|_| told.len() == 1)
}

/// Whether the surname and the initials are the person's.
pub fn fits(person: &Person<'_>, written: Name) -> bool {
    person
        .rows
        .iter()
        .any(|row| same_initials(row.name, written))
}

/// The only one of several.
pub fn only(mut among: impl Iterator<Item = usize>) -> Option<usize> {
    let first = among.next();
    first.filter(|_| among.next().is_none())
}

fn same_initials(one: Name, other: Name) -> bool {
    let letter = |word: &str| word.chars().next();
    one.surname == other.surname
        && letter(GIVEN[one.given]) == letter(GIVEN[other.given])
        && letter(PATRONYMICS[one.patronymic]) == letter(PATRONYMICS[other.patronymic])
}

fn same_spelling(one: &Means, other: &Means) -> bool {
    match (one, other) {
        (Means::Name(one), Means::Name(other)) => one == other,
        (Means::Initials(one), Means::Initials(other)) => same_initials(*one, *other),
        _ => false,
    }
}
