//! The differential fuzzer: random programs on the simulation and on real CPython 3.14, which have to do the same.

mod api;
#[path = "../../../tests/conformance/mod.rs"]
mod conformance;
mod coverage;
mod cpython;
mod generate;
mod helpers;
mod judge;
mod random;
mod render;
mod report;
mod shrink;
mod tree;

use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    sync::mpsc::{Sender, channel},
    thread,
    time::Instant,
};

use anyhow::{Context, Result};
use clap::Args;
use xtask::workspace;

use api::Api;
use generate::{Generated, Suite, generate};
use judge::{Aspect, Judge, Verdict};
use report::{Difference, Report};
use tree::Program;

/// How many smaller programs are tried for one difference.
const TRIES: usize = 600;

#[derive(Args)]
pub struct Options {
    /// How many programs
    #[arg(long, default_value_t = 1000)]
    programs: u64,
    /// What the programs are made from: the same seed makes the same programs
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The number of the first program
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// What the programs are about
    #[arg(long, value_enum, default_value_t = Suite::Asyncio)]
    kind: Suite,
    /// CPython 3.14 [default: $LOOPSCOPE_PYTHON, or python3.14]
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// How many programs run at once
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Keep the programs that differ in this folder, as they were made and shrunk
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Shrink the first so many differences
    #[arg(long, value_name = "N", default_value_t = 10)]
    shrink: usize,
    /// Run the simulation's release build
    #[arg(long)]
    release: bool,
    /// The simulation's command line [default: what is built now]
    #[arg(long, value_name = "PATH")]
    loopscope: Option<PathBuf>,
    /// Also tell which lines of the kernel, `src/sim`, the programs reached
    #[arg(long, conflicts_with_all = ["release", "loopscope"])]
    coverage: bool,
    /// Also shrink what differs in the full schedule alone
    #[arg(long)]
    full: bool,
    /// Print the program --first of the seed, and run nothing
    #[arg(long)]
    show: bool,
    /// Compare these programs, in place of random ones
    #[arg(value_name = "PROGRAM")]
    given: Vec<PathBuf>,
}

/// Runs the fuzzer; true if nothing differs.
pub fn run(options: &Options) -> Result<bool> {
    let api = Api::read(options.kind.table());
    if options.show {
        print!("{}", made(options, &api, options.first).program);
        return Ok(true);
    }
    let python = cpython::find(options.python.as_deref())?;
    let loopscope = match &options.loopscope {
        Some(path) => path.canonicalize().context("no simulation there")?,
        None if options.coverage => coverage::build()?,
        None => judge::build(options.release)?,
    };
    if !options.given.is_empty() {
        let judge = Judge::new(&python, &loopscope, scratch(0), options.kind.is_recorded())?;
        return compare(judge, &options.given);
    }
    let start = Instant::now();
    let mut report = Report::default();
    let next = AtomicU64::new(options.first);
    let shrunk = AtomicUsize::new(0);
    let (sender, receiver) = channel();
    thread::scope(|scope| -> Result<()> {
        for job in 0..options.jobs.max(1) {
            let folder = scratch(job);
            let worker = Worker {
                options,
                api: &api,
                judge: Judge::new(&python, &loopscope, folder, options.kind.is_recorded())?,
                next: &next,
                shrunk: &shrunk,
            };
            let sender = sender.clone();
            scope.spawn(move || {
                let ended = worker.work(&sender);
                // The receiver is there as long as there are workers.
                let _ = ended.map_err(|error| sender.send(Err(error)));
            });
        }
        drop(sender);
        for found in receiver {
            report.add(found?, options.programs);
        }
        Ok(())
    })?;
    report.print(options, &api, start.elapsed());
    if options.coverage {
        let folders: Vec<_> = (0..options.jobs.max(1)).map(scratch).collect();
        coverage::print(&loopscope, &folders)?;
    }
    Ok(report.nothing_differs())
}

/// Compares programs from files, and tells how each differs; true if none does.
fn compare(mut judge: Judge, programs: &[PathBuf]) -> Result<bool> {
    let mut same = true;
    for path in programs {
        let source = fs::read_to_string(path).context("no program there")?;
        let verdict = judge.judge(&source)?;
        println!("{}: {verdict}", path.display());
        same &= !matches!(verdict, Verdict::Different(..));
    }
    Ok(same)
}

fn scratch(job: usize) -> PathBuf {
    workspace::target().join(format!("fuzz/{}-{job}", std::process::id()))
}

fn made(options: &Options, api: &Api, number: u64) -> Generated {
    generate(options.kind, api, options.seed, number)
}

/// What is known of one program after it has run.
pub struct Found {
    used: BTreeSet<String>,
    verdict: Verdict,
    difference: Option<Difference>,
}

/// Takes programs by their numbers.
struct Worker<'a> {
    options: &'a Options,
    api: &'a Api,
    judge: Judge,
    next: &'a AtomicU64,
    shrunk: &'a AtomicUsize,
}

impl Worker<'_> {
    fn work(mut self, sender: &Sender<Result<Found>>) -> Result<()> {
        let end = self.options.first + self.options.programs;
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= end {
                break;
            }
            let found = self.examine(number)?;
            if sender.send(Ok(found)).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn examine(&mut self, number: u64) -> Result<Found> {
        let Generated { program, mut used } = made(self.options, self.api, number);
        let source = program.to_string();
        used.extend(render::paths(&source));
        let verdict = self.judge.judge(&source)?;
        let difference = match &verdict {
            Verdict::Different(aspect, why) if *aspect != Aspect::Full || self.options.full => {
                let source = self.reduced(number, &program, *aspect)?;
                Some(Difference {
                    number,
                    aspect: *aspect,
                    why: why.clone(),
                    source,
                })
            }
            _ => None,
        };
        Ok(Found {
            used,
            verdict,
            difference,
        })
    }

    /// A program that differs, made small unless there were enough; both are kept.
    fn reduced(
        &mut self,
        number: u64,
        program: &Program,
        aspect: Aspect,
    ) -> Result<Option<String>> {
        self.keep(&format!("{number}.whole"), program)?;
        if self.shrunk.fetch_add(1, Ordering::Relaxed) >= self.options.shrink {
            return Ok(None);
        }
        self.judge.judge(&program.to_string())?;
        let strange = self.is_strange();
        let shrunk = shrink::shrink(program.clone(), TRIES, |smaller| {
            let verdict = self.judge.judge(&smaller.to_string())?;
            let same_kind = matches!(verdict, Verdict::Different(a, _) if a == aspect);
            anyhow::Ok(same_kind && (strange || !self.is_strange()))
        })?;
        self.keep(&number.to_string(), &shrunk)?;
        Ok(Some(shrunk.to_string()))
    }

    fn keep(&self, name: &str, program: &Program) -> Result<()> {
        let Some(folder) = &self.options.keep else {
            return Ok(());
        };
        let Options { kind, seed, .. } = self.options;
        let file = folder.join(format!("{}_{seed}_{name}.py", kind.name()));
        fs::create_dir_all(folder)?;
        fs::write(file, program.to_string()).context("cannot keep the program")
    }

    /// Whether the program that ran last failed by what was cut away.
    fn is_strange(&self) -> bool {
        let error = self.judge.last_output();
        ["NameError", "UnboundLocalError", "SyntaxError", "TypeError"]
            .iter()
            .any(|name| error.contains(name))
    }
}
