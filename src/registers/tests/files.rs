//! Files on disk: several of them, read side by side and joined in their order.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::super::record::Answer;
use super::super::{Dataset, RegisterId, read};
use super::findings;
use crate::settings::Settings;

fn write(folder: &Path, name: &str, text: &str) {
    let mut file = File::options()
        .create_new(true)
        .write(true)
        .open(folder.join(name))
        .unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn read_folder(folder: &Path) -> Dataset {
    read(
        &[folder.to_owned()],
        &Settings::default(),
        2024,
        &Default::default(),
    )
    .unwrap()
}

fn town(folder: &Path) {
    write(
        folder,
        "а Сотрудники.csv",
        "ФИО;Организация;Должность\nИванова Мария Петровна;МБОУ СОШ №1;учитель\n;МБОУ СОШ №1;учитель\n",
    );
    write(
        folder,
        "б МБОУ СОШ №2.csv",
        "ФИО;Должность\nПетрова Анна Сергеевна;директор\nИванова Мария Петровна;учитель\n",
    );
    write(
        folder,
        "в Опрос.csv",
        "Отметка времени;Организация;Довольны ли Вы?\n01.09.2024;МБОУ СОШ №1;да\n32.09.2024;МБОУ СОШ №2;нет\n",
    );
    write(
        folder,
        "г Диагностика.csv",
        "ФИО;Дата диагностики;Статус\nПетрова Анна Сергеевна;01.02.2024;завершил\n",
    );
    write(folder, "приказ.docx", "не таблица");
    write(folder, "mms.toml", "decimals = 1\n");
}

#[test]
fn files_are_joined_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    town(folder.path());
    let data = read_folder(folder.path());
    let files: Vec<_> = data.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        files,
        [
            "а Сотрудники.csv",
            "б МБОУ СОШ №2.csv",
            "в Опрос.csv",
            "г Диагностика.csv"
        ]
    );
    let staff: Vec<_> = data
        .staff
        .iter()
        .map(|row| {
            (
                row.at.sheet.number(),
                row.at.row,
                data.text(row.person.name),
                data.text(row.person.organisation),
                data.text(row.position),
            )
        })
        .collect();
    assert_eq!(
        staff,
        [
            (0, 1, "Иванова Мария Петровна", "МБОУ СОШ №1", "учитель"),
            (1, 1, "Петрова Анна Сергеевна", "МБОУ СОШ №2", "директор"),
            (1, 2, "Иванова Мария Петровна", "МБОУ СОШ №2", "учитель"),
        ]
    );
    let diagnostics = data.diagnostics.first().unwrap();
    assert_eq!(data.text(diagnostics.person.name), "Петрова Анна Сергеевна");
    assert_eq!(data.text(diagnostics.status), "завершил");
    assert_eq!(diagnostics.at.sheet.number(), 3);
    let survey = data.surveys.first().unwrap();
    assert_eq!(survey.sheet.number(), 2);
    assert_eq!(
        data.text(survey.questions.first().unwrap().1),
        "Довольны ли Вы?"
    );
    let answers: Vec<_> = data
        .answers
        .iter()
        .map(|row| match data.answers_of(row).first() {
            Some(Answer::Text(text)) => (data.text(row.organisation), data.text(*text)),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(answers, [("МБОУ СОШ №1", "да"), ("МБОУ СОШ №2", "нет")]);
    let sheets: Vec<_> = data
        .sheets
        .iter()
        .map(|sheet| (sheet.file.0, sheet.register))
        .collect();
    assert_eq!(
        sheets,
        [
            (0, Some(RegisterId::Staff)),
            (1, Some(RegisterId::Staff)),
            (2, Some(RegisterId::Survey)),
            (3, Some(RegisterId::Diagnostics)),
        ]
    );
    assert_eq!(findings(&data), ["N102", "E310 A3", "N204", "E301 A3"]);
    let places: Vec<_> = data
        .findings
        .all()
        .iter()
        .map(|f| f.place.sheet.map(crate::source::SheetId::number))
        .collect();
    assert_eq!(places, [None, Some(0), Some(1), Some(2)]);
}

#[test]
fn two_readings_give_the_same() {
    let folder = tempfile::tempdir().unwrap();
    town(folder.path());
    let first = format!("{:?}", read_folder(folder.path()).staff);
    for _ in 0..5 {
        assert_eq!(format!("{:?}", read_folder(folder.path()).staff), first);
    }
}

#[test]
fn a_folder_without_tables_is_a_failure_of_the_inputs() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "приказ.docx", "не таблица");
    let failure = read(
        &[folder.path().to_owned()],
        &Settings::default(),
        2024,
        &Default::default(),
    )
    .unwrap_err();
    assert_eq!(failure.exit_code(), 3);
}

#[test]
fn a_dataset_without_staff_is_no_failure_here() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "Диагностика.csv",
        "ФИО;Дата диагностики\nПетрова Анна Сергеевна;01.02.2024\n",
    );
    let data = read_folder(folder.path());
    assert!(!data.has_register(RegisterId::Staff));
    assert!(data.has_register(RegisterId::Diagnostics));
}
