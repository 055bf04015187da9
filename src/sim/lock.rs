//! `_thread.lock` and `_thread.RLock`. A lock whose first waiter has waited a virtual millisecond is handed over on
//! release (`Python/lock.c`: _PyMutex_TryUnlock and its fairness rule); otherwise release wakes the first waiter, and
//! the releaser may take the lock again.

use super::clock::nanoseconds;
use super::kernel::Waiter;
use super::request::{Number, address_text, method};
use super::system::System;
use super::thread::{Limit, ThreadIndex, Waiting, Wake};
use super::thread_lock;
use crate::vm::builtins::Member;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// A waiter of this many nanoseconds is handed the lock.
const FAIRNESS: u64 = 1_000_000;

/// Fields of a lock; an `RLock` has all of them.
enum Field {
    /// Is it held?
    Locked,
    /// The thread that took it, by its number, or 0.
    Owner,
    /// How often that thread holds it.
    Count,
    /// Its number in events, or 0 while there is none about it.
    Number,
}

/// Number of fields of a lock.
pub const FIELDS: u8 = 4;

/// `_thread.lock`
pub static LOCK: &[Member] = &[
    Member::static_method("__new__", "cls, /", new_lock),
    method(
        "acquire",
        "self, blocking=True, timeout=-1",
        Number::LockAcquire,
    ),
    method(
        "acquire_lock",
        "self, blocking=True, timeout=-1",
        Number::LockAcquire,
    ),
    method("release", "self, /", Number::LockRelease),
    method("release_lock", "self, /", Number::LockRelease),
    Member::method("locked", "self, /", locked),
    Member::method("locked_lock", "self, /", locked),
    Member::slot("__repr__", "self, /", repr_lock),
    method("__enter__", "self, /", Number::LockAcquire),
    method("__exit__", "self, /, *exc_info", Number::LockRelease),
    Member::method("_at_fork_reinit", "self, /", reset),
];

/// `_thread.RLock`
pub static RLOCK: &[Member] = &[
    Member::static_method("__new__", "cls, /", new_lock),
    method(
        "acquire",
        "self, blocking=True, timeout=-1",
        Number::RLockAcquire,
    ),
    method("release", "self, /", Number::RLockRelease),
    Member::method("locked", "self, /", locked),
    method("_is_owned", "self, /", Number::RLockIsOwned),
    method("_recursion_count", "self, /", Number::RLockRecursionCount),
    method("_release_save", "self, /", Number::RLockReleaseSave),
    method(
        "_acquire_restore",
        "self, state, /",
        Number::RLockAcquireRestore,
    ),
    Member::slot("__repr__", "self, /", repr_rlock),
    method("__enter__", "self, /", Number::RLockAcquire),
    method("__exit__", "self, /, *exc_info", Number::RLockRelease),
    Member::method("_at_fork_reinit", "self, /", reset),
];

fn new_lock(vm: &mut Vm, args: &Args) -> Outcome {
    let class = args[0].id().unwrap_or(Id::NONE);
    let fields = [
        Value::Bool(false),
        Value::Int(0),
        Value::Int(0),
        Value::Int(0),
    ];
    Ok(vm.object(class, Payload::Record(fields.to_vec().into())))
}

fn reset(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(lock) = args[0].id() {
        vm.heap
            .set_field(lock, Field::Locked as usize, Value::Bool(false));
        vm.heap
            .set_field(lock, Field::Owner as usize, Value::Int(0));
        vm.heap
            .set_field(lock, Field::Count as usize, Value::Int(0));
    }
    Ok(Value::None)
}

fn is_locked(vm: &Vm, lock: Id) -> bool {
    matches!(
        vm.heap.field(lock, Field::Locked as usize),
        Value::Bool(true)
    )
}

/// The thread that took a lock which is held.
pub fn holder(vm: &Vm, lock: Id) -> Option<ThreadIndex> {
    let owner = usize::try_from(number(vm, lock, Field::Owner)).ok();
    owner
        .and_then(|owner| owner.checked_sub(1))
        .filter(|_| is_locked(vm, lock))
}

/// The number of a lock in events, if there was one about it.
pub fn event_number(vm: &Vm, lock: Id) -> Option<u32> {
    let number = u32::try_from(number(vm, lock, Field::Number)).ok();
    number.filter(|&number| number > 0)
}

/// Gives a lock its number in events.
pub fn set_event_number(vm: &mut Vm, lock: Id, number: u32) {
    let number = Value::Int(number.into());
    vm.heap.set_field(lock, Field::Number as usize, number);
}

/// The running thread has got the lock.
fn obtain(sys: &mut System, lock: Id) -> bool {
    let me = sys.ident();
    set_locked(sys.vm, lock, true);
    set_owner(sys.vm, lock, me, 0);
    thread_lock::taken(sys, lock);
    true
}

fn set_locked(vm: &mut Vm, lock: Id, locked: bool) {
    vm.heap
        .set_field(lock, Field::Locked as usize, locked.into());
}

fn number(vm: &Vm, lock: Id, field: Field) -> i64 {
    vm.as_i64(vm.heap.field(lock, field as usize)).unwrap_or(0)
}

fn set_owner(vm: &mut Vm, lock: Id, owner: i64, count: i64) {
    vm.heap.set_field(lock, Field::Owner as usize, owner.into());
    vm.heap.set_field(lock, Field::Count as usize, count.into());
}

fn locked(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(args[0].id().is_some_and(|lock| is_locked(vm, lock)).into())
}

fn state_word(vm: &Vm, lock: Id) -> &'static str {
    if is_locked(vm, lock) {
        "locked"
    } else {
        "unlocked"
    }
}

fn repr_lock(vm: &mut Vm, args: &Args) -> Outcome {
    let lock = args[0].id().unwrap_or(Id::NONE);
    let text = format!(
        "<{} _thread.lock object at {}>",
        state_word(vm, lock),
        address_text(args[0])
    );
    Ok(vm.str(text))
}

fn repr_rlock(vm: &mut Vm, args: &Args) -> Outcome {
    let lock = args[0].id().unwrap_or(Id::NONE);
    let (owner, count) = (
        number(vm, lock, Field::Owner),
        number(vm, lock, Field::Count),
    );
    let (state, address) = (state_word(vm, lock), address_text(args[0]));
    let text = format!("<{state} _thread.RLock object owner={owner} count={count} at {address}>");
    Ok(vm.str(text))
}

/// Reads `blocking` and `timeout` (`Modules/_threadmodule.c`: lock_acquire_parse_args).
fn limit(sys: &mut System, blocking: Value, timeout: Value) -> Outcome<Limit> {
    let blocking = match blocking.bound() {
        Some(value) => sys.vm.truth(value)?,
        None => true,
    };
    let seconds = match timeout.bound() {
        Some(value) => sys.duration(value)?,
        None => -1.0,
    };
    if !blocking && seconds != -1.0 {
        return sys
            .vm
            .value_error("can't specify a timeout for a non-blocking call");
    }
    if seconds < 0.0 && seconds != -1.0 {
        return sys
            .vm
            .value_error("timeout value must be a non-negative number");
    }
    Ok(match (blocking, seconds) {
        (false, _) => Limit::Now,
        (true, -1.0) => Limit::Never,
        (true, 0.0) => Limit::Now,
        (true, seconds) => Limit::After(nanoseconds(seconds)),
    })
}

/// What a thread that waits for a lock is said to wait for, unless it is known better.
pub const WAIT: &str = "lock";

/// Takes a lock, waiting within the limit.
fn take(sys: &mut System, lock: Id, limit: Limit) -> Outcome<bool> {
    let free = !is_locked(sys.vm, lock);
    let (started, deadline) = match (sys.resumption(), limit) {
        (Some((Waiting::Lock { started, deadline }, wake)), _) => {
            if std::mem::take(&mut sys.thread().handed) {
                // It was locked for this thread. Somebody else may have let go of it since.
                return Ok(free || obtain(sys, lock));
            }
            sys.kernel.leave_lock(lock);
            match wake {
                Wake::Woken if free => return Ok(obtain(sys, lock)),
                Wake::Timeout => return Ok(false),
                _ => (started, deadline),
            }
        }
        _ if free => return Ok(obtain(sys, lock)),
        (_, Limit::Now) => return Ok(false),
        (_, Limit::Never) => (sys.now().ns, None),
        (_, Limit::After(delay)) => (sys.now().ns, Some(sys.kernel.scheduler.after(delay))),
    };
    let waiter = Waiter {
        thread: sys.kernel.scheduler.current,
        started,
    };
    sys.kernel
        .lock_waiters
        .entry(lock)
        .or_default()
        .push_back(waiter);
    thread_lock::waited_for(sys, lock);
    sys.block(Waiting::Lock { started, deadline }, deadline, WAIT)
}

/// Lets go of a lock that is held: hands it over or wakes the first waiter.
fn let_go(sys: &mut System, lock: Id) {
    set_locked(sys.vm, lock, false);
    thread_lock::released(sys, lock);
    let Some(waiters) = sys.kernel.lock_waiters.get_mut(&lock) else {
        return;
    };
    let first = waiters.pop_front();
    if waiters.is_empty() {
        sys.kernel.lock_waiters.remove(&lock);
    }
    let Some(Waiter { thread, started }) = first else {
        return;
    };
    if sys.now().ns - started >= FAIRNESS {
        sys.kernel.scheduler.threads[thread].handed = true;
        set_locked(sys.vm, lock, true);
    }
    sys.wake(thread, Wake::Woken);
}

/// `lock.acquire(blocking=True, timeout=-1)`
pub fn acquire(sys: &mut System, request: &Request) -> Outcome {
    let lock = sys.receiver(request);
    let limit = limit(sys, sys.argument(request, 1), sys.argument(request, 2))?;
    take(sys, lock, limit).map(Value::Bool)
}

/// `lock.release()`
pub fn release(sys: &mut System, request: &Request) -> Outcome {
    let lock = sys.receiver(request);
    if !is_locked(sys.vm, lock) {
        return sys.vm.raise(class::RUNTIME_ERROR, "release unlocked lock");
    }
    let_go(sys, lock);
    Ok(Value::None)
}

/// `rlock.acquire(blocking=True, timeout=-1)`
pub fn rlock_acquire(sys: &mut System, request: &Request) -> Outcome {
    let (lock, me) = (sys.receiver(request), sys.ident());
    let limit = limit(sys, sys.argument(request, 1), sys.argument(request, 2))?;
    if number(sys.vm, lock, Field::Owner) == me {
        let count = number(sys.vm, lock, Field::Count);
        set_owner(sys.vm, lock, me, count + 1);
        return Ok(Value::Bool(true));
    }
    let taken = take(sys, lock, limit)?;
    if taken {
        set_owner(sys.vm, lock, me, 1);
    }
    Ok(taken.into())
}

/// `rlock.release()`
pub fn rlock_release(sys: &mut System, request: &Request) -> Outcome {
    let (lock, me) = (sys.receiver(request), sys.ident());
    if number(sys.vm, lock, Field::Owner) != me {
        return sys
            .vm
            .raise(class::RUNTIME_ERROR, "cannot release un-acquired lock");
    }
    let left = number(sys.vm, lock, Field::Count) - 1;
    if left > 0 {
        set_owner(sys.vm, lock, me, left);
    } else {
        set_owner(sys.vm, lock, 0, 0);
        let_go(sys, lock);
    }
    Ok(Value::None)
}

/// `rlock._is_owned()`
pub fn rlock_is_owned(sys: &mut System, request: &Request) -> Outcome {
    let lock = sys.receiver(request);
    Ok((number(sys.vm, lock, Field::Owner) == sys.ident()).into())
}

/// `rlock._recursion_count()`
pub fn rlock_recursion_count(sys: &mut System, request: &Request) -> Outcome {
    let lock = sys.receiver(request);
    let owned = number(sys.vm, lock, Field::Owner) == sys.ident();
    Ok(Value::Int(if owned {
        number(sys.vm, lock, Field::Count)
    } else {
        0
    }))
}

/// `rlock._release_save()`: for conditions.
pub fn rlock_release_save(sys: &mut System, request: &Request) -> Outcome {
    let lock = sys.receiver(request);
    let (count, owner) = (
        number(sys.vm, lock, Field::Count),
        number(sys.vm, lock, Field::Owner),
    );
    if count == 0 {
        return sys
            .vm
            .raise(class::RUNTIME_ERROR, "cannot release un-acquired lock");
    }
    set_owner(sys.vm, lock, 0, 0);
    let_go(sys, lock);
    Ok(sys.vm.tuple([Value::Int(count), Value::Int(owner)]))
}

/// `rlock._acquire_restore(state)`: for conditions.
pub fn rlock_acquire_restore(sys: &mut System, request: &Request) -> Outcome {
    let lock = sys.receiver(request);
    take(sys, lock, Limit::Never)?;
    let state = sys
        .vm
        .items(sys.argument(request, 1))
        .map(<[Value]>::to_vec)
        .unwrap_or_default();
    let part = |n: usize| {
        state
            .get(n)
            .and_then(|&value| sys.vm.as_i64(value))
            .unwrap_or(0)
    };
    let (count, owner) = (part(0), part(1));
    set_owner(sys.vm, lock, owner, count);
    Ok(Value::None)
}
