//! `asyncio.gather` where all is plain (`Lib/asyncio/tasks.py`: gather): coroutines and futures whose methods are ours, on
//! a loop that is. The library has the rest, and the future that all come together in.

use super::future::{self, Field, State};
use super::plain::library_function;
use super::request::{Number, function, plain};
use super::system::System;
use super::task;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// The qualified name of the library's callback of children.
const CALLBACK: &str = "gather.<locals>._done_callback";

/// Functions of the kernel's module.
pub static FUNCTIONS: &[NativeDef] = &[
    function(
        "gather_children",
        "awaitables, loop, waiter, callback, /",
        Number::GatherChildren,
    ),
    plain("gather_results", "children, /", results),
    plain("gather_leave", "children, waiter, /", leave),
];

/// The futures for what is gathered, in a list: tasks for the coroutines, each with the callback, awaited by the waiter.
/// `None`, with nothing done, if they cannot be made just so.
pub fn children(sys: &mut System, request: &Request) -> Outcome {
    let [awaitables, event_loop, waiter, callback] = [0, 1, 2, 3].map(|n| sys.argument(request, n));
    let awaitables = sys.vm.items(awaitables).unwrap_or_default().to_vec();
    if !task::makes_plain_tasks(sys, event_loop)
        || future::plain_record(sys.vm, waiter).is_none()
        || !awaitables
            .iter()
            .all(|&one| can_be_gathered(sys, one, event_loop))
        || !are_distinct(&awaitables)
    {
        return Ok(Value::None);
    }
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
        if let Some(waiter) = waiter.id() {
            future::add_awaited_by(sys.vm, child, waiter);
        }
        future::add_callback(sys, child, callback, Value::None)?;
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

/// What has to be known of a gathering when a child ends.
struct Gathering {
    /// The task that awaits it.
    waiter: Value,
    /// The future that it is.
    outer: Value,
    /// Are exceptions results like others?
    return_exceptions: Value,
}

/// A child has ended: the waiter no longer waits for it. True if that is all, because the gathering future is not done
/// and the child has a result, or may have what it likes.
fn end_child(vm: &mut Vm, child: Value, gathering: Gathering) -> bool {
    let Some(child) = future::plain_record(vm, child) else {
        return false;
    };
    let outer = future::record(vm, gathering.outer);
    let is_open = outer.is_some_and(|outer| future::is_pending(vm, outer));
    let all_alike = matches!(gathering.return_exceptions, Value::Bool(true));
    if !is_open || !(all_alike || has_result(vm, child)) {
        return false;
    }
    if let Some(waiter) = future::record(vm, gathering.waiter) {
        future::discard_awaited_by(vm, child, waiter);
    }
    true
}

/// What the library's callback of a child would do, if it would only count the child. False, with nothing done, if it
/// is another function or has more to do.
pub fn count_child(vm: &mut Vm, callback: Value, child: Value) -> bool {
    let Some((counts, gathering)) = gathering_of(vm, callback) else {
        return false;
    };
    let [Value::Int(ended), Value::Int(all)] = counts.map(|cell| vm.heap.cell(cell)) else {
        return false;
    };
    let counts_only = ended + 1 < all && end_child(vm, child, gathering);
    if counts_only {
        let counted = Payload::Cell(Value::Int(ended + 1));
        vm.heap.set_payload(counts[0], counted);
    }
    counts_only
}

/// What the callback of children refers to, if it is one: the cells with the number of children that have ended and of
/// all, and the rest.
fn gathering_of(vm: &Vm, callback: Value) -> Option<([Id; 2], Gathering)> {
    let function = library_function(vm, callback, "asyncio.tasks", CALLBACK)?;
    let code = &function.linked.code;
    let cells = vm.items(function.closure)?;
    let cell = |name: &str| {
        let at = code.frees.iter().position(|free| **free == *name)?;
        cells.get(at)?.id()
    };
    let gathering = Gathering {
        waiter: *vm.items(function.defaults)?.first()?,
        outer: vm.heap.cell(cell("outer")?),
        return_exceptions: vm.heap.cell(cell("return_exceptions")?),
    };
    Some(([cell("nfinished")?, cell("nfuts")?], gathering))
}

fn has_result(vm: &Vm, future: Id) -> bool {
    future::state(vm, future) == State::Finished
        && future::get(vm, future, Field::Exception)
            .or_none()
            .is_none()
}

/// The results of children in a list, an exception standing for itself. `None` if the methods of one are not known.
fn results(vm: &mut Vm, args: &Args) -> Outcome {
    let children = vm.items(args[0]).unwrap_or_default();
    let plain = children
        .iter()
        .map(|&child| future::plain_record(vm, child));
    let Some(children) = plain.collect::<Option<Vec<Id>>>() else {
        return Ok(Value::None);
    };
    let mut results = Vec::with_capacity(children.len());
    for child in children {
        results.push(gathered(vm, child)?);
    }
    Ok(vm.list(results))
}

fn gathered(vm: &mut Vm, child: Id) -> Outcome {
    if future::state(vm, child) == State::Cancelled {
        let message = match future::get(vm, child, Field::CancelMessage).or_none() {
            Value::None => names::EMPTY,
            message => message,
        };
        return future::new_error(vm, "CancelledError", &[message]);
    }
    future::set(vm, child, Field::LogTraceback, false);
    Ok(match future::get(vm, child, Field::Exception).or_none() {
        Value::None => future::get(vm, child, Field::Result),
        exception => exception,
    })
}

/// The waiter waits for none of the children any more.
fn leave(vm: &mut Vm, args: &Args) -> Outcome {
    let children = vm.items(args[0]).unwrap_or_default().to_vec();
    if let Some(waiter) = future::record(vm, args[1]) {
        for child in children {
            if let Some(child) = future::record(vm, child) {
                future::discard_awaited_by(vm, child, waiter);
            }
        }
    }
    Ok(Value::None)
}
