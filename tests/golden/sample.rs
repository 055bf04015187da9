//! Golden programs of every kind whose traces are compared to the byte: natively and in a browser with the digests in
//! `programs/digests.tsv`.

use loopscope::sim::event::Log;
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use loopscope::trace::jsonl;

macro_rules! programs {
    ($($program:literal)*) => {
        [$(($program, include_str!(concat!("../programs/", $program, ".py")))),*]
    };
}

/// Suite and name, and the text of each program.
pub const SAMPLE: [(&str, &str); 30] = programs! {
    "asyncio/agen_cleanup_order"
    "asyncio/contextvars_request_tree"
    "asyncio/coro_virtual_clock_loop"
    "asyncio/eager_nested_current_task"
    "asyncio/exc_uncaught_group"
    "asyncio/loop_equal_sleeps_fifo"
    "asyncio/pattern_dining_philosophers"
    "asyncio/queue_pipeline_sentinels"
    "asyncio/signal_graceful_service"
    "asyncio/taskgroup_nested"
    "asyncio/timeout_nested"
    "threads/barrier_phases"
    "threads/bridge_two_loops_two_threads"
    "threads/cond_ping_pong"
    "threads/lock_reader_writer"
    "threads/pool_crawler_simulation"
    "threads/pool_nested_tree_sum"
    "threads/thread_daemon_killed_at_exit"
    "threads/timer_debounce_and_repeat"
    "language/class_metaclass"
    "language/exc_uncaught_recursion"
    "language/floats_repr"
    "language/fmt_str_format"
    "language/gen_cooperative_scheduler"
    "language/ints_big_arithmetic"
    "language/json_roundtrip"
    "language/match_interpreter"
    "language/random_seeded_basics"
    "language/set_operations"
    "language/str_predicates"
};

/// The digests as the file has them: program and digest on each line.
pub const DIGESTS: &str = include_str!("../programs/digests.tsv");

/// The digests of all programs of the sample, made anew.
pub fn digests() -> String {
    let line = |(program, text): (&str, &str)| format!("{program}\t{}\n", digest(program, text));
    let head = "program\tbytes and FNV-1a of the trace\n".to_owned();
    head + &SAMPLE.map(line).concat()
}

/// Length and 64-bit FNV-1a hash of a program's trace.
fn digest(program: &str, text: &str) -> String {
    let trace = trace(program, text);
    let hash = trace
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
    format!("{}:{hash:016x}", trace.len())
}

fn trace(program: &str, text: &str) -> String {
    let (_, name) = program.split_once('/').expect("suite and name");
    let world = World::load(text, &format!("{name}.py"), Options::default());
    let mut world = world.unwrap_or_else(|findings| panic!("{program}: {findings:?}"));
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    jsonl::write(&log)
}
