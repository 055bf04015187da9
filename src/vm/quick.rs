//! The most frequent instructions in the cases that can neither fail nor ask: no dialogue, nothing to be restarted.
//! Whatever is out of the ordinary goes the full way ([`super::execute`]), which knows all cases of these as well.

use super::class;
use super::frame::{Activation, Fiber, Then};
use super::iter::Iter;
use super::link::LinkedCode;
use super::lookup::OnClass;
use super::machine::Vm;
use super::number::int;
use super::object::{Object, Payload};
use super::run::{advance, leave_at};
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use crate::bytecode::op::{BinaryOp, CompareOp, Op, Sense, UnaryOp, WithKind};
use std::cell::Cell;

/// What came of trying the quick way. Without content, so that it is a single number to the run loop.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quick {
    /// The instruction is done, and `pc` is that of the next one.
    Done,
    /// Another frame is on top now.
    Switch,
    /// A built-in was called, and did not come to its end: [`Vm::trap`] has why.
    Trapped,
    /// The generator on top yields the value on top.
    Yields,
    /// The generator on top returns the value on top to the host.
    Returns,
    /// Nothing has happened: the full way.
    No,
}

/// The frame on top, as the run loop knows it.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// Its code.
    pub code: &'a LinkedCode,
    /// Where its slots begin on the stack.
    pub base: usize,
    /// Its globals.
    pub globals: Id,
    /// The instruction that is executed.
    pub pc: u32,
    /// The line that was last reported for stepping.
    pub line: u32,
}

/// The name that an instruction looks for, and where it found it the last time.
#[derive(Clone, Copy)]
struct Name<'a> {
    name: Value,
    hint: &'a Cell<u32>,
}

impl Place<'_> {
    fn name_tuple(&self, index: u32) -> Value {
        self.code.consts[index as usize]
    }

    fn name(&self, index: u32) -> Name<'_> {
        Name {
            name: self.code.names[index as usize],
            hint: &self.code.hints[self.pc as usize],
        }
    }
}

impl Vm {
    #[inline(always)]
    pub(super) fn execute_quickly(
        &mut self,
        fiber: &mut Fiber,
        place: Place,
        op: &Op,
        pc: &mut u32,
    ) -> Quick {
        let done = match *op {
            Op::LoadLocal(slot) => fiber.push_slot(&mut self.heap, place.base + slot as usize),
            Op::StoreLocal(slot) => {
                let Some(value) = fiber.stack.pop() else {
                    return Quick::No;
                };
                let slot = &mut fiber.stack[place.base + slot as usize];
                let old = std::mem::replace(slot, value);
                self.heap.release(old);
                true
            }
            Op::LoadDeref(slot) => {
                let cell = fiber.stack[place.base + slot as usize].id();
                let value = cell.map_or(Value::Unbound, |cell| self.heap.cell(cell));
                self.push_bound(fiber, value)
            }
            Op::LoadGlobal(name) => {
                let Name { name, hint } = place.name(name);
                let value = self.lookup_global_again(place.globals, name, hint);
                self.push_bound(fiber, value.unwrap_or_default())
            }
            Op::LoadAttr(name) => match self.plain_attribute(fiber, place.name(name)) {
                Some(value) => {
                    self.replace_top(fiber, value);
                    true
                }
                None => false,
            },
            Op::LoadMethod(name) => self.load_plain_method(fiber, place.name(name)),
            Op::Const(index) => {
                fiber.push_copy(&mut self.heap, &place.code.consts[index as usize]);
                true
            }
            Op::Pop => {
                fiber.pop(&mut self.heap);
                true
            }
            Op::Copy(n) => self.push_bound(fiber, fiber.peek(n as usize - 1)),
            Op::Nop => true,
            Op::Jump(target) => {
                *pc = target;
                return Quick::Done;
            }
            Op::PopJumpIfFalse(target) => return self.branch(fiber, pc, target, false),
            Op::PopJumpIfTrue(target) => return self.branch(fiber, pc, target, true),
            Op::JumpIfFalseOrPop(target) => return self.branch_or_pop(fiber, pc, target, false),
            Op::JumpIfTrueOrPop(target) => return self.branch_or_pop(fiber, pc, target, true),
            Op::Unary(UnaryOp::Not) => match self.plain_truth(fiber.peek(0)) {
                Some(truth) => {
                    self.replace_top(fiber, Value::Bool(!truth));
                    true
                }
                None => false,
            },
            Op::Binary(op) | Op::InPlace(op) => calculate(fiber, op),
            Op::Compare(op) => compare(fiber, op),
            Op::Is(sense) => self.compare_identity(fiber, sense),
            Op::ForIter(_) => self.next_item(fiber),
            Op::Call(n) => {
                leave_at(fiber, place.pc, place.line);
                let first = fiber.stack.len() - n as usize;
                return self.call_quickly(fiber, first - 1, first, &[]);
            }
            Op::CallMethod(n) => {
                leave_at(fiber, place.pc, place.line);
                let arguments = fiber.stack.len() - n as usize;
                let with_self = usize::from(!fiber.stack[arguments - 1].is_unbound());
                return self.call_quickly(fiber, arguments - 2, arguments - with_self, &[]);
            }
            Op::CallKw(n, names) => {
                leave_at(fiber, place.pc, place.line);
                let first = fiber.stack.len() - n as usize;
                return self.call_with_names(fiber, first - 1, first, place.name_tuple(names));
            }
            Op::CallMethodKw(n, names) => {
                leave_at(fiber, place.pc, place.line);
                let arguments = fiber.stack.len() - n as usize;
                let with_self = usize::from(!fiber.stack[arguments - 1].is_unbound());
                let (floor, first) = (arguments - 2, arguments - with_self);
                return self.call_with_names(fiber, floor, first, place.name_tuple(names));
            }
            Op::Return => {
                leave_at(fiber, place.pc, place.line);
                return self.return_quickly(fiber);
            }
            Op::GetAwaitable(_) => {
                self.is_plainly_awaitable(fiber.peek(0)) || self.await_host_quickly(fiber)
            }
            Op::Yield if place.code.code.kind != CodeKind::AsyncGenerator => {
                leave_at(fiber, place.pc, place.line);
                return Quick::Yields;
            }
            Op::YieldFrom => {
                leave_at(fiber, place.pc, place.line);
                return self.delegate_quickly(fiber);
            }
            Op::EnterWith(WithKind::Async) => {
                leave_at(fiber, place.pc, place.line);
                return self.enter_folded(fiber);
            }
            Op::ExitWithNone if place.code.code.kind != CodeKind::Function => {
                leave_at(fiber, place.pc, place.line);
                return self.exit_folded(fiber);
            }
            Op::PopJumpIfNone(target) => {
                return self.branch_on_none(fiber, pc, target, Sense::Plain);
            }
            Op::PopJumpIfNotNone(target) => {
                return self.branch_on_none(fiber, pc, target, Sense::Negated);
            }
            Op::Swap(n) => {
                let len = fiber.stack.len();
                fiber.stack.swap(len - 1, len - n as usize);
                true
            }
            Op::PushNull => {
                fiber.stack.push(Value::Unbound);
                true
            }
            Op::LoadClosure(slot) => {
                fiber.push(&mut self.heap, fiber.stack[place.base + slot as usize]);
                true
            }
            Op::StoreAttr(name) => self.store_plainly(fiber, place.name(name)),
            Op::ListAppend(n) => {
                let item = fiber.peek(0);
                if let Some(list) = fiber.peek(n as usize).id() {
                    self.heap.list_push(list, item);
                }
                fiber.pop(&mut self.heap);
                true
            }
            _ => false,
        };
        if done { Quick::Done } else { Quick::No }
    }

    #[inline]
    fn push_bound(&mut self, fiber: &mut Fiber, value: Value) -> bool {
        if value.is_unbound() {
            return false;
        }
        fiber.push(&mut self.heap, value);
        true
    }

    #[inline]
    pub(super) fn replace_top(&mut self, fiber: &mut Fiber, value: Value) {
        self.heap.retain(value);
        let old = fiber.stack.pop().unwrap_or_default();
        fiber.stack.push(value);
        self.heap.release(old);
    }

    /// An attribute of an instance or a module that lies in its dict, with nothing on its class that comes before.
    fn plain_attribute(&self, fiber: &Fiber, name: Name) -> Option<Value> {
        let id = fiber.peek(0).id()?;
        let object = self.heap.get(id);
        match &object.payload {
            Payload::Plain | Payload::Record(_) => self.instance_attribute(object, name),
            Payload::Module if object.class == class::MODULE => self.module_attribute(id, name),
            _ => None,
        }
    }

    fn instance_attribute(&self, object: &Object, Name { name, hint }: Name) -> Option<Value> {
        if object.dict.is_none() || self.on_class(object.class, name)?.0 == OnClass::Computed {
            return None;
        }
        let at = self.dict_find_again(object.dict, name, hint)?;
        Some(self.heap.dict(object.dict)?.entry(at)?.value)
    }

    /// Where the instruction found the name in a module, or an instance, the last time, no class has anything that comes
    /// before.
    fn module_attribute(&self, module: Id, Name { name, hint }: Name) -> Option<Value> {
        let dict = self.heap.get(module).dict;
        if let Some(entry) = self
            .heap
            .dict(dict)?
            .entry_of(hint.get() as usize, name.id()?)
        {
            return Some(entry.value);
        }
        if self.on_class(class::MODULE, name)?.0 == OnClass::Computed {
            return None;
        }
        let at = self.dict_find_again(dict, name, hint)?;
        Some(self.heap.dict(dict)?.entry(at)?.value)
    }

    /// Sets an attribute of an instance that its class has nothing to do with; it may have it in its dict already.
    fn store_plainly(&mut self, fiber: &mut Fiber, Name { name, hint }: Name) -> bool {
        let receiver = fiber.peek(0);
        let Some(object) = receiver.id().map(|id| self.heap.get(id)) else {
            return false;
        };
        let (class, dict) = (object.class, object.dict);
        if !matches!(object.payload, Payload::Plain)
            || self.class(class).is_none_or(|class| class.traits.setattr)
        {
            return false;
        }
        let (on_class, hash) = match self.on_class(class, name) {
            Some((OnClass::Computed, _)) | None => return false,
            Some(found) => found,
        };
        let known = match dict.is_none() {
            true => None,
            false => self.dict_find_again(dict, name, hint),
        };
        match known {
            Some(at) => self.heap.dict_replace(dict, at, fiber.peek(1)),
            None if on_class == OnClass::Other => return false,
            None => match self.writable_dict(receiver) {
                Some(dict) => self.heap.dict_push(dict, hash, name, fiber.peek(1)),
                None => return false,
            },
        }
        fiber.pop(&mut self.heap);
        fiber.pop(&mut self.heap);
        true
    }

    /// A method on the class of an object that has no attribute of that name, or a function in a module.
    fn load_plain_method(&mut self, fiber: &mut Fiber, name: Name) -> bool {
        let receiver = fiber.peek(0);
        let is_module = matches!(self.heap.content(receiver), Some(Payload::Module));
        if !is_module
            && let Some(method) = self.plain_method_of(receiver, self.class_of(receiver), name.name)
        {
            fiber.stack.pop();
            fiber.push(&mut self.heap, method);
            fiber.stack.push(receiver);
            return true;
        }
        match self.plain_attribute(fiber, name) {
            Some(value) => {
                self.replace_top(fiber, value);
                fiber.stack.push(Value::Unbound);
                true
            }
            None => false,
        }
    }

    /// A conditional jump on a value whose truth is plain to see.
    #[inline]
    fn branch(&mut self, fiber: &mut Fiber, pc: &mut u32, target: u32, wanted: bool) -> Quick {
        let Some(truth) = self.plain_truth(fiber.peek(0)) else {
            return Quick::No;
        };
        fiber.pop(&mut self.heap);
        if truth == wanted {
            *pc = target;
        }
        Quick::Done
    }

    /// The same where the value stays if the jump is taken.
    fn branch_or_pop(
        &mut self,
        fiber: &mut Fiber,
        pc: &mut u32,
        target: u32,
        wanted: bool,
    ) -> Quick {
        let Some(truth) = self.plain_truth(fiber.peek(0)) else {
            return Quick::No;
        };
        match truth == wanted {
            true => *pc = target,
            false => fiber.pop(&mut self.heap),
        }
        Quick::Done
    }

    #[inline]
    fn branch_on_none(
        &mut self,
        fiber: &mut Fiber,
        pc: &mut u32,
        target: u32,
        sense: Sense,
    ) -> Quick {
        let is_none = fiber.peek(0).is_none();
        fiber.pop(&mut self.heap);
        if is_none == (sense == Sense::Plain) {
            *pc = target;
        }
        Quick::Done
    }

    #[inline]
    fn compare_identity(&mut self, fiber: &mut Fiber, sense: Sense) -> bool {
        let same = fiber.peek(1).is(fiber.peek(0)) == (sense == Sense::Plain);
        fiber.pop(&mut self.heap);
        fiber.pop(&mut self.heap);
        fiber.stack.push(Value::Bool(same));
        true
    }

    /// The next item of a range, list or tuple that has one.
    fn next_item(&mut self, fiber: &mut Fiber) -> bool {
        let Some(iter) = fiber.peek(0).id().and_then(|id| self.heap.iter_mut(id)) else {
            return false;
        };
        let item = match iter {
            Iter::Range { next, step, left } if *left > 0 => {
                fiber.stack.push(Value::Int(*next));
                (*next, *left) = (next.wrapping_add(*step), *left - 1);
                return true;
            }
            &mut Iter::Sequence { of, at } => {
                let items = self.heap.items(of).unwrap_or_default();
                let Some(&item) = items.get(at) else {
                    return false;
                };
                let iter = fiber.peek(0).id().and_then(|id| self.heap.iter_mut(id));
                if let Some(Iter::Sequence { at, .. }) = iter {
                    *at += 1;
                }
                item
            }
            _ => return false,
        };
        fiber.push(&mut self.heap, item);
        true
    }

    fn call_with_names(
        &mut self,
        fiber: &mut Fiber,
        floor: usize,
        first: usize,
        names: Value,
    ) -> Quick {
        match self.as_tuple(names).cloned() {
            Some(names) => self.call_quickly(fiber, floor, first, &names),
            None => Quick::No,
        }
    }

    /// Returns to Python code that called a function, or awaits a coroutine.
    fn return_quickly(&mut self, fiber: &mut Fiber) -> Quick {
        let (then, generator) = match fiber.frames.last() {
            Some(Activation::Python(frame)) if fiber.frames.len() > 1 => {
                (frame.then, frame.generator)
            }
            _ => return Quick::No,
        };
        match then {
            Then::Push if generator.is_none() => self.return_to_caller(fiber),
            Then::Delegate => self.return_to_delegator(fiber, generator),
            Then::Host if !generator.is_none() => Quick::Returns,
            _ => Quick::No,
        }
    }

    fn return_to_caller(&mut self, fiber: &mut Fiber) -> Quick {
        let Some(value) = fiber.stack.pop() else {
            return Quick::No;
        };
        self.pop_frame(fiber);
        fiber.stack.push(value);
        advance(fiber);
        Quick::Switch
    }
}

#[inline]
fn calculate(fiber: &mut Fiber, op: BinaryOp) -> bool {
    let result = match (fiber.peek(1), fiber.peek(0)) {
        (Value::Int(a), Value::Int(b)) => match op {
            BinaryOp::Add => a.checked_add(b),
            BinaryOp::Sub => a.checked_sub(b),
            BinaryOp::Mul => a.checked_mul(b),
            BinaryOp::FloorDiv => int::floor_div(a, b),
            BinaryOp::Mod => int::floor_mod(a, b),
            BinaryOp::And => Some(a & b),
            BinaryOp::Or => Some(a | b),
            BinaryOp::Xor => Some(a ^ b),
            _ => None,
        }
        .map(Value::Int),
        (Value::Float(a), Value::Float(b)) => match op {
            BinaryOp::Add => Some(Value::Float(a + b)),
            BinaryOp::Sub => Some(Value::Float(a - b)),
            BinaryOp::Mul => Some(Value::Float(a * b)),
            _ => None,
        },
        _ => None,
    };
    replace_two(fiber, result)
}

#[inline]
fn compare(fiber: &mut Fiber, op: CompareOp) -> bool {
    let result = match (fiber.peek(1), fiber.peek(0)) {
        (Value::Int(a), Value::Int(b)) => Some(match op {
            CompareOp::Eq => a == b,
            CompareOp::Ne => a != b,
            CompareOp::Lt => a < b,
            CompareOp::Le => a <= b,
            CompareOp::Gt => a > b,
            CompareOp::Ge => a >= b,
        }),
        _ => None,
    };
    replace_two(fiber, result.map(Value::Bool))
}

/// Replaces the two operands on top, which are inline values, by a result.
#[inline]
fn replace_two(fiber: &mut Fiber, result: Option<Value>) -> bool {
    let Some(result) = result else { return false };
    fiber.stack.pop();
    match fiber.stack.last_mut() {
        Some(top) => *top = result,
        None => return false,
    }
    true
}
