//! Typed rows of known registers. Nothing here knows an indicator.

mod absorb;
pub mod answer;
mod assign;
mod caption;
pub mod catalogue;
pub mod cell;
mod cells_of_row;
mod choices;
pub mod fate;
mod full_name;
mod header;
mod header_again;
mod held;
mod key;
mod layout;
mod matching;
mod organisation;
pub mod phrase;
mod read;
mod reader;
pub mod record;
mod records;
mod refusals;
mod row_marks;
mod said;
mod sheets;
#[cfg(test)]
mod tests;

pub use cells_of_row::said_of_fault;
pub use read::read;
pub use refusals::taken_for_others;

use serde::{Deserialize, Serialize};

/// The thirteen registers of contract §1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RegisterId {
    /// Сотрудники.
    Staff,
    /// Организации.
    Organizations,
    /// Диагностика.
    Diagnostics,
    /// Курсы.
    Courses,
    /// ИОМ.
    Ioms,
    /// Региональные методисты.
    Methodists,
    /// Закрепление.
    Assignments,
    /// Поддержка молодых педагогов.
    Support,
    /// Дорожная карта.
    Roadmap,
    /// Опрос.
    Survey,
    /// Федеральный реестр.
    Registry,
    /// Соответствия.
    Links,
    /// Плановые значения.
    Targets,
}

impl RegisterId {
    /// The title of its sheet: «Сотрудники», «Организации», …
    #[must_use]
    pub fn title(self) -> &'static str {
        catalogue::catalogue()
            .get(self)
            .map_or(self.name(), |register| register.title.as_str())
    }

    /// The id of contract §1: `staff`, `organizations`, …
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Organizations => "organizations",
            Self::Diagnostics => "diagnostics",
            Self::Courses => "courses",
            Self::Ioms => "ioms",
            Self::Methodists => "methodists",
            Self::Assignments => "assignments",
            Self::Support => "support",
            Self::Roadmap => "roadmap",
            Self::Survey => "survey",
            Self::Registry => "registry",
            Self::Links => "links",
            Self::Targets => "targets",
        }
    }
}

/// What a column means: the canonical columns of contract §1, over all registers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// ФИО (of assignments: ФИО педагога).
    Name,
    /// Фамилия.
    Surname,
    /// Имя.
    GivenName,
    /// Отчество.
    Patronymic,
    /// Имя отчество in one column beside Фамилия.
    GivenAndPatronymic,
    /// Организация.
    Organisation,
    /// Должность.
    Position,
    /// Руководящая должность, in a column of its own beside Должность.
    ManagerialPosition,
    /// СНИЛС.
    Snils,
    /// Дата рождения.
    BirthDate,
    /// Категория.
    Category,
    /// Дата приёма.
    Hired,
    /// Дата увольнения.
    Dismissed,
    /// Вид занятости.
    Employment,
    /// В длительном отпуске.
    Leave,
    /// Дата начала педагогической деятельности.
    TeachingSince,
    /// Педагогический стаж.
    Experience,
    /// Региональный методист.
    RegionalMethodist,
    /// Закреплён за методистом.
    AssignedTo,
    /// Форма поддержки.
    SupportForm,
    /// Тип.
    OrganisationType,
    /// Целевая модель наставничества.
    MentoringModel,
    /// Дата включения.
    IncludedOn,
    /// Другие названия.
    OtherNames,
    /// Дата открытия.
    Opened,
    /// Дата закрытия.
    Closed,
    /// Дата диагностики.
    DiagnosticsDate,
    /// Вид диагностики.
    DiagnosticsKind,
    /// Статус.
    Status,
    /// Результат.
    Result,
    /// Программа.
    Programme,
    /// Номер программы.
    ProgrammeNumber,
    /// Дата начала.
    Start,
    /// Дата окончания.
    End,
    /// Дата выдачи удостоверения.
    CertificateDate,
    /// Сроки обучения.
    StudyDates,
    /// В Федеральном реестре.
    InRegistry,
    /// Подобрана по диагностике.
    ChosenByDiagnostics,
    /// Часы.
    Hours,
    /// Номер удостоверения.
    CertificateNumber,
    /// Управленческая команда.
    Team,
    /// Вид ИОМ.
    IomKind,
    /// Дата разработки.
    Developed,
    /// Дата завершения.
    Completed,
    /// Дата присвоения.
    Awarded,
    /// Приказ.
    Order,
    /// ФИО методиста.
    MethodistName,
    /// Мероприятие.
    Measure,
    /// Уровень.
    Level,
    /// Срок.
    Deadline,
    /// Дата выполнения.
    DoneOn,
    /// Ответственный.
    Responsible,
    /// Отметка времени / Дата of a survey.
    Timestamp,
    /// Как записано.
    RecordedAs,
    /// Кто это.
    WhoIs,
    /// Показатель.
    Indicator,
    /// План.
    Plan,
    /// Период.
    PlanPeriod,
}

use std::collections::BTreeMap;

use record::{
    AssignmentRow, CourseRow, DiagnosticsRow, IomRow, LinkRow, MeasureRow, MethodistRow,
    OrganisationRow, RegistryRow, RowRef, StaffRow, SupportRow, SurveyRow, SurveySheet, TargetRow,
};

use crate::finding::{Findings, Place};
use crate::intern::{Interner, Sym};
use crate::source::{FileId, Format, SheetId, TextForm};

/// A column of a sheet as it was understood.
#[derive(Clone, PartialEq, Debug)]
pub struct ColumnMeta {
    /// The column, from 0.
    pub column: u32,
    /// Its header as written, the rows of a composite header joined by a space.
    pub header: String,
    /// What it means; none where it was not recognised.
    pub field: Option<Field>,
}

/// How one sheet was understood, and the fate of each of its rows.
#[derive(Clone, PartialEq, Debug)]
pub struct SheetMeta {
    /// The file.
    pub file: FileId,
    /// The sheet's name.
    pub name: String,
    /// Whether it is shown when the file is opened.
    pub visible: bool,
    /// The register it was matched to; none when it was passed over.
    pub register: Option<RegisterId>,
    /// The header's last row, from 0.
    pub header_row: Option<u32>,
    /// The columns with a header.
    pub columns: Vec<ColumnMeta>,
    /// Rows read below the header.
    pub rows: u64,
    /// Rows that became records.
    pub used: u64,
    /// Rows that did not, by reason (`empty`, `total-row`, `signature`, `column-numbers`,
    /// `repeated-header`, `other-table`, `section`, `example`, `missing-required`, …).
    pub left_out: BTreeMap<&'static str, u64>,
    /// Rows hidden or filtered out of sight, read like any other.
    pub hidden_rows: Option<u32>,
}

impl SheetMeta {
    /// Whether the sheet has a column of this meaning.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.column(field).is_some()
    }

    /// How many rows were left out as those of another table below this one.
    #[must_use]
    pub fn of_other_table(&self) -> u32 {
        let rows = self.left_out.get(fate::reason::OTHER_TABLE);
        rows.map_or(0, |rows| u32::try_from(*rows).unwrap_or(u32::MAX))
    }

    /// The column of this meaning, from 0.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<u32> {
        self.columns
            .iter()
            .find(|c| c.field == Some(field))
            .map(|c| c.column)
    }
}

/// How one file was read.
#[derive(Clone, PartialEq, Debug)]
pub struct FileMeta {
    /// The path as it is shown: relative to the folder that was given, with `/`.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// What its contents turned out to be.
    pub format: Format,
    /// How delimited text was read.
    pub text: Option<TextForm>,
}

/// All rows of all inputs, typed, with the account of every row.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// The texts of all records.
    pub texts: Interner,
    /// The files, in the order of reading.
    pub files: Vec<FileMeta>,
    /// The sheets of all files, in order; a [`SheetId`] is an index here.
    pub sheets: Vec<SheetMeta>,
    /// Сотрудники.
    pub staff: Vec<StaffRow>,
    /// Организации.
    pub organisations: Vec<OrganisationRow>,
    /// Диагностика.
    pub diagnostics: Vec<DiagnosticsRow>,
    /// Курсы.
    pub courses: Vec<CourseRow>,
    /// ИОМ.
    pub ioms: Vec<IomRow>,
    /// Региональные методисты.
    pub methodists: Vec<MethodistRow>,
    /// Закрепление.
    pub assignments: Vec<AssignmentRow>,
    /// Поддержка молодых педагогов.
    pub support: Vec<SupportRow>,
    /// Дорожная карта.
    pub measures: Vec<MeasureRow>,
    /// The questions of each survey sheet.
    pub surveys: Vec<SurveySheet>,
    /// Опрос.
    pub answers: Vec<SurveyRow>,
    /// The cells of its answers, of all rows one after another.
    pub answer_cells: Vec<record::Answer>,
    /// Федеральный реестр.
    pub registry: Vec<RegistryRow>,
    /// Соответствия.
    pub links: Vec<LinkRow>,
    /// Плановые значения.
    pub targets: Vec<TargetRow>,
    /// What was found on the way.
    pub findings: Findings,
}

impl Dataset {
    /// The sheets of one register.
    pub fn sheets_of(&self, register: RegisterId) -> impl Iterator<Item = (SheetId, &SheetMeta)> {
        (0u32..)
            .map(SheetId::of)
            .zip(&self.sheets)
            .filter(move |(_, sheet)| sheet.register == Some(register))
    }

    /// Whether any sheet feeds this register.
    #[must_use]
    pub fn has_register(&self, register: RegisterId) -> bool {
        self.sheets_of(register).next().is_some()
    }

    /// Whether any sheet of this register has a column of this meaning.
    #[must_use]
    pub fn any_has(&self, register: RegisterId, field: Field) -> bool {
        self.sheets_of(register).any(|(_, sheet)| sheet.has(field))
    }

    /// The latest year in which something of the records happened; none when nothing is dated.
    #[must_use]
    pub fn latest_year(&self) -> Option<i32> {
        use chrono::Datelike;
        let hired = self.staff.iter().map(|row| row.hired);
        let diagnosed = self.diagnostics.iter().map(|row| row.date);
        let studied = self.courses.iter().map(|row| row.end);
        let developed = self.ioms.iter().map(|row| row.developed);
        let days = hired
            .chain(diagnosed)
            .chain(studied)
            .chain(developed)
            .filter_map(record::KeptDate::day);
        days.max().map(|day| day.year())
    }

    /// The facts of one sheet.
    #[must_use]
    pub fn sheet(&self, sheet: SheetId) -> Option<&SheetMeta> {
        self.sheets.get(sheet.index())
    }

    /// The cells of a respondent's answers.
    #[must_use]
    pub fn answers_of(&self, row: &SurveyRow) -> &[record::Answer] {
        let std::ops::Range { start, end } = row.answers;
        self.answer_cells
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// The cell of a row under the column of this meaning; the row alone where its sheet has none.
    #[must_use]
    pub fn place(&self, at: RowRef, field: Field) -> Place {
        let column = self.sheet(at.sheet).and_then(|sheet| sheet.column(field));
        Place {
            column,
            ..Place::row(at.sheet, at.row)
        }
    }

    /// The text of a symbol.
    #[must_use]
    pub fn text(&self, sym: Sym) -> &str {
        self.texts.text(sym)
    }
}
