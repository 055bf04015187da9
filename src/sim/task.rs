//! `_asyncio.Task` (`Modules/_asynciomodule.c`; `Lib/asyncio/tasks.py`: Task): a coroutine wrapped in a future, and how its
//! steps drive it.
//!
//! Invariant of a task that is not done: either it waits for a future, one of whose callbacks is its wake-up, or one of
//! its steps is scheduled, or it runs.

mod cancel;
mod create;
mod registry;
mod sleep;
mod step;

pub use cancel::{cancel, cancel_any, uncancel};
pub use create::{create, is_plain_coroutine, makes_plain_tasks, start_task};
use registry::register;
pub use registry::{
    Registered, Tasks, all_tasks, current_task, forget, get_running_loop, peek_running_loop,
    registered, running_loop, set_running_loop, swap_current_task, unregister,
};
pub use sleep::{begin_sleep, start_sleep};
use step::start_eagerly;
pub use step::{
    begin_step, conclude, driven, drop_made, end_step, step, step_method, thrown_by, wakeup,
    wakeup_method, what_to_throw,
};

use super::context::own;
use super::event::{Kind, Text};
use super::event_loop;
use super::future::{self};
use super::record::{self, get, read, set};
use super::request::{Number, function, method, plain};
use super::system::System;
use super::texts::OfTask;
use crate::vm::builtins::Member;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::native::{Args, NativeDef, Outcome};
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
    /// The cancellation that was made to be thrown into the coroutine, held until that comes back.
    Made,
    /// While it stands in a loop's queue for the handle of its next step or wake-up: the number of that in events.
    Queued,
    /// Number of fields.
    End,
}

impl record::Field for Field {
    fn position(self) -> usize {
        self as usize
    }
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
    method("get_context", "self, /", Number::TaskGetContext),
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
    function("start_task", "coro, keywords, /", Number::StartTask),
    function(
        "begin_sleep",
        "delay, result, callback, /",
        Number::SleepBegin,
    ),
    plain("task_log_destroy", "task, /", |vm, args| {
        Ok(read(vm, args, Field::LogDestroy)
            .is(Value::Bool(true))
            .into())
    }),
    plain("set_task_log_destroy", "task, value, /", |vm, args| {
        if let Some(task) = args[0].id() {
            set(vm, task, Field::LogDestroy, args[1]);
        }
        Ok(Value::None)
    }),
];

/// What a task waited for last, or `None`.
pub fn waiter(vm: &Vm, task: Id) -> Value {
    get(vm, task, Field::Waiter)
}

/// What it runs; `None` where an eager task is done.
pub fn coroutine(vm: &Vm, task: Id) -> Value {
    get(vm, task, Field::Coroutine)
}

/// `Task.get_context()`; `None` before `__init__`.
pub fn get_context(sys: &mut System, request: &Request) -> Outcome {
    let task = sys.receiver(request);
    Ok(match has_begun(sys.vm, task) {
        true => own::of(sys, task),
        false => Value::None,
    })
}

/// Has `__init__` given the task its coroutine?
pub fn has_begun(vm: &Vm, task: Id) -> bool {
    !get(vm, task, Field::Coroutine).is_unbound()
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
    Ok(match sys.vm.as_i64(name).map(u32::try_from) {
        Some(Ok(number)) => sys.log.texts.intern_of_task(OfTask::Name, number),
        _ => sys.text_of(name),
    })
}

/// How events name the step of a task as a callback.
pub fn step_label(sys: &mut System, task: Id) -> Text {
    label(sys, task, OfTask::Step)
}

/// How events name the wake-up of a task as a callback.
pub fn wakeup_label(sys: &mut System, task: Id) -> Text {
    label(sys, task, OfTask::Wakeup)
}

fn label(sys: &mut System, task: Id, what: OfTask) -> Text {
    let id = future::task_id(sys, task);
    sys.log.texts.intern_of_task(what, id.0)
}

/// The method that futures call back when they are done, bound to a task.
pub fn wakeup_method_of(sys: &mut System, task: Id) -> Value {
    let function = sys.kernel.classes.wakeup;
    sys.vm.method(function, task.into())
}

/// Are these the fields of a task?
pub fn is_task(vm: &Vm, object: Id) -> bool {
    matches!(vm.heap.payload(object), Payload::Record(fields) if fields.len() == FIELDS as usize)
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
        let event_loop = future::get(sys.vm, task, future::Field::Loop);
        event_loop::call_soon_step(sys, event_loop, task, Value::None)?;
        register(sys, task);
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
    let context = own::given_or_copy(sys, given);
    for (field, value) in create::initial_fields(coroutine, name, context) {
        set(sys.vm, task, field, value);
    }
}

fn qualified_name(sys: &mut System, coroutine: Value) -> Outcome<Text> {
    let name = match sys.vm.generator(coroutine) {
        Some(generator) => Some(generator.names().qualname),
        None => sys.vm.get_attr_opt(coroutine, names::QUALNAME)?,
    };
    let text = name.and_then(|name| sys.vm.as_str(name)).map(str::to_owned);
    let text = text.unwrap_or_else(|| sys.vm.short_class_name(coroutine).to_owned());
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

/// Is a method of the object's class, a future's or a task's, our native one? Of the native classes it always is, for these
/// cannot be changed.
pub fn is_native(sys: &System, object: Value, name: Value) -> bool {
    let (class, classes) = (sys.vm.class_of(object), &sys.kernel.classes);
    if class == classes.task || class == classes.future {
        return true;
    }
    let found = sys.vm.lookup(class, name);
    matches!(
        found.and_then(|found| sys.vm.heap.content(found)),
        Some(Payload::Native(_))
    )
}

/// `Task.set_name(value)`
pub fn set_name(sys: &mut System, request: &Request) -> Outcome {
    let (task, value) = (sys.receiver(request), sys.argument(request, 1));
    let text = sys.vm.to_str(value)?;
    let name = sys.text(&text);
    let text = sys.vm.str(text);
    set(sys.vm, task, Field::Name, text);
    let id = future::task_id(sys, task);
    sys.log(Kind::TaskRenamed { task: id, name });
    Ok(Value::None)
}
