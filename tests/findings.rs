//! Every code of a finding has a page, a use in the program and a case: the smallest input that
//! gives it, in `tests/findings.toml`. The published list, `docs/findings.md`, is made of the pages
//! and the cases.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot write or read its own folder has to stop"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use mms::finding::{self, CodePage, Finding, severity_of};
use mms::period::Period;
use mms::pipeline::{Request, Run};
use mms::settings::load;
use mms::source::TextOptions;

/// The file that is added to a case without a staff table of its own.
const STAFF: &str = "Сотрудники.csv";

/// Headings of the published list, by the code's first digit.
const LAYERS: &[(char, &str)] = &[
    ('1', "Файлы"),
    ('2', "Листы и шапки"),
    ('3', "Ячейки"),
    ('4', "Люди"),
    ('5', "Организации"),
    ('6', "Должности"),
    ('7', "Записи"),
    ('8', "Опрос, дорожная карта и планы"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    staff: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    code: String,
    file: Option<String>,
    row: Option<u32>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    copies: BTreeMap<String, String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Cases {
    let text = fs::read_to_string(root().join("tests/findings.toml")).expect("findings.toml");
    toml::from_str(&text).expect("tests/findings.toml is as described at its head")
}

#[test]
fn every_case_gives_its_code_where_it_says() {
    let cases = cases();
    let mut wrong = String::new();
    for case in &cases.case {
        let run = match run(case, &cases.staff) {
            Ok(run) => run,
            Err(failure) => {
                let _ = write!(wrong, "\n{}: {failure}", case.code);
                continue;
            }
        };
        let of_code: Vec<String> = run
            .findings
            .all()
            .iter()
            .filter(|finding| finding.code.0 == case.code)
            .map(|finding| shown(&address(&run, finding)))
            .collect();
        let wanted = shown(&(case.file.clone(), case.row));
        if !of_code.contains(&wanted) {
            let all = run.findings.by_code();
            let _ = write!(
                wrong,
                "\n{}: expected at {wanted}, found at {of_code:?}; all codes: {all:?}",
                case.code
            );
        }
    }
    assert!(wrong.is_empty(), "cases that do not give their code{wrong}");
}

/// Writes the files of a case into a folder of its own and goes the way of every command.
fn run(case: &Case, staff: &str) -> Result<Run, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("a file of the case");
    };
    if !case.files.contains_key(STAFF) {
        write(STAFF, staff);
    }
    for (name, text) in &case.files {
        write(name, text);
    }
    for (name, from) in &case.copies {
        fs::copy(root().join(from), folder.path().join(name)).expect("a file that a case copies");
    }
    let inputs = vec![folder.path().to_path_buf()];
    let request = Request {
        settings: load(&inputs, None).expect("settings of the case").settings,
        inputs,
        period: Period::parse("2024-Q3").expect("a period"),
        text: TextOptions::default(),
    };
    request.run().map_err(|failure| failure.to_string())
}

/// The file and the row of a finding, the row as spreadsheets number it.
fn address(run: &Run, finding: &Finding) -> (Option<String>, Option<u32>) {
    let place = finding.place;
    let of_sheet = place
        .sheet
        .and_then(|sheet| run.dataset.sheet(sheet))
        .map(|sheet| sheet.file);
    let file = place
        .file
        .or(of_sheet)
        .map(|file| run.dataset.files[file.0 as usize].path.clone());
    (file, place.row.map(|row| row + 1))
}

fn shown((file, row): &(Option<String>, Option<u32>)) -> String {
    let file = file.as_deref().unwrap_or("no file");
    row.map_or_else(|| file.to_owned(), |row| format!("{file}, row {row}"))
}

#[test]
fn codes_of_the_program_of_the_pages_and_of_the_cases_are_the_same() {
    let pages: BTreeSet<String> = finding::catalogue().keys().cloned().collect();
    let cases: Vec<String> = cases().case.into_iter().map(|case| case.code).collect();
    let told: BTreeSet<String> = cases.iter().cloned().collect();
    let used = used();

    assert_eq!(cases.len(), told.len(), "a code has two cases");
    let without = |all: &BTreeSet<String>, of: &BTreeSet<String>| -> Vec<String> {
        all.difference(of).cloned().collect()
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(without(&used, &pages), none, "used in src, without a page");
    assert_eq!(without(&pages, &used), none, "a page that nothing uses");
    assert_eq!(without(&pages, &told), none, "a page without a case");
    assert_eq!(without(&told, &pages), none, "a case of a code that is not");
}

#[test]
fn pages_are_filled_in() {
    let mut empty = Vec::new();
    for (code, page) in finding::catalogue() {
        let texts = [&page.title, &page.meaning, &page.effect, &page.remedy];
        if texts.iter().any(|text| text.trim().is_empty()) || page.example.trim().is_empty() {
            empty.push(code);
        }
    }
    assert!(empty.is_empty(), "pages with an empty text: {empty:?}");
}

/// Every code that the sources name: `Code("X000")`.
fn used() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut folders: Vec<PathBuf> = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of src") {
            let path = entry.expect("an entry of src").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                codes.extend(
                    text.split("Code(\"")
                        .skip(1)
                        .filter_map(|rest| rest.split_once("\")"))
                        .map(|(code, _)| code.to_owned()),
                );
            }
        }
    }
    codes
}

#[test]
fn the_published_list_is_up_to_date() {
    let fresh = published();
    let stands = fs::read_to_string(root().join("docs/findings.md")).unwrap_or_default();
    if stands.replace("\r\n", "\n") != fresh {
        let place = root().join("target/findings.md");
        fs::create_dir_all(root().join("target")).expect("target");
        fs::write(&place, &fresh).expect("target/findings.md");
    }
    assert!(
        stands.replace("\r\n", "\n") == fresh,
        "docs/findings.md differs from src/findings.toml and tests/findings.toml; the fresh text \
         is in target/findings.md: cp target/findings.md docs/findings.md"
    );
}

/// The text of `docs/findings.md`.
fn published() -> String {
    let cases = cases();
    let of_code: BTreeMap<&str, &Case> = cases
        .case
        .iter()
        .map(|case| (case.code.as_str(), case))
        .collect();
    let pages: Vec<&CodePage> = finding::catalogue().values().collect();
    let layer = |page: &CodePage| page.code.chars().nth(1);
    assert!(
        pages
            .iter()
            .all(|page| LAYERS.iter().any(|&(digit, _)| layer(page) == Some(digit))),
        "a code of a layer that has no heading"
    );
    let mut text = String::from(
        "# Коды замечаний\n\n\
         Всё, что программа заметила в исходных таблицах, названо кодом. Буква — вес: E — ошибка, \
         из-за неё что-то не учтено; W — предупреждение, учтено по названному допущению; N — \
         примечание, прочитано иначе, чем записано, ничего не потеряно. Первая цифра — о чём \
         замечание. Страницу одного кода печатает `mms check --explain КОД`.\n\n\
         У каждого кода есть наименьший пример, который его даёт за 3-й квартал 2024 года; все люди \
         в примерах вымышлены. ",
    );
    let _ = write!(
        text,
        "Если таблицы сотрудников в примере нет, она такая:\n\n{}",
        block(STAFF, &cases.staff)
    );
    text.push_str(
        "\nСписок собран из `src/findings.toml` и `tests/findings.toml`; `cargo test --test findings` \
         проверяет, что каждый пример даёт свой код и что список не отстал.\n",
    );
    for &(digit, title) in LAYERS {
        let mut of_layer: Vec<&&CodePage> = pages
            .iter()
            .filter(|page| layer(page) == Some(digit))
            .collect();
        of_layer.sort_by_key(|page| (page.code[1..].to_owned(), page.code.clone()));
        let _ = write!(
            text,
            "\n## {title}\n\n| Код | Вес | Замечание |\n|---|---|---|\n"
        );
        for page in &of_layer {
            let (code, weight) = (&page.code, severity_of(&page.code).title());
            let _ = writeln!(text, "| {code} | {weight} | {} |", page.title);
        }
        for page in of_layer {
            entry(&mut text, page, of_code.get(page.code.as_str()).copied());
        }
    }
    text
}

fn entry(text: &mut String, page: &CodePage, case: Option<&Case>) {
    let _ = write!(
        text,
        "\n### {}: {}\n\nВес: {}. {}\n\n- Что с показателями: {}\n- Что делать: {}\n- Например: {}\n",
        page.code,
        page.title,
        severity_of(&page.code).title(),
        page.meaning,
        page.effect,
        page.remedy,
        page.example
    );
    let Some(case) = case else { return };
    for (name, from) in &case.copies {
        let _ = write!(text, "\nФайл `{name}` — это [{from}](../{from}).\n");
    }
    for (name, contents) in &case.files {
        text.push('\n');
        text.push_str(&block(name, contents));
    }
    let Some(file) = &case.file else { return };
    let row = case
        .row
        .map_or_else(String::new, |row| format!(", строка {row}"));
    let _ = write!(text, "\nЗамечание стоит у файла `{file}`{row}.\n");
}

/// A file of a case as a block of text under its name.
fn block(name: &str, contents: &str) -> String {
    format!("`{name}`\n\n```text\n{}\n```\n", contents.trim_end())
}
