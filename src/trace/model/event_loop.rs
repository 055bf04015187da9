//! Event loops: the heap of timers, the ready queue with the boundary of the running batch.
//!
//! An iteration follows CPython's `_run_once`: drop cancelled timers, choose the timeout, wait in the selector, move
//! the due timers to the ready queue, run exactly the handles that are then in it.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use super::{Blocker, HandleState, Model, Place, Stamp, deadline};
use crate::sim::event::{Event, HandleId, Instant, Kind, LoopId, Seconds};

/// With more timers than this on the heap, and more than half of them cancelled, a loop sweeps the heap.
const SWEEP_FROM: usize = 100;

/// An event loop.
#[derive(Clone, Debug, PartialEq)]
pub struct EventLoop {
    /// Its number.
    pub id: LoopId,
    /// The thread that runs it, or ran it last.
    pub thread: u16,
    /// Where in its iteration it is.
    pub phase: Phase,
    /// How many iterations it has begun.
    pub iteration: u32,
    /// The heap of timers, in the order in which they will become due; cancelled ones stay until they come up.
    pub scheduled: Rc<BTreeSet<Timer>>,
    /// The ready queue, first in first out.
    pub ready: Rc<VecDeque<HandleId>>,
    /// How many handles at the head of the ready queue still belong to the running batch; the others wait for the
    /// next iteration.
    pub batch_left: usize,
    /// How many handles the running batch had at its start.
    pub batch_size: usize,
    /// How many of them were timers that became due.
    pub due: usize,
    /// The handle that is being run.
    pub running: Option<HandleId>,
    /// Whether `stop` was called, so that the loop ends after this batch.
    pub stopping: bool,
    /// The event at which the running iteration began.
    pub iteration_began: Stamp,
    pub(super) cancelled_timers: usize,
}

/// A timer on the heap: timers are ordered by instant and then by creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    /// When it is due, in nanoseconds of the loop's clock; `call_at` takes negative times as well.
    pub ns: i64,
    /// The hop of that instant.
    pub hop: u32,
    /// Its handle.
    pub handle: HandleId,
}

impl Timer {
    /// When it is due.
    pub fn at(self) -> Instant {
        Instant {
            ns: self.ns.max(0) as u64,
            hop: self.hop,
        }
    }
}

/// Where in its iteration a loop is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    /// It is not running.
    Stopped,
    /// It finds out how long it may wait.
    ChooseTimeout,
    /// It waits in its selector.
    Select {
        /// Until the first timer is due, if there is one.
        until: Option<Seconds>,
    },
    /// It has moved the due timers to the ready queue; the batch is complete.
    MoveTimers,
    /// It runs the batch.
    RunBatch,
    /// It was closed.
    Closed,
}

impl EventLoop {
    fn new(id: LoopId, thread: u16) -> Self {
        Self {
            id,
            thread,
            phase: Phase::Stopped,
            iteration: 0,
            scheduled: Rc::default(),
            ready: Rc::default(),
            batch_left: 0,
            batch_size: 0,
            due: 0,
            running: None,
            stopping: false,
            iteration_began: Stamp::default(),
            cancelled_timers: 0,
        }
    }

    /// The handles of the running batch that wait for their turn.
    pub fn batch(&self) -> impl Iterator<Item = HandleId> {
        self.ready.iter().copied().take(self.batch_left)
    }

    /// The handles that came since the batch was formed and will run in the next iteration.
    pub fn arrivals(&self) -> impl Iterator<Item = HandleId> {
        self.ready.iter().copied().skip(self.batch_left)
    }

    pub(super) fn pop_ready(&mut self) -> Option<HandleId> {
        self.batch_left = self.batch_left.saturating_sub(1);
        Rc::make_mut(&mut self.ready).pop_front()
    }
}

impl Model {
    pub(super) fn loop_mut(&mut self, id: LoopId, event: &Event) -> Option<&mut EventLoop> {
        self.loops.entry(id.0, || EventLoop::new(id, event.thread))
    }

    pub(super) fn apply_loop(&mut self, event: &Event, stamp: Stamp) {
        match event.kind {
            Kind::LoopIteration { loop_, timers, .. } => {
                self.drop_cancelled_timers(loop_);
                self.begin_iteration(loop_, timers as usize, event, stamp);
            }
            Kind::LoopIdle { loop_, until } => {
                self.drop_cancelled_timers(loop_);
                let until_instant = until.map(|until| self.timer_at(loop_, event, until));
                if let Some(event_loop) = self.loop_mut(loop_, event) {
                    event_loop.phase = Phase::Select { until };
                }
                self.block(event.thread, Blocker::Selector, until_instant, stamp);
            }
            Kind::LoopStart { loop_ } => {
                self.enter_loop(loop_, Some(loop_), event, stamp);
            }
            Kind::LoopStopped { loop_ } => {
                self.enter_loop(loop_, None, event, stamp);
            }
            Kind::LoopStop { loop_ } => {
                if let Some(event_loop) = self.loop_mut(loop_, event) {
                    event_loop.stopping = true;
                }
            }
            Kind::LoopClose { loop_ } => self.close_loop(loop_, event),
            _ => {}
        }
    }

    /// The instant of the first timer, which is when the selector gives up waiting; the trace tells only the seconds.
    fn timer_at(&self, id: LoopId, event: &Event, seconds: Seconds) -> Instant {
        let told = deadline(event.at, seconds);
        let event_loop = self.loops.get(id.0);
        let first = event_loop.and_then(|event_loop| Some(event_loop.scheduled.first()?.at()));
        first.filter(|first| first.ns == told.ns).unwrap_or(told)
    }

    /// `run_forever` was entered, or left if the thread now runs no loop.
    fn enter_loop(&mut self, id: LoopId, now: Option<LoopId>, event: &Event, stamp: Stamp) {
        if let Some(thread) = self.thread_mut(event.thread, stamp) {
            thread.running_loop = now;
            thread.loop_line = event.line;
            thread.steps.clear();
        }
        if let Some(event_loop) = self.loop_mut(id, event) {
            event_loop.thread = event.thread;
            event_loop.running = None;
            event_loop.stopping = false;
            event_loop.batch_left = 0;
            event_loop.phase = match now {
                Some(_) => Phase::ChooseTimeout,
                None => Phase::Stopped,
            };
        }
    }

    fn close_loop(&mut self, id: LoopId, event: &Event) {
        if let Some(event_loop) = self.loop_mut(id, event) {
            event_loop.phase = Phase::Closed;
            event_loop.running = None;
            event_loop.ready = Rc::default();
            event_loop.scheduled = Rc::default();
            event_loop.batch_left = 0;
        }
    }

    fn drop_cancelled_timers(&mut self, id: LoopId) {
        let Some(event_loop) = self.loops.get_mut(id.0) else {
            return;
        };
        if event_loop.cancelled_timers == 0 {
            return;
        }
        let handles = &self.handles;
        let cancelled = |timer: &Timer| {
            let handle = handles.get(timer.handle.0);
            handle.is_some_and(|handle| handle.state == HandleState::Cancelled)
        };
        let heap = Rc::make_mut(&mut event_loop.scheduled);
        if heap.len() > SWEEP_FROM && event_loop.cancelled_timers * 2 > heap.len() {
            heap.retain(|timer| !cancelled(timer));
            event_loop.cancelled_timers = 0;
            return;
        }
        while heap.first().is_some_and(cancelled) {
            heap.pop_first();
            event_loop.cancelled_timers = event_loop.cancelled_timers.saturating_sub(1);
        }
    }

    /// Moves the due timers, so that `left` stay on the heap, and makes all that is ready the batch.
    fn begin_iteration(&mut self, id: LoopId, left: usize, event: &Event, stamp: Stamp) {
        let Some(event_loop) = self.loop_mut(id, event) else {
            return;
        };
        let due = event_loop.scheduled.len().saturating_sub(left);
        let mut moved = Vec::with_capacity(due);
        if due > 0 {
            let heap = Rc::make_mut(&mut event_loop.scheduled);
            moved.extend(std::iter::from_fn(|| heap.pop_first()).take(due));
            let ready = Rc::make_mut(&mut event_loop.ready);
            ready.extend(moved.iter().map(|timer| timer.handle));
        }
        event_loop.phase = Phase::MoveTimers;
        event_loop.thread = event.thread;
        event_loop.iteration += 1;
        event_loop.iteration_began = stamp;
        event_loop.running = None;
        event_loop.due = due;
        event_loop.batch_left = event_loop.ready.len();
        event_loop.batch_size = event_loop.ready.len();
        for timer in moved {
            self.moved.push((timer.handle, Place::Scheduled));
            if let Some(handle) = self.handles.get_mut(timer.handle.0) {
                handle.enter(HandleState::Ready, stamp);
            }
        }
    }
}
