//! The live formulas: only functions that every Excel since 2010 and LibreOffice calculate alike.
//!
//! A share is `ROUND(100*n/d, k)`: the quotient of two whole numbers is the double nearest to the
//! exact one, so that a tie rounds away from zero in every engine. A plan enters as a whole number
//! over a power of ten for the same reason.

use super::layouts::Layouts;
use super::page::Stored;
use crate::indicators::catalogue::{Scope, Unit};
use crate::ratio::Ratio;
use crate::report::model::{Line, ReportModel};
use crate::target::Target;

/// The formulas that count a figure: above and below the line.
pub(super) struct Counts {
    /// Above the line.
    pub numerator: String,
    /// Below the line; none for a count.
    pub denominator: Option<String>,
}

/// The columns of one indicator's people.
pub(super) struct PeopleColumns {
    /// 0, 1 or nothing.
    pub mark: String,
    /// 1 on a person's first row.
    pub once: String,
    /// The code of the organisation.
    pub code: String,
}

/// The columns that count an indicator over people.
pub(super) fn people(line: &Line, model: &ReportModel, layouts: &Layouts) -> Option<PeopleColumns> {
    let (people, layout) = match line.scope {
        Scope::Teachers | Scope::WithIom | Scope::Young => (&model.teachers, &layouts.teachers),
        Scope::Managers => (&model.managers, &layouts.managers),
        _ => return None,
    };
    let layout = layout.as_ref()?;
    let column = people.column(&line.id)?;
    Some(PeopleColumns {
        mark: layout.range(&column.header),
        once: layout.range("Учёт"),
        code: layout.range("Код ОО"),
    })
}

/// The formulas that count a line over the evidence; none where the evidence is not in the book.
pub(super) fn counts(line: &Line, model: &ReportModel, layouts: &Layouts) -> Option<Counts> {
    let over = |range: &str| Counts {
        numerator: format!("COUNTIFS({range},1)"),
        denominator: Some(format!("COUNTIFS({range},\">=0\")")),
    };
    match line.scope {
        Scope::Teachers | Scope::WithIom | Scope::Young | Scope::Managers => {
            let columns = people(line, model, layouts)?;
            let (mark, once) = (&columns.mark, &columns.once);
            Some(Counts {
                numerator: format!("COUNTIFS({mark},1,{once},1)"),
                denominator: Some(format!("COUNTIFS({mark},\">=0\",{once},1)")),
            })
        }
        Scope::Methodists => {
            let assigned = layouts.methodists.range("Закреплено");
            Some(Counts {
                numerator: format!("SUM({assigned})"),
                denominator: Some(format!("COUNT({assigned})")),
            })
        }
        Scope::Schools => Some(over(&layouts.organisations.range("Целевая модель"))),
        Scope::Teams => Some(Counts {
            numerator: format!("COUNTIFS({},\">0\")", layouts.teams.range("Участников")),
            denominator: None,
        }),
        Scope::Measures => {
            let (due, done) = (
                layouts.measures.range("Срок наступил"),
                layouts.measures.range("Выполнено"),
            );
            Some(Counts {
                numerator: format!("COUNTIFS({due},1,{done},1)"),
                denominator: Some(format!("COUNTIFS({due},1)")),
            })
        }
        Scope::Answers => {
            let answers = layouts.answers.as_ref()?;
            Some(over(&answers.range("Учтён")))
        }
    }
}

/// A share in per cent.
pub(super) fn share(numerator: &str, denominator: &str, decimals: u32, empty: &str) -> String {
    format!("IF({denominator}=0,\"{empty}\",ROUND(100*{numerator}/{denominator},{decimals}))")
}

/// The result of [`share`].
pub(super) fn stored_share(
    numerator: u64,
    denominator: u64,
    decimals: u32,
    empty: &'static str,
) -> Stored {
    Ratio::new(100 * i128::from(numerator), denominator.into())
        .map_or(Stored::Text(empty), |share| {
            Stored::Number(share.rounded(decimals))
        })
}

/// A figure as the formulas of its plan see it: `above / below`, both whole numbers.
pub(super) struct Fact<'a> {
    /// The unit.
    pub unit: Unit,
    /// The cell of the numerator.
    pub numerator: &'a str,
    /// The cell of the denominator.
    pub denominator: &'a str,
    /// Digits of the value.
    pub decimals: u32,
}

impl Fact<'_> {
    fn above(&self, times: i128) -> String {
        let factor = if self.unit == Unit::Percent {
            100 * times
        } else {
            times
        };
        match factor {
            1 => self.numerator.to_owned(),
            factor => format!("{factor}*{}", self.numerator),
        }
    }

    fn below(&self, times: &str) -> String {
        match (self.unit, times) {
            (Unit::Count, times) => times.to_owned(),
            (_, "1") => self.denominator.to_owned(),
            (_, times) => format!("{times}*{}", self.denominator),
        }
    }

    /// A formula that speaks only where there is a denominator.
    fn where_defined(&self, formula: &str, otherwise: &str) -> String {
        match self.unit {
            Unit::Count => formula.to_owned(),
            _ => format!("IF({}=0,\"{otherwise}\",{formula})", self.denominator),
        }
    }

    /// The value.
    pub(super) fn value(&self) -> String {
        let quotient = match self.unit {
            Unit::Count => return self.numerator.to_owned(),
            _ => format!(
                "ROUND({}/{},{})",
                self.above(1),
                self.denominator,
                self.decimals
            ),
        };
        self.where_defined(&quotient, super::UNDEFINED)
    }

    /// `(above*q-p*below)/(q*below)`: the exact difference of the fact and the bound p/q.
    fn difference(&self, bound: &Bound) -> String {
        let q = bound.denominator;
        let above = self.above(q);
        let taken = self.below(&bound.text);
        let divisor = self.below(&q.to_string());
        match divisor.as_str() {
            "1" => format!("ROUND({above}-{taken},{})", self.decimals),
            divisor if q > 1 => {
                format!("ROUND(({above}-{taken})/({divisor}),{})", self.decimals)
            }
            divisor => format!("ROUND(({above}-{taken})/{divisor},{})", self.decimals),
        }
    }

    /// Whether the fact stands so to the bound.
    fn compared(&self, sign: &str, bound: &Bound) -> String {
        format!(
            "{}{sign}{}",
            self.above(bound.denominator),
            self.below(&bound.text)
        )
    }

    /// The deviation from a plan that stands in the cell `plan`; none for «да».
    pub(super) fn deviation(&self, target: &Target, plan: &str) -> Option<String> {
        let formula = match target {
            Target::AtLeast(bound, _) | Target::AtMost(bound, _) => {
                self.difference(&Bound::cell(*bound, plan))
            }
            Target::Between(low, high, _) => {
                let (low, high) = (Bound::number(*low), Bound::number(*high));
                format!(
                    "IF({},{},IF({},{},0))",
                    self.compared("<", &low),
                    self.difference(&low),
                    self.compared(">", &high),
                    self.difference(&high)
                )
            }
            Target::Yes => return None,
        };
        Some(self.where_defined(&formula, super::NONE))
    }

    /// The outcome against a plan that stands in the cell `plan`; none for «да».
    pub(super) fn outcome(&self, target: &Target, plan: &str) -> Option<String> {
        let met = |condition: &str| format!("IF({condition},\"достигнут\",\"не достигнут\")");
        let formula = match target {
            Target::AtLeast(bound, _) => met(&self.compared(">=", &Bound::cell(*bound, plan))),
            Target::AtMost(bound, _) => met(&self.compared("<=", &Bound::cell(*bound, plan))),
            Target::Between(low, high, _) => format!(
                "IF({},\"не достигнут\",{})",
                self.compared("<", &Bound::number(*low)),
                met(&self.compared("<=", &Bound::number(*high)))
            ),
            Target::Yes => return None,
        };
        Some(self.where_defined(&formula, "невозможно определить"))
    }
}

/// A bound of a plan as a whole number over a power of ten.
struct Bound {
    /// The whole number, or the formula that makes it of the plan's cell.
    text: String,
    /// The power of ten.
    denominator: i128,
}

impl Bound {
    fn cell(bound: Ratio, plan: &str) -> Self {
        let text = match bound.denominator {
            1 => plan.to_owned(),
            q => format!("ROUND({q}*{plan},0)"),
        };
        Self {
            text,
            denominator: bound.denominator,
        }
    }

    fn number(bound: Ratio) -> Self {
        Self {
            text: bound.numerator.to_string(),
            denominator: bound.denominator,
        }
    }
}
