//! The fuzz targets on stable, bounded: seeds of each, a few mutations by a fixed generator, and what
//! proptest makes of nothing. The targets themselves are in `fuzz/`, and so is a longer run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    reason = "helpers of tests"
)]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::path::Path;

use proptest::prelude::*;

/// SplitMix64: the same mutations on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    /// Bytes with one to four small changes.
    fn mutated(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(24)).min(bytes.len());
            match self.below(6) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                3 => bytes.insert(at, b"\0\r\n;\"=<>&%\xff\xd0 09-"[self.below(16)]),
                4 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                5 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                _ => {}
            }
        }
        bytes
    }
}

/// Replays `most` seeds of a target, spread over all of them, each with so many mutations.
fn replay(target: &str, most: usize, mutations: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, run) = fuzz::TARGETS
        .into_iter()
        .find(|(name, _)| *name == target)
        .unwrap();
    let seeds = fuzz::seeds::seeds(target, root);
    assert!(!seeds.is_empty(), "{target} has no seeds");
    let step = seeds.len().div_ceil(most);
    for (number, seed) in seeds.values().enumerate().step_by(step) {
        run(seed);
        let mut chance = Chance(number as u64);
        for _ in 0..mutations {
            run(&chance.mutated(seed));
        }
    }
    for short in [&b""[..], b"\0", b"\xff", b"\n", b"%%% "] {
        run(short);
    }
}

#[test]
fn texts() {
    replay("text", 40, 20);
}

#[test]
fn headers() {
    replay("header", 60, 4);
}

#[test]
fn cells() {
    replay("cell", 200, 2);
}

#[test]
fn names() {
    replay("names", 20, 1);
}

#[test]
fn settings() {
    replay("settings", 30, 6);
}

#[test]
fn workbooks() {
    replay("workbook", 50, 4);
}

#[test]
fn parts_of_workbooks() {
    replay("parts", 30, 4);
}

#[test]
fn results() {
    replay("result", 1, 100);
}

#[test]
fn towns() {
    replay("town", 24, 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_cell(text in "\\PC{0,24}|[0-9.,/ гмдлес-]{0,16}|[А-яЁё .()№«»-]{0,24}") {
        fuzz::cell(text.as_bytes());
    }

    #[test]
    fn any_lines_are_names(text in "([А-яЁё .()№«»0-9-]{0,24}\n?){0,4}|\\PC{0,24}") {
        fuzz::names(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_a_table(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        fuzz::text(&bytes);
        fuzz::workbook(&bytes);
    }

    #[test]
    fn any_cells_are_a_sheet(pin in 0u8..16, text in "([А-яЁё0-9.; ]{0,40}\n){0,8}") {
        fuzz::header(&[&[pin], text.as_bytes()].concat());
    }

    #[test]
    fn any_text_is_settings(text in "([a-z_.]{1,8} ?= ?[\"a-z0-9\\[\\]{}]{0,12}\n|\\[[a-z]{1,9}\\]\n){0,4}|\\PC{0,40}") {
        fuzz::settings(text.as_bytes());
    }
}

#[test]
#[ignore = "lays the seeds for cargo-fuzz: fuzz/seeds runs it"]
fn lay_the_seeds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (target, _) in fuzz::TARGETS {
        let folder = root.join("fuzz/corpus").join(target);
        std::fs::create_dir_all(&folder).unwrap();
        let seeds = fuzz::seeds::seeds(target, root);
        println!("{target}: {}", seeds.len());
        for (name, contents) in seeds {
            std::fs::write(folder.join(name), contents).unwrap();
        }
    }
}
