//! Signals: handlers, and delivery to the main thread (`Modules/signalmodule.c`).

use super::clock::nanoseconds;
use super::event::Kind;
use super::process::FIRST;
use super::request::{Number, function, plain};
use super::scheduler::Arrival;
use super::system::System;
use super::thread::{Limit, State, Waiting, Wake};
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

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

/// Handlers and pending signals.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    /// What `signal.signal` set, by number; each a counted reference.
    handlers: BTreeMap<i32, Value>,
    /// Signals whose Python handler has still to run, in the main thread.
    pending: VecDeque<i32>,
    /// May the next of them run now? Not within the handler of another that came before it.
    goes_on: bool,
    /// Signals that are held back (`signal.pthread_sigmask`).
    blocked: BTreeSet<i32>,
    /// Those of them that have arrived.
    held: BTreeSet<i32>,
    /// The callable that is told every number (`signal.set_wakeup_fd` for event loops), or `None`. Counted.
    wakeup: Value,
}

impl Signals {
    /// Calls `visit` with every value that is counted here.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        self.handlers.values().copied().for_each(&mut *visit);
        visit(self.wakeup);
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

    /// The callable that is told every number.
    pub fn wakeup(&self) -> Option<Value> {
        self.wakeup.id().map(|_| self.wakeup)
    }
}

/// Functions of the `signal` module.
pub static FUNCTIONS: &[NativeDef] = &[
    function("raise_signal", "signum, /", Number::SignalRaise),
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
        self.send_signal(arrival.process, arrival.signal);
        self.interrupt(arrival.process);
    }

    /// A signal interrupts what the main thread of a process waits for.
    pub fn interrupt(&mut self, process: u16) {
        let main = self.kernel.main_thread_of(process);
        if self.kernel.scheduler.threads[main].state == State::Blocked {
            self.wake(main, Wake::Signal);
        }
    }

    /// What a signal does to a process: it ends it, is ignored, or its handler becomes due.
    pub fn send_signal(&mut self, process: u16, number: i32) {
        let Some(signals) = self.kernel.signals_of(process) else {
            return;
        };
        if signals.blocked.contains(&number) && number != SIGKILL {
            signals.held.insert(number);
            return;
        }
        match signals.handlers.get(&number) {
            Some(Value::Int(1)) if number != SIGKILL => {}
            Some(Value::Object(_)) if number != SIGKILL => signals.add_pending(number),
            _ if HARMLESS.contains(&number) => {}
            _ if process == FIRST => self.kernel.killed_by = Some(number),
            _ => self.end_process(process, -number),
        }
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
    let process = sys.kernel.processes.current();
    if sys.first()? {
        sys.send_signal(process, number);
    }
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
        None => sys.block(Waiting::Signal { deadline: None }, None, "a signal"),
    }
}

fn numbers(sys: &System, signals: Value) -> BTreeSet<i32> {
    let items = sys.vm.items(signals).unwrap_or_default().iter();
    let numbers = items.filter_map(|&item| sys.vm.as_i64(item));
    numbers
        .filter_map(|number| i32::try_from(number).ok())
        .collect()
}

fn listed(sys: &mut System, signals: BTreeSet<i32>) -> Value {
    let items = signals.into_iter().map(|number| Value::Int(number.into()));
    let items: Vec<Value> = items.collect();
    sys.vm.list(items)
}

/// Sets which signals are held back, unless given `None`; gives those that were. What was held and no longer is arrives now.
pub fn set_mask(sys: &mut System, request: &Request) -> Outcome {
    let wanted = sys.argument(request, 0);
    if wanted.is_none() {
        let blocked = sys.kernel.signals.blocked.clone();
        return Ok(listed(sys, blocked));
    }
    let blocked = numbers(sys, wanted);
    let before = std::mem::replace(&mut sys.kernel.signals.blocked, blocked.clone());
    let freed: Vec<i32> = sys
        .kernel
        .signals
        .held
        .difference(&blocked)
        .copied()
        .collect();
    let process = sys.kernel.processes.current();
    for number in freed {
        sys.kernel.signals.held.remove(&number);
        sys.send_signal(process, number);
    }
    Ok(listed(sys, before))
}

/// `signal.sigpending`
pub fn held(sys: &mut System, _: &Request) -> Outcome {
    let held = sys.kernel.signals.held.clone();
    Ok(listed(sys, held))
}

/// `signal.sigwait` and `signal.sigtimedwait`: takes one of the signals that are held back; `None` when time is up.
pub fn wait(sys: &mut System, request: &Request) -> Outcome {
    let wanted = numbers(sys, sys.argument(request, 0));
    let resumption = sys.resumption();
    let arrived = sys
        .kernel
        .signals
        .held
        .intersection(&wanted)
        .next()
        .copied();
    if let Some(number) = arrived {
        sys.kernel.signals.held.remove(&number);
        return Ok(Value::Int(number.into()));
    }
    let deadline = match resumption {
        Some((_, Wake::Timeout)) => return Ok(Value::None),
        Some((Waiting::Signal { deadline }, _)) => deadline,
        _ => match sys.limit(sys.argument(request, 1))? {
            Limit::Now => return Ok(Value::None),
            Limit::Never => None,
            Limit::After(delay) => Some(sys.kernel.scheduler.after(delay)),
        },
    };
    sys.block(Waiting::Signal { deadline }, deadline, "a signal")
}
