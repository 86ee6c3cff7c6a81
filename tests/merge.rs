//! `mms merge` gives what `mms batch` gave, and takes nothing that is no result.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own small inputs"
)]

mod region;

use std::fs;
use std::path::Path;

use region::{BATCH, STAFF, files, indicator, json, put, region, run};
use serde_json::Value;

/// What `merge` of these inputs writes: the workbook and the JSON.
fn merged(inputs: &[&str], folder: &Path) -> (Vec<u8>, Vec<u8>) {
    let mut args = vec!["merge", "-o", "m.xlsx", "--json", "m.json", "--force"];
    args.extend(inputs);
    let (code, _, err) = run(&args, folder);
    assert_eq!(code, 0, "{err}");
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    (read("m.xlsx"), read("m.json"))
}

#[test]
fn merge_of_results_is_the_batch_byte_for_byte() {
    let region = region();
    let at = region.path();
    let mut args = BATCH.to_vec();
    args.extend(["--period", "2024-Q2"]);
    assert_eq!(run(&args, at).0, 1);
    let read = |name: &str| fs::read(at.join("Отчёты").join(name)).unwrap();
    let batch = (read("Свод.xlsx"), read("Свод.json"));
    let singles: Vec<String> = files(&at.join("Отчёты"))
        .into_keys()
        .filter(|name| name.ends_with(".json") && name != "Свод.json")
        .map(|name| format!("Отчёты/{name}"))
        .collect();
    assert_eq!(singles.len(), 8);
    let forward: Vec<&str> = singles.iter().map(String::as_str).collect();
    let backward: Vec<&str> = forward.iter().rev().copied().collect();
    assert_eq!(merged(&forward, at), batch);
    assert_eq!(merged(&backward, at), batch);
    assert_eq!(merged(&["Отчёты/Свод.json"], at), batch);
    // The same result by two ways counts once.
    assert_eq!(merged(&["Отчёты"], at), batch);
}

#[test]
fn results_of_mms_report_give_the_summary_of_the_batch() {
    let region = region();
    let at = region.path();
    fs::remove_dir_all(at.join("Область/Гамма")).unwrap();
    let (code, _, err) = run(&BATCH, at);
    assert_eq!(code, 0, "{err}");
    fs::create_dir(at.join("Результаты")).unwrap();
    for town in ["Альфа", "Бета", "Дельта"] {
        let (input, result) = (format!("Область/{town}"), format!("Результаты/{town}.json"));
        let args = [
            "report", &input, "-p", "2024-Q3", "-o", "r.xlsx", "--force", "--json", &result,
        ];
        assert_eq!(run(&args, at).0, 0);
    }
    let read = |name: &str| fs::read(at.join("Отчёты").join(name)).unwrap();
    let (workbook, text) = merged(&["Результаты"], at);
    assert!(workbook == read("Свод.xlsx"));
    assert_eq!(
        String::from_utf8(text),
        String::from_utf8(read("Свод.json"))
    );
}

#[test]
fn a_result_beats_a_failure_and_two_different_results_are_refused() {
    let region = region();
    let at = region.path();
    assert_eq!(run(&BATCH, at).0, 1);
    // «Гамма» is mended and computed alone.
    let staff = format!("{STAFF}Ершова Елена Ивановна;Лицей №2;учитель\n");
    put(at, "Область/Гамма/Сотрудники.csv", &staff);
    let args = [
        "report",
        "Область/Гамма",
        "-p",
        "2024-Q3",
        "-o",
        "r.xlsx",
        "--json",
        "Гамма.json",
    ];
    assert_eq!(run(&args, at).0, 0);
    let (_, text) = merged(&["Отчёты", "Гамма.json"], at);
    let summary: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(summary["failures"].as_array().unwrap().len(), 0);
    assert_eq!(indicator(&summary["periods"][0], "4.1.2.1")["numerator"], 4);
    // «Альфа» again, with one teacher fewer: which of the two is right nobody can know.
    let staff = format!("{STAFF}Аистов Антон Ильич;Школа №1;учитель\n");
    put(at, "Область/Альфа/Сотрудники.csv", &staff);
    let args = [
        "report",
        "Область/Альфа",
        "-p",
        "2024-Q3",
        "-o",
        "r.xlsx",
        "--force",
        "--json",
        "a.json",
    ];
    assert_eq!(run(&args, at).0, 0);
    let (code, _, err) = run(&["merge", "Отчёты", "a.json", "-o", "x.xlsx"], at);
    assert_eq!(code, 3);
    assert!(err.contains("два разных результата «город Альфа»"), "{err}");
    assert!(err.contains("a.json"), "{err}");
    assert!(!at.join("x.xlsx").exists());
}

#[test]
fn what_is_no_result_is_refused_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for (text, said) in [
        ("{\"schema\": \"mms-res", "не JSON или файл оборван"),
        ("{}", "нет поля «schema»"),
        (
            "{\"schema\": \"mms-result/9\"}",
            "формат «mms-result/9» неизвестен",
        ),
        ("{\"schema\": \"mms-result/1\"}", "нет поля «municipality»"),
        ("[1]", "поле не того вида"),
    ] {
        put(at, "x.json", text);
        let (code, out, err) = run(&["merge", "x.json"], at);
        assert_eq!((code, out.as_str()), (3, ""));
        assert!(
            err.starts_with("Ошибка: x.json: ") && err.contains(said),
            "{err}"
        );
    }
    let (code, _, err) = run(&["merge", "нет.json"], at);
    assert_eq!(code, 3);
    assert!(err.contains("файла нет"), "{err}");
    assert!(!at.join("Свод.xlsx").exists());
}

#[test]
fn a_result_that_contradicts_itself_is_refused() {
    let region = region();
    let at = region.path();
    assert_eq!(run(&BATCH, at).0, 1);
    let good = json(&at.join("Отчёты/Альфа_2024-Q3.json"));
    let changes: [fn(&mut Value); 7] = [
        // Five of four.
        |result| result["indicators"][1]["numerator"] = 5.into(),
        // Two of four are no 99.9.
        |result| result["indicators"][1]["value"] = "99.9".into(),
        |result| result["indicators"][1]["denominator"] = (1_u64 << 63).into(),
        |result| result["population"]["teachers"] = (1_u64 << 63).into(),
        |result| result["indicators"][1]["unit"] = "count".into(),
        |result| drop(result["indicators"].as_array_mut().unwrap().remove(3)),
        |result| result["period"]["to"] = "2024-10-01".into(),
    ];
    for change in changes {
        let mut bad = good.clone();
        change(&mut bad);
        put(at, "bad.json", &bad.to_string());
        let (code, _, err) = run(&["merge", "bad.json"], at);
        assert_eq!(code, 3, "{err}");
        assert!(
            err.contains("заново") || err.contains("этой версией"),
            "{err}"
        );
    }
    let mut later = good;
    later["indicators"][1]["new_key"] = "of a later version".into();
    put(at, "later.json", &later.to_string());
    assert_eq!(run(&["merge", "later.json"], at).0, 0);
}
