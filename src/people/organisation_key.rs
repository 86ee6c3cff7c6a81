//! What a name of an organisation was understood as, and what organisations are compared by.

use crate::people::organisation_words::{Class, KindId, vocabulary};

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

    /// Settles by the cell «Тип» a kind whose abbreviation alone does not tell: «СШ» of additional
    /// education is a sports school.
    pub fn settle_kind(&mut self, class: Class) {
        let Some(kind) = self.kind.and_then(|kind| vocabulary().kind(kind)) else {
            return;
        };
        let settled = match class {
            Class::Additional => kind.with_additional,
            Class::General => kind.with_educational,
            Class::Preschool | Class::Professional | Class::Other => None,
        };
        if kind.unsure && settled.is_some() {
            self.kind = settled;
        }
    }

    /// Whether the kind's abbreviation alone does not tell what it is for («СШ»).
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        self.kind
            .and_then(|kind| vocabulary().kind(kind))
            .is_some_and(|kind| kind.unsure)
    }

    /// Whether its place is what names it: the village, or «Ивановская». A number beside tells another
    /// organisation.
    #[must_use]
    pub fn is_named_by_place(&self) -> bool {
        const OF_PLACES: [&str; 4] = ["ская", "ский", "ское", "ской"];
        !self.settlement.is_empty()
            || (!self.proper.contains(' ')
                && OF_PLACES.iter().any(|ending| self.proper.ends_with(ending)))
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

/// What a name says beside its key. A name is the same organisation with it and without it, but not
/// one that contradicts it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Hints {
    /// It says that it lies in the municipality's own town, which the key folds away: no village's.
    pub at_home: bool,
    /// Its legal form is preschool: no school with a kindergarten.
    pub preschool_form: bool,
    /// The proper name ends within quotation marks: no village without its mark.
    pub quoted_end: bool,
}

impl std::ops::BitOrAssign for Hints {
    fn bitor_assign(&mut self, other: Self) {
        self.at_home |= other.at_home;
        self.preschool_form |= other.preschool_form;
        self.quoted_end |= other.quoted_end;
    }
}

/// A name as it was understood.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// What it is compared by.
    pub key: Key,
    /// What it says beside.
    pub hints: Hints,
    /// Whether the number stands without № («СОШ 1»).
    pub bare_number: bool,
    /// Whether the kind is told by the legal form alone («МБДОУ №5»).
    pub kind_by_form: bool,
    /// Whether the text names a branch; the key is that of the organisation it belongs to.
    pub branch: bool,
    /// What the name tells of the organisation's type (methodology §2.8).
    pub told: Option<Class>,
}
