//! What findings say of people: the words, beside the codes (methodology §3 and §4).

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "helpers of tests"
)]

use std::fs;

use assert_cmd::Command;
use serde_json::Value;

/// What is found in a town of these tables: the code of each finding, what it says and its advice.
fn findings(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text.trim_start()).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_mms"))
        .args(["check", "--period", "2024-Q3", "--format", "json", "-q"])
        .arg(folder.path())
        .output()
        .unwrap();
    let checked: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let found = checked["findings"].as_array().unwrap().iter();
    found
        .map(|finding| {
            let says = text(finding, "seen") + " | " + &text(finding, "advice");
            (text(finding, "code"), says)
        })
        .collect()
}

/// The one finding of a code.
fn only(findings: &[(String, String)], code: &str) -> String {
    let of_code: Vec<&String> = findings
        .iter()
        .filter(|(own, _)| own == code)
        .map(|(_, says)| says)
        .collect();
    assert_eq!(of_code.len(), 1, "{code} in {findings:#?}");
    of_code[0].clone()
}

#[test]
fn another_organisation_is_said_with_what_decided() {
    let staff = "
ФИО;Организация;Должность;Дата рождения
Иванова Анна Петровна;МБОУ СОШ №1;учитель;01.02.1980
Иванова Анна Петровна;МБОУ СОШ №2;учитель;03.04.1990
Белов Игорь Ильич;МБОУ СОШ №1;учитель;05.06.1985
Власова Дарья Олеговна;МБОУ СОШ №3;учитель;07.08.1985
";
    let noted = |record: &str| {
        let records = format!("ФИО;Организация;Дата рождения;Дата диагностики\n{record}\n");
        let found = findings(&[("Сотрудники.csv", staff), ("Диагностика.csv", &records)]);
        only(&found, "N405")
    };
    let two = noted("Иванова Анна Петровна;МБОУ СОШ №3;01.02.1980;01.03.2024");
    assert!(two.contains("из нескольких с таким ФИО"), "{two}");
    let one = noted("Белов Игорь Ильич;МБОУ СОШ №3;;01.03.2024");
    assert!(one.contains("такое ФИО одно в муниципалитете"), "{one}");
}

#[test]
fn a_changed_surname_under_one_snils_is_not_two_people() {
    let under_one_snils = |other: &str| {
        let staff = format!(
            "ФИО;Организация;Должность;СНИЛС
Иванова Мария Петровна;МБОУ СОШ №1;учитель;112-233-445 95
{other};МБОУ СОШ №2;учитель;112-233-445 95\n"
        );
        let found = findings(&[("Сотрудники.csv", &staff)]);
        found.iter().filter(|(code, _)| code == "W423").count()
    };
    assert_eq!(under_one_snils("Сидорова Мария Петровна"), 0);
    assert_eq!(under_one_snils("Иванова М. П."), 0);
    assert_eq!(under_one_snils("Сидоров Пётр Ильич"), 1);
}

#[test]
fn whom_nobody_fits_is_lost_with_the_nearest_names() {
    let staff = "
ФИО;Организация;Должность
Салтыков-Щедрин Лев Львович;МБОУ СОШ №1;учитель
Волков Олег Олегович;МБОУ СОШ №1;учитель
Артёмова Наталья Петровна;МБОУ СОШ №1;учитель
Иванова (Петрова) Анна Игоревна;МБОУ СОШ №2;учитель
";
    for (lost, nearest) in [
        (
            "Салтыков Щедрин Лев Львович;",
            "Салтыков-Щедрин Лев Львович",
        ),
        ("Волков Олег;", "Волков Олег Олегович"),
        ("учитель Волков Олег Олегович;", "Волков Олег Олегович"),
        ("Наталья Петровна Артёмова;", "Артёмова Наталья Петровна"),
        ("Артёмова Н.П.;МБОУ СОШ №2", "Артёмова Наталья Петровна"),
        ("Иванова Анна Игоревна;", "Иванова (Петрова) Анна Игоревна"),
    ] {
        let records = format!("ФИО;Организация;Дата диагностики\n{lost};01.03.2024\n");
        let found = findings(&[("Сотрудники.csv", staff), ("Диагностика.csv", &records)]);
        let says = only(&found, "E401");
        assert!(says.contains(&format!("кандидаты: «{nearest}»")), "{says}");
    }
}
