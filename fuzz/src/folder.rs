//! Files for what is read by path: one folder for each thread, emptied and filled anew.

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

thread_local! {
    static FOLDER: TempDir = tempfile::tempdir().expect("a folder for temporary files");
}

/// The marks that part the files of one input: a line `%%% name`.
pub const MARK: &[u8] = b"\n%%% ";

/// Puts these files into the thread's folder, alone, and hands the folder over.
pub fn with_files<T>(files: &[(String, &[u8])], work: impl FnOnce(&Path, &[PathBuf]) -> T) -> T {
    FOLDER.with(|folder| {
        let folder = folder.path();
        for old in std::fs::read_dir(folder).expect("the folder").flatten() {
            std::fs::remove_file(old.path()).expect("a file of the folder");
        }
        let mut paths = Vec::new();
        for (name, contents) in files {
            let path = folder.join(name);
            let mut file = std::fs::File::options()
                .create(true)
                .truncate(true)
                .write(true)
                .open(&path)
                .expect("a new file");
            file.write_all(contents).expect("the new file");
            paths.push(path);
        }
        work(folder, &paths)
    })
}

/// The files that an input holds: `%%% name`, a line break, and contents up to the next mark.
pub fn split(bytes: &[u8]) -> Vec<(String, &[u8])> {
    let mut rest = bytes.strip_prefix(&MARK[1..]).unwrap_or(bytes);
    let mut files = Vec::new();
    while !rest.is_empty() && files.len() < 24 {
        let end = rest
            .windows(MARK.len())
            .position(|window| window == MARK)
            .unwrap_or(rest.len());
        let (file, more) = rest.split_at(end);
        let line = file.iter().position(|byte| *byte == b'\n');
        let (name, contents) = file.split_at(line.unwrap_or(file.len()));
        files.push((
            String::from_utf8_lossy(name).trim().to_owned(),
            contents.strip_prefix(b"\n").unwrap_or(contents),
        ));
        rest = more.strip_prefix(MARK).unwrap_or_default();
    }
    files
}

/// The other way: files as one input.
pub fn join(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut all = Vec::new();
    for (name, contents) in files {
        all.extend_from_slice(if all.is_empty() { &MARK[1..] } else { MARK });
        all.extend_from_slice(name.as_bytes());
        all.push(b'\n');
        all.extend_from_slice(contents);
    }
    all
}
