//! Rows below the header: each is a record or is left out with a reason (methodology §6, 3).

use super::super::catalogue::catalogue;
use super::super::fate::EXAMPLE_MARK;
use super::super::row_marks::RowMarks;
use super::super::{Dataset, RegisterId};
use super::{findings, grid, left_out, read, read_grid, register, sheet, staff};

const HEADER: &str = "№ п/п | ФИО | ОО | Должность";

fn used(data: &Dataset) -> u64 {
    sheet(data).used
}

#[test]
fn empty_rows_count_between_the_header_and_the_last_row() {
    let data = read(
        "Лист1",
        &[
            HEADER,
            "",
            "n:1 | Иванова Мария Петровна | МБОУ СОШ №1 | учитель",
            "",
            "",
            "n:2 | Петрова Анна Сергеевна | МБОУ СОШ №1 | учитель",
            "",
        ],
    );
    assert_eq!(
        (sheet(&data).rows, used(&data), left_out(&data, "empty")),
        (5, 2, 3)
    );
}

#[test]
fn a_numbered_row_without_anything_is_empty() {
    let data = read(
        "Лист1",
        &[
            HEADER,
            "n:1 | Иванова Мария Петровна | МБОУ СОШ №1 | учитель",
            "n:2",
            "3.",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "empty")), (1, 2));
    assert!(findings(&data).is_empty());
}

#[test]
fn totals_in_every_place() {
    for total in [
        "Итого | n:96 | | ",
        "Итого | 96 | | ",
        "| Итого: | | ",
        "| ИТОГО ПО ШКОЛЕ | n:25 | ",
        "| | Всего по МБОУ СОШ №1 | n:25",
        "| | | n:25",
        "| | | 25",
        "| Всего человек: 25 | | ",
    ] {
        let data = read(
            "Лист1",
            &[
                HEADER,
                "n:1 | Иванова Мария Петровна | МБОУ СОШ №1 | учитель",
                total,
            ],
        );
        assert_eq!(
            (used(&data), left_out(&data, "total-row")),
            (1, 1),
            "{total}"
        );
        assert!(findings(&data).is_empty(), "{total}");
    }
}

#[test]
fn signatures_under_the_table() {
    for lines in [
        &[
            "",
            "| Руководитель ММС ____________ /С. А. Орлова/",
            "Исполнитель: Белова А. И., тел. 8 (84157) 2-00-00",
        ][..],
        &[
            "| Директор | ____________ | Иванов И. И.",
            "| М.П.",
            "| «30» сентября 2024 г.",
        ],
        &[
            "Директор | | Иванов И. И. | ",
            "| (подпись) | (расшифровка) | ",
        ],
        &["| Согласовано: | | ", "| Управляющий делами | | "],
        &["| Главный специалист | Петрова А. А. | "],
        &["Руководитель: | Орлова Светлана Андреевна | | "],
    ] {
        let mut rows = vec![
            HEADER,
            "n:1 | Иванова Мария Петровна | МБОУ СОШ №1 | учитель",
        ];
        rows.extend(lines);
        let data = read("Лист1", &rows);
        let lines = lines.iter().filter(|line| !line.is_empty()).count();
        assert_eq!(used(&data), 1, "{rows:?}");
        assert_eq!(
            left_out(&data, "signature"),
            lines as u64,
            "{rows:?}: {:?}",
            sheet(&data).left_out
        );
        assert!(findings(&data).is_empty(), "{rows:?}");
    }
}

#[test]
fn a_director_among_the_staff_is_no_signature() {
    let data = read(
        "Лист1",
        &[
            "Должность | ФИО | ОО",
            "Директор | Иванова Мария Петровна | МБОУ СОШ №1",
            "Заместитель директора | Петрова Анна Сергеевна | МБОУ СОШ №1",
            "Методист | Сидорова Ольга Ивановна | МБОУ СОШ №1",
        ],
    );
    assert_eq!((used(&data), sheet(&data).rows), (3, 3));
}

#[test]
fn a_surname_that_is_a_word_of_signatures_is_a_name() {
    for surname in ["Бухгалтер", "Куратор", "Зам", "Вакансова"] {
        let person = format!("{surname} Анна Ильинична");
        let staff = format!("{person} | МБОУ СОШ №1 | учитель");
        let data = read("Сотрудники", &["ФИО | ОО | Должность", &staff]);
        assert_eq!(used(&data), 1, "{person}");
        let diagnosed = format!("{person} | 01.03.2024");
        let data = read("Диагностика", &["ФИО | Дата диагностики", &diagnosed]);
        assert_eq!(used(&data), 1, "{person}");
    }
}

#[test]
fn remarks_under_the_table() {
    let data = read(
        "Лист1",
        &[
            HEADER,
            "n:1 | Иванова Мария Петровна | МБОУ СОШ №1 | учитель",
            "* указывается по штатному расписанию",
            "Примечание | заполняется ежеквартально",
        ],
    );
    assert_eq!((used(&data), sheet(&data).rows), (1, 3));
    assert!(findings(&data).is_empty());
}

#[test]
fn a_row_without_a_name_is_left_out_and_reported() {
    let data = read(
        "Курсы",
        &[
            "ФИО | ОО | Программа | Часы",
            "| МБОУ СОШ №1 | Грамотность | n:72",
            "- | МБОУ СОШ №1 | Грамотность | n:72",
            "Иванова Мария Петровна | МБОУ СОШ №1 | Грамотность | n:72",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "missing-required")), (1, 2));
    assert_eq!(findings(&data), ["E310 A2", "E310 A3"]);
}

#[test]
fn a_staff_row_without_a_position_is_kept_and_reported() {
    let data = read(
        "Лист1",
        &[HEADER, "n:1 | Иванова Мария Петровна | МБОУ СОШ №1 | "],
    );
    assert_eq!(used(&data), 1);
    assert_eq!(findings(&data), ["E311 D2"]);
}

#[test]
fn a_vacancy_is_nobody() {
    let data = read(
        "Сотрудники",
        &[
            "ФИО | ОО | Должность",
            "Вакансия | МБОУ СОШ №1 | учитель",
            "вакантная должность | МБОУ СОШ №1 | учитель",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "vacancy")), (0, 2));
}

#[test]
fn examples_of_a_template_are_no_records() {
    let example = format!("{EXAMPLE_MARK} Иванова Мария Петровна | МБОУ СОШ №1 | учитель");
    let data = read(
        "Сотрудники",
        &[
            "ФИО | ОО | Должность",
            &example,
            "Петрова Анна Сергеевна | МБОУ СОШ №1 | учитель",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "example")), (1, 1));
}

#[test]
fn a_measure_of_one_filled_cell_is_a_heading() {
    let data = read(
        "Лист1",
        &[
            "№ | Мероприятие | Уровень | Срок | Статус",
            "| 1. Организационные мероприятия | | | ",
            "n:1 | Семинар | региональный | 30.09.2024 | выполнено",
            "| | региональный | 30.09.2024 | ",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "heading")), (1, 1));
    assert_eq!(findings(&data), ["E312 B4"]);
}

/// The names of «Организации».
fn listed(data: &Dataset) -> Vec<&str> {
    let names = data.organisations.iter().map(|row| data.text(row.name));
    names.collect()
}

#[test]
fn headings_among_organisations() {
    let data = read(
        "Организации",
        &[
            "Организация | Тип | Дата включения",
            "Общеобразовательные организации",
            "МБОУ СОШ №1 | общеобразовательная | 01.02.2023",
            "МБОУ лицей №2",
            "Дошкольные образовательные организации",
            "МБДОУ детский сад №1 | дошкольная | ",
        ],
    );
    assert_eq!(
        listed(&data),
        ["МБОУ СОШ №1", "МБОУ лицей №2", "МБДОУ детский сад №1"]
    );
    assert_eq!(left_out(&data, "heading"), 2);
}

/// A row of which only the name is filled says «нет» to the mentoring model: it is never dropped.
#[test]
fn organisations_of_which_only_the_name_is_filled() {
    let data = read(
        "Организации",
        &[
            "№ | Организация | Целевая модель наставничества",
            "| Общеобразовательные организации | ",
            "n:1 | МБОУ СОШ №1 | да",
            "n:2 | СОШ с. Анненково | ",
            "| Махалинская СОШ | ",
            "n:4 | Школа Эврика | ",
            "| Эврика | ",
            "| Сельские | ",
            "n:6 | Педагогический колледж | ",
            "| Исполнитель: Петрова А. И. | ",
            "| Радуга | ",
        ],
    );
    assert_eq!(
        listed(&data),
        [
            "МБОУ СОШ №1",
            "СОШ с. Анненково",
            "Махалинская СОШ",
            "Школа Эврика",
            "Эврика",
            "Педагогический колледж"
        ]
    );
    assert_eq!(left_out(&data, "heading"), 2);
    assert_eq!(left_out(&data, "signature"), 2);
}

#[test]
fn plans_that_are_not_set_are_no_finding() {
    let data = read(
        "Плановые значения",
        &[
            "Показатель | План | Период",
            "4.1.2.1 | n:50 | 2024",
            "4.1.2.2 | | ",
            "4.1.2.3 | - | ",
            "4.1.2.4 | как в прошлом году | ",
            "d:2001-01-04 | да | ",
            "4.1.3.2 | <= 10 | ",
            "4.1.3.5 | p:0.95 | ",
        ],
    );
    let plans: Vec<_> = data
        .targets
        .iter()
        .map(|row| (data.text(row.indicator), data.text(row.plan)))
        .collect();
    assert_eq!(
        plans,
        [
            ("4.1.2.1", "50"),
            ("4.1.1", "да"),
            ("4.1.3.2", "<= 10"),
            ("4.1.3.5", "95")
        ]
    );
    assert_eq!(left_out(&data, "no-plan"), 2);
    assert_eq!(findings(&data), ["E309 B5"]);
}

#[test]
fn every_row_of_a_survey_is_a_respondent() {
    let data = read(
        "Опрос",
        &[
            "Отметка времени | Организация | Категория | Оцените работу ММС | ФИО",
            "d:2024-09-01 | МБОУ СОШ №1 | педагог | n:5 | Иванова Мария Петровна",
            "d:2024-09-02 | | | | ",
            "d:2024-09-03 | МБОУ СОШ №1 | | 4 | ",
            "d:2024-09-03 | МБОУ СОШ №1 | | Всего хорошего | ",
            "Итого | | | n:9 | ",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "total-row")), (4, 1));
    // Names of respondents are not kept.
    let questions: Vec<_> = data
        .surveys
        .first()
        .unwrap()
        .questions
        .iter()
        .map(|(column, text)| (*column, data.text(*text)))
        .collect();
    assert_eq!(questions, [(3, "Оцените работу ММС")]);
    use super::super::record::Answer;
    assert_eq!(
        data.answers_of(data.answers.first().unwrap()),
        [Answer::Number(5.0)]
    );
    assert_eq!(
        data.answers_of(data.answers.get(1).unwrap()),
        [Answer::Empty]
    );
    assert_eq!(
        data.answers_of(data.answers.get(2).unwrap()),
        [Answer::Number(4.0)]
    );
}

#[test]
fn numbers_that_follow_each_other_may_be_answers() {
    let data = read("Опрос", &["Довольны ли Вы? | Помогли ли Вам?", "n:1 | n:2"]);
    assert_eq!(used(&data), 1);
}

#[test]
fn a_header_without_rows_is_a_table() {
    let data = read("Диагностика", &["ФИО | Дата диагностики"]);
    assert_eq!(register(&data), Some(RegisterId::Diagnostics));
    assert_eq!((sheet(&data).rows, used(&data)), (0, 0));
}

#[test]
fn a_long_table_is_read_past_its_first_rows() {
    let rows: Vec<String> = std::iter::once("ФИО | ОО | Должность".to_owned())
        .chain(
            (0..500).map(|n| format!("Иванова Мария{} | МБОУ СОШ №1 | учитель", "а".repeat(n % 7))),
        )
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let data = read("Лист1", &rows);
    assert_eq!((sheet(&data).rows, used(&data)), (500, 500));
    assert_eq!(data.staff.last().unwrap().at.row, 500);
}

#[test]
fn the_opening_letters_hide_no_phrase() {
    let marks = &catalogue().marks;
    for (phrase, found) in [
        (
            "ИТОГО по школе",
            RowMarks::is_total as fn(&RowMarks, &[String]) -> bool,
        ),
        ("Всeго", RowMarks::is_total), // a Latin e
        ("И. о. директора", RowMarks::is_signature),
        ("М.П.", RowMarks::is_signature),
        ("мп", RowMarks::is_signature),
        ("Исп. Петрова", RowMarks::is_signature),
        ("  Исполнитель: Петрова", RowMarks::is_signature),
        ("ВАКАНСИЯ", RowMarks::is_vacancy),
        ("незанятая ставка", RowMarks::is_vacancy),
    ] {
        assert!(found(marks, &marks.opening_words(phrase)), "{phrase}");
    }
    let remark = "из них молодых";
    assert!(marks.is_remark(remark, &marks.opening_words(remark)));
    for name in [
        "Сидорова Анна",
        "Итальянцева Анна",
        "Директоренко И. И.",
        "Ко Анна",
    ] {
        let hidden = marks.opening_words(name).is_empty();
        // «дир» begins «директор», «ко» is too short to tell.
        assert_eq!(hidden, name.starts_with(['С', 'И']), "{name}");
    }
}

#[test]
fn a_word_of_totals_before_the_key() {
    let data = read(
        "Организации",
        &[
            "№ | Организация | Тип | Целевая модель наставничества",
            "1 | МБОУ СОШ №1 | СОШ | да",
            "Итого | МБОУ СОШ №1 | 2 | ",
            "Итого | 1 организация | | ",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "total-row")), (1, 2));
    let data = read(
        "Сотрудники",
        &[
            "Организация | ФИО | Должность",
            "МБОУ СОШ №1 | Иванова Мария Петровна | учитель",
            "Всего по городу | 2 чел. | n:2",
            "ИТОГО | 2 человека | -",
            // Nobody is lost beside such a word.
            "Всего по городу | Петров Пётр Ильич | учитель",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "total-row")), (2, 2));
    let data = read(
        "Дорожная карта",
        &[
            "№ | Мероприятие | Уровень | Статус",
            "1 | Семинар | региональный | выполнено",
            "Итого | 3 мероприятия | | ",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "total-row")), (1, 1));
    let data = read(
        "Федеральный реестр",
        &["Программа | Номер программы", "Всего лишь урок | 123"],
    );
    assert_eq!(used(&data), 1);
}

#[test]
fn a_measure_whose_other_cells_are_merged_with_those_above_is_no_heading() {
    let rows = [
        "Мероприятие | Уровень | Срок | Статус | Ответственный",
        "Семинар | региональный | 01.09.2024 | выполнено | Петров",
        "Форум | | | | ",
        "Раздел 2 | | | | ",
        "Слёт | федеральный | 01.09.2024 | выполнено | Петров",
        " | | | | Сидоров",
    ];
    let merges = ["B2:B3", "C2:C3", "D2:D3", "A5:A6", "B5:B6", "D5:D6"];
    let data = read_grid(grid("Дорожная карта", &rows).merged(&merges));
    let titles: Vec<_> = data
        .measures
        .iter()
        .map(|row| data.text(row.title))
        .collect();
    assert_eq!(titles, ["Семинар", "Форум", "Слёт"]);
    let row = data.measures.get(1).unwrap();
    assert_eq!(
        (data.text(row.level), data.text(row.status)),
        ("региональный", "выполнено")
    );
    assert_eq!(left_out(&data, "heading"), 2);
}

#[test]
fn sections_and_signatures_of_a_survey_are_no_respondents() {
    let data = read(
        "Опрос",
        &[
            "№ | Оцените работу ММС | Пожелания",
            "МБОУ СОШ №1 | | ",
            "1 | n:5 | ",
            "2 | | Директор молодец",
            " | | МБОУ СОШ №3",
            "МБОУ СОШ №2 | | ",
            "1 | n:4 | ",
            "Примечание: анонимно | | ",
            "«__» сентября 2024 г. | | ",
            "Составила методист Петрова А.А. | | ",
            "исп. Петрова А.А. | | ",
            "8 (8412) 55-66-77 | | ",
        ],
    );
    let organisations: Vec<_> = data
        .answers
        .iter()
        .map(|row| data.text(row.organisation))
        .collect();
    assert_eq!(
        organisations,
        ["МБОУ СОШ №1", "МБОУ СОШ №1", "МБОУ СОШ №1", "МБОУ СОШ №2"]
    );
    assert_eq!(
        ["section", "signature", "remark"].map(|reason| left_out(&data, reason)),
        [2, 4, 1]
    );
    let data = read(
        "Опрос",
        &[
            "Отметка времени | Организация | Оцените работу ММС | Пожелания",
            "d:2024-09-01 | | | ",
            "01.09.2024 10:00 | | | ",
            " | МБОУ СОШ №2 | | ",
            " | | | Методист молодец",
            "исп. Петрова | | | ",
            " | исп. Петрова | | ",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "signature")), (4, 2));
}

#[test]
fn the_header_again_in_other_words() {
    let data = read(
        "Сотрудники",
        &[
            "№ | ФИО | Организация | Должность | Стаж",
            "1 | Иванова Мария Петровна | МБОУ СОШ №1 | учитель | 5",
            "№ п/п | Ф.И.О. | Место работы | Должность | Примечание для кадров",
            "1 | 2 | 3 | 4 | 5",
            "№ | ФИО | Организация | Должность | ",
            "2 | Петров Пётр Ильич | МБОУ СОШ №1 | учитель | 5",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "repeated-header")), (2, 2));
}

#[test]
fn a_second_table_below_the_first_is_not_read() {
    let data = read(
        "Сотрудники",
        &[
            "ФИО | Организация | Должность",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель",
            " | | ",
            "ФИО | Дата диагностики | Статус",
            "Иванова Мария Петровна | d:2024-03-01 | завершил",
            " | | ",
            "Петров Пётр Ильич | d:2024-03-01 | завершил",
            "ФИО | Организация | Должность",
            "Сидорова Ольга Юрьевна | МБОУ СОШ №1 | учитель",
        ],
    );
    assert_eq!(
        staff(&data),
        [
            ("Иванова Мария Петровна", "МБОУ СОШ №1"),
            ("Сидорова Ольга Юрьевна", "МБОУ СОШ №1")
        ]
    );
    assert_eq!(left_out(&data, "other-table"), 3);
    assert_eq!(findings(&data), ["E207 строка 4"]);
    // The same columns in another order.
    let data = read(
        "Диагностика",
        &[
            "ФИО | Дата диагностики | Статус",
            "Иванова Мария Петровна | d:2024-03-01 | завершил",
            "ФИО | Статус | Дата диагностики",
            "Петров Пётр Ильич | завершил | d:2024-03-01",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "other-table")), (1, 2));
}

#[test]
fn numbers_of_columns_of_which_some_were_deleted() {
    let data = read(
        "Опрос",
        &[
            "№ | Организация | Оцените работу ММС",
            "1 | 3 | 4",
            "1 | МБОУ СОШ №1 | 2",
            "2 | МБОУ СОШ №1 | 2",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "column-numbers")), (2, 1));
    let data = read(
        "Сотрудники",
        &[
            "№ | ФИО | Организация | Должность",
            "n:1 | n:3 | n:4 | n:8",
            "1 | Иванова Мария Петровна | МБОУ СОШ №1 | учитель",
            "№ п/п | Ф.И.О. | Место работы | Должность",
            "n:1 | n:3 | n:4 | n:8",
        ],
    );
    assert_eq!((used(&data), left_out(&data, "column-numbers")), (1, 2));
    // Answers and numbers that do not stand right below the header.
    for rows in [
        ["№ | Довольны ли Вы? | Помогли ли Вам?", "1 | 3 | 4"],
        [
            "Организация | Довольны ли Вы? | Помогли ли Вам?",
            "1 | 4 | 3",
        ],
        ["№ | Организация | Оцените работу ММС", "1 | 3 | "],
        ["№ | Организация | Оцените работу ММС", "3 | 4 | 5"],
    ] {
        assert_eq!(used(&read("Опрос", &rows)), 1, "{rows:?}");
    }
}
