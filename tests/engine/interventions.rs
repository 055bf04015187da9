//! What happens to a run from outside takes effect at its moment; and what a run tells of a long computation.

use loopscope::sim::event::{Event, Kind, Log};
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};

fn run(program: &str, options: Options) -> Log {
    let loaded = World::load(program, "program.py", options);
    let mut world = loaded.unwrap_or_else(|findings| panic!("{findings:?}"));
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    log
}

fn printed(log: &Log) -> String {
    let texts = log.events.iter().filter_map(|event| match event.kind {
        Kind::Print { text, .. } => Some(log.texts.get(text)),
        _ => None,
    });
    texts.collect()
}

fn with_input(input: &str, cpu_cost: u64) -> Options {
    Options {
        input: vec![input.parse().expect(input)],
        cpu_cost,
        ..Options::default()
    }
}

/// Two threads that begin at the same time add to one number, unprotected.
const RACE: &str = "
import threading
counter = 0
go = threading.Event()
def work():
    global counter
    go.wait()
    for _ in range(3):
        value = counter
        counter = value + 1
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads: thread.start()
go.set()
for thread in threads: thread.join()
print('counter', counter)
";

#[test]
fn a_chosen_thread_goes_next_at_once() {
    for cpu_cost in [0, 100] {
        let plain = run(RACE, with_input("T9@#0", cpu_cost));
        // While the first one computes, after the event was set, the other can run.
        let computes = |event: &Event| event.thread == 2 && event.line == 9;
        let places = plain.events.iter().enumerate();
        let places = places.filter(|(_, event)| computes(event));
        let outputs = places.map(|(at, _)| {
            let chosen = run(RACE, with_input(&format!("T3@#{}", at + 1), cpu_cost));
            let next = chosen.events.get(at + 1).map(|event| event.kind);
            assert_eq!(next, Some(Kind::ThreadPreempt), "{at}");
            printed(&chosen)
        });
        let outputs: Vec<String> = outputs.collect();
        assert_eq!(outputs.len(), 3);
        // Between reading and writing, the other one's three additions are lost.
        let after = plain
            .events
            .iter()
            .position(|event| event.thread == 2 && event.line == 10);
        let choice = format!("T3@#{}", after.expect("it writes") + 1);
        assert_eq!(
            printed(&run(RACE, with_input(&choice, cpu_cost))),
            "counter 3\n"
        );
    }
}

#[test]
fn a_signal_ends_a_program_whose_threads_wait() {
    let deadlock = "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()";
    for program in ["import time\ntime.sleep(100)", deadlock] {
        let log = run(program, with_input("SIGTERM@2.5", 0));
        let ends = |event: &Event| matches!(event.kind, Kind::Exit { .. });
        let exit = log.events.iter().find(ends).expect("it ends");
        assert_eq!(exit.kind, Kind::Exit { status: 143 });
        assert_eq!(exit.at.seconds(), 2.5);
    }
}

#[test]
fn processor_time_is_what_was_computed() {
    let program = "
import threading, time
def work():
    for _ in range(1000): pass
    print(time.thread_time() > 0)
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
time.sleep(5)
print(0 < time.thread_time() < time.process_time() < 1)
";
    let options = |cpu_cost| Options {
        cpu_cost,
        ..Options::default()
    };
    assert_eq!(printed(&run(program, options(100))), "True\nTrue\nTrue\n");
    assert_eq!(printed(&run(program, options(0))), "False\nFalse\nFalse\n");
}

#[test]
fn lines_go_on_after_a_long_computation() {
    let program = "for n in range(3000):\n    pass\nprint(n)\nx = 1\n";
    let log = run(program, Options::default());
    let tells = |event: &Event| matches!(event.kind, Kind::Line { .. });
    let last = log.events.iter().filter(tells).last();
    assert_eq!(last.map(|event| event.line), Some(4));
}

#[test]
fn whoever_interrupts_the_end_does_not_wait_for_threads() {
    let program = "
import atexit, threading, time
atexit.register(print, 'bye')
def work():
    time.sleep(2)
    print('not told any more')
threading.Thread(target=work).start()
";
    let log = run(program, with_input("SIGINT@1", 0));
    let told = printed(&log);
    let joining = "Exception ignored while joining a thread in _thread._shutdown():\n";
    assert!(told.starts_with(joining), "{told}");
    assert!(told.ends_with("KeyboardInterrupt: \nbye\n"), "{told}");
    let ends = |event: &Event| event.kind == Kind::Exit { status: 0 };
    assert!(log.events.iter().any(|event| ends(&event)));
}
