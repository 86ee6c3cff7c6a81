//! Shares by organisation, and the teams that took part.

use super::Page;
use super::markup::Html;
use super::privacy::{least_group, withheld};
use super::svg::{percent, rect};
use super::table::{row_head, table};
use super::words::{NONE, count, part as share};
use crate::indicators::catalogue::{Scope, Unit};
use crate::indicators::figure::{Figure, Part};
use crate::people::OrgId;
use crate::ratio::Ratio;
use crate::text::plural;

const WHOLE: Ratio = Ratio {
    numerator: 100,
    denominator: 1,
};

/// Whether any figure has a breakdown.
pub(super) fn has(page: &Page<'_>) -> bool {
    columns(page).next().is_some() || teams(page).is_some()
}

fn columns<'a>(page: &Page<'a>) -> impl Iterator<Item = &'a Figure> + use<'a> {
    page.assessment.figures.iter().filter(|figure| {
        figure.definition.unit == Unit::Percent
            && figure.parts.as_ref().is_some_and(|parts| !parts.is_empty())
    })
}

fn teams<'a>(page: &Page<'a>) -> Option<&'a [Part]> {
    page.assessment
        .figures
        .iter()
        .filter(|figure| figure.definition.scope == Scope::Teams)
        .find_map(|figure| figure.parts.as_deref())
        .filter(|parts| !parts.is_empty())
}

/// Which organisation a part speaks of: by number, else by name alone.
type Key<'a> = (Option<OrgId>, &'a str);

fn key(part: &Part) -> Key<'_> {
    (
        part.organisation,
        if part.organisation.is_some() {
            ""
        } else {
            &*part.name
        },
    )
}

/// The organisations of all breakdowns, by name; who has none stands last.
fn rows<'a>(figures: &[&'a Figure]) -> Vec<(Key<'a>, &'a str)> {
    let mut rows: Vec<(Key<'a>, &'a str)> = figures
        .iter()
        .flat_map(|figure| figure.parts.as_deref().unwrap_or_default())
        .map(|part| (key(part), &*part.name))
        .collect();
    rows.sort_by_key(|(key, name)| (key.0.is_none(), sort_key(name), key.0));
    rows.dedup_by_key(|(key, _)| *key);
    rows
}

/// Names in the order of people: «№2» before «№10».
fn sort_key(name: &str) -> Vec<(String, u64)> {
    let folded = crate::text::fold(name);
    let mut out = Vec::new();
    let (mut word, mut digits) = (String::new(), String::new());
    for c in folded.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            if !digits.is_empty() {
                out.push((
                    std::mem::take(&mut word),
                    digits.parse().unwrap_or(u64::MAX),
                ));
                digits.clear();
            }
            word.push(c);
        }
    }
    out.push((word, digits.parse().unwrap_or(0)));
    out
}

/// Writes the section.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let figures: Vec<&Figure> = columns(page).collect();
    if !figures.is_empty() {
        html.leaf("p", &[], &explanation(page));
        matrix(html, page, &figures);
    }
    if let Some(teams) = teams(page) {
        html.leaf(
            "h3",
            &[],
            "Управленческие команды, принявшие участие в программах (4.1.2.6)",
        );
        html.node("ul", &[("class", "teams")], |html| {
            for team in teams {
                html.leaf("li", &[], &team.name);
            }
        });
    }
}

fn explanation(page: &Page<'_>) -> String {
    let least = least_group(page.min_group);
    format!(
        "В ячейке — доля и из чего она получена. «Скрыто» — в группе меньше {least} {}, или по остальным \
         организациям можно было бы узнать скрытое. Прочерк — показатель об организации не говорит.",
        plural(
            least,
            "человека (ответа)",
            "человек (ответов)",
            "человек (ответов)"
        )
    )
}

fn matrix(html: &mut Html, page: &Page<'_>, figures: &[&Figure]) {
    let hidden: Vec<Vec<bool>> = figures
        .iter()
        .map(|figure| withheld(figure, page.min_group))
        .collect();
    table(
        html,
        "organisations-caption",
        "matrix",
        &format!("Показатели по организациям: {}", page.subject()),
        |html| {
            html.node("thead", &[], |html| {
                html.node("tr", &[], |html| {
                    html.leaf("th", &[("scope", "col")], "Организация");
                    for figure in figures {
                        html.node("th", &[("scope", "col")], |html| {
                            html.span("b", &[], &figure.definition.id);
                            html.text(" ");
                            html.text(&figure.definition.short);
                        });
                    }
                });
            });
            html.node("tbody", &[], |html| {
                for (wanted, name) in rows(figures) {
                    html.node("tr", &[], |html| {
                        row_head(html, name);
                        for (figure, hidden) in figures.iter().zip(&hidden) {
                            let parts = figure.parts.as_deref().unwrap_or_default();
                            let found = parts
                                .iter()
                                .zip(hidden)
                                .find(|(part, _)| key(part) == wanted);
                            cell(html, figure, found.map(|(part, hidden)| (part, *hidden)));
                        }
                    });
                }
            });
        },
    );
}

fn cell(html: &mut Html, figure: &Figure, found: Option<(&Part, bool)>) {
    let Some((part, hidden)) = found else {
        html.leaf("td", &[("class", "number absent")], NONE);
        return;
    };
    if hidden {
        html.leaf("td", &[("class", "number absent")], "скрыто");
        return;
    }
    html.node("td", &[("class", "number")], |html| {
        if figure.definition.scope == Scope::Schools {
            html.text(if part.numerator > 0 {
                "включена"
            } else {
                "нет"
            });
            return;
        }
        html.span("b", &[], &share(part, figure.definition.unit));
        if let Some(denominator) = part.denominator {
            html.span(
                "small",
                &[],
                &format!("{} из {}", count(part.numerator), count(denominator)),
            );
        }
        if let Some(value) = Ratio::parse(&part.value) {
            html.node(
                "svg",
                &[
                    ("class", "spark"),
                    ("aria-hidden", "true"),
                    ("width", "100%"),
                    ("height", "4"),
                ],
                |html| {
                    rect(html, "track", ("0", "0"), ("100%", "4"));
                    rect(html, "bar plain", ("0", "0"), (&percent(value, WHOLE), "4"));
                },
            );
        }
    });
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn the_second_school_stands_before_the_tenth() {
        let mut names = ["МБОУ СОШ №10", "МБДОУ №1", "МБОУ СОШ №2", "Гимназия"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            ["Гимназия", "МБДОУ №1", "МБОУ СОШ №2", "МБОУ СОШ №10"]
        );
    }
}
