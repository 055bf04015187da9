//! Futures as most are made: on a loop whose methods are ours. Nothing has to be asked then.

use super::{FIELDS, Field, fill_new, future_id};
use crate::sim::event::Kind;
use crate::sim::event_loop;
use crate::sim::plain::{Ability, has_native};
use crate::sim::record::Field as _;
use crate::sim::system::System;
use crate::vm::deque;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::Outcome;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// The module of the library whose `_get_loop` binds locks and queues to a loop.
const BINDING: &str = "asyncio.mixins";

/// `loop.create_future()` (`Lib/asyncio/base_events.py`: BaseEventLoop.create_future)
pub fn create_future(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.argument(request, 0);
    if !sys.vm.in_dialogue() && event_loop::is_ours(sys, event_loop) {
        return Ok(create(sys, event_loop).into());
    }
    sys.call_method(event_loop, "_create_future", &[], &[])
}

/// A future of the running loop for a task that is about to wait at a lock, queue or event that is bound to that loop; it
/// joins those who wait there, a deque. `None` if the library has to look into it (`Lib/asyncio/mixins.py`:
/// _LoopBoundMixin._get_loop).
pub fn join_waiters(sys: &mut System, request: &Request) -> Outcome {
    let [object, waiters] = [0, 1].map(|n| sys.argument(request, n));
    let running = sys.thread().running_loop;
    let waiters = waiters.id().filter(|&id| deque::of(sys.vm, id).is_some());
    let (Some(waiters), true) = (waiters, makes_plain_futures(sys, running)) else {
        return Ok(Value::None);
    };
    if !has_own_binding(sys, object) || !bind(sys.vm, object, running) {
        return Ok(Value::None);
    }
    let future = create(sys, running).into();
    deque::push(sys.vm, waiters, deque::End::Back, future);
    Ok(future)
}

/// Binds an object to a loop, if it is not bound; false if it is bound to another one.
fn bind(vm: &mut Vm, object: Value, event_loop: Value) -> bool {
    if let Some(bound) = vm.own_attribute(object, names::ITS_LOOP) {
        return bound.is(event_loop);
    }
    let unbound = vm.lookup(vm.class_of(object), names::ITS_LOOP);
    let binds = unbound.is_some_and(Value::is_none);
    if let (true, Some(id)) = (binds, object.id()) {
        let dict = vm.heap.get(id).dict;
        vm.dict_set_name(dict, names::ITS_LOOP, event_loop);
    }
    binds
}

fn has_own_binding(sys: &System, object: Value) -> bool {
    let found = sys.vm.lookup(sys.vm.class_of(object), names::GET_LOOP_OF);
    match found.and_then(|found| sys.vm.heap.content(found)) {
        Some(Payload::Function(function)) => *function.linked.code.source.module == *BINDING,
        _ => false,
    }
}

/// Does the loop make futures by our native `create_future`?
pub fn makes_plain_futures(sys: &mut System, event_loop: Value) -> bool {
    let find = |vm: &Vm, event_loop| has_native(vm, event_loop, names::CREATE_FUTURE);
    sys.is_plain_object(Ability::CreateFuture, event_loop, find)
        && event_loop::is_ours(sys, event_loop)
}

/// A new future of a loop that is ours ([`event_loop::is_ours`]).
pub fn create(sys: &mut System, event_loop: Value) -> Id {
    sys.kernel.futures += 1;
    let mut fields = [Value::Unbound; FIELDS as usize];
    fill_new(&mut fields, sys.kernel.futures);
    fields[Field::Loop.position()] = event_loop;
    fields[Field::SourceTraceback.position()] = Value::None;
    let class = sys.kernel.classes.future;
    let future = sys.vm.heap.alloc(class, Payload::Record(fields.into()));
    let id = future_id(sys, future);
    sys.log(Kind::FutureNew { future: id });
    future
}
