//! Every live formula of the report, recounted by an independent evaluator, gives its stored result.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what cannot be done fails the test"
)]

mod report_support;

use cellrune::{
    CalculationCellId, CalculationCellResult, CalculationOptions, CellContent, CellValue,
    ReadOptions, SavedResult, calculate_workbook, read_xlsx_path,
};
use mms::indicators::figure::Status;
use mms::report::model::ReportModel;
use mms::report::xlsx::scale::Scale;
use mms::target::Outcome;
use report_support::{Town, model, write};

fn recount(town: &Town, scale: Scale, name: &str) -> usize {
    recount_model(&model(town), scale, name)
}

/// How many formulas there are, after checking each.
fn recount_model(model: &ReportModel, scale: Scale, name: &str) -> usize {
    let path = write(model, scale, name);
    let book = read_xlsx_path(&path, ReadOptions::default()).unwrap();
    let calculated = calculate_workbook(&book, CalculationOptions::default());
    let mut formulas = 0;
    for sheet in book.sheets() {
        for cell in sheet.cells() {
            let CellContent::Formula(formula) = cell.content() else {
                continue;
            };
            formulas += 1;
            let place = format!(
                "{name}: {}!{:?} {formula:?}",
                sheet.name().as_str(),
                cell.address()
            );
            let SavedResult::Present(stored) = formula.saved_result() else {
                panic!("{place}: no stored result");
            };
            let id = CalculationCellId::new(sheet.id(), cell.address());
            match calculated.cell(id) {
                Some(CalculationCellResult::Value(value)) => assert_eq!(value, stored, "{place}"),
                other => panic!("{place}: {other:?}"),
            }
            assert!(!matches!(stored, CellValue::Error(_)), "{place}");
        }
    }
    formulas
}

#[test]
fn stored_results_are_what_the_formulas_give() {
    let formulas = recount(&Town::default(), Scale::default(), "formulas.xlsx");
    assert!(formulas > 400, "{formulas}");
}

#[test]
fn so_are_they_for_every_number_of_decimals_and_with_hidden_shares() {
    for decimals in [0, 2, 3, 4] {
        let town = Town {
            decimals,
            teachers: 61 + decimals as usize * 7,
            min_group: u64::from(decimals),
            ..Town::default()
        };
        recount(
            &town,
            Scale::default(),
            &format!("formulas-{decimals}.xlsx"),
        );
    }
}

#[test]
fn so_are_they_where_tables_are_plain_ranges() {
    let scale = Scale {
        table_rows: 10,
        ..Scale::default()
    };
    recount(&Town::default(), scale, "formulas-ranges.xlsx");
}

#[test]
fn an_empty_town_has_undefined_figures_and_no_errors() {
    let town = Town {
        organisations: 1,
        teachers: 0,
        managers: 0,
        answers: 0,
        ..Town::default()
    };
    recount(&town, Scale::default(), "formulas-empty.xlsx");
}

#[test]
fn figures_without_data_have_words_and_no_formulas() {
    let mut model = model(&Town::default());
    for line in &mut model.lines {
        line.status = Status::NoData;
        line.numerator = None;
        line.denominator = None;
        line.value = None;
        line.conditions = None;
        line.note = Some("нет таблицы".to_owned());
        if let Some(plan) = &mut line.plan {
            plan.deviation = None;
            plan.outcome = Outcome::Undefined;
        }
    }
    model.breakdown.clear();
    model.survey = None;
    model.measures.clear();
    model.teams.clear();
    model.methodists.clear();
    model.teachers.columns.clear();
    model.managers.columns.clear();
    model.findings.clear();
    recount_model(&model, Scale::default(), "formulas-no-data.xlsx");
}
