//! The figure and its explanation come from the same verdicts (methodology §6, 6).

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "helpers of tests"
)]

use assert_cmd::Command;
use serde_json::Value;

fn run(args: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mms"))
        .args(args)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Of every indicator of the example, the people (organisations, teams, pairs, measures, answers)
/// that `explain` lists are as many as the figure counts.
#[test]
fn explain_lists_exactly_what_the_figure_counts() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/kuznetsk");
    let result = run(&[
        "report", example, "--period", "2024-Q3", "--json", "-", "-q",
    ]);
    let explained = run(&[
        "explain", "all", example, "--period", "2024-Q3", "--format", "json", "-q",
    ]);
    let figures = result["indicators"].as_array().unwrap();
    assert_eq!(figures.len(), 14);
    for (figure, explained) in figures.iter().zip(explained.as_array().unwrap()) {
        let id = figure["id"].as_str().unwrap();
        assert_eq!(explained["id"], id);
        let lines = explained["people"].as_array().unwrap();
        let counted = lines.iter().filter(|line| line["counted"] == true).count() as u64;
        assert_eq!(figure["numerator"], counted, "numerator of {id}");
        let denominator = figure["denominator"].as_u64();
        match id {
            // Measures not yet due and answers not given are listed with their reason as well.
            "4.1.1" | "4.1.4" => assert!(lines.len() as u64 >= denominator.unwrap()),
            // A list of teams and of pairs has no denominator of its own.
            "4.1.2.6" | "4.1.3.2" => {}
            _ => assert_eq!(denominator, Some(lines.len() as u64), "denominator of {id}"),
        }
        assert!(
            lines
                .iter()
                .filter(|line| line["counted"] == true)
                .all(|line| { line["rows"].as_array().is_some_and(|rows| !rows.is_empty()) }),
            "a counted line of {id} leads to no row"
        );
    }
}

#[test]
fn who_stands_nowhere_is_told_why() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "Сотрудники.csv",
        "ФИО;Должность;Организация;Дата увольнения;Региональный методист;Закреплён за методистом\n\
         Иванова Мария Петровна;учитель;СОШ №1;01.02.2024;;\n\
         Петров Пётр Петрович;учитель;СОШ №1;;да;\n\
         Кузнецов Олег Олегович;учитель;СОШ №1;;;Неизвестный Иван Иванович\n\
         Сидоров Иван Иванович;дворник;СОШ №1;;;\n",
    );
    write(
        "Диагностика.csv",
        "ФИО;Организация;Дата диагностики\nПетров Пётр Петрович;СОШ №1;01.03.2024\n",
    );
    let said = |id: &str, person: &str| {
        let out = Command::cargo_bin("mms")
            .unwrap()
            .args(["explain", id])
            .arg(folder.path())
            .args(["--period", "2024-Q3", "--person", person])
            .output()
            .unwrap();
        assert!(out.status.success());
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (text(&out.stdout), text(&out.stderr))
    };
    let (shown, told) = said("4.1.2.1", "Иванова Мария Петровна");
    assert_eq!(shown, "");
    assert!(
        told.contains("не входит в показатель: уволен к отчётной дате"),
        "{told}"
    );
    let (_, told) = said("all", "Сидоров Иван Иванович");
    assert!(
        told.contains("не относится к педагогам, должность: дворник"),
        "{told}"
    );
    let (shown, told) = said("4.1.3.2", "Кузнецов Олег Олегович");
    assert!(
        shown.contains("Кузнецов Олег Олегович — СОШ №1\n      методист не найден"),
        "{shown}"
    );
    assert_eq!(told, "");
}
