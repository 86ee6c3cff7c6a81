//! «Свод» as files and on the terminal, for `batch` and `merge` alike.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Console;
use crate::report::output::{Guard, folder, write_whole};
use crate::report::summary::{Summary, json, terminal};
use crate::report::xlsx::{self, Error};

/// Where «Свод» goes.
#[derive(Clone, Debug)]
pub struct Places {
    /// The workbook.
    pub workbook: PathBuf,
    /// The consolidated JSON; `-` is standard output, which then holds nothing else.
    pub json: Option<PathBuf>,
}

impl Places {
    fn json_to_stdout(&self) -> bool {
        self.json.as_deref() == Some(Path::new("-"))
    }

    /// The files that will be written.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let json = self.json.as_deref().filter(|_| !self.json_to_stdout());
        std::iter::once(self.workbook.as_path()).chain(json)
    }
}

/// Writes the workbook and the JSON, each whole or not at all.
///
/// # Errors
/// A file may not be replaced or cannot be written.
pub fn write(summary: &Summary, places: &Places, guard: &Guard<'_>) -> anyhow::Result<()> {
    let scratch = folder(&places.workbook);
    write_whole(&places.workbook, guard, |file| {
        xlsx::summary::write(summary, file, scratch).map_err(io_error)
    })?;
    if let Some(path) = places.json.as_deref().filter(|_| !places.json_to_stdout()) {
        let text = json::render(summary)?;
        write_whole(path, guard, |file| file.write_all(text.as_bytes()))?;
    }
    Ok(())
}

fn io_error(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        Error::Workbook(error) => io::Error::other(error.to_string()),
    }
}

/// Prints the totals and where the files are.
///
/// # Errors
/// Standard output cannot be written.
pub fn tell(summary: &Summary, places: &Places, console: &mut Console<'_>) -> anyhow::Result<()> {
    if places.json_to_stdout() {
        write!(console.out, "{}", json::render(summary)?)?;
        return Ok(());
    }
    write!(console.out, "{}", terminal::render(summary))?;
    for path in places.files() {
        writeln!(console.out, "Свод: {}", path.display())?;
    }
    Ok(())
}
