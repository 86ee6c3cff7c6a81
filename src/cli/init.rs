//! `mms init`: an empty workbook to fill in, and the settings.

use super::Console;
use super::args::InitArgs;
use crate::forms::write;

/// Runs the command.
///
/// # Errors
/// A file stands there already, or cannot be written.
pub fn run(args: &InitArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    for path in write(&args.dir, args.force)? {
        writeln!(console.out, "{}", path.display())?;
    }
    let dir = args.dir.display();
    console.note("Как заполнять книгу, сказано на её первом листе.");
    console.note(&format!("Дальше: mms report \"{dir}\" --period 2024-Q3"));
    Ok(0)
}
