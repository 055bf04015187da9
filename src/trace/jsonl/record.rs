//! One line of a trace with every field that any kind has, and how it becomes an event.

use serde::Deserialize;

use super::Problem;
use super::header::Written;
use super::write::tells_running_task;
use crate::sim::event::{
    Ending, Event, FutureId, HandleId, Instant, JobId, Kind, LockId, LoopId, Outcome, PoolId,
    Seconds, Stream, TaskId, Texts, Waitable,
};
use crate::trace::model::nanoseconds;

/// A line as it was read. Fields that no kind has are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Record {
    pub(super) v: Option<u32>,
    pub(super) options: Option<Written>,
    pub(super) input: Vec<String>,
    t: f64,
    hop: u32,
    thr: Option<u16>,
    pub(super) ev: String,
    line: u32,
    task: Option<String>,
    #[serde(rename = "in")]
    within: Option<String>,
    coro: Option<String>,
    made: u32,
    lock: Option<String>,
    #[serde(rename = "kind")]
    class: Option<String>,
    name: Option<String>,
    parent: Option<String>,
    exc: Option<String>,
    on: Option<String>,
    chain: Option<String>,
    call: Option<String>,
    by: Option<String>,
    state: Option<String>,
    value: Option<String>,
    fut: Option<String>,
    h: Option<String>,
    cb: Option<String>,
    when: Option<f64>,
    ready: Option<u32>,
    timers: Option<u32>,
    until: Option<f64>,
    to: Option<f64>,
    to_hop: u32,
    thread: Option<NumberOrText>,
    secs: Option<f64>,
    holder: Option<u16>,
    process: Option<u16>,
    reserved: Option<u64>,
    touched: u64,
    core: Option<u16>,
    #[serde(rename = "fn")]
    function: Option<String>,
    pool: Option<String>,
    workers: Option<u32>,
    sig: Option<String>,
    out: Option<String>,
    text: Option<String>,
    status: Option<NumberOrText>,
    message: Option<String>,
    #[serde(rename = "loop")]
    event_loop: Option<String>,
}

/// A field that is a number in one kind and a text in another.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum NumberOrText {
    Number(i64),
    Text(String),
}

type Read<T> = Result<T, Problem>;

impl Record {
    /// The event that the line tells.
    pub(super) fn event(&self, texts: &mut Texts) -> Read<Event> {
        let kind = self.kind(texts)?;
        let running = match kind {
            Kind::TaskNew { .. } => &self.parent,
            Kind::TaskCancel { .. } | Kind::FutureNew { .. } | Kind::FutureDone { .. } => &self.by,
            _ if tells_running_task(&kind) => &self.task,
            _ => &self.within,
        };
        Ok(Event {
            at: instant(self.t, self.hop),
            thread: self.thr.unwrap_or(1),
            line: self.line,
            task: running
                .as_deref()
                .map(|text| self.task_id("task", text))
                .transpose()?,
            kind,
        })
    }

    fn kind(&self, texts: &mut Texts) -> Read<Kind> {
        match self.ev.split(['.', '_']).next() {
            Some("task" | "step" | "await" | "wakeup" | "eager") => self.task_kind(texts),
            Some("fut") => self.future_kind(texts),
            Some("coro") => self.coroutine_kind(texts),
            Some("lock") => self.lock_kind(texts),
            Some("call" | "handle" | "run") => self.handle_kind(texts),
            Some("loop") => self.loop_kind(),
            Some("ex" | "pool") => self.pool_kind(texts),
            Some("process" | "stack" | "deadlock" | "gil" | "cpu") => self.machine_kind(texts),
            _ => self.thread_kind(texts),
        }
    }

    fn task_kind(&self, texts: &mut Texts) -> Read<Kind> {
        let task = self.task_id("task", self.need("task", &self.task)?)?;
        Ok(match self.ev.as_str() {
            "task.new" => Kind::TaskNew {
                task,
                coro: texts.intern(self.need("coro", &self.coro)?),
                name: self.name.as_deref().map(|name| texts.intern(name)),
            },
            "task.named" => Kind::TaskNamed {
                task,
                name: texts.intern(self.need("name", &self.name)?),
            },
            "task.renamed" => Kind::TaskRenamed {
                task,
                name: texts.intern(self.need("name", &self.name)?),
            },
            "eager" => Kind::Eager { task },
            "step" => Kind::Step {
                task,
                exc: self.exc.as_deref().map(|exc| texts.intern(exc)),
            },
            "await" => Kind::Await {
                task,
                on: self.waitable("on", &self.on)?,
                chain: texts.intern(self.chain.as_deref().unwrap_or("")),
                call: texts.intern(self.call.as_deref().unwrap_or("")),
            },
            "step.end" => Kind::StepEnd { task },
            "wakeup" => Kind::Wakeup {
                task,
                by: self.waitable("by", &self.by)?,
            },
            "task.done" => Kind::TaskDone {
                task,
                name: texts.intern(self.need("name", &self.name)?),
                outcome: self.outcome(texts)?,
            },
            "task.cancel" => Kind::TaskCancel { task },
            "task.lost" => Kind::TaskLost { task },
            "task.uncancel" => Kind::TaskUncancel { task },
            _ => return Err(self.unknown()),
        })
    }

    fn future_kind(&self, texts: &mut Texts) -> Read<Kind> {
        if self.ev == "fut.add_cb" {
            return Ok(Kind::AddCallback {
                to: self.waitable("fut", &self.fut)?,
                callback: texts.intern(self.need("cb", &self.cb)?),
            });
        }
        if self.ev == "fut.lost" {
            return Ok(Kind::ExceptionLost {
                of: self.waitable("fut", &self.fut)?,
            });
        }
        let Waitable::Future(future) = self.waitable("fut", &self.fut)? else {
            return Err(self.bad("fut"));
        };
        Ok(match self.ev.as_str() {
            "fut.new" => Kind::FutureNew { future },
            "fut.result" | "fut.exception" | "fut.cancel" => Kind::FutureDone {
                future,
                outcome: self.outcome(texts)?,
            },
            _ => return Err(self.unknown()),
        })
    }

    fn coroutine_kind(&self, texts: &mut Texts) -> Read<Kind> {
        let coro = texts.intern(self.need("coro", &self.coro)?);
        match self.ev.as_str() {
            "coro.lost" => Ok(Kind::CoroutineLost {
                coro,
                made: self.made,
            }),
            _ => Err(self.unknown()),
        }
    }

    fn lock_kind(&self, texts: &mut Texts) -> Read<Kind> {
        let lock = LockId(self.id("lock", 'K', self.need("lock", &self.lock)?)?);
        let class = texts.intern(self.class.as_deref().unwrap_or("lock"));
        Ok(match self.ev.as_str() {
            "lock.new" => Kind::LockNew {
                lock,
                class,
                name: texts.intern(self.name.as_deref().unwrap_or_default()),
            },
            "lock.wait" => Kind::LockWait {
                lock,
                class,
                future: match &self.fut {
                    Some(future) => Some(FutureId(self.id("fut", 'F', future)?)),
                    None => None,
                },
            },
            "lock.acquire" => Kind::LockAcquire { lock, class },
            "lock.release" => Kind::LockRelease { lock, class },
            _ => return Err(self.unknown()),
        })
    }

    fn handle_kind(&self, texts: &mut Texts) -> Read<Kind> {
        let handle = HandleId(self.id("h", 'H', self.need("h", &self.h)?)?);
        let loop_ = self.loop_id()?;
        let ev = self.ev.as_str();
        match ev {
            "handle.cancel" => return Ok(Kind::HandleCancel { handle }),
            "run.end" => return Ok(Kind::RunEnd { handle, loop_ }),
            "call_soon" | "call_soon_threadsafe" | "call_at" | "run" => {}
            _ => return Err(self.unknown()),
        }
        let callback = texts.intern(self.need("cb", &self.cb)?);
        Ok(match ev {
            "call_soon" => Kind::CallSoon {
                handle,
                callback,
                loop_,
            },
            "call_soon_threadsafe" => Kind::CallSoonThreadsafe {
                handle,
                callback,
                loop_,
            },
            "call_at" => Kind::CallAt {
                handle,
                callback,
                when: Seconds(*self.need("when", &self.when)?),
                loop_,
            },
            _ => Kind::Run {
                handle,
                callback,
                loop_,
            },
        })
    }

    fn loop_kind(&self) -> Read<Kind> {
        let loop_ = self.loop_id()?;
        Ok(match self.ev.as_str() {
            "loop.start" => Kind::LoopStart { loop_ },
            "loop.stop" => Kind::LoopStop { loop_ },
            "loop.stopped" => Kind::LoopStopped { loop_ },
            "loop.close" => Kind::LoopClose { loop_ },
            "loop.iter" => Kind::LoopIteration {
                loop_,
                ready: *self.need("ready", &self.ready)?,
                timers: *self.need("timers", &self.timers)?,
            },
            "loop.idle" => Kind::LoopIdle {
                loop_,
                until: self.until.map(Seconds),
            },
            _ => return Err(self.unknown()),
        })
    }

    fn pool_kind(&self, texts: &mut Texts) -> Read<Kind> {
        Ok(match self.ev.as_str() {
            "pool.new" => Kind::PoolNew {
                pool: self.pool_id()?,
                name: texts.intern(self.need("name", &self.name)?),
                workers: *self.need("workers", &self.workers)?,
            },
            "pool.shutdown" => Kind::PoolShutdown {
                pool: self.pool_id()?,
            },
            "ex.submit" => Kind::JobSubmit {
                job: self.job_id()?,
                function: texts.intern(self.need("fn", &self.function)?),
                pool: self.pool_id()?,
                call: self.call.as_deref().map(|call| texts.intern(call)),
            },
            "ex.start" => match self.need("thread", &self.thread)? {
                NumberOrText::Text(worker) => Kind::JobStart {
                    job: self.job_id()?,
                    worker: texts.intern(worker),
                },
                NumberOrText::Number(_) => return Err(self.bad("thread")),
            },
            "ex.finish" => Kind::JobFinish {
                job: self.job_id()?,
                state: texts.intern(self.need("state", &self.state)?),
            },
            _ => return Err(self.unknown()),
        })
    }

    fn thread_kind(&self, texts: &mut Texts) -> Read<Kind> {
        let name = self.name.as_deref();
        Ok(match self.ev.as_str() {
            "line" => Kind::Line {
                function: texts.intern(self.function.as_deref().unwrap_or("")),
            },
            "clock" => Kind::Clock {
                to: instant(*self.need("to", &self.to)?, self.to_hop),
            },
            "thread.start" => Kind::ThreadStart {
                thread: self.thread_id()?,
                name: name.map(|name| texts.intern(name)),
            },
            "thread.end" => Kind::ThreadEnd {
                thread: self.thread_id()?,
                name: name.map(|name| texts.intern(name)),
            },
            "thread.block" => Kind::ThreadBlock {
                what: texts.intern(self.need("on", &self.on)?),
                until: self.until.map(Seconds),
                end: { self.thread.as_ref() }
                    .map(|_| self.thread_id())
                    .transpose()?,
            },
            "thread.preempt" => Kind::ThreadPreempt,
            "thread.wake" => Kind::ThreadWake {
                thread: self.thread_id()?,
            },
            "sleep" => Kind::Sleep {
                secs: Seconds(*self.need("secs", &self.secs)?),
            },
            "signal" => Kind::Signal {
                name: texts.intern(self.need("sig", &self.sig)?),
            },
            "print" => Kind::Print {
                stream: match self.need("out", &self.out)?.as_str() {
                    "stdout" => Stream::Stdout,
                    "stderr" => Stream::Stderr,
                    _ => return Err(self.bad("out")),
                },
                text: texts.intern(self.need("text", &self.text)?),
            },
            "exit" => Kind::Exit {
                status: self.status_number()?,
            },
            "status" => Kind::Status {
                ending: self.ending()?,
                message: self.message.as_deref().map(|text| texts.intern(text)),
            },
            _ => return Err(self.unknown()),
        })
    }

    fn machine_kind(&self, texts: &mut Texts) -> Read<Kind> {
        Ok(match self.ev.as_str() {
            "process.start" => Kind::ProcessStart {
                process: *self.need("process", &self.process)?,
                thread: self.thread_id()?,
                name: texts.intern(self.need("name", &self.name)?),
            },
            "process.end" => Kind::ProcessEnd {
                process: *self.need("process", &self.process)?,
                status: self.status_number()?,
            },
            "stack" => Kind::Stack {
                thread: self.thread_id()?,
                reserved: *self.need("reserved", &self.reserved)?,
                touched: self.touched,
            },
            "deadlock.wait" => Kind::DeadlockWait {
                thread: self.thread_id()?,
                on: texts.intern(self.need("on", &self.on)?),
                holder: self.holder,
                of: match self.fut {
                    Some(_) => Some(self.waitable("fut", &self.fut)?),
                    None => None,
                },
            },
            "gil.wait" => Kind::GilWait,
            "gil.take" => Kind::GilTake,
            "gil.drop" => Kind::GilDrop,
            "cpu.on" => Kind::CpuOn {
                core: *self.need("core", &self.core)?,
            },
            "cpu.off" => Kind::CpuOff {
                core: *self.need("core", &self.core)?,
            },
            _ => return Err(self.unknown()),
        })
    }

    fn status_number(&self) -> Read<i32> {
        match self.status {
            Some(NumberOrText::Number(status)) => Ok(status as i32),
            _ => Err(self.bad("status")),
        }
    }

    fn ending(&self) -> Read<Ending> {
        let Some(NumberOrText::Text(status)) = &self.status else {
            return Err(self.bad("status"));
        };
        Ok(match status.as_str() {
            "finished" => Ending::Finished,
            "budget" => Ending::Budget,
            "unsupported" => Ending::Unsupported,
            "deadlock" => Ending::Deadlock,
            "input" => Ending::Input,
            _ => return Err(self.bad("status")),
        })
    }

    fn outcome(&self, texts: &mut Texts) -> Read<Outcome> {
        Ok(match self.need("state", &self.state)?.as_str() {
            "result" => Outcome::Result(texts.intern(self.value.as_deref().unwrap_or("None"))),
            "exception" => Outcome::Exception(texts.intern(self.need("exc", &self.exc)?)),
            "cancelled" => Outcome::Cancelled,
            _ => return Err(self.bad("state")),
        })
    }

    fn waitable(&self, field: &'static str, value: &Option<String>) -> Read<Waitable> {
        let text = self.need(field, value)?;
        Ok(match text.chars().next() {
            Some('T') => Waitable::Task(self.task_id(field, text)?),
            Some('F') => Waitable::Future(FutureId(self.id(field, 'F', text)?)),
            Some('X') => Waitable::Job(JobId(self.id(field, 'X', text)?)),
            _ => return Err(self.bad(field)),
        })
    }

    fn task_id(&self, field: &'static str, text: &str) -> Read<TaskId> {
        self.id(field, 'T', text).map(TaskId)
    }

    fn job_id(&self) -> Read<JobId> {
        self.id("fut", 'X', self.need("fut", &self.fut)?).map(JobId)
    }

    /// The executor; 0 where the trace does not tell it.
    fn pool_id(&self) -> Read<PoolId> {
        let id = self.pool.as_deref();
        id.map_or(Ok(PoolId(0)), |id| self.id("pool", 'P', id).map(PoolId))
    }

    /// The loop; 0 where the trace does not tell it.
    fn loop_id(&self) -> Read<LoopId> {
        let id = self.event_loop.as_deref();
        id.map_or(Ok(LoopId(0)), |id| self.id("loop", 'L', id).map(LoopId))
    }

    fn thread_id(&self) -> Read<u16> {
        match self.need("thread", &self.thread)? {
            NumberOrText::Number(number) => u16::try_from(*number).map_err(|_| self.bad("thread")),
            NumberOrText::Text(_) => Err(self.bad("thread")),
        }
    }

    fn id(&self, field: &'static str, letter: char, text: &str) -> Read<u32> {
        let number = text.strip_prefix(letter);
        number
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| self.bad(field))
    }

    fn need<'a, T>(&self, field: &'static str, value: &'a Option<T>) -> Read<&'a T> {
        value.as_ref().ok_or_else(|| Problem::Missing {
            kind: self.ev.clone(),
            field,
        })
    }

    fn bad(&self, field: &'static str) -> Problem {
        Problem::BadValue {
            kind: self.ev.clone(),
            field,
        }
    }

    fn unknown(&self) -> Problem {
        Problem::UnknownKind {
            kind: self.ev.clone(),
        }
    }
}

fn instant(seconds: f64, hop: u32) -> Instant {
    Instant {
        ns: nanoseconds(Seconds(seconds)),
        hop,
    }
}
