//! Functions of `builtins` that deal with objects, names and output (`Python/bltinmodule.c`).

use crate::vm::execute::current;
use crate::vm::frame::Fiber;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, NativeCode, NativeDef, Outcome};
use crate::vm::object::{GeneratorState, Payload};
use crate::vm::value::Value;

const fn plain(name: &'static str, parameters: &'static str, code: super::Plain) -> NativeDef {
    NativeDef {
        name,
        parameters,
        code: NativeCode::Plain(code),
    }
}

const fn with_frames(
    name: &'static str,
    parameters: &'static str,
    code: super::WithFrames,
) -> NativeDef {
    NativeDef {
        name,
        parameters,
        code: NativeCode::Frames(code),
    }
}

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    plain(
        "print",
        "*args, sep=' ', end='\\n', file=None, flush=False",
        print,
    ),
    plain("isinstance", "obj, class_or_tuple, /", |vm, args| {
        vm.is_instance_of(args[0], args[1]).map(Value::Bool)
    }),
    plain("issubclass", "cls, class_or_tuple, /", |vm, args| {
        vm.is_subclass_of(args[0], args[1]).map(Value::Bool)
    }),
    plain("callable", "obj, /", |vm, args| {
        Ok(vm.is_callable(args[0]).into())
    }),
    plain("getattr", "object, name, default=None, /", getattr),
    plain("setattr", "object, name, value, /", |vm, args| {
        let name = vm.attribute_name(args[1])?;
        vm.set_attr(args[0], name, args[2]).map(|()| Value::None)
    }),
    plain("delattr", "object, name, /", |vm, args| {
        let name = vm.attribute_name(args[1])?;
        vm.delete_attr(args[0], name).map(|()| Value::None)
    }),
    plain("hasattr", "object, name, /", |vm, args| {
        let name = vm.attribute_name(args[1])?;
        Ok(vm.get_attr_opt(args[0], name)?.is_some().into())
    }),
    plain(
        "__import__",
        "name, globals=None, locals=None, fromlist=None, level=0",
        |vm, args| {
            let name = vm.as_str(args[0]).unwrap_or_default().to_owned();
            if name.is_empty() {
                return vm.value_error("Empty module name");
            }
            vm.import_top(&name, args[3].or_none())
        },
    ),
    plain("aiter", "async_iterable, /", |vm, args| {
        let class = vm.class_of(args[0]);
        match vm.special(class, names::AITER) {
            Some(method) => vm.call_special(method, args[0], &[]),
            None => {
                let name = vm.name_of_class(class).to_owned();
                vm.type_error(format!("'{name}' object is not an async iterable"))
            }
        }
    }),
    plain(
        "anext",
        "async_iterator, default=None, /",
        |vm, args| match args.opt(1) {
            Some(default) => vm.helper("anext_or", &[args[0], default]),
            None => match vm.special(vm.class_of(args[0]), names::ANEXT) {
                Some(method) => vm.call_special(method, args[0], &[]),
                None => {
                    let name = vm.class_name(args[0]).to_owned();
                    vm.type_error(format!("'{name}' object is not an async iterator"))
                }
            },
        },
    ),
    with_frames("globals", "", |_, fiber, _| {
        Ok(current(fiber).map_or(Value::None, |frame| frame.globals.into()))
    }),
    with_frames("locals", "", |vm, fiber, _| Ok(vm.locals_of(fiber))),
    with_frames("vars", "object=None, /", |vm, fiber, args| match args[0] {
        Value::Unbound => Ok(vm.locals_of(fiber)),
        object => match vm.get_attr_opt(object, names::DICT)? {
            Some(dict) => Ok(dict),
            None => vm.type_error("vars() argument must have __dict__ attribute"),
        },
    }),
    with_frames("dir", "object=None, /", |vm, fiber, args| match args[0] {
        Value::Unbound => {
            let locals = vm.locals_of(fiber);
            vm.helper("sorted_keys", &[locals])
        }
        object => vm.helper("dir_of", &[object]),
    }),
    plain("input", "prompt='', /", |vm, _| {
        vm.refuse("reading from standard input")
    }),
    plain("open", "file, /, *args, **kwargs", |vm, _| {
        vm.refuse("opening files")
    }),
    plain("breakpoint", "*args, **kwargs", |vm, _| {
        vm.refuse("breakpoint()")
    }),
    plain("help", "*args, **kwargs", |vm, _| vm.refuse("help()")),
];

fn print(vm: &mut Vm, args: &Args) -> Outcome {
    let file = match args[2].or_none() {
        Value::None => vm.sys_attribute("stdout"),
        file => file,
    };
    if file.is_none() {
        return Ok(Value::None);
    }
    let separator = text_option(vm, args[0], "sep", " ")?;
    let end = text_option(vm, args[1], "end", "\n")?;
    let write = vm.get_attr(file, names::WRITE)?;
    for (n, &object) in args.rest.iter().enumerate() {
        if n > 0 && !separator.is_empty() {
            let separator = vm.str(&*separator);
            vm.call(write, &[separator])?;
        }
        let text = vm.to_str(object)?;
        let text = vm.str(text);
        vm.call(write, &[text])?;
    }
    if !end.is_empty() {
        let end = vm.str(end);
        vm.call(write, &[end])?;
    }
    if let Some(flush) = args.opt(3)
        && vm.truth(flush)?
    {
        let flush = vm.get_attr(file, names::FLUSH)?;
        vm.call(flush, &[])?;
    }
    Ok(Value::None)
}

fn text_option(vm: &mut Vm, value: Value, name: &str, default: &str) -> Outcome<String> {
    match value.or_none() {
        Value::None => Ok(default.to_owned()),
        value => match vm.as_str(value).map(str::to_owned) {
            Some(text) => Ok(text),
            None => {
                let class = vm.class_name(value).to_owned();
                vm.type_error(format!("{name} must be None or a string, not {class}"))
            }
        },
    }
}

fn getattr(vm: &mut Vm, args: &Args) -> Outcome {
    let name = vm.attribute_name(args[1])?;
    match args.opt(2) {
        None => vm.get_attr(args[0], name),
        Some(default) => Ok(vm.get_attr_opt(args[0], name)?.unwrap_or(default)),
    }
}

impl Vm {
    /// `callable(value)`
    pub fn is_callable(&self, value: Value) -> bool {
        match self.heap.content(value) {
            Some(
                Payload::Function(_)
                | Payload::Native(_)
                | Payload::BoundMethod(_)
                | Payload::Class(_),
            ) => true,
            Some(Payload::StaticMethod(_)) => true,
            _ => self.special(self.class_of(value), names::CALL).is_some(),
        }
    }

    /// An attribute of the module `sys`, or None.
    pub fn sys_attribute(&mut self, name: &str) -> Value {
        let (sys, name) = (self.intern("sys"), self.intern(name));
        let module = self.dict_get_name(self.modules, sys);
        module
            .and_then(|module| self.own_attribute(module, name))
            .unwrap_or(Value::None)
    }

    /// `import name` from a built-in: the first module of the dotted name, or with a fromlist the last.
    pub fn import_top(&mut self, name: &str, fromlist: Value) -> Outcome {
        let (mut module, mut first) = (Value::None, Value::None);
        for (at, _) in name.match_indices('.').chain([(name.len(), "")]) {
            module = self.load_module(&name[..at], module)?;
            first = if first.is_none() { module } else { first };
        }
        let wants_last = !fromlist.is_none() && self.truth(fromlist)?;
        Ok(if wants_last { module } else { first })
    }

    /// `locals()` of the frame on top.
    pub fn locals_of(&mut self, fiber: &Fiber) -> Value {
        let Some(frame) = current(fiber) else {
            return Value::None;
        };
        if !frame.namespace.is_none() {
            return frame.namespace.into();
        }
        let (code, base) = (frame.code.clone(), frame.base as usize);
        let values = fiber.stack[base..].to_vec();
        self.locals_dict(&code, &values)
    }

    /// Is the generator suspended at its start, never run?
    pub fn is_unstarted(&self, generator: Value) -> bool {
        let state = self.generator(generator).map(|generator| &generator.state);
        matches!(state, Some(GeneratorState::Suspended(frame)) if !frame.started)
    }
}
