//! `[sources]`, `[columns]` and `[aliases]` (contract §5).

use super::super::RegisterId;
use super::super::record::DateCell;
use super::{columns, findings, grid, register, try_read_with};
use crate::failure::Failure;

const FILE: &str = "Список.xlsx";

fn read(toml: &str, rows: &[&str]) -> Result<super::Dataset, Failure> {
    try_read_with(FILE, &[grid("Лист2", rows)], toml)
}

fn refused(toml: &str, rows: &[&str], code: u8, parts: &[&str]) {
    let failure = read(toml, rows).unwrap_err();
    assert_eq!(failure.exit_code(), code, "{failure}");
    for part in parts {
        assert!(failure.to_string().contains(part), "{failure}");
    }
}

const ROWS: [&str; 2] = [
    "ФИО | Когда | Статус",
    "Иванова Мария Петровна | 01.02.2024 | завершил",
];

#[test]
fn a_named_register_is_taken() {
    for toml in [
        "[sources]\n\"Список.xlsx#Лист2\" = \"diagnostics\"",
        "[sources]\n\"Список.xlsx\" = \"Диагностика\"",
    ] {
        assert_eq!(
            register(&read(toml, &ROWS).unwrap()),
            Some(RegisterId::Diagnostics)
        );
    }
}

#[test]
fn a_named_register_whose_columns_are_not_there_is_refused() {
    for toml in [
        "[sources]\n\"Список.xlsx#Лист2\" = \"courses\"",
        "[sources]\n\"Список.xlsx\" = \"courses\"",
    ] {
        refused(toml, &ROWS, 3, &["«Программа»", "Курсы"]);
    }
}

#[test]
fn a_register_named_for_a_file_is_that_of_the_sheets_with_its_columns() {
    let data = try_read_with(
        FILE,
        &[
            grid("Лист1", &["Пояснение"]),
            grid("Лист2", &ROWS),
            grid(
                "Лист3",
                &["Организация | Тип", "МБОУ СОШ №1 | общеобразовательная"],
            ),
        ],
        "[sources]\n\"Список.xlsx\" = \"diagnostics\"",
    )
    .unwrap();
    let registers: Vec<_> = data.sheets.iter().map(|sheet| sheet.register).collect();
    assert_eq!(
        registers,
        [
            None,
            Some(RegisterId::Diagnostics),
            Some(RegisterId::Organizations)
        ]
    );
}

#[test]
fn a_register_named_for_a_file_must_be_on_one_of_its_sheets() {
    let failure = try_read_with(
        FILE,
        &[
            grid("Лист1", &["Пояснение"]),
            grid("Лист2", &["ФИО | Дата диагностики"]),
        ],
        "[sources]\n\"Список.xlsx\" = \"courses\"",
    )
    .unwrap_err();
    assert_eq!(failure.exit_code(), 3);
    assert!(failure.to_string().contains("Курсы"), "{failure}");
}

#[test]
fn hidden_sheets_are_read_only_when_named() {
    let hidden = grid("Лист2", &["ФИО | Дата диагностики", ROWS[1]]).hidden();
    let data = try_read_with(FILE, std::slice::from_ref(&hidden), "").unwrap();
    assert_eq!(register(&data), None);
    assert_eq!(findings(&data), ["N202"]);
    let toml = "[sources]\n\"Список.xlsx#Лист2\" = \"diagnostics\"";
    let data = try_read_with(FILE, &[hidden], toml).unwrap();
    assert_eq!(data.diagnostics.len(), 1);
}

#[test]
fn columns_are_pinned_by_header_or_letter() {
    for pin in [
        "\"Когда\" = \"Дата диагностики\"",
        "\"B\" = \"Дата диагностики\"",
    ] {
        let toml = format!("[columns]\n\"Список.xlsx#Лист2\" = {{ {pin} }}");
        let data = read(&toml, &ROWS).unwrap();
        assert_eq!(register(&data), Some(RegisterId::Diagnostics), "{pin}");
        assert!(matches!(
            data.diagnostics.first().unwrap().date.cell(),
            DateCell::Day(_)
        ));
    }
}

#[test]
fn a_pin_settles_two_columns_of_one_meaning() {
    let rows = [
        "ФИО | Дата диагностики | Вид диагностики | Дата прохождения",
        "Иванова Мария Петровна | 01.02.2024 | предметная | 02.03.2024",
    ];
    refused("", &rows, 3, &["B1", "D1"]);
    let toml = "[columns]\n\"Список.xlsx\" = { \"D\" = \"Дата диагностики\" }";
    let data = read(toml, &rows).unwrap();
    let letters: Vec<_> = columns(&data)
        .into_iter()
        .map(|(letter, _)| letter)
        .collect();
    assert_eq!(letters, ["A", "C", "D"]);
    assert_eq!(
        data.diagnostics.first().unwrap().date.day(),
        chrono::NaiveDate::from_ymd_opt(2024, 3, 2)
    );
}

#[test]
fn pins_that_name_what_is_not_there_are_refused() {
    let pin = |pin: &str| format!("[columns]\n\"Список.xlsx#Лист2\" = {{ {pin} }}");
    refused(
        &pin("\"Кагда\" = \"Дата диагностики\""),
        &["ФИО | Дата диагностики", ROWS[1]],
        2,
        &["Кагда"],
    );
    refused(
        &pin("\"Когда\" = \"Дата диагностик\""),
        &ROWS,
        2,
        &["Дата диагностики"],
    );
    refused(
        &pin("\"Статус\" = \"Программа\""),
        &["ФИО | Дата диагностики | Статус", ROWS[1]],
        2,
        &["Программа"],
    );
    refused(
        "[columns]\n\"Список.xlsx#Лист7\" = { \"B\" = \"Статус\" }",
        &ROWS,
        2,
        &["Лист7"],
    );
}

#[test]
fn aliases_are_added() {
    let toml = "[aliases]\ndiagnostics = { \"Дата диагностики\" = [\"Когда\"] }";
    let data = read(toml, &ROWS).unwrap();
    assert_eq!(register(&data), Some(RegisterId::Diagnostics));
    assert!(matches!(
        data.diagnostics.first().unwrap().date.cell(),
        DateCell::Day(_)
    ));
    refused("[aliases]\ndiagnostic = { }", &ROWS, 2, &["diagnostics"]);
    refused(
        "[aliases]\ndiagnostics = { \"Дата диагностик\" = [\"Когда\"] }",
        &ROWS,
        2,
        &["Дата диагностики"],
    );
}

#[test]
fn named_questions_show_the_header_of_a_survey() {
    let toml = "[survey]\nquestions = [\"Полезна ли служба?\"]";
    let rows = [
        "Анкета | для | педагогов",
        "№ | Полезна ли служба? | Что улучшить?",
        "n:1 | да | всё хорошо",
    ];
    let data = try_read_with("Опрос.xlsx", &[grid("Лист1", &rows)], toml).unwrap();
    assert_eq!(data.sheets.first().unwrap().header_row, Some(1));
    assert_eq!(data.answers.len(), 1);
}
