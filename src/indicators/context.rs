//! What the engine looks at: linked records of each person, statuses read once, the window.

use std::sync::OnceLock;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::judge::is_continuous;
use super::order::Organisations;
use super::registry::FederalRegistry;
use crate::buckets::Buckets;
use crate::finding::Findings;
use crate::intern::Sym;
use crate::people::linking::{Link, Linker, Spellings};
use crate::people::links::{self, LinkSheet};
use crate::people::name::Names;
use crate::people::organisation::Directory;
use crate::people::roster::Roster;
use crate::people::{OrgId, PersonId};
use crate::period::{Period, Window};
use crate::registers::phrase::{
    CourseStatus, DiagnosticsStatus, IomStatus, MeasureStatus, Phrases, Reading,
};
use crate::registers::record::{PersonCells, RowRef};
use crate::registers::{Dataset, Field, RegisterId, SheetMeta};
use crate::settings::Settings;

/// Everything a figure is computed from.
pub struct Context<'a> {
    /// The records.
    pub dataset: &'a Dataset,
    /// The organisations.
    pub directory: &'a Directory,
    /// The persons.
    pub roster: &'a Roster,
    /// Whose each record is.
    pub links: &'a Links,
    /// What the statuses mean.
    pub statuses: &'a Statuses,
    /// The registry of programmes.
    pub registry: &'a FederalRegistry,
    /// The phrases themselves, for the survey.
    pub phrases: &'a Phrases,
    /// The settings in force.
    pub settings: &'a Settings,
    /// The period.
    pub period: &'a Period,
    /// The window.
    pub window: Window,
    /// Whether the verdicts and breakdowns of people are wanted, or their figures alone.
    pub evidence: bool,
    /// The organisations as breakdowns show them, made when first asked for.
    pub shown: OnceLock<Organisations>,
}

impl Context<'_> {
    /// The organisations as breakdowns show them.
    pub fn shown(&self) -> &Organisations {
        self.shown.get_or_init(|| Organisations::of(self.directory))
    }

    /// The as-of date D.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.window.to
    }

    /// Whether the sheet of a row has a column of this meaning.
    #[must_use]
    pub fn has(&self, at: RowRef, field: Field) -> bool {
        self.dataset
            .sheet(at.sheet)
            .is_some_and(|sheet| sheet.has(field))
    }

    /// Whether the sheet of a row has any of these columns.
    #[must_use]
    pub fn has_any(&self, at: RowRef, fields: &[Field]) -> bool {
        self.dataset
            .sheet(at.sheet)
            .is_some_and(|sheet: &SheetMeta| fields.iter().any(|&field| sheet.has(field)))
    }
}

/// The records of each person, as indexes into one register.
#[derive(Clone, Debug, Default)]
pub struct ByPerson(Buckets<u32>);

impl ByPerson {
    fn new(persons: usize, links: &[Link]) -> Self {
        let found = (0u32..).zip(links).filter_map(|(record, link)| {
            let person = link.person()?;
            Some((person.0 as usize, record))
        });
        Self(Buckets::new(persons, found))
    }

    /// The records of one person, in the order of the register.
    pub fn of(&self, person: PersonId) -> impl Iterator<Item = usize> {
        let records = self.0.of(person.0 as usize);
        records.iter().map(|&record| record as usize)
    }
}

/// Whose each record is, register by register.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Диагностика.
    pub diagnostics: ByPerson,
    /// Курсы.
    pub courses: ByPerson,
    /// ИОМ.
    pub ioms: ByPerson,
    /// Региональные методисты.
    pub methodists: ByPerson,
    /// Поддержка молодых педагогов.
    pub support: ByPerson,
    /// The person of each course record.
    pub course_persons: Vec<Link>,
    /// The teacher of each assignment.
    pub assignment_teachers: Vec<Link>,
    /// The organisation of each survey row.
    pub answer_organisations: Vec<Option<OrgId>>,
    /// The sheet «Соответствия», for the names of methodists.
    pub sheet: LinkSheet,
    /// What the organisations of records stand for.
    pub spellings: Spellings,
    /// Whether initials were looked for among the employed of a date (methodology §4, 4).
    by_employment: bool,
}

impl Links {
    /// Links every record of the dataset. `spellings` are those of another date, or none.
    pub fn build(
        dataset: &Dataset,
        directory: &Directory,
        roster: &Roster,
        spellings: Spellings,
        names: &mut Names,
        findings: &mut Findings,
    ) -> Self {
        let mut linker = Linker::new(dataset, directory, roster, spellings, names, findings);
        let persons = roster.persons.len();
        let mut of =
            |register, rows: &mut dyn Iterator<Item = (RowRef, PersonCells)>| -> Vec<Link> {
                rows.map(|(at, who)| linker.link(register, at, &who, names, findings))
                    .collect()
            };
        let diagnostics = of(
            RegisterId::Diagnostics,
            &mut dataset.diagnostics.iter().map(|row| (row.at, row.person)),
        );
        let courses = of(
            RegisterId::Courses,
            &mut dataset.courses.iter().map(|row| (row.at, row.person)),
        );
        let ioms = of(
            RegisterId::Ioms,
            &mut dataset.ioms.iter().map(|row| (row.at, row.person)),
        );
        let methodists = of(
            RegisterId::Methodists,
            &mut dataset.methodists.iter().map(|row| (row.at, row.person)),
        );
        let support = of(
            RegisterId::Support,
            &mut dataset.support.iter().map(|row| (row.at, row.person)),
        );
        let assignment_teachers = of(
            RegisterId::Assignments,
            &mut dataset.assignments.iter().map(|row| (row.at, row.person)),
        );
        let answer_organisations = dataset
            .answers
            .iter()
            .map(|row| {
                linker
                    .organisation(RegisterId::Survey, row.at, row.organisation, findings)
                    .or_else(|| directory.of_stranger(row.organisation))
            })
            .collect();
        links::report_unused(dataset, directory, names, findings);
        let by_employment = linker.looked_among_employed();
        let (sheet, spellings) = linker.into_parts();
        Self {
            diagnostics: ByPerson::new(persons, &diagnostics),
            courses: ByPerson::new(persons, &courses),
            ioms: ByPerson::new(persons, &ioms),
            methodists: ByPerson::new(persons, &methodists),
            support: ByPerson::new(persons, &support),
            course_persons: courses,
            assignment_teachers,
            answer_organisations,
            sheet,
            spellings,
            by_employment,
        }
    }

    /// Whether these links, found for `own`, hold for the roster of another date too: the persons are
    /// the same, and nobody's employment had a say.
    #[must_use]
    pub fn hold_for(&self, own: &Roster, other: &Roster) -> bool {
        !self.by_employment && own.left_out == other.left_out
    }
}

/// What the statuses of the dataset mean, each spelling read once.
#[derive(Clone, Debug, Default)]
pub struct Statuses {
    diagnostics: FxHashMap<Sym, Reading<DiagnosticsStatus>>,
    courses: FxHashMap<Sym, Reading<CourseStatus>>,
    ioms: FxHashMap<Sym, Reading<IomStatus>>,
    measures: FxHashMap<Sym, Reading<MeasureStatus>>,
    /// Whether each «Вид ИОМ» is one of 4.1.2.4.
    kinds: FxHashMap<Sym, bool>,
}

impl Statuses {
    /// Reads every status of the dataset.
    #[must_use]
    pub fn read(dataset: &Dataset, phrases: &Phrases) -> Self {
        let mut all = Self::default();
        for row in &dataset.diagnostics {
            all.diagnostics
                .entry(row.status)
                .or_insert_with(|| phrases.diagnostics(dataset.text(row.status)));
        }
        for row in &dataset.courses {
            all.courses
                .entry(row.status)
                .or_insert_with(|| phrases.course(dataset.text(row.status)));
        }
        for row in &dataset.ioms {
            all.ioms
                .entry(row.status)
                .or_insert_with(|| phrases.iom(dataset.text(row.status)));
            all.kinds
                .entry(row.kind)
                .or_insert_with(|| is_continuous(dataset.text(row.kind)));
        }
        for row in &dataset.measures {
            all.measures
                .entry(row.status)
                .or_insert_with(|| phrases.measure(dataset.text(row.status)));
        }
        all
    }

    /// The status of a diagnostics record.
    #[must_use]
    pub fn diagnostics(&self, status: Sym) -> Reading<DiagnosticsStatus> {
        self.diagnostics
            .get(&status)
            .copied()
            .unwrap_or(Reading::Unknown)
    }

    /// The status of a course record.
    #[must_use]
    pub fn course(&self, status: Sym) -> Reading<CourseStatus> {
        self.courses
            .get(&status)
            .copied()
            .unwrap_or(Reading::Unknown)
    }

    /// The status of an IOM.
    #[must_use]
    pub fn iom(&self, status: Sym) -> Reading<IomStatus> {
        self.ioms.get(&status).copied().unwrap_or(Reading::Unknown)
    }

    /// Whether «Вид ИОМ» speaks of «непрерывное повышение профессионального мастерства», or is empty
    /// (methodology §2.3).
    #[must_use]
    pub fn is_continuous(&self, kind: Sym) -> bool {
        self.kinds.get(&kind).copied().unwrap_or(true)
    }

    /// The status of a measure.
    #[must_use]
    pub fn measure(&self, status: Sym) -> Reading<MeasureStatus> {
        self.measures
            .get(&status)
            .copied()
            .unwrap_or(Reading::Unknown)
    }
}
