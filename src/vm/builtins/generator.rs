//! Methods of generators, coroutines and asynchronous generators, and attributes of code
//! (`Objects/genobject.c`, `Objects/codeobject.c`).

use super::{Member, frame};
use crate::bytecode::code::CodeKind;
use crate::vm::class;
use crate::vm::link::LinkedCode;
use crate::vm::machine::{Input, Resumed, Vm};
use crate::vm::native::{Args, NativeKind, Outcome, Trap};
use crate::vm::object::{AsyncGenAction, Generator, GeneratorState, Names, Payload};
use crate::vm::value::Value;
use std::rc::Rc;

macro_rules! common {
    ($prefix:literal) => {
        [
            Member::method("send", "self, arg, /", |vm, args| {
                resume(vm, args[0], Input::Send(args[1]))
            }),
            Member::method("throw", "self, typ, val=None, tb=None, /", throw),
            Member::method("close", "self, /", |vm, args| {
                vm.close_generator_value(args[0])
            }),
            Member::attribute("__name__", |vm, args| {
                named(vm, args, "__name__", |names| &mut names.name)
            }),
            Member::attribute("__qualname__", |vm, args| {
                named(vm, args, "__qualname__", |names| &mut names.qualname)
            }),
            Member::getter(concat!($prefix, "_running"), |vm, args| {
                Ok(matches!(
                    vm.generator(args[0]).map(|g| &g.state),
                    Some(GeneratorState::Running)
                )
                .into())
            }),
            Member::getter(concat!($prefix, "_suspended"), |vm, args| {
                Ok(vm.generator(args[0]).is_some_and(is_suspended).into())
            }),
            Member::getter(concat!($prefix, "_code"), |vm, args| {
                Ok(vm.generator(args[0]).map_or(Value::None, |g| g.code_object))
            }),
            Member::with_frames(
                NativeKind::Getter,
                concat!($prefix, "_frame"),
                "self, /",
                frame::of_generator,
            ),
        ]
    };
}

fn is_suspended(generator: &Rc<Generator>) -> bool {
    matches!(&generator.state, GeneratorState::Suspended(frame) if frame.started)
}

static GENERATOR_COMMON: [Member; 9] = common!("gi");
static COROUTINE_COMMON: [Member; 9] = common!("cr");

/// Members that generators share with each other.
pub static GENERATOR: &[Member] = &GENERATOR_COMMON;

/// More members of generators.
pub static GENERATOR_MORE: &[Member] = &[
    Member::slot("__iter__", "self, /", |_, args| Ok(args[0])),
    Member::slot("__next__", "self, /", |vm, args| {
        resume(vm, args[0], Input::Send(Value::None))
    }),
    Member::getter("gi_yieldfrom", awaited),
];

/// Members of coroutines.
pub static COROUTINE: &[Member] = &COROUTINE_COMMON;

/// More members of coroutines.
pub static COROUTINE_MORE: &[Member] = &[
    Member::slot("__await__", "self, /", |vm, args| {
        Ok(vm.object(class::COROUTINE_WRAPPER, Payload::Record([args[0]].into())))
    }),
    Member::getter("cr_await", awaited),
    Member::getter("cr_origin", |vm, args| {
        Ok(vm.generator(args[0]).map_or(Value::None, |g| g.origin))
    }),
];

/// Members of what `coroutine.__await__()` returns.
pub static COROUTINE_WRAPPER: &[Member] = &[
    Member::slot("__iter__", "self, /", |_, args| Ok(args[0])),
    Member::slot("__next__", "self, /", |vm, args| {
        let coroutine = wrapped(vm, args[0]);
        resume(vm, coroutine, Input::Send(Value::None))
    }),
    Member::method("send", "self, arg, /", |vm, args| {
        let coroutine = wrapped(vm, args[0]);
        resume(vm, coroutine, Input::Send(args[1]))
    }),
    Member::method("throw", "self, typ, val=None, tb=None, /", |vm, args| {
        let coroutine = wrapped(vm, args[0]);
        throw(
            vm,
            &Args {
                fixed: &[coroutine, args[1], args[2], args[3]],
                ..*args
            },
        )
    }),
    Member::method("close", "self, /", |vm, args| {
        let coroutine = wrapped(vm, args[0]);
        vm.close_generator_value(coroutine)
    }),
];

/// Members of asynchronous generators.
pub static ASYNC_GENERATOR: &[Member] = &[
    Member::slot("__aiter__", "self, /", |_, args| Ok(args[0])),
    Member::slot("__anext__", "self, /", |vm, args| {
        vm.new_async_step(args[0], AsyncGenAction::Send, Value::None)
    }),
    Member::method("asend", "self, value, /", |vm, args| {
        vm.new_async_step(args[0], AsyncGenAction::Send, args[1])
    }),
    Member::method("athrow", "self, typ, val=None, tb=None, /", |vm, args| {
        let exception = thrown(vm, args)?;
        vm.new_async_step(args[0], AsyncGenAction::Throw, exception)
    }),
    Member::method("aclose", "self, /", |vm, args| {
        vm.new_async_step(args[0], AsyncGenAction::Close, Value::None)
    }),
    Member::attribute("__name__", |vm, args| {
        named(vm, args, "__name__", |names| &mut names.name)
    }),
    Member::attribute("__qualname__", |vm, args| {
        named(vm, args, "__qualname__", |names| &mut names.qualname)
    }),
    Member::getter("ag_running", |vm, args| {
        Ok(vm.generator(args[0]).is_some_and(|g| g.step_running).into())
    }),
    Member::getter("ag_suspended", |vm, args| {
        let generator = vm.generator(args[0]);
        Ok(generator.is_some_and(is_suspended).into())
    }),
    Member::getter("ag_code", |vm, args| {
        Ok(vm.generator(args[0]).map_or(Value::None, |g| g.code_object))
    }),
    Member::with_frames(
        NativeKind::Getter,
        "ag_frame",
        "self, /",
        frame::of_generator,
    ),
    Member::getter("ag_await", awaited),
];

/// Members of the steps of asynchronous generators.
pub static ASYNC_STEP: &[Member] = &[
    Member::slot("__await__", "self, /", |_, args| Ok(args[0])),
    Member::slot("__iter__", "self, /", |_, args| Ok(args[0])),
    Member::slot("__next__", "self, /", |vm, args| {
        step(vm, args[0], Input::Send(Value::None))
    }),
    Member::method("send", "self, arg, /", |vm, args| {
        step(vm, args[0], Input::Send(args[1]))
    }),
    Member::method("throw", "self, typ, val=None, tb=None, /", |vm, args| {
        let exception = thrown(vm, args)?;
        step(vm, args[0], Input::Throw(exception))
    }),
    Member::method("close", "self, /", close_step),
];

/// Members of code objects.
pub static CODE: &[Member] = &[
    Member::getter("co_name", |vm, args| {
        code_text(vm, args, |c| c.code.name.clone())
    }),
    Member::getter("co_qualname", |vm, args| {
        code_text(vm, args, |c| c.code.qualname.clone())
    }),
    Member::getter("co_filename", |vm, args| {
        code_text(vm, args, |c| c.code.source.name.clone())
    }),
    Member::getter("co_firstlineno", |vm, args| {
        code_int(vm, args, |c| i64::from(c.code.first_line))
    }),
    Member::getter("co_argcount", |vm, args| {
        code_int(vm, args, |c| i64::from(c.code.parameters.positional))
    }),
    Member::getter("co_posonlyargcount", |vm, args| {
        code_int(vm, args, |c| i64::from(c.code.parameters.positional_only))
    }),
    Member::getter("co_kwonlyargcount", |vm, args| {
        code_int(vm, args, |c| i64::from(c.code.parameters.keyword_only))
    }),
    Member::getter("co_flags", |vm, args| {
        let awaitable = args[0]
            .id()
            .is_some_and(|id| vm.iterable_coroutines.contains(id));
        let more = if awaitable { ITERABLE_COROUTINE } else { 0 };
        code_int(vm, args, |code| flags(code) | more)
    }),
    Member::getter("co_nlocals", |vm, args| {
        code_int(vm, args, |c| c.code.locals.len() as i64)
    }),
    Member::getter("co_varnames", |vm, args| {
        code_names(vm, args, |c| c.code.locals.clone())
    }),
    Member::getter("co_freevars", |vm, args| {
        code_names(vm, args, |c| c.code.frees.clone())
    }),
    Member::getter("co_cellvars", |vm, args| {
        code_names(vm, args, |c| c.code.captured())
    }),
    Member::getter("co_names", |vm, args| {
        code_names(vm, args, |c| c.code.names.clone())
    }),
    Member::getter("co_consts", |vm, args| {
        let consts = code(vm, args[0])
            .map(|code| code.consts.clone())
            .unwrap_or_default();
        Ok(vm.tuple(consts))
    }),
];

fn resume(vm: &mut Vm, generator: Value, input: Input) -> Outcome {
    match vm.resume(generator, input)? {
        Resumed::Yielded(value) => Ok(value),
        Resumed::Returned(value) => stop(vm, value),
    }
}

fn step(vm: &mut Vm, step: Value, input: Input) -> Outcome {
    match vm.step_async_generator(step, input)? {
        Resumed::Yielded(value) => Ok(value),
        Resumed::Returned(value) => stop(vm, value),
    }
}

/// `close()` of a step throws into the generator, begun or not.
fn close_step(vm: &mut Vm, args: &Args) -> Outcome {
    if vm.is_step_closed(args[0]) && !vm.in_dialogue() {
        return Ok(Value::None);
    }
    let exit = vm.once(|vm| Ok(vm.exception_with(class::GENERATOR_EXIT, &[])))?;
    let ends = [
        class::STOP_ITERATION,
        class::STOP_ASYNC_ITERATION,
        class::GENERATOR_EXIT,
    ];
    match vm.step_async_generator(args[0], Input::Throw(exit)) {
        Ok(Resumed::Yielded(_)) => {
            vm.raise(class::RUNTIME_ERROR, "coroutine ignored GeneratorExit")
        }
        Err(Trap::Raise(exception)) if !ends.iter().any(|&end| vm.is_instance(exception, end)) => {
            Err(Trap::Raise(exception))
        }
        Err(Trap::Raise(_)) | Ok(Resumed::Returned(_)) => Ok(Value::None),
        Err(trap) => Err(trap),
    }
}

/// `raise StopIteration(value)`
pub fn stop(vm: &mut Vm, value: Value) -> Outcome {
    match value {
        Value::None => vm.raise_with(class::STOP_ITERATION, &[]),
        value => vm.raise_with(class::STOP_ITERATION, &[value]),
    }
}

/// The exception that the arguments of `throw` mean.
pub fn thrown(vm: &mut Vm, args: &Args) -> Outcome {
    if args.opt(2).is_some() || args.opt(3).is_some() {
        vm.helper("warn_three_arguments_of_throw", &[])?;
    }
    let traceback = args.opt(3).unwrap_or(Value::None);
    if !traceback.is_none() && !matches!(vm.heap.content(traceback), Some(Payload::Traceback(_))) {
        return vm.type_error("throw() third argument must be a traceback object");
    }
    if let Some(value) = args.opt(2).filter(|value| !value.is_none()) {
        if vm.exception_content(args[1]).is_some() {
            return vm.type_error("instance exception may not have a separate value");
        }
        if vm.exception_content(value).is_some() {
            return Ok(value);
        }
        return vm.call(args[1], &[value]);
    }
    let name = vm.class_name(args[1]).to_owned();
    let message =
        format!("exceptions must be classes or instances deriving from BaseException, not {name}");
    vm.exception_from(args[1], &message)
}

fn throw(vm: &mut Vm, args: &Args) -> Outcome {
    let exception = thrown(vm, args)?;
    let finished = matches!(
        vm.generator(args[0]).map(|g| &g.state),
        Some(GeneratorState::Finished)
    );
    if finished
        && vm
            .generator(args[0])
            .is_some_and(|g| g.code.code.kind != CodeKind::Coroutine)
        && !vm.in_dialogue()
    {
        return Err(Trap::Raise(exception));
    }
    resume(vm, args[0], Input::Throw(exception))
}

fn wrapped(vm: &Vm, wrapper: Value) -> Value {
    wrapper.id().map_or(Value::None, |id| vm.heap.field(id, 0))
}

fn named(
    vm: &mut Vm,
    args: &Args,
    attribute: &str,
    which: fn(&mut Names) -> &mut Value,
) -> Outcome {
    if args.opt(1).is_some_and(|value| vm.as_str(value).is_none()) {
        return vm.type_error(format!("{attribute} must be set to a string object"));
    }
    let Some(content) = vm.generator(args[0]) else {
        return Ok(Value::None);
    };
    let mut names = content.names();
    let slot = which(&mut names);
    match (args.opt(1), args[0].id()) {
        (Some(value), Some(id)) => {
            *slot = value;
            let renamed = Generator {
                names: Some(Box::new(names)),
                ..content.as_ref().clone()
            };
            vm.heap
                .set_payload(id, Payload::Generator(Rc::new(renamed)));
            Ok(Value::None)
        }
        _ => Ok(*slot),
    }
}

/// What a suspended generator or coroutine delegates to.
fn awaited(vm: &mut Vm, args: &Args) -> Outcome {
    vm.wake_awaited(args[0]);
    Ok(vm.awaited_by(args[0]).unwrap_or(Value::None))
}

fn code(vm: &Vm, value: Value) -> Option<&Rc<LinkedCode>> {
    match vm.heap.content(value)? {
        Payload::Code(code) => Some(code),
        _ => None,
    }
}

fn code_text(vm: &mut Vm, args: &Args, which: fn(&LinkedCode) -> Rc<str>) -> Outcome {
    let text = code(vm, args[0]).map(|code| which(code));
    Ok(text.map_or(Value::None, |text| vm.str(&*text)))
}

fn code_int(vm: &mut Vm, args: &Args, which: impl Fn(&LinkedCode) -> i64) -> Outcome {
    Ok(code(vm, args[0]).map_or(Value::None, |code| Value::Int(which(code))))
}

fn code_names(vm: &mut Vm, args: &Args, which: fn(&LinkedCode) -> Vec<Rc<str>>) -> Outcome {
    let names = code(vm, args[0])
        .map(|code| which(code))
        .unwrap_or_default();
    let names: Vec<Value> = names.iter().map(|name| vm.intern(name)).collect();
    Ok(vm.tuple(names))
}

/// The flag in `co_flags` of generator functions that stand for coroutines.
const ITERABLE_COROUTINE: i64 = 0x100;

/// The other flags of `co_flags`, as `inspect` reads them.
fn flags(code: &LinkedCode) -> i64 {
    let kind = match code.code.kind {
        CodeKind::Generator => 0x20,
        CodeKind::Coroutine => 0x80,
        CodeKind::AsyncGenerator => 0x200,
        CodeKind::Module | CodeKind::Class | CodeKind::Function => 0,
    };
    let var = i64::from(code.code.parameters.var_positional) * 4
        + i64::from(code.code.parameters.var_keyword) * 8;
    kind + var + 3
}

impl Vm {
    /// What a suspended generator or coroutine delegates to, if it stands at `yield from` or `await`.
    pub fn awaited_by(&self, generator: Value) -> Option<Value> {
        let GeneratorState::Suspended(frame) = &self.generator(generator)?.state else {
            return None;
        };
        let op = frame.code.code.ops.get(frame.pc as usize)?;
        let delegates = frame.started && matches!(op, crate::bytecode::op::Op::YieldFrom);
        delegates
            .then(|| frame.values.iter().rev().nth(1).copied())
            .flatten()
    }

    /// The variables of a frame as a dict.
    pub fn locals_dict(&mut self, code: &Rc<LinkedCode>, values: &[Value]) -> Value {
        let dict = self.dict();
        for (slot, &value) in values.iter().enumerate().take(code.code.slots()) {
            let value = match self.heap.content(value) {
                Some(Payload::Cell(content)) => *content,
                _ => value,
            };
            let name = code.code.slot_name(slot as u32);
            if !value.is_unbound() && !name.starts_with('.') {
                let name = self.intern(name);
                self.dict_set_name(dict, name, value);
            }
        }
        dict.into()
    }
}
