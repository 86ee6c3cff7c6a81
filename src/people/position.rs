//! Positions: which of «teachers», «managers» or neither a position cell names (methodology §1).
//!
//! The nomenclature of Government Resolution № 225, the everyday forms, the known other positions
//! and the duties that are no positions stand in `positions.toml`; here is how they are looked up.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::phrase::{Book, Break, Form, Found, Lexicon, Token, clean, tokens};
use crate::text::data_file;

/// The category of a position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PositionClass {
    /// Педагогические работники.
    Teacher,
    /// Управленческие кадры.
    Manager,
    /// Neither of the two.
    Other,
}

impl PositionClass {
    /// The word that a user reads.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Teacher => "педагогические работники",
            Self::Manager => "управленческие кадры",
            Self::Other => "прочие",
        }
    }
}

/// One position of a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    /// As it stands in the cell.
    pub text: String,
    /// The category; none when the position is unknown.
    pub class: Option<PositionClass>,
    /// The entry that decided: a title of the nomenclature or of a known other position. None when
    /// the position is unknown or one of `[positions]`.
    pub entry: Option<&'static str>,
    /// The entry was reached by an everyday form or an abbreviation and not by its own words.
    pub by_everyday_form: bool,
    /// `[positions]` of the settings decided.
    pub own: bool,
    /// For an unknown position, the known one that is spelt most like it; for advice alone.
    pub nearest: Option<String>,
}

/// What a position cell names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PositionCell {
    /// The positions in the order of the cell, duties passed over. The first decides, unless
    /// `staff.all_positions` is on.
    pub positions: Vec<Position>,
    /// What stands in the cell and is no position: duties, statuses, honours.
    pub duties: Vec<String>,
}

/// What a «Категория» cell says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CategoryCell {
    /// Nothing.
    Empty,
    /// It names a category, which beats the position.
    Names(PositionClass),
    /// A qualification category, which names none: passed over with a note.
    Qualification,
    /// Something else: passed over.
    Unknown,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    lists: BTreeMap<String, Vec<String>>,
    short: BTreeMap<String, Vec<String>>,
    weak: Vec<String>,
    acting: Vec<String>,
    units: Vec<String>,
    remarks: Vec<String>,
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
enum Says {
    Class(PositionClass),
    Duty,
    Unsettled,
}

/// The data file, ready to be looked up in.
struct Catalogue {
    lexicon: Lexicon,
    rules: Vec<(String, Says)>,
    positions: Book,
    acting: Book,
    units: Book,
    remarks: Book,
    categories: Book,
    offers: Vec<Offer>,
}

/// A phrase to offer as the nearest.
struct Offer {
    text: String,
    words: String,
    open: bool,
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
    fn get() -> &'static Self {
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
        let offers = positions.phrases().into_iter();
        let offers = offers
            .filter(|phrase| phrase.plain && matches!(rules[phrase.rule].1, Says::Class(_)))
            .map(|phrase| Offer {
                text: phrase.text.clone(),
                words: joined(&tokens(&phrase.text), &lexicon),
                open: phrase.open,
            })
            .collect();
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
        let category = &data.category;
        let categories = book(&[
            &category.teacher,
            &category.manager,
            &category.other,
            &category.qualification,
        ]);
        Self {
            lexicon,
            rules,
            positions,
            acting,
            units,
            remarks,
            categories,
            offers,
        }
    }

    /// The token after the remark or number that stands at `at`, if one does.
    fn after_remark(&self, tokens: &[Token], at: usize) -> Option<usize> {
        if tokens.get(at)?.is_number() {
            let unit = self.units.find(&self.lexicon, tokens, at + 1);
            return Some(unit.iter().map(|found| found.end).max().unwrap_or(at + 1));
        }
        let found = self.remarks.find(&self.lexicon, tokens, at);
        found.iter().map(|found| found.end).max()
    }

    /// The token after «и. о.», if it stands at `at`.
    fn after_acting(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let found = self.acting.find(&self.lexicon, tokens, at);
        found.iter().map(|found| found.end).max()
    }
}

/// What stands at one place of a cell where a position may begin.
#[derive(Clone, Copy)]
struct Start {
    /// Its first token, remarks before it passed over.
    first: usize,
    /// The token where the next position or duty begins.
    end: usize,
    says: Says,
    /// The number of the rule; none for one of `[positions]`.
    rule: Option<usize>,
    everyday: bool,
}

/// All that is known of positions: the data file and `[positions]` of the settings.
pub struct Nomenclature {
    catalogue: &'static Catalogue,
    own: BTreeMap<Vec<String>, PositionClass>,
}

impl Nomenclature {
    /// Takes `[positions]` of the settings: a position → `teacher`, `manager` or `other`.
    ///
    /// # Errors
    /// In Russian: another value, a position without a letter or digit, or two spellings of one
    /// position with different values.
    pub fn new(own: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut known = BTreeMap::new();
        for (text, value) in own {
            let class = match value.trim() {
                "teacher" => PositionClass::Teacher,
                "manager" => PositionClass::Manager,
                "other" => PositionClass::Other,
                _ => {
                    return Err(format!(
                        "[positions]: у должности «{text}» стоит «{value}», а может стоять \
                         teacher, manager или other"
                    ));
                }
            };
            let key = words(&tokens(&clean(text)));
            if key.is_empty() {
                return Err(format!("[positions]: «{text}» — не название должности"));
            }
            if known.insert(key, class).is_some_and(|other| other != class) {
                return Err(format!(
                    "[positions]: должность «{text}» записана дважды с разными значениями"
                ));
            }
        }
        Ok(Self {
            catalogue: Catalogue::get(),
            own: known,
        })
    }

    /// Reads a position cell.
    #[must_use]
    pub fn read_cell(&self, cell: &str) -> PositionCell {
        let cell = clean(cell);
        let tokens = tokens(&cell);
        let starts = self.starts(&tokens);
        let mut read = PositionCell::default();
        let mut at = 0;
        while at < tokens.len() {
            if let Some(start) = starts[at] {
                let text = excerpt(&cell, &tokens, start.first, start.end);
                match start.says {
                    Says::Duty => read.duties.push(text),
                    _ => read.positions.push(self.position(text, start)),
                }
                at = start.end;
            } else {
                let end = next_start(&starts, at + 1);
                let mut first = at;
                while let Some(after) = self.catalogue.after_remark(&tokens, first) {
                    first = after;
                }
                if first < end {
                    read.positions.push(Position {
                        text: excerpt(&cell, &tokens, first, end),
                        class: None,
                        entry: None,
                        by_everyday_form: false,
                        own: false,
                        nearest: self.nearest(&tokens[first..end]),
                    });
                }
                at = end;
            }
        }
        read
    }

    fn position(&self, text: String, start: Start) -> Position {
        let title = start.rule.map(|rule| self.catalogue.rules[rule].0.as_str());
        let class = match start.says {
            Says::Class(class) => Some(class),
            Says::Duty | Says::Unsettled => None,
        };
        Position {
            text,
            class,
            entry: title.filter(|_| class.is_some()),
            by_everyday_form: start.everyday,
            own: start.rule.is_none(),
            nearest: title.filter(|_| class.is_none()).map(str::to_owned),
        }
    }

    /// For each token, the position or duty that begins there. A position begins at the start of
    /// the cell and after a separator; what follows decides where it ends, so the last come first.
    fn starts(&self, tokens: &[Token]) -> Vec<Option<Start>> {
        let mut starts = vec![None; tokens.len()];
        for at in (0..tokens.len()).rev() {
            if at == 0 || tokens[at].before != Break::None {
                starts[at] = self.start(tokens, at, &starts);
            }
        }
        starts
    }

    /// What begins at `at`, remarks passed over: «0,5 ст. воспитатель».
    fn start(&self, tokens: &[Token], at: usize, later: &[Option<Start>]) -> Option<Start> {
        let mut first = at;
        loop {
            let before = tokens.get(at..=first)?.iter().map(|t| t.before).min()?;
            if let Some(start) = self.start_at(tokens, first, (at > 0).then_some(before), later) {
                return Some(start);
            }
            first = self.catalogue.after_remark(tokens, first)?;
        }
    }

    /// What begins at the very token `first`; `before` is what parts it from the cell's beginning.
    fn start_at(
        &self,
        tokens: &[Token],
        first: usize,
        before: Option<Break>,
        later: &[Option<Start>],
    ) -> Option<Start> {
        let catalogue = self.catalogue;
        let acting = catalogue.after_acting(tokens, first);
        let head = acting.unwrap_or(first);
        if let Some(start) = self.own_start(tokens, first, head, later) {
            return Some(start);
        }
        let may_begin = |form: Form| match form {
            Form::Base | Form::Short => true,
            // «секретарь, директора»: another case begins nothing within a cell.
            Form::Inflected => before.is_none() || acting.is_some(),
            Form::Weak => before != Some(Break::Soft),
        };
        let fits = |found: &Found| {
            may_begin(found.head)
                && (found.phrase.open
                    || catalogue.only_remarks(tokens, found.end, next_start(later, found.end)))
        };
        let found = catalogue.positions.find(&catalogue.lexicon, tokens, head);
        let best = found.into_iter().filter(fits).max_by_key(|found| {
            let everyday = found.phrase.everyday || found.shortened;
            (found.words, !everyday, Reverse(found.phrase.rule))
        })?;
        Some(Start {
            first,
            end: next_start(later, best.end),
            says: catalogue.rules[best.phrase.rule].1,
            rule: Some(best.phrase.rule),
            everyday: best.phrase.everyday || best.shortened,
        })
    }

    /// The longest of `[positions]` that stands there whole.
    fn own_start(
        &self,
        tokens: &[Token],
        first: usize,
        head: usize,
        later: &[Option<Start>],
    ) -> Option<Start> {
        let mut best = None;
        for (own, &class) in &self.own {
            for from in [first, head] {
                let end = from + own.len();
                let stands = tokens
                    .get(from..end)
                    .is_some_and(|part| words(part) == *own);
                let next = next_start(later, end);
                if stands
                    && self.catalogue.only_remarks(tokens, end, next)
                    && best.is_none_or(|(longest, _, _)| own.len() > longest)
                {
                    best = Some((own.len(), next, class));
                }
            }
        }
        best.map(|(_, end, class)| Start {
            first,
            end,
            says: Says::Class(class),
            rule: None,
            everyday: false,
        })
    }

    /// The known position that is spelt most like these words, if one is near enough to be named.
    fn nearest(&self, tokens: &[Token]) -> Option<String> {
        let catalogue = self.catalogue;
        let tokens = match catalogue.after_acting(tokens, 0) {
            Some(end) if end < tokens.len() => &tokens[end..],
            _ => tokens,
        };
        let whole = joined(tokens, &catalogue.lexicon);
        let own = self.own.keys().map(|own| own.join(" "));
        let own = own.map(|text| Offer {
            words: text.clone(),
            text,
            open: false,
        });
        let own: Vec<Offer> = own.collect();
        let mut best: Option<(f64, &Offer)> = None;
        for offer in own.iter().chain(&catalogue.offers) {
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
        best.map(|(_, offer)| offer.text.clone())
    }

    /// Reads a «Категория» cell.
    #[must_use]
    pub fn read_category(&self, cell: &str) -> CategoryCell {
        let tokens = tokens(&clean(cell));
        if tokens.is_empty() {
            return CategoryCell::Empty;
        }
        let numbered = tokens.iter().take_while(|token| token.is_number()).count();
        let whole = self.catalogue.category(&tokens);
        whole
            .or_else(|| self.catalogue.category(&tokens[numbered..]))
            .unwrap_or(CategoryCell::Unknown)
    }
}

impl Catalogue {
    /// The category that all of these words name; «педагогические работники (ПР)» names it twice.
    fn category(&self, tokens: &[Token]) -> Option<CategoryCell> {
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

    /// Whether nothing but remarks stands from `at` to `end`.
    fn only_remarks(&self, tokens: &[Token], mut at: usize, end: usize) -> bool {
        while at < end {
            let remark = self.after_remark(tokens, at);
            match remark.or_else(|| self.after_acting(tokens, at)) {
                Some(after) => at = after,
                None => return false,
            }
        }
        true
    }
}

fn words(tokens: &[Token]) -> Vec<String> {
    tokens.iter().map(|token| token.text.clone()).collect()
}

/// The first token from `at` on where a position or duty begins, else the end of the cell.
fn next_start(starts: &[Option<Start>], at: usize) -> usize {
    let rest = starts.iter().skip(at);
    let apart = rest.take_while(|start| start.is_none()).count();
    (at + apart).max(at)
}

/// The cell's own words from one token to another, without the separators after them.
fn excerpt(cell: &str, tokens: &[Token], first: usize, end: usize) -> String {
    let from = tokens.get(first).map_or(cell.len(), |token| token.start);
    let to = tokens.get(end).map_or(cell.len(), |token| token.start);
    let text = cell.get(from..to).unwrap_or_default();
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ",;/+\\(«\"".contains(c));
    let last = tokens.get(..end).and_then(<[Token]>::last);
    match last {
        Some(last) if last.text.chars().count() > 4 => text.trim_end_matches('.').to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
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
        let catalogue = known.catalogue;
        let mut wrong = Vec::new();
        for phrase in catalogue.positions.phrases() {
            let tokens = tokens(&phrase.text);
            let start = known.start(&tokens, 0, &vec![None; tokens.len()]);
            let says = start.map(|start| start.says);
            if says != Some(catalogue.rules[phrase.rule].1) {
                let read = start
                    .and_then(|start| start.rule)
                    .map(|rule| &catalogue.rules[rule]);
                wrong.push(format!(
                    "{} {:?}: {read:?}",
                    phrase.text, catalogue.rules[phrase.rule]
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
