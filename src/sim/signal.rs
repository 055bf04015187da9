//! Signals: handlers, and delivery to the main thread (`Modules/signalmodule.c`).

use super::event::Kind;
use super::process::FIRST;
use super::request::{Number, function};
use super::system::System;
use super::thread::{State, Wake};
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

/// `signal.SIGKILL`, for which there are no handlers.
const SIGKILL: i32 = 9;

/// Handlers and pending signals.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    /// What `signal.signal` set, by number; each a counted reference.
    handlers: BTreeMap<i32, Value>,
    /// Signals whose Python handler has still to run, in the main thread.
    pending: VecDeque<i32>,
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
        !self.pending.is_empty()
    }

    /// Takes the next pending signal with its handler.
    pub fn take_pending(&mut self) -> Option<(i32, Value)> {
        let number = self.pending.pop_front()?;
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
    function("set_signal_wakeup", "callable, /", Number::SignalWakeup),
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
    /// A signal arrives from outside: an event, and the main thread is woken to handle it.
    pub fn deliver_signal(&mut self, number: i32) {
        if self.kernel.exit_status.is_some() {
            return;
        }
        let name = self.text(&name(number));
        self.log(Kind::Signal { name });
        self.send_signal(FIRST, number);
        self.interrupt(FIRST);
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
        match signals.handlers.get(&number) {
            Some(Value::Int(1)) if number != SIGKILL => {}
            Some(Value::Object(_)) if number != SIGKILL => signals.pending.push_back(number),
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
