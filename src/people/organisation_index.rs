//! Finding the organisation of a key: the same key, the same kind and number, or a shortened spelling
//! (methodology §4, last paragraph). Tables by feature keep it linear in national files.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::people::organisation_key::{Hints, Key};
use crate::people::organisation_places::stem;
use crate::people::organisation_words::{Class, KindId, vocabulary};

/// How closely two keys that are not equal agree; the closest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Closeness {
    /// Kind and number agree, and one lacks a proper name.
    KindAndNumber,
    /// One is the shortened spelling of the other.
    Shortened,
}

/// A key of an organisation.
#[derive(Clone, Debug)]
struct Entry {
    key: Key,
    hints: Hints,
    owner: u32,
    /// Whether it is one of its «Другие названия», which others may shorten but not lengthen.
    other_name: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Feature {
    Numbered(Option<KindId>, String),
    /// The same in one town, so that a national file's many СОШ №1 are not gone through.
    Placed(Option<KindId>, String, String),
    Number(String),
    Word(String),
    Kind(KindId),
    BareKind(KindId),
}

/// What a key was found to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// Nothing fits.
    Nothing,
    /// The very key.
    Same(u32),
    /// Exactly one fits.
    Fits(u32, Closeness),
    /// Several fit, in order.
    Several(Vec<u32>),
}

/// Keys of organisations, which are numbers here.
#[derive(Clone, Debug, Default)]
pub struct Index {
    names: FxHashMap<Key, u32>,
    other_names: FxHashMap<Key, Vec<u32>>,
    entries: Vec<Entry>,
    features: FxHashMap<Feature, Vec<u32>>,
    villages: FxHashSet<String>,
    home_known: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Same,
    TextLacks,
    OrganisationLacks,
    Differs,
}

fn part(text: &str, organisation: &str) -> Part {
    match (text.is_empty(), organisation.is_empty()) {
        _ if text == organisation => Part::Same,
        (true, _) => Part::TextLacks,
        (_, true) => Part::OrganisationLacks,
        _ => Part::Differs,
    }
}

/// Names of honour agree also where one says more of whose name it is.
fn honorary(text: &str, organisation: &str) -> Part {
    match part(text, organisation) {
        Part::Differs => {
            let a: FxHashSet<&str> = text.split(' ').collect();
            let b: FxHashSet<&str> = organisation.split(' ').collect();
            if a.is_subset(&b) || b.is_subset(&a) {
                Part::Same
            } else {
                Part::Differs
            }
        }
        known => known,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kinds {
    Same,
    Near,
    OneLacks,
    Apart,
}

fn kinds(text: &Key, organisation: &Key, other_name: bool) -> Kinds {
    let v = vocabulary();
    match (text.kind, organisation.kind) {
        (Some(a), Some(b)) if a == b => Kinds::Same,
        (Some(a), Some(b)) => {
            let covers = |a, b| v.kind(a).is_some_and(|kind| kind.covers.contains(&b));
            let more_special = || {
                let kinds = v.kind(a).zip(v.kind(b));
                kinds.is_some_and(|(a, b)| a.is_more_special(b))
            };
            let same = v.kind(a).is_some_and(|kind| kind.same.contains(&b));
            if same {
                Kinds::Same
            } else if covers(a, b) || (!other_name && covers(b, a) && !more_special()) {
                Kinds::Near
            } else {
                Kinds::Apart
            }
        }
        (a, b) => match (text.class(), organisation.class()) {
            (Some(x), Some(y)) if x != y => Kinds::Apart,
            _ if a.is_none() && b.is_none() => Kinds::Same,
            _ => Kinds::OneLacks,
        },
    }
}

/// Whether two names contradict each other beside their keys, so that they are never one.
fn apart((a, of_a): (&Key, Hints), (b, of_b): (&Key, Hints)) -> bool {
    let one_way = |a: &Key, of_a: Hints, b: &Key| {
        // «СОШ №1 г. Кузнецка» is neither the school of a village nor that of another town.
        (of_a.at_home && !(b.settlement.is_empty() && b.outer.is_empty()))
            // One says a village, the other a town.
            || (!a.settlement.is_empty()
                && a.outer.is_empty()
                && b.settlement.is_empty()
                && !b.outer.is_empty())
            || (of_a.preschool_form
                && a.class() == Some(Class::Preschool)
                && b.class() == Some(Class::General))
    };
    one_way(a, of_a, b) || one_way(b, of_b, a)
}

/// Whether `text` may stand for the organisation of the key `organisation`, and how closely they agree.
#[must_use]
pub fn closeness(
    (text, of_text): (&Key, Hints),
    (organisation, of_organisation): (&Key, Hints),
    other_name: bool,
    home_known: bool,
) -> Option<Closeness> {
    if apart((text, of_text), (organisation, of_organisation)) {
        return None;
    }
    match part(&text.outer, &organisation.outer) {
        Part::Differs => return None,
        Part::OrganisationLacks if home_known => return None,
        _ => {}
    }
    let kinds = kinds(text, organisation, other_name);
    if kinds == Kinds::Apart {
        return None;
    }
    let parts = [
        part(&text.proper, &organisation.proper),
        part(&text.settlement, &organisation.settlement),
        honorary(&text.honorary, &organisation.honorary),
    ];
    let shares_word = (parts[0] == Part::Same && !text.proper.is_empty())
        || (parts[1] == Part::Same && !text.settlement.is_empty())
        || (parts[2] == Part::Same && !text.honorary.is_empty());
    let number = part(&text.number, &organisation.number);
    let shares_number = number == Part::Same && !text.number.is_empty();
    // A name of honour beside a number was folded away, so that its lack says nothing.
    let parts = if text.number.is_empty() && organisation.number.is_empty() {
        &parts[..]
    } else {
        &parts[..2]
    };
    if parts.contains(&Part::Differs)
        || (kinds == Kinds::OneLacks && !shares_number && !shares_word)
    {
        return None;
    }
    let text_lacks = parts.contains(&Part::TextLacks);
    let organisation_lacks = parts.contains(&Part::OrganisationLacks);
    // «Поликлиника №1» is no spelling of СОШ №1: what has no kind may say no more than the other.
    if (kinds == Kinds::OneLacks && text.kind.is_none() && organisation_lacks)
        || (kinds == Kinds::OneLacks && organisation.kind.is_none() && text_lacks)
        || (parts[0] == Part::OrganisationLacks && text.proper.contains('№'))
    {
        return None;
    }
    let same_place = parts[1] == Part::Same && text.outer == organisation.outer;
    let fits = match number {
        Part::Same if shares_number => {
            if kinds == Kinds::Same && same_place {
                return Some(Closeness::KindAndNumber);
            }
            true
        }
        Part::Same => !(text_lacks && organisation_lacks) && (text.kind.is_some() || shares_word),
        Part::TextLacks => !organisation_lacks && (text.kind.is_some() || shares_word),
        Part::OrganisationLacks => !other_name && shares_word && !organisation.is_named_by_place(),
        Part::Differs => false,
    };
    fits.then_some(Closeness::Shortened)
}

/// Whether the classes that are told are two or more.
pub(super) fn of_two_classes(mut classes: impl Iterator<Item = Option<Class>>) -> bool {
    let first = classes.by_ref().flatten().next();
    classes.flatten().any(|class| Some(class) != first)
}

impl Index {
    /// An index that is empty yet; `home_known` tells whether the municipality's own name is.
    #[must_use]
    pub fn new(home_known: bool) -> Self {
        Self {
            home_known,
            ..Self::default()
        }
    }

    /// Adds a name of `owner`. With `exact_only` nothing but the very key finds it.
    pub fn add(&mut self, key: &Key, hints: Hints, owner: u32, exact_only: bool) {
        self.names.insert(key.clone(), owner);
        if !exact_only {
            self.add_entry(key, hints, owner, false);
        }
    }

    /// Adds one of the «Другие названия» of `owner`.
    pub fn add_other_name(&mut self, key: &Key, hints: Hints, owner: u32) {
        let owners = self.other_names.entry(key.clone()).or_default();
        if !owners.contains(&owner) {
            owners.push(owner);
            owners.sort_unstable();
            self.add_entry(key, hints, owner, true);
        }
    }

    fn add_entry(&mut self, key: &Key, hints: Hints, owner: u32, other_name: bool) {
        let id = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry {
            key: key.clone(),
            hints,
            owner,
            other_name,
        });
        let mut add = |feature| self.features.entry(feature).or_default().push(id);
        if !key.number.is_empty() {
            add(Feature::Numbered(key.kind, key.number.clone()));
            add(Feature::Placed(
                key.kind,
                key.number.clone(),
                key.outer.clone(),
            ));
            add(Feature::Number(key.number.clone()));
        }
        for word in [&key.proper, &key.settlement] {
            if !word.is_empty() {
                add(Feature::Word(word.clone()));
            }
        }
        if !key.settlement.is_empty() {
            self.villages.insert(key.settlement.clone());
        }
        for word in key.honorary.split(' ').filter(|word| !word.is_empty()) {
            add(Feature::Word(word.to_owned()));
        }
        if let Some(kind) = key.kind {
            add(Feature::Kind(kind));
            if key.number.is_empty() && !key.has_words() {
                add(Feature::BareKind(kind));
            }
        }
    }

    /// The features of which an entry that fits `key` has at least one.
    fn features(&self, key: &Key) -> Vec<Feature> {
        let v = vocabulary();
        let near: Vec<Option<KindId>> = match key.kind.and_then(|kind| v.kind(kind)) {
            Some(kind) => kind.near.iter().copied().map(Some).chain([None]).collect(),
            None => Vec::new(),
        };
        let mut wanted = Vec::new();
        let number = &key.number;
        if !number.is_empty() && near.is_empty() {
            wanted.push(Feature::Number(number.clone()));
        }
        for &kind in &near {
            if !number.is_empty() && key.outer.is_empty() {
                wanted.push(Feature::Numbered(kind, number.clone()));
            } else if !number.is_empty() {
                for outer in [key.outer.clone(), String::new()] {
                    wanted.push(Feature::Placed(kind, number.clone(), outer));
                }
            }
            if let (true, Some(kind)) = (number.is_empty(), kind) {
                wanted.push(if key.has_words() {
                    Feature::BareKind(kind)
                } else {
                    Feature::Kind(kind)
                });
            }
        }
        let words = [&key.proper, &key.settlement];
        wanted.extend(
            words
                .into_iter()
                .map(String::as_str)
                .chain(key.honorary.split(' '))
                .filter(|word| !word.is_empty())
                .map(|word| Feature::Word(word.to_owned())),
        );
        wanted
    }

    /// The key where its proper name ends with a village that is known here, written without its
    /// mark: «СОШ №1 Анненково». A name that ends in quotation marks has none.
    #[must_use]
    pub fn with_village(&self, key: &Key, hints: Hints) -> Option<Key> {
        const LONGEST: usize = 3;
        if key.proper.is_empty() || !key.settlement.is_empty() || hints.quoted_end {
            return None;
        }
        let words: Vec<&str> = key.proper.split(' ').collect();
        (1..=words.len().min(LONGEST)).find_map(|length| {
            let (proper, village) = words.split_at(words.len() - length);
            let stems: Vec<String> = village.iter().map(|word| stem(word)).collect();
            let settlement = self.villages.get(&stems.join(" "))?;
            Some(Key {
                proper: proper.join(" "),
                settlement: settlement.clone(),
                ..key.clone()
            })
        })
    }

    /// The owners of all keys that `key` may stand for, each with how closely and what it is for, in
    /// order. The owner of the very key is not asked for.
    fn candidates(&self, key: &Key, hints: Hints) -> Vec<(u32, Closeness, Option<Class>)> {
        let mut fitting: FxHashMap<u32, (Closeness, Option<Class>)> = FxHashMap::default();
        let mut look = |key: &Key, named_alone: bool| {
            for feature in self.features(key) {
                for &id in self.features.get(&feature).into_iter().flatten() {
                    let Some(entry) = self.entries.get(id as usize) else {
                        continue;
                    };
                    if named_alone && entry.key.proper.is_empty() {
                        continue;
                    }
                    let of_entry = (&entry.key, entry.hints);
                    let close =
                        closeness((key, hints), of_entry, entry.other_name, self.home_known);
                    if let Some(close) = close {
                        let found = (close, entry.key.class());
                        let known = fitting.entry(entry.owner).or_insert(found);
                        *known = found.min(*known);
                    }
                }
            }
        };
        let village = self.with_village(key, hints);
        if let Some(village) = &village {
            look(village, false);
        }
        look(key, village.is_some());
        let mut all: Vec<_> = fitting
            .into_iter()
            .map(|(owner, (close, class))| (owner, close, class))
            .collect();
        all.sort_unstable();
        all
    }

    /// The owners of all keys that `key` may stand for, each with how closely, in order. The
    /// owner of the very key is not asked for.
    #[must_use]
    pub fn fitting(&self, key: &Key, hints: Hints) -> Vec<(u32, Closeness)> {
        let all = self.candidates(key, hints).into_iter();
        all.map(|(owner, close, _)| (owner, close)).collect()
    }

    /// Of [`Index::fitting`] those that agree most closely. Where the kind may be of two classes
    /// («СШ»), those of each class.
    #[must_use]
    pub fn closest(&self, key: &Key, hints: Hints) -> Vec<(u32, Closeness)> {
        let all = self.candidates(key, hints);
        let between = key.is_unsure() && of_two_classes(all.iter().map(|&(_, _, class)| class));
        let min = |of: Option<Class>| {
            all.iter()
                .filter(|&&(_, _, class)| of.is_none() || class == of)
                .map(|&(_, close, _)| close)
                .min()
        };
        all.iter()
            .filter(|&&(_, close, class)| min(class.filter(|_| between)) == Some(close))
            .map(|&(owner, close, _)| (owner, close))
            .collect()
    }

    /// What `key` is.
    #[must_use]
    pub fn find(&self, key: &Key, hints: Hints) -> Found {
        if let Some(&owner) = self.names.get(key) {
            return Found::Same(owner);
        }
        match self.other_names.get(key).map(Vec::as_slice) {
            Some(&[owner]) => return Found::Same(owner),
            Some(several) => return Found::Several(several.to_vec()),
            None => {}
        }
        let fitting = self.closest(key, hints);
        match fitting[..] {
            [] => Found::Nothing,
            [(owner, _)] if self.with_village(key, hints).is_some() => {
                Found::Fits(owner, Closeness::Shortened)
            }
            [(owner, close)] => Found::Fits(owner, close),
            _ => Found::Several(fitting.into_iter().map(|(owner, _)| owner).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::organisation_name::read;
    use crate::people::organisation_places::Home;

    fn close(text: &str, organisation: &str) -> Option<Closeness> {
        let read = |text| read(text, &Home::default());
        let (text, organisation) = (read(text), read(organisation));
        closeness(
            (&text.key, text.hints),
            (&organisation.key, organisation.hints),
            false,
            true,
        )
    }

    #[test]
    fn what_may_stand_for_what() {
        let agree = Some(Closeness::KindAndNumber);
        let short = Some(Closeness::Shortened);
        for (text, organisation, expected) in [
            ("д/с №2 «Теремок»", "д/с №2", agree),
            ("д/с №2", "д/с №2 «Теремок»", agree),
            ("д/с №2 «Ромашка»", "д/с №2 «Теремок»", None),
            ("школа №1", "СОШ №1", short),
            ("школа №1", "гимназия №1", None),
            ("СОШ №1", "ООШ №1", None),
            ("«Теремок»", "д/с №2 «Теремок»", short),
            ("Поликлиника №1", "СОШ №1", None),
            ("СОШ с. Анненково", "СОШ №1", None),
            ("СОШ №1", "СОШ с. Анненково", None),
            ("МБУДО СШ №5", "МБОУ СШ №5", None),
            ("СШ №5", "МБОУ СШ №5", agree),
            ("СШ №5", "МБУДО СШ №5", agree),
            ("МБДОУ №5", "МБУДО ДЮСШ №5", None),
            ("школа №1", "СКОШИ №1", short),
            ("СКОШИ №1", "школа №1", None),
            ("вечерняя школа №1", "школа №1", None),
            ("лицей-интернат №1", "лицей №1", None),
            ("СКОШИ №1", "школа-интернат №1", None),
            ("СОШИ №1", "школа-интернат №1", short),
            ("СОШ №1", "школа №1", short),
            ("СОШ №1-2", "СОШ №1", None),
            ("СОШ №1", "СОШ №1-2", agree),
            ("Ивановская СОШ", "Ивановская СОШ №2", short),
            ("Ивановская СОШ №2", "Ивановская СОШ", None),
            ("СОШ №2 с. Анненково", "СОШ с. Анненково", None),
        ] {
            assert_eq!(
                close(text, organisation),
                expected,
                "{text} / {organisation}"
            );
        }
    }
}
