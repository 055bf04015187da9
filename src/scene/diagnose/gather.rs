//! A `gather` that passed over an error.

use super::{Diagnosis, Fault, Finder, Run, Severity};
use crate::scene::explain::shortened;
use crate::sim::event::{Outcome, TaskId, Waitable};
use crate::trace::model::{Future, FutureState, Source, Stamp, TaskState};

/// Finds hidden errors, all at the end.
pub(super) struct Gathers;

impl Finder for Gathers {
    fn found(self: Box<Self>, run: &Run) -> Vec<Diagnosis> {
        let futures = run.view.model.futures.values();
        futures.filter_map(|future| hidden(run, future)).collect()
    }
}

/// A task that failed, and when.
struct Failure {
    task: TaskId,
    error: String,
    at: Stamp,
}

fn hidden(run: &Run, future: &Future) -> Option<Diagnosis> {
    let Source::Gather(children) = &future.source else {
        return None;
    };
    let FutureState::Done { outcome } = future.state else {
        return None;
    };
    let mut failures: Vec<Failure> = children
        .iter()
        .filter_map(|&child| failure(run, child))
        .collect();
    failures.sort_by_key(|failure| failure.at);
    failures.dedup_by_key(|failure| failure.task);
    let line = run.line(future.made.event);
    match outcome {
        Outcome::Exception(_) if failures.len() > 1 => {
            Some(only_the_first(run, future, line, &failures))
        }
        Outcome::Result(_) if !failures.is_empty() && run.sites.drops_results(line) => {
            Some(among_results(run, future, line, &failures))
        }
        _ => None,
    }
}

fn failure(run: &Run, child: Waitable) -> Option<Failure> {
    let Waitable::Task(task) = child else {
        return None;
    };
    let known = run.task(task)?;
    match known.state {
        TaskState::Done {
            outcome: Outcome::Exception(error),
        } => Some(Failure {
            task,
            error: shortened(run.view.texts.get(error)),
            at: known.since,
        }),
        _ => None,
    }
}

fn only_the_first(run: &Run, future: &Future, line: u32, failures: &[Failure]) -> Diagnosis {
    let event = failures.get(1).map_or(0, |second| second.at.event);
    let mut remark = Diagnosis::new(Fault::GatherHidError, Severity::Error, line, event);
    let sentence = &mut remark.sentence;
    if let Some(first) = failures.first() {
        sentence
            .code("gather")
            .say(" passed on only the first error, ")
            .code(first.error.clone())
            .say(" of ")
            .task(first.task, run.task_name(first.task))
            .say(". ");
    }
    tell_hidden(run, &mut remark, failures.get(1..).unwrap_or_default());
    remark
        .sentence
        .say(" A ")
        .code("TaskGroup")
        .say(" cancels the others and raises all errors together.");
    let related = failures.iter().map(|failure| failure.at.event);
    remark.related(related.chain([future.made.event]))
}

fn among_results(run: &Run, future: &Future, line: u32, failures: &[Failure]) -> Diagnosis {
    let event = failures.first().map_or(0, |first| first.at.event);
    let mut remark = Diagnosis::new(Fault::GatherHidError, Severity::Error, line, event);
    tell_hidden(run, &mut remark, failures);
    remark
        .sentence
        .say(" With ")
        .code("return_exceptions=True")
        .say(" errors are among the results, which this line throws away.");
    let related = failures.iter().map(|failure| failure.at.event);
    remark.related(related.chain([future.made.event]))
}

fn tell_hidden(run: &Run, remark: &mut Diagnosis, hidden: &[Failure]) {
    let Some(first) = hidden.first() else { return };
    remark
        .sentence
        .say("Nobody sees that ")
        .task(first.task, run.task_name(first.task))
        .say(" ")
        .link("raised", first.at.event)
        .say(" ")
        .code(first.error.clone())
        .say(match hidden.len() {
            1 => ".".to_owned(),
            2 => ", and 1 other error.".to_owned(),
            many => format!(", and {} other errors.", many - 1),
        });
}
