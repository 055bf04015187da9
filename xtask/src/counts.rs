//! What programs counted that were built to count: how often each part of them ran.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{process, tools};

/// How a file with counts ends.
const ENDING: &str = "profraw";

/// Puts the counts that lie in these folders together into one file.
pub fn merge(folders: &[PathBuf], merged: &Path) -> Result<()> {
    let mut counts = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(folder).context("nothing was counted")?;
        let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
        counts.extend(files.filter(|file| file.extension().is_some_and(|e| e == ENDING)));
    }
    ensure!(!counts.is_empty(), "no program was run to its end");
    let mut merge = Command::new(tools::llvm()?.join("llvm-profdata"));
    merge
        .args(["merge", "--sparse", "-o"])
        .arg(merged)
        .args(counts);
    process::run(&mut merge)
}
