//! What is said of a sheet that cannot be understood, each time with what settles it.

use super::Field;
use super::catalogue::{Register, unknown_column};
use super::choices::Pin;
use super::header::Caption;
use super::matching::{Matched, Sheet};
use crate::failure::Failure;
use crate::text::column_letters;

fn titles(register: &Register, set: &[Field]) -> String {
    let titles: Vec<_> = set
        .iter()
        .map(|field| format!("«{}»", register.title_of(*field)))
        .collect();
    titles.join(" или ")
}

/// Which required columns a sheet lacks.
#[must_use]
pub fn lacking(register: &Register, missing: &[&[Field]]) -> String {
    let missing: Vec<_> = missing.iter().map(|set| titles(register, set)).collect();
    format!(
        "для таблицы «{}» не хватает столбца {}",
        register.title,
        missing.join(", ")
    )
}

/// The file, and the sheet where the file has several, as `--source` takes them.
fn address(sheet: &Sheet<'_>) -> String {
    if sheet.one_of_many {
        format!("{}#{}", sheet.file, sheet.name)
    } else {
        sheet.file.to_owned()
    }
}

/// The failure of a sheet that several registers fit, with the ways out.
#[must_use]
pub fn tie(sheet: &Sheet<'_>, level: &[&Register]) -> Failure {
    let registers: Vec<_> = level
        .iter()
        .map(|register| format!("«{}»", register.title))
        .collect();
    let address = address(sheet);
    let quote = if address.contains(char::is_whitespace) {
        "\""
    } else {
        ""
    };
    let ways: Vec<_> = level
        .iter()
        .map(|register| format!("--source {quote}{}={address}{quote}", register.id.name()))
        .collect();
    Failure::input(
        sheet.path,
        format!(
            "лист «{}» одинаково подходит к таблицам {}. Укажите, что это: {}",
            sheet.name,
            registers.join(" и "),
            ways.join(" или ")
        ),
    )
}

/// The failure of two columns that claim one meaning, with both addresses.
#[must_use]
pub fn conflict(
    sheet: &Sheet<'_>,
    register: &Register,
    matched: &Matched,
    field: Field,
    first: u32,
    second: u32,
) -> Failure {
    let cell = |column: u32| {
        let caption = matched
            .assignment
            .captions
            .iter()
            .find(|caption| caption.column == column);
        let row = caption.and_then(Caption::row);
        let address = match row {
            Some(row) => format!("{}{}", column_letters(column), u64::from(row) + 1),
            None => column_letters(column),
        };
        let text = caption.map_or_else(String::new, Caption::text);
        format!("{address} («{text}»)")
    };
    let title = register.title_of(field);
    Failure::input(
        sheet.path,
        format!(
            "лист «{}», таблица «{}»: два столбца значат «{title}»: {} и {}. Переименуйте один из них \
             или укажите нужный в настройках: [columns] \"{}\" = {{ \"{}\" = \"{title}\" }}",
            sheet.name,
            register.title,
            cell(first),
            cell(second),
            address(sheet),
            column_letters(first),
        ),
    )
}

/// The failure of a pin that found nothing on its sheet.
#[must_use]
pub fn pin_failure(pin: &Pin, sheet: &Sheet<'_>, register: Option<&Register>) -> Failure {
    let place = format!("[columns] «{}»", pin.key);
    match register {
        Some(register) if register.find_column(&pin.column).is_none() => {
            unknown_column(&place, &pin.column, Some(register))
        }
        Some(_) => Failure::Usage(format!(
            "{place}: на листе «{}» файла «{}» нет столбца «{}»",
            sheet.name, sheet.file, pin.header
        )),
        None => Failure::Usage(format!(
            "{place}: лист «{}» файла «{}» не подходит ни к одной таблице, столбец «{}» не пригодился",
            sheet.name, sheet.file, pin.header
        )),
    }
}
