//! What the name of an organisation says: its kind, number, proper name and place, after everything
//! that tells no organisation from another is folded away (methodology §4, last paragraph).

use crate::people::organisation_places::{Home, Place, place_at, stem};
use crate::people::organisation_tokens::{Token, tokens};
use crate::people::organisation_words::{Class, Form, KindId, Vocabulary, vocabulary};

/// What organisations are compared by. Two names with the same key name the same organisation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Key {
    /// The kind: СОШ, лицей, детский сад.
    pub kind: Option<KindId>,
    /// What the legal form says where the name has no kind.
    pub class: Option<Class>,
    /// The number, with its letter; empty where there is none.
    pub number: String,
    /// The proper name: all words that mean nothing else.
    pub proper: String,
    /// The village, by its stem.
    pub settlement: String,
    /// Whose name it bears; empty where the number decides.
    pub honorary: String,
    /// The town or district, by its stem; empty where it is the municipality's own.
    pub outer: String,
}

impl Key {
    /// Whether it says nothing that could tell an organisation.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kind.is_none() && self.number.is_empty() && !self.has_words()
    }

    /// Whether it has any name of its own.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !(self.proper.is_empty() && self.settlement.is_empty() && self.honorary.is_empty())
    }

    /// What the organisation is for, by kind or form.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        match self.kind.and_then(|kind| vocabulary().kind(kind)) {
            Some(kind) if kind.unsure => None,
            Some(kind) => Some(kind.class),
            None => self.class,
        }
    }
}

/// A name as it was understood.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// What it is compared by.
    pub key: Key,
    /// Whether the number stands without № («СОШ 1»).
    pub bare_number: bool,
    /// Whether the kind is told by the legal form alone («МБДОУ №5»).
    pub kind_by_form: bool,
    /// Whether the text names a branch; the key is that of the organisation it belongs to.
    pub branch: bool,
    /// What the name tells of the organisation's type (methodology §2.8).
    pub told: Option<Class>,
}

/// Reads a name. `home` is the municipality, whose own name is folded away.
#[must_use]
pub fn read(text: &str, home: &Home) -> Name {
    let mut all = tokens(text);
    split_glued(&mut all);
    let head = head_of_branch(&all);
    let branch = head.is_some();
    let words = head.unwrap_or(all);
    let mut reader = Reader {
        used: vec![false; words.len()],
        words,
        v: vocabulary(),
        home,
        branch,
        kind: None,
        forms: Forms::default(),
    };
    let mut name = reader.read();
    name.branch = branch;
    name
}

/// Parts «МБОУСОШ» into form and kind.
fn split_glued(words: &mut Vec<Token>) {
    let v = vocabulary();
    let mut at = 0;
    while at < words.len() {
        let word = &words[at].word;
        let known = words[at].number || v.forms.contains_key(word) || v.kind_words.contains(word);
        let cut = (!known && word.chars().count() >= 5)
            .then(|| {
                word.char_indices().map(|(i, _)| i).skip(2).find(|&i| {
                    v.forms.contains_key(&word[..i]) && v.kind_words.contains(&word[i..])
                })
            })
            .flatten();
        if let Some(cut) = cut {
            let mut second = words[at].clone();
            second.word = second.word.split_off(cut);
            second.hyphen = false;
            words[at].word.truncate(cut);
            words[at].dot = false;
            words.insert(at + 1, second);
        }
        at += 1;
    }
}

fn begins_form(words: &[Token], at: usize) -> bool {
    let v = vocabulary();
    words.get(at).is_some_and(|t| {
        !t.number && (v.forms.contains_key(&t.word) || v.form_before.word(&t.word))
    })
}

/// The words of the organisation that a branch belongs to; none where the text names no branch.
fn head_of_branch(words: &[Token]) -> Option<Vec<Token>> {
    let v = vocabulary();
    let (at, length) = (0..words.len()).find_map(|at| {
        let (length, ()) = v.branch.at(words, at)?;
        Some((at, length))
    })?;
    let after = at + length;
    let form_in =
        |range: std::ops::Range<usize>| range.into_iter().find(|&i| begins_form(words, i));
    let kind_in = |range: std::ops::Range<usize>| {
        range
            .into_iter()
            .find(|&i| v.kind_names.at(words, i).is_some())
    };
    let bracketed = words[at].bracket > 0 && at > 0 && words[at - 1].bracket != words[at].bracket;
    let before_names = form_in(0..at).is_some() || kind_in(0..at).is_some();
    if bracketed && before_names {
        return Some(words[..at].to_vec());
    }
    if begins_form(words, after) {
        return Some(words[after..].to_vec());
    }
    if form_in(0..at).is_some() {
        return Some(words[..at].to_vec());
    }
    if let Some(from) = form_in(after..words.len()) {
        return Some(words[from..].to_vec());
    }
    let kind_after = kind_in(after..words.len());
    let numbered = |from: usize| words[from..].iter().any(|t| t.number);
    match (kind_after, before_names) {
        (Some(from), false) => Some(words[from..].to_vec()),
        (Some(from), true) if from == after && numbered(from) => Some(words[from..].to_vec()),
        (_, true) => Some(words[..at].to_vec()),
        (None, false) => {
            let mut rest = words.to_vec();
            rest.drain(at..after);
            Some(rest)
        }
    }
}

#[derive(Default)]
struct Forms {
    educational: bool,
    general: bool,
    preschool: bool,
    additional: bool,
    professional: bool,
}

struct Reader<'a> {
    words: Vec<Token>,
    used: Vec<bool>,
    v: &'static Vocabulary,
    home: &'a Home,
    branch: bool,
    kind: Option<(usize, usize, KindId)>,
    forms: Forms,
}

impl Reader<'_> {
    fn free(&self, at: usize, length: usize) -> bool {
        self.used
            .get(at..at + length)
            .is_some_and(|used| used.iter().all(|used| !used))
    }

    fn take(&mut self, at: usize, length: usize) {
        if let Some(used) = self.used.get_mut(at..at + length) {
            used.fill(true);
        }
    }

    fn read(&mut self) -> Name {
        self.abbreviated_forms();
        self.find_kind();
        self.full_forms();
        self.phrases();
        let honorary = self.honorary();
        let (settlement, outer) = self.places();
        self.openings();
        let (number, signed) = self.number();
        self.own_name_at_the_end();
        let proper = self.proper();
        let kind = self.settled_kind();
        let class = if self.forms.additional {
            Some(Class::Additional)
        } else if self.forms.professional {
            Some(Class::Professional)
        } else if self.forms.preschool {
            Some(Class::Preschool)
        } else if self.forms.general {
            Some(Class::General)
        } else {
            None
        };
        let mut key = Key {
            kind,
            class,
            number,
            proper,
            settlement,
            honorary,
            outer,
        };
        let kind_by_form = key.kind.is_none() && key.class == Some(Class::Preschool);
        if kind_by_form {
            key.kind = self
                .v
                .kinds
                .iter()
                .position(|k| k.class == Class::Preschool)
                .and_then(|at| u16::try_from(at).ok())
                .map(KindId);
        }
        if key.kind.is_some() {
            key.class = None;
        }
        let told = self.told(&key);
        if !key.number.is_empty() {
            key.honorary.clear();
        }
        Name {
            bare_number: !key.number.is_empty() && !signed,
            kind_by_form,
            branch: false,
            told,
            key,
        }
    }

    fn abbreviated_forms(&mut self) {
        for at in 0..self.words.len() {
            let token = &self.words[at];
            let Some(form) = (!token.number)
                .then(|| self.v.forms.get(&token.word))
                .flatten()
            else {
                continue;
            };
            match form {
                Form::Educational => self.forms.educational = true,
                Form::Preschool => self.forms.preschool = true,
                Form::Additional => self.forms.additional = true,
                Form::Professional => self.forms.professional = true,
                Form::Other => {}
            }
            self.take(at, 1);
        }
    }

    /// The first kind that the name speaks of.
    fn find_kind(&mut self) {
        for at in 0..self.words.len() {
            if let Some((length, &kind)) = self.v.kind_names.at(&self.words, at)
                && self.free(at, length)
            {
                self.kind = Some((at, length, kind));
                self.take(at, length);
                return;
            }
        }
    }

    /// «муниципальное бюджетное общеобразовательное учреждение», «дополнительного образования», «ДО».
    fn full_forms(&mut self) {
        for at in 0..self.words.len() {
            if self.free(at, 1) && self.v.form_nouns.at(&self.words, at).is_some() {
                let mut from = at;
                while from > 0
                    && self.free(from - 1, 1)
                    && self.v.form_before.word(&self.words[from - 1].word)
                {
                    from -= 1;
                    let word = &self.words[from].word;
                    self.forms.preschool |= self.v.form_preschool.word(word);
                    self.forms.general |= self.v.form_general.word(word);
                    self.forms.educational |= self.v.form_educational.word(word);
                    self.forms.professional |= self.v.form_professional.word(word);
                }
                self.take(from, at + 1 - from);
            }
        }
        let kind_at = self.kind.map_or(0, |(at, _, _)| at);
        for at in 0..self.words.len() {
            if !self.free(at, 1) {
                continue;
            }
            if let Some((length, ())) = self.v.additional.at(&self.words, at) {
                self.forms.additional = true;
                self.take(at, length);
            } else if self.v.additional_words.at(&self.words, at).is_some() {
                self.forms.additional = true;
                self.take(at, 1);
            } else if at < kind_at
                && self.words[at].quoted == 0
                && self.v.form_before.word(&self.words[at].word)
            {
                self.take(at, 1);
            }
        }
    }

    /// «комбинированного вида», «корпус 2».
    fn phrases(&mut self) {
        for at in 0..self.words.len() {
            if let Some((length, ())) = self.v.dropped.at(&self.words, at)
                && self.free(at, length)
            {
                self.take(at, length);
            }
            if self.free(at, 1) && self.v.premises.at(&self.words, at).is_some() {
                let number_after = self.words.get(at + 1).is_some_and(|t| t.number);
                self.take(at, if number_after { 2 } else { 1 });
            }
        }
    }

    /// Whether words from `start` cannot run on over `at`.
    fn stops(&self, start: usize, at: usize) -> bool {
        let (first, here) = (&self.words[start], &self.words[at]);
        self.used[at]
            || here.signed
            || here.bracket != first.bracket
            || (here.quoted != first.quoted && at > start + 1)
    }

    /// Takes «имени …» away and gives the words of whose name it is, in alphabetical order.
    fn honorary(&mut self) -> String {
        let mut whose: Vec<String> = Vec::new();
        for start in 0..self.words.len() {
            if !self.free(start, 1) || self.v.honorary.at(&self.words, start).is_none() {
                continue;
            }
            let mut at = start + 1;
            let mut seen = false;
            while at < self.words.len() && !self.stops(start, at) {
                let word = &self.words[at].word;
                let full = word.chars().count() > 2 && !self.v.titles.word(word);
                if seen && place_at(&self.words, at).is_some() {
                    break;
                }
                if full {
                    if seen && self.home.is(stem(word)) && at + 1 == self.words.len() {
                        break;
                    }
                    seen = true;
                    whose.push(stem(word).to_owned());
                }
                at += 1;
            }
            self.take(start, at - start);
        }
        whose.sort();
        whose.dedup();
        whose.join(" ")
    }

    /// Takes the places away and gives the village, and the town or district unless it is home.
    fn places(&mut self) -> (String, String) {
        let (mut settlement, mut town, mut district) = (String::new(), None, None);
        for at in 0..self.words.len() {
            let Some((length, place)) = place_at(&self.words, at) else {
                continue;
            };
            if !self.free(at, length) {
                continue;
            }
            self.take(at, length);
            let within =
                at > 0 && self.free(at - 1, 1) && self.v.within.word(&self.words[at - 1].word);
            if within {
                self.take(at - 1, 1);
            }
            match place {
                // «филиал МБОУ СОШ №1 в с. Анненково»: the branch's place, not the school's.
                Place::Settlement(_) if within && self.branch => {}
                Place::Settlement(name) if self.home.is(&name) => {}
                Place::Settlement(name) if settlement.is_empty() => settlement = name,
                Place::Settlement(_) => {}
                Place::Town(name) => town = Some(name),
                Place::District(name) => district = Some(name),
                Place::Region => {}
            }
        }
        let outer = town
            .or(district)
            .filter(|name| !self.home.is(name))
            .unwrap_or_default();
        (settlement, outer)
    }

    /// «с углублённым изучением …» up to the number, a quotation mark or whatever else is known.
    fn openings(&mut self) {
        for start in 0..self.words.len() {
            let Some((length, ())) = self.v.openings.at(&self.words, start) else {
                continue;
            };
            if !self.free(start, length) {
                continue;
            }
            let mut at = start + length;
            while at < self.words.len()
                && !self.stops(start, at)
                && !self.words[at].number
                && self.words[at].quoted == self.words[start].quoted
            {
                at += 1;
            }
            self.take(start, at - start);
        }
    }

    /// Takes the number away: one with № first, else one that counts nothing.
    fn number(&mut self) -> (String, bool) {
        let counts = |at: usize| {
            self.words
                .get(at + 1)
                .is_some_and(|t| self.v.after_count.word(&t.word))
                || (at > 0
                    && self.v.after_count.word(&self.words[at - 1].word)
                    && !self.words[at].signed)
        };
        let numbers =
            || (0..self.words.len()).filter(|&at| self.words[at].number && !self.used[at]);
        let found = numbers()
            .find(|&at| self.words[at].signed)
            .or_else(|| numbers().find(|&at| !counts(at)));
        let Some(at) = found else {
            return (String::new(), false);
        };
        self.take(at, 1);
        (self.words[at].word.clone(), self.words[at].signed)
    }

    /// The municipality's own name without a mark, where it ends the name: «СОШ №1 Кузнецк».
    fn own_name_at_the_end(&mut self) {
        let last = (0..self.words.len()).rev().find(|&at| !self.used[at]);
        if let Some(at) = last {
            let after_kind = self.kind.is_none_or(|(kind, _, _)| at > kind);
            if self.words[at].quoted == 0 && after_kind && self.home.is(stem(&self.words[at].word))
            {
                self.take(at, 1);
            }
        }
    }

    /// All that is left. A second number with № stays marked: the text may name two organisations.
    fn proper(&self) -> String {
        let mut proper = String::new();
        for (token, _) in self
            .words
            .iter()
            .zip(&self.used)
            .filter(|(_, used)| !**used)
        {
            if !proper.is_empty() {
                proper.push(' ');
            }
            if token.signed {
                proper.push('№');
            }
            proper.push_str(&token.word);
        }
        proper
    }

    /// The kind, with what the legal form makes of it.
    fn settled_kind(&self) -> Option<KindId> {
        let (_, _, id) = self.kind?;
        let kind = self.v.kind(id)?;
        if self.forms.additional && kind.with_additional.is_some() {
            return kind.with_additional;
        }
        if (self.forms.educational || self.forms.general) && kind.with_educational.is_some() {
            return kind.with_educational;
        }
        if kind.needs_number && self.forms.preschool {
            return None;
        }
        Some(id)
    }

    /// The type that the name tells (methodology §2.8).
    fn told(&self, key: &Key) -> Option<Class> {
        if self.forms.additional {
            return Some(Class::Additional);
        }
        let Some(kind) = key.kind.and_then(|kind| self.v.kind(kind)) else {
            return key.class.filter(|&class| class != Class::General);
        };
        if kind.class == Class::General {
            if self.forms.professional {
                return Some(Class::Professional);
            }
            if self.of_arts() {
                return Some(Class::Additional);
            }
            let placed =
                !key.number.is_empty() || !key.settlement.is_empty() || !key.honorary.is_empty();
            let school = self.forms.educational || self.forms.general;
            if kind.needs_number && !placed && !school {
                return None;
            }
        }
        Some(kind.class)
    }

    /// Whether «спортивная», «искусств» or the like stands beside the kind.
    fn of_arts(&self) -> bool {
        const NEAR: usize = 2;
        let Some((at, length, _)) = self.kind else {
            return false;
        };
        let from = at.saturating_sub(NEAR);
        let to = (at + length + NEAR).min(self.words.len());
        (from..to).any(|i| {
            !self.used[i]
                && self.words[i].quoted == self.words[at].quoted
                && self.v.arts.word(&self.words[i].word)
        })
    }
}
