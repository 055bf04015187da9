//! The golden programs: the library prints, exits and schedules as CPython 3.14 did.
//!
//! `programs/known.tsv` lists those that do not pass yet, and is exact: one that starts to pass has to be taken off.
//! `cargo test --test programs -- --ignored` writes it anew.

mod conformance;
mod golden;

use std::collections::BTreeMap;
use std::io::Read;

use conformance::{CORE, Comparison, difference};
use flate2::read::GzDecoder;
use golden::{Program, Run};
use loopscope::sim::event::{Ending, Stream};
use loopscope::syntax::{Diagnostic, DiagnosticKind};
use loopscope::trace::jsonl;

/// What a program does here instead of what it did on CPython.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Failure {
    /// It is not run, or not to its end: it uses something that is not supported.
    Refused(String),
    /// It runs wrongly.
    Different(String),
}

impl Failure {
    /// The name in `known.tsv`, and the reason.
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Refused(why) => ("refused", why),
            Self::Different(why) => ("different", why),
        }
    }
}

/// Runs a program and compares it with what was recorded.
fn judge(program: &Program) -> Result<(), Failure> {
    let world = program.world().map_err(|findings| refusal(&findings))?;
    let run = Run::of(world);
    match run.ending {
        Ending::Unsupported => Err(Failure::Refused(run.message().into())),
        Ending::Budget | Ending::Deadlock | Ending::Input => {
            Err(Failure::Different(run.message().into()))
        }
        Ending::Finished => compare(program, &run).map_err(Failure::Different),
    }
}

fn refusal(findings: &[Diagnostic]) -> Failure {
    let first = &findings[0];
    let why = format!("line {}: {}", first.line, first.message);
    match first.kind {
        DiagnosticKind::Unsupported(_) => Failure::Refused(why),
        DiagnosticKind::Syntax(_) => Failure::Different(why),
    }
}

fn compare(program: &Program, run: &Run) -> Result<(), String> {
    let comparison = Comparison::new(&program.file());
    let plain = |text: &str| comparison.plain(text);
    let normal = |text: &str| comparison.normal(text);
    let stdout = run.written(Stream::Stdout);
    same_lines("stdout line", &plain(&program.read("out")), &plain(&stdout))?;
    let status = [run.world.exit_status().unwrap_or(0)];
    same("exit status", &[program.status], &status)?;
    let stderr = run.written(Stream::Stderr);
    same_lines(
        "stderr line",
        &normal(&program.read("err")),
        &normal(&stderr),
    )?;
    if let Some(trace) = recorded(program) {
        let ours = jsonl::write(&run.log);
        let core = |trace: &str| comparison.schedule(trace, CORE);
        same("event", &core(&trace), &core(&ours))?;
    }
    match run.world.audit().first() {
        Some(wrong) => Err(format!("counted wrongly: {wrong:?}")),
        None => Ok(()),
    }
}

/// The recorded trace, where there is one.
fn recorded(program: &Program) -> Option<String> {
    let file = std::fs::File::open(program.beside("trace.jsonl.gz")).ok()?;
    let mut text = String::new();
    GzDecoder::new(file)
        .read_to_string(&mut text)
        .expect("gzip");
    Some(text)
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, wanted: &[T], got: &[T]) -> Result<(), String> {
    match wanted == got {
        true => Ok(()),
        false => Err(difference(what, wanted, got)),
    }
}

fn same_lines(what: &str, wanted: &str, got: &str) -> Result<(), String> {
    let lines = |text: &str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
    same(what, &lines(wanted), &lines(got))
}

/// The programs of a suite that do not pass.
fn failures(suite: &'static str) -> BTreeMap<String, Failure> {
    let programs = golden::suite(suite);
    let failure = |program: Program| Some((program.id(), judge(&program).err()?));
    programs.into_iter().filter_map(failure).collect()
}

/// The programs that are known not to pass, with the kind of their failure.
fn known() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(golden::path("known.tsv")).expect("known.tsv");
    let entry = |line: &str| {
        let mut columns = line.split('\t').map(str::to_owned);
        Some((columns.next()?, columns.next()?))
    };
    text.lines().skip(1).filter_map(entry).collect()
}

/// What is wrong with a suite: programs that fail unexpectedly, and those that pass unexpectedly.
fn check(suite: &'static str) {
    let mut known = known();
    known.retain(|id, _| id.split('/').next() == Some(suite));
    let mut wrong = Vec::new();
    for (id, failure) in failures(suite) {
        let (kind, why) = failure.parts();
        if known.remove(&id).as_deref() != Some(kind) {
            wrong.push(format!("{id} is {kind}: {why}"));
        }
    }
    let passing = known.keys();
    wrong.extend(passing.map(|id| format!("{id} passes: take it off tests/programs/known.tsv")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn asyncio() {
    check("asyncio");
}

#[test]
fn threads() {
    check("threads");
}

#[test]
fn language() {
    check("language");
}

#[test]
#[ignore = "writes known.tsv anew"]
fn write_the_list_of_known_failures() {
    let mut text = String::from("program\tfailure\twhy\n");
    for (id, failure) in golden::SUITES.into_iter().flat_map(failures) {
        let (kind, why) = failure.parts();
        let why = why.replace(['\t', '\n'], " ");
        text.push_str(&format!("{id}\t{kind}\t{why}\n"));
    }
    std::fs::write(golden::path("known.tsv"), text).expect("known.tsv is written");
}
