//! Tells the program which commit it is built from, for `--version` alone: no report carries it.
//! Outside a clone of the repository there is no commit to tell.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // A copy of the sources inside somebody else's repository is no clone.
    let commit = Path::new(".git").exists().then(commit).flatten();
    let text = commit.map_or_else(String::new, |commit| format!(" (коммит {commit})"));
    println!("cargo:rustc-env=MMS_COMMIT={text}");
}

/// The commit of the working tree in twelve digits, and when to ask again: whenever HEAD moves.
fn commit() -> Option<String> {
    for name in ["HEAD", "logs/HEAD"] {
        if let Some(path) =
            git(&["rev-parse", "--git-path", name]).filter(|path| Path::new(path).exists())
        {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    git(&["rev-parse", "--short=12", "HEAD"])
}

/// What git says in one line; none where there is no git or it has no answer.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let line = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !line.is_empty()).then_some(line)
}
