//! Which register a sheet is (contract §1).

use super::super::RegisterId;
use super::{Grid, findings, grid, read, register, sheet, try_read};

const STAFF: &str = "Иванова Мария Петровна | МБОУ СОШ №1 | учитель";

fn one(file: &str, name: &str, header: &str) -> Result<Option<RegisterId>, String> {
    try_read(file, &[grid(name, &[header])])
        .map(|data| register(&data))
        .map_err(|failure| {
            assert_eq!(failure.exit_code(), 3);
            failure.to_string()
        })
}

fn unnamed(header: &str) -> Option<RegisterId> {
    one("Книга1.xlsx", "Лист1", header).unwrap()
}

#[test]
fn canonical_headers_tell_the_register_without_a_name() {
    for (header, id) in [
        (
            "ФИО | Организация | Должность | СНИЛС | Дата рождения | Категория | Дата приёма | Дата увольнения | Вид занятости | В длительном отпуске | Дата начала педагогической деятельности | Педагогический стаж | Региональный методист | Закреплён за методистом | Форма поддержки",
            RegisterId::Staff,
        ),
        (
            "Организация | Тип | Целевая модель наставничества | Дата включения | Другие названия | Дата открытия | Дата закрытия",
            RegisterId::Organizations,
        ),
        (
            "ФИО | Организация | СНИЛС | Дата рождения | Дата диагностики | Вид диагностики | Статус | Результат",
            RegisterId::Diagnostics,
        ),
        (
            "ФИО | Организация | СНИЛС | Дата рождения | Программа | Номер программы | Дата начала | Дата окончания | Дата выдачи удостоверения | Сроки обучения | В Федеральном реестре | Подобрана по диагностике | Статус | Часы | Номер удостоверения | Управленческая команда",
            RegisterId::Courses,
        ),
        (
            "ФИО | Организация | СНИЛС | Дата рождения | Вид ИОМ | Дата разработки | Статус | Дата завершения",
            RegisterId::Ioms,
        ),
        (
            "ФИО | Организация | СНИЛС | Дата рождения | Дата присвоения | Дата окончания | Приказ",
            RegisterId::Methodists,
        ),
        (
            "ФИО педагога | ФИО методиста | Организация | СНИЛС | Дата начала | Дата окончания",
            RegisterId::Assignments,
        ),
        (
            "ФИО | Организация | СНИЛС | Дата рождения | Форма поддержки | Дата начала | Дата окончания",
            RegisterId::Support,
        ),
        (
            "Мероприятие | Уровень | Срок | Статус | Дата выполнения | Ответственный",
            RegisterId::Roadmap,
        ),
        (
            "Отметка времени | Организация | Должность | Насколько Вы удовлетворены работой ММС?",
            RegisterId::Survey,
        ),
        ("Номер программы | Программа", RegisterId::Registry),
        ("Показатель | План | Период", RegisterId::Targets),
    ] {
        assert_eq!(unnamed(header), Some(id), "{header}");
    }
    assert_eq!(
        one(
            "Книга1.xlsx",
            "Соответствия",
            "Как записано | Кто это | Организация"
        )
        .unwrap(),
        Some(RegisterId::Links)
    );
}

#[test]
fn staff_needs_no_column_beyond_the_required_ones() {
    assert_eq!(
        unnamed("ФИО | Организация | Должность"),
        Some(RegisterId::Staff)
    );
    assert_eq!(unnamed("ФИО | Организация"), None);
}

#[test]
fn another_register_needs_one_more_column_or_a_name() {
    assert_eq!(unnamed("ФИО | Организация | Программа"), None);
    assert_eq!(
        unnamed("ФИО | Организация | Программа | Часы"),
        Some(RegisterId::Courses)
    );
    assert_eq!(
        one("Книга1.xlsx", "КПК 2024", "ФИО | Организация | Программа").unwrap(),
        Some(RegisterId::Courses)
    );
    assert_eq!(
        one("Курсы.xlsx", "Лист1", "ФИО | Организация | Программа").unwrap(),
        Some(RegisterId::Courses)
    );
    // The sheet's name speaks of something, so the file's is not asked.
    assert_eq!(
        one("Курсы.xlsx", "Закрепление", "ФИО | Организация | Программа").unwrap(),
        None
    );
}

#[test]
fn common_columns_tell_nothing() {
    assert_eq!(unnamed("ФИО | Организация | СНИЛС | Дата рождения"), None);
}

#[test]
fn a_sheet_with_a_column_of_people_is_no_register_of_things() {
    assert_eq!(
        unnamed("ФИО | Организация | Тип | Целевая модель наставничества"),
        None
    );
    assert_eq!(
        unnamed("Организация | Тип | ФИО руководителя"),
        Some(RegisterId::Organizations)
    );
    assert_eq!(
        unnamed("Мероприятие | Уровень | Статус | Срок | Ответственный"),
        Some(RegisterId::Roadmap)
    );
    assert_eq!(unnamed("ФИО | Номер программы"), None);
}

#[test]
fn the_most_columns_win() {
    assert_eq!(
        unnamed("ФИО | Организация | Должность | Дата диагностики | Вид диагностики"),
        Some(RegisterId::Diagnostics)
    );
    assert_eq!(
        unnamed("ФИО | Организация | Должность | Педагогический стаж | Дата приёма"),
        Some(RegisterId::Staff)
    );
    assert_eq!(
        unnamed("ФИО | Организация | Программа | Дата начала | Дата окончания"),
        Some(RegisterId::Courses)
    );
}

#[test]
fn level_registers_are_told_by_name_or_refused() {
    let header = "ФИО | Организация | Статус";
    assert_eq!(
        one("Книга1.xlsx", "Диагностика", header).unwrap(),
        Some(RegisterId::Diagnostics)
    );
    assert_eq!(
        one("ИОМ за 2024.xlsx", "Лист1", header).unwrap(),
        Some(RegisterId::Ioms)
    );
    let message = one("Книга1.xlsx", "Лист1", header).unwrap_err();
    assert!(
        message.contains("--source diagnostics=Книга1.xlsx"),
        "{message}"
    );
    assert!(message.contains("--source ioms=Книга1.xlsx"), "{message}");
    let failure = try_read(
        "Сводные данные.xlsx",
        &[grid("Лист 1", &[header]), grid("Лист 2", &[])],
    )
    .unwrap_err();
    assert!(
        failure
            .to_string()
            .contains("--source \"ioms=Сводные данные.xlsx#Лист 1\""),
        "{failure}"
    );
}

#[test]
fn a_time_stamp_makes_a_survey() {
    for stamp in ["Отметка времени", "Timestamp", "Время создания"] {
        assert_eq!(
            unnamed(&format!("{stamp} | ФИО | Организация | Должность | Статус")),
            Some(RegisterId::Survey),
            "{stamp}"
        );
    }
    // Unless the name speaks of another register that it fits.
    assert_eq!(
        one(
            "Диагностика (Ответы).xlsx",
            "Ответы на форму (1)",
            "Отметка времени | ФИО | Организация"
        )
        .unwrap(),
        Some(RegisterId::Diagnostics)
    );
    assert_eq!(
        one(
            "Курсы (Ответы).xlsx",
            "Ответы на форму (1)",
            "Отметка времени | ФИО | Организация"
        )
        .unwrap(),
        Some(RegisterId::Survey)
    );
    // Staff needs no column beyond the required ones.
    assert_eq!(
        one(
            "Сотрудники.xlsx",
            "Лист1",
            "Отметка времени | ФИО | Организация | Должность"
        )
        .unwrap(),
        Some(RegisterId::Staff)
    );
}

#[test]
fn the_time_stamp_of_a_form_is_the_date_of_diagnostics_where_there_is_no_other() {
    let rows = |header| {
        let first = "05.05.2024 10:00 | Иванова Мария Петровна | МБОУ СОШ №1 | 01.08.2024";
        [header, first]
    };
    for (header, date) in [
        (
            "Отметка времени | ФИО | Организация | Дата диагностики",
            "2024-08-01",
        ),
        ("Отметка времени | ФИО | Организация | Дата", "2024-08-01"),
        (
            "Отметка времени | ФИО | Организация | Примечание",
            "2024-05-05",
        ),
    ] {
        let data = read("Диагностика", &rows(header));
        assert_eq!(register(&data), Some(RegisterId::Diagnostics), "{header}");
        let day = data.diagnostics.first().unwrap().date.day();
        assert_eq!(day.unwrap().to_string(), date, "{header}");
    }
}

#[test]
fn what_fits_none_is_a_survey_by_its_name_or_passed_over() {
    assert_eq!(
        one(
            "Опрос.xlsx",
            "Лист1",
            "Насколько Вы довольны? | Что улучшить?"
        )
        .unwrap(),
        Some(RegisterId::Survey)
    );
    assert_eq!(
        one(
            "Книга1.xlsx",
            "Удовлетворённость ММС",
            "Вопрос 1 | Вопрос 2"
        )
        .unwrap(),
        Some(RegisterId::Survey)
    );
    let data = read("Справка", &["Пояснительная записка", "Текст | и ещё текст"]);
    assert_eq!(register(&data), None);
    assert_eq!(findings(&data), ["N201"]);
    assert_eq!(sheet(&data).rows, 0);
}

#[test]
fn a_survey_with_names_is_not_taken_for_staff() {
    assert_eq!(
        one(
            "Опрос.xlsx",
            "Лист1",
            "ФИО | Организация | Должность | Оцените работу ММС"
        )
        .unwrap(),
        Some(RegisterId::Survey)
    );
}

#[test]
fn a_lacking_column_is_named() {
    let data = read("Курсы", &["ФИО | Организация | Дата начала | В реестре"]);
    assert_eq!(register(&data), None);
    let seen = data.findings.all().first().unwrap().seen.full();
    assert!(seen.contains("«Программа»"), "{seen}");
    assert_eq!(findings(&data), ["E203"]);
}

#[test]
fn empty_sheets_are_passed_over_in_silence() {
    let data = read("Лист2", &[]);
    assert_eq!(register(&data), None);
    assert!(findings(&data).is_empty());
}

#[test]
fn several_sheets_feed_one_register() {
    let sheets: Vec<Grid> = ["СОШ №1", "СОШ №2"]
        .iter()
        .map(|name| grid(name, &["ФИО | Организация | Должность", STAFF]))
        .collect();
    let data = try_read("Кадры.xlsx", &sheets).unwrap();
    assert_eq!(data.staff.len(), 2);
    assert_eq!(data.sheets_of(RegisterId::Staff).count(), 2);
}

#[test]
fn names_speak_in_every_form() {
    use super::super::catalogue::catalogue;
    for (name, id) in [
        ("Список сотрудников", RegisterId::Staff),
        ("Сведения о кадрах", RegisterId::Staff),
        ("Курсы_2024", RegisterId::Courses),
        ("ДПО педагогов", RegisterId::Courses),
        ("Прошли диагностику", RegisterId::Diagnostics),
        ("ИОМы", RegisterId::Ioms),
        (
            "Закрепление за региональными методистами",
            RegisterId::Assignments,
        ),
        ("Региональные методисты", RegisterId::Methodists),
        ("План мероприятий («дорожная карта»)", RegisterId::Roadmap),
        ("Анкета удовлетворённости", RegisterId::Survey),
        ("Молодые специалисты", RegisterId::Support),
        ("Федеральный реестр", RegisterId::Registry),
        ("Плановые значения", RegisterId::Targets),
        ("Соответствия", RegisterId::Links),
        ("Перечень организаций", RegisterId::Organizations),
        ("staff", RegisterId::Staff),
        ("roadmap", RegisterId::Roadmap),
    ] {
        assert_eq!(catalogue().spoken_of(name).first(), Some(&id), "{name}");
    }
    for name in [
        "Лист1",
        "Sheet1",
        "Книга1",
        "Сводные данные",
        "Ответы на форму (1)",
    ] {
        assert!(catalogue().spoken_of(name).is_empty(), "{name}");
    }
}
