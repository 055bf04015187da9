//! The native part of asyncio's event loop (`Lib/asyncio/base_events.py`: BaseEventLoop.call_soon, call_at, _run_once):
//! ready queue, timer heap, the batch of the running iteration. The rest of the class is library Python.

use super::event::{Kind, Seconds};
use super::handle::{self, Calls};
use super::label::label;
use super::request::{Number, constructor, method};
use super::system::System;
use super::thread::{Waiting, Wake};
use super::{context, task};
use crate::vm::builtins::Member;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome, Trap};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// Cancelled timers are swept out when there are more timers than this …
const MIN_SCHEDULED: usize = 100;
/// … and more than half of them are cancelled.
const MAX_CANCELLED_SHARE: f64 = 0.5;

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
    /// … and how many of it were taken.
    Taken,
    /// Was `stop()` called?
    Stopping,
    /// Was `close()` called?
    Closed,
    /// Debug mode?
    Debug,
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
    /// The handle that was taken last: an iteration holds it until it takes the next one, or ends.
    Last,
    /// A list of the handles that the selector found ready (the self-pipe's reader).
    Found,
    /// Number of fields.
    End,
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
    method("_run_batch", "self, /", Number::LoopRunBatch),
    method("_found", "self, handle, /", Number::LoopFound),
    method("_write_to_self", "self, /", Number::LoopPoke),
    Member::method("_end_batch", "self, /", end_batch),
    Member::method("_clear", "self, /", clear),
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
        Ok(read(vm, args, Field::Debug))
    }),
    Member::method("is_running", "self, /", |vm, args| {
        Ok((!read(vm, args, Field::Thread).is_none()).into())
    }),
    Member::method("_set", "self, name, value, /", set_named),
    Member::getter("_ready", |vm, args| Ok(read(vm, args, Field::Ready))),
    Member::getter("_scheduled", |vm, args| {
        Ok(read(vm, args, Field::Scheduled))
    }),
    Member::getter("_stopping", |vm, args| Ok(read(vm, args, Field::Stopping))),
    Member::getter("_closed", |vm, args| Ok(read(vm, args, Field::Closed))),
    Member::getter("_debug", |vm, args| Ok(read(vm, args, Field::Debug))),
    Member::getter("_thread_id", |vm, args| Ok(read(vm, args, Field::Thread))),
    Member::getter("_current_handle", |vm, args| {
        Ok(read(vm, args, Field::Current))
    }),
];

fn get(vm: &Vm, event_loop: Id, field: Field) -> Value {
    vm.heap.field(event_loop, field as usize)
}

fn set(vm: &mut Vm, event_loop: Id, field: Field, value: impl Into<Value>) {
    vm.heap.set_field(event_loop, field as usize, value.into());
}

fn read(vm: &Vm, args: &Args, field: Field) -> Value {
    args[0]
        .id()
        .map(|id| get(vm, id, field))
        .unwrap_or_default()
        .or_none()
}

fn is_set(vm: &Vm, event_loop: Id, field: Field) -> bool {
    matches!(get(vm, event_loop, field), Value::Bool(true))
}

fn int(vm: &Vm, event_loop: Id, field: Field) -> i64 {
    vm.as_i64(get(vm, event_loop, field)).unwrap_or(0)
}

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

/// The handles of a loop: what is left of the running batch, the ready queue, and the timers as the heap has them.
pub fn queues(vm: &Vm, event_loop: Id) -> [Vec<Id>; 3] {
    [Field::Batch, Field::Ready, Field::Scheduled].map(|field| {
        let handles = items(vm, list(vm, event_loop, field));
        handles.iter().filter_map(|handle| handle.id()).collect()
    })
}

/// Does the loop schedule callbacks by our native `call_soon`, not overridden?
///
/// In debug mode it is not, since callbacks are checked by Python code, which must not run amid a change.
pub fn is_ours(sys: &mut System, event_loop: Value) -> bool {
    let checks = |vm: &Vm, id| is_set(vm, id, Field::Debug);
    if number(sys.vm, event_loop) == 0 || event_loop.id().is_some_and(|id| checks(sys.vm, id)) {
        return false;
    }
    let class = sys.vm.class_of(event_loop);
    let found = sys.vm.lookup(class, names::CALL_SOON);
    matches!(
        found.and_then(|found| sys.vm.heap.content(found)),
        Some(Payload::Native(_))
    )
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
    for field in [Field::Thread, Field::Selecting, Field::Current, Field::Last] {
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
        "thread" => Field::Thread,
        "current" => Field::Current,
        _ => return Ok(Value::None),
    };
    if let Some(event_loop) = args[0].id() {
        set(vm, event_loop, field, args[2]);
    }
    Ok(Value::None)
}

/// `close()` empties both queues.
fn clear(vm: &mut Vm, args: &Args) -> Outcome {
    for field in [Field::Ready, Field::Scheduled, Field::Batch] {
        let empty = vm.list(Vec::new());
        if let Some(event_loop) = args[0].id() {
            set(vm, event_loop, field, empty);
            set(vm, event_loop, Field::Taken, 0);
        }
    }
    Ok(Value::None)
}

fn add_callback(vm: &mut Vm, args: &Args) -> Outcome {
    if let (Some(event_loop), Some(handle)) = (args[0].id(), args[1].id())
        && !handle::is_cancelled(vm, handle)
    {
        let ready = list(vm, event_loop, Field::Ready);
        vm.heap.list_push(ready, handle.into());
    }
    Ok(Value::None)
}

fn timer_handle_cancelled(vm: &mut Vm, args: &Args) -> Outcome {
    if args[1]
        .id()
        .is_some_and(|handle| handle::is_scheduled(vm, handle))
    {
        timer_cancelled(vm, args[0]);
    }
    Ok(Value::None)
}

/// Counts a cancelled handle on the timer heap.
pub fn timer_cancelled(vm: &mut Vm, event_loop: Value) {
    if let Some(id) = event_loop.id() {
        let count = int(vm, id, Field::Cancelled);
        set(vm, id, Field::Cancelled, count + 1);
    }
}

fn check_closed(sys: &mut System, event_loop: Value) -> Outcome<()> {
    match event_loop.id() {
        Some(id) if is_set(sys.vm, id, Field::Closed) => {
            sys.vm.raise(class::RUNTIME_ERROR, "Event loop is closed")
        }
        _ => Ok(()),
    }
}

/// In debug mode: the right thread, and something that can be called.
fn check_debug(
    sys: &mut System,
    event_loop: Value,
    callback: Value,
    method: &str,
    any_thread: bool,
) -> Outcome<()> {
    let Some(id) = event_loop
        .id()
        .filter(|&id| is_set(sys.vm, id, Field::Debug))
    else {
        return Ok(());
    };
    let owner = get(sys.vm, id, Field::Thread);
    if !any_thread && !owner.is_none() && sys.vm.as_i64(owner) != Some(sys.ident()) {
        let message =
            "Non-thread-safe operation invoked on an event loop other than the current one";
        return sys.vm.raise(class::RUNTIME_ERROR, message);
    }
    let method = sys.vm.str(method);
    sys.call_method(event_loop, "_check_callback", &[callback, method], &[])?;
    Ok(())
}

/// `loop.call_soon(callback, *arguments, context=context)` of any loop.
pub fn call_soon(
    sys: &mut System,
    event_loop: Value,
    callback: Value,
    arguments: &[Value],
    given: Value,
) -> Outcome<()> {
    if is_ours(sys, event_loop) {
        return put_ready(
            sys,
            event_loop,
            (Calls::Callable, callback),
            arguments,
            given,
        )
        .map(drop);
    }
    let mut all = vec![callback];
    all.extend_from_slice(arguments);
    let name = sys.vm.intern("context");
    sys.call_method(event_loop, "call_soon", &all, &[(name, given.or_none())])
        .map(drop)
}

/// Schedules a step of a task.
pub fn call_soon_step(
    sys: &mut System,
    event_loop: Value,
    task: Id,
    thrown: Value,
    given: Value,
) -> Outcome<()> {
    let arguments: &[Value] = if thrown.is_none() { &[] } else { &[thrown] };
    if is_ours(sys, event_loop) {
        return put_ready(
            sys,
            event_loop,
            (Calls::Step, task.into()),
            arguments,
            given,
        )
        .map(drop);
    }
    let name = sys.vm.intern("__step");
    let step = sys.vm.get_attr(task.into(), name)?;
    call_soon(sys, event_loop, step, arguments, given)
}

fn put_ready(
    sys: &mut System,
    event_loop: Value,
    (calls, callback): (Calls, Value),
    arguments: &[Value],
    given: Value,
) -> Outcome<Id> {
    check_closed(sys, event_loop)?;
    if calls == Calls::Callable {
        check_debug(sys, event_loop, callback, "call_soon", false)?;
    }
    let class = sys.kernel.classes.handle;
    let handle = prepare(sys, event_loop, class, (calls, callback), arguments, given)?;
    let (id, text) = (sys.handle_id(handle), label_of(sys, handle)?);
    let loop_ = sys.loop_id(event_loop);
    if let Some(event_loop) = event_loop.id() {
        let ready = list(sys.vm, event_loop, Field::Ready);
        sys.vm.heap.list_push(ready, handle.into());
    }
    sys.log(Kind::CallSoon {
        handle: id,
        callback: text,
        loop_,
    });
    Ok(handle)
}

/// A new handle, with everything asked that has to be asked.
fn prepare(
    sys: &mut System,
    event_loop: Value,
    class: Id,
    (calls, callback): (Calls, Value),
    arguments: &[Value],
    given: Value,
) -> Outcome<Id> {
    let traceback = handle::source_traceback(sys, event_loop)?;
    let text = match calls {
        Calls::Step => task::step_label(sys, callback.id().unwrap_or(Id::NONE)),
        Calls::Callable => label(sys, callback)?,
    };
    let context = if given.or_none().is_none() {
        context::copy_current(sys)
    } else {
        given
    };
    let arguments = match arguments {
        [] => Value::Unbound,
        given => sys.vm.tuple(given),
    };
    let handle = handle::make(
        sys,
        class,
        calls,
        [callback, arguments, event_loop, context],
    );
    handle::set(sys.vm, handle, handle::Field::SourceTraceback, traceback);
    handle::set(sys.vm, handle, handle::Field::Label, i64::from(text.0));
    Ok(handle)
}

/// The label of a handle's callback.
fn label_of(sys: &mut System, handle: Id) -> Outcome<super::event::Text> {
    match sys
        .vm
        .as_i64(handle::get(sys.vm, handle, handle::Field::Label))
    {
        Some(number) => Ok(super::event::Text(number as u32)),
        None => {
            let callback = handle::get(sys.vm, handle, handle::Field::Callback);
            label(sys, callback)
        }
    }
}

/// `loop.call_soon(callback, *args, context=None)`
pub fn call_soon_method(sys: &mut System, request: &Request) -> Outcome {
    let (event_loop, callback) = (sys.argument(request, 0), sys.argument(request, 1));
    let given = sys.argument(request, 2);
    put_ready(
        sys,
        event_loop,
        (Calls::Callable, callback),
        &request.rest,
        given,
    )
    .map(Value::from)
}

/// `loop.call_soon_threadsafe(callback, *args, context=None)`
pub fn call_soon_threadsafe(sys: &mut System, request: &Request) -> Outcome {
    let (event_loop, callback) = (sys.argument(request, 0), sys.argument(request, 1));
    check_closed(sys, event_loop)?;
    check_debug(sys, event_loop, callback, "call_soon_threadsafe", true)?;
    let (class, given) = (
        sys.kernel.classes.thread_safe_handle,
        sys.argument(request, 2),
    );
    let handle = prepare(
        sys,
        event_loop,
        class,
        (Calls::Callable, callback),
        &request.rest,
        given,
    )?;
    if let Some(event_loop) = event_loop.id() {
        let ready = list(sys.vm, event_loop, Field::Ready);
        sys.vm.heap.list_push(ready, handle.into());
        poke(sys, event_loop);
    }
    let (id, text, loop_) = (
        sys.handle_id(handle),
        label_of(sys, handle)?,
        sys.loop_id(event_loop),
    );
    sys.log(Kind::CallSoonThreadsafe {
        handle: id,
        callback: text,
        loop_,
    });
    Ok(handle.into())
}

/// `loop.call_at(when, callback, *args, context=None)`
pub fn call_at(sys: &mut System, request: &Request) -> Outcome {
    let when = sys.argument(request, 1);
    if when.is_none() {
        return sys.vm.type_error("when cannot be None");
    }
    let seconds = sys.seconds(when)?;
    put_timer(sys, request, when, seconds)
}

/// `loop.call_later(delay, callback, *args, context=None)`
pub fn call_later(sys: &mut System, request: &Request) -> Outcome {
    let delay = sys.argument(request, 1);
    if delay.is_none() {
        return sys.vm.type_error("delay must not be None");
    }
    let event_loop = sys.argument(request, 0);
    if task::is_native(sys, event_loop, names::TIME)
        && task::is_native(sys, event_loop, names::CALL_AT)
    {
        let when = sys.now().seconds() + sys.seconds(delay)?;
        return put_timer(sys, request, Value::Float(when), when);
    }
    let now = sys.call_method(event_loop, "time", &[], &[])?;
    let when = Value::Float(sys.seconds(now)? + sys.seconds(delay)?);
    let mut arguments = vec![when, sys.argument(request, 2)];
    arguments.extend_from_slice(&request.rest);
    let (name, given) = (sys.vm.intern("context"), sys.argument(request, 3).or_none());
    sys.call_method(event_loop, "call_at", &arguments, &[(name, given)])
}

fn put_timer(sys: &mut System, request: &Request, when: Value, seconds: f64) -> Outcome {
    let (event_loop, callback) = (sys.argument(request, 0), sys.argument(request, 2));
    check_closed(sys, event_loop)?;
    check_debug(sys, event_loop, callback, "call_at", false)?;
    let (class, given) = (sys.kernel.classes.timer_handle, sys.argument(request, 3));
    let handle = prepare(
        sys,
        event_loop,
        class,
        (Calls::Callable, callback),
        &request.rest,
        given,
    )?;
    handle::set_due(sys, handle, when, seconds);
    handle::set(sys.vm, handle, handle::Field::Scheduled, true);
    if let Some(event_loop) = event_loop.id() {
        let heap = list(sys.vm, event_loop, Field::Scheduled);
        push_timer(sys.vm, heap, handle.into());
    }
    let (id, text, loop_) = (
        sys.handle_id(handle),
        label_of(sys, handle)?,
        sys.loop_id(event_loop),
    );
    sys.log(Kind::CallAt {
        handle: id,
        callback: text,
        when: Seconds(seconds),
        loop_,
    });
    Ok(handle.into())
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
    let loop_ = sys.loop_id(sys.argument(request, 0));
    let kind = match sys.vm.as_str(sys.argument(request, 1)).unwrap_or_default() {
        "start" => Kind::LoopStart { loop_ },
        "stop" => Kind::LoopStop { loop_ },
        "stopped" => Kind::LoopStopped { loop_ },
        _ => Kind::LoopClose { loop_ },
    };
    sys.log(kind);
    Ok(Value::None)
}

/// `_write_to_self()`: wakes the loop's selector from any thread.
pub fn poke_method(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    poke(sys, event_loop);
    Ok(Value::None)
}

fn poke(sys: &mut System, event_loop: Id) {
    set(sys.vm, event_loop, Field::Poked, true);
    if let Some(thread) = sys.vm.as_i64(get(sys.vm, event_loop, Field::Selecting)) {
        sys.wake((thread - 1) as usize, Wake::Woken);
    }
}

/// `_found(handle)`: the selector found something to read; its handle is ready in the next iteration.
pub fn found_method(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    let found = list(sys.vm, event_loop, Field::Found);
    sys.vm.heap.list_push(found, sys.argument(request, 1));
    poke(sys, event_loop);
    Ok(Value::None)
}

/// The first half of `_run_once`: sweeps cancelled timers, waits in the selector, moves due timers to the ready queue
/// and makes what is ready then the batch of this iteration.
pub fn select(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    match sys.resumption() {
        None => {
            drop_cancelled(sys.vm, event_loop);
            wait(sys, event_loop)?;
        }
        Some((Waiting::Select, _)) => {
            set(sys.vm, event_loop, Field::Selecting, Value::None);
            set(sys.vm, event_loop, Field::Poked, false);
        }
        Some(_) => {}
    }
    begin_batch(sys, event_loop, None);
    Ok(Value::None)
}

/// The same for a loop with a clock of its own: the timers due before a time are moved. Its selector has been asked.
pub fn begin_own_batch(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    let end = sys.argument(request, 1);
    let end = sys.seconds(end)?;
    begin_batch(sys, event_loop, Some(end));
    Ok(Value::None)
}

fn drop_cancelled_method(vm: &mut Vm, args: &Args) -> Outcome {
    if let Some(event_loop) = args[0].id() {
        drop_cancelled(vm, event_loop);
    }
    Ok(Value::None)
}

/// `_run_once`'s care for cancelled timers: all are swept out when they are many, otherwise those at the top.
fn drop_cancelled(vm: &mut Vm, event_loop: Id) {
    let heap = list(vm, event_loop, Field::Scheduled);
    let (count, cancelled) = (items(vm, heap).len(), int(vm, event_loop, Field::Cancelled));
    if count > MIN_SCHEDULED && cancelled as f64 / count as f64 > MAX_CANCELLED_SHARE {
        let all = items(vm, heap).to_vec();
        let (gone, mut kept): (Vec<Value>, Vec<Value>) = all
            .into_iter()
            .partition(|handle| handle.id().is_some_and(|id| handle::is_cancelled(vm, id)));
        kept.sort_by_key(|&handle| handle::order(vm, handle));
        gone.into_iter()
            .filter_map(Value::id)
            .for_each(|id| handle::set(vm, id, handle::Field::Scheduled, false));
        vm.heap.list_splice(heap, 0..count, &kept);
        set(vm, event_loop, Field::Cancelled, 0);
        return;
    }
    while let Some(first) = items(vm, heap).first().copied().and_then(Value::id)
        && handle::is_cancelled(vm, first)
    {
        let cancelled = int(vm, event_loop, Field::Cancelled);
        set(vm, event_loop, Field::Cancelled, cancelled - 1);
        pop_timer(vm, heap);
    }
}

/// The selector: goes on at once when something is ready, otherwise blocks until the next timer or a poke.
fn wait(sys: &mut System, event_loop: Id) -> Outcome<()> {
    let heap = list(sys.vm, event_loop, Field::Scheduled);
    let first = items(sys.vm, heap)
        .first()
        .copied()
        .and_then(Value::id)
        .map(|handle| handle::instant(sys.vm, handle));
    let ready = items(sys.vm, list(sys.vm, event_loop, Field::Ready)).len();
    let busy = ready > 0
        || is_set(sys.vm, event_loop, Field::Stopping)
        || is_set(sys.vm, event_loop, Field::Poked)
        || first.is_some_and(|at| at <= sys.now());
    if busy {
        set(sys.vm, event_loop, Field::Poked, false);
        return sys.pause();
    }
    let me = sys.ident();
    set(sys.vm, event_loop, Field::Selecting, me);
    let loop_ = sys.loop_id(event_loop.into());
    sys.log(Kind::LoopIdle {
        loop_,
        until: first.map(|at| Seconds(at.seconds())),
    });
    sys.block(Waiting::Select, first, "event loop (select)")
}

/// Begins an iteration with what is due now, or before a time of the loop's own clock.
fn begin_batch(sys: &mut System, event_loop: Id, end: Option<f64>) {
    let (ready, heap) = (
        list(sys.vm, event_loop, Field::Ready),
        list(sys.vm, event_loop, Field::Scheduled),
    );
    let found_list = list(sys.vm, event_loop, Field::Found);
    let found = items(sys.vm, found_list).to_vec();
    let at = items(sys.vm, ready).len();
    sys.vm.heap.list_splice(ready, at..at, &found);
    sys.vm.heap.list_splice(found_list, 0..found.len(), &[]);
    let now = sys.now();
    while let Some(first) = items(sys.vm, heap).first().copied().and_then(Value::id)
        && end.map_or_else(
            || handle::instant(sys.vm, first) <= now,
            |end| handle::when(sys.vm, first) < end,
        )
    {
        let timer = pop_timer(sys.vm, heap);
        sys.vm.heap.list_push(ready, timer);
    }
    let (due, timers) = (items(sys.vm, ready).len(), items(sys.vm, heap).len());
    let loop_ = sys.loop_id(event_loop.into());
    sys.log(Kind::LoopIteration {
        loop_,
        ready: due as u32,
        timers: timers as u32,
    });
    let empty = sys.vm.list(Vec::new());
    set(sys.vm, event_loop, Field::Batch, ready);
    set(sys.vm, event_loop, Field::Taken, 0);
    set(sys.vm, event_loop, Field::Ready, empty);
}

/// The iteration was left by an exception: what it has not run goes back to the front of the ready queue.
fn end_batch(vm: &mut Vm, args: &Args) -> Outcome {
    let Some(event_loop) = args[0].id() else {
        return Ok(Value::None);
    };
    let (batch, ready) = (
        list(vm, event_loop, Field::Batch),
        list(vm, event_loop, Field::Ready),
    );
    let taken = int(vm, event_loop, Field::Taken) as usize;
    let rest = items(vm, batch).get(taken..).unwrap_or_default().to_vec();
    vm.heap.list_splice(ready, 0..0, &rest);
    let empty = vm.list(Vec::new());
    set(vm, event_loop, Field::Batch, empty);
    set(vm, event_loop, Field::Taken, 0);
    set(vm, event_loop, Field::Last, Value::None);
    Ok(Value::None)
}

/// The next handle of the batch that is not cancelled, or `None`.
fn take_next(vm: &mut Vm, event_loop: Id) -> Value {
    let batch = list(vm, event_loop, Field::Batch);
    loop {
        let taken = int(vm, event_loop, Field::Taken);
        let Some(&next) = items(vm, batch).get(taken as usize) else {
            set(vm, event_loop, Field::Last, Value::None);
            return Value::None;
        };
        set(vm, event_loop, Field::Last, next);
        set(vm, event_loop, Field::Taken, taken + 1);
        vm.heap.list_set(batch, taken as usize, Value::None);
        if next
            .id()
            .is_some_and(|handle| !handle::is_cancelled(vm, handle))
        {
            return next;
        }
    }
}

/// The second half of `_run_once`: runs one handle of the batch after the other.
pub fn run_batch(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    while run_one(sys, event_loop)? {
        if !sys.next_part() {
            return sys.again();
        }
    }
    Ok(Value::None)
}

/// The same for one handle at a time: runs the next one; false when the batch is done.
pub fn run_next(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.receiver(request);
    run_one(sys, event_loop).map(Value::Bool)
}

fn run_one(sys: &mut System, event_loop: Id) -> Outcome<bool> {
    let first = !sys.vm.in_dialogue();
    let next = sys.vm.once(|vm| Ok(take_next(vm, event_loop)))?;
    let Some(handle) = next.id() else {
        return Ok(false);
    };
    let context = handle::get(sys.vm, handle, handle::Field::Context);
    let (callback, label) = (
        handle::get(sys.vm, handle, handle::Field::Callback),
        label_of(sys, handle)?,
    );
    let (id, loop_) = (sys.handle_id(handle), sys.loop_id(event_loop.into()));
    if first {
        sys.log(Kind::Run {
            handle: id,
            callback: label,
            loop_,
        });
        if is_set(sys.vm, event_loop, Field::Debug) {
            set(sys.vm, event_loop, Field::Current, handle);
        }
        context::enter(sys, context)?;
    }
    let result = match invoke(sys, handle, callback) {
        Ok(result) => result,
        Err(Trap::Raise(exception)) => Err(exception),
        Err(trap) => return Err(trap),
    };
    context::leave(sys, context);
    if let Err(exception) = result {
        report(sys, handle, exception)?;
    }
    sys.log(Kind::RunEnd { handle: id, loop_ });
    Ok(true)
}

/// Calls the callback of a handle. Steps and wake-ups of tasks need no Python frame between the loop and the coroutine.
fn invoke(sys: &mut System, handle: Id, callback: Value) -> Outcome<Result<Value, Value>> {
    let arguments = handle::get(sys.vm, handle, handle::Field::Arguments);
    let argument = sys.vm.items(arguments).and_then(|items| items.first());
    let argument = argument.copied().unwrap_or(Value::None);
    if handle::calls(sys.vm, handle) == Calls::Step {
        return task::step(sys, callback.id().unwrap_or(Id::NONE), argument).map(Ok);
    }
    let wakes = match sys.vm.heap.content(callback) {
        Some(Payload::BoundMethod(parts)) if parts[0].is(sys.kernel.classes.wakeup) => {
            parts[1].id()
        }
        _ => None,
    };
    match wakes {
        Some(task) => task::wakeup(sys, task, argument).map(Ok),
        None => {
            let arguments = sys.vm.items(arguments).unwrap_or_default().to_vec();
            sys.vm.try_call(callback, &arguments)
        }
    }
}

/// `Handle._run`'s care for exceptions: the two that end programs pass, others go to the exception handler.
fn report(sys: &mut System, handle: Id, exception: Value) -> Outcome<()> {
    if [class::SYSTEM_EXIT, class::KEYBOARD_INTERRUPT]
        .iter()
        .any(|&class| sys.vm.is_instance(exception, class))
    {
        return Err(Trap::Raise(exception));
    }
    let failed = sys.library("_asyncio", "callback_failed")?;
    sys.vm.call(failed, &[handle.into(), exception])?;
    Ok(())
}

/// Puts a timer handle on the heap, a list in the order of a binary heap.
fn push_timer(vm: &mut Vm, heap: Id, handle: Value) {
    vm.heap.list_push(heap, handle);
    let mut at = items(vm, heap).len() - 1;
    while at > 0 {
        let parent = (at - 1) / 2;
        if order_at(vm, heap, parent) <= order_at(vm, heap, at) {
            return;
        }
        swap(vm, heap, at, parent);
        at = parent;
    }
}

/// Takes the earliest timer handle off the heap.
fn pop_timer(vm: &mut Vm, heap: Id) -> Value {
    let last = items(vm, heap).len().saturating_sub(1);
    swap(vm, heap, 0, last);
    let first = items(vm, heap).last().copied().unwrap_or_default();
    vm.heap.list_splice(heap, last..last + 1, &[]);
    let mut at = 0;
    loop {
        let children = [2 * at + 1, 2 * at + 2]
            .into_iter()
            .filter(|&child| child < last);
        let Some(child) = children.min_by_key(|&child| order_at(vm, heap, child)) else {
            break;
        };
        if order_at(vm, heap, at) <= order_at(vm, heap, child) {
            break;
        }
        swap(vm, heap, at, child);
        at = child;
    }
    if let Some(handle) = first.id() {
        handle::set(vm, handle, handle::Field::Scheduled, false);
    }
    first
}

fn order_at(vm: &Vm, heap: Id, at: usize) -> (i64, i64, i64) {
    items(vm, heap)
        .get(at)
        .map_or_else(Default::default, |&handle| handle::order(vm, handle))
}

fn swap(vm: &mut Vm, heap: Id, a: usize, b: usize) {
    if let Some(items) = vm.heap.list_mut(heap) {
        items.swap(a, b);
    }
}
