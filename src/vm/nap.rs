//! `await asyncio.sleep(0)`, which is what most turns of a loop are for: two coroutines that do nothing but suspend once.
//! Where one is awaited at once they need not be made: the frame that awaits holds a nap in their place, and when anybody
//! looks at what it awaits, or throws something in, they are made after all, as they would be by then
//! (`Lib/asyncio/tasks.py`: sleep, __sleep0).

use super::frame::{Activation, Fiber};
use super::link::LinkedCode;
use super::machine::Vm;
use super::names;
use super::object::{Function, GeneratorState, Payload};
use super::value::{Id, Value};
use crate::bytecode::code::Code;
use crate::bytecode::op::Op;
use std::rc::Rc;

/// Instructions of the two coroutines up to the `yield`, with those of the caller that await.
const BEFORE: u64 = 14;

/// Instructions from there to the end of both.
const AFTER: u64 = 7;

/// How many frames the two would have.
const FRAMES: usize = 2;

/// How far the instruction that awaits is from the call.
pub(super) const AWAIT: u32 = 3;

/// What a function of the library is to the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing in particular.
    Other,
    /// It is `asyncio.sleep`.
    Sleep,
    /// It is what that awaits for one turn.
    Turn,
    /// It is `asyncio.create_task`.
    CreateTask,
    /// It is `create_future` of loops.
    CreateFuture,
    /// It is `asyncio.Queue.get` …
    QueueGet,
    /// … or `put`.
    QueuePut,
    /// It is `asyncio.Lock.acquire` …
    LockAcquire,
    /// … or `release`.
    LockRelease,
    /// It is the way into the `async with` of a lock …
    LockEnter,
    /// … or the way out.
    LockExit,
    /// It is `asyncio.Event.wait`.
    EventWait,
}

impl Role {
    /// That of some code.
    pub fn of(code: &Code) -> Self {
        match (&*code.source.module, &*code.qualname) {
            ("asyncio.tasks", "sleep") => Self::Sleep,
            ("asyncio.tasks", "__sleep0") => Self::Turn,
            ("asyncio.tasks", "create_task") => Self::CreateTask,
            ("asyncio.base_events", "BaseEventLoop.create_future") => Self::CreateFuture,
            ("asyncio.queues", "Queue.get") => Self::QueueGet,
            ("asyncio.queues", "Queue.put") => Self::QueuePut,
            ("asyncio.locks", "Lock.acquire") => Self::LockAcquire,
            ("asyncio.locks", "Lock.release") => Self::LockRelease,
            ("asyncio.locks", "_ContextManagerMixin.__aenter__") => Self::LockEnter,
            ("asyncio.locks", "_ContextManagerMixin.__aexit__") => Self::LockExit,
            ("asyncio.locks", "Event.wait") => Self::EventWait,
            _ => Self::Other,
        }
    }

    /// Is it a coroutine function?
    pub(super) fn is_awaited(self) -> bool {
        !matches!(self, Self::CreateTask | Self::CreateFuture)
    }

    /// How many arguments a function takes whose calls the host may take over, if it is one.
    pub(super) fn takes(self) -> Option<usize> {
        match self {
            Self::CreateTask
            | Self::CreateFuture
            | Self::Sleep
            | Self::QueueGet
            | Self::LockAcquire
            | Self::EventWait => Some(1),
            Self::QueuePut => Some(2),
            _ => None,
        }
    }
}

/// The functions whose coroutines a nap stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nap {
    /// `asyncio.sleep`
    pub sleep: Id,
    /// What it awaits.
    pub turn: Id,
}

impl Vm {
    /// `await asyncio.sleep(0)` at a call of that function: the frame on top awaits a nap. False, with nothing done, where
    /// it is not just that.
    pub(super) fn begin_nap(
        &mut self,
        fiber: &mut Fiber,
        function: &Function,
        floor: usize,
        first: usize,
    ) -> bool {
        let is_zero = matches!(fiber.stack[first..], [Value::Int(0)]);
        let in_time = self.executed + BEFORE < self.stop;
        let fits = fiber.frames.len() + FRAMES < self.limits.recursion;
        if !is_zero || !in_time || !fits || self.origin_depth > 0 || !awaits_at_once(fiber) {
            return false;
        }
        let Some(nap) = self.nap_of(fiber.stack[floor], function) else {
            return false;
        };
        fiber.truncate(&mut self.heap, floor);
        fiber.push(&mut self.heap, nap.into());
        // What was sent to the coroutine, and what it yields.
        fiber.stack.extend([Value::None; 2]);
        if let Some(Activation::Python(frame)) = fiber.frames.last_mut() {
            frame.pc += AWAIT;
        }
        self.executed += BEFORE;
        true
    }

    /// A nap in place of the coroutines of these functions, if they are the library's: all are the same one.
    fn nap_of(&mut self, sleep: Value, function: &Function) -> Option<Id> {
        let turn = self.lookup_global(function.globals, names::SLEEP0)?;
        let content = Nap {
            sleep: sleep.id()?,
            turn: turn.id()?,
        };
        if !matches!(self.as_tuple(function.defaults)?[..], [Value::None]) || !self.is_turn(turn) {
            return None;
        }
        if let Payload::Nap(known) = *self.heap.payload(self.nap)
            && known == content
        {
            return Some(self.nap);
        }
        self.nap = self
            .object(super::class::OBJECT, Payload::Nap(content))
            .id()?;
        Some(self.nap)
    }

    fn is_turn(&self, value: Value) -> bool {
        matches!(self.heap.content(value), Some(Payload::Function(function)) if function.linked.role == Role::Turn)
    }

    #[inline]
    pub(super) fn is_nap(&self, value: Value) -> bool {
        matches!(self.heap.content(value), Some(Payload::Nap(_)))
    }

    /// `YieldFrom` of a nap when the frame on top goes on: it is over.
    pub(super) fn end_nap(&mut self, fiber: &mut Fiber) {
        fiber.pop(&mut self.heap);
        fiber.pop(&mut self.heap);
        fiber.stack.push(Value::None);
        self.executed += AFTER;
    }

    /// What the frame on top awaits becomes a coroutine, if it is a nap.
    pub(super) fn wake_on_stack(&mut self, fiber: &mut Fiber) {
        let at = fiber.stack.len().wrapping_sub(2);
        if let Some(&nap) = fiber.stack.get(at)
            && let Some(coroutine) = self.unfold(nap)
        {
            self.heap.retain(coroutine);
            fiber.stack[at] = coroutine;
            self.heap.release(nap);
        }
    }

    /// What a suspended generator awaits becomes a coroutine, if it is a nap.
    pub(super) fn wake_awaited(&mut self, generator: Value) {
        let Some(nap) = self.awaited_by(generator) else {
            return;
        };
        if let (Some(coroutine), Some(id)) = (self.unfold(nap), generator.id()) {
            self.heap.retain(coroutine);
            self.update_generator(id, |generator| {
                if let GeneratorState::Suspended(frame) = &mut generator.state {
                    let at = frame.values.len() - 2;
                    frame.values[at] = coroutine;
                }
            });
            self.heap.release(nap);
        }
    }

    /// The same for all of them, and for what the kernel has not made, before somebody looks through all objects.
    pub fn wake_all(&mut self) {
        let all: Vec<Id> = self.heap.ids().collect();
        for id in all {
            self.wake_awaited(id.into());
            (self.complete)(self, id);
        }
    }

    /// The coroutine that a nap or a fold stands for, suspended.
    fn unfold(&mut self, value: Value) -> Option<Value> {
        if let (Some(fold), Some(id)) = (self.fold_of(value), value.id()) {
            return self.unfold_waiting(id, fold);
        }
        let &Payload::Nap(Nap { sleep, turn }) = self.heap.content(value)? else {
            return None;
        };
        let turn = self.suspended(turn, &[], |ops| first(ops, Op::Yield), &[])?;
        let arguments = [Value::Int(0), Value::None];
        // The other `await` is for longer.
        let at_await = |ops: &[Op]| first(ops, Op::YieldFrom);
        self.suspended(sleep, &arguments, at_await, &[turn, Value::None])
    }

    /// A generator of a function with these local variables, which stands at one of its instructions and has operands for
    /// that.
    pub(super) fn suspended(
        &mut self,
        function: Id,
        locals: &[Value],
        find: impl Fn(&[Op]) -> Option<usize>,
        operands: &[Value],
    ) -> Option<Value> {
        let Payload::Function(content) = self.heap.payload(function) else {
            return None;
        };
        let content = content.clone();
        let code = &content.linked.code;
        let pc = find(&code.ops)?;
        let mut made = self.generator_content(&Fiber::default(), function, &content, locals);
        if let GeneratorState::Suspended(frame) = &mut made.state {
            (frame.pc, frame.started) = (pc as u32, true);
            frame.values.resize(code.slots(), Value::Unbound);
            frame.values.extend_from_slice(operands);
        }
        let class = super::class::of_generator(content.linked.code.kind);
        Some(self.object(class, Payload::Generator(Rc::new(made))))
    }
}

/// Is what the frame on top calls awaited by the next instructions, on the same line?
pub(super) fn awaits_at_once(fiber: &Fiber) -> bool {
    let Some(Activation::Python(frame)) = fiber.frames.last() else {
        return false;
    };
    let LinkedCode { code, consts, .. } = &*frame.code;
    let pc = frame.pc as usize;
    let same_line = match code.lines.get(pc..=pc + AWAIT as usize) {
        Some([call, rest @ ..]) => rest.iter().all(|line| line == call),
        _ => false,
    };
    match code.ops.get(pc + 1..=pc + AWAIT as usize) {
        Some([Op::GetAwaitable(_), Op::Const(index), Op::YieldFrom]) => {
            same_line && consts[*index as usize].is_none()
        }
        _ => false,
    }
}

/// Where an instruction comes first.
fn first(ops: &[Op], wanted: Op) -> Option<usize> {
    ops.iter().position(|op| *op == wanted)
}
