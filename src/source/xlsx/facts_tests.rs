//! Facts of sheets, from XML as programs write it.

use std::path::Path;

use super::*;
use crate::settings::Limits;

fn read(text: &str) -> Facts {
    let bounds = Bounds::new(Path::new("a.xlsx"), "Лист1", &Limits::default());
    let facts = look(&mut text.as_bytes(), &bounds).unwrap();
    // A glance sees the same, or sees that it must be looked at.
    if let Some(seen) = glance(&mut text.as_bytes(), &bounds).unwrap() {
        assert_eq!(seen, facts);
    }
    facts
}

fn marks(cells: &str) -> Vec<(u32, u32, What)> {
    let text = format!("<x:worksheet><x:sheetData>{cells}</x:sheetData></x:worksheet>");
    let marks = read(&text).marks.into_iter();
    marks
        .map(|mark| (mark.row, mark.column, mark.what))
        .collect()
}

#[test]
fn rows_and_merges() {
    let facts = read(
        "<worksheet><cols><col min=\"1\" hidden=\"1\"/></cols><sheetData>\
         <row r=\"1\" hidden=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>1</v></c></row>\
         <row r=\"2\" hidden=\"0\"><c><v>2</v></c></row>\
         <row r=\"3\" hidden=\"true\"><c><is><t>а</t></is></c></row><row r=\"9\" hidden=\"1\"/>\
         <row r=\"10\" hidden=\"1\"><c s=\"1\"/></row><row r=\"11\"><c><v>1</v></c></row></sheetData>\
         <mergeCells count=\"2\"><mergeCell ref=\"B5:C7\"/><mergeCell ref=\"A1:D1\" /></mergeCells></worksheet>",
    );
    assert_eq!(facts.hidden_rows, 2);
    let first = Merge {
        top: 0,
        left: 0,
        bottom: 0,
        right: 3,
    };
    let second = Merge {
        top: 4,
        left: 1,
        bottom: 6,
        right: 2,
    };
    assert_eq!(facts.merges, [first, second]);
    assert!(facts.marks.is_empty());
}

#[test]
fn formulas_without_a_result() {
    assert_eq!(
        marks(
            "<x:row r='2'><x:c r='B2'><x:f>A1</x:f></x:c><x:c r='C2'><x:f/><x:v></x:v></x:c>\
             <x:c r='D2' t='str'><x:f>A1</x:f><x:v/></x:c><x:c r='E2'><x:f>A1</x:f><x:v>1</x:v></x:c></x:row>"
        ),
        [(1, 1, What::Uncalculated), (1, 2, What::Uncalculated)]
    );
    // Cells that do not name their places.
    assert_eq!(
        marks("<row><c/><c><v>1</v></c></row><row><c><v>1</v></c><c><f>A1</f></c></row>"),
        [(1, 1, What::Uncalculated)]
    );
}

#[test]
fn errors_that_calamine_does_not_know() {
    assert_eq!(
        marks(
            "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#N/A</v></c><c r=\"B1\" t=\"e\"><f>X</f><v>#ERROR!</v></c>\
             <c r=\"C1\" t=\"str\"><v>#1</v></c></row>"
        ),
        [(0, 1, What::Error("#ERROR!".into()))]
    );
}

#[test]
fn a_glance_tells_merged_cells_and_nothing_else() {
    let bounds = Bounds::new(Path::new("a.xlsx"), "Лист1", &Limits::default());
    let glance = |rows: &str, behind: &str| {
        // Rows enough for many blocks.
        let many = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>".repeat(BLOCK / 10);
        let text = format!(
            "<worksheet><x:sheetData>{many}{rows}{many}</x:sheetData>{behind}<mergeCells>\
             <mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>"
        );
        let seen = glance(&mut text.as_bytes(), &bounds).unwrap();
        seen.map(|facts| facts.merges.len())
    };
    assert_eq!(glance("", "<cf><formula>hidden</formula></cf>"), Some(1));
    for telling in [
        "<row hidden=\"1\"/>",
        "<c><f>A1</f></c>",
        "<x:c><x:f>A1</x:f></x:c>",
        "<c t=\"e\"><v>#N/A</v></c>",
        "<c t='e'><v>#N/A</v></c>",
        "<mergeCell ref=\"A1:B2\"/>",
        "<!-- </sheetData> --><row hidden=\"1\"/>",
    ] {
        assert_eq!(glance(telling, ""), None, "{telling}");
    }
    // No end of rows but in a text, or none at all.
    assert_eq!(glance(" sheetData> <c><f>A1</f></c>", ""), None);
    let none = "<worksheet><sheetData/></worksheet>";
    assert_eq!(super::glance(&mut none.as_bytes(), &bounds).unwrap(), None);
}

#[test]
fn a_telling_word_cut_by_the_end_of_a_block_is_seen() {
    let bounds = Bounds::new(Path::new("a.xlsx"), "Лист1", &Limits::default());
    for pad in 0..200 {
        let text = format!(
            "<s><sheetData>{}<t>{}</t><row r=\"1\" hidden=\"1\"/></sheetData></s>",
            "<x/>".repeat(BLOCK / 2 - 30),
            "x".repeat(pad)
        );
        assert_eq!(
            glance(&mut text.as_bytes(), &bounds).unwrap(),
            None,
            "{pad}"
        );
        let text = text.replace(" hidden=\"1\"", "");
        assert!(
            glance(&mut text.as_bytes(), &bounds).unwrap().is_some(),
            "{pad}"
        );
    }
}

#[test]
fn tags_cut_by_the_end_of_a_block() {
    for pad in 0..200 {
        let text = format!(
            "<s>{}<t>{}</t><row r=\"1\" hidden=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><f>A1</f></c></row>\
             <mergeCell ref=\"A1:B2\"/></s>",
            "<x/>".repeat(BLOCK / 2 - 30),
            "x".repeat(pad)
        );
        let facts = read(&text);
        let found = (facts.hidden_rows, facts.merges.len(), facts.marks.len());
        assert_eq!(found, (1, 1, 1), "{pad}");
    }
}

#[test]
fn a_text_beyond_the_bound() {
    let bounds = Bounds::new(Path::new("a.xlsx"), "Лист1", &Limits::default());
    let text = format!("<v>{}</v>", "x".repeat(2 * bounds.longest()));
    assert_eq!(glance(&mut text.as_bytes(), &bounds).unwrap(), None);
    let message = look(&mut text.as_bytes(), &bounds).unwrap_err().to_string();
    assert!(message.contains("cell_length"), "{message}");
}
