//! What forty schools write, and what it means.

use super::AnswerMeaning::{Negative, Neutral, Positive, Undecided};
use super::*;
use proptest::prelude::*;
use std::sync::OnceLock;

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| Phrases::new(&BTreeMap::new()).unwrap())
}

fn own(register: &str, phrase: &str, meaning: &str) -> Result<Phrases, String> {
    let entry = BTreeMap::from([(phrase.to_owned(), meaning.to_owned())]);
    Phrases::new(&BTreeMap::from([(register.to_owned(), entry)]))
}

/// The texts of a list parted by «|».
fn each(list: &str) -> impl Iterator<Item = &str> {
    list.split('|').map(str::trim)
}

#[test]
fn no_phrase_means_two_things() {
    fn check<T: Meaning + std::fmt::Debug>(register: &str, data: &BTreeMap<String, Vec<String>>) {
        for (name, patterns) in data {
            let one = BTreeMap::from([(name.clone(), patterns.clone())]);
            let alone = Table::<T>::new(&one).unwrap();
            let all = Table::<T>::new(data).unwrap();
            for phrase in alone.written() {
                assert_eq!(Table::<T>::folded(phrase), phrase, "{register}: not folded");
                assert_eq!(all.whole(phrase), T::named(name), "{register}: «{phrase}»");
            }
        }
    }
    let data = data();
    check::<DiagnosticsStatus>("diagnostics", &data.diagnostics);
    check::<CourseStatus>("courses", &data.courses);
    check::<IomStatus>("ioms", &data.ioms);
    check::<MeasureStatus>("roadmap", &data.roadmap);
    check::<AnswerMeaning>("survey", &data.survey);
    check::<MeasureLevel>("levels", &data.levels);
}

#[test]
fn statuses_of_diagnostics() {
    for text in each(
        "завершил | завершил(а) | Завершила | завершена | Завершено | завершил диагностику | прошёл | \
         прошла | прошел(а) | пройдена | Пройдено | прошёл диагностику, дефициты не выявлены | сдал | \
         сдала | выполнено | 1. завершил | участвовала | приняла участие | Завершен. | завершил(-а) | \
         ЗАВЕРШИЛ | завершил (№ 12) | тест (завершён) | да | не прошёл порог",
    ) {
        assert_eq!(
            phrases().diagnostics(text),
            Reading::Known(DiagnosticsStatus::Done),
            "{text}"
        );
    }
    for text in each(
        "не завершил | не завершил(а) | не завершена | незавершено | не приступал | не приступала | \
         не приступил(а) | не явился | не явилась | неявка | зарегистрирован | зарегистрирована | \
         зарегистрирован(а) | в процессе | назначена | назначен | не прошёл | не прошла | не пройдена \
         | записан | в работе | проходит | выполняется | прошёл регистрацию | частично пройдена | \
         завершил частично | отказ | запланирована | перенесена | нет | не участвовал | прервана | \
         завершено (не завершено)",
    ) {
        assert_eq!(
            phrases().diagnostics(text),
            Reading::Known(DiagnosticsStatus::NotDone),
            "{text}"
        );
    }
    for text in ["болеет", "???", "завершилось бы", "незавершимо", "не сдал"]
    {
        assert_eq!(phrases().diagnostics(text), Reading::Unknown, "{text}");
    }
    for text in ["", " ", "-", "—", "н/д"] {
        assert_eq!(phrases().diagnostics(text), Reading::Empty, "{text}");
    }
}

#[test]
fn statuses_of_courses() {
    for text in each(
        "завершил | завершён | обучение завершено | Завершил обучение | завершила обучение | окончил \
         курсы | закончила | пройден | прошёл обучение | прошла | обучен | обучена | освоил программу \
         | сдал | выдано удостоверение | удостоверение | получила удостоверение | аттестован | \
         завершил(а)",
    ) {
        assert_eq!(
            phrases().course(text),
            Reading::Known(CourseStatus::Done),
            "{text}"
        );
    }
    for text in each(
        "отчислен | отчислена | отчислен(а) по собственному желанию | зачислен | зачислена | \
         обучается | в процессе | не завершил | не завершено | обучение не завершено | проходит \
         обучение | не сдала | не прошёл | прервала обучение | частично | не освоил | на обучении | \
         приступил | удостоверение не выдано",
    ) {
        assert_eq!(
            phrases().course(text),
            Reading::Known(CourseStatus::NotDone),
            "{text}"
        );
    }
    for text in each(
        "не приступал | не приступала | не приступил к обучению | зарегистрирован | зарегистрирована \
         | записан | записана на курсы | записалась | заявка | подана заявка | отказ | отказалась | \
         не зачислен | планируется | запланировано | не начато | не явился | прошёл регистрацию | \
         отменён",
    ) {
        assert_eq!(
            phrases().course(text),
            Reading::Known(CourseStatus::Absent),
            "{text}"
        );
    }
    for text in ["очно", "не понятно", "нет"] {
        assert_eq!(phrases().course(text), Reading::Unknown, "{text}");
    }
}

#[test]
fn statuses_of_ioms() {
    for text in each(
        "проект | Проект ИОМ | черновик | в разработке | на согласовании | не утверждён | не \
         разработан | разрабатывается",
    ) {
        assert_eq!(
            phrases().iom(text),
            Reading::Known(IomStatus::Draft),
            "{text}"
        );
    }
    for text in each(
        "разработан | утверждён | утверждена | в работе | реализуется | в процессе | в процессе \
         реализации | выполняется | действует | согласован | выполнен частично | частично | частично \
         реализован | приостановлен | выполнен на 60 % | 50% | разработан, утверждён | проходит",
    ) {
        assert_eq!(
            phrases().iom(text),
            Reading::Known(IomStatus::Active),
            "{text}"
        );
    }
    for text in each(
        "завершён | Завершен | завершена | завершил(а) | выполнен | реализован | ИОМ реализован | \
         пройден | прошла | успешно завершён | исполнен | закончен | выполнен на 100% | 100 % | \
         выполнен на 100,0 %",
    ) {
        assert_eq!(
            phrases().iom(text),
            Reading::Known(IomStatus::Done),
            "{text}"
        );
    }
    for text in each(
        "прекращён | прекращена | аннулирован | аннулировано | не завершён | не завершена | не \
         завершил | прерван | прервана | не выполнен | не реализован | не пройден | отменён | \
         завершён неуспешно | завершён (досрочно прекращён)",
    ) {
        assert_eq!(
            phrases().iom(text),
            Reading::Known(IomStatus::Failed),
            "{text}"
        );
    }
    for text in ["не реализуется", "архив"] {
        assert_eq!(phrases().iom(text), Reading::Unknown, "{text}");
    }
}

#[test]
fn statuses_of_measures() {
    for text in each(
        "выполнено | Выполнена | выполнены | исполнено | реализовано | проведено | завершено | \
         сделано | состоялось | снято с контроля | выполнено в полном объёме | выполнено на 100 % | \
         план выполнен | выполнено с опозданием | да | 100%",
    ) {
        assert_eq!(
            phrases().measure(text),
            Reading::Known(MeasureStatus::Done),
            "{text}"
        );
    }
    for text in each(
        "выполняется | в работе | в процессе | реализуется | частично выполнено | выполнено частично \
         | выполнено не полностью | выполнено не в полном объёме | ведётся работа | начато | на \
         исполнении | проводится | в стадии реализации | выполнено на 50 % | 50% | не завершено | \
         завершается",
    ) {
        assert_eq!(
            phrases().measure(text),
            Reading::Known(MeasureStatus::Active),
            "{text}"
        );
    }
    for text in each(
        "не выполнено | не выполнена | невыполнено | не исполнено | не проведено | не реализовано | \
         запланировано | планируется | не начато | перенесено | перенесено на 2025 год | отменено | \
         отложено | будет выполнено | срок не наступил | не приступали | нет | не выполняется | 0 % | \
         не выполнено, 50% | снято с исполнения",
    ) {
        assert_eq!(
            phrases().measure(text),
            Reading::Known(MeasureStatus::Planned),
            "{text}"
        );
    }
    assert_eq!(phrases().measure("уточняется"), Reading::Unknown);
    assert_eq!(phrases().measure("-"), Reading::Empty);
}

#[test]
fn levels_of_measures() {
    let levels = |regional, federal| Reading::Known(MeasureLevels { regional, federal });
    for text in each(
        "региональный | Регионального уровня | областной | краевой | республиканский | региональное | \
         на региональном уровне",
    ) {
        assert_eq!(phrases().levels(text), levels(true, false), "{text}");
    }
    for text in [
        "федеральный",
        "всероссийский",
        "Федеральное",
        "всероссийская",
    ] {
        assert_eq!(phrases().levels(text), levels(false, true), "{text}");
    }
    for text in [
        "региональный, федеральный",
        "федеральный/региональный",
        "всероссийский и областной",
    ] {
        assert_eq!(phrases().levels(text), levels(true, true), "{text}");
    }
    for text in [
        "муниципальный",
        "школьный",
        "межрегиональный",
        "международный",
        "городской",
        "институциональный",
    ] {
        assert_eq!(phrases().levels(text), levels(false, false), "{text}");
    }
    assert_eq!(
        phrases().levels("региональный, муниципальный"),
        levels(true, false)
    );
    assert_eq!(phrases().levels("не федеральный"), Reading::Unknown);
    assert_eq!(phrases().levels("верхний"), Reading::Unknown);
    assert_eq!(phrases().levels(""), Reading::Empty);
}

#[test]
fn answers_in_words() {
    for text in each(
        "да | Да. | полностью удовлетворён | Полностью удовлетворен(а) | удовлетворён | удовлетворена \
         | скорее удовлетворён | скорее да | отлично | хорошо | скорее удовлетворён, чем не \
         удовлетворён | 1. Полностью удовлетворен(а) | 5 - полностью удовлетворён | 4 (хорошо) | \
         Вполне удовлетворён | да, полностью удовлетворена | Скорее да, чем нет | очень доволен | \
         неплохо | всё устраивает",
    ) {
        assert_eq!(phrases().answer(text), Reading::Known(Positive), "{text}");
    }
    for text in each(
        "нейтрально | и да и нет | И да, и нет | частично удовлетворён | в чём-то да, в чём-то нет | \
         в чем – то да, в чем – то нет | В чём-то удовлетворен, в чём-то нет | удовлетворительно | \
         Удовл. | 3 - удовлетворительно | не полностью удовлетворён | да, но не полностью | В целом \
         всё устраивает | ни удовлетворён, ни не удовлетворён | частично",
    ) {
        assert_eq!(phrases().answer(text), Reading::Known(Neutral), "{text}");
    }
    for text in each(
        "нет | не удовлетворён | не удовлетворен(а) | неудовлетворён | скорее не удовлетворён | \
         скорее неудовлетворена | скорее нет | плохо | Полностью не удовлетворён | совершенно не \
         удовлетворена | скорее не удовлетворён, чем удовлетворён | неудовлетворительно | Неудовл. | \
         2. Скорее нет | не доволен | недовольна | Абсолютно не удовлетворен(а)",
    ) {
        assert_eq!(phrases().answer(text), Reading::Known(Negative), "{text}");
    }
    for text in [
        "затрудняюсь ответить",
        "Затрудняюсь",
        "не знаю",
        "Трудно сказать",
        "5. Затрудняюсь ответить",
    ] {
        assert_eq!(phrases().answer(text), Reading::Known(Undecided), "{text}");
    }
    for text in ["отказ", "Отказ от ответа", "нет ответа", "Отказ/Нет ответа"]
    {
        assert_eq!(
            phrases().answer(text),
            Reading::Known(AnswerMeaning::Absent),
            "{text}"
        );
    }
    for text in ["Спасибо!", "Больше семинаров", "5"] {
        assert_eq!(phrases().answer(text), Reading::Unknown, "{text}");
    }
    assert_eq!(phrases().answer(" "), Reading::Empty);
}

#[test]
fn the_longest_phrase_decides_and_of_equal_ones_the_first() {
    // «хорошо» (6) is longer than «плохо» (5).
    assert_eq!(
        phrases().answer("плохо, но хорошо"),
        Reading::Known(Positive)
    );
    // «скорее нет» and «скорее да»: 10 and 9.
    assert_eq!(
        phrases().answer("скорее да или скорее нет"),
        Reading::Known(Negative)
    );
    // «хорошо» and «ужасно» are equally long.
    assert_eq!(
        phrases().answer("хорошо или ужасно"),
        Reading::Known(Positive)
    );
    assert_eq!(
        phrases().answer("ужасно или хорошо"),
        Reading::Known(Negative)
    );
}

#[test]
fn whole_words_only() {
    assert_eq!(phrases().answer("данность"), Reading::Unknown);
    assert_eq!(phrases().answer("нетипично"), Reading::Unknown);
    assert_eq!(phrases().measure("перевыполнено"), Reading::Unknown);
}

#[test]
fn a_phrase_after_not_is_no_phrase() {
    assert_eq!(phrases().measure("не достаточно"), Reading::Unknown);
    assert_eq!(phrases().answer("не хороший"), Reading::Unknown);
    assert_eq!(
        phrases().answer("не вполне хорошо"),
        Reading::Known(Neutral)
    );
}

#[test]
fn whole_answers() {
    for text in each(
        "Да | 1. Полностью удовлетворен(а) | 5 - полностью удовлетворён | 4 (хорошо) | скорее \
         удовлетворён, чем не удовлетворён | Затрудняюсь ответить | отказ | в чём-то да, в чём-то нет",
    ) {
        assert!(phrases().whole_answer(text).is_some(), "{text}");
    }
    for text in [
        "Да, всё понравилось, приходите ещё",
        "5",
        "",
        "математика",
        "хорошо бы больше семинаров",
    ] {
        assert_eq!(phrases().whole_answer(text), None, "{text}");
    }
}

#[test]
fn latin_letters_that_look_cyrillic() {
    assert_eq!(
        phrases().diagnostics("зaвepшил"),
        Reading::Known(DiagnosticsStatus::Done)
    );
}

#[test]
fn own_phrases() {
    let phrases = own("diagnostics", "Аттестован(а)", "done").unwrap();
    assert_eq!(
        phrases.diagnostics("аттестован"),
        Reading::Known(DiagnosticsStatus::Done)
    );
    assert_eq!(phrases.diagnostics("не аттестован"), Reading::Unknown);
    let phrases = own("ioms", "утверждён", "done").unwrap();
    assert_eq!(
        phrases.iom("утверждён"),
        Reading::Known(IomStatus::Done),
        "an own phrase beats a built-in one"
    );
    let phrases = own("roadmap", "снято с контроля", "planned").unwrap();
    assert_eq!(
        phrases.measure("снято с контроля"),
        Reading::Known(MeasureStatus::Planned)
    );
    assert!(own("survey", "норм", "positive").is_ok());
    assert!(own("courses", "заочно", "absent").is_ok());
}

#[test]
fn own_phrases_with_mistakes() {
    let error = own("diagnostic", "аттестован", "done").err().unwrap();
    assert_eq!(
        error,
        "[phrases]: нет такого реестра: «diagnostic» (возможно, «diagnostics»); можно: diagnostics, courses, ioms, roadmap, survey"
    );
    let error = own("diagnostics", "аттестован", "absent").err().unwrap();
    assert_eq!(
        error,
        "[phrases] diagnostics, «аттестован»: нет такого значения: «absent»; можно: done, not-done"
    );
    let error = own("ioms", "…", "done").err().unwrap();
    assert_eq!(error, "[phrases] ioms: во фразе «…» нет ни одного слова");
}

#[test]
fn the_nearest_phrase_is_named() {
    assert_eq!(
        phrases().nearest(RegisterId::Diagnostics, "завиршил"),
        Some("завершил")
    );
    assert_eq!(
        phrases().nearest(RegisterId::Roadmap, "выполенно"),
        Some("выполнено")
    );
    assert_eq!(phrases().nearest(RegisterId::Ioms, "абвгд ежз"), None);
    assert_eq!(phrases().nearest(RegisterId::Staff, "завершил"), None);
    assert_eq!(phrases().nearest_level("регионалный"), Some("региональный"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_text_breaks_it(text in "[а-яёА-Я0-9 ()«»,.%+\\-–]{0,40}|.{0,20}") {
        let p = phrases();
        let _ = (p.diagnostics(&text), p.course(&text), p.iom(&text), p.measure(&text), p.levels(&text), p.answer(&text));
        let _ = (p.whole_answer(&text), p.nearest(RegisterId::Survey, &text), crate::registers::answer::scale_in_header(&text));
    }

    #[test]
    fn disguise_changes_nothing(index in 0usize..400, number in 0u32..20) {
        let phrases = phrases();
        let known: Vec<&str> = phrases.answers.written().collect();
        let phrase = known[index % known.len()];
        let disguised = format!(" {number}. {}\u{a0}! ", phrase.to_uppercase().replace('Е', "Ё").replace(' ', "\u{a0} "));
        prop_assert_eq!(phrases.answer(&disguised), phrases.answer(phrase), "{}", disguised);
    }
}

#[test]
fn what_will_be_or_is_not_always_so() {
    assert_eq!(
        phrases().course("будет завершено"),
        Reading::Known(CourseStatus::NotDone)
    );
    assert_eq!(
        phrases().measure("будет проведено в IV квартале"),
        Reading::Known(MeasureStatus::Planned)
    );
    assert_eq!(
        phrases().iom("разработан, не утверждён"),
        Reading::Known(IomStatus::Draft)
    );
    assert_eq!(
        phrases().answer("не всегда удовлетворён"),
        Reading::Known(Neutral)
    );
    assert_eq!(
        phrases().answer("не достаточно удовлетворён"),
        Reading::Known(Negative)
    );
    assert_eq!(phrases().answer("Средняя"), Reading::Known(Neutral));
    assert_eq!(
        phrases().levels("окружной"),
        Reading::Unknown,
        "of a federal subject or of a town"
    );
}
