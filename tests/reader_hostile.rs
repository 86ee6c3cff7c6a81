//! Files that would harm a reader: each is refused with its name, or read for what it holds, and
//! none takes memory or time by a number that stands in it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "helpers of tests"
)]

mod reader;

use mms::settings::Limits;
use reader::{file, package, read, refusal, xlsx};

const NO_STRINGS: &str = "<sst/>";

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

fn refused(contents: &[u8], name: &str) -> String {
    let (_folder, path) = file(name, contents);
    refusal(&path, &Limits::default())
}

fn cells(contents: &[u8], name: &str) -> Vec<String> {
    let (_folder, path) = file(name, contents);
    read(&path).unwrap()
}

#[test]
fn shared_texts_that_claim_to_be_many() {
    let rows = sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
    let strings = |count: &str| format!("<sst uniqueCount=\"{count}\"><si><t>а</t></si></sst>");
    let many = xlsx(&rows, &strings("99999999999"));
    assert!(refused(&many, "a.xlsx").contains("повреждён"));
    // Two of one is no harm.
    assert_eq!(cells(&xlsx(&rows, &strings("2")), "a.xlsx"), ["A1 = «а»"]);
    // `count` is how often the texts are used: few texts may stand in many cells.
    let used = "<sst count=\"99999999999\" uniqueCount=\"1\"><si><t>а</t></si></sst>";
    assert_eq!(cells(&xlsx(&rows, used), "a.xlsx"), ["A1 = «а»"]);
}

#[test]
fn errors_that_calamine_does_not_know() {
    let rows = sheet(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"e\"><f>X</f><v>#SPILL!</v></c><c r=\"C1\"><v>2</v></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"e\"><v>#GETTING_DATA</v></c></row>\
         <row r=\"4\"><c r=\"A4\"><f>A1</f></c><c r=\"B4\" t=\"e\"><v>#N/A</v></c></row>",
    );
    assert_eq!(
        cells(&xlsx(&rows, NO_STRINGS), "a.xlsx"),
        [
            "A1 = 1",
            "B1 = ошибка #SPILL!",
            "C1 = 2",
            "A2 = ошибка #GETTING_DATA",
            "A4 = не вычислено",
            "B4 = ошибка #N/A",
        ]
    );
}

#[test]
fn a_dimension_that_is_not_true() {
    let text = "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>";
    assert_eq!(cells(&xlsx(text, NO_STRINGS), "a.xlsx"), ["A1 = 1"]);
}

#[test]
fn rows_out_of_order_and_sheets_that_break_off() {
    let row = |number: u32| format!("<row r=\"{number}\"><c r=\"A{number}\"><v>1</v></c></row>");
    let swapped = xlsx(&sheet(&format!("{}{}", row(2), row(1))), NO_STRINGS);
    assert!(refused(&swapped, "a.xlsx").contains("не по порядку"));
    let cut = format!("<worksheet><sheetData>{}<row r=\"2\">", row(1));
    assert!(refused(&xlsx(&cut, NO_STRINGS), "a.xlsx").contains("повреждён"));
}

#[test]
fn entities_of_its_own_lead_nowhere() {
    let text = format!(
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}",
        sheet("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&x;</t></is></c></row>")
    );
    assert!(refused(&xlsx(&text, NO_STRINGS), "a.xlsx").contains("повреждён"));
}

#[test]
fn entities_that_multiply_lead_nowhere() {
    let mut document = "<!DOCTYPE a [<!ENTITY e0 \"ха\">".to_owned();
    for level in 1..30 {
        let twice = format!("&e{};", level - 1).repeat(10);
        document += &format!("<!ENTITY e{level} \"{twice}\">");
    }
    document += "]>";
    let strings = format!("{document}<sst><si><t>&e29;</t></si></sst>");
    let rows = sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
    assert!(refused(&xlsx(&rows, &strings), "a.xlsx").contains("повреждён"));
    for entity in ["e29", "x"] {
        let table = format!(
            "{document}<a><table:table table:name=\"А\"><table:table-row><table:table-cell office:value-type=\"string\">\
             <text:p>&{entity};</text:p></table:table-cell></table:table-row></table:table></a>"
        );
        let external = table.replace(
            "<!ENTITY e0",
            "<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY e0",
        );
        let (_folder, path) = file("a.ods", &ods(&external));
        match read(&path) {
            Ok(cells) => assert!(
                !cells.concat().contains("root:") && !cells.concat().contains("ха"),
                "{cells:?}"
            ),
            Err(failure) => assert!(failure.to_string().contains("повреждён"), "{failure}"),
        }
    }
}

#[test]
fn a_text_longer_than_any_cell() {
    let long = "x".repeat(3 << 20);
    let text = format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{long}</t></is></c></row>");
    assert!(refused(&xlsx(&sheet(&text), NO_STRINGS), "a.xlsx").contains("cell_length"));
}

/// An ods with this content.
fn ods(content: &str) -> Vec<u8> {
    package(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn an_ods_that_breaks_off_inside_a_table() {
    let whole = "<a><table:table table:name=\"А\"><table:table-row>\
        <table:table-cell office:value-type=\"time\" office:time-value=\"PT06H00M00S\"/>\
        <table:covered-table-cell office:value-type=\"float\" office:value=\"1\"/>\
        </table:table-row></table:table></a>";
    assert_eq!(cells(&ods(whole), "a.ods"), ["A1 = 0.25"]);
    for end in ["</table:table></a>", "</table:table-row></table:table></a>"] {
        let cut = whole.strip_suffix(end).unwrap();
        assert!(refused(&ods(cut), "a.ods").contains("повреждён"), "{end}");
    }
}

#[test]
fn an_ods_whose_cells_stand_too_many_times() {
    let content = "<a><table:table table:name=\"А\"><table:table-row table:number-rows-repeated=\"1000000\">\
        <table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>\
        </table:table-row></table:table></a>";
    assert!(refused(&ods(content), "a.ods").contains("memory_bytes"));
    let spaces = "<a><table:table table:name=\"А\"><table:table-row>\
        <table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"4000000000\"/></text:p></table:table-cell>\
        </table:table-row></table:table></a>";
    assert!(refused(&ods(spaces), "a.ods").contains("повреждён"));
}
