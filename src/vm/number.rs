//! Arithmetic of int, float and complex, instances of subclasses included.

use super::machine::Vm;
use super::native::Outcome;
use super::value::Value;
use crate::bytecode::op::{BinaryOp, UnaryOp};

/// `left op right` for numbers; `None` when either is no number or the operator has no meaning for them.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome<Option<Value>> {
    todo!("{vm:?} {op:?} {left:?} {right:?}")
}

/// `-x`, `+x`, `~x` for numbers; `None` when it is no number or the operator has no meaning for it.
pub fn unary(vm: &mut Vm, op: UnaryOp, operand: Value) -> Outcome<Option<Value>> {
    todo!("{vm:?} {op:?} {operand:?}")
}

/// `divmod(left, right)` for numbers.
pub fn divmod(vm: &mut Vm, left: Value, right: Value) -> Outcome<Option<Value>> {
    todo!("{vm:?} {left:?} {right:?}")
}

/// `repr` of a float: the shortest digits that read back as the same number.
pub fn float_repr(value: f64) -> String {
    todo!("{value}")
}
