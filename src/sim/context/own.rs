//! Contexts that tasks and handles have of their own. Most are copies of an empty one in which nothing is ever set, and
//! nobody looks at them: such a context is not made, and the field for it is unset. While it is entered, the thread knows
//! whose it is, and still has the context before; once something asks for the current context, it is made after all.

use super::{Field, copy_current, empty, first, is_current_empty, is_free};
use crate::sim::record::{self, get, set};
use crate::sim::system::System;
use crate::sim::thread::Thread;
use crate::sim::{handle, task};
use crate::vm::machine::Vm;
use crate::vm::native::Outcome;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// What the field of a new task or handle holds that gets a copy of the current context.
pub fn copy(sys: &mut System) -> Value {
    match is_current_empty(sys) {
        true => Value::Unbound,
        false => copy_current(sys),
    }
}

/// The same where a context may have been given.
pub fn given_or_copy(sys: &mut System, given: Value) -> Value {
    match given.or_none() {
        Value::None => copy(sys),
        given => given,
    }
}

/// Where a task or handle has its context.
#[derive(Clone, Copy)]
struct Place(usize);

impl record::Field for Place {
    fn position(self) -> usize {
        self.0
    }
}

impl Place {
    fn of(vm: &Vm, owner: Id) -> Self {
        Self(match task::is_task(vm, owner) {
            true => task::Field::Context as usize,
            false => handle::Field::Context as usize,
        })
    }
}

/// The context of a task or handle that has been initialized, as an object.
pub fn made(vm: &mut Vm, owner: Id) -> Value {
    let place = Place::of(vm, owner);
    match get(vm, owner, place) {
        Value::Unbound => {
            let context = empty(vm, vm.context_class);
            if let Some(id) = context.id() {
                vm.heap.set_born(id, vm.heap.born(owner));
            }
            set(vm, owner, place, context);
            context
        }
        known => known,
    }
}

/// Makes the context of an object, if it is a task or handle.
pub fn complete(vm: &mut Vm, id: Id) {
    let is_owner = match vm.heap.payload(id) {
        Payload::Record(fields) if fields.len() == usize::from(task::FIELDS) => {
            task::has_begun(vm, id)
        }
        _ => handle::is_handle(vm, id),
    };
    if is_owner {
        made(vm, id);
    }
}

/// The same for whoever may enter it: threads that have entered it without its being made learn of it.
pub fn of(sys: &mut System, owner: Id) -> Value {
    let process = sys.thread().process;
    let has_entered =
        |thread: &Thread| thread.process == process && thread.entered.is(owner.into());
    let threads = &sys.kernel.scheduler.threads;
    let within: Vec<_> = (0..threads.len())
        .filter(|&at| has_entered(&threads[at]))
        .collect();
    within.into_iter().for_each(|thread| settle(sys, thread));
    made(sys.vm, owner)
}

/// Can the context of a task or handle be entered?
pub fn can_be_entered(sys: &mut System, owner: Id) -> bool {
    let context = get(sys.vm, owner, Place::of(sys.vm, owner));
    context.is_unbound() || is_free(sys, context)
}

/// Makes the context of a task or handle the current one.
pub fn enter(sys: &mut System, owner: Id) -> Outcome<()> {
    let context = get(sys.vm, owner, Place::of(sys.vm, owner));
    if !context.is_unbound() {
        return super::enter(sys, context);
    }
    settle_own(sys);
    sys.vm.heap.retain(owner.into());
    sys.thread().entered = owner.into();
    Ok(())
}

/// Makes the context before that of a task or handle current again, if that is the current one.
pub fn leave(sys: &mut System, owner: Id) {
    if sys.thread().entered.is(owner.into()) {
        sys.thread().entered = Value::None;
        return sys.vm.heap.release(owner.into());
    }
    let context = get(sys.vm, owner, Place::of(sys.vm, owner));
    super::leave(sys, context);
}

/// Makes the context that the running thread has entered, if it has not been made.
pub fn settle_own(sys: &mut System) {
    if !sys.thread().entered.is_none() {
        settle(sys, sys.kernel.scheduler.current);
    }
}

fn settle(sys: &mut System, thread: usize) {
    let entered = std::mem::replace(
        &mut sys.kernel.scheduler.threads[thread].entered,
        Value::None,
    );
    let Some(owner) = entered.id() else { return };
    let context = made(sys.vm, owner);
    let before = &mut sys.kernel.scheduler.threads[thread].context;
    let known = std::mem::replace(before, context);
    let previous = match known {
        Value::Unbound => first(sys.vm),
        known => known,
    };
    if let Some(id) = context.id() {
        sys.vm
            .heap
            .set_field(id, Field::Previous as usize, previous);
    }
    sys.vm.heap.retain(context);
    sys.vm.heap.release(known);
    sys.vm.heap.release(entered);
}
