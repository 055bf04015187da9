//! Where stepping stops: for each granularity the positions in a recording, found without looking at the events between.
//! Only the stops of a followed task are looked for among the events: to list them for every task would take more memory
//! than the events themselves.

use crate::sim::event::{Event, Kind, Stream, TaskId, Texts, Waitable};
use crate::sim::events::Events;

/// What one step goes over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Granularity {
    /// To the next event of any kind but `line`. What one call of `print` writes piece by piece is one step.
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
    events: Runs,
    handles: Vec<u32>,
    iterations: Vec<u32>,
    lines: Vec<u32>,
    output: Vec<u32>,
    /// Behind each write that goes on in the next event.
    unfinished: Vec<u32>,
    /// The last event, if it was a write that may go on.
    writing: Option<Writing>,
}

/// Ascending positions, most of which follow on each other.
#[derive(Clone, Debug, Default)]
struct Runs(Vec<Run>);

/// Positions that follow on each other: the first and the last of them.
#[derive(Clone, Copy, Debug)]
struct Run {
    first: u32,
    last: u32,
}

impl Runs {
    fn push(&mut self, position: u32) {
        match self.0.last_mut() {
            Some(run) if run.last + 1 == position => run.last = position,
            _ => self.0.push(Run {
                first: position,
                last: position,
            }),
        }
    }

    fn pop(&mut self) -> Option<u32> {
        let run = self.0.last_mut()?;
        let position = run.last;
        match run.first == position {
            true => self.0.truncate(self.0.len() - 1),
            false => run.last -= 1,
        }
        Some(position)
    }

    /// The first one behind a position.
    fn next(&self, position: u32) -> Option<u32> {
        let index = self.0.partition_point(|run| run.last <= position);
        let run = self.0.get(index)?;
        Some(run.first.max(position + 1))
    }

    /// The last one before a position.
    fn previous(&self, position: u32) -> Option<u32> {
        let index = self.0.partition_point(|run| run.first < position);
        let run = self.0.get(index.checked_sub(1)?)?;
        Some(run.last.min(position - 1))
    }
}

/// A write of a piece of a line: further ones of the same statement go on with it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Writing {
    thread: u16,
    task: Option<TaskId>,
    line: u32,
    stream: Stream,
}

impl Writing {
    fn of(event: &Event) -> Option<Self> {
        let Kind::Print { stream, .. } = event.kind else {
            return None;
        };
        Some(Self {
            thread: event.thread,
            task: event.task,
            line: event.line,
            stream,
        })
    }
}

impl Stops {
    /// Takes in the next event.
    pub fn push(&mut self, event: &Event, texts: &Texts) {
        self.len += 1;
        let here = self.len;
        self.join_writes(event, texts);
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
    }

    /// A write that goes on with the one before takes over its stop.
    fn join_writes(&mut self, event: &Event, texts: &Texts) {
        if self.writing.is_none() && !matches!(event.kind, Kind::Print { .. }) {
            return;
        }
        let writing = Writing::of(event);
        if writing.is_some() && writing == self.writing {
            self.unfinished.extend(self.events.pop());
        }
        let ends =
            |kind| matches!(kind, Kind::Print { text, .. } if texts.get(text).ends_with('\n'));
        self.writing = writing.filter(|_| !ends(event.kind));
    }

    /// Whether what is written up to this position goes on in the next event.
    fn is_unfinished(&self, position: usize) -> bool {
        let found = self.unfinished.binary_search(&(position as u32));
        found.is_ok()
    }

    /// The first stop behind `position` among the same events that were taken in, if there is one.
    pub fn next(
        &self,
        granularity: Granularity,
        events: &Events,
        position: usize,
    ) -> Option<usize> {
        match self.of(granularity) {
            Found::InRuns(stops) => {
                let found = stops.next(u32::try_from(position).ok()?);
                found.map(|stop| stop as usize)
            }
            Found::Listed(stops) => {
                let index = stops.partition_point(|&stop| stop as usize <= position);
                stops.get(index).map(|&stop| stop as usize)
            }
            Found::Among(task) => {
                let mut later = (position + 1..).zip(events.from(position));
                let stops = |(at, event): &(usize, Event)| {
                    concerns(event, task) && !self.is_unfinished(*at)
                };
                later.find(stops).map(|(at, _)| at)
            }
        }
    }

    /// The last stop before `position`, if there is one.
    pub fn previous(
        &self,
        granularity: Granularity,
        events: &Events,
        position: usize,
    ) -> Option<usize> {
        match self.of(granularity) {
            Found::InRuns(stops) => {
                let found = stops.previous(u32::try_from(position).unwrap_or(u32::MAX));
                found.map(|stop| stop as usize)
            }
            Found::Listed(stops) => {
                let index = stops.partition_point(|&stop| (stop as usize) < position);
                stops.get(index.checked_sub(1)?).map(|&stop| stop as usize)
            }
            Found::Among(task) => {
                let mut end = position.saturating_sub(1);
                loop {
                    end = events.rposition(end, |event| concerns(event, task))?;
                    if !self.is_unfinished(end + 1) {
                        return Some(end + 1);
                    }
                }
            }
        }
    }

    /// Where the stops of a granularity are found.
    fn of(&self, granularity: Granularity) -> Found<'_> {
        Found::Listed(match granularity {
            Granularity::Event => return Found::InRuns(&self.events),
            Granularity::Handle => &self.handles,
            Granularity::Iteration => &self.iterations,
            Granularity::Line if self.lines.is_empty() => return Found::InRuns(&self.events),
            Granularity::Line => &self.lines,
            Granularity::Output => &self.output,
            Granularity::FollowTask(task) => return Found::Among(task),
        })
    }
}

/// Where stops are found.
enum Found<'a> {
    /// Here are all of them.
    InRuns(&'a Runs),
    /// Here are all of them, in order.
    Listed(&'a [u32]),
    /// Behind each event that concerns this task.
    Among(TaskId),
}

/// Does following a task stop behind this event?
fn concerns(event: &Event, task: TaskId) -> bool {
    let (about, other) = tasks_of(&event.kind);
    let concerned = [event.task, about, other].contains(&Some(task));
    concerned && !matches!(event.kind, Kind::Line { .. })
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
        | Kind::TaskRenamed { task, .. }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_in_runs_are_found_as_in_a_list() {
        let (mut runs, mut list) = (Runs::default(), Vec::new());
        for position in (1..200).filter(|position| position % 7 > 1 && position % 11 > 0) {
            runs.push(position);
            list.push(position);
            if position % 5 == 0 {
                assert_eq!(runs.pop(), list.pop());
            }
        }
        for position in 0..210 {
            let next = list.iter().copied().find(|&stop| stop > position);
            let previous = list.iter().copied().rfind(|&stop| stop < position);
            assert_eq!(runs.next(position), next);
            assert_eq!(runs.previous(position), previous);
        }
    }
}
