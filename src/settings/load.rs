//! Finding and reading `mms.toml`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::check::{Lines, check};
use super::{InForce, Settings};
use crate::failure::Failure;

/// The name of a settings file.
pub const FILE_NAME: &str = "mms.toml";

/// The most bytes that a settings file may have; a thousand times those of a long one.
const MOST_BYTES: u64 = 4 << 20;

/// Finds the settings file and reads it; without one, the defaults are in force.
///
/// # Errors
/// Those of [`find`] and [`parse`], or the file cannot be read.
pub fn load(inputs: &[PathBuf], config: Option<&Path>) -> Result<InForce, Failure> {
    let Some(path) = find(inputs, config)? else {
        return Ok(InForce::default());
    };
    let refused = |reason: String| Failure::Usage(format!("{}: {reason}", path.display()));
    let bytes = bytes_of(&path).map_err(|error| refused(unreadable(&error)))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(refused("файл больше 4 МБ, это не файл настроек".to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        refused("файл настроек не в кодировке UTF-8; сохраните его в ней".to_owned())
    })?;
    parse(&text, &path)
}

/// The bytes of a file, and no more than one beyond the limit.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    // Whoever opens a pipe waits for its other end.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "файла настроек нет".to_owned(),
        io::ErrorKind::PermissionDenied => "нет прав на чтение файла настроек".to_owned(),
        io::ErrorKind::IsADirectory => {
            "это папка, канал или устройство, а не файл настроек".to_owned()
        }
        _ => match error.raw_os_error() {
            Some(code) => format!("файл настроек не читается, код ошибки системы {code}"),
            None => "файл настроек не читается".to_owned(),
        },
    }
}

/// The settings file: `config` if it is given; else `mms.toml` in a folder among the inputs or
/// beside the first file among them (contract §5).
///
/// # Errors
/// Two files fit.
pub fn find(inputs: &[PathBuf], config: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    if let Some(config) = config {
        return Ok(Some(config.to_owned()));
    }
    let folders = inputs.iter().filter(|input| input.is_dir()).cloned();
    let beside_first_file =
        inputs
            .iter()
            .find(|input| !input.is_dir())
            .map(|file| match file.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
                _ => PathBuf::from("."),
            });
    let mut found: Vec<(PathBuf, PathBuf)> = Vec::new();
    for folder in folders.chain(beside_first_file) {
        let path = folder.join(FILE_NAME);
        if path.is_file() {
            // One file may be reached by two ways.
            let same = std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            if found.iter().all(|(_, known)| *known != same) {
                found.push((path, same));
            }
        }
    }
    let mut found = found.into_iter().map(|(path, _)| path);
    let first = found.next();
    if let (Some(first), Some(second)) = (&first, found.next()) {
        return Err(Failure::Usage(format!(
            "подходят два файла настроек: {} и {}; выберите один флагом --config",
            first.display(),
            second.display()
        )));
    }
    Ok(first)
}

/// Reads settings from the text of a file; `path` is its name in messages and origins.
///
/// # Errors
/// The text is not TOML, or has unknown keys or wrong values: every one of them, with its line and
/// the nearest known key.
pub fn parse(text: &str, path: &Path) -> Result<InForce, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shown = path.display();
    let not_toml = |error: &toml::de::Error| {
        let line = Lines::of(text).at(error.span().map_or(0, |span| span.start));
        let index = usize::try_from(line - 1).unwrap_or_default();
        let source = text.lines().nth(index).unwrap_or_default().trim();
        Failure::Usage(format!(
            "{shown}, строка {line}: «{source}» — {}",
            in_russian(error.message(), source)
        ))
    };
    let table = DeTable::parse(text).map_err(|error| not_toml(&error))?;
    let checked = check(text, table.get_ref());
    if !checked.problems.is_empty() {
        let lines: Vec<_> = checked
            .problems
            .iter()
            .map(|(line, problem)| format!("{shown}, строка {line}: {problem}"))
            .collect();
        return Err(Failure::Usage(lines.join("\n")));
    }
    let settings: Settings = toml::from_str(text).map_err(|error| not_toml(&error))?;
    Ok(InForce::from_file(settings, path, checked.lines))
}

/// What a refusal of the TOML parser means to the person who wrote the file.
fn in_russian(message: &str, source: &str) -> &'static str {
    if source.ends_with('=') || message.contains("key with no value") {
        "после ключа пишутся знак = и значение"
    } else if message.contains("duplicate key") {
        "этот ключ или раздел уже есть выше"
    } else if message.contains("quot") || message.contains("invalid basic string") {
        "текст, ключи с кириллицей и с точками пишутся в прямых кавычках: \"…\""
    } else if message.contains("escape") {
        "обратная косая черта в кавычках \"…\" начинает особый знак; пути пишите с / или в апострофах '…'"
    } else if message.contains("unclosed") {
        "скобка не закрыта"
    } else if message.contains("comma") {
        "запятая лишняя или пропущена"
    } else {
        "строка не по правилам TOML: пишите ключ = значение, текст в прямых кавычках \"…\", \
         числа, true и false без кавычек"
    }
}
