//! How long it takes to record, to travel and to draw at 1,000,000 events of 10,000 tasks.
//!
//! `cargo bench --bench seek`

#![expect(clippy::disallowed_types, reason = "benchmarks measure real time")]

use std::hint::black_box;
use std::time::{Duration, Instant as Clock};

use loopscope::scene::explain::explain;
use loopscope::scene::names::View;
use loopscope::scene::timeline::{Axis, Tracks, Window, picture};
use loopscope::scene::{event_loop, output, places, pools, tasks, threads};
use loopscope::sim::event::{Event, HandleId, Instant, Kind, Log, LoopId, Stream, TaskId};
use loopscope::trace::{Cursor, Granularity, Model, Recording, jsonl};

const TASKS: u32 = 10_000;
const ROUNDS: u32 = 16;
const SEEKS: u32 = 200;

fn main() {
    let log = log();
    println!("{} events of {TASKS} tasks", log.events.len());
    let (_, took) = timed(|| Model::of(&log.events, &log.texts));
    report("fold all", took);
    let (recording, took) = timed(|| Recording::of(log));
    report("fold, index and take snapshots of all", took);
    let (text, took) = timed(|| jsonl::write(recording.log()));
    report(
        &format!("write {} MB of JSON Lines", text.len() >> 20),
        took,
    );
    let (_, took) = timed(|| jsonl::read(&text));
    report("read them", took);
    travel(&recording);
    draw(&recording);
}

fn travel(recording: &Recording) {
    let mut cursor = Cursor::new();
    let mut replayed = 0;
    let (_, took) = timed(|| {
        for seek in 0..SEEKS {
            let position = (seek as usize * 7_919_111) % recording.len();
            cursor.seek(recording, position);
            replayed = replayed.max(cursor.replayed());
        }
    });
    report("seek", took / SEEKS);
    println!("{:>12} events replayed by a seek at most", replayed);
    cursor.seek(recording, recording.len());
    let (_, took) = timed(|| (0..SEEKS).for_each(|_| back(&mut cursor, recording)));
    report("step back by event, near the end", took / SEEKS);
    let (_, took) = timed(|| (0..SEEKS).for_each(|_| forward(&mut cursor, recording)));
    report("step forward by event", took / SEEKS);
}

fn back(cursor: &mut Cursor, recording: &Recording) {
    cursor.step_back(recording, Granularity::Event);
}

fn forward(cursor: &mut Cursor, recording: &Recording) {
    cursor.step(recording, Granularity::Event);
}

fn draw(recording: &Recording) {
    let mut tracks = Tracks::default();
    let (_, took) = timed(|| tracks.extend(recording));
    report("gather the timeline of all", took);
    let model = recording.model_at(recording.len() / 2);
    let view = View::of(recording, &model);
    for (name, from, to) in [("the whole", 0.0, 1.0), ("a thousandth of the", 0.5, 0.501)] {
        let window = Window {
            axis: Axis::Time,
            from,
            to,
            columns: 1400,
            lanes: 0..40,
        };
        let (_, took) = timed(|| picture(&tracks, recording, view, &window));
        report(&format!("draw 40 lanes of {name} timeline"), took);
    }
    let (_, took) = timed(|| {
        black_box(event_loop::picture(view, LoopId(1)));
    });
    report("draw the loop", took);
    let (_, took) = timed(|| {
        black_box(tasks::list(view, None));
    });
    report("draw the tasks", took);
    let (_, took) = timed(|| {
        black_box((
            threads::threads(view),
            pools::pools(view),
            places::marks(view),
        ));
    });
    report("draw threads, pools and places", took);
    let (_, took) = timed(|| {
        black_box(output::picture(view));
    });
    report("draw the output", took);
    let middle = recording.log().events.get(recording.len() / 2 - 1);
    let (_, took) = timed(|| {
        black_box(middle.map(|event| explain(view, &event)));
    });
    report("explain an event", took);
}

fn timed<R>(work: impl FnOnce() -> R) -> (R, Duration) {
    let began = Clock::now();
    let result = black_box(work());
    (result, began.elapsed())
}

fn report(what: &str, took: Duration) {
    println!("{:>12.3} ms  {what}", took.as_secs_f64() * 1e3);
}

/// Tasks that print a line and let the others go first, again and again.
fn log() -> Log {
    let mut log = Log::default();
    let mut write = |task: Option<u32>, kind| {
        log.events.push(Event {
            at: Instant::default(),
            thread: 1,
            line: 3,
            task: task.map(TaskId),
            kind,
        });
    };
    let loop_ = LoopId(1);
    let mut texts = loopscope::sim::event::Texts::default();
    let coro = texts.intern("work");
    let steps: Vec<_> = (0..=TASKS)
        .map(|number| texts.intern(&format!("Task.__step(T{number})")))
        .collect();
    for number in 1..=TASKS {
        let (task, callback) = (TaskId(number), steps[number as usize]);
        let handle = HandleId(number);
        let name = texts.intern(&format!("Task-{number}"));
        write(
            None,
            Kind::TaskNew {
                task,
                coro,
                name: None,
            },
        );
        write(
            None,
            Kind::CallSoon {
                handle,
                callback,
                loop_,
            },
        );
        write(None, Kind::TaskNamed { task, name });
    }
    write(None, Kind::LoopStart { loop_ });
    for round in 0..ROUNDS {
        write(
            None,
            Kind::LoopIteration {
                loop_,
                ready: TASKS,
                timers: 0,
            },
        );
        let text = texts.intern(&format!("round {round}\n"));
        for number in 1..=TASKS {
            let (task, callback) = (TaskId(number), steps[number as usize]);
            let handle = HandleId(round * TASKS + number);
            let next = HandleId((round + 1) * TASKS + number);
            write(
                None,
                Kind::Run {
                    handle,
                    callback,
                    loop_,
                },
            );
            write(None, Kind::Step { task, exc: None });
            write(
                Some(number),
                Kind::Print {
                    stream: Stream::Stdout,
                    text,
                },
            );
            write(
                Some(number),
                Kind::CallSoon {
                    handle: next,
                    callback,
                    loop_,
                },
            );
            write(Some(number), Kind::StepEnd { task });
            write(None, Kind::RunEnd { handle, loop_ });
        }
    }
    log.texts = texts;
    log
}
