//! What functions of the library do whose calls the machine leaves to the kernel (see [`crate::vm::fold`]), where all is
//! plain: `create_task`, `create_future`, and coroutines that are awaited where they are made, those of queues, locks, events
//! and sleeping.

use super::future::{self, Field, State};
use super::system::System;
use super::{event_loop, handle, task, task_event, task_lock, task_queue};
use crate::vm::exit::Request;
use crate::vm::fold::Step;
use crate::vm::names;
use crate::vm::nap::Role;
use crate::vm::native::Outcome;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// The first step of a coroutine, by its function and its arguments.
pub fn begin(sys: &mut System, request: &Request) -> Outcome {
    let [subject, item] = [1, 2].map(|n| sys.argument(request, n));
    let step = match role(sys, request) {
        Role::CreateTask => create_task(sys, subject)?,
        Role::CreateFuture => create_future(sys, subject),
        Role::QueueGet => task_queue::begin_get(sys, subject)?,
        Role::QueuePut => task_queue::begin_put(sys, subject, item)?,
        Role::LockAcquire => result_of(task_lock::begin(sys, subject), item),
        Role::LockExit => task_lock::leave(sys, subject)?,
        Role::EventWait => task_event::begin(sys, subject),
        Role::Sleep => begin_sleep(sys, subject)?,
        _ => Step::Refused,
    };
    tell(sys, step);
    Ok(Value::None)
}

/// It goes on once the future is done for which it waits.
pub fn resume(sys: &mut System, request: &Request) -> Outcome {
    let [subject, future, kept, outer] = [1, 2, 3, 4].map(|n| sys.argument(request, n));
    let Some(future) = future.id() else {
        return Ok(Value::None);
    };
    // Whatever is not done is left to the coroutine, and nothing has happened by then.
    if !sys.vm.in_dialogue() && !has_result(sys, future) {
        return Ok(Value::None);
    }
    let step = match role(sys, request) {
        Role::QueueGet => task_queue::begin_get(sys, subject)?,
        Role::LockAcquire => result_of(task_lock::resume(sys, subject, future), outer),
        Role::EventWait => task_event::resume(sys, subject, future),
        Role::Sleep => resume_sleep(sys, future, kept)?,
        _ => Step::Refused,
    };
    tell(sys, step);
    Ok(Value::None)
}

/// An exception is thrown in where it waits: it does what it does on the way out.
pub fn throw(sys: &mut System, request: &Request) -> Outcome {
    let [subject, future, kept] = [1, 2, 3].map(|n| sys.argument(request, n));
    let Some(future) = future.id() else {
        return Ok(Value::None);
    };
    let did = match role(sys, request) {
        Role::EventWait => task_event::resume(sys, subject, future),
        Role::Sleep => resume_sleep(sys, future, kept)?,
        _ => Step::Refused,
    };
    let step = match did {
        Step::Done(_) => Step::Passed,
        _ => Step::Refused,
    };
    tell(sys, step);
    Ok(Value::None)
}

/// Tells the machine what was done. A future that is waited for is yielded to the task, as by `await`.
fn tell(sys: &mut System, step: Step) {
    if let Step::Waits { future, .. } = step {
        future::set(sys.vm, future, Field::Blocking, true);
    }
    sys.vm.fold_step = step;
}

fn role(sys: &System, request: &Request) -> Role {
    match sys.vm.heap.content(sys.argument(request, 0)) {
        Some(Payload::Function(function)) => function.linked.role,
        _ => Role::Other,
    }
}

fn has_result(sys: &System, future: Id) -> bool {
    let exception = future::get(sys.vm, future, Field::Exception).or_none();
    future::state(sys.vm, future) == State::Finished && exception.is_none()
}

/// Where another coroutine awaits it, which is the way into an `async with`, there is no result.
fn result_of(step: Step, outer: Value) -> Step {
    match step {
        Step::Done(_) if outer.id().is_some() => Step::Done(Value::None),
        step => step,
    }
}

/// `asyncio.create_task(coro)`
fn create_task(sys: &mut System, coroutine: Value) -> Outcome<Step> {
    let running = sys.thread().running_loop;
    if !task::is_plain_coroutine(sys, coroutine) || !task::makes_plain_tasks(sys, running) {
        return Ok(Step::Refused);
    }
    let made = task::create(sys, running, coroutine, Value::None)?;
    Ok(Step::Done(made.into()))
}

/// `loop.create_future()`
fn create_future(sys: &mut System, event_loop: Value) -> Step {
    match future::makes_plain_futures(sys, event_loop) {
        true => Step::Done(future::create(sys, event_loop).into()),
        false => Step::Refused,
    }
}

fn begin_sleep(sys: &mut System, delay: Value) -> Outcome<Step> {
    let is_delay = match delay {
        Value::Float(seconds) => seconds > 0.0,
        delay => matches!(delay, Value::Int(1..)),
    };
    if !is_delay {
        return Ok(Step::Refused);
    }
    let setter = sys.find_in_library(names::ASYNCIO_FUTURES, names::RESULT_SETTER);
    let Some(setter) = setter else {
        return Ok(Step::Refused);
    };
    Ok(match task::start_sleep(sys, delay, Value::None, setter)? {
        Some((future, kept)) => Step::Waits { future, kept },
        None => Step::Refused,
    })
}

fn resume_sleep(sys: &mut System, future: Id, timer: Value) -> Outcome<Step> {
    let event_loop = future::get(sys.vm, future, Field::Loop);
    if !event_loop::is_ours(sys, event_loop) {
        return Ok(Step::Refused);
    }
    handle::cancel(sys, &Request::new(0, vec![timer]))?;
    Ok(Step::Done(Value::None))
}
