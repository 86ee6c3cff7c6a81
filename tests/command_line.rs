//! The program as its users start it: exit codes, streams, settings, completions, man pages.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own small inputs"
)]

use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn mms() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("mms"))
}

fn run(args: &[&str], folder: &Path) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = mms().args(args).current_dir(folder).output().unwrap();
    (
        status.code().unwrap(),
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    )
}

fn folder_with(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mms.toml"), settings).unwrap();
    folder
}

/// Neither one thread nor many make another report, and none waits for another for ever.
#[test]
fn a_report_is_the_same_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/kuznetsk");
    let report = |threads: &str| {
        let output = mms()
            .args(["report", "--period", "2024-Q3", "--force", "-o", "r.xlsx"])
            .arg(&example)
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{threads}: {output:?}");
        std::fs::read(folder.path().join("r.xlsx")).unwrap()
    };
    let one = report("1");
    assert!(one == report("2") && one == report("7"));
}

/// The csv writer gives pieces of 8 KB, which end within letters.
#[test]
fn a_long_list_keeps_every_letter() {
    let folder = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/kuznetsk");
    let example = example.to_str().unwrap();
    let (code, out, err) = run(
        &[
            "explain", "all", example, "--period", "2024-Q3", "--format", "csv",
        ],
        folder.path(),
    );
    assert_eq!(code, 0, "{err}");
    assert!(out.len() > 3 * 8192 && out.starts_with('\u{feff}'));
    assert!(!out.contains('\u{fffd}'));
}

/// One table of three people, read with commas between its columns.
fn comma_town() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let staff = "ФИО,Организация,Должность\nАистов Антон Ильич,Школа №1,учитель;химик\n\
                 Белов Борис Ильич,Школа №1,учитель;физик\n";
    std::fs::create_dir(folder.path().join("Город")).unwrap();
    std::fs::write(folder.path().join("Город/Сотрудники.csv"), staff).unwrap();
    folder
}

#[test]
fn two_outputs_never_take_one_place() {
    let folder = comma_town();
    let at = folder.path();
    let report = ["report", "Город", "--period", "2024-Q3", "-q", "-o"];
    let (code, _, err) = run(&[&report[..], &["а.xlsx", "--json", "А.xlsx"]].concat(), at);
    assert_eq!(code, 4, "{err}");
    let (code, _, err) = run(&[&report[..], &["а.xlsx", "--json", "а.json"]].concat(), at);
    assert_eq!(code, 0, "{err}");
    let (code, _, err) = run(&["merge", "а.json", "-o", "С.xlsx", "--json", "С.xlsx"], at);
    assert_eq!(code, 4, "{err}");
    assert!(err.contains("дайте им разные имена"), "{err}");
    assert!(!at.join("С.xlsx").exists());
}

#[test]
fn settings_of_a_folder_that_is_not_there_are_an_error() {
    let folder = comma_town();
    let (code, _, err) = run(&["settings", "Горот"], folder.path());
    assert_eq!(code, 3, "{err}");
    assert_eq!(run(&["settings", "Город"], folder.path()).0, 0);
}

#[test]
fn findings_are_printed_after_the_figures() {
    let folder = comma_town();
    let at = folder.path();
    std::fs::write(
        at.join("Город/Диагностика.csv"),
        "ФИО,Организация,Дата диагностики\nВаснецов Виктор Ильич,Школа №1,01.03.2024\n",
    )
    .unwrap();
    let both = std::fs::File::create(at.join("both.txt")).unwrap();
    let status = mms()
        .args(["report", "Город", "--period", "2024-Q3", "-o", "а.xlsx"])
        .current_dir(at)
        .stdout(both.try_clone().unwrap())
        .stderr(both)
        .status()
        .unwrap();
    assert!(status.success());
    let text = std::fs::read_to_string(at.join("both.txt")).unwrap();
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(place("Отчёт: а.xlsx") < place("Диагностика.csv"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_report_is_as_open_as_the_users_files_are() {
    use std::os::unix::fs::PermissionsExt;
    let folder = comma_town();
    let at = folder.path();
    for (umask, mode) in [("077", 0o600), ("022", 0o644)] {
        let name = format!("{umask}.xlsx");
        let status = Command::new("sh")
            .args(["-c", "umask $1; shift; exec \"$@\"", "sh", umask])
            .arg(mms().get_program())
            .args(["report", "Город", "--period", "2024-Q3", "-q", "-o", &name])
            .current_dir(at)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        let written = std::fs::metadata(at.join(&name)).unwrap();
        assert_eq!(written.permissions().mode() & 0o777, mode, "{umask}");
    }
}

#[test]
fn a_hidden_sheet_was_not_tried() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/hidden.xlsx");
    let (code, out, _) = run(&["inspect", &book.to_string_lossy()], Path::new("."));
    assert_eq!(code, 0);
    assert!(out.contains("лист «Скрытый»: скрыт, не прочитан"), "{out}");
    assert!(!out.contains("не подходит"), "{out}");
}

#[test]
fn an_empty_position_is_one_error() {
    let folder = folder_with("");
    let staff = "ФИО;Организация;Должность\nИванова Мария Петровна;МБОУ СОШ №1;\n";
    std::fs::write(folder.path().join("Сотрудники.csv"), staff).unwrap();
    let (_, out, _) = run(&["check", ".", "--period", "2024-Q3"], folder.path());
    assert!(out.contains("E311") && !out.contains("E605"), "{out}");
}

#[test]
fn help_and_version_go_to_standard_output_and_trouble_to_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    for args in [
        &["--help"][..],
        &["-h"],
        &["settings", "--help"],
        &["--version"],
    ] {
        let (code, out, err) = run(args, folder.path());
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
        assert!(!out.is_empty());
    }
    let version = concat!("mms ", env!("CARGO_PKG_VERSION"));
    assert_eq!(run(&["-V"], folder.path()).1, format!("{version}\n"));
    // In a clone the commit stands beside the version.
    let long = run(&["--version"], folder.path()).1;
    let commit = long.strip_prefix(version).unwrap().trim_end();
    assert!(commit.is_empty() || commit.starts_with(" (коммит ") && commit.ends_with(')'));
    for args in [
        &[][..],
        &["nothing"],
        &["completions"],
        &["settings", "--window", "x"],
    ] {
        let (code, out, err) = run(args, folder.path());
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(!err.is_empty());
    }
}

#[test]
fn settings_are_shown_with_where_they_came_from() {
    let folder = folder_with("decimals = 2\n\n[targets]\n\"4.1.2.1\" = 50\n");
    let (code, out, err) = run(&["settings", "--window", "all", "--names"], folder.path());
    assert_eq!(code, 0);
    assert!(err.contains("mms.toml"), "{err}");
    for (setting, origin) in [
        ("decimals = 2", "mms.toml, строка 1"),
        ("targets.\"4.1.2.1\" = 50", "mms.toml, строка 4"),
        ("window = \"all\"", "флаг --window"),
        ("privacy.names = true", "флаг --names"),
        ("staff.leave = true", "по умолчанию"),
    ] {
        let shown = out.lines().any(|line| {
            line.split_once('#')
                .is_some_and(|(left, right)| left.trim() == setting && right.trim() == origin)
        });
        assert!(shown, "{setting} # {origin}\n{out}");
    }
    let (_, _, quiet) = run(&["settings", "--quiet"], folder.path());
    assert_eq!(quiet, "");
}

#[test]
fn what_is_shown_is_itself_a_settings_file() {
    let folder = folder_with("decimals = 2\n[phrases]\ncourses = { \"сдал зачёт\" = \"done\" }\n");
    let (_, shown, _) = run(&["settings"], folder.path());
    let again = folder_with(&shown);
    let (code, second, err) = run(&["settings"], again.path());
    assert_eq!(code, 0, "{err}");
    let values = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.split("  #").next().unwrap().trim().to_owned())
            .collect()
    };
    assert_eq!(values(&shown), values(&second));
}

#[test]
fn errors_of_settings_have_their_line_and_exit_code_2() {
    let folder = folder_with("head = \"\"\ndecimal = 2\n");
    let (code, out, err) = run(&["settings"], folder.path());
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.contains(
            "mms.toml, строка 2: неизвестный ключ «decimal»; ближайший известный — «decimals»"
        ),
        "{err}"
    );
    let (code, _, err) = run(&["settings", "--config", "нет.toml"], folder.path());
    assert_eq!(code, 2);
    assert!(err.contains("нет.toml: файла настроек нет"), "{err}");
}

#[test]
fn the_schema_is_json() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = run(&["settings", "--schema"], folder.path());
    assert_eq!(code, 0);
    let schema: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(schema["properties"]["decimals"]["default"], 1);
}

#[test]
fn every_shell_gets_its_completions() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out, err) = run(&["completions", shell], folder.path());
        assert_eq!((code, err.as_str()), (0, ""), "{shell}");
        assert!(
            out.contains("settings") && out.contains("window"),
            "{shell}"
        );
    }
}

#[test]
fn man_pages_are_in_russian() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["man"][..], &["man", "settings"]] {
        let (code, out, err) = run(args, folder.path());
        assert_eq!((code, err.as_str()), (0, ""));
        for title in ["ИМЯ", "ИСПОЛЬЗОВАНИЕ", "ОПИСАНИЕ", "ПРИМЕРЫ"]
        {
            assert!(
                out.contains(&format!(".SH \"{title}\"\n")),
                "{title}\n{out}"
            );
        }
        for line in out.lines().filter(|line| line.starts_with(".SH")) {
            assert!(
                !line.contains(|c: char| c.is_ascii_alphabetic() && !"SH".contains(c)),
                "{line}"
            );
        }
    }
    let (code, _, err) = run(&["man", "setings"], folder.path());
    assert_eq!(code, 2);
    assert!(err.contains("ближайшая — «settings»"), "{err}");
}

#[test]
fn a_broken_pipe_ends_quietly_with_0() {
    for args in [
        &["--help"][..],
        &["settings", "--quiet"],
        &["settings", "--schema"],
        &["completions", "zsh"],
        &["man"],
    ] {
        // The reading end is closed before the program writes.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child = mms()
            .args(args)
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}");
        assert_eq!(err, "", "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_exit_code_4() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = mms().args(["man"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(err, "Ошибка: результат не выводится: нет места\n");
}
