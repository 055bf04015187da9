//! What can happen in a simulated run, as plain data.
//!
//! Kinds, names and fields follow the recorder of real CPython runs, so that a recorded trace and ours can be
//! compared line for line; `docs/trace-format.md` describes the JSON form. Events are small and `Copy`: texts are
//! interned in [`Texts`], objects are named by their creation number within their family.

use super::events::Events;
use super::options::Options;
use super::packing::packed;
pub use super::texts::{Text, Texts};
use std::rc::Rc;

/// An instant of the virtual clock. Programs see only `ns`; `hop` counts the waits that led here, so that of two
/// waits ending at the same nominal time the one with fewer waits behind it ends first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    /// Nanoseconds since the start of the run.
    pub ns: u64,
    /// Number of waits behind this instant.
    pub hop: u32,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $letter:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }
    )*};
}

ids! {
    /// A task, by creation number from 1; displays as `T1`.
    TaskId "T";
    /// A future that is not a task, by creation number from 1; displays as `F1`.
    FutureId "F";
    /// A handle or timer handle, numbered from 1 when it is first scheduled; displays as `H1`.
    HandleId "H";
    /// A work item of an executor, numbered from 1 when it is first seen; displays as `X1`.
    JobId "X";
    /// An executor, by creation number from 1; displays as `P1`.
    PoolId "P";
    /// An event loop, by creation number from 1; displays as `L1`.
    LoopId "L";
    /// A lock, numbered from 1 when it is first mentioned; displays as `K1`.
    LockId "K";
}

/// What a task waits for, or what a callback is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Waitable {
    /// Another task.
    Task(TaskId),
    /// A plain future.
    Future(FutureId),
    /// A future of `concurrent.futures`.
    Job(JobId),
}

impl std::fmt::Display for Waitable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Task(id) => id.fmt(f),
            Self::Future(id) => id.fmt(f),
            Self::Job(id) => id.fmt(f),
        }
    }
}

/// How a future or a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With a result; the text is its repr.
    Result(Text),
    /// With an exception; the text is its repr.
    Exception(Text),
    /// Cancelled.
    Cancelled,
}

packed! {
    /// One of the two output streams.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Stream {
        /// Standard output.
        Stdout,
        /// Standard error.
        Stderr,
    }
}

packed! {
    /// How a run ended, as the trace's last event says.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Ending {
        /// The program ended by itself.
        Finished,
        /// A budget ran out (instructions, events, heap, output, virtual time).
        Budget,
        /// The program uses something that the simulation does not support.
        Unsupported,
        /// Every thread is blocked for ever.
        Deadlock,
        /// The program waits for something to be typed.
        Input,
    }
}

/// One event: when, where, and what happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// The instant of the virtual clock.
    pub at: Instant,
    /// Number of the running thread; 1 is the main thread.
    pub thread: u16,
    /// Line of the innermost user frame of the running thread, from 1; 0 when there is none.
    pub line: u32,
    /// The task that runs on this thread's loop, if one does.
    pub task: Option<TaskId>,
    /// What happened.
    pub kind: Kind,
}

packed! {
    /// What happened. The doc of each variant gives its name in the trace.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Kind {
        /// `line`: a user frame of the running thread reached a new line (`Event::line`) in the named function.
        Line { function: Text },
        /// `task.new`: a task is being made; the parent is `Event::task`.
        TaskNew {
            task: TaskId,
            coro: Text,
            name: Option<Text>,
        },
        /// `task.named`: the new task is complete and has this name.
        TaskNamed { task: TaskId, name: Text },
        /// A task got another name.
        TaskRenamed { task: TaskId, name: Text },
        /// `eager`: an eager task starts at once.
        Eager { task: TaskId },
        /// `step`: the task's coroutine is resumed, with an exception thrown in if there is a text.
        Step { task: TaskId, exc: Option<Text> },
        /// `await`: the step ended waiting for `on`; `chain` lists the suspended user frames, outermost first, as
        /// `function:line` joined by ` > `; `call` is the method of a library object in which the task waits
        /// (`Lock-1.acquire`), or empty.
        Await {
            task: TaskId,
            on: Waitable,
            chain: Text,
            call: Text,
        },
        /// `step.end`: the step is over.
        StepEnd { task: TaskId },
        /// `wakeup`: the callback that resumes a waiting task.
        Wakeup { task: TaskId, by: Waitable },
        /// `task.done`: a task ended.
        TaskDone {
            task: TaskId,
            name: Text,
            outcome: Outcome,
        },
        /// `task.cancel`: cancellation of a task is requested by `Event::task`.
        TaskCancel { task: TaskId },
        /// `task.uncancel`: a request to cancel is taken back.
        TaskUncancel { task: TaskId },
        /// `fut.new`: a plain future was made.
        FutureNew { future: FutureId },
        /// `fut.result`, `fut.exception` or `fut.cancel`, by the outcome.
        FutureDone { future: FutureId, outcome: Outcome },
        /// `fut.add_cb`: a callback is attached.
        AddCallback { to: Waitable, callback: Text },
        /// `coro.lost`: a coroutine that was never awaited is gone; `made` is the line of the call, 0 when unknown.
        CoroutineLost { coro: Text, made: u32 },
        /// `task.lost`: a task was destroyed before it was done.
        TaskLost { task: TaskId },
        /// `fut.lost`: the exception of a task or future is gone, and nobody looked at it.
        ExceptionLost { of: Waitable },
        /// `lock.new`: the program uses a lock of threads for the first time; `name` is the variable that holds it, or
        /// empty.
        LockNew {
            lock: LockId,
            class: Text,
            name: Text,
        },
        /// `lock.wait`: who runs has to wait for a lock; a task waits for `future`, which its release makes done.
        LockWait {
            lock: LockId,
            class: Text,
            future: Option<FutureId>,
        },
        /// `lock.acquire`: who runs has the lock now.
        LockAcquire { lock: LockId, class: Text },
        /// `lock.release`: the lock is free.
        LockRelease { lock: LockId, class: Text },
        /// `call_soon`: a handle was put into the ready queue.
        CallSoon {
            handle: HandleId,
            callback: Text,
            loop_: LoopId,
        },
        /// `call_soon_threadsafe`: the same from any thread.
        CallSoonThreadsafe {
            handle: HandleId,
            callback: Text,
            loop_: LoopId,
        },
        /// `call_at`: a timer handle was put on the heap; `when` is in seconds of the loop's clock.
        CallAt {
            handle: HandleId,
            callback: Text,
            when: Seconds,
            loop_: LoopId,
        },
        /// `handle.cancel`: a handle is cancelled.
        HandleCancel { handle: HandleId },
        /// `run`: the loop starts a callback.
        Run {
            handle: HandleId,
            callback: Text,
            loop_: LoopId,
        },
        /// `run.end`: the callback returned.
        RunEnd { handle: HandleId, loop_: LoopId },
        /// `loop.start`: `run_forever` was entered.
        LoopStart { loop_: LoopId },
        /// `loop.stop`: `stop` was called.
        LoopStop { loop_: LoopId },
        /// `loop.stopped`: `run_forever` was left.
        LoopStopped { loop_: LoopId },
        /// `loop.close`: `close` was called.
        LoopClose { loop_: LoopId },
        /// `loop.iter`: an iteration begins to run its batch of `ready` handles; `timers` stay on the heap.
        LoopIteration {
            loop_: LoopId,
            ready: u32,
            timers: u32,
        },
        /// `loop.idle`: the loop blocks in its selector until the next timer, in seconds.
        LoopIdle {
            loop_: LoopId,
            until: Option<Seconds>,
        },
        /// `clock`: every thread is blocked, the clock jumps to `to`.
        Clock { to: Instant },
        /// `thread.start`: first thing that a thread does; `job` is its function's or its own name.
        ThreadStart { thread: u16, name: Option<Text> },
        /// `thread.end`: last thing that a thread does.
        ThreadEnd { thread: u16, name: Option<Text> },
        /// `process.start`: a process is started, whose main thread is this one.
        ProcessStart {
            process: u16,
            thread: u16,
            name: Text,
        },
        /// `process.end`: a process is over, with a status or by a signal (a negative number).
        ProcessEnd { process: u16, status: i32 },
        /// `thread.block`: the running thread blocks on `what`, until an instant if there is a time limit; `end` is the
        /// thread for whose end it waits, if it does.
        ThreadBlock {
            what: Text,
            until: Option<Seconds>,
            end: Option<u16>,
        },
        /// `thread.wake`: a blocked thread became runnable.
        ThreadWake { thread: u16 },
        /// `thread.preempt`: the schedule takes the baton from the running thread, which could go on.
        ThreadPreempt,
        /// `stack`: address space is reserved for the stack of a new thread; so many bytes of it are touched at once.
        Stack {
            thread: u16,
            reserved: u64,
            touched: u64,
        },
        /// `deadlock.wait`: everything is blocked for ever; this thread waits for something that `holder` alone could give,
        /// and that is the end of `of` where it is a task or a work item.
        DeadlockWait {
            thread: u16,
            on: Text,
            holder: Option<u16>,
            of: Option<Waitable>,
        },
        /// `gil.wait`: the thread can go on and waits for the GIL of its process, or for a core.
        GilWait,
        /// `gil.take`: the thread takes the GIL.
        GilTake,
        /// `gil.drop`: the thread lets go of the GIL.
        GilDrop,
        /// `cpu.on`: the thread begins to run on this core.
        CpuOn { core: u16 },
        /// `cpu.off`: the thread leaves this core.
        CpuOff { core: u16 },
        /// `sleep`: `time.sleep` of a positive number of seconds.
        Sleep { secs: Seconds },
        /// `pool.new`: an executor was made, with at most `workers` threads.
        PoolNew {
            pool: PoolId,
            name: Text,
            workers: u32,
        },
        /// `pool.shutdown`: `shutdown` was called.
        PoolShutdown { pool: PoolId },
        /// `ex.submit`: a work item was handed to an executor; `call` is what its submitter calls.
        JobSubmit {
            job: JobId,
            function: Text,
            pool: PoolId,
            call: Option<Text>,
        },
        /// `ex.start`: a worker thread begins a work item.
        JobStart { job: JobId, worker: Text },
        /// `ex.finish`: the work item ended; the text is its state as `concurrent.futures` names it.
        JobFinish { job: JobId, state: Text },
        /// `signal`: a signal is delivered.
        Signal { name: Text },
        /// `print`: text is written to a stream.
        Print { stream: Stream, text: Text },
        /// `exit`: the program ended with a status.
        Exit { status: i32 },
        /// `status`: how the run ended; always the last event.
        Status {
            ending: Ending,
            message: Option<Text>,
        },
    }
}

/// Seconds as programs see them, kept as the bits of the float so that events stay comparable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seconds(pub f64);

impl Instant {
    /// The nominal time in seconds, as programs read it.
    pub fn seconds(self) -> f64 {
        self.ns as f64 / 1e9
    }

    /// The instant at which a wait of `delay` nanoseconds begun here ends.
    pub fn after(self, delay: u64) -> Self {
        Self {
            ns: self.ns.saturating_add(delay),
            hop: self.hop.saturating_add(u32::from(delay > 0)),
        }
    }
}

/// What a run has written so far: append-only, and apart from the world, so that snapshots do not copy it.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The events in order.
    pub events: Events,
    /// The texts that they mention.
    pub texts: Texts,
    /// The options and input of the run, if they are known.
    pub options: Option<Rc<Options>>,
}
