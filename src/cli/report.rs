//! `mms report`: the figures as a table, the Excel report, JSON, the page for the site.

use std::path::{Path, PathBuf};

use super::Console;
use super::args::ReportArgs;
use super::request::request;
use crate::finding::Severity;
use crate::pipeline::Run;
use crate::report::output::{Output, Replace};
use crate::report::{findings, json, terminal, xlsx};

/// How many findings of one kind are printed; all stand in the report.
const FINDINGS_OF_A_KIND: usize = 3;

/// Runs the command.
///
/// # Errors
/// An input cannot be understood, an output cannot be written.
pub fn run(args: &ReportArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let (request, in_force) = request(&args.inputs, &args.period, &args.reading, args.names)?;
    let to_stdout = args.json.as_deref() == Some(Path::new("-"));
    let workbook = args.output.clone().unwrap_or_else(|| default_name(&request.period.label));
    let replace = if args.force { Replace::Always } else { Replace::OwnUnchanged };
    let inputs = request.input_paths()?;
    let workbook = Output::new(&workbook, replace, &inputs)?;
    let json_file = match &args.json {
        Some(path) if !to_stdout => Some(Output::new(path, replace, &inputs)?),
        _ => None,
    };
    let run = request.run()?;
    let result = json::render(&run)?;
    workbook.write(&xlsx::render(&run, &in_force, args)?)?;
    if let Some(file) = &json_file {
        file.write(result.as_bytes())?;
    }
    if to_stdout {
        write!(console.out, "{result}")?;
    } else {
        write!(console.out, "{}", terminal::render(&run))?;
        writeln!(console.out, "\nОтчёт: {}", workbook.path().display())?;
    }
    tell_findings(&run, console);
    let flawed = run.findings.count(Severity::Error) + run.findings.count(Severity::Warning) > 0;
    Ok(u8::from(args.strict && flawed))
}

fn default_name(label: &str) -> PathBuf {
    PathBuf::from(format!("Показатели_ММС_{}.xlsx", label.replace('/', "-")))
}

/// Prints errors and warnings with their addresses, capped for each kind.
fn tell_findings(run: &Run, console: &mut Console<'_>) {
    for line in findings::lines(&run.dataset, &run.findings, FINDINGS_OF_A_KIND, Severity::Warning) {
        console.note(&line);
    }
}
