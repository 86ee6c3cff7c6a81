//! The settings that a command line puts in force: the file that fits the inputs, then the flags.

use std::path::{Path, PathBuf};

use super::args::{ReadingArgs, SourcePin};
use crate::failure::Failure;
use crate::period::WindowKind;
use crate::settings::{InForce, load};

/// The settings of a command that reads tables.
///
/// # Errors
/// Two files of settings fit, or the file has errors.
pub fn in_force(
    inputs: &[PathBuf],
    reading: &ReadingArgs,
    window: Option<WindowKind>,
    names: bool,
) -> Result<InForce, Failure> {
    assemble(
        inputs,
        reading.config.as_deref(),
        &reading.source,
        window,
        names,
    )
}

/// The settings of the inputs or of `config`, with the flags on top.
///
/// # Errors
/// Two files of settings fit, or the file has errors.
pub fn assemble(
    inputs: &[PathBuf],
    config: Option<&Path>,
    sources: &[SourcePin],
    window: Option<WindowKind>,
    names: bool,
) -> Result<InForce, Failure> {
    let mut in_force = load(inputs, config)?;
    if let Some(window) = window {
        in_force.set_window(window);
    }
    if names {
        in_force.set_names();
    }
    for pin in sources {
        in_force.pin_source(&pin.place, &pin.register)?;
    }
    Ok(in_force)
}
