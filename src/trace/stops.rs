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
    events: Vec<u32>,
    handles: Vec<u32>,
    iterations: Vec<u32>,
    lines: Vec<u32>,
    output: Vec<u32>,
    /// Behind each write that goes on in the next event.
    unfinished: Vec<u32>,
    /// The last event, if it was a write that may go on.
    writing: Option<Writing>,
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
            Granularity::Event => &self.events,
            Granularity::Handle => &self.handles,
            Granularity::Iteration => &self.iterations,
            Granularity::Line if self.lines.is_empty() => &self.events,
            Granularity::Line => &self.lines,
            Granularity::Output => &self.output,
            Granularity::FollowTask(task) => return Found::Among(task),
        })
    }
}

/// Where stops are found.
enum Found<'a> {
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
