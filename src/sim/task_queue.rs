//! `asyncio.Queue` where none of its methods is overridden (`Lib/asyncio/queues.py`: Queue.put_nowait, get_nowait): what
//! can be done at once. The library does the rest.

use super::future::{self, End, plain_record};
use super::request::{Number, function};
use super::system::System;
use crate::vm::deque;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::{Id, Value};

/// Functions for `asyncio.queues`. `own` has the names and the library's functions of the methods that must not be
/// overridden, one behind the other, and `Event` as its first item.
pub static FUNCTIONS: &[NativeDef] = &[
    function("queue_put", "queue, item, own, /", Number::TaskQueuePut),
    function("queue_get", "queue, nothing, own, /", Number::TaskQueueGet),
];

/// Puts an item and wakes who waits for one; false, with nothing done, if that cannot be done just so.
pub fn put(sys: &mut System, request: &Request) -> Outcome {
    let [queue, item, own] = [0, 1, 2].map(|n| sys.argument(request, n));
    let mut waiter = Value::None;
    if !sys.vm.in_dialogue() {
        match room(sys.vm, queue, own).and_then(|event| Some((event, next(sys.vm, queue, names::ITS_GETTERS)?))) {
            Some((event, first)) => {
                insert(sys.vm, queue, item, event);
                waiter = take(sys.vm, queue, names::ITS_GETTERS, first);
            }
            None => return Ok(false.into()),
        }
    }
    wake(sys, waiter)?;
    Ok(true.into())
}

/// Takes an item and wakes who waits to put one; `nothing`, with nothing done, if that cannot be done just so.
pub fn get(sys: &mut System, request: &Request) -> Outcome {
    let [queue, nothing, own] = [0, 1, 2].map(|n| sys.argument(request, n));
    let (mut item, mut waiter) = (Value::None, Value::None);
    if !sys.vm.in_dialogue() {
        let items = is_plain(sys.vm, queue, own).then(|| deque_of(sys.vm, queue, names::ITS_QUEUE));
        let items = items.flatten();
        let first = next(sys.vm, queue, names::ITS_PUTTERS);
        let (Some(items), Some(first)) = (items, first) else {
            return Ok(nothing);
        };
        match deque::pop(sys.vm, items, deque::End::Front) {
            Some(taken) => item = taken,
            None => return Ok(nothing),
        }
        waiter = take(sys.vm, queue, names::ITS_PUTTERS, first);
    }
    let item = sys.vm.once(|_| Ok(item))?;
    wake(sys, waiter)?;
    Ok(item)
}

fn is_plain(vm: &Vm, queue: Value, own: Value) -> bool {
    let class = vm.class_of(queue);
    let methods = vm.items(own).and_then(|own| own.get(1..)).unwrap_or_default();
    methods.chunks_exact(2).all(|method| {
        let found = vm.lookup(class, method[0]);
        found.is_some_and(|found| found.is(method[1]))
            && vm.own_attribute(queue, method[0]).is_none()
    })
}

fn deque_of(vm: &Vm, queue: Value, name: Value) -> Option<Id> {
    let id = vm.own_attribute(queue, name)?.id()?;
    deque::of(vm, id).map(|_| id)
}

/// The event that tells whether all is done, if there is room for an item in a plain queue that takes some.
fn room(vm: &Vm, queue: Value, own: Value) -> Option<Id> {
    let attribute = |name| vm.own_attribute(queue, name);
    let length = deque::of(vm, deque_of(vm, queue, names::ITS_QUEUE)?)?.items.len() as i64;
    let Value::Int(most) = attribute(names::ITS_MAXSIZE)? else {
        return None;
    };
    let is_open = matches!(attribute(names::ITS_SHUTDOWN)?, Value::Bool(false));
    let counts = matches!(attribute(names::ITS_UNFINISHED)?, Value::Int(_));
    let event = attribute(names::ITS_FINISHED)?;
    let event_class = vm.items(own)?.first()?.id()?;
    let has_room = most <= 0 || length < most;
    let plain = is_open && counts && has_room && vm.class_of(event) == event_class;
    (plain && is_plain(vm, queue, own)).then_some(event.id()?)
}

fn insert(vm: &mut Vm, queue: Value, item: Value, event: Id) {
    if let Some(items) = deque_of(vm, queue, names::ITS_QUEUE) {
        deque::push(vm, items, deque::End::Back, item);
    }
    if let Some(Value::Int(count)) = vm.own_attribute(queue, names::ITS_UNFINISHED) {
        set_own(vm, queue, names::ITS_UNFINISHED, Value::Int(count + 1));
    }
    set_own(vm, event.into(), names::ITS_VALUE, Value::Bool(false));
}

fn set_own(vm: &mut Vm, object: Value, name: Value, value: Value) {
    if let Some(id) = object.id() {
        let dict = vm.heap.get(id).dict;
        vm.dict_set_name(dict, name, value);
    }
}

/// How many of those who wait are done already, and stand before the one to be woken. Nothing if the methods of one of
/// these are not known.
fn next(vm: &Vm, queue: Value, waiters: Value) -> Option<usize> {
    let waiters = &deque::of(vm, deque_of(vm, queue, waiters)?)?.items;
    for (at, &waiter) in waiters.iter().enumerate() {
        if future::is_pending(vm, plain_record(vm, waiter)?) {
            return Some(at);
        }
    }
    Some(waiters.len())
}

/// Takes those out who are done, and the one behind them, who is to be woken.
fn take(vm: &mut Vm, queue: Value, waiters: Value, done: usize) -> Value {
    let Some(waiters) = deque_of(vm, queue, waiters) else {
        return Value::None;
    };
    for _ in 0..done {
        deque::pop(vm, waiters, deque::End::Front);
    }
    deque::pop(vm, waiters, deque::End::Front).unwrap_or(Value::None)
}

fn wake(sys: &mut System, waiter: Value) -> Outcome<()> {
    let waiter = sys.vm.once(|_| Ok(waiter))?;
    match waiter.id() {
        Some(waiter) => future::finish(sys, waiter, End::Result(Value::None)),
        None => Ok(()),
    }
}
