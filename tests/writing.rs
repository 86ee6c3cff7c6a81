//! Outputs appear whole or not at all: a run that is killed at any moment, a disk that fills up and a
//! file that may not grow leave what stood there byte for byte, or the new file as it should be.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails; it writes its own inputs and waits by the clock"
)]
#![cfg(unix)]

mod region;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use region::{mms, put, region, run};

const OLD: &[u8] = b"what stood there before";

const REPORT: [&str; 7] = [
    "report",
    "Область/Альфа",
    "-p",
    "2024-Q3",
    "--force",
    "-q",
    "-o",
];

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A region with a folder `О` where an old report stands, and the bytes of the new one.
fn before() -> (tempfile::TempDir, Vec<u8>) {
    let region = region();
    let at = region.path();
    fs::create_dir(at.join("О")).unwrap();
    let (code, _, err) = run(&[&REPORT[..], &["О/r.xlsx"]].concat(), at);
    assert_eq!(code, 0, "{err}");
    let new = fs::read(at.join("О/r.xlsx")).unwrap();
    fs::write(at.join("О/r.xlsx"), OLD).unwrap();
    (region, new)
}

#[test]
fn a_run_killed_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let (region, new) = before();
    let at = region.path();
    let path = at.join("О/r.xlsx");
    let start = |path: &str| {
        mms()
            .args(REPORT)
            .arg(path)
            .current_dir(at)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let clock = Instant::now();
    assert!(start("О/r.xlsx").wait().unwrap().success());
    let whole = clock.elapsed();
    let (mut olds, mut news, mut left) = (0, 0, 0);
    // The writing is at the end: most turns are there.
    let turns = (0..6)
        .map(|turn| turn * 10)
        .chain((16..42).map(|turn| turn * 3));
    for percent in turns {
        fs::write(&path, OLD).unwrap();
        let mut child = start("О/r.xlsx");
        std::thread::sleep(whole * percent / 100);
        let _ = child.kill();
        child.wait().unwrap();
        match fs::read(&path).unwrap() {
            found if found == OLD => olds += 1,
            found if found == new => news += 1,
            found => panic!("at {percent} %: {} bytes of neither", found.len()),
        }
        for name in names(&at.join("О")) {
            if name != "r.xlsx" {
                assert!(
                    name.starts_with(".mms-") && name.ends_with(".tmp"),
                    "{name}"
                );
                left += 1;
            }
        }
    }
    assert!(olds > 0, "never killed before the end");
    println!("old {olds}, new {news}, temporary files seen {left}");
    // What a killed run leaves is gone after the next one.
    assert!(start("О/r.xlsx").wait().unwrap().success());
    assert_eq!(names(&at.join("О")), ["r.xlsx"]);
}

#[test]
fn what_a_killed_run_left_is_no_input_and_goes_with_the_next_run() {
    let (region, new) = before();
    let at = region.path();
    // Its name is that of the report's own temporary file: a run is stopped while it stands there.
    let left = loop {
        let mut child = mms()
            .args(REPORT)
            .arg("О/r.xlsx")
            .current_dir(at)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let found = loop {
            let found = names(&at.join("О"))
                .into_iter()
                .find(|name| name.starts_with(".mms-"));
            if found.is_some() || child.try_wait().unwrap().is_some() {
                break found;
            }
        };
        let _ = child.kill();
        child.wait().unwrap();
        if let Some(name) = found.filter(|name| at.join("О").join(name).exists()) {
            break name;
        }
    };
    let left = at.join("О").join(left);
    // Of a table, so that it would be read if it were an input.
    fs::write(&left, "ФИО;Организация;Должность\nА Б В;Школа №9;учитель\n").unwrap();
    let (code, _, err) = run(&["check", "О", "-p", "2024-Q3"], at);
    assert_eq!(code, 3, "{err}");
    // One that a run still holds stays.
    let held = fs::File::open(&left).unwrap();
    held.lock().unwrap();
    let again = || run(&[&REPORT[..], &["О/r.xlsx"]].concat(), at).0;
    assert_eq!(again(), 0);
    assert!(left.exists());
    drop(held);
    // One of another report stays too.
    assert_eq!(run(&[&REPORT[..], &["О/other.xlsx"]].concat(), at).0, 0);
    assert!(left.exists());
    assert_eq!(again(), 0);
    assert_eq!(names(&at.join("О")), ["other.xlsx", "r.xlsx"]);
    assert_eq!(fs::read(at.join("О/r.xlsx")).unwrap(), new);
}

/// The report of «Альфа» in a shell that first does this.
fn in_shell(at: &Path, first: &str, output: &str) -> Output {
    Command::new("sh")
        .args(["-c", &format!("{first}; exec \"$0\" \"$@\"")])
        .arg(mms().get_program())
        .args(REPORT)
        .arg(output)
        .current_dir(at)
        .output()
        .unwrap()
}

#[test]
fn a_file_that_may_not_grow_leaves_the_old_one() {
    let (region, new) = before();
    let at = region.path();
    let path = at.join("О/r.xlsx");
    for blocks in [0, 1, 2, 5, 11] {
        // Without the trap the system would kill the program: that is the test above.
        let output = in_shell(at, &format!("trap '' XFSZ; ulimit -f {blocks}"), "О/r.xlsx");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{blocks}: {said}");
        assert!(
            said.starts_with("Ошибка: О/r.xlsx: файл больше, чем здесь разрешено"),
            "{blocks}: {said}"
        );
        assert_eq!(fs::read(&path).unwrap(), OLD, "{blocks}");
        assert_eq!(names(&at.join("О")), ["r.xlsx"], "{blocks}");
    }
    // And killed by the system for it.
    let output = in_shell(at, "ulimit -f 2", "О/r.xlsx");
    assert_eq!(output.status.code(), None);
    assert_eq!(fs::read(&path).unwrap(), OLD);
    assert!(in_shell(at, "true", "О/r.xlsx").status.success());
    assert_eq!(fs::read(&path).unwrap(), new);
    assert_eq!(names(&at.join("О")), ["r.xlsx"]);
}

/// A disk of its own; none where this user may not mount one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(folder.path());
        let mounted = mount.stderr(Stdio::null()).status();
        if mounted.is_ok_and(|status| status.success()) {
            Some(Self(folder))
        } else {
            eprintln!("not tried: this user mounts no disks");
            None
        }
    }

    fn remount(&self, options: &str) {
        let mut mount = Command::new("mount");
        mount
            .args(["-o", &format!("remount,{options}")])
            .arg(self.0.path());
        assert!(mount.status().unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_and_one_for_reading_leave_the_old_file() {
    let (region, _) = before();
    let at = region.path();
    for size in [4, 8, 12, 20] {
        let Some(disk) = Disk::new(&format!("size={size}k")) else {
            return;
        };
        let path = disk.0.path().join("r.xlsx");
        fs::write(&path, OLD).unwrap();
        let output = in_shell(at, "true", path.to_str().unwrap());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{size}: {said}");
        assert!(
            said.contains("r.xlsx: на диске не хватает места: освободите его"),
            "{said}"
        );
        assert_eq!(fs::read(&path).unwrap(), OLD);
        assert_eq!(names(disk.0.path()), ["r.xlsx"]);
        disk.remount("ro");
        let output = in_shell(at, "true", path.to_str().unwrap());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(
            said.contains("доступен только для чтения: укажите другую"),
            "{said}"
        );
    }
}

#[test]
fn a_link_stays_a_link() {
    let (region, new) = before();
    let at = region.path();
    std::os::unix::fs::symlink("О/r.xlsx", at.join("ссылка.xlsx")).unwrap();
    assert_eq!(run(&[&REPORT[..], &["ссылка.xlsx"]].concat(), at).0, 0);
    assert!(at.join("ссылка.xlsx").is_symlink());
    assert_eq!(fs::read(at.join("О/r.xlsx")).unwrap(), new);
}

#[test]
fn inputs_settings_and_other_outputs_are_never_replaced() {
    let (region, _) = before();
    let at = region.path();
    let kept = fs::read(at.join("Область/Альфа/Сотрудники.csv")).unwrap();
    put(at, "Область/Альфа/b.toml", "");
    for (args, words) in [
        (vec!["Область/Альфа/Сотрудники.csv"], "это исходный файл"),
        (
            vec!["О/x.xlsx", "--json", "Область/Альфа/Сотрудники.csv"],
            "это исходный файл",
        ),
        (
            vec!["О/x.xlsx", "--html", "Область/Альфа/mms.toml"],
            "это исходный файл",
        ),
        (
            vec!["О/x.xlsx", "--json", "О/../О/x.xlsx"],
            "дайте им разные имена",
        ),
        (
            vec!["О/x.xlsx", "--json", "О/x.json", "--html", "О/x.json"],
            "дайте им разные имена",
        ),
    ] {
        let (code, _, err) = run(&[&REPORT[..], &args].concat(), at);
        assert_eq!(code, 4, "{args:?}: {err}");
        assert!(err.contains(words), "{args:?}: {err}");
    }
    assert_eq!(names(&at.join("О")), ["r.xlsx"]);
    assert_eq!(
        fs::read(at.join("Область/Альфа/Сотрудники.csv")).unwrap(),
        kept
    );
}
