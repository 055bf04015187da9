//! `_gc`: the parts of `gc.collect()`. Between them the machine runs the finalisers, each before the next.

use super::NativeModule;
use crate::vm::builtins::function;
use crate::vm::collect::Lost;
use crate::vm::machine::Vm;
use crate::vm::native::NativeDef;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_gc",
    functions: FUNCTIONS,
    fill: |_, _| {},
};

static FUNCTIONS: &[NativeDef] = &[
    function("lost_cycles", "", |vm, _| {
        vm.wake_all();
        let (lost, found) = vm.lost_cycles();
        let lost = list_of(vm, lost);
        Ok(vm.tuple([lost, Value::Int(found as i64)]))
    }),
    function("lost_with_modules", "", |vm, _| {
        vm.wake_all();
        let lost = vm.lost_with_modules();
        Ok(list_of(vm, lost))
    }),
    function("finalize_lost", "id, born, /", |vm, args| {
        let part = |n: usize| vm.as_i64(args[n]).and_then(|part| u32::try_from(part).ok());
        if let (Some(id), Some(born)) = (part(0), part(1)) {
            vm.finalize_lost((Id(id), born));
        }
        Ok(Value::None)
    }),
    function("free_cycles", "made, /", |vm, args| {
        let made = vm.as_i64(args[0]).and_then(|made| u32::try_from(made).ok());
        vm.free_cycles(made.unwrap_or(u32::MAX));
        Ok(Value::None)
    }),
    function("objects_made", "", |vm, _| {
        Ok(Value::Int(vm.heap.made().into()))
    }),
    function("renew_ages", "", |vm, _| {
        vm.renew_ages();
        Ok(Value::None)
    }),
    function("references", "object, /", |vm, args| {
        vm.wake_awaited(args[0]);
        if let Some(id) = args[0].id() {
            (vm.complete)(vm, id);
        }
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
    function("referrers", "objects, /", |vm, args| {
        vm.wake_all();
        let targets = vm.items(args[0]).unwrap_or_default().to_vec();
        let found = vm.referrers(&targets);
        Ok(vm.list(found))
    }),
];

/// Lost objects, as `finalize_lost` takes them.
fn list_of(vm: &mut Vm, lost: Vec<Lost>) -> Value {
    let lost = lost.into_iter().map(|(id, born)| {
        let parts = [id.0, born].map(|part| Value::Int(part.into()));
        vm.tuple(parts)
    });
    let lost = lost.collect();
    vm.list(lost)
}
