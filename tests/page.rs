//! `--html`: the page for the site out of real tables, without anything that speaks of a person.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own small inputs"
)]

use std::path::Path;
use std::process::Command;

const STAFF: &str = "ФИО;Организация;Должность;СНИЛС;Дата рождения\n\
    Ветрова Анна Ильинична;МБОУ СОШ №1;учитель;112-233-445 95;01.02.1980\n\
    Ложкина Вера Петровна;МБОУ СОШ №1;учитель;;03.04.1981\n\
    Зайцева Ольга Юрьевна;МБОУ СОШ №1;учитель;;05.06.1982\n\
    Кротов Пётр Олегович;МБОУ СОШ №1;директор;;07.08.1979\n\
    Рыбина Нина Львовна;МБОУ СОШ №2;учитель;;09.10.1983\n\
    Совина Инна Павловна;МБОУ СОШ №2;учитель;;11.12.1984\n\
    Уткина Майя Романовна;МБОУ СОШ №2;учитель;;13.01.1985\n";
const DIAGNOSTICS: &str = "ФИО;Организация;Дата диагностики\n\
    Ветрова Анна Ильинична;МБОУ СОШ №1;12.03.2024\n\
    Кротов Пётр Олегович;МБОУ СОШ №1;12.03.2024\n\
    Неведомая Яна Яновна;МБОУ СОШ №2;12.03.2024\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Сотрудники.csv"), STAFF).unwrap();
    std::fs::write(folder.path().join("Диагностика.csv"), DIAGNOSTICS).unwrap();
    let settings = "municipality = \"город <Кузнецк>\"\n[targets]\n\"4.1.2.1\" = 50\n";
    std::fs::write(folder.path().join("mms.toml"), settings).unwrap();
    folder
}

/// Makes a report of the folder; gives the exit code.
fn report(folder: &Path, more: &[&str]) -> i32 {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("mms"))
        .args(["report", ".", "--period", "2024-Q3", "-o", "отчёт.xlsx"])
        .args(more)
        .current_dir(folder)
        .output()
        .unwrap();
    output.status.code().unwrap()
}

#[test]
fn the_page_tells_figures_and_names_nobody() {
    let folder = folder();
    assert_eq!(
        report(folder.path(), &["--html", "страница.html", "--names"]),
        0
    );
    let page = std::fs::read_to_string(folder.path().join("страница.html")).unwrap();
    for line in STAFF
        .lines()
        .chain(DIAGNOSTICS.lines())
        .skip(1)
        .filter(|line| !line.starts_with("ФИО"))
    {
        let cells: Vec<&str> = line.split(';').collect();
        let surname = cells[0].split(' ').next().unwrap();
        assert!(!page.contains(surname), "{surname}");
        for personal in cells.iter().skip(3).filter(|cell| !cell.is_empty()) {
            assert!(!page.contains(personal), "{personal}");
        }
    }
    assert!(page.contains("город &lt;Кузнецк&gt;, III квартал 2024 года"));
    // 1 of 6 teachers against 50: 16,7 − 50.
    for cell in [
        ">16,7</td>",
        ">−33,3\u{a0}п.\u{a0}п.</td>",
        "1 из 3</small>",
        "0 из 3</small>",
    ] {
        assert!(page.contains(cell), "{cell}");
    }
    // The share of managers is that of the one director, who is somebody.
    assert!(page.contains(">скрыто</td>") && !page.contains("1 из 1<"));
}

#[test]
fn the_same_tables_give_the_same_page() {
    let folder = folder();
    assert_eq!(report(folder.path(), &["--html", "1.html"]), 0);
    assert_eq!(report(folder.path(), &["--html", "2.html"]), 0);
    let page = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert_eq!(page("1.html"), page("2.html"));
}

#[test]
fn a_page_that_stands_there_is_replaced_only_with_force() {
    let folder = folder();
    std::fs::write(folder.path().join("страница.html"), "чужая").unwrap();
    assert_eq!(report(folder.path(), &["--html", "страница.html"]), 4);
    assert_eq!(
        std::fs::read_to_string(folder.path().join("страница.html")).unwrap(),
        "чужая"
    );
    assert_eq!(
        report(folder.path(), &["--html", "страница.html", "--force"]),
        0
    );
}
