//! How events name a callback: its qualified name, and the task or future that it is bound to.

use super::event::{Text, Waitable};
use super::future;
use super::request::Number;
use super::system::System;
use crate::vm::names;
use crate::vm::native::{NativeCode, NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::Value;

/// What the recorder of real runs calls `time.sleep` where it is a callback or a job.
const SLEEP: &str = "virtual_sleep";

/// `functools.partial` objects are looked through, but not without end.
const MAX_PARTIALS: usize = 16;

/// The label of a callback.
pub fn label(sys: &mut System, callback: Value) -> Outcome<Text> {
    let mut callback = callback;
    for _ in 0..MAX_PARTIALS {
        match partial(sys, callback)? {
            Some((function, _)) => callback = function,
            None => break,
        }
    }
    let text = match sys.vm.heap.content(callback) {
        Some(Payload::Function(function)) => return Ok(sys.text_of(function.qualname)),
        Some(Payload::BoundMethod(parts)) => {
            let [function, owner] = **parts;
            match waitable(sys, owner) {
                Some(owner) => format!("{}({})", name(sys, function)?, id_text(owner)),
                // A method in C goes by the class of its object.
                None => match sys.vm.heap.content(function) {
                    Some(Payload::Native(_)) => name(sys, callback)?,
                    _ => name(sys, function)?,
                },
            }
        }
        _ => name(sys, callback)?,
    };
    Ok(sys.text(&text))
}

/// What a `functools.partial` wraps, and the arguments that it has already.
pub fn partial(sys: &mut System, callback: Value) -> Outcome<Option<(Value, Value)>> {
    let plain = !matches!(
        sys.vm.heap.content(callback),
        Some(Payload::Plain | Payload::Record(_))
    );
    if plain {
        return Ok(None);
    }
    match sys.vm.get_attr_opt(callback, names::ITS_FUNC)? {
        Some(function) => {
            let bound = sys.vm.get_attr_opt(callback, names::ARGS)?;
            Ok(bound.map(|bound| (function, bound)))
        }
        None => Ok(None),
    }
}

/// The qualified name of something that is called.
pub fn name(sys: &mut System, callable: Value) -> Outcome<String> {
    let known = match sys.vm.heap.content(callable) {
        Some(Payload::Function(function)) => Some(function.qualname),
        Some(Payload::Class(class)) => Some(class.qualname),
        Some(Payload::Native(native)) if is_sleep(native.def) => return Ok(SLEEP.to_owned()),
        _ => None,
    };
    let name = match known {
        Some(name) => Some(name),
        None => sys.vm.get_attr_opt(callable, names::QUALNAME)?,
    };
    let text = name.and_then(|name| sys.vm.as_str(name)).map(str::to_owned);
    Ok(text.unwrap_or_else(|| sys.vm.class_name(callable).to_owned()))
}

fn is_sleep(def: &NativeDef) -> bool {
    matches!(def.code, NativeCode::Kernel(number) if number == Number::Sleep as u16)
}

/// The task or future, if the value is one of ours.
pub fn waitable(sys: &mut System, value: Value) -> Option<Waitable> {
    let id = value.id()?;
    let class = sys.vm.class_of(value);
    if sys.vm.is_subclass(class, sys.kernel.classes.task) {
        return Some(Waitable::Task(future::task_id(sys, id)));
    }
    if sys.vm.is_subclass(class, sys.kernel.classes.future) {
        return Some(Waitable::Future(future::future_id(sys, id)));
    }
    None
}

fn id_text(of: Waitable) -> String {
    match of {
        Waitable::Task(id) => id.to_string(),
        Waitable::Future(id) => id.to_string(),
        Waitable::Job(id) => id.to_string(),
    }
}
