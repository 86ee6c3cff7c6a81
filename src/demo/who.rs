//! How a record names its person: mostly by full name and СНИЛС, sometimes by name and date of
//! birth, with the organisation in one of its spellings.

use super::chance::{Draw, later};
use super::faults::{Fault, FaultId};
use super::person::Person;
use super::table::{Cell, Column};
use super::town::Town;

/// The columns that name a person.
pub const COLUMNS: [Column; 4] = [
    ("ФИО педагога", 38),
    ("Место работы", 34),
    ("СНИЛС", 16),
    ("Дата рождения", 13),
];

/// The cells that name a person.
pub type Who<'a> = [Cell<'a>; 4];

/// The cells that name a person in one record.
#[must_use]
pub fn who<'a>(town: &Town, index: u64, person: &Person, draw: &mut Draw) -> Who<'a> {
    // Of whom something is wrong, records speak plainly, so that nothing else is.
    let plain = town.planted.on(index).is_some();
    let mut name = person.name();
    if draw.happens(10) {
        name = name.replace('ё', "е").replace('Ё', "Е");
    }
    if draw.happens(3) {
        name = name.to_uppercase();
    }
    let by_birth = draw.happens(5) && !plain;
    let both = draw.happens(10);
    [
        name.into(),
        town.spelling(person, draw).into(),
        if by_birth {
            "".into()
        } else {
            town.snils(index).into()
        },
        if by_birth || both {
            person.birth.into()
        } else {
            "".into()
        },
    ]
}

/// The same with what is wrong about it.
#[must_use]
pub fn wrong<'a>(
    town: &Town,
    index: u64,
    person: &Person,
    fault: &Fault,
    draw: &mut Draw,
) -> Who<'a> {
    let [name, organisation, snils, _] = who(town, index, person, draw);
    let none = || Cell::from("");
    match fault.id {
        FaultId::PersonUnknown | FaultId::NameSettled => {
            [misspelt(person).into(), organisation, none(), none()]
        }
        FaultId::NameChanged => [misspelt(person).into(), organisation, snils, none()],
        FaultId::Namesakes => [name, organisation, none(), none()],
        FaultId::BirthOther => [name, organisation, none(), later(person.birth, 400).into()],
        FaultId::SnilsForeign => [
            name,
            organisation,
            town.snils(town.staff + index).into(),
            none(),
        ],
        FaultId::Initials => [person.initials().into(), organisation, none(), none()],
        FaultId::InitialsAlone => [person.initials().into(), none(), none(), none()],
        _ => [name, organisation, snils, none()],
    }
}

/// The full name with another surname: its second and third letters in the wrong order, or the
/// second one twice where they are the same.
#[must_use]
pub fn misspelt(person: &Person) -> String {
    let mut letters: Vec<char> = person.surname.chars().collect();
    match letters.get(1..3) {
        Some([second, third]) if second != third => letters.swap(1, 2),
        _ => letters.insert(1, letters.get(1).copied().unwrap_or('е')),
    }
    let surname: String = letters.into_iter().collect();
    format!("{surname} {} {}", person.given, person.patronymic)
}
