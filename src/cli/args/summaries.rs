//! Arguments of the commands over several reports or municipalities.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args};

use super::{ReadingArgs, WindowArgs, values};
use crate::period::Period;

/// `mms diff`
#[derive(Args, Debug)]
pub struct DiffArgs {
    /// The earlier report.
    #[arg(value_name = "СТАРЫЙ", help = "Прежний отчёт", display_order = 1)]
    pub old: PathBuf,
    /// The later report.
    #[arg(value_name = "НОВЫЙ", help = "Новый отчёт", display_order = 2)]
    pub new: PathBuf,
}

/// `mms batch`
#[derive(Args, Debug)]
pub struct BatchArgs {
    /// Folders whose subfolders are municipalities.
    #[arg(required = true, value_name = "ПАПКА")]
    #[arg(help = "Папки: каждая вложенная папка — одно муниципальное образование")]
    pub dirs: Vec<PathBuf>,
    /// The periods, in the order typed.
    #[arg(short, long, value_name = "ПЕРИОД", value_parser = values::period)]
    #[arg(required = true, action = ArgAction::Append)]
    #[arg(help = "Период, как у mms report; флаг можно повторять")]
    pub period: Vec<Period>,
    /// From which days events count.
    #[command(flatten)]
    pub window: WindowArgs,
    /// Where the reports go.
    #[arg(
        long,
        value_name = "ПАПКА",
        help = "Папка для отчётов и свода; без флага — текущая"
    )]
    pub out: Option<PathBuf>,
    /// How many municipalities at once.
    #[arg(long, value_name = "N", value_parser = values::count)]
    #[arg(help = "Сколько муниципальных образований считать сразу; без флага — по числу ядер")]
    pub jobs: Option<NonZeroUsize>,
    /// JSON results beside the workbooks.
    #[arg(
        long,
        help = "Ещё и JSON: результат каждого муниципального образования и общий"
    )]
    pub json: bool,
    /// Full names in the reports.
    #[arg(long, help = "Полные имена в отчётах; без флага имён в них нет")]
    pub names: bool,
    /// Errors and warnings make the exit code 1.
    #[arg(long, help = "Код завершения 1, если есть ошибки или предупреждения")]
    pub strict: bool,
    /// Existing files are replaced.
    #[arg(long, help = "Заменять файлы, которые уже есть")]
    pub force: bool,
    /// How tables are read.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// `mms merge`
#[derive(Args, Debug)]
pub struct MergeArgs {
    /// JSON results, consolidated ones too, or folders of them.
    #[arg(required = true, value_name = "РЕЗУЛЬТАТ.json")]
    #[arg(
        help = "Результаты в JSON (mms report --json, mms batch --json), готовые своды в JSON или папки с ними"
    )]
    pub results: Vec<PathBuf>,
    /// The consolidated workbook.
    #[arg(
        short,
        long,
        value_name = "ФАЙЛ",
        help = "Сводная книга Excel; без флага — Свод.xlsx"
    )]
    pub output: Option<PathBuf>,
    /// The consolidated JSON; `-` is standard output, which then holds nothing else.
    #[arg(long, value_name = "ФАЙЛ")]
    #[arg(help = "Свод в JSON; «-» — в стандартный вывод, где тогда нет ничего другого")]
    pub json: Option<PathBuf>,
    /// An existing file is replaced.
    #[arg(long, help = "Заменить файл, если он уже есть")]
    pub force: bool,
}
