//! How the figures were counted, and what the words of the page mean.

use super::Page;
use super::markup::Html;
use super::privacy::least_group;
use super::words::{NO_DATA, UNDEFINED};
use crate::indicators::figure::{Figure, Status};

/// Writes the section.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    html.leaf("h3", &[], "Что значат слова");
    html.node("dl", &[("class", "words")], |html| {
        for (word, meaning) in words(page) {
            html.leaf("dt", &[], word);
            html.leaf("dd", &[], &meaning);
        }
    });
    html.leaf("h3", &[], "Правило каждого показателя");
    html.leaf(
        "p",
        &[],
        "Доля = 100 × числитель / знаменатель; округляется один раз.",
    );
    for figure in &page.assessment.figures {
        html.node("article", &[("class", "rule")], |html| rule(html, figure));
    }
}

fn words(page: &Page<'_>) -> Vec<(&'static str, String)> {
    let owned = str::to_owned;
    vec![
        (
            "«Нет данных»",
            owned(
                "таблицы или столбца, без которых показатель не посчитать, среди исходных нет; это не ноль",
            ),
        ),
        (
            "«Не определено»",
            owned("знаменатель равен нулю: доле не от чего считаться; это не 0 и не 100 %"),
        ),
        (
            "Ноль",
            owned("данные есть, и никто не подошёл под условие показателя"),
        ),
        (
            "✓ достигнут, ✗ не достигнут",
            owned("точное значение, а не округлённое, сравнено с планом"),
        ),
        (
            "? невозможно определить",
            owned("план есть, а значения нет"),
        ),
        (
            "План",
            owned("число — не менее; «не более» и «от … до …» — границы, обе включены"),
        ),
        (
            "Отклонение",
            owned("факт минус план; для долей — в процентных пунктах (п. п.)"),
        ),
        (
            "«Скрыто»",
            format!(
                "доли по организации не показаны, когда за ними стоит меньше {} человек или ответов",
                least_group(page.min_group)
            ),
        ),
    ]
}

fn rule(html: &mut Html, figure: &Figure) {
    let definition = figure.definition;
    html.leaf(
        "h4",
        &[],
        &format!("{} {}", definition.id, definition.short),
    );
    html.node("dl", &[], |html| {
        let mut line = |word: &str, text: &str| {
            if !text.is_empty() {
                html.leaf("dt", &[], word);
                html.leaf("dd", &[], text);
            }
        };
        let (above, below) = if definition.unit == crate::indicators::catalogue::Unit::YesNo {
            ("Выполнено", "Из числа")
        } else {
            ("Числитель", "Знаменатель")
        };
        line(above, &definition.numerator);
        line(below, definition.denominator.as_deref().unwrap_or_default());
        line("Правило", &figure.rule);
        let status = match figure.status {
            Status::Ok => "",
            Status::NoData => NO_DATA,
            Status::Undefined => UNDEFINED,
        };
        line("Значение", status);
        line("Примечание", figure.note.as_deref().unwrap_or_default());
    });
}
