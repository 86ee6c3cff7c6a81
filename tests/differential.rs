//! `mms` against a second engine: towns from seeds, figure by figure.
//!
//! The engine in `tests/differential/naive/` is written from the methodology alone. This test
//! compares a hundred and fifty towns; `cargo run --release --example differential -- 10000`
//! compares as many as one likes.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test writes its own inputs"
)]

#[path = "differential/mod.rs"]
mod towns;

use towns::sweep;

/// How many towns a run of the tests compares.
const TOWNS: u64 = 150;

#[test]
fn both_engines_agree_on_every_town() {
    let found = sweep::first(0, TOWNS);
    assert!(found.is_none(), "{}", found.unwrap_or_default());
}
