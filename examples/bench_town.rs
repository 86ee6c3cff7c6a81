//! Writes a clean town for measurements:
//! `cargo run --release --example bench_town -- FOLDER [--staff 1000] [--format xlsx|csv]`.
//! It prints the rows of each file.
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a program of the benchmarks"
)]

#[path = "../benches/town/mod.rs"]
mod town;

use std::path::PathBuf;

use anyhow::{Context, bail};
use mms::demo::table::Form;

fn main() -> anyhow::Result<()> {
    let (mut folder, mut staff, mut form) = (None, 1000, Form::Xlsx);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().context("an option without its value");
        match argument.as_str() {
            "--staff" => staff = value()?.parse()?,
            "--format" if value()? == "csv" => form = Form::Csv,
            "--format" => form = Form::Xlsx,
            _ if folder.is_none() && !argument.starts_with('-') => {
                folder = Some(PathBuf::from(argument));
            }
            _ => bail!("unknown argument: {argument}"),
        }
    }
    let folder = folder.context("no folder is named")?;
    let mut rows = 0;
    for (file, count) in town::write(&folder, staff, form)? {
        println!("{count:>9} {file}");
        rows += count;
    }
    println!("{rows:>9} rows");
    Ok(())
}
