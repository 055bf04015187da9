//! Recording a machine while it runs, and bringing back the machine as it was at any event.

use super::{Keyframes, Model, Recording};
use crate::sim::event::{Event, Log};
pub use crate::sim::world::Progress;
use crate::sim::world::World;

/// Instructions between the first snapshots of the machine.
const STRIDE: u64 = 4096;

/// Instructions that are executed in the time in which one object is copied, many times over: snapshots are to take a
/// small part of a run only.
const INSTRUCTIONS_AN_OBJECT: u64 = 64;

/// Slices whose events are taken in together: no more than a processor's cache has.
const AT_ONCE: usize = 16;

/// The most snapshots of the machine.
const SNAPSHOTS: usize = 128;

/// What can be recorded: a deterministic value whose clone is a snapshot.
pub trait Machine: Clone {
    /// Runs a small bounded slice, which may append events to the log.
    fn step(&mut self, log: &mut Log) -> Progress;

    /// How many instructions were executed since the start.
    fn instructions(&self) -> u64;

    /// How many objects a snapshot copies at most.
    fn size(&self) -> usize;
}

impl Machine for World {
    fn step(&mut self, log: &mut Log) -> Progress {
        Self::step(self, log)
    }

    fn instructions(&self) -> u64 {
        Self::instructions(self)
    }

    fn size(&self) -> usize {
        self.vm().heap.live()
    }
}

/// A machine, and the recording of what it has done so far.
#[derive(Clone, Debug)]
pub struct Recorder<M> {
    recording: Recording,
    machine: M,
    progress: Progress,
    keyframes: Keyframes<Snapshot<M>>,
    start: M,
}

#[derive(Clone, Debug)]
struct Snapshot<M> {
    machine: M,
    events: usize,
}

/// A machine as it was right after an event.
#[derive(Clone, Debug)]
pub struct Restored<M> {
    /// The machine.
    pub machine: M,
    /// How many instructions were run again to get there.
    pub instructions: u64,
}

impl<M: Machine> Recorder<M> {
    /// A recorder of a machine that has not run yet.
    pub fn new(machine: M) -> Self {
        let mut recording = Recording::default();
        recording.follow();
        Self {
            recording,
            start: machine.clone(),
            machine,
            progress: Progress::Running,
            keyframes: Keyframes::new(STRIDE, SNAPSHOTS),
        }
    }

    /// Lets the machine run for at most so many slices, or to its end.
    pub fn run_for(&mut self, slices: usize) -> Progress {
        self.run_watched(slices, |_, _| {})
    }

    /// The same; `watch` is shown each event with the state after it, which is cheaper than to decode it later.
    pub fn run_watched(
        &mut self,
        slices: usize,
        mut watch: impl FnMut(&Event, &Model),
    ) -> Progress {
        let mut left = slices;
        while left > 0 && self.progress == Progress::Running {
            let now = left.min(AT_ONCE);
            self.run_at_once(now, &mut watch);
            left -= now;
        }
        self.progress
    }

    fn run_at_once(&mut self, slices: usize, watch: impl FnMut(&Event, &Model)) {
        let machine = &mut self.machine;
        let (progress, keyframes) = (&mut self.progress, &mut self.keyframes);
        let run = |log: &mut Log| {
            for _ in 0..slices {
                if let Progress::Ended(_) = *progress {
                    break;
                }
                let worth = machine.size() as u64 * INSTRUCTIONS_AN_OBJECT;
                keyframes.offer(machine.instructions(), worth, || Snapshot {
                    machine: machine.clone(),
                    events: log.events.len(),
                });
                *progress = machine.step(log);
            }
        };
        self.recording.extend_watched(run, watch);
    }

    /// Whether the machine can go on.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What was recorded so far.
    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    /// The machine as it is now.
    pub fn machine(&self) -> &M {
        &self.machine
    }

    /// The recording alone, when the machine is no longer needed.
    pub fn into_recording(self) -> Recording {
        self.recording
    }

    /// The machine as it was when it had written the first `position` events: the nearest snapshot before, run
    /// forward to the end of the slice that wrote the last of them.
    pub fn machine_at(&mut self, position: usize) -> Restored<M> {
        let position = position.min(self.recording.len());
        let nearest = self
            .keyframes
            .last_where(|_, snapshot| snapshot.events < position);
        let (mut machine, mut events) = match nearest {
            Some((_, snapshot)) => (snapshot.machine.clone(), snapshot.events),
            None => (self.start.clone(), 0),
        };
        let from = machine.instructions();
        self.recording.replay(|log| {
            while events < position && machine.step(log) == Progress::Running {
                events += log.events.len();
                log.events.clear();
            }
        });
        Restored {
            instructions: machine.instructions() - from,
            machine,
        }
    }

    /// Roughly how many instructions [`Recorder::machine_at`] runs at most: the distance between snapshots.
    pub fn bound(&self) -> u64 {
        self.keyframes.widest()
    }
}
