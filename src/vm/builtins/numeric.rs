//! What the special methods of int, float and complex have in common.

use crate::bytecode::op::{BinaryOp, CompareOp, UnaryOp};
use crate::vm::hash;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::{self, Number};
use crate::vm::value::Value;

/// Which operands a type's arithmetic takes; it answers NotImplemented to others.
pub type Accepts = fn(&Number) -> bool;

/// `__add__` and `__radd__`, and so on: one line an operator.
macro_rules! operators {
    ($accepts:path; $($name:literal $reflected:literal $op:ident)*) => {
        &[$(
            Member::slot($name, "self, value, /", |vm, args| {
                numeric::binary(vm, BinaryOp::$op, args[0], args[1], $accepts)
            }),
            Member::slot($reflected, "self, value, /", |vm, args| {
                numeric::binary(vm, BinaryOp::$op, args[1], args[0], $accepts)
            }),
        )*]
    };
}
pub(super) use operators;

/// `left op right`, if the type takes both.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: Value, right: Value, accepts: Accepts) -> Outcome {
    let taken = |value| Number::of(vm, value).is_some_and(|number| accepts(&number));
    if !taken(left) || !taken(right) {
        return Ok(Value::NotImplemented);
    }
    Ok(number::binary(vm, op, left, right)?.unwrap_or(Value::NotImplemented))
}

/// `-x`, `+x`, `~x`
pub fn unary(vm: &mut Vm, op: UnaryOp, args: &Args) -> Outcome {
    Ok(number::unary(vm, op, args[0])?.unwrap_or(Value::NotImplemented))
}

/// A comparison, if the type takes the other operand.
pub fn compare(vm: &mut Vm, op: CompareOp, args: &Args, accepts: Accepts) -> Outcome {
    if !Number::of(vm, args[1]).is_some_and(|number| accepts(&number)) {
        return Ok(Value::NotImplemented);
    }
    let result = number::compare(vm, op, args[0], args[1]);
    Ok(result.map_or(Value::NotImplemented, Value::Bool))
}

/// `divmod(left, right)`
pub fn divmod(vm: &mut Vm, left: Value, right: Value) -> Outcome {
    Ok(number::divmod(vm, left, right)?.unwrap_or(Value::NotImplemented))
}

/// `pow(base, exponent[, modulus])`
pub fn power(vm: &mut Vm, args: &Args, accepts: Accepts) -> Outcome {
    match args.opt(2).filter(|modulus| !modulus.is_none()) {
        None => binary(vm, BinaryOp::Pow, args[0], args[1], accepts),
        Some(modulus) => {
            let result = number::power_modulo(vm, args[0], args[1], modulus)?;
            Ok(result.unwrap_or(Value::NotImplemented))
        }
    }
}

/// `__hash__`
pub fn hash(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(hash::builtin(vm, args[0])?.into())
}

/// `__format__`
pub fn format(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(spec) = vm.as_text(args[1]).cloned() else {
        let class = vm.class_name(args[1]).to_owned();
        return vm.type_error(format!("__format__() argument must be str, not {class}"));
    };
    crate::vm::format::builtin(vm, args[0], spec.as_str())
}
