//! Cells of records: what they become, and which are reported with their address.

use chrono::NaiveDate;

use super::super::cell::FAULT;
use super::super::record::{DateCell, Deadline, Flag, YesNo};
use super::{findings, grid, read, read_grids};

fn day(year: i32, month: u32, day: u32) -> DateCell {
    DateCell::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

#[test]
fn dates_of_the_staff_may_be_years_and_months() {
    let data = read(
        "Сотрудники",
        &[
            "ФИО | ОО | Должность | Дата рождения | Дата приёма | Дата увольнения | Дата начала педагогической деятельности",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | 1990 | n:2005 | сентябрь 2024 | 2005 г.",
        ],
    );
    let row = data.staff.first().unwrap();
    assert_eq!(row.person.birth, DateCell::Year(1990));
    assert_eq!(row.hired, DateCell::Year(2005));
    assert_eq!(row.dismissed, DateCell::Month(2024, 9));
    assert_eq!(row.teaching_since, DateCell::Year(2005));
    assert!(findings(&data).is_empty());
}

#[test]
fn elsewhere_a_bare_year_is_unreadable() {
    let data = read(
        "Диагностика",
        &[
            "ФИО | Дата рождения | Дата диагностики",
            "Иванова Мария Петровна | 1990 | сентябрь 2024",
            "Петрова Анна Сергеевна | нет | -",
        ],
    );
    let row = data.diagnostics.first().unwrap();
    assert_eq!(
        (row.person.birth.cell(), row.date.cell()),
        (DateCell::Unreadable, DateCell::Unreadable)
    );
    let row = data.diagnostics.get(1).unwrap();
    assert_eq!(
        (row.person.birth.cell(), row.date.cell()),
        (DateCell::Empty, DateCell::Empty)
    );
    assert_eq!(findings(&data), ["E301 B2", "E301 C2"]);
    let data = read(
        "Организации",
        &[
            "Организация | Тип | Дата открытия",
            "МБОУ СОШ №1 | общеобразовательная | 2005",
        ],
    );
    assert_eq!(
        data.organisations.first().unwrap().opened,
        DateCell::Unreadable
    );
    assert_eq!(findings(&data), ["E301 C2"]);
}

#[test]
fn what_was_seen_is_personal() {
    let data = read(
        "Диагностика",
        &[
            "ФИО | Дата диагностики",
            "Иванова Мария Петровна | 32.01.2024",
        ],
    );
    let finding = data.findings.all().first().unwrap();
    assert!(finding.seen.full().contains("32.01.2024"));
    assert!(!finding.seen.redacted().contains("32.01.2024"));
}

#[test]
fn errors_and_formulas_without_a_result() {
    let data = read(
        "Диагностика",
        &[
            "ФИО | ОО | Дата диагностики | Статус",
            "Иванова Мария Петровна | e:#Н/Д | e:#ЗНАЧ! | f:",
            "f: | МБОУ СОШ №1 | 01.02.2024 | ",
        ],
    );
    let row = data.diagnostics.first().unwrap();
    assert_eq!(data.text(row.person.organisation), "");
    assert_eq!(row.date, DateCell::Unreadable);
    assert_eq!(data.text(row.status), FAULT);
    assert_eq!(data.diagnostics.len(), 1);
    assert_eq!(
        findings(&data),
        ["E302 B2", "E302 C2", "E303 D2", "E303 A3", "E310 A3"]
    );
}

#[test]
fn serials_count_from_1900_or_1904() {
    let grids = [grid(
        "Диагностика",
        &["ФИО | Дата диагностики", "Иванова Мария Петровна | n:45565"],
    )];
    let settings = Default::default();
    for (from_1904, expected) in [(false, day(2024, 9, 30)), (true, day(2028, 10, 1))] {
        let data = read_grids("Книга1.xlsx", &grids, &settings, from_1904).unwrap();
        assert_eq!(data.diagnostics.first().unwrap().date, expected);
    }
}

#[test]
fn yes_no_and_other() {
    let data = read(
        "Курсы",
        &[
            "ФИО | Программа | В Федеральном реестре | Подобрана по диагностике",
            "Иванова Мария Петровна | Грамотность | да | +",
            "Иванова Мария Петровна | Грамотность | РПК-2024/17 | частично",
            "Иванова Мария Петровна | Грамотность | 01.02.2024 | 01.02.2024",
            "Иванова Мария Петровна | Грамотность | нет | ",
        ],
    );
    let flags: Vec<_> = data
        .courses
        .iter()
        .map(|row| (row.in_registry, row.chosen))
        .collect();
    assert_eq!(
        flags,
        [
            (YesNo::Yes, YesNo::Yes),
            (YesNo::Yes, YesNo::No),
            (YesNo::No, YesNo::No),
            (YesNo::No, YesNo::Empty),
        ]
    );
    assert_eq!(findings(&data), ["E304 D3", "E304 C4", "E304 D4"]);
}

#[test]
fn a_methodist_by_yes_or_by_a_date() {
    let data = read(
        "Сотрудники",
        &[
            "ФИО | ОО | Должность | Региональный методист | Закреплён за методистом | Форма поддержки | В длительном отпуске",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | да | нет | нет | да",
            "Петрова Анна Сергеевна | МБОУ СОШ №1 | учитель | 01.09.2023 | Иванова М. П. | наставничество | нет",
            "Сидорова Ольга Ивановна | МБОУ СОШ №1 | учитель | - | - | – | декрет",
        ],
    );
    let rows: Vec<_> = data
        .staff
        .iter()
        .map(|row| {
            (
                row.methodist,
                data.text(row.assigned_to),
                data.text(row.support_form),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (Flag::Yes, "", ""),
            (
                Flag::Since(NaiveDate::from_ymd_opt(2023, 9, 1).unwrap()),
                "Иванова М. П.",
                "наставничество"
            ),
            (Flag::No, "", ""),
        ]
    );
    assert_eq!(data.staff.first().unwrap().leave, YesNo::Yes);
}

#[test]
fn a_mentoring_cell_that_names_a_form_is_a_yes() {
    let data = read(
        "Организации",
        &[
            "Организация | Целевая модель наставничества",
            "МБОУ СОШ №1 | педагог – педагог",
            "МБОУ СОШ №2 | Р-145",
            "МБОУ СОШ №3 | нет",
            "МБОУ СОШ №4 | ",
        ],
    );
    let flags: Vec<_> = data.organisations.iter().map(|row| row.mentoring).collect();
    assert_eq!(flags.get(..3).unwrap(), [Flag::Yes, Flag::Yes, Flag::No]);
}

#[test]
fn study_dates_in_one_cell() {
    let data = read(
        "Курсы",
        &[
            "ФИО | Программа | Сроки обучения",
            "Иванова Мария Петровна | Грамотность | 12.02.2024-01.03.2024",
            "Иванова Мария Петровна | Грамотность | 12.02.2024",
            "Иванова Мария Петровна | Грамотность | весной",
        ],
    );
    let dates: Vec<_> = data
        .courses
        .iter()
        .map(|row| (row.start.cell(), row.end.cell()))
        .collect();
    assert_eq!(
        dates,
        [
            (day(2024, 2, 12), day(2024, 3, 1)),
            (day(2024, 2, 12), day(2024, 2, 12)),
            (DateCell::Unreadable, DateCell::Unreadable),
        ]
    );
    assert_eq!(findings(&data), ["E301 C4"]);
}

#[test]
fn a_team_is_a_name() {
    let data = read(
        "Курсы",
        &[
            "ФИО | Программа | Управленческая команда",
            "Иванова Мария Петровна | Менеджмент | Команда «Рост»",
            "Иванова Мария Петровна | Менеджмент | да",
            "Иванова Мария Петровна | Менеджмент | нет",
            "Иванова Мария Петровна | Менеджмент | -",
        ],
    );
    let teams: Vec<_> = data.courses.iter().map(|row| data.text(row.team)).collect();
    assert_eq!(teams, ["Команда «Рост»", "", "", ""]);
    assert_eq!(findings(&data), ["E308 C3", "E308 C4"]);
}

#[test]
fn a_wrong_snils_is_reported_and_not_kept() {
    // 112-233-445: 1·9+1·8+2·7+2·6+3·5+3·4+4·3+4·2+5·1 = 95.
    let data = read(
        "Диагностика",
        &[
            "ФИО | СНИЛС | Дата диагностики",
            "Иванова Мария Петровна | 112-233-445 95 | 01.02.2024",
            "Петрова Анна Сергеевна | 112-233-445 96 | 01.02.2024",
            "Сидорова Ольга Ивановна | нет | 01.02.2024",
        ],
    );
    let known: Vec<_> = data
        .diagnostics
        .iter()
        .map(|row| row.person.snils.is_some())
        .collect();
    assert_eq!(known, [true, false, false]);
    assert_eq!(findings(&data), ["W307 B3"]);
}

#[test]
fn experience_and_what_stands_in_its_place() {
    let data = read(
        "Сотрудники",
        &[
            "ФИО | ОО | Должность | Стаж общий/педагогический",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | 10/8",
            "Петрова Анна Сергеевна | МБОУ СОШ №1 | учитель | большой",
        ],
    );
    assert_eq!(data.staff.first().unwrap().experience.unwrap().0, 8 * 360);
    assert_eq!(data.staff.get(1).unwrap().experience, None);
    assert_eq!(findings(&data), ["E305 D3"]);
    let data = read(
        "Сотрудники",
        &[
            "ФИО | ОО | Должность | Пед. стаж",
            "Иванова Мария Петровна | МБОУ СОШ №1 | учитель | с 01.09.2022",
        ],
    );
    assert_eq!(data.staff.first().unwrap().teaching_since, day(2022, 9, 1));
}

#[test]
fn deadlines_of_measures() {
    let data = read(
        "Дорожная карта",
        &[
            "Мероприятие | Уровень | Срок | Статус",
            "Семинар | региональный | III квартал 2024 | выполнено",
            "Форум | федеральный | постоянно | ",
            "Совет | муниципальный | | ",
            "Слёт | муниципальный | когда-нибудь | ",
        ],
    );
    let deadlines: Vec<_> = data.measures.iter().map(|row| row.deadline).collect();
    assert_eq!(
        deadlines,
        [
            Deadline::Day(NaiveDate::from_ymd_opt(2024, 9, 30).unwrap()),
            Deadline::Always,
            Deadline::None,
            Deadline::Unreadable,
        ]
    );
    assert_eq!(findings(&data), ["E306 C5"]);
}

#[test]
fn no_support_is_no_record() {
    let data = read(
        "Поддержка",
        &[
            "ФИО | Форма поддержки | Дата начала",
            "Иванова Мария Петровна | наставничество | 01.02.2024",
            "Петрова Анна Сергеевна | нет | ",
            "Сидорова Ольга Ивановна | | 01.02.2024",
        ],
    );
    assert_eq!(data.support.len(), 2);
    assert_eq!(findings(&data), ["N315 B3", "W314 B4"]);
}
