//! «Методисты»: every regional methodist with the number of teachers assigned, the assignments
//! themselves, and those that make no pair.

use rust_xlsxwriter::{RowNum, XlsxError};

use super::layouts::{Layouts, rows};
use super::page::{Cell, Fit, Page, Stored};
use super::scale::{Evidence, Manner};
use super::table::{Column, Kind, Layout};
use crate::indicators::catalogue::Scope;
use crate::report::model::{Methodist, PersonRef, ReportModel, Source, person_code};

/// The summary stands above the first table.
const SUMMARY: RowNum = 4;
const TOP: RowNum = 10;

/// Where the table of methodists stands.
pub(super) fn layout(model: &ReportModel, manner: &Manner) -> Layout {
    let mut columns = vec![
        Column::new("Методист", Kind::Code, 26.0),
        Column::new("Закреплено", Kind::Count, 14.0),
        Column::new("Организация", Kind::Text, 52.0),
        Column::new("Источник", Kind::Text, 58.0),
    ];
    if model.names {
        columns.push(Column::new("ФИО", Kind::Text, 38.0));
    }
    Layout {
        sheet: "Методисты",
        name: "Методисты",
        top: TOP,
        columns,
        rows: rows(model.methodists.len()),
        structured: manner.structured(model.methodists.len() as u64),
    }
}

/// The columns of the assignments, for the sheet and for csv.
pub(super) fn pairs_columns(names: bool) -> Vec<Column> {
    let mut columns = vec![
        Column::new("Методист", Kind::Code, 26.0),
        Column::new("Педагог", Kind::Code, 14.0),
        Column::new("Организация", Kind::Text, 52.0),
        Column::new("Источник", Kind::Text, 58.0),
    ];
    if names {
        columns.push(Column::new("ФИО", Kind::Text, 38.0));
    }
    columns
}

/// Where the assignments stand: below the methodists.
pub(super) fn pairs_layout(model: &ReportModel, manner: &Manner, below: RowNum) -> Layout {
    let count = Evidence::Pairs.rows(model);
    Layout {
        sheet: "Методисты",
        name: "Закрепления",
        top: below + 2,
        columns: pairs_columns(model.names),
        rows: u32::try_from(count).unwrap_or(u32::MAX),
        structured: manner.structured(count),
    }
}

/// The assignments with their methodists.
pub(super) fn pairs(
    model: &ReportModel,
) -> impl Iterator<Item = (&Methodist, &(PersonRef, Source))> {
    model
        .methodists
        .iter()
        .flat_map(|methodist| methodist.teachers.iter().map(move |pair| (methodist, pair)))
}

/// One assignment, for the sheet and for csv.
pub(super) fn pair_cells<'m>(
    model: &'m ReportModel,
    methodist: &'m Methodist,
    (teacher, row): &'m (PersonRef, Source),
) -> Vec<Cell<'m>> {
    let mut cells = vec![
        Cell::text(person_code(methodist.person.person)),
        Cell::text(person_code(teacher.person)),
        Cell::text(model.organisation(teacher.organisation)),
        Cell::text(model.address(*row)),
    ];
    if model.names {
        cells.push(Cell::text(teacher.name.as_deref().unwrap_or_default()));
    }
    cells
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
) -> Result<(), XlsxError> {
    let layout = &layouts.methodists;
    layout.set_widths(page)?;
    page.head(
        "Региональные методисты и закреплённые за ними педагоги",
        &super::rule_of(model, Scope::Methodists),
        (0, layout.last_column()),
        layout.width(),
    )?;
    summary(page, model, layout)?;
    layout.open(page)?;
    if model.methodists.is_empty() {
        layout.nothing(page)?;
    }
    for (place, methodist) in (0..).zip(&model.methodists) {
        let count = methodist.teachers.len() as u64;
        let assigned = match &layouts.pairs {
            Some(pairs) => Cell::Formula(
                format!(
                    "COUNTIFS({},$A{})",
                    pairs.range("Методист"),
                    layout.first() + place + 1
                ),
                Stored::count(count),
            ),
            None => Cell::Count(count),
        };
        let mut cells = vec![
            Cell::text(person_code(methodist.person.person)),
            assigned,
            Cell::text(model.organisation(methodist.person.organisation)),
            Cell::text(model.address(methodist.status_row)),
        ];
        if model.names {
            cells.push(Cell::text(
                methodist.person.name.as_deref().unwrap_or_default(),
            ));
        }
        layout.row(page, place, &cells)?;
    }
    let mut end = layout.end();
    if let Some(below) = &layouts.pairs {
        let styles = page.styles;
        page.text(below.top - 1, 0, "Закреплённые педагоги", &styles.title)?;
        below.open(page)?;
        if below.rows == 0 {
            below.nothing(page)?;
        }
        for (place, (methodist, pair)) in (0..).zip(pairs(model)) {
            below.row(page, place, &pair_cells(model, methodist, pair))?;
        }
        end = below.end();
    }
    left_out(page, model, end)?;
    page.sheet.set_freeze_panes(SUMMARY, 0)?;
    page.print(&model.print_heading(), Fit::Width);
    Ok(())
}

/// The least, middle and greatest load.
fn summary(page: &mut Page<'_>, model: &ReportModel, layout: &Layout) -> Result<(), XlsxError> {
    let styles = page.styles;
    let mut loads: Vec<u64> = model
        .methodists
        .iter()
        .map(|methodist| methodist.teachers.len() as u64)
        .collect();
    loads.sort_unstable();
    let range = layout.range("Закреплено");
    let none = || Stored::Text(super::NONE);
    let first = loads.first().map_or_else(none, |load| Stored::count(*load));
    let last = loads.last().map_or_else(none, |load| Stored::count(*load));
    let rows = [
        (
            "Методистов",
            format!("COUNT({range})"),
            Stored::count(loads.len() as u64),
        ),
        (
            "Закреплений",
            format!("SUM({range})"),
            Stored::count(loads.iter().sum()),
        ),
        ("Наименьшая нагрузка", measured("MIN", &range), first),
        (
            "Медиана нагрузки",
            measured("MEDIAN", &range),
            median(&loads),
        ),
        ("Наибольшая нагрузка", measured("MAX", &range), last),
    ];
    for (row, (title, formula, stored)) in (SUMMARY..).zip(rows) {
        page.text(row, 0, title, &styles.text)?;
        let format = if row == SUMMARY + 3 {
            &styles.one
        } else {
            &styles.count
        };
        page.formula(row, 1, &formula, &stored, format)?;
    }
    Ok(())
}

fn measured(function: &str, range: &str) -> String {
    format!(
        "IF(COUNT({range})=0,\"{}\",{function}({range}))",
        super::NONE
    )
}

/// The median of sorted loads: a whole number or a half.
fn median(sorted: &[u64]) -> Stored {
    let middle = sorted.len() / 2;
    match (sorted.get(middle), sorted.len() % 2) {
        (None, _) => Stored::Text(super::NONE),
        (Some(load), 1) => Stored::count(*load),
        (Some(upper), _) => {
            let lower = sorted.get(middle - 1).copied().unwrap_or_default();
            let sum = lower + upper;
            let half = if sum % 2 == 0 { "" } else { ".5" };
            Stored::Number(format!("{}{half}", sum / 2))
        }
    }
}

fn left_out(page: &mut Page<'_>, model: &ReportModel, end: RowNum) -> Result<(), XlsxError> {
    let styles = page.styles;
    let top = end + 1;
    page.text(top, 0, "Закрепления без пары", &styles.title)?;
    if model.left_out_pairs.is_empty() {
        return page.text(top + 1, 0, "нет", &styles.subtitle);
    }
    page.across(top + 1, (0, 1), "Причина", &styles.header)?;
    page.text(top + 1, 2, "Строка", &styles.header)?;
    for (row, pair) in (top + 2..).zip(&model.left_out_pairs) {
        page.across(row, (0, 1), &pair.reason, &styles.text)?;
        page.fit(row, super::style::PLAIN, [(pair.reason.as_str(), 40.0)])?;
        page.text(row, 2, &model.address(pair.row), &styles.text)?;
    }
    Ok(())
}
