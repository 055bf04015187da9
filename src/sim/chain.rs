//! The chain of awaits inside a task, from its coroutine to the place where it waits.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::event::Text;
use super::system::System;
use crate::bytecode::code::Origin;
use crate::vm::frame::Frame;
use crate::vm::link::LinkedCode;
use crate::vm::machine::Vm;
use crate::vm::object::{Generator, GeneratorState};
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
    for Link { generator, frame } in links(vm, coroutine) {
        let code = &frame.code.code;
        if code.source.origin == Origin::User {
            if !places.is_empty() {
                places.push_str(" > ");
            }
            places.push_str(vm.as_str(generator.names().qualname).unwrap_or_default());
            places.push(':');
            places.push_str(&line_of(frame).to_string());
            method = None;
        } else if let Some(object) = receiver(frame) {
            method = Some(Method {
                object,
                name: code.name.clone(),
            });
        }
    }
    Chain { places, method }
}

/// One of the coroutines of a chain.
struct Link<'a> {
    generator: &'a Generator,
    frame: &'a Frame,
}

/// The suspended coroutines from this one on, outermost first.
fn links(vm: &Vm, coroutine: Value) -> impl Iterator<Item = Link<'_>> {
    let suspended = |value: Value| {
        let generator = &**vm.generator(value)?;
        match &generator.state {
            GeneratorState::Suspended(frame) => Some(Link { generator, frame }),
            _ => None,
        }
    };
    // The iterator that is delegated to lies below what was last sent.
    let awaited = move |link: &Link| {
        let below = link.frame.values.len().checked_sub(2)?;
        suspended(link.frame.values[below])
    };
    std::iter::successors(suspended(coroutine), awaited).take(MAX_DEPTH)
}

fn line_of(frame: &Frame) -> u32 {
    let line = frame.code.code.lines.get(frame.pc as usize);
    line.copied().unwrap_or(0)
}

/// The object whose method a frame is.
fn receiver(frame: &Frame) -> Option<Id> {
    let first = frame.code.code.locals.first()?;
    (**first == *"self").then(|| frame.values.first()?.id())?
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
                .map(|link| (link.frame.code.clone(), link.frame.pc))
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
    for Link { generator, frame } in links(vm, coroutine) {
        if generator.names.is_some() {
            return None;
        }
        let code = Rc::as_ptr(&frame.code) as usize >> 4;
        let object = receiver(frame).map_or(0, |object| object.0);
        mixed = (mixed ^ code ^ (frame.pc ^ object) as usize).wrapping_mul(0x9e37_79b1);
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
    for Link { frame, .. } in links(sys.vm, coroutine) {
        match steps.next() {
            Some((code, pc)) if Rc::ptr_eq(code, &frame.code) && *pc == frame.pc => {}
            _ => return false,
        }
        match frame.code.code.source.origin {
            Origin::User => waits_in = None,
            _ => waits_in = receiver(frame).or(waits_in),
        }
    }
    steps.next().is_none() && waits_in.map(|object| identity(sys, object)) == known.waits_in
}
