//! Where every table of evidence stands, known before any sheet is written: the first sheets
//! count the later ones.

use super::scale::{Evidence, Manner};
use super::table::Layout;
use crate::report::model::ReportModel;

/// The tables of the workbook; none where the evidence does not fit a sheet.
pub(super) struct Layouts {
    pub teachers: Option<Layout>,
    pub managers: Option<Layout>,
    pub organisations: Layout,
    pub teams: Layout,
    pub members: Option<Layout>,
    pub methodists: Layout,
    pub pairs: Option<Layout>,
    pub measures: Layout,
    pub answers: Option<Layout>,
}

impl Layouts {
    pub(super) fn of(model: &ReportModel, manner: &Manner) -> Self {
        let fits = |evidence| manner.fits(evidence, model);
        let teams = super::teams::layout(model, manner);
        let methodists = super::methodists::layout(model, manner);
        Self {
            teachers: fits(Evidence::Teachers)
                .then(|| super::people::layout(Evidence::Teachers, model, manner)),
            managers: fits(Evidence::Managers)
                .then(|| super::people::layout(Evidence::Managers, model, manner)),
            organisations: super::organisations::layout(model, manner),
            members: fits(Evidence::Members)
                .then(|| super::teams::members_layout(model, manner, teams.end())),
            teams,
            pairs: fits(Evidence::Pairs)
                .then(|| super::methodists::pairs_layout(model, manner, methodists.end())),
            methodists,
            measures: super::roadmap::layout(model, manner),
            answers: fits(Evidence::Answers).then(|| super::survey::answers_layout(model, manner)),
        }
    }
}

/// The number of rows of a table as a sheet counts them.
pub(super) fn rows(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
