//! Raising: context, traceback entries, handlers, and frames that are left (`Python/errors.c`: _PyErr_SetObject;
//! `Python/ceval.c`: exception_unwind).

use super::class;
use super::due::{Due, Passage, Round};
use super::exit::{Completion, Exit};
use super::frame::{Activation, Answer, Catching, Fiber, Frame, NO_LINE, Then, UNSTARTED};
use super::frame_object;
use super::generator;
use super::link::LinkedCode;
use super::machine::Vm;
use super::native::Outcome;
use super::object::{Exception, GeneratorState, Payload, Traceback};
use super::run::Flow;
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use crate::bytecode::op::Op;
use std::rc::Rc;

impl Vm {
    /// An instruction of the frame on top raised.
    pub(super) fn raise_here(&mut self, fiber: &mut Fiber, exception: Value) -> Option<Exit> {
        let reraised = match current_op(fiber) {
            Some(Op::Reraise | Op::EndAsyncFor) => true,
            Some(Op::ReraiseGroup) => {
                go_to_line(fiber, NO_LINE);
                true
            }
            Some(Op::ReraiseAtLine) => {
                go_back_to_line(fiber);
                true
            }
            // A bare `raise` goes on with the exception being handled, whose entry for this frame is there.
            Some(Op::Raise(0)) => self.handled(fiber).is(exception),
            _ => false,
        };
        let again = self.is_raised_again(exception);
        if !reraised
            && self
                .exception_content(exception)
                .is_some_and(|e| again || e.traceback.is_none())
        {
            self.set_context(fiber, exception);
        }
        let traced = if reraised { Place::Known } else { Place::New };
        self.unwind_from(fiber, exception, traced)
    }

    /// Gives an exception that is about to be raised its `__context__`: what is being handled now.
    pub(super) fn set_context(&mut self, fiber: &Fiber, exception: Value) {
        let handled = self.handled(fiber);
        self.give_context(exception, handled);
    }

    /// The same, unless it was raised before.
    pub(super) fn set_first_context(&mut self, fiber: &Fiber, exception: Value) {
        let content = self.exception_content(exception);
        if content.is_some_and(|content| content.traceback.is_none()) {
            self.set_context(fiber, exception);
        }
    }

    /// An exception that is thrown in is raised where the frame on top stands.
    pub(super) fn raise_thrown(&mut self, fiber: &mut Fiber, exception: Value) -> Flow {
        self.chain_own(fiber, exception);
        self.unwind_from(fiber, exception, Place::New)
            .map_or(Flow::Switch, Flow::Leave)
    }

    /// The context of an exception that is thrown into the frame on top: only what that frame itself handles counts.
    pub(super) fn chain_own(&mut self, fiber: &Fiber, exception: Value) {
        let handled = fiber.frame().map(|frame| frame.handled).unwrap_or_default();
        self.give_context(exception, handled);
    }

    /// What is thrown into a suspended generator gets its context before the frame goes on: what only the context that it
    /// had held goes where the caller stands (`Objects/genobject.c`: gen_send_ex2).
    pub fn chain_before(&mut self, generator: Value, exception: Value) -> Outcome<()> {
        let due = self.once(|vm| {
            if vm.loses_context(generator, exception) {
                let handled = vm.handled_where_it_waits(generator);
                vm.give_context(exception, handled);
                vm.free_dead();
            }
            Ok(vm.has_due().into())
        })?;
        match due {
            Value::Bool(true) => self.helper("let_go", &[]).map(drop),
            _ => Ok(()),
        }
    }

    /// Will another context take the place of the one that an exception has when it is thrown into a generator?
    pub fn loses_context(&self, generator: Value, exception: Value) -> bool {
        self.has_context(exception) && !self.handled_where_it_waits(generator).is_unbound()
    }

    fn has_context(&self, exception: Value) -> bool {
        let content = self.exception_content(exception);
        content.is_some_and(|content| content.context.id().is_some())
    }

    /// What a suspended generator handles, if what is thrown into it is raised in its own frame: it waits for the host.
    fn handled_where_it_waits(&self, generator: Value) -> Value {
        let Some(GeneratorState::Suspended(frame)) =
            self.generator(generator).map(|content| &content.state)
        else {
            return Value::Unbound;
        };
        // Awaiting leaves the iterator and what is sent to it on the stack.
        let awaited = frame.values.iter().rev().nth(1).copied();
        let waits = matches!(
            frame.code.code.ops.get(frame.pc as usize),
            Some(Op::YieldFrom)
        ) && self.wait_of(awaited.unwrap_or_default()).is_some();
        if waits { frame.handled } else { Value::Unbound }
    }

    /// Whether a built-in raises this exception again as its own; asked once.
    pub(super) fn is_raised_again(&mut self, exception: Value) -> bool {
        let kept = std::mem::replace(&mut self.raised_again, Id::NONE);
        kept != Id::NONE && exception.id() == Some(kept)
    }

    /// Makes what is handled the context of an exception.
    pub(super) fn give_context(&mut self, exception: Value, handled: Value) {
        if handled.is_unbound() || handled.is(exception) {
            return;
        }
        // Break a cycle: if the exception is in the context chain of what is handled, that link is cut.
        let mut at = handled;
        while let Some(content) = self.exception_content(at) {
            let next = content.context;
            if next.is(exception) {
                self.update_exception(at, |content| content.context = Value::None);
                break;
            }
            at = next;
        }
        self.update_exception(exception, |content| content.context = handled);
    }

    /// The exception that is being handled, innermost first; unbound when there is none.
    pub fn handled(&self, fiber: &Fiber) -> Value {
        Self::handled_in(fiber.python_frames())
    }

    /// The exception that the callers of the frame on top handle.
    pub(super) fn handled_outside(&self, fiber: &Fiber) -> Value {
        Self::handled_in(fiber.python_frames().skip(1))
    }

    fn handled_in<'a>(frames: impl Iterator<Item = &'a Frame>) -> Value {
        let mut passed = false;
        let mut visible =
            frames.filter(|frame| !std::mem::replace(&mut passed, frame.then == Then::Thrown));
        visible
            .find(|frame| !frame.handled.is_unbound())
            .map(|frame| frame.handled)
            .unwrap_or_default()
    }

    /// The content of an exception.
    pub fn exception_content(&self, value: Value) -> Option<&Rc<Exception>> {
        match self.heap.content(value)? {
            Payload::Exception(content) => Some(content),
            _ => None,
        }
    }

    /// Changes the content of an exception.
    pub fn update_exception(&mut self, value: Value, change: impl FnOnce(&mut Exception)) {
        if let Some(id) = value.id() {
            self.heap.change_exception(id, change);
        }
    }

    /// An exception arrives at the frame on top from something that it started as `then`.
    pub(super) fn unwind(
        &mut self,
        fiber: &mut Fiber,
        exception: Value,
        then: Then,
    ) -> Option<Exit> {
        match then {
            Then::Host => return Some(Exit::Host(Completion::Raised(exception))),
            Then::Discard => {
                self.discarded_raised(fiber, exception);
                return None;
            }
            Then::Answer => {
                if let Some(Activation::Python(frame)) = fiber.frames.last_mut()
                    && frame.catching == Catching::All
                {
                    self.answer(fiber, Answer::Raised(exception));
                    return None;
                }
                self.tell_attribute(fiber, exception);
            }
            Then::Thrown => return self.pass_thrown(fiber, exception),
            Then::Push | Then::Init | Then::ForIter | Then::Delegate => {}
        }
        self.unwind_from(fiber, exception, Place::New)
    }

    /// Each coroutine on the way of what is thrown in raises it anew. While it is given its context, the coroutine does not
    /// stand on the stack, which shows where that ends something (`Objects/genobject.c`: _gen_throw, gen_send_ex2).
    fn pass_thrown(&mut self, fiber: &mut Fiber, exception: Value) -> Option<Exit> {
        if self.loses_more_than_context(fiber, exception) {
            generator::set_closing(fiber, true);
            self.heap.retain(exception);
            self.begin_round(fiber, Due::Unwind(Passage::Enter, exception));
            return None;
        }
        self.unwind_from(fiber, exception, Place::New)
    }

    /// Gives an exception that is thrown on its context. Is there something to be run for what only the one before held?
    fn loses_more_than_context(&mut self, fiber: &Fiber, exception: Value) -> bool {
        if !self.has_context(exception) {
            self.chain_own(fiber, exception);
            return false;
        }
        self.free_dead();
        let waiting = self.has_due();
        self.chain_own(fiber, exception);
        self.free_dead();
        !waiting && self.has_due()
    }

    /// What was due is over: the exception goes on. Its counted reference is taken over.
    pub(super) fn go_on_unwinding(
        &mut self,
        fiber: &mut Fiber,
        passage: Passage,
        exception: Value,
    ) -> Option<Exit> {
        match passage {
            Passage::Leave => self.leave(fiber, exception),
            Passage::Enter => self.take_thrown(fiber, exception),
            Passage::Raise => {
                let exit = self.raise_here(fiber, exception);
                self.heap.release(exception);
                exit
            }
        }
    }

    /// The instance that a call made could not be initialised: it goes before the exception arrives where the call stands
    /// (`Objects/typeobject.c`: type_call). True if something has to be run for that, behind which the exception goes on.
    pub(super) fn drop_instance(&mut self, fiber: &mut Fiber, exception: Value) -> bool {
        let floor = fiber.stack.len() - self.operands_of_call(fiber).min(fiber.stack.len());
        if let Some(slot) = fiber.stack.get_mut(floor) {
            let instance = std::mem::replace(slot, Value::None);
            self.heap.release(instance);
        }
        self.heap.retain(exception);
        self.free_dead();
        if self.has_due() {
            self.begin_round(fiber, Due::Unwind(Passage::Raise, exception));
            return true;
        }
        self.heap.release(exception);
        false
    }

    /// The frame on top goes on with an exception, whose counted reference is taken over.
    fn take_thrown(&mut self, fiber: &mut Fiber, exception: Value) -> Option<Exit> {
        generator::set_closing(fiber, false);
        let exit = self.unwind_from(fiber, exception, Place::New);
        self.heap.release(exception);
        exit
    }

    /// Has what is due run before something else.
    fn begin_round(&mut self, fiber: &mut Fiber, last: Due) {
        let due = std::mem::take(&mut self.due);
        fiber.rounds.push(Round {
            depth: fiber.frames.len(),
            current: None,
            queue: due.into_iter().chain([last]).collect(),
        });
    }

    /// An AttributeError that Python code raised for an attribute being read says of which object and which name,
    /// unless it says so itself (`Objects/object.c`: _PyObject_SetAttributeErrorContext).
    fn tell_attribute(&mut self, fiber: &Fiber, exception: Value) {
        if !self.is_instance(exception, class::ATTRIBUTE_ERROR) {
            return;
        }
        let name = match (current_op(fiber), fiber.frame()) {
            (Some(Op::LoadAttr(n) | Op::LoadMethod(n)), Some(frame)) => {
                frame.code.names.get(n as usize).copied()
            }
            _ => None,
        };
        if let Some(name) = name {
            self.tell_missing(exception, fiber.peek(0), name);
        }
    }

    /// Looks for a handler from the frame on top outwards.
    fn unwind_from(&mut self, fiber: &mut Fiber, exception: Value, place: Place) -> Option<Exit> {
        let Some(Activation::Python(frame)) = fiber.frames.last() else {
            return Some(match fiber.frames.is_empty() {
                true => Exit::Ended(Completion::Raised(exception)),
                false => Exit::Host(Completion::Raised(exception)),
            });
        };
        if place == Place::New && !frame_object::stands_for_c(frame) {
            let (at, pc) = (fiber.frames.len() - 1, frame.pc);
            self.add_traceback(fiber, at, pc, exception);
        }
        self.heap.retain(exception);
        self.drop_answers(fiber);
        if self.enter_handler(fiber, exception) {
            self.heap.release(exception);
            return None;
        }
        if place == Place::Known {
            self.return_to_line(fiber, exception);
        }
        if self.clear_operands(fiber) {
            self.begin_round(fiber, Due::Unwind(Passage::Leave, exception));
            return None;
        }
        self.leave(fiber, exception)
    }

    /// A frame that an exception leaves which was raised again stays in its line, at the instruction of the line that
    /// raised it first, if there is one. Lines of the library are not followed.
    fn return_to_line(&mut self, fiber: &mut Fiber, exception: Value) {
        let traceback = self.exception_content(exception).map(|e| e.traceback);
        let entry = match traceback.and_then(|entry| self.heap.content(entry)) {
            Some(Payload::Traceback(entry)) => Rc::clone(entry),
            _ => return,
        };
        let Some(Activation::Python(frame)) = fiber.frames.last_mut() else {
            return;
        };
        let mut lines = frame.code.code.lines.iter();
        let raised_here = Rc::ptr_eq(&frame.code, &entry.code);
        if raised_here && [0, entry.code.code.line_at(entry.at)].contains(&frame.line) {
            frame.pc = entry.at;
        } else if let Some(at) = lines.position(|&line| line == frame.line) {
            frame.pc = at as u32;
        }
    }

    /// Drops what lies on the stack above the variables of the frame on top. True if that calls for something to be run,
    /// which has to happen before the frame is left.
    fn clear_operands(&mut self, fiber: &mut Fiber) -> bool {
        let Some(Activation::Python(frame)) = fiber.frames.last() else {
            return false;
        };
        let variables = frame.base as usize + frame.code.code.slots();
        if fiber.stack.len() <= variables {
            return false;
        }
        fiber.truncate(&mut self.heap, variables);
        self.free_dead();
        !self.due.is_empty()
    }

    /// The frame on top is left by an exception, whose counted reference is taken over.
    fn leave(&mut self, fiber: &mut Fiber, exception: Value) -> Option<Exit> {
        let (then, exception) = self.leave_by_exception(fiber, exception);
        let exit = match fiber.frames.is_empty() && !matches!(then, Then::Discard) {
            true => Some(Exit::Ended(Completion::Raised(exception))),
            false => self.unwind(fiber, exception, then),
        };
        self.heap.release(exception);
        exit
    }

    fn drop_answers(&mut self, fiber: &mut Fiber) {
        let Some(Activation::Python(frame)) = fiber.frames.last_mut() else {
            return;
        };
        frame.request = None;
        let thrown = std::mem::take(&mut frame.thrown);
        frame.closing = false;
        for answer in frame.answers.drain(..) {
            self.heap.release(answer.value());
        }
        self.heap.release(thrown);
    }

    fn enter_handler(&mut self, fiber: &mut Fiber, exception: Value) -> bool {
        let Some(Activation::Python(frame)) = fiber.frames.last_mut() else {
            return false;
        };
        let Some(handler) = frame.code.code.handler(frame.pc).copied() else {
            return false;
        };
        let keep = frame.base as usize + frame.code.code.slots() + handler.depth as usize;
        frame.pc = handler.target;
        fiber.truncate(&mut self.heap, keep);
        fiber.push(&mut self.heap, exception);
        true
    }

    /// Drops the frame on top because of an exception, which a generator may turn into another one. The counted
    /// reference to the exception that comes in is the one that goes out.
    fn leave_by_exception(&mut self, fiber: &mut Fiber, exception: Value) -> (Then, Value) {
        let Some(frame) = fiber.frame() else {
            return (Then::Host, exception);
        };
        let (then, generator, kind) = (frame.then, frame.generator, frame.code.code.kind);
        let started = frame.pc != UNSTARTED;
        if generator.is_none() {
            self.pop_frame(fiber);
            return (then, exception);
        }
        self.finish_generator(generator);
        let replaced = match started {
            true => self.generator_error(kind, exception),
            false => None,
        };
        self.pop_frame(fiber);
        if let Some(replaced) = replaced {
            self.heap.retain(replaced);
            self.heap.release(exception);
            return (then, replaced);
        }
        (then, exception)
    }

    /// StopIteration must not leave a generator as such (PEP 479).
    fn generator_error(&mut self, kind: CodeKind, exception: Value) -> Option<Value> {
        let is = |class| self.is_instance(exception, class);
        let message = match kind {
            CodeKind::AsyncGenerator if is(class::STOP_ASYNC_ITERATION) => {
                "async generator raised StopAsyncIteration"
            }
            _ if !is(class::STOP_ITERATION) => return None,
            CodeKind::Generator => "generator raised StopIteration",
            CodeKind::Coroutine => "coroutine raised StopIteration",
            CodeKind::AsyncGenerator => "async generator raised StopIteration",
            _ => return None,
        };
        let error = self.exception(class::RUNTIME_ERROR, message);
        self.update_exception(error, |content| {
            (content.cause, content.context, content.suppress_context) =
                (exception, exception, true);
        });
        Some(error)
    }

    /// An activation, at an instruction, becomes the outermost entry of the exception's traceback.
    pub(super) fn add_traceback(
        &mut self,
        fiber: &mut Fiber,
        at: usize,
        pc: u32,
        exception: Value,
    ) {
        let frame = self.object_of_activation(fiber, at);
        if let Some(Activation::Python(left)) = fiber.frames.get(at) {
            self.add_entry(exception, left.code.clone(), frame, pc);
        }
    }

    /// A frame, by its object, becomes the outermost entry of the exception's traceback.
    pub(super) fn add_entry(&mut self, exception: Value, code: Rc<LinkedCode>, frame: Id, at: u32) {
        let Some(next) = self
            .exception_content(exception)
            .map(|content| content.traceback)
        else {
            return;
        };
        let entry = Traceback {
            next,
            code,
            frame,
            at,
        };
        let entry = self.object(class::TRACEBACK, Payload::Traceback(Rc::new(entry)));
        self.update_exception(exception, |content| content.traceback = entry);
    }
}

/// Does the traceback get an entry for the frame on top?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Yes: the exception arises or arrives here.
    New,
    /// No: it is raised again where it had already arrived.
    Known,
}

/// The frame on top is at the line from which it came to the handler of `with`.
fn go_back_to_line(fiber: &mut Fiber) {
    if let Value::Int(line) = fiber.peek(2) {
        go_to_line(fiber, line as u32);
    }
}

fn go_to_line(fiber: &mut Fiber, line: u32) {
    if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
        frame.line = line;
    }
}

fn current_op(fiber: &Fiber) -> Option<Op> {
    let Some(Activation::Python(frame)) = fiber.frames.last() else {
        return None;
    };
    frame.code.code.ops.get(frame.pc as usize).copied()
}
