//! `mms verify`: whether a report still stands.

use super::Console;
use super::args::VerifyArgs;
use super::request::text;
use crate::audit::verify::verify;
use crate::report::findings::one_line;

/// Runs the command.
///
/// # Errors
/// The file is no report of this program; an input cannot be read or understood.
pub fn run(args: &VerifyArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let found = verify(&args.report, &args.inputs, text(&args.text))?;
    for remark in &found.remarks {
        writeln!(console.out, "Примечание: {}", one_line(remark))?;
    }
    for difference in &found.differences {
        writeln!(console.out, "{}", one_line(difference))?;
    }
    if found.differences.is_empty() {
        writeln!(console.out, "Совпадает")?;
    } else {
        writeln!(
            console.out,
            "Найдено расхождений: {}",
            found.differences.len()
        )?;
    }
    Ok(u8::from(!found.differences.is_empty()))
}
