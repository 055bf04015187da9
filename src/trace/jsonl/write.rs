//! Writing a trace, in the spelling of Python's `json.dumps`.

use std::fmt::{Display, Write as _};
use std::rc::Rc;

use super::spelling::{self, float, quote};
use super::{VERSION, header};
use crate::sim::event::{
    Ending, Event, HandleId, Instant, Kind, Log, LoopId, Outcome, Seconds, Stream, TaskId, Text,
    Texts,
};
use crate::sim::options::Options;

/// The whole trace as text.
pub fn write(log: &Log) -> String {
    let mut writer = Writer::default();
    let mut out = String::new();
    writer.options = log.options.clone();
    for event in &log.events {
        writer.line(&event, &log.texts, &mut out);
    }
    out
}

/// Writes events one after the other, so that a trace can be streamed.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    next: usize,
    options: Option<Rc<Options>>,
}

impl Writer {
    /// Appends the line of the next event, line feed included.
    pub fn line(&mut self, event: &Event, texts: &Texts, out: &mut String) {
        let mut line = Line { out, texts };
        line.out.push_str("{\"i\": ");
        line.display(self.next);
        line.number("t", event.at.seconds());
        line.raw("thr", event.thread);
        line.kind(event);
        line.further(event);
        if self.next == 0 {
            line.raw("v", VERSION);
            line.header(self.options.as_deref());
        }
        line.out.push_str("}\n");
        self.next += 1;
    }
}

/// A line that is being written.
struct Line<'a> {
    out: &'a mut String,
    texts: &'a Texts,
}

impl Line<'_> {
    fn header(&mut self, run: Option<&Options>) {
        let Some(run) = run else { return };
        if let Some(options) = header::options(run) {
            self.value("options", &options);
        }
        if let Some(input) = header::input(run) {
            self.value("input", &input);
        }
    }

    fn kind(&mut self, event: &Event) {
        self.string("ev", name(&event.kind));
        match event.kind {
            Kind::Line { .. }
            | Kind::TaskNew { .. }
            | Kind::TaskNamed { .. }
            | Kind::TaskRenamed { .. }
            | Kind::Eager { .. }
            | Kind::Step { .. }
            | Kind::Await { .. }
            | Kind::StepEnd { .. }
            | Kind::Wakeup { .. }
            | Kind::TaskDone { .. }
            | Kind::TaskCancel { .. }
            | Kind::TaskUncancel { .. }
            | Kind::TaskLost { .. } => self.task_kind(event),
            Kind::FutureNew { .. }
            | Kind::FutureDone { .. }
            | Kind::AddCallback { .. }
            | Kind::ExceptionLost { .. } => self.future_kind(event),
            Kind::CoroutineLost { coro, made } => {
                self.text("coro", coro);
                self.line_number("made", made);
            }
            Kind::LockNew { .. }
            | Kind::LockWait { .. }
            | Kind::LockAcquire { .. }
            | Kind::LockRelease { .. } => self.lock_kind(&event.kind),
            Kind::CallSoon { .. }
            | Kind::CallSoonThreadsafe { .. }
            | Kind::CallAt { .. }
            | Kind::HandleCancel { .. }
            | Kind::Run { .. }
            | Kind::RunEnd { .. } => self.handle_kind(event),
            Kind::LoopStart { .. }
            | Kind::LoopStop { .. }
            | Kind::LoopStopped { .. }
            | Kind::LoopClose { .. }
            | Kind::LoopIteration { .. }
            | Kind::LoopIdle { .. } => self.loop_kind(&event.kind),
            _ => self.thread_kind(event),
        }
    }

    fn task_kind(&mut self, event: &Event) {
        match event.kind {
            Kind::Line { function } => self.text("fn", function),
            Kind::TaskNew { task, coro, name } => {
                self.id("task", task);
                self.optional("name", name);
                self.text("coro", coro);
                self.optional_id("parent", event.task);
            }
            Kind::TaskNamed { task, name } | Kind::TaskRenamed { task, name } => {
                self.id("task", task);
                self.text("name", name);
            }
            Kind::Step { task, exc } => {
                self.id("task", task);
                self.optional("exc", exc);
            }
            Kind::Await {
                task,
                on,
                chain,
                call,
            } => {
                self.id("task", task);
                self.id("on", on);
                for (name, text) in [("chain", chain), ("call", call)] {
                    if !self.texts.get(text).is_empty() {
                        self.text(name, text);
                    }
                }
            }
            Kind::Wakeup { task, by } => {
                self.id("task", task);
                self.id("by", by);
            }
            Kind::TaskDone {
                task,
                name,
                outcome,
            } => {
                self.id("task", task);
                self.text("name", name);
                self.outcome(outcome);
            }
            Kind::TaskCancel { task } => {
                self.id("task", task);
                self.optional_id("by", event.task);
            }
            Kind::Eager { task }
            | Kind::StepEnd { task }
            | Kind::TaskUncancel { task }
            | Kind::TaskLost { task } => self.id("task", task),
            _ => {}
        }
    }

    fn future_kind(&mut self, event: &Event) {
        match event.kind {
            Kind::FutureNew { future } => {
                self.id("fut", future);
                self.optional_id("by", event.task);
            }
            Kind::FutureDone { future, outcome } => {
                self.id("fut", future);
                self.optional_id("by", event.task);
                self.outcome(outcome);
            }
            Kind::AddCallback { to, callback } => {
                self.id("fut", to);
                self.text("cb", callback);
            }
            Kind::ExceptionLost { of } => self.id("fut", of),
            _ => {}
        }
    }

    fn lock_kind(&mut self, kind: &Kind) {
        let (Kind::LockNew { lock, class, .. }
        | Kind::LockWait { lock, class, .. }
        | Kind::LockAcquire { lock, class }
        | Kind::LockRelease { lock, class }) = *kind
        else {
            return;
        };
        self.id("lock", lock);
        self.text("kind", class);
        match *kind {
            Kind::LockNew { name, .. } => self.text("name", name),
            Kind::LockWait {
                future: Some(future),
                ..
            } => self.id("fut", future),
            _ => {}
        }
    }

    fn handle_kind(&mut self, event: &Event) {
        match event.kind {
            Kind::CallSoon {
                handle,
                callback,
                loop_,
            }
            | Kind::CallSoonThreadsafe {
                handle,
                callback,
                loop_,
            } => {
                self.handle(handle, callback);
                self.optional_id("task", event.task);
                self.event_loop(loop_);
            }
            Kind::CallAt {
                handle,
                callback,
                when,
                loop_,
            } => {
                self.handle(handle, callback);
                self.number("when", when.0);
                self.optional_id("task", event.task);
                self.event_loop(loop_);
            }
            Kind::Run {
                handle,
                callback,
                loop_,
            } => {
                self.handle(handle, callback);
                self.event_loop(loop_);
            }
            Kind::RunEnd { handle, loop_ } => {
                self.id("h", handle);
                self.event_loop(loop_);
            }
            Kind::HandleCancel { handle } => self.id("h", handle),
            _ => {}
        }
    }

    fn loop_kind(&mut self, kind: &Kind) {
        match *kind {
            Kind::LoopIteration {
                loop_,
                ready,
                timers,
            } => {
                self.raw("ready", ready);
                self.raw("timers", timers);
                self.event_loop(loop_);
            }
            Kind::LoopIdle { loop_, until } => {
                self.optional_seconds("until", until);
                self.event_loop(loop_);
            }
            Kind::LoopStart { loop_ }
            | Kind::LoopStop { loop_ }
            | Kind::LoopStopped { loop_ }
            | Kind::LoopClose { loop_ } => self.event_loop(loop_),
            _ => {}
        }
    }

    fn thread_kind(&mut self, event: &Event) {
        match event.kind {
            Kind::Clock { to } => {
                self.number("to", to.seconds());
                self.hop("to_hop", to);
            }
            Kind::ThreadStart { thread, name } | Kind::ThreadEnd { thread, name } => {
                self.raw("thread", thread);
                self.optional("name", name);
            }
            Kind::ThreadBlock { what, until, end } => {
                self.text("on", what);
                self.optional_seconds("until", until);
                if let Some(thread) = end {
                    self.raw("thread", thread);
                }
            }
            Kind::ThreadWake { thread } => self.raw("thread", thread),
            Kind::Sleep { secs } => self.number("secs", secs.0),
            Kind::Signal { name } => self.text("sig", name),
            Kind::Print { stream, text } => {
                self.string("out", stream_name(stream));
                self.text("text", text);
                self.optional_id("task", event.task);
            }
            Kind::Exit { status } => self.raw("status", status),
            Kind::Status { ending, message } => {
                self.string("status", ending_name(ending));
                self.optional("message", message);
            }
            Kind::ProcessStart { .. }
            | Kind::ProcessEnd { .. }
            | Kind::Stack { .. }
            | Kind::DeadlockWait { .. }
            | Kind::CpuOn { .. }
            | Kind::CpuOff { .. } => {
                self.machine_kind(&event.kind);
            }
            _ => self.pool_kind(&event.kind),
        }
    }

    fn machine_kind(&mut self, kind: &Kind) {
        match *kind {
            Kind::ProcessStart {
                process,
                thread,
                name,
            } => {
                self.raw("process", process);
                self.raw("thread", thread);
                self.text("name", name);
            }
            Kind::ProcessEnd { process, status } => {
                self.raw("process", process);
                self.raw("status", status);
            }
            Kind::Stack {
                thread,
                reserved,
                touched,
            } => {
                self.raw("thread", thread);
                self.raw("reserved", reserved);
                self.raw("touched", touched);
            }
            Kind::DeadlockWait {
                thread,
                on,
                holder,
                of,
            } => {
                self.raw("thread", thread);
                self.text("on", on);
                if let Some(holder) = holder {
                    self.raw("holder", holder);
                }
                if let Some(of) = of {
                    self.id("fut", of);
                }
            }
            Kind::CpuOn { core } | Kind::CpuOff { core } => self.raw("core", core),
            _ => {}
        }
    }

    fn pool_kind(&mut self, kind: &Kind) {
        match *kind {
            Kind::PoolNew {
                pool,
                name,
                workers,
            } => {
                self.id("pool", pool);
                self.text("name", name);
                self.raw("workers", workers);
            }
            Kind::PoolShutdown { pool } => self.id("pool", pool),
            Kind::JobSubmit {
                job,
                function,
                pool,
                call,
            } => {
                self.id("fut", job);
                self.text("fn", function);
                if pool.0 != 0 {
                    self.id("pool", pool);
                }
                self.optional("call", call);
            }
            Kind::JobStart { job, worker } => {
                self.id("fut", job);
                self.text("thread", worker);
            }
            Kind::JobFinish { job, state } => {
                self.id("fut", job);
                self.text("state", state);
            }
            _ => {}
        }
    }

    /// What the recorder of CPython does not tell: hop, line, and the running task where no field of the kind does.
    fn further(&mut self, event: &Event) {
        self.hop("hop", event.at);
        self.line_number("line", event.line);
        if !tells_running_task(&event.kind) {
            self.optional_id("in", event.task);
        }
    }

    fn outcome(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Result(value) => {
                self.string("state", "result");
                self.text("value", value);
            }
            Outcome::Exception(exc) => {
                self.string("state", "exception");
                self.text("exc", exc);
            }
            Outcome::Cancelled => self.string("state", "cancelled"),
        }
    }

    fn handle(&mut self, handle: HandleId, callback: Text) {
        self.id("h", handle);
        self.text("cb", callback);
    }

    fn event_loop(&mut self, loop_: LoopId) {
        if loop_.0 != 0 {
            self.id("loop", loop_);
        }
    }

    fn line_number(&mut self, field: &str, line: u32) {
        if line != 0 {
            self.raw(field, line);
        }
    }

    fn hop(&mut self, field: &str, at: Instant) {
        if at.hop != 0 {
            self.raw(field, at.hop);
        }
    }

    fn text(&mut self, field: &str, text: Text) {
        let texts = self.texts;
        self.string(field, texts.get(text));
    }

    fn optional(&mut self, field: &str, text: Option<Text>) {
        if let Some(text) = text {
            self.text(field, text);
        }
    }

    fn optional_id(&mut self, field: &str, task: Option<TaskId>) {
        if let Some(task) = task {
            self.id(field, task);
        }
    }

    fn optional_seconds(&mut self, field: &str, seconds: Option<Seconds>) {
        if let Some(seconds) = seconds {
            self.number(field, seconds.0);
        }
    }

    fn id(&mut self, field: &str, id: impl Display) {
        self.field(field);
        self.out.push('"');
        self.display(id);
        self.out.push('"');
    }

    fn string(&mut self, field: &str, value: &str) {
        self.field(field);
        quote(value, self.out);
    }

    fn number(&mut self, field: &str, value: f64) {
        self.field(field);
        float(value, self.out);
    }

    fn raw(&mut self, field: &str, value: impl Display) {
        self.field(field);
        self.display(value);
    }

    fn value(&mut self, field: &str, value: &serde_json::Value) {
        self.field(field);
        spelling::value(value, self.out);
    }

    fn field(&mut self, field: &str) {
        self.out.push_str(", \"");
        self.out.push_str(field);
        self.out.push_str("\": ");
    }

    fn display(&mut self, value: impl Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{value}");
    }
}

/// Whether one of the kind's own fields is the running task, so that it need not be repeated.
pub(super) fn tells_running_task(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::TaskNew { .. }
            | Kind::TaskCancel { .. }
            | Kind::FutureNew { .. }
            | Kind::FutureDone { .. }
            | Kind::CallSoon { .. }
            | Kind::CallSoonThreadsafe { .. }
            | Kind::CallAt { .. }
            | Kind::Print { .. }
    )
}

/// The name of a kind in the trace.
fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Line { .. } => "line",
        Kind::TaskNew { .. } => "task.new",
        Kind::TaskNamed { .. } => "task.named",
        Kind::TaskRenamed { .. } => "task.renamed",
        Kind::Eager { .. } => "eager",
        Kind::Step { .. } => "step",
        Kind::Await { .. } => "await",
        Kind::StepEnd { .. } => "step.end",
        Kind::Wakeup { .. } => "wakeup",
        Kind::TaskDone { .. } => "task.done",
        Kind::TaskCancel { .. } => "task.cancel",
        Kind::TaskUncancel { .. } => "task.uncancel",
        Kind::CoroutineLost { .. } => "coro.lost",
        Kind::TaskLost { .. } => "task.lost",
        Kind::ExceptionLost { .. } => "fut.lost",
        Kind::LockNew { .. } => "lock.new",
        Kind::LockWait { .. } => "lock.wait",
        Kind::LockAcquire { .. } => "lock.acquire",
        Kind::LockRelease { .. } => "lock.release",
        Kind::FutureNew { .. } => "fut.new",
        Kind::FutureDone { outcome, .. } => match outcome {
            Outcome::Result(_) => "fut.result",
            Outcome::Exception(_) => "fut.exception",
            Outcome::Cancelled => "fut.cancel",
        },
        Kind::AddCallback { .. } => "fut.add_cb",
        Kind::CallSoon { .. } => "call_soon",
        Kind::CallSoonThreadsafe { .. } => "call_soon_threadsafe",
        Kind::CallAt { .. } => "call_at",
        Kind::HandleCancel { .. } => "handle.cancel",
        Kind::Run { .. } => "run",
        Kind::RunEnd { .. } => "run.end",
        Kind::LoopStart { .. } => "loop.start",
        Kind::LoopStop { .. } => "loop.stop",
        Kind::LoopStopped { .. } => "loop.stopped",
        Kind::LoopClose { .. } => "loop.close",
        Kind::LoopIteration { .. } => "loop.iter",
        Kind::LoopIdle { .. } => "loop.idle",
        Kind::Clock { .. } => "clock",
        Kind::ThreadStart { .. } => "thread.start",
        Kind::ThreadEnd { .. } => "thread.end",
        Kind::ThreadBlock { .. } => "thread.block",
        Kind::ThreadWake { .. } => "thread.wake",
        Kind::ThreadPreempt => "thread.preempt",
        Kind::ProcessStart { .. } => "process.start",
        Kind::ProcessEnd { .. } => "process.end",
        Kind::Stack { .. } => "stack",
        Kind::DeadlockWait { .. } => "deadlock.wait",
        Kind::GilWait => "gil.wait",
        Kind::GilTake => "gil.take",
        Kind::GilDrop => "gil.drop",
        Kind::CpuOn { .. } => "cpu.on",
        Kind::CpuOff { .. } => "cpu.off",
        Kind::Sleep { .. } => "sleep",
        Kind::PoolNew { .. } => "pool.new",
        Kind::PoolShutdown { .. } => "pool.shutdown",
        Kind::JobSubmit { .. } => "ex.submit",
        Kind::JobStart { .. } => "ex.start",
        Kind::JobFinish { .. } => "ex.finish",
        Kind::Signal { .. } => "signal",
        Kind::Print { .. } => "print",
        Kind::Exit { .. } => "exit",
        Kind::Status { .. } => "status",
    }
}

fn stream_name(stream: Stream) -> &'static str {
    match stream {
        Stream::Stdout => "stdout",
        Stream::Stderr => "stderr",
    }
}

fn ending_name(ending: Ending) -> &'static str {
    match ending {
        Ending::Finished => "finished",
        Ending::Budget => "budget",
        Ending::Unsupported => "unsupported",
        Ending::Deadlock => "deadlock",
        Ending::Input => "input",
    }
}
