//! Satisfaction with the service (methodology §2.7): which questions ask for it, and what each
//! answer means.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::context::Context;
use super::verdict::{AnswerVerdict, SurveyVerdicts};
use crate::finding::{Code, Findings, Message, Place};
use crate::intern::Sym;
use crate::people::position::{CategoryCell, Nomenclature, PositionClass};
use crate::registers::answer::{Scale, scale_in_header};
use crate::registers::phrase::{AnswerMeaning, Reading};
use crate::registers::record::{Answer, DateCell, RowRef, SurveyRow};
use crate::registers::{Field, RegisterId, said_of_fault};
use crate::source::SheetId;
use crate::text::fold_lookalikes;

const E_ANSWER: Code = Code("E801");
const E_OUTSIDE_SCALE: Code = Code("E802");
const E_SCALE: Code = Code("E803");
const E_NO_DATE: Code = Code("E804");
const E_BAD_DATE: Code = Code("E805");
const E_NOT_FOUND: Code = Code("E806");

/// What came of looking for the questions.
#[derive(Clone, Debug)]
pub enum Survey {
    /// No column asks for satisfaction on a scale that is known, and why: «нет данных».
    NoQuestion(&'static str),
    /// The answers, perhaps none.
    Answers(SurveyVerdicts),
}

/// One question: the columns of all sheets that bear its header.
struct Question {
    header: String,
    key: String,
    columns: Vec<(SheetId, usize)>,
    filled: u64,
    /// Answers on some scale: numbers, or texts that hold a phrase.
    on_scale: u64,
    /// Texts that are, whole, a phrase of a word scale.
    whole_words: u64,
    numbers: u64,
    greatest: f64,
}

/// Judges the survey. Answers that cannot be read are reported and not counted. `count` is told of each
/// valid answer; all are kept where evidence is wanted.
pub fn survey(
    context: &Context<'_>,
    nomenclature: &Nomenclature,
    findings: &mut Findings,
    mut count: impl FnMut(&AnswerVerdict),
) -> Survey {
    let questions = questions(context);
    let chosen = choose(context, &questions, findings);
    if chosen.is_empty() && !context.dataset.answers.is_empty() {
        return Survey::NoQuestion("в опросе нет вопроса об удовлетворённости");
    }
    let mut verdicts = SurveyVerdicts {
        categories: vec!["не указана".to_owned()],
        undecided_counts: context.settings.survey.undecided != "exclude",
        ..SurveyVerdicts::default()
    };
    let mut columns: FxHashMap<SheetId, Vec<(usize, u32)>> = FxHashMap::default();
    let mut readers = Vec::new();
    for question in chosen {
        let reader = match Reader::new(context, question) {
            Ok(reader) => reader,
            Err(what) => {
                let place = place_of(context, question);
                findings.add(
                    E_SCALE,
                    SURVEY,
                    place,
                    format!("вопрос «{}»: {what}, вопрос не учтён", question.header),
                );
                continue;
            }
        };
        let number = u32::try_from(readers.len()).unwrap_or(u32::MAX);
        for &(sheet, column) in &question.columns {
            columns.entry(sheet).or_default().push((column, number));
        }
        verdicts.questions.push(question.header.clone());
        verdicts.scales.push(reader.title());
        readers.push(reader);
    }
    if readers.is_empty() && !context.dataset.answers.is_empty() {
        return Survey::NoQuestion(
            "шкалы вопросов об удовлетворённости не поддерживаются, и вопросы не учтены",
        );
    }
    let mut answers = Vec::new();
    let mut known = Meanings::default();
    let mut categories = Categories::new(nomenclature);
    for (row, organisation) in context
        .dataset
        .answers
        .iter()
        .zip(&context.links.answer_organisations)
    {
        if !in_window(context, row, findings) {
            continue;
        }
        verdicts.respondents += 1;
        let category = categories.of(context, row.respondent, &mut verdicts.categories);
        for &(column, question) in columns.get(&row.at.sheet).map_or(&[][..], Vec::as_slice) {
            let answer = context
                .dataset
                .answers_of(row)
                .get(column)
                .copied()
                .unwrap_or(Answer::Empty);
            let at = Cell {
                at: row.at,
                column: column_of(context, row.at.sheet, column),
            };
            if let Some(meaning) =
                readers[question as usize].read(context, answer, at, &mut known, findings)
            {
                let answer = AnswerVerdict {
                    row: row.at,
                    question,
                    organisation: *organisation,
                    category,
                    meaning,
                };
                if verdicts.valid(&answer) {
                    count(&answer);
                }
                if context.evidence {
                    answers.push(answer);
                }
            }
        }
    }
    verdicts.answers = Arc::new(answers);
    Survey::Answers(verdicts)
}

const SURVEY: Option<RegisterId> = Some(RegisterId::Survey);

/// The address of an answer.
#[derive(Clone, Copy)]
struct Cell {
    at: RowRef,
    column: Option<u32>,
}

impl Cell {
    fn place(self) -> Place {
        Place {
            column: self.column,
            ..Place::row(self.at.sheet, self.at.row)
        }
    }
}

fn column_of(context: &Context<'_>, sheet: SheetId, number: usize) -> Option<u32> {
    let survey = context
        .dataset
        .surveys
        .iter()
        .find(|survey| survey.sheet == sheet)?;
    survey.questions.get(number).map(|(column, _)| *column)
}

fn place_of(context: &Context<'_>, question: &Question) -> Place {
    match question.columns.first() {
        Some(&(sheet, number)) => Place {
            column: column_of(context, sheet, number),
            ..Place::sheet(sheet)
        },
        None => Place::default(),
    }
}

/// Whether a row is in W where its table has dates (§2.7).
fn in_window(context: &Context<'_>, row: &SurveyRow, findings: &mut Findings) -> bool {
    if !context.has(row.at, Field::Timestamp) {
        return true;
    }
    let place = context.dataset.place(row.at, Field::Timestamp);
    match row.date.cell() {
        DateCell::Day(day) => context.window.contains(day),
        DateCell::Empty => {
            findings.add(
                E_NO_DATE,
                SURVEY,
                place,
                "у ответа нет даты, строка не учтена",
            );
            false
        }
        _ => {
            findings.add(
                E_BAD_DATE,
                SURVEY,
                place,
                "дата ответа не прочитана, строка не учтена",
            );
            false
        }
    }
}

/// A header for comparison: case, ё, punctuation and spaces folded.
fn header_key(header: &str) -> String {
    let folded = fold_lookalikes(header);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// The columns of all survey sheets, joined by header, in the order in which they stand.
fn questions(context: &Context<'_>) -> Vec<Question> {
    let mut all: Vec<Question> = Vec::new();
    let mut of: FxHashMap<String, usize> = FxHashMap::default();
    let mut columns: FxHashMap<SheetId, Vec<usize>> = FxHashMap::default();
    for survey in &context.dataset.surveys {
        for (number, (_, header)) in survey.questions.iter().enumerate() {
            let header = context.dataset.text(*header);
            let key = header_key(header);
            let question = *of.entry(key.clone()).or_insert_with(|| {
                all.push(Question {
                    header: header.to_owned(),
                    key,
                    columns: Vec::new(),
                    filled: 0,
                    on_scale: 0,
                    whole_words: 0,
                    numbers: 0,
                    greatest: f64::NEG_INFINITY,
                });
                all.len() - 1
            });
            all[question].columns.push((survey.sheet, number));
            columns.entry(survey.sheet).or_default().push(question);
        }
    }
    let mut words: FxHashMap<Sym, (bool, bool)> = FxHashMap::default();
    for row in &context.dataset.answers {
        let of_sheet = columns.get(&row.at.sheet).map_or(&[][..], Vec::as_slice);
        for (&question, answer) in of_sheet.iter().zip(context.dataset.answers_of(row)) {
            let question = &mut all[question];
            match *answer {
                Answer::Empty | Answer::Fault(_) => continue,
                Answer::Number(number) => {
                    question.numbers += 1;
                    question.greatest = question.greatest.max(number);
                    if number.fract() == 0.0 && (0.0..=10.0).contains(&number) {
                        question.on_scale += 1;
                    }
                }
                Answer::Text(text) => {
                    let (phrase, whole) = *words.entry(text).or_insert_with(|| {
                        let text = context.dataset.text(text);
                        let phrase = matches!(context.phrases.answer(text), Reading::Known(_));
                        (phrase, context.phrases.whole_answer(text).is_some())
                    });
                    question.on_scale += u64::from(phrase);
                    question.whole_words += u64::from(whole);
                }
            }
            question.filled += 1;
        }
    }
    all
}

/// The satisfaction questions (§2.7): named ones, else headers with «удовлетвор», else scales.
fn choose<'q>(
    context: &Context<'_>,
    questions: &'q [Question],
    findings: &mut Findings,
) -> Vec<&'q Question> {
    for name in &context.settings.survey.reverse {
        let key = header_key(name);
        if !questions.iter().any(|question| question.key == key) {
            findings.add(
                E_NOT_FOUND,
                SURVEY,
                Place::default(),
                format!("вопрос «{name}» назван в survey.reverse, но такого столбца в опросе нет"),
            );
        }
    }
    let named = &context.settings.survey.questions;
    if !named.is_empty() {
        let mut chosen = Vec::new();
        for name in named {
            let key = header_key(name);
            match questions.iter().find(|question| question.key == key) {
                // One that is named twice is asked once.
                Some(question)
                    if chosen
                        .iter()
                        .any(|known: &&Question| known.key == question.key) => {}
                Some(question) => chosen.push(question),
                None => findings.add(
                    E_NOT_FOUND,
                    SURVEY,
                    Place::default(),
                    format!(
                        "вопрос «{name}» назван в survey.questions, но такого столбца в опросе нет"
                    ),
                ),
            }
        }
        return chosen;
    }
    let open = |question: &&Question| {
        let proposal = ["предложени", "пожелани", "комментар"];
        !question
            .key
            .split(' ')
            .any(|word| proposal.iter().any(|stem| word.starts_with(stem)))
    };
    let most = |part: u64, question: &Question| 2 * part > question.filled;
    let asks = |question: &&Question| question.key.contains("удовлетвор");
    let by_header: Vec<&Question> = questions
        .iter()
        .filter(open)
        .filter(asks)
        .filter(|q| most(q.on_scale, q))
        .collect();
    if !by_header.is_empty() {
        return by_header;
    }
    let assesses = |question: &Question| {
        question.key.split(' ').any(|word| {
            ["оцен", "балл", "насколько", "довольн"]
                .iter()
                .any(|stem| word.starts_with(stem))
        })
    };
    let by_scale: Vec<&Question> = questions
        .iter()
        .filter(open)
        .filter(|q| most(q.whole_words, q) || (most(q.numbers, q) && assesses(q)))
        .collect();
    if !by_scale.is_empty() {
        return by_scale;
    }
    // A question that nobody has answered is a question all the same.
    questions
        .iter()
        .filter(open)
        .filter(asks)
        .filter(|q| q.filled == 0)
        .collect()
}

/// Reads the answers to one question.
struct Reader {
    header: String,
    scale: Scale,
    reverse: bool,
}

impl Reader {
    /// The scale of numbers: that of the settings or of the header, else by the greatest answer.
    fn new(context: &Context<'_>, question: &Question) -> Result<Self, String> {
        let set = &context.settings.survey;
        let scale = if set.scale.is_empty() {
            match scale_in_header(&question.header) {
                Some(Ok(scale)) => scale,
                Some(Err(unknown)) => return Err(format!("шкала «{unknown}» не поддерживается")),
                None if question.greatest > 5.0 => Scale::OneToTen,
                None => Scale::OneToFive,
            }
        } else {
            Scale::named(&set.scale)
                .ok_or_else(|| format!("шкала «{}» не поддерживается", set.scale))?
        };
        let reverse = set
            .reverse
            .iter()
            .any(|name| header_key(name) == question.key);
        Ok(Self {
            header: question.header.clone(),
            scale,
            reverse,
        })
    }

    fn title(&self) -> String {
        let direction = if self.reverse {
            ", 1 — лучшая оценка"
        } else {
            ""
        };
        format!("слова или числа {}{direction}", self.scale.name())
    }

    /// What one answer means; none when it cannot be read, which is reported.
    fn read(
        &self,
        context: &Context<'_>,
        answer: Answer,
        cell: Cell,
        known: &mut Meanings,
        findings: &mut Findings,
    ) -> Option<AnswerMeaning> {
        match answer {
            Answer::Empty => Some(AnswerMeaning::Absent),
            Answer::Number(number) => {
                let meaning = self.scale.judge(number, self.reverse);
                if meaning.is_none() {
                    let seen = format!(
                        "{number} не входит в шкалу {}, ответ не учтён",
                        self.scale.name()
                    );
                    findings.add(E_OUTSIDE_SCALE, SURVEY, cell.place(), seen);
                }
                meaning
            }
            Answer::Fault(error) => {
                let header = format!("«{}»", self.header);
                let (code, seen) = said_of_fault(&header, context.dataset.text(error));
                findings.add(code, SURVEY, cell.place(), seen);
                None
            }
            Answer::Text(text) => match known.of(context, text) {
                Reading::Empty => Some(AnswerMeaning::Absent),
                Reading::Known(meaning) => Some(meaning),
                Reading::Unknown => {
                    let seen = Message::plain("ответ «")
                        .personal(context.dataset.text(text))
                        .then("» не распознан и не учтён");
                    let advice = context
                        .phrases
                        .nearest(RegisterId::Survey, context.dataset.text(text))
                        .map_or_else(String::new, |near| {
                            format!("ближайший известный ответ — «{near}»")
                        });
                    findings.add_with_advice(E_ANSWER, SURVEY, cell.place(), seen, advice);
                    None
                }
            },
        }
    }
}

/// What each text of an answer means, read once.
#[derive(Default)]
struct Meanings(FxHashMap<Sym, Reading<AnswerMeaning>>);

impl Meanings {
    fn of(&mut self, context: &Context<'_>, text: Sym) -> Reading<AnswerMeaning> {
        let read = || context.phrases.answer(context.dataset.text(text));
        *self.0.entry(text).or_insert_with(read)
    }
}

/// Categories of respondents, by «Категория» or the class of the position.
struct Categories<'a> {
    nomenclature: &'a Nomenclature,
    of: FxHashMap<Sym, u32>,
}

impl<'a> Categories<'a> {
    fn new(nomenclature: &'a Nomenclature) -> Self {
        Self {
            nomenclature,
            of: FxHashMap::default(),
        }
    }

    fn of(&mut self, context: &Context<'_>, respondent: Sym, titles: &mut Vec<String>) -> u32 {
        if respondent.is_empty() {
            return 0;
        }
        if let Some(&known) = self.of.get(&respondent) {
            return known;
        }
        let text = context.dataset.text(respondent);
        let class = match self.nomenclature.read_category(text) {
            CategoryCell::Names(class) => Some(class),
            _ => self
                .nomenclature
                .read_cell(text)
                .positions
                .first()
                .and_then(|position| position.class),
        };
        let title = match class {
            Some(PositionClass::Teacher) => "педагогические работники",
            Some(PositionClass::Manager) => "управленческие кадры",
            Some(PositionClass::Other) => "прочие",
            None => "не указана",
        };
        let number = titles
            .iter()
            .position(|known| known == title)
            .unwrap_or_else(|| {
                titles.push(title.to_owned());
                titles.len() - 1
            });
        let number = u32::try_from(number).unwrap_or(0);
        self.of.insert(respondent, number);
        number
    }
}

/// Decimals of the interval's ends, in per cent (§2.7).
pub const INTERVAL_DECIMALS: u32 = 2;

/// The 95 % Wilson interval of a share, in per cent with [`INTERVAL_DECIMALS`] (§2.7,
/// z = 1.959964).
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "answers are counted in thousands; the interval has two decimals"
)]
pub fn wilson(positive: u64, valid: u64) -> Option<(String, String)> {
    if valid == 0 {
        return None;
    }
    let z = 1.959_964_f64;
    let n = valid as f64;
    let share = positive as f64 / n;
    let centre = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    let low = (100.0 * (centre - half) / scale).max(0.0);
    let high = (100.0 * (centre + half) / scale).min(100.0);
    let digits = INTERVAL_DECIMALS as usize;
    Some((format!("{low:.digits$}"), format!("{high:.digits$}")))
}

#[cfg(test)]
mod tests {
    use super::wilson;

    /// Worked out by hand for 8 of 10: centre (0,8 + 3,841459/20)/(1 + 0,3841459), half width
    /// 1,959964·√(0,016 + 3,841459/400)/1,3841459.
    #[test]
    fn the_interval_of_eight_of_ten() {
        assert_eq!(
            wilson(8, 10),
            Some(("49.02".to_owned(), "94.33".to_owned()))
        );
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(0, 10).map(|(low, _)| low), Some("0.00".to_owned()));
    }
}
