//! `_gc`: the two halves of `gc.collect()`. Between them the machine runs the finalisers.

use super::NativeModule;
use crate::vm::builtins::function;
use crate::vm::native::NativeDef;
use crate::vm::object::Payload;
use crate::vm::value::Value;

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_gc",
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
            // Sequences let go of their last items first.
            if matches!(payload, Payload::List(_) | Payload::Tuple(_)) {
                found.reverse();
            }
        }
        found.retain(|value| !value.is_unbound());
        Ok(vm.list(found))
    }),
];
