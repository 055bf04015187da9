//! The content of `collections.deque`, and its bulk operations.

use super::machine::Vm;
use super::merge;
use super::native::Outcome;
use super::object::Payload;
use super::value::{Id, Value};
use std::collections::VecDeque;
use std::rc::Rc;

/// A double-ended queue. Iterators notice by `changes` that it grew, shrank or moved under them.
#[derive(Clone, Debug, Default)]
pub struct Deque {
    /// The items.
    pub items: VecDeque<Value>,
    /// The length at which the other end gives way.
    pub maxlen: Option<i64>,
    /// How often its structure changed.
    pub changes: u64,
}

/// An end of a deque.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The left one.
    Front,
    /// The right one.
    Back,
}

impl Deque {
    /// Adds an item; gives the one that had to give way.
    fn push(&mut self, end: End, item: Value) -> Option<Value> {
        self.changes += 1;
        if self.maxlen == Some(0) {
            return Some(item);
        }
        let gone = match (self.maxlen == Some(self.items.len() as i64), end) {
            (true, End::Back) => self.items.pop_front(),
            (true, End::Front) => self.items.pop_back(),
            (false, _) => None,
        };
        match end {
            End::Back => self.items.push_back(item),
            End::Front => self.items.push_front(item),
        }
        gone
    }
}

/// The deque of an object.
pub fn of(vm: &Vm, id: Id) -> Option<&Deque> {
    match vm.heap.payload(id) {
        Payload::Deque(deque) => Some(deque),
        _ => None,
    }
}

/// `deque.maxlen`
pub fn maxlen(vm: &Vm, id: Id) -> Option<i64> {
    of(vm, id).and_then(|deque| deque.maxlen)
}

/// Is it as it was made?
pub fn is_new(vm: &Vm, id: Id) -> bool {
    of(vm, id).is_some_and(|deque| deque.changes == 0 && deque.maxlen.is_none())
}

/// The items as they are now.
pub fn items(vm: &Vm, id: Id) -> Vec<Value> {
    of(vm, id).map_or_else(Vec::new, |deque| deque.items.iter().copied().collect())
}

/// Changes a deque; the item that `change` takes out is released.
fn change(vm: &mut Vm, id: Id, change: impl FnOnce(&mut Deque) -> Option<Value>) -> Option<Value> {
    let gone = match vm.heap.payload_mut(id) {
        Payload::Deque(deque) => change(Rc::make_mut(deque)),
        _ => None,
    };
    vm.heap.release(gone.unwrap_or_default());
    gone
}

/// `append` and `appendleft`
pub fn push(vm: &mut Vm, id: Id, end: End, item: Value) {
    vm.heap.retain(item);
    change(vm, id, |deque| deque.push(end, item));
}

/// `pop` and `popleft`; `None` when it is empty.
pub fn pop(vm: &mut Vm, id: Id, end: End) -> Option<Value> {
    change(vm, id, |deque| {
        deque.changes += 1;
        match end {
            End::Back => deque.items.pop_back(),
            End::Front => deque.items.pop_front(),
        }
    })
}

/// `deque[at] = item` within its length.
pub fn set(vm: &mut Vm, id: Id, at: usize, item: Value) {
    vm.heap.retain(item);
    change(vm, id, |deque| match deque.items.get_mut(at) {
        Some(slot) => Some(std::mem::replace(slot, item)),
        None => Some(item),
    });
}

/// Takes the item at a position out.
pub fn remove(vm: &mut Vm, id: Id, at: usize) {
    change(vm, id, |deque| {
        deque.changes += 1;
        deque.items.remove(at)
    });
}

/// Puts an item in front of a position.
pub fn insert(vm: &mut Vm, id: Id, at: usize, item: Value) {
    vm.heap.retain(item);
    change(vm, id, |deque| {
        deque.changes += 1;
        deque.items.insert(at.min(deque.items.len()), item);
        None
    });
}

/// Changes the order of the items.
pub fn permute(vm: &mut Vm, id: Id, permutation: impl FnOnce(&mut VecDeque<Value>)) {
    change(vm, id, |deque| {
        deque.changes += 1;
        permutation(&mut deque.items);
        None
    });
}

/// Replaces the items.
pub fn refill(vm: &mut Vm, id: Id, items: impl Iterator<Item = Value>) {
    let (maxlen, changes) = of(vm, id).map_or((None, 0), |deque| (deque.maxlen, deque.changes));
    let mut deque = Deque {
        maxlen,
        changes: changes + 1,
        ..Deque::default()
    };
    items.for_each(|item| {
        deque.push(End::Back, item);
    });
    vm.heap.set_payload(id, Payload::Deque(Rc::new(deque)));
}

/// `deque.extend(iterable)`
pub fn extend(vm: &mut Vm, id: Id, iterable: Value) -> Outcome<()> {
    if merge::runs_python(vm, iterable) {
        return vm.helper("extend", &[id.into(), iterable]).map(drop);
    }
    let items = vm.collect(iterable)?;
    vm.check_items(of(vm, id).map_or(0, |deque| deque.items.len()) + items.len())?;
    for item in items {
        push(vm, id, End::Back, item);
    }
    Ok(())
}

/// A new deque of the same class and maxlen with other items.
pub fn like(vm: &mut Vm, model: Id, items: Vec<Value>) -> Value {
    let empty = Deque {
        maxlen: maxlen(vm, model),
        ..Deque::default()
    };
    let class = vm.heap.get(model).class;
    let id = vm.heap.alloc(class, Payload::Deque(Rc::new(empty)));
    refill(vm, id, items.into_iter());
    id.into()
}

/// `deque + deque`
pub fn concatenate(vm: &mut Vm, left: Value, right: Value) -> Outcome {
    let (Some(a), Some(b)) = (left.id(), right.id()) else {
        return Ok(Value::NotImplemented);
    };
    let joined = [items(vm, a), items(vm, b)].concat();
    vm.check_items(joined.len())?;
    Ok(like(vm, a, joined))
}

/// `deque * times`
pub fn repeated(vm: &mut Vm, sequence: Value, times: usize) -> Outcome {
    let Some(id) = sequence.id() else {
        return Ok(Value::NotImplemented);
    };
    let content = items(vm, id);
    vm.check_items(content.len().saturating_mul(times))?;
    Ok(like(vm, id, content.repeat(times)))
}
