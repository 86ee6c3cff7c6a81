//! Who somebody of the staff is: everything follows from the seed and their index.

use chrono::{Months, NaiveDate};

use super::chance::{Draw, Series};
use super::organisation::{BLOCK, organisation, seat};
use super::town::{AS_OF, day};
use super::words::{Surnames, words};

/// The place in each hundred of the regional methodist.
pub const METHODIST: u64 = 5;

/// What a position is counted as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Педагогические работники.
    Teacher,
    /// Управленческие кадры.
    Manager,
    /// Neither.
    Other,
}

/// Somebody of the staff.
#[derive(Clone, Debug)]
pub struct Person {
    /// The surname.
    pub surname: String,
    /// The given name.
    pub given: &'static str,
    /// The patronymic.
    pub patronymic: String,
    /// The day of birth.
    pub birth: NaiveDate,
    /// The index of the organisation.
    pub organisation: u64,
    /// The position as it is written.
    pub position: &'static str,
    /// What the position is counted as.
    pub role: Role,
    /// The day of hire.
    pub hired: NaiveDate,
    /// The day of dismissal.
    pub dismissed: Option<NaiveDate>,
    /// «Вид занятости».
    pub employment: &'static str,
    /// Whether on long leave.
    pub leave: bool,
    /// The start of pedagogical work, of teachers and managers.
    pub teaching_since: Option<NaiveDate>,
    /// Whether a regional methodist.
    pub methodist: bool,
    /// Whether a teacher in the first years of work, younger than 35.
    pub young: bool,
}

/// Main employment.
pub const MAIN: &str = "основное место работы";

/// Somebody of the staff by their index.
#[must_use]
pub fn person(seed: u64, index: u64) -> Person {
    let mut draw = Draw::new(seed, Series::Person, index);
    let (home, place) = seat(index);
    let kind = organisation(seed, home).kind;
    let methodist = index % BLOCK == METHODIST;
    let staff = kind.staff();
    let (role, position) = if place == 0 {
        (Role::Manager, staff.head.as_str())
    } else if methodist {
        (Role::Teacher, draw.pick(&staff.teachers))
    } else if place <= 2 && kind.is_school() {
        (Role::Manager, draw.pick(&staff.deputies))
    } else if place == 1 {
        // «Старший воспитатель» of a kindergarten is a teacher.
        let role = if kind.title() == "дошкольная" {
            Role::Teacher
        } else {
            Role::Manager
        };
        (role, draw.pick(&staff.deputies))
    } else if draw.happens(12) {
        (Role::Other, draw.pick(&staff.others))
    } else {
        (Role::Teacher, draw.pick(&staff.teachers))
    };
    let (surname, given, patronymic) = name(&mut draw);
    let young = role == Role::Teacher && !methodist && draw.happens(12);
    let birth = match (role, young) {
        (_, true) => draw.day(day(1992, 1, 1), day(2002, 6, 30)),
        (Role::Manager, _) => draw.day(day(1956, 1, 1), day(1988, 12, 31)),
        _ => draw.day(day(1955, 1, 1), day(1997, 12, 31)),
    };
    let start = if young {
        let adult = birth
            .checked_add_months(Months::new(20 * 12))
            .unwrap_or(birth);
        draw.day(adult.max(day(2021, 8, 1)), day(2024, 9, 2))
    } else {
        let adult = birth
            .checked_add_months(Months::new(21 * 12))
            .unwrap_or(birth);
        draw.day(
            adult,
            adult.checked_add_months(Months::new(30)).unwrap_or(adult),
        )
    };
    let hired = match draw.below(100) {
        _ if methodist || young => start.max(day(1980, 1, 1)),
        0..3 => draw.day(day(2024, 7, 1), day(2024, 9, 30)),
        3..5 => draw.day(day(2024, 10, 1), day(2024, 12, 20)),
        _ => draw.day(start, day(2024, 6, 30)),
    };
    let dismissed = (!methodist && hired < day(2024, 1, 1) && draw.happens(5))
        .then(|| draw.day(hired.max(day(2023, 9, 1)), day(2024, 12, 20)));
    let employment = match draw.below(100) {
        _ if methodist || place < 3 => MAIN,
        0..3 => "внешнее совместительство",
        3..5 => "внутреннее совместительство",
        5 => "договор ГПХ",
        _ => MAIN,
    };
    let leave = !methodist && draw.happens(2);
    Person {
        surname,
        given,
        patronymic,
        birth,
        organisation: home,
        position,
        role,
        hired,
        dismissed,
        employment,
        leave,
        teaching_since: (role != Role::Other).then_some(start),
        methodist,
        young,
    }
}

impl Person {
    /// The full name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {} {}", self.surname, self.given, self.patronymic)
    }

    /// The surname and initials.
    #[must_use]
    pub fn initials(&self) -> String {
        let letter = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
        format!(
            "{} {}. {}.",
            self.surname,
            letter(self.given),
            letter(&self.patronymic)
        )
    }

    /// Whether hired by the as-of date, and not as an external part-timer or by a civil contract.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.hired <= AS_OF && (self.employment == MAIN || self.employment.starts_with("внутр"))
    }

    /// Whether counted as working on the as-of date.
    #[must_use]
    pub fn is_employed(&self) -> bool {
        self.is_own() && self.dismissed.is_none_or(|day| day > AS_OF)
    }

    /// Whether a teacher working on the as-of date.
    #[must_use]
    pub fn teaches(&self) -> bool {
        self.role == Role::Teacher && self.is_employed()
    }
}

fn name(draw: &mut Draw) -> (String, &'static str, String) {
    let words = words();
    let woman = draw.happens(86);
    let sum: usize = words.surnames.iter().map(|group| group.stems.len()).sum();
    let mut number = draw.index(sum);
    let mut surname = String::new();
    for Surnames { endings, stems } in &words.surnames {
        if let Some(stem) = stems.get(number) {
            let ending = endings.get(draw.index(endings.len()));
            let [his, hers] = ending.map_or(["", ""], |[his, hers]| [his.as_str(), hers.as_str()]);
            surname = format!("{stem}{}", if woman { hers } else { his });
            break;
        }
        number -= stems.len();
    }
    let given = draw.pick(if woman {
        &words.women.given
    } else {
        &words.men.given
    });
    let patronymic = draw.pick(&words.patronymics.stems);
    (
        surname,
        given,
        format!("{patronymic}{}", if woman { "на" } else { "ич" }),
    )
}

#[cfg(test)]
mod tests {
    use super::{MAIN, Role, person};
    use std::collections::BTreeSet;

    #[test]
    fn lives_hold_together() {
        for index in 0..20_000 {
            let person = person(1, index);
            let start = person.teaching_since.unwrap_or(person.hired);
            assert!(person.birth < start, "{person:?}");
            assert!(start <= person.hired, "{person:?}");
            assert!(
                person.dismissed.is_none_or(|day| day >= person.hired),
                "{person:?}"
            );
            assert!(!person.methodist || (person.is_employed() && person.role == Role::Teacher));
            assert!(person.role != Role::Manager || person.employment == MAIN || !person.methodist);
        }
    }

    #[test]
    fn namesakes_are_rare() {
        let names: BTreeSet<String> = (0..20_000).map(|index| person(1, index).name()).collect();
        assert!(names.len() > 19_800, "{}", names.len());
        assert!(names.len() < 20_000, "{}", names.len());
    }

    #[test]
    fn most_of_the_staff_teach() {
        let teachers = (0..10_000)
            .filter(|&index| person(1, index).role == Role::Teacher)
            .count();
        assert!((7_000..8_500).contains(&teachers), "{teachers}");
    }
}
