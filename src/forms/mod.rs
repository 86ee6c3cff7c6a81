//! The empty workbook that people fill in, and the settings beside it. What its sheets hold is data
//! in `forms.toml`; the headers are the registers' own.

pub mod book;
pub mod sheets;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::report::output::{Guard, write_whole};
use crate::settings::template;

/// The name of the settings file.
const SETTINGS: &str = "mms.toml";

/// Writes the workbook and the settings into a folder, made where there is none, and gives their
/// paths. Nothing is written where one of them stands already and `force` was not given.
///
/// # Errors
/// [`Failure::Output`]: a file stands there, or the disk fails.
pub fn write(folder: &Path, force: bool) -> Result<[PathBuf; 2], Failure> {
    fs::create_dir_all(folder)
        .map_err(|error| Failure::output(folder, format!("папка не создаётся: {error}")))?;
    let paths = [folder.join(&sheets::forms().file), folder.join(SETTINGS)];
    let guard = Guard { force, inputs: &[] };
    for path in &paths {
        guard.check(path)?;
    }
    let [workbook, settings] = &paths;
    let bytes = book::render()
        .map_err(|error| Failure::output(workbook, format!("книга не создаётся: {error}")))?;
    write_whole(workbook, &guard, |file| file.write_all(&bytes))?;
    let text = template()?;
    write_whole(settings, &guard, |file| file.write_all(text.as_bytes()))?;
    Ok(paths)
}
