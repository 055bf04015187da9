//! The most frequent instructions of coroutines and generators in the cases that can neither fail nor ask: awaiting one
//! another, yielding, returning. Whatever is out of the ordinary goes the full way ([`super::generator`]).

use super::exit::{Completion, Exit};
use super::frame::{Activation, Fiber, Then};
use super::generator::delegates;
use super::machine::{Resumed, Vm};
use super::names;
use super::native::Trap;
use super::object::{GeneratorState, Payload};
use super::quick::Quick;
use super::run::{Flow, advance};
use super::value::{Id, Value};
use super::wait::Wait;
use crate::bytecode::code::CodeKind;
use crate::shared::unshared;

impl Vm {
    /// `GetAwaitable`: a coroutine that nobody awaits is its own iterator, and so is a generator that stands for one.
    #[inline]
    pub(super) fn is_plainly_awaitable(&self, value: Value) -> bool {
        match self.heap.content(value) {
            Some(Payload::Generator(content)) => match (content.code.code.kind, &content.state) {
                (CodeKind::Coroutine, GeneratorState::Suspended(suspended)) => !suspended.started,
                (CodeKind::Generator, _) => self.is_iterable_coroutine(value),
                _ => false,
            },
            _ => false,
        }
    }

    /// The generator on top yields the value on top.
    pub(super) fn yield_top(&mut self, fiber: &mut Fiber) -> Option<Exit> {
        let value = fiber.stack.pop().unwrap_or_default();
        let flow = self.yield_value(fiber, value);
        self.heap.release(value);
        match flow {
            Flow::Leave(exit) => Some(exit),
            _ => None,
        }
    }

    /// The generator on top returns the value on top to the host, which borrows it.
    pub(super) fn return_to_host(&mut self, fiber: &mut Fiber) -> Option<Exit> {
        let value = fiber.stack.pop().unwrap_or_default();
        if let Some(Activation::Python(frame)) = fiber.frames.last() {
            self.end_generator(frame.generator);
        }
        self.pop_frame(fiber);
        self.heap.release(value);
        Some(Exit::Host(Completion::Returned(value)))
    }

    /// Its frame is about to go, with all that it holds.
    fn end_generator(&mut self, generator: Id) {
        if let Payload::Generator(content) = self.heap.payload_mut(generator) {
            unshared(content).state = GeneratorState::Finished;
        }
    }

    /// The same for an awaitable of the host's own class: the iterator with which it is awaited takes its place.
    pub(super) fn await_host_quickly(&mut self, fiber: &mut Fiber) -> bool {
        let value = fiber.peek(0);
        let class = self.class_of(value);
        let is_hosts = self.awaiting.awaitables.contains(&class)
            && self.lookup(class, names::AWAIT).is_some_and(|method| {
                matches!(self.heap.content(method), Some(Payload::Native(_)))
            });
        if is_hosts {
            let iterator = self.new_wait(value);
            self.replace_top(fiber, iterator);
        }
        is_hosts
    }

    /// `YieldFrom`: puts the frame of the generator that is awaited on the stack, takes a step of an awaitable of the host,
    /// or ends a nap.
    pub(super) fn delegate_quickly(&mut self, fiber: &mut Fiber) -> Quick {
        let Some(Activation::Python(frame)) = fiber.frames.last() else {
            return Quick::No;
        };
        if !frame.thrown.is_unbound() || !frame.answers.is_empty() {
            return Quick::No;
        }
        let (iterator, sent) = (fiber.peek(1), fiber.peek(0));
        if self.is_nap(iterator) {
            self.end_nap(fiber);
            return Quick::Done;
        }
        if let Some(fold) = self.fold_of(iterator) {
            return self.resume_fold(fold);
        }
        if let Some(wait) = self.wait_of(iterator) {
            return self.wait_quickly(fiber, iterator, wait);
        }
        match iterator.id() {
            Some(id) if self.send_quickly(fiber, id, sent, Then::Delegate) => Quick::Switch,
            _ => Quick::No,
        }
    }

    fn wait_quickly(&mut self, fiber: &mut Fiber, iterator: Value, wait: Wait) -> Quick {
        let outcome = self.advance_wait(iterator, wait);
        if !matches!(outcome, Err(Trap::Ask | Trap::Kernel(_))) {
            self.forget_answers();
        }
        match outcome {
            Ok(Resumed::Yielded(value)) => {
                fiber.push(&mut self.heap, value);
                Quick::Yields
            }
            Ok(Resumed::Returned(value)) => {
                self.heap.retain(value);
                let floor = fiber.stack.len() - 2;
                fiber.truncate(&mut self.heap, floor);
                fiber.stack.push(value);
                advance(fiber);
                Quick::Switch
            }
            Err(trap) => {
                self.trap = Some(trap);
                Quick::Trapped
            }
        }
    }

    /// Puts the frame of a suspended generator on the stack and gives it what it is sent. False, with nothing done, if
    /// that cannot be done just so.
    pub(super) fn send_quickly(
        &mut self,
        fiber: &mut Fiber,
        id: Id,
        sent: Value,
        then: Then,
    ) -> bool {
        let started = match self.heap.payload(id) {
            Payload::Generator(content) => match &content.state {
                GeneratorState::Suspended(suspended) => suspended.started,
                _ => return false,
            },
            _ => return false,
        };
        let takes = started || sent.is_none();
        if !takes || fiber.frames.len() >= self.limits.recursion {
            return false;
        }
        self.unsuspend(fiber, id, then);
        if started {
            self.go_on_with(fiber, sent);
        }
        true
    }

    /// Gives the started frame on top what it is sent.
    pub(super) fn go_on_with(&mut self, fiber: &mut Fiber, sent: Value) {
        if delegates(fiber) {
            fiber.pop(&mut self.heap);
            fiber.push(&mut self.heap, sent);
            self.resume_delegates(fiber);
        } else {
            fiber.push(&mut self.heap, sent);
            advance(fiber);
        }
    }

    /// `Return` from a generator that another one awaits: the result replaces what the awaiting `YieldFrom` has on the
    /// stack.
    pub(super) fn return_to_delegator(&mut self, fiber: &mut Fiber, generator: Id) -> Quick {
        let Some(value) = fiber.stack.pop() else {
            return Quick::No;
        };
        self.end_generator(generator);
        self.pop_frame(fiber);
        fiber.pop(&mut self.heap);
        fiber.pop(&mut self.heap);
        fiber.stack.push(value);
        advance(fiber);
        Quick::Switch
    }
}
