//! Processes. Each has a machine of its own, so they share nothing: what passes between them are bytes in pipes
//! (`pipe.rs`). The machine of the running thread's process is the world's; those of the others are parked here.

use super::chain::ObjectNames;
use super::event::{Ending, Kind};
use super::install;
use super::kernel::{Kernel, Waiter};
use super::memory;
use super::plain::Plain;
use super::request::{Number, function};
use super::signal::{Addressee, Signals};
use super::system::System;
use super::task::Tasks;
use super::thread::{Limit, State, Thread, ThreadIndex, Waiting, Wake};
use crate::vm::call::Arguments;
use crate::vm::exit::{Completion, Exit, Request};
use crate::vm::frame::{Fiber, Then};
use crate::vm::import::HELPERS;
use crate::vm::machine::Vm;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::{Id, Value};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// The number of the process that the program begins in.
pub const FIRST: u16 = 0;

/// Most processes in one run.
const MOST: usize = 64;

/// The module of the kernel's own functions, beside those of the machine.
pub const RUN: &str = "_run";

/// Instructions between two looks at a machine that is being made.
const FUEL: u64 = 4096;

/// Functions for `multiprocessing`.
pub static FUNCTIONS: &[NativeDef] = &[
    function(
        "process_start",
        "name, function, arguments, inbox, /",
        Number::ProcessStart,
    ),
    function("process_number", "", Number::ProcessNumber),
    function("process_ids", "process=None, /", Number::ProcessIds),
    function("process_status", "process, /", Number::ProcessStatus),
    function(
        "process_join",
        "process, timeout=None, /",
        Number::ProcessJoin,
    ),
    function("process_exit", "status, /", Number::ProcessExit),
    function("process_kill", "process, signum, /", Number::ProcessKill),
    function("process_main_thread", "", Number::ProcessMainThread),
];

/// What a process has for itself, while another one runs.
#[derive(Clone, Debug)]
struct Parked {
    vm: Vm,
    lock_waiters: BTreeMap<Id, VecDeque<Waiter>>,
    joiners: BTreeMap<Id, Vec<ThreadIndex>>,
    tasks: Tasks,
    named_tasks: u64,
    object_names: ObjectNames,
    signals: Signals,
}

impl Parked {
    fn new(vm: Vm) -> Self {
        Self {
            vm,
            lock_waiters: BTreeMap::new(),
            joiners: BTreeMap::new(),
            tasks: Tasks::default(),
            named_tasks: 0,
            object_names: ObjectNames::default(),
            signals: Signals::default(),
        }
    }

    /// Trades places with what is in use.
    fn exchange(&mut self, vm: &mut Vm, kernel: &mut Kernel) {
        use std::mem::swap;
        swap(&mut self.vm, vm);
        swap(&mut self.lock_waiters, &mut kernel.lock_waiters);
        swap(&mut self.joiners, &mut kernel.joiners);
        swap(&mut self.tasks, &mut kernel.tasks);
        swap(&mut self.named_tasks, &mut kernel.named_tasks);
        swap(&mut self.object_names, &mut kernel.object_names);
        swap(&mut self.signals, &mut kernel.signals);
        kernel.plain = Plain::default();
    }
}

/// What is known of a process from outside.
#[derive(Clone, Debug)]
struct Process {
    /// Its main thread.
    main: ThreadIndex,
    /// The process that started it.
    parent: u16,
    name: Rc<str>,
    /// How it ended, if it has: a status, or a signal as a negative number.
    status: Option<i32>,
    /// The pipe that is told of its end.
    inbox: Option<u32>,
    /// Threads that wait for its end.
    joiners: Vec<ThreadIndex>,
}

/// The processes of a world.
#[derive(Clone, Debug, Default)]
pub struct Processes {
    /// The one whose machine is in use.
    current: u16,
    parked: BTreeMap<u16, Parked>,
    /// All that were started, by number less one.
    started: Vec<Process>,
    /// A machine with the library's own functions and without a program, once a process needs it.
    fresh: Option<Rc<Vm>>,
}

impl Processes {
    /// The one that runs.
    pub fn current(&self) -> u16 {
        self.current
    }

    /// The name of a process; empty for the first.
    pub fn name(&self, process: u16) -> &str {
        self.get(process).map_or("", |known| &known.name)
    }

    /// Live objects of the processes that do not run.
    pub fn parked_objects(&self) -> usize {
        let parked = self.parked.values();
        parked.map(|process| process.vm.heap.live()).sum()
    }

    /// The machine of a process; that in use where it is the running one, or gone.
    pub fn machine<'a>(&'a self, in_use: &'a Vm, process: u16) -> &'a Vm {
        let parked = self.parked.get(&process);
        parked.map_or(in_use, |parked| &parked.vm)
    }

    /// All machines.
    pub fn machines<'a>(&'a self, in_use: &'a Vm) -> impl Iterator<Item = &'a Vm> {
        let parked = self.parked.values().map(|parked| &parked.vm);
        std::iter::once(in_use).chain(parked)
    }

    fn get(&self, process: u16) -> Option<&Process> {
        self.started.get(usize::from(process).checked_sub(1)?)
    }

    fn get_mut(&mut self, process: u16) -> Option<&mut Process> {
        self.started.get_mut(usize::from(process).checked_sub(1)?)
    }

    /// The main thread of the process for whose end a thread waits.
    pub fn joined_by(&self, thread: ThreadIndex) -> Option<ThreadIndex> {
        let mut started = self.started.iter();
        let joined = started.find(|process| process.joiners.contains(&thread));
        joined.map(|process| process.main)
    }

    /// The main thread of a process.
    fn main_of(&self, process: u16) -> ThreadIndex {
        self.get(process).map_or(0, |known| known.main)
    }

    fn has_ended(&self, process: u16) -> bool {
        self.get(process)
            .is_some_and(|known| known.status.is_some())
    }
}

impl Kernel {
    /// The running thread's process comes into use: its machine, and what the kernel keeps of its objects.
    pub fn enter_process(&mut self, vm: &mut Vm, process: u16) {
        let before = self.processes.current;
        let Some(mut parked) = self.processes.parked.remove(&process) else {
            return;
        };
        parked.exchange(vm, self);
        vm.executed = parked.vm.executed;
        self.processes.current = process;
        if !self.processes.has_ended(before) {
            self.processes.parked.insert(before, parked);
        }
    }

    /// Is the running thread the main thread of its process, where signals are handled?
    pub fn runs_main_thread(&self) -> bool {
        self.processes.main_of(self.processes.current) == self.scheduler.current
    }

    /// The main thread of a process.
    pub fn main_thread_of(&self, process: u16) -> ThreadIndex {
        self.processes.main_of(process)
    }

    /// What a process does with signals.
    pub fn signals_of(&mut self, process: u16) -> Option<&mut Signals> {
        if process == self.processes.current {
            return Some(&mut self.signals);
        }
        let parked = self.processes.parked.get_mut(&process);
        parked.map(|parked| &mut parked.signals)
    }
}

fn number(sys: &System, request: &Request, n: usize) -> u16 {
    let number = sys.vm.as_i64(sys.argument(request, n)).unwrap_or(0);
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// Starts a process. With a function it goes on with a copy of this one's memory (`fork`); with the name of one of the
/// library's functions it begins with a memory of its own (`spawn`), and arguments have to be plain.
pub fn start(sys: &mut System, request: &Request) -> Outcome {
    let function = sys.argument(request, 1);
    let arguments = sys.vm.items(sys.argument(request, 2));
    let arguments = arguments.map(<[Value]>::to_vec).unwrap_or_default();
    if sys.kernel.processes.started.len() + 1 >= MOST {
        return sys
            .vm
            .refuse(format!("more than {MOST} processes in one run"));
    }
    let process = sys.kernel.processes.started.len() as u16 + 1;
    sys.reserve_stack(process, memory::DEFAULT_STACK)?;
    let (parked, fiber) = match sys.vm.as_str(function).map(str::to_owned) {
        Some(name) => spawned(sys, &name, &arguments)?,
        None => forked(sys, function, arguments)?,
    };
    let mut thread = Thread::new(fiber);
    (thread.process, thread.stack) = (process, memory::DEFAULT_STACK);
    thread.blocked = sys.thread().blocked;
    let main = sys.kernel.scheduler.spawn(thread);
    let name: Rc<str> = sys
        .vm
        .as_str(sys.argument(request, 0))
        .unwrap_or_default()
        .into();
    let inbox = sys.vm.as_i64(sys.argument(request, 3));
    sys.kernel.processes.parked.insert(process, parked);
    sys.kernel.processes.started.push(Process {
        main,
        parent: sys.kernel.processes.current,
        name: name.clone(),
        status: None,
        inbox: inbox.and_then(|inbox| u32::try_from(inbox).ok()),
        joiners: Vec::new(),
    });
    let name = sys.text(&name);
    sys.log(Kind::ProcessStart {
        process,
        thread: main as u16 + 1,
        name,
    });
    sys.log_stack(main, memory::DEFAULT_STACK);
    Ok(Value::Int(process.into()))
}

fn forked(sys: &System, function: Value, arguments: Vec<Value>) -> Outcome<(Parked, Fiber)> {
    let (mut vm, mut fiber) = (sys.vm.clone(), Fiber::default());
    let arguments = Arguments {
        positional: arguments,
        keywords: Vec::new(),
    };
    vm.forget_answers();
    vm.start_call(&mut fiber, function, arguments, Then::Push)?;
    let signals = sys.kernel.signals.for_copy();
    Ok((
        Parked {
            signals,
            ..Parked::new(vm)
        },
        fiber,
    ))
}

fn spawned(sys: &mut System, name: &str, arguments: &[Value]) -> Outcome<(Parked, Fiber)> {
    let (mut vm, mut fiber) = (fresh(sys)?, Fiber::default());
    let copied = arguments.iter().map(|&value| copy(sys.vm, &mut vm, value));
    let arguments = Arguments {
        positional: copied.collect(),
        keywords: Vec::new(),
    };
    let key = vm.intern(name);
    let function = vm.dict_get_name(vm.helpers, key).unwrap_or_default();
    match vm.start_call(&mut fiber, function, arguments, Then::Push) {
        Ok(()) => Ok((Parked::new(vm), fiber)),
        Err(_) => sys.vm.refuse(format!("the library is broken: {name}")),
    }
}

/// A plain value in another memory.
fn copy(from: &Vm, to: &mut Vm, value: Value) -> Value {
    if let Some(text) = from.as_str(value) {
        return to.str(text);
    }
    if let Some(bytes) = from.as_bytes(value) {
        return to.bytes(bytes);
    }
    match value {
        Value::Object(_) => Value::None,
        plain => plain,
    }
}

/// A machine on which no program has run.
fn fresh(sys: &mut System) -> Outcome<Vm> {
    if let Some(known) = &sys.kernel.processes.fresh {
        return Ok(known.as_ref().clone());
    }
    match boot(sys.vm) {
        Some(vm) => {
            sys.kernel.processes.fresh = Some(Rc::new(vm.clone()));
            Ok(vm)
        }
        None => sys
            .vm
            .refuse("the library is broken: it cannot be loaded again"),
    }
}

/// Loads the library's own functions as at the start of a world.
fn boot(like: &Vm) -> Option<Vm> {
    let mut vm = Vm::new(like.library, like.native_modules);
    install::install(&mut vm);
    (vm.seed, vm.program) = (like.seed, like.program.clone());
    let mut fiber = Fiber::default();
    for module in HELPERS.iter().chain(&[RUN]) {
        vm.start_helpers(&mut fiber, module).ok()?;
        loop {
            match vm.run(&mut fiber, FUEL) {
                Exit::Fuel => {}
                Exit::Ended(Completion::Returned(_)) => break,
                _ => return None,
            }
        }
    }
    vm.report_lines = like.report_lines;
    Some(vm)
}

impl System<'_> {
    /// A process is over: its threads are gone, and who waits for its end is told.
    pub fn end_process(&mut self, process: u16, status: i32) {
        if process == FIRST {
            self.log(Kind::Exit { status });
            self.kernel.exit_status = Some(status);
            return self.kernel.end(Ending::Finished, String::new());
        }
        if self.kernel.processes.has_ended(process) {
            return;
        }
        let threads = self.kernel.scheduler.threads.iter().enumerate();
        let live = threads.filter(|(_, thread)| thread.process == process);
        let live = live.filter(|(_, thread)| thread.state != State::Ended);
        let mut live: Vec<ThreadIndex> = live.map(|(index, _)| index).collect();
        // Whoever ends its own process is the last of it.
        live.sort_by_key(|&thread| thread == self.kernel.scheduler.current);
        self.log(Kind::ProcessEnd { process, status });
        self.tell_end(process, status);
        for thread in live {
            let stack = self.kernel.scheduler.threads[thread].stack;
            self.kernel.memory.release(process, stack);
            let number = thread as u16 + 1;
            self.log(Kind::ThreadEnd {
                thread: number,
                name: None,
            });
            self.kernel.scheduler.end(thread);
        }
        self.kernel.processes.parked.remove(&process);
        self.kernel.switching |= process == self.kernel.processes.current;
    }

    /// Wakes those that wait for the end of a process.
    fn tell_end(&mut self, process: u16, status: i32) {
        let Some(known) = self.kernel.processes.get_mut(process) else {
            return;
        };
        known.status = Some(status);
        let (joiners, inbox) = (std::mem::take(&mut known.joiners), known.inbox);
        for joiner in joiners {
            self.wake(joiner, Wake::Woken);
        }
        if let Some(inbox) = inbox {
            self.post(inbox, Rc::default());
        }
    }
}

/// The number of the running process.
pub fn current(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Int(sys.kernel.processes.current.into()))
}

/// The operating system's numbers of a process and of its parent: those of their main threads.
pub fn ids(sys: &mut System, request: &Request) -> Outcome {
    let processes = &sys.kernel.processes;
    let process = match sys.argument(request, 0).or_none() {
        Value::None => processes.current,
        _ => number(sys, request, 0),
    };
    let id = |main: ThreadIndex| Value::Int(super::threading::native_id(main));
    let parent = processes.get(process).map(|known| known.parent);
    let parent = parent.map_or(Value::Int(0), |parent| id(processes.main_of(parent)));
    let process = id(processes.main_of(process));
    Ok(sys.vm.tuple([process, parent]))
}

/// How a process ended, or `None`.
pub fn status(sys: &mut System, request: &Request) -> Outcome {
    let known = sys.kernel.processes.get(number(sys, request, 0));
    let status = known.and_then(|known| known.status);
    Ok(status.map_or(Value::None, |status| Value::Int(status.into())))
}

/// Waits for the end of a process; gives its status, or `None` when time is up.
pub fn join(sys: &mut System, request: &Request) -> Outcome {
    let process = number(sys, request, 0);
    let known = sys.kernel.processes.get(process);
    if let Some(status) = known.and_then(|known| known.status) {
        sys.resumption();
        return Ok(Value::Int(status.into()));
    }
    let deadline = match sys.resumption() {
        Some((_, Wake::Timeout)) => return Ok(Value::None),
        Some((Waiting::Join { deadline }, _)) => deadline,
        _ => match sys.limit(sys.argument(request, 1))? {
            Limit::Now => return Ok(Value::None),
            Limit::Never => None,
            Limit::After(delay) => Some(sys.kernel.scheduler.after(delay)),
        },
    };
    let me = sys.kernel.scheduler.current;
    let known = sys.kernel.processes.get_mut(process);
    let main = known.map(|known| {
        known.joiners.push(me);
        known.main
    });
    sys.block_until_end(Waiting::Join { deadline }, deadline, "Process.join", main)
}

/// `os._exit(status)`
pub fn exit(sys: &mut System, request: &Request) -> Outcome {
    let status = sys.vm.as_i64(sys.argument(request, 0)).unwrap_or(1) & 0xFF;
    let process = sys.kernel.processes.current;
    sys.end_process(process, status as i32);
    sys.again()
}

/// `os.kill(pid, signum)`, for a process by its number.
pub fn kill(sys: &mut System, request: &Request) -> Outcome {
    let (process, signum) = (number(sys, request, 0), number(sys, request, 1));
    if sys.kernel.processes.has_ended(process) {
        return Ok(Value::Bool(false));
    }
    if signum != 0 && sys.first()? {
        sys.send_signal(Addressee::Process(process), signum.into());
    }
    let gone = sys.kernel.processes.has_ended(sys.kernel.processes.current);
    match gone {
        true => sys.again(),
        false => Ok(Value::Bool(true)),
    }
}

/// The number of the main thread of the running process.
pub fn main_thread(sys: &mut System, _: &Request) -> Outcome {
    let main = sys.kernel.processes.main_of(sys.kernel.processes.current);
    Ok(Value::Int(main as i64 + 1))
}
