//! The road map (methodology §2.1, 4.1.1).

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;

use super::context::Context;
use super::figure::RoadmapConditions;
use super::verdict::MeasureVerdict;
use crate::finding::{Code, Findings, Message};
use crate::registers::cell::FAULT;
use crate::registers::phrase::{MeasureLevels, MeasureStatus, Reading};
use crate::registers::record::{DateCell, Deadline, MeasureRow};
use crate::registers::{Field, RegisterId};
use crate::text::fold;

const W_TWICE: Code = Code("W811");
const E_STATUS: Code = Code("E812");
const E_LEVEL: Code = Code("E813");

/// The measures of the map, each once, in the order in which they first stand.
pub fn measures(context: &Context<'_>, findings: &mut Findings) -> Vec<MeasureVerdict> {
    let mut all: Vec<MeasureVerdict> = Vec::new();
    let mut of: FxHashMap<(String, Level, Option<NaiveDate>), usize> = FxHashMap::default();
    for row in &context.dataset.measures {
        let measure = measure(context, row, findings);
        let key = (
            fold(context.dataset.text(row.title)),
            Level::of(&measure, context.dataset.text(row.level)),
            measure.deadline,
        );
        match of.get(&key) {
            Some(&known) => {
                let first = &mut all[known];
                let seen = Message::plain(format!(
                    "мероприятие «{}» уже стоит в строке {}: учтено один раз",
                    context.dataset.text(row.title),
                    u64::from(first.rows[0].row) + 1
                ));
                findings.add(
                    W_TWICE,
                    ROADMAP,
                    context.dataset.place(row.at, Field::Measure),
                    seen,
                );
                first.rows.extend(measure.rows);
                first.under_way |= measure.under_way;
                if measure.done && !first.done {
                    first.done = true;
                    first.status = measure.status;
                    first.done_on = measure.done_on;
                }
            }
            None => {
                of.insert(key, all.len());
                all.push(measure);
            }
        }
    }
    all
}

/// What levels are compared by: областной is the regional one, however it is written (§2.1).
#[derive(PartialEq, Eq, Hash)]
enum Level {
    /// Regional, federal, or both.
    Higher { regional: bool, federal: bool },
    /// Another, as written.
    Other(String),
}

impl Level {
    fn of(measure: &MeasureVerdict, written: &str) -> Self {
        let (regional, federal) = (measure.regional, measure.federal);
        if regional || federal {
            Self::Higher { regional, federal }
        } else {
            Self::Other(fold(written))
        }
    }
}

/// The four conditions (§2.1).
#[must_use]
pub fn conditions(measures: &[MeasureVerdict]) -> RoadmapConditions {
    RoadmapConditions {
        developed: !measures.is_empty(),
        under_way: measures.iter().any(|measure| measure.under_way),
        regional: measures.iter().any(|measure| measure.regional),
        federal: measures.iter().any(|measure| measure.federal),
    }
}

const ROADMAP: Option<RegisterId> = Some(RegisterId::Roadmap);

fn measure(context: &Context<'_>, row: &MeasureRow, findings: &mut Findings) -> MeasureVerdict {
    let as_of = context.as_of();
    let status = context.statuses.measure(row.status);
    let text = context.dataset.text(row.status);
    // An error of the cell was said when the row was read.
    if status == Reading::Unknown && text != FAULT {
        let advice = context
            .phrases
            .nearest(RegisterId::Roadmap, text)
            .map_or_else(String::new, |near| {
                format!("ближайший известный статус — «{near}»")
            });
        let seen = format!("статус «{text}» не распознан, мероприятие не считается выполненным");
        findings.add_with_advice(
            E_STATUS,
            ROADMAP,
            context.dataset.place(row.at, Field::Status),
            seen,
            advice,
        );
    }
    let says_done = match status {
        Reading::Known(status) => status == MeasureStatus::Done,
        Reading::Empty => row.done_on.day().is_some(),
        Reading::Unknown => false,
    };
    let in_time = match row.done_on.cell() {
        DateCell::Empty => true,
        DateCell::Day(day) => day <= as_of,
        _ => false,
    };
    let done = says_done && in_time;
    let deadline = match row.deadline {
        Deadline::Day(day) => Some(day),
        Deadline::Always => NaiveDate::from_ymd_opt(as_of.year(), 12, 31),
        Deadline::None | Deadline::Unreadable => None,
    };
    let level_text = context.dataset.text(row.level);
    let levels = match context.phrases.levels(level_text) {
        Reading::Known(levels) => levels,
        Reading::Empty => MeasureLevels::default(),
        Reading::Unknown => {
            let seen = format!(
                "уровень «{level_text}» не распознан и не считается ни региональным, ни федеральным"
            );
            let advice = context
                .phrases
                .nearest_level(level_text)
                .map_or_else(String::new, |near| {
                    format!("ближайший известный уровень — «{near}»")
                });
            findings.add_with_advice(
                E_LEVEL,
                ROADMAP,
                context.dataset.place(row.at, Field::Level),
                seen,
                advice,
            );
            MeasureLevels::default()
        }
    };
    MeasureVerdict {
        rows: vec![row.at],
        title: row.title,
        level: row.level,
        deadline,
        status: row.status,
        done_on: row.done_on.day(),
        regional: levels.regional,
        federal: levels.federal,
        under_way: done || status == Reading::Known(MeasureStatus::Active),
        due: deadline.is_some_and(|deadline| deadline <= as_of),
        done,
    }
}
