//! Every key and value of a settings file, checked with its line, before anything is taken from it.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::keys::{Key, Keys, Kind, keys, nearest_or_all, register_named};
use crate::period::WindowKind;
use crate::target::Target;
use crate::text::{fold, nearest};

type Value<'i> = Spanned<DeValue<'i>>;
type Name<'i> = Spanned<std::borrow::Cow<'i, str>>;

/// What a check found: where each key stands, or what is wrong on which line.
#[derive(Default)]
pub(super) struct Checked {
    /// The line, from 1, of every key that has a value.
    pub lines: BTreeMap<String, u32>,
    /// The line and what is wrong with it.
    pub problems: Vec<(u32, String)>,
}

/// Checks a parsed file against the list of keys.
pub(super) fn check(text: &str, table: &DeTable<'_>) -> Checked {
    let mut checker = Checker {
        lines: Lines::of(text),
        keys: keys(),
        checked: Checked::default(),
    };
    checker.top(table);
    checker.checked.problems.sort();
    checker.checked
}

/// `prefix.name`, the name in quotes where TOML asks for them.
pub(super) fn join(prefix: &str, name: &str) -> String {
    let bare = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let name = if bare {
        name.to_owned()
    } else {
        toml::Value::from(name).to_string()
    };
    if prefix.is_empty() {
        name
    } else {
        format!("{prefix}.{name}")
    }
}

/// Where the lines of a text end.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(byte, _)| byte).collect())
    }

    /// The line of a byte of the text, from 1.
    pub fn at(&self, byte: usize) -> u32 {
        let before = self.0.partition_point(|end| *end < byte);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }
}

struct Checker {
    lines: Lines,
    keys: &'static Keys,
    checked: Checked,
}

impl Checker {
    fn line<T>(&self, spanned: &Spanned<T>) -> u32 {
        self.lines.at(spanned.span().start)
    }

    fn problem<T>(&mut self, at: &Spanned<T>, text: impl Into<String>) {
        let line = self.line(at);
        self.checked.problems.push((line, text.into()));
    }

    fn keep(&mut self, path: &str, name: &Name<'_>) {
        let line = self.line(name);
        self.checked.lines.insert(path.to_owned(), line);
    }

    /// A wrong type: «decimals: ожидается целое число, а стоит текст».
    fn wrong(&mut self, path: &str, value: &Value<'_>, expected: &str) {
        let found = type_name(value.get_ref());
        self.problem(
            value,
            format!("{path}: ожидается {expected}, а стоит {found}"),
        );
    }

    fn top(&mut self, table: &DeTable<'_>) {
        for (name, value) in table {
            let path: &str = name.get_ref();
            if let Some(key) = self.keys.key.iter().find(|key| key.path == path) {
                if key.kind.is_table() {
                    self.keep(path, name);
                    match value.get_ref() {
                        DeValue::Table(entries) => self.entries(key, entries),
                        _ => self.wrong(path, value, "раздел"),
                    }
                } else {
                    self.keep(path, name);
                    self.value(key, value);
                }
            } else if self.keys.key.iter().any(|key| key.parts().0 == path) {
                match value.get_ref() {
                    DeValue::Table(entries) => self.section(path, entries),
                    _ => self.wrong(path, value, "раздел"),
                }
            } else {
                self.unknown("", name);
            }
        }
    }

    fn section(&mut self, section: &str, entries: &DeTable<'_>) {
        for (name, value) in entries {
            let known = self
                .keys
                .key
                .iter()
                .find(|key| key.parts() == (section, name.get_ref()));
            match known {
                Some(key) => {
                    self.keep(&key.path, name);
                    self.value(key, value);
                }
                None => self.unknown(section, name),
            }
        }
    }

    /// An unknown key: with the section where a key of that very name stands, else the nearest.
    fn unknown(&mut self, section: &str, name: &Name<'_>) {
        let wrong: &str = name.get_ref();
        let place = if section.is_empty() {
            String::new()
        } else {
            format!(" в разделе [{section}]")
        };
        let elsewhere = self.keys.key.iter().find(|key| key.parts().1 == wrong);
        let advice = match elsewhere.map(Key::parts) {
            Some(("", known)) => format!("ключ «{known}» пишется в начале файла, до разделов"),
            Some((home, known)) => format!("ключ «{known}» пишется в разделе [{home}]"),
            None => self.nearest_key(section, wrong),
        };
        self.problem(name, format!("неизвестный ключ «{wrong}»{place}; {advice}"));
    }

    fn nearest_key(&self, section: &str, wrong: &str) -> String {
        let all = &self.keys.key;
        let mut here: Vec<&str> = all
            .iter()
            .map(Key::parts)
            .filter(|(home, _)| *home == section)
            .map(|(_, name)| name)
            .collect();
        if section.is_empty() {
            for (home, _) in all.iter().map(Key::parts) {
                if !home.is_empty() && !here.contains(&home) {
                    here.push(home);
                }
            }
        }
        if nearest(wrong, here.iter().copied()).is_none() {
            let names = all.iter().map(|key| key.parts().1);
            if let Some(near) = nearest(wrong, names)
                && let Some(key) = all.iter().find(|key| key.parts().1 == near)
            {
                return format!("ближайший известный — «{}»", key.path);
            }
        }
        nearest_or_all(wrong, here.into_iter())
    }

    fn value(&mut self, key: &Key, value: &Value<'_>) {
        let path = &key.path;
        match (key.kind, value.get_ref()) {
            (Kind::Text, DeValue::String(_)) | (Kind::Boolean, DeValue::Boolean(_)) => {}
            (Kind::Texts, DeValue::Array(items)) => {
                for item in items {
                    if !item.get_ref().is_str() {
                        self.wrong(path, item, "текст в кавычках");
                    }
                }
            }
            (Kind::Integer, DeValue::Integer(number)) => self.integer(key, value, number),
            (Kind::Choice, DeValue::String(word)) => {
                if !key.choices.iter().any(|choice| choice == word) {
                    let choices = key.choices.join(", ");
                    self.problem(value, format!("{path}: «{word}»; бывают: {choices}"));
                }
            }
            (Kind::Window, DeValue::String(word)) => {
                if !word.is_empty()
                    && let Err(reason) = WindowKind::parse(word)
                {
                    self.problem(value, format!("{path}: {reason}"));
                }
            }
            (Kind::Scale, DeValue::String(word)) => {
                let folded = fold(word).replace(' ', "");
                if !word.is_empty() && !self.keys.scales.contains(&folded) {
                    let scales = self.keys.scales.join(", ");
                    self.problem(value, format!("{path}: шкала «{word}»; бывают: {scales}"));
                }
            }
            (Kind::Text | Kind::Choice | Kind::Window | Kind::Scale, _) => {
                self.wrong(path, value, "текст в кавычках");
            }
            (Kind::Boolean, _) => self.wrong(path, value, "true или false без кавычек"),
            (Kind::Integer, _) => self.wrong(path, value, "целое число без кавычек"),
            (Kind::Texts, _) => self.wrong(path, value, "список текстов в квадратных скобках"),
            _ => self.wrong(path, value, "раздел"),
        }
    }

    fn integer(&mut self, key: &Key, value: &Value<'_>, number: &DeInteger<'_>) {
        let least = key.min.unwrap_or(0);
        let most = key.max.unwrap_or(u32::MAX.into());
        let read = i64::from_str_radix(number.as_str(), number.radix()).ok();
        if !read.is_some_and(|read| (least..=most).contains(&read)) {
            let path = &key.path;
            self.problem(
                value,
                format!("{path}: {number}; бывает от {least} до {most}"),
            );
        }
    }

    /// The entries of a table whose keys the user chooses.
    fn entries(&mut self, key: &Key, entries: &DeTable<'_>) {
        for (name, value) in entries {
            let path = join(&key.path, name.get_ref());
            self.keep(&path, name);
            match key.kind {
                Kind::Targets => self.target(name, value),
                Kind::Sources => {
                    if let Some(register) = self.text_of(&path, value) {
                        self.register(value, register);
                    }
                }
                Kind::Columns => self.pins(&path, value),
                Kind::Aliases => {
                    self.register(name, name.get_ref());
                    self.headers(&path, value);
                }
                Kind::Phrases => self.phrases(&path, name, value),
                _ => {
                    let known = &self.keys.positions;
                    self.word(&path, value, known);
                }
            }
        }
    }

    fn text_of<'v>(&mut self, path: &str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(path, value, "текст в кавычках");
        }
        text
    }

    fn table_of<'v, 'i>(&mut self, path: &str, value: &'v Value<'i>) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(path, value, "таблица { … = … }");
        }
        table
    }

    fn register<T>(&mut self, at: &Spanned<T>, name: &str) {
        if let Err(reason) = register_named(name) {
            self.problem(at, reason);
        }
    }

    /// One of the words of a short list.
    fn word(&mut self, path: &str, value: &Value<'_>, known: &[String]) {
        if let Some(word) = self.text_of(path, value)
            && !known.iter().any(|known| known == word)
        {
            let known = known.join(", ");
            self.problem(value, format!("{path}: «{word}»; бывают: {known}"));
        }
    }

    fn target(&mut self, name: &Name<'_>, value: &Value<'_>) {
        let id: &str = name.get_ref();
        let ids = self.keys.indicators.iter().map(String::as_str);
        let plan = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Table(_) => {
                return self.problem(
                    name,
                    "номер показателя пишется в кавычках: \"4.1.2.1\" = 50",
                );
            }
            _ => return self.wrong(&join("targets", id), value, "число или текст в кавычках"),
        };
        if !ids.clone().any(|known| known == id) {
            let advice = nearest_or_all(id, ids);
            self.problem(name, format!("неизвестный показатель «{id}»; {advice}"));
        } else if let Err(reason) = Target::parse_for(id, &plan) {
            self.problem(value, format!("{}: {reason}", join("targets", id)));
        }
    }

    fn pins(&mut self, path: &str, value: &Value<'_>) {
        let Some(pins) = self.table_of(path, value) else {
            return;
        };
        for (header, column) in pins {
            let path = join(path, header.get_ref());
            self.keep(&path, header);
            self.text_of(&path, column);
        }
    }

    fn headers(&mut self, path: &str, value: &Value<'_>) {
        let Some(columns) = self.table_of(path, value) else {
            return;
        };
        for (column, headers) in columns {
            let path = join(path, column.get_ref());
            self.keep(&path, column);
            match headers.get_ref() {
                DeValue::Array(items) => {
                    for item in items {
                        self.text_of(&path, item);
                    }
                }
                _ => self.wrong(&path, headers, "список текстов в квадратных скобках"),
            }
        }
    }

    fn phrases(&mut self, path: &str, name: &Name<'_>, value: &Value<'_>) {
        let register: &str = name.get_ref();
        let Some(meanings) = self.keys.meanings.get(register) else {
            let with_phrases = self.keys.meanings.keys().map(String::as_str);
            let advice = nearest_or_all(register, with_phrases);
            return self.problem(
                name,
                format!("у реестра «{register}» нет своих слов статусов или ответов; {advice}"),
            );
        };
        let Some(phrases) = self.table_of(path, value) else {
            return;
        };
        for (phrase, meaning) in phrases {
            let path = join(path, phrase.get_ref());
            self.keep(&path, phrase);
            self.word(&path, meaning, meanings);
        }
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "текст",
        DeValue::Integer(_) => "целое число",
        DeValue::Float(_) => "дробное число",
        DeValue::Boolean(_) => "true или false",
        DeValue::Datetime(_) => "дата",
        DeValue::Array(_) => "список",
        DeValue::Table(_) => "раздел",
    }
}
