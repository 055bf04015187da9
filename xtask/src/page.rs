//! The page, from its sources to `dist`: `cargo xtask build`, and the first half of `cargo xtask serve`.

use std::{process::Command, thread};

use anyhow::{Result, anyhow};
use xtask::workspace;

use crate::{
    process,
    stamp::Stamp,
    tools::{self, Toolbox},
};

/// Builds the page in release mode, with whatever has to be installed for that.
pub fn build() -> Result<()> {
    build_with(&prepare()?)
}

/// The same with tools that are set up already. Trunk optimises the module at each build, which takes a minute: it is
/// only called when something has changed since the last one.
pub fn build_with(tools: &Toolbox) -> Result<()> {
    compile()?;
    if Stamp::of_page()?.is_last() {
        println!("The page is up to date");
        return Ok(());
    }
    println!("Building the page with Trunk: optimising the module takes about a minute");
    let mut trunk = tools.command("trunk")?;
    process::run(
        trunk
            .current_dir(workspace::root())
            .args(["build", "--release"]),
    )?;
    Stamp::of_page()?.keep()
}

/// Runs Trunk as asked.
pub fn trunk(arguments: &[String]) -> Result<()> {
    let mut trunk = Toolbox::for_page()?.command("trunk")?;
    process::run(trunk.current_dir(workspace::root()).args(arguments))
}

/// Sets the tools up and meanwhile, since compiling Trunk leaves a core idle now and then, compiles what Trunk would
/// start with.
pub fn prepare() -> Result<Toolbox> {
    tools::require_wasm_target()?;
    thread::scope(|scope| {
        let tools = scope.spawn(Toolbox::for_page);
        println!("Compiling the page in release mode: the first time takes minutes");
        compile()?;
        tools
            .join()
            .map_err(|_| anyhow!("the installation of tools panicked"))?
    })
}

/// Exactly what Trunk does first.
fn compile() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root()).args([
        "build",
        "--release",
        "--locked",
        "--bin",
        "loopscope",
    ]);
    process::run(cargo.args(["--target", tools::WASM_TARGET]))
}
