//! A recording: the events of a run so far, and what makes every position in it quick to reach.

use super::{Granularity, Keyframes, Model, Stops};
use crate::sim::event::{Event, Log, TaskId};
use crate::sim::events::Events;

/// Events between the first snapshots of the model.
const STRIDE: u64 = 512;

/// Events that are applied in the time in which one object of the model is copied, many times over: snapshots are to take a
/// small part of a run only.
const EVENTS_AN_OBJECT: u64 = 2;

/// A snapshot is only thought of behind every so many events.
const BLOCK: u64 = 32;

/// The most snapshots of the model: with a million events they are then less than 16,000 events apart, which are
/// folded in two milliseconds.
const SNAPSHOTS: usize = 128;

/// A run that was recorded or is being recorded. It only grows.
#[derive(Clone, Debug)]
pub struct Recording {
    log: Log,
    head: Model,
    keyframes: Keyframes<Model>,
    stops: Stops,
}

impl Default for Recording {
    fn default() -> Self {
        Self::of(Log::default())
    }
}

impl Recording {
    /// A recording of these events.
    pub fn of(log: Log) -> Self {
        let mut recording = Self {
            log,
            head: Model::new(),
            keyframes: Keyframes::new(STRIDE, SNAPSHOTS),
            stops: Stops::default(),
        };
        recording.take_in(|_, _| {});
        recording
    }

    /// Lets `write` append to the log, and takes in what it appended.
    pub fn extend<R>(&mut self, write: impl FnOnce(&mut Log) -> R) -> R {
        self.extend_watched(write, |_, _| {})
    }

    /// The same; `watch` is shown each event with the state after it.
    pub(super) fn extend_watched<R>(
        &mut self,
        write: impl FnOnce(&mut Log) -> R,
        watch: impl FnMut(&Event, &Model),
    ) -> R {
        let result = write(&mut self.log);
        self.take_in(watch);
        result
    }

    /// Lets `run` repeat a part of the run: it gets a log that has no events but knows every text, so that texts
    /// have the numbers that they had.
    pub(super) fn replay(&mut self, run: impl FnOnce(&mut Log)) {
        let mut scratch = Log {
            events: Events::default(),
            texts: std::mem::take(&mut self.log.texts),
            options: self.log.options.clone(),
        };
        run(&mut scratch);
        self.log.texts = scratch.texts;
    }

    /// Events that are appended from now on are taken in as they are given, without being decoded.
    pub(super) fn follow(&mut self) {
        self.log.events.follow();
    }

    fn take_in(&mut self, mut watch: impl FnMut(&Event, &Model)) {
        let mut take = |recording: &mut Self, event: &Event| {
            recording.take(event);
            watch(event, &recording.head);
        };
        if let Some(fresh) = self.log.events.take_fresh() {
            fresh.iter().for_each(|event| take(self, event));
            return self.log.events.return_fresh(fresh);
        }
        let taken = self.head.position as usize;
        let events = std::mem::take(&mut self.log.events);
        events.from(taken).for_each(|event| take(self, &event));
        self.log.events = events;
    }

    fn take(&mut self, event: &Event) {
        let head = &mut self.head;
        let position = u64::from(head.position);
        if position.is_multiple_of(BLOCK) {
            let worth = head.size() as u64 * EVENTS_AN_OBJECT;
            self.keyframes.offer(position, worth, || head.clone());
        }
        head.apply(event, &self.log.texts);
        self.stops.push(event, &self.log.texts);
    }

    /// The events and their texts.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// How many events there are so far; this is also the last position.
    pub fn len(&self) -> usize {
        self.log.events.len()
    }

    /// Whether there is no event yet.
    pub fn is_empty(&self) -> bool {
        self.log.events.is_empty()
    }

    /// The state after the last event so far.
    pub fn head(&self) -> &Model {
        &self.head
    }

    /// The position of the next stop behind `position`, or the end.
    pub fn next(&self, granularity: Granularity, position: usize) -> usize {
        let found = self.stops.next(granularity, &self.log.events, position);
        found.unwrap_or(self.len())
    }

    /// The position of the last stop before `position`, or the start.
    pub fn previous(&self, granularity: Granularity, position: usize) -> usize {
        let found = { &self.stops }.previous(granularity, &self.log.events, position);
        found.unwrap_or(0)
    }

    /// The position of the next event of a task behind `position`, or else its last one.
    pub fn nearest(&self, task: TaskId, position: usize) -> usize {
        let (follow, events) = (Granularity::FollowTask(task), &self.log.events);
        let next = self.stops.next(follow, events, position);
        next.or_else(|| self.stops.previous(follow, events, self.len() + 1))
            .unwrap_or(position)
    }

    /// The state after the first `position` events.
    pub fn model_at(&self, position: usize) -> Model {
        let mut model = self.keyframe(position).cloned().unwrap_or_default();
        self.advance(&mut model, position);
        model
    }

    /// How many events at most [`Recording::model_at`] replays.
    pub fn bound(&self) -> usize {
        (self.keyframes.widest() + BLOCK) as usize
    }

    /// The last snapshot at or before a position.
    pub(super) fn keyframe(&self, position: usize) -> Option<&Model> {
        let found = self.keyframes.last_where(|at, _| at <= position as u64);
        found.map(|(_, model)| model)
    }

    /// Applies events until the model is at the position; says how many.
    pub(super) fn advance(&self, model: &mut Model, position: usize) -> usize {
        let from = model.position as usize;
        let count = position.min(self.len()).saturating_sub(from);
        for event in self.log.events.from(from).take(count) {
            model.apply(&event, &self.log.texts);
        }
        count
    }
}
