//! Tasks that were to be cancelled and went on as if nothing had happened.

use super::{Diagnosis, Fault, Finder, Run, Severity};
use crate::scene::explain::shortened;
use crate::sim::event::{Event, Kind, Outcome, TaskId};
use std::collections::BTreeMap;

/// A request to cancel a task, as far as it got.
#[derive(Clone, Copy)]
struct Request {
    /// The event that made it.
    made: u32,
    /// The step that raised `CancelledError` in the task.
    raised: Option<u32>,
    /// The line where the task caught it.
    caught: u32,
}

/// Finds requests that were swallowed.
#[derive(Default)]
pub(super) struct Cancellations {
    open: BTreeMap<TaskId, Request>,
    found: Vec<Diagnosis>,
}

impl Finder for Cancellations {
    fn take(&mut self, run: &Run, index: u32, event: &Event) {
        let open = &mut self.open;
        match event.kind {
            Kind::TaskCancel { task } => {
                open.entry(task).or_insert(Request {
                    made: index,
                    raised: None,
                    caught: 0,
                });
            }
            Kind::TaskUncancel { task } => {
                open.remove(&task);
            }
            Kind::Step {
                task,
                exc: Some(exc),
            } if run.view.texts.get(exc).starts_with("CancelledError") => {
                if let Some(request) = open.get_mut(&task) {
                    request.raised.get_or_insert(index);
                }
            }
            Kind::Line { .. } => {
                if let Some(request) = event.task.and_then(|task| open.get_mut(&task))
                    && request.raised.is_some()
                    && request.caught == 0
                {
                    request.caught = event.line;
                }
            }
            Kind::TaskDone { task, outcome, .. } => {
                if let (Some(request), Outcome::Result(value)) = (open.remove(&task), outcome)
                    && let Some(raised) = request.raised
                {
                    let value = shortened(run.view.texts.get(value));
                    let swallowed = swallowed(run, task, request, [raised, index], value);
                    self.found.push(swallowed);
                }
            }
            _ => {}
        }
    }

    fn found(self: Box<Self>, _: &Run) -> Vec<Diagnosis> {
        self.found
    }
}

fn swallowed(
    run: &Run,
    task: TaskId,
    request: Request,
    [raised, done]: [u32; 2],
    value: String,
) -> Diagnosis {
    let fault = Fault::CancellationSwallowed;
    let mut remark = Diagnosis::new(fault, Severity::Risk, request.caught, raised);
    remark
        .sentence
        .task(task, run.task_name(task))
        .say(" was ")
        .link("asked to cancel", request.made)
        .say(" and caught the ")
        .code("CancelledError")
        .say(", but ")
        .link("returned", done)
        .say(" ")
        .code(value)
        .say(" instead of letting it pass: whoever cancelled it takes it for done in the ordinary way. After tidying up, ")
        .code("raise")
        .say(" it again.");
    remark.related([request.made, done])
}
