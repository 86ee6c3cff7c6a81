//! Teachers for each regional methodist (methodology §2.5, 4.1.3.2).

use rustc_hash::{FxHashMap, FxHashSet};

use super::context::Context;
use super::verdict::{LeftOutPair, MethodistVerdict, PersonVerdict, Reason};
use crate::finding::{Code, Findings, Message};
use crate::intern::Sym;
use crate::people::PersonId;
use crate::people::links::Settled;
use crate::people::name::{self, Names};
use crate::registers::record::{RowRef, StaffRow};
use crate::registers::{Field, RegisterId};

const E_PAIR: Code = Code("E731");

/// The methodists of the denominator with their teachers, and the assignments that make no pair.
/// `holders` are the verdicts of 4.1.3.1: who holds the status, and by which row.
pub fn methodists(
    context: &Context<'_>,
    holders: &[PersonVerdict],
    names: &mut Names,
    findings: &mut Findings,
) -> (Vec<MethodistVerdict>, Vec<LeftOutPair>) {
    let mut pairs = Pairs::new(context, holders, names);
    for (row, link) in context
        .dataset
        .assignments
        .iter()
        .zip(&context.links.assignment_teachers)
    {
        if context.as_of_d(row.start, row.end).reason != Reason::Counted {
            continue;
        }
        if let Some(teacher) = link.person() {
            let named = Named {
                methodist: row.methodist,
                organisation: row.person.organisation,
                at: row.at,
                register: RegisterId::Assignments,
                field: Field::MethodistName,
            };
            pairs.take(teacher, &named, findings);
        }
    }
    for (id, person) in context.roster.iter() {
        for post in &person.posts {
            let row: &StaffRow = &context.dataset.staff[post.row as usize];
            if !row.assigned_to.is_empty() {
                let named = Named {
                    methodist: row.assigned_to,
                    organisation: row.person.organisation,
                    at: row.at,
                    register: RegisterId::Staff,
                    field: Field::AssignedTo,
                };
                pairs.take(id, &named, findings);
            }
        }
    }
    (pairs.methodists, pairs.left_out)
}

/// A methodist as an assignment names them.
struct Named {
    methodist: Sym,
    organisation: Sym,
    at: RowRef,
    register: RegisterId,
    field: Field,
}

struct Pairs<'a, 'b> {
    context: &'a Context<'b>,
    names: &'a mut Names,
    methodists: Vec<MethodistVerdict>,
    left_out: Vec<LeftOutPair>,
    of: FxHashMap<PersonId, usize>,
    by_name: FxHashMap<Sym, Vec<PersonId>>,
    /// Names of all people of the staff, to tell «no methodist» from «nobody».
    staff_names: FxHashSet<Sym>,
    taken: FxHashSet<(PersonId, PersonId)>,
}

impl<'a, 'b> Pairs<'a, 'b> {
    fn new(context: &'a Context<'b>, holders: &[PersonVerdict], names: &'a mut Names) -> Self {
        let texts = &context.dataset.texts;
        let mut methodists = Vec::new();
        let mut of = FxHashMap::default();
        let mut by_name: FxHashMap<Sym, Vec<PersonId>> = FxHashMap::default();
        for holder in holders.iter().filter(|holder| holder.counted()) {
            let Some(status_row) = holder.row else {
                continue;
            };
            of.insert(holder.person, methodists.len());
            for post in &context.roster.person(holder.person).posts {
                let key = names.fold(texts, context.dataset.staff[post.row as usize].person.name);
                let bearers = by_name.entry(key).or_default();
                if !bearers.contains(&holder.person) {
                    bearers.push(holder.person);
                }
            }
            methodists.push(MethodistVerdict {
                methodist: holder.person,
                status_row,
                teachers: Vec::new(),
            });
        }
        let staff_names = context
            .dataset
            .staff
            .iter()
            .map(|row| names.fold(texts, row.person.name))
            .collect();
        Self {
            context,
            names,
            methodists,
            left_out: Vec::new(),
            of,
            by_name,
            staff_names,
            taken: FxHashSet::default(),
        }
    }

    /// Takes one assignment in force: a pair, or left out with its reason.
    fn take(&mut self, teacher: PersonId, named: &Named, findings: &mut Findings) {
        let row = named.at;
        if !self.context.roster.person(teacher).is_teacher() {
            // Said once already by the note on people who are not employed.
            self.left_out.push(LeftOutPair {
                row,
                reason: "закреплённый не входит в число педагогов",
            });
            return;
        }
        let reason = match self.find(named) {
            Ok(holder) if holder == teacher => "методист закреплён сам за собой",
            Ok(holder) => {
                if self.taken.insert((teacher, holder)) {
                    let number = self.of[&holder];
                    self.methodists[number].teachers.push((teacher, row));
                }
                return;
            }
            Err(reason) => reason,
        };
        self.left_out.push(LeftOutPair { row, reason });
        let data = self.context.dataset;
        let seen = Message::plain("«")
            .personal(data.text(named.methodist))
            .then(format!("»: {reason}"));
        findings.add(
            E_PAIR,
            Some(named.register),
            data.place(row, named.field),
            seen,
        );
    }

    /// The status holder of this name, or of initials that one of them fits.
    fn find(&mut self, named: &Named) -> Result<PersonId, &'static str> {
        let data = self.context.dataset;
        let mut key = self.names.fold(&data.texts, named.methodist);
        if key.is_empty() {
            return Err("методист не указан");
        }
        let directory = self.context.directory;
        let sheet = &self.context.links.sheet;
        match sheet.settle(key, named.organisation, data, directory) {
            Some(Settled::Is(person)) if self.of.contains_key(&person) => return Ok(person),
            Some(Settled::Is(_)) => {
                return Err("не имеет статуса регионального методиста на отчётную дату");
            }
            Some(Settled::OneOf(name)) => key = name,
            Some(Settled::Unknown(_)) => {
                return Err("по листу «Соответствия» это тот, кого нет среди сотрудников");
            }
            Some(Settled::Nobody) => return Err("по листу «Соответствия» это никто"),
            None => {}
        }
        if let Some(bearers) = self.by_name.get(&key)
            && !self.names.is_initials(key)
        {
            return match bearers.as_slice() {
                [only] => Ok(*only),
                _ => Err("ФИО методиста подходит нескольким"),
            };
        }
        let folded = self.names.text(key).to_owned();
        if let Some(wanted) = name::initials(&folded) {
            let fits = |known: &Sym| wanted.fit(self.names.text(*known));
            let mut found: Vec<PersonId> = self
                .by_name
                .iter()
                .filter(|(known, _)| fits(known))
                .flat_map(|(_, all)| all.clone())
                .collect();
            found.sort_unstable();
            found.dedup();
            return match found.as_slice() {
                [only] => Ok(*only),
                [] => Err("инициалы не подходят ни одному региональному методисту"),
                _ => Err("инициалы методиста подходят нескольким"),
            };
        }
        if self.staff_names.contains(&key) {
            Err("не имеет статуса регионального методиста на отчётную дату")
        } else {
            Err("методист не найден")
        }
    }
}
