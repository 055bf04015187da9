//! How a gathering ends: what the library's callbacks of its children and of the future that it is would do.

use super::{CALLBACK, MODULE};
use std::rc::Rc;

use crate::sim::event_loop;
use crate::sim::future::{self, End, Field, State};
use crate::sim::system::System;
use crate::sim::task;
use crate::vm::link::LinkedCode;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::Outcome;
use crate::vm::object::{Function, Payload};
use crate::vm::value::{Id, Value};

/// What has to be known of a gathering when a child ends.
struct Gathering {
    /// The cell with the number of children that have not ended.
    left: Id,
    /// The task that awaits it.
    waiter: Value,
    /// The future that it is.
    outer: Value,
    /// Are exceptions results like others?
    return_exceptions: Value,
}

/// The library's callback of children, and where it has the variables that it shares with `gather`: each gathering has a
/// function of its own with the same code, which is looked at once.
#[derive(Clone, Debug, Default)]
pub struct Callback {
    known: Option<(Rc<LinkedCode>, [usize; SHARED.len()])>,
}

const SHARED: [&str; 3] = ["left", "outer", "return_exceptions"];

impl Callback {
    /// Where the variables are, if the function is the callback.
    fn places(&mut self, function: &Function) -> Option<[usize; SHARED.len()]> {
        let known = self.known.as_ref();
        if !known.is_some_and(|(code, _)| Rc::ptr_eq(code, &function.linked)) {
            let code = &function.linked.code;
            if *code.qualname != *CALLBACK || *code.source.module != *MODULE {
                return None;
            }
            let place = |name: &str| code.frees.iter().position(|free| **free == *name);
            let mut places = [0; SHARED.len()];
            for (at, name) in places.iter_mut().zip(SHARED) {
                *at = place(name)?;
            }
            self.known = Some((function.linked.clone(), places));
        }
        self.known.as_ref().map(|(_, places)| *places)
    }
}

impl Gathering {
    /// What the callback of children refers to, if it is one.
    fn of(sys: &mut System, callback: Value) -> Option<Self> {
        let vm = &*sys.vm;
        let Payload::Function(function) = vm.heap.content(callback)? else {
            return None;
        };
        let places = sys.kernel.gather_callback.places(function)?;
        let cells = vm.items(function.closure)?;
        let mut shared = [Id::NONE; SHARED.len()];
        for (cell, place) in shared.iter_mut().zip(places) {
            *cell = cells.get(place)?.id()?;
        }
        let [left, outer, return_exceptions] = shared;
        Some(Self {
            left,
            waiter: *vm.items(function.defaults)?.first()?,
            outer: vm.heap.cell(outer),
            return_exceptions: vm.heap.cell(return_exceptions),
        })
    }

    /// How many children have not ended.
    fn left(&self, vm: &Vm) -> Option<i64> {
        match vm.heap.cell(self.left) {
            Value::Int(left) => Some(left),
            _ => None,
        }
    }

    /// The children, a list.
    fn children(&self, vm: &Vm) -> Value {
        let children = vm.own_attribute(self.outer, names::ITS_CHILDREN);
        children.unwrap_or_default()
    }

    /// Is there nothing about this child but that it has ended: because the gathering is not done, and the child has a
    /// result or may have what it likes?
    fn takes(&self, vm: &Vm, child: Value) -> Option<Id> {
        let child = future::plain_record(vm, child)?;
        let is_open = future::record(vm, self.outer).is_some_and(|id| future::is_pending(vm, id));
        let all_alike = matches!(self.return_exceptions, Value::Bool(true));
        (is_open && (all_alike || has_result(vm, child))).then_some(child)
    }

    /// The child has ended, and the waiter no longer waits for it.
    fn count(&self, vm: &mut Vm, left: i64, child: Id) {
        if let Some(waiter) = future::record(vm, self.waiter) {
            future::discard_awaited_by(vm, child, waiter);
        }
        let counted = Payload::Cell(Value::Int(left - 1));
        vm.heap.set_payload(self.left, counted);
    }

    /// Does nobody see which calls schedule the callbacks of the gathering? The stacks that debug mode keeps show them.
    fn is_told_quietly(&self, sys: &mut System) -> bool {
        let outer = future::record(sys.vm, self.outer);
        let event_loop = outer.map(|outer| future::get(sys.vm, outer, Field::Loop));
        event_loop.is_some_and(|event_loop| event_loop::is_ours(sys, event_loop))
    }

    /// Does the last child end the gathering with the results of all, by methods that are ours?
    fn ends_with(&self, sys: &System, child: Value) -> Option<Id> {
        let own = |name| sys.vm.own_attribute(self.outer, name);
        let plain = self.left(sys.vm)? == 1
            && task::is_native(sys, self.outer, names::SET_RESULT)
            && own(names::SET_RESULT).is_none()
            && own(names::ITS_CANCEL_REQUESTED)?.is(Value::Bool(false))
            && { sys.vm.items(self.children(sys.vm))?.iter() }
                .all(|&child| future::plain_record(sys.vm, child).is_some());
        self.takes(sys.vm, child).filter(|_| plain)
    }
}

fn has_result(vm: &Vm, future: Id) -> bool {
    future::state(vm, future) == State::Finished
        && future::get(vm, future, Field::Exception)
            .or_none()
            .is_none()
}

/// Is it a task that comes to its end by its own step, so that it stands in no queue, whose only callback is that of the
/// gathering whose child it is?
pub fn is_child(sys: &mut System, future: Id, callbacks: Value) -> bool {
    let callback = future::only_callback(sys.vm, callbacks).unwrap_or_default();
    let Some(Payload::Function(function)) = sys.vm.heap.content(callback) else {
        return false;
    };
    sys.kernel.gather_callback.places(function).is_some()
        && task::is_task(sys.vm, future)
        && sys.running_task() == Some(future)
}

/// What the library's callback of a child would do, if it would only count the child. False, with nothing done, if it
/// is another function or has more to do.
pub fn count_child(sys: &mut System, callback: Value, child: Value) -> bool {
    let Some(gathering) = Gathering::of(sys, callback) else {
        return false;
    };
    let vm = &mut *sys.vm;
    let Some(left @ 2..) = gathering.left(vm) else {
        return false;
    };
    let child = gathering.takes(vm, child);
    if let Some(child) = child {
        gathering.count(vm, left, child);
    }
    child.is_some()
}

/// What the callback of the last child would do, if it would end the gathering with the results. False, with nothing done,
/// if it is another function or would do something else.
pub fn end(sys: &mut System, callback: Value, child: Value) -> Outcome<bool> {
    let Some(gathering) = Gathering::of(sys, callback) else {
        return Ok(false);
    };
    let last = match !sys.vm.in_dialogue() && gathering.is_told_quietly(sys) {
        true => gathering.ends_with(sys, child),
        false => None,
    };
    let ends = sys.vm.once(|_| Ok(last.is_some().into()))?;
    let (true, Some(outer)) = (ends.is(Value::Bool(true)), gathering.outer.id()) else {
        return Ok(false);
    };
    if let Some(child) = last
        && let Some(left) = gathering.left(sys.vm)
    {
        gathering.count(sys.vm, left, child);
    }
    let results = sys.vm.once(|vm| results(vm, gathering.children(vm)))?;
    future::finish(sys, outer, End::Result(results))?;
    Ok(true)
}

/// The results of children in a list, an exception standing for itself.
fn results(vm: &mut Vm, children: Value) -> Outcome {
    let children = vm.items(children).unwrap_or_default().to_vec();
    let mut results = Vec::with_capacity(children.len());
    for child in children {
        let child = child.id().unwrap_or(Id::NONE);
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
        return future::new_error(vm, names::CANCELLED_ERROR, &[message]);
    }
    future::set(vm, child, Field::LogTraceback, false);
    Ok(match future::get(vm, child, Field::Exception).or_none() {
        Value::None => future::get(vm, child, Field::Result),
        exception => exception,
    })
}
