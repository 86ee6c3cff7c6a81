//! Chance that repeats: SplitMix64 over (seed, what is drawn, its number). No state passes from one
//! person to the next, so any fact of anybody can be drawn again, on any machine.

use chrono::{Days, NaiveDate};

/// What a series of draws is for. Its number keeps the series apart.
#[derive(Clone, Copy, Debug)]
pub enum Series {
    /// Who a person is.
    Person = 1,
    /// An organisation.
    Organisation,
    /// The diagnostics of a person.
    Diagnostics,
    /// The courses of a person.
    Courses,
    /// The ИОМ of a person.
    Ioms,
    /// The status of a methodist.
    Methodists,
    /// The assignment of a teacher.
    Assignments,
    /// The support of a young teacher.
    Support,
    /// The answers of a person.
    Survey,
    /// Where faults stand.
    Faults,
}

/// One series of draws.
#[derive(Clone, Debug)]
pub struct Draw(u64);

/// The step of SplitMix64.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Draw {
    /// The series of this purpose and number.
    #[must_use]
    pub fn new(seed: u64, series: Series, number: u64) -> Self {
        let mixed = mix(seed.wrapping_add((series as u64).wrapping_mul(STEP)));
        Self(mix(mixed.wrapping_add(number.wrapping_mul(STEP))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number from 0 to `end` − 1; 0 where `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        // The high half of the product: no division, and no remainder that favours small numbers.
        let product = u128::from(self.next()) * u128::from(end);
        u64::try_from(product >> 64).unwrap_or_default()
    }

    /// Whether something happens that happens this often, in per cent.
    pub fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One text of a list; nothing of an empty one.
    pub fn pick<'a>(&mut self, list: &'a [String]) -> &'a str {
        let number = self.index(list.len());
        list.get(number).map_or("", String::as_str)
    }

    /// An index of a list of this length.
    pub fn index(&mut self, length: usize) -> usize {
        let number = self.below(u64::try_from(length).unwrap_or(u64::MAX));
        usize::try_from(number).unwrap_or_default()
    }

    /// A day from `first` to `last`, both included; `first` where `last` is earlier.
    pub fn day(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let days = u64::try_from((last - first).num_days()).unwrap_or_default();
        let number = self.below(days + 1);
        later(first, number)
    }
}

/// The day that comes this many days after `day`.
#[must_use]
pub fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// The finishing mix of SplitMix64.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Draw, Series, mix};

    #[test]
    fn the_mix_is_that_of_splitmix64() {
        // The first number of the published generator from the state 0.
        assert_eq!(mix(super::STEP), 0xE220_A839_7B1D_CDAF);
    }

    #[test]
    fn draws_depend_on_seed_series_and_number_alone() {
        let draw = |seed, series, number| Draw::new(seed, series, number).below(1 << 60);
        assert_eq!(draw(1, Series::Person, 7), draw(1, Series::Person, 7));
        assert_ne!(draw(1, Series::Person, 7), draw(2, Series::Person, 7));
        assert_ne!(draw(1, Series::Person, 7), draw(1, Series::Courses, 7));
        assert_ne!(draw(1, Series::Person, 7), draw(1, Series::Person, 8));
    }

    #[test]
    fn draws_stay_below_their_end_and_reach_all_of_it() {
        let mut draw = Draw::new(1, Series::Person, 0);
        let mut met = [false; 6];
        for _ in 0..200 {
            met[usize::try_from(draw.below(6)).unwrap()] = true;
        }
        assert_eq!(met, [true; 6]);
        assert_eq!(draw.below(0), 0);
        assert_eq!(draw.pick(&[]), "");
    }
}
