//! Generators, coroutines and asynchronous generators: resuming, suspending, delegating
//! (`Objects/genobject.c`: gen_send_ex2, _gen_throw, gen_close, async_gen_asend_send).

use super::class;
use super::exit::{Completion, Exit};
use super::frame::{Activation, Answer, Fiber, HostFrame, Then, UNSTARTED};
use super::machine::{Input, Resumed, Vm};
use super::names;
use super::native::{Outcome, Trap};
use super::object::{
    AsyncGenAction, AsyncGenStep, Generator, GeneratorState, Payload, StepProgress,
};
use super::run::{Flow, advance};
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use crate::bytecode::op::Op;
use crate::shared::unshared;
use std::rc::Rc;

impl Vm {
    /// The content of a generator, coroutine or asynchronous generator.
    pub fn generator(&self, value: Value) -> Option<&Rc<Generator>> {
        match self.heap.content(value)? {
            Payload::Generator(generator) => Some(generator),
            _ => None,
        }
    }

    /// What kind of generator a value is, if it is one.
    pub(super) fn generator_kind(&self, value: Value) -> Option<CodeKind> {
        self.generator(value)
            .map(|generator| generator.code.code.kind)
    }

    pub(super) fn update_generator(&mut self, id: Id, change: impl FnOnce(&mut Generator)) {
        if let Payload::Generator(generator) = self.heap.payload_mut(id) {
            change(unshared(generator));
        }
    }

    /// Puts the frame of a generator on the stack and lets it go on.
    pub(super) fn resume_generator(
        &mut self,
        fiber: &mut Fiber,
        generator: Value,
        input: Input,
        then: Then,
    ) -> Outcome<Flow> {
        let (Some(id), Some(content)) = (generator.id(), self.generator(generator)) else {
            return self.type_error("not a generator");
        };
        let kind = content.code.code.kind;
        match &content.state {
            GeneratorState::Running => {
                let what = kind_name(kind);
                self.value_error(format!("{what} already executing"))
            }
            GeneratorState::Finished => self.resume_finished(fiber, kind, input, then),
            GeneratorState::Suspended(frame) => {
                if let (false, Input::Send(value)) = (frame.started, input)
                    && !value.is_none()
                {
                    let what = kind_name(kind);
                    return self.type_error(format!(
                        "can't send non-None value to a just-started {what}"
                    ));
                }
                if let Err(error) = self.check_depth(fiber) {
                    self.finish_generator(id);
                    return Err(error);
                }
                let started = self.unsuspend(fiber, id, then);
                Ok(self.feed(fiber, input, started))
            }
        }
    }

    /// Resumes a generator or coroutine above a host frame, which is told what it does; the exit if that is known at
    /// once. What the host frame is about is counted from now on.
    pub fn enter_generator(
        &mut self,
        fiber: &mut Fiber,
        generator: Value,
        input: Input,
        host: HostFrame,
    ) -> Option<Exit> {
        host.each(&mut |about| self.heap.retain(about));
        fiber.frames.push(Activation::Host(host));
        if let (Input::Send(sent), Some(id)) = (input, generator.id())
            && self.send_quickly(fiber, id, sent, Then::Host)
        {
            return None;
        }
        match self.resume_generator(fiber, generator, input, Then::Host) {
            Ok(Flow::Leave(exit)) => Some(exit),
            Err(Trap::Raise(exception)) => Some(Exit::Host(Completion::Raised(exception))),
            _ => None,
        }
    }

    fn resume_finished(
        &mut self,
        fiber: &mut Fiber,
        kind: CodeKind,
        input: Input,
        then: Then,
    ) -> Outcome<Flow> {
        match (kind, input) {
            (CodeKind::Coroutine, _) => self.raise(
                class::RUNTIME_ERROR,
                "cannot reuse already awaited coroutine",
            ),
            (_, Input::Throw(exception)) => Err(Trap::Raise(exception)),
            (_, Input::Send(_)) => Ok(self.generator_returned(fiber, then, Value::None)),
        }
    }

    /// The frame on top stands at a `YieldFrom` that is about to be executed again. As long as what it delegates to is a
    /// suspended generator, that is all there is to it: the whole chain goes on at once, down to the frame that yielded.
    pub(super) fn resume_delegates(&mut self, fiber: &mut Fiber) {
        while let Some(delegate) = self.suspended_delegate(fiber) {
            let sent = fiber.peek(0);
            self.executed += 1;
            self.unsuspend(fiber, delegate, Then::Delegate);
            if !delegates(fiber) {
                fiber.push(&mut self.heap, sent);
                return advance(fiber);
            }
            fiber.pop(&mut self.heap);
            fiber.push(&mut self.heap, sent);
        }
    }

    /// The started, suspended generator to which the frame on top, at a `YieldFrom`, delegates.
    fn suspended_delegate(&self, fiber: &Fiber) -> Option<Id> {
        let Some(Activation::Python(frame)) = fiber.frames.last() else {
            return None;
        };
        let free = frame.thrown.is_unbound() && fiber.frames.len() < self.limits.recursion;
        let delegate = fiber.peek(1);
        match &self.generator(delegate)?.state {
            GeneratorState::Suspended(suspended) if suspended.started && free => delegate.id(),
            _ => None,
        }
    }

    /// Moves a generator's frame onto the stack; tells whether it had been started.
    pub(super) fn unsuspend(&mut self, fiber: &mut Fiber, id: Id, then: Then) -> bool {
        let Payload::Generator(generator) = self.heap.payload_mut(id) else {
            return false;
        };
        let state = &mut unshared(generator).state;
        let GeneratorState::Suspended(mut frame) =
            std::mem::replace(state, GeneratorState::Running)
        else {
            return false;
        };
        // The references of the frame and its values move along: nothing is counted.
        let base = fiber.stack.len() as u32;
        (frame.base, frame.floor, frame.then, frame.generator) = (base, base, then, id);
        self.heap.retain(id.into());
        fiber.stack.extend_from_slice(&frame.values);
        frame.values.clear();
        let started = std::mem::replace(&mut frame.started, true);
        fiber.frames.push(Activation::Python(frame));
        started
    }

    /// Gives the generator's frame on top what it is resumed with.
    fn feed(&mut self, fiber: &mut Fiber, input: Input, started: bool) -> Flow {
        if let Input::Throw(exception) = input
            && self.is_raised_again(exception)
        {
            let outside = self.handled_outside(fiber);
            self.give_context(exception, outside);
        }
        match input {
            Input::Send(_) if !started => {}
            Input::Send(value) => self.go_on_with(fiber, value),
            Input::Throw(exception) if started && delegates(fiber) => {
                self.heap.retain(exception);
                if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
                    frame.thrown = exception;
                }
            }
            Input::Throw(exception) => {
                if let (false, Some(Activation::Python(frame))) = (started, fiber.frames.last_mut())
                {
                    frame.pc = UNSTARTED;
                }
                return self.raise_thrown(fiber, exception);
            }
        }
        Flow::Switch
    }

    /// `Op::Yield`, and a value that a delegate yields: suspends frames until one is found that consumes the value.
    pub(super) fn yield_value(&mut self, fiber: &mut Fiber, value: Value) -> Flow {
        loop {
            let Some((then, generator)) = self.suspend(fiber) else {
                return Flow::Switch;
            };
            match then {
                Then::Answer => self.answer(fiber, Answer::Value(value)),
                Then::ForIter => {
                    fiber.push(&mut self.heap, value);
                    advance(fiber);
                }
                Then::Delegate | Then::Thrown => continue,
                Then::Host => return Flow::Leave(Exit::Host(Completion::Yielded(value))),
                Then::Push | Then::Init => {
                    fiber.push(&mut self.heap, value);
                    advance(fiber);
                }
                Then::Discard => self.discarded_yielded(fiber, generator),
            }
            return Flow::Switch;
        }
    }

    /// Takes the generator's frame on top off the stack and keeps it in the generator.
    fn suspend(&mut self, fiber: &mut Fiber) -> Option<(Then, Id)> {
        let Some(Activation::Python(mut frame)) = fiber.frames.pop() else {
            return None;
        };
        let (then, id) = (frame.then, frame.generator);
        let base = frame.base as usize;
        frame.values.extend_from_slice(&fiber.stack[base..]);
        fiber.stack.truncate(base);
        frame.generator = Id::NONE;
        self.update_generator(id, |generator| {
            generator.state = GeneratorState::Suspended(frame)
        });
        self.heap.release(id.into());
        Some((then, id))
    }

    /// The frame of a generator is gone for good, with what it held if it was suspended.
    pub(super) fn finish_generator(&mut self, id: Id) {
        self.orphan_frame(id);
        let mut state = GeneratorState::Finished;
        self.update_generator(id, |generator| {
            std::mem::swap(&mut generator.state, &mut state)
        });
        if let GeneratorState::Suspended(suspended) = state {
            suspended.each(&mut |value| self.heap.release(value));
        }
    }

    /// A generator returned: tells its consumer.
    pub(super) fn generator_returned(
        &mut self,
        fiber: &mut Fiber,
        then: Then,
        value: Value,
    ) -> Flow {
        match then {
            Then::Answer => self.answer(fiber, Answer::Finished(value)),
            Then::ForIter => self.end_for(fiber),
            Then::Delegate | Then::Thrown => {
                self.heap.retain(value);
                fiber.pop(&mut self.heap);
                fiber.pop(&mut self.heap);
                fiber.stack.push(value);
                advance(fiber);
            }
            Then::Host => return Flow::Leave(Exit::Host(Completion::Returned(value))),
            Then::Push | Then::Init | Then::Discard => {}
        }
        Flow::Switch
    }

    /// Leaves the `for` loop at whose `ForIter` the frame on top stands.
    fn end_for(&mut self, fiber: &mut Fiber) {
        fiber.pop(&mut self.heap);
        if let Some(Activation::Python(frame)) = fiber.frames.last_mut()
            && let Some(Op::ForIter(target)) = frame.code.code.ops.get(frame.pc as usize)
        {
            frame.pc = *target;
        }
    }

    /// `Op::YieldFrom`: `[iterator, sent → result]`.
    pub(super) fn yield_from(&mut self, fiber: &mut Fiber) -> Outcome<Flow> {
        let thrown = fiber.frame().map(|frame| frame.thrown).unwrap_or_default();
        if !thrown.is_unbound() {
            if let Some(trap) = self.throw_into_fold(fiber, thrown) {
                return Err(trap);
            }
            self.wake_on_stack(fiber);
            return self.throw_into(fiber, fiber.peek(1), thrown);
        }
        if self.fold_of(fiber.peek(1)).is_some() {
            self.wake_on_stack(fiber);
        }
        let (iterator, sent) = (fiber.peek(1), fiber.peek(0));
        if self.generator(iterator).is_some() {
            return self.resume_generator(fiber, iterator, Input::Send(sent), Then::Delegate);
        }
        let resumed = self.advance_iterator(iterator, sent)?;
        Ok(self.delegate_result(fiber, resumed))
    }

    fn throw_into(
        &mut self,
        fiber: &mut Fiber,
        iterator: Value,
        exception: Value,
    ) -> Outcome<Flow> {
        if self.is_instance(exception, class::GENERATOR_EXIT) {
            set_closing(fiber, true);
            let closed = self.close_delegate(iterator);
            set_closing(fiber, matches!(closed, Err(Trap::Ask | Trap::Kernel(_))));
            self.raised_anew(fiber, closed)?;
            return Ok(self.raise_thrown(fiber, exception));
        }
        if self.generator(iterator).is_some() {
            self.chain_before(iterator, exception)?;
            self.forget_thrown(fiber);
            return self.resume_generator(fiber, iterator, Input::Throw(exception), Then::Thrown);
        }
        if self.wait_of(iterator).is_some() {
            return Ok(self.raise_thrown(fiber, exception));
        }
        let Some(throw) = self.get_attr_opt(iterator, names::THROW)? else {
            return Ok(self.raise_thrown(fiber, exception));
        };
        let resumed = self.stop_as_return(throw, &[exception]);
        let resumed = self.raised_anew(fiber, resumed)?;
        self.forget_thrown(fiber);
        Ok(self.delegate_result(fiber, resumed))
    }

    /// What a delegate that is no generator makes of what is thrown into it, the frame on top raises as its own.
    fn raised_anew<T>(&mut self, fiber: &Fiber, outcome: Outcome<T>) -> Outcome<T> {
        if let Err(Trap::Raise(exception)) = outcome {
            self.chain_own(fiber, exception);
        }
        outcome
    }

    fn forget_thrown(&mut self, fiber: &mut Fiber) {
        if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
            let thrown = std::mem::take(&mut frame.thrown);
            self.heap.release(thrown);
        }
    }

    fn delegate_result(&mut self, fiber: &mut Fiber, resumed: Resumed) -> Flow {
        match resumed {
            Resumed::Yielded(value) => self.yield_value(fiber, value),
            Resumed::Returned(value) => self.generator_returned(fiber, Then::Delegate, value),
        }
    }

    /// One step of an iterator that is no generator: `send(sent)`, or `__next__()` for None.
    pub fn advance_iterator(&mut self, iterator: Value, sent: Value) -> Outcome<Resumed> {
        if let Some(wait) = self.wait_of(iterator) {
            return self.advance_wait(iterator, wait);
        }
        if let Some(Payload::AsyncGenStep(_)) = self.heap.content(iterator) {
            return self.step_async_generator(iterator, Input::Send(sent));
        }
        if let Some(Payload::Iter(_)) = self.heap.content(iterator) {
            return Ok(self
                .next(iterator)?
                .map_or(Resumed::Returned(Value::None), Resumed::Yielded));
        }
        let class = self.class_of(iterator);
        if !sent.is_none() {
            let send = self.get_attr(iterator, names::SEND)?;
            return self.stop_as_return(send, &[sent]);
        }
        let Some(next) = self.special(class, names::NEXT) else {
            let name = self.class_name(iterator).to_owned();
            return self.type_error(format!("'{name}' object is not an iterator"));
        };
        let next = self.bind(next, iterator)?;
        self.stop_as_return(next, &[])
    }

    /// Calls a method of an iterator; StopIteration means that it returned.
    fn stop_as_return(&mut self, method: Value, arguments: &[Value]) -> Outcome<Resumed> {
        let called = match self.plain_method(method) {
            Some((native, receiver)) => {
                let mut all = vec![receiver];
                all.extend_from_slice(arguments);
                match self.call_native(&native, &all, &[]) {
                    Err(Trap::Raise(exception)) => Err(exception),
                    outcome => Ok(outcome?),
                }
            }
            None => self.try_call(method, arguments)?,
        };
        match called {
            Ok(value) => Ok(Resumed::Yielded(value)),
            Err(exception) if self.is_instance(exception, class::STOP_ITERATION) => {
                Ok(Resumed::Returned(self.stop_value(exception)))
            }
            Err(exception) => Err(Trap::Raise(exception)),
        }
    }

    /// The built-in behind a bound method that needs nothing but its arguments.
    fn plain_method(&self, method: Value) -> Option<(super::native::NativeFunction, Value)> {
        let Some(Payload::BoundMethod(parts)) = self.heap.content(method) else {
            return None;
        };
        let [function, receiver] = **parts;
        match self.heap.content(function) {
            Some(Payload::Native(native))
                if matches!(native.def.code, super::native::NativeCode::Plain(_)) =>
            {
                Some((native.clone(), receiver))
            }
            _ => None,
        }
    }

    /// `StopIteration.value`
    pub fn stop_value(&self, exception: Value) -> Value {
        let args = self
            .exception_content(exception)
            .map(|content| content.args)
            .unwrap_or_default();
        self.items(args)
            .and_then(|items| items.first().copied())
            .unwrap_or(Value::None)
    }

    /// Closes what a frame delegates to; what only that held goes with it.
    fn close_delegate(&mut self, iterator: Value) -> Outcome<()> {
        self.once(|vm| vm.close_iterator(iterator).map(|()| Value::None))?;
        self.let_go_now()
    }

    fn close_iterator(&mut self, iterator: Value) -> Outcome<()> {
        if self.generator(iterator).is_some() {
            return self.close_generator(iterator);
        }
        if let Some(close) = self.get_attr_opt(iterator, names::CLOSE)? {
            self.call(close, &[])?;
        }
        Ok(())
    }

    /// `generator.close()`; the value that it returned is the result in 3.13 and later.
    pub fn close_generator(&mut self, generator: Value) -> Outcome<()> {
        self.close_generator_value(generator).map(drop)
    }

    /// `generator.close()` with its result.
    pub fn close_generator_value(&mut self, generator: Value) -> Outcome {
        let exit = self.once(|vm| Ok(vm.exception_with(class::GENERATOR_EXIT, &[])))?;
        match self.generator(generator).map(|generator| &generator.state) {
            Some(GeneratorState::Suspended(frame)) if !frame.started => {
                if let Some(id) = generator.id() {
                    self.abandon(id);
                }
                return Ok(Value::None);
            }
            Some(GeneratorState::Finished) if !self.in_dialogue() => return Ok(Value::None),
            _ => {}
        }
        match self.try_resume(generator, Input::Throw(exit))? {
            Ok(Resumed::Returned(value)) => Ok(value),
            Ok(Resumed::Yielded(_)) => {
                let kind = self
                    .generator(generator)
                    .map_or("generator", |g| kind_name(g.code.code.kind));
                self.raise(
                    class::RUNTIME_ERROR,
                    format!("{kind} ignored GeneratorExit"),
                )
            }
            Err(error)
                if self.is_instance(error, class::GENERATOR_EXIT)
                    || self.is_instance(error, class::STOP_ITERATION) =>
            {
                Ok(Value::None)
            }
            Err(error) => Err(Trap::Raise(error)),
        }
    }

    /// Drops the frame of a generator in which nothing has to run any more.
    pub fn abandon(&mut self, id: Id) {
        self.orphan_frame(id);
        let Payload::Generator(content) = self.heap.payload(id) else {
            return;
        };
        let finished = Generator {
            state: GeneratorState::Finished,
            ..content.as_ref().clone()
        };
        self.heap
            .set_payload(id, Payload::Generator(Rc::new(finished)));
    }
}

/// Asynchronous generators.
impl Vm {
    /// The content of a step of an asynchronous generator.
    pub fn async_step(&self, step: Value) -> Option<&AsyncGenStep> {
        match self.heap.content(step)? {
            Payload::AsyncGenStep(content) => Some(content),
            _ => None,
        }
    }

    fn set_progress(&mut self, step: Value, progress: StepProgress, running: bool) {
        let Some(content) = self.async_step(step) else {
            return;
        };
        let (changed, generator) = (
            AsyncGenStep {
                progress,
                ..content.clone()
            },
            content.generator,
        );
        if let Some(id) = step.id() {
            self.heap
                .set_payload(id, Payload::AsyncGenStep(Rc::new(changed)));
        }
        if let Some(id) = generator.id() {
            self.update_generator(id, |generator| generator.step_running = running);
        }
    }

    /// Did the step of an asynchronous generator end?
    pub fn is_step_closed(&self, step: Value) -> bool {
        let step = self.async_step(step);
        step.is_some_and(|step| step.progress == StepProgress::Closed)
    }

    /// A step of `asend`, `athrow`, `aclose` or `__anext__` goes on.
    pub fn step_async_generator(&mut self, step: Value, input: Input) -> Outcome<Resumed> {
        let Some(content) = self.async_step(step).cloned() else {
            return self.type_error("not a step");
        };
        let input = match self.in_dialogue() {
            true => input,
            false => match self.begin_step(step, &content, input)? {
                Some(input) => input,
                None => return Ok(Resumed::Returned(Value::None)),
            },
        };
        let outcome = self.try_resume(content.generator, input)?;
        self.end_step(step, content.action, outcome)
    }

    /// What the generator is first resumed with: the step's own argument. What closes it is made only now, and the step
    /// does not keep it.
    fn first_input(&mut self, content: &AsyncGenStep, input: Input) -> Input {
        match (content.action, input) {
            (_, Input::Throw(_)) => input,
            (AsyncGenAction::Send, Input::Send(value)) if !value.is_none() => input,
            (AsyncGenAction::Send, Input::Send(_)) => Input::Send(content.argument),
            (AsyncGenAction::Throw, Input::Send(_)) => Input::Throw(content.argument),
            (AsyncGenAction::Close, Input::Send(_)) => {
                Input::Throw(self.exception_with(class::GENERATOR_EXIT, &[]))
            }
        }
    }

    /// Begins a step, or goes on with it; `None` when there is nothing to do.
    fn begin_step(
        &mut self,
        step: Value,
        content: &AsyncGenStep,
        input: Input,
    ) -> Outcome<Option<Input>> {
        let Some(generator) = self.generator(content.generator).cloned() else {
            return Ok(Some(input));
        };
        match content.progress {
            StepProgress::Iterating => return Ok(Some(input)),
            StepProgress::Closed => {
                let what = match content.action {
                    AsyncGenAction::Send => "__anext__()/asend()",
                    _ => "aclose()/athrow()",
                };
                return self.raise(
                    class::RUNTIME_ERROR,
                    format!("cannot reuse already awaited {what}"),
                );
            }
            StepProgress::New => {}
        }
        if generator.step_running {
            let what = match content.action {
                AsyncGenAction::Send => "anext",
                AsyncGenAction::Throw => "athrow",
                AsyncGenAction::Close => "aclose",
            };
            self.set_progress(step, StepProgress::Closed, true);
            return self.raise(
                class::RUNTIME_ERROR,
                format!("{what}(): asynchronous generator is already running"),
            );
        }
        if matches!(input, Input::Throw(_)) {
            // It goes into the generator whatever the step was to do.
            self.set_progress(step, StepProgress::Iterating, true);
            return Ok(Some(input));
        }
        let fresh = matches!(&generator.state, GeneratorState::Suspended(frame) if !frame.started);
        let finished = matches!(generator.state, GeneratorState::Finished);
        let closes = content.action == AsyncGenAction::Close;
        let sends = content.action == AsyncGenAction::Send;
        if (closes && fresh) || (finished && !sends) {
            if let (true, Some(id)) = (fresh, content.generator.id()) {
                self.abandon(id);
            }
            self.set_progress(step, StepProgress::Closed, false);
            return Ok(None);
        }
        // One that ignored `aclose()` can only be sent to.
        if finished || (generator.closed && !sends) {
            self.set_progress(step, StepProgress::Closed, false);
            return self.raise_with(class::STOP_ASYNC_ITERATION, &[]);
        }
        if let (true, Some(id)) = (closes, content.generator.id()) {
            self.update_generator(id, |generator| generator.closed = true);
        }
        self.set_progress(step, StepProgress::Iterating, true);
        Ok(Some(self.first_input(content, input)))
    }

    fn end_step(
        &mut self,
        step: Value,
        action: AsyncGenAction,
        outcome: Result<Resumed, Value>,
    ) -> Outcome<Resumed> {
        match outcome {
            Ok(Resumed::Yielded(value)) => match self.heap.content(value) {
                Some(Payload::AsyncGenValue(inner)) => {
                    let inner = *inner;
                    self.set_progress(step, StepProgress::Closed, false);
                    if action == AsyncGenAction::Close {
                        return self.raise(
                            class::RUNTIME_ERROR,
                            "async generator ignored GeneratorExit",
                        );
                    }
                    Ok(Resumed::Returned(inner))
                }
                _ => Ok(Resumed::Yielded(value)),
            },
            Ok(Resumed::Returned(_)) => {
                self.set_progress(step, StepProgress::Closed, false);
                match action {
                    AsyncGenAction::Close => Ok(Resumed::Returned(Value::None)),
                    _ => self.raise_with(class::STOP_ASYNC_ITERATION, &[]),
                }
            }
            Err(exception) => {
                self.set_progress(step, StepProgress::Closed, false);
                let ends = self.is_instance(exception, class::GENERATOR_EXIT)
                    || self.is_instance(exception, class::STOP_ASYNC_ITERATION);
                match action == AsyncGenAction::Close && ends {
                    true => Ok(Resumed::Returned(Value::None)),
                    false => Err(Trap::Raise(exception)),
                }
            }
        }
    }

    /// A step of an asynchronous generator; the first one tells the hooks.
    pub fn new_async_step(
        &mut self,
        generator: Value,
        action: AsyncGenAction,
        argument: Value,
    ) -> Outcome {
        let hooked = self
            .generator(generator)
            .is_none_or(|generator| generator.hooked);
        if !hooked || self.in_dialogue() {
            let [first, last] = self.async_hooks;
            self.once(|vm| {
                if let Some(id) = generator.id() {
                    vm.heap.retain(last);
                    vm.update_generator(id, |generator| {
                        (generator.hooked, generator.origin) = (true, last);
                    });
                }
                Ok(Value::None)
            })?;
            if !first.is_none() && !first.is_unbound() {
                self.call(first, &[generator])?;
            }
        }
        let class = match action {
            AsyncGenAction::Send => class::ASYNC_GENERATOR_ASEND,
            _ => class::ASYNC_GENERATOR_ATHROW,
        };
        let step = AsyncGenStep {
            generator,
            action,
            argument,
            progress: StepProgress::New,
        };
        Ok(self.object(class, Payload::AsyncGenStep(Rc::new(step))))
    }
}

/// Does the frame on top stand at a `YieldFrom`?
pub(super) fn delegates(fiber: &Fiber) -> bool {
    matches!(
        fiber.frames.last(),
        Some(Activation::Python(frame))
            if matches!(frame.code.code.ops.get(frame.pc as usize), Some(Op::YieldFrom))
    )
}

/// What messages call such a thing.
pub fn kind_name(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Coroutine => "coroutine",
        CodeKind::AsyncGenerator => "async generator",
        _ => "generator",
    }
}

/// Notes that the frame on top is closing what it delegates to, or is passing over to itself what was thrown into that; or
/// that it is no longer.
pub(super) fn set_closing(fiber: &mut Fiber, closing: bool) {
    if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
        frame.closing = closing;
    }
}
