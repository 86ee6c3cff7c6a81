//! How what is meant is written: spellings that the methodology and the contract fold or read.

use chrono::{Datelike, NaiveDate};

use super::dice::Dice;
use super::town::{Cell, Means, Name, Organisation};

pub const SURNAMES: [&str; 6] = [
    "Иванова",
    "Королёва",
    "Петрова-Водкина",
    "Сидорова",
    "Кузнецова",
    "Ёлкина",
];
pub const GIVEN: [&str; 5] = ["Мария", "Марина", "Анна", "Алёна", "Ольга"];
pub const PATRONYMICS: [&str; 4] = ["Ивановна", "Игоревна", "Семёновна", "Петровна"];

const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const MONTH_NAMES: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// A cell of a text and its meaning.
pub fn cell(text: impl Into<String>, means: Means) -> Cell {
    Cell {
        text: text.into(),
        means,
    }
}

/// An empty cell.
pub fn blank() -> Cell {
    cell("", Means::Nothing)
}

/// An empty cell of a date, a number or a СНИЛС, as it may be written.
pub fn empty_value(dice: &mut Dice) -> Cell {
    let words = ["", "", "", "", "", "-", "нет", "н/д"];
    cell(*dice.pick(&words), Means::Nothing)
}

/// The full name, in its canonical spelling.
pub fn full_name(name: Name) -> String {
    format!(
        "{} {} {}",
        SURNAMES[name.surname], GIVEN[name.given], PATRONYMICS[name.patronymic]
    )
}

/// A full name in a spelling that folds to it.
pub fn name(dice: &mut Dice, name: Name) -> Cell {
    let full = full_name(name);
    let text = match dice.below(14) {
        0 => full.to_uppercase(),
        1 => full.replace('ё', "е").replace('Ё', "Е"),
        2 => full.replace(' ', "  "),
        3 => full.replace(' ', "\u{a0}"),
        4 => full + ".",
        5 => full.replace('о', "o").replace('а', "a"),
        6 => full.replace('-', " - "),
        7 => full.replace('-', "–"),
        8 => format!(" {full} "),
        9 => full.to_lowercase(),
        _ => full,
    };
    cell(text, Means::Name(name))
}

/// «Иванова М. И.»
pub fn initials(dice: &mut Dice, name: Name) -> Cell {
    let first = |word: &str| word.chars().next().unwrap_or_default();
    let (surname, given, patronymic) = (
        SURNAMES[name.surname],
        first(GIVEN[name.given]),
        first(PATRONYMICS[name.patronymic]),
    );
    let text = match dice.below(3) {
        0 => format!("{surname} {given}.{patronymic}."),
        1 => format!("{} {given}. {patronymic}.", surname.to_uppercase()),
        _ => format!("{surname} {given}. {patronymic}."),
    };
    cell(text, Means::Initials(name))
}

/// An organisation in one of its spellings.
pub fn organisation(dice: &mut Dice, all: &[Organisation], place: usize) -> Cell {
    let Organisation {
        spellings, further, ..
    } = &all[place];
    let text = match dice.below(10) {
        0..5 => &spellings[0],
        5 if !further.is_empty() => dice.pick(further),
        _ => dice.pick(spellings),
    };
    cell(text.as_str(), Means::Organisation(place))
}

/// A СНИЛС with right check digits.
pub fn snils(dice: &mut Dice, number: u32) -> Cell {
    let check = check_digits(number);
    let digits = format!("{number:09}");
    let text = match dice.below(4) {
        0 => format!("{digits}{check:02}"),
        1 => format!("{digits}{check:02}")
            .trim_start_matches('0')
            .to_owned(),
        2 => format!(
            "{} {} {} {check:02}",
            &digits[..3],
            &digits[3..6],
            &digits[6..]
        ),
        _ => format!(
            "{}-{}-{} {check:02}",
            &digits[..3],
            &digits[3..6],
            &digits[6..]
        ),
    };
    cell(text, Means::Snils(number))
}

/// A СНИЛС with wrong check digits.
pub fn wrong_snils(number: u32) -> Cell {
    let wrong = (check_digits(number) + 1) % 100;
    cell(format!("{number:09}{wrong:02}"), Means::WrongSnils)
}

fn check_digits(number: u32) -> u32 {
    let digits = format!("{number:09}");
    let sum: u32 = digits
        .chars()
        .zip((1..=9).rev())
        .map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight)
        .sum();
    match sum % 101 {
        100 => 0,
        rest => rest,
    }
}

/// A date in one of the spellings that the contract reads; `report` is D's year.
pub fn date(dice: &mut Dice, day: NaiveDate, report: i32) -> Cell {
    let (year, month) = (day.year(), day.month());
    let short = (2000..=report + 10).contains(&year) || (report - 89..2000).contains(&year);
    let text = match dice.below(16) {
        0 if short => format!("{}.{month}.{:02}", day.day(), year % 100),
        1 => day.format("%d/%m/%Y").to_string(),
        2 | 3 => day.format("%Y-%m-%d").to_string(),
        4 => day.format("%d.%m.%Y 10:15").to_string(),
        5 => format!("{} {} {year} г.", day.day(), MONTHS[day.month0() as usize]),
        6 => (day - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or(day))
            .num_days()
            .to_string(),
        _ => day.format("%d.%m.%Y").to_string(),
    };
    cell(text, Means::Day(day))
}

/// A date that cannot be read.
pub fn unreadable(dice: &mut Dice) -> Cell {
    cell(
        *dice.pick(&["31.02.2024", "уточняется", "32.13.2024"]),
        Means::NoDate,
    )
}

/// A bare year or month.
pub fn part_of_date(dice: &mut Dice, day: NaiveDate) -> Cell {
    let year = day.year();
    let (first, last) = if dice.chance(50) {
        (1, 12)
    } else {
        (day.month(), day.month())
    };
    let means = Means::Part(first_of(year, first), last_of(year, last));
    let text = match (first == last, dice.below(2)) {
        (true, 0) => format!("{} {year}", MONTH_NAMES[day.month0() as usize]),
        (true, _) => format!("{} {year} г.", MONTH_NAMES[day.month0() as usize]),
        (false, 0) => format!("{year} г."),
        (false, _) => year.to_string(),
    };
    cell(text, means)
}

/// The first day of a month.
pub fn first_of(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
}

/// The last day of a month.
pub fn last_of(year: i32, month: u32) -> NaiveDate {
    let next = if month == 12 {
        first_of(year + 1, 1)
    } else {
        first_of(year, month + 1)
    };
    next.pred_opt().unwrap_or(next)
}

/// A deadline of a measure: a date, or a stretch of which the last day counts.
pub fn deadline(dice: &mut Dice, day: NaiveDate, report: i32) -> Cell {
    let (year, month) = (day.year(), day.month());
    let (quarter, half) = ((month - 1) / 3 + 1, (month - 1) / 6 + 1);
    let roman = ["I", "II", "III", "IV"][quarter as usize - 1];
    let name = MONTH_NAMES[day.month0() as usize];
    let (text, last) = match dice.below(12) {
        0 => (format!("до {}", day.format("%d.%m.%Y")), day),
        1 => (format!("{name} {year}"), last_of(year, month)),
        2 => (
            format!("{roman} квартал {year}"),
            last_of(year, quarter * 3),
        ),
        3 => (
            format!("{quarter} квартал {year} г."),
            last_of(year, quarter * 3),
        ),
        4 => (format!("{half} полугодие {year}"), last_of(year, half * 6)),
        5 => (format!("{year} год"), last_of(year, 12)),
        6 => (format!("январь – {name} {year}"), last_of(year, month)),
        7 => (format!("01.01.{year} – {}", day.format("%d.%m.%Y")), day),
        8 => {
            let word = *dice.pick(&["в течение года", "постоянно", "ежегодно", "ежемесячно"]);
            return cell(word, Means::WholeYear);
        }
        9 => return blank(),
        _ => return date(dice, day, report),
    };
    cell(text, Means::Deadline(last))
}
