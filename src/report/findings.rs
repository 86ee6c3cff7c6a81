//! Findings as text for people: address, what was seen, what follows, what to do.

use std::fmt::Write;

pub use super::guard::one_line;
use crate::finding::{self, Finding, Findings, Severity};
use crate::registers::Dataset;
use crate::text::{cut, plural};

/// How many characters of what was seen a line shows: a cell may hold a whole book.
const LONGEST: usize = 300;

/// The address of a finding: «Кадры.xlsx → Лист1 → C17».
#[must_use]
pub fn address(dataset: &Dataset, finding: &Finding) -> String {
    let place = &finding.place;
    let sheet = place.sheet.and_then(|id| dataset.sheet(id));
    let file = place.file.or(sheet.map(|sheet| sheet.file));
    let mut parts = Vec::new();
    if let Some(file) = file.and_then(|file| dataset.files.get(file.0 as usize)) {
        parts.push(one_line(&file.path));
    }
    if let Some(sheet) = sheet {
        parts.push(one_line(&sheet.name));
    }
    parts.extend(place.within_sheet());
    parts.join(" → ")
}

/// One finding in a line or two: «ошибка E301 · Кадры.xlsx → Лист1 → C17: „32.01.2024“ — не дата. …»
#[must_use]
pub fn line(dataset: &Dataset, finding: &Finding) -> String {
    let address = address(dataset, finding);
    let mut text = format!("{} {}", finding.code.severity().title(), finding.code.0);
    if !address.is_empty() {
        let _ = write!(text, " · {address}");
    }
    let _ = write!(text, ": {}", cut(&one_line(&finding.seen.full()), LONGEST));
    let advice = if finding.advice.is_empty() {
        finding::page(finding.code)
            .map(|page| page.remedy.clone())
            .unwrap_or_default()
    } else {
        finding.advice.full()
    };
    if !advice.is_empty() {
        let _ = write!(text, "\n    {}", one_line(&advice));
    }
    text
}

/// All findings, capped at `most` for each code, with «и ещё N» where more were left out.
#[must_use]
pub fn lines(
    dataset: &Dataset,
    findings: &Findings,
    most: usize,
    lightest: Severity,
) -> Vec<String> {
    let mut all = Vec::new();
    let mut shown = 0;
    let mut left = 0;
    let mut code = None;
    let rest = |all: &mut Vec<String>, left: usize| {
        if left > 0 {
            all.push(format!(
                "    и ещё {left} {} этого вида",
                plural(left as u64, "замечание", "замечания", "замечаний")
            ));
        }
    };
    for finding in findings
        .all()
        .iter()
        .filter(|finding| finding.code.severity() <= lightest)
    {
        if code != Some(finding.code) {
            rest(&mut all, left);
            (shown, left, code) = (0, 0, Some(finding.code));
        }
        if shown < most {
            all.push(line(dataset, finding));
            shown += 1;
        } else {
            left += 1;
        }
    }
    rest(&mut all, left);
    all
}
