//! What stands in a loop's queues: handles, and tasks. A task that is to be stepped or woken stands there itself, since
//! nobody else could get hold of its handle; that becomes an object only where somebody looks.

use super::{Field, items, list};
use crate::sim::handle::{self, Calls};
use crate::sim::record::{get, int};
use crate::sim::system::System;
use crate::sim::{future, task};
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::native::Outcome;
use crate::vm::value::{Id, Value};

/// The number in events of the handle that an entry is, or stands for; 0 before it is mentioned.
pub fn number_of(vm: &Vm, entry: Id) -> u32 {
    match task::is_task(vm, entry) {
        true => int(vm, entry, task::Field::Queued) as u32,
        false => handle::number(vm, entry),
    }
}

/// Is an entry a cancelled handle?
pub fn is_cancelled(vm: &Vm, entry: Id) -> bool {
    !task::is_task(vm, entry) && handle::is_cancelled(vm, entry)
}

/// The handle that an entry is or stands for, as an object.
pub(super) fn object(sys: &mut System, entry: Id) -> Id {
    if !task::is_task(sys.vm, entry) {
        return entry;
    }
    let (event_loop, context) = (
        get(sys.vm, entry, future::Field::Loop),
        get(sys.vm, entry, task::Field::Context),
    );
    let (calls, callback, arguments, label) = match task::waiter(sys.vm, entry) {
        awaited @ Value::Object(_) => (
            Calls::Callable,
            task::wakeup_method_of(sys, entry),
            sys.vm.tuple([awaited]),
            task::wakeup_label(sys, entry),
        ),
        _ => (
            Calls::Step,
            entry.into(),
            Value::Unbound,
            task::step_label(sys, entry),
        ),
    };
    let (class, number) = (sys.kernel.classes.handle, number_of(sys.vm, entry));
    let parts = [callback, arguments, event_loop, context];
    let made = handle::make(sys, class, calls, parts);
    handle::set(sys.vm, made, handle::Field::SourceTraceback, Value::None);
    handle::set(sys.vm, made, handle::Field::Label, i64::from(label.0));
    handle::set_number(sys.vm, made, number);
    made
}

/// `_ready`, with an object for each handle. During an iteration a list of its own, since what that has left to run is
/// kept elsewhere.
pub fn ready_list(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    let [batch, ready] = [Field::Batch, Field::Ready].map(|field| list(sys.vm, event_loop, field));
    make_objects(sys, batch);
    make_objects(sys, ready);
    let left = items(sys.vm, batch).iter().copied();
    let mut left: Vec<Value> = left.filter(|entry| !entry.is_none()).collect();
    if left.is_empty() {
        return Ok(ready.into());
    }
    left.extend_from_slice(items(sys.vm, ready));
    Ok(sys.vm.list(left))
}

fn make_objects(sys: &mut System, entries: Id) {
    for at in 0..items(sys.vm, entries).len() {
        let entry = items(sys.vm, entries).get(at).and_then(|entry| entry.id());
        if let Some(task) = entry.filter(|&entry| task::is_task(sys.vm, entry)) {
            let handle = object(sys, task);
            sys.vm.heap.list_set(entries, at, handle.into());
        }
    }
}
