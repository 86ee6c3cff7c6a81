//! `mms settings`: what is in force, and where each value came from.

use std::path::PathBuf;

use super::Console;
use super::args::SettingsArgs;
use super::in_force::assemble;
use crate::settings::schema;
use crate::source::discover;

/// The widest setting that the column of origins waits for, in characters.
const WIDEST: usize = 40;

/// Prints every setting as a line of TOML with its origin behind `#`, or the schema of the file.
///
/// # Errors
/// The settings have errors, or standard output is closed.
pub fn run(args: &SettingsArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    if args.schema {
        writeln!(console.out, "{:#}", schema()?)?;
        return Ok(0);
    }
    let here = [PathBuf::from(".")];
    let inputs = if args.inputs.is_empty() {
        &here[..]
    } else {
        &args.inputs
    };
    // A folder that is not there has no settings, not the usual ones.
    discover(inputs)?;
    let config = args.config.as_deref();
    let in_force = assemble(inputs, config, &args.source, args.window.window, args.names)?;
    match &in_force.file {
        Some(file) => console.note(&format!("Файл настроек: {}", file.display())),
        None => console.note("Файла настроек нет, действуют значения по умолчанию и флаги"),
    }
    let entries = in_force.entries()?;
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| format!("{} = {}", entry.key, entry.value))
        .collect();
    let width = lines
        .iter()
        .map(|line| line.chars().count())
        .filter(|width| *width <= WIDEST)
        .max()
        .unwrap_or_default();
    for (line, entry) in lines.iter().zip(&entries) {
        writeln!(console.out, "{line:<width$}  # {}", entry.origin)?;
    }
    Ok(0)
}
