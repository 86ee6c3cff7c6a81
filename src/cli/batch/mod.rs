//! `mms batch`: a report for each subfolder, many at once, and «Свод» over them. One bad folder does
//! not stop the rest, and a batch that is killed leaves only whole files.

mod progress;
mod town;
mod towns;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use rayon::ThreadPoolBuilder;

use self::progress::Progress;
use self::town::Shared;
use self::towns::TownFolder;
use super::Console;
use super::args::BatchArgs;
use super::summary::{self, Places};
use crate::failure::Failure;
use crate::report::output::{Replace, make_folder};
use crate::report::result::Held;
use crate::report::summary::Gathered;
use crate::settings::load;
use crate::source::discover;

/// Runs the command: 1 where a municipality failed.
///
/// # Errors
/// A folder is missing, or a file that stands there may not be replaced or cannot be written.
pub fn run(args: &BatchArgs, console: &mut Console<'_>) -> anyhow::Result<u8> {
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from("."));
    if let Some(config) = &args.reading.config {
        // A fault of the one file for all is that of no municipality.
        load(&[], Some(config))?;
    }
    let towns = towns::find(args, &out)?;
    make_folder(&out)?;
    let inputs = inputs_around(&towns, &out);
    let replace = if args.force {
        Replace::Always
    } else {
        Replace::OwnUnchanged
    };
    let shared = Shared {
        args,
        out: &out,
        replace,
        inputs: &inputs,
    };
    check(&towns, &shared)?;
    let json = args.json.then(|| out.join("Свод.json"));
    let places = Places::new(&out.join("Свод.xlsx"), json.as_deref(), replace, &inputs)?;
    let held = compute(&towns, &shared, Threads::of(args, towns.len()), console)?;
    let mut gathered = Gathered::default();
    for (town, held) in towns.iter().zip(held) {
        gathered.take(held, &town.folder)?;
    }
    let Some(summary) = gathered.summary() else {
        return Ok(0);
    };
    summary::write(&summary, &places)?;
    summary::tell(&summary, &places, console)?;
    let flawed = summary
        .periods
        .iter()
        .flat_map(|period| period.computed())
        .any(|(_, result)| result.issues.errors + result.issues.warnings > 0);
    Ok(u8::from(summary.has_failures() || args.strict && flawed))
}

/// The input files among which the reports are written; elsewhere no report can replace an input.
fn inputs_around(towns: &[TownFolder], out: &Path) -> Vec<PathBuf> {
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let out = whole(out);
    let around = towns
        .iter()
        .filter(|town| out.starts_with(whole(&town.folder)));
    around
        .filter_map(|town| discover(std::slice::from_ref(&town.folder)).ok())
        .flat_map(|found| found.files.into_iter().map(|file| file.path))
        .collect()
}

/// Refuses before the work begins where something stands that must not be replaced.
fn check(towns: &[TownFolder], shared: &Shared<'_>) -> Result<(), Failure> {
    let reports = towns.iter().flat_map(|town| {
        shared.args.period.iter().flat_map(move |period| {
            let json = shared.args.json.then(|| shared.json(town, period));
            [Some(shared.workbook(town, period)), json]
                .into_iter()
                .flatten()
        })
    });
    let mut refused = reports.filter_map(|path| shared.output(&path).err());
    let Some(first) = refused.next() else {
        return Ok(());
    };
    let left = refused.count();
    match first {
        Failure::Output { path, message } if left > 0 => Err(Failure::output(
            path,
            format!("{message} (и ещё файлов с тем же отказом: {left})"),
        )),
        other => Err(other),
    }
}

/// How many municipalities are computed at a time, and how many threads each of them has.
#[derive(Clone, Copy)]
struct Threads {
    towns: usize,
    each: usize,
}

impl Threads {
    fn of(args: &BatchArgs, towns: usize) -> Self {
        let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let all = args.jobs.map_or_else(cores, NonZeroUsize::get);
        let at_a_time = all.min(towns).max(1);
        Self {
            towns: at_a_time,
            each: all / at_a_time,
        }
    }
}

/// Computes all municipalities; what came out, in their order. Each has threads of its own, so that
/// none waits for a part of another.
fn compute(
    towns: &[TownFolder],
    shared: &Shared<'_>,
    threads: Threads,
    console: &mut Console<'_>,
) -> Result<Vec<Held>, Failure> {
    let mut progress = Progress::new(towns.len(), console);
    let (sender, receiver) = mpsc::channel();
    let next = AtomicUsize::new(0);
    let work = |sender: mpsc::Sender<(usize, Held)>| {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads.each)
            .use_current_thread()
            .build();
        let Ok(pool) = pool else { return };
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(town) = towns.get(place) else { return };
            // Nobody listens only when the program is ending.
            let _ = sender.send((place, pool.install(|| shared.compute(town))));
        }
    };
    let mut computed: Vec<Option<Held>> = towns.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let started: Vec<_> = (0..threads.towns)
            .map_while(|_| {
                let sender = sender.clone();
                let thread = thread::Builder::new();
                thread.spawn_scoped(scope, || work(sender)).ok()
            })
            .collect();
        drop(sender);
        for (place, held) in receiver {
            if let (Some(town), Some(kept)) = (towns.get(place), computed.get_mut(place)) {
                progress.tell(&town.name, &held, console);
                *kept = Some(held);
            }
        }
        for thread in started {
            // What a thread that failed has left undone is missing below.
            let _ = thread.join();
        }
    });
    progress.finish();
    let all: Option<Vec<Held>> = computed.into_iter().collect();
    all.ok_or_else(|| {
        Failure::Inputs(
            "расчёт прерван: система не дала потоков или памяти; укажите меньшее --jobs".to_owned(),
        )
    })
}
