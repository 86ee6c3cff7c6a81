//! The official table: every indicator in the words of the source, with plan, fact, deviation,
//! what it was counted from and what became of the plan.

use super::Page;
use super::markup::Html;
use super::table::{heads, number, row_head, table};
use super::words::{NONE, count, deviation, fact, mark};
use crate::indicators::figure::{Figure, Status};
use crate::target::Outcome;
use crate::text::plural;

/// The directions of section 4.1: the paragraph and what it speaks of.
const DIRECTIONS: [(&str, &str); 4] = [
    (
        "4.1.1",
        "Управление муниципальной системой научно-методического сопровождения",
    ),
    (
        "4.1.2",
        "Непрерывное повышение профессионального мастерства",
    ),
    ("4.1.3", "Содержательно-методическое обеспечение"),
    ("4.1.4", "Удовлетворённость работой методической службы"),
];

const HEADS: [&str; 9] = [
    "№ п/п",
    "Показатель",
    "Ед. изм.",
    "План",
    "Факт",
    "Отклонение",
    "Числитель",
    "Знаменатель",
    "Выполнение",
];

/// Writes the section.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let figures = &page.assessment.figures;
    html.leaf("p", &[("class", "summary")], &summary(figures));
    table(
        html,
        "figures-caption",
        "figures",
        &format!("Показатели: {}", page.subject()),
        |html| {
            heads(html, &HEADS);
            for (paragraph, title) in DIRECTIONS {
                html.node("tbody", &[], |html| {
                    html.node("tr", &[("class", "direction")], |html| {
                        html.node("th", &[("scope", "rowgroup"), ("colspan", "9")], |html| {
                            html.span(
                                "span",
                                &[("class", "pinned")],
                                &format!("{paragraph}. {title}"),
                            );
                        });
                    });
                    for figure in figures
                        .iter()
                        .filter(|figure| figure.definition.id.starts_with(paragraph))
                    {
                        html.node("tr", &[], |html| row(html, figure));
                    }
                });
            }
        },
    );
    road_map(html, figures);
}

fn outcomes(figures: &[Figure]) -> impl Iterator<Item = Outcome> {
    figures
        .iter()
        .filter_map(|figure| figure.plan.as_ref().map(|plan| plan.outcome))
}

/// «4 из 7».
pub(super) fn plans_met(figures: &[Figure]) -> String {
    match outcomes(figures).count() {
        0 => "не заданы".to_owned(),
        all => format!(
            "{} из {all}",
            outcomes(figures)
                .filter(|outcome| *outcome == Outcome::Met)
                .count()
        ),
    }
}

/// How many plans there are and what became of them.
fn summary(figures: &[Figure]) -> String {
    let of = |wanted: Outcome| {
        outcomes(figures)
            .filter(|outcome| *outcome == wanted)
            .count()
    };
    let all = outcomes(figures).count() as u64;
    let mut text = if all == 0 {
        "Плановые значения не заданы.".to_owned()
    } else {
        let unknown = of(Outcome::Undefined);
        let unknown = if unknown > 0 {
            format!(", невозможно определить: {unknown}")
        } else {
            String::new()
        };
        format!(
            "Планы заданы по {all} {}. Достигнуто: {}, не достигнуто: {}{unknown}.",
            plural(all, "показателю", "показателям", "показателям"),
            of(Outcome::Met),
            of(Outcome::Missed),
        )
    };
    let absent = figures
        .iter()
        .filter(|figure| figure.status == Status::NoData)
        .count() as u64;
    if absent > 0 {
        let word = plural(absent, "показатель", "показателя", "показателей");
        text += &format!(" Без данных: {absent} {word}.");
    }
    text
}

fn row(html: &mut Html, figure: &Figure) {
    let unit = figure.definition.unit;
    let counted = |number: Option<u64>| number.map_or_else(|| NONE.to_owned(), count);
    row_head(html, &figure.definition.id);
    html.leaf("td", &[("class", "wording")], &figure.definition.text);
    html.leaf("td", &[], unit.title());
    let plan = figure.plan.as_ref();
    number(
        html,
        &plan.map_or_else(|| NONE.to_owned(), |plan| plan.target.title()),
    );
    let class = if figure.status == Status::Ok {
        "number fact"
    } else {
        "number absent"
    };
    html.leaf("td", &[("class", class)], &fact(figure));
    number(
        html,
        &plan.map_or_else(|| NONE.to_owned(), |plan| deviation(plan, unit)),
    );
    number(html, &counted(figure.numerator));
    number(html, &counted(figure.denominator));
    html.node("td", &[], |html| {
        outcome(html, plan.map(|plan| plan.outcome))
    });
}

/// What became of a plan, in a mark and in words.
pub(super) fn outcome(html: &mut Html, outcome: Option<Outcome>) {
    let Some(outcome) = outcome else {
        html.span("span", &[("class", "no-plan")], "план не задан");
        return;
    };
    let (class, sign) = mark(outcome);
    html.node("span", &[("class", &format!("outcome {class}"))], |html| {
        html.span("span", &[("aria-hidden", "true")], sign);
        html.text(" ");
        html.text(outcome.title());
    });
}

/// The conditions of the road map, each with its answer (methodology §2.1).
fn road_map(html: &mut Html, figures: &[Figure]) {
    let Some(conditions) = figures.iter().find_map(|figure| figure.conditions) else {
        return;
    };
    html.leaf("h3", &[], "Условия показателя 4.1.1");
    table(
        html,
        "road-map-caption",
        "narrow",
        "«Да» по показателю 4.1.1 — когда выполнены все четыре условия",
        |html| {
            heads(html, &["Условие", "Выполнено"]);
            html.node("tbody", &[], |html| {
                for (condition, holds) in [
                    ("дорожная карта разработана", conditions.developed),
                    ("дорожная карта реализуется", conditions.under_way),
                    ("учтены региональные мероприятия", conditions.regional),
                    ("учтены федеральные мероприятия", conditions.federal),
                ] {
                    html.node("tr", &[], |html| {
                        row_head(html, condition);
                        html.leaf("td", &[], if holds { "да" } else { "нет" });
                    });
                }
            });
        },
    );
}
