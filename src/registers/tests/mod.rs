//! Tables as they come, as small grids in memory. A row is a line of cells parted by `|`: a text, or
//! `n:5` a number, `d:2024-09-30` a date, `p:0.5` per cent, `e:#Н/Д` an error, `f:` a formula without
//! a result.

mod cells;
mod data;
mod files;
mod headers;
mod matching;
mod properties;
mod rows;
mod sections;
mod settings;

use std::ops::ControlFlow;

use chrono::NaiveDate;

use super::catalogue::Catalogue;
use super::choices::choices;
use super::reader::Gathered;
use super::sheets::{Run, read_file};
use super::{Dataset, Field, RegisterId, SheetMeta};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::source::{Cell, Format, InputPath, Merge, SheetInfo, TextForm, Value, Workbook};

/// A sheet of a grid.
#[derive(Clone)]
struct Grid {
    info: SheetInfo,
    rows: Vec<Vec<(u32, String)>>,
}

/// A sheet of a name and rows.
fn grid(name: &str, rows: &[&str]) -> Grid {
    Grid {
        info: SheetInfo {
            name: name.to_owned(),
            visible: true,
            merges: Vec::new(),
            hidden_rows: None,
        },
        rows: rows
            .iter()
            .map(|row| {
                (0u32..)
                    .zip(row.split('|'))
                    .map(|(column, cell)| (column, cell.trim().to_owned()))
                    .filter(|(_, cell)| !cell.is_empty())
                    .collect()
            })
            .collect(),
    }
}

impl Grid {
    /// With merged cells, each as A1:B2.
    fn merged(mut self, ranges: &[&str]) -> Self {
        self.info.merges = ranges
            .iter()
            .map(|range| {
                let (first, last) = range.split_once(':').unwrap();
                let ((top, left), (bottom, right)) = (address(first), address(last));
                Merge {
                    top,
                    left,
                    bottom,
                    right,
                }
            })
            .collect();
        self.info.merges.sort_by_key(|merge| merge.top);
        self
    }

    fn hidden(mut self) -> Self {
        self.info.visible = false;
        self
    }
}

fn address(text: &str) -> (u32, u32) {
    let (letters, digits) = text.split_at(1);
    let column = u32::from(letters.bytes().next().unwrap() - b'A');
    (digits.parse::<u32>().unwrap() - 1, column)
}

/// A workbook of grids.
struct Book {
    sheets: Vec<SheetInfo>,
    grids: Vec<Grid>,
    from_1904: bool,
}

fn value(text: &str) -> Value<'_> {
    let Some((kind, rest)) = text.split_once(':') else {
        return Value::Text(text);
    };
    match kind {
        "n" => Value::Number(rest.parse().unwrap()),
        "p" => Value::Percent(rest.parse().unwrap()),
        "d" => Value::Date(NaiveDate::parse_from_str(rest, "%Y-%m-%d").unwrap()),
        "e" => Value::Error(rest),
        "f" => Value::Uncalculated,
        _ => Value::Text(text),
    }
}

impl Workbook for Book {
    fn format(&self) -> Format {
        Format::Xlsx
    }

    fn text_form(&self) -> Option<TextForm> {
        None
    }

    fn dates_from_1904(&self) -> bool {
        self.from_1904
    }

    fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    fn read(
        &mut self,
        sheet: usize,
        row: &mut dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        for (number, cells) in (0u32..).zip(&self.grids[sheet].rows) {
            let cells: Vec<Cell<'_>> = cells
                .iter()
                .map(|(column, text)| Cell {
                    column: *column,
                    value: value(text),
                })
                .collect();
            if !cells.is_empty() && row(number, &cells).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Reads grids as the sheets of a file, with settings as TOML.
fn try_read_with(file: &str, grids: &[Grid], toml: &str) -> Result<Dataset, Failure> {
    let settings: Settings = toml::from_str(toml).unwrap();
    read_grids(file, grids, &settings, false)
}

fn read_grids(
    file: &str,
    grids: &[Grid],
    settings: &Settings,
    from_1904: bool,
) -> Result<Dataset, Failure> {
    let catalogue = Catalogue::with_aliases(settings)?;
    let input = InputPath {
        path: file.into(),
        shown: file.to_owned(),
    };
    let all = choices(settings, std::slice::from_ref(&input), &catalogue)?;
    let run = Run {
        catalogue: &catalogue,
        as_of_year: 2024,
        questions: &settings.survey.questions,
    };
    let mut book = Book {
        sheets: grids.iter().map(|grid| grid.info.clone()).collect(),
        grids: grids.to_vec(),
        from_1904,
    };
    let Gathered {
        texts,
        findings,
        mut data,
    } = read_file(run, &input, &mut book, all.first().unwrap())?;
    data.texts = texts;
    data.findings = findings;
    for sheet in &data.sheets {
        let left_out: u64 = sheet.left_out.values().sum();
        assert_eq!(sheet.rows, sheet.used + left_out, "{sheet:?}");
    }
    Ok(data)
}

fn try_read(file: &str, grids: &[Grid]) -> Result<Dataset, Failure> {
    try_read_with(file, grids, "")
}

/// Reads one sheet of a file that says nothing.
fn read(name: &str, rows: &[&str]) -> Dataset {
    read_grid(grid(name, rows))
}

fn read_grid(grid: Grid) -> Dataset {
    try_read("Книга1.xlsx", &[grid]).unwrap()
}

/// The only sheet.
fn sheet(data: &Dataset) -> &SheetMeta {
    assert_eq!(data.sheets.len(), 1);
    data.sheets.first().unwrap()
}

/// The register of the only sheet.
fn register(data: &Dataset) -> Option<RegisterId> {
    sheet(data).register
}

/// How many rows were left out for a reason.
fn left_out(data: &Dataset, reason: &str) -> u64 {
    sheet(data).left_out.get(reason).copied().unwrap_or(0)
}

/// The meanings of the columns of the only sheet, by their letters.
fn columns(data: &Dataset) -> Vec<(String, Field)> {
    sheet(data)
        .columns
        .iter()
        .filter_map(|column| Some((crate::text::column_letters(column.column), column.field?)))
        .collect()
}

/// The findings as `E301 C17`.
fn findings(data: &Dataset) -> Vec<String> {
    data.findings
        .all()
        .iter()
        .map(|finding| {
            let place = finding.place.within_sheet().unwrap_or_default();
            format!("{} {place}", finding.code.0).trim().to_owned()
        })
        .collect()
}

/// The names of the staff, with their organisations.
fn staff(data: &Dataset) -> Vec<(&str, &str)> {
    data.staff
        .iter()
        .map(|row| {
            (
                data.text(row.person.name),
                data.text(row.person.organisation),
            )
        })
        .collect()
}
