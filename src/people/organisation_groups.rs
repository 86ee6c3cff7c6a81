//! Which names are one organisation, so that the order of rows decides nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::people::organisation_index::{Closeness, Index, closeness, of_two_classes};
use crate::people::organisation_key::{Hints, Key};
use crate::people::organisation_words::{Class, KindId, vocabulary};

/// Which of `keys` name one organisation. `pairs` are those that may; a key that may be one of two
/// which may not be each other stays by itself, so that the order of keys decides nothing. Gives
/// for each key the first of its group, and whether it stayed by itself for that reason.
#[must_use]
pub fn groups(count: usize, pairs: &[(usize, usize)]) -> Vec<(usize, bool)> {
    groups_that_join(count, pairs, |_, _| true)
}

/// Which spellings of the staff table, unknown to «Организации», name one organisation, as [`groups`].
/// A number or a village that one of two has beside the other tells two organisations: no sheet says
/// that the shorter one shortens the longer.
#[must_use]
pub fn groups_of_spellings(names: &[(Key, Hints)], home_known: bool) -> Vec<(usize, bool)> {
    let pairs = pairs_of_spellings(names, home_known);
    let tells_more = |a: &Key, b: &Key| {
        (a.number.is_empty() && !b.number.is_empty() && a.is_named_by_place())
            || a.settlement.is_empty() != b.settlement.is_empty()
            || a.proper.contains('№') != b.proper.contains('№')
    };
    let names = with_villages(names, home_known);
    groups_that_join(names.len(), &pairs, |a, b| {
        let (a, b) = (&names[a].0, &names[b].0);
        !tells_more(a, b) && !tells_more(b, a)
    })
}

/// [`groups`], of which only those become one that `joins` lets.
fn groups_that_join(
    count: usize,
    pairs: &[(usize, usize)],
    joins: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, bool)> {
    let mut beside: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut known: FxHashSet<(usize, usize)> = FxHashSet::default();
    for &(a, b) in pairs {
        if a != b && known.insert((a.min(b), a.max(b))) {
            beside[a].push(b);
            beside[b].push(a);
        }
    }
    let torn: Vec<bool> = beside
        .iter()
        .map(|others| {
            others.iter().enumerate().any(|(i, &a)| {
                others[i + 1..]
                    .iter()
                    .any(|&b| !known.contains(&(a.min(b), a.max(b))))
            })
        })
        .collect();
    (0..count)
        .map(|at| {
            let first = beside[at]
                .iter()
                .copied()
                .filter(|&other| !torn[other] && joins(at, other))
                .chain([at])
                .min()
                .unwrap_or(at);
            if torn[at] { (at, true) } else { (first, false) }
        })
        .collect()
}

/// The pairs of rows of «Организации» that are one organisation though their keys differ: of one kind
/// and number, where one lacks the proper name.
#[must_use]
pub fn pairs_of_rows(keys: &[Key]) -> Vec<(usize, usize)> {
    let v = vocabulary();
    let mut buckets: FxHashMap<(KindId, &str, &str), Vec<usize>> = FxHashMap::default();
    for (at, key) in keys.iter().enumerate() {
        if let (Some(kind), false) = (key.kind.and_then(|k| v.kind(k)), key.number.is_empty()) {
            buckets
                .entry((kind.group, &key.number, &key.outer))
                .or_default()
                .push(at);
        }
    }
    let mut pairs = Vec::new();
    for bucket in buckets.values() {
        for (i, &a) in bucket.iter().enumerate() {
            for &b in &bucket[i + 1..] {
                // What is of one kind, number and place has nothing beside that tells it apart.
                let (a_key, b_key) = ((&keys[a], Hints::default()), (&keys[b], Hints::default()));
                if closeness(a_key, b_key, false, true) == Some(Closeness::KindAndNumber) {
                    pairs.push((a, b));
                }
            }
        }
    }
    pairs
}

/// The keys, with the villages that others of them mark: «СОШ №1 Анненково» beside «СОШ с. Анненково».
fn with_villages(names: &[(Key, Hints)], home_known: bool) -> Vec<(Key, Hints)> {
    let mut index = Index::new(home_known);
    for (id, (key, hints)) in (0u32..).zip(names) {
        index.add(key, *hints, id, false);
    }
    names
        .iter()
        .map(|(key, hints)| {
            let village = index.with_village(key, *hints);
            (village.unwrap_or_else(|| key.clone()), *hints)
        })
        .collect()
}

/// Whether the kind of one is more special than that of the other: «школа №11» may shorten a listed
/// СКОШИ №11, but beside one that is not listed it is a school of its own.
fn is_more_special(one: &Key, other: &Key) -> bool {
    let kind = |key: &Key| key.kind.and_then(|kind| vocabulary().kind(kind));
    let kinds = kind(one).zip(kind(other));
    kinds.is_some_and(|(one, other)| one.is_more_special(other))
}

/// The pairs of organisations of the staff table, unknown to «Организации», that are one: each is among
/// those that agree most closely with the other. What lies in different towns is none.
#[must_use]
fn pairs_of_spellings(names: &[(Key, Hints)], home_known: bool) -> Vec<(usize, usize)> {
    let names = with_villages(names, home_known);
    let mut index = Index::new(home_known);
    for (id, (key, hints)) in (0u32..).zip(&names) {
        index.add(key, *hints, id, false);
    }
    // One may fit the other and not the reverse: what counts is that they are a pair.
    let mut pairs: FxHashMap<(usize, usize), Closeness> = FxHashMap::default();
    for (at, (key, hints)) in names.iter().enumerate() {
        for (other, close) in index.fitting(key, *hints) {
            let other = other as usize;
            let in_one_town = !home_known || key.outer == names[other].0.outer;
            if other != at && in_one_town && !is_more_special(&names[other].0, key) {
                let known = pairs.entry((at.min(other), at.max(other))).or_insert(close);
                *known = close.min(*known);
            }
        }
    }
    let mut beside: Vec<Vec<Option<Class>>> = vec![Vec::new(); names.len()];
    for &(a, b) in pairs.keys() {
        for (at, other) in [(a, b), (b, a)] {
            if names[at].0.is_unsure() {
                beside[at].push(names[other].0.class());
            }
        }
    }
    // «СШ» beside a secondary school and a sports school is as near to either.
    let between: Vec<bool> = beside
        .into_iter()
        .map(|classes| of_two_classes(classes.into_iter()))
        .collect();
    let of_class = |at: usize, other: usize| {
        let class = names[other].0.class();
        (at, class.filter(|_| between[at]))
    };
    let mut closest: FxHashMap<(usize, Option<Class>), Closeness> = FxHashMap::default();
    for (&(a, b), &close) in &pairs {
        for (at, other) in [(a, b), (b, a)] {
            let known = closest.entry(of_class(at, other)).or_insert(close);
            *known = close.min(*known);
        }
    }
    let near = |at, other, close| closest.get(&of_class(at, other)) == Some(&close);
    let mut kept: Vec<(usize, usize)> = pairs
        .iter()
        .filter(|&(&(a, b), &close)| {
            let (of_a, of_b) = (near(a, b, close), near(b, a, close));
            (of_a && (of_b || between[a])) || (of_b && between[b])
        })
        .map(|(&pair, _)| pair)
        .collect();
    kept.sort_unstable();
    kept
}

/// Whether `short` says less than `full`, which may be the same organisation.
#[must_use]
pub fn says_less(short: &Key, full: &Key) -> bool {
    let lacks = |a: &str, b: &str| a.is_empty() && !b.is_empty();
    let v = vocabulary();
    let kind_lacks = match (short.kind, full.kind) {
        (None, Some(_)) => true,
        (Some(a), Some(b)) => v.kind(a).is_some_and(|kind| {
            kind.covers.contains(&b) || (kind.unsure && kind.same.contains(&b) && a != b)
        }),
        _ => false,
    };
    kind_lacks
        || lacks(&short.number, &full.number)
        || lacks(&short.proper, &full.proper)
        || lacks(&short.settlement, &full.settlement)
        || lacks(&short.outer, &full.outer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_may_be_either_of_two_stays_by_itself() {
        // 0 may be 1 or 2, which are not each other; 3 and 4 are one.
        let found = groups(5, &[(0, 1), (0, 2), (4, 3)]);
        assert_eq!(
            found,
            [(0, true), (1, false), (2, false), (3, false), (3, false)]
        );
        // All three may be each other.
        let found = groups(3, &[(0, 1), (1, 2), (2, 0)]);
        assert_eq!(found, [(0, false); 3]);
    }
}
