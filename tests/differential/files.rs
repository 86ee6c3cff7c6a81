//! A town as files: one csv for each table.

use std::fs;
use std::io;
use std::path::Path;

use super::options::Options;
use super::spelling::full_name;
use super::town::{Means, Table, Town};

/// Header and rows of a table as texts.
pub fn texts(table: &Table) -> Vec<Vec<String>> {
    let mut lines = vec![table.columns.clone()];
    lines.extend(
        table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.text.clone()).collect()),
    );
    let Some(place) = table
        .columns
        .iter()
        .position(|column| column == "ФИО")
        .filter(|_| table.three_names)
    else {
        return lines;
    };
    let name = |row: usize| match row.checked_sub(1).map(|row| &table.rows[row][place].means) {
        Some(Means::Name(name)) => full_name(*name),
        Some(_) => "  ".to_owned(),
        None => "Фамилия Имя Отчество".to_owned(),
    };
    for (number, line) in lines.iter_mut().enumerate() {
        line.splice(place..=place, name(number).split(' ').map(str::to_owned));
    }
    lines
}

/// A table as delimited text.
pub fn delimited(lines: &[Vec<String>], delimiter: char) -> String {
    let mut text = String::new();
    for line in lines {
        let cells: Vec<String> = line.iter().map(|cell| quoted(cell, delimiter)).collect();
        text += &cells.join(&delimiter.to_string());
        text.push('\n');
    }
    text
}

fn quoted(cell: &str, delimiter: char) -> String {
    if cell.contains([delimiter, '"', '\n', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// The path of each table, the second of one register in a folder of its own.
pub fn paths(town: &Town) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for table in &town.tables {
        let title = table.register.title();
        let path = (1..)
            .map(|number| {
                if number == 1 {
                    title.to_owned()
                } else {
                    format!("часть {number}/{title}")
                }
            })
            .find(|path| !taken.contains(path));
        taken.push(path.unwrap_or_default());
    }
    taken
}

/// Writes the tables and `mms.toml` into a folder.
pub fn write(town: &Town, folder: &Path) -> io::Result<()> {
    for (table, path) in town.tables.iter().zip(paths(town)) {
        put(
            folder,
            &format!("{path}.csv"),
            delimited(&texts(table), ';').as_bytes(),
        )?;
    }
    put(folder, "mms.toml", town.options.toml().as_bytes())
}

/// Writes one file and the folders above it.
pub fn put(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(path);
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    fs::write(path, bytes)
}

/// A town as text to read: period, settings, tables.
pub fn printed(town: &Town) -> String {
    let usual = Options::default().toml();
    let settings = town.options.toml();
    let told: Vec<&str> = settings
        .lines()
        .filter(|line| !usual.lines().any(|usual| usual == *line))
        .collect();
    let mut text = format!(
        "period {}\n--- mms.toml, what is not the default\n{}\n",
        town.period.label,
        told.join("\n")
    );
    for (table, path) in town.tables.iter().zip(paths(town)) {
        text += &format!("--- {path}.csv\n{}", delimited(&texts(table), ';'));
    }
    text
}
