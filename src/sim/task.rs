//! `_asyncio.Task` (`Modules/_asynciomodule.c`; `Lib/asyncio/tasks.py`: Task): a coroutine wrapped in a future, and how its
//! steps drive it.
//!
//! Invariant of a task that is not done: either it waits for a future, one of whose callbacks is its wake-up, or one of
//! its steps is scheduled, or it runs.

use super::chain;
use super::event::{Kind, Text, Waitable};
use super::future::{self, End, is_pending, make_cancelled_error};
use super::label::waitable;
use super::request::{Number, function, method, plain};
use super::system::System;
use super::{context, event_loop};
use crate::vm::builtins::Member;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::machine::{Input, Resumed, Vm};
use crate::vm::names;
use crate::vm::native::{Args, NativeDef, Outcome, Trap};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// Fields of a task, behind those of a future.
#[derive(Clone, Copy)]
pub enum Field {
    /// The coroutine; `None` after an eager task is done.
    Coroutine = future::Field::End as isize,
    /// Its name, a str; or the number of one that was not named.
    Name,
    /// Its context.
    Context,
    /// What it waits for, or `None`.
    Waiter,
    /// Is CancelledError to be thrown in at the next step?
    MustCancel,
    /// How often it was asked to cancel.
    Cancels,
    /// Does it complain when it is destroyed while pending?
    LogDestroy,
    /// The label of its step, as the number of a text.
    StepLabel,
    /// Number of fields.
    End,
}

/// Number of fields of a task.
pub const FIELDS: u8 = Field::End as u8;

/// What `_asyncio.Task` adds to `Future`.
pub static MEMBERS: &[Member] = &[
    method(
        "__init__",
        "self, coro, *, loop=None, name=None, context=None, eager_start=False",
        Number::TaskInit,
    ),
    method("__step", "self, exc=None, /", Number::TaskStep),
    method("task_wakeup", "self, future, /", Number::TaskWakeup),
    method("cancel", "self, msg=None", Number::Cancel),
    method("uncancel", "self, /", Number::TaskUncancel),
    method("set_name", "self, value, /", Number::TaskSetName),
    Member::method("cancelling", "self, /", |vm, args| {
        Ok(Value::Int(cancels(vm, args[0])))
    }),
    Member::method("get_name", "self, /", get_name),
    Member::method("get_coro", "self, /", |vm, args| {
        Ok(read(vm, args, Field::Coroutine))
    }),
    Member::method("get_context", "self, /", |vm, args| {
        Ok(read(vm, args, Field::Context))
    }),
    Member::method("set_result", "self, result, /", |vm, _| {
        vm.raise(
            class::RUNTIME_ERROR,
            "Task does not support set_result operation",
        )
    }),
    Member::method("set_exception", "self, exception, /", |vm, _| {
        vm.raise(
            class::RUNTIME_ERROR,
            "Task does not support set_exception operation",
        )
    }),
    Member::getter("_coro", |vm, args| Ok(read(vm, args, Field::Coroutine))),
    Member::getter("_fut_waiter", |vm, args| Ok(read(vm, args, Field::Waiter))),
    Member::getter("_must_cancel", |vm, args| {
        Ok(read(vm, args, Field::MustCancel))
    }),
    Member::getter("_num_cancels_requested", |vm, args| {
        Ok(Value::Int(cancels(vm, args[0])))
    }),
];

/// Functions of `_asyncio`, and those through which the library's part of the class reads and writes fields.
pub static FUNCTIONS: &[NativeDef] = &[
    function("all_tasks", "loop=None", Number::AllTasks),
    function("current_task", "loop=None", Number::CurrentTask),
    function("get_running_loop", "", Number::GetRunningLoop),
    function("_get_running_loop", "", Number::PeekRunningLoop),
    function("_set_running_loop", "loop, /", Number::SetRunningLoop),
    function("_swap_current_task", "loop, task", Number::SwapCurrentTask),
    function("forget_task", "task, /", Number::TaskForget),
    plain("task_log_destroy", "task, /", |vm, args| {
        Ok(read(vm, args, Field::LogDestroy))
    }),
    plain("set_task_log_destroy", "task, value, /", |vm, args| {
        if let Some(task) = args[0].id() {
            set(vm, task, Field::LogDestroy, args[1]);
        }
        Ok(Value::None)
    }),
];

fn get(vm: &Vm, task: Id, field: Field) -> Value {
    vm.heap.field(task, field as usize)
}

fn set(vm: &mut Vm, task: Id, field: Field, value: impl Into<Value>) {
    vm.heap.set_field(task, field as usize, value.into());
}

fn read(vm: &Vm, args: &Args, field: Field) -> Value {
    args[0]
        .id()
        .map(|id| get(vm, id, field))
        .unwrap_or_default()
        .or_none()
}

fn is_set(vm: &Vm, task: Id, field: Field) -> bool {
    matches!(get(vm, task, field), Value::Bool(true))
}

/// What a task waited for last, or `None`.
pub fn waiter(vm: &Vm, task: Id) -> Value {
    get(vm, task, Field::Waiter)
}

/// How often a task was asked to cancel.
pub fn cancels(vm: &Vm, task: Value) -> i64 {
    task.id()
        .and_then(|task| vm.as_i64(get(vm, task, Field::Cancels)))
        .unwrap_or(0)
}

fn get_name(vm: &mut Vm, args: &Args) -> Outcome {
    let name = read(vm, args, Field::Name);
    match vm.as_i64(name) {
        Some(number) => Ok(vm.str(format!("Task-{number}"))),
        None => Ok(name),
    }
}

/// The name of a task as a text of the log, as `get_name()` gives it.
pub fn name_text(sys: &mut System, task: Id) -> Outcome<Text> {
    if !is_native(sys, task.into(), names::GET_NAME) {
        let name = sys.call_method(task.into(), "get_name", &[], &[])?;
        let text = sys.vm.to_str(name)?;
        return Ok(sys.text(&text));
    }
    let name = get(sys.vm, task, Field::Name);
    let text = match sys.vm.as_i64(name) {
        Some(number) => format!("Task-{number}"),
        None => sys.vm.as_str(name).unwrap_or_default().to_owned(),
    };
    Ok(sys.text(&text))
}

/// How events name the step of a task as a callback.
pub fn step_label(sys: &mut System, task: Id) -> Text {
    if let Some(known) = sys.vm.as_i64(get(sys.vm, task, Field::StepLabel)) {
        return Text(known as u32);
    }
    let id = future::task_id(sys, task);
    let text = sys.text(&format!("Task.__step({id})"));
    set(sys.vm, task, Field::StepLabel, i64::from(text.0));
    text
}

/// `Task.__init__(coro, *, loop=None, name=None, context=None, eager_start=False)`
pub fn init(sys: &mut System, request: &Request) -> Outcome {
    let (task, coroutine) = (sys.receiver(request), sys.argument(request, 1));
    let given_name = sys.argument(request, 3).or_none();
    let coro = qualified_name(sys, coroutine)?;
    if sys.first()? {
        let name = sys
            .vm
            .as_str(given_name)
            .map(str::to_owned)
            .map(|name| sys.text(&name));
        let id = future::task_id(sys, task);
        sys.log(Kind::TaskNew {
            task: id,
            coro,
            name,
        });
    }
    future::initialize(sys, task, sys.argument(request, 2))?;
    if !is_coroutine(sys, coroutine)? {
        set(sys.vm, task, Field::LogDestroy, false);
        let text = sys.vm.repr(coroutine)?;
        return sys
            .vm
            .type_error(format!("a coroutine was expected, got {text}"));
    }
    let name = match sys.vm.as_str(given_name).is_some() || given_name.is_none() {
        true => given_name,
        false => {
            let text = sys.vm.to_str(given_name)?;
            sys.vm.str(text)
        }
    };
    let eager = sys.argument(request, 5).bound();
    let eager = match eager {
        Some(eager) => sys.vm.truth(eager)? && loop_is_running(sys, task)?,
        None => false,
    };
    if sys.first()? {
        fill(
            sys,
            task,
            coroutine,
            name,
            sys.argument(request, 4).or_none(),
        );
    }
    // A method of the program's is asked before what must not be done twice.
    let asked_name = match is_native(sys, task.into(), names::GET_NAME) {
        true => None,
        false => Some(name_text(sys, task)?),
    };
    if eager {
        start_eagerly(sys, task)?;
    } else {
        let (event_loop, context) = (
            future::get(sys.vm, task, future::Field::Loop),
            get(sys.vm, task, Field::Context),
        );
        event_loop::call_soon_step(sys, event_loop, task, Value::None, context)?;
        let number = future::creation_number(sys.vm, task);
        sys.kernel.tasks.insert(number, task);
    }
    let name = match asked_name {
        Some(name) => name,
        None => name_text(sys, task)?,
    };
    let id = future::task_id(sys, task);
    sys.log(Kind::TaskNamed { task: id, name });
    Ok(Value::None)
}

fn fill(sys: &mut System, task: Id, coroutine: Value, name: Value, given: Value) {
    let name = if name.is_none() {
        sys.kernel.named_tasks += 1;
        Value::Int(sys.kernel.named_tasks as i64)
    } else {
        name
    };
    let context = if given.is_none() {
        context::copy_current(sys)
    } else {
        given
    };
    let vm = &mut *sys.vm;
    set(vm, task, Field::Coroutine, coroutine);
    set(vm, task, Field::Name, name);
    set(vm, task, Field::Context, context);
    set(vm, task, Field::Waiter, Value::None);
    set(vm, task, Field::MustCancel, false);
    set(vm, task, Field::Cancels, 0);
    set(vm, task, Field::LogDestroy, true);
}

fn qualified_name(sys: &mut System, coroutine: Value) -> Outcome<Text> {
    let name = match sys.vm.generator(coroutine) {
        Some(generator) => Some(generator.qualname),
        None => sys.vm.get_attr_opt(coroutine, names::QUALNAME)?,
    };
    let text = name.and_then(|name| sys.vm.as_str(name)).map(str::to_owned);
    let text = text.unwrap_or_else(|| sys.vm.class_name(coroutine).to_owned());
    Ok(sys.text(&text))
}

fn is_coroutine(sys: &mut System, value: Value) -> Outcome<bool> {
    if sys.vm.class_of(value) == class::COROUTINE {
        return Ok(true);
    }
    let function = sys.library("asyncio.coroutines", "iscoroutine")?;
    let answer = sys.vm.call(function, &[value])?;
    sys.vm.truth(answer)
}

fn loop_is_running(sys: &mut System, task: Id) -> Outcome<bool> {
    let event_loop = future::get(sys.vm, task, future::Field::Loop);
    let running = sys.call_method(event_loop, "is_running", &[], &[])?;
    sys.vm.truth(running)
}

/// The first step of an eager task, at once (`Lib/asyncio/tasks.py`: Task.__eager_start).
fn start_eagerly(sys: &mut System, task: Id) -> Outcome<()> {
    let context = get(sys.vm, task, Field::Context);
    let running = sys.thread().running_task;
    let before = sys.vm.once(|_| Ok(running))?;
    if sys.first()? {
        let id = future::task_id(sys, task);
        sys.log(Kind::Eager { task: id });
        let number = future::creation_number(sys.vm, task);
        sys.kernel.tasks.insert(number, task);
        sys.swap_running_task(task.into());
        context::enter(sys, context)?;
    }
    let result = drive(sys, task, Value::None);
    if !matches!(result, Err(Trap::Ask | Trap::Kernel(_))) {
        context::leave(sys, context);
        sys.swap_running_task(before);
        if !is_pending(sys.vm, task) {
            set(sys.vm, task, Field::Coroutine, Value::None);
        }
    }
    result
}

/// `Task.__step(exc=None)`
pub fn step_method(sys: &mut System, request: &Request) -> Outcome {
    let (task, thrown) = (sys.receiver(request), sys.argument(request, 1).or_none());
    step(sys, task, thrown)
}

/// One step of a task (`Lib/asyncio/tasks.py`: Task.__step).
pub fn step(sys: &mut System, task: Id, thrown: Value) -> Outcome {
    let exc = match thrown {
        Value::None => None,
        thrown => Some(sys.short_repr(thrown)?),
    };
    if sys.first()? {
        let id = future::task_id(sys, task);
        sys.log(Kind::Step { task: id, exc });
        check_step(sys, task)?;
        set(sys.vm, task, Field::Waiter, Value::None);
        sys.swap_running_task(task.into());
    }
    let thrown = sys.vm.once(|vm| what_to_throw(vm, task, thrown))?;
    let result = drive(sys, task, thrown);
    if !matches!(result, Err(Trap::Ask | Trap::Kernel(_))) {
        end_step(sys, task);
    }
    result.map(|()| Value::None)
}

fn check_step(sys: &mut System, task: Id) -> Outcome<()> {
    if !is_pending(sys.vm, task) {
        let message = sys.vm.str("__step(): already done");
        let error = future::new_error(sys.vm, "InvalidStateError", &[message])?;
        return Err(Trap::Raise(error));
    }
    match sys.running_task() {
        None => Ok(()),
        Some(other) => {
            let (task, other) = (sys.vm.repr(task.into())?, sys.vm.repr(other.into())?);
            let message = format!(
                "Cannot enter into task {task} while another task {other} is being executed."
            );
            sys.vm.raise(class::RUNTIME_ERROR, message)
        }
    }
}

fn end_step(sys: &mut System, task: Id) {
    let id = future::task_id(sys, task);
    let waiter = get(sys.vm, task, Field::Waiter);
    if let Some(on) = waiter.id().and_then(|_| waitable(sys, waiter)) {
        let chain = chain::of(sys.vm, get(sys.vm, task, Field::Coroutine));
        let names = &mut sys.kernel.object_names;
        let call = chain.method.map(|method| names.call(sys.vm, &method));
        let (chain, call) = (sys.text(&chain.places), sys.text(&call.unwrap_or_default()));
        sys.log(Kind::Await {
            task: id,
            on,
            chain,
            call,
        });
    }
    sys.log(Kind::StepEnd { task: id });
    sys.swap_running_task(Value::None);
}

/// The exception that a step throws into the coroutine: a requested cancellation comes first.
fn what_to_throw(vm: &mut Vm, task: Id, thrown: Value) -> Outcome {
    if !is_set(vm, task, Field::MustCancel) {
        return Ok(thrown);
    }
    set(vm, task, Field::MustCancel, false);
    if is_cancelled_error(vm, thrown) {
        return Ok(thrown);
    }
    make_cancelled_error(vm, task)
}

fn is_cancelled_error(vm: &mut Vm, value: Value) -> bool {
    future::exception_class(vm, "CancelledError").is_some_and(|class| vm.is_instance(value, class))
}

/// Resumes the coroutine and deals with what it does (`Task.__step_run_and_handle_result`).
fn drive(sys: &mut System, task: Id, thrown: Value) -> Outcome<()> {
    let coroutine = get(sys.vm, task, Field::Coroutine);
    match resume(sys, coroutine, thrown)? {
        Ok(Resumed::Returned(value)) => returned(sys, task, value),
        Ok(Resumed::Yielded(value)) => yielded(sys, task, value),
        Err(exception) => raised(sys, task, exception),
    }
}

/// `coro.send(None)` or `coro.throw(thrown)`
fn resume(sys: &mut System, coroutine: Value, thrown: Value) -> Outcome<Result<Resumed, Value>> {
    if sys.vm.generator(coroutine).is_some() {
        let input = if thrown.is_none() {
            Input::Send(Value::None)
        } else {
            Input::Throw(thrown)
        };
        return sys.vm.try_resume(coroutine, input);
    }
    let (name, argument) = if thrown.is_none() {
        ("send", Value::None)
    } else {
        ("throw", thrown)
    };
    let name = sys.vm.intern(name);
    let method = sys.vm.get_attr(coroutine, name)?;
    Ok(match sys.vm.try_call(method, &[argument])? {
        Ok(value) => Ok(Resumed::Yielded(value)),
        Err(stop) if sys.vm.is_instance(stop, class::STOP_ITERATION) => {
            Ok(Resumed::Returned(sys.vm.stop_value(stop)))
        }
        Err(exception) => Err(exception),
    })
}

fn returned(sys: &mut System, task: Id, value: Value) -> Outcome<()> {
    if is_set(sys.vm, task, Field::MustCancel) {
        // It was cancelled right before it returned.
        let message = future::get(sys.vm, task, future::Field::CancelMessage);
        future::finish(sys, task, End::Cancelled(message))?;
        set(sys.vm, task, Field::MustCancel, false);
        return Ok(());
    }
    future::finish(sys, task, End::Result(value))
}

fn raised(sys: &mut System, task: Id, exception: Value) -> Outcome<()> {
    if is_cancelled_error(sys.vm, exception) {
        future::set(sys.vm, task, future::Field::CancelledError, exception);
        return future::finish(sys, task, End::Cancelled(Value::None));
    }
    future::finish(sys, task, End::Exception(exception))?;
    match [class::KEYBOARD_INTERRUPT, class::SYSTEM_EXIT]
        .iter()
        .any(|&class| sys.vm.is_instance(exception, class))
    {
        true => Err(Trap::Raise(exception)),
        false => Ok(()),
    }
}

/// The coroutine yielded: a future to wait for, `None` for one turn of the loop, or a mistake.
fn yielded(sys: &mut System, task: Id, value: Value) -> Outcome<()> {
    if value.is_none() {
        return schedule_step(sys, task, Value::None);
    }
    let is_future = sys.vm.is_instance(value, sys.kernel.classes.future);
    // Waiting resets it, so it is read once.
    let blocking = sys.vm.once(|vm| match value.id().filter(|_| is_future) {
        Some(id) => Ok(future::get(vm, id, future::Field::Blocking)),
        None => {
            let name = vm.intern("_asyncio_future_blocking");
            Ok(vm.get_attr_opt(value, name)?.unwrap_or(Value::None))
        }
    })?;
    if blocking.is_none() {
        return mistake(sys, task, "bad_yield", value);
    }
    let their_loop = match value.id() {
        Some(id) if is_future && is_native(sys, value, names::GET_LOOP) => {
            future::get(sys.vm, id, future::Field::Loop)
        }
        _ => sys.call_method(value, "get_loop", &[], &[])?,
    };
    if !their_loop.is(future::get(sys.vm, task, future::Field::Loop)) {
        return mistake(sys, task, "different_loop", value);
    }
    if !sys.vm.truth(blocking)? {
        return mistake(sys, task, "plain_yield", value);
    }
    if value.is(task.into()) {
        return mistake(sys, task, "self_await", value);
    }
    wait_for(sys, task, value, is_future)
}

fn schedule_step(sys: &mut System, task: Id, thrown: Value) -> Outcome<()> {
    let (event_loop, context) = (
        future::get(sys.vm, task, future::Field::Loop),
        get(sys.vm, task, Field::Context),
    );
    event_loop::call_soon_step(sys, event_loop, task, thrown, context)
}

/// Schedules a step that throws the error which library Python words.
fn mistake(sys: &mut System, task: Id, which: &str, value: Value) -> Outcome<()> {
    let function = sys.library("_asyncio", which)?;
    let error = sys.vm.call(function, &[task.into(), value])?;
    schedule_step(sys, task, error)
}

fn wait_for(sys: &mut System, task: Id, value: Value, is_future: bool) -> Outcome<()> {
    let (wakeup, context) = (
        wakeup_callback(sys, task),
        get(sys.vm, task, Field::Context),
    );
    let record = value.id().filter(|_| is_future);
    if let Some(id) = record
        && sys.first()?
    {
        future::set(sys.vm, id, future::Field::Blocking, false);
        note_awaiting(sys, id, task)?;
    }
    match record.filter(|_| is_native(sys, value, names::ADD_DONE_CALLBACK)) {
        Some(id) => {
            if sys.first()? {
                future::add_callback(sys, id, wakeup, context)?;
            }
        }
        None => {
            if record.is_none() {
                let blocking = sys.vm.intern("_asyncio_future_blocking");
                sys.vm.set_attr(value, blocking, Value::Bool(false))?;
            }
            let context_name = sys.vm.intern("context");
            let name = sys.vm.intern("add_done_callback");
            let add = sys.vm.get_attr(value, name)?;
            sys.vm
                .call_with(add, &[wakeup], &[(context_name, context)])?;
        }
    }
    set(sys.vm, task, Field::Waiter, value);
    if is_set(sys.vm, task, Field::MustCancel) {
        let message = future::get(sys.vm, task, future::Field::CancelMessage);
        if cancel_any(sys, value, message.or_none())? {
            set(sys.vm, task, Field::MustCancel, false);
        }
    }
    Ok(())
}

fn note_awaiting(sys: &mut System, awaited: Id, task: Id) -> Outcome<()> {
    let args = [awaited.into(), task.into()];
    future::add_to_awaited_by(
        sys.vm,
        &Args {
            fixed: &args,
            rest: &[],
            keywords: &[],
        },
    )
    .map(drop)
}

/// The bound method that futures call back.
fn wakeup_callback(sys: &mut System, task: Id) -> Value {
    let function = sys.kernel.classes.wakeup;
    sys.vm.method(function, task.into())
}

/// Is a method of the object's class our native one?
pub fn is_native(sys: &mut System, object: Value, name: Value) -> bool {
    let class = sys.vm.class_of(object);
    let found = sys.vm.lookup(class, name);
    matches!(
        found.and_then(|found| sys.vm.heap.content(found)),
        Some(Payload::Native(_))
    )
}

/// `Task.task_wakeup(future)`
pub fn wakeup_method(sys: &mut System, request: &Request) -> Outcome {
    let (task, future) = (sys.receiver(request), sys.argument(request, 1));
    wakeup(sys, task, future)
}

/// What a task waited for is done: its next step follows at once (`Task.__wakeup`).
pub fn wakeup(sys: &mut System, task: Id, awaited: Value) -> Outcome {
    let is_future = sys.vm.is_instance(awaited, sys.kernel.classes.future);
    if sys.first()? {
        let id = future::task_id(sys, task);
        let by = waitable(sys, awaited).unwrap_or(Waitable::Task(id));
        sys.log(Kind::Wakeup { task: id, by });
    }
    let record = awaited.id().filter(|_| is_future);
    if record.is_some() {
        let args = [awaited, task.into()];
        future::discard_from_awaited_by(
            sys.vm,
            &Args {
                fixed: &args,
                rest: &[],
                keywords: &[],
            },
        )?;
    }
    let thrown = match record.filter(|_| is_native(sys, awaited, names::RESULT)) {
        Some(id) => sys.vm.once(|vm| {
            let thrown = future::outcome(vm, id)?.err().unwrap_or(Value::None);
            if future::state(vm, id) == future::State::Cancelled {
                vm.raised_again = thrown.id().unwrap_or(Id::NONE);
            }
            Ok(thrown)
        })?,
        None => {
            let name = sys.vm.intern("result");
            let result = sys.vm.get_attr(awaited, name)?;
            sys.vm.try_call(result, &[])?.err().unwrap_or(Value::None)
        }
    };
    step(sys, task, thrown)
}

/// `Future.cancel(msg=None)`, `Task.cancel(msg=None)`
pub fn cancel(sys: &mut System, request: &Request) -> Outcome {
    let (task, message) = (sys.receiver(request), sys.argument(request, 1).or_none());
    cancel_native(sys, task, message).map(Value::Bool)
}

/// Cancels anything that has `cancel`: our futures and tasks natively, others by calling the method.
pub fn cancel_any(sys: &mut System, future: Value, message: Value) -> Outcome<bool> {
    let ours = future
        .id()
        .filter(|_| sys.vm.is_instance(future, sys.kernel.classes.future));
    match ours.filter(|_| is_native(sys, future, names::CANCEL)) {
        Some(id) => cancel_native(sys, id, message),
        None => {
            let name = sys.vm.intern("msg");
            let done = sys.call_method(future, "cancel", &[], &[(name, message)])?;
            sys.vm.truth(done)
        }
    }
}

/// Cancels a future or task of ours. The request travels along the chain of tasks that wait for each other to what the
/// last one waits for; if that does not take it, the last task that waits does.
fn cancel_native(sys: &mut System, first: Id, message: Value) -> Outcome<bool> {
    let chain = waiting_chain(sys, first);
    let chain = sys.vm.once(|vm| Ok(vm.tuple(chain)))?;
    let chain: Vec<Id> = sys
        .vm
        .items(chain)
        .unwrap_or_default()
        .iter()
        .filter_map(|value| value.id())
        .collect();
    if sys.first()? {
        chain.iter().for_each(|&link| request_cancel(sys, link));
    }
    let last = chain.last().copied().unwrap_or(first);
    if cancel_last(sys, last, message)? {
        return Ok(true);
    }
    match chain.iter().rev().nth(1) {
        Some(&waiting) => Ok(take_cancel(sys, waiting, message)),
        None => Ok(false),
    }
}

/// A task, what it waits for, and so on, as far as those are ours and pending tasks.
fn waiting_chain(sys: &mut System, first: Id) -> Vec<Value> {
    let mut chain = vec![Value::from(first)];
    let mut at = first;
    while is_task(sys, at.into()) && is_pending(sys.vm, at) {
        let waiter = get(sys.vm, at, Field::Waiter);
        let ours = sys.vm.is_instance(waiter, sys.kernel.classes.future)
            && is_native(sys, waiter, names::CANCEL);
        let Some(next) = waiter.id().filter(|_| ours) else {
            break;
        };
        chain.push(waiter);
        at = next;
    }
    chain
}

fn is_task(sys: &System, value: Value) -> bool {
    sys.vm.is_instance(value, sys.kernel.classes.task)
}

/// What `cancel` does first on every link: the event, and the count of a task's requests.
fn request_cancel(sys: &mut System, link: Id) {
    if is_task(sys, link.into()) {
        let id = future::task_id(sys, link);
        sys.log(Kind::TaskCancel { task: id });
        if is_pending(sys.vm, link) {
            let requests = cancels(sys.vm, link.into());
            set(sys.vm, link, Field::Cancels, requests + 1);
        }
    }
    future::set(sys.vm, link, future::Field::LogTraceback, false);
}

/// Cancels the end of a chain; false when it is done already.
fn cancel_last(sys: &mut System, last: Id, message: Value) -> Outcome<bool> {
    let pending = sys.vm.once(|vm| Ok(is_pending(vm, last).into()))?;
    if !matches!(pending, Value::Bool(true)) {
        return Ok(false);
    }
    if !is_task(sys, last.into()) {
        future::finish(sys, last, End::Cancelled(message))?;
        return Ok(true);
    }
    let waiter = get(sys.vm, last, Field::Waiter);
    if waiter.id().is_some() && cancel_any(sys, waiter, message)? {
        return Ok(true);
    }
    Ok(take_cancel(sys, last, message))
}

/// A step is scheduled already: it will throw CancelledError.
fn take_cancel(sys: &mut System, task: Id, message: Value) -> bool {
    set(sys.vm, task, Field::MustCancel, true);
    future::set(sys.vm, task, future::Field::CancelMessage, message);
    true
}

/// `Task.uncancel()`
pub fn uncancel(sys: &mut System, request: &Request) -> Outcome {
    let task = sys.receiver(request);
    let id = future::task_id(sys, task);
    sys.log(Kind::TaskUncancel { task: id });
    let requests = cancels(sys.vm, task.into());
    if requests > 0 {
        set(sys.vm, task, Field::Cancels, requests - 1);
        if requests == 1 {
            set(sys.vm, task, Field::MustCancel, false);
        }
    }
    Ok(Value::Int((requests - 1).max(0)))
}

/// `Task.set_name(value)`
pub fn set_name(sys: &mut System, request: &Request) -> Outcome {
    let (task, value) = (sys.receiver(request), sys.argument(request, 1));
    let text = sys.vm.to_str(value)?;
    let text = sys.vm.str(text);
    set(sys.vm, task, Field::Name, text);
    Ok(Value::None)
}

/// `_asyncio.all_tasks`: the tasks of a loop that are not done, in the order of their creation.
pub fn all_tasks(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = match sys.argument(request, 0).or_none() {
        Value::None => running_loop(sys)?,
        event_loop => event_loop,
    };
    let all: Vec<Id> = sys.kernel.tasks.values().copied().collect();
    let set = sys.vm.set();
    for task in all {
        if is_pending(sys.vm, task) && future::get(sys.vm, task, future::Field::Loop).is(event_loop)
        {
            sys.vm.set_add(set, task.into())?;
        }
    }
    Ok(set.into())
}

/// `_asyncio.current_task`
pub fn current_task(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = match sys.argument(request, 0).or_none() {
        Value::None => running_loop(sys)?,
        event_loop => event_loop,
    };
    let threads = &sys.kernel.scheduler.threads;
    let found = threads
        .iter()
        .find(|thread| thread.running_loop.is(event_loop));
    Ok(found.map_or(Value::None, |thread| thread.running_task))
}

/// The loop that runs in this thread; RuntimeError when there is none.
pub fn running_loop(sys: &mut System) -> Outcome {
    match sys.thread().running_loop {
        Value::None => sys.vm.raise(class::RUNTIME_ERROR, "no running event loop"),
        event_loop => Ok(event_loop),
    }
}

/// `_asyncio.get_running_loop()`
pub fn get_running_loop(sys: &mut System, _: &Request) -> Outcome {
    running_loop(sys)
}

/// `_asyncio._get_running_loop()`
pub fn peek_running_loop(sys: &mut System, _: &Request) -> Outcome {
    Ok(sys.thread().running_loop)
}

/// `_asyncio._set_running_loop(loop)`
pub fn set_running_loop(sys: &mut System, request: &Request) -> Outcome {
    let event_loop = sys.argument(request, 0);
    sys.vm.heap.retain(event_loop);
    let old = std::mem::replace(&mut sys.thread().running_loop, event_loop);
    sys.vm.heap.release(old);
    Ok(Value::None)
}

/// `_asyncio._swap_current_task(loop, task)`, also behind `_enter_task` and `_leave_task`.
pub fn swap_current_task(sys: &mut System, request: &Request) -> Outcome {
    let task = sys.argument(request, 1);
    Ok(sys.swap_running_task(task))
}

/// A pending task is destroyed: it is no longer among all tasks.
pub fn forget(sys: &mut System, request: &Request) -> Outcome {
    let task = sys.receiver(request);
    let number = future::creation_number(sys.vm, task);
    sys.kernel.tasks.remove(&number);
    Ok(Value::None)
}
