//! `sys`: what of it needs no kernel. The kernel adds the streams and `argv`.

use super::NativeModule;
use crate::vm::class;
use crate::vm::frame::Fiber;
use crate::vm::frame_object::is_visible;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, NativeCode, NativeDef, Outcome};
use crate::vm::value::{Id, Value};

const fn plain(
    name: &'static str,
    parameters: &'static str,
    code: fn(&mut Vm, &Args) -> Outcome,
) -> NativeDef {
    NativeDef {
        name,
        parameters,
        code: NativeCode::Plain(code),
    }
}

const fn with_frames(
    name: &'static str,
    parameters: &'static str,
    code: fn(&mut Vm, &mut Fiber, &[Value]) -> Outcome,
) -> NativeDef {
    NativeDef {
        name,
        parameters,
        code: NativeCode::Frames(code),
    }
}

/// The module.
pub const SYS: NativeModule = NativeModule {
    name: "sys",
    functions: FUNCTIONS,
    fill,
};

static FUNCTIONS: &[NativeDef] = &[
    plain("exit", "status=None, /", |vm, args| match args.opt(0) {
        None | Some(Value::None) => vm.raise_with(class::SYSTEM_EXIT, &[]),
        Some(status) => vm.raise_with(class::SYSTEM_EXIT, &[status]),
    }),
    plain("getrecursionlimit", "", |vm, _| {
        Ok(Value::Int(vm.limits.recursion as i64 - 1))
    }),
    plain("setrecursionlimit", "limit, /", set_recursion_limit),
    plain("getswitchinterval", "", |vm, _| {
        Ok(Value::Float(vm.limits.switch_interval))
    }),
    plain("setswitchinterval", "interval, /", set_switch_interval),
    plain("getrefcount", "object, /", |vm, args| {
        Ok(Value::Int(
            args[0]
                .id()
                .map_or(1_000_000, |id| i64::from(vm.heap.count(id))),
        ))
    }),
    plain("getsizeof", "object, default=None", |_, _| {
        Ok(Value::Int(48))
    }),
    plain("intern", "string, /", |vm, args| {
        match vm.as_str(args[0]).map(str::to_owned) {
            Some(text) => Ok(vm.intern(&text)),
            None => vm.type_error("intern() argument must be str"),
        }
    }),
    plain("__getattr__", "name, /", structure),
    plain("getdefaultencoding", "", |vm, _| Ok(vm.intern("utf-8"))),
    plain("getfilesystemencoding", "", |vm, _| Ok(vm.intern("utf-8"))),
    plain("getfilesystemencodeerrors", "", |vm, _| {
        Ok(vm.intern("surrogateescape"))
    }),
    plain("get_int_max_str_digits", "", |_, _| Ok(Value::Int(4300))),
    plain("set_int_max_str_digits", "maxdigits", |vm, _| {
        vm.refuse("sys.set_int_max_str_digits")
    }),
    plain("get_coroutine_origin_tracking_depth", "", |vm, _| {
        Ok(Value::Int(vm.origin_depth.into()))
    }),
    plain(
        "set_coroutine_origin_tracking_depth",
        "depth",
        set_origin_depth,
    ),
    plain("gettrace", "", |_, _| Ok(Value::None)),
    plain("getprofile", "", |_, _| Ok(Value::None)),
    plain("audit", "event, /, *args", |_, _| Ok(Value::None)),
    plain("_is_gil_enabled", "", |_, _| Ok(Value::Bool(true))),
    plain("is_finalizing", "", |_, _| Ok(Value::Bool(false))),
    plain("settrace", "function, /", |vm, _| vm.refuse("sys.settrace")),
    plain("setprofile", "function, /", |vm, _| {
        vm.refuse("sys.setprofile")
    }),
    plain(
        "set_asyncgen_hooks",
        "firstiter=None, finalizer=None",
        set_async_hooks,
    ),
    plain("get_asyncgen_hooks", "", |vm, _| {
        let hooks: Vec<Value> = vm.async_hooks.iter().map(|hook| hook.or_none()).collect();
        Ok(vm.tuple(hooks))
    }),
    with_frames("exc_info", "", |vm, fiber, _| {
        let items = match vm.handled(fiber) {
            Value::Unbound => [Value::None; 3],
            exception => {
                let traceback = vm
                    .exception_content(exception)
                    .map_or(Value::None, |content| content.traceback);
                [vm.class_of(exception).into(), exception, traceback]
            }
        };
        Ok(vm.tuple(items))
    }),
    with_frames("exception", "", |vm, fiber, _| {
        Ok(vm.handled(fiber).or_none())
    }),
    with_frames("_getframemodulename", "depth=0, /", |vm, fiber, args| {
        let depth = vm.as_i64(args[0]).unwrap_or(0).max(0) as usize;
        let globals = fiber
            .python_frames()
            .nth(depth)
            .map_or(Id::NONE, |frame| frame.globals);
        Ok(vm
            .dict_get_name(globals, names::NAME)
            .unwrap_or(Value::None))
    }),
    with_frames("_getframe", "depth=0, /", get_frame),
];

fn set_recursion_limit(vm: &mut Vm, args: &Args) -> Outcome {
    let limit = crate::vm::number::convert::index(vm, args[0])?;
    match vm.as_i64(limit) {
        Some(limit) if limit > 0 => {
            vm.limits.recursion = limit.min(50_000) as usize + 1;
            Ok(Value::None)
        }
        _ => vm.value_error("recursion limit must be greater or equal than 1"),
    }
}

/// The switch interval is kept, but threads change only where they block: see the documentation.
fn set_switch_interval(vm: &mut Vm, args: &Args) -> Outcome {
    let seconds = vm
        .as_float(args[0])
        .or_else(|| vm.as_i64(args[0]).map(|n| n as f64));
    match seconds {
        Some(seconds) if seconds > 0.0 => {
            vm.limits.switch_interval = seconds;
            Ok(Value::None)
        }
        Some(_) => vm.value_error("switch interval must be strictly positive"),
        None => {
            let given = vm.class_name(args[0]).to_owned();
            vm.type_error(format!("must be real number, not {given}"))
        }
    }
}

fn set_async_hooks(vm: &mut Vm, args: &Args) -> Outcome {
    for n in 0..2 {
        if let Some(hook) = args.opt(n) {
            vm.heap.retain(hook);
            let old = std::mem::replace(&mut vm.async_hooks[n], hook);
            vm.heap.release(old);
        }
    }
    Ok(Value::None)
}

fn set_origin_depth(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(depth) = vm.as_i64(args[0]) else {
        let given = vm.class_name(args[0]).to_owned();
        return vm.type_error(format!(
            "'{given}' object cannot be interpreted as an integer"
        ));
    };
    match u32::try_from(depth) {
        Ok(depth) => vm.origin_depth = depth,
        Err(_) => return vm.value_error("depth must be >= 0"),
    }
    Ok(Value::None)
}

/// The structures that tell about the interpreter lie in a module of their own, which few programs need.
fn structure(vm: &mut Vm, args: &Args) -> Outcome {
    const NAMES: [&str; 7] = [
        "version_info",
        "flags",
        "float_info",
        "int_info",
        "hash_info",
        "thread_info",
        "implementation",
    ];
    let name = vm.as_str(args[0]).unwrap_or_default().to_owned();
    if NAMES.contains(&name.as_str()) {
        let module = vm.load_module("_sysinfo", Value::None)?;
        return vm.get_attr(module, args[0]);
    }
    if super::known::has_name("sys", &name) {
        return vm.refuse(format!("sys.{name}"));
    }
    vm.raise(
        class::ATTRIBUTE_ERROR,
        format!("module 'sys' has no attribute '{name}'"),
    )
}

/// Frames of code that stands for C do not count.
fn get_frame(vm: &mut Vm, fiber: &mut Fiber, args: &[Value]) -> Outcome {
    let depth = vm.as_i64(args[0]).unwrap_or(0).max(0) as usize;
    let visible = (0..fiber.frames.len()).rev();
    let mut visible = visible.filter(|&at| is_visible(&fiber.frames[at]));
    match visible.nth(depth) {
        Some(at) => Ok(vm.object_of_activation(fiber, at).into()),
        None => vm.value_error("call stack is not deep enough"),
    }
}

fn fill(vm: &mut Vm, namespace: Id) {
    let texts = [
        ("platform", "linux"),
        (
            "version",
            "3.14.8 (main, Oct  1 2026, 19:55:55) [Loopscope simulation]",
        ),
        ("byteorder", "little"),
        ("executable", "/usr/bin/python3"),
        ("prefix", "/usr"),
        ("base_prefix", "/usr"),
        ("exec_prefix", "/usr"),
        ("base_exec_prefix", "/usr"),
        ("abiflags", ""),
        ("platlibdir", "lib"),
        ("copyright", "Loopscope"),
        ("float_repr_style", "short"),
    ];
    for (name, text) in texts {
        let (key, text) = (vm.intern(name), vm.str(text));
        vm.dict_set_name(namespace, key, text);
    }
    let numbers = [
        ("maxsize", i64::MAX),
        ("hexversion", 0x030e_08f0),
        ("maxunicode", 0x0010_ffff),
        ("api_version", 1013),
    ];
    for (name, number) in numbers {
        let key = vm.intern(name);
        vm.dict_set_name(namespace, key, Value::Int(number));
    }
    let known: Vec<Value> = super::known::modules()
        .map(|name| vm.intern(name))
        .collect();
    let (key, known) = (vm.intern("stdlib_module_names"), vm.tuple(known));
    vm.dict_set_name(namespace, key, known);
    let modules = vm.intern("modules");
    vm.dict_set_name(namespace, modules, vm.modules.into());
    for name in ["argv", "path", "warnoptions", "meta_path", "orig_argv"] {
        let (key, list) = (vm.intern(name), vm.list(Vec::new()));
        vm.dict_set_name(namespace, key, list);
    }
    let (key, write) = (vm.intern("dont_write_bytecode"), Value::Bool(true));
    vm.dict_set_name(namespace, key, write);
}
