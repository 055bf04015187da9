//! What a reviewer would remark about a run that is over: faults that showed, and luck that need not last.
//!
//! Everything is told from the recording, and from the source text where only that says what was meant. A remark is
//! made about what did happen in this run, so that it can point to the steps where one sees it.

mod blocking;
mod cancellation;
mod computing;
mod gather;
mod locks;
mod losses;
mod sequence;
mod sites;
mod thread_locks;

use super::explain::Explanation;
use super::names::View;
use crate::sim::event::{Event, TaskId};
use crate::trace::Recording;
use crate::trace::model::Task;
use sites::Sites;
use std::collections::BTreeMap;

/// No more remarks than this are made about a run.
const MOST: usize = 100;

/// A remark about a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// What is wrong.
    pub fault: Fault,
    /// How bad it is.
    pub severity: Severity,
    /// What happened in this run and what would be better, with links to the steps where it shows.
    pub sentence: Explanation,
    /// The line of the program that a reviewer would point to; 0 when it is unknown.
    pub line: u32,
    /// Index of the event where it shows best.
    pub event: u32,
    /// Indexes of further events that belong to it, in their order.
    pub related: Vec<u32>,
    /// How often it happened at this line; the rest tells about the first time.
    pub times: u32,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A coroutine was called and never awaited.
    CoroutineNeverAwaited,
    /// A task was destroyed before it was done, since nothing referred to it.
    TaskDestroyed,
    /// An exception that nobody looked at.
    ExceptionNotRetrieved,
    /// A `gather` passed over an exception.
    GatherHidError,
    /// A blocking call held up an event loop.
    LoopBlocked,
    /// A computation held up an event loop.
    LoopComputed,
    /// Nothing keeps a task, and nobody waits for it.
    TaskNotKept,
    /// A task that was to be cancelled went on to return a value.
    CancellationSwallowed,
    /// A lock was held over a long wait for something else, while others waited for the lock.
    LockHeldWhileWaiting,
    /// A task kept a lock of threads while it let others run.
    ThreadLockOverAwait,
    /// Calls that do not need each other's results were awaited one after the other.
    AwaitsInSequence,
}

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something went wrong in this run.
    Error,
    /// This run went well, but it need not.
    Risk,
    /// It works, and could be better.
    Hint,
}

impl Fault {
    /// The fault in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::CoroutineNeverAwaited => "coroutine never awaited",
            Self::TaskDestroyed => "task destroyed before it was done",
            Self::ExceptionNotRetrieved => "exception never retrieved",
            Self::GatherHidError => "gather hid an error",
            Self::LoopBlocked => "blocking call in the event loop",
            Self::LoopComputed => "computation in the event loop",
            Self::TaskNotKept => "nothing keeps this task",
            Self::CancellationSwallowed => "cancellation swallowed",
            Self::LockHeldWhileWaiting => "lock held over a long wait",
            Self::ThreadLockOverAwait => "thread lock held over an await",
            Self::AwaitsInSequence => "awaits that could run together",
        }
    }
}

impl Severity {
    /// The severity as a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Risk => "risk",
            Self::Hint => "hint",
        }
    }
}

impl Diagnosis {
    fn new(fault: Fault, severity: Severity, line: u32, event: u32) -> Self {
        Self {
            fault,
            severity,
            sentence: Explanation::default(),
            line,
            event,
            related: Vec::new(),
            times: 1,
        }
    }

    fn related(mut self, events: impl IntoIterator<Item = u32>) -> Self {
        self.related.extend(events);
        self.related.sort_unstable();
        self.related.dedup();
        self
    }
}

/// Remarks about a run that is over, the worst first. Without the source text those that need it are not made.
pub fn diagnose(recording: &Recording, source: Option<&str>) -> Vec<Diagnosis> {
    let run = Run {
        recording,
        view: View::of(recording, recording.head()),
        sites: source.map(Sites::of).unwrap_or_default(),
    };
    let mut finders: [Box<dyn Finder>; 8] = [
        Box::new(losses::Losses::default()),
        Box::new(gather::Gathers),
        Box::new(blocking::Blocks::default()),
        Box::new(computing::Computations::default()),
        Box::new(cancellation::Cancellations::default()),
        Box::new(locks::Locks::default()),
        Box::new(thread_locks::ThreadLocks::default()),
        Box::new(sequence::Sequences::default()),
    ];
    for (index, event) in (0..).zip(&recording.log().events) {
        for finder in &mut finders {
            finder.take(&run, index, &event);
        }
    }
    let found = finders.into_iter().flat_map(|finder| finder.found(&run));
    let mut found: Vec<Diagnosis> = found.collect();
    found.sort_by_key(|remark| (remark.severity, remark.event));
    merged(found)
}

/// What happened again at the same line is counted.
fn merged(found: Vec<Diagnosis>) -> Vec<Diagnosis> {
    let mut places: BTreeMap<(Fault, u32), usize> = BTreeMap::new();
    let mut kept: Vec<Diagnosis> = Vec::new();
    for remark in found {
        let known = places.get(&(remark.fault, remark.line));
        match known.and_then(|&at| kept.get_mut(at)) {
            Some(first) if remark.line > 0 => first.times += remark.times,
            _ => {
                places.insert((remark.fault, remark.line), kept.len());
                kept.push(remark);
            }
        }
    }
    kept.truncate(MOST);
    for remark in kept.iter_mut().filter(|remark| remark.times > 1) {
        let times = format!(" This happens {} times at this line.", remark.times);
        remark.sentence.say(times);
    }
    kept
}

/// Looks for faults of a kind on the one way through all events.
trait Finder {
    /// Takes in an event; its index comes first.
    fn take(&mut self, _: &Run, _: u32, _: &Event) {}

    /// What was found, once all events were taken in.
    fn found(self: Box<Self>, run: &Run) -> Vec<Diagnosis>;
}

/// What is looked at.
struct Run<'a> {
    recording: &'a Recording,
    /// The state at the end.
    view: View<'a>,
    sites: Sites,
}

impl<'a> Run<'a> {
    /// The line of the program at an event; 0 when it is unknown.
    fn line(&self, event: u32) -> u32 {
        let events = &self.recording.log().events;
        events.get(event as usize).map_or(0, |event| event.line)
    }

    fn task(&self, id: TaskId) -> Option<&'a Task> {
        self.view.model.task(id)
    }

    fn task_name(&self, id: TaskId) -> String {
        self.view.task_name(id)
    }
}

/// A span of virtual time in words.
fn span(ns: u64) -> String {
    format!("{} s", ns as f64 / 1e9)
}

/// Names as `a`, `a and b`, `a, b and 3 others`.
fn listed(sentence: &mut Explanation, tasks: &[(TaskId, String)]) {
    const NAMED: usize = 3;
    let named = if tasks.len() <= NAMED {
        tasks.len()
    } else {
        NAMED - 1
    };
    for (at, (id, name)) in tasks.iter().take(named).enumerate() {
        sentence.say(match at {
            0 => "",
            at if at + 1 == tasks.len() => " and ",
            _ => ", ",
        });
        sentence.task(*id, name.clone());
    }
    if tasks.len() > named {
        sentence.say(format!(" and {} others", tasks.len() - named));
    }
}
