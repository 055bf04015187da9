//! Plain futures, and the library call that each one stands for, told from the events around its making.

use super::{Block, Few, Handle, Model, Role, Stamp};
use crate::sim::event::{
    Event, FutureId, HandleId, JobId, Kind, LockId, Outcome, TaskId, Text, Texts, Waitable,
};

/// A future that is not a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Future {
    /// Its number.
    pub id: FutureId,
    /// The task that made it.
    pub by: Option<TaskId>,
    /// When it was made.
    pub made: Stamp,
    /// Whether it is done, and how.
    pub state: FutureState,
    /// When it was done, and by which task.
    pub done: Option<(Stamp, Option<TaskId>)>,
    /// What will make it done, where the trace lets us tell.
    pub source: Source,
    /// Its done callbacks.
    pub callbacks: Few<Text>,
    /// The tasks that wait for it.
    pub waiters: Few<TaskId>,
}

/// Whether a future is done, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FutureState {
    /// Not yet done.
    Pending,
    /// Done.
    Done {
        /// How.
        outcome: Outcome,
    },
}

/// What will make a future done.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// The trace does not tell: a bare future, or one of a queue, a lock, an event …
    Unknown,
    /// `asyncio.sleep`: this timer.
    Sleep(HandleId),
    /// `run_in_executor` or `to_thread`: this work item.
    Job(JobId),
    /// `gather` of these.
    Gather(Vec<Waitable>),
    /// `wait` or `wait_for` on these.
    Wait(Vec<Waitable>),
    /// `shield` of this.
    Shield(Waitable),
    /// `acquire` of a lock.
    Lock(LockId),
    /// The end of a `TaskGroup`'s block: its tasks. Only the callback that makes the future done tells.
    TaskGroup,
}

/// What a thread has just done that may explain its next event.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Recent {
    /// What blocked it, and at which event.
    pub(super) blocker: Option<(Block, u32)>,
    future: Option<FutureId>,
    job: Option<JobId>,
    gathered: Vec<Waitable>,
}

impl Recent {
    /// A step is over: what comes next belongs to something else.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

impl Future {
    fn new(id: FutureId, by: Option<TaskId>, made: Stamp) -> Self {
        Self {
            id,
            by,
            made,
            state: FutureState::Pending,
            done: None,
            source: Source::Unknown,
            callbacks: Few::new(),
            waiters: Few::new(),
        }
    }
}

impl Model {
    fn future_mut(&mut self, id: FutureId, stamp: Stamp) -> Option<&mut Future> {
        self.futures.entry(id.0, || Future::new(id, None, stamp))
    }

    pub(super) fn apply_future(&mut self, event: &Event, stamp: Stamp, texts: &Texts) {
        match event.kind {
            Kind::FutureNew { future } => self.make_future(future, event, stamp),
            Kind::FutureDone { future, outcome } => {
                let group = self.runs_group_callback(event.thread, texts);
                if let Some(future) = self.future_mut(future, stamp) {
                    future.state = FutureState::Done { outcome };
                    future.done = Some((stamp, event.task));
                    if group && future.source == Source::Unknown {
                        future.source = Source::TaskGroup;
                    }
                }
            }
            Kind::AddCallback { to, callback } => {
                self.attach(to, callback, event, stamp);
                self.learn_source(to, texts.get(callback), event, stamp);
            }
            _ => {}
        }
    }

    fn make_future(&mut self, id: FutureId, event: &Event, stamp: Stamp) {
        let mut future = Future::new(id, event.task, stamp);
        if let Some(thread) = self.thread_mut(event.thread, stamp) {
            thread.recent.future = Some(id);
            let children = std::mem::take(&mut thread.recent.gathered);
            if !children.is_empty() {
                future.source = Source::Gather(children);
            }
        }
        self.futures.insert(id.0, future);
    }

    fn attach(&mut self, to: Waitable, callback: Text, event: &Event, stamp: Stamp) {
        let (callbacks, waiters) = match to {
            Waitable::Future(id) => match self.future_mut(id, stamp) {
                Some(future) => (&mut future.callbacks, &mut future.waiters),
                None => return,
            },
            Waitable::Task(id) => match self.task_mut(id, event, stamp) {
                Some(task) => (&mut task.callbacks, &mut task.waiters),
                None => return,
            },
            Waitable::Job(_) => return,
        };
        callbacks.push(callback);
        if let Role::Wakeup(id) = Role::of(callback) {
            waiters.push(id);
            if let Some(task) = self.task_mut(id, event, stamp) {
                task.wait_for(to, stamp);
            }
        }
    }

    /// Which library call a future belongs to shows in the callbacks that are attached around its making.
    fn learn_source(&mut self, to: Waitable, callback: &str, event: &Event, stamp: Stamp) {
        let Some(thread) = self.thread_mut(event.thread, stamp) else {
            return;
        };
        let newest = thread.recent.future;
        match (callback, to) {
            ("gather.<locals>._done_callback", _) => thread.recent.gathered.push(to),
            ("_chain_future.<locals>._call_check_cancel", Waitable::Future(future)) => {
                let job = thread.recent.job.take();
                self.link_job(future, job);
            }
            ("_wait.<locals>._on_completion", _) => self.add_waited(newest, to),
            ("_release_waiter", _) => self.add_waited(newest, to),
            ("shield.<locals>._inner_done_callback", _) => {
                self.set_source(newest, Source::Shield(to));
            }
            _ => {}
        }
    }

    /// Whether a thread runs the callback by which a task group takes note of a task that is done.
    fn runs_group_callback(&self, thread: u16, texts: &Texts) -> bool {
        let event_loop = self.loop_of_thread(thread);
        let handle = event_loop
            .and_then(|event_loop| event_loop.running)
            .and_then(|handle| self.handle(handle));
        handle.is_some_and(|handle| texts.get(handle.callback) == "TaskGroup._on_task_done")
    }

    pub(super) fn set_source(&mut self, future: Option<FutureId>, source: Source) {
        if let Some(future) = future.and_then(|id| self.futures.get_mut(id.0)) {
            future.source = source;
        }
    }

    fn add_waited(&mut self, waiter: Option<FutureId>, on: Waitable) {
        let Some(waiter) = waiter.and_then(|id| self.futures.get_mut(id.0)) else {
            return;
        };
        match &mut waiter.source {
            Source::Wait(on_all) => on_all.push(on),
            source => *source = Source::Wait(vec![on]),
        }
    }

    fn link_job(&mut self, future: FutureId, job: Option<JobId>) {
        let Some(id) = job else { return };
        self.set_source(Some(future), Source::Job(id));
        if let Some(job) = self.jobs.get_mut(id.0) {
            job.future = Some(future);
        }
    }

    /// A work item was submitted; the future that the loop makes for it comes next.
    pub(super) fn expect_future_of(&mut self, job: JobId, event: &Event, stamp: Stamp) {
        if let Some(thread) = self.thread_mut(event.thread, stamp) {
            thread.recent.job = Some(job);
        }
    }

    /// `asyncio.sleep` makes a future and at once a timer that resolves it.
    pub(super) fn link_sleep(&mut self, handle: &mut Handle, event: &Event, stamp: Stamp) {
        let thread = self.threads.get(event.thread.into());
        let Some(id) = thread.and_then(|thread| thread.recent.future) else {
            return;
        };
        let made = self.futures.get(id.0).map(|future| future.made.event);
        if made.is_some_and(|made| made + 1 == stamp.event) {
            handle.resolves = Some(id);
            self.set_source(Some(id), Source::Sleep(handle.id));
        }
    }
}
