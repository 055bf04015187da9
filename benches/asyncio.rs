//! How fast programs run with their trace recorded in memory, beside the CPython that `python3` is.
//!
//! `cargo bench --bench asyncio`, or with names of programs behind `--`. Each time is the median of several runs, each in a
//! process of its own, without what starting takes: on our side that of a program that does nothing, once the library is
//! compiled, which is run after each of them, so that a machine that gets slower or faster changes both; in CPython the time
//! before the program. `recorded` is the time with everything that the page keeps as well: the model, its snapshots and the
//! machine's.

#![expect(clippy::disallowed_types, reason = "benchmarks measure real time")]

use std::process::Command;
use std::time::{Duration, Instant as Clock};

use loopscope::sim::event::Log;
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use loopscope::trace::Recorder;

const RUNS: usize = 7;

/// Slices that a recorder runs at once.
const SLICES: usize = 1024;

/// Programs, and what is run to see how long starting takes.
struct Group {
    name: &'static str,
    start: &'static str,
    programs: &'static [(&'static str, &'static str)],
}

macro_rules! programs {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("programs/", $name, ".py")))),*]
    };
}

const GROUPS: &[Group] = &[
    Group {
        name: "asyncio",
        start: include_str!("programs/nothing.py"),
        programs: programs!("sleep_zero" "timers" "queue_ping_pong" "gather_tree" "lock_contention" "cancellation_storm"),
    },
    Group {
        name: "plain Python",
        start: "",
        programs: programs!("calls" "attributes" "loops" "containers" "texts" "generators"),
    },
];

/// Runs a program in CPython and prints how many seconds it took, without the imports.
const TIMED: &str = "
import asyncio, sys, time
code = compile(sys.argv[1], 'program.py', 'exec')
start = time.perf_counter()
exec(code, {'__name__': '__main__'})
print(time.perf_counter() - start)
";

/// The argument with which this program times one run: behind it stand the kind of run and the program's text.
const ONE_RUN: &str = "--one-run";

/// What is timed.
#[derive(Clone, Copy)]
enum Timed {
    Run,
    Record,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [one_run, kind, text] = &arguments[..]
        && one_run == ONE_RUN
    {
        return time_one_run(kind, text);
    }
    let wanted: Vec<String> = arguments
        .into_iter()
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    for group in GROUPS {
        measure(group, &wanted);
    }
}

fn measure(group: &Group, wanted: &[String]) {
    let start = median(|| in_new_process(Timed::Run, group.start));
    println!(
        "{}: times in ms without the {} of our start",
        group.name,
        millis(start)
    );
    println!(
        "{:24} CPython     ours  ratio recorded  ratio    events bytes each",
        ""
    );
    for (name, text) in group.programs {
        if !wanted.is_empty() && !wanted.iter().any(|one| one == name) {
            continue;
        }
        let theirs = median(|| run_cpython(text));
        let [ours, recorded] = [Timed::Run, Timed::Record].map(|timed| {
            median(|| {
                let whole = in_new_process(timed, text);
                whole.saturating_sub(in_new_process(timed, group.start))
            })
        });
        let log = run(text).1;
        let ratio = |time: Duration| theirs.as_secs_f64() / time.as_secs_f64();
        println!(
            "{name:24} {:7} {:8} {:5.1}x {:8} {:5.1}x {:9} {:10.1}",
            millis(theirs),
            millis(ours),
            ratio(ours),
            millis(recorded),
            ratio(recorded),
            log.events.len(),
            log.events.size() as f64 / log.events.len().max(1) as f64,
        );
    }
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}

fn median(mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| run()).collect();
    times.sort();
    times[RUNS / 2]
}

/// How long a run takes in a process of its own: memory is as nobody has used it before.
fn in_new_process(timed: Timed, text: &str) -> Duration {
    let kind = match timed {
        Timed::Run => "run",
        Timed::Record => "record",
    };
    let program = std::env::current_exe().expect("this program has a path");
    let output = Command::new(program).args([ONE_RUN, kind, text]).output();
    seconds(output.expect("this program can be run").stdout)
}

/// Prints how many seconds a run takes, once the library's modules are compiled.
fn time_one_run(kind: &str, text: &str) {
    run("import asyncio");
    let took = match kind {
        "record" => record(text),
        _ => run(text).0,
    };
    println!("{}", took.as_secs_f64());
}

fn load(text: &str) -> World {
    World::load(text, "program.py", Options::default())
        .unwrap_or_else(|findings| panic!("{findings:?}"))
}

fn run(text: &str) -> (Duration, Log) {
    let began = Clock::now();
    let (mut world, mut log) = (load(text), Log::default());
    while world.step(&mut log) == Progress::Running {}
    let took = began.elapsed();
    assert_eq!(world.exit_status().unwrap_or(0), 0, "the program fails");
    (took, log)
}

fn record(text: &str) -> Duration {
    let began = Clock::now();
    let mut recorder = Recorder::new(load(text));
    while recorder.run_for(SLICES) == Progress::Running {}
    began.elapsed()
}

/// The time that CPython says it took; none when there is no CPython.
fn run_cpython(text: &str) -> Duration {
    let output = Command::new("python3").args(["-c", TIMED, text]).output();
    output.map_or(Duration::ZERO, |output| seconds(output.stdout))
}

/// What a program printed, as seconds.
fn seconds(printed: Vec<u8>) -> Duration {
    let printed = String::from_utf8(printed).ok();
    let seconds = printed.and_then(|printed| printed.trim().parse().ok());
    Duration::from_secs_f64(seconds.unwrap_or(0.0))
}
