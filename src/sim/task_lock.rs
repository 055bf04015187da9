//! What the kernel does for `asyncio.Lock`, which is library Python: events, the flag, and looks at who waits.

use super::event::{Kind, LockId, Text, Waitable};
use super::future::{self, End, State, plain_record, plain_waiter};
use super::label::waitable;
use super::request::{Number, function};
use super::system::System;
use crate::vm::deque;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::{Id, Value};

/// Where `Lock.__init__` puts its attributes: whether it is locked, and its number, 0 before it is mentioned.
const LOCKED: usize = 1;
const NUMBER: usize = 2;

/// Functions for `asyncio.locks`.
pub static FUNCTIONS: &[NativeDef] = &[
    function("lock_wait", "lock, future, /", Number::TaskLockWait),
    function("lock_take", "lock, /", Number::TaskLockAcquire),
    function("lock_release", "lock, /", Number::TaskLockRelease),
    function("lock_wake", "waiters, /", Number::TaskLockWake),
    function("all_cancelled", "futures, /", Number::AllCancelled),
];

/// The lock's number, which it gets when it is first mentioned, and what events call its class.
fn lock(sys: &mut System, request: &Request) -> (LockId, Text) {
    let lock = sys.argument(request, 0);
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
fn set_locked(sys: &mut System, request: &Request, locked: bool) -> Outcome<()> {
    let (lock, locked) = (sys.argument(request, 0), locked.into());
    let class = sys.vm.class(sys.vm.class_of(lock));
    if class.is_none_or(|class| class.traits.setattr) {
        return sys.vm.set_attr(lock, names::ITS_LOCKED, locked);
    }
    sys.vm
        .set_own_attribute_at(lock, names::ITS_LOCKED, LOCKED, locked);
    Ok(())
}

/// A task begins to wait for a lock.
pub fn wait(sys: &mut System, request: &Request) -> Outcome {
    let (lock, class) = lock(sys, request);
    let future = match waitable(sys, sys.argument(request, 1)) {
        Some(Waitable::Future(future)) => Some(future),
        _ => None,
    };
    sys.log(Kind::LockWait {
        lock,
        class,
        future,
    });
    Ok(Value::None)
}

/// The running task takes a lock that is free.
pub fn acquire(sys: &mut System, request: &Request) -> Outcome {
    set_locked(sys, request, true)?;
    let (lock, class) = lock(sys, request);
    if let Some(task) = sys.running_task() {
        let task = future::creation_number(sys.vm, task);
        sys.kernel.task_locks.insert(lock.0, task);
    }
    sys.log(Kind::LockAcquire { lock, class });
    Ok(Value::None)
}

/// A lock is released.
pub fn release(sys: &mut System, request: &Request) -> Outcome {
    set_locked(sys, request, false)?;
    let (lock, class) = lock(sys, request);
    sys.kernel.task_locks.remove(&lock.0);
    sys.log(Kind::LockRelease { lock, class });
    Ok(Value::None)
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

/// Wakes the first of those who wait, if it has not been woken; false if nobody waits, or if what its methods or those of
/// its loop do is not known.
pub fn wake_first(sys: &mut System, request: &Request) -> Outcome {
    let waiters = sys.argument(request, 0).id().unwrap_or(Id::NONE);
    let mut first = Value::Unbound;
    if !sys.vm.in_dialogue() {
        first = nth(sys.vm, waiters, 0).unwrap_or_default();
        match plain_waiter(sys, first) {
            Some(waiter) if future::is_pending(sys.vm, waiter) => {}
            Some(_) => return Ok(true.into()),
            None => return Ok(false.into()),
        }
    }
    // Who is woken is decided once: the label of a callback may be asked for first.
    let first = sys.vm.once(|_| Ok(first))?;
    if let Some(first) = first.id() {
        future::finish(sys, first, End::Result(Value::Bool(true)))?;
    }
    Ok(true.into())
}
