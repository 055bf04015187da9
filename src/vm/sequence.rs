//! Operators of the built-in containers and texts: concatenation, repetition, set algebra, `dict | dict`, `str % args`.

use super::class;
use super::format::percent;
use super::machine::Vm;
use super::merge;
use super::native::Outcome;
use super::number::convert;
use super::object::{Payload, ViewKind};
use super::set::Set;
use super::set_algebra::{self as algebra, Operand};
use super::slices;
use super::value::{Id, Value};
use crate::bytecode::op::BinaryOp;
use std::rc::Rc;

/// `left op right`; `None` when the operator has no meaning for these operands.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome<Option<Value>> {
    match op {
        BinaryOp::Add => concatenate(vm, left, right),
        BinaryOp::Mul => match (is_sequence(vm, left), is_sequence(vm, right)) {
            (true, _) => repeat(vm, left, right),
            (false, true) => repeat(vm, right, left),
            _ => Ok(None),
        },
        BinaryOp::Mod => match vm.heap.content(left) {
            Some(Payload::Str(_) | Payload::Bytes(_) | Payload::ByteArray(_)) => {
                percent(vm, left, right).map(Some)
            }
            _ => Ok(None),
        },
        BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor => {
            if let Some(value) = merge_dicts(vm, op, left, right)? {
                return Ok(Some(value));
            }
            match set_operation(vm, op, left, right)? {
                None if op == BinaryOp::Or => vm.union_of(left, right),
                result => Ok(result),
            }
        }
        _ => Ok(None),
    }
}

fn is_sequence(vm: &Vm, value: Value) -> bool {
    matches!(
        vm.heap.content(value),
        Some(
            Payload::List(_)
                | Payload::Tuple(_)
                | Payload::Str(_)
                | Payload::Bytes(_)
                | Payload::ByteArray(_)
                | Payload::Deque(_)
        )
    )
}

fn concatenate(vm: &mut Vm, left: Value, right: Value) -> Outcome<Option<Value>> {
    let (Some(a), Some(b)) = (vm.heap.content(left), vm.heap.content(right)) else {
        return Ok(None);
    };
    match (a, b) {
        (Payload::Str(a), Payload::Str(b)) => {
            let (a, b) = (a.clone(), b.clone());
            concatenate_texts(vm, left, right, a.as_str(), b.as_str()).map(Some)
        }
        (Payload::List(a), Payload::List(b)) => {
            let items = [a.as_slice(), b.as_slice()].concat();
            vm.check_items(items.len())?;
            Ok(Some(vm.list(items)))
        }
        (Payload::Tuple(a), Payload::Tuple(b)) => {
            let items = [&a[..], &b[..]].concat();
            vm.check_items(items.len())?;
            Ok(Some(vm.tuple(items)))
        }
        (Payload::Bytes(_) | Payload::ByteArray(_), Payload::Bytes(_) | Payload::ByteArray(_)) => {
            let (Some(a), Some(b)) = (vm.as_bytes(left), vm.as_bytes(right)) else {
                return Ok(None);
            };
            let bytes = [a, b].concat();
            vm.check_bytes(bytes.len())?;
            Ok(Some(bytes_like(vm, left, bytes)))
        }
        (Payload::Deque(_), Payload::Deque(_)) => {
            super::deque::concatenate(vm, left, right).map(Some)
        }
        _ => Ok(None),
    }
}

fn concatenate_texts(vm: &mut Vm, left: Value, right: Value, a: &str, b: &str) -> Outcome {
    vm.check_bytes(a.len() + b.len())?;
    let plain = |vm: &Vm, value| vm.class_of(value) == class::STR;
    if b.is_empty() && plain(vm, left) {
        return Ok(left);
    }
    if a.is_empty() && plain(vm, right) {
        return Ok(right);
    }
    let mut text = String::with_capacity(a.len() + b.len());
    text.push_str(a);
    text.push_str(b);
    Ok(vm.str(text))
}

/// bytes, or a bytearray if the model is one.
fn bytes_like(vm: &mut Vm, model: Value, bytes: Vec<u8>) -> Value {
    match vm.heap.content(model) {
        Some(Payload::ByteArray(_)) => {
            vm.object(class::BYTEARRAY, Payload::ByteArray(Rc::new(bytes)))
        }
        _ => vm.bytes(bytes),
    }
}

fn repeat(vm: &mut Vm, sequence: Value, times: Value) -> Outcome<Option<Value>> {
    let Some(times) = repetitions(vm, times)? else {
        return Ok(None);
    };
    let Some(content) = vm.heap.content(sequence) else {
        return Ok(None);
    };
    Ok(Some(match content {
        Payload::Str(text) => {
            let text = text.clone();
            vm.check_bytes(text.as_str().len().saturating_mul(times))?;
            match times {
                1 if vm.class_of(sequence) == class::STR => sequence,
                _ => vm.str(text.as_str().repeat(times)),
            }
        }
        Payload::List(items) => {
            let items = items.clone();
            vm.check_items(items.len().saturating_mul(times))?;
            vm.list(items.repeat(times))
        }
        Payload::Tuple(items) => {
            let items = items.clone();
            vm.check_items(items.len().saturating_mul(times))?;
            match times {
                1 if vm.class_of(sequence) == class::TUPLE => sequence,
                _ => vm.tuple(items.repeat(times)),
            }
        }
        Payload::Deque(_) => super::deque::repeated(vm, sequence, times)?,
        _ => {
            let bytes = vm.as_bytes(sequence).unwrap_or_default().to_vec();
            vm.check_bytes(bytes.len().saturating_mul(times))?;
            bytes_like(vm, sequence, bytes.repeat(times))
        }
    }))
}

/// How often a sequence is repeated, negative numbers counting as 0; `None` when it is no int.
fn repetitions(vm: &mut Vm, times: Value) -> Outcome<Option<usize>> {
    let Some(number) = convert::index_opt(vm, times)? else {
        return Ok(None);
    };
    match vm.as_i64(number) {
        Some(times) => Ok(Some(slices::count(times))),
        None => {
            let class = vm.class_name(times);
            let message = format!("cannot fit '{class}' into an index-sized integer");
            vm.raise(class::OVERFLOW_ERROR, message)
        }
    }
}

impl Vm {
    /// MemoryError for more bytes than a text may have.
    pub fn check_bytes(&mut self, len: usize) -> Outcome<()> {
        match len > self.limits.bytes {
            true => self.raise_with(class::MEMORY_ERROR, &[]),
            false => Ok(()),
        }
    }
}

fn merge_dicts(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome<Option<Value>> {
    if op != BinaryOp::Or {
        return Ok(None);
    }
    match (vm.heap.content(left), vm.heap.content(right), right.id()) {
        (Some(Payload::Dict(table)), Some(Payload::Dict(_)), Some(other)) => {
            let table = table.clone();
            let merged = vm.heap.alloc(class::DICT, Payload::Dict(table));
            merge::merge_dict(vm, merged, other)?;
            Ok(Some(merged.into()))
        }
        (Some(&Payload::MappingProxy(mapping)), _, _) => vm.binary(op, mapping, right).map(Some),
        (_, Some(&Payload::MappingProxy(mapping)), _) => vm.binary(op, left, mapping).map(Some),
        _ => Ok(None),
    }
}

/// `|`, `&`, `-`, `^` of sets, frozensets, and views of keys and items.
fn set_operation(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome<Option<Value>> {
    match (vm.heap.content(left), vm.heap.content(right)) {
        (Some(Payload::Set(set)), Some(Payload::Set(other))) => {
            let (set, other) = (set.clone(), Operand::Set(other.clone()));
            let result = combine(vm, op, &set, &other)?;
            let class = base_class(vm, left);
            Ok(Some(vm.object(class, Payload::Set(Rc::new(result)))))
        }
        (Some(Payload::DictView(_, ViewKind::Keys | ViewKind::Items)), _)
        | (_, Some(Payload::DictView(_, ViewKind::Keys | ViewKind::Items))) => {
            view_operation(vm, op, left, right)
        }
        _ => Ok(None),
    }
}

/// The built-in base of a set's class, which is the class of results.
pub fn base_class(vm: &Vm, set: Value) -> Id {
    match vm.is_instance(set, class::FROZENSET) {
        true => class::FROZENSET,
        false => class::SET,
    }
}

fn combine(vm: &mut Vm, op: BinaryOp, set: &Rc<Set>, other: &Operand) -> Outcome<Set> {
    match op {
        BinaryOp::Or => {
            let mut result = set.copied();
            algebra::update(vm, &mut result, other)?;
            Ok(result)
        }
        BinaryOp::And => algebra::intersection(vm, set, other),
        BinaryOp::Sub => algebra::difference(vm, set, other),
        _ => algebra::symmetric_difference(vm, set, other),
    }
}

/// Set operations of views: the left operand becomes a set, which the right one changes.
fn view_operation(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome<Option<Value>> {
    if !vm.is_iterable(right) || !vm.is_iterable(left) {
        let class = vm.class_name(if vm.is_iterable(left) { right } else { left });
        return vm.type_error(format!("'{class}' object is not iterable"));
    }
    let result = match op {
        BinaryOp::And => intersect_view(vm, left, right)?,
        _ => {
            let mut result = Set::default();
            let first = Operand::read(vm, left)?;
            algebra::update(vm, &mut result, &first)?;
            let other = Operand::read(vm, right)?;
            match op {
                BinaryOp::Or => algebra::update(vm, &mut result, &other)?,
                BinaryOp::Sub => algebra::difference_update(vm, &mut result, &other)?,
                _ => algebra::symmetric_difference_update(vm, &mut result, &other)?,
            }
            result
        }
    };
    Ok(Some(vm.object(class::SET, Payload::Set(Rc::new(result)))))
}

/// The elements of the right operand that the view has; the longer of two views is looked into.
fn intersect_view(vm: &mut Vm, left: Value, right: Value) -> Outcome<Set> {
    let is_view = |vm: &Vm, value| matches!(vm.heap.content(value), Some(Payload::DictView(..)));
    let longer_right = match vm.heap.content(right) {
        Some(Payload::Set(_) | Payload::DictView(..)) => vm.len(left)? < vm.len(right)?,
        _ => false,
    };
    let (view, other) = match longer_right || !is_view(vm, left) {
        true => (right, left),
        false => (left, right),
    };
    let mut result = Set::default();
    let mut shared = Vec::new();
    let candidates = Operand::read(vm, other)?;
    for (hash, key) in candidates.entries() {
        if vm.contains(view, key)? {
            shared.push((hash, key));
        }
    }
    algebra::update(vm, &mut result, &Operand::Items(shared))?;
    Ok(result)
}

/// `left op= right` where it changes `left` itself (list, set, dict, bytearray); `None` otherwise.
pub fn in_place(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome<Option<Value>> {
    let Some(id) = left.id() else { return Ok(None) };
    let done = match (vm.heap.payload(id), op) {
        (Payload::List(_), BinaryOp::Add) => {
            merge::extend(vm, id, right)?;
            true
        }
        (Payload::Deque(_), BinaryOp::Add) => {
            super::deque::extend(vm, id, right)?;
            true
        }
        (Payload::List(_) | Payload::ByteArray(_) | Payload::Deque(_), BinaryOp::Mul) => {
            multiply_in_place(vm, id, right)?
        }
        (Payload::ByteArray(_), BinaryOp::Add) => extend_bytes(vm, id, right)?,
        (Payload::Dict(_), BinaryOp::Or) => {
            merge::update(vm, id, right)?;
            true
        }
        (Payload::Set(_), _) if vm.is_instance(left, class::SET) => change_set(vm, op, id, right)?,
        _ => false,
    };
    Ok(done.then_some(left))
}

fn multiply_in_place(vm: &mut Vm, id: Id, times: Value) -> Outcome<bool> {
    let Some(product) = repeat(vm, id.into(), times)? else {
        return Ok(false);
    };
    if let Some(content) = vm.heap.content(product) {
        let content = content.clone();
        vm.check_resizable(id.into())?;
        vm.heap.set_payload(id, content);
    }
    Ok(true)
}

fn extend_bytes(vm: &mut Vm, id: Id, more: Value) -> Outcome<bool> {
    let Some(more) = vm.as_bytes(more).map(<[u8]>::to_vec) else {
        return Ok(false);
    };
    vm.check_resizable(id.into())?;
    if let Payload::ByteArray(bytes) = vm.heap.payload_mut(id) {
        Rc::make_mut(bytes).extend(more);
    }
    Ok(true)
}

fn change_set(vm: &mut Vm, op: BinaryOp, id: Id, right: Value) -> Outcome<bool> {
    let other = match vm.heap.content(right) {
        Some(Payload::Set(other)) => Operand::Set(other.clone()),
        _ => return Ok(false),
    };
    if !matches!(
        op,
        BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor
    ) {
        return Ok(false);
    }
    change(vm, op, id, &other)?;
    Ok(true)
}

/// The in-place set operation of an operator.
pub fn change(vm: &mut Vm, op: BinaryOp, id: Id, other: &Operand) -> Outcome<()> {
    let Payload::Set(set) = vm.heap.payload(id) else {
        return Ok(());
    };
    let set = set.clone();
    let result = match (op, other) {
        (BinaryOp::And, _) => algebra::intersection(vm, &set, other)?,
        (BinaryOp::Sub | BinaryOp::Xor, Operand::Set(same)) if Rc::ptr_eq(&set, same) => {
            Set::default()
        }
        _ => {
            let mut result = set.as_ref().clone();
            match op {
                BinaryOp::Or => algebra::update(vm, &mut result, other)?,
                BinaryOp::Sub => algebra::difference_update(vm, &mut result, other)?,
                _ => algebra::symmetric_difference_update(vm, &mut result, other)?,
            }
            result
        }
    };
    vm.heap.set_payload(id, Payload::Set(Rc::new(result)));
    Ok(())
}

/// The message of a failed `+` or `*` whose left operand is a sequence, where CPython has a wording of its own
/// (`can only concatenate str (not "int") to str`).
pub fn concatenation_error(vm: &Vm, symbol: &str, left: Value, right: Value) -> Option<String> {
    let (l, r) = (vm.class_name(left), vm.class_name(right));
    match symbol.trim_end_matches('=') {
        "+" => match vm.heap.content(left)? {
            Payload::Bytes(_) | Payload::ByteArray(_) => Some(format!("can't concat {r} to {l}")),
            Payload::Str(_) => Some(format!("can only concatenate str (not \"{r}\") to str")),
            Payload::List(_) => Some(format!("can only concatenate list (not \"{r}\") to list")),
            Payload::Tuple(_) => Some(format!("can only concatenate tuple (not \"{r}\") to tuple")),
            Payload::Deque(_) => Some(format!("can only concatenate deque (not \"{r}\") to deque")),
            _ => None,
        },
        "*" if is_sequence(vm, left) => {
            Some(format!("can't multiply sequence by non-int of type '{r}'"))
        }
        "*" if is_sequence(vm, right) => {
            Some(format!("can't multiply sequence by non-int of type '{l}'"))
        }
        _ => None,
    }
}
