//! The survey: questions of words and of numbers.

use super::Builder;
use crate::towns::options::Options;
use crate::towns::spelling::{self, blank, cell};
use crate::towns::town::{Answer, Cell, Means, Register};

use Answer::{Absent, Negative, Neutral, Positive, Undecided, Unknown};

const SATISFIED: &[(&str, Answer)] = &[
    ("полностью удовлетворён", Positive),
    ("удовлетворён", Positive),
    ("Удовлетворен(а)", Positive),
    ("1. удовлетворён", Positive),
    ("скорее удовлетворён", Positive),
    ("скорее удовлетворён, чем не удовлетворён", Positive),
    ("нейтрально", Neutral),
    ("частично удовлетворён", Neutral),
    ("и да и нет", Neutral),
    ("в чём-то да, в чём-то нет", Neutral),
    ("скорее не удовлетворён", Negative),
    ("не удовлетворён", Negative),
    ("неудовлетворён", Negative),
    ("затрудняюсь ответить", Undecided),
    ("отказ", Absent),
];

const YES_NO: &[(&str, Answer)] = &[
    ("да", Positive),
    ("скорее да", Positive),
    ("скорее нет", Negative),
    ("нет", Negative),
    ("затрудняюсь ответить", Undecided),
];

const MARKS: &[(&str, Answer)] = &[
    ("отлично", Positive),
    ("хорошо", Positive),
    ("удовлетворительно", Neutral),
    ("плохо", Negative),
];

/// How a question is answered.
#[derive(Clone, Copy)]
enum Kind {
    Words(&'static [(&'static str, Answer)]),
    Numbers(i64, i64),
    Free,
}

const QUESTIONS: &[(&str, Kind)] = &[
    (
        "Удовлетворены ли Вы работой методической службы?",
        Kind::Words(SATISFIED),
    ),
    (
        "Насколько Вы удовлетворены консультациями (от 1 до 10)?",
        Kind::Numbers(1, 10),
    ),
    (
        "Ваша удовлетворённость семинарами по 5-балльной шкале",
        Kind::Numbers(1, 5),
    ),
    ("Удовлетворены ли Вы расписанием?", Kind::Numbers(1, 5)),
    ("Удовлетворённость сайтом", Kind::Numbers(1, 10)),
    ("Довольны ли Вы встречами?", Kind::Words(YES_NO)),
    ("Как прошли занятия?", Kind::Words(MARKS)),
    ("Оцените удобство", Kind::Numbers(1, 5)),
    ("Оцените помощь по шкале 1–4", Kind::Numbers(1, 4)),
    ("Оцените доступность от 0 до 10", Kind::Numbers(0, 10)),
    ("Сколько лет Вы работаете?", Kind::Numbers(1, 5)),
    ("Ваши пожелания", Kind::Words(MARKS)),
    ("Что запомнилось?", Kind::Free),
];

impl Builder {
    /// The survey, with the settings that name its questions.
    pub fn survey(&mut self, options: &mut Options) {
        let tables = self.how_many(15);
        if tables == 0 {
            return;
        }
        let mut asked: Vec<usize> = Vec::new();
        for number in 0..QUESTIONS.len() {
            let percent = if number < 5 { 15 } else { 30 };
            if self.dice.chance(percent) {
                asked.push(number);
            }
        }
        for _ in 0..tables {
            let mut columns: Vec<String> = Vec::new();
            let date = *self.dice.pick(&["Дата", "Отметка времени"]);
            for (column, percent) in [(date, 50), ("Организация", 70), ("Должность", 40)]
            {
                if self.dice.chance(percent) {
                    columns.push(column.to_owned());
                }
            }
            for &number in &asked {
                if tables == 1 || self.dice.chance(85) {
                    columns.push(QUESTIONS[number].0.to_owned());
                }
            }
            if columns.len() < 3 {
                for further in ["Организация", "Должность", "Что запомнилось?"]
                {
                    if !columns.iter().any(|column| column == further) {
                        columns.push(further.to_owned());
                    }
                }
            }
            self.dice.shuffle(&mut columns);
            let rows = if self.dice.chance(6) {
                0
            } else {
                1 + self.dice.below(30)
            };
            self.table(Register::Survey, columns, rows, Self::survey_cell);
            // A row holds something.
            if let Some(table) = self.tables.last_mut() {
                table
                    .rows
                    .retain(|row| row.iter().any(|cell| !cell.text.trim().is_empty()));
            }
        }
        self.survey_settings(options, &asked);
    }

    fn survey_settings(&mut self, options: &mut Options, asked: &[usize]) {
        let stand = |column: &str| {
            self.tables
                .iter()
                .any(|table| table.register == Register::Survey && table.has(column))
        };
        let there: Vec<usize> = asked
            .iter()
            .copied()
            .filter(|&number| stand(QUESTIONS[number].0))
            .collect();
        let numbers: Vec<usize> = there
            .iter()
            .copied()
            .filter(|&number| matches!(QUESTIONS[number].1, Kind::Numbers(..)))
            .collect();
        if !there.is_empty() && self.dice.chance(20) {
            let named: Vec<usize> = there
                .iter()
                .copied()
                .filter(|&number| number < 12)
                .collect();
            for number in named {
                if self.dice.chance(50) {
                    options.questions.push(QUESTIONS[number].0.to_owned());
                }
            }
        }
        if !numbers.is_empty() && self.dice.chance(15) {
            options
                .reverse
                .push(QUESTIONS[*self.dice.pick(&numbers)].0.to_owned());
        }
        if self.dice.chance(12) {
            options.scale =
                Some(
                    *self
                        .dice
                        .pick(&[(1, 5), (1, 10), (1, 4), (1, 3), (0, 10), (0, 3)]),
                );
        }
    }

    fn survey_cell(&mut self, column: &str) -> Cell {
        match column {
            "Дата" | "Отметка времени" => return self.date(5),
            "Организация" => {
                let place = self.dice.below(self.organisations.len());
                return match self.dice.chance(20) {
                    true => blank(),
                    false => spelling::organisation(&mut self.dice, &self.organisations, place),
                };
            }
            "Должность" => {
                return cell(
                    *self.dice.pick(&["учитель", "воспитатель", "директор"]),
                    Means::Remark,
                );
            }
            _ => {}
        }
        let Some(&(_, kind)) = QUESTIONS.iter().find(|(title, _)| *title == column) else {
            return blank();
        };
        match (kind, self.dice.below(20)) {
            (Kind::Free, _) => cell(
                *self
                    .dice
                    .pick(&["всё по делу", "экскурсия", "встречи с коллегами"]),
                Means::Remark,
            ),
            (_, 0) => blank(),
            (_, 1) => cell("как когда", Means::Answer(Unknown)),
            (_, 2) => cell("затрудняюсь ответить", Means::Answer(Undecided)),
            (Kind::Words(among), _) => {
                let (text, answer) = *self.dice.pick(among);
                cell(text, Means::Answer(answer))
            }
            (Kind::Numbers(..), 3) => cell("3,5", Means::Number(None)),
            (Kind::Numbers(_, high), 4) => {
                cell((high + 2).to_string(), Means::Number(Some(high + 2)))
            }
            (Kind::Numbers(low, high), _) => {
                let number = self.dice.between(low, high);
                cell(number.to_string(), Means::Number(Some(number)))
            }
        }
    }
}
