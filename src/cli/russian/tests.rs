//! What contract §2 promises of help and errors, over the arguments of all commands.

use std::collections::BTreeSet;

use clap::{Args, Command, CommandFactory};

use super::{RussianErrors, in_russian, pages};
use crate::cli::args::{
    BatchArgs, CheckArgs, Cli, CompletionsArgs, DemoArgs, DiffArgs, ExplainArgs, IndicatorsArgs,
    InitArgs, InspectArgs, ManArgs, MergeArgs, ReportArgs, SettingsArgs, VerifyArgs,
};

type Augment = fn(Command) -> Command;

/// The commands of contract §2, in its order.
const COMMANDS: [(&str, Augment); 14] = [
    ("report", ReportArgs::augment_args),
    ("inspect", InspectArgs::augment_args),
    ("check", CheckArgs::augment_args),
    ("explain", ExplainArgs::augment_args),
    ("verify", VerifyArgs::augment_args),
    ("diff", DiffArgs::augment_args),
    ("batch", BatchArgs::augment_args),
    ("merge", MergeArgs::augment_args),
    ("indicators", IndicatorsArgs::augment_args),
    ("init", InitArgs::augment_args),
    ("demo", DemoArgs::augment_args),
    ("settings", SettingsArgs::augment_args),
    ("completions", CompletionsArgs::augment_args),
    ("man", ManArgs::augment_args),
];

/// The program with all commands.
fn program() -> Command {
    let mut program = Cli::command();
    for (name, augment) in COMMANDS {
        if program.find_subcommand(name).is_none() {
            program = program.subcommand(augment(Command::new(name)));
        }
    }
    in_russian(program)
}

fn error(line: &[&str]) -> String {
    let typed = std::iter::once(&"mms").chain(line);
    let error = program().try_get_matches_from(typed).unwrap_err();
    assert_eq!(error.exit_code(), 2);
    let text = error.apply::<RussianErrors>().render().to_string();
    assert!(text.starts_with("Ошибка: "), "{text}");
    text
}

/// The words of two or more Latin letters.
fn latin(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 1)
        .collect()
}

/// Names that have no Russian form: the program, its words, formats, standards.
const NAMES: &[&str] = &[
    "mms",
    "toml",
    "csv",
    "tsv",
    "xlsx",
    "xlsm",
    "xlsb",
    "xls",
    "ods",
    "json",
    "JSON",
    "Excel",
    "Schema",
    "SHA",
    "ytd",
    "period",
    "school",
    "year",
    "rolling",
    "years",
    "all",
    "tab",
    "Tab",
    "utf",
    "le",
    "be",
    "windows",
    "text",
    "table",
    "counted",
    "missing",
    "diagnostics",
    "bash",
    "zsh",
    "fish",
    "powershell",
    "elvish",
    "PowerShell",
    "roff",
    "man",
    "batch",
    "report",
    "indicators",
    "III",
];

#[test]
fn help_has_no_english_beyond_names_and_flags() {
    let mut program = program();
    program.build();
    let commands: Vec<Command> = std::iter::once(program.clone())
        .chain(program.get_subcommands().cloned())
        .collect();
    assert_eq!(commands.len(), 15);
    for mut command in commands {
        let mut known: BTreeSet<String> = NAMES.iter().map(ToString::to_string).collect();
        known.extend(COMMANDS.iter().map(|(name, _)| (*name).to_owned()));
        for arg in command.get_arguments() {
            let long = arg.get_long().unwrap_or_default();
            known.extend(latin(long).into_iter().map(str::to_owned));
        }
        let name = command.get_name().to_owned();
        for help in [command.render_help(), command.render_long_help()] {
            let help = help.to_string();
            let examples = help.find("Примеры:").unwrap();
            for line in help.lines() {
                let run = line.starts_with("    mms ");
                for word in latin(line) {
                    assert!(
                        run || known.contains(word) || word == "kuznetsk",
                        "{name}: {word}: {line}"
                    );
                }
            }
            assert!(help[examples..].contains("\n    mms "), "{help}");
            assert!(help.contains("Использование: mms"), "{help}");
        }
    }
}

#[test]
fn every_command_and_every_flag_is_explained() {
    let mut program = program();
    program.build();
    for (name, _) in COMMANDS {
        let command = program.find_subcommand(name).unwrap();
        assert!(command.get_about().is_some(), "{name}");
        for arg in command.get_arguments() {
            assert!(arg.get_help().is_some(), "{name} {}", arg.get_id());
            let heading = arg.get_help_heading().unwrap();
            assert!(heading.starts_with(|c: char| !c.is_ascii()), "{heading}");
        }
    }
    let listed: Vec<&str> = pages().iter().map(|page| page.name.as_str()).collect();
    assert_eq!(listed[0], "mms");
    assert_eq!(listed[1..], COMMANDS.map(|(name, _)| name));
}

#[test]
fn every_example_is_a_command_line_that_is_understood() {
    for page in pages() {
        assert!(!page.examples.is_empty(), "{}", page.name);
        for example in &page.examples {
            let line = words(&example.run);
            let matches = program().try_get_matches_from(&line);
            if let Err(error) = matches {
                assert_eq!(
                    error.kind(),
                    clap::error::ErrorKind::DisplayHelp,
                    "{}: {error}",
                    example.run
                );
            }
            if page.name != "mms" {
                assert_eq!(line[1], page.name);
            }
        }
    }
}

/// The words of a command line as a shell parts them, up to a redirection.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" > ").next().unwrap();
    let mut words = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn what_is_missing_is_named_with_the_usage() {
    assert_eq!(
        error(&["report"]),
        "Ошибка: не хватает: --period <ПЕРИОД>, ФАЙЛ_ИЛИ_ПАПКА\n\n\
         Использование: mms report ФАЙЛ_ИЛИ_ПАПКА… --period ПЕРИОД [ФЛАГИ]\n\
         Справка: mms report --help\n"
    );
    assert_eq!(
        error(&["check"]),
        "Ошибка: не хватает: ФАЙЛ_ИЛИ_ПАПКА\n\n\
         Использование: mms check ФАЙЛ_ИЛИ_ПАПКА… [ФЛАГИ]\n               \
         mms check --explain КОД\n\
         Справка: mms check --help\n"
    );
}

#[test]
fn a_bad_value_is_named_with_what_is_allowed_and_what_was_perhaps_meant() {
    assert_eq!(
        error(&["check", "a", "--format", "jsn"]),
        "Ошибка: значение «jsn» не подходит для --format; бывают: text, json\n\
         Возможно, имелось в виду: json\n"
    );
    assert_eq!(
        error(&["explain", "4.1.2.9", "a", "--period", "2024"]),
        "Ошибка: ПОКАЗАТЕЛЬ: показателя «4.1.2.9» нет; ближайший — 4.1.2.1, все печатает mms indicators\n"
    );
    let period = error(&["report", "a", "--period", "2024-Q5"]);
    assert!(
        period.starts_with("Ошибка: --period: период «2024-Q5» не распознан: квартала 5 нет"),
        "{period}"
    );
    assert_eq!(
        error(&["batch", "a", "--period", "2024", "--jobs", "0"]),
        "Ошибка: --jobs: «0» — не целое число от 1\n"
    );
}

#[test]
fn an_unknown_flag_or_command_is_named_with_the_nearest() {
    let flag = error(&["report", "a", "--perod", "2024"]);
    assert!(
        flag.starts_with("Ошибка: неизвестный флаг --perod\nВозможно, имелось в виду: --period\n"),
        "{flag}"
    );
    let command = error(&["reprot", "a"]);
    assert!(
        command.starts_with(
            "Ошибка: неизвестная команда «reprot»\nВозможно, имелось в виду: report\n"
        ),
        "{command}"
    );
    let extra = error(&["diff", "a", "b", "c"]);
    assert!(
        extra.starts_with("Ошибка: лишний аргумент «c»\n"),
        "{extra}"
    );
}

#[test]
fn a_conflict_and_a_repetition_are_told_apart() {
    let conflict = error(&["check", "a", "--explain", "E301"]);
    assert!(
        conflict.starts_with("Ошибка: ФАЙЛ_ИЛИ_ПАПКА не сочетается с --explain\n"),
        "{conflict}"
    );
    let twice = error(&["report", "a", "--period", "2024", "--period", "2023"]);
    assert!(
        twice.starts_with("Ошибка: --period можно указать только один раз\n"),
        "{twice}"
    );
}

#[test]
fn a_missing_value_is_asked_for() {
    assert_eq!(
        error(&["report", "a", "--period"]),
        "Ошибка: после --period нужно значение\n"
    );
    assert_eq!(
        error(&["check", "a", "--format"]),
        "Ошибка: после --format нужно значение; бывают: text, json\n"
    );
}

#[test]
fn no_error_has_a_word_of_clap() {
    for line in [
        &["report"][..],
        &["check", "a", "--format", "jsn"],
        &["report", "a", "--perod"],
        &["check", "a", "--explain", "E301"],
        &["nothing"],
        &["report", "a", "--period"],
        &["report", "a", "--quiet=yes", "--period", "2024"],
    ] {
        let text = error(line);
        for word in [
            "error", "Usage", "tip", "help", "possible", "argument", "value",
        ] {
            let text = text.replace("--help", "");
            assert!(!text.contains(word), "{text}");
        }
    }
}
