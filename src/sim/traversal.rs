//! What the kernel's objects lead to, in the order in which CPython's collector finds it from them
//! (`Modules/_asynciomodule.c`: TaskObj_traverse, FutureObj_traverse; `Lib/asyncio/base_events.py`: BaseEventLoop).
//! Where CPython has objects of its own in between, such as the handle of a step, what lies behind them is found later.

use super::handle::Calls;
use super::record::get;
use super::{event_loop, future, handle, task};
use crate::vm::collect::{Handle, Part};
use crate::vm::machine::Vm;
use crate::vm::object::{GeneratorState, Payload};
use crate::vm::set::Set;
use crate::vm::value::{Id, Value};

/// What an object of the kernel refers to itself; nothing for other objects.
pub fn parts(vm: &Vm, id: Id) -> Option<Vec<Part>> {
    let Payload::Record(fields) = vm.heap.payload(id) else {
        return None;
    };
    let mut found = Parts::default();
    match fields.len() as u8 {
        task::FIELDS => {
            for field in [
                task::Field::Context,
                task::Field::Coroutine,
                task::Field::Name,
                task::Field::Waiter,
            ] {
                found.add(get(vm, id, field), 0);
            }
            found.add_future(vm, id);
        }
        future::FIELDS => found.add_future(vm, id),
        event_loop::FIELDS => found.add_loop(vm, id),
        length if handle::FIELDS.contains(&length) => found.add_handle(vm, id),
        _ => return None,
    }
    Some(found.0)
}

#[derive(Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn add(&mut self, value: Value, behind: u8) {
        if let Some(id) = value.id() {
            self.0.push(Part {
                behind,
                ..Part::near(id)
            });
        }
    }

    fn add_future(&mut self, vm: &Vm, id: Id) {
        self.add(get(vm, id, future::Field::Loop), 0);
        self.add_callbacks(vm, &future::known_callback_slots(vm, id));
        for field in [
            future::Field::Result,
            future::Field::Exception,
            future::Field::ExceptionTraceback,
            future::Field::SourceTraceback,
            future::Field::CancelMessage,
            future::Field::CancelledError,
        ] {
            self.add(get(vm, id, field), 0);
        }
        self.add_waiting(vm, get(vm, id, future::Field::AwaitedBy));
    }

    /// Those who wait for a future: one, or a set of several, in the order of their hashes.
    fn add_waiting(&mut self, vm: &Vm, waiting: Value) {
        let Some(Payload::List(all)) = vm.heap.content(waiting) else {
            return self.add(waiting, 0);
        };
        let mut set = Set::default();
        for one in all.iter().copied().filter_map(Value::id) {
            set.push(future::creation_number(vm, one).into(), one.into());
        }
        set.iter().for_each(|one| self.add(one, 1));
    }

    /// The first callback and its context lie in the future, the others as tuples in a list; both kinds are looked through
    /// from their ends.
    fn add_callbacks(&mut self, vm: &Vm, callbacks: &[Value]) {
        let (first, others) = callbacks.split_at(callbacks.len().min(2));
        let is_wakeup = |part: Value| part.id().is_some_and(|part| task::is_task(vm, part));
        for (at, &part) in first.iter().enumerate() {
            self.add(part, u8::from(at == 0 && is_wakeup(part)));
        }
        for (at, &part) in others.iter().enumerate().rev() {
            self.add(part, 2 + u8::from(at % 2 == 0 && is_wakeup(part)));
        }
    }

    fn add_handle(&mut self, vm: &Vm, id: Id) {
        let steps = handle::calls(vm, id) == Calls::Step;
        self.add(get(vm, id, handle::Field::Arguments), 0);
        self.add(get(vm, id, handle::Field::Callback), u8::from(steps));
        for field in [
            handle::Field::Context,
            handle::Field::Loop,
            handle::Field::Repr,
            handle::Field::SourceTraceback,
        ] {
            self.add(get(vm, id, field), 0);
        }
    }

    /// The queue of handles is a deque; a task in it stands for its handle and what that calls.
    fn add_loop(&mut self, vm: &Vm, id: Id) {
        let [batch, ready, scheduled] = event_loop::queues(vm, id);
        for entry in batch.into_iter().chain(ready) {
            match task::is_task(vm, entry) {
                true => self.0.push(queued(vm, entry)),
                false => self.add(entry.into(), 1),
            }
        }
        // A list, which is looked through from its end.
        for timer in scheduled.into_iter().rev() {
            self.add(timer.into(), 1);
        }
    }
}

/// A task that stands in a queue for a handle: that of its first step was made together with the task.
fn queued(vm: &Vm, task: Id) -> Part {
    let coroutine = vm.generator(get(vm, task, task::Field::Coroutine));
    let state = coroutine.map(|content| &content.state);
    let has_started = !matches!(state, Some(GeneratorState::Suspended(frame)) if !frame.started);
    let handle = Handle {
        number: event_loop::number_of(vm, task),
        is_first: !has_started,
    };
    Part {
        id: task,
        behind: 3,
        handle: Some(handle),
    }
}
