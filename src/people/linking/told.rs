//! What is said of records on the way to their persons.

use super::Linker;
use crate::finding::{Code, Findings, Message};
use crate::people::PersonId;
use crate::registers::record::{PersonCells, RowRef};
use crate::registers::{Field, RegisterId};

impl Linker<'_> {
    pub(super) fn named(&self, who: &PersonCells, what: &str) -> Message {
        Message::plain("«")
            .personal(self.dataset.text(who.name))
            .then(format!("»: {what}"))
    }

    /// The candidates with their organisation and row; nothing where there are none.
    pub(super) fn candidates(&self, ids: &[PersonId]) -> Message {
        if ids.is_empty() {
            return Message::default();
        }
        let mut message = Message::plain("кандидаты: ");
        for (number, id) in ids.iter().take(5).enumerate() {
            let person = self.roster.person(*id);
            let post = &person.posts[0];
            let organisation = post.organisation.map_or("", |o| self.directory.name(o));
            let at = self.dataset.staff[post.row as usize].at;
            let sheet = self
                .dataset
                .sheet(at.sheet)
                .map_or("", |sheet| sheet.name.as_str());
            let lead = if number == 0 { "«" } else { "; «" };
            message = message
                .then(lead)
                .personal(self.dataset.text(person.name))
                .then(format!(
                    "», {organisation} ({sheet}, строка {})",
                    u64::from(at.row) + 1
                ));
        }
        message
    }

    pub(super) fn report(
        &self,
        code: Code,
        register: RegisterId,
        at: RowRef,
        seen: Message,
        advice: Message,
        findings: &mut Findings,
    ) {
        findings.add_with_advice(
            code,
            Some(register),
            self.dataset.place(at, Field::Name),
            seen,
            advice,
        );
    }
}
