//! Phrases of a data file against the words of a cell.
//!
//! A pattern is written as people write: «заместитель директора …». Its words match in any case,
//! number and gender, and by the abbreviations that the data file lists. Beyond plain words:
//!
//! | written | means |
//! | --- | --- |
//! | `…` at the end | any words may follow; without it the phrase must end there |
//! | `a\|b` | either word |
//! | `[a]`, `[a\|b]` | the word may be missing |
//! | `(a)` | the word stands in brackets in the cell |
//! | `A!` | the word is written in capitals in the cell, and the one before it is not |
//! | `#` | a number |
//! | `~` | any adjectives, or none: «учебно-методическим» |
//! | `{list}` | any phrase of that list of the data file |

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::word::{Break, Form, Paradigm, Token, ends_as_adjective, splits, tokens};
use crate::text::fold_lookalikes;

/// The words of all patterns, and what stands for them.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: FxHashMap<String, u32>,
    paradigms: Vec<Paradigm>,
    /// The words that have a stem.
    stems: FxHashMap<String, Vec<u32>>,
    abbreviations: FxHashMap<String, Vec<(u32, Form)>>,
    /// The words of the pieces of patterns, which come again and again.
    pieces: FxHashMap<String, Arc<[u32]>>,
    full: FxHashMap<String, String>,
    adjectives: FxHashSet<String>,
    /// How many of the words, the first ones, have abbreviations.
    shortened: u32,
}

impl Lexicon {
    /// Lists abbreviations of words: full word → abbreviations. The weak ones are told apart.
    pub fn abbreviate(&mut self, short: &BTreeMap<String, Vec<String>>, weak: &[String]) {
        for (word, written) in short {
            let word = fold_lookalikes(word);
            let id = self.word(&word);
            for written in written {
                let written = fold_lookalikes(written);
                let form = if weak.contains(&written) {
                    Form::Weak
                } else {
                    Form::Short
                };
                self.abbreviations
                    .entry(written.clone())
                    .or_default()
                    .push((id, form));
                if ends_as_adjective(&word) {
                    self.adjectives.insert(written.clone());
                }
                self.full.entry(written).or_insert_with(|| word.clone());
            }
        }
        for word in short.keys() {
            self.cut(&fold_lookalikes(word));
        }
        self.shortened = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
    }

    /// Lists the cuts of an adjective: «социал.» and «социальн.» are «социальный». A cut ends in
    /// a consonant and is no other word: «педагог» is not «педагогический».
    fn cut(&mut self, word: &str) {
        let adjective = self.words.get(word).filter(|_| ends_as_adjective(word));
        let (Some(&id), Some((ending, _))) = (adjective, word.char_indices().nth_back(1)) else {
            return;
        };
        let ends = word.char_indices().map(|(at, _)| at).skip(SHORTEST_CUT);
        for end in ends.take_while(|end| *end <= ending) {
            let cut = &word[..end];
            if cut.ends_with(NO_CONSONANT) || self.words.contains_key(cut) {
                continue;
            }
            let listed = self.abbreviations.entry(cut.to_owned()).or_default();
            listed.push((id, Form::Short));
            self.adjectives.insert(cut.to_owned());
            let full = self.full.entry(cut.to_owned());
            full.or_insert_with(|| word.to_owned());
        }
    }

    /// The words of a piece of a pattern.
    fn words_of(&mut self, piece: &str) -> Arc<[u32]> {
        if let Some(known) = self.pieces.get(piece) {
            return Arc::clone(known);
        }
        let words: Arc<[u32]> = tokens(piece)
            .iter()
            .map(|token| self.word(&token.text))
            .collect();
        self.pieces.insert(piece.to_owned(), Arc::clone(&words));
        words
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        // «начальника» in a pattern is «начальник», so that «нач.» stands for it too.
        let known = self.meanings(word).into_iter();
        let shortened = known.filter(|(id, form)| *form < Form::Short && *id < self.shortened);
        if let Some((id, _)) = shortened.min() {
            return id;
        }
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.insert(word.to_owned(), id);
        let paradigm = Paradigm::of(word);
        for stem in paradigm.stems() {
            match self.stems.get_mut(stem) {
                Some(words) => words.push(id),
                None => drop(self.stems.insert(stem.to_owned(), vec![id])),
            }
        }
        self.paradigms.push(paradigm);
        id
    }

    /// The pattern words that a spelling may stand for, in their order.
    fn meanings(&self, spelling: &str) -> SmallVec<[(u32, Form); 4]> {
        let stems = splits(spelling).filter_map(|(stem, _)| self.stems.get(stem));
        let short = self.abbreviations.get(spelling).into_iter().flatten();
        let mut words: SmallVec<[u32; 8]> = stems
            .flatten()
            .chain(self.words.get(spelling))
            .copied()
            .chain(short.map(|(word, _)| *word))
            .collect();
        words.sort_unstable();
        words.dedup();
        let meaning = |word| Some((word, self.form(spelling, word)?));
        words.into_iter().filter_map(meaning).collect()
    }

    /// How a spelling stands for a word, if it does.
    fn form(&self, spelling: &str, word: u32) -> Option<Form> {
        let paradigm = self.paradigms.get(word as usize);
        let inflected = paradigm.and_then(|paradigm| paradigm.form(spelling));
        inflected.or_else(|| {
            let short = self.abbreviations.get(spelling)?;
            short
                .iter()
                .find(|(id, _)| *id == word)
                .map(|(_, form)| *form)
        })
    }

    /// Forgets what only the making of patterns needs.
    pub fn finish(&mut self) {
        self.pieces = FxHashMap::default();
        self.words.shrink_to_fit();
        self.stems.shrink_to_fit();
    }

    /// Whether `word` is a listed abbreviation.
    pub fn abbreviates(&self, word: &str) -> bool {
        self.full.contains_key(word)
    }

    /// The full word of an abbreviation, or the word itself.
    pub fn in_full<'a>(&'a self, word: &'a str) -> &'a str {
        self.full.get(word).map_or(word, String::as_str)
    }
}

/// How many letters the shortest cut of an adjective has.
const SHORTEST_CUT: usize = 3;
/// What an abbreviation does not end in.
const NO_CONSONANT: [char; 12] = ['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я', 'й', 'ь', 'ъ'];

#[derive(Clone, Debug)]
enum Slot {
    Word(u32),
    Bracketed(u32),
    Capitals(u32),
    Number,
    Adjectives,
}

/// One pattern with its alternatives written out.
#[derive(Clone, Debug)]
pub struct Phrase {
    slots: SmallVec<[Slot; 4]>,
    /// Whether any words may follow.
    pub open: bool,
    /// The number of its rule, given by the owner of the book.
    pub rule: usize,
    /// Whether it is an everyday form and not the rule's own words.
    pub everyday: bool,
    /// The pattern, its alternatives chosen; kept where it may be shown.
    pattern: Box<str>,
    /// Whether the pattern draws on no list.
    pub plain: bool,
}

impl Phrase {
    /// As written in the data, without the signs.
    pub fn text(&self) -> String {
        let shown = self.pattern.replace(['…', '~', '!'], "");
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Where a phrase stands in a cell.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The phrase.
    pub phrase: &'a Phrase,
    /// The token after its last word.
    pub end: usize,
    /// How many words of the pattern were met: the more, the more specific.
    pub words: usize,
    /// How its first word is written.
    pub head: Form,
    /// Whether a word of it was abbreviated.
    pub shortened: bool,
    /// Whether it goes over a comma, a semicolon or a plus.
    over: bool,
}

/// Phrases by their first word.
#[derive(Debug, Default)]
pub struct Book {
    by_head: FxHashMap<u32, Vec<Phrase>>,
}

impl Book {
    /// Adds a pattern of rule number `rule`.
    pub fn add(
        &mut self,
        lexicon: &mut Lexicon,
        lists: &BTreeMap<String, Vec<String>>,
        pattern: &str,
        rule: usize,
        everyday: bool,
    ) {
        let plain = !pattern.contains('{');
        for pattern in expand(pattern, lists) {
            let mut slots = SmallVec::new();
            let mut open = false;
            for piece in pattern.split(' ').filter(|piece| !piece.is_empty()) {
                match piece {
                    "…" => open = true,
                    "~" => slots.push(Slot::Adjectives),
                    "#" => slots.push(Slot::Number),
                    piece => {
                        let words = lexicon.words_of(piece);
                        slots.extend(words.iter().map(|&word| {
                            if piece.starts_with('(') {
                                Slot::Bracketed(word)
                            } else if piece.ends_with('!') {
                                Slot::Capitals(word)
                            } else {
                                Slot::Word(word)
                            }
                        }));
                    }
                }
            }
            if let Some(&Slot::Word(head)) = slots.first() {
                self.by_head.entry(head).or_default().push(Phrase {
                    slots,
                    open,
                    rule,
                    everyday,
                    plain,
                    pattern: if plain || cfg!(test) {
                        pattern.into()
                    } else {
                        Box::default()
                    },
                });
            }
        }
    }

    /// Every phrase that stands at `tokens[start]`.
    pub fn find<'a>(&'a self, lexicon: &Lexicon, tokens: &[Token], start: usize) -> Vec<Found<'a>> {
        let mut found = Vec::new();
        let Some(token) = tokens.get(start) else {
            return found;
        };
        for (word, head) in lexicon.meanings(&token.text) {
            for phrase in self.by_head.get(&word).into_iter().flatten() {
                let mut met = Found {
                    phrase,
                    end: start + 1,
                    words: 1,
                    head,
                    shortened: head >= Form::Short,
                    over: false,
                };
                // «заведующий, МБДОУ № 5» is one phrase, «нач. кл., восп. ГПД» is not,
                // unless it is all that stands there: «воспитатель, мл.».
                if follow(lexicon, tokens, &phrase.slots[1..], &mut met)
                    && !(met.over && met.shortened && phrase.open)
                {
                    found.push(met);
                }
            }
        }
        found
    }

    /// All phrases, rule by rule as they were added.
    pub fn phrases(&self) -> Vec<&Phrase> {
        let mut all: Vec<&Phrase> = self.by_head.values().flatten().collect();
        all.sort_by_cached_key(|phrase| (phrase.rule, phrase.text(), phrase.open));
        all
    }
}

/// The most adjectives that `~` stands for, the parts of a compound one each.
const ADJECTIVES: usize = 5;

fn follow(lexicon: &Lexicon, tokens: &[Token], slots: &[Slot], met: &mut Found) -> bool {
    let Some((slot, rest)) = slots.split_first() else {
        return true;
    };
    let token = tokens.get(met.end);
    match *slot {
        Slot::Adjectives => {
            let before = met.clone();
            for skipped in 0..=ADJECTIVES {
                *met = before.clone();
                met.end += skipped;
                let all = tokens.get(before.end..met.end);
                if !all.is_some_and(|all| all.iter().all(|token| is_adjective(lexicon, token))) {
                    return false;
                }
                if follow(lexicon, tokens, rest, met) {
                    return true;
                }
            }
            false
        }
        Slot::Number => {
            met.end += 1;
            token.is_some_and(Token::is_number) && follow(lexicon, tokens, rest, met)
        }
        Slot::Word(word) | Slot::Bracketed(word) | Slot::Capitals(word) => {
            let Some(token) = token else { return false };
            let Some(form) = lexicon.form(&token.text, word) else {
                return false;
            };
            let stands = match slot {
                Slot::Bracketed(_) => token.bracketed,
                Slot::Capitals(_) => token.capitals,
                _ => true,
            };
            if !stands {
                return false;
            }
            met.end += 1;
            met.words += 1;
            met.over |= token.before == Break::Hard;
            met.shortened |= form >= Form::Short;
            follow(lexicon, tokens, rest, met)
        }
    }
}

/// Whether a word looks like an adjective or the first part of one, whole or abbreviated.
fn is_adjective(lexicon: &Lexicon, token: &Token) -> bool {
    let whole = token.text.chars().count() > 3
        && (ends_as_adjective(&token.text) || token.text.ends_with('о'));
    token.before != Break::Hard
        && (whole || token.text == "и" || lexicon.adjectives.contains(&token.text))
}

/// Writes out the alternatives of a pattern.
fn expand(pattern: &str, lists: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut texts = vec![String::new()];
    for piece in pattern.split_whitespace() {
        let (optional, inner) = match piece.strip_prefix('[').and_then(|p| p.strip_suffix(']')) {
            Some(inner) => (true, inner),
            None => (false, piece),
        };
        let mut choices: Vec<String> = match inner
            .strip_prefix('{')
            .and_then(|p| p.strip_suffix('}'))
            .and_then(|name| lists.get(name))
        {
            Some(list) => list.iter().flat_map(|text| expand(text, lists)).collect(),
            None => inner.split('|').map(str::to_owned).collect(),
        };
        if optional {
            choices.push(String::new());
        }
        texts = texts
            .iter()
            .flat_map(|text| choices.iter().map(move |choice| format!("{text} {choice}")))
            .collect();
    }
    texts
}
