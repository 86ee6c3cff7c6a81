//! A region of four small municipalities, one of them without a staff table.

#![allow(dead_code, missing_docs, reason = "each test takes what it needs")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

pub fn mms() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("mms"))
}

pub fn run(args: &[&str], folder: &Path) -> (i32, String, String) {
    let output = mms().args(args).current_dir(folder).output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

pub fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub const STAFF: &str = "ФИО;Организация;Должность\n";
pub const DIAGNOSTICS: &str = "ФИО;Организация;Дата диагностики\n";

/// Four municipalities. «Альфа»: 4 teachers, of whom 2 passed diagnostics in 2024 (one of them in
/// the third quarter), and a head who did not. «Бета»: 1 teacher, who did in February. «Гамма» has
/// no staff table. «Дельта»: 2 teachers, no table of diagnostics.
pub fn region() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(
        at,
        "Область/Альфа/mms.toml",
        "municipality = \"город Альфа\"\n[targets]\n\"4.1.2.1\" = 50\n",
    );
    let staff = format!(
        "{STAFF}Аистов Антон Ильич;Школа №1;учитель\nБаранова Белла Петровна;Школа №1;учитель\n\
         Волков Виктор Олегович;Школа №1;учитель\nГусева Галина Львовна;Школа №1;учитель\n\
         Дроздов Денис Юрьевич;Школа №1;директор\n"
    );
    put(at, "Область/Альфа/Сотрудники.csv", &staff);
    let passed = format!(
        "{DIAGNOSTICS}Аистов Антон Ильич;Школа №1;15.02.2024\nБаранова Белла Петровна;Школа №1;01.08.2024\n"
    );
    put(at, "Область/Альфа/Диагностика.csv", &passed);
    let staff = format!("{STAFF}Ершова Елена Ивановна;Лицей №2;учитель\n");
    put(at, "Область/Бета/Сотрудники.csv", &staff);
    let passed = format!("{DIAGNOSTICS}Ершова Елена Ивановна;Лицей №2;20.02.2024\n");
    put(at, "Область/Бета/Диагностика.csv", &passed);
    put(at, "Область/Гамма/Диагностика.csv", &passed);
    let staff =
        format!("{STAFF}Жуков Женя Ильич;Школа №3;учитель\nЗайцев Захар Ильич;Школа №3;учитель\n");
    put(at, "Область/Дельта/Сотрудники.csv", &staff);
    folder
}

pub fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

pub fn indicator<'a>(period: &'a Value, id: &str) -> &'a Value {
    let all = period["indicators"].as_array().unwrap();
    all.iter().find(|indicator| indicator["id"] == id).unwrap()
}

/// All files of a folder, by name.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect()
}

pub const BATCH: [&str; 7] = [
    "batch",
    "Область",
    "--period",
    "2024-Q3",
    "--out",
    "Отчёты",
    "--json",
];
