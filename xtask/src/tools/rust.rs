//! The parts of Rust's toolchain that an installation may lack.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::process;

/// The target of the page.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Adds the wasm target when it is missing.
pub fn require_wasm_target() -> Result<()> {
    let query = process::output_of(Command::new("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        WASM_TARGET,
    ]));
    if query.is_some_and(|directory| Path::new(&directory).is_dir()) {
        return Ok(());
    }
    println!("Adding the Rust target {WASM_TARGET}");
    rustup(&["target", "add", WASM_TARGET])
}

/// Adds a component when the cargo command that it brings is missing.
pub fn require_component(component: &str, subcommand: &str) -> Result<()> {
    if process::output_of(Command::new("cargo").args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    println!("Adding the Rust component {component}");
    rustup(&["component", "add", component])
}

/// The folder of the compiler's own tools, which read what programs counted.
pub fn llvm() -> Result<PathBuf> {
    let library = process::output_of(Command::new("rustc").args(["--print", "target-libdir"]))
        .context("rustc does not run")?;
    let folder = Path::new(&library).with_file_name("bin");
    if !folder.join("llvm-cov").exists() {
        println!("Adding the Rust component llvm-tools");
        rustup(&["component", "add", "llvm-tools"])?;
    }
    Ok(folder)
}

fn rustup(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("rustup");
    process::run(command.args(arguments))
        .context("Rust's toolchain is incomplete, and rustup could not complete it")
}
