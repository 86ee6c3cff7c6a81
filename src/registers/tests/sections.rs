//! What rows take from others: section rows, names of sheets and files, merged cells, fill-down.

use super::super::RegisterId;
use super::{findings, grid, left_out, read, read_grid, register, staff, try_read};

#[test]
fn section_rows_give_the_organisation_to_the_rows_below() {
    let data = read(
        "Лист1",
        &[
            "№ | ФИО | Должность",
            "МБОУ СОШ №1",
            "n:1 | Иванова Мария Петровна | учитель",
            "| Педагогические работники | ",
            "n:2 | Петрова Анна Сергеевна | учитель",
            "Организация: Детский сад №5 «Теремок»",
            "n:1 | Сидорова Ольга Ивановна | воспитатель",
        ],
    );
    assert_eq!(register(&data), Some(RegisterId::Staff));
    assert_eq!(
        staff(&data),
        [
            ("Иванова Мария Петровна", "МБОУ СОШ №1"),
            ("Петрова Анна Сергеевна", "МБОУ СОШ №1"),
            ("Сидорова Ольга Ивановна", "Детский сад №5 «Теремок»"),
        ]
    );
    assert_eq!(left_out(&data, "section"), 2);
    assert_eq!(left_out(&data, "heading"), 1);
    assert!(findings(&data).is_empty());
}

/// Names without a legal form and a number are sections too: else the people would be given to the
/// school before.
#[test]
fn section_rows_without_form_and_number() {
    for name in [
        "СОШ с. Анненково",
        "Махалинская СОШ",
        "Анненковская средняя школа",
        "СОШ имени Пушкина",
        "1-я гимназия",
        "Вечерняя школа",
        "Управление образования",
        "ЦППМСП",
        "Филиал МБОУ СОШ №1 в с. Пионер",
    ] {
        let data = read(
            "Лист1",
            &[
                "ФИО | Должность",
                "МБОУ СОШ №7 | ",
                "Иванова Мария Петровна | учитель",
                &format!("{name} | "),
                "Петрова Анна Сергеевна | учитель",
            ],
        );
        let expected = [
            ("Иванова Мария Петровна", "МБОУ СОШ №7"),
            ("Петрова Анна Сергеевна", name),
        ];
        assert_eq!(staff(&data), expected, "{name}");
    }
}

/// A title that names a department says who made the table.
#[test]
fn a_department_above_the_table_employs_nobody_of_it() {
    let rows = [
        "Управление образования города Кузнецка",
        "ФИО | Должность",
        "СОШ с. Анненково | ",
        "Петрова Анна Сергеевна | учитель",
    ];
    let data = read("Управление образования", &rows);
    assert_eq!(
        staff(&data),
        [("Петрова Анна Сергеевна", "СОШ с. Анненково")]
    );
    let data = try_read(
        "Кадры.xlsx",
        &[grid("Управление образования", &[rows[1], rows[3]])],
    );
    assert!(data.is_err() || staff(&data.unwrap()).is_empty());
}

#[test]
fn an_organisation_of_its_own_column_goes_before_the_section() {
    let data = read(
        "Лист1",
        &[
            "ФИО | ОО | Должность",
            "МБОУ СОШ №1 | | ",
            "Иванова Мария Петровна | | учитель",
            "Петрова Анна Сергеевна | МБОУ СОШ №2 | учитель",
            "Сидорова Ольга Ивановна | - | учитель",
        ],
    );
    let organisations: Vec<_> = staff(&data).iter().map(|(_, o)| *o).collect();
    assert_eq!(organisations, ["МБОУ СОШ №1", "МБОУ СОШ №2", "МБОУ СОШ №1"]);
}

#[test]
fn one_sheet_for_each_school() {
    let rows = ["ФИО | Должность", "Иванова Мария Петровна | учитель"];
    let data = try_read(
        "Кадры.xlsx",
        &[grid("МБОУ СОШ №1", &rows), grid("СОШ 2", &rows)],
    )
    .unwrap();
    let organisations: Vec<_> = staff(&data).iter().map(|(_, o)| *o).collect();
    assert_eq!(organisations, ["МБОУ СОШ №1", "СОШ 2"]);
    assert_eq!(findings(&data), ["N204", "N204"]);
}

#[test]
fn one_file_for_each_school() {
    let rows = ["ФИО | Должность", "Иванова Мария Петровна | учитель"];
    for (file, organisation) in [
        ("МБОУ СОШ №1.xlsx", "МБОУ СОШ №1"),
        ("школы/Сотрудники МБОУ СОШ №1.xlsx", "МБОУ СОШ №1"),
    ] {
        let data = try_read(file, &[grid("Лист1", &rows)]).unwrap();
        assert_eq!(staff(&data), [("Иванова Мария Петровна", organisation)]);
    }
    // A column that is there but empty gives nothing either.
    let data = try_read(
        "МБОУ СОШ №1.xlsx",
        &[grid(
            "Лист1",
            &["ФИО | ОО | Должность", "Иванова Мария Петровна | | учитель"],
        )],
    )
    .unwrap();
    assert_eq!(staff(&data), [("Иванова Мария Петровна", "МБОУ СОШ №1")]);
    // A column that gives one organisation is not helped out by the name.
    let data = try_read(
        "МБОУ СОШ №1.xlsx",
        &[grid(
            "Лист1",
            &[
                "ФИО | ОО | Должность",
                "Иванова Мария Петровна | | учитель",
                "Петрова Анна Сергеевна | МБОУ СОШ №2 | учитель",
            ],
        )],
    )
    .unwrap();
    assert_eq!(
        staff(&data),
        [
            ("Иванова Мария Петровна", ""),
            ("Петрова Анна Сергеевна", "МБОУ СОШ №2")
        ]
    );
    assert_eq!(findings(&data), ["W316 B2"]);
}

#[test]
fn a_line_above_the_header_names_the_school() {
    let data = read(
        "Лист1",
        &[
            "МБОУ СОШ №1",
            "ФИО | Должность",
            "Иванова Мария Петровна | учитель",
        ],
    );
    assert_eq!(staff(&data), [("Иванова Мария Петровна", "МБОУ СОШ №1")]);
    // A body above schools made the table; the teachers are not its own.
    let data = read(
        "Лист1",
        &[
            "МКУ «Информационно-методический центр»",
            "ФИО | Дата диагностики",
            "Иванова Мария Петровна | 01.02.2024",
        ],
    );
    assert_eq!(
        data.text(data.diagnostics.first().unwrap().person.organisation),
        ""
    );
    let rows = [
        "ФИО | Дата диагностики",
        "Иванова Мария Петровна | 01.02.2024",
    ];
    let data = try_read("Отчёт ИМЦ за 2024 год.xlsx", &[grid("Лист1", &rows)]).unwrap();
    assert_eq!(
        data.text(data.diagnostics.first().unwrap().person.organisation),
        ""
    );
}

#[test]
fn merged_cells_hold_for_all_their_rows() {
    let data = read_grid(
        grid(
            "Курсы",
            &[
                "ФИО | ОО | Программа | Дата начала | Дата окончания",
                "Иванова Мария Петровна | МБОУ СОШ №1 | Грамотность | 05.02.2024 | 12.03.2024",
                "| | Менеджмент | 01.04.2024 | 10.04.2024",
                "Петрова Анна Сергеевна | | Менеджмент | | ",
                "Сидорова Ольга Ивановна | МБОУ СОШ №2 | Менеджмент | 01.05.2024 | 10.05.2024",
            ],
        )
        .merged(&["A2:A3", "B2:B4", "D3:D4", "E3:E4"]),
    );
    let rows: Vec<_> = data
        .courses
        .iter()
        .map(|row| {
            (
                data.text(row.person.name),
                data.text(row.person.organisation),
                row.start.day().unwrap().to_string(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (
                "Иванова Мария Петровна",
                "МБОУ СОШ №1",
                "2024-02-05".to_owned()
            ),
            (
                "Иванова Мария Петровна",
                "МБОУ СОШ №1",
                "2024-04-01".to_owned()
            ),
            (
                "Петрова Анна Сергеевна",
                "МБОУ СОШ №1",
                "2024-04-01".to_owned()
            ),
            (
                "Сидорова Ольга Ивановна",
                "МБОУ СОШ №2",
                "2024-05-01".to_owned()
            ),
        ]
    );
}

#[test]
fn an_empty_methodist_takes_the_one_above() {
    for rows in [
        // Below the methodist's own row.
        &[
            "ФИО методиста | ФИО педагога | Дата начала",
            "Орлова Светлана Андреевна | Иванова Мария Петровна | 01.09.2023",
            "| Петрова Анна Сергеевна | 01.09.2023",
            "Белова Анна Игоревна | Сидорова Ольга Ивановна | 01.09.2023",
        ][..],
        // The methodist in a row of its own.
        &[
            "ФИО методиста | ФИО педагога | Дата начала",
            "Орлова Светлана Андреевна | | ",
            "| Иванова Мария Петровна | 01.09.2023",
            "",
            "| Петрова Анна Сергеевна | 01.09.2023",
            "Белова Анна Игоревна | | ",
            "| Сидорова Ольга Ивановна | 01.09.2023",
        ],
    ] {
        let data = read("Лист1", rows);
        let pairs: Vec<_> = data
            .assignments
            .iter()
            .map(|row| (data.text(row.person.name), data.text(row.methodist)))
            .collect();
        assert_eq!(
            pairs,
            [
                ("Иванова Мария Петровна", "Орлова Светлана Андреевна"),
                ("Петрова Анна Сергеевна", "Орлова Светлана Андреевна"),
                ("Сидорова Ольга Ивановна", "Белова Анна Игоревна"),
            ]
        );
        assert!(findings(&data).is_empty());
    }
    // Nothing above to take.
    let data = read(
        "Лист1",
        &[
            "ФИО методиста | ФИО педагога | Дата начала",
            "| Иванова Мария Петровна | 01.09.2023",
        ],
    );
    assert_eq!(left_out(&data, "missing-required"), 1);
    assert_eq!(findings(&data), ["E312 A2"]);
}

#[test]
fn a_section_row_with_a_count_or_an_ordinal_beside_the_name() {
    for section in [
        "МБОУ СОШ №9 | | 1 чел.",
        "МБОУ СОШ №9 | | n:12",
        " | МБОУ СОШ №9 | 12 человек",
        "I. | МБОУ СОШ №9 | ",
        "ОО | МБОУ СОШ №9 | ",
        "n:2 | МБОУ СОШ №9 | ",
    ] {
        let data = read(
            "Лист1",
            &[
                "№ | ФИО | Должность",
                "МБОУ СОШ №7 | | ",
                "1 | Иванова Мария Петровна | учитель",
                section,
                "1 | Петрова Анна Сергеевна | учитель",
            ],
        );
        let expected = [
            ("Иванова Мария Петровна", "МБОУ СОШ №7"),
            ("Петрова Анна Сергеевна", "МБОУ СОШ №9"),
        ];
        assert_eq!(staff(&data), expected, "{section}");
        assert!(findings(&data).is_empty(), "{section}");
    }
    // Somebody without a name is none.
    let data = read(
        "Лист1",
        &[
            "ФИО | Организация | Стаж | Должность",
            "Иванова Мария Петровна | МБОУ СОШ №7 | 5 | учитель",
            " | МБОУ СОШ №9 | 12 | ",
        ],
    );
    assert_eq!(findings(&data), ["E310 A3"]);
}
