//! Starts the program and hands over its exit code.

use std::io::{BufWriter, stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut out = BufWriter::new(stdout());
    ExitCode::from(mms::cli::run(std::env::args_os(), &mut out, &mut stderr()))
}
