//! What a work item calls, as its submitter wrote it: `resize(0)`. The library wraps such calls, in `asyncio.to_thread`
//! and `ProcessPoolExecutor.map`, and events name the wrapper, as those of CPython do.

use super::label;
use super::system::System;
use crate::vm::native::Outcome;
use crate::vm::value::Value;

/// The most arguments that are told.
const ARGUMENTS: usize = 3;
/// The longest argument that is told.
const LENGTH: usize = 16;
/// How often a call may be wrapped.
const WRAPPINGS: usize = 16;

/// The names of functions that only call another one: the context's method, and the library's for calls in chunks.
const CONTEXT_RUN: &str = "Context.run";
const CHUNK: &str = "_process_chunk";

/// The call as text.
pub fn text(sys: &mut System, function: Value, arguments: Value) -> Outcome<String> {
    let (mut function, mut arguments) = (function, items(sys, arguments));
    for _ in 0..WRAPPINGS {
        if let Some((inner, bound)) = label::partial(sys, function)? {
            function = inner;
            arguments.splice(0..0, items(sys, bound));
            continue;
        }
        let name = label::name(sys, function)?;
        match (name.as_str(), arguments.first().copied()) {
            (CONTEXT_RUN, Some(inner)) => {
                function = inner;
                arguments.remove(0);
            }
            (CHUNK, Some(inner)) => {
                let chunk = arguments
                    .get(1)
                    .map_or(Vec::new(), |chunk| items(sys, *chunk));
                function = inner;
                match chunk[..] {
                    [only] => arguments = items(sys, only),
                    _ => {
                        let name = label::name(sys, function)?;
                        return Ok(format!("{}(… × {})", short(&name), chunk.len()));
                    }
                }
            }
            _ => return written(sys, &name, &arguments),
        }
    }
    let name = label::name(sys, function)?;
    Ok(short(&name).to_owned())
}

fn items(sys: &System, tuple: Value) -> Vec<Value> {
    sys.vm
        .items(tuple)
        .map(<[Value]>::to_vec)
        .unwrap_or_default()
}

fn written(sys: &mut System, name: &str, arguments: &[Value]) -> Outcome<String> {
    let mut told = Vec::new();
    for &argument in arguments.iter().take(ARGUMENTS) {
        told.push(plain(sys, argument)?);
    }
    if arguments.len() > ARGUMENTS {
        told.push("…".to_owned());
    }
    Ok(format!("{}({})", short(name), told.join(", ")))
}

/// A value in a few letters. Objects whose text Python code of the program makes are left out.
fn plain(sys: &mut System, value: Value) -> Outcome<String> {
    let number = matches!(
        value,
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_)
    );
    let text = match number || sys.vm.as_str(value).is_some() {
        true => sys.vm.repr(value)?,
        false => return Ok("…".to_owned()),
    };
    Ok(match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    })
}

/// The last part of a qualified name.
fn short(name: &str) -> &str {
    name.rsplit(".<locals>.").next().unwrap_or(name)
}
