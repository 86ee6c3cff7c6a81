//! What the name of an organisation says: its kind, number, proper name and place, after everything
//! that tells no organisation from another is folded away (methodology §4, last paragraph).

use crate::people::organisation_branch::{head_of_branch, split_glued};
use crate::people::organisation_key::{Hints, Key, Name};
use crate::people::organisation_places::{Home, Place, place_at, stem};
use crate::people::organisation_tokens::{Token, tokens};
use crate::people::organisation_words::{Class, Form, KindId, Vocabulary, vocabulary};

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
        other_kind: false,
        forms: Forms::default(),
    };
    let mut name = reader.read();
    name.branch = branch;
    name
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
    /// Whether the name speaks of another kind too, so that it may name two organisations.
    other_kind: bool,
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
        self.openings();
        self.full_forms();
        self.phrases();
        let honorary = self.honorary();
        let (settlement, outer, at_home) = self.places();
        let (number, signed) = self.number();
        self.own_name_at_the_end();
        let proper = self.proper();
        let last = self.words.iter().zip(&self.used).rfind(|(_, used)| !**used);
        let hints = Hints {
            at_home: at_home && settlement.is_empty(),
            preschool_form: self.forms.preschool,
            quoted_end: last.is_some_and(|(word, _)| word.quoted != 0),
        };
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
        // The first preschool kind of the data is детский сад itself.
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
            hints,
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

    /// The first kind that the name speaks of. It may stand there again: «… школа №1 (СОШ №1)».
    fn find_kind(&mut self) {
        for at in 0..self.words.len() {
            let Some((length, &kind)) = self.v.kind_names.at(&self.words, at) else {
                continue;
            };
            if !self.free(at, length) {
                continue;
            }
            match self.kind {
                None => self.kind = Some((at, length, kind)),
                Some((_, _, known)) if known == kind => {}
                Some(_) => {
                    self.other_kind = true;
                    continue;
                }
            }
            self.take(at, length);
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
                let number = |at: usize| self.words.get(at).is_some_and(|t| t.number);
                if number(at + 1) {
                    self.take(at, 2);
                } else if at > 0 && number(at - 1) && !self.words[at - 1].signed {
                    self.take(at - 1, 2);
                } else {
                    self.take(at, 1);
                }
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
                    if seen && self.home.is(&stem(word)) && at + 1 == self.words.len() {
                        break;
                    }
                    seen = true;
                    whose.push(stem(word));
                }
                at += 1;
            }
            self.take(start, at - start);
        }
        whose.sort();
        whose.dedup();
        whose.join(" ")
    }

    /// Takes the places away and gives the village, the town or district unless it is home, and
    /// whether the municipality's own town is said.
    fn places(&mut self) -> (String, String, bool) {
        let (mut settlement, mut town, mut district) = (String::new(), None, None);
        let mut at_home = false;
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
                Place::Settlement(name) if self.home.is(&name) => at_home = true,
                Place::Settlement(name) if settlement.is_empty() => settlement = name,
                Place::Settlement(_) => {}
                Place::Town(name) => {
                    at_home |= self.home.is(&name);
                    town = Some(name);
                }
                Place::District(name) => district = Some(name),
                Place::Region => {}
            }
        }
        let outer = town
            .or(district)
            .filter(|name| !self.home.is(name))
            .unwrap_or_default();
        (settlement, outer, at_home)
    }

    /// «с углублённым изучением …» up to the number, a quotation mark or whatever else is known, and
    /// an address with its numbers.
    fn openings(&mut self) {
        for start in 0..self.words.len() {
            let address = self.v.address.at(&self.words, start);
            let Some((length, ())) = address.or_else(|| self.v.openings.at(&self.words, start))
            else {
                continue;
            };
            if !self.free(start, length) {
                continue;
            }
            let mut at = start + length;
            while at < self.words.len()
                && !self.stops(start, at)
                && (address.is_some() || !self.words[at].number)
                && self.words[at].quoted == self.words[start].quoted
                && self.v.honorary.at(&self.words, at).is_none()
                && (address.is_some() || place_at(&self.words, at).is_none())
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
        // «СОШ «Школа 2000»»: a number within a proper name.
        let kind_quoted = self.kind.map(|(at, _, _)| self.words[at].quoted);
        let in_name = |at: usize| {
            let quoted = self.words[at].quoted;
            quoted != 0 && kind_quoted.is_some_and(|of_kind| of_kind != quoted)
        };
        let found = numbers()
            .find(|&at| self.words[at].signed)
            .or_else(|| numbers().find(|&at| !counts(at) && !in_name(at)));
        let Some(at) = found else {
            return (String::new(), false);
        };
        let number = self.words[at].clone();
        for again in 0..self.words.len() {
            let same = self.words[again].signed && self.words[again].word == number.word;
            if again == at || (same && !self.other_kind) {
                self.take(again, 1);
            }
        }
        (number.word, number.signed)
    }

    /// The municipality's own name without a mark, where it ends the name: «СОШ №1 Кузнецк».
    fn own_name_at_the_end(&mut self) {
        let last = (0..self.words.len()).rev().find(|&at| !self.used[at]);
        if let Some(at) = last {
            let after_kind = self.kind.is_none_or(|(kind, _, _)| at > kind);
            if self.words[at].quoted == 0 && after_kind && self.home.is(&stem(&self.words[at].word))
            {
                self.take(at, 1);
            }
        }
    }

    /// All that is left. A second number with № stays marked: the text may name two organisations. So
    /// does one after a hyphen: №1-2 is not №1.
    fn proper(&self) -> String {
        let mut proper = String::new();
        for (at, token) in self.words.iter().enumerate() {
            if self.used[at] {
                continue;
            }
            if !proper.is_empty() {
                proper.push(' ');
            }
            let after_number = at > 0 && self.words[at - 1].number;
            if token.signed || (token.number && token.hyphen && after_number) {
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
