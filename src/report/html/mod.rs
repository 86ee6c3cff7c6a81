//! The page for the service's public section: one file without scripts, outside resources or
//! personal data, with the figures, their plans, their course over the quarters and how they were counted.
//!
//! What leaves the run for the page is the assessment alone: figures, names of organisations and
//! teams, questions of the survey. No name of a person, and no row, is ever asked for.

mod bars;
mod breakdown;
mod dynamics;
mod figures;
mod markup;
mod method;
mod privacy;
mod survey;
mod svg;
mod table;
mod words;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

use crate::indicators::catalogue::catalogue;
use crate::indicators::figure::Assessment;
use crate::people::privacy::Privacy;
use crate::period::russian_date;
use crate::pipeline::Run;
use crate::report::json::TOOL;
use markup::Html;
use words::count;

const HEADING: &str = "Показатели муниципальной методической службы";

/// Nothing may load, run or be sent: the page needs its own style alone.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The sections of the page: the anchor and the heading.
const SECTIONS: [(&str, &str); 6] = [
    ("figures", "Показатели"),
    ("plans", "Факт и план"),
    ("dynamics", "Динамика по кварталам"),
    ("organisations", "По организациям"),
    ("survey", "Опрос об удовлетворённости"),
    ("method", "Как посчитано"),
];

/// What the page tells, nothing else of the run.
struct Page<'a> {
    municipality: &'a str,
    min_group: u32,
    assessment: &'a Assessment,
    dynamics: &'a [Assessment],
}

/// The page of a run.
#[must_use]
pub fn render(run: &Run) -> String {
    let page = Page {
        municipality: &run.settings.municipality,
        min_group: run.settings.privacy.min_group,
        assessment: &run.assessment,
        dynamics: run.dynamics(),
    };
    // A page for everybody names nobody, whatever the settings say.
    page.render(run.privacy(false).clone())
}

impl Page<'_> {
    fn render(&self, privacy: Privacy) -> String {
        let mut html = Html::without(privacy);
        html.fixed("<!doctype html>\n");
        html.node("html", &[("lang", "ru")], |html| {
            html.node("head", &[], |html| self.head(html));
            html.node("body", &[], |html| {
                html.leaf(
                    "a",
                    &[("class", "skip"), ("href", "#content")],
                    "К содержанию страницы",
                );
                html.node("header", &[], |html| self.header(html));
                html.node("main", &[("id", "content")], |html| self.content(html));
                html.node("footer", &[], footer);
            });
        });
        html.finish()
    }

    fn head(&self, html: &mut Html) {
        html.void("meta", &[("charset", "utf-8")]);
        html.void(
            "meta",
            &[
                ("name", "viewport"),
                ("content", "width=device-width, initial-scale=1"),
            ],
        );
        html.void(
            "meta",
            &[
                ("http-equiv", "Content-Security-Policy"),
                ("content", POLICY),
            ],
        );
        html.void("meta", &[("name", "generator"), ("content", TOOL)]);
        html.leaf("title", &[], &format!("{HEADING}, {}", self.subject()));
        html.node("style", &[], |html| html.fixed(include_str!("style.css")));
    }

    /// «город Кузнецк, III квартал 2024 года».
    fn subject(&self) -> String {
        let period = self.assessment.period.title();
        if self.municipality.is_empty() {
            period
        } else {
            format!("{}, {period}", self.municipality)
        }
    }

    fn header(&self, html: &mut Html) {
        let assessment = self.assessment;
        html.leaf("h1", &[], HEADING);
        html.leaf("p", &[("class", "subject")], &self.subject());
        html.leaf("p", &[], &self.span());
        html.node("dl", &[("class", "facts")], |html| {
            for (word, fact) in [
                ("Педагогических работников", count(assessment.teachers)),
                ("Управленческих кадров", count(assessment.managers)),
                ("Организаций", count(assessment.organisations)),
                ("Планов достигнуто", figures::plans_met(&assessment.figures)),
            ] {
                html.node("div", &[], |html| {
                    html.leaf("dt", &[], word);
                    html.leaf("dd", &[], &fact);
                });
            }
        });
        html.node(
            "nav",
            &[("aria-label", "Разделы страницы")],
            |html| {
                html.node("ul", &[], |html| {
                    for (id, title) in SECTIONS.into_iter().filter(|(id, _)| self.has(id)) {
                        html.node("li", &[], |html| {
                            html.span("a", &[("href", &format!("#{id}"))], title)
                        });
                    }
                });
            },
        );
    }

    /// Which days count.
    fn span(&self) -> String {
        let window = &self.assessment.window;
        let to = russian_date(window.to);
        let events = match window.from {
            Some(from) => format!("с {} по {to} ({})", russian_date(from), window.kind.title()),
            None => format!("по {to}"),
        };
        format!("Учтены события {events}; состав работников и организаций — на {to}.")
    }

    /// Whether there is anything to tell under a heading.
    fn has(&self, section: &str) -> bool {
        match section {
            "dynamics" => !self.dynamics.is_empty(),
            "organisations" => breakdown::has(self),
            "survey" => survey::has(self),
            _ => true,
        }
    }

    fn content(&self, html: &mut Html) {
        for (id, title) in SECTIONS.into_iter().filter(|(id, _)| self.has(id)) {
            let heading = format!("{id}-heading");
            html.node(
                "section",
                &[("id", id), ("aria-labelledby", &heading)],
                |html| {
                    html.leaf("h2", &[("id", &heading)], title);
                    match id {
                        "figures" => figures::write(html, self),
                        "plans" => bars::write(html, self),
                        "dynamics" => dynamics::write(html, self),
                        "organisations" => breakdown::write(html, self),
                        "survey" => survey::write(html, self),
                        _ => method::write(html, self),
                    }
                },
            );
        }
    }
}

fn footer(html: &mut Html) {
    html.leaf(
        "p",
        &[],
        &format!("Показатели установлены документом: {}.", catalogue().source),
    );
    html.leaf(
        "p",
        &[],
        &format!("Страницу составила программа {TOOL}. Персональных данных на странице нет."),
    );
}
