//! What each instruction does. `execute` is a table; the work is in methods named after the instructions, here and in
//! the files beside.

use super::class;
use super::frame::{Activation, Fiber, Frame, Then};
use super::link::LinkedCode;
use super::machine::Vm;
use super::native::{Outcome, Trap};
use super::object::Payload;
use super::run::Flow;
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use crate::bytecode::op::{Common, Conversion, FormatSpec, Op, Sense};
use std::rc::Rc;

impl Vm {
    /// Executes one instruction. Operands are dropped only when it is complete.
    pub(super) fn execute(
        &mut self,
        fiber: &mut Fiber,
        code: &Rc<LinkedCode>,
        base: usize,
        op: Op,
    ) -> Outcome<Flow> {
        let name = |index: u32| code.names[index as usize];
        match op {
            Op::Nop => Ok(Flow::Next),
            Op::Pop => self.done(fiber, 1),
            Op::Copy(n) => self.push_next(fiber, fiber.peek(n as usize - 1)),
            Op::Swap(n) => {
                let len = fiber.stack.len();
                fiber.stack.swap(len - 1, len - n as usize);
                Ok(Flow::Next)
            }
            Op::PushNull => self.push_next(fiber, Value::Unbound),

            Op::Const(index) => self.push_next(fiber, code.consts[index as usize]),
            Op::Common(which) => self.load_common(fiber, which),
            Op::LoadLocal(slot) => {
                self.load_slot(fiber, code, slot, fiber.stack[base + slot as usize])
            }
            Op::StoreLocal(slot) | Op::RestoreLocal(slot) => {
                let value = fiber.stack.pop().unwrap_or_default();
                self.replace_slot(fiber, base + slot as usize, value)
            }
            Op::DeleteLocal(slot) => {
                if fiber.stack[base + slot as usize].is_unbound() {
                    return self.unbound_variable(code, slot);
                }
                self.replace_slot(fiber, base + slot as usize, Value::Unbound)
            }
            Op::TakeLocal(slot) => {
                let taken = std::mem::take(&mut fiber.stack[base + slot as usize]);
                fiber.stack.push(taken);
                Ok(Flow::Next)
            }
            Op::MakeCell(slot) => self.make_cell(fiber, base + slot as usize),
            Op::LoadClosure(slot) => self.push_next(fiber, fiber.stack[base + slot as usize]),
            Op::LoadDeref(slot) => {
                let value = self.cell_value(fiber.stack[base + slot as usize]);
                self.load_slot(fiber, code, slot, value)
            }
            Op::StoreDeref(slot) => {
                self.set_cell(fiber.stack[base + slot as usize], fiber.peek(0));
                self.done(fiber, 1)
            }
            Op::DeleteDeref(slot) => {
                let cell = fiber.stack[base + slot as usize];
                if self.cell_value(cell).is_unbound() {
                    return self.unbound_variable(code, slot);
                }
                self.set_cell(cell, Value::Unbound);
                Ok(Flow::Next)
            }
            Op::LoadClassDeref(slot) => {
                let namespace = current(fiber).map_or(Id::NONE, |frame| frame.namespace);
                self.load_class_deref(fiber, code, base, slot, namespace.into(), 0)
            }
            Op::LoadNamespace => {
                let namespace = current(fiber).map_or(Id::NONE, |frame| frame.namespace);
                self.push_next(fiber, namespace.into())
            }
            Op::LoadFromDictOrDeref(slot) => {
                self.load_class_deref(fiber, code, base, slot, fiber.peek(0), 1)
            }
            Op::LoadFromDictOrGlobal(index) => {
                match self.mapping_name(fiber.peek(0), name(index))? {
                    Some(value) => self.finish(fiber, 1, value),
                    None => {
                        let value = self.global(fiber, name(index))?;
                        self.finish(fiber, 1, value)
                    }
                }
            }
            Op::LoadName(index) => self.load_name(fiber, name(index)),
            Op::StoreName(index) => self.store_name(fiber, name(index)),
            Op::DeleteName(index) => self.delete_name(fiber, name(index)),
            Op::LoadGlobal(index) => {
                let value = self.global(fiber, name(index))?;
                self.push_next(fiber, value)
            }
            Op::StoreGlobal(index) => {
                let globals = current(fiber).map_or(Id::NONE, |frame| frame.globals);
                self.dict_set_name(globals, name(index), fiber.peek(0));
                self.done(fiber, 1)
            }
            Op::DeleteGlobal(index) => {
                let globals = current(fiber).map_or(Id::NONE, |frame| frame.globals);
                match self.dict_delete_name(globals, name(index)) {
                    true => Ok(Flow::Next),
                    false => self.undefined_name(name(index)),
                }
            }

            Op::LoadAttr(index) => {
                let value = self.get_attr(fiber.peek(0), name(index))?;
                self.finish(fiber, 1, value)
            }
            Op::StoreAttr(index) => {
                self.set_attr(fiber.peek(0), name(index), fiber.peek(1))?;
                self.done(fiber, 2)
            }
            Op::DeleteAttr(index) => {
                self.delete_attr(fiber.peek(0), name(index))?;
                self.done(fiber, 1)
            }
            Op::LoadMethod(index) => self.load_method(fiber, name(index)),
            Op::Subscript => {
                let value = self.get_item(fiber.peek(1), fiber.peek(0))?;
                self.finish(fiber, 2, value)
            }
            Op::StoreSubscript => {
                self.set_item(fiber.peek(1), fiber.peek(0), fiber.peek(2))?;
                self.done(fiber, 3)
            }
            Op::DeleteSubscript => {
                self.delete_item(fiber.peek(1), fiber.peek(0))?;
                self.done(fiber, 2)
            }
            Op::BuildSlice(n) => {
                let parts = match n {
                    2 => [fiber.peek(1), fiber.peek(0), Value::None],
                    _ => [fiber.peek(2), fiber.peek(1), fiber.peek(0)],
                };
                let slice = self.object(class::SLICE, Payload::Slice(parts.into()));
                self.finish(fiber, n as usize, slice)
            }

            Op::Binary(op) => {
                let value = self.binary(op, fiber.peek(1), fiber.peek(0))?;
                self.finish_binary(fiber, value)
            }
            Op::InPlace(op) => {
                let value = self.in_place(op, fiber.peek(1), fiber.peek(0))?;
                self.finish_binary(fiber, value)
            }
            Op::Unary(op) => {
                let value = self.unary(op, fiber.peek(0))?;
                self.finish(fiber, 1, value)
            }
            Op::Compare(op) => {
                let value = self.compare(op, fiber.peek(1), fiber.peek(0))?;
                self.finish(fiber, 2, value)
            }
            Op::Is(sense) => {
                let value = fiber.peek(1).is(fiber.peek(0)) == (sense == Sense::Plain);
                self.finish(fiber, 2, value.into())
            }
            Op::Contains(sense) => {
                let value = self.contains(fiber.peek(0), fiber.peek(1))? == (sense == Sense::Plain);
                self.finish(fiber, 2, value.into())
            }

            Op::BuildTuple(n) => {
                let items = top(fiber, n as usize).to_vec();
                let tuple = self.tuple(items);
                self.finish(fiber, n as usize, tuple)
            }
            Op::BuildList(n) => {
                let items = top(fiber, n as usize).to_vec();
                let list = self.list(items);
                self.finish(fiber, n as usize, list)
            }
            Op::BuildSet(n) => self.build_set(fiber, n as usize),
            Op::BuildMap(n) => self.build_map(fiber, n as usize),
            Op::BuildString(n) => {
                let parts = top(fiber, n as usize);
                let text: String = parts.iter().filter_map(|&part| self.as_str(part)).collect();
                let text = self.str(text);
                self.finish(fiber, n as usize, text)
            }
            Op::ListAppend(n) => {
                if let Some(list) = fiber.peek(n as usize).id() {
                    self.heap.list_push(list, fiber.peek(0));
                }
                self.done(fiber, 1)
            }
            Op::SetAdd(n) => {
                self.add_to_set(fiber.peek(n as usize), fiber.peek(0))?;
                self.done(fiber, 1)
            }
            Op::MapAdd(n) => {
                let dict = fiber.peek(n as usize + 1).id().unwrap_or(Id::NONE);
                self.dict_set(dict, fiber.peek(1), fiber.peek(0))?;
                self.done(fiber, 2)
            }
            Op::ListExtend(n) => self.list_extend(fiber, n as usize),
            Op::SetUpdate(n) => self.set_update(fiber, n as usize),
            Op::DictUpdate(n) => self.dict_update_op(fiber, n as usize),
            Op::DictMerge(n) => self.dict_merge(fiber, n as usize),
            Op::ListToTuple => {
                let items = self.items(fiber.peek(0)).unwrap_or_default().to_vec();
                let tuple = self.tuple(items);
                self.finish(fiber, 1, tuple)
            }
            Op::Format(conversion, spec) => self.format_field(fiber, conversion, spec),
            Op::BuildInterpolation(conversion, spec) => {
                self.build_interpolation(fiber, conversion, spec)
            }
            Op::BuildTemplate => self.build_template(fiber),

            Op::UnpackSequence(n) => self.unpack_sequence(fiber, n as usize),
            Op::UnpackEx { before, after } => {
                self.unpack_ex(fiber, before as usize, after as usize)
            }

            Op::Jump(target) => Ok(Flow::Jump(target)),
            Op::PopJumpIfFalse(target) => self.pop_jump(fiber, target, false),
            Op::PopJumpIfTrue(target) => self.pop_jump(fiber, target, true),
            Op::PopJumpIfNone(target) => {
                let jumps = fiber.peek(0).is_none();
                fiber.pop(&mut self.heap);
                Ok(if jumps {
                    Flow::Jump(target)
                } else {
                    Flow::Next
                })
            }
            Op::PopJumpIfNotNone(target) => {
                let jumps = !fiber.peek(0).is_none();
                fiber.pop(&mut self.heap);
                Ok(if jumps {
                    Flow::Jump(target)
                } else {
                    Flow::Next
                })
            }
            Op::JumpIfFalseOrPop(target) => match self.truth(fiber.peek(0))? {
                false => Ok(Flow::Jump(target)),
                true => self.done(fiber, 1),
            },
            Op::JumpIfTrueOrPop(target) => match self.truth(fiber.peek(0))? {
                true => Ok(Flow::Jump(target)),
                false => self.done(fiber, 1),
            },

            Op::GetIter => {
                let iterator = self.iter(fiber.peek(0))?;
                self.finish(fiber, 1, iterator)
            }
            Op::ForIter(target) => self.for_iter(fiber, target),

            Op::Call(n) => {
                self.call_positional(fiber, fiber.stack.len() - n as usize - 1, n as usize)
            }
            Op::CallKw(n, names) => {
                let floor = fiber.stack.len() - n as usize - 1;
                self.call_keywords(fiber, floor, n as usize, code.consts[names as usize])
            }
            Op::CallMethod(n) => self.call_method(fiber, n as usize),
            Op::CallMethodKw(n, names) => {
                let floor = fiber.stack.len() - n as usize - 2;
                let count = n as usize + usize::from(!fiber.stack[floor + 1].is_unbound());
                self.call_keywords(fiber, floor, count, code.consts[names as usize])
            }
            Op::CallEx(keywords) => self.call_ex(fiber, keywords),

            Op::MakeFunction(parts) => self.make_function(fiber, parts),
            Op::Return => Ok(self.return_value(fiber)),
            Op::Yield => self.execute_yield(fiber, code),
            Op::GetYieldFromIter => match self.generator_kind(fiber.peek(0)) {
                Some(CodeKind::Generator) => Ok(Flow::Next),
                Some(CodeKind::Coroutine) => self.delegate_to_coroutine(fiber),
                _ => {
                    let iterator = self.iter(fiber.peek(0))?;
                    self.finish(fiber, 1, iterator)
                }
            },
            Op::GetAwaitable(from) => {
                let iterator = self.awaitable(fiber.peek(0), from)?;
                self.finish(fiber, 1, iterator)
            }
            Op::YieldFrom => self.yield_from(fiber),
            Op::GetAiter => {
                let iterator = self.async_iter(fiber.peek(0))?;
                self.finish(fiber, 1, iterator)
            }
            Op::GetAnext => {
                let awaitable = self.async_next(fiber.peek(0))?;
                self.push_next(fiber, awaitable)
            }
            Op::EndAsyncFor => self.end_async_for(fiber),

            Op::Raise(n) => self.execute_raise(fiber, n),
            Op::Reraise | Op::ReraiseGroup | Op::ReraiseAtLine => Err(Trap::Raise(fiber.peek(0))),
            Op::PushExcInfo => self.push_exc_info(fiber),
            Op::KeepLine => {
                let line = fiber.frame().map_or(0, |frame| frame.line);
                let below = fiber.stack.len() - 1;
                fiber.stack.insert(below, Value::Int(line.into()));
                Ok(Flow::Next)
            }
            Op::PopExcept => self.pop_except(fiber),
            Op::MatchException => {
                let matches = self.matches_exception(fiber.peek(1), fiber.peek(0))?;
                self.finish(fiber, 1, matches.into())
            }
            Op::MatchExceptionGroup => self.match_exception_group(fiber),
            Op::PrepReraiseStar => {
                let result = self.helper("prep_reraise_star", &[fiber.peek(1), fiber.peek(0)])?;
                self.finish(fiber, 2, result)
            }

            Op::EnterWith(kind) => self.enter_with(fiber, kind),
            Op::ExitWithNone => self.exit_with_none(fiber),
            Op::ExitWithException => {
                let exception = fiber.peek(0);
                let traceback = self
                    .exception_content(exception)
                    .map_or(Value::None, |content| content.traceback);
                let class = self.class_of(exception).into();
                let result = self.call(fiber.peek(3), &[class, exception, traceback])?;
                self.push_next(fiber, result)
            }

            Op::ImportName(index) => {
                let module = self.import_name(fiber, name(index), fiber.peek(1), fiber.peek(0))?;
                self.finish(fiber, 2, module)
            }
            Op::ImportFrom(index) => {
                let value = self.import_from(fiber.peek(0), name(index))?;
                self.push_next(fiber, value)
            }
            Op::ImportStar => self.import_star(fiber),

            Op::MatchSequence => {
                let matches = self.is_match_sequence(fiber.peek(0))?;
                self.push_next(fiber, matches.into())
            }
            Op::MatchMapping => {
                let matches = self.is_match_mapping(fiber.peek(0))?;
                self.push_next(fiber, matches.into())
            }
            Op::MatchKeys => {
                let values = self.match_keys(fiber.peek(1), fiber.peek(0))?;
                self.push_next(fiber, values)
            }
            Op::MatchClass(n) => {
                let values =
                    self.match_class(fiber.peek(2), fiber.peek(1), fiber.peek(0), n as usize)?;
                self.finish(fiber, 3, values)
            }
            Op::GetLen => {
                let len = self.len(fiber.peek(0))?;
                self.push_next(fiber, Value::Int(len))
            }
            Op::MakeTypeAlias => {
                let alias = self.helper(
                    "make_type_alias",
                    &[fiber.peek(2), fiber.peek(1), fiber.peek(0)],
                )?;
                self.finish(fiber, 3, alias)
            }
            Op::MakeTypeParam(kind) => self.make_type_param(fiber, kind),
            Op::SetTypeParamDefault => {
                let param =
                    self.helper("set_type_param_default", &[fiber.peek(1), fiber.peek(0)])?;
                self.finish(fiber, 2, param)
            }
            Op::SubscriptGeneric => {
                let generic = self.helper("subscript_generic", &[fiber.peek(0)])?;
                self.finish(fiber, 1, generic)
            }
        }
    }

    /// Drops `n` operands and goes on.
    pub(super) fn done(&mut self, fiber: &mut Fiber, n: usize) -> Outcome<Flow> {
        let keep = fiber.stack.len().saturating_sub(n);
        fiber.truncate(&mut self.heap, keep);
        Ok(Flow::Next)
    }

    /// Replaces `n` operands by a result and goes on.
    pub(super) fn finish(&mut self, fiber: &mut Fiber, n: usize, result: Value) -> Outcome<Flow> {
        self.heap.retain(result);
        let keep = fiber.stack.len().saturating_sub(n);
        fiber.truncate(&mut self.heap, keep);
        fiber.stack.push(result);
        Ok(Flow::Next)
    }

    /// Replaces the two operands of an operator by its result; the left one goes first.
    fn finish_binary(&mut self, fiber: &mut Fiber, result: Value) -> Outcome<Flow> {
        self.heap.retain(result);
        let keep = fiber.stack.len().saturating_sub(2);
        for value in fiber.stack.drain(keep..) {
            self.heap.release(value);
        }
        fiber.stack.push(result);
        Ok(Flow::Next)
    }

    /// Pushes a result and goes on.
    pub(super) fn push_next(&mut self, fiber: &mut Fiber, value: Value) -> Outcome<Flow> {
        fiber.push(&mut self.heap, value);
        Ok(Flow::Next)
    }

    fn load_common(&mut self, fiber: &mut Fiber, which: Common) -> Outcome<Flow> {
        let value = match which {
            Common::AssertionError => class::ASSERTION_ERROR.into(),
            Common::NotImplementedError => class::NOT_IMPLEMENTED_ERROR.into(),
            Common::BuildClass => {
                let name = self.intern("__build_class__");
                self.dict_get_name(self.builtins, name).unwrap_or_default()
            }
        };
        self.push_next(fiber, value)
    }

    fn pop_jump(&mut self, fiber: &mut Fiber, target: u32, wanted: bool) -> Outcome<Flow> {
        let jumps = self.truth(fiber.peek(0))? == wanted;
        fiber.pop(&mut self.heap);
        Ok(if jumps {
            Flow::Jump(target)
        } else {
            Flow::Next
        })
    }

    fn for_iter(&mut self, fiber: &mut Fiber, target: u32) -> Outcome<Flow> {
        let iterator = fiber.peek(0);
        if self.generator(iterator).is_some() {
            return self.resume_generator(
                fiber,
                iterator,
                super::machine::Input::Send(Value::None),
                Then::ForIter,
            );
        }
        match self.next(iterator)? {
            Some(item) => self.push_next(fiber, item),
            None => {
                fiber.pop(&mut self.heap);
                Ok(Flow::Jump(target))
            }
        }
    }

    fn format_field(
        &mut self,
        fiber: &mut Fiber,
        conversion: Conversion,
        spec: FormatSpec,
    ) -> Outcome<Flow> {
        let (operands, value, spec) = match spec {
            FormatSpec::Absent => (1, fiber.peek(0), String::new()),
            FormatSpec::Present => (
                2,
                fiber.peek(1),
                self.as_str(fiber.peek(0)).unwrap_or_default().to_owned(),
            ),
        };
        let value = match conversion {
            Conversion::None => value,
            Conversion::Str => self.to_str(value).map(|text| self.str(text))?,
            Conversion::Repr => self.repr(value).map(|text| self.str(text))?,
            Conversion::Ascii => self.ascii(value).map(|text| self.str(text))?,
        };
        let text = self.format(value, &spec)?;
        self.finish(fiber, operands, text)
    }
}

/// The Python frame on top.
pub(super) fn current(fiber: &Fiber) -> Option<&Frame> {
    match fiber.frames.last()? {
        Activation::Python(frame) => Some(frame),
        Activation::Host(_) => None,
    }
}

/// The `n` operands on top, lowest first.
pub(super) fn top(fiber: &Fiber, n: usize) -> &[Value] {
    &fiber.stack[fiber.stack.len() - n..]
}
