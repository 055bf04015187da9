//! Attributes of frames and tracebacks (`Objects/frameobject.c`, `Python/traceback.c`).

use super::Member;
use crate::vm::class;
use crate::vm::frame::{Activation, Fiber};
use crate::vm::frame_object::{Found, FrameObject, Home};
use crate::vm::link::LinkedCode;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeKind, Outcome};
use crate::vm::object::{GeneratorState, Payload, Traceback};
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// Members of tracebacks.
pub static TRACEBACK: &[Member] = &[
    Member::static_method(
        "__new__",
        "cls, /, tb_next, tb_frame, tb_lasti, tb_lineno",
        new_traceback,
    ),
    Member::attribute("tb_next", |vm, args| match args.opt(1) {
        Some(next) => set_next(vm, args[0], next),
        None => Ok(entry(vm, args[0]).map_or(Value::None, |entry| entry.next)),
    }),
    Member::getter("tb_lineno", |vm, args| {
        let line = entry(vm, args[0]).map_or(0, |entry| line_at(&entry.code, entry.at));
        Ok(line.into())
    }),
    Member::getter("tb_lasti", |vm, args| {
        let at = entry(vm, args[0]).map_or(0, |entry| i64::from(entry.at) * 2);
        Ok(at.into())
    }),
    Member::getter("tb_frame", |vm, args| {
        Ok(entry(vm, args[0]).map_or(Value::None, |entry| entry.frame.into()))
    }),
];

/// Members of frames.
pub static FRAME: &[Member] = &[
    Member::getter("f_code", |vm, args| {
        Ok(content(vm, args[0]).map_or(Value::None, |object| vm.code_of_frame(&object)))
    }),
    Member::getter("f_globals", |vm, args| {
        Ok(content(vm, args[0]).map_or(Value::None, |object| vm.globals_of_frame(&object).into()))
    }),
    Member::getter("f_builtins", |vm, _| Ok(vm.builtins.into())),
    Member::getter("f_trace", |_, _| Ok(Value::None)),
    Member::getter("f_generator", |vm, args| {
        let home = content(vm, args[0]).map(|object| object.home.clone());
        Ok(match home {
            Some(Home::Generator(generator)) => generator.into(),
            _ => Value::None,
        })
    }),
    live("f_lineno", line),
    live("f_lasti", |vm, fiber, args| {
        let at = at_of(vm, fiber, args[0]).map_or(0, |(_, at)| i64::from(at) * 2);
        Ok(at.into())
    }),
    live("f_back", back),
    live("f_locals", locals),
    Member::with_frames(NativeKind::SlotWrapper, "__repr__", "self, /", repr),
    Member::with_frames(NativeKind::Method, "clear", "self, /", clear),
];

/// A computed attribute that looks at the frames of the running thread.
const fn live(name: &'static str, code: fn(&mut Vm, &mut Fiber, &[Value]) -> Outcome) -> Member {
    Member::with_frames(NativeKind::Getter, name, "self, /", code)
}

fn entry(vm: &Vm, value: Value) -> Option<&Rc<Traceback>> {
    match vm.heap.content(value)? {
        Payload::Traceback(entry) => Some(entry),
        _ => None,
    }
}

fn content(vm: &Vm, value: Value) -> Option<Rc<FrameObject>> {
    vm.frame_object(value).cloned()
}

fn line_at(code: &LinkedCode, at: u32) -> i64 {
    code.code.line_at(at).into()
}

/// `types.TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)`; the line follows from the instruction.
fn new_traceback(vm: &mut Vm, args: &Args) -> Outcome {
    if !args[1].is_none() && entry(vm, args[1]).is_none() {
        let given = vm.class_name(args[1]).to_owned();
        return vm.type_error(format!("expected traceback object or None, got '{given}'"));
    }
    let (Some(frame), Some(id)) = (content(vm, args[2]), args[2].id()) else {
        let given = vm.class_name(args[2]).to_owned();
        return vm.type_error(format!(
            "TracebackType() argument 'tb_frame' must be frame, not {given}"
        ));
    };
    let line = vm.as_i64(args[4]).unwrap_or(0);
    let at = frame
        .code
        .code
        .lines
        .iter()
        .position(|&known| i64::from(known) == line);
    let made = Traceback {
        next: args[1],
        code: frame.code.clone(),
        frame: id,
        at: at.unwrap_or(0) as u32,
    };
    Ok(vm.object(class::TRACEBACK, Payload::Traceback(Rc::new(made))))
}

fn set_next(vm: &mut Vm, traceback: Value, next: Value) -> Outcome {
    if !next.is_none() && entry(vm, next).is_none() {
        let given = vm.class_name(next).to_owned();
        return vm.type_error(format!("expected traceback object, got '{given}'"));
    }
    let mut at = next;
    while let Some(further) = entry(vm, at).map(|entry| entry.next) {
        if at.is(traceback) {
            return vm.value_error("traceback loop detected");
        }
        at = further;
    }
    if let (Some(id), Some(known)) = (traceback.id(), entry(vm, traceback)) {
        let changed = Traceback {
            next,
            ..known.as_ref().clone()
        };
        vm.heap
            .set_payload(id, Payload::Traceback(Rc::new(changed)));
    }
    Ok(Value::None)
}

/// The code of a frame and the instruction at which it stands.
fn at_of(vm: &Vm, fiber: &Fiber, value: Value) -> Option<(Rc<LinkedCode>, u32)> {
    let (object, id) = (content(vm, value)?, value.id()?);
    let at = match vm.find_frame(fiber, &object, id) {
        Found::Gone(at, _) => at,
        Found::Suspended(suspended) => suspended.pc,
        Found::OnStack(at) => match fiber.frames.get(at) {
            Some(Activation::Python(frame)) => frame.pc,
            _ => 0,
        },
    };
    Some((object.code.clone(), at))
}

fn repr(vm: &mut Vm, fiber: &mut Fiber, args: &[Value]) -> Outcome {
    let line = line(vm, fiber, args)?;
    let line = vm.repr(line)?;
    let Some(object) = content(vm, args[0]) else {
        return Ok(Value::None);
    };
    let (code, at) = (&object.code.code, crate::vm::repr::address(args[0]));
    let file = vm.str(code.source.name.to_string());
    let file = vm.repr(file)?;
    let shown = format!(
        "<frame at {at}, file {file}, line {line}, code {}>",
        code.name
    );
    Ok(vm.str(shown))
}

/// The line where a frame is; none at an instruction that the compiler added between lines.
fn line(vm: &mut Vm, fiber: &mut Fiber, args: &[Value]) -> Outcome {
    let (Some(object), Some(id)) = (content(vm, args[0]), args[0].id()) else {
        return Ok(Value::None);
    };
    let line = match vm.find_frame(fiber, &object, id) {
        Found::Gone(..) if object.is_elsewhere() => {
            return vm.helper("line_elsewhere", &[args[0]]);
        }
        Found::Gone(..) => object.line,
        Found::Suspended(suspended) if !suspended.started => Some(object.code.code.first_line),
        Found::Suspended(suspended) => return Ok(line_at(&object.code, suspended.pc).into()),
        Found::OnStack(at) => match fiber.frames.get(at) {
            Some(Activation::Python(frame)) => frame.current_line(),
            _ => None,
        },
    };
    Ok(line.map_or(Value::None, |line| Value::Int(line.into())))
}

fn back(vm: &mut Vm, fiber: &mut Fiber, args: &[Value]) -> Outcome {
    let (Some(object), Some(id)) = (content(vm, args[0]), args[0].id()) else {
        return Ok(Value::None);
    };
    let at = match vm.find_frame(fiber, &object, id) {
        Found::OnStack(at) => at,
        Found::Gone(..) if object.is_elsewhere() => {
            return vm.helper("caller_elsewhere", &[args[0]]);
        }
        _ => return Ok(object.back),
    };
    Ok(match vm.caller_of(fiber, at) {
        Some(caller) => vm.object_of_activation(fiber, caller).into(),
        None => Value::None,
    })
}

/// The variables: the namespace of a module or class, a new dict for a function.
fn locals(vm: &mut Vm, fiber: &mut Fiber, args: &[Value]) -> Outcome {
    let (Some(object), Some(id)) = (content(vm, args[0]), args[0].id()) else {
        return Ok(Value::None);
    };
    if !object.namespace.is_none() {
        return Ok(object.namespace.into());
    }
    let values = match vm.find_frame(fiber, &object, id) {
        Found::Gone(..) if object.is_elsewhere() => {
            return vm.helper("locals_elsewhere", &[args[0]]);
        }
        Found::Gone(_, values) => values.to_vec(),
        Found::Suspended(suspended) => suspended.values.clone(),
        Found::OnStack(at) => match fiber.frames.get(at) {
            Some(Activation::Python(frame)) => fiber.stack[frame.base as usize..].to_vec(),
            _ => Vec::new(),
        },
    };
    Ok(vm.locals_dict(&object.code, &values))
}

/// `frame.clear()`: lets go of the variables of a frame that is gone, or has not begun.
fn clear(vm: &mut Vm, fiber: &mut Fiber, args: &[Value]) -> Outcome {
    let (Some(object), Some(id)) = (content(vm, args[0]), args[0].id()) else {
        return Ok(Value::None);
    };
    match vm.find_frame(fiber, &object, id) {
        Found::OnStack(_) => {
            return vm.raise(class::RUNTIME_ERROR, "cannot clear an executing frame");
        }
        Found::Suspended(suspended) if suspended.started => {
            return vm.raise(class::RUNTIME_ERROR, "cannot clear a suspended frame");
        }
        Found::Suspended(_) => {
            if let Home::Generator(generator) = object.home {
                vm.abandon(generator);
            }
        }
        Found::Gone(..) => {}
    }
    let cleared = FrameObject {
        home: Home::Left(Vec::new()),
        ..object.as_ref().clone()
    };
    vm.heap.set_payload(id, Payload::Frame(Rc::new(cleared)));
    Ok(Value::None)
}

/// `gi_frame`, `cr_frame`, `ag_frame`
pub fn of_generator(vm: &mut Vm, fiber: &mut Fiber, args: &[Value]) -> Outcome {
    let state = vm.generator(args[0]).map(|content| content.state.clone());
    match (state, args[0].id()) {
        (Some(GeneratorState::Suspended(_)), _) => Ok(vm.object_of_suspended(args[0])),
        (Some(GeneratorState::Running), Some(id)) => running(vm, fiber, id),
        _ => Ok(Value::None),
    }
}

fn running(vm: &mut Vm, fiber: &mut Fiber, generator: Id) -> Outcome {
    let is_it = |entry: &Activation| matches!(entry, Activation::Python(frame) if frame.generator == generator);
    match fiber.frames.iter().rposition(is_it) {
        Some(at) => Ok(vm.object_of_activation(fiber, at).into()),
        None => vm.helper("frame_elsewhere", &[generator.into()]),
    }
}
