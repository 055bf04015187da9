//! Tasks and futures explained.

use super::{Teller, behind, shortened};
use crate::sim::event::{FutureId, Kind, Outcome, TaskId, Text, Waitable};
use crate::trace::model::{Role, Source, TaskState};

impl Teller<'_> {
    pub(super) fn tell_task(&mut self) {
        match self.event.kind {
            Kind::TaskNew { task, coro, .. } => self.task_new(task, coro),
            Kind::TaskNamed { task, .. } => self.task_named(task),
            Kind::TaskRenamed { task, .. } => {
                self.say("A task gets another name: it is called ")
                    .task(task)
                    .say(" from here on.");
            }
            Kind::Eager { task } => {
                self.task(task)
                    .say(" is eager: it starts at once, without going through the ready queue.");
            }
            Kind::Step { task, exc } => self.step(task, exc),
            Kind::Await {
                task,
                on,
                chain,
                call,
            } => self.awaits(task, on, chain, call),
            Kind::StepEnd { task } => self.step_end(task),
            Kind::Wakeup { task, by } => {
                self.task(task).say(" wakes up, because ");
                self.has_happened(by).say(".");
            }
            Kind::TaskDone { task, outcome, .. } => self.task_done(task, outcome),
            Kind::TaskCancel { task } => self.task_cancel(task),
            Kind::TaskUncancel { task } => self.task_uncancel(task),
            _ => {}
        }
    }

    fn task_new(&mut self, task: TaskId, coro: Text) {
        let coro = self.words(coro);
        match self.running_task() {
            Some(parent) => self.task(parent).say(" makes a task, "),
            None => self.say("A task is made, "),
        };
        self.task(task).say(", ");
        match coro {
            "BaseEventLoop.shutdown_asyncgens" => {
                self.say("in which the loop, before it ends, closes asynchronous generators.")
            }
            "BaseEventLoop.shutdown_default_executor" => {
                self.say("in which the loop, before it ends, waits for its worker threads.")
            }
            _ => self
                .say("which will run the coroutine ")
                .code(format!("{coro}()"))
                .say(". Nothing of it runs yet."),
        };
    }

    fn task_named(&mut self, id: TaskId) {
        self.say("The new task is called ").task(id).say(".");
        let Some(task) = self.model().task(id) else {
            return;
        };
        match task.state {
            TaskState::Done { .. } => self.say(" It is done already, as it started at once."),
            TaskState::Ready => {
                self.say(" Its first step ")
                    .cause("is in the ready queue", Some(task.since));
                self.say(", so the loop will start it when its turn comes.")
            }
            _ => self,
        };
    }

    fn step(&mut self, id: TaskId, exc: Option<Text>) {
        let Some(task) = self.model().task(id) else {
            return;
        };
        if let Some(exc) = exc {
            return self.step_with(id, exc);
        }
        let (steps, made) = (task.steps, task.made);
        self.task(id);
        match task.waited_for {
            _ if steps <= 1 => {
                let coro = self.words(task.coro);
                self.say(" starts: its coroutine ")
                    .code(format!("{coro}()"));
                self.say(" runs from the top, now that the task ")
                    .cause("was made", Some(made));
                self.say(" and its turn has come.")
            }
            Some(on) if self.model().outcome(on).is_some() => {
                self.say(" goes on after its ")
                    .code("await")
                    .say(", because ");
                self.has_happened(on).say(".")
            }
            _ => self.say(format!(
                " goes on where it had let the others go first. It is its step {steps}."
            )),
        };
    }

    /// A step begins with an exception.
    fn step_with(&mut self, id: TaskId, exc: Text) {
        let words = self.words(exc);
        let cancelled = self.model().task(id).and_then(|task| task.cancelled_by);
        self.task(id)
            .say(" goes on, but its ")
            .code("await")
            .say(" raises ")
            .code(shortened(words));
        match cancelled {
            Some((stamp, by)) if words.starts_with("CancelledError") => {
                self.say(", because ");
                match by {
                    Some(by) if by != id => {
                        self.task(by).say(" ").cause("cancelled it", Some(stamp))
                    }
                    _ => self.cause("it was cancelled", Some(stamp)),
                };
            }
            _ => {}
        }
        self.say(".");
    }

    fn awaits(&mut self, id: TaskId, on: Waitable, chain: Text, call: Text) {
        let (place, call) = (self.words(chain), self.words(call));
        self.task(id).say(" has to wait until ");
        self.until(on);
        if !place.is_empty() {
            self.say(". It is suspended at ").code(place);
            if !call.is_empty() && !call.starts_with("_asyncio.") {
                self.say(", in ").code(call);
            }
        }
        match self.model().task(id).and_then(|task| task.resume) {
            Some(_) => self.say(". That is the case already: it is queued to go on."),
            None => self.say("."),
        };
    }

    fn step_end(&mut self, id: TaskId) {
        let Some(task) = self.model().task(id) else {
            return;
        };
        match task.state {
            TaskState::Done { .. } => {
                let ended = task.since;
                self.say("The last step of ")
                    .task(id)
                    .say(" is over, since its coroutine ")
                    .cause("has ended", Some(ended))
                    .say(". The thread is the loop's again.");
            }
            TaskState::Waiting { on } => {
                self.task(id)
                    .say(" gives the thread back to the loop. It will be queued again when ");
                self.until(on).say(".");
            }
            _ => {
                let resume = task.resume;
                self.task(id)
                    .say(" lets the others go first: its next step is in the ready queue");
                let others = resume.and_then(|handle| self.queue_before(handle));
                match others {
                    Some(others) => self.say(format!(", {}.", behind(others))),
                    None => self.say("."),
                };
            }
        }
    }

    fn task_done(&mut self, id: TaskId, outcome: Outcome) {
        match outcome {
            Outcome::Result(value) => {
                let value = shortened(self.words(value));
                self.task(id)
                    .say(" has returned ")
                    .code(value)
                    .say(" and is done.");
            }
            Outcome::Exception(exc) => {
                let exc = shortened(self.words(exc));
                self.task(id)
                    .say(" has raised ")
                    .code(exc)
                    .say(" and is done.");
            }
            Outcome::Cancelled => {
                let by = self.model().task(id).and_then(|task| task.cancelled_by);
                self.task(id).say(" is done: it ");
                self.cause("was cancelled", by.map(|(stamp, _)| stamp))
                    .say(".");
            }
        }
        let Some(task) = self.model().task(id) else {
            return;
        };
        match task.waiters.as_slice() {
            [] => self.callbacks_queued(task.callbacks.len()),
            waiters => self.waiters_queued(waiters),
        }
    }

    fn callbacks_queued(&mut self, count: usize) {
        match count {
            0 => {}
            1 => {
                self.say(" Its done callback is in the ready queue.");
            }
            many => {
                self.say(format!(
                    " Its {many} done callbacks are in the ready queue."
                ));
            }
        }
    }

    /// Those who wait for something that is done will go on.
    fn waiters_queued(&mut self, waiters: &[TaskId]) {
        match waiters {
            [] => {}
            &[one] => {
                self.say(" ")
                    .task(one)
                    .say(" waits for it: its wake-up is in the ready queue.");
            }
            many => {
                self.say(format!(
                    " {} tasks wait for it: their wake-ups are in the ready queue.",
                    many.len()
                ));
            }
        }
    }

    fn task_cancel(&mut self, id: TaskId) {
        match self.running_task() {
            Some(by) if by == id => self.task(by).say(" cancels itself"),
            Some(by) => self.task(by).say(" asks to cancel ").task(id),
            None => self.outside_task().say(" asks to cancel ").task(id),
        };
        let state = self.model().task(id).map(|task| task.state);
        match state {
            Some(TaskState::Done { .. }) => self.say(". It is done already, so nothing happens."),
            Some(TaskState::Waiting { on }) => {
                self.say(". It no longer waits until ");
                self.until(on)
                    .say(": its ")
                    .code("await")
                    .say(" will raise ")
                    .code("CancelledError")
                    .say(".")
            }
            Some(TaskState::Running) => self
                .say(": its next ")
                .code("await")
                .say(" will raise ")
                .code("CancelledError")
                .say("."),
            _ => self
                .say(": when its turn comes, ")
                .code("CancelledError")
                .say(" will be raised in it."),
        };
    }

    /// Who acts when no task runs: a time limit, another callback, or the thread itself.
    fn outside_task(&mut self) -> &mut Self {
        let event_loop = self.model().loop_of_thread(self.event.thread);
        let handle = event_loop.and_then(|event_loop| self.model().handle(event_loop.running?));
        match handle.map(|handle| self.words(handle.callback)) {
            Some("Timeout._on_timeout") => self.say("The time limit"),
            Some("gather.<locals>._done_callback") => self.say("The gather"),
            Some("TaskGroup._on_task_done") => self.say("The task group"),
            Some(_) => self.say("The callback"),
            None => self.thread(self.event.thread),
        }
    }

    fn task_uncancel(&mut self, id: TaskId) {
        let left = self.model().task(id).map_or(0, |task| task.cancel_requests);
        self.say("A request to cancel ")
            .task(id)
            .say(" is taken back, as it was dealt with");
        match left {
            0 => self.say("."),
            left => self.say(format!("; {left} left.")),
        };
    }

    pub(super) fn tell_future(&mut self) {
        match self.event.kind {
            Kind::FutureNew { future } => self.future_new(future),
            Kind::FutureDone { future, outcome } => self.future_done(future, outcome),
            Kind::AddCallback { to, callback } => self.add_callback(to, callback),
            _ => {}
        }
    }

    fn future_new(&mut self, id: FutureId) {
        self.actor().say(format!(" makes Future {id}, "));
        match self.source(id) {
            Source::Sleep(_) => self.say("which will be done when a sleep is over."),
            Source::Job(job) => {
                let name = self.job_name(job);
                self.say("which will hand over the result of ")
                    .code(name)
                    .say(" from its worker thread.")
            }
            Source::Gather(of) => self.say(format!(
                "which will be done when all {} that it gathers are.",
                of.len()
            )),
            Source::Wait(_) => self.say("which will be done when a wait is over."),
            Source::Shield(of) => {
                self.say("a shield: cancelling it will not cancel ");
                self.waitable(of).say(".")
            }
            Source::Lock(lock) => {
                self.say("which will be done when it is its turn to have ");
                self.lock(lock).say(".")
            }
            Source::TaskGroup => self.say("which will be done when the tasks of its group are."),
            Source::Unknown => self.say("a place for a result that is yet to come."),
        };
    }

    fn future_done(&mut self, id: FutureId, outcome: Outcome) {
        self.future(id);
        match outcome {
            Outcome::Result(value) => {
                let value = self.words(value);
                match value {
                    "None" => self.say(" is done."),
                    value => self
                        .say(" is done: its result is ")
                        .code(shortened(value))
                        .say("."),
                }
            }
            Outcome::Exception(exc) => {
                let exc = shortened(self.words(exc));
                self.say(" is done: it holds the exception ")
                    .code(exc)
                    .say(".")
            }
            Outcome::Cancelled => self.say(" is cancelled."),
        };
        let waiters = self.model().future(id).map(|future| future.waiters.clone());
        self.waiters_queued(&waiters.unwrap_or_default());
    }

    fn add_callback(&mut self, to: Waitable, callback: Text) {
        if let Role::Wakeup(task) = Role::of(callback) {
            self.task(task).say(" asks to be woken when ");
            self.waitable(to).say(" is done.");
            return;
        }
        let callback = self.words(callback);
        self.say("When ");
        self.waitable(to).say(" is done, ");
        self.callback(callback).say(" will be called.");
    }
}
