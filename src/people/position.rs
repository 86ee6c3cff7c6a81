//! Positions: which of «teachers», «managers» or neither a position cell names (methodology §1).
//!
//! The nomenclature of Government Resolution № 225, the everyday forms, the known other positions
//! and the duties that are no positions stand in `positions.toml`; here is how they are looked up.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::nomenclature::{Catalogue, Says};
use super::phrase::Found;
use super::word::{Break, Form, Token, clean, tokens};

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

/// How many remarks may stand before a position.
const REMARKS: usize = 12;

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
                while self.catalogue.after_acting(&tokens, first).is_none()
                    && let Some(after) = self.catalogue.after_remark(&tokens, first)
                {
                    first = after;
                }
                if first < end {
                    read.positions.push(Position {
                        text: excerpt(&cell, &tokens, first, end),
                        class: None,
                        entry: None,
                        by_everyday_form: false,
                        own: false,
                        nearest: self.catalogue.nearest(&tokens[first..end], self.own.keys()),
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
        let mut before = tokens.get(at)?.before;
        for _ in 0..REMARKS {
            if let Some(start) = self.start_at(tokens, first, (at > 0).then_some(before), later) {
                return Some(start);
            }
            let after = self.catalogue.after_remark(tokens, first)?;
            let passed = tokens.get(first + 1..=after)?.iter().map(|t| t.before);
            before = passed.min().map_or(before, |passed| passed.min(before));
            first = after;
        }
        None
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
        let begins = |at: usize| later[at].is_some();
        let fits = |found: &Found| {
            may_begin(found.head)
                && !catalogue.breaks_remark(tokens, head + 1, found.end)
                && (found.phrase.open
                    || catalogue.only_remarks(tokens, found.end, begins)
                    || catalogue.joins(tokens, found.end))
        };
        let mut found = catalogue.positions.find(&catalogue.lexicon, tokens, head);
        found.retain(fits);
        // «дворник/сторож» is two positions, though «дворник-сторож» is one: a phrase does not go
        // over a separator where one ends before it and another begins after it.
        let parted = |longer: &Found| {
            found.iter().any(|shorter| {
                let mut between = shorter.end..longer.end;
                between.any(|at| {
                    later[at].is_some()
                        && match tokens[at].before {
                            Break::None => false,
                            // «пед. психолог»: the full stop is the abbreviation's.
                            Break::Soft => !catalogue.lexicon.abbreviates(&tokens[at - 1].text),
                            Break::Line | Break::Hard => true,
                        }
                })
            })
        };
        let whole = found.iter().filter(|found| !parted(found));
        let best = whole.max_by_key(|found| {
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
                if stands
                    && self
                        .catalogue
                        .only_remarks(tokens, end, |at| later[at].is_some())
                    && best.is_none_or(|(longest, _, _)| own.len() > longest)
                {
                    best = Some((own.len(), next_start(later, end), class));
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
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ",;/+\\(«".contains(c));
    // The full stop of «нач. кл.» is the abbreviation's, that of «по УВР.» parts.
    let bare = text.trim_end_matches('.');
    let last = bare.rsplit(|c: char| !c.is_alphabetic()).next();
    let short = |word: &str| word.chars().count() <= 4 && word.chars().all(char::is_lowercase);
    let kept = if last.is_some_and(short) { text } else { bare };
    kept.to_owned()
}
