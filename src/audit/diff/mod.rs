//! Two reports side by side: each figure then and now, what changed in the inputs and the settings,
//! and who came in and went out where both reports carry names.
//!
//! A figure whose rule changed is flagged, so that a change of rule is not read as a change in life.

mod people;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::workbook::Report;
use crate::failure::Failure;
use crate::indicators::catalogue::catalogue;
use crate::ratio::Ratio;
use crate::report::model::Manifest;
use crate::settings::{InForce, Settings};

/// What is said of a figure or a setting whose rule is another one.
const INCOMPARABLE: &str = "изменилось правило, цифры несравнимы напрямую";

/// Settings that change no rule: what is printed, what is compared with, what may be read.
const NO_RULE: [&str; 6] = [
    "municipality",
    "executor",
    "head",
    "decimals",
    "privacy.",
    "limits.",
];

/// What two reports have to say to each other.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Comparison {
    /// The lines to print.
    pub lines: Vec<String>,
    /// Whether anything differs.
    pub differs: bool,
}

impl Comparison {
    fn say(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    fn section(&mut self, title: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            self.differs = true;
            self.say("");
            self.say(title);
            for line in lines {
                self.say(format!("  {line}"));
            }
        }
    }
}

/// Compares two reports.
///
/// # Errors
/// [`Failure::Input`]: one of them is no report of this program, or is damaged.
pub fn diff(old: &Path, new: &Path) -> Result<Comparison, Failure> {
    let (mut before, mut after) = (Report::open(old)?, Report::open(new)?);
    let mut found = Comparison::default();
    for (word, path, report) in [("Было", old, &before), ("Стало", new, &after)] {
        found.say(format!("{word}: {}", title(path, &report.manifest)));
        if !report.unchanged {
            found.say("  файл изменили после составления; здесь то, что записала программа");
        }
    }
    let (was, is) = (&before.manifest, &after.manifest);
    found.section("Отчёты", heads(was, is));
    let (settings, rules) = settings(was, is)?;
    found.section("Настройки", settings);
    found.section("Файлы", inputs(&was.result, &is.result));
    let moved = people::moves(&mut before.sheets, &mut after.sheets)?;
    let (was, is) = (&before.manifest, &after.manifest);
    figures(was, is, &rules, &moved, &mut found);
    if moved.is_none() && found.differs {
        found.say("");
        found.say("Кто прибыл и выбыл, видно, когда оба отчёта составлены с --names.");
    }
    if !found.differs {
        found.say("");
        found.say("Отличий нет");
    }
    Ok(found)
}

/// «Отчёт.xlsx: город Кузнецк, 2024-Q3, окно с 2024-01-01 по 2024-09-30, mms 0.1.0».
fn title(path: &Path, manifest: &Manifest) -> String {
    let result = &manifest.result;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let municipality = text(&result["municipality"]);
    let town = if municipality.is_empty() {
        String::new()
    } else {
        format!("{municipality}, ")
    };
    format!(
        "{name}: {town}{}, {}, {}",
        text(&result["period"]["label"]),
        window(result),
        text(&result["tool"])
    )
}

fn window(result: &Value) -> String {
    let window = &result["window"];
    match window["from"].as_str() {
        Some(from) => format!("окно с {} по {}", day(from), day(text(&window["to"]))),
        None => format!("окно по {}", day(text(&window["to"]))),
    }
}

/// `2024-09-30` as people read it.
fn day(iso: &str) -> String {
    let parts: Vec<&str> = iso.split('-').rev().collect();
    parts.join(".")
}

/// What differs in the heads of the reports.
fn heads(was: &Manifest, is: &Manifest) -> Vec<String> {
    let mut lines = Vec::new();
    let (was, is) = (&was.result, &is.result);
    for (title, then, now) in [
        ("период", &was["period"]["label"], &is["period"]["label"]),
        (
            "муниципальное образование",
            &was["municipality"],
            &is["municipality"],
        ),
        (
            "педагогов",
            &was["population"]["teachers"],
            &is["population"]["teachers"],
        ),
        (
            "управленцев",
            &was["population"]["managers"],
            &is["population"]["managers"],
        ),
        (
            "организаций",
            &was["population"]["organizations"],
            &is["population"]["organizations"],
        ),
    ] {
        if then != now {
            lines.push(format!("{title}: {} → {}", plain(then), plain(now)));
        }
    }
    if was["tool"] != is["tool"] {
        lines.push(format!(
            "программа: {} → {}; {INCOMPARABLE}, если версии считают по-разному",
            text(&was["tool"]),
            text(&is["tool"])
        ));
    }
    if was["window"]["kind"] != is["window"]["kind"] {
        lines.push(format!(
            "окно событий: {} → {}; {INCOMPARABLE}",
            text(&was["window"]["kind"]),
            text(&is["window"]["kind"])
        ));
    }
    lines
}

/// The settings that differ, and whether one of them is a rule.
fn settings(was: &Manifest, is: &Manifest) -> Result<(Vec<String>, bool), Failure> {
    let same_window = was.result["window"]["kind"] == is.result["window"]["kind"];
    let (then, now) = (entries(was)?, entries(is)?);
    let keys: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let mut lines = Vec::new();
    let mut rules = false;
    for key in keys {
        let (was, is) = (then.get(key), now.get(key));
        let emptied =
            was.or(is).is_some_and(|value| value == "{}") && (was.is_none() || is.is_none());
        // The usual window of the period, named or not.
        let same_window = key == "window" && same_window;
        if was == is || emptied || same_window {
            continue;
        }
        let said = |value: Option<&String>| value.map_or("не задана", String::as_str).to_owned();
        let mut line = format!("{key}: {} → {}", said(was), said(is));
        if key.starts_with("targets") {
            line += "; изменился план";
        } else if !NO_RULE.iter().any(|free| key.starts_with(free)) {
            line += "; ";
            line += INCOMPARABLE;
            rules = true;
        }
        lines.push(line);
    }
    Ok((lines, rules))
}

fn entries(manifest: &Manifest) -> Result<BTreeMap<String, String>, Failure> {
    let settings = Settings::from_toml(&manifest.settings, "Паспорт")
        .map_err(|error| Failure::Inputs(format!("настройки отчёта не читаются: {error}")))?;
    Ok(InForce::of(settings)
        .entries()?
        .into_iter()
        .map(|entry| (entry.key, entry.value))
        .collect())
}

/// The files that came, went or changed.
fn inputs(was: &Value, is: &Value) -> Vec<String> {
    let files = |result: &Value| -> BTreeMap<String, String> {
        result["inputs"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|file| {
                (
                    text(&file["path"]).to_owned(),
                    text(&file["sha256"]).to_owned(),
                )
            })
            .collect()
    };
    let (then, now) = (files(was), files(is));
    let paths: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    paths
        .into_iter()
        .filter_map(|path| match (then.get(path), now.get(path)) {
            (Some(was), Some(is)) if was != is => Some(format!(
                "изменён: {path} (SHA-256 {}… → {}…)",
                head(was),
                head(is)
            )),
            (Some(_), None) => Some(format!("удалён: {path}")),
            (None, Some(_)) => Some(format!("добавлен: {path}")),
            _ => None,
        })
        .collect()
}

fn head(sha: &str) -> &str {
    sha.get(..12).unwrap_or(sha)
}

/// The figures that differ.
fn figures(
    was: &Manifest,
    is: &Manifest,
    rules: &bool,
    moved: &Option<people::Moves>,
    found: &mut Comparison,
) {
    let find = |manifest: &Manifest, id: &str| -> Value {
        let all = manifest.result["indicators"].as_array();
        all.into_iter()
            .flatten()
            .find(|figure| figure["id"] == id)
            .cloned()
            .unwrap_or(Value::Null)
    };
    let mut any = false;
    for definition in &catalogue().indicators {
        let id = definition.id.as_str();
        let (then, now) = (find(was, id), find(is, id));
        let mut lines = Vec::new();
        for key in ["status", "value", "numerator", "denominator"] {
            if then[key] != now[key] && lines.is_empty() {
                lines.push(format!(
                    "{} → {}{}",
                    figure(&then),
                    figure(&now),
                    change(&then, &now)
                ));
            }
        }
        if then["target"] != now["target"] {
            lines.push(format!(
                "план: {} → {}",
                plain(&then["target"]),
                plain(&now["target"])
            ));
        }
        if then["outcome"] != now["outcome"] {
            lines.push(format!(
                "выполнение: {} → {}",
                plain(&then["outcome"]),
                plain(&now["outcome"])
            ));
        }
        let same_rule = undated(text(&then["rule"])) == undated(text(&now["rule"]));
        if !same_rule {
            lines.push(format!("правило было: {}", text(&then["rule"])));
            lines.push(format!("правило стало: {}", text(&now["rule"])));
        }
        if let Some(moved) = moved {
            lines.extend(moved.of(id));
        }
        if lines.is_empty() {
            continue;
        }
        if !same_rule {
            lines.push(INCOMPARABLE.to_owned());
        }
        if !any {
            any = true;
            found.say("");
            found.say("Показатели");
            if *rules {
                found.say(format!("  В настройках {INCOMPARABLE}."));
            }
        }
        found.differs = true;
        found.say(format!("  {id} {}", definition.short));
        for line in lines {
            found.say(format!("      {line}"));
        }
    }
}

/// «41,2 (418 из 1015)»; of a mean, «40,5 (81 на 2)».
fn figure(figure: &Value) -> String {
    let value = match (figure["status"].as_str(), figure["value"].as_str()) {
        (_, Some("yes")) => "да".to_owned(),
        (_, Some("no")) => "нет".to_owned(),
        (_, Some(value)) => value.replace('.', ","),
        (Some("undefined"), _) => "не определено".to_owned(),
        _ => "нет данных".to_owned(),
    };
    match (figure["numerator"].as_u64(), figure["denominator"].as_u64()) {
        (Some(above), Some(below)) if figure["unit"] == "per-one" => {
            format!("{value} ({above} на {below})")
        }
        (Some(above), Some(below)) => format!("{value} ({above} из {below})"),
        _ => value,
    }
}

/// «, +3,8 п. п.»: the exact difference, rounded once (methodology §5).
fn change(then: &Value, now: &Value) -> String {
    let (Some(was), Some(is)) = (exact(then), exact(now)) else {
        return String::new();
    };
    let decimals = [then, now]
        .iter()
        .filter_map(|figure| figure["value"].as_str()?.split_once('.'))
        .map(|(_, digits)| u32::try_from(digits.len()).unwrap_or(0))
        .max()
        .unwrap_or(0);
    let difference = is.minus(was);
    let sign = if difference.numerator > 0 { "+" } else { "" };
    let unit = if now["unit"] == "percent" {
        " п. п."
    } else {
        ""
    };
    format!(
        ", {sign}{}{unit}",
        difference.rounded(decimals).replace('.', ",")
    )
}

/// The exact value of a figure; none where there is none, and of yes and no.
fn exact(figure: &Value) -> Option<Ratio> {
    Ratio::parse(figure["value"].as_str()?)?;
    let above = i128::from(figure["numerator"].as_u64()?);
    let below = figure["denominator"].as_u64().map_or(1, i128::from);
    let times = if figure["unit"] == "percent" { 100 } else { 1 };
    Ratio::new(times * above, below)
}

/// A rule without its dates: the window moves with the period, and that is no change of rule.
fn undated(rule: &str) -> String {
    let is_date = |word: &str| {
        let digits = word.trim_end_matches([';', ',', ')']);
        digits.len() == 10
            && digits.bytes().enumerate().all(|(at, byte)| {
                if matches!(at, 2 | 5) {
                    byte == b'.'
                } else {
                    byte.is_ascii_digit()
                }
            })
    };
    rule.split(' ')
        .map(|word| {
            if is_date(word) {
                "ДД.ММ.ГГГГ"
            } else {
                word
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "нет".to_owned(),
        Value::String(text) => match text.as_str() {
            "yes" => "да".to_owned(),
            "met" => "достигнут".to_owned(),
            "missed" => "не достигнут".to_owned(),
            "undefined" => "невозможно определить".to_owned(),
            text => text.to_owned(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{change, undated};

    #[test]
    fn a_change_is_the_exact_difference_rounded_once() {
        let share = |above: u64, below: u64, value: &str| json!({"value": value, "unit": "percent", "numerator": above, "denominator": below});
        let (low, high) = (share(1, 3, "33.3"), share(2, 3, "66.7"));
        assert_eq!(change(&low, &high), ", +33,3 п. п.");
        assert_eq!(change(&high, &low), ", -33,3 п. п.");
        assert_eq!(change(&low, &share(2, 6, "33.3")), ", 0,0 п. п.");
        let teams = |count: u64| json!({"value": count.to_string(), "unit": "count", "numerator": count, "denominator": null});
        assert_eq!(change(&teams(3), &teams(5)), ", +2");
        assert_eq!(change(&json!({"value": null}), &teams(5)), "");
    }

    #[test]
    fn a_window_that_moved_is_no_other_rule() {
        assert_eq!(
            undated("дата с 01.01.2024 по 30.06.2024; любой результат"),
            undated("дата с 01.01.2024 по 30.09.2024; любой результат")
        );
        assert_ne!(
            undated("моложе 35 полных лет"),
            undated("моложе 36 полных лет")
        );
    }
}
