//! `asyncio.gather` where all is plain (`Lib/asyncio/tasks.py`: gather): coroutines and futures whose methods are ours, on
//! a loop that is. The library does the rest.

mod end;

pub use end::{Callback, count_child, end, is_child};

use super::event::Text;
use super::future::{self, Field};
use super::label;
use super::plain::{cell_of, library_function};
use super::request::{Number, function, plain};
use super::system::System;
use super::task;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// Where the library has what follows.
const MODULE: &str = "asyncio.tasks";
/// The qualified name of its callback of children.
const CALLBACK: &str = "gather.<locals>._done_callback";
/// That of its callback of what comes of a gathering.
const LEAVE: &str = "_discard_awaited_by";

/// How events name the callback of children.
pub fn callback_label(sys: &mut System) -> Text {
    let known = sys.kernel.gather_label;
    let label = known.unwrap_or_else(|| sys.text(CALLBACK));
    sys.kernel.gather_label = Some(label);
    label
}

/// Functions of the kernel's module.
pub static FUNCTIONS: &[NativeDef] = &[
    function(
        "gather_plainly",
        "awaitables, loop, waiter, callback, future, partial, leave, /",
        Number::GatherPlainly,
    ),
    plain("gather_leave", "children, waiter, /", |vm, args| {
        leave_all(vm, args[0], args[1]);
        Ok(Value::None)
    }),
];

/// The whole of `gather`: a future of the class given, for tasks for the coroutines and what else is gathered, each with the
/// callback and awaited by the waiter. `None`, with nothing done, if it cannot be made just so.
pub fn gather_plainly(sys: &mut System, request: &Request) -> Outcome {
    let [
        awaitables,
        event_loop,
        waiter,
        callback,
        class,
        partial,
        leave,
    ] = [0, 1, 2, 3, 4, 5, 6].map(|n| sys.argument(request, n));
    let awaitables = sys.vm.items(awaitables).unwrap_or_default().to_vec();
    let (Some(waiter), Some(class)) = (future::plain_record(sys.vm, waiter), class.id()) else {
        return Ok(Value::None);
    };
    if !task::makes_plain_tasks(sys, event_loop)
        || !is_own_class(
            sys.vm,
            class,
            names::INIT,
            (MODULE, "_GatheringFuture.__init__"),
        )
        || !makes_partials(sys.vm, partial)
        || !{ awaitables.iter() }.all(|&one| can_be_gathered(sys, one, event_loop))
        || !are_distinct(&awaitables)
    {
        return Ok(Value::None);
    }
    let children = children(sys, awaitables, event_loop, waiter, callback)?;
    count_children(sys.vm, callback, children);
    let outer = future::create_of(sys, event_loop, class);
    let attributes = [
        (names::ITS_CHILDREN, children),
        (names::ITS_CANCEL_REQUESTED, false.into()),
    ];
    give_attributes(sys.vm, outer, &attributes);
    let label = label::label(sys, leave)?;
    let leave = partial_of(sys.vm, partial, leave, &[children, waiter.into()]);
    future::add_labelled_callback(sys, outer, leave, label, Value::None)?;
    Ok(outer.into())
}

/// The futures for what is gathered, in a list.
fn children(
    sys: &mut System,
    awaitables: Vec<Value>,
    event_loop: Value,
    waiter: Id,
    callback: Value,
) -> Outcome {
    let mut children = Vec::with_capacity(awaitables.len());
    for one in awaitables {
        let child = match task::is_plain_coroutine(sys, one) {
            true => {
                let child = task::create(sys, event_loop, one, Value::None)?;
                future::set(sys.vm, child, task::Field::LogDestroy, false);
                child
            }
            false => one.id().unwrap_or(Id::NONE),
        };
        future::add_awaited_by(sys.vm, child, waiter);
        let label = callback_label(sys);
        future::add_gathering(sys, child, callback, label)?;
        children.push(child.into());
    }
    Ok(sys.vm.list(children))
}

fn can_be_gathered(sys: &System, awaitable: Value, event_loop: Value) -> bool {
    let waits_here =
        |id| future::is_pending(sys.vm, id) && future::get(sys.vm, id, Field::Loop).is(event_loop);
    task::is_plain_coroutine(sys, awaitable)
        || future::plain_record(sys.vm, awaitable).is_some_and(waits_here)
}

fn are_distinct(values: &[Value]) -> bool {
    let mut ids: Vec<_> = values.iter().filter_map(|value| value.id()).collect();
    ids.sort_unstable();
    ids.windows(2).all(|pair| pair[0] != pair[1])
}

/// Is a method of a class the function that the library has in this module, under this qualified name?
fn is_own_class(vm: &Vm, class: Id, name: Value, (module, qualname): (&str, &str)) -> bool {
    let found = vm.lookup(class, name);
    found.is_some_and(|found| library_function(vm, found, module, qualname).is_some())
}

/// Is it the class `functools.partial`?
fn makes_partials(vm: &Vm, class: Value) -> bool {
    let is_own = |class| is_own_class(vm, class, names::CALL, ("_functools", "partial.__call__"));
    class.id().is_some_and(is_own)
}

/// `partial(function, *arguments)`, of a class that has been checked ([`makes_partials`]).
fn partial_of(vm: &mut Vm, class: Value, function: Value, arguments: &[Value]) -> Value {
    let partial = vm.object(class.id().unwrap_or(Id::NONE), Payload::Plain);
    let (arguments, keywords) = (vm.tuple(arguments), vm.dict());
    let attributes = [
        (names::ITS_FUNC, function),
        (names::ARGS, arguments),
        (names::KEYWORDS, keywords.into()),
        (names::ITS_OPEN, Value::Int(0)),
    ];
    give_attributes(vm, partial.id().unwrap_or(Id::NONE), &attributes);
    partial
}

/// Gives a new object its attributes.
fn give_attributes(vm: &mut Vm, object: Id, attributes: &[(Value, Value)]) {
    let dict = vm.dict();
    for &(name, value) in attributes {
        vm.dict_set_name(dict, name, value);
    }
    vm.heap.set_dict(object, dict);
}

/// Puts the number of children where their callback counts, as the library does.
fn count_children(vm: &mut Vm, callback: Value, children: Value) {
    let Some(Payload::Function(function)) = vm.heap.content(callback) else {
        return;
    };
    let all = vm.items(children).map_or(0, <[Value]>::len);
    if let Some(cell) = cell_of(vm, function, "left") {
        let left = Payload::Cell(Value::Int(all as i64));
        vm.heap.set_payload(cell, left);
    }
}

/// The waiter waits for none of the children any more.
fn leave_all(vm: &mut Vm, children: Value, waiter: Value) {
    let children = vm.items(children).unwrap_or_default().to_vec();
    if let Some(waiter) = future::record(vm, waiter) {
        for child in children {
            if let Some(child) = future::record(vm, child) {
                future::discard_awaited_by(vm, child, waiter);
            }
        }
    }
}

/// What a gathering's own callback would do; false, with nothing done, if the callback is another one.
pub fn leave(vm: &mut Vm, callback: Value) -> bool {
    let parts = [names::ITS_FUNC, names::ARGS].map(|name| vm.own_attribute(callback, name));
    let [Some(function), Some(arguments)] = parts else {
        return false;
    };
    let Some(&[children, waiter]) = vm.items(arguments) else {
        return false;
    };
    let leaves = library_function(vm, function, MODULE, LEAVE).is_some()
        && makes_partials(vm, vm.class_of(callback).into());
    if leaves {
        leave_all(vm, children, waiter);
    }
    leaves
}
