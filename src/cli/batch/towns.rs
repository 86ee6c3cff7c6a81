//! The municipalities of a batch: the subfolders of the folders named, with their settings, the name
//! that «Свод» gives them and the name of their files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::args::BatchArgs;
use crate::cli::request::settings;
use crate::failure::Failure;
use crate::settings::InForce;
use crate::text::fold;

/// A municipality of a batch.
#[derive(Debug)]
pub struct TownFolder {
    /// Its folder.
    pub folder: PathBuf,
    /// The name of its files, without period and extension.
    pub stem: String,
    /// Its name in «Свод»: the municipality of its settings, where that tells it from the others.
    pub name: String,
    /// Its settings, or what is wrong with them.
    pub in_force: Result<InForce, Failure>,
}

impl TownFolder {
    /// The name for the result, where the municipality of the settings does not tell it.
    #[must_use]
    pub fn town(&self) -> Option<&str> {
        let known = self
            .in_force
            .as_ref()
            .is_ok_and(|in_force| in_force.settings.municipality == self.name);
        (!known).then_some(self.name.as_str())
    }

    /// What stopped it, with files named as they stand in its folder.
    #[must_use]
    pub fn reason(&self, failure: &Failure) -> String {
        match failure {
            Failure::Input { path, message } => {
                let path = path
                    .strip_prefix(&self.folder)
                    .ok()
                    .filter(|path| *path != Path::new(""))
                    .unwrap_or(path);
                format!("{}: {message}", path.display())
            }
            other => other.to_string(),
        }
    }
}

/// The municipalities in the folders of a command, in the order of the names of their files. The
/// folder of the reports is none of them.
///
/// # Errors
/// A folder is missing or has no subfolders, or two municipalities would write the same file.
pub fn find(args: &BatchArgs, out: &Path) -> Result<Vec<TownFolder>, Failure> {
    let mut seen: BTreeSet<PathBuf> = fs::canonicalize(out).into_iter().collect();
    let mut found: Vec<(&Path, PathBuf)> = Vec::new();
    for dir in &args.dirs {
        let folders = subfolders(dir)?;
        let before = found.len();
        for folder in folders {
            let same = fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
            if seen.insert(same) {
                found.push((dir, folder));
            }
        }
        let repeated = args.dirs.iter().filter(|other| *other == dir).count() > 1;
        if found.len() == before && !repeated {
            return Err(Failure::input(
                dir,
                "нет вложенных папок, а каждая из них — одно муниципальное образование; отчёт по таблицам одной папки \
                 даёт mms report",
            ));
        }
    }
    let mut towns: Vec<TownFolder> = stems(&found)?
        .into_iter()
        .zip(found)
        .map(|(stem, (dir, folder))| {
            // One file for all may stand in the folder around them (contract §5).
            let places = [folder.clone(), dir.to_owned()];
            let in_force = settings(&places, &args.reading, args.window.window, args.names);
            TownFolder {
                name: stem.clone(),
                stem,
                folder,
                in_force,
            }
        })
        .collect();
    towns.sort_by(|one, other| (fold(&one.stem), &one.stem).cmp(&(fold(&other.stem), &other.stem)));
    name(&mut towns);
    Ok(towns)
}

/// The folders in a folder, hidden ones not.
fn subfolders(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: &io::Error| {
        let message = match error.kind() {
            io::ErrorKind::NotFound => "папки нет: проверьте имя".to_owned(),
            io::ErrorKind::NotADirectory => {
                "это не папка: нужна папка, в которой лежат папки муниципальных образований"
                    .to_owned()
            }
            io::ErrorKind::PermissionDenied => "нет прав на чтение папки".to_owned(),
            _ => format!("папка не читается: {}", crate::cli::reason(error)),
        };
        Failure::input(dir, message)
    };
    let mut folders = Vec::new();
    for entry in fs::read_dir(dir).map_err(|error| failed(&error))? {
        let path = entry.map_err(|error| failed(&error))?.path();
        let hidden = path
            .file_name()
            .is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

/// The names of the files of each folder: its own name, with that of the folder around it where two
/// are alike (case aside: not every disk tells it).
fn stems(found: &[(&Path, PathBuf)]) -> Result<Vec<String>, Failure> {
    let name = |path: &Path| {
        // «.» has a name only as a whole.
        let whole = if path.file_name().is_some() {
            path.to_owned()
        } else {
            fs::canonicalize(path).unwrap_or_default()
        };
        whole
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let own: Vec<String> = found.iter().map(|(_, folder)| name(folder)).collect();
    let alike = |stems: &[String], stem: &str| {
        stems
            .iter()
            .filter(|other| other.to_lowercase() == stem.to_lowercase())
            .count()
            > 1
    };
    let stems: Vec<String> = found
        .iter()
        .zip(&own)
        .map(|((dir, _), stem)| {
            if alike(&own, stem) {
                format!("{}_{stem}", name(dir))
            } else {
                stem.clone()
            }
        })
        .collect();
    for (place, stem) in stems.iter().enumerate() {
        let other = stems
            .iter()
            .skip(place + 1)
            .position(|other| other.to_lowercase() == stem.to_lowercase());
        if let Some(other) = other {
            let path = |at: usize| {
                found
                    .get(at)
                    .map(|(_, folder)| folder.display().to_string())
                    .unwrap_or_default()
            };
            return Err(Failure::Usage(format!(
                "отчёты папок «{}» и «{}» получили бы одно имя; переименуйте одну из них",
                path(place),
                path(place + 1 + other)
            )));
        }
    }
    Ok(stems)
}

/// Names each by the municipality of its settings; by its folder too, where several settings name
/// the same.
fn name(towns: &mut [TownFolder]) {
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    let named = |town: &TownFolder| match &town.in_force {
        Ok(in_force) if !in_force.settings.municipality.is_empty() => {
            in_force.settings.municipality.clone()
        }
        _ => town.stem.clone(),
    };
    for town in &*towns {
        *count.entry(fold(&named(town))).or_default() += 1;
    }
    for town in towns {
        let name = named(town);
        let alone = count.get(&fold(&name)) == Some(&1);
        town.name = if alone || name == town.stem {
            name
        } else {
            format!("{name} ({})", town.stem)
        };
    }
}
