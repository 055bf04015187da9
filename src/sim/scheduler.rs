//! The baton: exactly one thread runs until it blocks or yields; the run queue is first in, first out; and the clock
//! jumps to the earliest deadline when every thread is blocked.

use super::clock::Clock;
use super::event::Instant;
use super::thread::{State, Thread, ThreadIndex, Wake};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// What happens when a timer is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// A wait of a thread times out, unless that wait is over.
    Timeout {
        /// The thread.
        thread: ThreadIndex,
        /// The number of its wait.
        wait: u32,
    },
    /// A signal arrives from outside.
    Signal(i32),
}

/// A deadline; ordered by instant, then by creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Timer {
    at: Instant,
    number: u64,
    action: Action,
}

/// What the scheduler did to find the next thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// This thread has the baton.
    Thread(ThreadIndex),
    /// Nobody can run: the clock has to jump to this instant first.
    Jump(Instant),
    /// A signal arrived; its delivery is for the caller.
    Signal(i32),
    /// Everything is blocked for ever.
    Deadlock,
}

/// Threads, run queue and deadlines.
#[derive(Clone, Debug)]
pub struct Scheduler {
    /// The clock.
    pub clock: Clock,
    /// All threads that ever were, the main thread first.
    pub threads: Vec<Thread>,
    /// The thread that has the baton.
    pub current: ThreadIndex,
    queue: VecDeque<ThreadIndex>,
    timers: BinaryHeap<Reverse<Timer>>,
    created: u64,
}

impl Scheduler {
    /// A scheduler with the main thread.
    pub fn new(main: Thread) -> Self {
        Self {
            clock: Clock::default(),
            threads: vec![main],
            current: 0,
            queue: VecDeque::new(),
            timers: BinaryHeap::new(),
            created: 0,
        }
    }

    /// The running thread.
    pub fn thread(&self) -> &Thread {
        &self.threads[self.current]
    }

    /// The running thread.
    pub fn thread_mut(&mut self) -> &mut Thread {
        &mut self.threads[self.current]
    }

    /// Adds a thread behind the run queue.
    pub fn spawn(&mut self, thread: Thread) -> ThreadIndex {
        self.threads.push(thread);
        let index = self.threads.len() - 1;
        self.queue.push_back(index);
        index
    }

    /// The instant at which a wait of that many nanoseconds begun now ends.
    pub fn after(&self, delay: u64) -> Instant {
        self.clock.now.after(delay)
    }

    /// Sets a timer.
    pub fn set_timer(&mut self, at: Instant, action: Action) {
        let number = self.created;
        self.created += 1;
        self.timers.push(Reverse(Timer { at, number, action }));
    }

    /// Blocks the running thread. The caller then picks the next one.
    pub fn block(&mut self, deadline: Option<Instant>, what: &'static str) {
        let me = self.current;
        let thread = &mut self.threads[me];
        thread.wait += 1;
        (thread.state, thread.woken, thread.what) = (State::Blocked, None, what);
        let wait = thread.wait;
        if let Some(at) = deadline {
            self.set_timer(at, Action::Timeout { thread: me, wait });
        }
        self.clock.charge();
    }

    /// Makes a blocked thread runnable.
    pub fn wake(&mut self, index: ThreadIndex, why: Wake) -> bool {
        let Some(thread) = self
            .threads
            .get_mut(index)
            .filter(|thread| thread.state == State::Blocked)
        else {
            return false;
        };
        (thread.state, thread.woken) = (State::Runnable, Some(why));
        thread.wait += 1;
        self.queue.push_back(index);
        true
    }

    /// Puts the running thread behind the run queue; false when nobody else could go first. Due timers have fired.
    pub fn yield_turn(&mut self) -> bool {
        if self.queue.is_empty() {
            return false;
        }
        let me = self.current;
        self.threads[me].woken = Some(Wake::Turn);
        self.queue.push_back(me);
        self.clock.charge();
        true
    }

    /// Fires one due timer; a signal is for the caller to deliver. `None` when no timer is due.
    pub fn fire_due(&mut self) -> Option<Option<i32>> {
        let Reverse(timer) = *self.timers.peek()?;
        if timer.at > self.clock.now {
            return None;
        }
        self.timers.pop();
        match timer.action {
            Action::Signal(number) => Some(Some(number)),
            Action::Timeout { thread, wait } => {
                if self.threads[thread].wait == wait {
                    self.wake(thread, Wake::Timeout);
                }
                Some(None)
            }
        }
    }

    /// Finds who goes next; to be called until it gives a thread or a deadlock.
    pub fn pick(&mut self) -> Picked {
        while let Some(fired) = self.fire_due() {
            if let Some(signal) = fired {
                return Picked::Signal(signal);
            }
        }
        if let Some(next) = self.queue.pop_front() {
            self.current = next;
            return Picked::Thread(next);
        }
        self.drop_stale_timers();
        match self.timers.peek() {
            Some(Reverse(timer)) => Picked::Jump(timer.at),
            None => Picked::Deadlock,
        }
    }

    fn drop_stale_timers(&mut self) {
        while let Some(Reverse(Timer {
            action: Action::Timeout { thread, wait },
            ..
        })) = self.timers.peek().copied()
        {
            if self.threads[thread].wait == wait {
                return;
            }
            self.timers.pop();
        }
    }
}
