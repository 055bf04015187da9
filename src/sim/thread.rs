//! A simulated operating-system thread: its Python stack, what it waits for, and what the kernel keeps per thread.

use super::cpu::Share;
use super::event::Instant;
use super::signal_mask::SignalSet;
use crate::vm::frame::{Fiber, HostFrame};
use crate::vm::meter::Meter;
use crate::vm::value::Value;
use std::rc::Rc;

/// Index of a thread in the kernel's table; its number, as programs see it, is one more.
pub type ThreadIndex = usize;

/// Can the thread run?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It runs, or stands in the run queue.
    Runnable,
    /// It waits for a wake-up.
    Blocked,
    /// It is gone.
    Ended,
}

/// Why a blocked thread goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// What it waited for happened, or may have.
    Woken,
    /// Its time limit passed.
    Timeout,
    /// A signal arrived.
    Signal,
    /// It had only let others go first.
    Turn,
}

/// How long a wait may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Not at all.
    Now,
    /// For ever.
    Never,
    /// That many nanoseconds.
    After(u64),
}

/// What a request that blocked remembers until it is performed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// A lock, since `started`.
    Lock {
        /// When the wait began, in nanoseconds.
        started: u64,
        /// When it ends at the latest.
        deadline: Option<Instant>,
    },
    /// `time.sleep`
    Sleep {
        /// When it ends.
        deadline: Instant,
    },
    /// The end of a thread or process.
    Join {
        /// When it ends at the latest.
        deadline: Option<Instant>,
    },
    /// A signal.
    Signal {
        /// Which ones it takes itself; none where it waits for a handler.
        wanted: SignalSet,
        /// When it ends at the latest.
        deadline: Option<Instant>,
    },
    /// A message from another process.
    Pipe {
        /// When it ends at the latest.
        deadline: Option<Instant>,
    },
    /// The selector of an event loop.
    Select,
    /// Nothing: other threads went first.
    Turn,
}

/// A thread.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Its Python stack.
    pub fiber: Fiber,
    /// Can it run?
    pub state: State,
    /// Number of its current or last wait; timers of earlier waits are stale.
    pub wait: u32,
    /// What its blocked request waits for, until that is performed again.
    pub waiting: Option<Waiting>,
    /// Why it goes on, once it does.
    pub woken: Option<Wake>,
    /// Was the lock that it waits for handed over to it?
    pub handed: bool,
    /// What was waited for when signal handlers interrupted it, outermost first.
    pub interrupted: Vec<(Option<Waiting>, Option<Wake>)>,
    /// Its name when it started, for the report of a deadlock.
    pub name: Option<Rc<str>>,
    /// What it is blocked on, for the report of a deadlock.
    pub what: &'static str,
    /// The size of its stack, in bytes.
    pub stack: u64,
    /// Signals that it holds back (`signal.pthread_sigmask`).
    pub blocked: SignalSet,
    /// Signals sent to it alone that it held back when they arrived.
    pub held: SignalSet,
    /// Its process; 0 is the program's own.
    pub process: u16,
    /// What it has done, while another thread runs.
    pub meter: Meter,
    /// Its share of the processor, where computing takes time.
    pub share: Share,
    /// Its `_thread._ThreadHandle`, or unbound. Counted.
    pub handle: Value,
    /// The current context, or unbound before one is needed. Counted.
    pub context: Value,
    /// A task or handle whose context it has entered without that being made ([`super::context::own`]), or `None`. The
    /// current context is then the one before. Counted.
    pub entered: Value,
    /// The event loop that runs in it, or `None`. Counted.
    pub running_loop: Value,
    /// The task that runs on that loop, or `None`. Counted.
    pub running_task: Value,
    /// The number of that task in events; 0 before it is mentioned.
    pub running_number: u32,
    /// The host frames above which coroutines ran that have come back, until the request of the frame below deals with
    /// it: one, unless finalisers are run in between.
    pub returned: Vec<HostFrame>,
    /// `sys.set_asyncgen_hooks`, while another thread runs. Counted.
    pub async_hooks: [Value; 2],
    /// `sys.set_coroutine_origin_tracking_depth`, while another thread runs.
    pub origin_depth: u32,
}

impl Thread {
    /// A thread with this stack.
    pub fn new(fiber: Fiber) -> Self {
        Self {
            fiber,
            state: State::Runnable,
            wait: 0,
            waiting: None,
            woken: None,
            handed: false,
            interrupted: Vec::new(),
            name: None,
            what: "",
            stack: 0,
            blocked: SignalSet::default(),
            held: SignalSet::default(),
            process: 0,
            meter: Meter::default(),
            share: Share::default(),
            handle: Value::Unbound,
            context: Value::Unbound,
            entered: Value::None,
            running_loop: Value::None,
            running_task: Value::None,
            running_number: 0,
            returned: Vec::new(),
            async_hooks: [Value::Unbound; 2],
            origin_depth: 0,
        }
    }

    /// Calls `visit` with every value that the thread refers to.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        [
            self.handle,
            self.context,
            self.entered,
            self.running_loop,
            self.running_task,
        ]
        .into_iter()
        .for_each(&mut *visit);
        self.async_hooks.into_iter().for_each(&mut *visit);
        self.returned.iter().for_each(|host| host.each(visit));
        self.fiber.each(visit);
    }
}
