//! Executors: worker threads, the work item that each one runs, and the backlog.

use std::collections::VecDeque;
use std::rc::Rc;

use super::{Model, Stamp};
use crate::sim::event::{Event, FutureId, JobId, Kind, PoolId, TaskId, Text, Texts};

/// An executor.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Its number.
    pub id: PoolId,
    /// The prefix of its workers' names; empty when no trace event has told it yet.
    pub name: Rc<str>,
    /// The most worker threads that it may have, if the trace says so.
    pub max_workers: Option<u32>,
    /// Its worker threads so far, in the order in which they were first seen.
    pub workers: Vec<Worker>,
    /// Work items that wait for a worker, first in first out.
    pub backlog: Rc<VecDeque<JobId>>,
    /// When `shutdown` was called.
    pub shut: Option<Stamp>,
}

/// A worker thread of an executor.
#[derive(Clone, Debug, PartialEq)]
pub struct Worker {
    /// Number of its thread.
    pub thread: u16,
    /// Its name.
    pub name: Text,
    /// The work item that it runs.
    pub job: Option<JobId>,
    /// How many it has finished.
    pub finished: u32,
}

/// A work item.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its number.
    pub id: JobId,
    /// What it calls, or the name of its function; a worker may begin before the trace tells it.
    pub function: Option<Text>,
    /// Its executor.
    pub pool: PoolId,
    /// What becomes of it.
    pub state: JobState,
    /// The task that submitted it.
    pub by: Option<TaskId>,
    /// The thread that submitted it.
    pub from: Option<u16>,
    /// When `submit` returned.
    pub submitted: Option<Stamp>,
    /// When a worker began it.
    pub started: Option<Stamp>,
    /// When it ended.
    pub finished: Option<Stamp>,
    /// The asyncio future that hands its result to a loop.
    pub future: Option<FutureId>,
}

/// What becomes of a work item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum JobState {
    /// In the backlog.
    Queued,
    /// Being run by this thread.
    Running {
        /// Number of the worker's thread.
        thread: u16,
    },
    /// Over, in this state as `concurrent.futures` names it.
    Finished {
        /// `FINISHED`, or another name.
        state: Text,
    },
    /// A later item was begun first: this one was cancelled while it was queued.
    Skipped,
}

impl Pool {
    fn new(id: PoolId) -> Self {
        Self {
            id,
            name: "".into(),
            max_workers: None,
            workers: Vec::new(),
            backlog: Rc::default(),
            shut: None,
        }
    }

    /// How many workers run a work item.
    pub fn busy(&self) -> usize {
        self.workers
            .iter()
            .filter(|worker| worker.job.is_some())
            .count()
    }

    fn worker_mut(&mut self, thread: u16, name: Text) -> Option<&mut Worker> {
        let known = self
            .workers
            .iter()
            .position(|worker| worker.thread == thread);
        let slot = known.unwrap_or_else(|| {
            self.workers.push(Worker {
                thread,
                name,
                job: None,
                finished: 0,
            });
            self.workers.len() - 1
        });
        self.workers.get_mut(slot)
    }
}

/// What is common to the names of a pool's workers: `asyncio` of `asyncio_0`.
pub fn pool_name(worker: &str) -> &str {
    worker.rsplit_once('_').map_or(worker, |(name, _)| name)
}

impl Model {
    fn pool_mut(&mut self, id: PoolId) -> Option<&mut Pool> {
        self.pools.entry(id.0, || Pool::new(id))
    }

    fn job_mut(&mut self, id: JobId, pool: PoolId) -> Option<&mut Job> {
        self.jobs.entry(id.0, || Job {
            id,
            function: None,
            pool,
            state: JobState::Queued,
            by: None,
            from: None,
            submitted: None,
            started: None,
            finished: None,
            future: None,
        })
    }

    pub(super) fn apply_pool(&mut self, event: &Event, stamp: Stamp, texts: &Texts) {
        match event.kind {
            Kind::PoolNew {
                pool,
                name,
                workers,
            } => {
                if let Some(pool) = self.pool_mut(pool) {
                    pool.name = texts.get(name).into();
                    pool.max_workers = Some(workers);
                }
            }
            Kind::PoolShutdown { pool } => {
                if let Some(pool) = self.pool_mut(pool) {
                    pool.shut.get_or_insert(stamp);
                }
            }
            Kind::JobSubmit {
                job,
                function,
                pool,
                call,
            } => self.submit(job, call.unwrap_or(function), pool, event, stamp),
            Kind::JobStart { job, worker } => self.start_job(job, worker, event, stamp, texts),
            Kind::JobFinish { job, state } => self.finish_job(job, state, event, stamp),
            _ => {}
        }
    }

    /// A work item was handed in. A worker may already have begun it, or even ended it.
    fn submit(&mut self, id: JobId, function: Text, pool: PoolId, event: &Event, stamp: Stamp) {
        let thread = self.threads.get(event.thread.into());
        let by = event.task.or_else(|| thread?.task());
        let Some(job) = self.job_mut(id, pool) else {
            return;
        };
        job.function = Some(function);
        job.by = by;
        job.from = Some(event.thread);
        job.submitted = Some(stamp);
        let queued = job.state == JobState::Queued;
        if let Some(pool) = self.pool_mut(pool)
            && queued
        {
            Rc::make_mut(&mut pool.backlog).push_back(id);
        }
        self.expect_future_of(id, event, stamp);
    }

    fn start_job(&mut self, id: JobId, worker: Text, event: &Event, stamp: Stamp, texts: &Texts) {
        let pool = match self.jobs.get(id.0) {
            Some(job) => job.pool,
            None => self.pool_of_worker(texts.get(worker)),
        };
        if let Some(job) = self.job_mut(id, pool) {
            job.state = JobState::Running {
                thread: event.thread,
            };
            job.started = Some(stamp);
        }
        let mut skipped = Vec::new();
        if let Some(pool) = self.pool_mut(pool) {
            if pool.name.is_empty() {
                pool.name = pool_name(texts.get(worker)).into();
            }
            if let Some(worker) = pool.worker_mut(event.thread, worker) {
                worker.job = Some(id);
            }
            if pool.backlog.contains(&id) {
                let backlog = Rc::make_mut(&mut pool.backlog);
                let next = || backlog.pop_front().filter(|&next| next != id);
                skipped.extend(std::iter::from_fn(next));
            }
        }
        for id in skipped {
            if let Some(job) = self.jobs.get_mut(id.0) {
                job.state = JobState::Skipped;
            }
        }
        if let Some(thread) = self.thread_mut(event.thread, stamp) {
            thread.job = Some(id);
        }
    }

    fn finish_job(&mut self, id: JobId, state: Text, event: &Event, stamp: Stamp) {
        // The end of what another process runs is told by the process that gets the result.
        let runner = match self.jobs.get(id.0).map(|job| job.state) {
            Some(JobState::Running { thread }) => thread,
            _ => event.thread,
        };
        if let Some(thread) = self.thread_mut(runner, stamp) {
            thread.job = None;
        }
        let Some(job) = self.jobs.get_mut(id.0) else {
            return;
        };
        job.state = JobState::Finished { state };
        job.finished = Some(stamp);
        if let Some(pool) = self.pools.get_mut(job.pool.0) {
            for worker in &mut pool.workers {
                if worker.job == Some(id) {
                    worker.job = None;
                    worker.finished += 1;
                }
            }
        }
    }

    /// The executor to which a worker belongs by its name; the next free number if it is the first of its executor.
    fn pool_of_worker(&self, worker: &str) -> PoolId {
        let name = pool_name(worker);
        let known = self.pools.values().find(|pool| &*pool.name == name);
        known.map_or_else(
            || PoolId(1 + self.pools.iter().last().map_or(0, |(last, _)| last)),
            |pool| pool.id,
        )
    }
}
