//! The fuzz targets on stable, bounded: every seed, a few mutations of each by a fixed generator, and
//! what proptest makes of nothing. The targets themselves are in `fuzz/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "helpers of tests"
)]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::path::Path;

#[test]
#[ignore = "lays the seeds for cargo-fuzz: fuzz/seeds runs it"]
fn lay_the_seeds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (target, _) in fuzz::TARGETS {
        let folder = root.join("fuzz/corpus").join(target);
        std::fs::create_dir_all(&folder).unwrap();
        let seeds = fuzz::seeds::seeds(target, root);
        println!("{target}: {}", seeds.len());
        for (name, contents) in seeds {
            std::fs::write(folder.join(name), contents).unwrap();
        }
    }
}
