//! Where in the program a thread stands: which function of the library it has called, and what the program's own
//! variables call the objects that this is about.

use super::kernel::Kernel;
use super::system::System;
use crate::bytecode::code::Origin;
use crate::vm::dict::Dict;
use crate::vm::frame::{Fiber, Frame};
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// What a worker of an executor waits for that has nothing to do.
pub const NEXT_WORK_ITEM: &str = "the next work item";

/// What a thread waits for that started another inside of something else.
pub const NEW_THREAD: &str = "a new thread to start";

/// The method that starts a thread, and waits until it has begun.
const START: &str = "Thread.start";

/// A function of the library that the program has called.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its qualified name.
    pub qualname: Rc<str>,
    /// What it is a method of.
    pub receiver: Option<Id>,
}

impl Call {
    /// The outermost call of the library that the program has made in a thread, or that the thread was started or given
    /// work to make; none in a thread of the library's own.
    pub fn of(fiber: &Fiber) -> Option<Self> {
        if is_idle_worker(fiber) {
            return None;
        }
        let calls = |frame: &&Frame| is_users(frame) || is_runner(frame);
        fiber.python_frames().find(calls)?;
        let inside = fiber.python_frames().take_while(|frame| !calls(frame));
        let library = inside.filter(|frame| frame.code.code.source.origin == Origin::Library);
        library.last().map(|frame| {
            let qualname = frame.code.code.qualname.clone();
            let is_method = qualname.contains('.');
            Self {
                receiver: receiver(fiber, frame).filter(|_| is_method),
                qualname,
            }
        })
    }

    /// The call as a program would write it, with the variable that holds the object if there is one: `jobs.get()`.
    pub fn written(&self, variable: Option<String>) -> String {
        let (owner, name) = match self.qualname.rsplit_once('.') {
            Some((owner, name)) => (Some(owner), name),
            None => (None, &*self.qualname),
        };
        match variable.or_else(|| owner.map(str::to_owned)) {
            Some(owner) => format!("{owner}.{name}()"),
            None => format!("{name}()"),
        }
    }
}

/// The first slot of a frame, which is `self` in a method.
pub fn receiver(fiber: &Fiber, frame: &Frame) -> Option<Id> {
    let first = fiber.stack.get(frame.base as usize);
    first.and_then(|value| value.id())
}

/// The variable that holds an object, or the attribute of one that does: of the program's frames in these fibers, or of
/// its module.
pub fn variable_of<'a>(
    vm: &Vm,
    fibers: impl Iterator<Item = &'a Fiber>,
    object: Id,
) -> Option<String> {
    let main = vm.dict_get_name(vm.modules, names::MAIN);
    let globals = main
        .and_then(Value::id)
        .map_or(Id::NONE, |main| vm.heap.get(main).dict);
    let mut variables: Vec<(&str, Value)> = entries(vm, globals).collect();
    for fiber in fibers {
        for frame in fiber.python_frames().filter(|frame| is_users(frame)) {
            variables.extend(locals(vm, frame, &fiber.stack));
        }
    }
    let is_it = |value: Value| value.id() == Some(object);
    if let Some((name, _)) = variables.iter().find(|(_, value)| is_it(*value)) {
        return Some((*name).to_owned());
    }
    variables.iter().find_map(|(name, value)| {
        let mut attributes = entries(vm, vm.heap.get(value.id()?).dict);
        let (attribute, _) = attributes.find(|(_, value)| is_it(*value))?;
        Some(format!("{name}.{attribute}"))
    })
}

impl System<'_> {
    /// The name of a variable that holds an object, or of an attribute of one that does.
    pub fn variable_of(&self, object: Id) -> Option<String> {
        let process = self.kernel.processes.current();
        let threads = self.kernel.scheduler.threads.iter();
        let ours = threads.filter(|thread| thread.process == process);
        variable_of(self.vm, ours.map(|thread| &thread.fiber), object)
    }
}

impl Kernel {
    /// What the event of a thread that blocks says it waits for. A lock inside of something of the library means nothing
    /// to the program: the call does that it made.
    pub fn told_wait(&self, vm: &Vm, fiber: &Fiber, what: &str) -> String {
        if what != super::lock::WAIT || self.asked_by_program {
            return what.to_owned();
        }
        match Call::of(fiber) {
            Some(call) if starts_thread(fiber) && &*call.qualname != START => NEW_THREAD.to_owned(),
            Some(call) => {
                let named = |object| variable_of(vm, std::iter::once(fiber), object);
                call.written(call.receiver.and_then(named))
            }
            None if is_idle_worker(fiber) => NEXT_WORK_ITEM.to_owned(),
            None => what.to_owned(),
        }
    }
}

/// Is it a worker of an executor that has nothing to do?
pub fn is_idle_worker(fiber: &Fiber) -> bool {
    let mut frames = fiber.python_frames();
    let innermost_first = frames.find(|frame| {
        let code = &frame.code.code;
        is_users(frame) || &*code.source.module == "concurrent.futures.thread"
    });
    innermost_first.is_some_and(|frame| !is_users(frame) && &*frame.code.code.name == "_worker")
}

/// Does a thread start another one?
fn starts_thread(fiber: &Fiber) -> bool {
    let mut inside = fiber.python_frames().take_while(|frame| !is_users(frame));
    inside.any(|frame| &*frame.code.code.qualname == START)
}

/// Does the frame only run what a thread was started for, or the work item of a pool?
fn is_runner(frame: &Frame) -> bool {
    let code = &frame.code.code;
    matches!(
        (&*code.source.module, &*code.qualname),
        ("threading", "Thread.run" | "Timer.run")
            | ("concurrent.futures.thread", "WorkerContext.run")
    )
}

/// Does the frame run code of the program?
pub fn is_users(frame: &Frame) -> bool {
    frame.code.code.source.origin == Origin::User
}

/// Names and values of a namespace.
pub fn entries(vm: &Vm, namespace: Id) -> impl Iterator<Item = (&str, Value)> {
    let entries = vm.heap.dict(namespace).into_iter().flat_map(Dict::iter);
    entries.filter_map(|entry| Some((vm.as_str(entry.key)?, entry.value)))
}

/// Names and values of the local variables of a frame.
fn locals<'a>(
    vm: &'a Vm,
    frame: &'a Frame,
    stack: &'a [Value],
) -> impl Iterator<Item = (&'a str, Value)> {
    let code = &frame.code.code;
    let names = code.locals.iter().chain(&code.cells).chain(&code.frees);
    let content = move |&value: &Value| match vm.heap.content(value) {
        Some(&Payload::Cell(inner)) => inner,
        _ => value,
    };
    let values = stack.iter().skip(frame.base as usize).map(content);
    names.map(|name| &**name).zip(values)
}
