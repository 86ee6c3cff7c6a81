//! Arguments of the commands over one municipality's tables.

use std::path::PathBuf;

use clap::Args;

use super::{PeopleFormat, PeriodArgs, ReadingArgs, TextArgs, TextFormat, Who, values};
use crate::period::Period;

/// `mms report`
#[derive(Args, Debug)]
pub struct ReportArgs {
    /// Files and folders.
    #[arg(required = true, value_name = "ФАЙЛ_ИЛИ_ПАПКА")]
    #[arg(help = "Таблицы: файлы и папки в любом сочетании; папка читается вместе с вложенными")]
    pub inputs: Vec<PathBuf>,
    /// The period and its window.
    #[command(flatten)]
    pub period: PeriodArgs,
    /// The Excel report; by default its name tells the period.
    #[arg(short, long, value_name = "ФАЙЛ")]
    #[arg(help = "Отчёт Excel; без флага — Показатели_ММС_<период>.xlsx")]
    pub output: Option<PathBuf>,
    /// The JSON result; `-` is standard output, which then holds nothing else.
    #[arg(long, value_name = "ФАЙЛ")]
    #[arg(help = "Результат в JSON; «-» — в стандартный вывод, где тогда нет ничего другого")]
    pub json: Option<PathBuf>,
    /// The page for the site.
    #[arg(long, value_name = "ФАЙЛ")]
    #[arg(help = "Страница для сайта, без персональных данных")]
    pub html: Option<PathBuf>,
    /// Full names in the report.
    #[arg(long, help = "Полные имена в отчёте; без флага имён в нём нет")]
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

/// `mms inspect`
#[derive(Args, Debug)]
pub struct InspectArgs {
    /// Files and folders.
    #[arg(required = true, value_name = "ФАЙЛ")]
    #[arg(help = "Файлы или папки с таблицами")]
    pub inputs: Vec<PathBuf>,
    /// How tables are read.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// `mms check`
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Files and folders; none only where a code is to be explained.
    #[arg(required_unless_present = "explain", value_name = "ФАЙЛ_ИЛИ_ПАПКА")]
    #[arg(help = "Таблицы: файлы и папки в любом сочетании")]
    pub inputs: Vec<PathBuf>,
    /// The period, for the checks that depend on it.
    #[arg(short, long, value_name = "ПЕРИОД", value_parser = values::period)]
    #[arg(help = "Период, если нужны и проверки, которые от него зависят: \
                  2024-Q3, 2024-09, 2023/2024 и другие")]
    pub period: Option<Period>,
    /// The form of the list.
    #[arg(long, value_name = "ВИД", value_enum, default_value_t)]
    #[arg(help = "Вид списка замечаний: text (по умолчанию) или json")]
    pub format: TextFormat,
    /// The code of a finding to explain instead of checking.
    #[arg(long, value_name = "КОД", conflicts_with = "inputs")]
    #[arg(help = "Объяснить замечание с этим кодом: что значит, что из него следует, что делать")]
    pub explain: Option<String>,
    /// How tables are read.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// `mms explain`
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The indicator's id.
    #[arg(value_name = "ПОКАЗАТЕЛЬ", value_parser = values::indicator)]
    #[arg(help = "Номер показателя, например 4.1.2.1, или all — все показатели")]
    pub id: String,
    /// Files and folders.
    #[arg(required = true, value_name = "ФАЙЛ_ИЛИ_ПАПКА")]
    #[arg(help = "Таблицы: файлы и папки в любом сочетании")]
    pub inputs: Vec<PathBuf>,
    /// The period and its window.
    #[command(flatten)]
    pub period: PeriodArgs,
    /// Whom to list.
    #[arg(long, value_name = "КТО", value_enum, default_value_t)]
    #[arg(
        help = "Кого показать: counted (в числителе), missing (только в знаменателе), \
                  all (всех, по умолчанию)"
    )]
    pub who: Who,
    /// One organisation alone.
    #[arg(long, value_name = "НАЗВАНИЕ", help = "Только эта организация")]
    pub org: Option<String>,
    /// One person alone.
    #[arg(long, value_name = "ФИО", help = "Только этот человек")]
    pub person: Option<String>,
    /// The form of the list.
    #[arg(long, value_name = "ВИД", value_enum, default_value_t)]
    #[arg(help = "Вид списка: table (по умолчанию), csv или json")]
    pub format: PeopleFormat,
    /// How tables are read.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// `mms verify`
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// The report.
    #[arg(value_name = "ОТЧЁТ", display_order = 1)]
    #[arg(help = "Отчёт Excel, который составила mms")]
    pub report: PathBuf,
    /// Files and folders.
    #[arg(required = true, value_name = "ФАЙЛ_ИЛИ_ПАПКА", display_order = 2)]
    #[arg(help = "Таблицы, по которым он составлен")]
    pub inputs: Vec<PathBuf>,
    /// How delimited text is read.
    #[command(flatten)]
    pub text: TextArgs,
}
