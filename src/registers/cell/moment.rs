//! The grammar of days, months, quarters, half-years and years in words and figures. It reads whole
//! texts only; what a bare month or a missing year means is decided by the callers.

use chrono::NaiveDate;

use super::date::DateRules;
use super::words::{has, place, words};
use crate::period::last_of_month;
use crate::text::is_letter;

/// What a text names: as much of a date as stands there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Moment {
    /// `30.09.2024`, `30.09`, `30 сентября`.
    Day {
        day: u32,
        month: u32,
        year: Option<i32>,
    },
    /// «сентябрь 2024», `09.2024`, «сентябрь».
    Month { month: u32, year: Option<i32> },
    /// «III квартал 2024».
    Quarter { quarter: u32, year: Option<i32> },
    /// «1 полугодие 2024».
    Half { half: u32, year: Option<i32> },
    /// «2024 г.»
    Year(i32),
    /// «2023/2024 учебный год», by the year of its end.
    SchoolYear(i32),
    /// A number of one or two digits, Roman or in words: a part of a range.
    Number(u32),
}

impl Moment {
    /// The year, where one is named.
    pub fn year(self) -> Option<i32> {
        match self {
            Self::Day { year, .. }
            | Self::Month { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. } => year,
            Self::Year(year) | Self::SchoolYear(year) => Some(year),
            Self::Number(_) => None,
        }
    }

    /// The same in this year, where it names none.
    pub fn in_year(self, year: i32) -> Self {
        let year = Some(self.year().unwrap_or(year));
        match self {
            Self::Day { day, month, .. } => Self::Day { day, month, year },
            Self::Month { month, .. } => Self::Month { month, year },
            Self::Quarter { quarter, .. } => Self::Quarter { quarter, year },
            Self::Half { half, .. } => Self::Half { half, year },
            other => other,
        }
    }

    /// The first day, where a year is named and the day exists.
    pub fn first(self) -> Option<NaiveDate> {
        match self {
            Self::Day { day, month, year } => NaiveDate::from_ymd_opt(year?, month, day),
            Self::Month { month, year } => NaiveDate::from_ymd_opt(year?, month, 1),
            Self::Quarter { quarter, year } => NaiveDate::from_ymd_opt(year?, quarter * 3 - 2, 1),
            Self::Half { half, year } => NaiveDate::from_ymd_opt(year?, half * 6 - 5, 1),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            Self::SchoolYear(end) => NaiveDate::from_ymd_opt(end - 1, 9, 1),
            Self::Number(_) => None,
        }
    }

    /// The last day, where a year is named and the day exists.
    pub fn last(self) -> Option<NaiveDate> {
        let first = match self {
            Self::Day { .. } => return self.first(),
            Self::Month { .. } => self.first()?,
            Self::Quarter { quarter, year } => NaiveDate::from_ymd_opt(year?, quarter * 3, 1)?,
            Self::Half { half, year } => NaiveDate::from_ymd_opt(year?, half * 6, 1)?,
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 12, 1)?,
            Self::SchoolYear(end) => NaiveDate::from_ymd_opt(end, 8, 1)?,
            Self::Number(_) => return None,
        };
        Some(last_of_month(first))
    }
}

/// The years that a date may lie in; what is outside is a slip of the pen.
pub(super) fn sane_year(year: i32) -> bool {
    (1900..=2100).contains(&year)
}

/// A year of four digits, or of two by the rules.
fn year_of(number: u32, digits: usize, rules: &DateRules) -> Option<i32> {
    let number = i32::try_from(number).ok()?;
    let year = match digits {
        4 => number,
        2 if number <= rules.as_of_year + 10 - 2000 => 2000 + number,
        2 => 1900 + number,
        _ => return None,
    };
    sane_year(year).then_some(year)
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Token<'a> {
    /// A number and how many digits it has.
    Num(u32, usize),
    Word(&'a str),
    Sep(char),
}
use Token::{Num, Sep, Word};

/// Parts a folded text into numbers, words and separators; spaces and quotes fall away, and so does
/// the point of an abbreviated word. None when anything else stands there.
fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::with_capacity(8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, after) = rest.split_at(digits);
            if digits > 4 {
                return None;
            }
            found.push(Num(number.parse().ok()?, digits));
            rest = after;
        } else if is_letter(c) {
            let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            found.push(Word(word));
            rest = after.strip_prefix('.').unwrap_or(after);
        } else {
            match c {
                ' ' | '"' => {}
                '.' | '/' | '-' | ',' => found.push(Sep(c)),
                _ => return None,
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    Some(found)
}

/// Reads a folded text wholly as one moment, a time of day after it and «г.», «года» included.
pub(super) fn moment(text: &str, rules: &DateRules) -> Option<Moment> {
    let text = without_time(text)?.replace("п/г", "пг");
    let mut found = tokens(&text)?;
    while let Some(Sep('.' | ',')) = found.last() {
        found.pop();
    }
    let mut year_word = false;
    if let [.., _, Word(word)] = found[..]
        && has(&words().spans.year, word)
    {
        found.pop();
        year_word = true;
    }
    if let [Num(..), Sep('-'), Word(ending), ..] = found[..]
        && has(&words().spans.endings, ending)
    {
        found.drain(1..3);
    }
    let in_words = found.iter().any(|token| matches!(token, Word(_)));
    if in_words {
        found.retain(|token| !matches!(token, Sep('.' | ',')));
    }
    let read = if in_words {
        words_of(&found, rules)
    } else {
        figures(&found, rules)
    }?;
    (!year_word || read.year().is_some()).then_some(read)
}

fn figures(found: &[Token<'_>], rules: &DateRules) -> Option<Moment> {
    let read = match *found {
        [Num(year, 4)] => Moment::Year(year_of(year, 4, rules)?),
        [Num(number, _)] if number > 0 => Moment::Number(number),
        [
            Num(day, 1 | 2),
            Sep(a),
            Num(month, 1 | 2),
            Sep(b),
            Num(year, digits),
        ] if a == b && (a != '-' || digits == 4) => {
            day_of(day, month, Some(year_of(year, digits, rules)?))?
        }
        [
            Num(year, 4),
            Sep(a @ ('-' | '.' | '/')),
            Num(month, 1 | 2),
            Sep(b),
            Num(day, 1 | 2),
        ] if a == b => day_of(day, month, Some(year_of(year, 4, rules)?))?,
        [Num(day, 1 | 2), Sep('.' | '/'), Num(month, 1 | 2)] => day_of(day, month, None)?,
        [Num(month, 1 | 2), Sep('.' | '/' | '-'), Num(year, 4)]
        | [Num(year, 4), Sep('-' | '.'), Num(month, 2)] => {
            month_of(month, Some(year_of(year, 4, rules)?))?
        }
        [Num(start, 4), Sep('/'), Num(end, digits)] => school_year(start, end, digits, rules)?,
        _ => return None,
    };
    Some(read)
}

fn words_of(found: &[Token<'_>], rules: &DateRules) -> Option<Moment> {
    let w = words();
    let month = |word: &str| place(&w.months.names, word);
    let read = match *found {
        [Word(word)] => match month(word) {
            Some(month) => month_of(month, None)?,
            None => Moment::Number(place(&w.spans.ordinals, word)?),
        },
        [Num(day, 1 | 2), Word(name)] if month(name).is_some() => day_of(day, month(name)?, None)?,
        [Num(day, 1 | 2), Word(name), Num(year, digits)]
        | [
            Num(day, 1 | 2),
            Sep('-'),
            Word(name),
            Sep('-'),
            Num(year, digits),
        ] if month(name).is_some() => {
            day_of(day, month(name)?, Some(year_of(year, digits, rules)?))?
        }
        [Word(name), Num(year, 4)] => month_of(month(name)?, Some(year_of(year, 4, rules)?))?,
        [
            Num(start, 4),
            Sep('/' | '-'),
            Num(end, digits),
            Word(school),
        ] if has(&w.spans.school, school) => school_year(start, end, digits, rules)?,
        [Num(year, 4), Word(word), count, Word(part)] if has(&w.spans.year, word) => {
            part_of(count, part, Some(year_of(year, 4, rules)?))?
        }
        [count, Word(part)] => part_of(count, part, None)?,
        [count, Word(part), Num(year, 4)] => part_of(count, part, Some(year_of(year, 4, rules)?))?,
        _ => return None,
    };
    Some(read)
}

fn day_of(day: u32, month: u32, year: Option<i32>) -> Option<Moment> {
    // 2000 was a leap year: without a year 29 February may exist.
    NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day)?;
    Some(Moment::Day { day, month, year })
}

fn month_of(month: u32, year: Option<i32>) -> Option<Moment> {
    (1..=12)
        .contains(&month)
        .then_some(Moment::Month { month, year })
}

fn part_of(count: Token<'_>, part: &str, year: Option<i32>) -> Option<Moment> {
    let number = match count {
        Num(number, 1) => number,
        Word(word) => place(&words().spans.ordinals, word)?,
        _ => return None,
    };
    let spans = &words().spans;
    if has(&spans.quarter, part) && (1..=4).contains(&number) {
        Some(Moment::Quarter {
            quarter: number,
            year,
        })
    } else if has(&spans.half, part) && (1..=2).contains(&number) {
        Some(Moment::Half { half: number, year })
    } else {
        None
    }
}

fn school_year(start: u32, end: u32, digits: usize, rules: &DateRules) -> Option<Moment> {
    let start = year_of(start, 4, rules)?;
    let end = i32::try_from(end).ok()?;
    let follows = match digits {
        4 => end == start + 1,
        2 => end == (start + 1) % 100,
        _ => false,
    };
    (follows && sane_year(start + 1)).then_some(Moment::SchoolYear(start + 1))
}

/// The text before a time of day («14:05», «T14:05:33+03:00», «2:05:33 pm gmt+3»), the whole text
/// where there is none; none when what follows the first colon is no time.
fn without_time(text: &str) -> Option<&str> {
    let Some(colon) = text.find(':') else {
        return Some(text);
    };
    let hours = text[..colon]
        .bytes()
        .rev()
        .take_while(u8::is_ascii_digit)
        .count();
    let (date, time) = text.split_at(colon - hours);
    if !is_time(time) {
        return None;
    }
    let date = date.trim_end_matches([' ', ',']);
    Some(match date.strip_suffix(['t', 'т']) {
        Some(before) if before.ends_with(|c: char| c.is_ascii_digit()) => before,
        _ => date
            .strip_suffix(" в")
            .unwrap_or(date)
            .trim_end_matches([' ', ',']),
    })
}

/// `14:05`, `14:05:33.250`, then perhaps am or pm, then perhaps a time zone.
fn is_time(text: &str) -> bool {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'))
        .unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    let clock = clock.split_once('.').map_or(clock, |(clock, _)| clock);
    let mut parts = clock.split(':');
    let part = |text: Option<&str>, most: u32| {
        text.is_some_and(|t| matches!(t.len(), 1 | 2) && t.parse::<u32>().is_ok_and(|n| n <= most))
    };
    let minutes = part(parts.next(), 24) && part(parts.next(), 59);
    let seconds = parts.next();
    if !minutes || (seconds.is_some() && !part(seconds, 59)) || parts.next().is_some() {
        return false;
    }
    let rest = rest.trim_start();
    let rest = rest
        .strip_prefix("am")
        .or_else(|| rest.strip_prefix("pm"))
        .unwrap_or(rest)
        .trim_start();
    let zone = rest
        .strip_prefix("gmt")
        .or_else(|| rest.strip_prefix("utc"))
        .unwrap_or(rest);
    matches!(zone, "" | "z")
        || zone
            .strip_prefix(['+', '-'])
            .is_some_and(|z| z.len() <= 5 && z.bytes().all(|b| b.is_ascii_digit() || b == b':'))
}
