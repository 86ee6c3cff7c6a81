//! The survey: how the answers to each question of satisfaction fell (methodology §2.7).

use super::Page;
use super::markup::Html;
use super::privacy::{least_group, too_small};
use super::svg::{label, percent, picture, rect};
use super::table::{heads, number, row_head, table};
use super::words::{NBSP, NONE, count, decimal, wrapped};
use crate::indicators::figure::Figure;
use crate::indicators::verdict::{SurveyVerdicts, Verdicts};
use crate::ratio::Ratio;
use crate::registers::phrase::AnswerMeaning;

const LINE: usize = 38;
const LINE_HEIGHT: usize = 18;
const BAR: usize = 22;
const GAP: usize = 16;

/// The meanings in the order of a bar: class, mark, words.
const MEANINGS: [(AnswerMeaning, &str, &str, &str); 4] = [
    (AnswerMeaning::Positive, "positive", "+", "Положительных"),
    (AnswerMeaning::Neutral, "neutral", "0", "Нейтральных"),
    (AnswerMeaning::Negative, "negative", "−", "Отрицательных"),
    (AnswerMeaning::Undecided, "undecided", "?", "Затруднились"),
];

/// The answers to one question by meaning, and those that were not given.
struct Answers<'a> {
    question: &'a str,
    given: [u64; 4],
    absent: u64,
}

impl Answers<'_> {
    fn all(&self) -> u64 {
        self.given.iter().sum()
    }
}

fn found<'a>(page: &Page<'a>) -> Option<(&'a Figure, &'a SurveyVerdicts)> {
    page.assessment
        .figures
        .iter()
        .find_map(|figure| match &figure.verdicts {
            Verdicts::Survey(verdicts) if verdicts.respondents > 0 => Some((figure, verdicts)),
            _ => None,
        })
}

/// Whether anybody answered.
pub(super) fn has(page: &Page<'_>) -> bool {
    found(page).is_some()
}

fn answers(verdicts: &SurveyVerdicts) -> Vec<Answers<'_>> {
    let mut all: Vec<Answers<'_>> = verdicts
        .questions
        .iter()
        .map(|question| Answers {
            question,
            given: [0; 4],
            absent: 0,
        })
        .collect();
    for answer in verdicts.answers.iter() {
        if let Some(of) = all.get_mut(answer.question as usize) {
            match MEANINGS
                .iter()
                .position(|meaning| meaning.0 == answer.meaning)
            {
                Some(place) => of.given[place] += 1,
                None => of.absent += 1,
            }
        }
    }
    all
}

/// Writes the section.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let Some((figure, verdicts)) = found(page) else {
        return;
    };
    html.leaf("p", &[], &summary(figure, verdicts));
    if verdicts.respondents < least_group(page.min_group) {
        html.leaf(
            "p",
            &[],
            "Ответов слишком мало, чтобы показать их распределение.",
        );
        return;
    }
    let mut all = answers(verdicts);
    let sizes: Vec<u64> = all.iter().map(Answers::all).collect();
    let mut hidden = too_small(&sizes, least_group(page.min_group)).into_iter();
    all.retain(|_| !hidden.next().unwrap_or_default());
    let few = sizes.len() - all.len();
    if few > 0 {
        let text = format!("Вопросы, на которые ответили немногие, не показаны: {few}.");
        html.leaf("p", &[], &text);
    }
    html.node("figure", &[("class", "bars")], |html| {
        html.leaf(
            "figcaption",
            &[],
            "Ответы на вопросы, в процентах от данных ответов",
        );
        html.node("ul", &[("class", "legend")], |html| {
            for (_, class, sign, words) in MEANINGS {
                html.node("li", &[], |html| {
                    html.span(
                        "span",
                        &[("class", &format!("key {class}")), ("aria-hidden", "true")],
                        sign,
                    );
                    html.text(" ");
                    html.text(&words.to_lowercase());
                });
            }
        });
        chart(html, &all);
        html.node("details", &[], |html| {
            html.leaf("summary", &[], "Те же данные таблицей");
            data(html, &all);
        });
    });
}

fn summary(figure: &Figure, verdicts: &SurveyVerdicts) -> String {
    let mut text = figure.note.as_deref().map_or_else(
        || format!("Опрошено: {}.", count(verdicts.respondents)),
        |note| {
            let mut letters = note.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect::<String>() + "."
            })
        },
    );
    if let Some((low, high)) = &figure.interval {
        text += &format!(
            " 95-процентный доверительный интервал: от {} до {}{NBSP}%.",
            decimal(low),
            decimal(high)
        );
    }
    text
}

fn chart(html: &mut Html, all: &[Answers<'_>]) {
    let labels: Vec<Vec<String>> = all
        .iter()
        .map(|answers| wrapped(&html.clean(answers.question), LINE))
        .collect();
    let height: usize = labels
        .iter()
        .map(|lines| lines.len() * LINE_HEIGHT + BAR + GAP)
        .sum();
    let desc: Vec<String> = all.iter().map(sentence).collect();
    picture(
        html,
        "survey-chart",
        height,
        "Распределение ответов",
        &desc.join(" "),
        |html| {
            let mut y = 0;
            for (answers, lines) in all.iter().zip(&labels) {
                for text in lines {
                    y += LINE_HEIGHT;
                    label(html, "name", ("0", &(y - 5).to_string()), text);
                }
                bar(html, answers, y);
                y += BAR + GAP;
            }
        },
    );
}

fn sentence(answers: &Answers<'_>) -> String {
    let told: Vec<String> = MEANINGS
        .iter()
        .zip(answers.given)
        .map(|((.., words), given)| format!("{} {given}", words.to_lowercase()))
        .collect();
    format!("{}: {}.", answers.question, told.join(", "))
}

fn whole(number: u64) -> Ratio {
    Ratio {
        numerator: number.into(),
        denominator: 1,
    }
}

fn bar(html: &mut Html, answers: &Answers<'_>, y: usize) {
    let (top, height, text_y) = (y.to_string(), BAR.to_string(), (y + 16).to_string());
    let all = answers.all();
    rect(html, "track", ("0", &top), ("100%", &height));
    let mut before = 0;
    for ((_, class, sign, _), given) in MEANINGS
        .into_iter()
        .zip(answers.given)
        .filter(|(_, given)| *given > 0)
    {
        let (x, width) = (
            percent(whole(before), whole(all)),
            percent(whole(given), whole(all)),
        );
        rect(html, class, (&x, &top), (&width, &height));
        // A mark where there is room for it.
        if given * 100 >= all * 15 {
            let middle = percent(
                Ratio {
                    numerator: (2 * before + given).into(),
                    denominator: 2,
                },
                whole(all),
            );
            let share = Ratio {
                numerator: i128::from(100 * given),
                denominator: all.into(),
            }
            .rounded(0);
            label(
                html,
                "inside middle",
                (&middle, &text_y),
                &format!("{sign} {share}{NBSP}%"),
            );
        }
        before += given;
    }
}

fn data(html: &mut Html, all: &[Answers<'_>]) {
    table(
        html,
        "survey-caption",
        "narrow",
        "Ответы на вопросы, число ответов",
        |html| {
            let words = MEANINGS.map(|(.., words)| words);
            let mut titles = vec!["Вопрос"];
            titles.extend(words);
            titles.extend(["Нет ответа", "Доля положительных"]);
            heads(html, &titles);
            html.node("tbody", &[], |html| {
                for answers in all {
                    html.node("tr", &[], |html| {
                        row_head(html, answers.question);
                        for given in answers.given {
                            number(html, &count(given));
                        }
                        number(html, &count(answers.absent));
                        number(html, &share(answers));
                    });
                }
            });
        },
    );
}

fn share(answers: &Answers<'_>) -> String {
    Ratio::new(i128::from(100 * answers.given[0]), answers.all().into()).map_or_else(
        || NONE.to_owned(),
        |share| decimal(&share.rounded(1)) + NBSP + "%",
    )
}
