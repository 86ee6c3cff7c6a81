//! One typed record for each register. Records are small: texts are numbers of an
//! [`Interner`](crate::intern::Interner), addresses are a sheet and a row.
//!
//! A record says what its cells say; what follows for a figure is decided further down. That a
//! sheet lacks a column is told by its [`SheetMeta`](super::SheetMeta), not by the record.

use std::ops::Range;

use chrono::NaiveDate;

pub use super::said::{DateCell, Experience, Flag, KeptDate, Snils, YesNo, check_digits};
use crate::intern::Sym;
use crate::source::SheetId;

/// The row that a record comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RowRef {
    /// The sheet.
    pub sheet: SheetId,
    /// The row of the sheet, from 0.
    pub row: u32,
}

/// Who a record speaks of, as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PersonCells {
    /// The full name as written (surname, given name and patronymic joined by spaces where they
    /// stand in columns of their own).
    pub name: Sym,
    /// The organisation as written, from its column, section row, sheet's or file's name.
    pub organisation: Sym,
    /// The СНИЛС, where its check digits are right.
    pub snils: Option<Snils>,
    /// The date of birth.
    pub birth: KeptDate,
}

/// A row of «Сотрудники».
#[derive(Clone, PartialEq, Debug)]
pub struct StaffRow {
    /// Where it stands.
    pub at: RowRef,
    /// Who.
    pub person: PersonCells,
    /// Должность, as written.
    pub position: Sym,
    /// Категория, as written.
    pub category: Sym,
    /// Дата приёма.
    pub hired: KeptDate,
    /// Дата увольнения.
    pub dismissed: KeptDate,
    /// Вид занятости, as written.
    pub employment: Sym,
    /// В длительном отпуске.
    pub leave: YesNo,
    /// Дата начала педагогической деятельности.
    pub teaching_since: KeptDate,
    /// Педагогический стаж, where it was readable.
    pub experience: Option<Experience>,
    /// Региональный методист: yes, or since a day.
    pub methodist: Flag,
    /// Закреплён за методистом, as written; empty also for «нет» and the like.
    pub assigned_to: Sym,
    /// Форма поддержки, as written; empty also for «нет» and the like.
    pub support_form: Sym,
}

/// A row of «Организации».
#[derive(Clone, PartialEq, Debug)]
pub struct OrganisationRow {
    /// Where it stands.
    pub at: RowRef,
    /// Организация.
    pub name: Sym,
    /// Тип, as written.
    pub kind: Sym,
    /// Целевая модель наставничества; a cell that names a form, a model or an order is a yes.
    pub mentoring: Flag,
    /// Дата включения.
    pub included_on: KeptDate,
    /// Другие названия, as written: parted by a semicolon, a vertical bar or a line break.
    pub other_names: Sym,
    /// Дата открытия.
    pub opened: KeptDate,
    /// Дата закрытия.
    pub closed: KeptDate,
}

/// A row of «Диагностика».
#[derive(Clone, PartialEq, Debug)]
pub struct DiagnosticsRow {
    /// Where it stands.
    pub at: RowRef,
    /// Who.
    pub person: PersonCells,
    /// Дата диагностики.
    pub date: KeptDate,
    /// Вид диагностики.
    pub kind: Sym,
    /// Статус, as written.
    pub status: Sym,
}

/// A row of «Курсы».
#[derive(Clone, PartialEq, Debug)]
pub struct CourseRow {
    /// Where it stands.
    pub at: RowRef,
    /// Who.
    pub person: PersonCells,
    /// Программа.
    pub programme: Sym,
    /// Номер программы.
    pub number: Sym,
    /// Дата начала, or the first date of «Сроки обучения».
    pub start: KeptDate,
    /// Дата окончания, or the last date of «Сроки обучения».
    pub end: KeptDate,
    /// Дата выдачи удостоверения.
    pub certificate: KeptDate,
    /// В Федеральном реестре; a registry number in it is a yes.
    pub in_registry: YesNo,
    /// Подобрана по диагностике.
    pub chosen: YesNo,
    /// Статус, as written.
    pub status: Sym,
    /// Управленческая команда, as written; empty for yes and no, which are reported.
    pub team: Sym,
}

/// A row of «ИОМ».
#[derive(Clone, PartialEq, Debug)]
pub struct IomRow {
    /// Where it stands.
    pub at: RowRef,
    /// Who.
    pub person: PersonCells,
    /// Вид ИОМ, as written.
    pub kind: Sym,
    /// Дата разработки.
    pub developed: KeptDate,
    /// Статус, as written.
    pub status: Sym,
    /// Дата завершения.
    pub completed: KeptDate,
}

/// A row of «Региональные методисты».
#[derive(Clone, PartialEq, Debug)]
pub struct MethodistRow {
    /// Where it stands.
    pub at: RowRef,
    /// Who.
    pub person: PersonCells,
    /// Дата присвоения.
    pub awarded: KeptDate,
    /// Дата окончания.
    pub end: KeptDate,
}

/// A row of «Закрепление».
#[derive(Clone, PartialEq, Debug)]
pub struct AssignmentRow {
    /// Where it stands.
    pub at: RowRef,
    /// The teacher.
    pub person: PersonCells,
    /// ФИО методиста; an empty cell takes the one above it.
    pub methodist: Sym,
    /// Дата начала.
    pub start: KeptDate,
    /// Дата окончания.
    pub end: KeptDate,
}

/// A row of «Поддержка молодых педагогов».
#[derive(Clone, PartialEq, Debug)]
pub struct SupportRow {
    /// Where it stands.
    pub at: RowRef,
    /// Who.
    pub person: PersonCells,
    /// Форма поддержки.
    pub form: Sym,
    /// Дата начала.
    pub start: KeptDate,
    /// Дата окончания.
    pub end: KeptDate,
}

/// A deadline of a measure (methodology §2.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Deadline {
    /// None given: never due.
    #[default]
    None,
    /// This day; of a month, quarter, half-year, year or range the last day.
    Day(NaiveDate),
    /// «в течение года», «постоянно», «ежегодно», «ежемесячно»: 31 December of D's year.
    Always,
    /// Something that is no deadline; a finding says so. Never due.
    Unreadable,
}

/// A row of «Дорожная карта».
#[derive(Clone, PartialEq, Debug)]
pub struct MeasureRow {
    /// Where it stands.
    pub at: RowRef,
    /// Мероприятие.
    pub title: Sym,
    /// Уровень, as written.
    pub level: Sym,
    /// Срок.
    pub deadline: Deadline,
    /// Статус, as written.
    pub status: Sym,
    /// Дата выполнения.
    pub done_on: KeptDate,
}

/// A cell of a survey answer.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// A number, also one written as text («4»).
    Number(f64),
    /// A text, trimmed.
    Text(Sym),
    /// An error of calculation; empty: a formula without a stored result.
    Fault(Sym),
}

/// A row of «Опрос»: one respondent.
#[derive(Clone, PartialEq, Debug)]
pub struct SurveyRow {
    /// Where it stands.
    pub at: RowRef,
    /// Организация, as written.
    pub organisation: Sym,
    /// Должность or Категория, as written.
    pub respondent: Sym,
    /// Отметка времени / Дата.
    pub date: KeptDate,
    /// The cells of all other columns, in the order of [`SurveySheet::questions`]: a part of
    /// [`Dataset::answer_cells`](super::Dataset::answer_cells).
    pub answers: Range<u32>,
}

/// The questions of one survey sheet.
#[derive(Clone, PartialEq, Debug)]
pub struct SurveySheet {
    /// The sheet.
    pub sheet: SheetId,
    /// The headers of its columns other than the recognised extras, as written, with the column.
    pub questions: Vec<(u32, Sym)>,
}

/// A row of «Федеральный реестр».
#[derive(Clone, PartialEq, Debug)]
pub struct RegistryRow {
    /// Where it stands.
    pub at: RowRef,
    /// Номер программы.
    pub number: Sym,
    /// Программа.
    pub programme: Sym,
}

/// A row of «Соответствия».
#[derive(Clone, PartialEq, Debug)]
pub struct LinkRow {
    /// Where it stands.
    pub at: RowRef,
    /// Как записано.
    pub recorded_as: Sym,
    /// Кто это: a full name, a СНИЛС, or «нет».
    pub who: Sym,
    /// Организация, as the record has it.
    pub organisation: Sym,
}

/// A row of «Плановые значения».
#[derive(Clone, PartialEq, Debug)]
pub struct TargetRow {
    /// Where it stands.
    pub at: RowRef,
    /// Показатель (id), as written.
    pub indicator: Sym,
    /// План as text: a number with a point, `<= 10`, `5..15`, `да`. A per cent cell of 0.5 is `50`.
    pub plan: Sym,
    /// Период, as written.
    pub period: Sym,
}
