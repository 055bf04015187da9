//! wasm-opt from npm, where it can be had without GitHub, and npm itself.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{cache, debian};
use crate::process;

const PACKAGE: &str = include_str!("../../npm/package.json");
const LOCK: &str = include_str!("../../npm/package-lock.json");
const BINARYEN: &str = "binaryen-132.0.0";

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// wasm-opt, which makes the module smaller and faster.
pub fn wasm_opt() -> Result<PathBuf> {
    let directory = cache::directory(BINARYEN, |root| {
        println!("Installing wasm-opt ({BINARYEN} from npm): a download of 25 MB");
        fs::write(root.join("package.json"), PACKAGE)?;
        fs::write(root.join("package-lock.json"), LOCK)?;
        process::run(command(root)?.args(["ci", "--silent", "--no-audit", "--no-fund"]))
    })?;
    Ok(directory.join("node_modules").join(".bin"))
}

/// npm in a directory; on Debian it is installed when it is missing.
pub fn command(directory: &Path) -> Result<Command> {
    let available = || process::output_of(Command::new(NPM).arg("--version"));
    if available().is_none() {
        debian::install(
            &["nodejs", "npm"],
            "npm brings wasm-opt and the editor's packages",
        )?;
        available().context("npm is installed but does not run")?;
    }
    let mut command = Command::new(NPM);
    command.current_dir(directory);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::{BINARYEN, LOCK, PACKAGE};
    use xtask::workspace;

    #[test]
    fn the_version_of_wasm_opt_is_the_same_everywhere() {
        let version = BINARYEN.trim_start_matches("binaryen-");
        let major = version
            .split('.')
            .next()
            .expect("a version has a first part");
        let trunk = std::fs::read_to_string(workspace::root().join("Trunk.toml"))
            .expect("Trunk.toml can be read");
        assert!(trunk.contains(&format!("wasm_opt = \"version_{major}\"")));
        assert!(PACKAGE.contains(&format!("\"binaryen\": \"{version}\"")));
        assert!(LOCK.contains(&format!("\"version\": \"{version}\"")));
    }
}
