//! Scenes at every position: of recorded runs, and of traces from which lines are missing or stand in a wrong order.

mod common;

use loopscope::scene::explain::explain;
use loopscope::scene::names::View;
use loopscope::scene::timeline::{Axis, Tracks, Window, picture};
use loopscope::scene::{
    event_loop, locks, memory, output, places, pools, predict, tasks, threads, turns, waits,
};
use loopscope::sim::event::Kind;
use loopscope::sim::input::Input;
use loopscope::sim::options::Options;
use loopscope::sim::world::World;
use loopscope::trace::model::Phase;
use loopscope::trace::{Cursor, Granularity, Progress, Recorder, Recording, jsonl};
use proptest::prelude::*;

/// Draws everything at a position.
fn draw(recording: &Recording, cursor: &Cursor) {
    let log = recording.log();
    let view = View::of(recording, cursor.model());
    for event_loop in cursor.model().loops.values() {
        let drawn = event_loop::picture(view, event_loop.id).expect("a loop of the model");
        let shown = |lane: &event_loop::Lane, form| {
            let here = lane
                .cards
                .iter()
                .filter(|card| form == (card.form == event_loop::CardForm::Ghost));
            here.count() + lane.more
        };
        assert_eq!(shown(&drawn.ready, false), event_loop.ready.len());
        assert_eq!(shown(&drawn.scheduled, false), event_loop.scheduled.len());
        assert_eq!(
            shown(&drawn.running, false),
            usize::from(event_loop.running.is_some())
        );
        assert_eq!(
            drawn.phase.is_none(),
            matches!(event_loop.phase, Phase::Stopped | Phase::Closed)
        );
    }
    let listed = tasks::list(view, None);
    assert_eq!(listed.rows.len() + listed.more, cursor.model().tasks.len());
    threads::threads(view);
    pools::pools(view);
    memory::memory(view, 3 << 30);
    locks::shared(view, 2);
    waits::graph(view);
    turns::turns(view, Some(1), None);
    places::marks(view);
    places::active(view);
    output::picture(view);
    let last = cursor.position().checked_sub(1);
    if let Some(event) = last.and_then(|last| log.events.get(last)) {
        assert!(!explain(view, &event).parts.is_empty());
    }
}

fn draw_timeline(recording: &Recording) {
    let mut tracks = Tracks::default();
    tracks.extend(recording);
    let window = Window {
        axis: Axis::Time,
        from: 0.0,
        to: 1.0,
        columns: 300,
        lanes: 0..50,
    };
    let view = View::of(recording, recording.head());
    picture(&tracks, recording, view, &window);
}

#[test]
fn every_position_can_be_drawn() {
    for (_, text) in common::traces() {
        let recording = Recording::of(jsonl::read(&text).log);
        let mut cursor = Cursor::new();
        draw(&recording, &cursor);
        while cursor.step(&recording, Granularity::Event) {
            draw(&recording, &cursor);
        }
    }
}

#[test]
fn the_next_line_is_asked_for_among_those_that_come() {
    let program = "for n in range(3):\n    print('line', n)\nprint('line', 0)\n";
    let world = World::load(program, "lines.py", Options::default()).expect("supported");
    let mut recorder = Recorder::new(world);
    while recorder.run_for(64) == Progress::Running {}
    let recording = recorder.recording();
    let mut cursor = Cursor::new();
    let mut asked = Vec::new();
    while let Some(question) = predict::question(View::of(recording, cursor.model())) {
        asked.push((
            question.choices.len(),
            question.choices[question.right].clone(),
        ));
        cursor.seek(recording, question.position as usize);
    }
    let expected = [(3, "line 0"), (3, "line 1"), (2, "line 2")];
    let expected = expected.map(|(choices, line)| (choices, line.to_owned()));
    assert_eq!(asked, expected, "the last line is the only one left");
}

#[test]
fn the_most_threads_and_coroutines_are_told_at_every_step() {
    let program = "
import asyncio, threading
async def main():
    await asyncio.gather(*[asyncio.sleep(1) for _ in range(3)])
asyncio.run(main())
stop = threading.Event()
threads = [threading.Thread(target=stop.wait) for _ in range(5)]
for thread in threads: thread.start()
stop.set()
for thread in threads: thread.join()
";
    let world = World::load(program, "peak.py", Options::default()).expect("supported");
    let mut recorder = Recorder::new(world);
    while recorder.run_for(64) == Progress::Running {}
    let recording = recorder.recording();
    let mut cursor = Cursor::new();
    let first = memory::memory(View::of(recording, cursor.model()), 3 << 30);
    let threads = first.most_threads.expect("some");
    let coroutines = first.most_coroutines.expect("some");
    assert_eq!(threads.figures.count, "peak 6");
    assert_eq!(threads.figures.reserved, "48 MiB");
    assert_eq!(coroutines.figures.count, "peak 4");
    cursor.seek(recording, threads.position as usize);
    let there = memory::memory(View::of(recording, cursor.model()), 3 << 30);
    assert_eq!(there.threads.count, "6 threads");
    cursor.seek(recording, coroutines.position as usize);
    let there = memory::memory(View::of(recording, cursor.model()), 3 << 30);
    assert_eq!(there.coroutines.count, "4 coroutines");
}

#[test]
fn threads_have_their_names_before_they_start() {
    let program = "
import threading
threading.Thread(target=print, name='worker').start()
threading.Thread(target=print).start()
";
    let world = World::load(program, "names.py", Options::default()).expect("supported");
    let mut recorder = Recorder::new(world);
    while recorder.run_for(64) == Progress::Running {}
    let recording = recorder.recording();
    let mut cursor = Cursor::new();
    while cursor.step(recording, Granularity::Event) {
        let view = View::of(recording, cursor.model());
        for row in threads::threads(view).rows {
            let expected = ["MainThread", "worker", "Thread-1 (print)"][row.id as usize - 1];
            assert_eq!(row.name, expected);
        }
    }
}

#[test]
fn inputs_of_which_nothing_can_come_are_told() {
    let texts = ["T1@#1", "T9@#2", "SIGINT@#9999"];
    let input: Vec<Input> = texts.map(|text| text.parse().expect(text)).into();
    let options = Options {
        input: input.clone(),
        ..Options::default()
    };
    let world = World::load("print(1)\n", "inputs.py", options).expect("supported");
    let mut recorder = Recorder::new(world);
    while recorder.run_for(64) == Progress::Running {}
    let recording = recorder.recording();
    let told = turns::interventions(View::of(recording, recording.head()), &input);
    let missed: Vec<bool> = told.iter().map(|told| told.missed.is_some()).collect();
    assert_eq!(missed, [false, true, true]);
}

#[test]
fn a_signal_does_not_wake_the_thread_that_ran_last() {
    let program = "
import threading, time
a, b = threading.Lock(), threading.Lock()
def take(first, second):
    with first:
        time.sleep(0.1)
        with second:
            pass
threading.Thread(target=take, args=(a, b)).start()
threading.Thread(target=take, args=(b, a)).start()
";
    let input = vec!["SIGINT@1".parse().expect("an input")];
    let options = Options {
        input,
        ..Options::default()
    };
    let world = World::load(program, "signal.py", options).expect("supported");
    let mut recorder = Recorder::new(world);
    while recorder.run_for(64) == Progress::Running {}
    let recording = recorder.recording();
    let mut events = recording.log().events.iter();
    let signal = events.position(|event| matches!(event.kind, Kind::Signal { .. }));
    let mut cursor = Cursor::new();
    cursor.seek(recording, signal.expect("a signal") + 1);
    let rows = threads::threads(View::of(recording, cursor.model())).rows;
    let waiting = rows.iter().filter(|row| row.word == "waiting");
    assert_eq!(waiting.count(), 3);
    let graph = waits::graph(View::of(recording, cursor.model()));
    assert_eq!(graph.edges.iter().filter(|edge| edge.circular).count(), 4);
}

/// Something that may have happened to the lines of a trace.
#[derive(Clone, Debug)]
enum Damage {
    Lose(prop::sample::Index),
    Repeat(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    Cut(prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        8 => index().prop_map(Damage::Lose),
        4 => index().prop_map(Damage::Repeat),
        4 => (index(), index()).prop_map(|(a, b)| Damage::Swap(a, b)),
        1 => index().prop_map(Damage::Cut),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    for damage in damages {
        let len = lines.len();
        match damage {
            _ if len < 2 => {}
            Damage::Lose(at) => {
                lines.remove(at.index(len));
            }
            Damage::Repeat(at) => {
                let line = lines[at.index(len)];
                lines.insert(at.index(len), line);
            }
            Damage::Swap(a, b) => lines.swap(a.index(len), b.index(len)),
            Damage::Cut(at) => {
                lines.drain(..at.index(len) / 2);
            }
        }
    }
    lines.join("\n")
}

#[test]
fn damaged_traces_do_no_harm() {
    let traces = common::traces();
    let damages = prop::collection::vec(damage(), 1..30);
    proptest!(ProptestConfig::with_cases(40), |(which: prop::sample::Index, damages in damages)| {
        let text = damaged(&which.get(&traces).1, &damages);
        let recording = Recording::of(jsonl::read(&text).log);
        let mut cursor = Cursor::new();
        while cursor.step(&recording, Granularity::Event) {
            draw(&recording, &cursor);
        }
        draw_timeline(&recording);
    });
}

#[test]
fn extreme_numbers_do_no_harm() {
    let text = concat!(
        "{\"t\": 1e300, \"hop\": 4294967295, \"thr\": 65535, \"ev\": \"sleep\", \"secs\": 1e300}\n",
        "{\"t\": -5, \"thr\": 0, \"ev\": \"call_at\", \"h\": \"H4294967295\", \"cb\": \"f\", \"when\": -1e300}\n",
        "{\"t\": 1e300, \"ev\": \"call_at\", \"h\": \"H1\", \"cb\": \"f\", \"when\": 1e300, \"loop\": \"L4294967295\"}\n",
        "{\"t\": 0, \"ev\": \"loop.iter\", \"ready\": 4294967295, \"timers\": 4294967295, \"loop\": \"L0\"}\n",
        "{\"t\": 0, \"ev\": \"step\", \"task\": \"T4294967295\"}\n",
        "{\"t\": 0, \"ev\": \"clock\", \"to\": 1e300, \"to_hop\": 4294967295}\n",
    );
    let import = jsonl::read(text);
    assert_eq!(import.notes, []);
    let recording = Recording::of(import.log);
    let mut cursor = Cursor::new();
    while cursor.step(&recording, Granularity::Event) {
        draw(&recording, &cursor);
    }
    draw_timeline(&recording);
}
