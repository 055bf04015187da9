//! The chain of awaits inside a task, from its coroutine to the place where it waits.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;

use super::event::Text;
use super::system::System;
use super::texts::Around;
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
    given: BTreeMap<Id, Given>,
    /// The classes of such objects, of which there are few: what they are called, and how many of their objects have names.
    classes: Vec<(Rc<str>, u32)>,
    /// How many names were given in all.
    introduced: u32,
}

/// The name of an object.
#[derive(Clone, Copy, Debug)]
struct Given {
    /// Which of the classes.
    class: usize,
    number: u32,
}

impl ObjectNames {
    /// The method with its object's name: `Lock-1.acquire`.
    pub fn call(&mut self, vm: &Vm, method: &Method) -> String {
        let number = self.number(vm, method.object);
        let class = vm.class_name(method.object.into());
        format!("{class}-{number}.{}", method.name)
    }

    /// The number of an object among those of its class.
    fn number(&mut self, vm: &Vm, object: Id) -> u32 {
        let class = self.class(vm.class_name(object.into()));
        let place = self.given.entry(object);
        if let Entry::Occupied(known) = &place
            && known.get().class == class
        {
            return known.get().number;
        }
        let (_, number) = &mut self.classes[class];
        (*number, self.introduced) = (*number + 1, self.introduced + 1);
        let number = *number;
        place.insert_entry(Given { class, number });
        number
    }

    fn class(&mut self, name: &str) -> usize {
        let known = self.classes.iter().position(|(known, _)| **known == *name);
        known.unwrap_or_else(|| {
            self.classes.push((name.into(), 0));
            self.classes.len() - 1
        })
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

/// How many chains are remembered, and how many methods of objects.
const REMEMBERED: usize = 64;

/// The texts of chains that were told lately: many tasks wait at the same places, time and again.
#[derive(Debug, Default)]
pub struct Remembered {
    chains: Vec<Option<KnownChain>>,
    calls: Vec<Option<KnownCall>>,
}

/// A chain, and how events tell it.
#[derive(Debug)]
struct KnownChain {
    /// The code of each coroutine, and where it stands.
    steps: Vec<(Rc<LinkedCode>, u32)>,
    places: Text,
    within: Within,
}

/// In what a task waits.
#[derive(Clone, Debug)]
enum Within {
    /// In this method of a library object, the innermost one.
    Method(Rc<str>),
    /// In none, which this text tells.
    Nothing(Text),
}

/// A method of an object, and how events tell it.
#[derive(Debug)]
struct KnownCall {
    object: Id,
    class: Id,
    /// How many objects had names.
    introduced: u32,
    method: Rc<str>,
    told: Text,
}

impl Clone for Remembered {
    /// A snapshot begins without any.
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The texts of the chain of a task's coroutine: its places, and the method in which it waits.
pub fn told(sys: &mut System, coroutine: Value) -> (Text, Text) {
    let Some(met) = Met::of(sys.vm, coroutine) else {
        let chain = of(sys.vm, coroutine);
        let places = sys.text(&chain.places);
        let call = chain.method.map(|method| told_call(sys, method));
        return (places, call.unwrap_or_else(|| sys.text("")));
    };
    let known = sys.kernel.chains.chains.get(met.place);
    let (places, within) = match known {
        Some(Some(known)) if known.is_at(sys.vm, coroutine) => (known.places, known.within.clone()),
        _ => remember(sys, coroutine, met.place),
    };
    let call = match (within, met.receiver) {
        (Within::Method(name), Some(object)) => told_call(sys, Method { object, name }),
        (Within::Nothing(text), _) => text,
        _ => sys.text(""),
    };
    (places, call)
}

fn remember(sys: &mut System, coroutine: Value, place: usize) -> (Text, Within) {
    let chain = of(sys.vm, coroutine);
    let places = sys.text(&chain.places);
    let within = match chain.method {
        Some(method) => Within::Method(method.name),
        None => Within::Nothing(sys.text("")),
    };
    let steps = links(sys.vm, coroutine).map(|link| (link.code().clone(), link.at()));
    let known = KnownChain {
        steps: steps.collect(),
        places,
        within: within.clone(),
    };
    keep(&mut sys.kernel.chains.chains, place, known);
    (places, within)
}

/// The text of a method in which a task waits, as [`ObjectNames::call`] has it.
fn told_call(sys: &mut System, method: Method) -> Text {
    let Method { object, name } = method;
    let place = object.0 as usize % REMEMBERED;
    let class = sys.vm.class_of(object.into());
    let introduced = sys.kernel.object_names.introduced;
    if let Some(Some(known)) = sys.kernel.chains.calls.get(place)
        && (known.object, known.class, known.introduced) == (object, class, introduced)
        && Rc::ptr_eq(&known.method, &name)
    {
        return known.told;
    }
    let number = sys.kernel.object_names.number(sys.vm, object);
    let around = Around {
        before: [sys.vm.class_name(object.into()), "-"],
        after: [".", &name],
    };
    let told = sys.log.texts.intern_formed(around, number);
    let known = KnownCall {
        object,
        class,
        introduced: sys.kernel.object_names.introduced,
        method: name,
        told,
    };
    keep(&mut sys.kernel.chains.calls, place, known);
    told
}

fn keep<T>(remembered: &mut Vec<Option<T>>, place: usize, known: T) {
    remembered.resize_with(REMEMBERED, || None);
    remembered[place] = Some(known);
}

/// What is met on the way along a chain.
struct Met {
    /// Where the chain is remembered.
    place: usize,
    /// The innermost library object in whose method the task waits.
    receiver: Option<Id>,
}

impl Met {
    /// Nothing if a coroutine of the chain was given another name.
    fn of(vm: &Vm, coroutine: Value) -> Option<Self> {
        let (mut mixed, mut receiver) = (0, None);
        for link in links(vm, coroutine) {
            if matches!(link, Link::Frame { generator, .. } if generator.names.is_some()) {
                return None;
            }
            let code = Rc::as_ptr(link.code()) as usize >> 4;
            mixed = (mixed ^ code ^ link.at() as usize).wrapping_mul(0x9e37_79b1);
            receiver = match link.code().code.source.origin {
                Origin::User => None,
                _ => link.receiver().or(receiver),
            };
        }
        let place = (mixed >> 16) % REMEMBERED;
        Some(Self { place, receiver })
    }
}

impl KnownChain {
    fn is_at(&self, vm: &Vm, coroutine: Value) -> bool {
        let mut steps = self.steps.iter();
        let mut links = links(vm, coroutine);
        links.all(|link| {
            let step = steps.next();
            step.is_some_and(|(code, at)| Rc::ptr_eq(code, link.code()) && *at == link.at())
        }) && steps.next().is_none()
    }
}
