//! Every example that `--help` shows is run as it stands, in a folder that holds what it names.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own small inputs"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde::Deserialize;

const STAFF: &str = "ФИО;Организация;Должность\n\
    Иванова Мария Петровна;МБОУ СОШ №1;учитель\n\
    Петрова Анна Игоревна;МБОУ СОШ №1;учитель\n\
    Сидоров Олег Ильич;МБОУ СОШ №2;директор\n";

/// The second date is none: `check` finds an error.
const DIAGNOSTICS: &str = "ФИО;Организация;Дата диагностики\n\
    Иванова Мария Петровна;МБОУ СОШ №1;10.09.2024\n\
    Петрова Анна Игоревна;МБОУ СОШ №1;31.06.2024\n";

const COURSES: &str = "ФИО;Организация;Программа;Дата начала;Дата окончания\n\
    Иванова Мария Петровна;МБОУ СОШ №1;Функциональная грамотность;01.07.2024;15.08.2024\n";

#[derive(Deserialize)]
struct Help {
    command: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    #[serde(default)]
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    run: String,
}

fn help() -> Vec<Entry> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/help.toml");
    toml::from_str::<Help>(&fs::read_to_string(path).unwrap())
        .unwrap()
        .command
}

fn mms<'a>(args: impl IntoIterator<Item = &'a str>, folder: &Path) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_mms"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    (
        status.code().unwrap(),
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    )
}

/// Runs what must succeed while the folder is prepared.
fn made(line: &str, folder: &Path) {
    let (code, _, err) = mms(line.split(' '), folder);
    assert_eq!(code, 0, "{line}: {err}");
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A workbook of such sheets, each the rows of a csv.
fn workbook(path: &Path, sheets: &[(&str, &str)]) {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, table) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, line) in (0..).zip(table.lines()) {
            for (column, cell) in (0..).zip(line.split(';')) {
                sheet.write(row, column, cell).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

/// All that the examples name: tables, reports of two quarters, towns, results.
fn prepare(folder: &Path) {
    for (town, name) in [
        ("Таблицы", "город Кузнецк"),
        ("Область/Кузнецк", "город Кузнецк"),
        ("Область/Пенза", "город Пенза"),
    ] {
        let town = folder.join(town);
        put(
            &town.join("mms.toml"),
            &format!("municipality = \"{name}\"\n"),
        );
        put(&town.join("Сотрудники.csv"), STAFF);
        put(&town.join("Диагностика.csv"), DIAGNOSTICS);
    }
    put(&folder.join("Курсы.csv"), COURSES);
    workbook(&folder.join("Курсы.xlsx"), &[("Курсы", COURSES)]);
    workbook(&folder.join("Сотрудники.xlsx"), &[("Сотрудники", STAFF)]);
    workbook(
        &folder.join("Список.xlsx"),
        &[("Лист1", STAFF), ("Лист2", DIAGNOSTICS)],
    );
    made(
        "report Таблицы --period 2024-Q2 -o Показатели_ММС_2024-Q2.xlsx",
        folder,
    );
    made(
        "report Таблицы --period 2024-Q3 -o Показатели_ММС_2024-Q3.xlsx",
        folder,
    );
    fs::copy(
        folder.join("Показатели_ММС_2024-Q3.xlsx"),
        folder.join("Отчёт.xlsx"),
    )
    .unwrap();
    fs::create_dir(folder.join("Результаты")).unwrap();
    for (town, result) in [("Кузнецк", "kuznetsk.json"), ("Пенза", "penza.json")] {
        made(
            &format!("report Область/{town} --period 2024-Q3 -o {town}.xlsx --json {result}"),
            folder,
        );
        fs::copy(folder.join(result), folder.join("Результаты").join(result)).unwrap();
    }
}

/// The words of a line as a shell parts them: spaces, but not within double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![];
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    assert!(!quoted, "a quote is not closed: {line}");
    words.extend(word);
    words
}

#[test]
fn a_line_is_parted_as_a_shell_does() {
    assert_eq!(
        words("mms explain  all --person \"Иванова Мария\" a=\"б в\""),
        [
            "mms",
            "explain",
            "all",
            "--person",
            "Иванова Мария",
            "a=б в"
        ]
    );
}

/// The exit code of contract §2: the tables have an unreadable date, and two quarters differ.
fn expected_code(line: &str) -> i32 {
    let negative = line.starts_with("mms diff ") || line.starts_with("mms check Таблицы");
    i32::from(negative)
}

#[test]
fn every_command_has_an_example_and_its_help_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let entries = help();
    for command in mms::cli::command().get_subcommands() {
        let name = command.get_name();
        assert!(
            name == "help" || entries.iter().any(|entry| entry.name == name),
            "{name} has no entry"
        );
    }
    for Entry { name, example } in entries {
        assert!(!example.is_empty(), "{name} has no example");
        let of_a_command = Some(name.as_str()).filter(|name| *name != "mms");
        let (code, out, _) = mms(of_a_command.into_iter().chain(["--help"]), folder.path());
        assert_eq!(code, 0);
        // A long line may be broken between words.
        let shown = out.split_whitespace().collect::<Vec<_>>().join(" ");
        for Example { run } in example {
            assert!(shown.contains(&run), "{name} --help does not show: {run}");
        }
    }
}

#[test]
fn every_example_runs_as_it_stands() {
    let root = tempfile::tempdir().unwrap();
    let prepared = root.path().join("prepared");
    fs::create_dir(&prepared).unwrap();
    prepare(&prepared);
    for (number, Example { run: line }) in (0..).zip(help().into_iter().flat_map(|e| e.example)) {
        let folder = root.path().join(format!("{number}"));
        copy(&prepared, &folder);
        let mut words = words(&line);
        assert_eq!(words.remove(0), "mms", "{line}");
        // `> FILE`: what the shell does with standard output.
        let file = words.iter().position(|word| word == ">").map(|at| {
            let file = words.split_off(at).pop().unwrap();
            assert!(!file.starts_with('~'), "a folder that may not be: {line}");
            folder.join(file)
        });
        let (code, out, err) = mms(words.iter().map(String::as_str), &folder);
        assert_eq!(code, expected_code(&line), "{line}\n{err}");
        assert!(!out.is_empty(), "{line} prints nothing");
        assert!(
            !err.lines().any(|line| line.starts_with("Ошибка:")),
            "{line}\n{err}"
        );
        if let Some(file) = file {
            fs::write(file, &out).unwrap();
        }
        // What the line asks to write is there.
        for pair in words.windows(2) {
            if ["-o", "--json", "--out"].contains(&pair[0].as_str()) {
                assert!(folder.join(&pair[1]).exists(), "{line}: no {}", pair[1]);
            }
        }
        if line.contains("--person") || line.contains("--org") {
            let named = ["Иванова Мария Петровна", "Петрова Анна Игоревна"];
            assert!(named.iter().any(|name| out.contains(name)), "{line}\n{out}");
        }
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
