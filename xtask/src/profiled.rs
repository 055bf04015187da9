//! Native builds that the compiler arranges by how often each part of the program runs: `cargo xtask release` and
//! `cargo xtask bench`. A build that counts runs the programs of `benches/programs`, and the real one is made with what it
//! counted.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xtask::workspace;

use crate::{counts, process};

/// The programs that show what runs often.
const PROGRAMS: &str = "benches/programs";

/// What is built. Counts are of use to the same kind of build only: the names of functions differ between kinds.
#[derive(Clone, Copy)]
enum Kind {
    /// The command line.
    CommandLine,
    /// The benchmark `asyncio`.
    Bench,
}

impl Kind {
    /// How Cargo names it.
    fn target(self) -> [&'static str; 2] {
        match self {
            Self::CommandLine => ["--bin", "loopscope"],
            Self::Bench => ["--bench", "asyncio"],
        }
    }

    /// The command that runs a program of Python.
    fn run(self, built: &Path, program: &Path) -> Result<Command> {
        let mut run = Command::new(built);
        match self {
            Self::CommandLine => run.arg("run").arg(program),
            Self::Bench => run.args(["--one-run", "run", &fs::read_to_string(program)?]),
        };
        Ok(run)
    }

    fn folder(self) -> PathBuf {
        let [_, name] = self.target();
        workspace::target().join("profiled").join(name)
    }
}

/// Builds the command line, and prints where it is.
pub fn release() -> Result<()> {
    let built = build_with_profile(Kind::CommandLine)?;
    println!("Built {}", built.display());
    Ok(())
}

/// Runs the benchmark `asyncio`, for these programs or all.
pub fn bench(programs: &[String]) -> Result<()> {
    let built = build_with_profile(Kind::Bench)?;
    process::run(Command::new(built).args(programs))
}

fn build_with_profile(kind: Kind) -> Result<PathBuf> {
    let profile = profile(kind)?;
    println!("Compiling once more, with what was counted");
    let flags = format!("-Cprofile-use={}", profile.display());
    build(kind, &kind.folder(), &flags)
}

/// How often each part ran. The file is named after its content: Cargo compiles anew when a name changes.
fn profile(kind: Kind) -> Result<PathBuf> {
    let folder = kind.folder();
    let counts = folder.join("counts");
    println!("Compiling a build that counts how often each part of it runs");
    let flags = format!("-Cprofile-generate={}", counts.display());
    let counting = build(kind, &folder.join("counting"), &flags)?;
    // The compiler's own plugins have counted as well.
    if counts.exists() {
        fs::remove_dir_all(&counts)?;
    }
    for program in fs::read_dir(workspace::root().join(PROGRAMS))? {
        let mut run = kind.run(&counting, &program?.path())?;
        process::run(run.stdout(Stdio::null()))?;
    }
    let merged = counts.join("merged");
    counts::merge(std::slice::from_ref(&counts), &merged)?;
    let mut hasher = DefaultHasher::new();
    fs::read(&merged)?.hash(&mut hasher);
    let profile = folder.join(format!("{:016x}.profdata", hasher.finish()));
    fs::rename(merged, &profile)?;
    Ok(profile)
}

/// Builds it in release mode in a folder of its own; gives the path of what was built.
fn build(kind: Kind, folder: &Path, flags: &str) -> Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--release", "--locked"])
        .arg("--message-format=json-render-diagnostics")
        .args(kind.target())
        .arg("--target-dir")
        .arg(folder)
        .env("RUSTFLAGS", flags)
        .stderr(Stdio::inherit())
        .current_dir(workspace::root());
    let output = cargo.output().context("cargo does not start")?;
    ensure!(
        output.status.success(),
        "{} failed",
        process::describe(&cargo)
    );
    let messages = String::from_utf8(output.stdout)?;
    let mut executables = messages.lines().rev().filter_map(executable);
    executables.next().context("nothing was built")
}

/// The executable that a message of Cargo's tells of.
fn executable(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    message["executable"].as_str().map(PathBuf::from)
}
