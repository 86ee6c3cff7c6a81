//! The cells of one row by their columns: what they say, and a finding for each that says nothing.

use std::borrow::Cow;

use super::cell::{
    DateRules, ExperienceCell, FAULT, FlagCell, SnilsCell, StudyDates, date, deadline, experience,
    flag, is_blank, is_fault, mentoring_flag, number, registry_flag, snils, study_dates, text,
};
use super::layout::{Layout, Row};
use super::record::{Answer, DateCell, Deadline, Experience, Flag, KeptDate, Snils, YesNo};
use super::{Field, RegisterId};
use crate::finding::{Code, Findings, Message, Place};
use crate::intern::{Interner, Sym};
use crate::source::{SheetId, Value};
use crate::text::{fold, is_letter};

/// How many days the calendar of 1904 starts after that of 1900.
const DAYS_OF_1904: f64 = 1_462.0;

/// What all rows of a sheet share.
#[derive(Debug)]
pub struct Context<'c> {
    /// The register.
    pub register: RegisterId,
    /// The sheet.
    pub sheet: SheetId,
    /// Where its columns are.
    pub layout: &'c Layout,
    /// The year of the as-of date.
    pub as_of_year: i32,
    /// Whether bare serial numbers count from 1904.
    pub from_1904: bool,
}

/// One row on its way to a record.
#[derive(Debug)]
pub struct Cells<'a, 'c> {
    /// What all rows share.
    pub context: &'c Context<'c>,
    /// The row.
    pub row: &'c Row<'a>,
    /// The texts of the records.
    pub texts: &'c mut Interner,
    /// The findings.
    pub findings: &'c mut Findings,
}

impl<'a> Cells<'a, '_> {
    fn rules(&self, partial: bool) -> DateRules {
        DateRules {
            as_of_year: self.context.as_of_year,
            partial,
        }
    }

    /// Says something of a column of the row; of the row where the column is not there.
    pub fn say(&mut self, code: Code, field: Option<Field>, seen: impl Into<Message>) {
        let (sheet, row) = (self.context.sheet, self.row.number);
        let slot = self
            .context
            .layout
            .slots
            .iter()
            .find(|slot| Some(slot.field) == field);
        let place = match slot {
            Some(slot) => Place::cell(sheet, row, slot.column),
            None => Place::row(sheet, row),
        };
        self.findings
            .add(code, Some(self.context.register), place, seen);
    }

    /// The header over a column, in quotes.
    #[must_use]
    pub fn header(&self, field: Field) -> String {
        self.context
            .layout
            .slots
            .iter()
            .find(|slot| slot.field == field)
            .map_or_else(String::new, |slot| format!("«{}»", slot.header))
    }

    fn quoted(&self, field: Field, value: Value<'_>, says: &str) -> Message {
        Message::plain(format!("{}: «", self.header(field)))
            .personal(text(value).into_owned())
            .then(format!("» — {says}"))
    }

    /// The value of a column; errors and formulas without a result are reported and are none.
    fn value(&mut self, field: Field) -> Option<Value<'a>> {
        let value = self.row.get(field)?;
        if is_fault(value) {
            let error = match value {
                Value::Error(error) => error,
                _ => "",
            };
            let (code, seen) = said_of_fault(&self.header(field), error);
            self.say(code, Some(field), seen);
            return None;
        }
        Some(value)
    }

    /// The text of a column, if it holds something.
    pub fn text(&mut self, field: Field) -> Option<Cow<'a, str>> {
        let value = self.value(field)?;
        Some(text(value)).filter(|text| !text.is_empty())
    }

    /// The text of a column as written.
    pub fn sym(&mut self, field: Field) -> Sym {
        match self.text(field) {
            Some(text) => self.texts.intern(&text),
            None => Sym::EMPTY,
        }
    }

    /// A status or a kind as written. An error, or a formula without a result, stands there as a phrase
    /// that nobody knows, not as an empty cell: it does not count where the status matters (methodology §2).
    pub fn phrase(&mut self, field: Field) -> Sym {
        let written = self.sym(field);
        if self.row.get(field).is_some_and(is_fault) {
            self.texts.intern(FAULT)
        } else {
            written
        }
    }

    /// An answer of a survey. Whether an error takes one away is told where questions are known.
    pub fn answer(&mut self, column: u32) -> Answer {
        let Some(value) = self.row.of_column(column) else {
            return Answer::Empty;
        };
        match value {
            Value::Error(error) => Answer::Fault(self.texts.intern(error)),
            Value::Uncalculated => Answer::Fault(Sym::EMPTY),
            value => match number(value) {
                Some(number) => Answer::Number(number),
                None => match text(value) {
                    text if text.is_empty() => Answer::Empty,
                    text => Answer::Text(self.texts.intern(&text)),
                },
            },
        }
    }

    /// The text of a column that names something; empty also for «нет», «-» and the like.
    pub fn sym_unless_no(&mut self, field: Field) -> Sym {
        let rules = self.rules(false);
        let Some(value) = self.value(field) else {
            return Sym::EMPTY;
        };
        let text = text(value);
        if is_blank(&text) || matches!(flag(value, &rules), FlagCell::Empty | FlagCell::No) {
            return Sym::EMPTY;
        }
        self.texts.intern(&text)
    }

    /// The date of a column; `partial` where a bare year or month may stand (methodology §1).
    pub fn date(&mut self, field: Field, partial: bool) -> KeptDate {
        if self.row.get(field).is_none() {
            return DateCell::Empty.into();
        }
        let Some(value) = self.value(field) else {
            return DateCell::Unreadable.into();
        };
        let read = date(self.serial(value), &self.rules(partial));
        if read == DateCell::Unreadable {
            let seen = self.quoted(field, value, "не дата");
            self.say(Code("E301"), Some(field), seen);
        }
        read.into()
    }

    /// A bare number of a date column of a file that counts days from 1904.
    fn serial<'v>(&self, value: Value<'v>) -> Value<'v> {
        match value {
            Value::Number(number) if self.context.from_1904 => Value::Number(number + DAYS_OF_1904),
            value => value,
        }
    }

    /// «Сроки обучения»: the first and the last day.
    pub fn study_dates(&mut self) -> (DateCell, DateCell) {
        let field = Field::StudyDates;
        if self.row.get(field).is_none() {
            return (DateCell::Empty, DateCell::Empty);
        }
        let Some(value) = self.value(field) else {
            return (DateCell::Unreadable, DateCell::Unreadable);
        };
        match study_dates(self.serial(value), &self.rules(false)) {
            StudyDates::Empty => (DateCell::Empty, DateCell::Empty),
            StudyDates::One(day) => (DateCell::Day(day), DateCell::Day(day)),
            StudyDates::Both(first, last) => (DateCell::Day(first), DateCell::Day(last)),
            StudyDates::Unreadable => {
                let seen = self.quoted(field, value, "не сроки: нужны две даты");
                self.say(Code("E301"), Some(field), seen);
                (DateCell::Unreadable, DateCell::Unreadable)
            }
        }
    }

    /// «Срок» of a measure.
    pub fn deadline(&mut self) -> Deadline {
        let field = Field::Deadline;
        if self.row.get(field).is_none() {
            return Deadline::None;
        }
        let Some(value) = self.value(field) else {
            return Deadline::Unreadable;
        };
        let read = deadline(self.serial(value), &self.rules(true));
        if read == Deadline::Unreadable {
            let seen = self.quoted(field, value, "не срок");
            self.say(Code("E306"), Some(field), seen);
        }
        read
    }

    /// A yes/no column that takes neither dates nor numbers as yes.
    pub fn flag(&mut self, field: Field) -> YesNo {
        self.yes_or_no(field, flag)
    }

    /// A yes/no column that takes a date as a yes.
    pub fn flag_or_date(&mut self, field: Field) -> Flag {
        self.flag_by(field, flag)
    }

    /// «В Федеральном реестре»: a registry number is a yes.
    pub fn registry_flag(&mut self) -> YesNo {
        self.yes_or_no(Field::InRegistry, registry_flag)
    }

    /// «Целевая модель наставничества»: a form, a model or an order is a yes.
    pub fn mentoring_flag(&mut self) -> Flag {
        self.flag_by(Field::MentoringModel, mentoring_flag)
    }

    /// What a yes/no cell says; what is neither is reported and is a no, and so is a date where the
    /// column takes none.
    fn flag_cell(
        &mut self,
        field: Field,
        read: fn(Value<'_>, &DateRules) -> FlagCell,
        dates: bool,
    ) -> FlagCell {
        let Some(value) = self.value(field) else {
            return FlagCell::Empty;
        };
        match read(value, &self.rules(false)) {
            FlagCell::Date(day) if dates => FlagCell::Date(day),
            FlagCell::Date(_) | FlagCell::Other => {
                let seen = self.quoted(field, value, "не «да» и не «нет»; прочитано как «нет»");
                self.say(Code("E304"), Some(field), seen);
                FlagCell::No
            }
            said => said,
        }
    }

    fn flag_by(&mut self, field: Field, read: fn(Value<'_>, &DateRules) -> FlagCell) -> Flag {
        match self.flag_cell(field, read, true) {
            FlagCell::Empty => Flag::Empty,
            FlagCell::Yes => Flag::Yes,
            FlagCell::Date(day) => Flag::Since(day),
            FlagCell::No | FlagCell::Other => Flag::No,
        }
    }

    fn yes_or_no(&mut self, field: Field, read: fn(Value<'_>, &DateRules) -> FlagCell) -> YesNo {
        match self.flag_cell(field, read, false) {
            FlagCell::Empty => YesNo::Empty,
            FlagCell::Yes => YesNo::Yes,
            FlagCell::No | FlagCell::Date(_) | FlagCell::Other => YesNo::No,
        }
    }

    /// «Педагогический стаж»: the length, or the start that stands in its place.
    pub fn experience(&mut self) -> (Option<Experience>, DateCell) {
        let field = Field::Experience;
        let Some(value) = self.value(field) else {
            return (None, DateCell::Empty);
        };
        let header = self
            .context
            .layout
            .slots
            .iter()
            .find(|slot| slot.field == field)
            .map_or("", |slot| slot.header.as_str());
        match experience(value, header, &self.rules(true)) {
            ExperienceCell::Empty => (None, DateCell::Empty),
            ExperienceCell::Is(length) => (Some(length), DateCell::Empty),
            ExperienceCell::Since(start) => (None, start),
            ExperienceCell::Unreadable => {
                let seen = self.quoted(field, value, "не стаж");
                self.say(Code("E305"), Some(field), seen);
                (None, DateCell::Empty)
            }
        }
    }

    /// «СНИЛС», where its check digits are right.
    pub fn snils(&mut self) -> Option<Snils> {
        let field = Field::Snils;
        let value = self.value(field)?;
        match snils(value) {
            SnilsCell::Empty => None,
            SnilsCell::Valid(snils) => Some(snils),
            SnilsCell::Invalid => {
                let seen = self.quoted(
                    field,
                    value,
                    "не СНИЛС: число цифр или контрольная сумма неверны",
                );
                self.say(Code("W307"), Some(field), seen);
                None
            }
        }
    }

    /// «Управленческая команда»: yes and no are no names and are reported (methodology §2.4).
    pub fn team(&mut self) -> Sym {
        let field = Field::Team;
        let rules = self.rules(false);
        let Some(value) = self.value(field) else {
            return Sym::EMPTY;
        };
        let written = text(value);
        let silent = is_nothing(&written) && fold(&written) != "нет";
        match flag(value, &rules) {
            _ if silent => Sym::EMPTY,
            FlagCell::Yes | FlagCell::No => {
                let seen = self.quoted(field, value, "не название команды");
                self.say(Code("E308"), Some(field), seen);
                Sym::EMPTY
            }
            _ => self.texts.intern(&written),
        }
    }

    /// The full name: from its column, or put together from those of its parts.
    pub fn name(&mut self) -> Sym {
        if let Some(name) = self.text(Field::Name)
            && is_worded(&name)
        {
            return self.texts.intern(&name);
        }
        let parts: Vec<Cow<'a, str>> = [
            Field::Surname,
            Field::GivenName,
            Field::Patronymic,
            Field::GivenAndPatronymic,
        ]
        .into_iter()
        .filter_map(|field| self.text(field))
        .filter(|part| is_worded(part))
        .collect();
        if parts.is_empty() {
            return Sym::EMPTY;
        }
        self.texts.intern(&parts.join(" "))
    }
}

/// What is said of an error under a header, or where there is no error of a formula without a result.
#[must_use]
pub fn said_of_fault(header: &str, error: &str) -> (Code, String) {
    if error.is_empty() {
        let seen = format!("{header}: формула, результат которой не сохранён");
        (Code("E303"), seen)
    } else {
        (Code("E302"), format!("{header}: ошибка {error}"))
    }
}

/// The longest spelling of nothing, in bytes; longer texts are not folded to be looked up.
const LONGEST_NOTHING: usize = 32;

/// Whether a text stands for nothing: «-», «нет», «н/д» and the like.
pub fn is_nothing(text: &str) -> bool {
    text.len() <= LONGEST_NOTHING && is_blank(text)
}

fn is_worded(text: &str) -> bool {
    text.chars().any(is_letter) && !is_nothing(text)
}
