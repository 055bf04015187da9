//! `asyncio.sleep` where all is plain (`Lib/asyncio/tasks.py`: sleep).

use crate::sim::event_loop;
use crate::sim::future;
use crate::sim::plain::{Ability, has_own_methods};
use crate::sim::system::System;
use crate::vm::exit::Request;
use crate::vm::native::Outcome;
use crate::vm::value::{Id, Value};

/// The future that a sleeping task waits for and the handle of the timer that ends it, in a tuple. `None`, with nothing
/// done, if the methods of the loop or the delay are not plain.
pub fn begin_sleep(sys: &mut System, request: &Request) -> Outcome {
    let [delay, result, callback] = [0, 1, 2].map(|n| sys.argument(request, n));
    Ok(match start_sleep(sys, delay, result, callback)? {
        Some((future, handle)) => sys.vm.tuple([future.into(), handle]),
        None => Value::None,
    })
}

/// The same, with the two apart.
pub fn start_sleep(
    sys: &mut System,
    delay: Value,
    result: Value,
    callback: Value,
) -> Outcome<Option<(Id, Value)>> {
    let running = sys.thread().running_loop;
    let is_number = match delay {
        Value::Float(seconds) => !seconds.is_nan(),
        delay => matches!(delay, Value::Int(_)),
    };
    if !is_number || running.is_none() || !has_plain_timers(sys, running) {
        return Ok(None);
    }
    let future = future::create(sys, running);
    let timer = Request {
        fixed: vec![running, delay, callback, Value::Unbound],
        rest: vec![future.into(), result],
        ..Request::default()
    };
    let handle = event_loop::call_later(sys, &timer)?;
    Ok(Some((future, handle)))
}

fn has_plain_timers(sys: &mut System, event_loop: Value) -> bool {
    has_own_methods(sys, event_loop, Ability::CallLater)
        && future::makes_plain_futures(sys, event_loop)
}
