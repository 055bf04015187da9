//! Locks of threads that a task kept while it let others run: whoever wants such a lock then blocks the thread, and with
//! it the task that could let go.

use super::{Diagnosis, Fault, Finder, Run, Severity};
use crate::sim::event::{Event, Kind, LockId, TaskId};
use std::collections::BTreeMap;

/// A lock of threads that a task has.
struct Hold {
    task: TaskId,
    thread: u16,
    acquired: u32,
    /// The step that ended with the lock.
    suspended: Option<u32>,
    /// The wait of another one on the same thread, meanwhile.
    blocked: Option<u32>,
}

/// Finds such locks.
#[derive(Default)]
pub(super) struct ThreadLocks {
    held: BTreeMap<LockId, Hold>,
    /// Those that are held no more.
    over: Vec<Hold>,
}

impl Finder for ThreadLocks {
    fn take(&mut self, run: &Run, index: u32, event: &Event) {
        match event.kind {
            Kind::LockAcquire { lock, class } if is_of_threads(run.view.texts.get(class)) => {
                self.held
                    .extend(hold(index, event).map(|hold| (lock, hold)));
            }
            Kind::LockRelease { lock, .. } => self.over.extend(self.held.remove(&lock)),
            Kind::LockWait { lock, .. } => {
                if let Some(hold) = self.held.get_mut(&lock)
                    && hold.thread == event.thread
                    && hold.suspended.is_some()
                {
                    hold.blocked.get_or_insert(index);
                }
            }
            Kind::StepEnd { task } => {
                for hold in self.held.values_mut().filter(|hold| hold.task == task) {
                    hold.suspended.get_or_insert(index);
                }
            }
            // What a task leaves behind locked when it ends is another matter.
            Kind::TaskDone { task, .. } => {
                let ended = self.held.extract_if(.., |_, hold| hold.task == task);
                self.over.extend(ended.map(|(_, hold)| hold));
            }
            _ => {}
        }
    }

    fn found(self: Box<Self>, run: &Run) -> Vec<Diagnosis> {
        let all = self.over.iter().chain(self.held.values());
        let over_awaits = all.filter(|hold| hold.suspended.is_some());
        over_awaits.map(|hold| told(run, hold)).collect()
    }
}

fn is_of_threads(class: &str) -> bool {
    class.starts_with("threading.")
}

fn hold(index: u32, event: &Event) -> Option<Hold> {
    Some(Hold {
        task: event.task?,
        thread: event.thread,
        acquired: index,
        suspended: None,
        blocked: None,
    })
}

fn told(run: &Run, hold: &Hold) -> Diagnosis {
    let (fault, line) = (Fault::ThreadLockOverAwait, run.line(hold.acquired));
    let suspended = hold.suspended.unwrap_or(hold.acquired);
    let severity = match hold.blocked {
        Some(_) => Severity::Error,
        None => Severity::Risk,
    };
    let mut remark = Diagnosis::new(fault, severity, line, hold.blocked.unwrap_or(suspended));
    let sentence = &mut remark.sentence;
    sentence
        .task(hold.task, run.task_name(hold.task))
        .say(" ")
        .link("took", hold.acquired)
        .say(" a lock of threads and had it still when it ")
        .link("gave the thread back", suspended)
        .say(" to the loop");
    match hold.blocked {
        Some(blocked) => sentence
            .say(". Then ")
            .link("somebody else", blocked)
            .say(" on the same thread waited for it: the whole loop stood still, and with it the task that could let go."),
        None => sentence.say(
            ". Another task that wants it then blocks the whole loop, and with it the one that could let go: nothing goes on any more.",
        ),
    };
    sentence
        .say(" Let go before the ")
        .code("await")
        .say(", or use an ")
        .code("asyncio.Lock")
        .say(".");
    remark.related([hold.acquired, suspended].into_iter().chain(hold.blocked))
}
