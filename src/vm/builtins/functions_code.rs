//! Functions of `builtins` that turn text into code and run it: `compile`, `exec`, `eval`.

use crate::bytecode::Goal;
use crate::bytecode::code::{Origin, Source};
use crate::vm::execute::current;
use crate::vm::frame::Fiber;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, NativeCode, NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef {
        name: "exec",
        parameters: "source, /, globals=None, locals=None, *, closure=None",
        code: NativeCode::Frames(|vm, fiber, args| {
            evaluate(vm, fiber, args, Goal::Module).map(|_| Value::None)
        }),
    },
    NativeDef {
        name: "eval",
        parameters: "source, /, globals=None, locals=None",
        code: NativeCode::Frames(|vm, fiber, args| evaluate(vm, fiber, args, Goal::Expression)),
    },
    NativeDef {
        name: "compile",
        parameters: "source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1",
        code: NativeCode::Plain(compile),
    },
];

fn compile(vm: &mut Vm, args: &Args) -> Outcome {
    let file = match vm.as_str(args[1]) {
        Some(file) => file.to_owned(),
        None => {
            let class = vm.class_name(args[1]).to_owned();
            return vm.type_error(format!(
                "expected str, bytes or os.PathLike object, not {class}"
            ));
        }
    };
    let goal = match vm.as_str(args[2]) {
        Some("exec") => Goal::Module,
        Some("eval") => Goal::Expression,
        Some("single") => Goal::Interactive,
        _ => return vm.value_error("compile() mode must be 'exec', 'eval' or 'single'"),
    };
    if args
        .opt(3)
        .and_then(|flags| vm.as_i64(flags))
        .is_some_and(|flags| flags != 0)
    {
        return vm.refuse("compile() with flags");
    }
    match text(vm, args[0])? {
        Some(text) => compiled(vm, &text, &file, goal),
        None if matches!(vm.heap.content(args[0]), Some(Payload::Code(_))) => Ok(args[0]),
        None => vm.type_error("compile() arg 1 must be a string, bytes or AST object"),
    }
}

/// The text of a str or bytes that is to be compiled.
fn text(vm: &mut Vm, source: Value) -> Outcome<Option<String>> {
    let text = match (vm.as_str(source), vm.as_bytes(source)) {
        (Some(text), _) => text.to_owned(),
        (None, Some(bytes)) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => return vm.refuse("compiling bytes that are not UTF-8"),
        },
        _ => return Ok(None),
    };
    match text.contains('\0') {
        true => vm.raise(
            crate::vm::class::SYNTAX_ERROR,
            "source code string cannot contain null bytes",
        ),
        false => Ok(Some(text)),
    }
}

/// A code object for a text, with the warnings about it issued.
fn compiled(vm: &mut Vm, text: &str, file: &str, goal: Goal) -> Outcome {
    let linked = vm.once(|vm| {
        let text = match goal {
            Goal::Module | Goal::Interactive => text,
            Goal::Expression => text.trim_start_matches([' ', '\t']),
        };
        let origin = match in_linecache(vm, file) {
            true => Origin::KnownText,
            false => Origin::Text,
        };
        let source = Source::new(file, "__main__", text, origin);
        let code = vm.compile_source(&source, goal)?;
        Ok(vm.link(&code))
    })?;
    if let Some(Payload::Code(content)) = vm.heap.content(linked) {
        let code = content.code.clone();
        for warning in &code.warnings {
            let (message, file) = (vm.str(&*warning.message), vm.str(file));
            let line = Value::Int(warning.line.into());
            vm.helper("syntax_warning", &[message, file, line])?;
        }
    }
    Ok(linked)
}

/// Has the program put a text of that name into `linecache.cache`?
fn in_linecache(vm: &mut Vm, file: &str) -> bool {
    let [module, cache, file] = ["linecache", "cache", file].map(|name| vm.intern(name));
    let module = vm.dict_get_name(vm.modules, module);
    let cache = module.and_then(|module| vm.own_attribute(module, cache));
    let cache = cache.and_then(Value::id);
    cache.is_some_and(|cache| vm.dict_get_name(cache, file).is_some())
}

fn evaluate(vm: &mut Vm, fiber: &mut Fiber, args: &[Value], goal: Goal) -> Outcome {
    let called = match goal {
        Goal::Module | Goal::Interactive => "exec",
        Goal::Expression => "eval",
    };
    let (globals, locals) = namespaces(vm, fiber, args, called)?;
    let code = match text(vm, args[0])? {
        Some(text) => compiled(vm, &text, "<string>", goal)?,
        None => args[0],
    };
    let Some(Payload::Code(linked)) = vm.heap.content(code) else {
        return vm.type_error(format!(
            "{called}() arg 1 must be a string, bytes or code object"
        ));
    };
    let linked = linked.code.clone();
    if !linked.frees.is_empty() {
        return vm.type_error(format!(
            "code object passed to {called}() may not contain free variables"
        ));
    }
    if vm.dict_get_name(globals, names::BUILTINS).is_none() {
        let builtins = vm.intern("builtins");
        let module = vm.dict_get_name(vm.modules, builtins).unwrap_or_default();
        let namespace = module.id().map_or(Id::NONE, |id| vm.heap.get(id).dict);
        vm.dict_set_name(globals, names::BUILTINS, namespace.into());
    }
    let function = vm.once(|vm| Ok(vm.module_function(&linked, globals)))?;
    match locals.id() == Some(globals) {
        true => vm.call(function, &[]),
        false => vm.run_body(function, locals),
    }
}

/// The globals and locals that code is to run in.
fn namespaces(vm: &mut Vm, fiber: &Fiber, args: &[Value], called: &str) -> Outcome<(Id, Value)> {
    let globals = match args[1].or_none() {
        Value::None => None,
        globals => match globals.id().filter(|&id| vm.heap.dict(id).is_some()) {
            Some(id) => Some(id),
            None if called == "eval" => return vm.type_error("globals must be a dict"),
            None => {
                let class = vm.class_name(globals).to_owned();
                return vm.type_error(format!("exec() globals must be a dict, not {class}"));
            }
        },
    };
    let locals = match (args[2].or_none(), globals) {
        (Value::None, Some(globals)) => globals.into(),
        (Value::None, None) => vm.once(|vm| Ok(vm.locals_of(fiber)))?,
        (locals, _) => locals,
    };
    let own = current(fiber).map_or(Id::NONE, |frame| frame.globals);
    Ok((globals.unwrap_or(own), locals))
}
