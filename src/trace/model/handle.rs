//! Handles: the callbacks that are handed to a loop, and their way through its queues.

use std::rc::Rc;

use super::{Model, Phase, Place, Stamp, Timer, deadline};
use crate::sim::event::{
    Event, FutureId, HandleId, Instant, JobId, Kind, LoopId, Seconds, TaskId, Text, Texts,
};
use crate::sim::texts::OfTask;

/// A callback that was handed to a loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// Its number.
    pub id: HandleId,
    /// The callback's name.
    pub callback: Text,
    /// What the callback is.
    pub role: Role,
    /// Its loop.
    pub event_loop: LoopId,
    /// Where it is on its way.
    pub state: HandleState,
    /// Since when it is there.
    pub since: Stamp,
    /// When it was made.
    pub made: Stamp,
    /// The thread that made it.
    pub thread: u16,
    /// The task that made it.
    pub by: Option<TaskId>,
    /// The work item that its thread ran then.
    pub job: Option<JobId>,
    /// When it is due, if it is a timer handle.
    pub when: Option<Instant>,
    /// The future that it resolves, if it is the timer of an `asyncio.sleep`.
    pub resolves: Option<FutureId>,
}

/// What a callback is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The first step of a task, or the next one after a bare `yield`.
    Step(TaskId),
    /// What resumes a waiting task.
    Wakeup(TaskId),
    /// Anything else.
    Callback,
}

/// Where a handle is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleState {
    /// On the heap of timers.
    Scheduled,
    /// In the ready queue.
    Ready,
    /// Being run.
    Running,
    /// It was run.
    Done,
    /// It was cancelled; it may still be queued, and will be passed over.
    Cancelled,
}

impl Role {
    /// The role that the name of a callback tells.
    pub fn of(callback: Text) -> Self {
        match OfTask::of(callback) {
            Some((OfTask::Step, task)) => Self::Step(TaskId(task)),
            Some((OfTask::Wakeup, task)) => Self::Wakeup(TaskId(task)),
            _ => Self::Callback,
        }
    }

    /// The task that the callback resumes.
    pub fn task(self) -> Option<TaskId> {
        match self {
            Self::Step(task) | Self::Wakeup(task) => Some(task),
            Self::Callback => None,
        }
    }
}

impl Handle {
    fn new(
        id: HandleId,
        callback: Text,
        role: Role,
        event_loop: LoopId,
        event: &Event,
        made: Stamp,
    ) -> Self {
        Self {
            id,
            callback,
            role,
            event_loop,
            state: HandleState::Ready,
            since: made,
            made,
            thread: event.thread,
            by: event.task,
            job: None,
            when: None,
            resolves: None,
        }
    }

    /// The task to which it belongs: the one that it resumes, or else the one that made it.
    pub fn owner(&self) -> Option<TaskId> {
        self.role.task().or(self.by)
    }

    pub(super) fn enter(&mut self, state: HandleState, since: Stamp) {
        if self.state != HandleState::Cancelled {
            self.state = state;
            self.since = since;
        }
    }
}

impl Model {
    pub(super) fn apply_handle(&mut self, event: &Event, stamp: Stamp, texts: &Texts) {
        match event.kind {
            Kind::CallSoon {
                handle,
                callback,
                loop_,
            }
            | Kind::CallSoonThreadsafe {
                handle,
                callback,
                loop_,
            } => {
                let role = Role::of(callback);
                let made = Handle::new(handle, callback, role, loop_, event, stamp);
                self.queue(made, event, stamp);
            }
            Kind::CallAt {
                handle,
                callback,
                when,
                loop_,
            } => {
                let role = Role::of(callback);
                let made = Handle::new(handle, callback, role, loop_, event, stamp);
                let sleeps = texts.get(callback) == "_set_result_unless_cancelled";
                self.schedule(made, when, sleeps, event, stamp);
            }
            Kind::HandleCancel { handle } => self.cancel_handle(handle, stamp),
            Kind::Run { handle, loop_, .. } => self.run_handle(handle, loop_, event, stamp),
            Kind::RunEnd { handle, loop_ } => self.end_run(handle, loop_, event, stamp),
            _ => {}
        }
    }

    /// Puts a new handle at the end of its loop's ready queue.
    fn queue(&mut self, mut handle: Handle, event: &Event, stamp: Stamp) {
        if let Kind::CallSoonThreadsafe { .. } = event.kind {
            handle.job = self.thread(event.thread).and_then(|thread| thread.job);
        }
        self.will_resume(handle.role, handle.id, stamp);
        if let Some(event_loop) = self.loop_mut(handle.event_loop, event) {
            Rc::make_mut(&mut event_loop.ready).push_back(handle.id);
        }
        self.handles.insert(handle.id.0, handle);
    }

    /// Puts a new timer handle on its loop's heap.
    fn schedule(
        &mut self,
        mut handle: Handle,
        when: Seconds,
        sleeps: bool,
        event: &Event,
        stamp: Stamp,
    ) {
        let due = deadline(event.at, when);
        handle.state = HandleState::Scheduled;
        handle.when = Some(due);
        if sleeps {
            self.link_sleep(&mut handle, event, stamp);
        }
        let timer = Timer {
            ns: i64::try_from(due.ns).unwrap_or(i64::MAX)
                + libm::rint(when.0.min(0.0) * 1e9) as i64,
            hop: due.hop,
            handle: handle.id,
        };
        if let Some(event_loop) = self.loop_mut(handle.event_loop, event) {
            Rc::make_mut(&mut event_loop.scheduled).insert(timer);
        }
        self.handles.insert(handle.id.0, handle);
    }

    fn cancel_handle(&mut self, id: HandleId, stamp: Stamp) {
        let Some(handle) = self.handles.get_mut(id.0) else {
            return;
        };
        let was = handle.state;
        if matches!(was, HandleState::Scheduled | HandleState::Ready) {
            handle.enter(HandleState::Cancelled, stamp);
        }
        if was == HandleState::Scheduled
            && let Some(event_loop) = self.loops.get_mut(handle.event_loop.0)
        {
            event_loop.cancelled_timers += 1;
        }
    }

    fn run_handle(&mut self, id: HandleId, event_loop: LoopId, event: &Event, stamp: Stamp) {
        if let Some(handle) = self.handles.get_mut(id.0) {
            handle.enter(HandleState::Running, stamp);
        }
        let Some(event_loop) = self.loop_mut(event_loop, event) else {
            return;
        };
        event_loop.phase = Phase::RunBatch;
        event_loop.running = Some(id);
        // Cancelled handles before it were passed over without an event.
        if event_loop.ready.contains(&id) {
            while event_loop.pop_ready().is_some_and(|popped| popped != id) {}
            self.moved.push((id, Place::Ready));
        }
    }

    fn end_run(&mut self, id: HandleId, event_loop: LoopId, event: &Event, stamp: Stamp) {
        if let Some(handle) = self.handles.get_mut(id.0) {
            handle.enter(HandleState::Done, stamp);
            self.moved.push((id, Place::Running));
        }
        let Some(event_loop) = self.loops.get_mut(event_loop.0) else {
            return;
        };
        event_loop.running = None;
        let cancelled = |id: &HandleId| {
            let handle = self.handles.get(id.0);
            handle.is_some_and(|handle| handle.state == HandleState::Cancelled)
        };
        while event_loop.batch_left > 0 && event_loop.ready.front().is_some_and(cancelled) {
            event_loop.pop_ready();
        }
        if event_loop.batch_left == 0 {
            event_loop.phase = Phase::ChooseTimeout;
        }
        if let Some(thread) = self.thread_mut(event.thread, stamp) {
            thread.steps.clear();
        }
    }
}
