//! The manifest of a report: what `mms verify` and `mms diff` read out of the workbook, as JSON.

use std::collections::BTreeMap;

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
    /// Where each setting came from, by its key.
    pub origins: BTreeMap<String, String>,
    /// The command that makes the report again.
    pub command: String,
    /// SHA-256 over all findings without their personal data, one line each.
    pub findings: String,
}

/// The format of the manifest.
pub const FORMAT: &str = "mms-manifest/1";

/// The manifest of a run as JSON.
pub(super) fn manifest(run: &Run, origins: &Origins<'_>) -> Result<String, Failure> {
    let unwritable = |error: serde_json::Error| {
        Failure::Usage(format!("результат не записывается в JSON: {error}"))
    };
    let privacy = run.privacy(run.settings.privacy.names);
    let manifest = Manifest {
        manifest: FORMAT.to_owned(),
        result: json::result(run),
        settings: run.settings.to_toml()?,
        origins: origins
            .in_force
            .entries()?
            .into_iter()
            .map(|entry| (entry.key, entry.origin.to_string()))
            .collect(),
        command: privacy.clean(origins.command).into_owned(),
        findings: digest(run),
    };
    serde_json::to_string(&manifest).map_err(unwritable)
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
