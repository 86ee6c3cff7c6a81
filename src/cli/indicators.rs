//! `mms indicators`: the passport of each indicator.

use serde::Serialize;

use super::Console;
use super::args::{IndicatorsArgs, TextFormat};
use super::in_force::assemble;
use crate::indicators::catalogue::{Definition, Unit, catalogue};
use crate::settings::Settings;

#[derive(Serialize)]
struct Passport<'a> {
    id: &'a str,
    paragraph: &'a str,
    title: &'a str,
    unit: Unit,
    formula: String,
    numerator: &'a str,
    denominator: Option<&'a str>,
    inputs: Vec<&'static str>,
    settings: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// The settings have errors, or standard output is closed.
pub fn run(args: &IndicatorsArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let settings = match &args.config {
        Some(path) => assemble(&[], Some(path), &[], None, false)?.settings,
        None => Settings::default(),
    };
    let all: Vec<Passport<'_>> = catalogue()
        .indicators
        .iter()
        .map(|definition| passport(definition, &settings))
        .collect();
    match args.format {
        TextFormat::Json => console
            .out
            .json(&(serde_json::to_string_pretty(&all)? + "\n"))?,
        TextFormat::Text => {
            writeln!(console.out, "{}\n", catalogue().source)?;
            for one in &all {
                writeln!(console.out, "{}  {}", one.id, one.title)?;
                writeln!(console.out, "    единица измерения: {}", one.unit.title())?;
                writeln!(console.out, "    формула: {}", one.formula)?;
                writeln!(console.out, "    числитель: {}", one.numerator)?;
                if let Some(denominator) = one.denominator {
                    writeln!(console.out, "    знаменатель: {denominator}")?;
                }
                writeln!(console.out, "    таблицы: {}", one.inputs.join(", "))?;
                for setting in &one.settings {
                    writeln!(console.out, "    настройка: {setting}")?;
                }
                writeln!(console.out)?;
            }
        }
    }
    Ok(0)
}

fn passport<'a>(definition: &'a Definition, settings: &Settings) -> Passport<'a> {
    let formula = match definition.unit {
        Unit::Percent => "100 × числитель / знаменатель",
        Unit::PerOne => "числитель / знаменатель",
        Unit::Count => "число команд",
        Unit::YesNo => "«да», когда выполнены все четыре условия",
    };
    let mut inputs: Vec<&'static str> = Vec::new();
    for register in definition.registers() {
        if !inputs.contains(&register.title()) {
            inputs.push(register.title());
        }
    }
    Passport {
        id: &definition.id,
        paragraph: &definition.paragraph,
        title: &definition.text,
        unit: definition.unit,
        formula: formula.to_owned(),
        numerator: &definition.numerator,
        denominator: definition.denominator.as_deref(),
        inputs,
        settings: settings_of(definition, settings),
    }
}

/// The settings that can move an indicator, with their values in force.
fn settings_of(definition: &Definition, settings: &Settings) -> Vec<String> {
    use crate::indicators::catalogue::Scope;
    let mut all = Vec::new();
    if definition.time.is_some() {
        let window = if settings.window.is_empty() {
            "по периоду"
        } else {
            &settings.window
        };
        all.push(format!("window = {window}"));
    }
    let staff = &settings.staff;
    match definition.scope {
        Scope::Measures => {}
        Scope::Answers => all.push(format!("survey.undecided = {}", settings.survey.undecided)),
        Scope::Schools => all.push(format!("mentoring.model = {}", settings.mentoring.model)),
        Scope::Teams => all.push(format!(
            "teams.derive = {}, teams.min_members = {}",
            settings.teams.derive, settings.teams.min_members
        )),
        _ => all.push(format!(
            "staff.external = {}, staff.contract = {}, staff.leave = {}, staff.all_positions = {}",
            staff.external, staff.contract, staff.leave, staff.all_positions
        )),
    }
    if definition.scope == Scope::Young {
        let young = &settings.young;
        all.push(format!(
            "young.max_age = {}, young.inclusive = {}, young.years = {}, young.first_years = {}",
            young.max_age, young.inclusive, young.years, young.first_years
        ));
    }
    if definition.unit == Unit::Percent {
        all.push(format!("decimals = {}", settings.decimals.0));
    }
    all
}
