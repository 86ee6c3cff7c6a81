//! Personal data that stand where none belong: a name in the column of organisations, a СНИЛС as a
//! status, a team called by its members. Every text that came from inputs passes here before it is
//! written, so that a report without `--names` holds no name, and no report a СНИЛС or a date of birth.
//!
//! Found are the names of all people of the inputs (a surname beside its given name or initial, in
//! whichever order and case form), numbers written like a СНИЛС, and dates on which somebody of the
//! inputs was born. A surname alone is not: schools and streets bear them.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::name::fold_name;
use crate::intern::{Interner, Sym};
use crate::registers::Dataset;
use crate::registers::record::PersonCells;
use crate::text::is_letter;

/// What stands in place of personal data.
const WITHHELD: &str = "…";
/// The most letters that a case form adds to the stem of a name.
const ENDING: usize = 3;
/// The months in the case of dates.
const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// Knows whose data must not be written.
#[derive(Clone, Debug, Default)]
pub struct Privacy {
    /// Stems of surnames, given names and patronymics, folded.
    words: Interner,
    /// Stem of the surname → given name and patronymic, or their initials.
    people: FxHashMap<Sym, Vec<(Sym, Sym)>>,
    births: FxHashSet<NaiveDate>,
}

impl Privacy {
    /// The people of a dataset; `names` leaves their names in place.
    #[must_use]
    pub fn of(dataset: &Dataset, names: bool) -> Self {
        let mut privacy = Self::default();
        let births = persons(dataset).filter_map(|who| who.birth.day());
        privacy.births = births.collect();
        if names {
            return privacy;
        }
        let named = persons(dataset).map(|who| who.name);
        let methodists = dataset.assignments.iter().map(|row| row.methodist);
        let assigned = dataset.staff.iter().map(|row| row.assigned_to);
        let linked = dataset
            .links
            .iter()
            .flat_map(|row| [row.recorded_as, row.who]);
        let mut is_name = vec![false; dataset.texts.len()];
        for name in named.chain(methodists).chain(assigned).chain(linked) {
            if let Some(is_name) = is_name.get_mut(name.index()) {
                *is_name = true;
            }
        }
        let mut known = FxHashSet::default();
        for (name, _) in (0u32..).map(Sym).zip(is_name).filter(|(_, is)| *is) {
            privacy.know(dataset.text(name), &mut known);
        }
        privacy
    }

    /// Takes a full name; what does not look like one is passed over.
    fn know(&mut self, name: &str, known: &mut FxHashSet<(Sym, Sym, Sym)>) {
        let words: Vec<&str> = words(name).into_iter().map(|range| &name[range]).collect();
        let [surname, given, rest @ ..] = words.as_slice() else {
            return;
        };
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        if rest.len() > 3 || !capital(surname) || !capital(given) || surname.chars().count() < 2 {
            return;
        }
        let patronymic = rest
            .first()
            .map_or_else(String::new, |word| fold_name(word));
        let stem = self.words.intern(&stem(&fold_name(surname)));
        let given = self.words.intern(&fold_name(given));
        let patronymic = self.words.intern(&patronymic);
        if known.insert((stem, given, patronymic)) {
            self.people
                .entry(stem)
                .or_default()
                .push((given, patronymic));
        }
    }

    /// The text with «…» in place of personal data.
    #[must_use]
    pub fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut found = numbers(text);
        found.extend(self.dates(text));
        if !self.people.is_empty() {
            found.extend(self.names(text));
        }
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        found.sort_by_key(|range| (range.start, range.end));
        let mut out = String::new();
        let mut at = 0;
        for range in found {
            if range.start >= at {
                out.push_str(&text[at..range.start]);
                out.push_str(WITHHELD);
            }
            at = at.max(range.end);
        }
        out.push_str(&text[at..]);
        Cow::Owned(out)
    }

    /// Cleans a text where it stands.
    pub fn scrub(&self, text: &mut String) {
        if let Cow::Owned(clean) = self.clean(text) {
            *text = clean;
        }
    }

    fn names(&self, text: &str) -> Vec<Range<usize>> {
        let words = words(text);
        let folded: Vec<String> = words
            .iter()
            .map(|range| fold_name(&text[range.clone()]))
            .collect();
        let word = |at: Option<usize>| at.and_then(|at| folded.get(at));
        let mut found = Vec::new();
        for (at, surname) in folded.iter().enumerate() {
            for (given, patronymic) in self.bearers(surname) {
                let (next, after) = (word(Some(at + 1)), word(Some(at + 2)));
                let (before, first) = (word(at.checked_sub(1)), word(at.checked_sub(2)));
                let is =
                    |word: Option<&String>, name: &str| word.is_some_and(|word| alike(word, name));
                let range = if is(next, given) {
                    at..at + if is(after, patronymic) { 2 } else { 1 }
                } else if is(first, given) && is(before, patronymic) {
                    at - 2..at
                } else if is(before, given) {
                    at - 1..at
                } else {
                    continue;
                };
                found.push(words[range.start].start..words[range.end].end);
            }
        }
        found
    }

    /// Given names and patronymics of those whose surname this may be a case form of.
    fn bearers(&self, surname: &str) -> impl Iterator<Item = (&str, &str)> {
        let letters: Vec<char> = surname.chars().collect();
        (0..=ENDING)
            .filter_map(move |cut| {
                let kept = letters.len().checked_sub(cut)?;
                let stem: String = letters.get(..kept)?.iter().collect();
                let stem = (kept > 1).then(|| self.words.find(&stem)).flatten()?;
                self.people.get(&stem)
            })
            .flatten()
            .map(|&(given, patronymic)| (self.words.text(given), self.words.text(patronymic)))
    }

    fn dates(&self, text: &str) -> Vec<Range<usize>> {
        let pieces = pieces(text);
        let number = |at: usize| -> Option<(i32, &str)> {
            let piece = &text[pieces.get(at)?.clone()];
            Some((piece.parse().ok()?, piece))
        };
        let mut found = Vec::new();
        for at in 0..pieces.len() {
            let (Some((first, written)), Some((last, year))) = (number(at), number(at + 2)) else {
                continue;
            };
            let middle = &text[pieces[at + 1].clone()];
            let month = middle.parse().ok().or_else(|| {
                let place = MONTHS
                    .iter()
                    .position(|month| *month == middle.to_lowercase())?;
                u32::try_from(place + 1).ok()
            });
            let Some(month) = month else { continue };
            let born = |year: i32, day: i32| {
                u32::try_from(day)
                    .ok()
                    .and_then(|day| NaiveDate::from_ymd_opt(year, month, day))
                    .is_some_and(|day| self.births.contains(&day))
            };
            let hit = match (written.len(), year.len()) {
                (4, _) => born(first, last),
                (_, 4) => born(last, first),
                (_, 2) => born(1900 + last, first) || born(2000 + last, first),
                _ => false,
            };
            if hit {
                found.push(pieces[at].start..pieces[at + 2].end);
            }
        }
        found
    }
}

fn persons(dataset: &Dataset) -> impl Iterator<Item = PersonCells> {
    let staff = dataset.staff.iter().map(|row| row.person);
    staff
        .chain(dataset.diagnostics.iter().map(|row| row.person))
        .chain(dataset.courses.iter().map(|row| row.person))
        .chain(dataset.ioms.iter().map(|row| row.person))
        .chain(dataset.methodists.iter().map(|row| row.person))
        .chain(dataset.assignments.iter().map(|row| row.person))
        .chain(dataset.support.iter().map(|row| row.person))
}

/// A surname without the vowels and «й» at its end, which case forms change.
fn stem(surname: &str) -> String {
    let stem = surname.trim_end_matches(['а', 'я', 'о', 'е', 'и', 'ы', 'у', 'ю', 'й', 'ь']);
    if stem.chars().count() > 1 {
        stem.to_owned()
    } else {
        surname.to_owned()
    }
}

/// Whether a word is this name, a case form of it, or its initial.
fn alike(word: &str, name: &str) -> bool {
    let (word, name): (Vec<char>, Vec<char>) = (word.chars().collect(), name.chars().collect());
    let (shorter, longer) = (word.len().min(name.len()), word.len().max(name.len()));
    let same = word.iter().zip(&name).take_while(|(a, b)| a == b).count();
    match shorter {
        0 => false,
        1 => same == 1,
        _ => longer - shorter <= 2 && same + 2 >= shorter && same >= 2,
    }
}

/// The words of a text: letters, with hyphens inside.
fn words(text: &str) -> Vec<Range<usize>> {
    runs(text, |c| is_letter(c) || matches!(c, '-' | '‐' | '‑'))
}

/// Runs of digits and of letters.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut all = runs(text, |c| c.is_ascii_digit());
    all.extend(runs(text, is_letter));
    all.sort_by_key(|range| range.start);
    all
}

fn runs(text: &str, belongs: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (belongs(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                all.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    all.extend(start.map(|from| from..text.len()));
    all
}

/// Numbers written like a СНИЛС: eleven digits in a row, or parted as 3, 3, 3 and 2.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let digits = runs(text, |c| c.is_ascii_digit());
    let lettered = |range: &Range<usize>| {
        text[..range.start].ends_with(char::is_alphanumeric)
            || text[range.end..].starts_with(char::is_alphanumeric)
    };
    let mut found = Vec::new();
    for (at, first) in digits.iter().enumerate() {
        if first.len() == 11 && !lettered(first) {
            found.push(first.clone());
        }
        let Some([a, b, c, d]) = digits.get(at..at + 4) else {
            continue;
        };
        let lengths = [a.len(), b.len(), c.len(), d.len()];
        let between = |left: &Range<usize>, right: &Range<usize>| {
            let gap = &text[left.end..right.start];
            gap.chars().count() <= 2 && gap.chars().all(|c| !c.is_alphanumeric() && c != '\n')
        };
        if lengths == [3, 3, 3, 2] && between(a, b) && between(b, c) && between(c, d) {
            found.push(a.start..d.end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use rustc_hash::FxHashSet;

    use super::Privacy;

    fn privacy() -> Privacy {
        let mut privacy = Privacy::default();
        privacy.know("Журавлихина Ефросинья Тихоновна", &mut FxHashSet::default());
        privacy.know("Ким П. А.", &mut FxHashSet::default());
        privacy.know("нет данных", &mut FxHashSet::default());
        privacy.births.extend(NaiveDate::from_ymd_opt(1979, 4, 3));
        privacy
    }

    #[test]
    fn names_go_in_every_order_and_form() {
        for (text, clean) in [
            ("Журавлихина Ефросинья Тихоновна", "…"),
            ("урок (ЖУРАВЛИХИНА ЕФРОСИНЬЯ), 5 класс", "урок (…), 5 класс"),
            ("Ефросинья Тихоновна Журавлихина", "…"),
            ("Е. Т. Журавлихина", "…"),
            ("команда Журавлихиной Е.Т.", "команда …."),
            ("у Журавлихиной Ефросиньи Тихоновны", "у …"),
            ("Ким Пётр Алексеевич", "…"),
            ("Команда Журавлихиной", "Команда Журавлихиной"),
            ("нет данных", "нет данных"),
            (
                "МБОУ СОШ №1 имени Журавлихина",
                "МБОУ СОШ №1 имени Журавлихина",
            ),
        ] {
            assert_eq!(privacy().clean(text), clean, "{text}");
        }
    }

    #[test]
    fn numbers_and_dates_of_people_go() {
        for (text, clean) in [
            ("112-233-445 95", "…"),
            ("№ 11223344595;", "№ …;"),
            ("112 233 445 95", "…"),
            ("sha 1a12345678901b", "sha 1a12345678901b"),
            ("р. 03.04.1979", "р. …"),
            ("1979-04-03", "…"),
            ("3.4.79", "…"),
            ("3 апреля 1979 г.", "… г."),
            ("04.03.1979", "04.03.1979"),
            ("от 25.12.2019 № 145", "от 25.12.2019 № 145"),
        ] {
            assert_eq!(privacy().clean(text), clean, "{text}");
        }
    }
}
