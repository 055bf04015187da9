//! How a request to cancel travels (`Lib/asyncio/tasks.py`: Task.cancel, uncancel).

use super::{Field, cancels, is_native};
use crate::sim::event::Kind;
use crate::sim::future::{self, End, is_pending};
use crate::sim::record::{get, set};
use crate::sim::system::System;
use crate::vm::exit::Request;
use crate::vm::names;
use crate::vm::native::Outcome;
use crate::vm::value::{Id, Value};

/// `Future.cancel(msg=None)`, `Task.cancel(msg=None)`
pub fn cancel(sys: &mut System, request: &Request) -> Outcome {
    let (task, message) = (sys.receiver(request), sys.argument(request, 1).or_none());
    if !sys.vm.is_instance(task.into(), sys.kernel.classes.task) {
        future::initialized(sys.vm, task.into())?;
    }
    cancel_native(sys, task, message).map(Value::Bool)
}

/// Cancels anything that has `cancel`: our futures and tasks natively, others by calling the method.
pub fn cancel_any(sys: &mut System, future: Value, message: Value) -> Outcome<bool> {
    let ours = future
        .id()
        .filter(|_| sys.vm.is_instance(future, sys.kernel.classes.future));
    match ours.filter(|_| is_native(sys, future, names::CANCEL)) {
        Some(id) => cancel_native(sys, id, message),
        None => {
            let name = sys.vm.intern("msg");
            let done = sys.call_method(future, "cancel", &[], &[(name, message)])?;
            sys.vm.truth(done)
        }
    }
}

/// Cancels a future or task of ours. The request travels along the chain of tasks that wait for each other to what the
/// last one waits for; if that does not take it, the last task that waits does.
fn cancel_native(sys: &mut System, first: Id, message: Value) -> Outcome<bool> {
    let chain = waiting_chain(sys, first);
    let chain = sys.vm.once(|vm| Ok(vm.tuple(chain)))?;
    let chain = sys.vm.as_tuple(chain).cloned().unwrap_or_default();
    let mut links = chain.iter().filter_map(|link| link.id());
    if sys.first()? {
        links.clone().for_each(|link| request_cancel(sys, link));
    }
    if cancel_last(sys, links.next_back().unwrap_or(first), message)? {
        return Ok(true);
    }
    match links.next_back() {
        Some(waiting) => Ok(take_cancel(sys, waiting, message)),
        None => Ok(false),
    }
}

/// A task, what it waits for, and so on, as far as those are ours and pending tasks.
fn waiting_chain(sys: &mut System, first: Id) -> Vec<Value> {
    // Most tasks wait for a future that is no task.
    let mut chain = Vec::with_capacity(2);
    chain.push(first.into());
    let mut at = first;
    while is_task(sys, at.into()) && is_pending(sys.vm, at) {
        let waiter = get(sys.vm, at, Field::Waiter);
        let ours = sys.vm.is_instance(waiter, sys.kernel.classes.future)
            && is_native(sys, waiter, names::CANCEL);
        let Some(next) = waiter.id().filter(|_| ours) else {
            break;
        };
        chain.push(waiter);
        at = next;
    }
    chain
}

fn is_task(sys: &System, value: Value) -> bool {
    sys.vm.is_instance(value, sys.kernel.classes.task)
}

/// What `cancel` does first on every link: the event, and the count of a task's requests.
fn request_cancel(sys: &mut System, link: Id) {
    if is_task(sys, link.into()) {
        let id = future::task_id(sys, link);
        sys.log(Kind::TaskCancel { task: id });
        if is_pending(sys.vm, link) {
            let requests = cancels(sys.vm, link.into());
            set(sys.vm, link, Field::Cancels, requests + 1);
        }
    }
    future::set(sys.vm, link, future::Field::LogTraceback, false);
}

/// Cancels the end of a chain; false when it is done already.
fn cancel_last(sys: &mut System, last: Id, message: Value) -> Outcome<bool> {
    let pending = sys.vm.once(|vm| Ok(is_pending(vm, last).into()))?;
    if !matches!(pending, Value::Bool(true)) {
        return Ok(false);
    }
    if !is_task(sys, last.into()) {
        future::finish(sys, last, End::Cancelled(message))?;
        return Ok(true);
    }
    let waiter = get(sys.vm, last, Field::Waiter);
    if waiter.id().is_some() && cancel_any(sys, waiter, message)? {
        return Ok(true);
    }
    Ok(take_cancel(sys, last, message))
}

/// A step is scheduled already: it will throw CancelledError.
fn take_cancel(sys: &mut System, task: Id, message: Value) -> bool {
    set(sys.vm, task, Field::MustCancel, true);
    future::set(sys.vm, task, future::Field::CancelMessage, message);
    true
}

/// `Task.uncancel()`
pub fn uncancel(sys: &mut System, request: &Request) -> Outcome {
    let task = sys.receiver(request);
    let id = future::task_id(sys, task);
    sys.log(Kind::TaskUncancel { task: id });
    let requests = cancels(sys.vm, task.into());
    if requests > 0 {
        set(sys.vm, task, Field::Cancels, requests - 1);
        if requests == 1 {
            set(sys.vm, task, Field::MustCancel, false);
        }
    }
    Ok(Value::Int((requests - 1).max(0)))
}
