//! From what was typed to what the pipeline is asked for.

use std::path::PathBuf;

use super::args::{PeriodArgs, ReadingArgs, TextArgs};
use super::in_force::in_force;
use crate::failure::Failure;
use crate::finding;
use crate::people;
use crate::period::Period;
use crate::pipeline::Request;
use crate::registers::RegisterId;
use crate::registers::catalogue::catalogue;
use crate::settings::InForce;
use crate::source::{Encoding, TextOptions};

/// The year by which two-digit years are read where no period is given.
const YEAR_WITHOUT_PERIOD: i32 = 2026;

/// A request for a period.
///
/// # Errors
/// The settings have errors.
pub fn request(
    inputs: &[PathBuf],
    period: &PeriodArgs,
    reading: &ReadingArgs,
    names: bool,
) -> Result<(Request, InForce), Failure> {
    // While settings and files are read; without a thread they are made when they are needed.
    drop(std::thread::Builder::new().spawn(|| {
        people::prepare();
        let _ = finding::catalogue();
    }));
    let in_force = settings(inputs, reading, period.window.window, names)?;
    let request = Request {
        inputs: inputs.to_vec(),
        settings: in_force.settings.clone(),
        period: period.period.clone(),
        text: text(&reading.text),
    };
    Ok((request, in_force))
}

/// A request without a period: for what is only read.
///
/// # Errors
/// The settings have errors.
pub fn reading_request(
    inputs: &[PathBuf],
    period: Option<&Period>,
    reading: &ReadingArgs,
) -> Result<Request, Failure> {
    let in_force = settings(inputs, reading, None, false)?;
    let fallback = || Period::year(YEAR_WITHOUT_PERIOD);
    let period = period
        .cloned()
        .or_else(fallback)
        .ok_or_else(|| Failure::Usage("укажите --period".to_owned()))?;
    Ok(Request {
        inputs: inputs.to_vec(),
        settings: in_force.settings,
        period,
        text: text(&reading.text),
    })
}

/// The settings of the inputs with the flags on top, checked against the registers.
///
/// # Errors
/// The settings have errors.
pub fn settings(
    inputs: &[PathBuf],
    reading: &ReadingArgs,
    window: Option<crate::period::WindowKind>,
    names: bool,
) -> Result<InForce, Failure> {
    let in_force = in_force(inputs, reading, window, names)?;
    in_force.check_columns(&column_titles)?;
    Ok(in_force)
}

/// The canonical names of a register's columns.
fn column_titles(register: RegisterId) -> Vec<String> {
    let known = catalogue().get(register);
    known.map_or_else(Vec::new, |register| {
        register
            .columns
            .iter()
            .map(|column| column.title.clone())
            .collect()
    })
}

/// How delimited text is read.
#[must_use]
pub fn text(args: &TextArgs) -> TextOptions {
    TextOptions {
        encoding: args.encoding.and_then(Encoding::from_name),
        delimiter: args.delimiter,
    }
}
