//! Where in the program a thread stands: which function of the library it has called, and what the program's own
//! variables call the objects that this is about.

use super::kernel::Kernel;
use crate::bytecode::code::Origin;
use crate::vm::frame::{Fiber, Frame};
use crate::vm::machine::Vm;
use crate::vm::names;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};
use std::rc::Rc;

/// A function of the library that the program has called.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its qualified name.
    pub qualname: Rc<str>,
    /// What it is a method of.
    pub receiver: Option<Id>,
}

impl Call {
    /// The outermost call of the library that a thread is in.
    pub fn of(fiber: &Fiber) -> Option<Self> {
        let inside = fiber.python_frames().take_while(|frame| !is_users(frame));
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
    let mut variables = entries(vm, globals);
    for fiber in fibers {
        for frame in fiber.python_frames().filter(|frame| is_users(frame)) {
            variables.extend(locals(vm, frame, &fiber.stack));
        }
    }
    let direct = variables
        .iter()
        .find(|(_, value)| value.id() == Some(object));
    if let Some((name, _)) = direct {
        return Some(name.clone());
    }
    let attributes = variables.iter().flat_map(|(name, value)| {
        let inside = value.id().map_or(Id::NONE, |id| vm.heap.get(id).dict);
        let attributes = entries(vm, inside).into_iter();
        attributes.map(move |(attribute, value)| (format!("{name}.{attribute}"), value))
    });
    let mut found = attributes.filter(|(_, value)| value.id() == Some(object));
    found.next().map(|(name, _)| name)
}

impl Kernel {
    /// What the event of a thread that blocks says it waits for. A lock inside of something of the library means nothing
    /// to the program: the call does that it made.
    pub fn told_wait(&self, vm: &Vm, fiber: &Fiber, what: &str) -> String {
        let call = match what == super::lock::WAIT && !self.asked_by_program {
            true => Call::of(fiber),
            false => None,
        };
        call.map_or_else(
            || what.to_owned(),
            |call| {
                let named = |object| variable_of(vm, std::iter::once(fiber), object);
                call.written(call.receiver.and_then(named))
            },
        )
    }
}

/// Does the frame run code of the program?
pub fn is_users(frame: &Frame) -> bool {
    frame.code.code.source.origin == Origin::User
}

/// Names and values of a namespace.
pub fn entries(vm: &Vm, namespace: Id) -> Vec<(String, Value)> {
    let Some(dict) = vm.heap.dict(namespace) else {
        return Vec::new();
    };
    dict.iter()
        .filter_map(|entry| Some((vm.as_str(entry.key)?.to_owned(), entry.value)))
        .collect()
}

/// Names and values of the local variables of a frame.
fn locals(vm: &Vm, frame: &Frame, stack: &[Value]) -> Vec<(String, Value)> {
    let code = &frame.code.code;
    let names = code.locals.iter().chain(&code.cells).chain(&code.frees);
    let content = |&value: &Value| match vm.heap.content(value) {
        Some(&Payload::Cell(inner)) => inner,
        _ => value,
    };
    let values = stack.iter().skip(frame.base as usize).map(content);
    names
        .zip(values)
        .map(|(name, value)| (name.to_string(), value))
        .collect()
}
