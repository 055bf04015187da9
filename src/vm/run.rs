//! The run loop: one instruction at a time, until there is a reason to leave.
//!
//! Instructions are restartable. `pc` stays at the instruction while it asks for Python code to be run; the answers
//! are kept in the frame, and the instruction is executed again with them. Only when it is complete are its operands
//! dropped and `pc` moved on.

use super::exit::{Completion, Exit, Instance, Request};
use super::fold::Folding;
use super::frame::{Activation, Answer, Fiber, Frame, Then};
use super::link::LinkedCode;
use super::machine::{LineMark, Question, Vm};
use super::native::{Outcome, Trap};
use super::quick::{Place, Quick};
use super::value::Value;
use crate::bytecode::code::Origin;
use crate::bytecode::op::{Keywords, Op};
use std::rc::Rc;

/// Where an instruction leads.
pub(super) enum Flow {
    /// To the next one.
    Next,
    /// To another one of the same code.
    Jump(u32),
    /// Another frame is on top now; this one goes on when that is done.
    Switch,
    /// Out of the run loop.
    Leave(Exit),
}

impl Vm {
    /// Runs a thread until there is a reason to leave, for at most `fuel` instructions.
    pub fn run(&mut self, fiber: &mut Fiber, fuel: u64) -> Exit {
        let end = self.executed.saturating_add(fuel);
        self.stop = end;
        loop {
            if self.has_to_settle(fiber)
                && let Some(exit) = self.settle(fiber)
            {
                return exit;
            }
            let exit = match fiber.frames.last_mut() {
                None => Some(Exit::Ended(Completion::Nothing)),
                Some(Activation::Host(_)) => Some(Exit::Host(Completion::Nothing)),
                Some(Activation::Python(frame)) => match frame.request.take() {
                    Some(request) => Some(Exit::Kernel(request)),
                    None => {
                        let code = frame.code.clone();
                        self.run_frame(fiber, &code, end)
                    }
                },
            };
            if let Some(exit) = exit {
                return exit;
            }
        }
    }

    /// Runs the frame on top until another one is on top, or there is a reason to leave; at the latest when `end`
    /// instructions were executed since the start.
    fn run_frame(&mut self, fiber: &mut Fiber, code: &Rc<LinkedCode>, end: u64) -> Option<Exit> {
        let Some(Activation::Python(frame)) = fiber.frames.last() else {
            return None;
        };
        let (mut pc, mut line) = (frame.pc, frame.line);
        let (base, globals) = (frame.base as usize, frame.globals);
        let ops = &code.code.ops[..];
        let shows_lines = self.report_lines && code.code.source.origin == Origin::User;
        let lines = if shows_lines {
            &code.code.lines[..]
        } else {
            &[]
        };
        let depth = fiber.frames.len();
        loop {
            if self.executed >= end || self.heap.has_dead() || self.has_due() {
                leave_at(fiber, pc, line);
                if self.executed >= end {
                    return Some(Exit::Fuel);
                }
                let left = self.settle(fiber);
                if left.is_some() || fiber.frames.len() != depth {
                    return left;
                }
            }
            if let Some(&here) = lines.get(pc as usize)
                && here != line
                && here != 0
            {
                line = here;
                if self.reach_line(code, line) {
                    leave_at(fiber, pc, line);
                    return Some(Exit::Fuel);
                }
            }
            self.executed += 1;
            let place = Place {
                code,
                base,
                globals,
                pc,
                line,
            };
            let op = &ops[pc as usize];
            pc += 1;
            match self.execute_quickly(fiber, place, op, &mut pc) {
                Quick::Done => {}
                Quick::Switch => return None,
                Quick::Yields => return self.yield_top(fiber),
                Quick::Returns => return self.return_to_host(fiber),
                Quick::Trapped => {
                    let trap = self.trap.take()?;
                    return self.trapped(fiber, trap);
                }
                Quick::No => {
                    leave_at(fiber, place.pc, line);
                    match self.execute_fully(fiber, code, base, *op) {
                        Ok(Flow::Next) => {}
                        Ok(Flow::Jump(target)) => pc = target,
                        Ok(Flow::Switch) => return None,
                        Ok(Flow::Leave(exit)) => return Some(exit),
                        Err(trap) => return self.trapped(fiber, trap),
                    }
                }
            }
        }
    }

    /// Is there something to let go of, or to run, before the next instruction?
    #[inline]
    fn has_to_settle(&mut self, fiber: &Fiber) -> bool {
        self.heap.has_dead() || !self.due.is_empty() || !fiber.rounds.is_empty()
    }

    /// Notes that the program reached a line; true when the kernel wants to look before it goes on.
    fn reach_line(&mut self, code: &LinkedCode, line: u32) -> bool {
        if self.lines_muted {
            return false;
        }
        self.lines.push(LineMark {
            line,
            function: code.code.qualname.clone(),
            done: self.meter.spent(self.executed),
        });
        self.lines.len() >= self.line_stop
    }

    /// An instruction in full: with the answers it has been given so far.
    fn execute_fully(
        &mut self,
        fiber: &mut Fiber,
        code: &Rc<LinkedCode>,
        base: usize,
        op: Op,
    ) -> Outcome<Flow> {
        self.open_dialogue(fiber);
        let outcome = self.execute(fiber, code, base, op);
        if !matches!(outcome, Err(Trap::Ask | Trap::Kernel(_))) {
            self.forget_answers();
        }
        outcome
    }

    /// Takes the answers that the frame on top has been given.
    fn open_dialogue(&mut self, fiber: &mut Fiber) {
        self.dialogue.used = 0;
        if let Some(Activation::Python(frame)) = fiber.frames.last_mut()
            && !frame.answers.is_empty()
        {
            std::mem::swap(&mut self.dialogue.answers, &mut frame.answers);
        }
    }

    /// Puts the answers so far back into the frame, to be used when the instruction is executed again.
    fn suspend_dialogue(&mut self, fiber: &mut Fiber) {
        if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
            std::mem::swap(&mut self.dialogue.answers, &mut frame.answers);
        }
    }

    /// An instruction did not complete.
    fn trapped(&mut self, fiber: &mut Fiber, trap: Trap) -> Option<Exit> {
        match trap {
            Trap::Raise(exception) => self.raise_here(fiber, exception),
            Trap::Refuse => Some(Exit::Refused(self.refusal.take().unwrap_or_default())),
            Trap::Kernel(_) => {
                self.suspend_dialogue(fiber);
                self.request.take().map(Exit::Kernel)
            }
            Trap::Ask => {
                self.suspend_dialogue(fiber);
                let question = self.dialogue.question.take()?;
                if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
                    frame.catching = self.dialogue.catching;
                }
                let thrown = question.thrown();
                match self.start_question(fiber, question) {
                    Ok(exit) => exit,
                    Err(Trap::Raise(exception)) => {
                        if !exception.is(thrown) {
                            self.set_first_context(fiber, exception);
                        }
                        self.unwind(fiber, exception, Then::Answer)
                    }
                    Err(_) => None,
                }
            }
        }
    }

    /// Begins what was asked for. What a generator raises at once may leave all that is on the stack.
    fn start_question(&mut self, fiber: &mut Fiber, question: Question) -> Outcome<Option<Exit>> {
        match question {
            Question::Call {
                callable,
                arguments,
                keywords,
            } => {
                let args = super::call::Arguments {
                    positional: arguments,
                    keywords,
                };
                self.start_call(fiber, callable, args, Then::Answer)?;
                Ok(None)
            }
            Question::Body {
                function,
                namespace,
            } => self.start_body(fiber, function, namespace).map(|()| None),
            Question::Resume { generator, input } => {
                self.start_resume(fiber, generator, input, Then::Answer)
            }
        }
    }

    /// Performs a request to the kernel, or part of it, on behalf of the instruction that made it: `perform` may ask,
    /// and is called again with the same request when there is an answer. On completion the instruction's operands are
    /// replaced by the result.
    pub fn perform(
        &mut self,
        fiber: &mut Fiber,
        request: Box<Request>,
        perform: impl FnOnce(&mut Self, &Request) -> Outcome,
    ) -> Option<Exit> {
        self.open_dialogue(fiber);
        let outcome = perform(self, &request);
        match outcome {
            Ok(_) if request.folding != Folding::No => {
                self.forget_answers();
                let exit = self.fold_step(fiber, &request);
                self.recycle_request(request);
                return exit;
            }
            Ok(value) => {
                let value = match request.instance {
                    Instance::Made(instance) => instance,
                    _ => value,
                };
                self.forget_answers();
                self.complete(fiber, value);
                self.recycle_request(request);
                return None;
            }
            Err(Trap::Ask | Trap::Kernel(_)) => {
                if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
                    frame.request = Some(request);
                }
            }
            Err(Trap::Raise(exception)) => {
                self.forget_answers();
                if let Instance::Made(_) = request.instance
                    && self.drop_instance(fiber, exception)
                {
                    return None;
                }
            }
            Err(_) => self.forget_answers(),
        }
        outcome.err().and_then(|trap| self.trapped(fiber, trap))
    }

    /// Keeps the memory of a request that was performed.
    fn recycle_request(&mut self, mut request: Box<Request>) {
        if self.spare_requests.is_empty() {
            request.clear();
            self.spare_requests.push(request);
        }
    }

    /// What was entered for the request of the frame on top is over: the request is to be performed again, and what
    /// happened is the next answer that it is given.
    pub fn answer_request(&mut self, fiber: &mut Fiber, completion: Completion) {
        let answer = match completion {
            Completion::Yielded(value) => Answer::Value(value),
            Completion::Returned(value) => Answer::Finished(value),
            Completion::Raised(exception) => Answer::Raised(exception),
            Completion::Nothing => return,
        };
        self.answer(fiber, answer);
    }

    /// Raises an exception at the instruction of the frame on top, whatever that was about to do.
    pub fn interrupt(&mut self, fiber: &mut Fiber, exception: Value) -> Option<Exit> {
        self.fail(fiber, Trap::Raise(exception))
    }

    /// Completes the call instruction of the frame on top with a result.
    pub fn complete(&mut self, fiber: &mut Fiber, value: Value) {
        let Some(Activation::Python(frame)) = fiber.frames.last() else {
            return;
        };
        let operands = operands_of_call(frame);
        self.heap.retain(value);
        let floor = fiber.stack.len().saturating_sub(operands);
        fiber.truncate(&mut self.heap, floor);
        fiber.stack.push(value);
        if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
            frame.pc += 1;
        }
    }

    /// How many operands the call instruction of the frame on top has.
    pub(super) fn operands_of_call(&self, fiber: &Fiber) -> usize {
        match fiber.frames.last() {
            Some(Activation::Python(frame)) => operands_of_call(frame),
            _ => 0,
        }
    }

    /// A request could not be begun.
    pub fn fail(&mut self, fiber: &mut Fiber, trap: Trap) -> Option<Exit> {
        self.open_dialogue(fiber);
        self.forget_answers();
        self.trapped(fiber, trap)
    }

    /// A frame returned (or a built-in that stood for it): hands the result to what waits for it. The value is
    /// borrowed.
    pub(super) fn deliver(&mut self, fiber: &mut Fiber, then: Then, value: Value) -> Flow {
        match then {
            Then::Push => {
                fiber.push(&mut self.heap, value);
                advance(fiber);
            }
            Then::Init => match self.check_init_result(value) {
                Ok(()) => advance(fiber),
                Err(Trap::Raise(exception)) => return self.flow_of_raise(fiber, exception),
                Err(_) => {}
            },
            Then::Answer => self.answer(fiber, Answer::Value(value)),
            Then::Discard => {}
            Then::Host => return Flow::Leave(Exit::Host(Completion::Returned(value))),
            Then::ForIter | Then::Delegate | Then::Thrown => {
                return self.generator_returned(fiber, then, value);
            }
        }
        match fiber.frames.is_empty() {
            true => Flow::Leave(Exit::Ended(Completion::Returned(value))),
            false => Flow::Switch,
        }
    }

    /// Gives the instruction of the frame on top one more answer.
    pub(super) fn answer(&mut self, fiber: &mut Fiber, answer: Answer) {
        if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
            self.heap.retain(answer.value());
            frame.answers.push(answer);
        }
    }

    pub(super) fn flow_of_raise(&mut self, fiber: &mut Fiber, exception: Value) -> Flow {
        self.raise_here(fiber, exception)
            .map_or(Flow::Switch, Flow::Leave)
    }

    /// Takes the frame on top off the stack with all that it holds.
    pub(super) fn pop_frame(&mut self, fiber: &mut Fiber) {
        let Some(Activation::Python(frame)) = fiber.frames.pop() else {
            return;
        };
        if !frame.object.is_none() {
            self.keep_variables(fiber, &frame);
        }
        fiber.truncate(&mut self.heap, frame.floor as usize);
        if frame.holds_only_function() {
            self.heap.release(frame.function.into());
        } else {
            frame.each(&mut |value| self.heap.release(value));
        }
        self.recycle_frame(frame);
    }
}

fn operands_of_call(frame: &Frame) -> usize {
    match frame.code.code.ops.get(frame.pc as usize) {
        Some(Op::Call(n) | Op::CallKw(n, _)) => *n as usize + 1,
        Some(Op::CallMethod(n) | Op::CallMethodKw(n, _)) => *n as usize + 2,
        Some(Op::CallEx(Keywords::Absent)) => 2,
        Some(Op::CallEx(Keywords::Present)) => 3,
        _ => 0,
    }
}

/// Writes back what the run loop keeps in locals.
#[inline]
pub(super) fn leave_at(fiber: &mut Fiber, pc: u32, line: u32) {
    if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
        (frame.pc, frame.line) = (pc, line);
    }
}

/// Moves the frame on top to its next instruction.
pub(super) fn advance(fiber: &mut Fiber) {
    if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
        frame.pc += 1;
    }
}
