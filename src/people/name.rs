//! Names of people: folding, initials, readings (methodology §4).

use smallvec::SmallVec;

use crate::intern::{Interner, Sym};
use crate::text::{fold_lookalikes, is_cyrillic, is_letter, lookalike};

/// A name folded for comparison: case, ё→е, runs of spaces and spaces around a hyphen, kinds of
/// hyphens, quotes, a dot or comma at the end, Latin look-alikes in Cyrillic words. Nothing else.
/// Initials are parted by a space alone: «А.П.», «А. П.» and «А П» are one spelling.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let folded = without_quotes(with_initials(fold_lookalikes(name)));
    let mut folded = closed_hyphens(folded);
    folded.truncate(folded.trim_end_matches(['.', ',', ' ']).len());
    if folded.contains('.') && initials(&folded).is_some() {
        let words: Vec<&str> = name_words(&folded).collect();
        return closed_hyphens(words.join(" "));
    }
    folded
}

fn closed_hyphens(name: String) -> String {
    if name.contains('-') {
        name.replace(" -", "-").replace("- ", "-")
    } else {
        name
    }
}

/// The words of a folded name and its initials.
fn name_words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split([' ', '.']).filter(|word| !word.is_empty())
}

/// The name without its quotes; one between two letters is of the word («Д'Артаньян»).
fn without_quotes(folded: String) -> String {
    if !folded.contains('"') {
        return folded;
    }
    let parts: Vec<&str> = folded.split('"').collect();
    let mut bare = String::with_capacity(folded.len());
    for part in parts {
        let within = bare.ends_with(is_letter) && part.starts_with(is_letter);
        bare.push(if within { '"' } else { ' ' });
        bare.push_str(part);
    }
    let words: Vec<&str> = bare.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The name with Latin initials that look Cyrillic as the Cyrillic ones beside Cyrillic words: no
/// word around such a letter tells.
fn with_initials(folded: String) -> String {
    let latin = folded.bytes().any(|b| b.is_ascii_alphabetic());
    if !latin || !folded.chars().any(is_cyrillic) {
        return folded;
    }
    let letters: Vec<char> = folded.chars().collect();
    let stands_alone = |at: usize| {
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at));
        !beside(at.checked_sub(1)).is_some_and(|c| is_letter(*c))
            && !beside(Some(at + 1)).is_some_and(|c| is_letter(*c))
    };
    let fold = |(at, &c): (usize, &char)| {
        let initial = lookalike(c).filter(|_| stands_alone(at));
        initial.unwrap_or(c)
    };
    letters.iter().enumerate().map(fold).collect()
}

/// A name that gives initials alone: «Иванова М. И.», «М. И. Иванова».
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Initials {
    /// The folded surname.
    pub surname: String,
    /// The first letter of the given name.
    pub given: char,
    /// The first letter of the patronymic, where given.
    pub patronymic: Option<char>,
}

impl Initials {
    /// Whether a folded name fits: the surname and the letters of what both give (methodology §4, 4).
    #[must_use]
    pub fn fit(&self, folded: &str) -> bool {
        first_letters(folded).is_some_and(|letters| {
            let patronymics = (self.patronymic, letters.patronymic);
            letters.surname == self.surname
                && letters.given == self.given
                && !matches!(patronymics, (Some(wanted), Some(own)) if wanted != own)
        })
    }
}

/// Reads a folded name as initials; none when it is a full name.
#[must_use]
pub fn initials(folded: &str) -> Option<Initials> {
    let words: SmallVec<[&str; 4]> = name_words(folded).collect();
    let letter = |word: &str| {
        let mut chars = word.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphabetic() => Some(c),
            _ => None,
        }
    };
    let (surname, given, patronymic) = match words.as_slice() {
        [surname, given] => match (letter(surname), letter(given)) {
            (None, Some(g)) => (*surname, g, None),
            (Some(g), None) => (*given, g, None),
            _ => return None,
        },
        [first, second, third] => match (letter(first), letter(second), letter(third)) {
            (None, Some(g), Some(p)) => (*first, g, Some(p)),
            (Some(g), Some(p), None) => (*third, g, Some(p)),
            _ => return None,
        },
        _ => return None,
    };
    (surname.chars().count() > 1).then(|| Initials {
        surname: surname.to_owned(),
        given,
        patronymic,
    })
}

/// The surname and the first letters of a folded full name, or of one that is initials itself.
#[must_use]
pub fn first_letters(folded: &str) -> Option<Initials> {
    if let Some(known) = initials(folded) {
        return Some(known);
    }
    let mut words = name_words(folded);
    let surname = words.next()?.to_owned();
    let given = words.next()?.chars().next()?;
    let patronymic = words.next().and_then(|word| word.chars().next());
    Some(Initials {
        surname,
        given,
        patronymic,
    })
}

/// Whether two folded names have neither the surname nor the given name in common, whatever their
/// order: no change of a surname tells why. An initial is any given name of its letter.
#[must_use]
pub fn have_nothing_in_common(one: &str, other: &str) -> bool {
    if initials(one).is_some() || initials(other).is_some() {
        let letters = first_letters(one).zip(first_letters(other));
        return letters.is_some_and(|(a, b)| a.surname != b.surname && a.given != b.given);
    }
    let words = |name| -> SmallVec<[&str; 4]> {
        let words = name_words(name);
        words.map(|word| word.trim_matches(['(', ')'])).collect()
    };
    let (one, other) = (words(one), words(other));
    let lacks = |own: &[&str], all: &[&str]| {
        let mut own = own.iter().take(2);
        own.all(|word| !all.contains(word))
    };
    one.len() > 1 && other.len() > 1 && lacks(&one, &other) && lacks(&other, &one)
}

/// Both readings of a changed surname: «Иванова (Петрова) А. И.» → «Иванова А. И.», «Петрова А. И.».
#[must_use]
pub fn readings(name: &str) -> Option<(String, String)> {
    let (before, rest) = name.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    let words = |parts: &[&str]| {
        parts
            .concat()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let surname_end = before
        .trim_end()
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + 1);
    let lead = &before[..surname_end];
    if inside.trim().is_empty() || before.trim().is_empty() {
        return None;
    }
    Some((
        words(&[before, " ", after]),
        words(&[lead, " ", inside, " ", after]),
    ))
}

/// Folded names, each folded once and kept once.
#[derive(Clone, Debug, Default)]
pub struct Names {
    folded: Interner,
    /// By the number of the text.
    of: Vec<Option<Sym>>,
}

impl Names {
    /// The folded form of a name of `texts`, as a number of this table.
    pub fn fold(&mut self, texts: &Interner, name: Sym) -> Sym {
        if let Some(known) = self.known(name) {
            return known;
        }
        let key = self.folded.intern(&fold_name(texts.text(name)));
        if self.of.len() <= name.index() {
            self.of.resize(texts.len().max(name.index() + 1), None);
        }
        self.of[name.index()] = Some(key);
        key
    }

    /// The folded form of a name that was folded before.
    #[must_use]
    pub fn known(&self, name: Sym) -> Option<Sym> {
        self.of.get(name.index()).copied().flatten()
    }

    /// The number of an already folded text, if any name folds to it.
    #[must_use]
    pub fn find(&self, folded: &str) -> Option<Sym> {
        self.folded.find(folded)
    }

    /// How many folded names there are; their numbers go from 0.
    #[must_use]
    pub fn len(&self) -> usize {
        self.folded.len()
    }

    /// Whether no name was folded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// Whether a folded name is a surname with initials.
    #[must_use]
    pub fn is_initials(&self, key: Sym) -> bool {
        initials(self.text(key)).is_some()
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self, key: Sym) -> &str {
        self.folded.text(key)
    }
}

#[cfg(test)]
mod tests {
    use super::{Initials, first_letters, fold_name, have_nothing_in_common, initials, readings};

    #[test]
    fn a_name_is_folded_once() {
        for name in ["«6-».Ё", "«6-.Ё", "А. - Б.", "«Иванова» А.-М. П."] {
            let folded = fold_name(name);
            assert_eq!(fold_name(&folded), folded, "{name}");
        }
    }

    #[test]
    fn folding_follows_the_methodology_and_goes_no_further() {
        for (name, folded) in [
            ("  ИВАНОВА\u{a0}Мария   Ивановна ", "иванова мария ивановна"),
            ("Волкова - Соколова Анна", "волкова-соколова анна"),
            ("Волкова–Соколова Анна", "волкова-соколова анна"),
            ("Фёдорова Алёна.", "федорова алена"),
            ("Сидорова Анна Петровна,", "сидорова анна петровна"),
            ("Cидорова Aннa", "сидорова анна"), // Latin C, A, a
            ("Smith John", "smith john"),
            ("«Иванова Анна Петровна»", "иванова анна петровна"),
            ("\"Иванова Анна Петровна\".", "иванова анна петровна"),
            ("Иванова «Анна» Петровна", "иванова анна петровна"),
            ("Иванова ' Анна Петровна '", "иванова анна петровна"),
            ("Д’Артаньян Шарль", "д\"артаньян шарль"),
            ("Алиев Рустам Мамед оглы", "алиев рустам мамед оглы"),
        ] {
            assert_eq!(fold_name(name), folded);
        }
        assert_ne!(fold_name("Наталья"), fold_name("Наталия"));
    }

    #[test]
    fn initials_are_told_from_full_names() {
        let both = Initials {
            surname: "иванова".into(),
            given: 'м',
            patronymic: Some('и'),
        };
        for name in [
            "Иванова М. И.",
            "Иванова М.И.",
            "Иванова M.И.", // a Latin M
            "Иванова M. И.",
            "иванова м и",
            "М. И. Иванова",
        ] {
            assert_eq!(initials(&fold_name(name)), Some(both.clone()), "{name}");
        }
        for name in [
            "Иванова М.И.",
            "Иванова М. И.",
            "Иванова М И",
            "Иванова М.И",
        ] {
            assert_eq!(fold_name(name), "иванова м и", "{name}");
        }
        assert_eq!(
            initials(&fold_name("Иванова М.")).and_then(|i| i.patronymic),
            None
        );
        assert_eq!(initials("иванова мария ивановна"), None);
        assert_eq!(initials("иванова"), None);
        assert_eq!(first_letters("иванова мария ивановна"), Some(both.clone()));
        for (name, fits) in [
            ("иванова мария ивановна", true),
            ("иванова мария", true),
            ("иванова м", true),
            ("иванова мария петровна", false),
            ("иванова анна ивановна", false),
            ("петрова мария ивановна", false),
        ] {
            assert_eq!(both.fit(name), fits, "{name}");
        }
    }

    #[test]
    fn names_of_two_people_are_told_from_a_changed_surname() {
        for (other, nothing) in [
            ("сидорова мария ивановна", true),
            ("сидоров петр петрович", true),
            ("сидорова м и", true),
            ("петрова анна ивановна", false),
            ("петрова а и", false),
            ("иванова анна", false),
            ("анна ивановна иванова", false),
            ("иванова яна павловна", false),
            ("петрова (иванова) алла ивановна", false),
            ("сидорова", false),
        ] {
            let names = ["иванова анна ивановна", other];
            assert_eq!(
                have_nothing_in_common(names[0], names[1]),
                nothing,
                "{other}"
            );
            assert_eq!(
                have_nothing_in_common(names[1], names[0]),
                nothing,
                "{other}"
            );
        }
    }

    #[test]
    fn a_surname_in_brackets_has_two_readings() {
        let (now, before) = readings("Иванова (Петрова) А. И.").unwrap();
        assert_eq!(
            (now.as_str(), before.as_str()),
            ("Иванова А. И.", "Петрова А. И.")
        );
        assert_eq!(readings("Иванова А. И."), None);
    }
}
