//! The rows of one matched sheet, one by one: each becomes a record or is left out with a reason.

use std::collections::BTreeMap;

use super::catalogue::Catalogue;
use super::cells_of_row::{Cells, Context};
use super::fate::{Before, Fate, fate, reason};
use super::held::{HeldRow, HeldValue};
use super::key::HeaderKey;
use super::layout::{Layout, Row};
use super::matching::Matched;
use super::record::SurveySheet;
use super::records::{Above, Records, record};
use super::{ColumnMeta, Dataset, Field, RegisterId, SheetMeta};
use crate::finding::{Code, Findings, Place};
use crate::intern::{Interner, Sym};
use crate::source::{Cell, Merge, SheetId};

/// What the records of a file are gathered in.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The texts of the records.
    pub texts: Interner,
    /// The findings.
    pub findings: Findings,
    /// The records and the sheets.
    pub data: Dataset,
}

/// What a sheet is read with.
#[derive(Clone, Debug)]
pub struct Settings<'a> {
    /// The registers.
    pub catalogue: &'a Catalogue,
    /// The year of the as-of date.
    pub as_of_year: i32,
    /// Whether bare serial numbers count from 1904.
    pub from_1904: bool,
    /// The organisation that the sheet's name, the file's or a title gives.
    pub organisation: Option<String>,
}

/// The reading of one sheet.
#[derive(Debug)]
pub struct Reader<'a> {
    settings: Settings<'a>,
    register: RegisterId,
    sheet: SheetId,
    layout: Layout,
    merges: &'a [Merge],
    next_merge: usize,
    /// What merged cells give to the rows below their first: column, last row, value.
    merged: Vec<(u32, u32, HeldValue)>,
    header_row: u32,
    last_row: u32,
    handled: u64,
    used: u64,
    left_out: BTreeMap<&'static str, u64>,
    above: Above,
    before: Before,
    /// Whether the rows are those of another table below this one.
    other_table: bool,
    /// Whether the column of organisations gave one.
    own_organisation: bool,
    /// Rows of staff that had no organisation when they were read.
    without_organisation: Vec<u32>,
    start: Counts,
}

/// How many records there were of each register with an organisation.
#[derive(Clone, Copy, Debug)]
struct Counts {
    staff: usize,
    diagnostics: usize,
    courses: usize,
    ioms: usize,
    methodists: usize,
    assignments: usize,
    support: usize,
    answers: usize,
}

impl<'a> Reader<'a> {
    /// Starts below the header, of which `rows` are the first rows of the sheet.
    pub fn new(
        settings: Settings<'a>,
        matched: &Matched,
        sheet: SheetId,
        rows: &[HeldRow],
        merges: &'a [Merge],
        out: &mut Gathered,
    ) -> Option<Self> {
        let register = settings.catalogue.get(matched.register)?;
        let layout = Layout::new(matched, register, settings.catalogue, rows);
        let header_row = rows.get(matched.header.end() - 1)?.number;
        if matched.register == RegisterId::Survey {
            let questions = questions(&layout, settings.catalogue, &mut out.texts);
            out.data.surveys.push(SurveySheet { sheet, questions });
        }
        Some(Self {
            settings,
            register: matched.register,
            sheet,
            layout,
            merges,
            next_merge: 0,
            merged: Vec::new(),
            header_row,
            last_row: header_row,
            handled: 0,
            used: 0,
            left_out: BTreeMap::new(),
            above: Above::default(),
            before: Before {
                header: true,
                signature: false,
            },
            other_table: false,
            own_organisation: false,
            without_organisation: Vec::new(),
            start: Counts {
                staff: out.data.staff.len(),
                diagnostics: out.data.diagnostics.len(),
                courses: out.data.courses.len(),
                ioms: out.data.ioms.len(),
                methodists: out.data.methodists.len(),
                assignments: out.data.assignments.len(),
                support: out.data.support.len(),
                answers: out.data.answers.len(),
            },
        })
    }

    /// Reads one row below the header.
    pub fn row<'r>(
        &mut self,
        number: u32,
        cells: impl Iterator<Item = Cell<'r>>,
        out: &mut Gathered,
    ) {
        self.merged.retain(|(_, bottom, _)| *bottom >= number);
        let merged = std::mem::take(&mut self.merged);
        let cells = cells.map(|cell| Cell {
            column: cell.column,
            value: cell.value,
        });
        let row = Row::new(number, cells, &self.layout, |column| {
            merged
                .iter()
                .find(|(covered, ..)| *covered == column)
                .map(|(_, _, value)| value.value())
        });
        let started = self.merges_from(&row);
        if !row.cells.is_empty() {
            self.last_row = number;
            self.handled += 1;
            self.settle(&row, out);
        }
        drop(row);
        self.merged = merged;
        self.merged.extend(started);
    }

    /// The merged cells that start in this row and go on below it, in columns that they fill.
    fn merges_from(&mut self, row: &Row<'_>) -> Vec<(u32, u32, HeldValue)> {
        let mut started = Vec::new();
        while let Some(merge) = self.merges.get(self.next_merge) {
            if merge.top > row.number {
                break;
            }
            self.next_merge += 1;
            if merge.top < row.number || merge.bottom == merge.top {
                continue;
            }
            let Some(slot) = self
                .layout
                .slots
                .iter()
                .find(|slot| slot.column == merge.left && slot.fills)
            else {
                continue;
            };
            if let Some(cell) = row.cells.iter().find(|cell| cell.column == slot.column) {
                started.push((slot.column, merge.bottom, HeldValue::new(cell.value)));
            }
        }
        started
    }

    fn settle(&mut self, row: &Row<'_>, out: &mut Gathered) {
        let fate = fate(
            row,
            self.register,
            &self.layout,
            self.settings.catalogue,
            self.before,
        );
        let fate = self.of_other_table(row, fate, out);
        let context = Context {
            register: self.register,
            sheet: self.sheet,
            layout: &self.layout,
            as_of_year: self.settings.as_of_year,
            from_1904: self.settings.from_1904,
        };
        let mut cells = Cells {
            context: &context,
            row,
            texts: &mut out.texts,
            findings: &mut out.findings,
        };
        let outcome = match fate {
            Fate::Section(name) => {
                self.above.section = cells.texts.intern(name.trim());
                Err(reason::SECTION)
            }
            Fate::LeftOut(reason) => Err(reason),
            Fate::Record => record(
                &mut cells,
                self.above,
                &mut Records {
                    data: &mut out.data,
                },
            ),
        };
        let carries = matches!(
            fate,
            Fate::Record | Fate::LeftOut(reason::SECTION | reason::MISSING_REQUIRED)
        );
        if self.register == RegisterId::Assignments
            && carries
            && let Some(methodist) = row.text(Field::MethodistName)
        {
            self.above.methodist = out.texts.intern(methodist.trim());
        }
        self.before = Before {
            header: matches!(
                outcome,
                Err(reason::REPEATED_HEADER | reason::COLUMN_NUMBERS)
            ),
            signature: match outcome {
                Err(reason::SIGNATURE) => true,
                Err(reason::REMARK | reason::EMPTY) => self.before.signature,
                _ => false,
            },
        };
        match outcome {
            Ok(own) => {
                self.used += 1;
                self.own_organisation |= own;
                if self.register == RegisterId::Staff && !own && self.above.section.is_empty() {
                    self.without_organisation.push(row.number);
                }
            }
            Err(reason) => *self.left_out.entry(reason).or_insert(0) += 1,
        }
    }

    /// Below the header of another table no row is a record, until the sheet's own header comes again.
    fn of_other_table<'r>(
        &mut self,
        row: &Row<'_>,
        fate: Fate<'r>,
        out: &mut Gathered,
    ) -> Fate<'r> {
        match fate {
            Fate::LeftOut(reason::EMPTY) => {}
            Fate::LeftOut(reason::REPEATED_HEADER) => self.other_table = false,
            Fate::LeftOut(reason::OTHER_TABLE) if !self.other_table => {
                self.other_table = true;
                out.findings.add(
                    Code("E207"),
                    Some(self.register),
                    Place::row(self.sheet, row.number),
                    "здесь начинается другая таблица: её строки не прочитаны",
                );
            }
            _ if self.other_table => return Fate::LeftOut(reason::OTHER_TABLE),
            _ => {}
        }
        fate
    }

    /// Gives the organisation of the sheet's or file's name where no column gave any, and the
    /// account of the rows.
    pub fn finish(mut self, out: &mut Gathered, meta: &mut SheetMeta) {
        self.give_organisation(out);
        let rows = u64::from(self.last_row - self.header_row);
        let empty = rows - self.handled;
        if empty > 0 {
            *self.left_out.entry(reason::EMPTY).or_insert(0) += empty;
        }
        meta.register = Some(self.register);
        meta.header_row = Some(self.header_row);
        meta.rows = rows;
        meta.used = self.used;
        meta.left_out = self.left_out;
        let known = self.layout.slots.iter().map(|slot| ColumnMeta {
            column: slot.column,
            header: slot.header.clone(),
            field: Some(slot.field),
        });
        let others = self
            .layout
            .others
            .iter()
            .map(|(column, header)| ColumnMeta {
                column: *column,
                header: header.clone(),
                field: None,
            });
        meta.columns = known.chain(others).collect();
        meta.columns.sort_by_key(|column| column.column);
        if let Some(hidden) = meta.hidden_rows.filter(|hidden| *hidden > 0) {
            out.findings.add(
                Code("N206"),
                Some(self.register),
                Place::sheet(self.sheet),
                format!("скрыто или отфильтровано строк: {hidden}; они прочитаны"),
            );
        }
    }

    fn give_organisation(&mut self, out: &mut Gathered) {
        let mut given = 0;
        if let Some(name) = self
            .settings
            .organisation
            .as_deref()
            .filter(|_| !self.own_organisation)
        {
            let name = out.texts.intern(name);
            let data = &mut out.data;
            let start = self.start;
            let mut give = |slot: &mut Sym| {
                if slot.is_empty() {
                    *slot = name;
                    given += 1;
                }
            };
            macro_rules! people {
                ($($rows:ident),*) => {
                    $(for row in data.$rows.iter_mut().skip(start.$rows) {
                        give(&mut row.person.organisation);
                    })*
                };
            }
            people!(
                staff,
                diagnostics,
                courses,
                ioms,
                methodists,
                assignments,
                support
            );
            for row in data.answers.iter_mut().skip(start.answers) {
                give(&mut row.organisation);
            }
            if given > 0 {
                out.findings.add(
                    Code("N204"),
                    Some(self.register),
                    Place::sheet(self.sheet),
                    format!("организация взята из названия: «{}»", out.texts.text(name)),
                );
            }
        }
        if given == 0 {
            for row in &self.without_organisation {
                let place = match self
                    .layout
                    .slots
                    .iter()
                    .find(|slot| slot.field == Field::Organisation)
                {
                    Some(slot) => Place::cell(self.sheet, *row, slot.column),
                    None => Place::row(self.sheet, *row),
                };
                out.findings.add(
                    Code("W316"),
                    Some(self.register),
                    place,
                    "организация не указана",
                );
            }
        }
    }
}

/// The questions of a survey: all columns with a header but those of row numbers and of personal data.
fn questions(layout: &Layout, catalogue: &Catalogue, texts: &mut Interner) -> Vec<(u32, Sym)> {
    let people = catalogue.get(RegisterId::Diagnostics);
    layout
        .others
        .iter()
        .filter(|(column, header)| {
            let personal = people
                .and_then(|people| people.find_column(header))
                .is_some_and(|field| {
                    matches!(
                        field,
                        Field::Name
                            | Field::Surname
                            | Field::GivenName
                            | Field::Patronymic
                            | Field::GivenAndPatronymic
                            | Field::Snils
                            | Field::BirthDate
                    )
                });
            !personal && !layout.row_numbers.contains(column) && !HeaderKey::new(header).is_empty()
        })
        .map(|(column, header)| (*column, texts.intern(header)))
        .collect()
}
