//! «По организациям»: numerator, denominator and share of every organisation, their sums beside
//! the municipality's figures, and who has not reported.

use rust_xlsxwriter::{
    ColNum, ConditionalFormatDataBar, ConditionalFormatType, Format, RowNum, XlsxError,
};

use super::NONE;
use super::formula;
use super::indicators::Places;
use super::layouts::{Layouts, rows};
use super::page::{Cell, Fit, Page, Stored};
use super::scale::Manner;
use super::style::PLAIN;
use crate::indicators::catalogue::Scope;
use crate::report::model::{BreakdownColumn, NOT_GIVEN, ReportModel};
use crate::text::column_letters;

/// The row of the indicators; that of «числитель», «знаменатель», «доля» is below.
const TOP: RowNum = 3;
const FIRST: RowNum = TOP + 2;
/// Columns of an indicator.
const GROUP: u32 = 3;
/// Indicators that fit a printed page.
const TO_A_PAGE: u32 = 4;
const WIDTHS: [f64; 3] = [10.0, 12.0, 9.0];
const NAME_WIDTH: f64 = 38.0;
const SILENT_WIDTH: f64 = 40.0;
const HIDDEN: &str = "скрыто";
/// The columns of what stands above and below the table: after the repeated ones.
const NOTES: (ColNum, ColNum) = (2, 13);

fn letters(column: ColNum) -> String {
    column_letters(column.into())
}

/// The first column of an indicator.
fn column(place: u32) -> ColNum {
    ColNum::try_from(2 + GROUP * place).unwrap_or(ColNum::MAX)
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
    manner: &Manner,
    places: &Places,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let count = rows(model.breakdown.len());
    let silent = column(count);
    page.widths(&[7.0, NAME_WIDTH])?;
    for place in 0..count {
        for (at, width) in (column(place)..).zip(WIDTHS) {
            page.sheet.set_column_width(at, width)?;
        }
    }
    page.sheet.set_column_width(silent, SILENT_WIDTH)?;
    let group_width: f64 = WIDTHS.iter().sum();
    let last = column(count.min(TO_A_PAGE)) - 1;
    let width = group_width * f64::from(count.min(TO_A_PAGE));
    page.head(
        "Показатели по организациям",
        &explanation(model),
        (NOTES.0, last.max(NOTES.0)),
        width.max(30.0),
    )?;
    header(page, model, silent)?;
    let mut row = FIRST;
    for (place, organisation) in (0_u32..).zip(&model.organisations) {
        page.count(
            row,
            0,
            ReportModel::code(Some(place)).into(),
            &styles.centre,
        )?;
        page.text(row, 1, &organisation.name, &styles.text)?;
        for (at, breakdown) in (0_u32..).zip(&model.breakdown) {
            let cell = breakdown.cells.get(place as usize).copied().flatten();
            figure(
                page,
                model,
                layouts,
                manner,
                breakdown,
                (row, column(at)),
                cell,
            )?;
        }
        let missing = organisation.silent.join("; ");
        page.text(
            row,
            silent,
            if missing.is_empty() { NONE } else { &missing },
            &styles.indented,
        )?;
        page.fit(
            row,
            PLAIN,
            [
                (organisation.name.as_str(), NAME_WIDTH),
                (missing.as_str(), SILENT_WIDTH - 2.0),
            ],
        )?;
        row += 1;
    }
    if model
        .breakdown
        .iter()
        .any(|column| column.unnamed.is_some())
    {
        page.count(row, 0, 0, &styles.centre)?;
        page.text(row, 1, NOT_GIVEN, &styles.text)?;
        for (at, breakdown) in (0_u32..).zip(&model.breakdown) {
            figure(
                page,
                model,
                layouts,
                manner,
                breakdown,
                (row, column(at)),
                breakdown.unnamed,
            )?;
        }
        page.text(row, silent, NONE, &styles.indented)?;
        row += 1;
    }
    let end = row;
    if end > FIRST {
        page.sheet.autofilter(TOP + 1, 0, end - 1, silent)?;
        bars(page, count, end)?;
    }
    let below = totals(page, model, places, silent, end)?;
    super::not_reported::write(page, model, NOTES, below + 1)?;
    let breaks: Vec<u32> = (TO_A_PAGE..=count)
        .step_by(TO_A_PAGE as usize)
        .map(|place| column(place).into())
        .collect();
    page.sheet
        .set_vertical_page_breaks(&breaks)?
        .set_freeze_panes(FIRST, 2)?
        .set_repeat_rows(TOP, TOP + 1)?
        .set_repeat_columns(0, 1)?;
    page.print(&model.print_heading(), Fit::Scale(72));
    Ok(())
}

fn explanation(model: &ReportModel) -> String {
    let mut text = format!(
        "По каждому показателю – числитель, знаменатель и доля в процентах (полоса – от 0 до 100). \
         «{NONE}» – знаменатель равен нулю. Человек, работающий в нескольких организациях, стоит в каждой из них."
    );
    if model.min_group > 0 {
        text.push_str(&format!(
            " «{HIDDEN}» – доля со знаменателем меньше {} (настройка privacy.min_group).",
            model.min_group
        ));
    }
    text
}

fn header(page: &mut Page<'_>, model: &ReportModel, silent: ColNum) -> Result<(), XlsxError> {
    let styles = page.styles;
    let group_width: f64 = WIDTHS.iter().sum();
    let mut titles = Vec::new();
    let single = [
        (0, "Код"),
        (1, "Организация"),
        (silent, "Не представили данные"),
    ];
    for (at, _) in single {
        page.text(TOP, at, "", &styles.group)?;
    }
    for (place, breakdown) in (0_u32..).zip(&model.breakdown) {
        let short = model.line(&breakdown.id).map_or("", |line| &line.short);
        let first = column(place);
        let title = format!("{} {short}", breakdown.id);
        page.across(TOP, (first, first + 2), &title, &styles.group)?;
        titles.push(title);
    }
    page.fit(
        TOP,
        PLAIN.bold(),
        titles.iter().map(|title| (title.as_str(), group_width)),
    )?;
    for (at, word) in single {
        page.text(TOP + 1, at, word, &styles.header)?;
    }
    for (place, _) in (0_u32..).zip(&model.breakdown) {
        for (at, word) in (column(place)..).zip(["числитель", "знаменатель", "доля, %"])
        {
            page.text(TOP + 1, at, word, &styles.header)?;
        }
    }
    page.set_height(TOP + 1, 30.0)?;
    Ok(())
}

/// The formulas that count one organisation: above and below the line.
fn counts(
    model: &ReportModel,
    layouts: &Layouts,
    breakdown: &BreakdownColumn,
    code: &str,
) -> Option<(String, String)> {
    let line = model.line(&breakdown.id)?;
    let (codes, mark) = match line.scope {
        Scope::Schools => (
            layouts.organisations.range("Код ОО"),
            layouts.organisations.range("Целевая модель"),
        ),
        Scope::Answers => {
            let answers = layouts.answers.as_ref()?;
            (answers.range("Код ОО"), answers.range("Учтён"))
        }
        _ => {
            let columns = formula::people(line, model, layouts)?;
            (columns.code, columns.mark)
        }
    };
    Some((
        format!("COUNTIFS({codes},{code},{mark},1)"),
        format!("COUNTIFS({codes},{code},{mark},\">=0\")"),
    ))
}

/// Numerator, denominator and share of one organisation.
fn figure(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
    manner: &Manner,
    breakdown: &BreakdownColumn,
    (row, first): (RowNum, ColNum),
    cell: Option<(u64, u64)>,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let (numerator, denominator) = cell.unwrap_or((0, 0));
    let (n, d) = (
        format!("{}{}", letters(first), row + 1),
        format!("{}{}", letters(first + 1), row + 1),
    );
    let min = model.min_group;
    let hidden = denominator > 0 && denominator < min;
    let guard = |formula: String| {
        let formula = if min > 0 {
            format!("IF({d}<{min},\"{HIDDEN}\",{formula})")
        } else {
            formula
        };
        format!("IF({d}=0,\"{NONE}\",{formula})")
    };
    let stored = |value: Stored| match (denominator, hidden) {
        (0, _) => Stored::Text(NONE),
        (_, true) => Stored::Text(HIDDEN),
        _ => value,
    };
    let live = manner
        .live_breakdown
        .then(|| counts(model, layouts, breakdown, &format!("$A{}", row + 1)))
        .flatten();
    match live {
        Some((above, below)) => {
            page.formula(
                row,
                first,
                &guard(above),
                &stored(Stored::count(numerator)),
                &styles.count,
            )?;
            page.formula(
                row,
                first + 1,
                &below,
                &Stored::count(denominator),
                &styles.dashed,
            )?;
        }
        None => {
            let above = match stored(Stored::count(numerator)) {
                Stored::Text(text) => Cell::text(text),
                Stored::Number(_) => Cell::Count(numerator),
            };
            page.cell(row, first, &above, &styles.count)?;
            page.count(row, first + 1, denominator, &styles.dashed)?;
        }
    }
    page.formula(
        row,
        first + 2,
        &guard(format!("ROUND(100*{n}/{d},{})", model.decimals)),
        &stored(formula::stored_share(
            numerator,
            denominator,
            model.decimals,
            NONE,
        )),
        &styles.share,
    )
}

fn bars(page: &mut Page<'_>, count: u32, end: RowNum) -> Result<(), XlsxError> {
    let bar = ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 100)
        .set_fill_color(0x9DC3E6)
        .set_solid_fill(true);
    for place in 0..count {
        let share = column(place) + 2;
        page.sheet
            .add_conditional_format(FIRST, share, end - 1, share, &bar)?;
    }
    Ok(())
}

/// The sums of the organisations and the figures of «Показатели». Gives the row below.
fn totals(
    page: &mut Page<'_>,
    model: &ReportModel,
    places: &Places,
    silent: ColNum,
    end: RowNum,
) -> Result<RowNum, XlsxError> {
    let styles = page.styles;
    let mut row = end;
    let open = |page: &mut Page<'_>, row, title: &str| -> Result<(), XlsxError> {
        page.text(row, 0, "", &styles.total_text)?;
        page.text(row, 1, title, &styles.total_text)?;
        page.text(row, silent, "", &styles.total_text)
    };
    // A sum would give away what is hidden.
    if model.min_group == 0 && end > FIRST {
        open(page, row, "Сумма по организациям")?;
        for (place, breakdown) in (0_u32..).zip(&model.breakdown) {
            sum(page, model, breakdown, (row, column(place)), end)?;
        }
        row += 1;
    }
    open(page, row, "Муниципалитет («Показатели»)")?;
    for (place, breakdown) in (0_u32..).zip(&model.breakdown) {
        municipal(page, model, places, breakdown, (row, column(place)))?;
    }
    let several = |people: &crate::report::model::People| {
        people.rows.iter().filter(|row| !row.first).count() as u64
    };
    let (teachers, managers) = (several(&model.teachers), several(&model.managers));
    let note = if teachers + managers == 0 {
        "Каждый педагог и управленец учтён в одной организации.".to_owned()
    } else {
        format!(
            "Сумма больше показателя муниципалитета на тех, кто работает в нескольких организациях: \
             повторных строк педагогов – {teachers}, управленцев – {managers} («Учёт» = 0)."
        )
    };
    page.across(row + 1, NOTES, &note, &styles.note)?;
    page.fit(row + 1, PLAIN, [(note.as_str(), 120.0)])?;
    Ok(row + 2)
}

fn sum(
    page: &mut Page<'_>,
    model: &ReportModel,
    breakdown: &BreakdownColumn,
    (row, first): (RowNum, ColNum),
    end: RowNum,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let all = || breakdown.cells.iter().flatten().chain(&breakdown.unnamed);
    let sums = (
        all().map(|(above, _)| above).sum(),
        all().map(|(_, below)| below).sum(),
    );
    for (at, value) in [(first, sums.0), (first + 1, sums.1)] {
        let letters = letters(at);
        page.formula(
            row,
            at,
            &format!("SUM({letters}{}:{letters}{end})", FIRST + 1),
            &Stored::count(value),
            &styles.total_count,
        )?;
    }
    let share = formula::share(
        &format!("{}{}", letters(first), row + 1),
        &format!("{}{}", letters(first + 1), row + 1),
        model.decimals,
        NONE,
    );
    let stored = formula::stored_share(sums.0, sums.1, model.decimals, NONE);
    page.formula(row, first + 2, &share, &stored, &styles.total_share)
}

fn municipal(
    page: &mut Page<'_>,
    model: &ReportModel,
    places: &Places,
    breakdown: &BreakdownColumn,
    (row, first): (RowNum, ColNum),
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let Some(line) = model.line(&breakdown.id) else {
        return Ok(());
    };
    let value = match &line.value {
        Some(value) => Stored::Number(value.clone()),
        None => Stored::Text(super::UNDEFINED),
    };
    let cells: [(Option<String>, Stored, &Format); 3] = [
        (
            places.numerator(model, &line.id),
            Stored::count(line.numerator.unwrap_or_default()),
            &styles.total_count,
        ),
        (
            places.denominator(model, &line.id),
            Stored::count(line.denominator.unwrap_or_default()),
            &styles.total_count,
        ),
        (places.fact(model, &line.id), value, &styles.total_share),
    ];
    for (at, (cell, stored, format)) in (first..).zip(cells) {
        if let Some(cell) = cell {
            page.formula(row, at, &cell, &stored, format)?;
        }
    }
    Ok(())
}
