//! `mms merge`: «Свод» from results made elsewhere, the same as `batch` makes.

use std::fs;
use std::path::{Path, PathBuf};

use super::Console;
use super::args::MergeArgs;
use super::summary::{self, Places};
use crate::failure::Failure;
use crate::report::output::Replace;
use crate::report::result;
use crate::report::summary::Gathered;

/// Runs the command.
///
/// # Errors
/// A file is no result, two results contradict each other, or an output cannot be written.
pub fn run(args: &MergeArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let files = files(&args.results)?;
    let workbook = args.output.as_deref().unwrap_or(Path::new("Свод.xlsx"));
    let replace = if args.force {
        Replace::Always
    } else {
        Replace::OwnUnchanged
    };
    let places = Places::new(workbook, args.json.as_deref(), replace, &files)?;
    let mut gathered = Gathered::default();
    for file in &files {
        gathered.take(result::read(file)?, file)?;
    }
    let Some(summary) = gathered.summary() else {
        return Err(
            Failure::Inputs("в названных файлах нет ни одного результата".to_owned()).into(),
        );
    };
    summary::write(&summary, &places)?;
    summary::tell(&summary, &places, console)?;
    Ok(0)
}

/// The files named, and the `*.json` of the folders named.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            files.extend(in_folder(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: &std::io::Error| {
        Failure::input(
            folder,
            format!("папка не читается: {}", super::reason(error)),
        )
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| failed(&error))? {
        let path = entry.map_err(|error| failed(&error))?.path();
        if path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(Failure::input(folder, "в папке нет файлов json"));
    }
    files.sort();
    Ok(files)
}
