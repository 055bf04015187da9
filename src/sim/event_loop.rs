//! The native part of asyncio's event loop (`Lib/asyncio/base_events.py`: BaseEventLoop.call_soon, call_at, _run_once):
//! ready queue, timer heap, the batch of the running iteration. The rest of the class is library Python.

mod iteration;
mod queue;
mod schedule;
mod timers;
mod turn;

pub use iteration::{begin_own_batch, end_batch, run_batch, run_next, select};
pub use queue::{is_cancelled, number_of, ready_list};
use schedule::add_callback;
pub use schedule::{
    call_at, call_later, call_soon, call_soon_child, call_soon_method, call_soon_step,
    call_soon_task, call_soon_threadsafe, call_soon_wakeup, found_method, poke_method,
};
pub use timers::timer_cancelled;
use timers::{drop_cancelled_method, timer_handle_cancelled};

use super::event::Kind;
use super::plain::{Ability, has_own_methods};
use super::record::{self, get, is_set, read, set};
use super::request::{Number, constructor, getter, method};
use super::system::System;
use crate::vm::builtins::Member;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// Fields of a loop.
#[derive(Clone, Copy)]
pub enum Field {
    /// Its number.
    Number,
    /// The ready queue, a list of handles.
    Ready,
    /// The timer heap, a list of timer handles.
    Scheduled,
    /// What the running iteration runs: the list that was ready at its start …
    Batch,
    /// … and how many of it are done, or were taken to be called.
    Taken,
    /// Was `stop()` called?
    Stopping,
    /// Was `close()` called?
    Closed,
    /// Debug mode?
    Debug,
    /// What `set_debug()` was given for that.
    DebugGiven,
    /// The thread that runs it, by its number, or `None`.
    Thread,
    /// The thread that blocks in its selector, by its number, or `None`.
    Selecting,
    /// Was its selector poked?
    Poked,
    /// How many handles on the timer heap are cancelled.
    Cancelled,
    /// The handle that runs, in debug mode.
    Current,
    /// The handle that was taken last, which an iteration holds while it runs.
    Last,
    /// A list of the handles that the selector found ready (the self-pipe's reader).
    Found,
    /// The future that woke the task that was taken last, held as long as that …
    LastAwaited,
    /// … and so is its exception, which is thrown in.
    LastThrown,
    /// What the exception handler was told of the callback that has just failed.
    Failure,
    /// In debug mode: is the turn of the handle that was taken last over, though what it held is still to go?
    HasRun,
    /// Does `run_forever` run it?
    Forever,
    /// Number of fields.
    End,
}

impl record::Field for Field {
    fn position(self) -> usize {
        self as usize
    }
}

/// Number of fields of a loop.
pub const FIELDS: u8 = Field::End as u8;

/// The native part of a loop class.
pub static MEMBERS: &[Member] = &[
    constructor("cls, *args, **kwargs", Number::LoopNew),
    method(
        "call_soon",
        "self, callback, /, *args, context=None",
        Number::LoopCallSoon,
    ),
    method(
        "call_soon_threadsafe",
        "self, callback, /, *args, context=None",
        Number::LoopCallSoonThreadsafe,
    ),
    method(
        "call_at",
        "self, when, callback, /, *args, context=None",
        Number::LoopCallAt,
    ),
    method(
        "call_later",
        "self, delay, callback, /, *args, context=None",
        Number::LoopCallLater,
    ),
    method("time", "self, /", Number::LoopTime),
    method("_note", "self, what, /", Number::LoopNote),
    method("_select", "self, /", Number::LoopSelect),
    method("_begin_batch", "self, end, /", Number::LoopBeginBatch),
    Member::method("_drop_cancelled", "self, /", drop_cancelled_method),
    method("_run_next", "self, /", Number::LoopRunNext),
    method("_end_batch", "self, /", Number::LoopEndBatch),
    method("_run_batch", "self, /", Number::LoopRunBatch),
    method("_found", "self, handle, /", Number::LoopFound),
    method("_write_to_self", "self, /", Number::LoopPoke),
    method("_clear", "self, /", Number::LoopClear),
    Member::method("_add_callback", "self, handle, /", add_callback),
    Member::method(
        "_timer_handle_cancelled",
        "self, handle, /",
        timer_handle_cancelled,
    ),
    Member::method("is_closed", "self, /", |vm, args| {
        Ok(read(vm, args, Field::Closed))
    }),
    Member::method("get_debug", "self, /", |vm, args| {
        Ok(read(vm, args, Field::DebugGiven))
    }),
    Member::method("is_running", "self, /", |vm, args| {
        Ok((!read(vm, args, Field::Thread).is_none()).into())
    }),
    Member::method("_set", "self, name, value, /", set_named),
    getter("_ready", Number::LoopReady),
    Member::getter("_scheduled", |vm, args| {
        Ok(read(vm, args, Field::Scheduled))
    }),
    Member::getter("_stopping", |vm, args| Ok(read(vm, args, Field::Stopping))),
    Member::getter("_closed", |vm, args| Ok(read(vm, args, Field::Closed))),
    Member::getter("_debug", |vm, args| Ok(read(vm, args, Field::DebugGiven))),
    Member::getter("_thread_id", |vm, args| Ok(read(vm, args, Field::Thread))),
    Member::getter("_current_handle", |vm, args| {
        Ok(read(vm, args, Field::Current))
    }),
];

fn list(vm: &Vm, event_loop: Id, field: Field) -> Id {
    get(vm, event_loop, field).id().unwrap_or(Id::NONE)
}

fn items(vm: &Vm, list: Id) -> &[Value] {
    vm.heap.items(list).unwrap_or_default()
}

/// The number of a loop that has our native part; 0 for others.
pub fn number(vm: &Vm, event_loop: Value) -> u32 {
    match event_loop.id().map(|id| vm.heap.payload(id)) {
        Some(Payload::Record(fields)) if fields.len() == FIELDS as usize => {
            vm.as_i64(fields[Field::Number as usize]).unwrap_or(0) as u32
        }
        _ => 0,
    }
}

/// The handles of a loop, or the tasks that stand for them: what is left of the running batch, the ready queue, and the
/// timers as the heap has them.
pub fn queues(vm: &Vm, event_loop: Id) -> [Vec<Id>; 3] {
    [Field::Batch, Field::Ready, Field::Scheduled].map(|field| {
        let handles = items(vm, list(vm, event_loop, field));
        handles.iter().filter_map(|handle| handle.id()).collect()
    })
}

/// Does the loop schedule callbacks by our native `call_soon`, not overridden?
///
/// In debug mode it is not, since callbacks are checked by Python code, which must not run amid a change; nor when it is
/// closed, which Python code tells.
pub fn is_ours(sys: &mut System, event_loop: Value) -> bool {
    let checks = |field| matches!(field, Value::Bool(true));
    match event_loop.id().map(|id| sys.vm.heap.payload(id)) {
        Some(Payload::Record(fields)) if fields.len() == FIELDS as usize => {
            let asks = [Field::Debug, Field::Closed]
                .iter()
                .any(|&field| checks(fields[field as usize]));
            !asks && has_own_methods(sys, event_loop, Ability::CallSoon)
        }
        _ => false,
    }
}

/// Is the loop in debug mode?
pub fn debug(sys: &mut System, event_loop: Value) -> Outcome<bool> {
    match event_loop.id() {
        Some(id) if number(sys.vm, event_loop) > 0 => Ok(is_set(sys.vm, id, Field::Debug)),
        _ => {
            let debug = sys.call_method(event_loop, "get_debug", &[], &[])?;
            sys.vm.truth(debug)
        }
    }
}

/// The loop that runs in this thread, or what the policy says (`asyncio.events.get_event_loop`).
pub fn current(sys: &mut System) -> Outcome {
    let running = sys.thread().running_loop;
    if !running.is_none() {
        return Ok(running);
    }
    let function = sys.library("asyncio.events", "get_event_loop")?;
    sys.vm.call(function, &[])
}

/// `BaseEventLoop.__new__`
pub fn new(sys: &mut System, request: &Request) -> Outcome {
    let class = sys.argument(request, 0).id().unwrap_or(Id::NONE);
    sys.kernel.loops += 1;
    let mut fields = vec![Value::Bool(false); FIELDS as usize];
    fields[Field::Number as usize] = Value::Int(sys.kernel.loops.into());
    for field in [Field::Ready, Field::Scheduled, Field::Batch, Field::Found] {
        fields[field as usize] = sys.vm.list(Vec::new());
    }
    for field in [Field::Taken, Field::Cancelled] {
        fields[field as usize] = Value::Int(0);
    }
    let absent = [
        Field::Thread,
        Field::Selecting,
        Field::Current,
        Field::Last,
        Field::LastAwaited,
        Field::LastThrown,
        Field::Failure,
        Field::HasRun,
    ];
    for field in absent {
        fields[field as usize] = Value::None;
    }
    Ok(sys.vm.object(class, Payload::Record(fields.into())))
}

/// Sets one of the flags that library Python owns.
fn set_named(vm: &mut Vm, args: &Args) -> Outcome {
    let field = match vm.as_str(args[1]).unwrap_or_default() {
        "stopping" => Field::Stopping,
        "closed" => Field::Closed,
        "debug" => Field::Debug,
        "debug_given" => Field::DebugGiven,
        "thread" => Field::Thread,
        "current" => Field::Current,
        "forever" => Field::Forever,
        "failure" => Field::Failure,
        _ => return Ok(Value::None),
    };
    if let Some(event_loop) = args[0].id() {
        set(vm, event_loop, field, args[2]);
    }
    Ok(Value::None)
}

/// `close()` empties both queues, and tells so before anything that only they held goes.
pub fn clear(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    let loop_ = sys.loop_id(event_loop.into());
    let vm = &mut *sys.vm;
    for field in [Field::Batch, Field::Ready] {
        // A deque lets go of its first item first, a list of its last.
        let queue = list(vm, event_loop, field);
        let backwards: Vec<Value> = items(vm, queue).iter().rev().copied().collect();
        vm.heap.list_splice(queue, 0..backwards.len(), &backwards);
    }
    for field in [Field::Batch, Field::Ready, Field::Scheduled] {
        let empty = vm.list(Vec::new());
        set(vm, event_loop, field, empty);
    }
    set(vm, event_loop, Field::Taken, 0);
    sys.log(Kind::LoopClose { loop_ });
    Ok(Value::None)
}

/// `loop.time()`: reading the clock is charged when user code does it.
pub fn time(sys: &mut System, _: &Request) -> Outcome {
    if sys.kernel.asked_by_user {
        sys.kernel.scheduler.clock.charge();
    }
    Ok(Value::Float(sys.now().seconds()))
}

/// Events that library Python announces.
pub fn note(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.argument(request, 0);
    let loop_ = sys.loop_id(event_loop);
    let kind = match sys.vm.as_str(sys.argument(request, 1)).unwrap_or_default() {
        "start" => Kind::LoopStart { loop_ },
        "stop" => Kind::LoopStop { loop_ },
        "stopped" => Kind::LoopStopped { loop_ },
        _ => Kind::LoopClose { loop_ },
    };
    sys.log(kind);
    if let (Kind::LoopStopped { .. }, Some(event_loop)) = (kind, event_loop.id()) {
        queue::leave_children(sys, event_loop);
    }
    Ok(Value::None)
}
