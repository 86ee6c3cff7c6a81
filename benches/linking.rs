//! Linking of records to people (methodology §4), by size: `cargo bench --bench linking`.
//!
//! Staff and records are made in memory, a record in ten by СНИЛС, the rest by name; one in fifty
//! names nobody. The time is that of the roster and of all links, nothing read or written.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use chrono::NaiveDate;
use mms::finding::Findings;
use mms::indicators::context::Links;
use mms::people::name::Names;
use mms::people::organisation::Directory;
use mms::people::position::Nomenclature;
use mms::people::roster::RosterBuilder;
use mms::registers::Dataset;
use mms::registers::record::{
    DateCell, DiagnosticsRow, Flag, KeptDate, PersonCells, RowRef, Snils, StaffRow, YesNo,
};
use mms::settings::Settings;
use mms::source::SheetId;

fn main() {
    divan::main();
}

/// So many people with three records each, and a third of one more.
fn dataset(people: u32) -> Dataset {
    let mut data = Dataset::default();
    let position = data.texts.intern("учитель");
    let person = |data: &mut Dataset, number: u32| {
        let name = format!(
            "Фамилия{} Имя{} Отчество{}",
            number / 400,
            number % 20,
            number / 20 % 20
        );
        PersonCells {
            name: data.texts.intern(&name),
            organisation: data.texts.intern(&format!("МБОУ СОШ №{}", number / 50 + 1)),
            snils: Snils::checked(u64::from(number + 1) * 100, true)
                .filter(|_| number.is_multiple_of(10)),
            birth: KeptDate::default(),
        }
    };
    for number in 0..people {
        let person = person(&mut data, number);
        data.staff.push(StaffRow {
            at: RowRef {
                sheet: SheetId::of(0),
                row: number,
            },
            person,
            position,
            category: Default::default(),
            hired: KeptDate::default(),
            dismissed: KeptDate::default(),
            employment: Default::default(),
            leave: YesNo::Empty,
            teaching_since: KeptDate::default(),
            experience: None,
            methodist: Flag::Empty,
            assigned_to: Default::default(),
            support_form: Default::default(),
        });
    }
    for row in 0..people * 10 / 3 {
        let number = if row.is_multiple_of(50) {
            people + row
        } else {
            row % people
        };
        let person = person(&mut data, number);
        data.diagnostics.push(DiagnosticsRow {
            at: RowRef {
                sheet: SheetId::of(1),
                row,
            },
            person,
            date: DateCell::Day(NaiveDate::from_ymd_opt(2024, 5, 1).unwrap()).into(),
            kind: Default::default(),
            status: Default::default(),
        });
    }
    data
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn people_with_ten_records_for_three(bencher: divan::Bencher, people: u32) {
    let data = dataset(people);
    let settings = Settings::default();
    let nomenclature = Nomenclature::new(&settings.positions).unwrap();
    let as_of = NaiveDate::from_ymd_opt(2024, 9, 30).unwrap();
    let directory = Directory::build(&data, "", as_of, &mut Findings::default());
    bencher.bench_local(|| {
        let (mut names, mut findings) = (Names::default(), Findings::default());
        let builder = RosterBuilder {
            dataset: &data,
            directory: &directory,
            nomenclature: &nomenclature,
            settings: &settings,
            as_of,
        };
        let roster = builder.build(&mut names, &mut findings);
        Links::build(
            &data,
            &directory,
            &roster,
            Default::default(),
            &mut names,
            &mut findings,
        )
    });
}
