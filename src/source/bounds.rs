//! The bounds of `[limits]` while rows are read.

use std::path::{Path, PathBuf};

use super::file::DAMAGED;
use super::package::part_failure;
use crate::failure::Failure;
use crate::settings::Limits;
use crate::text::column_letters;

/// The bounds that the rows of one sheet keep.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    path: PathBuf,
    sheet: String,
    limits: Limits,
}

impl Bounds {
    /// For one sheet of one file.
    pub(super) fn new(path: &Path, sheet: &str, limits: &Limits) -> Self {
        Self {
            path: path.to_owned(),
            sheet: sheet.to_owned(),
            limits: limits.clone(),
        }
    }

    /// Fails when there is a row of this number (from 0) and may not be.
    pub(super) fn row(&self, row: u32) -> Result<(), Failure> {
        if row < self.limits.rows {
            return Ok(());
        }
        Err(self.exceeded(
            &format!("строка {}", u64::from(row) + 1),
            &format!("строк не больше {}", self.limits.rows),
            "rows",
        ))
    }

    /// Fails when there is a column of this number (from 0) and may not be.
    pub(super) fn column(&self, row: u32, column: u32) -> Result<(), Failure> {
        if column < self.limits.columns {
            return Ok(());
        }
        Err(self.exceeded(
            &format!("ячейка {}", address(row, column)),
            &format!("столбцов не больше {}", self.limits.columns),
            "columns",
        ))
    }

    /// Fails when the text of a cell is too long. `column` counts from 0.
    pub(super) fn text(&self, row: u32, column: u32, text: &str) -> Result<(), Failure> {
        let most = self.limits.cell_length as usize;
        if text.len() <= most {
            return Ok(());
        }
        let length = text.chars().count();
        if length <= most {
            return Ok(());
        }
        Err(self.exceeded(
            &format!("в ячейке {} {length} знаков", address(row, column)),
            &format!("знаков не больше {most}"),
            "cell_length",
        ))
    }

    /// How many bytes one text or tag of a document may take before it is not read on: an entity
    /// takes up to ten bytes for a character.
    pub(super) fn longest(&self) -> usize {
        (self.limits.cell_length as usize)
            .saturating_mul(10)
            .max(1 << 20)
    }

    /// The failure of a sheet with a longer text or tag than that.
    pub(super) fn too_long(&self) -> Failure {
        self.exceeded(
            &format!("есть ячейка длиннее {} байт", self.longest()),
            &format!("знаков не больше {}", self.limits.cell_length),
            "cell_length",
        )
    }

    /// The failure of a sheet that does not hold together.
    pub(super) fn damaged(&self) -> Failure {
        Failure::input(&self.path, DAMAGED)
    }

    /// The failure of a sheet whose part is not read.
    pub(super) fn io(&self, error: &std::io::Error) -> Failure {
        part_failure(&self.path, error)
    }

    /// A failure of this sheet.
    pub(super) fn failure(&self, message: &str) -> Failure {
        if self.sheet.is_empty() {
            return Failure::input(&self.path, message);
        }
        Failure::input(&self.path, format!("лист «{}»: {message}", self.sheet))
    }

    fn exceeded(&self, found: &str, allowed: &str, key: &str) -> Failure {
        self.failure(&format!(
            "{found}, а допускается {allowed}. Если таблица и вправду такая, увеличьте {key} \
             в разделе [limits] файла mms.toml; если нет, удалите лишнее и сохраните файл заново"
        ))
    }
}

/// `B5` of row 4 and column 1.
fn address(row: u32, column: u32) -> String {
    format!("{}{}", column_letters(column), u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bound_names_what_was_found_and_its_key() {
        let limits = Limits {
            rows: 10,
            columns: 3,
            cell_length: 5,
            ..Limits::default()
        };
        let bounds = Bounds::new(Path::new("a.csv"), "Лист1", &limits);
        assert!(bounds.row(9).is_ok());
        let text = bounds.row(10).unwrap_err().to_string();
        assert!(
            text.contains("«Лист1»: строка 11") && text.contains("rows"),
            "{text}"
        );
        assert!(bounds.column(0, 2).is_ok());
        let text = bounds.column(4, 3).unwrap_err().to_string();
        assert!(
            text.contains("ячейка D5") && text.contains("columns"),
            "{text}"
        );
        // Five letters are ten bytes.
        assert!(bounds.text(0, 0, "абвгд").is_ok());
        let text = bounds.text(0, 1, "абвгде").unwrap_err().to_string();
        assert!(
            text.contains("B1 6 знаков") && text.contains("cell_length"),
            "{text}"
        );
    }
}
