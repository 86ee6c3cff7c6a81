//! `mms verify` and `mms diff` as users start them: a hand-edited figure, a changed formula, a
//! changed byte of an input and a changed setting are found, each with its place.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own small inputs"
)]

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;

use mms::audit::verify::verify_with;
use mms::report::model::Origins;
use mms::report::output::{Output, Replace};
use mms::report::xlsx::{self, scale::Scale};
use mms::source::TextOptions;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const STAFF: &str = "ФИО;Организация;Должность\n\
    Абрамова Анна Ивановна;СОШ №1;учитель\n\
    Быков Пётр Ильич;СОШ №1;учитель\n\
    Волкова Инна Олеговна;СОШ №1;учитель\n\
    Громова Юлия Павловна;СОШ №2;учитель\n";
/// Two of four teachers: 50,0.
const DIAGNOSTICS: &str = "ФИО;Организация;Дата диагностики\n\
    Абрамова Анна Ивановна;СОШ №1;10.02.2024\n\
    Быков Пётр Ильич;СОШ №1;11.02.2024\n\
    Волкова Инна Олеговна;СОШ №1;03.10.2024\n";

fn mms(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let std::process::Output {
        status,
        stdout,
        stderr,
    } = Command::new(assert_cmd::cargo::cargo_bin!("mms"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    (
        status.code().unwrap(),
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    )
}

/// A folder with tables in `in` and their report `r.xlsx`.
fn town(settings: &str, flags: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("in");
    fs::create_dir(&inputs).unwrap();
    fs::write(inputs.join("Сотрудники.csv"), STAFF).unwrap();
    fs::write(inputs.join("Диагностика.csv"), DIAGNOSTICS).unwrap();
    if !settings.is_empty() {
        fs::write(inputs.join("mms.toml"), settings).unwrap();
    }
    report(folder.path(), "r.xlsx", flags);
    folder
}

fn report(folder: &Path, name: &str, flags: &[&str]) {
    let mut args = vec!["report", "in", "--period", "2024-Q3", "-o", name];
    args.extend(flags);
    let (code, _, err) = mms(folder, &args);
    assert_eq!(code, 0, "{err}");
}

/// The contents of a part, and a copy of the workbook with another text in it.
fn edit(folder: &Path, from: &str, to: &str, part: &str, change: impl Fn(&str) -> String) {
    let mut archive = ZipArchive::new(File::open(folder.join(from)).unwrap()).unwrap();
    let mut copy = ZipWriter::new(File::create(folder.join(to)).unwrap());
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name == part {
            let text = String::from_utf8(bytes).unwrap();
            let changed = change(&text);
            assert_ne!(text, changed, "{part}");
            bytes = changed.into_bytes();
        }
        copy.start_file(name, SimpleFileOptions::default()).unwrap();
        copy.write_all(&bytes).unwrap();
    }
    copy.finish().unwrap();
}

/// The part with the hidden sheet that programs read, behind the thirteen of a report.
const MANIFEST: &str = "xl/worksheets/sheet14.xml";

/// The row of an indicator on «Показатели»: below its paragraph's heading, from row 9 on, with the
/// four conditions of 4.1.1 only where there is a road map.
const DIAGNOSED: &str = "12";

/// Puts another stored result into a cell, or another formula.
fn cell(xml: &str, cell: &str, change: impl Fn(&str) -> String) -> String {
    let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
    let end = start + xml[start..].find("</c>").unwrap();
    format!(
        "{}{}{}",
        &xml[..start],
        change(&xml[start..end]),
        &xml[end..]
    )
}

#[test]
fn an_untouched_report_agrees_with_its_tables() {
    let town = town("", &[]);
    let (code, out, err) = mms(town.path(), &["verify", "r.xlsx", "in"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "Совпадает\n", ""));
    // The files themselves in place of their folder.
    let args = [
        "verify",
        "r.xlsx",
        "in/Диагностика.csv",
        "in/Сотрудники.csv",
    ];
    assert_eq!(mms(town.path(), &args).0, 0);
}

#[test]
fn flags_of_the_report_are_kept() {
    let town = town("", &["--window", "period", "--names"]);
    // In July to September nobody was diagnosed, yet the report agrees.
    let (code, out, _) = mms(town.path(), &["verify", "r.xlsx", "in"]);
    assert_eq!((code, out.as_str()), (0, "Совпадает\n"));
}

/// What was said of delimited texts is kept: the report can be made again, and verified, by it.
#[test]
fn the_delimiter_and_the_encoding_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("Город")).unwrap();
    // By its rows alone the table is one of semicolons.
    fs::write(
        at.join("Город/Сотрудники.csv"),
        "ФИО,Организация,Должность;;;\nАистов Антон Ильич,Школа №1,учитель;;;\n",
    )
    .unwrap();
    let flags = ["--delimiter", ",", "--encoding", "utf-8"];
    let report = [
        "report",
        "Город",
        "--period",
        "2024-Q3",
        "-q",
        "-o",
        "О.xlsx",
    ];
    let (code, _, err) = mms(at, &[&report[..], &flags].concat());
    assert_eq!(code, 0, "{err}");
    let (code, out, err) = mms(at, &["verify", "О.xlsx", "Город"]);
    assert_eq!((code, out.trim()), (0, "Совпадает"), "{err}");
    let mut workbook = calamine::open_workbook_auto(at.join("О.xlsx")).unwrap();
    let passport = calamine::Reader::worksheet_range(&mut workbook, "Паспорт").unwrap();
    let command = "mms report Город --period 2024-Q3 --encoding utf-8 --delimiter ,";
    assert!(passport.cells().any(|(.., cell)| *cell == *command));
}

#[test]
fn a_figure_edited_by_hand_is_found_with_its_cell() {
    let town = town("", &[]);
    let at = format!("E{DIAGNOSED}");
    edit(
        town.path(),
        "r.xlsx",
        "x.xlsx",
        "xl/worksheets/sheet1.xml",
        |xml| {
            cell(xml, &at, |cell| {
                assert!(
                    cell.contains("<v>50.0</v>") || cell.contains("<v>50</v>"),
                    "{cell}"
                );
                cell.replace("<v>50.0</v>", "<v>75.5</v>")
                    .replace("<v>50</v>", "<v>75.5</v>")
            })
        },
    );
    let (code, out, _) = mms(town.path(), &["verify", "x.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(
        out.contains(&format!(
            "Показатели, {at}: в отчёте 75,5, по таблицам 50,0 (4.1.2.1, факт)"
        )),
        "{out}"
    );
    assert!(out.contains("Печать отчёта не сходится"), "{out}");
    assert!(out.ends_with("Найдено расхождений: 2\n"), "{out}");
}

#[test]
fn a_formula_changed_for_another_or_for_a_number_is_found() {
    let town = town("", &[]);
    let at = format!("G{DIAGNOSED}");
    let sheet = "xl/worksheets/sheet1.xml";
    edit(town.path(), "r.xlsx", "x.xlsx", sheet, |xml| {
        cell(xml, &at, |cell| cell.replace("<f>", "<f>0+"))
    });
    let (code, out, _) = mms(town.path(), &["verify", "x.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(
        out.contains(&format!("Показатели, {at}: формула изменена")),
        "{out}"
    );
    edit(town.path(), "r.xlsx", "x.xlsx", sheet, |xml| {
        cell(xml, &at, |cell| {
            let (before, rest) = cell.split_once("<f>").unwrap();
            format!("{before}{}", rest.split_once("</f>").unwrap().1)
        })
    });
    let (code, out, _) = mms(town.path(), &["verify", "x.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(
        out.contains(&format!("Показатели, {at}: вместо формулы")),
        "{out}"
    );
}

#[test]
fn a_figure_of_an_organisation_and_a_mark_of_the_evidence_are_found() {
    let town = town("", &[]);
    // «По организациям»: the first organisation stands in row 6, its first numerator in C.
    edit(
        town.path(),
        "r.xlsx",
        "x.xlsx",
        "xl/worksheets/sheet2.xml",
        |xml| cell(xml, "C6", |cell| cell.replace("<v>2</v>", "<v>3</v>")),
    );
    let (code, out, _) = mms(town.path(), &["verify", "x.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("По организациям, C6: в отчёте 3, по таблицам 2 (СОШ №1, 4.1.2.1, числитель)"),
        "{out}"
    );
    // «Педагоги»: the code of the first person, in row 7.
    edit(
        town.path(),
        "r.xlsx",
        "x.xlsx",
        "xl/worksheets/sheet5.xml",
        |xml| cell(xml, "B7", |cell| cell.replace("<v>1</v>", "<v>2</v>")),
    );
    let (code, out, _) = mms(town.path(), &["verify", "x.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("Педагоги, B7: в отчёте 2, по таблицам 1"),
        "{out}"
    );
}

#[test]
fn a_changed_byte_of_an_input_is_found_with_what_follows() {
    let town = town("", &[]);
    let path = town.path().join("in/Диагностика.csv");
    fs::write(&path, DIAGNOSTICS.replace("03.10.2024", "03.09.2024")).unwrap();
    let (code, out, _) = mms(town.path(), &["verify", "r.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("Файл «Диагностика.csv»: содержимое другое, SHA-256"),
        "{out}"
    );
    // Three of four.
    assert!(
        out.contains(&format!(
            "Показатели, E{DIAGNOSED}: в отчёте 50, по таблицам 75 (4.1.2.1, факт)"
        )),
        "{out}"
    );
    // A byte that moves no figure.
    fs::write(&path, format!("{DIAGNOSTICS}\n")).unwrap();
    let (code, out, _) = mms(town.path(), &["verify", "r.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(out.contains("Файл «Диагностика.csv»"), "{out}");
}

#[test]
fn a_file_that_came_or_went_is_named() {
    let town = town("", &[]);
    let inputs = town.path().join("in");
    fs::rename(
        inputs.join("Диагностика.csv"),
        inputs.join("Диагностика 2024.csv"),
    )
    .unwrap();
    let (code, out, _) = mms(town.path(), &["verify", "r.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("Файл «Диагностика.csv» назван иначе: теперь «Диагностика 2024.csv»"),
        "{out}"
    );
    fs::remove_file(inputs.join("Диагностика 2024.csv")).unwrap();
    fs::write(
        inputs.join("Соответствия.csv"),
        "Как записано;Кто это\nБыкова П. И.;Быков Пётр Ильич\n",
    )
    .unwrap();
    let (code, out, _) = mms(town.path(), &["verify", "r.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("Файла «Диагностика.csv» нет среди таблиц"),
        "{out}"
    );
    assert!(
        out.contains("Файл «Соответствия.csv» в отчёт не входил"),
        "{out}"
    );
    assert!(
        out.contains(&format!(
            "Показатели, E{DIAGNOSED}: в отчёте 50, по таблицам «нет данных»"
        )),
        "{out}"
    );
}

#[test]
fn a_changed_setting_is_found_beside_the_tables_and_in_the_passport() {
    let town = town("decimals = 2\n", &["--window", "all"]);
    assert_eq!(mms(town.path(), &["verify", "r.xlsx", "in"]).0, 0);
    fs::write(
        town.path().join("in/mms.toml"),
        "[staff]\nexternal = true\n",
    )
    .unwrap();
    let (code, out, _) = mms(town.path(), &["verify", "r.xlsx", "in"]);
    assert_eq!(code, 1);
    for line in [
        "Настройка decimals: в отчёте 2 (mms.toml, строка 1), сейчас 1 (mms.toml)",
        "Настройка staff.external: в отчёте false (по умолчанию), сейчас true (mms.toml, строка 2)",
        "Найдено расхождений: 2",
    ] {
        assert!(out.contains(line), "{out}");
    }
    // Edited in the report: what «Паспорт» shows is no longer what it keeps.
    fs::remove_file(town.path().join("in/mms.toml")).unwrap();
    edit(town.path(), "r.xlsx", "x.xlsx", MANIFEST, |xml| {
        xml.replacen("decimals = 2", "decimals = 3", 1)
    });
    let (code, out, _) = mms(town.path(), &["verify", "x.xlsx", "in"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("Паспорт, B23: в отчёте «2», по таблицам «3»"),
        "{out}"
    );
}

#[test]
fn another_version_of_the_program_is_told() {
    let town = town("", &[]);
    let tool = concat!("\"tool\":\"mms ", env!("CARGO_PKG_VERSION"), "\"");
    edit(town.path(), "r.xlsx", "x.xlsx", MANIFEST, |xml| {
        let quoted = tool.replace('"', "&quot;");
        let (from, to) = if xml.contains(tool) {
            (tool.to_owned(), "\"tool\":\"mms 0.0.9\"".to_owned())
        } else {
            (quoted, "&quot;tool&quot;:&quot;mms 0.0.9&quot;".to_owned())
        };
        xml.replace(&from, &to)
    });
    let (_, out, _) = mms(town.path(), &["verify", "x.xlsx", "in"]);
    assert!(
        out.contains("отчёт составлен программой mms 0.0.9"),
        "{out}"
    );
}

#[test]
fn what_is_no_report_is_refused_with_3() {
    let town = town("", &[]);
    for other in ["in/Сотрудники.csv", "нет.xlsx", "in"] {
        for args in [["verify", other, "in"], ["diff", other, "r.xlsx"]] {
            let (code, out, err) = mms(town.path(), &args);
            assert_eq!((code, out.as_str()), (3, ""), "{args:?}");
            assert!(err.starts_with("Ошибка: "), "{err}");
        }
    }
    let broken = town.path().join("broken.xlsx");
    let bytes = fs::read(town.path().join("r.xlsx")).unwrap();
    fs::write(&broken, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(mms(town.path(), &["verify", "broken.xlsx", "in"]).0, 3);
}

#[test]
fn two_reports_are_compared() {
    let town = town("", &["--names"]);
    let (code, out, _) = mms(town.path(), &["diff", "r.xlsx", "r.xlsx"]);
    assert_eq!(code, 0);
    assert!(out.ends_with("Отличий нет\n"), "{out}");
    // The usual window of a quarter, named.
    report(town.path(), "w.xlsx", &["--names", "--window", "ytd"]);
    let (code, out, _) = mms(town.path(), &["diff", "r.xlsx", "w.xlsx"]);
    assert_eq!(code, 0, "{out}");

    let inputs = town.path().join("in");
    fs::write(
        inputs.join("Диагностика.csv"),
        DIAGNOSTICS
            .replace("03.10.2024", "03.09.2024")
            .replace("10.02.2024", "10.12.2024"),
    )
    .unwrap();
    fs::write(
        inputs.join("mms.toml"),
        "executor = \"Иванов И. И.\"\n[staff]\nexternal = true\n[targets]\n\"4.1.2.1\" = 60\n",
    )
    .unwrap();
    fs::write(
        inputs.join("Сотрудники.csv"),
        format!("{STAFF}Дубов Олег Олегович;СОШ №2;учитель\n"),
    )
    .unwrap();
    report(town.path(), "s.xlsx", &["--names"]);
    let (code, out, err) = mms(town.path(), &["diff", "r.xlsx", "s.xlsx"]);
    assert_eq!(code, 1, "{err}");
    for line in [
        "педагогов: 4 → 5",
        "executor: \"\" → \"Иванов И. И.\"\n",
        "staff.external: false → true; изменилось правило, цифры несравнимы напрямую",
        "targets.\"4.1.2.1\": не задана → 60; изменился план",
        "изменён: Диагностика.csv",
        // 2 of 4 and 2 of 5.
        "50,0 (2 из 4) → 40,0 (2 из 5), -10,0 п. п.",
        "план: нет → 60",
        "вошли в числитель: 1 — Волкова Инна Олеговна",
        "вышли из числителя: 1 — Абрамова Анна Ивановна",
        "вошли только в знаменатель: 1 — Дубов Олег Олегович",
    ] {
        assert!(out.contains(line), "«{line}» is not in\n{out}");
    }
    // Without names nobody is named.
    report(town.path(), "t.xlsx", &[]);
    let (_, out, _) = mms(town.path(), &["diff", "r.xlsx", "t.xlsx"]);
    assert!(!out.contains("Волкова"), "{out}");
    assert!(out.contains("составлены с --names"), "{out}");
}

#[test]
fn a_near_miss_and_what_findings_leave_open_are_told() {
    let town = town("", &[]);
    let args = ["explain", "4.1.2.1", "in", "--period", "2024-Q3", "-q"];
    let (_, out, _) = mms(town.path(), &args);
    assert!(
        out.contains("вне окна: после отчётной даты (03.10.2024, через 3 дня после неё)"),
        "{out}"
    );
    assert!(!out.contains("не учтено из-за замечаний"), "{out}");
    // A record of nobody and one without a date: two records, but only two of four are missing.
    fs::write(
        town.path().join("in/Диагностика.csv"),
        format!(
            "{DIAGNOSTICS}Юрьева Яна Яновна;СОШ №1;05.05.2024\nГромова Юлия Павловна;СОШ №2;\n"
        ),
    )
    .unwrap();
    let (_, out, _) = mms(town.path(), &args);
    assert!(
        out.contains("не учтено из-за замечаний: 2 записи, показатель мог бы быть выше не более чем на 50,0 п. п."),
        "{out}"
    );
}

/// Evidence that does not fit a sheet stands in csv files beside the report, which are compared too.
#[test]
fn evidence_beside_the_report_is_compared() {
    let folder = town("", &[]);
    let inputs = vec![folder.path().join("in")];
    let in_force = mms::settings::load(&inputs, None).unwrap();
    let request = mms::pipeline::Request {
        inputs: inputs.clone(),
        settings: in_force.settings.clone(),
        period: mms::period::Period::parse("2024-Q3").unwrap(),
        text: TextOptions::default(),
    };
    let run = request.run().unwrap();
    let origins = Origins {
        in_force: &in_force,
        command: "mms report in --period 2024-Q3",
    };
    let scale = Scale {
        sheet_rows: 3,
        ..Scale::default()
    };
    let path = folder.path().join("big.xlsx");
    let output = Output::new(&path, Replace::Always, &[]).unwrap();
    xlsx::save_with(&run, &origins, &output, scale).unwrap();
    let differences = || {
        let text = TextOptions::default();
        let found = verify_with(&path, &inputs, text, scale).unwrap();
        found.differences
    };
    assert_eq!(differences(), Vec::<String>::new());

    let beside = folder.path().join("big. Педагоги.csv");
    let whole = fs::read_to_string(&beside).unwrap();
    // The header, and four teachers.
    assert_eq!(whole.lines().count(), 5);
    let name = "«big. Педагоги.csv»";
    fs::write(&beside, whole.replacen("учтён", "учтен", 1)).unwrap();
    let line = format!("{name}, строка 2: не то, что дают исходные таблицы");
    assert_eq!(differences(), [line]);
    fs::write(&beside, format!("{whole}лишняя строка")).unwrap();
    let line = format!("{name}, строка 6: не то, что дают исходные таблицы");
    assert_eq!(differences(), [line]);
    fs::remove_file(&beside).unwrap();
    let line = format!("{name}: файла рядом с отчётом нет, а в нём расшифровка «Педагоги»");
    assert_eq!(differences(), [line]);
}
