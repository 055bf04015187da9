//! Which lines of the kernel the programs reached: a build that counts, and what it counted.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use xtask::workspace;

use crate::{counts, process, tools};

/// Names the file that a program built to count writes its counts into; others pay no heed to it.
pub const FILE_VARIABLE: &str = "LLVM_PROFILE_FILE";
/// Runs of the same program add up in one file.
pub const FILE: &str = "counts-%m.profraw";
const KERNEL: &str = "src/sim";

/// The simulation's command line, built to count.
pub fn build() -> Result<PathBuf> {
    let folder = workspace::target().join("coverage");
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["build", "--package", "loopscope", "--bin", "loopscope"])
        .arg("--target-dir")
        .arg(&folder)
        .env("RUSTFLAGS", "-Cinstrument-coverage")
        .current_dir(workspace::root());
    process::run(&mut command)?;
    Ok(folder.join("debug/loopscope"))
}

/// Prints what the counts in these folders say about the kernel.
pub fn print(loopscope: &Path, folders: &[PathBuf]) -> Result<()> {
    let merged = workspace::target().join("coverage/merged.profdata");
    counts::merge(folders, &merged)?;
    let mut export = Command::new(tools::llvm()?.join("llvm-cov"));
    let exported = export
        .args(["export", "--format=lcov", "--instr-profile"])
        .args([&merged, loopscope])
        .arg(workspace::root().join(KERNEL))
        .stderr(Stdio::inherit())
        .output()
        .context("llvm-cov does not start")?;
    ensure!(exported.status.success(), "llvm-cov failed");
    print_files(&read(&String::from_utf8_lossy(&exported.stdout)));
    Ok(())
}

/// What was reached of one source file.
#[derive(Debug, Default, PartialEq, Eq)]
struct File {
    path: String,
    /// Its lines of code, and how often each was reached.
    lines: BTreeMap<usize, u64>,
    /// The lines where functions begin, and how often each was called in any of its instances.
    functions: BTreeMap<usize, u64>,
}

impl File {
    fn reached(&self) -> usize {
        self.lines.values().filter(|times| **times > 0).count()
    }
}

/// Reads LCOV: a file's records between `SF:path` and `end_of_record`.
fn read(text: &str) -> Vec<File> {
    let mut files = Vec::new();
    let mut file = File::default();
    let mut names = BTreeMap::new();
    for line in text.lines() {
        let Some((kind, rest)) = line.split_once(':') else {
            files.push(std::mem::take(&mut file));
            names.clear();
            continue;
        };
        let fields = rest.split_once(',').unwrap_or((rest, ""));
        match (kind, fields) {
            ("SF", _) => file.path = rest.into(),
            ("DA", (line, times)) => {
                *file.lines.entry(number(line)).or_default() += number(times) as u64;
            }
            ("FN", (line, name)) => {
                names.insert(name.to_owned(), number(line));
            }
            ("FNDA", (times, name)) => {
                if let Some(line) = names.get(name) {
                    *file.functions.entry(*line).or_default() += number(times) as u64;
                }
            }
            _ => {}
        }
    }
    files
}

fn number(text: &str) -> usize {
    let digits = text.split(',').next().unwrap_or_default();
    digits.parse().unwrap_or_default()
}

fn print_files(files: &[File]) {
    let all: usize = files.iter().map(|file| file.lines.len()).sum();
    let reached: usize = files.iter().map(File::reached).sum();
    println!(
        "Kernel: {reached} of {all} lines reached ({} %)",
        percent(reached, all)
    );
    for file in files {
        let source = fs::read_to_string(&file.path).unwrap_or_default();
        let never = file.functions.iter().filter(|(_, times)| **times == 0);
        let never: Vec<_> = never
            .filter_map(|(line, _)| function_at(&source, *line))
            .collect();
        let path = file.path.rsplit_once(KERNEL).map_or("", |(_, path)| path);
        let lines = percent(file.reached(), file.lines.len());
        match never.is_empty() {
            true => println!("  {lines:>3} % {KERNEL}{path}"),
            false => println!("  {lines:>3} % {KERNEL}{path}, never: {}", never.join(" ")),
        }
    }
}

fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole.max(1)
}

/// The name of the function that begins on a line; none for closures.
fn function_at(source: &str, line: usize) -> Option<&str> {
    let (_, rest) = source
        .lines()
        .nth(line.checked_sub(1)?)?
        .split_once("fn ")?;
    rest.split(['(', '<']).next()
}
