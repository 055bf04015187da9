//! One plain sentence or two for each event: what happens, why, and what follows from it.
//!
//! Sentences are made from the state right after the event, in which everything that it concerns still has its
//! place, and from the latest known state, which knows names that are given only later.

mod handles;
mod locks;
mod loops;
mod losses;
mod machine;
mod pools;
mod program;
mod tasks;
mod threads;
mod wait;

use super::names::{Hue, View, seconds, task_hue, thousands};
use crate::sim::event::{Event, Instant, Kind, TaskId, Text};
use crate::trace::Model;
use crate::trace::model::Stamp;

/// A piece of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Plain words.
    Text(String),
    /// A task by name.
    Task {
        /// The task.
        id: TaskId,
        /// Its name.
        name: String,
        /// Its hue.
        hue: Hue,
    },
    /// Something from the program: a function, a value, a place.
    Code(String),
    /// Words that lead to the event that is the reason.
    Cause {
        /// The words.
        text: String,
        /// Index of the event; it lies before the one that is explained.
        event: u32,
    },
}

/// An explanation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Its pieces in order, spaces included.
    pub parts: Vec<Part>,
}

impl Part {
    /// The piece as plain text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Cause { text, .. } => text,
            Self::Task { name, .. } => name,
        }
    }
}

impl Explanation {
    /// The explanation as plain text, as a screen reader speaks it.
    pub fn plain(&self) -> String {
        self.parts.iter().map(Part::as_str).collect()
    }

    /// Goes on with plain words.
    pub(super) fn say(&mut self, words: impl AsRef<str>) -> &mut Self {
        match self.parts.last_mut() {
            Some(Part::Text(text)) => text.push_str(words.as_ref()),
            _ => self.parts.push(Part::Text(words.as_ref().to_owned())),
        }
        self
    }

    /// Goes on with something from the program.
    pub(super) fn code(&mut self, code: impl Into<String>) -> &mut Self {
        self.parts.push(Part::Code(code.into()));
        self
    }

    /// Goes on with a task under this name.
    pub(super) fn task(&mut self, id: TaskId, name: String) -> &mut Self {
        let hue = task_hue(id);
        self.parts.push(Part::Task { id, name, hue });
        self
    }

    /// Goes on with words that lead to an event.
    pub(super) fn link(&mut self, words: impl Into<String>, event: u32) -> &mut Self {
        let text = words.into();
        self.parts.push(Part::Cause { text, event });
        self
    }
}

/// Explains an event. The view is right behind it.
pub fn explain(view: View, event: &Event) -> Explanation {
    let mut teller = Teller {
        view,
        event,
        told: Explanation::default(),
    };
    teller.tell();
    if teller.told.parts.is_empty() {
        teller.say("Something happens to an object of which this trace tells no more.");
    }
    teller.told
}

/// What is to be said before the first event.
pub fn beginning() -> Explanation {
    let mut told = Explanation::default();
    told.say("Here the run begins. Step forward to see the first thing that the program does.");
    told
}

/// Writes the explanation of one event.
struct Teller<'a> {
    view: View<'a>,
    event: &'a Event,
    told: Explanation,
}

impl<'a> Teller<'a> {
    fn tell(&mut self) {
        match self.event.kind {
            Kind::TaskNew { .. }
            | Kind::TaskNamed { .. }
            | Kind::TaskRenamed { .. }
            | Kind::Eager { .. }
            | Kind::Step { .. }
            | Kind::Await { .. }
            | Kind::StepEnd { .. }
            | Kind::Wakeup { .. }
            | Kind::TaskDone { .. }
            | Kind::TaskCancel { .. }
            | Kind::TaskUncancel { .. } => self.tell_task(),
            Kind::FutureNew { .. } | Kind::FutureDone { .. } | Kind::AddCallback { .. } => {
                self.tell_future();
            }
            Kind::CoroutineLost { .. } | Kind::TaskLost { .. } | Kind::ExceptionLost { .. } => {
                self.tell_loss();
            }
            Kind::LockNew { .. }
            | Kind::LockWait { .. }
            | Kind::LockAcquire { .. }
            | Kind::LockRelease { .. } => self.tell_lock(),
            Kind::CallSoon { .. }
            | Kind::CallSoonThreadsafe { .. }
            | Kind::CallAt { .. }
            | Kind::HandleCancel { .. }
            | Kind::Run { .. }
            | Kind::RunEnd { .. } => self.tell_handle(),
            Kind::LoopStart { .. }
            | Kind::LoopStop { .. }
            | Kind::LoopStopped { .. }
            | Kind::LoopClose { .. }
            | Kind::LoopIteration { .. }
            | Kind::LoopIdle { .. } => self.tell_loop(),
            Kind::Clock { .. }
            | Kind::ThreadStart { .. }
            | Kind::ThreadEnd { .. }
            | Kind::ThreadBlock { .. }
            | Kind::ThreadWake { .. }
            | Kind::ThreadPreempt
            | Kind::Sleep { .. } => self.tell_thread(),
            Kind::ProcessStart { .. }
            | Kind::ProcessEnd { .. }
            | Kind::Stack { .. }
            | Kind::DeadlockWait { .. }
            | Kind::GilWait
            | Kind::GilTake
            | Kind::GilDrop
            | Kind::CpuOn { .. }
            | Kind::CpuOff { .. } => self.tell_machine(),
            Kind::PoolNew { .. }
            | Kind::PoolShutdown { .. }
            | Kind::JobSubmit { .. }
            | Kind::JobStart { .. }
            | Kind::JobFinish { .. } => self.tell_pool(),
            Kind::Line { .. }
            | Kind::Signal { .. }
            | Kind::Print { .. }
            | Kind::Exit { .. }
            | Kind::Status { .. } => self.tell_program(),
        }
    }

    fn model(&self) -> &'a Model {
        self.view.model
    }

    fn words(&self, text: Text) -> &'a str {
        self.view.texts.get(text)
    }

    /// Index of the event.
    fn index(&self) -> u32 {
        self.view.model.position.saturating_sub(1)
    }

    fn say(&mut self, words: impl AsRef<str>) -> &mut Self {
        self.told.say(words);
        self
    }

    fn code(&mut self, code: impl Into<String>) -> &mut Self {
        self.told.code(code);
        self
    }

    fn task(&mut self, id: TaskId) -> &mut Self {
        self.told.task(id, self.view.task_name(id));
        self
    }

    /// Words that lead to an earlier event; mere words if it is not earlier.
    fn cause(&mut self, words: impl Into<String>, stamp: Option<Stamp>) -> &mut Self {
        match stamp.filter(|stamp| stamp.event < self.index()) {
            Some(Stamp { event, .. }) => self.told.link(words, event),
            None => self.told.say(words.into()),
        };
        self
    }

    /// The running task: recordings of CPython do not tell it in every event.
    fn running_task(&self) -> Option<TaskId> {
        let thread = self.model().thread(self.event.thread);
        self.event.task.or_else(|| thread?.task())
    }

    /// The running task, or else the running thread.
    fn actor(&mut self) -> &mut Self {
        match self.running_task() {
            Some(task) => self.task(task),
            None => self.thread(self.event.thread),
        }
    }

    fn thread(&mut self, id: u16) -> &mut Self {
        let name = self.view.thread_name(id);
        self.say(name)
    }
}

/// `1 handle`, `3 handles`.
fn counted(number: usize, noun: &str) -> String {
    let plural = match number {
        1 => "",
        _ if noun.ends_with('s') => "es",
        _ => "s",
    };
    format!("{} {noun}{plural}", thousands(number))
}

/// What stands before something in a queue.
fn behind(others: usize) -> String {
    match others {
        0 => "where it is first in line".to_owned(),
        1 => "behind 1 other".to_owned(),
        many => format!("behind {} others", thousands(many)),
    }
}

/// A time with its unit: `1.200 s`.
fn clock(at: Instant) -> String {
    format!("{} s", seconds(at))
}

/// A value that is short enough for a sentence.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
