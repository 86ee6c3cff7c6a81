//! The roster: persons made of staff rows (methodology §4, 1), and their posts on D (§1).

use chrono::NaiveDate;
use smallvec::SmallVec;

use super::employment::Employment;
use super::identity::{self, Joined};
use super::name::{Names, have_nothing_in_common};
use super::organisation::Directory;
use super::position::Nomenclature;
use super::staff_cells::Cells;
use super::{OrgId, PersonId};
use crate::finding::{Code, Findings, Message};
use crate::intern::Sym;
use crate::registers::record::{DateCell, Experience, Flag, KeptDate, Snils, StaffRow, YesNo};
use crate::registers::{Dataset, Field, RegisterId};
use crate::settings::{Settings, StaffSettings};

/// A person: one or several staff rows.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// The full name as written in the person's first row.
    pub name: Sym,
    /// The СНИЛС.
    pub snils: Option<Snils>,
    /// The date of birth; empty when rows of one СНИЛС disagree.
    pub birth: KeptDate,
    /// The earliest start of pedagogical work over the rows.
    pub teaching_since: Since,
    /// The greatest pedagogical experience over the rows.
    pub experience: Option<Experience>,
    /// The posts, one for each staff row, in the order of the rows.
    pub posts: SmallVec<[Post; 1]>,
}

/// The earliest of several starts, of which some may be bare years or months: the first and the last
/// day that it may be are those of these cells.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Since {
    first: KeptDate,
    last: KeptDate,
}

impl Since {
    /// Unreadable starts count only where there is no other.
    fn earliest(starts: &[DateCell]) -> Self {
        let by = |day: fn((NaiveDate, NaiveDate)) -> NaiveDate| {
            starts
                .iter()
                .filter(|start| start.span().is_some())
                .min_by_key(|start| start.span().map(day))
                .or(starts.first())
                .copied()
                .unwrap_or_default()
                .into()
        };
        Self {
            first: by(|(first, _)| first),
            last: by(|(_, last)| last),
        }
    }

    /// Decides a monotone test over all days that the start may be.
    #[must_use]
    pub fn decided(self, test: impl Fn(NaiveDate) -> bool) -> Decided {
        match (self.first.cell().span(), self.last.cell().span()) {
            (Some((first, _)), Some((_, last))) => over_all_days(test(first), test(last)),
            _ => decided(self.first, test),
        }
    }
}

/// A staff row as a post.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Post {
    /// The row: an index into [`Dataset::staff`].
    pub row: u32,
    /// The organisation; none where the row names none.
    pub organisation: Option<OrgId>,
    /// Whether the post makes the person a teacher.
    pub teacher: bool,
    /// Whether the post makes the person a manager.
    pub manager: bool,
    /// Whether the person holds it on D, and if not, why.
    pub employment: OnDate,
}

/// Whether a post is held on D (methodology §1, «employed on D»).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OnDate {
    /// It is.
    Employed,
    /// Hired after D.
    NotYet,
    /// Dismissed on D or before.
    Dismissed,
    /// An external part-timer.
    External,
    /// A civil contract or hourly pay.
    Contract,
    /// On long leave, where the settings leave those out.
    OnLeave,
}

impl OnDate {
    /// The state in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Employed => "работает",
            Self::NotYet => "принят после отчётной даты",
            Self::Dismissed => "уволен к отчётной дате",
            Self::External => "внешний совместитель",
            Self::Contract => "договор ГПХ или почасовая оплата",
            Self::OnLeave => "в длительном отпуске",
        }
    }
}

impl Post {
    /// Whether it is held on D.
    #[must_use]
    pub fn employed(&self) -> bool {
        self.employment == OnDate::Employed
    }
}

impl Person {
    /// Whether the person is of T.
    #[must_use]
    pub fn is_teacher(&self) -> bool {
        self.posts
            .iter()
            .any(|post| post.employed() && post.teacher)
    }

    /// Whether the person is of M.
    #[must_use]
    pub fn is_manager(&self) -> bool {
        self.posts
            .iter()
            .any(|post| post.employed() && post.manager)
    }

    /// Whether the person is employed on D at all.
    #[must_use]
    pub fn is_employed(&self) -> bool {
        self.posts.iter().any(Post::employed)
    }

    /// The organisations that employ the person as a teacher, each once, in the order of the rows.
    #[must_use]
    pub fn teaching_organisations(&self) -> Vec<OrgId> {
        self.organisations(|post| post.employed() && post.teacher)
    }

    /// The organisations that employ the person as a manager, each once, in the order of the rows.
    #[must_use]
    pub fn managing_organisations(&self) -> Vec<OrgId> {
        self.organisations(|post| post.employed() && post.manager)
    }

    /// The organisations of the posts that `choose` takes, each once, in the order of the rows.
    #[must_use]
    pub fn organisations(&self, choose: impl Fn(&Post) -> bool) -> Vec<OrgId> {
        let mut all = Vec::new();
        for post in self.posts.iter().filter(|post| choose(post)) {
            if let Some(organisation) = post.organisation
                && !all.contains(&organisation)
            {
                all.push(organisation);
            }
        }
        all
    }
}

/// All persons of the staff table.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// The persons, ordered by their first row.
    pub persons: Vec<Person>,
    /// The staff rows left out because nobody can tell whether they are still employed.
    pub left_out: Vec<u32>,
}

impl Roster {
    /// The persons with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        (0u32..).map(PersonId).zip(&self.persons)
    }

    /// One person.
    #[must_use]
    pub fn person(&self, id: PersonId) -> &Person {
        &self.persons[id.0 as usize]
    }

    /// The people of T, in order.
    pub fn teachers(&self) -> impl Iterator<Item = PersonId> {
        self.iter()
            .filter(|(_, person)| person.is_teacher())
            .map(|(id, _)| id)
    }

    /// The people of M, in order.
    pub fn managers(&self) -> impl Iterator<Item = PersonId> {
        self.iter()
            .filter(|(_, person)| person.is_manager())
            .map(|(id, _)| id)
    }
}

/// Makes the roster: reads each staff row as a post on `as_of`, joins rows to persons.
pub struct RosterBuilder<'a> {
    /// The rows.
    pub dataset: &'a Dataset,
    /// The organisations.
    pub directory: &'a Directory,
    /// The positions.
    pub nomenclature: &'a Nomenclature,
    /// Who counts.
    pub settings: &'a Settings,
    /// D.
    pub as_of: NaiveDate,
}

impl RosterBuilder<'_> {
    /// The roster on D. Findings: positions, employment, dates and doubts of identity.
    pub fn build(&self, names: &mut Names, findings: &mut Findings) -> Roster {
        let mut cells = Cells::new(self);
        let mut left_out = Vec::new();
        let mut keys = Vec::with_capacity(self.dataset.staff.len());
        let mut posts = Vec::with_capacity(self.dataset.staff.len());
        for (number, row) in (0u32..).zip(&self.dataset.staff) {
            if self.dismissal_is_unreadable(row, findings) {
                left_out.push(number);
                continue;
            }
            let organisation = cells.organisation(row);
            let name = names.fold(&self.dataset.texts, row.person.name);
            keys.push(identity::Key {
                name,
                full: !names.is_initials(name),
                snils: row.person.snils,
                birth: row.person.birth.day(),
                organisation,
            });
            let (teacher, manager) = cells.classes(row, findings);
            let employment = self.on_date(row, cells.employment(row, findings), findings);
            posts.push(Post {
                row: number,
                organisation,
                teacher,
                manager,
                employment,
            });
        }
        let joined = identity::join(&keys);
        self.report_doubts(&joined, &posts, findings);
        self.report_other_names(&joined, &keys, &posts, names, findings);
        let mut persons = Vec::with_capacity(joined.persons().count());
        persons.extend(joined.persons().map(|places| {
            let posts = places.iter().map(|&place| posts[place as usize]).collect();
            self.person(posts, findings)
        }));
        Roster { persons, left_out }
    }

    /// The roster on D out of that on another date, `known`: who is who does not depend on the date,
    /// and only who is employed is read anew. None where the rows left out differ.
    pub fn rebuild(&self, known: &Roster) -> Option<Roster> {
        let mut unheard = Findings::unheard();
        let left_out = (0u32..)
            .zip(&self.dataset.staff)
            .filter(|(_, row)| self.dismissal_is_unreadable(row, &mut Findings::unheard()));
        if !left_out
            .map(|(number, _)| number)
            .eq(known.left_out.iter().copied())
        {
            return None;
        }
        let mut cells = Cells::new(self);
        let mut roster = known.clone();
        for post in roster
            .persons
            .iter_mut()
            .flat_map(|person| &mut person.posts)
        {
            let row = &self.dataset.staff[post.row as usize];
            let employment = cells.employment(row, &mut unheard);
            post.employment = self.on_date(row, employment, &mut unheard);
        }
        Some(roster)
    }

    /// Whether nobody can tell if a row is still employed: such a row is left out, and reported
    /// (methodology §1).
    fn dismissal_is_unreadable(&self, row: &StaffRow, findings: &mut Findings) -> bool {
        let unreadable = decided(row.dismissed, |day| day > self.as_of) == Decided::Unreadable;
        if unreadable {
            let place = self.dataset.place(row.at, Field::Dismissed);
            findings.add(
                E_DISMISSAL,
                STAFF,
                place,
                "дата увольнения не прочитана, строка не учтена",
            );
        }
        unreadable
    }

    /// Whether a row is employed on D (methodology §1).
    fn on_date(&self, row: &StaffRow, employment: Employment, findings: &mut Findings) -> OnDate {
        let StaffSettings {
            external,
            contract,
            leave,
            ..
        } = self.settings.staff;
        match employment {
            Employment::Contract if !contract => return OnDate::Contract,
            Employment::External | Employment::BarePartTimer if !external => {
                return OnDate::External;
            }
            Employment::Dismissed if row.dismissed.is_empty() => return OnDate::Dismissed,
            _ => {}
        }
        if !leave && row.leave == YesNo::Yes {
            return OnDate::OnLeave;
        }
        match decided(row.dismissed, |day| day > self.as_of) {
            Decided::Yes | Decided::Empty => {}
            Decided::No | Decided::Unreadable => return OnDate::Dismissed,
        }
        match decided(row.hired, |day| day <= self.as_of) {
            Decided::Yes | Decided::Empty => OnDate::Employed,
            Decided::No => OnDate::NotYet,
            Decided::Unreadable => {
                let place = self.dataset.place(row.at, Field::Hired);
                findings.add(
                    W_HIRED,
                    STAFF,
                    place,
                    "дата приёма не прочитана и считается пустой",
                );
                OnDate::Employed
            }
        }
    }

    /// One person out of its rows: the earliest start and the greatest experience count (§4, 1).
    fn person(&self, posts: SmallVec<[Post; 1]>, findings: &mut Findings) -> Person {
        let staff = |post: &Post| &self.dataset.staff[post.row as usize];
        let rows = posts.as_slice();
        let first = staff(&rows[0]);
        let births = distinct(
            rows.iter()
                .map(|row| staff(row).person.birth.cell())
                .filter(|b| *b != DateCell::Empty),
        );
        let days = distinct(births.iter().filter_map(|birth| birth.day()));
        // A bare year or month stands where it is the only one that can be read; the order of the
        // rows decides nothing.
        let spans: Vec<DateCell> = births
            .iter()
            .copied()
            .filter(|birth| birth.span().is_some())
            .collect();
        let apart = |one: &DateCell, other: &DateCell| {
            let spans = one.span().zip(other.span());
            spans.is_some_and(|(one, other)| one.1 < other.0 || other.1 < one.0)
        };
        let partial = |cell: &&DateCell| cell.day().is_none();
        let contradicted = |cell: &DateCell| spans.iter().any(|other| apart(cell, other));
        if spans.iter().filter(partial).any(contradicted) {
            findings.add(
                W_YEARS,
                STAFF,
                self.dataset.place(first.at, Field::BirthDate),
                format!(
                    "годы рождения в строках одного работника расходятся: {}",
                    self.rows_in_words(rows)
                ),
            );
        }
        let birth = match (days.as_slice(), spans.as_slice(), births.is_empty()) {
            ([day], ..) => DateCell::Day(*day),
            ([], [only], _) => *only,
            ([], [], false) => DateCell::Unreadable,
            _ => DateCell::Empty,
        };
        let starts = distinct(
            rows.iter()
                .map(|row| staff(row).teaching_since.cell())
                .filter(|s| *s != DateCell::Empty),
        );
        let teaching_since = Since::earliest(&starts);
        let experience = rows.iter().filter_map(|row| staff(row).experience).max();
        let differing_experience =
            distinct(rows.iter().filter_map(|row| staff(row).experience)).len() > 1;
        if starts.len() > 1 || differing_experience {
            let field = if starts.len() > 1 {
                Field::TeachingSince
            } else {
                Field::Experience
            };
            findings.add(
                N_STARTS,
                STAFF,
                self.dataset.place(first.at, field),
                format!(
                    "строки одного работника расходятся: {}",
                    self.rows_in_words(rows)
                ),
            );
        }
        Person {
            name: first.person.name,
            snils: rows.iter().find_map(|row| staff(row).person.snils),
            birth: birth.into(),
            teaching_since,
            experience,
            posts,
        }
    }

    fn report_doubts(&self, joined: &Joined, posts: &[Post], findings: &mut Findings) {
        for doubt in &joined.doubts {
            let (code, places, text) = match doubt {
                identity::Doubt::FitsSeveral(row, several) => {
                    let mut rows = vec![*row];
                    rows.extend(several);
                    (
                        W_FITS_SEVERAL,
                        rows,
                        "строка подходит к нескольким работникам и считается отдельным",
                    )
                }
                identity::Doubt::BirthsDiffer(rows) => (
                    W_BIRTHS,
                    rows.clone(),
                    "у одного СНИЛС разные даты рождения, ни одна не учтена",
                ),
                identity::Doubt::SameNameElsewhere(rows) => (
                    W_SAME_NAME,
                    rows.clone(),
                    "одно ФИО в разных строках, различить или соединить их нечем: считаются разными людьми",
                ),
            };
            let rows: Vec<Post> = places.iter().map(|&place| posts[place]).collect();
            let first = &self.dataset.staff[rows[0].row as usize];
            let seen = Message::plain("«")
                .personal(self.dataset.text(first.person.name))
                .then(format!("»: {text} ({})", self.rows_in_words(&rows)));
            findings.add(code, STAFF, self.dataset.place(first.at, Field::Name), seen);
        }
    }

    /// Rows that a СНИЛС joins under names that have nothing in common.
    fn report_other_names(
        &self,
        joined: &Joined,
        keys: &[identity::Key],
        posts: &[Post],
        names: &Names,
        findings: &mut Findings,
    ) {
        for places in joined.persons().filter(|places| places.len() > 1) {
            let name = |place: u32| keys[place as usize].name;
            let differing = distinct(places.iter().map(|&place| name(place)));
            let Some((&first, others)) = differing.split_first() else {
                continue;
            };
            let strangers =
                |other: &&Sym| have_nothing_in_common(names.text(first), names.text(**other));
            let Some(&other) = others.iter().find(strangers) else {
                continue;
            };
            let rows: Vec<Post> = places.iter().map(|&place| posts[place as usize]).collect();
            let of_name = |key: Sym| {
                let mut places = places.iter();
                let place = places.find(|&&place| name(place) == key);
                let row =
                    place.map(|&place| &self.dataset.staff[posts[place as usize].row as usize]);
                row.map_or("", |row| self.dataset.text(row.person.name))
            };
            let seen = Message::plain("«")
                .personal(of_name(first))
                .then("» и «")
                .personal(of_name(other))
                .then(format!(
                    "»: у разных людей один СНИЛС, строки считаются одним человеком ({})",
                    self.rows_in_words(&rows)
                ));
            let at = self.dataset.staff[rows[0].row as usize].at;
            findings.add(
                W_OTHER_NAMES,
                STAFF,
                self.dataset.place(at, Field::Snils),
                seen,
            );
        }
    }

    fn rows_in_words(&self, rows: &[Post]) -> String {
        let places: Vec<String> = rows
            .iter()
            .take(5)
            .map(|post| {
                let at = self.dataset.staff[post.row as usize].at;
                let sheet = self
                    .dataset
                    .sheet(at.sheet)
                    .map_or("", |sheet| sheet.name.as_str());
                format!("{sheet}, строка {}", at.row + 1)
            })
            .collect();
        let more = if rows.len() > 5 {
            format!(" и ещё {}", rows.len() - 5)
        } else {
            String::new()
        };
        places.join("; ") + &more
    }
}

const STAFF: Option<RegisterId> = Some(RegisterId::Staff);
const E_DISMISSAL: Code = Code("E418");
const W_HIRED: Code = Code("W417");
const N_STARTS: Code = Code("N412");
const W_FITS_SEVERAL: Code = Code("W413");
const W_BIRTHS: Code = Code("W411");
const W_SAME_NAME: Code = Code("W410");
const W_OTHER_NAMES: Code = Code("W423");
const W_YEARS: Code = Code("W424");

/// How a test of a staff date came out (methodology §1: a bare year or month decides the test when
/// all its days give one answer).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decided {
    /// All days say yes.
    Yes,
    /// All days say no.
    No,
    /// There is no date.
    Empty,
    /// It cannot be read, or its days disagree.
    Unreadable,
}

/// Decides a monotone test over all days that a date cell may mean.
#[must_use]
pub fn decided(date: KeptDate, test: impl Fn(NaiveDate) -> bool) -> Decided {
    let cell = date.cell();
    match (cell, cell.span()) {
        (DateCell::Empty, _) => Decided::Empty,
        (_, None) => Decided::Unreadable,
        (_, Some((first, last))) => over_all_days(test(first), test(last)),
    }
}

/// What a monotone test says of all days, by the first and the last.
fn over_all_days(first: bool, last: bool) -> Decided {
    match (first, last) {
        (true, true) => Decided::Yes,
        (false, false) => Decided::No,
        _ => Decided::Unreadable,
    }
}

fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut all = Vec::new();
    for value in values {
        if !all.contains(&value) {
            all.push(value);
        }
    }
    all
}

/// Whether the person's staff column «Региональный методист» gives the status on `as_of`.
#[must_use]
pub fn flag_on(flag: Flag, as_of: NaiveDate) -> bool {
    match flag {
        Flag::Yes => true,
        Flag::Since(day) => day <= as_of,
        Flag::No | Flag::Empty => false,
    }
}
