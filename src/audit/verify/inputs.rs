//! The inputs and the settings of a report against those of today.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use super::Verification;
use crate::failure::Failure;
use crate::people::privacy::Privacy;
use crate::pipeline::Run;
use crate::report::model::Manifest;
use crate::settings::{InForce, Settings, load};

/// How an origin of the command line begins.
const FLAG: &str = "флаг";
/// The origin of what nobody has set.
const DEFAULT: &str = "по умолчанию";
/// What parts a settings file's name from the line.
const LINE: &str = ", строка ";

/// Compares the kept settings with `mms.toml` as it stands beside the inputs now. What came from a
/// flag is kept in the report alone; a settings file of another name is not compared.
///
/// # Errors
/// The kept settings cannot be written, which no checked settings are.
pub(super) fn settings(
    kept: &Manifest,
    settings: &Settings,
    inputs: &[PathBuf],
    found: &mut Verification,
) -> Result<(), Failure> {
    let now = match load(inputs, None) {
        Ok(now) => now,
        Err(error) => {
            found.differs(format!("Настройки рядом с таблицами не читаются: {error}"));
            return Ok(());
        }
    };
    let Some(file) = &now.file else {
        return Ok(());
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let other = kept
        .origins
        .values()
        .filter_map(|origin| origin.split_once(LINE))
        .map(|(file, _)| file)
        .find(|file| *file != name);
    if let Some(other) = other {
        found.remarks.push(format!(
            "настройки отчёта взяты из файла {other}; {name} рядом с таблицами не сверялся"
        ));
        return Ok(());
    }
    let then = InForce::of(settings.clone());
    let values = |in_force: &InForce| -> Result<BTreeMap<String, (String, String)>, Failure> {
        Ok(in_force
            .entries()?
            .into_iter()
            .map(|entry| (entry.key, (entry.value, entry.origin.to_string())))
            .collect())
    };
    let (then, now) = (values(&then)?, values(&now)?);
    let keys: std::collections::BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    for key in keys {
        let origin = kept.origins.get(key).map_or(DEFAULT, String::as_str);
        let (was, is) = (then.get(key), now.get(key));
        if origin.starts_with(FLAG) || was.map(|w| &w.0) == is.map(|i| &i.0) {
            continue;
        }
        // The empty table of a section that now has keys, or had them.
        if was.or(is).is_some_and(|(value, _)| value == "{}") && (was.is_none() || is.is_none()) {
            continue;
        }
        let said = |value: Option<&(String, String)>| {
            value.map_or_else(|| "не задана".to_owned(), |(value, _)| value.clone())
        };
        let place = match is {
            Some((_, place)) if place != DEFAULT => place.clone(),
            _ => name.clone().into_owned(),
        };
        found.differs(format!(
            "Настройка {key}: в отчёте {} ({origin}), сейчас {} ({place})",
            said(was),
            said(is)
        ));
    }
    Ok(())
}

/// Compares the files of the report with those given now. A file with the same contents and name
/// in another folder takes the name that the report knows. Gives whether all stand in the report's
/// order.
pub(super) fn files(kept: &Manifest, run: &mut Run, found: &mut Verification) -> bool {
    let then: Vec<(&str, &str)> = kept.result["inputs"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|file| (text(&file["path"]), text(&file["sha256"])))
        .collect();
    // A report does not keep names, not even of files.
    let privacy = Privacy::of(&run.dataset, run.settings.privacy.names);
    let files = &mut run.dataset.files;
    for file in files.iter_mut() {
        privacy.scrub(&mut file.path);
    }
    let mut left: Vec<(&str, &str)> = Vec::new();
    let mut taken = vec![false; files.len()];
    for &(path, sha) in &then {
        match files.iter().position(|file| file.path == path) {
            Some(at) => {
                taken[at] = true;
                if files[at].sha256 != sha {
                    changed(path, sha, &files[at].sha256, found);
                }
            }
            None => left.push((path, sha)),
        }
    }
    for (path, sha) in left {
        let free = |same: &dyn Fn(&str, &str) -> bool| {
            files
                .iter()
                .zip(&taken)
                .position(|(file, taken)| !taken && same(&file.path, &file.sha256))
        };
        let at = free(&|other, now| base(other) == base(path) && now == sha)
            .or_else(|| free(&|_, now| now == sha))
            .or_else(|| free(&|other, _| base(other) == base(path)));
        let Some(at) = at else {
            found.differs(format!(
                "Файла «{path}» нет среди таблиц: он входил в отчёт"
            ));
            continue;
        };
        taken[at] = true;
        if files[at].sha256 != sha {
            changed(path, sha, &files[at].sha256, found);
        } else if base(&files[at].path) != base(path) {
            found.differs(format!(
                "Файл «{path}» назван иначе: теперь «{}»",
                files[at].path
            ));
        }
        path.clone_into(&mut files[at].path);
    }
    for (file, _) in files.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        found.differs(format!("Файл «{}» в отчёт не входил", file.path));
    }
    files
        .iter()
        .map(|file| file.path.as_str())
        .eq(then.iter().map(|(path, _)| *path))
}

fn changed(path: &str, then: &str, now: &str, found: &mut Verification) {
    found.differs(format!(
        "Файл «{path}»: содержимое другое, SHA-256 в отчёте {then}, сейчас {now}"
    ));
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The last part of a shown path.
fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
