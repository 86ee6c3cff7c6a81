//! `mms diff`: two reports side by side.

use super::Console;
use super::args::DiffArgs;
use crate::audit::diff::diff;
use crate::report::findings::one_line;

/// Runs the command.
///
/// # Errors
/// One of the files is no report of this program.
pub fn run(args: &DiffArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let found = diff(&args.old, &args.new)?;
    for line in &found.lines {
        writeln!(console.out, "{}", one_line(line))?;
    }
    Ok(u8::from(found.differs))
}
