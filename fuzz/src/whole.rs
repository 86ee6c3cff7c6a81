//! Whole runs: the tables of a town to every output, and results read back.

use std::io::Cursor;

use mms::finding::Severity;
use mms::indicators::catalogue::Unit;
use mms::period::Period;
use mms::pipeline::{Request, Run};
use mms::report::model::{Dynamics, Origins, ReportModel, manifest_of};
use mms::report::xlsx::scale::{Manner, Scale};
use mms::report::{findings, guard, html, json, result as results, summary, terminal, xlsx};
use mms::settings::{self, InForce, Settings};
use mms::source::TextOptions;

use super::files::{accounted, limits};
use super::folder::{split, with_files};

/// The tables of a town, `%%% name` before each; one named `mms.toml` holds its settings. They go
/// the whole way: rows, people, figures, and every output.
pub fn town(bytes: &[u8]) {
    let mut files = split(bytes);
    files.truncate(8);
    let mut all = Settings::default();
    files.retain(|(name, contents)| {
        if name != "mms.toml" {
            return true;
        }
        let text = String::from_utf8_lossy(contents);
        if let Ok(read) = settings::parse(&text, std::path::Path::new(name)) {
            all = read.settings;
        }
        false
    });
    all.limits = limits();
    for (number, (name, _)) in files.iter_mut().enumerate() {
        // A name that is one on every system.
        let stem: String = name
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
            .take(40)
            .collect();
        *name = format!("{stem} {number}.csv");
    }
    with_files(&files, |folder, _| {
        let request = Request {
            inputs: vec![folder.to_owned()],
            settings: all,
            period: Period::quarter(2024, 3).expect("a quarter"),
            text: TextOptions::default(),
        };
        match request.run() {
            Ok(run) => outputs(&run, bytes.len().is_multiple_of(4)),
            Err(failure) => assert!(matches!(failure.exit_code(), 2 | 3), "{failure}"),
        }
    });
}

fn outputs(run: &Run, workbook: bool) {
    accounted(&run.dataset);
    assert_eq!(run.assessment.figures.len(), 14);
    for figure in &run.assessment.figures {
        if let (Some(numerator), Some(denominator)) = (figure.numerator, figure.denominator) {
            assert!(
                numerator <= denominator || figure.definition.unit == Unit::PerOne,
                "{}: {numerator}/{denominator}",
                figure.definition.id
            );
        }
        let _ = run.doubt(figure);
    }
    let mut shown = terminal::render(run);
    for line in findings::lines(&run.dataset, &run.findings, usize::MAX, Severity::Note) {
        shown.push_str(&line);
        shown.push('\n');
    }
    steers_nothing(&guard::lines(&shown));
    let written = json::render(run).expect("a result");
    let held = results::parse(written.as_bytes()).expect("the result read back");
    assert_eq!(held.results.len(), 1);
    let page = html::render(run);
    assert!(!page.contains("<script"), "a script in the page");
    steers_nothing(&page);
    if workbook {
        let in_force = InForce::of(run.settings.clone());
        let origins = Origins {
            in_force: &in_force,
            command: "mms report",
        };
        let model = ReportModel::build(run, &origins).expect("a model");
        let manner = Manner::of(&model, Scale::default());
        let mut out = Cursor::new(Vec::new());
        let later = xlsx::Later {
            quarters: &|| Dynamics::of(run),
            manifest: &|out| manifest_of(run, &origins, out),
        };
        xlsx::write(&model, later, &manner, &mut out, &std::env::temp_dir()).expect("a report");
    }
}

/// No control character but the line break, and nothing that turns the direction of writing.
fn steers_nothing(shown: &str) {
    let bad = shown.chars().find(|c| {
        c.is_control() && *c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert!(bad.is_none(), "{bad:?} is shown");
}

/// A result made elsewhere: what is taken makes a summary.
pub fn result(bytes: &[u8]) {
    let Ok(held) = results::parse(bytes) else {
        return;
    };
    let mut gathered = summary::Gathered::default();
    if gathered.take(held, std::path::Path::new("a.json")).is_err() {
        return;
    }
    if let Some(summary) = gathered.summary() {
        steers_nothing(&guard::lines(&summary::terminal::render(&summary)));
        let _ = summary::json::render(&summary).expect("a summary");
    }
}
