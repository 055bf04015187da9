//! Where stepping stops: for each granularity the positions in a recording, found without looking at the events between.

use super::Table;
use crate::sim::event::{Event, Kind, TaskId, Texts, Waitable};

/// What one step goes over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Granularity {
    /// To the next event of any kind but `line`.
    #[default]
    Event,
    /// To the next callback that a loop begins to run.
    Handle,
    /// To the next iteration of a loop.
    Iteration,
    /// To the next source line; in a recording without lines, to the next event.
    Line,
    /// To the end of the next line of output.
    Output,
    /// To the next event that this task does or that happens to it.
    FollowTask(TaskId),
}

/// Positions by granularity. A position is a number of events: position 0 is before the first event, and a step
/// stops right behind the event that it goes to.
#[derive(Clone, Debug, Default)]
pub struct Stops {
    len: u32,
    events: Vec<u32>,
    handles: Vec<u32>,
    iterations: Vec<u32>,
    lines: Vec<u32>,
    output: Vec<u32>,
    tasks: Table<Vec<u32>>,
}

impl Stops {
    /// Takes in the next event.
    pub fn push(&mut self, event: &Event, texts: &Texts) {
        self.len += 1;
        let here = self.len;
        if matches!(event.kind, Kind::Line { .. }) {
            self.lines.push(here);
            return;
        }
        self.events.push(here);
        match event.kind {
            Kind::Run { .. } => self.handles.push(here),
            Kind::LoopIteration { .. } => self.iterations.push(here),
            Kind::Print { text, .. } if texts.get(text).contains('\n') => self.output.push(here),
            _ => {}
        }
        let (about, other) = tasks_of(&event.kind);
        for task in [event.task, about, other].into_iter().flatten() {
            if let Some(stops) = self.tasks.entry(task.0, Vec::new)
                && stops.last() != Some(&here)
            {
                stops.push(here);
            }
        }
    }

    /// The first stop behind `position`; the end if there is none.
    pub fn next(&self, granularity: Granularity, position: usize) -> usize {
        let stops = self.of(granularity);
        let index = stops.partition_point(|&stop| stop as usize <= position);
        stops
            .get(index)
            .map_or(self.len as usize, |&stop| stop as usize)
    }

    /// The last stop before `position`; the start if there is none.
    pub fn previous(&self, granularity: Granularity, position: usize) -> usize {
        let stops = self.of(granularity);
        let index = stops.partition_point(|&stop| (stop as usize) < position);
        let last = index.checked_sub(1).and_then(|last| stops.get(last));
        last.map_or(0, |&stop| stop as usize)
    }

    /// Every stop of a granularity, in order.
    pub fn of(&self, granularity: Granularity) -> &[u32] {
        match granularity {
            Granularity::Event => &self.events,
            Granularity::Handle => &self.handles,
            Granularity::Iteration => &self.iterations,
            Granularity::Line if self.lines.is_empty() => &self.events,
            Granularity::Line => &self.lines,
            Granularity::Output => &self.output,
            Granularity::FollowTask(task) => self.tasks.get(task.0).map_or(&[], Vec::as_slice),
        }
    }
}

/// The tasks that an event is about.
fn tasks_of(kind: &Kind) -> (Option<TaskId>, Option<TaskId>) {
    let awaited = |on| match on {
        Waitable::Task(task) => Some(task),
        Waitable::Future(_) | Waitable::Job(_) => None,
    };
    match *kind {
        Kind::TaskNew { task, .. }
        | Kind::TaskNamed { task, .. }
        | Kind::Eager { task }
        | Kind::Step { task, .. }
        | Kind::StepEnd { task }
        | Kind::TaskDone { task, .. }
        | Kind::TaskCancel { task }
        | Kind::TaskUncancel { task }
        | Kind::TaskLost { task } => (Some(task), None),
        Kind::Await { task, on, .. } => (Some(task), awaited(on)),
        Kind::Wakeup { task, by } => (Some(task), awaited(by)),
        Kind::AddCallback { to, .. } => (awaited(to), None),
        _ => (None, None),
    }
}
