//! What goes away before it was of any use: coroutines that nobody awaited, pending tasks, exceptions that nobody saw.
//! The finalisers of library Python tell the kernel, which writes the events.

use super::event::Kind;
use super::future;
use super::label::waitable;
use super::request::{Number, function};
use super::system::System;
use crate::vm::exit::Request;
use crate::vm::native::{NativeDef, Outcome};
use crate::vm::value::Value;

/// Functions for `_run` and `_asyncio`.
pub static FUNCTIONS: &[NativeDef] = &[
    function("coroutine_lost", "coroutine, /", Number::CoroutineLost),
    function("task_lost", "task, /", Number::TaskLost),
    function("exception_lost", "future, /", Number::ExceptionLost),
];

/// A coroutine goes away that was never awaited.
pub fn coroutine(sys: &mut System, request: &Request) -> Outcome {
    if let Some(coroutine) = sys.vm.generator(sys.argument(request, 0)).cloned() {
        let name = sys
            .vm
            .as_str(coroutine.names().qualname)
            .unwrap_or_default();
        let coro = sys.log.texts.intern(name);
        sys.log(Kind::CoroutineLost {
            coro,
            made: coroutine.made,
        });
    }
    Ok(Value::None)
}

/// A task goes away that is not done.
pub fn task(sys: &mut System, request: &Request) -> Outcome {
    let task = sys.receiver(request);
    let task = future::task_id(sys, task);
    sys.log(Kind::TaskLost { task });
    Ok(Value::None)
}

/// A task or future goes away, and with it an exception that nobody asked for.
pub fn exception(sys: &mut System, request: &Request) -> Outcome {
    if let Some(of) = waitable(sys, sys.argument(request, 0)) {
        sys.log(Kind::ExceptionLost { of });
    }
    Ok(Value::None)
}
