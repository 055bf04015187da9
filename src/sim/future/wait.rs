//! Awaiting a future: the future itself goes up to the task that runs, and its result comes back down
//! (`Modules/_asynciomodule.c`: FutureIter_am_send, FutureIter_throw; `Lib/asyncio/futures.py`: Future.__await__).

use super::{Field, get, initialized, is_pending, result, set};
use crate::sim::task;
use crate::vm::builtins::Member;
use crate::vm::builtins::generator::{stop, thrown};
use crate::vm::class;
use crate::vm::machine::{Resumed, Vm};
use crate::vm::native::{Args, Outcome, Trap};
use crate::vm::value::Value;
use crate::vm::wait::Wait;

/// `_asyncio.FutureIter`
pub static ITERATOR: &[Member] = &[
    Member::slot("__iter__", "self, /", |_, args| Ok(args[0])),
    Member::slot("__next__", "self, /", |vm, args| send(vm, args[0])),
    Member::method("send", "self, value, /", |vm, args| send(vm, args[0])),
    Member::method("throw", "self, typ, val=None, tb=None, /", throw),
    Member::method("close", "self, /", |vm, args| {
        vm.end_wait(args[0]);
        Ok(Value::None)
    }),
];

/// `Future.__await__`
pub(super) fn begin(vm: &mut Vm, args: &Args) -> Outcome {
    initialized(vm, args[0])?;
    Ok(vm.new_wait(args[0]))
}

/// One step of the `await` of a future, as the class in Python has it, which the recorder uses: the second step of one that
/// is not done is told that nobody waited properly. A task, as the class in C has it, may be waited for again after its
/// waker was wrong. Subclasses are not asked, whatever they override.
pub fn advance(vm: &mut Vm, wait: Wait) -> Outcome<Resumed> {
    let Some(future) = wait.on.id() else {
        return Ok(Resumed::Returned(Value::None));
    };
    if !is_pending(vm, future) {
        return result(vm, future).map(Resumed::Returned);
    }
    initialized(vm, wait.on)?;
    let in_vain = match task::is_task(vm, future) {
        true => get(vm, future, Field::Blocking).is(Value::Bool(true)),
        false => wait.resumed,
    };
    if in_vain {
        return vm.raise(class::RUNTIME_ERROR, "await wasn't used with future");
    }
    set(vm, future, Field::Blocking, true);
    Ok(Resumed::Yielded(wait.on))
}

/// `__next__` and `send`
fn send(vm: &mut Vm, iterator: Value) -> Outcome {
    let Some(wait) = vm.wait_of(iterator) else {
        return vm.type_error("not an iterator over a future");
    };
    match vm.advance_wait(iterator, wait)? {
        Resumed::Yielded(future) => Ok(future),
        Resumed::Returned(value) => {
            vm.end_wait(iterator);
            stop(vm, value)
        }
    }
}

fn throw(vm: &mut Vm, args: &Args) -> Outcome {
    let exception = thrown(vm, args)?;
    vm.end_wait(args[0]);
    Err(Trap::Raise(exception))
}
