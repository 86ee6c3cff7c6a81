//! Satisfaction: 4.1.4 (methodology 2.7).

use std::collections::BTreeSet;

use super::calendar::when;
use super::exact::wilson;
use super::{Figure, Part, Parts, Status, World};
use crate::towns::town::{Answer, Cell, Means, Register, Table};

/// Columns that ask nothing.
pub const EXTRAS: [&str; 4] = ["Дата", "Отметка времени", "Организация", "Должность"];

impl World<'_> {
    /// 4.1.4: «positive answers» to «valid answers».
    pub fn survey(&self) -> Figure {
        if !self.there(Register::Survey) {
            return Figure::no_data();
        }
        let questions = self.questions();
        let empty = self.records(Register::Survey).next().is_none();
        // «A table with a header and no rows is there: «не определено».»
        if questions.is_empty() && !empty {
            return Figure::no_data();
        }
        let (mut positive, mut valid, mut respondents, mut parts) = (0, 0, 0, Parts::new());
        for (table, row) in self.records(Register::Survey) {
            if !self.asked_in_window(table, row) {
                continue;
            }
            respondents += 1;
            let place = match table.cell(row, "Организация") {
                Means::Organisation(place) => Part::Organisation(*place),
                _ => Part::Nowhere,
            };
            for question in &questions {
                let good = match self.answer(question, table.cell(row, question)) {
                    Some(Answer::Positive) => 1,
                    Some(Answer::Neutral | Answer::Negative) => 0,
                    // `survey.undecided = "exclude"` «takes the undecided out»
                    Some(Answer::Undecided) if !self.town.options.exclude => 0,
                    _ => continue,
                };
                positive += good;
                valid += 1;
                let part = parts.entry(place.clone()).or_insert((0, Some(0)));
                *part = (part.0 + good, part.1.map(|all| all + 1));
            }
        }
        let figure = Figure::share(positive, valid, self.town.options.decimals, parts);
        let interval = (figure.status == Status::Ok).then(|| wilson(positive, valid));
        Figure {
            respondents: Some(respondents),
            interval,
            ..figure
        }
    }

    /// «If the table has a date column, rows outside W are left out.»
    fn asked_in_window(&self, table: &Table, row: &[Cell]) -> bool {
        let dates = ["Дата", "Отметка времени"]
            .into_iter()
            .filter(|column| table.has(column));
        dates
            .into_iter()
            .all(|column| self.window.holds(when(table.cell(row, column))))
    }

    /// The headers of the satisfaction questions, over all sheets.
    fn questions(&self) -> Vec<String> {
        let headers: BTreeSet<&String> = self
            .tables(Register::Survey)
            .flat_map(|table| &table.columns)
            .filter(|header| !EXTRAS.contains(&header.as_str()))
            .collect();
        let chosen = |rule: &dyn Fn(&str) -> bool| -> Vec<String> {
            headers
                .iter()
                .filter(|header| rule(header))
                .map(|header| (*header).clone())
                .collect()
        };
        // «a column named in `survey.questions`»
        let named = chosen(&|header| self.town.options.questions.iter().any(|own| own == header));
        if !named.is_empty() {
            return named;
        }
        let speaks = |header: &str, words: &[&str]| {
            words
                .iter()
                .any(|word| header.to_lowercase().contains(word))
        };
        let free = |header: &str| !speaks(header, &["предложени", "пожелани", "комментари"]);
        let word =
            |cell: &Means| matches!(cell, Means::Answer(answer) if *answer != Answer::Unknown);
        // «otherwise a column whose header contains «удовлетвор» and most of whose filled cells are on a scale»
        let by_header = chosen(&|header| {
            free(header)
                && speaks(header, &["удовлетвор"])
                && self.most(header, &|cell| word(cell) || on_a_scale(cell))
        });
        if !by_header.is_empty() {
            return by_header;
        }
        // «otherwise every column most of whose filled cells are answers of a word scale, and every
        // column of numbers whose header asks for an assessment»
        let by_answers = chosen(&|header| {
            let asks = speaks(header, &["оцен", "балл", "насколько", "довольн"]);
            let numbers = |cell: &Means| matches!(cell, Means::Number(_));
            free(header) && (self.most(header, &word) || asks && self.most(header, &numbers))
        });
        if !by_answers.is_empty() {
            return by_answers;
        }
        // The question is there, and nobody has answered it: no valid answers.
        let empty = |header: &str| {
            self.cells(header)
                .iter()
                .all(|cell| **cell == Means::Nothing)
        };
        chosen(&|header| free(header) && speaks(header, &["удовлетвор"]) && empty(header))
    }

    fn cells(&self, header: &str) -> Vec<&Means> {
        self.records(Register::Survey)
            .map(|(table, row)| table.cell(row, header))
            .collect()
    }

    /// Whether more than a half of the filled cells of a column are so.
    fn most(&self, header: &str, so: &dyn Fn(&Means) -> bool) -> bool {
        let filled: Vec<&Means> = self
            .cells(header)
            .into_iter()
            .filter(|cell| **cell != Means::Nothing)
            .collect();
        2 * filled.iter().filter(|cell| so(cell)).count() > filled.len()
    }

    /// What a cell answers; none where it answers nothing.
    fn answer(&self, question: &str, cell: &Means) -> Option<Answer> {
        match cell {
            Means::Answer(answer) => Some(*answer).filter(|answer| *answer != Answer::Unknown),
            Means::Number(Some(number)) => self.mark(question, *number),
            _ => None,
        }
    }

    fn mark(&self, question: &str, number: i64) -> Option<Answer> {
        let (low, high) = self.scale(question);
        // «A number outside its scale is reported and not counted.»
        if !(low..=high).contains(&number) {
            return None;
        }
        let reverse = self.town.options.reverse.iter().any(|own| own == question);
        let number = if reverse { low + high - number } else { number };
        // «1–5 (positive from 4, neutral 3), 1–10 (from 8, neutral 6 and 7), 1–4 (from 3, no neutral),
        // 1–3 (3, neutral 2), 0–10 (as 1–10), 0–3 (from 2, no neutral)»
        let (positive, neutral) = match (low, high) {
            (1, 5) => (4, 3),
            (_, 10) => (8, 6),
            (1, 4) => (3, 3),
            (1, 3) => (3, 2),
            _ => (2, 2),
        };
        Some(match number {
            number if number >= positive => Answer::Positive,
            number if number >= neutral => Answer::Neutral,
            _ => Answer::Negative,
        })
    }

    /// «the one that `survey.scale` or the header names; otherwise 1–5 when no answer is above 5, else 1–10»
    fn scale(&self, question: &str) -> (i64, i64) {
        let named = [
            ("от 1 до 10", (1, 10)),
            ("по 5-балльной", (1, 5)),
            ("1–4", (1, 4)),
            ("от 0 до 10", (0, 10)),
        ];
        let header = named
            .iter()
            .find(|(words, _)| question.contains(words))
            .map(|(_, scale)| *scale);
        let above = self
            .cells(question)
            .iter()
            .any(|cell| matches!(cell, Means::Number(Some(number)) if *number > 5));
        self.town
            .options
            .scale
            .or(header)
            .unwrap_or(if above { (1, 10) } else { (1, 5) })
    }
}

/// Whether a number is on one of the scales, which reach from 0 to 10.
fn on_a_scale(cell: &Means) -> bool {
    matches!(cell, Means::Number(Some(0..=10)))
}
