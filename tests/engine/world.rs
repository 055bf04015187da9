//! The world: runs repeat to the byte, snapshots go on as the original does, references are counted right, and no
//! program takes the host with it.

use std::collections::BTreeSet;

use crate::deep;
use crate::golden::{self, Program, Run};
use loopscope::sim::event::{Ending, Kind, Log, Stream};
use loopscope::sim::events::Events;
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use loopscope::trace::{Cursor, Model, Recorder, Recording, jsonl};
use loopscope::vm::machine::Vm;

/// Some programs of each kind: tasks, timers, threads, pools, signals, generators.
const SAMPLE: [&str; 6] = [
    "asyncio/timeout_nested",
    "asyncio/taskgroup_nested",
    "asyncio/signal_graceful_service",
    "threads/bridge_run_in_executor_basic",
    "threads/barrier_phases",
    "language/algo_dijkstra",
];

/// Snapshots are taken between slices, which have at most about so many instructions.
const SLICE: u64 = 2 * 4096;

/// Slices between two looks at a run.
const SLICES: usize = 16;

fn sample() -> Vec<Program> {
    let programs = golden::SUITES.into_iter().flat_map(golden::suite);
    let sample: Vec<Program> = programs
        .filter(|program| SAMPLE.contains(&program.id().as_str()))
        .collect();
    assert_eq!(sample.len(), SAMPLE.len());
    sample
}

fn start(program: &Program) -> World {
    let refused = |findings| panic!("{}: {findings:?}", program.id());
    program.world().unwrap_or_else(refused)
}

fn load(text: &str, options: Options) -> World {
    let refused = |findings| panic!("{findings:?}");
    World::load(text, "program.py", options).unwrap_or_else(refused)
}

#[test]
fn a_program_runs_the_same_twice() {
    for program in sample() {
        let [first, second] = [(); 2].map(|()| Run::of(start(&program)));
        let traces = [&first, &second].map(|run| jsonl::write(&run.log));
        assert!(traces[0] == traces[1], "{}", program.id());
        let statuses = [first, second].map(|run| run.world.exit_status());
        assert_eq!(statuses, [Some(program.status); 2], "{}", program.id());
    }
}

#[test]
fn a_clone_goes_on_as_the_original_does() {
    for program in sample() {
        let mut world = start(&program);
        let mut log = Log::default();
        let whole = Run::of(world.clone());
        let mut begun = Vec::new();
        while world.step(&mut log) == Progress::Running {
            if begun.len() * 2000 < log.events.len() {
                begun.push((world.clone(), log.clone()));
            }
        }
        for (mut world, mut log) in begun {
            while world.step(&mut log) == Progress::Running {}
            assert!(log.events == whole.log.events, "{}", program.id());
        }
    }
}

#[test]
fn seeking_and_restoring_meet_the_run_as_it_was() {
    for program in sample() {
        let mut recorder = Recorder::new(start(&program));
        while recorder.run_for(SLICES) == Progress::Running {}
        let recording = recorder.recording().clone();
        let (events, texts) = (&recording.log().events, &recording.log().texts);
        let mut cursor = Cursor::new();
        for position in positions(recording.len()) {
            cursor.seek(&recording, position);
            let fold = Model::of(events.iter().take(position), texts);
            assert!(*cursor.model() == fold, "{}: {position}", program.id());
            let restored = recorder.machine_at(position);
            let (repeated, most) = (restored.instructions, recorder.bound() + SLICE);
            assert!(repeated <= most, "{}: {repeated}", program.id());
            let mut restored = restored.machine;
            let rest = continued(&mut restored, &recording);
            assert!(
                rest.len() + position <= events.len()
                    && events.from(events.len() - rest.len()).eq(&rest),
                "{}: restored at {position}",
                program.id()
            );
        }
    }
}

/// Some positions of a recording, from both ends inwards.
fn positions(len: usize) -> Vec<usize> {
    let halves = (0..6).map(|n| len >> n);
    let inwards = halves.flat_map(|at| [at, len - at]);
    BTreeSet::from_iter(inwards).into_iter().rev().collect()
}

/// What a restored machine still does; its events mention texts by the recording's numbers.
fn continued(world: &mut World, recording: &Recording) -> Events {
    let mut log = Log {
        events: Events::default(),
        texts: recording.log().texts.clone(),
        options: None,
    };
    while world.step(&mut log) == Progress::Running {}
    log.events
}

#[test]
fn reference_counts_are_the_numbers_of_references() {
    for program in sample() {
        let mut world = start(&program);
        let mut log = Log::default();
        let mut looked = 0;
        while world.step(&mut log) == Progress::Running {
            if log.events.len() >= looked + 100 {
                looked = log.events.len();
                let wrong = world.audit();
                assert!(wrong.is_empty(), "{}, {looked}: {wrong:?}", program.id());
            }
        }
        let wrong = world.audit();
        assert!(wrong.is_empty(), "{}: {wrong:?}", program.id());
    }
}

#[test]
fn the_audit_finds_a_reference_that_was_not_counted_back() {
    let world = Run::of(load("x = []", Options::default())).world;
    let mut vm = world.vm().clone();
    // Without the threads' stacks, which are not the machine's, some counts are too high.
    let wrong = |vm: &Vm| vm.audit(std::iter::empty()).len();
    let before = wrong(&vm);
    vm.heap.retain(vm.modules.into());
    assert_eq!(wrong(&vm), before + 1);
}

/// Runs a program that would go on for ever or take all memory; gives how it ended and what was said about it.
fn bounded(text: &str) -> (Ending, String) {
    let options = Options {
        max_instructions: 3_000_000,
        max_events: 100_000,
        ..Options::default()
    };
    let run = Run::of(load(text, options));
    (
        run.ending,
        run.message().to_owned() + &run.written(Stream::Stderr),
    )
}

#[test]
fn endless_programs_end_in_a_budget() {
    let asleep = "import asyncio\nasync def main():\n    while True: await asyncio.sleep(DELAY)\nasyncio.run(main())";
    for program in [
        "while True: pass",
        "while True: print('again')",
        "class A:\n    def __del__(self): A()\nA()\nwhile True: pass",
        "x = []\nwhile True: x.append([x])",
        &asleep.replace("DELAY", "0"),
        &asleep.replace("DELAY", "1"),
        "import threading\ndef go(): threading.Thread(target=go).start()\ngo()",
    ] {
        let (ending, message) = bounded(program);
        assert_eq!(ending, Ending::Budget, "{program}: {message}");
        assert!(message.contains("stopped"), "{program}: {message}");
    }
}

#[test]
fn a_run_has_as_many_events_as_it_may_and_its_status() {
    let text = "import asyncio\nasync def main():\n    while True: await asyncio.sleep(0)\nasyncio.run(main())";
    let whole = Run::of(load(
        text,
        Options {
            max_events: 1000,
            ..Options::default()
        },
    ));
    for max_events in [0, 1, 2, 10, 77, 999] {
        let options = Options {
            max_events,
            ..Options::default()
        };
        let run = Run::of(load(text, options));
        let status = run.log.events.last().expect("a status");
        assert_eq!(run.ending, Ending::Budget);
        assert_eq!(run.log.events.len(), max_events + 1);
        let begun = whole.log.events.iter().take(max_events);
        assert!(run.log.events.iter().take(max_events).eq(begun));
        assert!(matches!(status.kind, Kind::Status { .. }));
        assert_eq!(run.message(), format!("stopped after {max_events} events"));
    }
}

#[test]
fn sources_of_any_depth_are_refused_or_run() {
    deep::nest_sources();
}

#[test]
fn recursion_never_takes_the_host_with_it() {
    deep::recurse();
}

#[test]
fn infinite_recursion_is_an_exception() {
    for program in [
        "def f(): f()\nf()",
        "class A:\n    def __repr__(self): return repr(self)\nrepr(A())",
        "class A:\n    def __eq__(self, other): return self == other\nA() == A()",
        "x = []\nfor n in range(100_000): x = [x]\nrepr(x)",
    ] {
        let (ending, message) = bounded(program);
        assert_eq!(ending, Ending::Finished, "{program}: {message}");
        assert!(message.contains("RecursionError"), "{program}: {message}");
    }
}

#[test]
fn what_is_too_large_is_a_message() {
    for program in [
        "'x' * 10**12",
        "b'x' * 10**12",
        "[0] * 10**10",
        "(0,) * 10**10",
        "10 ** 10 ** 10",
        "1 << 10**12",
        "list(range(10**12))",
        "' '.ljust(10**12)",
        "f'{1:{10**12}}'",
        "'%*d' % (10**12, 1)",
        "bytes(10**12)",
        "x = 'x'\nwhile True: x += x",
        "x = [0]\nwhile True: x += x",
        "x = 3\nwhile True: x *= x",
        "import math\nmath.factorial(10**9)",
        "int('9' * 4_000_000)",
    ] {
        let (ending, message) = bounded(program);
        let readable = match ending {
            Ending::Finished => ["MemoryError", "OverflowError", "ValueError"]
                .iter()
                .any(|error| message.contains(error)),
            _ => message.contains("stopped"),
        };
        assert!(readable, "{program}: {ending:?} {message}");
    }
}

#[test]
fn an_iteration_of_a_loop_within_another_one_is_refused() {
    let (ending, message) = bounded(
        "import asyncio
async def main():
    asyncio.get_running_loop()._run_once()
asyncio.run(main())",
    );
    assert_eq!(ending, Ending::Unsupported);
    assert!(message.contains("within another one"), "{message}");
}
