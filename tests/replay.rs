//! Travelling through recordings: `seek(n)` is the fold of n events, and a restored machine is the machine that was.

mod common;

use std::cell::{Cell, RefCell};

use loopscope::sim::event::{Ending, Event, Instant, Kind, Log, Seconds, Text};
use loopscope::sim::options::Options;
use loopscope::sim::world::World;
use loopscope::trace::{Cursor, Granularity, Machine, Model, Progress, Recorder, Recording, jsonl};
use proptest::prelude::*;

fn recordings() -> Vec<Recording> {
    let read = |(_, text): (String, String)| Recording::of(jsonl::read(&text).log);
    common::traces().into_iter().map(read).collect()
}

fn granularities() -> [Granularity; 6] {
    [
        Granularity::Event,
        Granularity::Handle,
        Granularity::Iteration,
        Granularity::Line,
        Granularity::Output,
        Granularity::FollowTask(loopscope::sim::event::TaskId(2)),
    ]
}

#[test]
fn seeking_is_folding() {
    let recordings = recordings();
    let positions = prop::collection::vec(any::<prop::sample::Index>(), 1..20);
    proptest!(ProptestConfig::with_cases(60), |(which: prop::sample::Index, positions in positions)| {
        let recording = which.get(&recordings);
        let mut cursor = Cursor::new();
        for position in positions {
            let position = position.index(recording.len() + 1);
            cursor.seek(recording, position);
            let log = recording.log();
            let fold = Model::of(log.events.iter().take(position), &log.texts);
            prop_assert!(*cursor.model() == fold);
            prop_assert!(recording.model_at(position) == fold);
            prop_assert!(cursor.replayed() <= recording.bound());
        }
    });
}

#[test]
fn steps_forward_and_back_meet_the_same_stops() {
    for recording in recordings() {
        for granularity in granularities() {
            let mut cursor = Cursor::new();
            let mut forward = vec![0];
            while cursor.step(&recording, granularity) {
                forward.push(cursor.position());
            }
            assert_eq!(cursor.position(), recording.len());
            let mut back = vec![cursor.position()];
            while cursor.step_back(&recording, granularity) {
                back.push(cursor.position());
            }
            back.reverse();
            assert_eq!(forward, back, "{granularity:?}");
        }
    }
}

#[test]
fn a_call_of_print_is_one_step() {
    let program = "print('a', 'b')\nprint('c', end='!')\nprint('d'); print('e', 'f')\n";
    let world = World::load(program, "prints.py", Options::default()).expect("supported");
    let mut recorder = Recorder::new(world);
    while recorder.run_for(64) == Progress::Running {}
    let recording = recorder.recording();
    let mut cursor = Cursor::new();
    let mut seen = Vec::new();
    while cursor.step(recording, Granularity::Event) {
        let lines = &cursor.model().output.lines;
        let newest = lines.get(lines.len().saturating_sub(1) as u32);
        seen.extend(newest.map(|line| line.text.to_string()));
    }
    seen.dedup();
    assert_eq!(seen, ["a b", "c!", "c!d", "e f"]);
}

/// Counts, sleeps for as long as it has counted, and now and then works for a long time in silence.
#[derive(Clone, Debug, PartialEq)]
struct Toy {
    instructions: u64,
    now: Instant,
    last: u64,
}

impl Machine for Toy {
    fn size(&self) -> usize {
        0
    }

    fn step(&mut self, log: &mut Log) -> Progress {
        self.instructions += 1 + (self.instructions * 7919) % 90;
        let mut write = |at, kind| {
            log.events.push(Event {
                at,
                thread: 1,
                line: 0,
                task: None,
                kind,
            });
        };
        if self.instructions % 5 < 2 {
            let secs = Seconds(self.instructions as f64 / 1e9);
            write(self.now, Kind::Sleep { secs });
            let to = self.now.after(self.instructions);
            write(self.now, Kind::Clock { to });
            self.now = to;
        } else if self.instructions % 5 == 2 {
            let name: Text = log.texts.intern(&format!("S{}", self.instructions % 97));
            self.last = u64::from(name.0);
            write(self.now, Kind::Signal { name });
        }
        if self.instructions > 3_000_000 {
            return Progress::Ended(Ending::Finished);
        }
        Progress::Running
    }

    fn instructions(&self) -> u64 {
        self.instructions
    }
}

impl Toy {
    const START: Self = Self {
        instructions: 0,
        now: Instant { ns: 0, hop: 0 },
        last: 0,
    };
}

#[test]
fn a_restored_machine_is_the_one_that_was() {
    let mut recorder = Recorder::new(Toy::START);
    while recorder.run_for(1000) == Progress::Running {}
    let total = recorder.machine().instructions;
    let len = recorder.recording().len();
    // What the machine was right after each event, told by running it once more without snapshots.
    let mut machine = Toy::START;
    let mut log = Log::default();
    let mut after = vec![machine.clone()];
    while after.len() <= len {
        let _ = machine.step(&mut log);
        after.resize(log.events.len() + 1, machine.clone());
    }
    let recorder = RefCell::new(recorder);
    let most = Cell::new(0);
    proptest!(ProptestConfig::with_cases(200), |(position: prop::sample::Index)| {
        let position = position.index(len + 1);
        let restored = recorder.borrow_mut().machine_at(position);
        prop_assert_eq!(&restored.machine, &after[position]);
        most.set(most.get().max(restored.instructions));
    });
    let (recorder, most) = (recorder.into_inner(), most.get());
    assert!(
        most <= recorder.bound() + 1000,
        "{most} instructions for one seek"
    );
    assert!(most < total / 20);
    assert_eq!(
        recorder.recording().log().texts.get(Text(0)),
        log.texts.get(Text(0))
    );
}
