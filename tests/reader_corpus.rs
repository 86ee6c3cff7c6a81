//! The same small table in every format that is read, and one small file for each oddity: exact
//! addresses and values, worked out by hand from `corpus/make.py`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "helpers of tests"
)]

mod reader;

use mms::settings::Limits;
use mms::source::{Format, Merge, TextOptions, is_own_report};
use reader::{cells, corpus, read, refusal, sheets, try_open};

/// The table of the corpus, as workbooks give it, in the given column and row.
fn table(left: u8, top: usize) -> Vec<String> {
    let rows: [&[(u8, &str)]; 5] = [
        &[
            (0, "«ФИО»"),
            (1, "«Дата»"),
            (2, "«Ставка»"),
            (3, "«Доля»"),
            (4, "«Работает»"),
        ],
        &[
            (0, "«Ёлкина Анна Петровна»"),
            (1, "29.02.1992"),
            (2, "1.5"),
            (3, "50%"),
            (4, "да"),
        ],
        // The time of day of the second date is dropped.
        &[
            (0, "«Ким №2»"),
            (1, "30.09.2024"),
            (2, "-3"),
            (3, "12.5%"),
            (4, "нет"),
        ],
        &[],
        &[(0, "««А»; \"Б\", в\nдве строки»"), (2, "0"), (3, "100%")],
    ];
    let mut all = Vec::new();
    for (row, cells) in rows.iter().enumerate() {
        for (column, value) in *cells {
            let letter = char::from(left + column);
            all.push(format!("{letter}{} = {value}", top + row));
        }
    }
    all
}

/// As LibreOffice keeps what openpyxl wrote: truth values are numbers there.
fn with_numbers(mut cells: Vec<String>) -> Vec<String> {
    for cell in &mut cells {
        *cell = cell.replace("= да", "= 1").replace("= нет", "= 0");
    }
    cells
}

fn with(mut cells: Vec<String>, more: &[&str]) -> Vec<String> {
    cells.extend(more.iter().map(|cell| (*cell).to_owned()));
    cells
}

#[test]
fn one_table_in_every_workbook() {
    for name in [
        "table.xlsx",
        "table.xlsm",
        "libreoffice.xlsx",
        "table.xls",
        "libreoffice.xls",
    ] {
        assert_eq!(read(&corpus(name)).unwrap(), table(b'A', 1), "{name}");
    }
    assert_eq!(
        read(&corpus("libreoffice.ods")).unwrap(),
        with_numbers(table(b'A', 1))
    );
    assert_eq!(
        read(&corpus("table.ods")).unwrap(),
        with(table(b'A', 1), &["A6 = не вычислено"])
    );
    for (name, format) in [
        ("table.xlsx", Format::Xlsx),
        ("table.xlsm", Format::Xlsx),
        ("table.xls", Format::Xls),
        ("table.ods", Format::Ods),
        ("date.xlsb", Format::Xlsb),
    ] {
        let opened = try_open(&corpus(name), &Limits::default(), &TextOptions::default()).unwrap();
        assert_eq!(opened.workbook.format(), format, "{name}");
        assert!(!opened.renamed, "{name}");
        assert_eq!(opened.size, std::fs::metadata(corpus(name)).unwrap().len());
    }
    let info = &sheets(&corpus("table.xlsx"))[0];
    assert_eq!((info.name.as_str(), info.visible), ("Лист1", true));
}

#[test]
fn one_table_in_every_text() {
    let expected = [
        "A1 = «ФИО»",
        "B1 = «Дата»",
        "C1 = «Ставка»",
        "D1 = «Доля»",
        "E1 = «Работает»",
        "A2 = «Ёлкина Анна Петровна»",
        "B2 = «29.02.1992»",
        "C2 = «1.5»",
        "D2 = «50.0%»",
        "E2 = «TRUE»",
        "A3 = «Ким №2»",
        "B3 = «30.09.2024»",
        "C3 = «-3»",
        "D3 = «12.5%»",
        "E3 = «FALSE»",
        // The fourth row is blank.
        "A5 = ««А»; \"Б\", в\nдве строки»",
        "C5 = «0»",
        "D5 = «100.0%»",
    ];
    for (name, encoding, delimiter) in [
        ("utf-8.csv", "UTF-8", b';'),
        ("windows-1251.csv", "windows-1251", b';'),
        ("utf-16.csv", "UTF-16LE", b','),
        ("tabs.tsv", "UTF-8", b'\t'),
    ] {
        let mut opened =
            try_open(&corpus(name), &Limits::default(), &TextOptions::default()).unwrap();
        let form = opened.workbook.text_form().unwrap();
        assert_eq!(
            (form.encoding, form.delimiter),
            (encoding, delimiter),
            "{name}"
        );
        assert_eq!(opened.workbook.format(), Format::Csv);
        assert_eq!(cells(&mut opened, 0).unwrap(), expected, "{name}");
    }
    assert_eq!(sheets(&corpus("utf-8.csv"))[0].name, "utf-8");
}

#[test]
fn dates_that_count_from_1904() {
    assert_eq!(
        read(&corpus("1904.xlsx")).unwrap(),
        with(table(b'A', 1), &["A6 = 43831"])
    );
    assert_eq!(
        read(&corpus("1904.ods")).unwrap(),
        with(with_numbers(table(b'A', 1)), &["A6 = 43831"])
    );
    assert_eq!(read(&corpus("1904.xls")).unwrap(), table(b'A', 1));
    assert_eq!(read(&corpus("1904.xlsb")).unwrap()[0], "A1 = 01.01.2021");
    for name in ["1904.xlsx", "1904.ods", "1904.xls", "1904.xlsb"] {
        let opened = try_open(&corpus(name), &Limits::default(), &TextOptions::default()).unwrap();
        assert!(opened.workbook.dates_from_1904(), "{name}");
    }
    let opened = try_open(
        &corpus("table.xlsx"),
        &Limits::default(),
        &TextOptions::default(),
    )
    .unwrap();
    assert!(!opened.workbook.dates_from_1904());
}

#[test]
fn a_table_below_the_first_row_and_right_of_the_first_column() {
    for name in ["offset.xlsx", "offset.xls"] {
        assert_eq!(read(&corpus(name)).unwrap(), table(b'C', 4), "{name}");
    }
    assert_eq!(
        read(&corpus("offset.ods")).unwrap(),
        with_numbers(table(b'C', 4))
    );
}

#[test]
fn merged_cells() {
    for name in ["merged.xlsx", "merged.xls", "merged.ods"] {
        let square = Merge {
            top: 5,
            left: 1,
            bottom: 6,
            right: 2,
        };
        let line = Merge {
            top: 7,
            left: 0,
            bottom: 7,
            right: 4,
        };
        assert_eq!(sheets(&corpus(name))[0].merges, [square, line], "{name}");
        let cells = read(&corpus(name)).unwrap();
        assert_eq!(
            cells[cells.len() - 2..],
            ["B6 = «слито»", "A8 = «подпись»"],
            "{name}"
        );
    }
    assert!(sheets(&corpus("table.xlsx"))[0].merges.is_empty());
}

#[test]
fn hidden_rows_and_sheets() {
    for name in ["hidden.xlsx", "hidden.xls", "hidden.ods"] {
        let sheets = sheets(&corpus(name));
        let visible: Vec<_> = sheets
            .iter()
            .map(|sheet| (sheet.name.as_str(), sheet.visible))
            .collect();
        assert_eq!(
            visible,
            [("Лист1", true), ("Скрытый", false), ("Глубоко", false)],
            "{name}"
        );
        // The second row; the fourth is hidden too, and empty.
        assert_eq!(sheets[0].hidden_rows, Some(1), "{name}");
        // Hidden rows are data like any other.
        assert!(
            read(&corpus(name))
                .unwrap()
                .contains(&"A2 = «Ёлкина Анна Петровна»".to_owned())
        );
    }
    let sheets = sheets(&corpus("hidden.xlsb"));
    let visible: Vec<_> = sheets
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.visible))
        .collect();
    // The sheet of a chart is none.
    assert_eq!(
        visible,
        [("Visible", true), ("Hidden", false), ("VeryHidden", false)]
    );
}

#[test]
fn formulas_that_were_never_calculated() {
    let all = [
        "A6 = не вычислено",
        "B6 = не вычислено",
        "C6 = не вычислено",
        "D6 = не вычислено",
    ];
    assert_eq!(
        read(&corpus("formulas.xlsx")).unwrap(),
        with(table(b'A', 1), &all)
    );
    assert_eq!(
        read(&corpus("formulas.xls")).unwrap(),
        with(table(b'A', 1), &all[..2])
    );
}

#[test]
fn formulas_give_what_was_stored() {
    // 1.5 - 3; a text; an empty text, which is no cell; a truth value.
    let stored = ["A6 = -1.5", "B6 = «да»", "D6 = да"];
    for name in ["calculated.xlsx", "calculated.xls"] {
        assert_eq!(
            read(&corpus(name)).unwrap(),
            with(table(b'A', 1), &stored),
            "{name}"
        );
    }
    assert_eq!(
        read(&corpus("calculated.ods")).unwrap(),
        with_numbers(with(table(b'A', 1), &stored))
    );
}

#[test]
fn error_values() {
    let stored = [
        "A6 = ошибка #DIV/0!",
        "B6 = ошибка #N/A",
        "C6 = ошибка #VALUE!",
        "D6 = ошибка #VALUE!",
    ];
    for name in ["errors.xlsx", "errors.xls"] {
        assert_eq!(
            read(&corpus(name)).unwrap(),
            with(table(b'A', 1), &stored),
            "{name}"
        );
    }
    // LibreOffice keeps its own word for them in its own format.
    let own = [
        "A6 = ошибка #DIV/0!",
        "B6 = ошибка #N/A",
        "C6 = ошибка Err:502",
        "D6 = ошибка Err:502",
    ];
    assert_eq!(
        read(&corpus("errors.ods")).unwrap(),
        with(with_numbers(table(b'A', 1)), &own)
    );
}

#[test]
fn texts_inside_cells() {
    assert_eq!(
        read(&corpus("inline.xlsx")).unwrap(),
        [
            "A1 = « с пробелами »",
            "B2 = «жирный конец»",
            "A3 = «<a> & _x0041_»"
        ]
    );
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    assert_eq!(
        read(&corpus("sparse.xlsx")).unwrap(),
        with(table(b'A', 1), &["XFD1048576 = «край»"])
    );
    // xls lays all of its 65,536 × 256 cells out in memory, 512 MB; less is not enough.
    let limits = Limits {
        memory_bytes: 500 << 20,
        ..Limits::default()
    };
    let message = refusal(&corpus("sparse.xls"), &limits);
    assert!(
        message.contains("512 МБ") && message.contains("memory_bytes"),
        "{message}"
    );
}

#[test]
fn old_and_binary_workbooks() {
    assert_eq!(
        read(&corpus("biff5.xls")).unwrap(),
        [
            "A1 = 1",
            "B1 = 2",
            "C1 = 3",
            "A2 = да",
            "B2 = нет",
            "D2 = «sheetjs»",
            "A3 = «foo»",
            "B3 = «bar»",
            "C3 = 19.02.2014",
            "D3 = «0.3»",
            "A4 = «baz»",
            "C4 = «qux»",
        ]
    );
    // A3 is a length of time: a number of days.
    assert_eq!(
        read(&corpus("date.xlsb")).unwrap(),
        [
            "A1 = 01.01.2021",
            "B1 = 15",
            "A2 = 02.01.2021",
            "B2 = 16",
            "A3 = 10.6320601851852",
            "B3 = 17"
        ]
    );
}

#[test]
fn a_password_is_named_as_what_it_is() {
    let message = refusal(&corpus("locked.xlsx"), &Limits::default());
    assert!(
        message.starts_with("файл защищён паролем. Откройте его, снимите пароль"),
        "{message}"
    );
}

#[test]
fn the_contents_decide_and_not_the_ending() {
    for (source, name, format) in [
        ("table.ods", "a.xlsx", Format::Ods),
        ("table.xlsx", "a.xls", Format::Xlsx),
        ("table.xls", "a.csv", Format::Xls),
        ("utf-8.csv", "a.xls", Format::Csv),
        ("utf-16.csv", "a.xlsx", Format::Csv),
    ] {
        let (_folder, path) = reader::file(name, &std::fs::read(corpus(source)).unwrap());
        let opened = try_open(&path, &Limits::default(), &TextOptions::default()).unwrap();
        assert_eq!(opened.workbook.format(), format, "{source} as {name}");
        assert!(opened.renamed, "{source} as {name}");
    }
    // A name without an ending promises nothing.
    let (_folder, path) = reader::file("данные", &std::fs::read(corpus("table.ods")).unwrap());
    assert!(
        !try_open(&path, &Limits::default(), &TextOptions::default())
            .unwrap()
            .renamed
    );
}

#[test]
fn reading_ends_when_it_is_told_to() {
    for name in [
        "table.xlsx",
        "table.xls",
        "table.ods",
        "date.xlsb",
        "utf-8.csv",
    ] {
        let mut opened =
            try_open(&corpus(name), &Limits::default(), &TextOptions::default()).unwrap();
        for _ in 0..2 {
            let mut rows = Vec::new();
            opened
                .workbook
                .read(0, &mut |row, _| {
                    rows.push(row);
                    if row == 1 {
                        std::ops::ControlFlow::Break(())
                    } else {
                        std::ops::ControlFlow::Continue(())
                    }
                })
                .unwrap();
            assert_eq!(rows, [0, 1], "{name}");
        }
        // There is no such sheet.
        assert!(cells(&mut opened, 9).unwrap().is_empty());
    }
}

#[test]
fn bounds_are_named_with_their_keys() {
    for name in [
        "table.xlsx",
        "table.xls",
        "table.ods",
        "date.xlsb",
        "utf-8.csv",
    ] {
        let path = corpus(name);
        let refused = |limits: Limits| refusal(&path, &limits);
        let message = refused(Limits {
            rows: 1,
            ..Limits::default()
        });
        assert!(
            message.contains("строка 2") && message.contains("увеличьте rows"),
            "{name}: {message}"
        );
        let message = refused(Limits {
            columns: 1,
            ..Limits::default()
        });
        assert!(
            message.contains("ячейка B1") && message.contains("увеличьте columns"),
            "{name}: {message}"
        );
        if name != "date.xlsb" {
            let message = refused(Limits {
                cell_length: 3,
                ..Limits::default()
            });
            assert!(message.contains("в ячейке B1 4 знак"), "{name}: {message}");
        }
        let message = refused(Limits {
            unpacked_bytes: 100,
            ..Limits::default()
        });
        assert!(
            message.contains("увеличьте unpacked_bytes"),
            "{name}: {message}"
        );
    }
    let message = refusal(
        &corpus("table.xlsx"),
        &Limits {
            parts: 3,
            ..Limits::default()
        },
    );
    assert!(message.contains("увеличьте parts"), "{message}");
    let message = refusal(
        &corpus("libreoffice.xlsx"),
        &Limits {
            memory_bytes: 10,
            ..Limits::default()
        },
    );
    assert!(message.contains("увеличьте memory_bytes"), "{message}");
}

#[test]
fn a_report_is_known_by_its_property() {
    let (_folder, path) = reader::file(
        "a.xlsx",
        &reader::package(&[(
            "docProps/custom.xml",
            b"<Properties><property fmtid=\"{D5CDD505}\" pid=\"2\" name=\"mms-report\"><vt:lpwstr>1</vt:lpwstr></property></Properties>",
        )]),
    );
    assert!(is_own_report(&path));
    assert!(!is_own_report(&corpus("table.xlsx")));
    assert!(!is_own_report(&corpus("utf-8.csv")));
}
