//! Plans of a run: `[targets]` of the settings, else the sheet «Плановые значения» (methodology §5).

use std::collections::BTreeMap;

use super::catalogue::catalogue;
use super::figure::Plan;
use crate::finding::{Code, Findings, Message};
use crate::period::Period;
use crate::ratio::Ratio;
use crate::registers::record::TargetRow;
use crate::registers::{Dataset, Field, RegisterId};
use crate::settings::{Settings, TargetSetting};
use crate::target::{Outcome, Target};

const E_PLAN: Code = Code("E821");
const E_INDICATOR: Code = Code("E822");
const E_PERIOD: Code = Code("E823");
const E_CONFLICT: Code = Code("E824");

/// The plans by indicator, with where each comes from.
#[derive(Clone, Debug, Default)]
pub struct Plans(BTreeMap<String, (Target, String)>);

/// How well a plan of the sheet fits the period; the least is the best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    /// Of the very period.
    Own,
    /// Of a period that holds it, by its days.
    Holds(i64),
    /// Without a period.
    Any,
}

impl Plans {
    /// Chooses the plans for a period. Lines of the sheet that cannot be read or that contradict
    /// each other are reported and not taken.
    pub fn choose(
        dataset: &Dataset,
        settings: &Settings,
        period: &Period,
        findings: &mut Findings,
    ) -> Self {
        let mut plans = Self::default();
        let mut of_sheet: BTreeMap<String, Vec<(Rank, Target, &TargetRow)>> = BTreeMap::new();
        for row in &dataset.targets {
            if let Some((id, rank, target)) = line(dataset, row, period, findings) {
                of_sheet.entry(id).or_default().push((rank, target, row));
            }
        }
        for (id, lines) in of_sheet {
            let Some(best) = lines.iter().map(|(rank, ..)| *rank).min() else {
                continue;
            };
            let mut fitting = lines.iter().filter(|(rank, ..)| *rank == best);
            let Some((_, target, row)) = fitting.next() else {
                continue;
            };
            if let Some((_, other, conflicting)) = fitting.find(|(_, other, _)| other != target) {
                let seen = format!(
                    "у показателя {id} два разных плана: «{}» и «{}»; не взят ни один",
                    target.title(),
                    other.title()
                );
                findings.add(
                    E_CONFLICT,
                    TARGETS,
                    dataset.place(conflicting.at, Field::Plan),
                    seen,
                );
                continue;
            }
            let sheet = dataset
                .sheet(row.at.sheet)
                .map_or("", |sheet| sheet.name.as_str());
            let origin = format!("лист «{sheet}», строка {}", u64::from(row.at.row) + 1);
            plans.0.insert(id, (target.clone(), origin));
        }
        for (id, written) in &settings.targets {
            if let Ok(target) = Target::parse_for(id, &written_text(written)) {
                plans
                    .0
                    .insert(id.clone(), (target, "настройка [targets]".to_owned()));
            }
        }
        plans
    }

    /// How a figure stands to its plan, where there is one. `exact` is the figure (of 4.1.1, yes is
    /// 1); `decimals` rounds the deviation.
    #[must_use]
    pub fn judge(&self, id: &str, exact: Option<Ratio>, decimals: u32) -> Option<Plan> {
        let (target, origin) = self.0.get(id)?;
        let (outcome, deviation) = match exact {
            Some(exact) => (
                target.outcome(exact),
                target
                    .deviation(exact)
                    .map(|deviation| deviation.rounded(decimals)),
            ),
            None => (Outcome::Undefined, None),
        };
        Some(Plan {
            target: target.clone(),
            deviation,
            outcome,
            origin: origin.clone(),
        })
    }
}

const TARGETS: Option<RegisterId> = Some(RegisterId::Targets);

fn written_text(setting: &TargetSetting) -> String {
    match setting {
        TargetSetting::Whole(number) => number.to_string(),
        TargetSetting::Decimal(number) => number.to_string(),
        TargetSetting::Text(text) => text.clone(),
    }
}

/// One line of the sheet: its indicator, how well it fits, its plan.
fn line(
    dataset: &Dataset,
    row: &TargetRow,
    period: &Period,
    findings: &mut Findings,
) -> Option<(String, Rank, Target)> {
    let Some(id) = indicator(dataset.text(row.indicator)) else {
        let seen = format!("«{}» — не номер показателя", dataset.text(row.indicator));
        let advice = "укажите номер показателя, например 4.1.2.1";
        findings.add_with_advice(
            E_INDICATOR,
            TARGETS,
            dataset.place(row.at, Field::Indicator),
            seen,
            advice,
        );
        return None;
    };
    let period_text = dataset.text(row.period);
    let rank = if period_text.is_empty() {
        Rank::Any
    } else {
        match Period::parse(period_text) {
            Ok(own) if own.from == period.from && own.to == period.to => Rank::Own,
            Ok(wider) if wider.contains_period(period) => Rank::Holds(wider.days()),
            Ok(_) => return None,
            Err(error) => {
                findings.add(
                    E_PERIOD,
                    TARGETS,
                    dataset.place(row.at, Field::PlanPeriod),
                    Message::plain(error),
                );
                return None;
            }
        }
    };
    match Target::parse_for(&id, dataset.text(row.plan)) {
        Ok(target) => Some((id, rank, target)),
        Err(error) => {
            findings.add(
                E_PLAN,
                TARGETS,
                dataset.place(row.at, Field::Plan),
                Message::plain(error),
            );
            None
        }
    }
}

/// The indicator that a cell names: its number, also with a dot at its end or with words after it,
/// or the order's own words.
fn indicator(text: &str) -> Option<String> {
    let folded = crate::text::fold(text);
    let number = folded
        .split(' ')
        .next()
        .unwrap_or("")
        .trim_end_matches(['.', ')', ':']);
    let all = &catalogue().indicators;
    let by_number = all.iter().find(|definition| definition.id == number);
    let named = by_number.or_else(|| {
        let words = |text: &str| -> String {
            let folded = crate::text::fold(text);
            folded.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let sought = words(text);
        let all = &mut all.iter();
        all.find(|definition| {
            words(&definition.text) == sought || words(&definition.short) == sought
        })
    });
    named.map(|definition| definition.id.clone())
}
