//! The kernel's own state: threads and their scheduler, waiting lists, counters, and how the run ends. Python objects
//! that belong to it (futures, handles, locks …) lie on the machine's heap.

use super::chain::{self, ObjectNames};
use super::cpu::Cpu;
use super::event::{Ending, Instant, Kind, Log, Seconds, Text};
use super::gather;
use super::input::{Input, Moment, Pending, Stimulus};
use super::memory::Memory;
use super::options::Options;
use super::pipe::Pipe;
use super::plain::Plain;
use super::process::{FIRST, Processes};
use super::schedule::Policy;
use super::scheduler::{Action, Arrival, Picked, Scheduler};
use super::signal::Signals;
use super::system::System;
use super::task::Tasks;
use super::thread::{Thread, ThreadIndex};
use crate::bytecode::code::Code;
use crate::vm::frame::Fiber;
use crate::vm::machine::{self, Vm};
use crate::vm::value::{Id, Value};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// A thread that waits for a lock.
#[derive(Clone, Copy, Debug)]
pub struct Waiter {
    /// The thread.
    pub thread: ThreadIndex,
    /// When it began to wait, in nanoseconds.
    pub started: u64,
}

/// A coroutine that is to be resumed on behalf of a request.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The coroutine.
    pub coroutine: Value,
    /// What it is resumed with.
    pub input: machine::Input,
    /// The task that it drives.
    pub about: Id,
    /// The number of that task's handle in events.
    pub number: u32,
}

/// The running thread blocks.
#[derive(Clone, Copy, Debug)]
pub struct Blocking {
    /// On what.
    pub what: &'static str,
    /// Until when at the latest.
    pub until: Option<Seconds>,
    /// For the end of which thread, if it is that.
    pub end: Option<ThreadIndex>,
}

/// The classes of the kernel's objects, by their numbers on the heap.
#[derive(Clone, Copy, Debug, Default)]
pub struct Classes {
    /// `_asyncio.Future`
    pub future: Id,
    /// `_asyncio.Task`
    pub task: Id,
    /// Its method `task_wakeup`, which futures call back.
    pub wakeup: Value,
    /// `asyncio.events.Handle`
    pub handle: Id,
    /// `asyncio.events._ThreadSafeHandle`
    pub thread_safe_handle: Id,
    /// `asyncio.events.TimerHandle`
    pub timer_handle: Id,
    /// The native part of event loops.
    pub event_loop: Id,
    /// `_thread.lock`
    pub lock: Id,
    /// `_thread.RLock`
    pub rlock: Id,
    /// `_thread._ThreadHandle`
    pub thread_handle: Id,
    /// `_io.TextIOWrapper`, the class of the standard streams.
    pub stream: Id,
    /// `_contextvars.Context`
    pub context: Id,
    /// `_contextvars.ContextVar`
    pub context_var: Id,
    /// `_contextvars.Token`
    pub token: Id,
}

impl Classes {
    /// All of them.
    pub fn all(&self) -> [Id; 13] {
        [
            self.future,
            self.task,
            self.handle,
            self.thread_safe_handle,
            self.timer_handle,
            self.event_loop,
            self.lock,
            self.rlock,
            self.thread_handle,
            self.stream,
            self.context,
            self.context_var,
            self.token,
        ]
    }
}

/// A work item that is not done.
#[derive(Clone, Copy, Debug)]
pub struct OpenJob {
    /// The number of its executor.
    pub pool: u32,
    /// What its submitter calls.
    pub call: Text,
}

/// Everything that the kernel knows besides Python objects.
#[derive(Clone, Debug)]
pub struct Kernel {
    /// The options of the run.
    pub options: Options,
    /// What is still to happen from outside.
    pub input: Pending,
    /// Threads, run queue, clock and deadlines.
    pub scheduler: Scheduler,
    /// The classes of the kernel's objects.
    pub classes: Classes,
    /// Threads that wait for a lock, first come first served.
    pub lock_waiters: BTreeMap<Id, VecDeque<Waiter>>,
    /// Threads that wait for the end of a thread, by its handle.
    pub joiners: BTreeMap<Id, Vec<ThreadIndex>>,
    /// Processes besides the running one.
    pub processes: Processes,
    /// The pipes between them, by number.
    pub pipes: Vec<Pipe>,
    /// What threads' stacks take.
    pub memory: Memory,
    /// Handlers and pending signals.
    pub signals: Signals,
    /// Tasks that are not done, by creation number.
    pub tasks: Tasks,
    /// Number of futures that are not tasks, made so far.
    pub futures: u32,
    /// Number of those that were mentioned in an event.
    pub traced_futures: u32,
    /// How events name the callback of the children of gatherings, once it is known.
    pub gather_label: Option<Text>,
    /// That callback.
    pub gather_callback: gather::Callback,
    /// Number of tasks made so far.
    pub created_tasks: u32,
    /// Number of those that were mentioned in an event.
    pub traced_tasks: u32,
    /// Number of the last task that got a name by number.
    pub named_tasks: u64,
    /// Number of handles that were mentioned in an event.
    pub handles: u32,
    /// Number of timer handles made so far.
    pub timers: u64,
    /// Number of event loops made so far.
    pub loops: u32,
    /// Number of executors made so far.
    pub pools: u32,
    /// The work item that each thread runs.
    pub running_jobs: BTreeMap<ThreadIndex, u32>,
    /// Each work item that is not done.
    pub open_jobs: BTreeMap<u32, OpenJob>,
    /// The task that holds each lock of tasks, by its creation number.
    pub task_locks: BTreeMap<u32, u32>,
    /// Number of work items that were mentioned in an event.
    pub jobs: u32,
    /// Number of locks that were mentioned in an event.
    pub locks: u32,
    /// Names of library objects that tasks waited in.
    pub object_names: ObjectNames,
    /// Chains of awaits that were told lately.
    pub chains: chain::Remembered,
    /// Number of events written so far.
    pub events: usize,
    /// Number of line events since the last other event.
    pub lines_in_a_row: usize,
    /// Bytes written to the streams so far.
    pub output: usize,
    /// The line of the innermost user frame of the running thread.
    pub line: u32,
    /// Was the request made by user code, not by the library?
    pub asked_by_user: bool,
    /// Was it made by the program's own code, not by any library?
    pub asked_by_program: bool,
    /// The running thread has given the baton away.
    pub switching: bool,
    /// What has the library's own methods.
    pub plain: Plain,
    /// The coroutine that the request just performed has resumed.
    pub entering: Option<Entry>,
    /// The request just performed has blocked the running thread.
    pub blocking: Option<Blocking>,
    /// When the run of instructions in progress began.
    pub began: Instant,
    /// The program.
    pub program: Rc<Code>,
    /// The status with which the program exits, once it does.
    pub exit_status: Option<i32>,
    /// The signal that ends the program.
    pub killed_by: Option<i32>,
    /// How the run ended, once it has.
    pub ending: Option<(Ending, Option<String>)>,
}

impl Kernel {
    /// The thread of a `_thread._ThreadHandle`.
    pub fn thread_of(&self, handle: Id) -> Option<ThreadIndex> {
        let mut handles = self
            .scheduler
            .threads
            .iter()
            .map(|thread| thread.handle.id());
        handles.position(|id| id == Some(handle))
    }

    /// The state at the start: one thread.
    pub fn new(options: Options, classes: Classes, program: Rc<Code>) -> Self {
        Self {
            scheduler: Scheduler::new(
                Thread::new(Fiber::default()),
                Cpu::new(options.cpu_cost, options.cores, options.gil),
                Policy::new(options.schedule),
            ),
            input: Pending::new(&options.input),
            memory: Memory::default(),
            signals: Signals::default(),
            options,
            classes,
            lock_waiters: BTreeMap::new(),
            joiners: BTreeMap::new(),
            processes: Processes::default(),
            pipes: Vec::new(),
            tasks: Tasks::default(),
            futures: 0,
            traced_futures: 0,
            gather_label: None,
            gather_callback: gather::Callback::default(),
            created_tasks: 0,
            traced_tasks: 0,
            named_tasks: 0,
            handles: 0,
            timers: 0,
            loops: 0,
            pools: 0,
            running_jobs: BTreeMap::new(),
            open_jobs: BTreeMap::new(),
            task_locks: BTreeMap::new(),
            jobs: 0,
            locks: 0,
            object_names: ObjectNames::default(),
            chains: chain::Remembered::default(),
            events: 0,
            lines_in_a_row: 0,
            output: 0,
            line: 0,
            asked_by_user: false,
            asked_by_program: false,
            switching: false,
            plain: Plain::default(),
            entering: None,
            blocking: None,
            began: Instant::default(),
            program,
            exit_status: None,
            killed_by: None,
            ending: None,
        }
    }

    /// Ends the run, unless it has ended already.
    pub fn end(&mut self, ending: Ending, message: String) {
        if self.ending.is_none() {
            self.ending = Some((ending, (!message.is_empty()).then_some(message)));
        }
    }

    /// When the running thread had done so much, in the run of instructions in progress.
    pub fn instant_of(&self, done: u64) -> Instant {
        match &self.scheduler.cpu {
            Some(cpu) if done > 0 => Instant {
                ns: self.began.ns + done * cpu.cost(),
                hop: 0,
            },
            Some(_) => self.began,
            None => self.scheduler.clock.now,
        }
    }

    /// An input that identifies its moment by a time is a timer.
    pub fn set_input_timers(&mut self, inputs: &[Input]) {
        for input in inputs {
            if let (Moment::Time(at), Stimulus::Signal(number)) = (input.at, input.what) {
                self.scheduler.set_timer(at, Action::Signal(number));
            }
        }
    }

    /// What is due from outside happens.
    pub fn take_input(&mut self, vm: &mut Vm, log: &mut Log) {
        while let Some(due) = self.input.take_due(self.events) {
            match due {
                Stimulus::Signal(signal) => System {
                    vm,
                    kernel: self,
                    log,
                }
                .deliver_signal(Arrival {
                    process: FIRST,
                    signal,
                }),
                Stimulus::Turn(thread) => {
                    self.scheduler.chosen = Some(usize::from(thread.saturating_sub(1)));
                }
            }
        }
        vm.line_stop = match self.input.next() {
            Some(at) => at.saturating_sub(self.events).max(1),
            None => usize::MAX,
        };
    }

    /// Fires the timers that are due.
    pub fn fire_due(&mut self, vm: &mut Vm, log: &mut Log) {
        while let Some(fired) = self.scheduler.fire_due() {
            if let Some(arrival) = fired {
                System {
                    vm,
                    kernel: self,
                    log,
                }
                .deliver_signal(arrival);
            }
        }
    }

    /// Gives the baton to the next thread; the clock jumps while there is none.
    pub fn pick(&mut self, vm: &mut Vm, log: &mut Log) {
        self.switching = false;
        let before = self.scheduler.current;
        // A process that a signal ends does not wait for the turn of its threads.
        while self.ending.is_none() && self.killed_by.is_none() {
            self.take_input(vm, log);
            match self.scheduler.pick() {
                Picked::Thread(next) => {
                    self.swap_thread_state(vm, before, next);
                    return;
                }
                Picked::Jump(to) => {
                    System {
                        vm,
                        kernel: self,
                        log,
                    }
                    .log(Kind::Clock { to });
                    self.scheduler.clock.jump(to);
                    self.check_time();
                }
                Picked::Signal(arrival) => System {
                    vm,
                    kernel: self,
                    log,
                }
                .deliver_signal(arrival),
                Picked::Cpu(thread, change) => System {
                    vm,
                    kernel: self,
                    log,
                }
                .log_cpu(thread, change),
                Picked::Deadlock => System {
                    vm,
                    kernel: self,
                    log,
                }
                .deadlock(),
            }
        }
    }

    /// What the machine keeps once but Python has per thread.
    fn swap_thread_state(&mut self, vm: &mut Vm, before: ThreadIndex, next: ThreadIndex) {
        if before != next {
            self.swap_state_of(vm, before);
            self.enter_process(vm, self.scheduler.threads[next].process);
            self.swap_state_of(vm, next);
            vm.meter.go_on(vm.executed);
        }
    }

    fn swap_state_of(&mut self, vm: &mut Vm, thread: ThreadIndex) {
        let thread = &mut self.scheduler.threads[thread];
        std::mem::swap(&mut vm.async_hooks, &mut thread.async_hooks);
        std::mem::swap(&mut vm.origin_depth, &mut thread.origin_depth);
        std::mem::swap(&mut vm.meter, &mut thread.meter);
    }

    /// Ends the run when too much virtual time has passed.
    pub fn check_time(&mut self) {
        if self.scheduler.clock.now.ns > self.options.max_time {
            let seconds = self.options.max_time as f64 / 1e9;
            self.end(
                Ending::Budget,
                format!("stopped, virtual time passed {seconds} s"),
            );
        }
    }

    /// The running thread no longer waits for a lock.
    pub fn leave_lock(&mut self, lock: Id) {
        let me = self.scheduler.current;
        if let Some(waiters) = self.lock_waiters.get_mut(&lock) {
            waiters.retain(|waiter| waiter.thread != me);
            if waiters.is_empty() {
                self.lock_waiters.remove(&lock);
            }
        }
    }

    /// The running thread no longer waits for any lock.
    pub fn leave_locks(&mut self) {
        let locks: Vec<Id> = self.lock_waiters.keys().copied().collect();
        locks.into_iter().for_each(|lock| self.leave_lock(lock));
    }

    /// Calls `visit` with every value of the running process that the kernel counts as a reference.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        let process = self.processes.current();
        let threads = self.scheduler.threads.iter();
        threads
            .filter(|thread| thread.process == process)
            .for_each(|thread| thread.each(&mut *visit));
        self.signals.each(visit);
    }
}
