//! The events of `threading.Lock` and `RLock`: of those that the program itself uses. A program that uses a queue has
//! never heard of the lock inside.

use super::event::{Kind, LockId, Text};
use super::lock;
use super::system::System;
use crate::vm::value::Id;

/// The running thread begins to wait for a lock.
pub fn waited_for(sys: &mut System, lock: Id) {
    if let Some((lock, class)) = told(sys, lock) {
        sys.log(Kind::LockWait {
            lock,
            class,
            future: None,
        });
    }
}

/// The running thread has got a lock.
pub fn taken(sys: &mut System, lock: Id) {
    if let Some((lock, class)) = told(sys, lock) {
        sys.log(Kind::LockAcquire { lock, class });
    }
}

/// The running thread lets go of a lock.
pub fn released(sys: &mut System, lock: Id) {
    if let Some((lock, class)) = told(sys, lock) {
        sys.log(Kind::LockRelease { lock, class });
    }
}

/// What events call a lock and its class. Once the program has used a lock, the library's uses are told as well, or it
/// would seem to be held still.
fn told(sys: &mut System, lock: Id) -> Option<(LockId, Text)> {
    let known = lock::event_number(sys.vm, lock);
    if known.is_none() && !sys.kernel.asked_by_program {
        return None;
    }
    let class = sys.vm.heap.get(lock).class;
    let class = match sys.vm.short_name_of_class(class) {
        "RLock" => "threading.RLock",
        _ => "threading.Lock",
    };
    let class = sys.text(class);
    let number = known.unwrap_or_else(|| introduce(sys, lock, class));
    Some((LockId(number), class))
}

fn introduce(sys: &mut System, lock: Id, class: Text) -> u32 {
    sys.kernel.locks += 1;
    let number = sys.kernel.locks;
    lock::set_event_number(sys.vm, lock, number);
    let name = sys.variable_of(lock).unwrap_or_default();
    let name = sys.text(&name);
    sys.log(Kind::LockNew {
        lock: LockId(number),
        class,
        name,
    });
    number
}
