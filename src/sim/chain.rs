//! The chain of awaits inside a task, from its coroutine to the place where it waits.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::event::Text;
use super::system::System;
use crate::bytecode::code::Origin;
use crate::vm::frame::Frame;
use crate::vm::link::LinkedCode;
use crate::vm::machine::Vm;
use crate::vm::object::{Function, Generator, GeneratorState, Payload};
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
    /// How many names were given in all.
    introduced: u32,
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
        self.introduced += 1;
        self.given.insert(object, (class, *count));
        *count
    }
}

/// Where the task of this coroutine waits.
pub fn of(vm: &Vm, coroutine: Value) -> Chain {
    let mut places = String::new();
    let mut method = None;
    for link in links(vm, coroutine) {
        let code = &link.code().code;
        if let Link::Frame { generator, frame } = link
            && code.source.origin == Origin::User
        {
            if !places.is_empty() {
                places.push_str(" > ");
            }
            places.push_str(vm.as_str(generator.names().qualname).unwrap_or_default());
            places.push(':');
            places.push_str(&line_of(frame).to_string());
            method = None;
        } else if let Some(object) = link.receiver() {
            method = Some(Method {
                object,
                name: code.name.clone(),
            });
        }
    }
    Chain { places, method }
}

/// One of the coroutines of a chain.
#[derive(Clone, Copy)]
enum Link<'a> {
    /// One that is suspended.
    Frame {
        /// The coroutine.
        generator: &'a Generator,
        /// Where it stands.
        frame: &'a Frame,
    },
    /// One of the library that was not made: its function, and the object whose method that is.
    Folded(&'a Function, Value),
}

impl<'a> Link<'a> {
    fn code(self) -> &'a Rc<LinkedCode> {
        match self {
            Self::Frame { frame, .. } => &frame.code,
            Self::Folded(function, _) => &function.linked,
        }
    }

    /// The instruction at which it stands.
    fn at(self) -> u32 {
        match self {
            Self::Frame { frame, .. } => frame.pc,
            Self::Folded(..) => 0,
        }
    }

    /// The object whose method it is.
    fn receiver(self) -> Option<Id> {
        let first = self.code().code.locals.first()?;
        let receiver = match self {
            Self::Frame { frame, .. } => *frame.values.first()?,
            Self::Folded(_, receiver) => receiver,
        };
        (**first == *"self").then(|| receiver.id())?
    }

    /// What it awaits: the iterator that is delegated to lies below what was last sent.
    fn awaits(self) -> Option<Value> {
        let Self::Frame { frame, .. } = self else {
            return None;
        };
        let below = frame.values.len().checked_sub(2)?;
        Some(frame.values[below])
    }
}

/// The suspended coroutines from this one on, outermost first.
fn links(vm: &Vm, coroutine: Value) -> impl Iterator<Item = Link<'_>> {
    let suspended = |value: Value| match vm.heap.content(value)? {
        Payload::Generator(generator) => match &generator.state {
            GeneratorState::Suspended(frame) => Some(Link::Frame { generator, frame }),
            _ => None,
        },
        Payload::Fold(fold) => match vm.heap.payload(fold.function) {
            Payload::Function(function) => Some(Link::Folded(function, fold.subject)),
            _ => None,
        },
        _ => None,
    };
    let awaited = move |link: &Link| suspended(link.awaits()?);
    std::iter::successors(suspended(coroutine), awaited).take(MAX_DEPTH)
}

fn line_of(frame: &Frame) -> u32 {
    let line = frame.code.code.lines.get(frame.pc as usize);
    line.copied().unwrap_or(0)
}

/// How many chains are remembered.
const PLACES: usize = 64;

/// The texts of chains that were told lately: many tasks wait at the same places, time and again.
#[derive(Debug, Default)]
pub struct Remembered {
    chains: Vec<Option<Known>>,
}

/// A chain, and how events tell it.
#[derive(Debug)]
struct Known {
    /// The code of each coroutine, and where it stands.
    steps: Vec<(Rc<LinkedCode>, u32)>,
    /// The object in whose method the task waits, with its class, and how many objects had names then.
    waits_in: Option<(Id, Id, u32)>,
    told: (Text, Text),
}

impl Clone for Remembered {
    /// A snapshot begins without any.
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The texts of the chain of a task's coroutine: its places, and the method in which it waits.
pub fn told(sys: &mut System, coroutine: Value) -> (Text, Text) {
    let place = place_of(sys.vm, coroutine);
    if let Some(place) = place
        && let Some(Some(known)) = sys.kernel.chains.chains.get(place)
        && is_at(sys, coroutine, known)
    {
        return known.told;
    }
    let chain = of(sys.vm, coroutine);
    let names = &mut sys.kernel.object_names;
    let call = chain
        .method
        .as_ref()
        .map(|method| names.call(sys.vm, method));
    let told = (sys.text(&chain.places), sys.text(&call.unwrap_or_default()));
    if let Some(place) = place {
        let known = Known {
            steps: links(sys.vm, coroutine)
                .map(|link| (link.code().clone(), link.at()))
                .collect(),
            waits_in: chain.method.map(|method| identity(sys, method.object)),
            told,
        };
        let chains = &mut sys.kernel.chains.chains;
        chains.resize_with(PLACES, || None);
        chains[place] = Some(known);
    }
    told
}

/// Where a chain is remembered; nowhere if a coroutine in it was given another name.
fn place_of(vm: &Vm, coroutine: Value) -> Option<usize> {
    let mut mixed = 0;
    for link in links(vm, coroutine) {
        if matches!(link, Link::Frame { generator, .. } if generator.names.is_some()) {
            return None;
        }
        let code = Rc::as_ptr(link.code()) as usize >> 4;
        let object = link.receiver().map_or(0, |object| object.0);
        mixed = (mixed ^ code ^ (link.at() ^ object) as usize).wrapping_mul(0x9e37_79b1);
    }
    Some((mixed >> 16) % PLACES)
}

fn identity(sys: &System, object: Id) -> (Id, Id, u32) {
    let class = sys.vm.class_of(object.into());
    (object, class, sys.kernel.object_names.introduced)
}

fn is_at(sys: &System, coroutine: Value, known: &Known) -> bool {
    let mut steps = known.steps.iter();
    let mut waits_in = None;
    for link in links(sys.vm, coroutine) {
        match steps.next() {
            Some((code, at)) if Rc::ptr_eq(code, link.code()) && *at == link.at() => {}
            _ => return false,
        }
        match link.code().code.source.origin {
            Origin::User => waits_in = None,
            _ => waits_in = link.receiver().or(waits_in),
        }
    }
    steps.next().is_none() && waits_in.map(|object| identity(sys, object)) == known.waits_in
}
