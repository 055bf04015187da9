//! Coroutines never awaited, tasks that nothing keeps, exceptions that nobody looked at.

use super::{Diagnosis, Fault, Finder, Run, Severity};
use crate::scene::explain::shortened;
use crate::sim::event::{Event, Kind, Outcome, TaskId, Text, Waitable};
use crate::trace::model::{Stamp, Task, TaskState};
use std::collections::{BTreeMap, BTreeSet};

/// Finds what went away.
#[derive(Default)]
pub(super) struct Losses {
    found: Vec<Diagnosis>,
    destroyed: BTreeSet<TaskId>,
    /// The first callback of each task.
    attached: BTreeMap<TaskId, u32>,
}

impl Finder for Losses {
    fn take(&mut self, run: &Run, index: u32, event: &Event) {
        let found = &mut self.found;
        match event.kind {
            Kind::CoroutineLost { coro, made } => {
                found.push(never_awaited(run, coro, made, index));
            }
            Kind::TaskLost { task } => {
                self.destroyed.insert(task);
                found.extend(task_destroyed(run, task, index));
            }
            Kind::AddCallback {
                to: Waitable::Task(task),
                ..
            } => {
                self.attached.entry(task).or_insert(index);
            }
            Kind::ExceptionLost { of } => found.extend(not_retrieved(run, of, index)),
            _ => {}
        }
    }

    fn found(mut self: Box<Self>, run: &Run) -> Vec<Diagnosis> {
        let tasks = run.view.model.tasks.values();
        let unkept = tasks.filter(|task| !self.destroyed.contains(&task.id));
        let unkept = unkept.filter_map(|task| not_kept(run, task, self.attached.get(&task.id)));
        self.found.extend(unkept);
        self.found
    }
}

fn never_awaited(run: &Run, coro: Text, made: u32, event: u32) -> Diagnosis {
    let line = if made > 0 { made } else { run.line(event) };
    let fault = Fault::CoroutineNeverAwaited;
    let mut remark = Diagnosis::new(fault, Severity::Error, line, event);
    let call = format!("{}()", run.view.texts.get(coro));
    remark
        .sentence
        .say("Calling ")
        .code(call)
        .say(" only makes a coroutine. It ")
        .link("went away", event)
        .say(" without being awaited, so none of it ran. Write ")
        .code("await")
        .say(" before the call, or make a task of it.");
    remark
}

fn task_destroyed(run: &Run, id: TaskId, event: u32) -> Option<Diagnosis> {
    let made = run.task(id)?.made.event;
    let line = run.line(made);
    let mut remark = Diagnosis::new(Fault::TaskDestroyed, Severity::Error, line, event);
    remark
        .sentence
        .task(id, run.task_name(id))
        .say(" was ")
        .link("made here", made)
        .say(" and ")
        .link("destroyed", event)
        .say(" before it was done, because nothing referred to it: the rest of it never ran. Keep a reference to a task until it is done.");
    Some(remark.related([made]))
}

fn not_retrieved(run: &Run, of: Waitable, event: u32) -> Option<Diagnosis> {
    let (made, done): (Stamp, Stamp) = match of {
        Waitable::Task(id) => run.task(id).map(|task| (task.made, task.since))?,
        Waitable::Future(id) => {
            let future = run.view.model.future(id)?;
            (future.made, future.done?.0)
        }
        Waitable::Job(_) => return None,
    };
    let raised = match run.view.model.outcome(of)? {
        Outcome::Exception(text) => run.view.texts.get(text),
        _ => return None,
    };
    // These end the program on another way, through the loop.
    if raised.starts_with("SystemExit(") || raised.starts_with("KeyboardInterrupt(") {
        return None;
    }
    let fault = Fault::ExceptionNotRetrieved;
    let mut remark = Diagnosis::new(fault, Severity::Error, run.line(made.event), event);
    let sentence = &mut remark.sentence;
    match of {
        Waitable::Task(id) => sentence.task(id, run.task_name(id)),
        of => sentence.say(run.view.waitable_name(of)),
    };
    sentence
        .say(" ")
        .link("ended", done.event)
        .say(" with ")
        .code(shortened(raised))
        .say(", and nobody asked for its outcome until it ")
        .link("went away", event)
        .say(". Await it somewhere, or look at ")
        .code("exception()")
        .say(" in a done callback.");
    Some(remark.related([made.event, done.event]))
}

/// The statement that made the task drops it, and nobody waited for it (its first callback, if there is one) before it
/// was cancelled at the end of everything.
fn not_kept(run: &Run, task: &Task, attached: Option<&u32>) -> Option<Diagnosis> {
    let line = run.line(task.made.event);
    let cancelled = task.cancelled_by.map_or(u32::MAX, |(stamp, _)| stamp.event);
    // What has no name never came into being: it was refused.
    if task.name.is_none()
        || !run.sites.drops_task(line)
        || attached.is_some_and(|&event| event < cancelled)
    {
        return None;
    }
    let (made, ended) = (task.made.event, task.since.event);
    let mut remark = Diagnosis::new(Fault::TaskNotKept, Severity::Risk, line, made);
    let sentence = &mut remark.sentence;
    sentence
        .say("Nothing keeps ")
        .task(task.id, run.task_name(task.id))
        .say(", and nobody waits for it");
    match task.state {
        TaskState::Done {
            outcome: Outcome::Cancelled,
        } => sentence
            .say(": here it was ")
            .link("cancelled", ended)
            .say(" before it was done."),
        TaskState::Done { .. } => sentence
            .say(". Here it was ")
            .link("done in time", ended)
            .say(", but it could be destroyed or cut short before that."),
        _ => sentence.say(": it was not done when the program ended."),
    };
    sentence
        .say(" Keep a reference and await it, or use a ")
        .code("TaskGroup")
        .say(".");
    Some(remark.related([ended]))
}
