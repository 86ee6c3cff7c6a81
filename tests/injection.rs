//! One hostile town: its cells, sheet and file names and settings try to be formulas, markup and
//! commands to a terminal. In no output of any command are they more than text.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own inputs"
)]
#![cfg(unix)]

mod region;

use std::fs;
use std::io::Read;
use std::path::Path;

use region::{json, run};

/// Starts of formulas, markup, an escape sequence of a window's title, C1's control sequence, a turn
/// of the direction of writing. The word «ЗЛО» marks each.
const EVIL: [&str; 10] = [
    "=1+1ЗЛО",
    "+7ЗЛО",
    "-2ЗЛО",
    "@ЗЛО",
    "\tЗЛО",
    "\rЗЛО",
    "<script>ЗЛО</script><img src=x onerror=\"a\">",
    "\u{1b}]0;ЗЛО\u{7}\u{1b}[2J",
    "ЗЛО\u{9b}31m\u{90}",
    "ЗЛО\u{202e}\u{2066}\u{200f}",
];

/// The town: each evil text is an organisation, a position, a name, a status and a team.
fn town(at: &Path) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut staff = "ФИО;Организация;Должность;Дата рождения\n".to_owned();
    let mut courses =
        "ФИО;Организация;Программа;Статус;Дата окончания;Управленческая команда\n".to_owned();
    let mut ioms = "ФИО;Организация;Вид ИОМ;Дата разработки;Статус\n".to_owned();
    for (number, evil) in EVIL.iter().enumerate() {
        let name = quoted(&format!("{evil} Иван Ильич"));
        let organisation = quoted(&format!("{evil} Школа №{number}"));
        let evil = quoted(evil);
        staff += &format!("{name};{organisation};учитель;{evil}\n");
        staff += &format!("Жуков{number} Иван Ильич;{evil};{evil};01.01.1990\n");
        courses += &format!("{name};{organisation};{evil};{evil};01.02.2024;{evil}\n");
        courses += &format!("{evil};{organisation};{evil};;01.02.2024;{evil}\n");
        ioms += &format!("{name};{organisation};{evil};{evil};{evil}\n");
    }
    // The name of the file is that of its sheet too.
    let evil = "К\u{1b}[31m\u{9b}\u{202e}\nЗЛО";
    let folder = at.join("т");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(format!("{evil}.csv")), staff).unwrap();
    fs::write(folder.join("=Курсы.csv"), courses).unwrap();
    fs::write(folder.join("ИОМ.csv"), ioms).unwrap();
    let settings = "municipality = \"=ЗЛО \\u001B[31m\\u202E<marquee>\"\nexecutor = \"+ЗЛО\"\nhead = \"@ЗЛО\"\n";
    fs::write(folder.join("mms.toml"), settings).unwrap();
    evil.to_owned()
}

/// What is shown holds nothing that a terminal obeys.
fn harmless(what: &str, shown: &str) {
    let bad = shown.chars().find(|c| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    });
    assert!(bad.is_none(), "{what}: {bad:?} in {shown:?}");
}

#[test]
fn no_command_steers_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let evil = town(at);
    let file = format!("т/{evil}.csv");
    let period = ["-p", "2024-Q3"];
    let mut said = String::new();
    let mut tell = |args: &[&str]| {
        let (code, out, err) = run(args, at);
        harmless(&format!("{args:?}"), &(out.clone() + &err));
        assert!(code < 5, "{args:?}");
        said += &(out.clone() + &err);
        out
    };
    tell(
        &[
            &[
                "report", "т", "--json", "r.json", "--html", "r.html", "-o", "r.xlsx", "--names",
            ],
            &period[..],
        ]
        .concat(),
    );
    tell(&[&["report", "т", "--json", "-", "-o", "s.xlsx"], &period[..]].concat());
    tell(&["inspect", "т"]);
    tell(&["inspect", &file]);
    tell(&[&["check", "т"], &period[..]].concat());
    let checked = tell(&[&["check", "т", "--format", "json"], &period[..]].concat());
    for format in ["table", "json", "csv"] {
        let out = tell(
            &[
                &["explain", "4.1.3.3", "т", "--format", format],
                &period[..],
            ]
            .concat(),
        );
        if format == "csv" {
            fields_are_texts(out.strip_prefix('\u{feff}').unwrap());
        }
    }
    tell(&[&["explain", "4.1.3.3", "т", "--org", EVIL[7]], &period[..]].concat());
    tell(
        &[
            &["explain", "4.1.3.3", "т", "--person", EVIL[7]],
            &period[..],
        ]
        .concat(),
    );
    tell(&["settings", "т"]);
    tell(&["verify", "r.xlsx", "т"]);
    // Other inputs: what differs is named.
    fs::write(
        at.join("т/ИОМ.csv"),
        "ФИО;Организация;Вид ИОМ;Дата разработки\n",
    )
    .unwrap();
    tell(&["verify", "r.xlsx", "т"]);
    tell(&[&["report", "т", "-o", "n.xlsx", "--names"], &period[..]].concat());
    tell(&["diff", "r.xlsx", "n.xlsx"]);
    let town = format!("О/{evil}");
    fs::create_dir_all(at.join(&town)).unwrap();
    fs::rename(at.join("т"), at.join(&town).join("т")).unwrap();
    tell(&[&["batch", "О", "--out", "В", "--json"], &period[..]].concat());
    tell(&["merge", "r.json", "-o", "m.xlsx"]);
    // Names of files that are not there, and of arguments that are none.
    tell(&["check", &format!("{evil}.xlsx")]);
    tell(&["check", "т", &format!("--{evil}")]);
    tell(&["explain", &evil, "т", "-p", "2024-Q3"]);
    tell(&["check", "т", "--config", &evil]);
    tell(&[
        "report",
        "О",
        "-p",
        "2024-Q3",
        "-o",
        &format!("{evil}/r.xlsx"),
    ]);
    tell(&["merge", &evil]);
    tell(&["verify", &evil, "т"]);
    assert!(said.matches("ЗЛО").count() > 50, "the evil texts are shown");
    // JSON loses nothing.
    let checked: serde_json::Value = serde_json::from_str(&checked).unwrap();
    let files = checked["findings"].as_array().unwrap().iter();
    assert!(
        files
            .filter_map(|finding| finding["file"].as_str())
            .any(|name| name.contains(&evil))
    );
    let written = json(&at.join("r.json"));
    assert_eq!(written["municipality"], "=ЗЛО \u{1b}[31m\u{202e}<marquee>");
    page_is_text(&fs::read_to_string(at.join("r.html")).unwrap());
    for book in ["r.xlsx", "s.xlsx", "m.xlsx", "В/Свод.xlsx"] {
        formulas_are_ours(&at.join(book));
    }
}

/// No field of a csv starts as a formula.
fn fields_are_texts(text: &str) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(text.as_bytes());
    let mut evil = 0;
    for record in reader.records() {
        for field in &record.unwrap() {
            assert!(
                !field.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{field:?}"
            );
            evil += usize::from(field.contains("ЗЛО"));
        }
    }
    assert!(evil > 0);
}

fn page_is_text(page: &str) {
    harmless("the page", page);
    assert!(page.contains("ЗЛО"));
    for markup in ["<script", "<img", "<marquee", "javascript:"] {
        assert!(!page.contains(markup), "{markup}");
    }
}

/// Texts of inputs stand in no formula of a workbook, and nothing in it is obeyed.
fn formulas_are_ours(path: &Path) {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut seen = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        seen += text.matches("ЗЛО").count();
        for tag in ["f", "formula1", "formula2", "definedName", "hyperlink"] {
            for formula in text.split(&format!("<{tag}")).skip(1) {
                let end = if tag == "hyperlink" { ">" } else { "</" };
                let formula = formula.split(end).next().unwrap();
                assert!(
                    !formula.starts_with([' ', '>']) || !formula.contains("ЗЛО"),
                    "{name}: {formula}"
                );
            }
        }
        let control = text
            .chars()
            .find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        // C1 is allowed in XML, and no terminal shows it from there.
        assert!(control.is_none_or(|c| c >= '\u{80}'), "{name}: {control:?}");
    }
    assert!(seen > 0, "{}", path.display());
}
