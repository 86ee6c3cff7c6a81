//! Periods as people and programs write them (contract §2).

#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate};

use super::{MONTHS, Period, russian_date};
use crate::text::fold_lookalikes;

/// The years that a period may lie in; another is a slip of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// What every refusal ends with.
const FORMS: &str = "принимаются 2024-Q3 или «3 кв. 2024» (квартал), 2024-09 (месяц), \
    2024-H1 (полугодие), 2024-9M (девять месяцев), 2024 (год), 2023/2024 (учебный год), \
    2024-07-01..2024-09-30 (две даты)";

/// Words that change nothing: «за III квартал 2024 г.», «3-й квартал».
const IDLE: [&str; 12] = [
    "за", "на", "в", "г", "год", "года", "году", "й", "е", "ый", "ой", "ий",
];

impl Period {
    /// Reads `2024-Q3`, `2024-09`, `2024-H1`, `2024-9M`, `2024`, `2023/2024`,
    /// `2024-07-01..2024-09-30`, «3 кв. 2024» and the like («III квартал 2024 года»,
    /// «1 полугодие 2024», «9 месяцев 2024», «сентябрь 2024»), in any case and with look-alike
    /// letters of the other alphabet.
    ///
    /// # Errors
    /// A Russian sentence with what was not understood and the accepted forms.
    pub fn parse(text: &str) -> Result<Self, String> {
        let folded = fold_lookalikes(text)
            .replace(['і', 'ӏ'], "i")
            .replace('…', "..");
        let read = if let Some((from, to)) = two_ends(&folded) {
            between(from, to)
        } else if let Some(read) = compact(&folded) {
            read
        } else {
            in_words(&folded)
        };
        read.map_err(|reason| {
            let reason = if reason.is_empty() {
                String::new()
            } else {
                format!(": {reason}")
            };
            format!("период «{}» не распознан{reason}; {FORMS}", text.trim())
        })
    }
}

/// Why a text is no period; empty where nothing closer can be said.
type Reading = Result<Period, String>;

fn year(text: &str) -> Option<i32> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn known_year(text: &str) -> Result<i32, String> {
    let year = year(text).ok_or_else(String::new)?;
    if YEARS.contains(&year) {
        Ok(year)
    } else {
        Err(format!(
            "год {year} вне пределов {}–{}",
            YEARS.start(),
            YEARS.end()
        ))
    }
}

// ---- two dates ----------------------------------------------------------------------------

/// The two ends of «a..b», «с a по b» and «a – b», where the text has two full dates.
fn two_ends(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix("за период ").unwrap_or(text);
    let text = text.strip_prefix("с ").unwrap_or(text);
    if let Some((from, to)) = text.split_once("..") {
        return Some((from, to));
    }
    [" по ", " - ", "-"].into_iter().find_map(|between| {
        let (from, to) = text.split_once(between)?;
        (looks_like_a_date(from) && looks_like_a_date(to)).then_some((from, to))
    })
}

/// Whether the text is three numbers between points or hyphens.
fn looks_like_a_date(text: &str) -> bool {
    let text = without_year_word(text);
    ['.', '-'].into_iter().any(|separator| {
        let parts: Vec<_> = text.split(separator).collect();
        parts.len() == 3
            && parts
                .iter()
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn without_year_word(text: &str) -> &str {
    let text = text.trim().trim_end_matches('.');
    let text = ["года", "год", "г"]
        .into_iter()
        .find_map(|word| text.strip_suffix(word))
        .unwrap_or(text);
    text.trim_end()
}

fn date(text: &str) -> Result<NaiveDate, String> {
    let bare = without_year_word(text);
    let parts: Vec<_> = bare.split(['.', '-']).collect();
    let read = match parts.as_slice() {
        [y, m, d] if y.len() == 4 => Some((y, m, d)),
        [d, m, y] if y.len() == 4 => Some((y, m, d)),
        _ => None,
    };
    let Some((y, m, d)) = read.filter(|_| looks_like_a_date(bare)) else {
        return Err(format!("«{bare}» — не дата вида 2024-09-30 или 30.09.2024"));
    };
    let year = known_year(y)?;
    m.parse()
        .ok()
        .zip(d.parse().ok())
        .and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or_else(|| format!("даты {bare} в календаре нет"))
}

fn between(from: &str, to: &str) -> Reading {
    let (from, to) = (date(from)?, date(to)?);
    Period::dates(from, to).ok_or_else(|| {
        format!(
            "начало {} позже конца {}",
            russian_date(from),
            russian_date(to)
        )
    })
}

// ---- 2024-Q3 and its like -----------------------------------------------------------------

/// The forms that start with a year and are written without words; none where the text is not
/// one of them at all.
fn compact(text: &str) -> Option<Reading> {
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    if let Some((month, y)) = text.split_once('.')
        && month.len() == 2
        && year(y).is_some()
    {
        return Some(month_of(y, month));
    }
    let head = text.get(..4).filter(|head| year(head).is_some())?;
    let rest = text.get(4..)?;
    if rest.is_empty() {
        return Some(known_year(head).and_then(|y| found(Period::year(y))));
    }
    if let Some(second) = rest.strip_prefix('/')
        && second.bytes().all(|b| b.is_ascii_digit())
    {
        return Some(school_year(head, second));
    }
    let part = rest.strip_prefix('-').unwrap_or(rest);
    if matches!(part, "9m" | "9м") {
        return Some(known_year(head).and_then(|y| found(Period::nine_months(y))));
    }
    if let Some(number) = part.strip_prefix('q') {
        return Some(quarter(head, number));
    }
    if let Some(number) = part.strip_prefix(['h', 'н']) {
        return Some(half_year(head, number));
    }
    (rest.starts_with('-') && part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
        .then(|| month_of(head, part))
}

fn found(period: Option<Period>) -> Reading {
    period.ok_or_else(String::new)
}

fn month_of(y: &str, month: &str) -> Reading {
    let year = known_year(y)?;
    month
        .parse()
        .ok()
        .and_then(|month| Period::month(year, month))
        .ok_or_else(|| format!("месяца {month} нет, месяцы — от 01 до 12"))
}

fn quarter(y: &str, number: &str) -> Reading {
    let year = known_year(y)?;
    small_number(number)
        .and_then(|quarter| Period::quarter(year, quarter))
        .ok_or_else(|| format!("квартала {number} нет, кварталы — от 1 до 4"))
}

fn half_year(y: &str, number: &str) -> Reading {
    let year = known_year(y)?;
    small_number(number)
        .and_then(|half| Period::half_year(year, half))
        .ok_or_else(|| format!("полугодия {number} нет, полугодий два"))
}

fn school_year(first: &str, second: &str) -> Reading {
    let year = known_year(first)?;
    let next = (year + 1).to_string();
    if second == next || second.len() == 2 && next.ends_with(second) {
        found(Period::school_year(year))
    } else {
        Err(format!("учебный год — два года подряд: {year}/{next}"))
    }
}

/// `3`, `iii`, «третий».
fn small_number(text: &str) -> Option<u32> {
    Some(match text {
        "1" | "i" | "первый" | "первое" => 1,
        "2" | "ii" | "второй" | "второе" => 2,
        "3" | "iii" | "третий" => 3,
        "4" | "iv" | "четвертый" => 4,
        _ => return None,
    })
}

// ---- «3 кв. 2024» and its like ------------------------------------------------------------

/// Runs of digits and runs of letters, without idle words and what stands in brackets.
fn words(text: &str) -> Vec<&str> {
    let text = text.split_once('(').map_or(text, |(before, _)| before);
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = rest.get(start..).unwrap_or_default();
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let end = rest
            .find(|c: char| !c.is_alphanumeric() || c.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after;
    }
    words.retain(|word| !IDLE.contains(word));
    words
}

fn in_words(text: &str) -> Reading {
    let words = words(text);
    match words.as_slice() {
        [y] => known_year(y).and_then(|y| found(Period::year(y))),
        [first, second, school] if school.starts_with("уч") => school_year(first, second),
        [first, school] if school.starts_with("уч") => {
            let next = known_year(first)? + 1;
            Err(format!("учебный год — два года: {first}/{next}"))
        }
        [y, number, unit] if year(y).is_some() => counted(y, number, unit),
        [number, unit, y] if small_number(number).is_some() || number.parse::<u32>().is_ok() => {
            counted(y, number, unit)
        }
        ["девять", unit, y] => counted(y, "9", unit),
        [name, y] => match month_number(name) {
            Some(month) => found(Period::month(known_year(y)?, month)),
            None => Err(String::new()),
        },
        [first, last, y] => match (month_number(first), month_number(last)) {
            (Some(first), Some(last)) => months(known_year(y)?, first, last),
            _ => Err(String::new()),
        },
        _ => Err(String::new()),
    }
}

/// A number of quarters, half-years or months of a year: «3 кв. 2024», «9 мес. 2024».
fn counted(y: &str, number: &str, unit: &str) -> Reading {
    if unit == "кв" || unit.starts_with("кварт") {
        quarter(y, number)
    } else if unit == "пг" || unit.starts_with("полуг") {
        half_year(y, number)
    } else if unit.starts_with("мес") {
        let year = known_year(y)?;
        match number {
            "3" => found(Period::quarter(year, 1)),
            "6" => found(Period::half_year(year, 1)),
            "9" => found(Period::nine_months(year)),
            "12" => found(Period::year(year)),
            _ => Err(format!(
                "нарастающим итогом отчитываются за 3, 6, 9 или 12 месяцев, не за {number}"
            )),
        }
    } else {
        Err(String::new())
    }
}

/// «январь – сентябрь 2024»: the quarter, half-year, nine months or year of these months.
fn months(year: i32, first: u32, last: u32) -> Reading {
    let whole = [Period::nine_months(year), Period::year(year)]
        .into_iter()
        .chain((1..=4).map(|quarter| Period::quarter(year, quarter)))
        .chain((1..=2).map(|half| Period::half_year(year, half)))
        .flatten()
        .find(|period| period.from.month() == first && period.to.month() == last);
    whole.ok_or_else(|| "эти месяцы — не квартал, не полугодие и не девять месяцев".to_owned())
}

/// The number of a month named in the nominative, genitive or prepositional case, or by its first
/// three letters.
fn month_number(word: &str) -> Option<u32> {
    let stem = |name: &str| name.trim_end_matches(['ь', 'й']).to_owned();
    (1..=12).zip(MONTHS).find_map(|(number, name)| {
        let stem = stem(name);
        let ending = word.strip_prefix(stem.as_str());
        let first_three: String = name.chars().take(3).collect();
        (ending.is_some_and(|e| matches!(e, "" | "ь" | "й" | "я" | "а" | "е"))
            || word == first_three)
            .then_some(number)
    })
}
