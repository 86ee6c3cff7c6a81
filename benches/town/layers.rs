//! The layers of a run one by one, as [`mms::pipeline`] puts them together.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use mms::failure::Failure;
use mms::finding::Findings;
use mms::indicators::compute;
use mms::indicators::context::{Context, Links, Statuses};
use mms::indicators::figure::Assessment;
use mms::indicators::registry::FederalRegistry;
use mms::people::linking::Spellings;
use mms::people::name::Names;
use mms::people::organisation::Directory;
use mms::people::position::Nomenclature;
use mms::people::roster::{Roster, RosterBuilder};
use mms::period::Period;
use mms::pipeline::{Request, Run};
use mms::registers::Dataset;
use mms::registers::phrase::Phrases;
use mms::report::model::Origins;
use mms::report::output::{Output, Replace};
use mms::report::xlsx;
use mms::settings::{InForce, Settings};
use mms::source::{TextOptions, discover, open};

/// What a report on this folder is asked for.
pub fn request(folder: &Path) -> Result<Request, Failure> {
    Ok(Request {
        inputs: vec![folder.to_owned()],
        settings: Settings::default(),
        period: Period::parse(super::PERIOD).map_err(Failure::Usage)?,
        text: TextOptions::default(),
    })
}

/// Read: every file opened, hashed and gone through on one thread, and nothing made of its cells.
/// It gives their number.
pub fn read(folder: &Path) -> Result<u64, Failure> {
    let request = request(folder)?;
    let mut cells = 0;
    for file in discover(&request.inputs)?.files {
        let mut book = open(&file, &request.settings.limits, &request.text)?.workbook;
        for sheet in 0..book.sheets().len() {
            book.read(sheet, &mut |_, row| {
                cells += row.len() as u64;
                ControlFlow::Continue(())
            })?;
        }
    }
    Ok(cells)
}

/// What records are linked to.
pub struct Linked {
    directory: Directory,
    roster: Roster,
    links: Links,
    names: Names,
}

/// Link: the organisations, the persons, and the person of every record.
pub fn link(data: &Dataset, request: &Request) -> Result<Linked, Failure> {
    let mut findings = Findings::default();
    let mut names = Names::default();
    let as_of = request.window()?.to;
    let nomenclature = nomenclature(&request.settings)?;
    let mut directory = Directory::build(data, "", as_of, &mut findings);
    let answers = data.answers.iter();
    directory.add_strangers(answers.map(|row| (row.organisation, data.text(row.organisation))));
    let builder = RosterBuilder {
        dataset: data,
        directory: &directory,
        nomenclature: &nomenclature,
        settings: &request.settings,
        as_of,
    };
    let roster = builder.build(&mut names, &mut findings);
    let spellings = Spellings::default();
    let links = Links::build(
        data,
        &directory,
        &roster,
        spellings,
        &mut names,
        &mut findings,
    );
    Ok(Linked {
        directory,
        roster,
        links,
        names,
    })
}

/// Verdicts: the statuses, and the fourteen figures with a verdict on everybody.
pub fn verdicts(
    data: &Dataset,
    linked: &mut Linked,
    request: &Request,
) -> Result<Assessment, Failure> {
    let settings = &request.settings;
    let phrases = Phrases::new(&settings.phrases).map_err(Failure::Usage)?;
    let context = Context {
        dataset: data,
        directory: &linked.directory,
        roster: &linked.roster,
        links: &linked.links,
        statuses: &Statuses::read(data, &phrases),
        registry: &FederalRegistry::new(data),
        phrases: &phrases,
        settings,
        period: &request.period,
        window: request.window()?,
        evidence: true,
        shown: OnceLock::new(),
    };
    let (names, mut findings) = (&mut linked.names, Findings::default());
    let nomenclature = nomenclature(settings)?;
    Ok(compute::assess(
        &context,
        &nomenclature,
        names,
        &mut findings,
    ))
}

fn nomenclature(settings: &Settings) -> Result<Nomenclature, Failure> {
    Nomenclature::new(&settings.positions).map_err(Failure::Usage)
}

/// Write: the workbook with all its evidence; the quarters of «Динамика» too, unless the run has them
/// already. It gives its path.
pub fn write(run: &Run, folder: &Path) -> Result<PathBuf, Failure> {
    let in_force = InForce::of(run.settings.clone());
    let origins = Origins {
        in_force: &in_force,
        command: "mms report",
    };
    let path = folder.join("report.xlsx");
    let output = Output::new(&path, Replace::Always, &[])?;
    xlsx::save(run, &origins, &output)?;
    Ok(path)
}

/// The whole run: from the files to the report.
pub fn whole(inputs: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    write(&request(inputs)?.run()?, folder)
}
