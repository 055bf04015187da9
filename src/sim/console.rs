//! The standard streams: objects whose every write is an event.

use super::event::{Ending, Kind, Stream};
use super::request::{Number, method};
use super::system::System;
use crate::syntax::surrogate::is_surrogate;
use crate::vm::builtins::Member;
use crate::vm::class;
use crate::vm::codec;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// The field of a stream: 0 is stdin, 1 stdout, 2 stderr.
const DESCRIPTOR: usize = 0;

/// Number of fields of a stream.
pub const FIELDS: u8 = 1;

/// `_io.TextIOWrapper` of the standard streams.
pub static MEMBERS: &[Member] = &[
    method("write", "self, text, /", Number::Write),
    Member::method("writelines", "self, lines, /", |vm, args| {
        vm.helper("write_lines", &[args[0], args[1]])
    }),
    Member::method("flush", "self, /", |_, _| Ok(Value::None)),
    Member::method("isatty", "self, /", |_, _| Ok(Value::Bool(false))),
    Member::method("writable", "self, /", |vm, args| {
        Ok((descriptor(vm, args[0]) > 0).into())
    }),
    Member::method("readable", "self, /", |vm, args| {
        Ok((descriptor(vm, args[0]) == 0).into())
    }),
    Member::method("seekable", "self, /", |_, _| Ok(Value::Bool(false))),
    Member::method("fileno", "self, /", |vm, args| {
        Ok(Value::Int(descriptor(vm, args[0])))
    }),
    Member::method("close", "self, /", |_, _| Ok(Value::None)),
    Member::method("read", "self, size=-1, /", |_, _| {
        Ok(crate::vm::names::EMPTY)
    }),
    Member::method("readline", "self, size=-1, /", |_, _| {
        Ok(crate::vm::names::EMPTY)
    }),
    Member::method("reconfigure", "self, **options", |_, _| Ok(Value::None)),
    Member::getter("name", name),
    Member::getter("mode", |vm, args| {
        Ok(vm.intern(if descriptor(vm, args[0]) == 0 {
            "r"
        } else {
            "w"
        }))
    }),
    Member::getter("encoding", |vm, _| Ok(vm.intern("utf-8"))),
    Member::getter("errors", |vm, args| {
        Ok(vm.intern(if descriptor(vm, args[0]) == 2 {
            "backslashreplace"
        } else {
            "strict"
        }))
    }),
    Member::getter("closed", |_, _| Ok(Value::Bool(false))),
    Member::getter("line_buffering", |_, _| Ok(Value::Bool(false))),
    Member::slot("__repr__", "self, /", repr),
];

fn descriptor(vm: &Vm, stream: Value) -> i64 {
    stream
        .id()
        .and_then(|id| vm.as_i64(vm.heap.field(id, DESCRIPTOR)))
        .unwrap_or(1)
}

fn name_text(vm: &Vm, stream: Value) -> &'static str {
    match descriptor(vm, stream) {
        0 => "<stdin>",
        2 => "<stderr>",
        _ => "<stdout>",
    }
}

fn name(vm: &mut Vm, args: &Args) -> Outcome {
    let text = name_text(vm, args[0]);
    Ok(vm.intern(text))
}

fn repr(vm: &mut Vm, args: &Args) -> Outcome {
    let mode = if descriptor(vm, args[0]) == 0 {
        'r'
    } else {
        'w'
    };
    let text = format!(
        "<_io.TextIOWrapper name='{}' mode='{mode}' encoding='utf-8'>",
        name_text(vm, args[0])
    );
    Ok(vm.str(text))
}

/// A standard stream.
pub fn stream(vm: &mut Vm, class: Id, descriptor: i64) -> Value {
    vm.object(class, Payload::Record(Rc::new([Value::Int(descriptor)])))
}

/// Is the value one of the standard output streams?
pub fn output(sys: &System, value: Value) -> Option<Stream> {
    let id = value
        .id()
        .filter(|&id| sys.vm.heap.get(id).class == sys.kernel.classes.stream)?;
    match sys.vm.as_i64(sys.vm.heap.field(id, DESCRIPTOR)) {
        Some(1) => Some(Stream::Stdout),
        Some(2) => Some(Stream::Stderr),
        _ => None,
    }
}

/// `stream.write(text)`
pub fn write(sys: &mut System, request: &Request) -> Outcome {
    let (stream, value) = (sys.argument(request, 0), sys.argument(request, 1));
    let Some(text) = sys.vm.as_text(value).cloned() else {
        let class = sys.vm.class_name(value).to_owned();
        return sys
            .vm
            .type_error(format!("write() argument must be str, not {class}"));
    };
    let Some(stream) = output(sys, stream) else {
        return sys.vm.raise(class::OS_ERROR, "not writable");
    };
    let written = match text.as_str().chars().any(is_surrogate) {
        true => without_surrogates(sys, stream, value)?,
        false => text.as_str().to_owned(),
    };
    print(sys, stream, &written);
    Ok(Value::Int(text.chars() as i64))
}

/// A text as it can be written: stdout takes only those lone surrogates that stand for a byte, stderr shows escapes.
fn without_surrogates(sys: &mut System, stream: Stream, value: Value) -> Outcome<String> {
    let errors = match stream {
        Stream::Stderr => "backslashreplace",
        Stream::Stdout => "surrogateescape",
    };
    let bytes = codec::encode(&mut *sys.vm, value, None, Some(errors))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a text to a stream.
pub fn print(sys: &mut System, stream: Stream, text: &str) {
    if text.is_empty() {
        return;
    }
    sys.kernel.output += text.len();
    let text = sys.text(text);
    sys.log(Kind::Print { stream, text });
    if sys.kernel.output > sys.kernel.options.max_output {
        sys.kernel.end(
            Ending::Budget,
            format!("stopped after {} bytes of output", sys.kernel.output),
        );
    }
}
