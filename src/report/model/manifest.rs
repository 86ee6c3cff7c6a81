//! The manifest of a report: what `mms verify` and `mms diff` read out of the workbook, as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Origins;
use crate::failure::Failure;
use crate::pipeline::Run;
use crate::report::json;

/// Settings, inputs, figures and findings of a report. Holds no personal data.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Manifest<R = serde_json::Value> {
    /// The format of the manifest: `mms-manifest/1`.
    pub manifest: String,
    /// The result as contract §3 writes it: figures, rules, inputs with SHA-256.
    pub result: R,
    /// The settings in force as TOML, defaults included;
    /// [`Settings::from_toml`](crate::settings::Settings::from_toml) reads them.
    pub settings: String,
    /// The encoding that was named for delimited texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The delimiter that was named for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// Where each setting came from, by its key.
    pub origins: BTreeMap<String, String>,
    /// The command that makes the report again.
    pub command: String,
    /// SHA-256 over all findings without their personal data, one line each.
    pub findings: String,
}

/// The format of the manifest.
pub const FORMAT: &str = "mms-manifest/1";

/// Writes the manifest of a run as JSON.
///
/// # Errors
/// Those of `out`. A setting cannot be written, which no checked settings are.
pub fn manifest_of(run: &Run, origins: &Origins<'_>, out: impl Write) -> io::Result<()> {
    let unwritable = |failure: Failure| io::Error::other(failure.to_string());
    let privacy = run.privacy(run.settings.privacy.names);
    let manifest = Manifest {
        manifest: FORMAT.to_owned(),
        result: json::result(run),
        settings: run.settings.to_toml().map_err(unwritable)?,
        encoding: run.text.encoding.map(|encoding| encoding.name().to_owned()),
        delimiter: run.text.delimiter.map(char::from),
        origins: origins
            .in_force
            .entries()
            .map_err(unwritable)?
            .into_iter()
            .map(|entry| (entry.key, entry.origin.to_string()))
            .collect(),
        command: privacy.clean(origins.command).into_owned(),
        findings: digest(run),
    };
    Ok(serde_json::to_writer(out, &manifest)?)
}

fn digest(run: &Run) -> String {
    let mut hash = Sha256::new();
    for finding in run.findings.all() {
        let place = &finding.place;
        let line = format!(
            "{}|{}|{}|{}|{}\n",
            finding.code.0,
            place.file.map_or(-1, |file| i64::from(file.0)),
            place.sheet.map_or(-1, |sheet| i64::from(sheet.number())),
            place.within_sheet().unwrap_or_default(),
            finding.seen.redacted()
        );
        hash.update(line.as_bytes());
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
