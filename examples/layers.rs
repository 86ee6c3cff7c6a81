//! How long each layer of a run takes on the files of a folder:
//! `cargo run --release --example layers -- FOLDER [--runs 5]`. It prints the medians in milliseconds as JSON.
//!
//! `read` goes through the files alone, on one thread; `read_and_parse` makes typed rows of them, files
//! side by side. `assess` is `link` and `verdicts` together with the order of the findings; `dynamics`
//! assesses each quarter anew.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program of the benchmarks"
)]

#[path = "../benches/town/mod.rs"]
mod town;

use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use town::layers;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().context("no folder is named")?;
    let runs = match arguments.get(1).map(String::as_str) {
        Some("--runs") => arguments.get(2).context("how many runs?")?.parse()?,
        _ => 5,
    };
    let mut times: [Vec<f64>; 7] = Default::default();
    for _ in 0..runs {
        for (all, time) in times.iter_mut().zip(once(Path::new(folder))?) {
            all.push(time);
        }
    }
    let names = [
        "read",
        "read_and_parse",
        "link",
        "verdicts",
        "assess",
        "dynamics",
        "write",
    ];
    let medians: Vec<String> = names
        .iter()
        .zip(&mut times)
        .map(|(name, all)| {
            all.sort_by(f64::total_cmp);
            format!("\"{name}\": {:.1}", all[all.len() / 2])
        })
        .collect();
    println!("{{{}}}", medians.join(", "));
    Ok(())
}

/// The times of one run in milliseconds.
fn once(folder: &Path) -> anyhow::Result<[f64; 7]> {
    let scratch = tempfile::tempdir()?;
    let request = layers::request(folder)?;
    let (read, _) = timed(|| layers::read(folder))?;
    let (read_and_parse, data) = timed(|| request.read())?;
    let (link, mut linked) = timed(|| layers::link(&data, &request))?;
    let (verdicts, _) = timed(|| layers::verdicts(&data, &mut linked, &request))?;
    drop(linked);
    let (assess, run) = timed(|| request.assess(data))?;
    let (dynamics, _) = timed(|| anyhow::Ok(run.dynamics()))?;
    let (write, _) = timed(|| layers::write(&run, scratch.path()))?;
    Ok([
        read,
        read_and_parse,
        link,
        verdicts,
        assess,
        dynamics,
        write,
    ])
}

fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<(f64, T), E> {
    let start = Instant::now();
    let made = work()?;
    Ok((start.elapsed().as_secs_f64() * 1e3, made))
}
