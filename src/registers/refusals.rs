//! What is said of a sheet that cannot be understood, each time with what settles it.

use super::caption::Caption;
use super::catalogue::{Catalogue, Register};
use super::choices::Pin;
use super::matching::{Matched, Sheet};
use super::{Dataset, Field, RegisterId};
use crate::failure::Failure;
use crate::text::{column_letters, nearest};

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
    let or_name = if missing.contains(&&[Field::Organisation][..]) && !register.things {
        " (организацию может дать и название листа или файла: «СОШ №1»)"
    } else {
        ""
    };
    let missing: Vec<_> = missing.iter().map(|set| titles(register, set)).collect();
    format!(
        "для таблицы «{}» не хватает {} {}{or_name}",
        register.title,
        if missing.len() == 1 {
            "столбца"
        } else {
            "столбцов"
        },
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

/// The flag that says what a sheet is; `address` is a file, or a file and a sheet.
fn source(register: RegisterId, address: &str) -> String {
    let quote = if address.contains(char::is_whitespace) {
        "\""
    } else {
        ""
    };
    format!("--source {quote}{}={address}{quote}", register.name())
}

/// What is said of sheets that have the columns of the staff table and were taken for other ones
/// by the rest; none where there is none.
#[must_use]
pub fn taken_for_others(dataset: &Dataset) -> Option<String> {
    let of_file = |file| {
        dataset
            .sheets
            .iter()
            .filter(move |sheet| sheet.file == file)
    };
    let taken = dataset.sheets.iter().filter_map(|sheet| {
        let staff = (sheet.has(Field::Name) || sheet.has(Field::Surname))
            && sheet.has(Field::Organisation)
            && sheet.has(Field::Position);
        let register = sheet.register.filter(|_| staff)?;
        let path = &dataset.files.get(sheet.file.0 as usize)?.path;
        let (what, address) = if of_file(sheet.file).nth(1).is_some() {
            ("Лист", format!("{path}#{}", sheet.name))
        } else {
            ("Файл", path.clone())
        };
        Some(format!(
            "{what} «{address}» по остальным столбцам понят как «{}»; если это сотрудники: {}",
            register.title(),
            source(RegisterId::Staff, &address)
        ))
    });
    let taken: Vec<String> = taken.take(3).collect();
    (!taken.is_empty()).then(|| taken.join("; "))
}

/// The failure of a sheet that several registers fit, with the ways out; `staff` says that it has the
/// columns of the staff table too.
#[must_use]
pub fn tie(sheet: &Sheet<'_>, level: &[&Register], staff: bool) -> Failure {
    let registers: Vec<_> = level
        .iter()
        .map(|register| format!("«{}»", register.title))
        .collect();
    let address = address(sheet);
    let ways: Vec<_> = level
        .iter()
        .map(|register| source(register.id, &address))
        .collect();
    let or_staff = if staff
        && level
            .iter()
            .all(|register| register.id != RegisterId::Staff)
    {
        format!(
            ", а если это сотрудники — {}",
            source(RegisterId::Staff, &address)
        )
    } else {
        String::new()
    };
    Failure::input(
        sheet.path,
        format!(
            "лист «{}» одинаково подходит к таблицам {}. Укажите, что это: {}{or_staff}",
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

/// The failure of a setting that names a register that there is not.
#[must_use]
pub fn unknown_register(place: &str, name: &str, catalogue: &Catalogue) -> Failure {
    let near = nearest(
        name,
        catalogue
            .registers
            .iter()
            .flat_map(|register| [register.id.name(), register.title.as_str()]),
    );
    let known: Vec<_> = catalogue
        .registers
        .iter()
        .map(|register| register.id.name())
        .collect();
    Failure::Usage(match near {
        Some(near) => format!("{place}: нет таблицы «{name}». Возможно, имелась в виду «{near}»"),
        None => format!("{place}: нет таблицы «{name}». Есть: {}", known.join(", ")),
    })
}

/// The failure of a setting that names a column that a register has not.
#[must_use]
pub fn unknown_column(place: &str, name: &str, register: Option<&Register>) -> Failure {
    let Some(register) = register else {
        return Failure::Usage(format!("{place}: нет столбца «{name}»"));
    };
    let titles = || register.columns.iter().map(|column| column.title.as_str());
    Failure::Usage(match nearest(name, titles()) {
        Some(near) => format!(
            "{place}: в таблице «{}» нет столбца «{name}». Возможно, имелся в виду «{near}»",
            register.title
        ),
        None => format!(
            "{place}: в таблице «{}» нет столбца «{name}». Есть: {}",
            register.title,
            titles().collect::<Vec<_>>().join(", ")
        ),
    })
}
