//! Operators of the built-in containers and texts: concatenation, repetition, set algebra, `dict | dict`, `str % args`.

use super::machine::Vm;
use super::native::Outcome;
use super::value::Value;
use crate::bytecode::op::BinaryOp;

/// `left op right`; `None` when the operator has no meaning for these operands.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome<Option<Value>> {
    todo!("{vm:?} {op:?} {left:?} {right:?}")
}

/// `left op= right` where it changes `left` itself (list, set, dict, bytearray); `None` otherwise.
pub fn in_place(vm: &mut Vm, op: BinaryOp, left: Value, right: Value) -> Outcome<Option<Value>> {
    todo!("{vm:?} {op:?} {left:?} {right:?}")
}

/// The message of a failed `+` or `*` whose left operand is a sequence, where CPython has a wording of its own
/// (`can only concatenate str (not "int") to str`).
pub fn concatenation_error(vm: &Vm, symbol: &str, left: Value, right: Value) -> Option<String> {
    todo!("{vm:?} {symbol} {left:?} {right:?}")
}
