//! The organisations: four for every hundred of the staff, a large school, a smaller one, a
//! kindergarten, and a kindergarten or a centre of additional education in turn.

use chrono::NaiveDate;

use super::chance::{Draw, Series};
use super::town::day;
use super::words::{Staff, words};

/// How many of the staff four organisations have together.
pub const BLOCK: u64 = 100;

/// Where in its hundred each of the four begins.
const BEGINS: [u64; 4] = [0, 40, 68, 88];

/// A kind of organisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// СОШ.
    School,
    /// Гимназия.
    Gymnasium,
    /// Лицей.
    Lyceum,
    /// Детский сад.
    Kindergarten,
    /// Дополнительное образование.
    Extra,
}

impl Kind {
    /// What stands in «Тип».
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::School | Self::Gymnasium | Self::Lyceum => "общеобразовательная",
            Self::Kindergarten => "дошкольная",
            Self::Extra => "дополнительное образование",
        }
    }

    /// Whether it is a school of general education.
    #[must_use]
    pub fn is_school(self) -> bool {
        matches!(self, Self::School | Self::Gymnasium | Self::Lyceum)
    }

    /// Who works there.
    #[must_use]
    pub fn staff(self) -> &'static Staff {
        match self {
            Self::School | Self::Gymnasium | Self::Lyceum => &words().school,
            Self::Kindergarten => &words().kindergarten,
            Self::Extra => &words().extra,
        }
    }
}

/// An organisation.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its kind.
    pub kind: Kind,
    /// Its number among its kind.
    pub number: u64,
    /// The proper name of a kindergarten.
    pub proper: &'static str,
    /// Whether it is in the mentoring model, and since when.
    pub included: Option<NaiveDate>,
    /// When it was opened.
    pub opened: NaiveDate,
}

/// The organisation where somebody of the staff works, and their number in it.
#[must_use]
pub fn seat(person: u64) -> (u64, u64) {
    let (block, place) = (person / BLOCK, person % BLOCK);
    let slot = BEGINS
        .iter()
        .rposition(|begin| *begin <= place)
        .unwrap_or_default();
    let begin = BEGINS.get(slot).copied().unwrap_or_default();
    (block * 4 + slot as u64, place - begin)
}

/// How many organisations a staff of this size has.
#[must_use]
pub fn count(staff: u64) -> u64 {
    staff.checked_sub(1).map_or(0, |last| seat(last).0 + 1)
}

/// An organisation by its index.
#[must_use]
pub fn organisation(seed: u64, index: u64) -> Organisation {
    let mut draw = Draw::new(seed, Series::Organisation, index);
    let (block, slot) = (index / 4, index % 4);
    let kind = match slot {
        0 | 1 => match draw.below(6) {
            0 => Kind::Gymnasium,
            1 => Kind::Lyceum,
            _ => Kind::School,
        },
        2 => Kind::Kindergarten,
        _ if block % 2 == 0 => Kind::Kindergarten,
        _ => Kind::Extra,
    };
    let number = match kind {
        Kind::Kindergarten => block / 2 * 3 + 1 + if block % 2 == 0 { slot - 2 } else { 2 },
        Kind::Extra => block / 2 + 1,
        _ => block * 2 + slot + 1,
    };
    let proper = match kind {
        Kind::Kindergarten => draw.pick(&words().kindergarten.names),
        _ => "",
    };
    let included = draw
        .happens(62)
        .then(|| draw.day(day(2021, 9, 1), day(2024, 12, 1)));
    let opened = draw.day(day(1961, 1, 1), day(2019, 12, 31));
    Organisation {
        kind,
        number,
        proper,
        included,
        opened,
    }
}

impl Organisation {
    /// Its name in the table of organisations and in that of the staff.
    #[must_use]
    pub fn name(&self) -> String {
        let number = self.number;
        match self.kind {
            Kind::School => format!("МБОУ СОШ № {number}"),
            Kind::Gymnasium => format!("МАОУ гимназия № {number}"),
            Kind::Lyceum => format!("МБОУ лицей № {number}"),
            Kind::Kindergarten => format!("МБДОУ детский сад № {number} «{}»", self.proper),
            Kind::Extra => format!("МБУДО ЦДТ № {number}"),
        }
    }

    /// One of the spellings that mean the same without any doubt.
    #[must_use]
    pub fn spelling(&self, draw: &mut Draw) -> String {
        if draw.happens(70) {
            return self.name();
        }
        let number = self.number;
        match (self.kind, draw.happens(50)) {
            (Kind::School, true) => format!("МБОУ СОШ №{number}"),
            (Kind::School, false) => format!(
                "Муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная школа №{number}"
            ),
            (Kind::Gymnasium, true) => format!("МАОУ Гимназия №{number}"),
            (Kind::Gymnasium, false) => format!("МАОУ «Гимназия № {number}»"),
            (Kind::Lyceum, true) => format!("МБОУ Лицей №{number}"),
            (Kind::Lyceum, false) => format!("МБОУ «Лицей № {number}»"),
            (Kind::Kindergarten, true) => format!("МБДОУ д/с № {number} \"{}\"", self.proper),
            (Kind::Kindergarten, false) => format!("МБДОУ Детский сад №{number} «{}»", self.proper),
            (Kind::Extra, true) => format!("МБУДО ЦДТ №{number}"),
            (Kind::Extra, false) => format!("МБУДО «ЦДТ № {number}»"),
        }
    }

    /// Its name with two letters of the kind in the wrong order.
    #[must_use]
    pub fn misspelt(&self) -> String {
        let number = self.number;
        match self.kind {
            Kind::School => format!("МБОУ СШО № {number}"),
            Kind::Gymnasium => format!("МАОУ гинмазия № {number}"),
            Kind::Lyceum => format!("МБОУ леций № {number}"),
            Kind::Kindergarten => format!("МБДОУ десткий сад № {number}"),
            Kind::Extra => format!("МБУДО ЦТД № {number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{count, organisation, seat};
    use std::collections::BTreeSet;

    #[test]
    fn four_organisations_share_a_hundred() {
        assert_eq!(seat(0), (0, 0));
        assert_eq!(seat(39), (0, 39));
        assert_eq!(seat(40), (1, 0));
        assert_eq!(seat(99), (3, 11));
        assert_eq!(seat(100), (4, 0));
        assert_eq!([count(1), count(40), count(41), count(1000)], [1, 1, 2, 40]);
    }

    #[test]
    fn no_two_organisations_share_a_name() {
        let names: BTreeSet<String> = (0..4000)
            .map(|index| organisation(5, index).name())
            .collect();
        assert_eq!(names.len(), 4000);
    }
}
