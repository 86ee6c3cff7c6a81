//! The Excel report (contract §4): the official form, the figures by organisation, the evidence
//! that both count by live formulas, and how it all came about. One file for each sheet.
//!
//! The workbook is written from [`ReportModel`] and what [`Later`] gives alone. Its bytes depend on nothing
//! else: the creation date is D, and no property names a user or a machine.

mod by_organisation;
mod charts;
mod disk;
mod dynamics;
mod findings;
mod form;
mod formula;
mod indicators;
mod layouts;
pub mod manifest;
mod methodists;
mod not_reported;
mod organisations;
mod page;
mod passport;
mod people;
mod roadmap;
pub mod scale;
pub mod spill;
mod style;
pub mod summary;
mod survey;
mod table;
mod teams;
pub mod width;

use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;

use chrono::Datelike;
use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use self::disk::written;
use self::indicators::Places;
use self::layouts::Layouts;
use self::manifest::Manifest;
use self::page::Page;
use self::scale::{Evidence, Manner, Scale};
use self::style::Styles;
use crate::failure::Failure;
use crate::indicators::catalogue::Scope;
use crate::pipeline::Run;
use crate::report::model::{Dynamics, Line, Origins, ReportModel, manifest_of};
use crate::report::output::Output;
use crate::report::seal;
use crate::report::steady::Steady;
use crate::source::quietly;

const INDICATORS: &str = "Показатели";
const BY_ORGANISATION: &str = "По организациям";
const DYNAMICS: &str = "Динамика";
const CHARTS: &str = "Графики";
const NO_DATA: &str = "нет данных";
const UNDEFINED: &str = "не определено";
/// In place of what does not apply.
const NONE: &str = "–";

/// The sheets in the order of contract §4, with what the contents list says of each.
const SHEETS: [(&str, &str); 13] = [
    (
        INDICATORS,
        "Официальная форма: план, факт, отклонение, выполнение",
    ),
    (
        BY_ORGANISATION,
        "Числители, знаменатели и доли по организациям; кто не представил данные",
    ),
    (DYNAMICS, "Показатели по кварталам, линии"),
    (CHARTS, "Факт и план"),
    (
        "Педагоги",
        "Расшифровка: каждый педагог, причина и решившая строка",
    ),
    (
        "Управленцы",
        "Расшифровка: каждый управленец, причина и решившая строка",
    ),
    (
        "Организации",
        "Расшифровка: целевая модель наставничества, нет записей",
    ),
    ("Команды", "Расшифровка: управленческие команды и участники"),
    (
        "Методисты",
        "Расшифровка: региональные методисты, нагрузка, закрепления",
    ),
    (
        "Опрос",
        "Удовлетворённость по вопросам и категориям, ответы",
    ),
    (
        "Дорожная карта",
        "Условия показателя 4.1.1 и все мероприятия",
    ),
    (
        "Замечания",
        "Что не так в исходных таблицах и что с этим сделать",
    ),
    (
        "Паспорт",
        "Версия, настройки, файлы с SHA-256, судьба строк",
    ),
];

/// The largest sheet of evidence.
const TEACHERS: &str = "Педагоги";
/// How hard the workbook is packed, from 1 to 9: less than the usual 6, since a region's report is packed
/// by one thread while nothing else is left to do.
const PACKING: u8 = 2;

/// What is made when its sheet is written.
#[derive(Clone, Copy)]
pub struct Later<'l> {
    /// Gives the quarters of «Динамика».
    pub quarters: &'l (dyn Fn() -> Dynamics + Sync),
    /// Writes what programs read.
    pub manifest: Manifest<'l>,
}

/// Writes the report of a run, and beside it, as csv, the evidence that does not fit a sheet.
///
/// # Errors
/// [`Failure::Output`]: a place cannot be written, or a limit of Excel is broken.
pub fn save(run: &Run, origins: &Origins<'_>, output: &Output) -> Result<(), Failure> {
    save_with(run, origins, output, Scale::default())
}

/// [`save`] with sizes of its own.
///
/// # Errors
/// As [`save`].
pub fn save_with(
    run: &Run,
    origins: &Origins<'_>,
    output: &Output,
    scale: Scale,
) -> Result<(), Failure> {
    let report = || {
        let model = &ReportModel::build(run, origins)?;
        let manner = Manner::of(model, scale);
        let mut beside = Vec::new();
        for evidence in manner.spilled(model) {
            let name = spill::file_name(output.path(), evidence);
            beside.push((evidence, output.beside(&name)?));
        }
        let spill = |(evidence, place): &(Evidence, Output)| {
            place.write_with(|file| spill::write(*evidence, model, BufWriter::new(file)))
        };
        let later = Later {
            quarters: &|| Dynamics::of(run),
            manifest: &|out| manifest_of(run, origins, out),
        };
        // The workbook appears last: it speaks of the files beside it.
        let mut spilled = Ok(());
        let written = output.write_with(|file| {
            let (all, workbook) = rayon::join(
                || beside.iter().try_for_each(spill),
                || write(model, later, &manner, file, output.folder()),
            );
            spilled = all;
            match &spilled {
                Ok(()) => workbook,
                // The workbook must not appear; what is told is why the file beside it did not.
                Err(_) => Err(io::ErrorKind::Other.into()),
            }
        });
        spilled.and(written)
    };
    // The largest sheet does not wait for the quarters. Where no thread is free for them, or they
    // fail, they are made when their sheet is written, and fail there.
    let quarters = || drop(quietly(|| run.dynamics().len()));
    rayon::join(report, quarters).0
}

/// Writes the workbook with its seal to `out`. `scratch` is a folder for unnamed temporary files,
/// that of the report itself.
///
/// # Errors
/// The disk fails, or a limit of Excel is broken.
pub fn write(
    model: &ReportModel,
    later: Later<'_>,
    manner: &Manner,
    out: &mut (impl Write + Seek),
    scratch: &Path,
) -> io::Result<()> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(PACKING);
    workbook.set_tempdir(scratch).map_err(io_error)?;
    fill(&mut workbook, model, later, manner).map_err(io_error)?;
    let mut raw = Steady::new(tempfile::tempfile_in(scratch)?);
    written(|| workbook.save_to_writer(&mut raw)).map_err(io_error)?;
    drop(workbook);
    seal::seal(raw.finish()?, out)
}

fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}

fn fill(
    workbook: &mut Workbook,
    model: &ReportModel,
    later: Later<'_>,
    manner: &Manner,
) -> Result<(), XlsxError> {
    properties(workbook, model)?;
    let styles = Styles::new(model.decimals);
    let layouts = Layouts::of(model, manner);
    let places = Places::of(model);
    // Formats get their numbers here, not in the order in which sheets come to use them.
    for format in styles.all() {
        workbook.register_format(format);
    }
    let mut sheets = Vec::with_capacity(SHEETS.len());
    for (name, _) in SHEETS {
        // Rows of evidence go to an unnamed file as they come.
        let mut sheet = if streams(name, model) {
            workbook.new_worksheet_with_constant_memory()?
        } else {
            Worksheet::new()
        };
        sheet
            .set_name(name)?
            .set_formula_result_default("")
            .set_screen_gridlines(false);
        sheets.push((name, sheet));
    }
    let write = |name: &str, sheet: &mut Worksheet| -> Result<(), XlsxError> {
        let mut whole = Page::new(sheet, &styles, streams(name, model));
        let page = &mut whole;
        match name {
            INDICATORS => indicators::write(page, model, &layouts, &places, &SHEETS),
            BY_ORGANISATION => by_organisation::write(page, model, &layouts, manner, &places),
            DYNAMICS => dynamics::write(page, model, &(later.quarters)()),
            CHARTS => charts::write(page, model, &places),
            TEACHERS => people::write(page, model, Evidence::Teachers, layouts.teachers.as_ref()),
            "Управленцы" => {
                people::write(page, model, Evidence::Managers, layouts.managers.as_ref())
            }
            "Организации" => organisations::write(page, model, &layouts, manner),
            "Команды" => teams::write(page, model, &layouts),
            "Методисты" => methodists::write(page, model, &layouts),
            "Опрос" => survey::write(page, model, &layouts),
            "Дорожная карта" => roadmap::write(page, model, &layouts),
            "Замечания" => findings::write(page, model, manner),
            _ => passport::write(page, model, manner),
        }?;
        whole.finish()
    };
    // The sheet of teachers is as large as all others together. Of these the last is the one that
    // may have to wait.
    let (teachers, mut others): (Vec<_>, Vec<_>) =
        sheets.iter_mut().partition(|(name, _)| *name == TEACHERS);
    others.sort_by_key(|(name, _)| *name == DYNAMICS);
    let all = |sheets: Vec<&mut (&'static str, Worksheet)>| -> Vec<_> {
        sheets
            .into_par_iter()
            .with_max_len(1)
            .map(|(name, sheet)| written(|| write(name, sheet)))
            .collect()
    };
    let (teachers, others) = rayon::join(|| all(teachers), || all(others));
    teachers
        .into_iter()
        .chain(others)
        .collect::<Result<(), _>>()?;
    for (_, sheet) in sheets {
        workbook.push_worksheet(sheet);
    }
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    written(|| manifest::write(&mut sheet, later.manifest))?;
    workbook.push_worksheet(sheet);
    Ok(())
}

/// Whether a sheet is written row by row: one that grows with the municipality.
fn streams(sheet: &str, model: &ReportModel) -> bool {
    let rows = match sheet {
        BY_ORGANISATION => model.organisations.len() as u64,
        TEACHERS => Evidence::Teachers.rows(model),
        "Управленцы" => Evidence::Managers.rows(model),
        "Команды" => Evidence::Members.rows(model),
        "Методисты" => Evidence::Pairs.rows(model),
        "Опрос" => Evidence::Answers.rows(model),
        "Замечания" => model.findings.len() as u64,
        _ => 0,
    };
    rows > 0
}

fn properties(workbook: &mut Workbook, model: &ReportModel) -> Result<(), XlsxError> {
    let day = model.heading.window.to;
    let created = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(1900),
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )?;
    let properties = DocProperties::new()
        .set_title(
            "Отчёт о показателях эффективности деятельности муниципальной методической службы",
        )
        .set_subject(model.print_heading())
        .set_creation_datetime(&created)
        .set_custom_property(seal::REPORT, model.passport.schema.as_str())
        .set_custom_property(seal::SEAL, seal::BLANK);
    workbook.set_properties(&properties);
    workbook.set_default_format(
        &Format::new().set_font_name("Calibri").set_font_size(11),
        20,
        64,
    )?;
    Ok(())
}

/// The rule by which a scope is counted, as a sentence.
fn rule_of(model: &ReportModel, scope: Scope) -> String {
    let Some(line) = model.line_of(scope) else {
        return String::new();
    };
    let mut text = format!("Показатель {}.", line.id);
    for part in [Some(line.rule.as_str()), line.note.as_deref()]
        .into_iter()
        .flatten()
    {
        let part = indicators::capitalised(part.trim_end_matches('.'));
        if !part.is_empty() {
            text.push_str(&format!(" {part}."));
        }
    }
    text
}

/// Why a sheet has nothing to show.
fn absence(line: &Line) -> String {
    match &line.note {
        Some(note) => format!("{NO_DATA}: {note}"),
        None => NO_DATA.to_owned(),
    }
}
