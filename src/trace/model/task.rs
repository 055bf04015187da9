//! Tasks: what each one's coroutine is doing and what will make it go on.

use super::{Few, Model, Role, Stamp, Thread};
use crate::sim::event::{Event, HandleId, Kind, Outcome, TaskId, Text, Waitable};

/// A task. While it is not done, either it runs, or it waits for something, or a handle that resumes it is queued.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its number.
    pub id: TaskId,
    /// Its name, once it is complete.
    pub name: Option<Text>,
    /// The first name that it had.
    pub first_name: Option<Text>,
    /// Qualified name of its coroutine.
    pub coro: Text,
    /// The task that made it.
    pub parent: Option<TaskId>,
    /// The thread that made it, which is the thread of its loop.
    pub thread: u16,
    /// What it is doing.
    pub state: TaskState,
    /// Since when it is in that state.
    pub since: Stamp,
    /// When it was made.
    pub made: Stamp,
    /// How many steps it has begun.
    pub steps: u32,
    /// The last thing that it waited for, kept while it is ready again and in the step that follows.
    pub waited_for: Option<Waitable>,
    /// When it began that wait.
    pub suspended: Option<Stamp>,
    /// The queued handle that will resume it.
    pub resume: Option<HandleId>,
    /// Its suspended user frames, as `await` tells them.
    pub chain: Option<Text>,
    /// The method of a library object in which it is suspended, as `await` tells it: `Lock-1.acquire`.
    pub call: Option<Text>,
    /// Line at which it was last seen running; 0 when unknown.
    pub line: u32,
    /// Requests to cancel it that were not taken back.
    pub cancel_requests: u32,
    /// The last request to cancel it, and the task that made it.
    pub cancelled_by: Option<(Stamp, Option<TaskId>)>,
    /// Its done callbacks.
    pub callbacks: Few<Text>,
    /// The tasks that wait for it.
    pub waiters: Few<TaskId>,
}

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TaskState {
    /// It is being made.
    New,
    /// A handle that runs its next step is in the ready queue.
    Ready,
    /// One of its steps runs.
    Running,
    /// It waits.
    Waiting {
        /// What it waits for.
        on: Waitable,
    },
    /// It ended.
    Done {
        /// How.
        outcome: Outcome,
    },
}

impl Task {
    fn new(id: TaskId, coro: Text, thread: u16, made: Stamp) -> Self {
        Self {
            id,
            name: None,
            first_name: None,
            coro,
            parent: None,
            thread,
            state: TaskState::New,
            since: made,
            made,
            steps: 0,
            waited_for: None,
            suspended: None,
            resume: None,
            chain: None,
            call: None,
            line: 0,
            cancel_requests: 0,
            cancelled_by: None,
            callbacks: Few::new(),
            waiters: Few::new(),
        }
    }

    fn call_it(&mut self, name: Text) {
        self.name = Some(name);
        self.first_name.get_or_insert(name);
    }

    /// Whether the task has ended.
    pub fn done(&self) -> bool {
        matches!(self.state, TaskState::Done { .. })
    }

    /// The request that ended its last wait early: when it was made, and by which task.
    pub fn interrupted(&self) -> Option<(Stamp, Option<TaskId>)> {
        let began = self.suspended?;
        self.cancelled_by
            .filter(|(request, _)| request.event > began.event)
    }

    /// It will be resumed when `on` is done.
    pub(super) fn wait_for(&mut self, on: Waitable, stamp: Stamp) {
        self.waited_for = Some(on);
        self.suspended = Some(stamp);
    }

    fn enter(&mut self, state: TaskState, since: Stamp) {
        if self.state != state && !self.done() {
            self.state = state;
            self.since = since;
        }
    }

    /// The step is over: the task waits, unless a handle that resumes it is already queued.
    fn suspend(&mut self, line: u32, since: Stamp) {
        if line > 0 {
            self.line = line;
        }
        match (self.resume, self.waited_for) {
            (None, Some(on)) => self.enter(TaskState::Waiting { on }, since),
            _ => self.enter(TaskState::Ready, since),
        }
    }
}

impl Model {
    /// The task with this number, made if a trace mentions it without having told of its making.
    pub(super) fn task_mut(
        &mut self,
        id: TaskId,
        event: &Event,
        stamp: Stamp,
    ) -> Option<&mut Task> {
        self.tasks
            .entry(id.0, || Task::new(id, Text::NONE, event.thread, stamp))
    }

    pub(super) fn apply_task(&mut self, event: &Event, stamp: Stamp) {
        match event.kind {
            Kind::TaskNew { task, coro, name } => {
                let mut made = Task::new(task, coro, event.thread, stamp);
                made.first_name = name;
                made.name = name;
                made.parent = event.task;
                self.tasks.insert(task.0, made);
            }
            // While another task runs a step is refused.
            Kind::Step { task, .. } | Kind::StepEnd { task }
                if event.task.is_some_and(|running| running != task) => {}
            Kind::Step { task, .. } | Kind::Eager { task } => self.begin_step(task, event, stamp),
            Kind::StepEnd { task } => self.end_step(task, event, stamp),
            Kind::TaskNamed { task, name } => self.name_task(task, name, event, stamp),
            Kind::TaskRenamed { task, name } => {
                if let Some(task) = self.task_mut(task, event, stamp) {
                    task.call_it(name);
                }
            }
            Kind::Await { task, .. }
            | Kind::Wakeup { task, .. }
            | Kind::TaskDone { task, .. }
            | Kind::TaskCancel { task }
            | Kind::TaskUncancel { task } => {
                if let Some(task) = self.task_mut(task, event, stamp) {
                    task.note(event, stamp);
                }
            }
            _ => {}
        }
    }

    fn begin_step(&mut self, id: TaskId, event: &Event, stamp: Stamp) {
        self.leave_lock(id);
        let mut line = 0;
        if let Some(task) = self.task_mut(id, event, stamp) {
            task.enter(TaskState::Running, stamp);
            task.steps += 1;
            task.resume = None;
            (task.chain, task.call) = (None, None);
            line = task.line;
        }
        if let Some(thread) = self.thread_mut(event.thread, stamp) {
            thread.steps.push(id);
            thread.line = line;
        }
    }

    /// The task is complete. If it is eager, its first step, which is not told as a step, is over as well.
    fn name_task(&mut self, id: TaskId, name: Text, event: &Event, stamp: Stamp) {
        let eager = self.thread(event.thread).and_then(Thread::task) == Some(id);
        if let Some(task) = self.task_mut(id, event, stamp) {
            task.call_it(name);
        }
        if eager {
            self.end_step(id, event, stamp);
        }
    }

    /// An eager task that ends by an exception that ends programs is not named: what happens outside of it tells that its
    /// first step is over.
    pub(super) fn leave_ended(&mut self, event: &Event, stamp: Stamp) {
        if matches!(event.kind, Kind::StepEnd { .. } | Kind::TaskNamed { .. }) {
            return;
        }
        let inner = self.thread(event.thread).and_then(Thread::task);
        if let Some(id) = inner.filter(|&id| event.task != Some(id))
            && { self.task(id) }.is_some_and(|task| matches!(task.state, TaskState::Done { .. }))
        {
            self.end_step(id, event, stamp);
        }
    }

    fn end_step(&mut self, id: TaskId, event: &Event, stamp: Stamp) {
        let mut line = 0;
        if let Some(thread) = self.thread_mut(event.thread, stamp) {
            line = thread.line;
            thread.recent.forget();
            if let Some(depth) = thread.steps.iter().rposition(|&task| task == id) {
                thread.steps.truncate(depth);
            }
            if thread.steps.is_empty() && event.line > 0 {
                thread.line = event.line;
            }
        }
        if let Some(task) = self.task_mut(id, event, stamp) {
            task.suspend(line, stamp);
        }
    }

    /// A handle that resumes this task was queued.
    pub(super) fn will_resume(&mut self, role: Role, handle: HandleId, stamp: Stamp) {
        let (Role::Step(id) | Role::Wakeup(id)) = role else {
            return;
        };
        if let Some(task) = self.tasks.get_mut(id.0) {
            task.resume = Some(handle);
            if task.state != TaskState::Running {
                task.enter(TaskState::Ready, stamp);
            }
        }
    }
}

impl Task {
    fn note(&mut self, event: &Event, stamp: Stamp) {
        match event.kind {
            Kind::Await {
                on, chain, call, ..
            } => {
                self.wait_for(on, stamp);
                (self.chain, self.call) = (Some(chain), Some(call));
            }
            Kind::Wakeup { by, .. } => self.waited_for = Some(by),
            Kind::TaskDone { name, outcome, .. } => {
                self.call_it(name);
                self.enter(TaskState::Done { outcome }, stamp);
                self.resume = None;
            }
            Kind::TaskCancel { .. } => {
                self.cancel_requests += u32::from(!self.done());
                self.cancelled_by = Some((stamp, event.task));
            }
            Kind::TaskUncancel { .. } => {
                self.cancel_requests = self.cancel_requests.saturating_sub(1);
            }
            _ => {}
        }
    }
}
