//! The model: tables of cells, each with its text and with what the text means.

use chrono::NaiveDate;

use super::options::Options;

/// A municipality with the period and the settings of its report.
#[derive(Clone, Debug)]
pub struct Town {
    /// As `--period` takes it.
    pub period: Span,
    /// The settings.
    pub options: Options,
    /// The organisations of which the cells speak.
    pub organisations: Vec<Organisation>,
    /// All tables, in no order that matters.
    pub tables: Vec<Table>,
}

/// The period of the report.
#[derive(Clone, Debug)]
pub struct Span {
    /// The label.
    pub label: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day: D.
    pub to: NaiveDate,
    /// Whether its own days are the default window (a school year, two dates).
    pub own_window: bool,
}

/// An organisation and the ways in which the tables write it.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its spellings, the canonical one first; all of them may stand anywhere.
    pub spellings: Vec<String>,
    /// Names that «Другие названия» alone gives it.
    pub further: Vec<String>,
    /// A shortened spelling that fits no other one of the town, where the full one is known.
    pub short: Option<String>,
    /// Whether its name tells a general-education organisation (methodology 2.8).
    pub school: bool,
}

/// The registers of the contract.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Register {
    Staff,
    Organizations,
    Diagnostics,
    Courses,
    Ioms,
    Methodists,
    Assignments,
    Support,
    Roadmap,
    Survey,
    Registry,
    Links,
    Targets,
}

impl Register {
    /// The name that the file of the table bears.
    pub fn title(self) -> &'static str {
        match self {
            Self::Staff => "Сотрудники",
            Self::Organizations => "Организации",
            Self::Diagnostics => "Диагностика",
            Self::Courses => "Курсы",
            Self::Ioms => "ИОМ",
            Self::Methodists => "Региональные методисты",
            Self::Assignments => "Закрепление",
            Self::Support => "Поддержка молодых педагогов",
            Self::Roadmap => "Дорожная карта",
            Self::Survey => "Опрос",
            Self::Registry => "Федеральный реестр",
            Self::Links => "Соответствия",
            Self::Targets => "Плановые значения",
        }
    }

    /// The columns without which the table is no longer of this register.
    pub fn required(self) -> &'static [&'static str] {
        match self {
            Self::Staff => &["ФИО", "Организация", "Должность"],
            Self::Organizations => &["Организация"],
            Self::Diagnostics | Self::Ioms | Self::Methodists => &["ФИО"],
            Self::Courses => &["ФИО", "Программа"],
            Self::Assignments => &["ФИО педагога", "ФИО методиста"],
            Self::Support => &["ФИО", "Форма поддержки"],
            Self::Roadmap => &["Мероприятие", "Уровень", "Статус"],
            Self::Survey | Self::Registry => &[],
            Self::Links => &["Как записано", "Кто это"],
            Self::Targets => &["Показатель", "План"],
        }
    }
}

/// One table: one file, or one sheet.
#[derive(Clone, Debug)]
pub struct Table {
    pub register: Register,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    /// «ФИО» is written as three columns.
    pub three_names: bool,
}

impl Table {
    /// Whether the table has the column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|own| own == column)
    }

    /// What the row's cell means; [`Means::Nothing`] where the table has no such column.
    pub fn cell<'a>(&self, row: &'a [Cell], column: &str) -> &'a Means {
        let place = self.columns.iter().position(|own| own == column);
        place
            .and_then(|place| row.get(place))
            .map_or(&Means::Nothing, |cell| &cell.means)
    }
}

/// A cell.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell {
    pub text: String,
    pub means: Means,
}

/// What a text means.
#[derive(Clone, PartialEq, Debug)]
pub enum Means {
    /// Nothing: empty, or a word for it.
    Nothing,
    /// Something that decides nothing.
    Remark,
    /// A full name.
    Name(Name),
    /// The surname and the initials of that name, with a space between these or without.
    Initials(Name),
    /// An organisation: its number among the town's.
    Organisation(usize),
    /// A branch of an organisation.
    Branch(usize),
    /// A date.
    Day(NaiveDate),
    /// A bare month or a bare year: its first and last day.
    Part(NaiveDate, NaiveDate),
    /// No date that could be read.
    NoDate,
    /// A valid СНИЛС, by its first nine digits.
    Snils(u32),
    /// A СНИЛС with wrong check digits.
    WrongSnils,
    Yes,
    No,
    /// The positions of one cell in their order, duties passed over.
    Posts(Vec<Post>),
    /// «Категория» that names one.
    Group(Post),
    Employment(Employment),
    /// Experience in hundredths of a month.
    Experience(i64),
    Status(Status),
    Programme(usize),
    Team(usize),
    /// «Вид ИОМ» that speaks of непрерывное повышение профессионального мастерства.
    Continuous,
    /// Whether «Тип» names a general-education organisation.
    School(bool),
    Regional,
    Federal,
    /// A measure by its title.
    Measure(usize),
    /// A deadline: the last day that it names.
    Deadline(NaiveDate),
    /// «в течение года» and the like.
    WholeYear,
    Answer(Answer),
    /// A number of a scale; none where it is no whole one.
    Number(Option<i64>),
    /// An indicator, by its place in the order of the source.
    Indicator(usize),
    Plan(Plan),
    /// The period of a plan.
    Period(NaiveDate, NaiveDate),
    /// «Кто это» = «нет».
    Nobody,
}

/// A full name, by its parts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Name {
    pub surname: usize,
    pub given: usize,
    pub patronymic: usize,
}

/// The category of one position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Post {
    Teacher,
    Manager,
    Other,
    /// Unknown to the nomenclature.
    Unknown,
    /// One that `[positions]` may name, and what it is where they do not.
    Own(usize),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Employment {
    Main,
    External,
    Contract,
}

/// What a status says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    Done,
    NotDone,
    /// Did not take part.
    Absent,
    Draft,
    Active,
    Failed,
    Planned,
    Unknown,
    /// Unknown, unless `[phrases]` names it as done.
    Own,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    Positive,
    Neutral,
    Negative,
    Undecided,
    Absent,
    /// No phrase of a scale.
    Unknown,
}

/// A plan; numbers in hundredths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plan {
    Yes,
    AtLeast(i64),
    AtMost(i64),
    Between(i64, i64),
}
