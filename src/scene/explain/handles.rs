//! Handles explained: how callbacks get into the queues of a loop, and out of them.

use super::super::names::{seconds, short_callback};
use super::{Teller, behind};
use crate::sim::event::{HandleId, Kind, LoopId, TaskId, Text};
use crate::trace::model::{Handle, HandleState, Phase, Role};

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

    /// What a callback will do, as a sentence without its end: `fetch-1 goes on`, `log() is called`.
    pub(super) fn callback(&mut self, callback: &str) -> &mut Self {
        match library_effect(callback) {
            Some(effect) => self.say(effect),
            None => self.code(call(callback)).say(" will be called"),
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
        let others = self.queue_before(id).unwrap_or(0);
        match handle.role {
            Role::Step(task) => self.step_queued(task),
            Role::Wakeup(task) => {
                let on = self.model().task(task).and_then(|task| task.waited_for);
                self.say("What ").task(task).say(" waits for is done");
                if let Some(on) = on {
                    self.say(" (");
                    self.waitable(on).say(")");
                }
                self.say(": the handle that wakes it goes to the end of the ready queue")
            }
            Role::Callback => {
                let name = call(self.words(handle.callback));
                self.actor()
                    .say(" puts ")
                    .code(name)
                    .say(" at the end of the ready queue")
            }
        };
        self.say(format!(", {}.", behind(others)));
        self.next_batch(handle);
    }

    fn step_queued(&mut self, task: TaskId) -> &mut Self {
        let steps = self.model().task(task).map_or(0, |task| task.steps);
        match steps {
            0 => self
                .say("The first step of ")
                .task(task)
                .say(" goes to the end of the ready queue"),
            _ => self
                .say("The next step of ")
                .task(task)
                .say(" goes to the end of the ready queue"),
        }
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
        let name = call(self.words(handle.callback));
        self.thread(self.event.thread).say(" hands ").code(name);
        match self.model().event_loop(loop_) {
            Some(event_loop) if event_loop.thread == self.event.thread => {
                self.say(" to its own loop's ready queue.");
            }
            Some(event_loop) => {
                let (thread, phase) = (event_loop.thread, event_loop.phase);
                self.say(" to the loop in ").thread(thread);
                match phase {
                    Phase::Select { .. } => {
                        self.say(" and wakes that thread, which waits in its selector.")
                    }
                    _ => self.say(": it is in the ready queue there."),
                };
            }
            None => {
                self.say(" to a loop.");
            }
        }
    }

    fn call_at(&mut self, id: HandleId) {
        let Some(handle) = self.model().handle(id) else {
            return;
        };
        let due = handle.when.map(seconds).unwrap_or_default();
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
            self.say("A handle is cancelled.");
            return;
        };
        let ran = handle.since;
        self.say(format!(
            "{} ",
            if handle.when.is_some() {
                "The timer of"
            } else {
                "The handle of"
            }
        ));
        self.what(handle).say(" is cancelled");
        match handle.state {
            HandleState::Done => self
                .say(", which changes nothing: it ")
                .cause("has run", Some(ran))
                .say("."),
            HandleState::Running => self.say(" while it runs, which changes nothing."),
            _ if handle.when.is_some() => {
                self.say(". It stays on the heap until it comes up, and is then passed over.")
            }
            _ => self.say(". It stays in the queue until its turn comes, and is then passed over."),
        };
    }

    /// What a handle is for, as a noun.
    fn what(&mut self, handle: &Handle) -> &mut Self {
        match (handle.role, handle.resolves, handle.by) {
            (Role::Step(task), ..) => self.say("the next step of ").task(task),
            (Role::Wakeup(task), ..) => self.say("the wake-up of ").task(task),
            (Role::Callback, Some(_), Some(task)) => self.say("the sleep of ").task(task),
            _ => {
                let name = call(self.words(handle.callback));
                self.code(name)
            }
        }
    }

    fn run(&mut self, id: HandleId) {
        let Some(handle) = self.model().handle(id) else {
            self.say("The loop runs a callback.");
            return;
        };
        let made = Some(handle.made);
        let callback = self.words(handle.callback);
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
                    .cause("queued", made)
                    .say(" when what it waits for was done.");
            }
            (Role::Callback, Some(future)) => {
                self.say("the timer of a sleep, ")
                    .cause("set", made)
                    .say(format!(" when it began. It makes Future {future} done."));
            }
            (Role::Callback, None) => {
                self.code(call(callback))
                    .say(", which ")
                    .cause("was handed to it", made)
                    .say(" before");
                match library_effect(callback) {
                    Some(effect) => self.say(": ").say(effect).say("."),
                    None => self.say("."),
                };
            }
        }
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

/// What a callback of the library does.
fn library_effect(callback: &str) -> Option<&'static str> {
    Some(match callback {
        "_set_result_unless_cancelled" => "the sleep is over",
        "_run_until_complete_cb" => "the loop stops, as what it was to run is done",
        "gather.<locals>._done_callback" => "gather takes note of the result",
        "_wait.<locals>._on_completion" => "wait takes note and may end",
        "_AsCompletedIterator._handle_completion" => "as_completed can hand it out",
        "TaskGroup._on_task_done" => "the task group takes note",
        "Timeout._on_timeout" => "the time limit is reached and cancels its task",
        "_release_waiter" => "a wait ends",
        "_chain_future.<locals>._set_state" => "the worker's result goes into its asyncio future",
        "_chain_future.<locals>._call_set_state" => "the outcome goes on to the other future",
        "_chain_future.<locals>._call_check_cancel" => {
            "a cancellation would go on to the work item"
        }
        "_discard_awaited_by" | "shield.<locals>._clear_awaited_by_callback" => {
            "the record of who waits for whom is cleared"
        }
        "shield.<locals>._inner_done_callback" => "the shield passes the outcome on",
        "shield.<locals>._outer_done_callback" => "the shield lets go",
        "run_coroutine_threadsafe.<locals>.callback" => "a task is made for another thread",
        _ => return None,
    })
}
