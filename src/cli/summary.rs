//! «Свод» as files and on the terminal, for `batch` and `merge` alike.

use std::path::{Path, PathBuf};

use super::Console;
use crate::failure::Failure;
use crate::report::output::{Output, Replace, all_apart};
use crate::report::summary::{Summary, json, terminal};
use crate::report::xlsx;

/// Where «Свод» goes, found free or safe to replace.
#[derive(Clone, Debug)]
pub struct Places {
    workbook: Output,
    json: Json,
}

#[derive(Clone, Debug)]
enum Json {
    None,
    File(Output),
    /// `-`: standard output holds the JSON alone.
    Stdout,
}

impl Places {
    /// The places of the workbook and of the JSON; `-` is standard output.
    ///
    /// # Errors
    /// Something stands there that must not be replaced.
    pub fn new(
        workbook: &Path,
        json: Option<&Path>,
        replace: Replace,
        inputs: &[PathBuf],
    ) -> Result<Self, Failure> {
        let workbook = Output::new(workbook, replace, inputs)?;
        let json = match json {
            None => Json::None,
            Some(path) if path == Path::new("-") => Json::Stdout,
            Some(path) => {
                let json = Output::new(path, replace, inputs)?;
                all_apart(&[&workbook, &json])?;
                Json::File(json)
            }
        };
        Ok(Self { workbook, json })
    }
}

/// Writes the workbook and the JSON, each whole or not at all.
///
/// # Errors
/// A file cannot be written.
pub fn write(summary: &Summary, places: &Places) -> anyhow::Result<()> {
    let workbook = &places.workbook;
    workbook.write_with(|file| xlsx::summary::write(summary, file, workbook.folder()))?;
    if let Json::File(output) = &places.json {
        output.write(json::render(summary)?.as_bytes())?;
    }
    Ok(())
}

/// Prints the totals and where the files are.
///
/// # Errors
/// Standard output cannot be written.
pub fn tell(summary: &Summary, places: &Places, console: &mut Console<'_>) -> anyhow::Result<()> {
    if let Json::Stdout = places.json {
        console.out.json(&json::render(summary)?)?;
        return Ok(());
    }
    write!(console.out, "{}", terminal::render(summary))?;
    writeln!(console.out, "Свод: {}", places.workbook.path().display())?;
    if let Json::File(output) = &places.json {
        writeln!(console.out, "JSON: {}", output.path().display())?;
    }
    Ok(())
}
