//! What a wait is for, in words: the sentence parts that tasks, futures and handles share.

use super::{Teller, clock, counted};
use crate::sim::event::{FutureId, Outcome, Waitable};
use crate::trace::model::{Source, Stamp};

impl Teller<'_> {
    /// What has to happen, as the end of "… until": `its sleep is over at 1.200`, `fetch-1 is done`.
    pub(super) fn until(&mut self, on: Waitable) -> &mut Self {
        match on {
            Waitable::Task(task) => self.task(task).say(" is done"),
            Waitable::Job(job) => {
                let name = self.job_name(job);
                self.code(name).say(" has run")
            }
            Waitable::Future(future) => self.until_future(future),
        }
    }

    fn until_future(&mut self, id: FutureId) -> &mut Self {
        match self.source(id) {
            Source::Sleep(handle) => {
                let due = self.model().handle(handle).and_then(|handle| handle.when);
                self.say("its sleep is over");
                if let Some(due) = due {
                    self.say(format!(" at {}", clock(due)));
                }
                self
            }
            Source::Job(job) => {
                let name = self.job_name(job);
                self.code(name).say(" has run in a worker thread")
            }
            Source::Gather(of) if of.len() == 1 => self.say("what it gathers is done"),
            Source::Gather(of) => self.say(format!("all {} that it gathers are done", of.len())),
            Source::Wait(on) => match on.as_slice() {
                [Waitable::Task(task)] => self.task(*task).say(" is done, or time is up"),
                on => self.say(format!(
                    "enough of {} are done, or time is up",
                    counted(on.len(), "awaitable")
                )),
            },
            Source::Shield(of) => {
                self.say("what it shields is done: ");
                self.waitable(of)
            }
            Source::Lock(lock) => self.lock(lock).say(" is free for it"),
            Source::TaskGroup => self.say("the tasks of its group are done"),
            Source::Unknown => self.until_somebody(id),
        }
    }

    /// Nothing tells what a future stands for, but later events may tell which task makes it done.
    fn until_somebody(&mut self, id: FutureId) -> &mut Self {
        let by = self
            .view
            .latest
            .future(id)
            .and_then(|future| future.done?.1);
        match by {
            Some(task) => self.task(task).say(format!(" makes Future {id} done")),
            None => self.say(format!("Future {id} is done")),
        }
    }

    /// What has happened, as the end of "because …", leading to the event that did it.
    pub(super) fn has_happened(&mut self, on: Waitable) -> &mut Self {
        let done = self.done_stamp(on);
        let cancelled = self.model().outcome(on) == Some(Outcome::Cancelled);
        match on {
            Waitable::Task(task) if cancelled => {
                self.task(task).say(" ").cause("is cancelled", done)
            }
            Waitable::Task(task) => self.task(task).say(" ").cause("is done", done),
            Waitable::Future(future) if cancelled => {
                self.future(future).say(" ").cause("is cancelled", done)
            }
            Waitable::Job(job) => {
                let name = self.job_name(job);
                self.code(name).say(" ").cause("has run", done)
            }
            Waitable::Future(future) => match self.source(future) {
                Source::Sleep(_) => self.cause("its sleep is over", done),
                Source::Job(job) => {
                    let name = self.job_name(job);
                    self.code(name)
                        .say(" ")
                        .cause("has come back from its worker thread", done)
                }
                Source::Gather(_) => self.cause("all that it gathers is done", done),
                Source::Wait(_) => self.cause("its wait is over", done),
                Source::Shield(_) => self.cause("what it shields is done", done),
                Source::Lock(lock) => self.lock(lock).say(" ").cause("is free for it", done),
                Source::TaskGroup => self.cause("the tasks of its group are done", done),
                Source::Unknown => self.cause(format!("Future {future} is done"), done),
            },
        }
    }

    /// What had happened, as the end of "when …".
    pub(super) fn was_over(&mut self, on: Waitable) -> &mut Self {
        match on {
            Waitable::Task(task) => self.task(task).say(" was done"),
            Waitable::Job(job) => {
                let name = self.job_name(job);
                self.code(name).say(" had run")
            }
            Waitable::Future(future) => match self.source(future) {
                Source::Sleep(_) => self.say("its sleep was over"),
                Source::Job(job) => {
                    let name = self.job_name(job);
                    self.code(name).say(" had come back from its worker thread")
                }
                Source::Gather(_) => self.say("all that it gathers was done"),
                Source::Wait(_) => self.say("its wait was over"),
                Source::Shield(_) => self.say("what it shields was done"),
                Source::Lock(lock) => self.say("it was its turn to have ").lock(lock),
                Source::TaskGroup => self.say("the tasks of its group were done"),
                Source::Unknown => self.say(format!("Future {future} was done")),
            },
        }
    }

    /// What is waited for, by name.
    pub(super) fn waitable(&mut self, on: Waitable) -> &mut Self {
        match on {
            Waitable::Task(task) => self.task(task),
            Waitable::Future(future) => self.future(future),
            Waitable::Job(job) => {
                let name = self.job_name(job);
                self.code(name)
            }
        }
    }

    /// A future with what it stands for: `Future F3 of a sleep`.
    pub(super) fn future(&mut self, id: FutureId) -> &mut Self {
        self.say(format!("Future {id}"));
        match self.source(id) {
            Source::Unknown => self,
            Source::Sleep(_) => self.say(" (a sleep)"),
            Source::Job(job) => {
                let name = self.job_name(job);
                self.say(" (the result of ").code(name).say(")")
            }
            Source::Gather(of) => self.say(format!(" (a gather of {})", of.len())),
            Source::Wait(_) => self.say(" (the end of a wait)"),
            Source::Shield(_) => self.say(" (a shield)"),
            Source::Lock(lock) => {
                self.say(" (its turn to have ");
                self.lock(lock).say(")")
            }
            Source::TaskGroup => self.say(" (the end of a task group)"),
        }
    }

    /// When something that was waited for was done.
    pub(super) fn done_stamp(&self, on: Waitable) -> Option<Stamp> {
        match on {
            Waitable::Task(id) => self
                .model()
                .task(id)
                .filter(|task| task.done())
                .map(|task| task.since),
            Waitable::Future(id) => self.model().future(id)?.done.map(|(stamp, _)| stamp),
            Waitable::Job(id) => self.model().job(id)?.finished,
        }
    }

    /// What a future stands for; events after its making may be needed to tell.
    pub(super) fn source(&self, id: FutureId) -> Source {
        let now = self.model().future(id).map(|future| &future.source);
        let latest = self.view.latest.future(id).map(|future| &future.source);
        match now {
            Some(Source::Unknown) | None => latest.cloned().unwrap_or(Source::Unknown),
            Some(source) => source.clone(),
        }
    }
}
