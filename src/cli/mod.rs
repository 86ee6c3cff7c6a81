//! The command line: what was typed ([`args`]), what is in force ([`in_force`]), and one file for
//! each command. A command takes its arguments and the [`Console`], and gives the exit code.

pub mod args;
pub mod batch;
pub mod check;
pub mod completions;
pub mod demo;
pub mod diff;
pub mod explain;
pub mod in_force;
pub mod indicators;
pub mod init;
pub mod inspect;
pub mod man;
pub mod merge;
pub mod report;
pub mod request;
pub mod russian;
mod screen;
pub mod settings;
pub mod summary;
pub mod verify;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

use args::{Cli, CommonArgs, Task};
use russian::RussianErrors;
pub use screen::Screen;

use crate::failure::Failure;

/// Where a command writes: results to `out`, all else to `err`.
pub struct Console<'a> {
    /// Standard output.
    pub out: Screen<'a>,
    /// Standard error.
    pub err: Screen<'a>,
    /// The flags that every command takes.
    pub common: CommonArgs,
}

impl Console<'_> {
    /// Says something beside the result, unless `--quiet`.
    pub fn note(&mut self, text: &str) {
        if !self.common.quiet {
            // What was printed before stands before it on a terminal. Its failure comes again with
            // the last flush.
            let _ = self.out.flush();
            // Standard error is where troubles are told; its own are told nowhere.
            let _ = writeln!(self.err, "{text}");
        }
    }
}

/// The command line as clap knows it, in Russian.
#[must_use]
pub fn command() -> clap::Command {
    russian::in_russian(Cli::command())
}

/// Runs what was typed, `args` with the program's name first, and gives the exit code of contract
/// §2. A broken pipe ends quietly with 0. Nothing that is printed steers a terminal.
pub fn run(args: impl Iterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let (mut out, mut err) = (Screen::new(out), Screen::new(err));
    let typed = command()
        .try_get_matches_from(args)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match typed {
        Ok(cli) => cli,
        Err(error) => return answer(error, &mut out, &mut err),
    };
    let mut console = Console {
        out,
        err,
        common: cli.common,
    };
    let done = dispatch(&cli.task, &mut console).and_then(|code| {
        console.out.flush()?;
        Ok(code)
    });
    match done {
        Ok(code) => code,
        Err(error) => {
            // What was printed before the failure comes before its message.
            let _ = console.out.flush();
            fail(&error, &mut console.err)
        }
    }
}

fn dispatch(task: &Task, console: &mut Console<'_>) -> anyhow::Result<u8> {
    match task {
        Task::Report(args) => report::run(args, console),
        Task::Inspect(args) => inspect::run(args, console),
        Task::Check(args) => check::run(args, console),
        Task::Explain(args) => explain::run(args, console),
        Task::Batch(args) => batch::run(args, console),
        Task::Merge(args) => merge::run(args, console),
        Task::Verify(args) => verify::run(args, console),
        Task::Diff(args) => diff::run(args, console),
        Task::Indicators(args) => indicators::run(args, console),
        Task::Init(args) => init::run(args, console),
        Task::Demo(args) => demo::run(args, console),
        Task::Settings(args) => settings::run(args, console),
        Task::Completions(args) => completions::run(args, console),
        Task::Man(args) => man::run(args, console),
    }
}

/// Prints the help or version that was asked for, or what is wrong with the command line.
fn answer(error: clap::Error, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            match write!(out, "{}", error.render()).and_then(|()| out.flush()) {
                Ok(()) => 0,
                Err(error) => fail(&error.into(), err),
            }
        }
        // The help of the program itself, in place of a command that was not named.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = write!(err, "{}", error.render());
            2
        }
        _ => {
            let _ = write!(err, "{}", error.apply::<RussianErrors>().render());
            2
        }
    }
}

/// Tells what stopped a command, and the exit code for it.
fn fail(error: &anyhow::Error, err: &mut dyn Write) -> u8 {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        let _ = writeln!(err, "Ошибка: {failure}");
        return failure.exit_code();
    }
    if let Some(error) = error.downcast_ref::<io::Error>() {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return 0;
        }
        let _ = writeln!(err, "Ошибка: результат не выводится: {}", reason(error));
        return 4;
    }
    let _ = writeln!(err, "Ошибка: {error:#}");
    3
}

/// Why the system did not do something, in Russian: its own words follow its language.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "нет места".to_owned(),
        io::ErrorKind::PermissionDenied => "нет прав".to_owned(),
        _ => error.raw_os_error().map_or_else(
            || error.to_string(),
            |code| format!("код ошибки системы {code}"),
        ),
    }
}
