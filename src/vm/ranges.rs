//! What a `range` object means: its items, length, slices and equality (`Objects/rangeobject.c`).

use super::class;
use super::machine::Vm;
use super::native::Outcome;
use super::number::convert;
use super::object::Payload;
use super::value::Value;
use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::rc::Rc;

/// A range whose numbers and length fit the machine's ints, as nearly all do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmallRange {
    /// The first item.
    pub start: i64,
    /// The distance between items.
    pub step: i64,
    /// The number of items.
    pub len: u64,
}

impl SmallRange {
    /// The item at an index below the length.
    pub fn item(self, at: u64) -> i64 {
        (i128::from(self.start) + i128::from(at) * i128::from(self.step)) as i64
    }

    /// The index of an item.
    pub fn index_of(self, item: i64) -> Option<u64> {
        let distance = i128::from(item) - i128::from(self.start);
        let step = i128::from(self.step);
        let at = (distance % step == 0).then_some(distance / step)?;
        (0..i128::from(self.len)).contains(&at).then_some(at as u64)
    }
}

/// A range of any size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BigRange {
    /// The first item.
    pub start: BigInt,
    /// The distance between items.
    pub step: BigInt,
    /// The number of items.
    pub len: BigInt,
}

impl BigRange {
    /// The item at an index, which may lie outside.
    pub fn item(&self, at: &BigInt) -> BigInt {
        &self.start + at * &self.step
    }

    /// The index of an item.
    pub fn index_of(&self, item: &BigInt) -> Option<BigInt> {
        let distance = item - &self.start;
        if !(&distance % &self.step).is_zero() {
            return None;
        }
        let at = distance / &self.step;
        (!at.is_negative() && at < self.len).then_some(at)
    }
}

/// The parts of a range object: start, stop, step.
pub fn parts(vm: &Vm, range: Value) -> Option<[Value; 3]> {
    match vm.heap.content(range)? {
        Payload::Range(parts) => Some(**parts),
        _ => None,
    }
}

/// The range as machine ints, where they suffice.
pub fn small(vm: &Vm, range: Value) -> Option<SmallRange> {
    let [Value::Int(start), Value::Int(stop), Value::Int(step)] = parts(vm, range)? else {
        return None;
    };
    let distance = match step > 0 {
        true => i128::from(stop) - i128::from(start),
        false => i128::from(start) - i128::from(stop),
    };
    let step_size = i128::from(step.unsigned_abs());
    let len = match distance {
        ..=0 => 0,
        _ => u64::try_from((distance - 1) / step_size + 1).ok()?,
    };
    Some(SmallRange { start, step, len })
}

/// The range in ints of any size.
pub fn big(vm: &Vm, range: Value) -> Option<BigRange> {
    let [start, stop, step] = parts(vm, range)?.map(|part| vm.as_big(part).unwrap_or_default());
    let distance = match step.is_positive() {
        true => &stop - &start,
        false => &start - &stop,
    };
    let len = match distance.is_positive() {
        true => (distance - 1) / step.abs() + 1,
        false => BigInt::zero(),
    };
    Some(BigRange { start, step, len })
}

/// A new range object.
pub fn new(vm: &mut Vm, start: Value, stop: Value, step: Value) -> Value {
    vm.object(class::RANGE, Payload::Range(Rc::new([start, stop, step])))
}

/// Has it no items?
pub fn is_empty(vm: &Vm, range: Value) -> bool {
    match small(vm, range) {
        Some(range) => range.len == 0,
        None => big(vm, range).is_none_or(|range| range.len.is_zero()),
    }
}

/// `len(range)`
pub fn len(vm: &mut Vm, range: Value) -> Outcome<i64> {
    let len = match small(vm, range) {
        Some(range) => i64::try_from(range.len).ok(),
        None => big(vm, range).and_then(|range| range.len.to_i64()),
    };
    match len {
        Some(len) => Ok(len),
        None => vm.raise(
            class::OVERFLOW_ERROR,
            "Python int too large to convert to C ssize_t",
        ),
    }
}

/// `range[index]`
pub fn get(vm: &mut Vm, range: Value, index: Value) -> Outcome {
    if let Some(parts) = vm.as_slice(index) {
        return slice(vm, range, parts);
    }
    let Some(number) = convert::index_opt(vm, index)? else {
        let class = vm.class_name(index);
        return vm.type_error(format!(
            "range indices must be integers or slices, not {class}"
        ));
    };
    let item = match (small(vm, range), vm.as_i64(number)) {
        (Some(range), Some(at)) => {
            let at = i128::from(at) + if at < 0 { i128::from(range.len) } else { 0 };
            let inside = (0..i128::from(range.len)).contains(&at);
            inside.then(|| Value::Int(range.item(at as u64)))
        }
        _ => big_item(vm, range, number),
    };
    match item {
        Some(item) => Ok(item),
        None => vm.raise(class::INDEX_ERROR, "range object index out of range"),
    }
}

fn big_item(vm: &mut Vm, range: Value, index: Value) -> Option<Value> {
    let (range, mut at) = (big(vm, range)?, vm.as_big(index)?);
    if at.is_negative() {
        at += &range.len;
    }
    (!at.is_negative() && at < range.len).then(|| vm.int(range.item(&at)))
}

fn slice(vm: &mut Vm, range: Value, parts: [Value; 3]) -> Outcome {
    let Some(of) = big(vm, range) else {
        return Ok(Value::None);
    };
    let step = part(vm, parts[2])?.unwrap_or_else(BigInt::one);
    if step.is_zero() {
        return vm.value_error("slice step cannot be zero");
    }
    let (start, stop) = (part(vm, parts[0])?, part(vm, parts[1])?);
    let (lowest, highest) = match step.is_negative() {
        true => (BigInt::from(-1), &of.len - 1),
        false => (BigInt::zero(), of.len.clone()),
    };
    let clamp = |at: BigInt| {
        let at = if at.is_negative() { at + &of.len } else { at };
        at.max(lowest.clone()).min(highest.clone())
    };
    let (first, last) = match step.is_negative() {
        true => (&highest, &lowest),
        false => (&lowest, &highest),
    };
    let start = start.map_or_else(|| first.clone(), clamp);
    let stop = stop.map_or_else(|| last.clone(), clamp);
    let (start, stop) = (vm.int(of.item(&start)), vm.int(of.item(&stop)));
    let step = vm.int(&of.step * step);
    Ok(new(vm, start, stop, step))
}

fn part(vm: &mut Vm, value: Value) -> Outcome<Option<BigInt>> {
    if value.is_none() {
        return Ok(None);
    }
    match convert::index_opt(vm, value)? {
        Some(number) => Ok(vm.as_big(number)),
        None => vm.type_error("slice indices must be integers or None or have an __index__ method"),
    }
}

/// `item in range`; `None` when it is no plain int, so that the items have to be compared one by one.
pub fn contains(vm: &mut Vm, range: Value, item: Value) -> Outcome<Option<bool>> {
    Ok(index_of(vm, range, item).map(|at| at.is_some()))
}

/// The index of a plain int in a range, if it is there; `None` when the item is no plain int.
pub fn index_of(vm: &Vm, range: Value, item: Value) -> Option<Option<BigInt>> {
    let class = vm.class_of(item);
    if class != class::INT && class != class::BOOL {
        return None;
    }
    if let (Some(range), Some(item)) = (small(vm, range), vm.as_i64(item)) {
        return Some(range.index_of(item).map(BigInt::from));
    }
    Some(big(vm, range)?.index_of(&vm.as_big(item)?))
}

/// What two ranges that are equal have in common: length, then the first item, then the step.
pub fn identity(vm: &Vm, range: Value) -> Option<(BigInt, Option<BigInt>, Option<BigInt>)> {
    let BigRange { start, step, len } = big(vm, range)?;
    let first = (!len.is_zero()).then_some(start);
    let step = (len > BigInt::one()).then_some(step);
    Some((len, first, step))
}
