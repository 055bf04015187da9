//! `range` (`Objects/rangeobject.c`) and `slice` (`Objects/sliceobject.c`).

use super::{Member, slots};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::convert;
use crate::vm::object::Payload;
use crate::vm::ranges;
use crate::vm::slices::Slice;
use crate::vm::value::Value;
use std::rc::Rc;

/// Methods of `range`.
pub static RANGE: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args", new_range),
    Member::slot("__repr__", "self, /", slots::repr),
    Member::slot("__hash__", "self, /", slots::hash),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__len__", "self, /", slots::len),
    Member::slot("__bool__", "self, /", |vm, args| {
        Ok((!ranges::is_empty(vm, args[0])).into())
    }),
    Member::slot("__iter__", "self, /", slots::iter),
    Member::slot("__contains__", "self, key, /", contains),
    Member::slot("__getitem__", "self, key, /", slots::getitem),
    Member::method("__reversed__", "self, /", slots::reversed),
    Member::method("count", "self, value, /", count),
    Member::method("index", "self, value, /", index),
    Member::getter("start", |vm, args| Ok(part(vm, args, 0))),
    Member::getter("stop", |vm, args| Ok(part(vm, args, 1))),
    Member::getter("step", |vm, args| Ok(part(vm, args, 2))),
];

/// Methods of `slice`.
pub static SLICE: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args", new_slice),
    Member::slot("__repr__", "self, /", slots::repr),
    Member::slot("__hash__", "self, /", slots::hash),
    Member::slot("__eq__", "self, value, /", slots::eq),
    Member::slot("__ne__", "self, value, /", slots::ne),
    Member::slot("__lt__", "self, value, /", slots::lt),
    Member::slot("__le__", "self, value, /", slots::le),
    Member::slot("__gt__", "self, value, /", slots::gt),
    Member::slot("__ge__", "self, value, /", slots::ge),
    Member::method("indices", "self, length, /", indices),
    Member::getter("start", |vm, args| Ok(part(vm, args, 0))),
    Member::getter("stop", |vm, args| Ok(part(vm, args, 1))),
    Member::getter("step", |vm, args| Ok(part(vm, args, 2))),
];

fn part(vm: &Vm, args: &Args, n: usize) -> Value {
    let parts = match vm.heap.content(args[0]) {
        Some(Payload::Range(parts) | Payload::Slice(parts)) => parts.get(n).copied(),
        _ => None,
    };
    parts.unwrap_or(Value::None)
}

fn new_range(vm: &mut Vm, args: &Args) -> Outcome {
    let (start, stop, step) = match *args.rest {
        [] => return vm.type_error("range expected at least 1 argument, got 0"),
        [stop] => (Value::Int(0), stop, Value::Int(1)),
        [start, stop] => (start, stop, Value::Int(1)),
        [start, stop, step] => (start, stop, step),
        ref more => {
            let count = more.len();
            return vm.type_error(format!("range expected at most 3 arguments, got {count}"));
        }
    };
    let start = plain_index(vm, start)?;
    let stop = plain_index(vm, stop)?;
    let step = plain_index(vm, step)?;
    if matches!(step, Value::Int(0)) {
        return vm.value_error("range() arg 3 must not be zero");
    }
    Ok(ranges::new(vm, start, stop, step))
}

/// `operator.index(value)` as a plain int.
fn plain_index(vm: &mut Vm, value: Value) -> Outcome {
    let number = convert::index(vm, value)?;
    let number = vm.as_big(number).unwrap_or_default();
    Ok(vm.int(number))
}

/// Anything but a plain int is compared with the items one by one.
fn contains(vm: &mut Vm, args: &Args) -> Outcome {
    match ranges::contains(vm, args[0], args[1])? {
        Some(found) => Ok(found.into()),
        None => vm.helper("contains", &[args[0], args[1]]),
    }
}

fn count(vm: &mut Vm, args: &Args) -> Outcome {
    match ranges::contains(vm, args[0], args[1])? {
        Some(found) => Ok(Value::Int(found.into())),
        None => vm.helper("count", &[args[0], args[1]]),
    }
}

fn index(vm: &mut Vm, args: &Args) -> Outcome {
    match ranges::index_of(vm, args[0], args[1]) {
        Some(Some(at)) => Ok(vm.int(at)),
        Some(None) => vm.value_error("range.index(x): x not in range"),
        None => vm.helper("index", &[args[0], args[1]]),
    }
}

fn new_slice(vm: &mut Vm, args: &Args) -> Outcome {
    let parts = match *args.rest {
        [] => return vm.type_error("slice expected at least 1 argument, got 0"),
        [stop] => [Value::None, stop, Value::None],
        [start, stop] => [start, stop, Value::None],
        [start, stop, step] => [start, stop, step],
        ref more => {
            let count = more.len();
            return vm.type_error(format!("slice expected at most 3 arguments, got {count}"));
        }
    };
    Ok(vm.object(class::SLICE, Payload::Slice(Rc::new(parts))))
}

fn indices(vm: &mut Vm, args: &Args) -> Outcome {
    let length = convert::size(vm, args[1])?;
    let Ok(length) = usize::try_from(length) else {
        return vm.value_error("length should not be negative");
    };
    let parts = vm.as_slice(args[0]).unwrap_or_default();
    let (start, stop, step) = vm.slice_numbers(parts)?;
    let slice = Slice::fit(start, stop, step, length);
    let numbers = [slice.start, slice.stop, slice.step].map(Value::Int);
    Ok(vm.tuple(numbers))
}
