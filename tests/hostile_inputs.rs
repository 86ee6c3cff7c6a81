//! Inputs that are not what they should be, through the program as its users start it: each message
//! names the file and what to do, the exit code is that of contract §2, and nothing hangs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own inputs and waits by the clock"
)]

mod region;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use region::{mms, run};

const STAFF: &str = "ФИО;Организация;Должность\nЕршова Елена Ивановна;МБОУ СОШ №1;учитель\n";

fn put(folder: &Path, name: &str, contents: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, contents).unwrap();
}

fn corpus(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    fs::read(folder.join(name)).unwrap()
}

/// What `mms check` of a folder with this one file says: its exit code, what stands on both outputs.
fn check(name: &str, contents: impl AsRef<[u8]>) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), name, contents);
    let (code, out, err) = run(&["check", ".", "--period", "2024-Q3"], folder.path());
    (code, out + &err)
}

/// The file is refused by its name with these words.
fn refused(name: &str, contents: impl AsRef<[u8]>, words: &[&str]) {
    let (code, said) = check(name, contents);
    assert_eq!(code, 3, "{name}: {said}");
    let first = said.lines().next().unwrap_or_default();
    assert!(
        first.starts_with("Ошибка: ") && first.contains(name),
        "{said}"
    );
    for word in words {
        assert!(said.contains(word), "{name}: no «{word}» in «{said}»");
    }
}

/// Bytes without any order.
fn noise(count: u32) -> Vec<u8> {
    (1..=count)
        .map(|n| {
            n.wrapping_mul(2_654_435_761)
                .rotate_left(n % 31)
                .to_be_bytes()[1]
        })
        .collect()
}

#[test]
fn files_that_break_off_or_hold_nothing() {
    for name in ["table.xlsx", "table.xls", "table.ods", "date.xlsb"] {
        let whole = corpus(name);
        // The last bytes of an xls are often nothing.
        let most = whole.len() - if name.ends_with("xls") { 4_096 } else { 30 };
        for part in [most, whole.len() / 2, 600] {
            refused(name, &whole[..part], &["повреждён", "сохраните заново"]);
        }
    }
    for name in ["a.xlsx", "a.xls", "a.ods", "a.csv"] {
        refused(name, "", &["пустой", "сохраните таблицу в него заново"]);
    }
    for blank in ["\u{feff}", "\n\n\n", ";;;\n;;\n"] {
        refused("a.csv", blank, &["нет таблицы сотрудников", "mms inspect"]);
    }
}

#[test]
fn noise_is_no_table() {
    refused("a.csv", noise(5_000), &["кодировка не распознана", "UTF-8"]);
    for (name, magic) in [
        ("a.xlsx", &b""[..]),
        ("b.xlsx", b"PK\x03\x04"),
        ("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("a.ods", b"PK\x03\x04"),
    ] {
        refused(name, [magic, &noise(5_000)].concat(), &["повреждён"]);
    }
}

#[test]
fn the_contents_decide_and_a_note_says_so() {
    let (code, said) = check("Кадры.xlsx", STAFF);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("N103"), "{said}");
    for (contents, words) in [
        (&b"%PDF-1.7\n"[..], "PDF"),
        (b"{\\rtf1 }", "RTF"),
        (b"\x89PNG\r\n", "картинка"),
        (b"Rar!\x1a", "архив"),
        (b"<html><table></table></html>", "веб-страница"),
        (b"<?xml version=\"1.0\"?><a/>", "XML"),
    ] {
        refused("a.xls", contents, &[words]);
    }
    // A text with no table that is known is no table of another kind but a damaged book.
    for name in ["a.xlsx", "a.xls", "a.ods", "a.xlsb"] {
        refused(name, "это не книга", &["внутри текст", "повреждён"]);
    }
}

#[test]
fn a_password_is_named() {
    refused(
        "a.xlsx",
        corpus("locked.xlsx"),
        &["паролем", "снимите пароль"],
    );
}

#[test]
fn cells_of_a_megabyte_and_characters_of_control() {
    let long = "x".repeat(1 << 20);
    refused(
        "a.csv",
        format!("{STAFF}{long};Б;учитель\n"),
        &["A3", "1048576 знаков", "увеличьте cell_length"],
    );
    refused(
        "a.csv",
        format!("{STAFF}Жуков\0 Иван;СОШ №1;учитель\n"),
        &["в строке 3", "нулевой байт"],
    );
    let (code, said) = check(
        "a.csv",
        format!("{STAFF}Жу\u{7}ков Иван Ильич;СОШ\u{8} №1;\u{1b}[31mмаг\n"),
    );
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("E601")
            && said.contains("маг»")
            && !said.contains(['\u{7}', '\u{8}', '\u{1b}']),
        "{said:?}"
    );
}

#[test]
fn quotes_rows_and_encodings_out_of_order() {
    refused(
        "a.csv",
        format!("{STAFF}\"Жуков Иван Ильич;СОШ №1;учитель\nЗайцев;СОШ;учитель\n"),
        &["в строке 3 не закрыта", "Закройте кавычку"],
    );
    // Short rows lack their cells, long ones have cells that no column asks for.
    let (code, said) = check(
        "a.csv",
        format!(
            "{STAFF}Жуков Иван Ильич;МБОУ СОШ №1\nЗайцев Захар Ильич;МБОУ СОШ №1;учитель;;лишнее\n"
        ),
    );
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("E311") && said.contains("C3") && !said.contains("E3: "),
        "{said}"
    );
    let mut mixed = STAFF.as_bytes().to_vec();
    // «Жуков» in windows-1251.
    mixed.extend(b"\xC6\xF3\xEA\xEE\xE2;\xD1\xCE\xD8;\xF3\xF7\xE8\xF2\xE5\xEB\xFC\n");
    refused(
        "a.csv",
        mixed,
        &["смешаны кодировки", "строка 3", "в одной кодировке"],
    );
    let mut odd: Vec<u8> = vec![0xff, 0xfe];
    odd.extend(STAFF.encode_utf16().flat_map(u16::to_le_bytes));
    odd.push(b'x');
    refused("a.csv", odd, &["UTF-16LE", "Сохраните таблицу заново"]);
}

/// What a command says and its exit code; it must end by itself.
fn ends(args: &[&str], folder: &Path) -> (i32, String) {
    let mut child = mms()
        .args(args)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
            panic!("{args:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let mut said = String::new();
    child.stderr.unwrap().read_to_string(&mut said).unwrap();
    (status.code().unwrap(), said)
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_folders_in_place_of_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "т/Кадры.csv", STAFF);
    put(at, "п.csv/Кадры.csv", STAFF);
    for pipe in [
        "a.csv",
        "a.xlsx",
        "a.json",
        "mms.toml",
        "т/b.csv",
        "т/mms.toml",
    ] {
        let made = std::process::Command::new("mkfifo")
            .arg(at.join(pipe))
            .status();
        assert!(made.unwrap().success());
    }
    let report = ["report", "т", "-p", "2024-Q3", "-q", "-o"];
    let with = |more: &[&'static str]| [&report[..], more].concat();
    for (args, code, words) in [
        (vec!["check", "a.csv"], 3, "a.csv: это не файл и не папка"),
        (
            vec!["inspect", "/dev/zero"],
            3,
            "/dev/zero: это не файл и не папка",
        ),
        (
            vec!["check", "т", "--config", "mms.toml"],
            2,
            "mms.toml: это папка, канал или устройство",
        ),
        (
            vec!["check", "т", "--config", "/dev/zero"],
            2,
            "/dev/zero: это папка, канал или устройство",
        ),
        (
            vec!["check", "т", "--config", "т"],
            2,
            "т: это папка, канал или устройство",
        ),
        (vec!["verify", "a.xlsx", "т"], 3, "a.xlsx: это не отчёт mms"),
        (
            vec!["verify", "/dev/zero", "т"],
            3,
            "/dev/zero: это не отчёт mms",
        ),
        (
            vec!["diff", "a.xlsx", "a.xlsx"],
            3,
            "a.xlsx: это не отчёт mms",
        ),
        (vec!["merge", "a.json"], 3, "a.json: это папка, канал"),
        (vec!["merge", "/dev/zero"], 3, "/dev/zero: это папка, канал"),
        (with(&["a.xlsx", "--force"]), 4, "a.xlsx: это не файл"),
        (with(&["/dev/full", "--force"]), 4, "/dev/full: это не файл"),
        (with(&["т"]), 4, "т: это папка"),
        // A pipe in a folder, also of settings, is passed over, and a folder is a folder whatever its name.
        (vec!["check", "т"], 0, ""),
        (vec!["check", "п.csv"], 0, ""),
        (vec!["check", "т/Кадры.csv/б.csv"], 3, "не папка"),
    ] {
        let (found, said) = ends(&args, at);
        assert_eq!(found, code, "{args:?}: {said}");
        assert!(said.contains(words), "{args:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_round_and_round() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "т/Кадры.csv", STAFF);
    symlink("..", at.join("т/вверх")).unwrap();
    symlink("b.csv", at.join("a.csv")).unwrap();
    symlink("a.csv", at.join("b.csv")).unwrap();
    assert_eq!(ends(&["check", "т"], at).0, 0);
    assert_eq!(ends(&["check", "."], at).0, 0);
    let (code, said) = ends(&["check", "a.csv"], at);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("a.csv: ссылка не ведёт к файлу. Укажите сам файл"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn files_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "т/Кадры.csv", STAFF);
    let file = at.join("т/Кадры.csv");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::File::open(&file).is_ok() {
        eprintln!("not tried: this user reads every file");
        return;
    }
    let (code, said) = ends(&["check", "т"], at);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("Кадры.csv: нет права читать этот файл. Попросите доступ"),
        "{said}"
    );
}

#[test]
fn settings_that_name_what_is_not_there() {
    for (settings, words) in [
        ("municipality = \"город\n", "mms.toml, строка 1"),
        ("[staff]\nextrenal = true\n", "external"),
        (
            "[columns]\n\"Кадры.csv\" = { \"Нет\" = \"СНИЛС\" }\n",
            "столбец «Нет» не стал столбцом «СНИЛС»",
        ),
        (
            "[columns]\n\"Кадры.csv\" = { \"ZZ\" = \"СНИЛС\" }\n",
            "столбец «ZZ» не стал столбцом «СНИЛС»",
        ),
        (
            "[columns]\n\"Кадры.csv#Кадры\" = { \"ZZ\" = \"СНИЛС\" }\n",
            "нет столбца «ZZ»",
        ),
        (
            "[columns]\n\"Кадры.csv\" = { \"ФИО\" = \"Рост\" }\n",
            "mms.toml, строка 2: неизвестный столбец «Рост»",
        ),
        (
            "[columns]\n\"Нет.csv\" = { \"ФИО\" = \"ФИО\" }\n",
            "«Нет.csv»: среди входных файлов такого нет",
        ),
        (
            "[columns]\n\"Кадры.csv#Б\" = { \"ФИО\" = \"ФИО\" }\n",
            "нет такого листа. Есть: Кадры",
        ),
        (
            "[sources]\n\"Кадры.csv\" = \"стафф\"\n",
            "неизвестный реестр «стафф»",
        ),
        ("[sources]\n\"Нет.csv\" = \"staff\"\n", "«Нет.csv»"),
        ("\u{0}\u{1}", "mms.toml, строка 1"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "т/Кадры.csv", STAFF);
        put(folder.path(), "т/mms.toml", settings);
        let (code, said) = ends(&["check", "т"], folder.path());
        assert_eq!(code, 2, "{settings}: {said}");
        assert!(said.contains(words), "{settings}: {said}");
    }
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "т/Кадры.csv", STAFF);
    put(folder.path(), "т/mms.toml", b"municipality = \"\xCA\"");
    let (code, said) = ends(&["check", "т"], folder.path());
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("mms.toml: файл настроек не в кодировке UTF-8; сохраните его в ней"),
        "{said}"
    );
}

#[test]
fn bad_files_stop_their_own_municipality_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "Область/А/Кадры.csv", STAFF);
    put(at, "Область/Б/Кадры.xlsx", &corpus("table.xlsx")[..2_000]);
    put(at, "Область/В/Кадры.csv", noise(3_000));
    put(at, "Область/Г/Кадры.csv", STAFF);
    put(at, "Область/Г/mms.toml", "x = 1");
    let (code, out, err) = run(&["batch", "Область", "-p", "2024-Q3", "--out", "О"], at);
    assert_eq!(code, 1, "{out}{err}");
    for word in [
        "А: посчитано",
        "Б: не посчитано",
        "В: не посчитано",
        "Г: не посчитано",
    ] {
        assert!(err.contains(word), "{err}");
    }
    assert!(
        err.contains("Кадры.xlsx") && err.contains("mms.toml"),
        "{err}"
    );
    assert!(at.join("О/А_2024-Q3.xlsx").is_file());
}
