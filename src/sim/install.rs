//! The start of a world: the kernel's classes and its native module `_kernel`, on which library Python builds
//! `_thread`, `time`, `signal`, `_asyncio` and their like.

use super::kernel::Classes;
use super::request::{Number, plain};
use super::{
    computer, console, context, event_loop, executor, frames, future, gather, handle, lock, lost,
    pipe, process, program, signal, task, task_lock, task_queue, threading, time, traversal,
};
use crate::vm::builtins::Member;
use crate::vm::class::{self, Attributes, Class, Layout, Traits};
use crate::vm::machine::Vm;
use crate::vm::modules::NativeModule;
use crate::vm::names;
use crate::vm::native::{Args, NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use crate::vm::wait::Awaiting;
use std::rc::Rc;

/// The native module of the kernel.
pub const KERNEL: &[NativeModule] = &[NativeModule {
    name: "_kernel",
    functions: &[],
    fill: |_, _| {},
}];

/// Functions of the module, a table a family, with the module that they are of in CPython.
const FUNCTIONS: &[(&str, &[NativeDef])] = &[
    ("_kernel", EXTENDING),
    ("_kernel", program::FUNCTIONS),
    ("time", time::FUNCTIONS),
    ("_kernel", threading::FUNCTIONS),
    ("_kernel", context::FUNCTIONS),
    ("_kernel", frames::FUNCTIONS),
    ("_kernel", future::FUNCTIONS),
    ("_kernel", task::FUNCTIONS),
    ("_kernel", gather::FUNCTIONS),
    ("_kernel", task_lock::FUNCTIONS),
    ("_kernel", task_queue::FUNCTIONS),
    ("_kernel", lost::FUNCTIONS),
    ("_kernel", executor::FUNCTIONS),
    ("_kernel", computer::FUNCTIONS),
    ("_kernel", process::FUNCTIONS),
    ("_kernel", pipe::FUNCTIONS),
    ("_kernel", signal::FUNCTIONS),
];

/// How library Python adds to the kernel's classes.
static EXTENDING: &[NativeDef] = &[plain("extend", "cls, name, member, /", extend)];

fn extend(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(id) = args[0].id()
        && let Some(name) = vm.as_str(args[1]).map(str::to_owned)
    {
        let namespace = vm.class(id).map_or(Id::NONE, |class| class.namespace);
        let name = vm.intern(&name);
        vm.dict_set_name(namespace, name, args[2]);
        vm.refresh_traits(id);
    }
    Ok(Value::None)
}

/// A class of the kernel, before it is made.
struct Declared {
    /// Module and name.
    name: (&'static str, &'static str),
    base: Id,
    fields: u8,
    attributes: Attributes,
    members: &'static [Member],
}

/// Makes the classes and the module, and gives `sys` its streams.
pub fn install(vm: &mut Vm) -> Classes {
    let classes = make_classes(vm);
    let name = vm.intern("_kernel");
    let module = vm.new_module(name);
    vm.dict_set_name(vm.modules, name, module);
    let namespace = module.id().map_or(Id::NONE, |id| vm.heap.get(id).dict);
    for (module, table) in FUNCTIONS {
        let module = vm.intern(module);
        vm.add_functions(namespace, table, module);
    }
    for class in classes.all() {
        let name = vm.class(class).map(|class| class.name).unwrap_or_default();
        vm.dict_set_name(namespace, name, class.into());
    }
    install_streams(vm, classes.stream);
    vm.parts = traversal::parts;
    vm.complete = context::own::complete;
    vm.context_class = classes.context;
    classes
}

fn make_classes(vm: &mut Vm) -> Classes {
    use Attributes::{Closed, Open, Sealed};
    let mut make = |name, base, fields, attributes, members| {
        make_class(
            vm,
            &Declared {
                name,
                base,
                fields,
                attributes,
                members,
            },
        )
    };
    let future = make(
        ("_asyncio", "Future"),
        class::OBJECT,
        future::FIELDS,
        Open,
        future::MEMBERS,
    );
    let task = make(
        ("_asyncio", "Task"),
        future,
        task::FIELDS,
        Open,
        task::MEMBERS,
    );
    let handle = make(
        ("asyncio.events", "Handle"),
        class::OBJECT,
        handle::FIELDS[0],
        Closed,
        handle::HANDLE,
    );
    let iterator = make(
        ("_asyncio", "FutureIter"),
        class::OBJECT,
        0,
        Sealed,
        future::ITERATOR,
    );
    let [var, context_class, token] = [context::VARIABLE, context::CONTEXT, context::TOKEN];
    let [context_fields, var_fields, token_fields] = context::FIELDS;
    let classes = Classes {
        future,
        task,
        wakeup: Value::Unbound,
        handle,
        thread_safe_handle: make(
            ("asyncio.events", "_ThreadSafeHandle"),
            handle,
            handle::FIELDS[0],
            Closed,
            &[],
        ),
        timer_handle: make(
            ("asyncio.events", "TimerHandle"),
            handle,
            handle::FIELDS[1],
            Closed,
            handle::TIMER,
        ),
        event_loop: make(
            ("asyncio.base_events", "BaseEventLoop"),
            class::OBJECT,
            event_loop::FIELDS,
            Open,
            event_loop::MEMBERS,
        ),
        lock: make(
            ("_thread", "lock"),
            class::OBJECT,
            lock::FIELDS,
            Sealed,
            lock::LOCK,
        ),
        rlock: make(
            ("_thread", "RLock"),
            class::OBJECT,
            lock::FIELDS,
            Sealed,
            lock::RLOCK,
        ),
        thread_handle: make(
            ("_thread", "_ThreadHandle"),
            class::OBJECT,
            threading::FIELDS,
            Closed,
            threading::HANDLE,
        ),
        stream: make(
            ("_io", "TextIOWrapper"),
            class::OBJECT,
            console::FIELDS,
            Open,
            console::MEMBERS,
        ),
        context: make(
            ("_contextvars", "Context"),
            class::OBJECT,
            context_fields,
            Sealed,
            context_class,
        ),
        context_var: make(
            ("_contextvars", "ContextVar"),
            class::OBJECT,
            var_fields,
            Sealed,
            var,
        ),
        token: make(
            ("_contextvars", "Token"),
            class::OBJECT,
            token_fields,
            Sealed,
            token,
        ),
    };
    vm.awaiting = Awaiting {
        class: iterator,
        awaitables: [future, task],
        advance: future::advance_wait,
        begin: Number::FoldBegin as u16,
        resume: Number::FoldResume as u16,
        throw: Number::FoldThrow as u16,
    };
    let name = vm.intern("task_wakeup");
    let wakeup = vm.lookup(task, name).unwrap_or_default();
    Classes { wakeup, ..classes }
}

/// Modules whose classes CPython has in Python, so that messages give only their names.
const PYTHON_MODULES: [&str; 3] = ["asyncio.base_events", "asyncio.events", "_kernel"];

fn make_class(vm: &mut Vm, declared: &Declared) -> Id {
    let (module, name) = (vm.intern(declared.name.0), vm.intern(declared.name.1));
    let type_name = match PYTHON_MODULES.contains(&declared.name.0) {
        true => name,
        false => vm.intern(&format!("{}.{}", declared.name.0, declared.name.1)),
    };
    let namespace = vm.dict();
    vm.dict_set_name(namespace, names::MODULE, module);
    let mut content = Class {
        name,
        qualname: name,
        type_name,
        bases: vec![declared.base],
        mro: Vec::new(),
        namespace,
        layout: Layout::Record(declared.fields),
        attributes: declared.attributes,
        teardown: None,
        traits: Traits::default(),
    };
    let base_mro = vm
        .class(declared.base)
        .map(|base| base.mro.clone())
        .unwrap_or_default();
    let id = vm
        .heap
        .alloc(class::TYPE, Payload::Class(Rc::new(content.clone())));
    content.mro = [id].into_iter().chain(base_mro).collect();
    vm.heap.set_payload(id, Payload::Class(Rc::new(content)));
    vm.keep(id.into());
    for member in declared.members {
        let native = vm.native(&member.def, member.kind, id, module);
        let name = vm.intern(member.def.name);
        vm.dict_set_name(namespace, name, native);
    }
    vm.refresh_traits(id);
    id
}

/// `sys.stdin`, `sys.stdout`, `sys.stderr` and their originals.
fn install_streams(vm: &mut Vm, class: Id) {
    let Ok(sys) = vm.load_module("sys", Value::None) else {
        return;
    };
    let namespace = sys.id().map_or(Id::NONE, |id| vm.heap.get(id).dict);
    for (descriptor, name) in [(0, "stdin"), (1, "stdout"), (2, "stderr")] {
        let stream = console::stream(vm, class, descriptor);
        let (name, original) = (vm.intern(name), vm.intern(&format!("__{name}__")));
        vm.dict_set_name(namespace, name, stream);
        vm.dict_set_name(namespace, original, stream);
    }
}
