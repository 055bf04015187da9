//! The committed editor bundle is what its sources give.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use xtask::workspace;

use crate::{process, tools};

const BUILT: [&str; 2] = ["editor.js", "editor.LICENSES.txt"];

/// Builds the bundle from `editor/` and compares it with the one in `static/`, byte by byte.
pub fn check() -> Result<()> {
    let source = workspace::root().join("editor");
    let fresh = workspace::target().join("editor");
    fs::create_dir_all(&fresh)?;
    process::run(tools::npm(&source)?.args([
        "ci",
        "--silent",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]))?;
    process::run(
        tools::npm(&source)?
            .args(["run", "--silent", "build", "--"])
            .arg(&fresh),
    )?;
    let committed = workspace::root().join("static");
    BUILT
        .iter()
        .try_for_each(|name| compare(&committed.join(name), &fresh.join(name)))
}

fn compare(committed: &Path, fresh: &Path) -> Result<()> {
    let read =
        |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    ensure!(
        read(committed)? == read(fresh)?,
        "{} is not what editor/ gives: run `npm ci && npm run build` there",
        committed.display()
    );
    Ok(())
}
