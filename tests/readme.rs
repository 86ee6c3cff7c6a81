//! What README shows is what the program prints.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use assert_cmd::Command;

#[test]
fn the_output_in_the_readme_is_the_programs_own() {
    let root = env!("CARGO_MANIFEST_DIR");
    let readme = std::fs::read_to_string(format!("{root}/README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut shown = 0;
    for block in readme.split("<!-- output: ").skip(1) {
        let (command, rest) = block.split_once(" -->").unwrap();
        let text = rest
            .split_once("```text\n")
            .and_then(|(_, rest)| rest.split_once("```"))
            .unwrap()
            .0;
        let args = command.split(' ').map(|arg| {
            if arg.starts_with("examples/") {
                format!("{root}/{arg}")
            } else {
                arg.to_owned()
            }
        });
        let output = Command::new(env!("CARGO_BIN_EXE_mms"))
            .args(args)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(printed.trim_end(), text.trim_end(), "{command}");
        shown += 1;
    }
    assert!(shown > 0, "README shows no output");
}
