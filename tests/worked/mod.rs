//! What the worked examples share: the program started as its users start it, and its figures as
//! the examples write them down.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What a run of the program left.
pub struct Run {
    /// The exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output as JSON; null when it is none.
    pub json: Value,
    /// Standard error.
    pub stderr: String,
}

/// Runs the program in the folder `dir`.
pub fn run<S: AsRef<std::ffi::OsStr>>(dir: &Path, args: impl IntoIterator<Item = S>) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_mms"))
        .args(args)
        .current_dir(dir)
        .output()
        .expect("the program starts");
    Run {
        code: output.status.code().unwrap_or(-1),
        json: serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The arguments of `mms report` over the folder `data`, with the JSON on standard output and the
/// workbook in `out`; a period or other arguments of the example come from `extra`.
pub fn report_args(out: &Path, extra: &[String]) -> Vec<String> {
    let workbook = out.join("r.xlsx").display().to_string();
    let mut args: Vec<String> = ["report", "data", "--json", "-", "-o", &workbook]
        .map(str::to_owned)
        .to_vec();
    if !extra.iter().any(|arg| arg == "--period") {
        args.extend(["--period", "2024-Q3"].map(str::to_owned));
    }
    args.extend_from_slice(extra);
    args
}

/// The indicator `id` of a result.
pub fn indicator<'a>(result: &'a Value, id: &str) -> Option<&'a Value> {
    result["indicators"]
        .as_array()?
        .iter()
        .find(|indicator| indicator["id"] == id)
}
