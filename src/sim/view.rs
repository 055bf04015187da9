//! The state of a world as plain data, to look at: under the numbers that events use, so that it can be compared with
//! what is told from the events. What no event has mentioned yet is left out.

use super::event::{FutureId, HandleId, Instant, JobId, LockId, LoopId, TaskId, Waitable};
use super::future::{self, State};
use super::kernel::Kernel;
use super::{event_loop, handle, task, thread};
use crate::vm::machine::Vm;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use std::collections::BTreeMap;

/// What there is at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The virtual clock.
    pub now: Instant,
    /// Threads that were started, by number.
    pub threads: BTreeMap<u16, Thread>,
    /// Tasks that have not gone away.
    pub tasks: BTreeMap<TaskId, Task>,
    /// Futures that have not gone away: how each ended, if it has.
    pub futures: BTreeMap<FutureId, Option<End>>,
    /// Event loops that have not gone away.
    pub loops: BTreeMap<LoopId, Queues>,
    /// Work items that have not gone away, with the state that `concurrent.futures` names.
    pub jobs: BTreeMap<JobId, String>,
    /// Locks of asyncio that have not gone away: is each one taken?
    pub locks: BTreeMap<LockId, bool>,
}

/// A thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Can it run?
    pub state: thread::State,
    /// The task whose step runs on it.
    pub task: Option<TaskId>,
}

/// A task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// What it waits for, unless that is done.
    pub waits_for: Option<Waitable>,
    /// How often it was asked to cancel.
    pub cancel_requests: i64,
    /// How it ended, if it has.
    pub end: Option<End>,
}

/// How a task or future ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With a result.
    Result,
    /// With an exception.
    Exception,
    /// Cancelled.
    Cancelled,
}

/// The queues of an event loop, without what is cancelled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queues {
    /// What is left of the batch of the running iteration.
    pub batch: Vec<HandleId>,
    /// What runs in the next one.
    pub ready: Vec<HandleId>,
    /// The timers, the earliest first.
    pub scheduled: Vec<HandleId>,
}

impl View {
    /// The present state.
    pub fn of(vm: &Vm, kernel: &Kernel) -> Self {
        let mut view = Self {
            now: kernel.scheduler.clock.now,
            ..Self::default()
        };
        for (index, known) in kernel.scheduler.threads.iter().enumerate() {
            let vm = kernel.processes.machine(vm, known.process);
            let task = known.running_task.id();
            let task = task.map(|id| TaskId(future::trace_number(vm, id)));
            let state = known.state;
            view.threads
                .insert(index as u16 + 1, Thread { state, task });
        }
        for vm in kernel.processes.machines(vm) {
            for id in vm.heap.ids() {
                view.add(vm, kernel, id);
            }
        }
        view
    }

    fn add(&mut self, vm: &Vm, kernel: &Kernel, id: Id) {
        let class = vm.heap.get(id).class;
        match waitable(vm, kernel, id.into()) {
            Some(Waitable::Task(number)) => {
                self.tasks.insert(number, view_task(vm, kernel, id));
            }
            Some(Waitable::Future(number)) => {
                self.futures.insert(number, end(vm, id));
            }
            _ if vm.is_subclass(class, kernel.classes.event_loop) => {
                let number = LoopId(event_loop::number(vm, id.into()));
                self.loops.insert(number, queues(vm, id));
            }
            _ => self.add_of_python(vm, id),
        }
    }

    /// Work items and locks are objects of library Python that keep their number in an attribute.
    fn add_of_python(&mut self, vm: &Vm, id: Id) {
        let Some(number) = attribute(vm, id, "_number").and_then(|value| vm.as_i64(value)) else {
            return;
        };
        let Some(number) = u32::try_from(number).ok().filter(|&number| number > 0) else {
            return;
        };
        if let Some(state) = attribute(vm, id, "_state").and_then(|value| vm.as_str(value)) {
            self.jobs.insert(JobId(number), state.to_owned());
        } else if let Some(Value::Bool(locked)) = attribute(vm, id, "_locked") {
            self.locks.insert(LockId(number), locked);
        }
    }
}

/// The value of an attribute in the object's own dictionary.
fn attribute(vm: &Vm, id: Id, name: &str) -> Option<Value> {
    let mut entries = vm.heap.dict(vm.heap.get(id).dict)?.iter();
    let found = entries.find(|entry| vm.as_str(entry.key) == Some(name));
    found.map(|entry| entry.value)
}

/// A task or future under its number, if an event has mentioned it.
fn waitable(vm: &Vm, kernel: &Kernel, value: Value) -> Option<Waitable> {
    let id = value.id()?;
    let class = vm.heap.get(id).class;
    if !matches!(vm.heap.payload(id), Payload::Record(_))
        || !vm.is_subclass(class, kernel.classes.future)
    {
        return None;
    }
    let number = future::trace_number(vm, id);
    match number {
        0 => None,
        _ if vm.is_subclass(class, kernel.classes.task) => Some(Waitable::Task(TaskId(number))),
        _ => Some(Waitable::Future(FutureId(number))),
    }
}

fn view_task(vm: &Vm, kernel: &Kernel, id: Id) -> Task {
    let waiter = task::waiter(vm, id);
    let pending = waiter
        .id()
        .is_some_and(|waiter| future::is_pending(vm, waiter));
    Task {
        waits_for: waitable(vm, kernel, waiter).filter(|_| pending),
        cancel_requests: task::cancels(vm, id.into()),
        end: end(vm, id),
    }
}

fn end(vm: &Vm, id: Id) -> Option<End> {
    match future::state(vm, id) {
        State::Pending => None,
        State::Cancelled => Some(End::Cancelled),
        State::Finished => {
            let exception = future::get(vm, id, future::Field::Exception).or_none();
            Some(match exception.is_none() {
                true => End::Result,
                false => End::Exception,
            })
        }
    }
}

fn queues(vm: &Vm, event_loop: Id) -> Queues {
    let [batch, ready, mut scheduled] = event_loop::queues(vm, event_loop);
    scheduled.sort_by_key(|&handle| handle::order(vm, handle.into()));
    let numbers = |handles: Vec<Id>| {
        let live = handles
            .into_iter()
            .filter(|&handle| !event_loop::is_cancelled(vm, handle));
        // The handle of a signal is mentioned when it runs: it comes to the loop without an event.
        live.map(|handle| event_loop::number_of(vm, handle))
            .filter(|&number| number > 0)
            .map(HandleId)
            .collect()
    };
    Queues {
        batch: numbers(batch),
        ready: numbers(ready),
        scheduled: numbers(scheduled),
    }
}
