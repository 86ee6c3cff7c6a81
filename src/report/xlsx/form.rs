//! What stands around the table of «Показатели»: the heading, the legend, the signatures and the
//! contents of the book.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::page::Page;
use super::style::FORM;
use super::width::Type;
use crate::period::russian_date;
use crate::report::model::ReportModel;

/// The title, the municipality, the period and the as-of date.
pub(super) fn heading(
    page: &mut Page<'_>,
    model: &ReportModel,
    last: ColNum,
) -> Result<(), XlsxError> {
    let form = &page.styles.form;
    let heading = &model.heading;
    let whole = (0, last);
    page.across(
        0,
        whole,
        "Отчёт о показателях эффективности деятельности муниципальной методической службы",
        &form.title,
    )?;
    page.set_height(0, 24.0)?;
    let municipality = if heading.municipality.is_empty() {
        "Муниципальное образование: ______________________________"
    } else {
        &heading.municipality
    };
    page.across(1, whole, municipality, &form.line)?;
    let from = heading.window.from.map_or_else(
        || "все записи".to_owned(),
        |from| format!("события с {}", russian_date(from)),
    );
    page.across(
        2,
        whole,
        &format!(
            "за {} ({}: {} по {})",
            heading.period.title(),
            heading.window.kind.title(),
            from,
            russian_date(heading.window.to)
        ),
        &form.line,
    )?;
    page.across(
        3,
        whole,
        &format!("по состоянию на {}", russian_date(heading.window.to)),
        &form.line,
    )?;
    for row in 1..4 {
        page.set_height(row, 18.0)?;
    }
    page.across(4, whole, &heading.source, &form.caption)?;
    Ok(())
}

/// What the words of the table mean, and the signatures. Gives the last row.
pub(super) fn closing(
    page: &mut Page<'_>,
    model: &ReportModel,
    end: RowNum,
    widths: &[f64],
) -> Result<RowNum, XlsxError> {
    let last = ColNum::try_from(widths.len().saturating_sub(1)).unwrap_or(0);
    let form = &page.styles.form;
    let legend = "п. п. – процентные пункты. «нет данных» – нет таблицы или столбца, из которых считается показатель. \
                  «не определено» – знаменатель равен нулю. «–» – не применяется. \
                  Факт, отклонение, числитель, знаменатель и выполнение – формулы по листам расшифровки этой книги.";
    let width: f64 = widths.iter().sum();
    page.across(end, (0, last), legend, &form.small)?;
    page.fit(end, Type { size: 9.0, ..FORM }, [(legend, width)])?;
    let mut row = end + 2;
    let signatures = [
        (
            "Руководитель муниципальной методической службы",
            model.heading.head.as_str(),
            "(подпись)",
            "(инициалы, фамилия)",
        ),
        (
            "Исполнитель",
            model.heading.executor.as_str(),
            "(подпись)",
            "(инициалы, фамилия, телефон)",
        ),
    ];
    for (post, name, under, caption) in signatures {
        page.across(row, (0, 1), post, &form.sign)?;
        page.across(row, (3, 4), "", &form.under)?;
        page.across(row, (6, 9), name, &form.under)?;
        page.set_height(row, 22.0)?;
        page.across(row + 1, (3, 4), under, &form.caption)?;
        page.across(row + 1, (6, 9), caption, &form.caption)?;
        row += 3;
    }
    page.across(row, (0, 1), "«____» ______________ 20____ г.", &form.sign)?;
    Ok(row)
}

/// Rows of the contents: beside the heading, which stays in sight when the table is scrolled.
const CONTENTS: RowNum = 7;

/// The sheets of the book with links, to the right of the printed page.
pub(super) fn contents(
    page: &mut Page<'_>,
    contents: &[(&str, &str)],
    column: ColNum,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.sheet.set_column_width(column - 1, 3)?;
    page.text(0, column, "Листы книги", &styles.title)?;
    for (place, (sheet, what)) in (0..).zip(contents) {
        let at = column + ColNum::try_from(place / CONTENTS).unwrap_or(0) * 2;
        page.sheet.set_column_width(at, 17)?;
        page.sheet.set_column_width(at + 1, 58)?;
        page.link(1 + place % CONTENTS, at, sheet, sheet)?;
        page.text(1 + place % CONTENTS, at + 1, what, &styles.plain)?;
    }
    Ok(())
}
