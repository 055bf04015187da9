//! `asyncio.Queue` where none of its methods is overridden (`Lib/asyncio/queues.py`: Queue.put_nowait, get_nowait): what
//! can be done at once. The library does the rest.

use super::future::{self, End, plain_waiter};
use super::plain::{Ability, has_own_methods};
use super::request::{Number, function};
use super::system::System;
use crate::vm::class;
use crate::vm::deque;
use crate::vm::exit::Request;
use crate::vm::fold::Step;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::{Id, Value};

/// The attributes that `Queue.__init__` makes, in its order: where they usually are.
#[derive(Clone, Copy)]
enum Attribute {
    /// The bound; none if it is not positive.
    MaxSize,
    /// Futures of those who wait for an item.
    Getters,
    /// Futures of those who wait for room.
    Putters,
    /// How many items are not done.
    Unfinished,
    /// The event that all are.
    Finished,
    /// The items.
    Items,
    /// Was it shut down?
    IsShutdown,
}

const NAMES: [Value; 7] = [
    names::ITS_MAXSIZE,
    names::ITS_GETTERS,
    names::ITS_PUTTERS,
    names::ITS_UNFINISHED,
    names::ITS_FINISHED,
    names::ITS_QUEUE,
    names::ITS_SHUTDOWN,
];

/// Where an event usually has its flag.
const VALUE: usize = 1;

/// Functions for `asyncio.queues`.
pub static FUNCTIONS: &[NativeDef] = &[
    function("queue_put", "queue, item, /", Number::TaskQueuePut),
    function(
        "queue_get",
        "queue, nothing, joined=None, /",
        Number::TaskQueueGet,
    ),
];

/// Puts an item and wakes who waits for one; false, with nothing done, if that cannot be done just so.
pub fn put(sys: &mut System, request: &Request) -> Outcome {
    let [queue, item] = [0, 1].map(|n| sys.argument(request, n));
    put_item(sys, queue, item).map(Value::Bool)
}

/// The same as what a coroutine of `put` does.
pub fn begin_put(sys: &mut System, queue: Value, item: Value) -> Outcome<Step> {
    Ok(match put_item(sys, queue, item)? {
        true => Step::Done(Value::None),
        false => Step::Refused,
    })
}

fn put_item(sys: &mut System, queue: Value, item: Value) -> Outcome<bool> {
    let mut waiter = Value::None;
    if !sys.vm.in_dialogue() {
        let plain = has_own_methods(sys, queue, Ability::Queue);
        let event = event_if_room(sys.vm, queue);
        let event = event.filter(|&event| plain && has_own_methods(sys, event, Ability::Clear));
        let done = done_before_next(sys, queue, Attribute::Getters);
        let (Some(event), Some(done)) = (event, done) else {
            return Ok(false);
        };
        insert(sys.vm, queue, item, event);
        waiter = take(sys.vm, queue, Attribute::Getters, done);
    }
    wake(sys, waiter)?;
    Ok(true)
}

/// What came of asking for an item.
enum Got {
    /// This one.
    Item(Value),
    /// There is none: this future has joined those who wait for one.
    Joined(Id),
    /// Nothing has happened: it cannot be done just so.
    Nothing,
}

/// Takes an item and wakes who waits to put one; `nothing`, with nothing done, if that cannot be done just so. Where there
/// is no item, and `joined` is given: that, and a future has joined those who wait for one.
pub fn get(sys: &mut System, request: &Request) -> Outcome {
    let [queue, nothing, joined] = [0, 1, 2].map(|n| sys.argument(request, n).or_none());
    Ok(match get_item(sys, queue, !joined.is_none())? {
        Got::Item(item) => item,
        Got::Joined(_) => joined,
        Got::Nothing => nothing,
    })
}

/// The same as what a coroutine of `get` does before it waits, and when it goes on.
pub fn begin_get(sys: &mut System, queue: Value) -> Outcome<Step> {
    Ok(match get_item(sys, queue, true)? {
        Got::Item(item) => Step::Done(item),
        Got::Joined(future) => Step::Waits {
            future,
            kept: Value::None,
        },
        Got::Nothing => Step::Refused,
    })
}

fn get_item(sys: &mut System, queue: Value, joins: bool) -> Outcome<Got> {
    let (mut item, mut waiter) = (Value::None, Value::None);
    if !sys.vm.in_dialogue() {
        let plain = has_own_methods(sys, queue, Ability::Queue);
        let items = deque_of(sys.vm, queue, Attribute::Items).filter(|_| plain);
        let done = done_before_next(sys, queue, Attribute::Putters);
        let (Some(items), Some(done)) = (items, done) else {
            return Ok(Got::Nothing);
        };
        match deque::pop(sys.vm, items, deque::End::Front) {
            Some(taken) => item = taken,
            None => {
                let joined = joins.then(|| join(sys, queue)).flatten();
                return Ok(joined.map_or(Got::Nothing, Got::Joined));
            }
        }
        waiter = take(sys.vm, queue, Attribute::Putters, done);
    }
    let item = sys.vm.once(|_| Ok(item))?;
    wake(sys, waiter)?;
    Ok(Got::Item(item))
}

/// A future joins those who wait for an item, if none is to be refused.
fn join(sys: &mut System, queue: Value) -> Option<Id> {
    let is_open = matches!(
        attribute(sys.vm, queue, Attribute::IsShutdown),
        Some(Value::Bool(false))
    );
    let getters = attribute(sys.vm, queue, Attribute::Getters).filter(|_| is_open)?;
    future::joined(sys, queue, getters)
}

fn attribute(vm: &Vm, queue: Value, attribute: Attribute) -> Option<Value> {
    vm.own_attribute_at(queue, NAMES[attribute as usize], attribute as usize)
}

fn deque_of(vm: &Vm, queue: Value, which: Attribute) -> Option<Id> {
    let deque = attribute(vm, queue, which)?;
    deque.id().filter(|_| vm.class_of(deque) == class::DEQUE)
}

/// The event that tells whether all is done, if the queue takes items and has room for one.
fn event_if_room(vm: &Vm, queue: Value) -> Option<Value> {
    let attribute = |which| attribute(vm, queue, which);
    let items = deque_of(vm, queue, Attribute::Items)?;
    let length = deque::of(vm, items)?.items.len() as i64;
    let Value::Int(most) = attribute(Attribute::MaxSize)? else {
        return None;
    };
    let is_open = matches!(attribute(Attribute::IsShutdown)?, Value::Bool(false));
    let counts = matches!(attribute(Attribute::Unfinished)?, Value::Int(_));
    let has_room = most <= 0 || length < most;
    attribute(Attribute::Finished).filter(|_| is_open && counts && has_room)
}

fn insert(vm: &mut Vm, queue: Value, item: Value, event: Value) {
    if let Some(items) = deque_of(vm, queue, Attribute::Items) {
        deque::push(vm, items, deque::End::Back, item);
    }
    if let Some(Value::Int(count)) = attribute(vm, queue, Attribute::Unfinished) {
        let name = NAMES[Attribute::Unfinished as usize];
        vm.set_own_attribute_at(
            queue,
            name,
            Attribute::Unfinished as usize,
            Value::Int(count + 1),
        );
    }
    vm.set_own_attribute_at(event, names::ITS_VALUE, VALUE, Value::Bool(false));
}

/// How many of those who wait are done already, and stand before the one to be woken. Nothing if what the methods of
/// one of these do is not known.
fn done_before_next(sys: &mut System, queue: Value, waiters: Attribute) -> Option<usize> {
    let waiters = deque_of(sys.vm, queue, waiters)?;
    let mut at = 0;
    while let Some(&waiter) = deque::of(sys.vm, waiters)?.items.get(at) {
        let waiter = plain_waiter(sys, waiter)?;
        if future::is_pending(sys.vm, waiter) {
            break;
        }
        at += 1;
    }
    Some(at)
}

/// Takes those out who are done, and the one behind them, who is to be woken.
fn take(vm: &mut Vm, queue: Value, waiters: Attribute, done: usize) -> Value {
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
