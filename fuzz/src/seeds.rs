//! Where each target starts: the corpus of the reader, the worked cases and the tables of data.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::folder::join;

/// Parts of a workbook that say nothing of its cells.
const IDLE: [&str; 7] = [
    "theme",
    "docProps",
    "Thumbnails",
    "Configurations2",
    "settings.xml",
    "meta.xml",
    "manifest.rdf",
];

/// The seeds of a target by their names. `root` is the folder of the project.
pub fn seeds(target: &str, root: &Path) -> BTreeMap<String, Vec<u8>> {
    let corpus = files(&root.join("tests/corpus"));
    let cases = root.join("tests/cases");
    let mut all = BTreeMap::new();
    match target {
        "text" => {
            for path in tables(&corpus).chain(tables(&files(&cases)).step_by(12)) {
                put(&mut all, path, &[&[0], &read(path)[..]].concat());
            }
        }
        "header" => {
            for (number, path) in tables(&files(&cases)).enumerate() {
                // Mostly no register is named.
                let register = if number % 4 == 0 {
                    (number / 4 % 13) as u8
                } else {
                    31
                };
                put(&mut all, path, &[&[register], &read(path)[..]].concat());
            }
        }
        "cell" => {
            for (number, word) in words(root).into_iter().enumerate() {
                all.insert(format!("{number}"), word.into_bytes());
            }
        }
        "names" => {
            let words = words(root);
            for (number, words) in words.chunks(12).enumerate() {
                all.insert(format!("{number}"), words.join("\n").into_bytes());
            }
        }
        "settings" => {
            let settings = files(&cases)
                .into_iter()
                .filter(|path| ends(path, &["toml"]));
            for path in settings.collect::<Vec<_>>().iter() {
                put(&mut all, path, &read(path));
            }
            let every = mms::settings::template().expect("the commented settings");
            let set: String = every
                .lines()
                .map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line)))
                .collect();
            all.insert("every".to_owned(), every.into_bytes());
            all.insert("set".to_owned(), set.into_bytes());
        }
        "workbook" => {
            for path in &corpus {
                put(&mut all, path, &read(path));
            }
        }
        "parts" => {
            for path in corpus
                .iter()
                .filter(|path| ends(path, &["xlsx", "xlsm", "xlsb", "ods"]))
            {
                if let Some(parts) = unpacked(path) {
                    put(&mut all, path, &join(&parts));
                }
            }
        }
        "result" => {
            // Made by the program; without a run there is the frame alone.
            all.insert("frame".to_owned(), RESULT.as_bytes().to_vec());
        }
        "town" => {
            for case in folders(&cases) {
                let parts: Vec<(String, Vec<u8>)> = files(&case)
                    .iter()
                    .filter(|path| ends(path, &["csv", "tsv", "toml"]))
                    .map(|path| {
                        let name = path.file_name().unwrap_or_default().to_string_lossy();
                        (name.into_owned(), read(path))
                    })
                    .collect();
                if !parts.is_empty() {
                    put(&mut all, &case, &join(&parts));
                }
            }
        }
        _ => {}
    }
    all
}

/// A result of one figure, as `mms report --json` writes it.
const RESULT: &str = r#"{"schema":"mms-result/1","tool":"mms 0.1.0","municipality":"город Кузнецк",
"period":{"label":"2024-Q3","from":"2024-07-01","to":"2024-09-30"},
"window":{"kind":"ytd","from":"2024-01-01","to":"2024-09-30"},
"population":{"teachers":10,"managers":2,"organizations":1},
"indicators":[{"id":"4.1.2.1","title":"…","unit":"percent","status":"ok","numerator":4,"denominator":10,
"value":"40.0","target":"50","deviation":"-10.0","outcome":"missed","rule":"…","note":null,"organizations":[]}],
"issues":{"errors":0,"warnings":1,"by_code":{"W201":1}},"inputs":[]}"#;

/// The words of the tables of data, and cells as people write them.
fn words(root: &Path) -> Vec<String> {
    let data = files(&root.join("src"))
        .into_iter()
        .filter(|path| ends(path, &["toml"]));
    let mut words: Vec<String> = CELLS.iter().map(|cell| (*cell).to_owned()).collect();
    for path in data {
        let text = String::from_utf8_lossy(&read(&path)).into_owned();
        let quoted = text.split('"').skip(1).step_by(2);
        words.extend(
            quoted
                .filter(|word| word.len() > 1 && word.len() < 200)
                .step_by(7)
                .map(str::to_owned),
        );
    }
    words
}

const CELLS: [&str; 48] = [
    "30.09.2024",
    "30.9.24",
    "30/09/2024",
    "2024-09-30",
    "2024-09-30T10:00:00Z",
    "30 сентября 2024 г.",
    "30.09.2024 10:15",
    "сентябрь 2024",
    "09.2024",
    "2024",
    "45565",
    "до 30.09.2024",
    "III квартал 2024 г.",
    "12.02-01.03.2024",
    "с 12.02.2024 по 01.03.2024",
    "12–16 февраля 2024 г. (72 ч)",
    "112-233-445 95",
    "11223344595",
    "1 234,5",
    "12,5 %",
    "<= 10",
    "5..15",
    "3,5",
    "2 г. 11 мес.",
    "2 года 11 месяцев 5 дней",
    "2/11",
    "менее года",
    "б/с",
    "да, приказ № 5",
    "нет",
    "✓",
    "#Н/Д",
    "-",
    "н/д",
    "Иванова Мария Ивановна",
    "Иванова М. И.",
    "М.И. Иванова",
    "Иванова (Петрова) Мария Ивановна",
    "Римский - Корсаков Н.А.",
    "МБОУ СОШ №1 города Кузнецка",
    "МАОУ «Лицей № 2 имени А. С. Пушкина»",
    "д/с № 3 «Теремок»",
    "филиал МБОУ СОШ № 1 в с. Нижнее",
    "зам. директора по УВР, учитель истории",
    "муз. рук.",
    "и. о. директора",
    "от 1 до 10",
    "2023/2024",
];

fn put(all: &mut BTreeMap<String, Vec<u8>>, path: &Path, contents: &[u8]) {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    let from = parts.len().saturating_sub(3);
    let name = parts
        .get(from..)
        .unwrap_or_default()
        .join("-")
        .replace(' ', "_");
    all.insert(name, contents.to_vec());
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a seed")
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .is_some_and(|ending| endings.iter().any(|known| ending == *known))
}

fn tables(files: &[PathBuf]) -> impl Iterator<Item = &PathBuf> {
    files.iter().filter(|path| ends(path, &["csv", "tsv"]))
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = entries(folder)
        .into_iter()
        .filter(|path| path.is_dir())
        .collect();
    all.sort();
    all
}

/// The files of a folder and its subfolders, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of seeds");
    entries.flatten().map(|entry| entry.path()).collect()
}

fn unpacked(path: &Path) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).ok()?).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut contents = Vec::new();
        part.read_to_end(&mut contents).ok()?;
        if !contents.is_empty() && !IDLE.iter().any(|idle| name.contains(idle)) {
            parts.push((name, contents));
        }
    }
    Some(parts)
}
