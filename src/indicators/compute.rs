//! The fourteen figures out of verdicts (methodology §2, §3).

use std::sync::Arc;

use rayon::prelude::*;

use super::catalogue::{Condition, Definition, Scope, Unit, catalogue};
use super::context::Context;
use super::counts::{Counted, Tally, exact};
use super::figure::{Assessment, Figure, Part, Status};
use super::plan::Plans;
use super::survey::Survey;
use super::teams::TeamRule;
use super::verdict::{AnswerVerdict, PersonVerdict, Reason, Verdicts};
use super::young::Young;
use super::{checks, methodists, missing, roadmap, rule, schools, survey, teams, young};
use crate::finding::Findings;
use crate::people::PersonId;
use crate::people::name::Names;
use crate::people::position::Nomenclature;
use crate::ratio::Ratio;
use crate::registers::phrase::AnswerMeaning;

/// Digits after the point of 4.1.3.2, which the setting does not touch (§5).
const PER_ONE_DECIMALS: u32 = 1;

/// Computes all fourteen figures; what is found on the way goes to `findings`.
pub fn assess(
    context: &Context<'_>,
    nomenclature: &Nomenclature,
    names: &mut Names,
    findings: &mut Findings,
) -> Assessment {
    if findings.are_heard() {
        checks::check(context, findings);
    }
    let plans = Plans::choose(context.dataset, context.settings, context.period, findings);
    let is_missing = |scope| {
        let mut of_scope = catalogue()
            .indicators
            .iter()
            .filter(|definition| definition.scope == scope);
        of_scope.all(|definition| missing::missing(context, definition).is_some())
    };
    let young = if is_missing(Scope::Young) {
        Young::default()
    } else {
        young::young(context, findings)
    };
    let definitions = &catalogue().indicators;
    let ahead = |definition: &Definition| {
        let has_data = || missing::missing(context, definition).is_none();
        (definition.scope.is_people() && has_data())
            .then(|| Counted::of(context, definition, &young))
    };
    // Not so the quarters of «Динамика», which the threads of the pool may be waiting for.
    let counted: Vec<Option<Counted>> = if context.evidence {
        definitions.par_iter().map(ahead).collect()
    } else {
        definitions.iter().map(|_| None).collect()
    };
    let mut engine = Engine {
        context,
        nomenclature,
        names,
        findings,
        plans,
        young,
        holders: Arc::default(),
    };
    let figures = definitions
        .iter()
        .zip(counted)
        .map(|(definition, counted)| engine.figure(definition, counted))
        .collect();
    Assessment {
        period: context.period.clone(),
        window: context.window,
        teachers: context.roster.teachers().count() as u64,
        managers: context.roster.managers().count() as u64,
        organisations: schools::population(context),
        figures,
    }
}

struct Engine<'a, 'b> {
    context: &'a Context<'b>,
    nomenclature: &'a Nomenclature,
    names: &'a mut Names,
    findings: &'a mut Findings,
    plans: Plans,
    young: Young,
    /// The verdicts of 4.1.3.1, kept for 4.1.3.2.
    holders: Arc<Vec<PersonVerdict>>,
}

/// What an indicator came to before its value is written.
struct Outline {
    numerator: u64,
    denominator: Option<u64>,
    parts: Option<Vec<Part>>,
    verdicts: Verdicts,
    note: Option<String>,
}

impl Engine<'_, '_> {
    /// The figure of an indicator; `counted` is what was counted ahead.
    fn figure(&mut self, definition: &'static Definition, counted: Option<Counted>) -> Figure {
        if let Some(what) = missing::missing(self.context, definition) {
            return self.no_data(definition, what);
        }
        match definition.scope {
            Scope::Measures => self.road_map(definition),
            Scope::Answers => self.satisfaction(definition),
            Scope::Teams => match teams::rule(self.context) {
                Some(rule) => self.teams(definition, rule),
                None => self.no_data(
                    definition,
                    "нет столбца «Управленческая команда»".to_owned(),
                ),
            },
            Scope::Schools => self.schools(definition),
            Scope::Methodists => self.methodists(definition),
            Scope::Teachers | Scope::Managers | Scope::WithIom | Scope::Young => {
                let count = || Counted::of(self.context, definition, &self.young);
                let counted = counted.unwrap_or_else(count);
                self.people(definition, counted)
            }
        }
    }

    fn no_data(&self, definition: &'static Definition, what: String) -> Figure {
        Figure {
            definition,
            status: Status::NoData,
            numerator: None,
            denominator: None,
            value: None,
            plan: self
                .plans
                .judge(&definition.id, None, self.decimals(definition)),
            rule: rule::rule(self.context, definition),
            note: Some(what),
            parts: None,
            conditions: None,
            respondents: None,
            interval: None,
            verdicts: Verdicts::None,
        }
    }

    fn decimals(&self, definition: &Definition) -> u32 {
        match definition.unit {
            Unit::Percent => self.context.settings.decimals.0,
            Unit::PerOne => PER_ONE_DECIMALS,
            Unit::Count | Unit::YesNo => 0,
        }
    }

    /// Writes value, plan and note of a figure that has its counts.
    fn finish(&self, definition: &'static Definition, outline: Outline) -> Figure {
        let decimals = self.decimals(definition);
        let exact = exact(definition.unit, outline.numerator, outline.denominator);
        let plan = self.plans.judge(&definition.id, exact, decimals);
        let mut notes: Vec<String> = outline.note.into_iter().collect();
        if exact.is_none() {
            let what = definition.denominator.as_deref().unwrap_or("");
            notes.insert(0, format!("знаменатель равен нулю, таких нет: {what}"));
        }
        if let (Some(plan), Some(exact)) = (&plan, exact)
            && let Some((exact, side)) = plan.target.miss_hidden_by_rounding(exact, decimals)
        {
            notes.push(format!(
                "план не достигнут: точное значение {} {side}, по округлённому этого не видно",
                exact.replace('.', ",")
            ));
        }
        Figure {
            definition,
            status: if exact.is_some() {
                Status::Ok
            } else {
                Status::Undefined
            },
            numerator: Some(outline.numerator),
            denominator: outline.denominator,
            value: exact.map(|exact| exact.rounded(decimals)),
            plan,
            rule: rule::rule(self.context, definition),
            note: (!notes.is_empty()).then(|| notes.join("; ")),
            parts: outline.parts,
            conditions: None,
            respondents: None,
            interval: None,
            verdicts: outline.verdicts,
        }
    }

    fn people(&mut self, definition: &'static Definition, counted: Counted) -> Figure {
        if definition.conditions.contains(&Condition::Methodist) {
            self.holders = Arc::clone(&counted.verdicts);
        }
        let outline = Outline {
            numerator: counted.numerator,
            denominator: Some(counted.denominator),
            parts: counted.parts,
            verdicts: Verdicts::People(counted.verdicts),
            note: self.people_note(definition),
        };
        self.finish(definition, outline)
    }

    fn people_note(&self, definition: &Definition) -> Option<String> {
        if definition.scope == Scope::Young {
            let mut note = format!(
                "ровно {} лет на отчётную дату: {}",
                self.context.settings.young.max_age, self.young.exactly_max_age
            );
            if self.young.left_out > 0 {
                note += &format!(
                    "; не вошли, потому что возраст или стаж не определить: {}",
                    self.young.left_out
                );
            }
            return Some(note);
        }
        rule::kind_note(self.context, definition)
    }

    fn schools(&mut self, definition: &'static Definition) -> Figure {
        let verdicts = schools::verdicts(self.context);
        let mut tally = Tally::default();
        for verdict in &verdicts {
            tally.add(
                Some(verdict.organisation),
                verdict.reason == Reason::Counted,
            );
        }
        let outline = Outline {
            numerator: verdicts
                .iter()
                .filter(|verdict| verdict.reason == Reason::Counted)
                .count() as u64,
            denominator: Some(verdicts.len() as u64),
            parts: Some(tally.parts(self.context)),
            verdicts: Verdicts::Schools(verdicts),
            note: None,
        };
        self.finish(definition, outline)
    }

    fn teams(&mut self, definition: &'static Definition, rule: TeamRule) -> Figure {
        let verdicts = teams::teams(self.context, rule);
        let parts = verdicts
            .iter()
            .map(|team| Part {
                organisation: None,
                name: team.name.as_str().into(),
                numerator: 1,
                denominator: None,
                value: "1".to_owned(),
            })
            .collect();
        let outline = Outline {
            numerator: verdicts.len() as u64,
            denominator: None,
            parts: Some(parts),
            verdicts: Verdicts::Teams(verdicts),
            note: None,
        };
        self.finish(definition, outline)
    }

    fn methodists(&mut self, definition: &'static Definition) -> Figure {
        let holders = std::mem::take(&mut self.holders);
        let (verdicts, left_out) =
            methodists::methodists(self.context, &holders, self.names, self.findings);
        let mut loads: Vec<u64> = verdicts
            .iter()
            .map(|methodist| methodist.teachers.len() as u64)
            .collect();
        loads.sort_unstable();
        let note = match (loads.first(), loads.last()) {
            (Some(least), Some(most)) => {
                let middle = loads.len() / 2;
                let median = if loads.len() % 2 == 1 {
                    Ratio {
                        numerator: i128::from(loads[middle]),
                        denominator: 1,
                    }
                } else {
                    Ratio {
                        numerator: i128::from(loads[middle - 1] + loads[middle]),
                        denominator: 2,
                    }
                };
                let median = median.rounded(1).replace('.', ",");
                Some(format!(
                    "на одного методиста: наименьшее {least}, медиана {median}, наибольшее {most}"
                ))
            }
            _ => None,
        };
        let outline = Outline {
            numerator: loads.iter().sum(),
            denominator: Some(verdicts.len() as u64),
            parts: None,
            verdicts: Verdicts::Methodists(verdicts, left_out),
            note,
        };
        self.finish(definition, outline)
    }

    fn road_map(&mut self, definition: &'static Definition) -> Figure {
        let measures = roadmap::measures(self.context, self.findings);
        let conditions = roadmap::conditions(&measures);
        let yes = conditions.developed
            && conditions.under_way
            && conditions.regional
            && conditions.federal;
        let due = measures.iter().filter(|measure| measure.due).count() as u64;
        let done = measures
            .iter()
            .filter(|measure| measure.due && measure.done)
            .count() as u64;
        let exact = Ratio::new(i128::from(yes), 1);
        let note = Ratio::new(100 * i128::from(done), i128::from(due)).map_or_else(
            || "мероприятий, срок которых наступил, нет".to_owned(),
            |share| {
                let share = share
                    .rounded(self.context.settings.decimals.0)
                    .replace('.', ",");
                format!(
                    "из мероприятий, срок которых наступил, выполнено {done} из {due} ({share} %)"
                )
            },
        );
        Figure {
            definition,
            status: Status::Ok,
            numerator: Some(done),
            denominator: Some(due),
            value: Some(if yes { "yes" } else { "no" }.to_owned()),
            plan: self.plans.judge(&definition.id, exact, 0),
            rule: rule::rule(self.context, definition),
            note: Some(note),
            parts: None,
            conditions: Some(conditions),
            respondents: None,
            interval: None,
            verdicts: Verdicts::Measures(measures),
        }
    }

    fn satisfaction(&mut self, definition: &'static Definition) -> Figure {
        let mut tally = Tally::default();
        let (mut positive, mut valid) = (0u64, 0u64);
        let count = |answer: &AnswerVerdict| {
            let good = answer.meaning == AnswerMeaning::Positive;
            positive += u64::from(good);
            valid += 1;
            tally.add(answer.organisation, good);
        };
        let verdicts = match survey::survey(self.context, self.nomenclature, self.findings, count) {
            Survey::NoQuestion(why) => return self.no_data(definition, why.to_owned()),
            Survey::Answers(verdicts) => verdicts,
        };
        let respondents = verdicts.respondents;
        let asked = population(self.context);
        let note = Ratio::new(100 * i128::from(respondents), asked.into()).map(|rate| {
            let rate = rate
                .rounded(self.context.settings.decimals.0)
                .replace('.', ",");
            format!("опрошено {respondents} из {asked} педагогов и управленцев ({rate} %)")
        });
        let outline = Outline {
            numerator: positive,
            denominator: Some(valid),
            parts: self.context.evidence.then(|| tally.parts(self.context)),
            verdicts: Verdicts::Survey(verdicts),
            note,
        };
        let mut figure = self.finish(definition, outline);
        figure.respondents = Some(respondents);
        figure.interval = survey::wilson(positive, valid);
        figure
    }
}

/// People of T ∪ M.
fn population(context: &Context<'_>) -> u64 {
    let in_scope = |id: &PersonId| {
        let person = context.roster.person(*id);
        person.is_teacher() || person.is_manager()
    };
    context
        .roster
        .iter()
        .map(|(id, _)| id)
        .filter(in_scope)
        .count() as u64
}
