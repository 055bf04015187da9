//! Letting go of objects: between two instructions, in the order in which CPython's reference counts would, with
//! finalisers run before the next instruction (`Objects/genobject.c`: _PyGen_Finalize; `Objects/typeobject.c`:
//! slot_tp_finalize).

use super::call::Arguments;
use super::class;
use super::frame::{Activation, Fiber, Then};
use super::machine::{Input, Vm};
use super::names;
use super::object::{GeneratorState, Payload};
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use crate::bytecode::op::Op;

/// What has to be run before an object can be freed.
pub(super) enum Finalizer {
    /// `__del__`
    Del(Value),
    /// `close()` of a suspended generator.
    Close,
    /// The warning about a coroutine that was never awaited.
    NeverAwaited,
    /// The hook of the event loop for asynchronous generators.
    AsyncHook(Value),
}

impl Vm {
    /// Frees what is dead and starts the finaliser that is due.
    pub(super) fn settle(&mut self, fiber: &mut Fiber) {
        if self.heap.has_candidates() {
            self.free_dead();
        }
        let finalizing = matches!(fiber.frames.last(), Some(Activation::Python(frame)) if frame.then == Then::Discard);
        if finalizing {
            return;
        }
        if let Some(id) = self.finalizers.pop_front() {
            self.start_finalizer(fiber, id);
            self.heap.release(id.into());
        } else if let Some((callback, weak)) = self.weak_callbacks.pop_front() {
            let args = Arguments {
                positional: vec![weak.into()],
                keywords: Vec::new(),
            };
            if let Err(super::native::Trap::Raise(exception)) =
                self.start_call(fiber, callback, args, Then::Discard)
            {
                self.unwind(fiber, exception, Then::Discard);
            }
            self.heap.release(callback);
            self.heap.release(weak.into());
        }
    }

    /// Is there something to be run before the next instruction?
    #[inline]
    pub fn has_finalizers(&self) -> bool {
        !self.finalizers.is_empty() || !self.weak_callbacks.is_empty()
    }

    /// Frees dead objects, each with all that dies with it before the next.
    fn free_dead(&mut self) {
        let mut first = self.heap.take_candidates();
        let mut pending: Vec<Id> = first.iter().rev().copied().collect();
        first.clear();
        self.heap.recycle_candidates(first);
        while let Some(id) = pending.pop() {
            if !self.heap.is_dead(id) {
                continue;
            }
            if self.finalizer(id).is_some() {
                self.finalized.insert(id);
                self.heap.retain(id.into());
                self.finalizers.push_back(id);
                continue;
            }
            self.finalized.remove(&id);
            self.clear_weakrefs(id);
            self.heap.free(id);
            if self.heap.has_candidates() {
                pending.extend(self.heap.take_candidates().into_iter().rev());
            }
        }
    }

    /// What has to be run before an object can be freed, if it has not been yet.
    pub(super) fn finalizer(&self, id: Id) -> Option<Finalizer> {
        if self.finalized.contains(&id) {
            return None;
        }
        let object = self.heap.get(id);
        if let Payload::Generator(generator) = &object.payload {
            let GeneratorState::Suspended(suspended) = &generator.state else {
                return None;
            };
            let (code, pc) = (&suspended.frame.code.code, suspended.frame.pc);
            if !suspended.started {
                return (code.kind == CodeKind::Coroutine).then_some(Finalizer::NeverAwaited);
            }
            let hook = self.async_hooks[1];
            if code.kind == CodeKind::AsyncGenerator && !hook.is_unbound() && !hook.is_none() {
                return Some(Finalizer::AsyncHook(hook));
            }
            let delegates = matches!(code.ops.get(pc as usize), Some(Op::YieldFrom));
            return (code.handler(pc).is_some() || delegates).then_some(Finalizer::Close);
        }
        if !self.class(object.class)?.traits.finalizer {
            return None;
        }
        self.lookup(object.class, names::DEL).map(Finalizer::Del)
    }

    fn start_finalizer(&mut self, fiber: &mut Fiber, id: Id) {
        let object = Value::from(id);
        self.finalized.remove(&id);
        let finalizer = self.finalizer(id);
        self.finalized.insert(id);
        let call = |callable, positional| {
            (
                callable,
                Arguments {
                    positional,
                    keywords: Vec::new(),
                },
            )
        };
        let started = match finalizer {
            Some(Finalizer::Del(method)) => {
                let (callable, args) = call(method, vec![object]);
                self.start_call(fiber, callable, args, Then::Discard)
            }
            Some(Finalizer::AsyncHook(hook)) => {
                let (callable, args) = call(hook, vec![object]);
                self.start_call(fiber, callable, args, Then::Discard)
            }
            Some(Finalizer::NeverAwaited) => {
                let name = self.intern("warn_never_awaited");
                let Some(helper) = self.dict_get_name(self.helpers, name) else {
                    return;
                };
                let (callable, args) = call(helper, vec![object]);
                self.start_call(fiber, callable, args, Then::Discard)
            }
            Some(Finalizer::Close) => {
                let exit = self.exception_with(class::GENERATOR_EXIT, &[]);
                self.resume_generator(fiber, object, Input::Throw(exit), Then::Discard)
                    .map(drop)
            }
            None => Ok(()),
        };
        if let Err(super::native::Trap::Raise(exception)) = started {
            self.unwind(fiber, exception, Then::Discard);
        }
    }

    /// Makes the weak references to an object dead and queues their callbacks.
    pub(super) fn clear_weakrefs(&mut self, id: Id) {
        if let Payload::Weakref(target, _) = *self.heap.payload(id)
            && let Some(references) = self.weakrefs.get_mut(&target)
        {
            references.retain(|&weak| weak != id);
        }
        for weak in self.weakrefs.remove(&id).unwrap_or_default() {
            let Payload::Weakref(_, callback) = *self.heap.payload(weak) else {
                continue;
            };
            if let Payload::Weakref(target, _) = self.heap.payload_mut(weak) {
                *target = Id::NONE;
            }
            if !callback.is_none() && !callback.is_unbound() {
                self.heap.retain(weak.into());
                self.heap.retain(callback);
                self.weak_callbacks.push_back((callback, weak));
            }
        }
    }

    /// Starts a call whose result goes where `then` says, whatever is called.
    pub fn start_call(
        &mut self,
        fiber: &mut Fiber,
        callable: Value,
        args: Arguments,
        then: Then,
    ) -> super::native::Outcome<()> {
        if let Some(Payload::Function(function)) = self.heap.content(callable)
            && matches!(
                function.linked.code.kind,
                CodeKind::Function | CodeKind::Module
            )
        {
            let floor = fiber.stack.len();
            return self.invoke(fiber, callable, args, floor, then).map(drop);
        }
        let (positional, keywords) = (self.tuple(args.positional), self.dict());
        for (name, value) in args.keywords {
            self.dict_set_name(keywords, name, value);
        }
        self.start_trampoline(fiber, [callable, positional, keywords.into()], then)
    }

    /// Pushes a frame that calls something, so that whatever is called can be suspended like any other instruction.
    fn start_trampoline(
        &mut self,
        fiber: &mut Fiber,
        operands: [Value; 3],
        then: Then,
    ) -> super::native::Outcome<()> {
        let Some(Payload::Function(function)) = self.heap.content(self.trampoline) else {
            return Ok(());
        };
        let (function, id) = (function.clone(), self.trampoline.id().unwrap_or(Id::NONE));
        let floor = fiber.stack.len();
        self.push_frame(fiber, id, &function, Vec::new(), (floor, then), Id::NONE)?;
        for value in operands {
            fiber.push(&mut self.heap, value);
        }
        Ok(())
    }

    /// Resumes a generator so that what it comes to goes where `then` says.
    pub fn start_resume(
        &mut self,
        fiber: &mut Fiber,
        generator: Value,
        input: Input,
        then: Then,
    ) -> super::native::Outcome<Option<super::exit::Exit>> {
        Ok(
            match self.resume_generator(fiber, generator, input, then)? {
                super::run::Flow::Leave(exit) => Some(exit),
                _ => None,
            },
        )
    }
}
