//! Futures as most are made: on a loop whose methods are ours. Nothing has to be asked then.

use super::{FIELDS, Field, fill_new, future_id};
use crate::sim::event::Kind;
use crate::sim::event_loop;
use crate::sim::plain::{Ability, has_own_methods, look};
use crate::sim::record::Field as _;
use crate::sim::system::System;
use crate::vm::class;
use crate::vm::deque;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::Outcome;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// A future of the running loop for a task that is about to wait at a lock, queue or event, which is bound to that loop;
/// it joins those who wait there, a deque (`Lib/asyncio/mixins.py`: _LoopBoundMixin._get_loop).
pub fn join_waiters(sys: &mut System, request: &Request) -> Outcome {
    let [object, waiters] = [0, 1].map(|n| sys.argument(request, n));
    if let (false, Some(future)) = (sys.vm.in_dialogue(), joined(sys, object, waiters)) {
        return Ok(future.into());
    }
    let event_loop = sys.call_method(object, "_get_loop", &[], &[])?;
    let future = sys.call_method(event_loop, "create_future", &[], &[])?;
    sys.call_method(waiters, "append", &[future], &[])?;
    Ok(future)
}

/// The same where nothing has to be asked; nothing is done otherwise.
pub fn joined(sys: &mut System, object: Value, waiters: Value) -> Option<Id> {
    let running = sys.thread().running_loop;
    let plain = sys.vm.class_of(waiters) == class::DEQUE
        && makes_plain_futures(sys, running)
        && binds(sys, object, running);
    if !plain {
        return None;
    }
    let future = create(sys, running);
    if let Some(waiters) = waiters.id() {
        deque::push(sys.vm, waiters, deque::End::Back, future.into());
    }
    Some(future)
}

/// Binds an object to a loop by the library's own method; false, with nothing done, if it has another one, or is bound to
/// another loop. What is bound already will be asked again, and is remembered.
fn binds(sys: &mut System, object: Value, event_loop: Value) -> bool {
    let Some(id) = object.id() else { return false };
    match sys.vm.own_attribute(object, names::ITS_LOOP) {
        Some(bound) => bound.is(event_loop) && has_own_methods(sys, object, Ability::Bind),
        None => look(sys.vm, id, Ability::Bind) && bind(sys.vm, object, event_loop),
    }
}

/// Binds an object that is not bound to a loop.
fn bind(vm: &mut Vm, object: Value, event_loop: Value) -> bool {
    let unbound = vm.lookup(vm.class_of(object), names::ITS_LOOP);
    let binds = unbound.is_some_and(Value::is_none);
    if let (true, Some(id)) = (binds, object.id()) {
        let dict = vm.heap.get(id).dict;
        vm.dict_set_name(dict, names::ITS_LOOP, event_loop);
    }
    binds
}

/// Does the loop make futures by the library's `create_future`, and takes callbacks at once?
pub fn makes_plain_futures(sys: &mut System, event_loop: Value) -> bool {
    has_own_methods(sys, event_loop, Ability::CreateFuture) && event_loop::is_ours(sys, event_loop)
}

/// A new future of a loop that is ours ([`event_loop::is_ours`]).
pub fn create(sys: &mut System, event_loop: Value) -> Id {
    create_of(sys, event_loop, sys.kernel.classes.future)
}

/// The same of a class derived from `Future`, as `Future.__init__` leaves it.
pub fn create_of(sys: &mut System, event_loop: Value, class: Id) -> Id {
    sys.kernel.futures += 1;
    let mut fields = [Value::Unbound; FIELDS as usize];
    fill_new(&mut fields, sys.kernel.futures);
    fields[Field::Loop.position()] = event_loop;
    fields[Field::SourceTraceback.position()] = Value::None;
    let future = sys.vm.heap.alloc(class, Payload::Record(fields.into()));
    let id = future_id(sys, future);
    sys.log(Kind::FutureNew { future: id });
    future
}
