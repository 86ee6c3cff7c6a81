//! What cells of dates, of yes and no, of СНИЛС and of experience say, as records keep it.

use std::fmt;
use std::num::NonZeroU32;

use chrono::{Datelike, NaiveDate};

/// A СНИЛС whose check digits are right, in four bytes: its first nine digits, from which the last two
/// follow. One of the first, which carry no check digits, is all its digits above the greatest of
/// those.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Snils(NonZeroU32);

impl Snils {
    /// The last number that was given out without check digits: 001-001-998.
    const UNCHECKED: u64 = 1_001_998;
    /// Above all numbers of nine digits.
    const ABOVE: u64 = 1_000_000_000;

    /// The СНИЛС of these digits, leading zeros aside; `whole` says that all eleven stand there. None
    /// where the check digits are wrong, or there are none and the digits are not whole.
    #[must_use]
    pub fn checked(digits: u64, whole: bool) -> Option<Self> {
        let (number, check) = (digits / 100, digits % 100);
        let kept = match number {
            1..=Self::UNCHECKED if whole => Self::ABOVE + digits,
            0..=Self::UNCHECKED => return None,
            _ if check == check_digits(number) => number,
            _ => return None,
        };
        u32::try_from(kept).ok().and_then(NonZeroU32::new).map(Self)
    }

    /// All eleven digits, as a number.
    #[must_use]
    pub fn digits(self) -> u64 {
        match u64::from(self.0.get()) {
            kept @ Self::ABOVE.. => kept - Self::ABOVE,
            number => number * 100 + check_digits(number),
        }
    }
}

/// The check digits of the nine digits of a СНИЛС: their sum with weights from 9 to 1, modulo 101,
/// where 100 is 00.
#[must_use]
pub fn check_digits(number: u64) -> u64 {
    let mut rest = number;
    let mut sum = 0;
    for weight in 1..=9 {
        sum += rest % 10 * weight;
        rest /= 10;
    }
    sum % 101 % 100
}

/// What a cell of a date column says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DateCell {
    /// Nothing, or «-», «нет», «н/д».
    #[default]
    Empty,
    /// A day.
    Day(NaiveDate),
    /// A bare month of a year (staff and organisation dates alone; elsewhere it is unreadable).
    Month(i32, u8),
    /// A bare year (staff and organisation dates alone; elsewhere it is unreadable).
    Year(i32),
    /// Something that is no date; a finding says so.
    Unreadable,
}

impl DateCell {
    /// The day, where the cell names one.
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The first and the last day that the cell may mean; none when it is empty or unreadable.
    #[must_use]
    pub fn span(self) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Month(year, month) => {
                let first = NaiveDate::from_ymd_opt(year, month.into(), 1)?;
                Some((first, crate::period::last_of_month(first)))
            }
            Self::Year(year) => Some((
                NaiveDate::from_ymd_opt(year, 1, 1)?,
                NaiveDate::from_ymd_opt(year, 12, 31)?,
            )),
            Self::Empty | Self::Unreadable => None,
        }
    }
}

/// A [`DateCell`] in four bytes, as records keep it: a kind in the lowest two bits, above it the year
/// and the day of the year, the year and the month, or the year alone; where there is no date,
/// whether there was anything.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct KeptDate(i32);

impl KeptDate {
    const KIND_NO_DATE: i32 = 0;
    const KIND_DAY: i32 = 1;
    const KIND_MONTH: i32 = 2;
    const KIND_YEAR: i32 = 3;
    /// More than the days of any year.
    const DAYS: i32 = 512;

    /// What the cell says.
    #[must_use]
    pub fn cell(self) -> DateCell {
        let Self(kept) = self;
        let (kind, rest) = (kept & 3, kept >> 2);
        let (year, within) = (rest.div_euclid(Self::DAYS), rest.rem_euclid(Self::DAYS));
        match kind {
            Self::KIND_DAY => NaiveDate::from_yo_opt(year, within.unsigned_abs())
                .map_or(DateCell::Unreadable, DateCell::Day),
            Self::KIND_MONTH => u8::try_from(within)
                .map_or(DateCell::Unreadable, |month| DateCell::Month(year, month)),
            Self::KIND_YEAR => DateCell::Year(year),
            _ if rest == 0 => DateCell::Empty,
            _ => DateCell::Unreadable,
        }
    }

    /// The day, where the cell names one.
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        self.cell().day()
    }

    /// Whether the cell says nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    fn of(kind: i32, year: i32, within: i32) -> Self {
        Self(((year * Self::DAYS + within) << 2) | kind)
    }
}

impl From<DateCell> for KeptDate {
    fn from(cell: DateCell) -> Self {
        match cell {
            DateCell::Empty => Self::default(),
            DateCell::Unreadable => Self::of(Self::KIND_NO_DATE, 0, 1),
            // Of at most 366 days.
            DateCell::Day(day) => {
                let within = i32::try_from(day.ordinal()).unwrap_or_default();
                Self::of(Self::KIND_DAY, day.year(), within)
            }
            DateCell::Month(year, month) => Self::of(Self::KIND_MONTH, year, month.into()),
            DateCell::Year(year) => Self::of(Self::KIND_YEAR, year, 0),
        }
    }
}

impl PartialEq<DateCell> for KeptDate {
    fn eq(&self, cell: &DateCell) -> bool {
        *self == Self::from(*cell)
    }
}

impl fmt::Debug for KeptDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cell().fmt(f)
    }
}

/// What a plain yes/no cell says. Other text is reported and is a no.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum YesNo {
    /// Nothing.
    #[default]
    Empty,
    /// A no.
    No,
    /// A yes, or what the column takes as one.
    Yes,
}

/// What a yes/no cell says that takes a date as a yes. Other text, where the column takes none, is
/// reported and is a no.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Flag {
    /// Nothing.
    #[default]
    Empty,
    /// A no.
    No,
    /// A yes, or what the column takes as one.
    Yes,
    /// A yes since this day.
    Since(NaiveDate),
}

impl Flag {
    /// Whether the cell says yes.
    #[must_use]
    pub fn is_yes(self) -> bool {
        matches!(self, Self::Yes | Self::Since(_))
    }
}

/// Length of service in units of 1/360 year (a day of a year of twelve months of thirty days).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Experience(pub u32);

impl Experience {
    /// Units in a year.
    pub const YEAR: u32 = 360;
    /// Units in a month.
    pub const MONTH: u32 = 30;
}

#[cfg(test)]
mod tests {
    use super::{DateCell, KeptDate, Snils, check_digits};
    use chrono::NaiveDate;

    #[test]
    fn a_kept_date_says_what_its_cell_said() {
        let days = (1899..=2101).flat_map(|year| {
            [(1, 1), (2, 28), (12, 31)].map(|(month, day)| {
                DateCell::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
            })
        });
        let months = (1..=12).map(|month| DateCell::Month(2024, month));
        let years = [1900, 2024, 2100].map(DateCell::Year);
        let others = [DateCell::Empty, DateCell::Unreadable];
        for cell in days.chain(months).chain(years).chain(others) {
            let kept = KeptDate::from(cell);
            assert_eq!(kept.cell(), cell);
            assert_eq!(kept.is_empty(), cell == DateCell::Empty);
            assert!(kept == cell);
        }
        let leap = NaiveDate::from_ymd_opt(2024, 12, 31).unwrap();
        assert_eq!(KeptDate::from(DateCell::Day(leap)).day(), Some(leap));
    }

    #[test]
    fn the_check_digits_are_those_of_the_pension_fund() {
        // 112-233-445 95 is the published example.
        assert_eq!(check_digits(112_233_445), 95);
        // 087-654-303 00: 8·8+7·7+6·6+5·5+4·4+3·3+0·2+3·1 = 202, by 101 is 0.
        assert_eq!(check_digits(87_654_303), 0);
    }

    // The first numbers carry no check digits: of them all eleven tell one from another.
    #[test]
    fn a_snils_keeps_all_its_digits() {
        for digits in [11_223_344_595, 8_765_430_300, 100_199_899, 100_199_800, 100] {
            let snils = Snils::checked(digits, true).unwrap();
            assert_eq!(snils.digits(), digits);
        }
        let unchecked = |digits| Snils::checked(digits, true).unwrap();
        assert_ne!(unchecked(100_199_899), unchecked(100_199_898));
    }
}
