//! «Показатели»: the official form that the head of the service signs.

use rust_xlsxwriter::{ColNum, Format, RowNum, XlsxError};

use super::form;
use super::formula::{self, Fact};
use super::layouts::Layouts;
use super::page::{Page, Stored};
use super::style::{self, FORM};
use super::width::Type;
use super::{INDICATORS, NO_DATA, NONE, UNDEFINED};
use crate::indicators::catalogue::Unit;
use crate::indicators::figure::{RoadmapConditions, Status};
use crate::ratio::Ratio;
use crate::report::model::{Line, ReportModel};
use crate::target::{Outcome, Target};
use crate::text::cut;

/// How many characters of a municipality's name a header prints: Excel allows 255 in all.
const LONGEST_NAME: usize = 120;

/// The columns of the official form with their widths.
const COLUMNS: [(&str, f64); 10] = [
    ("№ п/п", 8.0),
    ("Показатель", 43.0),
    ("Ед. изм.", 7.5),
    ("План", 11.5),
    ("Факт", 12.0),
    ("Отклонение", 13.0),
    ("Числитель", 11.0),
    ("Знаменатель", 13.0),
    ("Выполнение", 13.5),
    ("Правило и примечание", 47.0),
];
const LAST: ColNum = 9;
/// The first row of the table's header, from 0.
const TOP: RowNum = 6;
/// Where the contents list stands, to the right of the printed page.
const CONTENTS: ColNum = 11;

/// Where the figures stand, so that other sheets can point at them.
pub(super) struct Places {
    rows: Vec<RowNum>,
}

impl Places {
    /// Where each line will stand.
    pub(super) fn of(model: &ReportModel) -> Self {
        let mut rows = Vec::new();
        let mut row = TOP + 2;
        let mut group = None;
        for line in &model.lines {
            let paragraph = paragraph(model, line);
            if paragraph.is_some() && paragraph != group {
                row += 1;
            }
            group = paragraph;
            rows.push(row);
            row += 1 + if line.conditions.is_some() { 4 } else { 0 };
        }
        Self { rows }
    }

    fn row(&self, model: &ReportModel, id: &str) -> Option<RowNum> {
        let place = model.lines.iter().position(|line| line.id == id)?;
        self.rows.get(place).copied()
    }

    /// The cell of a figure, as a formula on another sheet names it.
    pub(super) fn fact(&self, model: &ReportModel, id: &str) -> Option<String> {
        Some(format!("'{INDICATORS}'!$E${}", self.row(model, id)? + 1))
    }

    /// The cell of a numerator.
    pub(super) fn numerator(&self, model: &ReportModel, id: &str) -> Option<String> {
        Some(format!("'{INDICATORS}'!$G${}", self.row(model, id)? + 1))
    }

    /// The cell of a denominator.
    pub(super) fn denominator(&self, model: &ReportModel, id: &str) -> Option<String> {
        Some(format!("'{INDICATORS}'!$H${}", self.row(model, id)? + 1))
    }

    /// The cell of a plan.
    pub(super) fn plan(&self, model: &ReportModel, id: &str) -> Option<String> {
        Some(format!("'{INDICATORS}'!$D${}", self.row(model, id)? + 1))
    }
}

/// The place of the paragraph that a line belongs to.
fn paragraph(model: &ReportModel, line: &Line) -> Option<usize> {
    model.paragraphs.iter().position(|paragraph| {
        line.id
            .strip_prefix(&paragraph.number)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// The digits of a figure's value.
pub(super) fn digits(line: &Line, model: &ReportModel) -> u32 {
    match line.unit {
        Unit::Percent => model.decimals,
        Unit::PerOne => 1,
        Unit::Count | Unit::YesNo => 0,
    }
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
    places: &Places,
    contents: &[(&str, &str)],
) -> Result<(), XlsxError> {
    let form = &page.styles.form;
    page.widths(&COLUMNS.map(|(_, width)| width))?;
    form::heading(page, model, LAST)?;
    for (column, (title, _)) in (0..).zip(COLUMNS) {
        page.text(TOP, column, title, &form.header)?;
        page.count(TOP + 1, column, u64::from(column) + 1, &form.number)?;
    }
    page.set_height(TOP, 33.0)?;
    let mut group = None;
    let mut end = TOP + 2;
    for (line, &row) in model.lines.iter().zip(&places.rows) {
        let paragraph = paragraph(model, line);
        if let Some(place) = paragraph
            && paragraph != group
        {
            group_heading(page, model, place, row - 1)?;
        }
        group = paragraph;
        figure(page, model, layouts, line, row)?;
        end = row + 1;
        if let Some(conditions) = line.conditions {
            self::conditions(page, layouts, conditions, row + 1)?;
            end += 4;
        }
    }
    let last = form::closing(page, model, end, &COLUMNS.map(|(_, width)| width))?;
    form::contents(page, contents, CONTENTS)?;
    page.sheet
        .set_freeze_panes(TOP + 2, 0)?
        .set_repeat_rows(TOP, TOP + 1)?
        .set_print_area(0, 0, last, LAST)?;
    page.sheet
        .set_paper_size(9)
        .set_landscape()
        .set_margins(0.5, 0.4, 0.55, 0.55, 0.3, 0.3)
        .set_print_center_horizontally(true)
        .set_header(format!(
            "&L&\"Times New Roman,Regular\"&8 {}&R&\"Times New Roman,Regular\"&8 {}",
            cut(&model.heading.municipality, LONGEST_NAME).replace('&', "&&"),
            model.heading.period.title()
        ))
        .set_footer("&R&\"Times New Roman,Regular\"&8Страница &P из &N")
        .set_print_fit_to_pages(1, 0)
        .set_active(true);
    Ok(())
}

fn group_heading(
    page: &mut Page<'_>,
    model: &ReportModel,
    place: usize,
    row: RowNum,
) -> Result<(), XlsxError> {
    let Some(paragraph) = model.paragraphs.get(place) else {
        return Ok(());
    };
    let text = format!("{}. {}", paragraph.number, paragraph.text);
    let width: f64 = COLUMNS.iter().map(|(_, width)| width).sum();
    page.across(row, (0, LAST), &text, &page.styles.form.group)?;
    page.fit(row, FORM.bold(), [(text.as_str(), width)])
}

/// The rule and the note in one cell.
fn remark(line: &Line) -> String {
    match &line.note {
        Some(note) if line.rule.is_empty() => note.clone(),
        Some(note) => format!("{}\nПримечание: {note}", line.rule),
        None => line.rule.clone(),
    }
}

fn figure(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
    line: &Line,
    row: RowNum,
) -> Result<(), XlsxError> {
    let form = &page.styles.form;
    let (remark, text) = (remark(line), capitalised(&line.text));
    page.text(row, 0, &line.id, &form.centre)?;
    page.text(row, 1, &text, &form.text)?;
    page.text(row, 2, line.unit.title(), &form.centre)?;
    page.text(row, 9, &remark, &form.rule)?;
    let small = Type { size: 9.5, ..FORM };
    let lines = FORM.height(FORM.lines(&text, COLUMNS[1].1));
    let remarks = small.height(small.lines(&remark, COLUMNS[9].1));
    page.set_height(row, lines.max(remarks).max(20.0))?;
    plan(page, line, row)?;
    if line.status == Status::NoData {
        page.text(row, 4, NO_DATA, &form.centre)?;
        for column in 5..8 {
            page.text(row, column, NONE, &form.centre)?;
        }
        let outcome = line.plan.as_ref().map_or(NONE, |plan| plan.outcome.title());
        return page.text(row, 8, outcome, &form.centre);
    }
    counted(page, model, layouts, line, row)?;
    if line.unit == Unit::YesNo {
        return answer(page, line, row);
    }
    valued(page, model, line, row)
}

/// The plan's cell: a number wherever the plan is one, so that formulas can take it.
fn plan(page: &mut Page<'_>, line: &Line, row: RowNum) -> Result<(), XlsxError> {
    let form = &page.styles.form;
    let Some(plan) = &line.plan else {
        return page.text(row, 3, NONE, &form.centre);
    };
    let (bound, words) = match &plan.target {
        Target::AtLeast(bound, _) => (bound, ""),
        Target::AtMost(bound, _) => (bound, "\"не более \""),
        target => return page.text(row, 3, &target.title(), &form.centre),
    };
    let places = bound.denominator.checked_ilog10().unwrap_or(0);
    let format = form
        .centre
        .clone()
        // A number that is wider than its column shows as ###.
        .unset_text_wrap()
        .set_shrink()
        .set_num_format(format!("{words}{}", style::decimals(places)));
    page.sheet
        .write_number_with_format(row, 3, number(*bound), &format)?;
    Ok(())
}

/// The double nearest to a plan.
#[expect(clippy::cast_precision_loss, reason = "a plan has at most 12 digits")]
fn number(ratio: Ratio) -> f64 {
    ratio.numerator as f64 / ratio.denominator as f64
}

/// Numerator and denominator.
fn counted(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
    line: &Line,
    row: RowNum,
) -> Result<(), XlsxError> {
    let form = &page.styles.form;
    let counts = formula::counts(line, model, layouts);
    let formulas = match counts {
        Some(counts) => [Some(counts.numerator), counts.denominator],
        None => [None, None],
    };
    let values = [line.numerator, line.denominator];
    for ((column, formula), value) in (6..).zip(formulas).zip(values) {
        match (value, formula) {
            (None, _) => page.text(row, column, NONE, &form.centre)?,
            (Some(value), None) => page.count(row, column, value, &form.count)?,
            (Some(value), Some(formula)) => {
                page.formula(row, column, &formula, &Stored::count(value), &form.count)?;
            }
        }
    }
    Ok(())
}

/// Fact, deviation and outcome of 4.1.1.
fn answer(page: &mut Page<'_>, line: &Line, row: RowNum) -> Result<(), XlsxError> {
    let form = &page.styles.form;
    let cell = row + 1;
    let yes = line.value.as_deref() == Some("yes");
    page.formula(
        row,
        4,
        &format!(
            "IF(COUNTIF(E{}:E{},\"да\")=4,\"да\",\"нет\")",
            cell + 1,
            cell + 4
        ),
        &word(yes),
        &form.strong,
    )?;
    page.text(row, 5, NONE, &form.centre)?;
    match &line.plan {
        None => page.text(row, 8, NONE, &form.centre),
        Some(plan) => page.formula(
            row,
            8,
            &format!("IF(E{cell}=\"да\",\"достигнут\",\"не достигнут\")"),
            &Stored::Text(plan.outcome.title()),
            &form.centre,
        ),
    }
}

/// «да» or «нет».
pub(super) fn word(yes: bool) -> Stored {
    Stored::Text(if yes { "да" } else { "нет" })
}

/// Fact, deviation and outcome of a number.
fn valued(
    page: &mut Page<'_>,
    model: &ReportModel,
    line: &Line,
    row: RowNum,
) -> Result<(), XlsxError> {
    let form = &page.styles.form;
    let digits = digits(line, model);
    let cells = (format!("G{}", row + 1), format!("H{}", row + 1));
    let fact = Fact {
        unit: line.unit,
        numerator: &cells.0,
        denominator: &cells.1,
        decimals: digits,
    };
    let stored = |value: &Option<String>, otherwise| {
        value
            .clone()
            .map_or(Stored::Text(otherwise), Stored::Number)
    };
    let format = form.strong.clone().set_num_format(style::decimals(digits));
    page.formula(
        row,
        4,
        &fact.value(),
        &stored(&line.value, UNDEFINED),
        &format,
    )?;
    let Some(plan) = &line.plan else {
        page.text(row, 5, NONE, &form.centre)?;
        return page.text(row, 8, NONE, &form.centre);
    };
    let cell = format!("D{}", row + 1);
    if let Some(deviation) = fact.deviation(&plan.target, &cell) {
        let format = deviation_format(&form.centre, line.unit, digits);
        page.formula(row, 5, &deviation, &stored(&plan.deviation, NONE), &format)?;
    }
    if let Some(outcome) = fact.outcome(&plan.target, &cell) {
        let format = match plan.outcome {
            Outcome::Missed => &form.strong,
            _ => &form.centre,
        };
        page.formula(
            row,
            8,
            &outcome,
            &Stored::Text(plan.outcome.title()),
            format,
        )?;
    }
    Ok(())
}

/// `+4.2 п. п.`
fn deviation_format(format: &Format, unit: Unit, digits: u32) -> Format {
    let number = style::decimals(digits);
    let unit = if unit == Unit::Percent {
        "\" п. п.\""
    } else {
        ""
    };
    format
        .clone()
        .set_num_format(format!("+{number}{unit};-{number}{unit};{number}{unit}"))
}

/// The four conditions of 4.1.1.
fn conditions(
    page: &mut Page<'_>,
    layouts: &Layouts,
    conditions: RoadmapConditions,
    top: RowNum,
) -> Result<(), XlsxError> {
    let form = &page.styles.form;
    let rows = [
        (
            "разработан: в дорожной карте есть мероприятия",
            "Реализуется",
            "\">=0\"",
            conditions.developed,
        ),
        (
            "реализуется: выполнено или идёт хотя бы одно",
            "Реализуется",
            "1",
            conditions.under_way,
        ),
        (
            "учитывает региональные мероприятия",
            "Региональный",
            "1",
            conditions.regional,
        ),
        (
            "учитывает федеральные мероприятия",
            "Федеральный",
            "1",
            conditions.federal,
        ),
    ];
    for (row, (title, column, criterion, holds)) in (top..).zip(rows) {
        page.text(row, 0, "", &form.centre)?;
        page.text(row, 1, title, &form.indent)?;
        page.text(row, 2, "да/нет", &form.centre)?;
        page.text(row, 3, "", &form.centre)?;
        page.formula(
            row,
            4,
            &format!(
                "IF(COUNTIFS({},{criterion})>0,\"да\",\"нет\")",
                layouts.measures.range(column)
            ),
            &word(holds),
            &form.centre,
        )?;
        for column in 5..9 {
            page.text(row, column, "", &form.centre)?;
        }
        page.text(row, 9, "условие показателя 4.1.1", &form.rule)?;
        page.set_height(row, 18.0)?;
    }
    Ok(())
}

/// The text with its first letter large.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
