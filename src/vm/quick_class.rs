//! Calls of classes where nothing is out of the ordinary. Instances that are made by `object.__new__` and initialised by a
//! Python function are made on the stack, and the function runs on them (`Python/bytecodes.c`:
//! CALL_ALLOC_AND_ENTER_INIT); where built-ins make and initialise them, these are called with what lies on the stack.
//! Whatever else there is goes the full way ([`super::call`]).

use super::class::{self, Layout};
use super::frame::{Activation, Fiber, Then};
use super::machine::Vm;
use super::names;
use super::native::{FEW, NativeCode, NativeFunction, Outcome};
use super::object::{Function, Payload};
use super::quick::Quick;
use super::quick_call::is_answered;
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use std::rc::Rc;

impl Vm {
    /// Calls the class at `floor` with the arguments from `first` on; those at the end are named by `names`.
    pub(super) fn construct_quickly(
        &mut self,
        fiber: &mut Fiber,
        floor: usize,
        first: usize,
        names: &[Value],
    ) -> Quick {
        let class = fiber.stack[floor].id().unwrap_or(Id::NONE);
        if self.heap.get(class).class != class::TYPE || class == class::TYPE || is_answered(fiber) {
            return Quick::No;
        }
        match self.plain_init(class) {
            Some((init, function)) => self.enter_init(fiber, init, &function, floor, first, names),
            None if names.is_empty() && fiber.stack.len() - first < FEW => {
                self.construct_natively(fiber, class, floor, first)
            }
            None => Quick::No,
        }
    }

    /// The same where both making and initialising an instance are up to built-ins, in the steps of the full way.
    fn construct_natively(
        &mut self,
        fiber: &mut Fiber,
        class: Id,
        floor: usize,
        first: usize,
    ) -> Quick {
        let (Some(new), Some(init)) = (
            self.simple_method(class, names::NEW),
            self.simple_method(class, names::INIT),
        ) else {
            return Quick::No;
        };
        let outcome = self.make_natively(&new, &init, class, &fiber.stack[first..]);
        self.end_plain_call(fiber, floor, outcome)
    }

    /// What a class gives that is called without arguments.
    pub(super) fn instance_of(&mut self, class: Id) -> Outcome {
        let is_plain = self.heap.get(class).class == class::TYPE;
        let methods = [names::NEW, names::INIT].map(|name| self.simple_method(class, name));
        match methods {
            [Some(new), Some(init)] if is_plain => self.make_natively(&new, &init, class, &[]),
            _ => self.call(class.into(), &[]),
        }
    }

    fn make_natively(
        &mut self,
        new: &NativeFunction,
        init: &NativeFunction,
        class: Id,
        arguments: &[Value],
    ) -> Outcome {
        let mut all = [Value::Unbound; FEW];
        let all = &mut all[..=arguments.len()];
        all[1..].copy_from_slice(arguments);
        all[0] = class.into();
        let instance = self.once(|vm| vm.call_native(new, all, &[]))?;
        if init.owner != class::OBJECT && self.is_instance(instance, class) {
            all[0] = instance;
            self.call_native(init, all, &[])?;
        }
        Ok(instance)
    }

    /// A method of a class that is a built-in which needs only its arguments.
    fn simple_method(&self, class: Id, name: Value) -> Option<NativeFunction> {
        let native = self.native_method(class, name)?;
        matches!(native.def.code, NativeCode::Plain(_)).then(|| native.clone())
    }

    /// Makes an instance of the class at `floor` and begins to initialise it.
    fn enter_init(
        &mut self,
        fiber: &mut Fiber,
        init: Id,
        function: &Rc<Function>,
        floor: usize,
        first: usize,
        names: &[Value],
    ) -> Quick {
        if fiber.frames.len() >= self.limits.recursion {
            return Quick::No;
        }
        let class = fiber.stack[floor];
        // The instance stands below its frame, as what the call gives, and is the first argument. It is made when nothing
        // can fail any more: making one that is not used would be noticed.
        let base = floor + 1;
        if first == base {
            fiber.stack.insert(base, Value::Unbound);
        }
        if !self.bind_quickly(fiber, function, base, names) {
            if first == base {
                fiber.stack.remove(base);
            }
            return Quick::No;
        }
        let instance = self.object(class.id().unwrap_or(Id::NONE), Payload::Plain);
        self.heap.retain(instance);
        self.heap.retain(instance);
        (fiber.stack[floor], fiber.stack[base]) = (instance, instance);
        self.heap.release(class);
        let mut frame = self.new_frame(&function.linked, init, function.globals);
        (frame.base, frame.floor, frame.then) = (base as u32, base as u32, Then::Init);
        self.heap.retain(init.into());
        fiber.frames.push(Activation::Python(frame));
        Quick::Switch
    }

    /// The function that initialises instances of a class, if making them takes nothing else but memory.
    fn plain_init(&self, class: Id) -> Option<(Id, Rc<Function>)> {
        let content = self.class(class)?;
        let plain = content.layout == Layout::Plain
            && !self.is_builtin(class)
            && self.lookup(class, names::ABSTRACT_METHODS).is_none();
        if !plain || !self.is_made_by_object(class) {
            return None;
        }
        let init = self.lookup(class, names::INIT)?.id()?;
        match self.heap.payload(init) {
            Payload::Function(function) if function.linked.code.kind == CodeKind::Function => {
                Some((init, function.clone()))
            }
            _ => None,
        }
    }

    /// Is `__new__` of the class that of `object`?
    fn is_made_by_object(&self, class: Id) -> bool {
        let new = self.native_method(class, names::NEW);
        new.is_some_and(|new| new.owner == class::OBJECT)
    }
}
