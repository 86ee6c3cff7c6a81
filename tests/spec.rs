//! The worked examples for auditors, executed: `tests/spec/<id>.md`, one page for each indicator.
//!
//! A table under `### <title of a register>` becomes a csv file of that name, a block under
//! `### Настройки` becomes `mms.toml`. The table under `## Итог` is the figure. The table under
//! `## Кто засчитан` or `## Что засчитано` gives a verdict for each name: «да» is in the numerator,
//! «нет» in the denominator alone, «не входит» in neither. Words in bold in its last column stand
//! in the reason that `mms explain` gives.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot write or read its own folder has to stop"
)]

mod worked;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use worked::{indicator, report_args, run};

/// One page for each indicator, and no other.
const PAGES: usize = 14;

#[test]
fn every_page_gives_its_figure_and_its_verdicts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let mut pages: Vec<PathBuf> = fs::read_dir(&root)
        .expect("tests/spec")
        .map(|entry| entry.expect("an entry of tests/spec").path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    pages.sort();
    assert_eq!(pages.len(), PAGES, "one page for each indicator");

    let mut text = String::new();
    for path in &pages {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let page = Page::read(&fs::read_to_string(path).expect("a page"));
        for line in differences(&name, &page) {
            let _ = write!(text, "\n{name}: {line}");
        }
    }
    assert!(text.is_empty(), "the pages and the program differ{text}");
}

/// What a page says.
#[derive(Default)]
struct Page {
    /// Register's title → rows of cells, the header first.
    registers: BTreeMap<String, Vec<Vec<String>>>,
    /// `mms.toml`, when the page has one.
    settings: String,
    /// Rows of name, verdict and reason.
    verdicts: Vec<Vec<String>>,
    /// Numerator, denominator and value as printed.
    figure: Vec<String>,
}

impl Page {
    fn read(text: &str) -> Self {
        let mut page = Self::default();
        let (mut chapter, mut section) = (String::new(), String::new());
        let mut fenced = false;
        for line in text.lines() {
            if line.starts_with("```") {
                fenced = !fenced;
            } else if fenced {
                page.settings += line;
                page.settings += "\n";
            } else if let Some(title) = line.strip_prefix("## ") {
                title.clone_into(&mut chapter);
                section.clear();
            } else if let Some(title) = line.strip_prefix("### ") {
                title.clone_into(&mut section);
            } else if let Some(cells) = cells(line) {
                page.row(&chapter, &section, cells);
            }
        }
        page
    }

    /// Puts a row of a table where its headings say that it belongs.
    fn row(&mut self, chapter: &str, section: &str, cells: Vec<String>) {
        if !section.is_empty() {
            self.registers
                .entry(section.to_owned())
                .or_default()
                .push(cells);
            return;
        }
        match chapter {
            // The last row stands; the header comes first.
            "Итог" => self.figure = cells,
            "Кто засчитан" | "Что засчитано" if cells[1..2] != ["Засчитан"] =>
            {
                self.verdicts.push(cells);
            }
            _ => {}
        }
    }
}

/// The cells of a Markdown table row; none for another line and for the line under the header.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<String> = inner
        .split('|')
        .map(|cell| cell.trim().to_owned())
        .collect();
    (!cells.iter().all(|cell| cell == "---")).then_some(cells)
}

/// Runs the program over a page's tables and says what differs.
fn differences(id: &str, page: &Page) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("a folder for the tables");
    for (title, rows) in &page.registers {
        let lines: Vec<String> = rows.iter().map(|row| row.join(";") + "\n").collect();
        fs::write(data.join(format!("{title}.csv")), lines.concat()).expect("a table");
    }
    if !page.settings.is_empty() {
        fs::write(data.join("mms.toml"), &page.settings).expect("the settings");
    }

    let mut found = own_sums(page);
    let report = run(folder.path(), report_args(folder.path(), &[]));
    match indicator(&report.json, id) {
        Some(got) => found.extend(figure(page, got)),
        None => found.push(format!(
            "no figure, exit {}: {}",
            report.code, report.stderr
        )),
    }
    if !page.verdicts.is_empty() {
        let args = ["explain", id, "data", "--period", "2024-Q3"];
        let more = ["--who", "all", "--format", "json"];
        let explained = run(folder.path(), args.into_iter().chain(more));
        found.extend(verdicts(page, &explanation(&explained.json)));
    }
    found
}

/// The page's own arithmetic: its verdicts add up to its figure.
fn own_sums(page: &Page) -> Vec<String> {
    let count = |verdict: &str| page.verdicts.iter().filter(|row| row[1] == verdict).count();
    let sums = [count("да"), count("да") + count("нет")];
    let mut found = Vec::new();
    for (cell, sum) in page.figure.iter().zip(sums) {
        if !page.verdicts.is_empty() && cell != "—" && *cell != sum.to_string() {
            found.push(format!(
                "the page's verdicts add up to {sum}, its figure says {cell}"
            ));
        }
    }
    found
}

/// The figure of the page against that of the program.
fn figure(page: &Page, got: &Value) -> Vec<String> {
    let value = match page.figure.get(2).map(String::as_str) {
        Some("да") => "yes".to_owned(),
        Some("нет") => "no".to_owned(),
        other => other
            .unwrap_or_default()
            .trim_end_matches(" %")
            .replace(',', "."),
    };
    let wanted = [
        (
            "numerator",
            page.figure.first().cloned().unwrap_or_default(),
        ),
        (
            "denominator",
            page.figure.get(1).cloned().unwrap_or_default(),
        ),
        ("value", value),
    ];
    wanted
        .into_iter()
        .filter_map(|(key, wanted)| {
            let got = match &got[key] {
                Value::Null => "—".to_owned(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            (got != wanted).then(|| format!("{key}: expected {wanted}, got {got}"))
        })
        .collect()
}

/// What the program says of one name.
struct Explained {
    counted: bool,
    reason: String,
}

/// Reads the JSON of `mms explain`: name → what is said of it.
fn explanation(json: &Value) -> BTreeMap<String, Explained> {
    json["people"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|person| {
            let name = person["name"].as_str().unwrap_or_default().to_owned();
            let explained = Explained {
                counted: person["counted"] == true,
                reason: person["reason"].as_str().unwrap_or_default().to_lowercase(),
            };
            (name, explained)
        })
        .collect()
}

/// The verdicts of the page against those of the program.
fn verdicts(page: &Page, got: &BTreeMap<String, Explained>) -> Vec<String> {
    let mut found = Vec::new();
    for row in &page.verdicts {
        let (name, verdict, reason) = (&row[0], &row[1], &row[2]);
        let said = got.get(name);
        let holds = match verdict.as_str() {
            "да" => said.is_some_and(|said| said.counted),
            "нет" => said.is_some_and(|said| !said.counted),
            "не входит" => said.is_none_or(|said| !said.counted),
            _ => false,
        };
        if !holds {
            let said = said.map_or("not named", |said| match said.counted {
                true => "counted",
                false => "not counted",
            });
            found.push(format!(
                "«{name}»: «{verdict}» on the page, {said} by the program"
            ));
        }
        if let (Some(phrase), Some(said)) = (bold(reason), said)
            && !said.reason.contains(&phrase.to_lowercase())
        {
            found.push(format!(
                "«{name}»: reason «{}» lacks «{phrase}»",
                said.reason
            ));
        }
    }
    found
}

/// The words in bold of a cell.
fn bold(cell: &str) -> Option<&str> {
    cell.split("**").nth(1)
}
