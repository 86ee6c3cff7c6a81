//! The organisations of a run, and which of them a text names (methodology §2.8 and §4, last paragraph).

use std::num::NonZeroU32;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::finding::Findings;
use crate::intern::Sym;
use crate::people::organisation_build::build;
use crate::people::organisation_facts::FactsReader;
use crate::people::organisation_index::{Closeness, Found, Index};
use crate::people::organisation_key::{Key, Name};
use crate::people::organisation_name;
use crate::people::organisation_places::Home;
use crate::people::organisation_words::Class;
use crate::registers::Dataset;
use crate::registers::record::{OrganisationRow, RowRef};
use crate::text::fold_lookalikes;

/// An organisation of a [`Directory`]. The numbers follow the alphabetical order of the names. Kept
/// from 1, so that one that may be missing takes no more room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OrgId(NonZeroU32);

impl OrgId {
    /// The organisation of this number, counted from 0.
    #[must_use]
    pub fn of(number: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(number))
    }

    /// Its number, counted from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What told the type of an organisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TypeFrom {
    /// The cell «Тип».
    Cell,
    /// The name.
    Name,
    /// Nothing.
    None,
}

/// Whether an organisation is included in the mentoring model as of D.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mentoring {
    /// It is.
    Included {
        /// Since when, where the table says so.
        since: Option<NaiveDate>,
    },
    /// It is not.
    NotIncluded(NotIncluded),
}

impl Mentoring {
    /// Whether it is included.
    #[must_use]
    pub fn is_included(self) -> bool {
        matches!(self, Self::Included { .. })
    }
}

/// Why an organisation is not included in the mentoring model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NotIncluded {
    /// The date of inclusion cannot be read.
    UnreadableDate,
    /// The date of inclusion lies after D.
    NotYet(NaiveDate),
    /// The table says no, or nothing.
    No,
    /// Its rows give different answers.
    Contradiction,
    /// Its sheet has no column of the mentoring model.
    NoColumn,
    /// «Организации» does not know the organisation.
    NotListed,
}

/// An organisation.
#[derive(Clone, PartialEq, Debug)]
pub struct Organisation {
    /// Its name in «Организации», else its commonest spelling in the staff table.
    pub name: String,
    /// Its rows of «Организации», in order; empty where the sheet does not know it.
    pub rows: Vec<RowRef>,
    /// Whether «Организации» lists it.
    pub in_sheet: bool,
    /// Whether it is of general education.
    pub general_education: bool,
    /// What it is for, where that is told.
    pub class: Option<Class>,
    /// What told the type.
    pub type_from: TypeFrom,
    /// Whether it is open on D; always for one that the sheet does not list.
    pub open: bool,
    /// Whether it is in the mentoring model on D.
    pub mentoring: Mentoring,
    /// The organisations that its spelling in the staff table fits, where these are several: it
    /// keeps its own name, and no record is taken as its.
    pub fits: Vec<OrgId>,
}

/// How a text that is not quite an organisation's name was taken as one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// The number stands without №.
    BareNumber,
    /// The kind is told by the legal form alone.
    KindByForm,
    /// Kind and number agree, and one of the spellings lacks a proper name.
    ProperName,
    /// A spelling that says less (or more) and fits this organisation alone.
    Shortened,
}

impl How {
    /// The words for a note: «название подходит ей одной».
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::BareNumber => "номер без знака «№»",
            Self::KindByForm => "вид узнан по организационно-правовой форме",
            Self::ProperName => {
                "вид и номер совпадают, собственное название стоит лишь в одном из двух"
            }
            Self::Shortened => "название подходит ей одной",
        }
    }
}

/// Which organisation a text names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resolution {
    /// The text is empty.
    Empty,
    /// This one.
    Is(OrgId),
    /// This one, by a spelling that is to be noted.
    Taken(OrgId, How),
    /// Several fit: refused.
    Several(Vec<OrgId>),
    /// None fits.
    Unknown,
}

impl Resolution {
    /// The organisation, where there is just one.
    #[must_use]
    pub fn id(&self) -> Option<OrgId> {
        match self {
            Self::Is(id) | Self::Taken(id, _) => Some(*id),
            Self::Empty | Self::Several(_) | Self::Unknown => None,
        }
    }
}

/// All organisations of a run.
#[derive(Clone, Debug)]
pub struct Directory {
    pub(super) all: Vec<Organisation>,
    pub(super) index: Index,
    pub(super) home: Home,
    pub(super) of_staff: Vec<(Sym, OrgId)>,
    pub(super) branches: Vec<(RowRef, Option<OrgId>)>,
    pub(super) has_sheet: bool,
    pub(super) strangers: Vec<(Sym, OrgId)>,
}

/// Reads a name; what holds nothing but forms and places is its own proper name.
pub(super) fn read_name(text: &str, home: &Home) -> Name {
    let mut name = organisation_name::read(text, home);
    if name.key.is_empty() {
        name.key.proper = fold_lookalikes(text);
    }
    name
}

impl Directory {
    /// Puts together the organisations of «Организации» and of the staff table. `municipality` is the
    /// setting of that name («город Кузнецк»), whose forms at the end of names are folded away;
    /// where it is empty, the only town that the names speak of stands for it.
    #[must_use]
    pub fn build(
        dataset: &Dataset,
        municipality: &str,
        as_of: NaiveDate,
        findings: &mut Findings,
    ) -> Self {
        build(dataset, municipality, as_of, findings)
    }

    /// The same organisations on another day: which are open, of which type, and which are in the
    /// mentoring model.
    #[must_use]
    pub fn on(&self, dataset: &Dataset, as_of: NaiveDate) -> Self {
        let rows: FxHashMap<RowRef, &OrganisationRow> = dataset
            .organisations
            .iter()
            .map(|row| (row.at, row))
            .collect();
        let mut other = self.clone();
        for organisation in other.all.iter_mut().filter(|known| known.in_sheet) {
            let rows: Vec<&OrganisationRow> = organisation
                .rows
                .iter()
                .filter_map(|at| rows.get(at).copied())
                .collect();
            let mut unheard = Findings::unheard();
            let mut reader = FactsReader {
                dataset,
                as_of,
                findings: &mut unheard,
            };
            let facts = reader.read(&rows, &organisation.name);
            organisation.general_education = facts.class == Some(Class::General);
            organisation.class = facts.class;
            organisation.type_from = facts.type_from;
            organisation.open = facts.open;
            organisation.mentoring = facts.mentoring;
        }
        other
    }

    /// Gives organisations of their own to texts of the survey that name none of the directory, so
    /// that the breakdown of answers says whose they are. They are found by [`Self::of_stranger`]
    /// alone: no other record is taken as theirs.
    pub fn add_strangers<'t>(&mut self, texts: impl Iterator<Item = (Sym, &'t str)>) {
        super::organisation_strangers::add(self, texts);
    }

    /// The organisation of a text given to [`Self::add_strangers`].
    #[must_use]
    pub fn of_stranger(&self, text: Sym) -> Option<OrgId> {
        let at = self
            .strangers
            .binary_search_by_key(&text, |&(sym, _)| sym)
            .ok()?;
        self.strangers.get(at).map(|&(_, id)| id)
    }

    /// Which organisation a text names. It depends on the text and the directory alone, so that the
    /// answer may be kept for each distinct text.
    #[must_use]
    pub fn resolve(&self, text: &str) -> Resolution {
        if text.trim().is_empty() {
            return Resolution::Empty;
        }
        let name = read_name(text, &self.home);
        match self.index.find(&name.key, name.hints) {
            Found::Nothing => Resolution::Unknown,
            Found::Several(ids) => Resolution::Several(ids.into_iter().map(OrgId::of).collect()),
            Found::Fits(id, Closeness::KindAndNumber) => {
                Resolution::Taken(OrgId::of(id), How::ProperName)
            }
            Found::Fits(id, Closeness::Shortened) => {
                Resolution::Taken(OrgId::of(id), How::Shortened)
            }
            Found::Same(id) => {
                let id = OrgId::of(id);
                match self.get(id) {
                    Some(own) if !own.fits.is_empty() => Resolution::Several(own.fits.clone()),
                    _ if name.kind_by_form => Resolution::Taken(id, How::KindByForm),
                    _ if name.bare_number => Resolution::Taken(id, How::BareNumber),
                    _ => Resolution::Is(id),
                }
            }
        }
    }

    /// The key of kind, number and proper name by which spellings compare (methodology §4).
    pub(super) fn key(&self, text: &str) -> Key {
        read_name(text, &self.home).key
    }

    /// The organisation that a text of the staff table stands for. It is always known: one that fits
    /// several, or that the sheet does not know, keeps its own name. None for an empty text and
    /// for one that the staff table does not have.
    #[must_use]
    pub fn of_staff(&self, text: Sym) -> Option<OrgId> {
        self.of_staff
            .binary_search_by_key(&text, |&(sym, _)| sym)
            .ok()
            .and_then(|at| self.of_staff.get(at))
            .map(|&(_, id)| id)
    }

    /// An organisation by its number.
    #[must_use]
    pub fn get(&self, id: OrgId) -> Option<&Organisation> {
        self.all.get(id.index())
    }

    /// The name of one organisation.
    #[must_use]
    pub fn name(&self, id: OrgId) -> &str {
        self.get(id)
            .map_or("", |organisation| organisation.name.as_str())
    }

    /// All organisations, in alphabetical order.
    pub fn all(&self) -> impl Iterator<Item = (OrgId, &Organisation)> {
        (0u32..).map(OrgId::of).zip(&self.all)
    }

    /// The rows of «Организации» that are branches, with the organisation each belongs to.
    #[must_use]
    pub fn branches(&self) -> &[(RowRef, Option<OrgId>)] {
        &self.branches
    }

    /// How many organisations of «Организации» are open on D, branches not (contract §3). None where
    /// there is no such sheet.
    #[must_use]
    pub fn open_count(&self) -> Option<usize> {
        let open = self.all.iter().filter(|o| o.in_sheet && o.open).count();
        self.has_sheet.then_some(open)
    }
}
