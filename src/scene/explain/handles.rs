//! Handles explained: how callbacks get into the queues of a loop, and out of them.

use super::super::library;
use super::super::names::short_callback;
use super::{Teller, behind, clock};
use crate::sim::event::{HandleId, Kind, LoopId, TaskId, Text, Waitable};
use crate::trace::model::{Handle, HandleState, Phase, Role, Source, Task};

impl Teller<'_> {
    pub(super) fn tell_handle(&mut self) {
        match self.event.kind {
            Kind::CallSoon { handle, .. } => self.call_soon(handle),
            Kind::CallSoonThreadsafe { handle, loop_, .. } => self.call_threadsafe(handle, loop_),
            Kind::CallAt { handle, .. } => self.call_at(handle),
            Kind::HandleCancel { handle } => self.handle_cancel(handle),
            Kind::Run { handle, .. } => self.run(handle),
            Kind::RunEnd { loop_, .. } => self.run_end(loop_),
            _ => {}
        }
    }

    /// A callback as a noun: the call, or what it does if it is the library's.
    pub(super) fn callback(&mut self, callback: &str) -> &mut Self {
        match library::callback(callback) {
            Some(known) => self.say(format!("the callback that {}", known.deed)),
            None => self.code(call(callback)),
        }
    }

    /// How many handles stand before this one in its loop's ready queue.
    pub(super) fn queue_before(&self, handle: HandleId) -> Option<usize> {
        let event_loop = self
            .model()
            .event_loop(self.model().handle(handle)?.event_loop)?;
        event_loop
            .ready
            .iter()
            .rev()
            .position(|&queued| queued == handle)
            .map(|after| event_loop.ready.len() - 1 - after)
    }

    fn call_soon(&mut self, id: HandleId) {
        let Some(handle) = self.model().handle(id) else {
            return;
        };
        match handle.role {
            Role::Step(task) => self.step_queued(task),
            Role::Wakeup(task) => self.wakeup_queued(task),
            Role::Callback => {
                let callback = self.words(handle.callback);
                match self.ended_by(handle) {
                    Some(task) => self.task(task).say(" ends, and so "),
                    None => self.actor().say(" puts "),
                };
                self.callback(callback)
            }
        };
        match (handle.role, self.queue_before(id)) {
            (Role::Callback, Some(0)) if self.ended_by(handle).is_some() => {
                self.say(" goes into the ready queue, where it is first in line.")
            }
            (Role::Callback, Some(0)) => {
                self.say(" into the ready queue, where it is first in line.")
            }
            (Role::Callback, others) if self.ended_by(handle).is_some() => self.say(format!(
                " goes to the end of the ready queue, {}.",
                behind(others.unwrap_or(0))
            )),
            (Role::Callback, others) => self.say(format!(
                " at the end of the ready queue, {}.",
                behind(others.unwrap_or(0))
            )),
            (_, Some(0)) => self.say(" goes to the ready queue, where it is first in line."),
            (_, others) => self.say(format!(
                " goes to the end of the ready queue, {}.",
                behind(others.unwrap_or(0))
            )),
        };
        self.next_batch(handle);
    }

    fn step_queued(&mut self, task: TaskId) -> &mut Self {
        let steps = self.model().task(task).map_or(0, |task| task.steps);
        match steps {
            0 => self.say("The first step of ").task(task),
            _ => self.say("The next step of ").task(task),
        }
    }

    fn wakeup_queued(&mut self, id: TaskId) -> &mut Self {
        let task = self.model().task(id);
        if let Some((request, _)) = task.and_then(Task::interrupted) {
            return self
                .task(id)
                .say(" ")
                .cause("is cancelled", Some(request))
                .say(" while it waits: the handle that lets it know");
        }
        match task.and_then(|task| task.waited_for) {
            Some(Waitable::Task(task)) => self
                .task(task)
                .say(" is done, and ")
                .task(id)
                .say(" waits for it"),
            Some(Waitable::Future(future)) => match self.source(future) {
                Source::Sleep(_) => self.say("The sleep of ").task(id).say(" is over"),
                Source::Job(job) => {
                    let name = self.job_name(job);
                    self.say("The result of ")
                        .code(name)
                        .say(" is there for ")
                        .task(id)
                }
                Source::Gather(_) => self.say("All that ").task(id).say(" gathers is done"),
                Source::Wait(_) => self.say("The wait of ").task(id).say(" is over"),
                Source::Shield(_) => self.say("What ").task(id).say(" shields is done"),
                Source::Lock(lock) => self.lock(lock).say(" is free for ").task(id),
                Source::TaskGroup => self
                    .say("The tasks in the group of ")
                    .task(id)
                    .say(" are done"),
                Source::Unknown => self
                    .say(format!("Future {future} is done, and "))
                    .task(id)
                    .say(" waits for it"),
            },
            _ => self.say("What ").task(id).say(" waits for is done"),
        };
        self.say(": the handle that wakes it")
    }

    /// Handles that come while a batch runs have to wait for the next one.
    fn next_batch(&mut self, handle: &Handle) {
        let event_loop = self.model().event_loop(handle.event_loop);
        if event_loop.is_some_and(|event_loop| event_loop.phase == Phase::RunBatch) {
            self.say(" It will run in the next iteration.");
        }
    }

    fn call_threadsafe(&mut self, id: HandleId, loop_: LoopId) {
        let Some(handle) = self.model().handle(id) else {
            return;
        };
        let callback = self.words(handle.callback);
        self.thread(self.event.thread).say(" hands ");
        let Some(event_loop) = self.model().event_loop(loop_) else {
            self.say("a loop ").callback(callback).say(".");
            return;
        };
        match event_loop.thread == self.event.thread {
            true => self.say("its own loop "),
            false => self.say("the loop in ").thread(event_loop.thread).say(" "),
        };
        self.callback(callback);
        match event_loop.phase {
            Phase::Select { .. } => self.say(" and wakes it, as it waits in its selector."),
            _ => self.say(", which goes to the ready queue there."),
        };
    }

    fn call_at(&mut self, id: HandleId) {
        let Some(handle) = self.model().handle(id) else {
            return;
        };
        let due = handle.when.map(clock).unwrap_or_default();
        if handle.resolves.is_some() {
            self.actor().say(format!(
                " goes to sleep: a timer that is due at {due} goes onto the heap."
            ));
            return;
        }
        match (self.words(handle.callback), handle.by) {
            ("Timeout._on_timeout", Some(task)) => self.task(task).say(format!(
                " sets itself a time limit: a timer that is due at {due} goes onto the heap."
            )),
            (callback, _) => {
                let name = call(callback);
                self.actor()
                    .say(" schedules ")
                    .code(name)
                    .say(format!(" for {due}: a timer goes onto the heap."))
            }
        };
    }

    fn handle_cancel(&mut self, id: HandleId) {
        let Some(handle) = self.model().handle(id) else {
            // The one handle that never stood in a queue.
            self.say("The handle by which other threads wake the loop is cancelled: the loop is about to be closed.");
            return;
        };
        let (timer, ran) = (handle.when.is_some(), handle.since);
        match timer {
            true => self.say("The timer of "),
            false => self.say("The handle of "),
        };
        self.purpose(handle).say(" is cancelled");
        match handle.state {
            HandleState::Done => self
                .say(" to tidy up; it ")
                .cause("has run", Some(ran))
                .say(" already, so nothing changes."),
            HandleState::Running => self.say(" while it runs, so nothing changes."),
            _ if timer => {
                self.say(". It stays on the heap until it comes up, and is passed over then.")
            }
            _ => self.say(
                ". It stays in the ready queue until its turn comes, and is passed over then.",
            ),
        };
    }

    /// The task by whose end a done callback was queued: that is the last thing before the task is done.
    fn ended_by(&self, handle: &Handle) -> Option<TaskId> {
        let task = self
            .view
            .latest
            .task(handle.by?)
            .filter(|task| task.done())?;
        let after = task.since.event.checked_sub(handle.made.event)?;
        let is_its = task.callbacks.contains(&handle.callback);
        (is_its && after as usize <= task.callbacks.len()).then_some(task.id)
    }

    /// When a handle was queued or set, with the way there.
    pub(super) fn queued_when(&mut self, handle: &Handle) -> &mut Self {
        let made = Some(handle.made);
        if handle.when.is_some() {
            return self.cause("set", made).say(" before");
        }
        self.cause("queued", made);
        match (self.ended_by(handle), handle.by) {
            (Some(task), _) => self.say(" when ").task(task).say(" ended"),
            (None, Some(task)) if handle.role == Role::Callback => self.say(" by ").task(task),
            _ => self.say(" before"),
        }
    }

    /// What a handle is for.
    pub(super) fn purpose(&mut self, handle: &Handle) -> &mut Self {
        let name = self.words(handle.callback);
        match (handle.role, handle.resolves, handle.by) {
            (Role::Step(task), ..) => {
                let steps = self.model().task(task).map_or(0, |task| task.steps);
                let which = if steps == 0 { "first" } else { "next" };
                self.say(format!("the {which} step of ")).task(task)
            }
            (Role::Wakeup(task), ..) => self.say("the wake-up of ").task(task),
            (Role::Callback, Some(_), Some(task)) => self.say("the sleep of ").task(task),
            (Role::Callback, None, Some(task)) if name == "Timeout._on_timeout" => {
                self.say("the time limit of ").task(task)
            }
            _ => self.callback(name),
        }
    }

    fn run(&mut self, id: HandleId) {
        let Some(handle) = self.model().handle(id) else {
            self.say("The loop runs a callback.");
            return;
        };
        let made = Some(handle.made);
        self.say("The loop takes the next handle: ");
        match (handle.role, handle.resolves) {
            (Role::Step(task), _)
                if self.model().task(task).is_some_and(|task| task.steps == 0) =>
            {
                self.say("the first step of ")
                    .task(task)
                    .say(", which ")
                    .cause("was queued", made)
                    .say(" when the task was made.");
            }
            (Role::Step(task), _) => {
                self.say("the next step of ")
                    .task(task)
                    .say(", ")
                    .cause("queued", made)
                    .say(" when it let the others go first.");
            }
            (Role::Wakeup(task), _) => {
                self.say("it wakes ")
                    .task(task)
                    .say(", ")
                    .cause("queued", made);
                let known = self.model().task(task);
                match known.and_then(|task| Some((task.interrupted(), task.waited_for?))) {
                    Some((None, on)) => self.say(" when ").was_over(on),
                    Some((Some(_), _)) => self.say(" when it was cancelled"),
                    None => self.say(" when what it waits for was done"),
                };
                self.say(".");
            }
            (Role::Callback, Some(future)) => {
                self.say("the timer of ");
                match handle.by {
                    Some(task) => self.say("the sleep of ").task(task),
                    None => self.say("a sleep"),
                };
                self.say(", ")
                    .cause("set", made)
                    .say(format!(" when it began. It makes Future {future} done."));
            }
            (Role::Callback, None) => self.run_callback(handle),
        }
    }

    fn run_callback(&mut self, handle: &Handle) {
        self.purpose(handle).say(", ").queued_when(handle).say(".");
    }

    fn run_end(&mut self, id: LoopId) {
        let Some(event_loop) = self.model().event_loop(id) else {
            self.say("The callback is over.");
            return;
        };
        let waiting = event_loop.ready.len() - event_loop.batch_left;
        match event_loop.batch_left {
            0 if event_loop.stopping => {
                self.say("The callback is over, and with it the batch. The loop was told to stop, so it ends here.");
            }
            0 => {
                self.say("The callback is over, and with it the batch: the next iteration begins");
                match waiting {
                    0 => self.say(", with nothing ready so far."),
                    1 => self.say(", with 1 handle ready."),
                    many => self.say(format!(", with {many} handles ready.")),
                };
            }
            1 => {
                self.say("The callback is over; 1 handle of the batch is left.");
            }
            left => {
                self.say(format!(
                    "The callback is over; {left} handles of the batch are left."
                ));
            }
        }
    }

    /// A function of the program in the form of a call.
    pub(super) fn called(&self, function: Text) -> String {
        call(self.words(function))
    }
}

/// A callback in the form of a call.
fn call(callback: &str) -> String {
    let name = short_callback(callback);
    match name.ends_with(')') {
        true => name.to_owned(),
        false => format!("{name}()"),
    }
}
