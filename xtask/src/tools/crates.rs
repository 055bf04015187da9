//! Trunk and the wasm-bindgen command line, compiled from crates.io.
//!
//! Both are compiled without optimisation and without TLS: they download nothing here, and what that saves is most of
//! the time that a first start takes (measured on two cores: Trunk 5 minutes of processor time, not 20; wasm-bindgen
//! 1.5, not 6). Their work on this page stays a matter of a second or two.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use super::cache;
use crate::process;
use xtask::workspace;

/// The newest version that the pinned Rust version can compile.
const TRUNK: &str = "0.22.0-beta.1";

/// Trunk, which builds and serves the page.
pub fn trunk() -> Result<PathBuf> {
    install(
        "trunk",
        TRUNK,
        "it compiles 400 crates, about 5 minutes on two cores",
    )
}

/// `wasm-bindgen` and `wasm-bindgen-test-runner`, which must be of the very version that the page is linked with.
pub fn wasm_bindgen() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    install(
        "wasm-bindgen-cli",
        &version,
        "it compiles 130 crates, about a minute on two cores",
    )
}

fn install(name: &str, version: &str, why_it_takes_long: &str) -> Result<PathBuf> {
    let directory = cache::directory(&format!("{name}-{version}"), |root| {
        println!("Installing {name} {version}, once for all clones: {why_it_takes_long}");
        let cargo_install = || {
            let mut command = Command::new("cargo");
            command.args([
                "install",
                "--quiet",
                "--debug",
                "--no-default-features",
                "--version",
                version,
                name,
            ]);
            command
                .arg("--root")
                .arg(root)
                .env("CARGO_PROFILE_DEV_DEBUG", "0");
            command
        };
        let what = format!("compiling {name}");
        // A registry mirror may lag behind a crate's lock file; then the newest compatible versions have to do.
        process::run_patiently(cargo_install().arg("--locked"), &what).or_else(|error| {
            println!(
                "  {error:#}: trying again with the newest compatible versions of what {name} uses"
            );
            process::run_patiently(&mut cargo_install(), &what)
        })
    })?;
    Ok(directory.join("bin"))
}

fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string(workspace::root().join("Cargo.lock"))
        .context("cannot read Cargo.lock")?;
    version_in(&lock, package).with_context(|| format!("Cargo.lock has no {package}"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock
        .lines()
        .skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{locked_version, version_in};
    use xtask::workspace;

    #[test]
    fn the_version_is_the_one_of_the_package_with_exactly_that_name() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.1\"\n";
        assert_eq!(version_in(lock, "a").as_deref(), Some("2.0.1"));
        assert_eq!(version_in(lock, "b"), None);
    }

    #[test]
    fn trunk_is_told_the_version_that_is_locked() {
        let trunk = std::fs::read_to_string(workspace::root().join("Trunk.toml"))
            .expect("Trunk.toml can be read");
        let version = locked_version("wasm-bindgen").expect("wasm-bindgen is locked");
        assert!(
            trunk.contains(&format!("wasm_bindgen = \"{version}\"")),
            "Trunk.toml must name wasm-bindgen {version}"
        );
    }
}
