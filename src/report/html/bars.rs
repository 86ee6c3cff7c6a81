//! Fact against plan: a bar for each share, with the plan as a mark across it.

use super::Page;
use super::figures::outcome;
use super::markup::Html;
use super::svg::{label, line, percent, picture, rect};
use super::table::{heads, number, row_head, table};
use super::words::{NONE, fact_with_unit, mark, wrapped};
use crate::indicators::catalogue::Unit;
use crate::indicators::figure::{Figure, Status};
use crate::ratio::Ratio;
use crate::target::Target;

/// Letters on a line of a label: what fits a phone.
const LINE: usize = 38;
/// Pixels of a line of a label, of a bar, and of what lies between two bars.
const LINE_HEIGHT: usize = 18;
const BAR: usize = 14;
const GAP: usize = 22;
const WHOLE: Ratio = Ratio {
    numerator: 100,
    denominator: 1,
};

/// Writes the section.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let shares: Vec<&Figure> = page
        .assessment
        .figures
        .iter()
        .filter(|figure| figure.definition.unit == Unit::Percent)
        .collect();
    html.node("figure", &[("class", "bars")], |html| {
        html.node("figcaption", &[], |html| {
            html.text("Доли в процентах: полоса — факт, черта поперёк полосы — план. Шкала от 0 до 100 %.");
        });
        chart(html, &shares);
        html.node("details", &[], |html| {
            html.leaf("summary", &[], "Те же данные таблицей");
            data(html, &shares);
        });
    });
}

fn chart(html: &mut Html, shares: &[&Figure]) {
    let labels: Vec<[Vec<String>; 2]> = shares
        .iter()
        .map(|figure| {
            let name = format!("{} {}", figure.definition.id, figure.definition.short);
            [wrapped(&name, LINE), wrapped(&told(figure), LINE)]
        })
        .collect();
    let lines = |labels: &[Vec<String>; 2]| labels.iter().map(Vec::len).sum::<usize>();
    let height: usize = labels
        .iter()
        .map(|labels| lines(labels) * LINE_HEIGHT + BAR + GAP)
        .sum();
    let desc: Vec<String> = shares.iter().map(|figure| sentence(figure)).collect();
    picture(
        html,
        "plans-chart",
        height,
        "Факт и план по долям",
        &desc.join(" "),
        |html| {
            let mut y = 0;
            for (figure, [name, told]) in shares.iter().zip(&labels) {
                let class = figure
                    .plan
                    .as_ref()
                    .map_or("plain", |plan| mark(plan.outcome).0);
                let told_class = format!("told {class}");
                let both = name
                    .iter()
                    .map(|text| ("name", text))
                    .chain(told.iter().map(|text| (told_class.as_str(), text)));
                for (class, text) in both {
                    y += LINE_HEIGHT;
                    label(html, class, ("0", &(y - 5).to_string()), text);
                }
                bar(html, figure, class, y);
                y += BAR + GAP;
            }
        },
    );
}

/// «41,2 %, план 50, ✗ не достигнут».
fn told(figure: &Figure) -> String {
    match &figure.plan {
        Some(plan) => {
            let sign = mark(plan.outcome).1;
            format!(
                "{}, план {}: {sign} {}",
                fact_with_unit(figure),
                plan.target.title(),
                plan.outcome.title()
            )
        }
        None => format!("{}, план не задан", fact_with_unit(figure)),
    }
}

fn sentence(figure: &Figure) -> String {
    let plan = figure.plan.as_ref().map_or_else(
        || "план не задан".to_owned(),
        |plan| format!("план {}, {}", plan.target.title(), plan.outcome.title()),
    );
    format!(
        "{} {}: {}, {plan}.",
        figure.definition.id,
        figure.definition.short,
        fact_with_unit(figure)
    )
}

fn bar(html: &mut Html, figure: &Figure, class: &str, y: usize) {
    let (top, height) = (y.to_string(), BAR.to_string());
    rect(html, "track", ("0", &top), ("100%", &height));
    if figure.status == Status::Ok
        && let Some(value) = figure.value.as_deref().and_then(Ratio::parse)
    {
        rect(
            html,
            &format!("bar {class}"),
            ("0", &top),
            (&percent(value, WHOLE), &height),
        );
    }
    let ends = ((y - 1).to_string(), (y + BAR + 6).to_string());
    for bound in figure.plan.iter().flat_map(|plan| bounds(&plan.target)) {
        let x = percent(bound, WHOLE);
        line(html, "plan-halo", (&x, &ends.0), (&x, &ends.1));
        line(html, "plan-mark", (&x, &ends.0), (&x, &ends.1));
    }
}

/// The numbers of a plan.
pub(super) fn bounds(target: &Target) -> Vec<Ratio> {
    match target {
        Target::AtLeast(bound, _) | Target::AtMost(bound, _) => vec![*bound],
        Target::Between(low, high, _) => vec![*low, *high],
        Target::Yes => Vec::new(),
    }
}

fn data(html: &mut Html, shares: &[&Figure]) {
    table(
        html,
        "plans-caption",
        "narrow",
        "Факт и план по долям",
        |html| {
            heads(html, &["Показатель", "Факт", "План", "Выполнение"]);
            html.node("tbody", &[], |html| {
                for figure in shares {
                    html.node("tr", &[], |html| {
                        row_head(
                            html,
                            &format!("{} {}", figure.definition.id, figure.definition.short),
                        );
                        number(html, &fact_with_unit(figure));
                        let plan = figure.plan.as_ref();
                        number(
                            html,
                            &plan.map_or_else(|| NONE.to_owned(), |plan| plan.target.title()),
                        );
                        html.node("td", &[], |html| {
                            outcome(html, plan.map(|plan| plan.outcome))
                        });
                    });
                }
            });
        },
    );
}
