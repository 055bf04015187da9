//! `_loopscope`: what the Python-level library asks of the machine itself.

use super::NativeModule;
use crate::bytecode::code::Origin;
use crate::vm::builtins::memoryview;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeCode, NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::traceback::{Entry, source_lines};
use crate::vm::value::Value;
use std::rc::Rc;

/// The module.
pub const MODULE: NativeModule = NativeModule {
    name: "_loopscope",
    functions: FUNCTIONS,
    fill: |_, _| {},
};

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

static FUNCTIONS: &[NativeDef] = &[
    plain("unsupported", "feature, /", |vm, args| {
        let feature = vm.as_str(args[0]).unwrap_or("this").to_owned();
        vm.refuse(feature)
    }),
    plain("c_type", "cls, /", c_type),
    plain("complete", "cls, name, value, /", complete),
    plain("type_name", "cls, /", |vm, args| {
        let name = args[0].id().map(|id| vm.name_of_class(id).to_owned());
        Ok(vm.str(name.unwrap_or_default()))
    }),
    plain("seed", "", |vm, _| Ok(vm.int(vm.seed))),
    plain(
        "memoryview_make",
        "object, start, length, layout, /",
        memoryview::make,
    ),
    plain("memoryview_parts", "view, /", memoryview::parts),
    plain("make_union", "members, /", make_union),
    plain("iterable_coroutine", "function, /", |vm, args| {
        if let Some(Payload::Function(function)) = vm.heap.content(args[0])
            && let Some(code) = function.code.id()
        {
            vm.iterable_coroutines.insert(code);
        }
        Ok(args[0])
    }),
    plain("source_line", "file, line, /", source_line),
    plain("traceback_entries", "traceback, /", traceback_entries),
    plain("format_exception", "exception, /", |vm, args| {
        vm.format_exception(args[0]).map(|text| vm.str(text))
    }),
    plain("suggestion", "exception, /", |vm, args| {
        let best = vm.closest_name(args[0]);
        Ok(best.map_or(Value::None, |name| vm.str(name)))
    }),
];

/// Marks a class of the library as one that CPython has in C: messages call it by its full name.
fn c_type(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(id) = args[0].id() {
        let name = vm.full_name(id);
        let name = vm.intern(&name);
        if let Some(mut content) = vm.class(id).cloned() {
            content.type_name = name;
            vm.heap.set_payload(id, Payload::Class(Rc::new(content)));
        }
    }
    Ok(args[0])
}

/// Gives a class that CPython has in C an attribute, as programs cannot.
fn complete(vm: &mut Vm, args: &Args) -> Outcome {
    let class = args[0].id().and_then(|id| vm.class(id));
    if let Some(namespace) = class.map(|class| class.namespace) {
        vm.dict_set_name(namespace, args[1], args[2]);
    }
    Ok(Value::None)
}

/// `Union[…]` of a tuple of members.
fn make_union(vm: &mut Vm, args: &Args) -> Outcome {
    let members = vm.items(args[0]).unwrap_or_default().to_vec();
    if let [only] = members[..] {
        return Ok(only);
    }
    Ok(vm.object(class::UNION_TYPE, Payload::Record([args[0]].into())))
}

fn source_line(vm: &mut Vm, args: &Args) -> Outcome {
    let file = vm.as_str(args[0]).unwrap_or_default().to_owned();
    let line = vm
        .as_i64(args[1])
        .and_then(|line| u32::try_from(line).ok())
        .unwrap_or(0);
    let source = match vm.program.as_ref().filter(|source| *source.name == *file) {
        Some(program) => Some(program.clone()),
        None => {
            let module = file
                .trim_end_matches(".py")
                .trim_end_matches("/__init__")
                .replace('/', ".");
            (vm.library)(&module)
        }
    };
    let Some(source) = source else {
        return Ok(Value::None);
    };
    if line == 0 || line > source.line(source.text.len() as u32) {
        return Ok(Value::None);
    }
    Ok(vm.str(source.line_text(line)))
}

/// The entries of a traceback as tuples: file, line, end line, column, end column, function, text, marks.
fn traceback_entries(vm: &mut Vm, args: &Args) -> Outcome {
    let mut made = Vec::new();
    let mut at = args[0];
    while let Some(Payload::Traceback(entry)) = vm.heap.content(at) {
        let entry = entry.clone();
        at = entry.next;
        if entry.code.code.source.origin != Origin::Builtin {
            let tuple = entry_tuple(
                vm,
                &Entry {
                    code: entry.code.clone(),
                    at: entry.at,
                },
            );
            made.push(tuple);
        }
    }
    Ok(vm.list(made))
}

fn entry_tuple(vm: &mut Vm, entry: &Entry) -> Value {
    let code = &entry.code.code;
    let source = &code.source;
    let span = code
        .spans
        .get(entry.at as usize)
        .copied()
        .unwrap_or_default();
    let line = code.line_at(entry.at);
    // CPython imports what it takes to tell parts apart.
    let text = source_lines(entry, !vm.has_no_modules());
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect();
    let (shown, marks) = match lines.as_slice() {
        [line, marks] => (vm.str(*line), vm.str(*marks)),
        lines => (vm.str(lines.join("\n    ")), Value::None),
    };
    let (file, name) = (vm.str(&*source.name), vm.str(&*code.name));
    let number = |n: u32| Value::Int(n.into());
    let (first, last) = (source.column(span.start), source.column(span.end));
    let fields = [
        file,
        number(line),
        number(source.line(span.end)),
        number(first),
        number(last),
        name,
        shown,
        marks,
    ];
    vm.tuple(fields)
}
