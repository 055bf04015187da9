//! Comparison of built-in objects with each other.

use super::machine::Vm;
use super::native::Outcome;
use super::number;
use super::object::{Payload, ViewKind};
use super::value::{Id, Value};
use super::{class, deque, generic, ranges};
use crate::bytecode::op::CompareOp;
use std::cmp::Ordering;

/// Compares two built-in objects (or instances of subclasses, taken as their built-in base); `None` when their classes
/// do not define this comparison.
pub fn builtin(vm: &mut Vm, op: CompareOp, left: Value, right: Value) -> Outcome<Option<bool>> {
    if let Some(result) = number::compare(vm, op, left, right) {
        return Ok(Some(result));
    }
    let (Some(a), Some(b)) = (left.id(), right.id()) else {
        return Ok(None);
    };
    match (vm.heap.payload(a), vm.heap.payload(b)) {
        (Payload::Str(x), Payload::Str(y)) => Ok(Some(holds(op, x.as_str().cmp(y.as_str())))),
        (Payload::List(_), Payload::List(_)) | (Payload::Tuple(_), Payload::Tuple(_)) => {
            vm.nested(|vm| sequences(vm, op, a, b)).map(Some)
        }
        (Payload::Deque(_), Payload::Deque(_)) => {
            let (x, y) = (deque::items(vm, a), deque::items(vm, b));
            vm.nested(|vm| items(vm, op, &x, &y)).map(Some)
        }
        (Payload::Dict(_), Payload::Dict(_)) => {
            equality(vm, op, |vm| vm.nested(|vm| dicts(vm, a, b)))
        }
        (Payload::Set(_) | Payload::DictView(..), Payload::Set(_) | Payload::DictView(..)) => {
            sets(vm, op, left, right)
        }
        (Payload::Range(_), Payload::Range(_)) => {
            let same = ranges::identity(vm, left) == ranges::identity(vm, right);
            equality(vm, op, |_| Ok(same))
        }
        (Payload::Slice(x), Payload::Slice(y)) => {
            let (x, y) = (x.to_vec(), y.to_vec());
            vm.nested(|vm| items(vm, op, &x, &y)).map(Some)
        }
        (Payload::BoundMethod(x), Payload::BoundMethod(y)) => {
            let same = x[1].is(y[1]) && x[0].is(y[0]);
            equality(vm, op, |_| Ok(same))
        }
        (&Payload::Weakref(x, _), &Payload::Weakref(y, _)) if !x.is_none() && !y.is_none() => {
            equality(vm, op, |vm| vm.eq(x.into(), y.into()))
        }
        (&Payload::MappingProxy(x), &Payload::MappingProxy(y)) => {
            vm.nested(|vm| proxied(vm, op, x, y)).map(Some)
        }
        (&Payload::MappingProxy(x), _) => vm.nested(|vm| proxied(vm, op, x, right)).map(Some),
        (_, &Payload::MappingProxy(y)) => vm.nested(|vm| proxied(vm, op, left, y)).map(Some),
        (Payload::Record(_), Payload::Record(_)) => records(vm, op, a, b),
        _ => Ok(bytes(vm, op, left, right)),
    }
}

/// Does the comparison hold for operands in this order?
pub fn holds(op: CompareOp, order: Ordering) -> bool {
    match op {
        CompareOp::Eq => order.is_eq(),
        CompareOp::Ne => order.is_ne(),
        CompareOp::Lt => order.is_lt(),
        CompareOp::Le => order.is_le(),
        CompareOp::Gt => order.is_gt(),
        CompareOp::Ge => order.is_ge(),
    }
}

/// `==` and `!=` of objects that have no order.
fn equality(
    vm: &mut Vm,
    op: CompareOp,
    equal: impl FnOnce(&mut Vm) -> Outcome<bool>,
) -> Outcome<Option<bool>> {
    match op {
        CompareOp::Eq => equal(vm).map(Some),
        CompareOp::Ne => equal(vm).map(|equal| Some(!equal)),
        _ => Ok(None),
    }
}

fn bytes(vm: &Vm, op: CompareOp, left: Value, right: Value) -> Option<bool> {
    Some(holds(op, vm.as_bytes(left)?.cmp(vm.as_bytes(right)?)))
}

fn proxied(vm: &mut Vm, op: CompareOp, left: Value, right: Value) -> Outcome<bool> {
    let result = vm.compare(op, left, right)?;
    vm.truth(result)
}

/// Lists and tuples: the first items that differ decide, otherwise the lengths. Items are read one by one, since a
/// comparison may change a list.
fn sequences(vm: &mut Vm, op: CompareOp, a: Id, b: Id) -> Outcome<bool> {
    let len = |vm: &Vm, id| vm.heap.items(id).map_or(0, <[Value]>::len);
    if len(vm, a) != len(vm, b) && matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(op == CompareOp::Ne);
    }
    let item = |vm: &Vm, id, at: usize| vm.heap.items(id)?.get(at).copied();
    let mut at = 0;
    while let (Some(x), Some(y)) = (item(vm, a, at), item(vm, b, at)) {
        if !vm.eq(x, y)? {
            return decide(vm, op, x, y);
        }
        at += 1;
    }
    Ok(holds(op, len(vm, a).cmp(&len(vm, b))))
}

fn items(vm: &mut Vm, op: CompareOp, a: &[Value], b: &[Value]) -> Outcome<bool> {
    for (&x, &y) in a.iter().zip(b) {
        if !vm.eq(x, y)? {
            return decide(vm, op, x, y);
        }
    }
    Ok(holds(op, a.len().cmp(&b.len())))
}

/// The comparison of sequences whose first difference are these items.
fn decide(vm: &mut Vm, op: CompareOp, x: Value, y: Value) -> Outcome<bool> {
    match op {
        CompareOp::Eq => Ok(false),
        CompareOp::Ne => Ok(true),
        _ => {
            let result = vm.compare(op, x, y)?;
            vm.truth(result)
        }
    }
}

fn dicts(vm: &mut Vm, a: Id, b: Id) -> Outcome<bool> {
    let (Some(x), Some(y)) = (vm.heap.dict(a), vm.heap.dict(b)) else {
        return Ok(false);
    };
    if x.len() != y.len() {
        return Ok(false);
    }
    let mut at = 0;
    while let Some((found, entry)) = vm.heap.dict(a).and_then(|dict| dict.next(at)) {
        let other = vm.dict_find(b, entry.hash, entry.key)?;
        let other = other.and_then(|at| Some(vm.heap.dict(b)?.entry(at)?.value));
        let Some(other) = other else { return Ok(false) };
        if !vm.eq(entry.value, other)? {
            return Ok(false);
        }
        at = found + 1;
    }
    Ok(true)
}

/// Sets and the views that act as sets: equal elements, subset, superset.
fn sets(vm: &mut Vm, op: CompareOp, left: Value, right: Value) -> Outcome<Option<bool>> {
    if !acts_as_set(vm, left) || !acts_as_set(vm, right) {
        return Ok(None);
    }
    let (a, b) = (vm.len(left)?, vm.len(right)?);
    let result = match op {
        CompareOp::Eq => a == b && all_within(vm, left, right)?,
        CompareOp::Ne => a != b || !all_within(vm, left, right)?,
        CompareOp::Lt => a < b && all_within(vm, left, right)?,
        CompareOp::Le => a <= b && all_within(vm, left, right)?,
        CompareOp::Gt => b < a && all_within(vm, right, left)?,
        CompareOp::Ge => b <= a && all_within(vm, right, left)?,
    };
    Ok(Some(result))
}

fn acts_as_set(vm: &Vm, value: Value) -> bool {
    !matches!(
        vm.heap.content(value),
        Some(Payload::DictView(_, ViewKind::Values))
    )
}

/// Is every element of one set in the other?
pub fn all_within(vm: &mut Vm, inner: Value, outer: Value) -> Outcome<bool> {
    if let (Some(inner), Some(outer)) = (inner.id(), outer.id())
        && let Payload::Set(elements) = vm.heap.payload(inner)
        && let Payload::Set(_) = vm.heap.payload(outer)
    {
        let elements = elements.clone();
        for (hash, key) in elements.entries() {
            if vm.set_find(outer, hash, key)?.is_none() {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    for item in vm.contents(inner).unwrap_or_default() {
        if !vm.contains(outer, item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Generic aliases by origin and arguments, unions by their members in any order.
fn records(vm: &mut Vm, op: CompareOp, a: Id, b: Id) -> Outcome<Option<bool>> {
    let classes = [a, b].map(|id| vm.heap.get(id).class);
    let field = |vm: &Vm, n| [a, b].map(|id| vm.heap.field(id, n));
    match classes {
        [class::GENERIC_ALIAS, class::GENERIC_ALIAS] => {
            let [origin, other] = field(vm, generic::alias::ORIGIN);
            let [args, others] = field(vm, generic::alias::ARGS);
            let [star, other_star] = field(vm, generic::alias::STARRED);
            equality(vm, op, |vm| {
                Ok(star.is(other_star)
                    && vm.eq(origin, other)?
                    && vm.nested(|vm| vm.eq(args, others))?)
            })
        }
        [class::UNION_TYPE, class::UNION_TYPE] => {
            let [args, others] = field(vm, generic::union::ARGS);
            equality(vm, op, |vm| {
                let same = vm.len(args)? == vm.len(others)?;
                Ok(same && vm.nested(|vm| all_members(vm, args, others))?)
            })
        }
        _ => Ok(None),
    }
}

fn all_members(vm: &mut Vm, args: Value, others: Value) -> Outcome<bool> {
    for item in vm.items(args).unwrap_or_default().to_vec() {
        if !vm.contains(others, item)? {
            return Ok(false);
        }
    }
    Ok(true)
}
