//! `mms demo`: a made-up municipality.

use super::Console;
use super::args::{DemoArgs, DemoFormat};
use crate::demo::{Plan, table::Form, write};
use crate::text::plural;

/// Runs the command.
///
/// # Errors
/// The folder is not empty, a file cannot be written, or workbooks cannot hold so many.
pub fn run(args: &DemoArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let form = match args.format {
        DemoFormat::Xlsx => Form::Xlsx,
        DemoFormat::Csv => Form::Csv,
    };
    let staff = u64::try_from(args.staff.get())?;
    let plan = Plan {
        staff,
        seed: args.seed,
        form,
    };
    let (mut files, mut records) = (0_u64, 0);
    write(plan, &args.dir, args.force, |written| {
        files += 1;
        records += written.rows.unwrap_or_default();
        let rows = written
            .rows
            .map_or_else(String::new, |rows| format!(": {rows}"));
        console.note(&format!("{}{rows}", written.file));
    })?;
    let dir = args.dir.display();
    let [files_word, rows_word] = [
        plural(files, "файл", "файла", "файлов"),
        plural(records, "строка", "строки", "строк"),
    ];
    writeln!(
        console.out,
        "{dir}: {files} {files_word}, {records} {rows_word}"
    )?;
    console.note("Что заложено и какими кодами называется, сказано в файле «Что заложено.txt».");
    console.note(&format!("Дальше: mms report \"{dir}\" --period 2024-Q3"));
    Ok(0)
}
