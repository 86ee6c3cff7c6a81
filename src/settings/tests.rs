//! What contract §5 promises of `mms.toml`.

use std::path::{Path, PathBuf};

use super::{InForce, Origin, Settings, find, indicator_ids, load, parse};
use crate::failure::Failure;
use crate::period::WindowKind;
use crate::registers::RegisterId;
use crate::registers::answer::Scale;
use crate::target::Target;

fn read(text: &str) -> InForce {
    parse(text, Path::new("папка/mms.toml")).unwrap()
}

/// The message of a refusal without the path that every line of it starts with.
fn refused(text: &str) -> String {
    let failure = parse(text, Path::new("mms.toml")).unwrap_err();
    assert_eq!(failure.exit_code(), 2);
    let message = failure.to_string();
    for line in message.lines() {
        assert!(line.starts_with("mms.toml, строка "), "{line}");
    }
    message.replace("mms.toml, ", "")
}

#[test]
fn an_empty_file_is_the_defaults_of_the_contract() {
    let settings = read("").settings;
    assert_eq!(settings, Settings::default());
    assert_eq!(settings.decimals.0, 1);
    assert_eq!(settings.window, "");
    assert!(!settings.staff.external && !settings.staff.contract && settings.staff.leave);
    assert!(!settings.staff.all_positions && !settings.young.inclusive);
    assert_eq!((settings.young.max_age, settings.young.years), (35, 3));
    assert!(settings.young.first_years && !settings.teams.derive);
    assert_eq!(settings.teams.min_members, 2);
    assert_eq!(settings.survey.undecided, "include");
    assert!(!settings.privacy.names);
    assert_eq!(settings.privacy.min_group, 0);
}

#[test]
fn an_unknown_key_is_an_error_with_its_line_and_the_nearest_key() {
    for (text, expected) in [
        (
            "head = \"\"\ndecimal = 2\n",
            "строка 2: неизвестный ключ «decimal»; ближайший известный — «decimals»",
        ),
        (
            "[staff]\n\nextrenal = true\n",
            "строка 3: неизвестный ключ «extrenal» в разделе [staff]; ближайший известный — «external»",
        ),
        (
            "[survay]\nscale = \"1-5\"\n",
            "строка 1: неизвестный ключ «survay»; ближайший известный — «survey»",
        ),
        (
            "[young]\ndecimals = 2\n",
            "строка 2: неизвестный ключ «decimals» в разделе [young]; ключ «decimals» пишется в начале файла, до разделов",
        ),
        (
            "external = true\n",
            "строка 1: неизвестный ключ «external»; ключ «external» пишется в разделе [staff]",
        ),
        (
            "min_member = 3\n",
            "строка 1: неизвестный ключ «min_member»; ближайший известный — «teams.min_members»",
        ),
        (
            "teams.qqq = 3\n",
            "строка 1: неизвестный ключ «qqq» в разделе [teams]; бывают: derive, min_members",
        ),
    ] {
        assert_eq!(refused(text), expected);
    }
}

#[test]
fn a_wrong_value_is_an_error_with_its_line() {
    for (text, expected) in [
        ("decimals = 5", "строка 1: decimals: 5; бывает от 0 до 4"),
        ("decimals = -1", "строка 1: decimals: -1; бывает от 0 до 4"),
        (
            "decimals = 99999999999999999999",
            "строка 1: decimals: 99999999999999999999; бывает от 0 до 4",
        ),
        (
            "decimals = \"2\"",
            "строка 1: decimals: ожидается целое число без кавычек, а стоит текст",
        ),
        (
            "decimals = 1.5",
            "строка 1: decimals: ожидается целое число без кавычек, а стоит дробное число",
        ),
        (
            "municipality = 5",
            "строка 1: municipality: ожидается текст в кавычках, а стоит целое число",
        ),
        (
            "staff = true",
            "строка 1: staff: ожидается раздел, а стоит true или false",
        ),
        (
            "targets = 50",
            "строка 1: targets: ожидается раздел, а стоит целое число",
        ),
        (
            "[staff]\nleave = \"да\"",
            "строка 2: staff.leave: ожидается true или false без кавычек, а стоит текст",
        ),
        (
            "[teams]\nmin_members = 0",
            "строка 2: teams.min_members: 0; бывает от 1 до 4294967295",
        ),
        (
            "[survey]\nundecided = \"skip\"",
            "строка 2: survey.undecided: «skip»; бывают: include, exclude",
        ),
        (
            "[survey]\nscale = \"1-7\"",
            "строка 2: survey.scale: шкала «1-7»; бывают: 1-5, 1-10, 1-4, 1-3, 0-10, 0-3",
        ),
        (
            "[survey]\nquestions = \"Довольны?\"",
            "строка 2: survey.questions: ожидается список текстов в квадратных скобках, а стоит текст",
        ),
        (
            "[survey]\nquestions = [\n\"Довольны?\",\n5]",
            "строка 4: survey.questions: ожидается текст в кавычках, а стоит целое число",
        ),
        (
            "[sources]\n\"a.xlsx\" = \"staf\"",
            "строка 2: неизвестный реестр «staf»; ближайший известный — «staff»",
        ),
        (
            "[sources]\n\"a.xlsx\" = 1",
            "строка 2: sources.\"a.xlsx\": ожидается текст в кавычках, а стоит целое число",
        ),
        (
            "[columns]\n\"a.xlsx\" = \"Статус\"",
            "строка 2: columns.\"a.xlsx\": ожидается таблица { … = … }, а стоит текст",
        ),
        (
            "[aliases]\nсurvey = {}",
            "строка 2: «сurvey = {}» — текст, ключи с кириллицей и с точками пишутся в прямых кавычках: \"…\"",
        ),
        (
            "[aliases]\ncourse = { \"Часы\" = [\"ч\"] }",
            "строка 2: неизвестный реестр «course»; ближайший известный — «courses»",
        ),
        (
            "[aliases]\ncourses = { \"Часы\" = \"ч\" }",
            "строка 2: aliases.courses.\"Часы\": ожидается список текстов в квадратных скобках, а стоит текст",
        ),
        (
            "[phrases]\ncourses = { \"сдал\" = \"ok\" }",
            "строка 2: phrases.courses.\"сдал\": «ok»; бывают: done, not-done, absent",
        ),
        (
            "[phrases]\nstaff = { \"сдал\" = \"done\" }",
            "строка 2: у реестра «staff» нет своих слов статусов или ответов; бывают: courses, diagnostics, ioms, roadmap, survey",
        ),
        (
            "[positions]\n\"тьютор\" = \"педагог\"",
            "строка 2: positions.\"тьютор\": «педагог»; бывают: teacher, manager, other",
        ),
    ] {
        assert_eq!(refused(text), expected);
    }
    assert!(refused("window = \"год\"").contains("строка 1: window: окно «год» не распознано"));
    assert!(refused("window = \"rolling-years:0\"").contains("от 1 до 100"));
}

#[test]
fn a_bad_target_is_an_error_with_its_line() {
    for (target, expected) in [
        (
            "\"4.1.2.9\" = 50",
            "неизвестный показатель «4.1.2.9»; ближайший известный — «4.1.2.1»",
        ),
        (
            "4.1.2.1 = 50",
            "номер показателя пишется в кавычках: \"4.1.2.1\" = 50",
        ),
        (
            "\"4.1.2.1\" = true",
            "targets.\"4.1.2.1\": ожидается число или текст в кавычках, а стоит true или false",
        ),
        (
            "\"4.1.1\" = 100",
            "targets.\"4.1.1\": план показателя 4.1.1 — только «да»",
        ),
        (
            "\"4.1.3.2\" = 10",
            "targets.\"4.1.3.2\": у показателя 4.1.3.2 нет лучшего направления: его план — «<= 10» или «5..15»",
        ),
        (
            "\"4.1.2.1\" = \"15..5\"",
            "targets.\"4.1.2.1\": план «15..5»: нижняя граница 15 больше верхней 5",
        ),
    ] {
        assert_eq!(
            refused(&format!("[targets]\n{target}\n")),
            format!("строка 2: {expected}")
        );
    }
    for target in ["\"много\"", "-5", "nan", "inf", "\"\""] {
        assert!(refused(&format!("[targets]\n\"4.1.2.1\" = {target}")).contains("не распознан"));
    }
}

#[test]
fn every_wrong_line_is_named_at_once() {
    assert_eq!(
        refused("[staff]\nleave = 1\n[survey]\nscale = \"7\"\n[head]\n")
            .lines()
            .map(|line| line.split(':').next().unwrap())
            .collect::<Vec<_>>(),
        ["строка 2", "строка 4", "строка 5"]
    );
}

#[test]
fn what_is_no_toml_is_shown_with_its_line() {
    for (text, line, reason) in [
        ("a = 1\na = 2", 2, "уже есть выше"),
        ("[staff]\n[staff]", 2, "уже есть выше"),
        ("\ndecimals =\n", 2, "знак = и значение"),
        ("decimals", 1, "знак = и значение"),
        ("head = Иванова", 1, "в прямых кавычках"),
        ("head = «Иванова»", 1, "в прямых кавычках"),
        ("[staff", 1, "скобка не закрыта"),
        ("head = \"C:\\Мои\"", 1, "обратная косая черта"),
    ] {
        let message = refused(text);
        assert!(
            message.starts_with(&format!("строка {line}: «")),
            "{message}"
        );
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn targets_are_read_as_written() {
    let settings = read(
        "[targets]\n\"4.1.1\" = \"да\"\n\"4.1.2.1\" = 50\n\"4.1.2.2\" = 49.5\n\"4.1.2.3\" = \"<= 10\"\n\"4.1.3.2\" = \"5..15\"\n",
    )
    .settings;
    let written = |id: &str| {
        let setting = settings.targets.get(id)?.to_string();
        let target = Target::parse_for(id, &setting).unwrap();
        Some(target.written().to_owned())
    };
    assert_eq!(written("4.1.1").as_deref(), Some("yes"));
    assert_eq!(written("4.1.2.1").as_deref(), Some("50"));
    assert_eq!(written("4.1.2.2").as_deref(), Some("49.5"));
    assert_eq!(written("4.1.2.3").as_deref(), Some("<= 10"));
    assert_eq!(written("4.1.3.2").as_deref(), Some("5..15"));
    assert_eq!(written("4.1.4"), None);
}

#[test]
fn a_window_and_a_scale_are_read() {
    let settings = read("window = \"rolling-years:3\"\n[survey]\nscale = \"0–10\"\n").settings;
    assert_eq!(settings.window, "rolling-years:3");
    assert_eq!(Scale::named(&settings.survey.scale), Some(Scale::ZeroToTen));
}

const FULL: &str = r#"
municipality = "город Кузнецк"
decimals = 2

[targets]
"4.1.2.1" = 50
"4.1.2.2" = 49.5

[staff]
external = true

[survey]
questions = ["Довольны ли Вы?"]

[sources]
"Список.xlsx#Лист2" = "diagnostics"

[columns]
"Список.xlsx#Лист2" = { "Когда" = "Дата диагностики", "D" = "Статус" }

[aliases.diagnostics]
"Дата диагностики" = ["Когда прошёл"]

[phrases]
diagnostics = { "аттестован" = "done" }

[positions]
"наставник по робототехнике" = "teacher"
"#;

#[test]
fn settings_are_kept_as_toml_and_read_back() {
    for settings in [read(FULL).settings, Settings::default()] {
        let kept = settings.to_toml().unwrap();
        assert_eq!(Settings::from_toml(&kept, "Паспорт").unwrap(), settings);
    }
    let Err(Failure::Usage(message)) = Settings::from_toml("x = 1", "Паспорт") else {
        panic!("an unknown key was taken");
    };
    assert!(message.starts_with("Паспорт, строка 1:"));
}

#[test]
fn a_flag_beats_the_file_and_the_file_beats_the_default() {
    let mut in_force = read("window = \"period\"\n\n[privacy]\nmin_group = 5\n");
    let file = |line| Origin::File(PathBuf::from("папка/mms.toml"), line);
    assert_eq!(in_force.origin("window"), file(1));
    assert_eq!(in_force.origin("privacy.min_group"), file(4));
    assert_eq!(in_force.origin("privacy.names"), Origin::Default);

    in_force.set_window(WindowKind::All);
    in_force.set_names();
    in_force.pin_source("Список.xlsx#Лист2", "courses").unwrap();
    assert_eq!(in_force.settings.window, "all");
    assert!(in_force.settings.privacy.names);
    assert_eq!(in_force.settings.privacy.min_group, 5);
    assert_eq!(in_force.settings.sources["Список.xlsx#Лист2"], "courses");
    assert_eq!(in_force.origin("window"), Origin::Flag("--window"));
    assert_eq!(in_force.origin("privacy.names"), Origin::Flag("--names"));
    assert_eq!(
        in_force.origin("sources.\"Список.xlsx#Лист2\""),
        Origin::Flag("--source")
    );
    assert!(in_force.pin_source("a.xlsx", "curses").is_err());
}

#[test]
fn every_setting_is_listed_with_its_origin() {
    let in_force = read(FULL);
    let shown: Vec<String> = in_force
        .entries()
        .unwrap()
        .into_iter()
        .map(|entry| format!("{} = {} # {}", entry.key, entry.value, entry.origin))
        .collect();
    for line in [
        "municipality = \"город Кузнецк\" # mms.toml, строка 2",
        "window = \"\" # по умолчанию",
        "decimals = 2 # mms.toml, строка 3",
        "targets.\"4.1.2.1\" = 50 # mms.toml, строка 6",
        "targets.\"4.1.2.2\" = 49.5 # mms.toml, строка 7",
        "staff.external = true # mms.toml, строка 10",
        "staff.leave = true # по умолчанию",
        "survey.questions = [\"Довольны ли Вы?\"] # mms.toml, строка 13",
        "sources.\"Список.xlsx#Лист2\" = \"diagnostics\" # mms.toml, строка 16",
        "columns.\"Список.xlsx#Лист2\".D = \"Статус\" # mms.toml, строка 19",
        "aliases.diagnostics.\"Дата диагностики\" = [\"Когда прошёл\"] # mms.toml, строка 22",
        "phrases.diagnostics.\"аттестован\" = \"done\" # mms.toml, строка 25",
        "positions.\"наставник по робототехнике\" = \"teacher\" # mms.toml, строка 28",
    ] {
        assert!(shown.iter().any(|s| s == line), "{line}\n{shown:#?}");
    }
    // The listing is itself a settings file that says the same.
    let again = read(&shown.join("\n"));
    assert_eq!(again.settings, in_force.settings);
    assert!(
        InForce::default()
            .entries()
            .unwrap()
            .iter()
            .all(|entry| entry.origin == Origin::Default)
    );
}

#[test]
fn unknown_columns_are_refused_with_their_line() {
    let known = |register: RegisterId| match register {
        RegisterId::Diagnostics => vec!["Дата диагностики".to_owned(), "Статус".to_owned()],
        _ => vec!["Часы".to_owned()],
    };
    assert!(read(FULL).check_columns(&known).is_ok());
    let wrong = read(
        "[columns]\n\"a.csv\" = { \"Когда\" = \"Дата диагностик\" }\n[aliases]\ncourses = { \"Статус\" = [\"x\"] }\n",
    );
    assert_eq!(
        wrong.check_columns(&known).unwrap_err().to_string(),
        "папка/mms.toml, строка 4: неизвестный столбец «Статус»; бывают: Часы\n\
         папка/mms.toml, строка 2: неизвестный столбец «Дата диагностик»; ближайший известный — «Дата диагностики»"
    );
}

#[test]
fn the_file_is_found_in_the_folder_or_beside_the_first_file() {
    let root = tempfile::tempdir().unwrap();
    let folder = |name: &str, with_file: bool| {
        let folder = root.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        if with_file {
            copy(&folder.join("mms.toml"), "decimals = 2\n");
        }
        folder
    };
    let (one, two, none) = (
        folder("один", true),
        folder("два", true),
        folder("три", false),
    );
    let found = |inputs: &[PathBuf]| find(inputs, None);
    assert_eq!(found(std::slice::from_ref(&none)).unwrap(), None);
    assert_eq!(
        found(&[none.clone(), one.clone()]).unwrap(),
        Some(one.join("mms.toml"))
    );
    assert_eq!(
        found(&[one.join("a.xlsx"), two.join("b.xlsx")]).unwrap(),
        Some(one.join("mms.toml"))
    );
    // Reached by two ways, it is still one file.
    assert_eq!(
        found(&[one.clone(), one.join("a.xlsx"), one.join(".")]).unwrap(),
        Some(one.join("mms.toml"))
    );
    let error = found(&[one.clone(), two.clone()]).unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert!(error.to_string().contains("--config"), "{error}");
    assert!(found(&[one.clone(), two.join("b.xlsx")]).is_err());
    // A file that is named decides alone.
    let config = two.join("mms.toml");
    assert_eq!(
        find(&[one.clone(), two], Some(&config)).unwrap(),
        Some(config.clone())
    );
    assert_eq!(
        load(std::slice::from_ref(&none), Some(&config))
            .unwrap()
            .settings
            .decimals
            .0,
        2
    );
    assert_eq!(
        load(std::slice::from_ref(&none), None).unwrap().settings,
        Settings::default()
    );
    let absent = load(&[one], Some(&none.join("mms.toml"))).unwrap_err();
    assert_eq!(absent.exit_code(), 2);
    assert!(
        absent.to_string().contains("файла настроек нет"),
        "{absent}"
    );
    assert!(
        load(&[], Some(&none))
            .unwrap_err()
            .to_string()
            .contains("это папка")
    );
}

#[test]
fn the_file_is_utf_8_with_or_without_a_mark() {
    assert_eq!(read("\u{feff}decimals = 3\n").settings.decimals.0, 3);
    let folder = tempfile::tempdir().unwrap();
    copy(&folder.path().join("mms.toml"), [b'#', 0xcf, 0xf0, b'\n']);
    let error = load(&[folder.path().to_owned()], None).unwrap_err();
    assert!(error.to_string().contains("UTF-8"), "{error}");
}

#[test]
fn a_file_too_large_for_settings_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    copy(&folder.path().join("mms.toml"), vec![b'#'; (4 << 20) + 1]);
    let error = load(&[folder.path().to_owned()], None).unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert!(error.to_string().contains("больше 4 МБ"), "{error}");
}

#[test]
fn the_ids_are_the_fourteen_of_the_source() {
    assert_eq!(indicator_ids().count(), 14);
    assert!(indicator_ids().is_sorted());
}

fn copy(path: &Path, contents: impl AsRef<[u8]>) {
    use std::io::Write;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .unwrap();
    file.write_all(contents.as_ref()).unwrap();
}
