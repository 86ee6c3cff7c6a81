//! What may be typed, as types: one struct of arguments for each command of contract §2. The texts
//! around the arguments (what a command does, its usage and examples) stand in `help.toml`.

mod choices;
mod figures;
mod service;
mod summaries;
mod values;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};

use crate::period::{Period, WindowKind};

pub use choices::{DemoFormat, PeopleFormat, TextFormat, Who};
pub use figures::{CheckArgs, ExplainArgs, InspectArgs, ReportArgs, VerifyArgs};
pub use service::{CompletionsArgs, DemoArgs, IndicatorsArgs, InitArgs, ManArgs, SettingsArgs};
pub use summaries::{BatchArgs, DiffArgs, MergeArgs};
pub use values::{ALL_INDICATORS, SourcePin};

/// What `--version` prints: the version and, where it is known, the commit.
const LONG_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("MMS_COMMIT"));

/// The whole command line.
#[derive(Parser, Debug)]
#[command(name = "mms", bin_name = "mms", version, subcommand_required = true)]
#[command(long_version = LONG_VERSION, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
    /// Flags that every command takes.
    #[command(flatten)]
    pub common: CommonArgs,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Task {
    /// The figures and the Excel report.
    Report(ReportArgs),
    /// How files were understood.
    Inspect(InspectArgs),
    /// Every problem of the inputs.
    Check(CheckArgs),
    /// Who is counted and why.
    Explain(ExplainArgs),
    /// Many municipalities and the summary over them.
    Batch(BatchArgs),
    /// The summary from results made elsewhere.
    Merge(MergeArgs),
    /// Whether a report still stands.
    Verify(VerifyArgs),
    /// Two reports side by side.
    Diff(DiffArgs),
    /// The catalogue.
    Indicators(IndicatorsArgs),
    /// A workbook to fill in.
    Init(InitArgs),
    /// A made-up municipality.
    Demo(DemoArgs),
    /// What is in force, and where each value came from.
    Settings(SettingsArgs),
    /// Shell completions.
    Completions(CompletionsArgs),
    /// Man pages.
    Man(ManArgs),
}

/// Flags that every command takes.
#[derive(Args, Clone, Copy, PartialEq, Eq, Debug, Default)]
#[command(next_help_heading = "Общие флаги")]
pub struct CommonArgs {
    /// Only results and failures, no notes and no progress.
    #[arg(short, long, global = true)]
    #[arg(help = "Только результат и ошибки: без пояснений и хода работы")]
    pub quiet: bool,
    /// No colours on a terminal.
    #[arg(long, global = true, help = "Без цвета")]
    pub no_color: bool,
}

/// How delimited text is read, where detection is not wanted.
#[derive(Args, Clone, PartialEq, Eq, Debug, Default)]
#[command(next_help_heading = "Чтение таблиц")]
pub struct TextArgs {
    /// The usual name of the encoding: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `windows-1251`.
    #[arg(long, value_name = "КОДИРОВКА", value_parser = values::encoding)]
    #[arg(
        help = "Кодировка файлов csv: utf-8, utf-16le, utf-16be, windows-1251; \
                  без флага определяется сама"
    )]
    pub encoding: Option<&'static str>,
    /// The delimiter: `;`, `,` or tab.
    #[arg(long, value_name = "ЗНАК", value_parser = values::delimiter)]
    #[arg(help = "Разделитель файлов csv: «;», «,» или tab; без флага определяется сам")]
    pub delimiter: Option<u8>,
}

/// How tables are read and understood.
#[derive(Args, Clone, PartialEq, Debug, Default)]
#[command(next_help_heading = "Чтение таблиц")]
pub struct ReadingArgs {
    /// The settings file.
    #[arg(long, value_name = "ФАЙЛ")]
    #[arg(help = "Файл настроек; без флага — mms.toml в папке с таблицами \
                  или рядом с первым файлом")]
    pub config: Option<PathBuf>,
    /// Registers of files and sheets.
    #[arg(long, value_name = "РЕЕСТР=ФАЙЛ[#ЛИСТ]", value_parser = values::source)]
    #[arg(action = ArgAction::Append)]
    #[arg(
        help = "Реестр файла или листа, например diagnostics=Список.xlsx#Лист2; \
                  флаг можно повторять"
    )]
    pub source: Vec<SourcePin>,
    /// How delimited text is read.
    #[command(flatten)]
    pub text: TextArgs,
}

/// The period of figures and its window.
#[derive(Args, Clone, PartialEq, Debug)]
pub struct PeriodArgs {
    /// The period.
    #[arg(short, long, value_name = "ПЕРИОД", value_parser = values::period)]
    #[arg(help = values::PERIOD_HELP)]
    pub period: Period,
    /// From which days events count.
    #[command(flatten)]
    pub window: WindowArgs,
}

/// The window of events.
#[derive(Args, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WindowArgs {
    /// The window; none where the settings or the period decide.
    #[arg(long, value_name = "ОКНО", value_parser = values::window)]
    #[arg(help = "За какие дни считаются события: ytd, period, school-year, rolling-years:N, all")]
    pub window: Option<WindowKind>,
}
