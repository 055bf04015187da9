//! Frames as plain data: a thread's stack of activations over one stack of values, and the frame of a suspended
//! generator.

use super::due::Round;
use super::exit::Request;
use super::heap::Heap;
use super::link::LinkedCode;
use super::value::{Id, Value};
use crate::bytecode::code::Origin;
use crate::bytecode::op::Op;
use std::rc::Rc;

/// What happens with the result of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It becomes the result of the caller's instruction.
    Push,
    /// It answers a question of the caller's instruction, which is then executed again.
    Answer,
    /// The frame is `__init__`: the new instance, which lies at the frame's floor, is the result.
    Init,
    /// The frame is a generator's, driven by the `for` loop of the caller.
    ForIter,
    /// The frame is a generator's, driven by `yield from` or `await` of the caller.
    Delegate,
    /// The same, but an exception was thrown in through the caller. Until the frame is left, what the caller handles is
    /// not being handled here.
    Thrown,
    /// It is dropped: a finaliser. Exceptions are reported, not raised.
    Discard,
    /// It goes to the host frame below.
    Host,
}

/// What an instruction that asked for something to be run is told.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// A call returned, or a generator yielded.
    Value(Value),
    /// A generator returned.
    Finished(Value),
    /// The exception that was raised, where the instruction wants to see it.
    Raised(Value),
    /// What the instruction made once, at that depth of nesting.
    Made(Value, u32),
}

impl Answer {
    /// The value inside.
    pub fn value(self) -> Value {
        match self {
            Self::Value(value)
            | Self::Finished(value)
            | Self::Raised(value)
            | Self::Made(value, _) => value,
        }
    }
}

/// Does an instruction that asks want to see exceptions?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Catching {
    /// No: they propagate.
    #[default]
    Nothing,
    /// It is told of any exception.
    All,
}

/// The place of a frame that ends before its first instruction: no handler covers it.
pub const UNSTARTED: u32 = u32::MAX;

/// The line of a frame that comes from behind `except*`, where several ways meet.
pub const NO_LINE: u32 = u32::MAX;

/// The activation of Python code.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The code that runs.
    pub code: Rc<LinkedCode>,
    /// The current instruction. It stays there until the instruction is complete.
    pub pc: u32,
    /// Index of the first slot on the value stack.
    pub base: u32,
    /// Length that the value stack has when the frame is gone, before its result is pushed.
    pub floor: u32,
    /// The function, which keeps code, globals and closure alive.
    pub function: Id,
    /// The dict of globals.
    pub globals: Id,
    /// The namespace of a class or module body; none for functions.
    pub namespace: Id,
    /// The generator that the frame belongs to, or none.
    pub generator: Id,
    /// Its frame object, or none while nobody has asked for it.
    pub object: Id,
    /// What happens with its result.
    pub then: Then,
    /// The exception that is being handled in this frame, or unbound.
    pub handled: Value,
    /// The exception that is thrown into a suspended `YieldFrom`, or unbound.
    pub thrown: Value,
    /// Is what it delegates to being closed, or does what was thrown into that arrive here? Then it does not stand on the
    /// stack, as programs see that (`Objects/genobject.c`: gen_close, _gen_throw).
    pub closing: bool,
    /// Answers that the current instruction was given so far.
    pub answers: Vec<Answer>,
    /// What the pending question does with exceptions.
    pub catching: Catching,
    /// The request to the kernel that asked, to go on as it is once there is an answer.
    pub request: Option<Box<Request>>,
    /// The line that was last reported for stepping; 0 at first.
    pub line: u32,
    /// Slots, then operands, while the frame is suspended in a generator; on a thread's stack there is nothing here.
    /// `base` and `floor` mean nothing then.
    pub values: Vec<Value>,
    /// For the frame of a generator: has it run at all?
    pub started: bool,
}

/// A place on a thread's stack where the kernel takes over: it is told what the frame above it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostFrame {
    /// What the kernel does here, as it numbers that.
    pub tag: u16,
    /// A number that the kernel wants back.
    pub number: u32,
    /// The line of the innermost frame of the program below.
    pub line: u32,
    /// The object on whose behalf it does it, or none. Counted.
    pub about: Id,
}

/// One entry of a thread's stack.
#[derive(Clone, Debug)]
pub enum Activation {
    /// Python code. Boxed, since it moves between stacks and generators.
    Python(Box<Frame>),
    /// The kernel.
    Host(HostFrame),
}

/// A thread of Python execution: activations and the values they work on.
#[derive(Clone, Debug, Default)]
pub struct Fiber {
    /// Activations, innermost last.
    pub frames: Vec<Activation>,
    /// Slots and operands of all activations; each entry is a counted reference.
    pub stack: Vec<Value>,
    /// What runs for objects that died, innermost last.
    pub rounds: Vec<Round>,
}

impl HostFrame {
    /// Calls `visit` with the object on whose behalf it is, if there is one.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        if !self.about.is_none() {
            visit(self.about.into());
        }
    }
}

impl Frame {
    /// The line where the running frame is: that of its last instruction, also when `pc` has moved on already. None at an
    /// instruction that the compiler added between lines.
    pub fn current_line(&self) -> Option<u32> {
        match self.line {
            _ if self.is_between_lines() => None,
            NO_LINE => None,
            // Lines of the library are not followed.
            0 => Some(self.code.code.line_at(self.pc)),
            line => Some(line),
        }
    }

    /// Does it stand at the end of an `except` clause, where several ways meet? (Elsewhere an instruction without a line may
    /// be the start of a handler, and the frame is still where it raised.)
    fn is_between_lines(&self) -> bool {
        let (code, pc) = (&self.code.code, self.pc as usize);
        let ends_clause = match code.ops.get(pc) {
            Some(
                Op::Jump(_)
                | Op::Nop
                | Op::DeleteName(_)
                | Op::DeleteGlobal(_)
                | Op::DeleteLocal(_)
                | Op::DeleteDeref(_),
            ) => true,
            _ => code.ops[..pc.min(code.ops.len())].last() == Some(&Op::PopExcept),
        };
        ends_clause && code.lines.get(pc) == Some(&0) && !self.returns_from_here()
    }

    /// Do instructions that the compiler added between lines end with a `return`? Each way to these has its own, which are
    /// in the line before (`Python/flowgraph.c`: duplicate_exits_without_lineno).
    fn returns_from_here(&self) -> bool {
        let (code, pc) = (&self.code.code, self.pc as usize);
        let rest = code.ops.iter().zip(&code.lines).skip(pc);
        let mut added = rest.take_while(|(_, line)| **line == 0);
        added.any(|(op, _)| matches!(op, Op::Return))
    }

    /// The namespace in which names are bound that are no slots: that of a class or module body, or else the globals.
    pub fn binds_in(&self) -> Id {
        match self.namespace.is_none() {
            true => self.globals,
            false => self.namespace,
        }
    }

    /// Is its function all that the frame refers to, but for what it has on a thread's stack? That of most calls is.
    pub fn holds_only_function(&self) -> bool {
        let others = [self.namespace, self.generator, self.object];
        others.into_iter().all(Id::is_none)
            && self.handled.is_unbound()
            && self.thrown.is_unbound()
            && self.values.is_empty()
            && self.answers.is_empty()
    }

    /// Calls `visit` with every value that the frame refers to, but for what it has on a thread's stack.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        self.values.iter().rev().copied().for_each(&mut *visit);
        self.each_other(visit);
    }

    /// The same in the order in which the collector finds it.
    pub fn each_found(&self, visit: &mut impl FnMut(Value)) {
        self.each_other(visit);
        self.values.iter().copied().for_each(visit);
    }

    fn each_other(&self, visit: &mut impl FnMut(Value)) {
        visit(self.function.into());
        for id in [self.namespace, self.generator, self.object] {
            if !id.is_none() {
                visit(id.into());
            }
        }
        for value in [self.handled, self.thrown] {
            if !value.is_unbound() {
                visit(value);
            }
        }
        self.answers.iter().for_each(|answer| visit(answer.value()));
    }
}

impl Fiber {
    /// Takes the request that the innermost frame has to make again.
    pub fn take_request(&mut self) -> Option<Box<Request>> {
        match self.frames.last_mut()? {
            Activation::Python(frame) => frame.request.take(),
            Activation::Host(_) => None,
        }
    }

    /// Does the thread execute the program's own code, rather than the library's?
    pub fn is_in_program(&self) -> bool {
        self.frame()
            .is_some_and(|frame| frame.code.code.source.origin == Origin::User)
    }

    /// Is the thread between two operations that CPython can interrupt? Code that stands for what is written in C there
    /// is never interrupted.
    pub fn is_between_operations(&self) -> bool {
        self.frame()
            .is_some_and(|frame| frame.code.code.source.origin != Origin::Builtin)
    }

    /// Pushes a value, counting it.
    #[inline]
    pub fn push(&mut self, heap: &mut Heap, value: Value) {
        self.push_copy(heap, &value);
    }

    /// The same for a value that lies elsewhere, and is copied as a whole.
    #[inline]
    pub fn push_copy(&mut self, heap: &mut Heap, value: &Value) {
        if let Value::Object(id) = *value {
            heap.retain(id.into());
        }
        self.stack.push(*value);
    }

    /// Pushes the value of a slot once more, counting it; false if there is none.
    #[inline]
    pub fn push_slot(&mut self, heap: &mut Heap, slot: usize) -> bool {
        match self.stack[slot] {
            Value::Unbound => return false,
            Value::Object(id) => heap.retain(id.into()),
            _ => {}
        }
        // Read anew, so that it is copied as a whole.
        self.stack.push(self.stack[slot]);
        true
    }

    /// Drops the top value.
    #[inline]
    pub fn pop(&mut self, heap: &mut Heap) {
        if let Some(value) = self.stack.pop() {
            heap.release(value);
        }
    }

    /// Drops values until the stack has this length, the topmost first, as CPython clears a frame.
    pub fn truncate(&mut self, heap: &mut Heap, len: usize) {
        for &value in self.stack.get(len..).unwrap_or_default().iter().rev() {
            heap.release(value);
        }
        self.stack.truncate(len);
    }

    /// The n-th value from the top; 0 is the top. Unbound when the stack is too short.
    #[inline]
    pub fn peek(&self, n: usize) -> Value {
        let len = self.stack.len();
        self.stack
            .get(len.wrapping_sub(n + 1))
            .copied()
            .unwrap_or_default()
    }

    /// The innermost Python frame.
    pub fn frame(&self) -> Option<&Frame> {
        self.frames.iter().rev().find_map(|entry| match entry {
            Activation::Python(frame) => Some(&**frame),
            Activation::Host(_) => None,
        })
    }

    /// Python frames, innermost first.
    pub fn python_frames(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter().rev().filter_map(|entry| match entry {
            Activation::Python(frame) => Some(&**frame),
            Activation::Host(_) => None,
        })
    }

    /// The line of the innermost frame of the program; 0 when there is none.
    pub fn user_line(&self) -> u32 {
        let mut frames = self.python_frames().map(|frame| (&frame.code.code, frame));
        let user = frames.find(|(code, _)| code.source.origin == Origin::User);
        user.and_then(|(code, frame)| code.lines.get(frame.pc as usize).copied())
            .unwrap_or(0)
    }

    /// Calls `visit` with every value that the thread refers to.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        self.stack.iter().copied().for_each(&mut *visit);
        self.rounds.iter().for_each(|round| round.each(&mut *visit));
        for entry in &self.frames {
            match entry {
                Activation::Python(frame) => frame.each(visit),
                Activation::Host(host) => host.each(visit),
            }
        }
    }
}
