//! Native builds that the compiler arranges by how often each part of the program runs: `cargo xtask release` and
//! `cargo xtask bench`. A build that counts runs the programs of `benches/programs`, and the real one is made with what it
//! counted, as CPython's own releases are.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use xtask::workspace;

use crate::{process, tools};

/// The programs that show what runs often.
const PROGRAMS: &str = "benches/programs";
/// How a file with counts ends.
const COUNTS: &str = "profraw";

/// Builds the command line, and prints where it is.
pub fn release() -> Result<()> {
    let mut cargo = cargo(&["build", "--release", "--bin", "loopscope"]);
    process::run(with_profile(&mut cargo)?)?;
    println!("Built {}", folder().join("release/loopscope").display());
    Ok(())
}

/// Runs `cargo bench --bench asyncio`, for these programs or all.
pub fn bench(programs: &[String]) -> Result<()> {
    let mut cargo = cargo(&["bench", "--bench", "asyncio"]);
    process::run(with_profile(&mut cargo)?.arg("--").args(programs))
}

/// Has a command of Cargo build with the profile.
fn with_profile(cargo: &mut Command) -> Result<&mut Command> {
    let profile = profile()?;
    println!("Compiling once more, with what was counted");
    Ok(cargo
        .arg("--target-dir")
        .arg(folder())
        .env("RUSTFLAGS", format!("-Cprofile-use={}", profile.display())))
}

/// How often each part ran. The file is named after its content: Cargo compiles anew when a name changes.
fn profile() -> Result<PathBuf> {
    let counts = folder().join("counts");
    println!("Compiling a build that counts how often each part of it runs");
    let counting = counting_build(&counts)?;
    let programs = fs::read_dir(workspace::root().join(PROGRAMS))?;
    for program in programs {
        run_program(&counting, &program?.path())?;
    }
    let merged = merge(&counts)?;
    let mut hasher = DefaultHasher::new();
    fs::read(&merged)?.hash(&mut hasher);
    let profile = folder().join(format!("{:016x}.profdata", hasher.finish()));
    fs::rename(merged, &profile)?;
    Ok(profile)
}

/// The command line, built to count; what is counted goes into this folder, which is empty at first.
fn counting_build(counts: &Path) -> Result<PathBuf> {
    let target = folder().join("counting");
    let mut cargo = cargo(&["build", "--release", "--bin", "loopscope"]);
    cargo.arg("--target-dir").arg(&target).env(
        "RUSTFLAGS",
        format!("-Cprofile-generate={}", counts.display()),
    );
    process::run(&mut cargo)?;
    // The compiler's own plugins count as well.
    if counts.exists() {
        fs::remove_dir_all(counts)?;
    }
    Ok(target.join("release/loopscope"))
}

fn run_program(loopscope: &Path, program: &Path) -> Result<()> {
    let mut run = Command::new(loopscope);
    process::run(run.arg("run").arg(program).stdout(Stdio::null()))
}

fn merge(counts: &Path) -> Result<PathBuf> {
    let files: Vec<PathBuf> = fs::read_dir(counts)
        .context("nothing was counted")?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| file.extension().is_some_and(|ending| ending == COUNTS))
        .collect();
    ensure!(!files.is_empty(), "nothing was counted");
    let merged = counts.join("merged");
    let mut merge = Command::new(tools::llvm()?.join("llvm-profdata"));
    process::run(
        merge
            .args(["merge", "--sparse", "-o"])
            .arg(&merged)
            .args(files),
    )?;
    Ok(merged)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(arguments)
        .arg("--locked")
        .current_dir(workspace::root());
    cargo
}

fn folder() -> PathBuf {
    workspace::target().join("profiled")
}
