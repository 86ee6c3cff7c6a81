//! What the tests of the reader share.

#![allow(dead_code, reason = "each of the tests uses a part")]

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use mms::failure::Failure;
use mms::settings::Limits;
use mms::source::{InputPath, Opened, SheetInfo, TextOptions, Value, open};
use mms::text::column_letters;

/// A file of the corpus.
pub fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(name)
}

/// A file with these contents in a folder of its own, which goes with the returned guard.
pub fn file(name: &str, contents: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let mut file = std::fs::File::options()
        .create_new(true)
        .write(true)
        .open(&path)
        .unwrap();
    file.write_all(contents).unwrap();
    (folder, path)
}

/// A package of these parts, packed.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, contents) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(contents).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An xlsx with one sheet of this XML, and these shared texts.
pub fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let package_relations = format!(
        "<Relationships>{}</Relationships>",
        relation("r1", "officeDocument", "xl/workbook.xml")
    );
    let relations = format!(
        "<Relationships>{}{}</Relationships>",
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml")
    );
    package(&[
        ("_rels/.rels", package_relations.as_bytes()),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"Лист1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>".as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

/// Opens a file.
pub fn try_open(path: &Path, limits: &Limits, options: &TextOptions) -> Result<Opened, Failure> {
    let input = InputPath {
        path: path.to_owned(),
        shown: String::new(),
    };
    open(&input, limits, options)
}

/// Opens a file and reads its first sheet with the usual limits.
pub fn read(path: &Path) -> Result<Vec<String>, Failure> {
    read_with(path, &Limits::default(), &TextOptions::default())
}

/// Opens a file and reads its first sheet: each cell as `B5 = value`.
pub fn read_with(
    path: &Path,
    limits: &Limits,
    options: &TextOptions,
) -> Result<Vec<String>, Failure> {
    cells(&mut try_open(path, limits, options)?, 0)
}

/// The cells of a sheet, each as `B5 = value`. Rows must come in order, and cells in their rows.
pub fn cells(opened: &mut Opened, sheet: usize) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    let mut last = None;
    opened.workbook.read(sheet, &mut |row, cells| {
        assert!(last.is_none_or(|last| last < row), "row {row}");
        assert!(
            cells.is_sorted_by(|left, right| left.column < right.column),
            "row {row}"
        );
        assert!(!cells.is_empty(), "row {row}");
        last = Some(row);
        for cell in cells {
            let address = format!("{}{}", column_letters(cell.column), u64::from(row) + 1);
            all.push(format!("{address} = {}", shown(cell.value)));
        }
        ControlFlow::Continue(())
    })?;
    Ok(all)
}

fn shown(value: Value<'_>) -> String {
    match value {
        Value::Text(text) => format!("«{text}»"),
        Value::Number(number) => format!("{number}"),
        Value::Percent(number) => format!("{}%", number * 100.0),
        Value::Date(day) => day.format("%d.%m.%Y").to_string(),
        Value::Bool(truth) => if truth { "да" } else { "нет" }.to_owned(),
        Value::Error(error) => format!("ошибка {error}"),
        Value::Uncalculated => "не вычислено".to_owned(),
    }
}

/// The sheets of a file.
pub fn sheets(path: &Path) -> Vec<SheetInfo> {
    let opened = try_open(path, &Limits::default(), &TextOptions::default()).unwrap();
    opened.workbook.sheets().to_vec()
}

/// The message of a file that cannot be read, which must name the file and exit with 3.
pub fn refusal(path: &Path, limits: &Limits) -> String {
    let failure = read_with(path, limits, &TextOptions::default()).unwrap_err();
    assert_eq!(failure.exit_code(), 3);
    let text = failure.to_string();
    let message = text.strip_prefix(&format!("{}: ", path.display()));
    message
        .unwrap_or_else(|| panic!("no file in «{text}»"))
        .to_owned()
}
