//! The empty workbook that people fill in, and the settings beside it. What its sheets hold is data
//! in `forms.toml`; the headers are the registers' own.

pub mod book;
pub mod sheets;

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::report::output::{Output, Replace, make_folder};
use crate::settings::template;

/// The name of the settings file.
const SETTINGS: &str = "mms.toml";

/// Writes the workbook and the settings into a folder, made where there is none, and gives their
/// paths. Nothing is written where one of them stands already and `force` was not given.
///
/// # Errors
/// [`Failure::Output`]: a file stands there, or the disk fails.
pub fn write(folder: &Path, force: bool) -> Result<[PathBuf; 2], Failure> {
    make_folder(folder)?;
    let paths = [folder.join(&sheets::forms().file), folder.join(SETTINGS)];
    let replace = if force {
        Replace::Always
    } else {
        Replace::OwnUnchanged
    };
    let [workbook, settings] = &paths;
    let outputs = [
        Output::new(workbook, replace, &[])?,
        Output::new(settings, replace, &[])?,
    ];
    let bytes = book::render()
        .map_err(|error| Failure::output(workbook, format!("книга не создаётся: {error}")))?;
    let text = template()?;
    for (output, bytes) in outputs.iter().zip([bytes, text.into_bytes()]) {
        output.write(&bytes)?;
    }
    Ok(paths)
}
