//! The bare work behind a report, as the limit to measure against: the files of a folder read with
//! nothing done, and as many rows of evidence written as asked.
//!
//! `cargo run --release --example bare_work -- FOLDER [--threads 1|files] [--rows N] [--hash] [--out FILE]`
//!
//! Workbooks go through calamine's streaming reader, text through csv's `ByteRecord`. `--hash` takes
//! the SHA-256 of each file as well. The rows have 25 short cells and are written by rust_xlsxwriter
//! in its mode of constant memory; sheets of more than 1 048 575 rows are carried on in another.
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a program of the benchmarks"
)]

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, bail};
use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::{Workbook, XlsxError};
use sha2::{Digest, Sha256};

/// Rows of one sheet below its header.
const SHEET: u64 = 1_048_575;

fn main() -> Result<()> {
    let (mut folder, mut threads, mut rows, mut hash) = (None, false, 0, false);
    let mut out = std::env::temp_dir().join("bare.xlsx");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().context("an option without its value");
        match argument.as_str() {
            "--threads" => threads = value()? == "files",
            "--rows" => rows = value()?.parse()?,
            "--hash" => hash = true,
            "--out" => out = value()?.into(),
            _ if folder.is_none() && !argument.starts_with('-') => {
                folder = Some(PathBuf::from(argument));
            }
            _ => bail!("unknown argument: {argument}"),
        }
    }
    let folder = folder.context("no folder is named")?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|ending| ending == "xlsx" || ending == "csv")
        {
            files.push(path);
        }
    }
    files.sort();
    let cells = if threads {
        // All at once: the rows of evidence are known in number, and wait for no file.
        thread::scope(|scope| {
            let reading: Vec<_> = files
                .iter()
                .map(|file| scope.spawn(move || read(file, hash)))
                .collect();
            write(rows, &out)?;
            let each = reading.into_iter().map(|reading| match reading.join() {
                Ok(cells) => cells,
                Err(_) => bail!("a reader panicked"),
            });
            each.sum::<Result<u64>>()
        })?
    } else {
        let cells = files
            .iter()
            .map(|file| read(file, hash))
            .sum::<Result<u64>>()?;
        write(rows, &out)?;
        cells
    };
    println!(
        "{} files, {cells} cells read, {rows} rows written",
        files.len()
    );
    Ok(())
}

/// Reads a file and gives the number of its filled cells; text is hashed as it is read.
fn read(path: &Path, hash: bool) -> Result<u64> {
    let file = File::open(path)?;
    if path.extension().is_some_and(|ending| ending == "csv") {
        if !hash {
            return read_csv(file);
        }
        return read_csv(Hashed(file, Sha256::new()));
    }
    if hash {
        io::copy(&mut Hashed(file, Sha256::new()), &mut io::sink())?;
    }
    read_xlsx(path)
}

fn read_csv(file: impl Read) -> Result<u64> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 17)
        .from_reader(file);
    let (mut record, mut cells) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        cells += record.len() as u64;
    }
    Ok(cells)
}

fn read_xlsx(path: &Path) -> Result<u64> {
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(File::open(path)?))?;
    let mut count = 0;
    for sheet in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&sheet)?;
        while let Some(cell) = cells.next_cell()? {
            count += u64::from(!matches!(cell.get_value(), DataRef::Empty));
        }
    }
    Ok(count)
}

/// A file whose bytes are hashed as they pass.
struct Hashed(File, Sha256);

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1.update(&buffer[..read]);
        Ok(read)
    }
}

impl Drop for Hashed {
    /// The sum is worked out to its end, though nobody asks for it.
    fn drop(&mut self) {
        std::hint::black_box(self.1.finalize_reset());
    }
}

/// Writes rows like those of the evidence: who, where, and seven verdicts with reason and address.
fn write(rows: u64, out: &Path) -> Result<(), XlsxError> {
    if rows == 0 {
        return Ok(());
    }
    let mut book = Workbook::new();
    for first in (0..rows).step_by(usize::try_from(SHEET).unwrap_or(usize::MAX)) {
        let sheet = book.add_worksheet_with_constant_memory()?;
        for row in 0..u32::try_from(SHEET.min(rows - first)).unwrap_or(0) {
            sheet.write_string(row + 1, 0, "П-100001")?;
            sheet.write_number(row + 1, 1, 17)?;
            sheet.write_string(row + 1, 2, "МБОУ СОШ № 17")?;
            sheet.write_number(row + 1, 3, 1)?;
            for verdict in 0..7 {
                let column = 4 + 3 * verdict;
                sheet.write_number(row + 1, column, 1)?;
                sheet.write_string(row + 1, column + 1, "зачтено")?;
                sheet.write_string(row + 1, column + 2, "Курсы, стр. 1017")?;
            }
        }
    }
    book.save(out)
}
