//! What stands in a loop's queues: handles, and tasks. A task that is to be stepped or woken stands there itself, and so
//! does one that is done, for the callback of the gathering whose child it is: nobody else could get hold of its handle.
//! That becomes an object only where somebody looks.

use super::{Field, items, list};
use crate::sim::context::own;
use crate::sim::event::Text;
use crate::sim::handle::{self, Calls};
use crate::sim::record::{get, int, set};
use crate::sim::system::System;
use crate::sim::{future, gather, task};
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
    match future::is_pending(sys.vm, entry) {
        true => handle_of_turn(sys, entry),
        false => handle_of_callback(sys, entry),
    }
}

/// The handle of a task's turn: of its wake-up if it waits, otherwise of its step.
pub(super) fn handle_of_turn(sys: &mut System, task: Id) -> Id {
    let context = own::of(sys, task);
    match task::waiter(sys.vm, task) {
        awaited @ Value::Object(_) => {
            let wakeup = task::wakeup_method_of(sys, task);
            let label = task::wakeup_label(sys, task);
            let arguments = sys.vm.tuple([awaited]);
            let parts = [wakeup, arguments, context];
            make_handle(sys, task, Calls::Callable, parts, label)
        }
        _ => {
            let label = task::step_label(sys, task);
            let parts = [task.into(), Value::Unbound, context];
            make_handle(sys, task, Calls::Step, parts, label)
        }
    }
}

/// The handle of the callback that a child of a gathering has kept, which goes there.
fn handle_of_callback(sys: &mut System, child: Id) -> Id {
    let kept = future::known_callback_slots(sys.vm, child);
    let [callback, context] = [0, 1].map(|n| kept.get(n).copied().unwrap_or_default());
    let arguments = sys.vm.tuple([child.into()]);
    let label = gather::callback_label(sys);
    let parts = [callback, arguments, context];
    let made = make_handle(sys, child, Calls::Callable, parts, label);
    set(sys.vm, child, future::Field::Callbacks, Value::Unbound);
    made
}

/// A handle for which a task stood, with its callback, arguments and context.
fn make_handle(sys: &mut System, task: Id, calls: Calls, parts: [Value; 3], label: Text) -> Id {
    let [callback, arguments, context] = parts;
    let event_loop = get(sys.vm, task, future::Field::Loop);
    let (class, number) = (sys.kernel.classes.handle, number_of(sys.vm, task));
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

/// A loop has stopped, and may never go on: children that are done no longer stand for their callbacks, which lead back to
/// them.
pub(super) fn leave_children(sys: &mut System, event_loop: Id) {
    let ready = list(sys.vm, event_loop, Field::Ready);
    replace(sys, ready, |vm, task| !future::is_pending(vm, task));
}

fn make_objects(sys: &mut System, entries: Id) {
    replace(sys, entries, |_, _| true);
}

/// Puts the handles for which some of the tasks stand in their places.
fn replace(sys: &mut System, entries: Id, which: impl Fn(&Vm, Id) -> bool) {
    for at in 0..items(sys.vm, entries).len() {
        let entry = items(sys.vm, entries).get(at).and_then(|entry| entry.id());
        let is_meant = |&entry: &Id| task::is_task(sys.vm, entry) && which(sys.vm, entry);
        if let Some(task) = entry.filter(is_meant) {
            let handle = object(sys, task);
            sys.vm.heap.list_set(entries, at, handle.into());
        }
    }
}
