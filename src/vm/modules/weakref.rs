//! `_weakref`: weak references and their number (`Modules/_weakref.c`).

use super::NativeModule;
use crate::vm::builtins::function;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::Args;
use crate::vm::value::{Id, Value};

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_weakref",
    functions: &[
        function("getweakrefcount", "object, /", |vm, args| {
            Ok(Value::Int(references(vm, args).len() as i64))
        }),
        function("getweakrefs", "object, /", |vm, args| {
            let all = references(vm, args).into_iter().map(Value::from).collect();
            Ok(vm.list(all))
        }),
    ],
    fill: |vm, namespace| {
        for name in ["ref", "ReferenceType"] {
            let name = vm.intern(name);
            vm.dict_set_name(namespace, name, class::WEAKREF.into());
        }
    },
};

fn references(vm: &Vm, args: &Args) -> Vec<Id> {
    let of = args[0].id().map(|id| vm.weakrefs.of(id).to_vec());
    of.unwrap_or_default()
}
