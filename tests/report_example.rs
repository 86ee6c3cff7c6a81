//! The report of the example municipality, from its files to the workbook: formulas, JSON, names.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "what cannot be done fails the test"
)]

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use cellrune::{
    CalculationCellId, CalculationCellResult, CalculationOptions, CellAddress, CellContent,
    CellValue, ReadOptions, SavedResult, Sheet, calculate_workbook, read_xlsx_path,
};
use mms::audit::workbook::Report;
use mms::indicators::figure::Assessment;
use mms::period::{Period, russian_date};
use mms::pipeline::{Request, Run};
use mms::report::json;
use mms::report::model::{FORMAT, Origins};
use mms::report::output::{Output, Replace};
use mms::report::xlsx;
use mms::settings::{InForce, Settings, load};
use mms::source::TextOptions;

struct Example {
    run: Run,

    in_force: InForce,
}

fn example() -> &'static Example {
    static EXAMPLE: OnceLock<Example> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/kuznetsk");
        let in_force = load(std::slice::from_ref(&folder), None).unwrap();
        let request = Request {
            inputs: vec![folder],
            settings: in_force.settings.clone(),
            period: Period::parse("2024-Q3").unwrap(),
            text: TextOptions::default(),
        };
        let run = request.run().unwrap();
        Example { run, in_force }
    })
}

fn report(name: &str, names: bool) -> PathBuf {
    let example = example();
    let mut run = example.run.clone();
    run.settings.privacy.names = names;
    let origins = Origins {
        in_force: &example.in_force,
        command: "mms report . --period 2024-Q3",
    };
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let output = Output::new(&path, Replace::Always, &[]).unwrap();
    xlsx::save(&run, &origins, &output).unwrap();
    path
}

/// All parts of a workbook, each piece of their XML once; the openings of cells and rows, which
/// hold addresses and styles alone, are left out.
fn contents(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut all = String::new();
    for place in 0..archive.len() {
        archive
            .by_index(place)
            .unwrap()
            .read_to_string(&mut all)
            .unwrap();
    }
    let empty = |piece: &&str| !piece.starts_with("c r=") && !piece.starts_with("row r=");
    let pieces: BTreeSet<&str> = all.split(['<', '>']).filter(empty).collect();
    pieces.into_iter().collect::<Vec<_>>().join("\n")
}

/// СНИЛС, with and without separators, and dates of birth.
fn secrets(run: &Run) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for person in &run.roster.persons {
        if let Some(snils) = person.snils {
            let digits = format!("{:011}", snils.digits());
            all.insert(format!(
                "{}-{}-{} {}",
                &digits[..3],
                &digits[3..6],
                &digits[6..9],
                &digits[9..]
            ));
            all.insert(digits);
        }
        all.extend(person.birth.day().map(russian_date));
    }
    all
}

fn full_names(run: &Run) -> BTreeSet<String> {
    let data = &run.dataset;
    let staff = data.staff.iter().map(|row| row.person.name);
    let others = data.diagnostics.iter().map(|row| row.person.name);
    let others = others.chain(data.courses.iter().map(|row| row.person.name));
    let others = others.chain(data.ioms.iter().map(|row| row.person.name));
    let others = others.chain(data.assignments.iter().map(|row| row.methodist));
    staff
        .chain(others)
        .map(|name| data.text(name).to_owned())
        .filter(|name| name.contains(' '))
        .collect()
}

#[test]
fn nothing_personal_stands_in_any_part() {
    let run = &example().run;
    let all = contents(&report("example.xlsx", false));
    let names = full_names(run);
    assert!(names.len() > 900);
    for secret in names.iter().chain(&secrets(run)) {
        assert!(!all.contains(secret.as_str()), "{secret}");
    }
}

#[test]
fn with_names_stand_full_names_and_no_more() {
    let run = &example().run;
    let all = contents(&report("example-names.xlsx", true));
    for secret in secrets(run) {
        assert!(!all.contains(&secret), "{secret}");
    }
    let teacher = run.roster.teachers().next().unwrap();
    let name = run.dataset.text(run.roster.person(teacher).name);
    assert!(all.contains(name));
}

fn value(sheet: &Sheet, address: &str) -> Option<CellValue> {
    let cell = sheet.cell(CellAddress::from_a1(address).unwrap())?;
    match cell.content() {
        CellContent::Literal(value) => Some(value.clone()),
        CellContent::Formula(formula) => match formula.saved_result() {
            SavedResult::Present(value) => Some(value.clone()),
            _ => None,
        },
    }
}

fn number(sheet: &Sheet, address: &str) -> Option<f64> {
    match value(sheet, address) {
        Some(CellValue::Number(number)) => Some(number.get()),
        _ => None,
    }
}

#[test]
fn the_form_the_formulas_and_the_json_agree() {
    let run = &example().run;
    let path = report("example-formulas.xlsx", false);
    let book = read_xlsx_path(&path, ReadOptions::default()).unwrap();
    let calculated = calculate_workbook(&book, CalculationOptions::default());
    let mut formulas = 0;
    for sheet in book.sheets() {
        for cell in sheet.cells() {
            if let CellContent::Formula(formula) = cell.content() {
                let place = format!("{}!{:?}", sheet.name().as_str(), cell.address());
                let SavedResult::Present(stored) = formula.saved_result() else {
                    panic!("{place}");
                };
                match calculated.cell(CalculationCellId::new(sheet.id(), cell.address())) {
                    Some(CalculationCellResult::Value(value)) => {
                        assert_eq!(value, stored, "{place}");
                    }
                    other => panic!("{place}: {other:?}"),
                }
                formulas += 1;
            }
        }
    }
    assert!(formulas > 1000, "{formulas}");

    let result: serde_json::Value = serde_json::from_str(&json::render(run).unwrap()).unwrap();
    let form = book.sheet_by_name("Показатели").unwrap();
    let mut found = 0;
    for row in 1..60 {
        let Some(CellValue::Text(id)) = value(form, &format!("A{row}")) else {
            continue;
        };
        let indicators = result["indicators"].as_array().unwrap();
        let Some(indicator) = indicators.iter().find(|i| i["id"] == id.as_str()) else {
            continue;
        };
        found += 1;
        let whole = |key: &str| indicator[key].as_u64().map(|n| n as f64);
        assert_eq!(number(form, &format!("G{row}")), whole("numerator"), "{id}");
        assert_eq!(
            number(form, &format!("H{row}")),
            whole("denominator"),
            "{id}"
        );
        let decimal = |key: &str| indicator[key].as_str().and_then(|n| n.parse::<f64>().ok());
        assert_eq!(number(form, &format!("E{row}")), decimal("value"), "{id}");
        assert_eq!(
            number(form, &format!("F{row}")),
            decimal("deviation"),
            "{id}"
        );
    }
    assert_eq!(found, 14);
}

#[test]
fn the_manifest_holds_the_result_and_the_settings() {
    let example = example();
    let path = report("example-manifest.xlsx", false);
    let manifest = Report::open(&path).unwrap().manifest;
    assert_eq!(manifest.manifest, FORMAT);
    let result: serde_json::Value =
        serde_json::from_str(&json::render(&example.run).unwrap()).unwrap();
    assert_eq!(manifest.result, result);
    let settings = Settings::from_toml(&manifest.settings, "отчёт").unwrap();
    assert_eq!(settings, example.run.settings);
    assert_eq!(manifest.origins["municipality"], "mms.toml, строка 2");
}

/// «Динамика» shares names, organisations and links between dates; a run for the quarter itself
/// shares nothing.
#[test]
fn each_quarter_is_what_its_own_run_gives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/kuznetsk");
    quarters_agree(&example().run, &folder);
}

/// A kindergarten that became a school in July stands in no denominator of schools before.
#[test]
fn so_it_does_where_an_organisation_changes_its_type() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    put(
        "Сотрудники.csv",
        "ФИО;Организация;Должность\nАистов Антон Ильич;МБОУ №7;учитель\n",
    );
    put(
        "Организации.csv",
        "Организация;Тип;Целевая модель наставничества;Дата открытия;Дата закрытия\n\
         МБОУ №7;дошкольная;нет;01.09.2010;30.06.2024\n\
         МБОУ №7;общеобразовательная;да;01.07.2024;\n",
    );
    let request = Request {
        inputs: vec![folder.path().to_owned()],
        settings: Settings::default(),
        period: Period::parse("2024-Q3").unwrap(),
        text: TextOptions::default(),
    };
    let run = request.run().unwrap();
    quarters_agree(&run, folder.path());
    let of = |assessment: &Assessment| {
        let mut figures = assessment.figures.iter();
        let schools = figures.find(|figure| figure.definition.id == "4.1.3.5");
        schools.map(|figure| (figure.numerator, figure.denominator))
    };
    let quarters = run.dynamics();
    let [before, now] = &quarters[quarters.len() - 2..] else {
        panic!("two quarters");
    };
    assert_eq!(of(before), Some((Some(0), Some(0))));
    assert_eq!(of(now), Some((Some(1), Some(1))));
}

fn quarters_agree(run: &Run, folder: &Path) {
    let quarters = run.dynamics();
    assert!(quarters.len() > 1);
    for quarter in quarters {
        let request = Request {
            inputs: vec![folder.to_owned()],
            settings: run.settings.clone(),
            period: quarter.period.clone(),
            text: TextOptions::default(),
        };
        let alone = request.run().unwrap().assessment;
        assert_eq!(
            (quarter.teachers, quarter.managers, quarter.organisations),
            (alone.teachers, alone.managers, alone.organisations)
        );
        for (shared, own) in quarter.figures.iter().zip(&alone.figures) {
            let of = |figure: &mms::indicators::figure::Figure| {
                let plan = figure.plan.clone();
                let value = figure.value.clone();
                (
                    figure.status,
                    figure.numerator,
                    figure.denominator,
                    value,
                    plan,
                )
            };
            assert_eq!(of(shared), of(own), "{}", shared.definition.id);
        }
    }
}
