//! `mms check`: every problem with file, sheet and cell; the page of a code.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Console;
use super::args::{CheckArgs, TextFormat};
use super::request::reading_request;
use crate::failure::Failure;
use crate::finding::{self, CodePage, Finding, Findings, Severity};
use crate::indicators::catalogue::catalogue;
use crate::pipeline::Run;
use crate::registers::RegisterId;
use crate::report::findings;
use crate::text::{nearest, plural};

/// How many findings of one kind are printed for a file.
const FINDINGS_OF_A_KIND: usize = 20;

/// Findings that depend on the as-of date; without a period they are not told.
const DATED: [&str; 8] = [
    "N407", "W417", "E418", "E721", "E722", "W723", "E731", "E707",
];

/// Runs the command.
///
/// # Errors
/// An input cannot be understood; the code is unknown.
pub fn run(args: &CheckArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    if let Some(code) = &args.explain {
        return explain(code, console);
    }
    let mut request = reading_request(&args.inputs, args.period.as_ref(), &args.reading)?;
    let dataset = request.read()?;
    if args.period.is_none()
        && let Some(year) = dataset.latest_year()
        && let Some(period) = crate::period::Period::year(year)
    {
        request.period = period;
    }
    let run = request.assess(dataset)?;
    let mut found = Findings::default();
    let heard = run
        .findings
        .all()
        .iter()
        .filter(|f| args.period.is_some() || !DATED.contains(&f.code.0));
    heard.cloned().for_each(|finding| found.push(finding));
    match args.format {
        TextFormat::Json => {
            let all: Vec<Value> = found
                .all()
                .iter()
                .map(|finding| as_json(&run, finding))
                .collect();
            let value = json!({
                "schema": "mms-check/1",
                "errors": found.count(Severity::Error),
                "warnings": found.count(Severity::Warning),
                "notes": found.count(Severity::Note),
                "findings": all,
            });
            console
                .out
                .json(&(serde_json::to_string_pretty(&value)? + "\n"))?;
        }
        TextFormat::Text => {
            if args.period.is_none() {
                console.note(
                    "Период не указан: проверки, которые зависят от отчётной даты, не выполнены",
                );
            }
            text(&run, &found, console)?;
        }
    }
    Ok(u8::from(found.count(Severity::Error) > 0))
}

/// The findings grouped by file.
fn text(run: &Run, found: &Findings, console: &mut Console<'_>) -> anyhow::Result<()> {
    let mut of_file: BTreeMap<Option<u32>, Findings> = BTreeMap::new();
    for finding in found.all() {
        let sheet = finding
            .place
            .sheet
            .and_then(|id| run.dataset.sheet(id))
            .map(|sheet| sheet.file.0);
        let file = finding.place.file.map(|file| file.0).or(sheet);
        of_file.entry(file).or_default().push(finding.clone());
    }
    for (file, group) in &of_file {
        let title = file
            .and_then(|file| run.dataset.files.get(file as usize))
            .map_or("Все файлы", |f| f.path.as_str());
        writeln!(console.out, "{}", findings::one_line(title))?;
        for line in findings::lines(&run.dataset, group, FINDINGS_OF_A_KIND, Severity::Note) {
            writeln!(console.out, "  {line}")?;
        }
        writeln!(console.out)?;
    }
    let (errors, warnings, notes) = (
        found.count(Severity::Error) as u64,
        found.count(Severity::Warning) as u64,
        found.count(Severity::Note) as u64,
    );
    writeln!(
        console.out,
        "Всего: {errors} {}, {warnings} {}, {notes} {}. Что значит код: mms check --explain КОД",
        plural(errors, "ошибка", "ошибки", "ошибок"),
        plural(
            warnings,
            "предупреждение",
            "предупреждения",
            "предупреждений"
        ),
        plural(notes, "примечание", "примечания", "примечаний"),
    )?;
    Ok(())
}

fn as_json(run: &Run, finding: &Finding) -> Value {
    let sheet = finding.place.sheet.and_then(|id| run.dataset.sheet(id));
    let file = finding.place.file.or(sheet.map(|sheet| sheet.file));
    let page = finding::page(finding.code);
    json!({
        "code": finding.code.0,
        "severity": finding.code.severity(),
        "title": page.map(|page| page.title.as_str()),
        "file": file.and_then(|file| run.dataset.files.get(file.0 as usize)).map(|file| file.path.as_str()),
        "sheet": sheet.map(|sheet| sheet.name.as_str()),
        "cell": finding.place.within_sheet().filter(|_| finding.place.column.is_some() && finding.place.row.is_some()),
        "row": finding.place.row.map(|row| u64::from(row) + 1),
        "seen": finding.seen.full(),
        "effect": page.map(|page| page.effect.as_str()),
        "advice": if finding.advice.is_empty() {
            page.map(|page| page.remedy.clone())
        } else {
            Some(finding.advice.full())
        },
        "indicators": touched(finding.register),
    })
}

/// The indicators whose figures a finding of this register can move.
fn touched(register: Option<RegisterId>) -> Vec<&'static str> {
    let Some(register) = register else {
        return Vec::new();
    };
    catalogue()
        .indicators
        .iter()
        .filter(|definition| definition.registers().contains(&register))
        .map(|definition| definition.id.as_str())
        .collect()
}

fn explain(code: &str, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let wanted = code
        .trim()
        .to_uppercase()
        .replace('Е', "E")
        .replace('Н', "N");
    let Some(page) = finding::catalogue().get(&wanted) else {
        let codes = finding::catalogue().keys().map(String::as_str);
        let near = nearest(&wanted, codes)
            .map_or_else(String::new, |near| format!("; похожий код — {near}"));
        return Err(Failure::Usage(format!("нет замечания с кодом «{code}»{near}")).into());
    };
    let CodePage {
        code,
        title,
        meaning,
        effect,
        remedy,
        example,
    } = page;
    writeln!(
        console.out,
        "{code} — {title} ({})\n",
        finding::severity_of(code).title()
    )?;
    writeln!(console.out, "Что это:      {meaning}")?;
    writeln!(console.out, "Что следует:  {effect}")?;
    writeln!(console.out, "Что делать:   {remedy}")?;
    writeln!(console.out, "Пример:       {example}")?;
    Ok(0)
}
