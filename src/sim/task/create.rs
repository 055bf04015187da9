//! Tasks as most are made: for a plain coroutine, on a loop whose methods are ours. Nothing has to be asked then, so that
//! whoever makes many can make one after the other.

use super::{FIELDS, Field, name_text, register};
use crate::sim::context::own;
use crate::sim::event::Kind;
use crate::sim::event_loop;
use crate::sim::future::{self, Field as FutureField};
use crate::sim::plain::{Ability, has_own_methods};
use crate::sim::system::System;
use crate::vm::class;
use crate::vm::exit::Request;
use crate::vm::names;
use crate::vm::native::Outcome;
use crate::vm::object::Payload;
use crate::vm::value::{Id, Value};

/// `asyncio.create_task(coro, **kwargs)`, with the keywords in a dict.
pub fn start_task(sys: &mut System, request: &Request) -> Outcome {
    let (coroutine, keywords) = (sys.argument(request, 0), sys.argument(request, 1));
    let event_loop = super::running_loop(sys)?;
    let keywords = keywords
        .id()
        .and_then(|keywords| sys.vm.heap.dict(keywords));
    let keywords: Vec<_> = keywords
        .into_iter()
        .flat_map(|keywords| keywords.iter())
        .map(|entry| (entry.key, entry.value))
        .collect();
    if !sys.vm.in_dialogue()
        && is_plain_coroutine(sys, coroutine)
        && let Some(name) = given_name(sys, &keywords)
        && makes_plain_tasks(sys, event_loop)
    {
        return create(sys, event_loop, coroutine, name).map(Value::from);
    }
    sys.call_method(event_loop, "create_task", &[coroutine], &keywords)
}

/// Does the loop make tasks by the library's `create_task`, without a factory, and takes callbacks at once?
pub fn makes_plain_tasks(sys: &mut System, event_loop: Value) -> bool {
    has_no_factory(sys, event_loop)
        && has_own_methods(sys, event_loop, Ability::CreateTask)
        && event_loop::is_ours(sys, event_loop)
}

fn has_no_factory(sys: &System, event_loop: Value) -> bool {
    let factory = sys.vm.own_attribute(event_loop, names::ITS_TASK_FACTORY);
    factory.is_some_and(Value::is_none)
}

/// Is it a coroutine of an `async def`?
pub fn is_plain_coroutine(sys: &System, coroutine: Value) -> bool {
    sys.vm.class_of(coroutine) == class::COROUTINE
}

/// The name among the keywords, `None` if there is none; nothing if there is more than a name to take care of.
fn given_name(sys: &System, keywords: &[(Value, Value)]) -> Option<Value> {
    let mut given = Value::None;
    for &(keyword, value) in keywords {
        match sys.vm.as_str(keyword)? {
            "context" if value.is_none() => {}
            "name" if value.is_none() || sys.vm.class_of(value) == class::STR => given = value,
            _ => return None,
        }
    }
    Some(given)
}

/// A new task of a loop that is ours ([`event_loop::is_ours`]) for a plain coroutine ([`is_plain_coroutine`]), whose first step is
/// scheduled.
pub fn create(sys: &mut System, event_loop: Value, coroutine: Value, name: Value) -> Outcome<Id> {
    let task = make(sys, event_loop, coroutine, name);
    let id = future::task_id(sys, task);
    let qualname = sys
        .vm
        .generator(coroutine)
        .map(|content| content.names().qualname);
    let coro = sys.text_of(qualname.unwrap_or_default());
    let shown = (!name.is_none()).then(|| sys.text_of(name));
    sys.log(Kind::TaskNew {
        task: id,
        coro,
        name: shown,
    });
    event_loop::call_soon_task(sys, event_loop, task);
    register(sys, task);
    let name = name_text(sys, task)?;
    sys.log(Kind::TaskNamed { task: id, name });
    Ok(task)
}

/// The object, as `__new__` and `__init__` leave it.
fn make(sys: &mut System, event_loop: Value, coroutine: Value, name: Value) -> Id {
    let name = match name {
        Value::None => {
            sys.kernel.named_tasks += 1;
            Value::Int(sys.kernel.named_tasks as i64)
        }
        given => given,
    };
    let context = own::copy(sys);
    sys.kernel.created_tasks += 1;
    sys.kernel.traced_tasks += 1;
    let mut fields = [Value::Unbound; FIELDS as usize];
    future::fill_new(&mut fields, sys.kernel.created_tasks);
    for (field, value) in [
        (FutureField::Loop, event_loop),
        (FutureField::SourceTraceback, Value::None),
        (
            FutureField::Traced,
            Value::Int(sys.kernel.traced_tasks.into()),
        ),
    ] {
        fields[field as usize] = value;
    }
    for (field, value) in initial_fields(coroutine, name, context) {
        fields[field as usize] = value;
    }
    let class = sys.kernel.classes.task;
    sys.vm.heap.alloc(class, Payload::Record(fields.into()))
}

/// What `__init__` puts into the fields of a task.
pub(super) fn initial_fields(coroutine: Value, name: Value, context: Value) -> [(Field, Value); 7] {
    [
        (Field::Coroutine, coroutine),
        (Field::Name, name),
        (Field::Context, context),
        (Field::Waiter, Value::None),
        (Field::MustCancel, Value::Bool(false)),
        (Field::Cancels, Value::Int(0)),
        (Field::LogDestroy, Value::Bool(true)),
    ]
}
