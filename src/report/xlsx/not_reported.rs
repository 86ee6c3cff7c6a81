//! Who has not reported: under «По организациям», the organisations without a single record in a
//! table (methodology §3).

use std::collections::BTreeMap;

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::page::Page;
use super::style::PLAIN;
use crate::report::model::ReportModel;
use crate::text::plural;

/// Columns of the table's name; the list takes the rest.
const TITLE: ColNum = 3;
/// The widths of both, together those of the columns above.
const WIDTHS: (f64, f64) = (31.0, 93.0);

/// Writes the section over these columns, from this row down.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    (first, last): (ColNum, ColNum),
    top: RowNum,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    let mut registers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for organisation in &model.organisations {
        for register in &organisation.silent {
            registers
                .entry(register)
                .or_default()
                .push(&organisation.name);
        }
    }
    page.text(top, first, "Не представили данные", &styles.title)?;
    if registers.is_empty() {
        return page.across(
            top + 1,
            (first, last),
            "Во всех таблицах есть записи о каждой организации.",
            &styles.note,
        );
    }
    let (titles, lists) = ((first, first + TITLE - 1), (first + TITLE, last));
    page.across(top + 1, titles, "Таблица", &styles.header)?;
    page.across(
        top + 1,
        lists,
        "Организации без единой записи в ней",
        &styles.header,
    )?;
    for (row, (register, names)) in (top + 2..).zip(registers) {
        let count = names.len() as u64;
        let title = format!(
            "{register}: {count} {}",
            plural(count, "организация", "организации", "организаций")
        );
        let list = names.join("; ");
        page.across(row, titles, &title, &styles.text)?;
        page.across(row, lists, &list, &styles.text)?;
        page.fit(
            row,
            PLAIN,
            [(title.as_str(), WIDTHS.0), (list.as_str(), WIDTHS.1)],
        )?;
    }
    Ok(())
}
