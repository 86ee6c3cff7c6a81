//! Files that are small and unpack to gigabytes, by what their headers say or against it: each is
//! refused at once, by name, and takes little memory.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on fails; it writes its own inputs and looks at the clock"
)]

mod bombs;
mod region;

use std::fs;
use std::time::{Duration, Instant};

use bombs::{Part, package, plain, repeated};
use region::mms;

const HUGE: u64 = 3 << 30;

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An xlsx, each of whose parts may be another.
fn xlsx(other: Vec<Part>) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"/>")
    };
    let mut parts = vec![
        plain(
            "_rels/.rels",
            &format!(
                "<Relationships>{}</Relationships>",
                relation("r1", "officeDocument", "xl/workbook.xml")
            ),
        ),
        plain(
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"Кадры\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        plain(
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships>{}{}{}</Relationships>",
                relation("r1", "worksheet", "worksheets/sheet1.xml"),
                relation("r2", "sharedStrings", "sharedStrings.xml"),
                relation("r3", "styles", "styles.xml"),
            ),
        ),
        plain(
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData/></worksheet>",
        ),
        plain("xl/sharedStrings.xml", "<sst/>"),
        plain("xl/styles.xml", "<styleSheet/>"),
    ];
    for part in other {
        parts.retain(|known| known.name() != part.name());
        parts.push(part);
    }
    package(&parts)
}

fn ods(content: Part) -> Vec<u8> {
    package(&[
        plain("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        plain("META-INF/manifest.xml", "<manifest:manifest/>"),
        content,
    ])
}

/// A part that says that it is small.
fn lying(mut part: Part) -> Part {
    part.said = 4_000;
    part
}

/// What the program says of this file: exit code 3, its name, in a few seconds of a debug build and
/// in little memory, which the system enforces where it can.
fn refused(name: &str, contents: &[u8]) -> String {
    refused_by("check \"$1\"", name, contents)
}

/// The same of another command, in which `$1` is the file.
fn refused_by(command: &str, name: &str, contents: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, contents).unwrap();
    assert!(contents.len() < 8 << 20, "{} bytes", contents.len());
    let start = Instant::now();
    // Kilobytes of addresses, of which the memory in use is a part.
    let limit = if cfg!(target_os = "linux") {
        "ulimit -v 600000"
    } else {
        "true"
    };
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("{limit}; exec \"$0\" {command}")]);
    let output = shell.arg(mms().get_program()).arg(&path).output().unwrap();
    let took = start.elapsed();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{name}: {said}");
    assert!(took < Duration::from_secs(10), "{name}: {took:?}");
    let message = said.strip_prefix(&format!("Ошибка: {}: ", path.display()));
    message.unwrap_or_else(|| panic!("{said}")).to_owned()
}

/// A part of each kind that a reader takes, unpacking to three gigabytes.
fn parts() -> Vec<(&'static str, Part)> {
    let part = |name: &str, before: &str, unit: &str| repeated(name, before, unit, HUGE, "");
    let sheet = "xl/worksheets/sheet1.xml";
    let strings = "xl/sharedStrings.xml";
    vec![
        (
            "one cell",
            part(
                sheet,
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>",
                "x",
            ),
        ),
        ("rows", part(sheet, "<worksheet><sheetData>", "<row/>")),
        (
            "cells",
            part(sheet, "<worksheet><sheetData><row r=\"1\">", "<c/>"),
        ),
        (
            "elements before the cells",
            part(sheet, "<worksheet>", "<a/>"),
        ),
        ("one shared text", part(strings, "<sst><si><t>", "x")),
        ("shared texts", part(strings, "<sst>", "<si/>")),
        ("blanks among shared texts", part(strings, "<sst>", " ")),
        (
            "one style",
            part(
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"",
                "x",
            ),
        ),
        (
            "styles",
            part("xl/styles.xml", "<styleSheet><cellXfs>", "<xf/>"),
        ),
        (
            "sheets",
            part("xl/workbook.xml", "<workbook><sheets>", "<a/>"),
        ),
        ("a comment", part("xl/workbook.xml", "<workbook><!--", "x")),
        (
            "relations",
            part("xl/_rels/workbook.xml.rels", "<Relationships>", "<a/>"),
        ),
        (
            "the first relations",
            part("_rels/.rels", "<Relationships a=\"", "x"),
        ),
    ]
}

#[test]
fn a_part_that_says_how_much_it_is() {
    for (kind, part) in parts() {
        let message = refused("a.xlsx", &xlsx(vec![part]));
        assert!(message.contains("увеличьте ratio"), "{kind}: {message}");
    }
}

#[test]
fn a_part_that_says_that_it_is_small() {
    for (kind, part) in parts() {
        let message = refused("a.xlsx", &xlsx(vec![lying(part)]));
        assert!(message.contains("повреждён"), "{kind}: {message}");
    }
}

#[test]
fn parts_that_are_each_small_enough() {
    let sheets = (1..=52).map(|number| {
        repeated(
            &format!("xl/worksheets/sheet{number}.xml"),
            "<worksheet><sheetData>",
            "<row/>",
            60 << 20,
            "</sheetData></worksheet>",
        )
    });
    let message = refused("a.xlsx", &xlsx(sheets.collect()));
    assert!(message.contains("увеличьте ratio"), "{message}");
    let many = (0..20_000).map(|number| plain(&format!("xl/{number}.xml"), "<a/>"));
    let message = refused("a.xlsx", &xlsx(many.collect()));
    assert!(
        message.contains("20006 частей") && message.contains("увеличьте parts"),
        "{message}"
    );
}

#[test]
fn documents_of_libreoffice() {
    let contents = [
        (
            "a text",
            "<a><table:table table:name=\"А\"><table:table-row><table:table-cell><text:p>",
            "x",
        ),
        (
            "cells",
            "<a><table:table table:name=\"А\"><table:table-row>",
            "<c/>",
        ),
        ("blanks", "<a><table:table table:name=\"А\">", " "),
        ("an attribute", "<a b=\"", "x"),
    ];
    for (kind, before, unit) in contents {
        let part = || repeated("content.xml", before, unit, HUGE, "");
        let message = refused("a.ods", &ods(part()));
        assert!(message.contains("увеличьте ratio"), "{kind}: {message}");
        let message = refused("a.ods", &ods(lying(part())));
        assert!(message.contains("повреждён"), "{kind}: {message}");
    }
}

#[test]
fn reports_that_are_forged() {
    let property = "<Properties><property name=\"mms-report\"><vt:lpwstr>mms-result/1</vt:lpwstr></property></Properties>";
    let forged = |sheet: &str, strings: &str| {
        xlsx(vec![
            plain("docProps/custom.xml", property),
            plain(
                "xl/workbook.xml",
                "<workbook><sheets><sheet name=\"_mms\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
            ),
            plain(
                "xl/worksheets/sheet1.xml",
                &format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>"),
            ),
            plain("xl/sharedStrings.xml", strings),
        ])
    };
    let corners = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let formulas = "<row r=\"1\"><c r=\"A1\"><f>1</f></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><f>1</f></c></row>";
    for command in ["verify \"$1\" \"$1\"", "diff \"$1\" \"$1\""] {
        for sheet in [corners, formulas] {
            let message = refused_by(command, "a.xlsx", &forged(sheet, "<sst/>"));
            assert!(
                message.contains("далеко от таблицы"),
                "{command}: {message}"
            );
        }
        let many = forged(
            "",
            "<sst uniqueCount=\"4000000000\"><si><t>a</t></si></sst>",
        );
        let message = refused_by(command, "a.xlsx", &many);
        assert!(message.contains("повреждён"), "{command}: {message}");
    }
}

#[test]
fn the_same_packages_are_read_where_they_are_small() {
    // Units of each length that the makers of these files know.
    for unit in ["x", "xy", "xyz", "<b/>", "<bb/>", "<row/>"] {
        let part = repeated(
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c></row></sheetData><a>",
            unit,
            // Whole units, whole runs.
            258 * 8 * 30,
            "</a></worksheet>",
        );
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        fs::write(&path, xlsx(vec![part])).unwrap();
        let output = mms().arg("inspect").arg(&path).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{unit}: {said}");
    }
}
