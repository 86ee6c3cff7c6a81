//! The order of rows decides nothing (methodology §6, 2), and a national file is no trouble.

use std::collections::BTreeMap;

use mms::people::organisation::Resolution;
use proptest::prelude::*;

use crate::{answer, dataset, directory};

/// Spellings that meet, shorten and contradict each other.
const POOL: [&str; 49] = [
    "МБОУ СОШ №1",
    "МАОУ СОШ № 1 г. Кузнецка",
    "СОШ 1",
    "школа №1",
    "МБОУ ООШ №1",
    "СШ №1",
    "МБОУ СШ №1",
    "МБУДО СШ №1",
    "гимназия №1",
    "гимназия",
    "МБОУ гимназия «Эврика»",
    "лицей №1",
    "№1",
    "МБОУ №1",
    "д/с №2",
    "д/с №2 «Теремок»",
    "МБДОУ детский сад №2 «Ромашка»",
    "ЦРР – детский сад №2",
    "МБДОУ №2",
    "«Теремок»",
    "НШДС №2",
    "начальная школа №2",
    "школа №2",
    "ДДТ",
    "МБУ ДО ДДТ «Радуга»",
    "Дом детского творчества",
    "СОШ с. Анненково",
    "СОШ с. Махалино",
    "СОШ",
    "школа с. Анненково",
    "СОШ №1 г. Пензы",
    "СОШ №1 с. Анненково",
    "филиал МБОУ СОШ №1 в с. Махалино",
    "СОШ им. Иванова",
    "СОШ имени П. И. Иванова",
    "МБОУ «Эврика»",
    "Поликлиника №1",
    "МБОУ СОШ №10 = школа Радуга; СОШ №1",
    "МБОУ лицей №2 = школа Радуга",
    "МБОУ",
    "школа Радуга",
    "СОШ №1 Анненково",
    "ООШ с. Анненково",
    "МБОУ ООШ №1 г. Кузнецка",
    "ООШ №1 (Махалино)",
    "лицей-интернат №1",
    "МБДОУ детский сад №2",
    "МБУ ДО СШ №1",
    "МБОУ СОШ №1 «Старт»",
];

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(POOL.as_slice()), 0..25)
        .prop_map(|texts| texts.into_iter().map(str::to_owned).collect())
}

fn plain(texts: &[String]) -> Vec<String> {
    texts
        .iter()
        .map(|text| text.split(" = ").next().unwrap_or_default().to_owned())
        .collect()
}

/// All that a directory says, without addresses.
fn says(listed: &[String], staff: &[String], municipality: &str) -> Vec<String> {
    let data = dataset(listed, staff);
    let (directory, findings) = directory(&data, municipality);
    let mut all: Vec<String> = directory
        .all()
        .map(|(id, o)| {
            format!(
                "{id:?} {} {} {:?} {:?}",
                o.name,
                o.rows.len(),
                o.class,
                o.fits
            )
        })
        .collect();
    for text in POOL {
        all.push(format!("{text}: {}", answer(&directory, text)));
        if let Resolution::Several(ids) = directory.resolve(text) {
            all.push(format!("{ids:?}"));
        }
    }
    for row in &data.staff {
        let id = directory.of_staff(row.person.organisation);
        assert!(
            id.is_some(),
            "every text of the staff table has its organisation"
        );
    }
    let by_text: BTreeMap<&str, _> = data
        .staff
        .iter()
        .map(|row| row.person.organisation)
        .map(|sym| (data.text(sym), directory.of_staff(sym)))
        .collect();
    all.push(format!("{by_text:?} {:?}", findings.by_code()));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_rows_say_the_same(
        (listed, shuffled_list) in texts().prop_flat_map(|t| (Just(t.clone()), Just(t).prop_shuffle())),
        (staff, shuffled_staff) in texts().prop_flat_map(|t| (Just(t.clone()), Just(t).prop_shuffle())),
        municipality in prop::sample::select(vec!["", "город Кузнецк"]),
    ) {
        let (staff, shuffled_staff) = (plain(&staff), plain(&shuffled_staff));
        prop_assert_eq!(
            says(&listed, &staff, municipality),
            says(&shuffled_list, &shuffled_staff, municipality)
        );
    }

    /// What is listed finds itself, unless it is a branch.
    #[test]
    fn listed_organisations_find_themselves(listed in texts()) {
        let data = dataset(&listed, &[]);
        let (directory, _) = directory(&data, "город Кузнецк");
        for row in &data.organisations {
            let text = data.text(row.name);
            if text.starts_with("филиал") {
                continue;
            }
            let id = directory.resolve(text).id();
            let found = id.and_then(|id| directory.get(id));
            prop_assert!(found.is_some_and(|o| o.rows.contains(&row.at)), "{}", text);
        }
    }
}

#[test]
fn a_national_file_is_read_in_one_go() {
    let kinds = [
        "МБОУ СОШ",
        "МБДОУ детский сад",
        "МБОУ лицей",
        "МБОУ гимназия",
    ];
    let listed: Vec<String> = (0..4_000)
        .map(|i| {
            let (kind, number, town) = (kinds[i % 4], i / 4 % 25 + 1, i / 100);
            format!("{kind} №{number} г. Ново{}ск", letters(town))
        })
        .collect();
    let data = dataset(&listed, &listed);
    let (directory, _) = directory(&data, "");
    assert_eq!(directory.open_count(), Some(4_000));
    assert_eq!(
        answer(&directory, "лицей № 3 г. Новоааск"),
        "МБОУ лицей №3 г. Новоааск"
    );
    assert_eq!(answer(&directory, "лицей № 3"), "?");
    // The staff table alone is no more work.
    let data = dataset(&[], &listed);
    let (alone, _) = crate::directory(&data, "");
    assert_eq!(alone.all().count(), 4_000);
}

fn letters(number: usize) -> String {
    let letter = |n: usize| char::from_u32('а' as u32 + u32::try_from(n % 28).unwrap_or(0));
    [letter(number / 28), letter(number)]
        .into_iter()
        .flatten()
        .collect()
}
