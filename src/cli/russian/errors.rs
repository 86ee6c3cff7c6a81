//! Errors of the command line in Russian: what is wrong, what was perhaps meant, how it is called.

use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};

/// What stands before the usage.
pub const USAGE: &str = "Использование: ";

/// Formats errors of clap. The kind and the context are clap's, the words are ours.
#[derive(Debug)]
pub struct RussianErrors;

impl ErrorFormatter for RussianErrors {
    fn format_error(error: &Error<Self>) -> clap::builder::StyledStr {
        let mut text = format!("Ошибка: {}\n", reason(error));
        for suggestion in suggestions(error) {
            text.push_str(&format!("Возможно, имелось в виду: {suggestion}\n"));
        }
        if let Some(usage) = usage(error) {
            text.push_str(&format!(
                "\n{USAGE}{usage}\nСправка: {} --help\n",
                command(&usage)
            ));
        }
        text.into()
    }
}

fn reason(error: &Error<RussianErrors>) -> String {
    let typed = first(error, ContextKind::InvalidArg);
    let arg = short(&typed);
    let value = first(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("после {arg} нужно значение{}", allowed(error))
        }
        ErrorKind::InvalidValue => {
            format!("значение «{value}» не подходит для {arg}{}", allowed(error))
        }
        ErrorKind::ValueValidation => {
            let source = std::error::Error::source(error);
            match source {
                Some(why) => format!("{arg}: {why}"),
                None => format!("значение «{value}» не подходит для {arg}"),
            }
        }
        ErrorKind::UnknownArgument => {
            if typed.starts_with('-') {
                format!("неизвестный флаг {typed}")
            } else {
                format!("лишний аргумент «{typed}»")
            }
        }
        ErrorKind::InvalidSubcommand => {
            let command = first(error, ContextKind::InvalidSubcommand);
            format!("неизвестная команда «{command}»")
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = all(error, ContextKind::InvalidArg);
            let missing: Vec<&str> = missing.iter().map(|arg| bare(arg)).collect();
            format!("не хватает: {}", missing.join(", "))
        }
        ErrorKind::MissingSubcommand => {
            let commands = all(error, ContextKind::ValidSubcommand).join(", ");
            format!("не названа команда; бывают: {commands}")
        }
        ErrorKind::ArgumentConflict => {
            let others = all(error, ContextKind::PriorArg);
            if others.iter().all(|other| *other == typed) {
                format!("{arg} можно указать только один раз")
            } else {
                let others: Vec<&str> = others.iter().map(|other| short(other)).collect();
                format!("{arg} не сочетается с {}", others.join(", "))
            }
        }
        ErrorKind::NoEquals => format!("между {arg} и значением нужен знак ="),
        ErrorKind::TooManyValues => format!("лишнее значение «{value}» у {arg}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("у {arg} не столько значений, сколько нужно")
        }
        ErrorKind::InvalidUtf8 => "в команде есть знаки не из Юникода".to_owned(),
        _ => "команда не разобрана".to_owned(),
    }
}

/// An argument without its value: `--period` of `--period <ПЕРИОД>`.
fn short(arg: &str) -> &str {
    match arg.starts_with('-') {
        true => arg.split([' ', '=']).next().unwrap_or(arg),
        false => bare(arg),
    }
}

/// An argument without clap's brackets and dots, a flag as it is.
fn bare(arg: &str) -> &str {
    match arg.starts_with('-') {
        true => arg,
        false => arg
            .trim_end_matches("...")
            .trim_matches(['<', '>', '[', ']']),
    }
}

/// «; бывают: text, json», where there is a list.
fn allowed(error: &Error<RussianErrors>) -> String {
    let values = all(error, ContextKind::ValidValue);
    if values.is_empty() {
        String::new()
    } else {
        format!("; бывают: {}", values.join(", "))
    }
}

fn suggestions(error: &Error<RussianErrors>) -> Vec<String> {
    [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .flat_map(|kind| all(error, kind))
    .collect()
}

fn usage(error: &Error<RussianErrors>) -> Option<String> {
    match error.get(ContextKind::Usage)? {
        ContextValue::StyledStr(usage) => {
            let usage = usage.to_string();
            // Clap's own word for it comes first and cannot be changed.
            let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
            Some(usage.trim().to_owned())
        }
        _ => None,
    }
}

/// The command at the start of its usage: `mms report`.
fn command(usage: &str) -> String {
    let words: Vec<&str> = usage
        .split_whitespace()
        .take_while(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    words.join(" ")
}

fn first(error: &Error<RussianErrors>, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

fn all(error: &Error<RussianErrors>, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
