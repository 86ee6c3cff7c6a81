//! Figures: counts of verdicts, with their value, plan and rule (methodology §2, §5; contract §3).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::catalogue::Definition;
use super::verdict::Verdicts;
use crate::people::OrgId;
pub use crate::target::Outcome;
use crate::target::Target;

/// Whether a figure could be computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It stands.
    Ok,
    /// «нет данных»: a table or a column is absent.
    NoData,
    /// «не определено»: the denominator is 0.
    Undefined,
}

/// The plan for one indicator, and how the figure stands to it.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The plan.
    pub target: Target,
    /// Fact minus plan, rounded once, with a point; none for 4.1.1 and where there is no figure.
    pub deviation: Option<String>,
    /// The outcome.
    pub outcome: Outcome,
    /// Where the plan comes from: `[targets]` or the sheet's row, in words.
    pub origin: String,
}

/// The figure of one organisation or team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The organisation; none for teams and for «не указана».
    pub organisation: Option<OrgId>,
    /// Its name.
    pub name: Arc<str>,
    /// Above the line.
    pub numerator: u64,
    /// Below the line; none for teams.
    pub denominator: Option<u64>,
    /// The value with a point.
    pub value: String,
}

/// A condition of 4.1.1 and its answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoadmapConditions {
    /// The map has measures.
    pub developed: bool,
    /// At least one is done or under way by D.
    pub under_way: bool,
    /// At least one is of the regional level.
    pub regional: bool,
    /// At least one is of the federal level.
    pub federal: bool,
}

/// One of the fourteen figures.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it means.
    pub definition: &'static Definition,
    /// Whether it could be computed.
    pub status: Status,
    /// Above the line.
    pub numerator: Option<u64>,
    /// Below the line.
    pub denominator: Option<u64>,
    /// The value: a decimal with a point, `yes` or `no`; none when there is none.
    pub value: Option<String>,
    /// The plan, where there is one.
    pub plan: Option<Plan>,
    /// The rule that was used, in words.
    pub rule: String,
    /// What else a reader must know: a missing table or column, rounding that hides a miss.
    pub note: Option<String>,
    /// The breakdown, where it has a meaning.
    pub parts: Option<Vec<Part>>,
    /// The conditions of 4.1.1.
    pub conditions: Option<RoadmapConditions>,
    /// The respondents of 4.1.4.
    pub respondents: Option<u64>,
    /// The 95 % Wilson interval of 4.1.4 in per cent, two decimal strings.
    pub interval: Option<(String, String)>,
    /// The verdicts that it counts.
    pub verdicts: Verdicts,
}

/// Everything that a run found out: what the report, the JSON and `explain` print.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The period.
    pub period: crate::period::Period,
    /// The window.
    pub window: crate::period::Window,
    /// People of T.
    pub teachers: u64,
    /// People of M.
    pub managers: u64,
    /// Organisations (contract §3, `population.organizations`).
    pub organisations: u64,
    /// The fourteen figures in the order of the source.
    pub figures: Vec<Figure>,
}

impl Figure {
    /// The figure without verdicts and breakdown.
    fn alone(&self) -> Self {
        Self {
            definition: self.definition,
            status: self.status,
            numerator: self.numerator,
            denominator: self.denominator,
            value: self.value.clone(),
            plan: self.plan.clone(),
            rule: self.rule.clone(),
            note: self.note.clone(),
            parts: None,
            conditions: self.conditions,
            respondents: self.respondents,
            interval: self.interval.clone(),
            verdicts: Verdicts::None,
        }
    }
}

impl Assessment {
    /// The figures alone, without verdicts and breakdowns.
    #[must_use]
    pub fn figures_alone(&self) -> Self {
        Self {
            period: self.period.clone(),
            window: self.window,
            teachers: self.teachers,
            managers: self.managers,
            organisations: self.organisations,
            figures: self.figures.iter().map(Figure::alone).collect(),
        }
    }
}
