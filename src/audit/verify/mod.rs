//! Whether a report still stands: it is computed anew from the inputs with the settings that it
//! keeps, and every figure, every formula, every input and the seal are compared.
//!
//! Three things meet: what the cells show, what the report keeps for programs, and what the tables
//! give now. A cell that differs from the tables is named with its place, whether somebody edited it
//! or the tables changed; what the cells do not show is compared as kept.

mod beside;
mod cells;
mod figures;
mod inputs;

use std::path::{Path, PathBuf};

use serde_json::Value;

use self::cells::Shown;
use super::workbook::{Report, Sheets};
use crate::failure::Failure;
use crate::period::Period;
use crate::pipeline::{Request, Run};
use crate::report::json;
use crate::report::model::{Dynamics, Manifest, Origins, ReportModel};
use crate::report::xlsx::scale::{Manner, Scale};
use crate::report::xlsx::{self};
use crate::settings::{InForce, Settings};
use crate::source::{Encoding, TextOptions};

/// What a verification found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verification {
    /// What differs, one line each, with its place.
    pub differences: Vec<String>,
    /// What a reader should know beside that.
    pub remarks: Vec<String>,
}

impl Verification {
    fn differs(&mut self, line: impl Into<String>) {
        self.differences.push(line.into());
    }
}

/// Compares a report with the inputs that it was made of. What `text` does not say of delimited texts
/// is what the report keeps.
///
/// # Errors
/// The file is no report of this program; an input cannot be read or understood.
pub fn verify(path: &Path, inputs: &[PathBuf], text: TextOptions) -> Result<Verification, Failure> {
    verify_with(path, inputs, text, Scale::default())
}

/// [`verify`] of a report that was written with sizes of its own.
///
/// # Errors
/// As [`verify`].
pub fn verify_with(
    path: &Path,
    inputs: &[PathBuf],
    text: TextOptions,
    scale: Scale,
) -> Result<Verification, Failure> {
    let mut report = Report::open(path)?;
    let mut found = Verification::default();
    let kept = report.manifest.clone();
    if !report.unchanged {
        found.differs(
            "Печать отчёта не сходится: файл изменили или сохранили заново после составления",
        );
    }
    let settings = Settings::from_toml(&kept.settings, "Паспорт").map_err(|error| {
        Failure::input(
            path,
            format!("настройки, которые хранит отчёт, не читаются: {error}"),
        )
    })?;
    inputs::settings(&kept, &settings, inputs, &mut found)?;
    let period = period(&kept).ok_or_else(|| {
        Failure::input(
            path,
            "отчёт повреждён: период, который он хранит, не читается",
        )
    })?;
    let request = Request {
        inputs: inputs.to_vec(),
        settings,
        period,
        text: TextOptions {
            encoding: text
                .encoding
                .or_else(|| Encoding::from_name(kept.encoding.as_deref()?)),
            delimiter: text
                .delimiter
                .or_else(|| u8::try_from(kept.delimiter?).ok()),
        },
    };
    let mut run = request.run()?;
    let in_order = inputs::files(&kept, &mut run, &mut found);
    let now = value(&run)?;

    let same_tool = kept.result["tool"] == now["tool"];
    if !same_tool {
        found.remarks.push(format!(
            "отчёт составлен программой {}, пересчитан программой {}: правила могли измениться",
            kept.result["tool"].as_str().unwrap_or("неизвестной версии"),
            json::TOOL
        ));
    }
    let model = model(&run, &kept)?;
    let manner = Manner::of(&model, scale);
    let (shown, mut anew) = (&mut report.sheets, rewritten(&run, &model, &manner, path)?);
    let covered = cells::figures(shown, &mut anew, same_tool, &mut found)?;
    let before = found.differences.len();
    figures::compare(&kept, &now, &covered, &mut found);
    let as_kept = found.differences.len() == before && kept.result["inputs"] == now["inputs"];
    // A whole sheet says something only where the tables are the ones of the report.
    if as_kept && same_tool && in_order {
        cells::all(shown, &mut anew, &covered, &mut found)?;
        beside::compare(path, &model, &manner, &mut found)?;
    }
    Ok(found)
}

fn period(kept: &Manifest) -> Option<Period> {
    Period::parse(kept.result["period"]["label"].as_str()?).ok()
}

fn value(run: &Run) -> Result<Value, Failure> {
    json::value(run)
        .map_err(|error| Failure::Usage(format!("результат не записывается в JSON: {error}")))
}

/// The model of the report as it would be written now, with what only the report itself knows: the
/// command and where each setting came from.
fn model(run: &Run, kept: &Manifest) -> Result<ReportModel, Failure> {
    let in_force = InForce::of(run.settings.clone());
    let origins = Origins {
        in_force: &in_force,
        command: &kept.command,
    };
    let mut model = ReportModel::build(run, &origins)?;
    for setting in &mut model.passport.settings {
        if let Some(origin) = kept.origins.get(&setting.key) {
            setting.origin.clone_from(origin);
        }
    }
    Ok(model)
}

/// The workbook of a model, read back as the report is.
fn rewritten(
    run: &Run,
    model: &ReportModel,
    manner: &Manner,
    path: &Path,
) -> Result<Sheets<std::fs::File>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::output(path, format!("отчёт для сверки не записывается: {error}"))
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    let mut file = tempfile::tempfile().map_err(failed)?;
    // What programs read is compared by itself.
    let later = xlsx::Later {
        quarters: &|| Dynamics::of(run),
        manifest: &|_| Ok(()),
    };
    xlsx::write(model, later, manner, &mut file, folder.path()).map_err(failed)?;
    Sheets::open(file, path)
}

/// The figures of «Показатели» and «По организациям» that were named already.
type Covered = std::collections::BTreeSet<(String, String)>;

/// A decimal with a comma; a word of the result as people read it.
fn said(value: &Value) -> String {
    match value {
        Value::Null => "нет".to_owned(),
        Value::String(text) => match text.as_str() {
            "yes" => "да".to_owned(),
            "no" => "нет".to_owned(),
            "met" => "достигнут".to_owned(),
            "missed" => "не достигнут".to_owned(),
            "undefined" => "невозможно определить".to_owned(),
            number if number.parse::<f64>().is_ok() => number.replace('.', ","),
            text => cells::short(text),
        },
        Value::Bool(yes) => if *yes { "да" } else { "нет" }.to_owned(),
        other => cells::short(&other.to_string()),
    }
}

impl Shown {
    /// «Показатели, E12».
    fn address(&self) -> String {
        cells::address(self.sheet, self.row, self.column)
    }
}
