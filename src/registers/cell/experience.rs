//! Length of service.

use super::date::{DateRules, date};
use super::number::decimal;
use super::text::{is_blank, trim};
use super::words::{has, words};
use crate::registers::record::{DateCell, Experience};
use crate::source::Value;
use crate::text::fold_lookalikes;

/// What a cell of «Педагогический стаж» says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExperienceCell {
    /// Nothing, or «-», «нет», «н/д».
    Empty,
    /// A length of service.
    Is(Experience),
    /// «с 01.09.2022», «с 2015 года»: the start of work in place of its length. Never empty or
    /// unreadable.
    Since(DateCell),
    /// Something else, also a date: `2/11` that a spreadsheet took for 2 November.
    Unreadable,
}

/// The longest service that is no slip of the pen, in years.
const MOST_YEARS: f64 = 80.0;

/// Reads «Педагогический стаж» under its header (contract §1): `3`, `3,5`, `2 г. 11 мес.`,
/// `2 года 11 месяцев 5 дней`, `2/11` or the same on lines of its own (years and months, the second
/// at most 11), with days as a third; «менее года» and «б/с» are nothing yet. Under a header that
/// names several («общий/педагогический») the part in the place of the pedagogical one decides; a
/// bare number under «в месяцах» is months.
#[must_use]
pub fn experience(value: Value<'_>, header: &str, rules: &DateRules) -> ExperienceCell {
    let header = fold_lookalikes(header);
    let combined = combined(&header);
    let months = counts_months(&header);
    match value {
        Value::Number(number) if combined.is_none() => {
            bare(number, months).map_or(ExperienceCell::Unreadable, ExperienceCell::Is)
        }
        Value::Text(text) => {
            let text = trim(text);
            match combined {
                Some((place, parts)) => one_of(text, place, parts, rules),
                None => from_text(text, months, rules),
            }
        }
        _ => ExperienceCell::Unreadable,
    }
}

/// The place of the pedagogical part in a header that names several, and how many parts it has.
fn combined(header: &str) -> Option<(usize, usize)> {
    if !header.contains("общ") {
        return None;
    }
    let parts: Vec<&str> = header.split(['/', '\\']).collect();
    let place = parts.iter().position(|part| part.contains("пед"))?;
    (parts.len() > 1).then_some((place, parts.len()))
}

/// Whether the header says that bare numbers are months.
fn counts_months(header: &str) -> bool {
    let unit = |word: &str| {
        let w = &words().experience;
        word.chars().count() > 1 && (has(&w.years, word) || word.starts_with("год"))
    };
    let mut words = header.split(|c: char| !c.is_alphabetic());
    header
        .split(|c: char| !c.is_alphabetic())
        .any(|w| w == "мес" || w.starts_with("месяц"))
        && !words.any(unit)
}

/// One part of a cell under a header that names several.
fn one_of(text: &str, place: usize, count: usize, rules: &DateRules) -> ExperienceCell {
    if is_blank(text) {
        return ExperienceCell::Empty;
    }
    if is_zero(text) {
        return ExperienceCell::Is(Experience(0));
    }
    let parts: Vec<&str> = text.split(['/', '\\', '\n']).collect();
    match parts.get(place) {
        Some(part) if parts.len() == count => from_text(trim(part), false, rules),
        _ => ExperienceCell::Unreadable,
    }
}

fn is_zero(text: &str) -> bool {
    has(
        &words().experience.zero,
        fold_lookalikes(text).trim_end_matches('.'),
    )
}

fn from_text(text: &str, months: bool, rules: &DateRules) -> ExperienceCell {
    if is_blank(text) {
        return ExperienceCell::Empty;
    }
    if is_zero(text) {
        return ExperienceCell::Is(Experience(0));
    }
    if let Some(number) = decimal(text) {
        let number = number.parse().ok().and_then(|number| bare(number, months));
        return number.map_or(ExperienceCell::Unreadable, ExperienceCell::Is);
    }
    let folded = fold_lookalikes(text);
    if let Some(since) = folded.strip_prefix("с ") {
        return match date(
            Value::Text(since),
            &DateRules {
                partial: true,
                ..*rules
            },
        ) {
            DateCell::Empty | DateCell::Unreadable => ExperienceCell::Unreadable,
            since => ExperienceCell::Since(since),
        };
    }
    let read = by_place(text).or_else(|| by_units(&folded));
    read.map_or(ExperienceCell::Unreadable, ExperienceCell::Is)
}

/// A bare number of years, or of months.
fn bare(number: f64, months: bool) -> Option<Experience> {
    let years = if months { number / 12.0 } else { number };
    if !(0.0..=MOST_YEARS).contains(&years) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 80 years"
    )]
    Some(Experience(
        (years * f64::from(Experience::YEAR)).round() as u32
    ))
}

/// `2/11`, `2/11/5`, or the same on lines: years, months at most 11, days at most 30.
fn by_place(text: &str) -> Option<Experience> {
    let mut parts = Vec::with_capacity(3);
    for part in text.split(['/', '\n']) {
        let part = trim(part);
        if part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        parts.push(part.parse::<u32>().ok()?);
    }
    match parts[..] {
        [years, months] => sum(years, months, 0),
        [years, months, days] => sum(years, months, days),
        _ => None,
    }
}

/// `2 г. 11 мес. 5 дн.`, each unit at most once and in this order; years may have a fraction when
/// they stand alone.
fn by_units(text: &str) -> Option<Experience> {
    let w = &words().experience;
    let mut found = [None; 3];
    let mut next = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest.split_at(digits);
        let after = after.trim_start();
        if next == 0 && after.starts_with([',', '.']) {
            return fraction_of_years(text);
        }
        let end = after
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let place = [&w.years, &w.months, &w.days]
            .iter()
            .position(|units| has(units, unit))?;
        if digits == 0 || digits > 2 || place < next {
            return None;
        }
        found[place] = Some(number.parse::<u32>().ok()?);
        next = place + 1;
        rest = after.trim_start_matches(['.', ',', ' ', ';', '/']);
    }
    let [years, months, days] = found;
    // Months alone may be more than a year.
    match (years, months, days) {
        (None, Some(months), None) => sum(months / 12, months % 12, 0),
        (None, None, None) => None,
        _ => sum(years.unwrap_or(0), months.unwrap_or(0), days.unwrap_or(0)),
    }
}

fn fraction_of_years(text: &str) -> Option<Experience> {
    let start = text.find(|c: char| c.is_alphabetic())?;
    let (number, unit) = text.split_at(start);
    let unit = unit.trim_end_matches('.');
    let number = decimal(number.trim_end())?.parse().ok()?;
    has(&words().experience.years, unit)
        .then(|| bare(number, false))
        .flatten()
}

fn sum(years: u32, months: u32, days: u32) -> Option<Experience> {
    let sane = f64::from(years) <= MOST_YEARS && months <= 11 && days <= 31;
    // Thirty days that are no month yet, of one that has thirty-one, are no month here either.
    let days = days.min(Experience::MONTH - 1);
    sane.then(|| Experience(years * Experience::YEAR + months * Experience::MONTH + days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    const RULES: DateRules = DateRules {
        as_of_year: 2024,
        partial: false,
    };

    fn under(text: &str, header: &str) -> ExperienceCell {
        experience(Value::Text(text), header, &RULES)
    }

    fn read(text: &str) -> ExperienceCell {
        under(text, "Педагогический стаж")
    }

    fn is(years: u32, months: u32, days: u32) -> ExperienceCell {
        ExperienceCell::Is(Experience(years * 360 + months * 30 + days))
    }

    #[test]
    fn years_whole_or_with_a_fraction() {
        for text in ["3", "3,0", "3 года", "3 г.", "3г", "3 г", " 3 "] {
            assert_eq!(read(text), is(3, 0, 0), "{text}");
        }
        for text in ["3,5", "3.5", "3,5 года", "3.5 г."] {
            assert_eq!(read(text), is(3, 6, 0), "{text}");
        }
        assert_eq!(read("0"), is(0, 0, 0));
        assert_eq!(read("25 лет"), is(25, 0, 0));
        assert_eq!(read("1 год"), is(1, 0, 0));
        assert_eq!(experience(Value::Number(3.5), "Стаж", &RULES), is(3, 6, 0));
        assert_eq!(experience(Value::Number(0.0), "Стаж", &RULES), is(0, 0, 0));
    }

    #[test]
    fn years_months_and_days() {
        for text in [
            "2 г. 11 мес.",
            "2г.11мес.",
            "2 года 11 месяцев",
            "2 года, 11 месяцев",
            "2 л. 11 м.",
            "2/11",
            "2 / 11",
            "2\n11",
            "02/11",
        ] {
            assert_eq!(read(text), is(2, 11, 0), "{text}");
        }
        for text in [
            "2 года 11 месяцев 5 дней",
            "2 г. 11 мес. 5 дн.",
            "2/11/5",
            "2\n11\n5",
            "2 года\n11 месяцев\n5 дней",
            "2г 11м 5д",
        ] {
            assert_eq!(read(text), is(2, 11, 5), "{text}");
        }
        for text in ["2 года 11 месяцев 30 дней", "2/11/30", "2 г. 11 м. 31 д."] {
            assert_eq!(read(text), is(2, 11, 29), "{text}");
        }
        assert_eq!(read("11 месяцев"), is(0, 11, 0));
        assert_eq!(read("18 мес."), is(1, 6, 0));
        assert_eq!(read("5 дней"), is(0, 0, 5));
        assert_eq!(read("2 года 5 дней"), is(2, 0, 5));
    }

    #[test]
    fn months_are_at_most_eleven() {
        for text in ["2/12", "10/18", "2 года 12 месяцев", "2/11/40"] {
            assert_eq!(read(text), ExperienceCell::Unreadable, "{text}");
        }
    }

    #[test]
    fn under_a_header_of_both_the_pedagogical_decides() {
        for header in [
            "Стаж общий/педагогический",
            "Общий / педагогический стаж",
            "Стаж (общий/пед.)",
        ] {
            assert_eq!(under("10/8", header), is(8, 0, 0), "{header}");
            assert_eq!(under("10 / 8,5", header), is(8, 6, 0), "{header}");
            assert_eq!(
                under("10 лет / 2 г. 3 мес.", header),
                is(2, 3, 0),
                "{header}"
            );
            assert_eq!(under("10\n8", header), is(8, 0, 0), "{header}");
            assert_eq!(under("10/-", header), ExperienceCell::Empty, "{header}");
            assert_eq!(under("б/с", header), is(0, 0, 0), "{header}");
            assert_eq!(under("-", header), ExperienceCell::Empty, "{header}");
            assert_eq!(under("8", header), ExperienceCell::Unreadable, "{header}");
            assert_eq!(
                under("10/8/3", header),
                ExperienceCell::Unreadable,
                "{header}"
            );
            assert_eq!(
                experience(Value::Number(8.0), header, &RULES),
                ExperienceCell::Unreadable,
                "{header}"
            );
        }
        assert_eq!(under("8/10", "Стаж педагогический/общий"), is(8, 0, 0));
        assert_eq!(
            under("12/8/3", "Стаж общий/педагогический/в должности"),
            is(8, 0, 0)
        );
    }

    #[test]
    fn nothing_yet() {
        for text in [
            "менее года",
            "Менее 1 года",
            "до года",
            "б/с",
            "Б/С",
            "без стажа",
        ] {
            assert_eq!(read(text), is(0, 0, 0), "{text}");
        }
        for text in ["", "-", "нет", "н/д"] {
            assert_eq!(read(text), ExperienceCell::Empty, "{text}");
        }
    }

    #[test]
    fn a_start_in_place_of_a_length() {
        let day = NaiveDate::from_ymd_opt(2022, 9, 1).unwrap();
        assert_eq!(
            read("с 01.09.2022"),
            ExperienceCell::Since(DateCell::Day(day))
        );
        assert_eq!(
            read("с 1 сентября 2022 г."),
            ExperienceCell::Since(DateCell::Day(day))
        );
        assert_eq!(
            read("с 2015 года"),
            ExperienceCell::Since(DateCell::Year(2015))
        );
        assert_eq!(
            read("с 09.2022"),
            ExperienceCell::Since(DateCell::Month(2022, 9))
        );
        assert_eq!(read("с 32.09.2022"), ExperienceCell::Unreadable);
        assert_eq!(
            experience(Value::Date(day), "Стаж", &RULES),
            ExperienceCell::Unreadable,
            "2/11 that became a date"
        );
        assert_eq!(read("01.09.2022"), ExperienceCell::Unreadable);
    }

    #[test]
    fn bare_months() {
        assert_eq!(under("30", "Педагогический стаж, мес."), is(2, 6, 0));
        assert_eq!(
            experience(Value::Number(30.0), "Стаж (в месяцах)", &RULES),
            is(2, 6, 0)
        );
        assert_eq!(under("3", "Педагогический стаж (лет, мес.)"), is(3, 0, 0));
        assert_eq!(under("3", "Стаж (годы, месяцы)"), is(3, 0, 0));
    }

    #[test]
    fn what_is_no_experience() {
        for text in [
            "много",
            "2005",
            "120",
            "-3",
            "более 20 лет",
            "3-5",
            "2 мес. 3 года",
            "3 года 3 года",
            "2:11",
            "3 чел.",
            "года",
            "1/2/3/4",
        ] {
            assert_eq!(read(text), ExperienceCell::Unreadable, "{text}");
        }
        for value in [
            Value::Bool(true),
            Value::Percent(0.5),
            Value::Error("#Н/Д"),
            Value::Uncalculated,
            Value::Number(-1.0),
            Value::Number(f64::NAN),
        ] {
            assert_eq!(
                experience(value, "Стаж", &RULES),
                ExperienceCell::Unreadable,
                "{value:?}"
            );
        }
    }
}
