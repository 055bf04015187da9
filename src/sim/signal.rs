//! Signals: handlers, and delivery to the main thread (`Modules/signalmodule.c`).

use super::clock::nanoseconds;
use super::event::{Instant, Kind};
use super::process::FIRST;
use super::request::{Number, function, plain};
use super::scheduler::Arrival;
use super::signal_mask::SignalSet;
use super::system::System;
use super::thread::{Limit, State, Thread, ThreadIndex, Waiting, Wake};
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::Value;
use std::collections::{BTreeMap, VecDeque};

/// Names of the signals that the simulation knows, by number.
const NAMES: &[(i32, &str)] = &[
    (1, "SIGHUP"),
    (2, "SIGINT"),
    (3, "SIGQUIT"),
    (10, "SIGUSR1"),
    (12, "SIGUSR2"),
    (14, "SIGALRM"),
    (15, "SIGTERM"),
];

/// `signal.SIGINT`
pub const SIGINT: i32 = 2;
/// `signal.SIGTERM`
pub const SIGTERM: i32 = 15;

/// `signal.SIGALRM`
pub const SIGALRM: i32 = 14;

/// `signal.SIGKILL`, for which there are no handlers.
const SIGKILL: i32 = 9;

/// Signals that do nothing to a process that has no handler for them: SIGCHLD, SIGCONT, SIGURG, SIGWINCH.
const HARMLESS: [i32; 4] = [17, 18, 23, 28];

/// Whom a signal is sent to.
#[derive(Clone, Copy, Debug)]
pub enum Addressee {
    /// A process: any of its threads may take it, the main thread before others (`kill`).
    Process(u16),
    /// One thread (`pthread_kill`, `raise`).
    Thread(ThreadIndex),
}

/// Handlers and pending signals.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    /// What `signal.signal` set, by number; each a counted reference.
    handlers: BTreeMap<i32, Value>,
    /// Signals whose Python handler has still to run, in the main thread.
    pending: VecDeque<i32>,
    /// May the next of them run now? Not within the handler of another that came before it.
    goes_on: bool,
    /// Signals to the process that all its threads held back when they arrived.
    held: SignalSet,
    /// The callable that is told every number (`signal.set_wakeup_fd` for event loops), or `None`. Counted.
    wakeup: Value,
}

impl Signals {
    /// Calls `visit` with every value that is counted here.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        self.handlers.values().copied().for_each(&mut *visit);
        visit(self.wakeup);
    }

    /// What a copy of the process begins with: the same handlers, and no signals.
    pub fn for_copy(&self) -> Self {
        Self {
            held: SignalSet::default(),
            pending: VecDeque::new(),
            ..self.clone()
        }
    }

    /// Is there a signal whose handler has to run?
    pub fn is_pending(&self) -> bool {
        self.goes_on && !self.pending.is_empty()
    }

    /// A signal that came waits for the main thread: once, however often it came, and behind those of lower numbers.
    fn add_pending(&mut self, number: i32) {
        let at = self.pending.partition_point(|&other| other < number);
        if self.pending.get(at) != Some(&number) {
            self.pending.insert(at, number);
        }
        self.goes_on = true;
    }

    /// A handler has run: those of other signals that came with it follow.
    pub fn go_on(&mut self) {
        self.goes_on = true;
    }

    /// Takes the next pending signal with its handler.
    pub fn take_pending(&mut self) -> Option<(i32, Value)> {
        let number = self.pending.pop_front()?;
        self.goes_on = false;
        Some((
            number,
            self.handlers.get(&number).copied().unwrap_or(Value::None),
        ))
    }

    /// Is a signal dropped that nobody holds back?
    fn ignores(&self, number: i32) -> bool {
        match self.handlers.get(&number) {
            Some(Value::Int(1)) => number != SIGKILL,
            Some(Value::Object(_)) => false,
            _ => HARMLESS.contains(&number),
        }
    }

    /// The callable that is told every number.
    pub fn wakeup(&self) -> Option<Value> {
        self.wakeup.id().map(|_| self.wakeup)
    }
}

/// Functions of the `signal` module.
pub static FUNCTIONS: &[NativeDef] = &[
    function("raise_signal", "signum, /", Number::SignalRaise),
    function("thread_kill", "thread, signum, /", Number::SignalKillThread),
    function(
        "set_signal_handler",
        "signum, handler, /",
        Number::SignalSet,
    ),
    function("get_signal_handler", "signum, /", Number::SignalGet),
    plain("default_int_handler", "signalnum, frame, /", |vm, _| {
        vm.raise_with(class::KEYBOARD_INTERRUPT, &[])
    }),
    function("set_signal_wakeup", "callable, /", Number::SignalWakeup),
    function("set_alarm", "seconds, interval, /", Number::SignalSetAlarm),
    function("get_alarm", "", Number::SignalGetAlarm),
    function("pause", "", Number::SignalPause),
    function("set_signal_mask", "signals, /", Number::SignalSetMask),
    function("held_signals", "", Number::SignalHeld),
    function(
        "wait_for_signal",
        "signals, timeout=None, /",
        Number::SignalWait,
    ),
];

/// The name of a signal.
pub fn name(number: i32) -> String {
    let known = NAMES.iter().find(|(known, _)| *known == number);
    known.map_or_else(
        || format!("signal {number}"),
        |(_, name)| (*name).to_owned(),
    )
}

/// The number of a signal, by its name.
pub fn number_of(name: &str) -> Option<i32> {
    let known = NAMES.iter().find(|(_, known)| *known == name);
    known.map(|&(number, _)| number)
}

impl System<'_> {
    /// A signal arrives from outside or by a timer: an event, and the main thread is woken to handle it.
    pub fn deliver_signal(&mut self, arrival: Arrival) {
        if self.kernel.exit_status.is_some() {
            return;
        }
        let name = self.text(&name(arrival.signal));
        self.log(Kind::Signal { name });
        self.send_signal(Addressee::Process(arrival.process), arrival.signal);
    }

    /// No signal has a handler any more (`Modules/signalmodule.c`: _PySignal_Fini).
    pub fn forget_handlers(&mut self) {
        let signals = &mut self.kernel.signals;
        let wakeup = std::mem::take(&mut signals.wakeup);
        for handler in std::mem::take(&mut signals.handlers).into_values() {
            self.vm.heap.release(handler);
        }
        self.vm.heap.release(wakeup);
    }

    /// A signal is sent. Threads that hold it back do not take it; where all do, it is held until one takes it or waits
    /// for it.
    pub fn send_signal(&mut self, to: Addressee, number: i32) {
        let threads = &self.kernel.scheduler.threads;
        let takes = |&thread: &ThreadIndex| threads[thread].takes_signal(number);
        let (process, taker) = match to {
            Addressee::Thread(thread) => (threads[thread].process, Some(thread).filter(takes)),
            Addressee::Process(process) => {
                let main = self.kernel.main_thread_of(process);
                let others = (0..threads.len()).filter(|&thread| {
                    threads[thread].process == process && threads[thread].state != State::Ended
                });
                (process, std::iter::once(main).chain(others).find(takes))
            }
        };
        match taker {
            None => self.hold_signal(to, number),
            Some(thread) if threads[thread].awaits_signal(number) => {
                self.hold_signal(to, number);
                self.wake(thread, Wake::Signal);
            }
            Some(thread) => self.take_signal(process, thread, number),
        }
    }

    fn hold_signal(&mut self, to: Addressee, number: i32) {
        match to {
            Addressee::Thread(thread) => self.kernel.scheduler.threads[thread].held.insert(number),
            Addressee::Process(process) => {
                if let Some(signals) = self.kernel.signals_of(process) {
                    signals.held.insert(number);
                }
            }
        }
    }

    /// What a signal does to the process of the thread that takes it: it ends it, is ignored, or its handler becomes due
    /// in the main thread.
    fn take_signal(&mut self, process: u16, thread: ThreadIndex, number: i32) {
        let main = self.kernel.main_thread_of(process);
        let Some(signals) = self.kernel.signals_of(process) else {
            return;
        };
        if signals.ignores(number) {
            return;
        }
        match signals.handlers.get(&number) {
            Some(Value::Object(_)) if number != SIGKILL => {
                signals.add_pending(number);
                let tells_loop = signals.wakeup().is_some();
                self.interrupt(main, thread, tells_loop);
            }
            _ if process == FIRST => self.kernel.killed_by = Some(number),
            _ => self.end_process(process, -number),
        }
    }

    /// A signal interrupts what the thread that takes it waits for. Only in the main thread this can be seen, and where
    /// another one took it, only an event loop hears of it, through its file.
    fn interrupt(&mut self, main: ThreadIndex, taker: ThreadIndex, tells_loop: bool) {
        let thread = &self.kernel.scheduler.threads[main];
        let hears = main == taker || tells_loop && thread.waiting == Some(Waiting::Select);
        if hears && thread.state == State::Blocked {
            self.wake(main, Wake::Signal);
        }
    }

    /// Signals that were held for a thread or its process arrive, as far as it no longer holds them back.
    fn release_signals(&mut self, thread: ThreadIndex) {
        let process = self.kernel.scheduler.threads[thread].process;
        let Thread { blocked, held, .. } = &mut self.kernel.scheduler.threads[thread];
        let (blocked, mut freed) = (*blocked, held.take_outside(*blocked));
        if let Some(signals) = self.kernel.signals_of(process) {
            freed.add(signals.held.take_outside(blocked));
        }
        for number in freed.iter() {
            self.take_signal(process, thread, number);
        }
    }

    /// A signal is ignored from now on: where it is held it is forgotten.
    fn forget_held(&mut self, process: u16, number: i32) {
        self.kernel.signals.held.remove(number);
        for thread in &mut self.kernel.scheduler.threads {
            if thread.process == process {
                thread.held.remove(number);
            }
        }
    }
}

impl Thread {
    /// Does the thread take a signal that is sent now?
    fn takes_signal(&self, number: i32) -> bool {
        number == SIGKILL || !self.blocked.contains(number) || self.awaits_signal(number)
    }

    /// Does it wait for the signal, to be told instead of its handler?
    fn awaits_signal(&self, number: i32) -> bool {
        let waits = self.state == State::Blocked;
        waits
            && matches!(self.waiting, Some(Waiting::Signal { wanted, .. }) if wanted.contains(number))
    }
}

fn number(sys: &mut System, request: &Request) -> Outcome<i32> {
    let given = sys.argument(request, 0);
    let number = sys.vm.as_i64(given).unwrap_or(0);
    match i32::try_from(number)
        .ok()
        .filter(|number| (1..65).contains(number))
    {
        Some(number) => Ok(number),
        None => sys.vm.value_error("signal number out of range"),
    }
}

/// `signal.raise_signal(signum)`
pub fn raise(sys: &mut System, request: &Request) -> Outcome {
    let number = number(sys, request)?;
    if sys.first()? {
        let thread = sys.kernel.scheduler.current;
        sys.send_signal(Addressee::Thread(thread), number);
    }
    after_sending(sys)
}

/// `signal.pthread_kill(thread_id, signalnum)`; false where there was no such thread.
pub fn kill_thread(sys: &mut System, request: &Request) -> Outcome {
    let ident = sys.vm.as_i64(sys.argument(request, 0)).unwrap_or(0);
    let number = sys.vm.as_i64(sys.argument(request, 1)).unwrap_or(0) as i32;
    let threads = &sys.kernel.scheduler.threads;
    let index = usize::try_from(ident - 1).ok();
    let Some((index, thread)) = index.and_then(|index| Some((index, threads.get(index)?))) else {
        return Ok(Value::Bool(false));
    };
    if thread.state != State::Ended && number != 0 && sys.first()? {
        sys.send_signal(Addressee::Thread(index), number);
    }
    after_sending(sys)?;
    Ok(Value::Bool(true))
}

/// Whoever ended itself by a signal does not go on.
fn after_sending(sys: &mut System) -> Outcome {
    match sys.kernel.scheduler.thread().state {
        State::Ended => sys.again(),
        _ => Ok(Value::None),
    }
}

/// `signal.signal`: gives the handler before. The library checks the arguments.
pub fn set_handler(sys: &mut System, request: &Request) -> Outcome {
    let number = number(sys, request)?;
    let handler = sys.argument(request, 1);
    sys.vm.heap.retain(handler);
    let old = sys
        .kernel
        .signals
        .handlers
        .insert(number, handler)
        .unwrap_or(Value::Int(0));
    sys.vm.heap.release(old);
    if sys.kernel.signals.ignores(number) {
        sys.forget_held(sys.kernel.processes.current(), number);
    }
    Ok(old)
}

/// `signal.getsignal`
pub fn get_handler(sys: &mut System, request: &Request) -> Outcome {
    let number = number(sys, request)?;
    Ok(sys
        .kernel
        .signals
        .handlers
        .get(&number)
        .copied()
        .unwrap_or(Value::Int(0)))
}

/// `signal.set_wakeup_fd`, for event loops: the callable is told the number of every signal.
pub fn set_wakeup(sys: &mut System, request: &Request) -> Outcome {
    let callable = sys.argument(request, 0);
    sys.vm.heap.retain(callable);
    let old = std::mem::replace(&mut sys.kernel.signals.wakeup, callable);
    sys.vm.heap.release(old);
    Ok(old.or_none())
}

fn seconds_pair(sys: &mut System, (delay, interval): (u64, u64)) -> Value {
    let seconds = |ns: u64| Value::Float(ns as f64 / 1e9);
    sys.vm.tuple([seconds(delay), seconds(interval)])
}

/// `signal.setitimer`, in seconds that are not negative.
pub fn set_alarm(sys: &mut System, request: &Request) -> Outcome {
    let delay = sys.seconds(sys.argument(request, 0))?;
    let interval = sys.seconds(sys.argument(request, 1))?;
    let process = sys.kernel.processes.current();
    let scheduler = &mut sys.kernel.scheduler;
    let before = scheduler.set_alarm(process, nanoseconds(delay), nanoseconds(interval));
    Ok(seconds_pair(sys, before))
}

/// `signal.getitimer`
pub fn get_alarm(sys: &mut System, _: &Request) -> Outcome {
    let left = sys.kernel.scheduler.alarm(sys.kernel.processes.current());
    Ok(seconds_pair(sys, left))
}

/// `signal.pause`: until a signal has been handled.
pub fn pause(sys: &mut System, _: &Request) -> Outcome {
    match sys.resumption() {
        Some(_) => Ok(Value::None),
        None => block(sys, SignalSet::default(), None),
    }
}

fn block(sys: &mut System, wanted: SignalSet, deadline: Option<Instant>) -> Outcome {
    sys.block(Waiting::Signal { wanted, deadline }, deadline, "a signal")
}

fn set_of(sys: &System, signals: Value) -> SignalSet {
    let items = sys.vm.items(signals).unwrap_or_default().iter();
    let numbers = items.filter_map(|&item| sys.vm.as_i64(item));
    numbers
        .filter_map(|number| i32::try_from(number).ok())
        .collect()
}

fn listed(sys: &mut System, signals: SignalSet) -> Value {
    let items = signals.iter().map(|number| Value::Int(number.into()));
    let items: Vec<Value> = items.collect();
    sys.vm.list(items)
}

/// Sets which signals the running thread holds back, unless given `None`; gives those that it did. What was held and no
/// longer is arrives now.
pub fn set_mask(sys: &mut System, request: &Request) -> Outcome {
    let wanted = sys.argument(request, 0);
    let before = sys.thread().blocked;
    if !wanted.is_none() {
        sys.thread().blocked = set_of(sys, wanted);
        sys.release_signals(sys.kernel.scheduler.current);
    }
    Ok(listed(sys, before))
}

/// `signal.sigpending`
pub fn held(sys: &mut System, _: &Request) -> Outcome {
    let mut held = sys.kernel.signals.held;
    held.add(sys.thread().held);
    let held = held.within(sys.thread().blocked);
    Ok(listed(sys, held))
}

/// Takes one of these signals out of what is held, for the running thread before its process.
fn take_held(sys: &mut System, wanted: SignalSet) -> Option<i32> {
    let own = sys.thread().held.take_first(wanted);
    own.or_else(|| sys.kernel.signals.held.take_first(wanted))
}

/// `signal.sigwait` and `signal.sigtimedwait`: takes one of the signals that are held back; `None` when time is up.
pub fn wait(sys: &mut System, request: &Request) -> Outcome {
    let wanted = set_of(sys, sys.argument(request, 0));
    let resumption = sys.resumption();
    if let Some(number) = take_held(sys, wanted) {
        return Ok(Value::Int(number.into()));
    }
    let deadline = match resumption {
        Some((_, Wake::Timeout)) => return Ok(Value::None),
        Some((Waiting::Signal { deadline, .. }, _)) => deadline,
        _ => match sys.limit(sys.argument(request, 1))? {
            Limit::Now => return Ok(Value::None),
            Limit::Never => None,
            Limit::After(delay) => Some(sys.kernel.scheduler.after(delay)),
        },
    };
    block(sys, wanted, deadline)
}
