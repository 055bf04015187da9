//! The tools that the commands need, at the versions that this repository pins.
//!
//! What Rust's toolchain does not bring is kept in the user's cache directory, one directory a tool and version: all
//! clones share it, `cargo clean` does not cost the five minutes that compiling Trunk takes, and clones that pin
//! different versions do not disturb each other. `LOOPSCOPE_TOOLS` names another place.

mod browser;
mod cache;
mod crates;
mod debian;
mod npm;
mod rust;

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Result, anyhow};

pub use rust::{WASM_TARGET, llvm};

/// Installed tools, found by commands that are started through it.
pub struct Toolbox {
    directories: Vec<PathBuf>,
}

impl Toolbox {
    /// Everything that Trunk needs to build the page.
    pub fn for_page() -> Result<Self> {
        require_wasm_target()?;
        // Trunk compiles as one long chain of crates: the others fit beside it.
        let directories = thread::scope(|scope| {
            let installations = [
                scope.spawn(crates::trunk),
                scope.spawn(crates::wasm_bindgen),
                scope.spawn(npm::wasm_opt),
            ];
            let finished = installations.map(|thread| {
                thread
                    .join()
                    .map_err(|_| anyhow!("an installation panicked"))?
            });
            finished.into_iter().collect::<Result<Vec<_>>>()
        })?;
        Ok(Self { directories })
    }

    /// A command that finds these tools.
    pub fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(program);
        command.env("PATH", self.path()?);
        Ok(command)
    }

    /// The search path with these tools in front.
    pub fn path(&self) -> Result<OsString> {
        let rest = env::var_os("PATH").unwrap_or_default();
        Ok(env::join_paths(
            self.directories
                .iter()
                .cloned()
                .chain(env::split_paths(&rest)),
        )?)
    }
}

/// Makes sure that the page can be compiled.
pub fn require_wasm_target() -> Result<()> {
    rust::require_wasm_target()
}

/// Makes sure that the sources can be checked: rustfmt and clippy.
pub fn require_checkers() -> Result<()> {
    rust::require_component("rustfmt", "fmt")?;
    rust::require_component("clippy", "clippy")
}

/// Makes sure that tests can drive a browser.
pub fn require_browser() -> Result<()> {
    browser::require()
}

/// npm in a directory.
pub fn npm(directory: &Path) -> Result<Command> {
    npm::command(directory)
}
