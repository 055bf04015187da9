//! The time that computing takes, where it is not free: cores, the GIL of each process, and whose turn it is on them.
//!
//! Every running thread has a clock of its own, which advances by a fixed cost for each instruction. The thread whose
//! clock is furthest behind goes on first, so threads on several cores share one virtual time exactly, and events come
//! in the order of their times. A thread that could run and does not waits in the run queue: for the GIL of its process
//! or, if there is none to wait for, for a core.

use super::event::Instant;
use super::scheduler::{Picked, Scheduler};
use super::thread::{State, ThreadIndex, Wake};
use std::collections::{BTreeMap, VecDeque};

/// How long a thread has a core to itself while others that need only a core wait.
const TIME_SLICE: u64 = 1_000_000;

/// Does a lock protect the interpreter, so that of each process only one thread runs Python code at a time?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gil {
    /// Yes.
    #[default]
    On,
    /// No: the free-threaded build.
    Off,
}

/// What happens to a thread between the run queue and the cores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CpuChange {
    /// It waits for the GIL.
    GilWait,
    /// It takes the GIL.
    GilTake,
    /// It lets go of the GIL.
    GilDrop,
    /// It begins to run on this core.
    On(u16),
    /// It leaves this core.
    Off(u16),
}

/// Where a thread is, as far as computing goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The core that it occupies.
    core: Option<u16>,
    /// Its own clock while it occupies one, in nanoseconds.
    clock: u64,
    /// Nanoseconds that it has computed altogether.
    used: u64,
    /// When it began to occupy it, or to wait in the run queue.
    since: u64,
    /// Does it run outside the interpreter, without the GIL?
    outside: bool,
    /// Was it told that it waits?
    told: bool,
}

impl Share {
    /// A thread that occupies a core from the start.
    pub fn on_core(core: u16) -> Self {
        Self {
            core: Some(core),
            ..Self::default()
        }
    }

    /// Does the thread run outside the interpreter?
    pub fn is_outside(&self) -> bool {
        self.outside
    }

    /// Does the thread occupy a core?
    pub fn has_core(&self) -> bool {
        self.core.is_some()
    }
}

/// The holder of a GIL.
#[derive(Clone, Copy, Debug)]
struct Holder {
    thread: ThreadIndex,
    since: u64,
}

/// The processor of a world in which computing takes time.
#[derive(Clone, Debug)]
pub struct Cpu {
    /// Virtual nanoseconds of an instruction.
    cost: u64,
    gil: Gil,
    cores: Vec<Option<ThreadIndex>>,
    /// Who holds the GIL of each process.
    holders: BTreeMap<u16, Holder>,
    /// How long a thread may keep the GIL while others wait for it, in nanoseconds.
    switch_interval: u64,
    /// Nanoseconds that the threads of each process have computed.
    used: BTreeMap<u16, u64>,
    /// What has happened and is not yet told.
    changes: VecDeque<(ThreadIndex, CpuChange)>,
}

impl Cpu {
    /// A processor on whose first core the main thread runs; `None` when computing is free.
    pub fn new(cost: u64, cores: u16, gil: Gil) -> Option<Self> {
        (cost > 0).then(|| {
            let mut cpu = Self {
                cost,
                gil,
                cores: vec![None; usize::from(cores.max(1))],
                holders: BTreeMap::new(),
                switch_interval: 5_000_000,
                used: BTreeMap::new(),
                changes: VecDeque::new(),
            };
            cpu.occupy(0, 0, 0, 0);
            cpu
        })
    }

    /// `sys.setswitchinterval`
    pub fn set_switch_interval(&mut self, ns: u64) {
        self.switch_interval = ns.max(1);
    }

    /// Virtual nanoseconds of an instruction.
    pub fn cost(&self) -> u64 {
        self.cost
    }

    fn occupy(&mut self, thread: ThreadIndex, process: u16, core: u16, now: u64) {
        if self.gil == Gil::On {
            let since = now;
            self.holders.insert(process, Holder { thread, since });
            self.changes.push_back((thread, CpuChange::GilTake));
        }
        if let Some(place) = self.cores.get_mut(usize::from(core)) {
            *place = Some(thread);
        }
        self.changes.push_back((thread, CpuChange::On(core)));
    }

    fn release_gil(&mut self, thread: ThreadIndex, process: u16) {
        if self
            .holders
            .get(&process)
            .is_some_and(|holder| holder.thread == thread)
        {
            self.holders.remove(&process);
            self.changes.push_back((thread, CpuChange::GilDrop));
        }
    }

    fn release_core(&mut self, thread: ThreadIndex, core: u16) {
        if let Some(place) = self.cores.get_mut(usize::from(core)) {
            *place = None;
        }
        self.changes.push_back((thread, CpuChange::Off(core)));
    }

    fn free_core(&self) -> Option<u16> {
        self.cores
            .iter()
            .position(Option::is_none)
            .map(|core| core as u16)
    }

    fn gil_is_free(&self, process: u16) -> bool {
        self.gil == Gil::Off || !self.holders.contains_key(&process)
    }
}

/// The scheduler of a world in which computing takes time.
impl Scheduler {
    /// The running thread has executed that many instructions.
    pub fn spend(&mut self, instructions: u64) {
        if let Some(cpu) = &self.cpu {
            let ns = instructions.saturating_mul(cpu.cost);
            let share = &mut self.threads[self.current].share;
            share.clock = share.clock.saturating_add(ns);
            self.count_computing(ns);
        }
    }

    /// The running thread computes for so many nanoseconds.
    pub fn count_computing(&mut self, ns: u64) {
        let me = &mut self.threads[self.current];
        if let Some(cpu) = &mut self.cpu {
            me.share.used = me.share.used.saturating_add(ns);
            let used = cpu.used.entry(me.process).or_default();
            *used = used.saturating_add(ns);
        }
    }

    /// Nanoseconds that the running thread has computed.
    pub fn thread_time(&self) -> u64 {
        self.thread().share.used
    }

    /// Nanoseconds that all threads of its process have computed, those that are over included.
    pub fn process_time(&self) -> u64 {
        let used = self.cpu.as_ref().map(|cpu| &cpu.used);
        used.and_then(|used| used.get(&self.thread().process).copied())
            .unwrap_or(0)
    }

    /// Has the running thread come so far that others, or a timer, come before its next request?
    pub fn is_ahead(&mut self) -> bool {
        let mine = self.threads[self.current].share.clock;
        let behind = self.others_clock().is_some_and(|clock| clock < mine);
        behind || self.next_timer().is_some_and(|at| at.ns <= mine)
    }

    /// The clock of the running thread becomes that of the world: its request is performed now.
    pub fn catch_up(&mut self) {
        if self.cpu.is_some() {
            let ns = self.threads[self.current].share.clock;
            self.advance_to(ns);
        }
    }

    /// For how many instructions the running thread may go on at once.
    pub fn allowance(&mut self, most: u64) -> u64 {
        if self.cpu.is_none() {
            return most;
        }
        let timer = self.next_timer().map(|at| at.ns);
        let others = self.others_clock();
        let slice = self.slice_end(self.current);
        let Some(cpu) = &self.cpu else { return most };
        let mine = self.threads[self.current].share.clock;
        let until = |ns: u64| ns.saturating_sub(mine).div_ceil(cpu.cost);
        let soonest = [timer, slice].into_iter().flatten().map(until).min();
        let lockstep = others.map(|clock| clock.saturating_sub(mine) / cpu.cost);
        let least = [soonest, lockstep].into_iter().flatten().min();
        least.map_or(most, |least| least.clamp(1, most))
    }

    /// The running thread leaves its core and lets go of the GIL.
    pub fn leave_cpu(&mut self, thread: ThreadIndex) {
        let (Some(cpu), Some(me)) = (&mut self.cpu, self.threads.get_mut(thread)) else {
            return;
        };
        cpu.release_gil(thread, me.process);
        if let Some(core) = me.share.core.take() {
            cpu.release_core(thread, core);
        }
        me.share.outside = false;
    }

    /// The running thread computes outside the interpreter for a while: it keeps its core, but not the GIL. The caller
    /// then blocks it.
    pub fn step_outside(&mut self) {
        let me = self.current;
        if let Some(cpu) = &mut self.cpu {
            cpu.release_gil(me, self.threads[me].process);
            self.threads[me].share.outside = true;
        }
    }

    /// Does the running thread compute outside the interpreter?
    pub fn is_outside(&self) -> bool {
        self.thread().share.is_outside()
    }

    /// A thread now waits in the run queue.
    pub fn queued(&mut self, thread: ThreadIndex) {
        let now = self.clock.now.ns;
        if let Some(thread) = self.threads.get_mut(thread) {
            thread.share.since = now;
            thread.share.told = false;
        }
    }

    /// Forgets what loading the library has cost.
    pub fn restart_clock(&mut self) {
        for thread in &mut self.threads {
            (thread.share.clock, thread.share.used) = (0, 0);
        }
        if let Some(cpu) = &mut self.cpu {
            cpu.used.clear();
        }
    }

    /// Finds who goes next where computing takes time.
    pub(super) fn pick_timed(&mut self) -> Picked {
        loop {
            if let Some((thread, change)) =
                self.cpu.as_mut().and_then(|cpu| cpu.changes.pop_front())
            {
                return Picked::Cpu(thread, change);
            }
            while let Some(fired) = self.fire_due() {
                if let Some(signal) = fired {
                    return Picked::Signal(signal);
                }
            }
            if self.admit() {
                continue;
            }
            let (timer, first) = (self.next_timer(), self.furthest_behind());
            let Some((thread, clock)) = first else {
                return timer.map_or(Picked::Deadlock, Picked::Jump);
            };
            match timer.filter(|at| at.ns <= clock) {
                Some(at) => self.clock.now = self.clock.now.max(at),
                None if clock > self.clock.now.ns => self.advance_to(clock),
                None if self.must_leave(thread) => self.preempt(thread),
                None => {
                    self.current = thread;
                    return Picked::Thread(thread);
                }
            }
        }
    }

    /// Puts a thread that runs behind the run queue.
    pub fn preempt(&mut self, thread: ThreadIndex) {
        self.leave_cpu(thread);
        self.queue.push_back(thread);
        self.queued(thread);
    }

    fn advance_to(&mut self, ns: u64) {
        if ns > self.clock.now.ns {
            self.clock.now = Instant { ns, hop: 0 };
        }
    }

    /// Threads on cores that run Python code, with their clocks.
    fn running(&self) -> impl Iterator<Item = (ThreadIndex, u64)> {
        let cores = self.cpu.iter().flat_map(|cpu| cpu.cores.iter().flatten());
        cores
            .map(|&thread| (thread, &self.threads[thread].share))
            .filter(|(_, share)| !share.outside)
            .map(|(thread, share)| (thread, share.clock))
    }

    fn furthest_behind(&self) -> Option<(ThreadIndex, u64)> {
        self.running().min_by_key(|&(_, clock)| clock)
    }

    fn others_clock(&self) -> Option<u64> {
        let others = self.running().filter(|&(thread, _)| thread != self.current);
        others.map(|(_, clock)| clock).min()
    }

    /// Lets threads of the run queue onto free cores; true when there is something to tell.
    fn admit(&mut self) -> bool {
        let Some(cpu) = &self.cpu else { return false };
        if let Some(core) = cpu.free_core() {
            let fit: Vec<usize> = (0..self.queue.len())
                .filter(|&position| {
                    let thread = self
                        .queue
                        .get(position)
                        .and_then(|&thread| self.threads.get(thread));
                    thread.is_some_and(|thread| cpu.gil_is_free(thread.process))
                })
                .collect();
            if let Some(thread) = self.choose(&fit) {
                self.place(thread, core);
                return true;
            }
        }
        self.tell_waiters()
    }

    fn place(&mut self, thread: ThreadIndex, core: u16) {
        let now = self.clock.now.ns;
        let (Some(cpu), Some(me)) = (&mut self.cpu, self.threads.get_mut(thread)) else {
            return;
        };
        me.share = Share {
            used: me.share.used,
            core: Some(core),
            clock: now,
            since: now,
            outside: false,
            told: false,
        };
        cpu.occupy(thread, me.process, core, now);
    }

    fn tell_waiters(&mut self) -> bool {
        let Some(cpu) = self.cpu.as_mut().filter(|cpu| cpu.gil == Gil::On) else {
            return false;
        };
        for &index in &self.queue {
            let Some(thread) = self.threads.get_mut(index) else {
                continue;
            };
            if !std::mem::replace(&mut thread.share.told, true) {
                cpu.changes.push_back((index, CpuChange::GilWait));
            }
        }
        !cpu.changes.is_empty()
    }

    /// When a running thread has to make room, if somebody waits for what it has.
    fn slice_end(&self, thread: ThreadIndex) -> Option<u64> {
        let cpu = self.cpu.as_ref()?;
        let me = self.threads.get(thread)?;
        let waiting = || {
            self.queue
                .iter()
                .filter_map(|&waiter| self.threads.get(waiter))
        };
        let held = cpu
            .holders
            .get(&me.process)
            .filter(|holder| holder.thread == thread);
        let gil = held.and_then(|holder| {
            let first = waiting().filter(|waiter| waiter.process == me.process);
            let first = first.map(|waiter| waiter.share.since).min()?;
            Some(first.max(holder.since).saturating_add(cpu.switch_interval))
        });
        let mut others = waiting().filter(|waiter| cpu.gil_is_free(waiter.process));
        let needs_core = cpu.free_core().is_none() && others.next().is_some();
        let core = needs_core.then(|| me.share.since.saturating_add(TIME_SLICE));
        [gil, core].into_iter().flatten().min()
    }

    /// Is the time of a running thread up, at a place where it can be interrupted?
    fn must_leave(&self, thread: ThreadIndex) -> bool {
        let clock = self.threads[thread].share.clock;
        self.slice_end(thread).is_some_and(|end| clock >= end)
            && self.threads[thread].fiber.is_between_operations()
    }

    /// Puts the running thread behind those that wait for what it has; false when nobody does.
    pub(super) fn yield_timed(&mut self) -> bool {
        let me = self.current;
        if self.slice_end(me).is_none() {
            return false;
        }
        self.threads[me].woken = Some(Wake::Turn);
        self.preempt(me);
        true
    }

    /// The running thread is over.
    pub fn retire(&mut self) {
        let me = self.current;
        self.leave_cpu(me);
        self.threads[me].state = State::Ended;
    }
}
