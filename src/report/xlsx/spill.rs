//! Evidence that does not fit a sheet, as a csv file beside the report: UTF-8 with a mark of its
//! encoding and semicolons, so that Russian Excel opens it by itself.

use std::io::{self, Write};
use std::path::Path;

use super::page::{Cell, clean};
use super::scale::Evidence;
use super::{methodists, people, survey, table::Column, teams};
use crate::period::russian_date;
use crate::report::guard::csv_field;
use crate::report::model::ReportModel;

fn record(out: &mut csv::Writer<impl Write>, cells: &[Cell<'_>]) -> csv::Result<()> {
    let fields: Vec<String> = cells
        .iter()
        .map(|cell| match cell {
            Cell::Empty | Cell::Formula(..) => String::new(),
            Cell::Text(text) => csv_field(&clean(text)).into_owned(),
            Cell::Count(count) => count.to_string(),
            Cell::Date(date) => russian_date(*date),
        })
        .collect();
    out.write_record(fields)
}

/// The name of the file beside a report that holds one table of its evidence.
#[must_use]
pub fn file_name(report: &Path, evidence: Evidence) -> String {
    let stem = report.file_stem().unwrap_or_default();
    format!("{}. {}.csv", stem.display(), evidence.name())
}

/// Writes one table of evidence.
///
/// # Errors
/// Those of `out`.
pub fn write(evidence: Evidence, model: &ReportModel, mut out: impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut out = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    let head = |out: &mut csv::Writer<_>, columns: &[Column]| {
        out.write_record(columns.iter().map(|column| &column.header))
    };
    match evidence {
        Evidence::Teachers | Evidence::Managers => {
            let people = people::people(evidence, model);
            head(&mut out, &people::columns(people, model.names))?;
            for row in people.marked() {
                record(&mut out, &people::cells(model, row))?;
            }
        }
        Evidence::Members => {
            head(&mut out, &teams::members_columns(model.names))?;
            for (team, member) in teams::members(model) {
                record(&mut out, &teams::member_cells(model, team, member))?;
            }
        }
        Evidence::Pairs => {
            head(&mut out, &methodists::pairs_columns(model.names))?;
            for (methodist, pair) in methodists::pairs(model) {
                record(&mut out, &methodists::pair_cells(model, methodist, pair))?;
            }
        }
        Evidence::Answers => {
            head(&mut out, &survey::answers_columns())?;
            if let Some(survey) = &model.survey {
                for answer in survey::answers(survey) {
                    record(&mut out, &survey::answer_cells(model, survey, answer))?;
                }
            }
        }
    }
    out.flush()
}
