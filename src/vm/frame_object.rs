//! Frame objects: what tracebacks, `sys._getframe()` and `gi_frame` refer to, and what keeps the variables of a frame that
//! is left while somebody still refers to it (`Objects/frameobject.c`; `Python/frame.c`: take_ownership).
//!
//! A frame gets its object when somebody first asks for it, so a frame that nobody looks at costs nothing.

use super::frame::{Activation, Fiber, Frame};
use super::link::LinkedCode;
use super::machine::Vm;
use super::object::{GeneratorState, Payload};
use super::value::{Id, Value};
use super::{class, frame};
use crate::bytecode::code::Origin;
use std::rc::Rc;

/// Where the variables of a frame object are.
#[derive(Clone, Debug)]
pub enum Home {
    /// On the stack of a thread.
    Stack,
    /// In a generator, which also may be on a stack. Not a counted reference: see [`Vm::orphan_frame`].
    Generator(Id),
    /// Here: the frame is gone.
    Left(Vec<Value>),
}

/// A frame object.
#[derive(Clone, Debug)]
pub struct FrameObject {
    /// The code.
    pub code: Rc<LinkedCode>,
    /// The function, which keeps code and globals alive.
    pub function: Id,
    /// The namespace of a class or module body; none for functions.
    pub namespace: Id,
    /// The frame object of the caller, once the frame is gone.
    pub back: Value,
    /// The instruction at which the frame was left.
    pub at: u32,
    /// The line at which it was left; none between lines.
    pub line: Option<u32>,
    /// The variables.
    pub home: Home,
}

/// A frame as its object finds it.
pub enum Found<'a> {
    /// Gone, or of another thread, at that instruction.
    Gone(u32, &'a [Value]),
    /// On the stack of the running thread, as that activation.
    OnStack(usize),
    /// Suspended in a generator.
    Suspended(&'a Frame),
}

impl FrameObject {
    /// Is it on the stack of a thread, if that of the running one does not have it?
    pub fn is_elsewhere(&self) -> bool {
        !matches!(self.home, Home::Left(_))
    }

    /// Calls `visit` with every value that it refers to.
    pub fn each(&self, visit: &mut impl FnMut(Value)) {
        visit(self.function.into());
        if !self.namespace.is_none() {
            visit(self.namespace.into());
        }
        if let Home::Left(values) = &self.home {
            values.iter().rev().copied().for_each(&mut *visit);
        }
        visit(self.back);
    }

    /// The same in the order in which the collector finds it.
    pub fn each_found(&self, visit: &mut impl FnMut(Value)) {
        visit(self.back);
        if !self.namespace.is_none() {
            visit(self.namespace.into());
        }
        visit(self.function.into());
        if let Home::Left(values) = &self.home {
            values.iter().copied().for_each(visit);
        }
    }
}

impl Vm {
    /// The content of a frame object.
    pub fn frame_object(&self, value: Value) -> Option<&Rc<FrameObject>> {
        match self.heap.content(value)? {
            Payload::Frame(content) => Some(content),
            _ => None,
        }
    }

    fn make_frame_object(&mut self, frame: &Frame, home: Home) -> Id {
        let content = FrameObject {
            code: frame.code.clone(),
            function: frame.function,
            namespace: frame.namespace,
            back: Value::None,
            at: frame.pc,
            line: frame.current_line(),
            home,
        };
        let id = self
            .heap
            .alloc(class::FRAME, Payload::Frame(Rc::new(content)));
        self.heap.retain(id.into());
        id
    }

    /// The object of an activation that is Python code.
    pub fn object_of_activation(&mut self, fiber: &mut Fiber, at: usize) -> Id {
        let Some(Activation::Python(frame)) = fiber.frames.get_mut(at) else {
            return Id::NONE;
        };
        if frame.object.is_none() {
            let home = match frame.generator.is_none() {
                true => Home::Stack,
                false => Home::Generator(frame.generator),
            };
            frame.object = self.make_frame_object(frame, home);
        }
        frame.object
    }

    /// The object of a frame that was left at an instruction with these variables.
    pub(super) fn object_of_left(
        &mut self,
        function: Id,
        code: Rc<LinkedCode>,
        at: u32,
        mut values: Vec<Value>,
    ) -> Id {
        values.resize(code.code.slots(), Value::Unbound);
        let content = FrameObject {
            line: Some(code.code.line_at(at)),
            code,
            function,
            namespace: Id::NONE,
            back: Value::None,
            at,
            home: Home::Left(values),
        };
        self.heap
            .alloc(class::FRAME, Payload::Frame(Rc::new(content)))
    }

    /// The object of an activation of another thread notes where that is now.
    pub fn note_place(&mut self, fiber: &Fiber, at: usize) {
        if let Some(Activation::Python(frame)) = fiber.frames.get(at)
            && let Payload::Frame(content) = self.heap.payload_mut(frame.object)
        {
            let content = Rc::make_mut(content);
            (content.at, content.line) = (frame.pc, frame.current_line());
        }
    }

    /// The object of a suspended generator's frame, or `None`.
    pub fn object_of_suspended(&mut self, generator: Value) -> Value {
        let (Some(id), Some(content)) = (generator.id(), self.generator(generator)) else {
            return Value::None;
        };
        let GeneratorState::Suspended(suspended) = &content.state else {
            return Value::None;
        };
        if !suspended.object.is_none() {
            return suspended.object.into();
        }
        let suspended = suspended.clone();
        let object = self.make_frame_object(&suspended, Home::Generator(id));
        self.update_generator(id, |generator| {
            if let GeneratorState::Suspended(suspended) = &mut generator.state {
                suspended.object = object;
            }
        });
        object.into()
    }

    /// Where the frame of an object is now.
    pub fn find_frame<'a>(&'a self, fiber: &Fiber, object: &'a FrameObject, id: Id) -> Found<'a> {
        if let Home::Left(values) = &object.home {
            return Found::Gone(object.at, values);
        }
        if let Home::Generator(generator) = object.home
            && let Payload::Generator(content) = self.heap.payload(generator)
            && let GeneratorState::Suspended(suspended) = &content.state
        {
            return Found::Suspended(suspended);
        }
        let is_it =
            |entry: &Activation| matches!(entry, Activation::Python(frame) if frame.object == id);
        match fiber.frames.iter().rposition(is_it) {
            Some(at) => Found::OnStack(at),
            None => Found::Gone(object.at, &[]),
        }
    }

    /// The activation that called another one; code that stands for C is passed over.
    pub fn caller_of(&self, fiber: &Fiber, at: usize) -> Option<usize> {
        let below = fiber.frames.get(..at)?;
        below.iter().rposition(is_visible)
    }

    /// A frame is left. If somebody else refers to its object, the variables move there from the stack, and the object
    /// begins to hold its caller's.
    pub(super) fn keep_variables(&mut self, fiber: &mut Fiber, frame: &Frame) {
        if self.heap.count(frame.object) < 2 {
            return;
        }
        let base = (frame.base as usize).min(fiber.stack.len());
        fiber.truncate(&mut self.heap, base + frame.code.code.slots());
        let values = fiber.stack.split_off(base);
        // The frame of a generator forgets who resumed it.
        let caller = self.caller_of(fiber, fiber.frames.len());
        let back = match caller.filter(|_| frame.generator.is_none()) {
            Some(at) => Value::from(self.object_of_activation(fiber, at)),
            None => Value::None,
        };
        self.heap.retain(back);
        if let Payload::Frame(content) = self.heap.payload_mut(frame.object) {
            let content = Rc::make_mut(content);
            (content.at, content.line) = (frame.pc, frame.current_line());
            (content.back, content.home) = (back, Home::Left(values));
        }
    }

    /// A generator lets go of its suspended frame, whose object may live on: the variables go there, and so do the operands
    /// behind them, such as the iterators of loops.
    pub(super) fn orphan_frame(&mut self, generator: Id) {
        let Payload::Generator(content) = self.heap.payload(generator) else {
            return;
        };
        let GeneratorState::Suspended(suspended) = &content.state else {
            return;
        };
        let object = suspended.object;
        if object.is_none() {
            return;
        }
        let suspended = suspended.clone();
        let Some(content) = self.frame_object(object.into()).cloned() else {
            return;
        };
        let left = FrameObject {
            at: suspended.pc,
            line: Some(suspended.code.code.line_at(suspended.pc)),
            home: Home::Left(suspended.values.clone()),
            ..content.as_ref().clone()
        };
        self.heap.set_payload(object, Payload::Frame(Rc::new(left)));
    }

    /// The code object of a frame.
    pub fn code_of_frame(&self, object: &FrameObject) -> Value {
        match self.heap.payload(object.function) {
            Payload::Function(function) => function.code,
            _ => Value::None,
        }
    }

    /// The globals of a frame.
    pub fn globals_of_frame(&self, object: &FrameObject) -> Id {
        match self.heap.payload(object.function) {
            Payload::Function(function) => function.globals,
            _ => Id::NONE,
        }
    }
}

/// Is it a frame that Python programs can see?
pub fn is_visible(entry: &Activation) -> bool {
    matches!(entry, Activation::Python(frame) if !stands_for_c(frame) && !frame.closing)
}

/// Does the frame's code stand for code that CPython has in C?
pub fn stands_for_c(frame: &frame::Frame) -> bool {
    frame.code.code.source.origin == Origin::Builtin
}
