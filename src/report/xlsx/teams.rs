//! «Команды»: the management teams that took part, and their members with the rows that say so.

use rust_xlsxwriter::{RowNum, XlsxError};

use super::layouts::{Layouts, rows};
use super::page::{Cell, Fit, Page, Stored};
use super::scale::{Evidence, Manner};
use super::table::{Column, Kind, Layout};
use crate::indicators::catalogue::Scope;
use crate::report::model::{PersonRef, ReportModel, Source, Team, person_code};

const TOP: RowNum = 4;

/// «К-001»
fn team_code(place: u32) -> String {
    format!("К-{:03}", place + 1)
}

/// Where the table of teams stands.
pub(super) fn layout(model: &ReportModel, manner: &Manner) -> Layout {
    Layout {
        sheet: "Команды",
        name: "Команды",
        top: TOP,
        columns: vec![
            Column::new("Номер", Kind::Code, 12.0),
            Column::new("Участников", Kind::Count, 14.0),
            Column::new("Команда", Kind::Text, 60.0),
        ],
        rows: rows(model.teams.len()),
        structured: manner.structured(model.teams.len() as u64),
    }
}

/// The columns of the members, for the sheet and for csv.
pub(super) fn members_columns(names: bool) -> Vec<Column> {
    let mut columns = vec![
        Column::new("Команда", Kind::Code, 12.0),
        Column::new("Участник", Kind::Code, 14.0),
        Column::new("Организация", Kind::Text, 60.0),
        Column::new("Источник", Kind::Text, 46.0),
    ];
    if names {
        columns.push(Column::new("ФИО", Kind::Text, 38.0));
    }
    columns
}

/// Where the table of members stands: below that of the teams.
pub(super) fn members_layout(model: &ReportModel, manner: &Manner, below: RowNum) -> Layout {
    let count = Evidence::Members.rows(model);
    Layout {
        sheet: "Команды",
        name: "Участники",
        top: below + 2,
        columns: members_columns(model.names),
        rows: u32::try_from(count).unwrap_or(u32::MAX),
        structured: manner.structured(count),
    }
}

/// The members of all teams with the place of the team.
pub(super) fn members(model: &ReportModel) -> impl Iterator<Item = (u32, &(PersonRef, Source))> {
    (0..)
        .zip(&model.teams)
        .flat_map(|(place, team): (u32, &Team)| team.members.iter().map(move |m| (place, m)))
}

/// One member, for the sheet and for csv.
pub(super) fn member_cells<'m>(
    model: &'m ReportModel,
    team: u32,
    (person, row): &'m (PersonRef, Source),
) -> Vec<Cell<'m>> {
    let mut cells = vec![
        Cell::text(team_code(team)),
        Cell::text(person_code(person.person)),
        Cell::text(model.organisation(person.organisation)),
        Cell::text(model.address(*row)),
    ];
    if model.names {
        cells.push(Cell::text(person.name.as_deref().unwrap_or_default()));
    }
    cells
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
) -> Result<(), XlsxError> {
    let layout = &layouts.teams;
    let mut widths: Vec<f64> = layout.columns.iter().map(|c| c.width).collect();
    widths.push(46.0);
    if model.names {
        widths.push(38.0);
    }
    page.widths(&widths)?;
    let rule = super::rule_of(model, Scope::Teams);
    page.head(
        "Управленческие команды, принявшие участие в программах повышения квалификации",
        &format!("{rule} Ниже – участники каждой команды и строки таблиц, по которым они учтены."),
        (0, 3),
        132.0,
    )?;
    layout.open(page)?;
    if model.teams.is_empty() {
        layout.nothing(page)?;
    }
    for (place, team) in (0..).zip(&model.teams) {
        let count = team.members.len() as u64;
        let members = match &layouts.members {
            Some(members) => Cell::Formula(
                format!(
                    "COUNTIFS({},$A{})",
                    members.range("Команда"),
                    layout.first() + place + 1
                ),
                Stored::count(count),
            ),
            None => Cell::Count(count),
        };
        layout.row(
            page,
            place,
            &[
                Cell::text(team_code(place)),
                members,
                Cell::text(&team.name),
            ],
        )?;
    }
    if let Some(below) = &layouts.members {
        let styles = page.styles;
        page.text(below.top - 1, 0, "Участники", &styles.title)?;
        below.open(page)?;
        if below.rows == 0 {
            below.nothing(page)?;
        }
        for (place, (team, member)) in (0..).zip(members(model)) {
            below.row(page, place, &member_cells(model, team, member))?;
        }
    }
    page.sheet.set_freeze_panes(TOP, 0)?;
    page.print(&model.print_heading(), Fit::Width);
    Ok(())
}
