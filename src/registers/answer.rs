//! Number scales of survey answers (methodology §2.7): which there are, how a header or a setting
//! names one, and what a number on it says. Answers in words are phrases.

use super::phrase::AnswerMeaning;
use crate::text::fold_lookalikes;

/// A number scale.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scale {
    /// 1–5: positive from 4, neutral 3.
    OneToFive,
    /// 1–10: positive from 8, neutral 6 and 7.
    OneToTen,
    /// 1–4: positive from 3, no neutral.
    OneToFour,
    /// 1–3: positive 3, neutral 2.
    OneToThree,
    /// 0–10: as 1–10.
    ZeroToTen,
    /// 0–3: positive from 2, no neutral.
    ZeroToThree,
}

impl Scale {
    /// All scales.
    pub const ALL: [Self; 6] = [
        Self::OneToFive,
        Self::OneToTen,
        Self::OneToFour,
        Self::OneToThree,
        Self::ZeroToTen,
        Self::ZeroToThree,
    ];

    /// The lowest and the highest number.
    #[must_use]
    pub fn bounds(self) -> (u32, u32) {
        match self {
            Self::OneToFive => (1, 5),
            Self::OneToTen => (1, 10),
            Self::OneToFour => (1, 4),
            Self::OneToThree => (1, 3),
            Self::ZeroToTen => (0, 10),
            Self::ZeroToThree => (0, 3),
        }
    }

    /// The scale as `survey.scale` names it: `1-5`.
    #[must_use]
    pub fn name(self) -> String {
        let (low, high) = self.bounds();
        format!("{low}-{high}")
    }

    /// The scale of these bounds.
    #[must_use]
    pub fn of(low: u32, high: u32) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|scale| scale.bounds() == (low, high))
    }

    /// The scale that a setting names: `1-5`, `1–10`; none for any other text.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let folded = fold_lookalikes(text);
        let (low, high) = folded.split_once('-').or_else(|| folded.split_once(".."))?;
        Self::of(low.trim().parse().ok()?, high.trim().parse().ok()?)
    }

    /// What a number says; `reverse` where 1 is best. None when it is outside the scale or not whole.
    #[must_use]
    pub fn judge(self, number: f64, reverse: bool) -> Option<AnswerMeaning> {
        let (low, high) = self.bounds();
        let (low, high) = (f64::from(low), f64::from(high));
        if number.fract() != 0.0 || !(low..=high).contains(&number) {
            return None;
        }
        let number = if reverse { low + high - number } else { number };
        let (positive, neutral) = match self {
            Self::OneToFive => (4.0, 3.0),
            Self::OneToTen | Self::ZeroToTen => (8.0, 6.0),
            Self::OneToFour => (3.0, 3.0),
            Self::OneToThree => (3.0, 2.0),
            Self::ZeroToThree => (2.0, 2.0),
        };
        Some(if number >= positive {
            AnswerMeaning::Positive
        } else if number >= neutral {
            AnswerMeaning::Neutral
        } else {
            AnswerMeaning::Negative
        })
    }
}

/// The scale that a header names: «от 1 до 10», «по 5-балльной шкале», «по десятибалльной шкале»,
/// «1–4», «1 – плохо, 10 – отлично». None when it names none; an error with the bounds as written when it names one that there
/// is not.
#[must_use]
pub fn scale_in_header(header: &str) -> Option<Result<Scale, String>> {
    let folded = fold_lookalikes(header);
    let parts = parts(&folded);
    let speaks = parts.iter().any(|part| {
        matches!(part, Part::Word(word) if word.starts_with("шкал") || word.starts_with("балл") || word.starts_with("бальн"))
    });
    let (low, high) = from_to(&parts)
        .or_else(|| points(&parts))
        .or_else(|| dash(&parts))
        .or_else(|| labelled_ends(&parts))?;
    let (low, high) = (low.min(high), low.max(high));
    match Scale::of(low, high) {
        Some(scale) => Some(Ok(scale)),
        // Numbers that begin elsewhere are a scale only where the header speaks of one.
        None if low != high && (low <= 1 || speaks) => Some(Err(format!("{low}–{high}"))),
        None => None,
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Part<'a> {
    Number(u32),
    Word(&'a str),
    Dash,
}
use Part::{Dash, Number, Word};

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let (number, after) =
                rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
            // A number with a fraction is no end of a scale.
            found.push(number.parse().map_or(Word(number), Number));
            rest = after;
        } else if c.is_alphabetic() {
            let (word, after) = rest.split_at(
                rest.find(|c: char| !c.is_alphabetic())
                    .unwrap_or(rest.len()),
            );
            found.push(Word(word));
            rest = after;
        } else if let Some(after) = rest
            .strip_prefix("..")
            .or_else(|| rest.strip_prefix(['-', '…']))
        {
            found.push(Dash);
            rest = after.trim_start_matches('.');
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    found
}

/// What may follow numbers that are no scale: ages, school years, classes.
fn counts_something(parts: &[Part<'_>], after: usize) -> bool {
    const THINGS: [&str; 17] = [
        "лет",
        "год",
        "класс",
        "кл",
        "курс",
        "квартал",
        "полугод",
        "месяц",
        "мес",
        "дн",
        "день",
        "этап",
        "модул",
        "школ",
        "сад",
        "групп",
        "организац",
    ];
    matches!(parts.get(after), Some(Word(word)) if THINGS.iter().any(|thing| word.starts_with(thing)))
}

/// «от 1 до 10», also with words between: «от 1 (очень плохо) до 10 (отлично)».
fn from_to(parts: &[Part<'_>]) -> Option<(u32, u32)> {
    (0..parts.len()).find_map(|at| {
        let [Word("от" | "с"), Number(low), ..] = parts[at..] else {
            return None;
        };
        let high = parts[at + 2..]
            .windows(2)
            .enumerate()
            .find_map(|(place, pair)| match *pair {
                [Word("до" | "по"), Number(high)] => Some((place + at + 4, high)),
                _ => None,
            });
        high.filter(|(after, _)| !counts_something(parts, *after))
            .map(|(_, high)| (low, high))
    })
}

/// «5-балльная», «10-ти балльной», «пятибалльной».
fn points(parts: &[Part<'_>]) -> Option<(u32, u32)> {
    const WORDS: [(&str, u32); 10] = [
        ("двух", 2),
        ("трех", 3),
        ("четырех", 4),
        ("пяти", 5),
        ("шести", 6),
        ("семи", 7),
        ("восьми", 8),
        ("девяти", 9),
        ("десяти", 10),
        ("сто", 100),
    ];
    let of_points = |word: &str| word.starts_with("балльн") || word.starts_with("бальн");
    (0..parts.len()).find_map(|at| {
        let word = match parts[at..] {
            [Number(high), Dash, Word(word), ..] | [Number(high), Word(word), ..]
                if of_points(word) =>
            {
                return Some((1, high));
            }
            [Number(high), Dash, Word(_), Dash, Word(word), ..]
            | [Number(high), Dash, Word(_), Word(word), ..]
            | [Number(high), Word(_), Word(word), ..]
                if of_points(word) =>
            {
                return Some((1, high));
            }
            [Word(word), Word(second), ..] | [Word(word), Dash, Word(second), ..]
                if of_points(second) =>
            {
                return WORDS
                    .iter()
                    .find(|(count, _)| *count == word)
                    .map(|(_, high)| (1, *high));
            }
            [Word(word), ..] => word,
            _ => return None,
        };
        WORDS
            .iter()
            .find(|(count, _)| word.strip_prefix(count).is_some_and(of_points))
            .map(|(_, high)| (1, *high))
    })
}

/// «1–4», «0…10».
fn dash(parts: &[Part<'_>]) -> Option<(u32, u32)> {
    (0..parts.len()).find_map(|at| match parts[at..] {
        [Number(low), Dash, Number(high), ..]
            if at.checked_sub(1).is_none_or(|before| parts[before] != Dash)
                && parts.get(at + 3) != Some(&Dash)
                && !names_clauses(parts, at)
                && !counts_something(parts, at + 3) =>
        {
            Some((low, high))
        }
        _ => None,
    })
}

/// «п. 1–3»: clauses, not a scale.
fn names_clauses(parts: &[Part<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| parts.get(before));
    matches!(before, Some(Word(word)) if matches!(*word, "п" | "пп" | "№")
        || word.starts_with("пункт")
        || word.starts_with("вопрос"))
}

/// «1 – совсем не удовлетворён, 10 – полностью удовлетворён»: numbers with what they mean. The number
/// that begins a header is the question's own.
fn labelled_ends(parts: &[Part<'_>]) -> Option<(u32, u32)> {
    let labelled = (1..parts.len()).filter_map(|at| match parts[at..] {
        [Number(number), Dash, Word(_), ..] if !counts_something(parts, at + 2) => Some(number),
        _ => None,
    });
    let numbers: Vec<u32> = labelled.collect();
    let (low, high) = (*numbers.iter().min()?, *numbers.iter().max()?);
    (low <= 1 && low < high).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::AnswerMeaning::{Negative, Neutral, Positive};
    use super::*;

    /// The meanings of all numbers of a scale, from its lowest to its highest.
    fn all(scale: Scale) -> Vec<AnswerMeaning> {
        let (low, high) = scale.bounds();
        (low..=high)
            .filter_map(|number| scale.judge(f64::from(number), false))
            .collect()
    }

    #[test]
    fn what_numbers_say() {
        assert_eq!(
            all(Scale::OneToFive),
            [Negative, Negative, Neutral, Positive, Positive]
        );
        assert_eq!(
            all(Scale::OneToTen),
            [
                Negative, Negative, Negative, Negative, Negative, Neutral, Neutral, Positive,
                Positive, Positive
            ]
        );
        assert_eq!(
            all(Scale::ZeroToTen),
            [
                Negative, Negative, Negative, Negative, Negative, Negative, Neutral, Neutral,
                Positive, Positive, Positive
            ]
        );
        assert_eq!(
            all(Scale::OneToFour),
            [Negative, Negative, Positive, Positive]
        );
        assert_eq!(all(Scale::OneToThree), [Negative, Neutral, Positive]);
        assert_eq!(
            all(Scale::ZeroToThree),
            [Negative, Negative, Positive, Positive]
        );
    }

    #[test]
    fn where_one_is_best() {
        assert_eq!(Scale::OneToFive.judge(1.0, true), Some(Positive));
        assert_eq!(Scale::OneToFive.judge(2.0, true), Some(Positive));
        assert_eq!(Scale::OneToFive.judge(3.0, true), Some(Neutral));
        assert_eq!(Scale::OneToFive.judge(4.0, true), Some(Negative));
        assert_eq!(Scale::OneToTen.judge(3.0, true), Some(Positive));
        assert_eq!(Scale::OneToTen.judge(4.0, true), Some(Neutral));
        assert_eq!(Scale::OneToTen.judge(6.0, true), Some(Negative));
    }

    #[test]
    fn outside_or_not_whole() {
        for number in [0.0, 6.0, 3.5, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Scale::OneToFive.judge(number, false), None, "{number}");
        }
    }

    #[test]
    fn settings_name_scales() {
        for scale in Scale::ALL {
            assert_eq!(Scale::named(&scale.name()), Some(scale));
        }
        assert_eq!(Scale::named("1–10"), Some(Scale::OneToTen));
        assert_eq!(Scale::named(" 1 - 5 "), Some(Scale::OneToFive));
        for other in ["1-7", "5", "", "5-1", "1-100", "да"] {
            assert_eq!(Scale::named(other), None, "{other}");
        }
    }

    #[test]
    fn headers_name_scales() {
        for (header, scale) in [
            ("Оцените работу ММС от 1 до 10", Scale::OneToTen),
            (
                "Оцените от 1 (очень плохо) до 10 (отлично)",
                Scale::OneToTen,
            ),
            ("Оцените от 0 до 10", Scale::ZeroToTen),
            ("Удовлетворённость (от 5 до 1)", Scale::OneToFive),
            ("Оцените по 5-балльной шкале", Scale::OneToFive),
            ("Оцените по 5 – балльной шкале", Scale::OneToFive),
            ("Оцените по 5 балльной шкале", Scale::OneToFive),
            ("Оцените по 10-ти балльной шкале", Scale::OneToTen),
            ("Оцените по 10-ти бальной шкале", Scale::OneToTen),
            ("Оцените по пятибалльной шкале", Scale::OneToFive),
            ("по десятибалльной шкале", Scale::OneToTen),
            ("четырёхбалльная шкала", Scale::OneToFour),
            ("трёхбалльная", Scale::OneToThree),
            ("Удовлетворённость (1–4)", Scale::OneToFour),
            ("Насколько вы довольны, 1-5", Scale::OneToFive),
            (
                "Оцените ММС (1 – совсем не удовлетворён, 10 – полностью удовлетворён)",
                Scale::OneToTen,
            ),
            (
                "7 - Удовлетворённость, где 1 – минимум, а 5 – максимум",
                Scale::OneToFive,
            ),
            ("Оценка: 5 — отлично, 1 — плохо", Scale::OneToFive),
            ("Оценка (1 - плохо, 4 - отлично)", Scale::OneToFour),
            ("Шкала 0…3", Scale::ZeroToThree),
            ("Шкала 0..3", Scale::ZeroToThree),
            (
                "Оценка учителями 9-11 классов по шкале от 1 до 5",
                Scale::OneToFive,
            ),
        ] {
            assert_eq!(scale_in_header(header), Some(Ok(scale)), "{header}");
        }
    }

    #[test]
    fn headers_name_other_scales() {
        for (header, bounds) in [
            ("от 1 до 7", "1–7"),
            ("по 7-балльной шкале", "1–7"),
            ("по стобалльной шкале", "1–100"),
            ("Оценка (1–6)", "1–6"),
            ("по шкале от 2 до 5", "2–5"),
            ("Довольны ли Вы (1 – да, 2 – нет)", "1–2"),
        ] {
            assert_eq!(
                scale_in_header(header),
                Some(Err(bounds.to_owned())),
                "{header}"
            );
        }
    }

    #[test]
    fn headers_without_a_scale() {
        for header in [
            "Удовлетворены ли вы работой ММС?",
            "Оценка преподавания в 1-4 классах",
            "Родители детей от 3 до 7 лет",
            "Оценка за 2023-2024 учебный год",
            "Насколько довольны в 9-11 классах",
            "Оценка за 1-2 кварталы",
            "Удовлетворённость работой ММС в 1-10 школах",
            "Удовлетворённость (п. 1-3)",
            "1 - Оценка семинаров, 2 - оценка курсов",
            "1. Оценка семинаров",
            "Дата 12-01-2024",
            "",
        ] {
            assert_eq!(scale_in_header(header), None, "{header}");
        }
    }
}
