//! The tables of a town in other forms: encodings, delimiters, workbooks.

use std::path::Path;

use chrono::Datelike;
use encoding_rs::WINDOWS_1251;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::towns::files::{delimited, paths, put, texts};
use crate::towns::town::{Means, Town};

/// What goes wrong while a town is written.
pub type Trouble = Box<dyn std::error::Error>;

/// One file for each table in a delimiter, its text as bytes of an encoding.
fn as_texts(
    town: &Town,
    folder: &Path,
    delimiter: char,
    bytes: impl Fn(&str) -> Vec<u8>,
) -> Result<(), Trouble> {
    let end = if delimiter == '\t' { "tsv" } else { "csv" };
    for (table, path) in town.tables.iter().zip(paths(town)) {
        let text = delimited(&texts(table), delimiter);
        put(folder, &format!("{path}.{end}"), &bytes(&text))?;
    }
    Ok(())
}

/// windows-1251 where every character has a place in it, else UTF-8.
pub fn windows_1251(town: &Town, folder: &Path) -> Result<(), Trouble> {
    as_texts(town, folder, ';', |text| {
        let (bytes, _, lossy) = WINDOWS_1251.encode(text);
        if lossy {
            text.as_bytes().to_vec()
        } else {
            bytes.into_owned()
        }
    })
}

/// UTF-16 with its mark.
pub fn utf_16(town: &Town, folder: &Path) -> Result<(), Trouble> {
    as_texts(town, folder, ';', |text| {
        let marked = std::iter::once(0xFEFF).chain(text.encode_utf16());
        marked.flat_map(u16::to_le_bytes).collect()
    })
}

/// UTF-8 with its mark and lines that end as Windows ends them.
pub fn utf_8_of_windows(town: &Town, folder: &Path) -> Result<(), Trouble> {
    as_texts(town, folder, ';', |text| {
        format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()
    })
}

/// Commas.
pub fn commas(town: &Town, folder: &Path) -> Result<(), Trouble> {
    as_texts(town, folder, ',', |text| text.as_bytes().to_vec())
}

/// Tabs.
pub fn tabs(town: &Town, folder: &Path) -> Result<(), Trouble> {
    as_texts(town, folder, '\t', |text| text.as_bytes().to_vec())
}

/// A workbook whose cells are texts, the tables its sheets.
pub fn workbook_of_texts(town: &Town, folder: &Path) -> Result<(), Trouble> {
    workbook(town, folder, false)
}

/// A workbook with true dates and numbers.
pub fn workbook_of_values(town: &Town, folder: &Path) -> Result<(), Trouble> {
    workbook(town, folder, true)
}

fn workbook(town: &Town, folder: &Path, values: bool) -> Result<(), Trouble> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    for (table, path) in town.tables.iter().zip(paths(town)) {
        let sheet = workbook.add_worksheet();
        // «часть 2/Курсы» is «Курсы 2»: a sheet's name has 31 characters at most.
        let name: Vec<&str> = path.rsplit('/').collect();
        sheet.set_name(name.join(" ").replace("часть ", ""))?;
        let typed = values && !table.three_names;
        for (line, row) in (0u32..).zip(texts(table)) {
            for (column, text) in (0u16..).zip(row) {
                let own = line.checked_sub(1).filter(|_| typed);
                let own =
                    own.and_then(|line| table.rows.get(line as usize)?.get(usize::from(column)));
                match own.map(|cell| &cell.means) {
                    _ if text.is_empty() => {}
                    Some(Means::Day(day)) => {
                        let day = ExcelDateTime::from_ymd(
                            day.year() as u16,
                            day.month() as u8,
                            day.day() as u8,
                        )?;
                        sheet.write_datetime_with_format(line, column, &day, &date)?;
                    }
                    Some(Means::Number(Some(number))) => {
                        sheet.write_number(line, column, *number as f64)?;
                    }
                    _ => {
                        sheet.write_string(line, column, text)?;
                    }
                }
            }
        }
    }
    workbook.save(folder.join("Сводные данные.xlsx"))?;
    Ok(())
}
