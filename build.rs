//! Embeds the Python files of `src/stdlib` into the binary: writes a table of (path, text) for `stdlib/mod.rs`.

use std::io::{Result, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

const LIBRARY: &str = "src/stdlib";

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed={LIBRARY}");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join(LIBRARY);
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    let name = |file: &PathBuf| {
        let inside = file.strip_prefix(&root).unwrap_or(file);
        inside.to_string_lossy().replace('\\', "/")
    };
    files.sort_by_key(name);
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default()).join("stdlib.rs");
    let mut out = fs::File::create(out)?;
    writeln!(out, "static FILES: &[(&str, &str)] = &[")?;
    for file in &files {
        writeln!(out, "    ({:?}, include_str!({file:?})),", name(file))?;
    }
    writeln!(out, "];")
}

/// All Python files below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "py") {
            files.push(path);
        }
    }
    Ok(())
}
