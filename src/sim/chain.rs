//! The chain of awaits inside a task, from its coroutine to the place where it waits.

use crate::bytecode::code::Origin;
use crate::vm::machine::Vm;
use crate::vm::object::GeneratorState;
use crate::vm::value::Value;

/// The longest chain that is told.
const MAX_DEPTH: usize = 100;

/// The suspended user frames, outermost first, as `function:line` joined by ` > `.
pub fn text(vm: &Vm, coroutine: Value) -> String {
    let mut places = Vec::new();
    let mut at = coroutine;
    for _ in 0..MAX_DEPTH {
        let Some(generator) = vm.generator(at) else {
            break;
        };
        let GeneratorState::Suspended(suspended) = &generator.state else {
            break;
        };
        let (code, pc) = (&suspended.frame.code.code, suspended.frame.pc as usize);
        if code.source.origin == Origin::User {
            let line = code.lines.get(pc).copied().unwrap_or(0);
            places.push(format!(
                "{}:{line}",
                vm.as_str(generator.qualname).unwrap_or_default()
            ));
        }
        // The iterator that is delegated to lies below what was last sent.
        let below = suspended.values.len().checked_sub(2);
        at = below
            .and_then(|n| suspended.values.get(n))
            .copied()
            .unwrap_or_default();
    }
    places.join(" > ")
}
