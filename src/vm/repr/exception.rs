//! Exceptions as text: `repr(e)` and `str(e)`.

use crate::vm::builtins::exception::kept;
use crate::vm::class;
use crate::vm::codec;
use crate::vm::machine::Vm;
use crate::vm::native::Outcome;
use crate::vm::object::Payload;
use crate::vm::value::Value;

fn args(vm: &Vm, exception: Value) -> (Value, Vec<Value>) {
    let args = match vm.heap.content(exception) {
        Some(Payload::Exception(content)) => content.args,
        _ => Value::None,
    };
    (args, vm.items(args).unwrap_or_default().to_vec())
}

/// `BaseException.__repr__`
pub fn repr(vm: &mut Vm, exception: Value) -> Outcome<String> {
    let (tuple, items) = args(vm, exception);
    let name = vm.short_class_name(exception).to_owned();
    Ok(match items[..] {
        [] => format!("{name}()"),
        [only] => format!("{name}({})", vm.repr(only)?),
        _ => format!("{name}{}", vm.repr(tuple)?),
    })
}

/// `__str__` of the built-in exceptions.
pub fn exception_str(vm: &mut Vm, exception: Value) -> Outcome<String> {
    let (tuple, items) = args(vm, exception);
    if vm.is_instance(exception, class::UNICODE_ERROR)
        && let Some(text) = codec::describe(vm, &items)
    {
        return Ok(text);
    }
    if vm.is_instance(exception, class::SYNTAX_ERROR) {
        return syntax_error(vm, exception, items.first().copied());
    }
    match items[..] {
        [key] if vm.is_instance(exception, class::KEY_ERROR) => vm.repr(key),
        [number, message, ..] if items.len() < 6 && vm.is_instance(exception, class::OS_ERROR) => {
            let (number, message) = (vm.to_str(number)?, vm.to_str(message)?);
            let mut text = format!("[Errno {number}] {message}");
            for (name, before) in [("filename", ": "), ("filename2", " -> ")] {
                let file = kept(vm, exception, name);
                if !file.is_none() {
                    text.push_str(before);
                    text.push_str(&vm.repr(file)?);
                }
            }
            Ok(text)
        }
        [message, members] if vm.is_instance(exception, class::BASE_EXCEPTION_GROUP) => {
            let count = vm.items(members).map_or(0, <[Value]>::len);
            let plural = if count == 1 { "" } else { "s" };
            let message = vm.to_str(message)?;
            Ok(format!("{message} ({count} sub-exception{plural})"))
        }
        [] => Ok(String::new()),
        [only] => vm.to_str(only),
        _ => vm.repr(tuple),
    }
}

/// The message of a syntax error, and where it is.
fn syntax_error(vm: &mut Vm, exception: Value, first: Option<Value>) -> Outcome<String> {
    let message = match kept(vm, exception, "msg") {
        Value::None => first.unwrap_or(Value::None),
        message => message,
    };
    let (file, line) = (
        kept(vm, exception, "filename"),
        kept(vm, exception, "lineno"),
    );
    let file = vm
        .as_str(file)
        .map(|file| file.rsplit('/').next().unwrap_or(file).to_owned());
    let place = match (file, vm.as_i64(line)) {
        (Some(file), Some(line)) => format!(" ({file}, line {line})"),
        (Some(file), None) => format!(" ({file})"),
        (None, Some(line)) => format!(" (line {line})"),
        (None, None) => String::new(),
    };
    Ok(format!("{}{place}", vm.to_str(message)?))
}
