//! Help in Russian: the texts of `help.toml`, put into clap's frame without a word of English.

mod errors;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use clap::{Arg, ArgAction, Command};
use serde::Deserialize;

pub use errors::{RussianErrors, USAGE};

/// The frame of a help page. Every part of clap's own that has fixed English words is left out.
const TEMPLATE: &str = "{about-with-newline}\nИспользование: {usage}\n\n{all-args}{after-help}";

/// What `help.toml` says of one command.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The command; `mms` is the program itself.
    pub name: String,
    /// What it does, in a few words.
    pub about: String,
    /// How it is called, one form a line.
    pub usage: String,
    /// What else is to be known.
    #[serde(default)]
    pub details: String,
    /// Examples that can be run.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// An example of a help page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it is for.
    pub text: String,
    /// The command line.
    pub run: String,
}

#[derive(Deserialize)]
struct Pages {
    command: Vec<Page>,
}

/// The pages of all commands, those of the program itself first.
#[must_use]
pub fn pages() -> &'static [Page] {
    static PAGES: OnceLock<Pages> = OnceLock::new();
    &PAGES
        .get_or_init(|| crate::text::data_file("help.toml", include_str!("../help.toml")))
        .command
}

/// The page of one command.
#[must_use]
pub fn page(command: &str) -> Option<&'static Page> {
    pages().iter().find(|page| page.name == command)
}

/// Gives a command and all its subcommands their Russian pages.
#[must_use]
pub fn in_russian(command: Command) -> Command {
    let command = one(command)
        .subcommand_help_heading("Команды")
        .subcommand_value_name("КОМАНДА");
    let command = if command.get_version().is_some() {
        let version = Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help_heading("Общие флаги")
            .help("Напечатать версию");
        command.disable_version_flag(true).arg(version)
    } else {
        command
    };
    command.mut_subcommands(one)
}

fn one(command: Command) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help_heading("Общие флаги")
        .help("Напечатать справку; --help — подробную");
    let command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .help_template(TEMPLATE)
        .mut_args(argument)
        .arg(help);
    let Some(page) = page(command.get_name()) else {
        return command;
    };
    let about = format!("{}.", page.about);
    let details = match page.details.trim() {
        "" => about,
        details => format!("{about}\n\n{details}"),
    };
    let forms: Vec<&str> = page.usage.lines().map(str::trim).collect();
    command
        .about(page.about.as_str())
        .long_about(details)
        .override_usage(forms.join(&format!("\n{:width$}", "", width = USAGE.chars().count())))
        .after_help(examples(page))
}

/// «Примеры:» and each of them under what it is for.
fn examples(page: &Page) -> String {
    let mut text = String::from("Примеры:");
    for example in &page.examples {
        text.push_str(&format!("\n  {}:\n    {}", example.text, example.run));
    }
    text
}

fn argument(arg: Arg) -> Arg {
    let takes_values = arg.get_action().takes_values();
    let arg = arg
        .hide_default_value(takes_values)
        .hide_possible_values(takes_values);
    if arg.get_help_heading().is_some() {
        arg
    } else if arg.is_positional() {
        arg.help_heading("Аргументы")
    } else {
        arg.help_heading("Флаги")
    }
}
