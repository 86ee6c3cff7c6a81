//! Plans: which one, whether it is met, and the deviation (methodology §5).

use chrono::NaiveDate;

use super::exact::Fraction;
use super::{Figure, World};
use crate::towns::options::IDS;
use crate::towns::town::{Means, Plan, Register};

/// What became of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Fate {
    pub plan: Plan,
    /// `met`, `missed`, `undefined`.
    pub outcome: &'static str,
    pub deviation: Option<String>,
}

impl World<'_> {
    /// The plan of an indicator, by its place in the order, and its fate.
    pub fn plan(&self, place: usize, figure: &Figure) -> Option<Fate> {
        // «`[targets]` beats the sheet»
        let set = self
            .town
            .options
            .targets
            .iter()
            .find(|(own, _)| *own == place)
            .map(|(_, plan)| *plan);
        let plan = set.or_else(|| self.sheet_plan(place))?;
        if plan == Plan::Yes {
            let outcome = match figure.value.as_deref() {
                Some("yes") => "met",
                Some(_) => "missed",
                None => "undefined",
            };
            return Some(Fate {
                plan,
                outcome,
                deviation: None,
            });
        }
        let Some(fact) = figure.exact else {
            return Some(Fate {
                plan,
                outcome: "undefined",
                deviation: None,
            });
        };
        let bound = |hundredths: i64| Fraction::new(i128::from(hundredths), 100);
        let none = Fraction::new(0, 1);
        // «A target is met when the exact fraction meets it»; «the exact difference of fact and plan;
        // from a range it is fact minus the bound that is broken, 0 inside; from `<= 10` fact minus 10».
        let (met, deviation) = match plan {
            Plan::AtLeast(low) => (fact.at_least(bound(low)), fact.minus(bound(low))),
            Plan::AtMost(high) => (bound(high).at_least(fact), fact.minus(bound(high))),
            Plan::Between(low, _) if !fact.at_least(bound(low)) => (false, fact.minus(bound(low))),
            Plan::Between(_, high) if !bound(high).at_least(fact) => {
                (false, fact.minus(bound(high)))
            }
            _ => (true, none),
        };
        let decimals = match IDS[place] {
            "4.1.2.6" => 0,
            "4.1.3.2" => 1,
            _ => self.town.options.decimals,
        };
        let outcome = if met { "met" } else { "missed" };
        Some(Fate {
            plan,
            outcome,
            deviation: Some(deviation.rounded(decimals)),
        })
    }

    /// «the one of the very period decides, else the shortest period that holds it, else the one
    /// without a period; two different ones of equal rank are reported and none is taken»
    fn sheet_plan(&self, place: usize) -> Option<Plan> {
        let (from, to) = (self.town.period.from, self.town.period.to);
        let mut ranked: Vec<(i64, Plan)> = Vec::new();
        for (table, row) in self.records(Register::Targets) {
            let (Means::Indicator(own), Means::Plan(plan)) =
                (table.cell(row, "Показатель"), table.cell(row, "План"))
            else {
                continue;
            };
            if *own != place || !can_have(place, *plan) {
                continue;
            }
            let days = |first: NaiveDate, last: NaiveDate| (last - first).num_days();
            let rank = match table.cell(row, "Период") {
                Means::Period(first, last) if *first <= from && to <= *last => days(*first, *last),
                Means::Period(..) => continue,
                _ => i64::MAX,
            };
            ranked.push((rank, *plan));
        }
        let best = ranked.iter().map(|(rank, _)| *rank).min()?;
        let mut of_best = ranked
            .iter()
            .filter(|(rank, _)| *rank == best)
            .map(|(_, plan)| *plan);
        let first = of_best.next()?;
        of_best.all(|plan| plan == first).then_some(first)
    }
}

/// «The plan of 4.1.1 is «да»»; «4.1.3.2 takes only such a bound or range».
fn can_have(place: usize, plan: Plan) -> bool {
    match IDS[place] {
        "4.1.1" => plan == Plan::Yes,
        "4.1.3.2" => matches!(plan, Plan::AtMost(_) | Plan::Between(..)),
        _ => plan != Plan::Yes,
    }
}
