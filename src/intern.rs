//! Texts kept once. A [`Sym`] is a number in place of a text that may stand in many rows.

use std::sync::Arc;

use rustc_hash::FxHashMap;

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

/// Keeps each text once.
#[derive(Debug, Clone)]
pub struct Interner {
    texts: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, Sym>,
}

impl Default for Interner {
    fn default() -> Self {
        let empty: Arc<str> = Arc::from("");
        Self {
            texts: vec![empty.clone()],
            numbers: [(empty, Sym::EMPTY)].into_iter().collect(),
        }
    }
}

impl Interner {
    /// The number of `text`, which is kept if it was not there yet.
    pub fn intern(&mut self, text: &str) -> Sym {
        if let Some(&sym) = self.numbers.get(text) {
            return sym;
        }
        let sym = Sym(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        let kept: Arc<str> = Arc::from(text);
        self.texts.push(kept.clone());
        self.numbers.insert(kept, sym);
        sym
    }

    /// The number of `text`, if it is kept.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Sym> {
        self.numbers.get(text).copied()
    }

    /// The text of `sym`.
    #[must_use]
    pub fn text(&self, sym: Sym) -> &str {
        self.texts.get(sym.index()).map_or("", |text| text)
    }

    /// How many different texts are kept, the empty one included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether only the empty text is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.len() <= 1
    }

    /// Takes over all texts of `other`; the answer gives, for each number of `other`, the number here.
    pub fn absorb(&mut self, other: &Interner) -> Vec<Sym> {
        other.texts.iter().map(|text| self.intern(text)).collect()
    }
}
