//! The chain of awaits inside a task, from its coroutine to the place where it waits.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::bytecode::code::Origin;
use crate::vm::machine::Vm;
use crate::vm::object::GeneratorState;
use crate::vm::value::{Id, Value};

/// The longest chain that is told.
const MAX_DEPTH: usize = 100;

/// Where a task waits.
pub struct Chain {
    /// The suspended user frames, outermost first, as `function:line` joined by ` > `.
    pub places: String,
    /// The innermost method of a library object in which the task waits.
    pub method: Option<Method>,
}

/// A method of a library object: the lock's `acquire`, the queue's `get`.
pub struct Method {
    /// The object.
    pub object: Id,
    /// The method's name.
    pub name: Rc<str>,
}

/// Names for the library objects that tasks wait in, by class and number: `Lock-1`, `Queue-2`. An object that takes the
/// place in memory of one that is gone takes over its name, if it is of the same class.
#[derive(Clone, Debug, Default)]
pub struct ObjectNames {
    given: BTreeMap<Id, (Rc<str>, u32)>,
    counts: BTreeMap<Rc<str>, u32>,
}

impl ObjectNames {
    /// The method with its object's name: `Lock-1.acquire`.
    pub fn call(&mut self, vm: &Vm, method: &Method) -> String {
        let class = vm.class_name(Value::Object(method.object));
        let known = self.given.get(&method.object);
        let number = match known.filter(|(of, _)| **of == *class) {
            Some((_, number)) => *number,
            None => self.introduce(class, method.object),
        };
        // Each step of a task that waits makes one: putting it together by hand takes a fifth of what `format!` does.
        [class, "-", &number.to_string(), ".", &method.name].concat()
    }

    fn introduce(&mut self, class: &str, object: Id) -> u32 {
        let class: Rc<str> = class.into();
        let count = self.counts.entry(class.clone()).or_default();
        *count += 1;
        self.given.insert(object, (class, *count));
        *count
    }
}

/// Where the task of this coroutine waits.
pub fn of(vm: &Vm, coroutine: Value) -> Chain {
    let mut places = String::new();
    let mut method = None;
    let mut at = coroutine;
    for _ in 0..MAX_DEPTH {
        let Some(generator) = vm.generator(at) else {
            break;
        };
        let GeneratorState::Suspended(suspended) = &generator.state else {
            break;
        };
        let (code, pc) = (&suspended.code.code, suspended.pc as usize);
        if code.source.origin == Origin::User {
            let line = code.lines.get(pc).copied().unwrap_or(0);
            if !places.is_empty() {
                places.push_str(" > ");
            }
            places.push_str(vm.as_str(generator.names().qualname).unwrap_or_default());
            places.push(':');
            places.push_str(&line.to_string());
            method = None;
        } else if code.locals.first().is_some_and(|name| **name == *"self") {
            let object = suspended.values.first().and_then(|value| value.id());
            method = object.map(|object| Method {
                object,
                name: code.name.clone(),
            });
        }
        // The iterator that is delegated to lies below what was last sent.
        let below = suspended.values.len().checked_sub(2);
        at = below
            .and_then(|n| suspended.values.get(n))
            .copied()
            .unwrap_or_default();
    }
    Chain { places, method }
}
