//! What stops a run, and the exit code that tells scripts why (contract §2).

use std::path::{Path, PathBuf};

use crate::text::one_line;

/// A failure: nothing is computed after it. A doubt about one cell is a
/// [`Finding`](crate::finding::Finding) instead.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line or the settings say something impossible. Exit code 2.
    #[error("{0}")]
    Usage(String),
    /// An input is missing, or cannot be read or understood. Exit code 3.
    #[error("{}: {message}", shown(path))]
    Input {
        /// The file that stopped the run.
        path: PathBuf,
        /// What was found, what was expected, and what to do.
        message: String,
    },
    /// The inputs as a whole cannot be understood (no staff table, two registers fit). Exit code 3.
    #[error("{0}")]
    Inputs(String),
    /// The output cannot be written, or stands there and is not replaced. Exit code 4.
    #[error("{}: {message}", shown(path))]
    Output {
        /// The file that was to be written.
        path: PathBuf,
        /// What happened and what to do.
        message: String,
    },
}

/// A path on one line, whatever its name holds.
fn shown(path: &Path) -> String {
    one_line(&path.display().to_string())
}

impl Failure {
    /// The exit code of contract §2: 2 usage or settings, 3 input, 4 output.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Input { .. } | Self::Inputs(_) => 3,
            Self::Output { .. } => 4,
        }
    }

    /// A failure of one input file.
    pub fn input(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self::Input {
            path: path.into(),
            message: message.into(),
        }
    }

    /// A failure of one output file.
    pub fn output(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self::Output {
            path: path.into(),
            message: message.into(),
        }
    }
}
