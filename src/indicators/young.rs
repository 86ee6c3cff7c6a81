//! Young teachers in their first years of work (methodology §2.6).

use chrono::NaiveDate;

use super::context::Context;
use crate::finding::{Code, Findings, Message};
use crate::people::PersonId;
use crate::people::roster::{Decided, Person, decided};
use crate::period::anniversary;
use crate::registers::record::{Experience, KeptDate};
use crate::registers::{Field, RegisterId};

const E_NO_BIRTH: Code = Code("E721");
const E_NO_START: Code = Code("E722");
const W_START_AFTER: Code = Code("W723");

/// The denominator of 4.1.3.6, and what the report says beside it.
#[derive(Clone, Debug, Default)]
pub struct Young {
    /// The people of the denominator, in the order of the roster.
    pub people: Vec<PersonId>,
    /// How many teachers in the first years of work are aged exactly `max_age`.
    pub exactly_max_age: u64,
    /// How many teachers were left out for want of a date.
    pub left_out: u64,
}

/// How a test of a person came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Test {
    Yes,
    No,
    Unknown,
}

/// Finds the young teachers. Whoever lacks a date that would decide is left out and reported.
pub fn young(context: &Context<'_>, findings: &mut Findings) -> Young {
    let mut young = Young::default();
    let rules = &context.settings.young;
    let max_age = i32::try_from(rules.max_age).unwrap_or(i32::MAX / 4);
    for id in context.roster.teachers() {
        let person = context.roster.person(id);
        let bound = if rules.inclusive {
            max_age.saturating_add(1)
        } else {
            max_age
        };
        let age = age_below(person.birth, bound, context.as_of());
        let first_years = if rules.first_years {
            in_first_years(context, person)
        } else {
            Test::Yes
        };
        if first_years == Test::Yes
            && age_below(person.birth, max_age, context.as_of()) == Test::No
            && age_below(person.birth, max_age.saturating_add(1), context.as_of()) == Test::Yes
        {
            young.exactly_max_age += 1;
        }
        match (age, first_years) {
            (Test::Yes, Test::Yes) => young.people.push(id),
            (Test::No, _) | (_, Test::No) => continue,
            (Test::Unknown, _) => {
                young.left_out += 1;
                report(
                    context,
                    person,
                    E_NO_BIRTH,
                    Field::BirthDate,
                    "возраст не определить: нет даты рождения",
                    findings,
                );
            }
            (_, Test::Unknown) => {
                young.left_out += 1;
                let what =
                    "стаж не определить: нет ни даты начала педагогической деятельности, ни стажа";
                report(
                    context,
                    person,
                    E_NO_START,
                    Field::TeachingSince,
                    what,
                    findings,
                );
            }
        }
        if person.teaching_since.decided(|day| day > context.as_of()) == Decided::Yes
            && age == Test::Yes
        {
            let what = "педагогическая деятельность начинается после отчётной даты: стаж считается нулевым";
            report(
                context,
                person,
                W_START_AFTER,
                Field::TeachingSince,
                what,
                findings,
            );
        }
    }
    young
}

/// Whether a person is younger than `years` full years on D.
fn age_below(birth: KeptDate, years: i32, as_of: NaiveDate) -> Test {
    match decided(birth, |day| anniversary(day, years) > as_of) {
        Decided::Yes => Test::Yes,
        Decided::No => Test::No,
        Decided::Empty | Decided::Unreadable => Test::Unknown,
    }
}

/// Whether D is earlier than the anniversary of the start of pedagogical work.
fn in_first_years(context: &Context<'_>, person: &Person) -> Test {
    let years = context.settings.young.years;
    let signed = i32::try_from(years).unwrap_or(i32::MAX / 4);
    match person
        .teaching_since
        .decided(|day| context.as_of() < anniversary(day, signed))
    {
        Decided::Yes => return Test::Yes,
        Decided::No => return Test::No,
        Decided::Empty | Decided::Unreadable => {}
    }
    match person.experience {
        Some(experience) if experience.0 < years.saturating_mul(Experience::YEAR) => Test::Yes,
        Some(_) => Test::No,
        None => Test::Unknown,
    }
}

fn report(
    context: &Context<'_>,
    person: &Person,
    code: Code,
    field: Field,
    what: &str,
    findings: &mut Findings,
) {
    let Some(post) = person
        .posts
        .iter()
        .find(|post| post.employed() && post.teacher)
    else {
        return;
    };
    let at = context.dataset.staff[post.row as usize].at;
    let place = context.dataset.place(at, field);
    let seen = Message::plain("«")
        .personal(context.dataset.text(person.name))
        .then(format!("»: {what}"));
    findings.add(code, Some(RegisterId::Staff), place, seen);
}
