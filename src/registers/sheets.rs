//! The sheets of one file: its first rows tell what a sheet is, then its rows go by one at a time.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::assign::column_of_letters;
use super::catalogue::Catalogue;
use super::choices::{FileChoices, Pin, SheetChoices};
use super::held::{HeldRow, is_filled};
use super::matching::{Matched, Nearest, Sheet, Verdict, lone_text, stem, understand};
use super::organisation::{is_body, is_department, organisation_in, organisation_line};
use super::reader::{Gathered, Reader, Settings};
use super::refusals::pin_failure;
use super::{RegisterId, SheetMeta};
use crate::failure::Failure;
use crate::finding::{Code, Place};
use crate::source::{FileId, InputPath, SheetId, SheetInfo, Workbook};

/// How many rows at the top of a sheet may come before the end of its header.
pub const FIRST_ROWS: usize = 64;

/// How many columns a sheet that fits no register must have of one to be nearly a table of it.
const NEARLY: usize = 3;

/// What all files of a run are read with.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The registers.
    pub catalogue: &'a Catalogue,
    /// The year of the as-of date.
    pub as_of_year: i32,
    /// Headers of survey questions that the settings name.
    pub questions: &'a [String],
}

/// Reads all sheets of a file. Files and sheets are numbered as if the file were the only one.
///
/// # Errors
/// The file cannot be read, a sheet cannot be understood, or a setting names what is not there.
pub fn read_file(
    run: Run<'_>,
    input: &InputPath,
    workbook: &mut dyn Workbook,
    choices: &FileChoices,
) -> Result<Gathered, Failure> {
    let mut out = Gathered::default();
    let from_1904 = workbook.dates_from_1904();
    let infos: Vec<SheetInfo> = workbook.sheets().to_vec();
    let names: Vec<&str> = infos.iter().map(|info| info.name.as_str()).collect();
    choices.check(&input.shown, &names)?;

    let mut unused: Vec<Pin> = choices.file_pins().cloned().collect();
    for (id, info) in (0u32..).zip(&infos) {
        let of_sheet = choices.sheet(&info.name);
        out.data.sheets.push(untouched(info));
        if !info.visible && of_sheet.register.is_none() {
            out.findings.add(
                Code("N202"),
                None,
                Place::sheet(SheetId::of(id)),
                format!("скрытый лист «{}» не прочитан", info.name),
            );
            continue;
        }
        let mut one = OneSheet {
            run,
            input,
            info,
            one_of_many: infos.len() > 1,
            id: SheetId::of(id),
            from_1904,
            choices: &of_sheet,
            used: Vec::new(),
        };
        let mut rows: Vec<HeldRow> = Vec::new();
        let mut state = State::Gathering;
        workbook.read(id as usize, &mut |number, cells| {
            if let State::Reading(reader) = &mut state {
                reader.row(number, cells.iter().copied(), &mut out);
                return ControlFlow::Continue(());
            }
            if cells.iter().any(is_filled) {
                rows.push(HeldRow::new(number, cells));
            }
            if rows.len() == FIRST_ROWS {
                state = one.decide(&rows, &mut out);
            }
            match state {
                State::Gathering | State::Reading(_) => ControlFlow::Continue(()),
                State::Passed | State::Failed(_) => ControlFlow::Break(()),
            }
        })?;
        if matches!(state, State::Gathering) {
            state = one.decide(&rows, &mut out);
        }
        match state {
            State::Reading(reader) => {
                let mut meta = untouched(info);
                reader.finish(&mut out, &mut meta);
                out.data.sheets.pop();
                out.data.sheets.push(meta);
            }
            State::Failed(failure) => return Err(failure),
            State::Gathering | State::Passed => {}
        }
        unused.retain(|pin| !one.used.contains(pin));
    }
    if let Some(id) = choices.file_register()
        && !out
            .data
            .sheets
            .iter()
            .any(|sheet| sheet.register == Some(id))
    {
        let title = run.catalogue.get(id).map_or("", |register| &register.title);
        return Err(Failure::input(
            &input.path,
            format!(
                "для файла указана таблица «{title}», но столбцов этой таблицы нет ни на одном листе"
            ),
        ));
    }
    match unused.first() {
        Some(pin) => Err(Failure::Usage(format!(
            "[columns] «{}»: ни на одном листе файла «{}» столбец «{}» не стал столбцом «{}»",
            pin.key, input.shown, pin.header, pin.column
        ))),
        None => Ok(out),
    }
}

/// Whether a pin names by its letter a column right of all that the first rows hold.
fn beyond(pin: &Pin, matched: &Matched, rows: &[HeldRow]) -> bool {
    let columns = rows.iter().flat_map(HeldRow::cells).map(|cell| cell.column);
    let last = columns.max().unwrap_or_default();
    let captions = &matched.assignment.captions;
    column_of_letters(&pin.header).is_some_and(|column| {
        column > last && captions.iter().any(|caption| caption.column == column)
    })
}

/// A sheet of which nothing was read.
fn untouched(info: &SheetInfo) -> SheetMeta {
    SheetMeta {
        file: FileId(0),
        name: info.name.clone(),
        visible: info.visible,
        register: None,
        header_row: None,
        columns: Vec::new(),
        rows: 0,
        used: 0,
        left_out: BTreeMap::new(),
        hidden_rows: info.hidden_rows,
    }
}

/// How far the reading of a sheet has come.
enum State<'a> {
    /// Its first rows are put by.
    Gathering,
    /// It was matched, and its rows go by.
    Reading(Box<Reader<'a>>),
    /// It fits no register.
    Passed,
    /// It stops the run.
    Failed(Failure),
}

/// A sheet before it is matched.
struct OneSheet<'a> {
    run: Run<'a>,
    input: &'a InputPath,
    info: &'a SheetInfo,
    one_of_many: bool,
    id: SheetId,
    from_1904: bool,
    choices: &'a SheetChoices,
    used: Vec<Pin>,
}

impl<'a> OneSheet<'a> {
    /// Matches the sheet by its first rows, and reads those of them that stand below the header.
    fn decide(&mut self, rows: &[HeldRow], out: &mut Gathered) -> State<'a> {
        if rows.is_empty() {
            return State::Passed;
        }
        let sheet = Sheet {
            path: &self.input.path,
            file: &self.input.shown,
            name: &self.info.name,
            one_of_many: self.one_of_many,
            rows,
            merges: &self.info.merges,
            questions: self.run.questions,
        };
        let catalogue = self.run.catalogue;
        let verdict = match understand(&sheet, catalogue, self.choices) {
            Ok(verdict) => verdict,
            Err(failure) => return State::Failed(failure),
        };
        let register = match &verdict {
            Verdict::Matched(matched) => catalogue.get(matched.register),
            Verdict::Passed(_) => None,
        };
        let found = |index: usize, pin: &Pin| match &verdict {
            Verdict::Matched(matched) => {
                matched.assignment.pins.contains(&index) && !beyond(pin, matched, rows)
            }
            Verdict::Passed(_) => false,
        };
        for (index, pin) in self.choices.pins.iter().enumerate() {
            if found(index, pin) {
                self.used.push(pin.clone());
            } else if self.choices.is_of_sheet(index) {
                return State::Failed(pin_failure(pin, &sheet, register));
            }
        }
        let matched = match verdict {
            Verdict::Matched(matched) => matched,
            Verdict::Passed(nearest) => {
                self.say_passed(nearest.as_ref(), out);
                return State::Passed;
            }
        };
        let settings = Settings {
            catalogue,
            as_of_year: self.run.as_of_year,
            from_1904: self.from_1904,
            organisation: self.organisation(rows, &matched),
        };
        let below = matched.header.end();
        let reader = Reader::new(settings, &matched, self.id, rows, &self.info.merges, out);
        let Some(mut reader) = reader else {
            return State::Passed;
        };
        for row in rows.iter().skip(below) {
            reader.row(row.number, row.cells(), out);
        }
        State::Reading(Box::new(reader))
    }

    /// A sheet that is nearly a table is an error: its rows are not counted for want of a column.
    fn say_passed(&self, nearest: Option<&Nearest>, out: &mut Gathered) {
        let (code, lacks) = match nearest {
            Some(nearest) if nearest.known >= NEARLY => {
                (Code("E203"), format!(": {}", nearest.lacks))
            }
            Some(nearest) => (Code("N201"), format!("; {}", nearest.lacks)),
            None => (Code("N201"), String::new()),
        };
        out.findings.add(
            code,
            None,
            Place::sheet(self.id),
            format!(
                "лист «{}» не подходит ни к одной таблице и не прочитан{lacks}",
                self.info.name
            ),
        );
    }

    /// The organisation that the sheet's name gives, or else the file's, or else a line above the
    /// header that holds nothing else. A body above schools is the one that made the table, unless
    /// it is a table of that body's own staff.
    fn organisation(&self, rows: &[HeldRow], matched: &Matched) -> Option<String> {
        let catalogue = self.run.catalogue;
        let lines = rows
            .iter()
            .take(matched.header.start)
            .filter_map(lone_text)
            .filter_map(|text| organisation_line(text, catalogue))
            .map(str::to_owned);
        organisation_in(&self.info.name, catalogue)
            .into_iter()
            .chain(organisation_in(stem(&self.input.shown), catalogue))
            .chain(lines)
            .find(|name| {
                let own = matched.register == RegisterId::Staff && !is_department(name, catalogue);
                own || !is_body(name, catalogue)
            })
    }
}
