//! «Опрос»: the satisfaction by question and by category of respondent, and every answer's meaning.

use rust_xlsxwriter::{RowNum, XlsxError};

use super::charts;
use super::formula;
use super::layouts::Layouts;
use super::page::{Cell, Fit, Page, Stored};
use super::scale::{Evidence, Manner};
use super::style::PLAIN;
use super::table::{Column, Kind, Layout};
use crate::indicators::catalogue::Scope;
use crate::indicators::survey::INTERVAL_DECIMALS;
use crate::registers::phrase::AnswerMeaning;
use crate::report::model::{Answer, Line, ReportModel, State, Survey, meaning_title};

const SHEET: &str = "Опрос";
const SUMMARY: RowNum = 4;
/// The heading of the table of questions.
const QUESTIONS: RowNum = 14;
/// Rows that the chart takes.
const CHART: RowNum = 18;
/// The meanings in the order of the tables.
const MEANINGS: [AnswerMeaning; 5] = [
    AnswerMeaning::Positive,
    AnswerMeaning::Neutral,
    AnswerMeaning::Negative,
    AnswerMeaning::Undecided,
    AnswerMeaning::Absent,
];
/// z² of the 95 % interval, z = 1.959964 (methodology §2.7).
const Z: &str = "1.959964";

/// The categories that somebody answered in, by their places; all where nobody answered.
fn categories(survey: &Survey) -> Vec<u32> {
    let all = 0..super::layouts::rows(survey.categories.len());
    let mut heard: Vec<u32> = survey.answers().map(|answer| answer.category).collect();
    heard.sort_unstable();
    heard.dedup();
    all.filter(|place| heard.is_empty() || heard.contains(place))
        .collect()
}

/// The heading of the table of categories.
fn categories_top(survey: &Survey) -> RowNum {
    QUESTIONS + 3 + super::layouts::rows(survey.questions.len())
}

fn chart_top(survey: &Survey) -> RowNum {
    categories_top(survey) + 3 + super::layouts::rows(categories(survey).len())
}

/// The columns of the answers, for the sheet and for csv.
pub(super) fn answers_columns() -> Vec<Column> {
    vec![
        Column::new("Респондент", Kind::Code, 14.0),
        Column::new("Код ОО", Kind::Code, 9.0),
        Column::new("Организация", Kind::Text, 38.0),
        Column::new("Вопрос", Kind::Mark, 16.0),
        Column::new("Ответ", Kind::Code, 16.0),
        Column::new("Учтён", Kind::Mark, 16.0),
        Column::new("Учёт", Kind::Mark, 15.0),
        Column::new("Код категории", Kind::Code, 13.0),
        Column::new("Категория", Kind::Text, 24.0),
        Column::new("Источник", Kind::Text, 30.0),
    ]
}

/// Where the answers stand: below the tables and the chart.
pub(super) fn answers_layout(model: &ReportModel, manner: &Manner) -> Layout {
    let count = Evidence::Answers.rows(model);
    let top = model
        .survey
        .as_ref()
        .map_or(SUMMARY + 3, |survey| chart_top(survey) + CHART + 2);
    Layout {
        sheet: SHEET,
        name: "Ответы",
        top,
        columns: answers_columns(),
        rows: u32::try_from(count).unwrap_or(u32::MAX),
        structured: manner.structured(count),
    }
}

/// The answers with their respondent's number, counted from 1, and whether each is the
/// respondent's first.
pub(super) fn answers(survey: &Survey) -> impl Iterator<Item = (u32, bool, Answer)> {
    let mut respondent = 0;
    let mut row = None;
    survey.answers().map(move |answer| {
        let first = row != Some(answer.row);
        row = Some(answer.row);
        respondent += u32::from(first);
        (respondent, first, answer)
    })
}

/// One answer, for the sheet and for csv.
pub(super) fn answer_cells<'m>(
    model: &'m ReportModel,
    survey: &'m Survey,
    (respondent, first, answer): (u32, bool, Answer),
) -> Vec<Cell<'m>> {
    let category = survey
        .categories
        .get(answer.category as usize)
        .map_or("", String::as_str);
    vec![
        Cell::text(format!("Р-{respondent:04}")),
        Cell::Count(ReportModel::code(answer.organisation).into()),
        Cell::text(model.organisation(answer.organisation)),
        Cell::Count(u64::from(answer.question) + 1),
        Cell::text(meaning_title(answer.meaning)),
        Cell::mark(answer.state.mark()),
        Cell::Count(first.into()),
        Cell::Count(u64::from(answer.category) + 1),
        Cell::text(category),
        Cell::text(model.address(answer.row)),
    ]
}

/// Writes the sheet.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    layouts: &Layouts,
) -> Result<(), XlsxError> {
    let columns = answers_columns();
    let widths: Vec<f64> = columns.iter().map(|column| column.width).collect();
    page.widths(&widths)?;
    let Some(line) = model.line_of(Scope::Answers) else {
        return Ok(());
    };
    page.head(
        "Удовлетворённость работой ММС",
        &super::rule_of(model, Scope::Answers),
        (0, 9),
        widths.iter().sum(),
    )?;
    let Some(survey) = &model.survey else {
        let styles = page.styles;
        page.across(SUMMARY, (0, 6), &super::absence(line), &styles.subtitle)?;
        if let Some(layout) = &layouts.answers {
            layout.open(page)?;
            layout.nothing(page)?;
        }
        page.print(&model.print_heading(), Fit::Width);
        return Ok(());
    };
    let answers = layouts.answers.as_ref();
    summary(page, model, line, survey, answers)?;
    let questions: Vec<String> = survey
        .questions
        .iter()
        .map(|(question, scale)| format!("{question} (шкала: {scale})"))
        .collect();
    let by_question = Group {
        title: "По вопросам",
        head: "Вопрос",
        names: &questions,
        places: (0..super::layouts::rows(questions.len())).collect(),
        column: "Вопрос",
        pick: |answer| answer.question,
    };
    by_question.write(page, model, survey, answers, QUESTIONS)?;
    let by_category = Group {
        title: "По категориям респондентов",
        head: "Категория",
        names: &survey.categories,
        places: categories(survey),
        column: "Код категории",
        pick: |answer| answer.category,
    };
    by_category.write(page, model, survey, answers, categories_top(survey))?;
    if !survey.questions.is_empty() {
        let first = QUESTIONS + 2;
        let last = first + super::layouts::rows(survey.questions.len()) - 1;
        let titles = MEANINGS.map(meaning_title);
        let chart = charts::distribution(SHEET, (first, last), QUESTIONS + 1, &titles[..4]);
        page.sheet.insert_chart(chart_top(survey), 0, &chart)?;
    }
    if let Some(layout) = answers {
        evidence(page, model, survey, layout)?;
    }
    page.sheet.set_freeze_panes(SUMMARY, 0)?;
    page.print(&model.print_heading(), Fit::Width);
    Ok(())
}

fn evidence(
    page: &mut Page<'_>,
    model: &ReportModel,
    survey: &Survey,
    layout: &Layout,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.text(layout.top - 1, 0, "Ответы", &styles.title)?;
    layout.open(page)?;
    if survey.verdicts.is_empty() {
        layout.nothing(page)?;
    }
    for (place, answer) in (0..).zip(answers(survey)) {
        layout.row(page, place, &answer_cells(model, survey, answer))?;
    }
    page.sheet.set_page_breaks(&[layout.top - 1])?;
    Ok(())
}

/// The respondents: counted over their first answers where each has one. Who gave no answer that
/// could be read stands in no row below.
fn respondents(layout: Option<&Layout>, survey: &Survey) -> Cell<'static> {
    let seen = answers(survey).filter(|(_, first, _)| *first).count() as u64;
    let layout = layout.filter(|_| seen == survey.respondents);
    counted(layout, &[("Учёт", "1")], survey.respondents)
}

/// How many answers a figure counts, with the formula that recounts them where it can.
fn counted(answers: Option<&Layout>, criteria: &[(&str, &str)], count: u64) -> Cell<'static> {
    let Some(layout) = answers else {
        return Cell::Count(count);
    };
    let criteria: Vec<String> = criteria
        .iter()
        .map(|(column, criterion)| format!("{},{criterion}", layout.range(column)))
        .collect();
    Cell::Formula(
        format!("COUNTIFS({})", criteria.join(",")),
        Stored::count(count),
    )
}

fn summary(
    page: &mut Page<'_>,
    model: &ReportModel,
    line: &Line,
    survey: &Survey,
    answers: Option<&Layout>,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let decimals = model.decimals;
    let (numerator, denominator) = (
        line.numerator.unwrap_or_default(),
        line.denominator.unwrap_or_default(),
    );
    let cell = |row: RowNum| format!("D{}", SUMMARY + row + 1);
    let share = |above: RowNum, below: RowNum, stored| {
        Cell::Formula(
            formula::share(&cell(above), &cell(below), decimals, super::UNDEFINED),
            stored,
        )
    };
    let rows = [
        ("Респондентов", respondents(answers, survey), &styles.count),
        (
            "Педагогов и управленцев, человек",
            Cell::Count(survey.invited),
            &styles.count,
        ),
        (
            "Отклик, %",
            share(
                0,
                1,
                formula::stored_share(
                    survey.respondents,
                    survey.invited,
                    decimals,
                    super::UNDEFINED,
                ),
            ),
            &styles.share,
        ),
        (
            "Положительных ответов",
            counted(answers, &[("Учтён", "1")], numerator),
            &styles.count,
        ),
        (
            "Действительных ответов",
            counted(answers, &[("Учтён", "\">=0\"")], denominator),
            &styles.count,
        ),
        (
            "Доля положительных, %",
            share(
                3,
                4,
                formula::stored_share(numerator, denominator, decimals, super::UNDEFINED),
            ),
            &styles.share,
        ),
    ];
    let mut row = SUMMARY;
    for (title, value, format) in rows {
        page.across(row, (0, 2), title, &styles.text)?;
        page.cell(row, 3, &value, format)?;
        row += 1;
    }
    for (place, sign, title) in [
        (0, '-', "95 % интервал Уилсона: нижняя граница, %"),
        (1, '+', "95 % интервал Уилсона: верхняя граница, %"),
    ] {
        page.across(row, (0, 2), title, &styles.text)?;
        let bound = survey
            .interval
            .as_ref()
            .map(|(low, high)| if place == 0 { low } else { high });
        match bound {
            None => page.text(row, 3, super::UNDEFINED, &styles.centre)?,
            Some(bound) => {
                let (n, d) = (cell(3), cell(4));
                let formula = format!(
                    "ROUND(100*({n}+{Z}^2/2{sign}{Z}*SQRT({n}*({d}-{n})/{d}+{Z}^2/4))/({d}+{Z}^2),{INTERVAL_DECIMALS})"
                );
                let stored = Stored::Number(bound.clone());
                page.formula(row, 3, &formula, &stored, &styles.interval)?;
            }
        }
        row += 1;
    }
    Ok(())
}

/// A table of answers by what they have in common.
struct Group<'a> {
    title: &'a str,
    head: &'a str,
    names: &'a [String],
    /// Which of the names have a row.
    places: Vec<u32>,
    column: &'a str,
    pick: fn(&Answer) -> u32,
}

impl Group<'_> {
    fn write(
        &self,
        page: &mut Page<'_>,
        model: &ReportModel,
        survey: &Survey,
        answers: Option<&Layout>,
        top: RowNum,
    ) -> Result<(), XlsxError> {
        let styles = page.styles;
        page.text(top, 0, self.title, &styles.title)?;
        page.text(top + 1, 0, "№", &styles.header)?;
        page.across(top + 1, (1, 2), self.head, &styles.header)?;
        for (column, meaning) in (3..).zip(MEANINGS) {
            page.text(top + 1, column, meaning_title(meaning), &styles.header)?;
        }
        page.text(top + 1, 8, "действительных", &styles.header)?;
        page.text(top + 1, 9, "доля положительных, %", &styles.header)?;
        for (row, &place) in (top + 2..).zip(&self.places) {
            let name = self.names.get(place as usize).map_or("", String::as_str);
            page.count(row, 0, u64::from(place) + 1, &styles.centre)?;
            page.across(row, (1, 2), name, &styles.text)?;
            page.fit(row, PLAIN, [(name, 47.0)])?;
            let mine: Vec<Answer> = survey
                .answers()
                .filter(|answer| (self.pick)(answer) == place)
                .collect();
            let code = format!("$A{}", row + 1);
            for (column, meaning) in (3..).zip(MEANINGS) {
                let count = mine.iter().filter(|a| a.meaning == meaning).count() as u64;
                let word = format!("\"{}\"", meaning_title(meaning));
                let cell = counted(answers, &[(self.column, &code), ("Ответ", &word)], count);
                page.cell(row, column, &cell, &styles.count)?;
            }
            let valid = mine.iter().filter(|a| a.state != State::Outside).count() as u64;
            let positive = mine.iter().filter(|a| a.state == State::Counted).count() as u64;
            let cell = counted(
                answers,
                &[(self.column, &code), ("Учтён", "\">=0\"")],
                valid,
            );
            page.cell(row, 8, &cell, &styles.count)?;
            let share = formula::share(
                &format!("D{}", row + 1),
                &format!("I{}", row + 1),
                model.decimals,
                super::NONE,
            );
            let stored = formula::stored_share(positive, valid, model.decimals, super::NONE);
            page.formula(row, 9, &share, &stored, &styles.share)?;
        }
        Ok(())
    }
}
