//! The timers of a loop: a list of handles in the order of a binary heap, as `heapq` keeps them, with the cancelled ones
//! swept out when they are many.

use super::{Field, items, list};
use crate::sim::handle::{self};
use crate::sim::record::{int, set};
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::value::{Id, Value};

/// Cancelled timers are swept out when there are more timers than this …
const MIN_SCHEDULED: usize = 100;

/// … and more than half of them are cancelled.
const MAX_CANCELLED_SHARE: f64 = 0.5;

pub(super) fn timer_handle_cancelled(vm: &mut Vm, args: &Args) -> Outcome {
    if args[1]
        .id()
        .is_some_and(|handle| handle::is_scheduled(vm, handle))
    {
        timer_cancelled(vm, args[0]);
    }
    Ok(Value::None)
}

/// Counts a cancelled handle on the timer heap.
pub fn timer_cancelled(vm: &mut Vm, event_loop: Value) {
    if let Some(id) = event_loop.id() {
        let count = int(vm, id, Field::Cancelled);
        set(vm, id, Field::Cancelled, count + 1);
    }
}

pub(super) fn drop_cancelled_method(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(event_loop) = args[0].id() {
        drop_cancelled(vm, event_loop);
    }
    Ok(Value::None)
}

/// `_run_once`'s care for cancelled timers: all are swept out when they are many, otherwise those at the top.
pub(super) fn drop_cancelled(vm: &mut Vm, event_loop: Id) {
    let heap = list(vm, event_loop, Field::Scheduled);
    let (count, cancelled) = (items(vm, heap).len(), int(vm, event_loop, Field::Cancelled));
    if count > MIN_SCHEDULED && cancelled as f64 / count as f64 > MAX_CANCELLED_SHARE {
        let all = items(vm, heap).to_vec();
        let (gone, kept): (Vec<Value>, Vec<Value>) = all
            .into_iter()
            .partition(|handle| handle.id().is_some_and(|id| handle::is_cancelled(vm, id)));
        gone.into_iter()
            .filter_map(Value::id)
            .for_each(|id| handle::set(vm, id, handle::Field::Scheduled, false));
        vm.heap.list_splice(heap, 0..count, &kept);
        with_timers(vm, heap, |vm, timers| {
            let inner = 0..timers.len() / 2;
            inner.rev().for_each(|at| sift_down(vm, timers, at));
        });
        set(vm, event_loop, Field::Cancelled, 0);
        return;
    }
    while let Some(first) = items(vm, heap).first().copied().and_then(Value::id)
        && handle::is_cancelled(vm, first)
    {
        let cancelled = int(vm, event_loop, Field::Cancelled);
        set(vm, event_loop, Field::Cancelled, cancelled - 1);
        pop_timer(vm, heap);
    }
}

/// Puts a timer handle on the heap, a list in the order of a binary heap.
pub(super) fn push_timer(vm: &mut Vm, heap: Id, handle: Value) {
    vm.heap.list_push(heap, handle);
    with_timers(vm, heap, |vm, timers| {
        let mut at = timers.len() - 1;
        let order = handle::order(vm, handle);
        while at > 0 {
            let parent = (at - 1) / 2;
            if handle::order(vm, timers[parent]) <= order {
                break;
            }
            timers.swap(at, parent);
            at = parent;
        }
    });
}

/// Takes the earliest timer handle off the heap.
pub(super) fn pop_timer(vm: &mut Vm, heap: Id) -> Value {
    let first = with_timers(vm, heap, |vm, timers| {
        let first = timers.first().copied()?;
        timers.swap_remove(0);
        sift_down(vm, timers, 0);
        Some(first)
    });
    let first = first.unwrap_or_default();
    vm.heap.release(first);
    if let Some(handle) = first.id() {
        handle::set(vm, handle, handle::Field::Scheduled, false);
    }
    first
}

/// Moves the timer at a place down to where it belongs.
fn sift_down(vm: &Vm, timers: &mut [Value], mut at: usize) {
    let order = |timers: &[Value], at: usize| Some(handle::order(vm, *timers.get(at)?));
    let Some(moved) = order(timers, at) else {
        return;
    };
    while let Some(left) = order(timers, 2 * at + 1) {
        let (child, earliest) = match order(timers, 2 * at + 2) {
            Some(right) if right < left => (2 * at + 2, right),
            _ => (2 * at + 1, left),
        };
        if moved <= earliest {
            return;
        }
        timers.swap(at, child);
        at = child;
    }
}

/// Lets `change` put the timers into another order, or take one out.
fn with_timers<R>(vm: &mut Vm, heap: Id, change: impl FnOnce(&Vm, &mut Vec<Value>) -> R) -> R {
    let list = vm.heap.list_mut(heap);
    let mut timers = list.map(std::mem::take).unwrap_or_default();
    let result = change(vm, &mut timers);
    if let Some(list) = vm.heap.list_mut(heap) {
        *list = timers;
    }
    result
}
