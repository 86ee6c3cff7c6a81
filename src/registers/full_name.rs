//! Which texts are a person's full name, by the patronymic at its end.

/// How patronymics end.
const PATRONYMICS: [&str; 8] = ["вич", "вна", "чна", "шна", "ьич", "мич", "оглы", "кызы"];

/// Whether a word may be a patronymic.
#[must_use]
pub fn is_patronymic(word: &str) -> bool {
    let lower = word.to_lowercase();
    PATRONYMICS.iter().any(|ending| lower.ends_with(ending))
}

/// Whether a text is surname, given name and patronymic, whatever word the surname is: «Бухгалтер
/// Анна Ильинична» is nobody's signature, «Школа Мария Ивановна» is no school.
#[must_use]
pub fn is_full_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    match (words.next(), words.next(), words.next(), words.next()) {
        (Some(_), Some(_), Some(last), None) => is_patronymic(last.trim_end_matches(['.', ','])),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_full_name;

    #[test]
    fn a_full_name_ends_with_a_patronymic() {
        for name in [
            "Бухгалтер Анна Ильинична",
            "Школа Мария Ивановна",
            "ИВАНОВ ПЁТР КУЗЬМИЧ,",
            "Алиев Рустам-Оглы Кызы",
        ] {
            assert!(is_full_name(name), "{name}");
        }
        for text in [
            "Директор Иванов Иван",
            "Лицей имени Пушкина",
            "Иванова Мария",
            "",
        ] {
            assert!(!is_full_name(text), "{text}");
        }
    }
}
