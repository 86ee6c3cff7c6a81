//! Which texts are an organisation's name: section rows, and names of sheets and files.

use super::catalogue::{Catalogue, Meaning, OrganisationWords};
use super::full_name::is_full_name;
use super::key::{HeaderKey, Phrase, has_quotes, words};
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

/// Endings of the adjectives that places give: «Махалинская СОШ», «Кузнецкий колледж».
const OF_PLACES: [&str; 6] = ["ская", "ский", "ское", "цкая", "цкий", "цкое"];

/// Whether a text is an organisation's name and nothing else.
#[must_use]
pub fn is_organisation(text: &str, catalogue: &Catalogue) -> bool {
    let spaced = space_digits(without_number(text));
    let text = spaced.as_str();
    let all = words(text);
    if all.is_empty() || all.len() > LONGEST {
        return false;
    }
    let known = &catalogue.organisation_words;
    if known.forms.iter().any(|form| form.starts(&all)) && all.len() > 1 {
        return true;
    }
    if is_full_name(text) {
        return false;
    }
    // «№ 7 «Детский сад …»», «1 школа», «1-я гимназия»
    let numbered_first = all.first().is_some_and(|word| is_number(word));
    let ordinal = numbered_first && all.get(1).is_some_and(|word| is_ordinal_ending(word));
    let from = usize::from(numbered_first) + usize::from(ordinal);
    let before = all
        .iter()
        .skip(from)
        .take_while(|word| ADJECTIVES.iter().any(|ending| word.ends_with(ending)))
        .count();
    (from..=from + before).any(|start| {
        let rest = all.get(start..).unwrap_or_default();
        let placed = all
            .get(from..start)
            .unwrap_or_default()
            .iter()
            .any(|word| is_of_place(word, known));
        if (start == from || placed)
            && known
                .alone
                .iter()
                .any(|kind| kind.starts(rest) && kind.len() == rest.len())
        {
            return true;
        }
        let mut kinds = known.kinds.iter().filter(|kind| kind.starts(rest));
        kinds.any(|kind| {
            let after = rest.get(kind.len()..).unwrap_or_default();
            // «Школа молодого педагога» is a form of support.
            if after.first().is_some_and(|word| word.starts_with("молод")) {
                return false;
            }
            numbered_first
                || has_quotes(text)
                || after.iter().any(|word| is_number(word))
                || (after.first().is_some_and(|word| named(text, word))
                    && (after.len() <= 4
                        || (1..after.len()).any(|at| names_place(text, &after[at..], known))))
                || names_place(text, after, known)
                || (placed && after.is_empty() && !known.vague.contains(kind))
        })
    })
}

/// Whether what follows a kind is a place or an honorary name: «с. Анненково», «имени Пушкина».
fn names_place(text: &str, after: &[String], known: &OrganisationWords) -> bool {
    let name = |marks: &[Phrase]| {
        let mark = marks.iter().find(|mark| mark.starts(after))?;
        after.get(mark.len())
    };
    // A mark of one letter may be a preposition: «школа с углублённым изучением».
    let sure = |word: &String| {
        named(text, word)
            || after
                .first()
                .is_some_and(|mark| mark.chars().count() > 1 || text.contains(&format!("{mark}.")))
    };
    name(&known.honorary).is_some() || name(&known.places).is_some_and(sure)
}

/// Whether an adjective is that of a place, or as telling as one: «махалинская», «педагогический».
fn is_of_place(word: &str, known: &OrganisationWords) -> bool {
    OF_PLACES.iter().any(|ending| word.ends_with(ending))
        && !known.no_places.iter().any(|other| other.has_word(word))
}

fn is_ordinal_ending(word: &str) -> bool {
    ["й", "я", "ый", "ой", "ая"].contains(&word)
}

/// Whether a text that stands alone where the sheet «Организации» names organisations is a heading
/// over a group of them, a remark or a signature. What is neither is a name: an organisation that
/// is left out would be missed by nobody.
#[must_use]
pub fn is_group(text: &str, catalogue: &Catalogue) -> bool {
    let text = without_number(text);
    let all = words(text);
    let known = &catalogue.organisation_words;
    let small = text
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_none_or(char::is_lowercase);
    let plural = |word: &String| {
        ["ые", "ие", "ых", "их"].iter().any(|e| word.ends_with(e))
            && !["ение", "ание", "тие", "ствие"]
                .iter()
                .any(|e| word.ends_with(e))
    };
    let bare_kind = all.len() == 1
        && known
            .kinds
            .iter()
            .any(|kind| kind.len() == 1 && kind.starts(&all));
    small
        || text.trim_end().ends_with(':')
        || is_full_name(text)
        || bare_kind
        || all.first().is_some_and(plural)
        || known.group_openings.iter().any(|start| start.starts(&all))
        || (!has_quotes(text)
            && all
                .iter()
                .any(|word| known.group_words.iter().any(|group| group.has_word(word))))
        || catalogue
            .marks
            .is_remark(text, &catalogue.marks.opening_words(text))
}

/// Whether an organisation is a department, which makes tables of others' people.
#[must_use]
pub fn is_department(text: &str, catalogue: &Catalogue) -> bool {
    let all = words(text);
    catalogue
        .organisation_words
        .departments
        .iter()
        .any(|department| department.starts(&all))
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
            // Neither a legal form nor a number.
            "СОШ с. Никольское",
            "ООШ с. Махалино",
            "Средняя общеобразовательная школа с. Никольское",
            "Основная школа с. Махалино",
            "детский сад с. Анненково",
            "СОШ имени Пушкина",
            "Лицей имени Пушкина",
            "Лицей им. А. С. Пушкина",
            "Махалинская СОШ",
            "МАХАЛИНСКАЯ СОШ",
            "Анненковская средняя школа",
            "Анненковская основная общеобразовательная школа",
            "Анненковский детский сад",
            "Школа Эврика",
            "1-я гимназия",
            "ВСОШ №2",
            "НШДС №52",
            "Вечерняя школа",
            "Кадетский корпус",
            "Детская школа искусств",
            "ДШИ с. Анненково",
            "Педагогический колледж",
            "Кузнецкий педагогический колледж",
            "Управление образования",
            "ЦППМСП",
            "ДДТ с. Анненково",
            "СОШ г. Кузнецка",
            "СОШ Кузнецкого района Пензенской области с. Анненково",
            "Отдел образования администрации Кузнецкого района",
            "Колледж",
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
            "Педагоги",
            "Администрация",
            "Педагоги школы",
            "Список педагогических работников",
            "Школа с углублённым изучением предметов",
            "Средняя школа",
            "Начальная школа",
            "Сельская школа",
            "Городские школы",
            "Школы с. Анненково",
            "Детские сады",
            "Детский сад",
            "Методический центр",
            "Махалинская Мария Ивановна",
            "Школа Мария Ивановна",
            "Дом Иван Петрович",
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
            ("СОШ с. Анненково", Some("СОШ с. Анненково")),
            ("Махалинская СОШ", Some("Махалинская СОШ")),
            ("Кадры Махалинская СОШ 2024", Some("Махалинская СОШ")),
            ("Сотрудники", None),
            ("Кадры 2024", None),
            ("Педагоги школы", None),
            ("Педагоги", None),
        ] {
            assert_eq!(
                organisation_in(name, catalogue()).as_deref(),
                organisation,
                "{name}"
            );
        }
    }
    #[test]
    fn headings_over_groups_of_organisations_are_told_from_names() {
        for text in [
            "Общеобразовательные организации",
            "Дошкольные образовательные учреждения",
            "I. Общеобразовательные организации",
            "Учреждения дополнительного образования",
            "Городские школы",
            "Школы",
            "Средние школы",
            "Детские сады",
            "Сельские",
            "Прочие",
            "СОШ",
            "ДОУ",
            "Кузнецкий район",
            "г. Кузнецк",
            "Дошкольное образование",
            "Список организаций",
            "Примечание: по данным на 01.09.2024",
            "по данным на 01.09.2024",
            "Исполнитель Петрова",
            "Иванова Мария Петровна",
        ] {
            assert!(is_group(text, catalogue()), "{text}");
        }
        for text in ["Эврика", "«Радуга»", "Академия детства", "Средняя школа"]
        {
            assert!(!is_group(text, catalogue()), "{text}");
        }
    }

    #[test]
    fn a_department_made_the_table() {
        assert!(is_department(
            "Управление образования г. Кузнецка",
            catalogue()
        ));
        assert!(!is_department("МКУ «Управление образования»", catalogue()));
    }
}
