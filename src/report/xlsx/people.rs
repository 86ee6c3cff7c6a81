//! «Педагоги» and «Управленцы»: one row for each person and employing organisation, with the
//! verdict on each indicator, its reason and the row that decided it.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::layouts::rows;
use super::page::{Cell, Fit, Page};
use super::scale::{Evidence, Manner};
use super::table::{Column, Kind, Layout};
use crate::report::model::{Mark, Marks, People, PersonRow, ReportModel, person_code};

/// The row of the table's header; the row above names the indicators.
const TOP: RowNum = 5;

pub(super) fn people(evidence: Evidence, model: &ReportModel) -> &People {
    match evidence {
        Evidence::Managers => &model.managers,
        _ => &model.teachers,
    }
}

/// The columns of people, for the sheet and for csv.
pub(super) fn columns(people: &People, names: bool) -> Vec<Column> {
    let mut columns = vec![Column::new("Номер", Kind::Code, 10.0)];
    if names {
        columns.push(Column::new("ФИО", Kind::Text, 34.0));
    }
    columns.extend([
        Column::new("Код ОО", Kind::Code, 8.0),
        Column::new("Организация", Kind::Text, 31.0),
        Column::new("Учёт", Kind::Mark, 8.0),
        Column::new("Источник", Kind::Text, 28.0),
    ]);
    for column in &people.columns {
        let header = &column.header;
        columns.extend([
            Column::new(header, Kind::Mark, 14.5),
            Column::new(format!("{header} причина"), Kind::Text, 22.0),
            Column::new(format!("{header} строка"), Kind::Text, 28.0),
        ]);
    }
    columns
}

/// Where the table stands.
pub(super) fn layout(evidence: Evidence, model: &ReportModel, manner: &Manner) -> Layout {
    let people = people(evidence, model);
    Layout {
        sheet: evidence.name(),
        name: evidence.name(),
        top: TOP,
        columns: columns(people, model.names),
        rows: rows(people.rows.len()),
        structured: manner.structured(people.rows.len() as u64),
    }
}

/// One row, for the sheet and for csv.
pub(super) fn cells<'m>(
    model: &'m ReportModel,
    (row, marks): (&'m PersonRow, Marks),
) -> Vec<Cell<'m>> {
    let mut cells = vec![Cell::text(person_code(row.person))];
    if model.names {
        cells.push(Cell::text(row.name.as_deref().unwrap_or_default()));
    }
    cells.extend([
        Cell::Count(ReportModel::code(row.organisation).into()),
        Cell::text(model.organisation(row.organisation)),
        Cell::Count(row.first.into()),
        Cell::text(model.address(row.row)),
    ]);
    for mark in &marks {
        cells.extend([
            Cell::mark(mark.state.mark()),
            Cell::text(mark.reason_text(&model.heading.window)),
            Cell::text(decided(model, mark)),
        ]);
    }
    cells
}

/// The rows that decided a verdict.
pub(super) fn decided(model: &ReportModel, mark: &Mark) -> String {
    let mut text = mark.row.map(|row| model.address(row)).unwrap_or_default();
    if let Some(support) = mark.support {
        text.push_str("; диагностика: ");
        text.push_str(&model.address(support));
    }
    text
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    evidence: Evidence,
    layout: Option<&Layout>,
) -> Result<(), XlsxError> {
    let people = people(evidence, model);
    let (title, who) = match evidence {
        Evidence::Managers => ("Управленческие кадры", "управленческих кадров"),
        _ => ("Педагогические работники", "педагогических работников"),
    };
    let Some(layout) = layout else {
        page.widths(&[120.0])?;
        let text = format!(
            "Строк расшифровки больше, чем помещается на лист Excel. Они записаны рядом с отчётом, в файле с окончанием «{}.csv».",
            evidence.name()
        );
        return page.head(title, &text, (0, 0), 120.0);
    };
    let lead = layout.columns.len() - 3 * people.columns.len();
    let last = ColNum::try_from(lead - 1).unwrap_or(0);
    layout.set_widths(page)?;
    let explanation = format!(
        "Строка – один человек в одной организации. «Учёт» = 1 на первой строке человека: показатели муниципалитета считают \
         {who} по ней. Под показателем: 1 – в числителе, 0 – только в знаменателе, пусто – не в знаменателе; \
         затем причина и строка исходной таблицы, которая решила."
    );
    let frozen: ColNum = if model.names { 2 } else { 1 };
    let width = layout
        .columns
        .iter()
        .take(lead + 3)
        .skip(frozen.into())
        .map(|column| column.width)
        .sum();
    page.head(title, &explanation, (frozen, last + 3), width)?;
    groups(page, people, lead)?;
    layout.open(page)?;
    if people.rows.is_empty() {
        layout.nothing(page)?;
    }
    for (place, row) in (0..).zip(people.marked()) {
        layout.row(page, place, &cells(model, row))?;
    }
    page.sheet
        .set_freeze_panes(layout.first(), frozen)?
        .set_repeat_rows(TOP - 1, TOP)?
        .set_repeat_columns(0, frozen - 1)?;
    breaks(page, people, lead)?;
    page.print(
        &model.print_heading(),
        Fit::Scale(if model.names { 68 } else { 78 }),
    );
    Ok(())
}

/// The indicators above their columns.
fn groups(page: &mut Page<'_>, people: &People, lead: usize) -> Result<(), XlsxError> {
    let styles = page.styles;
    let mut first = ColNum::try_from(lead).unwrap_or(0);
    let mut tallest = 1;
    for column in &people.columns {
        let title = format!("{} {}", column.id, column.short);
        tallest = tallest.max(super::style::PLAIN.bold().lines(&title, 64.5));
        page.across(TOP - 1, (first, first + 2), &title, &styles.group)?;
        first += 3;
    }
    page.set_height(TOP - 1, super::style::PLAIN.height(tallest))?;
    Ok(())
}

/// One indicator on the first page and two on each other, so that none is parted.
fn breaks(page: &mut Page<'_>, people: &People, lead: usize) -> Result<(), XlsxError> {
    let breaks: Vec<u32> = (1..people.columns.len())
        .step_by(2)
        .filter_map(|place| u32::try_from(lead + 3 * place).ok())
        .collect();
    page.sheet.set_vertical_page_breaks(&breaks)?;
    Ok(())
}
