//! Invariants of reading on generated tables (methodology §6, 2 and 3).

use proptest::prelude::*;

use super::super::{Dataset, RegisterId};
use super::{grid, try_read};

const HEADER: [&str; 5] = ["№", "ФИО", "ОО", "Дата диагностики", "Статус"];

/// Rows of every kind that a table may hold, by the columns of [`HEADER`].
fn rows() -> impl Strategy<Value = Vec<[String; 5]>> {
    let row = prop_oneof![
        6 => ("[А-Я][а-я]{2,8}", "[А-Я][а-я]{2,8}", 1u32..40, 0u32..4).prop_map(|(a, b, day, status)| {
            ["n:1".to_owned(), format!("{a} {b}"), "МБОУ СОШ №1".to_owned(), format!("{day}.05.2024"),
             ["", "завершил", "-", "нет"].get(status as usize).copied().unwrap_or("").to_owned()]
        }),
        1 => Just(["", "", "", "", ""].map(str::to_owned)),
        1 => Just(["Итого", "12", "", "", ""].map(str::to_owned)),
        1 => Just(["", "", "", "n:12", ""].map(str::to_owned)),
        1 => Just(["", "Директор", "____________", "Иванов И. И.", ""].map(str::to_owned)),
        1 => Just(["", "", "", "01.02.2024", "завершил"].map(str::to_owned)),
        1 => Just(HEADER.map(str::to_owned)),
        1 => Just(["n:7", "", "", "", ""].map(str::to_owned)),
        1 => Just(["", "e:#Н/Д", "f:", "", ""].map(str::to_owned)),
        1 => Just(["", "Педагоги школы", "", "", ""].map(str::to_owned)),
    ];
    prop::collection::vec(row, 0..90)
}

fn read(rows: &[[String; 5]], order: &[usize]) -> Dataset {
    let line = |row: &[String; 5]| -> String {
        let cells: Vec<&str> = order
            .iter()
            .filter_map(|i| row.get(*i))
            .map(String::as_str)
            .collect();
        cells.join(" | ")
    };
    let mut lines = vec![line(&HEADER.map(str::to_owned))];
    lines.extend(rows.iter().map(line));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    // The helper checks that rows = used + left out.
    try_read("Книга1.xlsx", &[grid("Диагностика", &lines)]).unwrap()
}

fn records(data: &Dataset) -> Vec<(u32, String, String, super::super::record::KeptDate, String)> {
    data.diagnostics
        .iter()
        .map(|row| {
            (
                row.at.row,
                data.text(row.person.name).to_owned(),
                data.text(row.person.organisation).to_owned(),
                row.date,
                data.text(row.status).to_owned(),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_row_is_accounted_for(rows in rows()) {
        let data = read(&rows, &[0, 1, 2, 3, 4]);
        let sheet = data.sheets.first().unwrap();
        prop_assert_eq!(sheet.register, Some(RegisterId::Diagnostics));
        prop_assert_eq!(sheet.used, data.diagnostics.len() as u64);
        let last = rows.iter().rposition(|row| row.iter().any(|cell| !cell.is_empty()));
        prop_assert_eq!(sheet.rows, last.map_or(0, |last| last as u64 + 1));
        let left_out: u64 = sheet.left_out.values().sum();
        prop_assert_eq!(sheet.rows, sheet.used + left_out);
    }

    #[test]
    fn the_order_of_columns_changes_nothing(
        rows in rows(),
        order in Just(vec![0usize, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        let plain = read(&rows, &[0, 1, 2, 3, 4]);
        let shuffled = read(&rows, &order);
        prop_assert_eq!(records(&plain), records(&shuffled));
        prop_assert_eq!(&plain.sheets[0].left_out, &shuffled.sheets[0].left_out);
        prop_assert_eq!(plain.findings.by_code(), shuffled.findings.by_code());
    }
}
