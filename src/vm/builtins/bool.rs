//! `bool`: what differs from `int`.

use super::{Member, numeric};
use crate::bytecode::op::BinaryOp;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::number::Number;
use crate::vm::value::Value;

/// Its members; the rest is inherited.
pub static METHODS: &[Member] = &[
    Member::static_method("__new__", "cls, x=False, /", |vm, args| match args.opt(1) {
        None => Ok(Value::Bool(false)),
        Some(value) => Ok(vm.truth(value)?.into()),
    }),
    Member::slot("__repr__", "self, /", |vm, args| {
        let text = if matches!(args[0], Value::Bool(true)) {
            "True"
        } else {
            "False"
        };
        Ok(vm.intern(text))
    }),
    Member::slot("__and__", "self, value, /", |vm, args| {
        logic(vm, BinaryOp::And, args)
    }),
    Member::slot("__rand__", "self, value, /", |vm, args| {
        logic(vm, BinaryOp::And, args)
    }),
    Member::slot("__or__", "self, value, /", |vm, args| {
        logic(vm, BinaryOp::Or, args)
    }),
    Member::slot("__ror__", "self, value, /", |vm, args| {
        logic(vm, BinaryOp::Or, args)
    }),
    Member::slot("__xor__", "self, value, /", |vm, args| {
        logic(vm, BinaryOp::Xor, args)
    }),
    Member::slot("__rxor__", "self, value, /", |vm, args| {
        logic(vm, BinaryOp::Xor, args)
    }),
];

fn logic(vm: &mut Vm, op: BinaryOp, args: &Args) -> Outcome {
    let whole = |number: &Number| matches!(number, Number::Small(_) | Number::Big(_));
    numeric::binary(vm, op, args[0], args[1], whole)
}
