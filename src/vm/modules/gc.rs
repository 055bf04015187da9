//! `_gc`: the two halves of `gc.collect()`. Between them the machine runs the finalisers.

use super::NativeModule;
use crate::vm::builtins::function;
use crate::vm::native::NativeDef;
//! `gc`: collection on request; there is no other.

use super::NativeModule;
use crate::vm::native::{NativeCode, NativeDef};
use crate::vm::value::Value;

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_gc",
    name: "gc",
    functions: FUNCTIONS,
    fill: |_, _| {},
};

static FUNCTIONS: &[NativeDef] = &[
    function("finalize_cycles", "", |vm, _| {
        Ok(Value::Int(vm.finalize_cycles() as i64))
    }),
    function("free_cycles", "", |vm, _| {
        vm.free_cycles();
        Ok(Value::None)
    }),
    function("references", "object, /", |vm, args| {
        let mut found = Vec::new();
        if let Some(payload) = vm.heap.content(args[0]) {
            payload.each(&mut |value| found.push(value));
        }
        found.retain(|value| !value.is_unbound());
        Ok(vm.list(found))
    }),
    NativeDef {
        name: "collect",
        parameters: "generation=2",
        code: NativeCode::Plain(|vm, _| Ok(Value::Int(vm.collect_cycles() as i64))),
    },
    NativeDef {
        name: "enable",
        parameters: "",
        code: NativeCode::Plain(|_, _| Ok(Value::None)),
    },
    NativeDef {
        name: "disable",
        parameters: "",
        code: NativeCode::Plain(|_, _| Ok(Value::None)),
    },
    NativeDef {
        name: "isenabled",
        parameters: "",
        code: NativeCode::Plain(|_, _| Ok(Value::Bool(true))),
    },
    NativeDef {
        name: "freeze",
        parameters: "",
        code: NativeCode::Plain(|_, _| Ok(Value::None)),
    },
];
