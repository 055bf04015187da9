//! The recorded traces that several tests share.
//!
//! `LOOPSCOPE_TRACES` names another folder of `*.jsonl` files to test with.

use std::path::PathBuf;

/// Name and text of each trace.
pub fn traces() -> Vec<(String, String)> {
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/traces");
    let folder = std::env::var("LOOPSCOPE_TRACES").unwrap_or_else(|_| bundled.into());
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "jsonl"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    let load = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    paths.into_iter().map(load).collect()
}
