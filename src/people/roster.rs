//! The roster: persons made of staff rows (methodology §4, 1), and their posts on D (§1).

use chrono::NaiveDate;

use super::employment::{Employment, Employments};
use super::identity::{self, Joined};
use super::organisation::Directory;
use super::position::{CategoryCell, Nomenclature, PositionCell, PositionClass};
use super::{OrgId, PersonId};
use crate::finding::{Code, Findings, Message, Place};
use crate::intern::Sym;
use crate::registers::record::{DateCell, Experience, Flag, Snils, StaffRow};
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
    pub birth: DateCell,
    /// The earliest start of pedagogical work over the rows.
    pub teaching_since: DateCell,
    /// The greatest pedagogical experience over the rows.
    pub experience: Option<Experience>,
    /// The posts, one for each staff row, in the order of the rows.
    pub posts: Vec<Post>,
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
    /// The date of dismissal cannot be read.
    UnreadableDismissal,
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
            Self::UnreadableDismissal => "дата увольнения не прочитана",
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
        self.posts.iter().any(|post| post.employed() && post.teacher)
    }

    /// Whether the person is of M.
    #[must_use]
    pub fn is_manager(&self) -> bool {
        self.posts.iter().any(|post| post.employed() && post.manager)
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
