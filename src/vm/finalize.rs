//! Letting go of objects: between two instructions, in the order in which CPython's reference counts would, with
//! finalisers run before the next instruction (`Objects/genobject.c`: _PyGen_Finalize; `Objects/typeobject.c`:
//! slot_tp_finalize).

use super::call::{Arguments, Called};
use super::class;
use super::due::{Due, Round};
use super::exit::Exit;
use super::frame::{Activation, Answer, Fiber, Then};
use super::generator::kind_name;
use super::machine::{Input, Vm};
use super::names;
use super::native::{Outcome, Trap};
use super::object::{AsyncGenAction, GeneratorState, Payload, StepProgress};
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
    /// The same about a step of an asynchronous generator.
    StepNeverAwaited(AsyncGenAction, Value),
    /// The hook of the event loop for asynchronous generators.
    AsyncHook(Value),
}

impl Vm {
    /// Frees what is dead and starts what is due for it. An exception that waited for that may leave the last frame.
    pub(super) fn settle(&mut self, fiber: &mut Fiber) -> Option<Exit> {
        loop {
            if self.heap.has_dead() {
                self.free_dead();
            }
            if !self.due.is_empty() {
                fiber.rounds.push(Round {
                    depth: fiber.frames.len(),
                    current: None,
                    queue: std::mem::take(&mut self.due),
                });
            }
            let round = fiber.rounds.last_mut()?;
            if fiber.frames.len() > round.depth {
                return None;
            }
            if let Some(done) = round.current.take() {
                done.each(&mut |value| self.heap.release(value));
            } else if let Some(&Due::Unwind(passage, exception)) = round.queue.front() {
                fiber.rounds.pop();
                if let Some(exit) = self.go_on_unwinding(fiber, passage, exception) {
                    return Some(exit);
                }
            } else if let Some(due) = round.queue.pop_front() {
                round.current = Some(due.clone());
                self.start_due(fiber, due);
            } else {
                fiber.rounds.pop();
            }
        }
    }

    /// Is there something to be run before the next instruction?
    pub fn has_due(&self) -> bool {
        !self.due.is_empty()
    }

    /// Has what nothing holds any more go in the midst of an instruction, with all that finalisers do.
    pub fn let_go_now(&mut self) -> Outcome<()> {
        self.free_dead();
        match self.has_due() || self.in_dialogue() {
            true => self.helper("let_go", &[]).map(drop),
            false => Ok(()),
        }
    }

    /// Frees dead objects, each with all that dies with it before the next.
    pub fn free_dead(&mut self) {
        while let Some(only) = self.heap.only_candidate() {
            self.release_dead(only);
        }
        if !self.heap.has_dead() {
            return;
        }
        let mut pending = std::mem::take(&mut *self.dying);
        self.heap.move_candidates(&mut pending);
        while let Some(id) = pending.pop() {
            self.release_dead(id);
            self.heap.move_candidates(&mut pending);
        }
        *self.dying = pending;
    }

    /// Frees an object if nothing holds it, or queues its finaliser.
    fn release_dead(&mut self, id: Id) {
        if !self.heap.is_dead(id) {
            return;
        }
        if self.goes_unnoticed(id) {
            if !self.release_exception(id) {
                self.finalized.remove(id);
                self.heap.free(id);
            }
            return;
        }
        if self.finalizer(id).is_some() {
            return self.doom(id);
        }
        if self.release_exception(id) {
            return;
        }
        self.let_go(id);
        self.release_attributes(id);
        self.heap.free(id);
    }

    /// Is it an object without weak references or attributes, of which nobody is told, and without a finaliser that is still
    /// to run?
    #[inline]
    fn goes_unnoticed(&self, id: Id) -> bool {
        let object = self.heap.get(id);
        match &object.payload {
            Payload::Wait { .. } | Payload::Nap(_) | Payload::Fold(_) => true,
            Payload::Generator(generator) => {
                matches!(generator.state, GeneratorState::Finished)
                    && self.weakrefs.of(id).is_empty()
                    && !self.finalized.contains(id)
            }
            Payload::Str(_)
            | Payload::Bytes(_)
            | Payload::Tuple(_)
            | Payload::List(_)
            | Payload::Dict(_)
            | Payload::Cell(_)
            | Payload::Slice(_) => self.is_builtin(object.class),
            Payload::Record(_)
            | Payload::Exception(_)
            | Payload::Traceback(_)
            | Payload::Frame(_)
            | Payload::BoundMethod(_)
            | Payload::Iter(_) => {
                object.dict.is_none()
                    && self.weakrefs.of(id).is_empty()
                    && !self.watched.contains(id)
                    && (self.finalized.contains(id) || !self.has_finalizer(object.class))
            }
            _ => false,
        }
    }

    fn has_finalizer(&self, class: Id) -> bool {
        self.class(class).is_none_or(|class| class.traits.finalizer)
    }

    /// The finaliser of an object would have nothing to do, and is not run.
    pub fn spare_finalizer(&mut self, id: Id) {
        self.finalized.insert(id);
    }

    /// Was the finaliser of an object queued, or spared? It runs once.
    pub(super) fn was_finalized(&self, id: Id) -> bool {
        self.finalized.contains(id)
    }

    /// Queues the finaliser of an object.
    pub(super) fn doom(&mut self, id: Id) {
        self.finalized.insert(id);
        self.heap.retain(id.into());
        self.due.push_back(Due::Finalizer(id));
    }

    /// What refers to an object without counting is told that it is about to be freed.
    pub(super) fn let_go(&mut self, id: Id) {
        self.finalized.remove(id);
        if self.watched.contains(id) {
            self.watched.remove(id);
            self.gone.push(id);
        }
        self.clear_weakrefs(id);
        self.orphan_frame(id);
    }

    /// What has to be run before an object can be freed, if it has not been yet.
    pub(super) fn finalizer(&self, id: Id) -> Option<Finalizer> {
        if self.was_finalized(id) {
            return None;
        }
        let object = self.heap.get(id);
        if let Payload::Generator(generator) = &object.payload {
            let GeneratorState::Suspended(suspended) = &generator.state else {
                return None;
            };
            let (code, pc) = (&suspended.code.code, suspended.pc);
            let hook = generator.origin;
            let hooked = !hook.is_unbound() && !hook.is_none() && !generator.closed;
            if code.kind == CodeKind::AsyncGenerator && hooked {
                return Some(Finalizer::AsyncHook(hook));
            }
            if !suspended.started {
                return (code.kind == CodeKind::Coroutine).then_some(Finalizer::NeverAwaited);
            }
            let delegates = matches!(code.ops.get(pc as usize), Some(Op::YieldFrom));
            return (code.handler(pc).is_some() || delegates).then_some(Finalizer::Close);
        }
        if let Payload::AsyncGenStep(step) = &object.payload {
            return (step.progress == StepProgress::New)
                .then_some(Finalizer::StepNeverAwaited(step.action, step.generator));
        }
        if self.is_builtin(object.class) || !self.class(object.class)?.traits.finalizer {
            return None;
        }
        self.lookup(object.class, names::DEL).map(Finalizer::Del)
    }

    fn start_due(&mut self, fiber: &mut Fiber, due: Due) {
        let started = match due {
            Due::Held(_) | Due::Unwind(..) => return,
            Due::Finalizer(id) => self.start_finalizer(fiber, id),
            Due::Callback {
                callback,
                reference,
            } => self.start_discarded(fiber, callback, vec![reference.into()]),
            Due::Report {
                exception,
                doing,
                with,
            } => {
                let doing = self.str(format!("Exception ignored while {doing}"));
                self.start_helper(fiber, "report_unraisable", vec![exception, doing, with])
            }
        };
        if let Err(Trap::Raise(exception)) = started {
            self.discarded_raised(fiber, exception);
        }
    }

    fn start_finalizer(&mut self, fiber: &mut Fiber, id: Id) -> Outcome<()> {
        let object = Value::from(id);
        self.finalized.remove(id);
        let finalizer = self.finalizer(id);
        self.finalized.insert(id);
        match finalizer {
            Some(Finalizer::Del(method)) => self.start_discarded(fiber, method, vec![object]),
            Some(Finalizer::AsyncHook(hook)) => self.start_discarded(fiber, hook, vec![object]),
            Some(Finalizer::NeverAwaited) => {
                self.start_helper(fiber, "warn_never_awaited", vec![object])
            }
            Some(Finalizer::StepNeverAwaited(action, generator)) => {
                let method = self.intern(action.method());
                self.start_helper(fiber, "warn_step_never_awaited", vec![method, generator])
            }
            Some(Finalizer::Close) => {
                let exit = self.exception_with(class::GENERATOR_EXIT, &[]);
                self.resume_generator(fiber, object, Input::Throw(exit), Then::Discard)
                    .map(drop)
            }
            None => Ok(()),
        }
    }

    fn start_discarded(
        &mut self,
        fiber: &mut Fiber,
        callable: Value,
        positional: Vec<Value>,
    ) -> Outcome<()> {
        let args = Arguments {
            positional,
            keywords: Vec::new(),
        };
        self.start_call(fiber, callable, args, Then::Discard)
    }

    fn start_helper(
        &mut self,
        fiber: &mut Fiber,
        name: &str,
        positional: Vec<Value>,
    ) -> Outcome<()> {
        let name = self.intern(name);
        match self.dict_get_name(self.helpers, name) {
            Some(helper) => self.start_discarded(fiber, helper, positional),
            None => Ok(()),
        }
    }

    /// What runs for a dead object raised: nobody can catch that, but it is reported.
    pub(super) fn discarded_raised(&mut self, fiber: &mut Fiber, exception: Value) {
        let Some(current) = fiber.rounds.last().and_then(|round| round.current.clone()) else {
            return;
        };
        let (doing, with) = match current {
            Due::Report { .. } | Due::Held(_) | Due::Unwind(..) => return,
            Due::Callback { callback, .. } => ("calling weakref callback", callback),
            Due::Finalizer(id) => match self.generator(id.into()).map(|content| &content.state) {
                // It has not gone on: the hook raised.
                Some(GeneratorState::Suspended(_)) => (self.finalizing(id), id.into()),
                Some(_) if self.is_end_of_generator(exception) => return,
                Some(_) => ("closing generator", id.into()),
                None => {
                    let method = self.lookup(self.heap.get(id).class, names::DEL);
                    ("calling deallocator", method.unwrap_or_default())
                }
            },
        };
        self.report_unraisable(fiber, exception, (doing, with));
    }

    /// What the report of a failed finaliser that left the generator as it was calls that.
    fn finalizing(&self, id: Id) -> &'static str {
        match self.generator_kind(id.into()) {
            Some(CodeKind::Coroutine) => "finalizing coroutine",
            _ => "finalizing generator",
        }
    }

    /// A generator that is closed because nobody refers to it any more yielded.
    pub(super) fn discarded_yielded(&mut self, fiber: &mut Fiber, generator: Id) {
        let kind = self
            .generator(generator.into())
            .map_or("generator", |content| kind_name(content.code.code.kind));
        let message = format!("{kind} ignored GeneratorExit");
        let error = self.exception(class::RUNTIME_ERROR, &message);
        self.report_unraisable(fiber, error, ("closing generator", generator.into()));
    }

    fn is_end_of_generator(&self, exception: Value) -> bool {
        [class::GENERATOR_EXIT, class::STOP_ITERATION]
            .iter()
            .any(|&class| self.is_instance(exception, class))
    }

    fn report_unraisable(
        &mut self,
        fiber: &mut Fiber,
        exception: Value,
        (doing, with): (&'static str, Value),
    ) {
        let raised = self.exception_content(exception);
        if raised.is_some_and(|content| content.traceback.is_none())
            && let Some(at) = self.caller_of(fiber, fiber.frames.len())
        {
            let pc = last_instruction(fiber, at);
            self.add_traceback(fiber, at, pc, exception);
        }
        // CPython holds the traceback for a little longer: what only that leads to goes after what else the exception does.
        let traceback = self
            .exception_content(exception)
            .map(|content| content.traceback);
        let report = Due::Report {
            exception,
            doing,
            with,
        };
        for due in [Due::Held(traceback.unwrap_or_default()), report] {
            due.each(&mut |value| self.heap.retain(value));
            if let Some(round) = fiber.rounds.last_mut() {
                round.queue.push_front(due);
            }
        }
    }

    /// Makes the weak references to an object dead and queues their callbacks.
    pub(super) fn clear_weakrefs(&mut self, id: Id) {
        if let Payload::Weakref(target, _) = *self.heap.payload(id) {
            self.weakrefs.forget(target, id);
        }
        for weak in self.weakrefs.take(id).into_iter().rev() {
            let Payload::Weakref(_, callback) = *self.heap.payload(weak) else {
                continue;
            };
            if let Payload::Weakref(target, _) = self.heap.payload_mut(weak) {
                *target = Id::NONE;
            }
            if !callback.is_none() && !callback.is_unbound() {
                self.heap.retain(weak.into());
                self.heap.retain(callback);
                self.due.push_back(Due::Callback {
                    callback,
                    reference: weak,
                });
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
    ) -> Outcome<()> {
        let called = match self.heap.content(callable) {
            Some(Payload::BoundMethod(parts)) => parts[0],
            _ => callable,
        };
        if let Some(Payload::Function(function)) = self.heap.content(called) {
            let floor = fiber.stack.len();
            match (function.linked.code.kind, then) {
                (CodeKind::Function | CodeKind::Module, _) => {
                    return self.invoke(fiber, callable, args, floor, then).map(drop);
                }
                // The new coroutine or generator is the answer.
                (kind, Then::Answer) if kind != CodeKind::Class => {
                    if let Called::Value(made) = self.invoke(fiber, callable, args, floor, then)? {
                        self.answer(fiber, Answer::Value(made));
                    }
                    return Ok(());
                }
                _ => {}
            }
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
    ) -> Outcome<()> {
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
    ) -> Outcome<Option<super::exit::Exit>> {
        Ok(
            match self.resume_generator(fiber, generator, input, then)? {
                super::run::Flow::Leave(exit) => Some(exit),
                _ => None,
            },
        )
    }
}

/// The instruction that an activation completed last: finalisers run when `pc` has moved on already.
fn last_instruction(fiber: &Fiber, at: usize) -> u32 {
    let Some(Activation::Python(frame)) = fiber.frames.get(at) else {
        return 0;
    };
    let mut lines = frame.code.code.lines.iter().take(frame.pc as usize + 1);
    let found = lines.rposition(|&line| line == frame.line);
    found.map_or(frame.pc, |found| found as u32)
}
