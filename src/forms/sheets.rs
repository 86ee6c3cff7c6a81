//! What the sheets hold, from `forms.toml` and the registers' own data.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::registers::catalogue::{Register, catalogue};
use crate::registers::{Field, RegisterId};
use crate::text::data_file;

/// The whole workbook.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// The file's name.
    pub file: String,
    /// The name of the sheet with instructions.
    pub guide: String,
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// What the look of a required column means.
    pub required: String,
    /// What the look of another column means.
    pub optional: String,
    /// What the look of an example means.
    pub example: String,
    /// The sheets, in the order of the contract.
    pub sheet: Vec<Sheet>,
}

/// A sheet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Its register.
    pub register: RegisterId,
    /// Its columns from left to right.
    pub column: Vec<Column>,
}

/// A column.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The column of the register.
    #[serde(default)]
    field: Option<Field>,
    /// A header of its own.
    #[serde(default)]
    header: String,
    /// What its cells take.
    pub kind: Kind,
    /// The width in characters.
    pub width: u32,
    /// What it takes, in words.
    pub note: String,
    /// The words of its drop-down.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Its cells in the two example rows.
    pub examples: [String; 2],
}

/// What the cells of a column take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Any text.
    Text,
    /// A date.
    Day,
    /// A date, perhaps with a time.
    Moment,
    /// A number.
    Number,
    /// A СНИЛС.
    Snils,
    /// Yes or no.
    YesNo,
    /// One of some words.
    Choice,
}

/// The workbook's data.
#[must_use]
pub fn forms() -> &'static Forms {
    static FORMS: OnceLock<Forms> = OnceLock::new();
    FORMS.get_or_init(|| data_file("forms/forms.toml", include_str!("forms.toml")))
}

impl Sheet {
    fn register(&self) -> Option<&'static Register> {
        catalogue().get(self.register)
    }

    /// Its name: the register's title.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.register().map_or("", |register| &register.title)
    }

    /// The header of a column.
    #[must_use]
    pub fn header<'a>(&self, column: &'a Column) -> &'a str {
        match (column.field, self.register()) {
            (Some(field), Some(register)) => register.title_of(field),
            _ => &column.header,
        }
    }

    /// Whether a sheet of this register must have this column, or one of its alternatives.
    #[must_use]
    pub fn is_required(&self, column: &Column) -> bool {
        let Some(register) = self.register() else {
            return false;
        };
        // Nobody can do without the question itself.
        column
            .field
            .is_none_or(|field| register.required.iter().any(|set| set.contains(&field)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, catalogue, forms};
    use crate::registers::Field;
    use crate::registers::fate::EXAMPLE_MARK;
    use std::collections::BTreeSet;

    #[test]
    fn every_register_has_its_sheet_and_every_column_of_the_contract_stands_there() {
        let ours: Vec<_> = forms().sheet.iter().map(|sheet| sheet.register).collect();
        let all: Vec<_> = catalogue()
            .registers
            .iter()
            .map(|register| register.id)
            .collect();
        assert_eq!(ours, all);
        // The parts of a name, a second position and the position beside a record have no place of
        // their own in the contract's table; what a respondent is stands in «Категория».
        let left_out = [
            Field::Surname,
            Field::GivenName,
            Field::Patronymic,
            Field::GivenAndPatronymic,
            Field::Position,
            Field::ManagerialPosition,
        ];
        for sheet in &forms().sheet {
            let register = catalogue().get(sheet.register).unwrap();
            let ours: BTreeSet<Field> = sheet
                .column
                .iter()
                .filter_map(|column| column.field)
                .collect();
            for column in register
                .columns
                .iter()
                .filter(|column| !left_out.contains(&column.field))
            {
                let beside = column.field == Field::BirthDate && sheet.name() == "Закрепление";
                assert!(
                    ours.contains(&column.field) || beside,
                    "{}: {}",
                    sheet.name(),
                    column.title
                );
            }
            for column in &sheet.column {
                assert!(!sheet.header(column).is_empty(), "{}", sheet.name());
            }
        }
    }

    #[test]
    fn examples_are_marked_as_examples() {
        for sheet in &forms().sheet {
            for example in &sheet.column[0].examples {
                assert!(
                    example.starts_with(EXAMPLE_MARK),
                    "{}: {example}",
                    sheet.name()
                );
            }
        }
    }

    #[test]
    fn drop_downs_fit_what_excel_takes() {
        for column in forms().sheet.iter().flat_map(|sheet| &sheet.column) {
            let length: usize = column
                .choices
                .iter()
                .map(|choice| choice.chars().count() + 1)
                .sum();
            assert!(length <= 256, "{:?}", column.choices);
            assert_eq!(
                column.kind == Kind::Choice,
                !column.choices.is_empty(),
                "{}",
                column.note
            );
            assert!(column.note.chars().count() <= 255, "{}", column.note);
        }
    }

    #[test]
    fn the_instructions_have_ten_lines() {
        assert_eq!(forms().lines.len(), 10);
    }
}
