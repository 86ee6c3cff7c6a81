//! `mms init`: the workbook, filled in as it says, gives every figure.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own small inputs"
)]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;

/// Runs a command line; the exit code and what was printed.
fn mms(args: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let line = std::iter::once("mms")
        .chain(args.iter().copied())
        .map(OsString::from);
    let code = mms::cli::run(line, &mut out, &mut err);
    (
        code,
        String::from_utf8(out).unwrap(),
        String::from_utf8(err).unwrap(),
    )
}

/// The sheets of a workbook as texts.
fn sheets(path: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let names = workbook.sheet_names();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        other => other.to_string(),
    };
    names
        .into_iter()
        .map(|name| {
            let range = workbook.worksheet_range(&name).unwrap();
            let rows = range
                .rows()
                .map(|row| row.iter().map(text).collect())
                .collect();
            (name, rows)
        })
        .collect()
}

/// A row as somebody fills it in: headers and cells.
type Filled = &'static [(&'static str, &'static str)];

/// What somebody fills in: by sheet, rows of cells under their headers.
const FILLED: &[(&str, &[Filled])] = &[
    (
        "Сотрудники",
        &[
            &[
                ("ФИО", "Учебникова Анна Ивановна"),
                ("Организация", "МБОУ СОШ № 1"),
                ("Должность", "учитель математики"),
                ("СНИЛС", "112-233-445 95"),
                ("Дата рождения", "14.03.1999"),
                ("Дата приёма", "01.09.2022"),
                ("Вид занятости", "основное место работы"),
                ("В длительном отпуске", "нет"),
                ("Дата начала педагогической деятельности", "01.09.2022"),
            ],
            &[
                ("ФИО", "Тетрадкин Пётр Сергеевич"),
                ("Организация", "МБОУ СОШ № 1"),
                ("Должность", "директор"),
                ("Дата рождения", "02.11.1974"),
                ("Категория", "управленческие кадры"),
            ],
            &[
                ("ФИО", "Черновикова Вера Павловна"),
                ("Организация", "МБОУ СОШ № 1"),
                ("Должность", "учитель физики"),
                ("Дата рождения", "19.07.1980"),
                ("Дата начала педагогической деятельности", "01.09.2003"),
            ],
            &[
                ("ФИО", "Линейкина Ольга Львовна"),
                ("Организация", "МБОУ гимназия № 3"),
                ("Должность", "учитель истории"),
                ("Дата рождения", "08.02.1985"),
                ("Педагогический стаж", "16"),
            ],
            &[
                ("ФИО", "Ластиков Олег Игоревич"),
                ("Организация", "МБОУ гимназия № 3"),
                ("Должность", "директор"),
                ("Дата рождения", "30.05.1970"),
            ],
            // Gone by the as-of date, and of the other kinds of employment: not counted.
            &[
                ("ФИО", "Кляксина Инна Олеговна"),
                ("Организация", "МБОУ СОШ № 1"),
                ("Должность", "учитель химии"),
                ("Дата рождения", "11.01.1960"),
                ("Дата увольнения", "30.08.2024"),
            ],
            &[
                ("ФИО", "Промокашкин Лев Юрьевич"),
                ("Организация", "МБОУ СОШ № 1"),
                ("Должность", "учитель музыки"),
                ("Дата рождения", "11.01.1990"),
                ("Вид занятости", "внешнее совместительство"),
            ],
        ],
    ),
    (
        "Организации",
        &[
            &[
                ("Организация", "МБОУ СОШ № 1"),
                ("Тип", "общеобразовательная"),
                ("Целевая модель наставничества", "да"),
                ("Дата включения", "01.09.2023"),
            ],
            &[
                ("Организация", "МБОУ гимназия № 3"),
                ("Тип", "общеобразовательная"),
                ("Целевая модель наставничества", "нет"),
            ],
            &[
                ("Организация", "МБДОУ детский сад № 2"),
                ("Тип", "дошкольная"),
                ("Целевая модель наставничества", "да"),
            ],
        ],
    ),
    (
        "Диагностика",
        &[
            // A former surname, settled by «Соответствия».
            &[
                ("ФИО", "Букварёва Анна Ивановна"),
                ("Организация", "МБОУ СОШ № 1"),
                ("Дата диагностики", "16.04.2024"),
                ("Статус", "пройдена"),
            ],
            &[
                ("ФИО", "Тетрадкин Пётр Сергеевич"),
                ("Дата диагностики", "20.05.2024"),
            ],
            &[
                ("ФИО", "Линейкина Ольга Львовна"),
                ("Дата диагностики", "21.05.2024"),
                ("Статус", "не явился"),
            ],
        ],
    ),
    (
        "Курсы",
        &[
            &[
                ("ФИО", "Учебникова Анна Ивановна"),
                ("СНИЛС", "112-233-445 95"),
                ("Программа", "Формирующее оценивание"),
                ("Номер программы", "10501"),
                ("Дата начала", "08.04.2024"),
                ("Дата окончания", "22.04.2024"),
                ("Подобрана по диагностике", "да"),
                ("Статус", "завершено"),
                ("Часы", "36"),
            ],
            &[
                ("ФИО", "Тетрадкин Пётр Сергеевич"),
                ("Программа", "Менеджмент в образовании"),
                ("Дата начала", "12.02.2024"),
                ("Дата окончания", "01.03.2024"),
                ("Управленческая команда", "Команда СОШ № 1"),
            ],
        ],
    ),
    (
        "ИОМ",
        &[
            &[
                ("ФИО", "Учебникова Анна Ивановна"),
                (
                    "Вид ИОМ",
                    "непрерывное повышение профессионального мастерства",
                ),
                ("Дата разработки", "05.02.2024"),
                ("Статус", "завершён"),
                ("Дата завершения", "28.06.2024"),
            ],
            &[
                ("ФИО", "Черновикова Вера Павловна"),
                ("Вид ИОМ", "восполнение профессиональных дефицитов"),
                ("Дата разработки", "10.01.2024"),
                ("Статус", "в работе"),
            ],
            &[
                ("ФИО", "Тетрадкин Пётр Сергеевич"),
                ("Дата разработки", "11.01.2024"),
                ("Статус", "в работе"),
            ],
        ],
    ),
    (
        "Региональные методисты",
        &[&[
            ("ФИО", "Черновикова Вера Павловна"),
            ("Дата присвоения", "01.03.2023"),
            ("Приказ", "№ 100 от 01.03.2023"),
        ]],
    ),
    (
        "Закрепление",
        &[
            &[
                ("ФИО педагога", "Учебникова Анна Ивановна"),
                ("ФИО методиста", "Черновикова Вера Павловна"),
                ("Дата начала", "01.10.2023"),
            ],
            &[("ФИО педагога", "Линейкина Ольга Львовна")],
        ],
    ),
    (
        "Поддержка молодых педагогов",
        &[&[
            ("ФИО", "Учебникова Анна Ивановна"),
            ("Форма поддержки", "наставничество"),
            ("Дата начала", "01.09.2023"),
        ]],
    ),
    (
        "Дорожная карта",
        &[
            &[
                ("Мероприятие", "Съезд наставников"),
                ("Уровень", "региональный"),
                ("Срок", "III квартал 2024"),
                ("Статус", "выполнено"),
                ("Дата выполнения", "12.09.2024"),
            ],
            &[
                ("Мероприятие", "Всероссийский форум педагогов"),
                ("Уровень", "федеральный"),
                ("Срок", "30.11.2024"),
                ("Статус", "выполняется"),
            ],
        ],
    ),
    (
        "Опрос",
        &[
            &[
                ("Отметка времени", "12.09.2024"),
                ("Организация", "МБОУ СОШ № 1"),
                ("Категория", "педагогические работники"),
                (QUESTION, "скорее удовлетворён"),
            ],
            &[
                ("Отметка времени", "13.09.2024"),
                ("Категория", "управленческие кадры"),
                (QUESTION, "затрудняюсь ответить"),
            ],
        ],
    ),
    (
        "Федеральный реестр",
        &[&[
            ("Номер программы", "10501"),
            ("Программа", "Формирующее оценивание"),
        ]],
    ),
    (
        "Соответствия",
        &[&[
            ("Как записано", "Букварёва Анна Ивановна"),
            ("Кто это", "112-233-445 95"),
        ]],
    ),
    (
        "Плановые значения",
        &[
            &[
                ("Показатель", "4.1.2.1"),
                ("План", "50"),
                ("Период", "2024"),
            ],
            &[("Показатель", "4.1.3.2"), ("План", "1..5")],
        ],
    ),
];

const QUESTION: &str = "Удовлетворены ли Вы работой муниципальной методической службы?";

/// Worked out by hand. Teachers: Учебникова, Черновикова, Линейкина; managers: Тетрадкин, Ластиков.
const EXPECTED: [(&str, &str, u64, Option<u64>); 14] = [
    // The measure of the region is done, that of the federation under way; one is due, and done.
    ("4.1.1", "yes", 1, Some(1)),
    ("4.1.2.1", "33.3", 1, Some(3)),
    ("4.1.2.2", "50.0", 1, Some(2)),
    // In the registry by its number, chosen by the cell.
    ("4.1.2.3", "33.3", 1, Some(3)),
    // Of continuous growth: Учебникова's; Тетрадкин's kind is empty, which is the same.
    ("4.1.2.4", "33.3", 1, Some(3)),
    ("4.1.2.5", "50.0", 1, Some(2)),
    ("4.1.2.6", "1", 1, None),
    ("4.1.3.1", "33.3", 1, Some(3)),
    // The second row takes the methodist of the row above it.
    ("4.1.3.2", "2.0", 2, Some(1)),
    ("4.1.3.3", "66.7", 2, Some(3)),
    ("4.1.3.4", "50.0", 1, Some(2)),
    // Two schools; a kindergarten is none.
    ("4.1.3.5", "50.0", 1, Some(2)),
    ("4.1.3.6", "100.0", 1, Some(1)),
    // One positive answer of two valid ones.
    ("4.1.4", "50.0", 1, Some(2)),
];

/// Writes a workbook of the same sheets, headers and examples as the empty one, with rows below.
fn fill(empty: &[(String, Vec<Vec<String>>)], path: &Path) {
    let rows: BTreeMap<_, _> = FILLED.iter().copied().collect();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let mut workbook = Workbook::new();
    for (name, lines) in empty {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (line, row) in lines.iter().zip(0..) {
            for (text, column) in line.iter().zip(0..) {
                sheet.write(row, column, text).unwrap();
            }
        }
        let Some(filled) = rows.get(name.as_str()) else {
            continue;
        };
        for (cells, row) in filled.iter().zip(3..) {
            for (header, value) in *cells {
                let column = lines[0].iter().position(|text| text == header);
                let column =
                    u16::try_from(column.unwrap_or_else(|| panic!("{name}: {header}"))).unwrap();
                if header.starts_with("Дата") || *header == "Отметка времени" {
                    let part = |from, to| value[from..to].parse::<u16>().unwrap();
                    let date =
                        ExcelDateTime::from_ymd(part(6, 10), part(3, 5) as u8, part(0, 2) as u8)
                            .unwrap();
                    sheet.write_with_format(row, column, &date, &day).unwrap();
                } else {
                    sheet.write(row, column, *value).unwrap();
                }
            }
        }
    }
    workbook.save(path).unwrap();
}

#[test]
fn filled_in_as_it_says_the_workbook_gives_every_figure() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    let (code, out, err) = mms(&["init", dir]);
    assert_eq!(code, 0, "{err}");
    let book = folder.path().join("Таблицы ММС.xlsx");
    assert!(
        out.contains("Таблицы ММС.xlsx") && out.contains("mms.toml"),
        "{out}"
    );

    let empty = sheets(&book);
    let names: Vec<&str> = empty.iter().map(|(name, _)| name.as_str()).collect();
    let wanted: Vec<&str> = std::iter::once("Как заполнять")
        .chain(FILLED.iter().map(|(name, _)| *name))
        .collect();
    assert_eq!(names, wanted);
    fill(&empty, &book);

    let report = folder.path().join("Отчёт.xlsx");
    let (code, json, err) = mms(&[
        "report",
        dir,
        "--period",
        "2024-Q3",
        "--strict",
        "--json",
        "-",
        "-o",
        report.to_str().unwrap(),
    ]);
    assert_eq!(code, 0, "nothing is in doubt: {err}");
    let result: Value = serde_json::from_str(&json).unwrap();
    let indicators = result["indicators"].as_array().unwrap();
    assert_eq!(indicators.len(), EXPECTED.len());
    for (indicator, (id, value, numerator, denominator)) in indicators.iter().zip(EXPECTED) {
        assert_eq!(indicator["id"], id);
        assert_eq!(indicator["status"], "ok", "{id}");
        assert_eq!(indicator["value"], value, "{id}");
        assert_eq!(indicator["numerator"], numerator, "{id}");
        assert_eq!(indicator["denominator"].as_u64(), denominator, "{id}");
    }
    assert_eq!(indicators[1]["outcome"], "missed");
    assert_eq!(indicators[8]["outcome"], "met");
    assert_eq!(result["population"]["teachers"], 3);
    assert_eq!(result["population"]["managers"], 2);
    for sheet in result["inputs"][0]["sheets"].as_array().unwrap() {
        if sheet["register"].is_string() {
            assert_eq!(sheet["left_out"]["example"], 2, "{sheet}");
        }
    }
}

#[test]
fn the_empty_workbook_with_its_examples_has_nobody_and_no_faults() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    mms(&["init", dir]);
    let (code, out, err) = mms(&["check", dir, "--period", "2024-Q3", "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    let result: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(result["errors"], 0, "{out}");
    assert_eq!(result["warnings"], 0, "{out}");
}

#[test]
fn a_newcomer_is_told_what_to_do_next() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_str().unwrap();
    let report = folder.path().join("out.xlsx");
    let report = ["--period", "2024-Q3", "-o", report.to_str().unwrap()];
    // Nothing to read: the command that begins is named.
    let (code, _, err) = mms(&[&["report", empty][..], &report].concat());
    assert_eq!(code, 3);
    assert!(err.contains("mms init"), "{err}");
    // A workbook not filled in yet: a report of nobody, and why.
    let tables = folder.path().join("tables");
    let tables = tables.to_str().unwrap();
    assert_eq!(mms(&["init", tables]).0, 0);
    let (code, _, err) = mms(&[&["report", tables][..], &report].concat());
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("Заполнена ли таблица сотрудников?"), "{err}");
}

#[test]
fn what_stands_there_is_replaced_only_with_force() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    let settings = folder.path().join("mms.toml");
    std::fs::write(&settings, "decimals = 2\n").unwrap();
    let (code, out, err) = mms(&["init", dir]);
    assert_eq!((code, out.as_str()), (4, ""));
    assert!(err.contains("mms.toml") && err.contains("--force"), "{err}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let (code, _, err) = mms(&["init", dir, "--force"]);
    assert_eq!(code, 0, "{err}");
    assert_ne!(
        std::fs::read_to_string(&settings).unwrap(),
        "decimals = 2\n"
    );
}

#[test]
fn every_header_has_a_note_and_the_usual_words_a_drop_down() {
    let folder = tempfile::tempdir().unwrap();
    mms(&["init", folder.path().to_str().unwrap()]);
    let file = std::fs::File::open(folder.path().join("Таблицы ММС.xlsx")).unwrap();
    let mut package = zip::ZipArchive::new(file).unwrap();
    let mut part = |name: String| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut package.by_name(&name).unwrap(), &mut text).unwrap();
        text
    };
    // The first sheet is the instructions, the next are the registers, «Сотрудники» the first.
    for (number, (name, _)) in (2..).zip(FILLED) {
        let sheet = part(format!("xl/worksheets/sheet{number}.xml"));
        let notes = part(format!("xl/comments{}.xml", number - 1));
        let headers =
            (b'A'..=b'Z').filter(|&c| sheet.contains(&format!("r=\"{}1\"", char::from(c))));
        assert_eq!(
            notes.matches("<comment ref=").count(),
            headers.count(),
            "{name}"
        );
        assert!(sheet.contains("state=\"frozen\""), "{name}");
    }
    let staff = part("xl/worksheets/sheet2.xml".to_owned());
    for words in [
        "\"да,нет\"",
        "основное место работы,внутреннее совместительство",
        "педагогические работники,управленческие кадры",
    ] {
        assert!(
            staff.contains(words) || staff.contains(&words.replace('"', "&quot;")),
            "{words}"
        );
    }
    assert_eq!(
        part("xl/comments1.xml".to_owned())
            .matches("<comment ref=")
            .count(),
        15
    );
}
