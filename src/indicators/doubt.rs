//! How far a figure could move if every error among the findings were put right: the number of
//! findings that touch it, and a bound that is never exceeded.
//!
//! The bound. A record that was not counted belongs to one person, so that it can bring at most one
//! person into the numerator. A row of the staff table, or of «Соответствия», speaks of one person
//! too: it can bring that person into the numerator or the denominator, or take them out. With N of D
//! counted, n uncounted records and k such rows, the numerator is at most N + n + k and never above
//! its denominator, and the share is highest where the denominator stays: it rises by at most
//! 100 · min(n + k, D − N) / D. It falls by at most 100 · min(k, N) / D. The bound is the greater of the
//! two, rounded up. Answers of a survey stand for themselves: a of them raise the share to at most
//! (P + a) / (V + a), and lower it to no less than P / (V + a).

use std::collections::BTreeSet;

use super::catalogue::{Condition, Definition, Scope, Unit};
use super::figure::Figure;
use super::verdict::{Reason, Verdicts};
use crate::finding::{Finding, Findings, Severity};
use crate::ratio::Ratio;
use crate::registers::{Dataset, Field, RegisterId, SheetMeta};
use crate::text::plural;

/// What the errors among the findings leave open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// The error findings that could move the figure.
    pub findings: u64,
    /// The rows that they speak of.
    pub records: u64,
    /// By how much at most, in units of the value (percentage points of a share), with a point; none
    /// where no bound is known, and of 4.1.1.
    pub at_most: Option<String>,
    /// Whether the figure could be lower as well.
    pub lower: bool,
    /// The unit of the figure.
    pub unit: Unit,
}

impl Doubt {
    /// «не учтено из-за замечаний: 5 записей, показатель мог бы быть выше не более чем на 0,6 п. п.»
    #[must_use]
    pub fn text(&self) -> String {
        let records = self.records;
        let mut text = format!(
            "не учтено из-за замечаний: {records} {}",
            plural(records, "запись", "записи", "записей")
        );
        if let Some(at_most) = &self.at_most {
            if at_most.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
                return text + ", на показатель это не влияет";
            }
            let unit = match self.unit {
                Unit::Percent => " п. п.",
                _ => "",
            };
            let where_to = if self.lower {
                "выше или ниже"
            } else {
                "выше"
            };
            text += &format!(
                ", показатель мог бы быть {where_to} не более чем на {}{unit}",
                at_most.replace('.', ",")
            );
        }
        text
    }
}

/// The doubt about a figure; none where nothing is left open, and where there is no figure.
#[must_use]
pub fn doubt(
    figure: &Figure,
    dataset: &Dataset,
    findings: &Findings,
    decimals: u32,
) -> Option<Doubt> {
    figure.value.as_ref()?;
    let definition = figure.definition;
    let registers = definition.registers();
    let of_figure: Vec<&Finding> = findings
        .all()
        .iter()
        .filter(|finding| finding.code.severity() == Severity::Error)
        .filter(|finding| {
            finding
                .register
                .is_some_and(|register| registers.contains(&register))
        })
        .filter(|finding| speaks_of(finding.code.0, definition, dataset))
        .collect();
    if of_figure.is_empty() {
        return None;
    }
    let mut tally = Tally::new(dataset);
    for finding in &of_figure {
        tally.add(finding, definition);
    }
    let (up, down) = match definition.scope {
        Scope::Measures => (None, None),
        Scope::Answers => answers(figure, dataset, &of_figure),
        Scope::Teams => teams(&tally),
        Scope::Methodists => pairs(figure, &tally),
        _ => shares(figure, &tally),
    };
    let digits = match definition.unit {
        Unit::Percent => decimals,
        Unit::PerOne => 1,
        Unit::Count | Unit::YesNo => 0,
    };
    let bounds = up.zip(down).filter(|_| !tally.unbounded);
    let at_most = bounds.map(|(up, down)| round_up(if down > up { down } else { up }, digits));
    Some(Doubt {
        findings: of_figure.len() as u64,
        records: tally.records(),
        at_most,
        lower: bounds.is_some_and(|(_, down)| down.numerator > 0),
        unit: definition.unit,
    })
}

/// Whether a finding of this code can touch the indicator: those of one column or one test touch
/// only the indicators that look at it.
#[must_use]
pub fn speaks_of(code: &str, definition: &Definition, dataset: &Dataset) -> bool {
    match code {
        "E731" => definition.scope == Scope::Methodists,
        "E721" | "E722" | "W723" | "E305" => definition.scope == Scope::Young,
        "E308" => definition.scope == Scope::Teams,
        // Of a named team the position does not matter.
        "E311" | "E601" | "E605" if definition.scope == Scope::Teams => {
            !dataset.any_has(RegisterId::Courses, Field::Team)
        }
        _ => true,
    }
}

/// The rows that findings speak of.
struct Tally<'d> {
    dataset: &'d Dataset,
    /// Records that could add to the numerator.
    records: BTreeSet<(u32, u32)>,
    /// Rows that could move a person either way.
    people: BTreeSet<(u32, u32)>,
    /// Records of whole sheets.
    whole: u64,
    /// Whether one row of the registry stands for many courses.
    registry: bool,
    /// Whether a yes or no of the staff table was not read, which could take people out.
    flags: bool,
    /// Whether something has no place to count rows at.
    unbounded: bool,
}

impl<'d> Tally<'d> {
    fn new(dataset: &'d Dataset) -> Self {
        Self {
            dataset,
            records: BTreeSet::new(),
            people: BTreeSet::new(),
            whole: 0,
            registry: false,
            flags: false,
            unbounded: false,
        }
    }

    fn add(&mut self, finding: &Finding, definition: &Definition) {
        let place = &finding.place;
        let (Some(sheet), row) = (place.sheet, place.row) else {
            self.unbounded = definition.scope != Scope::Answers;
            return;
        };
        let Some(row) = row else {
            self.whole += self.dataset.sheet(sheet).map_or(0, |sheet| sheet.rows);
            return;
        };
        let of_person = matches!(
            finding.register,
            Some(RegisterId::Staff | RegisterId::Links | RegisterId::Organizations)
        );
        self.flags |= finding.code.0 == "E304" && of_person;
        self.registry |= finding.register == Some(RegisterId::Registry);
        // A record of an IOM makes the denominator of 4.1.3.4 as well.
        let both = of_person || definition.scope == Scope::WithIom;
        // Of a second table none of the rows from its header on was read.
        let rows = match finding.code.0 {
            "E207" => self
                .dataset
                .sheet(sheet)
                .map_or(1, SheetMeta::of_other_table),
            _ => 1,
        };
        let rows = (row..row.saturating_add(rows)).map(|row| (sheet.number(), row));
        if both && finding.code.0 != "E731" {
            self.people.extend(rows);
        } else {
            self.records.extend(rows);
        }
    }

    fn people(&self) -> u64 {
        self.people.len() as u64
    }

    fn records(&self) -> u64 {
        self.people() + self.records.len() as u64 + self.whole
    }
}

type Moves = (Option<Ratio>, Option<Ratio>);

/// Shares of people and of organisations.
fn shares(figure: &Figure, tally: &Tally<'_>) -> Moves {
    let (Some(above), Some(below)) = (figure.numerator, figure.denominator) else {
        return (None, None);
    };
    let through_registry = match &figure.verdicts {
        Verdicts::People(verdicts)
            if tally.registry
                && figure
                    .definition
                    .conditions
                    .contains(&Condition::InRegistry) =>
        {
            verdicts
                .iter()
                .filter(|verdict| {
                    matches!(verdict.reason, Reason::NotInRegistry | Reason::NotChosen)
                })
                .count() as u64
        }
        _ => 0,
    };
    let more = (tally.records() + through_registry).min(below.saturating_sub(above));
    let whole = if figure.definition.scope == Scope::WithIom {
        tally.whole
    } else {
        0
    };
    let fewer = (tally.people() + whole).min(above);
    let points = |people: u64| Ratio::new(100 * i128::from(people), below.into());
    (points(more), points(fewer))
}

/// Teams: a record names one team. What a person of the staff could bring is not bounded.
fn teams(tally: &Tally<'_>) -> Moves {
    let bound = (tally.people() == 0).then(|| i128::from(tally.records()));
    (
        bound.and_then(|teams| Ratio::new(teams, 1)),
        Ratio::new(0, 1),
    )
}

/// Pairs for one methodist: assignments that make no pair could make one, and people or records of
/// the status could make further methodists.
fn pairs(figure: &Figure, tally: &Tally<'_>) -> Moves {
    let (Some(above), Some(below), Verdicts::Methodists(_, left_out)) =
        (figure.numerator, figure.denominator, &figure.verdicts)
    else {
        return (None, None);
    };
    // Somebody taken out of the methodists would take all their pairs along.
    if tally.flags {
        return (None, None);
    }
    let (above, below) = (i128::from(above), i128::from(below));
    let mut rows = tally.records.clone();
    rows.extend(
        left_out
            .iter()
            .map(|pair| (pair.row.sheet.number(), pair.row.row)),
    );
    let more = rows.len() as i128 + i128::from(tally.whole);
    let holders = i128::from(tally.people())
        + tally
            .records
            .iter()
            .filter(|(sheet, _)| {
                tally
                    .dataset
                    .sheets
                    .get(*sheet as usize)
                    .is_some_and(|sheet| sheet.register == Some(RegisterId::Methodists))
            })
            .count() as i128
        + i128::from(tally.whole);
    // P/H − P/(H + h) = P·h / (H·(H + h))
    (
        Ratio::new(more, below),
        Ratio::new(above * holders, below * (below + holders)),
    )
}

/// Answers of the survey.
fn answers(figure: &Figure, dataset: &Dataset, findings: &[&Finding]) -> Moves {
    let (Some(positive), Some(valid), Verdicts::Survey(survey)) =
        (figure.numerator, figure.denominator, &figure.verdicts)
    else {
        return (None, None);
    };
    let questions = survey.questions.len().max(1) as u64;
    let mut open = 0;
    for finding in findings {
        open += match (finding.code.0, finding.place.row) {
            ("E804" | "E805", _) => questions,
            (_, Some(_)) => 1,
            // A whole question was left out: every row may hold an answer to it.
            (_, None) => dataset.answers.len() as u64,
        };
    }
    let (positive, valid, open) = (i128::from(positive), i128::from(valid), i128::from(open));
    // (P + a)/(V + a) − P/V = a·(V − P) / (V·(V + a)), and P/V − P/(V + a) = a·P / (V·(V + a)).
    let below = valid * (valid + open);
    (
        Ratio::new(100 * open * (valid - positive), below),
        Ratio::new(100 * open * positive, below),
    )
}

/// A bound with so many digits, never less than it is.
fn round_up(bound: Ratio, digits: u32) -> String {
    let scale = 10_i128.pow(digits);
    let above = bound.numerator * scale;
    let whole =
        above.div_euclid(bound.denominator) + i128::from(above.rem_euclid(bound.denominator) != 0);
    Ratio::new(whole, scale).map_or_else(String::new, |ratio| ratio.rounded(digits))
}
