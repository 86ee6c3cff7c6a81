//! Every indicator over the quarters: a line chart with its data beside it, and the answers of 4.1.1.

use super::Page;
use super::bars::bounds;
use super::markup::Html;
use super::svg::{label, line, picture, top};
use super::table::{heads, number, row_head, table};
use super::words::{NBSP, NONE, count, decimal, fact, fact_with_unit, with_unit};
use crate::indicators::catalogue::{Definition, Time, Unit};
use crate::indicators::figure::{Assessment, Figure, Status};
use crate::period::{Period, WindowKind};
use crate::ratio::Ratio;
use chrono::Datelike;

/// Pixels: from the top to the plot, the plot, and what lies under it.
const TOP: i128 = 24;
const PLOT: i128 = 120;
const UNDER: i128 = 38;
/// Where the first and the last quarter stand, in hundredths of a per cent of the width.
const FIRST: usize = 1500;
const ACROSS: usize = 7900;
/// The most quarters whose figures all stand in the chart, and their longest figure.
const MOST_LABELS: usize = 9;
const LONGEST_LABEL: usize = 4;

/// One indicator over the quarters.
struct Series<'a> {
    definition: &'static Definition,
    quarters: Vec<(&'a Period, &'a Figure)>,
    /// Whether figures start afresh each year.
    afresh: bool,
}

/// Writes the section.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let yearly = page.assessment.window.kind == WindowKind::Ytd;
    html.leaf("p", &[], &explanation(yearly));
    let all = series(page.dynamics, yearly);
    html.node("div", &[("class", "charts")], |html| {
        for series in all
            .iter()
            .filter(|series| series.definition.unit != Unit::YesNo)
        {
            if series.values().any(|value| value.is_some()) {
                chart(html, series);
            }
        }
    });
    let silent: Vec<&str> = all
        .iter()
        .filter(|series| {
            series
                .quarters
                .iter()
                .all(|(_, figure)| figure.status != Status::Ok)
        })
        .map(|series| series.definition.id.as_str())
        .collect();
    if !silent.is_empty() {
        html.leaf(
            "p",
            &[("class", "after")],
            &format!("Ни в одном квартале нет значения: {}.", silent.join(", ")),
        );
    }
    for series in all
        .iter()
        .filter(|series| series.definition.unit == Unit::YesNo)
    {
        data(html, series);
    }
}

fn explanation(yearly: bool) -> String {
    let start =
        "Каждый квартал посчитан по тем же записям и тем же правилам на последний день квартала.";
    if yearly {
        format!(
            "{start} События считаются нарастающим итогом с начала года, поэтому в I квартале счёт начинается \
             заново, и линия прерывается. Пунктир — план."
        )
    } else {
        format!("{start} Пунктир — план.")
    }
}

fn series(dynamics: &[Assessment], yearly: bool) -> Vec<Series<'_>> {
    let definitions = dynamics
        .first()
        .map(|first| first.figures.as_slice())
        .unwrap_or_default();
    definitions
        .iter()
        .enumerate()
        .map(|(place, figure)| Series {
            definition: figure.definition,
            quarters: dynamics
                .iter()
                .filter_map(|quarter| {
                    quarter
                        .figures
                        .get(place)
                        .map(|figure| (&quarter.period, figure))
                })
                .collect(),
            afresh: yearly
                && matches!(
                    figure.definition.time,
                    Some(Time::InWindow | Time::Overlaps)
                ),
        })
        .collect()
}

impl Series<'_> {
    fn values(&self) -> impl Iterator<Item = Option<Ratio>> {
        self.quarters.iter().map(|(_, figure)| match figure.status {
            Status::Ok => figure.value.as_deref().and_then(Ratio::parse),
            _ => None,
        })
    }

    /// Where a quarter stands, in hundredths of a per cent of the width.
    fn place(&self, number: usize) -> usize {
        match self.quarters.len() {
            0 | 1 => FIRST + ACROSS / 2,
            quarters => FIRST + ACROSS * number / (quarters - 1),
        }
    }

    /// The top of the axis: above every figure and plan.
    fn top(&self) -> Ratio {
        let plans = self
            .quarters
            .iter()
            .filter_map(|(_, figure)| figure.plan.as_ref())
            .flat_map(|plan| bounds(&plan.target));
        let nothing = Ratio {
            numerator: 0,
            denominator: 1,
        };
        top(self
            .values()
            .flatten()
            .chain(plans)
            .fold(nothing, |most, next| if next > most { next } else { most }))
    }

    /// Whether a line goes from the quarter before this one.
    fn goes_on(&self, number: usize) -> bool {
        !(self.afresh
            && self
                .quarters
                .get(number)
                .is_some_and(|(period, _)| period.from.month() == 1))
    }
}

fn across(hundredths: usize) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// How far down a value stands, in pixels.
fn down(value: Ratio, top: Ratio) -> String {
    let share = Ratio {
        numerator: value.numerator * top.denominator * PLOT,
        denominator: value.denominator * top.numerator,
    };
    Ratio {
        numerator: TOP + PLOT,
        denominator: 1,
    }
    .minus(share)
    .rounded(1)
}

/// «III кв. 2024», on one line.
fn short(period: &Period) -> String {
    format!("{}{NBSP}кв.{NBSP}{}", roman(period), period.to.year())
}

fn roman(period: &Period) -> &'static str {
    ["I", "II", "III", "IV"][period.from.month0() as usize / 3]
}

fn chart(html: &mut Html, series: &Series<'_>) {
    let definition = series.definition;
    let id = format!("dynamics-{}", definition.id.replace('.', "-"));
    let name = format!("{} {}", definition.id, definition.short);
    html.node("figure", &[], |html| {
        html.leaf("figcaption", &[], &name);
        let told: Vec<String> = series
            .quarters
            .iter()
            .map(|(period, figure)| format!("{}: {}", short(period), fact_with_unit(figure)))
            .collect();
        let height = usize::try_from(TOP + PLOT + UNDER).unwrap_or(0);
        picture(
            html,
            &id,
            height,
            &format!("{name}: значения по кварталам"),
            &(told.join("; ") + "."),
            |html| {
                let top = series.top();
                axis(html, series, top);
                plans(html, series, top);
                values(html, series, top);
            },
        );
        html.node("details", &[], |html| {
            html.leaf("summary", &[], "Данные таблицей");
            data(html, series);
        });
    });
}

fn axis(html: &mut Html, series: &Series<'_>, top: Ratio) {
    let unit = series.definition.unit;
    let half = Ratio {
        numerator: top.numerator,
        denominator: top.denominator * 2,
    };
    for (value, decimals) in [
        (
            Ratio {
                numerator: 0,
                denominator: 1,
            },
            0,
        ),
        (half, u32::from(top.numerator % 2 != 0)),
        (top, 0),
    ] {
        let y = down(value, top);
        line(html, "grid", ("0", &y), ("100%", &y));
        let above = Ratio::parse(&y).map_or(y.clone(), |y| {
            y.minus(Ratio {
                numerator: 3,
                denominator: 1,
            })
            .rounded(1)
        });
        label(
            html,
            "tick",
            ("0", &above),
            &with_unit(decimal(&value.rounded(decimals)), unit),
        );
    }
    let (quarter_y, year_y) = ((TOP + PLOT + 16).to_string(), (TOP + PLOT + 32).to_string());
    let mut year = None;
    for (number, (period, _)) in series.quarters.iter().enumerate() {
        let x = across(series.place(number));
        label(html, "tick middle", (&x, &quarter_y), roman(period));
        if year != Some(period.to.year()) {
            label(
                html,
                "tick middle year",
                (&x, &year_y),
                &period.to.year().to_string(),
            );
            year = Some(period.to.year());
        }
    }
}

/// The plan of each quarter: a dash as wide as the quarter.
fn plans(html: &mut Html, series: &Series<'_>, top: Ratio) {
    let half = ACROSS / (2 * series.quarters.len().saturating_sub(1).max(1));
    for (number, (_, figure)) in series.quarters.iter().enumerate() {
        let (from, to) = (
            series.place(number).saturating_sub(half),
            (series.place(number) + half).min(10_000),
        );
        for bound in figure.plan.iter().flat_map(|plan| bounds(&plan.target)) {
            let y = down(bound, top);
            line(html, "plan-line", (&across(from), &y), (&across(to), &y));
        }
    }
}

fn values(html: &mut Html, series: &Series<'_>, top: Ratio) {
    let values: Vec<Option<Ratio>> = series.values().collect();
    let mut before: Option<(String, String)> = None;
    let mut points = Vec::new();
    for (number, value) in values.iter().enumerate() {
        let point = value.map(|value| (across(series.place(number)), down(value, top)));
        if let (Some(from), Some(to)) = (&before, &point)
            && series.goes_on(number)
        {
            line(html, "course", (&from.0, &from.1), (&to.0, &to.1));
        }
        points.extend(point.clone().map(|point| (number, point)));
        before = point;
    }
    let told: Vec<String> = series
        .quarters
        .iter()
        .map(|(_, figure)| fact(figure))
        .collect();
    let all = told.len() <= MOST_LABELS
        && points
            .iter()
            .all(|(number, _)| told[*number].chars().count() <= LONGEST_LABEL);
    let (first, last) = (
        points.first().map(|point| point.0),
        points.last().map(|point| point.0),
    );
    for (number, (x, y)) in &points {
        html.leaf(
            "circle",
            &[("class", "point"), ("cx", x), ("cy", y), ("r", "4")],
            "",
        );
        if all || Some(*number) == first || Some(*number) == last {
            let above = Ratio::parse(y).map_or(y.clone(), |y| {
                y.minus(Ratio {
                    numerator: 9,
                    denominator: 1,
                })
                .rounded(1)
            });
            label(html, "value middle", (x, &above), &told[*number]);
        }
    }
}

fn data(html: &mut Html, series: &Series<'_>) {
    let definition = series.definition;
    let id = format!("dynamics-data-{}", definition.id.replace('.', "-"));
    let caption = format!("{} {}, по кварталам", definition.id, definition.short);
    table(html, &id, "narrow", &caption, |html| {
        let (above, below) = match definition.unit {
            Unit::YesNo => ("Выполнено мероприятий", "Наступил срок"),
            _ => ("Числитель", "Знаменатель"),
        };
        heads(html, &["Квартал", "Значение", above, below, "План"]);
        html.node("tbody", &[], |html| {
            for (period, figure) in &series.quarters {
                let counted = |number: Option<u64>| number.map_or_else(|| NONE.to_owned(), count);
                html.node("tr", &[], |html| {
                    row_head(html, &short(period));
                    number(html, &fact_with_unit(figure));
                    number(html, &counted(figure.numerator));
                    number(html, &counted(figure.denominator));
                    number(
                        html,
                        &figure
                            .plan
                            .as_ref()
                            .map_or_else(|| NONE.to_owned(), |plan| plan.target.title()),
                    );
                });
            }
        });
    });
}
