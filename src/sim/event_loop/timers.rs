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
        let (gone, mut kept): (Vec<Value>, Vec<Value>) = all
            .into_iter()
            .partition(|handle| handle.id().is_some_and(|id| handle::is_cancelled(vm, id)));
        kept.sort_by_key(|&handle| handle::order(vm, handle));
        gone.into_iter()
            .filter_map(Value::id)
            .for_each(|id| handle::set(vm, id, handle::Field::Scheduled, false));
        vm.heap.list_splice(heap, 0..count, &kept);
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
    let mut at = items(vm, heap).len() - 1;
    while at > 0 {
        let parent = (at - 1) / 2;
        if order_at(vm, heap, parent) <= order_at(vm, heap, at) {
            return;
        }
        swap(vm, heap, at, parent);
        at = parent;
    }
}

/// Takes the earliest timer handle off the heap.
pub(super) fn pop_timer(vm: &mut Vm, heap: Id) -> Value {
    let last = items(vm, heap).len().saturating_sub(1);
    swap(vm, heap, 0, last);
    let first = items(vm, heap).last().copied().unwrap_or_default();
    vm.heap.list_splice(heap, last..last + 1, &[]);
    let mut at = 0;
    loop {
        let children = [2 * at + 1, 2 * at + 2]
            .into_iter()
            .filter(|&child| child < last);
        let Some(child) = children.min_by_key(|&child| order_at(vm, heap, child)) else {
            break;
        };
        if order_at(vm, heap, at) <= order_at(vm, heap, child) {
            break;
        }
        swap(vm, heap, at, child);
        at = child;
    }
    if let Some(handle) = first.id() {
        handle::set(vm, handle, handle::Field::Scheduled, false);
    }
    first
}

fn order_at(vm: &Vm, heap: Id, at: usize) -> (i64, i64, i64) {
    items(vm, heap)
        .get(at)
        .map_or_else(Default::default, |&handle| handle::order(vm, handle))
}

fn swap(vm: &mut Vm, heap: Id, a: usize, b: usize) {
    if let Some(items) = vm.heap.list_mut(heap) {
        items.swap(a, b);
    }
}
