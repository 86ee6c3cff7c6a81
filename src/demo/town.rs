//! The made-up town: a seed, the size of its staff, and what is wrong in its tables on purpose.

use chrono::NaiveDate;

use super::chance::Draw;
use super::faults::{FaultId, Planted};
use super::organisation::{Organisation, organisation};
use super::person::{Person, person};
use super::snils;

/// The last day of the period around which everything happens, 2024-Q3.
pub const AS_OF: NaiveDate = day(2024, 9, 30);

/// A day of the calendar.
#[must_use]
pub const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// A town. Nothing of its people is kept: each is drawn again where they are needed.
#[derive(Debug)]
pub struct Town {
    /// What everything follows from.
    pub seed: u64,
    /// How many rows of people the staff table has, but for those of faults.
    pub staff: u64,
    /// What is wrong, and on whom.
    pub planted: Planted,
}

impl Town {
    /// A town of this size.
    #[must_use]
    pub fn new(seed: u64, staff: u64) -> Self {
        Self {
            seed,
            staff,
            planted: Planted::new(seed, staff),
        }
    }

    /// Somebody of the staff.
    #[must_use]
    pub fn person(&self, index: u64) -> Person {
        let mut found = person(self.seed, index);
        // The second of two namesakes bears the name of the first.
        let twin = index
            .checked_sub(1)
            .filter(|&first| self.planted.place(FaultId::Namesakes) == Some(first));
        if let Some(first) = twin {
            let first = person(self.seed, first);
            (found.surname, found.given, found.patronymic) =
                (first.surname, first.given, first.patronymic);
        }
        found
    }

    /// All of the staff with their indexes.
    pub fn people(&self) -> impl Iterator<Item = (u64, Person)> + '_ {
        (0..self.staff).map(|index| (index, self.person(index)))
    }

    /// An organisation.
    #[must_use]
    pub fn organisation(&self, index: u64) -> Organisation {
        organisation(self.seed, index)
    }

    /// The СНИЛС of somebody of the staff; from [`Town::staff`] on, those that nobody has.
    #[must_use]
    pub fn snils(&self, index: u64) -> String {
        snils::of(index, self.seed)
    }

    /// The organisation of a person in one of its spellings.
    #[must_use]
    pub fn spelling(&self, person: &Person, draw: &mut Draw) -> String {
        self.organisation(person.organisation).spelling(draw)
    }
}
