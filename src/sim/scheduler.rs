//! The baton: exactly one thread runs until it blocks or yields; the run queue is first in, first out; and the clock
//! jumps to the earliest deadline when every thread is blocked.

use super::alarm::Alarms;
use super::clock::Clock;
use super::cpu::{Cpu, CpuChange, Share};
use super::event::Instant;
use super::process::FIRST;
use super::schedule::{Place, Policy};
use super::signal::SIGALRM;
use super::thread::{State, Thread, ThreadIndex, Wake};
use crate::vm::frame::Fiber;
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
    /// A process is alarmed, unless its timer was set anew.
    Alarm {
        /// The process.
        process: u16,
        /// The number of the setting.
        setting: u32,
    },
}

/// A signal that arrives because a timer was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The process.
    pub process: u16,
    /// The signal.
    pub signal: i32,
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
    Signal(Arrival),
    /// Something happened to a thread between run queue and cores, to be told.
    Cpu(ThreadIndex, CpuChange),
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
    /// The processor, where computing takes time.
    pub cpu: Option<Cpu>,
    /// Who goes next.
    pub policy: Policy,
    /// The thread that was chosen from outside to go next.
    pub chosen: Option<ThreadIndex>,
    /// Threads that can run and do not.
    pub(super) queue: VecDeque<ThreadIndex>,
    timers: BinaryHeap<Reverse<Timer>>,
    created: u64,
    alarms: Alarms,
}

impl Scheduler {
    /// A scheduler with the main thread.
    pub fn new(mut main: Thread, cpu: Option<Cpu>, policy: Policy) -> Self {
        if cpu.is_some() {
            main.share = Share::on_core(0);
        }
        Self {
            clock: Clock::new(cpu.is_none()),
            threads: vec![main],
            current: 0,
            cpu,
            policy,
            chosen: None,
            queue: VecDeque::new(),
            timers: BinaryHeap::new(),
            created: 0,
            alarms: Alarms::default(),
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
        self.queued(index);
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
        if !self.is_outside() {
            self.leave_cpu(me);
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
        if thread.share.is_outside() {
            self.leave_cpu(index);
        }
        self.queue.push_back(index);
        self.queued(index);
        true
    }

    /// A thread is over, whatever it was doing.
    pub fn end(&mut self, thread: ThreadIndex) {
        self.queue.retain(|&waiting| waiting != thread);
        self.leave_cpu(thread);
        if let Some(gone) = self.threads.get_mut(thread) {
            *gone = Thread {
                state: State::Ended,
                wait: gone.wait + 1,
                process: gone.process,
                ..Thread::new(Fiber::default())
            };
        }
    }

    /// Puts the running thread behind the run queue; false when nobody else could go first. Due timers have fired.
    pub fn yield_turn(&mut self) -> bool {
        if self.queue.is_empty() {
            return false;
        }
        if self.cpu.is_some() {
            return self.yield_timed();
        }
        let me = self.current;
        self.threads[me].woken = Some(Wake::Turn);
        self.queue.push_back(me);
        self.clock.charge();
        true
    }

    /// Sets the timer that alarms a process, or none; gives what was left of the one before, and its interval.
    pub fn set_alarm(&mut self, process: u16, delay: u64, interval: u64) -> (u64, u64) {
        let before = self.alarm(process);
        let at = (delay > 0).then(|| self.after(delay));
        let setting = self.alarms.set(process, at, interval);
        if let Some(at) = at {
            self.set_timer(at, Action::Alarm { process, setting });
        }
        before
    }

    /// How long it is until a process is alarmed, and the interval of its timer; zeros where there is none.
    pub fn alarm(&self, process: u16) -> (u64, u64) {
        self.alarms.left(process, self.clock.now.ns)
    }

    /// Fires one due timer; a signal is for the caller to deliver. `None` when no timer is due.
    pub fn fire_due(&mut self) -> Option<Option<Arrival>> {
        self.drop_stale_timers();
        let Reverse(timer) = *self.timers.peek()?;
        if timer.at > self.clock.now {
            return None;
        }
        self.timers.pop();
        match timer.action {
            Action::Signal(signal) => Some(Some(Arrival {
                process: FIRST,
                signal,
            })),
            Action::Alarm { process, setting } => {
                if let Some(interval) = self.alarms.interval(process, setting) {
                    self.set_alarm(process, interval, interval);
                }
                Some(Some(Arrival {
                    process,
                    signal: SIGALRM,
                }))
            }
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
        if self.cpu.is_some() {
            return self.pick_timed();
        }
        while let Some(fired) = self.fire_due() {
            if let Some(signal) = fired {
                return Picked::Signal(signal);
            }
        }
        let all: Vec<usize> = (0..self.queue.len()).collect();
        if let Some(next) = self.choose(&all) {
            self.current = next;
            return Picked::Thread(next);
        }
        self.next_timer().map_or(Picked::Deadlock, Picked::Jump)
    }

    /// Takes the next thread from the run queue, out of those at certain positions.
    pub(super) fn choose(&mut self, positions: &[usize]) -> Option<ThreadIndex> {
        if positions.is_empty() {
            return None;
        }
        let at = |&position: &usize| self.queue.get(position).copied();
        let chosen = self.chosen.take();
        let chosen = chosen.and_then(|chosen| positions.iter().position(|p| at(p) == Some(chosen)));
        let position = match chosen {
            Some(position) => position,
            None => self.policy.choose(positions.iter().filter_map(at)),
        };
        self.queue.remove(*positions.get(position)?)
    }

    /// The instant of the next timer.
    pub fn next_timer(&mut self) -> Option<Instant> {
        self.drop_stale_timers();
        self.timers.peek().map(|Reverse(timer)| timer.at)
    }

    /// Can another thread run?
    pub fn is_contended(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Does the current thread run: not wait, and not stand in the run queue?
    fn is_running(&self) -> bool {
        let thread = self.thread();
        thread.state == State::Runnable && (self.cpu.is_none() || thread.share.has_core())
    }

    /// Should the running thread be pre-empted: by the schedule, or because another one was chosen from outside?
    pub fn is_preempted(&mut self) -> bool {
        if !self.is_running() {
            return false;
        }
        self.chosen = self.chosen.filter(|chosen| self.queue.contains(chosen));
        if self.queue.is_empty() {
            return false;
        }
        let chosen = self.chosen.is_some();
        let place = Place::of(&self.thread().fiber);
        let waiting = self.queue.iter().copied();
        let preempted = chosen || self.policy.preempts(self.current, place, waiting);
        preempted && self.thread().fiber.is_between_operations()
    }

    fn drop_stale_timers(&mut self) {
        while let Some(Reverse(timer)) = self.timers.peek().copied() {
            let is_stale = match timer.action {
                Action::Timeout { thread, wait } => self.threads[thread].wait != wait,
                Action::Alarm { process, setting } => !self.alarms.is_set(process, setting),
                Action::Signal(_) => false,
            };
            if !is_stale {
                return;
            }
            self.timers.pop();
        }
    }
}
