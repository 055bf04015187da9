//! The command line: `loopscope run` and `loopscope check`.

use crate::scene::diagnose::diagnose;
use crate::scene::names::View;
use crate::scene::turns::interventions;
use crate::sim::cpu::Gil;
use crate::sim::event::{Ending, Instant, Kind, Log, Stream};
use crate::sim::input::Input;
use crate::sim::load;
use crate::sim::options::Options;
use crate::sim::schedule::Schedule;
use crate::sim::world::{Progress, World};
use crate::syntax::{Diagnostic, DiagnosticKind};
use crate::trace::{Recording, jsonl};
use clap::{Args, Parser, Subcommand};
use serde_json::json;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

/// Exit status: the program uses something that is not supported.
const UNSUPPORTED: i32 = 65;
/// Exit status: a file could not be read or written.
const NO_INPUT: i32 = 66;
/// Exit status: a budget ran out.
const BUDGET: i32 = 70;
/// Exit status: every thread is blocked for ever.
const DEADLOCK: i32 = 71;
/// Exit status: what Python exits with after an uncaught exception.
const FAILURE: i32 = 1;

#[derive(Parser)]
#[command(
    name = "loopscope",
    version,
    about = "Runs Python asyncio and thread programs in a deterministic simulation."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a program: prints what Python would print, and exits as Python would.
    #[command(
        after_help = "Exit status: the program's own; 65 if it uses something that is not supported, \
        66 if a file cannot be read or written, 70 if a budget ran out, 71 if every thread is blocked for ever."
    )]
    Run(Run),
    /// List syntax errors and unsupported features without running the program.
    #[command(
        after_help = "Exit status: 0 if there are none, 1 for syntax errors, 65 for unsupported features."
    )]
    Check(Check),
}

#[derive(Args)]
struct Run {
    /// The program's file, or - for standard input.
    program: PathBuf,
    /// Write the trace as JSON Lines to this file.
    #[arg(long, value_name = "OUT.jsonl")]
    trace: Option<PathBuf>,
    /// Seed of the module random.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Who goes next among the threads that can run: fifo, random:SEED or pct:SEED,DEPTH (both pre-empt threads
    /// between any two instructions).
    #[arg(long, value_name = "SCHEDULE", default_value_t = Schedule::Fifo)]
    schedule: Schedule,
    /// Virtual nanoseconds that an instruction takes; 0: computing is free.
    #[arg(long, value_name = "NS", default_value_t = 0)]
    cpu_cost: u64,
    /// Number of cores.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=1024))]
    cores: u16,
    /// Whether there is a GIL; off is the free-threaded build.
    #[arg(long, value_name = "on|off", default_value = "on", value_parser = gil)]
    gil: Gil,
    /// Size of a process's address space, such as 3GiB.
    #[arg(long, value_name = "SIZE", default_value = "128TiB", value_parser = size)]
    address_space: u64,
    /// A signal from outside, such as SIGINT@1.5 (at that virtual time) or SIGTERM@#120 (after so many events).
    #[arg(long, value_name = "SIGNAL@WHEN")]
    signal: Vec<Input>,
    /// A choice of the thread that goes next, such as T2@#120: thread 2 after 120 events.
    #[arg(long, value_name = "THREAD@#N")]
    choose: Vec<Input>,
    /// Stop after this many events.
    #[arg(long, value_name = "N")]
    max_events: Option<usize>,
    /// Afterwards, list on stderr what a reviewer would remark about the run, with lines and steps.
    #[arg(long)]
    explain: bool,
    /// Stop when virtual time passes this many seconds.
    #[arg(long, value_name = "T")]
    until: Option<f64>,
    /// What the program reads from its standard input: a file, or - for that of this command.
    #[arg(long, value_name = "FILE")]
    stdin: Option<PathBuf>,
    /// The program's own arguments, behind --.
    #[arg(last = true)]
    arguments: Vec<String>,
}

#[derive(Args)]
struct Check {
    /// The program's file, or - for standard input.
    program: PathBuf,
    /// Write the findings as one JSON array.
    #[arg(long)]
    json: bool,
}

/// Runs the command line; gives the exit status.
pub fn main() -> i32 {
    match Cli::parse().command {
        Command::Run(arguments) => run(&arguments),
        Command::Check(arguments) => check(&arguments),
    }
}

/// Does a program seem to read its standard input? Only then is that of this command taken, which may never end.
fn reads_input(program: &str) -> bool {
    program.contains("input(") || program.contains("stdin")
}

fn run(arguments: &Run) -> i32 {
    let Some((text, name)) = read(&arguments.program) else {
        return NO_INPUT;
    };
    let piped = (reads_input(&text) && !std::io::stdin().is_terminal())
        .then(|| PathBuf::from("-"))
        .filter(|own| arguments.program != *own);
    let stdin = arguments.stdin.as_ref().or(piped.as_ref());
    let stdin = stdin.map(|path| read(path));
    if matches!(stdin, Some(None)) {
        return NO_INPUT;
    }
    let options = Options {
        stdin: stdin.flatten().map(|(text, _)| text.as_str().into()),
        ..options(arguments)
    };
    let mut world = match World::load(&text, &name, options) {
        Ok(world) => world,
        Err(findings) => return refuse(&findings, &text, &name),
    };
    let mut log = Log::default();
    let (mut written, mut output) = (0, 0);
    let ending = loop {
        let progress = world.step(&mut log);
        let so_far = world.kernel().output;
        if so_far != output {
            (written, output) = (echo(&log, written), so_far);
        }
        if let Progress::Ended(ending) = progress {
            break ending;
        }
    };
    if let Some(path) = &arguments.trace
        && let Err(error) = std::fs::write(path, jsonl::write(&log))
    {
        eprintln!("loopscope: cannot write {}: {error}", path.display());
        return NO_INPUT;
    }
    let status = finish(&world, &log, ending, &name);
    let inputs = &world.kernel().options.input;
    if arguments.explain || !inputs.is_empty() {
        let recording = Recording::of(log);
        complain(inputs, &recording);
        if arguments.explain {
            explain(&recording, &text, &name);
        }
    }
    status
}

/// Says of which inputs nothing came.
fn complain(inputs: &[Input], recording: &Recording) {
    let view = View::of(recording, recording.head());
    for (input, told) in inputs.iter().zip(interventions(view, inputs)) {
        if let Some(reason) = told.missed {
            eprintln!("loopscope: {input} had no effect: {reason}");
        }
    }
}

/// Lists what a reviewer would remark about a run.
fn explain(recording: &Recording, text: &str, name: &str) {
    let remarks = diagnose(recording, Some(text));
    if remarks.is_empty() {
        eprintln!("loopscope: no remarks");
    }
    for remark in remarks {
        let (severity, title) = (remark.severity.word(), remark.fault.title());
        eprintln!("{name}:{}: {severity}: {title}", remark.line);
        let step = |event: &u32| (event + 1).to_string();
        let steps: Vec<String> = remark.related.iter().map(step).collect();
        let also = match steps.as_slice() {
            [] => String::new(),
            steps => format!("; see also {}", steps.join(", ")),
        };
        let sentence = remark.sentence.plain();
        eprintln!("    {sentence} (step {}{also})", step(&remark.event));
    }
}

fn options(arguments: &Run) -> Options {
    let mut options = Options {
        seed: arguments.seed,
        schedule: arguments.schedule,
        cpu_cost: arguments.cpu_cost,
        cores: arguments.cores,
        gil: arguments.gil,
        address_space: arguments.address_space,
        input: [arguments.signal.as_slice(), &arguments.choose].concat(),
        arguments: arguments.arguments.clone(),
        ..Options::default()
    };
    if let Some(events) = arguments.max_events {
        options.max_events = events;
    }
    if let Some(seconds) = arguments.until {
        options.max_time = Instant::default().after((seconds.max(0.0) * 1e9) as u64).ns;
    }
    options
}

fn gil(text: &str) -> Result<Gil, String> {
    match text {
        "on" => Ok(Gil::On),
        "off" => Ok(Gil::Off),
        _ => Err("on or off".to_owned()),
    }
}

/// A number of bytes, with an optional unit.
fn size(text: &str) -> Result<u64, String> {
    let (number, unit) = text.split_at(
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len()),
    );
    let power = match unit {
        "" | "B" => 0,
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        "TiB" => 40,
        _ => return Err(format!("'{unit}' is not a unit: B, KiB, MiB, GiB or TiB")),
    };
    let bytes = number
        .parse::<u64>()
        .ok()
        .and_then(|n| n.checked_mul(1 << power));
    bytes.ok_or_else(|| format!("'{text}' is not a size"))
}

/// Writes what the program printed since the last time.
fn echo(log: &Log, from: usize) -> usize {
    for event in log.events.from(from) {
        if let Kind::Print { stream, text } = event.kind {
            let text = log.texts.get(text).as_bytes();
            // A closed pipe is the reader's choice: the run goes on for its trace and status.
            let _ = match stream {
                Stream::Stdout => std::io::stdout().write_all(text),
                Stream::Stderr => std::io::stderr().write_all(text),
            };
        }
    }
    log.events.len()
}

fn finish(world: &World, log: &Log, ending: Ending, name: &str) -> i32 {
    let _ = std::io::stdout().flush();
    let message = log.events.last().and_then(|event| match event.kind {
        Kind::Status { message, .. } => message.map(|text| log.texts.get(text)),
        _ => None,
    });
    let message = message.unwrap_or("no reason given");
    match ending {
        Ending::Finished => world.exit_status().unwrap_or(0),
        Ending::Budget => {
            eprintln!("loopscope: {message}");
            BUDGET
        }
        Ending::Deadlock => {
            eprintln!("loopscope: {message}");
            DEADLOCK
        }
        // What this command is given to read is always all that there is.
        Ending::Input => {
            eprintln!("loopscope: {message}");
            DEADLOCK
        }
        Ending::Unsupported => {
            let last = log.events.rfind(|event| event.line > 0);
            let line = last.map_or(1, |event| event.line);
            eprintln!("{name}:{line}: not supported by the simulation: {message}");
            UNSUPPORTED
        }
    }
}

fn check(arguments: &Check) -> i32 {
    let Some((text, name)) = read(&arguments.program) else {
        return NO_INPUT;
    };
    let findings = load::check(&text, &name, &Options::default());
    if arguments.json {
        let all: Vec<_> = findings.iter().map(finding_json).collect();
        println!("{}", serde_json::Value::from(all));
    } else {
        findings
            .iter()
            .for_each(|finding| println!("{}", finding_line(finding, &name)));
    }
    match findings.first().map(|finding| finding.kind) {
        None => 0,
        Some(DiagnosticKind::Syntax(_)) => FAILURE,
        Some(DiagnosticKind::Unsupported(_)) => UNSUPPORTED,
    }
}

/// The text of a program and the name that tracebacks show.
fn read(path: &Path) -> Option<(String, String)> {
    let (text, name) = if path == Path::new("-") {
        let mut text = String::new();
        (
            std::io::stdin().read_to_string(&mut text).map(|_| text),
            "<stdin>".to_owned(),
        )
    } else {
        (std::fs::read_to_string(path), path.display().to_string())
    };
    match text {
        Ok(text) => Some((text, name)),
        Err(error) => {
            eprintln!("loopscope: cannot read {name}: {error}");
            None
        }
    }
}

/// Tells why a program does not run: a syntax error as Python prints it, or what is not supported.
fn refuse(findings: &[Diagnostic], text: &str, name: &str) -> i32 {
    match findings.first() {
        Some(error) if matches!(error.kind, DiagnosticKind::Syntax(_)) => {
            eprint!("{}", syntax_error(error, text, name));
            FAILURE
        }
        _ => {
            findings
                .iter()
                .for_each(|finding| eprintln!("{}", finding_line(finding, name)));
            UNSUPPORTED
        }
    }
}

/// A syntax error with its line and marks (`Lib/traceback.py`: TracebackException._format_syntax_error).
fn syntax_error(error: &Diagnostic, text: &str, name: &str) -> String {
    let kind = kind_name(error);
    let line = text
        .lines()
        .nth(error.line as usize - 1)
        .unwrap_or_default();
    let stripped = line.trim_start();
    let indentation = line.chars().count() - stripped.chars().count();
    let start = (error.column as usize - 1).saturating_sub(indentation);
    let end = match error.end_line == error.line {
        true => (error.end_column as usize - 1).saturating_sub(indentation),
        false => stripped.chars().count(),
    };
    // Marks stand neither in the indentation nor behind the end of the program.
    let in_indentation =
        line.chars().take(indentation).all(|c| c == ' ') && (error.column as usize) <= indentation;
    let at_end = error.start == error.end && error.message.starts_with("expected an indented");
    let marks = match in_indentation || at_end {
        true => String::new(),
        false => {
            let marks = "^".repeat(end.saturating_sub(start).max(1));
            format!("    {}{marks}\n", " ".repeat(start))
        }
    };
    let shown = stripped.trim_end();
    format!(
        "  File \"{name}\", line {}\n    {shown}\n{marks}{kind}: {}\n",
        error.line, error.message
    )
}

fn kind_name(finding: &Diagnostic) -> &'static str {
    match finding.kind {
        DiagnosticKind::Syntax(name) => name,
        DiagnosticKind::Unsupported(_) => "not supported",
    }
}

fn finding_line(finding: &Diagnostic, name: &str) -> String {
    format!(
        "{name}:{}:{}: {}: {}",
        finding.line,
        finding.column,
        kind_name(finding),
        finding.message
    )
}

fn finding_json(finding: &Diagnostic) -> serde_json::Value {
    let feature = match finding.kind {
        DiagnosticKind::Syntax(_) => None,
        DiagnosticKind::Unsupported(feature) => Some(feature),
    };
    json!({
        "kind": kind_name(finding),
        "feature": feature,
        "message": finding.message,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
    })
}
