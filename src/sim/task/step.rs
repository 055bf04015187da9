//! How a task drives its coroutine (`Lib/asyncio/tasks.py`: Task.__step, __step_run_and_handle_result, __wakeup).

use super::cancel::cancel_any;
use super::{Field, is_native, register, wakeup_method_of};
use crate::sim::chain;
use crate::sim::context::own;
use crate::sim::event::{Kind, Text, Waitable};
use crate::sim::event_loop;
use crate::sim::future::{self, End, is_pending, make_cancelled_error};
use crate::sim::kernel::Classes;
use crate::sim::label::waitable;
use crate::sim::record::{clear, get, is_set, set};
use crate::sim::system::System;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::machine::{Input, Resumed, Vm};
use crate::vm::names;
use crate::vm::native::{Outcome, Trap};
use crate::vm::value::{Id, Value};

/// The first step of an eager task, at once (`Lib/asyncio/tasks.py`: Task.__eager_start).
pub(super) fn start_eagerly(sys: &mut System, task: Id) -> Outcome<()> {
    let running = sys.thread().running_task;
    let before = sys.vm.once(|_| Ok(running))?;
    check_running_loop(sys, task)?;
    if sys.first()? {
        let id = future::task_id(sys, task);
        sys.log(Kind::Eager { task: id });
        register(sys, task);
        sys.swap_running_task(task.into());
        own::enter(sys, task)?;
    }
    let result = drive(sys, task, Value::None);
    if !matches!(result, Err(Trap::Ask | Trap::Kernel(_))) {
        own::leave(sys, task);
        sys.swap_running_task(before);
        if !is_pending(sys.vm, task) {
            set(sys.vm, task, Field::Coroutine, Value::None);
        }
    }
    result
}

/// A task only runs in the thread that runs its loop.
fn check_running_loop(sys: &mut System, task: Id) -> Outcome<()> {
    let event_loop = future::get(sys.vm, task, future::Field::Loop);
    if sys.thread().running_loop.is(event_loop) {
        return Ok(());
    }
    let shown = sys.vm.repr(event_loop)?;
    let message = format!("loop {shown} is not the running loop");
    sys.vm.raise(class::RUNTIME_ERROR, message)
}

/// `Task.__step(exc=None)`
pub fn step_method(sys: &mut System, request: &Request) -> Outcome {
    let (task, thrown) = (sys.receiver(request), sys.argument(request, 1).or_none());
    step(sys, task, thrown)
}

/// One step of a task (`Lib/asyncio/tasks.py`: Task.__step).
pub fn step(sys: &mut System, task: Id, thrown: Value) -> Outcome {
    let exc = match thrown {
        Value::None => None,
        thrown => Some(sys.short_repr(thrown)?),
    };
    let refused = !sys.vm.in_dialogue() && is_refused(sys, task);
    let refused = sys.vm.once(|_| Ok(refused.into()))?;
    if sys.first()? {
        let id = future::task_id(sys, task);
        sys.log(Kind::Step { task: id, exc });
        if refused.is(Value::Bool(false)) {
            start_step(sys, task);
        }
    }
    if refused.is(Value::Bool(true)) {
        return refuse_step(sys, task);
    }
    sys.vm
        .once(|vm| what_to_throw(vm, task, thrown).map(|_| Value::None))?;
    let thrown = match get(sys.vm, task, Field::Made).or_none() {
        Value::None => thrown,
        made => made,
    };
    let coroutine = get(sys.vm, task, Field::Coroutine);
    sys.vm.once(|vm| {
        let chained = vm.chain_before(coroutine, thrown);
        chained.map(|()| Value::None)
    })?;
    let result = drive(sys, task, thrown);
    if !matches!(result, Err(Trap::Ask | Trap::Kernel(_))) {
        end_step(sys, task);
    }
    result.map(|()| Value::None)
}

/// A task that may run begins to; `exc` is the exception that is thrown in.
pub fn begin_step(sys: &mut System, task: Id, exc: Option<Text>) {
    let id = future::task_id(sys, task);
    sys.log(Kind::Step { task: id, exc });
    start_step(sys, task);
}

fn start_step(sys: &mut System, task: Id) {
    clear(sys.vm, task, Field::Waiter);
    sys.swap_running_task(task.into());
}

/// May the task not be stepped: because it is done, or another one runs?
fn is_refused(sys: &System, task: Id) -> bool {
    !is_pending(sys.vm, task) || sys.running_task().is_some()
}

fn refuse_step(sys: &mut System, task: Id) -> Outcome {
    let error = match sys.running_task().filter(|_| is_pending(sys.vm, task)) {
        None => {
            let message = sys.vm.str("__step(): already done");
            future::new_error(sys.vm, names::INVALID_STATE_ERROR, &[message])?
        }
        Some(other) => {
            let (task, other) = (sys.vm.repr(task.into())?, sys.vm.repr(other.into())?);
            let message = format!(
                "Cannot enter into task {task} while another task {other} is being executed."
            );
            sys.vm.exception(class::RUNTIME_ERROR, &message)
        }
    };
    let id = future::task_id(sys, task);
    sys.log(Kind::StepEnd { task: id });
    Err(Trap::Raise(error))
}

/// A step is over: where the task waits now, if it does.
pub fn end_step(sys: &mut System, task: Id) {
    let id = future::task_id(sys, task);
    let waiter = get(sys.vm, task, Field::Waiter);
    if let Some(on) = waiter.id().and_then(|_| waitable(sys, waiter)) {
        let (chain, call) = chain::told(sys, get(sys.vm, task, Field::Coroutine));
        sys.log(Kind::Await {
            task: id,
            on,
            chain,
            call,
        });
    }
    sys.log(Kind::StepEnd { task: id });
    sys.swap_running_task(Value::None);
}

/// The exception that a step throws into the coroutine: a requested cancellation comes first.
pub fn what_to_throw(vm: &mut Vm, task: Id, thrown: Value) -> Outcome {
    if !is_set(vm, task, Field::MustCancel) {
        return Ok(thrown);
    }
    set(vm, task, Field::MustCancel, false);
    if is_cancelled_error(vm, thrown) {
        return Ok(thrown);
    }
    let made = make_cancelled_error(vm, task)?;
    set(vm, task, Field::Made, made);
    Ok(made)
}

/// The coroutine has come back: what was made to be thrown into it is no longer held.
pub fn drop_made(vm: &mut Vm, task: Id) {
    if get(vm, task, Field::Made).id().is_some() {
        set(vm, task, Field::Made, Value::None);
    }
}

fn is_cancelled_error(vm: &mut Vm, value: Value) -> bool {
    future::exception_class(vm, names::CANCELLED_ERROR)
        .is_some_and(|class| vm.is_instance(value, class))
}

/// Resumes the coroutine and deals with what it does (`Task.__step_run_and_handle_result`).
fn drive(sys: &mut System, task: Id, thrown: Value) -> Outcome<()> {
    let coroutine = get(sys.vm, task, Field::Coroutine);
    let did = resume(sys, coroutine, thrown)?;
    drop_made(sys.vm, task);
    sys.let_go_in_step()?;
    conclude(sys, task, did)
}

/// What the coroutine did decides how the task goes on.
pub fn conclude(sys: &mut System, task: Id, did: Driven) -> Outcome<()> {
    match did {
        Ok(Resumed::Returned(value)) => returned(sys, task, value),
        Ok(Resumed::Yielded(value)) => yielded(sys, task, value),
        Err(exception) => raised(sys, task, exception),
    }
}

/// What a coroutine did in a step: an exception is a value.
pub type Driven = Result<Resumed, Value>;

/// What the coroutine did that a loop entered on behalf of the request being performed.
pub fn driven(sys: &mut System, task: Id) -> Outcome<Driven> {
    let coroutine = get(sys.vm, task, Field::Coroutine);
    sys.vm.try_resume(coroutine, Input::Send(Value::None))
}

/// `coro.send(None)` or `coro.throw(thrown)`
fn resume(sys: &mut System, coroutine: Value, thrown: Value) -> Outcome<Driven> {
    if sys.vm.generator(coroutine).is_some() {
        let input = if thrown.is_none() {
            Input::Send(Value::None)
        } else {
            Input::Throw(thrown)
        };
        return sys.vm.try_resume(coroutine, input);
    }
    let (name, argument) = if thrown.is_none() {
        ("send", Value::None)
    } else {
        ("throw", thrown)
    };
    let name = sys.vm.intern(name);
    let method = sys.vm.get_attr(coroutine, name)?;
    Ok(match sys.vm.try_call(method, &[argument])? {
        Ok(value) => Ok(Resumed::Yielded(value)),
        Err(stop) if sys.vm.is_instance(stop, class::STOP_ITERATION) => {
            Ok(Resumed::Returned(sys.vm.stop_value(stop)))
        }
        Err(exception) => Err(exception),
    })
}

fn returned(sys: &mut System, task: Id, value: Value) -> Outcome<()> {
    if is_set(sys.vm, task, Field::MustCancel) {
        // It was cancelled right before it returned.
        let message = future::get(sys.vm, task, future::Field::CancelMessage);
        future::finish(sys, task, End::Cancelled(message))?;
        set(sys.vm, task, Field::MustCancel, false);
        return Ok(());
    }
    future::finish(sys, task, End::Result(value))
}

fn raised(sys: &mut System, task: Id, exception: Value) -> Outcome<()> {
    if is_cancelled_error(sys.vm, exception) {
        future::set(sys.vm, task, future::Field::CancelledError, exception);
        return future::finish(sys, task, End::Cancelled(Value::None));
    }
    future::finish(sys, task, End::Exception(exception))?;
    match [class::KEYBOARD_INTERRUPT, class::SYSTEM_EXIT]
        .iter()
        .any(|&class| sys.vm.is_instance(exception, class))
    {
        true => Err(Trap::Raise(exception)),
        false => Ok(()),
    }
}

/// The coroutine yielded: a future to wait for, `None` for one turn of the loop, or a mistake.
fn yielded(sys: &mut System, task: Id, value: Value) -> Outcome<()> {
    if value.is_none() {
        return schedule_step(sys, task, Value::None);
    }
    if value.is(task.into()) {
        return mistake(sys, task, "self_await", value);
    }
    let is_future = sys.vm.is_instance(value, sys.kernel.classes.future);
    // Waiting resets it, so it is read once.
    let blocking = sys.vm.once(|vm| match value.id().filter(|_| is_future) {
        Some(id) => Ok(future::get(vm, id, future::Field::Blocking)),
        None => {
            let name = vm.intern("_asyncio_future_blocking");
            Ok(vm.get_attr_opt(value, name)?.unwrap_or(Value::None))
        }
    })?;
    if blocking.is_none() {
        return mistake(sys, task, "bad_yield", value);
    }
    let their_loop = match value.id() {
        Some(id) if is_future && is_native(sys, value, names::GET_LOOP) => {
            future::get(sys.vm, id, future::Field::Loop)
        }
        _ => sys.call_method(value, "get_loop", &[], &[])?,
    };
    if !their_loop.is(future::get(sys.vm, task, future::Field::Loop)) {
        return mistake(sys, task, "different_loop", value);
    }
    if !sys.vm.truth(blocking)? {
        return mistake(sys, task, "plain_yield", value);
    }
    wait_for(sys, task, value, is_future)
}

fn schedule_step(sys: &mut System, task: Id, thrown: Value) -> Outcome<()> {
    let event_loop = future::get(sys.vm, task, future::Field::Loop);
    event_loop::call_soon_step(sys, event_loop, task, thrown)
}

/// Schedules a step that throws the error which library Python words.
fn mistake(sys: &mut System, task: Id, which: &str, value: Value) -> Outcome<()> {
    let function = sys.library("_asyncio", which)?;
    let error = sys.vm.call(function, &[task.into(), value])?;
    schedule_step(sys, task, error)
}

fn wait_for(sys: &mut System, task: Id, value: Value, is_future: bool) -> Outcome<()> {
    let record = value.id().filter(|_| is_future);
    if let Some(id) = record
        && sys.first()?
    {
        future::set(sys.vm, id, future::Field::Blocking, false);
        future::add_awaited_by(sys.vm, id, task);
    }
    match record.filter(|_| is_native(sys, value, names::ADD_DONE_CALLBACK)) {
        Some(id) => {
            if sys.first()? {
                future::add_waiter(sys, id, task)?;
            }
        }
        None => {
            if record.is_none() {
                let blocking = sys.vm.intern("_asyncio_future_blocking");
                sys.vm.set_attr(value, blocking, Value::Bool(false))?;
            }
            let wakeup = wakeup_method_of(sys, task);
            let context = own::of(sys, task);
            let context_name = sys.vm.intern("context");
            let name = sys.vm.intern("add_done_callback");
            let add = sys.vm.get_attr(value, name)?;
            sys.vm
                .call_with(add, &[wakeup], &[(context_name, context)])?;
        }
    }
    set(sys.vm, task, Field::Waiter, value);
    if is_set(sys.vm, task, Field::MustCancel) {
        let message = future::get(sys.vm, task, future::Field::CancelMessage);
        if cancel_any(sys, value, message.or_none())? {
            set(sys.vm, task, Field::MustCancel, false);
        }
    }
    Ok(())
}

/// `Task.task_wakeup(future)`
pub fn wakeup_method(sys: &mut System, request: &Request) -> Outcome {
    let (task, future) = (sys.receiver(request), sys.argument(request, 1));
    wakeup(sys, task, future)
}

/// What a future that is done throws into the task that waits for it: an exception, or `None`. Cancellations, and what
/// subclasses are asked for, are raised before they are thrown, and so have a context.
pub fn thrown_by(vm: &mut Vm, classes: Classes, awaited: Id) -> Outcome {
    let class = vm.class_of(awaited.into());
    let is_plain = [classes.future, classes.task].contains(&class);
    let thrown = future::outcome(vm, awaited)?.err().unwrap_or(Value::None);
    if !is_plain || future::state(vm, awaited) == future::State::Cancelled {
        vm.raised_again = thrown.id().unwrap_or(Id::NONE);
    }
    Ok(thrown)
}

/// What a task waited for is done: its next step follows at once (`Task.__wakeup`).
pub fn wakeup(sys: &mut System, task: Id, awaited: Value) -> Outcome {
    let is_future = sys.vm.is_instance(awaited, sys.kernel.classes.future);
    if sys.first()? {
        let id = future::task_id(sys, task);
        let by = waitable(sys, awaited).unwrap_or(Waitable::Task(id));
        sys.log(Kind::Wakeup { task: id, by });
    }
    let record = awaited.id().filter(|_| is_future);
    if let Some(future) = record {
        future::discard_awaited_by(sys.vm, future, task);
    }
    let classes = sys.kernel.classes;
    let thrown = match record.filter(|_| is_native(sys, awaited, names::RESULT)) {
        // Whatever asking for the result raises is thrown in, also that there is none.
        Some(id) => sys.vm.once(|vm| match thrown_by(vm, classes, id) {
            Err(Trap::Raise(exception)) => Ok(exception),
            thrown => thrown,
        })?,
        None => {
            let name = sys.vm.intern("result");
            let result = sys.vm.get_attr(awaited, name)?;
            sys.vm.try_call(result, &[])?.err().unwrap_or(Value::None)
        }
    };
    step(sys, task, thrown)
}
