//! The sentence about a run in which nobody can ever go on: a starved pool, a circle, or everybody.

use super::{Party, Reason, Stuck, circle};
use crate::sim::event::Waitable;
use crate::sim::system::System;
use crate::sim::thread::{State, ThreadIndex, Waiting};

/// Threads that are told one by one; of further ones only the number.
const MOST: usize = 12;

/// The same for the tasks of a loop.
const MOST_TASKS: usize = 3;

impl System<'_> {
    /// The whole as a sentence.
    pub(super) fn tell(&mut self, threads: &[Stuck], tasks: &[Stuck]) -> String {
        if let Some(text) = self.tell_starvation(threads) {
            return text;
        }
        let everybody: Vec<&Stuck> = threads.iter().chain(tasks).collect();
        let circle = circle(&everybody);
        let (begin, parts) = match circle.is_empty() {
            true => {
                let parts = threads.iter().map(|one| self.tell_thread(one, tasks));
                ("everything is blocked for ever".to_owned(), parts.collect())
            }
            false => {
                let parts: Vec<String> = circle.iter().map(|one| self.tell_one(one)).collect();
                (format!("deadlock, {}", form(&circle)), parts)
            }
        };
        format!("{begin}: {}", first_of(parts, MOST, "thread").join("; "))
    }

    /// A thread; one that runs an event loop by the tasks of that.
    fn tell_thread(&mut self, one: &Stuck, tasks: &[Stuck]) -> String {
        let Party::Thread(thread) = one.party else {
            return self.tell_one(one);
        };
        if self.kernel.scheduler.threads[thread].waiting != Some(Waiting::Select) {
            return self.tell_one(one);
        }
        let own = |task: &&Stuck| self.thread_of_party(task.party) == Some(thread);
        let own: Vec<&Stuck> = tasks.iter().filter(own).collect();
        if own.is_empty() {
            return self.tell_one(one);
        }
        let parts = own.into_iter().map(|task| self.tell_one(task)).collect();
        let tasks = first_of(parts, MOST_TASKS, "task").join(", ");
        let who = self.place_of(one);
        format!("{who} runs an event loop that nothing is left to wake: {tasks}")
    }

    /// Who waits, where, and for what.
    fn tell_one(&mut self, one: &Stuck) -> String {
        let why = one.wait.by.first();
        let why = why.map_or_else(String::new, |&(by, reason)| self.why(one, by, reason));
        format!("{} waits for {}{why}", self.place_of(one), one.wait.on)
    }

    /// Who waits, and where.
    fn place_of(&mut self, one: &Stuck) -> String {
        let name = self.name_of(one.party);
        match one.line {
            0 => name,
            line => format!("{name} (line {line})"),
        }
    }

    fn name_of(&mut self, party: Party) -> String {
        match party {
            Party::Thread(thread) => self.thread_name(thread),
            Party::Task(task) => self.task_name(task),
        }
    }

    /// Why what is waited for does not come.
    fn why(&mut self, one: &Stuck, by: Party, reason: Reason) -> String {
        let (name, own) = (self.name_of(by), by == one.party);
        match (reason, by) {
            (Reason::Ends, _) => String::new(),
            (Reason::Holds, _) if own => ", which it holds itself".to_owned(),
            (Reason::Holds, Party::Thread(holder)) if self.has_ended(holder) => {
                format!(", which {name} had when it ended")
            }
            (Reason::Holds, _) => format!(", which {name} has"),
            (Reason::Runs, _) => format!(", which {name} runs"),
            (Reason::Before, Party::Thread(worker)) => {
                let running = self.kernel.running_jobs.get(&worker);
                let running = running.map_or_else(String::new, |&job| self.job_name(job));
                match own {
                    true => format!(", which is queued behind its own {running}"),
                    false => format!(", which is queued behind {running} of {name}"),
                }
            }
            (Reason::Before, Party::Task(_)) => String::new(),
            (Reason::Loops, _) if own => ", which only its own event loop could bring".to_owned(),
            (Reason::Loops, _) => format!(", which the event loop of {name} would have to bring"),
        }
    }

    fn has_ended(&self, thread: ThreadIndex) -> bool {
        let known = self.kernel.scheduler.threads.get(thread);
        known.is_some_and(|known| known.state == State::Ended)
    }

    /// A pool whose workers all wait for work items behind them in its own queue.
    fn tell_starvation(&self, threads: &[Stuck]) -> Option<String> {
        let starved: Vec<u32> = threads.iter().filter_map(queued_behind_itself).collect();
        let pool_of = |job: &u32| self.kernel.open_jobs.get(job).map(|open| open.pool);
        let pool = pool_of(starved.first()?);
        let starved: Vec<u32> = starved
            .into_iter()
            .filter(|job| pool_of(job) == pool)
            .collect();
        let running = self.kernel.running_jobs.values();
        let busy = running.filter(|&job| pool_of(job) == pool).count();
        let workers = match (starved.len(), busy) {
            (1, 1) => {
                "its only free worker waits for a work item that is behind it in its own queue"
                    .to_owned()
            }
            (2, 2) => {
                "both workers wait for work items that are behind them in its own queue".to_owned()
            }
            (many, busy) if many == busy => format!(
                "all {many} workers wait for work items that are behind them in its own queue"
            ),
            (some, busy) => format!(
                "{some} of its {busy} workers wait for work items that are behind them in its own queue"
            ),
        };
        let jobs = starved.iter().map(|&job| self.job_name(job)).collect();
        let jobs = first_of(jobs, MOST, "work item").join(", ");
        Some(format!("a pool starves itself: {workers}: {jobs}"))
    }
}

/// The work item that a worker waits for and stands in the way of.
fn queued_behind_itself(one: &Stuck) -> Option<u32> {
    let Some(Waitable::Job(job)) = one.wait.of else {
        return None;
    };
    let by = one.wait.by.first()?;
    (*by == (one.party, Reason::Before)).then_some(job.0)
}

/// Who waits for whom, in one clause.
fn form(circle: &[&Stuck]) -> String {
    let task = |one: &&Stuck| matches!(one.party, Party::Task(_));
    let tasks = circle.iter().filter(|one| task(one)).count();
    let (one, many) = match tasks {
        0 => ("thread", "threads"),
        tasks if tasks == circle.len() => ("task", "tasks"),
        _ => ("thread", "threads and tasks"),
    };
    match circle.len() {
        1 => format!("a {one} waits for itself"),
        _ => format!("{many} wait for each other in a circle"),
    }
}

/// The first so many of these, and how many more wait.
fn first_of(mut parts: Vec<String>, most: usize, what: &str) -> Vec<String> {
    let more = parts.len().saturating_sub(most);
    parts.truncate(most);
    match more {
        0 => {}
        1 => parts.push(format!("and 1 more {what} waits")),
        more => parts.push(format!("and {more} more {what}s wait")),
    }
    parts
}
