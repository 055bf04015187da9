//! How a future ends, and who is told (`Lib/asyncio/futures.py`: Future.set_result, set_exception, __schedule_callbacks,
//! add_done_callback, remove_done_callback).

use super::{Field, State, creation_number, initialized, invalid_state, is_pending};
use crate::sim::context::own;
use crate::sim::event::{Kind, Outcome as Ended, Text, Waitable};
use crate::sim::label::{label, waitable};
use crate::sim::record::{get, set};
use crate::sim::request::Number;
use crate::sim::system::System;
use crate::sim::{context, event_loop, gather, task};
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, NativeCode, NativeFunction, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

pub(super) fn remove_done_callback(vm: &mut Vm, args: &Args) -> Outcome {
    let future = initialized(vm, args[0])?;
    if !is_pending(vm, future) {
        return Ok(Value::Int(0));
    }
    let (slots, mut kept, mut removed) = (callback_slots(vm, future), Vec::new(), 0);
    for (at, slot) in slots.chunks_exact(2).enumerate() {
        let same = match waiting_task(vm, slot[0]) {
            _ if slot[0].is_unbound() => false,
            Some(task) => is_wakeup_of(vm, args[1], task),
            None => vm.eq(slot[0], args[1])?,
        };
        removed += i64::from(same);
        match same {
            false => kept.extend_from_slice(slot),
            true if at == 0 => kept.extend(EMPTY_SLOT),
            true => {}
        }
    }
    if kept.len() == 2 && kept[0].is_unbound() {
        kept.clear();
    }
    if removed > 0 {
        let list = vm.list(kept);
        set(vm, future, Field::Callbacks, list);
    }
    Ok(Value::Int(removed))
}

/// The first callback has been removed: as long as there are others, its place stays.
const EMPTY_SLOT: [Value; 2] = [Value::Unbound; 2];

/// The callbacks of a future, each followed by its context; unbound where the first one was. A child of a gathering that
/// is done keeps the one for which it stands in its loop's queue.
pub fn callback_slots(vm: &mut Vm, future: Id) -> Vec<Value> {
    let callbacks = get(vm, future, Field::Callbacks);
    if is_alone(vm, callbacks) {
        let pair = with_context(vm, callbacks);
        set(vm, future, Field::Callbacks, pair);
    }
    if let Some(waiter) = waiting_task(vm, callbacks) {
        own::made(vm, waiter);
    }
    flatten(vm, get(vm, future, Field::Callbacks))
}

/// The same where nothing may be made: a context that was not made yet is unbound.
pub fn known_callback_slots(vm: &Vm, future: Id) -> Vec<Value> {
    flatten(vm, get(vm, future, Field::Callbacks))
}

/// The callbacks without the empty place, as programs see them.
pub fn flat_callbacks(vm: &mut Vm, future: Id) -> Vec<Value> {
    if !is_pending(vm, future) {
        return Vec::new();
    }
    let mut slots = callback_slots(vm, future);
    if slots.first().is_some_and(|first| first.is_unbound()) {
        slots.drain(..EMPTY_SLOT.len());
    }
    slots
}

/// What a future keeps as its only callback, be it in a list or alone.
pub fn only_callback(vm: &Vm, callbacks: Value) -> Option<Value> {
    match vm.items(callbacks) {
        Some(&[callback, _]) => Some(callback),
        Some(_) => None,
        None => Some(callbacks),
    }
}

/// Is it the callback of a gathering in the place of a list, without the empty context in which it is called?
fn is_alone(vm: &Vm, callbacks: Value) -> bool {
    matches!(vm.heap.content(callbacks), Some(Payload::Function(_)))
}

/// A list with that callback and its context.
fn with_context(vm: &mut Vm, callback: Value) -> Value {
    let context = context::empty(vm, vm.context_class);
    vm.list(vec![callback, context])
}

fn flatten(vm: &Vm, callbacks: Value) -> Vec<Value> {
    if is_alone(vm, callbacks) {
        return vec![callbacks, Value::Unbound];
    }
    match waiting_task(vm, callbacks) {
        Some(waiter) => vec![callbacks, get(vm, waiter, task::Field::Context)],
        None => vm.items(callbacks).unwrap_or_default().to_vec(),
    }
}

/// The task whose wake-up stands in the place of a callback.
pub(super) fn waiting_task(vm: &Vm, callback: Value) -> Option<Id> {
    callback.id().filter(|&id| task::is_task(vm, id))
}

/// Is it the bound method for which the task stands?
fn is_wakeup_of(vm: &Vm, callback: Value, task: Id) -> bool {
    let Some(Payload::BoundMethod(parts)) = vm.heap.content(callback) else {
        return false;
    };
    let wakeup = |native: &NativeFunction| matches!(native.def.code, NativeCode::Kernel(number) if number == Number::TaskWakeup as u16);
    parts[1].is(task.into())
        && matches!(vm.heap.content(parts[0]), Some(Payload::Native(native)) if wakeup(native))
}

/// How a future is to end.
#[derive(Clone, Copy)]
pub enum End {
    /// With a result.
    Result(Value),
    /// With an exception, an instance.
    Exception(Value),
    /// By cancellation with a message.
    Cancelled(Value),
}

/// Ends a pending future: state, callbacks, event. This is `super().set_result` and its like: what `Task` refuses to
/// outsiders is done to tasks here.
pub fn finish(sys: &mut System, future: Id, end: End) -> Outcome<()> {
    if sys.first()? {
        store_end(sys, future, end);
        if !matches!(end, End::Exception(_)) && has_own_finalizer(sys, future) {
            sys.vm.spare_finalizer(future);
        }
    }
    schedule_callbacks(sys, future)?;
    if let End::Exception(_) = end {
        set(sys.vm, future, Field::LogTraceback, true);
    }
    let outcome = match end {
        End::Result(value) => Ended::Result(sys.short_repr(value)?),
        End::Exception(exception) => Ended::Exception(sys.short_repr(exception)?),
        End::Cancelled(_) => Ended::Cancelled,
    };
    match waitable(sys, future.into()) {
        Some(Waitable::Task(task)) => {
            let name = crate::sim::task::name_text(sys, future)?;
            let number = creation_number(sys.vm, future);
            task::unregister(sys.vm, sys.kernel, number);
            sys.log(Kind::TaskDone {
                task,
                name,
                outcome,
            });
        }
        Some(Waitable::Future(id)) => sys.log(Kind::FutureDone {
            future: id,
            outcome,
        }),
        _ => {}
    }
    Ok(())
}

/// Does `__del__` do no more than to complain about what is pending or was not retrieved?
fn has_own_finalizer(sys: &System, future: Id) -> bool {
    let ours = [sys.kernel.classes.task, sys.kernel.classes.future];
    let class = sys.vm.class_of(future.into());
    let finalizer = |class| sys.vm.lookup(class, names::DEL);
    ours.contains(&class)
        || finalizer(class).is_some_and(|found| {
            { ours.into_iter() }.any(|ours| finalizer(ours).is_some_and(|own| own.is(found)))
        })
}

fn store_end(sys: &mut System, future: Id, end: End) {
    let vm = &mut *sys.vm;
    match end {
        End::Result(value) => set(vm, future, Field::Result, value),
        End::Exception(exception) => {
            let traceback = vm
                .exception_content(exception)
                .map_or(Value::None, |content| content.traceback);
            set(vm, future, Field::Exception, exception);
            set(vm, future, Field::ExceptionTraceback, traceback);
        }
        End::Cancelled(message) => set(vm, future, Field::CancelMessage, message),
    }
    let state = if matches!(end, End::Cancelled(_)) {
        State::Cancelled
    } else {
        State::Finished
    };
    set(vm, future, Field::State, state as i64);
}

/// Hands every callback to the loop. Something may be asked in between, for the label of a callback or by a loop that has
/// a `call_soon` of its own: each is handed over once.
fn schedule_callbacks(sys: &mut System, future: Id) -> Outcome<()> {
    // They are dropped even if the loop refuses one.
    let callbacks = sys.vm.once(|vm| {
        let callbacks = get(vm, future, Field::Callbacks).or_none();
        if !callbacks.is_none() {
            set(vm, future, Field::Callbacks, Value::Unbound);
        }
        Ok(callbacks)
    })?;
    if callbacks.is_none() {
        return Ok(());
    }
    let event_loop = get(sys.vm, future, Field::Loop);
    let ours = event_loop::is_ours(sys, event_loop);
    if let (true, Some(waiter)) = (ours, waiting_task(sys.vm, callbacks)) {
        if sys.first()? {
            event_loop::call_soon_wakeup(sys, event_loop, waiter);
        }
        return Ok(());
    }
    if ours && gather::is_child(sys, future, callbacks) {
        if sys.first()? {
            event_loop::call_soon_child(sys, event_loop, future, callbacks);
        }
        return Ok(());
    }
    let callbacks = match is_alone(sys.vm, callbacks) {
        true => sys.vm.once(|vm| Ok(with_context(vm, callbacks)))?,
        false => callbacks,
    };
    for pair in flatten(sys.vm, callbacks).chunks_exact(2) {
        if pair[0].is_unbound() {
            continue;
        }
        let (callback, context) = match waiting_task(sys.vm, pair[0]) {
            Some(waiter) if ours => {
                if sys.first()? {
                    event_loop::call_soon_wakeup(sys, event_loop, waiter);
                }
                continue;
            }
            Some(waiter) => {
                let wakeup = task::wakeup_method_of(sys, waiter);
                (wakeup, own::of(sys, waiter))
            }
            None => (pair[0], pair[1]),
        };
        event_loop::call_soon(sys, event_loop, callback, &[future.into()], context)?;
    }
    Ok(())
}

fn check_pending(sys: &mut System, future: Id) -> Outcome<()> {
    initialized(sys.vm, future.into())?;
    if is_pending(sys.vm, future) {
        return Ok(());
    }
    invalid_state(sys.vm, "invalid state")
}

/// `Future.set_result(result)`
pub fn set_result(sys: &mut System, request: &Request) -> Outcome {
    let (future, value) = (sys.receiver(request), sys.argument(request, 1));
    check_resumed_or_pending(sys, future)?;
    finish(sys, future, End::Result(value))?;
    Ok(Value::None)
}

/// `Future.set_exception(exception)`
pub fn set_exception(sys: &mut System, request: &Request) -> Outcome {
    let (future, given) = (sys.receiver(request), sys.argument(request, 1));
    check_resumed_or_pending(sys, future)?;
    let exception = match sys.vm.heap.content(given) {
        Some(Payload::Class(_)) => sys.vm.call(given, &[])?,
        _ => given,
    };
    if !sys.vm.is_instance(exception, class::BASE_EXCEPTION) {
        return sys.vm.type_error("invalid exception object");
    }
    let exception = match sys.vm.is_instance(exception, class::STOP_ITERATION) {
        true => sys.vm.once(|vm| Ok(stop_iteration_error(vm, exception)))?,
        false => exception,
    };
    finish(sys, future, End::Exception(exception))?;
    Ok(Value::None)
}

fn stop_iteration_error(vm: &mut Vm, cause: Value) -> Value {
    let message =
        "StopIteration interacts badly with generators and cannot be raised into a Future";
    let error = vm.exception(class::RUNTIME_ERROR, message);
    vm.update_exception(error, |content| {
        (content.cause, content.context) = (cause, cause)
    });
    error
}

/// On the first execution the future must be pending; when the request is executed again it may be done already.
fn check_resumed_or_pending(sys: &mut System, future: Id) -> Outcome<()> {
    if !sys.vm.in_dialogue() {
        check_pending(sys, future)
    } else {
        Ok(())
    }
}

/// `Future.add_done_callback(fn, *, context=None)`
pub fn add_done_callback(sys: &mut System, request: &Request) -> Outcome {
    let (future, callback) = (sys.receiver(request), sys.argument(request, 1));
    if get(sys.vm, future, Field::Loop).is_unbound() {
        return sys
            .vm
            .raise(class::RUNTIME_ERROR, "uninitialized Future object");
    }
    add_callback(sys, future, callback, sys.argument(request, 2).or_none())?;
    Ok(Value::None)
}

/// Adds a callback, or schedules it when the future is done.
pub fn add_callback(sys: &mut System, future: Id, callback: Value, given: Value) -> Outcome<()> {
    let text = label(sys, callback)?;
    add_labelled_callback(sys, future, callback, text, given)
}

/// The same for a callback that events name so.
pub fn add_labelled_callback(
    sys: &mut System,
    future: Id,
    callback: Value,
    text: Text,
    given: Value,
) -> Outcome<()> {
    let Some(to) = waitable(sys, future.into()) else {
        return Ok(());
    };
    let pending = is_pending(sys.vm, future);
    let event_loop = get(sys.vm, future, Field::Loop);
    let ours = event_loop::is_ours(sys, event_loop);
    if pending || ours || sys.first()? {
        sys.log(Kind::AddCallback { to, callback: text });
    }
    if !pending {
        return event_loop::call_soon(sys, event_loop, callback, &[future.into()], given);
    }
    let given = if given.is_none() {
        context::copy_current(sys)
    } else {
        given
    };
    keep_callback(sys.vm, future, callback, given);
    Ok(())
}

/// Adds the callback of a gathering to its child. Where that is a task without another callback, and nothing is set in the
/// current context, of which callbacks get a copy, it takes the place of a list, and its context is made only if somebody
/// looks.
pub fn add_gathering(sys: &mut System, child: Id, callback: Value, text: Text) -> Outcome<()> {
    let kept = get(sys.vm, child, Field::Callbacks);
    let is_first = task::is_task(sys.vm, child) && kept.id().is_none();
    let to = waitable(sys, child.into()).filter(|_| is_first && is_pending(sys.vm, child));
    let Some(to) = to.filter(|_| context::is_current_empty(sys)) else {
        return add_labelled_callback(sys, child, callback, text, Value::None);
    };
    sys.log(Kind::AddCallback { to, callback: text });
    set(sys.vm, child, Field::Callbacks, callback);
    Ok(())
}

/// Adds the wake-up of a task that begins to wait for the future, or schedules it when the future is done.
pub fn add_waiter(sys: &mut System, future: Id, waiter: Id) -> Outcome<()> {
    let event_loop = get(sys.vm, future, Field::Loop);
    if !event_loop::is_ours(sys, event_loop) {
        let (wakeup, context) = (task::wakeup_method_of(sys, waiter), own::of(sys, waiter));
        return add_callback(sys, future, wakeup, context);
    }
    let callback = task::wakeup_label(sys, waiter);
    if let Some(to) = waitable(sys, future.into()) {
        sys.log(Kind::AddCallback { to, callback });
    }
    if !is_pending(sys.vm, future) {
        event_loop::call_soon_wakeup(sys, event_loop, waiter);
        return Ok(());
    }
    match get(sys.vm, future, Field::Callbacks).id() {
        Some(_) => {
            let context = own::of(sys, waiter);
            keep_callback(sys.vm, future, waiter.into(), context);
        }
        None => set(sys.vm, future, Field::Callbacks, waiter),
    }
    Ok(())
}

fn keep_callback(vm: &mut Vm, future: Id, callback: Value, context: Value) {
    let known = get(vm, future, Field::Callbacks);
    match known.id() {
        Some(list) if vm.heap.items(list).is_some() => [callback, context]
            .into_iter()
            .for_each(|part| vm.heap.list_push(list, part)),
        _ => {
            let mut all = flat_callbacks(vm, future);
            all.extend([callback, context]);
            let list = vm.list(all);
            set(vm, future, Field::Callbacks, list);
        }
    }
}
