//! Texts kept once. A [`Sym`] is a number in place of a text that may stand in many rows.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// A text of an [`Interner`]. The empty text is always [`Sym::EMPTY`].
///
/// The numbers follow the order in which texts were first seen; nothing that a user reads may be
/// ordered by them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Sym(pub u32);

impl Sym {
    /// The empty text.
    pub const EMPTY: Sym = Sym(0);

    /// Whether this is the empty text.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// The number as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Keeps each text once, all of them in one piece of memory.
#[derive(Debug, Clone)]
pub struct Interner {
    /// The texts, one after another.
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
    numbers: HashTable<Sym>,
}

impl Default for Interner {
    fn default() -> Self {
        let mut empty = Self {
            texts: String::new(),
            ends: Vec::new(),
            numbers: HashTable::new(),
        };
        empty.intern("");
        empty
    }
}

impl Interner {
    /// The number of `text`, which is kept if it was not there yet.
    pub fn intern(&mut self, text: &str) -> Sym {
        let hash = FxBuildHasher.hash_one(text);
        let (texts, ends) = (&self.texts, &self.ends);
        let same = |sym: &Sym| piece(texts, ends, *sym) == text;
        if let Some(&sym) = self.numbers.find(hash, same) {
            return sym;
        }
        let sym = Sym(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
        let (texts, ends) = (&self.texts, &self.ends);
        self.numbers.insert_unique(hash, sym, |sym| {
            FxBuildHasher.hash_one(piece(texts, ends, *sym))
        });
        sym
    }

    /// The number of `text`, if it is kept.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Sym> {
        let hash = FxBuildHasher.hash_one(text);
        self.numbers
            .find(hash, |sym| self.text(*sym) == text)
            .copied()
    }

    /// The text of `sym`.
    #[must_use]
    pub fn text(&self, sym: Sym) -> &str {
        piece(&self.texts, &self.ends, sym)
    }

    /// How many different texts are kept, the empty one included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether only the empty text is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.len() <= 1
    }

    /// Takes over all texts of `other`; the answer gives, for each number of `other`, the number here.
    pub fn absorb(&mut self, other: &Interner) -> Vec<Sym> {
        (0u32..)
            .map(Sym)
            .take(other.len())
            .map(|sym| self.intern(other.text(sym)))
            .collect()
    }
}
/// The text of a number; empty where there is none.
fn piece<'t>(texts: &'t str, ends: &[usize], sym: Sym) -> &'t str {
    let start = match sym.index().checked_sub(1) {
        Some(before) => ends.get(before).copied().unwrap_or_default(),
        None => 0,
    };
    let end = ends.get(sym.index()).copied().unwrap_or(start);
    texts.get(start..end).unwrap_or_default()
}
