//! `asyncio.Event.wait` where all is plain (`Lib/asyncio/locks.py`: Event.wait).

use super::future;
use super::system::System;
use super::task_lock::leave_waiters;
use crate::vm::fold::Step;
use crate::vm::names;
use crate::vm::value::{Id, Value};

/// Where `Event.__init__` puts who waits, and the flag.
const WAITERS: usize = 0;
const VALUE: usize = 1;

/// A task begins to wait, unless the flag is set.
pub fn begin(sys: &mut System, event: Value) -> Step {
    let flag = sys.vm.own_attribute_at(event, names::ITS_VALUE, VALUE);
    let waiters = sys.vm.own_attribute_at(event, names::ITS_WAITERS, WAITERS);
    match (flag, waiters) {
        (Some(Value::Bool(true)), _) => Step::Done(Value::Bool(true)),
        (Some(Value::Bool(false)), Some(waiters)) => match future::joined(sys, event, waiters) {
            Some(future) => Step::Waits {
                future,
                kept: Value::None,
            },
            None => Step::Refused,
        },
        _ => Step::Refused,
    }
}

/// The flag was set while a task waited with a future.
pub fn resume(sys: &mut System, event: Value, future: Id) -> Step {
    match leave_waiters(sys, event, future) {
        true => Step::Done(Value::Bool(true)),
        false => Step::Refused,
    }
}
