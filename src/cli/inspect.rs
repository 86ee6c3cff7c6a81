//! `mms inspect`: how each file was understood, before anything is computed.

use super::Console;
use super::args::InspectArgs;
use super::request::reading_request;
use crate::finding::Severity;
use crate::registers::{Dataset, SheetMeta, catalogue::catalogue, fate};
use crate::report::findings::{self, one_line};
use crate::source::{FileId, Format};
use crate::text::{column_letters, plural};

/// How many findings of one kind are printed.
const FINDINGS_OF_A_KIND: usize = 5;

/// Runs the command.
///
/// # Errors
/// An input cannot be read.
pub fn run(args: &InspectArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let dataset = reading_request(&args.inputs, None, &args.reading)?.read()?;
    for (number, file) in (0u32..).map(FileId).zip(&dataset.files) {
        writeln!(console.out, "{}", one_line(&file.path))?;
        let mut form = format_title(file.format).to_owned();
        if let Some(text) = &file.text {
            let delimiter = match text.delimiter {
                b'\t' => "табуляция".to_owned(),
                other => format!("«{}»", char::from(other)),
            };
            form += &format!(", кодировка {}, разделитель {delimiter}", text.encoding);
        }
        writeln!(
            console.out,
            "  формат: {form}; {} {}; SHA-256 {}",
            file.size,
            plural(file.size, "байт", "байта", "байт"),
            file.sha256
        )?;
        for sheet in dataset.sheets.iter().filter(|sheet| sheet.file == number) {
            self::sheet(sheet, console)?;
        }
        writeln!(console.out)?;
    }
    let lines = findings::lines(
        &dataset,
        &sorted(&dataset),
        FINDINGS_OF_A_KIND,
        Severity::Note,
    );
    if !lines.is_empty() {
        writeln!(console.out, "Замечания при чтении:")?;
        for line in lines {
            writeln!(console.out, "  {line}")?;
        }
    }
    Ok(0)
}

fn sorted(dataset: &Dataset) -> crate::finding::Findings {
    let mut findings = dataset.findings.clone();
    findings.sort();
    findings
}

fn format_title(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "книга Excel (xlsx)",
        Format::Xlsb => "двоичная книга Excel (xlsb)",
        Format::Xls => "книга Excel 97–2003 (xls)",
        Format::Ods => "таблица OpenDocument (ods)",
        Format::Csv => "текст с разделителями",
    }
}

/// The canonical name of a column of the sheet's register.
fn column_title(sheet: &SheetMeta, field: crate::registers::Field) -> String {
    let register = sheet
        .register
        .and_then(|register| catalogue().get(register));
    register.map_or_else(String::new, |register| register.title_of(field).to_owned())
}

fn sheet(sheet: &SheetMeta, console: &mut Console<'_>) -> anyhow::Result<()> {
    let read = sheet.register.is_some();
    let hidden = if sheet.visible || !read {
        ""
    } else {
        " (скрыт)"
    };
    let register = match sheet.register {
        Some(register) => format!("реестр «{}»", register.title()),
        None if sheet.visible => "не подходит ни к одному реестру, пропущен".to_owned(),
        None => "скрыт, не прочитан".to_owned(),
    };
    writeln!(
        console.out,
        "  лист «{}»{hidden}: {register}",
        one_line(&sheet.name)
    )?;
    if let Some(row) = sheet.header_row {
        writeln!(console.out, "    заголовок: строка {}", u64::from(row) + 1)?;
    }
    for column in &sheet.columns {
        let meaning = column.field.map_or_else(
            || "не распознан".to_owned(),
            |field| column_title(sheet, field),
        );
        let letters = column_letters(column.column);
        writeln!(
            console.out,
            "    {letters:>3}  {} → {meaning}",
            one_line(&column.header)
        )?;
    }
    if sheet.register.is_some() {
        let mut fate = format!("строк {}: взято {}", sheet.rows, sheet.used);
        for (reason, count) in &sheet.left_out {
            fate += &format!(", {} {count}", fate::title(reason));
        }
        writeln!(console.out, "    {fate}")?;
        if let Some(hidden) = sheet.hidden_rows.filter(|&rows| rows > 0) {
            writeln!(
                console.out,
                "    из них скрыто или отфильтровано: {hidden} (взяты наравне с остальными)"
            )?;
        }
    }
    Ok(())
}
