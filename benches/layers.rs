//! Each layer of a run and the whole of it, by size: `cargo bench --bench layers`.
//!
//! The town is that of the measurements against other programs, with about four records for each of
//! the staff, in workbooks and as text. Towns and their rows are made once and shared.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

mod town;

use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock};

use divan::Bencher;
use mms::demo::table::Form;
use mms::pipeline::Run;
use mms::registers::Dataset;
use tempfile::TempDir;
use town::layers;

const SIZES: [u64; 3] = [1_000, 10_000, 100_000];
const FORMS: [Form; 2] = [Form::Xlsx, Form::Csv];

fn main() {
    divan::main();
}

/// A town on the disk, and what the layers make of it.
struct Made {
    inputs: PathBuf,
    data: OnceLock<Dataset>,
    run: OnceLock<Run>,
}

static SCRATCH: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());
static MADE: [[OnceLock<Made>; 3]; 2] = [const { [const { OnceLock::new() }; 3] }; 2];

fn made(form: Form, staff: u64) -> &'static Made {
    let size = SIZES.iter().position(|size| *size == staff).unwrap();
    let form_number = FORMS.iter().position(|known| *known == form).unwrap();
    MADE[form_number][size].get_or_init(|| {
        let inputs = SCRATCH.path().join(format!("{staff}-{}", form.ending()));
        town::write(&inputs, staff, form).unwrap();
        Made {
            inputs,
            data: OnceLock::new(),
            run: OnceLock::new(),
        }
    })
}

impl Made {
    fn data(&self) -> &Dataset {
        let read = || layers::request(&self.inputs).unwrap().read().unwrap();
        self.data.get_or_init(read)
    }

    fn run(&self) -> &Run {
        let run = || layers::request(&self.inputs).unwrap().run().unwrap();
        self.run.get_or_init(run)
    }
}

macro_rules! benches {
    ($($layer:ident($form:expr): $work:expr;)*) => {$(
        #[divan::bench(args = SIZES, sample_count = 5, sample_size = 1, max_time = 8)]
        fn $layer(bencher: Bencher<'_, '_>, staff: u64) {
            let (made, work): (_, fn(&Made)) = (made($form, staff), $work);
            bencher.bench_local(|| work(made));
        }
    )*};
}

benches! {
    a1_read_xlsx(Form::Xlsx): |made| { layers::read(&made.inputs).unwrap(); };
    a2_read_csv(Form::Csv): |made| { layers::read(&made.inputs).unwrap(); };
    b1_read_and_parse_xlsx(Form::Xlsx): |made| { layers::request(&made.inputs).unwrap().read().unwrap(); };
    b2_read_and_parse_csv(Form::Csv): |made| { layers::request(&made.inputs).unwrap().read().unwrap(); };
    e_write(Form::Csv): |made| { layers::write(made.run(), SCRATCH.path()).unwrap(); };
    f1_whole_xlsx(Form::Xlsx): |made| { layers::whole(&made.inputs, SCRATCH.path()).unwrap(); };
    f2_whole_csv(Form::Csv): |made| { layers::whole(&made.inputs, SCRATCH.path()).unwrap(); };
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1, max_time = 8)]
fn c_link(bencher: Bencher<'_, '_>, staff: u64) {
    let made = made(Form::Csv, staff);
    let request = layers::request(&made.inputs).unwrap();
    let data = made.data();
    bencher.bench_local(|| layers::link(data, &request).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1, max_time = 8)]
fn d_verdicts(bencher: Bencher<'_, '_>, staff: u64) {
    let made = made(Form::Csv, staff);
    let request = layers::request(&made.inputs).unwrap();
    let data = made.data();
    bencher
        .with_inputs(|| layers::link(data, &request).unwrap())
        .bench_local_refs(|linked| layers::verdicts(data, linked, &request).unwrap());
}
