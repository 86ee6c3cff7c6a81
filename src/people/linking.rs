//! Whose a record is (methodology §4, 2–4).

mod initials;
mod told;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use self::initials::{ByInitials, index_of_initials, person_names};
use super::links::{LinkSheet, Settled};
use super::name::{self, Initials, Names};
use super::nearest::Nearest;
use super::organisation::{Directory, Resolution};
use super::roster::{Person, Roster};
use super::{OrgId, PersonId};
use crate::buckets::Buckets;
use crate::finding::{Code, Findings, Message};
use crate::intern::Sym;
use crate::registers::record::{PersonCells, RowRef, Snils};
use crate::registers::{Dataset, Field, RegisterId};

const E_UNKNOWN: Code = Code("E401");
const E_SEVERAL: Code = Code("E402");
const E_BIRTH: Code = Code("E403");
const E_SNILS: Code = Code("E404");
const N_ELSEWHERE: Code = Code("N405");
const N_INITIALS: Code = Code("N406");
const N_NOT_EMPLOYED: Code = Code("N407");
const E_INITIALS: Code = Code("E419");
const E_BRACKETS: Code = Code("E420");
const N_LEFT_OUT: Code = Code("N422");
const N_SPELLING: Code = Code("N421");
const W_OTHER_NAME: Code = Code("W414");
const W_UNKNOWN_ORGANISATION: Code = Code("W514");
const W_SEVERAL_ORGANISATIONS: Code = Code("W502");
const N_ORGANISATION: Code = Code("N501");

/// What became of one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link {
    /// It is this person's.
    Of(PersonId),
    /// «Соответствия» says that it is nobody of the staff: left out without a finding.
    Nobody,
    /// It fits no one, or several; a finding says so.
    Lost,
}

impl Link {
    /// The person, where one was found.
    #[must_use]
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Of(person) => Some(person),
            Self::Nobody | Self::Lost => None,
        }
    }
}

/// Finds the persons of records. Findings are collected on the way.
pub struct Linker<'a> {
    dataset: &'a Dataset,
    directory: &'a Directory,
    roster: &'a Roster,
    sheet: LinkSheet,
    by_snils: FxHashMap<Snils, PersonId>,
    /// By the number of the folded name.
    by_name: Buckets<PersonId>,
    /// Indexed when the first record comes that gives initials alone.
    by_initials: Option<ByInitials>,
    /// СНИЛС and folded names of the staff rows that are left out.
    left_out: (FxHashMap<Snils, Sym>, FxHashSet<Sym>),
    nearest: Nearest,
    organisations: Spellings,
    spellings: FxHashSet<(Sym, Sym)>,
}

/// What each spelling of an organisation stands for, whatever the date.
pub type Spellings = FxHashMap<Sym, Option<OrgId>>;

impl<'a> Linker<'a> {
    /// Indexes the roster. `organisations` are spellings that are known already, and were reported on.
    /// Lines of «Соответствия» that settle nothing are reported.
    pub fn new(
        dataset: &'a Dataset,
        directory: &'a Directory,
        roster: &'a Roster,
        organisations: Spellings,
        names: &mut Names,
        findings: &mut Findings,
    ) -> Self {
        let mut by_snils = FxHashMap::default();
        let mut bearers = Vec::with_capacity(roster.persons.len());
        for (id, person) in roster.iter() {
            if let Some(snils) = person.snils {
                by_snils.insert(snils, id);
            }
            for key in person_names(dataset, person, names) {
                bearers.push((key.index(), id));
            }
        }
        let by_name = Buckets::new(names.len(), bearers.into_iter());
        let left_out = || {
            roster
                .left_out
                .iter()
                .map(|&row| &dataset.staff[row as usize])
        };
        let sheet = LinkSheet::read(dataset, directory, names, &by_snils, &by_name, findings);
        Self {
            dataset,
            directory,
            roster,
            sheet,
            by_snils,
            by_name,
            by_initials: None,
            left_out: (
                left_out()
                    .filter_map(|row| {
                        let name = names.fold(&dataset.texts, row.person.name);
                        row.person.snils.map(|snils| (snils, name))
                    })
                    .collect(),
                left_out()
                    .map(|row| names.fold(&dataset.texts, row.person.name))
                    .collect(),
            ),
            nearest: Nearest::default(),
            organisations,
            spellings: FxHashSet::default(),
        }
    }

    /// Whether initials were looked for among the employed: the answer depends on the date.
    #[must_use]
    pub fn looked_among_employed(&self) -> bool {
        self.by_initials.is_some()
    }

    /// The sheet «Соответствия», for names that are no records of their own, and the spellings of
    /// organisations.
    #[must_use]
    pub fn into_parts(self) -> (LinkSheet, Spellings) {
        (self.sheet, self.organisations)
    }

    /// The organisation that a record names; an unknown one, or one taken by a shortened spelling,
    /// is reported once for each spelling.
    pub fn organisation(
        &mut self,
        register: RegisterId,
        at: RowRef,
        text: Sym,
        findings: &mut Findings,
    ) -> Option<OrgId> {
        if text.is_empty() {
            return None;
        }
        if let Some(&known) = self.organisations.get(&text) {
            return known;
        }
        let written = self.dataset.text(text);
        let resolution = self.directory.resolve(written);
        let place = self.dataset.place(at, Field::Organisation);
        match &resolution {
            Resolution::Empty | Resolution::Is(_) => {}
            Resolution::Taken(organisation, how) => {
                let name = self.directory.name(*organisation);
                findings.add(
                    N_ORGANISATION,
                    Some(register),
                    place,
                    format!("«{written}» прочитано как «{name}»: {}", how.words()),
                );
            }
            Resolution::Several(fits) => {
                let names: Vec<&str> = fits
                    .iter()
                    .take(4)
                    .map(|&o| self.directory.name(o))
                    .collect();
                findings.add(
                    W_SEVERAL_ORGANISATIONS,
                    Some(register),
                    place,
                    format!(
                        "«{written}» подходит к нескольким организациям: {}",
                        names.join("; ")
                    ),
                );
            }
            Resolution::Unknown => {
                let seen = format!(
                    "организация «{written}» не найдена ни в «Организациях», ни среди сотрудников"
                );
                findings.add(W_UNKNOWN_ORGANISATION, Some(register), place, seen);
            }
        }
        let found = resolution.id();
        self.organisations.insert(text, found);
        found
    }

    /// Finds the person of a record; what was noted, doubted or lost becomes a finding.
    pub fn link(
        &mut self,
        register: RegisterId,
        at: RowRef,
        who: &PersonCells,
        names: &mut Names,
        findings: &mut Findings,
    ) -> Link {
        let organisation = self.organisation(register, at, who.organisation, findings);
        let key = names.fold(&self.dataset.texts, who.name);
        let link = match self
            .sheet
            .settle(key, who.organisation, self.dataset, self.directory)
        {
            Some(Settled::Nobody) => Link::Nobody,
            Some(Settled::Is(person)) => Link::Of(person),
            Some(Settled::OneOf(name)) => {
                let by_name = PersonCells {
                    snils: None,
                    ..*who
                };
                self.find(
                    register,
                    at,
                    &by_name,
                    name,
                    true,
                    organisation,
                    names,
                    findings,
                )
            }
            Some(Settled::Unknown(_)) => {
                let what = "по листу «Соответствия» это тот, кого нет среди сотрудников";
                self.report(
                    E_UNKNOWN,
                    register,
                    at,
                    self.named(who, what),
                    Message::default(),
                    findings,
                );
                Link::Lost
            }
            None => self.find(register, at, who, key, false, organisation, names, findings),
        };
        if let Link::Of(id) = link {
            let person = self.roster.person(id);
            if !person.is_employed() {
                let states: Vec<&str> = person
                    .posts
                    .iter()
                    .map(|post| post.employment.title())
                    .collect();
                let seen = self.named(
                    who,
                    &format!("есть среди сотрудников, но не работает: {}", states[0]),
                );
                self.report(
                    N_NOT_EMPLOYED,
                    register,
                    at,
                    seen,
                    Message::default(),
                    findings,
                );
            }
        }
        link
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one record with all that decides it"
    )]
    fn find(
        &mut self,
        register: RegisterId,
        at: RowRef,
        who: &PersonCells,
        key: Sym,
        named_by_sheet: bool,
        organisation: Option<OrgId>,
        names: &mut Names,
        findings: &mut Findings,
    ) -> Link {
        let mut foreign_snils = false;
        if let Some(snils) = who.snils {
            if let Some(&id) = self.by_snils.get(&snils) {
                if !key.is_empty()
                    && !self.by_name.of(key.index()).contains(&id)
                    && !self.has_initials(id, key, names)
                {
                    let seen = self.named(
                        who,
                        "найден по СНИЛС, хотя в сотрудниках он записан под другим ФИО",
                    );
                    self.report(
                        W_OTHER_NAME,
                        register,
                        at,
                        seen,
                        Message::default(),
                        findings,
                    );
                }
                return Link::Of(id);
            }
            foreign_snils = true;
        }
        let bearers = self.by_name.of(key.index());
        // Initials are no full name, also where a staff row is written with the same ones; a name
        // that «Соответствия» gives is what that row says.
        let initials = !named_by_sheet && names.is_initials(key);
        if bearers.is_empty() || initials {
            return self.by_initials(
                register,
                at,
                who,
                key,
                organisation,
                foreign_snils,
                names,
                findings,
            );
        }
        let allowed: Vec<PersonId> = bearers
            .iter()
            .copied()
            .filter(|&id| !(foreign_snils && self.roster.person(id).snils.is_some()))
            .collect();
        if allowed.is_empty() {
            let seen = self.named(who, "такое ФИО есть, но СНИЛС записи другой");
            self.report(
                E_SNILS,
                register,
                at,
                seen,
                self.candidates(bearers),
                findings,
            );
            return Link::Lost;
        }
        let birth = who.birth.day();
        let (fits, refused): (Vec<PersonId>, Vec<PersonId>) = allowed
            .iter()
            .partition(|&&id| !contradicts(self.roster.person(id), birth));
        if fits.is_empty() {
            let seen = self.named(who, "такое ФИО есть, но дата рождения другая");
            self.report(
                E_BIRTH,
                register,
                at,
                seen,
                self.candidates(&refused),
                findings,
            );
            return Link::Lost;
        }
        match self.choose(&fits, birth, organisation) {
            Some(id) => {
                let bearers = bearers.len();
                self.note_taken(register, at, who, id, bearers, organisation, findings);
                Link::Of(id)
            }
            None => {
                let seen = self.named(who, "подходит к нескольким сотрудникам");
                self.report(
                    E_SEVERAL,
                    register,
                    at,
                    seen,
                    self.candidates(&fits),
                    findings,
                );
                Link::Lost
            }
        }
    }

    /// Among several people of one name, date of birth and then organisation decide (§4, 3).
    fn choose(
        &self,
        fits: &[PersonId],
        birth: Option<NaiveDate>,
        organisation: Option<OrgId>,
    ) -> Option<PersonId> {
        if let [only] = fits {
            return Some(*only);
        }
        let mut left = fits.to_vec();
        if birth.is_some() {
            let same: Vec<PersonId> = left
                .iter()
                .copied()
                .filter(|&id| self.roster.person(id).birth.day() == birth)
                .collect();
            if let [only] = same.as_slice() {
                return Some(*only);
            }
            if !same.is_empty() {
                left = same;
            }
        }
        let organisation = organisation?;
        let there: Vec<PersonId> = left
            .into_iter()
            .filter(|&id| {
                self.roster
                    .person(id)
                    .posts
                    .iter()
                    .any(|post| post.organisation == Some(organisation))
            })
            .collect();
        match there.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one record with all that decides it"
    )]
    fn by_initials(
        &mut self,
        register: RegisterId,
        at: RowRef,
        who: &PersonCells,
        key: Sym,
        organisation: Option<OrgId>,
        foreign_snils: bool,
        names: &Names,
        findings: &mut Findings,
    ) -> Link {
        let folded = names.text(key);
        let written = self.dataset.text(who.name);
        if let Some((now, before)) = name::readings(written) {
            let seen = self.named(who, "в ФИО две фамилии, сотрудник не выбран");
            let advice = Message::plain("возможные прочтения: «")
                .personal(now)
                .then("» и «")
                .personal(before)
                .then("»; укажите нужное в листе «Соответствия»");
            self.report(E_BRACKETS, register, at, seen, advice, findings);
            return Link::Lost;
        }
        // Another row of that very name stands for the one that was left out.
        let of_left_out = who
            .snils
            .and_then(|snils| self.left_out.0.get(&snils))
            .is_some_and(|name| self.by_name.of(name.index()).is_empty())
            || self.left_out.1.contains(&key);
        if of_left_out {
            let seen = self.named(
                who,
                "строка этого сотрудника не учтена: дата увольнения не прочитана",
            );
            self.report(N_LEFT_OUT, register, at, seen, Message::default(), findings);
            return Link::Lost;
        }
        let Some(wanted) = name::initials(folded) else {
            let seen = self.named(who, "не найден среди сотрудников");
            let near = self.nearest.names(self.roster, folded, names);
            self.report(
                E_UNKNOWN,
                register,
                at,
                seen,
                self.candidates(&near),
                findings,
            );
            return Link::Lost;
        };
        let Some(organisation) = organisation else {
            let seen = self.named(who, "инициалы без организации не принимаются");
            self.report(E_INITIALS, register, at, seen, Message::default(), findings);
            return Link::Lost;
        };
        let index = self
            .by_initials
            .get_or_insert_with(|| index_of_initials(self.dataset, self.roster, names));
        let fits: Vec<PersonId> = index
            .get(&(organisation, wanted.surname.clone(), wanted.given))
            .into_iter()
            .flatten()
            .copied()
            .collect();
        let fits: Vec<PersonId> = fits
            .into_iter()
            .filter(|&id| {
                let person = self.roster.person(id);
                let another = foreign_snils && person.snils.is_some();
                !another
                    && !contradicts(person, who.birth.day())
                    && self.fits_initials(person, &wanted, names)
            })
            .collect();
        match fits.as_slice() {
            [only] => {
                let seen = self.named(who, "инициалы подходят одному сотруднику организации");
                self.report(
                    N_INITIALS,
                    register,
                    at,
                    seen,
                    self.candidates(&fits),
                    findings,
                );
                Link::Of(*only)
            }
            [] => {
                let seen = self.named(
                    who,
                    "инициалы не подходят ни одному работающему сотруднику организации",
                );
                let near = self.nearest.initials(self.roster, &wanted, names);
                self.report(
                    E_UNKNOWN,
                    register,
                    at,
                    seen,
                    self.candidates(&near),
                    findings,
                );
                Link::Lost
            }
            _ => {
                let seen = self.named(who, "инициалы подходят нескольким сотрудникам организации");
                self.report(
                    E_SEVERAL,
                    register,
                    at,
                    seen,
                    self.candidates(&fits),
                    findings,
                );
                Link::Lost
            }
        }
    }

    /// Whether a record's name is the person's own by initials: no other name.
    fn has_initials(&self, id: PersonId, key: Sym, names: &Names) -> bool {
        let wanted = name::initials(names.text(key));
        wanted.is_some_and(|wanted| self.fits_initials(self.roster.person(id), &wanted, names))
    }

    fn fits_initials(&self, person: &Person, wanted: &Initials, names: &Names) -> bool {
        person.posts.iter().any(|post| {
            let written = self.dataset.staff[post.row as usize].person.name;
            let known = names.known(written);
            known.is_some_and(|key| wanted.fit(names.text(key)))
        })
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one record with all that decides it"
    )]
    fn note_taken(
        &mut self,
        register: RegisterId,
        at: RowRef,
        who: &PersonCells,
        id: PersonId,
        bearers: usize,
        organisation: Option<OrgId>,
        findings: &mut Findings,
    ) {
        let person = self.roster.person(id);
        if let Some(organisation) = organisation
            && !person
                .posts
                .iter()
                .any(|post| post.organisation == Some(organisation))
        {
            let why = match bearers {
                1 => "в этой организации не числится, но такое ФИО одно в муниципалитете",
                _ => {
                    "в этой организации не числится; из нескольких с таким ФИО выбран по СНИЛС или дате рождения"
                }
            };
            let seen = self.named(who, why);
            self.report(
                N_ELSEWHERE,
                register,
                at,
                seen,
                self.candidates(&[id]),
                findings,
            );
        }
        let same = |post: &super::roster::Post| {
            self.dataset.staff[post.row as usize].person.name == who.name
        };
        if !person.posts.iter().any(same) && self.spellings.insert((who.name, person.name)) {
            let seen = Message::plain("«")
                .personal(self.dataset.text(who.name))
                .then("» прочитано как «")
                .personal(self.dataset.text(person.name))
                .then("»");
            self.report(N_SPELLING, register, at, seen, Message::default(), findings);
        }
    }
}

/// Whether a record's date of birth is another than the person's own. A bare year or month of the
/// staff table tells the age alone (methodology §1) and contradicts nothing.
fn contradicts(person: &Person, birth: Option<NaiveDate>) -> bool {
    matches!((person.birth.day(), birth), (Some(own), Some(other)) if own != other)
}
