//! The records of people, the federal registry, the links and the road map.

use super::{Builder, Person};
use crate::towns::options::OWN_STATUS;
use crate::towns::spelling::{self, blank, cell};
use crate::towns::town::{Cell, Means, Register, Status};

use Status::{Absent, Active, Done, Draft, Failed, NotDone, Planned, Unknown};

const DIAGNOSTICS: &[(&str, Status)] = &[
    ("завершил", Done),
    ("завершила", Done),
    ("завершил(а)", Done),
    ("завершена", Done),
    ("пройдена", Done),
    ("не завершил", NotDone),
    ("не приступал", NotDone),
    ("не явился", NotDone),
    ("зарегистрирован", NotDone),
    ("в процессе", NotDone),
    ("назначена", NotDone),
    ("абракадабра", Unknown),
    (OWN_STATUS, Status::Own),
];

const COURSES: &[(&str, Status)] = &[
    ("завершил", Done),
    ("завершено", Done),
    ("окончил", Done),
    ("обучение завершено", Done),
    ("отчислен", NotDone),
    ("зачислен", NotDone),
    ("обучается", NotDone),
    ("не приступал", Absent),
    ("зарегистрирован", Absent),
    ("записан", Absent),
    ("заявка", Absent),
    ("отказ", Absent),
    ("абракадабра", Unknown),
];

const IOMS: &[(&str, Status)] = &[
    ("завершён", Done),
    ("завершен", Done),
    ("выполнен", Done),
    ("в работе", Active),
    ("реализуется", Active),
    ("разработан", Active),
    ("утверждён", Active),
    ("прекращён", Failed),
    ("аннулирован", Failed),
    ("не завершён", Failed),
    ("проект", Draft),
    ("черновик", Draft),
    ("абракадабра", Unknown),
];

const MEASURES: &[(&str, Status)] = &[
    ("выполнено", Done),
    ("исполнено", Done),
    ("в работе", Active),
    ("выполняется", Active),
    ("реализуется", Active),
    ("запланировано", Planned),
    ("не выполнено", Planned),
    ("не начато", Planned),
    ("абракадабра", Unknown),
];

/// Programmes by number and title.
const PROGRAMMES: [(&str, &str); 5] = [
    ("ПК-101", "Функциональная грамотность школьников"),
    ("ПК-102", "Современный урок"),
    ("ПК-103", "Управление школой"),
    ("ПК-104", "Работа с одарёнными детьми"),
    ("ПК-105", "Оценка качества образования"),
];

impl Builder {
    /// The tables of records.
    pub fn records(&mut self) {
        self.diagnostics();
        self.courses();
        self.registry();
        self.ioms();
        self.methodists();
        self.assignments();
        self.support();
        self.links();
    }

    /// A table of records of people: `write` makes the cells that say nothing of the person.
    fn record_table(
        &mut self,
        register: Register,
        others: &[(&str, usize)],
        write: impl Fn(&mut Self, &str, &[String]) -> Cell,
    ) {
        let common = [("Организация", 75), ("СНИЛС", 40), ("Дата рождения", 40)];
        let all: Vec<(&str, usize)> = common.iter().chain(others).copied().collect();
        let columns = self.columns(register, &all);
        let most = self.people.len() + 4;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for _ in 0..self.dice.below(most) {
            if let Some(twice) = rows.last().cloned().filter(|_| self.dice.chance(4)) {
                rows.push(twice);
                continue;
            }
            let person = self.whose();
            rows.push(
                columns
                    .iter()
                    .map(|column| self.record_cell(column, &columns, &person, &write))
                    .collect(),
            );
        }
        self.table(register, columns, 0, |_, _| blank());
        if let Some(table) = self.tables.last_mut() {
            table.rows = rows;
        }
    }

    fn record_cell(
        &mut self,
        column: &str,
        columns: &[String],
        person: &Person,
        write: &impl Fn(&mut Self, &str, &[String]) -> Cell,
    ) -> Cell {
        match column {
            "ФИО" | "ФИО педагога" | "Организация" | "СНИЛС" | "Дата рождения" => {
                self.whose_cell(column, person)
            }
            _ => write(self, column, columns),
        }
    }

    fn status(&mut self, among: &[(&str, Status)]) -> Cell {
        match self.dice.below(10) {
            0..3 => cell(*self.dice.pick(&["", "-", "н/д"]), Means::Nothing),
            3..6 => cell(among[0].0, Means::Status(among[0].1)),
            _ => {
                let (text, status) = *self.dice.pick(among);
                cell(text, Means::Status(status))
            }
        }
    }

    fn remark(&mut self, words: &[&str]) -> Cell {
        cell(*self.dice.pick(words), Means::Remark)
    }

    fn diagnostics(&mut self) {
        for _ in 0..self.how_many(15) {
            let others = [
                ("Дата диагностики", 85),
                ("Вид диагностики", 40),
                ("Статус", 60),
                ("Результат", 30),
            ];
            self.record_table(
                Register::Diagnostics,
                &others,
                |builder, column, _| match column {
                    "Дата диагностики" => builder.date(6),
                    "Статус" => builder.status(DIAGNOSTICS),
                    "Вид диагностики" => {
                        builder.remark(&["предметная", "методическая"])
                    }
                    _ => builder.remark(&["низкий", "высокий", "45", "не сдано"]),
                },
            );
        }
    }

    fn courses(&mut self) {
        for _ in 0..self.how_many(12) {
            let in_one = self.dice.chance(15);
            let apart = *self.dice.pick(&[90, 90, 90, 50, 0]);
            let (apart, together) = if in_one { (0, 100) } else { (apart, 0) };
            let others = [
                ("Номер программы", 50),
                ("Дата начала", apart),
                ("Дата окончания", apart),
                ("Дата выдачи удостоверения", apart / 2),
                ("Сроки обучения", together),
                ("В Федеральном реестре", 60),
                ("Подобрана по диагностике", 50),
                ("Статус", 60),
                ("Часы", 30),
                ("Управленческая команда", 45),
            ];
            // A row's programme is one for its number and its title.
            let common = [("Организация", 75), ("СНИЛС", 40), ("Дата рождения", 40)];
            let all: Vec<(&str, usize)> = common.iter().chain(&others).copied().collect();
            let mut columns = self.columns(Register::Courses, &all);
            // How diagnostics come before a course without dates, the methodology does not say.
            let dated = columns
                .iter()
                .any(|column| column.starts_with("Дата ") && column != "Дата рождения");
            let chosen = "Подобрана по диагностике";
            if !dated && !in_one && !columns.iter().any(|column| column == chosen) {
                columns.push(chosen.to_owned());
            }
            let mut rows: Vec<Vec<Cell>> = Vec::new();
            for _ in 0..self.dice.below(self.people.len() * 3 / 2 + 6) {
                let (person, programme) = (self.whose(), self.dice.below(PROGRAMMES.len()));
                let start = self.day();
                rows.push(
                    columns
                        .iter()
                        .map(|column| self.course_cell(column, &columns, &person, programme, start))
                        .collect(),
                );
            }
            self.table(Register::Courses, columns, 0, |_, _| blank());
            if let Some(table) = self.tables.last_mut() {
                table.rows = rows;
            }
        }
    }

    fn course_cell(
        &mut self,
        column: &str,
        columns: &[String],
        person: &Person,
        programme: usize,
        start: chrono::NaiveDate,
    ) -> Cell {
        let (number, title) = PROGRAMMES[programme];
        match column {
            "Программа" => {
                let text = match self.dice.below(5) {
                    0 => title.to_uppercase(),
                    1 => title.replace(' ', "  "),
                    2 => format!("«{title}»"),
                    _ => title.to_owned(),
                };
                cell(text, Means::Programme(programme))
            }
            "Номер программы" if self.dice.chance(85) => {
                cell(number, Means::Programme(programme))
            }
            "Номер программы" => blank(),
            "Дата начала" => match self.dice.below(12) {
                0 => self.date(100),
                1 => self.date(0),
                _ => self.written(start),
            },
            "Дата окончания" => match self.dice.below(12) {
                0 | 1 => self.date(100),
                2 => self.date(0),
                _ => {
                    let end = start + chrono::Days::new(self.dice.below(60) as u64);
                    self.written(end)
                }
            },
            "Дата выдачи удостоверения" => self.date(40),
            "Сроки обучения" => {
                let end = start + chrono::Days::new(self.dice.below(60) as u64);
                let (from, to) = (start.format("%d.%m.%Y"), end.format("%d.%m.%Y"));
                let text = match self.dice.below(3) {
                    0 => format!("{from} - {to}"),
                    1 => format!("с {from} по {to}"),
                    _ => format!("{from}-{to}"),
                };
                cell(text, Means::Period(start, end))
            }
            "В Федеральном реестре" => match self.dice.below(6) {
                0 => cell(*self.dice.pick(&["№ 12345", "ФР-77/2024"]), Means::Yes),
                _ => self.yes_no(60),
            },
            "Подобрана по диагностике" => self.yes_no(65),
            "Статус" => self.status(COURSES),
            "Часы" => self.remark(&["36", "72", "16"]),
            "Управленческая команда" => {
                let teams: &[(&str, Means)] = &[
                    ("Команда «Лидеры»", Means::Team(0)),
                    ("команда Лидеры", Means::Team(0)),
                    ("КОМАНДА  \"ЛИДЕРЫ\"", Means::Team(0)),
                    ("Команда №2", Means::Team(1)),
                    ("команда № 2", Means::Team(1)),
                    ("Развитие", Means::Team(2)),
                    ("да", Means::Yes),
                    ("нет", Means::No),
                ];
                match self.dice.chance(60) {
                    true => blank(),
                    false => {
                        let (text, means) = self.dice.pick(teams).clone();
                        cell(text, means)
                    }
                }
            }
            _ => self.record_cell(column, columns, person, &|_, _, _| blank()),
        }
    }

    fn registry(&mut self) {
        if self.dice.chance(45) {
            return;
        }
        let mut columns = match self.dice.below(3) {
            0 => vec!["Номер программы".to_owned()],
            1 => vec!["Программа".to_owned()],
            _ => vec!["Номер программы".to_owned(), "Программа".to_owned()],
        };
        self.dice.shuffle(&mut columns);
        let mut rows = Vec::new();
        for (programme, (number, title)) in PROGRAMMES.into_iter().enumerate() {
            if self.dice.chance(50) {
                let text = |column: &String| {
                    if column == "Программа" {
                        title
                    } else {
                        number
                    }
                };
                rows.push(
                    columns
                        .iter()
                        .map(|column| cell(text(column), Means::Programme(programme)))
                        .collect(),
                );
            }
        }
        self.table(Register::Registry, columns, 0, |_, _| blank());
        if let Some(table) = self.tables.last_mut() {
            table.rows = rows;
        }
    }

    fn ioms(&mut self) {
        for _ in 0..self.how_many(12) {
            let others = [
                ("Вид ИОМ", 60),
                ("Дата разработки", 80),
                ("Статус", 70),
                ("Дата завершения", 75),
            ];
            self.record_table(Register::Ioms, &others, |builder, column, _| match column {
                "Вид ИОМ" => match builder.dice.below(6) {
                    0 => blank(),
                    1 => cell("НППМ", Means::Continuous),
                    2 => cell(
                        "непрерывное повышение профессионального мастерства",
                        Means::Continuous,
                    ),
                    3 => cell(
                        "ИОМ непрерывного повышения профессионального мастерства",
                        Means::Continuous,
                    ),
                    _ => builder.remark(&["адаптационный", "предметный"]),
                },
                "Дата разработки" => builder.date(12),
                "Статус" => builder.status(IOMS),
                _ => builder.date(45),
            });
        }
    }

    fn methodists(&mut self) {
        for _ in 0..self.how_many(20) {
            let few = self.people.split_off(self.people.len().min(6));
            let others = [
                ("Дата присвоения", 70),
                ("Дата окончания", 50),
                ("Приказ", 40),
            ];
            self.record_table(
                Register::Methodists,
                &others,
                |builder, column, _| match column {
                    "Дата присвоения" => builder.date(25),
                    "Дата окончания" => builder.date(60),
                    _ => builder.remark(&["№ 12 от 01.09.2023", "приказ № 3"]),
                },
            );
            self.people.extend(few);
        }
    }

    fn assignments(&mut self) {
        for _ in 0..self.how_many(20) {
            let others = [("Дата начала", 60), ("Дата окончания", 50)];
            self.record_table(
                Register::Assignments,
                &others,
                |builder, column, _| match column {
                    "ФИО методиста" if builder.dice.chance(25) => blank(),
                    "ФИО методиста" => builder.methodist_cell(),
                    "Дата начала" => builder.date(25),
                    _ => builder.date(60),
                },
            );
            if let Some(table) = self.tables.last_mut() {
                // The contract gives this register no date of birth.
                if let Some(birth) = table
                    .columns
                    .iter()
                    .position(|column| column == "Дата рождения")
                {
                    table.columns.remove(birth);
                    table
                        .rows
                        .iter_mut()
                        .for_each(|row| drop(row.remove(birth)));
                }
            }
        }
    }

    fn support(&mut self) {
        for _ in 0..self.how_many(20) {
            let start = if self.dice.chance(80) { 100 } else { 0 };
            let others = [("Дата начала", start), ("Дата окончания", start * 6 / 10)];
            self.record_table(
                Register::Support,
                &others,
                |builder, column, _| match column {
                    "Форма поддержки" => {
                        builder.remark(&["наставничество", "Школа молодого педагога"])
                    }
                    "Дата начала" => builder.date(10),
                    _ => builder.date(45),
                },
            );
        }
    }

    /// «Соответствия»: changed surnames, namesakes, and nobody.
    fn links(&mut self) {
        if self.dice.chance(65) {
            return;
        }
        let columns = self.columns(Register::Links, &[("Организация", 50)]);
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for _ in 0..1 + self.dice.below(4) {
            let (spelled, who) = (self.whose(), self.whose());
            let mut row = Vec::new();
            for column in &columns {
                row.push(match column.as_str() {
                    "Как записано" if self.dice.chance(25) => {
                        spelling::initials(&mut self.dice, spelled.name)
                    }
                    "Как записано" => spelling::name(&mut self.dice, spelled.name),
                    "Организация" => {
                        spelling::organisation(&mut self.dice, &self.organisations, spelled.home)
                    }
                    _ => match (self.dice.below(4), who.snils) {
                        (0, _) => cell("нет", Means::Nobody),
                        (1, Some(own)) => spelling::snils(&mut self.dice, own),
                        _ => spelling::name(&mut self.dice, who.name),
                    },
                });
            }
            rows.push(row);
        }
        self.table(Register::Links, columns, 0, |_, _| blank());
        if let Some(table) = self.tables.last_mut() {
            table.rows = rows;
        }
    }

    /// The road map, with a heading and a measure that stands twice.
    pub fn roadmap(&mut self) {
        if self.dice.chance(15) {
            return;
        }
        let columns = self.columns(
            Register::Roadmap,
            &[("Срок", 85), ("Дата выполнения", 60), ("Ответственный", 30)],
        );
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for number in 0..self.dice.below(10) {
            let mut row = Vec::new();
            for column in &columns {
                row.push(self.measure_cell(column, number));
            }
            rows.push(row);
            if self.dice.chance(12) {
                let mut again = rows[self.dice.below(rows.len())].clone();
                for (column, cell) in columns.iter().zip(&mut again) {
                    if column == "Статус" || column == "Дата выполнения" {
                        *cell = self.measure_cell(column, number);
                    }
                }
                rows.push(again);
            }
        }
        self.table(Register::Roadmap, columns, 0, |_, _| blank());
        if let Some(table) = self.tables.last_mut() {
            table.rows = rows;
        }
    }

    fn measure_cell(&mut self, column: &str, number: usize) -> Cell {
        match column {
            "Мероприятие" => {
                let title = ["Семинар", "Конференция", "Форум", "Вебинар", "Конкурс"][number % 5];
                cell(
                    format!("{title} {}", ["весенний", "осенний"][number / 5 % 2]),
                    Means::Measure(number),
                )
            }
            "Уровень" => {
                let levels = [
                    ("муниципальный", Means::Remark),
                    ("региональный", Means::Regional),
                    ("областной", Means::Regional),
                    ("краевой", Means::Regional),
                    ("федеральный", Means::Federal),
                    ("всероссийский", Means::Federal),
                ];
                let (text, means) = self.dice.pick(&levels).clone();
                cell(text, means)
            }
            "Срок" => {
                let (day, year) = (self.day(), self.report_year());
                match self.dice.below(20) {
                    0 => spelling::unreadable(&mut self.dice),
                    _ => spelling::deadline(&mut self.dice, day, year),
                }
            }
            "Статус" => self.status(MEASURES),
            "Дата выполнения" => self.date(60),
            _ => self.remark(&["методист", "ММС"]),
        }
    }
}
