//! All inputs of a run as typed rows.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::absorb::absorb;
use super::catalogue::Catalogue;
use super::choices::{FileChoices, choices};
use super::reader::Gathered;
use super::sheets::{Run, read_file};
use super::{Dataset, FileMeta};
use crate::failure::Failure;
use crate::finding::{Code, Findings, Place};
use crate::settings::Settings;
use crate::source::{FileId, InputPath, Passed, TextOptions, discover, open};

/// How many files are read side by side.
const SIDE_BY_SIDE: usize = 2;

/// Reads all inputs: every sheet is matched to a register and every row accounted for (contract §1).
/// `as_of_year` is the year of the as-of date, by which two-digit years are read. The result is the
/// same however many files are read at a time. A dataset without a table of staff is no failure here.
///
/// # Errors
/// An input is missing or cannot be read; a sheet fits two registers, or two of its columns claim
/// one meaning; the settings name a file, a sheet, a register or a column that there is not.
pub fn read(
    inputs: &[PathBuf],
    settings: &Settings,
    as_of_year: i32,
    text: &TextOptions,
) -> Result<Dataset, Failure> {
    let found = discover(inputs)?;
    if found.files.is_empty() {
        return Err(Failure::Inputs(
            "во входных папках нет ни одной таблицы: xlsx, xlsm, xlsb, xls, ods, csv, tsv, txt; книгу для заполнения создаёт mms init"
                .to_owned(),
        ));
    }
    let catalogue = Catalogue::with_aliases(settings)?;
    let choices = choices(settings, &found.files, &catalogue)?;
    let run = Run {
        catalogue: &catalogue,
        as_of_year,
        questions: &settings.survey.questions,
    };
    let one = |index: usize| -> Option<Result<Gathered, Failure>> {
        let input = found.files.get(index)?;
        let choices = choices.get(index)?;
        Some(read_one(run, input, choices, settings, text))
    };

    let results: Vec<Mutex<Option<Result<Gathered, Failure>>>> =
        found.files.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = results.get(index) else {
                break;
            };
            let result = one(index);
            if let Ok(mut slot) = slot.lock() {
                *slot = result;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..SIDE_BY_SIDE.min(results.len()) {
            scope.spawn(work);
        }
        work();
    });

    let mut all = Dataset::default();
    note_passed(&found.passed, &mut all.findings);
    for (slot, input) in results.into_iter().zip(&found.files) {
        let result = slot.into_inner().ok().flatten();
        let gathered = result
            .unwrap_or_else(|| Err(Failure::input(&input.path, "файл не удалось прочитать")))?;
        absorb(&mut all, gathered);
    }
    Ok(all)
}

fn read_one(
    run: Run<'_>,
    input: &InputPath,
    choices: &FileChoices,
    settings: &Settings,
    text: &TextOptions,
) -> Result<Gathered, Failure> {
    let mut opened = open(input, &settings.limits, text)?;
    let mut gathered = read_file(run, input, opened.workbook.as_mut(), choices)?;
    gathered.data.files.push(FileMeta {
        path: input.shown.clone(),
        sha256: opened.sha256,
        size: opened.size,
        format: opened.workbook.format(),
        text: opened.workbook.text_form(),
    });
    if opened.renamed {
        gathered.findings.add(
            Code("N103"),
            None,
            Place::file(FileId(0)),
            format!(
                "«{}»: содержимое не того вида, о котором говорит имя; прочитано по содержимому",
                input.shown
            ),
        );
    }
    Ok(gathered)
}

/// A word on the files of the folders that were passed over.
fn note_passed(passed: &[(InputPath, Passed)], findings: &mut Findings) {
    for (input, why) in passed {
        // A report of this program changes nothing: the same tables give the same report beside it.
        if *why == Passed::NoTable {
            let seen = format!("«{}»: не таблица, не прочитан", input.shown);
            findings.add(Code("N102"), None, Place::default(), seen);
        }
    }
}
