//! All inputs of a run as typed rows.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::absorb::absorb;
use super::catalogue::Catalogue;
use super::choices::{FileChoices, choices};
use super::reader::Gathered;
use super::sheets::{Run, read_file};
use super::{Dataset, FileMeta, SheetMeta};
use crate::failure::Failure;
use crate::finding::{Code, Findings, Place};
use crate::settings::Settings;
use crate::source::{FileId, Format, InputPath, Passed, TextOptions, discover, open};

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
            "среди указанного нет ни одной таблицы: xlsx, xlsm, xlsb, xls, ods, csv, tsv, txt; отчёты самой mms и файлы \
             «~$…», которые Excel держит рядом с открытой книгой, пропускаются; книгу для заполнения создаёт mms init"
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

    // Large files first, so that no thread is left with one at the end.
    let mut order: Vec<usize> = (0..found.files.len()).collect();
    order.sort_by_cached_key(|&index| {
        let file = found.files.get(index);
        let size = file.and_then(|file| std::fs::metadata(&file.path).ok());
        std::cmp::Reverse(size.map_or(0, |size| size.len()))
    });
    let next = AtomicUsize::new(0);
    let mut joined = Joined::default();
    note_passed(&found.passed, &mut joined.all.findings);
    let joined = Mutex::new(joined);
    let work = || {
        while let Some(&index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = one(index);
            if let (Some(result), Ok(mut joined)) = (result, joined.lock()) {
                joined.take(index, result);
            }
        }
    };
    // Two files side by side.
    rayon::join(work, work);
    let unread = |index: usize| {
        let path = found.files.get(index).map(|input| input.path.clone());
        Failure::input(path.unwrap_or_default(), "файл не удалось прочитать")
    };
    match joined.into_inner() {
        Ok(joined) if joined.next == order.len() => Ok(joined.all),
        Ok(mut joined) => match joined.waiting.remove(&joined.next) {
            Some(Err(failure)) => Err(failure),
            _ => Err(unread(joined.next)),
        },
        Err(_) => Err(unread(0)),
    }
}

/// The files that were read, joined in their order as soon as those before them are there.
#[derive(Default)]
struct Joined {
    all: Dataset,
    next: usize,
    waiting: BTreeMap<usize, Result<Gathered, Failure>>,
}

impl Joined {
    fn take(&mut self, index: usize, result: Result<Gathered, Failure>) {
        self.waiting.insert(index, result);
        while let Some(Ok(_)) = self.waiting.get(&self.next) {
            if let Some(Ok(gathered)) = self.waiting.remove(&self.next) {
                absorb(&mut self.all, gathered);
                self.next += 1;
            }
        }
    }
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
    let matched = |sheet: &SheetMeta| sheet.register.is_some();
    if opened.renamed
        && opened.workbook.format() == Format::Csv
        && !gathered.data.sheets.iter().any(matched)
    {
        return Err(Failure::input(
            &input.path,
            "имя говорит о книге, а внутри текст, в котором нет известной таблицы: файл повреждён или это не таблица. \
             Откройте его в Excel или LibreOffice и сохраните заново, а лишний файл уберите из папки",
        ));
    }
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
