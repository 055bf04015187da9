//! The most frequent instructions of coroutines and generators in the cases that can neither fail nor ask: awaiting one
//! another, yielding, returning. Whatever is out of the ordinary goes the full way ([`super::generator`]).

use super::exit::{Completion, Exit};
use super::frame::{Activation, Fiber, Then};
use super::generator::delegates;
use super::machine::Vm;
use super::object::{GeneratorState, Payload};
use super::quick::Quick;
use super::run::{Flow, advance};
use super::shared::unshared;
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;

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

    /// `YieldFrom`: puts the frame of the generator that is awaited on the stack.
    pub(super) fn delegate_quickly(&mut self, fiber: &mut Fiber) -> Quick {
        let Some(Activation::Python(frame)) = fiber.frames.last() else {
            return Quick::No;
        };
        let sent = fiber.peek(0);
        match fiber.peek(1).id() {
            Some(id)
                if frame.thrown.is_unbound()
                    && self.send_quickly(fiber, id, sent, Then::Delegate) =>
            {
                Quick::Switch
            }
            _ => Quick::No,
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
