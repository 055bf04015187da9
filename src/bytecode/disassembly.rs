//! Code objects as text, for tests and debugging.

use super::code::{Code, Const};
use super::op::Op;
use std::fmt::Write;

/// The code object and those inside it, an instruction a line.
pub fn disassemble(code: &Code) -> String {
    let mut text = String::new();
    write_code(&mut text, code);
    text
}

fn write_code(text: &mut String, code: &Code) {
    let _ = writeln!(
        text,
        "{} ({:?}, max_stack {})",
        code.qualname, code.kind, code.max_stack
    );
    for (at, op) in code.ops.iter().enumerate() {
        let line = code.lines.get(at).copied().unwrap_or(0);
        let _ = writeln!(text, "{line:4} {at:4} {op:?}{}", meaning(code, *op));
    }
    for handler in &code.handlers {
        let _ = writeln!(
            text,
            "     {}..{} → {} (depth {})",
            handler.start, handler.end, handler.target, handler.depth
        );
    }
    for inner in inner_codes(code) {
        text.push('\n');
        write_code(text, inner);
    }
}

/// The code objects among the constants.
pub fn inner_codes(code: &Code) -> impl Iterator<Item = &Code> {
    code.consts.iter().filter_map(|value| match value {
        Const::Code(inner) => Some(&*inner.0),
        _ => None,
    })
}

/// What the operand of an instruction stands for.
fn meaning(code: &Code, op: Op) -> String {
    match op {
        Op::Const(index) | Op::CallKw(_, index) | Op::CallMethodKw(_, index) => {
            match code.consts.get(index as usize) {
                Some(Const::Code(inner)) => format!("  <code {}>", inner.0.qualname),
                Some(value) => format!("  {value:?}"),
                None => String::new(),
            }
        }
        Op::LoadName(name)
        | Op::StoreName(name)
        | Op::DeleteName(name)
        | Op::LoadGlobal(name)
        | Op::StoreGlobal(name)
        | Op::DeleteGlobal(name)
        | Op::LoadFromDictOrGlobal(name)
        | Op::LoadAttr(name)
        | Op::StoreAttr(name)
        | Op::DeleteAttr(name)
        | Op::LoadMethod(name)
        | Op::ImportName(name)
        | Op::ImportFrom(name) => code
            .names
            .get(name as usize)
            .map_or(String::new(), |name| format!("  {name}")),
        Op::LoadLocal(slot)
        | Op::StoreLocal(slot)
        | Op::DeleteLocal(slot)
        | Op::TakeLocal(slot)
        | Op::RestoreLocal(slot)
        | Op::MakeCell(slot)
        | Op::LoadClosure(slot)
        | Op::LoadDeref(slot)
        | Op::StoreDeref(slot)
        | Op::DeleteDeref(slot)
        | Op::LoadClassDeref(slot)
        | Op::LoadFromDictOrDeref(slot) => format!("  {}", code.slot_name(slot)),
        _ => String::new(),
    }
}
