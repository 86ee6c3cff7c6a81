//! «Паспорт»: how the report came about, for those who check it.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::NONE;
use super::page::{Fit, Page};
use super::scale::Manner;
use super::style::PLAIN;
use crate::period::russian_date;
use crate::report::model::{ReportModel, SheetRow};

const WIDTHS: [f64; 9] = [30.0, 26.0, 24.0, 11.0, 11.0, 11.0, 11.0, 46.0, 11.0];
const LAST: ColNum = 8;

/// A sheet that is written from above.
struct Down<'p, 'a> {
    page: &'p mut Page<'a>,
    row: RowNum,
}

impl Down<'_, '_> {
    fn section(&mut self, title: &str) -> Result<(), XlsxError> {
        let styles = self.page.styles;
        self.row += 1;
        self.page.text(self.row, 0, title, &styles.title)?;
        self.page.set_height(self.row, 21.0)?;
        self.row += 1;
        Ok(())
    }

    /// A row whose cells take so many columns each.
    fn row(&mut self, cells: &[(&str, ColNum)], header: bool) -> Result<(), XlsxError> {
        let styles = self.page.styles;
        let format = if header { &styles.header } else { &styles.text };
        let mut column = 0;
        let mut heights = Vec::new();
        for (text, columns) in cells {
            let last = column + columns - 1;
            self.page.across(self.row, (column, last), text, format)?;
            let width: f64 = WIDTHS
                .iter()
                .skip(column.into())
                .take((*columns).into())
                .sum();
            heights.push((*text, width));
            column = last + 1;
        }
        let kind = if header { PLAIN.bold() } else { PLAIN };
        self.page.fit(self.row, kind, heights)?;
        self.row += 1;
        Ok(())
    }
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    manner: &Manner,
) -> Result<(), XlsxError> {
    page.widths(&WIDTHS)?;
    page.head(
        "Паспорт отчёта",
        "По этим сведениям отчёт можно повторить: те же файлы с теми же настройками дают те же показатели и тот же файл отчёта. \
         Команда mms verify сверяет отчёт с исходными файлами.",
        (0, LAST),
        WIDTHS.iter().sum(),
    )?;
    let mut down = Down { page, row: 3 };
    general(&mut down, model)?;
    remarks(&mut down, model, manner)?;
    settings(&mut down, model)?;
    inputs(&mut down, model)?;
    sheets(&mut down, model)?;
    page.sheet.set_freeze_panes(3, 0)?;
    page.print(&model.print_heading(), Fit::Width);
    Ok(())
}

fn general(down: &mut Down<'_, '_>, model: &ReportModel) -> Result<(), XlsxError> {
    let heading = &model.heading;
    let passport = &model.passport;
    down.section("Общие сведения")?;
    let from = heading.window.from.map_or_else(
        || "без начала".to_owned(),
        |from| format!("с {}", russian_date(from)),
    );
    let period = format!(
        "{} ({}): с {} по {}",
        heading.period.title(),
        heading.period.label,
        russian_date(heading.period.from),
        russian_date(heading.period.to)
    );
    let window = format!(
        "{} ({}): {from} по {}",
        heading.window.kind.title(),
        heading.window.kind,
        russian_date(heading.window.to)
    );
    let names = if model.names {
        "стоят в листах расшифровки: отчёт содержит персональные данные"
    } else {
        "не приводятся: вместо них номер человека, организация и строка исходной таблицы"
    };
    let group = match model.min_group {
        0 => "не скрываются".to_owned(),
        least => format!("на листе «По организациям» скрыты доли со знаменателем меньше {least}"),
    };
    for (name, value) in [
        ("Программа", passport.tool.as_str()),
        ("Формат результата", passport.schema.as_str()),
        ("Перечень показателей", heading.source.as_str()),
        ("Период", period.as_str()),
        ("Окно событий", window.as_str()),
        ("Отчётная дата", &russian_date(heading.window.to)),
        ("Имена", names),
        ("Малые группы", group.as_str()),
        ("Команда, которая повторит отчёт", passport.command.as_str()),
        (
            "Печать программы",
            "в свойствах файла: mms-report – формат, mms-seal – SHA-256 всех частей книги. \
             По ней программа узнаёт отчёт, который никто не менял; mms verify проверяет её.",
        ),
    ] {
        down.row(&[(name, 1), (value, LAST)], false)?;
    }
    Ok(())
}

fn remarks(down: &mut Down<'_, '_>, model: &ReportModel, manner: &Manner) -> Result<(), XlsxError> {
    let all: Vec<String> = model
        .passport
        .remarks
        .iter()
        .cloned()
        .chain(manner.remarks(model))
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    down.section("Что важно знать")?;
    for remark in &all {
        down.row(&[(remark, LAST + 1)], false)?;
    }
    Ok(())
}

fn settings(down: &mut Down<'_, '_>, model: &ReportModel) -> Result<(), XlsxError> {
    down.section("Настройки")?;
    down.row(&[("Настройка", 1), ("Значение", 6), ("Откуда", 2)], true)?;
    for setting in &model.passport.settings {
        let value = if setting.value.is_empty() {
            NONE
        } else {
            &setting.value
        };
        down.row(
            &[(&setting.key, 1), (value, 6), (&setting.origin, 2)],
            false,
        )?;
    }
    Ok(())
}

fn inputs(down: &mut Down<'_, '_>, model: &ReportModel) -> Result<(), XlsxError> {
    down.section("Исходные файлы")?;
    down.row(
        &[
            ("Файл", 1),
            ("Формат", 1),
            ("Размер, байт", 1),
            ("SHA-256", 6),
        ],
        true,
    )?;
    for input in &model.passport.inputs {
        let row = down.row;
        down.row(
            &[
                (&input.path, 1),
                (&input.format, 1),
                ("", 1),
                (&input.sha256, 6),
            ],
            false,
        )?;
        let styles = down.page.styles;
        down.page.count(row, 2, input.size, &styles.count)?;
    }
    Ok(())
}

/// Why rows of a sheet were left out.
fn left_out(sheet: &SheetRow) -> String {
    let all: Vec<String> = sheet
        .left_out
        .iter()
        .map(|(reason, count)| format!("{reason} – {count}"))
        .collect();
    if all.is_empty() {
        NONE.to_owned()
    } else {
        all.join("; ")
    }
}

fn sheets(down: &mut Down<'_, '_>, model: &ReportModel) -> Result<(), XlsxError> {
    down.section("Листы исходных файлов и судьба их строк")?;
    let header = [
        "Файл",
        "Лист",
        "Что это",
        "Строка заголовка",
        "Строк прочитано",
        "Взято записей",
        "Не вошло строк",
        "Почему не вошли",
        "Из них скрытых",
    ];
    down.row(&header.map(|word| (word, 1)), true)?;
    for sheet in &model.passport.sheets {
        let row = down.row;
        let reasons = left_out(sheet);
        let register = sheet
            .register
            .as_deref()
            .unwrap_or("не распознан, пропущен");
        down.row(
            &[
                (&sheet.file, 1),
                (&sheet.sheet, 1),
                (register, 1),
                ("", 1),
                ("", 1),
                ("", 1),
                ("", 1),
                (&reasons, 1),
                (NONE, 1),
            ],
            false,
        )?;
        let styles = down.page.styles;
        let lost: u64 = sheet.left_out.iter().map(|(_, count)| count).sum();
        let numbers = [
            (3, sheet.header_row),
            (4, Some(sheet.read)),
            (5, Some(sheet.used)),
            (6, Some(lost)),
            (8, sheet.hidden_rows.map(u64::from)),
        ];
        for (column, number) in numbers {
            match number {
                Some(number) => down.page.count(row, column, number, &styles.count)?,
                None => down.page.text(row, column, NONE, &styles.centre)?,
            }
        }
    }
    Ok(())
}
