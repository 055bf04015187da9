//! Tasks as they are drawn: one row each, with the chain of coroutines and what its end waits for.

use super::names::{Hue, View, seconds, task_hue};
use crate::sim::event::{FutureId, Outcome, TaskId, Waitable};
use crate::trace::Model;
use crate::trace::model::{Source, Task, TaskState};

/// Rows beyond this number are left out, finished tasks first.
const ROW_LIMIT: usize = 120;

/// The tasks, drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskList {
    /// One row for each.
    pub rows: Vec<TaskRow>,
    /// How many tasks are left out.
    pub more: usize,
}

/// A task, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRow {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its hue.
    pub hue: Hue,
    /// What it is doing.
    pub stage: Stage,
    /// Its frames and what they wait for.
    pub chain: Vec<Link>,
}

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is being made.
    New,
    /// It is queued.
    Ready,
    /// It runs.
    Running,
    /// It waits.
    Waiting,
    /// It returned.
    Finished,
    /// It ended with an exception.
    Failed,
    /// It was cancelled.
    Cancelled,
}

/// A part of the chain from a task's first frame to what it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A suspended frame, as `function:line`.
    Frame(String),
    /// What the frame before waits for.
    Awaits(String),
    /// A task that it waits for.
    Task(TaskId, String),
    /// What will make the thing before happen.
    Comes(String),
    /// How it ended.
    Ended(String),
}

impl Stage {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Finished => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the task has ended.
    pub fn ended(self) -> bool {
        matches!(self, Self::Finished | Self::Failed | Self::Cancelled)
    }
}

/// Draws the tasks in the order of their creation; the followed one first where there is no room for all. `latest` is the
/// state at the end of what is recorded: what a future is for sometimes shows only when it is done.
pub fn list(view: View, followed: Option<TaskId>) -> TaskList {
    let tasks = &view.model.tasks;
    let spare = tasks.len().saturating_sub(ROW_LIMIT);
    let mut dropped = 0;
    let kept = tasks.values().filter(|task| {
        let drop = dropped < spare && task.done();
        dropped += usize::from(drop);
        !drop
    });
    let mut shown: Vec<&Task> = kept.take(ROW_LIMIT).collect();
    if let Some(followed) = followed.and_then(|id| view.model.task(id))
        && shown.iter().all(|task| task.id != followed.id)
    {
        shown.insert(0, followed);
    }
    let rows: Vec<TaskRow> = shown.iter().map(|task| row(view, task)).collect();
    let more = tasks.len() - rows.len();
    TaskList { rows, more }
}

fn row(view: View, task: &Task) -> TaskRow {
    TaskRow {
        id: task.id,
        name: view.task_name(task.id),
        hue: task_hue(task.id),
        stage: stage(task),
        chain: chain(view, task),
    }
}

/// What a task is doing.
pub fn stage(task: &Task) -> Stage {
    match task.state {
        TaskState::New => Stage::New,
        TaskState::Ready => Stage::Ready,
        TaskState::Running => Stage::Running,
        TaskState::Waiting { .. } => Stage::Waiting,
        TaskState::Done { outcome } => match outcome {
            Outcome::Result(_) => Stage::Finished,
            Outcome::Exception(_) => Stage::Failed,
            Outcome::Cancelled => Stage::Cancelled,
        },
    }
}

fn chain(view: View, task: &Task) -> Vec<Link> {
    if let TaskState::Done { outcome } = task.state {
        return ended(view, outcome);
    }
    let mut links = frames(view, task);
    if let TaskState::Waiting { on } = task.state {
        let call = library_call(view, task);
        links.extend(awaited(view, on, call));
    }
    links
}

fn ended(view: View, outcome: Outcome) -> Vec<Link> {
    match outcome {
        Outcome::Result(text) | Outcome::Exception(text) => {
            vec![Link::Ended(view.texts.get(text).to_owned())]
        }
        Outcome::Cancelled => Vec::new(),
    }
}

fn frames(view: View, task: &Task) -> Vec<Link> {
    let coro = view.texts.get(task.coro);
    let suspended = task.chain.map(|chain| view.texts.get(chain));
    match (task.state, suspended) {
        (TaskState::Running, _) if task.line > 0 => {
            vec![Link::Frame(format!("{coro}:{}", running_line(view, task)))]
        }
        (TaskState::Running, _) | (_, None | Some("")) => vec![Link::Frame(coro.to_owned())],
        (_, Some(chain)) => chain
            .split(" > ")
            .map(|frame| Link::Frame(frame.to_owned()))
            .collect(),
    }
}

/// The line that a running task has come to.
pub(super) fn running_line(view: View, task: &Task) -> u32 {
    let thread = view.model.thread(task.thread);
    thread.map_or(task.line, |thread| thread.line)
}

/// The method of a library object in which a task waits; nothing where that is only the future's own.
pub fn library_call<'a>(view: View<'a>, task: &Task) -> &'a str {
    let call = task.call.map_or("", |call| view.texts.get(call));
    match call.starts_with("_asyncio.") {
        true => "",
        false => call,
    }
}

/// What a task waits for; `call` is the method of a library object in which it does.
fn awaited(view: View, on: Waitable, call: &str) -> Vec<Link> {
    match on {
        Waitable::Task(task) => vec![Link::Task(task, view.task_name(task))],
        Waitable::Job(job) => vec![Link::Awaits(view.job_name(job))],
        Waitable::Future(future) => awaited_future(view, future, call),
    }
}

fn awaited_future(view: View, id: FutureId, call: &str) -> Vec<Link> {
    let plain = || {
        Link::Awaits(match call {
            "" => format!("Future {id}"),
            call => call.to_owned(),
        })
    };
    match source(view, id) {
        None => vec![plain()],
        Some(Source::Sleep(handle)) => {
            let when = view.model.handle(*handle).and_then(|handle| handle.when);
            let timer = when.map(|when| Link::Comes(format!("timer {}", seconds(when))));
            [Link::Awaits("sleep".to_owned())]
                .into_iter()
                .chain(timer)
                .collect()
        }
        Some(Source::Job(job)) => {
            vec![plain(), Link::Comes(format!("job {}", view.job_name(*job)))]
        }
        Some(Source::Lock(lock)) => {
            let known = view.model.lock(*lock);
            let name = known.map_or_else(|| lock.to_string(), |lock| view.lock_name(lock));
            vec![Link::Awaits(name)]
        }
        Some(Source::TaskGroup) => vec![Link::Awaits("the tasks of its group".to_owned())],
        Some(Source::Gather(of)) => vec![Link::Awaits(format!("gather of {}", of.len()))],
        Some(Source::Wait(on)) => vec![Link::Awaits(format!("wait for {}", on.len()))],
        Some(Source::Shield(of)) => {
            vec![Link::Awaits(format!(
                "shield of {}",
                view.waitable_name(*of)
            ))]
        }
        Some(Source::Unknown) => vec![plain()],
    }
}

/// Which library call a future belongs to, as far as that is known by now or later.
pub fn source<'a>(view: View<'a>, id: FutureId) -> Option<&'a Source> {
    let known = |model: &'a Model| {
        let source = &model.future(id)?.source;
        (*source != Source::Unknown).then_some(source)
    };
    known(view.model).or_else(|| known(view.latest))
}
