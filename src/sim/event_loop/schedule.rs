//! How callbacks come to a loop (`Lib/asyncio/base_events.py`: BaseEventLoop.call_soon, call_soon_threadsafe, call_at,
//! call_later).

use super::timers::push_timer;
use super::{Field, is_ours, list};
use crate::sim::context::own;
use crate::sim::event::{HandleId, Kind, LoopId, Seconds, Text};
use crate::sim::handle::{self, Calls};
use crate::sim::label::label;
use crate::sim::plain::{Ability, has_own_methods};
use crate::sim::record::{get, is_set, set, set_all};
use crate::sim::system::System;
use crate::sim::thread::Wake;
use crate::sim::{future, gather, task};
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome, Trap};
use crate::vm::value::{Id, Value};

/// `call_soon` has a helper, and the handles of `call_soon_threadsafe` and `call_at` have an `__init__` of their own.
const CALLS_BETWEEN: i64 = 2;

pub(super) fn add_callback(vm: &mut Vm, args: &Args) -> Outcome {
    if let (Some(event_loop), Some(handle)) = (args[0].id(), args[1].id())
        && !handle::is_cancelled(vm, handle)
    {
        let ready = list(vm, event_loop, Field::Ready);
        vm.heap.list_push(ready, handle.into());
    }
    Ok(Value::None)
}

fn check_closed(sys: &mut System, event_loop: Value, callback: Value) -> Outcome<()> {
    match event_loop.id() {
        Some(id) if is_set(sys.vm, id, Field::Closed) => {
            refuse(sys, event_loop, callback, "Event loop is closed")
        }
        _ => Ok(()),
    }
}

/// A callback is not taken. The exception comes from a frame, which keeps the callback as long as it lives.
fn refuse(sys: &mut System, event_loop: Value, callback: Value, message: &str) -> Outcome<()> {
    let refused = sys.library("asyncio.base_events", "_not_scheduled")?;
    let message = sys.vm.str(message);
    sys.vm.call(refused, &[event_loop, callback, message])?;
    Ok(())
}

/// In debug mode: the right thread, and something that can be called.
fn check_debug(
    sys: &mut System,
    event_loop: Value,
    callback: Value,
    method: &str,
    any_thread: bool,
) -> Outcome<()> {
    let Some(id) = event_loop
        .id()
        .filter(|&id| is_set(sys.vm, id, Field::Debug))
    else {
        return Ok(());
    };
    let owner = get(sys.vm, id, Field::Thread);
    if !any_thread && !owner.is_none() && sys.vm.as_i64(owner) != Some(sys.ident()) {
        let message =
            "Non-thread-safe operation invoked on an event loop other than the current one";
        return refuse(sys, event_loop, callback, message);
    }
    let method = sys.vm.str(method);
    sys.call_method(event_loop, "_check_callback", &[callback, method], &[])?;
    Ok(())
}

/// `loop.call_soon(callback, *arguments, context=context)` of any loop.
pub fn call_soon(
    sys: &mut System,
    event_loop: Value,
    callback: Value,
    arguments: &[Value],
    given: Value,
) -> Outcome<()> {
    if is_ours(sys, event_loop) {
        return put_ready(
            sys,
            event_loop,
            (Calls::Callable, callback),
            arguments,
            given,
        )
        .map(drop);
    }
    let mut all = vec![callback];
    all.extend_from_slice(arguments);
    let name = sys.vm.intern("context");
    sys.call_method(event_loop, "call_soon", &all, &[(name, given.or_none())])
        .map(drop)
}

/// Schedules a step of a task.
pub fn call_soon_step(sys: &mut System, event_loop: Value, task: Id, thrown: Value) -> Outcome<()> {
    let arguments: &[Value] = if thrown.is_none() { &[] } else { &[thrown] };
    let ours = is_ours(sys, event_loop);
    if ours && thrown.is_none() {
        call_soon_task(sys, event_loop, task);
        return Ok(());
    }
    let given = own::of(sys, task);
    if ours {
        return put_ready(
            sys,
            event_loop,
            (Calls::Step, task.into()),
            arguments,
            given,
        )
        .map(drop);
    }
    let name = sys.vm.intern("__step");
    let step = sys.vm.get_attr(task.into(), name)?;
    call_soon(sys, event_loop, step, arguments, given)
}

/// Schedules a step of a task on a loop that is ours ([`is_ours`]).
pub fn call_soon_task(sys: &mut System, event_loop: Value, task: Id) {
    let label = task::step_label(sys, task);
    put_task(sys, event_loop, task, label);
}

/// Schedules the wake-up of a task by the future for which it waits, on a loop that is ours ([`is_ours`]).
pub fn call_soon_wakeup(sys: &mut System, event_loop: Value, task: Id) {
    let label = task::wakeup_label(sys, task);
    put_task(sys, event_loop, task, label);
}

/// Schedules the callback of a task that is a child of a gathering ([`gather::is_child`]) and done, on a loop that is ours
/// ([`is_ours`]). The task keeps it until it is called.
pub fn call_soon_child(sys: &mut System, event_loop: Value, task: Id, callbacks: Value) {
    set(sys.vm, task, future::Field::Callbacks, callbacks);
    let label = gather::callback_label(sys);
    put_task(sys, event_loop, task, label);
}

/// Puts a task into the ready queue for the handle of its next step or wake-up, or of its callback, which nobody else can
/// get hold of.
fn put_task(sys: &mut System, event_loop: Value, task: Id, callback: Text) {
    sys.kernel.handles += 1;
    let number = sys.kernel.handles;
    set(sys.vm, task, task::Field::Queued, i64::from(number));
    if let Some(event_loop) = event_loop.id() {
        let ready = list(sys.vm, event_loop, Field::Ready);
        sys.vm.heap.list_push(ready, task.into());
    }
    let loop_ = sys.loop_id(event_loop);
    sys.log(Kind::CallSoon {
        handle: HandleId(number),
        callback,
        loop_,
    });
}

fn put_ready(
    sys: &mut System,
    event_loop: Value,
    (calls, callback): (Calls, Value),
    arguments: &[Value],
    given: Value,
) -> Outcome<Id> {
    check_closed(sys, event_loop, callback)?;
    if calls == Calls::Callable {
        check_debug(sys, event_loop, callback, "call_soon", false)?;
    }
    let class = sys.kernel.classes.handle;
    let handle = prepare(
        sys,
        event_loop,
        class,
        CALLS_BETWEEN,
        (calls, callback),
        arguments,
        given,
    )?;
    // One of several callbacks of a future: for the sake of a later one this is executed again.
    if sys.first()? {
        let (id, text, loop_) = mention(sys, handle, event_loop)?;
        if let Some(event_loop) = event_loop.id() {
            let ready = list(sys.vm, event_loop, Field::Ready);
            sys.vm.heap.list_push(ready, handle.into());
        }
        sys.log(Kind::CallSoon {
            handle: id,
            callback: text,
            loop_,
        });
    }
    Ok(handle)
}

/// A new handle, with everything asked that has to be asked. In CPython so many calls of the loop's own stand between
/// its caller and the place that keeps the stack.
fn prepare(
    sys: &mut System,
    event_loop: Value,
    class: Id,
    calls_between: i64,
    (calls, callback): (Calls, Value),
    arguments: &[Value],
    given: Value,
) -> Outcome<Id> {
    let traceback = handle::source_traceback(sys, event_loop, calls_between)?;
    let text = match calls {
        Calls::Step => task::step_label(sys, callback.id().unwrap_or(Id::NONE)),
        Calls::Callable => label(sys, callback)?,
    };
    let context = own::given_or_copy(sys, given);
    let arguments = match arguments {
        [] => Value::Unbound,
        given => sys.vm.tuple(given),
    };
    let handle = handle::make(
        sys,
        class,
        calls,
        [callback, arguments, event_loop, context],
    );
    let rest = [
        (handle::Field::SourceTraceback, traceback),
        (handle::Field::Label, Value::Int(text.0.into())),
    ];
    set_all(sys.vm, handle, rest);
    Ok(handle)
}

/// What events say of a handle: its number, its callback, its loop.
fn mention(sys: &mut System, handle: Id, event_loop: Value) -> Outcome<(HandleId, Text, LoopId)> {
    let (id, text) = (sys.handle_id(handle), label_of(sys, handle)?);
    Ok((id, text, sys.loop_id(event_loop)))
}

/// The label of a handle's callback.
pub(super) fn label_of(sys: &mut System, handle: Id) -> Outcome<Text> {
    match sys
        .vm
        .as_i64(handle::get(sys.vm, handle, handle::Field::Label))
    {
        Some(number) => Ok(Text(number as u32)),
        None => {
            let callback = handle::get(sys.vm, handle, handle::Field::Callback);
            label(sys, callback)
        }
    }
}

/// `loop.call_soon(callback, *args, context=None)`
pub fn call_soon_method(sys: &mut System, request: &Request) -> Outcome {
    let (event_loop, callback) = (sys.argument(request, 0), sys.argument(request, 1));
    let given = sys.argument(request, 2);
    put_ready(
        sys,
        event_loop,
        (Calls::Callable, callback),
        &request.rest,
        given,
    )
    .map(Value::from)
}

/// `loop.call_soon_threadsafe(callback, *args, context=None)`
pub fn call_soon_threadsafe(sys: &mut System, request: &Request) -> Outcome {
    let (event_loop, callback) = (sys.argument(request, 0), sys.argument(request, 1));
    check_closed(sys, event_loop, callback)?;
    check_debug(sys, event_loop, callback, "call_soon_threadsafe", true)?;
    let (class, given) = (
        sys.kernel.classes.thread_safe_handle,
        sys.argument(request, 2),
    );
    let handle = prepare(
        sys,
        event_loop,
        class,
        CALLS_BETWEEN,
        (Calls::Callable, callback),
        &request.rest,
        given,
    )?;
    if let Some(event_loop) = event_loop.id() {
        let ready = list(sys.vm, event_loop, Field::Ready);
        sys.vm.heap.list_push(ready, handle.into());
        poke(sys, event_loop);
    }
    let (id, text, loop_) = mention(sys, handle, event_loop)?;
    sys.log(Kind::CallSoonThreadsafe {
        handle: id,
        callback: text,
        loop_,
    });
    Ok(handle.into())
}

/// `loop.call_at(when, callback, *args, context=None)`
pub fn call_at(sys: &mut System, request: &Request) -> Outcome {
    let when = sys.argument(request, 1);
    if when.is_none() {
        return sys.vm.type_error("when cannot be None");
    }
    let seconds = sys.seconds(when)?;
    put_timer(sys, request, when, seconds, CALLS_BETWEEN)
}

/// `loop.call_later(delay, callback, *args, context=None)`
pub fn call_later(sys: &mut System, request: &Request) -> Outcome {
    let delay = sys.argument(request, 1);
    if delay.is_none() {
        return sys.vm.type_error("delay must not be None");
    }
    let event_loop = sys.argument(request, 0);
    let is_plain = has_own_methods(sys, event_loop, Ability::CallAt);
    let now = match is_plain {
        true => sys.now().seconds(),
        false => {
            let now = sys.call_method(event_loop, "time", &[], &[])?;
            sys.seconds(now)?
        }
    };
    let seconds = now + added(sys, delay)?;
    let when = Value::Float(seconds);
    if is_plain || has_own_methods(sys, event_loop, Ability::CallAtAny) {
        return put_timer(sys, request, when, seconds, CALLS_BETWEEN + 1);
    }
    let mut arguments = vec![when, sys.argument(request, 2)];
    arguments.extend_from_slice(&request.rest);
    let (name, given) = (sys.vm.intern("context"), sys.argument(request, 3).or_none());
    sys.call_method(event_loop, "call_at", &arguments, &[(name, given)])
}

/// A delay in seconds, which is added to the time.
fn added(sys: &mut System, delay: Value) -> Outcome<f64> {
    match sys.seconds(delay) {
        Err(Trap::Raise(_)) => {
            let given = sys.vm.class_name(delay).to_owned();
            let message = format!("unsupported operand type(s) for +: 'float' and '{given}'");
            sys.vm.type_error(message)
        }
        seconds => seconds,
    }
}

fn put_timer(
    sys: &mut System,
    request: &Request,
    when: Value,
    seconds: f64,
    calls_between: i64,
) -> Outcome {
    let (event_loop, callback) = (sys.argument(request, 0), sys.argument(request, 2));
    check_closed(sys, event_loop, callback)?;
    check_debug(sys, event_loop, callback, "call_at", false)?;
    let (class, given) = (sys.kernel.classes.timer_handle, sys.argument(request, 3));
    let handle = prepare(
        sys,
        event_loop,
        class,
        calls_between,
        (Calls::Callable, callback),
        &request.rest,
        given,
    )?;
    handle::set_due(sys, handle, when, seconds);
    handle::set(sys.vm, handle, handle::Field::Scheduled, true);
    if let Some(event_loop) = event_loop.id() {
        let heap = list(sys.vm, event_loop, Field::Scheduled);
        push_timer(sys.vm, heap, handle.into());
    }
    let (id, text, loop_) = mention(sys, handle, event_loop)?;
    sys.log(Kind::CallAt {
        handle: id,
        callback: text,
        when: Seconds(seconds),
        loop_,
    });
    Ok(handle.into())
}

/// `_write_to_self()`: wakes the loop's selector from any thread.
pub fn poke_method(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    poke(sys, event_loop);
    Ok(Value::None)
}

pub(super) fn poke(sys: &mut System, event_loop: Id) {
    set(sys.vm, event_loop, Field::Poked, true);
    if let Some(thread) = sys.vm.as_i64(get(sys.vm, event_loop, Field::Selecting)) {
        sys.wake((thread - 1) as usize, Wake::Woken);
    }
}

/// `_found(handle)`: the selector found something to read; its handle is ready in the next iteration.
pub fn found_method(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    let found = list(sys.vm, event_loop, Field::Found);
    sys.vm.heap.list_push(found, sys.argument(request, 1));
    poke(sys, event_loop);
    Ok(Value::None)
}
