//! `_deque`: gives `_collections`, which is Python, the class `deque`, which is native.

use super::NativeModule;
use crate::vm::class;

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_deque",
    functions: &[],
    fill: |vm, namespace| {
        let name = vm.intern("deque");
        vm.dict_set_name(namespace, name, class::DEQUE.into());
    },
};
