//! Many towns, on two threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::compare::differences;
use super::files::printed;
use super::generate;
use super::shrink::smallest;

/// The seeds of `count` towns from `from` on whose figures differ, each with its differences, in
/// their order; not more than `most`.
pub fn differing(from: u64, count: u64, most: usize) -> Vec<(u64, Vec<String>)> {
    let next = AtomicU64::new(from);
    let work = || {
        let mut found = Vec::new();
        while found.len() < most {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= from + count {
                break;
            }
            let differences = differences(&generate::town(seed));
            if !differences.is_empty() {
                found.push((seed, differences));
            }
        }
        found
    };
    let mut found: Vec<(u64, Vec<String>)> = thread::scope(|scope| {
        let other = scope.spawn(work);
        let own = work();
        own.into_iter()
            .chain(other.join().unwrap_or_default())
            .collect()
    });
    found.sort();
    found.truncate(most);
    found
}

/// The first town that differs, made small, as text; none where all agree.
pub fn first(from: u64, count: u64) -> Option<String> {
    differing(from, count, 1)
        .first()
        .map(|(seed, _)| story(*seed))
}

/// A town that differs, made small, with its differences.
pub fn story(seed: u64) -> String {
    let (town, differences) = smallest(&generate::town(seed));
    format!(
        "seed {seed}\n{}\n{}",
        differences.join("\n"),
        printed(&town)
    )
}
