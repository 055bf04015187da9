//! Locks that a task kept while it waited long for something else, and others waited for the lock.

use super::{Diagnosis, Fault, Finder, Run, Severity, listed, span};
use crate::sim::event::{Event, Instant, Kind, LockId, TaskId};
use std::collections::{BTreeMap, BTreeSet};

/// A wait of this many nanoseconds is long.
const LONG: u64 = 1_000_000_000;

/// A lock that a task has.
struct Hold {
    task: TaskId,
    acquired: u32,
    /// Its longest wait meanwhile: how long, and the event where it began.
    longest: (u64, u32),
    /// Who came to wait for the lock meanwhile, or waited already.
    waiters: BTreeSet<TaskId>,
}

/// Finds such locks.
#[derive(Default)]
pub(super) struct Locks {
    found: Vec<Diagnosis>,
    held: BTreeMap<LockId, Hold>,
    held_by: BTreeMap<TaskId, Vec<LockId>>,
    waiting: BTreeMap<LockId, BTreeSet<TaskId>>,
    /// The tasks that are suspended with a lock: since when, and by which event.
    suspended: BTreeMap<TaskId, (Instant, u32)>,
}

impl Finder for Locks {
    fn take(&mut self, run: &Run, index: u32, event: &Event) {
        let kept_long = self.go_on(index, event);
        let told = kept_long.map(|(lock, hold)| told(run, lock, &hold));
        self.found.extend(told);
    }

    fn found(self: Box<Self>, _: &Run) -> Vec<Diagnosis> {
        self.found
    }
}

impl Locks {
    /// Takes in an event; gives the lock that it releases, if others had to wait for it too long.
    fn go_on(&mut self, index: u32, event: &Event) -> Option<(LockId, Hold)> {
        match event.kind {
            Kind::LockWait { lock, .. } => self.wait(lock, event.task?),
            Kind::LockAcquire { lock, .. } => self.acquire(lock, event.task?, index),
            Kind::LockRelease { lock, .. } => return self.release(lock),
            Kind::Await { task, .. } if self.held_by.contains_key(&task) => {
                self.suspended.insert(task, (event.at, index));
            }
            Kind::Step { task, .. } => self.resume(task, event.at),
            _ => {}
        }
        None
    }

    fn wait(&mut self, lock: LockId, task: TaskId) {
        self.waiting.entry(lock).or_default().insert(task);
        if let Some(hold) = self.held.get_mut(&lock) {
            hold.waiters.insert(task);
        }
    }

    fn acquire(&mut self, lock: LockId, task: TaskId, index: u32) {
        let waiting = self.waiting.entry(lock).or_default();
        waiting.remove(&task);
        let hold = Hold {
            task,
            acquired: index,
            longest: (0, index),
            waiters: waiting.clone(),
        };
        self.held.insert(lock, hold);
        self.held_by.entry(task).or_default().push(lock);
    }

    fn release(&mut self, lock: LockId) -> Option<(LockId, Hold)> {
        let hold = self.held.remove(&lock)?;
        if let Some(locks) = self.held_by.get_mut(&hold.task) {
            locks.retain(|&held| held != lock);
            if locks.is_empty() {
                self.held_by.remove(&hold.task);
            }
        }
        let hindered = hold.longest.0 >= LONG && !hold.waiters.is_empty();
        hindered.then_some((lock, hold))
    }

    fn resume(&mut self, task: TaskId, now: Instant) {
        let Some((since, event)) = self.suspended.remove(&task) else {
            return;
        };
        let ns = now.ns.saturating_sub(since.ns);
        for lock in self.held_by.get(&task).into_iter().flatten() {
            if let Some(hold) = self.held.get_mut(lock)
                && hold.longest.0 < ns
            {
                hold.longest = (ns, event);
            }
        }
    }
}

fn told(run: &Run, lock: LockId, hold: &Hold) -> Diagnosis {
    let (ns, awaited) = hold.longest;
    let (fault, line) = (Fault::LockHeldWhileWaiting, run.line(hold.acquired));
    let mut remark = Diagnosis::new(fault, Severity::Hint, line, awaited);
    let waiters: Vec<_> = hold
        .waiters
        .iter()
        .map(|&task| (task, run.task_name(task)))
        .collect();
    let sentence = &mut remark.sentence;
    sentence
        .task(hold.task, run.task_name(hold.task))
        .say(format!(" has lock {lock} since it "))
        .link("took it", hold.acquired)
        .say(" and ")
        .link("waits", awaited)
        .say(format!(" for {} without letting go; ", span(ns)));
    listed(sentence, &waiters);
    sentence.say(if waiters.len() == 1 {
        " has to wait for the lock as long."
    } else {
        " have to wait for the lock as long."
    });
    sentence.say(" Do what takes long before or after the part that needs the lock.");
    remark.related([hold.acquired])
}
