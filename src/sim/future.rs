//! `_asyncio.Future` (`Modules/_asynciomodule.c`; `Lib/asyncio/futures.py`: Future): its fields, its methods, and how its
//! callbacks are scheduled. A task is a future with more fields, see [`super::task`].

mod create;
mod finish;
mod wait;

pub use create::{create, create_of, join_waiters, joined, makes_plain_futures};
pub use finish::{
    End, add_callback, add_done_callback, add_gathering, add_labelled_callback, add_waiter,
    callback_slots, finish, known_callback_slots, only_callback, set_exception, set_result,
};
use finish::{flat_callbacks, remove_done_callback, waiting_task};
pub use wait::{ITERATOR, advance as advance_wait};

use super::event::{FutureId, Kind, TaskId};
use super::event_loop;
use super::plain::library_function;
use super::record::{self, read};
use super::request::{Number, constructor, function, method, plain};
use super::system::System;
use crate::vm::builtins::Member;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, Outcome, Trap};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

pub use super::record::{get, set};

/// Fields of a future.
#[derive(Clone, Copy)]
pub enum Field {
    /// Its loop; unbound before `__init__`.
    Loop,
    /// [`State`] as an int.
    State,
    /// The result; unbound before there is one.
    Result,
    /// The exception, or `None`.
    Exception,
    /// The traceback that the exception had when it was set.
    ExceptionTraceback,
    /// A list: callback, context, callback, context … A task in the place of a callback stands for its wake-up; one that
    /// is the only callback stands here alone, and so may the callback of a gathering. Unbound is the place of a first one
    /// that was removed while there were others.
    Callbacks,
    /// `_cancel_message`
    CancelMessage,
    /// The exception that ended a cancelled task, until somebody asks for it.
    CancelledError,
    /// `_asyncio_future_blocking`
    Blocking,
    /// Is there an exception that nobody has looked at?
    LogTraceback,
    /// The one who waits for it, a list of those who do, or `None`. Programs see a set, which would ask each for its hash.
    AwaitedBy,
    /// In debug mode: where it was made.
    SourceTraceback,
    /// Its creation number in its family, which is its hash.
    Number,
    /// Its number in events; 0 before it is mentioned.
    Traced,
    /// The fields of a task follow.
    End,
}

impl record::Field for Field {
    fn position(self) -> usize {
        self as usize
    }
}

/// Number of fields of a future.
pub const FIELDS: u8 = Field::End as u8;

/// Where a future stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not done.
    Pending,
    /// Cancelled.
    Cancelled,
    /// Has a result or an exception.
    Finished,
}

/// `_asyncio.Future`, also inherited by `Task`.
pub static MEMBERS: &[Member] = &[
    constructor("cls, *args, **kwargs", Number::FutureNew),
    method("__init__", "self, *, loop=None", Number::FutureInit),
    Member::slot("__hash__", "self, /", hash),
    Member::slot("__await__", "self, /", wait::begin),
    Member::slot("__iter__", "self, /", wait::begin),
    Member::method("result", "self, /", |vm, args| {
        result(vm, args[0].id().unwrap_or(Id::NONE))
    }),
    Member::method("exception", "self, /", exception),
    Member::method("done", "self, /", done),
    Member::method("cancelled", "self, /", cancelled),
    Member::method("get_loop", "self, /", get_loop),
    Member::method(
        "_make_cancelled_error",
        "self, /",
        make_cancelled_error_method,
    ),
    Member::method(
        "remove_done_callback",
        "self, fn, /, *",
        remove_done_callback,
    ),
    method("set_result", "self, result, /, *", Number::FutureSetResult),
    method(
        "set_exception",
        "self, exception, /, *",
        Number::FutureSetException,
    ),
    method("cancel", "self, msg=None", Number::Cancel),
    method(
        "add_done_callback",
        "self, fn, /, *, context=None",
        Number::FutureAddDoneCallback,
    ),
    Member::getter("_state", state_name),
    Member::getter("_loop", |vm, args| Ok(read(vm, args, Field::Loop))),
    Member::getter("_callbacks", callbacks_list),
    Member::getter("_result", |vm, args| {
        read_initialized(vm, args, Field::Result)
    }),
    Member::getter("_exception", |vm, args| {
        read_initialized(vm, args, Field::Exception)
    }),
    Member::getter("_source_traceback", |vm, args| {
        Ok(read(vm, args, Field::SourceTraceback))
    }),
    Member::getter("_asyncio_awaited_by", awaited_by),
];

/// Functions through which the library's part of the class reads and writes fields.
pub static FUNCTIONS: &[crate::vm::native::NativeDef] = &[
    function("join_waiters", "object, waiters, /", Number::JoinWaiters),
    plain("future_blocking", "future, /", |vm, args| {
        Ok(read(vm, args, Field::Blocking))
    }),
    plain("set_future_blocking", "future, value, /", |vm, args| {
        write(vm, args, Field::Blocking)
    }),
    plain("future_cancel_message", "future, /", |vm, args| {
        Ok(read(vm, args, Field::CancelMessage))
    }),
    plain(
        "set_future_cancel_message",
        "future, value, /",
        |vm, args| write(vm, args, Field::CancelMessage),
    ),
    plain("future_log_traceback", "future, /", |vm, args| {
        read_initialized(vm, args, Field::LogTraceback)
    }),
    plain("future_complains", "future, /", |vm, args| {
        Ok(read(vm, args, Field::LogTraceback))
    }),
    plain(
        "set_future_log_traceback",
        "future, value, /",
        |vm, args| write(vm, args, Field::LogTraceback),
    ),
    plain(
        "future_add_to_awaited_by",
        "future, waiter, /",
        add_to_awaited_by,
    ),
    plain(
        "future_discard_from_awaited_by",
        "future, waiter, /",
        discard_from_awaited_by,
    ),
];

fn write(vm: &mut Vm, args: &Args, field: Field) -> Outcome {
    if let Some(id) = args[0].id() {
        set(vm, id, field, args[1]);
    }
    Ok(Value::None)
}

fn int(vm: &Vm, future: Id, field: Field) -> u32 {
    u32::try_from(record::int(vm, future, field)).unwrap_or(0)
}

/// Where a future stands.
pub fn state(vm: &Vm, future: Id) -> State {
    as_state(get(vm, future, Field::State))
}

fn as_state(field: Value) -> State {
    match field {
        Value::Int(1) => State::Cancelled,
        Value::Int(2) => State::Finished,
        _ => State::Pending,
    }
}

/// Is it not done?
pub fn is_pending(vm: &Vm, future: Id) -> bool {
    state(vm, future) == State::Pending
}

/// Its number in events; 0 before it is mentioned.
pub fn trace_number(vm: &Vm, future: Id) -> u32 {
    int(vm, future, Field::Traced)
}

/// Its creation number.
pub fn creation_number(vm: &Vm, future: Id) -> u32 {
    int(vm, future, Field::Number)
}

/// The number of a task in events, which it gets when it is first mentioned.
pub fn task_id(sys: &mut System, task: Id) -> TaskId {
    let known = trace_number(sys.vm, task);
    if known > 0 {
        return TaskId(known);
    }
    sys.kernel.traced_tasks += 1;
    set(
        sys.vm,
        task,
        Field::Traced,
        i64::from(sys.kernel.traced_tasks),
    );
    TaskId(sys.kernel.traced_tasks)
}

/// The number of a future in events, which it gets when it is first mentioned.
pub fn future_id(sys: &mut System, future: Id) -> FutureId {
    let known = trace_number(sys.vm, future);
    if known > 0 {
        return FutureId(known);
    }
    sys.kernel.traced_futures += 1;
    set(
        sys.vm,
        future,
        Field::Traced,
        i64::from(sys.kernel.traced_futures),
    );
    FutureId(sys.kernel.traced_futures)
}

fn hash(vm: &mut Vm, args: &Args) -> Outcome {
    let number = args[0].id().map_or(0, |id| creation_number(vm, id));
    Ok(Value::Int(number.into()))
}

fn state_name(vm: &mut Vm, args: &Args) -> Outcome {
    let future = initialized(vm, args[0])?;
    Ok(vm.intern(state_word(vm, future)))
}

/// What is said of a future whose `__init__` was not run: a class derived from it may have forgotten that.
const NOT_INITIALIZED: &str = "Future object is not initialized.";

/// The future that this is, if its `__init__` was run (`Modules/_asynciomodule.c`: future_ensure_alive).
pub(super) fn initialized(vm: &mut Vm, future: Value) -> Outcome<Id> {
    let future = future.id().unwrap_or(Id::NONE);
    match get(vm, future, Field::Loop).is_unbound() {
        true => vm.raise(class::RUNTIME_ERROR, NOT_INITIALIZED),
        false => Ok(future),
    }
}

fn read_initialized(vm: &mut Vm, args: &Args, field: Field) -> Outcome {
    initialized(vm, args[0])?;
    Ok(read(vm, args, field))
}

/// Nothing can be asked of a future yet: it is not done, or was not even initialized.
fn not_done<T>(vm: &mut Vm, future: Id, message: &str) -> Outcome<T> {
    match get(vm, future, Field::Loop).is_unbound() {
        true => invalid_state(vm, NOT_INITIALIZED),
        false => invalid_state(vm, message),
    }
}

fn state_word(vm: &Vm, future: Id) -> &'static str {
    match state(vm, future) {
        State::Pending => "PENDING",
        State::Cancelled => "CANCELLED",
        State::Finished => "FINISHED",
    }
}

fn done(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(args[0].id().is_some_and(|id| !is_pending(vm, id)).into())
}

fn cancelled(vm: &mut Vm, args: &Args) -> Outcome {
    Ok(args[0]
        .id()
        .is_some_and(|id| state(vm, id) == State::Cancelled)
        .into())
}

fn get_loop(vm: &mut Vm, args: &Args) -> Outcome {
    read_initialized(vm, args, Field::Loop)
}

/// `_callbacks`: a list of pairs, or `None` when there are none.
fn callbacks_list(vm: &mut Vm, args: &Args) -> Outcome {
    let future = initialized(vm, args[0])?;
    let flat = flat_callbacks(vm, future);
    let mut pairs = Vec::with_capacity(flat.len() / 2);
    for pair in flat.chunks_exact(2) {
        let callback = match waiting_task(vm, pair[0]) {
            Some(task) => {
                let name = vm.intern("task_wakeup");
                vm.get_attr(task.into(), name)?
            }
            None => pair[0],
        };
        pairs.push(vm.tuple([callback, pair[1]]));
    }
    Ok(if pairs.is_empty() {
        Value::None
    } else {
        vm.list(pairs)
    })
}

fn awaited_by(vm: &mut Vm, args: &Args) -> Outcome {
    match read(vm, args, Field::AwaitedBy) {
        Value::None => Ok(Value::None),
        only if record(vm, only).is_some() => {
            let set = vm.object(class::FROZENSET, Payload::Set(Rc::default()));
            vm.add_to_set(set, only)?;
            Ok(set)
        }
        set => {
            let frozen: Value = class::FROZENSET.into();
            vm.call(frozen, &[set])
        }
    }
}

/// `future_add_to_awaited_by(future, waiter)`; both must be futures of ours to have an effect.
fn add_to_awaited_by(vm: &mut Vm, args: &Args) -> Outcome {
    if let (Some(future), Some(waiter)) = (record(vm, args[0]), record(vm, args[1])) {
        add_awaited_by(vm, future, waiter);
    }
    Ok(Value::None)
}

/// Notes that `waiter` waits for the future.
pub fn add_awaited_by(vm: &mut Vm, future: Id, waiter: Id) {
    let known = get(vm, future, Field::AwaitedBy);
    match known.id() {
        None => set(vm, future, Field::AwaitedBy, waiter),
        // A set from now on, even of one.
        Some(other) if record(vm, known).is_some() => {
            let mut all = vec![known];
            all.extend((other != waiter).then_some(Value::from(waiter)));
            let all = vm.list(all);
            set(vm, future, Field::AwaitedBy, all);
        }
        Some(others) => {
            if position(vm, others, waiter).is_none() {
                vm.heap.list_push(others, waiter.into());
            }
        }
    }
}

fn position(vm: &Vm, list: Id, item: Id) -> Option<usize> {
    let items = vm.heap.items(list)?;
    items.iter().position(|known| known.is(item.into()))
}

/// `future_discard_from_awaited_by(future, waiter)`
fn discard_from_awaited_by(vm: &mut Vm, args: &Args) -> Outcome {
    if let (Some(future), Some(waiter)) = (record(vm, args[0]), record(vm, args[1])) {
        discard_awaited_by(vm, future, waiter);
    }
    Ok(Value::None)
}

/// Notes that `waiter` no longer waits for the future.
pub fn discard_awaited_by(vm: &mut Vm, future: Id, waiter: Id) {
    let known = get(vm, future, Field::AwaitedBy);
    match known.id() {
        Some(only) if only == waiter => set(vm, future, Field::AwaitedBy, Value::None),
        Some(others) if record(vm, known).is_none() => {
            if let Some(at) = position(vm, others, waiter) {
                vm.heap.list_splice(others, at..at + 1, &[]);
            }
        }
        _ => {}
    }
}

/// The object's number if it is a future or task whose class is no subclass of the program's: what its methods do is
/// known.
pub fn plain_record(vm: &Vm, value: Value) -> Option<Id> {
    let id = record(vm, value)?;
    vm.awaiting
        .awaitables
        .contains(&vm.class_of(value))
        .then_some(id)
}

/// The same for one that somebody waits for, on a loop that takes callbacks at once.
pub fn plain_waiter(sys: &mut System, value: Value) -> Option<Id> {
    let id = plain_record(sys.vm, value)?;
    let event_loop = get(sys.vm, id, Field::Loop);
    event_loop::is_ours(sys, event_loop).then_some(id)
}

/// Is it the library's function that gives a future its result unless that was cancelled
/// (`Lib/asyncio/futures.py`: _set_result_unless_cancelled)?
pub fn is_result_setter(vm: &Vm, callback: Value) -> bool {
    let setter = "_set_result_unless_cancelled";
    library_function(vm, callback, "asyncio.futures", setter).is_some()
}

/// What that does to a pending future with plain methods.
pub fn set_result_plainly(sys: &mut System, future: Id, result: Value) -> Outcome<()> {
    // Where the repr of the result is asked for, this is executed again, and the future is done.
    let before = sys.vm.once(|vm| Ok(get(vm, future, Field::State)))?;
    match as_state(before) {
        State::Cancelled => Ok(()),
        State::Finished => invalid_state(sys.vm, "invalid state"),
        State::Pending => finish(sys, future, End::Result(result)),
    }
}

/// The object's number if it has the fields of a future.
pub fn record(vm: &Vm, value: Value) -> Option<Id> {
    let id = value.id()?;
    match vm.heap.payload(id) {
        Payload::Record(fields) if fields.len() >= FIELDS as usize => Some(id),
        _ => None,
    }
}

/// The error that a cancelled future raises: the one that ended it if that is still there, otherwise a new one.
pub fn make_cancelled_error(vm: &mut Vm, future: Id) -> Outcome {
    let kept = get(vm, future, Field::CancelledError);
    if kept.id().is_some() {
        set(vm, future, Field::CancelledError, Value::None);
        return Ok(kept);
    }
    let message = get(vm, future, Field::CancelMessage).or_none();
    let arguments: &[Value] = if message.is_none() { &[] } else { &[message] };
    new_error(vm, names::CANCELLED_ERROR, arguments)
}

fn make_cancelled_error_method(vm: &mut Vm, args: &Args) -> Outcome {
    let future = args[0].id().unwrap_or(Id::NONE);
    make_cancelled_error(vm, future)
}

/// An exception of `asyncio.exceptions`, a module of the library.
pub fn new_error(vm: &mut Vm, name: Value, arguments: &[Value]) -> Outcome {
    let class = exception_class(vm, name);
    match class {
        Some(class) => Ok(vm.exception_with(class, arguments)),
        None => vm.raise(class::SYSTEM_ERROR, "asyncio.exceptions is not imported"),
    }
}

/// A class of `asyncio.exceptions`.
pub fn exception_class(vm: &Vm, name: Value) -> Option<Id> {
    let [module_found, class_found] = &vm.exceptions_found;
    let module = vm.dict_get_again(vm.modules, names::ASYNCIO_EXCEPTIONS, module_found)?;
    let namespace = vm.heap.get(module.id()?).dict;
    vm.dict_get_again(namespace, name, class_found)?.id()
}

fn invalid_state<T>(vm: &mut Vm, message: &str) -> Outcome<T> {
    let message = vm.str(message);
    let error = new_error(vm, names::INVALID_STATE_ERROR, &[message])?;
    Err(Trap::Raise(error))
}

/// The result of a finished future, or the error that it raises. Marks the exception as seen.
pub fn outcome(vm: &mut Vm, future: Id) -> Outcome<Result<Value, Value>> {
    match state(vm, future) {
        State::Cancelled => make_cancelled_error(vm, future).map(Err),
        State::Pending => not_done(vm, future, "Result is not set."),
        State::Finished => {
            set(vm, future, Field::LogTraceback, false);
            let exception = get(vm, future, Field::Exception).or_none();
            if exception.is_none() {
                return Ok(Ok(get(vm, future, Field::Result)));
            }
            let traceback = get(vm, future, Field::ExceptionTraceback).or_none();
            vm.update_exception(exception, |content| content.traceback = traceback);
            // Who asks first gets the traceback, as from the class in C; later it begins anew.
            set(vm, future, Field::ExceptionTraceback, Value::None);
            Ok(Err(exception))
        }
    }
}

/// `Future.result()`
fn result(vm: &mut Vm, future: Id) -> Outcome {
    if get(vm, future, Field::Exception).or_none().is_none() {
        return outcome(vm, future)?.map_err(|error| raised_again(vm, error));
    }
    let error = vm.once(|vm| Ok(outcome(vm, future)?.unwrap_or_else(|error| error)))?;
    // What only its traceback held goes before it is raised and has a context.
    vm.let_go_now()?;
    Err(raised_again(vm, error))
}

fn raised_again(vm: &mut Vm, error: Value) -> Trap {
    vm.raised_again = error.id().unwrap_or(Id::NONE);
    Trap::Raise(error)
}

fn exception(vm: &mut Vm, args: &Args) -> Outcome {
    let future = args[0].id().unwrap_or(Id::NONE);
    match state(vm, future) {
        State::Cancelled => {
            let error = make_cancelled_error(vm, future)?;
            Err(raised_again(vm, error))
        }
        State::Pending => not_done(vm, future, "Exception is not set."),
        State::Finished => {
            set(vm, future, Field::LogTraceback, false);
            Ok(get(vm, future, Field::Exception).or_none())
        }
    }
}

/// `Future.__new__`, `Task.__new__`: counts the object.
pub fn new(sys: &mut System, request: &Request) -> Outcome {
    let class = sys.argument(request, 0).id().unwrap_or(Id::NONE);
    let is_task = sys.vm.is_subclass(class, sys.kernel.classes.task);
    let number = match is_task {
        true => &mut sys.kernel.created_tasks,
        false => &mut sys.kernel.futures,
    };
    *number += 1;
    let number = *number;
    let length = if is_task { super::task::FIELDS } else { FIELDS } as usize;
    let mut fields = vec![Value::Unbound; length];
    fill_new(&mut fields, number);
    Ok(sys.vm.object(class, Payload::Record(fields.into())))
}

/// The fields of a future, or the first ones of a task, with this creation number before `__init__`.
pub fn fill_new(fields: &mut [Value], number: u32) {
    fields[Field::Number as usize] = Value::Int(number.into());
    fields[Field::State as usize] = Value::Int(State::Pending as i64);
    fields[Field::Blocking as usize] = Value::Bool(false);
    fields[Field::LogTraceback as usize] = Value::Bool(false);
}

/// `Future.__init__`: takes its loop.
pub fn init(sys: &mut System, request: &Request) -> Outcome {
    let (future, given) = (sys.receiver(request), sys.argument(request, 1));
    initialize(sys, future, given)?;
    let is_task = sys
        .vm
        .is_subclass(sys.vm.class_of(future.into()), sys.kernel.classes.task);
    if !is_task {
        let id = future_id(sys, future);
        sys.log(Kind::FutureNew { future: id });
    }
    Ok(Value::None)
}

/// What futures and tasks have in common at their start.
pub fn initialize(sys: &mut System, future: Id, event_loop: Value) -> Outcome<()> {
    let event_loop = match event_loop.or_none() {
        Value::None => event_loop::current(sys)?,
        event_loop => event_loop,
    };
    let debug = event_loop::debug(sys, event_loop)?;
    // The first step of an eager task belongs to the same instruction, and may change the mode.
    let debug = sys.vm.once(|_| Ok(debug.into()))?;
    let traceback = match debug {
        Value::Bool(true) => {
            let extract = sys.library("_asyncio", "future_stack")?;
            sys.vm.call(extract, &[])?
        }
        _ => Value::None,
    };
    set(sys.vm, future, Field::Loop, event_loop);
    set(sys.vm, future, Field::SourceTraceback, traceback);
    Ok(())
}
