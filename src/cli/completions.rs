//! `mms completions`: what a shell completes by Tab.

use std::io::Write as _;

use super::Console;
use super::args::CompletionsArgs;

/// Prints the script of a shell.
///
/// # Errors
/// Standard output is closed.
pub fn run(args: &CompletionsArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    // Into memory first: the generator stops the program where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "mms", &mut script);
    console.out.write_all(&script)?;
    Ok(0)
}
