//! Comparison of built-in objects with each other.

use super::machine::Vm;
use super::native::Outcome;
use super::value::Value;
use crate::bytecode::op::CompareOp;

/// Compares two built-in objects (or instances of subclasses, taken as their built-in base); `None` when their classes
/// do not define this comparison.
pub fn builtin(vm: &mut Vm, op: CompareOp, left: Value, right: Value) -> Outcome<Option<bool>> {
    todo!("{vm:?} {op:?} {left:?} {right:?}")
}
