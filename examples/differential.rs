//! Compares `mms` with the naive engine of the tests on as many towns as one likes:
//! `cargo run --release --example differential -- 10000 [from]`. It prints the first towns that
//! differ, made small, and ends with 1 if there are any.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program of the tests"
)]

#[path = "../tests/differential/mod.rs"]
mod towns;

use std::process::ExitCode;

use towns::sweep;

fn main() -> ExitCode {
    let mut numbers = std::env::args()
        .skip(1)
        .map(|argument| argument.parse::<u64>().unwrap_or_default());
    let (count, from) = (numbers.next().unwrap_or(1000), numbers.next().unwrap_or(0));
    let found = sweep::differing(from, count, 40);
    for (seed, differences) in &found {
        println!("seed {seed}: {}", differences.join("; "));
    }
    if let Some((seed, _)) = found.first() {
        println!("\n{}", sweep::story(*seed));
        return ExitCode::FAILURE;
    }
    println!("{count} towns from seed {from}: both engines agree");
    ExitCode::SUCCESS
}
