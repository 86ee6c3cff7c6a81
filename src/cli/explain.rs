//! `mms explain`: who is counted and from which rows, who is missing and why.

use std::io::Write;

use super::Console;
use super::args::{ALL_INDICATORS, ExplainArgs, PeopleFormat, Who};
use super::request::request;
use crate::audit::explain::{Filter, Line, explain, outside};
use crate::failure::Failure;
use crate::indicators::catalogue::Unit;
use crate::indicators::figure::Figure;
use crate::people::name::fold_name;
use crate::pipeline::Run;
use crate::report::findings::one_line;
use crate::report::guard::csv_field;
use crate::report::terminal;

/// Runs the command.
///
/// # Errors
/// An input cannot be understood; the organisation or the person is not there.
pub fn run(args: &ExplainArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let (request, _) = request(&args.inputs, &args.period, &args.reading, false)?;
    let run = request.run()?;
    let filter = Filter {
        counted: match args.who {
            Who::All => None,
            Who::Counted => Some(true),
            Who::Missing => Some(false),
        },
        organisation: args
            .org
            .as_deref()
            .map(|name| organisation(&run, name))
            .transpose()?,
        person: args.person.clone(),
    };
    if let Some(person) = &args.person {
        known_person(&run, person)?;
    }
    let figures: Vec<&Figure> = run
        .assessment
        .figures
        .iter()
        .filter(|figure| args.id == ALL_INDICATORS || figure.definition.id == args.id)
        .collect();
    let explained: Vec<(&Figure, Vec<Line>)> = figures
        .into_iter()
        .map(|figure| (figure, explain(&run, figure, &filter)))
        .collect();
    let narrowed = filter.counted.is_some() || filter.organisation.is_some();
    if let Some(person) = &args.person
        && !narrowed
        && explained.iter().all(|(_, lines)| lines.is_empty())
    {
        let figures = explained.iter().map(|(figure, _)| *figure);
        let mut told: Vec<String> = figures
            .flat_map(|figure| outside(&run, figure, person))
            .collect();
        told.sort();
        told.dedup();
        for line in told {
            console.note(&one_line(&format!("{line}.")));
        }
    }
    match args.format {
        PeopleFormat::Json => json(&run, &explained, console)?,
        PeopleFormat::Csv => csv(&explained, console)?,
        PeopleFormat::Table => table(&run, &explained, args.person.is_some(), console)?,
    }
    Ok(0)
}

fn organisation(run: &Run, name: &str) -> Result<crate::people::OrgId, Failure> {
    run.directory.resolve(name).id().ok_or_else(|| {
        let names: Vec<&str> = run
            .directory
            .all()
            .map(|(_, organisation)| organisation.name.as_str())
            .collect();
        let near = crate::text::nearest(name, names.iter().copied());
        let advice = near.map_or_else(String::new, |near| format!("; ближайшая — «{near}»"));
        Failure::Usage(format!(
            "организация «{name}» не найдена или подходит к нескольким{advice}"
        ))
    })
}

fn known_person(run: &Run, name: &str) -> Result<(), Failure> {
    let wanted = fold_name(name);
    let known = |name: &str| fold_name(name).starts_with(&wanted);
    if run
        .roster
        .persons
        .iter()
        .any(|person| known(run.dataset.text(person.name)))
    {
        return Ok(());
    }
    let names: Vec<&str> = run
        .roster
        .persons
        .iter()
        .map(|person| run.dataset.text(person.name))
        .collect();
    let near = crate::text::nearest(name, names.iter().copied());
    let advice = near.map_or_else(String::new, |near| format!("; ближайшее ФИО — «{near}»"));
    Err(Failure::Usage(format!(
        "«{name}» нет среди сотрудников{advice}"
    )))
}

fn json(
    run: &Run,
    explained: &[(&Figure, Vec<Line>)],
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let of_one = |(figure, lines): &(&Figure, Vec<Line>)| {
        serde_json::json!({
            "id": figure.definition.id,
            "title": figure.definition.text,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "value": figure.value,
            "note": figure.note,
            "doubt": run.doubt(figure).map(|doubt| serde_json::json!({
                "findings": doubt.findings,
                "at_most": doubt.at_most,
            })),
            "people": lines,
        })
    };
    let value = match explained {
        [only] => of_one(only),
        several => serde_json::Value::Array(several.iter().map(of_one).collect()),
    };
    console
        .out
        .json(&(serde_json::to_string_pretty(&value)? + "\n"))?;
    Ok(())
}

/// Delimited text for Excel: a semicolon, UTF-8 with a mark, texts guarded from being formulas.
fn csv(explained: &[(&Figure, Vec<Line>)], console: &mut Console<'_>) -> anyhow::Result<()> {
    // The writer's own pieces may end within a letter, which the screen must see whole.
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer(Vec::new());
    writer.write_record([
        "Показатель",
        "Кто",
        "Организация",
        "Учтён",
        "Причина",
        "Строки",
    ])?;
    for line in explained.iter().flat_map(|(_, lines)| lines) {
        let rows: Vec<String> = line.rows.iter().map(row).collect();
        writer.write_record([
            csv_field(&line.id).as_ref(),
            csv_field(&line.name).as_ref(),
            csv_field(&line.organization).as_ref(),
            if line.counted { "да" } else { "нет" },
            csv_field(&line.reason).as_ref(),
            csv_field(&rows.join("; ")).as_ref(),
        ])?;
    }
    let text = writer.into_inner().map_err(|error| error.into_error())?;
    console.out.write_all("\u{feff}".as_bytes())?;
    console.out.write_all(&text)?;
    Ok(())
}

fn row(source: &crate::audit::explain::Source) -> String {
    if source.sheet.is_empty() {
        format!("{}, строка {}", source.file, source.row)
    } else {
        format!("{}, {}, строка {}", source.file, source.sheet, source.row)
    }
}

fn table(
    run: &Run,
    explained: &[(&Figure, Vec<Line>)],
    only_met: bool,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    for (figure, lines) in explained {
        if only_met && lines.is_empty() {
            continue;
        }
        writeln!(
            console.out,
            "{}  {}",
            figure.definition.id, figure.definition.short
        )?;
        let counts = match (figure.numerator, figure.denominator) {
            (Some(numerator), Some(denominator)) => {
                let of = match figure.definition.unit {
                    Unit::PerOne => "на",
                    _ => "из",
                };
                format!(" ({numerator} {of} {denominator})")
            }
            _ => String::new(),
        };
        writeln!(console.out, "Факт: {}{counts}", terminal::value(figure))?;
        writeln!(console.out, "Правило: {}", figure.rule)?;
        if let Some(note) = &figure.note {
            writeln!(console.out, "Примечание: {note}")?;
        }
        if let Some(doubt) = run.doubt(figure) {
            writeln!(console.out, "Сомнение: {}", doubt.text())?;
        }
        for (counted, title) in [(true, "Учтены"), (false, "Не учтены")] {
            let of_kind: Vec<&Line> = lines
                .iter()
                .filter(|line| line.counted == counted)
                .collect();
            if of_kind.is_empty() {
                continue;
            }
            writeln!(console.out, "\n{title}: {}", of_kind.len())?;
            for line in of_kind {
                let organisation = if line.organization.is_empty() {
                    String::new()
                } else {
                    format!(" — {}", line.organization)
                };
                writeln!(
                    console.out,
                    "  {}{}",
                    one_line(&line.name),
                    one_line(&organisation)
                )?;
                let rows: Vec<String> = line.rows.iter().map(row).collect();
                let rows = if rows.is_empty() {
                    String::new()
                } else {
                    format!(": {}", rows.join("; "))
                };
                writeln!(
                    console.out,
                    "      {}{}",
                    one_line(&line.reason),
                    one_line(&rows)
                )?;
            }
        }
        writeln!(console.out)?;
    }
    Ok(())
}
