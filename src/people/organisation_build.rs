//! Puts a [`Directory`] together. Nothing here depends on the order of rows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::finding::{Code, Findings};
use crate::intern::Sym;
use crate::people::organisation::{
    Directory, How, Mentoring, NotIncluded, OrgId, Organisation, Resolution, TypeFrom, read_name,
};
use crate::people::organisation_facts::FactsReader;
use crate::people::organisation_groups::{groups, groups_of_spellings, pairs_of_rows, says_less};
use crate::people::organisation_index::{Closeness, Found, Index, closeness};
use crate::people::organisation_key::{Hints, Key};
use crate::people::organisation_kind::{TypeCell, type_by_name, type_cell};
use crate::people::organisation_places::{Home, towns};
use crate::people::organisation_words::Class;
use crate::registers::record::{OrganisationRow, RowRef};
use crate::registers::{Dataset, Field, RegisterId};
use crate::text::{fold, plural};

const ORGANISATIONS: Option<RegisterId> = Some(RegisterId::Organizations);
/// The nearest name is looked for among so many at most: it is advice alone.
const NEAREST_AMONG: usize = 1000;
const STAFF: Option<RegisterId> = Some(RegisterId::Staff);

/// An organisation before it has a number.
#[derive(Default)]
struct Draft<'a> {
    keys: Vec<(Key, Hints)>,
    /// What is said beside its first key, before drafts are joined.
    hints: Hints,
    rows: Vec<&'a OrganisationRow>,
    spellings: BTreeMap<String, u64>,
    refused: bool,
}

/// A text of the staff table with the same key in all its spellings.
#[derive(Default)]
struct Spelling {
    syms: Vec<Sym>,
    hints: Hints,
    spellings: BTreeMap<String, u64>,
    first: Option<RowRef>,
    rows: u64,
}

/// Runs of spaces to one.
pub(super) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The commonest spelling; of equally common ones the smallest.
pub(super) fn commonest(spellings: &BTreeMap<String, u64>) -> String {
    spellings
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))
        .map(|(name, _)| name.clone())
        .unwrap_or_default()
}

/// The names in «Другие названия».
fn other_names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '|', '\n', '\r'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

/// The municipality: the setting, else the only town that the names speak of.
fn home(dataset: &Dataset, municipality: &str) -> Home {
    if !municipality.trim().is_empty() {
        return Home::read(municipality);
    }
    let texts: FxHashSet<Sym> = dataset
        .organisations
        .iter()
        .flat_map(|row| [row.name, row.other_names])
        .chain(dataset.staff.iter().map(|row| row.person.organisation))
        .collect();
    let named: BTreeSet<String> = texts
        .into_iter()
        .flat_map(|text| towns(dataset.text(text)))
        .collect();
    match (named.len(), named.into_iter().next()) {
        (1, Some(town)) => Home::town(town),
        _ => Home::default(),
    }
}

/// How a spelling of the staff table was joined with the organisation that other spellings of it
/// name; none where it is the same by its key.
fn joined(key: &Key, hints: Hints, known: &Organisation, home: &Home) -> Option<How> {
    let name = read_name(&known.name, home);
    if known.in_sheet || !known.fits.is_empty() || name.key == *key {
        return None;
    }
    let (text, own) = ((key, hints), (&name.key, name.hints));
    let close = closeness(text, own, false, true).min(closeness(own, text, false, true));
    match close {
        Some(Closeness::KindAndNumber) => Some(How::ProperName),
        _ => Some(How::Shortened),
    }
}

struct Builder<'a> {
    dataset: &'a Dataset,
    home: Home,
    drafts: Vec<Draft<'a>>,
    branches: Vec<(&'a OrganisationRow, Key, Hints)>,
}

pub(super) fn build(
    dataset: &Dataset,
    municipality: &str,
    as_of: NaiveDate,
    findings: &mut Findings,
) -> Directory {
    let mut builder = Builder {
        dataset,
        home: home(dataset, municipality),
        drafts: Vec::new(),
        branches: Vec::new(),
    };
    builder.rows();
    let staff = builder.spellings();
    builder.unknown(&staff);
    builder.finish(&staff, as_of, findings)
}

impl<'a> Builder<'a> {
    /// The organisations of «Организации».
    fn rows(&mut self) {
        let mut by_key: BTreeMap<Key, Draft<'a>> = BTreeMap::new();
        for row in &self.dataset.organisations {
            let text = self.dataset.text(row.name);
            if text.trim().is_empty() {
                continue;
            }
            let mut name = read_name(text, &self.home);
            let told = type_cell(self.dataset.text(row.kind));
            if name.branch || told == TypeCell::Branch {
                self.branches.push((row, name.key, name.hints));
                continue;
            }
            if let TypeCell::Told(class) = told {
                name.key.settle_kind(class);
            }
            let draft = by_key.entry(name.key).or_default();
            draft.hints |= name.hints;
            draft.rows.push(row);
            *draft.spellings.entry(tidy(text)).or_default() += 1;
        }
        let keys: Vec<Key> = by_key.keys().cloned().collect();
        let grouped = groups(keys.len(), &pairs_of_rows(&keys));
        self.add_groups(by_key.into_values().collect(), keys, &grouped);
    }

    /// Joins drafts of one group; a torn one is an organisation like any other.
    fn add_groups(&mut self, drafts: Vec<Draft<'a>>, keys: Vec<Key>, grouped: &[(usize, bool)]) {
        let mut joined: BTreeMap<usize, Draft<'a>> = BTreeMap::new();
        for ((draft, key), &(group, _)) in drafts.into_iter().zip(keys).zip(grouped) {
            let whole = joined.entry(group).or_default();
            whole.keys.push((key, draft.hints));
            whole.rows.extend(draft.rows);
            whole.refused |= draft.refused;
            for (name, count) in draft.spellings {
                *whole.spellings.entry(name).or_default() += count;
            }
        }
        self.drafts.extend(joined.into_values());
    }

    /// The texts of the staff table by key.
    fn spellings(&self) -> BTreeMap<Key, Spelling> {
        let mut counts: FxHashMap<Sym, (u64, RowRef)> = FxHashMap::default();
        for row in &self.dataset.staff {
            let known = counts.entry(row.person.organisation).or_insert((0, row.at));
            known.0 += 1;
            known.1 = known.1.min(row.at);
        }
        let mut by_key: BTreeMap<Key, Spelling> = BTreeMap::new();
        for (sym, (count, first)) in counts {
            let text = self.dataset.text(sym);
            if text.trim().is_empty() {
                continue;
            }
            let name = read_name(text, &self.home);
            let spelling = by_key.entry(name.key).or_default();
            spelling.hints |= name.hints;
            spelling.syms.push(sym);
            spelling.rows += count;
            spelling.first = Some(spelling.first.map_or(first, |known| known.min(first)));
            *spelling.spellings.entry(tidy(text)).or_default() += count;
        }
        by_key
    }

    /// The organisations of the staff table that «Организации» does not know, and the spellings that
    /// fit several organisations.
    fn unknown(&mut self, staff: &BTreeMap<Key, Spelling>) {
        let listed = self.index();
        let (mut new, mut shortened) = (Vec::new(), Vec::new());
        for (key, spelling) in staff {
            match listed.find(key, spelling.hints) {
                Found::Same(_) => {}
                Found::Nothing => new.push((key, spelling)),
                Found::Fits(..) | Found::Several(_) => shortened.push((key, spelling)),
            }
        }
        let keys: Vec<Key> = new.iter().map(|(key, _)| (*key).clone()).collect();
        let names: Vec<(Key, Hints)> = new
            .iter()
            .map(|(key, spelling)| ((*key).clone(), spelling.hints))
            .collect();
        let grouped = groups_of_spellings(&names, !self.home.is_unknown());
        let drafts = new
            .iter()
            .zip(&grouped)
            .map(|((_, spelling), &(_, torn))| Draft {
                hints: spelling.hints,
                spellings: spelling.spellings.clone(),
                refused: torn,
                ..Draft::default()
            })
            .collect();
        self.add_groups(drafts, keys, &grouped);
        let whole = self.index();
        for (key, spelling) in shortened {
            // It fits none where the staff table knows the village that it names without a mark.
            let found = whole.find(key, spelling.hints);
            if matches!(found, Found::Several(_) | Found::Nothing) {
                self.drafts.push(Draft {
                    keys: vec![(key.clone(), spelling.hints)],
                    spellings: spelling.spellings.clone(),
                    refused: true,
                    ..Draft::default()
                });
            }
        }
    }

    /// The index over the drafts so far, by their places in the list.
    fn index(&self) -> Index {
        let mut index = Index::new(!self.home.is_unknown());
        for (id, draft) in (0u32..).zip(&self.drafts) {
            for (key, hints) in &draft.keys {
                let secondary = draft.keys.iter().any(|(other, _)| {
                    other != key && says_less(key, other) && !says_less(other, key)
                });
                index.add(key, *hints, id, draft.refused || secondary);
            }
        }
        for (id, draft) in (0u32..).zip(&self.drafts) {
            for row in &draft.rows {
                for name in other_names(self.dataset.text(row.other_names)) {
                    let name = read_name(name, &self.home);
                    index.add_other_name(&name.key, name.hints, id);
                }
            }
        }
        index
    }

    fn finish(
        mut self,
        staff: &BTreeMap<Key, Spelling>,
        as_of: NaiveDate,
        findings: &mut Findings,
    ) -> Directory {
        self.drafts.sort_by_cached_key(|draft| {
            let name = commonest(&draft.spellings);
            let keys: Vec<Key> = draft.keys.iter().map(|(key, _)| key.clone()).collect();
            (fold(&name), name, keys)
        });
        let index = self.index();
        let mut all = Vec::with_capacity(self.drafts.len());
        for draft in &self.drafts {
            all.push(self.organisation(draft, &index, as_of, findings));
        }
        let mut directory = Directory {
            all,
            index,
            home: self.home.clone(),
            of_staff: Vec::new(),
            branches: Vec::new(),
            has_sheet: self.dataset.has_register(RegisterId::Organizations),
            strangers: Vec::new(),
        };
        self.add_branches(&mut directory, findings);
        self.report_names(&directory, findings);
        self.add_staff(&mut directory, staff, findings);
        directory
    }

    fn organisation(
        &self,
        draft: &Draft<'a>,
        index: &Index,
        as_of: NaiveDate,
        findings: &mut Findings,
    ) -> Organisation {
        let name = commonest(&draft.spellings);
        let mut fits = Vec::new();
        if let (true, [(key, hints)]) = (draft.refused, &draft.keys[..]) {
            fits = index
                .closest(key, *hints)
                .into_iter()
                .map(|(id, _)| OrgId::of(id))
                .collect();
        }
        let mut rows = draft.rows.clone();
        rows.sort_by_key(|row| row.at);
        let in_sheet = !rows.is_empty();
        let (class, type_from, open, mentoring) = if in_sheet {
            let mut reader = FactsReader {
                dataset: self.dataset,
                as_of,
                findings,
            };
            let facts = reader.read(&rows, &name);
            (facts.class, facts.type_from, facts.open, facts.mentoring)
        } else {
            let class = type_by_name(&name);
            let from = class.map_or(TypeFrom::None, |_| TypeFrom::Name);
            let mentoring = Mentoring::NotIncluded(NotIncluded::NotListed);
            (class, from, true, mentoring)
        };
        if let [_, repeated @ ..] = &rows[..] {
            for row in repeated {
                let seen = format!("«{name}» уже стоит выше");
                let place = self.dataset.place(row.at, Field::Organisation);
                findings.add(Code("N504"), ORGANISATIONS, place, seen);
            }
        }
        Organisation {
            name,
            rows: rows.iter().map(|row| row.at).collect(),
            in_sheet,
            general_education: class == Some(Class::General),
            class,
            type_from,
            open,
            mentoring,
            fits,
        }
    }

    fn add_branches(&self, directory: &mut Directory, findings: &mut Findings) {
        let mut branches: Vec<(RowRef, Option<OrgId>)> = Vec::new();
        for (row, key, hints) in &self.branches {
            let owner = match directory.index.find(key, *hints) {
                Found::Same(id) | Found::Fits(id, _) => Some(OrgId::of(id)),
                Found::Nothing | Found::Several(_) => None,
            };
            let name = tidy(self.dataset.text(row.name));
            let of = owner
                .and_then(|id| directory.get(id))
                .map_or_else(String::new, |o| {
                    format!(": филиал организации «{}»", o.name)
                });
            let place = self.dataset.place(row.at, Field::Organisation);
            findings.add(Code("N513"), ORGANISATIONS, place, format!("«{name}»{of}"));
            branches.push((row.at, owner));
        }
        branches.sort_unstable();
        directory.branches = branches;
    }

    /// Reports other names that two organisations share, or that are another's own name.
    fn report_names(&self, directory: &Directory, findings: &mut Findings) {
        for (id, draft) in (0u32..).map(OrgId::of).zip(&self.drafts) {
            for row in &draft.rows {
                for name in other_names(self.dataset.text(row.other_names)) {
                    let other = match directory.resolve(name) {
                        Resolution::Several(ids) => ids.into_iter().find(|&other| other != id),
                        known => known.id().filter(|&other| other != id),
                    };
                    if let Some(other) = other.and_then(|other| directory.get(other)) {
                        let seen = format!("«{name}» — также «{}»", other.name);
                        let place = self.dataset.place(row.at, Field::OtherNames);
                        findings.add(Code("W511"), ORGANISATIONS, place, seen);
                    }
                }
            }
        }
    }

    /// Gives each text of the staff table its organisation, and reports those that are not known.
    fn add_staff(
        &self,
        directory: &mut Directory,
        staff: &BTreeMap<Key, Spelling>,
        findings: &mut Findings,
    ) {
        for (key, spelling) in staff {
            let id = match directory.index.find(key, spelling.hints) {
                Found::Same(id) | Found::Fits(id, _) => OrgId::of(id),
                Found::Nothing | Found::Several(_) => continue,
            };
            directory
                .of_staff
                .extend(spelling.syms.iter().map(|&sym| (sym, id)));
            let (Some(known), Some(first)) = (directory.get(id), spelling.first) else {
                continue;
            };
            let place = self.dataset.place(first, Field::Organisation);
            let rows = format!(
                "{} {}",
                spelling.rows,
                plural(spelling.rows, "строка", "строки", "строк")
            );
            let text = commonest(&spelling.spellings);
            if !known.fits.is_empty() {
                let names: Vec<String> = known
                    .fits
                    .iter()
                    .filter_map(|&id| directory.get(id))
                    .map(|o| format!("«{}»", o.name))
                    .collect();
                let seen = format!("«{text}» ({rows}) подходит к {}", names.join(", "));
                findings.add(Code("W502"), STAFF, place, seen);
            } else if directory.has_sheet && !known.in_sheet {
                let seen = format!("«{text}» ({rows})");
                let listed = directory.all.iter().filter(|o| o.in_sheet);
                let nearest = if directory.all.len() <= NEAREST_AMONG {
                    crate::text::nearest(&text, listed.map(|o| &*o.name))
                } else {
                    None
                };
                match nearest {
                    Some(near) => findings.add_with_advice(
                        Code("W501"),
                        STAFF,
                        place,
                        seen,
                        format!("Похожее название на листе «Организации»: «{near}»."),
                    ),
                    None => findings.add(Code("W501"), STAFF, place, seen),
                }
            } else {
                for name in spelling.spellings.keys() {
                    if let Resolution::Taken(_, how) = directory.resolve(name) {
                        let seen = format!("«{name}» — «{}»: {}", known.name, how.words());
                        findings.add(Code("N501"), STAFF, place, seen);
                    }
                }
            }
            if let Some(how) = joined(key, spelling.hints, known, &self.home) {
                let seen = format!("«{text}» — «{}»: {}", known.name, how.words());
                findings.add(Code("N501"), STAFF, place, seen);
            }
        }
        directory.of_staff.sort_unstable();
    }
}
