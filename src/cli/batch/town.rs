//! One municipality of a batch: read once, computed for each period, its files written. Whatever
//! happens in it stays in it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use chrono::Datelike;

use super::towns::TownFolder;
use crate::cli::args::BatchArgs;
use crate::cli::{report, request};
use crate::failure::Failure;
use crate::period::Period;
use crate::pipeline::{Request, Run};
use crate::registers::Dataset;
use crate::report::model::Origins;
use crate::report::output::{Output, Replace};
use crate::report::result::{self, Held, PeriodRead, TownFailure};
use crate::report::{json, xlsx};
use crate::source::internal_error;

/// What every municipality of a batch shares.
#[derive(Clone, Copy)]
pub struct Shared<'a> {
    /// The command.
    pub args: &'a BatchArgs,
    /// The folder of the reports.
    pub out: &'a Path,
    /// What may be replaced.
    pub replace: Replace,
    /// The input files among which the reports are written.
    pub inputs: &'a [PathBuf],
}

impl Shared<'_> {
    /// The report of a municipality for a period.
    #[must_use]
    pub fn workbook(&self, town: &TownFolder, period: &Period) -> PathBuf {
        self.out
            .join(format!("{}_{}.xlsx", town.stem, label(period)))
    }

    /// The JSON result beside it.
    #[must_use]
    pub fn json(&self, town: &TownFolder, period: &Period) -> PathBuf {
        self.out
            .join(format!("{}_{}.json", town.stem, label(period)))
    }

    /// Computes a municipality for every period and writes its files: what came out, a result or a
    /// failure for each period.
    #[must_use]
    pub fn compute(&self, town: &TownFolder) -> Held {
        let mut read = None;
        let mut held = Held::default();
        for period in &self.args.period {
            match caught(|| self.one(town, period, &mut read)) {
                Ok(one) => held.results.extend(one.results),
                Err(reason) => held.failures.push(self.failed(town, period, reason)),
            }
        }
        held
    }

    fn one(
        &self,
        town: &TownFolder,
        period: &Period,
        read: &mut Option<(i32, Dataset)>,
    ) -> Result<Held, String> {
        let said = |failure: &Failure| town.reason(failure);
        let in_force = town.in_force.as_ref().map_err(said)?;
        let request = Request {
            inputs: vec![town.folder.clone()],
            settings: in_force.settings.clone(),
            period: period.clone(),
            text: request::text(&self.args.reading.text),
        };
        // Two-digit years are read by the year of D: within it the tables are read once.
        let year = period.to.year();
        let dataset = match read {
            Some((known, dataset)) if *known == year => dataset.clone(),
            _ => {
                let dataset = request.read().map_err(|failure| said(&failure))?;
                if self.args.period.len() > 1 {
                    *read = Some((year, dataset.clone()));
                }
                dataset
            }
        };
        let run = request.assess(dataset).map_err(|failure| said(&failure))?;
        let text = json::render_of_town(&run, town.town()).map_err(|error| error.to_string())?;
        let held = result::parse(text.as_bytes())?;
        self.report(town, &run).map_err(|failure| said(&failure))?;
        if self.args.json {
            self.write(&self.json(town, period), &text)
                .map_err(|failure| said(&failure))?;
        }
        Ok(held)
    }

    /// Writes the Excel report of a run.
    fn report(&self, town: &TownFolder, run: &Run) -> Result<(), Failure> {
        let Ok(in_force) = &town.in_force else {
            return Ok(());
        };
        let period = &run.assessment.period;
        let output = self.output(&self.workbook(town, period))?;
        let folder = std::slice::from_ref(&town.folder);
        let args = self.args;
        // A file of settings in the folder around it must be named to be found.
        let shared = in_force.file.as_deref();
        let shared = shared.filter(|file| file.parent() != Some(&town.folder));
        let command = report::command(
            folder,
            &period.label,
            args.window,
            &args.reading,
            args.reading.config.as_deref().or(shared),
            args.names,
        );
        let origins = Origins {
            in_force,
            command: &command,
        };
        xlsx::save(run, &origins, &output)
    }

    /// A place for a file, found free or safe to replace.
    ///
    /// # Errors
    /// Something stands there that must not be replaced.
    pub fn output(&self, path: &Path) -> Result<Output, Failure> {
        Output::new(path, self.replace, self.inputs)
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), Failure> {
        self.output(path)?.write(text.as_bytes())
    }

    /// The failure, told in JSON too where results are: `merge` knows of it then.
    fn failed(&self, town: &TownFolder, period: &Period, reason: String) -> TownFailure {
        let mut failure = TownFailure {
            town: town.name.clone(),
            period: PeriodRead::of(period),
            reason,
        };
        if self.args.json
            && let Ok(text) = result::render_failure(&failure)
            && let Err(error) = self.write(&self.json(town, period), &text)
        {
            failure.reason = format!("{}; {error}", failure.reason);
        }
        failure
    }
}

/// A period as the name of a file tells it.
fn label(period: &Period) -> String {
    period.label.replace('/', "-")
}

/// Does the work; a panic in it is a failure of this municipality alone.
fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(internal_error(&*panic)))
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn a_panic_is_a_failure_with_its_words() {
        let failed = caught::<()>(|| panic!("деление на {}", 0)).unwrap_err();
        assert!(
            failed.contains("внутренняя ошибка") && failed.contains("деление на 0"),
            "{failed}"
        );
        assert_eq!(caught(|| Ok(1)), Ok(1));
    }
}
