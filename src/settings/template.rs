//! A commented `mms.toml` with all keys and their defaults, for `mms init`.

use super::InForce;
use super::keys::{Kind, keys};
use crate::failure::Failure;

/// The widest comment, in characters.
const WIDTH: usize = 96;

/// The text of a settings file that changes nothing: each key with its default, what it means and,
/// where it helps, an example.
///
/// # Errors
/// None that a build of the program that passed its tests can give.
pub fn template() -> Result<String, Failure> {
    let defaults = InForce::default().entries()?;
    let mut text = String::new();
    comment(
        &mut text,
        "Настройки mms. Здесь стоят значения по умолчанию; меняйте только нужное. \
         Текст пишется в кавычках, числа и true или false — без них; строка после # — пояснение.",
    );
    let mut section = "";
    for key in &keys().key {
        let (home, name) = match key.kind.is_table() {
            true => (key.path.as_str(), ""),
            false => key.parts(),
        };
        text.push('\n');
        if home != section {
            section = home;
            if let Some(title) = keys().sections.get(home) {
                comment(&mut text, title);
            }
            text.push_str(&format!("[{home}]\n"));
        }
        comment(&mut text, &key.about);
        let example = key.example.as_deref();
        if key.kind.is_table() {
            if let Some(example) = example {
                text.push_str(&format!("# {example}\n"));
            }
            continue;
        }
        if let Some(example) = example {
            text.push_str(&format!("# Например: {name} = {example}\n"));
        }
        if key.kind == Kind::Window {
            text.push_str(&format!("# Например: {name} = \"rolling-years:3\"\n"));
        }
        if let Some(entry) = defaults.iter().find(|entry| entry.key == key.path) {
            text.push_str(&format!("{name} = {}\n", entry.value));
        }
    }
    Ok(text)
}

/// Adds a comment, broken into lines between words.
fn comment(text: &mut String, words: &str) {
    let mut line = String::from("#");
    for word in words.split(' ') {
        if line.chars().count() + word.chars().count() >= WIDTH {
            text.push_str(&line);
            text.push('\n');
            line.truncate(1);
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::template;
    use crate::settings::{Settings, parse};
    use std::path::Path;

    #[test]
    fn the_template_is_the_defaults() {
        let text = template().unwrap();
        let read = parse(&text, Path::new("mms.toml")).unwrap();
        assert_eq!(read.settings, Settings::default(), "{text}");
    }

    #[test]
    fn every_example_of_the_template_is_accepted() {
        let text = template().unwrap();
        let mut shown = String::new();
        for line in text.lines() {
            if let Some(example) = line.strip_prefix("# Например: ") {
                shown.push_str(example);
            } else if let Some(example) = line.strip_prefix("# ").filter(|l| l.contains(" = ")) {
                shown.push_str(example);
            } else if line.starts_with('[') {
                shown.push_str(line);
            }
            shown.push('\n');
        }
        let read = parse(&shown, Path::new("mms.toml")).unwrap();
        assert_eq!(read.settings.window, "rolling-years:3");
        assert_eq!(read.settings.targets["4.1.2.1"].to_string(), "50");
        assert_eq!(read.settings.columns["Список.xlsx#Лист2"]["D"], "Статус");
        assert_eq!(
            read.settings.aliases["diagnostics"]["Дата диагностики"],
            ["Когда прошёл"]
        );
    }

    #[test]
    fn comments_are_no_wider_than_a_screen() {
        for line in template().unwrap().lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
