//! Compares `mms` with the naive engine of the tests on as many towns as one likes:
//! `cargo run --release --example differential -- 10000 [from]`. It prints the first towns that
//! differ, one of them made small, and ends with 1 if there are any. A third argument is a folder
//! into which the town of `from` is written as it is.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program of the tests"
)]

#[path = "../tests/differential/mod.rs"]
mod towns;

use std::path::Path;
use std::process::ExitCode;

use towns::{files, generate, sweep};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, usual: u64| {
        arguments
            .get(place)
            .and_then(|argument| argument.parse().ok())
            .unwrap_or(usual)
    };
    let (count, from) = (number(0, 1000), number(1, 0));
    if let Some(folder) = arguments.get(2) {
        let town = generate::town(from);
        println!(
            "period {}: {:?}",
            town.period.label,
            files::write(&town, Path::new(folder))
        );
    }
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
