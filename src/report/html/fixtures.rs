//! Assessments made by hand, for the tests of the page.

use std::sync::Arc;

use super::Page;
use crate::indicators::catalogue::{Unit, catalogue};
use crate::indicators::figure::{Assessment, Figure, Part, Plan, RoadmapConditions, Status};
use crate::indicators::verdict::{AnswerVerdict, SurveyVerdicts, Verdicts};
use crate::people::OrgId;
use crate::people::privacy::Privacy;
use crate::period::{Period, Window};
use crate::ratio::Ratio;
use crate::registers::phrase::AnswerMeaning;
use crate::registers::record::RowRef;
use crate::source::SheetId;
use crate::target::{Outcome, Target};

/// The quarters of the page.
const QUARTERS: [&str; 7] = [
    "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3",
];

/// The organisations of the breakdowns; the first is written to break the page.
pub(super) const ORGANISATIONS: [&str; 4] = [
    "МБОУ СОШ №1 <script>alert(1)</script> \"Б&В\"",
    "МБОУ СОШ №10",
    "МБОУ СОШ №2",
    "МБДОУ д/с №3",
];

/// One figure with its counts and its plan.
pub(super) fn figure(id: &str, counts: Option<(u64, Option<u64>)>, plan: Option<&str>) -> Figure {
    let definition = catalogue()
        .indicators
        .iter()
        .find(|definition| definition.id == id)
        .unwrap();
    let value = counts.and_then(|(above, below)| {
        let hundred = if definition.unit == Unit::Percent {
            100
        } else {
            1
        };
        let decimals = if definition.unit == Unit::Count { 0 } else { 1 };
        Ratio::new(i128::from(above) * hundred, below.map_or(1, i128::from))
            .map(|exact| (exact, exact.rounded(decimals)))
    });
    let status = match (counts, &value) {
        (None, _) => Status::NoData,
        (Some(_), None) => Status::Undefined,
        (Some(_), Some(_)) => Status::Ok,
    };
    let plan = plan.map(|written| {
        let target = Target::parse_for(id, written).unwrap();
        let exact = value.as_ref().map(|(exact, _)| *exact);
        Plan {
            deviation: exact
                .and_then(|exact| target.deviation(exact))
                .map(|deviation| deviation.rounded(1)),
            outcome: exact.map_or(Outcome::Undefined, |exact| target.outcome(exact)),
            origin: "[targets]".to_owned(),
            target,
        }
    });
    Figure {
        definition,
        status,
        numerator: counts.map(|counts| counts.0),
        denominator: counts.and_then(|counts| counts.1),
        value: value.map(|(_, value)| value),
        plan,
        rule: "дата с 01.01.2024 по 30.09.2024".to_owned(),
        note: (status == Status::NoData).then(|| "нет таблицы «Федеральный реестр»".to_owned()),
        parts: None,
        conditions: None,
        respondents: None,
        interval: None,
        verdicts: Verdicts::None,
    }
}

/// A figure by organisation: numerator and denominator of each.
pub(super) fn figure_with_parts(id: &str, counts: &[(u64, u64)]) -> Figure {
    let sums = counts
        .iter()
        .fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1));
    let mut figure = figure(id, Some((sums.0, Some(sums.1))), None);
    figure.parts = Some(parts(counts));
    figure
}

fn parts(counts: &[(u64, u64)]) -> Vec<Part> {
    (0..)
        .zip(counts)
        .zip(ORGANISATIONS)
        .map(|((number, &(numerator, denominator)), name)| Part {
            organisation: Some(OrgId::of(number)),
            name: name.into(),
            numerator,
            denominator: Some(denominator),
            value: Ratio::new(100 * i128::from(numerator), denominator.into())
                .unwrap()
                .rounded(1),
        })
        .collect()
}

/// A municipality's quarter: `share` of a hundred teachers, plans of every kind, one figure without
/// data and one that is undefined.
pub(super) fn assessment(quarter: &str, share: u64) -> Assessment {
    let period = Period::parse(quarter).unwrap();
    let mut figures: Vec<Figure> = catalogue()
        .indicators
        .iter()
        .map(|definition| match definition.id.as_str() {
            "4.1.1" => road_map(),
            "4.1.2.1" => figure("4.1.2.1", Some((share, Some(100))), Some("50")),
            "4.1.2.2" => figure("4.1.2.2", Some((9, Some(10))), Some("80")),
            "4.1.2.3" => figure("4.1.2.3", None, Some("30")),
            "4.1.2.6" => teams(),
            "4.1.3.1" => figure("4.1.3.1", Some((2, Some(100))), None),
            "4.1.3.2" => figure("4.1.3.2", Some((23, Some(2))), Some("5..15")),
            "4.1.3.6" => figure("4.1.3.6", Some((0, Some(0))), None),
            "4.1.4" => survey(),
            id => figure(id, Some((share / 2, Some(100))), None),
        })
        .collect();
    figures[1].parts = Some(parts(&[(30, 40), (1, 20), (10, 38), (0, 2)]));
    figures[11].parts = Some(parts(&[(1, 1), (0, 1), (1, 1)]));
    Assessment {
        window: Window::of(&period, None),
        period,
        teachers: 100,
        managers: 10,
        organisations: 4,
        figures,
    }
}

fn road_map() -> Figure {
    let mut figure = figure("4.1.1", Some((3, Some(4))), Some("да"));
    figure.value = Some("yes".to_owned());
    if let Some(plan) = &mut figure.plan {
        plan.outcome = Outcome::Met;
    }
    figure.conditions = Some(RoadmapConditions {
        developed: true,
        under_way: true,
        regional: true,
        federal: true,
    });
    figure
}

fn teams() -> Figure {
    let mut figure = figure("4.1.2.6", Some((2, None)), Some("2"));
    let team = |name: &str| Part {
        organisation: None,
        name: name.into(),
        numerator: 1,
        denominator: None,
        value: "1".to_owned(),
    };
    figure.parts = Some(vec![team("Команда СОШ №1"), team("Команда <i>лицея</i>")]);
    figure
}

fn survey() -> Figure {
    let meanings = [
        AnswerMeaning::Positive,
        AnswerMeaning::Positive,
        AnswerMeaning::Neutral,
        AnswerMeaning::Negative,
        AnswerMeaning::Absent,
    ];
    let mut figure = figure("4.1.4", Some((2, Some(4))), Some("70"));
    figure.respondents = Some(5);
    figure.interval = Some(("15.00".to_owned(), "85.00".to_owned()));
    figure.verdicts = Verdicts::Survey(SurveyVerdicts {
        questions: vec!["Удовлетворены ли вы работой <службы>?".to_owned()],
        scales: vec!["слова".to_owned()],
        categories: vec!["не указана".to_owned()],
        respondents: 5,
        answers: Arc::new(
            (0..)
                .zip(meanings)
                .map(|(row, meaning)| AnswerVerdict {
                    row: RowRef {
                        sheet: SheetId::of(0),
                        row,
                    },
                    question: 0,
                    organisation: None,
                    category: 0,
                    meaning,
                })
                .collect(),
        ),
        undecided_counts: true,
    });
    figure
}

/// The quarters up to the third of 2024.
pub(super) fn quarters() -> Vec<Assessment> {
    QUARTERS
        .into_iter()
        .zip([10, 25, 31, 45, 8, 22, 41])
        .map(|(quarter, share)| assessment(quarter, share))
        .collect()
}

/// The whole page.
pub(super) fn page(municipality: &str) -> String {
    let (assessment, dynamics) = (assessment("2024-Q3", 41), quarters());
    Page {
        municipality,
        min_group: 0,
        assessment: &assessment,
        dynamics: &dynamics,
    }
    .render(Privacy::default())
}
