//! Organisations that only the survey names: each stands in the breakdown of answers under its own
//! name, its spellings compared as those of any organisation (methodology §4).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::organisation::{
    Directory, Mentoring, NotIncluded, OrgId, Organisation, Resolution, TypeFrom, read_name,
};
use super::organisation_build::{commonest, tidy};
use super::organisation_groups::groups_of_spellings;
use super::organisation_key::{Hints, Key};
use crate::intern::Sym;

/// The texts of one key, and how often each spelling stands.
#[derive(Default)]
struct Spelling {
    syms: Vec<Sym>,
    hints: Hints,
    spellings: BTreeMap<String, u64>,
}

/// Adds an organisation for the texts that the directory does not find.
pub(super) fn add<'t>(directory: &mut Directory, texts: impl Iterator<Item = (Sym, &'t str)>) {
    let mut by_key: BTreeMap<Key, Spelling> = BTreeMap::new();
    let mut distinct: FxHashMap<Sym, (&str, u64)> = FxHashMap::default();
    for (sym, text) in texts {
        distinct.entry(sym).or_insert((text, 0)).1 += 1;
    }
    for (sym, (text, count)) in distinct {
        if matches!(
            directory.resolve(text),
            Resolution::Unknown | Resolution::Several(_)
        ) {
            let name = read_name(text, &directory.home);
            let of_key = by_key.entry(name.key).or_default();
            of_key.hints |= name.hints;
            of_key.syms.push(sym);
            *of_key.spellings.entry(tidy(text)).or_default() += count;
        }
    }
    let keys: Vec<(Key, Hints)> = by_key
        .iter()
        .map(|(key, spelling)| (key.clone(), spelling.hints))
        .collect();
    let grouped_keys = groups_of_spellings(&keys, !directory.home.is_unknown());
    let mut grouped: BTreeMap<usize, Spelling> = BTreeMap::new();
    for (spelling, (group, _)) in by_key.into_values().zip(grouped_keys) {
        let whole = grouped.entry(group).or_default();
        whole.syms.extend(spelling.syms);
        for (text, count) in spelling.spellings {
            *whole.spellings.entry(text).or_default() += count;
        }
    }
    for Spelling {
        syms, spellings, ..
    } in grouped.into_values()
    {
        let id = OrgId::of(u32::try_from(directory.all.len()).unwrap_or(u32::MAX));
        directory.all.push(Organisation {
            name: commonest(&spellings),
            rows: Vec::new(),
            in_sheet: false,
            general_education: false,
            class: None,
            type_from: TypeFrom::None,
            open: true,
            mentoring: Mentoring::NotIncluded(NotIncluded::NotListed),
            fits: Vec::new(),
        });
        directory
            .strangers
            .extend(syms.into_iter().map(|sym| (sym, id)));
    }
    directory.strangers.sort_unstable();
    directory.strangers.dedup();
}
