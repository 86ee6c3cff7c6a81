//! Which texts are an organisation's name: section rows, and names of sheets and files.

use super::catalogue::{Catalogue, Meaning, OrganisationWords};
use super::key::{HeaderKey, has_quotes, words};
use super::{Field, RegisterId};

/// The longest text that may be a name, in words.
const LONGEST: usize = 40;

/// Endings of the adjectives that may stand before the kind: «средняя общеобразовательная школа».
const ADJECTIVES: [&str; 8] = ["ая", "яя", "ый", "ий", "ой", "ое", "ее", "но"];

/// Words at the ends of a sheet's or file's name that belong to no organisation.
const AROUND: [&str; 29] = [
    "лист",
    "отчет",
    "данные",
    "таблица",
    "таблицы",
    "копия",
    "список",
    "сведения",
    "свод",
    "сводная",
    "сводные",
    "по",
    "для",
    "за",
    "на",
    "от",
    "о",
    "и",
    "год",
    "г",
    "кв",
    "квартал",
    "полугодие",
    "месяцев",
    "ответы",
    "форма",
    "результаты",
    "итоги",
    "педагоги",
];

/// Whether a text is an organisation's name and nothing else.
#[must_use]
pub fn is_organisation(text: &str, catalogue: &Catalogue) -> bool {
    let spaced = space_digits(without_number(text));
    let text = spaced.as_str();
    let all = words(text);
    if all.is_empty() || all.len() > LONGEST {
        return false;
    }
    let OrganisationWords {
        forms,
        kinds,
        alone,
        ..
    } = &catalogue.organisation_words;
    if forms.iter().any(|form| form.starts(&all)) && all.len() > 1 {
        return true;
    }
    // «№ 7 «Детский сад …»», «1 школа»
    let numbered_first = all.first().is_some_and(|word| is_number(word));
    let from = usize::from(numbered_first);
    let before = all
        .iter()
        .skip(from)
        .take_while(|word| ADJECTIVES.iter().any(|ending| word.ends_with(ending)))
        .count();
    (from..=from + before).any(|start| {
        let rest = all.get(start..).unwrap_or_default();
        if start == from
            && alone
                .iter()
                .any(|kind| kind.starts(rest) && kind.len() == rest.len())
        {
            return true;
        }
        kinds.iter().filter(|kind| kind.starts(rest)).any(|kind| {
            let after = rest.get(kind.len()..).unwrap_or_default();
            // «Школа молодого педагога» is a form of support.
            if after.first().is_some_and(|word| word.starts_with("молод")) {
                return false;
            }
            numbered_first
                || has_quotes(text)
                || after.iter().any(|word| is_number(word))
                || (after.len() <= 4 && after.first().is_some_and(|word| named(text, word)))
        })
    })
}

/// The organisation that a line of a table gives: the line is its name and nothing else, perhaps
/// after a word such as «Организация:».
#[must_use]
pub fn organisation_line<'a>(text: &'a str, catalogue: &Catalogue) -> Option<&'a str> {
    let text = text.trim();
    if is_organisation(text, catalogue) {
        return Some(text);
    }
    let (before, after) = text.split_once(':')?;
    let after = after.trim();
    let says = catalogue
        .get(RegisterId::Staff)
        .and_then(|register| register.meaning(&HeaderKey::new(before)));
    (says == Some(Meaning::Column(Field::Organisation)) && is_organisation(after, catalogue))
        .then_some(after)
}

/// Whether an organisation is a body above schools, which issues the tables of others.
#[must_use]
pub fn is_body(text: &str, catalogue: &Catalogue) -> bool {
    let all = words(text);
    catalogue
        .organisation_words
        .bodies
        .iter()
        .any(|body| body.find(&all).is_some())
}

/// The organisation that the name of a sheet or file gives: the name itself, or what is left of it
/// without the words that speak of a register, of a period or of a list.
#[must_use]
pub fn organisation_in(name: &str, catalogue: &Catalogue) -> Option<String> {
    let plain = name.replace('_', " ");
    let tokens: Vec<&str> = plain.split_whitespace().collect();
    let count = tokens.len();
    if count > LONGEST {
        return None;
    }
    let droppable: Vec<bool> = tokens
        .iter()
        .map(|token| is_droppable(token, catalogue))
        .collect();
    let front = droppable.iter().take_while(|drop| **drop).count();
    let back = droppable.iter().rev().take_while(|drop| **drop).count();
    for dropped in (0..=(front + back)).rev() {
        for left in 0..=dropped.min(front) {
            let right = dropped - left;
            if right > back || left + right >= count {
                continue;
            }
            let text = tokens
                .get(left..count - right)
                .unwrap_or_default()
                .join(" ");
            if is_organisation(&text, catalogue) {
                return Some(text);
            }
        }
    }
    // Other words before it: «Приложение 2 МБОУ СОШ №1».
    (1..count - back).find_map(|left| {
        let text = tokens.get(left..count - back).unwrap_or_default().join(" ");
        let plain = words(&text).len() < 2 || is_body(&text, catalogue);
        (!plain && is_organisation(&text, catalogue)).then_some(text)
    })
}

fn is_droppable(token: &str, catalogue: &Catalogue) -> bool {
    words(token).iter().all(|word| {
        AROUND.contains(&word.as_str())
            || is_year(word)
            || matches!(word.as_str(), "1" | "2" | "3" | "4") && token.starts_with('(')
            || catalogue.speaks_with(word)
    })
}

/// The text without a number of a list before it: «1. », «2) », «IV. ».
fn without_number(text: &str) -> &str {
    let text = text.trim();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | '.')))
        .unwrap_or(0);
    let (number, rest) = text.split_at(end);
    if let Some(rest) = rest.strip_prefix(')')
        && !number.is_empty()
    {
        return rest.trim_start();
    }
    if number.ends_with('.') {
        return rest.trim_start();
    }
    text
}

/// «СОШ1» as «СОШ 1».
fn space_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut last = ' ';
    for c in text.chars() {
        if c.is_ascii_digit() && last.is_alphabetic() {
            out.push(' ');
        }
        out.push(c);
        last = c;
    }
    out
}

fn is_number(word: &str) -> bool {
    word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit()) && !is_year(word)
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && word.bytes().all(|b| b.is_ascii_digit())
        && (word.starts_with("19") || word.starts_with("20"))
}

/// Whether the folded `word` stands in the text as a name: with a capital letter.
fn named(text: &str, word: &str) -> bool {
    !word.starts_with("молод")
        && text.split(|c: char| !c.is_alphanumeric()).any(|part| {
            words(part).first().is_some_and(|w| w == word)
                && part.chars().next().is_some_and(char::is_uppercase)
        })
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::catalogue;
    use super::*;

    #[test]
    fn names_of_organisations_are_known() {
        for name in [
            "МБОУ СОШ №1",
            "МБОУ «СОШ № 1 имени А. С. Пушкина»",
            "СОШ 1",
            "СОШ1",
            "Филиал МБОУ СОШ №1 в с. Ивановка",
            "Центр психолого-педагогической помощи",
            "Центр внешкольной работы",
            "СОШ №1",
            "Школа № 12",
            "школа №1",
            "Гимназия №3",
            "Лицей",
            "ДДТ",
            "Детский сад №5 «Теремок»",
            "Детский сад «Теремок»",
            "Детский сад Теремок",
            "д/с 12",
            "ДС №4",
            "Средняя общеобразовательная школа № 4",
            "Начальная школа – детский сад № 52",
            "муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная школа № 1",
            "1. МБОУ СОШ №1",
            "МБУ ДО «Дом детского творчества»",
            "МБУДО ДЮЦ",
            "№ 7 «Детский сад общеразвивающего вида» п. Пролетарий",
            "Центр образования №5",
        ] {
            assert!(is_organisation(name, catalogue()), "{name}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for text in [
            "Педагогические работники",
            "Учителя начальных классов",
            "Административный персонал",
            "Лист1",
            "Сотрудники",
            "Школа",
            "Школа молодого педагога",
            "Список работников МБОУ СОШ №1",
            "Дошкольные образовательные организации",
            "Общеобразовательные организации",
            "Иванова Мария Петровна",
            "I. Организационные мероприятия",
            "Школа 2024",
            "1",
            "",
            "Директор",
            "МБОУ",
        ] {
            assert!(!is_organisation(text, catalogue()), "{text}");
        }
    }

    #[test]
    fn a_name_of_a_file_gives_the_organisation() {
        for (name, organisation) in [
            ("МБОУ СОШ №1", Some("МБОУ СОШ №1")),
            ("Сотрудники МБОУ СОШ №1", Some("МБОУ СОШ №1")),
            ("СОШ №1 - диагностика 2024", Some("СОШ №1")),
            ("Кадры_СОШ_1", Some("СОШ 1")),
            ("Детский сад №5 (2)", Some("Детский сад №5")),
            ("Сводные данные", None),
            ("Приложение 2 МБОУ СОШ №1", Some("МБОУ СОШ №1")),
            ("01 МБОУ СОШ №1", Some("МБОУ СОШ №1")),
            ("Отчёт ИМЦ за 2024 год", Some("ИМЦ")),
            ("Приложение 3 МКУ ИМЦ", None),
            ("Школа молодого педагога №1", None),
            ("Курсы 2024", None),
            ("Кадры школ и ДОУ", None),
            ("Лист1", None),
        ] {
            assert_eq!(
                organisation_in(name, catalogue()).as_deref(),
                organisation,
                "{name}"
            );
        }
    }
}
