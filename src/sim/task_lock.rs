//! What the kernel does for `asyncio.Lock`, which is library Python: events, the flag, and looks at who waits.

use super::event::{Kind, LockId, Text, Waitable};
use super::future::{self, End, State, plain_record, plain_waiter};
use super::label::waitable;
use super::plain::{Ability, has_own_methods};
use super::request::{Number, function};
use super::system::System;
use crate::vm::deque;
use crate::vm::exit::Request;
use crate::vm::fold::Step;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::{Id, Value};

/// Where `Lock.__init__` puts its attributes: who waits, whether it is locked, and its number, 0 before it is mentioned.
const WAITERS: usize = 0;
const LOCKED: usize = 1;
const NUMBER: usize = 2;

/// Functions for `asyncio.locks`.
pub static FUNCTIONS: &[NativeDef] = &[
    function("lock_join", "lock, waiters, /", Number::TaskLockJoin),
    function("lock_wait", "lock, future, /", Number::TaskLockWait),
    function("lock_take", "lock, /", Number::TaskLockAcquire),
    function("lock_release", "lock, /", Number::TaskLockRelease),
    function("lock_wake", "waiters, /", Number::TaskLockWake),
    function("all_cancelled", "futures, /", Number::AllCancelled),
];

/// The lock's number, which it gets when it is first mentioned, and what events call its class.
fn mention(sys: &mut System, lock: Value) -> (LockId, Text) {
    let known = sys.vm.own_attribute_at(lock, names::ITS_NUMBER, NUMBER);
    let number = match known {
        Some(Value::Int(known)) if known > 0 => known as u32,
        _ => {
            sys.kernel.locks += 1;
            let number = Value::Int(sys.kernel.locks.into());
            sys.vm
                .set_own_attribute_at(lock, names::ITS_NUMBER, NUMBER, number);
            sys.kernel.locks
        }
    };
    (LockId(number), sys.text("asyncio.Lock"))
}

/// `lock._locked = locked`, by the `__setattr__` of the class if it has one.
fn set_locked(sys: &mut System, lock: Value, locked: bool) -> Outcome<()> {
    let locked = locked.into();
    let class = sys.vm.class(sys.vm.class_of(lock));
    if class.is_none_or(|class| class.traits.setattr) {
        return sys.vm.set_attr(lock, names::ITS_LOCKED, locked);
    }
    sys.vm
        .set_own_attribute_at(lock, names::ITS_LOCKED, LOCKED, locked);
    Ok(())
}

/// A task begins to wait for a lock: the future that joined those who wait. `None`, with nothing done, if something would
/// have to be asked for that.
pub fn join(sys: &mut System, request: &Request) -> Outcome {
    let [lock, waiters] = [0, 1].map(|n| sys.argument(request, n));
    let Some(future) = future::joined(sys, lock, waiters) else {
        return Ok(Value::None);
    };
    tell_wait(sys, lock, future.into());
    Ok(future.into())
}

/// A task begins to wait for a lock with a future.
pub fn wait(sys: &mut System, request: &Request) -> Outcome {
    let [lock, future] = [0, 1].map(|n| sys.argument(request, n));
    tell_wait(sys, lock, future);
    Ok(Value::None)
}

fn tell_wait(sys: &mut System, lock: Value, future: Value) {
    let (lock, class) = mention(sys, lock);
    let future = match waitable(sys, future) {
        Some(Waitable::Future(future)) => Some(future),
        _ => None,
    };
    sys.log(Kind::LockWait {
        lock,
        class,
        future,
    });
}

/// The running task takes a lock that is free.
pub fn acquire(sys: &mut System, request: &Request) -> Outcome {
    let lock = sys.argument(request, 0);
    set_locked(sys, lock, true)?;
    tell_taken(sys, lock);
    Ok(Value::None)
}

fn tell_taken(sys: &mut System, lock: Value) {
    let (lock, class) = mention(sys, lock);
    if let Some(task) = sys.running_task() {
        let task = future::creation_number(sys.vm, task);
        sys.kernel.task_locks.insert(lock.0, task);
    }
    sys.log(Kind::LockAcquire { lock, class });
}

/// A lock is released, and the first of those who wait is woken; false if that is left to the lock's method.
pub fn release(sys: &mut System, request: &Request) -> Outcome {
    let lock = sys.argument(request, 0);
    set_locked(sys, lock, false)?;
    if sys.first()? {
        tell_released(sys, lock);
    }
    let next = match has_own_methods(sys, lock, Ability::WakeFirst) {
        true => next_of(sys, lock),
        false => Next::Unknown,
    };
    wake(sys, next)
}

fn tell_released(sys: &mut System, lock: Value) {
    let (lock, class) = mention(sys, lock);
    sys.kernel.task_locks.remove(&lock.0);
    sys.log(Kind::LockRelease { lock, class });
}

/// Who is to be woken for a lock.
enum Next {
    /// Nobody.
    Nobody,
    /// The task that waits for this future.
    Waiter(Id),
    /// What the methods of whoever waits, or of its loop, do is not known.
    Unknown,
}

fn next_of(sys: &mut System, lock: Value) -> Next {
    let waiters = sys.vm.own_attribute_at(lock, names::ITS_WAITERS, WAITERS);
    match waiters {
        Some(Value::None) => Next::Nobody,
        Some(Value::Object(waiters)) => first_of(sys, waiters),
        _ => Next::Unknown,
    }
}

fn first_of(sys: &mut System, waiters: Id) -> Next {
    let Some(waiters) = deque::of(sys.vm, waiters) else {
        return Next::Unknown;
    };
    let Some(&first) = waiters.items.front() else {
        return Next::Nobody;
    };
    match plain_waiter(sys, first) {
        Some(waiter) if future::is_pending(sys.vm, waiter) => Next::Waiter(waiter),
        Some(_) => Next::Nobody,
        None => Next::Unknown,
    }
}

/// Wakes somebody; false if it is not known whom. Who it is is decided once: the label of a callback may be asked for.
fn wake(sys: &mut System, next: Next) -> Outcome {
    let next = sys.vm.once(|_| {
        Ok(match next {
            Next::Nobody => Value::Bool(true),
            Next::Waiter(waiter) => waiter.into(),
            Next::Unknown => Value::Bool(false),
        })
    })?;
    let Some(waiter) = next.id() else {
        return Ok(next);
    };
    future::finish(sys, waiter, End::Result(Value::Bool(true)))?;
    Ok(true.into())
}

/// Are all futures of a deque cancelled?
pub fn all_cancelled(sys: &mut System, request: &Request) -> Outcome {
    let futures = sys.argument(request, 0).id().unwrap_or(Id::NONE);
    let mut at = 0;
    while let Some(future) = nth(sys.vm, futures, at) {
        let cancelled = match plain_record(sys.vm, future) {
            Some(future) => future::state(sys.vm, future) == State::Cancelled,
            None => {
                let cancelled = sys.call_method(future, "cancelled", &[], &[])?;
                sys.vm.truth(cancelled)?
            }
        };
        if !cancelled {
            return Ok(false.into());
        }
        at += 1;
    }
    Ok(true.into())
}

fn nth(vm: &Vm, futures: Id, at: usize) -> Option<Value> {
    deque::of(vm, futures)?.items.get(at).copied()
}

/// Wakes the first of those who wait, if it has not been woken; false if what its methods or those of its loop do is not
/// known.
pub fn wake_first(sys: &mut System, request: &Request) -> Outcome {
    let waiters = sys.argument(request, 0).id().unwrap_or(Id::NONE);
    let next = first_of(sys, waiters);
    wake(sys, next)
}

/// `acquire` up to where it waits: takes the lock if it is free, and otherwise joins those who wait.
pub fn begin(sys: &mut System, lock: Value) -> Step {
    let waiters = sys.vm.own_attribute_at(lock, names::ITS_WAITERS, WAITERS);
    let (Some(waiters), Some(locked)) = (waiters, plain_state(sys.vm, lock)) else {
        return Step::Refused;
    };
    let is_free = match locked {
        true => Some(false),
        false if waiters.is_none() => Some(true),
        false => are_cancelled(sys.vm, waiters),
    };
    match is_free {
        Some(true) => return take(sys, lock),
        Some(false) => {}
        None => return Step::Refused,
    }
    match future::joined(sys, lock, waiters) {
        Some(future) => {
            tell_wait(sys, lock, future.into());
            let kept = Value::None;
            Step::Waits { future, kept }
        }
        None => Step::Refused,
    }
}

fn take(sys: &mut System, lock: Value) -> Step {
    sys.vm
        .set_own_attribute_at(lock, names::ITS_LOCKED, LOCKED, true.into());
    tell_taken(sys, lock);
    Step::Done(true.into())
}

/// Is a lock taken? Nothing if its attributes are not set just so.
fn plain_state(vm: &Vm, lock: Value) -> Option<bool> {
    let assigns = vm.class(vm.class_of(lock))?.traits.setattr;
    match vm.own_attribute_at(lock, names::ITS_LOCKED, LOCKED)? {
        Value::Bool(locked) if !assigns => Some(locked),
        _ => None,
    }
}

/// Are all futures of a deque cancelled? Nothing if what the methods of one of these do is not known.
fn are_cancelled(vm: &Vm, waiters: Value) -> Option<bool> {
    for &future in &deque::of(vm, waiters.id()?)?.items {
        if future::state(vm, plain_record(vm, future)?) != State::Cancelled {
            return Some(false);
        }
    }
    Some(true)
}

/// `acquire` from there on, when the future with which it waited has a result.
pub fn resume(sys: &mut System, lock: Value, future: Id) -> Step {
    match plain_state(sys.vm, lock).is_some() && leave_waiters(sys, lock, future) {
        true => take(sys, lock),
        false => Step::Refused,
    }
}

/// A future is no longer among those who wait at a lock or an event. False, with nothing done, if it cannot be found just
/// so.
pub fn leave_waiters(sys: &mut System, object: Value, future: Id) -> bool {
    let waiters = sys.vm.own_attribute_at(object, names::ITS_WAITERS, WAITERS);
    let Some(waiters) = waiters.and_then(Value::id) else {
        return false;
    };
    let at = deque::of(sys.vm, waiters)
        .and_then(|waiters| waiters.items.iter().position(|one| one.is(future.into())));
    if let Some(at) = at {
        deque::remove(sys.vm, waiters, at);
    }
    at.is_some()
}

/// The way out of the `async with` of a lock: releases it, and wakes the first of those who wait.
pub fn leave(sys: &mut System, lock: Value) -> Outcome<Step> {
    let mut next = Next::Unknown;
    if !sys.vm.in_dialogue() {
        let is_plain = plain_state(sys.vm, lock) == Some(true)
            && has_own_methods(sys, lock, Ability::WakeFirst);
        if is_plain {
            next = next_of(sys, lock);
        }
        if matches!(next, Next::Unknown) {
            return Ok(Step::Refused);
        }
        sys.vm
            .set_own_attribute_at(lock, names::ITS_LOCKED, LOCKED, false.into());
        tell_released(sys, lock);
    }
    wake(sys, next)?;
    Ok(Step::Done(Value::None))
}
