//! Files that are broken, hostile or odd: each ends in a plain message that names it, or is read.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod reader;

use std::fmt::Write as _;

use mms::settings::Limits;
use mms::source::{Encoding, TextOptions};
use reader::{corpus, file, package, read, read_with, refusal, try_open, xlsx};

const DAMAGED: &str = "файл повреждён или скопирован не до конца";

fn refused(name: &str, contents: &[u8]) -> String {
    let (_folder, path) = file(name, contents);
    refusal(&path, &Limits::default())
}

fn text(contents: &[u8]) -> Vec<String> {
    let (_folder, path) = file("a.csv", contents);
    read(&path).unwrap()
}

fn sheet(xml: &str, strings: &str) -> Vec<String> {
    let (_folder, path) = file("a.xlsx", &xlsx(xml, strings));
    read(&path).unwrap()
}

#[test]
fn what_is_no_table_is_named_as_what_it_is() {
    assert_eq!(refused("a.xlsx", b""), "файл пустой");
    for html in [
        "<html><table>",
        "\u{feff}\n<!DOCTYPE HTML><p>",
        "<table border=1>",
        "<?xml version=\"1.0\"?>\n<html>",
    ] {
        let message = refused("a.xls", html.as_bytes());
        assert!(message.contains("веб-страница"), "{html}: {message}");
    }
    let message = refused(
        "a.xls",
        b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:x\">",
    );
    assert!(message.contains("файл XML"), "{message}");
    assert!(refused("a.csv", b"%PDF-1.7").contains("PDF"));
    assert!(
        refused("a.docx", &package(&[("word/document.xml", b"<w/>")])).contains("документ Word")
    );
    assert!(refused("a.xlsx", &package(&[("a.xlsx", b"x")])).contains("архив zip"));
    let odt = package(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
    assert!(refused("a.ods", &odt).contains("текстовый документ"));
}

#[test]
fn random_bytes_under_the_name_of_a_workbook() {
    // A simple generator: the same bytes on every run.
    let mut state = 1_u32;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(5_000)
    .collect();
    for name in ["a.xlsx", "a.xls", "a.ods", "a.xlsb"] {
        assert!(refused(name, &bytes).starts_with(DAMAGED), "{name}");
    }
    assert!(
        refused("a.csv", &bytes).contains("строк"),
        "{}",
        refused("a.csv", &bytes)
    );
}

#[test]
fn truncated_workbooks() {
    for name in [
        "table.xlsx",
        "table.xls",
        "libreoffice.xls",
        "table.ods",
        "date.xlsb",
        "locked.xlsx",
    ] {
        let whole = std::fs::read(corpus(name)).unwrap();
        for eighth in 1..8 {
            let part = &whole[..whole.len() * eighth / 8];
            let (_folder, path) = file(name, part);
            // An xls may break off behind its last cell.
            if let Err(failure) = read(&path) {
                assert!(
                    failure.to_string().contains(DAMAGED) || name == "locked.xlsx",
                    "{name} {eighth}: {failure}"
                );
            } else {
                assert!(name.ends_with(".xls"), "{name} {eighth}");
            }
        }
    }
}

/// Changes one byte after another all over the file, and reads what comes of it. Nothing must
/// panic, hang or end the process; the outcome may be either.
#[test]
fn changed_bytes_never_break_the_reader() {
    for name in [
        "table.xls",
        "calculated.xls",
        "merged.xls",
        "biff5.xls",
        "table.xlsx",
        "utf-8.csv",
        "utf-16.csv",
    ] {
        let whole = std::fs::read(corpus(name)).unwrap();
        let step = (whole.len() / 150).max(1);
        for (turn, at) in (0..whole.len()).step_by(step).enumerate() {
            for value in [0xFF, 0, whole[at] ^ (1 << (turn % 8))] {
                let mut changed = whole.clone();
                changed[at] = value;
                let (_folder, path) = file(name, &changed);
                let _ = read(&path);
            }
        }
    }
}

/// As above, inside the parts of packages, where checksums hide the rest.
#[test]
fn changed_parts_never_break_the_reader() {
    for name in [
        "calculated.xlsx",
        "libreoffice.ods",
        "date.xlsb",
        "hidden.xlsb",
    ] {
        let whole = std::fs::File::open(corpus(name)).unwrap();
        let mut archive = zip::ZipArchive::new(whole).unwrap();
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let mut contents = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut contents).unwrap();
            parts.push((part.name().unwrap().into_owned(), contents));
        }
        for index in 0..parts.len() {
            let length = parts[index].1.len();
            if ![
                "sheet",
                "content.xml",
                "workbook",
                "styles",
                "sharedStrings",
            ]
            .iter()
            .any(|part| parts[index].0.contains(part))
            {
                continue;
            }
            let step = (length / 60).max(1);
            for (turn, at) in (0..length).step_by(step).enumerate() {
                let mut changed = parts.clone();
                changed[index].1[at] ^= 1 << (turn % 8);
                if turn % 5 == 0 {
                    changed[index].1.truncate(at);
                }
                let listed: Vec<(&str, &[u8])> = changed
                    .iter()
                    .map(|(name, contents)| (name.as_str(), contents.as_slice()))
                    .collect();
                let (_folder, path) = file(name, &package(&listed));
                let _ = read(&path);
            }
        }
    }
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![b'0'; 65 << 20];
    let parts: [(&str, &[u8]); 2] = [
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", &zeros),
    ];
    let bomb = reader::packed(&parts, zip::CompressionMethod::Deflated);
    let message = refused("a.xlsx", &bomb);
    assert!(
        message.contains("в 65 МБ, больше чем в 200 раз"),
        "{message}"
    );
    assert!(message.contains("увеличьте ratio"), "{message}");
}

#[test]
fn numbers_in_the_file_make_no_room() {
    let strings = "<sst uniqueCount=\"4294967295\" count=\"99999999999\"><si><t>а</t></si></sst>";
    let xml = "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
    assert_eq!(sheet(xml, strings), ["A1 = «а»"]);
}

#[test]
fn entities_of_the_file_are_refused() {
    let xml = "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><worksheet><sheetData>\
        <row><c t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetData></worksheet>";
    let message = refused("a.xlsx", &xlsx(xml, "<sst/>"));
    assert!(message.contains("DOCTYPE"), "{message}");
}

#[test]
fn ods_that_repeats_without_end_is_refused() {
    let content = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"А\">\
        <table:table-row table:number-rows-repeated=\"1000000\">\
        <table:table-cell table:number-columns-repeated=\"10000\" office:value-type=\"float\" office:value=\"1\"/>\
        </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let (_folder, path) = file(
        "a.ods",
        &package(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("content.xml", content.as_bytes()),
        ]),
    );
    let message = refusal(&path, &Limits::default());
    assert!(
        message.contains("повторённых ячеек слишком много"),
        "{message}"
    );
}

#[test]
fn ods_with_a_password() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let (_folder, path) = file(
        "a.ods",
        &package(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("META-INF/manifest.xml", manifest),
            ("content.xml", b"\x01\x02"),
        ]),
    );
    assert!(refusal(&path, &Limits::default()).starts_with("файл защищён паролем"));
}

#[test]
fn xlsx_as_other_programs_write_it() {
    // Prefixes, no addresses, an unknown error, an ISO date, single quotes, CDATA, comments.
    let xml = "<x:worksheet xmlns:x='urn'><x:sheetData><!-- a --><x:row>\
        <x:c t='inlineStr'><x:is><x:t><![CDATA[<а>]]></x:t></x:is></x:c><x:c/><x:c t='e'><x:v>#Н/Д</x:v></x:c></x:row>\
        <x:row><x:c t='d'><x:v>2024-09-30T10:00:00</x:v></x:c><x:c><x:v> 1e3 </x:v></x:c><x:c><x:v>слово</x:v></x:c></x:row>\
        <x:row r='7'><x:c r='C7' t='str'><x:f>\"\"</x:f><x:v></x:v></x:c><x:c t='b'><x:v>1</x:v></x:c></x:row>\
        </x:sheetData><x:mergeCells><x:mergeCell ref='A1:B1'/></x:mergeCells></x:worksheet>";
    let expected = [
        "A1 = «<а>»",
        "C1 = ошибка #Н/Д",
        "A2 = 30.09.2024",
        "B2 = 1000",
        "C2 = «слово»",
        "D7 = да",
    ];
    assert_eq!(sheet(xml, "<sst/>"), expected);
    let (_folder, path) = file("a.xlsx", &xlsx(xml, "<sst/>"));
    assert_eq!(reader::sheets(&path)[0].merges.len(), 1);
}

#[test]
fn xlsx_with_cells_out_of_order() {
    let xml = "<worksheet><sheetData><row r=\"2\"><c r=\"B2\"><v>2</v></c><c r=\"A2\"><v>1</v></c></row></sheetData></worksheet>";
    assert_eq!(sheet(xml, "<sst/>"), ["A2 = 1", "B2 = 2"]);
    let xml = "<worksheet><sheetData><row r=\"2\"><c r=\"A2\"><v>2</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>";
    let message = refused("a.xlsx", &xlsx(xml, "<sst/>"));
    assert!(
        message.contains("строки записаны не по порядку"),
        "{message}"
    );
}

#[test]
fn a_text_that_is_not_there() {
    let xml = "<worksheet><sheetData><row><c t=\"s\"><v>5</v></c></row></sheetData></worksheet>";
    assert!(refused("a.xlsx", &xlsx(xml, "<sst/>")).starts_with(DAMAGED));
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_shows_them() {
    let expected = [
        "A1 = «a»",
        "B1 = «b»",
        "A4 = «1»",
        "B4 = «2\n3»",
        "A6 = «4»",
    ];
    assert_eq!(text(b"a;b\n\n\n1;\"2\n3\"\n;\n4;\n"), expected);
    // Line ends of Windows, no line end at the end, a line of the delimiter.
    let windows = text(b"sep=;\r\na;b\r\n\r\n\r\n1;\"2\n3\"\r\n;\r\n4;");
    assert_eq!(windows, expected);
    // Line ends of an old Mac.
    assert_eq!(
        text(b"a;b\r\r1;2\r"),
        ["A1 = «a»", "B1 = «b»", "A3 = «1»", "B3 = «2»"]
    );
}

#[test]
fn ragged_rows_and_control_characters_pass() {
    assert_eq!(
        text(b"a;b;c\n1\n1;2;3;4\n\x1B[31m;=1+1;\x07\n"),
        [
            "A1 = «a»",
            "B1 = «b»",
            "C1 = «c»",
            "A2 = «1»",
            "A3 = «1»",
            "B3 = «2»",
            "C3 = «3»",
            "D3 = «4»",
            "A4 = «\u{1B}[31m»",
            "B4 = «=1+1»",
            "C4 = «\u{7}»"
        ]
    );
}

#[test]
fn marks_and_encodings() {
    let expected = ["A1 = «Ф;И»", "B1 = «О»"];
    let table = "\"Ф;И\",О\r\n";
    let mut wide = vec![0xFF, 0xFE];
    wide.extend(table.encode_utf16().flat_map(u16::to_le_bytes));
    let mut big = vec![0xFE, 0xFF];
    big.extend(table.encode_utf16().flat_map(u16::to_be_bytes));
    assert_eq!(text(&wide), expected);
    assert_eq!(text(&wide[2..]), expected);
    assert_eq!(text(&big), expected);
    assert_eq!(text(&big[2..]), expected);
    assert_eq!(
        text(&[b"\xEF\xBB\xBF", table.as_bytes()].concat()),
        expected
    );
    let (encoded, _, _) = encoding_rs::WINDOWS_1251.encode(table);
    assert_eq!(text(&encoded), expected);
}

#[test]
fn an_encoding_that_is_told_is_taken() {
    // «Р°» is «а» of UTF-8 read as windows-1251.
    let (_folder, path) = file("a.csv", "а;б\n".as_bytes());
    let options = TextOptions {
        encoding: Some(Encoding::Windows1251),
        delimiter: None,
    };
    assert_eq!(
        read_with(&path, &Limits::default(), &options).unwrap(),
        ["A1 = «Р°»", "B1 = «Р±»"]
    );
    let (_folder, path) = file("a.csv", b"\xE0;\xE1\n");
    let options = TextOptions {
        encoding: Some(Encoding::Utf8),
        delimiter: None,
    };
    let failure = read_with(&path, &Limits::default(), &options).unwrap_err();
    assert!(
        failure
            .to_string()
            .contains("не читается в кодировке UTF-8"),
        "{failure}"
    );
}

#[test]
fn a_delimiter_that_is_told_is_taken() {
    let (_folder, path) = file("a.csv", b"a;b,c\n");
    let options = TextOptions {
        encoding: None,
        delimiter: Some(b','),
    };
    assert_eq!(
        read_with(&path, &Limits::default(), &options).unwrap(),
        ["A1 = «a;b»", "B1 = «c»"]
    );
    let opened = try_open(&path, &Limits::default(), &options).unwrap();
    assert_eq!(opened.workbook.text_form().unwrap().delimiter, b',');
}

#[test]
fn broken_texts_are_refused_with_their_lines() {
    let message = refused("a.csv", b"a;b\n1;\"2\n3;4\n");
    assert!(
        message.contains("кавычка \" в строке 2 не закрыта"),
        "{message}"
    );
    let message = refused("a.csv", b"a;b\n1;2\n3;\x004\n");
    assert!(message.contains("в строке 3 двоичные данные"), "{message}");
    let message = refused(
        "a.csv",
        &["Организация\n".as_bytes(), b"\xD8\xEA\xEE\xEB\xE0\n"].concat(),
    );
    assert!(
        message.contains("смешаны кодировки: строка 1 записана в UTF-8, а строка 2 нет"),
        "{message}"
    );
    let message = refused("a.csv", b"\xD8\xEA\n\xEE\x98\xEB\xE0\n");
    assert!(message.contains("строка 2 не читается"), "{message}");
}

#[test]
fn a_cell_of_a_megabyte_is_refused_in_every_format() {
    let long = "я".repeat(1 << 20);
    let message = refused("a.csv", format!("a;b\n1;{long}\n").as_bytes());
    assert!(
        message.contains("в ячейке B2 1048576 знаков, а допускается знаков не больше 100000"),
        "{message}"
    );
    let xml = format!(
        "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>{long}</t></is></c></row></sheetData></worksheet>"
    );
    assert!(refused("a.xlsx", &xlsx(&xml, "<sst/>")).contains("увеличьте cell_length"));
}

#[test]
fn many_columns_are_refused() {
    let mut line = String::new();
    for number in 0..20_000 {
        write!(line, "{number};").unwrap();
    }
    let message = refused("a.csv", line.as_bytes());
    assert!(
        message.contains("ячейка XFE1, а допускается столбцов не больше 16384"),
        "{message}"
    );
}

#[test]
fn a_folder_in_place_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    assert!(refusal(folder.path(), &Limits::default()).contains("это папка"));
    assert!(
        refusal(&folder.path().join("нет.csv"), &Limits::default())
            .contains("такого файла или папки нет")
    );
}
