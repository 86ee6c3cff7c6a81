//! What is said of records once, whatever they are counted for (methodology §2, §3): unknown
//! statuses, missing dates, ends before starts, repetitions, contradictions.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::context::Context;
use super::judge::{COURSE_DATES, IOM_DATES};
use crate::finding::{Code, Findings, Message, Place};
use crate::intern::{Interner, Sym};
use crate::registers::cell::FAULT;
use crate::registers::phrase::{CourseStatus, DiagnosticsStatus, IomStatus, Reading};
use crate::registers::record::{KeptDate, RowRef, YesNo};
use crate::registers::{Field, RegisterId};
use crate::text::fold;

const N_NO_DATES: Code = Code("N700");
const E_NO_DATE: Code = Code("E701");
const E_STATUS: Code = Code("E702");
const W_ENDS_BEFORE: Code = Code("W703");
const N_TWICE: Code = Code("N704");
const W_NOT_REGISTERED: Code = Code("W705");
const E_NO_COMPLETION: Code = Code("E706");
const E_ACTIVE_BUT_COMPLETED: Code = Code("E707");

/// Checks the records of all registers of people, and the dates of organisations.
pub fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut checker = Checker {
        context,
        findings,
        subjects: Interner::default(),
        subject_of: FxHashMap::default(),
    };
    checker.tables_without_dates();
    checker.staff_and_organisations();
    checker.diagnostics();
    checker.courses();
    checker.ioms();
    checker.support();
    checker.repetitions();
}

struct Checker<'a, 'b> {
    context: &'a Context<'b>,
    findings: &'a mut Findings,
    /// What records are about, folded once for each spelling.
    subjects: Interner,
    subject_of: FxHashMap<Sym, Sym>,
}

impl Checker<'_, '_> {
    fn add(
        &mut self,
        code: Code,
        register: RegisterId,
        at: RowRef,
        field: Field,
        seen: impl Into<String>,
    ) {
        let place = self.context.dataset.place(at, field);
        self.findings.add(code, Some(register), place, seen.into());
    }

    /// A table with no date column at all: its records count as belonging to W, said once (§3).
    fn tables_without_dates(&mut self) {
        let registers: [(RegisterId, &[Field]); 5] = [
            (RegisterId::Diagnostics, &[Field::DiagnosticsDate]),
            (RegisterId::Courses, COURSE_DATES),
            (RegisterId::Ioms, IOM_DATES),
            (RegisterId::Support, &[Field::Start, Field::End]),
            (RegisterId::Survey, &[Field::Timestamp]),
        ];
        for (register, fields) in registers {
            let bare: Vec<_> = self
                .context
                .dataset
                .sheets_of(register)
                .filter(|(_, sheet)| {
                    sheet.used > 0 && !fields.iter().any(|&field| sheet.has(field))
                })
                .map(|(id, _)| id)
                .collect();
            for sheet in bare {
                let seen =
                    "в таблице нет столбца даты: все её записи считаются относящимися к окну";
                self.findings
                    .add(N_NO_DATES, Some(register), Place::sheet(sheet), seen);
            }
        }
    }

    fn unknown_status(&mut self, register: RegisterId, at: RowRef, status: Sym, effect: &str) {
        let text = self.context.dataset.text(status);
        // An error of the cell was said when the row was read.
        if text == FAULT {
            return;
        }
        let advice = self
            .context
            .phrases
            .nearest(register, text)
            .map_or_else(String::new, |near| {
                format!("ближайший известный статус — «{near}»")
            });
        let place = self.context.dataset.place(at, Field::Status);
        // What is no status may be anything: «Котова сказала».
        let seen = Message::plain("статус «")
            .personal(text)
            .then(format!("» не распознан: {effect}"));
        self.findings
            .add_with_advice(E_STATUS, Some(register), place, seen, advice);
    }

    fn missing_date(&mut self, register: RegisterId, at: RowRef, field: Field) {
        self.add(
            E_NO_DATE,
            register,
            at,
            field,
            "у записи нет даты, хотя в таблице есть столбец даты: не учтена",
        );
    }

    fn order(
        &mut self,
        register: RegisterId,
        at: RowRef,
        start: KeptDate,
        end: KeptDate,
        field: Field,
    ) {
        if let (Some(start), Some(end)) = (start.day(), end.day())
            && end < start
        {
            self.add(
                W_ENDS_BEFORE,
                register,
                at,
                field,
                "окончание раньше начала: даты взяты как записаны",
            );
        }
    }

    fn staff_and_organisations(&mut self) {
        for row in &self.context.dataset.staff {
            let (hired, dismissed) = (row.hired, row.dismissed);
            self.order(
                RegisterId::Staff,
                row.at,
                hired,
                dismissed,
                Field::Dismissed,
            );
        }
        for row in &self.context.dataset.organisations {
            let register = RegisterId::Organizations;
            self.order(register, row.at, row.opened, row.closed, Field::Closed);
        }
    }

    fn diagnostics(&mut self) {
        for row in &self.context.dataset.diagnostics {
            let status = self.context.statuses.diagnostics(row.status);
            if status == Reading::Unknown {
                self.unknown_status(
                    RegisterId::Diagnostics,
                    row.at,
                    row.status,
                    "запись не учтена",
                );
            }
            let counts = status != Reading::Known(DiagnosticsStatus::NotDone);
            if counts && row.date.is_empty() && self.context.has(row.at, Field::DiagnosticsDate) {
                self.missing_date(RegisterId::Diagnostics, row.at, Field::DiagnosticsDate);
            }
        }
    }

    fn courses(&mut self) {
        const REGISTER: RegisterId = RegisterId::Courses;
        for row in &self.context.dataset.courses {
            let status = self.context.statuses.course(row.status);
            if status == Reading::Unknown {
                self.unknown_status(REGISTER, row.at, row.status, "курс не считается освоенным");
            }
            let may_be_done = matches!(status, Reading::Empty | Reading::Known(CourseStatus::Done));
            if may_be_done
                && self.context.completion(row).is_empty()
                && self.context.has_any(row.at, COURSE_DATES)
            {
                self.missing_date(REGISTER, row.at, Field::End);
            }
            self.order(REGISTER, row.at, row.start, row.end, Field::End);
            if row.in_registry == YesNo::No && self.context.registry.lists(row) {
                let seen =
                    "в ячейке «нет», а в листе «Федеральный реестр» программа есть: взято «нет»";
                self.add(W_NOT_REGISTERED, REGISTER, row.at, Field::InRegistry, seen);
            }
        }
    }

    fn ioms(&mut self) {
        const REGISTER: RegisterId = RegisterId::Ioms;
        for row in &self.context.dataset.ioms {
            let status = self.context.statuses.iom(row.status);
            if status == Reading::Known(IomStatus::Draft) {
                continue;
            }
            if status == Reading::Unknown {
                let effect = "ИОМ считается разработанным, но не завершённым";
                self.unknown_status(REGISTER, row.at, row.status, effect);
            }
            let dated = self.context.has_any(row.at, IOM_DATES);
            if dated && row.developed.is_empty() && row.completed.is_empty() {
                self.missing_date(REGISTER, row.at, Field::Developed);
            } else if dated && status == Reading::Known(IomStatus::Done) && row.completed.is_empty()
            {
                let seen = "ИОМ завершён, но даты завершения нет: не считается завершённым в окне";
                self.add(E_NO_COMPLETION, REGISTER, row.at, Field::Completed, seen);
            }
            if status == Reading::Known(IomStatus::Active)
                && row
                    .completed
                    .day()
                    .is_some_and(|day| day <= self.context.as_of())
            {
                let seen =
                    "статус «в работе» рядом с датой завершения: не считается успешно завершённым";
                self.add(
                    E_ACTIVE_BUT_COMPLETED,
                    REGISTER,
                    row.at,
                    Field::Status,
                    seen,
                );
            }
            self.order(
                REGISTER,
                row.at,
                row.developed,
                row.completed,
                Field::Completed,
            );
        }
    }

    fn support(&mut self) {
        const REGISTER: RegisterId = RegisterId::Support;
        for row in &self.context.dataset.support {
            if row.start.is_empty() && self.context.has_any(row.at, &[Field::Start, Field::End]) {
                self.missing_date(REGISTER, row.at, Field::Start);
            }
            self.order(REGISTER, row.at, row.start, row.end, Field::End);
        }
        for row in &self.context.dataset.methodists {
            self.order(
                RegisterId::Methodists,
                row.at,
                row.awarded,
                row.end,
                Field::End,
            );
        }
        for row in &self.context.dataset.assignments {
            self.order(
                RegisterId::Assignments,
                row.at,
                row.start,
                row.end,
                Field::End,
            );
        }
    }

    /// The same record twice: the same person, date and subject (§3).
    fn repetitions(&mut self) {
        let data = self.context.dataset;
        let links = self.context.links;
        for person in self.context.roster.iter().map(|(person, _)| person) {
            let rows: Vec<Seen> = links
                .diagnostics
                .of(person)
                .map(|record| &data.diagnostics[record])
                .map(|row| (RegisterId::Diagnostics, row.at, row.date.day(), row.kind))
                .chain(
                    links
                        .courses
                        .of(person)
                        .map(|record| &data.courses[record])
                        .map(|row| (RegisterId::Courses, row.at, row.end.day(), row.programme)),
                )
                .chain(
                    links
                        .ioms
                        .of(person)
                        .map(|record| &data.ioms[record])
                        .map(|row| (RegisterId::Ioms, row.at, row.developed.day(), row.kind)),
                )
                .chain(
                    links
                        .support
                        .of(person)
                        .map(|record| &data.support[record])
                        .map(|row| (RegisterId::Support, row.at, row.start.day(), row.form)),
                )
                .chain(
                    links
                        .methodists
                        .of(person)
                        .map(|record| &data.methodists[record])
                        .map(|row| {
                            (
                                RegisterId::Methodists,
                                row.at,
                                row.awarded.day(),
                                Sym::EMPTY,
                            )
                        }),
                )
                .collect();
            self.repeated(&rows);
        }
    }

    fn repeated(&mut self, rows: &[Seen]) {
        if rows.len() < 2 {
            return;
        }
        let mut first: FxHashMap<(RegisterId, Option<NaiveDate>, Sym), RowRef> =
            FxHashMap::default();
        for &(register, at, date, subject) in rows {
            let text = self.context.dataset.text(subject);
            let subject = *self
                .subject_of
                .entry(subject)
                .or_insert_with(|| self.subjects.intern(&fold(text)));
            let key = (register, date, subject);
            match first.get(&key) {
                Some(known) => {
                    let sheet = self
                        .context
                        .dataset
                        .sheet(known.sheet)
                        .map_or("", |sheet| sheet.name.as_str());
                    let seen = format!(
                        "такая же запись (работник, дата, предмет) уже есть: {sheet}, строка {}; учтена один раз",
                        u64::from(known.row) + 1
                    );
                    self.add(N_TWICE, register, at, Field::Name, seen);
                }
                None => {
                    first.insert(key, at);
                }
            }
        }
    }
}

type Seen = (RegisterId, RowRef, Option<NaiveDate>, Sym);
