//! Spellings of positions from real tables, each with the class that the nomenclature gives it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};

use mms::people::position::{CategoryCell, Nomenclature, PositionClass};
use serde::Deserialize;

#[derive(Deserialize)]
struct Spellings {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    seen: String,
    spellings: Vec<Vec<String>>,
}

fn plain() -> Nomenclature {
    Nomenclature::new(&BTreeMap::new()).unwrap()
}

fn own(positions: &[(&str, &str)]) -> Result<Nomenclature, String> {
    let own = positions
        .iter()
        .map(|&(text, value)| (text.to_owned(), value.to_owned()));
    Nomenclature::new(&own.collect())
}

/// The classes of a cell in its order: «manager, teacher».
fn classes(nomenclature: &Nomenclature, cell: &str) -> String {
    let read = nomenclature.read_cell(cell);
    let classes = read.positions.iter().map(|position| match position.class {
        Some(PositionClass::Teacher) => "teacher",
        Some(PositionClass::Manager) => "manager",
        Some(PositionClass::Other) => "other",
        None => "unknown",
    });
    classes.collect::<Vec<_>>().join(", ")
}

#[test]
fn spellings_from_real_tables_have_the_class_of_the_nomenclature() {
    let data: Spellings = toml::from_str(include_str!("positions.toml")).unwrap();
    let nomenclature = plain();
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for group in &data.group {
        assert!(!group.seen.is_empty());
        for spelling in &group.spellings {
            let (cell, expected) = (&spelling[0], &spelling[1]);
            seen.insert(cell);
            let found = classes(&nomenclature, cell);
            if found != *expected {
                wrong.push(format!("«{cell}»: {found}, and not {expected}"));
            }
        }
    }
    assert!(seen.len() >= 300, "{} spellings", seen.len());
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_cell_tells_positions_from_duties_and_keeps_its_own_words() {
    let read =
        plain().read_cell("кл. рук., зам. дир. по УВР (0,5 ст.), учитель истории, наставник");
    let texts: Vec<_> = read.positions.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(texts, ["зам. дир. по УВР (0,5 ст.)", "учитель истории"]);
    assert_eq!(read.duties, ["кл. рук.", "наставник"]);
    let read = plain().read_cell("уч. нач. кл.");
    assert_eq!(read.positions[0].text, "уч. нач. кл.");
}

#[test]
fn the_entry_is_that_of_the_nomenclature() {
    for (cell, entry, everyday) in [
        ("учитель физики", "учитель", false),
        ("Учитель - логопед", "учитель-логопед", false),
        ("и. о. заведующей", "заведующий", false),
        ("психолог", "педагог-психолог", true),
        ("педагог-психолог", "педагог-психолог", false),
        (
            "завуч",
            "заместитель руководителя (директора, заведующего, начальника)",
            true,
        ),
        (
            "зам. директора по УВР",
            "заместитель руководителя (директора, заведующего, начальника)",
            true,
        ),
        (
            "заместитель директора по УВР",
            "заместитель руководителя (директора, заведующего, начальника)",
            false,
        ),
        ("муз. рук.", "музыкальный руководитель", true),
        ("зав. кафедрой", "заведующий кафедрой", true),
        ("повар", "повар", false),
    ] {
        let read = plain().read_cell(cell);
        assert_eq!(read.positions[0].entry, Some(entry), "{cell}");
        assert_eq!(read.positions[0].by_everyday_form, everyday, "{cell}");
        assert!(!read.positions[0].own && read.positions[0].nearest.is_none());
    }
}

#[test]
fn an_unknown_position_is_in_no_category_and_shows_the_nearest() {
    for (cell, nearest) in [
        ("учтель", Some("учитель")),
        ("учтель физики и математики", Some("учитель")),
        ("педагог-псхолог", Some("педагог-психолог")),
        ("вопитатель", Some("воспитатель")),
        ("концентмейстер", Some("концертмейстер")),
        ("заведущий", Some("заведующий")),
        ("заведующий библиотекй", Some("заведующий библиотекой")),
        ("и. о. диретора", Some("директор")),
        ("директриса", Some("директор")),
        ("директор по УВР", Some("заместитель директора")),
        ("учительматематики", Some("учитель")),
        ("помошник воспитателя", Some("помощник воспитателя")),
        ("ыыыы", None),
    ] {
        let read = plain().read_cell(cell);
        assert_eq!(read.positions.len(), 1, "{cell}");
        assert_eq!(read.positions[0].class, None, "{cell}");
        assert_eq!(read.positions[0].entry, None, "{cell}");
        assert_eq!(read.positions[0].nearest.as_deref(), nearest, "{cell}");
    }
}

#[test]
fn own_positions_beat_the_nomenclature() {
    let nomenclature = own(&[
        ("наставник по робототехнике", "teacher"),
        ("Завхоз", "manager"),
        ("учитель", "other"),
        ("методист, библиотекарь", "manager"),
        ("руководитель ШМО", "manager"),
    ])
    .unwrap();
    for (cell, expected) in [
        ("Наставник по робототехнике", "teacher"),
        ("наставник по робототехнике (0,5 ст.)", "teacher"),
        ("завхоз, учитель труда", "manager, teacher"),
        ("и. о. завхоз", "manager"),
        ("учитель", "other"),
        ("учитель физики", "teacher"),
        ("учитель-логопед", "teacher"),
        ("методист, библиотекарь", "manager"),
        ("методист, вожатый", "teacher, other"),
        ("учитель, руководитель ШМО", "other, manager"),
    ] {
        assert_eq!(classes(&nomenclature, cell), expected, "{cell}");
    }
    let read = nomenclature.read_cell("завхоз");
    assert!(read.positions[0].own && read.positions[0].entry.is_none());
    let read = nomenclature.read_cell("наставник по роботехнике!");
    assert!(read.positions.is_empty(), "a duty of the data file");
}

#[test]
fn own_positions_are_the_nearest_too() {
    let nomenclature = own(&[("кванторианец-эксперт", "teacher")]).unwrap();
    let read = nomenclature.read_cell("кванторианец-эксперд");
    let nearest = read.positions[0].nearest.as_deref();
    assert_eq!(nearest, Some("кванторианец эксперт"));
}

#[test]
fn bad_own_positions_are_refused_in_russian() {
    let error = own(&[("вожатый", "педагог")]).err().unwrap();
    assert!(error.contains("вожатый") && error.contains("teacher, manager или other"));
    assert!(own(&[("«»", "teacher")]).is_err());
    assert!(own(&[("Вожатый", "teacher"), ("вожатый", "other")]).is_err());
    assert!(own(&[("Вожатый", "other"), ("вожатый", "other")]).is_ok());
}

#[test]
fn the_category_cell_names_one_of_three_or_none() {
    use CategoryCell::{Empty, Names, Qualification, Unknown};
    use PositionClass::{Manager, Other, Teacher};
    let nomenclature = plain();
    for (cells, expected) in [
        (
            &[
                "педагогические работники",
                "Педагогический работник",
                "педагог",
                "педагоги",
                "ПР",
                "пр",
                "Пед. работники",
                "пед. работник",
                "педработник",
                "педагогический персонал",
                "иные педагогические работники",
                "Педагогические работники (ПР)",
                "1. Педагогические работники",
            ][..],
            Names(Teacher),
        ),
        (
            &[
                "управленческие кадры",
                "Руководитель",
                "руководители",
                "управленец",
                "УК",
                "АУП",
                "руководящий работник",
                "руководящие работники",
                "административно-управленческий персонал",
                "администрация",
                "Управленческие кадры (УК)",
            ],
            Names(Manager),
        ),
        (
            &[
                "прочие",
                "Прочий",
                "иные",
                "иной",
                "УВП",
                "МОП",
                "обслуживающий персонал",
                "учебно-вспомогательный персонал",
                "прочие работники",
                "младший обслуживающий персонал",
            ],
            Names(Other),
        ),
        (
            &[
                "высшая",
                "Высшая квалификационная категория",
                "высшая кв. кат.",
                "первая",
                "первая категория (12.2023)",
                "1 категория",
                "1",
                "I",
                "СЗД",
                "соответствие занимаемой должности",
                "соответствие",
                "без категории",
                "б/к",
                "нет",
                "молодой специалист",
                "педагог-методист",
                "педагог-наставник",
                "ВКК",
                "не имеет",
            ],
            Qualification,
        ),
        (&["", " ", "-", "—", "\u{a0}"], Empty),
        (&["учитель", "основной", "ПР, УК", "педагогг"], Unknown),
    ] {
        for cell in cells {
            assert_eq!(nomenclature.read_category(cell), expected, "«{cell}»");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(64) })]

    /// Whatever stands in a cell, it is read, and every text is the cell's own.
    #[test]
    fn any_cell_is_read(cell in "([а-яА-Яa-z0-9ёЁ()«».,;/+ \n\u{a0}-]|учитель|зам\\.|директора|и\\. о\\.|\\PC){0,30}") {
        let read = plain().read_cell(&cell);
        let texts = read.positions.iter().map(|p| &p.text).chain(&read.duties);
        for text in texts {
            proptest::prop_assert!(!text.trim().is_empty());
        }
        let _ = plain().read_category(&cell);
    }

    /// A separator and a second position never change what the first is.
    #[test]
    fn the_first_position_does_not_depend_on_the_second(
        first in proptest::sample::select(vec!["учитель физики", "завуч", "повар", "зам. директора по УВР", "заведующий", "методсит"]),
        second in proptest::sample::select(vec!["директор", "учитель истории", "сторож", "воспитатель ГПД"]),
        separator in proptest::sample::select(vec![", ", "; ", "/", " + ", ". ", "\n"]),
    ) {
        let nomenclature = plain();
        let both = nomenclature.read_cell(&format!("{first}{separator}{second}"));
        let alone = nomenclature.read_cell(first);
        proptest::prop_assert_eq!(both.positions.len(), 2);
        proptest::prop_assert_eq!(&both.positions[0], &alone.positions[0]);
    }
}

/// A cell as long as a cell may be takes no longer than its length warrants.
#[test]
fn the_longest_cells_are_read() {
    let nomenclature = plain();
    for part in [
        "1;",
        "а,",
        "учитель;",
        "педагог а;",
        "и. о. ",
        "высшая ",
        "заведующий с 5. ",
    ] {
        let read = nomenclature.read_cell(&part.repeat(100_000 / part.chars().count()));
        assert!(read.positions.len() <= 50_000);
    }
}
