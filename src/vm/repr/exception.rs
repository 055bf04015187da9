//! Exceptions as text: `repr(e)` and `str(e)`.

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
    match items[..] {
        [key] if vm.is_instance(exception, class::KEY_ERROR) => vm.repr(key),
        [number, message] | [number, message, _] | [number, message, _, _]
            if vm.is_instance(exception, class::OS_ERROR) =>
        {
            let (number, message) = (vm.to_str(number)?, vm.to_str(message)?);
            match items.get(2) {
                Some(&file) => Ok(format!("[Errno {number}] {message}: {}", vm.repr(file)?)),
                None => Ok(format!("[Errno {number}] {message}")),
            }
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
