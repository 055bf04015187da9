//! Threads as programs see them: starting, identity, handles and join (`Modules/_threadmodule.c`).

use super::event::Kind;
use super::memory;
use super::request::{Number, address_text, constructor, function, method};
use super::system::System;
use super::thread::{Thread, ThreadIndex, Waiting, Wake};
use crate::vm::builtins::Member;
use crate::vm::call::Arguments;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::frame::{Fiber, Then};
use crate::vm::machine::Vm;
use crate::vm::native::{Args, NativeDef, Outcome};
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// The longest time limit, in seconds (`threading.TIMEOUT_MAX`).
pub const TIMEOUT_MAX: f64 = 9_223_372_036.0;

/// The operating system's number of a thread is its own plus this.
const NATIVE_ID: i64 = 4241;

/// Fields of a thread handle.
enum Field {
    /// The thread's number, or `None` before it is started.
    Ident,
    /// Is it done?
    Done,
}

/// Number of fields of a thread handle.
pub const FIELDS: u8 = 2;

/// `_thread._ThreadHandle`
pub static HANDLE: &[Member] = &[
    constructor("cls, /", Number::ThreadHandleNew),
    Member::getter("ident", |vm, args| Ok(read(vm, args, Field::Ident))),
    Member::method("is_done", "self, /", |vm, args| {
        Ok(read(vm, args, Field::Done))
    }),
    method("_set_done", "self, /", Number::HandleSetDone),
    method("join", "self, timeout=None, /", Number::HandleJoin),
    Member::slot("__repr__", "self, /", repr),
];

/// Functions of `_thread`.
pub static FUNCTIONS: &[NativeDef] = &[
    function(
        "spawn",
        "body, arguments, handle=None, daemon=True, stack_size=0, /",
        Number::Spawn,
    ),
    function("thread_started", "name, /", Number::ThreadStarted),
    function("get_ident", "", Number::GetIdent),
    function("get_native_id", "", Number::GetNativeId),
    function("make_thread_handle", "ident, /", Number::ThreadHandleOf),
];

fn read(vm: &Vm, args: &Args, field: Field) -> Value {
    args[0]
        .id()
        .map(|id| vm.heap.field(id, field as usize))
        .unwrap_or_default()
        .or_none()
}

fn handle_with(sys: &mut System, ident: Value) -> Value {
    let class = sys.kernel.classes.thread_handle;
    sys.vm
        .object(class, Payload::Record(Rc::new([ident, Value::Bool(false)])))
}

/// `_ThreadHandle()`
pub fn new_handle(sys: &mut System, _: &Request) -> Outcome {
    Ok(handle_with(sys, Value::None))
}

/// `_make_thread_handle(ident)`
pub fn make_handle(sys: &mut System, request: &Request) -> Outcome {
    let ident = sys.argument(request, 0);
    Ok(handle_with(sys, ident))
}

fn repr(vm: &mut Vm, args: &Args) -> Outcome {
    let ident = vm.as_i64(read(vm, args, Field::Ident)).unwrap_or(0);
    let text = format!(
        "<_ThreadHandle object: ident={ident} at {}>",
        address_text(args[0])
    );
    Ok(vm.str(text))
}

/// Starts a thread that calls `body(*arguments)` when it gets the baton.
pub fn spawn(sys: &mut System, request: &Request) -> Outcome {
    let process = sys.thread().process;
    let stack = sys.vm.as_i64(sys.argument(request, 4)).unwrap_or(0);
    let stack = match u64::try_from(stack) {
        Ok(size @ 1..) => size,
        _ => memory::DEFAULT_STACK,
    };
    sys.reserve_stack(process, stack)?;
    let (body, handle) = (sys.argument(request, 0), sys.argument(request, 2).or_none());
    let arguments = sys
        .vm
        .items(sys.argument(request, 1))
        .map(<[Value]>::to_vec)
        .unwrap_or_default();
    let mut fiber = Fiber::default();
    sys.vm.start_call(
        &mut fiber,
        body,
        Arguments {
            positional: arguments,
            keywords: Vec::new(),
        },
        Then::Push,
    )?;
    let mut thread = Thread::new(fiber);
    (thread.process, thread.stack) = (process, stack);
    thread.blocked = sys.thread().blocked;
    sys.vm.heap.retain(handle);
    thread.handle = handle;
    let index = sys.kernel.scheduler.spawn(thread);
    sys.log_stack(index, stack);
    let ident = Value::Int(index as i64 + 1);
    if let Some(handle) = handle.id() {
        sys.vm.heap.set_field(handle, Field::Ident as usize, ident);
    }
    Ok(ident)
}

/// The first thing that a thread does: its event.
pub fn started(sys: &mut System, request: &Request) -> Outcome {
    let process = sys.kernel.processes.current();
    let process = sys.kernel.processes.name(process).to_owned();
    let own = sys.vm.as_str(sys.argument(request, 0)).map(str::to_owned);
    let name = match (own, process.as_str()) {
        (own, "") => own,
        (Some(own), process) => Some(format!("{process}/{own}")),
        (None, process) => Some(process.to_owned()),
    };
    sys.thread().name = name.as_deref().map(Into::into);
    let (thread, name) = (sys.ident() as u16, name.map(|name| sys.text(&name)));
    sys.log(Kind::ThreadStart { thread, name });
    Ok(Value::None)
}

/// The running thread is over: its event, and those who wait for it.
pub fn ended(sys: &mut System) {
    let thread = sys.ident() as u16;
    sys.log(Kind::ThreadEnd { thread, name: None });
    let handle = std::mem::take(&mut sys.thread().handle);
    if let Some(id) = handle.id() {
        set_done(sys, id);
    }
    let context = std::mem::take(&mut sys.thread().context);
    let entered = std::mem::replace(&mut sys.thread().entered, Value::None);
    [handle, context, entered]
        .into_iter()
        .for_each(|value| sys.vm.heap.release(value));
    let (process, stack) = (sys.thread().process, sys.thread().stack);
    sys.kernel.memory.release(process, stack);
    sys.kernel.scheduler.retire();
}

fn set_done(sys: &mut System, handle: Id) {
    sys.vm
        .heap
        .set_field(handle, Field::Done as usize, Value::Bool(true));
    for joiner in sys.kernel.joiners.remove(&handle).unwrap_or_default() {
        sys.wake(joiner, Wake::Woken);
    }
}

/// `handle._set_done()`
pub fn set_done_method(sys: &mut System, request: &Request) -> Outcome {
    let handle = sys.receiver(request);
    set_done(sys, handle);
    Ok(Value::None)
}

/// `handle.join(timeout=None)`
pub fn join(sys: &mut System, request: &Request) -> Outcome {
    let (handle, timeout) = (sys.receiver(request), sys.argument(request, 1).or_none());
    let done = matches!(
        sys.vm.heap.field(handle, Field::Done as usize),
        Value::Bool(true)
    );
    let deadline = match sys.resumption() {
        Some((_, Wake::Timeout)) => return Ok(Value::None),
        Some((Waiting::Join { deadline }, _)) => deadline,
        _ => {
            let ident = sys.vm.heap.field(handle, Field::Ident as usize);
            if ident.is_none() {
                return sys.vm.raise(class::RUNTIME_ERROR, "thread not started");
            }
            if sys.vm.as_i64(ident) == Some(sys.ident()) && !done {
                return sys
                    .vm
                    .raise(class::RUNTIME_ERROR, "Cannot join current thread");
            }
            match timeout {
                Value::None => None,
                timeout => {
                    let seconds = sys.seconds(timeout)?;
                    if seconds == 0.0 {
                        return Ok(Value::None);
                    }
                    (seconds > 0.0).then(|| {
                        sys.kernel
                            .scheduler
                            .after(super::clock::nanoseconds(seconds))
                    })
                }
            }
        }
    };
    if done {
        return Ok(Value::None);
    }
    let me = sys.kernel.scheduler.current;
    sys.kernel.joiners.entry(handle).or_default().push(me);
    let joined = sys.kernel.thread_of(handle);
    sys.block_until_end(Waiting::Join { deadline }, deadline, "Thread.join", joined)
}

/// `get_ident()`
pub fn get_ident(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Int(sys.ident()))
}

/// The operating system's number of a thread.
pub fn native_id(thread: ThreadIndex) -> i64 {
    NATIVE_ID + thread as i64 + 1
}

/// `get_native_id()`
pub fn get_native_id(sys: &mut System, _: &Request) -> Outcome {
    Ok(Value::Int(native_id(sys.kernel.scheduler.current)))
}
