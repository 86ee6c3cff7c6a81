//! «Организации»: every organisation, its place in the mentoring model, and the tables in which it
//! has no record.

use rust_xlsxwriter::{RowNum, XlsxError};

use super::layouts::{Layouts, rows};
use super::page::{Cell, Fit, Page, Stored};
use super::scale::Manner;
use super::table::{Column, Kind, Layout};
use crate::report::model::{People, ReportModel};

const TOP: RowNum = 4;

/// Where the table stands.
pub(super) fn layout(model: &ReportModel, manner: &Manner) -> Layout {
    Layout {
        sheet: "Организации",
        name: "Организации",
        top: TOP,
        columns: vec![
            Column::new("Код ОО", Kind::Code, 9.0),
            Column::new("Организация", Kind::Text, 38.0),
            Column::new("Общее образование", Kind::Mark, 15.5),
            Column::new("Открыта", Kind::Mark, 10.5),
            Column::new("Целевая модель", Kind::Mark, 12.0),
            Column::new("Целевая модель причина", Kind::Text, 22.0),
            Column::new("Источник", Kind::Text, 28.0),
            Column::new("Педагогов", Kind::Count, 12.5),
            Column::new("Управленцев", Kind::Count, 14.5),
            Column::new("Нет записей", Kind::Text, 22.0),
        ],
        rows: rows(model.organisations.len()),
        structured: manner.structured(model.organisations.len() as u64),
    }
}

/// How many rows of people each organisation has.
fn employed(model: &ReportModel, people: &People) -> Vec<u64> {
    let mut counts = vec![0; model.organisations.len()];
    for row in &people.rows {
        if let Some(count) = row
            .organisation
            .and_then(|place| counts.get_mut(place as usize))
        {
            *count += 1;
        }
    }
    counts
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
    manner: &Manner,
) -> Result<(), XlsxError> {
    let layout = &layouts.organisations;
    layout.set_widths(page)?;
    page.head(
        "Организации",
        "«Целевая модель»: 1 – общеобразовательная организация включена в целевую модель наставничества, 0 – не включена, \
         пусто – не в знаменателе показателя. «Нет записей» – таблицы, в которых об организации нет ни одной записи.",
        (0, layout.last_column()),
        layout.width(),
    )?;
    layout.open(page)?;
    if model.organisations.is_empty() {
        layout.nothing(page)?;
    }
    let teachers = employed(model, &model.teachers);
    let managers = employed(model, &model.managers);
    for (place, organisation) in (0_u32..).zip(&model.organisations) {
        let row = layout.first() + place + 1;
        let count = |people: &Option<Layout>, counts: &[u64]| {
            let count = counts.get(place as usize).copied().unwrap_or_default();
            match people {
                Some(people) if manner.live_breakdown => Cell::Formula(
                    format!("COUNTIFS({},$A{row})", people.range("Код ОО")),
                    Stored::count(count),
                ),
                _ => Cell::Count(count),
            }
        };
        let mark = &organisation.mentoring;
        layout.row(
            page,
            place,
            &[
                Cell::Count(ReportModel::code(Some(place)).into()),
                Cell::text(&organisation.name),
                Cell::Count(organisation.general_education.into()),
                Cell::Count(organisation.open.into()),
                Cell::mark(mark.state.mark()),
                Cell::text(mark.reason_text(&model.heading.window)),
                Cell::text(model.addresses(&organisation.rows)),
                count(&layouts.teachers, &teachers),
                count(&layouts.managers, &managers),
                Cell::text(organisation.silent.join("; ")),
            ],
        )?;
    }
    page.sheet
        .set_freeze_panes(layout.first(), 2)?
        .set_repeat_rows(TOP, TOP)?;
    page.print(&model.print_heading(), Fit::Width);
    Ok(())
}
