//! The instructions that call, and those that come back from a call: return and yield.

use super::call::{Arguments, Called};
use super::class;
use super::execute::current;
use super::exit::Exit;
use super::frame::{Fiber, Then};
use super::link::LinkedCode;
use super::lookup::OnClass;
use super::machine::Vm;
use super::native::{NativeCode, Outcome};
use super::object::Payload;
use super::run::Flow;
use super::value::{Id, Value};
use crate::bytecode::code::CodeKind;
use crate::bytecode::op::Keywords;

impl Vm {
    pub(super) fn load_method(&mut self, fiber: &mut Fiber, name: Value) -> Outcome<Flow> {
        let object = fiber.peek(0);
        let class = self.class_of(object);
        if let Some(method) = self.plain_method_of(object, class, name) {
            self.heap.retain(method);
            fiber.stack.pop();
            fiber.stack.extend([method, object]);
            return Ok(Flow::Next);
        }
        let value = self.get_attr(object, name)?;
        self.finish(fiber, 1, value)?;
        self.push_next(fiber, Value::Unbound)
    }

    /// A function on the class that neither the instance nor special attribute access hides.
    pub(super) fn plain_method_of(&self, object: Value, class: Id, name: Value) -> Option<Value> {
        let (OnClass::Method(method), hash) = self.on_class(class, name)? else {
            return None;
        };
        let has_others = matches!(
            self.heap.content(object),
            Some(Payload::Class(_) | Payload::Super(_) | Payload::Module)
        );
        let plain = !has_others && !self.has_own_attribute(object, name, hash);
        plain.then_some(method.into())
    }

    pub(super) fn call_positional(
        &mut self,
        fiber: &mut Fiber,
        floor: usize,
        count: usize,
    ) -> Outcome<Flow> {
        let first = fiber.stack.len() - count;
        if let Some(Payload::Native(native)) = self.heap.content(fiber.stack[floor])
            && let NativeCode::Plain(_) = native.def.code
        {
            let native = native.clone();
            let value = self.call_native(&native, &fiber.stack[first..], &[])?;
            return self.finish(fiber, fiber.stack.len() - floor, value);
        }
        let args = Arguments {
            positional: fiber.stack[first..].to_vec(),
            keywords: Vec::new(),
        };
        self.call_args(fiber, floor, args)
    }

    pub(super) fn call_method(&mut self, fiber: &mut Fiber, count: usize) -> Outcome<Flow> {
        let floor = fiber.stack.len() - count - 2;
        let with_self = count + usize::from(!fiber.stack[floor + 1].is_unbound());
        self.call_positional(fiber, floor, with_self)
    }

    pub(super) fn call_keywords(
        &mut self,
        fiber: &mut Fiber,
        floor: usize,
        count: usize,
        names: Value,
    ) -> Outcome<Flow> {
        let first = fiber.stack.len() - count;
        let names = self.items(names).unwrap_or_default();
        let (positional, values) = fiber.stack[first..].split_at(count - names.len());
        let keywords = names.iter().copied().zip(values.iter().copied()).collect();
        let args = Arguments {
            positional: positional.to_vec(),
            keywords,
        };
        self.call_args(fiber, floor, args)
    }

    pub(super) fn call_ex(&mut self, fiber: &mut Fiber, keywords: Keywords) -> Outcome<Flow> {
        let (operands, named) = match keywords {
            Keywords::Absent => (2, Value::Unbound),
            Keywords::Present => (3, fiber.peek(0)),
        };
        let floor = fiber.stack.len() - operands;
        let positional = self.unpacked_arguments(fiber.stack[floor], fiber.stack[floor + 1])?;
        let named = named.id().and_then(|id| self.heap.dict(id));
        let keywords: Vec<_> = named.map_or(Vec::new(), |dict| {
            dict.iter().map(|e| (e.key, e.value)).collect()
        });
        if keywords
            .iter()
            .any(|(name, _)| self.as_str(*name).is_none())
        {
            return self.type_error("keywords must be strings");
        }
        self.call_args(
            fiber,
            floor,
            Arguments {
                positional,
                keywords,
            },
        )
    }

    /// The items of `*arguments`.
    fn unpacked_arguments(&mut self, callable: Value, arguments: Value) -> Outcome<Vec<Value>> {
        if let Some(items) = self.as_tuple(arguments) {
            return Ok(items.to_vec());
        }
        if self.generator(arguments).is_none() && !self.is_iterable(arguments) {
            let (called, class) = (
                self.describe_callable(callable)?,
                self.class_name(arguments).to_owned(),
            );
            return self.type_error(format!(
                "{called} argument after * must be an iterable, not {class}"
            ));
        }
        self.collect(arguments)
    }

    fn call_args(&mut self, fiber: &mut Fiber, floor: usize, args: Arguments) -> Outcome<Flow> {
        let callable = fiber.stack[floor];
        match self.invoke(fiber, callable, args, floor, Then::Push)? {
            Called::Frame => Ok(Flow::Switch),
            Called::Value(value) => {
                let operands = fiber.stack.len() - floor;
                self.finish(fiber, operands, value)
            }
        }
    }

    pub(super) fn return_value(&mut self, fiber: &mut Fiber) -> Flow {
        let value = fiber.peek(0);
        self.heap.retain(value);
        let Some(frame) = current(fiber) else {
            return Flow::Leave(Exit::Host(super::exit::Completion::Nothing));
        };
        let (then, generator) = (frame.then, frame.generator);
        if !generator.is_none() {
            self.finish_generator(generator);
        }
        self.pop_frame(fiber);
        let flow = match generator.is_none() {
            true => self.deliver(fiber, then, value),
            false => self.generator_returned(fiber, then, value),
        };
        self.heap.release(value);
        flow
    }

    pub(super) fn execute_yield(&mut self, fiber: &mut Fiber, code: &LinkedCode) -> Outcome<Flow> {
        let mut value = fiber.stack.pop().unwrap_or_default();
        let held = value;
        if code.code.kind == CodeKind::AsyncGenerator {
            value = self.object(class::ASYNC_GENERATOR_VALUE, Payload::AsyncGenValue(value));
        }
        let flow = self.yield_value(fiber, value);
        self.heap.release(held);
        Ok(flow)
    }
}
