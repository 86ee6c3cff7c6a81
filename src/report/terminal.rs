//! The short table on the terminal: at most 80 columns, figures with what they were counted from.

use std::fmt::Write;

use crate::finding::{self, Severity};
use crate::indicators::catalogue::Unit;
use crate::indicators::figure::{Figure, Status};
use crate::period::russian_date;
use crate::pipeline::Run;
use crate::target::Outcome;
use crate::text::plural;

const ID: usize = 7;
const TITLE: usize = 36;
const VALUE: usize = 14;
const COUNTS: usize = 9;
const OUTCOME: usize = 8;

/// The table of figures and the number of findings by kind.
#[must_use]
pub fn render(run: &Run) -> String {
    let assessment = &run.assessment;
    let mut out = String::new();
    let place = if run.settings.municipality.is_empty() {
        String::new()
    } else {
        format!("{}. ", run.settings.municipality)
    };
    let mut heading = place;
    let _ = write!(heading, "Показатели ММС за {}", assessment.period.title());
    for line in wrapped(&heading, 80) {
        let _ = writeln!(out, "{line}");
    }
    let to = russian_date(assessment.window.to);
    let _ = match assessment.window.from {
        Some(from) => writeln!(
            out,
            "События с {} по {to}, состояние на {to}",
            russian_date(from)
        ),
        None => writeln!(out, "События по {to}, состояние на {to}"),
    };
    let _ = writeln!(
        out,
        "Педагогов {}, управленцев {}, организаций {}\n",
        assessment.teachers, assessment.managers, assessment.organisations
    );
    row(
        &mut out,
        ["№", "Показатель", "Факт", "Из числа", "Выполнен"],
    );
    let _ = writeln!(
        out,
        "{}",
        "─".repeat(ID + TITLE + VALUE + COUNTS + OUTCOME + 4)
    );
    for figure in &assessment.figures {
        figure_rows(&mut out, figure);
    }
    out.push('\n');
    out.push_str(&findings(run));
    out
}

fn figure_rows(out: &mut String, figure: &Figure) {
    let counts = match (figure.numerator, figure.denominator) {
        (Some(numerator), Some(denominator)) => format!("{numerator}/{denominator}"),
        _ => String::new(),
    };
    let outcome = match figure.plan.as_ref().map(|plan| plan.outcome) {
        Some(Outcome::Met) => "да",
        Some(Outcome::Missed) => "нет",
        Some(Outcome::Undefined) => "?",
        None => "—",
    };
    let mut title = wrapped(&figure.definition.short, TITLE).into_iter();
    let first = title.next().unwrap_or_default();
    row(
        out,
        [
            &figure.definition.id,
            &first,
            &value(figure),
            &counts,
            outcome,
        ],
    );
    for line in title {
        row(out, ["", &line, "", "", ""]);
    }
}

/// The fact as people read it: «41,2 %», «3 команды», «да», «нет данных», «не определено».
#[must_use]
pub fn value(figure: &Figure) -> String {
    match (figure.status, figure.value.as_deref()) {
        (Status::NoData, _) => "нет данных".to_owned(),
        (Status::Undefined, _) | (_, None) => "не определено".to_owned(),
        (Status::Ok, Some(value)) => match figure.definition.unit {
            Unit::Percent => format!("{} %", value.replace('.', ",")),
            Unit::Count => {
                format!(
                    "{value} {}",
                    plural(
                        figure.numerator.unwrap_or(0),
                        "команда",
                        "команды",
                        "команд"
                    )
                )
            }
            Unit::PerOne => format!("{} чел.", value.replace('.', ",")),
            Unit::YesNo => if value == "yes" { "да" } else { "нет" }.to_owned(),
        },
    }
}

fn row(out: &mut String, cells: [&str; 5]) {
    let [id, title, value, counts, outcome] = cells;
    let line =
        format!("{id:<ID$} {title:<TITLE$} {value:>VALUE$} {counts:>COUNTS$} {outcome:>OUTCOME$}");
    let _ = writeln!(out, "{}", line.trim_end());
}

/// Words on lines of at most `width` characters.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last().map_or(0, |line| line.chars().count());
        match lines.last_mut() {
            Some(line) if last > 0 && last + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if last == 0 => line.push_str(word),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How many findings there are of each kind.
#[must_use]
pub fn findings(run: &Run) -> String {
    let counts = run.findings.by_code();
    if counts.is_empty() {
        return "Замечаний к данным нет.\n".to_owned();
    }
    let count = |severity| run.findings.count(severity) as u64;
    let (errors, warnings, notes) = (
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
    );
    let mut out = format!(
        "Замечания к данным: {errors} {}, {warnings} {}, {notes} {}\n",
        plural(errors, "ошибка", "ошибки", "ошибок"),
        plural(
            warnings,
            "предупреждение",
            "предупреждения",
            "предупреждений"
        ),
        plural(notes, "примечание", "примечания", "примечаний"),
    );
    let mut kinds: Vec<(&str, usize)> = counts.into_iter().collect();
    kinds.sort_by_key(|(code, _)| {
        (
            finding::catalogue().get(*code).is_none(),
            finding::severity_of(code),
            *code,
        )
    });
    for (code, count) in kinds {
        let title = finding::catalogue()
            .get(code)
            .map_or("", |page| page.title.as_str());
        let _ = writeln!(out, "{count:>6}  {code}  {title}");
    }
    out
}
