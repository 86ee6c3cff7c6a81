//! Takes personal data out of every text of the model that came from inputs.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::ReportModel;
use crate::people::privacy::Privacy;

/// Cleans the model; the signatures and settings are the user's own words and stay.
pub(super) fn scrub(model: &mut ReportModel, privacy: &Privacy) {
    let clean = |text: &mut String| privacy.scrub(text);
    for name in &mut model.sources {
        clean(&mut name.file);
        clean(&mut name.sheet);
    }
    for line in &mut model.lines {
        clean(&mut line.rule);
        line.note.iter_mut().for_each(clean);
    }
    for organisation in &mut model.organisations {
        clean(&mut organisation.name);
    }
    for team in &mut model.teams {
        clean(&mut team.name);
    }
    for pair in &mut model.left_out_pairs {
        clean(&mut pair.reason);
    }
    if let Some(survey) = &mut model.survey {
        for (question, scale) in &mut survey.questions {
            clean(question);
            clean(scale);
        }
        survey.categories.iter_mut().for_each(clean);
    }
    for measure in &mut model.measures {
        clean(&mut measure.title);
        clean(&mut measure.level);
        clean(&mut measure.status);
    }
    // Many findings are of one sheet.
    let mut known: FxHashMap<Arc<str>, Arc<str>> = FxHashMap::default();
    let mut clean_place = |text: &mut Arc<str>| {
        let cleaned = known
            .entry(Arc::clone(text))
            .or_insert_with_key(|written| privacy.clean(written).into());
        *text = Arc::clone(cleaned);
    };
    for finding in &mut model.findings {
        clean_place(&mut finding.file);
        clean_place(&mut finding.sheet);
        clean(&mut finding.seen);
        // What the program's own pages say is of nobody.
        if let Cow::Owned(advice) = &mut finding.advice {
            clean(advice);
        }
    }
    for input in &mut model.passport.inputs {
        clean(&mut input.path);
    }
    for sheet in &mut model.passport.sheets {
        clean(&mut sheet.file);
        clean(&mut sheet.sheet);
    }
    clean(&mut model.passport.command);
}
