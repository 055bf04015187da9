//! Special methods that built-in containers share. Each does what the built-in base does, whatever the subclass overrides.

use crate::bytecode::op::{BinaryOp, CompareOp};
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::value::{Id, Value};
use crate::vm::{compare, hash, repr, sequence, size, subscript};

/// `self` as an object of the heap.
pub fn this(vm: &mut Vm, args: &Args) -> Outcome<Id> {
    match args[0].id() {
        Some(id) => Ok(id),
        None => wrong_self(vm, args),
    }
}

fn wrong_self<T>(vm: &mut Vm, args: &Args) -> Outcome<T> {
    let class = vm.class_name(args[0]);
    vm.type_error(format!("descriptor doesn't apply to a '{class}' object"))
}

/// The class that `__new__` is to make an instance of.
pub fn class_argument(vm: &mut Vm, args: &Args) -> Outcome<Id> {
    match args[0].id().filter(|&id| vm.class(id).is_some()) {
        Some(class) => Ok(class),
        None => {
            let class = vm.class_name(args[0]);
            vm.type_error(format!("X is not a type object ({class})"))
        }
    }
}

/// A result, or NotImplemented.
fn or_not_implemented(result: Option<impl Into<Value>>) -> Outcome {
    Ok(result.map_or(Value::NotImplemented, Into::into))
}

fn compared(vm: &mut Vm, op: CompareOp, args: &Args) -> Outcome {
    or_not_implemented(compare::builtin(vm, op, args[0], args[1])?)
}

/// `__eq__`
pub fn eq(vm: &mut Vm, args: &Args) -> Outcome {
    compared(vm, CompareOp::Eq, args)
}

/// `__ne__`
pub fn ne(vm: &mut Vm, args: &Args) -> Outcome {
    compared(vm, CompareOp::Ne, args)
}

/// `__lt__`
pub fn lt(vm: &mut Vm, args: &Args) -> Outcome {
    compared(vm, CompareOp::Lt, args)
}

/// `__le__`
pub fn le(vm: &mut Vm, args: &Args) -> Outcome {
    compared(vm, CompareOp::Le, args)
}

/// `__gt__`
pub fn gt(vm: &mut Vm, args: &Args) -> Outcome {
    compared(vm, CompareOp::Gt, args)
}

/// `__ge__`
pub fn ge(vm: &mut Vm, args: &Args) -> Outcome {
    compared(vm, CompareOp::Ge, args)
}

/// `__hash__`
pub fn hash(vm: &mut Vm, args: &Args) -> Outcome {
    hash::builtin(vm, args[0]).map(Value::Int)
}

/// `__repr__`
pub fn repr(vm: &mut Vm, args: &Args) -> Outcome {
    let text = match repr::builtin(vm, args[0])? {
        Some(text) => text,
        None => repr::default(vm, args[0]),
    };
    Ok(vm.str(text))
}

/// `__len__`
pub fn len(vm: &mut Vm, args: &Args) -> Outcome {
    match size::len(vm, args[0])? {
        Some(len) => Ok(Value::Int(len)),
        None => wrong_self(vm, args),
    }
}

/// `__contains__`
pub fn contains(vm: &mut Vm, args: &Args) -> Outcome {
    match size::contains(vm, args[0], args[1])? {
        Some(found) => Ok(found.into()),
        None => wrong_self(vm, args),
    }
}

/// `__iter__`
pub fn iter(vm: &mut Vm, args: &Args) -> Outcome {
    match vm.builtin_iter(args[0])? {
        Some(iterator) => Ok(iterator),
        None => wrong_self(vm, args),
    }
}

/// `__reversed__`
pub fn reversed(vm: &mut Vm, args: &Args) -> Outcome {
    match vm.builtin_reversed(args[0]) {
        Some(iterator) => Ok(iterator),
        None => wrong_self(vm, args),
    }
}

/// `__getitem__`
pub fn getitem(vm: &mut Vm, args: &Args) -> Outcome {
    match subscript::get(vm, args[0], args[1])? {
        Some(item) => Ok(item),
        None => wrong_self(vm, args),
    }
}

/// `__setitem__`
pub fn setitem(vm: &mut Vm, args: &Args) -> Outcome {
    match subscript::set(vm, args[0], args[1], args[2])? {
        Some(()) => Ok(Value::None),
        None => wrong_self(vm, args),
    }
}

/// `__delitem__`
pub fn delitem(vm: &mut Vm, args: &Args) -> Outcome {
    match subscript::delete(vm, args[0], args[1])? {
        Some(()) => Ok(Value::None),
        None => wrong_self(vm, args),
    }
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome {
    or_not_implemented(sequence::binary(vm, op, left, right)?)
}

fn in_place(vm: &mut Vm, op: BinaryOp, args: &Args) -> Outcome {
    or_not_implemented(sequence::in_place(vm, op, args[0], args[1])?)
}

/// `__add__`
pub fn add(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::Add, args[0], args[1])
}

/// `__mul__` and `__rmul__`
pub fn mul(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::Mul, args[0], args[1])
}

/// `__iadd__`
pub fn iadd(vm: &mut Vm, args: &Args) -> Outcome {
    in_place(vm, BinaryOp::Add, args)
}

/// `__imul__`
pub fn imul(vm: &mut Vm, args: &Args) -> Outcome {
    in_place(vm, BinaryOp::Mul, args)
}

/// `__or__`
pub fn or(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::Or, args[0], args[1])
}

/// `__ror__`
pub fn ror(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::Or, args[1], args[0])
}

/// `__and__`
pub fn and(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::And, args[0], args[1])
}

/// `__rand__`
pub fn rand(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::And, args[1], args[0])
}

/// `__sub__`
pub fn sub(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::Sub, args[0], args[1])
}

/// `__rsub__`
pub fn rsub(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::Sub, args[1], args[0])
}

/// `__xor__`
pub fn xor(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::Xor, args[0], args[1])
}

/// `__rxor__`
pub fn rxor(vm: &mut Vm, args: &Args) -> Outcome {
    binary(vm, BinaryOp::Xor, args[1], args[0])
}

/// `__ior__`
pub fn ior(vm: &mut Vm, args: &Args) -> Outcome {
    in_place(vm, BinaryOp::Or, args)
}

/// `__iand__`
pub fn iand(vm: &mut Vm, args: &Args) -> Outcome {
    in_place(vm, BinaryOp::And, args)
}

/// `__isub__`
pub fn isub(vm: &mut Vm, args: &Args) -> Outcome {
    in_place(vm, BinaryOp::Sub, args)
}

/// `__ixor__`
pub fn ixor(vm: &mut Vm, args: &Args) -> Outcome {
    in_place(vm, BinaryOp::Xor, args)
}

/// `__class_getitem__`
pub fn class_getitem(vm: &mut Vm, args: &Args) -> Outcome {
    vm.generic_alias(args[0], args[1])
}

/// `__next__`
pub fn next(vm: &mut Vm, args: &Args) -> Outcome {
    match vm.next(args[0])? {
        Some(item) => Ok(item),
        None => vm.raise_with(class::STOP_ITERATION, &[]),
    }
}

/// `__iter__` of an iterator.
pub fn itself(_: &mut Vm, args: &Args) -> Outcome {
    Ok(args[0])
}
