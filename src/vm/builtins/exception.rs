//! Exceptions (`Objects/exceptions.c`).

use super::Member;
use crate::vm::class;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::{Exception, Payload};
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// Members of `BaseException`.
pub static BASE: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args, **kwargs", new),
    Member::slot("__init__", "self, /, *args, **kwargs", init),
    Member::slot("__str__", "self, /", |vm, args| {
        let items = exception_args(vm, args[0]);
        match items[..] {
            [] => Ok(names::EMPTY),
            [one] => vm.to_str(one).map(|text| vm.str(text)),
            _ => {
                let tuple = content(vm, args[0]).map_or(Value::None, |content| content.args);
                vm.repr(tuple).map(|text| vm.str(text))
            }
        }
    }),
    Member::slot("__repr__", "self, /", repr),
    Member::method("with_traceback", "self, tb, /", |vm, args| {
        check_traceback(vm, args)?;
        vm.update_exception(args[0], |content| content.traceback = args[1]);
        Ok(args[0])
    }),
    Member::method("add_note", "self, note, /", |vm, args| {
        if vm.as_str(args[1]).is_none() {
            let given = vm.class_name(args[1]).to_owned();
            return vm.type_error(format!("add_note() argument must be str, not {given}"));
        }
        let notes = match vm.own_attribute(args[0], names::NOTES) {
            Some(notes) => notes,
            None => {
                let notes = vm.list(Vec::new());
                vm.set_attr(args[0], names::NOTES, notes)?;
                notes
            }
        };
        if let Some(id) = notes.id() {
            vm.heap.list_push(id, args[1]);
        }
        Ok(Value::None)
    }),
    Member::attribute("args", |vm, args| match args.opt(1) {
        Some(value) => {
            let items = vm.collect(value)?;
            let tuple = vm.tuple(items);
            vm.update_exception(args[0], |content| content.args = tuple);
            Ok(Value::None)
        }
        None => Ok(content(vm, args[0]).map_or(Value::None, |content| content.args)),
    }),
    Member::attribute("__traceback__", |vm, args| {
        check_traceback(vm, args)?;
        access(vm, args, |content| &mut content.traceback)
    }),
    Member::attribute("__cause__", |vm, args| {
        check_link(vm, args, "cause")?;
        if args.opt(1).is_some() {
            vm.update_exception(args[0], |content| content.suppress_context = true);
        }
        access(vm, args, |content| &mut content.cause)
    }),
    Member::attribute("__context__", |vm, args| {
        check_link(vm, args, "context")?;
        access(vm, args, |content| &mut content.context)
    }),
    Member::attribute("__suppress_context__", |vm, args| match args.opt(1) {
        Some(value) => {
            let value = vm.truth(value)?;
            vm.update_exception(args[0], |content| content.suppress_context = value);
            Ok(Value::None)
        }
        None => Ok(content(vm, args[0])
            .is_some_and(|content| content.suppress_context)
            .into()),
    }),
    Member::method("__setstate__", "self, state, /", |vm, args| {
        vm.helper("exception_setstate", &[args[0], args[1]])
    }),
];

/// Members of `StopIteration`.
pub static STOP_ITERATION: &[Member] = &[Member::attribute("value", |vm, args| {
    stored_or_arg(vm, args, "value")
})];

/// Members of `SystemExit`.
pub static SYSTEM_EXIT: &[Member] = &[Member::attribute("code", |vm, args| match args.opt(1) {
    Some(_) => stored_or_arg(vm, args, "code"),
    None => match exception_args(vm, args[0]).len() {
        0 | 1 => stored_or_arg(vm, args, "code"),
        _ => Ok(content(vm, args[0]).map_or(Value::None, |content| content.args)),
    },
})];

/// Members of `KeyError`.
pub static KEY_ERROR: &[Member] =
    &[Member::slot(
        "__str__",
        "self, /",
        |vm, args| match exception_args(vm, args[0])[..] {
            [one] => vm.repr(one).map(|text| vm.str(text)),
            _ => {
                let tuple = content(vm, args[0]).map_or(Value::None, |content| content.args);
                let empty = exception_args(vm, args[0]).is_empty();
                if empty {
                    Ok(names::EMPTY)
                } else {
                    vm.repr(tuple).map(|text| vm.str(text))
                }
            }
        },
    )];

/// Members of `OSError`.
pub static OS_ERROR: &[Member] = &[
    Member::static_method("__new__", "cls, /, *args, **kwargs", new_os_error),
    Member::slot("__init__", "self, /, *args, **kwargs", init_os_error),
    Member::slot("__str__", "self, /", |vm, args| {
        crate::vm::repr::exception::exception_str(vm, args[0]).map(|text| vm.str(text))
    }),
    Member::getter("errno", |vm, args| Ok(os_part(vm, args, 0))),
    Member::getter("strerror", |vm, args| Ok(os_part(vm, args, 1))),
    Member::attribute("filename", |vm, args| stored(vm, args, "filename")),
    Member::attribute("filename2", |vm, args| stored(vm, args, "filename2")),
    Member::attribute("characters_written", |vm, args| {
        if args.opt(1).is_some() || !kept(vm, args[0], "characters_written").is_none() {
            return stored(vm, args, "characters_written");
        }
        vm.raise(class::ATTRIBUTE_ERROR, "characters_written")
    }),
];

/// Members of `UnicodeEncodeError` and `UnicodeDecodeError`.
pub static UNICODE_ERROR: &[Member] = &[
    Member::slot(
        "__init__",
        "self, encoding, object, start, end, reason, /",
        init_unicode_error,
    ),
    Member::attribute("encoding", |vm, args| {
        stored_or_part(vm, args, "encoding", 0)
    }),
    Member::attribute("object", |vm, args| stored_or_part(vm, args, "object", 1)),
    Member::attribute("start", |vm, args| stored_or_part(vm, args, "start", 2)),
    Member::attribute("end", |vm, args| stored_or_part(vm, args, "end", 3)),
    Member::attribute("reason", |vm, args| stored_or_part(vm, args, "reason", 4)),
];

/// Members of `ImportError`.
pub static IMPORT_ERROR: &[Member] = &[
    Member::attribute("msg", |vm, args| stored_or_arg(vm, args, "msg")),
    Member::attribute("name", |vm, args| stored(vm, args, "name")),
    Member::attribute("path", |vm, args| stored(vm, args, "path")),
    Member::attribute("name_from", |vm, args| stored(vm, args, "name_from")),
];

/// Members of `NameError`.
pub static NAME_ERROR: &[Member] = &[Member::attribute("name", |vm, args| {
    stored(vm, args, "name")
})];

/// Members of `AttributeError`.
pub static ATTRIBUTE_ERROR: &[Member] = &[
    Member::attribute("name", |vm, args| stored(vm, args, "name")),
    Member::attribute("obj", |vm, args| stored(vm, args, "obj")),
];

/// Members of `SyntaxError`.
pub static SYNTAX_ERROR: &[Member] = &[
    Member::slot("__str__", "self, /", |vm, args| {
        crate::vm::repr::exception::exception_str(vm, args[0]).map(|text| vm.str(text))
    }),
    Member::attribute("end_lineno", |vm, args| stored(vm, args, "end_lineno")),
    Member::attribute("end_offset", |vm, args| stored(vm, args, "end_offset")),
    Member::attribute("msg", |vm, args| stored_or_arg(vm, args, "msg")),
    Member::attribute("lineno", |vm, args| stored(vm, args, "lineno")),
    Member::attribute("offset", |vm, args| stored(vm, args, "offset")),
    Member::attribute("text", |vm, args| stored(vm, args, "text")),
    Member::attribute("filename", |vm, args| stored(vm, args, "filename")),
];

/// Members of `BaseExceptionGroup`; the algorithms are Python.
pub static GROUP: &[Member] = &[
    Member::static_method("__new__", "cls, message, exceptions, /", |vm, args| {
        let (message, exceptions) = (args[1], args[2]);
        if vm.as_str(message).is_none() {
            let given = vm.class_name(message).to_owned();
            return vm.type_error(format!(
                "BaseExceptionGroup.__new__() argument 1 must be str, not {given}"
            ));
        }
        if vm.items(exceptions).is_none() {
            return vm.type_error("second argument (exceptions) must be a sequence");
        }
        let items = vm.collect(exceptions)?;
        if items.is_empty() {
            return vm.value_error("second argument (exceptions) must be a non-empty sequence");
        }
        for (n, &item) in items.iter().enumerate() {
            if vm.exception_content(item).is_none() {
                return vm.value_error(format!(
                    "Item {n} of second argument (exceptions) is not an exception"
                ));
            }
        }
        let mut class = args[0].id().unwrap_or(Id::NONE);
        let all_ordinary = items
            .iter()
            .all(|&item| vm.is_instance(item, class::EXCEPTION));
        match class {
            class::BASE_EXCEPTION_GROUP if all_ordinary => class = class::EXCEPTION_GROUP,
            class::EXCEPTION_GROUP if !all_ordinary => {
                return vm.type_error("Cannot nest BaseExceptions in an ExceptionGroup");
            }
            _ if !all_ordinary && vm.is_subclass(class, class::EXCEPTION) => {
                let name = vm.name_of_class(class).to_owned();
                return vm.type_error(format!("Cannot nest BaseExceptions in '{name}'"));
            }
            _ => {}
        }
        let group = make(vm, class, &[message, exceptions]);
        let (message_key, exceptions_key) = (vm.intern("message"), vm.intern("exceptions"));
        let tuple = vm.tuple(items);
        if let Some(dict) = vm.own_dict(group) {
            let (message_key, exceptions_key) =
                (hidden(vm, message_key), hidden(vm, exceptions_key));
            vm.dict_set_name(dict, message_key, message);
            vm.dict_set_name(dict, exceptions_key, tuple);
        }
        Ok(group)
    }),
    Member::slot("__init__", "self, /, *args, **kwargs", |_, _| {
        Ok(Value::None)
    }),
    Member::slot("__str__", "self, /", |vm, args| {
        let message = stored(vm, args, "message")?;
        let exceptions = stored(vm, args, "exceptions")?;
        let count = vm.items(exceptions).map_or(0, <[Value]>::len);
        let message = vm.to_str(message)?;
        let plural = if count == 1 { "" } else { "s" };
        Ok(vm.str(format!("{message} ({count} sub-exception{plural})")))
    }),
    Member::getter("message", |vm, args| stored(vm, args, "message")),
    Member::getter("exceptions", |vm, args| stored(vm, args, "exceptions")),
    Member::method("derive", "self, excs, /", |vm, args| {
        let message = kept(vm, args[0], "message");
        vm.call(class::BASE_EXCEPTION_GROUP.into(), &[message, args[1]])
    }),
    Member::method("split", "self, condition, /", |vm, args| {
        vm.helper("group_split", &[args[0], args[1]])
    }),
    Member::method("subgroup", "self, condition, /", |vm, args| {
        vm.helper("group_subgroup", &[args[0], args[1]])
    }),
    Member::class_method("__class_getitem__", "cls, item, /", |vm, args| {
        vm.helper("generic_alias", &[args[0], args[1]])
    }),
];

fn content(vm: &Vm, value: Value) -> Option<&Rc<Exception>> {
    vm.exception_content(value)
}

/// The arguments of an exception.
fn exception_args(vm: &Vm, value: Value) -> Vec<Value> {
    let args = content(vm, value).map_or(Value::None, |content| content.args);
    vm.items(args).unwrap_or_default().to_vec()
}

fn make(vm: &mut Vm, class: Id, arguments: &[Value]) -> Value {
    vm.exception_with(class, arguments)
}

fn new(vm: &mut Vm, args: &Args) -> Outcome {
    let class = args[0].id().unwrap_or(Id::NONE);
    Ok(make(vm, class, args.rest))
}

fn new_os_error(vm: &mut Vm, args: &Args) -> Outcome {
    let mut class = args[0].id().unwrap_or(Id::NONE);
    if class == class::OS_ERROR && args.rest.len() > 1 {
        class = match vm.as_i64(args.rest[0]) {
            Some(2) => class::FILE_NOT_FOUND_ERROR,
            Some(17) => class::FILE_EXISTS_ERROR,
            Some(13 | 1) => class::PERMISSION_ERROR,
            Some(11) => class::BLOCKING_IO_ERROR,
            Some(4) => class::INTERRUPTED_ERROR,
            Some(32) => class::BROKEN_PIPE_ERROR,
            Some(104) => class::CONNECTION_RESET_ERROR,
            Some(111) => class::CONNECTION_REFUSED_ERROR,
            Some(110) => class::TIMEOUT_ERROR,
            Some(3) => class::PROCESS_LOOKUP_ERROR,
            Some(10) => class::CHILD_PROCESS_ERROR,
            Some(20) => class::NOT_A_DIRECTORY_ERROR,
            Some(21) => class::IS_A_DIRECTORY_ERROR,
            Some(103) => class::CONNECTION_ABORTED_ERROR,
            Some(108) => class::BROKEN_PIPE_ERROR,
            Some(114 | 115) => class::BLOCKING_IO_ERROR,
            _ => class,
        };
    }
    let exception = make(vm, class, &[]);
    set_os_parts(vm, exception, args.rest);
    Ok(exception)
}

/// `OSError.__init__`: what `__new__` made stays, unless a class has an `__init__` of its own, which calls this one.
fn init_os_error(vm: &mut Vm, args: &Args) -> Outcome {
    let class = vm.class_of(args[0]);
    let own = vm.lookup(class, names::INIT);
    let is_native = matches!(
        own.and_then(|own| vm.heap.content(own)),
        Some(Payload::Native(_))
    );
    if !is_native {
        set_os_parts(vm, args[0], args.rest);
    }
    Ok(Value::None)
}

/// The arguments of an OSError. The names of files are attributes, and not among the arguments.
fn set_os_parts(vm: &mut Vm, exception: Value, given: &[Value]) {
    let named = (3..=5).contains(&given.len()) && !given[2].is_none();
    let kept = vm.tuple(if named { &given[..2] } else { given }.to_vec());
    vm.update_exception(exception, |content| content.args = kept);
    let files = if named { given } else { &[] };
    for (n, name) in [(2, "filename"), (4, "filename2")] {
        if let Some(&file) = files.get(n)
            && let Some(dict) = vm.own_dict(exception)
        {
            let key = vm.intern(&format!("\u{0}{name}"));
            vm.dict_set_name(dict, key, file);
        }
    }
}

/// The place of a syntax error: file, line, column and text, perhaps also the end.
fn init_syntax_error(vm: &mut Vm, exception: Value, details: Value) -> Outcome<()> {
    const PARTS: [&str; 6] = [
        "filename",
        "lineno",
        "offset",
        "text",
        "end_lineno",
        "end_offset",
    ];
    let parts = vm.collect(details)?;
    if ![4, 6].contains(&parts.len()) {
        let bound = if parts.len() < 4 {
            "at least 4 arguments"
        } else {
            "at most 7 arguments"
        };
        return vm.type_error(format!("function takes {bound} ({} given)", parts.len()));
    }
    for (name, value) in PARTS.iter().zip(parts) {
        let name = vm.intern(&format!("\u{0}{name}"));
        if let Some(dict) = vm.own_dict(exception) {
            vm.dict_set_name(dict, name, value);
        }
    }
    Ok(())
}

/// Encoding and reason are str; positions are int; the object is what failed.
fn init_unicode_error(vm: &mut Vm, args: &Args) -> Outcome {
    for (n, kind) in [(1, "str"), (3, "int"), (4, "int"), (5, "str")] {
        let fits = match kind {
            "str" => vm.as_str(args[n]).is_some(),
            _ => vm.as_i64(args[n]).is_some(),
        };
        if !fits {
            let given = vm.class_name(args[n]).to_owned();
            return match kind {
                "str" => vm.type_error(format!("argument {n} must be str, not {given}")),
                _ => vm.type_error(format!(
                    "'{given}' object cannot be interpreted as an integer"
                )),
            };
        }
    }
    let tuple = vm.tuple(args.fixed.get(1..).unwrap_or_default().to_vec());
    vm.update_exception(args[0], |content| content.args = tuple);
    Ok(Value::None)
}

/// Keywords become attributes for the classes that take some; others refuse them.
fn init(vm: &mut Vm, args: &Args) -> Outcome {
    let tuple = vm.tuple(args.rest.to_vec());
    vm.update_exception(args[0], |content| content.args = tuple);
    if let [_, details] = *args.rest
        && vm.is_instance(args[0], class::SYNTAX_ERROR)
    {
        init_syntax_error(vm, args[0], details)?;
    }
    for &(name, value) in args.keywords {
        let allowed = [
            class::IMPORT_ERROR,
            class::NAME_ERROR,
            class::ATTRIBUTE_ERROR,
        ];
        if !allowed.iter().any(|&class| vm.is_instance(args[0], class)) {
            let class = vm.class_name(args[0]).to_owned();
            return vm.type_error(format!("{class}() takes no keyword arguments"));
        }
        if let Some(dict) = vm.own_dict(args[0]) {
            let name = hidden(vm, name);
            vm.dict_set_name(dict, name, value);
        }
    }
    Ok(Value::None)
}

fn repr(vm: &mut Vm, args: &Args) -> Outcome {
    let name = vm.short_class_name(args[0]).to_owned();
    let items = exception_args(vm, args[0]);
    let mut parts = Vec::with_capacity(items.len());
    for item in items {
        parts.push(vm.repr(item)?);
    }
    Ok(vm.str(format!("{name}({})", parts.join(", "))))
}

/// An exception's cause or context, when it is set, is an exception or None.
fn check_link(vm: &mut Vm, args: &Args, which: &str) -> Outcome<()> {
    match args.opt(1) {
        Some(value) if !value.is_none() && content(vm, value).is_none() => vm.type_error(format!(
            "exception {which} must be None or derive from BaseException"
        )),
        _ => Ok(()),
    }
}

/// Its traceback is a traceback or None.
fn check_traceback(vm: &mut Vm, args: &Args) -> Outcome<()> {
    match args.opt(1) {
        Some(value) if !value.is_none() && vm.class_of(value) != class::TRACEBACK => {
            vm.type_error("__traceback__ must be a traceback or None")
        }
        _ => Ok(()),
    }
}

fn access(vm: &mut Vm, args: &Args, which: fn(&mut Exception) -> &mut Value) -> Outcome {
    match args.opt(1) {
        Some(value) => {
            vm.update_exception(args[0], |content| *which(content) = value);
            Ok(Value::None)
        }
        None => {
            let mut content = content(vm, args[0]).map(|content| content.as_ref().clone());
            Ok(content
                .as_mut()
                .map_or(Value::None, |content| *which(content)))
        }
    }
}

/// The key under which a built-in attribute is kept beside the program's own attributes.
fn hidden(vm: &mut Vm, name: Value) -> Value {
    let key = format!("\u{0}{}", vm.as_str(name).unwrap_or_default());
    vm.intern(&key)
}

/// An attribute kept on the instance, or None.
fn stored(vm: &mut Vm, args: &Args, name: &str) -> Outcome {
    match args.opt(1) {
        Some(value) => {
            let key = vm.intern(&format!("\u{0}{name}"));
            if let Some(dict) = vm.own_dict(args[0]) {
                vm.dict_set_name(dict, key, value);
            }
            Ok(Value::None)
        }
        None => Ok(kept(vm, args[0], name)),
    }
}

/// A built-in attribute that is kept on the instance, or None.
pub fn kept(vm: &mut Vm, exception: Value, name: &str) -> Value {
    let key = vm.intern(&format!("\u{0}{name}"));
    vm.own_attribute(exception, key).unwrap_or(Value::None)
}

/// The same, which is the first argument unless it was set.
fn stored_or_arg(vm: &mut Vm, args: &Args, name: &str) -> Outcome {
    stored_or_part(vm, args, name, 0)
}

/// The same, which is the n-th argument unless it was set.
fn stored_or_part(vm: &mut Vm, args: &Args, name: &str, n: usize) -> Outcome {
    let key = vm.intern(&format!("\u{0}{name}"));
    if args.opt(1).is_none() && vm.own_attribute(args[0], key).is_none() {
        let part = exception_args(vm, args[0]).get(n).copied();
        return Ok(part.unwrap_or(Value::None));
    }
    stored(vm, args, name)
}

fn os_part(vm: &Vm, args: &Args, n: usize) -> Value {
    let items = exception_args(vm, args[0]);
    if items.len() < 2 {
        Value::None
    } else {
        items.get(n).copied().unwrap_or(Value::None)
    }
}
