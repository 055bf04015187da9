//! Threads, pools and memory as they are drawn.

use std::collections::BTreeSet;

use super::names::{Hue, View, bytes, seconds};
use crate::sim::event::{JobId, PoolId};
use crate::sim::memory::{DEFAULT_STACK, TASK, TOUCHED};
use crate::trace::model::{Block, Blocker, Job, Pool, Stack, Thread, ThreadState, Worker};

/// Rows and cards beyond this number are only counted.
const LIMIT: usize = 240;
/// The stack of a thread where nothing else is known.
const USUAL_STACK: Stack = Stack {
    reserved: DEFAULT_STACK,
    touched: TOUCHED,
};

/// Threads, drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadList {
    /// One row for each.
    pub rows: Vec<ThreadRow>,
    /// How many are left out.
    pub more: usize,
}

/// A thread, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadRow {
    /// Its number.
    pub id: u16,
    /// Its name.
    pub name: String,
    /// Its hue.
    pub hue: Hue,
    /// What it is doing.
    pub activity: Activity,
    /// What it has of the computer: the GIL, a core.
    pub badge: Option<String>,
    /// What it is doing, in words.
    pub detail: String,
    /// What it runs, if it is the worker of a pool.
    pub job: Option<JobCard>,
}

/// What a thread is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// It holds the GIL.
    Running,
    /// It waits for the GIL.
    Runnable,
    /// It waits for something else.
    Blocked,
    /// It is over.
    Ended,
}

/// A pool, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolPicture {
    /// The pool.
    pub id: PoolId,
    /// Its name.
    pub name: String,
    /// How many workers it has or may have, and how many of them are busy, in words.
    pub summary: String,
    /// Its worker threads.
    pub workers: Vec<ThreadRow>,
    /// How many workers it may still start.
    pub unstarted: u32,
    /// Work items that wait, in order.
    pub backlog: Vec<JobCard>,
    /// How many more wait.
    pub more: usize,
}

/// A work item, drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobCard {
    /// The work item.
    pub id: JobId,
    /// What it does.
    pub label: String,
    /// Its hue.
    pub hue: Hue,
    /// How far it is through a wait of known length, in per mille.
    pub done: Option<u32>,
}

/// What threads and coroutines cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryPicture {
    /// The stacks' share of the address space, in per mille.
    pub share: u32,
    /// The size of that space.
    pub space: String,
    /// About the threads.
    pub threads: String,
    /// About the coroutines.
    pub coroutines: String,
}

/// Draws the threads that are not workers of a pool. Ended ones stay, unless there are too many.
pub fn threads(view: View) -> ThreadList {
    let pools = view.model.pools.values();
    let workers: BTreeSet<u16> = pools
        .flat_map(|pool| pool.workers.iter().map(|worker| worker.thread))
        .collect();
    let others = || {
        let threads = view.model.threads.values();
        threads.filter(|thread| !workers.contains(&thread.id))
    };
    let total = others().count();
    let rows: Vec<ThreadRow> = others()
        .filter(|thread| total <= LIMIT || !thread.ended())
        .take(LIMIT)
        .map(|thread| row(view, thread))
        .collect();
    let more = total - rows.len();
    ThreadList { rows, more }
}

/// Draws the pools.
pub fn pools(view: View) -> Vec<PoolPicture> {
    view.model
        .pools
        .values()
        .map(|pool| pool_picture(view, pool))
        .collect()
}

/// Draws the memory account in an address space of so many bytes.
pub fn memory(view: View, space: u64) -> MemoryPicture {
    let threads = view.model.threads.values().filter(|thread| !thread.ended());
    let (count, stacks) = threads.fold((0, Stack::default()), |(count, sum), thread| {
        let stack = match thread.stack.reserved {
            // The main thread's, and those of traces that do not tell them.
            0 => USUAL_STACK,
            _ => thread.stack,
        };
        let sum = Stack {
            reserved: sum.reserved.saturating_add(stack.reserved),
            touched: sum.touched.saturating_add(stack.touched),
        };
        (count + 1, sum)
    });
    let tasks = view.model.tasks.values().filter(|task| !task.done());
    let tasks = tasks.count() as u64;
    let share = u128::from(stacks.reserved) * 1000 / u128::from(space.max(1));
    MemoryPicture {
        share: share.min(1000) as u32,
        space: bytes(space),
        threads: format!(
            "{}: {} reserved, {} touched",
            counted(count, "thread"),
            bytes(stacks.reserved),
            bytes(stacks.touched)
        ),
        coroutines: format!(
            "{} ≈ {}",
            counted(tasks as u32, "coroutine"),
            bytes(tasks * TASK)
        ),
    }
}

fn counted(number: u32, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

fn row(view: View, thread: &Thread) -> ThreadRow {
    ThreadRow {
        id: thread.id,
        name: view.thread_name(thread.id),
        hue: view.thread_hue(thread.id),
        activity: activity(view, thread),
        badge: badge(view, thread),
        detail: detail(view, thread),
        job: thread.job.map(|job| job_card(view, job)),
    }
}

/// Where computing takes time, who holds a GIL and who runs on which core is told; else the baton is the GIL.
fn badge(view: View, thread: &Thread) -> Option<String> {
    let processor = &view.model.processor;
    let core = processor.core_of(thread.id);
    let told = !processor.cores.is_empty();
    let holds = match told {
        true => processor.holders.contains(&thread.id),
        false => view.holds_baton(thread.id),
    };
    match (holds, core) {
        (true, None) => Some("holds the GIL".to_owned()),
        (true, Some(core)) => Some(format!("GIL · core {}", core + 1)),
        (false, Some(core)) => Some(format!("core {}", core + 1)),
        (false, None) => None,
    }
}

fn activity(view: View, thread: &Thread) -> Activity {
    match thread.state {
        ThreadState::Running if view.model.processor.core_of(thread.id).is_some() => {
            Activity::Running
        }
        ThreadState::Running if view.holds_baton(thread.id) => Activity::Running,
        ThreadState::Running | ThreadState::Runnable => Activity::Runnable,
        ThreadState::Blocked(_) => Activity::Blocked,
        ThreadState::Ended => Activity::Ended,
    }
}

fn detail(view: View, thread: &Thread) -> String {
    match thread.state {
        ThreadState::Running => running(view, thread),
        ThreadState::Runnable => "could go on, waits for the GIL".to_owned(),
        ThreadState::Blocked(block) => blocked(view, block),
        ThreadState::Ended => "ended".to_owned(),
    }
}

fn running(view: View, thread: &Thread) -> String {
    match (thread.task(), thread.running_loop) {
        (Some(task), _) => format!("runs {}", view.task_name(task)),
        (None, Some(_)) => "runs the event loop".to_owned(),
        (None, None) if thread.line > 0 => format!("runs line {}", thread.line),
        (None, None) => "runs".to_owned(),
    }
}

fn blocked(view: View, block: Block) -> String {
    let what = match block.on {
        Blocker::Sleep(secs) => format!("in time.sleep({})", secs.0),
        Blocker::Selector => "waits in select".to_owned(),
        Blocker::Named(text) => format!("waits for {}", view.texts.get(text)),
        Blocker::Unknown => "waits".to_owned(),
    };
    match block.until {
        Some(until) => format!("{what} until {}", seconds(until)),
        None => what,
    }
}

fn pool_picture(view: View, pool: &Pool) -> PoolPicture {
    let started = pool.workers.len() as u32;
    let size = pool.max_workers.unwrap_or(started);
    let waiting = pool.backlog.len();
    PoolPicture {
        id: pool.id,
        name: pool.name.to_string(),
        summary: format!("{} of {size} busy · {waiting} queued", pool.busy()),
        workers: pool
            .workers
            .iter()
            .take(LIMIT)
            .map(|worker| worker_row(view, worker))
            .collect(),
        unstarted: size.saturating_sub(started).min(LIMIT as u32),
        backlog: pool
            .backlog
            .iter()
            .take(LIMIT)
            .map(|&job| job_card(view, job))
            .collect(),
        more: waiting.saturating_sub(LIMIT),
    }
}

fn worker_row(view: View, worker: &Worker) -> ThreadRow {
    let known = view.model.thread(worker.thread);
    let mut row = match known {
        Some(thread) => row(view, thread),
        None => ThreadRow {
            id: worker.thread,
            name: String::new(),
            hue: 0,
            activity: Activity::Runnable,
            badge: None,
            detail: "starting".to_owned(),
            job: None,
        },
    };
    row.name = view.texts.get(worker.name).to_owned();
    row.job = worker.job.map(|job| job_card(view, job));
    match &row.job {
        Some(job) => row.hue = job.hue,
        None if row.activity == Activity::Blocked => row.detail = "idle".to_owned(),
        None => {}
    }
    row
}

fn job_card(view: View, job: JobId) -> JobCard {
    JobCard {
        id: job,
        label: view.job_name(job),
        hue: view.job_hue(job),
        done: view.model.job(job).and_then(|job| done(view, job)),
    }
}

/// How far a work item is through the wait that its thread is in.
fn done(view: View, job: &Job) -> Option<u32> {
    let crate::trace::model::JobState::Running { thread } = job.state else {
        return None;
    };
    let thread = view.model.thread(thread)?;
    let ThreadState::Blocked(Block {
        until: Some(until), ..
    }) = thread.state
    else {
        return None;
    };
    let from = thread.since.at.ns;
    let whole = until.ns.saturating_sub(from).max(1);
    let past = view.model.now.ns.saturating_sub(from);
    Some((past.saturating_mul(1000) / whole).min(1000) as u32)
}
