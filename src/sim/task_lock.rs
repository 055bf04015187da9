//! The events of `asyncio.Lock`, which is library Python: its methods tell the kernel what they do.

use super::event::{Kind, LockId, Text, Waitable};
use super::future::{self, End, plain_record};
use super::label::waitable;
use super::request::{Number, function};
use super::system::System;
use crate::vm::deque;
use crate::vm::exit::Request;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::Value;

/// Functions for `asyncio.locks`. A lock keeps its number; 0 stands for one that has none yet.
pub static FUNCTIONS: &[NativeDef] = &[
    function("lock_wait", "number, future, /", Number::TaskLockWait),
    function("lock_acquire", "number, /", Number::TaskLockAcquire),
    function("lock_release", "number, /", Number::TaskLockRelease),
    function("lock_wake", "waiters, /", Number::TaskLockWake),
];

/// The lock's number, which it gets when it is first mentioned, and what events call its class.
fn lock(sys: &mut System, request: &Request) -> (LockId, Text) {
    let known = sys.vm.as_i64(sys.argument(request, 0)).unwrap_or(0);
    let number = u32::try_from(known).ok().filter(|&number| number > 0);
    let number = number.unwrap_or_else(|| {
        sys.kernel.locks += 1;
        sys.kernel.locks
    });
    (LockId(number), sys.text("asyncio.Lock"))
}

/// A task begins to wait for a lock; gives the lock's number.
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
    Ok(Value::Int(lock.0.into()))
}

/// A task has a lock; gives the lock's number.
pub fn acquire(sys: &mut System, request: &Request) -> Outcome {
    let (lock, class) = lock(sys, request);
    if let Some(task) = sys.running_task() {
        let task = future::creation_number(sys.vm, task);
        sys.kernel.task_locks.insert(lock.0, task);
    }
    sys.log(Kind::LockAcquire { lock, class });
    Ok(Value::Int(lock.0.into()))
}

/// A lock is released.
pub fn release(sys: &mut System, request: &Request) -> Outcome {
    let (lock, class) = lock(sys, request);
    sys.kernel.task_locks.remove(&lock.0);
    sys.log(Kind::LockRelease { lock, class });
    Ok(Value::None)
}

/// Wakes the first of those who wait, if it has not been woken; false if its methods are not known.
pub fn wake_first(sys: &mut System, request: &Request) -> Outcome {
    let waiters = sys.argument(request, 0).id();
    let first = waiters
        .and_then(|waiters| deque::of(sys.vm, waiters))
        .and_then(|waiters| waiters.items.front().copied());
    let Some(first) = first.and_then(|first| plain_record(sys.vm, first)) else {
        return Ok(false.into());
    };
    if sys.vm.in_dialogue() || future::is_pending(sys.vm, first) {
        future::finish(sys, first, End::Result(Value::Bool(true)))?;
    }
    Ok(true.into())
}
