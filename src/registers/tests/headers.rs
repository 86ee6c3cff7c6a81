//! Headers as people make them (contract §1 «Tables as they come»).

use super::super::record::Flag;
use super::super::{Field, RegisterId};
use super::{columns, findings, grid, left_out, read, read_grid, register, sheet, staff, try_read};

fn letters(expected: &[(&str, Field)]) -> Vec<(String, Field)> {
    expected
        .iter()
        .map(|(letter, field)| ((*letter).to_owned(), *field))
        .collect()
}

#[test]
fn the_header_is_found_below_titles_by_its_columns() {
    let data = read(
        "Лист1",
        &[
            "Список работников образования города Кузнецка",
            "по состоянию на | | d:2024-09-30",
            "",
            "| ФИО | Наименование ОО | Должность",
            "| Иванова Мария Петровна | МБОУ СОШ №1 | учитель",
        ],
    );
    assert_eq!(register(&data), Some(RegisterId::Staff));
    assert_eq!(sheet(&data).header_row, Some(3));
    assert_eq!(staff(&data), [("Иванова Мария Петровна", "МБОУ СОШ №1")]);
    assert_eq!((sheet(&data).rows, sheet(&data).used), (1, 1));
}

#[test]
fn a_date_over_its_beginning_and_end() {
    let rows = [
        "ФИО | Организация | Программа | Дата | ",
        "| | | начала | окончания",
        "1 | 2 | 3 | 4 | 5",
        "Иванова Мария Петровна | МБОУ СОШ №1 | Функциональная грамотность | 05.02.2024 | 12.03.2024",
    ];
    let expected = letters(&[
        ("A", Field::Name),
        ("B", Field::Organisation),
        ("C", Field::Programme),
        ("D", Field::Start),
        ("E", Field::End),
    ]);
    let merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1"];
    for data in [
        read("Лист1", &rows),
        read_grid(grid("Лист1", &rows).merged(&merges)),
    ] {
        assert_eq!(register(&data), Some(RegisterId::Courses));
        assert_eq!(columns(&data), expected);
        assert_eq!(left_out(&data, "column-numbers"), 1);
        assert_eq!(sheet(&data).used, 1);
        assert_eq!(
            data.courses.first().unwrap().end.day(),
            chrono::NaiveDate::from_ymd_opt(2024, 3, 12)
        );
    }
}

#[test]
fn a_group_caption_adds_nothing_to_the_names_below_it() {
    let data = read_grid(
        grid(
            "Лист1",
            &[
                "Сведения о работнике | | | Стаж | ",
                "ФИО | ОО | Должность | общий | педагогический",
                "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | 12 | 3",
            ],
        )
        .merged(&["A1:C1", "D1:E1"]),
    );
    assert_eq!(
        columns(&data),
        letters(&[
            ("A", Field::Name),
            ("B", Field::Organisation),
            ("C", Field::Position),
            ("E", Field::Experience),
        ])
    );
    assert_eq!(data.staff.first().unwrap().experience.unwrap().0, 3 * 360);
}

#[test]
fn three_rows_and_unknown_columns_beside() {
    let data = read(
        "Лист1",
        &[
            "№ | ФИО | Сведения | | | Образование | ",
            "| | ОО | Период обучения | | уровень | год",
            "| | | с | по | | ",
            "n:1 | Иванова Мария Петровна | МБОУ СОШ №1 | 05.02.2024 | 12.03.2024 | высшее | n:1999",
        ],
    );
    // Without a programme the sheet is none of courses; the dates alone make it one of methodists
    // or of individual routes, and so it is named and not guessed.
    assert!(data.courses.is_empty());
    let data = read(
        "Лист1",
        &[
            "№ | ФИО | Сведения | | | Программа",
            "| | ОО | Период обучения | | ",
            "| | | с | по | ",
            "n:1 | Иванова Мария Петровна | МБОУ СОШ №1 | 05.02.2024 | 12.03.2024 | Грамотность",
        ],
    );
    assert_eq!(register(&data), Some(RegisterId::Courses));
    assert_eq!(sheet(&data).header_row, Some(2));
    assert_eq!(
        columns(&data),
        letters(&[
            ("B", Field::Name),
            ("C", Field::Organisation),
            ("D", Field::Start),
            ("E", Field::End),
            ("F", Field::Programme),
        ])
    );
}

#[test]
fn a_lower_row_of_unknown_names_belongs_to_the_header() {
    let data = read(
        "Лист1",
        &[
            "ФИО | ОО | Должность | Образование | ",
            "| | | уровень | специальность",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | высшее | физика",
        ],
    );
    assert_eq!(sheet(&data).header_row, Some(1));
    assert_eq!((sheet(&data).rows, sheet(&data).used), (1, 1));
    assert!(findings(&data).is_empty());
}

#[test]
fn numbers_of_columns_in_every_spelling() {
    for numbers in [
        "n:1 | n:2 | n:3",
        "1 | 2 | 3",
        "1. | 2. | 3.",
        "(1) | (2) | (3)",
        "гр. 1 | гр. 2 | гр. 3",
        "А | 1 | 2",
        "А | Б | 1",
    ] {
        let data = read(
            "Лист1",
            &[
                "ФИО | ОО | Должность | Категория",
                &format!("{numbers} | n:4")
                    .replace("А | 1 | 2 | n:4", "А | 1 | 2 | 3")
                    .replace("А | Б | 1 | n:4", "А | Б | 1 | 2"),
                "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | ПР",
            ],
        );
        assert_eq!(left_out(&data, "column-numbers"), 1, "{numbers}");
        assert_eq!(sheet(&data).used, 1, "{numbers}");
    }
}

#[test]
fn the_header_again_on_each_printed_page() {
    let data = read(
        "Лист1",
        &[
            "ФИО | ОО | Должность",
            "1 | 2 | 3",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель",
            "ФИО | ОО | Должность",
            "1 | 2 | 3",
            "Петрова Анна Сергеевна | МБОУ СОШ №2 | директор",
        ],
    );
    assert_eq!(left_out(&data, "repeated-header"), 1);
    assert_eq!(left_out(&data, "column-numbers"), 2);
    assert_eq!(sheet(&data).used, 2);
    let data = read(
        "Лист1",
        &[
            "ФИО | Программа | Дата | ",
            "| | начала | окончания",
            "Иванова Мария Петровна | Грамотность | 05.02.2024 | 12.03.2024",
            "ФИО | Программа | Дата | ",
            "| | начала | окончания",
            "Петрова Анна Сергеевна | Грамотность | 05.02.2024 | 12.03.2024",
        ],
    );
    assert_eq!(left_out(&data, "repeated-header"), 2);
    assert_eq!(sheet(&data).used, 2);
}

#[test]
fn the_name_in_columns_of_its_own() {
    for (header, row) in [
        ("Фамилия | Имя | Отчество", "Иванова | Мария | Петровна"),
        ("Фамилия | Имя отчество | ", "Иванова | Мария Петровна | "),
        ("Фамилия | Имя, отчество | ", "Иванова | Мария Петровна | "),
    ] {
        let data = read(
            "Лист1",
            &[
                &format!("{header} | ОО | Должность"),
                &format!("{row} | МБОУ СОШ №1 | учитель"),
            ],
        );
        assert_eq!(
            staff(&data),
            [("Иванова Мария Петровна", "МБОУ СОШ №1")],
            "{header}"
        );
    }
    // A full name's caption merged over its parts.
    for row in ["Иванова | Мария | Петровна", "Иванова Мария Петровна | | "]
    {
        let data = read_grid(
            grid(
                "Лист1",
                &[
                    "ФИО | | | ОО | Должность",
                    &format!("{row} | МБОУ СОШ №1 | учитель"),
                ],
            )
            .merged(&["A1:C1"]),
        );
        assert_eq!(
            staff(&data),
            [("Иванова Мария Петровна", "МБОУ СОШ №1")],
            "{row}"
        );
    }
}

#[test]
fn aliases_after_folding() {
    for header in [
        "Ф. И. О. (полностью) | ОБРАЗОВАТЕЛЬНАЯ  ОРГАНИЗАЦИЯ | Занимаемая должность",
        "ФИО педагога: | Место работы | Должность по штатному расписанию",
        "Фамилия, имя, отчество | Школа | Наименование должности, преподаваемый предмет",
        "Ф.И.О. работника | Краткое наименование ОО | Должность (предмет)",
    ] {
        let data = read(
            "Лист1",
            &[header, "Иванова Мария Петровна | МБОУ СОШ №1 | учитель"],
        );
        assert_eq!(
            staff(&data),
            [("Иванова Мария Петровна", "МБОУ СОШ №1")],
            "{header}"
        );
    }
}

#[test]
fn a_match_is_never_a_part_of_a_header() {
    let data = read(
        "Лист1",
        &[
            "ФИО | ОО | Должность | Возраст | Стаж в должности | Квалификационная категория | Стаж (общий) | Пед. стаж",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | n:34 | n:2 | высшая | n:12 | n:3",
        ],
    );
    assert_eq!(
        columns(&data),
        letters(&[
            ("A", Field::Name),
            ("B", Field::Organisation),
            ("C", Field::Position),
            ("H", Field::Experience),
        ])
    );
}

#[test]
fn a_planned_date_is_not_the_date() {
    let data = read(
        "ИОМ",
        &[
            "ФИО | ОО | Дата разработки | Статус | Дата завершения (план) | Дата завершения (факт)",
            "Иванова Мария Петровна | МБОУ СОШ №1 | 01.02.2024 | завершён | 01.06.2024 | 03.07.2024",
        ],
    );
    assert_eq!(
        data.ioms.first().unwrap().completed.day(),
        chrono::NaiveDate::from_ymd_opt(2024, 7, 3)
    );
}

#[test]
fn two_columns_of_one_meaning_are_refused_with_both_addresses() {
    let failure = try_read(
        "Список.xlsx",
        &[grid(
            "Лист1",
            &[
                "Диагностика педагогов",
                "ФИО | ОО | Дата диагностики | Статус | Дата прохождения",
                "Иванова Мария Петровна | МБОУ СОШ №1 | 01.02.2024 | завершил | 02.02.2024",
            ],
        )],
    )
    .unwrap_err();
    assert_eq!(failure.exit_code(), 3);
    let message = failure.to_string();
    for part in [
        "C2",
        "E2",
        "Дата диагностики",
        "Дата прохождения",
        "[columns]",
    ] {
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn an_approval_beside_a_development_is_no_second_claim() {
    let data = read(
        "ИОМ",
        &[
            "ФИО | ОО | Дата утверждения | Дата разработки | Статус",
            "Иванова Мария Петровна | МБОУ СОШ №1 | 05.02.2024 | 01.02.2024 | в работе",
        ],
    );
    assert_eq!(
        data.ioms.first().unwrap().developed.day(),
        chrono::NaiveDate::from_ymd_opt(2024, 2, 1)
    );
    let data = read(
        "ИОМ",
        &[
            "ФИО | ОО | Дата утверждения | Статус",
            "Иванова Мария Петровна | МБОУ СОШ №1 | 05.02.2024 | в работе",
        ],
    );
    assert_eq!(
        data.ioms.first().unwrap().developed.day(),
        chrono::NaiveDate::from_ymd_opt(2024, 2, 5)
    );
}

#[test]
fn years_of_experience_beside_months_and_days() {
    let data = read(
        "Лист1",
        &[
            "ФИО | ОО | Должность | Педагогический стаж | | ",
            "| | | лет | мес. | дней",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | n:2 | n:11 | n:5",
        ],
    );
    assert_eq!(sheet(&data).header_row, Some(1));
    assert_eq!(data.staff.first().unwrap().experience.unwrap().0, 2 * 360);
}

#[test]
fn a_managerial_position_in_a_column_of_its_own() {
    let data = read(
        "Лист1",
        &[
            "ФИО | ОО | Должность (преподаваемый предмет) | Руководящая должность",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | заместитель директора",
            "Петрова Анна Сергеевна | МБОУ СОШ №1 | учитель | ",
            "Сидорова Ольга Ивановна | МБОУ СОШ №1 | | директор",
        ],
    );
    let positions: Vec<_> = data
        .staff
        .iter()
        .map(|row| data.text(row.position))
        .collect();
    assert_eq!(
        positions,
        ["заместитель директора, учитель", "учитель", "директор"]
    );
}

#[test]
fn a_full_and_a_short_name_are_two_names_of_one_organisation() {
    for (header, row) in [
        (
            "Полное наименование ОО | Краткое наименование ОО",
            "муниципальная школа № 1 | МБОУ СОШ №1",
        ),
        (
            "Краткое наименование ОО | Полное наименование ОО",
            "МБОУ СОШ №1 | муниципальная школа № 1",
        ),
        (
            "Организация | Полное наименование",
            "МБОУ СОШ №1 | муниципальная школа № 1",
        ),
    ] {
        let data = read(
            "Организации",
            &[
                &format!("{header} | Тип"),
                &format!("{row} | общеобразовательная"),
            ],
        );
        let row = data.organisations.first().unwrap();
        assert_eq!(data.text(row.name), "МБОУ СОШ №1", "{header}");
        assert_eq!(
            data.text(row.other_names),
            "муниципальная школа № 1",
            "{header}"
        );
    }
    let data = read(
        "Организации",
        &[
            "Полное наименование ОО | Тип",
            "МБОУ СОШ №1 | общеобразовательная",
        ],
    );
    assert_eq!(
        data.text(data.organisations.first().unwrap().name),
        "МБОУ СОШ №1"
    );
}

#[test]
fn the_same_header_twice_is_refused_also_where_it_is_weak() {
    for header in [
        "Наименование | Тип | Наименование",
        "Полное наименование | Тип | Полное наименование",
    ] {
        let failure = try_read("Организации.xlsx", &[grid("Лист1", &[header])]).unwrap_err();
        assert!(
            failure.to_string().contains("A1") && failure.to_string().contains("C1"),
            "{failure}"
        );
    }
}

#[test]
fn a_caption_over_sub_captions_that_say_little() {
    let model = grid(
        "Организации",
        &[
            "Организация | Тип | Целевая модель наставничества | ",
            " | | да/нет | дата включения",
            "МБОУ СОШ №1 | общеобразовательная | нет | d:2024-01-01",
        ],
    );
    let merges = ["A1:A2", "B1:B2", "C1:D1"];
    for grid in [model.clone(), model.merged(&merges)] {
        let data = read_grid(grid);
        let row = data.organisations.first().unwrap();
        assert_eq!(row.mentoring, Flag::No);
        assert_eq!(data.organisations.len(), 1);
    }
    let data = read_grid(
        grid(
            "ИОМ",
            &[
                "ФИО | Статус | | Дата | ",
                " | текущий | примечание | разработки | завершения",
                "Иванова Мария Петровна | прекращён | | d:2024-02-01 | d:2024-03-01",
            ],
        )
        .merged(&["A1:A2", "B1:C1", "D1:E1"]),
    );
    let row = data.ioms.first().unwrap();
    assert_eq!(data.text(row.status), "прекращён");
}

#[test]
fn a_caption_over_sub_captions_yields_to_a_column_of_its_own() {
    let data = read_grid(
        grid(
            "ИОМ",
            &[
                "ФИО | Статус ИОМ | Статус | | Дата разработки",
                " | | да/нет | отметка | ",
                "Иванова Мария Петровна | прекращён | да | да | d:2024-02-01",
            ],
        )
        .merged(&["A1:A2", "B1:B2", "C1:D1", "E1:E2"]),
    );
    let row = data.ioms.first().unwrap();
    assert_eq!(data.text(row.status), "прекращён");
    // Of another person and of a paper nothing is taken.
    let data = read_grid(
        grid(
            "ИОМ",
            &[
                "ФИО | Наставник | | Приказ | | Дата разработки",
                " | да/нет | ФИО | отметка | номер | ",
                "Иванова Мария Петровна | да | Петров Пётр Ильич | да | 5 | d:2024-02-01",
            ],
        )
        .merged(&["A1:A2", "B1:C1", "D1:E1", "F1:F2"]),
    );
    assert_eq!(
        columns(&data),
        letters(&[("A", Field::Name), ("F", Field::Developed)])
    );
}

#[test]
fn units_and_letters_of_another_alphabet() {
    let data = read(
        "Сотрудники",
        &[
            "ФИО | OO | Должность | Пед. стаж, лет | Дата рождения, г.",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | 2 | 01.01.1999",
        ],
    );
    assert_eq!(
        columns(&data),
        letters(&[
            ("A", Field::Name),
            ("B", Field::Organisation),
            ("C", Field::Position),
            ("D", Field::Experience),
            ("E", Field::BirthDate),
        ])
    );
    let data = read(
        "ИОМ",
        &[
            "ФИО | Вид | Дата разработки | Статус",
            "Иванова Мария Петровна | адаптационный | d:2024-02-01 | в работе",
        ],
    );
    assert_eq!(data.text(data.ioms.first().unwrap().kind), "адаптационный");
}

#[test]
fn a_header_with_a_unit_yields_to_one_without() {
    let data = read(
        "Сотрудники",
        &[
            "ФИО | Организация | Должность | Пед. стаж, лет | Пед. стаж",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | 2 | 2 г. 5 мес.",
        ],
    );
    assert_eq!(
        columns(&data).last(),
        letters(&[("E", Field::Experience)]).first()
    );
}
