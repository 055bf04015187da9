//! The world: a running program with everything that it can refer to, as one plain value. [`World::step`] is the only
//! thing that changes it.

use super::event::{Ending, Kind, Log};
use super::input::Input;
use super::install::{self, KERNEL};
use super::kernel::{Blocking, Entry, Kernel};
use super::options::Options;
use super::process::{FIRST, RUN};
use super::request::HANDLERS;
use super::schedule::{Place, Schedule};
use super::system::System;
use super::thread::State;
use super::threading;
use super::view::View;
use crate::bytecode::code::{Code, Origin};
use crate::stdlib;
use crate::vm::audit::Miscount;
use crate::vm::bootstrap::NativeModules;
use crate::vm::call::Arguments;
use crate::vm::exit::{Completion, Exit, Instance, Request};
use crate::vm::frame::{Activation, Fiber, HostFrame, Then};
use crate::vm::import::HELPERS;
use crate::vm::machine::{Library, Vm};
use crate::vm::modules::MODULES;
use crate::vm::native::Outcome;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// Instructions in one slice, and so many at most in all slices of a step but the last.
const FUEL: u64 = 4096;

/// Slices in one step: a thread that goes from one task to the next need not be looked at each time.
const SLICES: usize = 8;

const NATIVE_MODULES: NativeModules = &[MODULES, KERNEL];

/// Whether a run can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It can.
    Running,
    /// It is over; the log's last event says so too.
    Ended(Ending),
}

/// A run in progress. Cloning it is a snapshot.
#[derive(Clone, Debug)]
pub struct World {
    vm: Vm,
    kernel: Kernel,
    /// What the main thread does next, besides running what is on its stack.
    stage: Stage,
    /// Has the final event been written?
    over: bool,
}

/// What a thread did before it gave the machine back.
#[derive(Clone, Copy, Debug)]
struct Spent {
    /// How many instructions it executed.
    instructions: u64,
    /// How much it did, in instructions: what takes time where computing does.
    done: u64,
}

/// What a host frame stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HostTag {
    /// A signal handler runs above it.
    SignalHandler,
    /// A coroutine runs above it, for the request of the frame below.
    Coroutine,
}

impl HostTag {
    /// Above frames the innermost of which that is the program's is at this line.
    fn frame(self, line: u32) -> HostFrame {
        HostFrame {
            tag: self as u16,
            number: 0,
            line,
            about: Id::NONE,
        }
    }
}

/// The parts of a run, as the main thread goes through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The functions of the library that the machine and the kernel call are being defined; so many modules of them
    /// were begun.
    Library(usize),
    /// The program runs, and what follows its end.
    Program,
}

impl World {
    /// A run of a compiled program that has not begun.
    pub fn new(program: Rc<Code>, options: Options) -> Self {
        Self::with_library(program, options, stdlib::source)
    }

    /// The same with a library of one's own.
    pub fn with_library(program: Rc<Code>, options: Options, library: Library) -> Self {
        let mut vm = Vm::new(library, NATIVE_MODULES);
        let classes = install::install(&mut vm);
        vm.report_lines = options.lines;
        vm.seed = options.seed;
        // What threads do between two of their instructions is looked at where computing takes time, or any thread may go
        // next.
        vm.folds = options.cpu_cost == 0 && options.schedule == Schedule::Fifo;
        vm.program = Some(program.source.clone());
        let mut kernel = Kernel::new(options, classes, program);
        kernel.set_input_timers(&kernel.options.input.clone());
        Self {
            vm,
            kernel,
            stage: Stage::Library(0),
            over: false,
        }
    }

    /// The machine, to look at.
    pub fn vm(&self) -> &Vm {
        &self.vm
    }

    /// The kernel's state, to look at.
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    /// The state as plain data, under the numbers that events use. For tests.
    pub fn view(&self) -> View {
        View::of(&self.vm, &self.kernel)
    }

    /// How many instructions were executed since the start.
    pub fn instructions(&self) -> u64 {
        self.vm.executed
    }

    /// The status with which the program exits.
    pub fn exit_status(&self) -> Option<i32> {
        self.kernel.exit_status
    }

    /// The objects whose reference count is wrong: none, unless there is a mistake in the machine. For tests.
    pub fn audit(&self) -> Vec<Miscount> {
        let mut held = Vec::new();
        self.kernel.each(&mut |value| held.push(value));
        self.vm.audit(held.into_iter())
    }

    /// Runs the thread that has the baton for a bounded number of instructions, or performs a few requests of it.
    pub fn step(&mut self, log: &mut Log) -> Progress {
        if log.options.is_none() {
            log.options = Some(Rc::new(self.kernel.options.clone()));
        }
        if self.kernel.ending.is_none() {
            self.advance(log);
            self.check_budgets(log);
        }
        let Some((ending, message)) = self.kernel.ending.clone() else {
            return Progress::Running;
        };
        self.finish(log, ending, message);
        Progress::Ended(ending)
    }

    /// One more thing that happens to the run from outside. Only a world that has not come to the input's moment yet
    /// goes on exactly as a run does that is given the input at its start.
    pub fn input(&mut self, input: Input) {
        self.kernel.options.input.push(input);
        self.kernel.input.add(input);
        self.kernel.set_input_timers(&[input]);
    }

    fn advance(&mut self, log: &mut Log) {
        self.kernel.take_input(&mut self.vm, log);
        if self.start_signal_handler(log) || self.obey_choice(log) {
            return;
        }
        let mut fiber = std::mem::take(&mut self.kernel.scheduler.thread_mut().fiber);
        let end = self.vm.executed + FUEL;
        for _ in 0..SLICES {
            self.run_slice(&mut fiber, log);
            if self.vm.executed >= end || !self.goes_straight_on() {
                break;
            }
        }
        let thread = self.kernel.scheduler.thread_mut();
        if thread.state != State::Ended || thread.process == FIRST {
            thread.fiber = fiber;
        }
        self.change_threads(log);
    }

    /// A thread that was chosen from outside goes next, at once if the running one can be interrupted here.
    fn obey_choice(&mut self, log: &mut Log) -> bool {
        self.kernel.scheduler.chosen.is_some() && self.change_threads(log)
    }

    /// Gives the baton to another thread if the running one gave it up, or if it is taken away; was it given?
    fn change_threads(&mut self, log: &mut Log) -> bool {
        self.preempt(log);
        let switching = self.kernel.switching;
        if switching {
            self.kernel.pick(&mut self.vm, log);
        }
        switching
    }

    /// Is the same thread's next slice all that can follow?
    fn goes_straight_on(&self) -> bool {
        let kernel = &self.kernel;
        let disturbed = kernel.switching
            || kernel.ending.is_some()
            || kernel.killed_by.is_some()
            || kernel.signals.is_pending()
            || kernel.input.next().is_some();
        let alone = kernel.scheduler.cpu.is_none() && !kernel.scheduler.is_contended();
        alone && !disturbed
    }

    /// Runs a thread until it has a request, and performs that.
    fn run_slice(&mut self, fiber: &mut Fiber, log: &mut Log) {
        let fuel = self.fuel();
        let scheduler = &self.kernel.scheduler;
        let place = scheduler.is_contended().then(|| Place::of(fiber));
        let executed = self.vm.executed;
        self.kernel.began = self.kernel.scheduler.clock.now;
        let exit = self.vm.run(fiber, fuel);
        self.kernel.line = match (&exit, fiber.frames.last()) {
            // The frames below are as they were.
            (Exit::Host(_), Some(Activation::Host(host))) => host.line,
            _ => fiber.user_line(),
        };
        let spent = Spent {
            instructions: self.vm.executed - executed,
            done: self.vm.meter.take(self.vm.executed),
        };
        let exit = self.charge(spent, place, exit);
        self.system(log).log_lines();
        let mut next = Some(exit);
        while let Some(exit) = next.take() {
            match exit {
                Exit::Fuel => {}
                Exit::Kernel(request) => {
                    next = self.perform(fiber, request, log);
                    if let Some(entry) = self.kernel.entering.take() {
                        next = self.enter(fiber, entry);
                    }
                }
                Exit::Host(completion) => next = self.hosted(fiber, completion),
                Exit::Ended(completion) => self.thread_ended(completion, fiber, log),
                Exit::Refused(feature) => self.kernel.end(Ending::Unsupported, feature),
            }
        }
    }

    /// How many instructions the running thread may execute before anybody else has to be considered.
    fn fuel(&mut self) -> u64 {
        let scheduler = &mut self.kernel.scheduler;
        let curious = scheduler.policy.is_curious() || scheduler.chosen.is_some();
        let most = match curious && scheduler.is_contended() {
            true => 1,
            false => FUEL,
        };
        match self.stage {
            Stage::Program => scheduler.allowance(most),
            Stage::Library(_) => most,
        }
    }

    /// The running thread has executed some instructions: they take time, and are part of its turn. The last one was a
    /// request if the machine comes out with one; should others come first, it is made again later.
    fn charge(&mut self, spent: Spent, place: Option<Place>, exit: Exit) -> Exit {
        let scheduler = &mut self.kernel.scheduler;
        if let Some(place) = place {
            let me = scheduler.current;
            scheduler.policy.passed(me, place, spent.instructions);
        }
        if scheduler.cpu.is_none() || self.stage != Stage::Program {
            return exit;
        }
        self.kernel.switching = true;
        match exit {
            Exit::Kernel(_) if spent.done > 1 => {
                scheduler.spend(spent.done - 1);
                if scheduler.is_ahead() {
                    return Exit::Fuel;
                }
                scheduler.catch_up();
                scheduler.spend(1);
            }
            _ => scheduler.spend(spent.done),
        }
        exit
    }

    /// Takes the baton from the running thread, if the schedule says so.
    fn preempt(&mut self, log: &mut Log) {
        let scheduler = &mut self.kernel.scheduler;
        let waits = self.kernel.switching && scheduler.cpu.is_none();
        if waits || !scheduler.is_preempted() {
            return;
        }
        self.system(log).log(Kind::ThreadPreempt);
        let scheduler = &mut self.kernel.scheduler;
        scheduler.preempt(scheduler.current);
        self.kernel.switching = true;
    }

    fn system<'a>(&'a mut self, log: &'a mut Log) -> System<'a> {
        System {
            vm: &mut self.vm,
            kernel: &mut self.kernel,
            log,
        }
    }

    fn perform(
        &mut self,
        fiber: &mut Fiber,
        mut request: Box<Request>,
        log: &mut Log,
    ) -> Option<Exit> {
        self.kernel.asked_by_user = asked_by_user(fiber);
        self.kernel.asked_by_program = asked_by_program(fiber);
        if let Instance::New { class, number } = request.instance {
            let make = Request::new(number, vec![class]);
            match handle(&mut self.system(log), &make) {
                Ok(made) => self.vm.begin_instance(fiber, &mut request, made),
                Err(trap) => return self.vm.fail(fiber, trap),
            }
        }
        let kernel = &mut self.kernel;
        let exit = self.vm.perform(fiber, request, |vm, request| {
            handle(&mut System { vm, kernel, log }, request)
        });
        if let Some(blocking) = self.kernel.blocking.take() {
            self.log_blocking(fiber, blocking, log);
        }
        exit
    }

    fn log_blocking(&mut self, fiber: &Fiber, blocking: Blocking, log: &mut Log) {
        let what = self.kernel.told_wait(&self.vm, fiber, blocking.what);
        let mut system = self.system(log);
        let what = system.text(&what);
        system.log(Kind::ThreadBlock {
            what,
            until: blocking.until,
            end: blocking.end.map(|thread| thread as u16 + 1),
        });
    }

    /// The last frame of a thread is gone.
    fn thread_ended(&mut self, completion: Completion, fiber: &mut Fiber, log: &mut Log) {
        let process = self.kernel.scheduler.thread().process;
        if process != FIRST && self.kernel.runs_main_thread() {
            return self.system(log).end_process(process, 1);
        }
        if self.kernel.scheduler.current > 0 {
            threading::ended(&mut self.system(log));
            self.kernel.switching = true;
            return;
        }
        match (self.stage, completion) {
            (_, Completion::Raised(error)) => {
                let text = self.vm.repr(error).unwrap_or_default();
                self.library_broken(&text);
            }
            (Stage::Library(begun), _) => self.start_library(fiber, begun),
            (Stage::Program, _) => self.kernel.end(Ending::Finished, String::new()),
        }
    }

    /// Starts the next module of stand-ins, or the program when there is none left.
    fn start_library(&mut self, fiber: &mut Fiber, begun: usize) {
        let Some(module) = HELPERS.iter().chain(&[RUN]).nth(begun) else {
            return self.start_program(fiber);
        };
        self.stage = Stage::Library(begun + 1);
        if self.vm.start_helpers(fiber, module).is_err() {
            self.library_broken(module);
        }
    }

    fn library_broken(&mut self, what: &str) {
        self.kernel.end(
            Ending::Unsupported,
            format!("the library is broken: {what}"),
        );
    }

    fn start_program(&mut self, fiber: &mut Fiber) {
        self.stage = Stage::Program;
        self.kernel.scheduler.restart_clock();
        let name = self.vm.intern("run_program");
        let function = self
            .vm
            .dict_get_name(self.vm.helpers, name)
            .unwrap_or_default();
        if self
            .vm
            .start_call(fiber, function, Arguments::default(), Then::Push)
            .is_err()
        {
            self.library_broken("run_program");
        }
    }

    /// In the main thread, a pending signal's handler runs before the next instruction, above a host frame.
    fn start_signal_handler(&mut self, log: &mut Log) -> bool {
        if let Some(number) = self.kernel.killed_by {
            self.killed(number, log);
            return true;
        }
        if !self.kernel.runs_main_thread() || !self.kernel.signals.is_pending() {
            return false;
        }
        let name = self.vm.intern("handle_signal");
        let (Some((number, handler)), Some(function)) = (
            self.kernel.signals.take_pending(),
            self.vm.dict_get_name(self.vm.helpers, name),
        ) else {
            return false;
        };
        let thread = self.kernel.scheduler.thread_mut();
        thread
            .interrupted
            .push((thread.waiting.take(), thread.woken.take()));
        let fiber = &mut thread.fiber;
        let host = HostTag::SignalHandler.frame(fiber.user_line());
        fiber.frames.push(Activation::Host(host));
        let wakeup = self.kernel.signals.wakeup().unwrap_or(Value::None);
        let arguments = Arguments {
            positional: vec![handler, Value::Int(number.into()), wakeup],
            keywords: Vec::new(),
        };
        let fiber = &mut self.kernel.scheduler.thread_mut().fiber;
        let started = self.vm.start_call(fiber, function, arguments, Then::Host);
        if started.is_err() {
            self.kernel.scheduler.thread_mut().fiber.frames.pop();
        }
        true
    }

    /// Resumes a coroutine for the request of the frame on top.
    fn enter(&mut self, fiber: &mut Fiber, entry: Entry) -> Option<Exit> {
        let host = HostFrame {
            number: entry.number,
            about: entry.about,
            ..HostTag::Coroutine.frame(self.kernel.line)
        };
        self.vm
            .enter_generator(fiber, entry.coroutine, entry.input, host)
    }

    /// What stood above a host frame is over.
    fn hosted(&mut self, fiber: &mut Fiber, completion: Completion) -> Option<Exit> {
        let host = fiber.frames.pop();
        match host {
            Some(Activation::Host(host)) if host.tag == HostTag::Coroutine as u16 => {
                self.kernel.scheduler.thread_mut().returned.push(host);
                self.vm.answer_request(fiber, completion);
                // Where computing takes time, it may be another thread's turn first.
                match self.kernel.scheduler.cpu.is_none() {
                    true => fiber.take_request().map(Exit::Kernel),
                    false => None,
                }
            }
            _ => self.signal_handled(fiber, completion),
        }
    }

    /// A signal handler is done: what it interrupted goes on, or the handler's exception is raised there.
    fn signal_handled(&mut self, fiber: &mut Fiber, completion: Completion) -> Option<Exit> {
        self.kernel.signals.go_on();
        let thread = self.kernel.scheduler.thread_mut();
        (thread.waiting, thread.woken) = thread.interrupted.pop().unwrap_or_default();
        let Completion::Raised(exception) = completion else {
            return None;
        };
        (thread.waiting, thread.woken, thread.handed) = (None, None, false);
        self.kernel.leave_locks();
        self.vm.interrupt(fiber, exception)
    }

    /// A signal whose action is to end the program.
    fn killed(&mut self, number: i32, log: &mut Log) {
        let status = 128 + number;
        self.system(log).log(Kind::Exit { status });
        self.kernel.exit_status = Some(status);
        self.kernel.end(Ending::Finished, String::new());
    }

    fn check_budgets(&mut self, log: &mut Log) {
        self.system(log).log_lines();
        self.kernel.check_time();
        if self.vm.executed > self.kernel.options.max_instructions {
            let message = format!("stopped after {} instructions", self.vm.executed);
            self.kernel.end(Ending::Budget, message);
        }
        let objects = self.vm.heap.live() + self.kernel.processes.parked_objects();
        if objects > self.vm.limits.objects {
            self.kernel.end(
                Ending::Budget,
                format!("stopped with {objects} objects in memory"),
            );
        }
    }

    fn finish(&mut self, log: &mut Log, ending: Ending, message: Option<String>) {
        if std::mem::replace(&mut self.over, true) {
            return;
        }
        log.options = Some(Rc::new(self.kernel.options.clone()));
        self.kernel.scheduler.catch_up();
        let mut system = self.system(log);
        let message = message.map(|message| system.text(&message));
        system.log_status(ending, message);
    }
}

/// Performs a request.
fn handle(sys: &mut System, request: &Request) -> Outcome {
    match HANDLERS.get(request.number as usize) {
        Some(handler) => handler(sys, request),
        None => sys.vm.refuse("an unknown request to the kernel"),
    }
}

/// Did the program's own code make the request, by itself or through what is written in C in CPython?
fn asked_by_program(fiber: &Fiber) -> bool {
    let mut origins = fiber
        .python_frames()
        .map(|frame| frame.code.code.source.origin);
    let caller = origins.find(|&origin| origin != Origin::Builtin);
    matches!(
        caller,
        Some(Origin::User | Origin::Text | Origin::KnownText)
    )
}

/// Did code outside the library make the request?
fn asked_by_user(fiber: &Fiber) -> bool {
    let innermost = fiber.frame();
    innermost.is_some_and(|frame| !frame.code.code.source.of_asyncio)
}
