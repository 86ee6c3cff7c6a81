//! The data of `registers.toml` is of one mind with itself and with the contract.

use std::collections::BTreeMap;

use super::super::catalogue::catalogue;
use super::super::key::HeaderKey;
use super::super::{Field, RegisterId};

/// The registers as the file has them: register → column → headers.
fn headers() -> BTreeMap<String, Vec<(String, String, bool)>> {
    let data: toml::Table = toml::from_str(include_str!("../registers.toml")).unwrap();
    let texts = |value: Option<&toml::Value>| -> Vec<String> {
        value
            .and_then(|value| value.as_array())
            .into_iter()
            .flatten()
            .map(|text| text.as_str().unwrap().to_owned())
            .collect()
    };
    let of_column = |column: &toml::Value| {
        let field = column["field"].as_str().unwrap().to_owned();
        let mut all = vec![(
            field.clone(),
            column["title"].as_str().unwrap().to_owned(),
            false,
        )];
        for alias in texts(column.get("aliases")) {
            all.push((field.clone(), alias, false));
        }
        for alias in texts(column.get("either")) {
            all.push((field.clone(), alias, false));
        }
        for alias in texts(column.get("weak")) {
            all.push((field.clone(), alias, true));
        }
        all
    };
    let common = data["common"].as_array().unwrap();
    data["register"]
        .as_array()
        .unwrap()
        .iter()
        .map(|register| {
            let shared = texts(register.get("common"));
            let mut all: Vec<_> = common
                .iter()
                .filter(|column| shared.contains(&column["field"].as_str().unwrap().to_owned()))
                .chain(register["column"].as_array().unwrap())
                .flat_map(of_column)
                .collect();
            for text in texts(register.get("nothing")) {
                all.push(("nothing".to_owned(), text, false));
            }
            (register["id"].as_str().unwrap().to_owned(), all)
        })
        .collect()
}

#[test]
fn no_header_means_two_things_in_one_register() {
    for (register, headers) in headers() {
        let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
        for (field, header, _) in headers {
            let key = HeaderKey::new(&header).full;
            assert!(!key.is_empty(), "{register}: «{header}»");
            if let Some((other, text)) = known.get(&key) {
                assert_eq!(*other, field, "{register}: «{header}» and «{text}»");
            }
            known.insert(key, (field, header));
        }
    }
}

#[test]
fn every_header_is_recognised_as_written() {
    for (id, headers) in headers() {
        let register = catalogue()
            .get(catalogue().find_register(&id).unwrap())
            .unwrap();
        for (field, header, _) in headers {
            let found = register.find_column(&header);
            if field == "nothing" {
                assert_eq!(found, None, "{id}: «{header}»");
            } else {
                let found = serde_json::to_value(found.unwrap()).unwrap();
                assert_eq!(found, serde_json::Value::String(field), "{id}: «{header}»");
            }
        }
    }
}

#[test]
fn the_registers_have_the_columns_of_the_contract() {
    let contract: [(RegisterId, &str, &[&str]); 13] = [
        (
            RegisterId::Staff,
            "Сотрудники",
            &[
                "ФИО",
                "Фамилия",
                "Имя",
                "Отчество",
                "Организация",
                "Должность",
                "СНИЛС",
                "Дата рождения",
                "Категория",
                "Дата приёма",
                "Дата увольнения",
                "Вид занятости",
                "В длительном отпуске",
                "Дата начала педагогической деятельности",
                "Педагогический стаж",
                "Региональный методист",
                "Закреплён за методистом",
                "Форма поддержки",
            ],
        ),
        (
            RegisterId::Organizations,
            "Организации",
            &[
                "Организация",
                "Тип",
                "Целевая модель наставничества",
                "Дата включения",
                "Другие названия",
                "Дата открытия",
                "Дата закрытия",
            ],
        ),
        (
            RegisterId::Diagnostics,
            "Диагностика",
            &[
                "ФИО",
                "Организация",
                "СНИЛС",
                "Дата рождения",
                "Дата диагностики",
                "Вид диагностики",
                "Статус",
                "Результат",
            ],
        ),
        (
            RegisterId::Courses,
            "Курсы",
            &[
                "ФИО",
                "Организация",
                "СНИЛС",
                "Дата рождения",
                "Программа",
                "Номер программы",
                "Дата начала",
                "Дата окончания",
                "Дата выдачи удостоверения",
                "Сроки обучения",
                "В Федеральном реестре",
                "Подобрана по диагностике",
                "Статус",
                "Часы",
                "Номер удостоверения",
                "Управленческая команда",
            ],
        ),
        (
            RegisterId::Ioms,
            "ИОМ",
            &[
                "ФИО",
                "Организация",
                "СНИЛС",
                "Дата рождения",
                "Вид ИОМ",
                "Дата разработки",
                "Статус",
                "Дата завершения",
            ],
        ),
        (
            RegisterId::Methodists,
            "Региональные методисты",
            &[
                "ФИО",
                "Организация",
                "СНИЛС",
                "Дата рождения",
                "Дата присвоения",
                "Дата окончания",
                "Приказ",
            ],
        ),
        (
            RegisterId::Assignments,
            "Закрепление",
            &[
                "ФИО педагога",
                "ФИО методиста",
                "Организация",
                "СНИЛС",
                "Дата начала",
                "Дата окончания",
            ],
        ),
        (
            RegisterId::Support,
            "Поддержка молодых педагогов",
            &[
                "ФИО",
                "Организация",
                "СНИЛС",
                "Дата рождения",
                "Форма поддержки",
                "Дата начала",
                "Дата окончания",
            ],
        ),
        (
            RegisterId::Roadmap,
            "Дорожная карта",
            &[
                "Мероприятие",
                "Уровень",
                "Срок",
                "Статус",
                "Дата выполнения",
                "Ответственный",
            ],
        ),
        (
            RegisterId::Survey,
            "Опрос",
            &["Отметка времени", "Организация", "Должность", "Категория"],
        ),
        (
            RegisterId::Registry,
            "Федеральный реестр",
            &["Номер программы", "Программа"],
        ),
        (
            RegisterId::Links,
            "Соответствия",
            &["Как записано", "Кто это", "Организация"],
        ),
        (
            RegisterId::Targets,
            "Плановые значения",
            &["Показатель", "План", "Период"],
        ),
    ];
    assert_eq!(catalogue().registers.len(), contract.len());
    for (id, title, columns) in contract {
        let register = catalogue().get(id).unwrap();
        assert_eq!(register.title, title);
        for column in columns {
            assert!(
                register.columns.iter().any(|known| known.title == *column),
                "{title}: {column}"
            );
        }
        // The title of the sheet speaks of the register.
        assert_eq!(catalogue().spoken_of(title).first(), Some(&id), "{title}");
    }
}

#[test]
fn what_only_looks_like_a_column_is_none() {
    let meaning = |id, header| catalogue().get(id).unwrap().find_column(header);
    for header in [
        "Возраст",
        "Стаж",
        "Общий стаж",
        "Стаж (общий)",
        "Квалификационная категория",
        "Дата",
        "Email",
        "ФИО руководителя",
    ] {
        assert_eq!(meaning(RegisterId::Staff, header), None, "{header}");
    }
    assert_eq!(
        meaning(RegisterId::Staff, "Стаж (пед.)"),
        Some(Field::Experience)
    );
    assert_eq!(meaning(RegisterId::Diagnostics, "Год рождения"), None);
    for header in [
        "Организация ДПО",
        "Учреждение обучения",
        "Кем выдано",
        "Статус документа",
    ] {
        assert_eq!(meaning(RegisterId::Courses, header), None, "{header}");
    }
    assert_eq!(meaning(RegisterId::Support, "ФИО наставника"), None);
    // «Дата» means what the register makes of it.
    assert_eq!(
        meaning(RegisterId::Diagnostics, "Дата"),
        Some(Field::DiagnosticsDate)
    );
    assert_eq!(meaning(RegisterId::Survey, "Дата"), Some(Field::Timestamp));
}

#[test]
fn every_code_has_a_page() {
    let pages = crate::finding::catalogue();
    for code in [
        "N102", "N103", "N201", "N202", "E203", "N204", "N206", "E301", "E302", "E303", "E304",
        "E305", "E306", "W307", "E308", "E309", "E310", "E311", "E312", "W313", "W314", "N315",
        "W316",
    ] {
        assert!(pages.contains_key(code), "{code}");
    }
}
