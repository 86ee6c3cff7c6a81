//! Arguments of the commands around the figures.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args};
use clap_complete::Shell;

use super::{DemoFormat, SourcePin, TextFormat, WindowArgs, values};

/// `mms indicators`
#[derive(Args, Debug)]
pub struct IndicatorsArgs {
    /// The form of the catalogue.
    #[arg(long, value_name = "ВИД", value_enum, default_value_t)]
    #[arg(help = "Вид каталога: text (по умолчанию) или json")]
    pub format: TextFormat,
    /// The settings whose effect is named.
    #[arg(long, value_name = "ФАЙЛ")]
    #[arg(help = "Файл настроек, с которыми считать; без флага — настройки по умолчанию")]
    pub config: Option<PathBuf>,
}

/// `mms init`
#[derive(Args, Debug)]
pub struct InitArgs {
    /// The folder.
    #[arg(
        value_name = "ПАПКА",
        help = "Папка для новых файлов; если её нет, она создаётся"
    )]
    pub dir: PathBuf,
    /// Existing files are replaced.
    #[arg(long, help = "Заменять файлы, которые уже есть")]
    pub force: bool,
}

/// `mms demo`
#[derive(Args, Debug)]
pub struct DemoArgs {
    /// The folder.
    #[arg(
        value_name = "ПАПКА",
        help = "Папка для новых файлов; если её нет, она создаётся"
    )]
    pub dir: PathBuf,
    /// How many people the staff table has.
    #[arg(long, value_name = "N", value_parser = values::count, default_value = "1000")]
    #[arg(help = "Сколько сотрудников придумать; без флага — 1000")]
    pub staff: NonZeroUsize,
    /// The same number gives the same files.
    #[arg(long, value_name = "N", value_parser = values::seed, default_value = "1")]
    #[arg(help = "Число, от которого зависит выдумка: то же число — те же файлы; без флага — 1")]
    pub seed: u64,
    /// The form of the files.
    #[arg(long, value_name = "ВИД", value_enum, default_value_t)]
    #[arg(help = "Вид файлов: xlsx (по умолчанию) или csv")]
    pub format: DemoFormat,
    /// Existing files are replaced.
    #[arg(long, help = "Заменять файлы, которые уже есть")]
    pub force: bool,
}

/// `mms settings`
#[derive(Args, Debug)]
pub struct SettingsArgs {
    /// Files and folders; none is the current folder.
    #[arg(value_name = "ФАЙЛ_ИЛИ_ПАПКА")]
    #[arg(help = "Таблицы, для которых нужны настройки; без них — текущая папка")]
    pub inputs: Vec<PathBuf>,
    /// The settings file.
    #[arg(long, value_name = "ФАЙЛ")]
    #[arg(help = "Файл настроек; без флага — mms.toml в папке с таблицами \
                  или рядом с первым файлом")]
    pub config: Option<PathBuf>,
    /// Registers of files and sheets.
    #[arg(long, value_name = "РЕЕСТР=ФАЙЛ[#ЛИСТ]", value_parser = values::source)]
    #[arg(action = ArgAction::Append)]
    #[arg(help = "Реестр файла или листа, как у mms report")]
    pub source: Vec<SourcePin>,
    /// The window.
    #[command(flatten)]
    pub window: WindowArgs,
    /// Full names in the report.
    #[arg(long, help = "Полные имена в отчёте, как у mms report")]
    pub names: bool,
    /// The schema instead.
    #[arg(long, conflicts_with_all = ["inputs", "config", "source", "window", "names"])]
    #[arg(help = "Вместо настроек — JSON Schema файла mms.toml, для редакторов")]
    pub schema: bool,
}

/// `mms completions`
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell.
    #[arg(value_name = "ОБОЛОЧКА", value_enum)]
    #[arg(help = "bash, zsh, fish, powershell или elvish")]
    pub shell: Shell,
}

/// `mms man`
#[derive(Args, Debug)]
pub struct ManArgs {
    /// The command; none is the program as a whole.
    #[arg(
        value_name = "КОМАНДА",
        help = "Команда; без неё — страница всей программы"
    )]
    pub command: Option<String>,
}
