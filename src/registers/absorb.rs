//! The records of one file joined to those of the files before it, so that the result depends on
//! the order of the files alone.

use super::Dataset;
use super::reader::Gathered;
use super::record::{Answer, PersonCells, RowRef};
use crate::intern::Sym;
use crate::source::{FileId, SheetId};

/// How the numbers of one file become those of the whole.
struct Shift {
    texts: Vec<Sym>,
    files: u32,
    sheets: u32,
}

impl Shift {
    fn text(&self, sym: &mut Sym) {
        *sym = self.texts.get(sym.index()).copied().unwrap_or_default();
    }

    fn sheet(&self, sheet: &mut SheetId) {
        *sheet = SheetId::of(sheet.number() + self.sheets);
    }

    fn row(&self, at: &mut RowRef) {
        self.sheet(&mut at.sheet);
    }

    fn person(&self, person: &mut PersonCells) {
        self.text(&mut person.name);
        self.text(&mut person.organisation);
    }
}

/// Moves the records of each register over, their numbers shifted.
macro_rules! move_rows {
    ($shift:ident, $from:ident, $to:ident, $($rows:ident: ($($text:ident),*) $($person:ident)?;)*) => {
        $(for row in &mut $from.$rows {
            $shift.row(&mut row.at);
            $($shift.text(&mut row.$text);)*
            $($shift.person(&mut row.$person);)?
        }
        if $to.$rows.is_empty() {
            $to.$rows = std::mem::take(&mut $from.$rows);
        } else {
            $to.$rows.append(&mut $from.$rows);
        })*
    };
}

/// Joins what one file gave to `all`.
pub fn absorb(all: &mut Dataset, file: Gathered) {
    let Gathered {
        texts,
        mut findings,
        data: mut from,
    } = file;
    let shift = Shift {
        texts: all.texts.absorb(&texts),
        files: u32::try_from(all.files.len()).unwrap_or(u32::MAX),
        sheets: u32::try_from(all.sheets.len()).unwrap_or(u32::MAX),
    };
    all.files.append(&mut from.files);
    for sheet in &mut from.sheets {
        sheet.file = FileId(sheet.file.0 + shift.files);
    }
    all.sheets.append(&mut from.sheets);
    move_rows! { shift, from, all,
        staff: (position, category, employment, assigned_to, support_form) person;
        organisations: (name, kind, other_names);
        diagnostics: (kind, status) person;
        courses: (programme, number, status, team) person;
        ioms: (kind, status) person;
        methodists: () person;
        assignments: (methodist) person;
        support: (form) person;
        measures: (title, level, status);
        registry: (number, programme);
        links: (recorded_as, who, organisation);
        targets: (indicator, plan, period);
        answers: (organisation, respondent);
    }
    for answer in &mut from.answer_cells {
        if let Answer::Text(text) | Answer::Fault(text) = answer {
            shift.text(text);
        }
    }
    // The answers that were just moved are the last ones.
    let before = u32::try_from(all.answer_cells.len()).unwrap_or(u32::MAX);
    let moved = all
        .answers
        .iter_mut()
        .rev()
        .take_while(|row| row.at.sheet.number() >= shift.sheets);
    for row in moved {
        row.answers = row.answers.start + before..row.answers.end + before;
    }
    all.answer_cells.append(&mut from.answer_cells);
    for survey in &mut from.surveys {
        shift.sheet(&mut survey.sheet);
        for (_, question) in &mut survey.questions {
            shift.text(question);
        }
    }
    all.surveys.append(&mut from.surveys);
    for finding in findings.all_mut() {
        if let Some(file) = &mut finding.place.file {
            file.0 += shift.files;
        }
        if let Some(sheet) = &mut finding.place.sheet {
            shift.sheet(sheet);
        }
    }
    all.findings.absorb(findings);
}
