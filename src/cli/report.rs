//! `mms report`: the figures as a table, the Excel report, JSON, the page for the site.

use std::path::{Path, PathBuf};

use super::Console;
use super::args::{ReadingArgs, ReportArgs, WindowArgs};
use super::request::request;
use crate::finding::Severity;
use crate::period::russian_date;
use crate::pipeline::Run;
use crate::report::model::Origins;
use crate::report::output::{Output, Replace, all_apart};
use crate::report::{findings, html, json, terminal, xlsx};

/// How many findings of one kind are printed; all stand in the report.
const FINDINGS_OF_A_KIND: usize = 3;

/// Runs the command.
///
/// # Errors
/// An input cannot be understood, an output cannot be written.
pub fn run(args: &ReportArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let (request, in_force) = request(&args.inputs, &args.period, &args.reading, args.names)?;
    let to_stdout = args.json.as_deref() == Some(Path::new("-"));
    let workbook = args
        .output
        .clone()
        .unwrap_or_else(|| default_name(&request.period.label));
    let replace = if args.force {
        Replace::Always
    } else {
        Replace::OwnUnchanged
    };
    let mut inputs = request.input_paths()?;
    // The settings are an input too.
    inputs.extend(in_force.file.clone());
    let workbook = Output::new(&workbook, replace, &inputs)?;
    let json_file = match &args.json {
        Some(path) if !to_stdout => Some(Output::new(path, replace, &inputs)?),
        _ => None,
    };
    let page = match &args.html {
        Some(path) => Some(Output::new(path, replace, &inputs)?),
        None => None,
    };
    let files: Vec<&Output> = [Some(&workbook), json_file.as_ref(), page.as_ref()]
        .into_iter()
        .flatten()
        .collect();
    all_apart(&files)?;
    let run = request.run()?;
    let command = command(
        &args.inputs,
        &args.period.period.label,
        args.period.window,
        &args.reading,
        args.reading.config.as_deref(),
        args.names,
    );
    let origins = Origins {
        in_force: &in_force,
        command: &command,
    };
    xlsx::save(&run, &origins, &workbook)?;
    if let Some(file) = &json_file {
        file.write(json::render(&run)?.as_bytes())?;
    }
    if let Some(file) = &page {
        file.write(html::render(&run).as_bytes())?;
    }
    if to_stdout {
        console.out.json(&json::render(&run)?)?;
    } else {
        write!(console.out, "{}", terminal::render(&run))?;
        writeln!(console.out, "\nОтчёт: {}", workbook.path().display())?;
    }
    let assessment = &run.assessment;
    if assessment.teachers + assessment.managers == 0 {
        console.note(&format!(
            "На {} не работает ни один педагог или управленец. Заполнена ли таблица сотрудников? \
             Как она понята, покажет mms inspect.",
            russian_date(assessment.window.to)
        ));
    }
    tell_findings(&run, console);
    let flawed = run.findings.count(Severity::Error) + run.findings.count(Severity::Warning) > 0;
    Ok(u8::from(args.strict && flawed))
}

/// The command that makes the report again. Of an absolute path its last name stands alone: the
/// rest may name a user or a machine.
#[must_use]
pub fn command(
    inputs: &[PathBuf],
    period: &str,
    window: WindowArgs,
    reading: &ReadingArgs,
    config: Option<&Path>,
    names: bool,
) -> String {
    let quoted = |text: String| {
        let plain = !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || "-_.,:=/\\№".contains(c));
        if plain {
            text
        } else {
            format!("\"{}\"", text.replace('"', "\\\""))
        }
    };
    let shown = |path: &Path| {
        let last = path.file_name().filter(|_| path.is_absolute());
        quoted(last.map_or_else(
            || path.display().to_string(),
            |name| name.display().to_string(),
        ))
    };
    let mut words = vec!["mms report".to_owned()];
    words.extend(inputs.iter().map(|input| shown(input)));
    words.extend(["--period".to_owned(), period.to_owned()]);
    if let Some(window) = window.window {
        words.extend(["--window".to_owned(), window.to_string()]);
    }
    if let Some(config) = config {
        words.extend(["--config".to_owned(), shown(config)]);
    }
    for pin in &reading.source {
        words.extend([
            "--source".to_owned(),
            quoted(format!("{}={}", pin.register, pin.place)),
        ]);
    }
    if let Some(encoding) = reading.text.encoding {
        words.extend(["--encoding".to_owned(), encoding.to_lowercase()]);
    }
    if let Some(delimiter) = reading.text.delimiter {
        let delimiter = char::from(delimiter).to_string();
        let named = if delimiter == "\t" {
            "tab".to_owned()
        } else {
            delimiter
        };
        words.extend(["--delimiter".to_owned(), quoted(named)]);
    }
    if names {
        words.push("--names".to_owned());
    }
    words.join(" ")
}

fn default_name(label: &str) -> PathBuf {
    PathBuf::from(format!("Показатели_ММС_{}.xlsx", label.replace('/', "-")))
}

/// Prints errors and warnings with their addresses, capped for each kind.
fn tell_findings(run: &Run, console: &mut Console<'_>) {
    for line in findings::lines(
        &run.dataset,
        &run.findings,
        FINDINGS_OF_A_KIND,
        Severity::Warning,
    ) {
        console.note(&line);
    }
}
