//! `positions.toml`, ready to be looked up in: the nomenclature of positions, everyday forms, other
//! known positions, duties, remarks, and the words of the cell «Категория».

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::phrase::{Book, Lexicon};
use super::position::{CategoryCell, PositionClass};
use super::word::{Break, Token, tokens};
use crate::text::data_file;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    lists: BTreeMap<String, Vec<String>>,
    short: BTreeMap<String, Vec<String>>,
    weak: Vec<String>,
    acting: Vec<String>,
    units: Vec<String>,
    remarks: Vec<String>,
    asides: Vec<String>,
    entry: Vec<Entry>,
    other: Vec<Rule>,
    duty: Vec<Rule>,
    unsettled: Vec<Rule>,
    category: Categories,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    title: String,
    section: Section,
    words: Vec<String>,
    #[serde(default)]
    everyday: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "walked by a test"))]
    example: Vec<String>,
}

/// The section of the nomenclature.
#[derive(Clone, Copy, Deserialize)]
enum Section {
    #[serde(rename = "I")]
    I,
    #[serde(rename = "I.1")]
    I1,
    #[serde(rename = "I.2")]
    I2,
    #[serde(rename = "II.1")]
    II1,
    #[serde(rename = "II.2")]
    II2,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    title: String,
    words: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "walked by a test"))]
    example: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Categories {
    teacher: Vec<String>,
    manager: Vec<String>,
    other: Vec<String>,
    qualification: Vec<String>,
}

/// What a rule of the data says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Says {
    /// A position of that class.
    Class(PositionClass),
    /// No position: passed over.
    Duty,
    /// Begins like an entry and is none; the rule's title is the entry to name.
    Unsettled,
}

/// The data file, ready to be looked up in.
pub struct Catalogue {
    /// The words of all patterns.
    pub lexicon: Lexicon,
    /// The title of each rule and what it says, by the rule's number.
    pub rules: Vec<(String, Says)>,
    /// Positions and duties.
    pub positions: Book,
    acting: Book,
    units: Book,
    remarks: Book,
    asides: Book,
    categories: Book,
    offers: OnceLock<Vec<Offer>>,
}

/// A phrase to offer as the nearest.
struct Offer {
    text: String,
    words: String,
    open: bool,
}

impl Offer {
    fn whole(words: String) -> Self {
        Self {
            text: words.clone(),
            words,
            open: false,
        }
    }
}

/// Words with abbreviations in full and one space between them.
fn joined(tokens: &[Token], lexicon: &Lexicon) -> String {
    let words: Vec<&str> = tokens.iter().map(|t| lexicon.in_full(&t.text)).collect();
    words.join(" ")
}

/// Rules of the book of categories, by number.
const CATEGORIES: [CategoryCell; 4] = [
    CategoryCell::Names(PositionClass::Teacher),
    CategoryCell::Names(PositionClass::Manager),
    CategoryCell::Names(PositionClass::Other),
    CategoryCell::Qualification,
];

impl Catalogue {
    /// The one catalogue of the program.
    pub fn get() -> &'static Self {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE
            .get_or_init(|| Self::new(data_file("positions.toml", include_str!("positions.toml"))))
    }

    fn new(data: Data) -> Self {
        let mut lexicon = Lexicon::default();
        lexicon.abbreviate(&data.short, &data.weak);
        let mut rules = Vec::new();
        let mut positions = Book::default();
        let mut add = |title: &str, says, words: &[String], everyday: &[String]| {
            let rule = rules.len();
            rules.push((title.to_owned(), says));
            let own = words.iter().map(|pattern| (pattern, false));
            for (pattern, everyday) in own.chain(everyday.iter().map(|p| (p, true))) {
                positions.add(&mut lexicon, &data.lists, pattern, rule, everyday);
            }
        };
        for entry in &data.entry {
            let class = match entry.section {
                Section::I | Section::I1 | Section::I2 => PositionClass::Teacher,
                Section::II1 | Section::II2 => PositionClass::Manager,
            };
            let says = Says::Class(class);
            add(&entry.title, says, &entry.words, &entry.everyday);
        }
        for rule in &data.other {
            let says = Says::Class(PositionClass::Other);
            add(&rule.title, says, &rule.words, &[]);
        }
        for rule in &data.duty {
            add(&rule.title, Says::Duty, &rule.words, &[]);
        }
        for rule in &data.unsettled {
            add(&rule.title, Says::Unsettled, &rule.words, &[]);
        }
        let mut book = |patterns: &[&[String]]| {
            let mut book = Book::default();
            for (rule, patterns) in patterns.iter().enumerate() {
                for pattern in *patterns {
                    book.add(&mut lexicon, &data.lists, pattern, rule, false);
                }
            }
            book
        };
        let acting = book(&[&data.acting]);
        let units = book(&[&data.units]);
        let remarks = book(&[&data.remarks]);
        let asides = book(&[&data.asides]);
        let category = &data.category;
        let categories = book(&[
            &category.teacher,
            &category.manager,
            &category.other,
            &category.qualification,
        ]);
        lexicon.finish();
        Self {
            lexicon,
            rules,
            positions,
            acting,
            units,
            remarks,
            asides,
            categories,
            offers: OnceLock::new(),
        }
    }

    /// The phrases of positions that may be offered; few runs ask for them.
    fn offers(&self) -> &[Offer] {
        self.offers.get_or_init(|| {
            let phrases = self.positions.phrases().into_iter();
            phrases
                .filter(|phrase| {
                    phrase.plain && matches!(self.rules[phrase.rule].1, Says::Class(_))
                })
                .map(|phrase| {
                    let text = phrase.text();
                    Offer {
                        words: joined(&tokens(&text), &self.lexicon),
                        text,
                        open: phrase.open,
                    }
                })
                .collect()
        })
    }

    /// The token after the remark or number that stands at `at`, if one does.
    pub fn after_remark(&self, tokens: &[Token], at: usize) -> Option<usize> {
        if tokens.get(at)?.is_number() {
            let unit = self.units.find(&self.lexicon, tokens, at + 1);
            return Some(unit.iter().map(|found| found.end).max().unwrap_or(at + 1));
        }
        let found = self.remarks.find(&self.lexicon, tokens, at);
        found.iter().map(|found| found.end).max()
    }

    /// The token after the aside that stands at `at`, if one does. It lasts as long as its
    /// brackets, without them as far as a separator: «на время болезни основного работника».
    fn after_aside(
        &self,
        tokens: &[Token],
        at: usize,
        begins: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let found = self.asides.find(&self.lexicon, tokens, at);
        let from = found.iter().map(|found| found.end).max()?;
        let bracketed = tokens.get(at)?.bracketed;
        let goes_on = |&at: &usize| {
            let token = &tokens[at];
            token.bracketed == bracketed && token.before >= Break::Soft && !begins(at)
        };
        Some(from + (from..tokens.len()).take_while(goes_on).count())
    }

    /// The token after «и. о.», if it stands at `at`.
    pub fn after_acting(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let found = self.acting.find(&self.lexicon, tokens, at);
        found.iter().map(|found| found.end).max()
    }

    /// The category that all of these words name; «педагогические работники (ПР)» names it twice.
    pub fn category(&self, tokens: &[Token]) -> Option<CategoryCell> {
        let mut named = None;
        let mut at = 0;
        while at < tokens.len() {
            let found = self.categories.find(&self.lexicon, tokens, at);
            let best = found.into_iter().max_by_key(|found| found.words)?;
            let category = CATEGORIES.get(best.phrase.rule).copied()?;
            if named.is_some_and(|other| other != category) {
                return None;
            }
            named = Some(category);
            at = if best.phrase.open {
                tokens.len()
            } else {
                best.end
            };
        }
        named
    }

    /// Whether nothing but remarks stands from `at` to where `begins` says that something begins.
    pub fn only_remarks(
        &self,
        tokens: &[Token],
        mut at: usize,
        begins: impl Fn(usize) -> bool,
    ) -> bool {
        while at < tokens.len() && !begins(at) {
            let remarks = [
                self.after_remark(tokens, at),
                self.after_acting(tokens, at),
                self.after_aside(tokens, at, &begins),
            ];
            match remarks.into_iter().flatten().max() {
                Some(after) => at = after,
                None => return false,
            }
        }
        true
    }

    /// Whether a remark begins between two tokens and goes on after them: «директор по» is no
    /// phrase of «директор по совместительству».
    pub fn breaks_remark(&self, tokens: &[Token], from: usize, end: usize) -> bool {
        (from..end).any(|at| {
            self.after_remark(tokens, at)
                .is_some_and(|after| after > end)
        })
    }

    /// Whether «и» and another position stand at `at`: «заведующий и воспитатель».
    pub fn joins(&self, tokens: &[Token], at: usize) -> bool {
        tokens.get(at).is_some_and(|token| token.text == "и")
            && !self
                .positions
                .find(&self.lexicon, tokens, at + 1)
                .is_empty()
    }

    /// The known position that is spelt most like these words, if one is near enough to be named:
    /// one of the data file, or one of `own`, which come as words. It is for advice alone.
    pub fn nearest<'a>(
        &self,
        tokens: &[Token],
        own: impl Iterator<Item = &'a Vec<String>>,
    ) -> Option<String> {
        let tokens = match self.after_acting(tokens, 0) {
            Some(end) if end < tokens.len() => &tokens[end..],
            _ => tokens,
        };
        let whole = joined(tokens, &self.lexicon);
        let own: Vec<Offer> = own.map(|words| Offer::whole(words.join(" "))).collect();
        let mut best: Option<(f64, &Offer)> = None;
        for offer in own.iter().chain(self.offers()) {
            // Where any words may follow, as many are compared as the phrase has.
            let count = offer.words.split(' ').count();
            let text = match whole.match_indices(' ').nth(count - 1) {
                Some((end, _)) if offer.open => &whole[..end],
                _ => &whole,
            };
            if text.len() > 2 * offer.words.len() || offer.words.len() > 2 * text.len() {
                continue;
            }
            let likeness = strsim::normalized_damerau_levenshtein(text, &offer.words);
            if likeness >= 0.6 && best.is_none_or(|(known, _)| likeness > known) {
                best = Some((likeness, offer));
            }
        }
        // «учительматематики»: a space is missing.
        let glued = self.offers().iter();
        let glued = glued.filter(|offer| offer.open && whole.starts_with(&offer.words));
        best.map(|(_, offer)| offer)
            .or_else(|| glued.max_by_key(|offer| offer.words.len()))
            .map(|offer| offer.text.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::position::Nomenclature;
    use super::*;

    fn nomenclature() -> Nomenclature {
        Nomenclature::new(&BTreeMap::new()).unwrap()
    }

    fn data() -> Data {
        data_file("positions.toml", include_str!("positions.toml"))
    }

    #[test]
    fn every_rule_has_examples_that_reach_it() {
        let data = data();
        let known = nomenclature();
        let mut wrong = Vec::new();
        let entries = data.entry.iter().map(|rule| (&rule.title, &rule.example));
        let others = data.other.iter().map(|rule| (&rule.title, &rule.example));
        for (title, examples) in entries.chain(others) {
            assert!(!examples.is_empty(), "{title}");
            for example in examples {
                let read = known.read_cell(example);
                let entries: Vec<_> = read.positions.iter().map(|p| p.entry).collect();
                if entries != [Some(title.as_str())] || !read.duties.is_empty() {
                    wrong.push(format!("{example} ({title}): {read:?}"));
                }
            }
        }
        for rule in &data.duty {
            assert!(!rule.example.is_empty(), "{}", rule.title);
            for example in &rule.example {
                let read = known.read_cell(example);
                if !read.positions.is_empty() || read.duties != [example.as_str()] {
                    wrong.push(format!("{example} ({}): {read:?}", rule.title));
                }
            }
        }
        for rule in &data.unsettled {
            for example in &rule.example {
                let read = known.read_cell(example);
                let nearest: Vec<_> = read.positions.iter().map(|p| &p.nearest).collect();
                if nearest != [&Some(rule.title.clone())] || read.positions[0].class.is_some() {
                    wrong.push(format!("{example} ({}): {read:?}", rule.title));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_pattern_reads_as_its_own_rule() {
        let known = nomenclature();
        let catalogue = Catalogue::get();
        let mut wrong = Vec::new();
        for phrase in catalogue.positions.phrases() {
            let read = known.read_cell(&phrase.text());
            let fits = match (catalogue.rules[phrase.rule].1, &read.positions[..]) {
                (Says::Class(class), [one]) => one.class == Some(class),
                (Says::Unsettled, [one]) => one.class.is_none(),
                (Says::Duty, []) => !read.duties.is_empty(),
                _ => false,
            };
            if !fits {
                wrong.push(format!("{} ({}): {read:?}", phrase.text(), phrase.rule));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
