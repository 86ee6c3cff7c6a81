//! `mms batch` as its users start it: one bad municipality does not stop the rest, and sums are sums
//! of numerators and denominators.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own small inputs"
)]

mod region;

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use cellrune::{
    CalculationCellId, CalculationCellResult, CalculationOptions, CellContent, ReadOptions,
    SavedResult, calculate_workbook, read_xlsx_path,
};
use region::{BATCH, DIAGNOSTICS, STAFF, files, indicator, json, mms, put, region, run};
use serde_json::Value;

#[test]
fn sums_are_of_numerators_and_denominators_and_a_bad_municipality_stops_nobody() {
    let region = region();
    let (code, out, err) = run(&BATCH, region.path());
    assert_eq!(code, 1, "{err}");
    let summary = json(&region.path().join("Отчёты/Свод.json"));
    assert_eq!(summary["schema"], "mms-summary/1");
    let period = &summary["periods"][0];
    assert_eq!(
        (&period["computed"], &period["failed"]),
        (&3.into(), &1.into())
    );
    // 4 + 1 + 2 teachers, one head.
    assert_eq!(period["population"]["teachers"], 7);
    assert_eq!(period["population"]["managers"], 1);
    let passed = indicator(period, "4.1.2.1");
    // (2 + 1) of (4 + 1), not the mean of 50 % and 100 %; «Дельта» has no table of diagnostics.
    assert_eq!(
        (&passed["numerator"], &passed["denominator"]),
        (&3.into(), &5.into())
    );
    assert_eq!(
        (&passed["value"], &passed["counted"]),
        (&"60.0".into(), &2.into())
    );
    assert_eq!(passed["highest"]["towns"][0], "Бета");
    assert_eq!(passed["lowest"]["towns"][0], "город Альфа");
    // «Альфа» alone has a plan, 50, and 50 % meets it.
    assert_eq!((&passed["planned"], &passed["met"]), (&1.into(), &1.into()));
    // The head of «Альфа» alone: «Бета» has no managers, and 0 of 0 is no figure.
    let managers = indicator(period, "4.1.2.2");
    assert_eq!(
        (&managers["numerator"], &managers["denominator"]),
        (&0.into(), &1.into())
    );
    assert_eq!(
        (&managers["value"], &managers["counted"]),
        (&"0.0".into(), &1.into())
    );
    let roadmap = indicator(period, "4.1.1");
    assert_eq!(
        (&roadmap["status"], &roadmap["value"]),
        (&"no-data".into(), &Value::Null)
    );
    assert_eq!(summary["failures"][0]["town"], "Гамма");
    let reason = summary["failures"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("нет таблицы сотрудников"), "{reason}");
    assert!(
        out.contains("посчитано 3 из 4 муниципальных образований"),
        "{out}"
    );
    assert!(out.contains("60,0 %") && out.contains("3/5"), "{out}");
    assert!(out.contains("Гамма: нет таблицы сотрудников"), "{out}");
    // One line for each municipality, in the order in which they were done.
    assert_eq!(
        err.lines().filter(|line| line.contains("/4] ")).count(),
        4,
        "{err}"
    );
}

#[test]
fn there_is_a_report_and_a_result_for_each_municipality_and_period() {
    let region = region();
    let mut args = BATCH.to_vec();
    args.extend(["--period", "2024-Q1"]);
    assert_eq!(run(&args, region.path()).0, 1);
    let names: Vec<String> = files(&region.path().join("Отчёты")).into_keys().collect();
    for town in ["Альфа", "Бета", "Дельта"] {
        for period in ["2024-Q1", "2024-Q3"] {
            for extension in ["json", "xlsx"] {
                let name = format!("{town}_{period}.{extension}");
                assert!(names.contains(&name), "{name}: {names:?}");
            }
        }
    }
    assert!(!names.contains(&"Гамма_2024-Q3.xlsx".to_owned()));
    let summary = json(&region.path().join("Отчёты/Свод.json"));
    // By the dates, not as typed. In the first quarter one of «Альфа» and the one of «Бета».
    assert_eq!(summary["periods"][0]["period"]["label"], "2024-Q1");
    let passed = indicator(&summary["periods"][0], "4.1.2.1");
    assert_eq!(
        (&passed["numerator"], &passed["denominator"]),
        (&2.into(), &5.into())
    );
}

#[test]
fn the_same_bytes_whatever_the_number_of_threads() {
    let region = region();
    let with = |jobs: &str, out: &str| {
        let args = [
            "batch",
            "Область",
            "-p",
            "2024-Q2",
            "-p",
            "2024-Q3",
            "--out",
            out,
            "--json",
            "--jobs",
            jobs,
        ];
        let (code, text, _) = run(&args, region.path());
        assert_eq!(code, 1);
        (text.replace(out, ""), files(&region.path().join(out)))
    };
    assert_eq!(with("1", "Первые"), with("3", "Вторые"));
}

#[test]
fn nothing_is_replaced_without_force_and_nothing_is_computed_before_that_is_known() {
    let region = region();
    let at = region.path();
    put(at, "Отчёты/Бета_2024-Q3.json", "чужое");
    let (code, out, err) = run(&BATCH, at);
    assert_eq!((code, out.as_str()), (4, ""));
    assert!(
        err.contains("Бета_2024-Q3.json") && err.contains("--force"),
        "{err}"
    );
    assert_eq!(files(&at.join("Отчёты")).len(), 1);
    let mut args = BATCH.to_vec();
    args.push("--force");
    assert_eq!(run(&args, at).0, 1);
    assert_eq!(json(&at.join("Отчёты/Бета_2024-Q3.json"))["town"], "Бета");
    // A workbook that nobody has changed is replaced; the results are not workbooks.
    let without: Vec<&str> = BATCH
        .iter()
        .copied()
        .filter(|arg| *arg != "--json")
        .collect();
    assert_eq!(run(&without, at).0, 1);
    let (code, _, err) = run(
        &[
            "merge",
            "Отчёты/Свод.json",
            "--json",
            "Отчёты/Свод.json",
            "--force",
        ],
        at,
    );
    assert_eq!(code, 4);
    assert!(err.contains("исходный файл"), "{err}");
}

#[test]
fn the_folder_of_the_reports_is_no_municipality() {
    let region = region();
    let at = region.path();
    let args = [
        "batch",
        "Область",
        "-p",
        "2024-Q3",
        "--out",
        "Область/Отчёты",
        "--json",
        "--force",
    ];
    let (code, first, _) = run(&args, at);
    assert_eq!(code, 1);
    assert_eq!(run(&args, at).1, first);
    assert!(first.contains("из 4 муниципальных образований"), "{first}");
}

#[test]
fn alike_names_are_told_apart() {
    let region = region();
    let at = region.path();
    let staff = format!("{STAFF}Котов Кирилл Ильич;Школа №9;учитель\n");
    put(at, "Край/Бета/Сотрудники.csv", &staff);
    put(at, "Край/Омега/Сотрудники.csv", &staff);
    put(
        at,
        "Край/Омега/mms.toml",
        "municipality = \"город Альфа\"\n",
    );
    let args = [
        "batch",
        "Область",
        "Край",
        "-p",
        "2024-Q3",
        "--out",
        "О",
        "--json",
    ];
    assert_eq!(run(&args, at).0, 1);
    let names: Vec<String> = files(&at.join("О")).into_keys().collect();
    assert!(
        names.contains(&"Область_Бета_2024-Q3.json".to_owned()),
        "{names:?}"
    );
    assert!(
        names.contains(&"Край_Бета_2024-Q3.json".to_owned()),
        "{names:?}"
    );
    assert_eq!(
        json(&at.join("О/Альфа_2024-Q3.json"))["town"],
        "город Альфа (Альфа)"
    );
    assert_eq!(
        json(&at.join("О/Омега_2024-Q3.json"))["town"],
        "город Альфа (Омега)"
    );
    assert_eq!(json(&at.join("О/Свод.json"))["periods"][0]["computed"], 5);
}

#[test]
fn folders_that_are_no_batch_are_refused() {
    let region = region();
    let at = region.path();
    for (dir, said) in [
        ("Нет", "папки нет"),
        ("Область/Альфа", "нет вложенных папок"),
        ("Область/Альфа/mms.toml", "это не папка"),
    ] {
        let (code, _, err) = run(&["batch", dir, "-p", "2024-Q3", "--out", "О"], at);
        assert_eq!(code, 3, "{err}");
        assert!(err.contains(said), "{err}");
    }
    // The settings of one municipality are its own trouble.
    put(at, "Область/Бета/mms.toml", "municipalty = \"Бета\"\n");
    let (code, out, _) = run(&["batch", "Область", "-p", "2024-Q3", "--out", "О"], at);
    assert_eq!(code, 1);
    assert!(
        out.contains("посчитано 2 из 4") && out.contains("municipalty"),
        "{out}"
    );
}

/// «Found in the folder given as input; two that fit are an error» (contract §5).
#[test]
fn settings_may_stand_once_for_all() {
    let region = region();
    let at = region.path();
    put(at, "Область/mms.toml", "[targets]\n\"4.1.2.1\" = 70\n");
    let args = [
        "batch",
        "Область",
        "-p",
        "2024-Q3",
        "--out",
        "О",
        "--json",
        "--quiet",
    ];
    assert_eq!(run(&args, at).0, 1);
    let summary = json(&at.join("О/Свод.json"));
    let passed = indicator(&summary["periods"][0], "4.1.2.1");
    // «Бета» has no file of its own and all of its people passed; «Альфа» has one too.
    assert_eq!((&passed["planned"], &passed["met"]), (&1.into(), &1.into()));
    let failed = summary["failures"].to_string();
    assert!(
        failed.contains("подходят два файла настроек") && failed.contains("Альфа"),
        "{failed}"
    );
}

#[test]
fn a_fault_of_the_settings_for_all_is_no_fault_of_a_municipality() {
    let region = region();
    let at = region.path();
    let args = [
        "batch",
        "Область",
        "-p",
        "2024-Q3",
        "--out",
        "О",
        "--config",
        "нет.toml",
    ];
    let (code, _, err) = run(&args, at);
    assert_eq!(code, 2, "{err}");
    assert!(!at.join("О").exists());
    // A summary is no report to verify.
    assert_eq!(
        run(&["batch", "Область", "-p", "2024-Q3", "--out", "О"], at).0,
        1
    );
    let (code, _, err) = run(&["verify", "О/Свод.xlsx", "Область/Альфа"], at);
    assert_eq!(code, 3);
    assert!(err.contains("это свод"), "{err}");
}

#[test]
fn strict_and_quiet() {
    let region = region();
    let at = region.path();
    fs::remove_dir_all(at.join("Область/Гамма")).unwrap();
    let args = ["batch", "Область", "-p", "2024-Q3", "--out", "О", "-q"];
    let (code, _, err) = run(&args, at);
    assert_eq!((code, err.as_str()), (0, ""));
    // A record of somebody whom the staff table does not know is an error.
    let passed = format!("{DIAGNOSTICS}Никто Никита Ильич;Лицей №2;20.02.2024\n");
    put(at, "Область/Бета/Диагностика.csv", &passed);
    assert_eq!(run(&args, at).0, 0);
    let strict = [
        "batch",
        "Область",
        "-p",
        "2024-Q3",
        "--out",
        "О",
        "--strict",
    ];
    assert_eq!(run(&strict, at).0, 1);
}

#[test]
fn live_formulas_give_the_stored_results_and_nobody_is_named() {
    let region = region();
    let at = region.path();
    let args = [
        "batch",
        "Область",
        "-p",
        "2024-Q1",
        "-p",
        "2024-Q3",
        "--out",
        "О",
        "--json",
    ];
    assert_eq!(run(&args, at).0, 1);
    let book = read_xlsx_path(at.join("О/Свод.xlsx"), ReadOptions::default()).unwrap();
    let calculated = calculate_workbook(&book, CalculationOptions::default());
    let mut formulas = 0;
    let mut sheets = Vec::new();
    for sheet in book.sheets() {
        sheets.push(sheet.name().as_str().to_owned());
        for cell in sheet.cells() {
            let CellContent::Formula(formula) = cell.content() else {
                continue;
            };
            formulas += 1;
            let place = format!("{}!{:?} {formula:?}", sheet.name().as_str(), cell.address());
            let SavedResult::Present(stored) = formula.saved_result() else {
                panic!("{place}: no stored result");
            };
            match calculated.cell(CalculationCellId::new(sheet.id(), cell.address())) {
                Some(CalculationCellResult::Value(value)) => assert_eq!(value, stored, "{place}"),
                other => panic!("{place}: {other:?}"),
            }
        }
    }
    assert_eq!(
        sheets,
        [
            "Свод",
            "По показателям",
            "Динамика",
            "Графики",
            "Не посчитано"
        ]
    );
    assert!(formulas > 100, "{formulas}");
    let mut archive =
        zip::ZipArchive::new(fs::File::open(at.join("О/Свод.xlsx")).unwrap()).unwrap();
    let mut all = fs::read_to_string(at.join("О/Свод.json")).unwrap();
    for place in 0..archive.len() {
        std::io::Read::read_to_string(&mut archive.by_index(place).unwrap(), &mut all).unwrap();
    }
    for name in ["Аистов", "Ершова", "Жуков"] {
        assert!(!all.contains(name), "{name}");
    }
    assert!(all.contains("город Альфа"));
    // The latest D, and no clock.
    assert!(all.contains("2024-09-30T00:00:00Z"));
}

#[test]
fn a_killed_batch_leaves_only_whole_files() {
    let region = region();
    let at = region.path();
    for number in 0..12 {
        let staff = format!("{STAFF}Ершова Елена Ивановна;Лицей №{number};учитель\n");
        put(at, &format!("Область/Ж{number}/Сотрудники.csv"), &staff);
    }
    for (turn, wait) in [5, 20, 50, 90, 140, 200, 300].into_iter().enumerate() {
        let out = format!("О{turn}");
        let mut child = mms()
            .args([
                "batch",
                "Область",
                "-p",
                "2024-Q2",
                "-p",
                "2024-Q3",
                "--json",
                "--out",
                &out,
            ])
            .current_dir(at)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
        if !at.join(&out).exists() {
            continue;
        }
        for (name, bytes) in files(&at.join(&out)) {
            match name.rsplit_once('.') {
                // What was being written has a hidden name and no place among the reports.
                _ if name.starts_with('.') => {}
                Some((_, "json")) => drop(serde_json::from_slice::<Value>(&bytes).unwrap()),
                Some((_, "xlsx")) => {
                    drop(zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap())
                }
                _ => panic!("{name}"),
            }
        }
    }
}
