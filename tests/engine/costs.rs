//! Elapsed virtual times of computing and sleeping under threads, processes and asyncio, beside what arithmetic
//! predicts. `cargo nextest run costs --no-capture` prints the table.

use loopscope::sim::cpu::Gil;
use loopscope::sim::event::{Kind, Log};
use loopscope::sim::options::Options;
use loopscope::sim::world::{Progress, World};
use std::collections::BTreeMap;

const PROGRAM: &str = include_str!("../workloads/elapsed.py");

/// Virtual nanoseconds of an instruction.
const COST: u64 = 100;

/// What the program printed: seconds by workload and way.
type Elapsed = BTreeMap<String, f64>;

fn measure(cores: u16, gil: Gil) -> Elapsed {
    let options = Options {
        cpu_cost: COST,
        cores,
        gil,
        lines: false,
        ..Options::default()
    };
    let loaded = World::load(PROGRAM, "elapsed.py", options);
    let mut world = loaded.unwrap_or_else(|findings| panic!("{findings:?}"));
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    let printed = log.events.iter().filter_map(|event| match event.kind {
        Kind::Print { text, .. } => Some(log.texts.get(text)),
        _ => None,
    });
    let printed: String = printed.collect();
    let rows = printed.lines().filter_map(|line| line.rsplit_once(' '));
    rows.map(|(name, seconds)| (name.to_owned(), seconds.parse().expect(&printed)))
        .collect()
}

/// Compares measured times with predictions, in seconds, within a share of them.
#[track_caller]
fn assert_near(title: &str, measured: &Elapsed, predicted: &[(&str, f64)], share: f64) {
    for &(name, expected) in predicted {
        let found = measured[name];
        println!("{title:24} {name:32} {found:9.6} s, predicted {expected:9.6} s");
        assert!(
            (found / expected - 1.0).abs() < share,
            "{title}, {name}: {found} s, predicted {expected} s"
        );
    }
}

#[test]
fn elapsed_times_are_what_arithmetic_predicts() {
    let on = measure(4, Gil::On);
    let off = measure(4, Gil::Off);
    let unit = on["compute, once"];
    // A megabyte is sent to each of four workers and comes back. The program's process pickles them one after the
    // other; each worker reads, computes and answers; the last one's answer is read when the others' have been.
    let side = 1e6 * 4.0 / 32.0 * COST as f64 / 1e9;
    let large = 4.0 * side + side + unit + side + side;
    let four = [
        ("compute, 1 thread", unit),
        ("compute, 4 threads", 4.0 * unit),
        ("compute, asyncio", 4.0 * unit),
        ("compute, 4 processes", unit),
        ("compute, 4 processes, large", large),
        ("sleep, 1 thread", 1.0),
        ("sleep, 4 threads", 1.0),
        ("sleep, asyncio", 1.0),
        ("sleep, 4 processes", 1.0),
    ];
    assert_near("4 cores, GIL", &on, &four, 0.05);
    let free = four.map(|(name, expected)| match name {
        "compute, 4 threads" => (name, unit),
        _ => (name, expected),
    });
    assert_near("4 cores, no GIL", &off, &free, 0.05);
    let one = measure(1, Gil::On);
    let alone = [
        ("compute, 4 threads", 4.0 * unit),
        ("compute, 4 processes", 4.0 * unit),
        ("sleep, 4 threads", 1.0),
    ];
    assert_near("1 core, GIL", &one, &alone, 0.05);
}

fn seconds(program: &str) -> f64 {
    let text = format!(
        "import time\nstart = time.perf_counter()\n{program}\nprint(time.perf_counter() - start)\n"
    );
    let options = Options {
        cpu_cost: COST,
        ..Options::default()
    };
    let mut world = World::load(&text, "program.py", options).expect("it loads");
    let mut log = Log::default();
    while world.step(&mut log) == Progress::Running {}
    let printed = log.events.iter().find_map(|event| match event.kind {
        Kind::Print { text, .. } => Some(log.texts.get(text)),
        _ => None,
    });
    let text = printed.unwrap_or_default();
    text.parse().expect(text)
}

#[test]
fn loading_the_library_takes_no_time() {
    let nothing = seconds("pass");
    let import = seconds("import asyncio, concurrent.futures, decimal");
    assert!(import - nothing < 40.0 * COST as f64 / 1e9, "{import}");
}

#[test]
fn a_built_in_takes_as_long_as_its_work() {
    let twice_as_much = |program: &str| {
        let of = |size: &str| seconds(&program.replace("SIZE", size));
        of("200000") / of("100000")
    };
    for program in [
        "list(range(SIZE))",
        "sum(range(SIZE))",
        "'x' * SIZE + 'y'",
        "'ab'.join(['c'] * SIZE)",
        "-1 in [0] * SIZE",
        "[1] * SIZE == [1] * SIZE",
    ] {
        let ratio = twice_as_much(program);
        assert!((1.9..2.1).contains(&ratio), "{program}: {ratio}");
    }
    let ratio = twice_as_much("a = 1 << SIZE; a * a");
    assert!((3.5..4.1).contains(&ratio), "products: {ratio}");
}

const DIGESTS: &str = "
import hashlib, threading
data = bytes(1_000_000)
threads = [threading.Thread(target=hashlib.sha256, args=(data,)) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()";

#[test]
fn digests_of_much_data_are_made_without_the_gil() {
    let one = 1e6 / 16.0 * COST as f64 / 1e9;
    let both = seconds(DIGESTS);
    let made = seconds("bytes(1_000_000)");
    // The bytes are copied once for each digest, and with the GIL.
    assert!(both - 3.0 * made < 1.1 * one, "{both} {one} {made}");
}
