//! The simulated computer: schedules, time that computing takes, memory, signals; and that a trace's first
//! line suffices to make the run again.

use loopscope::sim::cpu::Gil;
use loopscope::sim::event::{Ending, Kind, Log};
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use loopscope::trace::{Model, jsonl};

struct Ran {
    world: World,
    log: Log,
    ending: Ending,
}

fn run(program: &str, options: Options) -> Ran {
    let loaded = World::load(program, "program.py", options);
    let mut world = loaded.unwrap_or_else(|findings| panic!("{findings:?}"));
    let mut log = Log::default();
    let ending = loop {
        if let Progress::Ended(ending) = world.step(&mut log) {
            break ending;
        }
    };
    Ran { world, log, ending }
}

impl Ran {
    fn output(&self) -> String {
        let texts = self.log.events.iter().filter_map(|event| match event.kind {
            Kind::Print { text, .. } => Some(self.log.texts.get(text)),
            _ => None,
        });
        texts.collect()
    }

    /// What the program printed, as numbers.
    fn numbers(&self) -> Vec<f64> {
        let output = self.output();
        let words = output.split_whitespace();
        words.map(|word| word.parse().expect(&output)).collect()
    }
}

fn with(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options::default();
    change(&mut options);
    options
}

const RACE: &str = "
import threading
count = 0
def work():
    global count
    for _ in range(100):
        count += 1
threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(count)
";

/// Two threads of which one reads a variable between two writes of the other.
const CHECK: &str = "
import threading
balance = 100
gate = threading.Barrier(2)
def withdraw():
    global balance
    gate.wait()
    if balance >= 100:
        balance = balance - 100
threads = [threading.Thread(target=withdraw) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(balance)
";

fn scheduled(program: &str, schedule: &str) -> Ran {
    run(
        program,
        with(|options| options.schedule = schedule.parse().expect(schedule)),
    )
}

#[test]
fn a_race_that_the_default_hides_shows_up_and_is_replayed() {
    assert_eq!(run(RACE, Options::default()).output(), "300\n");
    let first = scheduled(RACE, "random:1");
    assert!(first.numbers()[0] < 300.0);
    let again = scheduled(RACE, "random:1");
    assert_eq!(jsonl::write(&first.log), jsonl::write(&again.log));
}

#[test]
fn seeds_find_a_check_that_is_out_of_date() {
    let found = |schedule: &dyn Fn(u32) -> String| {
        (0..60).any(|seed| scheduled(CHECK, &schedule(seed)).numbers()[0] < 0.0)
    };
    assert_eq!(run(CHECK, Options::default()).output(), "0\n");
    assert!(found(&|seed| format!("random:{seed}")));
    assert!(found(&|seed| format!("pct:{seed},3")));
}

#[test]
fn the_first_line_suffices_to_run_again() {
    let options = with(|options| {
        options.schedule = "random:9".parse().expect("a schedule");
        (options.cpu_cost, options.cores) = (50, 3);
        options.input = vec!["SIGINT@#400".parse().expect("an input")];
    });
    let first = run(RACE, options);
    let text = jsonl::write(&first.log);
    let read = jsonl::read(&text);
    assert_eq!(read.notes, []);
    let options = read.log.options.expect("options in the first line");
    let again = run(RACE, (*options).clone());
    assert_eq!(text, jsonl::write(&again.log));
}

const ORDER: &str = "
import threading
def say(name):
    print(name)
for name in 'abc':
    threading.Thread(target=say, args=name).start()
";

#[test]
fn a_choice_at_an_event_decides_who_goes_next() {
    let usual = run(ORDER, Options::default());
    assert_eq!(usual.output(), "a\nb\nc\n");
    let block = usual
        .log
        .events
        .iter()
        .position(|event| matches!(event.kind, Kind::ThreadStart { thread: 2, .. }));
    let choice = format!("T1@#{}", block.expect("a start") + 1);
    // The main thread waits until the new one has begun; then the choice lets it go first.
    let chosen = run(
        ORDER,
        with(|options| options.input = vec![choice.parse().expect("an input")]),
    );
    assert_eq!(chosen.ending, Ending::Finished);
    assert_eq!(chosen.output().len(), usual.output().len());
}

#[test]
fn an_input_can_be_added_to_a_run_in_progress() {
    let program = "import time\ntry:\n    time.sleep(1)\n    time.sleep(5)\nexcept KeyboardInterrupt:\n    print('interrupted')\n";
    let mut world = World::load(program, "program.py", Options::default()).expect("it loads");
    let mut log = Log::default();
    while log.events.is_empty() {
        world.step(&mut log);
    }
    world.input("SIGINT@#9".parse().expect("an input"));
    while world.step(&mut log) == Progress::Running {}
    let input = log.options.as_ref().expect("options").input.clone();
    let whole = run(program, with(|options| options.input = input));
    assert_eq!(whole.output(), "interrupted\n");
    assert_eq!(jsonl::write(&log), jsonl::write(&whole.log));
}

const COMPUTE: &str = "
import sys, threading, time
def work():
    for _ in range(40000):
        pass
start = time.perf_counter()
work()
print(time.perf_counter() - start)
for target, count in (work, 1), (work, 4), (lambda: time.sleep(1), 4):
    threads = [threading.Thread(target=target) for _ in range(count)]
    start = time.perf_counter()
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(time.perf_counter() - start)
";

/// Elapsed times of four CPU-bound threads and of four that sleep, relative to one computation.
fn elapsed(cores: u16, gil: Gil) -> [f64; 3] {
    let ran = run(
        COMPUTE,
        with(|options| (options.cpu_cost, options.cores, options.gil) = (200, cores, gil)),
    );
    let numbers = ran.numbers();
    [numbers[1] / numbers[0], numbers[2] / numbers[0], numbers[3]]
}

#[track_caller]
fn assert_near(measured: [f64; 3], predicted: [f64; 3]) {
    for (measured, predicted) in measured.into_iter().zip(predicted) {
        assert!(
            (measured / predicted - 1.0).abs() < 0.05,
            "{measured} {predicted}"
        );
    }
}

#[test]
fn computing_threads_take_turns_on_the_gil() {
    assert_near(elapsed(1, Gil::On), [1.0, 4.0, 1.0]);
    assert_near(elapsed(4, Gil::On), [1.0, 4.0, 1.0]);
}

#[test]
fn without_the_gil_cores_divide_the_time() {
    assert_near(elapsed(1, Gil::Off), [1.0, 4.0, 1.0]);
    assert_near(elapsed(2, Gil::Off), [1.0, 2.0, 1.0]);
    assert_near(elapsed(4, Gil::Off), [1.0, 1.0, 1.0]);
}

#[test]
fn the_time_of_events_never_goes_back() {
    for (schedule, gil) in [("fifo", Gil::On), ("fifo", Gil::Off), ("random:5", Gil::On)] {
        let ran = run(
            COMPUTE,
            with(|options| {
                (options.cpu_cost, options.cores, options.gil) = (200, 3, gil);
                options.schedule = schedule.parse().expect(schedule);
            }),
        );
        assert!(ran.log.events.iter().is_sorted_by_key(|event| event.at.ns));
    }
}

#[test]
fn one_thread_too_many_cannot_be_started() {
    let program = "
import threading
stop, count = threading.Event(), 0
try:
    while True:
        threading.Thread(target=stop.wait, daemon=True).start()
        count += 1
except RuntimeError as error:
    print(count, error)
";
    let small = |bytes| run(program, with(|options| options.address_space = bytes)).output();
    assert_eq!(small(3 << 30), "376 can't start new thread\n");
    assert_eq!(small(1 << 30), "120 can't start new thread\n");
}

#[test]
fn memory_is_what_live_threads_reserve() {
    let program = "
import threading
threading.stack_size(1 << 20)
stop = threading.Event()
threads = [threading.Thread(target=stop.wait) for _ in range(3)]
for thread in threads: thread.start()
print()
stop.set()
";
    let ran = run(program, Options::default());
    let print = ran
        .log
        .events
        .iter()
        .position(|event| matches!(event.kind, Kind::Print { .. }));
    let before = ran.log.events.iter().take(print.expect("a line"));
    let memory = Model::of(before, &ran.log.texts).memory();
    assert_eq!((memory.threads, memory.stacks.reserved), (4, 3 << 20));
    let after = Model::of(&ran.log.events, &ran.log.texts).memory();
    assert_eq!(after.stacks.reserved, 0);
}

#[test]
fn a_signal_ends_a_program_as_it_does_in_a_shell() {
    let status = |program: &str, input: &str| {
        let input = vec![input.parse().expect(input)];
        run(program, with(|options| options.input = input))
            .world
            .exit_status()
    };
    let sleeping = "import time\ntime.sleep(9)";
    assert_eq!(status(sleeping, "SIGINT@1.5"), Some(130));
    assert_eq!(status(sleeping, "SIGTERM@1.5"), Some(143));
    let running = "import asyncio\nasyncio.run(asyncio.sleep(9))";
    assert_eq!(status(running, "SIGINT@1.5"), Some(130));
}
