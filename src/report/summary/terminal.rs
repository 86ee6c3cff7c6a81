//! The totals on the terminal: at most 80 columns, each figure with what it was counted from, who is
//! best and who is worst, and who could not be computed.

use std::fmt::Write;

use super::totals::{Extreme, Total};
use super::{PeriodSummary, Summary};
use crate::indicators::catalogue::Unit;
use crate::indicators::figure::Status;
use crate::report::terminal::wrapped;
use crate::text::plural;

const WIDTH: usize = 80;
const ID: usize = 7;
const TITLE: usize = 37;
const VALUE: usize = 14;
const COUNTS: usize = 11;
const TOWNS: usize = 7;
/// How many names stand in a list before «и ещё N».
const NAMES: usize = 3;

/// The totals of every period.
#[must_use]
pub fn render(summary: &Summary) -> String {
    let mut out = String::new();
    for period in &summary.periods {
        render_period(&mut out, period);
        out.push('\n');
    }
    out
}

fn render_period(out: &mut String, period: &PeriodSummary) {
    let computed = period.computed().count() as u64;
    let all = period.towns.len() as u64;
    let heading = format!(
        "Свод за {}: посчитано {computed} из {all} {}",
        period.period.title(),
        plural(
            all,
            "муниципального образования",
            "муниципальных образований",
            "муниципальных образований"
        )
    );
    lines(out, &heading, "");
    if computed > 0 {
        lines(out, &period.window(), "");
        let population = period.population;
        let _ = writeln!(
            out,
            "Педагогов {}, управленцев {}, организаций {}\n",
            population.teachers, population.managers, population.organizations
        );
        row(out, ["№", "Показатель", "Всего", "Из числа", "Посчит."]);
        let _ = writeln!(
            out,
            "{}",
            "─".repeat(ID + TITLE + VALUE + COUNTS + TOWNS + 4)
        );
        for total in &period.totals {
            total_rows(out, total);
        }
    }
    if period.failed().next().is_some() {
        out.push_str("\nНе посчитано:\n");
        for (name, reason) in period.failed() {
            lines(out, &format!("{name}: {reason}"), "  ");
        }
    }
}

fn total_rows(out: &mut String, total: &Total) {
    let counts = match (total.numerator, total.denominator) {
        (Some(numerator), Some(denominator)) => format!("{numerator}/{denominator}"),
        _ => String::new(),
    };
    let mut title = wrapped(&total.definition.short, TITLE).into_iter();
    let first = title.next().unwrap_or_default();
    row(
        out,
        [
            &total.definition.id,
            &first,
            &value(total),
            &counts,
            &total.counted.to_string(),
        ],
    );
    for line in title {
        row(out, ["", &line, "", "", ""]);
    }
    let ends = ends(total);
    if !ends.is_empty() {
        lines(out, &ends, "          ");
    }
}

/// The highest and the lowest in one line; empty where there is nobody to compare.
fn ends(total: &Total) -> String {
    let (high, low) = end_titles(total.definition.unit);
    let one = |title: &str, extreme: &Extreme| {
        format!(
            "{title}: {}",
            extreme_words(total.definition.unit, extreme, NAMES)
        )
    };
    let (Some(highest), Some(lowest)) = (&total.highest, &total.lowest) else {
        return String::new();
    };
    format!("{}; {}", one(high, highest), one(low, lowest))
}

/// What the ends of an indicator are called: the load of a methodist has no better direction.
#[must_use]
pub fn end_titles(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Percent | Unit::Count => ("лучше всех", "хуже всех"),
        Unit::PerOne => ("больше всего", "меньше всего"),
        Unit::YesNo => ("да", "нет"),
    }
}

/// «Пенза, Кузнецк и ещё 2 – 41,2 %».
#[must_use]
pub fn extreme_words(unit: Unit, extreme: &Extreme, most: usize) -> String {
    let mut names = extreme
        .towns
        .iter()
        .take(most)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let left = extreme.towns.len().saturating_sub(most);
    if left > 0 {
        let _ = write!(names, " и ещё {left}");
    }
    match unit {
        Unit::YesNo => names,
        _ => format!("{names} – {}", value_words(unit, &extreme.value)),
    }
}

/// A value with its unit: «41,2 %», «3», «5,0 чел.», «да».
#[must_use]
pub fn value_words(unit: Unit, value: &str) -> String {
    match unit {
        Unit::Percent => format!("{} %", value.replace('.', ",")),
        Unit::Count => value.to_owned(),
        Unit::PerOne => format!("{} чел.", value.replace('.', ",")),
        Unit::YesNo => if value == "yes" { "да" } else { "нет" }.to_owned(),
    }
}

/// The total as people read it.
fn value(total: &Total) -> String {
    match (total.status, total.value.as_deref(), total.yes) {
        (Status::NoData, ..) => "нет данных".to_owned(),
        (Status::Ok, Some(value), _) => value_words(total.definition.unit, value),
        (Status::Ok, None, Some(yes)) => format!("да: {yes} из {}", total.counted),
        _ => "не определено".to_owned(),
    }
}

fn row(out: &mut String, cells: [&str; 5]) {
    let [id, title, value, counts, towns] = cells;
    let line =
        format!("{id:<ID$} {title:<TITLE$} {value:>VALUE$} {counts:>COUNTS$} {towns:>TOWNS$}");
    let _ = writeln!(out, "{}", line.trim_end());
}

/// A text wrapped to the width, every line indented.
fn lines(out: &mut String, text: &str, indent: &str) {
    for line in wrapped(text, WIDTH - indent.len()) {
        let _ = writeln!(out, "{indent}{line}");
    }
}
