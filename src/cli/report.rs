//! `mms report`: the figures as a table, the Excel report, JSON, the page for the site.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Console;
use super::args::ReportArgs;
use super::request::request;
use crate::finding::Severity;
use crate::pipeline::Run;
use crate::report::output::{Guard, write_whole};
use crate::report::{findings, html, json, terminal};

/// How many findings of one kind are printed; all stand in the report.
const FINDINGS_OF_A_KIND: usize = 3;

/// Runs the command.
///
/// # Errors
/// An input cannot be understood, an output cannot be written.
pub fn run(args: &ReportArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let (request, _) = request(&args.inputs, &args.period, &args.reading, args.names)?;
    let to_stdout = args.json.as_deref() == Some(Path::new("-"));
    let workbook = args
        .output
        .clone()
        .unwrap_or_else(|| default_name(&request.period.label));
    let inputs = request.input_paths()?;
    let guard = Guard {
        force: args.force,
        inputs: &inputs,
    };
    guard.check(&workbook)?;
    let json_file = args.json.as_deref().filter(|_| !to_stdout);
    if let Some(path) = json_file {
        guard.check(path)?;
    }
    if let Some(path) = &args.html {
        guard.check(path)?;
    }
    let run = request.run()?;
    let result = json::render(&run)?;
    if let Some(path) = json_file {
        write_whole(path, &guard, |file| file.write_all(result.as_bytes()))?;
    }
    if let Some(path) = &args.html {
        let page = html::render(&run, &run.dynamics()?);
        write_whole(path, &guard, |file| file.write_all(page.as_bytes()))?;
    }
    if to_stdout {
        write!(console.out, "{result}")?;
    } else {
        write!(console.out, "{}", terminal::render(&run))?;
        writeln!(console.out, "\nОтчёт: {}", workbook.display())?;
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
    for line in findings::lines(
        &run.dataset,
        &run.findings,
        FINDINGS_OF_A_KIND,
        Severity::Warning,
    ) {
        console.note(&line);
    }
}
