//! What the workbook promises beside its formulas: order, sameness, seal, texts, sizes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "what cannot be done fails the test"
)]

mod report_support;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

use cellrune::{CellContent, CellValue, ReadOptions, read_xlsx_path};
use mms::report::model::ReportModel;
use mms::report::output::{Output, Replace};
use mms::report::seal;
use mms::report::xlsx::scale::{Evidence, Manner, Scale};
use mms::report::xlsx::{manifest, spill};
use report_support::{Town, model, write};
use zip::ZipArchive;

fn parts(path: &Path) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut part = archive.by_index(place).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            let name = part.name().unwrap().into_owned();
            (name, String::from_utf8(bytes).unwrap())
        })
        .collect()
}

#[test]
fn sheets_stand_in_the_order_of_the_contract() {
    let path = write(&model(&Town::default()), Scale::default(), "order.xlsx");
    let book = read_xlsx_path(&path, ReadOptions::default()).unwrap();
    let names: Vec<&str> = book
        .sheets()
        .iter()
        .map(|sheet| sheet.name().as_str())
        .collect();
    let expected = [
        "Показатели",
        "По организациям",
        "Динамика",
        "Графики",
        "Педагоги",
        "Управленцы",
        "Организации",
        "Команды",
        "Методисты",
        "Опрос",
        "Дорожная карта",
        "Замечания",
        "Паспорт",
        manifest::SHEET,
    ];
    assert_eq!(names, expected);
    let workbook = &parts(&path)["xl/workbook.xml"];
    assert!(
        workbook.contains("name=\"_mms\" sheetId=\"14\" state=\"veryHidden\""),
        "{workbook}"
    );
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let town = Town::default();
    let first = std::fs::read(write(&model(&town), Scale::default(), "same-1.xlsx")).unwrap();
    let second = std::fs::read(write(&model(&town), Scale::default(), "same-2.xlsx")).unwrap();
    assert!(first == second);
}

#[test]
fn properties_tell_the_as_of_date_and_nobody() {
    let path = write(
        &model(&Town::default()),
        Scale::default(),
        "properties.xlsx",
    );
    let core = &parts(&path)["docProps/core.xml"];
    assert!(core.contains("2024-09-30T00:00:00Z"), "{core}");
    assert!(
        core.contains("<dc:creator></dc:creator>") || !core.contains("<dc:creator>"),
        "{core}"
    );
    assert!(
        core.contains("<cp:lastModifiedBy></cp:lastModifiedBy>")
            || !core.contains("lastModifiedBy>")
    );
}

/// The value of the first attribute of this name.
fn attribute<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    let (_, rest) = xml.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// `B5` as column 2 and row 5.
fn place(address: &str) -> (u32, u32) {
    let digits = address.find(|c: char| c.is_ascii_digit()).unwrap();
    let (letters, row) = address.split_at(digits);
    let column = letters.bytes().fold(0, |column, letter| {
        column * 26 + u32::from(letter - b'A' + 1)
    });
    (column, row.parse().unwrap())
}

/// Excel mends, with a warning, a sheet whose rows do not ascend. The library wrote the last row of a
/// sheet twice where it had a height.
#[test]
fn every_row_stands_once_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.xlsx");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/kuznetsk");
    let report = |inputs: &Path| {
        let status = std::process::Command::new(assert_cmd::cargo::cargo_bin!("mms"))
            .args(["report", "--period", "2024-Q3", "-q", "--force", "-o"])
            .arg(&path)
            .arg(inputs)
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
    };
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for town in ["clean", "young", "identity"] {
        report(&cases.join(town).join("data"));
        ascending(&path);
    }
    report(&example);
    ascending(&path);
}

fn ascending(path: &Path) {
    for (name, xml) in parts(path) {
        if !name.starts_with("xl/worksheets/sheet") {
            continue;
        }
        let rows: Vec<u32> = xml
            .split("<row r=\"")
            .skip(1)
            .map(|row| row.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert!(
            !rows.is_empty() && rows.is_sorted_by(|a, b| a < b),
            "{name}"
        );
    }
}

#[test]
fn lines_are_drawn_around_every_cell_of_a_table() {
    let path = write(&model(&Town::default()), Scale::default(), "drawn.xlsx");
    let parts = parts(&path);
    let (_, formats) = parts["xl/styles.xml"].split_once("<cellXfs").unwrap();
    let (formats, _) = formats.split_once("</cellXfs>").unwrap();
    let drawn: Vec<bool> = formats
        .split("<xf ")
        .skip(1)
        .map(|format| attribute(&format!(" {format}"), "borderId") != Some("0"))
        .collect();
    let mut tables = 0;
    for (name, sheet) in &parts {
        let Some(file) = name
            .strip_prefix("xl/worksheets/")
            .filter(|f| !f.contains('/'))
        else {
            continue;
        };
        // What stands in no cell of a table is of its column, down to the end of the sheet.
        for column in sheet.split("<col ").skip(1) {
            let column = format!(" {}", column.split_once('>').unwrap().0);
            let format = attribute(&column, "style").map(|style| style.parse::<usize>().unwrap());
            assert!(
                !format.is_some_and(|format| drawn[format]),
                "{file} {column}"
            );
        }
        let Some(rels) = parts.get(&format!("xl/worksheets/_rels/{file}.rels")) else {
            continue;
        };
        for rest in rels.split("Target=\"../tables/").skip(1) {
            let table = &parts[&format!("xl/tables/{}", rest.split_once('"').unwrap().0)];
            let (first, last) = attribute(table, "ref").unwrap().split_once(':').unwrap();
            let ((left, top), (right, bottom)) = (place(first), place(last));
            let mut cells = 0;
            for cell in sheet
                .split("<c")
                .skip(1)
                .filter(|cell| cell.starts_with(" r="))
            {
                let cell = cell.split_once('>').unwrap().0;
                let address = attribute(cell, "r").unwrap();
                let (column, row) = place(address);
                if (left..=right).contains(&column) && (top..=bottom).contains(&row) {
                    let format: usize = attribute(cell, "s").unwrap_or("0").parse().unwrap();
                    assert!(drawn[format], "{file} {address}");
                    cells += 1;
                }
            }
            assert_eq!(
                cells,
                (right - left + 1) * (bottom - top + 1),
                "{file} {first}:{last}"
            );
            tables += 1;
        }
    }
    assert_eq!(tables, 10);
}

#[test]
fn a_changed_part_breaks_the_seal() {
    let path = write(&model(&Town::default()), Scale::default(), "seal.xlsx");
    assert!(seal::is_unchanged(&path));
    assert_eq!(seal::report_format(&path).as_deref(), Some("mms-result/1"));
    let changed = path.with_file_name("seal-changed.xlsx");
    for (target, from, to) in [
        ("xl/worksheets/sheet1.xml", "<v>54</v>", "<v>55</v>"),
        ("docProps/custom.xml", "mms-result/1", "mms-result/2"),
        ("docProps/core.xml", "2024-09-30", "2024-09-29"),
    ] {
        let mut copy = zip::ZipWriter::new(std::fs::File::create(&changed).unwrap());
        for (name, text) in parts(&path) {
            copy.start_file(&name, zip::write::SimpleFileOptions::default())
                .unwrap();
            let text = if name == target {
                assert!(text.contains(from), "{target}");
                text.replacen(from, to, 1)
            } else {
                text
            };
            copy.write_all(text.as_bytes()).unwrap();
        }
        copy.finish().unwrap();
        assert!(!seal::is_unchanged(&changed), "{target}");
        assert!(seal::report_format(&changed).is_some());
    }
}

#[test]
fn an_own_report_is_replaced_and_a_changed_one_is_not() {
    let path = write(&model(&Town::default()), Scale::default(), "replace.xlsx");
    assert!(Output::new(&path, Replace::OwnUnchanged, &[]).is_ok());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend(b"PK");
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let refused = Output::new(&path, Replace::OwnUnchanged, &[]).unwrap_err();
    assert!(refused.to_string().contains("файл уже есть"), "{refused}");
}

#[test]
fn what_is_no_report_has_no_seal() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    assert!(!seal::is_unchanged(&path));
    assert_eq!(seal::report_format(&path), None);
}

#[test]
fn texts_from_inputs_are_never_formulas() {
    let path = write(&model(&Town::default()), Scale::default(), "texts.xlsx");
    let book = read_xlsx_path(&path, ReadOptions::default()).unwrap();
    let mut seen = 0;
    for sheet in book.sheets() {
        for cell in sheet.cells() {
            match cell.content() {
                CellContent::Literal(CellValue::Text(text)) if text.starts_with('=') => seen += 1,
                CellContent::Formula(formula) => {
                    assert!(!format!("{formula:?}").contains("Лицей"), "{formula:?}");
                }
                _ => {}
            }
        }
    }
    assert!(
        seen > 10,
        "«=МБОУ Лицей» stands as a text on several sheets: {seen}"
    );
}

#[test]
fn names_stand_only_where_they_are_asked_for() {
    let path = write(&model(&Town::default()), Scale::default(), "nameless.xlsx");
    for (name, text) in parts(&path) {
        for surname in ["Ёлкина", "Щукин", "Широкова"] {
            assert!(!text.contains(surname), "{name}");
        }
    }
    let town = Town {
        names: true,
        ..Town::default()
    };
    let path = write(&model(&town), Scale::default(), "named.xlsx");
    assert!(
        parts(&path)
            .values()
            .any(|text| text.contains("Ёлкина Анна Сергеевна"))
    );
}

#[test]
fn the_manifest_is_read_back_whole() {
    let model = model(&Town::default());
    let path = write(&model, Scale::default(), "manifest.xlsx");
    let book = read_xlsx_path(&path, ReadOptions::default()).unwrap();
    let sheet = book.sheet_by_name(manifest::SHEET).unwrap();
    let text: String = sheet
        .cells()
        .map(|cell| match cell.content() {
            CellContent::Literal(CellValue::Text(text)) => {
                assert!(text.encode_utf16().count() <= 32_000);
                text.to_string()
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(text, report_support::manifest());
}

/// All texts of a sheet, one after another.
fn texts(path: &Path, sheet: &str) -> String {
    let book = read_xlsx_path(path, ReadOptions::default()).unwrap();
    let sheet = book.sheet_by_name(sheet).unwrap();
    let mut all = String::new();
    for cell in sheet.cells() {
        if let CellContent::Literal(CellValue::Text(text)) = cell.content() {
            all.push_str(text);
            all.push('\n');
        }
    }
    all
}

#[test]
fn a_workbook_too_slow_for_formulas_says_so() {
    let scale = Scale {
        formula_cells: 100,
        ..Scale::default()
    };
    let path = write(&model(&Town::default()), scale, "slow.xlsx");
    assert!(texts(&path, "Паспорт").contains("записаны числами, а не формулами"));
    let sheets = parts(&path);
    let by_organisation = &sheets["xl/worksheets/sheet2.xml"];
    assert!(!by_organisation.contains("COUNTIFS"));
    assert!(
        by_organisation.contains("ROUND(100*"),
        "shares stay formulas"
    );
    assert!(sheets["xl/worksheets/sheet1.xml"].contains("COUNTIFS"));
}

#[test]
fn evidence_that_does_not_fit_goes_to_csv() {
    let scale = Scale {
        sheet_rows: 20,
        ..Scale::default()
    };
    let model: ReportModel = model(&Town::default());
    let manner = Manner::of(&model, scale);
    assert_eq!(
        manner.spilled(&model),
        [Evidence::Teachers, Evidence::Answers]
    );
    let path = write(&model, scale, "spilled.xlsx");
    assert!(texts(&path, "Педагоги").contains("записаны рядом с отчётом"));
    assert!(texts(&path, "Паспорт").contains("не помещается на лист Excel"));
    let mut out = Vec::new();
    spill::write(Evidence::Teachers, &model, &mut out).unwrap();
    let csv = String::from_utf8(out).unwrap();
    assert!(csv.starts_with("\u{feff}Номер;Код ОО;Организация;Учёт;Источник;Диагностика;"));
    assert_eq!(csv.lines().count(), 1 + model.teachers.rows.len());
    assert!(
        csv.contains(";'=МБОУ Лицей № 4;"),
        "no formula in csv either"
    );
}

/// «An organisation has no record at all in a register: it is listed as not having reported»
/// (methodology §3), one without staff too.
#[test]
fn an_organisation_without_staff_is_listed_for_every_table() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("Организации.csv", "Организация;Тип\nСОШ №1;\nСОШ №2;\n");
    put(
        "Сотрудники.csv",
        "ФИО;Организация;Должность\nАистов Антон Ильич;СОШ №1;учитель\n",
    );
    put(
        "Диагностика.csv",
        "ФИО;Организация;Дата диагностики\nАистов Антон Ильич;СОШ №1;01.03.2024\n",
    );
    let path = folder.path().join("r.xlsx");
    let status = std::process::Command::new(assert_cmd::cargo::cargo_bin!("mms"))
        .args(["report", "--period", "2024-Q3", "-q", "-o"])
        .args([&path, folder.path()])
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    let texts = texts(&path, "По организациям");
    for line in ["Сотрудники: 1 организация", "Диагностика: 1 организация"]
    {
        assert!(texts.contains(line), "{texts}");
    }
}

#[test]
fn hidden_shares_stand_nowhere_on_the_sheet_of_organisations() {
    let town = Town {
        min_group: 8,
        ..Town::default()
    };
    let model = model(&town);
    let path = write(&model, Scale::default(), "hidden.xlsx");
    let shown = texts(&path, "По организациям");
    assert!(shown.contains("privacy.min_group"));
    assert!(
        !shown.contains("Сумма по организациям"),
        "a sum would give the hidden away"
    );
    let hidden = parts(&path)["xl/worksheets/sheet2.xml"]
        .matches("<v>скрыто</v>")
        .count();
    let small = |cell: &&(u64, u64)| cell.1 < 8;
    let expected: usize = model
        .breakdown
        .iter()
        .map(|column| {
            column
                .cells
                .iter()
                .flatten()
                .chain(&column.unnamed)
                .filter(small)
                .count()
        })
        .sum();
    assert_eq!(hidden, 2 * expected, "numerator and share");
}
