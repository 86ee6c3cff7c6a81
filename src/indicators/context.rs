//! What the engine looks at: linked records of each person, statuses read once, the window.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::finding::Findings;
use crate::intern::Sym;
use crate::people::linking::{Link, Linker};
use crate::people::links::LinkSheet;
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
    /// The phrases themselves, for the survey.
    pub phrases: &'a Phrases,
    /// The settings in force.
    pub settings: &'a Settings,
    /// The period.
    pub period: &'a Period,
    /// The window.
    pub window: Window,
}

impl Context<'_> {
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
pub struct ByPerson {
    starts: Vec<u32>,
    records: Vec<u32>,
}

impl ByPerson {
    fn new(persons: usize, links: &[Link]) -> Self {
        let mut starts = vec![0u32; persons + 1];
        for person in links.iter().filter_map(|link| link.person()) {
            starts[person.0 as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut records = vec![0u32; starts.last().map_or(0, |&total| total as usize)];
        for (record, link) in (0u32..).zip(links) {
            if let Some(person) = link.person() {
                let slot = &mut next[person.0 as usize];
                records[*slot as usize] = record;
                *slot += 1;
            }
        }
        Self { starts, records }
    }

    /// The records of one person, in the order of the register.
    pub fn of(&self, person: PersonId) -> impl Iterator<Item = usize> {
        let at = person.0 as usize;
        let range = match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&from), Some(&to)) => from as usize..to as usize,
            _ => 0..0,
        };
        self.records[range].iter().map(|&record| record as usize)
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
}

impl Links {
    /// Links every record of the dataset.
    pub fn build(
        dataset: &Dataset,
        directory: &Directory,
        roster: &Roster,
        names: &mut Names,
        findings: &mut Findings,
    ) -> Self {
        let mut linker = Linker::new(dataset, directory, roster, names, findings);
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
        Self {
            diagnostics: ByPerson::new(persons, &diagnostics),
            courses: ByPerson::new(persons, &courses),
            ioms: ByPerson::new(persons, &ioms),
            methodists: ByPerson::new(persons, &methodists),
            support: ByPerson::new(persons, &support),
            course_persons: courses,
            assignment_teachers,
            answer_organisations,
            sheet: linker.into_sheet(),
        }
    }
}

/// What the statuses of the dataset mean, each spelling read once.
#[derive(Clone, Debug, Default)]
pub struct Statuses {
    diagnostics: FxHashMap<Sym, Reading<DiagnosticsStatus>>,
    courses: FxHashMap<Sym, Reading<CourseStatus>>,
    ioms: FxHashMap<Sym, Reading<IomStatus>>,
    measures: FxHashMap<Sym, Reading<MeasureStatus>>,
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

    /// The status of a measure.
    #[must_use]
    pub fn measure(&self, status: Sym) -> Reading<MeasureStatus> {
        self.measures
            .get(&status)
            .copied()
            .unwrap_or(Reading::Unknown)
    }
}
