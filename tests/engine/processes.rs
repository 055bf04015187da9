//! Processes: the programs of `tests/processes` print what CPython 3.14 printed (the files `.out` beside them), and
//! their traces tell which thread belongs to which process.

use loopscope::sim::event::{Kind, Log, Stream};
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use loopscope::trace::{Model, jsonl};
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/processes");

struct Ran {
    log: Log,
    status: Option<i32>,
}

fn run(name: &str) -> Ran {
    let text = std::fs::read_to_string(Path::new(FOLDER).join(format!("{name}.py")));
    let loaded = World::load(&text.expect(name), "program.py", Options::default());
    let mut world = loaded.unwrap_or_else(|findings| panic!("{findings:?}"));
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    let status = world.exit_status();
    Ran { log, status }
}

impl Ran {
    fn written(&self, to: Stream) -> String {
        let texts = self.log.events.iter().filter_map(|event| match event.kind {
            Kind::Print { stream, text } if stream == to => Some(self.log.texts.get(text)),
            _ => None,
        });
        texts.collect()
    }
}

#[track_caller]
fn prints_the_same(name: &str) -> Ran {
    let expected = std::fs::read_to_string(Path::new(FOLDER).join(format!("{name}.out")));
    let ran = run(name);
    assert_eq!(ran.written(Stream::Stdout), expected.expect(name));
    ran
}

/// What the work items of a program call.
fn calls(program: &str) -> Vec<String> {
    let mut world = World::load(program, "program.py", Options::default()).expect("supported");
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    let calls = log.events.iter().filter_map(|event| match event.kind {
        Kind::JobSubmit { call, .. } => call.map(|call| log.texts.get(call).to_owned()),
        _ => None,
    });
    calls.collect()
}

#[test]
fn work_items_are_called_by_what_their_submitter_calls() {
    let program = "
import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
def f(*values, **options): return 0
async def main():
    await asyncio.to_thread(f, 1, 'two')
if __name__ == '__main__':
    asyncio.run(main())
    with ThreadPoolExecutor() as pool:
        pool.submit(f, 1.5, [], key=1)
        pool.submit(f, *range(9))
    with ProcessPoolExecutor() as pool:
        list(pool.map(f, [1, 2, 3], chunksize=2))
        list(pool.map(f, [7]))
";
    let expected = [
        "f(1, 'two')",
        "f(1.5, …, …)",
        "f(0, 1, 2, …)",
        "f(… × 2)",
        "f(3)",
        "f(7)",
    ];
    assert_eq!(calls(program), expected);
}

#[test]
fn workers_know_what_their_start_method_gives_them() {
    prints_the_same("start_methods");
}

#[test]
fn a_loop_waits_for_processes_and_runs_in_them() {
    prints_the_same("executor_and_loop");
}

#[test]
fn processes_have_names_statuses_and_queues() {
    let ran = prints_the_same("processes_and_queues");
    let errors = ran.written(Stream::Stderr);
    assert!(
        errors.starts_with("Process Process-5:\nTraceback"),
        "{errors}"
    );
    assert!(errors.ends_with("ValueError: in the child\n"), "{errors}");
}

#[test]
fn pools_refuse_break_and_end() {
    prints_the_same("pools");
}

#[test]
fn a_program_that_starts_processes_when_it_is_imported_fails() {
    let ran = prints_the_same("unguarded");
    let errors = ran.written(Stream::Stderr);
    assert!(errors.contains("RuntimeError: \n        An attempt has been made"));
    assert!(errors.ends_with("ConnectionResetError: [Errno 104] Connection reset by peer\n"));
    assert_eq!(ran.status, Some(1));
}

#[test]
fn traces_tell_which_process_a_thread_belongs_to() {
    let ran = run("start_methods");
    let read = jsonl::read(&jsonl::write(&ran.log));
    assert_eq!(read.notes, []);
    assert!(read.log.events.iter().eq(ran.log.events.iter()));
    let model = Model::of(&ran.log.events, &ran.log.texts);
    let name = |process| {
        model
            .process_name(process)
            .map(|name| ran.log.texts.get(name))
    };
    assert_eq!(name(1), Some("SpawnProcess-1"));
    let first = model.threads.values().find(|thread| thread.process == 1);
    let thread = first.and_then(|thread| thread.name);
    assert_eq!(
        thread.map(|name| ran.log.texts.get(name)),
        Some("SpawnProcess-1")
    );
    assert!(
        model
            .threads
            .values()
            .all(|thread| thread.process == 0 || thread.ended() || thread.name.is_some())
    );
}
