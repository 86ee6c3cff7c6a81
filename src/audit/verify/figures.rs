//! The result that a report keeps against the result of today, key by key.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Covered, Verification, said};
use crate::report::model::Manifest;

/// The keys of an indicator: what they are called, and the column of «Показатели» that shows them.
const KEYS: [(&str, &str, &str); 12] = [
    ("status", "состояние", "факт"),
    ("value", "факт", "факт"),
    ("numerator", "числитель", "числитель"),
    ("denominator", "знаменатель", "знаменатель"),
    ("target", "план", "план"),
    ("deviation", "отклонение", "отклонение"),
    ("outcome", "выполнение", "выполнение"),
    ("rule", "правило", "правило и примечание"),
    ("note", "примечание", "правило и примечание"),
    ("doubt", "не учтено из-за замечаний", "правило и примечание"),
    ("respondents", "респондентов", ""),
    ("interval", "интервал", ""),
];

/// Compares what the report keeps with what the tables give; `covered` were named as cells already.
pub(super) fn compare(kept: &Manifest, now: &Value, covered: &Covered, found: &mut Verification) {
    let then = &kept.result;
    for (key, title) in [
        ("schema", "Формат результата"),
        ("municipality", "Муниципальное образование"),
        ("period", "Период"),
        ("window", "Окно"),
    ] {
        one(title, &then[key], &now[key], found);
    }
    for (key, title) in [
        ("teachers", "Педагогов"),
        ("managers", "Управленцев"),
        ("organizations", "Организаций"),
    ] {
        one(
            title,
            &then["population"][key],
            &now["population"][key],
            found,
        );
    }
    let (before, after) = (by(&then["indicators"], "id"), by(&now["indicators"], "id"));
    for (id, was) in &before {
        match after.get(id) {
            Some(is) => indicator(id, was, is, covered, found),
            None => found.differs(format!("{id}: такого показателя нет")),
        }
    }
    for id in after.keys().filter(|id| !before.contains_key(*id)) {
        found.differs(format!("{id}: этого показателя отчёт не хранит"));
    }
    sheets(then, now, found);
    for (key, title) in [
        ("errors", "Замечаний-ошибок"),
        ("warnings", "Предупреждений"),
        ("notes", "Примечаний"),
    ] {
        one(title, &then["issues"][key], &now["issues"][key], found);
    }
}

fn one(title: &str, was: &Value, is: &Value, found: &mut Verification) {
    if was != is {
        found.differs(format!(
            "{title}: в отчёте {}, по таблицам {}",
            said(was),
            said(is)
        ));
    }
}

fn indicator(id: &str, was: &Value, is: &Value, covered: &Covered, found: &mut Verification) {
    let named = |column: &str| covered.contains(&(id.to_owned(), column.to_owned()));
    for (key, title, column) in KEYS {
        if was[key] != is[key] && !named(column) {
            one(&format!("{id}, {title}"), &was[key], &is[key], found);
        }
    }
    if was["conditions"] != is["conditions"] && !named("факт") {
        one(
            &format!("{id}, условия"),
            &was["conditions"],
            &is["conditions"],
            found,
        );
    }
    let (before, after) = (
        by(&was["organizations"], "name"),
        by(&is["organizations"], "name"),
    );
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let told = ["числитель", "знаменатель", "доля, %"]
            .iter()
            .any(|title| covered.contains(&(name.clone(), format!("{id}, {title}"))));
        let (was, is) = (before.get(name), after.get(name));
        if was != is && !told {
            found.differs(format!(
                "{id}, {name}: в отчёте {}, по таблицам {}",
                counts(was.copied()),
                counts(is.copied())
            ));
        }
    }
}

/// «30,0 (12 из 40)».
fn counts(part: Option<&Value>) -> String {
    let Some(part) = part else {
        return "нет".to_owned();
    };
    let value = said(&part["value"]);
    match (part["numerator"].as_u64(), part["denominator"].as_u64()) {
        (Some(above), Some(below)) => format!("{value} ({above} из {below})"),
        _ => value,
    }
}

/// How the sheets of files with the same contents were read.
fn sheets(then: &Value, now: &Value, found: &mut Verification) {
    let (before, after) = (by(&then["inputs"], "path"), by(&now["inputs"], "path"));
    for (path, was) in &before {
        let Some(is) = after.get(path) else { continue };
        if was["sha256"] != is["sha256"] || was["sheets"] == is["sheets"] {
            continue;
        }
        let (was, is) = (by(&was["sheets"], "name"), by(&is["sheets"], "name"));
        let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        for name in names {
            if was.get(name) != is.get(name) {
                let read = |sheet: Option<&&Value>| {
                    sheet.map_or_else(
                        || "не прочитан".to_owned(),
                        |sheet| format!("учтено строк {} из {}", sheet["used"], sheet["rows"]),
                    )
                };
                found.differs(format!(
                    "Файл «{path}», лист «{name}»: в отчёте {}, по таблицам {}",
                    read(was.get(name)),
                    read(is.get(name))
                ));
            }
        }
    }
}

/// The members of a list by one of their keys; a key that stands several times is numbered.
fn by<'v>(list: &'v Value, key: &str) -> BTreeMap<String, &'v Value> {
    let mut all = BTreeMap::new();
    for member in list.as_array().into_iter().flatten() {
        let empty = Map::new();
        let fields = member.as_object().unwrap_or(&empty);
        let name = fields.get(key).and_then(Value::as_str).unwrap_or_default();
        let mut label = name.to_owned();
        let mut time = 1;
        while all.contains_key(&label) {
            time += 1;
            label = format!("{name} ({time})");
        }
        all.insert(label, member);
    }
    all
}
