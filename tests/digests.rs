//! The traces of a sample of golden programs are, to the byte, those whose digests are kept; the browser's tests
//! compare with the same digests. `UPDATE_EXPECTATIONS=1` writes them anew.

#[path = "golden/sample.rs"]
mod sample;

use sample::{DIGESTS, digests};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs/digests.tsv");

#[test]
fn traces_are_those_that_are_kept() {
    let now = digests();
    if std::env::var_os("UPDATE_EXPECTATIONS").is_some() {
        return std::fs::write(FILE, now).expect("digests.tsv is written");
    }
    let changed: Vec<&str> = now.lines().filter(|line| !DIGESTS.contains(line)).collect();
    assert!(
        DIGESTS == now,
        "traces changed; if that is wanted, run with UPDATE_EXPECTATIONS=1:\n{}",
        changed.join("\n")
    );
}
