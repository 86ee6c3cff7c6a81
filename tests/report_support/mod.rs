//! A made-up municipality as the report's model, of any size, without an engine: marks follow from
//! the running number by small arithmetic, and every figure is counted here from the marks.

#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    reason = "a fixture: each test takes what it needs of it"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use mms::finding::Severity;
use mms::indicators::catalogue::{Scope, Unit, catalogue};
use mms::indicators::figure::{RoadmapConditions, Status};
use mms::indicators::verdict::{AnswerVerdict, PersonVerdict, Reason};
use mms::people::{OrgId, PersonId};
use mms::period::{Period, Window};
use mms::ratio::Ratio;
use mms::registers::phrase::AnswerMeaning;
use mms::registers::record::RowRef;
use mms::report::model::*;
use mms::report::xlsx::{
    self, Later,
    scale::{Manner, Scale},
};
use mms::source::SheetId;
use mms::target::{Outcome, Target};

pub fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn source(sheet: u32, row: usize) -> Source {
    Source {
        sheet,
        row: u32::try_from(row).unwrap(),
    }
}

fn counted(sheet: u32, row: usize) -> Mark {
    Mark {
        state: State::Counted,
        reason: Some(Reason::Counted),
        date: Some(day(2024, 3, 1 + u32::try_from(row % 28).unwrap())),
        row: Some(source(sheet, row)),
        support: None,
    }
}

fn missing(reason: Reason, sheet: u32, row: usize) -> Mark {
    let dated = matches!(reason, Reason::BeforeWindow | Reason::AfterPeriod);
    Mark {
        state: State::Missing,
        reason: Some(reason),
        date: dated.then(|| day(2023, 11, 12)),
        row: (reason != Reason::NoRecord).then(|| source(sheet, row)),
        support: None,
    }
}

/// Everyone whose number is no multiple of `every` is missing for one of several reasons.
fn pick(number: usize, every: usize, sheet: u32) -> Mark {
    let row = number + 4;
    if number % every < every / 2 + 1 {
        return counted(sheet, row);
    }
    match number % 4 {
        0 => missing(Reason::BeforeWindow, sheet, row),
        1 => missing(Reason::NotCompleted, sheet, row),
        _ => missing(Reason::NoRecord, sheet, row),
    }
}

pub struct Town {
    pub organisations: usize,
    pub teachers: usize,
    pub managers: usize,
    pub answers: usize,
    pub names: bool,
    pub decimals: u32,
    pub min_group: u64,
}

impl Default for Town {
    fn default() -> Self {
        Self {
            organisations: 12,
            teachers: 90,
            managers: 14,
            answers: 40,
            names: false,
            decimals: 1,
            min_group: 0,
        }
    }
}

const SURNAMES: [&str; 6] = ["Ёлкина", "Щукин", "Ивáнова", "Жукова", "Широкова", "Юдин"];

fn name(number: usize) -> String {
    format!(
        "{} {} {}",
        SURNAMES[number % 6].replace('á', "а"),
        ["Анна", "Пётр", "Мария"][number % 3],
        ["Сергеевна", "Иванович", "Юрьевна"][number % 3]
    )
}

fn people(town: &Town, count: usize, offset: usize, ids: &[(&str, &str)]) -> People {
    let mut verdicts = vec![Vec::new(); ids.len()];
    let mut rows = Vec::new();
    for number in 0..count {
        let mut iom = Mark::OUTSIDE;
        let person = u32::try_from(offset + number).unwrap();
        for ((id, _), verdicts) in ids.iter().zip(&mut verdicts) {
            let mark = match *id {
                "4.1.2.1" | "4.1.2.2" => pick(number, 5, 1),
                "4.1.2.3" => {
                    let mut mark = pick(number, 7, 2);
                    if mark.state == State::Counted {
                        mark.support = Some(source(1, number + 4));
                    }
                    mark
                }
                "4.1.3.1" => {
                    if number % 30 == 0 {
                        counted(4, number / 30 + 1)
                    } else {
                        missing(Reason::NoRecord, 4, 0)
                    }
                }
                "4.1.3.4" if iom.state != State::Counted => Mark::OUTSIDE,
                "4.1.3.4" => pick(number, 3, 3),
                "4.1.3.6" if number % 11 != 3 => Mark::OUTSIDE,
                "4.1.3.6" => pick(number, 4, 5),
                _ => pick(number, 6, 3),
            };
            if *id == "4.1.3.3" {
                iom = mark;
            }
            verdicts.extend(verdict(person, mark));
        }
        let home = number * 7 % town.organisations;
        let second = number % 17 == 5;
        for (first, organisation) in [(true, home), (false, (home + 1) % town.organisations)] {
            if first || second {
                rows.push(PersonRow {
                    person: person + 1,
                    name: town.names.then(|| name(number)),
                    organisation: (number != 4).then(|| u32::try_from(organisation).unwrap()),
                    first,
                    row: source(0, number + 3),
                });
            }
        }
    }
    let columns = ids.iter().zip(verdicts);
    let columns = columns.map(|((id, header), verdicts)| PersonColumn {
        id: (*id).to_owned(),
        header: (*header).to_owned(),
        short: short(id),
        verdicts: Arc::new(verdicts),
    });
    People {
        columns: columns.collect(),
        rows,
    }
}

/// The verdict that makes a mark; none outside the denominator.
fn verdict(person: u32, mark: Mark) -> Option<PersonVerdict> {
    let row = |source: Source| RowRef {
        sheet: SheetId::of(source.sheet),
        row: source.row,
    };
    Some(PersonVerdict {
        person: PersonId(person),
        reason: mark.reason?,
        row: mark.row.map(row),
        support: mark.support.map(row),
        date: mark.date,
    })
}

fn short(id: &str) -> String {
    let definition = catalogue().indicators.iter().find(|d| d.id == id);
    definition.unwrap().short.clone()
}

fn organisation_name(place: usize) -> String {
    match place % 5 {
        0 => format!("МБОУ СОШ № {}", place + 1),
        1 => format!(
            "МАДОУ Детский сад № {} комбинированного вида «Теремок»",
            place + 1
        ),
        2 => format!("МБОУ Гимназия № {} имени М. В. Ломоносова", place + 1),
        3 => format!("=МБОУ Лицей № {}", place + 1), // a text that looks like a formula
        _ => format!("МБУ ДО «Дом детского творчества № {}*»", place + 1),
    }
}

fn organisations(town: &Town) -> Vec<Organisation> {
    (0..town.organisations)
        .map(|place| {
            let school = matches!(place % 5, 0 | 2 | 3);
            let mentoring = match (school, place % 3) {
                (false, _) => Mark::OUTSIDE,
                (_, 0) => Mark {
                    date: None,
                    ..counted(6, place + 2)
                },
                _ => missing(Reason::NotIncluded, 6, place + 2),
            };
            Organisation {
                name: organisation_name(place),
                general_education: school,
                open: true,
                mentoring,
                rows: vec![source(6, place + 2)],
                silent: match place % 4 {
                    1 => vec!["ИОМ".to_owned(), "Опрос".to_owned()],
                    _ => Vec::new(),
                },
            }
        })
        .collect()
}

fn teams(town: &Town) -> Vec<Team> {
    (0..3)
        .map(|place| Team {
            name: format!("Команда развития № {}", place + 1),
            members: (0..place + 2)
                .map(|member| {
                    (
                        person(town, place * 5 + member),
                        source(2, 50 + place * 5 + member),
                    )
                })
                .collect(),
        })
        .collect()
}

fn person(town: &Town, number: usize) -> PersonRef {
    PersonRef {
        person: u32::try_from(number + 1).unwrap(),
        name: town.names.then(|| name(number)),
        organisation: Some(u32::try_from(number * 7 % town.organisations).unwrap()),
    }
}

fn methodists(town: &Town) -> Vec<Methodist> {
    (0..town.teachers)
        .step_by(30)
        .map(|number| Methodist {
            person: person(town, number),
            status_row: source(4, number / 30 + 1),
            teachers: (1..2 + number / 30 % 25)
                .map(|teacher| (person(town, number + teacher), source(7, number + teacher)))
                .collect(),
        })
        .collect()
}

fn survey(town: &Town) -> Survey {
    let questions = [
        (
            "Насколько Вы удовлетворены работой муниципальной методической службы?",
            "слова",
        ),
        (
            "Оцените полезность методических мероприятий по пятибалльной шкале",
            "1–5",
        ),
    ];
    let meanings = [
        AnswerMeaning::Positive,
        AnswerMeaning::Positive,
        AnswerMeaning::Neutral,
        AnswerMeaning::Positive,
        AnswerMeaning::Negative,
        AnswerMeaning::Undecided,
        AnswerMeaning::Absent,
    ];
    let mut answers = Vec::new();
    for respondent in 0..town.answers {
        for question in 0..2 {
            let meaning = meanings[(respondent * 3 + question) % 7];
            answers.push(AnswerVerdict {
                row: RowRef {
                    sheet: SheetId::of(8),
                    row: u32::try_from(respondent + 1).unwrap(),
                },
                organisation: (respondent % 9 != 0)
                    .then(|| OrgId::of(u32::try_from(respondent % town.organisations).unwrap())),
                category: u32::try_from(respondent % 3).unwrap(),
                question: u32::try_from(question).unwrap(),
                meaning,
            });
        }
    }
    Survey {
        questions: questions
            .map(|(q, s)| (q.to_owned(), s.to_owned()))
            .to_vec(),
        categories: [
            "не указана",
            "педагогические работники",
            "управленческие кадры",
        ]
        .map(str::to_owned)
        .to_vec(),
        respondents: town.answers as u64,
        invited: (town.teachers + town.managers) as u64,
        interval: None,
        verdicts: Arc::new(answers),
        undecided_counts: true,
        places: (0..).map(Some).take(town.organisations).collect(),
    }
}

fn measures() -> Vec<Measure> {
    let rows = [
        (
            "Муниципальный августовский педагогический совет",
            "муниципальный",
            Some(day(2024, 8, 28)),
            "выполнено",
            Some(day(2024, 8, 28)),
        ),
        (
            "Участие в региональном форуме «Школа молодого педагога», подготовка наставников и методических материалов",
            "региональный",
            Some(day(2024, 5, 31)),
            "выполнено",
            None,
        ),
        (
            "Всероссийский конкурс «Учитель года»: муниципальный этап",
            "федеральный",
            Some(day(2024, 12, 31)),
            "в работе",
            None,
        ),
        (
            "Диагностика профессиональных компетенций",
            "муниципальный",
            Some(day(2024, 6, 30)),
            "не выполнено",
            None,
        ),
        (
            "Сопровождение педагогов по ИОМ",
            "муниципальный",
            None,
            "в работе",
            None,
        ),
    ];
    (0..)
        .zip(rows)
        .map(
            |(place, (title, level, deadline, status, done_on))| Measure {
                title: title.to_owned(),
                level: level.to_owned(),
                deadline,
                status: status.to_owned(),
                done_on,
                regional: level == "региональный",
                federal: level == "федеральный",
                under_way: status != "не выполнено",
                due: deadline.is_some_and(|d| d <= day(2024, 9, 30)),
                done: status == "выполнено",
                rows: vec![source(9, place + 3)],
            },
        )
        .collect()
}

type Count = (u64, u64);

fn tally(marks: impl Iterator<Item = Mark>) -> Count {
    let mut count = (0, 0);
    for mark in marks {
        count.0 += u64::from(mark.state == State::Counted);
        count.1 += u64::from(mark.state != State::Outside);
    }
    count
}

fn of_people(people: &People, id: &str, keep: impl Fn(&PersonRow) -> bool) -> Count {
    let place = people.columns.iter().position(|c| c.id == id).unwrap();
    tally(
        people
            .marked()
            .filter(|(row, _)| keep(row))
            .map(|(_, marks)| marks[place]),
    )
}

fn target(id: &str) -> Option<Target> {
    let text = match id {
        "4.1.1" => "да",
        "4.1.2.1" => "50",
        "4.1.2.2" => "62,75",
        "4.1.2.3" => "<= 57.5",
        "4.1.2.4" => "60..75,5",
        "4.1.2.5" => "10..40",
        "4.1.2.6" => "2",
        "4.1.3.2" => "5..15",
        "4.1.3.5" => "49.9",
        "4.1.4" => "80",
        _ => return None,
    };
    Some(Target::parse_for(id, text).unwrap())
}

const RULE: &str = "в числителе – педагогические работники с записью о диагностике, дата которой входит в окно; \
                    запись считается при любом результате";

fn line(model: &ReportModel, id: &str, count: Option<(u64, Option<u64>)>) -> Line {
    let definition = catalogue().indicators.iter().find(|d| d.id == id).unwrap();
    let decimals = match definition.unit {
        Unit::Percent => model.decimals,
        Unit::PerOne => 1,
        _ => 0,
    };
    let exact = count.and_then(|(above, below)| match (definition.unit, below) {
        (Unit::Percent, Some(below)) => Ratio::new(100 * i128::from(above), below.into()),
        (Unit::PerOne, Some(below)) => Ratio::new(above.into(), below.into()),
        (Unit::YesNo, _) => Ratio::new(1, 1),
        _ => Ratio::new(above.into(), 1),
    });
    let plan = target(id).map(|target| PlanLine {
        deviation: exact
            .and_then(|exact| target.deviation(exact))
            .map(|deviation| deviation.rounded(decimals)),
        outcome: exact.map_or(Outcome::Undefined, |exact| target.outcome(exact)),
        target,
    });
    Line {
        id: id.to_owned(),
        text: definition.text.clone(),
        short: definition.short.clone(),
        unit: definition.unit,
        scope: definition.scope,
        status: match (count, exact) {
            (None, _) => Status::NoData,
            (_, None) => Status::Undefined,
            _ => Status::Ok,
        },
        numerator: count.map(|(above, _)| above),
        denominator: count.and_then(|(_, below)| below),
        value: exact.map(|exact| match definition.unit {
            Unit::YesNo => "yes".to_owned(),
            _ => exact.rounded(decimals),
        }),
        plan,
        rule: RULE.to_owned(),
        note: match count {
            None => Some("нет таблицы «Поддержка молодых педагогов»".to_owned()),
            Some(_) => (id == "4.1.2.4").then(|| {
                "в таблице нет столбца «Вид ИОМ», поэтому показатель равен 4.1.3.3".to_owned()
            }),
        },
        conditions: (id == "4.1.1" && count.is_some()).then_some(RoadmapConditions {
            developed: true,
            under_way: true,
            regional: true,
            federal: true,
        }),
    }
}

fn breakdown(model: &ReportModel, id: &str, scope: Scope) -> BreakdownColumn {
    let places = 0..u32::try_from(model.organisations.len()).unwrap();
    let at = |place: Option<u32>| match scope {
        Scope::Schools => place.map_or((0, 0), |p| {
            tally([model.organisations[p as usize].mentoring].into_iter())
        }),
        Scope::Answers => {
            let mut count = (0, 0);
            for answer in model.survey.as_ref().unwrap().answers() {
                if answer.organisation == place {
                    count.0 += u64::from(answer.state == State::Counted);
                    count.1 += u64::from(answer.state != State::Outside);
                }
            }
            count
        }
        Scope::Managers => of_people(&model.managers, id, |row| row.organisation == place),
        _ => of_people(&model.teachers, id, |row| row.organisation == place),
    };
    BreakdownColumn {
        id: id.to_owned(),
        cells: places
            .map(|place| Some(at(Some(place))).filter(|c| c.1 > 0))
            .collect(),
        unnamed: Some(at(None)).filter(|c| c.1 > 0),
    }
}

pub fn model(town: &Town) -> ReportModel {
    let period = Period::parse("2024-Q3").unwrap();
    let teachers = people(
        town,
        town.teachers,
        0,
        &[
            ("4.1.2.1", "Диагностика"),
            ("4.1.2.3", "ДПО из реестра"),
            ("4.1.2.4", "ИОМ мастерства"),
            ("4.1.3.1", "Методист"),
            ("4.1.3.3", "ИОМ"),
            ("4.1.3.4", "ИОМ завершён"),
        ],
    );
    let managers = people(
        town,
        town.managers,
        town.teachers,
        &[("4.1.2.2", "Диагностика"), ("4.1.2.5", "ИОМ мастерства")],
    );
    let files = [
        "Сотрудники.xlsx",
        "Диагностика.xlsx",
        "Курсы.csv",
        "ИОМ.xlsx",
        "Региональные методисты.xlsx",
        "Поддержка.xlsx",
        "Организации.xlsx",
        "Закрепление.xls",
        "Опрос (Ответы).xlsx",
        "Дорожная карта.xlsx",
    ];
    let mut model = ReportModel {
        heading: Heading {
            municipality: "город Кузнецк".to_owned(),
            window: Window::of(&period, None),
            period,
            source: catalogue().source.clone(),
            executor: "Петрова А. С., тел. 8 (8415) 12-34-56".to_owned(),
            head: "И. В. Смирнова".to_owned(),
        },
        decimals: town.decimals,
        names: town.names,
        min_group: town.min_group,
        paragraphs: paragraphs(),
        lines: Vec::new(),
        sources: files
            .iter()
            .map(|file| SheetName {
                file: (*file).to_owned(),
                sheet: if file.ends_with("csv") {
                    ""
                } else {
                    "Лист1"
                }
                .to_owned(),
            })
            .collect(),
        organisations: organisations(town),
        breakdown: Vec::new(),
        teachers,
        managers,
        teams: teams(town),
        methodists: methodists(town),
        left_out_pairs: vec![LeftOutPair {
            row: source(7, 77),
            reason: "методист не имеет статуса на отчётную дату".to_owned(),
        }],
        survey: Some(survey(town)),
        measures: measures(),
        findings: findings(),
        passport: passport(&files),
    };
    figures(&mut model);
    model
}

fn figures(model: &mut ReportModel) {
    for definition in &catalogue().indicators {
        let id = definition.id.as_str();
        let once = |row: &PersonRow| row.first;
        let pair = |count: Count| Some((count.0, Some(count.1)));
        let count = match definition.scope {
            Scope::Young => None,
            Scope::Managers => pair(of_people(&model.managers, id, once)),
            Scope::Teachers | Scope::WithIom => pair(of_people(&model.teachers, id, once)),
            Scope::Schools => pair(tally(model.organisations.iter().map(|o| o.mentoring))),
            Scope::Teams => Some((model.teams.len() as u64, None)),
            Scope::Methodists => Some((
                model
                    .methodists
                    .iter()
                    .map(|m| m.teachers.len() as u64)
                    .sum(),
                Some(model.methodists.len() as u64),
            )),
            Scope::Measures => Some((
                model.measures.iter().filter(|m| m.due && m.done).count() as u64,
                Some(model.measures.iter().filter(|m| m.due).count() as u64),
            )),
            Scope::Answers => {
                let survey = model.survey.as_ref().unwrap();
                let of = |keep: fn(&Answer) -> bool| survey.answers().filter(keep).count();
                Some((
                    of(|a| a.state == State::Counted) as u64,
                    Some(of(|a| a.state != State::Outside) as u64),
                ))
            }
        };
        let line = line(model, id, count);
        if let (Scope::Answers, Some((above, Some(below)))) = (definition.scope, count) {
            model.survey.as_mut().unwrap().interval = wilson(above, below);
        }
        let parted = !matches!(
            definition.scope,
            Scope::Measures | Scope::Methodists | Scope::Teams
        );
        if parted && count.is_some() {
            let column = breakdown(model, id, definition.scope);
            model.breakdown.push(column);
        }
        model.lines.push(line);
    }
}

/// Seven quarters that lead to the figures of a model; none where it has no figures.
pub fn dynamics(model: &ReportModel) -> Dynamics {
    let points = |line: &Line, quarter: u64| match (line.unit, line.numerator) {
        (_, None) => Point::None,
        (Unit::YesNo, _) => Point::Answer(quarter > 1),
        (Unit::Count, Some(above)) => Point::Count(above * (quarter + 1) / 7),
        (_, Some(above)) if quarter > 0 => Point::Ratio(
            above * (quarter + 1) / 7,
            line.denominator.unwrap_or_default(),
        ),
        _ => Point::Ratio(0, 0),
    };
    if model.lines.iter().all(|line| line.numerator.is_none()) {
        return Dynamics::default();
    }
    let quarters = [
        "I кв. 2023",
        "II кв. 2023",
        "III кв. 2023",
        "IV кв. 2023",
        "I кв. 2024",
        "II кв. 2024",
        "III кв. 2024",
    ];
    let series = model.lines.iter().map(|line| Series {
        id: line.id.clone(),
        points: (0..7).map(|quarter| points(line, quarter)).collect(),
    });
    Dynamics {
        quarters: quarters.map(str::to_owned).to_vec(),
        window: "нарастающим итогом с начала года".to_owned(),
        series: series.collect(),
    }
}

fn wilson(above: u64, below: u64) -> Option<(String, String)> {
    if below == 0 {
        return None;
    }
    let (n, d, z) = (above as f64, below as f64, 1.959_964_f64);
    let middle = n / d + z * z / (2.0 * d);
    let spread = z * ((n / d) * (1.0 - n / d) / d + z * z / (4.0 * d * d)).sqrt();
    let whole = 1.0 + z * z / d;
    let text = |value: f64| format!("{:.2}", 100.0 * value / whole);
    Some((text(middle - spread), text(middle + spread)))
}

fn paragraphs() -> Vec<Paragraph> {
    [
        ("4.1.1", "Показатель эффективности деятельности ММС в области управления муниципальной системой научно-методического сопровождения педагогических работников и управленческих кадров"),
        ("4.1.2", "Показатели эффективности ММС в области непрерывного повышения профессионального мастерства педагогических работников и управленческих кадров на территории муниципального образования"),
        ("4.1.3", "Показатели эффективности ММС в области содержательно-методического обеспечения непрерывного профессионального (педагогического) образования"),
        ("4.1.4", "Показатель уровня удовлетворенности педагогических работников и управленческих кадров образовательных организаций работой ММС"),
    ]
    .map(|(number, text)| Paragraph { number: number.to_owned(), text: text.to_owned() })
    .to_vec()
}

fn findings() -> Vec<FindingRow> {
    let kinds = [
        (Severity::Error, "E301", "дата не прочитана", 4),
        (
            Severity::Error,
            "E401",
            "человек не найден в таблице сотрудников",
            3,
        ),
        (
            Severity::Warning,
            "W501",
            "организация не найдена в таблице организаций",
            2,
        ),
        (Severity::Note, "N302", "число записано текстом", 6),
    ];
    let mut rows = Vec::new();
    for (severity, code, title, count) in kinds {
        for place in 0..count {
            rows.push(FindingRow {
                severity,
                code,
                title: title.into(),
                file: "Диагностика.xlsx".into(),
                sheet: "Лист1".into(),
                place: format!("C{}", 17 + place),
                seen: "«32.01.2024» – не дата".to_owned(),
                effect: "Проверки, которым нужна эта дата, считаются невыполненными; остальные проверки строки действуют.".into(),
                advice: "Запишите дату в ячейке в виде ДД.ММ.ГГГГ.".into(),
                indicators: "4.1.2.1, 4.1.2.2, 4.1.2.3".into(),
            });
        }
    }
    rows
}

fn passport(files: &[&str]) -> Passport {
    Passport {
        tool: "mms 0.1.0".to_owned(),
        schema: "mms-result/1".to_owned(),
        settings: [
            ("municipality", "город Кузнецк", "mms.toml, строка 1"),
            ("decimals", "1", "по умолчанию"),
            ("window", "", "по умолчанию"),
            ("targets.\"4.1.2.1\"", "50", "mms.toml, строка 7"),
        ]
        .map(|(key, value, origin)| SettingRow {
            key: key.to_owned(),
            value: value.to_owned(),
            origin: origin.to_owned(),
        })
        .to_vec(),
        inputs: files
            .iter()
            .map(|file| InputRow {
                path: (*file).to_owned(),
                format: "xlsx".to_owned(),
                size: 123_456,
                sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                    .to_owned(),
            })
            .collect(),
        sheets: files
            .iter()
            .map(|file| SheetRow {
                file: (*file).to_owned(),
                sheet: "Лист1".to_owned(),
                register: Some(file.split('.').next().unwrap().to_owned()),
                header_row: Some(3),
                read: 120,
                used: 117,
                left_out: vec![("итоговая строка".to_owned(), 1), ("пустая".to_owned(), 2)],
                hidden_rows: Some(4),
            })
            .collect(),
        command: "mms report . --period 2024-Q3 -o Показатели_ММС_2024-Q3.xlsx".to_owned(),
        remarks: vec![
            "В таблице «Диагностика» нет столбца даты: все её записи отнесены к окну.".to_owned(),
        ],
    }
}

/// What stands for the part that programs read.
pub fn manifest() -> String {
    format!(
        "{{\"schema\":\"mms-result/1\",\"filler\":\"{}\"}}",
        "ж".repeat(70_000)
    )
}

/// Writes the report into the tests' own folder.
pub fn write(model: &ReportModel, scale: Scale, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(name);
    let mut file = std::fs::File::options()
        .create(true)
        .truncate(true)
        .read(true)
        .write(true)
        .open(&path)
        .unwrap();
    let later = Later {
        quarters: &|| dynamics(model),
        manifest: &|out| out.write_all(manifest().as_bytes()),
    };
    let manner = Manner::of(model, scale);
    xlsx::write(model, later, &manner, &mut file, folder).unwrap();
    path
}
