//! The model: everything that is drawn except frames, locals and objects, as a pure fold over events.
//!
//! [`Model::apply`] is the only way it changes, so a model at event n is the fold of the first n events, whether the
//! run is live, replayed or imported. It is cheap to clone (its tables share pages) and never panics: whatever an
//! event names that was never introduced is made on the spot or left out.

mod event_loop;
mod future;
mod handle;
mod lock;
mod machine;
mod output;
mod pool;
mod task;
mod thread;
mod usage;

pub use event_loop::{EventLoop, Phase, Timer};
pub use future::{Future, FutureState, Source};
pub use handle::{Handle, HandleState, Role};
pub use lock::{Lock, Party};
pub use machine::{Memory, Processor, Stack, Stuck};
pub use output::{Output, OutputLine};
pub use pool::{Job, JobState, Pool, Worker, pool_name};
pub use task::{Task, TaskState};
pub use thread::{Block, Blocker, Thread, ThreadState};
pub use usage::{Most, Usage};

use crate::sim::event::{
    Ending, Event, FutureId, HandleId, Instant, JobId, Kind, LoopId, Outcome, PoolId, Seconds,
    TaskId, Text, Texts, Waitable,
};
use crate::trace::Table;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// When something happened: the virtual time, and the index of the event. Kept flat, in 16 bytes: a long run has millions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Index of the event.
    pub event: u32,
    hop: u32,
    ns: u64,
}

impl Stamp {
    /// That of an event with this index.
    pub fn new(event: u32, at: Instant) -> Self {
        let Instant { ns, hop } = at;
        Self { event, hop, ns }
    }

    /// The instant of the virtual clock.
    pub fn at(self) -> Instant {
        Instant {
            ns: self.ns,
            hop: self.hop,
        }
    }
}

/// A list of which most have one item or two: these lie in the list itself.
pub type Few<T> = SmallVec<[T; 2]>;

/// A place of a handle on its way through a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The heap of timers.
    Scheduled,
    /// The ready queue.
    Ready,
    /// Being run.
    Running,
}

/// The state of a run after some number of events.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// How many events were applied; the next one has this index.
    pub position: u32,
    /// How many of the last ones told of lines.
    pub lines_in_a_row: usize,
    /// The virtual clock.
    pub now: Instant,
    /// The thread that holds the baton (the GIL); nobody while every thread is blocked.
    pub running: Option<u16>,
    /// Threads by number; 1 is the main thread.
    pub threads: Table<Thread>,
    /// Cores and the GIL.
    pub processor: Processor,
    /// Who waits for whom, once everything is blocked for ever.
    pub deadlock: Vec<Stuck>,
    /// How many threads and tasks there are, and the most of each.
    pub usage: Usage,
    /// The names of the processes that were started, by number.
    pub processes: BTreeMap<u16, Text>,
    /// Event loops by number.
    pub loops: Table<EventLoop>,
    /// Handles and timer handles by number.
    pub handles: Table<Handle>,
    /// Tasks by number.
    pub tasks: Table<Task>,
    /// Plain futures by number.
    pub futures: Table<Future>,
    /// Executors by number.
    pub pools: Table<Pool>,
    /// Work items by number.
    pub jobs: Table<Job>,
    /// Locks by number.
    pub locks: Table<Lock>,
    /// What was written so far.
    pub output: Output,
    /// Handles that the last event moved, with the place where each was before.
    pub moved: Vec<(HandleId, Place)>,
    /// The last signal that was delivered.
    pub signal: Option<(Text, Stamp)>,
    /// The program's exit status, once it is known.
    pub exit: Option<i32>,
    /// How the run ended, once it has.
    pub ending: Option<(Ending, Option<Text>)>,
}

impl Default for Model {
    fn default() -> Self {
        Self::new()
    }
}

impl Model {
    /// The state before the first event: the main thread runs, and there is nothing else.
    pub fn new() -> Self {
        let mut threads = Table::default();
        threads.insert(1, Thread::new(1, None, Stamp::default()));
        Self {
            position: 0,
            lines_in_a_row: 0,
            now: Instant::default(),
            running: Some(1),
            threads,
            processor: Processor::default(),
            deadlock: Vec::new(),
            usage: Usage::default(),
            processes: BTreeMap::new(),
            loops: Table::default(),
            handles: Table::default(),
            tasks: Table::default(),
            futures: Table::default(),
            pools: Table::default(),
            jobs: Table::default(),
            locks: Table::default(),
            output: Output::default(),
            moved: Vec::new(),
            signal: None,
            exit: None,
            ending: None,
        }
    }

    /// The fold of all these events.
    pub fn of(events: impl IntoIterator<Item = Event>, texts: &Texts) -> Self {
        let mut model = Self::new();
        for event in events {
            model.apply(&event, texts);
        }
        model
    }

    /// Moves on by one event.
    pub fn apply(&mut self, event: &Event, texts: &Texts) {
        let stamp = Stamp::new(self.position, event.at);
        self.position += 1;
        self.lines_in_a_row = match event.kind {
            Kind::Line { .. } => self.lines_in_a_row + 1,
            _ => 0,
        };
        self.now = event.at;
        self.moved.clear();
        self.pass_baton(event, stamp);
        self.leave_ended(event, stamp);
        let before = self.share_of(event);
        self.dispatch(event, stamp, texts);
        if let (Some(before), Some(after)) = (before, self.share_of(event)) {
            self.account(before, after);
        }
    }

    fn dispatch(&mut self, event: &Event, stamp: Stamp, texts: &Texts) {
        match event.kind {
            Kind::Line { .. }
            | Kind::ThreadStart { .. }
            | Kind::ThreadEnd { .. }
            | Kind::ThreadBlock { .. }
            | Kind::ThreadWake { .. }
            | Kind::ThreadPreempt
            | Kind::Sleep { .. }
            | Kind::Clock { .. } => self.apply_thread(event, stamp),
            Kind::ProcessStart { .. }
            | Kind::ProcessEnd { .. }
            | Kind::Stack { .. }
            | Kind::DeadlockWait { .. }
            | Kind::GilWait
            | Kind::GilTake
            | Kind::GilDrop
            | Kind::CpuOn { .. }
            | Kind::CpuOff { .. } => self.apply_machine(event, stamp),
            Kind::TaskNew { .. }
            | Kind::TaskNamed { .. }
            | Kind::TaskRenamed { .. }
            | Kind::Eager { .. }
            | Kind::Step { .. }
            | Kind::Await { .. }
            | Kind::StepEnd { .. }
            | Kind::Wakeup { .. }
            | Kind::TaskDone { .. }
            | Kind::TaskCancel { .. }
            | Kind::TaskUncancel { .. } => self.apply_task(event, stamp),
            Kind::FutureNew { .. } | Kind::FutureDone { .. } | Kind::AddCallback { .. } => {
                self.apply_future(event, stamp, texts);
            }
            Kind::CallSoon { .. }
            | Kind::CallSoonThreadsafe { .. }
            | Kind::CallAt { .. }
            | Kind::HandleCancel { .. }
            | Kind::Run { .. }
            | Kind::RunEnd { .. } => self.apply_handle(event, stamp, texts),
            Kind::LoopStart { .. }
            | Kind::LoopStop { .. }
            | Kind::LoopStopped { .. }
            | Kind::LoopClose { .. }
            | Kind::LoopIteration { .. }
            | Kind::LoopIdle { .. } => self.apply_loop(event, stamp),
            Kind::PoolNew { .. }
            | Kind::PoolShutdown { .. }
            | Kind::JobSubmit { .. }
            | Kind::JobStart { .. }
            | Kind::JobFinish { .. } => self.apply_pool(event, stamp, texts),
            Kind::LockNew { .. }
            | Kind::LockWait { .. }
            | Kind::LockAcquire { .. }
            | Kind::LockRelease { .. } => self.apply_lock(event, stamp),
            Kind::CoroutineLost { .. } | Kind::TaskLost { .. } | Kind::ExceptionLost { .. } => {}
            Kind::Print { stream, text } => {
                self.output
                    .write(stream, texts.get(text), stamp, event.thread, event.task);
            }
            Kind::Signal { name } => self.signal = Some((name, stamp)),
            Kind::Exit { status } => self.exit = Some(status),
            Kind::Status { ending, message } => self.ending = Some((ending, message)),
        }
    }

    /// The name of a process that was started.
    pub fn process_name(&self, process: u16) -> Option<Text> {
        self.processes.get(&process).copied()
    }

    /// How many things it keeps, which is what a snapshot of it costs.
    pub fn size(&self) -> usize {
        self.handles.len() + self.tasks.len() + self.futures.len() + self.jobs.len()
    }

    /// The thread with this number.
    pub fn thread(&self, id: u16) -> Option<&Thread> {
        self.threads.get(id.into())
    }

    /// The loop with this number.
    pub fn event_loop(&self, id: LoopId) -> Option<&EventLoop> {
        self.loops.get(id.0)
    }

    /// The handle with this number.
    pub fn handle(&self, id: HandleId) -> Option<&Handle> {
        self.handles.get(id.0)
    }

    /// The task with this number.
    pub fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.get(id.0)
    }

    /// The future with this number.
    pub fn future(&self, id: FutureId) -> Option<&Future> {
        self.futures.get(id.0)
    }

    /// The executor with this number.
    pub fn pool(&self, id: PoolId) -> Option<&Pool> {
        self.pools.get(id.0)
    }

    /// The work item with this number.
    pub fn job(&self, id: JobId) -> Option<&Job> {
        self.jobs.get(id.0)
    }

    /// The task whose step runs on the thread that holds the baton.
    pub fn running_task(&self) -> Option<TaskId> {
        self.thread(self.running?)?.task()
    }

    /// The loop that runs on a thread.
    pub fn loop_of_thread(&self, thread: u16) -> Option<&EventLoop> {
        self.event_loop(self.thread(thread)?.running_loop?)
    }

    /// How something that can be waited for ended, if it has.
    pub fn outcome(&self, of: Waitable) -> Option<Outcome> {
        match of {
            Waitable::Task(id) => match self.task(id)?.state {
                TaskState::Done { outcome } => Some(outcome),
                _ => None,
            },
            Waitable::Future(id) => match self.future(id)?.state {
                FutureState::Done { outcome } => Some(outcome),
                FutureState::Pending => None,
            },
            Waitable::Job(_) => None,
        }
    }
}

/// Nanoseconds of a time in seconds as the simulation counts them: to the nearest one, never 0 for a positive time, and
/// 0 for a negative one.
pub fn nanoseconds(seconds: Seconds) -> u64 {
    let rounded = libm::rint(seconds.0 * 1e9) as u64;
    if seconds.0 > 0.0 {
        rounded.max(1)
    } else {
        rounded
    }
}

/// The instant on the clock at which a wait ends that begins at `from` and lasts until `seconds`.
fn deadline(from: Instant, seconds: Seconds) -> Instant {
    let ns = nanoseconds(seconds);
    Instant {
        ns,
        hop: from.hop.saturating_add(u32::from(ns > from.ns)),
    }
}
