//! A report read back: its manifest, whether anybody has changed it, and what its cells hold.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use calamine::{Cell, Data, DataRef, Range, Reader, Xlsx, XlsxError};
use rustc_hash::FxHashMap;

use crate::failure::Failure;
use crate::report::model::{FORMAT, Manifest};
use crate::report::result::SUMMARY_SCHEMA;
use crate::report::seal;
use crate::report::xlsx::manifest::SHEET;
use crate::settings::Limits;
use crate::source::{guarded, within_bounds};

/// What a cell holds.
#[derive(Clone, PartialEq, Debug)]
pub enum Held {
    /// Nothing.
    Empty,
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl Held {
    /// Whether both hold the same: numbers within what a spreadsheet program may lose in writing
    /// them anew, texts whatever their line breaks.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
            (Self::Text(a), Self::Text(b)) => a.lines().eq(b.lines()),
            (a, b) => a == b,
        }
    }
}

/// The most places that the cells of a sheet of a report span: twice what a report of a million
/// people does.
const MOST_PLACES: u64 = 1 << 27;

/// The cells of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    values: Range<Data>,
    formulas: FxHashMap<(u32, u32), String>,
    end: (u32, u32),
}

impl Cells {
    /// None where few cells stand so far apart that no report has them so: the room between them
    /// would take all memory.
    fn new(values: Vec<Cell<Data>>, formulas: FxHashMap<(u32, u32), String>) -> Option<Self> {
        let places = values.iter().map(Cell::get_position);
        let (mut last, mut first) = ((0, 0), (u32::MAX, u32::MAX));
        for (row, column) in places {
            first = (first.0.min(row), first.1.min(column));
            last = (last.0.max(row + 1), last.1.max(column + 1));
        }
        let rows = u64::from(last.0.saturating_sub(first.0));
        let room = rows * u64::from(last.1.saturating_sub(first.1));
        let end = formulas.keys().fold(last, |end, (row, column)| {
            (end.0.max(row + 1), end.1.max(column + 1))
        });
        let sparse = room > (1 << 20) + 16 * values.len() as u64;
        if sparse || u64::from(end.0) * u64::from(end.1) > MOST_PLACES {
            return None;
        }
        Some(Self {
            values: Range::from_sparse(values),
            formulas,
            end,
        })
    }

    /// Rows and columns that the cells reach to.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.end
    }

    /// What a cell holds; of a formula, its stored result.
    #[must_use]
    pub fn held(&self, row: u32, column: u32) -> Held {
        match self.values.get_value((row, column)) {
            None | Some(Data::Empty) => Held::Empty,
            Some(Data::Float(number)) => Held::Number(*number),
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
            Some(Data::Int(number)) => Held::Number(*number as f64),
            Some(Data::DateTime(day)) => Held::Number(day.as_f64()),
            Some(Data::Bool(yes)) => Held::Text(if *yes { "ИСТИНА" } else { "ЛОЖЬ" }.to_owned()),
            Some(Data::Error(error)) => Held::Text(error.to_string()),
            Some(Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text)) => {
                if text.is_empty() {
                    Held::Empty
                } else {
                    Held::Text(text.clone())
                }
            }
        }
    }

    /// The text of a cell; empty where it holds none.
    #[must_use]
    pub fn text(&self, row: u32, column: u32) -> String {
        match self.held(row, column) {
            Held::Text(text) => text,
            _ => String::new(),
        }
    }

    /// The formula of a cell without its sign; empty where there is none.
    #[must_use]
    pub fn formula(&self, row: u32, column: u32) -> String {
        self.formulas
            .get(&(row, column))
            .map_or_else(String::new, |formula| {
                formula.trim_start_matches('=').trim().to_owned()
            })
    }
}

/// The sheets of a workbook.
pub struct Sheets<R: Read + Seek> {
    book: Xlsx<R>,
    path: PathBuf,
}

impl<R: Read + Seek> Sheets<R> {
    /// Opens a workbook; `path` names it in failures.
    ///
    /// # Errors
    /// It is no workbook, or damaged.
    pub fn open(reader: R, path: &Path) -> Result<Self, Failure> {
        let book = guarded(path, || {
            Xlsx::new(reader).map_err(|error| damaged(path, &error))
        })?;
        Ok(Self {
            book,
            path: path.to_owned(),
        })
    }

    /// The names of the sheets in order, without the one that programs read.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names = self.book.sheet_names();
        names.retain(|name| name != SHEET);
        names
    }

    /// The cells of a sheet; none where there is no such sheet.
    ///
    /// # Errors
    /// The sheet is damaged.
    pub fn cells(&mut self, name: &str) -> Result<Option<Cells>, Failure> {
        if !self.book.sheet_names().iter().any(|known| known == name) {
            return Ok(None);
        }
        let book = &mut self.book;
        let path = &self.path;
        guarded(path, || {
            let (values, formulas) = read(book, name).map_err(|error| damaged(path, &error))?;
            let cells = Cells::new(values, formulas).ok_or_else(|| {
                let message =
                    format!("отчёт повреждён: на листе «{name}» ячейки стоят далеко от таблицы");
                Failure::input(path, message)
            })?;
            Ok(Some(cells))
        })
    }
}

type Contents = (Vec<Cell<Data>>, FxHashMap<(u32, u32), String>);

/// The values and the formulas of a sheet.
fn read<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> Result<Contents, XlsxError> {
    let mut values = Vec::new();
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell()? {
        if !matches!(cell.get_value(), DataRef::Empty) {
            values.push(Cell::new(
                cell.get_position(),
                cell.get_value().clone().into(),
            ));
        }
    }
    drop(cells);
    let mut formulas = FxHashMap::default();
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_formula()? {
        if !cell.get_value().is_empty() {
            formulas.insert(cell.get_position(), cell.get_value().clone());
        }
    }
    Ok((values, formulas))
}

fn damaged(path: &Path, error: &XlsxError) -> Failure {
    Failure::input(path, format!("отчёт повреждён и не читается: {error}"))
}

/// A report of this program.
pub struct Report {
    /// What it keeps for programs.
    pub manifest: Manifest,
    /// Whether nobody has changed it since it was written.
    pub unchanged: bool,
    /// Its sheets.
    pub sheets: Sheets<BufReader<File>>,
}

impl Report {
    /// Opens a report.
    ///
    /// # Errors
    /// [`Failure::Input`]: the file is missing, is no report of this program, or is damaged.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        // What is missing or no workbook at all is told by the reader of inputs.
        let format = seal::report_format(path);
        if format.as_deref() == Some(SUMMARY_SCHEMA) {
            return Err(Failure::input(
                path,
                "это свод, а сверяется и сравнивается отчёт одного муниципального образования: укажите его",
            ));
        }
        if format.is_none() {
            std::fs::metadata(path)
                .map_err(|_| Failure::input(path, "файла нет или он не открывается"))?;
            return Err(Failure::input(
                path,
                "это не отчёт mms: в свойствах файла нет отметки, которую ставит mms report",
            ));
        }
        within_bounds(path, &Limits::default())?;
        let file = File::open(path).map_err(|_| Failure::input(path, "файл не открывается"))?;
        let mut sheets = Sheets::open(BufReader::new(file), path)?;
        let unreadable = |why: &str| {
            Failure::input(
                path,
                format!("отчёт повреждён: сведения для сверки на скрытом листе {SHEET} {why}"),
            )
        };
        let cells = sheets.cells(SHEET)?.ok_or_else(|| unreadable("удалены"))?;
        let text: String = (0..cells.size().0).map(|row| cells.text(row, 0)).collect();
        let manifest: Manifest =
            serde_json::from_str(&text).map_err(|_| unreadable("не читаются"))?;
        if manifest.manifest != FORMAT {
            return Err(unreadable("записаны другой версией программы"));
        }
        Ok(Self {
            manifest,
            unchanged: seal::is_unchanged(path),
            sheets,
        })
    }
}
