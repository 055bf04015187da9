//! Executors as they are drawn: their workers, and the work items that wait.

use super::names::{Hue, View};
use super::threads::{Activity, LIMIT, ThreadRow, progress, row};
use crate::sim::event::{JobId, PoolId};
use crate::trace::model::{JobState, Pool, Worker};

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
    /// What a worker is: a thread or a process.
    pub kind: &'static str,
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
    /// Who submitted it, if a task did.
    pub of: Option<String>,
    /// Its hue.
    pub hue: Hue,
    /// How far it is through a wait of known length, in per mille.
    pub done: Option<u32>,
}

/// Draws the pools.
pub fn pools(view: View) -> Vec<PoolPicture> {
    let pools = view.model.pools.values();
    pools.map(|pool| pool_picture(view, pool)).collect()
}

fn pool_picture(view: View, pool: &Pool) -> PoolPicture {
    let started = pool.workers.len() as u32;
    let size = pool.max_workers.unwrap_or(started);
    let workers: Vec<ThreadRow> = pool
        .workers
        .iter()
        .take(LIMIT)
        .map(|worker| worker_row(view, worker))
        .collect();
    let unstarted = match pool.shut {
        Some(_) => 0,
        None => size.saturating_sub(started).min(LIMIT as u32),
    };
    PoolPicture {
        id: pool.id,
        name: pool.name.to_string(),
        summary: summary(pool, size, &workers),
        workers,
        unstarted,
        kind: worker_kind(&pool.name),
        backlog: pool
            .backlog
            .iter()
            .take(LIMIT)
            .map(|&job| job_card(view, job))
            .collect(),
        more: pool.backlog.len().saturating_sub(LIMIT),
    }
}

/// What the workers of a pool are, by its name: one of processes is named as they are, after their class.
pub fn worker_kind(pool: &str) -> &'static str {
    match pool.ends_with("Process") {
        true => "process",
        false => "thread",
    }
}

fn summary(pool: &Pool, size: u32, workers: &[ThreadRow]) -> String {
    let ended = workers.iter().all(|row| row.activity == Activity::Ended);
    let counts = format!(
        "{} of {size} busy · {} queued",
        pool.busy(),
        pool.backlog.len()
    );
    match pool.shut {
        Some(_) if ended => "shut down".to_owned(),
        Some(_) => format!("{counts} · shutting down"),
        None => counts,
    }
}

fn worker_row(view: View, worker: &Worker) -> ThreadRow {
    let mut row = match view.model.thread(worker.thread) {
        Some(thread) => row(view, thread),
        None => ThreadRow::starting(worker.thread),
    };
    row.name = view.texts.get(worker.name).to_owned();
    row.job = worker.job.map(|job| job_card(view, job));
    row.reuse = reuse(worker);
    match &row.job {
        Some(job) => row.hue = job.hue,
        None if row.activity == Activity::Blocked => {
            row.word = "idle";
            row.detail = "waits for work".to_owned();
        }
        None => {}
    }
    row
}

/// A worker is used again and again: which of its work items this is.
fn reuse(worker: &Worker) -> Option<String> {
    match (worker.job, worker.finished) {
        (_, 0) => None,
        (Some(_), finished) => Some(format!("job {} of this worker", finished + 1)),
        (None, 1) => Some("1 job done".to_owned()),
        (None, finished) => Some(format!("{finished} jobs done")),
    }
}

/// Draws a work item.
pub fn job_card(view: View, job: JobId) -> JobCard {
    let known = view.model.job(job);
    let thread = known.and_then(|job| match job.state {
        JobState::Running { thread } => view.model.thread(thread),
        _ => None,
    });
    JobCard {
        id: job,
        label: view.job_name(job),
        of: known
            .and_then(|job| job.by)
            .map(|task| view.task_name(task)),
        hue: view.job_hue(job),
        done: thread.and_then(|thread| progress(view, thread)),
    }
}
