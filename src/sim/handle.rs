//! `asyncio.events.Handle` and `TimerHandle`: a callback on its way to the loop (`Lib/asyncio/events.py`).

use super::clock::nanoseconds;
use super::context::own;
use super::event::{Instant, Kind};
use super::event_loop;
use super::record::{self, fields, int, int_of, is_set, read};
pub use super::record::{get, set};
use super::request::{Number, constructor, method};
use super::system::System;
use crate::vm::builtins::Member;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::native::{Args, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// Fields of a handle; what it refers to goes in this order, that of CPython's slots.
#[derive(Clone, Copy)]
pub enum Field {
    /// Its arguments, a tuple, or unbound when there are none; `None` when it is cancelled.
    Arguments,
    /// What is called; `None` when it is cancelled.
    Callback,
    /// Is it cancelled?
    Cancelled,
    /// The context in which it is called.
    Context,
    /// The loop.
    Loop,
    /// In debug mode: its repr, kept when it is cancelled.
    Repr,
    /// In debug mode: where it was made.
    SourceTraceback,
    /// Its number in events; 0 before it is mentioned.
    Number,
    /// The label of its callback, as the number of a text; unbound before it is known.
    Label,
    /// [`Calls`] as an int.
    Calls,
    /// The fields of a timer handle follow: `when` in seconds.
    When,
    /// The instant at which it is due: nanoseconds …
    Nanoseconds,
    /// … and hop.
    Hop,
    /// Its creation number among timers.
    Order,
    /// Is it on the heap of its loop?
    Scheduled,
    /// Number of fields.
    End,
}

impl record::Field for Field {
    fn position(self) -> usize {
        self as usize
    }
}

/// What kind of callback it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calls {
    /// Anything callable.
    Callable,
    /// The step of the task that stands for the callback.
    Step,
}

/// Number of fields of a handle and of a timer handle.
pub const FIELDS: [u8; 2] = [Field::When as u8, Field::End as u8];

/// `asyncio.events.Handle`
pub static HANDLE: &[Member] = &[
    constructor("cls, *args, **kwargs", Number::HandleNew),
    method(
        "__init__",
        "self, callback, args, loop, context=None",
        Number::HandleInit,
    ),
    method("cancel", "self, /", Number::HandleCancel),
    Member::method("cancelled", "self, /", cancelled),
    method("get_context", "self, /", Number::HandleGetContext),
    Member::getter("_callback", callback),
    Member::getter("_args", arguments),
    Member::getter("_loop", |vm, args| Ok(read(vm, args, Field::Loop))),
    Member::getter("_context", |vm, args| {
        Ok(args[0].id().map_or(Value::None, |id| own::made(vm, id)))
    }),
    Member::getter("_cancelled", cancelled),
    Member::getter("_source_traceback", |vm, args| {
        Ok(read(vm, args, Field::SourceTraceback))
    }),
    Member::getter("_kept_repr", |vm, args| Ok(read(vm, args, Field::Repr))),
];

/// What `TimerHandle` adds.
pub static TIMER: &[Member] = &[
    method(
        "__init__",
        "self, when, callback, args, loop, context=None",
        Number::TimerInit,
    ),
    Member::method("when", "self, /", |vm, args| {
        Ok(read(vm, args, Field::When))
    }),
    Member::getter("_when", |vm, args| Ok(read(vm, args, Field::When))),
    Member::getter("_scheduled", |vm, args| {
        Ok(read(vm, args, Field::Scheduled))
    }),
];

/// Its number in events; 0 before it is mentioned.
pub fn number(vm: &Vm, handle: Id) -> u32 {
    int(vm, handle, Field::Number) as u32
}

/// Sets its number in events.
pub fn set_number(vm: &mut Vm, handle: Id, number: u32) {
    set(vm, handle, Field::Number, i64::from(number));
}

/// Are these the fields of a handle?
pub fn is_handle(vm: &Vm, object: Id) -> bool {
    let fields = fields(vm, object);
    FIELDS
        .iter()
        .any(|&length| fields.len() == usize::from(length))
        && matches!(fields[Field::Cancelled as usize], Value::Bool(_))
        && matches!(fields[Field::Calls as usize], Value::Int(_))
}

/// Is it cancelled?
pub fn is_cancelled(vm: &Vm, handle: Id) -> bool {
    is_set(vm, handle, Field::Cancelled)
}

/// Is it a timer handle on the heap of its loop?
pub fn is_scheduled(vm: &Vm, handle: Id) -> bool {
    is_set(vm, handle, Field::Scheduled)
}

/// What kind of callback it is.
pub fn calls(vm: &Vm, handle: Id) -> Calls {
    if int(vm, handle, Field::Calls) == Calls::Step as i64 {
        Calls::Step
    } else {
        Calls::Callable
    }
}

/// When a timer handle is due.
pub fn instant(vm: &Vm, handle: Id) -> Instant {
    Instant {
        ns: int(vm, handle, Field::Nanoseconds).max(0) as u64,
        hop: int(vm, handle, Field::Hop) as u32,
    }
}

/// When a timer handle is due, as its loop's clock counts.
pub fn when(vm: &Vm, handle: Id) -> f64 {
    let when = get(vm, handle, Field::When);
    vm.as_float(when)
        .or_else(|| vm.as_i64(when).map(|seconds| seconds as f64))
        .unwrap_or(0.0)
}

/// What timer handles are ordered by: the instant, which may be before the start of the run, then creation.
pub fn order(vm: &Vm, handle: Value) -> (i64, i64, i64) {
    let fields = handle.id().map_or(&[][..], |handle| fields(vm, handle));
    (
        int_of(fields, Field::Nanoseconds),
        int_of(fields, Field::Hop),
        int_of(fields, Field::Order),
    )
}

fn cancelled(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(args[0].id().is_some_and(|id| is_cancelled(vm, id)).into())
}

fn arguments(vm: &mut Vm, args: &Args) -> Outcome {
    let given = args[0].id().map(|id| get(vm, id, Field::Arguments));
    match given.unwrap_or_default() {
        Value::Unbound => Ok(vm.tuple([])),
        given => Ok(given),
    }
}

/// The callback as programs see it: a bound method even for a task's step.
fn callback(vm: &mut Vm, args: &Args) -> Outcome {
    let callback = read(vm, args, Field::Callback);
    if args[0].id().is_some_and(|id| calls(vm, id) == Calls::Step) && !callback.is_none() {
        let name = vm.intern("__step");
        return vm.get_attr(callback, name);
    }
    Ok(callback)
}

/// A handle with these parts; numbers and timer fields are set later.
pub fn make(sys: &mut System, class: Id, calls: Calls, parts: [Value; 4]) -> Id {
    let [callback, arguments, event_loop, context] = parts;
    let is_timer = sys.vm.is_subclass(class, sys.kernel.classes.timer_handle);
    let mut fields = [Value::Unbound; Field::End as usize];
    fields[Field::Callback as usize] = callback;
    fields[Field::Arguments as usize] = arguments;
    fields[Field::Loop as usize] = event_loop;
    fields[Field::Context as usize] = context;
    fields[Field::Cancelled as usize] = Value::Bool(false);
    fields[Field::Number as usize] = Value::Int(0);
    fields[Field::Calls as usize] = Value::Int(calls as i64);
    let used = &fields[..FIELDS[usize::from(is_timer)] as usize];
    sys.vm.heap.alloc(class, Payload::Record(used.into()))
}

/// `Handle.__new__`
pub fn new(sys: &mut System, request: &Request) -> Outcome {
    let class = sys.argument(request, 0).id().unwrap_or(Id::NONE);
    Ok(make(sys, class, Calls::Callable, [Value::None; 4]).into())
}

/// `Handle.__init__(callback, args, loop, context=None)`
pub fn init(sys: &mut System, request: &Request) -> Outcome {
    let handle = sys.receiver(request);
    let arguments: Vec<Value> = (1..5).map(|n| sys.argument(request, n)).collect();
    initialize(sys, handle, &arguments)?;
    Ok(Value::None)
}

fn initialize(sys: &mut System, handle: Id, arguments: &[Value]) -> Outcome<()> {
    let [callback, args, event_loop, given] = *arguments else {
        return Ok(());
    };
    let traceback = source_traceback(sys, event_loop, 0)?;
    let context = own::given_or_copy(sys, given);
    let parts = [
        (Field::Callback, callback),
        (Field::Arguments, args),
        (Field::Loop, event_loop),
        (Field::Context, context),
        (Field::SourceTraceback, traceback),
    ];
    record::set_all(sys.vm, handle, parts);
    Ok(())
}

/// In debug mode the stack that is kept with a handle, otherwise `None`. Its length is bounded, and calls that CPython
/// leaves out at its end count.
pub fn source_traceback(sys: &mut System, event_loop: Value, left_out: i64) -> Outcome {
    if !event_loop::debug(sys, event_loop)? {
        return Ok(Value::None);
    }
    let extract = sys.library("_asyncio", "handle_stack")?;
    sys.vm.call(extract, &[Value::Int(left_out)])
}

/// `Handle.get_context()`
pub fn get_context(sys: &mut System, request: &Request) -> Outcome {
    let handle = sys.receiver(request);
    Ok(own::of(sys, handle))
}

/// `TimerHandle.__init__(when, callback, args, loop, context=None)`
pub fn timer_init(sys: &mut System, request: &Request) -> Outcome {
    let (handle, when) = (sys.receiver(request), sys.argument(request, 1));
    let seconds = sys.seconds(when)?;
    let arguments: Vec<Value> = (2..6).map(|n| sys.argument(request, n)).collect();
    initialize(sys, handle, &arguments)?;
    set_due(sys, handle, when, seconds);
    Ok(Value::None)
}

/// Fixes when a timer handle is due: one hop later than now, unless that is now.
pub fn set_due(sys: &mut System, handle: Id, when: Value, seconds: f64) {
    let now = sys.now();
    let magnitude = i64::try_from(nanoseconds(seconds.abs())).unwrap_or(i64::MAX);
    let ns = if seconds < 0.0 { -magnitude } else { magnitude };
    let hop = now.hop + u32::from(ns > now.ns as i64);
    sys.kernel.timers += 1;
    let order = sys.kernel.timers as i64;
    let due = [
        (Field::When, when),
        (Field::Nanoseconds, Value::Int(ns)),
        (Field::Hop, Value::Int(hop.into())),
        (Field::Order, Value::Int(order)),
        (Field::Scheduled, Value::Bool(false)),
    ];
    record::set_all(sys.vm, handle, due);
}

/// `Handle.cancel()`, `TimerHandle.cancel()`
pub fn cancel(sys: &mut System, request: &Request) -> Outcome {
    let handle = sys.receiver(request);
    if !sys.vm.in_dialogue() && is_cancelled(sys.vm, handle) {
        return Ok(Value::None);
    }
    if sys.first()? {
        let id = sys.handle_id(handle);
        set(sys.vm, handle, Field::Cancelled, true);
        sys.log(Kind::HandleCancel { handle: id });
    }
    let event_loop = get(sys.vm, handle, Field::Loop);
    let is_timer = sys
        .vm
        .is_instance(handle.into(), sys.kernel.classes.timer_handle);
    if event_loop::is_ours(sys, event_loop) {
        if is_scheduled(sys.vm, handle) {
            event_loop::timer_cancelled(sys.vm, event_loop);
        }
    } else if is_timer {
        sys.call_method(event_loop, "_timer_handle_cancelled", &[handle.into()], &[])?;
    }
    if event_loop::debug(sys, event_loop)? {
        // Messages about it shall still name its callback.
        let text = sys.vm.repr(handle.into())?;
        let text = sys.vm.str(text);
        set(sys.vm, handle, Field::Repr, text);
    }
    set(sys.vm, handle, Field::Callback, Value::None);
    set(sys.vm, handle, Field::Arguments, Value::None);
    Ok(Value::None)
}
