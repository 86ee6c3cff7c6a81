//! «Дорожная карта»: the four conditions of 4.1.1, the measures due and done, and every measure.

use rust_xlsxwriter::{RowNum, XlsxError};

use super::formula;
use super::indicators::word;
use super::layouts::{Layouts, rows};
use super::page::{Cell, Fit, Page, Stored};
use super::scale::Manner;
use super::table::{Column, Kind, Layout};
use crate::indicators::catalogue::Scope;
use crate::report::model::ReportModel;

const SUMMARY: RowNum = 4;
const TOP: RowNum = 13;

/// Where the measures stand.
pub(super) fn layout(model: &ReportModel, manner: &Manner) -> Layout {
    Layout {
        sheet: "Дорожная карта",
        name: "Мероприятия",
        top: TOP,
        columns: vec![
            Column::new("Номер", Kind::Code, 9.0),
            Column::new("Мероприятие", Kind::Text, 50.0),
            Column::new("Уровень", Kind::Text, 16.0),
            Column::new("Срок", Kind::Date, 12.0),
            Column::new("Статус", Kind::Text, 16.0),
            Column::new("Дата выполнения", Kind::Date, 14.0),
            Column::new("Реализуется", Kind::Mark, 14.0),
            Column::new("Региональный", Kind::Mark, 15.5),
            Column::new("Федеральный", Kind::Mark, 15.0),
            Column::new("Срок наступил", Kind::Mark, 12.5),
            Column::new("Выполнено", Kind::Mark, 13.0),
            Column::new("Источник", Kind::Text, 28.0),
        ],
        rows: rows(model.measures.len()),
        structured: manner.structured(model.measures.len() as u64),
    }
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
) -> Result<(), XlsxError> {
    let layout = &layouts.measures;
    layout.set_widths(page)?;
    page.head(
        "Дорожная карта",
        &super::rule_of(model, Scope::Measures),
        (0, layout.last_column()),
        layout.width(),
    )?;
    summary(page, model, layout)?;
    layout.open(page)?;
    if model.measures.is_empty() {
        layout.nothing(page)?;
    }
    for (place, measure) in (0_u32..).zip(&model.measures) {
        layout.row(
            page,
            place,
            &[
                Cell::Count(u64::from(place) + 1),
                Cell::text(&measure.title),
                Cell::text(&measure.level),
                Cell::date(measure.deadline),
                Cell::text(&measure.status),
                Cell::date(measure.done_on),
                Cell::Count(measure.under_way.into()),
                Cell::Count(measure.regional.into()),
                Cell::Count(measure.federal.into()),
                Cell::Count(measure.due.into()),
                Cell::Count(measure.done.into()),
                Cell::text(model.addresses(&measure.rows)),
            ],
        )?;
    }
    page.sheet.set_freeze_panes(SUMMARY, 0)?;
    page.print(&model.print_heading(), Fit::Width);
    Ok(())
}

/// The conditions, and the share of the measures due that are done.
fn summary(page: &mut Page<'_>, model: &ReportModel, layout: &Layout) -> Result<(), XlsxError> {
    let styles = page.styles;
    let Some(line) = model.line_of(Scope::Measures) else {
        return Ok(());
    };
    let Some(conditions) = line.conditions else {
        return page.across(SUMMARY, (0, 4), &super::absence(line), &styles.subtitle);
    };
    let rows = [
        (
            "Разработана: есть мероприятия",
            "Реализуется",
            "\">=0\"",
            conditions.developed,
        ),
        (
            "Реализуется: выполнено или идёт хотя бы одно",
            "Реализуется",
            "1",
            conditions.under_way,
        ),
        (
            "Учитывает региональные мероприятия",
            "Региональный",
            "1",
            conditions.regional,
        ),
        (
            "Учитывает федеральные мероприятия",
            "Федеральный",
            "1",
            conditions.federal,
        ),
    ];
    page.across(SUMMARY, (0, 1), "Условие", &styles.header)?;
    page.text(SUMMARY, 2, "Выполнено", &styles.header)?;
    page.text(SUMMARY, 3, "Мероприятий", &styles.header)?;
    let counts = |column: &str| {
        let of = |f: fn(&crate::report::model::Measure) -> bool| {
            model.measures.iter().filter(|m| f(m)).count() as u64
        };
        match column {
            "Региональный" => of(|m| m.regional),
            "Федеральный" => of(|m| m.federal),
            _ => of(|m| m.under_way),
        }
    };
    for (row, (title, column, criterion, holds)) in (SUMMARY + 1..).zip(rows) {
        let count = format!("COUNTIFS({},{criterion})", layout.range(column));
        let number = if criterion == "1" {
            counts(column)
        } else {
            model.measures.len() as u64
        };
        page.across(row, (0, 1), title, &styles.text)?;
        page.formula(
            row,
            2,
            &format!("IF(D{}>0,\"да\",\"нет\")", row + 1),
            &word(holds),
            &styles.centre,
        )?;
        page.formula(row, 3, &count, &Stored::count(number), &styles.count)?;
    }
    let (due, done) = (layout.range("Срок наступил"), layout.range("Выполнено"));
    let (numerator, denominator) = (
        line.numerator.unwrap_or_default(),
        line.denominator.unwrap_or_default(),
    );
    let row = SUMMARY + 5;
    page.across(row, (0, 1), "Срок наступил к отчётной дате", &styles.text)?;
    page.text(row, 2, "", &styles.text)?;
    page.formula(
        row,
        3,
        &format!("COUNTIFS({due},1)"),
        &Stored::count(denominator),
        &styles.count,
    )?;
    page.across(row + 1, (0, 1), "из них выполнено", &styles.text)?;
    page.text(row + 1, 2, "", &styles.text)?;
    page.formula(
        row + 1,
        3,
        &format!("COUNTIFS({due},1,{done},1)"),
        &Stored::count(numerator),
        &styles.count,
    )?;
    page.across(row + 2, (0, 1), "Доля выполненных, %", &styles.text)?;
    page.text(row + 2, 2, "", &styles.text)?;
    let share = formula::share(
        &format!("D{}", row + 2),
        &format!("D{}", row + 1),
        model.decimals,
        super::UNDEFINED,
    );
    let stored = formula::stored_share(numerator, denominator, model.decimals, super::UNDEFINED);
    page.formula(row + 2, 3, &share, &stored, &styles.share)
}
