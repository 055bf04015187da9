//! Locks of threads that a task kept while it let others run: whoever wants such a lock then blocks the thread, and with
//! it the task that could let go.

use super::{Diagnosis, Fault, Run, Severity};
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

pub(super) fn find(run: &Run) -> Vec<Diagnosis> {
    let mut held: BTreeMap<LockId, Hold> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, event) in run.events() {
        match event.kind {
            Kind::LockAcquire { lock, class } if is_of_threads(run.view.texts.get(class)) => {
                held.extend(hold(index, &event).map(|hold| (lock, hold)));
            }
            Kind::LockRelease { lock, .. } => found.extend(held.remove(&lock)),
            Kind::LockWait { lock, .. } => {
                if let Some(hold) = held.get_mut(&lock)
                    && hold.thread == event.thread
                    && hold.suspended.is_some()
                {
                    hold.blocked.get_or_insert(index);
                }
            }
            Kind::StepEnd { task } => {
                for hold in held.values_mut().filter(|hold| hold.task == task) {
                    hold.suspended.get_or_insert(index);
                }
            }
            // What a task leaves behind locked when it ends is another matter.
            Kind::TaskDone { task, .. } => {
                let (ended, others) = held.into_iter().partition(|(_, hold)| hold.task == task);
                let ended: BTreeMap<LockId, Hold> = ended;
                found.extend(ended.into_values());
                held = others;
            }
            _ => {}
        }
    }
    found.extend(held.into_values());
    let over_awaits = found.iter().filter(|hold| hold.suspended.is_some());
    over_awaits.map(|hold| told(run, hold)).collect()
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
