//! What a row below the header is: a record, or something else that tables hold.

use super::catalogue::{Catalogue, Meaning, Register};
use super::cell::number;
use super::full_name::{is_full_name, is_patronymic};
use super::header_again::{Again, header_again};
use super::key::{HeaderKey, words};
use super::layout::{Layout, Row};
use super::organisation::{is_group, is_organisation, organisation_line};
use super::{Field, RegisterId};
use crate::source::{Cell, Value};
use crate::text::{fold, is_letter};

/// The text at the start of a row's first cell that makes the row an example, never a record.
pub const EXAMPLE_MARK: &str = "Пример:";

/// Why a row is no record. The texts are keys of the account of rows.
pub mod reason {
    /// Nothing in it but perhaps the row's number.
    pub const EMPTY: &str = "empty";
    /// «Итого», «Всего», or sums alone.
    pub const TOTAL: &str = "total-row";
    /// Signatures under the table.
    pub const SIGNATURE: &str = "signature";
    /// 1, 2, 3, … under the header.
    pub const COLUMN_NUMBERS: &str = "column-numbers";
    /// The header once more, as on each printed page.
    pub const REPEATED_HEADER: &str = "repeated-header";
    /// The header of another table, and the rows below it; a finding says so.
    pub const OTHER_TABLE: &str = "other-table";
    /// An organisation's name, or a methodist's, for the rows below it.
    pub const SECTION: &str = "section";
    /// A heading inside the table.
    pub const HEADING: &str = "heading";
    /// A remark under the table.
    pub const REMARK: &str = "remark";
    /// A place that nobody holds: «Вакансия» where a name should be.
    pub const VACANCY: &str = "vacancy";
    /// An example of how to fill in the table.
    pub const EXAMPLE: &str = "example";
    /// A required cell is empty; a finding says which.
    pub const MISSING_REQUIRED: &str = "missing-required";
    /// A plan that is not set.
    pub const NO_PLAN: &str = "no-plan";
    /// A plan that cannot be read; a finding says so.
    pub const UNREADABLE: &str = "unreadable";
    /// A cell says that there is nothing to record: «нет».
    pub const NO_RECORD: &str = "no-record";
}

/// Why a row is no record, as a user reads it: «строка итогов», «раздел».
#[must_use]
pub fn title(reason: &str) -> &str {
    match reason {
        reason::EMPTY => "пустых",
        reason::TOTAL => "строк итогов",
        reason::SIGNATURE => "строк подписи",
        reason::COLUMN_NUMBERS => "строк с номерами граф",
        reason::REPEATED_HEADER => "повторов заголовка",
        reason::OTHER_TABLE => "строк другой таблицы",
        reason::SECTION => "строк с названием раздела",
        reason::HEADING => "подзаголовков",
        reason::REMARK => "строк примечаний",
        reason::EXAMPLE => "примеров",
        reason::MISSING_REQUIRED => "без обязательной ячейки",
        reason::NO_PLAN => "без плана",
        reason::UNREADABLE => "с нечитаемой ячейкой",
        reason::NO_RECORD => "с ответом «нет»",
        other => other,
    }
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate<'a> {
    /// A record, as far as its form goes.
    Record,
    /// An organisation's name for the rows below it.
    Section(&'a str),
    /// No record, for this reason.
    LeftOut(&'static str),
}

/// What the rows before have shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Before {
    /// No row but those of a header has come since the last header.
    pub header: bool,
    /// The rows before are signatures.
    pub signature: bool,
}

/// The column by which a record of a register is known.
#[must_use]
pub fn key_field(register: RegisterId) -> Option<Field> {
    match register {
        RegisterId::Organizations => Some(Field::Organisation),
        RegisterId::Roadmap => Some(Field::Measure),
        RegisterId::Links => Some(Field::RecordedAs),
        RegisterId::Targets => Some(Field::Indicator),
        RegisterId::Survey | RegisterId::Registry => None,
        _ => Some(Field::Name),
    }
}

/// The text by which a record is known; of a name in parts the surname.
fn key_text<'a>(row: &Row<'a>, register: RegisterId) -> Option<&'a str> {
    let field = key_field(register)?;
    let surname = (field == Field::Name).then_some(Field::Surname);
    row.text(field)
        .or_else(|| surname.and_then(|surname| row.text(surname)))
}

fn is_of_people(register: RegisterId) -> bool {
    key_field(register) == Some(Field::Name)
}

/// Says what a row is.
#[must_use]
pub fn fate<'a>(
    row: &Row<'a>,
    register: RegisterId,
    layout: &Layout,
    catalogue: &Catalogue,
    before: Before,
) -> Fate<'a> {
    let numbers = |cell: &Cell<'_>| layout.row_numbers.contains(&cell.column) && is_number(cell);
    let mut filled = row.cells.iter().filter(|cell| !numbers(cell));
    let (first, second, third) = (filled.next(), filled.next(), filled.next());
    let Some(first) = first else {
        return Fate::LeftOut(reason::EMPTY);
    };
    if before.header && are_column_numbers(row, register, layout) {
        return Fate::LeftOut(reason::COLUMN_NUMBERS);
    }
    if layout.repeats_header(row, before.header) {
        return Fate::LeftOut(reason::REPEATED_HEADER);
    }
    match header_again(row, register, layout, catalogue) {
        Some(Again::Same) => return Fate::LeftOut(reason::REPEATED_HEADER),
        Some(Again::Other) => return Fate::LeftOut(reason::OTHER_TABLE),
        None => {}
    }
    if are_sums(row, register) {
        return Fate::LeftOut(reason::TOTAL);
    }
    let Some((column, text)) = row.first_text() else {
        return Fate::Record;
    };
    if is_example(text) || key_text(row, register).is_some_and(is_example) {
        return Fate::LeftOut(reason::EXAMPLE);
    }
    let key = key_text(row, register).map(|text| catalogue.marks.opening_words(text));
    let keyed = has_key(row, register, catalogue, key.as_deref());
    if is_total(row, register, catalogue, key.as_deref(), keyed)
        || opens_with_total(row, register, layout, catalogue)
    {
        return Fate::LeftOut(reason::TOTAL);
    }
    if is_of_people(register)
        && key
            .as_deref()
            .is_some_and(|key| catalogue.marks.is_vacancy(key))
        && !key_text(row, register).is_some_and(is_full_name)
    {
        return Fate::LeftOut(reason::VACANCY);
    }
    if is_signature(row, register, layout, catalogue, keyed) {
        return Fate::LeftOut(reason::SIGNATURE);
    }
    if is_of_people(register)
        && let (Some(second), None) = (second, third)
        && let Some(known) = catalogue.get(register)
        && let Some(name) = section_with_count(first, second, known, layout, catalogue)
    {
        return Fate::Section(name);
    }
    if second.is_none()
        && let Value::Text(text) = first.value
        && let Some(fate) = lone_text(row, first.column, text, register, layout, catalogue, before)
    {
        if before.signature && fate == Fate::LeftOut(reason::HEADING) {
            return Fate::LeftOut(reason::SIGNATURE);
        }
        return fate;
    }
    if register == RegisterId::Survey {
        return Fate::Record;
    }
    if !keyed && before.signature {
        return Fate::LeftOut(reason::SIGNATURE);
    }
    if (!keyed || layout.row_numbers.contains(&column))
        && catalogue
            .marks
            .is_remark(text, &catalogue.marks.opening_words(text))
    {
        return Fate::LeftOut(reason::REMARK);
    }
    Fate::Record
}

/// Whether a row holds numbers alone, which no record of people or measures does.
fn are_sums(row: &Row<'_>, register: RegisterId) -> bool {
    (is_of_people(register) || register == RegisterId::Roadmap)
        && row.cells.iter().all(|cell| number(cell.value).is_some())
}

/// The texts of a row's own cells, with their columns.
fn texts<'r>(row: &'r Row<'_>) -> impl Iterator<Item = (u32, &'r str)> {
    row.cells.iter().filter_map(|cell| match cell.value {
        Value::Text(text) => Some((cell.column, text)),
        _ => None,
    })
}

/// Whether a row is a total: a text of it starts so, and it is no record by its key. The answers of
/// a survey may start so too: there the whole row must be no answer.
fn is_total(
    row: &Row<'_>,
    register: RegisterId,
    catalogue: &Catalogue,
    key: Option<&[String]>,
    keyed: bool,
) -> bool {
    let starts = |text: &str| {
        catalogue
            .marks
            .is_total(&catalogue.marks.opening_words(text))
    };
    match register {
        RegisterId::Survey => {
            let stamped = row
                .get(Field::Timestamp)
                .is_some_and(|stamp| !matches!(stamp, Value::Text(text) if starts(text)));
            !stamped
                && row
                    .first_text()
                    .is_some_and(|(_, text)| starts(text) && words(text).len() <= 4)
        }
        _ => {
            key.is_some_and(|key| catalogue.marks.is_total(key))
                || (!keyed && texts(row).any(|(_, text)| starts(text)))
        }
    }
}

/// Whether the first cell of a row is a word of totals that nothing beside it gainsays: it stands
/// where the rows are numbered, or before counts alone.
fn opens_with_total(
    row: &Row<'_>,
    register: RegisterId,
    layout: &Layout,
    catalogue: &Catalogue,
) -> bool {
    let Some((first, rest)) = row.cells.split_first() else {
        return false;
    };
    let Value::Text(text) = first.value else {
        return false;
    };
    let marks = &catalogue.marks;
    if register == RegisterId::Survey || !marks.is_total(&marks.opening_words(text)) {
        return false;
    }
    // A programme or an answer may start so, with a number beside it.
    let counted = (is_of_people(register)
        || matches!(register, RegisterId::Organizations | RegisterId::Roadmap))
        && !rest.is_empty()
        && rest.iter().all(is_count);
    counted || layout.row_numbers.contains(&first.column)
}

/// Whether a cell holds a number, perhaps with what it counts («2 чел.», «1 организация»), or a dash.
fn is_count(cell: &Cell<'_>) -> bool {
    if number(cell.value).is_some() {
        return true;
    }
    let Value::Text(text) = cell.value else {
        return matches!(cell.value, Value::Percent(_));
    };
    let words = words(text);
    let Some((number, counted)) = words.split_first() else {
        return true;
    };
    number.bytes().all(|byte| byte.is_ascii_digit())
        && counted.len() <= 2
        && counted.iter().all(|word| word.chars().all(is_letter))
}

/// The organisation of a section row that holds beside its name a count, an ordinal or the caption
/// of organisations alone: «МБОУ СОШ №9», «12 чел.»; «I.»; «ОО». In the column of organisations a
/// name may be that of a record.
fn section_with_count<'a>(
    first: &Cell<'a>,
    second: &Cell<'a>,
    register: &Register,
    layout: &Layout,
    catalogue: &Catalogue,
) -> Option<&'a str> {
    let is_own = |cell: &Cell<'_>| {
        let mut slots = layout.slots.iter();
        slots.any(|slot| slot.column == cell.column && slot.field == Field::Organisation)
    };
    let name = |cell: &Cell<'a>| match cell.value {
        Value::Text(text) if !is_own(cell) => organisation_line(text, catalogue),
        _ => None,
    };
    let leads = |cell: &Cell<'_>| {
        matches!(cell.value, Value::Text(text) if is_ordinal(text)
            || register.meaning(&HeaderKey::new(text)) == Some(Meaning::Column(Field::Organisation)))
    };
    if is_count(second) {
        name(first)
    } else if is_count(first) || leads(first) {
        name(second)
    } else {
        None
    }
}

/// Whether a text is a Roman number, perhaps with a dot or a bracket.
fn is_ordinal(text: &str) -> bool {
    let digits = text.trim().trim_end_matches(['.', ')']);
    !digits.is_empty() && digits.chars().all(|c| "IVXLІХ".contains(c))
}

/// Whether a row belongs to the signatures: a line to sign on, or a text that starts as signatures
/// do in a row that is no record.
fn is_signature(
    row: &Row<'_>,
    register: RegisterId,
    layout: &Layout,
    catalogue: &Catalogue,
    keyed: bool,
) -> bool {
    let starts = |text: &str| {
        catalogue
            .marks
            .is_signature(&catalogue.marks.opening_words(text))
    };
    let lines = texts(row).any(|(_, text)| has_line(text));
    let in_numbers =
        texts(row).any(|(column, text)| layout.row_numbers.contains(&column) && starts(text));
    if register == RegisterId::Survey {
        let lone = row.cells.len() == 1 && texts(row).any(|(_, text)| text.contains(':'));
        return row.get(Field::Timestamp).is_none()
            && row.first_text().is_some_and(|(_, text)| starts(text))
            && (lines || lone || in_numbers);
    }
    let started = || texts(row).any(|(_, text)| starts(text));
    in_numbers || (lines && (!keyed || started())) || (!keyed && row.known() <= 2 && started())
}

/// Whether the column by which a record is known holds a text that may be such a key.
fn has_key(
    row: &Row<'_>,
    register: RegisterId,
    catalogue: &Catalogue,
    key: Option<&[String]>,
) -> bool {
    let Some(field) = key_field(register) else {
        return true;
    };
    if register == RegisterId::Targets && row.get(field).is_some() {
        return true;
    }
    key_text(row, register).is_some_and(|text| {
        text.chars().any(is_letter)
            && !has_line(text)
            && (!key.is_some_and(|key| catalogue.marks.is_signature(key))
                || (!is_of_people(register) && row.known() >= 3)
                || (is_of_people(register) && row.known() >= 2 && is_full_name(text)))
    })
}

/// The fate of a row that holds one text alone; none where it may be a record.
fn lone_text<'a>(
    row: &Row<'_>,
    column: u32,
    text: &'a str,
    register: RegisterId,
    layout: &Layout,
    catalogue: &Catalogue,
    before: Before,
) -> Option<Fate<'a>> {
    let field = layout
        .slots
        .iter()
        .find(|slot| slot.column == column)
        .map(|slot| slot.field);
    let heading = Some(Fate::LeftOut(reason::HEADING));
    match register {
        RegisterId::Survey => lone_text_of_survey(column, text, field, layout, catalogue, before),
        RegisterId::Registry | RegisterId::Links => match field {
            Some(_) => None,
            None => heading,
        },
        // What is merged with the rows above is filled (methodology §2.1).
        RegisterId::Roadmap
            if row.known() > 1
                && row.get(Field::Measure).is_some()
                && matches!(field, Some(Field::Measure | Field::Level | Field::Deadline)) =>
        {
            None
        }
        RegisterId::Roadmap => heading,
        RegisterId::Targets if field == Some(Field::Indicator) => None,
        RegisterId::Targets => heading,
        RegisterId::Organizations => {
            let named = || {
                is_organisation(text, catalogue) || !(before.signature || is_group(text, catalogue))
            };
            if field == Some(Field::Organisation) && named() {
                None
            } else {
                heading
            }
        }
        _ => {
            if let Some(name) = organisation_line(text, catalogue) {
                Some(Fate::Section(name))
            } else if field == Some(Field::MethodistName) {
                Some(Fate::LeftOut(reason::SECTION))
            } else if row.known() > 1
                || field == Some(Field::Name) && (is_person(text) || layout.slots.len() == 1)
            {
                None
            } else {
                heading
            }
        }
    }
}

/// The fate of a row of a survey that holds one text alone; none where it may be an answer.
/// Somebody who answered one question is a respondent: the text must stand where no question does.
fn lone_text_of_survey<'a>(
    column: u32,
    text: &'a str,
    field: Option<Field>,
    layout: &Layout,
    catalogue: &Catalogue,
    before: Before,
) -> Option<Fate<'a>> {
    let captioned = field.is_some() || layout.others.iter().any(|(other, _)| *other == column);
    let unasked = !captioned || layout.row_numbers.contains(&column);
    match field {
        _ if unasked => {}
        Some(Field::Timestamp) => {}
        Some(Field::Organisation) if !is_organisation(text, catalogue) => {}
        _ => return None,
    }
    let words = catalogue.marks.opening_words(text);
    if field != Some(Field::Organisation)
        && let Some(name) = organisation_line(text, catalogue)
    {
        Some(Fate::Section(name))
    } else if catalogue.marks.is_signature(&words) || text.contains("__") {
        Some(Fate::LeftOut(reason::SIGNATURE))
    } else if catalogue.marks.is_remark(text, &words) {
        Some(Fate::LeftOut(reason::REMARK))
    } else if unasked && (before.signature || text.chars().any(is_letter)) {
        Some(Fate::LeftOut(reason::HEADING))
    } else {
        None
    }
}

/// Whether a text may be a full name: two words or more, each with a capital; where all letters are
/// of one case, one of them a patronymic.
fn is_person(text: &str) -> bool {
    let parts: Vec<&str> = text
        .split_whitespace()
        .filter(|part| part.chars().any(is_letter))
        .collect();
    let capital = |part: &&str| part.chars().next().is_some_and(char::is_uppercase);
    let small = ["оглы", "кызы", "угли", "ибн"];
    if parts.len() < 2 || parts.len() > 6 || text.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let (lower, upper) = (
        text.chars().any(char::is_lowercase),
        text.chars().any(char::is_uppercase),
    );
    if lower && upper {
        return parts
            .iter()
            .all(|part| capital(part) || small.contains(part));
    }
    is_patronymic(text.trim_end())
}

/// Whether the cells are the numbers of columns: one after another, in words or figures, perhaps
/// with letters А, Б before them; with gaps, where a column was deleted, if one stands where a name
/// belongs.
fn are_column_numbers(row: &Row<'_>, register: RegisterId, layout: &Layout) -> bool {
    let cells = &row.cells;
    // Answers may be numbers in a row: those of columns stand under every header.
    let columns = layout.slots.len() + layout.others.len();
    if register == RegisterId::Survey && (cells.len() < columns || columns < 3) {
        return false;
    }
    let named = |column: u32| {
        let mut slots = layout.slots.iter();
        slots.any(|slot| slot.column == column && is_worded(slot.field))
    };
    let gaps = cells
        .iter()
        .any(|cell| named(cell.column) && column_number(cell).is_some());
    let mut expected: Option<u32> = None;
    let mut numbers = 0;
    for (index, cell) in cells.iter().enumerate() {
        match column_number(cell) {
            Some(number) => {
                let fits = match expected {
                    None => number <= 2,
                    Some(expected) if gaps => (expected..MOST_COLUMNS).contains(&number),
                    Some(expected) => number == expected,
                };
                if !fits {
                    return false;
                }
                expected = Some(number + 1);
                numbers += 1;
            }
            None => {
                let letter = matches!(cell.value, Value::Text(text)
                    if ["А", "Б", "В", "A", "B"].contains(&text.trim()));
                if !letter || index > 2 || numbers > 0 {
                    return false;
                }
            }
        }
    }
    numbers >= 2
}

/// The highest number of a column that stands after a gap.
const MOST_COLUMNS: u32 = 100;

/// Whether the cells of a column are words, never numbers alone.
fn is_worded(field: Field) -> bool {
    matches!(
        field,
        Field::Name
            | Field::Surname
            | Field::Organisation
            | Field::Position
            | Field::Measure
            | Field::Programme
    )
}

fn column_number(cell: &Cell<'_>) -> Option<u32> {
    match cell.value {
        Value::Number(number) if number.fract() == 0.0 && (1.0..1000.0).contains(&number) => {
            number.to_string().parse().ok()
        }
        Value::Text(text) => {
            let digits: Vec<String> = words(text);
            match digits.as_slice() {
                [number] => number.parse().ok(),
                [word, number] if ["гр", "графа", "столбец"].contains(&word.as_str()) => {
                    number.parse().ok()
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a cell of the column of row numbers holds a number and nothing else.
fn is_number(cell: &Cell<'_>) -> bool {
    match cell.value {
        Value::Number(_) => true,
        Value::Text(text) => {
            text.chars()
                .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ')' | '№'))
                && text.chars().any(|c| c.is_ascii_digit())
        }
        Value::Error(_) | Value::Uncalculated => true,
        _ => false,
    }
}

fn is_example(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['П', 'п'])
        && text
            .get(..EXAMPLE_MARK.len())
            .is_some_and(|start| fold(start) == fold(EXAMPLE_MARK))
}

/// Whether a text holds a line to sign on.
fn has_line(text: &str) -> bool {
    memchr::memchr(b'_', text.as_bytes()).is_some() && text.contains("___")
}
