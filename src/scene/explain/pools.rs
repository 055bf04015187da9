//! Executors explained.

use super::super::names::elapsed;
use super::super::pools::worker_kind;
use super::{Teller, counted};
use crate::sim::event::{JobId, Kind, PoolId, Text};
use crate::trace::model::{Job, JobState, Stamp};

impl Teller<'_> {
    pub(super) fn tell_pool(&mut self) {
        match self.event.kind {
            Kind::PoolNew { name, workers, .. } => {
                let name = self.words(name);
                let kind = format!("worker {}", worker_kind(name));
                self.actor().say(" makes the executor ").code(name);
                self.say(format!(
                    ", which may have up to {}. It starts them only when there is work.",
                    counted(workers as usize, &kind)
                ));
            }
            Kind::PoolShutdown { pool } => self.shutdown(pool),
            Kind::JobSubmit { job, .. } => self.submit(job),
            Kind::JobStart { job, worker } => self.job_start(job, worker),
            Kind::JobFinish { job, .. } => self.job_finish(job),
            _ => {}
        }
    }

    pub(super) fn job_name(&self, id: JobId) -> String {
        let named = |job: &Job| job.function.map(|function| self.called(function));
        let (now, latest) = (self.model().job(id), self.view.latest.job(id));
        now.and_then(named)
            .or_else(|| latest.and_then(named))
            .unwrap_or_else(|| format!("work item {id}"))
    }

    fn shutdown(&mut self, id: PoolId) {
        let pool = self.model().pool(id);
        let queued = pool.map_or(0, |pool| pool.backlog.len());
        self.say("The executor takes no more work. ");
        match (queued, pool.map_or(0, |pool| pool.busy())) {
            (0, 0) => self.say("Its workers will end."),
            (0, busy) => self.say(format!(
                "Its workers will end when {} done.",
                are(busy, "running work item")
            )),
            (queued, _) => self.say(format!(
                "Its workers will end when {} done as well.",
                are(queued, "queued work item")
            )),
        };
    }

    fn submit(&mut self, id: JobId) {
        let name = self.job_name(id);
        let job = self.model().job(id);
        let queued = |job: &Job| matches!(job.state, JobState::Queued | JobState::Skipped);
        // A worker may have begun before whoever submits comes back from that.
        self.actor().say(match job.is_none_or(queued) {
            true => " hands ",
            false => " has handed ",
        });
        self.code(name).say(" to the executor");
        let Some(job) = job else {
            self.say(".");
            return;
        };
        match job.state {
            JobState::Running { thread } => {
                let (worker, started) = (self.view.thread_name(thread), job.started);
                self.say(format!("; {worker} "))
                    .cause("has begun it", started)
                    .say(" already.");
            }
            JobState::Finished { .. } => {
                self.say(", and it ")
                    .cause("is done", job.finished)
                    .say(" already.");
            }
            JobState::Queued | JobState::Skipped => self.queued(job.pool),
        }
    }

    fn queued(&mut self, id: PoolId) {
        let pool = self.model().pool(id);
        let before = pool.map_or(0, |pool| pool.backlog.len().saturating_sub(1));
        let busy = pool.map_or(0, |pool| pool.busy());
        let all_busy = pool.is_some_and(|pool| busy > 0 && busy == pool.workers.len());
        match (all_busy, before) {
            (true, 0) => self.say(format!(". {} busy, so it waits in the backlog.", all(busy))),
            (true, before) => self.say(format!(
                ". {} busy, so it waits in the backlog, {}.",
                all(busy),
                super::behind(before)
            )),
            (false, 0) => self.say(". It is in the backlog until a worker takes it."),
            (false, before) => self.say(format!(
                ". It is in the backlog, {}, until a worker takes it.",
                super::behind(before)
            )),
        };
    }

    fn job_start(&mut self, id: JobId, worker: Text) {
        let (worker, name) = (self.words(worker), self.job_name(id));
        let submitted = self.model().job(id).and_then(|job| job.submitted);
        self.say(format!("Worker {worker} takes ")).code(name);
        match submitted {
            Some(stamp) => {
                self.say(", which ").cause("was submitted", Some(stamp));
                match elapsed(stamp.at(), self.event.at) {
                    Some(time) => self.say(format!(" {time} ago, and runs it.")),
                    None => self.say(", and runs it."),
                };
            }
            None => {
                self.say(" and runs it.");
            }
        }
    }

    fn job_finish(&mut self, id: JobId) {
        let name = self.job_name(id);
        let Some(job) = self.model().job(id) else {
            self.say("A work item is done.");
            return;
        };
        self.code(name).say(" is done");
        if let Some(at) = job.started.map(Stamp::at)
            && let Some(time) = elapsed(at, self.event.at)
        {
            self.say(", ")
                .cause(format!("{time} after it began"), job.started);
        }
        let queued = self
            .model()
            .pool(job.pool)
            .map_or(0, |pool| pool.backlog.len());
        match queued {
            0 => self.say(". Its worker is free again."),
            many => self.say(format!(
                ". Its worker is free for the next of {} in the backlog.",
                counted(many, "work item")
            )),
        };
    }
}

fn all(workers: usize) -> String {
    match workers {
        1 => "The one worker is".to_owned(),
        2 => "Both workers are".to_owned(),
        many => format!("All {many} workers are"),
    }
}

fn are(number: usize, noun: &str) -> String {
    let verb = if number == 1 { "is" } else { "are" };
    format!("{} {verb}", counted(number, noun))
}
